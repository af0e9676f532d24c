/* csv_cells.h - CSV bytes to cells, one after the other, with their places
 */
#ifndef ATTUNE_DATA_CSV_CELLS_H
#define ATTUNE_DATA_CSV_CELLS_H

#include <stdbool.h>

#include <attune/base/buf.h>
#include <attune/base/error.h>

typedef struct att_cells {
    const char *name; /* of the file, for messages */
    const char *bytes;
    size_t n, at;     /* at: the next byte */
    att_buf unquoted; /* of a cell that holds doubled quotes */
    bool is_row_end;  /* the cell just read was the last of its row */
} att_cells;

typedef struct att_cell {
    const char *text; /* [n] until the next cell is read */
    size_t n;
    bool is_quoted;
    size_t at; /* of its first byte */
} att_cell;

/* Starts after a byte-order mark. EINPUT for NUL bytes and what is not UTF-8, with
 * place. cells must be dropped whatever comes back. */
att_code att_cells_open(att_cells *cells, const char *name, const char *bytes, size_t n,
                        att_err *err);

/* Whether anything is left; the end of the last row begins none. */
bool att_cells_has_more(const att_cells *cells);

/* The next cell. EINPUT for a quote that does not end, or that stands where none may. */
att_code att_cells_next(att_cells *cells, att_cell *out, att_err *err);

/* Adds the place of a byte to the failure in err: line and column, from 1. */
att_code att_cells_at(const att_cells *cells, size_t at, att_err *err);

void att_cells_drop(att_cells *cells);

#endif
