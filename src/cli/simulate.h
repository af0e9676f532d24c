/* simulate.h - respondents from a stated measurement model
 *
 * Model:  docs/METHODS.md, "The simulated study". Each scale has a latent variable; the
 *         latent variables of a person correlate .5 through a common one; roles and
 *         sites shift the common one. A pick-one item of a scale is cut from
 *         loading x latent + noise at even quantiles of the normal distribution (a
 *         reversed item from the other end); other items are drawn evenly. A small
 *         share of answers is a reason instead.
 * Pure:   the same seed gives the same responses.
 */
#ifndef ATTUNE_CLI_SIMULATE_H
#define ATTUNE_CLI_SIMULATE_H

#include <attune/instrument/sheet.h>

typedef struct att_simulation {
    const att_instrument *instrument;
    const att_setting *settings;
    size_t n_settings;
    const char *const *roles; /* [n_roles] taken in turn */
    size_t n_roles;
    const char *const *sites; /* [n_sites] */
    size_t n_sites;
    const char *wave;
    unsigned long long seed;
    att_msec start; /* UTC of the first interview */
} att_simulation;

/* Respondent i (from 0) as a finished response: each answer went through a session's own
 * steps, so branching, ranges and reasons are those of a real interview. */
att_response *att_simulate_response(att_arena *arena, const att_simulation *simulation,
                                    size_t i);

#endif
