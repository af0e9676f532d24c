/* make_large.h - instruments of any size, made for measuring
 */
#ifndef ATTUNE_BENCH_MAKE_LARGE_H
#define ATTUNE_BENCH_MAKE_LARGE_H

#include <stddef.h>

/* Writes an instrument with n questions of one choice each, on pages of ten, a condition
 * on every tenth, a scale of every hundred. Returns the file's bytes; ends the program
 * when it cannot be written. */
size_t make_large(const char *path, size_t n);

/* Writes the instrument "roster": so many entries of so many questions each, one of them
 * with a condition on another of its entry, and values worked out over all entries. */
void make_roster(const char *path, size_t n_entries, size_t n_questions);

#endif
