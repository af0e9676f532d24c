/* dialect_redcap.h - REDCap's data dictionary: its columns, and what its two halves share
 *
 * A dictionary is a CSV file of 18 columns, a row a field; docs/REDCAP.md, "Data
 * dictionary".
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_REDCAP_H
#define ATTUNE_INSTRUMENT_DIALECT_REDCAP_H

#include <attune/instrument/dialect.h>
#include <attune/instrument/expr.h>

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

/* ---- conditions and calculations going out ---- */

/* What an expression became, or why it could not. */
typedef struct att_logic {
    const char *text; /* in the other's words, or NULL */
    const char *why;  /* text NULL: what cannot be said there; else "" */
    const char *near; /* what differs a little, or "" */
} att_logic;

/* A condition that holds there exactly where ours is true (unknown is not true); or,
 * with is_value, a calculation that is blank there where ours is missing. has_derived
 * says which derived values stand in the dictionary. */
att_logic att_logic_write(att_arena *arena, const att_instrument *instrument,
                          const bool *has_derived, const att_expr *expr, bool is_value);

/* ---- conditions and calculations coming in ---- */

typedef enum att_logic_sort {
    ATT_LOGIC_NONE = 0, /* is no item here */
    ATT_LOGIC_CODE,
    ATT_LOGIC_MARKS,
    ATT_LOGIC_NUMBER,
    ATT_LOGIC_TEXT,
    ATT_LOGIC_DAY
} att_logic_sort;

/* A choice as it is written there, and what it became. */
typedef struct att_logic_code {
    const char *text;
    int code;
    att_reason reason; /* NONE: a choice */
} att_logic_code;

typedef struct att_logic_field {
    const char *name; /* there */
    const char *id;   /* here */
    att_logic_sort sort;
    const att_logic_code *codes; /* [n_codes] of CODE and MARKS */
    size_t n_codes;
} att_logic_field;

typedef struct att_logic_fields {
    const att_logic_field *list; /* [n] sorted by name */
    size_t n;
} att_logic_fields;

/* NULL when there is none of that name. */
const att_logic_field *att_logic_find(const att_logic_fields *fields, const char *name);

#define ATT_LOGIC_BYTES_MAX 16384

/* REDCap's branching logic, or with is_value a calculation, as our expression: true (a
 * value) exactly where REDCap's is. It may still be refused for its types. */
att_logic att_logic_read(att_arena *arena, const att_logic_fields *fields,
                         const char *text, bool is_value);

#endif
