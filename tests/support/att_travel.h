/* att_travel.h - instruments through the files of other programs, and back
 */
#ifndef ATTUNE_TESTS_ATT_TRAVEL_H
#define ATTUNE_TESTS_ATT_TRAVEL_H

#include <attune/instrument/dialect.h>

typedef struct att_travel {
    att_arena arena;
    att_losses losses; /* of both ways */
    att_scripts scripts;
    att_err err;
    att_code code;
    const char *there;  /* the file of the other program */
    bool has_languages; /* texts are the same in all languages, not just the default */
    const att_instrument *from, *back;
} att_travel;

/* Reads a text as a file of a dialect; code and err say what came of it. */
void att_travel_read(att_travel *t, const char *dialect, const char *text);

/* The same of a file of that name. */
void att_travel_read_as(att_travel *t, const char *dialect, const char *name,
                        const char *text);

/* The i-th instrument that was read; it must be one. */
const att_instrument *att_travel_instrument(att_travel *t, size_t i);

/* The report, as people see it. */
const char *att_travel_report(att_travel *t);

/* From a file of ours into the dialect and back. */
void att_travel_both(att_travel *t, const char *dialect, const char *path);

/* The same by the dialect's second form. */
void att_travel_second(att_travel *t, const char *dialect, const char *path);

/* Whether the report says anything but "mapped" about it. */
bool att_travel_is_named(const att_travel *t, const char *id);

/* What is not named came back as it was: each item, its words, choices and limits. */
void att_travel_same_items(const att_travel *t);

/* The same random answers show the same items on both sides. */
void att_travel_same_paths(att_travel *t, unsigned seed);

/* An instrument of three choices a, b, c with "does not apply", a number n, a text t, a
 * date day, marks m, and a text "it" with that condition; JSON, in the arena. */
char *att_travel_asking(att_arena *arena, const char *show);

void att_travel_drop(att_travel *t);

#endif
