/* dialects.h - the members of the list of dialects
 */
#ifndef ATTUNE_INSTRUMENT_DIALECTS_H
#define ATTUNE_INSTRUMENT_DIALECTS_H

#include <attune/instrument/dialect.h>

extern const att_dialect att_dialect_instrument;
extern const att_dialect att_dialect_redcap;
extern const att_dialect att_dialect_xlsform;
extern const att_dialect att_dialect_fhir;

#endif
