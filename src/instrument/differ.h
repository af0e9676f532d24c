/* differ.h - what the files of the comparison of versions share
 */
#ifndef ATTUNE_INSTRUMENT_DIFFER_H
#define ATTUNE_INSTRUMENT_DIFFER_H

#include <jansson.h>

#include <attune/instrument/diff.h>

typedef struct att_diff_side {
    const att_instrument *in;
    json_t *root;
    json_t **items; /* [in->n_items] as they stand in the file */
} att_diff_side;

typedef struct att_differ {
    att_arena *arena;
    att_diff_side a, b;
    att_change *changes;
    size_t n_changes, room_changes;
    att_stale *stale;
    size_t n_stale, room_stale;
    att_column_change *columns;
    size_t n_columns, room_columns;
    bool is_muted; /* changes are not noted: they would say the same again */
} att_differ;

/* Notes a change; a class of NONE notes nothing. */
void att_differ_add(att_differ *d, att_change_class class_, const char *pointer,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));
void att_differ_column(att_differ *d, const char *column, char how);

/* Notes that words changed, and which translations did not follow. where: "item "a"",
 * key: "text". Values may be NULL. */
void att_differ_words(att_differ *d, const char *where, const char *pointer, json_t *a,
                      json_t *b);

/* Whether two values are the same; NULL is the same as what is left out. */
bool att_differ_same(json_t *a, json_t *b);
/* Whether two expressions are, but for blanks. Either may be NULL. */
bool att_differ_same_text(const char *a, const char *b);

/* Items, their choices and their columns (diff_items.c). */
void att_differ_items(att_differ *d);

#endif
