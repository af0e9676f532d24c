/* Bytes to the sheets of a form. Files are taken as they are found: any line ends, odd
 * quotes, rows of any length, blank rows, sheets in any order. */
#include <string.h>

#include <attune/base/csv.h>
#include <attune/base/text.h>

#include "dialect_words.h"
#include "dialect_xlsform.h"

#define ROWS_MAX    20000 /* of all sheets */
#define COLUMNS_MAX 256

typedef struct gatherer {
    att_arena *arena;
    att_losses *losses;
    att_xls_book *book;
    const char *file;
    att_xls_sheet *sheet; /* being filled; NULL: one that is not known, or none yet */
    bool wants_titles;
    bool is_alone; /* the file is one sheet, without its name in the first column */
    size_t n_rows;
    const char *cells[COLUMNS_MAX + 1]; /* [n] of the row at hand */
    size_t n;
} gatherer;

static void add_cell(gatherer *g, const char *text, size_t n)
{
    if (g->n < COLUMNS_MAX + 1) {
        g->cells[g->n++] = att_words_trimmed(g->arena, text, n);
    }
}

static bool is_blank(const char *const *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cells[i][0] != '\0') {
            return false;
        }
    }
    return true;
}

static att_xls_sheet *sheet_of(att_xls_book *book, const char *name)
{
    for (size_t i = 0; i < ATT_N_XLS_SHEETS; i++) {
        if (att_words_same(name, att_xls_sheet_names[i])) {
            return &book->sheets[i];
        }
    }
    return NULL;
}

static void begin_sheet(gatherer *g, const char *name, size_t row)
{
    g->sheet = sheet_of(g->book, name);
    g->wants_titles = true;
    if (g->sheet == NULL) {
        att_losses_add(g->losses, ATT_LOSS_DROPPED, row, name,
                       "a sheet of this name is not used here");
    } else if (g->sheet->row > 0) {
        att_losses_add(g->losses, ATT_LOSS_DROPPED, row, name,
                       "the sheet stands here already");
        g->sheet = NULL;
    }
}

static void take_titles(gatherer *g, const char *const *cells, size_t n, size_t row)
{
    att_xls_sheet *sheet = g->sheet;

    while (n > 0 && cells[n - 1][0] == '\0') {
        n--;
    }
    sheet->file = g->file;
    sheet->row = row;
    sheet->n_columns = n;
    sheet->titles = att_new_n(g->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        sheet->titles[i] = cells[i];
    }
    g->wants_titles = false;
}

static void take_row(gatherer *g, const char *const *cells, size_t n, size_t row)
{
    att_xls_sheet *sheet = g->sheet;
    att_xls_row *to;

    if (sheet->n_rows == sheet->room) {
        size_t room = sheet->room == 0 ? 64 : 2 * sheet->room;
        att_xls_row *rows = att_new_n(g->arena, att_xls_row, room);

        if (sheet->n_rows > 0) {
            memcpy(rows, sheet->rows, sheet->n_rows * sizeof *rows);
        }
        sheet->rows = rows;
        sheet->room = room;
    }
    to = &sheet->rows[sheet->n_rows++];
    to->row = row;
    to->cells = att_new_n(g->arena, const char *, sheet->n_columns + 1);
    for (size_t i = 0; i < sheet->n_columns; i++) {
        to->cells[i] = i < n ? cells[i] : "";
    }
    for (size_t i = sheet->n_columns; i < n; i++) {
        if (cells[i][0] != '\0') {
            att_losses_add(g->losses, ATT_LOSS_DROPPED, row, NULL,
                           "the cell \"%s\" stands under no heading",
                           att_text_cut(g->arena, cells[i], 40));
        }
    }
}

/* The row that was gathered goes where it belongs. */
static att_code end_row(gatherer *g, size_t row, att_err *err)
{
    const char *const *cells = g->cells;
    size_t n = g->n;

    g->n = 0;
    if (++g->n_rows > ROWS_MAX) {
        return att_fail(err, ATT_ELIMIT, "\"%s\" has more than %d rows", g->file,
                        ROWS_MAX);
    }
    if (n > COLUMNS_MAX) {
        return att_fail(err, ATT_ELIMIT, "\"%s\" has more than %d columns", g->file,
                        COLUMNS_MAX);
    }
    if (!g->is_alone && n > 0) {
        if (cells[0][0] != '\0') {
            begin_sheet(g, cells[0], row);
        }
        cells++;
        n--;
    }
    if (g->sheet == NULL || is_blank(cells, n)) {
        return ATT_OK;
    }
    if (g->wants_titles) {
        take_titles(g, cells, n, row);
    } else {
        take_row(g, cells, n, row);
    }
    return ATT_OK;
}

/* ---- Markdown ---- */

/* Whether a line of a table only parts its head from its rows: |---|:--| */
static bool is_rule(const char *line, size_t n)
{
    bool has_dash = false;

    for (size_t i = 0; i < n; i++) {
        if (strchr("|-: \t\r", line[i]) == NULL || line[i] == '\0') {
            return false;
        }
        has_dash = has_dash || line[i] == '-';
    }
    return has_dash;
}

/* The cells of "| a | b |"; what follows the last bar is a remark. */
static void read_line(gatherer *g, const char *line, size_t n)
{
    size_t from = 1; /* after the first bar */
    att_buf cell = { 0 };

    for (size_t i = 1; i < n; i++) {
        if (line[i] != '|' || line[i - 1] == '\\') {
            continue;
        }
        att_buf_cut(&cell, 0);
        for (size_t k = from; k < i; k++) {
            if (i - k > 4 && strncmp(line + k, "<br>", 4) == 0) {
                att_buf_char(&cell, '\n'); /* a cell is one line */
                k += 3;
            } else if (!(line[k] == '\\' && line[k + 1] == '|')) {
                att_buf_char(&cell, line[k]);
            }
        }
        add_cell(g, att_buf_text(&cell), cell.n);
        from = i + 1;
    }
    att_buf_drop(&cell);
}

static att_code read_markdown(gatherer *g, const char *bytes, size_t n, att_err *err)
{
    size_t row = 0;

    for (size_t at = 0; at < n;) {
        const char *end = memchr(bytes + at, '\n', n - at);
        size_t stop = end == NULL ? n : (size_t)(end - bytes);
        size_t from = at;

        row++;
        at = stop + 1;
        while (from < stop && (bytes[from] == ' ' || bytes[from] == '\t')) {
            from++;
        }
        if (from < stop && bytes[from] == '|' && !is_rule(bytes + from, stop - from)) {
            read_line(g, bytes + from, stop - from);
            ATT_TRY(end_row(g, row, err));
        }
    }
    return ATT_OK;
}

/* The first line that is no blank and no remark begins with a bar. */
static bool is_markdown(const char *bytes, size_t n)
{
    size_t at = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (at < n) {
        while (at < n && strchr(" \t\r\n", bytes[at]) != NULL) {
            at++;
        }
        if (at == n || bytes[at] != '#') {
            break;
        }
        while (at < n && bytes[at] != '\n') {
            at++;
        }
    }
    return at < n && bytes[at] == '|';
}

/* ---- CSV ---- */

static att_code read_csv_row(gatherer *g, att_cells *cells, att_err *err)
{
    att_cell cell = { 0 };

    do {
        ATT_TRY(att_cells_next(cells, &cell, err));
        add_cell(g, cell.text, cell.n);
    } while (!cells->is_row_end);
    return ATT_OK;
}

/* The sheet that a file holds alone: its first row has titles, no sheet's name. */
static att_xls_sheet *lone_sheet(gatherer *g, const char *path)
{
    const char *base = strrchr(path, '/');

    for (size_t i = 0; i < g->n; i++) {
        if (sheet_of(g->book, g->cells[i]) != NULL) {
            return NULL;
        }
    }
    base = base == NULL ? path : base + 1;
    for (size_t i = 0; i < ATT_N_XLS_SHEETS; i++) {
        if (att_words_same(
                base, att_arena_format(g->arena, "%s.csv", att_xls_sheet_names[i]))) {
            return &g->book->sheets[i];
        }
    }
    for (size_t i = 0; i < g->n; i++) {
        if (att_words_same(g->cells[i], "type")) {
            return &g->book->sheets[ATT_XLS_SURVEY];
        }
    }
    return NULL;
}

static att_code read_csv(gatherer *g, const char *path, att_cells *cells, att_err *err)
{
    size_t n_odd = cells->n_odd;

    for (size_t row = 1; att_cells_has_more(cells); row++) {
        ATT_TRY(read_csv_row(g, cells, err));
        if (g->sheet == NULL && !g->is_alone && !is_blank(g->cells, g->n) &&
            g->book->sheets[ATT_XLS_SURVEY].row == 0) {
            g->sheet = lone_sheet(g, path);
            g->is_alone = g->sheet != NULL;
            g->wants_titles = true;
        }
        ATT_TRY(end_row(g, row, err));
    }
    if (cells->n_odd > n_odd) {
        att_losses_add(
            g->losses, ATT_LOSS_APPROXIMATED, 0, NULL,
            "%zu cells are quoted against the rules of CSV; their bounds are "
            "a guess",
            cells->n_odd - n_odd);
    }
    return ATT_OK;
}

/* ---- the file, and those beside it ---- */

static att_code read_bytes(gatherer *g, const char *path, const att_bytes *bytes,
                           att_err *err)
{
    att_cells cells = { 0 };
    att_code code = att_cells_open(&cells, path, bytes->bytes, bytes->n, err);

    g->file = path;
    g->losses->file = path;
    cells.is_lenient = true;
    if (code == ATT_OK) {
        code = is_markdown(bytes->bytes, bytes->n)
                   ? read_markdown(g, bytes->bytes + cells.at, bytes->n - cells.at, err)
                   : read_csv(g, path, &cells, err);
    }
    att_cells_drop(&cells);
    return code;
}

/* The other sheets of a folder: those that are not there are none. */
static att_code read_beside(gatherer *g, const char *path, att_err *err)
{
    const char *slash = strrchr(path, '/');
    int n = slash == NULL ? 0 : (int)(slash - path) + 1;

    for (size_t i = 0; i < ATT_N_XLS_SHEETS; i++) {
        const char *other =
            att_arena_format(g->arena, "%.*s%s.csv", n, path, att_xls_sheet_names[i]);
        att_bytes bytes = { 0 };
        att_err missing = { 0 };

        if (g->book->sheets[i].row > 0) {
            continue;
        }
        if (att_file_read(g->arena, other, ATT_DIALECT_BYTES_MAX, &bytes, &missing) !=
            ATT_OK) {
            if (missing.code != ATT_ENOTFOUND && err != NULL) {
                *err = missing;
                return missing.code;
            }
            continue;
        }
        g->sheet = &g->book->sheets[i];
        g->wants_titles = true;
        ATT_TRY(read_bytes(g, other, &bytes, err));
    }
    return ATT_OK;
}

static bool is_of_folder(const char *path)
{
    const char *base = strrchr(path, '/');

    base = base == NULL ? path : base + 1;
    return att_words_same(base, "survey.csv") || att_words_same(base, "choices.csv") ||
           att_words_same(base, "settings.csv");
}

att_code att_xls_book_read(att_arena *arena, const char *path, const att_bytes *bytes,
                           att_losses *losses, att_xls_book *book, att_err *err)
{
    gatherer *g = att_new(arena, gatherer);

    g->arena = arena;
    g->losses = losses;
    g->book = book;
    ATT_TRY(read_bytes(g, path, bytes, err));
    if (g->is_alone && is_of_folder(path)) {
        ATT_TRY(read_beside(g, path, err));
    }
    losses->file = path;
    if (book->sheets[ATT_XLS_SURVEY].row == 0) {
        att_fail(err, ATT_EINPUT, "\"%s\" is no XLSForm: it has no sheet \"survey\"",
                 path);
        return att_hint(err, "save the form as CSV with each sheet's name in the first "
                             "column, or name its survey.csv");
    }
    return ATT_OK;
}
