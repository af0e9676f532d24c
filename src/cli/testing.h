/* testing.h - tests that stand beside an instrument: read, and run through the session
 *
 * Format: docs/FORMAT.md, "Tests". A trial is one test: who answers, what they answer,
 *         and what must come of it. It is run as an interview, event by event, so that
 *         what it shows is what people would meet.
 */
#ifndef ATTUNE_CLI_TESTING_H
#define ATTUNE_CLI_TESTING_H

#include <attune/base/json.h>
#include <attune/instrument/sheet.h>

#include "command.h"

#define ATT_TRIALS_MAX 10000 /* tests in one file */

/* An answer by the id of its item. Days are texts until the item is known. */
typedef struct att_given {
    const char *item;
    att_answer answer;
    const char *roster; /* whose list of objects it stands in, or NULL */
    size_t object;      /* there: which one, from 0 */
} att_given;

typedef enum att_expect_kind {
    ATT_EXPECT_SHOWN = 0, /* id is asked, as things stand at the end */
    ATT_EXPECT_HIDDEN,
    ATT_EXPECT_ASKED,   /* text: all questions put, in order, "a, b" */
    ATT_EXPECT_MISSING, /* text: the reason why id has no value */
    ATT_EXPECT_SCORE,   /* number; NaN: no score */
    ATT_EXPECT_TEXT,    /* text: the words of an item, piped */
    ATT_EXPECT_WORDS,   /* text: the answer in words */
    ATT_EXPECT_OFFERS,  /* text: codes and reasons offered, "1, 2, refused" */
    ATT_EXPECT_REFUSED, /* text: why the answer was not taken at once */
    ATT_EXPECT_STATUS   /* text: complete, open, declined */
} att_expect_kind;

typedef struct att_expect {
    att_expect_kind kind;
    const char *id; /* of an item or a score; "" where there is none */
    const char *text;
    double number;
} att_expect;

typedef struct att_trial {
    const char *name;
    unsigned line;                                      /* in its file */
    const char *language, *role, *site, *wave, *person; /* or "" */
    att_asking mode;
    unsigned long long seed;
    att_day today;
    bool has_maturity; /* run as if the instrument had this status */
    att_maturity maturity;
    bool is_declined;  /* does not agree to take part */
    const char *leave; /* the item at which the person leaves, or "" */
    const att_setting *settings;
    size_t n_settings;
    const att_known *known; /* of the person, and of earlier waves; days are texts */
    size_t n_known;
    const att_given *answers;
    size_t n_answers;
    const att_given *changes; /* made in the review, in order */
    size_t n_changes;
    const att_expect *expects;
    size_t n_expects;
} att_trial;

typedef struct att_trials {
    const char *path;
    const char *instrument; /* "ces@^1" */
    const att_trial *list;
    size_t n;
} att_trials;

/* Reads tests; NULL with *err, which has the place. json may be closed afterwards. */
att_trials *att_trials_read(att_arena *arena, att_json *json, att_err *err);

/* The same of a file. */
att_trials *att_trials_open(att_arena *arena, const char *path, att_err *err);

/* The file of the instrument that the tests are for: `given` when there is one, else by
 * its id beside the tests or in the folder above. NULL with ENOTFOUND. */
const char *att_trials_find(att_arena *arena, const att_trials *trials,
                            const char *given, att_err *err);

/* Whether a version is one that "id@RANGE" wants: none, "1.2.0", "1", "^1", "^1.2". */
bool att_trials_fits(const char *wanted, const char *version);

/* One thing that came out otherwise. */
typedef struct att_miss {
    const char *what; /* "score trust" */
    const char *wanted, *got;
} att_miss;

/* Runs one test; [*n] misses in arena, none when it passed. */
att_miss *att_trial_run(att_arena *arena, const att_instrument *instrument,
                        const att_trial *written, size_t *n);

#endif
