/* expr.h - the expression language: text to tree, tree to value
 *
 * One small typed language for show, check, warn, variants, tokens and derived values:
 * no loops, no assignment, no I/O; three-valued after Kleene. Grammar and functions:
 * docs/EXPRESSIONS.md.
 */
#ifndef ATTUNE_INSTRUMENT_EXPR_H
#define ATTUNE_INSTRUMENT_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/instrument/instrument.h>

typedef enum att_type {
    ATT_TYPE_ANY = 0, /* not known before it runs */
    ATT_TYPE_TRUTH,
    ATT_TYPE_NUMBER,
    ATT_TYPE_TEXT,
    ATT_TYPE_DAY,
    ATT_TYPE_CODES /* several codes, of `many` */
} att_type;

typedef struct att_value {
    att_type type;     /* ANY: missing, for the reason */
    att_reason reason; /* why it is missing; NONE when it is not known */
    double number;     /* NUMBER; TRUTH: 0 or 1; DAY: days */
    const char *text;
    const int *codes;
    size_t n_codes;
} att_value;

typedef enum att_ref_kind {
    ATT_REF_ITEM = 0,
    ATT_REF_SCALE,     /* its score */
    ATT_REF_SCALE_100, /* its score as 0 to 100: "trust_100" */
    ATT_REF_DERIVED,
    ATT_REF_PERSON,  /* an attribute: "person.age" */
    ATT_REF_EARLIER, /* an answer of an earlier wave: wave('T0').health */
    ATT_REF_WORD     /* role site wave language person today now */
} att_ref_kind;

typedef enum att_ref_word {
    ATT_WORD_ROLE = 0,
    ATT_WORD_SITE,
    ATT_WORD_WAVE,
    ATT_WORD_LANGUAGE,
    ATT_WORD_PERSON,
    ATT_WORD_TODAY,
    ATT_WORD_NOW,
    ATT_WORD_MODE
} att_ref_word;

typedef struct att_ref {
    att_ref_kind kind;
    size_t index; /* of the item, scale, derived value, attribute, earlier answer, or an
                     att_ref_word */
    att_type type;
} att_ref;

/* today is a DAY; now is a NUMBER, seconds since 1970-01-01 UTC; the others are TEXT. */

/* How names become references: the reader of the instrument knows them. */
typedef struct att_names {
    const void *data;
    bool (*find)(const void *data, const char *name, att_ref *out);
    /* the name most likely meant, or NULL */
    const char *(*nearest)(const void *data, const char *name);
    /* what "roster.member" stands for in the k-th entry, from 1; gives how many there
     * are, 0 when it is nothing; NULL: there are no rosters */
    size_t (*each)(const void *data, const char *roster, const char *member, size_t k,
                   att_ref *out);
    att_type own; /* type of "."; ANY where "." has no meaning is an error */
    bool has_own;
    /* of an answer at an earlier wave; NULL: there are none */
    bool (*find_earlier)(const void *data, const char *wave, const char *item,
                         att_ref *out);
} att_names;

/* What is wrong with an expression, and where in its text. */
typedef struct att_expr_fault {
    const char *rule; /* "L020" syntax, "L021" unknown name, "L022" types,
                         "L023" unknown function or wrong number of arguments */
    size_t at, span;  /* bytes in the text */
    char message[ATT_MESSAGE_MAX];
    char hint[ATT_HINT_MAX];
} att_expr_fault;

#define ATT_EXPR_BYTES_MAX 16384
#define ATT_EXPR_DEPTH_MAX 64

/* Parses and types. NULL with *fault filled when it cannot be. */
att_expr *att_expr_read(att_arena *arena, const char *text, const att_names *names,
                        att_expr_fault *fault);

const char *att_expr_text(const att_expr *expr);
att_type att_expr_type(const att_expr *expr);

/* What it refers to, each once, in order of first use. "." is not among them. */
const att_ref *att_expr_refs(const att_expr *expr, size_t *n);

/* Where values come from while an expression runs. */
typedef struct att_scope {
    const void *data;
    att_value (*get)(const void *data, const att_ref *ref);
} att_scope;

/* The value. Never fails: what cannot be computed is missing. own is the value of ".",
 * or NULL. Texts made on the way live in scratch. */
att_value att_expr_eval(att_arena *scratch, const att_expr *expr,
                        const att_scope *scope, const att_value *own);

/* Truth of a value: 1 true, 0 false, -1 unknown. */
int att_value_truth(const att_value *value);

att_value att_value_of_answer(const att_answer *answer);

#endif
