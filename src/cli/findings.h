/* findings.h - lines of "ok", "warn" and "FAIL", and their count: verify, doctor
 */
#ifndef ATTUNE_CLI_FINDINGS_H
#define ATTUNE_CLI_FINDINGS_H

#include "command.h"

typedef enum att_finding {
    ATT_FINDING_OK = 0,
    ATT_FINDING_WARN,
    ATT_FINDING_FAIL
} att_finding;

#define ATT_FINDINGS_MAX 32

typedef struct att_findings {
    att_call *call;
    struct {
        att_finding how;
        const char *what, *text;
        const char *more[4]; /* lines under it */
        size_t n_more;
    } list[ATT_FINDINGS_MAX];
    size_t n;
} att_findings;

/* A line; and lines under the last one. Texts must live as long as findings. */
void att_findings_add(att_findings *findings, att_finding how, const char *what,
                      const char *text);
void att_findings_more(att_findings *findings, const char *text);

/* Writes them to call->out, as text or (with --json) as a list, and "1 ok, 1 failure".
 * The exit status: 1 when one failed. */
int att_findings_end(const att_findings *findings);

#endif
