/* bench.h - times in, medians out
 *
 * What:   a clock, and one line a measurement: median, 95th of a hundred, goal, verdict.
 * Note:   a goal that is missed is said, and is no failure.
 */
#ifndef ATTUNE_BENCH_BENCH_H
#define ATTUNE_BENCH_BENCH_H

#include <stddef.h>

/* Milliseconds of a clock that only goes forward. */
double bench_now(void);

/* Sorts the n times (ms) and prints their median and 95th percentile. The goal (ms; 0:
 * none) is for the percentile when it is of_p95, else for the median. */
void bench_report(const char *name, double *ms, size_t n, double goal, int of_p95);

#endif
