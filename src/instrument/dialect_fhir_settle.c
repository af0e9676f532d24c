/* A draft as the text of an instrument. */
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>

#include "dialect_fhir_draft.h"
#include "expr_tree.h"

#define ROUNDS_MAX 20

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static bool is_holder(const att_fhir_item *item)
{
    return is(item->kind, "group") || is(item->kind, "page");
}

/* ---- texts ---- */

/* A brace of theirs is no name of ours. */
static const char *braced(att_arena *arena, const char *text)
{
    att_buf buf = { 0 };
    const char *copy;

    if (strchr(text, '{') == NULL) {
        return text;
    }
    for (; *text != '\0'; text++) {
        att_buf_add_n(&buf, *text == '{' ? "{{" : text, *text == '{' ? 2 : 1);
    }
    copy = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static void put_wording(const att_fhir_draft *d, att_json_out *out, att_fhir_text text)
{
    size_t n = 0;

    for (size_t i = 1; i < d->n_tags; i++) {
        n += text[i] != NULL;
    }
    if (n == 0) {
        att_json_string(out, braced(d->arena, text[0]));
        return;
    }
    att_json_object(out);
    for (size_t i = 0; i < d->n_tags; i++) {
        if (text[i] != NULL) {
            att_json_put_string(out, d->tags[i], braced(d->arena, text[i]));
        }
    }
    att_json_end_object(out);
}

void att_fhir_put_text(const att_fhir_draft *d, att_json_out *out, const char *key,
                       att_fhir_text text)
{
    if (text != NULL && text[0] != NULL) {
        att_json_key(out, key);
        put_wording(d, out, text);
    }
}

/* ---- choices ---- */

static void put_list(const att_fhir_draft *d, att_json_out *out,
                     const att_fhir_options *options)
{
    att_json_list(out);
    for (size_t i = 0; i < options->n; i++) {
        const att_fhir_choice *choice = &options->list[i];

        att_json_object(out);
        if (choice->reason != ATT_REASON_NONE) {
            att_json_put_string(out, "missing", att_reason_name(choice->reason));
        } else {
            att_json_put_whole(out, "code", choice->number);
        }
        att_fhir_put_text(d, out, "text", choice->text);
        if (choice->is_exclusive && choice->reason == ATT_REASON_NONE) {
            att_json_put_bool(out, "exclusive", true);
        }
        att_fhir_put_text(d, out, "other", choice->other);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_choices(const att_fhir_draft *d, att_json_out *out,
                        const att_fhir_options *options)
{
    att_json_key(out, "choices");
    if (options->id != NULL) {
        att_json_string(out, options->id);
    } else {
        put_list(d, out, options);
    }
}

static void put_sets(const att_fhir_draft *d, att_json_out *out)
{
    bool is_open = false;

    for (size_t i = 0; i < d->n_sets; i++) {
        if (!d->sets[i].is_used) {
            continue;
        }
        if (!is_open) {
            att_json_key(out, "choices");
            att_json_object(out);
            is_open = true;
        }
        att_json_key(out, d->sets[i].id);
        put_list(d, out, &d->sets[i]);
    }
    if (is_open) {
        att_json_end_object(out);
    }
}

/* ---- grids ---- */

static bool same_options(const att_fhir_options *a, const att_fhir_options *b)
{
    if (a == b || a == NULL || b == NULL || a->n != b->n) {
        return a == b;
    }
    for (size_t i = 0; i < a->n; i++) {
        if (a->list[i].number != b->list[i].number ||
            a->list[i].reason != b->list[i].reason || a->list[i].other != NULL ||
            !is(att_fhir_first(a->list[i].text), att_fhir_first(b->list[i].text))) {
            return false;
        }
    }
    return true;
}

/* Rows of one kind with the same choices. */
bool att_fhir_is_grid(const att_fhir_draft *d, size_t group)
{
    const att_fhir_item *holder = &d->items[group];
    json_t *value = att_fhir_value(holder->json, ATT_FHIR_CONTROL);
    const char *control = json_string_value(
        json_object_get(json_array_get(json_object_get(value, "coding"), 0), "code"));
    const att_fhir_options *options = NULL;

    if (control == NULL || !(is(control, "table") || is(control, "htable"))) {
        return false;
    }
    for (size_t i = group + 1; i < holder->end; i++) {
        const att_fhir_item *row = &d->items[i];

        if (row->kind[0] == '\0') {
            continue;
        }
        if (row->parent != group || !is(row->kind, "one") || row->options == NULL ||
            row->options->list[row->options->n - 1].other != NULL ||
            (options != NULL && !same_options(options, row->options))) {
            return false;
        }
        options = row->options;
    }
    return options != NULL;
}

bool att_fhir_holds(const att_fhir_draft *d, size_t group)
{
    for (size_t i = group + 1; i < d->items[group].end; i++) {
        if (d->items[i].kind[0] != '\0' && !is_holder(&d->items[i])) {
            return true;
        }
    }
    return false;
}

static const att_fhir_options *first_options(const att_fhir_draft *d, size_t group)
{
    size_t i = group + 1;

    while (d->items[i].kind[0] == '\0') {
        i++;
    }
    return d->items[i].options;
}

/* ---- items ---- */

/* A limit is a number, or in quotes already. */
static void put_limit(const att_fhir_draft *d, att_json_out *out, const char *key,
                      const char *value)
{
    size_t n = value == NULL ? 0 : strlen(value);
    double x = 0;

    if (n > 0 && value[0] == '"') {
        att_json_put_string(out, key, att_arena_text_n(d->arena, value + 1, n - 2));
    } else if (n > 0 && att_number_read(value, n, &x)) {
        att_json_put_number(out, key, x);
    }
}

static void put_anchors(const att_fhir_draft *d, att_json_out *out,
                        const att_fhir_item *item)
{
    if (item->anchors[0] == NULL) {
        return;
    }
    att_json_key(out, "anchors");
    att_json_object(out);
    for (size_t i = 0; i < d->n_tags; i++) {
        if (item->anchors[0][i] == NULL || item->anchors[1][i] == NULL) {
            continue;
        }
        att_json_key(out, d->tags[i]);
        att_json_list(out);
        att_json_string(out, braced(d->arena, item->anchors[0][i]));
        att_json_string(out, braced(d->arena, item->anchors[1][i]));
        att_json_end_list(out);
    }
    att_json_end_object(out);
}

static void put_limits(const att_fhir_draft *d, att_json_out *out,
                       const att_fhir_item *item)
{
    put_limit(d, out, "min", item->min);
    put_limit(d, out, "max", item->max);
    if (item->step > 0) {
        att_json_put_whole(out, "step", item->step);
    }
    if (item->decimals >= 0) {
        att_json_put_whole(out, "decimals", item->decimals);
    }
    if (item->max_length > 0) {
        att_json_put_whole(out, "max_length", item->max_length);
    }
    if (item->is_long) {
        att_json_put_bool(out, "long", true);
    }
}

static void put_string(att_json_out *out, const char *key, const char *text)
{
    if (text != NULL) {
        att_json_put_string(out, key, text);
    }
}

static void put_items(att_fhir_draft *d, att_json_out *out, size_t first, size_t end,
                      const char *placed, bool are_rows);

/* A question of ours: how many entries there are. */
static void put_asked_count(const att_fhir_draft *d, att_json_out *out,
                            const att_fhir_item *item)
{
    att_fhir_text words = item->title != NULL ? item->title : item->text;
    const char *what = words == NULL ? item->link : att_fhir_first(words);

    att_json_object(out);
    att_json_put_string(out, "id", item->asks_count);
    att_json_put_string(out, "kind", "integer");
    att_json_put_string(
        out, "text",
        braced(d->arena, att_arena_format(d->arena, "How many? (%s)", what)));
    att_json_put_whole(out, "min", 0);
    att_json_put_whole(out, "max", (long long)item->most);
    put_string(out, "show", item->show);
    att_json_end_object(out);
}

static void put_count(att_json_out *out, const att_fhir_item *item)
{
    if (item->asks_count != NULL) {
        att_json_put_string(out, "count", item->asks_count);
        att_json_put_whole(out, "max", (long long)item->most);
    } else {
        att_json_put_whole(out, "count", (long long)item->most);
    }
}

static void put_item(att_fhir_draft *d, att_json_out *out, size_t index, bool is_row)
{
    att_fhir_item *item = &d->items[index];
    bool is_grid = is_holder(item) && !item->is_repeat && att_fhir_is_grid(d, index);

    att_json_object(out);
    att_json_put_string(out, "id", item->id);
    if (!is_row) {
        att_json_put_string(out, "kind",
                            is_grid           ? "grid"
                            : item->is_repeat ? "roster"
                                              : item->kind);
    }
    if (item->is_repeat) {
        put_count(out, item);
    }
    att_fhir_put_text(d, out, "title", item->title);
    att_fhir_put_text(d, out, "text", item->text);
    att_fhir_put_text(d, out, "brief", item->brief);
    att_fhir_put_text(d, out, "help", item->help);
    if (is_grid) {
        put_choices(d, out, first_options(d, index));
    } else if (item->options != NULL && !is_row) {
        put_choices(d, out, item->options);
    }
    put_limits(d, out, item);
    put_anchors(d, out, item);
    put_string(out, "required", item->is_hard ? "hard" : NULL);
    put_string(out, "value", item->value);
    put_string(out, "show", item->show);
    put_string(out, "check", item->check);
    put_string(out, "code", item->code);
    if (is_holder(item)) {
        att_json_key(out, "items");
        att_json_list(out);
        put_items(d, out, index + 1, item->end, item->placed, is_grid);
        att_json_end_list(out);
    }
    att_json_end_object(out);
}

static void put_items(att_fhir_draft *d, att_json_out *out, size_t first, size_t end,
                      const char *placed, bool are_rows)
{
    size_t n = 0;

    for (size_t i = first; i < end; i = d->items[i].end) {
        att_fhir_item *item = &d->items[i];

        item->placed = NULL;
        if (item->kind[0] == '\0' || (is_holder(item) && !att_fhir_holds(d, i))) {
            continue;
        }
        if (item->is_repeat && item->asks_count != NULL) {
            put_asked_count(d, out, item);
            n++;
        }
        item->placed = att_arena_format(d->arena, "%s/items/%zu", placed, n++);
        put_item(d, out, i, are_rows);
    }
}

static void put_draft(void *data, att_buf *buf)
{
    att_fhir_draft *d = data;
    att_json_out out = att_json_begin(buf, true);

    for (size_t i = 0; i < d->n_sets; i++) {
        d->sets[i].is_used = false;
    }
    for (size_t i = 0; i < d->n_items; i++) {
        if (d->items[i].kind[0] != '\0' && d->items[i].options != NULL) {
            d->items[i].options->is_used = true;
        }
    }
    att_json_object(&out);
    att_fhir_put_head(d, &out);
    put_sets(d, &out);
    att_json_key(&out, "items");
    att_json_list(&out);
    put_items(d, &out, 0, d->n_items, "", false);
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

/* ---- what our reader refuses ---- */

/* The item that a place is within: the one with the longest pointer. */
static att_fhir_item *item_at(att_fhir_draft *d, const char *pointer)
{
    att_fhir_item *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < d->n_items; i++) {
        const char *own = d->items[i].placed;
        size_t n = own == NULL ? 0 : strlen(own);

        if (n > most && strncmp(pointer, own, n) == 0 &&
            (pointer[n] == '/' || pointer[n] == '\0')) {
            best = &d->items[i];
            most = n;
        }
    }
    return best;
}

/* Takes one key out of an item; false when it has none of that name. */
static bool take_key(att_fhir_draft *d, att_fhir_item *item, const char *key,
                     const char *message)
{
    const struct {
        const char *key, *what;
        const char **value;
    } keys[] = {
        { "/show", "its condition", &item->show },
        { "/check", "its check", &item->check },
        { "/min", "its least value", &item->min },
        { "/max", "its greatest value", &item->max },
        { "/code", "its code", &item->code },
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (is(key, keys[i].key) && *keys[i].value != NULL) {
            att_fhir_lose(d, item, ATT_LOSS_DROPPED, "%s \"%s\": %s", keys[i].what,
                          att_text_cut(d->arena, *keys[i].value, 80), message);
            *keys[i].value = NULL;
            return true;
        }
    }
    return false;
}

static void take_item(att_fhir_draft *d, att_fhir_item *item, const char *message)
{
    size_t first = (size_t)(item - d->items);

    for (size_t i = first; i < item->end; i++) {
        if (d->items[i].kind[0] != '\0') {
            att_fhir_lose(d, &d->items[i], ATT_LOSS_DROPPED, "it cannot be kept: %s",
                          message);
            d->items[i].kind = "";
        }
    }
}

/* A set that cannot be kept takes the items with it that use it. */
static bool take_set(att_fhir_draft *d, const char *pointer, const char *message)
{
    bool is_any = false;

    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];
        const char *id = item->options == NULL ? NULL : item->options->id;
        size_t n = id == NULL ? 0 : strlen(id);

        if (n > 0 && item->kind[0] != '\0' && strncmp(pointer, id, n) == 0 &&
            (pointer[n] == '/' || pointer[n] == '\0')) {
            take_item(d, item, message);
            is_any = true;
        }
    }
    return is_any;
}

/* What is more than there may be: the last that repeats is asked once. */
static bool take_repeat(att_fhir_draft *d, const char *message)
{
    for (size_t i = d->n_items; i > 0; i--) {
        att_fhir_item *item = &d->items[i - 1];

        if (item->is_repeat && item->kind[0] != '\0') {
            item->is_repeat = false;
            att_fhir_lose(d, item, ATT_LOSS_DROPPED, "that it repeats: %s", message);
            return true;
        }
    }
    return false;
}

static bool yield_to(void *data, const att_issue *issue)
{
    att_fhir_draft *d = data;
    const char *pointer = issue->what.where.pointer;
    const char *message = issue->what.message;
    att_fhir_item *item = item_at(d, pointer);

    if (item == NULL) {
        return (strncmp(pointer, "/choices/", 9) == 0 &&
                take_set(d, pointer + 9, message)) ||
               take_repeat(d, message);
    }
    if (!take_key(d, item, pointer + strlen(item->placed), message)) {
        take_item(d, item, message);
    }
    return true;
}

/* ---- expressions that must say what they said there ---- */

static bool says(att_fhir_draft *d, const att_instrument *in, const att_expr *expr,
                 const char *path, bool is_value)
{
    const att_fhir_scores none = { 0 };
    att_logic logic = att_fhir_path(d->arena, in, &none, expr, is_value);

    return logic.text != NULL && is(logic.text, path);
}

/* Takes out what another wrote over our words; false when all is well. */
static bool take_changed(att_fhir_draft *d, const att_instrument *in)
{
    bool is_any = false;

    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];
        size_t k = item->placed == NULL ? ATT_NONE : att_instrument_item(in, item->id);

        if (k == ATT_NONE && item->placed != NULL) { /* of a roster */
            k = att_instrument_item(in, att_arena_format(d->arena, "%s_1", item->id));
        }
        if (k == ATT_NONE) {
            continue;
        }
        if (item->show != NULL && item->show_path != NULL &&
            !says(d, in, in->items[k].show, item->show_path, false)) {
            att_fhir_lose(d, item, ATT_LOSS_DROPPED,
                          "its condition \"%.80s\": FHIRPath of others is not read",
                          item->show_path);
            item->show = NULL;
            is_any = true;
        }
        if (item->value != NULL &&
            !says(d, in, in->items[k].value, item->value_path, true)) {
            att_fhir_lose(d, item, ATT_LOSS_DROPPED,
                          "the calculation \"%.80s\": FHIRPath of others is not read",
                          item->value_path);
            item->kind = "";
            item->value = NULL;
            is_any = true;
        }
    }
    return is_any;
}

const char *att_fhir_settle(att_fhir_draft *d, size_t *n, att_err *err)
{
    const att_settling settling = {
        .arena = d->arena,
        .name = att_arena_format(d->arena, "the questionnaire \"%s\"", d->id),
        .data = d,
        .put = put_draft,
        .yield = yield_to,
    };

    for (int round = 0; round < ROUNDS_MAX; round++) {
        const char *text = att_middle_settle(&settling, n, err);
        att_arena scratch = { 0 };
        const att_instrument *in =
            text == NULL
                ? NULL
                : att_instrument_open_bytes(&scratch, settling.name, text, *n, err);
        bool is_changed = in != NULL && take_changed(d, in);

        att_arena_drop(&scratch);
        if (in == NULL || !is_changed) {
            return in == NULL ? NULL : text;
        }
    }
    att_fail(err, ATT_ELIMIT, "%s has too many expressions of others", settling.name);
    return NULL;
}
