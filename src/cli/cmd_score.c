/* cmd_score.c - attune score: scale scores by the instrument's own rules
 */
#include "commands.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/doc/renderer.h>
#include <attune/math/matrix.h>
#include <attune/psych/describe.h>
#include <attune/store/instruments.h>
#include <attune/store/responses.h>

#include "load.h"
#include "scoring.h"

/* Scores of one value over all responses, for the table. */
static att_describe describe_score(att_arena *arena, const att_scoring_of *all,
                                   size_t k)
{
    att_matrix column = att_matrix_make(arena, all->n, 1);

    for (size_t i = 0; i < all->n; i++) {
        column.x[i] = all->list[i].scores[k].value;
    }
    return att_describe_column(&column, 0, NAN, NAN);
}

static void write_table(att_call *call, att_doc *doc, const att_scoring_of *all)
{
    static const att_table_column columns[] = {
        { "Score", false }, { "n", true },   { "Missing", true }, { "M", true },
        { "SD", true },     { "Low", true }, { "High", true },
    };
    size_t n = all->n_scores;
    att_val *cells = att_new_n(call->arena, att_val, n * 7);
    att_table *table = att_new(call->arena, att_table);

    for (size_t k = 0; k < n; k++) {
        att_describe d = describe_score(call->arena, all, k);
        att_val *row = cells + k * 7;

        row[0] = att_val_text(all->list[0].scores[k].id);
        row[1] = att_val_count(d.n);
        row[2] = att_val_count(d.n_missing);
        row[3] = att_val_number(ATT_SHOW_PLAIN, 2, d.mean);
        row[4] = att_val_number(ATT_SHOW_PLAIN, 2, d.sd);
        row[5] = att_val_number(ATT_SHOW_PLAIN, 2, d.min);
        row[6] = att_val_number(ATT_SHOW_PLAIN, 2, d.max);
    }
    *table = (att_table){ .id = all->id,
                          .finding = "",
                          .how = "",
                          .note = "",
                          .columns = columns,
                          .n_columns = 7,
                          .cells = cells,
                          .n_rows = n };
    att_doc_heading(doc, 2, all->id,
                    att_arena_format(call->arena, "%s: %zu finished session%s scored",
                                     all->id, all->n, all->n == 1 ? "" : "s"));
    att_doc_table(doc, table);
}

static void write_norm(att_json_out *out, const att_norm *norm, double normed)
{
    att_json_object(out);
    att_json_put_string(out, "to", att_metric_name(norm->metric));
    att_json_put_number(out, "value", normed);
    if (norm->group[0] != '\0') {
        att_json_put_string(out, "group", norm->group);
    }
    att_json_put_string(out, "population", norm->population);
    att_json_put_whole(out, "n", (long long)norm->n);
    att_json_put_number(out, "mean", norm->mean);
    att_json_put_number(out, "sd", norm->sd);
    att_json_put_string(out, "source", norm->source);
    att_json_end_object(out);
}

/* What the score says about the person, where the instrument may say it. */
static void write_standing(att_call *call, att_json_out *out, const att_scoring_of *of,
                           const att_standing *standing)
{
    const att_instrument *instrument = of->instrument;
    bool has_norms = false;

    if (standing->is_withheld) {
        att_json_put_string(
            out, "withheld",
            att_arena_format(call->arena,
                             "norms and bands need the status \"validated\", and this "
                             "instrument is \"%s\"",
                             att_maturity_name(instrument->provenance.maturity)));
        return;
    }
    if (standing->band != NULL) {
        att_json_put_string(
            out, "band",
            att_wording_in(instrument, &standing->band->text, instrument->language));
    }
    for (size_t i = 0; i < ATT_N_METRICS; i++) {
        if (standing->norm[i] == NULL) {
            continue;
        }
        if (!has_norms) {
            att_json_key(out, "norms");
            att_json_list(out);
            has_norms = true;
        }
        write_norm(out, standing->norm[i], standing->normed[i]);
    }
    if (has_norms) {
        att_json_end_list(out);
    }
}

/* The k-th score of the i-th session. */
static void write_score(att_call *call, att_json_out *out, const att_scoring_of *of,
                        size_t i, size_t k)
{
    const att_score *score = &of->list[i].scores[k];

    att_json_object(out);
    att_json_put_string(out, "id", score->id);
    att_json_put_number(out, "value", score->value);
    att_json_put_number(out, "value_100", score->value_100);
    att_json_put_whole(out, "n_valid", (long long)score->n_valid);
    att_json_put_whole(out, "n_items", (long long)score->n_items);
    if (k < of->n_scales) {
        write_standing(call, out, of, &of->standing[i][k]);
    }
    att_json_end_object(out);
}

static void write_json(att_call *call, const att_scoring_of *all, size_t n)
{
    att_json_out out = att_json_begin(call->out, false);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-score/1");
    att_json_key(&out, "sessions");
    att_json_list(&out);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < all[i].n; j++) {
            att_json_object(&out);
            att_json_put_string(&out, "session", all[i].list[j].response);
            att_json_put_string(&out, "instrument", all[i].id);
            att_json_put_string(&out, "version", all[i].list[j].version);
            att_json_key(&out, "scores");
            att_json_list(&out);
            for (size_t k = 0; k < all[i].list[j].n; k++) {
                write_score(call, &out, &all[i], j, k);
            }
            att_json_end_list(&out);
            att_json_end_object(&out);
        }
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

static void write_text(att_call *call, const att_scoring_of *all, size_t n)
{
    att_render_opts opts = { .style = att_style_for(STDOUT_FILENO, call->color) };
    att_doc *doc = att_doc_make(call->arena, "");

    for (size_t i = 0; i < n; i++) {
        if (all[i].n > 0 && all[i].n_scores > 0) {
            write_table(call, doc, &all[i]);
        }
    }
    if (doc->n_nodes == 0) {
        att_buf_add(call->out, "No finished session has a scale to score.\n");
        return;
    }
    att_renderer_find("term")->render(call->out, doc, &opts);
}

static int run_score(att_call *call, att_err *err)
{
    att_store *store = att_load_store(call, ATT_OPEN_WRITE, err);
    att_scoring_of *all = NULL;
    size_t n = 0;

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    if (att_scoring_run(call->arena, store, att_option_get(call, "instrument"), &all,
                        &n, err) == ATT_OK) {
        if (call->is_json) {
            write_json(call, all, n);
        } else {
            write_text(call, all, n);
        }
    }
    att_store_close(store);
    return att_code_exit_status(err->code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "instrument", 'i', "ID", "one instrument only", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_score = {
    .name = "score",
    .group = ATT_GROUP_UNDERSTAND,
    .about = "Scores finished sessions by the instrument's own rules and keeps the "
             "scores.",
    .examples = "  attune score --study net.attune\n"
                "  attune score -i recs --json\n",
    .usage = "[options]",
    .options = options,
    .is_json = true,
    .run = run_score,
};
