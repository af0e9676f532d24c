#include <attune/psych/describe.h>

#include <math.h>
#include <stdlib.h>

#define BLOCK 256

/* Sums of the powers of values about a centre, by blocks. */
typedef struct powers {
    double p1, p2, p3, p4;
} powers;

static powers powers_about(const double *x, size_t n, double centre)
{
    powers all = { 0 };

    for (size_t from = 0; from < n; from += BLOCK) {
        size_t to = from + BLOCK < n ? from + BLOCK : n;
        powers block = { 0 };

        for (size_t i = from; i < to; i++) {
            double d = x[i] - centre;

            block.p1 += d;
            block.p2 += d * d;
            block.p3 += d * d * d;
            block.p4 += d * d * d * d;
        }
        all.p1 += block.p1;
        all.p2 += block.p2;
        all.p3 += block.p3;
        all.p4 += block.p4;
    }
    return all;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The values of a column, ascending. */
static double *sorted_column(att_arena *scratch, const att_matrix *x, size_t j,
                             size_t *n)
{
    double *values = att_new_n(scratch, double, x->n_rows);

    *n = 0;
    for (size_t i = 0; i < x->n_rows; i++) {
        double value = att_matrix_get(x, i, j);

        if (!isnan(value)) {
            values[(*n)++] = value;
        }
    }
    qsort(values, *n, sizeof *values, compare_numbers);
    return values;
}

/* Moments about the mean, which is itself found about the median. Type 3 of Joanes &
 * Gill (1998): b1 = m3 / s^3, b2 = m4 / s^4 - 3, with s by n - 1. */
static void put_moments(att_describe *d, const double *x)
{
    double n = (double)d->n;
    powers p;
    double s2;

    d->mean = d->median + powers_about(x, d->n, d->median).p1 / n;
    if (d->n < 2) {
        return;
    }
    p = powers_about(x, d->n, d->mean);
    s2 = (p.p2 - p.p1 * p.p1 / n) / (n - 1);
    d->sd = d->min == d->max ? 0 : sqrt(s2);
    if (d->sd > 0) {
        d->skew = p.p3 / n / (d->sd * s2);
        d->kurtosis = p.p4 / n / (s2 * s2) - 3.0;
    }
}

static double share_at(const double *x, size_t n, double code)
{
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        at += x[i] == code;
    }
    return (double)at / (double)n;
}

att_describe att_describe_column(const att_matrix *x, size_t j, double low, double high)
{
    att_arena scratch = { 0 };
    att_describe d = {
        .mean = NAN,
        .sd = NAN,
        .skew = NAN,
        .kurtosis = NAN,
        .min = NAN,
        .max = NAN,
        .median = NAN,
        .floor = NAN,
        .ceiling = NAN,
    };
    const double *values = sorted_column(&scratch, x, j, &d.n);

    d.n_missing = x->n_rows - d.n;
    if (d.n > 0) {
        d.min = values[0];
        d.max = values[d.n - 1];
        d.median = d.n % 2 == 1 ? values[d.n / 2]
                                : values[d.n / 2 - 1] +
                                      (values[d.n / 2] - values[d.n / 2 - 1]) / 2.0;
        put_moments(&d, values);
        d.floor = share_at(values, d.n, isnan(low) ? d.min : low);
        d.ceiling = share_at(values, d.n, isnan(high) ? d.max : high);
    }
    att_arena_drop(&scratch);
    return d;
}

size_t att_describe_counts(const att_matrix *x, size_t j, const double *codes,
                           size_t n_codes, size_t *count)
{
    size_t n_other = 0;

    for (size_t c = 0; c < n_codes; c++) {
        count[c] = 0;
    }
    for (size_t i = 0; i < x->n_rows; i++) {
        double value = att_matrix_get(x, i, j);
        size_t c = 0;

        while (c < n_codes && codes[c] != value) {
            c++;
        }
        if (c < n_codes) {
            count[c]++;
        } else if (!isnan(value)) {
            n_other++;
        }
    }
    return n_other;
}
