#include "codebook.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/number.h>

const char *const att_codebook_heads[] = { "response",    "person",    "role",
                                           "site",        "wave",      "language",
                                           "instrument",  "version",   "status",
                                           "started",     "finished",  "mode",
                                           "interviewer", "proxy_for", "relation" };
const size_t att_codebook_n_heads =
    sizeof att_codebook_heads / sizeof *att_codebook_heads;

static const char *const head_labels[] = {
    "id of the response",
    "code of the person",
    "role",
    "site",
    "wave",
    "language of the interview",
    "id of the instrument",
    "version that was asked",
    "open or complete",
    "start, UTC",
    "end, UTC; blank while open",
    "self, interviewer (asked by one) or proxy (someone answers for the person)",
    "code of the interviewer",
    "code of the person who is answered for",
    "what the one who answers is to that person",
};

static const char *const kind_names[] = {
    [ATT_COLUMN_NUMBER] = "number", [ATT_COLUMN_CODE] = "code",
    [ATT_COLUMN_MARK] = "mark",     [ATT_COLUMN_TEXT] = "text",
    [ATT_COLUMN_DAY] = "day",
};
#define N_KINDS (sizeof kind_names / sizeof *kind_names)

static bool is_head_name(const char *name)
{
    for (size_t i = 0; i < att_codebook_n_heads; i++) {
        if (strcmp(att_codebook_heads[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void att_codebook_name(att_buf *out, const att_column *column)
{
    att_buf_add(out, column->name);
    if (is_head_name(column->name)) {
        att_buf_add(out, "__item");
    }
}

bool att_codebook_has_reasons(const att_column *column)
{
    return column->item[0] != '\0';
}

/* ---- writing ---- */

static void write_reasons(att_json_out *out, const char *key, bool is_filled)
{
    att_json_key(out, key);
    att_json_object(out);
    for (int code = -10; is_filled && code <= -4; code++) {
        att_reason reason = ATT_REASON_NONE;
        att_buf name = { 0 };

        if (att_reason_of_code(code, &reason)) {
            att_buf_format(&name, "%d", code);
            att_json_put_string(out, att_buf_text(&name), att_reason_name(reason));
        }
        att_buf_drop(&name);
    }
    att_json_end_object(out);
}

static void write_codes(att_json_out *out, const att_column *column)
{
    att_buf name = { 0 };

    att_json_key(out, "codes");
    att_json_object(out);
    for (size_t i = 0; i < column->n_codes; i++) {
        att_buf_cut(&name, 0);
        att_buf_format(&name, "%d", column->codes[i]);
        att_json_put_string(out, att_buf_text(&name), column->code_labels[i]);
    }
    att_json_end_object(out);
    att_buf_drop(&name);
}

static void write_column(att_json_out *out, const att_column *column)
{
    att_buf name = { 0 };

    att_codebook_name(&name, column);
    att_json_object(out);
    att_json_put_string(out, "name", att_buf_text(&name));
    att_json_put_string(out, "label", column->label);
    att_json_put_string(out, "kind", kind_names[column->kind]);
    att_json_put_string(out, "item", column->item[0] == '\0' ? NULL : column->item);
    write_codes(out, column);
    att_json_put_number(out, "low", column->low);
    att_json_put_number(out, "high", column->high);
    write_reasons(out, "missing", att_codebook_has_reasons(column));
    att_json_end_object(out);
    att_buf_drop(&name);
}

static void write_heads(att_json_out *out)
{
    for (size_t i = 0; i < att_codebook_n_heads; i++) {
        att_json_object(out);
        att_json_put_string(out, "name", att_codebook_heads[i]);
        att_json_put_string(out, "label", head_labels[i]);
        att_json_put_string(out, "kind", "head");
        att_json_end_object(out);
    }
}

static void write_provenance(att_json_out *out, const att_provenance *provenance)
{
    att_json_key(out, "provenance");
    att_json_object(out);
    att_json_key(out, "authors");
    att_json_list(out);
    for (size_t i = 0; i < provenance->n_authors; i++) {
        att_json_string(out, provenance->authors[i]);
    }
    att_json_end_list(out);
    att_json_put_string(out, "licence", provenance->licence);
    att_json_put_string(out, "citation", provenance->citation);
    att_json_put_string(out, "doi", provenance->doi);
    att_json_put_string(out, "origin", provenance->origin);
    att_json_put_string(out, "status", att_maturity_name(provenance->maturity));
    att_json_end_object(out);
}

static void write_instruments(att_json_out *out, const att_export *export)
{
    att_json_key(out, "instruments");
    att_json_list(out);
    for (size_t i = 0; i < export->n_versions; i++) {
        const att_instrument *one = export->versions[i];

        att_json_object(out);
        att_json_put_string(out, "id", one->id);
        att_json_put_string(out, "version", one->version);
        att_json_put_string(out, "digest", one->digest);
        att_json_put_string(out, "title",
                            att_wording_in(one, &one->title, one->language));
        write_provenance(out, &one->provenance);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

void att_codebook_write(att_buf *buf, const att_export *export)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", ATT_CODEBOOK_FORMAT);
    att_json_put_string(&out, "program", export->program);
    write_instruments(&out, export);
    att_json_put_string(&out, "guard",
                        "a text that begins with = + - @, tab or CR has an "
                        "apostrophe before it");
    att_json_put_string(&out, "blank", "no value, and no reason is known");
    write_reasons(&out, "missing_reasons", true);
    att_json_put_whole(&out, "rows", (long long)export->frame->n_rows);
    att_json_key(&out, "columns");
    att_json_list(&out);
    write_heads(&out);
    for (size_t j = 0; j < export->frame->n_columns; j++) {
        write_column(&out, &export->frame->columns[j]);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

/* ---- reading ---- */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text == NULL ? "" : text;
}

static double number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return json_is_number(value) ? json_number_value(value) : NAN;
}

static bool read_code(const char *text, int *out)
{
    long long code = 0;

    if (!att_number_read_whole(text, strlen(text), &code) || code < -1000000000 ||
        code > 1000000000) {
        return false;
    }
    *out = (int)code;
    return true;
}

static bool read_codes(att_arena *arena, json_t *object, att_column *column)
{
    size_t n = json_object_size(object);
    int *codes = att_new_n(arena, int, n);
    const char **labels = att_new_n(arena, const char *, n);
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;

    json_object_foreach(object, key, value)
    {
        if (!read_code(key, &codes[i]) || !json_is_string(value)) {
            return false;
        }
        labels[i++] = att_arena_text(arena, json_string_value(value));
    }
    column->codes = codes;
    column->code_labels = labels;
    column->n_codes = n;
    return true;
}

static bool read_missing(json_t *object, bool *has_reason)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(object, key, value)
    {
        att_reason reason = ATT_REASON_NONE;
        int code = 0;

        if (!read_code(key, &code) || !att_reason_of_code(code, &reason) ||
            reason == ATT_REASON_NONE) {
            return false;
        }
        has_reason[reason] = true;
    }
    return true;
}

static bool read_kind(const json_t *object, att_codebook_column *out)
{
    const char *name = text_of(object, "kind");

    out->is_head = strcmp(name, "head") == 0;
    for (size_t i = 0; i < N_KINDS; i++) {
        if (strcmp(kind_names[i], name) == 0) {
            out->column.kind = (att_column_kind)i;
            return true;
        }
    }
    out->column.kind = ATT_COLUMN_TEXT;
    return out->is_head;
}

static bool read_column(att_arena *arena, const json_t *object,
                        att_codebook_column *out)
{
    if (!json_is_object(object) || !json_is_string(json_object_get(object, "name"))) {
        return false;
    }
    out->column.name = att_arena_text(arena, text_of(object, "name"));
    out->column.label = att_arena_text(arena, text_of(object, "label"));
    out->column.item = att_arena_text(arena, text_of(object, "item"));
    out->column.low = number_of(object, "low");
    out->column.high = number_of(object, "high");
    return read_kind(object, out) &&
           read_codes(arena, json_object_get(object, "codes"), &out->column) &&
           read_missing(json_object_get(object, "missing"), out->has_reason);
}

static att_code fail_column(att_json *json, size_t i, att_err *err)
{
    att_place place = { 0 };
    att_buf pointer = { 0 };
    att_code code =
        att_fail(err, ATT_EINPUT, "column %zu of codebook \"%s\" cannot be understood",
                 i + 1, att_json_name(json));

    att_buf_format(&pointer, "/columns/%zu", i);
    if (att_json_place_value(json, att_buf_text(&pointer), &place)) {
        att_at(err, att_json_name(json), place.line, place.column,
               att_buf_text(&pointer));
    }
    att_hint(err, "export again, or move the codebook away");
    att_buf_drop(&pointer);
    return code;
}

static att_codebook *read_tree(att_arena *arena, att_json *json, att_err *err)
{
    const json_t *root = att_json_root(json);
    const json_t *list = json_object_get(root, "columns");
    const char *format = text_of(root, "format");
    att_codebook_column *columns;
    att_codebook *book;

    if (strncmp(format, "attune-codebook/", strlen("attune-codebook/")) != 0) {
        return NULL;
    }
    if (strcmp(format, ATT_CODEBOOK_FORMAT) != 0) {
        att_fail(err, ATT_EINPUT,
                 "codebook \"%s\" has the format \"%s\"; this program "
                 "reads \"%s\"",
                 att_json_name(json), format, ATT_CODEBOOK_FORMAT);
        return NULL;
    }
    columns = att_new_n(arena, att_codebook_column, json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!read_column(arena, json_array_get(list, i), &columns[i])) {
            fail_column(json, i, err);
            return NULL;
        }
    }
    book = att_new(arena, att_codebook);
    book->columns = columns;
    book->n = json_array_size(list);
    return book;
}

static att_codebook *read_json(att_arena *arena, att_json *json, att_err *err)
{
    att_codebook *book = NULL;

    if (json != NULL) {
        book = read_tree(arena, json, err);
        att_json_close(json);
    }
    return book;
}

att_codebook *att_codebook_read_bytes(att_arena *arena, const char *name,
                                      const char *bytes, size_t n, att_err *err)
{
    return read_json(arena, att_json_open_bytes(name, bytes, n, err), err);
}

att_codebook *att_codebook_read(att_arena *arena, const char *path, att_err *err)
{
    att_err why = { 0 };
    att_json *json = att_json_open(path, &why);

    if (json == NULL && why.code != ATT_ENOTFOUND) {
        att_fail(err, why.code, "%s", why.message);
        att_at(err, why.where.file, why.where.line, why.where.column,
               why.where.pointer);
        att_hint(err, "the codebook beside a CSV file says which codes stand for "
                      "missing answers; mend it or move it away");
    }
    return read_json(arena, json, err);
}
