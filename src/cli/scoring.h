/* scoring.h - scores of all finished responses, worked out and kept
 */
#ifndef ATTUNE_CLI_SCORING_H
#define ATTUNE_CLI_SCORING_H

#include <attune/instrument/norm.h>
#include <attune/store/responses.h>

/* The scored responses to one version of an instrument. */
typedef struct att_scoring_of {
    const char *id;                /* of the instrument */
    const char *digest;            /* of the version */
    att_scored *list;              /* [n] */
    const att_standing **standing; /* [n] of each scale */
    size_t n, room;
    size_t n_scores, n_scales;
    const att_instrument *instrument;
} att_scoring_of;

/* Scores each finished response (to `instrument`, NULL: to any) with its own version and
 * stores the scores, a transaction a version. One att_scoring_of a version. */
att_code att_scoring_run(att_arena *arena, att_store *store, const char *instrument,
                         att_scoring_of **out, size_t *n, att_err *err);

#endif
