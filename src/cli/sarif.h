/* sarif.h - findings of check in the form that code hosts and editors read
 *
 * Format: Static Analysis Results Interchange Format (SARIF) 2.1.0, OASIS Standard, 2020.
 */
#ifndef ATTUNE_CLI_SARIF_H
#define ATTUNE_CLI_SARIF_H

#include <attune/base/buf.h>
#include <attune/base/issue.h>

/* One run over n files' findings: the rules that were broken, then each finding. */
void att_sarif_write(att_buf *buf, const char *version, const att_issues *const *files,
                     size_t n);

#endif
