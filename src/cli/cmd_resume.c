/* cmd_resume.c - attune resume: goes on exactly where a session stopped
 */
#include "commands.h"

#include <string.h>

#include <attune/store/instruments.h>
#include <attune/store/responses.h>

#include "interview.h"
#include "load.h"

static const char *short_id(const char *id)
{
    return id + strlen(id) - ATT_ID_SHORT;
}

/* The session that was named, or the only open one. */
static const char *which_session(att_call *call, att_store *store, att_err *err)
{
    att_response_filter filter = { .status = ATT_STATUS_OPEN };
    att_response *open = NULL;
    att_buf ids = { 0 };
    size_t n = 0;

    if (call->n_args > 0) {
        return call->args[0];
    }
    if (att_responses_list(call->arena, store, &filter, &open, &n, err) != ATT_OK) {
        return NULL;
    }
    if (n == 1) {
        return open[0].id;
    }
    if (n == 0) {
        att_fail(err, ATT_ENOTFOUND, "no session is open in \"%s\"",
                 att_store_path(store));
        att_hint(err, "start one: attune run INSTRUMENT");
        return NULL;
    }
    for (size_t i = 0; i < n && i < 8; i++) {
        att_buf_format(&ids, "%s%s (%s%s%s)", i > 0 ? ", " : "", short_id(open[i].id),
                       open[i].instrument, open[i].person[0] != '\0' ? ", " : "",
                       open[i].person);
    }
    att_fail(err, ATT_EUSAGE, "%zu sessions are open", n);
    att_hint(err, "name one: %s%s", att_buf_text(&ids), n > 8 ? ", ..." : "");
    att_buf_drop(&ids);
    return NULL;
}

/* The newest version in the study, when the session began with another. */
static const char *newer_version(att_call *call, att_store *store,
                                 const att_response *header)
{
    const att_instrument *newest =
        att_instruments_read(call->arena, store, header->instrument, NULL);

    if (newest == NULL || strcmp(newest->digest, header->digest) == 0) {
        return "";
    }
    return newest->version;
}

static int resume_in(att_call *call, att_store *store, att_err *err)
{
    att_response *response = att_new(call->arena, att_response);
    att_interview interview = { .store = store, .header = response, .is_kept = true };
    const char *id = which_session(call, store, err);

    if (id == NULL ||
        att_responses_read(call->arena, store, id, response, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    if (response->status != ATT_STATUS_OPEN) {
        att_fail(err, ATT_EUSAGE, "session \"%s\" is %s", short_id(response->id),
                 response->status == ATT_STATUS_COMPLETE ? "finished already"
                                                         : "over: it was declined");
        att_hint(err, "start a new one: attune run %s", response->instrument);
        return att_code_exit_status(err->code);
    }
    interview.instrument =
        att_instruments_read(call->arena, store, response->digest, err);
    if (interview.instrument == NULL) {
        return att_code_exit_status(err->code);
    }
    interview.newer = newer_version(call, store, response);
    return att_interview_run(call, &interview, err);
}

static int run_resume(att_call *call, att_err *err)
{
    att_store *store = att_load_store(call, ATT_OPEN_WRITE, err);
    int status;

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    status = resume_in(call, store, err);
    att_store_close(store);
    return status;
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "ui", 0, "FACE", "full, line or script (default: full on a terminal, else line)",
      "full line script" },
    { "bidi", 0, "MODE",
      "who turns right-to-left words: app (the default), terminal or off",
      "app terminal off" },
    { "answers", 0, "FILE", "answers for --ui script; - reads standard input", NULL },
    { "no-progress", 0, NULL, "no number of the question, no time left", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_resume = {
    .name = "resume",
    .group = ATT_GROUP_ASK,
    .about = "Goes on with a session where it stopped.",
    .examples = "  attune resume                   the one that is open\n"
                "  attune resume k7q2mh --ui line\n",
    .usage = "[SESSION] [options]",
    .options = options,
    .max_args = 1,
    .is_json = true,
    .run = run_resume,
};
