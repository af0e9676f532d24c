/* page.h - lines on their way to a screen
 *
 * What:   collects the lines of a body, then makes them fit: blank rows go first, from
 *         the bottom, then the stem, then the top row; a list scrolls under its question,
 *         and when even that is too long everything scrolls. Nothing is cut.
 */
#ifndef ATTUNE_FACE_PAGE_H
#define ATTUNE_FACE_PAGE_H

#include <attune/face/words.h>

#include "layout.h"

typedef enum att_part {
    ATT_PART_HEAD = 0, /* stays */
    ATT_PART_STEM,     /* goes after the blank rows */
    ATT_PART_LIST,     /* scrolls */
    ATT_PART_TAIL      /* stays */
} att_part;

typedef struct att_page_line {
    att_span *span; /* [n] */
    size_t n, room;
    att_part part;
    size_t entry;  /* of a list: what the line belongs to; counted by "13 more below" */
    size_t cursor; /* column of the hardware cursor, 0: not here */
    bool is_gap;   /* a blank row */
    bool is_message; /* kept in sight with the focus when everything scrolls */
} att_page_line;

typedef struct att_page {
    att_arena *arena;
    const att_words *words;
    att_page_line *line; /* [n] */
    size_t n, room;
    size_t list_max;  /* lines that a list takes at most; 0: what there is */
    bool is_box;      /* the list is a text box: no "more below" */
    att_side side;    /* of what is put in now */
    bool is_followed; /* false: no focus on this page; keys only turn it */
} att_page;

/* A new last line; it stays valid until the next one. */
att_page_line *att_page_add(att_page *page, att_part part);
void att_page_gap(att_page *page, att_part part);

/* A span into the last line. text is tame and outlives the page. */
void att_page_put(att_page *page, size_t column, const char *text, att_paint paint);

/* A text, wrapped, in new lines. */
void att_page_text(att_page *page, att_part part, const char *text, size_t width,
                   att_paint paint);

/* Chooses what is shown and where: fills rows from the second (or the first, when the
 * top row had to go) to the last but one, the cursor, and what was seen. */
void att_page_fit(const att_page *page, const att_seen *seen, att_layout *out);

#endif
