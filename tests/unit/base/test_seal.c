#include "att_test.h"

#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/seal.h>

static void assert_digest(const att_digest *digest, const char *expected)
{
    char hex[ATT_DIGEST_HEX];

    att_digest_write(hex, digest);
    assert_string_equal(hex, expected);
}

static void digests_are_those_of_the_standard(void **state)
{
    /* NIST CSRC, "Examples with Intermediate Values" for FIPS 180-4, SHA-256: one block
     * and two blocks; FIPS 180-2, appendix B.3: a million times "a" */
    static const char two[] =
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    att_buf million = { 0 };
    att_digest digest = att_digest_bytes("abc", 3);

    assert_digest(&digest,
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest = att_digest_bytes(two, strlen(two));
    assert_digest(&digest,
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    att_buf_repeat(&million, 'a', 1000000);
    digest = att_digest_bytes(million.bytes, million.n);
    assert_digest(&digest,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    att_buf_drop(&million);
}

static void pieces_are_told_apart_by_their_lengths(void **state)
{
    static const att_piece one[] = { { "ab", 2 }, { "c", 1 } };
    static const att_piece two[] = { { "a", 1 }, { "bc", 2 } };
    static const att_piece none[] = { { NULL, 0 } };
    static const char spelled[] = "\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c";
    att_digest a = att_digest_pieces(one, 2);
    att_digest b = att_digest_pieces(two, 2);
    att_digest c = att_digest_bytes(spelled, sizeof spelled - 1);
    att_digest d = att_digest_pieces(none, 1);
    att_digest e = att_digest_pieces(NULL, 0);

    assert_false(att_digest_same(&a, &b));
    assert_true(att_digest_same(&a, &c));
    assert_false(att_digest_same(&d, &e));
    e = att_digest_bytes("\0\0\0\0\0\0\0\0", 8);
    assert_true(att_digest_same(&d, &e));
}

static void hex_is_read_back_and_nothing_else(void **state)
{
    att_digest digest = att_digest_bytes(NULL, 0);
    att_digest back = { { 0 } };
    char hex[ATT_DIGEST_HEX + 1] = "";

    att_digest_write(hex, &digest);
    assert_true(att_digest_read(hex, &back));
    assert_true(att_digest_same(&digest, &back));
    hex[63] = 'g';
    assert_false(att_digest_read(hex, &back));
    hex[63] = 'A';
    assert_false(att_digest_read(hex, &back));
    hex[63] = '\0';
    assert_false(att_digest_read(hex, &back));
    memcpy(hex + 63, "00", 3);
    assert_false(att_digest_read(hex, &back));
    assert_false(att_digest_read("", &back));
    assert_true(att_digest_same(&digest, &back));
}

static void random_bytes_differ_and_seeds_fit_json(void **state)
{
    unsigned char a[32] = { 0 };
    unsigned char b[32] = { 0 };

    att_random_bytes(a, sizeof a);
    att_random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    for (int i = 0; i < 100; i++) {
        assert_true(att_random_seed() < 1ULL << 53);
    }
    assert_true(att_random_seed() != att_random_seed());
}

static void a_sealed_pin_opens_with_itself_alone(void **state)
{
    char sealed[ATT_PIN_SEALED];
    char again[ATT_PIN_SEALED];
    att_err err = { 0 };

    (void)state;
    assert_ok(att_pin_seal(sealed, "4711", &err), &err);
    assert_ok(att_pin_seal(again, "4711", &err), &err);
    assert_null(strstr(sealed, "4711"));
    assert_string_not_equal(sealed, again); /* its own salt */
    assert_true(att_pin_opens(sealed, "4711"));
    assert_false(att_pin_opens(sealed, "4712"));
    assert_false(att_pin_opens(sealed, ""));
    att_wipe(sealed, sizeof sealed);
    assert_false(att_pin_opens(sealed, "4711"));
}

ATT_TEST_MAIN(cmocka_unit_test(digests_are_those_of_the_standard),
              cmocka_unit_test(pieces_are_told_apart_by_their_lengths),
              cmocka_unit_test(hex_is_read_back_and_nothing_else),
              cmocka_unit_test(random_bytes_differ_and_seeds_fit_json),
              cmocka_unit_test(a_sealed_pin_opens_with_itself_alone))
