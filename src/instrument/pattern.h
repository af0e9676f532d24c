/* pattern.h - regular expressions in linear time
 *
 * What:   a small set: literal characters, . [a-z] [^a-z] \d \w \s \. ( ) | * + ? {m}
 *         {m,} {m,n}. A pattern must match the whole text.
 * How:    a program of at most ATT_PATTERN_MAX steps, run over all states at once
 *         (Thompson 1968), so that time grows with text times program and no input
 *         makes it explode.
 */
#ifndef ATTUNE_INSTRUMENT_PATTERN_H
#define ATTUNE_INSTRUMENT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>

#define ATT_PATTERN_MAX   2000 /* steps */
#define ATT_PATTERN_DEPTH 100  /* parentheses and alternatives within one another */

typedef struct att_pattern att_pattern;

typedef struct att_pattern_fault {
    size_t at;        /* byte in the pattern */
    const char *what; /* a static text */
} att_pattern_fault;

/* NULL with *fault filled when text is no pattern. */
att_pattern *att_pattern_read(att_arena *arena, const char *text,
                              att_pattern_fault *fault);

/* Whether all of text matches. Needs a little of scratch. */
bool att_pattern_matches(att_arena *scratch, const att_pattern *pattern,
                         const char *text);

#endif
