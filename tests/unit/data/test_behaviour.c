/* test_behaviour.c - how each question was answered, from journal and sittings
 */
#include "att_test.h"

#include <string.h>

#include <attune/data/behaviour.h>
#include <attune/instrument/read.h>

#define BEGAN 1788340447221LL /* 2026-09-02T09:14:07.221Z */

static const char text[] =
    "{\"format\":\"instrument/1\",\"id\":\"small\",\"version\":\"1.0.0\","
    "\"title\":{\"en\":\"A small one\"},"
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
    "\"provenance\":{\"authors\":[{\"name\":\"attune\"}],\"licence\":\"CC0-1.0\","
    "\"status\":\"draft\"},\"items\":["
    "{\"id\":\"t1\",\"kind\":\"integer\",\"min\":0,\"text\":{\"en\":\"How many?\"}},"
    "{\"id\":\"t2\",\"kind\":\"integer\",\"min\":0,\"text\":{\"en\":\"And now?\"}},"
    "{\"id\":\"name\",\"kind\":\"text\",\"identifying\":true,"
    "\"text\":{\"en\":\"Your name?\"}},"
    "{\"id\":\"t3\",\"kind\":\"integer\",\"min\":0,\"text\":{\"en\":\"Never asked?\"}}]}";

static att_step step(const char *item, const char *event, att_msec shown, att_msec came)
{
    return (att_step){ .screen = "question",
                       .item = item,
                       .event = event,
                       .target = strcmp(event, "answer") == 0 ? item : "",
                       .refusal = "",
                       .shown = shown,
                       .came = came,
                       .columns = 80,
                       .rows = 24 };
}

static att_entry answer(const char *item, double number, att_msec after)
{
    return (att_entry){ .act = ATT_ACT_ANSWER,
                        .item = item,
                        .answer = att_answer_of_number(number),
                        .actor = "respondent",
                        .at = BEGAN + after };
}

/* t1 answered, taken back from t2, changed; t2 refused once; then, resumed, left. */
static void assert_rows(size_t n_sittings, const char *wanted)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_instrument *instrument =
        att_instrument_open_bytes(&arena, "small.json", text, strlen(text), &err);
    att_entry entries[] = { answer("t1", 1, 2000), answer("t1", 3, 7250),
                            answer("name", 0, 8000) };
    att_step first[] = { step("t1", "answer", 1000, 2000),
                         step("t2", "back", 2000, 5000),
                         step("t1", "answer", 5000, 7250),
                         step("t2", "answer", 7250, 9000),
                         step("t2", "stop", 9000, 9500) };
    att_step second[] = { step("t2", "leave", 0, 500) };
    att_sitting sittings[] = { { .face = "full",
                                 .language = "en",
                                 .began = BEGAN,
                                 .steps = first,
                                 .n_steps = 5 },
                               { .face = "line",
                                 .language = "en",
                                 .began = BEGAN + 100000,
                                 .steps = second,
                                 .n_steps = 1 } };
    att_response response = {
        .id = "abc", .language = "en", .entries = entries, .n_entries = 3
    };
    att_behaviour *rows;
    att_buf out = { 0 };
    size_t n = 0;

    assert_ok(err.code, &err);
    first[3].refusal = "too_high";
    rows = att_behaviour_of(&arena, instrument, &response, sittings, n_sittings, &n);
    att_behaviour_write(&out, rows, n);
    assert_string_equal(att_buf_text(&out), wanted);
    att_buf_drop(&out);
    att_arena_drop(&arena);
}

static void visits_changes_and_time_are_those_of_the_steps(void **state)
{
    /* t1: 1000 + 2250 ms in two visits; t2: 3000 + 1750 + 500 + 500 ms in three */
    assert_rows(2, "abc,t1,2026-09-02T09:14:08.221Z,2026-09-02T09:14:14.471Z,3.250,1,2,"
                   "0,0,full,80x24,en\n"
                   "abc,t2,2026-09-02T09:14:09.221Z,,5.750,0,3,1,1,full,80x24,en\n");
}

static void without_sittings_only_the_journal_is_known(void **state)
{
    assert_rows(0, "abc,t1,,2026-09-02T09:14:14.471Z,,1,,,,,,en\n");
}

static void the_header_has_as_many_cells_as_a_row(void **state)
{
    att_buf out = { 0 };
    size_t n = 0;

    att_behaviour_write_header(&out);
    for (const char *p = att_buf_text(&out); *p != '\0'; p++) {
        n += *p == ',';
    }
    assert_int_equal(n, 11);
    att_buf_drop(&out);
}

ATT_TEST_MAIN(cmocka_unit_test(visits_changes_and_time_are_those_of_the_steps),
              cmocka_unit_test(without_sittings_only_the_journal_is_known),
              cmocka_unit_test(the_header_has_as_many_cells_as_a_row))
