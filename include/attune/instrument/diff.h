/* diff.h - what changed from one version of an instrument to another
 *
 * What:   every change with its place and its class, the version that the changes ask
 *         for, translations that were left behind, and columns of REDCap that come, go
 *         or mean something else. What is in which class: docs/FORMAT.md, "Versions".
 */
#ifndef ATTUNE_INSTRUMENT_DIFF_H
#define ATTUNE_INSTRUMENT_DIFF_H

#include <attune/base/json.h>
#include <attune/instrument/instrument.h>

/* Also the part of the version that must rise: none, patch, minor, major. */
typedef enum att_change_class {
    ATT_CHANGE_NONE = 0,
    ATT_CHANGE_TEXT,     /* words only: old and new answers are the same data */
    ATT_CHANGE_ADDITIVE, /* something new can be asked or answered */
    ATT_CHANGE_BREAKING  /* an answer or a score is gone, or means something else */
} att_change_class;

const char *att_change_name(att_change_class class_); /* "text-only" */
const char *att_change_bump(att_change_class class_); /* "patch"; NONE: "no" */

typedef struct att_change {
    att_change_class class_;
    const char *pointer; /* in the new file, or in the old one for what is gone */
    const char *message; /* "item "a": the condition is another" */
} att_change;

/* A text that was changed in the default language and not in another. */
typedef struct att_stale {
    const char *pointer, *language;
} att_stale;

typedef struct att_column_change {
    const char *column;
    char how; /* '+' new, '-' gone, '~' holds something else */
} att_column_change;

typedef struct att_diff {
    const att_change *changes; /* [n_changes] the gravest first, then as found */
    size_t n_changes;
    const att_stale *stale; /* [n_stale] */
    size_t n_stale;
    const att_column_change *columns; /* [n_columns] */
    size_t n_columns;
    att_change_class needed; /* the gravest change */
    att_change_class made;   /* what the version numbers say; NONE: the same */
    bool is_lower;           /* the new version number is lower than the old one */
    bool is_enough;          /* the version rose as it must */
    const char *least;       /* the lowest version that would do */
} att_diff;

/* A version: as it was read, and as JSON. */
typedef struct att_version {
    const att_json *json;
    const att_instrument *instrument;
} att_version;

/* Cannot fail. Everything lives in arena. */
att_diff att_instrument_diff(att_arena *arena, const att_version *before,
                             const att_version *after);

#endif
