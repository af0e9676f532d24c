/* Answers, reasons, and the payload of a journal's entry. */
#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/json.h>
#include <attune/instrument/answer.h>

#include "att_test.h"

static void reasons_have_the_codes_of_exports(void **state)
{
    static const struct {
        att_reason reason;
        const char *name;
        int code;
        char letter;
    } cases[] = {
        { ATT_REASON_NONE, "", 0, 0 },
        { ATT_REASON_NOT_REACHED, "not_reached", -10, 0 },
        { ATT_REASON_SKIPPED, "skipped", -9, 0 },
        { ATT_REASON_REFUSED, "refused", -8, 'r' },
        { ATT_REASON_NOT_APPLICABLE, "not_applicable", -7, 'n' },
        { ATT_REASON_DONT_KNOW, "dont_know", -6, 'k' },
        { ATT_REASON_NOT_ASKED, "not_asked", -5, 0 },
        { ATT_REASON_UNREADABLE, "unreadable", -4, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_reason by_name = ATT_REASON_NONE;
        att_reason by_code = ATT_REASON_NONE;
        assert_string_equal(att_reason_name(cases[i].reason), cases[i].name);
        assert_int_equal(att_reason_code(cases[i].reason), cases[i].code);
        assert_int_equal(att_reason_letter(cases[i].reason), cases[i].letter);
        assert_int_equal(att_reason_read(cases[i].name, &by_name), i > 0);
        assert_int_equal(att_reason_of_code(cases[i].code, &by_code), i > 0);
        assert_int_equal(by_name, cases[i].reason);
        assert_int_equal(by_code, cases[i].reason);
    }
}

static void names_of_acts_and_statuses_read_back(void **state)
{
    att_act act;
    att_status status;

    for (int i = 0; i < ATT_N_ACTS; i++) {
        assert_true(att_act_read(att_act_name((att_act)i), &act));
        assert_int_equal(act, i);
    }
    for (int i = 0; i <= ATT_STATUS_DECLINED; i++) {
        assert_true(att_status_read(att_status_name((att_status)i), &status));
        assert_int_equal(status, i);
    }
    assert_string_equal(att_act_name(ATT_ACT_GOTO), "goto");
    assert_string_equal(att_act_name(ATT_ACT_FINISH), "finish");
    assert_false(att_act_read("jump", &act));
    assert_false(att_status_read("", &status));
}

static void a_copy_of_codes_is_ascending_and_each_once(void **state)
{
    static const int codes[] = { 9, 1, 4, 1, 9 };
    static const int wanted[] = { 1, 4, 9 };
    att_arena arena = { 0 };
    att_answer mixed = att_answer_of_codes(codes, 5);
    att_answer same = att_answer_of_codes(wanted, 3);
    att_answer copy = att_answer_copy(&arena, &mixed);

    assert_true(att_answer_same(&copy, &same));
    assert_false(att_answer_same(&mixed, &same));
    att_arena_drop(&arena);
}

static const int some_codes[] = { -3, 0, 12 };
static const int some_order[] = { 12, -3, 0 };

/* answer, payload */
static const struct {
    att_answer answer;
    const char *payload;
} entry_cases[] = {
    { { .kind = ATT_ANSWER_NUMBER, .number = 4 },
      "{\"answer\":4,\"item\":\"t1\",\"kind\":\"number\"}" },
    { { .kind = ATT_ANSWER_NUMBER, .number = 1, .beside = "2 ab\"c" },
      "{\"answer\":1,\"beside\":\"2 ab\\\"c\",\"item\":\"t1\",\"kind\":\"number\"}" },
    { { .kind = ATT_ANSWER_NUMBER, .number = -2.5 },
      "{\"answer\":-2.5,\"item\":\"t1\",\"kind\":\"number\"}" },
    { { .kind = ATT_ANSWER_CODES, .codes = some_codes, .n_codes = 3 },
      "{\"answer\":[-3,0,12],\"item\":\"t1\",\"kind\":\"codes\"}" },
    { { .kind = ATT_ANSWER_RANKS, .codes = some_order, .n_codes = 3 },
      "{\"answer\":[12,-3,0],\"item\":\"t1\",\"kind\":\"ranks\"}" },
    { { .kind = ATT_ANSWER_CODES },
      "{\"answer\":[],\"item\":\"t1\",\"kind\":\"codes\"}" },
    { { .kind = ATT_ANSWER_TEXT, .text = "a \"b\"\n\xc3\xa9" },
      "{\"answer\":\"a \\\"b\\\"\\n\xc3\xa9\",\"item\":\"t1\",\"kind\":\"text\"}" },
    { { .kind = ATT_ANSWER_DAY, .day = 11016 }, /* 2000-02-29 */
      "{\"answer\":\"2000-02-29\",\"item\":\"t1\",\"kind\":\"day\"}" },
    { { .kind = ATT_ANSWER_REASON, .reason = ATT_REASON_REFUSED },
      "{\"answer\":{\"reason\":\"refused\"},\"item\":\"t1\",\"kind\":\"reason\"}" },
    { { .kind = ATT_ANSWER_NONE },
      "{\"answer\":null,\"item\":\"t1\",\"kind\":\"none\"}" },
};

static void an_entry_is_written_and_read_back(void **state)
{
    for (size_t i = 0; i < sizeof entry_cases / sizeof *entry_cases; i++) {
        att_arena arena = { 0 };
        att_buf text = { 0 };
        att_err err = { 0 };
        att_entry entry = { .item = "t1", .answer = entry_cases[i].answer };
        att_entry again = { 0 };
        att_entry_write(&text, &entry);
        assert_string_equal(att_buf_text(&text), entry_cases[i].payload);
        assert_ok(att_entry_read(&arena, att_buf_text(&text), &again, &err), &err);
        assert_string_equal(again.item, "t1");
        assert_true(att_answer_same(&again.answer, &entry.answer));
        att_buf_drop(&text);
        att_arena_drop(&arena);
    }
}

/* A generator of its own: the same numbers on every machine. */
static unsigned long long turn(unsigned long long *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

static void any_number_is_read_back_to_the_bit(void **state)
{
    unsigned long long seed = 7;

    for (int i = 0; i < 2000; i++) {
        att_arena arena = { 0 };
        att_buf text = { 0 };
        att_err err = { 0 };
        double x = ldexp((double)turn(&seed), (int)(turn(&seed) % 1900) - 1000);
        att_entry entry = { .item = "x",
                            .answer = att_answer_of_number(i % 2 == 0 ? x : -x) };
        att_entry again = { 0 };
        att_entry_write(&text, &entry);
        assert_ok(att_entry_read(&arena, att_buf_text(&text), &again, &err), &err);
        assert_true(att_answer_same(&again.answer, &entry.answer));
        att_buf_drop(&text);
        att_arena_drop(&arena);
    }
}

static void what_is_no_entry_is_refused(void **state)
{
    static const char *const payloads[] = {
        "",
        "{",
        "[]",
        "{\"answer\":4,\"item\":\"t1\"}",
        "{\"answer\":4,\"item\":1,\"kind\":\"number\"}",
        "{\"answer\":\"4\",\"item\":\"t1\",\"kind\":\"number\"}",
        "{\"answer\":4,\"item\":\"t1\",\"kind\":\"text\"}",
        "{\"answer\":4,\"item\":\"t1\",\"kind\":\"numbers\"}",
        "{\"answer\":[1,1],\"item\":\"t1\",\"kind\":\"codes\"}",
        "{\"answer\":[2,1],\"item\":\"t1\",\"kind\":\"codes\"}",
        "{\"answer\":[1.5],\"item\":\"t1\",\"kind\":\"codes\"}",
        "{\"answer\":[1e300],\"item\":\"t1\",\"kind\":\"codes\"}",
        "{\"answer\":\"2026-02-30\",\"item\":\"t1\",\"kind\":\"day\"}",
        "{\"answer\":{\"reason\":\"lazy\"},\"item\":\"t1\",\"kind\":\"reason\"}",
        "{\"answer\":4,\"item\":\"t1\",\"kind\":\"number\",\"more\":1}",
        "{\"answer\":1e999,\"item\":\"t1\",\"kind\":\"number\"}",
    };

    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
        att_arena arena = { 0 };
        att_err err = { 0 };
        att_entry entry = { 0 };
        assert_fails(att_entry_read(&arena, payloads[i], &entry, &err), ATT_EINPUT,
                     &err, "not an answer");
        att_arena_drop(&arena);
    }
}

static void what_was_known_is_written_and_read_back(void **state)
{
    static const int codes[] = { 1, 4 };
    const att_known known[] = {
        { "", "age", att_answer_of_number(12.5) },
        { "", "helper", att_answer_of_text("Dr \"K\"") },
        { "T0", "since", att_answer_of_day(20710) },
        { "T0", "marks", att_answer_of_codes(codes, 2) },
        { "T1", "age", att_answer_of_reason(ATT_REASON_REFUSED) },
    };
    att_arena arena = { 0 };
    att_buf text = { 0 };
    att_json_out json = att_json_begin(&text, false);
    const att_known *back = NULL;
    size_t n = 0;

    att_json_object(&json);
    att_known_write(&json, known, 5);
    att_json_end_object(&json);
    assert_int_equal(att_known_read(&arena, att_buf_text(&text), &back, &n, NULL),
                     ATT_OK);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(back[i].wave, known[i].wave);
        assert_string_equal(back[i].name, known[i].name);
        assert_true(att_answer_same(&back[i].answer, &known[i].answer));
    }
    assert_ptr_equal(att_known_find(back, n, "T1", "age"), &back[4].answer);
    assert_ptr_equal(att_known_find(back, n, "", "age"), &back[0].answer);
    assert_null(att_known_find(back, n, "T2", "age"));
    assert_null(att_known_find(back, n, "", "since"));
    att_buf_drop(&text);
    att_arena_drop(&arena);
}

static void a_start_without_anything_known_says_nothing(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"known\":3}",
        "{\"known\":[3]}",
        "{\"known\":[{\"answer\":1,\"kind\":\"text\",\"name\":\"a\"}]}",
        "{\"known\":[{\"answer\":1,\"kind\":\"number\"}]}",
        "{\"known\":[{\"answer\":1,\"kind\":\"number\",\"name\":\"a\",\"wave\":2}]}",
        "{\"known\":[{\"answer\":1,\"kind\":\"number\",\"name\":\"a\",\"x\":\"2\"}]}",
    };
    att_arena arena = { 0 };
    att_buf text = { 0 };
    att_json_out json = att_json_begin(&text, false);
    const att_known *back = NULL;
    size_t n = 7;

    att_json_object(&json);
    att_known_write(&json, NULL, 0);
    att_json_end_object(&json);
    assert_string_equal(att_buf_text(&text), "{}");
    assert_int_equal(att_known_read(&arena, "{\"id\":\"x\"}", &back, &n, NULL), ATT_OK);
    assert_int_equal(n, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(att_known_read(&arena, wrong[i], &back, &n, NULL), ATT_EINPUT);
        assert_int_equal(n, 0);
    }
    att_buf_drop(&text);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(what_was_known_is_written_and_read_back),
              cmocka_unit_test(a_start_without_anything_known_says_nothing),
              cmocka_unit_test(reasons_have_the_codes_of_exports),
              cmocka_unit_test(names_of_acts_and_statuses_read_back),
              cmocka_unit_test(a_copy_of_codes_is_ascending_and_each_once),
              cmocka_unit_test(an_entry_is_written_and_read_back),
              cmocka_unit_test(any_number_is_read_back_to_the_bit),
              cmocka_unit_test(what_is_no_entry_is_refused))
