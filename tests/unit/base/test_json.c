#include "att_test.h"

#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>

static att_json *open_text(const char *text, att_err *err)
{
    return att_json_open_bytes("t.json", text, strlen(text), err);
}

typedef struct bad {
    const char *text;
    size_t n; /* 0: strlen */
    unsigned line, column;
    att_code code;
    const char *part;
} bad;

static const bad bad_cases[] = {
    { "", 0, 1, 1, ATT_EINPUT, "the file is empty" },
    { "  \n", 0, 2, 1, ATT_EINPUT, "ends in the middle" },
    { "\xEF\xBB\xBF{}", 0, 1, 1, ATT_EINPUT, "byte order mark" },
    { "\xFF\xFE{\0}\0", 6, 1, 1, ATT_EINPUT, "UTF-16" },
    { "{\n \"a\0\": 1}", 10, 2, 4, ATT_EINPUT, "NUL byte" },
    { "{\n \"\xC3\xA9\xC3\": 1}", 0, 2, 4, ATT_EINPUT, "not UTF-8" },
    { "[\"\xED\xA0\x80\"]", 0, 1, 3, ATT_EINPUT, "not UTF-8" },
    { "{\"a\": 1,\n \"b\": 2,\n  \"a\": 3}", 0, 3, 3, ATT_EINPUT,
      "key \"a\" stands twice" },
    { "{\"a\": 1, \"\\u0061\": 2}", 0, 1, 10, ATT_EINPUT, "key \"a\" stands twice" },
    { "{\"\xC3\xA9\": 1, \"\xC3\xA9\": 2}", 0, 1, 10, ATT_EINPUT, "stands twice" },
    { "{\"\": 1, \"\": 2}", 0, 1, 9, ATT_EINPUT, "key \"\" stands twice" },
    { "{\"a\": [1, 2", 0, 1, 12, ATT_EINPUT, "ends in the middle" },
    { "{\"a\": \"x", 0, 1, 7, ATT_EINPUT, "must end with a double quote" },
    { "{\"a\": \"x\ny\"}", 0, 1, 7, ATT_EINPUT, "must end with a double quote" },
    { "{\"a\": tru}", 0, 1, 7, ATT_EINPUT, "a value should stand here" },
    { "{\"a\" 1}", 0, 1, 6, ATT_EINPUT, "a colon should stand" },
    { "{\"a\": 1 \"b\": 2}", 0, 1, 9, ATT_EINPUT, "a comma or \"}\"" },
    { "[1 2]", 0, 1, 4, ATT_EINPUT, "a comma or \"]\"" },
    { "[1, ]", 0, 1, 5, ATT_EINPUT, "comma must not stand before \"]\"" },
    { "{\"a\": 1, }", 0, 1, 10, ATT_EINPUT, "comma must not stand before \"}\"" },
    { "{a: 1}", 0, 1, 2, ATT_EINPUT, "a key in double quotes" },
    { "['a']", 0, 1, 2, ATT_EINPUT, "not single ones" },
    { "[1] // c", 0, 1, 5, ATT_EINPUT, "nothing should follow" },
    { "[ /* c */ 1]", 0, 1, 3, ATT_EINPUT, "no comments" },
    { "[01]", 0, 1, 2, ATT_EINPUT, "needless zero" },
    { "[-]", 0, 1, 2, ATT_EINPUT, "digits after its sign" },
    { "[1.]", 0, 1, 2, ATT_EINPUT, "digits after its point" },
    { "[1e]", 0, 1, 2, ATT_EINPUT, "digits after its \"e\"" },
    { "[1e999]", 0, 1, 6, ATT_EINPUT, "too large" },
    { "[99999999999999999999]", 0, 1, 21, ATT_EINPUT, "too large" },
    { "[\"\\x\"]", 0, 1, 3, ATT_EINPUT, "no such escape" },
    { "[\"\\u12\"]", 0, 1, 3, ATT_EINPUT, "four hex digits" },
    { "[\"a\\u0000\"]", 0, 1, 4, ATT_EINPUT, "\\u0000" },
    { "[\"\\ud800x\"]", 0, 1, 3, ATT_EINPUT, "other half" },
    { "[\"\\udc00\"]", 0, 1, 3, ATT_EINPUT, "other half" },
    { "[\"a\tb\"]", 0, 1, 4, ATT_EINPUT, "control character" },
    { "{} {}", 0, 1, 4, ATT_EINPUT, "nothing should follow" },
    { "]", 0, 1, 1, ATT_EINPUT, "a value should stand here" },
};

static void each_mistake_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < sizeof bad_cases / sizeof bad_cases[0]; i++) {
        const bad *c = &bad_cases[i];
        att_err err = { 0 };
        size_t n = c->n > 0 ? c->n : strlen(c->text);
        att_json *json = att_json_open_bytes("t.json", c->text, n, &err);

        if (json != NULL || err.where.line != c->line ||
            err.where.column != c->column) {
            fail_msg("case %zu: got %u:%u %s", i, err.where.line, err.where.column,
                     err.message);
        }
        assert_fails(err.code, c->code, &err, c->part);
        assert_string_equal(err.where.file, "t.json");
    }
}

static void the_limits_of_depth_and_size_are_exact(void **state)
{
    att_buf b = { 0 };

    for (int depth = ATT_JSON_DEPTH_MAX; depth <= ATT_JSON_DEPTH_MAX + 1; depth++) {
        att_err err = { 0 };
        att_json *json = NULL;

        att_buf_cut(&b, 0);
        att_buf_add(&b, "[\"[[[[\\\"[[\",");
        att_buf_repeat(&b, '[', (size_t)depth - 1);
        att_buf_repeat(&b, ']', (size_t)depth);
        json = att_json_open_bytes("t.json", b.bytes, b.n, &err);
        if (depth == ATT_JSON_DEPTH_MAX) {
            assert_ok(err.code, &err);
            assert_non_null(json);
        } else {
            assert_null(json);
            assert_fails(err.code, ATT_ELIMIT, &err, "deeper than 64");
            assert_int_equal(err.where.column, 12 + ATT_JSON_DEPTH_MAX);
        }
        att_json_close(json);
    }
    att_buf_cut(&b, 0);
    att_buf_repeat(&b, '[', 1000000);
    {
        att_err err = { 0 };

        assert_null(att_json_open_bytes("t.json", b.bytes, b.n, &err));
        assert_int_equal(err.code, ATT_ELIMIT);
    }
    att_buf_cut(&b, 0);
    att_buf_repeat(&b, ' ', ATT_JSON_BYTES_MAX - 2);
    att_buf_add(&b, "{}");
    att_json_close(att_json_open_bytes("t.json", b.bytes, b.n, NULL));
    {
        att_err err = { 0 };
        att_json *json = att_json_open_bytes("t.json", b.bytes, b.n, &err);

        assert_non_null(json);
        att_json_close(json);
        att_buf_char(&b, ' ');
        assert_null(att_json_open_bytes("t.json", b.bytes, b.n, &err));
        assert_fails(err.code, ATT_ELIMIT, &err, "at most 16,777,216 bytes");
    }
    att_buf_drop(&b);
}

static void no_truncated_text_is_accepted(void **state)
{
    static const char text[] =
        "{\"a\": [1.5e3, true, null, \"\\u00e9\\n\"], \"b\": {}}";

    for (size_t n = 0; n < sizeof text - 1; n++) {
        att_err err = { 0 };

        assert_null(att_json_open_bytes("t.json", text, n, &err));
        assert_int_equal(err.code, ATT_EINPUT);
        assert_int_equal(err.where.line, 1);
    }
}

static void good_text_gives_its_tree(void **state)
{
    att_err err = { 0 };
    att_json *json = open_text("{\"a\": [1, 2.5, \"x\"]}", &err);
    size_t n = 0;

    assert_ok(err.code, &err);
    assert_int_equal(json_integer_value(
                         json_array_get(json_object_get(att_json_root(json), "a"), 0)),
                     1);
    assert_string_equal(att_json_name(json), "t.json");
    assert_string_equal(att_json_text(json, &n), "{\"a\": [1, 2.5, \"x\"]}");
    assert_int_equal(n, 20);
    att_json_close(json);
    json = open_text(" 7 ", &err);
    assert_true(json_is_integer(att_json_root(json)));
    att_json_close(json);
    att_json_close(NULL);
}

static void a_file_that_is_missing_or_bad_is_named(void **state)
{
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "x.json");
    att_err missing = { 0 };
    att_err broken = { 0 };
    att_json *json = NULL;

    assert_null(att_json_open(path, &missing));
    assert_fails(missing.code, ATT_ENOTFOUND, &missing, "x.json\"");
    att_test_write(path, "[1,\n 2", 6);
    assert_null(att_json_open(path, &broken));
    assert_fails(broken.code, ATT_EINPUT, &broken, "");
    assert_contains(broken.where.file, "x.json");
    assert_int_equal(broken.where.line, 2);
    att_test_write(path, "[1]", 3);
    json = att_json_open(path, NULL);
    assert_non_null(json);
    att_json_close(json);
    test_free(path);
    att_test_folder_drop(folder);
}

static att_json *open_places(void)
{
    static const char text[] = "{\n"
                               "  \"id\": \"pulse\",\r\n"
                               "  \"\xC3\xA9t\xC3\xA9\": [10, {\"k/~\": true}, "
                               "\"\xE6\x97\xA5\"],\n"
                               "  \"esc\\u0061pe\": -1.5e3,\n"
                               "  \"0\": {\"\": [[]]},\n"
                               "  \"show\": \"a\\n\\u00e9\\ud83d\\ude00 = 9\",\n"
                               "  \"long\": {\n    \"x\": 1\n  }\n"
                               "}\n";
    att_json *json = att_json_open_bytes("p.json", text, sizeof text - 1, NULL);

    assert_non_null(json);
    return json;
}

static void places_of_keys_and_values_are_found(void **state)
{
    static const struct {
        const char *pointer;
        unsigned key_line, key_column;
        size_t key_span;
        unsigned line, column;
        size_t span;
    } cases[] = {
        { "", 0, 0, 0, 1, 1, 1 },
        { "/id", 2, 3, 4, 2, 9, 7 },
        { "/\xC3\xA9t\xC3\xA9", 3, 3, 5, 3, 10, 24 },
        { "/\xC3\xA9t\xC3\xA9/0", 0, 0, 0, 3, 11, 2 },
        { "/\xC3\xA9t\xC3\xA9/1", 0, 0, 0, 3, 15, 13 },
        { "/\xC3\xA9t\xC3\xA9/1/k~1~0", 3, 16, 5, 3, 23, 4 },
        { "/\xC3\xA9t\xC3\xA9/2", 0, 0, 0, 3, 30, 3 },
        { "/escape", 4, 3, 13, 4, 18, 6 },
        { "/0", 5, 3, 3, 5, 8, 10 },
        { "/0/", 5, 9, 2, 5, 13, 4 },
        { "/0//0", 0, 0, 0, 5, 14, 2 },
        { "/long", 7, 3, 6, 7, 11, 1 },
        { "/long/x", 8, 5, 3, 8, 10, 1 },
    };
    att_json *json = open_places();

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_place key = { 0 };
        att_place value = { 0 };
        bool has_key = att_json_place_key(json, cases[i].pointer, &key);

        if (!att_json_place_value(json, cases[i].pointer, &value) ||
            value.line != cases[i].line || value.column != cases[i].column ||
            value.span != cases[i].span) {
            fail_msg("value of \"%s\": %u:%u+%zu", cases[i].pointer, value.line,
                     value.column, value.span);
        }
        assert_int_equal(has_key, cases[i].key_line > 0);
        if (key.line != cases[i].key_line || key.column != cases[i].key_column ||
            key.span != cases[i].key_span) {
            fail_msg("key of \"%s\": %u:%u+%zu", cases[i].pointer, key.line, key.column,
                     key.span);
        }
    }
    att_json_close(json);
}

static void pointers_that_lead_nowhere_find_nothing(void **state)
{
    static const char *const cases[] = {
        "/x",
        "id",
        "/id/",
        "/id/0",
        "/0/0",
        "/\xC3\xA9t\xC3\xA9/3",
        "/\xC3\xA9t\xC3\xA9/-",
        "/\xC3\xA9t\xC3\xA9/00",
        "/\xC3\xA9t\xC3\xA9/",
        "/\xC3\xA9t\xC3\xA9/1/k~1~2",
        "/long/x/y",
        "/\xC3\xA9t\xC3\xA9/99999999999",
        "//",
        "/escape~",
    };
    att_json *json = open_places();
    att_place place = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (att_json_place_value(json, cases[i], &place) ||
            att_json_place_key(json, cases[i], &place) ||
            att_json_place_inside(json, cases[i], 0, &place)) {
            fail_msg("\"%s\" leads somewhere", cases[i]);
        }
    }
    assert_false(att_json_place_inside(json, "/0", 0, &place));
    att_json_close(json);
}

static void places_inside_a_text_count_escapes(void **state)
{
    /* contents: a, newline, e-acute (2 bytes), a face (4 bytes), " = 9" */
    static const struct {
        size_t k;
        unsigned column;
        size_t span;
    } cases[] = {
        { 0, 12, 25 }, { 1, 13, 24 }, { 2, 15, 22 }, { 3, 15, 22 }, { 4, 21, 16 },
        { 7, 21, 16 }, { 8, 33, 4 },  { 11, 36, 1 }, { 12, 37, 1 }, { 99, 37, 1 },
    };
    att_json *json = open_places();
    att_place place = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(att_json_place_inside(json, "/show", cases[i].k, &place));
        if (place.line != 6 || place.column != cases[i].column ||
            place.span != cases[i].span) {
            fail_msg("byte %zu: %u:%u+%zu", cases[i].k, place.line, place.column,
                     place.span);
        }
    }
    assert_true(att_json_place_inside(json, "/\xC3\xA9t\xC3\xA9/2", 2, &place));
    assert_int_equal(place.column, 31);
    att_json_close(json);
}

static void the_line_of_a_place_has_no_end(void **state)
{
    att_json *json = open_places();
    att_arena a = { 0 };
    att_place place = { 0 };

    assert_true(att_json_place_value(json, "/id", &place));
    assert_string_equal(att_json_line(&a, json, &place), "  \"id\": \"pulse\",");
    assert_true(att_json_place_value(json, "/long/x", &place));
    assert_string_equal(att_json_line(&a, json, &place), "    \"x\": 1");
    att_arena_drop(&a);
    att_json_close(json);
}

static void many_keys_are_each_found_in_one_long_line(void **state)
{
    enum { N = 20000 };
    att_buf b = { 0 };
    att_json *json = NULL;
    att_place place = { 0 };
    unsigned column = 0;

    att_buf_char(&b, '[');
    for (int i = 0; i < N; i++) {
        att_buf_format(&b, "%s{\"\xC3\xA9%d\":%d}", i > 0 ? "," : "", i, i);
    }
    att_buf_char(&b, ']');
    json = att_json_open_bytes("t.json", b.bytes, b.n, NULL);
    assert_non_null(json);
    column = 2;
    for (int i = 0; i < N; i++) {
        char pointer[40];
        char digits[20];

        (void)snprintf(digits, sizeof digits, "%d", i);
        (void)snprintf(pointer, sizeof pointer, "/%d/\xC3\xA9%d", i, i);
        assert_true(att_json_place_key(json, pointer, &place));
        assert_int_equal(place.column, column + 1);
        column += (unsigned)(7 + 2 * strlen(digits));
    }
    att_buf_drop(&b);
    att_json_close(json);
}

static void write_all_sorts(att_json_out *out)
{
    att_json_object(out);
    att_json_put_string(out, "text", "a\"\\\n\t\001\xC3\xA9/");
    att_json_put_string(out, "none", NULL);
    att_json_put_number(out, "x", 0.1);
    att_json_put_number(out, "nan", 0.0 / (out->depth > 9 ? 1.0 : 0.0));
    att_json_put_whole(out, "n", -42);
    att_json_put_bool(out, "yes", true);
    att_json_key(out, "list");
    att_json_list(out);
    att_json_whole(out, 1);
    att_json_bool(out, false);
    att_json_null(out);
    att_json_list(out);
    att_json_end_list(out);
    att_json_object(out);
    att_json_end_object(out);
    att_json_end_list(out);
    att_json_end_object(out);
}

static void what_is_written_is_json(void **state)
{
    att_buf b = { 0 };
    att_json_out out = att_json_begin(&b, false);
    att_json *json = NULL;
    att_err err = { 0 };

    write_all_sorts(&out);
    assert_string_equal(att_buf_text(&b),
                        "{\"text\":\"a\\\"\\\\\\n\\t\\u0001\xC3\xA9/\",\"none\":null,"
                        "\"x\":0.1,\"nan\":null,\"n\":-42,\"yes\":true,"
                        "\"list\":[1,false,null,[],{}]}");
    json = att_json_open_bytes("o", b.bytes, b.n, &err);
    assert_ok(err.code, &err);
    assert_string_equal(json_string_value(json_object_get(att_json_root(json), "text")),
                        "a\"\\\n\t\001\xC3\xA9/");
    att_json_close(json);
    att_buf_cut(&b, 0);
    out = att_json_begin(&b, true);
    write_all_sorts(&out);
    assert_string_equal(att_buf_text(&b),
                        "{\n  \"text\": \"a\\\"\\\\\\n\\t\\u0001\xC3\xA9/\",\n"
                        "  \"none\": null,\n  \"x\": 0.1,\n  \"nan\": null,\n"
                        "  \"n\": -42,\n  \"yes\": true,\n  \"list\": [\n    1,\n"
                        "    false,\n    null,\n    [],\n    {}\n  ]\n}");
    att_buf_drop(&b);
}

static void quotes_hold_only_utf8(void **state)
{
    att_buf b = { 0 };

    att_json_quote(&b, "a\xFF"
                       "b\xC3");
    assert_string_equal(att_buf_text(&b), "\"a\xEF\xBF\xBD"
                                          "b\xEF\xBF\xBD\"");
    att_buf_drop(&b);
}

ATT_TEST_MAIN(cmocka_unit_test(each_mistake_is_told_with_its_place),
              cmocka_unit_test(the_limits_of_depth_and_size_are_exact),
              cmocka_unit_test(no_truncated_text_is_accepted),
              cmocka_unit_test(good_text_gives_its_tree),
              cmocka_unit_test(a_file_that_is_missing_or_bad_is_named),
              cmocka_unit_test(places_of_keys_and_values_are_found),
              cmocka_unit_test(pointers_that_lead_nowhere_find_nothing),
              cmocka_unit_test(places_inside_a_text_count_escapes),
              cmocka_unit_test(the_line_of_a_place_has_no_end),
              cmocka_unit_test(many_keys_are_each_found_in_one_long_line),
              cmocka_unit_test(what_is_written_is_json),
              cmocka_unit_test(quotes_hold_only_utf8))
