/* Replay: a session is shown again as it was, by any face, and what was changed since is
 * said. */
#include "att_program.h"

#include <string.h>

#include <sqlite3.h>

#include "att_terminal.h"

/* As one who means harm: no triggers, no references. */
static void tamper(att_place *place, const char *sql)
{
    sqlite3 *db = NULL;
    char *says = NULL;

    assert_int_equal(sqlite3_open(att_place_path(place, "s.attune"), &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, &says) != SQLITE_OK) {
        fail_msg("%s in: %s", says, sql);
    }
    sqlite3_close(db);
}

static void a_transcript_is_what_the_line_face_said(void **state)
{
    static const char typed[] = "1\n\n2\n4\nb\n\n5\nn\nb\nb\n3\n\n\n1\nr\n2\n\nf\n";
    att_place *place = *state;
    att_run held, again;

    att_place_study(place, "pulse");
    held = att_program_run_with(place, &(att_run_opts){ .input = typed },
                                "run pulse --ui line");
    assert_status(held, 0);
    assert_contains(held.out, "Thank you. Your answers are saved.");
    assert_status(att_program_run(place, "score"), 0);
    again = att_program_run(place, "replay");
    assert_status(again, 0);
    assert_string_equal(again.out, held.out);
    assert_contains(again.err, "the same again");
    assert_contains(again.err, "the same to the bit");
}

static void every_face_and_every_sitting_replays(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --ui full");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_type(terminal, "2\r");
    att_terminal_wait(terminal, "question 2 of 7");
    att_terminal_type(terminal, "4\r");
    att_terminal_wait(terminal, "question 3 of 7");
    att_terminal_type(terminal, "\033[5~"); /* back */
    att_terminal_wait(terminal, "question 2 of 7");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "y\r");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = "b\n3\n" },
                               "resume --ui line");
    assert_status(run, 0);
    att_place_write(place, "a.json", "{\"pul6\":1}");
    run = att_program_run(place, "resume --answers a.json");
    assert_status(run, 0);
    assert_status(att_program_run(place, "score"), 0);
    run = att_program_run(place, "replay");
    assert_status(run, 0);
    assert_contains(run.err, "in 3 sittings");
    assert_contains(run.err, "the same to the bit");
    assert_contains(run.out, "Welcome back.");
    assert_null(memchr(run.out, '\033', run.n_out));
}

static void what_was_changed_since_is_said(void **state)
{
    static const char *const cases[][2] = {
        { "UPDATE scores SET value = value + 1e-12 WHERE value IS NOT NULL", "score " },
        { "UPDATE steps SET item = 'pul2' WHERE item = 'pul3'",
          "the question \"pul2\"" },
        { "UPDATE steps SET refusal = 'too_high' WHERE event = 'finish'",
          "the refusal \"too_high\"" },
        { "UPDATE steps SET n_entries = 0 WHERE item = 'pul4'", "entries were noted" },
        { "UPDATE payloads SET text = replace(text, ':5,', ':4,')"
          " WHERE text LIKE '%pul4%'",
          "score " },
        { "UPDATE responses SET finished = '2026-01-01T00:00:00.000Z'",
          "it was finished at another time" },
    };
    att_place *place = *state;
    att_run run;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (att_place_has(place, "s.attune")) {
            remove(att_place_path(place, "s.attune"));
        }
        att_place_study(place, "pulse");
        att_place_write(place, "a.json",
                        "{\"pul1\":2,\"pul2\":4,\"pul3\":3,\"pul4\":5,\"pul5\":2}");
        assert_status(att_program_run(place, "run pulse --answers a.json"), 0);
        assert_status(att_program_run(place, "score"), 0);
        assert_status(att_program_run(place, "replay"), 0);
        tamper(place, cases[i][0]);
        run = att_program_run(place, "replay");
        print_message("%s\n", cases[i][0]);
        assert_status(run, 1);
        assert_contains(run.err, "The replay differs: ");
        assert_contains(run.err, cases[i][1]);
        run = att_program_run(place, "replay --json");
        assert_status(run, 1);
        assert_false(json_is_true(json_object_get(att_run_json(place, &run), "same")));
    }
}

static void without_a_record_of_screens_answers_are_shown(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    assert_status(att_program_run(place, "set paradata off"), 0);
    att_place_write(place, "a.json", "{\"pul1\":2,\"pul2\":4,\"pul3\":3}");
    assert_status(att_program_run(place, "run pulse --answers a.json"), 0);
    run = att_program_run(place, "replay");
    assert_status(run, 0);
    assert_contains(run.err, "have no record of their screens");
    assert_contains(run.out, "Saved: 4, Agree.");
    assert_contains(run.out, "Thank you.");
}

static void a_replay_steps_on_the_whole_screen(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul1\":2,\"pul2\":4,\"pul7\":\"quiet work\"}");
    assert_status(att_program_run(place, "run pulse --answers a.json"), 0);
    terminal = att_terminal_open(place, 24, 80, NULL, "replay --step --ui full");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_wait(terminal, "( ) 2  2 or 3 times");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "(*) 2  2 or 3 times");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 2 of 7");
    att_terminal_type(terminal, "q");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    terminal = att_terminal_open(place, 24, 80, NULL, "replay --speed 1000 --ui full");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

static void what_cannot_be_replayed_is_refused_in_words(void **state)
{
    static const struct refused {
        const char *words, *says;
        int status;
    } cases[] = {
        { "replay", "has no session", 3 },
        { "replay zzzzzz", "has no session", 3 },
        { "replay --speed fast", "is not a speed", 2 },
        { "replay --speed 2 --step", "does not go with --step", 2 },
    };
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (i == 2) {
            att_place_write(place, "a.json", "{}");
            assert_status(att_program_run(place, "run pulse --answers a.json"), 0);
        }
        run = att_program_run(place, cases[i].words);
        assert_status(run, cases[i].status);
        assert_contains(run.err, cases[i].says);
    }
    assert_status(att_program_run(place, "run pulse --answers a.json"), 0);
    run = att_program_run(place, "replay");
    assert_status(run, 2);
    assert_contains(run.err, "the study has 2 sessions");
}

ATT_TEST_MAIN(att_program_test(a_transcript_is_what_the_line_face_said),
              att_program_test(every_face_and_every_sitting_replays),
              att_program_test(what_was_changed_since_is_said),
              att_program_test(without_a_record_of_screens_answers_are_shown),
              att_program_test(a_replay_steps_on_the_whole_screen),
              att_program_test(what_cannot_be_replayed_is_refused_in_words))
