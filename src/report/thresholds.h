/* thresholds.h - every number by which a report judges, with its source
 *
 * One table, so that a report can print what it judged by and a change is made once.
 */
#ifndef ATTUNE_REPORT_THRESHOLDS_H
#define ATTUNE_REPORT_THRESHOLDS_H

typedef enum att_limit {
    ATT_LIMIT_ALPHA_GROUP = 0, /* least alpha for comparing groups */
    ATT_LIMIT_ALPHA_PERSON,    /* least alpha for deciding about one person */
    ATT_LIMIT_ALPHA_REDUNDANT, /* above it items may repeat each other */
    ATT_LIMIT_ITEM_REST,       /* least item-rest correlation */
    ATT_LIMIT_ITEM_PAIR,       /* above it two items may be one */
    ATT_LIMIT_MISSING,         /* largest share without an answer */
    ATT_LIMIT_EXTREME,         /* largest share at the floor or the ceiling */
    ATT_LIMIT_UNUSED,          /* an answer chosen by a smaller share is unused */
    ATT_LIMIT_FLAG_ROWS,       /* least answers from which an item is flagged */
    ATT_LIMIT_LEVEL,           /* of intervals */
    ATT_N_LIMITS
} att_limit;

typedef struct att_threshold {
    const char *name; /* "alpha, comparing groups" */
    double value;
    const char *source; /* author and year, or "attune" where it is our choice */
} att_threshold;

const att_threshold *att_threshold_of(att_limit limit);
double att_limit_value(att_limit limit);

#endif
