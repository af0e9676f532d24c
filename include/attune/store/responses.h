/* responses.h - interviews: a header and an append-only journal of entries
 *
 * The journal is one hash chain over the whole study: each entry's digest covers the
 * one before, its own columns, and a salted digest of its payload. Payloads stand in a
 * side table (identifying ones in a table of their own), so that they can be erased
 * and the chain still holds.
 */
#ifndef ATTUNE_STORE_RESPONSES_H
#define ATTUNE_STORE_RESPONSES_H

#include <attune/instrument/score.h>
#include <attune/store/study.h>

/* A new response: its header and its START entry, one transaction. person, role, site
 * and wave are noted as known to the study. */
att_code att_responses_begin(att_store *store, const att_response *header,
                             const att_entry *start, att_err *err);

/* One entry, one transaction, on disk on return. A DECLINE or FINISH entry closes the
 * response: status, finished time and, for a finish, its outbox row are written in the
 * same transaction (outbox.h says with which key). ENOTFOUND; EUSAGE when the response
 * is closed. */
att_code att_responses_append(att_store *store, const char *id, const att_entry *entry,
                              att_err *err);

/* A whole response in one transaction: simulation, import. */
att_code att_responses_add(att_store *store, const att_response *response,
                           att_err *err);

/* The journal's head: the digest of the last entry of this response, 64 hex digits. */
att_code att_responses_head(att_store *store, const char *id, char out[ATT_DIGEST_HEX],
                            att_err *err);

typedef struct att_response_filter {
    const char *instrument; /* id; NULL: any */
    const char *person;     /* NULL: any */
    int status;             /* -1: any; else an att_status */
    const char *wave;       /* NULL: any */
} att_response_filter;

/* Headers only, in order of start. */
att_code att_responses_list(att_arena *arena, att_store *store,
                            const att_response_filter *filter, att_response **out,
                            size_t *n, att_err *err);

/* One response with its entries, identifying answers included. id may be the whole id
 * or its last characters (at least 4); ENOTFOUND, or ECONFLICT when several match. */
att_code att_responses_read(att_arena *arena, att_store *store, const char *id,
                            att_response *out, att_err *err);

/* Each response that passes the filter with its entries, in order of start; of
 * identifying answers only that a text was given ("..."), or why none was. Read in one pass; the arena given to visit is rewound after
 * each. Stops at the first code that is not ATT_OK, and returns it. */
typedef att_code (*att_response_visit)(void *data, att_arena *arena,
                                       const att_response *response, att_err *err);
att_code att_responses_each(att_store *store, const att_response_filter *filter,
                            att_response_visit visit, void *data, att_err *err);

/* Replaces the scores of a response (one transaction for a call). */
typedef struct att_scored {
    const char *response;
    const char *version; /* of the instrument */
    const att_score *scores;
    const char *const *rules; /* [n] att_score_rule_digest of each */
    size_t n;
} att_scored;
att_code att_scores_put(att_store *store, const att_scored *scored, size_t n_scored,
                        att_msec now, att_err *err);

/* The stored score, value NaN when missing; false when there is none. */
bool att_scores_get(att_store *store, const char *response, const char *scale,
                    att_score *out);

#endif
