#include "dialect_xlsform_table.h"

#include <string.h>

#include <attune/base/csv.h>

const char **att_xls_table_row(att_xls_table *table)
{
    const char **row = att_new_n(table->arena, const char *, table->n_columns + 1);

    if (table->n_rows == table->room) {
        size_t room = table->room == 0 ? 64 : 2 * table->room;
        const char ***rows = att_new_n(table->arena, const char **, room);

        if (table->n_rows > 0) {
            memcpy(rows, table->rows, table->n_rows * sizeof(const char **));
        }
        table->rows = rows;
        table->room = room;
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        row[i] = "";
    }
    table->rows[table->n_rows++] = row;
    return row;
}

/* Which columns have a cell. */
static bool *used_columns(const att_xls_table *table, size_t n_needed)
{
    bool *is_used = att_new_n(table->arena, bool, table->n_columns + 1);

    for (size_t i = 0; i < table->n_columns; i++) {
        is_used[i] = i < n_needed;
        for (size_t k = 0; k < table->n_rows && !is_used[i]; k++) {
            is_used[i] = table->rows[k][i][0] != '\0';
        }
    }
    return is_used;
}

/* ---- CSV ---- */

static void csv_row(att_buf *out, const att_xls_table *table, const bool *is_used,
                    const char *const *cells)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (is_used[i]) {
            att_buf_char(out, ',');
            att_csv_write_cell(out, cells[i]);
        }
    }
    att_buf_add(out, "\r\n");
}

void att_xls_table_csv(att_buf *out, const att_xls_table *table, size_t n_needed)
{
    const bool *is_used = used_columns(table, n_needed);

    att_csv_write_cell(out, table->name);
    for (size_t i = 0; i < table->n_columns; i++) {
        att_buf_add(out, is_used[i] ? "," : "");
    }
    att_buf_add(out, "\r\n");
    csv_row(out, table, is_used, table->titles);
    for (size_t i = 0; i < table->n_rows; i++) {
        csv_row(out, table, is_used, table->rows[i]);
    }
}

/* ---- Markdown ---- */

/* A bar parts cells, and a cell is one line. */
static void markdown_cell(att_buf *out, const char *text)
{
    att_buf_add(out, text[0] == '\0' ? " |" : " ");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n') {
            att_buf_add(out, "<br>");
        } else {
            att_buf_add(out, *p == '|' ? "\\" : "");
            att_buf_char(out, *p);
        }
    }
    att_buf_add(out, text[0] == '\0' ? "" : " |");
}

static void markdown_row(att_buf *out, const att_xls_table *table, const bool *is_used,
                         const char *const *cells)
{
    att_buf_add(out, "| |");
    for (size_t i = 0; i < table->n_columns; i++) {
        if (is_used[i]) {
            markdown_cell(out, cells[i]);
        }
    }
    att_buf_char(out, '\n');
}

void att_xls_table_markdown(att_buf *out, const att_xls_table *table, size_t n_needed)
{
    const bool *is_used = used_columns(table, n_needed);

    att_buf_format(out, "| %s |", table->name);
    for (size_t i = 0; i < table->n_columns; i++) {
        att_buf_add(out, is_used[i] ? " |" : "");
    }
    att_buf_char(out, '\n');
    markdown_row(out, table, is_used, table->titles);
    for (size_t i = 0; i < table->n_rows; i++) {
        markdown_row(out, table, is_used, table->rows[i]);
    }
}
