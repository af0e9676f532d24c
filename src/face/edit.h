/* edit.h - a text that is being typed: its bytes, its caret, its lines
 *
 * What:   the inside of every box: insert, erase and move by grapheme cluster, and break
 *         into lines with byte offsets, so that the caret can be placed. Pure.
 * Memory: the text lives in the caller's arena and grows there.
 */
#ifndef ATTUNE_FACE_EDIT_H
#define ATTUNE_FACE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>

#define ATT_EDIT_MAX ((size_t)1 << 16) /* bytes that a box takes in */

typedef struct att_edit {
    char *text; /* n bytes and a NUL; never NULL once set */
    size_t n, room;
    size_t caret; /* a byte offset, between grapheme clusters */
} att_edit;

/* One line of a box: bytes from up to, not including, to. */
typedef struct att_edit_line {
    size_t from, to;
} att_edit_line;

typedef struct att_edit_lines {
    att_edit_line *line; /* [n] at least one */
    size_t n;
    size_t at; /* the line with the caret */
} att_edit_lines;

/* Replaces the text; the caret stands at its end. */
void att_edit_set(att_arena *arena, att_edit *edit, const char *text);

/* Puts bytes in at the caret. False when the box is full. */
bool att_edit_insert(att_arena *arena, att_edit *edit, const char *bytes, size_t n);

/* Takes out the letter before the caret; false when there is none. */
bool att_edit_erase(att_edit *edit);

/* Moves the caret by one letter; false when it stands at the end already. */
bool att_edit_left(att_edit *edit);
bool att_edit_right(att_edit *edit);

/* The lines at a width: broken after blanks where possible, at '\n' always; all bytes but
 * '\n' stand in a line. A blank may stand one column over the width. */
att_edit_lines att_edit_wrap(att_arena *arena, const att_edit *edit, size_t width);

/* Moves the caret by a line, keeping its column where that line is as long; false when
 * there is no such line. */
bool att_edit_line_up(att_edit *edit, size_t width);
bool att_edit_line_down(att_edit *edit, size_t width);

/* Moves the caret by one letter as the eye sees it, in a text of a language that is
 * written from right to left; false when nothing lies there. */
bool att_edit_side(att_edit *edit, size_t width, bool is_right);

#endif
