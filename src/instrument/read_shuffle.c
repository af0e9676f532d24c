/* read_shuffle.c - nothing may be shown before that which it needs
 *
 * Where a container shows what it holds in an order of its own, a condition, choices or
 * a text must not look at a question that may come later. What a calc or a score needs
 * is needed too.
 */
#include "reader.h"

#include <string.h>

#include <attune/instrument/roster.h>

#include "sheet_links.h"
#include "shuffle.h"

/* Looks at one item. */
typedef struct look {
    att_reader *r;
    const att_links *links;
    size_t item;
    size_t *seen; /* [n_items] item + 1 that looked at it last */
    size_t *path; /* [n_items] calcs that are still to be followed */
    size_t n_path;
    bool is_text; /* what is looked at now are its words */
    bool is_found;
} look;

/* The child of a container that holds an item, or is it; with a text that a choice opens,
 * the question before it. */
static size_t block_of(const att_item *items, size_t container, size_t item)
{
    while (items[item].parent != container) {
        item = items[item].parent;
    }
    while (items[item].is_other) {
        item--;
        while (items[item].parent != container) {
            item = items[item].parent;
        }
    }
    return item;
}

/* The first and the last place that a block of a container may come to. */
static void places_of(const att_reader *r, size_t container, size_t block,
                      size_t *first, size_t *last)
{
    const att_item *items = r->items;
    size_t place = 0;
    bool is_any = false;

    *first = *last = 0;
    for (size_t i = container + 1; i < items[container].end;
         i = att_block_end(items, r->n_items, i), place++) {
        if (i == block && items[i].is_fixed) {
            *first = *last = place;
            return;
        }
        if (!items[i].is_fixed) {
            *first = is_any ? *first : place;
            *last = place;
            is_any = true;
        }
    }
}

static bool is_in(const att_reader *r, size_t container, size_t item)
{
    return item > container && item < r->items[container].end;
}

static void find(look *l, size_t container, size_t needed)
{
    const att_item *item = &l->r->items[l->item];
    att_spot at = att_spot_text(item->pointer);
    att_spot spot = att_spot_key(&at, l->is_text                  ? "text"
                                      : item->from_item == needed ? "choices"
                                      : item->show == NULL        ? "choices"
                                                                  : "show");

    l->is_found = true;
    if (item->is_copy) {
        return; /* the first entry's has been found */
    }
    att_reader_find(
        l->r, "L106", item->is_other ? &at : &spot,
        "put the two into a group, or write \"fixed\" where they must stay",
        "\"%s\" needs \"%s\", which may come after it: \"%s\" has an order of "
        "its own",
        att_item_name(item), att_item_name(&l->r->items[needed]),
        att_item_name(&l->r->items[container]));
}

/* Whether a container around both may show the item first. */
static void compare(look *l, size_t needed)
{
    const att_item *items = l->r->items;
    size_t box = items[l->item].parent;

    for (; !l->is_found && box != ATT_NONE; box = items[box].parent) {
        size_t here, there, first, last, ignored;

        if (items[box].shuffle == ATT_ORDER_GIVEN || !is_in(l->r, box, needed)) {
            continue;
        }
        here = block_of(items, box, l->item);
        there = block_of(items, box, needed);
        if (here == there) {
            continue;
        }
        places_of(l->r, box, here, &first, &ignored);
        places_of(l->r, box, there, &ignored, &last);
        if (last >= first) {
            find(l, box, needed);
        }
    }
}

static void need(look *l, size_t needed)
{
    if (l->seen[needed] == l->item + 1) {
        return;
    }
    l->seen[needed] = l->item + 1;
    if (l->r->items[needed].kind->shape == ATT_SHAPE_CALC) {
        l->path[l->n_path++] = needed;
    } else if (l->r->items[needed].kind->shape != ATT_SHAPE_CONTAINER) {
        compare(l, needed);
    }
}

static void need_all(look *l, size_t item)
{
    size_t n = 0;
    const size_t *needs = att_links_needs(l->links, item, &n);

    for (size_t i = 0; i < n && !l->is_found; i++) {
        need(l, needs[i]);
    }
}

/* What calcs need, that were met on the way. */
static void follow(look *l)
{
    while (l->n_path > 0) {
        need_all(l, l->path[--l->n_path]);
    }
}

/* An item or a token between braces. */
static void need_named(look *l, const char *name)
{
    const att_instrument *in = l->r->out;
    size_t item = att_roster_meant(in, &in->items[l->item], name);

    if (item == ATT_NONE) {
        item = att_instrument_item(in, name);
    }
    for (size_t i = 0; i < in->n_tokens; i++) {
        if (strcmp(in->tokens[i].id, name) == 0) {
            item = in->tokens[i].item;
        }
    }
    if (item != ATT_NONE && !l->is_found) {
        need(l, item);
    }
}

static void need_piped(look *l, const att_wording *text)
{
    const char *p = text->in == NULL ? NULL : text->in[l->r->out->language];

    while (p != NULL && (p = strchr(p, '{')) != NULL) {
        size_t n = strcspn(p + 1, "{}:");
        char *name = att_arena_text_n(l->r->scratch, p + 1, n);

        if (name[0] >= 'A' && name[0] <= 'Z') {
            name[0] = (char)(name[0] - 'A' + 'a');
        }
        need_named(l, name);
        p += n + 1 + (n == 0 ? 1 : 0);
    }
}

static bool is_shuffled(const att_item *items, size_t item)
{
    size_t box = items[item].parent;

    while (box != ATT_NONE && items[box].shuffle == ATT_ORDER_GIVEN) {
        box = items[box].parent;
    }
    return box != ATT_NONE;
}

void att_shuffle_check(att_reader *r)
{
    look l = { .r = r };
    size_t n = r->n_items;

    for (size_t i = 0; i < n; i++) {
        if (r->items[i].kind->shape == ATT_SHAPE_CALC || !is_shuffled(r->items, i)) {
            continue; /* a calc is never shown */
        }
        if (l.links == NULL) {
            l.links = att_links_make(r->scratch, r->out);
            l.seen = att_new_n(r->scratch, size_t, n);
            l.path = att_new_n(r->scratch, size_t, n);
        }
        l.item = i;
        l.is_found = l.is_text = false;
        need_all(&l, i);
        follow(&l);
        l.is_text = true;
        need_piped(&l, &r->items[i].text);
        follow(&l);
    }
}
