/* sitting.h - how an interview went, beside what was answered
 *
 * A sitting is one run of the program over one interview, from its first screen to its
 * end; a session that is resumed has several. A step is one screen of it: what was shown,
 * what came, and what that led to. Never what was typed and not taken: only that it was
 * not, and why.
 */
#ifndef ATTUNE_INSTRUMENT_SITTING_H
#define ATTUNE_INSTRUMENT_SITTING_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/stamp.h>

typedef struct att_step {
    const char *screen;  /* what was shown: "start", "question" ... (session/names.h) */
    const char *item;    /* id of what was asked, of a grid its row; or "" */
    const char *event;   /* what came: "answer", "back" ...; "stop": nothing more */
    const char *target;  /* id of the item that the event names, or "" */
    const char *refusal; /* why it was not taken: "too_high" ...; or "" */
    att_msec shown;      /* ms since the sitting began, when the screen was there */
    att_msec came;       /* ms since the sitting began, when the event came */
    size_t n_entries;    /* that it made in the journal */
    int columns, rows;   /* of the window; 0: not known */
} att_step;

typedef struct att_sitting {
    const char *face;      /* "full", "line", "script" */
    const char *language;  /* tag */
    const char *terminal;  /* its kind, as TERM names it; or "" */
    const char *newer;     /* the newer version that its welcome told of, or "" */
    const char *settings;  /* digest of the study's settings, 64 hex digits */
    bool has_draft;        /* its welcome told of a draft */
    att_msec began;        /* UTC */
    size_t n_before;       /* entries that the response had, its START included */
    const att_step *steps; /* [n_steps] in order */
    size_t n_steps;
} att_sitting;

#endif
