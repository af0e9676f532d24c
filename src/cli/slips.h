/* slips.h - places in an expression where a slip of the pen changes what it says
 *
 * What:   a scan of the text of an expression that can be read: its comparisons, its
 *         constants, its "and" and "or". Grammar: docs/EXPRESSIONS.md.
 */
#ifndef ATTUNE_CLI_SLIPS_H
#define ATTUNE_CLI_SLIPS_H

#include "mutants.h"

typedef struct att_slip {
    att_fault fault; /* NEGATE, CONSTANT, AND_OR or MIN_VALID */
    size_t at, span; /* the bytes that are replaced; span 0: put in */
    const char *with;
} att_slip;

/* Slip k of an expression, from 0; false when there are no more. is_down: constants
 * fall by one instead of rising. */
bool att_slip_find(att_arena *arena, const char *text, size_t k, bool is_down,
                   att_slip *out);

/* The text with the slip. */
char *att_slip_make(att_arena *arena, const char *text, const att_slip *slip);

#endif
