/* Thirty ways in which survey tools have failed people, by the number under which
 * docs/FAILURES.md tells of each. Here: losing data, going on, branching, translation,
 * answers that are judged. test_failures_seen.c has the rest. */
#include "att_program.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#include "att_failures.h"
#include "att_terminal.h"

/* ---- data loss ---- */

static void failure_01_an_export_never_has_fewer_people_than_before(void **state)
{
    att_place *place = *state;
    att_run before, after;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0", "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":\"A?\"}",
        "");
    for (int i = 0; i < 3; i++) {
        att_place_answer(place, "", "{\"a\":4}");
    }
    before = att_program_run(place, "export --instrument f");
    assert_int_equal(att_csv_rows(before.out), 3);
    att_place_instrument(
        place, "2.0.0", "{\"id\":\"b\",\"kind\":\"integer\",\"min\":0,\"text\":\"B?\"}",
        "");
    att_place_answer(place, "", "{\"b\":5}");
    assert_status(att_program_run(place, "score"), 0);
    after = att_program_run(place, "export --instrument f");
    assert_int_equal(att_csv_rows(after.out), 4);
    for (size_t row = 0; row < 3; row++) {
        assert_string_equal(att_csv_cell(place, after.out, row, "response"),
                            att_csv_cell(place, before.out, row, "response"));
        assert_string_equal(att_csv_cell(place, after.out, row, "a"), "4");
    }
    assert_string_equal(att_csv_cell(place, after.out, 3, "b"), "5");
    assert_string_equal(att_program_run(place, "export --instrument f").out, after.out);
}

static void failure_02_a_damaged_study_is_noticed_and_named(void **state)
{
    att_place *place = *state;
    size_t n = 0;
    char *bytes, *found;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul7\":\"every word counts\"}");
    assert_status(att_program_run(place, "run pulse --answers a.json"), 0);
    bytes = att_test_read(att_place_path(place, "s.attune"), &n);
    found = bytes;
    while (memcmp(found, "every word counts", 17) != 0) {
        assert_true(++found + 17 < bytes + n);
    }
    *found = 'E';
    att_test_write(att_place_path(place, "s.attune"), bytes, n);
    test_free(bytes);
    run = att_program_run(place, "verify");
    assert_status(run, 1);
    assert_contains(run.out, "FAIL  journal");
    assert_contains(run.out, "pul7");
    assert_contains(run.out, "hint: ");
}

static void failure_03_what_is_sent_is_there_whole(void **state)
{
    att_place *place = *state;
    att_server server;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(
        place, "a.json",
        "{\"pul1\":2,\"pul2\":4,\"pul7\":\"first line\\nsecond, \\\"line\\\"\"}");
    assert_status(
        att_program_run(place, "run pulse --person P1 --wave w1 --answers a.json"), 0);
    server = att_server_start(place, "");
    run =
        att_program_runf(place, "redcap push --url %s --token-file token", server.url);
    assert_status(run, 0);
    run = att_program_runf(place, "redcap compare --url %s --token-file token",
                           server.url);
    att_server_stop(&server);
    assert_status(run, 0);
    assert_contains(run.out, "differ        0 records");
}

static void
failure_04_what_was_typed_for_one_survey_is_not_offered_in_another(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    att_place_instrument(place, "1.0.0",
                         "{\"id\":\"pul7\",\"kind\":\"text\",\"text\":\"Words?\"}", "");
    terminal = att_terminal_open(place, 24, 80, NULL, "run f --ui full");
    att_terminal_wait(terminal, "Do you agree");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "question 1 of 1");
    att_terminal_type(terminal, "mine alone");
    att_terminal_wait(terminal, "mine alone");
    kill(terminal->pid, SIGTERM);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 143);
    terminal = att_terminal_open(place, 24, 80, NULL, "run f --ui full");
    att_terminal_wait(terminal, "Do you agree");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "question 1 of 1");
    assert_lacks(att_terminal_text(terminal), "mine alone");
    kill(terminal->pid, SIGTERM);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 143);
}

/* Three entries of two questions; the keys that answer each screen from the first. */
#define REPEATED                                                           \
    "{\"id\":\"ties\",\"kind\":\"roster\",\"count\":3,\"items\":["         \
    "{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who is it?\"},"          \
    "{\"id\":\"trust\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":" \
    "\"Do you trust {who}?\"}]}"

static const char *const repeats[][3] = {
    { "who_1", "Ana", "Person 1 of 3" },      { "trust_1", "7", "Do you trust Ana?" },
    { "who_2", "Ben", "Person 2 of 3" },      { "trust_2", "8", "Do you trust Ben?" },
    { "who_3", "Cleo", "Person 3 of 3" },     { "trust_3", "9", "Do you trust Cleo?" },
    { NULL, NULL, "Look over your answers" },
};

static void answer_repeats(att_terminal *terminal, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        att_terminal_wait(terminal, repeats[i][2]);
        att_terminal_type(terminal, repeats[i][1]);
        att_terminal_type(terminal, "\r");
    }
    att_terminal_wait(terminal, repeats[to][2]);
}

static void failure_05_a_crash_among_repeats_loses_no_entry(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    for (size_t n = 1; n <= 6; n++) { /* the crash: after so many answers */
        if (att_place_has(place, "s.attune")) {
            remove(att_place_path(place, "s.attune"));
        }
        att_place_study(place, "");
        att_place_instrument(place, "1.0.0", REPEATED, "");
        terminal = att_terminal_open(place, 24, 80, NULL, "run f --ui full");
        att_terminal_wait(terminal, "Do you agree");
        att_terminal_type(terminal, "1\r");
        answer_repeats(terminal, 0, n);
        kill(terminal->pid, SIGKILL);
        assert_int_equal(att_terminal_end(terminal, NULL, NULL), 128 + SIGKILL);
        terminal = att_terminal_open(place, 24, 80, NULL, "resume --ui full");
        att_terminal_wait(terminal, "Welcome back");
        att_terminal_type(terminal, "1\r");
        answer_repeats(terminal, n, 6);
        att_terminal_type(terminal, "\033OF\r");
        att_terminal_wait(terminal, "Thank you.");
        att_terminal_type(terminal, "\r");
        assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
        run = att_program_run(place, "export --instrument f");
        assert_int_equal(att_csv_rows(run.out), 1);
        for (size_t i = 0; i < 6; i++) {
            assert_string_equal(att_csv_cell(place, run.out, 0, repeats[i][0]),
                                repeats[i][1]);
        }
        assert_status(att_program_run(place, "verify"), 0);
    }
}

/* ---- going on ---- */

static void failure_06_coming_back_is_said_with_what_was_kept(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n\n2\n4\n" },
                               "run pulse --ui line");
    assert_contains(run.out, "Your 2 answers are saved.");
    run =
        att_program_run_with(place, &(att_run_opts){ .input = "" }, "resume --ui line");
    assert_contains(run.out, "Welcome back. You stopped on ");
    assert_contains(run.out, "Your 2 answers are saved.");
}

static void failure_07_going_on_stands_at_the_question_where_one_left(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"p1\",\"kind\":\"page\",\"items\":["
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":\"A?\"}]},"
        "{\"id\":\"p2\",\"kind\":\"page\",\"show\":\"a = 1\",\"items\":["
        "{\"id\":\"b\",\"kind\":\"integer\",\"min\":0,\"text\":\"B?\"}]},"
        "{\"id\":\"p3\",\"kind\":\"page\",\"items\":["
        "{\"id\":\"c\",\"kind\":\"integer\",\"min\":0,\"text\":\"C?\"},"
        "{\"id\":\"d\",\"kind\":\"integer\",\"min\":0,\"text\":\"D?\"}]}",
        "");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n2\n3\n" },
                               "run f --ui line");
    assert_contains(run.out, "D?");
    run =
        att_program_run_with(place, &(att_run_opts){ .input = "" }, "resume --ui line");
    assert_contains(run.out, "D?");
    assert_lacks(run.out, "C?");
    assert_lacks(run.out, "B?");
}

static void failure_08_one_short_name_is_all_that_going_on_needs(void **state)
{
    att_place *place = *state;
    const char *at;
    att_run run;

    att_place_study(place, "recs pulse");
    run = att_program_run_with(
        place, &(att_run_opts){ .input = "1\n\n2\n" },
        "run pulse --lang es --role PT --site North --wave w1 --person P1 --ui line");
    at = strstr(run.out, "attune resume ");
    assert_non_null(at);
    run = att_program_run_with(place, &(att_run_opts){ .input = "4\n" },
                               att_arena_text_n(&place->arena, at + strlen("attune "),
                                                strlen("resume k7q2mh")));
    assert_status(run, 0);
    run = att_program_run(place, "export --instrument pulse");
    assert_int_equal(att_csv_rows(run.out), 1);
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul2"), "4");
    assert_string_equal(att_csv_cell(place, run.out, 0, "language"), "es");
    assert_string_equal(att_csv_cell(place, run.out, 0, "site"), "North");
}

static void failure_09_a_change_of_version_makes_no_second_record(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":\"A?\"},"
        "{\"id\":\"b\",\"kind\":\"integer\",\"min\":0,\"text\":\"B?\"}",
        "");
    assert_status(att_program_run_with(place, &(att_run_opts){ .input = "1\n7\n" },
                                       "run f --person P1 --ui line"),
                  0);
    att_place_instrument(
        place, "2.0.0",
        "{\"id\":\"b\",\"kind\":\"integer\",\"min\":0,\"text\":\"New B?\"}", "");
    run = att_program_run_with(place, &(att_run_opts){ .input = "8\nf\n" },
                               "resume --ui line");
    assert_status(run, 0);
    assert_lacks(run.out, "New B?");
    run = att_program_run(place, "export --instrument f");
    assert_int_equal(att_csv_rows(run.out), 1);
    assert_string_equal(att_csv_cell(place, run.out, 0, "version"), "1.0.0");
    assert_string_equal(att_csv_cell(place, run.out, 0, "a"), "7");
    assert_string_equal(att_csv_cell(place, run.out, 0, "b"), "8");
    assert_status(att_program_run(place, "resume --ui line"), 3);
}

/* ---- branching ---- */

#define PARENT_AND_CHILD                                                         \
    "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"max\":1,\"text\":\"A?\"},"   \
    "{\"id\":\"b\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"show\":\"a = 1\"," \
    "\"required\":\"hard\",\"text\":\"B?\"},"                                    \
    "{\"id\":\"c\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":\"C?\"}"

#define SUM_OF_BOTH \
    ",\"derived\":[{\"id\":\"both\",\"title\":\"Both\",\"value\":\"sum(b, c)\"}]"

static void failure_10_a_hidden_answer_counts_nowhere(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(place, "1.0.0", PARENT_AND_CHILD, SUM_OF_BOTH);
    run = att_program_run_with(place,
                               &(att_run_opts){ .input = "1\n1\n5\nb\nb\n0\n3\nf\n" },
                               "run f --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Thank you.");
    run = att_program_run(place, "export --instrument f --scores");
    assert_string_equal(att_csv_cell(place, run.out, 0, "a"), "0");
    assert_string_equal(att_csv_cell(place, run.out, 0, "b"), "-5");
    assert_string_equal(att_csv_cell(place, run.out, 0, "both"), "3");
}

static void failure_11_a_hidden_answer_comes_back_when_it_is_asked_again(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(place, "1.0.0", PARENT_AND_CHILD, SUM_OF_BOTH);
    run = att_program_run_with(
        place, &(att_run_opts){ .input = "1\n1\n5\nb\nb\n0\nb\n1\n\n3\nf\n" },
        "run f --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Your answer is 5. Enter alone keeps it.");
    run = att_program_run(place, "export --instrument f --scores");
    assert_string_equal(att_csv_cell(place, run.out, 0, "b"), "5");
    assert_string_equal(att_csv_cell(place, run.out, 0, "both"), "8");
}

static void failure_12_a_row_can_wait_for_a_value_that_is_worked_out(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":\"A?\"},"
        "{\"id\":\"twice\",\"kind\":\"calc\",\"value\":\"a * 2\"},"
        "{\"id\":\"g\",\"kind\":\"grid\",\"choices\":\"yn\",\"text\":\"Rows\",\"items\":["
        "{\"id\":\"g1\",\"text\":\"One?\"},"
        "{\"id\":\"g2\",\"show\":\"twice > 6\",\"text\":\"Two?\"}]}",
        ",\"choices\":{\"yn\":[{\"code\":1,\"text\":\"Yes\"},{\"code\":0,\"text\":\"No\"}]}");
    att_place_answer(place, "", "{\"a\":3,\"g1\":1}");
    att_place_answer(place, "", "{\"a\":4,\"g1\":1,\"g2\":0}");
    run = att_program_run(place, "export --instrument f");
    assert_string_equal(att_csv_cell(place, run.out, 0, "g2"), "-5");
    assert_string_equal(att_csv_cell(place, run.out, 1, "g2"), "0");
}

static void failure_13_changing_a_parent_of_a_forced_child_is_no_error(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(place, "1.0.0", PARENT_AND_CHILD, "");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n1\nb\n0\n3\nf\n" },
                               "run f --ui line");
    assert_status(run, 0);
    assert_lacks(run.out, "Not saved");
    run = att_program_run(place, "export --instrument f");
    assert_string_equal(att_csv_cell(place, run.out, 0, "status"), "complete");
    assert_string_equal(att_csv_cell(place, run.out, 0, "b"), "-5");
}

/* ---- translation ---- */

static void failure_14_a_language_without_a_word_yet_is_not_dropped(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_languages(place, "[{\"tag\":\"en\"},{\"tag\":\"es\"},{\"tag\":\"fr\"}]");
    assert_status(att_program_run(place, "fmt f.json"), 0);
    assert_contains(att_place_read(place, "f.json"), "\"fr\"");
    run = att_program_run(place, "check f.json");
    assert_contains(run.out, "L050");
    assert_contains(run.out, "\"fr\"");
}

static void failure_15_a_translation_of_nothing_is_told_with_its_place(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_languages(place, "[{\"tag\":\"en\"}]");
    run = att_program_run(place, "check f.json");
    assert_status(run, 1);
    assert_contains(run.out, "error[L014]");
    assert_contains(run.out, "\"es\"");
    assert_contains(run.out, "hint: ");
    assert_lacks(run.out, "internal");
}

static void failure_16_direction_is_declared_never_guessed(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "");
    att_place_write(
        place, "f.json",
        "{\"format\":\"instrument/1\",\"id\":\"f\",\"version\":\"1.0.0\","
        "\"title\":{\"ar\":\"T\"},"
        "\"languages\":{\"default\":\"ar\",\"list\":[{\"tag\":\"ar\",\"dir\":\"rtl\"}]},"
        "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"draft\"},"
        "\"items\":[{\"id\":\"a\",\"kind\":\"one\",\"text\":{\"ar\":\"Yes. \xd9\x86\xd8\xb9"
        "\xd9\x85\"},\"choices\":[{\"code\":1,\"text\":{\"ar\":\"Latin first\"}},"
        "{\"code\":2,\"text\":{\"ar\":\".\"}}]}]}");
    assert_status(att_program_run(place, "add f.json"), 0);
    terminal = att_terminal_open(place, 24, 80, NULL, "run f --ui full");
    att_terminal_wait(terminal, "( ) ");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Latin first");
    att_terminal_wait_cursor(terminal, "Latin first", 80 + 1 - 4);
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
}

/* ---- answers that are judged ---- */

/* The day in a place that many hours ahead of UTC. */
static const char *day_there(att_place *place, int hours)
{
    time_t there = time(NULL) + hours * 3600;
    struct tm day;

    gmtime_r(&there, &day);
    return att_arena_format(&place->arena, "%04d-%02d-%02d", day.tm_year + 1900,
                            day.tm_mon + 1, day.tm_mday);
}

#define A_DAY                                                              \
    "{\"id\":\"d\",\"kind\":\"date\",\"min\":\"today\",\"max\":\"today\"," \
    "\"text\":\"Day?\"}"

static void failure_17_today_is_the_day_where_one_is(void **state)
{
    static const char *const zones[][2] = { { "TZ=<+14>-14", "14" },
                                            { "TZ=<-11>11", "-11" } };
    att_place *place = *state;

    att_place_study(place, "");
    att_place_instrument(place, "1.0.0", A_DAY, "");
    for (size_t i = 0; i < 2; i++) {
        const char *env[] = { zones[i][0], NULL };
        int hours = i == 0 ? 14 : -11;
        /* Midnight may pass between the two looks at the clock: then once more. */
        const char *before = day_there(place, hours);
        const char *answers = att_arena_format(&place->arena, "{\"d\":\"%s\"}", before);
        att_run run;

        att_place_write(place, "a.json", answers);
        run = att_program_run_with(place, &(att_run_opts){ .env = env },
                                   "run f --answers a.json");
        if (strcmp(before, day_there(place, hours)) == 0) {
            assert_status(run, 0);
        }
    }
}

static void failure_18_today_stays_the_day_on_which_one_began(void **state)
{
    static const char *const east[] = { "TZ=<+14>-14", NULL };
    static const char *const west[] = { "TZ=<-12>12", NULL };
    att_place *place = *state;
    const char *began;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":\"A?\"}," A_DAY, "");
    run = att_program_run_with(place, &(att_run_opts){ .env = east, .input = "1\n1\n" },
                               "run f --ui line");
    began = day_there(place, 14);
    assert_contains(run.out, began); /* "From ... to today" */
    run = att_program_run_with(
        place,
        &(att_run_opts){ .env = west,
                         .input = att_arena_format(&place->arena, "%s\nf\n", began) },
        "resume --ui line");
    assert_status(run, 0);
    assert_lacks(run.out, "Not saved");
    run = att_program_run(place, "export --instrument f");
    assert_string_equal(att_csv_cell(place, run.out, 0, "d"), began);
}

static void failure_19_a_question_that_is_only_urged_asks_once_and_lets_go(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"required\":\"soft\","
        "\"text\":\"A?\"}",
        "");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n\n\nf\n" },
                               "run f --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Enter");
    assert_contains(run.out, "skip");
    run = att_program_run(place, "export --instrument f");
    assert_string_equal(att_csv_cell(place, run.out, 0, "a"), "-9");
    assert_string_equal(att_csv_cell(place, run.out, 0, "status"), "complete");
}

ATT_TEST_MAIN(
    att_program_test(failure_01_an_export_never_has_fewer_people_than_before),
    att_program_test(failure_02_a_damaged_study_is_noticed_and_named),
    att_program_test(failure_03_what_is_sent_is_there_whole),
    att_program_test(
        failure_04_what_was_typed_for_one_survey_is_not_offered_in_another),
    att_program_test(failure_05_a_crash_among_repeats_loses_no_entry),
    att_program_test(failure_06_coming_back_is_said_with_what_was_kept),
    att_program_test(failure_07_going_on_stands_at_the_question_where_one_left),
    att_program_test(failure_08_one_short_name_is_all_that_going_on_needs),
    att_program_test(failure_09_a_change_of_version_makes_no_second_record),
    att_program_test(failure_10_a_hidden_answer_counts_nowhere),
    att_program_test(failure_11_a_hidden_answer_comes_back_when_it_is_asked_again),
    att_program_test(failure_12_a_row_can_wait_for_a_value_that_is_worked_out),
    att_program_test(failure_13_changing_a_parent_of_a_forced_child_is_no_error),
    att_program_test(failure_14_a_language_without_a_word_yet_is_not_dropped),
    att_program_test(failure_15_a_translation_of_nothing_is_told_with_its_place),
    att_program_test(failure_16_direction_is_declared_never_guessed),
    att_program_test(failure_17_today_is_the_day_where_one_is),
    att_program_test(failure_18_today_stays_the_day_on_which_one_began),
    att_program_test(failure_19_a_question_that_is_only_urged_asks_once_and_lets_go))
