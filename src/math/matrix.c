#include <attune/math/matrix.h>

#include <assert.h>

att_matrix att_matrix_make(att_arena *arena, size_t n_rows, size_t n_cols)
{
    att_matrix m = { .n_rows = n_rows, .n_cols = n_cols };

    assert(n_cols <= (size_t)-1 / sizeof(double));
    m.x = att_arena_array(arena, n_rows, n_cols * sizeof(double));
    return m;
}
