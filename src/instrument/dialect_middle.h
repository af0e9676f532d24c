/* dialect_middle.h - the way into format 1 that all dialects share
 *
 * What:   ids made of any names, codes that can stay as they are, and a text written
 *         until our own reader takes it: what it refuses is left out and reported, so
 *         that no foreign file gives an instrument that cannot be used.
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_MIDDLE_H
#define ATTUNE_INSTRUMENT_DIALECT_MIDDLE_H

#include <attune/base/issue.h>
#include <attune/instrument/instrument.h>

#define ATT_MIDDLE_CODE_MOST 99999 /* a greater code is a name, not a number */

/* Ids given out so far; the caller makes room for all there will be. */
typedef struct att_middle_ids {
    const char **list; /* [n] */
    size_t n;
} att_middle_ids;

/* An id like the name, unlike all given out: small letters and digits with single
 * joints ('_', or '-' for instruments) between, at most 26. */
const char *att_middle_id(att_arena *arena, att_middle_ids *ids, const char *name,
                          char joint);

/* Whether a code can stay: a whole number as it is written here. */
bool att_middle_code(const char *text, int *code);

/* Whether people can be offered this reason. */
bool att_middle_is_offered(att_reason reason);

/* What a code becomes: the same code, or a reason that people can be offered. False
 * when it needs a number of its own. */
bool att_middle_keep(const char *text, int *code, att_reason *reason);

/* A name with blanks for "_", its first letter raised: "My form". */
const char *att_middle_title(att_arena *arena, const char *name);

/* Whether the script that a language is mostly written in runs from right to left. */
bool att_middle_is_rtl(const char *tag);

/* What is being settled: its name in messages ('the form "x"'), how it is written, and
 * how it gives way. */
typedef struct att_settling {
    att_arena *arena;
    const char *name;
    void *data;
    void (*put)(void *data, att_buf *out);
    /* Takes out what an issue is about, and says so; false when nothing is left to
     * take. */
    bool (*yield)(void *data, const att_issue *issue);
} att_settling;

/* The text in the arena; NULL with err filled. */
const char *att_middle_settle(const att_settling *settling, size_t *n, att_err *err);

#endif
