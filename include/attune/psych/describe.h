/* describe.h - one item at a time: moments, categories, floor and ceiling
 */
#ifndef ATTUNE_PSYCH_DESCRIBE_H
#define ATTUNE_PSYCH_DESCRIBE_H

#include <attune/math/matrix.h>

typedef struct att_describe {
    size_t n, n_missing;
    double mean, sd;       /* divisor n - 1; NaN when n < 2 */
    double skew, kurtosis; /* type 3: m3 / s^3, m4 / s^4 - 3 with s by n - 1 */
    double min, max, median;
    double floor, ceiling; /* share at `low` and `high` among the filled cells */
} att_describe;

/* Column j of x. low, high: least and greatest code, NaN: those seen. */
att_describe att_describe_column(const att_matrix *x, size_t j, double low,
                                 double high);

/* How many cells of column j hold each of the codes: count[n_codes]. Returns how many
 * hold none of them (missing left out). */
size_t att_describe_counts(const att_matrix *x, size_t j, const double *codes,
                           size_t n_codes, size_t *count);

#endif
