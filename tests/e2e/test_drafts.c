/* Drafts: what is being typed outlives the program that dies, comes back with the
 * session, and is gone with the answer. */
#include "att_program.h"

#include <poll.h>
#include <signal.h>
#include <string.h>

#include <attune/store/drafts.h>
#include <attune/store/responses.h>

#include "att_terminal.h"

/* The one draft of the one open session; "" when there is none. */
static const char *draft_now(att_place *place)
{
    att_err err = { 0 };
    att_store *store =
        att_store_open(att_place_path(place, "s.attune"), ATT_OPEN_READ, &err);
    att_response *list = NULL;
    att_draft *drafts = NULL;
    const char *text = "";
    size_t n = 0;

    assert_ok(err.code, &err);
    assert_ok(att_responses_list(&place->arena, store, NULL, &list, &n, &err), &err);
    if (n > 0) {
        assert_ok(att_drafts_read(&place->arena, store, list[0].id, &drafts, &n, &err),
                  &err);
        text = n > 0 ? drafts[0].text : "";
    }
    att_store_close(store);
    return text;
}

/* Looks until the draft is this. */
static void wait_for_draft(att_place *place, const char *wanted)
{
    long long end = att_wait_now() + ATT_WAIT_MOST;
    const char *text = draft_now(place);

    while (strcmp(text, wanted) != 0 && att_wait_now() < end) {
        poll(NULL, 0, 20);
        text = draft_now(place);
    }
    assert_string_equal(text, wanted);
}

/* Up to the box of pulse's last question. */
static att_terminal *to_the_box(att_place *place)
{
    static const char *const keys[][2] = {
        { "Do you agree to take part?", "1\r" },
        { "Six quick questions", "\r" },
        { "question 1 of 7", "2\r" },
        { "question 2 of 7", "4\r" },
        { "question 3 of 7", "n\r" },
        { "question 4 of 7", "5\r" },
        { "question 5 of 7", "r\r" },
        { "question 6 of 7", "1\r" },
    };
    att_terminal *terminal =
        att_terminal_open(place, 24, 80, NULL, "run pulse --ui full");

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        att_terminal_wait(terminal, keys[i][0]);
        att_terminal_type(terminal, keys[i][1]);
    }
    att_terminal_wait(terminal, "question 7 of 7");
    return terminal;
}

static void what_was_typed_before_a_pause_outlives_sigkill(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    att_place_study(place, "pulse");
    terminal = to_the_box(place);
    att_terminal_type(terminal, "Quiet wirk");
    att_terminal_wait(terminal, "Quiet wirk");
    wait_for_draft(place, "Quiet wirk");
    kill(terminal->pid, SIGKILL);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 128 + SIGKILL);
    run = att_program_run(place, "export --instrument pulse");
    assert_lacks(run.out, "Quiet");
    run =
        att_program_run_with(place, &(att_run_opts){ .input = "" }, "resume --ui line");
    assert_contains(run.out, "What you were typing is kept too.");
    assert_contains(run.out, "You were typing: Quiet wirk");
    terminal = att_terminal_open(place, 24, 80, NULL, "resume --ui full");
    att_terminal_wait(terminal, "What you were typing is kept too.");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Quiet wirk");
    att_terminal_type(terminal, "\x7f\x7f\x7fork\033[6~");
    att_terminal_wait(terminal, "Look over your answers");
    assert_string_equal(draft_now(place), "");
    att_terminal_type(terminal, "\033OF\r");
    att_terminal_wait(terminal, "Thank you. Your answers are saved.");
    att_terminal_type(terminal, "\r");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument pulse");
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul7"), "Quiet work");
    run = att_program_run(place, "verify");
    assert_status(run, 0);
}

static void forty_keys_are_kept_without_a_pause(void **state)
{
    static const char forty[] = "0123456789012345678901234567890123456789";
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    terminal = to_the_box(place);
    att_terminal_type(terminal, forty);
    wait_for_draft(place, forty);
    kill(terminal->pid, SIGKILL);
    att_terminal_end(terminal, NULL, NULL);
}

typedef struct end_case {
    int number;       /* signal, or 0 */
    const char *keys; /* or what is typed */
    int status;
} end_case;

static void every_end_keeps_what_was_being_typed(void **state)
{
    static const end_case ends[] = { { SIGTERM, "", 143 },
                                     { SIGHUP, "", 129 },
                                     { 0, "\x03y\r", 0 },
                                     { 0, "\x03\x03", 130 },
                                     { 0, "\033[5~", 0 } };
    att_place *place = *state;

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *study = att_place_path(place, "s.attune");
        att_terminal *terminal;

        if (att_place_has(place, "s.attune")) {
            remove(study);
        }
        att_place_study(place, "pulse");
        terminal = to_the_box(place);
        att_terminal_type(terminal, "half a");
        att_terminal_wait(terminal, "half a");
        if (ends[i].number != 0) {
            kill(terminal->pid, ends[i].number);
        } else {
            att_terminal_type(terminal, ends[i].keys);
        }
        if (ends[i].keys[0] == '\033') { /* back: the question before, and leaving */
            att_terminal_wait(terminal, "question 6 of 7");
            wait_for_draft(place, "half a");
            kill(terminal->pid, SIGKILL);
            att_terminal_end(terminal, NULL, NULL);
        } else {
            assert_int_equal(att_terminal_end(terminal, NULL, NULL), ends[i].status);
            assert_string_equal(draft_now(place), "half a");
        }
    }
}

ATT_TEST_MAIN(att_program_test(what_was_typed_before_a_pause_outlives_sigkill),
              att_program_test(forty_keys_are_kept_without_a_pause),
              att_program_test(every_end_keeps_what_was_being_typed))
