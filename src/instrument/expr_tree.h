/* expr_tree.h - the tree of an expression, and what its reader and runner share
 */
#ifndef ATTUNE_INSTRUMENT_EXPR_TREE_H
#define ATTUNE_INSTRUMENT_EXPR_TREE_H

#include <attune/instrument/expr.h>

#include "pattern.h"

/* ---- words of the text ---- */

typedef enum att_token_kind {
    ATT_TOKEN_END = 0,
    ATT_TOKEN_NUMBER,
    ATT_TOKEN_TEXT,
    ATT_TOKEN_NAME, /* also: and or not in */
    ATT_TOKEN_MARK  /* ( ) , : . and operators */
} att_token_kind;

typedef struct att_expr_token {
    att_token_kind kind;
    size_t at, span;  /* bytes in the text */
    const char *text; /* a name, a text without its quotes, a mark as "<=" */
    double number;
} att_expr_token;

/* The next token from *at on, which moves behind it. False with fault filled where no
 * token can be. */
bool att_expr_lex(att_arena *arena, const char *text, size_t *at, att_expr_token *out,
                  att_expr_fault *fault);

/* Fills a fault; message and hint are cut to their room. */
void att_expr_fail(att_expr_fault *fault, const char *rule, const att_expr_token *where,
                   const char *message, const char *hint);

/* ---- functions ---- */

typedef enum att_function_id {
    ATT_FN_IF = 0,
    ATT_FN_COALESCE,
    ATT_FN_ANSWERED,
    ATT_FN_MISSING,
    ATT_FN_REASON,
    ATT_FN_SELECTED,
    ATT_FN_COUNT,
    ATT_FN_SHARE,
    ATT_FN_SUM,
    ATT_FN_MEAN,
    ATT_FN_MIN,
    ATT_FN_MAX,
    ATT_FN_ROUND,
    ATT_FN_FLOOR,
    ATT_FN_ABS,
    ATT_FN_AGE,
    ATT_FN_DAYS,
    ATT_FN_MONTHS,
    ATT_FN_YEARS,
    ATT_FN_TODAY,
    ATT_FN_NOW,
    ATT_FN_LOWER,
    ATT_FN_LENGTH,
    ATT_FN_CONCAT,
    ATT_FN_MATCHES
} att_function_id;

typedef struct att_function {
    const char *name;
    att_function_id id;
    size_t least, most;    /* arguments */
    unsigned first, other; /* types that the first, the other arguments may have */
    bool is_same;    /* they must agree: from the second on where first is TRUTH */
    att_type result; /* ANY: that on which the arguments agree */
    bool takes_min_valid;
} att_function;

const att_function *att_function_find(const char *name);
const char *att_function_nearest(const char *name); /* or NULL */

/* ---- the tree ---- */

typedef enum att_node_kind {
    ATT_NODE_VALUE = 0, /* a literal */
    ATT_NODE_REF,
    ATT_NODE_OWN,
    ATT_NODE_AND, /* all kids */
    ATT_NODE_OR,
    ATT_NODE_NOT,
    ATT_NODE_COMPARE, /* op: '=' '!' '<' 'l' (<=) '>' 'g' (>=) */
    ATT_NODE_IN,      /* the first kid in the others */
    ATT_NODE_CHAIN,   /* kids joined by ops[1..]: + - or * / */
    ATT_NODE_NEGATE,
    ATT_NODE_CALL
} att_node_kind;

typedef struct att_node {
    att_node_kind kind;
    att_type type;
    att_expr_token where;
    att_value value; /* of a literal */
    att_ref ref;
    char op;
    char *ops; /* [n_kids] */
    struct att_node **kids;
    size_t n_kids;
    const att_function *function;
    size_t min_valid; /* 0: at least one */
    const att_pattern *pattern;
} att_node;

struct att_expr {
    const char *text;
    const att_node *root;
    const att_ref *refs; /* [n_refs] */
    size_t n_refs;
};

/* Whether one of some conditions holds: an expression over all that they name. */
att_expr *att_expr_any(att_arena *arena, const att_expr *const *list, size_t n);

/* Gives node its type from those of its kids. False with fault filled where they do
 * not fit. */
bool att_node_type(att_node *node, att_expr_fault *fault);

/* "a number"; for messages. */
const char *att_type_name(att_type type);

#endif
