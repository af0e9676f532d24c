/* dialect_redcap_logic.h - REDCap's logic as a tree
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_REDCAP_LOGIC_H
#define ATTUNE_INSTRUMENT_DIALECT_REDCAP_LOGIC_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>

typedef enum att_rc_kind {
    ATT_RC_NUMBER = 0,
    ATT_RC_TEXT,
    ATT_RC_FIELD, /* [event][field(code)][instance] */
    ATT_RC_CALL,
    ATT_RC_NEGATE,
    ATT_RC_POWER,   /* two kids */
    ATT_RC_PRODUCT, /* kids joined by ops[1..]: * or / */
    ATT_RC_SUM,     /* + or - */
    ATT_RC_COMPARE, /* two kids, op: = ! < l > g as in expr_tree.h */
    ATT_RC_AND,
    ATT_RC_OR
} att_rc_kind;

#define ATT_RC_GROUPS 4 /* brackets of one reference */

typedef struct att_rc_node {
    att_rc_kind kind;
    const char *text; /* a number or text as written, a function's name in lower case */
    const char *groups[ATT_RC_GROUPS]; /* what stands in the brackets of a field */
    size_t n_groups;
    char op;
    struct att_rc_node **kids;
    char *ops; /* [n_kids] */
    size_t n_kids, room;
} att_rc_node;

/* NULL with *why filled when it cannot be read. */
const att_rc_node *att_rc_read(att_arena *arena, const char *text, const char **why);

#endif
