/* judge.h - what reliability allows to say: sentences by rule
 *
 * Rules look at the full number; sentences show two digits. A sentence says what is, and
 * what it means or what to do.
 */
#ifndef ATTUNE_REPORT_JUDGE_H
#define ATTUNE_REPORT_JUDGE_H

#include <stdbool.h>

#include <attune/base/arena.h>
#include <attune/doc/doc.h>
#include <attune/psych/alpha.h>

/* A growing list of sentences in an arena. */
typedef struct att_saying {
    att_arena *arena;
    const char **list; /* [n] */
    size_t n, room;
} att_saying;

void att_saying_add(att_saying *saying, const char *text);

/* Numbers in sentences: ".70", "−.12"; "2,709". */
const char *att_say_bounded(att_arena *arena, double x);
const char *att_say_count(att_arena *arena, size_t n);

/* "1 item", "5 items". */
const char *att_say_items(att_arena *arena, size_t n);

/* "1 session", "300 sessions". */
const char *att_say_sessions(att_arena *arena, size_t n);

/* The verdict on an alpha that could be made, and its sign. */
const char *att_judge_alpha(att_arena *arena, const att_alpha *alpha, att_sign *sign);

/* What to look at, items by name [k]. Also says why there is no alpha. is_shared: counts
 * of people are left out. */
void att_judge_warn(att_saying *saying, const att_alpha *alpha,
                    const char *const *names, const bool *is_reversed, bool is_shared);

#endif
