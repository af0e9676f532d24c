/* paths.h - every way through an instrument: what can be asked, and what cannot
 *
 * What:   conditions are put into groups that share items; every combination of answers
 *         of a group is tried, when there are at most ATT_PATHS_MOST. Numbers and codes
 *         are cut at the constants that they are compared with, since all answers between
 *         two of them make the same of every condition. What is larger, or cannot be cut
 *         (texts taken apart, today, scores, choices of a study), is not proved, and
 *         named; it is then taken to hold or not as it likes, so that what is said of the
 *         rest is true all the same.
 * Source: docs/FORMAT.md, "Every way through".
 */
#ifndef ATTUNE_INSTRUMENT_PATHS_H
#define ATTUNE_INSTRUMENT_PATHS_H

#include <attune/instrument/instrument.h>

#define ATT_PATHS_MOST  1000000  /* combinations of one group */
#define ATT_PATHS_TOTAL 20000000 /* of all groups: some seconds */

/* A condition: of an item, a token or a variant. */
typedef struct att_condition {
    const char *pointer; /* of the expression */
    size_t item;         /* whose "show" it is, or ATT_NONE */
    bool of_choices;     /* not its "show": that one of its choices is offered */
    bool is_proved;
    bool can_hold;   /* in some way; true where nothing is proved */
    bool can_fail;   /* be false or unknown in some way; the same */
    const char *why; /* not proved: "it uses a score"; else "" */
} att_condition;

/* What the ways through leave of a scale. Bounds: where conditions and answers hang
 * together, the true range may be narrower. */
typedef struct att_score_reach {
    const char *id; /* of the scale */
    size_t scale;
    size_t least, most; /* of its items that are asked on one way */
    size_t least_some;  /* the same over ways that ask any of them; 0: none does */
    bool has_range;     /* false: no way gives a score, or its rule is an expression */
    double low, high;   /* of the score */
} att_score_reach;

typedef struct att_paths {
    const att_condition *conditions; /* [n_conditions] */
    size_t n_conditions, n_unproved;
    const bool *can_ask; /* [n_items] whether some way asks or shows it */
    size_t n_groups, n_items;
    size_t n_ways;      /* combinations that were tried */
    size_t least, most; /* questions on one way */
    double typical;     /* the mean when each kind of answer is equally likely */
    bool is_exact;      /* all groups were tried whole, so least and most are met */
    double minutes[3];  /* least, typical, most; 0 where no minutes are stated */
    const att_score_reach *scores; /* [n_scores] of each scale */
    size_t n_scores;
} att_paths;

/* Everything lives in arena. Cannot fail. */
att_paths att_paths_of(att_arena *arena, const att_instrument *instrument);

/* The same with at most so many combinations in all: what would need more is not
 * proved. */
#define ATT_PATHS_QUICK 20000 /* some milliseconds: before an interview */
att_paths att_paths_within(att_arena *arena, const att_instrument *instrument,
                           size_t total);

/* Whether two conditions over an instrument (NULL: one that always holds) are true,
 * false and unknown in the same cases, whatever is answered and not answered. True only
 * where that is proved, by at most ATT_SAME_MOST combinations. */
#define ATT_SAME_MOST 100000
bool att_paths_same(const att_instrument *instrument, const att_expr *one,
                    const att_expr *other);

#endif
