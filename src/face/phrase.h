/* phrase.h - sentences made of several words, so that all faces say the same
 *
 * Texts live in the arena and are not tamed: what came from an instrument is tamed by
 * the face that shows it. "" where there is nothing to say.
 */
#ifndef ATTUNE_FACE_PHRASE_H
#define ATTUNE_FACE_PHRASE_H

#include <attune/face/words.h>
#include <attune/session/view.h>

#define LONG_LIST 20 /* choices; over that they are searched, and listed on demand */

/* "45", "2.5"; "14 September 2026"; "Monday, 14 September 2026."; "14:02" */
char *att_phrase_number(att_arena *arena, double number);
char *att_phrase_day(att_arena *arena, const att_words *words, att_day day);
char *att_phrase_weekday(att_arena *arena, const att_words *words, att_day day);
char *att_phrase_time(att_arena *arena, att_msec at, int offset);

/* Where this view stands, for the top row: "question 5 of about 6 to 12", "questions 16
 * to 18 of 23", "about 4 minutes", "finished". is_short: "5 of 20". */
/* "about 3 minutes left", or "" where nothing is known. */
char *att_phrase_left(att_arena *arena, const att_words *words, const att_view *view);

char *att_phrase_place(att_arena *arena, const att_words *words, const att_view *view,
                       bool is_short);

/* "Person 2 of 3: MJ done, Sam now, Lu next."; "Person 2 of 3." before it has a name. */
char *att_phrase_person(att_arena *arena, const att_words *words, const att_view *view);

/* "1 to 5, n or r": what can be pressed. "r or k": only its letters. */
char *att_phrase_keys(att_arena *arena, const att_words *words, const att_view *view);
char *att_phrase_letters(att_arena *arena, const att_words *words,
                         const att_view *view);

/* "a number from 1 to 5, n or r", "a number from 0 to 60": what can be typed. is_whole:
 * "a whole number from 0 to 60" where only whole ones will do. */
char *att_phrase_wanted(att_arena *arena, const att_words *words, const att_view *view,
                        bool is_whole);

/* "1-5": the numbers of the choices, for a hint. */
char *att_phrase_numbers(att_arena *arena, const att_view *view);

/* "A whole number from 0 to 60."; "From 2026-06-16 to today, 2026-09-16." */
char *att_phrase_range(att_arena *arena, const att_words *words, const att_view *view);
char *att_phrase_days(att_arena *arena, const att_words *words, const att_view *view);
/* What is said to who does not take part: at the start, or later. */
att_word att_phrase_declined(const att_view *view);
/* "From 08:00 to 20:00.": of a whole day where the question says nothing. */
char *att_phrase_times(att_arena *arena, const att_words *words, const att_view *view);

/* An option's text: its own, or the table's word for its reason. */
const char *att_phrase_option(const att_words *words, const att_option *option);

/* "Your 4 answers are saved." */
char *att_phrase_saved(att_arena *arena, const att_words *words, size_t n);

/* "About this question: ..."; "To go on later: attune resume k7q2mh" */
char *att_phrase_about(att_arena *arena, const att_words *words, const att_view *view);
char *att_phrase_later(att_arena *arena, const att_words *words, const char *command);

/* An answer of the review, with what it was: "Agree (was Not sure)". */
char *att_phrase_review(att_arena *arena, const att_words *words,
                        const att_review_row *row);

typedef struct att_start_text {
    const char *warning;    /* "Draft measure. Not validated." */
    const char *decisions;  /* "Its scores must not be used to ..." */
    const char *unreviewed; /* the translation */
    const char *purpose;    /* the instrument's own */
    const char *rights;     /* may skip, is saved, who sees it */
    const char *about;      /* version, language, licence, number of questions */
    const char *wording;    /* who wrote it */
} att_start_text;

att_start_text att_phrase_start(att_arena *arena, const att_words *words,
                                const att_view *view);

typedef struct att_welcome_text {
    const char *stopped; /* when, and how many answers are saved */
    const char *version; /* which one is gone on with */
    const char *go_on;   /* first choice: "Go on with question 5" */
} att_welcome_text;

att_welcome_text att_phrase_welcome(att_arena *arena, const att_words *words,
                                    const att_view *view);

typedef struct att_finish_text {
    const char *counts;  /* "20 questions: 18 answered, 1 skipped." */
    const char *when;    /* when, how long, and whether a draft */
    const char *session; /* "Receipt for session k7q2mh" */
    const char *receipt; /* 64 digits in groups of 8, or "" */
} att_finish_text;

att_finish_text att_phrase_finish(att_arena *arena, const att_words *words,
                                  const att_view *view, const char *receipt);

#endif
