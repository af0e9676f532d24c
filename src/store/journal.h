/* journal.h - the chain of entries: what is sealed, and adding to it
 *
 * docs/STORE.md, "The chain", says byte by byte what is digested.
 */
#ifndef ATTUNE_SRC_STORE_JOURNAL_H
#define ATTUNE_SRC_STORE_JOURNAL_H

#include <attune/base/buf.h>
#include <attune/base/seal.h>
#include <attune/instrument/answer.h>

#include "db.h"

/* One row of the table entries, as it stands there. */
typedef struct att_link {
    long long seq;
    const char *response, *act, *item, *actor, *at;
    long long mono;
    const char *kept; /* "open" or "identity" */
    att_digest previous, payload;
} att_link;

/* The digest of an entry, and of its payload. */
att_digest att_link_seal(const att_link *link);
att_digest att_payload_seal(const void *salt, size_t n_salt, const char *text,
                            size_t n);

/* The payload of a START entry: all of the header that is fixed at the start. */
void att_header_write(att_buf *out, const att_response *header);

/* Where the chain ends. */
typedef struct att_head {
    long long n; /* entries */
    att_digest digest;
} att_head;

att_code att_head_get(att_db *db, att_head *out, att_err *err);
att_code att_head_put(att_db *db, const att_head *head, att_err *err);

/* Adds an entry behind head and moves head to it; inside a transaction. payload is
 * what is kept of it. */
att_code att_journal_add(att_db *db, att_head *head, const char *response,
                         const att_entry *entry, const char *payload, att_err *err);

#endif
