/* Who asks and who answers: what is for interviewers alone, proxies, and what is kept of
 * it. */
#include "att_program.h"

#include <string.h>

#include "att_terminal.h"

static const char instrument[] =
    "{\"format\":\"instrument/1\",\"id\":\"visit\",\"version\":\"1.0.0\","
    "\"title\":{\"en\":\"A visit\"},"
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
    "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"draft\"},"
    "\"missing\":{\"range\":[-10,-4],\"codes\":[{\"code\":-9,\"reason\":\"skipped\"},"
    "{\"code\":-5,\"reason\":\"not_asked\"},{\"code\":-10,\"reason\":\"not_reached\"}]},"
    "\"choices\":{\"c\":[{\"code\":1,\"text\":{\"en\":\"No\"}},"
    "{\"code\":2,\"text\":{\"en\":\"Yes\"}}]},\"items\":["
    "{\"id\":\"p\",\"kind\":\"page\",\"note_interviewer\":{\"en\":\"Sit beside them.\"},"
    "\"items\":["
    "{\"id\":\"pain\",\"kind\":\"one\",\"choices\":\"c\",\"text\":{\"en\":\"Any pain?\"},"
    "\"probe\":{\"en\":\"Where is it?\"}},"
    "{\"id\":\"g\",\"kind\":\"grid\",\"choices\":\"c\",\"text\":{\"en\":\"Help with\"},"
    "\"items\":[{\"id\":\"g1\",\"text\":{\"en\":\"meals\"},"
    "\"probe\":{\"en\":\"Hot ones too?\"}},"
    "{\"id\":\"g2\",\"text\":{\"en\":\"stairs\"},"
    "\"note_interviewer\":{\"en\":\"Look at the stairs.\"}}]}]},"
    "{\"id\":\"sure\",\"kind\":\"one\",\"choices\":\"c\",\"show\":\"mode = 'proxy'\","
    "\"text\":{\"en\":\"Are you sure, {mode}?\"}}]}";

static void set_up_visit(att_place *place)
{
    att_place_study(place, "");
    att_place_write(place, "visit.json", instrument);
    assert_status(att_program_run(place, "check visit.json"), 0);
    assert_status(att_program_run(place, "add visit.json"), 0);
}

static void notes_and_probes_are_for_interviewers_alone(void **state)
{
    static const char line[] = "1\n2\n1\n2\nf\n";
    att_place *place = *state;
    att_run run;

    set_up_visit(place);
    run = att_program_run_with(place, &(att_run_opts){ .input = line },
                               "run visit --ui line --interviewer I7");
    assert_status(run, 0);
    assert_contains(run.out,
                    "Any pain?\nFor you: Sit beside them.\nProbe: Where is it?\n");
    assert_contains(run.out, "meals\nProbe: Hot ones too?\n");
    assert_contains(run.out, "stairs\nFor you: Look at the stairs.\n");
    run = att_program_run_with(place, &(att_run_opts){ .input = line },
                               "run visit --ui line");
    assert_status(run, 0);
    assert_lacks(run.out, "Sit beside");
    assert_lacks(run.out, "Where is it");
    assert_lacks(run.out, "Hot ones");
    run = att_program_run(place, "export --instrument visit");
    assert_string_equal(att_csv_cell(place, run.out, 0, "mode"), "interviewer");
    assert_string_equal(att_csv_cell(place, run.out, 0, "interviewer"), "I7");
    assert_string_equal(att_csv_cell(place, run.out, 0, "sure"), "-5");
    assert_string_equal(att_csv_cell(place, run.out, 1, "mode"), "self");
    assert_string_equal(att_csv_cell(place, run.out, 1, "interviewer"), "");
    assert_status(att_program_run(place, "verify"), 0);
}

static void the_whole_screen_shows_them_above_the_question(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    set_up_visit(place);
    terminal =
        att_terminal_open(place, 24, 80, NULL, "run visit --ui full --interviewer I7");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "For you: Sit beside them.");
    att_terminal_wait(terminal, "Probe: Where is it?");
    att_terminal_wait(terminal, "( ) 2");
    att_terminal_type(terminal, "2\r");
    att_terminal_wait(terminal, "Probe: Hot ones too?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "For you: Look at the stairs.");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "y");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

static void a_proxy_answers_for_someone(void **state)
{
    static const char line[] = "1\n2\n1\n2\n2\nf\n";
    att_place *place = *state;
    att_run run;

    set_up_visit(place);
    run = att_program_run_with(place, &(att_run_opts){ .input = line },
                               "run visit --ui line --person C1 --proxy-for P14 "
                               "--relation daughter --interviewer I7");
    assert_status(run, 0);
    assert_contains(run.out, "Are you sure, proxy?");
    run = att_program_run(place, "export --instrument visit");
    assert_string_equal(att_csv_cell(place, run.out, 0, "person"), "C1");
    assert_string_equal(att_csv_cell(place, run.out, 0, "mode"), "proxy");
    assert_string_equal(att_csv_cell(place, run.out, 0, "interviewer"), "I7");
    assert_string_equal(att_csv_cell(place, run.out, 0, "proxy_for"), "P14");
    assert_string_equal(att_csv_cell(place, run.out, 0, "relation"), "daughter");
    assert_string_equal(att_csv_cell(place, run.out, 0, "sure"), "2");
    assert_status(att_program_run(place, "verify"), 0);
}

static void a_session_goes_on_as_it_began(void **state)
{
    att_place *place = *state;
    att_run run;

    set_up_visit(place);
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n2\ns\n" },
                               "run visit --ui line --interviewer I7 --proxy-for P1");
    assert_status(run, 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n1\n2\nf\n" },
                               "resume --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Probe: Hot ones too?");
    assert_contains(run.out, "Are you sure, proxy?");
}

static void what_does_not_fit_is_refused(void **state)
{
    att_place *place = *state;
    att_run run;

    set_up_visit(place);
    run = att_program_run(place, "run visit --ui line --relation son");
    assert_status(run, 2);
    assert_contains(run.err, "\"--relation\" is that of a proxy");
    run = att_program_run(place, "run visit --ui line --person P1 --proxy-for P1");
    assert_status(run, 2);
    assert_contains(run.err, "cannot answer for \"P1\" as a proxy");
    run = att_program_run(place, "run visit --kiosk --screen-reader --interviewer I1");
    assert_status(run, 2);
    run = att_program_run(place, "run visit --ui line --interviewer ''");
    assert_status(run, 3);
}

static void a_test_file_can_say_the_mode(void **state)
{
    att_place *place = *state;
    att_run run;

    set_up_visit(place);
    att_place_write(place, "visit.test.json",
                    "{\"instrument\":\"visit@^1\",\"tests\":[{\"name\":\"a proxy\","
                    "\"mode\":\"proxy\",\"answers\":{\"pain\":1,\"sure\":1},"
                    "\"expect\":{\"shown\":[\"sure\"]}},{\"name\":\"oneself\","
                    "\"answers\":{\"pain\":1},\"expect\":{\"hidden\":[\"sure\"]}}]}");
    run = att_program_run(place, "test visit.test.json");
    assert_status(run, 0);
}

ATT_TEST_MAIN(att_program_test(notes_and_probes_are_for_interviewers_alone),
              att_program_test(the_whole_screen_shows_them_above_the_question),
              att_program_test(a_proxy_answers_for_someone),
              att_program_test(a_session_goes_on_as_it_began),
              att_program_test(what_does_not_fit_is_refused),
              att_program_test(a_test_file_can_say_the_mode))
