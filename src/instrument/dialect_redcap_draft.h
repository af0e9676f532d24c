/* dialect_redcap_draft.h - the rows of a dictionary on their way to an instrument
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_REDCAP_DRAFT_H
#define ATTUNE_INSTRUMENT_DIALECT_REDCAP_DRAFT_H

#include "dialect_redcap.h"

/* A row as it stands in the file. */
typedef struct att_dict_row {
    size_t row; /* the header is 1 */
    const char *cells[ATT_N_DICT];
} att_dict_row;

/* A choice, as it will be written. */
typedef struct att_dict_choice {
    att_logic_code code;
    const char *label;
    bool is_exclusive;
} att_dict_choice;

/* A field that becomes an item. */
typedef struct att_dict_item {
    const att_dict_row *row;
    const char *id;
    const char *kind; /* "one"; "": nothing, it was dropped */
    const char *text, *help;
    const char *section;      /* words of the section that it begins, or NULL */
    const char *page_id;      /* of that section, if it becomes a page */
    const char *grid_id;      /* of the matrix that it begins, or NULL */
    att_dict_choice *choices; /* [n_choices] */
    size_t n_choices;
    const char *min, *max;  /* as JSON, or NULL */
    int decimals;           /* -1: any */
    const char *anchors[2]; /* or NULL */
    size_t max_length;
    bool is_long, is_identifying, is_hard;
    const char *show, *value; /* our expressions, or NULL; value: of a calc */
    const char *pointer;      /* where it was written, or NULL */
    bool is_plain;            /* nothing is piped into its texts */
    bool is_lossy;            /* something about it was reported */
    att_logic_sort sort;
} att_dict_item;

/* One form. */
typedef struct att_dict_form {
    att_arena *arena;
    att_losses *losses;
    const char *name; /* in the dictionary */
    const char *id;   /* of the instrument */
    const char *title;
    const char *redcap_form; /* to be kept, where the id does not give it; or NULL */
    att_dict_item *items;    /* [n_items] */
    size_t n_items;
    att_logic_fields fields; /* of items, sorted */
} att_dict_form;

void att_dict_lose(att_dict_form *form, att_dict_item *item, att_loss_kind kind,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Fills choices from the cell, and what its row says beside. */
void att_dict_choices(att_dict_form *form, att_dict_item *item);

/* Fills kind, limits and all that the row says; not yet what names other fields. */
void att_dict_fill(att_dict_form *form, att_dict_item *item);

/* Whether the matrix that begins at an item is a grid here; *end is one past its last. */
bool att_dict_is_grid(const att_dict_form *form, size_t first, size_t *end);

/* The form as an instrument that can be read; NULL with err filled. What the reader
 * does not take is left out and reported. */
const char *att_dict_settle(att_dict_form *form, size_t *n, att_err *err);

#endif
