/* page.c - lines on their way to a screen; see the header */
#include "page.h"

#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#define LIST_LEAST 5 /* rows of a list worth scrolling; else everything scrolls */
#define BOX_LEAST  3

att_page_line *att_page_add(att_page *page, att_part part)
{
    att_page_line *line;

    if (page->n == page->room) {
        att_page_line *old = page->line;

        page->room = page->room > 0 ? 2 * page->room : 32;
        page->line = att_new_n(page->arena, att_page_line, page->room);
        if (page->n > 0) {
            memcpy(page->line, old, page->n * sizeof *old);
        }
    }
    line = &page->line[page->n++];
    *line = (att_page_line){ 0 };
    line->part = part;
    line->entry = ATT_NONE;
    return line;
}

void att_page_gap(att_page *page, att_part part)
{
    att_page_add(page, part)->is_gap = true;
}

void att_page_put(att_page *page, size_t column, const char *text, att_paint paint)
{
    att_page_line *line = &page->line[page->n - 1];

    if (line->n == line->room) {
        att_span *old = line->span;

        line->room = line->room > 0 ? 2 * line->room : 4;
        line->span = att_new_n(page->arena, att_span, line->room);
        if (line->n > 0) {
            memcpy(line->span, old, line->n * sizeof *old);
        }
    }
    line->span[line->n++] = (att_span){ column, text, paint, page->side };
}

void att_page_text(att_page *page, att_part part, const char *text, size_t width,
                   att_paint paint)
{
    att_lines lines = att_text_wrap(page->arena, text, width);
    size_t i;

    for (i = 0; i < lines.n; i++) {
        att_page_add(page, part);
        att_page_put(page, 3, lines.line[i], paint);
    }
}

/* ---- fitting ---- */

/* Lines that are still there, by number. */
typedef struct kept {
    size_t *line; /* [n] */
    size_t n;
    size_t n_list;     /* of them in the list */
    size_t list_first; /* its first in `line` */
} kept;

static kept keep(const att_page *page, bool has_stem, size_t n_gaps)
{
    kept k = { 0 };
    size_t i;

    k.line = att_new_n(page->arena, size_t, page->n);
    for (i = 0; i < page->n; i++) {
        const att_page_line *line = &page->line[i];

        if (line->part == ATT_PART_STEM && !has_stem) {
            continue;
        }
        if (line->is_gap) {
            if (n_gaps == 0) {
                continue;
            }
            n_gaps--;
        }
        if (line->part == ATT_PART_LIST) {
            k.list_first = k.n_list == 0 ? k.n : k.list_first;
            k.n_list++;
        }
        k.line[k.n++] = i;
    }
    return k;
}

static size_t count_gaps(const att_page *page, bool has_stem)
{
    size_t n = 0;
    size_t i;

    for (i = 0; i < page->n; i++) {
        n += page->line[i].is_gap && (has_stem || page->line[i].part != ATT_PART_STEM);
    }
    return n;
}

/* As many blank rows as go in, from the top. True when all lines fit. */
static bool fits_with_gaps(const att_page *page, bool has_stem, size_t room, kept *out)
{
    size_t n_gaps = count_gaps(page, has_stem);
    kept all = keep(page, has_stem, n_gaps);
    size_t over = all.n > room ? all.n - room : 0;

    *out = over == 0 ? all : keep(page, has_stem, over < n_gaps ? n_gaps - over : 0);
    return out->n <= room;
}

/* Whether the list can scroll while the rest stays. */
static bool list_can_scroll(const att_page *page, const kept *k, size_t room)
{
    size_t least = page->is_box ? BOX_LEAST : LIST_LEAST;
    size_t others = k->n - k->n_list;

    return k->n_list > 0 && others <= room &&
           room - others >= (k->n_list < least ? k->n_list : least);
}

/* A window over n lines. */
typedef struct window {
    size_t top, n;     /* lines shown */
    bool above, below; /* a row says that there is more */
} window;

/* The window of at most `room` rows that shows lines from..to-1, moved as little as
 * possible from where it was. has_marks: rows that say "more" take room. */
static window look(size_t n, size_t room, size_t top, const size_t focus[2],
                   bool has_marks)
{
    window w = { 0, n, false, false };
    size_t i;

    if (n <= room) {
        return w;
    }
    has_marks = has_marks && room >= 4;
    for (i = 0; i < 8; i++) {
        size_t most;

        w.above = has_marks && top > 0;
        most = n - (room - (has_marks ? 1 : 0));
        top = top > most ? most : top;
        w.n = room - (w.above ? 1 : 0);
        w.below = has_marks && top + w.n < n;
        w.n -= w.below ? 1 : 0;
        w.n = top + w.n > n ? n - top : w.n;
        w.top = top;
        if (focus[0] < top) {
            top = focus[0] == 1 && has_marks ? 0 : focus[0];
        } else if (focus[1] > top + w.n) {
            top += focus[1] - (top + w.n);
            top = top > focus[0] ? focus[0] : top;
        } else {
            break;
        }
        if (top == w.top) {
            break;
        }
    }
    return w;
}

/* Entries of lines i..j-1 of k that do not also show outside. */
static size_t count_entries(const att_page *page, const kept *k, size_t i, size_t j)
{
    size_t n = 0;
    size_t last = ATT_NONE;

    for (; i < j; i++) {
        const att_page_line *line = &page->line[k->line[i]];

        if (line->is_gap) {
            continue;
        }
        n += line->entry == ATT_NONE || line->entry != last;
        last = line->entry;
    }
    return n;
}

static void put_more(const att_page *page, att_screen_row *row, att_word word, size_t n)
{
    att_span *span = att_new(page->arena, att_span);
    att_buf number = { 0 };
    const char *args[1];

    att_number_write(&number, (double)n);
    args[0] = att_buf_text(&number);
    *span = (att_span){ 3, att_say_text(page->arena, page->words, word, args, 1),
                        ATT_PAINT_QUIET, ATT_SIDE_WORDS };
    *row = (att_screen_row){ span, 1 };
    att_buf_drop(&number);
}

static void put_line(const att_page_line *line, size_t row, att_layout *out)
{
    out->row[row] = (att_screen_row){ line->span, line->n };
    if (line->cursor > 0) {
        out->cursor_row = row + 1;
        out->cursor_column = line->cursor;
    }
}

/* The lines of k that hold the focus: those of the cursor's entry. */
static void find_focus(const att_page *page, const kept *k, size_t focus[2])
{
    size_t i, j;

    focus[0] = focus[1] = 0;
    for (i = 0; i < k->n; i++) {
        const att_page_line *line = &page->line[k->line[i]];

        if (line->cursor == 0) {
            continue;
        }
        focus[0] = i;
        focus[1] = i + 1;
        for (j = i + 1; !page->is_box && j < k->n && line->entry != ATT_NONE &&
                        page->line[k->line[j]].entry == line->entry;
             j++) {
            focus[1] = j + 1;
        }
        return;
    }
}

/* What is said of an answer is kept in sight with it. */
static void add_message(const att_page *page, const kept *k, size_t focus[2])
{
    size_t i;

    for (i = focus[1]; focus[1] > 0 && i < k->n; i++) {
        focus[1] = page->line[k->line[i]].is_message ? i + 1 : focus[1];
    }
}

/* Everything but lines first..first+n-1 of k stays; those are seen through a window. */
static void draw_window(const att_page *page, const kept *k, const size_t range[2],
                        const window *w, att_layout *out)
{
    size_t row = out->has_title ? 1 : 0;
    size_t first = range[0];
    size_t end = range[0] + range[1];
    size_t i;

    for (i = 0; i < first; i++) {
        put_line(&page->line[k->line[i]], row++, out);
    }
    if (w->above) {
        put_more(page, &out->row[row++], ATT_SAY_MORE_ABOVE,
                 count_entries(page, k, first, first + w->top));
    }
    for (i = first + w->top; i < first + w->top + w->n; i++) {
        put_line(&page->line[k->line[i]], row++, out);
    }
    if (w->below) {
        put_more(page, &out->row[row++], ATT_SAY_MORE_BELOW,
                 count_entries(page, k, first + w->top + w->n, end));
    }
    for (i = end; i < k->n; i++) {
        put_line(&page->line[k->line[i]], row++, out);
    }
    out->seen.top = w->top;
    out->seen.is_scrolled = w->top > 0;
}

/* Where the cursor waits when no line has it: on the row that says that there is more,
 * else on the first line. */
static void park_cursor(const att_page *page, const kept *k, const window *w,
                        att_layout *out)
{
    size_t i = w->top;
    size_t row = (out->has_title ? 1U : 0U) + (w->above ? 1U : 0U);
    size_t last = row + w->n;

    out->cursor_column = 1;
    while (i + 1 < w->top + w->n && page->line[k->line[i]].is_gap) {
        i++;
        row++;
    }
    out->cursor_row = row + 1;
    if (w->below && page->is_followed) {
        out->cursor_row = last + 1;
    }
}

static void scroll_all(const att_page *page, const att_seen *seen, att_layout *out)
{
    kept k = keep(page, true, 0);
    size_t range[2] = { 0, k.n };
    size_t room = out->height - 2;
    size_t focus[2];
    window w;

    find_focus(page, &k, focus);
    add_message(page, &k, focus);
    if (seen->is_reading || focus[1] == 0) {
        size_t anywhere[2] = { seen->top, seen->top };

        w = look(k.n, room, seen->top, anywhere, true);
    } else {
        w = look(k.n, room, seen->top, focus, true);
    }
    draw_window(page, &k, range, &w, out);
    out->seen.page = w.n;
    out->seen.is_reading = w.below && out->cursor_row == 0;
    if (out->cursor_row == 0) {
        park_cursor(page, &k, &w, out);
    }
}

static void scroll_list(const att_page *page, const att_seen *seen, const kept *k,
                        att_layout *out)
{
    size_t range[2] = { k->list_first, k->n_list };
    size_t room = out->height - (out->has_title ? 2 : 1) - (k->n - k->n_list);
    size_t focus[2];
    window w;

    if (page->list_max > 0 && room > page->list_max) {
        room = page->list_max;
    }
    find_focus(page, k, focus);
    if (focus[1] <= k->list_first || focus[0] >= k->list_first + k->n_list) {
        focus[0] = focus[1] = seen->top; /* it is elsewhere: stay */
    } else {
        focus[0] -= k->list_first;
        focus[1] -= k->list_first;
    }
    w = look(k->n_list, room, seen->top, focus, !page->is_box);
    draw_window(page, k, range, &w, out);
    out->seen.page = w.n;
}

void att_page_fit(const att_page *page, const att_seen *seen, att_layout *out)
{
    size_t room = out->height - 2;
    kept k = keep(page, true, count_gaps(page, true));
    bool is_free = !page->is_box && (page->list_max == 0 || k.n_list <= page->list_max);
    size_t way;

    out->has_title = true;
    out->seen.page = room;
    out->seen.is_reading = out->seen.is_scrolled = false;
    out->seen.top = 0;
    if (is_free && (fits_with_gaps(page, true, room, &k) ||
                    fits_with_gaps(page, false, room, &k))) {
        scroll_list(page, seen, &k, out);
    } else if (is_free && fits_with_gaps(page, false, room + 1, &k)) {
        out->has_title = false;
        scroll_list(page, seen, &k, out);
    } else {
        for (way = 0; way < 4; way++) {
            out->has_title = way < 3;
            k = keep(page, way < 2, way < 1 ? count_gaps(page, true) : 0);
            if (list_can_scroll(page, &k, room + (out->has_title ? 0 : 1))) {
                scroll_list(page, seen, &k, out);
                break;
            }
        }
        if (way == 4) {
            out->has_title = true;
            scroll_all(page, seen, out);
        }
    }
    if (out->cursor_row == 0) {
        window whole = { 0, k.n, false, false };

        park_cursor(page, &k, &whole, out);
    }
}
