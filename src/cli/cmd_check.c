/* cmd_check.c - attune check: all that is wrong with instruments
 */
#include "commands.h"

#include <string.h>

#include <attune/base/json.h>
#include <attune/face/words.h>
#include <attune/instrument/check.h>

#include "sarif.h"

/* What went on with one file. */
typedef struct checked {
    const char *path;
    att_issues issues;
} checked;

static att_code check_file(att_call *call, checked *file, att_err *err)
{
    att_check_opts opts = { 0 };

    file->issues.arena = call->arena;
    opts.spoken = att_words_spoken(&opts.n_spoken);
    return att_instrument_check_file(call->arena, file->path, &opts, &file->issues,
                                     err);
}

static void write_finding(att_json_out *out, const att_issue *issue)
{
    att_json_object(out);
    att_json_put_string(out, "rule", issue->rule);
    att_json_put_string(out, "severity",
                        issue->severity == ATT_SEVERITY_ERROR ? "error" : "warning");
    att_json_put_string(out, "message", issue->what.message);
    att_json_put_string(out, "hint", issue->what.hint);
    att_json_put_whole(out, "line", (long long)issue->what.where.line);
    att_json_put_whole(out, "column", (long long)issue->what.where.column);
    att_json_put_string(out, "pointer", issue->what.where.pointer);
    att_json_end_object(out);
}

static void write_json(att_buf *buf, const checked *files, size_t n)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-check/1");
    att_json_key(&out, "files");
    att_json_list(&out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(&out);
        att_json_put_string(&out, "path", files[i].path);
        att_json_put_whole(&out, "errors", (long long)files[i].issues.n_errors);
        att_json_put_whole(&out, "warnings", (long long)files[i].issues.n_warnings);
        att_json_key(&out, "findings");
        att_json_list(&out);
        for (size_t k = 0; k < files[i].issues.n; k++) {
            write_finding(&out, &files[i].issues.list[k]);
        }
        att_json_end_list(&out);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

static const char *count_text(att_arena *arena, size_t n, const char *noun)
{
    return att_arena_format(arena, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

static void write_text(att_call *call, const checked *files, size_t n)
{
    size_t n_errors = 0;
    size_t n_warnings = 0;
    const char *first = NULL;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i].issues.n; k++) {
            att_issue_write(call->out, &files[i].issues.list[k]);
            first = first == NULL ? files[i].issues.list[k].rule : first;
        }
        n_errors += files[i].issues.n_errors;
        n_warnings += files[i].issues.n_warnings;
    }
    att_buf_format(call->out, "%s, %s in %s.",
                   count_text(call->arena, n_errors, "error"),
                   count_text(call->arena, n_warnings, "warning"),
                   count_text(call->arena, n, "file"));
    if (first != NULL) {
        att_buf_format(call->out, " \"attune explain %s\" says more about a rule.",
                       first);
    }
    att_buf_char(call->out, '\n');
}

static void write_sarif(att_call *call, const checked *files, size_t n)
{
    const att_issues **issues = att_new_n(call->arena, const att_issues *, n);

    for (size_t i = 0; i < n; i++) {
        issues[i] = &files[i].issues;
    }
    att_sarif_write(call->out, ATT_VERSION, issues, n);
}

static int run_check(att_call *call, att_err *err)
{
    checked *files = att_new_n(call->arena, checked, call->n_args);
    const char *format = att_option_get(call, "format");
    bool is_clean = true;

    for (size_t i = 0; i < call->n_args; i++) {
        files[i].path = call->args[i];
        if (check_file(call, &files[i], err) != ATT_OK) {
            return att_code_exit_status(err->code);
        }
        is_clean = is_clean && files[i].issues.n_errors == 0;
    }
    if (format == NULL) {
        format = call->is_json ? "json" : "text";
    }
    if (strcmp(format, "sarif") == 0) {
        write_sarif(call, files, call->n_args);
    } else if (strcmp(format, "json") == 0) {
        write_json(call->out, files, call->n_args);
    } else {
        write_text(call, files, call->n_args);
    }
    return is_clean ? 0 : 1;
}

static const att_flag options[] = {
    { "format", 0, "FORMAT",
      "text (default), json, or sarif for editors and code hosts", "text json sarif" },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_check = {
    .name = "check",
    .group = ATT_GROUP_ASK,
    .about = "Says all that is wrong with an instrument, and where.",
    .examples = "  attune check my.json\n"
                "  attune check instruments/*.json --json\n"
                "  attune check my.json --format sarif >my.sarif\n",
    .usage = "FILE... [options]",
    .options = options,
    .min_args = 1,
    .max_args = (size_t)-1,
    .is_json = true,
    .run = run_check,
};
