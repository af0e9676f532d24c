#include "redcap_project.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>

typedef struct rc_importing {
    rc_project *project;
    att_arena *arena;
    const rc_vars *vars;
    rc_reply *out;
    bool is_overwrite;
    att_buf errors; /* a CSV line for each bad cell */
} rc_importing;

/* Where a row of the data belongs. */
typedef struct rc_place {
    const char *record, *event, *form, *instance;
} rc_place;

static void add_quoted(att_buf *out, const char *text)
{
    att_buf_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            att_buf_char(out, '"');
        }
        att_buf_char(out, *text);
    }
    att_buf_char(out, '"');
}

static void add_error(rc_importing *in, const char *record, const char *field,
                      const char *value, const char *message)
{
    const char *const cells[] = { record, field, value, message };

    if (in->errors.n > 0) {
        att_buf_char(&in->errors, '\n');
    }
    for (size_t i = 0; i < 4; i++) {
        if (i > 0) {
            att_buf_char(&in->errors, ',');
        }
        add_quoted(&in->errors, cells[i]);
    }
}

/* A cell as text; a number loses its trailing zeros on the way, as in PHP. */
static const char *cell_text(att_arena *arena, const json_t *value)
{
    att_buf text = { 0 };
    char *copy = NULL;

    if (json_is_string(value)) {
        return json_string_value(value);
    }
    if (json_is_null(value)) {
        return "";
    }
    if (!json_is_number(value)) {
        return NULL;
    }
    att_number_write(&text, json_number_value(value));
    copy = att_buf_copy(arena, &text);
    att_buf_drop(&text);
    return copy;
}

static const char *lead(rc_importing *in, const json_t *row, const char *key)
{
    const char *text = cell_text(in->arena, json_object_get(row, key));

    return text == NULL ? "" : text;
}

static bool is_lead(const char *key)
{
    return strcmp(key, "redcap_event_name") == 0 ||
           strcmp(key, "redcap_repeat_instrument") == 0 ||
           strcmp(key, "redcap_repeat_instance") == 0 ||
           strcmp(key, "redcap_data_access_group") == 0;
}

static bool is_digits(const char *text, size_t n)
{
    return n > 0 && strspn(text, "0123456789") == n;
}

static bool is_number(const char *text, int decimals, char point)
{
    const char *start = text + (*text == '-' || *text == '+' ? 1 : 0);
    size_t whole = strspn(start, "0123456789");
    const char *rest = start + whole;
    size_t after = *rest == point ? strspn(rest + 1, "0123456789") : 0;

    if (*rest != '\0' && (*rest != point || after == 0 || rest[1 + after] != '\0')) {
        return false;
    }
    return decimals < 0 ? whole + after > 0 : (whole > 0 && after == (size_t)decimals);
}

/* HH:MM or HH:MM:SS */
static bool is_time(const char *text, bool has_seconds)
{
    static const char highest[] = "23:59:59";
    size_t n = strlen(text);

    if (n != (has_seconds ? 8U : 5U)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (i % 3 == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return strncmp(text, highest, 2) <= 0 && text[3] <= '5' &&
           (!has_seconds || text[6] <= '5');
}

static bool is_date(const char *text, const char *validation)
{
    att_day day = 0;
    bool is_long = strncmp(validation, "datetime_", 9) == 0;
    bool has_seconds = strncmp(validation, "datetime_seconds_", 17) == 0;

    if (strlen(text) < 10 || !att_day_read(text, 10, &day)) {
        return false;
    }
    return is_long ? text[10] == ' ' && is_time(text + 11, has_seconds)
                   : text[10] == '\0';
}

/* Whether a text fits the validation of its field; unknown ones let all pass. */
static bool is_valid(const char *validation, const char *text)
{
    const char *at = NULL;

    if (strcmp(validation, "integer") == 0 || strcmp(validation, "int") == 0) {
        return is_number(text, 0, '.');
    }
    if (strcmp(validation, "number") == 0 || strcmp(validation, "float") == 0) {
        return is_number(text, -1, '.');
    }
    if (strcmp(validation, "number_comma_decimal") == 0) {
        return is_number(text, -1, ',');
    }
    if (strncmp(validation, "number_", 7) == 0 && validation[7] >= '1' &&
        validation[7] <= '4' && validation[8] == 'd') {
        return is_number(text, validation[7] - '0', validation[10] == '_' ? ',' : '.');
    }
    if (strncmp(validation, "date", 4) == 0) {
        return is_date(text, validation);
    }
    if (strcmp(validation, "time") == 0) {
        return is_time(text, false);
    }
    if (strcmp(validation, "email") == 0) {
        at = strchr(text, '@');
        return at != NULL && at > text && strchr(at, '.') != NULL;
    }
    return true;
}

static bool has_code(const rc_field *field, const char *code)
{
    for (size_t i = 0; i < field->n_codes; i++) {
        if (strcmp(field->codes[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* Why a cell is refused; NULL when it is taken. */
static const char *judge(const rc_project *project, const rc_column *column,
                         const char *value)
{
    const char *type = column->field->type;

    if (strcmp(type, "calc") == 0 || strcmp(type, "descriptive") == 0 ||
        strcmp(type, "file") == 0 || strcmp(type, "sql") == 0) {
        return "This field cannot be imported";
    }
    if (value[0] == '\0') {
        return NULL;
    }
    if (strcmp(type, "checkbox") == 0) {
        return strcmp(value, "0") == 0 || strcmp(value, "1") == 0
                   ? NULL
                   : "The value is not a valid checkbox value (0 or 1)";
    }
    if (strcmp(type, "complete") == 0) {
        return strlen(value) == 1 && value[0] >= '0' && value[0] <= '2'
                   ? NULL
                   : "The value is not a valid category (0, 1 or 2)";
    }
    if (rc_project_is_missing_code(project, value)) {
        return NULL;
    }
    if (strcmp(type, "radio") == 0 || strcmp(type, "dropdown") == 0 ||
        strcmp(type, "yesno") == 0 || strcmp(type, "truefalse") == 0) {
        return has_code(column->field, value) ? NULL
                                              : "The value is not a valid category";
    }
    if (strcmp(type, "slider") == 0) {
        return is_number(value, 0, '.') ? NULL : "The value is not a valid number";
    }
    if (strcmp(type, "text") == 0 && !is_valid(column->field->validation, value)) {
        return "The value does not fit the validation of the field";
    }
    return NULL;
}

static bool is_locked(const rc_project *project, const rc_place *at, const char *form)
{
    const json_t *locks = rc_project_list(project, "locked");

    for (size_t i = 0; i < json_array_size(locks); i++) {
        const json_t *lock = json_array_get(locks, i);

        if (strcmp(rc_text(lock, "record"), at->record) == 0 &&
            strcmp(rc_text(lock, "form"), form) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a field may stand in this row: mapped, and on the repeat that it names. */
static const char *judge_place(const rc_importing *in, const rc_place *at,
                               const rc_column *column)
{
    const rc_project *project = in->project;
    const char *form = column->field->form;
    bool repeats = rc_project_repeats(project, at->event, form);

    if (strcmp(column->field->name, rc_project_record_id(project)) == 0) {
        return NULL;
    }
    if (!rc_project_is_mapped(project, at->event, form)) {
        return "This field is on a form that is not designated for this event";
    }
    if (is_locked(project, at, form)) {
        return "This field is on a form that is locked for this record";
    }
    if (at->form[0] != '\0') {
        return strcmp(at->form, form) == 0
                   ? NULL
                   : "This field is not on the repeating instrument of its row";
    }
    if (at->instance[0] == '\0' &&
        (repeats || rc_project_repeats(project, at->event, ""))) {
        return "This field is on a repeating instrument or event: an instance is needed";
    }
    return NULL;
}

static void check_repeat(rc_importing *in, const rc_place *at)
{
    if (at->form[0] == '\0' && at->instance[0] == '\0') {
        return;
    }
    if (!rc_project_repeats(in->project, at->event, at->form)) {
        add_error(in, at->record, "redcap_repeat_instrument", at->form,
                  "This is not a repeating instrument or event");
    } else if (strcmp(at->instance, "new") != 0 &&
               (!is_digits(at->instance, strlen(at->instance)) ||
                at->instance[0] == '0')) {
        add_error(in, at->record, "redcap_repeat_instance", at->instance,
                  "The instance is not a whole number from 1");
    }
}

static void check_group(rc_importing *in, const rc_place *at, const char *group)
{
    const json_t *groups = rc_project_list(in->project, "groups");

    for (size_t i = 0; i < json_array_size(groups); i++) {
        if (strcmp(rc_text(json_array_get(groups, i), "unique_group_name"), group) ==
            0) {
            return;
        }
    }
    if (group[0] != '\0') {
        add_error(in, at->record, "redcap_data_access_group", group,
                  "The group does not exist");
    }
}

static rc_place read_place(rc_importing *in, const json_t *row)
{
    rc_place at = { lead(in, row, rc_project_record_id(in->project)),
                    lead(in, row, "redcap_event_name"),
                    lead(in, row, "redcap_repeat_instrument"),
                    lead(in, row, "redcap_repeat_instance") };
    const json_t *events = rc_project_list(in->project, "events");

    if (in->project->is_longitudinal && at.event[0] == '\0') {
        at.event = rc_text(json_array_get(events, 0), "unique_event_name");
    }
    return at;
}

static void check_row(rc_importing *in, const json_t *row)
{
    rc_place at = read_place(in, row);
    const char *key = NULL;
    json_t *cell = NULL;

    if (in->project->is_longitudinal && !rc_project_has_event(in->project, at.event)) {
        add_error(in, at.record, "redcap_event_name", at.event,
                  "The event does not exist");
        return;
    }
    check_repeat(in, &at);
    check_group(in, &at, lead(in, row, "redcap_data_access_group"));
    json_object_foreach((json_t *)(uintptr_t)row, key, cell)
    {
        const rc_column *column = rc_project_column(in->project, key);
        const char *value = cell_text(in->arena, cell);
        const char *why = NULL;

        if (is_lead(key) || value[0] == '\0' || column == NULL) {
            continue;
        }
        why = judge(in->project, column, value);
        why = why == NULL ? judge_place(in, &at, column) : why;
        if (why != NULL) {
            add_error(in, at.record, key, value, why);
        }
    }
}

/* What is wrong with the data as a whole, before any cell is looked at. */
static const char *check_shape(rc_importing *in, const json_t *data)
{
    att_buf unknown = { 0 };
    const char *why = NULL;

    if (!json_is_array(data)) {
        return "The data being imported is not formatted correctly: not a list";
    }
    for (size_t i = 0; i < json_array_size(data) && why == NULL; i++) {
        const json_t *row = json_array_get(data, i);
        const char *key = NULL;
        json_t *cell = NULL;
        const char *id =
            json_is_object(row) ? lead(in, row, rc_project_record_id(in->project)) : "";

        if (!json_is_object(row)) {
            why = "The data being imported is not formatted correctly: not a row";
        } else if (id[0] == '\0') {
            why = "The record id field is missing from a row";
        } else if (att_text_length(id) > 100) {
            why = "A record id is longer than 100 characters";
        }
        json_object_foreach((json_t *)(uintptr_t)row, key, cell)
        {
            bool is_known = rc_project_column(in->project, key) != NULL ||
                            strcmp(key, "redcap_data_access_group") == 0 ||
                            (strcmp(key, "redcap_event_name") == 0 &&
                             in->project->is_longitudinal) ||
                            (strncmp(key, "redcap_repeat_", 14) == 0 && is_lead(key) &&
                             in->project->has_repeats);

            if (cell_text(in->arena, cell) == NULL) {
                why = "The data being imported is not formatted correctly: not a value";
            } else if (!is_known) {
                att_buf_format(&unknown, "%s%s", unknown.n > 0 ? ", " : "", key);
            }
        }
    }
    if (why == NULL && unknown.n > 0) {
        why = att_arena_format(in->arena,
                               "The following fields were not found in the project as "
                               "real data fields: %s",
                               att_buf_text(&unknown));
    }
    att_buf_drop(&unknown);
    return why;
}

static json_t *child(json_t *parent, const char *key)
{
    json_t *object = json_object_get(parent, key);

    if (object == NULL) {
        object = json_object();
        json_object_set_new(parent, key, object);
    }
    return object;
}

static const char *free_instance(rc_importing *in, const json_t *rows,
                                 const rc_place *at)
{
    for (int i = 1;; i++) {
        const char *key =
            att_arena_format(in->arena, "%s|%s|%d", at->event, at->form, i);

        if (json_object_get(rows, key) == NULL) {
            return att_arena_format(in->arena, "%d", i);
        }
    }
}

static void store_row(rc_importing *in, const json_t *row, const char *record)
{
    rc_place at = read_place(in, row);
    json_t *rows = child(in->project->records, record);
    const char *group = lead(in, row, "redcap_data_access_group");
    const char *key = NULL;
    json_t *cell = NULL;
    json_t *values = NULL;

    if (strcmp(at.instance, "new") == 0) {
        at.instance = free_instance(in, rows, &at);
    }
    values = child(
        rows, att_arena_format(in->arena, "%s|%s|%s", at.event, at.form, at.instance));
    if (group[0] != '\0') {
        json_object_set_new(in->project->groups, record, json_string(group));
    }
    json_object_foreach((json_t *)(uintptr_t)row, key, cell)
    {
        const char *value = cell_text(in->arena, cell);

        if (is_lead(key) || strcmp(key, rc_project_record_id(in->project)) == 0) {
            continue;
        }
        if (value[0] != '\0') {
            json_object_set_new(values, key, json_string(value));
        } else if (in->is_overwrite) {
            json_object_del(values, key);
        }
    }
}

/* Stores all rows; ids: sent id to stored id, in order. */
static json_t *store_all(rc_importing *in, const json_t *data)
{
    bool renumber =
        in->project->is_autonumbered && rc_var_is_true(in->vars, "forceAutoNumber");
    json_t *ids = json_object();

    for (size_t i = 0; i < json_array_size(data); i++) {
        const json_t *row = json_array_get(data, i);
        const char *sent = lead(in, row, rc_project_record_id(in->project));
        const char *stored = json_string_value(json_object_get(ids, sent));

        if (stored == NULL) {
            stored = renumber ? att_arena_format(in->arena, "%ld",
                                                 rc_project_next_id(in->project))
                              : sent;
            json_object_set_new(ids, sent, json_string(stored));
        }
        store_row(in, row, stored);
    }
    return ids;
}

static void answer(rc_importing *in, const json_t *ids)
{
    const char *content = rc_var_get(in->vars, "returnContent");
    json_t *reply = NULL;
    const char *sent = NULL;
    json_t *stored = NULL;

    if (rc_var_is_true(in->vars, "backgroundProcess")) {
        reply = json_pack("{s:b}", "success", 1);
    } else if (content == NULL || strcmp(content, "count") == 0) {
        reply = json_pack("{s:i}", "count", (int)json_object_size(ids));
    } else if (strcmp(content, "nothing") == 0) {
        rc_reply_text(in->arena, "", in->out);
        return;
    } else {
        reply = json_array();
        json_object_foreach((json_t *)(uintptr_t)ids, sent, stored)
        {
            const char *id = json_string_value(stored);

            if (strcmp(content, "auto_ids") == 0) {
                id = att_arena_format(in->arena, "%s,%s", id, sent);
            }
            json_array_append_new(reply, json_string(id));
        }
    }
    rc_reply_json(in->arena, reply, in->out);
    json_decref(reply);
}

/* What is wrong with the other variables. */
static const char *check_vars(const rc_importing *in)
{
    const char *type = rc_var_get(in->vars, "type");
    const char *overwrite = rc_var_get(in->vars, "overwriteBehavior");
    const char *content = rc_var_get(in->vars, "returnContent");
    const char *dates = rc_var_get(in->vars, "dateFormat");

    if (rc_var_get(in->vars, "data") == NULL) {
        return "The parameter 'data' is missing";
    }
    if (type != NULL && strcmp(type, "flat") != 0) {
        return "this test server takes type=flat only";
    }
    if (overwrite != NULL && strcmp(overwrite, "normal") != 0 &&
        strcmp(overwrite, "overwrite") != 0) {
        return "The value of the parameter \"overwriteBehavior\" is not valid";
    }
    if (content != NULL && strcmp(content, "count") != 0 &&
        strcmp(content, "ids") != 0 && strcmp(content, "auto_ids") != 0 &&
        strcmp(content, "nothing") != 0) {
        return "The value of the parameter \"returnContent\" is not valid";
    }
    return dates != NULL && strcmp(dates, "YMD") != 0
               ? "this test server takes dateFormat=YMD only"
               : NULL;
}

void rc_import(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out)
{
    rc_importing in = { .project = project, .arena = arena, .vars = vars, .out = out };
    const char *why = check_vars(&in);
    const char *overwrite = rc_var_get(vars, "overwriteBehavior");
    json_error_t wrong;
    json_t *data = NULL;
    json_t *ids = NULL;

    in.is_overwrite = overwrite != NULL && strcmp(overwrite, "overwrite") == 0;
    if (why == NULL) {
        data = json_loads(rc_var_get(vars, "data"), 0, &wrong);
        why = check_shape(&in, data);
    }
    if (why != NULL) {
        rc_refuse(arena, vars, 400, why, out);
        goto out;
    }
    for (size_t i = 0; i < json_array_size(data); i++) {
        check_row(&in, json_array_get(data, i));
    }
    if (in.errors.n > 0) {
        rc_refuse(arena, vars, 400, att_buf_text(&in.errors), out);
        goto out;
    }
    ids = store_all(&in, data);
    answer(&in, ids);
    rc_project_save(project);
out:
    json_decref(ids);
    json_decref(data);
    att_buf_drop(&in.errors);
}
