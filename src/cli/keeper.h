/* keeper.h - where the entries of one interview go, its drafts, and how it went
 *
 * The header is written with the first entry, so that looking at the start screen and
 * going away leaves nothing behind. Steps wait for the next entry.
 */
#ifndef ATTUNE_CLI_KEEPER_H
#define ATTUNE_CLI_KEEPER_H

#include <attune/base/seal.h>
#include <attune/face/face.h>
#include <attune/store/sittings.h>
#include <attune/store/study.h>

typedef struct att_keeper {
    att_store *store;
    const att_response *header;
    bool is_kept; /* the header is in the store */
    char head[ATT_DIGEST_HEX];
    bool wants_steps;
    att_sitting_log log;
    att_step *steps; /* [n_steps] that wait for the next entry */
    size_t n_steps, room;
} att_keeper;

/* What is said of this sitting. The face is set by who knows it. */
void att_keeper_begin(att_arena *arena, att_keeper *keeper, const char *language,
                      const att_setting *settings, size_t n_settings);

att_sink att_keeper_sink(att_keeper *keeper);
att_drafts att_keeper_drafts(att_keeper *keeper);

/* Keeps the steps after the last entry. The answers are safe whatever comes of it. */
void att_keeper_end(att_keeper *keeper);

#endif
