/* replay.h - an interview that was held, screen by screen once more
 *
 * What:   the journal and the sittings of a response, run through a new session: the same
 *         views, in the same order, and the same entries. It writes nothing.
 * Exact:  each step is compared with what was noted: the screen, the item, whether it was
 *         taken, and every entry it made, to the millisecond. The first difference ends
 *         the replay.
 * Gaps:   entries without steps (an interview that was simulated, imported, or held while
 *         steps were not kept) are shown where they fit; moves that kept nothing are not
 *         known there. What was being typed, and what was typed and not taken, is never
 *         known.
 */
#ifndef ATTUNE_SESSION_REPLAY_H
#define ATTUNE_SESSION_REPLAY_H

#include <attune/instrument/sitting.h>
#include <attune/session/session.h>

typedef struct att_replay att_replay;

/* What is replayed; all of it must outlive the replay. */
typedef struct att_replay_of {
    const att_instrument *instrument;
    const att_response *response; /* with its entries */
    const att_setting *settings;  /* [n_settings] */
    size_t n_settings;
    const att_sitting *sittings; /* [n_sittings] may be none */
    size_t n_sittings;
} att_replay_of;

/* One screen. */
typedef struct att_shown {
    att_view view;
    const att_sitting *sitting; /* NULL in a gap */
    const att_step *step;     /* what came of it; NULL in a gap and on a last screen */
    const att_entry *entries; /* [n_entries] of the response: what it led to */
    size_t n_entries;
    att_refusal_code told; /* what the event before was told */
    size_t target;         /* item that the event names; ATT_NONE */
    size_t given_item;     /* item that was answered here; ATT_NONE */
    att_answer given;      /* with this; NONE */
} att_shown;

att_replay *att_replay_make(att_arena *arena, const att_replay_of *of);

/* Whether a screen can say again what was told: not when that names what was typed. */
bool att_replay_is_said(att_refusal_code told);

/* The next screen, in arena. False after the last one, and after a difference. */
bool att_replay_next(att_replay *replay, att_arena *arena, att_shown *out);

/* The first difference from what was noted, in words; "" while there is none. */
const char *att_replay_difference(const att_replay *replay);

/* The session as far as it has gone. */
const att_session *att_replay_session(const att_replay *replay);

/* Answers that were erased and could not be given again; entries shown from gaps. */
size_t att_replay_n_erased(const att_replay *replay);
size_t att_replay_n_unseen(const att_replay *replay);

#endif
