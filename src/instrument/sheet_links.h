/* sheet_links.h - which items depend on which
 *
 * What:   for each item, the items that its show, its container or its choices need,
 *         those behind scales and derived values included; and the other way round, as
 *         places in inst->order. Two flat tables, so that a change costs what depends
 *         on it.
 */
#ifndef ATTUNE_INSTRUMENT_SHEET_LINKS_H
#define ATTUNE_INSTRUMENT_SHEET_LINKS_H

#include <attune/instrument/sheet.h>

typedef struct att_links {
    size_t *needs;      /* items, one run for each item */
    size_t *needs_from; /* [n_items + 1] where each run begins */
    size_t *places;     /* places in order, one run for each item */
    size_t *places_from;
    bool *is_dirty; /* [n_items] by place in order */
    bool *is_gone;  /* [n_items] a choice of its answer is not offered: its condition
                       does not hold */
} att_links;

att_links *att_links_make(att_arena *arena, const att_instrument *instrument);

/* What an item needs; the places in order of those that need it. */
const size_t *att_links_needs(const att_links *links, size_t item, size_t *n);
const size_t *att_links_places(const att_links *links, size_t item, size_t *n);

#endif
