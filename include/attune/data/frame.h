/* frame.h - responses as a labelled matrix
 *
 * Rows are respondents, columns are answers. Each cell is a double (NaN = missing)
 * beside the reason why it is missing, or a text. The reason is kept to the very end.
 * A cell that is missing for no reason that anybody gave (a score that cannot be made,
 * a blank of a CSV file) is NaN with the reason NONE.
 */
#ifndef ATTUNE_DATA_FRAME_H
#define ATTUNE_DATA_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/error.h>
#include <attune/instrument/answer.h>
#include <attune/instrument/instrument.h>
#include <attune/math/matrix.h>

typedef enum att_column_kind {
    ATT_COLUMN_NUMBER = 0, /* whole, decimal, slider */
    ATT_COLUMN_CODE,       /* one of `codes` */
    ATT_COLUMN_MARK,       /* one choice of `many`: 0 or 1 */
    ATT_COLUMN_TEXT,
    ATT_COLUMN_DAY /* days since 1970-01-01 */
} att_column_kind;

typedef struct att_column {
    const char *name;  /* "recs_t1"; of a mark "pro1___2" */
    const char *label; /* the question, in the default language */
    att_column_kind kind;
    const char *item;               /* id of the item it comes from; "" of a score */
    const int *codes;               /* [n_codes] CODE; MARK: 0, 1 */
    const char *const *code_labels; /* [n_codes] */
    size_t n_codes;
    double low, high; /* least and greatest possible; NaN where open */
} att_column;

/* Who and when, a row. */
typedef struct att_row_head {
    const char *response, *person, *role, *site, *wave, *language;
    const char *instrument, *version;
    att_status status;
    att_msec started, finished; /* 0: not finished */
    att_asking mode;
    const char *interviewer, *proxy_for, *relation;
} att_row_head;

typedef struct att_frame {
    size_t n_rows, n_columns;
    const att_column *columns; /* [n_columns] */
    const att_row_head *heads; /* [n_rows]; NULL for a frame read from CSV */
    double *x;                 /* [n_rows x n_columns] NaN = missing or text */
    unsigned char *reasons;    /* [n_rows x n_columns] att_reason; NONE = a value, or
                                  empty without a reason */
    const char **texts;        /* [n_rows x n_columns] or NULL when no column is text;
                                  a cell is NULL where there is none */
} att_frame;

/* Index by name; ATT_NONE when there is none. */
size_t att_frame_column(const att_frame *frame, const char *name);

/* Columns as a matrix for psych: keyed where is_reversed ((low + high) - x), only rows
 * that pass keep (NULL: all). */
att_matrix att_frame_matrix(att_arena *arena, const att_frame *frame,
                            const size_t *columns, size_t n, const bool *is_reversed,
                            const bool *keep);

#endif
