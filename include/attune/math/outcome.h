/* outcome.h - how a computation ended: a result, not an error
 */
#ifndef ATTUNE_MATH_OUTCOME_H
#define ATTUNE_MATH_OUTCOME_H

typedef enum att_outcome {
    ATT_OUTCOME_OK = 0,   /* converged, or needed no iteration */
    ATT_OUTCOME_TOO_FEW,  /* too few rows or columns */
    ATT_OUTCOME_CONSTANT, /* a column (or the total) does not vary */
    ATT_OUTCOME_SINGULAR, /* a matrix has no inverse */
    ATT_OUTCOME_BOUNDARY, /* at the edge of what is allowed */
    ATT_OUTCOME_STOPPED   /* out of iterations */
} att_outcome;

/* "too few rows" and so on, for messages. */
const char *att_outcome_name(att_outcome outcome);

#endif
