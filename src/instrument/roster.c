#include <attune/instrument/roster.h>

#include <string.h>

#include "kinds.h"

const att_roster *att_roster_find(const att_instrument *instrument, const char *id)
{
    size_t item = att_instrument_item(instrument, id);

    return item != ATT_NONE && instrument->items[item].kind == &att_kind_roster
               ? instrument->items[item].roster
               : NULL;
}

static bool is_among(const char *const *keys, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(keys[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* The id of the list that an entry's name stands in, or NULL. */
static const char *list_of(const att_instrument *instrument, const att_roster *roster,
                           size_t entry)
{
    return roster->has_lists ? instrument->items[roster->names[entry - 1]].base : NULL;
}

size_t att_roster_claim(const att_instrument *instrument, const att_roster *roster,
                        const char *const *keys, size_t n_keys, bool *is_taken)
{
    size_t free_one = 0;

    for (size_t entry = roster->n; entry > 0; entry--) {
        const char *list = list_of(instrument, roster, entry);

        if (!is_taken[entry - 1] && list != NULL && is_among(keys, n_keys, list)) {
            free_one = entry;
        }
    }
    for (size_t entry = 1; free_one == 0 && entry <= roster->n; entry++) {
        free_one = is_taken[entry - 1] ? 0 : entry;
    }
    if (free_one > 0) {
        is_taken[free_one - 1] = true;
    }
    return free_one;
}

size_t att_roster_item(const att_instrument *instrument, const att_roster *roster,
                       size_t entry, const char *id)
{
    const char *list = list_of(instrument, roster, entry);
    size_t box = roster->entries[entry - 1];

    if (list != NULL && strcmp(list, id) == 0) {
        return roster->names[entry - 1];
    }
    for (size_t i = box + 1; i < instrument->items[box].end; i++) {
        if (strcmp(instrument->items[i].base, id) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

/* The item of the same entry or pair that has this id in the file. */
static size_t sibling_of(const att_instrument *instrument, const att_item *owner,
                         const char *name)
{
    const att_roster *roster = owner->roster;
    size_t box = (size_t)(owner - instrument->items);

    while (instrument->items[box].parent != roster->item) {
        box = instrument->items[box].parent;
    }
    for (size_t i = box + 1; owner->slot == 0 && i < instrument->items[box].end; i++) {
        if (strcmp(instrument->items[i].base, name) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_roster_meant(const att_instrument *instrument, const att_item *owner,
                        const char *name)
{
    const att_roster *roster = owner->roster;
    bool is_pair = owner->partner > 0;
    size_t found = ATT_NONE;

    if (roster == NULL || owner->entry == 0) {
        return ATT_NONE;
    }
    found = sibling_of(instrument, owner, name);
    if (found != ATT_NONE || roster->names == NULL) {
        return found;
    }
    if (strcmp(name, is_pair ? "alter_i" : "alter") == 0) {
        return roster->names[owner->entry - 1];
    }
    return is_pair && strcmp(name, "alter_j") == 0 ? roster->names[owner->partner - 1]
                                                   : ATT_NONE;
}

const char *att_item_name(const att_item *item)
{
    return item->base == NULL ? item->id : item->base;
}

bool att_roster_made(const att_item *item)
{
    return item->kind == &att_kind_entry || item->slot > 0;
}
