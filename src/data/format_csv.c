/* format_csv.c - a row a response, RFC 4180, beside it a codebook; docs/EXPORT.md
 */
#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>

#include "codebook.h"
#include "formats.h"
#include "guard.h"

/* A text as a cell: guarded, and quoted where it must be. "" is quoted, so that it
 * differs from a blank. */
static void write_text(att_buf *out, const char *text)
{
    bool is_quoted = text[0] == '\0' || strpbrk(text, ",\"\r\n") != NULL ||
                     text[0] == ' ' || text[strlen(text) - 1] == ' ';

    if (is_quoted) {
        att_buf_char(out, '"');
    }
    if (att_guard_is_risky(text, strlen(text))) {
        att_buf_char(out, '\'');
    }
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"') {
            att_buf_char(out, '"');
        }
        att_buf_char(out, *p);
    }
    if (is_quoted) {
        att_buf_char(out, '"');
    }
}

/* A word about the row; nothing where there is none. */
static void write_head(att_buf *out, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        write_text(out, text);
    }
    att_buf_char(out, ',');
}

static void write_instant(att_buf *out, att_msec at)
{
    char text[ATT_STAMP_SIZE];

    if (at != 0) {
        att_stamp_write(text, at);
        att_buf_add(out, text);
    }
}

static void write_heads(att_buf *out, const att_row_head *head)
{
    write_head(out, head->response);
    write_head(out, head->person);
    write_head(out, head->role);
    write_head(out, head->site);
    write_head(out, head->wave);
    write_head(out, head->language);
    write_head(out, head->instrument);
    write_head(out, head->version);
    write_head(out, att_status_name(head->status));
    write_instant(out, head->started);
    att_buf_char(out, ',');
    write_instant(out, head->finished);
    att_buf_char(out, ',');
    write_head(out, att_asking_name(head->mode));
    write_head(out, head->interviewer);
    write_head(out, head->proxy_for);
    if (head->relation != NULL && head->relation[0] != '\0') {
        write_text(out, head->relation);
    }
}

/* As att_number_write; nearly all cells are whole numbers of a few digits. */
static void write_number(att_buf *out, double x)
{
    char digits[16];
    size_t at = sizeof digits;
    long rest;

    if (!(fabs(x) < 1e9) || x != floor(x)) {
        att_number_write(out, x);
        return;
    }
    rest = (long)fabs(x);
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (x < 0) {
        digits[--at] = '-';
    }
    att_buf_add_n(out, digits + at, sizeof digits - at);
}

static void write_value(att_buf *out, const att_frame *frame, size_t cell,
                        att_column_kind kind)
{
    double x = frame->x[cell];

    if (kind == ATT_COLUMN_TEXT) {
        if (frame->texts != NULL && frame->texts[cell] != NULL) {
            write_text(out, frame->texts[cell]);
        }
    } else if (!isfinite(x)) {
        return; /* blank: no value, and no reason is known */
    } else if (kind == ATT_COLUMN_DAY) {
        char day[ATT_DAY_SIZE];

        att_day_write(day, (att_day)x);
        att_buf_add(out, day);
    } else {
        write_number(out, x);
    }
}

static void write_row(att_buf *out, const att_frame *frame, size_t row)
{
    static const att_row_head nobody = { 0 };

    write_heads(out, frame->heads != NULL ? &frame->heads[row] : &nobody);
    for (size_t j = 0; j < frame->n_columns; j++) {
        size_t cell = row * frame->n_columns + j;

        att_buf_char(out, ',');
        if (frame->reasons[cell] != ATT_REASON_NONE) {
            write_number(out, att_reason_code((att_reason)frame->reasons[cell]));
        } else {
            write_value(out, frame, cell, frame->columns[j].kind);
        }
    }
    att_buf_char(out, '\n');
}

static void write_csv(att_buf *out, const att_export *export)
{
    att_buf name = { 0 };

    for (size_t i = 0; i < att_codebook_n_heads; i++) {
        att_buf_add(out, i == 0 ? "" : ",");
        att_buf_add(out, att_codebook_heads[i]);
    }
    for (size_t j = 0; j < export->frame->n_columns; j++) {
        att_buf_cut(&name, 0);
        att_codebook_name(&name, &export->frame->columns[j]);
        att_buf_char(out, ',');
        write_text(out, att_buf_text(&name));
    }
    att_buf_char(out, '\n');
    for (size_t i = 0; i < export->frame->n_rows; i++) {
        write_row(out, export->frame, i);
    }
    att_buf_drop(&name);
}

const att_format att_format_csv = {
    .name = "csv",
    .about = "a row a response, with a code for each reason why an answer is missing",
    .write = write_csv,
    .sidecar = att_codebook_write,
};
