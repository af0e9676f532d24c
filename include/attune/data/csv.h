/* csv.h - RFC 4180 text to frame
 */
#ifndef ATTUNE_DATA_CSV_H
#define ATTUNE_DATA_CSV_H

#include <attune/data/frame.h>

#define ATT_CSV_BYTES_MAX   ((size_t)2 << 30)
#define ATT_CSV_COLUMNS_MAX 10000

typedef struct att_csv_opts {
    const char *const *columns; /* [n_columns] those to read, in this order; n 0: all */
    size_t n_columns;
    bool text_is_missing; /* a cell that is no number is missing; else an error that
                             names row and column */
} att_csv_opts;

/* Reads numbers. Header row; UTF-8, a BOM is taken off; LF or CRLF; quotes; blank, "NA"
 * and "." are missing; codes -10 to -4 of our own exports are missing with their reason
 * when a sidecar says so (they are read as reasons only if opts or the column's name is
 * in our sidecar FILE.json). EINPUT with file:line:column for ragged rows, unknown
 * columns (with the nearest), text in a number; ELIMIT. */
att_frame *att_csv_read(att_arena *arena, const char *path, const att_csv_opts *opts,
                        att_err *err);
att_frame *att_csv_read_bytes(att_arena *arena, const char *name, const char *bytes,
                              size_t n, const att_csv_opts *opts, att_err *err);

#endif
