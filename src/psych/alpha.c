#include <attune/psych/alpha.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <attune/math/dist.h>

#include "moments.h"

/* C: covariances [k x k]; R: correlations [k x k]. */

/* A sum of terms that should cancel counts as zero below this share of them. */
#define NOTHING (64 * DBL_EPSILON)

static double *filled(att_arena *arena, size_t n)
{
    double *x = att_new_n(arena, double, n);

    for (size_t i = 0; i < n; i++) {
        x[i] = NAN;
    }
    return x;
}

/* Cronbach (1951), eq. 2: k/(k-1) (1 - trace / total). NaN where the total does not
 * vary. */
static double alpha_of(size_t k, double trace, double total, double size)
{
    if (k < 2 || !(total > NOTHING * size)) {
        return NAN;
    }
    return (double)k / (double)(k - 1) * (1.0 - trace / total);
}

/* k r / (1 + (k - 1) r): alpha of a correlation matrix with mean r off its diagonal. */
static double standardised(size_t k, double sum_r)
{
    double total = (double)k + sum_r;

    return alpha_of(k, (double)k, total, (double)k);
}

/* Feldt (1965): 1 - (1 - alpha) F, with n - 1 and (n - 1)(k - 1) degrees of freedom. */
static void interval(const att_alpha *a, double alpha, double level, double *low,
                     double *high)
{
    double df1 = (double)a->n - 1;
    double df2 = df1 * ((double)a->k - 1);
    double tail = (1.0 - level) / 2.0;

    if (isnan(alpha)) {
        return;
    }
    *low = 1.0 - (1.0 - alpha) * att_dist_f_quantile(1.0 - tail, df1, df2);
    *high = 1.0 - (1.0 - alpha) * att_dist_f_quantile(tail, df1, df2);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median_of(double *x, size_t n)
{
    qsort(x, n, sizeof *x, compare_numbers);
    return n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2.0;
}

/* R from C; NaN with an item that does not vary. */
static double *correlations(att_arena *scratch, const att_moments *m)
{
    size_t k = m->k;
    double *r = att_matrix_make(scratch, k, k).x;

    for (size_t i = 0; i < k; i++) {
        double si = sqrt(m->cov[i * k + i]);

        for (size_t j = 0; j < k; j++) {
            double sj = sqrt(m->cov[j * k + j]);

            r[i * k + j] = i == j ? 1.0 : m->cov[i * k + j] / si / sj;
        }
    }
    return r;
}

static void put_correlations(att_arena *scratch, att_alpha *a, const double *r)
{
    size_t k = a->k;
    size_t n = 0;
    double *pairs = att_new_n(scratch, double, k *(k - 1) / 2);
    double sum = 0;

    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double one = r[i * k + j];

            if (i == j || isnan(one)) {
                continue;
            }
            a->max_r[i] = fmax(a->max_r[i], one);
            if (j < i) {
                pairs[n++] = one;
                sum += one;
            }
        }
    }
    if (n == k * (k - 1) / 2) {
        a->average_r = sum / (double)n;
        a->median_r = median_of(pairs, n);
        a->std = standardised(k, 2.0 * sum);
    }
}

/* What the scale is without each item, and the item against the rest. total: sum of C;
 * sum_r: of R off its diagonal. */
static void put_dropped(att_alpha *a, const att_moments *m, const double *r,
                        double total, double trace)
{
    size_t k = a->k;
    double sum_r = a->average_r * (double)k * (double)(k - 1);

    for (size_t j = 0; j < k; j++) {
        double own = m->cov[j * k + j];
        double with_rest = 0; /* covariance of the item with the sum of the others */
        double r_rest = 0;
        double rest;

        for (size_t i = 0; i < k; i++) {
            with_rest += i == j ? 0 : m->cov[i * k + j];
            r_rest += i == j ? 0 : r[i * k + j];
        }
        rest = total - own - 2.0 * with_rest; /* variance of the sum of the others */
        if (own > 0 && rest > NOTHING * trace) {
            a->item_rest[j] = fmax(-1.0, fmin(1.0, with_rest / sqrt(own) / sqrt(rest)));
        }
        if (k >= 3) {
            a->raw_if_dropped[j] = alpha_of(k - 1, trace - own, rest, trace);
            a->std_if_dropped[j] = standardised(k - 1, sum_r - 2.0 * r_rest);
        }
    }
}

static void put_items(att_alpha *a, const att_moments *m)
{
    for (size_t j = 0; j < a->k; j++) {
        a->item_n[j] = (double)m->item_n[j];
        a->item_mean[j] = m->mean[j];
        a->item_sd[j] = sqrt(m->cov[j * a->k + j]);
        a->n_constant += a->item_sd[j] == 0;
    }
    a->mean = m->row_mean;
    a->sd = m->row_sd;
}

static void put_coefficients(att_arena *scratch, att_alpha *a, const att_moments *m,
                             double level)
{
    size_t k = a->k;
    const double *r = correlations(scratch, m);
    double total = 0;
    double trace = 0;

    for (size_t i = 0; i < k * k; i++) {
        total += m->cov[i];
    }
    for (size_t i = 0; i < k; i++) {
        trace += m->cov[i * k + i];
    }
    a->raw = alpha_of(k, trace, total, trace);
    put_correlations(scratch, a, r);
    put_dropped(a, m, r, total, trace);
    interval(a, a->raw, level, &a->raw_low, &a->raw_high);
    interval(a, a->std, level, &a->std_low, &a->std_high);
    if (isnan(a->raw)) {
        a->outcome = ATT_OUTCOME_CONSTANT;
    }
}

static att_alpha make_alpha(att_arena *arena, const att_matrix *x)
{
    size_t k = x->n_cols;
    att_alpha a = {
        .n_all = x->n_rows,
        .k = k,
        .raw = NAN,
        .std = NAN,
        .raw_low = NAN,
        .raw_high = NAN,
        .std_low = NAN,
        .std_high = NAN,
        .average_r = NAN,
        .median_r = NAN,
        .item_n = filled(arena, k),
        .item_mean = filled(arena, k),
        .item_sd = filled(arena, k),
        .item_rest = filled(arena, k),
        .raw_if_dropped = filled(arena, k),
        .std_if_dropped = filled(arena, k),
        .max_r = filled(arena, k),
    };

    return a;
}

att_alpha att_alpha_of(att_arena *arena, const att_matrix *x,
                       const att_alpha_opts *opts)
{
    static const att_alpha_opts plain = { 0 };
    att_arena scratch = { 0 };
    att_alpha a = make_alpha(arena, x);
    att_moments m;

    opts = opts != NULL ? opts : &plain;
    m = opts->is_pairwise ? att_moments_pairwise(&scratch, x)
                          : att_moments_listwise(&scratch, x);
    a.n = m.n;
    put_items(&a, &m);
    if (a.n < 2 || a.k < 2) {
        a.outcome = ATT_OUTCOME_TOO_FEW;
    } else {
        put_coefficients(&scratch, &a, &m, opts->level > 0 ? opts->level : 0.95);
    }
    att_arena_drop(&scratch);
    return a;
}
