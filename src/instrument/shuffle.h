/* shuffle.h - in which order items and choices are shown to one person
 *
 * What:   an order of 0 to n - 1, made of the seed of a session and of the id of what is
 *         put in order: the same for ever, on every machine, in every face.
 * Random: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
 *         generators", OOPSLA, figure 17); its state begins at seed + FNV-1a (64 bits) of
 *         the id. A number below n is a draw modulo n; draws of which modulo would not be
 *         even are drawn again. Orders after Fisher and Yates, from the last to the first
 *         (Durstenfeld 1964, CACM algorithm 235).
 * Balanced: rows of a Williams design (Williams 1949, "Experimental designs balanced for
 *         the estimation of residual effects of treatments"): each at each place as
 *         often, each before each other as often. Of n even n rows, of n odd 2n; the row
 *         is the seed modulo their number.
 * Format: docs/FORMAT.md, "Order".
 */
#ifndef ATTUNE_INSTRUMENT_SHUFFLE_H
#define ATTUNE_INSTRUMENT_SHUFFLE_H

#include <attune/instrument/instrument.h>

/* The next draw; *state is the generator. */
unsigned long long att_shuffle_draw(unsigned long long *state);

/* What stands at each place: out [n]. Those that are fixed (may be NULL: none) stay where
 * they are; the others share the remaining places. */
void att_shuffle(att_arena *scratch, att_order order, unsigned long long seed,
                 const char *id, const bool *is_fixed, size_t n, size_t *out);

/* The items in the order in which they are shown: shown [n_items]. What stands in a
 * container stays together, and the text that a choice opens behind its question. */
void att_shuffle_items(const att_instrument *instrument, unsigned long long seed,
                       size_t *shown);

/* Where the block ends that begins with an item: behind all that it holds, and the texts
 * that its choices open. */
size_t att_block_end(const att_item *items, size_t n_items, size_t item);

#endif
