/* A form, as people have it, to an instrument. */
#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>

#include "dialect_words.h"
#include "dialect_xlsform_draft.h"

#define ITEMS_MAX    (ATT_ITEMS_MAX / 2) /* grids come to them, and what choices open */
#define GROUPS_MAX   7                   /* within one another */
#define NUMBERED_MAX 20                  /* bytes of a name that gets a number */

/* ---- lists of choices ---- */

static const char *choice_cell(const att_xls_form *form, const att_xls_row *row,
                               att_xls_column_kind kind)
{
    for (size_t i = 0; i < form->book.sheets[ATT_XLS_CHOICES].n_columns; i++) {
        if (form->columns[ATT_XLS_CHOICES][i].kind == kind &&
            row->cells[i][0] != '\0') {
            return row->cells[i];
        }
    }
    return "";
}

static att_xls_list *list_named(att_xls_form *form, const char *name)
{
    for (size_t i = 0; i < form->n_lists; i++) {
        if (strcmp(form->lists[i].name, name) == 0) {
            return &form->lists[i];
        }
    }
    form->lists[form->n_lists] =
        (att_xls_list){ .name = name, .file = form->book.sheets[ATT_XLS_CHOICES].file };
    return &form->lists[form->n_lists++];
}

static void lose_choice(att_xls_form *form, const att_xls_list *list, size_t row,
                        att_loss_kind kind, const char *why)
{
    form->losses->file = list->file;
    att_losses_add(form->losses, kind, row, list->name, "%s", why);
}

static bool has_name(const att_xls_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->list[i].code.text, name) == 0) {
            return true;
        }
    }
    return false;
}

static void grow(att_xls_form *form, att_xls_list *list)
{
    size_t room = list->room == 0 ? 8 : 2 * list->room;
    att_xls_choice *choices = att_new_n(form->arena, att_xls_choice, room);

    if (list->n > 0) {
        memcpy(choices, list->list, list->n * sizeof *choices);
    }
    list->list = choices;
    list->room = room;
}

static void add_choice(att_xls_form *form, att_xls_list *list, const att_xls_row *row)
{
    att_xls_choice choice = { .row = row->row,
                              .code.text = choice_cell(form, row, ATT_XLS_NAME) };
    bool had_markup = false;

    choice.label =
        att_xls_texts(form, ATT_XLS_CHOICES, row, ATT_XLS_LABEL, &had_markup);
    if (choice.code.text[0] == '\0') {
        lose_choice(form, list, row->row, ATT_LOSS_DROPPED, "a choice without a name");
        return;
    }
    if (has_name(list, choice.code.text) || list->n == ATT_CHOICES_MAX) {
        lose_choice(
            form, list, row->row, ATT_LOSS_DROPPED,
            att_arena_format(form->arena, "the choice \"%s\": %s", choice.code.text,
                             list->n == ATT_CHOICES_MAX ? "the list has too many"
                                                        : "its name is there already"));
        return;
    }
    if (choice.label == NULL) {
        choice.label = att_new_n(form->arena, const char *, form->n_languages);
        choice.label[0] = choice.code.text;
        lose_choice(form, list, row->row, ATT_LOSS_APPROXIMATED,
                    att_arena_format(form->arena, "the choice \"%s\" has no words",
                                     choice.code.text));
    }
    if (had_markup) {
        lose_choice(form, list, row->row, ATT_LOSS_APPROXIMATED,
                    att_arena_format(form->arena,
                                     "markup was taken out of the choice \"%s\"",
                                     choice.code.text));
    }
    if (!att_middle_keep(choice.code.text, &choice.code.code, &choice.code.reason)) {
        choice.code.code = -1;
        choice.code.reason = ATT_REASON_NOT_REACHED; /* waits for a number */
    }
    if (list->n == list->room) {
        grow(form, list);
    }
    list->list[list->n++] = choice;
}

static bool has_code(const att_xls_list *list, int code)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->list[i].code.reason == ATT_REASON_NONE &&
            list->list[i].code.code == code) {
            return true;
        }
    }
    return false;
}

static void number_list(att_xls_form *form, att_xls_list *list)
{
    int next = 1;

    for (size_t i = 0; i < list->n; i++) {
        att_xls_choice *choice = &list->list[i];

        if (choice->code.reason != ATT_REASON_NOT_REACHED) {
            continue;
        }
        while (has_code(list, next)) {
            next++;
        }
        choice->code.reason = ATT_REASON_NONE;
        choice->code.code = next;
        list->is_numbered = true;
        lose_choice(form, list, choice->row, ATT_LOSS_APPROXIMATED,
                    att_arena_format(form->arena, "the choice \"%s\" has the code %d",
                                     choice->code.text, next));
    }
}

void att_xls_lists(att_xls_form *form)
{
    const att_xls_sheet *sheet = &form->book.sheets[ATT_XLS_CHOICES];
    att_xls_list *list = NULL;

    form->lists = att_new_n(form->arena, att_xls_list, sheet->n_rows + 1);
    for (size_t i = 0; i < sheet->n_rows; i++) {
        const char *name = choice_cell(form, &sheet->rows[i], ATT_XLS_LIST);

        if (name[0] == '\0') {
            form->losses->file = sheet->file;
            att_losses_add(form->losses, ATT_LOSS_DROPPED, sheet->rows[i].row,
                           choice_cell(form, &sheet->rows[i], ATT_XLS_NAME),
                           "a choice of no list");
            continue;
        }
        if (list == NULL || strcmp(list->name, name) != 0) {
            list = list_named(form, name);
        }
        add_choice(form, list, &sheet->rows[i]);
    }
    for (size_t i = 0; i < form->n_lists; i++) {
        number_list(form, &form->lists[i]);
    }
}

/* ---- the survey ---- */

/* "begin group", "begin_group" and the like: what follows the word; NULL: another type */
static const char *after(const char *type, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i < n; i++) {
        if (att_words_low(type[i]) != word[i]) {
            return NULL;
        }
    }
    if (type[n] != ' ' && type[n] != '_') {
        return NULL;
    }
    type += n + 1;
    return type + strspn(type, " ");
}

typedef struct nest {
    size_t open[GROUPS_MAX]; /* [n] items that are open groups */
    size_t n, n_deeper;      /* beyond these */
} nest;

static void begin_group(att_xls_form *form, nest *groups, att_xls_item *item,
                        const char *what)
{
    if (groups->n == GROUPS_MAX || groups->n_deeper > 0) {
        groups->n_deeper++;
        item->kind = "";
        ATT_XLS_GONE("groups stand in each other too deep; this one falls away");
        return;
    }
    item->kind = "group";
    item->is_repeat = att_words_same(what, "repeat");
    for (size_t i = 0; i < groups->n; i++) {
        if (item->is_repeat && form->items[groups->open[i]].is_repeat) {
            item->is_repeat = false;
            ATT_XLS_GONE("that it repeats within what repeats: it is asked once there");
        }
    }
    if (!item->is_repeat && !att_words_same(what, "group") &&
        !att_words_same(what, "repeat")) {
        ATT_XLS_GONE("that it is a %s: its questions are asked once",
                     att_text_cut(form->arena, what, 30));
    }
    groups->open[groups->n++] = (size_t)(item - form->items);
}

static void end_group(att_xls_form *form, nest *groups, att_xls_item *item)
{
    item->kind = "";
    if (groups->n_deeper > 0) {
        groups->n_deeper--;
    } else if (groups->n > 0) {
        groups->n--;
    } else {
        ATT_XLS_GONE("an end without a beginning");
    }
}

static bool is_twice(const att_xls_form *form, const char *name)
{
    for (size_t i = 0; i < form->n_items; i++) {
        if (strcmp(form->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_row(att_xls_form *form, nest *groups, const att_xls_row *row)
{
    att_xls_item *item = &form->items[form->n_items];
    const char *type = att_xls_cell(form, row, ATT_XLS_TYPE);
    const char *begin = after(type, "begin");
    bool is_end = after(type, "end") != NULL;

    *item = (att_xls_item){ .row = row, .name = att_xls_cell(form, row, ATT_XLS_NAME) };
    item->parent = groups->n == 0 ? ATT_NONE : groups->open[groups->n - 1];
    if (is_end) {
        end_group(form, groups, item);
        return;
    }
    if (item->name[0] == '\0' && begin == NULL && att_words_same(type, "note")) {
        item->name = "note";
    } else if (item->name[0] == '\0' && begin != NULL) {
        item->name = "group";
    } else if (type[0] == '\0' || item->name[0] == '\0') {
        ATT_XLS_GONE(type[0] == '\0' ? "a row without a type" : "a row without a name");
        return;
    } else if (begin == NULL && is_twice(form, item->name)) {
        ATT_XLS_GONE("a question of this name is there already");
        return;
    }
    item->kind = "?";
    if (begin != NULL) {
        begin_group(form, groups, item, begin);
    }
    form->n_items++;
    for (size_t i = 0; i < groups->n; i++) {
        form->items[groups->open[i]].end = form->n_items;
    }
    item->end = form->n_items;
}

static att_code read_survey(att_xls_form *form, att_err *err)
{
    const att_xls_sheet *sheet = &form->book.sheets[ATT_XLS_SURVEY];
    nest groups = { 0 };

    if (sheet->n_rows > ITEMS_MAX) {
        return att_fail(err, ATT_ELIMIT, "\"%s\" has more than %d questions",
                        form->path, ITEMS_MAX);
    }
    form->items = att_new_n(form->arena, att_xls_item, sheet->n_rows + 1);
    form->ids.list = att_new_n(form->arena, const char *, 3 * sheet->n_rows + 1);
    for (size_t i = 0; i < sheet->n_rows; i++) {
        add_row(form, &groups, &sheet->rows[i]);
    }
    if (groups.n > 0) {
        att_xls_item *item = &form->items[groups.open[groups.n - 1]];

        ATT_XLS_NEAR("nothing ends this group; it ends with the form");
    }
    return ATT_OK;
}

/* Whether it stands in what repeats: its id gets the number of an entry. */
static bool is_of_entry(const att_xls_form *form, const att_xls_item *item)
{
    while (item->parent != ATT_NONE && !form->items[item->parent].is_repeat) {
        item = &form->items[item->parent];
    }
    return item->parent != ATT_NONE;
}

static void name_items(att_xls_form *form)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];
        const char *name = item->name;

        if (is_of_entry(form, item) && strlen(name) > NUMBERED_MAX) {
            name = att_arena_text_n(form->arena, name, NUMBERED_MAX);
        }
        item->id = att_middle_id(form->arena, &form->ids, name, '_');
    }
}

static void report_names(att_xls_form *form)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];

        if (item->kind[0] != '\0' && strcmp(item->id, item->name) != 0) {
            ATT_XLS_NEAR("its name becomes \"%s\"", item->id);
        }
    }
}

/* ---- what conditions may name ---- */

static int compare_fields(const void *a, const void *b)
{
    const att_logic_field *x = a;
    const att_logic_field *y = b;
    int order = strcmp(x->name, y->name);

    return order != 0 ? order : x->sort == y->sort ? 0 : x->sort < y->sort ? -1 : 1;
}

static int compare_items(const void *a, const void *b)
{
    const att_xls_item *const *x = a;
    const att_xls_item *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);

    return order != 0 ? order : *x < *y ? -1 : *x > *y;
}

const att_xls_item *att_xls_item_named(const att_xls_form *form, const char *name,
                                       size_t n)
{
    size_t low = 0;
    size_t high = form->n_items;

    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *own = form->by_name[middle]->name;
        int order = strncmp(own, name, n);

        if (order == 0 && own[n] == '\0') {
            return form->by_name[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static void list_names(att_xls_form *form)
{
    form->by_name = att_new_n(form->arena, const att_xls_item *, form->n_items + 1);
    for (size_t i = 0; i < form->n_items; i++) {
        form->by_name[i] = &form->items[i];
    }
    if (form->n_items > 1) {
        qsort(form->by_name, form->n_items, sizeof(const att_xls_item *),
              compare_items);
    }
}

static void list_fields(att_xls_form *form)
{
    att_logic_field *fields =
        att_new_n(form->arena, att_logic_field, form->n_items + 1);

    for (size_t i = 0; i < form->n_items; i++) {
        const att_xls_item *item = &form->items[i];
        size_t n = item->choices == NULL ? 0 : item->choices->n;
        att_logic_code *codes = att_new_n(form->arena, att_logic_code, n + 1);

        for (size_t k = 0; k < n; k++) {
            codes[k] = item->choices->list[k].code;
        }
        fields[i] =
            (att_logic_field){ item->name, item->as != NULL ? item->as : item->id,
                               item->sort, codes, n };
        if (item->is_repeat) {
            fields[i].sort = ATT_LOGIC_ROSTER;
        }
        if (item->kind[0] == '\0' && item->as == NULL) {
            fields[i].sort = ATT_LOGIC_NONE;
        }
    }
    if (form->n_items > 1) {
        qsort(fields, form->n_items, sizeof *fields, compare_fields);
    }
    form->fields = (att_logic_fields){ .tongue = &att_tongue_xpath,
                                       .list = fields,
                                       .n = form->n_items };
}

static void report_mapped(att_xls_form *form)
{
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];

        if (!item->is_lossy) {
            att_xls_lose(form, item, ATT_LOSS_MAPPED, "a %s is of kind %s",
                         att_xls_cell(form, item->row, ATT_XLS_TYPE),
                         item->is_repeat         ? "roster"
                         : item->kind[0] == '\0' ? "none"
                                                 : item->kind);
        }
    }
}

static bool asks(const att_xls_item *item)
{
    return item->kind[0] != '\0' && strcmp(item->kind, "group") != 0 &&
           strcmp(item->kind, "page") != 0;
}

static att_code read_form(att_xls_form *form, att_scripts *out, att_err *err)
{
    att_script script = { 0 };
    size_t n_asked = 0;

    att_xls_columns(form);
    att_xls_lists(form);
    ATT_TRY(read_survey(form, err));
    name_items(form);
    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_fill(form, &form->items[i]);
        n_asked += asks(&form->items[i]);
    }
    if (n_asked == 0) {
        return att_fail(err, ATT_EINPUT, "\"%s\" has no question", form->path);
    }
    report_names(form);
    list_names(form);
    list_fields(form);
    att_xls_conditions(form);
    att_xls_fold(form);
    script.text = att_xls_settle(form, &script.n, err);
    if (script.text == NULL) {
        return err->code;
    }
    report_mapped(form);
    script.id = form->id;
    att_scripts_add(form->arena, out, &script);
    return ATT_OK;
}

att_code att_xls_read(att_arena *arena, const char *path, const att_bytes *bytes,
                      att_losses *losses, att_scripts *out, att_err *err)
{
    att_xls_form form = { .arena = arena, .losses = losses, .path = path };
    att_err local = { 0 };
    att_err *told = err == NULL ? &local : err;
    size_t n_before = losses->n;
    att_code code = att_xls_book_read(arena, path, bytes, losses, &form.book, told);

    if (code == ATT_OK) {
        code = read_form(&form, out, told);
    }
    losses->file = path;
    att_losses_sort(losses, n_before);
    return code;
}
