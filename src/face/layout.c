/* layout.c - what is where on a screen: questions and their answers; see the header
 *
 * The screens around them (start, review, help, leave, finished) are in
 * layout_around.c, grids in layout_grid.c.
 */
#include "layout_in.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#include "phrase.h"

#define TRACK_WIDE   51 /* places for the handle; the closing bar comes after them */
#define TRACK_NARROW 31

/* ---- small helps ---- */

const char *att_draw_tame(const att_drawing *d, const char *text)
{
    att_buf tame = { 0 };
    char *copy;

    if (text == NULL) {
        return "";
    }
    att_text_tame(&tame, text);
    copy = att_buf_copy(d->arena, &tame);
    att_buf_drop(&tame);
    return copy;
}

const char *att_draw_row_text(const att_drawing *d, const char *text)
{
    char *copy = att_arena_text(d->arena, att_draw_tame(d, text));
    char *p;

    for (p = copy; *p != '\0'; p++) {
        *p = *p == '\n' ? ' ' : *p;
    }
    return copy;
}

const char *att_draw_number(const att_drawing *d, double x)
{
    att_buf text = { 0 };
    char *copy;

    if (isfinite(x)) {
        att_number_write(&text, x);
    }
    copy = att_buf_copy(d->arena, &text);
    att_buf_drop(&text);
    return copy;
}

const char *att_draw_say(const att_drawing *d, att_word word, const char *a,
                         const char *b, const char *c)
{
    const char *args[3] = { a, b, c };
    size_t n = c != NULL ? 3 : b != NULL ? 2 : a != NULL ? 1 : 0;

    return att_draw_tame(d, att_say_text(d->arena, d->words, word, args, n));
}

void att_draw_gap(att_drawing *d, att_part part)
{
    if (d->page.n > 0 && !d->page.line[d->page.n - 1].is_gap) {
        att_page_gap(&d->page, part);
    }
}

void att_draw_alert(att_drawing *d, const char *text)
{
    att_lines lines = att_text_wrap(
        d->arena, att_arena_format(d->arena, "! %s", att_draw_tame(d, text)), d->text);
    size_t i;

    d->page.side = ATT_SIDE_WORDS;
    for (i = 0; i < lines.n; i++) {
        const char *line = lines.line[i];
        size_t n = strlen(line);

        att_page_add(&d->page, ATT_PART_TAIL);
        if (i == 0 && n > 2) {
            n = 2 + strcspn(line + 2, " ");
            att_page_put(&d->page, 3, att_arena_text_n(d->arena, line, n),
                         ATT_PAINT_ALERT);
            att_page_put(&d->page, 3 + att_text_width_n(line, n), line + n,
                         ATT_PAINT_TEXT);
        } else {
            att_page_put(&d->page, 3, line, ATT_PAINT_TEXT);
        }
    }
    d->page.side = ATT_SIDE_LANGUAGE;
}

void att_draw_words(att_drawing *d, att_part part, const char *text, size_t width,
                    att_paint paint)
{
    d->page.side = ATT_SIDE_WORDS;
    att_page_text(&d->page, part, text, width, paint);
    d->page.side = ATT_SIDE_LANGUAGE;
}

/* A label in the face's words, on the last line. */
static void put_label(att_drawing *d, const char *label)
{
    d->page.side = ATT_SIDE_WORDS;
    att_page_put(&d->page, 3, label, ATT_PAINT_TEXT);
    d->page.side = ATT_SIDE_LANGUAGE;
}

/* What is typed as digits, on the last line. */
static void put_digits(att_drawing *d, size_t column, const char *text)
{
    d->page.side = ATT_SIDE_LEFT;
    att_page_put(&d->page, column, text, ATT_PAINT_FIELD);
    d->page.side = ATT_SIDE_LANGUAGE;
}

void att_draw_message(att_drawing *d)
{
    size_t i;

    if (d->w->refusal.code == ATT_REFUSAL_NONE) {
        return;
    }
    att_draw_gap(d, ATT_PART_TAIL);
    i = d->page.n;
    att_draw_alert(d, att_say_refusal(d->arena, d->words, d->view, &d->w->refusal));
    for (; i < d->page.n; i++) {
        d->page.line[i].is_message = true;
    }
}

/* ---- choices ---- */

const char *att_draw_option_text(const att_drawing *d, const att_option *option)
{
    bool is_said = option->text != NULL && option->text[0] != '\0';

    if (!is_said && option->reason != ATT_REASON_NONE) {
        return att_say_reason(d->words, option->reason);
    }
    return att_draw_tame(d, option->text);
}

static const char *option_key(const att_drawing *d, const att_option *option)
{
    return option->letter != 0 ? att_arena_format(d->arena, "%c", option->letter)
                               : att_draw_number(d, option->number);
}

static size_t key_width(const att_drawing *d)
{
    size_t width = 1;
    size_t i;

    for (i = 0; i < d->view->n_options; i++) {
        size_t w = strlen(option_key(d, &d->view->options[i]));

        width = w > width ? w : width;
    }
    return width;
}

void att_draw_option(att_drawing *d, const att_choice_line *choice)
{
    size_t key = choice->key_width;
    size_t column = 3 + att_text_width(choice->mark) + 1 + (key > 0 ? key + 2 : 0);
    size_t left = d->width > column ? d->width - 1 - column : 1;
    att_lines lines = att_text_wrap(d->arena, choice->text, left);
    size_t i;

    for (i = 0; i == 0 || i < lines.n; i++) {
        att_page_line *line = att_page_add(&d->page, ATT_PART_LIST);

        line->entry = choice->entry;
        if (i == 0) {
            line->cursor = choice->is_focused ? 4 : 0;
            if (choice->is_focused) {
                att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
            }
            att_page_put(&d->page, 3,
                         key == 0 ? choice->mark
                                  : att_arena_format(d->arena, "%s %*s", choice->mark,
                                                     (int)key, choice->key),
                         choice->is_focused ? ATT_PAINT_FOCUS : ATT_PAINT_TEXT);
        }
        if (lines.n > 0) {
            att_page_put(&d->page, column, lines.line[i], ATT_PAINT_TEXT);
        }
    }
}

/* Choices from..n-1 with their marks; a blank row before reasons when there are two. */
static void draw_options(att_drawing *d, bool has_focus)
{
    const att_view *view = d->view;
    bool is_many =
        view->screen == ATT_SCREEN_QUESTION && view->shape == ATT_SHAPE_PICK_MANY;
    size_t marked = att_widget_marked(d->w, d->w->row);
    size_t key = key_width(d);
    size_t i;

    for (i = 0; i < view->n_options; i++) {
        const att_option *option = &view->options[i];
        bool is_on = is_many ? d->w->many.on[i] : marked == i;
        const char *mark = is_many ? (is_on ? "[x]" : "[ ]") : (is_on ? "(*)" : "( )");
        att_choice_line line = { mark, option_key(d, option),
                                 key,  att_draw_option_text(d, option),
                                 i,    has_focus && d->w->focus == i };

        if (d->w->is_finding && !att_widget_is_found(d->w, i)) {
            continue;
        }
        if (i == view->n_choices && i > 0 && view->n_options - i >= 2) {
            att_draw_gap(d, ATT_PART_LIST);
        }
        att_draw_option(d, &line);
    }
}

/* The stem above a question; in a grid that is asked row by row, which row. */
static void draw_stem(att_drawing *d, bool is_row)
{
    const att_view *view = d->view;
    bool is_brief = d->is_narrow && view->brief != NULL && view->brief[0] != '\0';
    const char *stem = att_draw_tame(d, is_brief ? view->brief : view->stem);
    const char *person =
        att_draw_row_text(d, att_phrase_person(d->arena, d->words, view));

    if (is_row) {
        const char *row =
            att_draw_say(d, ATT_SAY_ROW_OF, att_draw_number(d, (double)(d->w->row + 1)),
                         att_draw_number(d, (double)view->n_rows), NULL);

        if (d->view->is_rtl != d->words->is_rtl) {
            /* two languages that run towards each other */
            att_page_text(&d->page, ATT_PART_STEM, stem, d->text + 1, ATT_PAINT_QUIET);
            att_draw_words(d, ATT_PART_STEM, row, d->text + 1, ATT_PAINT_QUIET);
            att_draw_gap(d, ATT_PART_STEM);
            return;
        }
        stem = stem[0] != '\0' ? att_arena_format(d->arena, "%s %s", stem, row) : row;
    }
    if (person[0] != '\0') {
        att_page_text(&d->page, ATT_PART_STEM, person, d->text, ATT_PAINT_QUIET);
        att_draw_gap(d, ATT_PART_STEM);
    }
    if (stem[0] == '\0') {
        return;
    }
    /* the stem may use one column more: docs/SCREENS.md, small-grid */
    att_page_text(&d->page, ATT_PART_STEM, stem, d->text + 1, ATT_PAINT_QUIET);
    att_draw_gap(d, ATT_PART_STEM);
}

static void draw_question(att_drawing *d, const char *text)
{
    att_page_text(&d->page, ATT_PART_HEAD, att_draw_tame(d, text), d->text,
                  d->view->is_consent ? ATT_PAINT_TEXT : ATT_PAINT_QUESTION);
    att_draw_gap(d, ATT_PART_HEAD);
}

/* What is looked for, and how much was found; the cursor stays on the choices. */
static void draw_search(att_drawing *d)
{
    const char *label = d->words->word[ATT_SAY_SEARCH_LABEL];
    size_t column = 3 + att_text_width(label) + 1;
    size_t n = att_widget_n_found(d->w);
    att_page_line *line = att_page_add(&d->page, ATT_PART_HEAD);

    line->cursor =
        n == 0 ? column + att_text_width_n(d->w->find.text, d->w->find.caret) : 0;
    put_label(d, label);
    att_page_put(&d->page, column, att_draw_tame(d, d->w->find.text), ATT_PAINT_FIELD);
    att_draw_words(d, ATT_PART_HEAD,
                   att_draw_say(d, ATT_SAY_SEARCH_MATCH, att_draw_number(d, (double)n),
                                att_draw_number(d, (double)d->view->n_choices), NULL),
                   d->text, ATT_PAINT_QUIET);
}

static void draw_one(att_drawing *d)
{
    if (d->w->is_finding) {
        draw_search(d);
    }
    draw_options(d, true);
    att_draw_message(d);
}

static void draw_count(att_drawing *d)
{
    const att_marks *m = &d->w->many;
    const char *text = "";
    size_t n = 0;
    size_t i;

    for (i = 0; i < d->view->n_options; i++) {
        n += m->on[i] ? 1 : 0;
    }
    if (n == 0) {
        return;
    }
    text = att_draw_say(d, ATT_SAY_N_MARKED, att_draw_number(d, (double)n), NULL, NULL);
    if (m->cleared_by != ATT_NONE && m->n_cleared > 0) {
        const att_option *by = &d->view->options[m->cleared_by];
        const char *what = att_draw_row_text(d, att_draw_option_text(d, by));
        const char *count = att_draw_number(d, (double)m->n_cleared);
        const char *key = option_key(d, by);

        text = att_arena_format(
            d->arena, "%s %s", text,
            m->n_cleared == 1
                ? att_draw_say(d, ATT_SAY_CLEARED_ONE, what, key, NULL)
                : att_draw_say(d, ATT_SAY_CLEARED_MANY, what, count, key));
    } else if (m->put_out != ATT_NONE) {
        const att_option *out = &d->view->options[m->put_out];

        text = att_arena_format(
            d->arena, "%s %s", text,
            att_draw_say(d, ATT_SAY_CLEARED_EXCLUSIVE,
                         att_draw_row_text(d, att_draw_option_text(d, out)), NULL,
                         NULL));
    }
    att_draw_gap(d, ATT_PART_TAIL);
    att_draw_words(d, ATT_PART_TAIL, text, d->text + 1, ATT_PAINT_QUIET);
}

/* Places instead of marks; reasons below, with their letters. */
static void draw_places(att_drawing *d)
{
    const att_view *view = d->view;
    int digits = (int)strlen(att_draw_number(d, (double)view->n_ranks));
    size_t i;

    for (i = 0; i < view->n_options; i++) {
        const att_option *option = &view->options[i];
        bool is_reason = option->reason != ATT_REASON_NONE;
        const char *place =
            d->w->place[i] > 0 ? att_draw_number(d, (double)d->w->place[i]) : "";
        att_choice_line line = { .mark = d->w->mark == i ? "(*)" : "( )",
                                 .key = option_key(d, option),
                                 .key_width = is_reason ? 1 : 0,
                                 .text = att_draw_option_text(d, option),
                                 .entry = i,
                                 .is_focused = d->w->focus == i };

        if (!is_reason) {
            line.mark = att_arena_format(d->arena, "[%*s]", digits, place);
        }
        if (d->w->is_finding && !att_widget_is_found(d->w, i)) {
            continue;
        }
        if (i == view->n_choices && i > 0) {
            att_draw_gap(d, ATT_PART_LIST);
        }
        att_draw_option(d, &line);
    }
}

static void draw_rank(att_drawing *d)
{
    size_t next = att_widget_free_place(d->w);
    const char *text = att_draw_say(
        d, ATT_SAY_N_PLACED, att_draw_number(d, (double)att_widget_n_placed(d->w)),
        att_draw_number(d, (double)d->view->n_ranks), NULL);

    if (d->w->is_finding) {
        draw_search(d);
    }
    draw_places(d);
    if (next > 0) {
        text = att_arena_format(d->arena, "%s %s", text,
                                att_draw_say(d, ATT_SAY_PLACE_NEXT,
                                             att_draw_number(d, (double)next), NULL,
                                             NULL));
    }
    att_draw_gap(d, ATT_PART_TAIL);
    att_draw_words(d, ATT_PART_TAIL, text, d->text + 1, ATT_PAINT_QUIET);
    att_draw_message(d);
}

static void draw_many(att_drawing *d)
{
    if (d->w->is_finding) {
        draw_search(d);
    }
    draw_options(d, true);
    draw_count(d);
    att_draw_message(d);
}

/* ---- numbers and dates ---- */

/* What may be below any typed answer: the message, then the reasons. */
static void draw_below(att_drawing *d)
{
    att_draw_message(d);
    if (d->view->n_options > 0) {
        att_draw_gap(d, ATT_PART_TAIL);
        draw_options(d, d->w->is_in_list);
    }
}

static const char *range_words(const att_drawing *d)
{
    static const att_word word[2][4] = {
        { ATT_SAY_RANGE_ANY, ATT_SAY_RANGE_FROM, ATT_SAY_RANGE_TO, ATT_SAY_RANGE },
        { ATT_SAY_RANGE_WHOLE_ANY, ATT_SAY_RANGE_WHOLE_FROM, ATT_SAY_RANGE_WHOLE_TO,
          ATT_SAY_RANGE_WHOLE },
    };
    const att_view *view = d->view;
    bool has_low = isfinite(view->low);
    bool has_high = isfinite(view->high);
    const char *low = att_draw_number(d, view->low);
    const char *high = att_draw_number(d, view->high);

    return att_draw_say(
        d, word[view->is_whole ? 1 : 0][(has_low ? 1 : 0) + (has_high ? 2 : 0)],
        has_low ? low : high, has_low && has_high ? high : NULL, NULL);
}

static const char *day_words(const att_drawing *d, att_day day)
{
    char text[ATT_DAY_SIZE];

    att_day_write(text, day);
    return att_arena_text(d->arena, text);
}

static const char *date_words(const att_drawing *d)
{
    const att_view *view = d->view;
    const char *first = day_words(d, view->first_day);
    const char *last = day_words(d, view->last_day);
    const char *range = "";
    att_day day = 0;

    if (view->has_last_day && view->last_day == view->today) {
        last = att_draw_say(d, ATT_SAY_TODAY, last, NULL, NULL);
    }
    if (view->has_first_day && view->has_last_day) {
        range = att_draw_say(d, ATT_SAY_DATE_FROM_TO, first, last, NULL);
    } else if (view->has_first_day) {
        range = att_draw_say(d, ATT_SAY_DATE_FROM, first, NULL, NULL);
    } else if (view->has_last_day) {
        range = att_draw_say(d, ATT_SAY_DATE_TO, last, NULL, NULL);
    }
    /* of a datetime the day stands in front */
    if (d->w->edit.n < ATT_DAY_SIZE - 1 ||
        (view->shape == ATT_SHAPE_DATE && d->w->edit.n > ATT_DAY_SIZE - 1) ||
        !att_day_read(d->w->edit.text, ATT_DAY_SIZE - 1, &day)) {
        return range;
    }
    return att_arena_format(d->arena, "%s%s%s",
                            att_draw_say(d, ATT_SAY_WEEKDAY_DATE,
                                         d->words->days[att_day_week(day)],
                                         att_draw_long_day(d, day), NULL),
                            range[0] != '\0' ? " " : "", range);
}

static att_word field_label(att_shape shape)
{
    switch (shape) {
    case ATT_SHAPE_DATE: return ATT_SAY_DATE_LABEL;
    case ATT_SHAPE_TIME: return ATT_SAY_TIME_LABEL;
    case ATT_SHAPE_DATETIME: return ATT_SAY_DATETIME_LABEL;
    default: return ATT_SAY_NUMBER_LABEL;
    }
}

static const char *field_words(const att_drawing *d)
{
    switch (d->view->shape) {
    case ATT_SHAPE_DATE:
    case ATT_SHAPE_DATETIME: return date_words(d);
    case ATT_SHAPE_TIME: return att_phrase_times(d->arena, d->words, d->view);
    default: return range_words(d);
    }
}

static void draw_field(att_drawing *d)
{
    const char *label = d->words->word[field_label(d->view->shape)];
    size_t column = 3 + att_text_width(label) + 1;
    bool is_here = !d->w->is_in_list;
    att_page_line *line = att_page_add(&d->page, ATT_PART_HEAD);

    line->cursor = is_here ? column + d->w->edit.caret : 0;
    if (is_here) {
        att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
    }
    put_label(d, label);
    put_digits(d, column, att_draw_tame(d, d->w->edit.text));
    att_draw_words(d, ATT_PART_HEAD, field_words(d), d->text, ATT_PAINT_QUIET);
    draw_below(d);
}

/* ---- the slider ---- */

static void draw_track(att_drawing *d, size_t width)
{
    const att_view *view = d->view;
    char *track = att_arena_alloc(d->arena, width + 2);
    double value = 0;
    size_t at = 0;
    bool has_value = att_widget_value(d->w, &value) && view->high > view->low;
    att_page_line *line = att_page_add(&d->page, ATT_PART_HEAD);

    memset(track, '-', width);
    track[0] = track[width] = '|';
    if (has_value) {
        double share = (value - view->low) / (view->high - view->low);

        share = share < 0 ? 0 : share > 1 ? 1 : share;
        at = (size_t)lround(share * (double)(width - 1));
        track[at] = '*';
    }
    if (!d->w->is_in_list) {
        line->cursor = 3 + at;
        att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
    }
    att_page_put(&d->page, 3, track, ATT_PAINT_TEXT);
    if (has_value && !d->w->is_in_list) {
        att_page_put(&d->page, 3 + at, "*", ATT_PAINT_FOCUS);
    }
}

/* Two texts at the ends of the track; on rows of their own when they do not fit. */
static void draw_ends(att_drawing *d, const char *left, const char *right, size_t width)
{
    size_t n = att_text_width(left);
    size_t m = att_text_width(right);

    if (n == 0 && m == 0) {
        return;
    }
    att_page_add(&d->page, ATT_PART_HEAD);
    if (n + m + 2 > width) {
        att_page_put(&d->page, 3, att_text_cut(d->arena, left, d->text),
                     ATT_PAINT_TEXT);
        att_page_add(&d->page, ATT_PART_HEAD);
        right = att_text_cut(d->arena, right, d->text);
        m = att_text_width(right);
        att_page_put(&d->page, m < width ? 3 + width - m : 3, right, ATT_PAINT_TEXT);
        return;
    }
    att_page_put(&d->page, 3, left, ATT_PAINT_TEXT);
    att_page_put(&d->page, 3 + width - m, right, ATT_PAINT_TEXT);
}

/* The number, then what can be done, beside it. */
static void draw_value(att_drawing *d, const char *value, size_t room)
{
    const char *how =
        att_draw_say(d, ATT_SAY_SLIDER_HOW, att_draw_number(d, d->view->low),
                     att_draw_number(d, d->view->high), NULL);
    size_t column;
    att_lines lines;
    size_t i;

    room = strlen(value) > room ? strlen(value) : room;
    column = 3 + room + 2;
    lines = att_text_wrap(d->arena, how, d->text > room + 2 ? d->text - room - 2 : 1);
    for (i = 0; i < lines.n; i++) {
        att_page_add(&d->page, ATT_PART_HEAD);
        if (i == 0 && value[0] != '\0') {
            put_digits(d, 3, value);
        }
        d->page.side = ATT_SIDE_WORDS;
        att_page_put(&d->page, column, lines.line[i], ATT_PAINT_QUIET);
        d->page.side = ATT_SIDE_LANGUAGE;
    }
}

static void draw_slider(att_drawing *d)
{
    const att_view *view = d->view;
    size_t width = d->is_narrow ? TRACK_NARROW : TRACK_WIDE;
    const char *low = att_draw_number(d, view->low);
    const char *high = att_draw_number(d, view->high);
    const char *value = att_draw_tame(d, d->w->edit.text);
    size_t room = strlen(low) > strlen(high) ? strlen(low) : strlen(high);

    draw_ends(d, att_draw_row_text(d, view->anchors[0]),
              att_draw_row_text(d, view->anchors[1]), width + 1);
    draw_ends(d, low, high, width + 1);
    draw_track(d, width);
    att_draw_gap(d, ATT_PART_HEAD);
    draw_value(d, d->w->mark == ATT_NONE ? value : "", room);
    draw_below(d);
}

/* ---- text boxes ---- */

static void draw_box(att_drawing *d, const char *label)
{
    const att_edit *edit = &d->w->edit;
    size_t column = 3 + strlen(label);
    att_edit_lines lines = att_edit_wrap(d->arena, edit, d->text - strlen(label));
    bool is_here = !d->w->is_in_list;
    size_t i;

    for (i = 0; i < lines.n; i++) {
        const att_edit_line *part = &lines.line[i];
        const char *text =
            att_arena_text_n(d->arena, edit->text + part->from, part->to - part->from);
        att_page_line *line = att_page_add(&d->page, ATT_PART_LIST);

        if (is_here && i == lines.at) {
            line->cursor = column + att_text_width_n(edit->text + part->from,
                                                     edit->caret - part->from);
        }
        if (is_here && i == 0) {
            att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
        }
        if (i == 0 && label[0] != '\0') {
            att_page_put(&d->page, 3, label, ATT_PAINT_TEXT);
        }
        att_page_put(&d->page, column, att_draw_row_text(d, text), ATT_PAINT_FIELD);
    }
}

/* ---- a name of a list: those before it, its box, those behind it ---- */

static const char *name_label(const att_drawing *d, size_t at)
{
    int wide = (int)strlen(att_draw_number(d, (double)d->view->name_of));

    return att_arena_format(d->arena, "%*zu: ", wide, at);
}

static void draw_others(att_drawing *d, bool is_before)
{
    size_t i;

    for (i = 0; i < d->view->n_names; i++) {
        const att_view_name *name = &d->view->names[i];
        const char *label = name_label(d, name->at);
        size_t wide = strlen(label);

        if ((name->at < d->view->name_at) != is_before) {
            continue;
        }
        att_page_add(&d->page, ATT_PART_LIST)->entry = name->at;
        att_page_put(&d->page, 3, label, ATT_PAINT_TEXT);
        att_page_put(
            &d->page, 3 + wide,
            att_text_cut(d->arena, att_draw_row_text(d, name->text), d->text - wide),
            ATT_PAINT_TEXT);
    }
}

static void draw_names(att_drawing *d)
{
    const att_view *view = d->view;
    bool is_full = view->n_named == view->name_of;
    size_t first;

    draw_others(d, true);
    first = d->page.n;
    draw_box(d, name_label(d, view->name_at));
    for (; first < d->page.n; first++) {
        d->page.line[first].entry = view->name_at;
    }
    draw_others(d, false);
    att_draw_gap(d, ATT_PART_TAIL);
    att_page_text(&d->page, ATT_PART_TAIL,
                  att_draw_say(d, is_full ? ATT_SAY_NAMED_ALL : ATT_SAY_NAMED,
                               att_draw_number(d, (double)view->n_named),
                               att_draw_number(d, (double)view->name_of), NULL),
                  d->text, ATT_PAINT_QUIET);
    first = d->page.n;
    if (d->w->is_in_list) {
        draw_below(d);
    } else {
        att_draw_message(d); /* the choices wait for Tab: a name wants none of them */
    }
    for (; first < d->page.n; first++) {
        d->page.line[first].part = ATT_PART_TAIL;
    }
}

static void draw_text(att_drawing *d)
{
    const att_view *view = d->view;
    size_t first = d->page.n;
    size_t i;

    d->page.is_box = true;
    draw_box(d, "");
    att_draw_gap(d, ATT_PART_TAIL);
    if (view->max_length > 0) {
        att_draw_words(
            d, ATT_PART_TAIL,
            att_draw_say(d, ATT_SAY_OF_CHARACTERS,
                         att_draw_number(d, (double)att_text_length(d->w->edit.text)),
                         att_draw_number(d, (double)view->max_length), NULL),
            d->text, ATT_PAINT_QUIET);
    }
    draw_below(d);
    /* the choices below a box stay when the box scrolls */
    for (i = first + 1; i < d->page.n; i++) {
        att_page_line *line = &d->page.line[i];

        line->part = line->entry != ATT_NONE ? ATT_PART_TAIL : line->part;
    }
}

/* ---- a question ---- */

static void draw_answer(att_drawing *d)
{
    switch (d->view->shape) {
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_CONSENT: draw_one(d); break;
    case ATT_SHAPE_PICK_MANY: draw_many(d); break;
    case ATT_SHAPE_RANK: draw_rank(d); break;
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_DATE:
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME: draw_field(d); break;
    case ATT_SHAPE_SLIDER: draw_slider(d); break;
    case ATT_SHAPE_TEXT:
        if (d->view->name_of > 0) {
            draw_names(d);
        } else {
            draw_text(d);
        }
        break;
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_CONTAINER: att_draw_message(d); break;
    }
}

void att_draw_interviewing(att_drawing *d)
{
    const char *texts[2] = { d->view->note, d->view->probe };
    size_t n = 0;
    size_t i;

    if (d->view->screen == ATT_SCREEN_GRID && d->w->row < d->view->n_rows) {
        const att_row *row = &d->view->rows[d->w->row];

        texts[0] = row->note != NULL && row->note[0] != '\0' ? row->note : texts[0];
        texts[1] = row->probe != NULL && row->probe[0] != '\0' ? row->probe : texts[1];
    }

    for (i = 0; i < 2; i++) {
        if (texts[i] == NULL || texts[i][0] == '\0') {
            continue;
        }
        n++;
        att_page_text(&d->page, ATT_PART_HEAD,
                      att_draw_say(d, i == 0 ? ATT_SAY_NOTE : ATT_SAY_PROBE,
                                   att_draw_tame(d, texts[i]), NULL, NULL),
                      d->text, ATT_PAINT_QUIET);
    }
    if (n > 0) {
        att_draw_gap(d, ATT_PART_HEAD);
    }
}

void att_draw_question(att_drawing *d)
{
    if (d->view->screen == ATT_SCREEN_GRID) {
        bool is_row = d->w->row < d->view->n_rows;

        if (att_draw_grid(d)) {
            return;
        }
        d->seen.is_listed = true;
        draw_stem(d, true);
        att_draw_interviewing(d);
        draw_question(d, is_row ? d->view->rows[d->w->row].text : "");
        draw_one(d);
        return;
    }
    draw_stem(d, false);
    att_draw_interviewing(d);
    draw_question(d, d->view->text);
    draw_answer(d);
}
