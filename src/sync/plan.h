/* plan.h - what would be sent, against what is there
 *
 * The touched cells are exported and compared, before anything is sent and after each
 * outcome that nobody knows. A cell that the server holds otherwise is never
 * overwritten.
 */
#ifndef ATTUNE_SRC_SYNC_PLAN_H
#define ATTUNE_SRC_SYNC_PLAN_H

#include <attune/sync/sync.h>

typedef enum att_verdict {
    ATT_VERDICT_SEND = 0, /* the server lacks some of it, and holds nothing else */
    ATT_VERDICT_SAME,     /* the server holds all of it */
    ATT_VERDICT_CONFLICT  /* the server holds something else */
} att_verdict;

typedef struct att_planned {
    const att_outbox_row *key;
    att_redcap_row row;  /* all its cells */
    att_redcap_row rest; /* those that the server lacks */
    att_verdict verdict;
    bool is_there;                    /* the server has this row */
    const char *field, *here, *there; /* the first cell in which they differ */
} att_planned;

/* Exports the cells of all n and judges each. Records that do not come back are asked
 * for once more when `is_sure` is wanted: a busy server can leave rows out. */
att_code att_plan_look(att_arena *arena, const att_redcap *redcap,
                       const att_redcap_project *project, att_planned *list, size_t n,
                       bool is_sure, att_err *err);

/* Whether a cell holds the same there as here. Blanks at the ends, line ends and how a
 * number is written do not count; an option that is not marked is 0 or blank. */
bool att_plan_same(const char *column, const char *here, const char *there);

#endif
