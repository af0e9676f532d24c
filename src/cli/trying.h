/* trying.h - faults made in an instrument, and which of them its check and tests notice
 */
#ifndef ATTUNE_CLI_TRYING_H
#define ATTUNE_CLI_TRYING_H

#include <attune/base/json.h>

#include "mutants.h"
#include "testing.h"

typedef struct att_tally {
    size_t n_made, n_checked, n_tested; /* noticed by check; by a test */
    size_t n_equal; /* of the others: changes that make no difference, proved */
} att_tally;

typedef struct att_unnoticed {
    const char *instrument;
    att_fault fault;
    const char *what;
} att_unnoticed;

typedef struct att_tried {
    att_arena *arena;
    unsigned long long seed;
    att_tally by_fault[ATT_N_FAULTS];
    att_unnoticed *list; /* [n] */
    size_t n, room;
} att_tried;

/* Makes every fault in the instrument of a file. A fault is noticed by check when it
 * finds an error, or a warning that it does not find in the file as it is; by the tests
 * when one of them fails. */
att_code att_tried_add(att_tried *tried, const char *path,
                       const att_trials *const *trials, size_t n_trials, att_err *err);

/* The share that was noticed of those that make a difference, as far as that is known,
 * 0 to 1; NaN when there were none. */
double att_tried_share(const att_tried *tried);

/* A table by fault, then what went unnoticed; the same as JSON. */
void att_tried_write(att_buf *out, const att_tried *tried);
void att_tried_json(att_json_out *out, const att_tried *tried);

#endif
