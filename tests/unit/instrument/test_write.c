/* test_write.c - the canonical form, and what names an instrument
 *
 * The digest in the second test comes from sha256sum, as its comment says.
 */
#include "att_test.h"

#include <string.h>

#include <attune/instrument/write.h>

static char *canonical(const char *text)
{
    att_buf out = { 0 };
    att_err err = { 0 };
    att_json *json = att_json_open_bytes("t", text, strlen(text), &err);
    char *copy = NULL;

    assert_ok(err.code, &err);
    att_canonical_write(&out, json);
    copy = test_malloc(out.n + 1);
    memcpy(copy, att_buf_text(&out), out.n + 1);
    att_buf_drop(&out);
    att_json_close(json);
    return copy;
}

static void digest(char out[ATT_DIGEST_HEX], const char *text)
{
    att_json *json = att_json_open_bytes("t", text, strlen(text), NULL);

    assert_non_null(json);
    att_canonical_digest(out, json);
    att_json_close(json);
}

static void keys_are_sorted_and_blanks_are_gone(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "{ \"b\": [1, 2.50, -0.0],\n \"a\": {\"z\": null, \"B\": true} }",
          "{\"a\":{\"B\":true,\"z\":null},\"b\":[1,2.5,0]}" },
        { "[]", "[]" },
        { "{}", "{}" },
        { "[1.0, 1e2, 0.1, 12345678901234567]", "[1,100,0.1,12345678901234567]" },
        { "[\"a\\u0041\\n\\\"\\\\\\u00e9\\/\"]", "[\"aA\\n\\\"\\\\\xc3\xa9/\"]" },
        { "{\"a_b\":1,\"a\":2,\"aB\":3,\"\":4}",
          "{\"\":4,\"a\":2,\"aB\":3,\"a_b\":1}" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *found = canonical(cases[i].text);

        assert_string_equal(found, cases[i].wanted);
        test_free(found);
    }
}

static void the_digest_is_sha256_of_the_canonical_bytes(void **state)
{
    char found[ATT_DIGEST_HEX];

    digest(found, "{ \"b\": [1, 2.50],\n \"a\": {\"z\": null} }");
    /* printf '{"a":{"z":null},"b":[1,2.5]}' | sha256sum */
    assert_string_equal(
        found, "edd3af7ccaaa058ba39b134dd251938092c3f4c092a717942522b9aab94003cd");
}

static void order_and_blanks_do_not_change_the_digest(void **state)
{
    static const char *const same[] = {
        "{\"id\":\"x\",\"items\":[{\"a\":1,\"b\":\"t\"}]}",
        "{ \"items\" : [ { \"b\" : \"t\" , \"a\" : 1 } ] ,\r\n\t\"id\" : \"x\" }\n",
        "{\"items\":[{\"b\":\"\\u0074\",\"a\":1.0}],\"id\":\"x\"}",
    };
    static const char *const other[] = {
        "{\"id\":\"x\",\"items\":[{\"a\":2,\"b\":\"t\"}]}",
        "{\"id\":\"x\",\"items\":[{\"a\":1,\"b\":\"T\"}]}",
        "{\"id\":\"x\",\"items\":[{\"a\":\"1\",\"b\":\"t\"}]}",
        "{\"id\":\"x\",\"items\":[[{\"a\":1,\"b\":\"t\"}]]}",
        "{\"id\":\"x\",\"items\":[{\"a\":1,\"b\":\"t\"}],\"x-note\":1}",
    };
    char first[ATT_DIGEST_HEX], next[ATT_DIGEST_HEX];

    digest(first, same[0]);
    for (size_t i = 1; i < sizeof same / sizeof same[0]; i++) {
        digest(next, same[i]);
        assert_string_equal(next, first);
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        digest(next, other[i]);
        assert_string_not_equal(next, first);
    }
}

static void writing_what_was_written_changes_nothing(void **state)
{
    size_t n = 0;
    char *text = att_test_read("invalid/L053-a-choice-set-is-not-used/input.json", &n);
    char *once = canonical(text);
    char *twice = canonical(once);

    assert_string_equal(once, twice);
    test_free(text);
    test_free(once);
    test_free(twice);
}

ATT_TEST_MAIN(cmocka_unit_test(keys_are_sorted_and_blanks_are_gone),
              cmocka_unit_test(the_digest_is_sha256_of_the_canonical_bytes),
              cmocka_unit_test(order_and_blanks_do_not_change_the_digest),
              cmocka_unit_test(writing_what_was_written_changes_nothing))
