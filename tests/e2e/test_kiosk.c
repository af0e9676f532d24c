/* A kiosk: one person after the other at one screen, no way out but the PIN, and nothing
 * of one person's answers for the next to see. */
#include "att_program.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "att_terminal.h"

#define PIN "Zebra-4711"

static void set_up_kiosk(att_place *place)
{
    att_place_study(place, "pulse");
    att_place_write(place, "pin", PIN "\n");
    assert_int_equal(chmod(att_place_path(place, "pin"), 0600), 0);
}

/* One person, to the first question. */
static void begin(att_terminal *terminal)
{
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 1 of 7");
}

static void end_by_pin(att_terminal *terminal)
{
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "A staff member types the PIN");
    att_terminal_type(terminal, PIN "\r");
}

static void the_next_person_begins_and_the_pin_ends_it(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    set_up_kiosk(place);
    terminal = att_terminal_open(place, 24, 80, NULL,
                                 "run pulse --kiosk --pin-file pin --site North");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "2\r");
    att_terminal_wait(terminal, "Press Enter to end.");
    att_terminal_type(terminal, "\r");
    for (int i = 1; i <= 2; i++) {
        begin(terminal);
        att_terminal_type(terminal, i == 1 ? "2\r" : "3\r");
        att_terminal_wait(terminal, "question 2 of 7");
        att_terminal_type(terminal, "\x03");
        att_terminal_wait(terminal, "A staff member types the PIN");
        att_terminal_type(terminal, "\x03");
        att_terminal_wait(terminal, "This screen is locked");
        assert_null(strstr(att_terminal_text(terminal), "Pulse"));
        att_terminal_type(terminal, "1\r");
    }
    att_terminal_wait(terminal, "Do you agree to take part?");
    end_by_pin(terminal);
    assert_false(att_terminal_sees(terminal, "it has ended"));
    att_terminal_wait(terminal, "0 finished, 1 declined, 2 left open");
    assert_null(strstr(att_terminal_text(terminal), "Pulse"));
    assert_null(strstr(att_terminal_text(terminal), "question"));
    assert_null(strstr(att_terminal_text(terminal), PIN));
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument pulse");
    assert_int_equal(att_csv_rows(run.out), 2); /* who declined is in no export */
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul1"), "2");
    assert_string_equal(att_csv_cell(place, run.out, 1, "pul1"), "3");
    assert_string_equal(att_csv_cell(place, run.out, 1, "site"), "North");
    assert_status(att_program_run(place, "verify"), 0);
}

static void keys_of_the_keyboard_do_not_leave(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    const char *raw = "";
    size_t n = 0;

    set_up_kiosk(place);
    terminal =
        att_terminal_open(place, 24, 80, NULL, "run pulse --kiosk --pin-file pin");
    begin(terminal);
    att_terminal_type(terminal, "\x1a\x1c\x04\x11\x13\x03");
    att_terminal_wait(terminal, "A staff member types the PIN");
    att_terminal_type(terminal, "\x1a\x1c\x04\033");
    att_terminal_wait(terminal, "question 1 of 7");
    kill(terminal->pid, SIGINT);
    att_terminal_wait(terminal, "A staff member types the PIN");
    att_terminal_type(terminal, "not it\r");
    att_terminal_wait(terminal, "That is not the PIN. Seconds until the next try: 1.");
    att_terminal_type(terminal, PIN "\r");
    att_terminal_wait(terminal, "Too early.");
    kill(terminal->pid, SIGTSTP);
    kill(terminal->pid, SIGTERM);
    assert_int_equal(att_terminal_end(terminal, &raw, &n), 143);
    assert_null(strstr(raw, PIN));
    assert_status(att_program_run(place, "verify"), 0);
}

static void a_screen_without_keys_is_locked_and_goes_on_with_the_pin(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    set_up_kiosk(place);
    terminal = att_terminal_open(place, 24, 80, NULL,
                                 "run pulse --kiosk --pin-file pin --idle 0.02");
    begin(terminal);
    att_terminal_type(terminal, "2");
    att_terminal_wait(terminal, "No key was pressed for 0.02 minutes. All answers");
    assert_null(strstr(att_terminal_text(terminal), "meeting"));
    att_terminal_type(terminal, "2\r" PIN "\r");
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_wait(terminal, "(*) 2");
    att_terminal_wait(terminal, "This screen is locked");
    end_by_pin(terminal);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

static void a_pin_is_typed_at_the_start_without_being_seen(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    const char *raw = "";
    size_t n = 0;

    set_up_kiosk(place);
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --kiosk");
    att_terminal_wait(terminal, "PIN for this kiosk:");
    att_terminal_type(terminal, PIN "\n");
    att_terminal_wait(terminal, "The same once more:");
    att_terminal_type(terminal, PIN "\n");
    att_terminal_wait(terminal, "Do you agree to take part?");
    end_by_pin(terminal);
    assert_int_equal(att_terminal_end(terminal, &raw, &n), 0);
    assert_null(strstr(raw, PIN));
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --kiosk");
    att_terminal_wait(terminal, "PIN for this kiosk:");
    att_terminal_type(terminal, PIN "\n");
    att_terminal_wait(terminal, "The same once more:");
    att_terminal_type(terminal, "another\n");
    att_terminal_wait(terminal, "the two PINs are not the same");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 4);
}

static att_terminal *lock_the_line_face(att_place *place)
{
    att_terminal *terminal = att_terminal_open(
        place, 60, 80, NULL,
        "run pulse --kiosk --pin-file pin --screen-reader --idle 0.05");

    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\n\n2\n");
    att_terminal_wait(terminal, "Saved: 2, 2 or 3 times.");
    att_terminal_wait(terminal, "This screen is locked. No key was pressed for 0.05");
    att_terminal_wait(terminal, "Type 1 or 2:");
    return terminal;
}

static void the_line_face_serves_screen_readers(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    const char *raw = "";
    size_t n = 0;

    set_up_kiosk(place);
    terminal = lock_the_line_face(place);
    att_terminal_type(terminal, "2\n");
    att_terminal_wait(terminal, "PIN:");
    att_terminal_type(terminal, PIN "\n");
    att_terminal_type(terminal, "3\n");
    att_terminal_wait(terminal, "Saved: 3, Not sure.");
    att_terminal_wait(terminal, "Question 3 of 7");
    att_terminal_type(terminal, "s\n");
    att_terminal_wait(terminal, "This survey is not finished.");
    att_terminal_type(terminal, "?\n"); /* Ctrl-C drops what is not out yet: wait */
    att_terminal_wait(terminal, "lists the choices again");
    att_terminal_type(terminal, "\x04\x03");
    att_terminal_wait(terminal, "With the PIN the surveys on this screen end.");
    att_terminal_type(terminal, PIN "\n");
    assert_int_equal(att_terminal_end(terminal, &raw, &n), 0);
    assert_null(strstr(raw, PIN));
    assert_contains(raw, "0 finished, 0 declined, 1 left open");
}

static void the_end_of_input_does_not_unlock_a_terminal(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    set_up_kiosk(place);
    terminal = lock_the_line_face(place);
    att_terminal_type(terminal, "\x04\x1a\x1c\x03");
    att_terminal_wait(terminal, "With the PIN the surveys on this screen end.");
    att_terminal_type(terminal, "\x04");
    att_terminal_type(terminal, "1\n"); /* still locked: the next person */
    att_terminal_wait(terminal, "This survey is not finished.");
    kill(terminal->pid, SIGTERM);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 143);
}

static void a_window_that_is_closed_ends_it(void **state)
{
    static const char *const more[] = { "", " --screen-reader" };
    att_place *place = *state;

    set_up_kiosk(place);
    for (size_t i = 0; i < 2; i++) {
        att_terminal *terminal = att_terminal_open(
            place, 24, 80, NULL,
            att_arena_format(&place->arena, "run pulse --kiosk --pin-file pin%s",
                             more[i]));

        att_terminal_wait(terminal, "Do you agree to take part?");
        att_terminal_type(terminal, i == 0 ? "1\r" : "1\n");
        att_terminal_wait(terminal, "Six quick questions");
        att_terminal_hang_up(terminal);
        assert_int_equal(att_terminal_end(terminal, NULL, NULL), 129);
    }
}

static void what_does_not_go_with_a_kiosk_is_refused(void **state)
{
    static const struct refused {
        const char *words;
        int status;
        const char *says;
    } cases[] = {
        { "run pulse --kiosk --pin-file pin", 2, "a kiosk needs a whole screen" },
        { "run pulse --kiosk --pin-file pin --ui line", 2,
          "the line face leaves each person's answers on the screen" },
        { "run pulse --kiosk --pin-file pin --ui script", 2, "takes no answers from" },
        { "run pulse --kiosk --pin-file pin --person P1", 2, "a kiosk is for many" },
        { "run pulse --kiosk --screen-reader", 2, "none can be typed here" },
        { "run pulse --kiosk --screen-reader --pin-file no", 4, "there is no file" },
        { "run pulse --kiosk --screen-reader --pin-file wide", 4, "others can read" },
        { "run pulse --kiosk --screen-reader --pin-file short", 4, "cannot be used" },
        { "run pulse --kiosk --pin-file pin --idle 0", 2, "no number of minutes" },
        { "run pulse --idle 3", 2, "\"--idle\" goes with --kiosk" },
        { "run pulse --screen-reader --ui full", 2, "is the line face" },
    };
    att_place *place = *state;

    set_up_kiosk(place);
    att_place_write(place, "wide", PIN "\n");
    assert_int_equal(chmod(att_place_path(place, "wide"), 0644), 0);
    att_place_write(place, "short", "123\n");
    assert_int_equal(chmod(att_place_path(place, "short"), 0600), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_run run = att_program_run(place, cases[i].words);

        assert_status(run, cases[i].status);
        assert_contains(run.err, cases[i].says);
        assert_lacks(run.err, PIN);
    }
}

static void input_that_ends_ends_it_and_json_counts(void **state)
{
    att_place *place = *state;
    att_run run;
    json_t *json;

    set_up_kiosk(place);
    run =
        att_program_run_with(place, &(att_run_opts){ .input = "2\n1\n\n2\ns\n1\n" },
                             "run pulse --kiosk --screen-reader --pin-file pin --json");
    assert_status(run, 0);
    run.out = strstr(run.out, "{\"format\"");
    assert_non_null(run.out);
    run.n_out = strlen(run.out);
    json = att_run_json(place, &run);
    assert_string_equal(json_string_value(json_object_get(json, "format")),
                        "attune-kiosk/1");
    assert_int_equal(json_integer_value(json_object_get(json, "declined")), 1);
    assert_int_equal(json_integer_value(json_object_get(json, "open")), 2);
}

ATT_TEST_MAIN(
    att_program_test(the_next_person_begins_and_the_pin_ends_it),
    att_program_test(keys_of_the_keyboard_do_not_leave),
    att_program_test(a_screen_without_keys_is_locked_and_goes_on_with_the_pin),
    att_program_test(a_pin_is_typed_at_the_start_without_being_seen),
    att_program_test(the_line_face_serves_screen_readers),
    att_program_test(the_end_of_input_does_not_unlock_a_terminal),
    att_program_test(a_window_that_is_closed_ends_it),
    att_program_test(what_does_not_go_with_a_kiosk_is_refused),
    att_program_test(input_that_ends_ends_it_and_json_counts))
