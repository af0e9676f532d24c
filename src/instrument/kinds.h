/* kinds.h - the members of the list of kinds, and what they share
 */
#ifndef ATTUNE_INSTRUMENT_KINDS_H
#define ATTUNE_INSTRUMENT_KINDS_H

#include <attune/instrument/kind.h>

extern const att_kind att_kind_note;
extern const att_kind att_kind_one;
extern const att_kind att_kind_many;
extern const att_kind att_kind_rank;
extern const att_kind att_kind_grid;
extern const att_kind att_kind_integer;
extern const att_kind att_kind_decimal;
extern const att_kind att_kind_text;
extern const att_kind att_kind_date;
extern const att_kind att_kind_time;
extern const att_kind att_kind_datetime;
extern const att_kind att_kind_vas;
extern const att_kind att_kind_calc;
extern const att_kind att_kind_consent;
extern const att_kind att_kind_page;
extern const att_kind att_kind_group;
extern const att_kind att_kind_roster;

/* What a roster is made of; nobody writes these kinds, so the list has them not. */
extern const att_kind att_kind_names;
extern const att_kind att_kind_entry;

/* A refusal with its numbers open (NaN). text is not copied. */
att_refusal att_refusal_make(att_refusal_code code, const char *text);

/* The choice of an offer with a code, ATT_NONE when there is none; why such a code is not
 * taken; the choice whose number stands in the first n bytes. */
size_t att_offer_code(const att_offer *offer, double code);
att_refusal att_refusal_code_of(att_arena *arena, double code);
size_t att_offer_typed(const att_offer *offer, const char *typed, size_t n);

/* No refusal. */
att_refusal att_refusal_none(void);

/* What was typed without blanks at both ends, in arena. */
char *att_typed_trim(att_arena *arena, const char *typed);

#endif
