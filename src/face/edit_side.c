/* edit_side.c - the caret of a text that runs from right to left, moved as the eye sees
 * it; see edit.h
 *
 * The caret stands on the letter before which the next one goes, and behind the last
 * letter of a text or of a line that was ended, one column left of all others. So each
 * place is met once when one goes from one side of a line to the other.
 */
#include "edit.h"

#include "bidi.h"

/* A line with its places: 0 is behind its last letter, n its rightmost letter. */
typedef struct side_line {
    const att_edit_line *line;
    att_bidi bidi;
    size_t least; /* 1 where what is behind the last letter is the next line's start */
} side_line;

static side_line line_of(att_arena *arena, const att_edit *edit,
                         const att_edit_lines *lines, size_t i)
{
    side_line s = { .line = &lines->line[i] };
    size_t n = s.line->to - s.line->from;
    bool is_ended = s.line->to == edit->n || edit->text[s.line->to] == '\n';

    s.bidi =
        att_bidi_of(arena, att_arena_text_n(arena, edit->text + s.line->from, n), true);
    s.least = is_ended ? 0 : 1;
    return s;
}

static size_t place_of(const side_line *s, size_t caret)
{
    size_t i;

    for (i = 0; i < s->bidi.n; i++) {
        if (s->line->from + s->bidi.letter[s->bidi.seen[i]].from == caret) {
            return i + 1;
        }
    }
    return 0;
}

static size_t caret_at(const side_line *s, size_t place)
{
    return place == 0 ? s->line->to
                      : s->line->from + s->bidi.letter[s->bidi.seen[place - 1]].from;
}

bool att_edit_side(att_edit *edit, size_t width, bool is_right)
{
    att_arena scratch = { 0 };
    att_edit_lines lines = att_edit_wrap(&scratch, edit, width);
    side_line here = line_of(&scratch, edit, &lines, lines.at);
    size_t place = place_of(&here, edit->caret);
    bool is_moved = true;

    if (is_right && place < here.bidi.n) {
        edit->caret = caret_at(&here, place + 1);
    } else if (!is_right && place > here.least) {
        edit->caret = caret_at(&here, place - 1);
    } else if (is_right && lines.at > 0) {
        side_line above = line_of(&scratch, edit, &lines, lines.at - 1);

        edit->caret = caret_at(&above, above.least);
    } else if (!is_right && lines.at + 1 < lines.n) {
        side_line below = line_of(&scratch, edit, &lines, lines.at + 1);

        edit->caret = caret_at(&below, below.bidi.n);
    } else {
        is_moved = false;
    }
    att_arena_drop(&scratch);
    return is_moved;
}
