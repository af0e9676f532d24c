/* face.h - what a face is, and the one loop that all of them share
 *
 * Loop:   view -> show -> read -> event -> step -> sink. Every entry is in the sink's
 *         hands (on disk, synced) before the next view is shown; the face is told so and
 *         may say "Saved". When the sink fails, the loop stops with its error.
 */
#ifndef ATTUNE_FACE_FACE_H
#define ATTUNE_FACE_FACE_H

#include <stdio.h>

#include <attune/base/error.h>
#include <attune/instrument/sitting.h>
#include <attune/session/session.h>

struct att_shown; /* session/replay.h */

/* Where entries go. */
typedef struct att_sink {
    void *data;
    att_code (*keep)(void *data, const att_entry *entry, att_err *err);
    /* The journal's head after the session's last entry, 64 hex digits, or "". */
    const char *(*receipt)(void *data);
    /* How it went: each screen, what came and what that led to, before its entries are
     * kept. NULL: nobody wants to know. Texts hold until it returns. */
    void (*step)(void *data, const att_step *step);
} att_sink;

/* What is done about scripts that are written from right to left. */
typedef enum att_bidi_mode {
    ATT_BIDI_APP = 0,  /* texts in the order of the eye, all of the screen mirrored */
    ATT_BIDI_TERMINAL, /* the same screen, its words as read: the terminal turns them */
    ATT_BIDI_OFF       /* neither: words as read, from the left */
} att_bidi_mode;

extern const char *const att_bidi_modes[]; /* their names, then NULL */

/* Where what is being typed goes, apart from the answers: a face in which text grows
 * letter by letter hands it over after a pause, after some keys, and when it is left. */
typedef struct att_drafts {
    void *data;
    /* Keeps the text in the box of an item; "" takes it away. */
    att_code (*keep)(void *data, const char *item, const char *text, att_err *err);
} att_drafts;

/* A kiosk: a screen for one person after the other, and no way out but a PIN. */
typedef struct att_kiosk {
    bool (*opens)(void *data, const char *pin); /* whether that is the PIN; slow */
    void *data;
    att_msec idle;       /* without a key until the screen is locked */
    unsigned n_wrong;    /* PINs in a row, counted by the faces */
    att_msec shut_until; /* mono: no PIN is looked at before */
} att_kiosk;

typedef struct att_face_opts {
    FILE *in, *out;           /* standard input and output, or a test's */
    const char *answers;      /* script: path, "-" or NULL for standard input */
    bool is_live;             /* script: asks on out, and hears each line on in */
    bool is_colored;          /* full: chips of colour; else bold and reverse only */
    att_bidi_mode bidi;       /* full */
    bool keeps_left;          /* full: the screen before ours comes back at the end */
    const char *resume_with;  /* what to type to go on: "attune resume k7q2mh" */
    const att_drafts *drafts; /* NULL: what is being typed is not kept */
    int draft_pause;          /* ms after the last key; 0: 2000 */
    att_kiosk *kiosk;         /* NULL: none */
    att_msec (*now)(void);    /* UTC; NULL: base/stamp.h */
    att_msec (*mono)(void);
} att_face_opts;

/* What a face hands back when asked. */
typedef enum att_read {
    ATT_READ_EVENT = 0, /* *event is filled */
    ATT_READ_END,       /* end of input: the session stays open */
    ATT_READ_QUIT,      /* Ctrl-C twice */
    ATT_READ_STAFF,     /* the PIN was typed: the kiosk ends */
    ATT_READ_SIGNAL,    /* SIGHUP, SIGTERM: att_signal_caught says which */
    ATT_READ_FAILED     /* *err is filled */
} att_read;

typedef struct att_face {
    const char *name;  /* "full", "line", "script" */
    const char *about; /* for help */
    /* A face ready to show, or NULL with *err. */
    void *(*open)(const att_face_opts *opts, const att_session *session, att_err *err);
    /* Shows the view, with the refusal of the last event if any (code NONE: none), and
     * waits for the person. Texts that it draws come from words.h. */
    att_read (*ask)(void *face, const att_view *view, const att_refusal *refusal,
                    att_event *event, att_err *err);
    /* Entry was kept; view is the one it answered. */
    void (*kept)(void *face, const att_view *view, const att_entry *entry);
    /* The last view (finished, declined, left), shown until the person has seen it. */
    void (*end)(void *face, const att_view *view, const char *receipt);
    /* Another person's interview, in the face that is open: nothing of the one before
     * may be seen. NULL where a face is not for kiosks. */
    void (*turn_to)(void *face, const att_session *session);
    void (*close)(void *face);
    /* Replay (face/replay.h): a screen that was held, as it came up, and then with what
     * came of it; NULL: it shows nothing. A pause of so many ms, or (-1) until Enter:
     * false when the person wants no more. */
    void (*show)(void *face, const struct att_shown *shown, bool is_answered,
                 const char *receipt);
    bool (*pause)(void *face, int ms);
    /* Columns and rows of the window it draws on now; NULL: it has none. */
    void (*size)(void *face, int *columns, int *rows);
} att_face;

/* The list. */
extern const att_face *const att_faces[];
extern const size_t att_n_faces;
const att_face *att_face_find(const char *name);

/* The face to use when none was asked for: full, unless there is no terminal, TERM is
 * empty, dumb or unknown, ACCESSIBLE is set, or the window is under 40x10. */
const att_face *att_face_choose(void);

typedef struct att_face_end {
    att_status status;
    int signal;    /* 0, or the one that ended it: exit 128 + signal */
    bool was_quit; /* Ctrl-C twice: exit 130 */
    bool by_staff; /* the PIN of a kiosk was typed */
    bool at_end_of_input;
} att_face_end;

/* Which fribidi turns the words: "1.0.8". */
char *att_face_fribidi_version(att_arena *arena);

/* Runs the interview until it is over. */
att_code att_face_run(const att_face *face, const att_face_opts *opts,
                      att_session *session, const att_sink *sink, att_face_end *end,
                      att_err *err);

/* One interview after the other. */
typedef struct att_queue {
    void *data;
    /* The next one and where its entries go; NULL with *err ends it all. */
    att_session *(*next)(void *data, att_sink *sink, att_err *err);
    void (*ended)(void *data, att_status status); /* how the one before ended */
} att_queue;

/* Runs interviews in one face, which must have turn_to, until the PIN of opts->kiosk is
 * typed, a signal asks for the end, or there is no more input. */
att_code att_face_run_queue(const att_face *face, const att_face_opts *opts,
                            const att_queue *queue, att_face_end *end, att_err *err);

/* A PIN that was typed in a kiosk: whether it opens. After a wrong one none is looked at
 * for a while, which doubles up to a minute: *wait gets the seconds left, else 0. */
bool att_kiosk_try(att_kiosk *kiosk, const char *pin, att_msec mono, unsigned *wait);

/* Signals only set a flag; faces look at it. att_face_run calls start, which also
 * ignores SIGPIPE and forgets what was caught before. */
void att_signals_start(void);
int att_signal_caught(void);  /* 0 when none: SIGHUP, SIGTERM, SIGINT */
void att_signal_forget(void); /* SIGINT was answered: the next one is the second */

/* Waits until fd can be read (true) or a signal was caught (false). No signal is
 * missed between the look and the wait. */
bool att_signal_wait(int fd);

/* The same, for at most so many ms (0 or less: for ever): 1 can be read, 0 a signal was
 * caught, -1 the time is over. */
int att_signal_wait_for(int fd, att_msec most);

#endif
