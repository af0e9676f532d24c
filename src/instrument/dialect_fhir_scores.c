/* Scores and derived values of an instrument as calculated items of a Questionnaire. */
#include "dialect_fhir_writer.h"

/* A reversed answer, "(6 - t5)"; a weighted one, "(2 * t1)". */
static void add_term(att_buf *out, const att_fhir_writer *w, const att_scale *scale,
                     size_t i)
{
    const char *id = w->instrument->items[scale->items[i]].id;

    att_buf_add(out, i == 0 ? "" : ", ");
    if (scale->scoring == ATT_SCORING_WEIGHTED) {
        att_buf_format(out, "%.15g * ", scale->weights[i]);
    }
    if (scale->is_reversed[i]) {
        att_buf_format(out, "(%.15g - %s)", scale->low + scale->high, id);
    } else {
        att_buf_add(out, id);
    }
}

/* A scale as an expression of ours; NULL when it has no such form. */
static const char *formula(const att_fhir_writer *w, const att_scale *scale)
{
    bool is_mean = scale->scoring == ATT_SCORING_MEAN || scale->is_prorated;
    att_buf buf = { 0 };
    char *text;

    if (scale->scoring == ATT_SCORING_WEIGHTED && scale->is_prorated) {
        return NULL;
    }
    if (scale->scoring == ATT_SCORING_EXPRESSION) {
        att_buf_add(&buf, "if(count(");
        for (size_t i = 0; i < scale->n_items; i++) {
            att_buf_format(&buf, "%sanswered(%s)", i == 0 ? "" : ", ",
                           w->instrument->items[scale->items[i]].id);
        }
        att_buf_format(&buf, ") >= %zu, %s, 0 / 0)", scale->min_valid,
                       att_expr_text(scale->value));
    } else {
        att_buf_add(&buf, is_mean ? "mean(" : "sum(");
        for (size_t i = 0; i < scale->n_items; i++) {
            add_term(&buf, w, scale, i);
        }
        att_buf_format(&buf, ", min_valid: %zu)", scale->min_valid);
        if (scale->is_prorated) {
            att_buf_format(&buf, " * %zu", scale->n_items);
        }
    }
    text = att_buf_copy(w->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static bool find_name(const void *data, const char *name, att_ref *out)
{
    const att_instrument *instrument = data;
    size_t i = att_instrument_item(instrument, name);

    if (i == ATT_NONE) {
        return false;
    }
    *out = (att_ref){ .kind = ATT_REF_ITEM, .index = i, .type = ATT_TYPE_NUMBER };
    return true;
}

static const char *find_nearest(const void *data, const char *name)
{
    (void)data;
    (void)name;
    return NULL;
}

/* The score as an expression that can be said there; NULL when it cannot. */
static const att_expr *value_of(const att_fhir_writer *w, const att_scale *scale)
{
    const att_names names = { .data = w->instrument,
                              .find = find_name,
                              .nearest = find_nearest };
    att_expr_fault fault = { 0 };
    const char *text = formula(w, scale);
    const att_expr *value =
        text == NULL ? NULL : att_expr_read(w->arena, text, &names, &fault);

    return value != NULL &&
                   att_fhir_path(w->arena, w->instrument, &w->scores, value, true)
                           .text != NULL
               ? value
               : NULL;
}

void att_fhir_find_scores(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;

    w->scales = att_new_n(w->arena, const att_expr *, in->n_scales + 1);
    w->scores.has_scale = att_new_n(w->arena, bool, in->n_scales + 1);
    w->scores.has_derived = att_new_n(w->arena, bool, in->n_derived + 1);
    for (size_t i = 0; i < in->n_scales; i++) {
        w->scales[i] = value_of(w, &in->scales[i]);
        w->scores.has_scale[i] = w->scales[i] != NULL;
    }
    for (size_t i = 0; i < in->n_derived; i++) {
        att_logic logic =
            att_fhir_path(w->arena, in, &w->scores, in->derived[i].value, true);

        w->scores.has_derived[i] = logic.text != NULL;
    }
}

static void put_scale(att_fhir_writer *w, size_t index)
{
    const att_scale *scale = &w->instrument->scales[index];

    if (w->scales[index] == NULL) {
        ATT_FHIR_LOSE(w, DROPPED, scale->id,
                      "the scale: its score cannot be worked out there");
        return;
    }
    att_fhir_put_calculated(w, scale->id, &scale->title, w->scales[index]);
    ATT_FHIR_LOSE(w, APPROXIMATED, scale->id,
                  "a scale is a calculated item, which comes back as a calc: its model "
                  "and its range are not said");
    if (scale->n_bands > 0) {
        ATT_FHIR_LOSE(w, DROPPED, scale->id, "the bands of its score");
    }
    if (scale->needs != ATT_MATURITY_DRAFT) {
        ATT_FHIR_LOSE(w, APPROXIMATED, scale->id,
                      "it is worked out whether the instrument is %s or not",
                      att_maturity_name(scale->needs));
    }
}

void att_fhir_put_scores(att_fhir_writer *w)
{
    const att_instrument *in = w->instrument;

    for (size_t i = 0; i < in->n_scales; i++) {
        put_scale(w, i);
    }
    for (size_t i = 0; i < in->n_derived; i++) {
        const att_derived *derived = &in->derived[i];

        if (!w->scores.has_derived[i]) {
            ATT_FHIR_LOSE(
                w, DROPPED, derived->id, "the derived value %s: %s",
                att_expr_text(derived->value),
                att_fhir_path(w->arena, in, &w->scores, derived->value, true).why);
            continue;
        }
        att_fhir_put_calculated(w, derived->id, &derived->title, derived->value);
        ATT_FHIR_LOSE(w, APPROXIMATED, derived->id,
                      "a derived value is a calculated item, which comes back as a "
                      "calc");
    }
}
