/* norm.h - where a score stands: among a population, and in words
 *
 * What:   the norms that hold for a person, and the band of a score. Both speak about one
 *         person, so they are given only by an instrument whose status is `validated`.
 * Norms:  T is 50 + 10 (x - mean) / SD, or read from the table, as percentiles are;
 *         between two rows on the straight line, outside the table not at all.
 * Format: docs/FORMAT.md, "Norms and bands".
 */
#ifndef ATTUNE_INSTRUMENT_NORM_H
#define ATTUNE_INSTRUMENT_NORM_H

#include <attune/instrument/score.h>

typedef struct att_standing {
    bool is_withheld; /* there are norms or bands, but not for an unvalidated measure */
    const att_band *band; /* NULL: none, or the score is missing or below the first */
    const att_norm *norm[ATT_N_METRICS]; /* that hold for this person; NULL: none */
    double normed[ATT_N_METRICS]; /* NaN: no norm, a missing score, or one outside
                                            the table */
} att_standing;

/* A score by one table. */
double att_norm_of(const att_norm *norm, double score);

/* How the score of a scale stands. Its parts belong to the instrument. */
att_standing att_standing_of(const att_sheet *sheet, size_t scale,
                             const att_score *score);

#endif
