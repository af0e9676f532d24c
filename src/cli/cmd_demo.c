/* cmd_demo.c - attune demo: a whole study, all invented, in a few seconds
 */
#include "commands.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/data/format.h>
#include <attune/doc/renderer.h>
#include <attune/face/face.h>
#include <attune/report/style.h>
#include <attune/store/instruments.h>
#include <attune/store/responses.h>

#include "bundle.h"
#include "bundled.h"
#include "load.h"
#include "reporting.h"
#include "scoring.h"
#include "sending.h"
#include "simulate.h"

#define N_PEOPLE 300
#define SEED     20260901
#define NETWORK  "the Lakeside network"

/* Who answers, and by how much roles and sites differ: docs/METHODS.md. */
static const att_model_term roles[] = {
    { "PT", -0.30 }, { "PA", -0.10 }, { "CL", 0.10 }, { "RE", 0.30 }
};
static const att_model_term sites[] = { { "North clinic", -0.25 },
                                        { "South clinic", 0 },
                                        { "Children's clinic", 0.25 } };

/* The scripted interview: what a person might answer to the pulse, one skip included. */
static const char answers[] =
    "{\n"
    "  \"pul1\": 2,\n"
    "  \"pul2\": 4,\n"
    "  \"pul3\": 5,\n"
    "  \"pul4\": 4,\n"
    "  \"pul5\": { \"reason\": \"refused\" },\n"
    "  \"pul6\": 4,\n"
    "  \"pul7\": \"I called two new families before their first "
    "visit.\"\n"
    "}\n";

/* A study in the making. */
typedef struct demo {
    att_call *call;
    const char *folder;
    const char *study, *answers, *report, *csv, *sidecar; /* paths */
    att_store *store;
    const att_instrument *recs, *pulse;
    att_setting *settings;
    size_t n_settings;
    size_t n_sent;    /* sessions that a REDCap server holds as they are here */
    const char *host; /* of that server */
} demo;

static const char *in_folder(const demo *d, const char *name)
{
    return att_arena_format(d->call->arena, "%s/%s", d->folder, name);
}

static att_code make_folder(demo *d, att_err *err)
{
    d->study = in_folder(d, "demo.attune");
    d->answers = in_folder(d, "pulse-answers.json");
    d->report = in_folder(d, "recs.html");
    d->csv = in_folder(d, "recs.csv");
    d->sidecar = in_folder(d, "recs.csv.json");
    if (access(d->study, F_OK) == 0) {
        att_fail(err, ATT_EUSAGE, "\"%s\" is there already", d->study);
        return att_hint(err, "name another folder, or remove this one: rm -r %s",
                        d->folder);
    }
    if (mkdir(d->folder, 0700) != 0 && errno != EEXIST) {
        return att_fail(err, ATT_EIO, "folder \"%s\" could not be made: %s", d->folder,
                        strerror(errno));
    }
    return ATT_OK;
}

static att_code fill_study(demo *d, att_err *err)
{
    bool is_new = false;

    d->store = att_store_make(d->study, att_stamp_now(), err);
    if (d->store == NULL) {
        return err->code;
    }
    for (size_t i = 0; i < att_bundle_n; i++) {
        const char *name = att_arena_text_n(d->call->arena, att_bundle[i].name,
                                            strcspn(att_bundle[i].name, "."));

        if (att_bundled_add(d->call, d->store, name, &is_new, err) == NULL) {
            return err->code;
        }
    }
    ATT_TRY(att_settings_set(d->store, "network", "\"" NETWORK "\"", err));
    ATT_TRY(att_settings_set(
        d->store, "sites", "[\"North clinic\",\"South clinic\",\"Children's clinic\"]",
        err));
    ATT_TRY(
        att_settings_read(d->call->arena, d->store, &d->settings, &d->n_settings, err));
    d->recs = att_instruments_read(d->call->arena, d->store, "recs", err);
    d->pulse = att_instruments_read(d->call->arena, d->store, "pulse", err);
    if (d->recs == NULL || d->pulse == NULL) {
        return att_fail(err, ATT_ENOTFOUND, "\"recs\" or \"pulse\" was not added");
    }
    return ATT_OK;
}

/* Where the scripted interview's entries go. */
typedef struct sink_to {
    att_store *store;
    const att_response *header;
    bool is_kept;
} sink_to;

static att_code keep_entry(void *data, const att_entry *entry, att_err *err)
{
    sink_to *to = data;
    att_entry start = { .act = ATT_ACT_START,
                        .item = "",
                        .actor = entry->actor,
                        .at = to->header->started };

    if (!to->is_kept) {
        ATT_TRY(att_responses_begin(to->store, to->header, &start, err));
        to->is_kept = true;
    }
    return att_responses_append(to->store, to->header->id, entry, err);
}

static const char *no_receipt(void *data)
{
    (void)data;
    return "";
}

/* One interview through the engine itself: script face, session, store. */
static att_code interview(demo *d, att_err *err)
{
    char *id = att_arena_alloc(d->call->arena, ATT_ID_SIZE);
    att_response header = { .id = id,
                            .instrument = "pulse",
                            .person = "P001",
                            .role = roles[0].name,
                            .site = sites[0].name,
                            .wave = "",
                            .language = "en",
                            .seed = SEED };
    sink_to to = { .store = d->store, .header = &header };
    att_sink sink = { .data = &to, .keep = keep_entry, .receipt = no_receipt };
    att_face_opts opts = { .in = stdin, .answers = d->answers };
    att_face_end end = { 0 };
    att_session *session;
    att_code code;

    assert(d->pulse != NULL);
    ATT_TRY(att_file_write(d->answers, answers, sizeof answers - 1, 0600, err));
    header.version = d->pulse->version;
    header.digest = d->pulse->digest;
    header.started = att_stamp_now();
    header.today = att_day_at(header.started, 0);
    att_id_make(id, header.started);
    opts.out = fopen("/dev/null", "w");
    if (opts.out == NULL) {
        return att_fail(err, ATT_EIO, "\"/dev/null\" could not be opened");
    }
    session =
        att_session_make(d->call->arena, d->pulse, &header, d->settings, d->n_settings);
    code = att_face_run(att_face_find("script"), &opts, session, &sink, &end, err);
    fclose(opts.out);
    if (code == ATT_OK && end.status != ATT_STATUS_COMPLETE) {
        code = att_fail(err, ATT_EBUG, "the scripted interview did not finish");
    }
    return code;
}

static att_code simulate(demo *d, att_err *err)
{
    att_respondents model = att_respondents_usual(d->call->arena, d->recs);
    att_simulation simulation = {
        .instrument = d->recs,
        .settings = d->settings,
        .n_settings = d->n_settings,
        .model = &model,
        .people = "P",
        .wave = "",
        .seed = SEED,
        .start = att_day_of(2026, 9, 1) * 86400000LL + 8 * 3600000LL,
    };
    att_arena scratch = { 0 };
    att_code code = ATT_OK;

    model.roles = (att_model_terms){ roles, sizeof roles / sizeof *roles };
    model.sites = (att_model_terms){ sites, sizeof sites / sizeof *sites };
    for (size_t i = 0; i < N_PEOPLE && code == ATT_OK; i++) {
        code = att_responses_add(d->store,
                                 att_simulate_response(&scratch, &simulation, i), err);
        att_arena_drop(&scratch);
    }
    return code;
}

static att_code write_rendered(demo *d, att_err *err)
{
    att_render_opts opts = { .css = att_report_css };
    att_buf bytes = { 0 };
    att_doc *doc = att_reporting_doc(d->call, d->store, "recs", ATT_FOR_INTERNAL, err);
    att_code code;

    if (doc == NULL) {
        return err->code;
    }
    att_renderer_find("html")->render(&bytes, doc, &opts);
    code = att_file_write(d->report, att_buf_text(&bytes), bytes.n, 0600, err);
    att_buf_drop(&bytes);
    return code;
}

static att_code write_csv(demo *d, att_err *err)
{
    att_assemble_opts opts = { .with_scores = true };
    const att_format *format = att_format_find("csv");
    att_load load = { 0 };
    att_export export = { .program = att_program() };
    att_buf bytes = { 0 };
    att_code code;

    ATT_TRY(att_load_frame(d->call->arena, d->store, "recs", &opts, &load, err));
    export.frame = load.frame;
    export.versions = load.versions;
    export.n_versions = load.n_versions;
    format->write(&bytes, &export);
    code = att_file_write(d->csv, att_buf_text(&bytes), bytes.n, 0600, err);
    if (code == ATT_OK) {
        att_buf_cut(&bytes, 0);
        format->sidecar(&bytes, &export);
        code = att_file_write(d->sidecar, att_buf_text(&bytes), bytes.n, 0600, err);
    }
    att_buf_drop(&bytes);
    return code;
}

/* Sends all to a server, reads all back, compares. */
static att_code send_all(demo *d, att_err *err)
{
    att_sending sending = { 0 };
    att_push_opts opts = { .pause_ms = -1 };
    att_push_result sent = { 0 };
    att_compare_result back = { 0 };
    att_code code = att_sending_open(d->call, &sending, err);

    if (code == ATT_OK) {
        code =
            att_sync_push(d->call->arena, d->store, &sending.redcap, &opts, &sent, err);
    }
    if (code == ATT_OK) {
        code = att_sync_compare(d->call->arena, d->store, &sending.redcap, &back, err);
    }
    if (code == ATT_OK && back.n_differ + back.n_missing > 0) {
        code = att_fail(err, ATT_ENET, "%zu of %zu sessions read back are not as sent",
                        back.n_differ + back.n_missing, sent.n_sent);
    }
    d->n_sent = back.n_equal;
    d->host = sending.host;
    att_sending_close(&sending);
    return code;
}

static void write_json(const demo *d)
{
    att_json_out out = att_json_begin(d->call->out, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-demo/1");
    att_json_put_string(&out, "study", d->study);
    att_json_put_string(&out, "report", d->report);
    att_json_put_string(&out, "csv", d->csv);
    att_json_put_whole(&out, "people", N_PEOPLE);
    att_json_put_whole(&out, "sessions_sent", (long long)d->n_sent);
    att_json_end_object(&out);
    att_buf_char(d->call->out, '\n');
}

static void tell_made(const demo *d, att_msec elapsed)
{
    att_buf *out = d->call->out;

    att_buf_format(
        out, "Made a study of %d people, %zu roles, %zu sites, all invented, in ",
        N_PEOPLE, sizeof roles / sizeof *roles, sizeof sites / sizeof *sites);
    att_number_fixed(out, (double)elapsed / 1000.0, 1);
    att_buf_add(out, " s.\n");
    if (d->n_sent > 0) {
        att_buf_format(
            out, "REDCap server %s: %zu sessions sent, %zu read back, all equal.\n",
            d->host, d->n_sent, d->n_sent);
    }
}

static void tell_files(const demo *d)
{
    const char *const lines[][2] = { { d->study, "the study" },
                                     { d->report, "the report" },
                                     { d->csv, "the answers" } };
    size_t width = strlen(d->study) + 3;

    att_buf_char(d->call->out, '\n');
    for (size_t i = 0; i < 3; i++) {
        att_buf_format(d->call->out, "  %s", lines[i][0]);
        att_buf_repeat(d->call->out, ' ', width - strlen(lines[i][0]));
        att_buf_format(d->call->out, "%s\n", lines[i][1]);
    }
    att_buf_format(d->call->out,
                   "\nNext: attune run pulse --study %s\n"
                   "      attune analyze reliability -i recs --study %s\n",
                   d->study, d->study);
}

static att_code make_study(demo *d, att_err *err)
{
    att_scoring_of *scores = NULL;
    size_t n = 0;

    ATT_TRY(make_folder(d, err));
    ATT_TRY(fill_study(d, err));
    ATT_TRY(interview(d, err));
    ATT_TRY(simulate(d, err));
    ATT_TRY(att_scoring_run(d->call->arena, d->store, NULL, &scores, &n, err));
    ATT_TRY(write_rendered(d, err));
    return write_csv(d, err);
}

static int run_demo(att_call *call, att_err *err)
{
    att_msec began = att_stamp_mono();
    att_msec made;
    demo d = { .call = call,
               .folder = call->n_args > 0 ? call->args[0] : "attune-demo" };
    att_code code;

    call->words = "attune report -i recs -o recs.html";
    code = make_study(&d, err);
    made = att_stamp_mono();
    if (code == ATT_OK && att_option_get(call, "url") != NULL) {
        code = send_all(&d, err);
    }
    if (code == ATT_OK && call->is_json) {
        write_json(&d);
    } else if (code == ATT_OK) {
        tell_made(&d, made - began);
        tell_files(&d);
    }
    att_store_close(d.store);
    return att_code_exit_status(code);
}

static const att_flag options[] = {
    { "url", 0, "URL", "also send it to this REDCap test project", NULL },
    { "token-file", 0, "FILE", "with --url: a file that only you can read", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_demo = {
    .name = "demo",
    .group = ATT_GROUP_HELP,
    .about =
        "Makes a whole study, all invented: people, answers, scores, report, export.",
    .examples = "  attune demo                     into the folder attune-demo\n"
                "  attune demo my-demo\n",
    .usage = "[FOLDER] [options]",
    .options = options,
    .max_args = 1,
    .is_json = true,
    .run = run_demo,
};
