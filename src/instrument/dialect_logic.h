/* dialect_logic.h - conditions and calculations of other programs, both ways
 *
 * REDCap's logic and XLSForm's XPath write the same things in other words: a blank is a
 * value like others there, which equals '' and differs from everything else. Here it
 * makes a comparison unknown. So both are translated by meaning, not by letter.
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_LOGIC_H
#define ATTUNE_INSTRUMENT_DIALECT_LOGIC_H

#include <attune/instrument/expr.h>

/* How another program writes conditions. */
typedef struct att_tongue {
    const char *open, *close; /* around the name of a field: "[" and "]" */
    bool is_xpath;            /* XLSForm's, with functions for what REDCap has marks */
} att_tongue;

extern const att_tongue att_tongue_redcap, att_tongue_xpath;

/* ---- conditions and calculations going out ---- */

/* What an expression became, or why it could not. */
typedef struct att_logic {
    const char *text; /* in the other's words, or NULL */
    const char *why;  /* text NULL: what cannot be said there; else "" */
    const char *near; /* what differs a little, or "" */
} att_logic;

/* Where an expression goes. */
typedef struct att_logic_place {
    const att_tongue *tongue;
    const att_instrument *instrument;
    const bool *has_derived; /* which derived values are fields there */
    const att_item *own;     /* what "." is, or NULL */
    const att_item *within;  /* an item of the entry of a roster that it is about, or
                                NULL */
    const bool *repeats;     /* [n_items] rosters that repeat there, so that entries are
                                no items of their own; or NULL */
} att_logic_place;

/* A condition that holds there exactly where ours is true (unknown is not true); or,
 * with is_value, a calculation that is blank there where ours is missing. */
att_logic att_logic_write(att_arena *arena, const att_logic_place *place,
                          const att_expr *expr, bool is_value);

/* A condition that fails there exactly where ours is surely false: of a check, which
 * passes when it is unknown. */
att_logic att_logic_write_check(att_arena *arena, const att_logic_place *place,
                                const att_expr *expr);

/* ---- conditions and calculations coming in ---- */

typedef enum att_logic_sort {
    ATT_LOGIC_NONE = 0, /* is no item here */
    ATT_LOGIC_CODE,
    ATT_LOGIC_MARKS,
    ATT_LOGIC_NUMBER,
    ATT_LOGIC_TEXT,
    ATT_LOGIC_DAY,
    ATT_LOGIC_ROSTER /* repeats: holds items of each of its entries */
} att_logic_sort;

/* A choice as it is written there, and what it became. */
typedef struct att_logic_code {
    const char *text;
    int code;
    att_reason reason; /* NONE: a choice */
} att_logic_code;

typedef struct att_logic_field {
    const char *name; /* there */
    const char *id;   /* here */
    att_logic_sort sort;
    const att_logic_code *codes; /* [n_codes] of CODE and MARKS */
    size_t n_codes;
} att_logic_field;

typedef struct att_logic_fields {
    const att_tongue *tongue;
    const att_logic_field *list; /* [n] sorted by name */
    size_t n;
    const att_logic_field *own; /* what "." is, its id "."; or NULL */
} att_logic_fields;

/* NULL when there is none of that name. */
const att_logic_field *att_logic_find(const att_logic_fields *fields, const char *name);

#define ATT_LOGIC_BYTES_MAX 16384

/* Their condition, or with is_value a calculation, as our expression: true (a value)
 * exactly where theirs is. It may still be refused for its types. */
att_logic att_logic_read(att_arena *arena, const att_logic_fields *fields,
                         const char *text, bool is_value);

#endif
