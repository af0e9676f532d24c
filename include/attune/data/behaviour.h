/* behaviour.h - how each question was answered: when, how long, how often changed
 *
 * What:   a row a question that was shown or answered, from the journal and the sittings.
 * Output: tidy CSV; docs/EXPORT.md, "Paradata". No answer stands in it, and no item that
 *         identifies.
 */
#ifndef ATTUNE_DATA_BEHAVIOUR_H
#define ATTUNE_DATA_BEHAVIOUR_H

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/sitting.h>

typedef struct att_behaviour {
    const char *response, *item; /* ids */
    att_msec first_shown;        /* UTC; 0: not known */
    att_msec answered;           /* UTC, of the last answer; 0: none */
    att_msec time;               /* ms that it was on the screen, all visits */
    size_t changes;              /* answers after the first */
    size_t visits;               /* times that it came on the screen; 0: not known */
    size_t back_steps;           /* steps back from it */
    size_t not_taken;            /* answers to it that were not taken */
    const char *face, *language; /* where it was shown first; "" */
    int columns, rows;           /* of that window; 0: not known */
} att_behaviour;

/* Rows in the order of the instrument. Sittings may be none: then only the journal's
 * columns are known. */
att_behaviour *att_behaviour_of(att_arena *arena, const att_instrument *instrument,
                                const att_response *response,
                                const att_sitting *sittings, size_t n_sittings,
                                size_t *n);

/* The header, and rows below it, as CSV. */
void att_behaviour_write_header(att_buf *out);
void att_behaviour_write(att_buf *out, const att_behaviour *rows, size_t n);

#endif
