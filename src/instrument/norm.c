#include <attune/instrument/norm.h>

#include <math.h>

double att_norm_of(const att_norm *norm, double score)
{
    const att_norm_row *rows = norm->rows;
    size_t k = 0;

    if (isnan(score)) {
        return NAN;
    }
    if (norm->n_rows == 0) {
        return norm->metric == ATT_METRIC_T ? 50 + 10 * (score - norm->mean) / norm->sd
                                            : NAN;
    }
    if (score < rows[0].raw || score > rows[norm->n_rows - 1].raw) {
        return NAN;
    }
    while (k + 1 < norm->n_rows && rows[k + 1].raw <= score) {
        k++;
    }
    if (k + 1 == norm->n_rows) {
        return rows[k].normed;
    }
    return rows[k].normed + (rows[k + 1].normed - rows[k].normed) *
                                (score - rows[k].raw) / (rows[k + 1].raw - rows[k].raw);
}

static const att_band *band_of(const att_scale *scale, double score)
{
    const att_band *band = NULL;

    for (size_t i = 0; i < scale->n_bands && score >= scale->bands[i].from; i++) {
        band = &scale->bands[i];
    }
    return band;
}

/* Whether a norm is for whoever filled in the sheet. */
static bool is_for(const att_norm *norm, const att_sheet *sheet)
{
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    bool holds = norm->when == NULL;

    if (!holds) {
        att_value value = att_expr_eval(&scratch, norm->when, &scope, NULL);

        holds = att_value_truth(&value) == 1;
        att_arena_drop(&scratch);
    }
    return holds;
}

att_standing att_standing_of(const att_sheet *sheet, size_t scale,
                             const att_score *score)
{
    const att_instrument *instrument = sheet->instrument;
    bool is_validated = instrument->provenance.maturity == ATT_MATURITY_VALIDATED;
    att_standing standing = { .normed = { NAN, NAN } };

    standing.is_withheld = !is_validated && instrument->scales[scale].n_bands > 0;
    if (is_validated) {
        standing.band = band_of(&instrument->scales[scale], score->value);
    }
    for (size_t i = 0; i < instrument->n_norms; i++) {
        const att_norm *norm = &instrument->norms[i];

        if (norm->scale != scale || standing.norm[norm->metric] != NULL) {
            continue;
        }
        if (!is_validated) {
            standing.is_withheld = true;
        } else if (is_for(norm, sheet)) {
            standing.norm[norm->metric] = norm;
            standing.normed[norm->metric] = att_norm_of(norm, score->value);
        }
    }
    return standing;
}
