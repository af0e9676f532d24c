/* redcap.h - a REDCap project by its API: docs/REDCAP.md
 */
#ifndef ATTUNE_SYNC_REDCAP_H
#define ATTUNE_SYNC_REDCAP_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/secret.h>
#include <attune/sync/http.h>

typedef struct att_redcap {
    const att_http *http;
    const char *url;
    const att_secret *token;
} att_redcap;

typedef struct att_redcap_field {
    const char *name, *form, *type, *choices, *validation;
} att_redcap_field;

typedef struct att_redcap_pair {
    const char *event, *form;
} att_redcap_pair;

/* An export column: of a checkbox, one an option. */
typedef struct att_redcap_name {
    const char *field, *code, *column;
} att_redcap_name;

typedef struct att_redcap_project {
    const char *version, *title;
    bool is_longitudinal, has_repeats, is_autonumbered;
    const char *missing_codes;      /* as the project gives them, or "" */
    const att_redcap_field *fields; /* [n_fields] dictionary order; the first is the
                                       record id */
    size_t n_fields;
    const att_redcap_name *names; /* [n_names] as the server exports them */
    size_t n_names;
    const char *const *events; /* [n_events] unique names; none on a classic project */
    size_t n_events;
    const att_redcap_pair *map; /* [n_map] form-event mapping */
    size_t n_map;
    const att_redcap_pair *repeats; /* [n_repeats] form "": the whole
                                                             event */
    size_t n_repeats;
    const char *const *groups; /* [n_groups] unique names of data access groups */
    size_t n_groups;
} att_redcap_project;

/* Version, project info, dictionary, events, map, repeats. Codes: EAUTH, ENET (later),
 * EINPUT (wrong address, a page instead of an answer). */
att_code att_redcap_project_read(att_arena *arena, const att_redcap *redcap,
                                 att_redcap_project *out, att_err *err);

/* A cell of a record. */
typedef struct att_cell {
    const char *field, *value;
} att_cell;

typedef struct att_redcap_row {
    const char *record, *event; /* event "" on a classic project */
    const char *repeat_form;    /* "" unless the form repeats */
    int instance;               /* 0 unless it repeats */
    const char *group;          /* data access group, or "" */
    const att_cell *cells;      /* [n_cells] */
    size_t n_cells;
} att_redcap_row;

/* Exports the named records and fields (raw values); the record id field is always
 * asked for. */
att_code att_redcap_export(att_arena *arena, const att_redcap *redcap,
                           const att_redcap_project *project,
                           const char *const *records, size_t n_records,
                           const char *const *fields, size_t n_fields,
                           att_redcap_row **rows, size_t *n_rows, att_err *err);

/* What came of an import. */
typedef struct att_refused_cell {
    const char *record, *field, *value, *message;
} att_refused_cell;

typedef struct att_import_result {
    att_net outcome;
    long status;                     /* HTTP, 0 when there is none */
    size_t n_imported;               /* records, when OK */
    const att_refused_cell *refused; /* [n_refused] when REFUSED and it could be read */
    size_t n_refused;
    long retry_after;
    const char *says;
} att_import_result;

att_code att_redcap_import(att_arena *arena, const att_redcap *redcap,
                           const att_redcap_project *project,
                           const att_redcap_row *rows, size_t n_rows,
                           att_import_result *out, att_err *err);

#endif
