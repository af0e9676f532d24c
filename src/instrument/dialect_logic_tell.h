/* dialect_logic_tell.h - our expressions on their way into other programs' words
 *
 * What is told is a text in the teller's arena; NULL when it cannot be said there.
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_LOGIC_TELL_H
#define ATTUNE_INSTRUMENT_DIALECT_LOGIC_TELL_H

#include "dialect_logic.h"
#include "expr_tree.h"

#define ATT_TELL_STEPS_MAX 4000  /* parts: an `if` is said more than once */
#define ATT_TELL_BYTES_MAX 30000 /* of one expression */

typedef struct att_teller {
    att_arena *arena;
    const att_instrument *instrument;
    const bool *has_derived;
    const att_tongue *tongue;
    const att_item *own;    /* what "." is, or NULL */
    const att_item *within; /* as of att_logic_place */
    const bool *repeats;
    const char *why, *near;
    size_t n_steps;
} att_teller;

/* NULL: that it cannot be said, and why; only the first reason is kept. */
const char *att_tell_cannot(att_teller *s, const char *why);

/* That it does not mean quite the same there. */
void att_tell_near(att_teller *s, const char *what);

/* Counts the parts of an expression; false when they are too many. */
bool att_tell_step(att_teller *s);

/* In parentheses where it is more than one condition. */
const char *att_tell_wrapped(att_teller *s, const char *text);

/* Conditions joined; those that always hold ("") fall away from `and` and make `or`
 * hold always. */
const char *att_tell_joined(att_teller *s, const char *a, const char *b, bool is_and);

/* The item that a node names, "." included; or NULL. */
const att_item *att_tell_item_of(const att_teller *s, const att_node *node);

/* An item, a mark, and what stands between, as they are written there. */
const char *att_tell_field(att_teller *s, const char *id);
const char *att_tell_item(att_teller *s, const att_item *item);
const char *att_tell_differs(const att_teller *s);
const char *att_tell_equals(const att_teller *s);

/* Whether the answer is several codes. */
bool att_tell_has_marks(const att_item *item);
const char *att_tell_mark(att_teller *s, const att_item *item, int code,
                          bool is_marked);
void att_tell_near_marks(att_teller *s, const att_item *item);

/* That an item has a value; "": always. */
const char *att_tell_item_known(att_teller *s, const att_item *item);
bool att_node_is_today(const att_node *node);
const char *att_tell_today(const att_teller *s);

/* A name as it stands there; its number, with reasons taken for blanks. */
const char *att_tell_ref_name(att_teller *s, const att_node *node);
const char *att_tell_ref_number(att_teller *s, const att_node *node);
const char *att_tell_literal(att_teller *s, const att_node *node);
const char *att_tell_comma(const att_teller *s);
const char *att_tell_matches(att_teller *s, const att_node *node);

/* A value; whether there is one ("": always). */
const char *att_tell_value(att_teller *s, const att_node *node);

/* That all kids, or any of them, have a value. */
const char *att_tell_known_over(att_teller *s, const att_node *node, bool is_and);
const char *att_tell_known(att_teller *s, const att_node *node);

/* What holds there exactly where ours is true, and where it is surely false. */
const char *att_tell_true(att_teller *s, const att_node *node);
const char *att_tell_false(att_teller *s, const att_node *node);

#endif
