/* store.h - what the files of the store share
 */
#ifndef ATTUNE_SRC_STORE_STORE_H
#define ATTUNE_SRC_STORE_STORE_H

#include <attune/base/seal.h>
#include <attune/store/sittings.h>
#include <attune/store/study.h>

#include "db.h"

struct att_store {
    att_db *db;
    char *path;  /* as the caller gave it */
    int sending; /* file descriptor that holds the lock of the outbox; -1: never asked */
};

/* att_store_open with another patience than 5 s. */
att_store *att_store_open_with(const char *path, const att_db_opts *opts, att_err *err);

/* ---- outbox ---- */

/* The row of a response that was just finished; inside its transaction. */
att_code att_outbox_add(att_db *db, const char *response, att_msec at, att_err *err);

/* ---- responses ---- */

/* The header of one response, in arena. *found false when there is none. */
att_code att_responses_header(att_arena *arena, att_db *db, const char *id,
                              att_response *out, bool *found, att_err *err);

/* Whether a response is there and open: ENOTFOUND, EUSAGE. Inside a transaction. */
att_code att_responses_check_open(att_db *db, const char *id, att_err *err);

/* ---- drafts ---- */

/* Takes away the draft of an item, or (NULL) all of a response; inside a transaction. */
att_code att_drafts_drop(att_db *db, const char *response, const char *item,
                         att_err *err);

/* ---- sittings ---- */

/* Writes steps, and the sitting before its first; inside a transaction. *number is the
 * sitting's; att_steps_kept says that the transaction holds. */
att_code att_steps_add(att_db *db, const char *response, const att_steps *steps,
                       long long *number, att_err *err);
void att_steps_kept(const att_steps *steps, long long number);

#endif
