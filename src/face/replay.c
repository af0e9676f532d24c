/* replay.c - an interview that was held, shown by a face; see the header */
#include <attune/face/replay.h>

#define DWELL_MIN   400  /* ms that a screen stands, before the speed divides it */
#define DWELL_MAX   5000 /* ms that a screen stands, before the speed divides it */
#define DWELL_GIVEN 700  /* ms that an answer stands on its screen */
#define DWELL_LAST  3000 /* ms that a last screen stands */

/* How long a screen stands: -1 waits for Enter. */
static int dwell(const att_pace *pace, att_msec ms)
{
    if (pace->is_step) {
        return -1;
    }
    if (!(pace->speed > 0)) {
        return 0;
    }
    ms = ms < DWELL_MIN ? DWELL_MIN : ms > DWELL_MAX ? DWELL_MAX : ms;
    return (int)((double)ms / pace->speed);
}

/* False when the person has seen enough. */
static bool show_one(const att_face *face, void *state, const att_shown *shown,
                     const att_pace *pace)
{
    att_msec stood = shown->step != NULL     ? shown->step->came - shown->step->shown
                     : shown->n_entries == 0 ? DWELL_LAST
                                             : DWELL_GIVEN;
    bool is_last = shown->step == NULL && shown->n_entries == 0;

    face->show(state, shown, false, pace->receipt);
    if (!face->pause(state, dwell(pace, stood))) {
        return false;
    }
    if (is_last) {
        return true;
    }
    face->show(state, shown, true, pace->receipt);
    return shown->given.kind == ATT_ANSWER_NONE || face->size == NULL ||
           face->pause(state, dwell(pace, DWELL_GIVEN));
}

att_code att_face_replay(const att_face *face, const att_face_opts *opts,
                         att_replay *replay, const att_pace *pace, bool *was_stopped,
                         att_err *err)
{
    att_arena scratch = { 0 };
    att_shown shown;
    void *state;

    *was_stopped = false;
    if (face->show == NULL) {
        return att_fail(err, ATT_EUSAGE, "face \"%s\" shows nothing", face->name);
    }
    att_signals_start();
    state = face->open(opts, att_replay_session(replay), err);
    if (state == NULL) {
        return err->code;
    }
    while (!*was_stopped) {
        att_arena_mark mark = att_arena_mark_now(&scratch);

        if (!att_replay_next(replay, &scratch, &shown)) {
            break;
        }
        if (pace->seen != NULL) {
            pace->seen(pace->data, &shown);
        }
        *was_stopped = !show_one(face, state, &shown, pace);
        att_arena_rewind(&scratch, mark);
    }
    face->close(state);
    att_arena_drop(&scratch);
    return ATT_OK;
}
