/* cmd_fmt.c - attune fmt: instruments in one form, so that changes can be read
 */
#include "commands.h"

#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/instrument/pretty.h>

#define MODE_BITS 0777U

/* What became of one file. */
typedef struct formed {
    const char *path;
    const char *text; /* as it should be */
    size_t n;
    bool is_changed;
} formed;

static att_code form_file(att_call *call, formed *file, att_err *err)
{
    att_buf out = { 0 };
    const char *before;
    size_t n = 0;
    att_json *json = att_json_open(file->path, err);

    if (json == NULL) {
        return err->code;
    }
    before = att_json_text(json, &n);
    if (json_is_object(att_json_root(json))) {
        att_pretty_write(&out, json);
        file->text = att_buf_copy(call->arena, &out);
        file->n = out.n;
        file->is_changed = n != out.n || memcmp(before, out.bytes, n) != 0;
    } else {
        att_fail(err, ATT_EINPUT, "\"%s\" holds no object", file->path);
        att_hint(err, "an instrument begins with \"{\": attune check %s", file->path);
    }
    att_buf_drop(&out);
    att_json_close(json);
    return err->code;
}

static att_code write_file(att_call *call, const formed *file, att_err *err)
{
    struct stat facts;
    unsigned mode = 0644;

    if (strcmp(file->path, "-") == 0) {
        att_buf_add_n(call->out, file->text, file->n);
        return ATT_OK;
    }
    if (!file->is_changed) {
        return ATT_OK;
    }
    if (stat(file->path, &facts) == 0) {
        mode = (unsigned)facts.st_mode & MODE_BITS;
    }
    return att_file_write(file->path, file->text, file->n, mode, err);
}

static void write_json(att_buf *buf, const formed *files, size_t n)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-fmt/1");
    att_json_key(&out, "files");
    att_json_list(&out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(&out);
        att_json_put_string(&out, "path", files[i].path);
        att_json_put_bool(&out, "is_changed", files[i].is_changed);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

/* What changed, or would; a document on standard output stands there alone. */
static void write_text(att_call *call, const formed *files, bool is_check)
{
    for (size_t i = 0; i < call->n_args; i++) {
        if (files[i].is_changed && (is_check || strcmp(files[i].path, "-") != 0)) {
            att_buf_format(call->out, "%s\n", files[i].path);
        }
    }
}

static int run_fmt(att_call *call, att_err *err)
{
    formed *files = att_new_n(call->arena, formed, call->n_args);
    bool is_check = att_option_get(call, "check") != NULL;
    size_t n_changed = 0;

    for (size_t i = 0; i < call->n_args; i++) {
        files[i].path = call->args[i];
        if (!is_check && strcmp(files[i].path, "-") == 0 &&
            (call->n_args > 1 || call->is_json)) {
            att_fail(err, ATT_EUSAGE,
                     "\"-\" writes to standard output, and so must "
                     "stand alone");
            return 2;
        }
        if (form_file(call, &files[i], err) != ATT_OK) {
            return att_code_exit_status(err->code);
        }
        n_changed += files[i].is_changed;
    }
    for (size_t i = 0; !is_check && i < call->n_args; i++) {
        if (write_file(call, &files[i], err) != ATT_OK) {
            return att_code_exit_status(err->code);
        }
    }
    if (call->is_json) {
        write_json(call->out, files, call->n_args);
    } else {
        write_text(call, files, is_check);
    }
    return is_check && n_changed > 0 ? 1 : 0;
}

static const att_flag options[] = {
    { "check", 0, NULL, "change nothing; name the files that would change, exit 1",
      NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_fmt = {
    .name = "fmt",
    .group = ATT_GROUP_WRITE,
    .about = "Lays instruments out in one form, so that changes can be read.",
    .examples =
        "  attune fmt my.json                     rewrites it, if it must change\n"
        "  attune fmt --check instruments/*.json  for a hook or a build\n"
        "  attune fmt - <my.json >formed.json\n",
    .usage = "FILE... [options]",
    .options = options,
    .min_args = 1,
    .max_args = (size_t)-1,
    .is_json = true,
    .run = run_fmt,
};
