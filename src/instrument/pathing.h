/* pathing.h - what the files of the path proof share
 */
#ifndef ATTUNE_INSTRUMENT_PATHING_H
#define ATTUNE_INSTRUMENT_PATHING_H

#include <attune/instrument/paths.h>

#include "expr_tree.h"

#define ATT_PATH_WORDS (ATT_WORD_MODE + 1) /* words of the session */

/* What answers to an item, a word of the session or an attribute come to. */
typedef struct att_path_var {
    att_ref
        ref; /* ITEM, WORD or PERSON; else of nothing: a condition that holds as it likes */
    bool is_whole;    /* every answer counts, not only where it stands */
    bool has_order;   /* it is compared with "<" and the like */
    bool has_reasons; /* the reason for no answer counts */
    const char *why;  /* it cannot be cut; NULL: it can */
    att_value *cuts;  /* [n_cuts] constants it is compared with */
    size_t n_cuts, room_cuts;
    att_value *values; /* [n_values] one of each kind; where it may be hidden, the last
                          is that it was not asked */
    size_t n_values;   /* without that */
} att_path_var;

/* Finds what an expression compares its items with, and notes it in vars. */
void att_path_scan(att_arena *arena, att_path_var *vars, size_t n_items,
                   const att_expr *expr);

/* Whether the day or the moment of the session has a part in it. */
bool att_path_has_clock(const att_expr *expr);

/* The place of a variable among vars: items, then words, then attributes of the person;
 * and how many places there are. */
size_t att_path_place(size_t n_items, const att_ref *ref);
#define ATT_PATH_PLACES(in) ((in)->n_items + ATT_PATH_WORDS + (in)->n_attributes)

/* Whether a reference is one of these: an answer, a word, an attribute. */
bool att_path_is_var(const att_ref *ref);

/* Makes the values of one variable from its cuts. */
void att_path_values(att_arena *arena, const att_instrument *in, att_path_var *var);

#endif
