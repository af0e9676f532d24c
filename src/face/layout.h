/* layout.h - what is where on a screen of so many columns and rows
 *
 * What:   a widget (a view and the state of its answer) to a grid of rows: texts with
 *         their columns and paints, and the place of the hardware cursor. Pure: no
 *         terminal; a test compares it cell by cell with docs/SCREENS.md.
 * Right to left: the screen is laid out as any other, then turned round as a whole.
 * Safety: every text is tamed here; no control byte is left in a span.
 */
#ifndef ATTUNE_FACE_LAYOUT_H
#define ATTUNE_FACE_LAYOUT_H

#include <attune/face/face.h>

#include "widget.h"

#define ATT_MIN_WIDTH  40
#define ATT_MIN_HEIGHT 10

/* How a text is drawn: the palette of docs/SCREENS.md, section 1. */
typedef enum att_paint {
    ATT_PAINT_TEXT = 0,
    ATT_PAINT_QUESTION,
    ATT_PAINT_QUIET,
    ATT_PAINT_FOCUS,
    ATT_PAINT_KEY,
    ATT_PAINT_GOOD,
    ATT_PAINT_ALERT,
    ATT_PAINT_FIELD
} att_paint;

/* Which way a text runs where the language is written from right to left. */
typedef enum att_side {
    ATT_SIDE_LANGUAGE = 0, /* as the language: what the instrument says */
    ATT_SIDE_WORDS, /* as the face's own words, which may be another language's */
    ATT_SIDE_LEFT   /* from left to right: typed numbers and dates */
} att_side;

typedef struct att_span {
    size_t column; /* from 1 */
    const char *text;
    att_paint paint;
    att_side side;
} att_span;

typedef struct att_screen_row {
    const att_span *span; /* [n] from left to right */
    size_t n;
} att_screen_row;

typedef struct att_layout {
    size_t width, height;
    att_screen_row *row;              /* [height] */
    size_t cursor_row, cursor_column; /* from 1 */
    bool has_title;                   /* the top row is still there */
    att_seen seen;                    /* what the widget must know of it */
} att_layout;

typedef struct att_layout_opts {
    size_t width, height;
    const char *resume_with; /* "attune resume k7q2mh", or "" */
    const char *receipt;     /* of a finished interview: 64 hex digits, or "" */
    double idle;             /* minutes after which a kiosk is locked */
    att_bidi_mode bidi;
} att_layout_opts;

/* The screen of a widget. Lives in arena. */
att_layout att_layout_of(att_arena *arena, const att_widget *widget,
                         const att_layout_opts *opts);

#endif
