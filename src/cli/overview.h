/* overview.h - what `attune` alone says on a terminal: where things stand, what next
 */
#ifndef ATTUNE_CLI_OVERVIEW_H
#define ATTUNE_CLI_OVERVIEW_H

#include "command.h"

/* Writes to call->out; exit status 0. */
int att_overview(att_call *call, att_err *err);

#endif
