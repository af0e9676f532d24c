/* suggesting.h - who answers, asked for before an interview begins
 */
#ifndef ATTUNE_CLI_SUGGESTING_H
#define ATTUNE_CLI_SUGGESTING_H

#include <attune/store/study.h>

#include "command.h"

/* On a terminal, asks for the person, role, site and wave that no option gave, each
 * where the study knows any (its settings "people", "roles", "sites", "waves", and its
 * responses), and fills them into header. Nothing is asked in a pipe, with --no-input,
 * --json or answers from a file. */
att_code att_suggesting_ask(att_call *call, att_store *store,
                            const att_instrument *instrument, att_response *header,
                            att_err *err);

#endif
