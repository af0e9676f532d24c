/* bench.c - times in, medians out; see the header */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The smallest time that at least a share q of the sorted times do not exceed. */
static double quantile(const double *sorted, size_t n, double q)
{
    size_t rank = (size_t)ceil(q * (double)n);

    return sorted[rank > 0 ? rank - 1 : 0];
}

void bench_report(const char *name, double *ms, size_t n, double goal, int of_p95)
{
    double median;
    double p95;

    if (n == 0) {
        printf("%-46s no times\n", name);
        return;
    }
    qsort(ms, n, sizeof *ms, compare);
    median = n % 2 == 1 ? ms[n / 2] : (ms[n / 2 - 1] + ms[n / 2]) / 2.0;
    p95 = quantile(ms, n, 0.95);
    printf("%-46s n %4zu  median %9.3f ms  p95 %9.3f ms", name, n, median, p95);
    if (goal > 0.0) {
        printf("  goal %s %g ms: %s", of_p95 ? "p95" : "median", goal,
               (of_p95 ? p95 : median) <= goal ? "met" : "MISSED");
    }
    printf("\n");
}
