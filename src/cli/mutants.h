/* mutants.h - an instrument with one seeded fault: what its tests should notice
 *
 * What:   every place where a slip of the pen changes what is asked or scored, changed
 *         once. Words are left alone. Where a fault can be made in several ways (which
 *         other set, which new code), the seed chooses.
 */
#ifndef ATTUNE_CLI_MUTANTS_H
#define ATTUNE_CLI_MUTANTS_H

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/json.h>

typedef enum att_fault {
    ATT_FAULT_DROP_REVERSE = 0,
    ATT_FAULT_ADD_REVERSE,
    ATT_FAULT_DROP_ITEM, /* from a scale */
    ATT_FAULT_MIN_VALID, /* one more, one less */
    ATT_FAULT_NEGATE,    /* a comparison */
    ATT_FAULT_CONSTANT,  /* of an expression */
    ATT_FAULT_AND_OR,
    ATT_FAULT_CHOICE_SET,
    ATT_FAULT_CODE,
    ATT_FAULT_DROP_SHOW,
    ATT_FAULT_MOVE, /* an item to before what its condition asks about */
    ATT_FAULT_DROP_VARIANT,
    ATT_FAULT_DROP_TOKEN
} att_fault;

#define ATT_N_FAULTS 13

const char *att_fault_name(att_fault fault); /* "drop a reverse key" */

typedef struct att_mutant {
    att_fault fault;
    const char *what;  /* "scale trust: recs_t5 is not reversed" */
    const char *bytes; /* the instrument with the fault, as JSON */
    size_t n;
} att_mutant;

/* Mutant k of an instrument, from 0; false when there are no more. */
bool att_mutant_make(att_arena *arena, const att_json *json, unsigned long long seed,
                     size_t k, att_mutant *out);

#endif
