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

/* What the valid answers of a scale add up to. */
typedef struct tally {
    size_t n;
    double sum;               /* of keyed answers, each with its weight */
    double weight;            /* of the answers that are valid */
    double all;               /* of all items */
    double sum_low, sum_high; /* between which the sum of these answers could lie */
} tally;

static tally tally_of(const att_sheet *sheet, const att_scale *scale)
{
    tally t = { 0 };

    for (size_t k = 0; k < scale->n_items; k++) {
        att_answer answer = att_sheet_get(sheet, scale->items[k], false);
        double keyed = att_score_keyed(scale, k, &answer);
        double w = scale->weights == NULL ? 1 : scale->weights[k];

        t.all += w;
        if (isnan(keyed)) {
            continue;
        }
        t.n++;
        t.sum += w * keyed;
        t.weight += w;
        t.sum_low += w * (w < 0 ? scale->high : scale->low);
        t.sum_high += w * (w < 0 ? scale->low : scale->high);
    }
    return t;
}

/* Of a mean or a sum. */
static void score_plain(const att_scale *scale, const tally *t, att_score *score)
{
    double mean = t->sum / (double)t->n;

    if (scale->scoring == ATT_SCORING_MEAN) {
        score->value = mean;
    } else {
        score->value = scale->is_prorated ? mean * (double)scale->n_items : t->sum;
    }
    if (scale->high > scale->low) {
        score->value_100 = 100 * (mean - scale->low) / (scale->high - scale->low);
    }
}

static void score_weighted(const att_scale *scale, const tally *t, att_score *score)
{
    if (!scale->is_prorated) {
        score->value = t->sum;
    } else if (t->weight > 0) {
        score->value = t->sum * t->all / t->weight;
    }
    if (t->sum_high > t->sum_low) {
        score->value_100 = 100 * (t->sum - t->sum_low) / (t->sum_high - t->sum_low);
    }
}

/* The value of an expression, NaN where it has none. */
static double worth(const att_sheet *sheet, const att_expr *expr)
{
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    att_value value = att_expr_eval(&scratch, expr, &scope, NULL);
    bool is_number = value.type == ATT_TYPE_NUMBER || value.type == ATT_TYPE_TRUTH;

    att_arena_drop(&scratch);
    return is_number ? value.number : NAN;
}

att_score att_score_scale(const att_sheet *sheet, size_t scale)
{
    const att_instrument *instrument = sheet->instrument;
    const att_scale *one = &instrument->scales[scale];
    att_score score = {
        .id = one->id, .n_items = one->n_items, .value = NAN, .value_100 = NAN
    };
    tally t = tally_of(sheet, one);

    score.n_valid = t.n;
    if (t.n == 0 || t.n < one->min_valid ||
        instrument->provenance.maturity < one->needs) {
        return score;
    }
    switch (one->scoring) {
    case ATT_SCORING_MEAN:
    case ATT_SCORING_SUM: score_plain(one, &t, &score); break;
    case ATT_SCORING_WEIGHTED: score_weighted(one, &t, &score); break;
    case ATT_SCORING_EXPRESSION:
        score.value = worth(sheet, one->value);
        score.value_100 = 100 * (score.value - one->low) / (one->high - one->low);
        break;
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

    if (instrument->provenance.maturity >= one->needs) {
        score.value = worth(sheet, one->value);
    }
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
    static const char *const names[] = { "mean", "sum", "weighted", "expression" };

    att_buf_add(out, names[scale->scoring]);
    att_buf_add(out, scale->is_prorated ? " prorated" : "");
    for (size_t k = 0; k < scale->n_items; k++) {
        att_buf_format(out, " %c%s", scale->is_reversed[k] ? '-' : '+',
                       instrument->items[scale->items[k]].id);
        if (scale->weights != NULL) {
            att_buf_char(out, '*');
            att_number_write(out, scale->weights[k]);
        }
    }
    if (scale->value != NULL) {
        att_buf_format(out, " %s", att_expr_text(scale->value));
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
