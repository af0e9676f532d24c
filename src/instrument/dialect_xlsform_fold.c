/* Rows that are one item here: grids, and questions that a choice opens. */
#include <string.h>

#include "dialect_logic_tree.h"
#include "dialect_xlsform_draft.h"

#define NEAR ATT_XLS_NEAR

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool looks(const att_xls_form *form, const att_xls_item *item, const char *word)
{
    const char *p = att_xls_cell(form, item->row, ATT_XLS_APPEARANCE);
    size_t n = strlen(word);

    while (*p != '\0') {
        size_t bytes = strcspn(p, " ");

        if (bytes == n && strncmp(p, word, n) == 0) {
            return true;
        }
        p += bytes;
        p += strspn(p, " ");
    }
    return false;
}

/* ---- grids ---- */

static bool may_be_row(const att_xls_item *item)
{
    return is(item->kind, "one") && item->choices != NULL && item->from == NULL &&
           !item->is_open;
}

/* One past the last row of the grid whose first row stands at i. */
static size_t rows_end(const att_xls_form *form, size_t i, const att_xls_list *list)
{
    while (i < form->n_items && may_be_row(&form->items[i]) &&
           form->items[i].choices == list &&
           looks(form, &form->items[i], "list-nolabel")) {
        i++;
    }
    return i;
}

/* The group takes the grid for itself when it holds nothing else. */
static void make_grid(att_xls_form *form, size_t first, size_t end, bool has_head)
{
    att_xls_item *item = &form->items[first];
    att_xls_item *group = item->parent == ATT_NONE ? NULL : &form->items[item->parent];
    bool is_whole = group != NULL && item->parent + 1 == first && group->end == end;

    if (has_head) {
        item->is_head = true;
        item->kind = "";
        if (item->show != NULL || item->is_hard || item->help != NULL) {
            NEAR("of the row above a grid only the words stay");
        }
    }
    if (is_whole && !group->is_grid && !group->is_repeat) {
        group->kind = "grid";
        group->choices = item->choices;
        return;
    }
    item->grid_end = end;
    item->grid_id =
        has_head
            ? item->id
            : att_middle_id(form->arena, &form->ids,
                            att_arena_format(form->arena, "%s_grid", item->id), '_');
}

/* appearance table-list: all questions of the group */
static void fold_table(att_xls_form *form, size_t group)
{
    att_xls_item *item = &form->items[group];
    const att_xls_list *list =
        item->end > group + 1 ? form->items[group + 1].choices : NULL;

    item->is_grid = false;
    for (size_t i = group + 1; i < item->end; i++) {
        if (!may_be_row(&form->items[i]) || form->items[i].choices != list) {
            list = NULL;
        }
    }
    if (list == NULL) {
        NEAR("a table of this sort becomes single questions");
        return;
    }
    item->kind = "grid";
    item->choices = list;
}

static void fold_grids(att_xls_form *form)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];
        bool is_head = may_be_row(item) && looks(form, item, "label");
        size_t end;

        if (item->is_grid) {
            fold_table(form, i);
            i = is(item->kind, "grid") ? item->end - 1 : i;
            continue;
        }
        if (!may_be_row(item)) {
            continue;
        }
        end = rows_end(form, i + is_head, item->choices);
        if (end > i + 1) {
            make_grid(form, i, end, is_head);
            i = end - 1;
        } else if (is_head && item->label == NULL) {
            item->label = att_new_n(form->arena, const char *, form->n_languages);
            item->label[0] = item->name;
            NEAR("it has no label; its name stands there");
        }
    }
}

/* ---- what choices open ---- */

/* "${x} = 'c'" or "selected(${x}, 'c')": c, or NULL. */
static const char *opening(const att_term *node, const char *name)
{
    bool is_compare = node->kind == ATT_TERM_COMPARE && node->op == '=';
    bool is_call =
        node->kind == ATT_TERM_CALL && is(node->text, "selected") && node->n_kids == 2;

    if ((!is_compare && !is_call) || node->kids[0]->kind != ATT_TERM_FIELD ||
        !is(node->kids[0]->groups[0], name) ||
        (node->kids[1]->kind != ATT_TERM_TEXT &&
         node->kids[1]->kind != ATT_TERM_NUMBER)) {
        return NULL;
    }
    return node->kids[1]->text;
}

static att_xls_choice *choice_that(att_xls_form *form, att_xls_item *item,
                                   const char *code)
{
    for (size_t i = 0; i < item->choices->n; i++) {
        if (item->choices->list[i].other != NULL) {
            return NULL; /* one choice can open a text */
        }
    }
    for (size_t i = 0; i < item->choices->n; i++) {
        const att_xls_choice *choice = &item->choices->list[i];

        if (is(choice->code.text, code) && choice->code.reason == ATT_REASON_NONE) {
            return &att_xls_own_list(form, item)->list[i];
        }
    }
    return NULL;
}

static bool may_be_opened(const att_xls_form *form, const att_xls_item *question,
                          const att_xls_item *item)
{
    bool has_choices = is(question->kind, "one") || is(question->kind, "many");

    return has_choices && question->choices != NULL && question->from == NULL &&
           is(item->kind, "text") && item->parent == question->parent &&
           !item->is_long && !item->is_hard && item->max_length == 0 &&
           item->help == NULL && item->check == NULL &&
           is(item->id, att_arena_format(form->arena, "%s_other", question->id));
}

static void fold_opened(att_xls_form *form, att_xls_item *question, att_xls_item *item)
{
    att_arena scratch = { 0 };
    const char *why = "";
    const att_term *root =
        att_term_make(&scratch, &att_tongue_xpath,
                      att_xls_cell(form, item->row, ATT_XLS_RELEVANT), &why);
    const char *code = root == NULL ? NULL : opening(root, question->name);
    att_xls_choice *choice = code == NULL ? NULL : choice_that(form, question, code);

    if (choice != NULL) {
        choice->other = item->label;
        item->kind = "";
        att_xls_lose(form, item, ATT_LOSS_MAPPED, "the choice \"%s\" opens it",
                     choice->code.text);
        item->is_lossy = true; /* it was told */
    }
    att_arena_drop(&scratch);
}

void att_xls_fold(att_xls_form *form)
{
    size_t before = ATT_NONE; /* the question above */

    fold_grids(form);
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];
        att_xls_item *question = before == ATT_NONE ? NULL : &form->items[before];

        if (item->kind[0] == '\0') {
            continue;
        }
        if (question != NULL && may_be_opened(form, question, item)) {
            fold_opened(form, question, item);
        }
        if (item->kind[0] != '\0') {
            before = looks(form, item, "list-nolabel") ? ATT_NONE : i;
        }
    }
}
