/* gather.h - stored responses as records, for push and compare
 */
#ifndef ATTUNE_SRC_SYNC_GATHER_H
#define ATTUNE_SRC_SYNC_GATHER_H

#include <attune/sync/sync.h>

struct att_gathered;

/* Instruments are read once each and kept in the arena. */
typedef struct att_gather {
    att_arena *arena;
    att_store *store;
    const att_redcap_project *project;
    const att_setting *settings;
    size_t n_settings;
    struct att_gathered *instruments;
} att_gather;

att_code att_gather_open(att_gather *gather, att_arena *arena, att_store *store,
                         const att_redcap_project *project, att_err *err);

/* The instrument of a row; NULL with *err. */
const att_instrument *att_gather_instrument(att_gather *gather, const char *digest,
                                            att_err *err);

/* A row of the outbox as a record. EINPUT when it does not fit the project. */
att_code att_gather_record(att_gather *gather, att_arena *arena,
                           const att_outbox_row *key, att_redcap_row *out,
                           att_err *err);

#endif
