/* alpha.h - internal consistency of a scale, and its items beside it
 *
 * What:   Cronbach's alpha from covariances and from correlations, Feldt's interval,
 *         item statistics, item-rest correlation, alpha without each item.
 * Input:  x, n respondents by k items, already keyed (reversed where they are); NaN is
 *         missing. Listwise: rows with a missing cell are left out. Pairwise, when asked
 *         for: each covariance uses the rows that have both its items.
 * Source: Cronbach (1951), eq. 2; interval: Feldt (1965). docs/METHODS.md, "alpha".
 */
#ifndef ATTUNE_PSYCH_ALPHA_H
#define ATTUNE_PSYCH_ALPHA_H

#include <stdbool.h>

#include <attune/math/matrix.h>
#include <attune/math/outcome.h>

typedef struct att_alpha {
    size_t n_all, n, k;       /* rows given, complete rows used, items */
    double raw, std;          /* at most 1, may be negative; NaN if undefined */
    double raw_low, raw_high; /* Feldt, at opts.level */
    double std_low, std_high;
    double average_r, median_r; /* inter-item correlations */
    double mean, sd;            /* of the rows' means over the items */
    double *item_n;             /* [k] answers to it, missing rows elsewhere or not */
    double *item_mean;          /* [k] over the complete rows; pairwise: its answers */
    double *item_sd;            /* [k] divisor n - 1 */
    double *item_rest;          /* [k] correlation with the sum of the others */
    double *raw_if_dropped;     /* [k] NaN when k < 3 */
    double *std_if_dropped;     /* [k] NaN when k < 3 */
    double *max_r;              /* [k] largest correlation with another item */
    size_t n_constant;          /* items that do not vary: they are named by sd 0 */
    att_outcome outcome;        /* TOO_FEW: n < 2 or k < 2; CONSTANT: the total does not
                                   vary */
} att_alpha;

typedef struct att_alpha_opts {
    double level;     /* of the interval, in (0, 1); 0 means .95 */
    bool is_pairwise; /* false: listwise */
} att_alpha_opts;

/* Cannot fail: look at outcome. Arrays live in arena. One pass over x, memory beside the
 * result is O(k^2). What is undefined is NaN: every coefficient when TOO_FEW; raw when
 * CONSTANT; std, average_r and median_r when an item does not vary. */
att_alpha att_alpha_of(att_arena *arena, const att_matrix *x,
                       const att_alpha_opts *opts);

#endif
