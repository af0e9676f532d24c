/* drafts.h - what a person is typing and has not confirmed
 *
 * A draft is no answer: it stands outside the journal and its chain, is overwritten by
 * the next one, and is gone when an answer to its item is appended or the response ends
 * (responses.h). No export, report or server sees it.
 */
#ifndef ATTUNE_STORE_DRAFTS_H
#define ATTUNE_STORE_DRAFTS_H

#include <attune/store/study.h>

typedef struct att_draft {
    const char *item; /* id */
    const char *text; /* as it stood in the box */
} att_draft;

/* Keeps the draft of an item in the place of the one before; "" takes it away. One
 * transaction, on disk on return. ENOTFOUND when the study has no such response, EUSAGE
 * when it is closed. */
att_code att_drafts_put(att_store *store, const char *response, const char *item,
                        const char *text, att_msec now, att_err *err);

/* All drafts of a response, by item. */
att_code att_drafts_read(att_arena *arena, att_store *store, const char *response,
                         att_draft **out, size_t *n, att_err *err);

#endif
