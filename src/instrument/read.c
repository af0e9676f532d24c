#include <attune/instrument/read.h>

#include <stdlib.h>
#include <string.h>

#include <attune/base/file.h>
#include <attune/instrument/write.h>

#include "reader.h"

/* ---- the top of the file ---- */

static const att_key top_keys[] = {
    { "format", ATT_WANT_TEXT, true },        { "id", ATT_WANT_TEXT, true },
    { "version", ATT_WANT_TEXT, true },       { "title", ATT_WANT_WORDING, true },
    { "purpose", ATT_WANT_WORDING, false },   { "audience", ATT_WANT_WORDING, false },
    { "recall", ATT_WANT_WORDING, false },    { "minutes", ATT_WANT_NUMBER, false },
    { "progress", ATT_WANT_TRUTH, false },    { "roles", ATT_WANT_LIST, false },
    { "person", ATT_WANT_OBJECT, false },     { "languages", ATT_WANT_OBJECT, true },
    { "provenance", ATT_WANT_OBJECT, false }, { "missing", ATT_WANT_OBJECT, false },
    { "tokens", ATT_WANT_OBJECT, false },     { "choices", ATT_WANT_OBJECT, false },
    { "items", ATT_WANT_LIST, true },         { "variants", ATT_WANT_LIST, false },
    { "scales", ATT_WANT_LIST, false },       { "derived", ATT_WANT_LIST, false },
    { "norms", ATT_WANT_LIST, false },        { "flags", ATT_WANT_LIST, false },
    { "export", ATT_WANT_OBJECT, false },
};

#define N_KEYS(keys) (sizeof(keys) / sizeof((keys)[0]))

/* A run of digits without a leading zero; where it ends, or NULL. */
static const char *skip_number(const char *text)
{
    size_t n = strspn(text, "0123456789");

    return n == 0 || (n > 1 && text[0] == '0') ? NULL : text + n;
}

/* Semantic versioning: 1.0.0, 1.0.0-draft.2, 1.0.0+build. */
static bool is_version(const char *text)
{
    const char *rest = text;

    for (int i = 0; i < 3; i++) {
        rest = skip_number(rest);
        if (rest == NULL || (i < 2 && *rest++ != '.')) {
            return false;
        }
    }
    for (const char *sign = "-+"; *sign != '\0'; sign++) {
        if (*rest == *sign) {
            size_t n = strspn(rest + 1, "0123456789.-"
                                        "abcdefghijklmnopqrstuvwxyz"
                                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
            if (n == 0) {
                return false;
            }
            rest += n + 1;
        }
    }
    return *rest == '\0' && strlen(text) <= 64;
}

static void head_read(att_reader *r, json_t *root, const att_spot *at)
{
    att_instrument *out = r->out;
    att_spot format_at = att_spot_key(at, "format");
    att_spot id_at = att_spot_key(at, "id");
    att_spot version_at = att_spot_key(at, "version");
    const char *format = att_member_text(r, root, "format", "");

    if (format[0] != '\0' && strcmp(format, "instrument/1") != 0) {
        att_reader_find(r, "L007", &format_at, "write \"instrument/1\"",
                        "format \"%s\" is not known here", format);
    }
    out->id = att_member_text(r, root, "id", "");
    if (out->id[0] != '\0') {
        att_id_check(r, out->id, &id_at, '-', false);
    }
    out->version = att_member_text(r, root, "version", "");
    if (out->version[0] != '\0' && !is_version(out->version)) {
        att_reader_find(r, "L012", &version_at, "write three numbers: \"1.0.0\"",
                        "\"%s\" is not a version", out->version);
    }
}

static bool is_code(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz"
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    return n > 0 && n <= ATT_ITEM_ID_MAX && text[n] == '\0';
}

static void roles_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *list = json_object_get(root, "roles");
    att_spot spot = att_spot_key(at, "roles");
    size_t n = att_list_size(r, json_array_size(list), 100, &spot, "roles");
    const char **roles = att_new_n(r->arena, const char *, n);

    r->out->roles = roles;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&spot, i);
        json_t *value = json_array_get(list, i);
        const char *role = NULL;

        if (!att_want_check(r, value, &element, "roles", ATT_WANT_TEXT)) {
            continue;
        }
        role = att_arena_text(r->arena, json_string_value(value));
        if (!is_code(role)) {
            att_reader_find(r, "L045", &element, "write a short code: \"PT\"",
                            "\"%s\" cannot be the code of a role", role);
        }
        for (size_t k = 0; k < r->out->n_roles; k++) {
            if (strcmp(roles[k], role) == 0) {
                att_reader_find(r, "L045", &element, "name it once",
                                "role \"%s\" stands here twice", role);
                break;
            }
        }
        roles[r->out->n_roles++] = role;
    }
}

static void titles_read(att_reader *r, json_t *root, const att_spot *at)
{
    att_instrument *out = r->out;
    att_spot minutes_at = att_spot_key(at, "minutes");

    out->title = att_wording_member(r, root, at, "title");
    out->purpose = att_wording_member(r, root, at, "purpose");
    out->audience = att_wording_member(r, root, at, "audience");
    out->recall = att_wording_member(r, root, at, "recall");
    out->has_flags = json_object_get(root, "flags") != NULL;
    out->hides_progress = json_is_false(json_object_get(root, "progress"));
    out->minutes = json_number_value(json_object_get(root, "minutes"));
    if (out->minutes < 0 || out->minutes > 1440) {
        att_reader_find(r, "L042", &minutes_at, NULL,
                        "\"minutes\" should be 0 to 1440");
        out->minutes = 0;
    }
}

static char *usual_form(att_arena *arena, const char *id)
{
    char *form = att_arena_text(arena, id);

    for (char *c = form; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : *c;
    }
    return form;
}

/* A REDCap field name: small letters, digits and _, a letter first. */
static bool is_prefix(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return text[0] >= 'a' && text[0] <= 'z' && text[n] == '\0' &&
           n <= ATT_ITEM_ID_MAX && strstr(text, "__") == NULL;
}

static void export_read(att_reader *r, json_t *root, const att_spot *at)
{
    static const att_key keys[] = { { "redcap", ATT_WANT_OBJECT, false } };
    static const att_key redcap_keys[] = { { "form", ATT_WANT_TEXT, false },
                                           { "prefix", ATT_WANT_TEXT, false } };
    json_t *object = json_object_get(root, "export");
    json_t *redcap = json_object_get(object, "redcap");
    att_spot spot = att_spot_key(at, "export");
    att_spot redcap_at = att_spot_key(&spot, "redcap");
    att_spot form_at = att_spot_key(&redcap_at, "form");
    att_spot prefix_at = att_spot_key(&redcap_at, "prefix");

    if (json_is_object(object)) {
        att_keys_check(r, object, &spot, "\"export\"", keys, 1);
    }
    if (json_is_object(redcap)) {
        att_keys_check(r, redcap, &redcap_at, "\"redcap\"", redcap_keys, 2);
    }
    r->out->redcap_form = att_member_text(r, redcap, "form", "");
    r->out->redcap_prefix = att_member_text(r, redcap, "prefix", "");
    if (r->out->redcap_form[0] == '\0') {
        r->out->redcap_form = usual_form(r->arena, r->out->id);
    } else if (!att_id_is_well_formed(r->out->redcap_form, '_') ||
               strlen(r->out->redcap_form) > 64) {
        att_reader_find(
            r, "L043", &form_at, "use small letters and digits, with single _ between",
            "\"%s\" cannot be the name of a REDCap form", r->out->redcap_form);
    }
    if (r->out->redcap_prefix[0] != '\0' && !is_prefix(r->out->redcap_prefix)) {
        att_reader_find(r, "L043", &prefix_at,
                        "use small letters, digits and _, with a letter first",
                        "\"%s\" cannot begin the name of a REDCap field",
                        r->out->redcap_prefix);
    }
}

/* ---- the whole ---- */

static int compare_by_id(const void *a, const void *b)
{
    const att_name *x = a;
    const att_name *y = b;

    return strcmp(x->name, y->name);
}

static void by_id_make(att_reader *r)
{
    size_t *by_id = att_new_n(r->arena, size_t, r->n_items);
    att_name *names = att_new_n(r->scratch, att_name, r->n_items);

    for (size_t i = 0; i < r->n_items; i++) {
        names[i].name = r->items[i].id;
        names[i].index = i;
    }
    if (r->n_items > 1) {
        qsort(names, r->n_items, sizeof names[0], compare_by_id);
    }
    for (size_t i = 0; i < r->n_items; i++) {
        by_id[i] = names[i].index;
    }
    r->out->by_id = by_id;
}

/* Languages first, since texts need them; names next; then all that names. */
static void all_read(att_reader *r, json_t *root)
{
    att_spot top = att_spot_text("");
    size_t issues_before = r->issues->n_errors;

    if (!att_keys_check(r, root, &top, "an instrument", top_keys, N_KEYS(top_keys))) {
        return;
    }
    head_read(r, root, &top);
    att_languages_read(r, root, &top);
    titles_read(r, root, &top);
    roles_read(r, root, &top);
    att_attributes_read(r, root, &top);
    att_provenance_read(r, root, &top);
    att_missing_read(r, root, &top);
    att_sets_read(r, root, &top);
    att_items_read(r, root, &top);
    att_scales_begin(r, root, &top);
    att_names_make(r, root);
    att_froms_resolve(r);
    att_scales_read(r, root, &top);
    att_norms_read(r, root, &top);
    att_tokens_read(r, root, &top);
    att_variants_read(r, root, &top);
    export_read(r, root, &top);
    att_scoring_resolve(r, root);
    if (att_derived_resolve(r)) {
        att_exprs_resolve(r);
        att_choices_resolve(r);
        att_order_make(r);
    } else {
        att_exprs_resolve(r);
    }
    att_pipes_resolve(r);
    by_id_make(r);
    if (issues_before == r->issues->n_errors) {
        att_shuffle_check(r);
    }
}

att_instrument *att_reader_read(att_reader *r, att_arena *arena, att_json *json,
                                att_issues *issues)
{
    size_t n_errors = issues->n_errors;

    r->arena = arena;
    r->scratch = &r->own;
    r->json = json;
    r->issues = issues;
    r->n_first = issues->n;
    r->out = att_new(arena, att_instrument);
    r->out->path = att_arena_text(arena, att_json_name(json));
    all_read(r, att_json_root(json));
    return issues->n_errors > n_errors ? NULL : r->out;
}

void att_reader_close(att_reader *r)
{
    att_memory_free(r->exprs);
    att_memory_free(r->froms);
    att_memory_free(r->owned);
    att_memory_free(r->pipes);
    att_arena_drop(&r->own);
}

att_instrument *att_instrument_read(att_arena *arena, att_json *json,
                                    att_issues *issues)
{
    att_reader r = { 0 };
    att_instrument *instrument = att_reader_read(&r, arena, json, issues);

    if (instrument != NULL) {
        att_canonical_digest(instrument->digest, json);
    }
    att_reader_close(&r);
    return instrument;
}

/* ---- one error for those who want one ---- */

static att_instrument *read_one(att_arena *arena, att_json *json, att_err *err)
{
    att_arena scratch = { 0 };
    att_issues issues = { .arena = &scratch };
    att_instrument *instrument = att_instrument_read(arena, json, &issues);

    if (instrument == NULL) {
        att_issues_sort(&issues);
        for (size_t i = 0; i < issues.n; i++) {
            const att_issue *issue = &issues.list[i];

            if (issue->severity == ATT_SEVERITY_ERROR) {
                att_fail(err, ATT_EINPUT, "%s", issue->what.message);
                att_hint(err, "%s", issue->what.hint);
                att_at(err, issue->what.where.file, issue->what.where.line,
                       issue->what.where.column, issue->what.where.pointer);
                break;
            }
        }
    }
    att_arena_drop(&scratch);
    return instrument;
}

att_instrument *att_instrument_open_bytes(att_arena *arena, const char *name,
                                          const char *bytes, size_t n, att_err *err)
{
    att_json *json = att_json_open_bytes(name, bytes, n, err);
    att_instrument *instrument = json == NULL ? NULL : read_one(arena, json, err);

    att_json_close(json);
    return instrument;
}

att_instrument *att_instrument_open(att_arena *arena, const char *path, att_err *err)
{
    att_json *json = att_json_open(path, err);
    att_instrument *instrument = json == NULL ? NULL : read_one(arena, json, err);

    att_json_close(json);
    return instrument;
}
