/* A form as the text of an instrument. */
#include <string.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/text.h>

#include "dialect_middle.h"
#include "dialect_redcap_draft.h"

/* Where the writer stands. */
typedef struct place {
    att_dict_form *form;
    att_json_out out;
    size_t at;            /* next item */
    size_t n_top, n_page; /* items written at the top, and in the open page */
    bool in_page;
} place;

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static bool is_asked(const att_dict_item *item)
{
    return item->kind[0] != '\0';
}

/* ---- texts ---- */

/* The name of a field in brackets at p, and its bytes; NULL when it is none. */
static const att_logic_field *piped_field(const att_dict_form *form, const char *p,
                                          size_t *n, bool *is_value)
{
    char name[128];
    size_t bytes = strcspn(p + 1, ":]");
    const att_logic_field *field;

    if (bytes == 0 || bytes >= sizeof name) {
        return NULL;
    }
    memcpy(name, p + 1, bytes);
    name[bytes] = '\0';
    *is_value = strncmp(p + 1 + bytes, ":value]", 7) == 0;
    if (!*is_value && p[1 + bytes] != ']') {
        return NULL;
    }
    *n = bytes + 2 + (*is_value ? strlen(":value") : 0);
    field = att_logic_find(&form->fields, name);
    return field == NULL || field->sort == ATT_LOGIC_NONE ? NULL : field;
}

/* [name] as {name}, and { as {{. */
static const char *piped(const att_dict_form *form, const att_dict_item *item,
                         const char *text)
{
    att_buf buf = { 0 };
    const char *copy;

    for (const char *p = text; *p != '\0'; p++) {
        size_t n = 0;
        bool is_value = false;
        const att_logic_field *field =
            *p == '[' && !item->is_plain ? piped_field(form, p, &n, &is_value) : NULL;

        if (field != NULL) {
            bool is_coded =
                field->sort == ATT_LOGIC_CODE || field->sort == ATT_LOGIC_MARKS;

            att_buf_format(&buf, "{%s%s}", field->id,
                           is_coded && !is_value ? ":label" : "");
            p += n - 1;
        } else {
            att_buf_add_n(&buf, "{{", *p == '{' ? 2 : 0);
            if (*p != '{') {
                att_buf_char(&buf, *p);
            }
        }
    }
    copy = att_buf_copy(form->arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static void put_text(place *to, const att_dict_item *item, const char *key,
                     const char *text)
{
    if (text != NULL && text[0] != '\0') {
        att_json_put_string(&to->out, key, piped(to->form, item, text));
    }
}

/* ---- items ---- */

static void put_choices(place *to, const att_dict_item *item)
{
    att_json_key(&to->out, "choices");
    att_json_list(&to->out);
    for (size_t i = 0; i < item->n_choices; i++) {
        const att_dict_choice *choice = &item->choices[i];

        att_json_object(&to->out);
        if (choice->code.reason != ATT_REASON_NONE) {
            att_json_put_string(&to->out, "missing",
                                att_reason_name(choice->code.reason));
        } else {
            att_json_put_whole(&to->out, "code", choice->code.code);
        }
        put_text(to, item, "text", choice->label);
        if (choice->is_exclusive) {
            att_json_put_bool(&to->out, "exclusive", true);
        }
        att_json_end_object(&to->out);
    }
    att_json_end_list(&to->out);
}

/* A limit is a number, or in quotes already. */
static void put_limit(place *to, const char *key, const char *value)
{
    size_t n = value == NULL ? 0 : strlen(value);
    double x = 0;

    if (n == 0) {
        return;
    }
    if (value[0] == '"') {
        att_json_put_string(&to->out, key,
                            att_arena_text_n(to->form->arena, value + 1, n - 2));
    } else if (att_number_read(value, n, &x)) {
        att_json_put_number(&to->out, key, x);
    }
}

static void put_item(place *to, const att_dict_item *item, bool is_row, bool with_show)
{
    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", item->id);
    if (!is_row) {
        att_json_put_string(&to->out, "kind", item->kind);
    }
    put_text(to, item, "text", item->text);
    put_text(to, item, "help", item->help);
    if (item->n_choices > 0 && !is_row) {
        put_choices(to, item);
    }
    put_limit(to, "min", item->min);
    put_limit(to, "max", item->max);
    if (item->decimals >= 0) {
        att_json_put_whole(&to->out, "decimals", item->decimals);
    }
    if (item->anchors[0] != NULL) {
        att_json_key(&to->out, "anchors");
        att_json_list(&to->out);
        att_json_string(&to->out, piped(to->form, item, item->anchors[0]));
        att_json_string(&to->out, piped(to->form, item, item->anchors[1]));
        att_json_end_list(&to->out);
    }
    if (item->max_length > 0) {
        att_json_put_whole(&to->out, "max_length", (long long)item->max_length);
    }
    if (item->is_long) {
        att_json_put_bool(&to->out, "long", true);
    }
    if (item->is_hard) {
        att_json_put_string(&to->out, "required", "hard");
    }
    if (item->is_identifying) {
        att_json_put_bool(&to->out, "identifying", true);
    }
    if (item->value != NULL) {
        att_json_put_string(&to->out, "value", item->value);
    }
    if (with_show && item->show != NULL) {
        att_json_put_string(&to->out, "show", item->show);
    }
    att_json_end_object(&to->out);
}

/* ---- containers ---- */

static const char *cell(const att_dict_item *item, att_dictionary_column column)
{
    return item->row->cells[column];
}

/* One past the last row of the matrix that begins here. */
static size_t matrix_end(const att_dict_form *form, size_t first)
{
    const char *name = cell(&form->items[first], ATT_DICT_MATRIX);
    size_t end = first + 1;

    while (end < form->n_items && is(cell(&form->items[end], ATT_DICT_MATRIX), name) &&
           form->items[end].section == NULL) {
        end++;
    }
    return end;
}

static bool same_choices(const att_dict_item *a, const att_dict_item *b)
{
    return a->n_choices > 0 && is(cell(a, ATT_DICT_CHOICES), cell(b, ATT_DICT_CHOICES));
}

/* Rows of one kind and one set of choices are a grid. */
bool att_dict_is_grid(const att_dict_form *form, size_t first, size_t *end)
{
    *end = matrix_end(form, first);
    for (size_t i = first; i < *end; i++) {
        const att_dict_item *item = &form->items[i];

        if (!is_asked(item) || !is(item->kind, "one") ||
            !same_choices(&form->items[first], item)) {
            return false;
        }
    }
    return form->items[first].grid_id != NULL;
}

static bool same_show(const att_dict_form *form, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (form->items[i].show == NULL ||
            !is(form->items[i].show, form->items[first].show)) {
            return false;
        }
    }
    return true;
}

static const char *pointer_of(const place *to, const char *more)
{
    return to->in_page
               ? att_arena_format(to->form->arena, "/items/%zu/items/%zu%s", to->n_top,
                                  to->n_page, more)
               : att_arena_format(to->form->arena, "/items/%zu%s", to->n_top, more);
}

static void passed(place *to)
{
    if (to->in_page) {
        to->n_page++;
    } else {
        to->n_top++;
    }
}

static void close_page(place *to)
{
    if (to->in_page) {
        att_json_end_list(&to->out);
        att_json_end_object(&to->out);
        to->in_page = false;
        to->n_top++;
    }
}

static void open_page(place *to, att_dict_item *item)
{
    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", item->page_id);
    att_json_put_string(&to->out, "kind", "page");
    put_text(to, item, "title", item->section);
    att_json_key(&to->out, "items");
    att_json_list(&to->out);
    to->in_page = true;
    to->n_page = 0;
}

static void put_grid(place *to, size_t first, size_t end)
{
    att_dict_form *form = to->form;
    att_dict_item *head = &form->items[first];
    bool is_shared = same_show(form, first, end);

    att_json_object(&to->out);
    att_json_put_string(&to->out, "id", head->grid_id);
    att_json_put_string(&to->out, "kind", "grid");
    put_text(to, head, "text", head->section);
    if (is_shared) {
        att_json_put_string(&to->out, "show", head->show);
    }
    put_choices(to, head);
    att_json_key(&to->out, "items");
    att_json_list(&to->out);
    for (size_t i = first; i < end; i++) {
        form->items[i].pointer = pointer_of(
            to, i == first && is_shared
                    ? ""
                    : att_arena_format(form->arena, "/items/%zu", i - first));
        put_item(to, &form->items[i], true, !is_shared);
    }
    att_json_end_list(&to->out);
    att_json_end_object(&to->out);
    passed(to);
}

static void put_next(place *to)
{
    att_dict_form *form = to->form;
    att_dict_item *item = &form->items[to->at];
    size_t end = to->at + 1;
    bool is_grid =
        cell(item, ATT_DICT_MATRIX)[0] != '\0' && att_dict_is_grid(form, to->at, &end);

    if (item->section != NULL) {
        close_page(to);
    }
    if (is_grid) {
        put_grid(to, to->at, end);
        to->at = end;
        return;
    }
    if (item->section != NULL && is_asked(item)) {
        open_page(to, item);
    }
    if (is_asked(item)) {
        item->pointer = pointer_of(to, "");
        put_item(to, item, false, true);
        passed(to);
    }
    to->at++;
}

/* ---- the whole ---- */

static void put_head(place *to)
{
    att_json_out *out = &to->out;

    att_json_put_string(out, "format", "instrument/1");
    att_json_put_string(out, "id", to->form->id);
    att_json_put_string(out, "version", "0.1.0");
    att_json_put_string(out, "title", to->form->title);
    att_json_key(out, "languages");
    att_json_object(out);
    att_json_put_string(out, "default", "en");
    att_json_key(out, "list");
    att_json_list(out);
    att_json_object(out);
    att_json_put_string(out, "tag", "en");
    att_json_end_object(out);
    att_json_end_list(out);
    att_json_end_object(out);
    att_json_key(out, "provenance");
    att_json_object(out);
    att_json_put_string(out, "licence", "permission required");
    att_json_put_string(out, "origin", "REDCap data dictionary");
    att_json_put_string(out, "status", "draft");
    att_json_end_object(out);
}

static void put_form(void *data, att_buf *buf)
{
    att_dict_form *form = data;
    place to = { .form = form, .out = att_json_begin(buf, true) };

    for (size_t i = 0; i < form->n_items; i++) {
        form->items[i].pointer = NULL;
    }
    att_json_object(&to.out);
    put_head(&to);
    att_json_key(&to.out, "items");
    att_json_list(&to.out);
    while (to.at < form->n_items) {
        put_next(&to);
    }
    close_page(&to);
    att_json_end_list(&to.out);
    if (form->redcap_form != NULL) {
        att_json_key(&to.out, "export");
        att_json_object(&to.out);
        att_json_key(&to.out, "redcap");
        att_json_object(&to.out);
        att_json_put_string(&to.out, "form", form->redcap_form);
        att_json_end_object(&to.out);
        att_json_end_object(&to.out);
    }
    att_json_end_object(&to.out);
    att_buf_char(buf, '\n');
}

/* ---- what our reader refuses ---- */

/* The item that a place is within: the one with the longest pointer. */
static att_dict_item *item_at(att_dict_form *form, const char *pointer)
{
    att_dict_item *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < form->n_items; i++) {
        const char *own = form->items[i].pointer;
        size_t n = own == NULL ? 0 : strlen(own);

        if (n > most && strncmp(pointer, own, n) == 0 &&
            (pointer[n] == '/' || pointer[n] == '\0')) {
            best = &form->items[i];
            most = n;
        }
    }
    return best;
}

static bool ends_with(const char *pointer, const char *key)
{
    size_t n = strlen(pointer);
    size_t k = strlen(key);

    return n >= k && is(pointer + n - k, key);
}

/* Takes out of the form what an issue is about. False when nothing is left to take. */
static bool yield_to(void *data, const att_issue *issue)
{
    att_dict_form *form = data;
    const char *pointer = issue->what.where.pointer;
    att_dict_item *item = item_at(form, pointer);

    if (item == NULL) {
        return false;
    }
    if (ends_with(pointer, "/show") && item->show != NULL) {
        att_dict_lose(form, item, ATT_LOSS_DROPPED, "the branching logic \"%s\": %s",
                      att_text_cut(form->arena, cell(item, ATT_DICT_BRANCHING), 80),
                      issue->what.message);
        item->show = NULL;
        return true;
    }
    if (!item->is_plain &&
        (strstr(pointer, "/text") != NULL || strstr(pointer, "/help") != NULL ||
         strstr(pointer, "/title") != NULL || strstr(pointer, "/anchors") != NULL)) {
        att_dict_lose(form, item, ATT_LOSS_APPROXIMATED,
                      "names in brackets stay as they are: %s", issue->what.message);
        item->is_plain = true;
        return true;
    }
    att_dict_lose(form, item, ATT_LOSS_DROPPED, "it cannot be kept: %s",
                  issue->what.message);
    item->kind = "";
    item->show = NULL;
    return true;
}

const char *att_dict_settle(att_dict_form *form, size_t *n, att_err *err)
{
    const att_settling settling = {
        .arena = form->arena,
        .name = att_arena_format(form->arena, "the form \"%s\"", form->name),
        .data = form,
        .put = put_form,
        .yield = yield_to,
    };

    return att_middle_settle(&settling, n, err);
}
