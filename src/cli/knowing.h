/* knowing.h - what an interview may know about a person before it begins
 */
#ifndef ATTUNE_CLI_KNOWING_H
#define ATTUNE_CLI_KNOWING_H

#include <attune/instrument/instrument.h>
#include <attune/store/study.h>

#include "command.h"

/* Fills header->known: the attributes that the instrument lists, and the answers of
 * earlier waves that its expressions use, of the last finished response of this person
 * to this instrument there. Nothing for somebody without a code. Says on standard error
 * what is kept but is not of the type that the instrument wants. */
att_code att_knowing_gather(const att_call *call, att_store *store,
                            const att_instrument *instrument, att_response *header,
                            att_err *err);

#endif
