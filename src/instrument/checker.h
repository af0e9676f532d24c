/* checker.h - what the files of the instrument's checker share
 *
 * What:   an instrument that could be read, and the reading it came from, so that each
 *         warning has a place. Rules: rules.c.
 */
#ifndef ATTUNE_INSTRUMENT_CHECKER_H
#define ATTUNE_INSTRUMENT_CHECKER_H

#include <attune/instrument/check.h>

#include "reader.h"

/* Missing translations of a language that are named one by one. */
#define ATT_LISTED_MAX 20

typedef struct att_checker {
    att_reader *r;
    const att_instrument *in;
    const att_check_opts *opts;
    json_t *root;
    const size_t *n_missing; /* [n_languages] texts that a language lacks */
} att_checker;

/* Texts: translations, widths, characters (check_text.c). */
void att_check_texts(att_checker *c);

/* Conditions, variants and tokens (check_expr.c). */
void att_check_exprs(att_checker *c);

/* Every way through, when it was asked for (check_paths.c). */
void att_check_paths(att_checker *c);

/* What could be said more plainly, when it was asked for (check_style.c). */
void att_check_style(att_checker *c);

/* 1, 0, or -1 for unknown, of an expression when nothing is answered yet. */
int att_check_truth(const att_checker *c, const att_expr *expr);

/* Whether the set stands inside the item itself. */
bool att_check_owns_set(const att_checker *c, size_t item);

#endif
