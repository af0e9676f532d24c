/* reliability_json.c - the same results by their dotted names, all digits
 */
#include "reliability.h"

#include <math.h>

#include <attune/base/json.h>
#include <attune/base/number.h>

#include "thresholds.h"

static const char *model_name(const att_reliability_input *input)
{
    return att_model_name(input->model);
}

/* "-A1,A2,A3" */
static void put_items(att_json_out *out, const att_reliability_input *input)
{
    att_buf text = { 0 };

    for (size_t j = 0; j < input->n; j++) {
        att_buf_add(&text, j > 0 ? "," : "");
        att_buf_add(&text,
                    input->is_reversed != NULL && input->is_reversed[j] ? "-" : "");
        att_buf_add(&text, input->frame->columns[input->columns[j]].name);
    }
    att_json_put_string(out, "items", att_buf_text(&text));
    att_buf_drop(&text);
}

/* "1..6": what reversed items are turned on. */
static void put_range(att_json_out *out, const att_reliability_input *input)
{
    for (size_t j = 0; j < input->n; j++) {
        const att_column *column = &input->frame->columns[input->columns[j]];

        if (input->is_reversed != NULL && input->is_reversed[j] &&
            isfinite(column->low) && isfinite(column->high)) {
            att_buf text = { 0 };

            att_number_write(&text, column->low);
            att_buf_add(&text, "..");
            att_number_write(&text, column->high);
            att_json_put_string(out, "reversed_on", att_buf_text(&text));
            att_buf_drop(&text);
            return;
        }
    }
}

static void put_item(att_json_out *out, att_arena *arena, const char *prefix,
                     const char *name, double x)
{
    att_json_put_number(out, att_arena_format(arena, "%s.%s", prefix, name), x);
}

static void put_values(att_json_out *out, att_arena *arena, const att_alpha *alpha,
                       const att_reliability_input *input)
{
    att_json_put_number(out, "raw_alpha", alpha->raw);
    att_json_put_number(out, "std_alpha", alpha->std);
    att_json_put_number(out, "feldt_lo", alpha->raw_low);
    att_json_put_number(out, "feldt_hi", alpha->raw_high);
    att_json_put_number(out, "average_r", alpha->average_r);
    att_json_put_number(out, "median_r", alpha->median_r);
    att_json_put_whole(out, "n", (long long)alpha->n);
    att_json_put_whole(out, "n_all", (long long)alpha->n_all);
    att_json_put_number(out, "mean", alpha->mean);
    att_json_put_number(out, "sd", alpha->sd);
    for (size_t j = 0; j < alpha->k; j++) {
        const char *name = input->frame->columns[input->columns[j]].name;

        put_item(out, arena, "item.n", name, alpha->item_n[j]);
        put_item(out, arena, "item.mean", name, alpha->item_mean[j]);
        put_item(out, arena, "item.sd", name, alpha->item_sd[j]);
        put_item(out, arena, "item.r_drop", name, alpha->item_rest[j]);
        put_item(out, arena, "drop.raw_alpha", name, alpha->raw_if_dropped[j]);
        put_item(out, arena, "drop.std_alpha", name, alpha->std_if_dropped[j]);
    }
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

static void put_result(att_json_out *out, att_arena *arena,
                       const att_reliability_input *input)
{
    bool is_given = att_reliability_refusal(input->model) == NULL && has_columns(input);
    att_alpha alpha = { 0 };

    if (is_given) {
        alpha = att_reliability_of(arena, input);
    }
    att_json_object(out);
    att_json_put_string(out, "analysis", "alpha");
    att_json_put_string(out, "scale", input->scale);
    att_json_put_string(out, "source", input->source);
    att_json_put_string(out, "model", model_name(input));
    att_json_put_string(out, "outcome",
                        is_given             ? att_outcome_name(alpha.outcome)
                        : has_columns(input) ? "no alpha for this model"
                                             : "an item is not in the data");
    att_json_key(out, "options");
    att_json_object(out);
    if (has_columns(input)) {
        put_items(out, input);
        put_range(out, input);
    }
    att_json_put_string(out, "missing", "listwise");
    att_json_put_number(out, "conf", att_limit_value(ATT_LIMIT_LEVEL));
    att_json_end_object(out);
    att_json_key(out, "values");
    att_json_object(out);
    if (is_given) {
        put_values(out, arena, &alpha, input);
    }
    att_json_end_object(out);
    att_json_end_object(out);
}

void att_report_reliability_json(att_buf *out, const att_reliability_input *inputs,
                                 size_t n_inputs)
{
    att_json_out json = att_json_begin(out, true);
    att_arena scratch = { 0 };

    att_json_object(&json);
    att_json_put_string(&json, "format", "attune-analysis/1");
    att_json_key(&json, "results");
    att_json_list(&json);
    for (size_t i = 0; i < n_inputs; i++) {
        put_result(&json, &scratch, &inputs[i]);
    }
    att_json_end_list(&json);
    att_json_end_object(&json);
    att_buf_char(out, '\n');
    att_arena_drop(&scratch);
}
