/* A form as the text of an instrument. */
#include <string.h>

#include <attune/base/json.h>
#include <attune/base/text.h>

#include "dialect_xlsform_draft.h"

/* Where the writer stands. */
typedef struct place {
    att_xls_form *form;
    att_json_out out;
} place;

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_container(const att_xls_item *item)
{
    return is(item->kind, "group") || is(item->kind, "page") || is(item->kind, "grid");
}

/* Whether something of it will stand in the instrument. */
static bool is_kept(const att_xls_form *form, const att_xls_item *item)
{
    if (!is_container(item)) {
        return item->kind[0] != '\0';
    }
    for (size_t i = (size_t)(item - form->items) + 1; i < item->end; i++) {
        if (form->items[i].kind[0] != '\0' && !is_container(&form->items[i])) {
            return true;
        }
    }
    return false;
}

/* ---- texts ---- */

/* What ${name} is here, without braces; NULL when it is nothing. */
static const char *piped_name(const att_xls_form *form, const char *name, size_t n)
{
    const att_xls_item *item = att_xls_item_named(form, name, n);
    bool wants_words = false;

    if (item != NULL && item->words_of != NULL) {
        item = att_xls_item_named(form, item->words_of, strlen(item->words_of));
        wants_words = true;
    }
    if (item != NULL && item->as != NULL) {
        return item->as;
    }
    if (item == NULL || item->kind[0] == '\0' || is_container(item) ||
        is(item->kind, "note")) {
        return NULL;
    }
    wants_words = (wants_words && item->choices != NULL) ||
                  (item->choices != NULL && item->choices->is_numbered);
    return att_arena_format(form->arena, "%s%s", item->id, wants_words ? ":label" : "");
}

/* ${name} as {name}, and { as {{. */
static const char *piped(const att_xls_form *form, bool is_plain, const char *text)
{
    att_buf buf = { 0 };
    const char *copy;

    for (const char *p = text; *p != '\0'; p++) {
        size_t n = p[0] == '$' && p[1] == '{' ? strcspn(p + 2, "}") : 0;
        const char *name =
            n > 0 && p[2 + n] == '}' && !is_plain ? piped_name(form, p + 2, n) : NULL;

        if (name != NULL) {
            att_buf_format(&buf, "{%s}", name);
            p += n + 2;
        } else {
            att_buf_add(&buf, *p == '{' ? "{" : "");
            att_buf_char(&buf, *p);
        }
    }
    copy = att_buf_copy(form->arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static void put_words(place *to, bool is_plain, att_xls_text text)
{
    const att_xls_form *form = to->form;

    if (form->n_languages == 1) {
        att_json_string(&to->out, piped(form, is_plain, text[0]));
        return;
    }
    att_json_object(&to->out);
    for (size_t i = 0; i < form->n_languages; i++) {
        if (text[i] != NULL) {
            att_json_put_string(&to->out, form->languages[i].tag,
                                piped(form, is_plain, text[i]));
        }
    }
    att_json_end_object(&to->out);
}

static void put_text(place *to, bool is_plain, const char *key, att_xls_text text)
{
    if (text != NULL && text[0] != NULL) {
        att_json_key(&to->out, key);
        put_words(to, is_plain, text);
    }
}

/* ---- choices ---- */

static void put_list(place *to, bool is_plain, const att_xls_list *list)
{
    att_json_list(&to->out);
    for (size_t i = 0; i < list->n; i++) {
        const att_xls_choice *choice = &list->list[i];

        att_json_object(&to->out);
        if (choice->code.reason != ATT_REASON_NONE) {
            att_json_put_string(&to->out, "missing",
                                att_reason_name(choice->code.reason));
        } else {
            att_json_put_whole(&to->out, "code", choice->code.code);
        }
        put_text(to, is_plain, "text", choice->label);
        if (choice->is_exclusive) {
            att_json_put_bool(&to->out, "exclusive", true);
        }
        put_text(to, is_plain, "other", choice->other);
        att_json_end_object(&to->out);
    }
    att_json_end_list(&to->out);
}

static void put_choices(place *to, const att_xls_item *item)
{
    if (item->choices == NULL) {
        return;
    }
    att_json_key(&to->out, "choices");
    if (item->from != NULL) {
        att_json_object(&to->out);
        att_json_put_string(&to->out, "from", item->from);
        att_json_end_object(&to->out);
    } else if (item->choices->id != NULL) {
        att_json_string(&to->out, item->choices->id);
    } else {
        put_list(to, item->is_plain, item->choices);
    }
}

/* Lists that several items use are sets with names. */
static void name_lists(att_xls_form *form)
{
    att_middle_ids ids = { .list = att_new_n(form->arena, const char *,
                                             form->n_lists + 1) };

    for (size_t i = 0; i < form->n_items; i++) {
        for (size_t k = 0; k < form->n_lists; k++) {
            form->lists[k].n_users += form->items[i].choices == &form->lists[k] &&
                                      form->items[i].kind[0] != '\0' &&
                                      form->items[i].from == NULL;
        }
    }
    for (size_t k = 0; k < form->n_lists; k++) {
        if (form->lists[k].n_users > 1) {
            form->lists[k].id =
                att_middle_id(form->arena, &ids, form->lists[k].name, '_');
        }
    }
}

static void put_sets(place *to)
{
    bool has_any = false;

    for (size_t i = 0; i < to->form->n_lists; i++) {
        att_xls_list *list = &to->form->lists[i];

        if (list->id == NULL) {
            continue;
        }
        if (!has_any) {
            att_json_key(&to->out, "choices");
            att_json_object(&to->out);
            has_any = true;
        }
        list->pointer = att_arena_format(to->form->arena, "/choices/%s", list->id);
        att_json_key(&to->out, list->id);
        put_list(to, list->is_plain, list);
    }
    if (has_any) {
        att_json_end_object(&to->out);
    }
}

/* ---- items ---- */

static void put_limit(place *to, const char *key, bool has_it, double x,
                      const char *text)
{
    if (text != NULL) {
        att_json_put_string(&to->out, key, text);
    } else if (has_it) {
        att_json_put_number(&to->out, key, x);
    }
}

static void put_expression(place *to, const char *key, const char *text)
{
    if (text != NULL) {
        att_json_put_string(&to->out, key, text);
    }
}

static void put_anchors(place *to, const att_xls_item *item)
{
    if (item->anchors[0] == NULL) {
        return;
    }
    att_json_key(&to->out, "anchors");
    if (to->form->n_languages == 1) {
        att_json_list(&to->out);
        put_words(to, item->is_plain, item->anchors[0]);
        put_words(to, item->is_plain, item->anchors[1]);
        att_json_end_list(&to->out);
        return;
    }
    att_json_object(&to->out);
    for (size_t i = 0; i < to->form->n_languages; i++) {
        if (item->anchors[0][i] != NULL && item->anchors[1][i] != NULL) {
            att_json_key(&to->out, to->form->languages[i].tag);
            att_json_list(&to->out);
            att_json_string(&to->out,
                            piped(to->form, item->is_plain, item->anchors[0][i]));
            att_json_string(&to->out,
                            piped(to->form, item->is_plain, item->anchors[1][i]));
            att_json_end_list(&to->out);
        }
    }
    att_json_end_object(&to->out);
}

static void put_question(place *to, att_xls_item *item, bool is_row)
{
    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", item->id);
    if (!is_row) {
        att_json_put_string(&to->out, "kind", item->kind);
        put_choices(to, item);
    }
    if (item->is_shuffled && !is_row) {
        att_json_put_string(&to->out, "order", "random");
    }
    put_text(to, item->is_plain, "text", item->label);
    put_text(to, item->is_plain, "help", item->help);
    put_limit(to, "min", item->has_min, item->min, item->min_text);
    put_limit(to, "max", item->has_max, item->max, item->max_text);
    if (item->step > 0) {
        att_json_put_number(&to->out, "step", item->step);
    }
    put_anchors(to, item);
    if (item->max_length > 0) {
        att_json_put_whole(&to->out, "max_length", (long long)item->max_length);
    }
    if (item->is_long) {
        att_json_put_bool(&to->out, "long", true);
    }
    if (item->is_hard) {
        att_json_put_string(&to->out, "required", "hard");
    }
    put_expression(to, "value", item->value);
    put_expression(to, "check", item->check);
    put_text(to, item->is_plain, "check_text", item->check_text);
    put_expression(to, "show", item->show);
    att_json_end_object(&to->out);
}

static void put_items(place *to, size_t first, size_t end, const char *pointer,
                      bool are_rows);

/* A grid that stands among other items. */
static void put_run(place *to, att_xls_item *item, const char *pointer)
{
    size_t first = (size_t)(item - to->form->items);

    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", item->grid_id);
    att_json_put_string(&to->out, "kind", "grid");
    put_choices(to, item);
    if (item->is_head) {
        put_text(to, item->is_plain, "text", item->label);
    }
    att_json_key(&to->out, "items");
    put_items(to, first + item->is_head, item->grid_end,
              att_arena_format(to->form->arena, "%s/items", pointer), true);
    att_json_end_object(&to->out);
}

/* How many entries a roster has. */
static void put_count(place *to, const att_xls_item *item)
{
    if (item->count == NULL) {
        att_json_put_whole(&to->out, "count", (long long)item->most);
        return;
    }
    att_json_put_string(&to->out, "count", item->count);
    if (item->most > 0) {
        att_json_put_whole(&to->out, "max", (long long)item->most);
    }
}

/* A text that is asked first, if behind notes, names the entries. */
static void put_name(place *to, const att_xls_item *item)
{
    const att_xls_form *form = to->form;
    size_t first = (size_t)(item - form->items) + 1;
    size_t i = first;

    while (i < item->end &&
           (form->items[i].kind[0] == '\0' || is(form->items[i].kind, "note"))) {
        i++;
    }
    if (i < item->end && i > first && is(form->items[i].kind, "text")) {
        att_json_put_string(&to->out, "name", form->items[i].id);
    }
}

/* A question of ours: how many entries there are. */
static void put_asked_count(place *to, const att_xls_item *item)
{
    const char *what =
        item->label == NULL ? item->name : piped(to->form, true, item->label[0]);

    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", item->asks_count);
    att_json_put_string(&to->out, "kind", "integer");
    att_json_put_string(&to->out, "text",
                        att_arena_format(to->form->arena, "How many? (%s)", what));
    att_json_put_whole(&to->out, "min", 0);
    att_json_put_whole(&to->out, "max", (long long)item->most);
    put_expression(to, "show", item->show);
    att_json_end_object(&to->out);
}

static void put_group(place *to, att_xls_item *item, const char *pointer)
{
    size_t first = (size_t)(item - to->form->items) + 1;
    const att_xls_item *head = &to->form->items[first];
    bool is_grid = is(item->kind, "grid");

    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", item->id);
    att_json_put_string(&to->out, "kind", item->is_repeat ? "roster" : item->kind);
    put_text(to, item->is_plain, "title", item->label);
    if (item->is_repeat) {
        put_count(to, item);
        put_name(to, item);
    }
    if (is_grid) {
        put_choices(to, item);
    }
    if (is_grid && head->is_head) {
        put_text(to, item->is_plain, "text", head->label);
    }
    put_expression(to, "show", item->show);
    att_json_key(&to->out, "items");
    put_items(to, first, item->end,
              att_arena_format(to->form->arena, "%s/items", pointer), is_grid);
    att_json_end_object(&to->out);
}

/* Items that stand beside each other, as a list. */
static void put_items(place *to, size_t first, size_t end, const char *pointer,
                      bool are_rows)
{
    size_t n = 0;
    size_t i = first;

    att_json_list(&to->out);
    while (i < end) {
        att_xls_item *item = &to->form->items[i];
        const char *own = att_arena_format(to->form->arena, "%s/%zu", pointer, n);

        if (item->grid_end > 0 && !are_rows) {
            item->pointer = own;
            put_run(to, item, own);
            i = item->grid_end;
            n++;
            continue;
        }
        if (is_kept(to->form, item)) {
            if (item->asks_count != NULL && item->is_repeat) {
                put_asked_count(to, item);
                n++;
                own = att_arena_format(to->form->arena, "%s/%zu", pointer, n);
            }
            item->pointer = own;
            n++;
            if (is_container(item)) {
                put_group(to, item, own);
            } else {
                put_question(to, item, are_rows);
            }
        }
        i = item->end;
    }
    att_json_end_list(&to->out);
}

/* ---- the whole ---- */

static void put_head(place *to)
{
    const att_xls_form *form = to->form;
    att_json_out *out = &to->out;

    att_json_put_string(out, "format", "instrument/1");
    att_json_put_string(out, "id", form->id);
    att_json_put_string(out, "version", form->version);
    att_json_put_string(out, "title", piped(form, true, form->title));
    att_json_key(out, "languages");
    att_json_object(out);
    att_json_put_string(out, "default", form->languages[0].tag);
    att_json_key(out, "list");
    att_json_list(out);
    for (size_t i = 0; i < form->n_languages; i++) {
        att_json_object(out);
        att_json_put_string(out, "tag", form->languages[i].tag);
        if (att_middle_is_rtl(form->languages[i].tag)) {
            att_json_put_string(out, "dir", "rtl");
        }
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_end_object(out);
    att_json_key(out, "provenance");
    att_json_object(out);
    att_json_put_string(out, "licence", "permission required");
    att_json_put_string(out, "origin", "XLSForm");
    att_json_put_string(out, "status", "draft");
    att_json_end_object(out);
}

static void put_form(void *data, att_buf *buf)
{
    att_xls_form *form = data;
    place to = { .form = form, .out = att_json_begin(buf, true) };

    for (size_t i = 0; i < form->n_items; i++) {
        form->items[i].pointer = NULL;
    }
    att_json_object(&to.out);
    put_head(&to);
    put_sets(&to);
    att_json_key(&to.out, "items");
    put_items(&to, 0, form->n_items, "/items", false);
    att_json_end_object(&to.out);
    att_buf_char(buf, '\n');
}

/* ---- what our reader refuses ---- */

static bool is_within(const char *pointer, const char *outer)
{
    size_t n = outer == NULL ? 0 : strlen(outer);

    return n > 0 && strncmp(pointer, outer, n) == 0 &&
           (pointer[n] == '/' || pointer[n] == '\0');
}

/* The item that a place is within: the one with the longest pointer. */
static att_xls_item *item_at(att_xls_form *form, const char *pointer)
{
    att_xls_item *best = NULL;

    for (size_t i = 0; i < form->n_items; i++) {
        att_xls_item *item = &form->items[i];

        if (is_within(pointer, item->pointer) &&
            (best == NULL || strlen(item->pointer) > strlen(best->pointer))) {
            best = item;
        }
    }
    return best;
}

static bool yield_list(att_xls_form *form, const char *pointer)
{
    for (size_t i = 0; i < form->n_lists; i++) {
        att_xls_list *list = &form->lists[i];

        if (is_within(pointer, list->pointer) && !list->is_plain) {
            list->is_plain = true;
            form->losses->file = list->file;
            att_losses_add(form->losses, ATT_LOSS_APPROXIMATED, 0, list->name,
                           "names in braces stay as they are");
            return true;
        }
    }
    return false;
}

/* An expression that is refused, of the key that the pointer names. */
static bool yield_expression(att_xls_form *form, att_xls_item *item, const char *key,
                             const char *why)
{
    const struct {
        const char *key, *what;
        const char **text;
    } expressions[] = {
        { "/show", "the condition", &item->show },
        { "/check", "the constraint", &item->check },
        { "/min", "the least day", &item->min_text },
        { "/max", "the last day", &item->max_text },
    };

    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        if (is(key, expressions[i].key) && *expressions[i].text != NULL) {
            ATT_XLS_GONE("%s %s: %s", expressions[i].what,
                         att_text_cut(form->arena, *expressions[i].text, 60), why);
            *expressions[i].text = NULL;
            item->check_text = item->check == NULL ? NULL : item->check_text;
            return true;
        }
    }
    return false;
}

/* It falls away, and all that stands in it. */
static void drop_item(att_xls_form *form, att_xls_item *item, const char *why)
{
    size_t first = (size_t)(item - form->items);
    size_t end = item->grid_end > 0 ? item->grid_end : item->end;

    for (size_t i = first; i < end; i++) {
        item = &form->items[i];
        if (item->kind[0] != '\0' || i == first) {
            ATT_XLS_GONE("it cannot be kept: %s", why);
        }
        item->kind = "";
        item->grid_end = 0;
    }
}

/* What cannot repeat is asked once. */
static bool yield_repeat(att_xls_form *form, att_xls_item *item, const char *why)
{
    if (!item->is_repeat || item->kind[0] == '\0') {
        return false;
    }
    item->is_repeat = false;
    ATT_XLS_GONE("that it repeats: %s", why);
    return true;
}

/* More items than there may be: the last that repeats gives way. */
static bool yield_last_repeat(att_xls_form *form, const char *why)
{
    size_t i = form->n_items;

    while (i > 0) {
        if (yield_repeat(form, &form->items[--i], why)) {
            return true;
        }
    }
    return false;
}

static bool yield_to(void *data, const att_issue *issue)
{
    att_xls_form *form = data;
    const char *pointer = issue->what.where.pointer;
    att_xls_item *item = item_at(form, pointer);
    const char *key = strrchr(pointer, '/');

    if (item == NULL) {
        return yield_list(form, pointer) ||
               yield_last_repeat(form, issue->what.message);
    }
    if (is(key, "/count") && yield_repeat(form, item, issue->what.message)) {
        return true;
    }
    if (yield_expression(form, item, key, issue->what.message)) {
        return true;
    }
    if (!item->is_plain &&
        (strstr(pointer, "/text") != NULL || strstr(pointer, "/help") != NULL ||
         strstr(pointer, "/title") != NULL || strstr(pointer, "/anchors") != NULL ||
         strstr(pointer, "/other") != NULL || strstr(pointer, "/check_text") != NULL)) {
        ATT_XLS_NEAR("names in braces stay as they are: %s", issue->what.message);
        item->is_plain = true;
        return true;
    }
    drop_item(form, item, issue->what.message);
    return true;
}

const char *att_xls_settle(att_xls_form *form, size_t *n, att_err *err)
{
    const att_settling settling = {
        .arena = form->arena,
        .name = att_arena_format(form->arena, "the form \"%s\"", form->id),
        .data = form,
        .put = put_form,
        .yield = yield_to,
    };

    name_lists(form);
    return att_middle_settle(&settling, n, err);
}
