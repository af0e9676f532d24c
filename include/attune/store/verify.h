/* verify.h - does the study hold together?
 */
#ifndef ATTUNE_STORE_VERIFY_H
#define ATTUNE_STORE_VERIFY_H

#include <attune/store/study.h>

typedef struct att_verify {
    bool database_holds;     /* integrity_check and foreign_key_check */
    char database_says[240]; /* the first complaint, or "" */
    bool chain_holds;
    long long n_entries;  /* in the journal */
    long long n_erased;   /* of them, whose answers were erased */
    long long broken_at;  /* number of the first broken entry, from 1; 0: none, or
                                  no entry but the session itself is broken */
    char broken_how[240]; /* "was changed after it was written", "is missing", ... */
    char session[ATT_ID_SIZE]; /* of the broken entry, or "" */
    char item[64];
    char at[ATT_STAMP_SIZE];
    char head[65];               /* digest of the last entry, 64 hex digits */
    long long n_instruments_off; /* stored instruments whose bytes differ from digest */
} att_verify;

/* Reads everything; changes nothing. An error is returned only when it cannot be read. */
att_code att_verify_run(att_store *store, att_verify *out, att_err *err);

#endif
