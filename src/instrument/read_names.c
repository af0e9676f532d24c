/* read_names.c - the names of an instrument, and what waited for them */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>

#include "kinds.h"

/* ---- waiting ---- */

static void *grown(void *list, size_t n, size_t *room, size_t size)
{
    if (n < *room) {
        return list;
    }
    *room = *room == 0 ? 64 : *room * 2;
    return att_memory_grow(list, *room, size);
}

void att_wait_for_expr(att_reader *r, const att_wait_expr *wait)
{
    r->exprs = grown(r->exprs, r->n_exprs, &r->room_exprs, sizeof r->exprs[0]);
    r->exprs[r->n_exprs++] = *wait;
}

void att_wait_for_from(att_reader *r, const att_wait_from *wait)
{
    r->froms = grown(r->froms, r->n_froms, &r->room_froms, sizeof r->froms[0]);
    r->froms[r->n_froms++] = *wait;
}

void att_wait_for_set(att_reader *r, const att_owned *owned)
{
    r->owned = grown(r->owned, r->n_owned, &r->room_owned, sizeof r->owned[0]);
    r->owned[r->n_owned++] = owned;
}

void att_wait_for_pipe(att_reader *r, const att_wait_pipe *wait)
{
    r->pipes = grown(r->pipes, r->n_pipes, &r->room_pipes, sizeof r->pipes[0]);
    r->pipes[r->n_pipes++] = *wait;
}

/* ---- names ---- */

static int compare_names(const void *a, const void *b)
{
    const att_name *x = a;
    const att_name *y = b;
    int order = strcmp(x->name, y->name);

    if (order != 0) {
        return order;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

static void name_add(att_reader *r, const char *name, att_name_sort sort, size_t index)
{
    att_name *out = &r->names[r->n_names];

    if (name == NULL || name[0] == '\0') {
        return;
    }
    out->name = name;
    out->sort = sort;
    out->index = index;
    out->order = r->n_names++;
}

static const char *sort_name(att_name_sort sort)
{
    switch (sort) {
    case ATT_NAME_ITEM: return "an item";
    case ATT_NAME_SCALE: return "a scale";
    case ATT_NAME_SCALE_100: return "the 0 to 100 form of a scale";
    case ATT_NAME_DERIVED: return "a derived value";
    case ATT_NAME_TOKEN: return "a token";
    case ATT_NAME_EACH: return "an item of a roster";
    }
    return "";
}

static void twin_find(att_reader *r, const att_name *first, const att_name *name)
{
    att_spot tokens = att_spot_text("/tokens");
    att_spot owner = att_spot_key(&tokens, name->name);
    att_spot id_at = { 0 };

    switch (name->sort) {
    case ATT_NAME_EACH:
    case ATT_NAME_ITEM: owner = att_spot_text(r->items[name->index].pointer); break;
    case ATT_NAME_SCALE:
    case ATT_NAME_SCALE_100:
        owner = att_spot_text(r->scales[name->index].pointer);
        break;
    case ATT_NAME_DERIVED:
        owner = att_spot_text(r->derived[name->index].pointer);
        break;
    case ATT_NAME_TOKEN:
        att_reader_find_key(r, "L010", &owner, "give each a name of its own",
                            "\"%s\" names %s already", name->name,
                            sort_name(first->sort));
        return;
    }
    id_at = att_spot_key(&owner, "id");
    att_reader_find(r, "L010", &id_at, "give each a name of its own",
                    "\"%s\" names %s already", name->name, sort_name(first->sort));
}

static att_name *lowest(const att_reader *r, const char *name)
{
    size_t low = 0, high = r->n_names;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(r->names[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < r->n_names ? &r->names[low] : NULL;
}

att_name *att_name_find(const att_reader *r, const char *name)
{
    att_name *found = lowest(r, name);

    return found != NULL && strcmp(found->name, name) == 0 ? found : NULL;
}

/* The first of the items that each entry of a roster has. */
static bool is_repeated(const att_item *item)
{
    return item->base != NULL && !item->is_copy && item->entry > 0 && item->slot == 0 &&
           item->kind != &att_kind_entry;
}

void att_names_make(att_reader *r, json_t *root)
{
    json_t *tokens = json_object_get(root, "tokens");
    const char *id = NULL;
    json_t *value = NULL;
    size_t n = 2 * r->n_items + 2 * r->out->n_scales + r->out->n_derived +
               json_object_size(tokens);

    r->names = att_new_n(r->scratch, att_name, n);
    for (size_t i = 0; i < r->n_items; i++) {
        name_add(r, r->items[i].id, ATT_NAME_ITEM, i);
        if (is_repeated(&r->items[i])) {
            name_add(r, r->items[i].base, ATT_NAME_EACH, i);
        }
    }
    json_object_foreach(tokens, id, value)
    {
        if (strncmp(id, "x-", 2) != 0) {
            name_add(r, id, ATT_NAME_TOKEN, 0);
        }
    }
    for (size_t i = 0; i < r->out->n_scales; i++) {
        const char *scale = r->scales[i].id;

        name_add(r, scale, ATT_NAME_SCALE, i);
        if (scale[0] != '\0') {
            name_add(r, att_arena_format(r->scratch, "%s_100", scale),
                     ATT_NAME_SCALE_100, i);
        }
    }
    for (size_t i = 0; i < r->out->n_derived; i++) {
        name_add(r, r->derived[i].id, ATT_NAME_DERIVED, i);
    }
    if (r->n_names > 1) {
        qsort(r->names, r->n_names, sizeof r->names[0], compare_names);
    }
    for (size_t i = 1, first = 0; i < r->n_names; i++) {
        if (strcmp(r->names[i].name, r->names[first].name) == 0) {
            twin_find(r, &r->names[first], &r->names[i]);
        } else {
            first = i;
        }
    }
}

static bool is_usable(const att_reader *r, const att_name *name)
{
    if (name->sort == ATT_NAME_TOKEN || name->sort == ATT_NAME_EACH) {
        return false;
    }
    return name->sort != ATT_NAME_ITEM || r->items[name->index].kind == NULL ||
           att_item_asks(&r->items[name->index]);
}

static const char *const words[] = { "role",   "site",  "wave", "language",
                                     "person", "today", "now",  "mode" };

enum { N_WORDS = sizeof words / sizeof words[0] };

/* The words and the names that expressions know; tokens too for texts. What a roster
 * repeats is known by one name. */
static const char **known_names(att_reader *r, bool with_tokens, size_t *n)
{
    const char **list = att_new_n(r->scratch, const char *,
                                  r->n_names + N_WORDS + r->out->n_attributes);

    *n = 0;
    for (size_t i = 0; i < N_WORDS; i++) {
        list[(*n)++] = words[i];
    }
    for (size_t i = 0; i < r->out->n_attributes; i++) {
        list[(*n)++] =
            att_arena_format(r->scratch, "person.%s", r->out->attributes[i].id);
    }
    for (size_t i = 0; i < r->n_names; i++) {
        if (is_usable(r, &r->names[i]) ||
            (with_tokens && r->names[i].sort == ATT_NAME_TOKEN)) {
            list[(*n)++] = r->names[i].name;
        }
    }
    return list;
}

const char *att_name_suggest(att_reader *r, const char *name)
{
    size_t n = 0;
    const char **list = NULL;

    if (r->n_suggested >= ATT_SUGGESTIONS_MAX) {
        return NULL;
    }
    list = known_names(r, true, &n);
    return att_reader_suggest(r, name, list, n, NULL);
}

size_t att_item_named(att_reader *r, const char *name, const char *rule,
                      const att_spot *at, const char *what)
{
    const att_name *found = att_name_find(r, name);
    const char **list = NULL;
    size_t n = 0;

    if (found != NULL && found->sort == ATT_NAME_ITEM) {
        return found->index;
    }
    list = att_new_n(r->scratch, const char *, r->n_items);
    for (size_t i = 0; i < r->n_items; i++) {
        list[n++] = r->items[i].id;
    }
    att_reader_find(r, rule, at, att_reader_suggest(r, name, list, n, NULL),
                    "%s names \"%s\", which is no item", what, name);
    return ATT_NONE;
}

/* ---- expressions ---- */

typedef struct scope {
    att_reader *r;
    const att_item *within; /* an entry or a pair of a roster, or NULL */
} scope;

static bool item_ref(const att_reader *r, size_t item, att_ref *out)
{
    if (item >= r->n_items || !att_item_asks(&r->items[item])) {
        return false;
    }
    out->kind = ATT_REF_ITEM;
    out->index = item;
    out->type = att_item_type(&r->items[item]);
    return true;
}

/* The k-th of the values that "partners.trust" stands for. */
static size_t find_each(const void *data, const char *roster, const char *member,
                        size_t k, att_ref *out)
{
    const att_reader *r = ((const scope *)data)->r;
    size_t n = 0;
    size_t item = att_roster_member(r, roster, member, k, &n);

    return item != ATT_NONE && item_ref(r, item, out) ? n : 0;
}

static bool find_ref(const void *data, const char *name, att_ref *out)
{
    const att_reader *r = ((const scope *)data)->r;
    const att_item *within = ((const scope *)data)->within;
    const att_name *found = att_name_find(r, name);

    if (within != NULL && item_ref(r, att_roster_sibling(r, within, name), out)) {
        return true;
    }
    if (found == NULL || !is_usable(r, found)) {
        for (size_t i = 0; i < N_WORDS; i++) {
            if (strcmp(words[i], name) == 0) {
                out->kind = ATT_REF_WORD;
                out->index = i; /* as in att_ref_word */
                out->type = i == ATT_WORD_TODAY ? ATT_TYPE_DAY
                            : i == ATT_WORD_NOW ? ATT_TYPE_NUMBER
                                                : ATT_TYPE_TEXT;
                return true;
            }
        }
        return att_attribute_find(r, name, out);
    }
    out->index = found->index;
    out->type = ATT_TYPE_NUMBER;
    switch (found->sort) {
    case ATT_NAME_ITEM:
        out->kind = ATT_REF_ITEM;
        out->type = att_item_type(&r->items[found->index]);
        return true;
    case ATT_NAME_SCALE: out->kind = ATT_REF_SCALE; return true;
    case ATT_NAME_SCALE_100: out->kind = ATT_REF_SCALE_100; return true;
    case ATT_NAME_DERIVED:
        out->kind = ATT_REF_DERIVED;
        out->type = r->derived[found->index].value == NULL
                        ? ATT_TYPE_ANY
                        : att_expr_type(r->derived[found->index].value);
        return true;
    case ATT_NAME_EACH:
    case ATT_NAME_TOKEN: break;
    }
    return false;
}

static bool find_earlier(const void *data, const char *wave, const char *item,
                         att_ref *out)
{
    return att_earlier_find(((const scope *)data)->r, wave, item, out);
}

static const char *nearest_ref(const void *data, const char *name)
{
    att_reader *r = ((const scope *)data)->r;
    size_t n = 0;
    const char **list = NULL;

    if (r->n_suggested >= ATT_SUGGESTIONS_MAX) {
        return NULL;
    }
    r->n_suggested++;
    list = known_names(r, false, &n);
    return att_text_nearest(name, list, n);
}

static const char *type_words(att_type type)
{
    switch (type) {
    case ATT_TYPE_TRUTH: return "true or false";
    case ATT_TYPE_NUMBER: return "a number";
    case ATT_TYPE_TEXT: return "a text";
    case ATT_TYPE_DAY: return "a day";
    case ATT_TYPE_CODES: return "several codes";
    case ATT_TYPE_ANY: break;
    }
    return "anything";
}

/* Attributes are listed, so that a slip in a name is found. */
static void attribute_fault(const char *name, att_expr_fault *fault)
{
    att_err said = { 0 };

    att_fail(&said, ATT_EINPUT, "\"%s\" is no attribute that \"person\" lists", name);
    att_hint(&said, "list it at the top: \"person\": { \"%s\": \"number\" }", name + 7);
    memcpy(fault->message, said.message, sizeof fault->message);
    if (fault->hint[0] == '\0') {
        memcpy(fault->hint, said.hint, sizeof fault->hint);
    }
}

/* An item that is asked for each entry, named from outside. */
static void each_fault(const att_item *roster, const att_item *item,
                       att_expr_fault *fault)
{
    att_err said = { 0 };

    att_fail(&said, ATT_EINPUT, "\"%s\" is asked for each entry of \"%s\"", item->base,
             roster->id);
    att_hint(&said, "write count(answered(%s.%s)), or \"%s\" for the first", roster->id,
             item->base, item->id);
    memcpy(fault->message, said.message, sizeof fault->message);
    memcpy(fault->hint, said.hint, sizeof fault->hint);
}

/* An unknown name is said in the words of whoever wrote it: a condition, a value. */
static void name_fault(const att_reader *r, const att_wait_expr *wait,
                       att_expr_fault *fault)
{
    char name[ATT_ITEM_ID_MAX * 2];
    att_err said = { 0 };
    size_t span = fault->span;
    const att_name *found = NULL;

    if (strcmp(fault->rule, "L021") != 0 || span == 0 || span >= sizeof name ||
        strlen(wait->text) < fault->at + span) {
        return;
    }
    memcpy(name, wait->text + fault->at, span);
    name[span] = '\0';
    if (strcmp(name, ".") == 0 || strcmp(name, "true") == 0 ||
        strcmp(name, "false") == 0) {
        return;
    }
    if (strncmp(name, "person.", 7) == 0) {
        attribute_fault(name, fault);
        return;
    }
    found = att_name_find(r, name);
    if (found != NULL && found->sort == ATT_NAME_EACH) {
        const att_item *item = &r->items[found->index];

        each_fault(&r->items[item->roster->item], item, fault);
        return;
    }
    att_fail(&said, ATT_EINPUT,
             found == NULL ? "%s names \"%s\", which is no item"
                           : "%s names \"%s\", which has no answer",
             wait->want == ATT_TYPE_TRUTH ? "condition" : "expression", name);
    memcpy(fault->message, said.message, sizeof fault->message);
}

static const char *hint_for(att_type wanted)
{
    switch (wanted) {
    case ATT_TYPE_TRUTH: return "compare it: \"a = 1\", \"a >= 2\"";
    case ATT_TYPE_NUMBER: return "count or compute: \"count(a = 1)\", \"a + b\"";
    default: return "write date('2026-09-14') or today";
    }
}

att_expr *att_reader_expr(att_reader *r, const att_wait_expr *wait, bool is_silent)
{
    scope data = { r, wait->within };
    att_names names = { .data = &data,
                        .find = find_ref,
                        .nearest = nearest_ref,
                        .own = ATT_TYPE_ANY,
                        .find_earlier = find_earlier,
                        .each = find_each };
    att_expr_fault fault = { 0 };
    att_expr *expr = NULL;
    att_spot spot = att_spot_text(wait->pointer);
    att_type type = ATT_TYPE_ANY;

    if (wait->item != ATT_NONE) {
        names.has_own = true;
        names.own = att_item_type(&r->items[wait->item]);
    }
    expr = att_expr_read(r->arena, wait->text, &names, &fault);
    if (expr == NULL) {
        if (!is_silent) {
            name_fault(r, wait, &fault);
            att_reader_find_inside(r, wait->pointer, &fault);
        }
        return NULL;
    }
    if (!is_silent) {
        att_earlier_check(r, wait, expr);
    }
    type = att_expr_type(expr);
    if (wait->want == ATT_TYPE_NUMBER && type == ATT_TYPE_TRUTH) {
        return expr; /* counts as 1 or 0 */
    }
    if (type != ATT_TYPE_ANY && wait->want != ATT_TYPE_ANY && type != wait->want) {
        if (!is_silent) {
            att_reader_find(r, "L022", &spot, hint_for(wait->want),
                            "\"%s\" gives %s, but should give %s", wait->key,
                            type_words(type), type_words(wait->want));
        }
        return NULL;
    }
    return expr;
}

void att_exprs_resolve(att_reader *r)
{
    for (size_t i = 0; i < r->n_exprs; i++) {
        *r->exprs[i].out = att_reader_expr(r, &r->exprs[i], r->exprs[i].is_copy);
    }
}

/* ---- derived values: first for what they refer to, then in order, with types ---- */

static void derived_read(att_reader *r, size_t k, bool is_silent)
{
    att_spot at = att_spot_text(r->derived[k].pointer);
    att_spot value_at = att_spot_key(&at, "value");
    att_spot spot = { 0 };
    att_wait_expr wait = { 0 };
    att_type type = ATT_TYPE_ANY;

    if (r->derived_text[k] == NULL) {
        return;
    }
    wait.text = r->derived_text[k];
    wait.pointer = att_spot_pointer(r->scratch, &value_at);
    wait.key = "value";
    wait.item = ATT_NONE;
    r->derived[k].value = NULL;
    r->derived[k].value = att_reader_expr(r, &wait, is_silent);
    if (r->derived[k].value == NULL || is_silent) {
        return;
    }
    type = att_expr_type(r->derived[k].value);
    spot = att_spot_text(wait.pointer);
    if (type != ATT_TYPE_NUMBER && type != ATT_TYPE_TRUTH && type != ATT_TYPE_ANY) {
        att_reader_find(r, "L022", &spot, NULL,
                        "derived value \"%s\" gives %s, but should give a number",
                        r->derived[k].id, type_words(type));
    }
}

static void derived_permute(att_reader *r, const size_t *order)
{
    size_t n = r->out->n_derived;
    att_derived *old = att_new_n(r->scratch, att_derived, n);
    const char **texts = att_new_n(r->scratch, const char *, n);
    size_t *place = att_new_n(r->scratch, size_t, n);

    memcpy(old, r->derived, n * sizeof old[0]);
    memcpy(texts, r->derived_text, n * sizeof texts[0]);
    for (size_t i = 0; i < n; i++) {
        r->derived[i] = old[order[i]];
        r->derived_text[i] = texts[order[i]];
        place[order[i]] = i;
    }
    for (size_t i = 0; i < r->n_names; i++) {
        if (r->names[i].sort == ATT_NAME_DERIVED) {
            r->names[i].index = place[r->names[i].index];
        }
    }
}

bool att_derived_resolve(att_reader *r)
{
    size_t n = r->out->n_derived;
    size_t *order = NULL;
    bool is_ordered = false;

    if (n == 0) {
        return true;
    }
    order = att_new_n(r->scratch, size_t, n);
    for (size_t i = 0; i < n; i++) {
        derived_read(r, i, true);
    }
    is_ordered = att_derived_order(r, order);
    if (is_ordered) {
        derived_permute(r, order);
    }
    for (size_t i = 0; i < n; i++) {
        r->derived[i].value = NULL; /* types come anew, from first to last */
    }
    for (size_t i = 0; i < n; i++) {
        derived_read(r, i, false);
    }
    return is_ordered;
}

/* ---- choices from another item ---- */

/* The places of a rank go to fields of REDCap that no item may have the name of. */
static void places_check(att_reader *r, const att_item *item)
{
    att_spot item_at = att_spot_text(item->pointer);
    att_spot spot = att_spot_key(&item_at, "id");

    if (item->kind == NULL || item->kind->shape != ATT_SHAPE_RANK) {
        return;
    }
    for (size_t i = 0; item->choices != NULL && i < item->choices->n; i++) {
        const att_choice *choice = &item->choices->list[i];
        const char *field = att_rank_field(r->scratch, item->id, choice->code);

        if (choice->reason == ATT_REASON_NONE && att_name_find(r, field) != NULL) {
            att_reader_find(
                r, "L010", &spot, "give one of them another id",
                "the place of choice %d of \"%s\" goes to REDCap as \"%s\", "
                "which has a meaning already",
                choice->code, item->id, field);
            return;
        }
    }
}

void att_froms_resolve(att_reader *r)
{
    for (size_t i = 0; i < r->n_items; i++) {
        places_check(r, &r->items[i]);
    }
    for (size_t i = 0; i < r->n_froms; i++) {
        const att_wait_from *wait = &r->froms[i];
        att_spot spot = att_spot_text(wait->pointer);
        size_t from = wait->within == NULL
                          ? ATT_NONE
                          : att_roster_sibling(r, wait->within, wait->name);
        const att_item *item = NULL;

        r->is_muted = wait->is_copy;
        if (from == ATT_NONE) {
            from = att_item_named(r, wait->name, "L038", &spot, "\"from\"");
        }
        if (from == ATT_NONE || from >= r->n_items) {
            continue;
        }
        r->items[wait->item].from_item = from;
        item = &r->items[from];
        if (item->kind != NULL && item->kind->shape != ATT_SHAPE_PICK_MANY &&
            item->kind->shape != ATT_SHAPE_PICK_ONE &&
            item->kind->shape != ATT_SHAPE_RANK) {
            att_reader_find(r, "L038", &spot,
                            "name an item of kind \"many\" or \"one\"",
                            "nothing is chosen in \"%s\", an item of kind \"%s\"",
                            item->id, item->kind->name);
        } else if (from >= wait->item) {
            att_reader_find(
                r, "L038", &spot, "name an item that is asked before",
                "\"%s\" is asked later than \"%s\", which takes its choices", item->id,
                r->items[wait->item].id);
        }
    }
    r->is_muted = false;
    for (size_t i = 0; i < r->n_items; i++) { /* rows have what their grid has */
        size_t parent = r->items[i].parent;

        if (parent != ATT_NONE && r->items[parent].from == ATT_FROM_ITEM &&
            r->items[parent].kind != NULL && r->items[parent].kind->has_choices) {
            r->items[i].from_item = r->items[parent].from_item;
        }
    }
}
