/* cmd_translate.c - attune translate: the texts of an instrument for translators, and back
 */
#include "commands.h"

#include <string.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/instrument/po.h>
#include <attune/instrument/pretty.h>
#include <attune/instrument/read.h>
#include <attune/instrument/translate.h>

#include "bundled.h"
#include "output.h"

/* An instrument as a model and as the document it was read from. */
typedef struct source {
    const char *name;
    att_json *json;
    const att_instrument *instrument;
} source;

static att_code open_source(att_call *call, const char *name, source *out, att_err *err)
{
    att_bytes bytes = { 0 };

    *out = (source){ .name = name };
    ATT_TRY(att_bundled_bytes(call->arena, name, &bytes, err));
    out->instrument =
        att_instrument_open_bytes(call->arena, name, bytes.bytes, bytes.n, err);
    if (out->instrument == NULL) {
        return err->code;
    }
    out->json = att_json_open_bytes(name, bytes.bytes, bytes.n, err);
    return out->json != NULL ? ATT_OK : err->code;
}

/* ---- out ---- */

static att_code wants_language(const att_call *call, const source *from,
                               const char **tag, att_err *err)
{
    *tag = att_option_get(call, "lang");
    if (*tag != NULL) {
        return ATT_OK;
    }
    att_fail(err, ATT_EUSAGE, "\"attune translate export\" wants --lang");
    return att_hint(err, "attune translate export %s --lang es -o %s.es.po", from->name,
                    from->instrument->id);
}

static void tell_export(att_call *call, const att_po *po, const char *tag,
                        const char *path)
{
    att_json_out out = att_json_begin(call->out, true);
    size_t n_missing = 0;
    size_t n_fuzzy = 0;

    for (size_t i = 0; i < po->n; i++) {
        n_missing += po->list[i].text[0] == '\0';
        n_fuzzy += po->list[i].is_fuzzy;
    }
    if (!call->is_json) {
        if (path != NULL) {
            att_tell(call, "Wrote %s: %zu texts, %zu not translated, %zu fuzzy.\n",
                     path, po->n, n_missing, n_fuzzy);
        }
        return;
    }
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-translate/1");
    att_json_put_string(&out, "language", tag);
    att_json_put_string(&out, "file", path);
    att_json_put_whole(&out, "texts", (long long)po->n);
    att_json_put_whole(&out, "missing", (long long)n_missing);
    att_json_put_whole(&out, "stale", (long long)n_fuzzy);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

static att_code run_export(att_call *call, att_err *err)
{
    const char *tag = NULL;
    const char *path = NULL;
    att_buf bytes = { 0 };
    source from;
    att_po po = { 0 };
    att_code code = open_source(call, call->args[1], &from, err);

    if (code == ATT_OK) {
        code = wants_language(call, &from, &tag, err);
    }
    if (code == ATT_OK) {
        code = att_translate_export(call->arena, from.json, from.instrument, tag, &po,
                                    err);
    }
    if (code == ATT_OK) {
        att_po_write(&bytes, &po);
        code = att_output_write(call, &bytes, &path, err);
    }
    if (code == ATT_OK) {
        tell_export(call, &po, tag, path);
    }
    att_buf_drop(&bytes);
    att_json_close(from.json);
    return code;
}

/* ---- in ---- */

static void tell_issues(const att_call *call, att_issues *issues)
{
    att_buf out = { 0 };

    att_issues_sort(issues);
    for (size_t i = 0; i < issues->n; i++) {
        att_issue_write(&out, &issues->list[i]);
    }
    if (out.n > 0) {
        att_tell(call, "%s", att_buf_text(&out));
    }
    att_buf_drop(&out);
}

static void tell_import(att_call *call, const att_translated *t, const char *path)
{
    att_json_out out = att_json_begin(call->out, true);

    if (!call->is_json) {
        att_tell(call,
                 "%s%zu texts: %zu changed, %zu of an older text, %zu not translated, "
                 "%zu entries without a text.\n",
                 path != NULL ? att_arena_format(call->arena, "Wrote %s: ", path) : "",
                 t->n, t->n_changed, t->n_stale, t->n_missing, t->n_gone);
        return;
    }
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-translate/1");
    att_json_put_string(&out, "file", path);
    att_json_put_whole(&out, "texts", (long long)t->n);
    att_json_put_whole(&out, "changed", (long long)t->n_changed);
    att_json_put_whole(&out, "stale", (long long)t->n_stale);
    att_json_put_whole(&out, "missing", (long long)t->n_missing);
    att_json_put_whole(&out, "gone", (long long)t->n_gone);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

/* The catalogue's translations in the document; read once more before it is written. */
static att_code take_in(att_call *call, const source *into, att_buf *out,
                        att_translated *result, att_err *err)
{
    const char *name = call->args[1];
    att_issues issues = { .arena = call->arena };
    att_bytes bytes = { 0 };
    att_po po = { 0 };

    ATT_TRY(att_file_read(call->arena, name, ATT_PO_BYTES_MAX, &bytes, err));
    ATT_TRY(att_po_read(call->arena, name, bytes.bytes, bytes.n, &po, err));
    ATT_TRY(att_translate_import(call->arena, into->json, into->instrument, &po,
                                 att_option_get(call, "lang"), result, &issues, err));
    att_pretty_write(out, into->json);
    tell_issues(call, &issues);
    return att_instrument_open_bytes(call->arena, into->name, out->bytes, out->n,
                                     err) != NULL
               ? ATT_OK
               : err->code;
}

static att_code run_import(att_call *call, att_err *err)
{
    const char *path = NULL;
    att_buf bytes = { 0 };
    att_translated result = { 0 };
    source into;
    att_code code;

    if (call->n_args < 3) {
        att_fail(err, ATT_EUSAGE,
                 "\"attune translate import\" wants a catalogue and an "
                 "instrument");
        return att_hint(err, "attune translate import my.es.po my.json -o my.json");
    }
    code = open_source(call, call->args[2], &into, err);
    if (code == ATT_OK) {
        code = take_in(call, &into, &bytes, &result, err);
    }
    if (code == ATT_OK) {
        code = att_output_write(call, &bytes, &path, err);
    }
    if (code == ATT_OK && (path != NULL || !call->is_json)) {
        tell_import(call, &result, path);
    }
    att_buf_drop(&bytes);
    att_json_close(into.json);
    return code;
}

static int run_translate(att_call *call, att_err *err)
{
    const char *what = call->args[0];

    if (call->is_json && att_option_get(call, "output") == NULL) {
        att_fail(err, ATT_EUSAGE, "--json tells of a file: name one with -o");
    } else if (strcmp(what, "export") == 0 && call->n_args < 3) {
        run_export(call, err);
    } else if (strcmp(what, "import") == 0) {
        run_import(call, err);
    } else {
        att_fail(err, ATT_EUSAGE,
                 strcmp(what, "export") == 0
                     ? "\"attune translate export\" wants one instrument"
                     : "\"%s\" is neither export nor import",
                 what);
        att_hint(err, "see \"attune help translate\"");
    }
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "lang", 0, "TAG", "the language (import: the catalogue's own)", NULL },
    { "output", 'o', "FILE", "where to write (default: standard output)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_translate = {
    .name = "translate",
    .group = ATT_GROUP_WRITE,
    .about = "Writes the texts of an instrument for translators, and takes them back.",
    .examples = "  attune translate export recs --lang es -o recs.es.po\n"
                "  attune translate import my.es.po my.json -o my.json\n",
    .usage = "(export INSTRUMENT | import FILE INSTRUMENT) [options]",
    .options = options,
    .min_args = 2,
    .max_args = 3,
    .is_json = true,
    .run = run_translate,
};
