#include <attune/sync/redcap.h>

#include "redcap_call.h"
#include "redcap_refusal.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/text.h>

/* Lists below 500 entries, all together below 1000 variables. */
enum { RECORDS_MAX = 400, FIELDS_MAX = 480, ROWS_MAX = 1000000 };

/* ---- export ---- */

typedef struct row_list {
    att_redcap_row *list;
    size_t n, room;
} row_list;

static bool same_key(const att_redcap_row *a, const att_redcap_row *b)
{
    return a->instance == b->instance && strcmp(a->record, b->record) == 0 &&
           strcmp(a->event, b->event) == 0 &&
           strcmp(a->repeat_form, b->repeat_form) == 0;
}

/* Adds a row, or its cells to the row of the same key: a second request brings other
 * fields of the same rows. Only rows from `from` on can be the same. */
static void add_row(att_arena *arena, row_list *all, size_t from,
                    const att_redcap_row *row)
{
    for (size_t i = from; i < all->n; i++) {
        att_redcap_row *old = &all->list[i];
        att_cell *cells = NULL;

        if (!same_key(old, row)) {
            continue;
        }
        cells = att_new_n(arena, att_cell, old->n_cells + row->n_cells);
        memcpy(cells, old->cells, old->n_cells * sizeof *cells);
        memcpy(cells + old->n_cells, row->cells, row->n_cells * sizeof *cells);
        old->cells = cells;
        old->n_cells += row->n_cells;
        return;
    }
    if (all->n == all->room) {
        all->room = all->room == 0 ? 64 : 2 * all->room;
        all->list = att_memory_grow(all->list, all->room, sizeof *all->list);
    }
    all->list[all->n++] = *row;
}

static int whole(const char *text)
{
    long long n = 0;

    return att_number_read_whole(text, strlen(text), &n) && n > 0 && n < 1000000
               ? (int)n
               : 0;
}

static void read_row(att_arena *arena, const char *id_field, json_t *object,
                     att_redcap_row *out)
{
    att_cell *cells = att_new_n(arena, att_cell, json_object_size(object));
    const char *key = NULL;
    json_t *value = NULL;

    *out = (att_redcap_row){ .cells = cells };
    out->record = att_redcap_member(arena, object, id_field);
    out->event = att_redcap_member(arena, object, "redcap_event_name");
    out->repeat_form = att_redcap_member(arena, object, "redcap_repeat_instrument");
    out->instance = whole(att_redcap_member(arena, object, "redcap_repeat_instance"));
    out->group = att_redcap_member(arena, object, "redcap_data_access_group");
    json_object_foreach(object, key, value)
    {
        if (strncmp(key, "redcap_", 7) != 0 && strcmp(key, id_field) != 0) {
            const char *text = att_redcap_value(arena, value);

            cells[out->n_cells++] =
                (att_cell){ att_arena_text(arena, key), text == NULL ? "" : text };
        }
    }
}

/* One request. */
static att_code export_part(att_arena *arena, const att_redcap *redcap,
                            const att_redcap_project *project, const att_params *params,
                            size_t from, row_list *all, att_err *err)
{
    const char *id_field = project->fields[0].name;
    att_reply reply = { 0 };
    json_t *list = NULL;
    att_code code = ATT_OK;

    ATT_TRY(att_redcap_call(arena, redcap, params, false, &reply, err));
    if (reply.outcome != ATT_NET_OK) {
        return att_redcap_fail(arena, redcap, &reply, err);
    }
    list = att_redcap_json(&reply, JSON_ARRAY);
    if (list == NULL || json_array_size(list) > ROWS_MAX) {
        code = att_redcap_fail(arena, redcap, &reply, err);
    }
    for (size_t i = 0; code == ATT_OK && i < json_array_size(list); i++) {
        json_t *object = json_array_get(list, i);
        att_redcap_row row;

        if (!json_is_object(object)) {
            code = att_redcap_fail(arena, redcap, &reply, err);
            break;
        }
        read_row(arena, id_field, object, &row);
        if (row.record[0] != '\0') {
            add_row(arena, all, from, &row);
        }
    }
    json_decref(list);
    return code;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

att_code att_redcap_export(att_arena *arena, const att_redcap *redcap,
                           const att_redcap_project *project,
                           const char *const *records, size_t n_records,
                           const char *const *fields, size_t n_fields,
                           att_redcap_row **rows, size_t *n_rows, att_err *err)
{
    att_params *params = att_new(arena, att_params);
    row_list all = { 0 };
    att_code code = ATT_OK;

    for (size_t r = 0; r < n_records && code == ATT_OK; r += RECORDS_MAX) {
        size_t from = all.n;

        for (size_t f = 0; (f == 0 || f < n_fields) && code == ATT_OK;
             f += FIELDS_MAX) {
            params->n = 0;
            att_params_add(params, "content", "record");
            att_params_add(params, "type", "flat");
            att_params_add(params, "rawOrLabel", "raw");
            att_params_add(params, "exportBlankForGrayFormStatus", "true");
            if (project->n_groups > 0) {
                att_params_add(params, "exportDataAccessGroups", "true");
            }
            att_params_add_list(arena, params, "records", records + r,
                                least(RECORDS_MAX, n_records - r));
            att_params_add(params, "fields[999]", project->fields[0].name);
            att_params_add_list(arena, params, "fields", fields + f,
                                least(FIELDS_MAX, n_fields - f));
            code = export_part(arena, redcap, project, params, from, &all, err);
        }
    }
    if (all.list == NULL) {
        all.list = att_memory_grow(NULL, 1, sizeof *all.list);
    }
    att_arena_adopt(arena, all.list);
    *rows = all.list;
    *n_rows = all.n;
    return code;
}

/* ---- import ---- */

static void write_row(att_json_out *out, const att_redcap_project *project,
                      const att_redcap_row *row)
{
    att_json_object(out);
    att_json_put_string(out, project->fields[0].name, row->record);
    if (row->event[0] != '\0') {
        att_json_put_string(out, "redcap_event_name", row->event);
    }
    if (project->has_repeats) {
        char instance[24] = "";

        if (row->instance > 0) {
            snprintf(instance, sizeof instance, "%d", row->instance);
        }
        att_json_put_string(out, "redcap_repeat_instrument", row->repeat_form);
        att_json_put_string(out, "redcap_repeat_instance", instance);
    }
    if (row->group[0] != '\0') {
        att_json_put_string(out, "redcap_data_access_group", row->group);
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        att_json_put_string(out, row->cells[i].field, row->cells[i].value);
    }
    att_json_end_object(out);
}

static size_t count_records(const att_redcap_row *list, size_t n)
{
    size_t n_records = 0;

    for (size_t i = 0; i < n; i++) {
        size_t k = 0;

        while (k < i && strcmp(list[k].record, list[i].record) != 0) {
            k++;
        }
        n_records += k == i ? 1 : 0;
    }
    return n_records;
}

/* {"count": n}; SIZE_MAX when it is anything else. */
static size_t read_count(const att_reply *reply)
{
    json_t *json = att_redcap_json(reply, JSON_OBJECT);
    const json_t *count = json_object_get(json, "count");
    size_t n = SIZE_MAX;
    long long number = 0;

    if (json_is_integer(count) && json_integer_value(count) >= 0) {
        n = (size_t)json_integer_value(count);
    } else if (json_is_string(count) &&
               att_number_read_whole(json_string_value(count),
                                     json_string_length(count), &number) &&
               number >= 0) {
        n = (size_t)number;
    }
    json_decref(json);
    return n;
}

/* What the reply says about the rows. A 200 that is not the right count leaves the
 * outcome unknown: something may have been stored. */
static void judge(att_arena *arena, const att_redcap *redcap, const att_reply *reply,
                  size_t n_records, att_import_result *out)
{
    const char *host = att_http_host(arena, redcap->url);
    size_t n = 0;

    *out = (att_import_result){ .outcome = reply->outcome,
                                .status = reply->status,
                                .retry_after = reply->retry_after,
                                .says = reply->says };
    if (reply->outcome == ATT_NET_REFUSED) {
        out->says = att_redcap_error_text(arena, redcap, reply);
        out->refused = att_redcap_refusals(arena, out->says, &out->n_refused);
    }
    if (reply->outcome != ATT_NET_OK) {
        return;
    }
    n = read_count(reply);
    if (n == n_records) {
        out->n_imported = n;
        return;
    }
    out->outcome = ATT_NET_UNKNOWN;
    if (n == SIZE_MAX) {
        out->says = att_arena_format(arena, "%s answers \"%s\", not how many it stored",
                                     host, att_redcap_error_text(arena, redcap, reply));
    } else {
        out->says = att_arena_format(arena, "%s says that it stored %zu of %zu records",
                                     host, n, n_records);
    }
}

att_code att_redcap_import(att_arena *arena, const att_redcap *redcap,
                           const att_redcap_project *project,
                           const att_redcap_row *rows, size_t n_rows,
                           att_import_result *out, att_err *err)
{
    att_params *params = att_new(arena, att_params);
    att_buf data = { 0 };
    att_json_out json = att_json_begin(&data, false);
    att_reply reply = { 0 };
    att_code code = ATT_OK;

    att_json_list(&json);
    for (size_t i = 0; i < n_rows; i++) {
        write_row(&json, project, &rows[i]);
    }
    att_json_end_list(&json);
    att_params_add(params, "content", "record");
    att_params_add(params, "action", "import");
    att_params_add(params, "type", "flat");
    att_params_add(params, "overwriteBehavior", "normal");
    att_params_add(params, "forceAutoNumber", "false");
    att_params_add(params, "dateFormat", "YMD");
    att_params_add(params, "returnContent", "count");
    att_params_add(params, "data", att_buf_text(&data));
    code = att_redcap_call(arena, redcap, params, true, &reply, err);
    if (code == ATT_OK) {
        judge(arena, redcap, &reply, count_records(rows, n_rows), out);
    }
    att_buf_drop(&data);
    return code;
}
