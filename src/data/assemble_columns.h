/* assemble_columns.h - the columns that the versions of an instrument make
 */
#ifndef ATTUNE_DATA_ASSEMBLE_COLUMNS_H
#define ATTUNE_DATA_ASSEMBLE_COLUMNS_H

#include <attune/data/frame.h>
#include <attune/instrument/sheet.h>

/* Columns in the making; they may still gain codes and width of range. */
typedef struct att_columns {
    att_arena *arena;
    att_column *list; /* [n] */
    size_t n, room;
} att_columns;

/* The columns of an item: one, or of `many` one a choice, in order. */
typedef struct att_item_columns {
    const size_t *columns; /* [n] */
    const int *codes;      /* [n] of `many`; else NULL */
    size_t n;              /* 0: none */
    const size_t *beside;  /* the column of what is kept beside the answer, or NULL */
} att_item_columns;

/* Adds what is new of an item; a name that was there stays where it was. */
att_item_columns att_columns_of_item(att_columns *columns,
                                     const att_instrument *instrument, size_t item,
                                     const att_setting *settings, size_t n_settings);

/* Adds a column for a number that is worked out, unless it is there. */
size_t att_columns_of_score(att_columns *columns, const char *name, const char *label,
                            double low, double high);

#endif
