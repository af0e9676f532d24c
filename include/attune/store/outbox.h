/* outbox.h - finished responses that are to be sent, once each
 *
 * A row is written by the transaction that finishes a response. Its key (record, form,
 * wave, instance) is fixed then, before the first try: the record is the person's code,
 * or the response's id when it is anonymous. A second finished response of one person
 * to one form and wave is held as a conflict (a person may free it; where the form
 * repeats on the server it gets the next instance).
 */
#ifndef ATTUNE_STORE_OUTBOX_H
#define ATTUNE_STORE_OUTBOX_H

#include <attune/store/study.h>

typedef enum att_outbox_state {
    ATT_OUTBOX_PENDING = 0,
    ATT_OUTBOX_UNKNOWN, /* sent, and nobody knows whether it arrived: look first */
    ATT_OUTBOX_DONE,
    ATT_OUTBOX_REFUSED, /* the server says why */
    ATT_OUTBOX_CONFLICT /* a person must choose */
} att_outbox_state;

const char *att_outbox_state_name(att_outbox_state state);

typedef struct att_outbox_row {
    const char *response; /* id */
    const char *instrument, *digest;
    const char *record; /* key on the server, fixed */
    const char *form; /* id of the instrument; the server's form name is the codec's */
    const char *wave, *site;
    int instance; /* 0: the form does not repeat */
    att_outbox_state state;
    int n_tries;
    const char *note; /* why it is not done: field, value, message; or "" */
} att_outbox_row;

/* Rows in a state (-1: all), in order of finish. */
att_code att_outbox_list(att_arena *arena, att_store *store, int state,
                         att_outbox_row **out, size_t *n, att_err *err);

/* Moves rows to a state, one transaction for all. note may be NULL. tries are counted
 * when the new state is UNKNOWN (marked before a request leaves). */
typedef struct att_outbox_move {
    const char *response;
    att_outbox_state state;
    const char *note;
} att_outbox_move;
att_code att_outbox_move_all(att_store *store, const att_outbox_move *moves, size_t n,
                             att_msec now, att_err *err);

/* Gives a held row the next free instance and makes it pending. */
att_code att_outbox_number(att_store *store, const char *response, att_msec now,
                           att_err *err);

typedef struct att_outbox_count {
    size_t n[5]; /* by state */
} att_outbox_count;
att_code att_outbox_count_all(att_store *store, att_outbox_count *out, att_err *err);

/* Held while sending: one writer a study. EBUSY when another process sends. */
typedef struct att_outbox_lock att_outbox_lock;
att_outbox_lock *att_outbox_lock_open(att_store *store, att_err *err);
void att_outbox_lock_close(att_outbox_lock *lock);

#endif
