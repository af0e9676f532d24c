/* cmd_export.c - attune export: answers as a file for other programs
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/base/text.h>
#include <attune/data/behaviour.h>
#include <attune/data/format.h>
#include <attune/store/instruments.h>
#include <attune/store/sittings.h>

#include "load.h"
#include "output.h"

static void tell_written(att_call *call, const att_frame *frame, const char *path,
                         const char *sidecar)
{
    att_json_out out = att_json_begin(call->out, false);

    if (!call->is_json) {
        att_tell(call, "Wrote %zu sessions, %zu columns.\n\n  %s   the answers\n",
                 frame->n_rows, frame->n_columns, path);
        if (sidecar != NULL) {
            att_tell(call, "  %s   what the columns mean\n", sidecar);
        }
        return;
    }
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-export/1");
    att_json_put_string(&out, "file", path);
    att_json_put_string(&out, "sidecar", sidecar);
    att_json_put_whole(&out, "rows", (long long)frame->n_rows);
    att_json_put_whole(&out, "columns", (long long)frame->n_columns);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

/* On a terminal no byte of an answer may do more than stand there. A file, or a program
 * that reads us, gets every answer as it was given. */
static void tame_for_terminal(const att_call *call, att_buf *bytes)
{
    const char *output = att_option_get(call, "output");
    att_buf tame = { 0 };
    size_t n = 0;

    if ((output != NULL && strcmp(output, "-") != 0) || !isatty(STDOUT_FILENO)) {
        return;
    }
    for (size_t i = 0; i < bytes->n; i++) {
        if (bytes->bytes[i] != '\r') { /* of the format's line ends */
            bytes->bytes[n++] = bytes->bytes[i];
        }
    }
    att_buf_cut(bytes, n);
    att_text_tame(&tame, att_buf_text(bytes));
    att_buf_drop(bytes);
    *bytes = tame;
}

static att_code write_files(att_call *call, const att_format *format,
                            const att_export *export, att_err *err)
{
    att_buf bytes = { 0 };
    const char *path = NULL;
    const char *beside = NULL;
    att_code code;

    format->write(&bytes, export);
    tame_for_terminal(call, &bytes);
    code = att_output_write(call, &bytes, &path, err);
    if (code == ATT_OK && path != NULL && format->sidecar != NULL) {
        att_buf_cut(&bytes, 0);
        format->sidecar(&bytes, export);
        beside = att_arena_format(call->arena, "%s.json", path);
        code = att_file_write(beside, att_buf_text(&bytes), bytes.n, 0600, err);
    }
    if (code == ATT_OK && path != NULL) {
        tell_written(call, export->frame, path, beside);
    }
    att_buf_drop(&bytes);
    return code;
}

/* ---- how it went ---- */

typedef struct telling {
    att_store *store;
    att_buf text;
    size_t n_sessions, n_rows;
} telling;

static att_code tell_one(void *data, att_arena *arena, const att_instrument *instrument,
                         const att_response *response, att_err *err)
{
    telling *t = data;
    att_sitting *sittings = NULL;
    size_t n_sittings = 0;
    att_behaviour *rows;
    size_t n = 0;

    if (response->status == ATT_STATUS_DECLINED) {
        return ATT_OK;
    }
    ATT_TRY(
        att_sittings_read(arena, t->store, response->id, &sittings, &n_sittings, err));
    rows = att_behaviour_of(arena, instrument, response, sittings, n_sittings, &n);
    att_behaviour_write(&t->text, rows, n);
    t->n_rows += n;
    t->n_sessions++;
    return ATT_OK;
}

static void tell_paradata(att_call *call, const telling *t, const char *path)
{
    att_json_out out = att_json_begin(call->out, false);

    if (!call->is_json) {
        att_tell(call, "Wrote %zu sessions, %zu rows.\n\n  %s   how they went\n",
                 t->n_sessions, t->n_rows, path);
        return;
    }
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-export/1");
    att_json_put_string(&out, "file", path);
    att_json_put_string(&out, "sidecar", NULL);
    att_json_put_whole(&out, "rows", (long long)t->n_rows);
    att_json_put_whole(&out, "columns", 12);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

static int export_paradata(att_call *call, const char *instrument, att_err *err)
{
    telling t = { .store = att_load_store(call, ATT_OPEN_READ, err) };
    const char *path = NULL;

    if (t.store == NULL) {
        return att_code_exit_status(err->code);
    }
    att_behaviour_write_header(&t.text);
    if (att_instruments_read(call->arena, t.store, instrument, err) != NULL &&
        att_load_each(call->arena, t.store, instrument, tell_one, &t, err) == ATT_OK &&
        att_output_write(call, &t.text, &path, err) == ATT_OK && path != NULL) {
        tell_paradata(call, &t, path);
    }
    att_buf_drop(&t.text);
    att_store_close(t.store);
    return att_code_exit_status(err->code);
}

static int run_export(att_call *call, att_err *err)
{
    const char *name = att_option_get(call, "format");
    const char *instrument = att_option_get(call, "instrument");
    const att_format *format = att_format_find(name != NULL ? name : "csv");
    att_assemble_opts opts = { .with_scores = att_option_get(call, "scores") != NULL };
    att_load load = { 0 };
    att_export export = { .program = att_program() };
    att_store *store;

    if (instrument == NULL) {
        att_fail(err, ATT_EUSAGE, "\"attune export\" wants an instrument");
        att_hint(err, "add --instrument ID");
        return 2;
    }
    if (format == NULL) {
        att_fail(err, ATT_EUSAGE, "\"%s\" is not a format of export", name);
        att_hint(err, "see \"attune help export\"");
        return 2;
    }
    if (att_option_get(call, "paradata") != NULL) {
        if (opts.with_scores) {
            att_fail(err, ATT_EUSAGE, "\"--paradata\" does not go with --scores");
            att_hint(err, "export them apart: they are joined by response");
            return 2;
        }
        return export_paradata(call, instrument, err);
    }
    store = att_load_store(call, ATT_OPEN_READ, err);
    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    if (att_load_frame(call->arena, store, instrument, &opts, &load, err) == ATT_OK) {
        export.frame = load.frame;
        export.versions = load.versions;
        export.n_versions = load.n_versions;
        write_files(call, format, &export, err);
    }
    att_store_close(store);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "instrument", 'i', "ID", "whose answers", NULL },
    { "format", 0, "NAME", "csv: wide, a row a session (default)", "csv" },
    { "output", 'o', "FILE", "where to; beside it FILE.json says what columns mean",
      NULL },
    { "scores", 0, NULL, "scale scores too, after the answers", NULL },
    { "paradata", 0, NULL, "instead of the answers: how each was given", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_export = {
    .name = "export",
    .group = ATT_GROUP_KEEP,
    .about =
        "Writes answers as a file for other programs, with a code for each missing "
        "one.",
    .examples = "  attune export -i recs --format csv -o recs.csv\n"
                "  attune export -i recs --scores > recs.csv\n"
                "  attune export -i recs --paradata -o how.csv\n",
    .usage = "--instrument ID [options]",
    .options = options,
    .is_json = true,
    .run = run_export,
};
