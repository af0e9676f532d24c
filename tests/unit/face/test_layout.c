/* test_layout.c - every drawing of docs/SCREENS.md, cell by cell, and the cursor
 *
 * The drawings are in tests/golden/screens.txt. Not compared is the last row of
 * "spanish", for which no hints are drawn.
 */
#include "att_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/text.h>

#include "layout.h"

#define ROWS_MAX 32

/* ---- the drawings ---- */

typedef struct drawing {
    size_t width, height, cursor_row, cursor_column;
    char hints[32];
    char *row[ROWS_MAX]; /* without trailing blanks */
} drawing;

typedef struct fixture {
    att_arena arena;
    char *text;  /* all drawings */
    char **line; /* [n] */
    size_t n;
    att_bidi_mode bidi;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    char *text = att_test_read("golden/screens.txt", NULL);
    char *p;

    memset(&f, 0, sizeof f);
    f.text = att_arena_text(&f.arena, text);
    test_free(text);
    f.line = att_new_n(&f.arena, char *, 1000);
    for (p = f.text; *p != '\0';) {
        f.line[f.n++] = p;
        p += strcspn(p, "\n");
        if (*p == '\n') {
            *p++ = '\0';
        }
    }
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;

    att_arena_drop(&f->arena);
    return 0;
}

static void trim(char *text)
{
    size_t n = strlen(text);

    while (n > 0 && text[n - 1] == ' ') {
        text[--n] = '\0';
    }
}

/* Columns from..from+width-1 of a line, counted in characters. */
static char *cut_columns(att_arena *arena, const char *line, size_t from, size_t width)
{
    size_t a = att_text_bytes(line, from);
    size_t b = att_text_bytes(line, from + width);
    char *part = att_arena_text_n(arena, line + a, b - a);

    trim(part);
    return part;
}

static size_t find_drawing(const fixture *f, const char *name)
{
    char head[64];
    size_t i;

    snprintf(head, sizeof head, "@ %s ", name);
    for (i = 0; i < f->n; i++) {
        if (strncmp(f->line[i], head, strlen(head)) == 0) {
            return i;
        }
    }
    fail_msg("no drawing \"%s\"", name);
    return 0;
}

static void read_number(const char **p, size_t *out)
{
    *out = 0;
    while (**p >= '0' && **p <= '9') {
        *out = *out * 10 + (size_t)(*(*p)++ - '0');
    }
}

static void read_head(const char *head, drawing *d)
{
    const char *p = strchr(head + 2, ' ') + 1;

    read_number(&p, &d->width);
    p++;
    read_number(&p, &d->height);
    p = strstr(p, "cursor ") + 7;
    read_number(&p, &d->cursor_row);
    p++;
    read_number(&p, &d->cursor_column);
    snprintf(d->hints, sizeof d->hints, "%s", strstr(p, "hints ") + 6);
}

/* The sets of hints, as in the table above the drawings. */
static const char *hint_set(const char *name)
{
    static const char *const set[][2] = {
        { "one",
          "? help   Enter next   1-5 or arrows choose   PgUp back   Ctrl-C leave" },
        { "many",
          "? help   Enter next   Space or number marks   PgUp back   Ctrl-C leave" },
        { "grid", "? help   Enter next row   1-5 choose   Up Down rows   PgUp back   "
                  "Ctrl-C leave" },
        { "rank", "? help   Enter next   1-5 place   Backspace takes out   PgUp back" },
        { "slider",
          "? help   Enter next   Left Right by 1   Up Down by 10   PgUp back" },
        { "field", "? help   Enter next   PgUp back   Ctrl-C leave" },
        { "text", "Ctrl-G help   PgDn next   Enter new line   Tab other choices   "
                  "PgUp back" },
        { "list", "? help   Enter changes it   End finish   PgUp back   Ctrl-C leave" },
        { "ask", "Enter takes it   Esc stay   Ctrl-C leave at once" },
        { "find", "Ctrl-G help   Enter takes it   Esc clears the search   "
                  "Ctrl-C leave" },
        { "line", "Ctrl-G help   Enter next   Tab other choices   PgUp back   "
                  "Ctrl-C leave" },
        { "over", "Esc closes this" },
        { "pin", "Enter takes it   Esc stay   Ctrl-C lock the screen" },
        { "none", "" },
    };
    size_t n = strcspn(name, ":");
    size_t i;

    for (i = 0; i < sizeof set / sizeof set[0]; i++) {
        if (strncmp(set[i][0], name, n) == 0 && set[i][0][n] == '\0') {
            return set[i][1];
        }
    }
    fail_msg("no hints \"%s\"", name);
    return "";
}

static char *expand_hints(att_arena *arena, const drawing *d)
{
    const char *range = strchr(d->hints, ':');
    const char *set = hint_set(d->hints);
    const char *five = strstr(set, "1-5");
    char *text = att_arena_text(arena, set);
    size_t n;

    if (range != NULL && five != NULL) {
        text = att_arena_format(arena, "%.*s%s%s", (int)(five - set), set, range + 1,
                                five + 3);
    }
    n = strlen(text);
    while (n > d->width - 4) {
        do {
            n--;
        } while (n > 0 && strncmp(text + n, "   ", 3) != 0);
        text[n] = '\0';
    }
    return n > 0 ? att_arena_format(arena, "  %s", text) : att_arena_text(arena, "");
}

static drawing expand(fixture *f, const char *name)
{
    size_t at = find_drawing(f, name);
    size_t from = 0;
    drawing d = { 0 };
    size_t line = at + 1;
    size_t row = 0;
    size_t i;

    read_head(f->line[at], &d);
    if (f->line[at - 1][0] == '@') {
        from = d.width; /* the right one of two */
    } else if (f->line[line][0] == '@') {
        line++; /* the left one */
    }
    if (strncmp(f->line[line], "rows ", 5) == 0) {
        const char *p = f->line[line++] + 5;
        char whole[32];
        drawing base;

        read_number(&p, &row);
        p = strstr(p, " of ") + 4;
        snprintf(whole, sizeof whole, "%.*s", (int)strcspn(p, ":"), p);
        base = expand(f, whole);
        memcpy(d.row, base.row, sizeof d.row);
        row--;
    } else {
        for (i = 0; i < d.height; i++) {
            d.row[i] = att_arena_text(&f->arena, "");
        }
    }
    for (; line < f->n && f->line[line][0] != '@'; line++) {
        d.row[row++] = cut_columns(&f->arena, f->line[line], from, d.width);
        row += row == 1 && d.height >= 16 ? 1 : 0;
    }
    d.row[d.height - 1] = expand_hints(&f->arena, &d);
    return d;
}

/* ---- what is drawn ---- */

static char *row_text(att_arena *arena, const att_screen_row *row)
{
    char cell[256][16];
    size_t used = 0;
    att_buf out = { 0 };
    char *text;
    size_t i, j;

    memset(cell, 0, sizeof cell);
    for (i = 0; i < row->n; i++) {
        size_t column = row->span[i].column - 1;

        for (j = 0; row->span[i].text[j] != '\0';) {
            size_t next = att_text_next(row->span[i].text, j);

            assert_in_range(column, 0, 255);
            assert_true(next - j < sizeof cell[0]);
            memset(cell[column], 0, sizeof cell[column]);
            memcpy(cell[column], row->span[i].text + j, next - j);
            column += att_text_width_n(row->span[i].text + j, next - j);
            used = column > used ? column : used;
            j = next;
        }
    }
    for (i = 0; i < used; i++) {
        att_buf_add(&out, cell[i][0] != '\0' ? cell[i] : " ");
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    trim(text);
    return text;
}

static att_layout draw(fixture *f, const att_widget *w, size_t width, size_t height)
{
    att_layout_opts opts = {
        width,
        height,
        "attune resume k7q2mh",
        "9f2c41d78a03e61b55d0c7f21e94ab3670b8d2c94f13ea580c6d97b1e2a5f384",
        5,
        f->bidi
    };

    return att_layout_of(&f->arena, w, &opts);
}

static void compare(fixture *f, const char *name, const drawing *d, const att_layout *l,
                    size_t n_rows)
{
    size_t i;

    for (i = 0; i < n_rows; i++) {
        char *got = row_text(&f->arena, &l->row[i]);

        if (d->row[i] != NULL && strcmp(got, d->row[i]) != 0) {
            fail_msg("%s, row %zu:\n got  |%s|\n want |%s|", name, i + 1, got,
                     d->row[i]);
        }
    }
    if (l->cursor_row != d->cursor_row || l->cursor_column != d->cursor_column) {
        fail_msg("%s: cursor at %zu,%zu, wanted %zu,%zu", name, l->cursor_row,
                 l->cursor_column, d->cursor_row, d->cursor_column);
    }
}

/* ---- the same from right to left ---- */

/* Whether the letter at p is one that is typed, alone: n, r, k, y; or a mark. */
static bool is_key(const char *text, const char *p)
{
    if (p > text && p[-1] == '[' && *p == 'x') {
        return true;
    }
    return strchr("nrky", *p) != NULL && (p == text || p[-1] == ' ') &&
           (p[1] == ' ' || p[1] == '\0');
}

static bool is_ascii_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* CAPITALS stand for Arabic letters: A is U+0621, Z is U+063A. */
static char *arabic(att_arena *arena, const char *text)
{
    att_buf out = { 0 };
    const char *p;
    char *copy;

    if (text == NULL) {
        return NULL;
    }
    for (p = text; *p != '\0'; p++) {
        int letter = *p >= 'a' ? *p - 'a' : *p - 'A';

        if (!is_ascii_letter(*p) || is_key(text, p)) {
            att_buf_char(&out, *p);
        } else {
            att_buf_char(&out, (char)(0xC0 | (0x621 + letter) >> 6));
            att_buf_char(&out, (char)(0x80 | ((0x621 + letter) & 0x3F)));
        }
    }
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

/* English words in those letters, as if a table of Arabic words were there. */
static const att_words *arabic_words(att_arena *arena)
{
    att_words *words = att_new(arena, att_words);
    size_t i;

    *words = att_words_en;
    words->is_rtl = true;
    for (i = 0; i < ATT_N_WORDS; i++) {
        words->word[i] = arabic(arena, att_words_en.word[i]);
    }
    for (i = 0; i < 12; i++) {
        words->months[i] = arabic(arena, att_words_en.months[i]);
    }
    return words;
}

static att_widget arabic_widget(att_arena *arena, const att_widget *w)
{
    att_widget out = *w;
    att_option *options = att_new_n(arena, att_option, w->view.n_options);
    att_row *rows = att_new_n(arena, att_row, w->view.n_rows);
    att_review_row *review = att_new_n(arena, att_review_row, w->view.n_review);
    const char **texts[] = { &out.view.title,       &out.view.section,
                             &out.view.stem,        &out.view.brief,
                             &out.view.text,        &out.view.help,
                             &out.view.anchors[0],  &out.view.anchors[1],
                             &out.view.purpose,     &out.view.authors,
                             &out.view.alter,       &out.view.person_before,
                             &out.view.person_after };
    att_view_name *names = att_new_n(arena, att_view_name, w->view.n_names);
    size_t i;

    for (i = 0; i < w->view.n_names; i++) {
        names[i] = w->view.names[i];
        names[i].text = arabic(arena, names[i].text);
    }
    out.view.names = names;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = arabic(arena, *texts[i]);
    }
    for (i = 0; i < w->view.n_options; i++) {
        options[i] = w->view.options[i];
        options[i].text = arabic(arena, options[i].text);
    }
    for (i = 0; i < w->view.n_rows; i++) {
        rows[i] = w->view.rows[i];
        rows[i].text = arabic(arena, rows[i].text);
    }
    for (i = 0; i < w->view.n_review; i++) {
        review[i] = w->view.review[i];
        review[i].question = arabic(arena, review[i].question);
        review[i].answer = arabic(arena, review[i].answer);
        review[i].was = arabic(arena, review[i].was);
    }
    out.view.options = options;
    out.view.rows = rows;
    out.view.review = review;
    out.view.is_rtl = true;
    out.words = arabic_words(arena);
    if (w->folded != NULL) {
        out.folded = att_new_n(arena, const char *, w->view.n_choices);
        for (i = 0; i < w->view.n_choices; i++) {
            out.folded[i] = arabic(arena, w->folded[i]);
        }
    }
    out.refusal.text = arabic(arena, w->refusal.text);
    out.find = (att_edit){ 0 };
    att_edit_set(arena, &out.find,
                 arabic(arena, w->find.text != NULL ? w->find.text : ""));
    out.edit = (att_edit){ 0 };
    att_edit_set(arena, &out.edit, arabic(arena, w->edit.text));
    return out;
}

/* A drawn row turned round: letters as Arabic ones, numbers in their order. */
static char *turned(att_arena *arena, const char *row, size_t width)
{
    static const char pairs[] = "()[]<>";
    char *cells =
        att_arena_text(arena, att_arena_format(arena, "%-*s", (int)width, row));
    att_buf out = { 0 };
    size_t i = width;
    char *copy;

    while (i > 0) {
        size_t n = 1;
        const char *pair = strchr(pairs, cells[i - 1]);

        while (cells[i - 1] >= '0' && cells[i - 1] <= '9' && i > n &&
               ((cells[i - n - 1] >= '0' && cells[i - n - 1] <= '9') ||
                (i > n + 1 && strchr(".-:", cells[i - n - 1]) != NULL &&
                 cells[i - n - 2] >= '0' && cells[i - n - 2] <= '9'))) {
            n++;
        }
        if (pair != NULL) {
            att_buf_char(&out, pairs[(size_t)(pair - pairs) ^ 1]);
        } else {
            att_buf_add_n(&out, cells + i - n, n);
        }
        i -= n;
    }
    copy = att_arena_text(arena, att_buf_text(&out));
    att_buf_drop(&out);
    return copy;
}

/* The drawing from right to left, cell by cell. */
static void check_mirrored(fixture *f, const char *name, const drawing *d,
                           const att_widget *w)
{
    static const char *const others[] = { "date", "finished", "too-small", "help" };
    att_widget other = arabic_widget(&f->arena, w);
    drawing wanted = *d;
    att_layout l;
    size_t i;

    for (i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(others[i], name) == 0) {
            return; /* days, receipts and names of keys are put in order otherwise */
        }
    }
    for (i = 0; i < d->height; i++) {
        wanted.row[i] = arabic(&f->arena, turned(&f->arena, d->row[i], d->width));
        trim(wanted.row[i]);
        if (strstr(d->row[i], "CC0") != NULL || strstr(d->row[i], "attune ") != NULL) {
            wanted.row[i] = NULL; /* a licence's own name, and what is to be typed */
        }
    }
    wanted.cursor_column = d->width + 1 - d->cursor_column;
    if (att_widget_is_typed(w) && w->view.shape != ATT_SHAPE_TEXT &&
        w->view.shape != ATT_SHAPE_SLIDER) {
        wanted.cursor_column +=
            att_text_width(w->edit.text) + 1; /* stays: digits move */
    }
    l = draw(f, &other, d->width, d->height);
    compare(f, name, &wanted, &l, d->height);
}

static void check(fixture *f, const char *name, const att_widget *w)
{
    drawing d = expand(f, name);
    att_layout l = draw(f, w, d.width, d.height);

    compare(f, name, &d, &l, d.height);
    check_mirrored(f, name, &d, w);
}

/* ---- views, as in the drawings ---- */

#define REFUSED                                                             \
    {                                                                       \
        .letter = 'r', .code = -8, .reason = ATT_REASON_REFUSED, .text = "" \
    }
#define NOT_HERE(words)                                                 \
    {                                                                   \
        .letter = 'n', .code = -7, .reason = ATT_REASON_NOT_APPLICABLE, \
        .text = (words)                                                 \
    }
#define CHOICE(n, words)                            \
    {                                               \
        .number = (n), .code = (n), .text = (words) \
    }

static const att_option agree[] = {
    CHOICE(1, "Strongly disagree"),
    CHOICE(2, "Disagree"),
    CHOICE(3, "Not sure"),
    CHOICE(4, "Agree"),
    CHOICE(5, "Strongly agree"),
    NOT_HERE(""),
    REFUSED,
};

static const att_option often[] = {
    CHOICE(0, "Not at all"),
    CHOICE(1, "Once or twice"),
    CHOICE(2, "About once a month"),
    CHOICE(3, "About once a week"),
    CHOICE(4, "Most days"),
    NOT_HERE("I had no chance to do this"),
    REFUSED,
};

static const att_option only_refused[] = { REFUSED };

#define RECS "Relationship & Emotional Connection Scale"

static att_view empty_view(void)
{
    att_view view = { 0 };

    view.title = view.section = view.stem = view.brief = view.text = view.help = "";
    view.id = view.purpose = view.version = view.began_version = view.newer = "";
    view.licence = view.authors = view.session = "";
    view.anchors[0] = view.anchors[1] = "";
    view.language = "en";
    view.low = view.high = NAN;
    return view;
}

static att_view question(const char *title, att_shape shape, const char *text)
{
    att_view view = empty_view();

    view.screen = ATT_SCREEN_QUESTION;
    view.title = title;
    view.shape = shape;
    view.text = text;
    view.item = 5;
    return view;
}

static void place(att_view *view, size_t at, size_t low, size_t high)
{
    view->at = view->at_last = at;
    view->of_low = low;
    view->of_high = high;
}

static void offer(att_view *view, const att_option *options, size_t n, size_t n_choices)
{
    view->options = options;
    view->n_options = n;
    view->n_choices = n_choices;
}

static att_view start_view(void)
{
    att_view view = empty_view();

    view.screen = ATT_SCREEN_START;
    view.title = RECS;
    view.purpose = "This survey asks about trust between you and one person or team.";
    view.version = "1.0.0";
    view.licence = "CC0-1.0";
    view.authors = "Example Network Measurement Group, 2026";
    view.minutes = 4;
    view.is_about_others = true;
    view.of_low = view.of_high = 20;
    return view;
}

static att_view likert_view(void)
{
    att_view view = question(RECS, ATT_SHAPE_PICK_ONE,
                             "Team Blue is honest with me, even when it is hard.");

    view.stem = "Now think about Team Blue. How much do you agree?";
    view.help = "we want to know how it is now, not how it should be.";
    place(&view, 5, 20, 20);
    offer(&view, agree, 7, 5);
    view.n_answered = 4;
    return view;
}

static att_view grid_view(void)
{
    static att_row rows[3];
    att_view view = empty_view();

    rows[0] =
        (att_row){ .item = 16, .text = "I helped a new person learn how to join in." };
    rows[1] = (att_row){
        .item = 17,
        .text = "I passed on a tool, tip, or contact to one person who needed it."
    };
    rows[2] = (att_row){ .item = 18,
                         .text = "I listened to or stood by someone one-on-one." };
    view.screen = ATT_SCREEN_GRID;
    view.title = "CLHS Engagement Survey - Core";
    view.stem = "In the past 3 months, how often did you do each one?";
    view.brief = "Past 3 months, how often?";
    view.item = 15;
    view.at = 16;
    view.at_last = 18;
    view.of_low = view.of_high = 23;
    view.rows = rows;
    view.n_rows = 3;
    offer(&view, often, 7, 5);
    return view;
}

static att_view number_view(void)
{
    att_view view = question("Partnership pulse", ATT_SHAPE_NUMBER,
                             "How many meetings did you join in the last month?");

    view.is_whole = true;
    view.low = 0;
    view.high = 60;
    place(&view, 5, 6, 12);
    offer(&view, only_refused, 1, 0);
    return view;
}

static void press(att_widget *w, const char *keys)
{
    att_event event;

    for (; *keys != '\0'; keys++) {
        att_widget_key(w, (unsigned char)*keys, &event);
    }
}

static att_widget *open_view(fixture *f, const att_view *view)
{
    return att_widget_open(&f->arena, &att_words_en, view);
}

/* ---- tests ---- */

static void the_golden_drawings_are_those_of_the_document(void **state)
{
    char *copy = att_test_read("golden/screens.txt", NULL);
    char *document = att_test_read("../docs/SCREENS.md", NULL);
    const char *body = strchr(copy, '\n') + 1; /* below where it comes from */

    assert_contains(document, body);
    test_free(copy);
    test_free(document);
}

static void the_start_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = start_view();
    att_widget *w = open_view(f, &view);

    check(f, "start", w);
    press(w, "\r");
    check(f, "no-answer", w);
}

static void one_choice_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = likert_view();
    att_widget *w = open_view(f, &view);

    press(w, "4");
    check(f, "likert", w);
    check(f, "small-likert", w);
    press(w, "?");
    check(f, "help", w);
    press(w, "\x1b\x03");
    check(f, "leave", w);
}

static void the_time_left_stands_where_the_title_has_room(void **state)
{
    fixture *f = *state;
    att_view view = likert_view();
    att_layout l;

    view.minutes_left = 2.4;
    l = draw(f, open_view(f, &view), 100, 24);
    assert_string_equal(l.row[0].span[1].text,
                        "question 5 of 20, about 3 minutes left");
    l = draw(f, open_view(f, &view), 80, 24); /* the title would be cut */
    assert_string_equal(l.row[0].span[1].text, "question 5 of 20");
    view.hides_progress = true;
    l = draw(f, open_view(f, &view), 100, 24);
    assert_string_equal(l.row[0].span[1].text, "");
}

static void a_locked_kiosk_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = likert_view();
    att_widget *w = open_view(f, &view);
    att_event event = { 0 };

    w->locking.is_kiosk = true;
    press(w, "4");
    assert_int_equal(att_widget_idle(w, &event), ATT_TURN_DRAW);
    check(f, "locked", w);
    press(w, "2\r4711");
    check(f, "pin", w);
    assert_true(!att_widget_pin(w, false, 8, false));
    assert_string_equal(w->locking.pin, "");
    assert_true(!att_widget_pin(w, true, 0, false));
    check(f, "likert", w);
}

static void an_exclusive_choice_is_as_drawn(void **state)
{
    static const att_option options[] = {
        CHOICE(1, "A choice of times and ways to take part"),
        CHOICE(2, "Training or a short course"),
        CHOICE(3, "A buddy or mentor"),
        CHOICE(4, "Something else (you can say what)"),
        { .number = 5, .code = 5, .text = "None of these", .is_exclusive = true },
        REFUSED,
    };
    fixture *f = *state;
    att_view view =
        question("Barriers & Supports Checklist", ATT_SHAPE_PICK_MANY,
                 "Which of these helped you take part? Mark all that apply.");
    att_widget *w;

    place(&view, 38, 38, 40);
    offer(&view, options, 6, 5);
    w = open_view(f, &view);
    press(w, "135");
    check(f, "many-exclusive", w);
}

static void an_order_is_as_drawn(void **state)
{
    static const att_option options[] = {
        CHOICE(1, "A person who invited me"),
        CHOICE(2, "A buddy or mentor"),
        CHOICE(3, "Training or a short course"),
        CHOICE(4, "Plain words and easy-to-use tools"),
    };
    fixture *f = *state;
    att_view view = question("Barriers & Supports Checklist", ATT_SHAPE_RANK,
                             "Put these in order. Give 1 to what helped you most.\n"
                             "The list stays as it is; the numbers show your order.");
    att_event event;
    att_widget *w;

    view.n_ranks = 4;
    place(&view, 39, 38, 40);
    offer(&view, options, 4, 4);
    w = open_view(f, &view);
    press(w, "1");
    att_widget_key(w, ATT_KEY_DOWN, &event);
    att_widget_key(w, ATT_KEY_DOWN, &event);
    press(w, " ");
    check(f, "rank", w);
}

static void a_grid_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = grid_view();
    att_widget *w = open_view(f, &view);

    press(w, "3");
    check(f, "grid", w);
    press(w, "n");
    check(f, "small-grid", w);
}

static void a_search_is_as_drawn(void **state)
{
    enum { N = 212 };
    fixture *f = *state;
    att_option *options = att_new_n(&f->arena, att_option, N);
    att_view view = question("Profile", ATT_SHAPE_PICK_ONE,
                             "Which site or group do you belong to?");
    att_event event;
    att_widget *w;

    for (int i = 0; i < N; i++) {
        options[i] = (att_option){ .number = i + 1,
                                   .code = i + 1,
                                   .text = att_arena_format(&f->arena, "Site %d", i) };
    }
    options[13].text = "Children's Clinic North";
    options[14].text = "Children's Clinic South";
    options[107].text = "Mother and Child Centre";
    place(&view, 3, 12, 12);
    offer(&view, options, N, N);
    w = open_view(f, &view);
    press(w, "chil");
    att_widget_key(w, ATT_KEY_DOWN, &event);
    att_widget_key(w, ATT_KEY_UP, &event);
    check(f, "search", w);
}

static void a_slider_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view =
        question("Partnership pulse", ATT_SHAPE_SLIDER, "How much do you trust Sam?");
    att_widget *w;

    view.alter = "Sam";
    view.alter_at = 2;
    view.alter_of = 3;
    view.anchors[0] = "Not at all";
    view.anchors[1] = "Completely";
    view.low = 0;
    view.high = 100;
    view.step = 1;
    view.is_whole = true;
    place(&view, 2, 3, 3);
    offer(&view, only_refused, 1, 0);
    w = open_view(f, &view);
    press(w, "72");
    check(f, "slider", w);
}

static att_view names_view(void)
{
    static const att_view_name names[] = { { 1, "MJ" }, { 2, "Sam" } };
    att_view view = question(
        "People you work with", ATT_SHAPE_TEXT,
        "In the past 6 months, who did you work with, learn from, or get help from\n"
        "to make health or care better? List up to 7.");

    view.stem =
        "We ask about people you work with. Use initials or a nickname. We turn "
        "them into codes. No one will see what you say about a person.";
    view.name_at = 3;
    view.name_of = 7;
    view.names = names;
    view.n_names = view.n_named = 2;
    view.max_length = 20;
    offer(&view, only_refused, 1, 0); /* drawn once Tab goes there */
    place(&view, 1, 12, 75);
    return view;
}

static void a_list_of_names_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = names_view();

    check(f, "roster-names", open_view(f, &view));
}

static void a_question_about_a_person_is_as_drawn(void **state)
{
    static const char *const how_often[] = { "Less than once a month",
                                             "About once a month",
                                             "A few times a month", "About once a week",
                                             "More than once a week" };
    fixture *f = *state;
    att_view view = question("People you work with", ATT_SHAPE_PICK_ONE,
                             "How often are you in touch with Sam about this work?");
    att_option options[6] = { { 0 } };
    att_widget *w;

    for (size_t i = 0; i < 5; i++) {
        options[i] = (att_option){ .number = (int)i + 1,
                                   .code = (int)i + 1,
                                   .text = how_often[i] };
    }
    options[5] = only_refused[0];
    offer(&view, options, 6, 5);
    view.alter = "Sam";
    view.alter_at = 3;
    view.alter_of = 9;
    view.person_at = 2;
    view.person_of = 3;
    view.is_person_known = true;
    view.person_before = "MJ";
    view.person_after = "Lu";
    place(&view, 14, 30, 75);
    w = open_view(f, &view);
    press(w, "3");
    check(f, "roster-tie", w);
}

static void numbers_and_their_messages_are_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = number_view();
    att_widget *w = open_view(f, &view);
    att_refusal warn = { ATT_REFUSAL_WARN, 45, NAN, NAN, "45 is more than one a day." };
    att_refusal high = { ATT_REFUSAL_TOO_HIGH, 75, 0, 60, "75" };

    press(w, "45");
    att_widget_refuse(w, &warn);
    check(f, "number-check", w);
    press(w, "\x08\x08");
    press(w, "75");
    att_widget_refuse(w, &high);
    check(f, "number-error", w);
}

static void a_long_text_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = question(
        "CLHS Engagement Survey - Core", ATT_SHAPE_TEXT,
        "Is there quiet work you or others do that we did not ask about?\n"
        "Please do not give names or other private details. You can skip this.");
    att_widget *w;

    view.is_long = true;
    view.max_length = 500;
    place(&view, 23, 23, 23);
    offer(&view, only_refused, 1, 0);
    w = open_view(f, &view);
    press(w, "I call new families the week before their first visit. We go through the "
             "list together, so that they come ready");
    check(f, "text", w);
}

static void a_date_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view =
        question("Behaviour diary", ATT_SHAPE_DATE, "On which day did you do it?");
    att_widget *w;

    view.has_first_day = view.has_last_day = true;
    view.first_day = att_day_of(2026, 6, 16);
    view.last_day = view.today = att_day_of(2026, 9, 16);
    place(&view, 1, 7, 7);
    w = open_view(f, &view);
    press(w, "2026-09-14");
    check(f, "date", w);
}

static void the_review_is_as_drawn(void **state)
{
    static att_review_row rows[20];
    static const char *const drawn[7][3] = {
        { "Who is it?", "my care team", NULL },
        { "What should we call this person or team?", "Team Blue", NULL },
        { "How long have you known Team Blue?", "1 to 3 years", NULL },
        { "I can count on Team Blue to do what was agreed.", "Agree", NULL },
        { "Team Blue is honest with me, even when it is hard.", "Agree", "Not sure" },
        { "I feel safe telling Team Blue when something is wrong.", "", NULL },
        { "Team Blue has the skills to do a good job.", "", NULL },
    };
    fixture *f = *state;
    att_view view = empty_view();
    att_event event;
    att_widget *w;
    size_t i;

    for (i = 0; i < 20; i++) {
        const char *const *row = drawn[i < 7 ? i : 0];

        rows[i] = (att_review_row){ i, row[0], row[1], { 0 }, row[2], false };
    }
    rows[5].value = att_answer_of_reason(ATT_REASON_SKIPPED);
    rows[6].value = att_answer_of_reason(ATT_REASON_REFUSED);
    view.screen = ATT_SCREEN_REVIEW;
    view.title = RECS;
    view.review = rows;
    view.n_review = 20;
    view.n_answered = 18;
    w = open_view(f, &view);
    for (i = 0; i < 5; i++) {
        att_widget_key(w, ATT_KEY_DOWN, &event);
    }
    check(f, "review", w);
}

static void the_end_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = empty_view();
    att_widget *w;

    view.screen = ATT_SCREEN_FINISHED;
    view.title = RECS;
    view.n_values = 18;
    view.n_skipped = view.n_refused = 1;
    view.session = "k7q2mh";
    view.finished = ((att_msec)att_day_of(2026, 9, 14) * 24 + 12) * 3600000 + 120000;
    view.offset = 120;
    view.started = view.finished - 4 * 60000;
    w = open_view(f, &view);
    check(f, "finished", w);
}

static void coming_back_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = empty_view();

    view.screen = ATT_SCREEN_WELCOME;
    view.title = RECS;
    place(&view, 5, 20, 20);
    view.n_answered = 4;
    view.left_at = ((att_msec)att_day_of(2026, 9, 12) * 24 + 9) * 3600000 + 14 * 60000;
    view.version = view.began_version = "1.0.0";
    view.newer = "1.1.0";
    view.has_draft = true;
    check(f, "resume", open_view(f, &view));
}

static void a_small_window_says_so(void **state)
{
    fixture *f = *state;
    att_view view = likert_view();

    check(f, "too-small", open_view(f, &view));
}

static void spanish_is_as_drawn_but_for_hints(void **state)
{
    static const att_option options[] = {
        CHOICE(1, "Muy en desacuerdo"),
        CHOICE(2, "En desacuerdo"),
        CHOICE(3, "No lo sé bien"),
        CHOICE(4, "De acuerdo"),
        CHOICE(5, "Muy de acuerdo"),
        NOT_HERE("No corresponde"),
        REFUSED,
    };
    fixture *f = *state;
    /* the title is given as it is drawn: the drawing cuts it two letters earlier than
     * the two English ones beside it are cut */
    att_view view =
        question("Relación y cone...", ATT_SHAPE_PICK_ONE,
                 "Mi equipo de atención me habla con la verdad, aun cuando es "
                 "difícil.");
    drawing d = expand(f, "spanish");
    att_widget *w;
    att_layout l;

    view.language = "es";
    place(&view, 5, 20, 20);
    offer(&view, options, 7, 5);
    w = att_widget_open(&f->arena, &att_words_es, &view);
    press(w, "4");
    l = draw(f, w, d.width, d.height);
    compare(f, "spanish", &d, &l, d.height - 1);
    assert_string_equal(row_text(&f->arena, &l.row[11]), "  ? ayuda   Enter sigue");
}

/* The row that holds a text, or 0. */
static size_t find_row(fixture *f, const att_layout *l, const char *part)
{
    size_t i;

    for (i = 0; i < l->height; i++) {
        if (strstr(row_text(&f->arena, &l->row[i]), part) != NULL) {
            return i + 1;
        }
    }
    return 0;
}

static void assert_row(fixture *f, const att_layout *l, size_t row, const char *wanted)
{
    assert_string_equal(row_text(&f->arena, &l->row[row - 1]), wanted);
}

/* Draws and tells the widget what was seen, as the face does. */
static att_layout draw_on(fixture *f, att_widget *w, size_t width, size_t height)
{
    att_layout l = draw(f, w, width, height);

    w->seen = l.seen;
    return l;
}

/* ---- from right to left ---- */

static const att_option agree_capitals[] = {
    CHOICE(1, "STRONGLY DISAGREE"),
    CHOICE(2, "DISAGREE"),
    CHOICE(3, "NOT SURE"),
    CHOICE(4, "AGREE"),
    CHOICE(5, "STRONGLY AGREE"),
    NOT_HERE("DOES NOT APPLY"),
    REFUSED,
};

/* A question in Arabic; CAPITALS stand for its letters. */
static att_widget *open_arabic(fixture *f, const att_view *view, const att_words *words)
{
    att_widget *plain = att_widget_open(&f->arena, &att_words_en, view);
    att_widget turned_one = arabic_widget(&f->arena, plain);

    return att_widget_open(&f->arena, words, &turned_one.view);
}

static att_view arabic_likert(void)
{
    att_view view =
        question("RELATIONSHIP & EMOTIONAL CONNECTION SCALE", ATT_SHAPE_PICK_ONE,
                 "TEAM BLUE IS HONEST WITH ME, EVEN WHEN IT IS HARD.");

    place(&view, 5, 20, 20);
    offer(&view, agree_capitals, 7, 5);
    return view;
}

static void right_to_left_is_as_drawn(void **state)
{
    fixture *f = *state;
    att_view view = arabic_likert();
    drawing d = expand(f, "right-to-left");
    att_widget *w = open_arabic(f, &view, arabic_words(&f->arena));
    att_layout l;
    size_t i;

    press(w, "4");
    for (i = 0; i < d.height; i++) {
        d.row[i] = arabic(&f->arena, d.row[i]);
    }
    l = draw(f, w, d.width, d.height);
    compare(f, "right-to-left", &d, &l, d.height - 1); /* no hints are drawn */
}

static void assert_arabic_row(fixture *f, const att_layout *l, size_t row,
                              const char *wanted)
{
    assert_string_equal(row_text(&f->arena, &l->row[row - 1]),
                        arabic(&f->arena, wanted));
}

static void a_terminal_that_turns_words_gets_them_as_read(void **state)
{
    fixture *f = *state;
    att_view view = arabic_likert();
    att_widget *w = open_arabic(f, &view, arabic_words(&f->arena));
    att_layout l;

    press(w, "4");
    f->bidi = ATT_BIDI_TERMINAL;
    l = draw(f, w, 40, 12);
    assert_arabic_row(f, &l, 2, "     TEAM BLUE IS HONEST WITH ME, EVEN");
    assert_arabic_row(f, &l, 8, "                          AGREE  4 (*) <");
    assert_int_equal(l.cursor_column, 37);
    f->bidi = ATT_BIDI_OFF;
    l = draw(f, w, 40, 12);
    assert_arabic_row(f, &l, 2, "  TEAM BLUE IS HONEST WITH ME, EVEN");
    assert_arabic_row(f, &l, 8, "> (*) 4  AGREE");
    assert_int_equal(l.cursor_column, 4);
    assert_false(l.seen.is_mirrored);
}

/* No table of Arabic words is there: English ones stand on the right, and read on. */
static void english_words_keep_their_order_in_an_arabic_screen(void **state)
{
    fixture *f = *state;
    att_view view = arabic_likert();
    att_widget *w;
    att_layout l;

    view.required = ATT_REQUIRED_HARD;
    w = open_arabic(f, &view, &att_words_en);
    press(w, "\r");
    l = draw(f, w, 80, 24);
    assert_string_equal(row_text(&f->arena, &(att_screen_row){ l.row[0].span + 1, 1 }),
                        "  question 5 of 20");
    w->refusal.code = ATT_REFUSAL_REQUIRED;
    l = draw(f, w, 80, 24);
    assert_int_not_equal(find_row(f, &l, "! No answer yet. Press 1 to 5, n or r."), 0);
    assert_int_not_equal(find_row(f, &l, "Ctrl-C leave   PgUp back"), 0);
    w->mode = ATT_MODE_HELP;
    l = draw(f, w, 80, 24);
    assert_int_not_equal(
        find_row(f, &l, " saves the answer and goes on    Enter, PgDn, Ctrl-N"), 0);
}

static void a_box_grows_to_the_left_and_arrows_follow_the_eye(void **state)
{
    static const struct step {
        int key;
        size_t column, caret;
    } steps[] = {
        /* "AB c1 D" is drawn "D c1 BA": A in column 78, D in 72 */
        { ATT_KEY_NONE, 71, 10 }, { ATT_KEY_LEFT, 71, 10 }, { ATT_KEY_RIGHT, 72, 8 },
        { ATT_KEY_RIGHT, 73, 7 }, { ATT_KEY_RIGHT, 74, 5 }, { ATT_KEY_RIGHT, 75, 6 },
        { ATT_KEY_RIGHT, 76, 4 }, { ATT_KEY_RIGHT, 77, 2 }, { ATT_KEY_RIGHT, 78, 0 },
        { ATT_KEY_RIGHT, 78, 0 }, { ATT_KEY_LEFT, 77, 2 },  { ATT_KEY_END, 71, 10 },
        { ATT_KEY_HOME, 78, 0 },
    };
    fixture *f = *state;
    att_view view = question("SHORT", ATT_SHAPE_TEXT, "NAME?");
    att_event event;
    att_widget *w;
    size_t i;

    place(&view, 1, 1, 1);
    w = open_arabic(f, &view, &att_words_en);
    att_edit_set(&f->arena, &w->edit, "\xD8\xA1\xD8\xA2 c1 \xD8\xA4");
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        att_layout l;

        if (steps[i].key != ATT_KEY_NONE) {
            att_widget_key(w, steps[i].key, &event);
        }
        l = draw_on(f, w, 80, 24);
        assert_int_equal(w->edit.caret, steps[i].caret);
        assert_int_equal(l.cursor_column, steps[i].column);
    }
    att_widget_key(w, ATT_KEY_RIGHT, &event);
    att_widget_key(w, ATT_KEY_BACKSPACE, &event); /* nothing stands before A */
    assert_int_equal(w->edit.n, 10);
}

static void arrows_pass_from_line_to_line_of_a_box(void **state)
{
    fixture *f = *state;
    att_view view = question("SHORT", ATT_SHAPE_TEXT, "NAME?");
    att_event event;
    att_widget *w;
    att_layout l;

    view.is_long = true;
    place(&view, 1, 1, 1);
    w = open_arabic(f, &view, &att_words_en);
    att_edit_set(&f->arena, &w->edit, "\xD8\xA1\n\n\xD8\xA2");
    l = draw_on(f, w, 80, 24);
    assert_int_equal(l.cursor_column, 77);
    att_widget_key(w, ATT_KEY_RIGHT, &event); /* on the last letter */
    att_widget_key(w, ATT_KEY_RIGHT, &event); /* the empty line */
    assert_int_equal(w->edit.caret, 3);
    l = draw_on(f, w, 80, 24);
    assert_int_equal(l.cursor_column, 78);
    att_widget_key(w, ATT_KEY_RIGHT, &event); /* behind the first line */
    assert_int_equal(w->edit.caret, 2);
    att_widget_key(w, ATT_KEY_LEFT, &event);
    att_widget_key(w, ATT_KEY_LEFT, &event);
    assert_int_equal(w->edit.caret, 4);
}

static void marks_stay_on_the_letters_they_are_written_over(void **state)
{
    fixture *f = *state;
    /* alef, fatha; beh; the mark follows its letter also in the order of the eye */
    att_view view = question("\xD8\xA7\xD9\x8E\xD8\xA8", ATT_SHAPE_TEXT, "?");
    att_widget *w;
    att_layout l;

    view.is_rtl = true;
    w = att_widget_open(&f->arena, &att_words_en, &view);
    l = draw(f, w, 80, 24);
    assert_string_equal(l.row[0].span[0].text, "\xD8\xA8\xD8\xA7\xD9\x8E");
    assert_int_equal(l.row[0].span[0].column, 77);
}

static void sliders_and_grids_follow_the_eye_from_right_to_left(void **state)
{
    fixture *f = *state;
    att_view view = grid_view();
    att_event event;
    att_widget *w;
    att_layout l;

    view.is_rtl = true;
    w = att_widget_open(&f->arena, &att_words_en, &view);
    l = draw_on(f, w, 80, 24);
    press(w, "1");
    l = draw_on(f, w, 80, 24);
    att_widget_key(w, ATT_KEY_LEFT, &event);
    assert_int_equal(att_widget_marked(w, 0), 2);
    assert_true(draw(f, w, 80, 24).cursor_column < l.cursor_column);

    view = question("SHORT", ATT_SHAPE_SLIDER, "HOW?");
    view.is_rtl = true;
    view.low = 0;
    view.high = 100;
    view.step = 1;
    w = att_widget_open(&f->arena, &att_words_en, &view);
    draw_on(f, w, 80, 24);
    press(w, "50");
    l = draw_on(f, w, 80, 24);
    att_widget_key(w, ATT_KEY_LEFT, &event);
    assert_string_equal(w->edit.text, "51");
    att_widget_key(w, ATT_KEY_UP, &event);
    assert_string_equal(w->edit.text, "61");
    assert_true(draw(f, w, 80, 24).cursor_column < l.cursor_column);
}

static void typed_days_and_times_keep_their_order(void **state)
{
    static const struct field {
        att_shape shape;
        const char *typed, *drawn;
    } fields[] = {
        { ATT_SHAPE_DATE, "2026-09-14", "2026-09-14 Year-month-day: <" },
        { ATT_SHAPE_NUMBER, "-4.5", "-4.5 Number: <" },
        { ATT_SHAPE_DATETIME, "2026-09-14 14:30", "2026-09-14 14:30 " },
    };
    fixture *f = *state;
    size_t i;

    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        att_view view = question("SHORT", fields[i].shape, "WHEN?");
        att_widget *w;
        att_layout l;

        view.is_rtl = true;
        w = att_widget_open(&f->arena, &att_words_en, &view);
        att_edit_set(&f->arena, &w->edit, fields[i].typed);
        l = draw(f, w, 80, 24);
        assert_int_not_equal(find_row(f, &l, fields[i].drawn), 0);
    }
}

/* ---- what the drawings cannot say ---- */

static const att_option *many_options(fixture *f, size_t n)
{
    att_option *options = att_new_n(&f->arena, att_option, n);
    size_t i;

    for (i = 0; i < n; i++) {
        options[i].number = options[i].code = (int)i + 1;
        options[i].text = "Choice";
    }
    return options;
}

static void a_long_list_keeps_its_question_in_view(void **state)
{
    fixture *f = *state;
    att_view view = question(RECS, ATT_SHAPE_PICK_ONE, "Which one?");
    att_widget *w;
    att_layout l;

    place(&view, 5, 20, 20);
    offer(&view, many_options(f, 30), 30, 30);
    w = open_view(f, &view);
    l = draw_on(f, w, 80, 24);
    assert_row(f, &l, 3, "  Which one?");
    assert_row(f, &l, 5, "> ( )  1  Choice");
    assert_row(f, &l, 23, "  12 more below");
    press(w, "25");
    l = draw_on(f, w, 80, 24);
    assert_row(f, &l, 3, "  Which one?");
    assert_row(f, &l, 5, "  8 more above");
    assert_row(f, &l, 22, "> (*) 25  Choice");
    assert_row(f, &l, 23, "  5 more below");
    press(w, "x30");
    l = draw_on(f, w, 80, 24);
    assert_row(f, &l, 23, "> (*) 30  Choice");
    assert_int_equal(l.cursor_row, 23);
}

static void a_long_question_scrolls_and_enter_turns_its_pages(void **state)
{
    fixture *f = *state;
    att_view view = start_view();
    att_widget *w = open_view(f, &view);
    att_layout l = draw_on(f, w, 40, 12);

    assert_row(f, &l, 2, "  ! Draft measure. Not validated.");
    assert_row(f, &l, 11, "  7 more below");
    assert_int_equal(l.cursor_row, 11);
    press(w, "\r");
    l = draw_on(f, w, 40, 12);
    assert_row(f, &l, 9, "> ( ) 1  Yes, I agree to take part");
    assert_int_equal(l.cursor_row, 9);
    assert_int_equal(l.cursor_column, 4);
    press(w, "\r"); /* now it asks, and what it says is in sight */
    l = draw_on(f, w, 40, 12);
    assert_int_not_equal(find_row(f, &l, "! No answer yet."), 0);
    assert_int_not_equal(find_row(f, &l, "> ( ) 1  Yes"), 0);
}

static void the_question_and_help_are_the_last_to_go(void **state)
{
    fixture *f = *state;
    att_view view = likert_view();
    att_widget *w = open_view(f, &view);
    size_t height;

    press(w, "4");
    for (height = 40; height >= 10; height--) {
        att_layout l = draw(f, w, 80, height);
        bool has_stem = find_row(f, &l, "Now think about") > 0;
        bool has_gap =
            row_text(&f->arena, &l.row[find_row(f, &l, "( ) n  ") - 2])[0] == '\0';

        assert_int_not_equal(find_row(f, &l, "Team Blue is honest with me"), 0);
        assert_int_not_equal(find_row(f, &l, "> (*) 4  Agree"), 0);
        assert_int_equal(find_row(f, &l, "? help"), height);
        assert_true(has_stem || l.has_title || height < 12);
        assert_true(has_stem || !has_gap);
    }
    for (height = 80; height >= 40; height--) { /* as a width */
        att_layout l = draw(f, w, height, 24);

        assert_int_equal(find_row(f, &l, "? help   Enter next"), 24);
    }
}

static void names_behind_stand_below_and_all_are_counted(void **state)
{
    static const att_view_name names[] = { { 1, "MJ" }, { 3, "Lu" } };
    fixture *f = *state;
    att_view view = names_view();
    att_layout l;

    view.name_at = 2;
    view.name_of = 3;
    view.names = names;
    view.n_named = 3;
    view.answer = att_answer_of_text("Sam");
    l = draw(f, open_view(f, &view), 80, 24);
    assert_row(f, &l, 9, "  1: MJ");
    assert_row(f, &l, 10, "> 2: Sam");
    assert_row(f, &l, 11, "  3: Lu");
    assert_row(f, &l, 13, "  3 of 3 named.");
    assert_int_equal(l.cursor_row, 10);
    assert_int_equal(l.cursor_column, 9);
}

static void a_grid_that_does_not_fit_is_asked_row_by_row(void **state)
{
    static const struct size {
        size_t width, height;
        bool is_whole;
    } sizes[] = {
        { 80, 24, true }, { 132, 24, true }, { 80, 19, true },  { 80, 16, false },
        { 75, 24, true }, { 74, 24, false }, { 40, 24, false },
    };
    fixture *f = *state;
    att_view view = grid_view();
    att_widget *w = open_view(f, &view);
    size_t i;

    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        att_layout l = draw(f, w, sizes[i].width, sizes[i].height);

        assert_int_equal(!l.seen.is_listed, sizes[i].is_whole);
        assert_int_equal(find_row(f, &l, "Row 1 of 3.") == 0, sizes[i].is_whole);
        assert_int_equal(find_row(f, &l, "stood by") != 0, sizes[i].is_whole);
    }
    {
        att_layout l = draw(f, w, 80, 16); /* nothing is left of the columns */

        assert_row(f, &l, 7, "> ( ) 0  Not at all");
        assert_row(f, &l, 10, "  ( ) 3  About once a week");
    }
    view.options = agree; /* "disagree" is too wide a word for columns of eight */
    w = open_view(f, &view);
    assert_true(draw(f, w, 80, 24).seen.is_listed);
}

static void a_text_box_scrolls_with_its_caret(void **state)
{
    fixture *f = *state;
    att_view view = question("Short", ATT_SHAPE_TEXT, "Anything else?");
    att_widget *w;
    att_layout l;
    size_t i;

    view.is_long = true;
    view.max_length = 500;
    place(&view, 1, 1, 1);
    w = open_view(f, &view);
    for (i = 0; i < 40; i++) {
        press(w, "line\r");
    }
    l = draw_on(f, w, 80, 24);
    assert_row(f, &l, 3, "  Anything else?");
    assert_row(f, &l, 23, "  200 of 500 characters");
    assert_int_equal(l.cursor_row, 21);
    assert_int_equal(l.cursor_column, 3);
    press(w, "x");
    l = draw_on(f, w, 80, 24);
    assert_row(f, &l, 21, "  x");
}

static void wide_letters_take_two_columns(void **state)
{
    fixture *f = *state;
    att_view view = question("Short", ATT_SHAPE_TEXT, "Name?");
    att_widget *w;
    att_event event;
    att_layout l;

    place(&view, 1, 1, 1);
    w = open_view(f, &view);
    att_widget_key(w, 0x6F22, &event);
    att_widget_key(w, 'e', &event);
    att_widget_key(w, 0x301, &event);
    l = draw(f, w, 80, 24);
    assert_int_equal(l.cursor_column, 6);
}

static void control_bytes_are_tamed_wherever_they_stand(void **state)
{
    static const char bad[] = "a\033[2Jb\007\302\233c\r";
    static const att_option options[] = {
        { .number = 1, .code = 1, .text = bad },
        { .letter = 'r', .code = -8, .reason = ATT_REASON_REFUSED, .text = bad },
    };
    static const att_review_row review[] = { { 1, bad, bad, { 0 }, bad, false } };
    fixture *f = *state;
    att_row rows[] = { { .item = 8, .text = bad } };
    int screen, shape, mode;

    for (screen = 0; screen <= ATT_SCREEN_LEFT; screen++) {
        for (shape = 0; shape <= ATT_SHAPE_SLIDER; shape++) {
            for (mode = 0; mode <= ATT_MODE_PIN; mode++) {
                att_view view = question(bad, (att_shape)shape, bad);
                att_refusal refusal = { ATT_REFUSAL_WARN, 1, 1, 1, bad };
                att_widget *w;
                att_layout l;
                size_t i, j;

                view.screen = (att_screen)screen;
                view.section = view.stem = view.brief = view.help = bad;
                view.purpose = view.version = view.newer = view.licence = bad;
                view.authors = view.session = view.language = bad;
                view.anchors[0] = view.anchors[1] = bad;
                view.rows = rows;
                view.n_rows = screen == ATT_SCREEN_GRID ? 1 : 0;
                view.review = review;
                view.n_review = screen == ATT_SCREEN_REVIEW ? 1 : 0;
                view.answer = att_answer_of_text(bad);
                offer(&view, options, 2, 1);
                w = open_view(f, &view);
                att_widget_refuse(w, &refusal);
                w->mode = (att_mode)mode;
                l = draw(f, w, 80, 24);
                for (i = 0; i < l.height; i++) {
                    for (j = 0; j < l.row[i].n; j++) {
                        assert_true(att_text_is_tame(l.row[i].span[j].text));
                        assert_null(strchr(l.row[i].span[j].text, '\n'));
                    }
                }
            }
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

ATT_TEST_MAIN(cmocka_unit_test(the_golden_drawings_are_those_of_the_document),
              TEST(the_start_is_as_drawn), TEST(one_choice_is_as_drawn),
              TEST(the_time_left_stands_where_the_title_has_room),
              TEST(a_locked_kiosk_is_as_drawn), TEST(an_exclusive_choice_is_as_drawn),
              TEST(an_order_is_as_drawn), TEST(a_grid_is_as_drawn),
              TEST(a_search_is_as_drawn), TEST(a_slider_is_as_drawn),
              TEST(a_list_of_names_is_as_drawn),
              TEST(a_question_about_a_person_is_as_drawn),
              TEST(names_behind_stand_below_and_all_are_counted),
              TEST(numbers_and_their_messages_are_as_drawn),
              TEST(a_long_text_is_as_drawn), TEST(a_date_is_as_drawn),
              TEST(the_review_is_as_drawn), TEST(the_end_is_as_drawn),
              TEST(coming_back_is_as_drawn), TEST(a_small_window_says_so),
              TEST(spanish_is_as_drawn_but_for_hints), TEST(right_to_left_is_as_drawn),
              TEST(a_terminal_that_turns_words_gets_them_as_read),
              TEST(english_words_keep_their_order_in_an_arabic_screen),
              TEST(a_box_grows_to_the_left_and_arrows_follow_the_eye),
              TEST(arrows_pass_from_line_to_line_of_a_box),
              TEST(marks_stay_on_the_letters_they_are_written_over),
              TEST(sliders_and_grids_follow_the_eye_from_right_to_left),
              TEST(typed_days_and_times_keep_their_order),
              TEST(a_long_list_keeps_its_question_in_view),
              TEST(a_long_question_scrolls_and_enter_turns_its_pages),
              TEST(the_question_and_help_are_the_last_to_go),
              TEST(a_grid_that_does_not_fit_is_asked_row_by_row),
              TEST(a_text_box_scrolls_with_its_caret),
              TEST(wide_letters_take_two_columns),
              TEST(control_bytes_are_tamed_wherever_they_stand))
