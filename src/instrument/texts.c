/* texts.c - the texts of a document with their keys; see the header */
#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "pretty_texts.h"

typedef struct gather {
    att_arena *arena;
    const char *base, *tag;
    att_texts out;
    size_t room;
} gather;

static void add_text(gather *g, const att_text *text)
{
    if (text->source == NULL) {
        return;
    }
    if (g->out.n == g->room) {
        att_text *old = g->out.list;

        g->room = g->room > 0 ? 2 * g->room : 64;
        g->out.list = att_new_n(g->arena, att_text, g->room);
        if (g->out.n > 0) {
            memcpy(g->out.list, old, g->out.n * sizeof *old);
        }
    }
    g->out.list[g->out.n++] = *text;
}

/* A text, or two anchors, in each language. */
static void visit(void *data, const att_text_at *at)
{
    gather *g = data;
    json_t *value = json_object_get(at->owner, at->member);
    bool is_plain = !json_is_object(value);
    json_t *source = is_plain ? value : json_object_get(value, g->base);
    json_t *target = is_plain ? NULL : json_object_get(value, g->tag);
    att_text text = { .key = att_arena_text(g->arena, at->key),
                      .owner = at->owner,
                      .member = att_arena_text(g->arena, at->member),
                      .part = ATT_NONE,
                      .source = json_string_value(source),
                      .target = json_string_value(target),
                      .item = at->item };

    add_text(g, &text);
    for (size_t i = 0; json_array_size(source) == 2 && i < 2; i++) {
        text.key =
            att_arena_format(g->arena, "%s/%s", at->key, i == 0 ? "low" : "high");
        text.part = i;
        text.source = json_string_value(json_array_get(source, i));
        text.target = json_string_value(json_array_get(target, i));
        add_text(g, &text);
    }
}

typedef struct keyed {
    const char *key;
    size_t index;
} keyed;

static int compare_keys(const void *a, const void *b)
{
    const keyed *x = a;
    const keyed *y = b;
    int order = strcmp(x->key, y->key);

    return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

static void sort_keys(gather *g, keyed *keys)
{
    for (size_t i = 0; i < g->out.n; i++) {
        keys[i] = (keyed){ g->out.list[i].key, i };
    }
    if (g->out.n > 1) {
        qsort(keys, g->out.n, sizeof keys[0], compare_keys);
    }
}

/* Keys that are equal are told apart by a number: two variants with one condition. */
static void number_twins(gather *g, const keyed *keys)
{
    size_t same = 1;

    for (size_t i = 1; i < g->out.n; i++) {
        same = strcmp(keys[i].key, keys[i - 1].key) == 0 ? same + 1 : 1;
        if (same > 1) {
            g->out.list[keys[i].index].key =
                att_arena_format(g->arena, "%s#%zu", keys[i].key, same);
        }
    }
}

att_texts att_texts_of(att_arena *arena, json_t *root, const char *tag)
{
    json_t *base = json_object_get(json_object_get(root, "languages"), "default");
    gather g = { .arena = arena, .tag = tag };
    keyed *keys;

    g.base = json_is_string(base) ? json_string_value(base) : "";
    att_pretty_each_text(root, visit, &g);
    keys = att_new_n(arena, keyed, g.out.n);
    sort_keys(&g, keys);
    number_twins(&g, keys);
    sort_keys(&g, keys);
    g.out.by_key = att_new_n(arena, size_t, g.out.n);
    for (size_t i = 0; i < g.out.n; i++) {
        g.out.by_key[i] = keys[i].index;
    }
    return g.out;
}

size_t att_texts_find(const att_texts *texts, const char *key)
{
    size_t low = 0;
    size_t high = texts->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(key, texts->list[texts->by_key[middle]].key);

        if (order == 0) {
            return texts->by_key[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return ATT_NONE;
}

json_t *att_texts_language(json_t *root, const char *tag)
{
    json_t *list = json_object_get(json_object_get(root, "languages"), "list");

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        const char *name = json_string_value(json_object_get(one, "tag"));

        if (name != NULL && strcmp(name, tag) == 0) {
            return one;
        }
    }
    return NULL;
}

bool att_texts_is_stale(json_t *language, const char *key)
{
    json_t *stale = json_object_get(language, "stale");

    for (size_t i = 0; i < json_array_size(stale); i++) {
        const char *name = json_string_value(json_array_get(stale, i));

        if (name != NULL && strcmp(name, key) == 0) {
            return true;
        }
    }
    return false;
}
