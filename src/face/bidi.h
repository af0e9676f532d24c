/* bidi.h - a row of text as the eye sees it: letters and where they stand
 *
 * What:   the Unicode bidirectional algorithm (UAX 9) over one row, by fribidi, in whole
 *         letters (grapheme clusters), so that marks stay on what they are written over.
 * Rules:  the direction of the row is given, never guessed from its text. Each row of a
 *         wrapped text is a paragraph of its own.
 */
#ifndef ATTUNE_FACE_BIDI_H
#define ATTUNE_FACE_BIDI_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>

typedef struct att_bidi_letter {
    size_t from, to; /* bytes */
    size_t width;    /* columns */
    size_t column;   /* from 0, as the eye sees it */
    bool is_rtl;
} att_bidi_letter;

typedef struct att_bidi {
    att_bidi_letter *letter; /* [n] as they are read */
    size_t *seen;            /* [n] their numbers, from left to right */
    size_t n, width;
    bool has_rtl; /* a letter of a script that is written from right to left */
} att_bidi;

/* The letters of a row. text is tame, without line breaks. */
att_bidi att_bidi_of(att_arena *arena, const char *text, bool is_rtl);

/* The text as it is written to a terminal that draws from left to right: in the order
 * of the eye, brackets and the like turned round. */
char *att_bidi_text(att_arena *arena, const char *text, const att_bidi *bidi);

#endif
