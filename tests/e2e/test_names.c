/* Names half typed: a list of names in a roster, left, killed, locked and gone on with. */
#include "att_program.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include <attune/store/drafts.h>
#include <attune/store/responses.h>

#include "att_terminal.h"

#define PIN "Zebra-4711"

static void set_up_names(att_place *place)
{
    char *text = att_test_read("instruments/roster.json", NULL);

    att_place_study(place, "");
    att_place_write(place, "roster.json", text);
    assert_status(att_program_run(place, "add roster.json"), 0);
    test_free(text);
}

/* What is kept of the typing in an open session; "" when nothing is. */
static const char *draft_now(att_place *place)
{
    att_err err = { 0 };
    att_store *store =
        att_store_open(att_place_path(place, "s.attune"), ATT_OPEN_READ, &err);
    att_response *list = NULL;
    att_draft *drafts = NULL;
    const char *text = "";
    size_t n = 0, n_drafts = 0;

    assert_ok(err.code, &err);
    assert_ok(att_responses_list(&place->arena, store, NULL, &list, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        assert_ok(
            att_drafts_read(&place->arena, store, list[i].id, &drafts, &n_drafts, &err),
            &err);
        text = n_drafts > 0 ? drafts[0].text : text;
    }
    att_store_close(store);
    return text;
}

static void wait_for_draft(att_place *place, const char *wanted)
{
    long long end = att_wait_now() + ATT_WAIT_MOST;

    while (strcmp(draft_now(place), wanted) != 0 && att_wait_now() < end) {
        poll(NULL, 0, 20);
    }
    assert_string_equal(draft_now(place), wanted);
}

/* Agreed to, no meetings, two names given, the third half typed. */
static void half_a_third(att_terminal *terminal)
{
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "How many meetings");
    att_terminal_type(terminal, "0\r");
    att_terminal_wait(terminal, "> 1:");
    att_terminal_type(terminal, "MJ\r");
    att_terminal_wait(terminal, "> 2:");
    att_terminal_type(terminal, "Sam\r");
    att_terminal_wait(terminal, "> 3:");
    att_terminal_type(terminal, "Lo");
    att_terminal_wait(terminal, "> 3: Lo");
}

/* From the third name, as it stands, to the end: "u" belongs to it. */
static void finish_with_three(att_terminal *terminal)
{
    static const char *const keys[][2] = {
        { "> 3: Lo", "u\r" },
        { "Anyone else?", "\r" },
        { "How often do you meet MJ?", "1\r" },
        { "How often do you meet Sam?", "2\r" },
        { "You meet Sam", "1\r" },
        { "How often do you meet Lou?", "1\r" },
        { "Do MJ and Sam know each other?", "1\r" },
        { "Was that all?", "1\r" },
        { "Look over your answers", "\033OF\r" },
        { "Thank you.", "\r" },
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        att_terminal_wait(terminal, keys[i][0]);
        att_terminal_type(terminal, keys[i][1]);
    }
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

static void assert_three_are_kept(att_place *place, size_t row)
{
    static const char *const cells[][2] = { { "freq_1", "1" },  { "freq_2", "2" },
                                            { "freq_3", "1" },  { "know_1_2", "1" },
                                            { "gives_2", "1" }, { "gives_3", "-5" },
                                            { "degree", "3" } };
    att_run run = att_program_run(place, "export --instrument roster --scores");

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        assert_string_equal(att_csv_cell(place, run.out, row, cells[i][0]),
                            cells[i][1]);
    }
    assert_lacks(run.out, "Sam"); /* names identify */
    assert_status(att_program_run(place, "verify"), 0);
}

static void a_third_name_half_typed_outlives_sigkill(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    set_up_names(place);
    terminal = att_terminal_open(place, 24, 80, NULL, "run roster --ui full");
    half_a_third(terminal);
    wait_for_draft(place, "Lo");
    kill(terminal->pid, SIGKILL);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 128 + SIGKILL);
    run =
        att_program_run_with(place, &(att_run_opts){ .input = "" }, "resume --ui line");
    assert_contains(run.out, "You were typing: Lo");
    terminal = att_terminal_open(place, 24, 80, NULL, "resume --ui full");
    att_terminal_wait(terminal, "What you were typing is kept too.");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "1: MJ");
    att_terminal_wait(terminal, "2: Sam");
    finish_with_three(terminal);
    assert_string_equal(draft_now(place), "");
    assert_three_are_kept(place, 0);
    assert_status(att_program_run(place, "replay"), 0);
}

static void leaving_and_going_back_keep_the_name_that_is_being_typed(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    set_up_names(place);
    terminal = att_terminal_open(place, 24, 80, NULL, "run roster --ui full");
    half_a_third(terminal);
    att_terminal_type(terminal, "\033[5~"); /* back: the second name, and down again */
    att_terminal_wait(terminal, "> 2: Sam");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "> 3: Lo");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "y\r");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    assert_string_equal(draft_now(place), "Lo");
    terminal = att_terminal_open(place, 24, 80, NULL, "resume --ui full");
    att_terminal_wait(terminal, "What you were typing is kept too.");
    att_terminal_type(terminal, "1\r");
    finish_with_three(terminal);
    assert_three_are_kept(place, 0);
}

static void in_a_kiosk_the_next_person_sees_none_of_the_names(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    const char *raw = "";
    size_t n = 0;

    set_up_names(place);
    att_place_write(place, "pin", PIN "\n");
    assert_int_equal(chmod(att_place_path(place, "pin"), 0600), 0);
    terminal =
        att_terminal_open(place, 24, 80, NULL, "run roster --kiosk --pin-file pin");
    half_a_third(terminal);
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "A staff member types the PIN");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "This screen is locked");
    assert_lacks(att_terminal_text(terminal), "Sam");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "How many meetings");
    att_terminal_type(terminal, "0\r");
    att_terminal_wait(terminal, "> 1:");
    assert_lacks(att_terminal_text(terminal), "MJ");
    assert_lacks(att_terminal_text(terminal), "Lo");
    att_terminal_type(terminal, "Ida\r");
    att_terminal_wait(terminal, "> 2:");
    assert_lacks(att_terminal_text(terminal), "Sam");
    kill(terminal->pid, SIGTERM);
    assert_int_equal(att_terminal_end(terminal, &raw, &n), 143);
    assert_string_equal(draft_now(place), "Lo");
    assert_status(att_program_run(place, "verify"), 0);
}

ATT_TEST_MAIN(
    att_program_test(a_third_name_half_typed_outlives_sigkill),
    att_program_test(leaving_and_going_back_keep_the_name_that_is_being_typed),
    att_program_test(in_a_kiosk_the_next_person_sees_none_of_the_names))
