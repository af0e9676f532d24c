/* redcap_project.h - the project that the test server keeps
 *
 * What:   dictionary, events, repeats, groups and records of one REDCap project, read
 *         from a JSON file (demo-project.json shows its keys), and the answers of the
 *         API as a function: form variables in, status and body out. No sockets here,
 *         so that tests can also call it in their own process.
 * Not:    files, log, dictionary upload, filterLogic, EAV, replies as CSV or XML.
 */
#ifndef ATTUNE_TESTS_REDCAP_PROJECT_H
#define ATTUNE_TESTS_REDCAP_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>

#define RC_VARS_MAX 1000 /* form variables past this are dropped */

typedef struct rc_field {
    const char *name, *form, *type, *choices, *validation;
    const char *const *codes; /* [n_codes] of its choices, and of missing data */
    size_t n_codes, n_choices;
} rc_field;

/* A column of imports and exports. */
typedef struct rc_column {
    const char *name;
    const rc_field *field;
    const char *code; /* of a checkbox option, else NULL */
} rc_column;

typedef struct rc_project {
    att_arena arena;
    json_t *root;    /* the file */
    json_t *records; /* id: { "event|form|instance": { column: value } } */
    json_t *groups;  /* id: unique group name */
    json_t *index;   /* column name: place in columns */
    const char *token;
    const char *state_path; /* saved there after each change, or NULL */
    rc_field *fields;
    size_t n_fields;
    rc_column *columns;
    size_t n_columns;
    const char **missing; /* missing data codes */
    size_t n_missing;
    bool is_longitudinal, has_repeats, is_autonumbered;
} rc_project;

typedef struct rc_var {
    const char *name, *value;
} rc_var;

typedef struct rc_vars {
    const rc_var *list;
    size_t n;
} rc_vars;

typedef struct rc_reply {
    int status;
    const char *type; /* content type */
    const char *body; /* [n], in the arena of the call */
    size_t n;
} rc_reply;

/* Reads a project; token is copied. NULL with *err. */
rc_project *rc_project_open(const char *path, const char *token, const char *state_path,
                            att_err *err);
void rc_project_close(rc_project *project);
void rc_project_save(const rc_project *project);

const rc_column *rc_project_column(const rc_project *project, const char *name);
const char *rc_project_record_id(const rc_project *project);
bool rc_project_is_missing_code(const rc_project *project, const char *code);
bool rc_project_has_event(const rc_project *project, const char *event);
bool rc_project_is_mapped(const rc_project *project, const char *event,
                          const char *form);
/* form "" asks whether the whole event repeats. */
bool rc_project_repeats(const rc_project *project, const char *event, const char *form);
json_t *rc_project_list(const rc_project *project, const char *key);
const char *rc_text(const json_t *object, const char *key); /* "" when absent */
/* "checked___1": letters in lower case, the rest "_". */
char *rc_checkbox_name(att_arena *arena, const char *field, const char *code);

/* The first variable of that name, or NULL. */
const char *rc_var_get(const rc_vars *vars, const char *name);
bool rc_var_is_true(const rc_vars *vars, const char *name); /* "true", "1" */
/* All values of a list: name[0]=a&name[1]=b, or name=a,b. */
const char **rc_var_list(att_arena *arena, const rc_vars *vars, const char *name,
                         size_t *n);

/* What the API answers. */
void rc_answer(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out);

/* Pieces of it. */
void rc_refuse(att_arena *arena, const rc_vars *vars, int status, const char *message,
               rc_reply *out);
void rc_reply_json(att_arena *arena, const json_t *json, rc_reply *out);
void rc_reply_text(att_arena *arena, const char *text, rc_reply *out);
void rc_import(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out);
void rc_export(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out);
void rc_delete(rc_project *project, att_arena *arena, const rc_vars *vars,
               rc_reply *out);
long rc_project_next_id(const rc_project *project);

/* application/x-www-form-urlencoded to variables, at most RC_VARS_MAX. */
rc_vars rc_form_read(att_arena *arena, const char *bytes, size_t n);

#endif
