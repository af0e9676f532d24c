/* sittings.h - how interviews went, kept beside the journal
 *
 * Steps are written with the next entry, in its transaction (att_responses_append_with),
 * so they cost no commit of their own; those after the last entry when the sitting ends.
 * A program that dies loses steps that led to no entry, and no others.
 */
#ifndef ATTUNE_STORE_SITTINGS_H
#define ATTUNE_STORE_SITTINGS_H

#include <attune/instrument/sitting.h>
#include <attune/store/responses.h>

/* A sitting that goes on. Its own steps are not looked at. */
typedef struct att_sitting_log {
    att_sitting sitting;
    long long number; /* 0 until its first steps are kept */
    size_t n_kept;    /* steps that are kept */
} att_sitting_log;

/* Steps that come next in a sitting. */
typedef struct att_steps {
    att_sitting_log *log;
    const att_step *list; /* [n] */
    size_t n;
} att_steps;

/* att_responses_append that keeps steps in the same transaction. */
att_code att_responses_append_with(att_store *store, const char *id,
                                   const att_entry *entry, const att_steps *steps,
                                   att_err *err);

/* Steps alone, in one transaction; nothing when there are none. */
att_code att_sittings_add(att_store *store, const char *response,
                          const att_steps *steps, att_err *err);

/* All sittings of a response with their steps, in order. */
att_code att_sittings_read(att_arena *arena, att_store *store, const char *response,
                           att_sitting **out, size_t *n, att_err *err);

#endif
