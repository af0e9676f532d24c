#include "redcap_project.h"

#include <stdio.h>
#include <string.h>

void rc_reply_json(att_arena *arena, const json_t *json, rc_reply *out)
{
    char *text = json_dumps(json, JSON_ENSURE_ASCII | JSON_ESCAPE_SLASH | JSON_COMPACT);

    out->status = 200;
    out->type = "application/json; charset=utf-8";
    out->n = strlen(text);
    out->body = att_arena_text_n(arena, text, out->n);
    att_memory_free(text);
}

void rc_reply_text(att_arena *arena, const char *text, rc_reply *out)
{
    out->status = 200;
    out->type = "text/html; charset=utf-8"; /* as REDCap says of bare texts */
    out->body = att_arena_text(arena, text);
    out->n = strlen(text);
}

void rc_refuse(att_arena *arena, const rc_vars *vars, int status, const char *message,
               rc_reply *out)
{
    const char *format = rc_var_get(vars, "returnFormat");
    json_t *error = NULL;

    if (format == NULL) {
        format = rc_var_get(vars, "format");
    }
    if (format != NULL && strcmp(format, "json") == 0) {
        error = json_pack("{s:s}", "error", message);
        rc_reply_json(arena, error, out);
        json_decref(error);
    } else if (format != NULL && strcmp(format, "csv") == 0) {
        rc_reply_text(arena, att_arena_format(arena, "ERROR: %s", message), out);
    } else {
        rc_reply_text(arena,
                      att_arena_format(arena,
                                       "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>"
                                       "<hash><error><![CDATA[%s]]></error></hash>",
                                       message),
                      out);
    }
    out->status = status;
}

static bool is_wanted(const char **list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return n == 0;
}

/* A list of the project, some of its objects only: those whose `key` is asked for. */
static void give_list(const rc_project *project, att_arena *arena, const char *name,
                      rc_reply *out)
{
    json_t *list = rc_project_list(project, name);
    json_t *none = json_array();

    rc_reply_json(arena, list == NULL ? none : list, out);
    json_decref(none);
}

static void give_metadata(const rc_project *project, att_arena *arena,
                          const rc_vars *vars, rc_reply *out)
{
    static const char *const keys[] = {
        "field_name",          "form_name",
        "section_header",      "field_type",
        "field_label",         "select_choices_or_calculations",
        "field_note",          "text_validation_type_or_show_slider_number",
        "text_validation_min", "text_validation_max",
        "identifier",          "branching_logic",
        "required_field",      "custom_alignment",
        "question_number",     "matrix_group_name",
        "matrix_ranking",      "field_annotation"
    };
    const json_t *metadata = rc_project_list(project, "metadata");
    size_t n_fields = 0;
    size_t n_forms = 0;
    const char **fields = rc_var_list(arena, vars, "fields", &n_fields);
    const char **forms = rc_var_list(arena, vars, "forms", &n_forms);
    json_t *list = json_array();

    for (size_t i = 0; i < json_array_size(metadata); i++) {
        const json_t *row = json_array_get(metadata, i);
        json_t *copy = NULL;

        if (!is_wanted(fields, n_fields, rc_text(row, "field_name")) ||
            !is_wanted(forms, n_forms, rc_text(row, "form_name"))) {
            continue;
        }
        copy = json_object();
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
            json_object_set_new(copy, keys[k], json_string(rc_text(row, keys[k])));
        }
        json_array_append_new(list, copy);
    }
    rc_reply_json(arena, list, out);
    json_decref(list);
}

static void give_names(const rc_project *project, att_arena *arena, const rc_vars *vars,
                       rc_reply *out)
{
    const char *field = rc_var_get(vars, "field");
    json_t *list = json_array();

    for (size_t i = 0; i < project->n_columns; i++) {
        const rc_column *column = &project->columns[i];
        const char *type = column->field->type;

        if (strcmp(type, "calc") == 0 || strcmp(type, "file") == 0 ||
            strcmp(type, "descriptive") == 0 ||
            (field != NULL && strcmp(field, column->field->name) != 0)) {
            continue;
        }
        json_array_append_new(list, json_pack("{s:s,s:s,s:s}", "original_field_name",
                                              column->field->name, "choice_value",
                                              column->code == NULL ? "" : column->code,
                                              "export_field_name", column->name));
    }
    if (json_array_size(list) == 0) {
        rc_refuse(arena, vars, 400, "the field does not exist in the project", out);
    } else {
        rc_reply_json(arena, list, out);
    }
    json_decref(list);
}

static void give_forms(const rc_project *project, att_arena *arena, rc_reply *out)
{
    json_t *list = json_array();

    for (size_t i = 0; i < project->n_fields; i++) {
        if (strcmp(project->fields[i].type, "complete") == 0) {
            const char *form = project->fields[i].form;

            json_array_append_new(list, json_pack("{s:s,s:s}", "instrument_name", form,
                                                  "instrument_label", form));
        }
    }
    rc_reply_json(arena, list, out);
    json_decref(list);
}

static void give_record(rc_project *project, att_arena *arena, const rc_vars *vars,
                        rc_reply *out)
{
    const char *action = rc_var_get(vars, "action");

    if (action != NULL && strcmp(action, "delete") == 0) {
        rc_delete(project, arena, vars, out);
    } else if (rc_var_get(vars, "data") != NULL ||
               (action != NULL && strcmp(action, "import") == 0)) {
        rc_import(project, arena, vars, out);
    } else {
        rc_export(project, arena, vars, out);
    }
}

static void give_longitudinal(const rc_project *project, att_arena *arena,
                              const rc_vars *vars, const char *list, rc_reply *out)
{
    if (project->is_longitudinal) {
        give_list(project, arena, list, out);
    } else {
        rc_refuse(arena, vars, 400,
                  "You cannot export arms/events for classic projects", out);
    }
}

void rc_answer(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out)
{
    const char *token = rc_var_get(vars, "token");
    const char *content = rc_var_get(vars, "content");
    const char *format = rc_var_get(vars, "format");

    if (token == NULL || strcmp(token, project->token) != 0) {
        rc_refuse(arena, vars, 403, "You do not have permissions to use the API", out);
    } else if (content == NULL || content[0] == '\0') {
        rc_refuse(arena, vars, 400, "The parameter 'content' is missing", out);
    } else if (strcmp(content, "version") == 0) {
        const char *version = rc_text(project->root, "version");

        rc_reply_text(arena, version[0] == '\0' ? "14.5.5" : version, out);
    } else if (strcmp(content, "generateNextRecordName") == 0) {
        rc_reply_text(arena,
                      att_arena_format(arena, "%ld", rc_project_next_id(project)), out);
    } else if (format == NULL || strcmp(format, "json") != 0) {
        rc_refuse(arena, vars, 400, "this test server answers with format=json only",
                  out);
    } else if (strcmp(content, "project") == 0) {
        rc_reply_json(arena, rc_project_list(project, "info"), out);
    } else if (strcmp(content, "metadata") == 0) {
        give_metadata(project, arena, vars, out);
    } else if (strcmp(content, "exportFieldNames") == 0) {
        give_names(project, arena, vars, out);
    } else if (strcmp(content, "instrument") == 0) {
        give_forms(project, arena, out);
    } else if (strcmp(content, "arm") == 0) {
        give_longitudinal(project, arena, vars, "arms", out);
    } else if (strcmp(content, "event") == 0) {
        give_longitudinal(project, arena, vars, "events", out);
    } else if (strcmp(content, "formEventMapping") == 0) {
        give_longitudinal(project, arena, vars, "mapping", out);
    } else if (strcmp(content, "repeatingFormsEvents") == 0) {
        if (project->has_repeats) {
            give_list(project, arena, "repeating", out);
        } else {
            rc_refuse(arena, vars, 400,
                      "You cannot export repeating instruments and events because the "
                      "project does not contain any repeating instruments and events",
                      out);
        }
    } else if (strcmp(content, "dag") == 0) {
        give_list(project, arena, "groups", out);
    } else if (strcmp(content, "record") == 0) {
        give_record(project, arena, vars, out);
    } else {
        rc_refuse(arena, vars, 400,
                  "The value of the parameter \"content\" is not valid", out);
    }
}
