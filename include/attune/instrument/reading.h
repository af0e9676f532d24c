/* reading.h - how hard a text is to read, by formulas of sentence and word length
 *
 * What:   English: the grade of Flesch and Kincaid (Kincaid, Fishburne, Rogers and
 *         Chissom 1975). Spanish: the grade of Crawford (1984). Both were made on running
 *         text; on a single short question they say little, so many texts are counted
 *         together.
 */
#ifndef ATTUNE_INSTRUMENT_READING_H
#define ATTUNE_INSTRUMENT_READING_H

#include <stddef.h>

typedef struct att_reading {
    size_t n_sentences, n_words, n_syllables;
} att_reading;

/* Adds what a text holds. A text without a full stop is one sentence; what stands in
 * braces counts as one word of two syllables, numbers as one of one. language is a tag;
 * one without a formula is counted as English. */
void att_reading_add(att_reading *reading, const char *text, const char *language);

/* The grade of school in which the counted texts can be read, from 1 up; NaN when
 * nothing was counted, or when there is no formula for the language. */
double att_reading_grade(const att_reading *reading, const char *language);

/* Syllables of a word of n bytes, lower or upper case; at least 1. */
size_t att_reading_syllables(const char *word, size_t n, const char *language);

#endif
