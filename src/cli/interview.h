/* interview.h - a session tied to a store: what run and resume share
 */
#ifndef ATTUNE_CLI_INTERVIEW_H
#define ATTUNE_CLI_INTERVIEW_H

#include <attune/face/face.h>
#include <attune/store/study.h>

#include "command.h"
#include "keeper.h"

typedef struct att_interview {
    att_store *store;
    const att_instrument *instrument;
    const att_response *header; /* with its entries when it is resumed */
    bool is_kept;               /* the header is in the store already */
    const char *newer;          /* version of the instrument that came later, or "" */
} att_interview;

/* Whether chips of colour are wanted. */
bool att_interview_is_colored(const att_call *call);

/* Who turns words from right to left: --bidi, else the study's setting, else we. */
att_code att_interview_bidi(const att_call *call, const att_setting *settings, size_t n,
                            att_bidi_mode *mode, att_err *err);

/* Runs it with the face that --ui names (or the fitting one). Each entry is on disk
 * before the face goes on. Writes the JSON result with --json. The exit status. */
int att_interview_run(att_call *call, const att_interview *interview, att_err *err);

/* The face that --ui names, or the one that fits; NULL with EUSAGE for --answers with
 * another face than script. */
const att_face *att_interview_face(const att_call *call, att_err *err);

/* Whether the study keeps how interviews went: not when its setting "paradata" is off. */
bool att_interview_has_steps(const att_setting *settings, size_t n);

/* A digest of the settings that texts may show, 64 hex digits. */
const char *att_interview_settings(att_arena *arena, const att_setting *settings,
                                   size_t n);

#endif
