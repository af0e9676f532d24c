/* matrix.h - rows by columns of double, row-major, one block
 */
#ifndef ATTUNE_MATH_MATRIX_H
#define ATTUNE_MATH_MATRIX_H

#include <stddef.h>

#include <attune/base/arena.h>

typedef struct att_matrix {
    size_t n_rows, n_cols;
    double *x; /* [n_rows x n_cols]; NaN = missing */
} att_matrix;

/* All zero, in arena. */
att_matrix att_matrix_make(att_arena *arena, size_t n_rows, size_t n_cols);

static inline double att_matrix_get(const att_matrix *m, size_t i, size_t j)
{
    return m->x[i * m->n_cols + j];
}

static inline void att_matrix_set(att_matrix *m, size_t i, size_t j, double x)
{
    m->x[i * m->n_cols + j] = x;
}

#endif
