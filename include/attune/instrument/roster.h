/* roster.h - finding one's way in a roster: which item is which entry's
 *
 * What:   answer files give the answers to a roster as a list of objects, one for each
 *         entry, with the ids that stand in the instrument: { "name": "Sam", "trust": 4 }.
 *         Here they become entries and items.
 */
#ifndef ATTUNE_INSTRUMENT_ROSTER_H
#define ATTUNE_INSTRUMENT_ROSTER_H

#include <attune/instrument/instrument.h>

/* The roster of that id, or NULL. */
const att_roster *att_roster_find(const att_instrument *instrument, const char *id);

/* The entry that an object with these keys is for, from 1, and marks it as taken: the
 * next free one of the list of names that a key is the id of, else the next free one.
 * 0 when none is free. is_taken: [roster->n]. */
size_t att_roster_claim(const att_instrument *instrument, const att_roster *roster,
                        const char *const *keys, size_t n_keys, bool *is_taken);

/* The item of an entry that has this id in the file; the id of a list of names stands
 * for the name. ATT_NONE when there is none. */
size_t att_roster_item(const att_instrument *instrument, const att_roster *roster,
                       size_t entry, const char *id);

/* What a name means in the words of an item of an entry or a pair: the same entry's
 * item, or the text that names the entry ("alter"; of a pair "alter_i", "alter_j").
 * ATT_NONE when it is none of these. */
size_t att_roster_meant(const att_instrument *instrument, const att_item *owner,
                        const char *name);

/* The id of an item as it stands in the file. */
const char *att_item_name(const att_item *item);

/* Whether a roster made the item's condition, and so nobody wrote it. */
bool att_roster_made(const att_item *item);

#endif
