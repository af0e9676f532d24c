/* reliability.h - parts of reliability that the command and the report share
 */
#ifndef ATTUNE_REPORT_RELIABILITY_H
#define ATTUNE_REPORT_RELIABILITY_H

#include <attune/report/report.h>

/* Alpha of an input's columns, keyed; every column must exist. */
att_alpha att_reliability_of(att_arena *arena, const att_reliability_input *input);

/* Why a scale of this model has no alpha, or NULL when it may have one. */
const char *att_reliability_refusal(att_model model);

/* The item table: M, SD, item-rest r, alpha if dropped. */
att_table *att_reliability_items(att_arena *arena, const att_alpha *alpha,
                                 const char *const *names, const bool *is_reversed);

#endif
