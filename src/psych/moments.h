/* moments.h - means and covariances of columns with holes, in one pass
 *
 * Rows are taken in blocks. Values are shifted by a first estimate of their mean; a
 * block's moments are taken about its own means and merged in the order of the rows
 * (Chan, Golub & LeVeque 1983, eq. 1.5), so that 1e9 + small keeps its digits.
 */
#ifndef ATTUNE_PSYCH_MOMENTS_H
#define ATTUNE_PSYCH_MOMENTS_H

#include <stdbool.h>

#include <attune/math/matrix.h>

typedef struct att_moments {
    size_t k;
    size_t n;        /* rows used: complete ones; pairwise: with any value */
    size_t *item_n;  /* [k] values in the column, missing elsewhere or not */
    double *mean;    /* [k] over the rows used; pairwise: over its values */
    double *cov;     /* [k x k] divisor n - 1 (pairwise: of the pair); NaN under 2 */
    double row_mean; /* mean and SD (n - 1) of the rows' means of their values */
    double row_sd;
} att_moments;

att_moments att_moments_listwise(att_arena *arena, const att_matrix *x);
att_moments att_moments_pairwise(att_arena *arena, const att_matrix *x);

#endif
