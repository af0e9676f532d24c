/* score.h - answers to scale scores, by the instrument's own rules
 *
 * Rules:  docs/FORMAT.md, "Scoring". Reverse: (low + high) - x. Mean of the valid
 *         answers when there are at least min_valid; else missing. Codes of missing
 *         answers are never reversed or counted. A weighted score adds weight x answer;
 *         an expression is worked out over the answers as they were given.
 */
#ifndef ATTUNE_INSTRUMENT_SCORE_H
#define ATTUNE_INSTRUMENT_SCORE_H

#include <attune/instrument/sheet.h>

typedef struct att_score {
    const char *id; /* scale or derived value */
    bool is_derived;
    size_t n_valid, n_items; /* answers used and possible; 0, 0 for a derived value */
    double value;            /* NaN: missing, or not yet allowed (needs) */
    double value_100;        /* 0 to 100; NaN where missing, derived, or of no range */
} att_score;

/* Keyed value of item k of a scale (reversed where it is), NaN where not valid. */
double att_score_keyed(const att_scale *scale, size_t k, const att_answer *answer);

/* One scale; one derived value. */
att_score att_score_scale(const att_sheet *sheet, size_t scale);
att_score att_score_derived(const att_sheet *sheet, size_t derived);

/* All scales, then all derived values: [n_scales + n_derived] in arena. */
att_score *att_score_all(att_arena *arena, const att_sheet *sheet);

/* SHA-256 of the rule as text (items, keys, scoring, min_valid, range, or the
 * expression): stored beside a score. out has ATT_DIGEST_HEX bytes. */
void att_score_rule_digest(const att_instrument *instrument, const char *id, char *out);

#endif
