/* dialect_xlsform_write.h - an instrument on its way to the sheets of a form
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_XLSFORM_WRITE_H
#define ATTUNE_INSTRUMENT_DIALECT_XLSFORM_WRITE_H

#include "dialect_logic.h"
#include "dialect_xlsform.h"
#include "dialect_xlsform_table.h"

/* Columns of the survey; those with words take one for each language. */
typedef enum att_xls_out {
    ATT_XLS_OUT_TYPE = 0,
    ATT_XLS_OUT_NAME,
    ATT_XLS_OUT_LABEL,
    ATT_XLS_OUT_HINT,
    ATT_XLS_OUT_REQUIRED,
    ATT_XLS_OUT_RELEVANT,
    ATT_XLS_OUT_CONSTRAINT,
    ATT_XLS_OUT_MESSAGE,
    ATT_XLS_OUT_CALCULATION,
    ATT_XLS_OUT_APPEARANCE,
    ATT_XLS_OUT_PARAMETERS,
    ATT_XLS_OUT_FILTER,
    ATT_XLS_OUT_COUNT
} att_xls_out;

#define ATT_N_XLS_OUT 13

typedef struct att_xls_set {
    const att_choices *choices;
    const char *name; /* of the list */
} att_xls_set;

typedef struct att_xls_writer {
    att_arena arena;
    att_losses *losses;
    const att_instrument *instrument;
    const att_item *owner; /* whose words are being said, or NULL */
    bool *repeats;         /* [n_items] rosters that are written as repeats */
    size_t *languages;     /* [n_languages of the instrument] the default first */
    size_t column[ATT_N_XLS_OUT]; /* the first of each in the survey */
    att_xls_table survey, choices, settings;
    const char **cells; /* of the row of the survey at hand */
    size_t row;         /* its number in the file */
    size_t n_before;    /* losses before it */
    bool *has_derived;  /* [n_derived] */
    const char **words; /* [n_items] the name of what holds a choice's words, or NULL */
    att_xls_set *sets;  /* [n_sets] lists written so far */
    size_t n_sets;
} att_xls_writer;

#define ATT_XLS_LOSE(w, kind, field, ...) \
    att_losses_add((w)->losses, ATT_LOSS_##kind, (w)->row, (field), __VA_ARGS__)

/* Whether the item is one of an entry that repeats; then its name has no number. */
bool att_xls_repeats(const att_xls_writer *w, const att_item *item);
const char *att_xls_name(const att_xls_writer *w, const att_item *item);

/* ---- words ---- */

/* A text in the default language. */
const char *att_xls_words(const att_xls_writer *w, const att_wording *wording);

/* Fills the cells of a text from its first column on, names piped as they are there. */
void att_xls_say(att_xls_writer *w, const char **cells, size_t column,
                 const char *field, const att_wording *wording);

/* Finds the questions whose choices' words are piped somewhere. */
void att_xls_find_words(att_xls_writer *w);

/* ---- lists of choices ---- */

/* The name of the list that holds a set; it is written when it is new. */
const char *att_xls_list_of(att_xls_writer *w, const att_item *item,
                            const att_choices *set);

/* A list with the words at the ends of a line. */
const char *att_xls_tick_list(att_xls_writer *w, const att_item *item);

/* ---- rows of the survey ---- */

const char *att_xls_number(att_xls_writer *w, double x);

/* Fills the cells that say what an item asks. */
void att_xls_fill_cells(att_xls_writer *w, const att_item *item);

att_logic_place att_xls_place(const att_xls_writer *w, const att_item *own);

#endif
