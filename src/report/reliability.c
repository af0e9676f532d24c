/* reliability.c - attune analyze reliability: a section a scale
 */
#include "reliability.h"

#include <math.h>

#include "judge.h"
#include "thresholds.h"

static const att_table_column alpha_columns[] = {
    { "", false },
    { "alpha", true },
    { "95% CI (Feldt)", false },
};

static const att_table_column item_columns[] = {
    { "Item", false },
    { "M", true },
    { "SD", true },
    { "Item-rest r", true },
    { "Alpha if dropped", true },
};

#define N_ALPHA_COLUMNS (sizeof alpha_columns / sizeof *alpha_columns)
#define N_ITEM_COLUMNS  (sizeof item_columns / sizeof *item_columns)

att_alpha att_reliability_of(att_arena *arena, const att_reliability_input *input)
{
    att_matrix x = att_frame_matrix(arena, input->frame, input->columns, input->n,
                                    input->is_reversed, input->keep);
    att_alpha_opts opts = { .level = att_limit_value(ATT_LIMIT_LEVEL) };

    return att_alpha_of(arena, &x, &opts);
}

const char *att_reliability_refusal(att_model model)
{
    switch (model) {
    case ATT_MODEL_REFLECTIVE: return NULL;
    case ATT_MODEL_FORMATIVE:
        return "No alpha: the items of a formative scale build the measure together and "
               "need not go along with each other.";
    case ATT_MODEL_SINGLE:
        return "No alpha: one item has no internal consistency. Its reliability needs a "
               "second time of asking.";
    case ATT_MODEL_CHECKLIST:
        return "No alpha: a checklist counts what is there, and its items need not go "
               "along with each other.";
    }
    return NULL;
}

static att_table *alpha_table(att_arena *arena, const att_alpha *alpha)
{
    att_table *table = att_new(arena, att_table);
    att_val *cells = att_new_n(arena, att_val, 2 * N_ALPHA_COLUMNS);

    cells[0] = att_val_text("Raw");
    cells[1] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->raw);
    cells[2] = att_val_interval(ATT_SHOW_BOUNDED, 2, alpha->raw_low, alpha->raw_high);
    cells[3] = att_val_text(alpha->k == 2 ? "Spearman-Brown" : "Standardised");
    cells[4] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->std);
    table->id = "alpha";
    table->columns = alpha_columns;
    table->n_columns = N_ALPHA_COLUMNS;
    table->cells = cells;
    table->n_rows = 2;
    return table;
}

att_table *att_reliability_items(att_arena *arena, const att_alpha *alpha,
                                 const char *const *names, const bool *is_reversed)
{
    att_table *table = att_new(arena, att_table);
    att_val *cells = att_new_n(arena, att_val, alpha->k * N_ITEM_COLUMNS);
    bool has_reversed = false;

    for (size_t j = 0; j < alpha->k; j++) {
        att_val *row = cells + j * N_ITEM_COLUMNS;
        bool is_turned = is_reversed != NULL && is_reversed[j];

        row[0] = att_val_text(is_turned ? att_arena_format(arena, "%s (R)", names[j])
                                        : names[j]);
        row[1] = att_val_number(ATT_SHOW_PLAIN, 2, alpha->item_mean[j]);
        row[2] = att_val_number(ATT_SHOW_PLAIN, 2, alpha->item_sd[j]);
        row[3] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->item_rest[j]);
        row[4] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->raw_if_dropped[j]);
        has_reversed = has_reversed || is_turned;
    }
    table->id = "items";
    table->note = has_reversed ? "(R) reversed" : NULL;
    table->columns = item_columns;
    table->n_columns = N_ITEM_COLUMNS;
    table->cells = cells;
    table->n_rows = alpha->k;
    return table;
}

static const char *sample_line(att_arena *arena, const att_alpha *alpha)
{
    size_t gone = alpha->n_all - alpha->n;

    if (gone == 0) {
        return att_arena_format(arena, "n = %s; no answer is missing",
                                att_say_count(arena, alpha->n));
    }
    return att_arena_format(
        arena, "n = %s of %s; %s with a missing answer left out (listwise)",
        att_say_count(arena, alpha->n), att_say_count(arena, alpha->n_all),
        att_say_count(arena, gone));
}

static const char *const *names_of(att_arena *arena, const att_reliability_input *input)
{
    const char **names = att_new_n(arena, const char *, input->n);

    for (size_t j = 0; j < input->n; j++) {
        names[j] = input->frame->columns[input->columns[j]].name;
    }
    return names;
}

static bool has_columns(const att_reliability_input *input)
{
    for (size_t j = 0; j < input->n; j++) {
        if (input->columns[j] == ATT_NONE) {
            return false;
        }
    }
    return input->n > 0;
}

/* One scale; true when an estimate was wanted and could not be made. */
static bool add_scale(att_doc *doc, const att_reliability_input *input, bool is_alone)
{
    const char *refusal = att_reliability_refusal(input->model);
    att_saying warnings = { .arena = doc->arena };
    const char *const *names;
    const char *line;
    att_alpha alpha;
    att_sign sign;

    if (!is_alone) {
        att_doc_heading(doc, 2, "", input->title);
    }
    if (refusal != NULL || !has_columns(input)) {
        att_doc_para(doc, ATT_PARA_BODY,
                     refusal != NULL
                         ? refusal
                         : "No estimate: an item of the scale is not in the "
                           "data.");
        return refusal == NULL;
    }
    names = names_of(doc->arena, input);
    alpha = att_reliability_of(doc->arena, input);
    line = sample_line(doc->arena, &alpha);
    if (is_alone) {
        doc->question = line;
    } else {
        att_doc_para(doc, ATT_PARA_NOTE, line);
    }
    att_judge_warn(&warnings, &alpha, names, input->is_reversed, false);
    if (isfinite(alpha.raw)) {
        att_doc_table(doc, alpha_table(doc->arena, &alpha));
        att_doc_table(
            doc, att_reliability_items(doc->arena, &alpha, names, input->is_reversed));
        att_doc_line(doc, "Verdict", att_judge_alpha(doc->arena, &alpha, &sign));
    }
    for (size_t i = 0; i < warnings.n; i++) {
        att_doc_line(doc, "Warning", warnings.list[i]);
    }
    return !isfinite(alpha.raw);
}

att_doc *att_report_reliability(att_arena *arena, const att_reliability_input *inputs,
                                size_t n_inputs, bool *failed)
{
    bool is_alone = n_inputs == 1;
    att_doc *doc = att_doc_make(arena, "");
    bool has_failed = false;

    if (is_alone) {
        doc->title = inputs[0].title;
    } else if (n_inputs > 0) {
        doc->title = att_arena_format(arena, "Reliability of %zu scales, %s", n_inputs,
                                      inputs[0].source);
    }
    for (size_t i = 0; i < n_inputs; i++) {
        has_failed = add_scale(doc, &inputs[i], is_alone) || has_failed;
    }
    if (failed != NULL) {
        *failed = has_failed;
    }
    return doc;
}
