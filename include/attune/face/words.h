/* words.h - every word a face says, one table a language
 *
 * A word is a template; {1} {2} {3} stand for arguments, so that a language may order
 * them as it likes. The table follows the interview's language; a language without a
 * table is spoken in English, and `attune check` says so.
 */
#ifndef ATTUNE_FACE_WORDS_H
#define ATTUNE_FACE_WORDS_H

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/stamp.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/kind.h>
#include <attune/session/view.h>

/* The names of words are in face/word_list.h: one line X(NAME) a word. */
typedef enum att_word {
#define X(name) ATT_SAY_##name,
#include <attune/face/word_list.h>
#undef X
    ATT_N_WORDS
} att_word;

typedef struct att_words {
    const char *tag;               /* "en" */
    bool is_rtl;                   /* written from right to left */
    const char *word[ATT_N_WORDS]; /* none is NULL: a test looks */
    const char *months[12], *days[7];
    /* "14 September 2026" in this language's order */
    const char *date; /* template: {1} day, {2} month's name, {3} year */
} att_words;

extern const att_words att_words_en, att_words_es;
extern const att_words *const att_words_list[];
extern const size_t att_n_words_list;

/* The table for a tag ("es-MX" finds "es"), English when there is none. */
const att_words *att_words_for(const char *tag);

/* The tags that have a table: what att_check_opts.spoken wants. [n] in static memory. */
const char *const *att_words_spoken(size_t *n);

/* Fills a template. args may be NULL when n is 0. */
void att_say(att_buf *out, const att_words *words, att_word word,
             const char *const *args, size_t n);
char *att_say_text(att_arena *arena, const att_words *words, att_word word,
                   const char *const *args, size_t n);

/* A refusal as a sentence, without the "! " mark ("Not saved: 75 is more than 60. Type
 * a number from 0 to 60."). is_blocking false: a check that Enter passes. */
char *att_say_refusal(att_arena *arena, const att_words *words,
                      const struct att_view *view, const att_refusal *refusal);

/* The same for the line face, where Enter alone on a line keeps an answer. */
char *att_say_refusal_typed(att_arena *arena, const att_words *words,
                            const struct att_view *view, const att_refusal *refusal);

/* A reason's word from the table; att_say_answer prefers the instrument's own. */
const char *att_say_reason(const att_words *words, att_reason reason);

/* An answer in words for this view's item ("Agree"; "A buddy; Training"). */
char *att_say_answer(att_arena *arena, const att_words *words,
                     const struct att_view *view, const att_answer *answer);

#endif
