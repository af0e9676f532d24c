/* csv.h - CSV bytes to cells, one after the other, with their places; cells to bytes
 *
 * What:   RFC 4180: commas, quotes, doubled quotes, line ends inside quotes; LF or CRLF;
 *         a byte-order mark before the first cell.
 */
#ifndef ATTUNE_BASE_CSV_H
#define ATTUNE_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/buf.h>
#include <attune/base/error.h>

typedef struct att_cells {
    const char *name; /* of the file, for messages */
    const char *bytes;
    size_t n, at;     /* at: the next byte */
    att_buf unquoted; /* of a cell that holds doubled quotes */
    bool is_row_end;  /* the cell just read was the last of its row */
    bool is_lenient;  /* may be set after opening: a quote where none may stand is a
                         character like others; one that nothing ends, ends with the file */
    size_t n_odd;     /* such quotes met so far */
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

/* The next cell. EINPUT for a quote that does not end, or that stands where none may;
 * with is_lenient it cannot fail. */
att_code att_cells_next(att_cells *cells, att_cell *out, att_err *err);

/* Adds the place of a byte to the failure in err: line and column, from 1. */
att_code att_cells_at(const att_cells *cells, size_t at, att_err *err);

void att_cells_drop(att_cells *cells);

/* Adds a cell, in quotes where it needs them; commas and line ends are the caller's. */
void att_csv_write_cell(att_buf *out, const char *text);

#endif
