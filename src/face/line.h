/* line.h - what the two halves of the line face share: line.c reads, line_say.c says */
#ifndef ATTUNE_FACE_LINE_H
#define ATTUNE_FACE_LINE_H

#include <attune/face/replay.h>
#include <attune/face/words.h>

#include "input.h"

typedef struct line_face {
    const att_session *session;
    const att_words *words;
    const char *resume_with;
    att_input input;
    FILE *out;
    att_kiosk *kiosk; /* NULL: none */
    att_msec (*mono)(void);
    double said_left; /* minutes, the last time they were said */
    bool is_idle;     /* of a kiosk: nobody typed for a while */
    bool echoes; /* input is no terminal: what was typed is written, for the record */
    bool has_written;
    bool is_welcomed; /* the next question follows the welcome without a blank line */

    /* what was shown last, so that it is not said twice */
    bool is_shown;
    att_screen screen;
    size_t item, row;

    att_event pending; /* an answer that Enter alone keeps after a check */
    bool is_pending;
    att_arena own; /* of pending's answer */
} line_face;

/* Writes text made safe for any terminal, without and with a line's end. */
void line_put(line_face *face, const char *text);
void line_put_line(line_face *face, const char *text);

/* Everything above the prompt: where we are, the question, its choices, the answer that
 * is kept. Only what changed since the last time. */
void line_show(line_face *face, const att_view *view);

/* The prompt, with a blank after it. */
void line_prompt(line_face *face, const att_view *view);

void line_list(line_face *face, const att_view *view);
void line_help(line_face *face, const att_view *view);

/* "Saved: 4, Agree." or "Kept: 4, Agree." */
void line_saved(line_face *face, const att_view *view, const att_answer *answer,
                bool is_kept);

/* The start and the welcome have two choices of their own: a view that says so. */
att_view line_with_choices(const att_view *view, att_option options[2]);

/* Whether letters are text here, so that commands take a colon. */
bool line_is_text(const att_view *view);

/* The item that is asked now: of a grid its row. */
size_t line_item(const att_view *view);
const att_answer *line_answer(const att_view *view);

/* Whether this is the terminal of a kiosk, where Ctrl-D is no end. */
bool line_is_held(const line_face *face);

/* In a kiosk (line_kiosk.c), nobody typed for a while or Ctrl-C came: the locked screen's
 * words, or the PIN. *stays: we ask again; else *event is filled, or STAFF or another
 * end is returned. */
att_read line_kiosk(line_face *face, const att_view *view, att_event *event,
                    bool *stays, att_err *err);

/* What one types for an answer; "" when its words say it already. */
char *line_typed(att_arena *arena, const att_view *view, const att_answer *answer);

/* Replay: line_again.c. */
void line_show_again(void *data, const att_shown *shown, bool is_answered,
                     const char *receipt);
bool line_pause(void *data, int ms);

#endif
