#include <attune/instrument/score.h>

#include <math.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/base/seal.h>

double att_score_keyed(const att_scale *scale, size_t k, const att_answer *answer)
{
    if (answer->kind != ATT_ANSWER_NUMBER) {
        return NAN;
    }
    return scale->is_reversed[k] ? scale->low + scale->high - answer->number
                                 : answer->number;
}

att_score att_score_scale(const att_sheet *sheet, size_t scale)
{
    const att_instrument *instrument = sheet->instrument;
    const att_scale *one = &instrument->scales[scale];
    att_score score = {
        .id = one->id, .n_items = one->n_items, .value = NAN, .value_100 = NAN
    };
    double sum = 0;
    double mean;

    for (size_t k = 0; k < one->n_items; k++) {
        att_answer answer = att_sheet_get(sheet, one->items[k], false);
        double keyed = att_score_keyed(one, k, &answer);
        if (!isnan(keyed)) {
            sum += keyed;
            score.n_valid++;
        }
    }
    if (score.n_valid == 0 || score.n_valid < one->min_valid ||
        instrument->provenance.maturity < one->needs) {
        return score;
    }
    mean = sum / (double)score.n_valid;
    if (one->scoring == ATT_SCORING_MEAN) {
        score.value = mean;
    } else {
        score.value = one->is_prorated ? mean * (double)one->n_items : sum;
    }
    if (one->high > one->low) {
        score.value_100 = 100 * (mean - one->low) / (one->high - one->low);
    }
    return score;
}

att_score att_score_derived(const att_sheet *sheet, size_t derived)
{
    const att_instrument *instrument = sheet->instrument;
    const att_derived *one = &instrument->derived[derived];
    att_score score = {
        .id = one->id, .is_derived = true, .value = NAN, .value_100 = NAN
    };
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);

    if (instrument->provenance.maturity >= one->needs) {
        att_value value = att_expr_eval(&scratch, one->value, &scope, NULL);
        if (value.type == ATT_TYPE_NUMBER || value.type == ATT_TYPE_TRUTH) {
            score.value = value.number;
        }
    }
    att_arena_drop(&scratch);
    return score;
}

att_score *att_score_all(att_arena *arena, const att_sheet *sheet)
{
    const att_instrument *instrument = sheet->instrument;
    att_score *scores =
        att_new_n(arena, att_score, instrument->n_scales + instrument->n_derived);

    for (size_t i = 0; i < instrument->n_scales; i++) {
        scores[i] = att_score_scale(sheet, i);
    }
    for (size_t i = 0; i < instrument->n_derived; i++) {
        scores[instrument->n_scales + i] = att_score_derived(sheet, i);
    }
    return scores;
}

static void write_scale_rule(att_buf *out, const att_instrument *instrument,
                             const att_scale *scale)
{
    att_buf_add(out, scale->scoring == ATT_SCORING_MEAN ? "mean" : "sum");
    att_buf_add(out, scale->is_prorated ? " prorated" : "");
    for (size_t k = 0; k < scale->n_items; k++) {
        att_buf_format(out, " %c%s", scale->is_reversed[k] ? '-' : '+',
                       instrument->items[scale->items[k]].id);
    }
    att_buf_format(out, " min_valid %zu range ", scale->min_valid);
    att_number_write(out, scale->low);
    att_buf_char(out, ' ');
    att_number_write(out, scale->high);
    att_buf_format(out, " needs %s", att_maturity_name(scale->needs));
}

void att_score_rule_digest(const att_instrument *instrument, const char *id, char *out)
{
    size_t scale = att_instrument_scale(instrument, id);
    size_t derived = att_instrument_derived(instrument, id);
    att_buf rule = { 0 };
    att_digest digest;

    if (scale != ATT_NONE) {
        write_scale_rule(&rule, instrument, &instrument->scales[scale]);
    } else if (derived != ATT_NONE) {
        const att_derived *one = &instrument->derived[derived];
        att_buf_format(&rule, "derived needs %s ", att_maturity_name(one->needs));
        att_buf_add(&rule, att_expr_text(one->value));
    }
    digest = att_digest_bytes(att_buf_text(&rule), rule.n);
    att_digest_write(out, &digest);
    att_buf_drop(&rule);
}
