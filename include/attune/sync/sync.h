/* sync.h - takes finished responses from the outbox to a REDCap project, once each
 *
 * Before a push: project, dictionary and mapping are compared with what the answers
 * were given to; what does not fit is named. A row is marked "unknown" on disk before
 * its request leaves and "done" after the server said so; after an unknown outcome the
 * touched cells are exported and compared before anything is sent again.
 */
#ifndef ATTUNE_SYNC_SYNC_H
#define ATTUNE_SYNC_SYNC_H

#include <attune/store/outbox.h>
#include <attune/store/responses.h>
#include <attune/sync/redcap.h>

typedef struct att_push_opts {
    size_t batch;  /* records a request; 0: 100 */
    long pause_ms; /* after each import; 0: 500; -1: none */
    size_t limit;  /* rows at most; 0: all */
    /* progress: sent so far, of how many; may be NULL */
    void (*progress)(void *data, size_t n_sent, size_t n_all);
    void *data;
    att_msec (*now)(void); /* NULL: the clock */
    void (*wait)(long ms); /* NULL: sleeps; a test's returns at once */
} att_push_opts;

typedef struct att_push_issue {
    const char *record, *field, *value,
        *why; /* why begins "refused: " or "conflict: " */
} att_push_issue;

typedef struct att_push_result {
    size_t n_sent, n_unchanged, n_refused, n_conflict, n_left; /* records */
    const att_push_issue *issues;                              /* [n_issues] */
    size_t n_issues;
    size_t n_requests;
} att_push_result;

/* Pushes what is due. Returns ATT_OK when all is done, ECONFLICT when rows are held for
 * a person, EINPUT when the server refused records, EAUTH, EBUSY, ENET; result is
 * filled in every case. */
att_code att_sync_push(att_arena *arena, att_store *store, const att_redcap *redcap,
                       const att_push_opts *opts, att_push_result *out, att_err *err);

/* What a response looks like as a record: for push and for comparing. */
att_code att_sync_record(att_arena *arena, const att_instrument *instrument,
                         const att_response *response, const att_setting *settings,
                         size_t n_settings, const att_outbox_row *key,
                         const att_redcap_project *project, att_redcap_row *out,
                         att_err *err);

/* Exports what the project holds of the rows that are done, and compares cell by cell.
 * n_equal + n_differ + n_missing = done rows. */
typedef struct att_compare_result {
    size_t n_equal, n_differ, n_missing;
    const att_push_issue *issues;
    size_t n_issues;
} att_compare_result;
att_code att_sync_compare(att_arena *arena, att_store *store, const att_redcap *redcap,
                          att_compare_result *out, att_err *err);

/* When to try again after the n-th failure (from 1): milliseconds, growing, with jitter
 * from `random` in [0, 1), at most 60 s; retry_after (s) is obeyed; -1: give up. */
long att_retry_wait(att_net outcome, int n_failures, long retry_after, double random);

#endif
