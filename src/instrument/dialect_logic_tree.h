/* dialect_logic_tree.h - the logic of other programs as a tree
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_LOGIC_TREE_H
#define ATTUNE_INSTRUMENT_DIALECT_LOGIC_TREE_H

#include "dialect_logic.h"

typedef enum att_term_kind {
    ATT_TERM_NUMBER = 0,
    ATT_TERM_TEXT,
    ATT_TERM_FIELD, /* [event][field(code)][instance]; ${field}, "." */
    ATT_TERM_CALL,
    ATT_TERM_NEGATE,
    ATT_TERM_POWER,   /* two kids */
    ATT_TERM_PRODUCT, /* kids joined by ops[1..]: * / or % */
    ATT_TERM_SUM,     /* + or - */
    ATT_TERM_COMPARE, /* two kids, op: = ! < l > g as in expr_tree.h */
    ATT_TERM_AND,
    ATT_TERM_OR
} att_term_kind;

#define ATT_TERM_GROUPS 4 /* brackets of one reference */

typedef struct att_term {
    att_term_kind kind;
    const char *text; /* a number or text as written, a function's name in lower case */
    const char *groups[ATT_TERM_GROUPS]; /* what stands in the brackets of a field */
    size_t n_groups;
    char op;
    struct att_term **kids;
    char *ops; /* [n_kids] */
    size_t n_kids, room;
} att_term;

/* NULL with *why filled when it cannot be read. */
att_term *att_term_make(att_arena *arena, const att_tongue *tongue, const char *text,
                        const char **why);

/* What a tree is to give here. */
typedef enum att_logic_purpose {
    ATT_LOGIC_FOR_CONDITION = 0, /* true exactly where theirs is */
    ATT_LOGIC_FOR_CHECK,         /* the same, and never unknown */
    ATT_LOGIC_FOR_VALUE,         /* a number */
    ATT_LOGIC_FOR_DAY
} att_logic_purpose;

/* A tree, whose arena may be any, in our words. */
att_logic att_logic_of(att_arena *arena, const att_logic_fields *fields,
                       const att_term *root, att_logic_purpose purpose);

#endif
