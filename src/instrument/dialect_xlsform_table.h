/* dialect_xlsform_table.h - a sheet being written
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_XLSFORM_TABLE_H
#define ATTUNE_INSTRUMENT_DIALECT_XLSFORM_TABLE_H

#include <stdbool.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>

typedef struct att_xls_table {
    att_arena *arena;
    const char *name; /* "survey" */
    const char *const *titles;
    size_t n_columns;
    const char ***rows; /* [n_rows][n_columns] "" where nothing stands */
    size_t n_rows, room;
} att_xls_table;

/* A new last row, all blank; until the next one is added. */
const char **att_xls_table_row(att_xls_table *table);

/* Adds the sheet: its name, its titles, its rows. Columns without a cell are left out,
 * but for the first n_needed. */
void att_xls_table_csv(att_buf *out, const att_xls_table *table, size_t n_needed);
void att_xls_table_markdown(att_buf *out, const att_xls_table *table, size_t n_needed);

#endif
