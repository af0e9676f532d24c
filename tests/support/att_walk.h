/* att_walk.h - one random interview, told to every face
 *
 * What:   a walk through an interview from its first screen to its end, with answers by
 *         a seed, and the same written down as each face takes it: a file of answers,
 *         lines to type, keys to press. Then the record that each of them leaves.
 * Limits: choices of a list that opens with its search (over 60) are skipped.
 */
#ifndef ATTUNE_TESTS_ATT_WALK_H
#define ATTUNE_TESTS_ATT_WALK_H

#include "att_talk.h"

typedef struct att_walk {
    att_buf json;  /* answers for --answers */
    att_buf typed; /* lines for the line face */
    att_buf keys;  /* bytes for the full face */
    size_t n_answers;
} att_walk;

/* Walks talk's session, not yet agreed to, to its end. */
void att_walk_make(att_talk *talk, unsigned long long seed, att_walk *walk);
void att_walk_drop(att_walk *walk);

/* One walk through the instrument of a path (as att_talk_open) by the script face, the
 * line face and, on a terminal of its own, the full face; the test fails unless all
 * leave the record of the walk. Returns the number of answers. */
size_t att_walk_compare(const char *path, const char *language, const char *role,
                        unsigned long long seed);

/* The bundled instruments: paths of instruments/NAME.json, sorted, NULL-ended, in
 * arena. */
const char *const *att_walk_bundled(att_arena *arena);

#endif
