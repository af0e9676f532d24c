/* cmd_report.c - attune report: what a study says about an instrument, as one document
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/doc/renderer.h>
#include <attune/report/report.h>
#include <attune/report/style.h>
#include <attune/store/verify.h>

#include "load.h"
#include "output.h"
#include "reporting.h"

att_doc *att_reporting_doc(att_call *call, att_store *store, const char *instrument,
                           att_audience audience, att_err *err)
{
    att_assemble_opts opts = { .with_scores = true };
    att_load load = { 0 };
    att_verify verify = { 0 };
    att_report_input input = { .audience = audience, .program = att_program() };
    const char *network = "";

    if (att_load_frame(call->arena, store, instrument, &opts, &load, err) != ATT_OK ||
        att_verify_run(store, &verify, err) != ATT_OK) {
        return NULL;
    }
    for (size_t i = 0; i < load.n_settings; i++) {
        if (strcmp(load.settings[i].name, "network") == 0 &&
            load.settings[i].text != NULL) {
            network = load.settings[i].text;
        }
    }
    input.instrument = load.instrument;
    input.versions = load.versions;
    input.n_versions = load.n_versions;
    input.frame = load.frame;
    input.command = call->words;
    input.head = att_arena_text(call->arena, verify.head);
    input.network = network;
    input.is_simulated = load.is_simulated;
    return att_report_instrument(call->arena, &input);
}

static att_audience audience_of(const att_call *call)
{
    const char *audience = att_option_get(call, "for");

    if (audience != NULL && strcmp(audience, "site") == 0) {
        return ATT_FOR_SITE;
    }
    return audience != NULL && strcmp(audience, "public") == 0 ? ATT_FOR_PUBLIC
                                                               : ATT_FOR_INTERNAL;
}

static att_code write_report(att_call *call, const att_doc *doc, att_err *err)
{
    bool is_html = att_option_get(call, "output") != NULL;
    const char *renderer = call->is_json ? "json" : is_html ? "html" : "term";
    att_render_opts opts = { .css = att_report_css };
    att_buf bytes = { 0 };
    const char *path = NULL;
    att_code code;

    opts.style = att_style_for(STDOUT_FILENO, call->color);
    att_renderer_find(renderer)->render(&bytes, doc, &opts);
    code = att_output_write(call, &bytes, &path, err);
    if (code == ATT_OK && path != NULL) {
        att_tell(call, "Wrote the report: %s\n", path);
    }
    att_buf_drop(&bytes);
    return code;
}

static int run_report(att_call *call, att_err *err)
{
    const char *instrument = att_option_get(call, "instrument");
    att_store *store;
    att_doc *doc;

    if (instrument == NULL) {
        att_fail(err, ATT_EUSAGE, "\"attune report\" wants an instrument");
        att_hint(err, "add --instrument ID");
        return 2;
    }
    store = att_load_store(call, ATT_OPEN_READ, err);
    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    doc = att_reporting_doc(call, store, instrument, audience_of(call), err);
    att_store_close(store);
    if (doc != NULL) {
        write_report(call, doc, err);
    }
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "instrument", 'i', "ID", "which instrument", NULL },
    { "for", 0, "READERS",
      "internal (default), site or public: what small groups may "
      "show",
      "internal site public" },
    { "output", 'o', "FILE",
      "an HTML file that stands alone; else text on the terminal", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_report = {
    .name = "report",
    .group = ATT_GROUP_UNDERSTAND,
    .about =
        "Writes what a study says about an instrument: sample, items, reliability, "
        "warnings.",
    .examples = "  attune report -i recs -o recs.html\n"
                "  attune report -i recs --for public -o public.html\n"
                "  attune report -i recs                  as text\n",
    .usage = "--instrument ID [options]",
    .options = options,
    .is_json = true,
    .run = run_report,
};
