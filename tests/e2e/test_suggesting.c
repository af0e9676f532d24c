/* Who answers: suggested on a terminal, never asked for elsewhere. */
#include "att_program.h"

#include <string.h>

#include "att_terminal.h"

/* Two people with roles, sites and a wave. */
static void set_up_people(att_place *place)
{
    static const char *const who[] = {
        "--person P014 --role PT --site North --wave T0",
        "--person P020 --role CL --site South --wave T1",
    };

    att_place_study(place, "recs");
    for (size_t i = 0; i < 2; i++) {
        att_run run = att_program_run_with(
            place, &(att_run_opts){ .input = "1\n1\n:save\n" },
            att_arena_format(&place->arena, "run recs --ui line %s", who[i]));

        assert_status(run, 0);
    }
}

static void what_is_known_is_suggested(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    set_up_people(place);
    terminal = att_terminal_open(place, 24, 132, NULL, "run recs --ui full");
    att_terminal_wait(terminal, "Person (P020, P014):");
    att_terminal_type(terminal, "p0\n");
    att_terminal_wait(terminal, "2 match: P020, P014");
    att_terminal_type(terminal, "14\n");
    att_terminal_wait(terminal, "Did you mean \"P014\"? Enter takes it.");
    att_terminal_type(terminal, "\n");
    att_terminal_wait(terminal, "[PT]:");
    att_terminal_type(terminal, "\n");
    att_terminal_wait(terminal, "Site (South, North) [North]:");
    att_terminal_type(terminal, "south\n");
    att_terminal_wait(terminal, "Wave (T1, T0):");
    att_terminal_type(terminal, "T2\n");
    att_terminal_wait(terminal, "\"T2\" is not known here.");
    att_terminal_type(terminal, "T2\n");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "question 1 of");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "y");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument recs");
    assert_string_equal(att_csv_cell(place, run.out, 2, "person"), "P014");
    assert_string_equal(att_csv_cell(place, run.out, 2, "role"), "PT");
    assert_string_equal(att_csv_cell(place, run.out, 2, "site"), "South");
    assert_string_equal(att_csv_cell(place, run.out, 2, "wave"), "T2");
}

static void enter_is_none_and_a_role_must_be_one(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    set_up_people(place);
    terminal = att_terminal_open(place, 30, 80, NULL, "run recs --ui line --wave T1");
    att_terminal_wait(terminal, "Person (P020, P014):");
    att_terminal_type(terminal, "\n");
    att_terminal_wait(terminal, "Role (");
    att_terminal_type(terminal, "PX\n");
    att_terminal_wait(terminal, "\"PX\" is not known here. Did you mean");
    att_terminal_type(terminal, "-\n");
    att_terminal_wait(terminal, "Site (South, North):");
    att_terminal_type(terminal, "\x04"); /* the end of input: no more questions */
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\n1\n:save\n");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument recs");
    assert_string_equal(att_csv_cell(place, run.out, 2, "person"), "");
    assert_string_equal(att_csv_cell(place, run.out, 2, "role"), "");
    assert_string_equal(att_csv_cell(place, run.out, 2, "site"), "");
    assert_string_equal(att_csv_cell(place, run.out, 2, "wave"), "T1");
}

static void nothing_is_asked_in_pipes_or_without_input(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    set_up_people(place);
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n1\n:save\n" },
                               "run recs --ui line");
    assert_status(run, 0);
    assert_lacks(run.err, "Person (");
    terminal = att_terminal_open(place, 24, 80, NULL, "run recs --ui full --no-input");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
}

static void a_study_without_people_asks_nothing(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "recs");
    assert_status(att_program_run(place, "set sites North South"), 0);
    terminal = att_terminal_open(place, 24, 132, NULL, "run recs --ui full");
    att_terminal_wait(terminal, "Site (North, South):");
    assert_null(strstr(att_terminal_text(terminal), "Person"));
    att_terminal_type(terminal, "\n");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
}

ATT_TEST_MAIN(att_program_test(what_is_known_is_suggested),
              att_program_test(enter_is_none_and_a_role_must_be_one),
              att_program_test(nothing_is_asked_in_pipes_or_without_input),
              att_program_test(a_study_without_people_asks_nothing))
