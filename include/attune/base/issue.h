/* issue.h - many findings about files, in the order of their places
 *
 * What:   what `attune check` prints: each finding with its rule, its place, the
 *         source line and a hint. Findings live in the arena of their list.
 */
#ifndef ATTUNE_BASE_ISSUE_H
#define ATTUNE_BASE_ISSUE_H

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>

typedef enum att_severity { ATT_SEVERITY_WARNING = 0, ATT_SEVERITY_ERROR } att_severity;

typedef struct att_issue {
    att_severity severity;
    const char *rule; /* "L021"; a static text */
    att_err what;     /* message, hint, place */
    size_t span;      /* characters that the caret line underlines; at least 1 */
    const char *line; /* the source line, without its end, or "" */
} att_issue;

typedef struct att_issues {
    att_arena *arena; /* the caller's; findings live there */
    att_issue *list;
    size_t n, room;
    size_t n_errors, n_warnings;
} att_issues;

/* Adds a finding (copied). */
void att_issues_add(att_issues *issues, const att_issue *issue);

/* Puts findings in order of file, line, column, rule. */
void att_issues_sort(att_issues *issues);

/* One finding as text, in the form of docs/STYLE.md "Errors":
 * file:line:column: error[L021]: message / source line / caret / pointer / hint.
 * Control bytes of the source line are shown as "?"; a line wider than 120 columns is
 * shown in part, around the caret. What is unknown (line, column) is left out. */
void att_issue_write(att_buf *out, const att_issue *issue);

#endif
