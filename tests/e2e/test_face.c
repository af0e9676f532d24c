/* Faces: the same answers leave the same record whatever asks, what is hostile stays
 * text, and however an interview ends, what was confirmed is kept. */
#include "att_program.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "att_terminal.h"

/* ---- one record, three faces ---- */

/* Columns of an export that answers alone decide. */
static void assert_same_answers(att_place *place, const char *csv, size_t n_rows)
{
    size_t n = strcspn(csv, "\n");
    char **names =
        att_words_of(&place->arena, "", att_arena_text_n(&place->arena, csv, n));
    char *name = names[1];
    size_t n_compared = 0;

    assert_int_equal(att_csv_rows(csv), n_rows);
    while (name != NULL && *name != '\0') {
        size_t length = strcspn(name, ",\r");
        const char *column = att_arena_text_n(&place->arena, name, length);

        name += length + (name[length] != '\0');
        if (strcmp(column, "response") == 0 || strcmp(column, "started") == 0 ||
            strcmp(column, "finished") == 0) {
            continue;
        }
        for (size_t row = 1; row < n_rows; row++) {
            if (strcmp(att_csv_cell(place, csv, row, column),
                       att_csv_cell(place, csv, 0, column)) != 0) {
                fail_msg("%s: face %zu kept \"%s\", the script \"%s\"", column, row,
                         att_csv_cell(place, csv, row, column),
                         att_csv_cell(place, csv, 0, column));
            }
        }
        n_compared++;
    }
    assert_true(n_compared > 8);
}

/* One question after the other: types keys, waits for what the next screen shows. */
typedef struct stroke {
    const char *shows, *keys;
} stroke;

static void type_all(att_terminal *terminal, const stroke *strokes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        att_terminal_wait(terminal, strokes[i].shows);
        att_terminal_type(terminal, strokes[i].keys);
    }
}

static const stroke pulse_strokes[] = {
    { "Do you agree to take part?", "1\r" },
    { "Six quick questions", "\r" },
    { "question 1 of 7", "2\r" },
    { "question 2 of 7", "4\r" },
    { "question 3 of 7", "n\r" },
    { "question 4 of 7", "5\r" },
    { "question 5 of 7", "r\r" },
    { "question 6 of 7", "1\r" },
    { "question 7 of 7", "Two lines,\ror \"more\"\033[6~" },
    { "Look over your answers", "\033OF\r" },
    { "Thank you. Your answers are saved.", "\r" },
};

static void pulse_is_the_same_through_every_face(void **state)
{
    static const char line[] = "1\n\n2\n4\nn\n5\nr\n1\nTwo lines,\nor \"more\"\n\nf\n";
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json",
                    "{\"pul1\":2,\"pul2\":4,\"pul3\":{\"reason\":\"not_applicable\"},"
                    "\"pul4\":5,\"pul5\":{\"reason\":\"refused\"},\"pul6\":1,"
                    "\"pul7\":\"Two lines,\\nor \\\"more\\\"\"}");
    run = att_program_run(place, "run pulse --answers a.json");
    assert_status(run, 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = line },
                               "run pulse --ui line");
    assert_status(run, 0);
    assert_null(memchr(run.out, '\033', run.n_out));
    assert_null(memchr(run.out, '\r', run.n_out));
    assert_contains(run.out, "Thank you. Your answers are saved.");
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --ui full");
    type_all(terminal, pulse_strokes, sizeof pulse_strokes / sizeof *pulse_strokes);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument pulse --scores");
    assert_same_answers(place, run.out, 3);
}

static void recs_is_the_same_through_every_face(void **state)
{
    static const char line[] = "1\n2\n\n3\n"          /* who, no name, how long */
                               "4\n5\nn\n2\n1\n"      /* trust */
                               "3\nr\n4\n5\n2\n"      /* empathy */
                               "1\n2\n3\n4\n5\n7\n\n" /* goals, close, skipped */
                               "f\n";
    static const stroke strokes[] = {
        { "Do you agree to take part?", "1\r" },
        { "question 1 of 20", "2\r" },
        { "question 2 of 20", "\r" },
        { "question 3 of 20", "3\r" },
        { "question 4 of 20", "4\r" },
        { "question 5 of 20", "5\r" },
        { "question 6 of 20", "n\r" },
        { "question 7 of 20", "2\r" },
        { "question 8 of 20", "1\r" },
        { "question 9 of 20", "3\r" },
        { "question 10 of 20", "r\r" },
        { "question 11 of 20", "4\r" },
        { "question 12 of 20", "5\r" },
        { "question 13 of 20", "2\r" },
        { "question 14 of 20", "1\r" },
        { "question 15 of 20", "2\r" },
        { "question 16 of 20", "3\r" },
        { "question 17 of 20", "4\r" },
        { "question 18 of 20", "5\r" },
        { "question 19 of 20", "7\r" },
        { "question 20 of 20", "\r" },
        { "Look over your answers", "\033OF\r" },
        { "Thank you. Your answers", "\r" },
    };
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    att_place_study(place, "recs");
    att_place_write(place, "a.json",
                    "{\"recs_r1\":2,\"recs_r3\":3,\"recs_t1\":4,\"recs_t2\":5,"
                    "\"recs_t3\":{\"reason\":\"not_applicable\"},\"recs_t4\":2,"
                    "\"recs_t5\":1,\"recs_e1\":3,\"recs_e2\":{\"reason\":\"refused\"},"
                    "\"recs_e3\":4,\"recs_e4\":5,\"recs_e5\":2,\"recs_g1\":1,"
                    "\"recs_g2\":2,\"recs_g3\":3,\"recs_g4\":4,\"recs_g5\":5,"
                    "\"recs_c1\":7}");
    run = att_program_run(place, "run recs --role PT --answers a.json");
    assert_status(run, 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = line },
                               "run recs --role PT --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Thank you. Your answers are saved.");
    terminal = att_terminal_open(place, 24, 80, NULL, "run recs --role PT --ui full");
    type_all(terminal, strokes, sizeof strokes / sizeof *strokes);
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument recs --scores");
    assert_same_answers(place, run.out, 3);
}

static void a_small_window_asks_the_same(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 12, 40, NULL, "run pulse --lang es --ui full");
    att_terminal_wait(terminal, "Pulso de d...");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Seis preguntas");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "1 de 7");
    att_terminal_type(terminal, "3\r");
    att_terminal_wait(terminal, "2 de 7");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "attune resume");
    att_terminal_type(terminal, "y\r");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
    run = att_program_run(place, "export --instrument pulse");
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul1"), "3");
    assert_string_equal(att_csv_cell(place, run.out, 0, "language"), "es");
}

/* ---- hostile words ---- */

/* An instrument whose words try to be control sequences, markup and formulas. Control
 * characters come as JSON escapes: raw ones are not JSON. */
static const char hostile[] =
    "{\"format\":\"instrument/1\",\"id\":\"hostile\",\"version\":\"1.0.0\","
    "\"title\":{\"en\":\"<script>alert(1)</script>\"},"
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
    "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"draft\"},"
    "\"missing\":{\"range\":[-10,-4],\"codes\":[{\"code\":-9,\"reason\":\"skipped\"},"
    "{\"code\":-5,\"reason\":\"not_asked\"},{\"code\":-10,\"reason\":\"not_reached\"}]},"
    "\"choices\":{\"c\":[{\"code\":1,\"text\":{\"en\":\"=1+1 \\u001b[2J<b>one</b>\"}},"
    "{\"code\":2,\"text\":{\"en\":\"two \\\"onload=x\"}}]},"
    "\"items\":[{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\","
    "\"text\":{\"en\":\"Red \\u001b[31malert\\u0007 \\u009b5m<img src=x>?\"}},"
    "{\"id\":\"t\",\"kind\":\"text\",\"text\":{\"en\":\"Say </style> it\"}}]}";

/* ESC, BEL and the eight-bit CSI: nothing of ours says them outside the full face. */
static void assert_tame(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];

        if ((c < ' ' && c != '\n') || c == 0x7f ||
            (c == 0xc2 && i + 1 < n && (unsigned char)bytes[i + 1] >= 0x80 &&
             (unsigned char)bytes[i + 1] < 0xa0)) {
            fail_msg("control byte 0x%02x at %zu of:\n%s", c, i, bytes);
        }
    }
}

static void hostile_words_stay_words(void **state)
{
    static const char *const commands[] = { "score", "report --instrument hostile",
                                            "verify" };
    att_place *place = *state;
    att_terminal *terminal;
    const char *text;
    size_t n = 0;
    att_run run;

    att_place_study(place, "");
    att_place_write(place, "h.json", hostile);
    run = att_program_run(place, "check h.json");
    assert_tame(run.out, run.n_out);
    run = att_program_run(place, "add h.json");
    if (run.status != 0) {
        /* it need not be taken at all; then there is nothing left to escape */
        assert_tame(run.err, run.n_err);
        fail_msg("the instrument was refused: %s", run.err);
    }
    run = att_program_run_with(
        place,
        &(att_run_opts){ .input = "1\n1\n=HYPERLINK(\"http://x\")<b>\x1b[31m\nf\n" },
        "run hostile --ui line");
    assert_status(run, 0);
    assert_tame(run.out, run.n_out);
    att_place_write(place, "a.json",
                    "{\"a\":2,\"t\":\"@SUM(1)\\u001b]0;title\\u0007 <svg onload=x>\"}");
    run = att_program_run(place, "run hostile --answers a.json");
    assert_status(run, 0);
    assert_tame(run.out, run.n_out);
    run = att_program_run(place, "export --instrument hostile -o h.csv");
    assert_status(run, 0);
    text = att_place_read(place, "h.csv");
    assert_lacks(text, ",=");
    assert_lacks(text, "\"=");
    assert_lacks(text, ",@");
    assert_contains(text, "'@SUM(1)");
    terminal = att_terminal_open(place, 24, 80, NULL, "export --instrument hostile");
    assert_int_equal(att_terminal_end(terminal, &text, &n), 0);
    assert_contains(text, "'@SUM(1)?");
    assert_null(memchr(text, '\033', n));
    run = att_program_run(place, "report --instrument hostile -o h.html");
    assert_status(run, 0);
    text = att_place_read(place, "h.html");
    assert_lacks(text, "<script");
    assert_lacks(text, "<img");
    assert_lacks(text, "<b>one");
    assert_lacks(text, "<svg onload");
    assert_contains(text, "&lt;script&gt;");
    assert_tame(text, strlen(text));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        run = att_program_run(place, commands[i]);
        assert_tame(run.out, run.n_out);
        assert_tame(run.err, run.n_err);
    }
    run = att_program_run(place, "verify --study 'no\033[2Jthing'");
    assert_status(run, 3);
    assert_tame(run.err, run.n_err);
}

static void hostile_words_do_not_move_the_full_screen(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    const char *raw = "";
    size_t n = 0;

    att_place_study(place, "");
    att_place_write(place, "h.json", hostile);
    terminal = att_terminal_open(place, 24, 80, NULL, "run h.json --ui full");
    att_terminal_wait(terminal, "<script>alert(1)</script>");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "<img src=x>?");
    att_terminal_wait(terminal, "<b>one</b>");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "y\r");
    assert_int_equal(att_terminal_end(terminal, &raw, &n), 0);
    assert_lacks(raw, "\033[31malert");
    assert_lacks(raw, "\033[2J<b>");
    assert_null(memchr(raw, '\a', n));
}

/* ---- ends ---- */

typedef struct end_case {
    int number, status;
} end_case;

static const end_case ends[] = { { SIGTERM, 143 }, { SIGHUP, 129 }, { 0, 129 } };

/* Two answers confirmed, then the end: by a signal, or (0) the window is closed. */
static void end_on_terminal(att_place *place, const char *ui, const char *person,
                            const end_case *end)
{
    att_terminal *terminal = att_terminal_open(
        place, 24, 80, NULL,
        att_arena_format(&place->arena, "run pulse --ui %s --person %s", ui, person));
    const char *third = strcmp(ui, "full") == 0 ? "question 3 of 7" : "Question 3 of 7";
    const char *first = strcmp(ui, "full") == 0 ? "question 1 of 7" : "Question 1 of 7";

    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, first);
    att_terminal_type(terminal, "2\r");
    att_terminal_wait(terminal, "uestion 2 of 7");
    att_terminal_type(terminal, "4\r");
    att_terminal_wait(terminal, third);
    att_terminal_type(terminal, "1");
    if (end->number == 0) {
        att_terminal_hang_up(terminal);
    } else {
        kill(terminal->pid, end->number);
    }
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), end->status);
}

static void an_end_by_signal_or_closed_window_keeps_what_was_confirmed(void **state)
{
    static const char *const uis[] = { "full", "line" };
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    for (size_t i = 0; i < 6; i++) {
        end_on_terminal(place, uis[i / 3], "P1", &ends[i % 3]);
        run = att_program_run(place, "verify");
        assert_status(run, 0);
        run = att_program_run(place, "export --instrument pulse");
        assert_int_equal(att_csv_rows(run.out), i + 1);
        assert_string_equal(att_csv_cell(place, run.out, i, "pul1"), "2");
        assert_string_equal(att_csv_cell(place, run.out, i, "pul2"), "4");
        assert_string_equal(att_csv_cell(place, run.out, i, "pul3"), "-10");
        assert_string_equal(att_csv_cell(place, run.out, i, "status"), "open");
    }
}

static void ctrl_c_twice_ends_the_full_face_with_130(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    terminal = att_terminal_open(place, 24, 80, NULL, "run pulse --ui full");
    att_terminal_wait(terminal, "Do you agree to take part?");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "Six quick questions");
    att_terminal_type(terminal, "\r");
    att_terminal_wait(terminal, "question 1 of 7");
    att_terminal_type(terminal, "2\r");
    att_terminal_wait(terminal, "question 2 of 7");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
    assert_string_equal(
        att_csv_cell(place, att_program_run(place, "export --instrument pulse").out, 0,
                     "pul1"),
        "2");
}

static void leaving_and_resuming_on_screen_goes_on_in_place(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    end_on_terminal(place, "full", "P1", &ends[0]);
    terminal = att_terminal_open(place, 24, 80, NULL, "resume");
    att_terminal_wait(terminal, "Welcome back");
    att_terminal_wait(terminal, "Your 2 answers are saved.");
    att_terminal_wait(terminal, "Go on with question 3");
    att_terminal_type(terminal, "1\r");
    att_terminal_wait(terminal, "question 3 of 7");
    att_terminal_type(terminal, "\x03");
    att_terminal_wait(terminal, "Leave the survey?");
    att_terminal_type(terminal, "y\r");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

/* ---- from right to left ---- */

/* The next screen of a golden file: "@ 80x24 cursor 5,77", then its rows. */
typedef struct screen {
    const char *text;
    int row, column;
} screen;

static screen next_screen(att_place *place, const char **golden)
{
    screen s = { "", 0, 0 };
    const char *cursor = strstr(*golden, " cursor ");
    const char *rows = cursor != NULL ? strchr(cursor, '\n') : NULL;
    const char *end;

    if (rows == NULL) {
        return s;
    }
    s.row = (int)strtol(cursor + 8, NULL, 10);
    s.column = (int)strtol(strchr(cursor, ',') + 1, NULL, 10);
    end = strstr(rows, "\n@ ");
    end = end != NULL ? end + 1 : rows + strlen(rows);
    s.text = att_arena_text_n(&place->arena, rows + 1, (size_t)(end - rows - 1));
    *golden = end;
    return s;
}

typedef struct sitting {
    const char *words;
    int columns, rows;
    const char *keys[20]; /* a screen is looked at after each */
} sitting;

#define RIGHT "\033OC"
#define LEFT  "\033OD"

/* The start; a choice and the help; a grid; a slider; a number that is refused, then
 * taken; a day; a text with Latin letters and digits; the review. */
static const sitting sittings[] = {
    { "run arabic",
      80,
      24,
      { "", "1\r", "3", "?", "\033", "\r", "2" LEFT, "\r1\r", "50" LEFT, "\r", "75\r",
        "\x7f\x7f"
        "12\r",
        "2026-09-14", "\r", "\xD9\x86\xD8\xB9\xD9\x85 (WHO) 12!", RIGHT RIGHT RIGHT "x",
        "\016" } },
    { "run arabic", 40, 12, { "", "1\r", "\r", "3", "\r", "2", "?" } },
    { "run arabic --bidi terminal", 80, 24, { "", "1\r", "3" } },
    { "run arabic --bidi off", 80, 24, { "", "1\r", "3" } },
};

static void sit(att_place *place, att_buf *out, const char **golden, const sitting *s)
{
    att_terminal *terminal =
        att_terminal_open(place, s->rows, s->columns, NULL, s->words);
    size_t i;

    att_terminal_wait(terminal, "Draft measure");
    for (i = 0; s->keys[i] != NULL; i++) {
        screen wanted = next_screen(place, golden);
        int row, column;

        att_terminal_type(terminal, s->keys[i]);
        att_terminal_becomes(terminal, wanted.text, wanted.row, wanted.column);
        att_terminal_cursor(terminal, &row, &column);
        att_buf_format(out, "@ %dx%d cursor %d,%d\n%s", s->columns, s->rows, row,
                       column, att_terminal_text(terminal));
    }
    att_terminal_hang_up(terminal);
    att_terminal_end(terminal, NULL, NULL);
}

static void an_arabic_survey_is_drawn_from_right_to_left(void **state)
{
    att_place *place = *state;
    char *golden = att_test_read("golden/arabic.txt", NULL);
    const char *rest = golden;
    att_buf out = { 0 };
    size_t i;

    att_place_study(place, att_test_path("instruments/arabic.json"));
    for (i = 0; i < sizeof sittings / sizeof sittings[0]; i++) {
        sit(place, &out, &rest, &sittings[i]);
    }
    assert_golden(att_buf_text(&out), out.n, "arabic.txt");
    att_buf_drop(&out);
    test_free(golden);
}

/* The screen is set so that a terminal which turns words itself leaves ours alone, and
 * set back; an English survey has nothing of it. */
static void only_a_survey_from_right_to_left_asks_the_terminal_not_to_turn(void **state)
{
    static const struct one {
        const char *words;
        bool asks;
    } all[] = {
        { "run arabic", true },
        { "run arabic --lang en", false },
        { "run arabic --bidi terminal", false },
        { "run arabic --bidi off", false },
    };
    att_place *place = *state;
    size_t i;

    att_place_study(place, att_test_path("instruments/arabic.json"));
    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        att_terminal *terminal = att_terminal_open(place, 24, 80, NULL, all[i].words);
        const char *raw = NULL;
        size_t n = 0;

        att_terminal_wait(terminal, "Do you agree to take part?");
        att_terminal_type(terminal, "\x03\x03");
        assert_int_equal(att_terminal_end(terminal, &raw, &n), 130);
        assert_int_equal(strstr(raw, "\033[8l") != NULL, all[i].asks);
        assert_int_equal(strstr(raw, "\033[8h") != NULL, all[i].asks);
    }
}

/* --bidi, else what is set in the study, else the program turns the words. */
static void a_study_can_say_who_turns_words(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;
    att_run run;

    att_place_study(place, att_test_path("instruments/arabic.json"));
    assert_status(att_program_run(place, "set bidi off --study s.attune"), 0);
    terminal = att_terminal_open(place, 24, 80, NULL, "run arabic");
    att_terminal_wait(terminal, "\n> ( ) 1  Yes, I agree to take part");
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
    terminal = att_terminal_open(place, 24, 80, NULL, "run arabic --bidi app");
    att_terminal_wait(terminal, "Yes, I agree to take part  1 ( ) <");
    att_terminal_type(terminal, "\x03\x03");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 130);
    assert_status(att_program_run(place, "set bidi left --study s.attune"), 0);
    run = att_program_run(place, "run arabic --study s.attune --ui line");
    assert_status(run, 3);
    assert_non_null(strstr(run.err, "the setting \"bidi\" is \"left\""));
}

/* The line face writes what is read, as it is read, from the left. */
static void the_line_face_stays_logical(void **state)
{
    att_place *place = *state;
    att_run_opts opts = { .input = "1\n3\n" };
    att_run run;

    att_place_study(place, att_test_path("instruments/arabic.json"));
    run = att_program_run_with(place, &opts, "run arabic --study s.attune --ui line");
    assert_status(run, 0);
    assert_non_null(strstr(run.out, "\n1 \xD9\x84\xD8\xA7 "
                                    "\xD8\xA3\xD9\x88\xD8\xA7\xD9\x81\xD9\x82\n"));
    assert_null(strchr(run.out, '\033'));
}

ATT_TEST_MAIN(
    att_program_test(an_arabic_survey_is_drawn_from_right_to_left),
    att_program_test(only_a_survey_from_right_to_left_asks_the_terminal_not_to_turn),
    att_program_test(a_study_can_say_who_turns_words),
    att_program_test(the_line_face_stays_logical),
    att_program_test(pulse_is_the_same_through_every_face),
    att_program_test(recs_is_the_same_through_every_face),
    att_program_test(a_small_window_asks_the_same),
    att_program_test(hostile_words_stay_words),
    att_program_test(hostile_words_do_not_move_the_full_screen),
    att_program_test(an_end_by_signal_or_closed_window_keeps_what_was_confirmed),
    att_program_test(ctrl_c_twice_ends_the_full_face_with_130),
    att_program_test(leaving_and_resuming_on_screen_goes_on_in_place))
