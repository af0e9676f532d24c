/* A Questionnaire, or a Bundle of them, to instruments. */
#include <stdlib.h>
#include <string.h>

#include <attune/base/file.h>

#include "dialect_fhir_draft.h"

#define NEST_MAX     8   /* containers in each other */
#define REPEATS_MAX  500 /* entries of a roster */
#define NUMBERED_MAX 20  /* bytes of a name that gets a number */
#define MARK         "\xef\xbb\xbf"

static bool is(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

/* ---- items ---- */

static att_fhir_item *new_item(att_fhir_draft *d)
{
    if (d->n_items == d->room) {
        size_t room = d->room == 0 ? 64 : 2 * d->room;
        att_fhir_item *items = att_new_n(d->arena, att_fhir_item, room);

        if (d->n_items > 0) {
            memcpy(items, d->items, d->n_items * sizeof *items);
        }
        d->items = items;
        d->room = room;
    }
    return &d->items[d->n_items++];
}

/* Where items are put: the container, the question around them, how deep. */
typedef struct nest {
    size_t parent, asker;
    int depth;
} nest;

static att_code walk(att_fhir_draft *d, json_t *list, const char *at, nest in,
                     att_err *err);

/* What stands under an item: in a group in it, of a question after it. */
static att_code walk_under(att_fhir_draft *d, size_t index, nest in, att_err *err)
{
    const att_fhir_item *item = &d->items[index];
    json_t *list = json_object_get(item->json, "item");
    bool is_group = is(item->type, "group") || is(item->type, "question");
    nest under = { in.parent, index, in.depth };

    if (is_group && in.depth < NEST_MAX) {
        under = (nest){ index, ATT_NONE, in.depth + 1 };
    }
    ATT_TRY(walk(d, list, item->pointer, under, err));
    if (under.parent == index) {
        d->items[index].end = d->n_items;
    }
    return ATT_OK;
}

static att_code add_item(att_fhir_draft *d, json_t *json, const char *pointer, nest in,
                         att_err *err)
{
    const char *link = att_fhir_string(d, json, "linkId");
    const char *type = json_string_value(json_object_get(json, "type"));
    size_t index = d->n_items;
    att_fhir_item *item;

    if (d->n_items == ATT_FHIR_ITEMS_MAX) {
        return att_fail(err, ATT_ELIMIT,
                        "the questionnaire \"%s\" has more than %d "
                        "items",
                        d->id, ATT_FHIR_ITEMS_MAX);
    }
    item = new_item(d);
    *item = (att_fhir_item){
        .json = json,
        .pointer = pointer,
        .link = link == NULL ? pointer : link,
        .type = type != NULL ? att_arena_text(d->arena, type) : "string",
        .row = att_fhir_row(d, pointer),
        .id = "",
        .kind = "",
        .parent = in.parent,
        .end = index + 1,
        .asker = in.asker,
        .decimals = -1,
    };
    if (link == NULL) {
        att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED, "it has no linkId");
    }
    if (type == NULL) {
        att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED,
                      "it does not say its type; it is taken for a string");
    }
    return walk_under(d, index, in, err);
}

static att_code walk(att_fhir_draft *d, json_t *list, const char *at, nest in,
                     att_err *err)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *json = json_array_get(list, i);
        const char *pointer = att_arena_format(d->arena, "%s/item/%zu", at, i);
        bool is_inner = in.parent != ATT_NONE || in.asker != ATT_NONE;

        if (!json_is_object(json)) {
            att_losses_add(d->losses, ATT_LOSS_DROPPED, att_fhir_row(d, pointer),
                           pointer, "an item that is no object");
        } else if (!is_inner || !att_fhir_is_beside(json)) {
            ATT_TRY(add_item(d, json, pointer, in, err));
        }
    }
    return ATT_OK;
}

/* ---- names ---- */

typedef struct link_key {
    const char *link;
    size_t index;
} link_key;

static int compare_links(const void *a, const void *b)
{
    const link_key *x = a;
    const link_key *y = b;
    int order = strcmp(x->link, y->link);

    return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

static void sort_links(att_fhir_draft *d)
{
    link_key *keys = att_new_n(d->arena, link_key, d->n_items + 1);

    d->by_link = att_new_n(d->arena, size_t, d->n_items + 1);
    for (size_t i = 0; i < d->n_items; i++) {
        keys[i] = (link_key){ d->items[i].link, i };
    }
    if (d->n_items > 1) {
        qsort(keys, d->n_items, sizeof *keys, compare_links);
    }
    for (size_t i = 0; i < d->n_items; i++) {
        d->by_link[i] = keys[i].index;
        if (i > 0 && strcmp(keys[i].link, keys[i - 1].link) == 0) {
            att_fhir_lose(d, &d->items[keys[i].index], ATT_LOSS_APPROXIMATED,
                          "its linkId stands twice; conditions may mean the other");
        }
    }
}

/* The roster that it stands in, or NULL. */
static const att_fhir_item *roster_of(const att_fhir_draft *d,
                                      const att_fhir_item *item)
{
    while (item->parent != ATT_NONE && !d->items[item->parent].is_repeat) {
        item = &d->items[item->parent];
    }
    return item->parent == ATT_NONE ? NULL : &d->items[item->parent];
}

/* How often a group may stand there: always as often, or somebody adds to it. */
static void find_repeat(att_fhir_draft *d, att_middle_ids *ids, att_fhir_item *item)
{
    json_t *least = att_fhir_value(item->json, ATT_FHIR_LEAST);
    json_t *most = att_fhir_value(item->json, ATT_FHIR_MOST);
    bool has_most = json_is_integer(most) && json_integer_value(most) >= 1 &&
                    json_integer_value(most) <= REPEATS_MAX;

    if (!json_is_true(json_object_get(item->json, "repeats")) ||
        !is(item->type, "group")) {
        if (least != NULL || most != NULL) {
            att_fhir_lose(d, item, ATT_LOSS_DROPPED, "how often it may be answered");
        }
        return;
    }
    if (roster_of(d, item) != NULL) {
        att_fhir_lose(d, item, ATT_LOSS_DROPPED,
                      "that it repeats within what repeats: it is asked once there");
        return;
    }
    item->is_repeat = true;
    item->most = has_most ? (size_t)json_integer_value(most) : ATT_FHIR_REPEATS_MOST;
    if (has_most && json_equal(least, most) == 1) {
        return;
    }
    item->asks_count = att_middle_id(
        d->arena, ids, att_arena_format(d->arena, "%s_count", item->link), '_');
    att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED,
                  "how often it repeats is asked before it, by \"%s\", whose words are "
                  "made up; %zu times at most",
                  item->asks_count, item->most);
}

static void name_items(att_fhir_draft *d)
{
    att_middle_ids ids = { .list =
                               att_new_n(d->arena, const char *, 2 * d->n_items + 1) };

    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];
        const char *name = item->link;

        if (roster_of(d, item) != NULL && strlen(name) > NUMBERED_MAX) {
            name = att_arena_text_n(d->arena, name, NUMBERED_MAX);
        }
        item->id = att_middle_id(d->arena, &ids, name, '_');
        find_repeat(d, &ids, item);
        if (strcmp(item->id, item->link) != 0) {
            att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED, "its linkId becomes \"%s\"",
                          item->id);
        }
    }
}

/* What it is called: its id, its name, or the end of its address. */
static void name_draft(att_fhir_draft *d, att_middle_ids *ids)
{
    const char *id = att_fhir_string(d, d->root, "id");
    const char *name = att_fhir_string(d, d->root, "name");
    const char *url = att_fhir_string(d, d->root, "url");
    const char *slash = url == NULL ? NULL : strrchr(url, '/');
    const char *from = id != NULL                          ? id
                       : name != NULL                      ? name
                       : slash != NULL && slash[1] != '\0' ? slash + 1
                                                           : "questionnaire";

    d->id = att_middle_id(d->arena, ids, from, '-');
    if (strcmp(d->id, from) != 0 || id == NULL) {
        att_losses_add(d->losses, ATT_LOSS_APPROXIMATED, 0, from,
                       "the questionnaire's id becomes \"%s\"", d->id);
    }
}

/* ---- a questionnaire ---- */

/* What is under something hidden is hidden too. */
static void hide_under(att_fhir_draft *d)
{
    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];
        const att_fhir_item *holder =
            item->parent == ATT_NONE ? NULL : &d->items[item->parent];

        if (holder == NULL && item->asker != ATT_NONE &&
            json_is_true(att_fhir_value(d->items[item->asker].json, ATT_FHIR_HIDDEN))) {
            holder = &d->items[item->asker];
        }
        if (holder != NULL && holder->kind[0] == '\0' && item->kind[0] != '\0') {
            att_fhir_lose(d, item, ATT_LOSS_DROPPED, "it stands in what is not asked");
            item->kind = "";
            item->sort = ATT_FHIR_NONE;
        }
    }
}

/* A group that would stand too deep gives its items to the one around it. */
static void dissolve(att_fhir_draft *d)
{
    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];
        bool is_group = is(item->kind, "group") || is(item->kind, "page");

        if (is_group && item->end == i + 1 &&
            json_array_size(json_object_get(item->json, "item")) > 0) {
            att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED,
                          "it stands too deep; its items stand in the group around it");
            item->kind = "";
        }
    }
}

static void tell_askers(att_fhir_draft *d)
{
    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];

        if (item->asker != ATT_NONE && item->kind[0] != '\0' &&
            d->items[item->asker].sort != ATT_FHIR_NONE) {
            att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED,
                          "it stands under \"%s\" there, after it here",
                          d->items[item->asker].link);
        }
    }
}

static void tell_mapped(att_fhir_draft *d)
{
    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_item *item = &d->items[i];

        if (item->kind[0] != '\0' && !item->is_lossy) {
            att_fhir_lose(d, item, ATT_LOSS_MAPPED, "an item of type %s is of kind %s",
                          item->type, item->kind);
        }
    }
}

static bool is_asking(const att_fhir_draft *d)
{
    for (size_t i = 0; i < d->n_items; i++) {
        const char *kind = d->items[i].kind;

        if (kind[0] != '\0' && !is(kind, "group") && !is(kind, "page")) {
            return true;
        }
    }
    return false;
}

static att_code read_draft(att_fhir_draft *d, att_scripts *out, att_err *err)
{
    const nest top = { ATT_NONE, ATT_NONE, 0 };
    att_script script = { .id = d->id };

    att_fhir_languages(d);
    att_fhir_sets(d);
    ATT_TRY(walk(d, json_object_get(d->root, "item"), d->at, top, err));
    name_items(d);
    sort_links(d);
    for (size_t i = 0; i < d->n_items; i++) {
        att_fhir_fill(d, &d->items[i]);
    }
    dissolve(d);
    hide_under(d);
    for (size_t i = 0; i < d->n_items; i++) {
        if (d->items[i].kind[0] != '\0' || d->items[i].end == i + 1) {
            att_fhir_conditions(d, &d->items[i]);
        }
    }
    tell_askers(d);
    if (!is_asking(d)) {
        att_losses_add(d->losses, ATT_LOSS_DROPPED, 0, d->id,
                       "the questionnaire asks nothing");
        return ATT_OK;
    }
    att_fhir_tell_head(d);
    script.text = att_fhir_settle(d, &script.n, err);
    if (script.text == NULL) {
        return err->code;
    }
    tell_mapped(d);
    att_fhir_tell_seen(d);
    att_scripts_add(d->arena, out, &script);
    return ATT_OK;
}

/* ---- files ---- */

typedef struct file {
    att_arena *arena;
    const char *path;
    att_json *json;
    att_losses *losses;
    att_middle_ids ids; /* of its questionnaires */
} file;

static att_code read_one(file *f, json_t *root, const char *at, att_scripts *out,
                         att_err *err)
{
    att_fhir_draft d = {
        .arena = f->arena, .losses = f->losses, .json = f->json, .root = root, .at = at
    };

    name_draft(&d, &f->ids);
    return read_draft(&d, out, err);
}

static att_code read_bundle(file *f, json_t *root, att_scripts *out, att_err *err)
{
    json_t *entries = json_object_get(root, "entry");

    f->ids.list = att_new_n(f->arena, const char *, json_array_size(entries) + 1);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        json_t *one = json_object_get(json_array_get(entries, i), "resource");
        const char *type = json_string_value(json_object_get(one, "resourceType"));
        const char *at = att_arena_format(f->arena, "/entry/%zu/resource", i);

        if (is(type, "Questionnaire")) {
            ATT_TRY(read_one(f, one, at, out, err));
        } else {
            att_losses_add(f->losses, ATT_LOSS_DROPPED, 0, at, "a resource of type %s",
                           type == NULL ? "that it does not say" : type);
        }
    }
    return ATT_OK;
}

static att_code read_root(file *f, att_scripts *out, att_err *err)
{
    json_t *root = att_json_root(f->json);
    const char *type = json_string_value(json_object_get(root, "resourceType"));

    if (is(type, "Questionnaire")) {
        f->ids.list = att_new_n(f->arena, const char *, 1);
        return read_one(f, root, "", out, err);
    }
    if (is(type, "Bundle")) {
        return read_bundle(f, root, out, err);
    }
    att_fail(err, ATT_EINPUT, "\"%s\" is no Questionnaire: its resourceType is \"%s\"",
             f->path, type == NULL ? "" : type);
    return att_at(err, f->path, 1, 0, NULL);
}

att_code att_questionnaire_read(att_arena *arena, const char *path,
                                const att_bytes *bytes, att_losses *losses,
                                att_scripts *out, att_err *err)
{
    att_err local = { 0 };
    att_err *told = err == NULL ? &local : err;
    size_t n_before = losses->n;
    size_t n_scripts = out->n;
    size_t skip = bytes->n >= 3 && memcmp(bytes->bytes, MARK, 3) == 0 ? 3 : 0;
    file f = { .arena = arena, .path = path, .losses = losses };
    att_code code = ATT_OK;

    f.json = att_json_open_bytes(path, bytes->bytes + skip, bytes->n - skip, told);
    if (f.json == NULL) {
        return told->code;
    }
    code = read_root(&f, out, told);
    if (code == ATT_OK && out->n == n_scripts) {
        code =
            att_fail(told, ATT_EINPUT, "\"%s\" has no item that asks anything", path);
    }
    att_losses_sort(losses, n_before);
    att_json_close(f.json);
    return code;
}
