/* items.h - one item of one language, worked out
 */
#ifndef ATTUNE_REPORT_ITEMS_H
#define ATTUNE_REPORT_ITEMS_H

#include "parts.h"

#include <attune/psych/describe.h>

#define ATT_MOST_ANSWERS 7 /* a chart of answers has colours for so many */

typedef struct att_item_facts {
    const att_part_item *item;
    size_t n;           /* with a value */
    size_t n_all;       /* rows of the group */
    size_t n_asked;     /* not hidden from them by a condition */
    size_t n_missing;   /* asked, no value, and not "does not apply" */
    size_t n_not_apply; /* -7 */
    size_t n_reason[ATT_N_REASONS];
    att_describe about;      /* of the keyed values */
    const size_t *count;     /* [n_codes] answers to each code, keyed: low to high */
    size_t n_codes;          /* 0: a number without codes */
    double item_rest, max_r; /* NaN where the item is in no reflective scale */
} att_item_facts;

/* What may be shown of who gave no answer. Answered, missing, "does not apply" and not
 * asked add up to a number that is known. */
typedef struct att_item_cells {
    att_val n, missing, not_apply;
} att_item_cells;

att_item_cells att_items_cells(att_parts *parts, const att_item_facts *facts);

/* Facts of every item of parts, in their order, over the rows of a group. */
att_item_facts *att_items_of(att_parts *parts, const att_group *group);

/* The chart of missing answers by reason, of all languages. */
void att_items_missing(att_parts *parts);

/* The charts of answers, a set of choices each. True where small groups of answers were
 * merged or hidden in a set: then an item's floor and ceiling stay hidden too. */
void att_items_answers(att_parts *parts, const att_item_facts *facts, bool *is_merged);

#endif
