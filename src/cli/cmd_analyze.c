/* cmd_analyze.c - attune analyze: how good the measure is
 */
#include "commands.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/text.h>
#include <attune/data/csv.h>
#include <attune/doc/renderer.h>
#include <attune/report/report.h>

#include "load.h"

/* Words between commas, without blanks at their ends. */
static const char **split_names(att_arena *arena, const char *list, size_t *n)
{
    const char **names = att_new_n(arena, const char *, strlen(list) / 2 + 1);

    *n = 0;
    for (const char *p = list; *p != '\0';) {
        size_t length = strcspn(p, ",");
        const char *from = p + strspn(p, " ");
        const char *to = p + length;

        while (to > from && to[-1] == ' ') {
            to--;
        }
        if (to > from) {
            names[(*n)++] = att_arena_text_n(arena, from, (size_t)(to - from));
        }
        p += length + (p[length] == ',');
    }
    return names;
}

/* The items of a file share one set of codes: the least and greatest that occur. */
static void set_range(att_arena *arena, att_frame *frame)
{
    att_column *columns = att_new_n(arena, att_column, frame->n_columns);
    double low = INFINITY;
    double high = -INFINITY;

    for (size_t i = 0; i < frame->n_rows * frame->n_columns; i++) {
        if (!isnan(frame->x[i])) {
            low = fmin(low, frame->x[i]);
            high = fmax(high, frame->x[i]);
        }
    }
    for (size_t j = 0; j < frame->n_columns; j++) {
        columns[j] = frame->columns[j];
        columns[j].low = low;
        columns[j].high = high;
    }
    frame->columns = columns;
}

static att_code mark_reversed(const att_call *call, const char *const *items, size_t n,
                              bool *is_reversed, att_err *err)
{
    const char *list = att_option_get(call, "reverse");
    size_t n_names = 0;
    const char **names = split_names(call->arena, list != NULL ? list : "", &n_names);

    for (size_t i = 0; i < n_names; i++) {
        bool is_found = false;

        for (size_t j = 0; j < n; j++) {
            if (strcmp(items[j], names[i]) == 0) {
                is_reversed[j] = true;
                is_found = true;
            }
        }
        if (!is_found) {
            const char *nearest = att_text_nearest(names[i], items, n);

            att_fail(err, ATT_EUSAGE,
                     "\"--reverse\" names \"%s\", which \"--items\" has not", names[i]);
            return nearest != NULL ? att_hint(err, "did you mean \"%s\"?", nearest)
                                   : err->code;
        }
    }
    return ATT_OK;
}

/* The last part of a path. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static att_code inputs_of_csv(att_call *call, att_reliability_input **out, size_t *n,
                              att_err *err)
{
    const char *path = att_option_get(call, "csv");
    const char *list = att_option_get(call, "items");
    att_reliability_input *input = att_new(call->arena, att_reliability_input);
    att_csv_opts opts = { 0 };
    size_t *columns;
    bool *is_reversed;
    att_frame *frame;

    if (list == NULL) {
        att_fail(err, ATT_EUSAGE, "\"--csv\" wants the columns to analyse");
        return att_hint(err, "add --items a,b,c");
    }
    opts.columns = split_names(call->arena, list, &opts.n_columns);
    columns = att_new_n(call->arena, size_t, opts.n_columns);
    is_reversed = att_new_n(call->arena, bool, opts.n_columns);
    ATT_TRY(mark_reversed(call, opts.columns, opts.n_columns, is_reversed, err));
    frame = att_csv_read(call->arena, path, &opts, err);
    if (frame == NULL) {
        return err->code;
    }
    set_range(call->arena, frame);
    for (size_t j = 0; j < opts.n_columns; j++) {
        columns[j] = j;
    }
    *input = (att_reliability_input){
        .title = att_arena_format(call->arena, "Reliability of %zu item%s, %s",
                                  opts.n_columns, opts.n_columns == 1 ? "" : "s",
                                  file_name(path)),
        .source = file_name(path),
        .frame = frame,
        .columns = columns,
        .is_reversed = is_reversed,
        .n = opts.n_columns,
    };
    *out = input;
    *n = 1;
    return ATT_OK;
}

/* One scale of the instrument as an analysis of the frame's columns. */
static void input_of_scale(att_arena *arena, const att_load *load,
                           const att_scale *scale, const bool *keep,
                           att_reliability_input *out)
{
    const att_instrument *instrument = load->instrument;
    size_t *columns = att_new_n(arena, size_t, scale->n_items);

    for (size_t k = 0; k < scale->n_items; k++) {
        columns[k] =
            att_frame_column(load->frame, instrument->items[scale->items[k]].id);
    }
    *out = (att_reliability_input){
        .scale = scale->id,
        .title = att_arena_format(arena, "Reliability of %s (%s), %zu item%s",
                                  scale->id, instrument->id, scale->n_items,
                                  scale->n_items == 1 ? "" : "s"),
        .source = instrument->id,
        .frame = load->frame,
        .columns = columns,
        .is_reversed = scale->is_reversed,
        .n = scale->n_items,
        .model = scale->model,
        .keep = keep,
    };
}

static const bool *finished_rows(att_arena *arena, const att_frame *frame)
{
    bool *keep = att_new_n(arena, bool, frame->n_rows);

    for (size_t i = 0; i < frame->n_rows; i++) {
        keep[i] = frame->heads[i].status == ATT_STATUS_COMPLETE;
    }
    return keep;
}

static att_code unknown_scale(const att_call *call, const att_instrument *instrument,
                              const char *name, att_err *err)
{
    const char **names = att_new_n(call->arena, const char *, instrument->n_scales);
    const char *nearest;

    for (size_t i = 0; i < instrument->n_scales; i++) {
        names[i] = instrument->scales[i].id;
    }
    nearest = att_text_nearest(name, names, instrument->n_scales);
    att_fail(err, ATT_ENOTFOUND, "\"%s\" is not a scale of \"%s\"", name,
             instrument->id);
    return nearest != NULL ? att_hint(err, "did you mean \"%s\"?", nearest) : err->code;
}

static att_code inputs_of_study(att_call *call, att_store *store,
                                att_reliability_input **out, size_t *n, att_err *err)
{
    const char *wanted = att_option_get(call, "scale");
    att_assemble_opts opts = { 0 };
    att_load load = { 0 };
    const bool *keep;

    ATT_TRY(att_load_frame(call->arena, store, att_option_get(call, "instrument"),
                           &opts, &load, err));
    keep = finished_rows(call->arena, load.frame);
    *out = att_new_n(call->arena, att_reliability_input, load.instrument->n_scales);
    for (size_t i = 0; i < load.instrument->n_scales; i++) {
        const att_scale *scale = &load.instrument->scales[i];

        if (wanted == NULL || strcmp(wanted, scale->id) == 0) {
            input_of_scale(call->arena, &load, scale, keep, *out + (*n)++);
        }
    }
    if (*n == 0 && wanted != NULL) {
        return unknown_scale(call, load.instrument, wanted, err);
    }
    if (*n == 0) {
        return att_fail(err, ATT_ENOTFOUND, "\"%s\" has no scales",
                        load.instrument->id);
    }
    return ATT_OK;
}

static att_code find_inputs(att_call *call, att_reliability_input **out, size_t *n,
                            att_err *err)
{
    att_store *store;
    att_code code;

    *n = 0;
    if (att_option_get(call, "csv") != NULL) {
        return inputs_of_csv(call, out, n, err);
    }
    if (att_option_get(call, "instrument") == NULL) {
        att_fail(err, ATT_EUSAGE, "\"attune analyze\" wants data");
        return att_hint(err, "add --instrument ID, or --csv FILE --items a,b,c");
    }
    store = att_load_store(call, ATT_OPEN_READ, err);
    if (store == NULL) {
        return err->code;
    }
    code = inputs_of_study(call, store, out, n, err);
    att_store_close(store);
    return code;
}

static int run_analyze(att_call *call, att_err *err)
{
    att_render_opts opts = { .style = att_style_for(STDOUT_FILENO, call->color) };
    att_reliability_input *inputs = NULL;
    bool has_failed = false;
    size_t n = 0;
    att_doc *doc;

    if (strcmp(call->args[0], "reliability") != 0) {
        att_fail(err, ATT_EUSAGE, "\"%s\" is not an analysis", call->args[0]);
        att_hint(err, "there is: attune analyze reliability");
        return 2;
    }
    if (find_inputs(call, &inputs, &n, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    doc = att_report_reliability(call->arena, inputs, n, &has_failed);
    if (call->is_json) {
        att_report_reliability_json(call->out, inputs, n);
    } else {
        att_renderer_find("term")->render(call->out, doc, &opts);
    }
    return has_failed ? 1 : 0;
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "instrument", 'i', "ID", "its finished sessions, scale by scale", NULL },
    { "scale", 0, "ID", "one scale only", NULL },
    { "csv", 0, "FILE", "a CSV file instead of a study", NULL },
    { "items", 0, "NAMES", "its columns to analyse, between commas", NULL },
    { "reverse", 0, "NAMES", "those of them that count from the other end", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_analyze = {
    .name = "analyze",
    .group = ATT_GROUP_UNDERSTAND,
    .about = "Says how good a measure is: reliability and item statistics.",
    .examples = "  attune analyze reliability --study net.attune --instrument recs\n"
                "  attune analyze reliability --csv bfi.csv --items A1,A2,A3 --reverse "
                "A1\n",
    .usage = "reliability [options]",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .is_json = true,
    .run = run_analyze,
};
