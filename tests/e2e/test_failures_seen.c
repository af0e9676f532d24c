/* Thirty ways in which survey tools have failed people (docs/FAILURES.md): those of
 * being seen and heard, of exports, and of time. test_failures.c has the others. */
#include "att_program.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "att_failures.h"
#include "att_terminal.h"

#define YES_NO \
    ",\"choices\":{\"yn\":[{\"code\":1,\"text\":\"Yes\"},{\"code\":0,\"text\":\"No\"}]}"

/* ---- being seen and heard ---- */

static void failure_20_the_cursor_stands_on_the_focused_choice(void **state)
{
    static const char *const keys[][2] = { { "\033OB", "> (*) 1  Once" },
                                           { "\033OB", "> (*) 2  2 or 3 times" },
                                           { "3", "> (*) 3  4 times or more" },
                                           { "r", "> (*) r  Prefer not to say" } };
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --ui full");
    att_terminal_wait(terminal, "Do you agree");
    att_terminal_wait_cursor(terminal, "> ( ) 1  Yes, I agree", 4);
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait_cursor(terminal, "> ( ) 0  No", 4);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        att_terminal_type(terminal, keys[i][0]);
        att_terminal_wait_cursor(terminal, keys[i][1], 4);
    }
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
}

static size_t times_in(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

static void failure_21_what_was_read_out_is_not_said_again(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(place, "1.0.0",
                         "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"yn\",\"text\":"
                         "\"Is it so?\"},{\"id\":\"b\",\"kind\":\"text\",\"text\":"
                         "\"Why is that?\"}",
                         YES_NO);
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n1\n" },
                               "run f --ui line");
    assert_int_equal(times_in(run.out, "Is it so?"), 1);
    assert_int_equal(times_in(run.out, "Why is that?"), 1);
    assert_int_equal(times_in(run.out, "\n1 Yes\n"), 1);
    for (size_t i = 0; i < run.n_out; i++) {
        assert_true(run.out[i] == '\n' || (unsigned char)run.out[i] >= ' ');
    }
}

static void failure_22_a_grid_reads_each_row_and_its_choices_once(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(place, "1.0.0",
                         "{\"id\":\"g\",\"kind\":\"grid\",\"choices\":\"yn\",\"text\":"
                         "\"Is this so?\",\"items\":["
                         "{\"id\":\"g1\",\"text\":\"First row.\"},"
                         "{\"id\":\"g2\",\"text\":\"Second row.\"},"
                         "{\"id\":\"g3\",\"text\":\"Third row.\"}]}",
                         ",\"choices\":{\"yn\":[{\"code\":1,\"text\":\"Surely\"},"
                         "{\"code\":0,\"text\":\"Never\"}]}");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n1\n2\n" },
                               "run f --ui line");
    assert_int_equal(times_in(run.out, "Is this so?"), 1);
    assert_int_equal(times_in(run.out, "First row."), 1);
    assert_int_equal(times_in(run.out, "Second row."), 1);
    assert_int_equal(times_in(run.out, "Third row."), 1);
    assert_int_equal(times_in(run.out, "2 Never\n"), 1);
}

static void failure_23_the_hardware_cursor_is_never_left_hidden(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    const char *raw = "";
    const char *hidden = NULL, *shown = NULL;
    size_t n = 0;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --ui full");
    att_terminal_wait(terminal, "Do you agree");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, &raw, &n), 130);
    for (const char *at = raw; (at = strstr(at, "\033[?25")) != NULL; at++) {
        hidden = at[5] == 'l' ? at : hidden;
        shown = at[5] == 'h' ? at : shown;
    }
    assert_true(hidden == NULL || (shown != NULL && shown > hidden));
}

/* ---- exports ---- */

static void failure_24_each_way_to_be_empty_has_its_own_code(void **state)
{
    static const char *const cells[][2] = {
        { "a", "-9" }, { "b", "-8" }, { "c", "-7" }, { "d", "-6" }, { "e", "-5" }
    };
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"yn\",\"text\":\"A?\"},"
        "{\"id\":\"b\",\"kind\":\"one\",\"choices\":\"yn\",\"text\":\"B?\"},"
        "{\"id\":\"c\",\"kind\":\"one\",\"choices\":\"yn\",\"text\":\"C?\"},"
        "{\"id\":\"d\",\"kind\":\"one\",\"choices\":\"yn\",\"text\":\"D?\"},"
        "{\"id\":\"e\",\"kind\":\"one\",\"choices\":\"yn\",\"show\":\"a = 1\","
        "\"text\":\"E?\"},"
        "{\"id\":\"f\",\"kind\":\"one\",\"choices\":\"yn\",\"text\":\"F?\"}",
        YES_NO ",\"missing\":{\"range\":[-10,-4],\"codes\":["
               "{\"code\":-9,\"reason\":\"skipped\"},"
               "{\"code\":-8,\"reason\":\"refused\",\"offer\":true},"
               "{\"code\":-7,\"reason\":\"not_applicable\",\"offer\":true},"
               "{\"code\":-6,\"reason\":\"dont_know\",\"offer\":true},"
               "{\"code\":-5,\"reason\":\"not_asked\"},"
               "{\"code\":-10,\"reason\":\"not_reached\"}]}");
    att_program_run_with(place, &(att_run_opts){ .input = "1\n\nr\nn\nk\n" },
                         "run f --ui line");
    run = att_program_run(place, "export --instrument f -o f.csv");
    assert_status(run, 0);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        assert_string_equal(
            att_csv_cell(place, att_place_read(place, "f.csv"), 0, cells[i][0]),
            cells[i][1]);
    }
    assert_string_equal(att_csv_cell(place, att_place_read(place, "f.csv"), 0, "f"),
                        "-10");
    assert_contains(att_place_read(place, "f.csv.json"), "not_reached");
    assert_contains(att_place_read(place, "f.csv.json"), "refused");
}

static void failure_25_a_question_that_moves_keeps_its_column(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"p\",\"kind\":\"page\",\"items\":[{\"id\":\"a\",\"kind\":"
        "\"integer\",\"min\":0,\"text\":\"A?\"}]},{\"id\":\"b\",\"kind\":"
        "\"integer\",\"min\":0,\"text\":\"B?\"}",
        "");
    att_place_answer(place, "", "{\"a\":1,\"b\":2}");
    att_place_instrument(
        place, "2.0.0",
        "{\"id\":\"q\",\"kind\":\"page\",\"items\":[{\"id\":\"b\",\"kind\":"
        "\"integer\",\"min\":0,\"text\":\"B?\"},{\"id\":\"a\",\"kind\":"
        "\"integer\",\"min\":0,\"text\":\"A?\"}]}",
        "");
    att_place_answer(place, "", "{\"a\":3,\"b\":4}");
    run = att_program_run(place, "export --instrument f");
    assert_int_equal(att_csv_rows(run.out), 2);
    assert_string_equal(att_csv_cell(place, run.out, 0, "a"), "1");
    assert_string_equal(att_csv_cell(place, run.out, 0, "b"), "2");
    assert_string_equal(att_csv_cell(place, run.out, 1, "a"), "3");
    assert_string_equal(att_csv_cell(place, run.out, 1, "b"), "4");
    assert_int_equal(times_in(run.out, ",a,"), 1);
}

static void failure_26_a_reason_in_a_number_is_neither_lost_nor_counted(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":\"A?\"},"
        "{\"id\":\"b\",\"kind\":\"decimal\",\"min\":0,\"text\":\"B?\"}",
        ",\"derived\":[{\"id\":\"s\",\"title\":\"S\",\"value\":"
        "\"sum(a, b)\"}],\"missing\":{\"range\":[-10,-4],\"codes\":["
        "{\"code\":-8,\"reason\":\"refused\",\"offer\":true},"
        "{\"code\":-9,\"reason\":\"skipped\"},"
        "{\"code\":-5,\"reason\":\"not_asked\"},"
        "{\"code\":-10,\"reason\":\"not_reached\"}]}");
    att_place_answer(place, "", "{\"a\":{\"reason\":\"refused\"},\"b\":2.5}");
    run = att_program_run(place, "export --instrument f --scores");
    assert_string_equal(att_csv_cell(place, run.out, 0, "a"), "-8");
    assert_string_equal(att_csv_cell(place, run.out, 0, "b"), "2.5");
    assert_string_equal(att_csv_cell(place, run.out, 0, "s"), "2.5");
}

static void failure_27_the_columns_do_not_depend_on_what_was_answered(void **state)
{
    att_place *place = *state;
    char text[501] = "";
    const char *header, *sidecar;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"a\",\"kind\":\"many\",\"choices\":\"yn\",\"text\":\"A?\"},"
        "{\"id\":\"t\",\"kind\":\"text\",\"max_length\":500,\"text\":\"T?\"}",
        YES_NO);
    att_place_answer(place, "", "{}");
    assert_status(att_program_run(place, "export --instrument f -o f.csv"), 0);
    header = att_place_read(place, "f.csv");
    sidecar = att_place_read(place, "f.csv.json");
    memset(text, 'w', 500);
    att_place_answer(place, "",
                     att_arena_format(&place->arena, "{\"a\":[1],\"t\":\"%s\"}", text));
    assert_status(att_program_run(place, "export --instrument f -o f.csv"), 0);
    assert_memory_equal(att_place_read(place, "f.csv"), header,
                        strcspn(header, "\n") + 1);
    assert_contains(att_place_read(place, "f.csv"), text);
    assert_string_equal(strstr(att_place_read(place, "f.csv.json"), "\"columns\""),
                        strstr(sidecar, "\"columns\""));
}

/* ---- time: not how fast, but that it does not run away ---- */

/* Processor seconds of a child that still runs. */
static double seconds_of_child(const att_child *child)
{
    struct timespec now = { 0 };
    clockid_t clock;

    assert_int_equal(clock_getcpuclockid(child->pid, &clock), 0);
    assert_int_equal(clock_gettime(clock, &now), 0);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Answers so many entries of two questions; the processor seconds that it took. */
static double seconds_of_entries(att_place *place, att_child *child, size_t n)
{
    double before = seconds_of_child(child);
    const char *line = "";

    for (size_t i = 0; i < 2 * n; i++) {
        att_child_say(child,
                      i % 2 == 0 ? "{\"answer\":\"Ana\"}\n" : "{\"answer\":7}\n");
        assert_true(att_child_line(place, child, &line));
        assert_contains(line, "\"saved\"");
        assert_true(att_child_line(place, child, &line));
        assert_contains(line, "\"ask\"");
    }
    return seconds_of_child(child) - before;
}

static void failure_28_the_last_repeat_takes_no_longer_than_the_first(void **state)
{
    att_place *place = *state;
    const char *line = "";
    double first, last;
    att_child child;

    att_place_study(place, "");
    att_place_instrument(
        place, "1.0.0",
        "{\"id\":\"ties\",\"kind\":\"roster\",\"count\":200,\"items\":["
        "{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who is it?\"},"
        "{\"id\":\"trust\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":"
        "\"Do you trust {who}?\"}]}",
        "");
    child = att_child_start(place, &(att_run_opts){ 0 }, "run f --ui script");
    assert_true(att_child_line(place, &child, &line));
    att_child_say(&child, "{\"agree\":true}\n");
    assert_true(att_child_line(place, &child, &line));
    first = seconds_of_entries(place, &child, 50);
    seconds_of_entries(place, &child, 100);
    last = seconds_of_entries(place, &child, 50);
    att_child_say(&child, "{\"finish\":true}\n");
    assert_true(att_child_line(place, &child, &line));
    assert_contains(line, "\"status\":\"complete\"");
    att_child_hang_up(&child);
    assert_int_equal(att_child_end(&child), 0);
    print_message("50 entries of 200: the first %.0f ms, the last %.0f ms\n",
                  1e3 * first, 1e3 * last);
    assert_true(last < 4.0 * first + 0.05);
}

/* Processor seconds that all children took so far. */
static double seconds_of_children(void)
{
    struct rusage use;

    getrusage(RUSAGE_CHILDREN, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           1e-6 * (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

static double seconds_of(att_place *place, const char *words)
{
    double before = seconds_of_children();
    att_run run = att_program_run(place, words);

    assert_status(run, 0);
    return seconds_of_children() - before;
}

/* "f.json" with so many pages of 20 questions each. */
static void write_pages(att_place *place, size_t n_pages, const char *show)
{
    att_buf items = { 0 };

    for (size_t page = 0; page < n_pages; page++) {
        att_buf_format(&items, "%s{\"id\":\"p%zu\",\"kind\":\"page\",\"items\":[",
                       page == 0 ? "" : ",", page);
        for (size_t i = 0; i < 20; i++) {
            att_buf_format(&items,
                           "%s{\"id\":\"q%zu_%zu\",\"kind\":\"one\",\"choices\":\"yn\","
                           "\"text\":\"Question %zu?\"%s}",
                           i == 0 ? "" : ",", page, i, i,
                           page == 0 && i == 0 ? "" : show);
        }
        att_buf_add(&items, "]}");
    }
    att_place_instrument(place, "1.0.0", att_buf_text(&items), YES_NO);
    att_buf_drop(&items);
}

/* All questions answered with 1, as JSON. */
static void write_answers(att_place *place, size_t n_pages)
{
    att_buf answers = { 0 };

    for (size_t page = 0; page < n_pages; page++) {
        for (size_t i = 0; i < 20; i++) {
            att_buf_format(&answers, "%s\"q%zu_%zu\":1", answers.n == 0 ? "{" : ",",
                           page, i);
        }
    }
    att_buf_add(&answers, "}");
    att_place_write(place, "all.json", att_buf_text(&answers));
    att_buf_drop(&answers);
}

static void failure_29_a_condition_does_not_make_it_a_hundred_times_slower(void **state)
{
    att_place *place = *state;
    double plain, with;

    att_place_study(place, "");
    write_pages(place, 40, "");
    plain = seconds_of(place, "check f.json");
    att_place_write(place, "s.attune", "");
    remove(att_place_path(place, "s.attune"));
    att_place_study(place, "");
    write_pages(place, 40, ",\"show\":\"q0_0 = 1\"");
    with = seconds_of(place, "check f.json");
    print_message("check: %.0f ms without conditions, %.0f ms with 799\n", 1e3 * plain,
                  1e3 * with);
    assert_true(with < 10.0 * plain + 0.1);
}

static void failure_30_ten_times_the_questions_take_ten_times_the_work(void **state)
{
    att_place *place = *state;
    double few, many;

    att_place_study(place, "");
    write_pages(place, 4, ",\"show\":\"q0_0 = 1\"");
    write_answers(place, 4);
    few = seconds_of(place, "run f --answers all.json");
    remove(att_place_path(place, "s.attune"));
    att_place_study(place, "");
    write_pages(place, 40, ",\"show\":\"q0_0 = 1\"");
    write_answers(place, 40);
    many = seconds_of(place, "run f --answers all.json");
    print_message("80 answers: %.0f ms, 800 answers: %.0f ms\n", 1e3 * few, 1e3 * many);
    assert_true(many < 40.0 * few);
}

ATT_TEST_MAIN(
    att_program_test(failure_20_the_cursor_stands_on_the_focused_choice),
    att_program_test(failure_21_what_was_read_out_is_not_said_again),
    att_program_test(failure_22_a_grid_reads_each_row_and_its_choices_once),
    att_program_test(failure_23_the_hardware_cursor_is_never_left_hidden),
    att_program_test(failure_24_each_way_to_be_empty_has_its_own_code),
    att_program_test(failure_25_a_question_that_moves_keeps_its_column),
    att_program_test(failure_26_a_reason_in_a_number_is_neither_lost_nor_counted),
    att_program_test(failure_27_the_columns_do_not_depend_on_what_was_answered),
    att_program_test(failure_28_the_last_repeat_takes_no_longer_than_the_first),
    att_program_test(failure_29_a_condition_does_not_make_it_a_hundred_times_slower),
    att_program_test(failure_30_ten_times_the_questions_take_ten_times_the_work))
