#include <attune/data/frame.h>

#include <string.h>

size_t att_frame_column(const att_frame *frame, const char *name)
{
    for (size_t j = 0; j < frame->n_columns; j++) {
        if (strcmp(frame->columns[j].name, name) == 0) {
            return j;
        }
    }
    return ATT_NONE;
}

att_matrix att_frame_matrix(att_arena *arena, const att_frame *frame,
                            const size_t *columns, size_t n, const bool *is_reversed,
                            const bool *keep)
{
    att_matrix m;
    size_t n_rows = 0;
    size_t row = 0;

    for (size_t i = 0; i < frame->n_rows; i++) {
        n_rows += keep == NULL || keep[i];
    }
    m = att_matrix_make(arena, n_rows, n);
    for (size_t i = 0; i < frame->n_rows; i++) {
        const double *x = frame->x + i * frame->n_columns;

        if (keep != NULL && !keep[i]) {
            continue;
        }
        for (size_t j = 0; j < n; j++) {
            const att_column *column = &frame->columns[columns[j]];
            double value = x[columns[j]];

            if (is_reversed != NULL && is_reversed[j]) {
                value = column->low + column->high - value;
            }
            att_matrix_set(&m, row, j, value);
        }
        row++;
    }
    return m;
}
