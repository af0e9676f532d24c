/* showing.h - an instrument as a document: its codebook
 */
#ifndef ATTUNE_CLI_SHOWING_H
#define ATTUNE_CLI_SHOWING_H

#include <attune/doc/doc.h>
#include <attune/instrument/instrument.h>

/* Items with their words in each language and for each role, the codes of answers and of
 * what is missing, scales and derived values. */
att_doc *att_showing_doc(att_arena *arena, const att_instrument *instrument);

#endif
