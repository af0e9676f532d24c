/* layout_grid.c - rows that share choices, drawn whole; see layout_in.h
 *
 * Columns are equal: ten wide, or less, so that the text of a row has 28; at least a
 * blank wider than the longest word of a label. When the text would have less than 24,
 * a label more than three rows, or the rows do not go on the screen, the grid is asked
 * row by row instead.
 */
#include "layout_in.h"

#include <string.h>

#include <attune/base/text.h>

#define COLUMN_MOST 10
#define REASON_WIDE 4 /* a column with only a letter above it */
#define TEXT_WANTED 28
#define TEXT_LEAST  24
#define LABEL_ROWS  3

typedef struct grid {
    size_t text;      /* columns for a row's words */
    size_t column;    /* for a choice */
    size_t n_rows;    /* of labels */
    att_lines *label; /* [n_choices] */
    size_t n_choices, n_reasons;
} grid;

static size_t longest_word(const char *text)
{
    size_t longest = 0;

    while (*text != '\0') {
        size_t n = strcspn(text, " \n");
        size_t width = att_text_width_n(text, n);

        longest = width > longest ? width : longest;
        text += n + (text[n] != '\0' ? 1 : 0);
    }
    return longest;
}

/* The columns; false when the rows must be asked one by one. */
static bool measure(const att_drawing *d, grid *g)
{
    const att_view *view = d->view;
    size_t word = 0;
    size_t reasons, i;

    g->n_choices = view->n_choices;
    g->n_reasons = view->n_options - view->n_choices;
    reasons = REASON_WIDE * g->n_reasons;
    if (g->n_choices == 0 || view->n_rows == 0 || d->text < TEXT_LEAST + reasons) {
        return false;
    }
    for (i = 0; i < g->n_choices; i++) {
        const char *text = att_draw_option_text(d, &view->options[i]);
        size_t n = longest_word(text);
        size_t m = strlen(att_draw_number(d, view->options[i].number));

        word = n > word ? n : word;
        word = m > word ? m : word;
    }
    g->column = d->text > TEXT_WANTED + reasons
                    ? (d->text - TEXT_WANTED - reasons) / g->n_choices
                    : 0;
    g->column = g->column > COLUMN_MOST ? COLUMN_MOST : g->column;
    g->column = g->column < word + 1 ? word + 1 : g->column;
    g->column = g->column < REASON_WIDE ? REASON_WIDE : g->column;
    if (g->column * g->n_choices + reasons + TEXT_LEAST > d->text) {
        return false;
    }
    g->text = d->text - g->column * g->n_choices - reasons;
    g->label = att_new_n(d->arena, att_lines, g->n_choices);
    for (i = 0; i < g->n_choices; i++) {
        g->label[i] = att_text_wrap(
            d->arena, att_draw_option_text(d, &view->options[i]), g->column - 1);
        g->n_rows = g->label[i].n > g->n_rows ? g->label[i].n : g->n_rows;
    }
    return g->n_rows <= LABEL_ROWS;
}

/* Where the mark of an option begins. */
static size_t mark_column(const grid *g, size_t option)
{
    if (option < g->n_choices) {
        return 3 + g->text + option * g->column + (g->column - 3) / 2;
    }
    return 3 + g->text + g->n_choices * g->column +
           (option - g->n_choices) * REASON_WIDE;
}

static void draw_labels(att_drawing *d, const grid *g)
{
    size_t row, i;

    for (row = 0; row < g->n_rows; row++) {
        att_page_add(&d->page, ATT_PART_HEAD);
        for (i = 0; i < g->n_choices; i++) {
            const att_lines *label = &g->label[i];
            size_t width = row < label->n ? att_text_width(label->line[row]) : 0;
            size_t left = width < g->column ? (g->column - width) / 2 : 0;

            if (width > 0) {
                att_page_put(&d->page, 3 + g->text + i * g->column + left,
                             label->line[row], ATT_PAINT_TEXT);
            }
        }
    }
}

static void draw_numbers(att_drawing *d, const grid *g)
{
    size_t i;

    att_page_add(&d->page, ATT_PART_HEAD);
    for (i = 0; i < d->view->n_options; i++) {
        const att_option *option = &d->view->options[i];
        const char *key = option->letter != 0
                              ? att_arena_format(d->arena, "%c", option->letter)
                              : att_draw_number(d, option->number);

        att_page_put(&d->page, mark_column(g, i) + (strlen(key) < 3 ? 1 : 0), key,
                     ATT_PAINT_TEXT);
    }
}

static void draw_row(att_drawing *d, const grid *g, size_t row)
{
    const char *text = att_draw_tame(d, d->view->rows[row].text);
    /* marks that begin their column need a blank before them */
    size_t width = g->column < 5 ? g->text - 1 : g->text;
    att_lines lines = att_text_wrap(d->arena, text, width);
    bool is_here = d->w->row == row;
    size_t marked = att_widget_marked(d->w, row);
    size_t i;

    for (i = 0; i == 0 || i < lines.n; i++) {
        att_page_add(&d->page, ATT_PART_HEAD);
        if (i == 0 && is_here) {
            att_page_put(&d->page, 1, ">", ATT_PAINT_TEXT);
        }
        if (i < lines.n) {
            att_page_put(&d->page, 3, lines.line[i],
                         is_here ? ATT_PAINT_QUESTION : ATT_PAINT_TEXT);
        }
        if (i > 0) {
            continue;
        }
        if (is_here) {
            d->page.line[d->page.n - 1].cursor = mark_column(g, d->w->focus) + 1;
        }
        for (size_t k = 0; k < d->view->n_options; k++) {
            att_page_put(&d->page, mark_column(g, k), marked == k ? "(*)" : "( )",
                         is_here && d->w->focus == k ? ATT_PAINT_FOCUS
                                                     : ATT_PAINT_TEXT);
        }
    }
}

/* What the letters stand for. */
static void draw_legend(att_drawing *d, const grid *g)
{
    const char *all = "";
    size_t i;

    for (i = g->n_choices; i < d->view->n_options; i++) {
        const att_option *option = &d->view->options[i];
        const char *one =
            att_arena_format(d->arena, "%c  %s", option->letter,
                             att_draw_row_text(d, att_draw_option_text(d, option)));
        size_t width = att_text_width(all);

        if (width > 0 && width + 6 + att_text_width(one) > d->text) {
            att_page_text(&d->page, ATT_PART_TAIL, all, d->text, ATT_PAINT_TEXT);
            width = 0;
        }
        all = width > 0 ? att_arena_format(d->arena, "%s      %s", all, one) : one;
    }
    att_page_text(&d->page, ATT_PART_TAIL, all, d->text, ATT_PAINT_TEXT);
}

bool att_draw_grid(att_drawing *d)
{
    const att_page before = d->page;
    const char *stem = att_draw_tame(d, d->view->stem);
    grid g = { 0 };
    size_t n = 0;
    size_t i;

    if (!measure(d, &g)) {
        return false;
    }
    if (stem[0] == '\0') {
        stem = att_draw_tame(d, d->view->text);
    }
    att_draw_interviewing(d);
    att_page_text(&d->page, ATT_PART_HEAD, stem, d->text, ATT_PAINT_QUESTION);
    att_draw_gap(d, ATT_PART_HEAD);
    draw_labels(d, &g);
    draw_numbers(d, &g);
    for (i = 0; i < d->view->n_rows; i++) {
        att_draw_gap(d, ATT_PART_HEAD);
        draw_row(d, &g, i);
    }
    if (g.n_reasons > 0) {
        att_draw_gap(d, ATT_PART_TAIL);
        draw_legend(d, &g);
    }
    for (i = 0; i < d->page.n; i++) {
        n += d->page.line[i].is_gap ? 0 : 1;
    }
    if (n + 2 > d->height - 2) { /* with room for a message */
        d->page = before;
        return false;
    }
    att_draw_message(d);
    return true;
}
