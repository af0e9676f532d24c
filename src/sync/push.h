/* push.h - one push while it runs
 */
#ifndef ATTUNE_SRC_SYNC_PUSH_H
#define ATTUNE_SRC_SYNC_PUSH_H

#include "gather.h"
#include "meter.h"
#include "plan.h"

typedef struct att_push {
    att_arena *arena; /* the caller's: for what the result holds */
    att_store *store;
    att_redcap redcap; /* over the meter */
    att_meter meter;
    att_push_opts opts;
    att_redcap_project project;
    att_gather gather;
    size_t batch;  /* records a request; halved when the server finds it too large */
    size_t n_all;  /* rows that are due */
    size_t n_over; /* of them, those that are settled */
    att_push_issue *issues;
    size_t n_issues, room;
    att_push_result *out;
} att_push;

/* Adds to the issues; texts are copied. */
void att_push_note(att_push *push, const char *record, const char *field,
                   const char *value, const char *why);

/* Moves rows to a state on disk. note may be NULL. */
att_code att_push_move(att_push *push, att_planned *const *list, size_t n,
                       att_outbox_state state, const char *note, att_err *err);

/* Settles what was looked at and needs no request: the same there, or a conflict; what
 * is to be sent goes to rest (room for n). n_arrived counts the first sort. */
att_code att_push_settle(att_push *push, att_planned *list, size_t n,
                         att_planned **rest, size_t *n_rest, size_t *n_arrived,
                         att_err *err);

/* Sends until each is done, refused, or held, or the push must stop. Rows are marked
 * unknown on disk before their request leaves. */
att_code att_push_deliver(att_push *push, att_arena *arena, att_planned **list,
                          size_t n, att_err *err);

#endif
