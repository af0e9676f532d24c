/* layout_mirror.c - a screen for a language that is written from right to left
 *
 * The screen has been laid out from the left; here column c becomes width + 1 - c for
 * every text and for the cursor, and each text is put in the order of the eye. What the
 * language of the instrument says runs from the right; the words of a face that speaks
 * another language, and typed digits, run as they do elsewhere.
 */
#include "layout_in.h"

#include <attune/base/text.h>

#include "bidi.h"

/* As much of a text as stands left of the right edge. */
static const char *within(const att_drawing *d, const att_span *span)
{
    size_t room = span->column <= d->width ? d->width + 1 - span->column : 0;
    size_t used = 0;
    size_t i = 0;

    while (span->text[i] != '\0') {
        size_t next = att_text_next(span->text, i);

        used += att_text_width_n(span->text + i, next - i);
        if (used > room) {
            return att_arena_text_n(d->arena, span->text, i);
        }
        i = next;
    }
    return span->text;
}

static bool runs_left(const att_drawing *d, att_side side)
{
    return side == ATT_SIDE_LANGUAGE || (side == ATT_SIDE_WORDS && d->words->is_rtl);
}

/* Where the cursor stands in a box that begins at `column` (turned already): on the
 * letter before which the next one goes; behind the last one, where that will stand. */
static size_t turn_cursor(const att_drawing *d, const att_bidi *bidi, size_t offset,
                          size_t column)
{
    bool is_logical = d->opts->bidi == ATT_BIDI_TERMINAL && bidi->has_rtl;
    size_t used = 0;
    size_t i;

    for (i = 0; i < bidi->n; i++) {
        if (used >= offset && bidi->letter[i].width > 0) {
            return column + (is_logical ? used : bidi->letter[i].column);
        }
        used += bidi->letter[i].width;
    }
    return column - 1;
}

/* Turns a text; the cursor, when it stands in it as a box. True when it did. */
static bool turn_span(const att_drawing *d, att_span *span, size_t *cursor)
{
    bool is_left = runs_left(d, span->side);
    const char *text = within(d, span);
    att_bidi bidi = att_bidi_of(d->arena, text, is_left);
    size_t column = d->width + 2 - span->column - bidi.width;
    bool is_here = cursor != NULL && span->paint == ATT_PAINT_FIELD &&
                   *cursor >= span->column && *cursor <= span->column + bidi.width;

    if (is_here) {
        size_t offset = *cursor - span->column;

        *cursor = is_left ? turn_cursor(d, &bidi, offset, column) : column + offset;
    }
    span->column = column;
    span->text = d->opts->bidi == ATT_BIDI_TERMINAL && bidi.has_rtl
                     ? text
                     : att_bidi_text(d->arena, text, &bidi);
    return is_here;
}

/* Texts that are read on from one to the next, as "!" and what follows it, or a key and
 * what it does: they are turned as one. The number of the last. */
static size_t last_of_block(const att_drawing *d, const att_screen_row *row, size_t i)
{
    while (i + 1 < row->n && row->span[i].side == ATT_SIDE_WORDS && !d->words->is_rtl &&
           row->span[i + 1].side == ATT_SIDE_WORDS &&
           row->span[i + 1].column <=
               row->span[i].column + att_text_width(row->span[i].text) + 1) {
        i++;
    }
    return i;
}

/* Puts the texts of a block beside each other again, from its left end. */
static void join_block(const att_span *was, att_span *now, size_t n)
{
    size_t i;

    for (i = 0; i + 1 < n; i++) {
        now[i].column = now[n - 1].column + was[i].column - was[0].column;
    }
    now[n - 1].column += was[n - 1].column - was[0].column;
}

void att_draw_mirror(const att_drawing *d, att_layout *out)
{
    size_t i, j, k;
    bool is_turned = false;

    out->seen.is_mirrored = d->view->is_rtl && d->opts->bidi != ATT_BIDI_OFF;
    if (!out->seen.is_mirrored) {
        return;
    }
    for (i = 0; i < out->height; i++) {
        att_span *span = att_new_n(d->arena, att_span, out->row[i].n);
        bool has_cursor = out->cursor_row == i + 1;

        for (j = 0; j < out->row[i].n; j++) {
            size_t first = j;

            for (k = last_of_block(d, &out->row[i], j); j <= k; j++) {
                span[j] = out->row[i].span[j];
                is_turned |= turn_span(
                    d, &span[j], has_cursor && !is_turned ? &out->cursor_column : NULL);
            }
            join_block(&out->row[i].span[first], &span[first], j - first);
            j--;
        }
        out->row[i].span = span;
    }
    if (!is_turned) {
        out->cursor_column =
            out->cursor_column < d->width ? d->width + 1 - out->cursor_column : 1;
    }
    out->cursor_column = out->cursor_column > 0 ? out->cursor_column : 1;
}
