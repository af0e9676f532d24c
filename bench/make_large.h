/* make_large.h - instruments of any size, made for measuring
 */
#ifndef ATTUNE_BENCH_MAKE_LARGE_H
#define ATTUNE_BENCH_MAKE_LARGE_H

#include <stddef.h>

/* Writes an instrument with n questions of one choice each, on pages of ten, a condition
 * on every tenth, a scale of every hundred. Returns the file's bytes; ends the program
 * when it cannot be written. */
size_t make_large(const char *path, size_t n);

#endif
