/* replay.h - an interview that was held, shown by a face
 *
 * Each screen stands as long as it did, 0.4 s at least and 5 s at most, divided by the
 * speed; then what was answered is shown on it. Or each waits for Enter. Nothing is asked and nothing is
 * kept.
 */
#ifndef ATTUNE_FACE_REPLAY_H
#define ATTUNE_FACE_REPLAY_H

#include <attune/face/face.h>
#include <attune/session/replay.h>

typedef struct att_pace {
    double speed; /* times as fast as it was; 0: no waiting */
    bool is_step; /* waits for Enter instead */
    void *data;
    void (*seen)(void *data, const att_shown *shown); /* of each screen; or NULL */
    const char *receipt; /* as the finished screen told it, or "" */
} att_pace;

/* Shows all of it, or until the person stops it (*was_stopped: q, Ctrl-C, a signal, the
 * end of input). EUSAGE for a face that cannot. */
att_code att_face_replay(const att_face *face, const att_face_opts *opts,
                         att_replay *replay, const att_pace *pace, bool *was_stopped,
                         att_err *err);

#endif
