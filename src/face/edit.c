/* edit.c - a text that is being typed; see the header */
#include "edit.h"

#include <string.h>

#include <attune/base/text.h>

static void make_room(att_arena *arena, att_edit *edit, size_t n)
{
    size_t room = edit->room > 0 ? edit->room : 64;
    char *text;

    if (n < edit->room) {
        return;
    }
    while (room <= n) {
        room *= 2;
    }
    text = att_arena_alloc(arena, room);
    if (edit->n > 0) {
        memcpy(text, edit->text, edit->n);
    }
    edit->text = text;
    edit->room = room;
}

void att_edit_set(att_arena *arena, att_edit *edit, const char *text)
{
    size_t n = strlen(text);

    if (n > ATT_EDIT_MAX) {
        n = 0;
        while (att_text_next(text, n) <= ATT_EDIT_MAX) {
            n = att_text_next(text, n);
        }
    }
    edit->n = 0;
    make_room(arena, edit, n);
    memcpy(edit->text, text, n);
    edit->text[n] = '\0';
    edit->n = n;
    edit->caret = n;
}

bool att_edit_insert(att_arena *arena, att_edit *edit, const char *bytes, size_t n)
{
    if (n > ATT_EDIT_MAX || edit->n + n > ATT_EDIT_MAX) {
        return false;
    }
    make_room(arena, edit, edit->n + n);
    memmove(edit->text + edit->caret + n, edit->text + edit->caret,
            edit->n - edit->caret);
    memcpy(edit->text + edit->caret, bytes, n);
    edit->n += n;
    edit->text[edit->n] = '\0';
    edit->caret += n;
    return true;
}

bool att_edit_erase(att_edit *edit)
{
    size_t from = att_text_before(edit->text, edit->caret);

    if (edit->caret == 0) {
        return false;
    }
    memmove(edit->text + from, edit->text + edit->caret, edit->n - edit->caret + 1);
    edit->n -= edit->caret - from;
    edit->caret = from;
    return true;
}

bool att_edit_left(att_edit *edit)
{
    if (edit->caret == 0) {
        return false;
    }
    edit->caret = att_text_before(edit->text, edit->caret);
    return true;
}

bool att_edit_right(att_edit *edit)
{
    if (edit->caret >= edit->n) {
        return false;
    }
    edit->caret = att_text_next(edit->text, edit->caret);
    return true;
}

/* Where the line that begins at `from` ends, before a '\n' or at the width. */
static size_t line_end(const char *text, size_t from, size_t width)
{
    size_t used = 0;
    size_t i = from;
    size_t word = from; /* after the last blank */

    while (text[i] != '\0' && text[i] != '\n') {
        size_t next = att_text_next(text, i);
        size_t w = att_text_width_n(text + i, next - i);

        if (used + w > width && text[i] == ' ' && used == width) {
            return next;
        }
        if (used + w > width && i > from) {
            return word > from ? word : i;
        }
        used += w;
        if (text[i] == ' ') {
            word = next;
        }
        i = next;
    }
    return i;
}

att_edit_lines att_edit_wrap(att_arena *arena, const att_edit *edit, size_t width)
{
    att_edit_lines lines = { 0 };
    size_t room = 0;
    size_t from = 0;
    bool is_more = true;

    while (is_more) {
        size_t to = line_end(edit->text, from, width > 0 ? width : 1);

        if (lines.n == room) {
            att_edit_line *old = lines.line;

            room = room > 0 ? 2 * room : 16;
            lines.line = att_new_n(arena, att_edit_line, room);
            if (lines.n > 0) {
                memcpy(lines.line, old, lines.n * sizeof *old);
            }
        }
        lines.line[lines.n] = (att_edit_line){ from, to };
        if (edit->caret >= from) {
            lines.at = lines.n;
        }
        lines.n++;
        is_more = edit->text[to] != '\0';
        from = edit->text[to] == '\n' ? to + 1 : to;
    }
    return lines;
}

/* Puts the caret into a line, at the column or at the line's end. */
static void place_caret(att_edit *edit, const att_edit_line *line, size_t column)
{
    size_t used = 0;
    size_t i = line->from;

    while (i < line->to) {
        size_t next = att_text_next(edit->text, i);

        used += att_text_width_n(edit->text + i, next - i);
        if (used > column) {
            break;
        }
        i = next;
    }
    if (i == line->to && i < edit->n && edit->text[i] != '\n' && i > line->from) {
        i = att_text_before(edit->text, i); /* else it would stand in the next line */
    }
    edit->caret = i;
}

static bool move_line(att_edit *edit, size_t width, bool is_down)
{
    att_arena scratch = { 0 };
    att_edit_lines lines = att_edit_wrap(&scratch, edit, width);
    bool is_there = is_down ? lines.at + 1 < lines.n : lines.at > 0;

    if (is_there) {
        const att_edit_line *here = &lines.line[lines.at];
        size_t column =
            att_text_width_n(edit->text + here->from, edit->caret - here->from);

        place_caret(edit, is_down ? here + 1 : here - 1, column);
    }
    att_arena_drop(&scratch);
    return is_there;
}

bool att_edit_line_up(att_edit *edit, size_t width)
{
    return move_line(edit, width, false);
}

bool att_edit_line_down(att_edit *edit, size_t width)
{
    return move_line(edit, width, true);
}
