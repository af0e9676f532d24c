/* sending.h - the way to a REDCap server, and what is said on it: for redcap and demo
 */
#ifndef ATTUNE_CLI_SENDING_H
#define ATTUNE_CLI_SENDING_H

#include <attune/sync/sync.h>

#include "command.h"

typedef struct att_sending {
    att_http http;
    att_secret token;
    att_redcap redcap;
    const char *host; /* of the URL */
} att_sending;

/* From --url, --token-file, --token-command or --token-stdin, --ca-file. Close it in
 * any case. */
att_code att_sending_open(att_call *call, att_sending *out, att_err *err);
void att_sending_close(att_sending *sending);

/* --limit as a number; 0 when it was not given. */
att_code att_sending_limit(const att_call *call, size_t *out, att_err *err);

/* Progress on standard error: a bar on a terminal after half a second, a line every 10 s
 * elsewhere. */
void att_sending_progress_start(att_call *call, att_push_opts *opts);
void att_sending_progress_end(att_call *call, const att_push_opts *opts);

/* "sent         40 records" */
void att_sending_count(att_call *call, const char *word, size_t n);

/* The table of what needs a person, with a blank row before. */
void att_sending_issues(att_call *call, const att_push_issue *issues, size_t n);

#endif
