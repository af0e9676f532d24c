#include <attune/data/csv.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/file.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>

#include "csv_parse.h"
#include "guard.h"

#define SHOWN_MAX 40                /* bytes of a cell that a message shows */
#define CELLS_MAX ((size_t)1 << 28) /* kept; 2.5 GB of frame */

/* A column of the file. */
typedef struct field {
    const char *name;
    size_t at;                        /* of its cell in the header */
    const att_codebook_column *known; /* of the codebook, or NULL */
    size_t to;                        /* column of the frame, or ATT_NONE */
} field;

typedef struct reader {
    att_arena *arena;
    const att_csv_opts *opts;
    const att_codebook *codebook; /* or NULL */
    att_cells cells;
    field *fields; /* [n_fields] */
    size_t n_fields;
    att_column *columns; /* [n_columns] of the frame */
    size_t n_columns;
    bool has_text;
    size_t n_rows, room; /* rows */
    double *x;           /* [room x n_columns] grown, then handed to the arena */
    unsigned char *reasons;
    const char **texts; /* or NULL */
} reader;

/* ---- the header ---- */

static att_code read_header(reader *r, att_err *err)
{
    size_t room = 64;
    field *fields = att_new_n(r->arena, field, room);

    do {
        att_cell cell = { 0 };

        ATT_TRY(att_cells_next(&r->cells, &cell, err));
        if (r->n_fields == ATT_CSV_COLUMNS_MAX) {
            att_fail(err, ATT_ELIMIT, "\"%s\" has more than %d columns", r->cells.name,
                     ATT_CSV_COLUMNS_MAX);
            att_cells_at(&r->cells, cell.at, err);
            return ATT_ELIMIT;
        }
        if (r->n_fields == room) {
            field *more = att_new_n(r->arena, field, 2 * room);

            memcpy(more, fields, room * sizeof *more);
            fields = more;
            room *= 2;
        }
        fields[r->n_fields++] = (field){
            .name = att_arena_text_n(r->arena, cell.text, cell.n),
            .at = cell.at,
            .to = ATT_NONE,
        };
    } while (!r->cells.is_row_end);
    r->fields = fields;
    return ATT_OK;
}

static int compare_fields(const void *a, const void *b)
{
    const field *const *one = a;
    const field *const *two = b;
    int order = strcmp((*one)->name, (*two)->name);

    if (order != 0) {
        return order;
    }
    return (*one)->at < (*two)->at ? -1 : (*one)->at > (*two)->at;
}

/* The fields by name, and no two of one name. */
static att_code sort_fields(reader *r, const field ***out, att_err *err)
{
    const field **sorted = att_new_n(r->arena, const field *, r->n_fields);

    for (size_t i = 0; i < r->n_fields; i++) {
        sorted[i] = &r->fields[i];
    }
    qsort(sorted, r->n_fields, sizeof *sorted, compare_fields);
    for (size_t i = 1; i < r->n_fields; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0) {
            att_fail(err, ATT_EINPUT, "two columns of \"%s\" have the name \"%s\"",
                     r->cells.name, sorted[i]->name);
            att_hint(err, "give each column its own name");
            att_cells_at(&r->cells, sorted[i]->at, err);
            return ATT_EINPUT;
        }
    }
    *out = sorted;
    return ATT_OK;
}

static field *find_field(const reader *r, const field *const *sorted, const char *name)
{
    size_t low = 0;
    size_t high = r->n_fields;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, sorted[middle]->name);

        if (order == 0) {
            return &r->fields[sorted[middle] - r->fields];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

static att_code fail_unknown(const reader *r, const char *name, att_err *err)
{
    const char **names = att_new_n(r->arena, const char *, r->n_fields);
    const char *nearest;

    for (size_t i = 0; i < r->n_fields; i++) {
        names[i] = r->fields[i].name;
    }
    nearest = att_text_nearest(name, names, r->n_fields);
    att_fail(err, ATT_EINPUT, "\"%s\" has no column \"%s\"", r->cells.name, name);
    att_cells_at(&r->cells, r->fields[0].at, err);
    if (nearest != NULL) {
        att_hint(err, "did you mean \"%s\"?", nearest);
    } else if (r->n_fields == 1 && strpbrk(names[0], ";\t") != NULL) {
        att_hint(err, "save it with commas between cells; it has semicolons or tabs");
    }
    return ATT_EINPUT;
}

/* ---- which columns ---- */

static void know_fields(reader *r, const field *const *sorted)
{
    for (size_t i = 0; r->codebook != NULL && i < r->codebook->n; i++) {
        const att_codebook_column *known = &r->codebook->columns[i];
        field *f = find_field(r, sorted, known->column.name);

        if (f != NULL) {
            f->known = known;
        }
    }
}

static void take_field(reader *r, field *f)
{
    att_column *column = &r->columns[r->n_columns];

    if (f->known != NULL) {
        *column = f->known->column;
    } else {
        *column = (att_column){ .low = NAN, .high = NAN };
    }
    column->name = f->name;
    if (f->known == NULL) {
        column->label = f->name;
        column->item = f->name;
    }
    r->has_text = r->has_text || column->kind == ATT_COLUMN_TEXT;
    f->to = r->n_columns++;
}

static att_code choose_fields(reader *r, const field *const *sorted, att_err *err)
{
    size_t n = r->opts->n_columns;

    r->columns = att_new_n(r->arena, att_column, n > 0 ? n : r->n_fields);
    for (size_t i = 0; i < n; i++) {
        field *f = find_field(r, sorted, r->opts->columns[i]);

        if (f == NULL) {
            return fail_unknown(r, r->opts->columns[i], err);
        }
        if (f->to != ATT_NONE) {
            return att_fail(err, ATT_EUSAGE, "column \"%s\" is named twice", f->name);
        }
        take_field(r, f);
    }
    for (size_t i = 0; n == 0 && i < r->n_fields; i++) {
        if (r->fields[i].known == NULL || !r->fields[i].known->is_head) {
            take_field(r, &r->fields[i]);
        }
    }
    return ATT_OK;
}

/* ---- cells ---- */

/* A whole number of a few digits, as nearly all are; else false. */
static bool read_short(const char *text, size_t n, double *out)
{
    size_t i = n > 0 && text[0] == '-' ? 1 : 0;
    long value = 0;

    if (i == n || n > 9) {
        return false;
    }
    for (size_t k = i; k < n; k++) {
        if (text[k] < '0' || text[k] > '9') {
            return false;
        }
        value = 10 * value + (text[k] - '0');
    }
    *out = (double)(i == 1 ? -value : value);
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void trim(att_cell *cell)
{
    while (cell->n > 0 && is_blank(cell->text[0])) {
        cell->text++;
        cell->n--;
    }
    while (cell->n > 0 && is_blank(cell->text[cell->n - 1])) {
        cell->n--;
    }
}

static bool is_missing(const att_cell *cell)
{
    return cell->n == 0 || (cell->n == 1 && cell->text[0] == '.') ||
           (cell->n == 2 && memcmp(cell->text, "NA", 2) == 0);
}

/* The reason that a code stands for in this column, or NONE. */
static att_reason reason_of(const field *f, double code)
{
    att_reason reason = ATT_REASON_NONE;

    if (f->known == NULL || !(code >= -10 && code <= -4) || code != floor(code) ||
        !att_reason_of_code((int)code, &reason) || !f->known->has_reason[reason]) {
        return ATT_REASON_NONE;
    }
    return reason;
}

static att_code fail_cell(const reader *r, const field *f, const att_cell *cell,
                          const char *wanted, att_err *err)
{
    size_t shown = cell->n;

    if (shown > SHOWN_MAX) {
        shown = SHOWN_MAX;
        while (((unsigned char)cell->text[shown] & 0xc0) == 0x80) {
            shown--; /* not within a character */
        }
    }
    att_fail(err, ATT_EINPUT, "row %zu of column \"%s\" is \"%.*s%s\"; %s",
             r->n_rows + 1, f->name, (int)shown, cell->text,
             shown < cell->n ? "..." : "", wanted);
    att_hint(err, "mend the cell, or leave it blank if the answer is missing");
    att_cells_at(&r->cells, cell->at, err);
    return ATT_EINPUT;
}

static att_code keep_number(reader *r, const field *f, att_cell *cell, size_t to,
                            att_err *err)
{
    double x = NAN;

    if (!read_short(cell->text, cell->n, &x)) {
        trim(cell);
        if (!is_missing(cell) && !att_number_read(cell->text, cell->n, &x)) {
            return r->opts->text_is_missing
                       ? ATT_OK
                       : fail_cell(r, f, cell, "a number was expected", err);
        }
    }
    r->reasons[to] = (unsigned char)reason_of(f, x);
    r->x[to] = r->reasons[to] == ATT_REASON_NONE ? x : NAN;
    return ATT_OK;
}

static att_code keep_day(reader *r, const field *f, att_cell *cell, size_t to,
                         att_err *err)
{
    double code = 0;
    att_day day = 0;

    trim(cell);
    if (att_day_read(cell->text, cell->n, &day)) {
        r->x[to] = (double)day;
        return ATT_OK;
    }
    if (read_short(cell->text, cell->n, &code)) {
        r->reasons[to] = (unsigned char)reason_of(f, code);
    }
    if (r->reasons[to] == ATT_REASON_NONE && !is_missing(cell) &&
        !r->opts->text_is_missing) {
        return fail_cell(r, f, cell, "a day like 2026-09-14 was expected", err);
    }
    return ATT_OK;
}

/* A text cell: our own exports guard what looks like a formula, or like a code. */
static void keep_text(reader *r, const field *f, const att_cell *cell, size_t to)
{
    const char *text = cell->text;
    size_t n = cell->n;
    double code = 0;

    if (n == 0 && !cell->is_quoted) {
        return;
    }
    if (read_short(text, n, &code)) {
        r->reasons[to] = (unsigned char)reason_of(f, code);
    }
    if (r->reasons[to] != ATT_REASON_NONE) {
        return;
    }
    if (n > 0 && text[0] == '\'' && att_guard_is_risky(text, n)) {
        text++;
        n--;
    }
    r->texts[to] = att_arena_text_n(r->arena, text, n);
}

static att_code keep_cell(reader *r, const field *f, att_cell *cell, att_err *err)
{
    size_t to = r->n_rows * r->n_columns + f->to;

    r->x[to] = NAN;
    r->reasons[to] = ATT_REASON_NONE;
    if (r->has_text) {
        r->texts[to] = NULL;
    }
    switch (r->columns[f->to].kind) {
    case ATT_COLUMN_NUMBER:
    case ATT_COLUMN_CODE:
    case ATT_COLUMN_MARK: return keep_number(r, f, cell, to, err);
    case ATT_COLUMN_DAY: return keep_day(r, f, cell, to, err);
    case ATT_COLUMN_TEXT: keep_text(r, f, cell, to); break;
    }
    return ATT_OK;
}

/* ---- rows ---- */

static att_code make_room(reader *r, att_err *err)
{
    size_t n;

    if (r->n_rows < r->room) {
        return ATT_OK;
    }
    r->room = r->room == 0 ? 256 : 2 * r->room;
    if (r->n_columns > 0 && r->room > CELLS_MAX / r->n_columns) {
        r->room = CELLS_MAX / r->n_columns;
    }
    if (r->n_rows >= r->room) {
        return att_fail(err, ATT_ELIMIT,
                        "\"%s\" has more than %zu rows of %zu columns; that is more "
                        "than can be read",
                        r->cells.name, r->n_rows, r->n_columns);
    }
    n = r->room * r->n_columns;
    r->x = att_memory_grow(r->x, n, sizeof *r->x);
    r->reasons = att_memory_grow(r->reasons, n, 1);
    if (r->has_text) {
        r->texts = att_memory_grow(r->texts, n, sizeof *r->texts);
    }
    return ATT_OK;
}

static att_code fail_ragged(const reader *r, size_t n, size_t at, att_err *err)
{
    att_fail(err, ATT_EINPUT, "row %zu has %zu cell%s; the header has %zu",
             r->n_rows + 1, n, n == 1 ? "" : "s", r->n_fields);
    att_hint(err, "put cells that hold a comma in quotes");
    att_cells_at(&r->cells, at, err);
    return ATT_EINPUT;
}

/* Cells of a row that go beyond the header are counted to its end. */
static att_code count_rest(reader *r, size_t *n, att_err *err)
{
    while (!r->cells.is_row_end) {
        att_cell cell = { 0 };

        ATT_TRY(att_cells_next(&r->cells, &cell, err));
        *n += 1;
    }
    return ATT_OK;
}

static att_code read_row(reader *r, att_err *err)
{
    size_t start = r->cells.at;
    size_t n = 0;

    ATT_TRY(make_room(r, err));
    do {
        att_cell cell = { 0 };

        ATT_TRY(att_cells_next(&r->cells, &cell, err));
        if (r->fields[n].to != ATT_NONE) {
            ATT_TRY(keep_cell(r, &r->fields[n], &cell, err));
        }
        n++;
    } while (n < r->n_fields && !r->cells.is_row_end);
    ATT_TRY(count_rest(r, &n, err));
    if (n != r->n_fields) {
        return fail_ragged(r, n, start, err);
    }
    r->n_rows++;
    return ATT_OK;
}

/* Lines without a byte at the end of the file are no rows. */
static bool is_at_end(const reader *r)
{
    size_t i = r->cells.at;

    if (r->n_fields > 1) {
        while (i < r->cells.n &&
               (r->cells.bytes[i] == '\n' || r->cells.bytes[i] == '\r')) {
            i++;
        }
    }
    return i == r->cells.n;
}

static att_code read_all(reader *r, const char *name, const char *bytes, size_t n,
                         att_err *err)
{
    const field **sorted = NULL;

    ATT_TRY(att_cells_open(&r->cells, name, bytes, n, err));
    if (!att_cells_has_more(&r->cells)) {
        att_fail(err, ATT_EINPUT, "\"%s\" is empty; a header row was expected", name);
        att_at(err, name, 1, 1, NULL);
        return ATT_EINPUT;
    }
    ATT_TRY(read_header(r, err));
    ATT_TRY(sort_fields(r, &sorted, err));
    know_fields(r, sorted);
    ATT_TRY(choose_fields(r, sorted, err));
    while (!is_at_end(r)) {
        ATT_TRY(read_row(r, err));
    }
    return ATT_OK;
}

static att_frame *finish(reader *r)
{
    att_frame *frame = att_new(r->arena, att_frame);

    frame->n_rows = r->n_rows;
    frame->n_columns = r->n_columns;
    frame->columns = r->columns;
    frame->x = r->x;
    frame->reasons = r->reasons;
    frame->texts = r->texts;
    return frame;
}

att_frame *att_csv_parse(att_arena *arena, const char *name, const char *bytes,
                         size_t n, const att_codebook *codebook,
                         const att_csv_opts *opts, att_err *err)
{
    static const att_csv_opts all = { 0 };
    reader r = { .arena = arena, .codebook = codebook };
    att_code code;

    r.opts = opts != NULL ? opts : &all;
    code = read_all(&r, name, bytes, n, err);
    att_cells_drop(&r.cells);
    if (code != ATT_OK) {
        att_memory_free(r.x);
        att_memory_free(r.reasons);
        att_memory_free(r.texts);
        return NULL;
    }
    att_arena_adopt(arena, r.x);
    att_arena_adopt(arena, r.reasons);
    att_arena_adopt(arena, r.texts);
    return finish(&r);
}

att_frame *att_csv_read_bytes(att_arena *arena, const char *name, const char *bytes,
                              size_t n, const att_csv_opts *opts, att_err *err)
{
    if (n > ATT_CSV_BYTES_MAX) {
        att_fail(err, ATT_ELIMIT, "\"%s\" is larger than 2 GiB", name);
        return NULL;
    }
    return att_csv_parse(arena, name, bytes, n, NULL, opts, err);
}

att_frame *att_csv_read(att_arena *arena, const char *path, const att_csv_opts *opts,
                        att_err *err)
{
    att_arena scratch = { 0 };
    att_err trouble = { 0 };
    att_codebook *codebook = NULL;
    att_frame *frame = NULL;
    att_bytes bytes = { 0 };

    if (strcmp(path, "-") != 0) {
        const char *beside = att_arena_format(&scratch, "%s.json", path);

        codebook = att_codebook_read(arena, beside, &trouble);
    }
    if (att_file_read(&scratch, path, ATT_CSV_BYTES_MAX, &bytes, err) != ATT_OK) {
        goto out;
    }
    if (trouble.code != ATT_OK) {
        if (err != NULL && err->code == ATT_OK) {
            *err = trouble;
        }
        goto out;
    }
    frame = att_csv_parse(arena, path, bytes.bytes, bytes.n, codebook, opts, err);
out:
    att_arena_drop(&scratch);
    return frame;
}
