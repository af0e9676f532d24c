/* layout_in.h - what the files of the layout share
 */
#ifndef ATTUNE_FACE_LAYOUT_IN_H
#define ATTUNE_FACE_LAYOUT_IN_H

#include "page.h"

/* A screen that is being drawn. */
typedef struct att_drawing {
    att_arena *arena;
    const att_words *words;
    const att_widget *w;
    const att_view *view; /* the widget's */
    const att_layout_opts *opts;
    size_t width, height;
    size_t text;    /* columns for text: two less on each side */
    bool is_narrow; /* under 60 columns */
    att_page page;
    att_seen seen; /* what drawing finds out itself */
} att_drawing;

/* A choice with its mark. */
typedef struct att_choice_line {
    const char *mark, *key;
    size_t key_width;
    const char *text; /* tame */
    size_t entry;
    bool is_focused;
} att_choice_line;

/* Text that is safe to draw; the same on one row; a number ("" when not finite). */
const char *att_draw_tame(const att_drawing *d, const char *text);
const char *att_draw_row_text(const att_drawing *d, const char *text);
const char *att_draw_number(const att_drawing *d, double x);

/* A word with up to three arguments; those after the first NULL are not there. */
const char *att_draw_say(const att_drawing *d, att_word word, const char *a,
                         const char *b, const char *c);

/* "14 September 2026" */
const char *att_draw_long_day(const att_drawing *d, att_day day);

/* The text of a choice, or the table's word for a reason. */
const char *att_draw_option_text(const att_drawing *d, const att_option *option);

/* A blank row, unless one is there; a message; the refusal, if any, as one. */
void att_draw_gap(att_drawing *d, att_part part);
void att_draw_alert(att_drawing *d, const char *text);
void att_draw_message(att_drawing *d);

/* The face's own words, wrapped, in new lines. */
void att_draw_words(att_drawing *d, att_part part, const char *text, size_t width,
                    att_paint paint);

void att_draw_option(att_drawing *d, const att_choice_line *choice);

/* What only an interviewer sees, above the question. */
void att_draw_interviewing(att_drawing *d);

/* A question, a note or a grid; a grid drawn whole, false when it does not fit. */
void att_draw_question(att_drawing *d);
bool att_draw_grid(att_drawing *d);

/* Turns a screen round for a language that is written from right to left. */
void att_draw_mirror(const att_drawing *d, att_layout *out);

/* The screens around questions. */
void att_draw_start(att_drawing *d);
void att_draw_welcome(att_drawing *d);
void att_draw_review(att_drawing *d);
void att_draw_help(att_drawing *d);
void att_draw_leave(att_drawing *d);
void att_draw_end(att_drawing *d);
void att_draw_locked(att_drawing *d);
void att_draw_pin(att_drawing *d);

/* "1 to 5" (in a hint "1-5"), or "" when no choice has a number. */
const char *att_draw_numbers(const att_drawing *d, bool is_hint);

#endif
