#include <attune/base/csv.h>

#include <string.h>

#include <attune/base/text.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Line and column of a byte: counted only when there is something to say. */
static att_code fail_at(const char *name, const char *bytes, size_t at, att_err *err)
{
    unsigned line = 1;
    unsigned column = 1;
    size_t mark = at >= 3 && memcmp(bytes, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;

    for (size_t i = mark; i < at; i++) {
        if (bytes[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)bytes[i] & 0xc0) != 0x80) { /* begins a character */
            column++;
        }
    }
    return att_at(err, name, line, column, NULL);
}

att_code att_cells_at(const att_cells *cells, size_t at, att_err *err)
{
    return fail_at(cells->name, cells->bytes, at, err);
}

att_code att_cells_open(att_cells *cells, const char *name, const char *bytes, size_t n,
                        att_err *err)
{
    const char *nul = n > 0 ? memchr(bytes, '\0', n) : NULL;
    size_t bad;
    att_code code;

    *cells = (att_cells){ .name = name, .bytes = bytes, .n = n };
    if (nul != NULL) {
        code = att_fail(err, ATT_EINPUT, "\"%s\" holds a NUL byte; CSV is text", name);
        att_hint(err, "save it as CSV, UTF-8");
        fail_at(name, bytes, (size_t)(nul - bytes), err);
        return code;
    }
    bad = n > 0 ? att_text_check(bytes, n) : n;
    if (bad < n) {
        code = att_fail(err, ATT_EINPUT, "\"%s\" is not UTF-8 here (byte 0x%02x)", name,
                        (unsigned)(unsigned char)bytes[bad]);
        att_hint(err, "save it as CSV, UTF-8");
        fail_at(name, bytes, bad, err);
        return code;
    }
    if (n >= 3 && memcmp(bytes, BYTE_ORDER_MARK, 3) == 0) {
        cells->at = 3;
    }
    return ATT_OK;
}

bool att_cells_has_more(const att_cells *cells)
{
    return cells->at < cells->n;
}

/* Passes over what ends a cell: a comma, LF, CRLF, or the end of the bytes. */
static void end_cell(att_cells *cells)
{
    cells->is_row_end = true;
    if (cells->at == cells->n) {
        return;
    }
    if (cells->bytes[cells->at] == ',') {
        cells->is_row_end = false;
    } else if (cells->bytes[cells->at] == '\r') {
        cells->at++;
    }
    cells->at++;
}

static bool is_end(const att_cells *cells, size_t i)
{
    return i == cells->n || cells->bytes[i] == ',' || cells->bytes[i] == '\n' ||
           (cells->bytes[i] == '\r' && i + 1 < cells->n && cells->bytes[i + 1] == '\n');
}

static att_code read_plain(att_cells *cells, att_cell *out, att_err *err)
{
    size_t i = cells->at;

    while (!is_end(cells, i)) {
        if (cells->bytes[i] == '"' && cells->is_lenient) {
            cells->n_odd++;
        } else if (cells->bytes[i] == '"') {
            att_fail(err, ATT_EINPUT,
                     "a quote stands inside a cell that is not in quotes");
            att_hint(err, "put the cell in quotes, and write \"\" for a quote in it");
            return att_cells_at(cells, i, err);
        }
        i++;
    }
    out->text = cells->bytes + cells->at;
    out->n = i - cells->at;
    cells->at = i;
    return ATT_OK;
}

static att_code fail_open_quote(const att_cells *cells, size_t at, att_err *err)
{
    att_fail(err, ATT_EINPUT, "a cell begins with a quote that nothing ends");
    att_hint(err, "end the cell with a quote; write \"\" for a quote inside it");
    return att_cells_at(cells, at, err);
}

/* The bytes from a cell's opening quote on, where quotes follow no rule: a quote ends the
 * cell when a comma or a line's end follows it, or when the file does. */
static void read_odd(att_cells *cells, att_cell *out)
{
    size_t i = out->at + 1;

    att_buf_cut(&cells->unquoted, 0);
    while (i < cells->n && !(cells->bytes[i] == '"' && is_end(cells, i + 1))) {
        if (cells->bytes[i] == '"' && cells->bytes[i + 1] == '"') {
            i++; /* is_end was false, so a byte follows */
        }
        att_buf_char(&cells->unquoted, cells->bytes[i]);
        i++;
    }
    cells->n_odd++;
    out->is_quoted = true;
    out->text = att_buf_text(&cells->unquoted);
    out->n = cells->unquoted.n;
    cells->at = i < cells->n ? i + 1 : i;
}

static att_code read_quoted(att_cells *cells, att_cell *out, att_err *err)
{
    size_t from = cells->at + 1;
    size_t i = from;
    bool is_doubled = false;

    att_buf_cut(&cells->unquoted, 0);
    for (;;) {
        const char *quote =
            i < cells->n ? memchr(cells->bytes + i, '"', cells->n - i) : NULL;

        if (quote == NULL && cells->is_lenient) {
            read_odd(cells, out);
            return ATT_OK;
        }
        if (quote == NULL) {
            return fail_open_quote(cells, out->at, err);
        }
        i = (size_t)(quote - cells->bytes);
        if (i + 1 == cells->n || cells->bytes[i + 1] != '"') {
            break;
        }
        att_buf_add_n(&cells->unquoted, cells->bytes + from, i + 1 - from);
        is_doubled = true;
        i += 2;
        from = i;
    }
    out->is_quoted = true;
    out->text = cells->bytes + from;
    out->n = i - from;
    if (is_doubled) {
        att_buf_add_n(&cells->unquoted, cells->bytes + from, i - from);
        out->text = att_buf_text(&cells->unquoted);
        out->n = cells->unquoted.n;
    }
    cells->at = i + 1;
    if (!is_end(cells, cells->at) && cells->is_lenient) {
        read_odd(cells, out);
        return ATT_OK;
    }
    if (!is_end(cells, cells->at)) {
        att_fail(err, ATT_EINPUT, "text stands after the quote that ends a cell");
        att_hint(err, "write \"\" for a quote inside a cell");
        return att_cells_at(cells, cells->at, err);
    }
    return ATT_OK;
}

att_code att_cells_next(att_cells *cells, att_cell *out, att_err *err)
{
    att_code code;

    *out = (att_cell){ .at = cells->at };
    if (cells->at < cells->n && cells->bytes[cells->at] == '"') {
        code = read_quoted(cells, out, err);
    } else {
        code = read_plain(cells, out, err);
    }
    /* with err NULL the place cannot say the class of the failure */
    if (code != ATT_OK) {
        return ATT_EINPUT;
    }
    end_cell(cells);
    return ATT_OK;
}

void att_cells_drop(att_cells *cells)
{
    att_buf_drop(&cells->unquoted);
}

void att_csv_write_cell(att_buf *out, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0' && text[0] != ' ' &&
        (text[0] == '\0' || text[strlen(text) - 1] != ' ')) {
        att_buf_add(out, text);
        return;
    }
    att_buf_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            att_buf_char(out, '"');
        }
        att_buf_char(out, *text);
    }
    att_buf_char(out, '"');
}
