/* test_instruments.c - instruments in all their versions
 */
#include "small.h"

static void the_bytes_come_back_by_digest_id_and_version(void **state)
{
    small s;
    const char *newer;
    att_bytes bytes;

    small_start(&s);
    newer = small_add(&s, "small", "1.10.0");
    small_add(&s, "small", "1.9.0");
    assert_ok(att_instruments_bytes(&s.arena, s.store, "small", &bytes, &s.err),
              &s.err);
    assert_string_equal(bytes.bytes, small_text(&s, "small", "1.10.0"));
    assert_int_equal(bytes.n, strlen(bytes.bytes));
    assert_ok(att_instruments_bytes(&s.arena, s.store, "small@1.0.0", &bytes, &s.err),
              &s.err);
    assert_string_equal(bytes.bytes, small_text(&s, "small", "1.0.0"));
    assert_ok(att_instruments_bytes(&s.arena, s.store, newer, &bytes, &s.err), &s.err);
    assert_string_equal(bytes.bytes, small_text(&s, "small", "1.10.0"));
    assert_string_equal(
        att_instruments_read(&s.arena, s.store, "small", &s.err)->version, "1.10.0");
    small_end(&s);
}

static void the_same_again_is_not_new_and_other_contents_conflict(void **state)
{
    small s;
    const char *text;
    att_instrument *instrument;
    att_buf other = { 0 };
    bool is_new = true;

    small_start(&s);
    text = small_text(&s, "small", "1.0.0");
    instrument =
        att_instrument_open_bytes(&s.arena, "small", text, strlen(text), &s.err);
    assert_ok(att_instruments_add(s.store, instrument, text, strlen(text), NOON,
                                  &is_new, &s.err),
              &s.err);
    assert_false(is_new);
    att_buf_add(&other, text);
    memcpy(strstr(other.bytes, "How many"), "Too many", 8);
    instrument =
        att_instrument_open_bytes(&s.arena, "small", other.bytes, other.n, &s.err);
    assert_non_null(instrument);
    assert_fails(att_instruments_add(s.store, instrument, other.bytes, other.n, NOON,
                                     &is_new, &s.err),
                 ATT_ECONFLICT, &s.err,
                 "instrument \"small\" 1.0.0 is in the study already, with other");
    assert_contains(s.err.hint, "raise its \"version\"");
    assert_false(is_new);
    att_buf_drop(&other);
    small_end(&s);
}

static void an_unknown_one_is_not_found_and_the_nearest_named(void **state)
{
    static const char *const names[] = {
        "smal", "small@9.0.0",
        "00000000000000000000000000000000000000000000000000000000000000ff"
    };
    small s;
    att_bytes bytes;

    small_start(&s);
    for (size_t i = 0; i < 3; i++) {
        s.err = (att_err){ 0 };
        assert_fails(att_instruments_bytes(&s.arena, s.store, names[i], &bytes, &s.err),
                     ATT_ENOTFOUND, &s.err, names[i]);
        if (i == 0) {
            assert_string_equal(s.err.hint, "did you mean \"small\"?");
        }
    }
    small_end(&s);
}

static void the_list_is_by_id_and_version_with_its_responses(void **state)
{
    small s;
    att_stored_instrument *list;
    size_t n;

    small_start(&s);
    small_add(&s, "small", "1.10.0");
    small_add(&s, "small", "1.9.0");
    small_add(&s, "another", "1.0.0");
    small_begin(&s, ID_A, "");
    assert_ok(att_instruments_list(&s.arena, s.store, &list, &n, &s.err), &s.err);
    assert_int_equal(n, 4);
    assert_string_equal(list[0].id, "another");
    assert_string_equal(list[1].version, "1.0.0");
    assert_string_equal(list[1].title, "A small one");
    assert_string_equal(list[1].digest, s.digest);
    assert_int_equal(list[1].n_responses, 1);
    assert_true(list[1].added == NOON);
    assert_string_equal(list[2].version, "1.9.0");
    assert_string_equal(list[3].version, "1.10.0");
    assert_int_equal(list[3].n_responses, 0);
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(the_bytes_come_back_by_digest_id_and_version),
              cmocka_unit_test(the_same_again_is_not_new_and_other_contents_conflict),
              cmocka_unit_test(an_unknown_one_is_not_found_and_the_nearest_named),
              cmocka_unit_test(the_list_is_by_id_and_version_with_its_responses))
