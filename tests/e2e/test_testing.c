/* attune test: the tests beside the bundled instruments, what they would notice, and how
 * it tells of a test that fails or cannot be read. */
#include "att_program.h"

#include <string.h>

/* Faults are tried in all but the last, whose 1000 take a minute. */
static const char *const tested[] = { "profile", "ces",    "recs",      "fss",
                                      "pulse",   "anchor", "cosf",      "bsc",
                                      "cogint",  "rng",    "bcl-diary", "bcl" };

enum { N_TESTED = sizeof tested / sizeof *tested };

/* "test OPTIONS" over the tests of the first n bundled instruments. */
static att_run test_some(att_place *place, const char *options, size_t n)
{
    att_buf words = { 0 };
    att_run run;

    att_buf_format(&words, "test %s", options);
    for (size_t i = 0; i < n; i++) {
        att_buf_format(&words, " %s",
                       att_test_path(att_arena_format(
                           &place->arena, "../instruments/tests/%s.json", tested[i])));
    }
    run = att_program_run(place, att_buf_text(&words));
    att_buf_drop(&words);
    return run;
}

static void the_bundled_instruments_pass_their_tests(void **state)
{
    att_place *place = *state;
    att_run run = test_some(place, "", N_TESTED);

    assert_status(run, 0);
    assert_contains(run.out, " passed, 0 failed\n");
    assert_lacks(run.out, "FAIL");
}

static void their_tests_notice_nearly_every_fault(void **state)
{
    att_place *place = *state;
    att_run run = test_some(place, "--mutate --seed 7 --json", N_TESTED - 1);
    json_t *faults;
    json_t *kinds;
    size_t n_made = 0;

    assert_status(run, 0);
    faults = json_object_get(att_run_json(place, &run), "faults");
    kinds = json_object_get(faults, "kinds");
    assert_int_equal(json_array_size(kinds), 13);
    for (size_t i = 0; i < json_array_size(kinds); i++) {
        json_int_t made =
            json_integer_value(json_object_get(json_array_get(kinds, i), "made"));

        assert_true(made > 0);
        n_made += (size_t)made;
    }
    print_message("%zu faults, %g noticed\n", n_made,
                  json_number_value(json_object_get(faults, "share")));
    assert_true(n_made > 500);
    assert_true(json_number_value(json_object_get(faults, "share")) >= 0.95);
}

static void without_tests_most_faults_go_unnoticed(void **state)
{
    att_place *place = *state;
    att_run run;
    json_t *faults;

    att_place_write(place, "t.json",
                    "{\"instrument\":\"ces@^1\",\"tests\":[{\"name\":\"n\",\"expect\":"
                    "{\"status\":\"complete\"}}]}");
    run = att_program_runf(place, "test t.json --mutate --json --instrument %s",
                           att_test_path("../instruments/ces.json"));
    assert_status(run, 0);
    faults = json_object_get(att_run_json(place, &run), "faults");
    assert_true(json_number_value(json_object_get(faults, "share")) < 0.5);
}

static void a_change_that_makes_no_difference_is_left_out(void **state)
{
    static const char instrument[] =
        "{\"format\":\"instrument/1\",\"id\":\"eq\",\"version\":\"1.0.0\",\"title\":"
        "\"E\",\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},\"items\":["
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"max\":60,\"text\":\"N?\"},"
        "{\"id\":\"x\",\"kind\":\"text\",\"show\":\"missing(n) or n >= 0\","
        "\"text\":\"X?\"}]}";
    att_place *place = *state;
    att_run run;
    json_t *faults;
    json_t *kinds;

    att_place_write(place, "eq.json", instrument);
    att_place_write(place, "t.json",
                    "{\"instrument\":\"eq@^1\",\"tests\":[{\"name\":\"0\",\"answers\":"
                    "{\"n\":0},\"expect\":{\"shown\":[\"x\"]}},{\"name\":\"none\","
                    "\"expect\":{\"shown\":[\"x\"]}}]}");
    run = att_program_run(place, "test t.json --mutate --json");
    assert_status(run, 0);
    faults = json_object_get(att_run_json(place, &run), "faults");
    kinds = json_object_get(faults, "kinds");
    for (size_t i = 0; i < json_array_size(kinds); i++) {
        json_t *kind = json_array_get(kinds, i);
        bool is_show = strcmp(json_string_value(json_object_get(kind, "fault")),
                              "delete show") == 0;

        if (is_show) { /* a constant may be shifted so that nothing changes, too */
            assert_int_equal(json_integer_value(json_object_get(kind, "made")), 1);
            assert_int_equal(json_integer_value(json_object_get(kind, "equal")), 1);
        }
    }
    assert_near(json_number_value(json_object_get(faults, "share")), 1, 0);
    assert_int_equal(json_array_size(json_object_get(faults, "unnoticed")), 0);
}

/* ---- telling ---- */

static const char small[] =
    "{ \"format\": \"instrument/1\", \"id\": \"small\", \"version\": \"1.2.0\",\n"
    "  \"title\": \"Small\", \"languages\": { \"default\": \"en\", \"list\": [{ \"tag\": "
    "\"en\" }] },\n"
    "  \"provenance\": { \"licence\": \"CC0-1.0\" },\n"
    "  \"items\": [ { \"id\": \"n\", \"kind\": \"integer\", \"min\": 0, \"max\": 60, "
    "\"warn\": \". <= 31\", \"text\": \"How many?\" },\n"
    "    { \"id\": \"why\", \"kind\": \"text\", \"show\": \"n > 30\", \"text\": \"Why "
    "{n}?\" },\n"
    "    { \"id\": \"day\", \"kind\": \"date\", \"min\": \"today - 7\", \"max\": "
    "\"today\", \"required\": \"hard\", \"text\": \"When?\" },\n"
    "    { \"id\": \"half\", \"kind\": \"calc\", \"value\": \"n / 2\", \"text\": "
    "\"Half\" } ],\n"
    "  \"derived\": [ { \"id\": \"twice\", \"title\": \"Twice\", \"value\": \"n * 2\" } "
    "] }\n";

static void a_test_that_fails_says_what_was_expected_and_got(void **state)
{
    static const char tests[] =
        "{ \"instrument\": \"small@^1\", \"tests\": [\n"
        "  { \"name\": \"right\", \"today\": \"2026-06-01\", \"answers\": { \"n\": 40, "
        "\"why\": \"so\", \"day\": \"2026-05-30\" },\n"
        "    \"expect\": { \"refused\": { \"n\": \"warn\" }, \"asked\": [\"n\", \"why\", "
        "\"day\"], \"score\": { \"twice\": 80, \"half\": 20 }, \"text\": { \"why\": \"Why 40?\" } } },\n"
        "  { \"name\": \"wrong\", \"today\": \"2026-06-01\", \"answers\": { \"n\": 61, "
        "\"day\": \"2026-06-02\", \"why\": \"so\", \"whi\": 1 },\n"
        "    \"expect\": { \"shown\": [\"why\"], \"hidden\": [\"n\"], \"asked\": [], "
        "\"missing\": { \"n\": \"refused\" },\n"
        "      \"score\": { \"twice\": 3, \"thrice\": null }, \"text\": { \"why\": \"Why?\" "
        "}, \"words\": { \"n\": \"1\" },\n"
        "      \"offers\": { \"n\": [1] }, \"status\": \"complete\" } } ] }\n";
    static const char wanted[] =
        "pass  small: right\n"
        "FAIL  small: wrong\n"
        "      at small-tests.json:4\n"
        "      answer to n: expected taken, got too_high\n"
        "      answer to day: expected taken, got too_late\n"
        "      answer to why: expected taken, got never asked\n"
        "      answer to whi: expected taken, got no such item\n"
        "      item why: expected shown, got hidden\n"
        "      item n: expected hidden, got shown\n"
        "      asked: expected nothing, got n, day\n"
        "      missing n: expected refused, got skipped\n"
        "      score twice: expected 3, got no score\n"
        "      score thrice: expected no score, got no such score\n"
        "      text of why: expected Why?, got Why ?\n"
        "      words of n: expected 1, got nothing\n"
        "      offers of n: expected 1, got nothing\n"
        "      status: expected complete, got open\n"
        "1 passed, 1 failed\n";
    att_place *place = *state;
    att_run run;

    att_place_write(place, "small.json", small);
    att_place_write(place, "small-tests.json", tests);
    run = att_program_run(place, "test small-tests.json");
    assert_status(run, 1);
    assert_string_equal(run.out, wanted);
    assert_string_equal(run.err, "");
    run = att_program_run(place, "test small-tests.json --mutate");
    assert_status(run, 1);
    assert_contains(run.out, "FAIL  small: wrong\n");
    assert_lacks(run.out, "faults");
}

static void the_instrument_is_found_by_its_id(void **state)
{
    att_place *place = *state;
    static const char tests[] = "{\"instrument\":\"small\",\"tests\":[{\"name\":\"n\","
                                "\"expect\":{\"shown\":[\"n\"]}}]}";

    att_place_write(place, "other-name.json", small);
    att_place_write(place, "t.json", tests);
    assert_status(att_program_run(place, "test t.json"), 0);
    assert_status(att_program_run(place, "test ./t.json"), 0);
    assert_status(att_program_run(place, "init s.attune"), 0);
    assert_contains(att_program_run(place, "test").err, "no file was named");
}

typedef struct file_case {
    const char *text, *message, *hint;
} file_case;

static const file_case file_cases[] = {
    { "[]", "\"t.json\" is no file of tests\n  at t.json:1:1",
      "hint: a file of tests" },
    { "{\"instrument\":\"small\",\"test\":[]}", "\"test\" is not a key of a test",
      "hint: did you mean \"tests\"?" },
    { "{\"tests\":[]}", "the tests name no instrument", "hint: add \"instrument\"" },
    { "{\"instrument\":\"small\"}", "should be a list of tests", "" },
    { "{\"instrument\":\"small\",\"tests\":[{\"expect\":{\"shown\":[]}}]}",
      "a test has no name\n  at t.json:1:32 (/tests/0)", "" },
    { "{\"instrument\":\"small\",\"tests\":[{\"name\":\"n\"}]}",
      "a test expects nothing", "hint: add \"expect\"" },
    { "{\"instrument\":\"small\",\"tests\":[{\"name\":\"n\",\"expect\":{\"scor\":{}}}]}",
      "\"scor\" is not a key of a test", "hint: did you mean \"score\"?" },
    { "{\"instrument\":\"small\",\"tests\":[{\"name\":\"n\",\"today\":\"soon\","
      "\"expect\":{\"shown\":[]}}]}",
      "should be a day, like 2026-09-14", "(/tests/0/today)" },
    { "{\"instrument\":\"small\",\"tests\":[{\"name\":\"n\",\"answers\":{\"n\":true},"
      "\"expect\":{\"shown\":[]}}]}",
      "should be a number, a text", "(/tests/0/answers/n)" },
    { "{\"instrument\":\"small\",\"tests\":[{\"name\":\"n\",\"expect\":{\"missing\":{"
      "\"n\":\"gone\"}}}]}",
      "should be a reason", "(/tests/0/expect/missing/n)" },
    { "{\"instrument\":\"nobody@^1\",\"tests\":[{\"name\":\"n\",\"expect\":{\"shown\":[]"
      "}}]}",
      "no instrument \"nobody\" stands beside the tests",
      "hint: name its file: --instrument FILE" },
    { "{\"instrument\":\"small@^2\",\"tests\":[{\"name\":\"n\",\"expect\":{\"shown\":[]}"
      "}]}",
      "the tests want \"small@^2\"; \"small.json\" holds small 1.2.0", "hint: " },
};

static void a_file_that_cannot_be_used_says_where(void **state)
{
    att_place *place = *state;

    att_place_write(place, "small.json", small);
    for (size_t i = 0; i < sizeof file_cases / sizeof *file_cases; i++) {
        const file_case *c = &file_cases[i];
        att_run run;

        print_message("%s\n", c->text);
        att_place_write(place, "t.json", c->text);
        run = att_program_run(place, "test t.json");
        assert_status(run, 3);
        assert_string_equal(run.out, "");
        assert_contains(run.err, c->message);
        assert_contains(run.err, c->hint);
    }
    assert_status(att_program_run(place, "test t.json --seed -1"), 2);
}

ATT_TEST_MAIN(att_program_test(the_bundled_instruments_pass_their_tests),
              att_program_test(their_tests_notice_nearly_every_fault),
              att_program_test(a_change_that_makes_no_difference_is_left_out),
              att_program_test(without_tests_most_faults_go_unnoticed),
              att_program_test(a_test_that_fails_says_what_was_expected_and_got),
              att_program_test(the_instrument_is_found_by_its_id),
              att_program_test(a_file_that_cannot_be_used_says_where))
