/* kiosk.h - one person after the other at one screen
 *
 * The PIN is read from a file of mode 0600 or typed without being seen, and only its
 * hash is kept, in memory.
 */
#ifndef ATTUNE_CLI_KIOSK_H
#define ATTUNE_CLI_KIOSK_H

#include <attune/store/study.h>

#include "command.h"

typedef struct att_kiosk_plan {
    att_store *store;
    const att_instrument *instrument;
    att_response *(*make_header)(att_arena *arena, const att_call *call,
                                 const att_instrument *instrument);
} att_kiosk_plan;

/* Whether the options of a kiosk go together, and with the others. EUSAGE. */
att_code att_kiosk_check(const att_call *call, att_err *err);

/* Runs it until the PIN is typed or a signal asks for its end. The exit status. */
int att_kiosk_run(att_call *call, const att_kiosk_plan *plan, att_err *err);

#endif
