/* dialect_lose.h - what writers of all dialects share: what no other program has a
 * place for, and what choices and tokens come down to
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_LOSE_H
#define ATTUNE_INSTRUMENT_DIALECT_LOSE_H

#include <attune/instrument/dialect.h>

/* Reports the keys and words of an item that stay behind: warn, soft, tier, vis, fn,
 * code, brief, variants, what is written for interviewers. row is that of the item. */
void att_lose_keys(att_losses *losses, size_t row, const att_instrument *instrument,
                   size_t index);

/* That an item, or some of its choices, keep their places; and when choices are offered. */
void att_lose_fixed(att_losses *losses, size_t row, const att_instrument *instrument,
                    const att_item *item);

/* What concerns the whole instrument, but for the keys in the NULL-ended list. */
void att_lose_whole(att_losses *losses, const att_instrument *instrument,
                    const char *const *carried);

/* The words of reasons that are offered everywhere. */
void att_lose_reasons(att_losses *losses, const att_instrument *instrument);

/* Whether its form in REDCap has a name of its own, unlike its id. */
bool att_has_own_form(const att_instrument *instrument);

/* What is said about a language. */
void att_lose_language(att_losses *losses, const att_instrument *instrument,
                       size_t index);

/* The order in which choices or items come, when it is not the given one. */
void att_lose_order(att_losses *losses, size_t row, const att_item *item);

/* The set that an item's choices come from, also by way of other items; or NULL. */
const att_choices *att_set_behind(const att_instrument *instrument,
                                  const att_item *item);

/* What a token falls back on when nothing is known; NULL when it is no token. */
const char *att_token_fallback(const att_instrument *instrument, const char *name,
                               size_t language);

#endif
