#include "redcap_project.h"

#include <string.h>

#include <attune/base/file.h>

const char *rc_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text == NULL ? "" : text;
}

json_t *rc_project_list(const rc_project *project, const char *key)
{
    return json_object_get(project->root, key);
}

static bool is_set(const json_t *info, const char *key)
{
    const json_t *value = json_object_get(info, key);

    if (json_is_string(value)) {
        return strcmp(json_string_value(value), "1") == 0;
    }
    return json_is_integer(value) && json_integer_value(value) != 0;
}

static char *trimmed(att_arena *arena, const char *text, size_t n)
{
    while (n > 0 && strchr(" \t\r\n", text[0]) != NULL) {
        text++;
        n--;
    }
    while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL) {
        n--;
    }
    return att_arena_text_n(arena, text, n);
}

/* The codes of "1, One | 2, Two". */
static size_t read_codes(att_arena *arena, const char *choices, const char **out,
                         size_t room)
{
    size_t n = 0;

    while (*choices != '\0' && n < room) {
        size_t length = strcspn(choices, "|");
        size_t code = strcspn(choices, ",|");

        out[n++] = trimmed(arena, choices, code < length ? code : length);
        choices += length;
        choices += *choices == '|' ? 1 : 0;
    }
    return n;
}

char *rc_checkbox_name(att_arena *arena, const char *field, const char *code)
{
    char *name = att_arena_format(arena, "%s___%s", field, code);

    for (char *p = name + strlen(field) + 3; *p != '\0'; p++) {
        if (*p >= 'A' && *p <= 'Z') {
            *p = (char)(*p - 'A' + 'a');
        } else if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))) {
            *p = '_';
        }
    }
    return name;
}

enum { CODES_MAX = 1000 };

static void read_field(rc_project *project, const json_t *row, rc_field *out)
{
    att_arena *arena = &project->arena;
    const char **codes = att_arena_array(arena, CODES_MAX, sizeof *codes);

    out->name = rc_text(row, "field_name");
    out->form = rc_text(row, "form_name");
    out->type = rc_text(row, "field_type");
    out->choices = rc_text(row, "select_choices_or_calculations");
    out->validation = rc_text(row, "text_validation_type_or_show_slider_number");
    out->codes = codes;
    if (strcmp(out->type, "yesno") == 0 || strcmp(out->type, "truefalse") == 0) {
        out->n_codes = read_codes(arena, "1|0", codes, CODES_MAX);
    } else if (strcmp(out->type, "radio") == 0 || strcmp(out->type, "dropdown") == 0 ||
               strcmp(out->type, "checkbox") == 0) {
        out->n_codes = read_codes(arena, out->choices, codes, CODES_MAX);
    }
    out->n_choices = out->n_codes;
    for (size_t i = 0; i < project->n_missing && out->n_codes < CODES_MAX; i++) {
        codes[out->n_codes++] = project->missing[i];
    }
}

static void add_column(rc_project *project, const rc_field *field, const char *code)
{
    rc_column *column = &project->columns[project->n_columns];

    column->field = field;
    column->code = code;
    column->name = code == NULL ? field->name
                                : rc_checkbox_name(&project->arena, field->name, code);
    json_object_set_new(project->index, column->name,
                        json_integer((json_int_t)project->n_columns));
    project->n_columns++;
}

static void add_status_field(rc_project *project, const char *form)
{
    rc_field *field = &project->fields[project->n_fields++];

    field->name = att_arena_format(&project->arena, "%s_complete", form);
    field->form = form;
    field->type = "complete";
    field->choices = field->validation = "";
}

static void read_fields(rc_project *project, const json_t *metadata)
{
    size_t n = json_array_size(metadata);
    size_t n_columns = 0;

    project->fields = att_arena_array(&project->arena, 2 * n, sizeof *project->fields);
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(metadata, i);
        const char *form = rc_text(row, "form_name");
        const json_t *next = json_array_get(metadata, i + 1);

        read_field(project, row, &project->fields[project->n_fields++]);
        if (strcmp(form, rc_text(next, "form_name")) != 0) {
            add_status_field(project, form);
        }
    }
    for (size_t i = 0; i < project->n_fields; i++) {
        n_columns += project->fields[i].n_codes + 1;
    }
    project->columns =
        att_arena_array(&project->arena, n_columns, sizeof *project->columns);
    for (size_t i = 0; i < project->n_fields; i++) {
        const rc_field *field = &project->fields[i];

        if (strcmp(field->type, "checkbox") != 0) {
            add_column(project, field, NULL);
            continue;
        }
        for (size_t k = 0; k < field->n_codes; k++) {
            add_column(project, field, field->codes[k]);
        }
    }
}

static json_t *object_of(json_t *root, const char *key)
{
    json_t *object = json_object_get(root, key);

    if (!json_is_object(object)) {
        object = json_object();
        json_object_set_new(root, key, object);
    }
    return object;
}

rc_project *rc_project_open(const char *path, const char *token, const char *state_path,
                            att_err *err)
{
    rc_project *project = att_memory_grow(NULL, 1, sizeof *project);
    json_error_t wrong;
    const json_t *info = NULL;
    const char *missing = NULL;

    *project = (rc_project){ 0 };
    project->root = json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);
    if (!json_is_array(json_object_get(project->root, "metadata"))) {
        att_fail(err, ATT_EINPUT, "\"%s\" is no project: %s", path,
                 project->root == NULL ? wrong.text : "it has no \"metadata\"");
        rc_project_close(project);
        return NULL;
    }
    info = json_object_get(project->root, "info");
    project->is_longitudinal = is_set(info, "is_longitudinal");
    project->has_repeats = is_set(info, "has_repeating_instruments_or_events");
    project->is_autonumbered = is_set(info, "record_autonumbering_enabled");
    project->token = att_arena_text(&project->arena, token);
    project->state_path =
        state_path == NULL ? NULL : att_arena_text(&project->arena, state_path);
    missing = rc_text(info, "missing_data_codes");
    project->missing =
        att_arena_array(&project->arena, CODES_MAX, sizeof *project->missing);
    project->n_missing =
        read_codes(&project->arena, missing, project->missing, CODES_MAX);
    project->records = object_of(project->root, "records");
    project->groups = object_of(project->root, "record_groups");
    project->index = json_object();
    read_fields(project, json_object_get(project->root, "metadata"));
    return project;
}

void rc_project_close(rc_project *project)
{
    if (project == NULL) {
        return;
    }
    json_decref(project->root);
    json_decref(project->index);
    att_arena_drop(&project->arena);
    att_memory_free(project);
}

void rc_project_save(const rc_project *project)
{
    if (project->state_path != NULL) {
        json_dump_file(project->root, project->state_path, JSON_INDENT(1));
    }
}

const rc_column *rc_project_column(const rc_project *project, const char *name)
{
    const json_t *place = json_object_get(project->index, name);

    return place == NULL ? NULL : &project->columns[json_integer_value(place)];
}

const char *rc_project_record_id(const rc_project *project)
{
    return project->fields[0].name;
}

bool rc_project_is_missing_code(const rc_project *project, const char *code)
{
    for (size_t i = 0; i < project->n_missing; i++) {
        if (strcmp(project->missing[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a list has an object in which both keys have these values; key_b may be
 * NULL. */
static bool has_pair(const json_t *list, const char *key_a, const char *a,
                     const char *key_b, const char *b)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);

        if (strcmp(rc_text(one, key_a), a) == 0 &&
            (key_b == NULL || strcmp(rc_text(one, key_b), b) == 0)) {
            return true;
        }
    }
    return false;
}

bool rc_project_has_event(const rc_project *project, const char *event)
{
    return has_pair(rc_project_list(project, "events"), "unique_event_name", event,
                    NULL, NULL);
}

bool rc_project_is_mapped(const rc_project *project, const char *event,
                          const char *form)
{
    return !project->is_longitudinal ||
           has_pair(rc_project_list(project, "mapping"), "unique_event_name", event,
                    "form", form);
}

bool rc_project_repeats(const rc_project *project, const char *event, const char *form)
{
    return project->has_repeats && has_pair(rc_project_list(project, "repeating"),
                                            "event_name", event, "form_name", form);
}

long rc_project_next_id(const rc_project *project)
{
    const char *id = NULL;
    json_t *rows = NULL;
    long highest = 0;

    json_object_foreach(project->records, id, rows)
    {
        long number = 0;
        const char *p = id;

        while (*p >= '0' && *p <= '9' && number < 100000000) {
            number = number * 10 + (*p++ - '0');
        }
        if (*p == '\0' && number > highest) {
            highest = number;
        }
    }
    return highest + 1;
}
