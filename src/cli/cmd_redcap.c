/* cmd_redcap.c - attune redcap: finished responses to a REDCap project
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>

#include "load.h"
#include "sending.h"

static void tell_project(att_call *call, const att_redcap_project *project,
                         const char *host)
{
    att_json_out out = att_json_begin(call->out, true);

    if (!call->is_json) {
        att_buf_format(call->out, "%s answers: REDCap %s, \"%s\".\n", host,
                       project->version, project->title);
        att_buf_format(call->out, "%s, %zu fields, %s, %s.\n",
                       project->is_longitudinal ? "Longitudinal" : "Classic",
                       project->n_fields,
                       project->has_repeats ? "some forms repeat" : "nothing repeats",
                       project->missing_codes[0] != '\0' ? "with missing codes"
                                                         : "no missing codes");
        return;
    }
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-redcap-ping/1");
    att_json_put_string(&out, "host", host);
    att_json_put_string(&out, "version", project->version);
    att_json_put_string(&out, "title", project->title);
    att_json_put_bool(&out, "is_longitudinal", project->is_longitudinal);
    att_json_put_bool(&out, "has_repeats", project->has_repeats);
    att_json_put_whole(&out, "fields", (long long)project->n_fields);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

static void ping(att_call *call, att_sending *sending, att_err *err)
{
    att_redcap_project project = { 0 };

    if (att_redcap_project_read(call->arena, &sending->redcap, &project, err) ==
        ATT_OK) {
        tell_project(call, &project, sending->host);
    }
}

static void write_issues(att_json_out *out, const att_push_issue *issues, size_t n)
{
    att_json_key(out, "issues");
    att_json_list(out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(out);
        att_json_put_string(out, "record", issues[i].record);
        att_json_put_string(out, "field", issues[i].field);
        att_json_put_string(out, "value", issues[i].value);
        att_json_put_string(out, "why", issues[i].why);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void write_push_json(att_buf *buf, const att_push_result *r)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-redcap-push/1");
    att_json_put_whole(&out, "sent", (long long)r->n_sent);
    att_json_put_whole(&out, "unchanged", (long long)r->n_unchanged);
    att_json_put_whole(&out, "refused", (long long)r->n_refused);
    att_json_put_whole(&out, "conflict", (long long)r->n_conflict);
    att_json_put_whole(&out, "left", (long long)r->n_left);
    att_json_put_whole(&out, "requests", (long long)r->n_requests);
    write_issues(&out, r->issues, r->n_issues);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

/* The receipt: counts, then what needs a person. */
static void write_push(att_call *call, const att_push_result *r)
{
    size_t n_people = r->n_refused + r->n_conflict;

    att_sending_count(call, "sent", r->n_sent);
    att_sending_count(call, "unchanged", r->n_unchanged);
    if (r->n_refused > 0) {
        att_sending_count(call, "refused", r->n_refused);
    }
    if (r->n_conflict > 0) {
        att_sending_count(call, "conflict", r->n_conflict);
    }
    if (r->n_left > 0) {
        att_sending_count(call, "left", r->n_left);
    }
    if (r->n_issues > 0) {
        att_sending_issues(call, r->issues, r->n_issues);
    }
    if (n_people > 0) {
        att_buf_format(
            call->out,
            "%zu record%s you. Mend the project or the study, then push again: "
            "what was sent is not sent twice.\n",
            n_people, n_people == 1 ? " needs" : "s need");
    } else if (r->n_left > 0) {
        att_buf_add(call->out, "To send the rest: attune redcap push\n");
    }
}

/* The exit status: 1 when the server refused records, else that of the failure. */
static int push(att_call *call, att_store *store, att_sending *sending, att_err *err)
{
    att_push_opts opts = { 0 };
    att_push_result result = { 0 };

    if (att_sending_limit(call, &opts.limit, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    att_sending_progress_start(call, &opts);
    att_sync_push(call->arena, store, &sending->redcap, &opts, &result, err);
    att_sending_progress_end(call, &opts);
    if (err->code == ATT_OK || result.n_sent + result.n_unchanged + result.n_refused +
                                       result.n_conflict + result.n_left >
                                   0) {
        if (call->is_json) {
            write_push_json(call->out, &result);
        } else {
            write_push(call, &result);
        }
    }
    return err->code == ATT_EINPUT && result.n_refused > 0
               ? 1
               : att_code_exit_status(err->code);
}

static void compare(att_call *call, att_store *store, att_sending *sending,
                    att_err *err)
{
    att_compare_result result = { 0 };
    att_json_out out = att_json_begin(call->out, true);

    if (att_sync_compare(call->arena, store, &sending->redcap, &result, err) !=
        ATT_OK) {
        return;
    }
    if (call->is_json) {
        att_json_object(&out);
        att_json_put_string(&out, "format", "attune-redcap-compare/1");
        att_json_put_whole(&out, "equal", (long long)result.n_equal);
        att_json_put_whole(&out, "differ", (long long)result.n_differ);
        att_json_put_whole(&out, "missing", (long long)result.n_missing);
        write_issues(&out, result.issues, result.n_issues);
        att_json_end_object(&out);
        att_buf_char(call->out, '\n');
    } else {
        att_sending_count(call, "equal", result.n_equal);
        att_sending_count(call, "differ", result.n_differ);
        att_sending_count(call, "missing", result.n_missing);
        if (result.n_issues > 0) {
            att_sending_issues(call, result.issues, result.n_issues);
        }
    }
    if (result.n_differ + result.n_missing > 0) {
        att_fail(err, ATT_ECONFLICT, "the server does not hold what was sent");
        att_hint(err, "read the rows above; somebody changed them there");
    }
}

static int run_redcap(att_call *call, att_err *err)
{
    const char *what = call->args[0];
    bool is_ping = strcmp(what, "ping") == 0;
    bool is_push = strcmp(what, "push") == 0;
    att_sending sending = { 0 };
    att_store *store = NULL;
    int status = 0;

    if (!is_ping && !is_push && strcmp(what, "compare") != 0) {
        att_fail(err, ATT_EUSAGE, "\"attune redcap\" has no \"%s\"", what);
        att_hint(err, "there are: ping, push, compare");
        return 2;
    }
    if (!is_ping) {
        store = att_load_store(call, ATT_OPEN_WRITE, err);
    }
    if ((is_ping || store != NULL) && att_sending_open(call, &sending, err) == ATT_OK) {
        if (is_ping) {
            ping(call, &sending, err);
        } else if (is_push) {
            status = push(call, store, &sending, err);
        } else {
            compare(call, store, &sending, err);
        }
    }
    att_sending_close(&sending);
    att_store_close(store);
    return status != 0 ? status : att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "url", 0, "URL", "the project's API address, ending in /api/", NULL },
    { "token-file", 0, "FILE", "a file that only you can read (mode 0600)", NULL },
    { "token-command", 0, "COMMAND", "a command that prints the token", NULL },
    { "token-stdin", 0, NULL, "reads the token from standard input", NULL },
    { "ca-file", 0, "FILE", "certificates to trust instead of the system's", NULL },
    { "limit", 0, "N", "push at most N sessions", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_redcap = {
    .name = "redcap",
    .group = ATT_GROUP_KEEP,
    .about = "Sends finished sessions to a REDCap project, each once.",
    .examples =
        "  attune redcap ping --url https://redcap.example.org/api/ --token-file token\n"
        "  attune redcap push --study net.attune --url URL --token-file token\n"
        "  attune redcap compare --url URL --token-command \"pass redcap\"\n",
    .usage = "ping|push|compare [options]",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .is_json = true,
    .run = run_redcap,
};
