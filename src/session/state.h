/* state.h - what a session is made of; only this room looks inside */
#ifndef ATTUNE_SESSION_STATE_H
#define ATTUNE_SESSION_STATE_H

#include <attune/session/session.h>

#define ENTRIES_A_STEP 2 /* an answer, and the end: without a review, or by a no */

/* Where the person stands: a question or note (row is ATT_NONE), a row of a grid (here
 * is the grid), or nowhere in the form (both ATT_NONE). */
typedef struct att_spot {
    size_t here, row;
} att_spot;

struct att_session {
    att_arena *arena;
    const att_instrument *instrument;
    att_response header;
    att_context context;
    att_sheet *sheet;
    const char *newer;  /* version, or "" */
    size_t least, most; /* questions on any way, proved; most 0: not known */
    bool hides_progress;

    att_screen screen; /* never GRID: view.c tells grids from questions */
    att_spot spot;
    bool is_agreed;
    bool from_review;   /* the spot was opened from the review: BACK returns there */
    bool is_filling;    /* since the review: on to what is open, then back to it */
    bool *is_read;      /* [n_items] notes */
    att_answer *before; /* [n_items] what a change in the review replaced; NONE */
    const char **draft; /* [n_items] what was being typed; NULL: nothing */
    att_msec last_at;   /* of the last entry */

    att_refusal_code asked_twice; /* WARN or ASK_SKIP, said once; else NONE */
    size_t asked_item;
    att_answer asked_answer;

    att_entry entries[ENTRIES_A_STEP];
    size_t n_entries;
};

/* Takes over an entry that was kept (item: its index, or ATT_NONE); judges nothing. */
void att_session_fold(att_session *session, const att_entry *entry, size_t item);

/* ---- flow.c: which comes next; in the order that this person is shown, only what is
 * asked now ---- */

bool att_flow_is_grid(const att_item *item);

/* The grid that holds a row, or ATT_NONE. */
size_t att_flow_grid_of(const att_instrument *instrument, size_t item);

/* The spot of an item: itself, or its grid and row. */
att_spot att_flow_spot(const att_instrument *instrument, size_t item);

/* First spot of all; the one after an item was answered (within a grid the next row,
 * then rows without an answer); the one before a spot (is_whole: a grid is left as a
 * whole); the last. here is ATT_NONE where there is none. */
att_spot att_flow_first(const att_sheet *sheet);
att_spot att_flow_after(const att_sheet *sheet, size_t item);
att_spot att_flow_before(const att_sheet *sheet, att_spot spot, bool is_whole);
att_spot att_flow_last(const att_sheet *sheet);

/* The first question without an answer, or note that was not read (is_read [n_items]);
 * ATT_NONE. The first question without the answer that it must have. */
size_t att_flow_open(const att_sheet *sheet, const bool *is_read);
size_t att_flow_hard(const att_sheet *sheet);

/* ---- view_roster.c: names, and whom a question is about ---- */

void att_view_roster(att_view *view, att_arena *arena, const att_session *session,
                     size_t index);

/* Whether a container's text has been said before this item: that of a roster stands
 * above the names alone. */
bool att_view_is_past(const att_session *session, const att_item *box, size_t item);

/* For a row of the review: whether it is the empty line that ended a list of names; and
 * the question, the names of a list with their numbers. */
bool att_view_is_end(const att_session *session, size_t item);
char *att_view_question(att_arena *arena, const att_session *session, size_t item);

/* Questions asked before an item. */
size_t att_flow_count_before(const att_sheet *sheet, size_t item);

#endif
