/* cmd_convert.c - attune convert: instruments from and to the files of other programs
 */
#include "commands.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/base/text.h>
#include <attune/instrument/dialect.h>
#include <attune/instrument/read.h>

#include "bundled.h"
#include "output.h"

typedef struct conversion {
    att_call *call;
    const att_dialect *from, *to;
    att_losses losses;
    att_scripts scripts;
} conversion;

static const att_dialect *dialect_of(const att_call *call, const char *option,
                                     att_err *err)
{
    const char *name = att_option_get(call, option);
    const att_dialect *dialect = name == NULL ? NULL : att_dialect_find(name);
    att_buf names = { 0 };

    if (name == NULL) {
        att_fail(err, ATT_EUSAGE, "\"attune convert\" wants --%s", option);
        att_hint(err, "attune convert --from instrument --to redcap my.json");
    } else if (dialect == NULL) {
        for (size_t i = 0; att_dialects[i] != NULL; i++) {
            att_buf_format(&names, "%s%s", i == 0 ? "" : " ", att_dialects[i]->name);
        }
        att_fail(err, ATT_EUSAGE, "\"--%s\" takes one of: %s; not \"%s\"", option,
                 att_buf_text(&names), name);
        att_hint(err, "see \"attune help convert\"");
        att_buf_drop(&names);
    }
    return dialect;
}

/* For help: what there is. */
static void list_dialects(att_buf *out)
{
    att_buf_add(out, "\nDialects:\n");
    for (size_t i = 0; att_dialects[i] != NULL; i++) {
        att_buf_format(out, "  %-15s  %s\n", att_dialects[i]->name,
                       att_dialects[i]->about);
    }
}

/* ---- reading ---- */

/* Only our own format can be asked for by the name of a bundled instrument. */
static att_code read_files(conversion *c, att_err *err)
{
    for (size_t i = 0; i < c->call->n_args; i++) {
        const char *path = c->call->args[i];
        att_bytes bytes = { 0 };

        c->losses.file = path;
        if (c->from->write == NULL) {
            ATT_TRY(att_bundled_bytes(c->call->arena, path, &bytes, err));
        } else {
            ATT_TRY(att_file_read(c->call->arena, path, ATT_DIALECT_BYTES_MAX, &bytes,
                                  err));
        }
        ATT_TRY(
            c->from->read(c->call->arena, path, &bytes, &c->losses, &c->scripts, err));
    }
    return ATT_OK;
}

/* Keeps the one that --only names. */
static att_code choose(conversion *c, att_err *err)
{
    const char *only = att_option_get(c->call, "only");

    if (only == NULL) {
        return ATT_OK;
    }
    for (size_t i = 0; i < c->scripts.n; i++) {
        if (strcmp(c->scripts.list[i].id, only) == 0) {
            c->scripts.list[0] = c->scripts.list[i];
            c->scripts.n = 1;
            return ATT_OK;
        }
    }
    att_fail(err, ATT_ENOTFOUND, "no instrument \"%s\" is there", only);
    return att_hint(err, "leave --only away and give -o a folder to get them all");
}

/* ---- writing ---- */

static bool is_folder(const char *path)
{
    struct stat about;

    return path != NULL && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static att_code write_into(conversion *c, const char *folder, const char *id,
                           const char *bytes, size_t n, att_err *err)
{
    const char *path =
        att_arena_format(c->call->arena, "%s/%s.%s", folder, id, c->to->suffix);

    ATT_TRY(att_file_write(path, bytes, n, 0600, err));
    if (!c->call->is_json) {
        att_tell(c->call, "Wrote %s.\n", path);
    }
    return ATT_OK;
}

static att_code write_one(conversion *c, const char *id, const char *bytes, size_t n,
                          att_err *err)
{
    const char *output = att_option_get(c->call, "output");
    att_buf buf = { 0 };
    const char *path = NULL;
    att_code code;

    if (is_folder(output)) {
        return write_into(c, output, id, bytes, n, err);
    }
    att_buf_add_n(&buf, bytes, n);
    code = att_output_write(c->call, &buf, &path, err);
    if (code == ATT_OK && path != NULL && !c->call->is_json) {
        att_tell(c->call, "Wrote %s.\n", path);
    }
    att_buf_drop(&buf);
    return code;
}

static att_code write_scripts(conversion *c, att_err *err)
{
    const char *output = att_option_get(c->call, "output");

    if (c->scripts.n > 1 && !is_folder(output)) {
        att_buf names = { 0 };

        for (size_t i = 0; i < c->scripts.n; i++) {
            att_buf_format(&names, "%s%s", i == 0 ? "" : ", ", c->scripts.list[i].id);
        }
        att_fail(err, ATT_EUSAGE, "%zu instruments are there: %s", c->scripts.n,
                 att_buf_text(&names));
        att_buf_drop(&names);
        return att_hint(err,
                        "give -o a folder that is there, or choose one: --only ID");
    }
    for (size_t i = 0; i < c->scripts.n; i++) {
        const att_script *script = &c->scripts.list[i];

        ATT_TRY(write_one(c, script->id, script->text, script->n, err));
    }
    return ATT_OK;
}

/* Whether the name of the output asks for the dialect's other form. */
static bool is_second(const conversion *c)
{
    const char *output = att_option_get(c->call, "output");
    const char *dot = output == NULL ? NULL : strrchr(output, '.');

    return c->to->second.write != NULL && dot != NULL &&
           strcmp(dot + 1, c->to->second.suffix) == 0;
}

/* Into one file of the other dialect; filled before anything is written. */
static att_code translate(conversion *c, att_buf *out, att_err *err)
{
    const att_instrument **list =
        att_new_n(c->call->arena, const att_instrument *, c->scripts.n);

    if (c->scripts.n > 1 && !c->to->holds_many) {
        att_fail(err, ATT_EUSAGE, "a file of the dialect \"%s\" holds one instrument",
                 c->to->name);
        return att_hint(err, "convert one file at a time");
    }
    for (size_t i = 0; i < c->scripts.n; i++) {
        const att_script *script = &c->scripts.list[i];
        const char *path = i < c->call->n_args && c->scripts.n == c->call->n_args
                               ? c->call->args[i]
                               : script->id;

        list[i] = att_instrument_open_bytes(c->call->arena, path, script->text,
                                            script->n, err);
        if (list[i] == NULL) {
            return err->code;
        }
    }
    if (is_second(c)) {
        c->to->second.write(out, list, c->scripts.n, &c->losses);
    } else {
        c->to->write(out, list, c->scripts.n, &c->losses);
    }
    return ATT_OK;
}

/* ---- the report ---- */

static void write_json(const conversion *c)
{
    att_json_out out = att_json_begin(c->call->out, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-convert/1");
    att_json_put_string(&out, "from", c->from->name);
    att_json_put_string(&out, "to", c->to->name);
    att_json_put_string(&out, "file", att_option_get(c->call, "output"));
    for (int i = 0; i < ATT_N_LOSS_KINDS; i++) {
        att_json_put_whole(&out, att_loss_name((att_loss_kind)i),
                           (long long)c->losses.count[i]);
    }
    att_json_key(&out, "report");
    att_json_list(&out);
    for (size_t i = 0; i < c->losses.n; i++) {
        const att_loss *loss = &c->losses.list[i];

        att_json_object(&out);
        att_json_put_string(&out, "what", att_loss_name(loss->kind));
        att_json_put_string(&out, "file", loss->file);
        if (loss->row > 0) {
            att_json_put_whole(&out, "row", (long long)loss->row);
        }
        att_json_put_string(&out, "field", loss->field);
        att_json_put_string(&out, "why", loss->why);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(c->call->out, '\n');
}

static void report(const conversion *c)
{
    att_buf text = { 0 };

    if (c->call->is_json) {
        write_json(c);
        return;
    }
    att_losses_write(&text, &c->losses);
    att_tell(c->call, "%s", att_buf_text(&text));
    att_buf_drop(&text);
}

static att_code convert(conversion *c, att_err *err)
{
    att_buf out = { 0 };
    att_code code = read_files(c, err);

    if (code == ATT_OK) {
        code = choose(c, err);
    }
    if (code == ATT_OK && c->to->write != NULL) {
        code = translate(c, &out, err);
    }
    if (code != ATT_OK) {
        goto out;
    }
    report(c);
    if (att_option_get(c->call, "strict") != NULL && att_losses_any(&c->losses)) {
        code = att_fail(
            err, ATT_EINPUT, "nothing was written: %zu approximated, %zu dropped",
            c->losses.count[ATT_LOSS_APPROXIMATED], c->losses.count[ATT_LOSS_DROPPED]);
        att_hint(err, "leave --strict away to take it as it is");
        goto out;
    }
    code = c->to->write != NULL
               ? write_one(c, c->scripts.n == 1 ? c->scripts.list[0].id : "dictionary",
                           att_buf_text(&out), out.n, err)
               : write_scripts(c, err);
out:
    att_buf_drop(&out);
    return code;
}

static int run_convert(att_call *call, att_err *err)
{
    conversion c = { .call = call, .losses = { .arena = call->arena } };
    const char *output = att_option_get(call, "output");

    c.from = dialect_of(call, "from", err);
    c.to = c.from == NULL ? NULL : dialect_of(call, "to", err);
    if (c.to == NULL) {
        return 2;
    }
    if (c.from == c.to) {
        att_fail(err, ATT_EUSAGE, "\"%s\" to \"%s\" is no conversion", c.from->name,
                 c.to->name);
        return 2;
    }
    if (call->is_json && (output == NULL || strcmp(output, "-") == 0)) {
        att_fail(err, ATT_EUSAGE, "--json prints the report; the file needs a place");
        att_hint(err, "add -o FILE");
        return 2;
    }
    return att_code_exit_status(convert(&c, err));
}

static const att_flag options[] = {
    { "from", 0, "DIALECT", "what FILE is", NULL },
    { "to", 0, "DIALECT", "what it shall become", NULL },
    { "output", 'o', "FILE", "where to; a folder takes a file for each instrument",
      NULL },
    { "only", 0, "ID", "of several instruments this one", NULL },
    { "strict", 0, NULL, "write nothing when anything is lost; exit 3", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_convert = {
    .name = "convert",
    .group = ATT_GROUP_WRITE,
    .about =
        "Turns instruments into files of other programs and back, and says what is "
        "lost.",
    .examples =
        "  attune convert --from instrument --to redcap my.json -o my.csv\n"
        "  attune convert --from redcap --to instrument dictionary.csv -o forms/\n"
        "  attune convert --from xlsform --to instrument form.md -o form.json\n",
    .usage = "--from DIALECT --to DIALECT FILE... [options]",
    .options = options,
    .min_args = 1,
    .max_args = (size_t)-1,
    .is_json = true,
    .list = list_dialects,
    .run = run_convert,
};
