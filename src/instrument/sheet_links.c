#include "sheet_links.h"

#include <string.h>

/* Pairs as they are found: item needs other. */
typedef struct finder {
    const att_instrument *instrument;
    size_t item;
    size_t *list; /* [n] */
    size_t n, room;
    size_t start;         /* of this item's run */
    size_t *seen_item;    /* [n_items] item + 1 that last needed it */
    size_t *seen_derived; /* [n_derived] the same */
} finder;

static void note(finder *f, size_t needed)
{
    if (f->seen_item[needed] == f->item + 1) {
        return;
    }
    f->seen_item[needed] = f->item + 1;
    if (f->n == f->room) {
        f->room = f->room == 0 ? 256 : f->room * 2;
        f->list = att_memory_grow(f->list, f->room, sizeof *f->list);
    }
    f->list[f->n++] = needed;
}

/* Derived values need only earlier ones: the recursion ends. */
static void note_expr(finder *f, const att_expr *expr)
{
    size_t n = 0;
    const att_ref *refs = expr == NULL ? NULL : att_expr_refs(expr, &n);

    for (size_t i = 0; i < n; i++) {
        const att_ref *ref = &refs[i];
        if (ref->kind == ATT_REF_ITEM) {
            note(f, ref->index);
        } else if (ref->kind == ATT_REF_SCALE || ref->kind == ATT_REF_SCALE_100) {
            const att_scale *scale = &f->instrument->scales[ref->index];
            for (size_t k = 0; k < scale->n_items; k++) {
                note(f, scale->items[k]);
            }
        } else if (ref->kind == ATT_REF_DERIVED &&
                   f->seen_derived[ref->index] != f->item + 1) {
            f->seen_derived[ref->index] = f->item + 1;
            note_expr(f, f->instrument->derived[ref->index].value);
        }
    }
}

static void find_needs(att_arena *arena, const att_instrument *instrument,
                       att_links *links)
{
    att_arena scratch = { 0 };
    finder f = { .instrument = instrument };

    f.seen_item = att_new_n(&scratch, size_t, instrument->n_items);
    f.seen_derived = att_new_n(&scratch, size_t, instrument->n_derived);
    links->needs_from = att_new_n(arena, size_t, instrument->n_items + 1);
    for (size_t i = 0; i < instrument->n_items; i++) {
        const att_item *item = &instrument->items[i];
        f.item = i;
        links->needs_from[i] = f.n;
        note_expr(&f, item->show);
        note_expr(&f, item->value);
        note_expr(&f, item->choices == NULL ? NULL : item->choices->any);
        if (item->parent != ATT_NONE) {
            note(&f, item->parent);
        }
        if (item->from == ATT_FROM_ITEM) {
            note(&f, item->from_item);
        }
    }
    links->needs_from[instrument->n_items] = f.n;
    links->needs = att_new_n(arena, size_t, f.n);
    if (f.n > 0) {
        memcpy(links->needs, f.list, f.n * sizeof *f.list);
    }
    att_memory_free(f.list);
    att_arena_drop(&scratch);
}

/* Turns the table round: counting sort by what is needed. */
static void turn_round(att_arena *arena, const att_instrument *instrument,
                       att_links *links)
{
    att_arena scratch = { 0 };
    size_t n = instrument->n_items;
    size_t n_pairs = links->needs_from[n];
    size_t *fill = att_new_n(&scratch, size_t, n + 1);

    links->places_from = att_new_n(arena, size_t, n + 1);
    links->places = att_new_n(arena, size_t, n_pairs);
    for (size_t i = 0; i < n_pairs; i++) {
        links->places_from[links->needs[i] + 1]++;
    }
    for (size_t i = 0; i < n; i++) {
        links->places_from[i + 1] += links->places_from[i];
        fill[i] = links->places_from[i];
    }
    for (size_t place = 0; place < n; place++) {
        size_t item = instrument->order[place];
        for (size_t i = links->needs_from[item]; i < links->needs_from[item + 1]; i++) {
            links->places[fill[links->needs[i]]++] = place;
        }
    }
    att_arena_drop(&scratch);
}

att_links *att_links_make(att_arena *arena, const att_instrument *instrument)
{
    att_links *links = att_new(arena, att_links);

    find_needs(arena, instrument, links);
    turn_round(arena, instrument, links);
    links->is_dirty = att_new_n(arena, bool, instrument->n_items);
    links->is_gone = att_new_n(arena, bool, instrument->n_items);
    return links;
}

const size_t *att_links_needs(const att_links *links, size_t item, size_t *n)
{
    *n = links->needs_from[item + 1] - links->needs_from[item];
    return links->needs + links->needs_from[item];
}

const size_t *att_links_places(const att_links *links, size_t item, size_t *n)
{
    *n = links->places_from[item + 1] - links->places_from[item];
    return links->places + links->places_from[item];
}
