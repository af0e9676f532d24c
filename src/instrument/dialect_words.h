/* dialect_words.h - words as they stand in other programs' files
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_WORDS_H
#define ATTUNE_INSTRUMENT_DIALECT_WORDS_H

#include <stdbool.h>

#include <attune/base/arena.h>

char att_words_low(char c); /* an ASCII letter in lower case */

/* Whether two words are the same but for upper and lower case. */
bool att_words_same(const char *a, const char *b);

/* The first n bytes without blanks and line ends around them. */
const char *att_words_trimmed(att_arena *arena, const char *text, size_t n);

/* Words without tags and with entities decoded; *had_tags when there were any. */
const char *att_words_plain(att_arena *arena, const char *text, bool *had_tags);

#endif
