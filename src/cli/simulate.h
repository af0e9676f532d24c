/* simulate.h - respondents from a stated measurement model, or walking at random
 *
 * Model:  docs/SIMULATE.md. Each scale has a latent variable; the latent variables of a
 *         person share a common one; roles and sites shift the common one. A pick-one
 *         item of a scale is cut from loading x latent + noise at even quantiles of the
 *         normal distribution (a reversed item from the other end); other items are
 *         drawn evenly. A small share of answers is a reason instead.
 * Walk:   every answer that a question takes is drawn evenly: marks, numbers, reasons.
 * Pure:   the same seed gives the same responses.
 */
#ifndef ATTUNE_CLI_SIMULATE_H
#define ATTUNE_CLI_SIMULATE_H

#include <attune/base/error.h>
#include <attune/instrument/sheet.h>

/* A name with a number: a role and its mean, an item and its loading. */
typedef struct att_model_term {
    const char *name;
    double value;
} att_model_term;

typedef struct att_model_terms {
    const att_model_term *list; /* [n] */
    size_t n;
} att_model_terms;

typedef struct att_respondents {
    double common;                    /* share of a latent's variance that all share */
    double centre;                    /* mean of the common latent, in SD */
    double loading_low, loading_high; /* run evenly over the items of a scale */
    double refused, not_applicable, skipped; /* shares of answers */
    att_model_terms roles, sites; /* taken in turn, with shifts of the common latent */
    att_model_terms scales;       /* means of their latents beside the common one */
    att_model_terms items;        /* loadings that are not the usual ones */
} att_respondents;

/* The usual model, with the roles that the instrument is meant for; without, or without
 * sites, those that have no name. */
att_respondents att_respondents_usual(att_arena *arena,
                                      const att_instrument *instrument);

/* The model of a file, "attune-model/1"; what it does not say is as usual. */
att_code att_respondents_read(att_arena *arena, const char *path,
                              const att_instrument *instrument, att_respondents *out,
                              att_err *err);

typedef struct att_simulation {
    const att_instrument *instrument;
    const att_setting *settings;
    size_t n_settings;
    const att_respondents *model;
    bool is_walk;       /* at random instead; of the model only roles and sites count */
    const char *people; /* how their codes begin: "P" */
    const char *wave;
    unsigned long long seed;
    att_msec start; /* UTC of the first interview */
} att_simulation;

/* Respondent i (from 0) as a response: each answer went through a session's own steps,
 * so branching, ranges and reasons are those of a real interview. Finished, declined,
 * or left at a question that takes none of many answers. */
att_response *att_simulate_response(att_arena *arena, const att_simulation *simulation,
                                    size_t i);

#endif
