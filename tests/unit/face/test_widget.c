/* test_widget.c - keys in, state or an event out; the rules are those of docs/SCREENS.md,
 * "What the drawings cannot say" and section 6
 */
#include "att_test.h"

#include <math.h>
#include <string.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/number.h>

#include "widget.h"

/* Keys without a letter, written as control characters that nothing binds. */
#define UP     "\x01"
#define DOWN   "\x02"
#define LEFT   "\x04"
#define RIGHT  "\x05"
#define HOME   "\x06"
#define END    "\x0b"
#define PGUP   "\x11"
#define PGDN   "\x12"
#define TAB    "\x09"
#define BACK   "\x08"
#define ENTER  "\x0d"
#define ESC    "\x1b"
#define CTRL_C "\x03"

#define REASON(c, n, why)                                       \
    {                                                           \
        .letter = (c), .code = (n), .reason = (why), .text = "" \
    }
#define CHOICE(n, words)                            \
    {                                               \
        .number = (n), .code = (n), .text = (words) \
    }

static const att_option five[] = {
    CHOICE(1, "a"),
    CHOICE(2, "b"),
    CHOICE(3, "c"),
    CHOICE(4, "d"),
    CHOICE(5, "e"),
    REASON('n', -7, ATT_REASON_NOT_APPLICABLE),
    REASON('r', -8, ATT_REASON_REFUSED),
};

static const att_option dozen[] = {
    CHOICE(1, "a"), CHOICE(2, "b"),  CHOICE(3, "c"),  CHOICE(4, "d"),
    CHOICE(5, "e"), CHOICE(6, "f"),  CHOICE(7, "g"),  CHOICE(8, "h"),
    CHOICE(9, "i"), CHOICE(10, "j"), CHOICE(11, "k"), CHOICE(12, "l"),
};

static const att_option tens[] = { CHOICE(0, "z"), CHOICE(10, "a"), CHOICE(20, "b") };

static const att_option several[] = {
    CHOICE(1, "a"),
    CHOICE(2, "b"),
    CHOICE(3, "c"),
    { .number = 4, .code = 4, .text = "none", .is_exclusive = true },
    REASON('r', -8, ATT_REASON_REFUSED),
};

static const att_option refused[] = { REASON('r', -8, ATT_REASON_REFUSED) };

typedef struct fixture {
    att_arena arena;
    att_row rows[3];
    att_review_row review[3];
} fixture;

static int set_up(void **state)
{
    static fixture f;

    memset(&f, 0, sizeof f);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;

    att_arena_drop(&f->arena);
    return 0;
}

static att_view question(att_shape shape, const att_option *options, size_t n,
                         size_t n_choices)
{
    att_view view = { .screen = ATT_SCREEN_QUESTION, .shape = shape, .item = 7 };

    view.options = options;
    view.n_options = n;
    view.n_choices = n_choices;
    view.low = view.high = NAN;
    return view;
}

static att_view grid(fixture *f)
{
    att_view view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);
    size_t i;

    view.screen = ATT_SCREEN_GRID;
    for (i = 0; i < 3; i++) {
        f->rows[i] = (att_row){ .item = 8 + i, .text = "row" };
    }
    view.rows = f->rows;
    view.n_rows = 3;
    return view;
}

static att_view slider(void)
{
    att_view view = question(ATT_SHAPE_SLIDER, refused, 1, 0);

    view.low = 0;
    view.high = 100;
    view.step = 1;
    return view;
}

static int key_of(char c)
{
    static const struct pair {
        char c;
        int key;
    } pairs[] = { { '\x01', ATT_KEY_UP },       { '\x02', ATT_KEY_DOWN },
                  { '\x04', ATT_KEY_LEFT },     { '\x05', ATT_KEY_RIGHT },
                  { '\x06', ATT_KEY_HOME },     { '\x0b', ATT_KEY_END },
                  { '\x11', ATT_KEY_PAGE_UP },  { '\x12', ATT_KEY_PAGE_DOWN },
                  { '\x08', ATT_KEY_BACKSPACE } };
    size_t i;

    for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i].c == c) {
            return pairs[i].key;
        }
    }
    return (unsigned char)c;
}

static const char *const event_names[] = { "agree",  "decline", "answer", "skip",
                                           "next",   "back",    "goto",   "review",
                                           "finish", "leave" };

/* What a widget holds, in a few words: focus and answer; the box; what is wrong; the
 * event that came, or how it ended. */
static char *describe(att_arena *arena, const att_widget *w, att_turn turn,
                      const att_event *event)
{
    att_answer answer = att_widget_answer(w);
    att_buf out = { 0 };
    char *text;

    if (w->view.screen == ATT_SCREEN_GRID) {
        att_buf_format(&out, "row %zu ", w->row);
    }
    att_buf_format(&out, "at %zu ", w->focus);
    att_answer_write(&out, &answer);
    if (att_widget_is_typed(w)) {
        att_buf_format(&out, " [%.*s|%s]%s", (int)w->edit.caret, w->edit.text,
                       w->edit.text + w->edit.caret, w->is_in_list ? " list" : "");
    }
    if (w->refusal.code != ATT_REFUSAL_NONE) {
        att_buf_format(&out, " refused %d", (int)w->refusal.code);
    }
    if (w->mode != ATT_MODE_ANSWER) {
        att_buf_add(&out, w->mode == ATT_MODE_HELP ? " help" : " leave?");
    }
    if (turn == ATT_TURN_EVENT) {
        att_buf_format(&out, " -> %s %zu ", event_names[event->kind], event->item);
        att_answer_write(&out, &event->answer);
    } else if (turn == ATT_TURN_QUIT) {
        att_buf_add(&out, " -> quit");
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return text;
}

typedef struct key_case {
    const char *label, *keys, *then;
} key_case;

static void run(fixture *f, const att_view *view, const key_case *cases, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        att_widget *w = att_widget_open(&f->arena, &att_words_en, view);
        att_turn turn = ATT_TURN_NONE;
        att_event event = { 0 };
        const char *p;
        char *got;

        for (p = cases[i].keys; *p != '\0'; p++) {
            turn = att_widget_key(w, key_of(*p), &event);
        }
        got = describe(&f->arena, w, turn, &event);
        if (strcmp(got, cases[i].then) != 0) {
            fail_msg("%s:\n got  %s\n want %s", cases[i].label, got, cases[i].then);
        }
    }
}

#define RUN(f, view, cases) run(f, view, cases, sizeof(cases) / sizeof(cases)[0])

/* ---- choices ---- */

static void one_choice_is_marked_by_digits_letters_and_arrows(void **state)
{
    static const key_case cases[] = {
        { "nothing is marked at first", "", "at 0 null" },
        { "a digit marks", "4", "at 3 4" },
        { "a letter marks", "r", "at 6 {\"reason\":\"refused\"}" },
        { "a letter that is not offered does nothing", "k", "at 0 null" },
        { "a digit without a choice does nothing", "9", "at 0 null" },
        { "Space marks the focus", " ", "at 0 1" },
        { "an arrow chooses", DOWN, "at 1 2" },
        { "mark and focus move together", "4" UP, "at 2 3" },
        { "the list has ends", "1" UP, "at 0 1" },
        { "Home and End", END HOME, "at 0 1" },
        { "Backspace takes the mark away, not the focus", "4" BACK, "at 3 null" },
        { "a later digit replaces", "45", "at 4 5" },
        { "unbound keys do nothing", "4xX/-.", "at 3 4" },
        { "Enter sends", "4" ENTER, "at 3 4 -> answer 7 4" },
        { "PgDn sends", "4" PGDN, "at 3 4 -> answer 7 4" },
        { "Enter never takes the focus", ENTER, "at 0 null -> skip 7 null" },
        { "a reason is an answer", "n" ENTER,
          "at 5 {\"reason\":\"not_applicable\"} -> answer 7 "
          "{\"reason\":\"not_applicable\"}" },
        { "PgUp goes back", PGUP, "at 0 null -> back 7 null" },
    };
    att_view view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);

    RUN(*state, &view, cases);
}

static void two_digits_need_no_clock(void **state)
{
    static const key_case twelve[] = {
        { "1 marks 1", "1", "at 0 1" },
        { "then 2 marks 12", "12", "at 11 12" },
        { "a third digit begins anew", "121", "at 0 1" },
        { "13 is 3", "13", "at 2 3" },
        { "another key between begins anew", "1?" ESC "2", "at 1 2" },
        { "an unbound key too", "1x2", "at 1 2" },
    };
    static const key_case gaps[] = {
        { "0 is a number", "0", "at 0 0" },
        { "1 alone is none, but begins 10", "1", "at 0 null" },
        { "10", "10", "at 1 10" },
        { "020 is 20", "020", "at 2 20" },
    };
    att_view view = question(ATT_SHAPE_PICK_ONE, dozen, 12, 12);

    RUN(*state, &view, twelve);
    view = question(ATT_SHAPE_PICK_ONE, tens, 3, 3);
    RUN(*state, &view, gaps);
}

static void among_many_focus_and_mark_are_apart(void **state)
{
    static const key_case cases[] = {
        { "digits mark", "13", "at 2 [1,3]" },
        { "and take away", "131", "at 0 [3]" },
        { "arrows only move", DOWN DOWN, "at 2 null" },
        { "Space marks the focus", DOWN " ", "at 1 [2]" },
        { "Backspace takes the focus's mark", "12" UP BACK, "at 0 [2]" },
        { "an exclusive choice clears", "124", "at 3 [4]" },
        { "and brings back", "1244", "at 3 [1,2]" },
        { "another choice puts it out", "1243", "at 2 [3]" },
        { "a reason stands alone", "12r", "at 4 {\"reason\":\"refused\"}" },
        { "and brings back too", "12rr", "at 4 [1,2]" },
        { "Enter sends all", "31" ENTER, "at 0 [1,3] -> answer 7 [1,3]" },
        { "nothing is a skip", ENTER, "at 0 null -> skip 7 null" },
    };
    static const key_case twelve[] = {
        { "12 is not 1 and 2", "12", "at 11 [12]" },
        { "12 again takes it away, and 1 stays", "1x12x12", "at 11 [1]" },
    };
    att_view view = question(ATT_SHAPE_PICK_MANY, several, 5, 4);

    RUN(*state, &view, cases);
    view = question(ATT_SHAPE_PICK_MANY, dozen, 12, 12);
    RUN(*state, &view, twelve);
}

static void places_are_given_by_number_and_by_space(void **state)
{
    static const key_case cases[] = {
        { "Space gives the next free place", " " DOWN " ", "at 1 [1,2]" },
        { "a number gives that place", "2" DOWN "1", "at 1 [2,1]" },
        { "a place that is taken goes over", "1" DOWN "1", "at 1 [2]" },
        { "and the one given up goes back", "1" DOWN "2" UP "2", "at 0 [2,1]" },
        { "Backspace takes out", "1" DOWN "2" BACK, "at 1 [1]" },
        { "so does Space", "1 ", "at 0 null" },
        { "a place past the last is none", "4", "at 0 null" },
        { "nor is 0", "0", "at 0 null" },
        { "Enter with a gap waits", "2" ENTER, "at 0 [1] refused 21" },
        { "Enter sends what is placed", "1" ENTER, "at 0 [1] -> answer 7 [1]" },
        { "a reason takes all places away",
          "1" DOWN "2"
          "r",
          "at 4 {\"reason\":\"refused\"}" },
        { "and a place the reason", "r" UP "1", "at 3 [4]" },
    };
    static const key_case twelve[] = {
        { "12 is not 1 and 2", "12", "at 0 [1]" },
        { "Down ends the number", "1" DOWN "2", "at 1 [1,2]" },
    };
    static const int codes[] = { 3, 1 };
    static const key_case kept[] = {
        { "what is kept is shown, with the focus on the first", "", "at 2 [3,1]" },
        { "and goes on", ENTER, "at 2 [3,1] -> answer 7 [3,1]" },
    };
    att_view view = question(ATT_SHAPE_RANK, several, 5, 4);

    view.n_ranks = 3;
    RUN(*state, &view, cases);
    view.answer = att_answer_of_ranks(codes, 2);
    RUN(*state, &view, kept);
    view = question(ATT_SHAPE_RANK, dozen, 12, 12);
    view.n_ranks = 12;
    RUN(*state, &view, twelve);
}

static void what_is_kept_is_shown(void **state)
{
    static const int codes[] = { 2, 3 };
    static const key_case one[] = { { "mark and focus", "", "at 2 3" } };
    static const key_case many[] = { { "marks", "", "at 1 [2,3]" } };
    static const key_case number[] = {
        { "in the field", "", "at 0 12.5 [12.5|]" },
        { "Enter alone keeps it", ENTER, "at 0 12.5 [12.5|] -> answer 7 12.5" },
        { "Enter in an emptied field skips", BACK BACK BACK BACK ENTER,
          "at 0 null [|] -> skip 7 null" },
    };
    att_view view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);

    view.answer = att_answer_of_number(3);
    RUN(*state, &view, one);
    view = question(ATT_SHAPE_PICK_MANY, several, 5, 4);
    view.answer = att_answer_of_codes(codes, 2);
    RUN(*state, &view, many);
    view = question(ATT_SHAPE_NUMBER, refused, 1, 0);
    view.answer = att_answer_of_number(12.5);
    RUN(*state, &view, number);
}

/* ---- grids ---- */

static void a_grid_moves_by_rows_and_answers(void **state)
{
    static const key_case cases[] = {
        { "a digit marks in the row", "3", "row 0 at 2 3" },
        { "Down is the next row", "3" DOWN, "row 1 at 0 null" },
        { "its mark is found again", "3" DOWN UP, "row 0 at 2 3" },
        { "Right chooses the next answer", "3" RIGHT, "row 0 at 3 4" },
        { "Tab is the next row too", TAB TAB, "row 2 at 0 null" },
        { "Backspace", "3" BACK, "row 0 at 2 null" },
        { "Enter sends the row", "3" ENTER, "row 0 at 2 3 -> answer 8 3" },
        { "Enter without a mark skips the row", DOWN ENTER,
          "row 1 at 0 null -> skip 9 null" },
        { "rows marked before go first", "3" DOWN "4" ENTER,
          "row 1 at 3 4 -> answer 8 3" },
        { "back leaves the whole grid", DOWN PGUP, "row 1 at 0 null -> back 7 null" },
    };
    fixture *f = *state;
    att_view view = grid(f);

    RUN(f, &view, cases);
}

static void enter_sends_every_row_that_changed(void **state)
{
    fixture *f = *state;
    att_view view = grid(f);
    att_widget *w = att_widget_open(&f->arena, &att_words_en, &view);
    att_event event = { 0 };
    const char *p;

    for (p = "2" DOWN "3" DOWN "n"; *p != '\0'; p++) {
        att_widget_key(w, key_of(*p), &event);
    }
    assert_int_equal(att_widget_key(w, ATT_KEY_ENTER, &event), ATT_TURN_EVENT);
    assert_int_equal(event.item, 8);
    f->rows[0].answer = event.answer;
    assert_true(att_widget_renew(w, &view));
    assert_true(att_widget_flush(w, &event));
    assert_int_equal(event.item, 9);
    f->rows[1].answer = event.answer;
    assert_true(att_widget_renew(w, &view));
    assert_true(att_widget_flush(w, &event));
    assert_int_equal(event.item, 10);
    assert_int_equal(event.answer.reason, ATT_REASON_NOT_APPLICABLE);
    assert_false(att_widget_flush(w, &event));
}

/* ---- sliders, fields, boxes ---- */

static void a_slider_has_no_place_before_an_answer(void **state)
{
    static const key_case cases[] = {
        { "nothing at first", "", "at 0 null [|]" },
        { "Enter skips", ENTER, "at 0 null [|] -> skip 7 null" },
        { "the first arrow is the middle", RIGHT, "at 0 50 [50|]" },
        { "whichever arrow", UP, "at 0 50 [50|]" },
        { "by 1", RIGHT RIGHT, "at 0 51 [51|]" },
        { "by 10", RIGHT UP, "at 0 60 [60|]" },
        { "it has ends", RIGHT END RIGHT, "at 0 100 [100|]" },
        { "and a beginning", HOME LEFT, "at 0 0 [0|]" },
        { "digits are typed", "72", "at 0 72 [72|]" },
        { "digits after arrows begin anew", RIGHT "7", "at 0 7 [7|]" },
        { "Backspace takes a typed digit", "72" BACK, "at 0 7 [7|]" },
        { "and what arrows made, whole", RIGHT BACK, "at 0 null [|]" },
        { "r is a reason", "72r", "at 0 {\"reason\":\"refused\"} [72|] list" },
        { "Tab reaches it", TAB " ", "at 0 {\"reason\":\"refused\"} [|] list" },
        { "typing takes it away", "r5", "at 0 5 [5|]" },
        { "Enter sends", "72" ENTER, "at 0 72 [72|] -> answer 7 72" },
    };
    att_view view = slider();

    RUN(*state, &view, cases);
}

static void numbers_and_dates_take_what_belongs_to_them(void **state)
{
    static const key_case number[] = {
        { "digits, minus, point", "-1.5", "at 0 -1.5 [-1.5|]" },
        { "letters are only reasons", "4x5", "at 0 45 [45|]" },
        { "the caret", "45" LEFT "3", "at 0 435 [43|5]" },
        { "Backspace before the caret", "45" LEFT BACK, "at 0 5 [|5]" },
        { "not a number blocks, and stays", "4-" ENTER, "at 0 null [4-|] refused 5" },
        { "until it is changed", "4-" ENTER BACK, "at 0 4 [4|]" },
        { "a reason", "r" ENTER,
          "at 0 {\"reason\":\"refused\"} [|] list -> answer 7 {\"reason\":\"refused\"}" },
        { "up from the reason to the field", "4r" UP, "at 0 4 [4|]" },
        { "? is help here", "?", "at 0 null [|] help" },
    };
    static const key_case date[] = {
        { "a day", "2026-09-14" ENTER,
          "at 0 \"2026-09-14\" [2026-09-14|] -> answer 7 \"2026-09-14\"" },
        { "a day that is not", "2026-02-30" ENTER,
          "at 0 null [2026-02-30|] refused 11" },
        { "no point in a date", "1.2", "at 0 null [12|]" },
    };
    static const key_case time[] = {
        { "a time", "7:30" ENTER, "at 0 \"07:30\" [7:30|] -> answer 7 \"07:30\"" },
        { "a time that is not", "25:00" ENTER, "at 0 null [25:00|] refused 14" },
        { "digits and a colon alone", "1-2 .3:4", "at 0 null [123:4|]" },
    };
    static const key_case datetime[] = {
        { "a day and a time", "2026-09-14 7:30" ENTER,
          "at 0 \"2026-09-14 07:30\" [2026-09-14 7:30|] -> answer 7 "
          "\"2026-09-14 07:30\"" },
        { "a day alone", "2026-09-14" ENTER, "at 0 null [2026-09-14|] refused 14" },
    };
    att_view view = question(ATT_SHAPE_NUMBER, refused, 1, 0);

    assert_int_equal(ATT_REFUSAL_NOT_NUMBER, 5);
    assert_int_equal(ATT_REFUSAL_NOT_DATE, 11);
    RUN(*state, &view, number);
    view = question(ATT_SHAPE_DATE, NULL, 0, 0);
    RUN(*state, &view, date);
    assert_int_equal(ATT_REFUSAL_NOT_TIME, 14);
    view = question(ATT_SHAPE_TIME, NULL, 0, 0);
    RUN(*state, &view, time);
    view = question(ATT_SHAPE_DATETIME, NULL, 0, 0);
    RUN(*state, &view, datetime);
}

static void text_boxes_take_text(void **state)
{
    static const key_case line[] = {
        { "letters and signs", "no? r/2", "at 0 \"no? r/2\" [no? r/2|]" },
        { "Enter sends", "Sam" ENTER, "at 0 \"Sam\" [Sam|] -> answer 7 \"Sam\"" },
        { "blanks are no answer", "  " ENTER, "at 0 null [  |] -> skip 7 null" },
        { "Home, End", "Sam" HOME "x" END "y", "at 0 \"xSamy\" [xSamy|]" },
        { "Tab, then letters are reasons", "Sam" TAB "r",
          "at 0 {\"reason\":\"refused\"} [Sam|] list" },
        { "Tab back to the text", "Sam" TAB "r" TAB, "at 0 \"Sam\" [Sam|]" },
        { "letters beside reasons do nothing", TAB "x", "at 0 null [|] list" },
    };
    static const key_case text[] = {
        { "Enter is a new line", "a" ENTER "b", "at 0 \"a\\nb\" [a\nb|]" },
        { "Up goes to the line above", "ab" ENTER "cd" UP,
          "at 0 \"ab\\ncd\" [ab|\ncd]" },
        { "PgDn sends", "a" PGDN, "at 0 \"a\" [a|] -> answer 7 \"a\"" },
    };
    att_view view = question(ATT_SHAPE_TEXT, refused, 1, 0);

    RUN(*state, &view, line);
    view.is_long = true;
    RUN(*state, &view, text);
}

/* 1 to 24: "Site a" .. "Site x", but 7 "North East", 19 "South east"; then r. */
static att_view long_list(fixture *f, att_shape shape)
{
    enum { N = 24 };
    att_option *options = att_new_n(&f->arena, att_option, N + 1);

    for (int i = 0; i < N; i++) {
        options[i] =
            (att_option){ .number = i + 1,
                          .code = i + 1,
                          .text = att_arena_format(&f->arena, "Site %c", 'a' + i) };
    }
    options[6].text = "North East";
    options[18].text = "South east";
    options[N] = refused[0];
    return question(shape, options, N + 1, N);
}

static void a_long_list_is_searched(void **state)
{
    static const key_case one[] = {
        { "nothing is marked by looking", "/east", "at 6 null" },
        { "Enter takes it, and Enter goes on", "/east" ENTER ENTER,
          "at 6 7 -> answer 7 7" },
        { "Down goes to the next that is found", "/EAST" DOWN, "at 18 19" },
        { "and no further", "/east" DOWN DOWN, "at 18 19" },
        { "Up goes back", "/east" DOWN UP, "at 6 7" },
        { "numbers are looked for too", "/19" ENTER, "at 18 19" },
        { "letters of reasons are letters", "/r", "at 6 null" },
        { "Esc ends it, and they are reasons", "/x" ESC "r",
          "at 24 {\"reason\":\"refused\"}" },
        { "Backspace widens", "/eastx" BACK ENTER, "at 6 7" },
        { "Home, then letters in front", "/ast" HOME "e" ENTER, "at 6 7" },
        { "what is not there cannot be taken", "/zzz" ENTER, "at 0 null" },
        { "PgUp goes back", "/east" PGUP, "at 6 null -> back 7 null" },
        { "Ctrl-C asks", "/east" CTRL_C, "at 6 null leave?" },
    };
    static const key_case many[] = {
        { "Enter marks it", "2/east" ENTER, "at 6 [2,7]" },
        { "moving marks nothing", "/east" DOWN, "at 18 null" },
    };
    static const key_case few[] = { { "a short list has no search", "/b",
                                      "at 0 null" } };
    fixture *f = *state;
    att_view view = long_list(f, ATT_SHAPE_PICK_ONE);

    RUN(f, &view, one);
    view = long_list(f, ATT_SHAPE_PICK_MANY);
    RUN(f, &view, many);
    view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);
    RUN(f, &view, few);
}

static void letters_are_edited_whole(void **state)
{
    fixture *f = *state;
    att_view view = question(ATT_SHAPE_TEXT, NULL, 0, 0);
    att_widget *w = att_widget_open(&f->arena, &att_words_en, &view);
    att_event event;

    /* a letter of two characters: e and a combining acute accent */
    att_widget_key(w, 'e', &event);
    att_widget_key(w, 0x301, &event);
    att_widget_key(w, 0x6F22, &event); /* a letter two columns wide */
    assert_string_equal(w->edit.text, "e\xcc\x81\xe6\xbc\xa2");
    att_widget_key(w, ATT_KEY_LEFT, &event);
    assert_int_equal(w->edit.caret, 3);
    att_widget_key(w, ATT_KEY_BACKSPACE, &event);
    assert_string_equal(w->edit.text, "\xe6\xbc\xa2");
    /* an answer is in composed form */
    att_widget_key(w, 'e', &event);
    att_widget_key(w, 0x301, &event);
    assert_int_equal(att_widget_key(w, ATT_KEY_ENTER, &event), ATT_TURN_EVENT);
    assert_string_equal(event.answer.text, "\xc3\xa9\xe6\xbc\xa2");
}

static void a_paste_is_text_and_nothing_else(void **state)
{
    fixture *f = *state;
    att_view view = question(ATT_SHAPE_TEXT, refused, 1, 0);
    att_view one = question(ATT_SHAPE_PICK_ONE, five, 7, 5);
    att_widget *w = att_widget_open(&f->arena, &att_words_en, &view);

    assert_int_equal(att_widget_paste(w, "a\r\nb\rc\nd\te\x1b[2J\x07"), ATT_TURN_DRAW);
    assert_string_equal(w->edit.text, "a b c d e[2J");
    view.is_long = true;
    w = att_widget_open(&f->arena, &att_words_en, &view);
    att_widget_paste(w, "a\r\nb\rc");
    assert_string_equal(w->edit.text, "a\nb\nc");
    assert_int_equal(att_widget_paste(w, "\xff\xfe"), ATT_TURN_NONE);
    w = att_widget_open(&f->arena, &att_words_en, &one);
    assert_int_equal(att_widget_paste(w, "4"), ATT_TURN_NONE);
    assert_int_equal(att_widget_answer(w).kind, ATT_ANSWER_NONE);
}

/* ---- around ---- */

static void help_and_leaving_replace_the_question(void **state)
{
    static const key_case cases[] = {
        { "? is help", "4?", "at 3 4 help" },
        { "Esc closes it", "4?" ESC, "at 3 4" },
        { "other keys do nothing there", "4?2" ENTER, "at 3 4 help" },
        { "Ctrl-C asks", "4" CTRL_C, "at 3 4 leave?" },
        { "n stays, and is no reason", "4" CTRL_C "n", "at 3 4" },
        { "Enter takes what has the focus: stay", "4" CTRL_C ENTER, "at 3 4" },
        { "Esc stays", "4" CTRL_C ESC, "at 3 4" },
        { "y leaves", "4" CTRL_C "y", "at 3 4 leave? -> leave 7 null" },
        { "Down, Enter leaves", CTRL_C DOWN ENTER, "at 0 null leave? -> leave 7 null" },
        { "Ctrl-C again quits", CTRL_C CTRL_C, "at 0 null leave? -> quit" },
        { "Ctrl-C from help asks", "?" CTRL_C, "at 0 null leave?" },
        { "Esc elsewhere does nothing", "4" ESC, "at 3 4" },
    };
    att_view view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);

    RUN(*state, &view, cases);
}

static void the_start_wants_a_choice(void **state)
{
    static const key_case cases[] = {
        { "Enter asks", ENTER, "at 0 null refused 1" },
        { "yes", "1" ENTER, "at 0 1 -> agree 0 null" },
        { "no", "2" ENTER, "at 1 2 -> decline 0 null" },
    };
    static const key_case back[] = {
        { "go on", "1" ENTER, "at 0 1 -> agree 0 null" },
        { "look over", "2" ENTER, "at 1 2 -> review 0 null" },
    };
    att_view view = { .screen = ATT_SCREEN_START };

    assert_int_equal(ATT_REFUSAL_REQUIRED, 1);
    RUN(*state, &view, cases);
    view.screen = ATT_SCREEN_WELCOME;
    view.at = 5;
    RUN(*state, &view, back);
}

static void the_review_opens_a_question_or_finishes(void **state)
{
    static const key_case cases[] = {
        { "Enter opens", DOWN ENTER, "at 1 null -> goto 21 null" },
        { "End is finish", END, "at 3 null" },
        { "End, Enter finishes", END ENTER, "at 3 null -> finish 0 null" },
        { "Down ends there", DOWN DOWN DOWN DOWN DOWN, "at 3 null" },
        { "back", PGUP, "at 0 null -> back 0 null" },
    };
    fixture *f = *state;
    att_view view = { .screen = ATT_SCREEN_REVIEW, .n_review = 3 };
    size_t i;

    for (i = 0; i < 3; i++) {
        f->review[i].item = 20 + i;
    }
    view.review = f->review;
    RUN(f, &view, cases);
}

static void the_last_screen_ends_with_enter_or_ctrl_c(void **state)
{
    static const key_case cases[] = {
        { "Enter", ENTER, "at 0 null -> next 0 null" },
        { "Ctrl-C", CTRL_C, "at 0 null -> quit" },
        { "nothing else", "?y" ESC DOWN, "at 0 null" },
    };
    att_view view = { .screen = ATT_SCREEN_FINISHED };

    RUN(*state, &view, cases);
    view.screen = ATT_SCREEN_DECLINED;
    RUN(*state, &view, cases);
}

static void in_a_tiny_window_only_ctrl_c_works(void **state)
{
    fixture *f = *state;
    att_view view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);
    att_widget *w = att_widget_open(&f->arena, &att_words_en, &view);
    att_event event;
    int key;

    w->seen.is_tiny = true;
    for (key = 1; key < 128; key++) {
        if (key != ATT_CTRL('C')) {
            assert_int_equal(att_widget_key(w, key, &event), ATT_TURN_NONE);
        }
    }
    assert_int_equal(att_widget_key(w, ATT_KEY_DOWN, &event), ATT_TURN_NONE);
    assert_int_equal(att_widget_paste(w, "4"), ATT_TURN_NONE);
    assert_int_equal(att_widget_answer(w).kind, ATT_ANSWER_NONE);
    att_widget_key(w, ATT_CTRL('C'), &event);
    assert_int_equal(att_widget_key(w, 'y', &event), ATT_TURN_NONE);
    assert_int_equal(att_widget_key(w, ATT_CTRL('C'), &event), ATT_TURN_QUIT);
}

static void another_question_wants_another_widget(void **state)
{
    fixture *f = *state;
    att_view view = question(ATT_SHAPE_PICK_ONE, five, 7, 5);
    att_view other = question(ATT_SHAPE_PICK_ONE, five, 7, 5);
    att_widget *w = att_widget_open(&f->arena, &att_words_en, &view);
    att_event event;

    att_widget_key(w, '4', &event);
    assert_true(att_widget_is_pending(w));
    assert_true(att_widget_renew(w, &other));
    assert_int_equal(att_widget_answer(w).number, 4);
    other.item = 8;
    assert_false(att_widget_renew(w, &other));
    view.answer = att_answer_of_number(4);
    assert_true(att_widget_renew(w, &view));
    assert_false(att_widget_is_pending(w));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

ATT_TEST_MAIN(TEST(one_choice_is_marked_by_digits_letters_and_arrows),
              TEST(two_digits_need_no_clock), TEST(among_many_focus_and_mark_are_apart),
              TEST(places_are_given_by_number_and_by_space),
              TEST(what_is_kept_is_shown), TEST(a_grid_moves_by_rows_and_answers),
              TEST(enter_sends_every_row_that_changed),
              TEST(a_slider_has_no_place_before_an_answer),
              TEST(numbers_and_dates_take_what_belongs_to_them),
              TEST(text_boxes_take_text), TEST(a_long_list_is_searched),
              TEST(letters_are_edited_whole), TEST(a_paste_is_text_and_nothing_else),
              TEST(help_and_leaving_replace_the_question),
              TEST(the_start_wants_a_choice),
              TEST(the_review_opens_a_question_or_finishes),
              TEST(the_last_screen_ends_with_enter_or_ctrl_c),
              TEST(in_a_tiny_window_only_ctrl_c_works),
              TEST(another_question_wants_another_widget))
