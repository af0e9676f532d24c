#include "redcap_project.h"

#include <stdint.h>
#include <string.h>

typedef struct rc_exporting {
    rc_project *project;
    att_arena *arena;
    const char **records, **fields, **forms, **events;
    size_t n_records, n_fields, n_forms, n_events;
    bool has_id;     /* the record id is asked for: lead columns come */
    bool has_groups; /* asked for */
    bool gray_is_blank;
} rc_exporting;

static bool stands_in(const char **list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_asked(const rc_exporting *ex, const rc_column *column)
{
    if (ex->n_fields == 0 && ex->n_forms == 0) {
        return true;
    }
    return stands_in(ex->fields, ex->n_fields, column->field->name) ||
           stands_in(ex->forms, ex->n_forms, column->field->form);
}

static const char *default_cell(const rc_exporting *ex, const rc_column *column)
{
    if (strcmp(column->field->type, "checkbox") == 0) {
        return "0";
    }
    return strcmp(column->field->type, "complete") == 0 && !ex->gray_is_blank ? "0"
                                                                              : "";
}

/* "event|form|instance" taken apart. */
static void split_key(att_arena *arena, const char *key, const char *parts[3])
{
    for (size_t i = 0; i < 3; i++) {
        size_t n = strcspn(key, "|");

        parts[i] = att_arena_text_n(arena, key, n);
        key += n;
        key += *key == '|' ? 1 : 0;
    }
}

/* Whether a column has a place in this row. */
static bool applies(const rc_exporting *ex, const char *const parts[3],
                    const rc_column *column)
{
    const char *form = column->field->form;

    if (!rc_project_is_mapped(ex->project, parts[0], form)) {
        return false;
    }
    return parts[1][0] != '\0' ? strcmp(parts[1], form) == 0
                               : !rc_project_repeats(ex->project, parts[0], form);
}

static void add_leads(const rc_exporting *ex, json_t *row, const char *record,
                      const char *const parts[3])
{
    const rc_project *project = ex->project;
    const json_t *group = json_object_get(project->groups, record);

    json_object_set_new(row, rc_project_record_id(project), json_string(record));
    if (project->is_longitudinal) {
        json_object_set_new(row, "redcap_event_name", json_string(parts[0]));
    }
    if (project->has_repeats) {
        json_int_t instance = 0;

        for (const char *p = parts[2]; *p != '\0'; p++) {
            instance = instance * 10 + (*p - '0');
        }
        json_object_set_new(row, "redcap_repeat_instrument", json_string(parts[1]));
        json_object_set_new(row, "redcap_repeat_instance",
                            instance > 0 ? json_integer(instance) : json_string(""));
    }
    if (ex->has_groups) {
        json_object_set_new(row, "redcap_data_access_group",
                            json_string(group == NULL ? "" : json_string_value(group)));
    }
}

static json_t *make_row(const rc_exporting *ex, const char *record, const char *key,
                        const json_t *values)
{
    const char *parts[3];
    json_t *row = json_object();

    split_key(ex->arena, key, parts);
    if (ex->has_id) {
        add_leads(ex, row, record, parts);
    }
    for (size_t i = 1; i < ex->project->n_columns; i++) {
        const rc_column *column = &ex->project->columns[i];
        const json_t *value = json_object_get(values, column->name);

        if (!is_asked(ex, column)) {
            continue;
        }
        if (!applies(ex, parts, column)) {
            json_object_set_new(row, column->name, json_string(""));
        } else if (value != NULL) {
            json_object_set_new(row, column->name,
                                json_string(json_string_value(value)));
        } else {
            json_object_set_new(row, column->name,
                                json_string(default_cell(ex, column)));
        }
    }
    return row;
}

/* Without the record id, rows of blanks and zeros vanish. */
static bool is_empty(const json_t *row)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)(uintptr_t)row, key, value)
    {
        const char *text = json_string_value(value);

        if (text == NULL || (text[0] != '\0' && strcmp(text, "0") != 0)) {
            return false;
        }
    }
    return true;
}

static void add_record(const rc_exporting *ex, json_t *list, const char *record)
{
    const json_t *rows = json_object_get(ex->project->records, record);
    const char *key = NULL;
    json_t *values = NULL;

    json_object_foreach((json_t *)(uintptr_t)rows, key, values)
    {
        const char *parts[3];
        json_t *row = NULL;

        split_key(ex->arena, key, parts);
        if (ex->n_events > 0 && !stands_in(ex->events, ex->n_events, parts[0])) {
            continue;
        }
        row = make_row(ex, record, key, values);
        if (!ex->has_id && is_empty(row)) {
            json_decref(row);
            continue;
        }
        json_array_append_new(list, row);
    }
}

static const char *unknown_field(const rc_exporting *ex)
{
    for (size_t i = 0; i < ex->n_fields; i++) {
        bool is_known = false;

        for (size_t k = 0; k < ex->project->n_fields && !is_known; k++) {
            is_known = strcmp(ex->project->fields[k].name, ex->fields[i]) == 0;
        }
        if (!is_known) {
            return ex->fields[i];
        }
    }
    return NULL;
}

void rc_export(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out)
{
    rc_exporting ex = { .project = project, .arena = arena };
    const char *type = rc_var_get(vars, "type");
    const char *record = NULL;
    json_t *rows = NULL;
    json_t *list = NULL;

    ex.records = rc_var_list(arena, vars, "records", &ex.n_records);
    ex.fields = rc_var_list(arena, vars, "fields", &ex.n_fields);
    ex.forms = rc_var_list(arena, vars, "forms", &ex.n_forms);
    ex.events = rc_var_list(arena, vars, "events", &ex.n_events);
    ex.has_groups = rc_var_is_true(vars, "exportDataAccessGroups");
    ex.gray_is_blank = rc_var_is_true(vars, "exportBlankForGrayFormStatus");
    ex.has_id = ex.n_fields + ex.n_forms == 0 ||
                stands_in(ex.fields, ex.n_fields, rc_project_record_id(project));
    if ((type != NULL && strcmp(type, "flat") != 0) ||
        rc_var_get(vars, "filterLogic") != NULL) {
        rc_refuse(arena, vars, 400,
                  "this test server exports with type=flat and no filterLogic", out);
        return;
    }
    if (unknown_field(&ex) != NULL) {
        rc_refuse(arena, vars, 400,
                  att_arena_format(arena,
                                   "The following values in the parameter \"fields\" "
                                   "are not valid: '%s'",
                                   unknown_field(&ex)),
                  out);
        return;
    }
    list = json_array();
    json_object_foreach(project->records, record, rows)
    {
        if (ex.n_records == 0 || stands_in(ex.records, ex.n_records, record)) {
            add_record(&ex, list, record);
        }
    }
    rc_reply_json(arena, list, out);
    json_decref(list);
}

void rc_delete(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out)
{
    size_t n = 0;
    const char **records = rc_var_list(arena, vars, "records", &n);

    for (size_t i = 0; i < n; i++) {
        if (json_object_get(project->records, records[i]) == NULL) {
            rc_refuse(arena, vars, 400,
                      "One or more of the records provided cannot be deleted because "
                      "they do not exist in the project",
                      out);
            return;
        }
    }
    if (n == 0) {
        rc_refuse(arena, vars, 400, "The parameter 'records' is missing", out);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        json_object_del(project->records, records[i]);
        json_object_del(project->groups, records[i]);
    }
    rc_project_save(project);
    rc_reply_text(arena, att_arena_format(arena, "%zu", n), out);
}
