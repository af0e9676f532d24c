/* dialect_redcap.h - REDCap's data dictionary: its columns, and what its two halves share
 *
 * A dictionary is a CSV file of 18 columns, a row a field; docs/REDCAP.md, "Data
 * dictionary".
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_REDCAP_H
#define ATTUNE_INSTRUMENT_DIALECT_REDCAP_H

#include <attune/instrument/dialect.h>

#include "dialect_logic.h"

typedef enum att_dictionary_column {
    ATT_DICT_NAME = 0,
    ATT_DICT_FORM,
    ATT_DICT_SECTION,
    ATT_DICT_TYPE,
    ATT_DICT_LABEL,
    ATT_DICT_CHOICES,
    ATT_DICT_NOTE,
    ATT_DICT_VALIDATION,
    ATT_DICT_MIN,
    ATT_DICT_MAX,
    ATT_DICT_IDENTIFIER,
    ATT_DICT_BRANCHING,
    ATT_DICT_REQUIRED,
    ATT_DICT_ALIGNMENT,
    ATT_DICT_NUMBER,
    ATT_DICT_MATRIX,
    ATT_DICT_RANKING,
    ATT_DICT_ANNOTATION
} att_dictionary_column;

#define ATT_N_DICT 18

/* The header of the CSV file, and the key in the API, of each column. */
typedef struct att_dictionary_heading {
    const char *title, *key;
} att_dictionary_heading;

extern const att_dictionary_heading att_dictionary_headings[ATT_N_DICT];

void att_dictionary_write(att_buf *out, const att_instrument *const *instruments,
                          size_t n, att_losses *losses);

att_code att_dictionary_read(att_arena *arena, const char *path, const att_bytes *bytes,
                             att_losses *losses, att_scripts *out, att_err *err);

#endif
