#include "moments.h"

#include <math.h>

#define BLOCK_ROWS 256

/* A running mean and sum of squares about it. */
typedef struct spread {
    size_t n;
    double mean, squares;
} spread;

static void spread_add(spread *s, double x)
{
    double off = x - s->mean;

    s->n++;
    s->mean += off / (double)s->n;
    s->squares += off * (x - s->mean);
}

static void finish_rows(att_moments *m, const spread *rows, double shift)
{
    m->row_mean = rows->n > 0 ? rows->mean + shift : NAN;
    m->row_sd = rows->n > 1 ? sqrt(rows->squares / (double)(rows->n - 1)) : NAN;
}

static att_moments make_moments(att_arena *arena, size_t k)
{
    att_moments m = { .k = k };

    m.item_n = att_new_n(arena, size_t, k);
    m.mean = att_new_n(arena, double, k);
    m.cov = att_matrix_make(arena, k, k).x;
    return m;
}

/* Counts the values of a row; how many there are. */
static size_t count_row(att_moments *m, const double *row)
{
    size_t n = 0;

    for (size_t j = 0; j < m->k; j++) {
        if (!isnan(row[j])) {
            m->item_n[j]++;
            n++;
        }
    }
    return n;
}

static void mirror(double *a, size_t k)
{
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < i; j++) {
            a[i * k + j] = a[j * k + i];
        }
    }
}

/* ---- complete rows ---- */

typedef struct listwise {
    att_moments *m;
    double *shift;  /* [k] the first complete row */
    double *mean;   /* [k] of the shifted values so far */
    double *across; /* [k x k] upper: sums of products about mean */
    double *block;  /* [BLOCK_ROWS x k] shifted values */
    double *centre; /* [k] of the block */
    size_t n_block;
    spread rows; /* of the rows' means, shifted */
} listwise;

/* Block values about the block's means, into the sums of products; then the means. */
static void merge_block(listwise *l)
{
    size_t k = l->m->k;
    double before = (double)l->m->n;
    double more = (double)l->n_block;

    if (l->n_block == 0) {
        return;
    }
    for (size_t j = 0; j < k; j++) {
        double sum = 0;

        for (size_t i = 0; i < l->n_block; i++) {
            sum += l->block[i * k + j];
        }
        l->centre[j] = sum / more;
        for (size_t i = 0; i < l->n_block; i++) {
            l->block[i * k + j] -= l->centre[j];
        }
        l->centre[j] -= l->mean[j]; /* how far the block lies from what was */
    }
    for (size_t i = 0; i < l->n_block; i++) {
        const double *row = l->block + i * k;

        for (size_t a = 0; a < k; a++) {
            double *across = l->across + a * k;
            double x = row[a];

            for (size_t b = a; b < k; b++) {
                across[b] += x * row[b];
            }
        }
    }
    for (size_t a = 0; a < k; a++) {
        double weight = l->centre[a] * before * more / (before + more);

        for (size_t b = a; b < k; b++) {
            l->across[a * k + b] += weight * l->centre[b];
        }
    }
    for (size_t j = 0; j < k; j++) {
        l->mean[j] += l->centre[j] * more / (before + more);
    }
    l->m->n += l->n_block;
    l->n_block = 0;
}

static void take_row(listwise *l, const double *row)
{
    size_t k = l->m->k;
    double *to = l->block + l->n_block * k;
    double sum = 0;

    if (l->m->n + l->n_block == 0) {
        for (size_t j = 0; j < k; j++) {
            l->shift[j] = row[j];
        }
    }
    for (size_t j = 0; j < k; j++) {
        to[j] = row[j] - l->shift[j];
        sum += to[j];
    }
    spread_add(&l->rows, sum / (double)k);
    l->n_block++;
    if (l->n_block == BLOCK_ROWS) {
        merge_block(l);
    }
}

static void finish_listwise(listwise *l)
{
    att_moments *m = l->m;
    size_t k = m->k;
    double shift = 0;

    for (size_t j = 0; j < k; j++) {
        m->mean[j] = m->n > 0 ? l->mean[j] + l->shift[j] : NAN;
        shift += l->shift[j] / (double)k;
    }
    for (size_t i = 0; i < k * k; i++) {
        m->cov[i] = m->n > 1 ? l->across[i] / (double)(m->n - 1) : NAN;
    }
    mirror(m->cov, k);
    finish_rows(m, &l->rows, shift);
}

att_moments att_moments_listwise(att_arena *arena, const att_matrix *x)
{
    size_t k = x->n_cols;
    att_moments m = make_moments(arena, k);
    att_arena scratch = { 0 };
    listwise l = { .m = &m };

    l.shift = att_new_n(&scratch, double, k);
    l.mean = att_new_n(&scratch, double, k);
    l.centre = att_new_n(&scratch, double, k);
    l.across = att_matrix_make(&scratch, k, k).x;
    l.block = att_matrix_make(&scratch, BLOCK_ROWS, k).x;
    for (size_t i = 0; i < x->n_rows; i++) {
        const double *row = x->x + i * k;

        if (count_row(&m, row) == k && k > 0) {
            take_row(&l, row);
        }
    }
    merge_block(&l);
    finish_listwise(&l);
    att_arena_drop(&scratch);
    return m;
}

/* ---- pairs ---- */

typedef struct pairwise {
    att_moments *m;
    double *shift;    /* [k] mean of the column in the first block that has any */
    bool *is_shifted; /* [k] */
    double *n;        /* [k x k] rows that have both */
    double *sum;      /* [k x k] row i, column j: sum of i where j is there too */
    double *across;   /* [k x k] upper: sum of products */
    double *block[3]; /* n, sum, across of one block */
    spread rows;
    double row_shift;
} pairwise;

static void shift_columns(pairwise *p, const att_matrix *x, size_t from, size_t to)
{
    size_t k = p->m->k;

    for (size_t j = 0; j < k; j++) {
        double mean = 0;
        size_t n = 0;

        for (size_t i = from; i < to && !p->is_shifted[j]; i++) {
            double value = att_matrix_get(x, i, j);

            if (!isnan(value)) {
                n++;
                mean += (value - mean) / (double)n;
            }
        }
        if (n > 0) {
            p->shift[j] = mean;
            p->is_shifted[j] = true;
        }
    }
}

static void add_pairs(pairwise *p, const double *row, double *shifted)
{
    size_t k = p->m->k;

    for (size_t j = 0; j < k; j++) {
        shifted[j] = row[j] - p->shift[j];
    }
    for (size_t a = 0; a < k; a++) {
        for (size_t b = a; b < k && !isnan(shifted[a]); b++) {
            if (!isnan(shifted[b])) {
                p->block[0][a * k + b] += 1;
                p->block[1][a * k + b] += shifted[a];
                p->block[2][a * k + b] += shifted[a] * shifted[b];
                if (a != b) {
                    p->block[1][b * k + a] += shifted[b];
                }
            }
        }
    }
}

static void add_row_mean(pairwise *p, const double *row, size_t n)
{
    double sum = 0;

    for (size_t j = 0; j < p->m->k; j++) {
        sum += isnan(row[j]) ? 0 : row[j] - p->row_shift;
    }
    spread_add(&p->rows, sum / (double)n);
}

static void pair_block(pairwise *p, const att_matrix *x, size_t from, double *shifted)
{
    size_t k = p->m->k;
    size_t to = from + BLOCK_ROWS < x->n_rows ? from + BLOCK_ROWS : x->n_rows;

    shift_columns(p, x, from, to);
    for (size_t i = from; i < to; i++) {
        const double *row = x->x + i * k;
        size_t n = count_row(p->m, row);

        if (n > 0) {
            if (p->m->n == 0) {
                for (size_t j = 0; j < k; j++) {
                    p->row_shift = isnan(row[j]) ? p->row_shift : row[j];
                }
            }
            p->m->n++;
            add_row_mean(p, row, n);
            add_pairs(p, row, shifted);
        }
    }
    for (size_t i = 0; i < k * k; i++) {
        p->n[i] += p->block[0][i];
        p->sum[i] += p->block[1][i];
        p->across[i] += p->block[2][i];
        p->block[0][i] = p->block[1][i] = p->block[2][i] = 0;
    }
}

static void finish_pairwise(pairwise *p)
{
    att_moments *m = p->m;
    size_t k = m->k;

    for (size_t a = 0; a < k; a++) {
        size_t own = a * k + a;

        m->mean[a] = p->n[own] > 0 ? p->shift[a] + p->sum[own] / p->n[own] : NAN;
        for (size_t b = a; b < k; b++) {
            size_t at = a * k + b;
            double product = p->sum[at] * p->sum[b * k + a] / p->n[at];

            m->cov[at] =
                p->n[at] > 1 ? (p->across[at] - product) / (p->n[at] - 1) : NAN;
        }
    }
    mirror(m->cov, k);
    finish_rows(m, &p->rows, p->row_shift);
}

att_moments att_moments_pairwise(att_arena *arena, const att_matrix *x)
{
    size_t k = x->n_cols;
    att_moments m = make_moments(arena, k);
    att_arena scratch = { 0 };
    pairwise p = { .m = &m };
    double *shifted = att_new_n(&scratch, double, k);

    p.shift = att_new_n(&scratch, double, k);
    p.is_shifted = att_new_n(&scratch, bool, k);
    p.n = att_matrix_make(&scratch, k, k).x;
    p.sum = att_matrix_make(&scratch, k, k).x;
    p.across = att_matrix_make(&scratch, k, k).x;
    for (size_t i = 0; i < 3; i++) {
        p.block[i] = att_matrix_make(&scratch, k, k).x;
    }
    for (size_t from = 0; from < x->n_rows && k > 0; from += BLOCK_ROWS) {
        pair_block(&p, x, from, shifted);
    }
    finish_pairwise(&p);
    att_arena_drop(&scratch);
    return m;
}
