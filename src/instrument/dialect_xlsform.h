/* dialect_xlsform.h - XLSForm: its sheets and columns, and what its two halves share
 *
 * A form is three tables, survey, choices and settings; docs/XLSFORM.md.
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_XLSFORM_H
#define ATTUNE_INSTRUMENT_DIALECT_XLSFORM_H

#include <attune/instrument/dialect.h>

typedef enum att_xls_sheet_kind {
    ATT_XLS_SURVEY = 0,
    ATT_XLS_CHOICES,
    ATT_XLS_SETTINGS
} att_xls_sheet_kind;

#define ATT_N_XLS_SHEETS 3

extern const char *const att_xls_sheet_names[ATT_N_XLS_SHEETS];

typedef struct att_xls_row {
    size_t row;         /* in the file, from 1; of Markdown: its line */
    const char **cells; /* [n_columns of the sheet] "" where nothing stands */
} att_xls_row;

typedef struct att_xls_sheet {
    const char *file;    /* that it stands in */
    size_t row;          /* of the titles; 0: there is no such sheet */
    const char **titles; /* [n_columns] as written, trimmed */
    size_t n_columns;
    att_xls_row *rows; /* [n_rows] those that are not blank */
    size_t n_rows, room;
} att_xls_sheet;

typedef struct att_xls_book {
    att_xls_sheet sheets[ATT_N_XLS_SHEETS];
} att_xls_book;

/* The sheets of a file: Markdown tables, or CSV with the sheet's name in the first
 * column, or survey.csv, choices.csv or settings.csv with the others beside it. EINPUT
 * when there is no survey, ELIMIT. */
att_code att_xls_book_read(att_arena *arena, const char *path, const att_bytes *bytes,
                           att_losses *losses, att_xls_book *book, att_err *err);

/* ---- words ---- */

/* A label without HTML and Markdown; *had_markup when there was any. ${names} stay. */
const char *att_xls_plain(att_arena *arena, const char *text, bool *had_markup);

/* A text so that att_xls_plain gives it back. */
const char *att_xls_marked(att_arena *arena, const char *text);

/* "English" of "en"; the tag itself where it is not known. */
const char *att_xls_language_name(const char *tag);

/* The tag of "English (en)", "English", "en"; NULL where none is known. */
const char *att_xls_language_tag(att_arena *arena, const char *name);

/* ---- both ways ---- */

att_code att_xls_read(att_arena *arena, const char *path, const att_bytes *bytes,
                      att_losses *losses, att_scripts *out, att_err *err);

void att_xls_write_csv(att_buf *out, const att_instrument *const *instruments, size_t n,
                       att_losses *losses);
void att_xls_write_markdown(att_buf *out, const att_instrument *const *instruments,
                            size_t n, att_losses *losses);

#endif
