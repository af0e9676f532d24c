/* suppress.h - what small groups may show
 *
 * A count from 1 to the limit is hidden; 0 is shown. Where the sum of a list is known,
 * so much more is hidden that no hidden count can be worked out: the next smallest
 * first. docs/REPORT-DESIGN.md, section 11.
 */
#ifndef ATTUNE_REPORT_SUPPRESS_H
#define ATTUNE_REPORT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/doc/doc.h>
#include <attune/report/report.h>

typedef struct att_hide {
    size_t limit;     /* counts 1 .. limit are hidden; 0: none is */
    const char *how;  /* what stands in a small cell: "< 5", "1–10" */
    size_t *n_hidden; /* counts what was hidden; or NULL */
} att_hide;

/* Internal: nothing; site: under 5; public: 1 to 10. */
att_hide att_hide_for(att_audience audience, size_t *n_hidden);

/* Whether a count is too small to show; whether a share k of n would tell of one, by
 * itself or by what is left to 1. */
bool att_hide_count(const att_hide *hide, size_t n);
bool att_hide_share(const att_hide *hide, size_t k, size_t n);

/* What must be hidden of counts whose sum is known: hidden[n]. False when nothing can
 * keep them secret: then the whole list must be left out, and all are marked. Does not
 * count what is hidden. */
bool att_hide_list(const att_hide *hide, const size_t *count, size_t n, bool *hidden);

/* Cells as values; what is hidden is counted. n of a larger number that is known: where
 * the rest is small, only a least number is shown ("≥ 289"). */
att_val att_hide_as_count(const att_hide *hide, size_t n, bool is_hidden);
att_val att_hide_as_part(att_arena *arena, const att_hide *hide, size_t n, size_t of);
att_val att_hide_as_share(const att_hide *hide, size_t k, size_t n, int digits);

/* Digits of percents: none under 100, so that a column has equal ones, by all rows. */
int att_hide_digits(size_t n_all);

#endif
