/* session.h - one interview as a pure state machine
 *
 * What:   state + event -> state + effects. It knows no clock, no terminal and no disk:
 *         time arrives inside the event, what must be kept leaves as entries. Nothing is
 *         shown before its effects are on disk: that is the loop's promise (face.h).
 * Resume: a session is the fold of its journal, so going on is replay.
 */
#ifndef ATTUNE_SESSION_SESSION_H
#define ATTUNE_SESSION_SESSION_H

#include <attune/base/arena.h>
#include <attune/instrument/answer.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/sheet.h>
#include <attune/session/view.h>

typedef struct att_session att_session;

typedef enum att_event_kind {
    ATT_EVENT_AGREE = 0, /* on the start screen */
    ATT_EVENT_DECLINE,
    ATT_EVENT_ANSWER, /* item, answer */
    ATT_EVENT_SKIP,   /* item: Enter without an answer; kept as reason "skipped" */
    ATT_EVENT_NEXT,   /* on a note; on an answered question: keep it and go on */
    ATT_EVENT_BACK,
    ATT_EVENT_GOTO,   /* item: from the review */
    ATT_EVENT_REVIEW, /* look over the answers */
    ATT_EVENT_FINISH, /* from the review */
    ATT_EVENT_LEAVE   /* save and leave; the session stays open */
} att_event_kind;

typedef struct att_event {
    att_event_kind kind;
    size_t item; /* ANSWER, SKIP, GOTO; for a grid the row's item. BACK: on a grid the
                    grid's own item leaves it whole, all else goes one row back */
    att_answer answer;
    att_msec at;   /* UTC; filled in by the loop */
    att_msec mono; /* ms since the session was opened; filled in by the loop */
} att_event;

typedef struct att_effects {
    const att_entry *entries; /* [n_entries] keep these, in order, before going on */
    size_t n_entries;
    att_refusal refusal; /* code NONE: taken. Else nothing changed but what was said */
    bool is_over;        /* finished, declined or left: show view and stop */
} att_effects;

/* A session that has not started, at the start screen. header (copied shallowly) and
 * settings must outlive it. Its START entry is header's to keep: the store writes it
 * with the header. */
att_session *att_session_make(att_arena *arena, const att_instrument *instrument,
                              const att_response *header, const att_setting *settings,
                              size_t n_settings);

/* Says on the welcome screen that the study holds a newer version (borrowed). */
void att_session_newer(att_session *session, const char *version);

/* Proves how many questions there are on every way through (instrument/paths.h), as far as
 * that is quick. The view's counts keep within; without it they are those of the moment. */
void att_session_prove(att_session *session);

/* Nobody is told how far it is, whatever the instrument says. */
void att_session_hide_progress(att_session *session);

/* Folds entries that were kept before, then stands where the last of them led (after an
 * answer: at the next question), behind a screen that says welcome back; at the start
 * screen when nobody had agreed yet. ENOTFOUND when an entry names
 * an item that the instrument has not. */
att_code att_session_replay(att_session *session, const att_entry *entries,
                            size_t n_entries, att_err *err);

/* What was being typed of an item when the session stopped; after replay. Views show it
 * until the item is answered. An item that the instrument has not is passed over. */
void att_session_draft(att_session *session, const char *item, const char *text);

/* One step. Effects live in the session's arena until the next step.
 *  - ANSWER and SKIP may be refused; WARN and ASK_SKIP are refused once, and the same
 *    event again is taken.
 *  - An answer equal to the one kept makes no entry but goes on.
 *  - BACK from the first question is refused; BACK never loses anything. From a
 *    question that the review opened, it goes back to the review.
 *  - NEXT on a question without an answer is a SKIP; in the review it goes to the first
 *    question without an answer.
 *  - FINISH is refused with REQUIRED, and stands at the question it is about, while a
 *    question that must be answered is open; else it ends the interview.
 *  - AGREE goes on from the welcome, REVIEW there looks over the answers first.
 *  - After the last question the review is shown, unless opts or length say otherwise
 *    (view.h). */
att_effects att_session_step(att_session *session, const att_event *event);

/* What should be on screen now. Lives in arena. */
att_view att_session_view(att_arena *arena, const att_session *session);

/* The form as it stands. */
const att_sheet *att_session_sheet(const att_session *session);
const att_response *att_session_header(const att_session *session);
att_status att_session_status(const att_session *session);

#endif
