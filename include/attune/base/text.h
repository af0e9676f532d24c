/* text.h - UTF-8: what it is, how wide it is, where it breaks (libunistring)
 *
 * All text inside attune is UTF-8. Width is terminal columns, never bytes.
 */
#ifndef ATTUNE_BASE_TEXT_H
#define ATTUNE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>

/* Offset of the first byte that is not UTF-8; n if all of it is. */
size_t att_text_check(const char *bytes, size_t n);

/* Columns that text takes on a terminal, tabs and controls as one. */
size_t att_text_width(const char *text);
size_t att_text_width_n(const char *text, size_t n);

/* Characters (code points) in text; bytes of the first n characters. */
size_t att_text_length(const char *text);
size_t att_text_bytes(const char *text, size_t n_characters);

/* Grapheme clusters, what people call letters. Offset after the one that begins at
 * `at`; offset of the one that ends at `at`. Both stay within the text. */
size_t att_text_next(const char *text, size_t at);
size_t att_text_before(const char *text, size_t at);

/* Text broken into lines of at most `width` columns, at words where possible and at
 * '\n' always. "" has no line; a final '\n' begins none. Words wider than a line are
 * parted. */
typedef struct att_lines {
    char **line; /* [n] each a text in the arena, without trailing blanks */
    size_t n;
} att_lines;
att_lines att_text_wrap(att_arena *arena, const char *text, size_t width);

/* Text cut to `width` columns; "..." stands for what is gone. */
char *att_text_cut(att_arena *arena, const char *text, size_t width);

/* Composed form (NFC); the first letter in upper case; all letters folded for
 * search. */
char *att_text_compose(att_arena *arena, const char *text);
char *att_text_raise(att_arena *arena, const char *text);
char *att_text_fold(att_arena *arena, const char *text);

/* Lower case as Unicode gives it, composed, in no language's own way. */
char *att_text_lower(att_arena *arena, const char *text);

/* Adds text that came from people or a file, safe for a terminal: control
 * characters (C0 but '\n', DEL, C1), and direction overrides become "?". */
void att_text_tame(att_buf *out, const char *text);
bool att_text_is_tame(const char *text);

/* The word of the list that text was most likely meant to be, or NULL if none is
 * near: Damerau-Levenshtein distance of at most a third of the length. */
const char *att_text_nearest(const char *text, const char *const *list, size_t n);

/* Equality that is not NULL-shy: NULL equals only NULL. */
bool att_text_same(const char *a, const char *b);

/* Takes the letters' coding (LC_CTYPE, nothing else) from the environment, for the
 * terminal. Called once by cli/main. */
void att_text_start(void);

#endif
