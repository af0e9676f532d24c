#include "plan.h"

#include <string.h>

#include <jansson.h>

#include <attune/base/number.h>

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* Text without blanks at its ends, "\r\n" as "\n". */
static bool same_text(const char *a, const char *b)
{
    a += strspn(a, " \t\r\n");
    b += strspn(b, " \t\r\n");
    for (;;) {
        a += *a == '\r' && a[1] == '\n' ? 1 : 0;
        b += *b == '\r' && b[1] == '\n' ? 1 : 0;
        if (is_blank(a) || is_blank(b)) {
            return is_blank(a) && is_blank(b);
        }
        if (*a++ != *b++) {
            return false;
        }
    }
}

static bool is_number(const char *text, double *out)
{
    size_t n = 0;

    text += strspn(text, " ");
    n = strcspn(text, " \r\n");
    return is_blank(text + n) && att_number_read(text, n, out);
}

static bool is_checkbox(const char *column)
{
    return strstr(column, "___") != NULL;
}

/* Nothing there: blank, or an option that nobody marked. */
static bool is_nothing(const char *column, const char *text)
{
    return is_blank(text) || (is_checkbox(column) && strcmp(text, "0") == 0);
}

bool att_plan_same(const char *column, const char *here, const char *there)
{
    double a = 0.0;
    double b = 0.0;

    if (is_nothing(column, here) && is_nothing(column, there)) {
        return true;
    }
    if (same_text(here, there)) {
        return true;
    }
    return is_number(here, &a) && is_number(there, &b) && !(a < b) && !(a > b);
}

/* The field of a column, as an export asks for it. */
static const char *field_of(att_arena *arena, const att_redcap_project *project,
                            const char *column)
{
    const char *cut = strstr(column, "___");

    if (cut == NULL) {
        return column;
    }
    for (size_t i = 0; i < project->n_names; i++) {
        if (strcmp(project->names[i].column, column) == 0) {
            return project->names[i].field;
        }
    }
    return att_arena_text_n(arena, column, (size_t)(cut - column));
}

/* The texts that a set holds. */
static const char **members(att_arena *arena, json_t *set, size_t *n)
{
    const char **list = att_new_n(arena, const char *, json_object_size(set));
    const char *key = NULL;
    json_t *value = NULL;

    *n = 0;
    json_object_foreach(set, key, value)
    {
        list[(*n)++] = att_arena_text(arena, key);
    }
    return list;
}

static const char *cell_of(const att_redcap_row *row, const char *column)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        if (strcmp(row->cells[i].field, column) == 0) {
            return row->cells[i].value;
        }
    }
    return "";
}

static const att_redcap_row *find_row(const att_redcap_row *rows, size_t n,
                                      const att_redcap_row *wanted)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].instance == wanted->instance &&
            strcmp(rows[i].record, wanted->record) == 0 &&
            strcmp(rows[i].event, wanted->event) == 0 &&
            strcmp(rows[i].repeat_form, wanted->repeat_form) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

/* The group that the server has this record in, whichever the row; "" when none. */
static const char *group_there(const att_redcap_row *rows, size_t n, const char *record)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].group[0] != '\0' && strcmp(rows[i].record, record) == 0) {
            return rows[i].group;
        }
    }
    return "";
}

static void set_conflict(att_planned *one, const char *field, const char *here,
                         const char *there)
{
    one->verdict = ATT_VERDICT_CONFLICT;
    one->field = field;
    one->here = here;
    one->there = there;
}

static void judge(att_arena *arena, att_planned *one, const att_redcap_row *rows,
                  size_t n)
{
    const att_redcap_row *there = find_row(rows, n, &one->row);
    const char *group = group_there(rows, n, one->row.record);
    att_cell *rest = att_new_n(arena, att_cell, one->row.n_cells);

    one->rest = one->row;
    one->is_there = there != NULL;
    one->verdict = ATT_VERDICT_SEND;
    if (strcmp(group, one->row.group) == 0) {
        one->rest.group = "";
    } else if (group[0] != '\0' && one->row.group[0] != '\0') {
        set_conflict(one, "redcap_data_access_group", one->row.group, group);
        return;
    }
    if (there == NULL) {
        return;
    }
    one->rest.cells = rest;
    one->rest.n_cells = 0;
    for (size_t i = 0; i < one->row.n_cells; i++) {
        const att_cell *cell = &one->row.cells[i];
        const char *value = cell_of(there, cell->field);

        if (att_plan_same(cell->field, cell->value, value)) {
            continue;
        }
        if (!is_nothing(cell->field, value)) {
            set_conflict(one, cell->field, cell->value, value);
            return;
        }
        rest[one->rest.n_cells++] = *cell;
    }
    if (one->rest.n_cells == 0 && one->rest.group[0] == '\0') {
        one->verdict = ATT_VERDICT_SAME;
    }
}

/* Asks for the records of a set and adds what comes to rows. */
static att_code fetch(att_arena *arena, const att_redcap *redcap,
                      const att_redcap_project *project, json_t *records,
                      json_t *fields, att_redcap_row **rows, size_t *n_rows,
                      att_err *err)
{
    size_t n_records = 0;
    size_t n_fields = 0;
    size_t n_more = 0;
    const char **record = members(arena, records, &n_records);
    const char **field = members(arena, fields, &n_fields);
    att_redcap_row *more = NULL;
    att_redcap_row *all = NULL;

    ATT_TRY(att_redcap_export(arena, redcap, project, record, n_records, field,
                              n_fields, &more, &n_more, err));
    all = att_new_n(arena, att_redcap_row, *n_rows + n_more);
    if (*n_rows > 0) {
        memcpy(all, *rows, *n_rows * sizeof *all);
    }
    if (n_more > 0) {
        memcpy(all + *n_rows, more, n_more * sizeof *all);
    }
    *rows = all;
    *n_rows += n_more;
    return ATT_OK;
}

att_code att_plan_look(att_arena *arena, const att_redcap *redcap,
                       const att_redcap_project *project, att_planned *list, size_t n,
                       bool is_sure, att_err *err)
{
    json_t *records = json_object();
    json_t *fields = json_object();
    att_redcap_row *rows = NULL;
    size_t n_rows = 0;
    att_code code = ATT_OK;

    for (size_t i = 0; i < n; i++) {
        json_object_set_new(records, list[i].row.record, json_null());
        for (size_t k = 0; k < list[i].row.n_cells; k++) {
            json_object_set_new(fields,
                                field_of(arena, project, list[i].row.cells[k].field),
                                json_null());
        }
    }
    if (n > 0) {
        code = fetch(arena, redcap, project, records, fields, &rows, &n_rows, err);
    }
    for (size_t i = 0; i < n_rows; i++) {
        json_object_del(records, rows[i].record);
    }
    if (code == ATT_OK && is_sure && json_object_size(records) > 0) {
        code = fetch(arena, redcap, project, records, fields, &rows, &n_rows, err);
    }
    for (size_t i = 0; i < n && code == ATT_OK; i++) {
        judge(arena, &list[i], rows, n_rows);
    }
    json_decref(records);
    json_decref(fields);
    return code;
}
