/* A data dictionary, as people have them, to instruments: one for each form. */
#include <stdlib.h>
#include <string.h>

#include <attune/base/csv.h>
#include <attune/base/text.h>

#include "dialect_middle.h"
#include "dialect_redcap_draft.h"
#include "dialect_words.h"

#define ROWS_MAX  10000
#define ITEMS_MAX (ATT_ITEMS_MAX / 2) /* of a form: pages and grids come to them */

typedef struct table {
    att_arena *arena;
    att_losses *losses;
    att_cells cells;
    size_t columns[64]; /* [n_columns] what each column of the file is, or ATT_N_DICT */
    size_t n_columns;
    att_dict_row *rows; /* [n_rows] */
    size_t n_rows, room;
} table;

/* ---- the file ---- */

static size_t column_of(const char *title)
{
    for (size_t i = 0; i < ATT_N_DICT; i++) {
        if (att_words_same(title, att_dictionary_headings[i].title) ||
            att_words_same(title, att_dictionary_headings[i].key)) {
            return i;
        }
    }
    return ATT_N_DICT;
}

static bool has_column(const table *t, size_t column)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        if (t->columns[i] == column) {
            return true;
        }
    }
    return false;
}

static att_code read_header(table *t, att_err *err)
{
    att_cell cell = { 0 };

    do {
        const char *title;
        size_t column;

        ATT_TRY(att_cells_next(&t->cells, &cell, err));
        if (t->n_columns == sizeof t->columns / sizeof *t->columns) {
            return att_fail(err, ATT_ELIMIT, "\"%s\" has more than %zu columns",
                            t->cells.name, t->n_columns);
        }
        title = att_words_trimmed(t->arena, cell.text, cell.n);
        column = column_of(title);
        if (column < ATT_N_DICT && has_column(t, column)) {
            column = ATT_N_DICT;
        }
        if (column == ATT_N_DICT && title[0] != '\0') {
            att_losses_add(t->losses, ATT_LOSS_DROPPED, 1, title,
                           "no column of a data dictionary");
        }
        t->columns[t->n_columns++] = column;
    } while (!t->cells.is_row_end);
    if (!has_column(t, ATT_DICT_NAME) || !has_column(t, ATT_DICT_TYPE)) {
        att_fail(err, ATT_EINPUT,
                 "\"%s\" is no data dictionary: it has no column \"%s\"", t->cells.name,
                 att_dictionary_headings[has_column(t, ATT_DICT_NAME) ? ATT_DICT_TYPE
                                                                      : ATT_DICT_NAME]
                     .title);
        att_hint(err, "download it in REDCap: Project setup, Data dictionary");
        return att_at(err, t->cells.name, 1, 0, NULL);
    }
    return ATT_OK;
}

static att_dict_row *new_row(table *t)
{
    if (t->n_rows == t->room) {
        size_t room = t->room == 0 ? 64 : 2 * t->room;
        att_dict_row *rows = att_new_n(t->arena, att_dict_row, room);

        if (t->n_rows > 0) {
            memcpy(rows, t->rows, t->n_rows * sizeof *rows);
        }
        t->rows = rows;
        t->room = room;
    }
    for (size_t i = 0; i < ATT_N_DICT; i++) {
        t->rows[t->n_rows].cells[i] = "";
    }
    return &t->rows[t->n_rows];
}

static att_code read_row(table *t, size_t number, att_err *err)
{
    att_dict_row *row = new_row(t);
    att_cell cell = { 0 };
    bool is_blank = true;

    row->row = number;
    for (size_t i = 0;; i++) {
        ATT_TRY(att_cells_next(&t->cells, &cell, err));
        if (cell.n > 0) {
            const char *text = att_words_trimmed(t->arena, cell.text, cell.n);

            is_blank = is_blank && text[0] == '\0';
            if (i < t->n_columns && t->columns[i] < ATT_N_DICT) {
                row->cells[t->columns[i]] = text;
            } else if (i >= t->n_columns && text[0] != '\0') {
                att_losses_add(t->losses, ATT_LOSS_DROPPED, number,
                               row->cells[ATT_DICT_NAME],
                               "the cell \"%s\" stands under no heading",
                               att_text_cut(t->arena, text, 40));
            }
        }
        if (t->cells.is_row_end) {
            break;
        }
    }
    t->n_rows += !is_blank;
    return ATT_OK;
}

static att_code read_table(table *t, att_err *err)
{
    size_t number = 1;

    if (!att_cells_has_more(&t->cells)) {
        return att_fail(err, ATT_EINPUT, "\"%s\" is empty", t->cells.name);
    }
    ATT_TRY(read_header(t, err));
    while (att_cells_has_more(&t->cells)) {
        if (t->n_rows == ROWS_MAX) {
            return att_fail(err, ATT_ELIMIT, "\"%s\" has more than %d fields",
                            t->cells.name, ROWS_MAX);
        }
        ATT_TRY(read_row(t, ++number, err));
    }
    if (t->cells.n_odd > 0) {
        att_losses_add(
            t->losses, ATT_LOSS_APPROXIMATED, 0, NULL,
            "%zu cells are quoted against the rules of CSV; their bounds are "
            "a guess",
            t->cells.n_odd);
    }
    return ATT_OK;
}

/* ---- a form ---- */

static int compare_fields(const void *a, const void *b)
{
    const att_logic_field *x = a;
    const att_logic_field *y = b;
    int order = strcmp(x->name, y->name);

    return order != 0 ? order : x->sort == y->sort ? 0 : x->sort < y->sort ? -1 : 1;
}

static void name_items(att_dict_form *form, att_middle_ids *ids)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_dict_item *item = &form->items[i];
        const char *name = item->row->cells[ATT_DICT_NAME];

        item->id = att_middle_id(form->arena, ids, name, '_');
        if (strcmp(item->id, name) != 0) {
            att_dict_lose(form, item, ATT_LOSS_APPROXIMATED, "its name becomes \"%s\"",
                          item->id);
        }
    }
}

/* A section begins at the first item that is asked; a matrix at its first row. */
static void name_containers(att_dict_form *form, att_middle_ids *ids)
{
    const char *section = NULL;
    const char *matrix = "";

    for (size_t i = 0; i < form->n_items; i++) {
        att_dict_item *item = &form->items[i];
        const char *own = item->row->cells[ATT_DICT_SECTION];
        const char *name = item->row->cells[ATT_DICT_MATRIX];
        bool had_tags = false;

        if (own[0] != '\0') {
            section = att_words_plain(form->arena, own, &had_tags);
            section = section[0] == '\0' ? NULL : section;
        }
        if (had_tags) {
            att_dict_lose(form, item, ATT_LOSS_APPROXIMATED,
                          "HTML was taken out of the section header");
        }
        if (item->kind[0] == '\0') {
            continue;
        }
        item->section = section;
        section = NULL;
        if (name[0] != '\0' && (strcmp(name, matrix) != 0 || item->section != NULL)) {
            item->grid_id = att_middle_id(form->arena, ids, name, '_');
        }
        matrix = name;
        if (item->section != NULL) {
            item->page_id =
                att_middle_id(form->arena, ids,
                              att_arena_format(form->arena, "%s_page", item->id), '_');
        }
    }
}

static void list_fields(att_dict_form *form)
{
    att_logic_field *fields =
        att_new_n(form->arena, att_logic_field, form->n_items + 1);

    for (size_t i = 0; i < form->n_items; i++) {
        const att_dict_item *item = &form->items[i];
        att_logic_code *codes =
            att_new_n(form->arena, att_logic_code, item->n_choices + 1);
        char *name = att_arena_text(form->arena, item->row->cells[ATT_DICT_NAME]);

        for (char *c = name; *c != '\0'; c++) {
            *c = att_words_low(*c);
        }
        for (size_t k = 0; k < item->n_choices; k++) {
            codes[k] = item->choices[k].code;
        }
        fields[i] =
            (att_logic_field){ name, item->id, item->sort, codes, item->n_choices };
        if (item->kind[0] == '\0') {
            fields[i].sort = ATT_LOGIC_NONE;
        }
    }
    if (form->n_items > 1) {
        qsort(fields, form->n_items, sizeof *fields, compare_fields);
    }
    form->fields = (att_logic_fields){ .tongue = &att_tongue_redcap,
                                       .list = fields,
                                       .n = form->n_items };
}

/* ---- conditions ---- */

static const char *read_expression(att_dict_form *form, att_dict_item *item,
                                   const char *text, bool is_value)
{
    const char *what = is_value ? "calculation" : "branching logic";
    bool had_tags = false;
    att_logic logic;

    if (strstr(text, "&gt;") != NULL || strstr(text, "&lt;") != NULL ||
        strstr(text, "&amp;") != NULL) {
        text = att_words_plain(form->arena, text, &had_tags);
    }
    logic = att_logic_read(form->arena, &form->fields, text, is_value);
    if (logic.text == NULL) {
        att_dict_lose(form, item, ATT_LOSS_DROPPED, "the %s \"%s\": %s", what,
                      att_text_cut(form->arena, text, 80), logic.why);
    } else if (logic.near[0] != '\0') {
        att_dict_lose(form, item, ATT_LOSS_APPROXIMATED, "the %s \"%s\": %s", what,
                      att_text_cut(form->arena, text, 80), logic.near);
    }
    return logic.text;
}

static void read_logic(att_dict_form *form, att_dict_item *item)
{
    const char *const *cells = item->row->cells;

    if (strcmp(item->kind, "calc") == 0) {
        if (cells[ATT_DICT_CHOICES][0] == '\0') {
            att_dict_lose(form, item, ATT_LOSS_DROPPED,
                          "a calculation without a formula");
        } else {
            item->value = read_expression(form, item, cells[ATT_DICT_CHOICES], true);
        }
        item->kind = item->value == NULL ? "" : item->kind;
    }
    if (item->kind[0] != '\0' && cells[ATT_DICT_BRANCHING][0] != '\0') {
        item->show = read_expression(form, item, cells[ATT_DICT_BRANCHING], false);
    }
}

/* Matrices that are none here, and choices that offer reasons. */
static void report_rest(att_dict_form *form)
{
    for (size_t i = 0; i < form->n_items;) {
        size_t end = i + 1;
        bool in_matrix = form->items[i].row->cells[ATT_DICT_MATRIX][0] != '\0';
        bool is_grid = in_matrix && att_dict_is_grid(form, i, &end);

        for (; i < end; i++) {
            att_dict_item *item = &form->items[i];

            if (in_matrix && !is_grid) {
                att_dict_lose(form, item, ATT_LOSS_APPROXIMATED,
                              "a matrix of this sort becomes single questions");
            }
        }
    }
}

static void report_mapped(att_dict_form *form)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_dict_item *item = &form->items[i];

        if (!item->is_lossy) {
            att_dict_lose(form, item, ATT_LOSS_MAPPED,
                          "a field of type %s is of kind %s",
                          item->row->cells[ATT_DICT_TYPE], item->kind);
        }
    }
}

static bool is_form_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return name[0] >= 'a' && name[0] <= 'z' && name[n] == '\0' && n <= 64 &&
           strstr(name, "__") == NULL && name[n - 1] != '_';
}

static void name_form(att_dict_form *form, att_middle_ids *ids)
{
    char *usual;

    form->id = att_middle_id(form->arena, ids, form->name, '-');
    form->title = att_middle_title(form->arena, form->name);
    usual = att_arena_text(form->arena, form->id);
    for (char *c = usual; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : *c;
    }
    if (strcmp(usual, form->name) != 0) {
        form->redcap_form = is_form_name(form->name) ? form->name : NULL;
        att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, form->name,
                       "the form's name becomes \"%s\"", form->id);
    }
    att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, form->id,
                   "title, version, language (\"en\") and licence are made up: a "
                   "dictionary does not say them");
}

static att_code read_form(att_dict_form *form, att_scripts *out, att_err *err)
{
    att_middle_ids ids = { .list = att_new_n(form->arena, const char *,
                                             3 * form->n_items + 1) };
    size_t n_asked = 0;
    att_script script = { .id = form->id };

    name_items(form, &ids);
    for (size_t i = 0; i < form->n_items; i++) {
        att_dict_fill(form, &form->items[i]);
        n_asked += form->items[i].kind[0] != '\0';
    }
    if (n_asked == 0) {
        att_losses_add(form->losses, ATT_LOSS_DROPPED, 0, form->id,
                       "the form asks nothing");
        report_mapped(form);
        return ATT_OK;
    }
    list_fields(form);
    for (size_t i = 0; i < form->n_items; i++) {
        read_logic(form, &form->items[i]);
    }
    name_containers(form, &ids);
    report_rest(form);
    script.text = att_dict_settle(form, &script.n, err);
    if (script.text == NULL) {
        return err->code;
    }
    report_mapped(form);
    att_scripts_add(form->arena, out, &script);
    return ATT_OK;
}

/* ---- all forms ---- */

static const char *form_of(const att_dict_row *row)
{
    const char *name = row->cells[ATT_DICT_FORM];

    return name[0] == '\0' ? "form" : name;
}

/* The rows of a form that are fields, each name once. */
static void gather(const table *t, att_dict_form *form, bool *is_done)
{
    form->items = att_new_n(form->arena, att_dict_item, t->n_rows + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        const att_dict_row *row = &t->rows[i];
        const char *name = row->cells[ATT_DICT_NAME];
        bool is_twice = false;

        if (is_done[i] || strcmp(form_of(row), form->name) != 0) {
            continue;
        }
        is_done[i] = true;
        for (size_t k = 0; k < form->n_items && !is_twice; k++) {
            is_twice = att_words_same(form->items[k].row->cells[ATT_DICT_NAME], name);
        }
        if (i == 0 && strcmp(row->cells[ATT_DICT_TYPE], "text") == 0) {
            att_losses_add(form->losses, ATT_LOSS_MAPPED, row->row, name,
                           "the record's id is not asked");
        } else if (is_twice || name[0] == '\0' || form->n_items == ITEMS_MAX) {
            att_losses_add(form->losses, ATT_LOSS_DROPPED, row->row, name, "%s",
                           name[0] == '\0' ? "a field without a name"
                           : is_twice      ? "a field of this name is there already"
                                           : "the form has too many fields");
        } else {
            form->items[form->n_items++] = (att_dict_item){ .row = row };
        }
    }
}

static att_code read_forms(table *t, att_scripts *out, att_err *err)
{
    bool *is_done = att_new_n(t->arena, bool, t->n_rows + 1);
    att_middle_ids ids = { .list = att_new_n(t->arena, const char *, t->n_rows + 1) };

    for (size_t i = 0; i < t->n_rows; i++) {
        att_dict_form form = { .arena = t->arena, .losses = t->losses };

        if (is_done[i]) {
            continue;
        }
        form.name = form_of(&t->rows[i]);
        gather(t, &form, is_done);
        if (form.n_items > 0) {
            name_form(&form, &ids);
            ATT_TRY(read_form(&form, out, err));
        }
    }
    return ATT_OK;
}

att_code att_dictionary_read(att_arena *arena, const char *path, const att_bytes *bytes,
                             att_losses *losses, att_scripts *out, att_err *err)
{
    table t = { .arena = arena, .losses = losses };
    att_err local = { 0 };
    att_err *told = err == NULL ? &local : err;
    size_t n_before = losses->n;
    size_t n_scripts = out->n;
    att_code code = att_cells_open(&t.cells, path, bytes->bytes, bytes->n, told);

    t.cells.is_lenient = true;
    if (code == ATT_OK) {
        code = read_table(&t, told);
    }
    if (code == ATT_OK) {
        code = read_forms(&t, out, told);
    }
    if (code == ATT_OK && out->n == n_scripts) {
        code =
            att_fail(told, ATT_EINPUT, "\"%s\" has no field that asks anything", path);
    }
    att_losses_sort(losses, n_before);
    att_cells_drop(&t.cells);
    return code;
}
