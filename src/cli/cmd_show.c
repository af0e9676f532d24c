/* cmd_show.c - attune show: the codebook of an instrument
 */
#include "commands.h"

#include <unistd.h>

#include <attune/doc/renderer.h>
#include <attune/instrument/read.h>
#include <attune/report/style.h>

#include "bundled.h"
#include "output.h"
#include "showing.h"

static att_code write_doc(att_call *call, const att_doc *doc, att_err *err)
{
    const char *format = att_option_get(call, "format");
    att_render_opts opts = { .css = att_report_css };
    att_buf bytes = { 0 };
    const char *path = NULL;
    att_code code;

    if (att_option_get(call, "output") == NULL) {
        opts.style = att_style_for(STDOUT_FILENO, call->color);
    }
    att_renderer_find(format == NULL ? "term" : format)->render(&bytes, doc, &opts);
    code = att_output_write(call, &bytes, &path, err);
    if (code == ATT_OK && path != NULL) {
        att_tell(call, "Wrote the codebook: %s\n", path);
    }
    att_buf_drop(&bytes);
    return code;
}

static int run_show(att_call *call, att_err *err)
{
    att_bytes bytes = { 0 };
    att_instrument *instrument;

    if (att_bundled_bytes(call->arena, call->args[0], &bytes, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    instrument = att_instrument_open_bytes(call->arena, call->args[0], bytes.bytes,
                                           bytes.n, err);
    if (instrument == NULL) {
        att_hint(err, "see all that is wrong: attune check %s", call->args[0]);
        return att_code_exit_status(err->code);
    }
    write_doc(call, att_showing_doc(call->arena, instrument), err);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "format", 0, "FORMAT", "term (default), md for Markdown, or html",
      "term md html" },
    { "output", 'o', "FILE", "where it goes (default: standard output)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_show = {
    .name = "show",
    .group = ATT_GROUP_WRITE,
    .about = "Shows an instrument as a codebook: items, words, codes, scores.",
    .examples = "  attune show recs\n"
                "  attune show my.json --format html -o my.html\n",
    .usage = "FILE|ID [options]",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .run = run_show,
};
