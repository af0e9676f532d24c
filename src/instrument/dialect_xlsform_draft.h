/* dialect_xlsform_draft.h - the rows of a form on their way to an instrument
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_XLSFORM_DRAFT_H
#define ATTUNE_INSTRUMENT_DIALECT_XLSFORM_DRAFT_H

#include "dialect_logic.h"
#include "dialect_middle.h"
#include "dialect_xlsform.h"

typedef enum att_xls_column_kind {
    ATT_XLS_OTHER = 0, /* no column that is known */
    ATT_XLS_TYPE,
    ATT_XLS_LIST,
    ATT_XLS_NAME,
    ATT_XLS_LABEL,
    ATT_XLS_HINT,
    ATT_XLS_GUIDANCE,
    ATT_XLS_REQUIRED,
    ATT_XLS_REQUIRED_MESSAGE,
    ATT_XLS_RELEVANT,
    ATT_XLS_CONSTRAINT,
    ATT_XLS_CONSTRAINT_MESSAGE,
    ATT_XLS_CALCULATION,
    ATT_XLS_APPEARANCE,
    ATT_XLS_DEFAULT,
    ATT_XLS_READONLY,
    ATT_XLS_FILTER,
    ATT_XLS_COUNT,
    ATT_XLS_PARAMETERS,
    ATT_XLS_TRIGGER,
    ATT_XLS_MEDIA
} att_xls_column_kind;

typedef struct att_xls_column {
    att_xls_column_kind kind;
    const char *language; /* as written after "::", or NULL */
} att_xls_column;

typedef struct att_xls_language {
    const char *written; /* "English (en)"; "": of columns that name none */
    const char *tag;
} att_xls_language;

/* A text in each language, NULL where there is none; NULL when there is no text. */
typedef const char **att_xls_text;

typedef struct att_xls_choice {
    att_logic_code code;
    size_t row;
    att_xls_text label;
    bool is_exclusive;
    att_xls_text other; /* the question that it opens */
} att_xls_choice;

typedef struct att_xls_list {
    const char *name;
    const char *id;       /* of the set here; NULL: stands in its item */
    att_xls_choice *list; /* [n] */
    size_t n, room;
    size_t n_users;
    const char *file;    /* that it stands in */
    const char *pointer; /* where it was written, or NULL */
    bool is_plain;       /* nothing is piped into its words */
    bool is_numbered;    /* some codes are not those that stand there */
} att_xls_list;

/* A row of the survey that becomes an item. */
typedef struct att_xls_item {
    const att_xls_row *row;
    const char *name, *id;
    const char *kind; /* "one"; "": nothing, it was dropped */
    size_t parent, end;
    att_xls_text label, help, check_text, anchors[2];
    const att_xls_list *choices;
    bool is_open;     /* or_other */
    const char *from; /* id of the item whose marks it offers, or NULL */
    bool has_min, has_max;
    double min, max, step;           /* step 0: none */
    const char *min_text, *max_text; /* limits that are no numbers */
    size_t max_length;
    bool is_long, is_hard, is_shuffled;
    const char *show, *check, *value;
    const char *words_of;   /* name of the question whose choice's words it holds */
    size_t grid_end;        /* of the first of a grid: one past its last; else 0 */
    bool is_grid;           /* a group that is a grid as a whole */
    bool is_head;           /* the row above a grid */
    bool is_repeat;         /* a group that becomes a roster */
    const char *count;      /* how many entries that has, as JSON */
    const char *asks_count; /* the id of a question of ours that asks for it, or NULL */
    size_t most;            /* entries at most, where that must be said; else 0 */
    const char *grid_id;
    const char *pointer; /* where it was written, or NULL */
    bool is_plain;       /* nothing is piped into its texts */
    bool is_lossy;
    att_logic_sort sort;
    const char *as; /* what it is in conditions, where that is not its id; or NULL */
} att_xls_item;

typedef struct att_xls_form {
    att_arena *arena;
    att_losses *losses;
    const char *path;
    att_xls_book book;
    att_xls_column *columns[ATT_N_XLS_SHEETS]; /* [n_columns of the sheet] */
    att_xls_language *languages; /* [n_languages] the default is the first */
    size_t n_languages;
    att_xls_list *lists; /* [n_lists] */
    size_t n_lists;
    att_xls_item *items; /* [n_items] a group's items follow it */
    size_t n_items;
    const att_xls_item **by_name; /* [n_items] the same, sorted */
    att_middle_ids ids;
    att_logic_fields fields;
    const char *id, *title, *version;
} att_xls_form;

/* Adds a loss about a row. */
void att_xls_lose(att_xls_form *form, att_xls_item *item, att_loss_kind kind,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));

#define ATT_XLS_NEAR(...) att_xls_lose(form, item, ATT_LOSS_APPROXIMATED, __VA_ARGS__)
#define ATT_XLS_GONE(...) att_xls_lose(form, item, ATT_LOSS_DROPPED, __VA_ARGS__)

/* A cell of the survey by its column, whatever its language; "" when nothing is there. */
const char *att_xls_cell(const att_xls_form *form, const att_xls_row *row,
                         att_xls_column_kind kind);

/* The texts of a row in all languages, plain; *had_markup when markup was taken out. */
att_xls_text att_xls_texts(const att_xls_form *form, att_xls_sheet_kind sheet,
                           const att_xls_row *row, att_xls_column_kind kind,
                           bool *had_markup);

const char *att_xls_default_text(const att_xls_form *form, att_xls_text text);

/* The item whose name these n bytes are, or NULL. */
const att_xls_item *att_xls_item_named(const att_xls_form *form, const char *name,
                                       size_t n);

/* Fills columns and languages. */
void att_xls_columns(att_xls_form *form);

/* Fills the lists of choices. */
void att_xls_lists(att_xls_form *form);

/* Fills kind and all that the row says; not yet what names other questions. */
void att_xls_fill(att_xls_form *form, att_xls_item *item);

/* A whole list of choices as one item's own. */
att_xls_list *att_xls_own_list(att_xls_form *form, att_xls_item *item);

/* Fills conditions, calculations and limits of all items. */
void att_xls_conditions(att_xls_form *form);

#define ATT_XLS_REPEATS_MOST 20 /* entries, where a form says no limit */

/* Finds grids, and questions that choices open. */
void att_xls_fold(att_xls_form *form);

/* The instrument's text; NULL with err filled. */
const char *att_xls_settle(att_xls_form *form, size_t *n, att_err *err);

#endif
