/* widget.h - the answer that is being given: keys in, state or an event out
 *
 * What:   local state of each answer shape: focus, marks, typed text. It knows no
 *         terminal and no layout; what it must know of the drawing (is a grid drawn
 *         whole, is there more to read) it is told in `seen`.
 * Rules:  docs/SCREENS.md, "What the drawings cannot say", and the table of keys.
 *         Choosing is what digits, letters and arrows do; Enter never takes a choice
 *         that only has the focus.
 */
#ifndef ATTUNE_FACE_WIDGET_H
#define ATTUNE_FACE_WIDGET_H

#include <attune/face/keymap.h>
#include <attune/face/words.h>
#include <attune/session/session.h>

#include "edit.h"

typedef enum att_mode {
    ATT_MODE_ANSWER = 0,
    ATT_MODE_HELP,   /* in place of the question */
    ATT_MODE_LEAVE,  /* "Leave the survey?" */
    ATT_MODE_LOCKED, /* a kiosk: nothing of the interview is shown */
    ATT_MODE_PIN     /* a kiosk: a staff member types the PIN */
} att_mode;

/* What a key did. */
typedef enum att_turn {
    ATT_TURN_NONE = 0, /* nothing that is seen */
    ATT_TURN_DRAW,     /* the state changed */
    ATT_TURN_EVENT,    /* *event is filled, but for its times */
    ATT_TURN_REDRAW,   /* the screen should be drawn anew */
    ATT_TURN_SUSPEND,
    ATT_TURN_QUIT, /* Ctrl-C twice */
    ATT_TURN_PIN   /* a PIN was typed: att_widget_pin says what came of it */
} att_turn;

/* What the last layout found: told to the widget after each drawing. */
typedef struct att_seen {
    bool is_tiny;     /* under 40x10 */
    bool is_listed;   /* a grid, one row a screen */
    bool is_reading;  /* the focus lies below what fits: keys turn pages */
    bool is_scrolled; /* something lies above */
    size_t top;       /* first line shown of what scrolls */
    size_t page;      /* lines that fit */
    size_t columns;   /* of a text box */
    bool is_mirrored; /* from right to left: Left and Right follow the eye */
} att_seen;

#define ATT_PIN_MOST 64 /* bytes of a PIN */

/* The widget's side of a kiosk. */
typedef struct att_locking {
    bool is_kiosk;
    bool ends_all;  /* the PIN ends the kiosk; else it unlocks the screen */
    bool is_locked; /* Esc goes back to the locked screen */
    bool is_idle;   /* locked because no key came */
    bool is_early;  /* the PIN was not looked at */
    unsigned wait;  /* s until the next may be tried; 0: nothing to say */
    char pin[ATT_PIN_MOST + 1];
    size_t n_pin;
} att_locking;

/* What is marked among many, and what an exclusive choice cleared. */
typedef struct att_marks {
    bool *on, *was;    /* [n_options] now; before the exclusive choice */
    size_t cleared_by; /* option, or ATT_NONE */
    size_t n_cleared;
    size_t put_out; /* the exclusive option that another mark put out, or ATT_NONE */
} att_marks;

typedef struct att_widget {
    att_arena *arena;
    const att_words *words;
    att_view view; /* with options also on the start and welcome screens */
    att_mode mode;
    size_t focus;           /* option; in the review a row, n_review for "Finish" */
    bool is_in_list;        /* of a box: the focus is among the choices below */
    size_t mark;            /* one choice, or the reason below a box; ATT_NONE */
    att_marks many, before; /* before: as it was before the number being typed */
    int typed;              /* of a number of two digits, so far; 0: none */
    size_t *place;          /* [n_options] of a rank, from 1; 0: none */
    size_t *place_before;   /* as it was before the number being typed */
    size_t row;             /* of a grid */
    size_t *row_mark;       /* [n_rows] option or ATT_NONE */
    size_t *row_item;       /* [n_rows] items, to know the rows again */
    bool is_flushing;       /* Enter sends every row that changed, one by one */
    att_edit edit;          /* box, field, and the slider's number */
    bool is_finding;        /* a long list is searched */
    att_edit find;          /* what is looked for */
    const char **folded;    /* [n_choices] their texts as they are compared; or NULL */
    bool is_fresh;          /* slider: the number came from arrows; digits replace it */
    size_t leave_focus;     /* 0 stay, 1 leave */
    att_refusal refusal;    /* code NONE: nothing to say */
    att_locking locking;
    att_seen seen;
} att_widget;

/* A widget for a view, showing the answer that is kept. The view is copied shallowly:
 * after it has gone only renew may be called. */
att_widget *att_widget_open(att_arena *arena, const att_words *words,
                            const att_view *view);

/* Takes over a newer view of the same question, keeping what was done here. False when
 * it is another question: open another widget. */
bool att_widget_renew(att_widget *widget, const att_view *view);

/* The session did not take the last event. */
void att_widget_refuse(att_widget *widget, const att_refusal *refusal);

/* A key, as in keymap.h. */
att_turn att_widget_key(att_widget *widget, int key, att_event *event);

/* In a kiosk no key came for a while: locks the screen, or, where nobody has begun or the
 * end was shown, makes way for the next person. */
att_turn att_widget_idle(att_widget *widget, att_event *event);

/* What came of the PIN, which is wiped: it opened, or another may be tried after `wait`
 * seconds (is_early: this one was not looked at). True: the kiosk ends. */
bool att_widget_pin(att_widget *widget, bool opens, unsigned wait, bool is_early);

/* Pasted text: into text boxes only. Line breaks become blanks where the box has one
 * line; other control characters are left out. */
att_turn att_widget_paste(att_widget *widget, const char *text);

/* The next row of a grid that Enter sends; false when all are sent. */
bool att_widget_flush(att_widget *widget, att_event *event);

/* Which keys are bound now, and which hints are shown. */
att_scene att_widget_scene(const att_widget *widget);
att_scene att_widget_hints(const att_widget *widget);

/* The answer as it stands; NONE when there is none. Of a grid: its row's. */
att_answer att_widget_answer(const att_widget *widget);

/* What is typed in a box or a field and is not what is kept; else "". Holds until the
 * next key. */
const char *att_widget_draft(const att_widget *widget);

/* Whether it differs from what is kept: to be shown again on return. */
bool att_widget_is_pending(const att_widget *widget);

/* How many choices of a rank are placed; the lowest place that is free, 0 when none is. */
size_t att_widget_n_placed(const att_widget *widget);
size_t att_widget_free_place(const att_widget *widget);

/* The option marked in a row of a grid, or by the only answer; ATT_NONE. */
size_t att_widget_marked(const att_widget *widget, size_t row);

/* The slider's place; false before an answer. */
bool att_widget_value(const att_widget *widget, double *out);

/* Whether the list is so long that it can be searched; whether an option is what is
 * looked for; how many choices are. */
bool att_widget_can_find(const att_widget *widget);
bool att_widget_is_found(const att_widget *widget, size_t option);
size_t att_widget_n_found(const att_widget *widget);

/* Whether the answer is typed: number, date, slider, text. */
bool att_widget_is_typed(const att_widget *widget);

#endif
