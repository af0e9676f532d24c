#include <attune/instrument/instrument.h>

#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/kind.h>

const char *att_maturity_name(att_maturity maturity)
{
    switch (maturity) {
    case ATT_MATURITY_DRAFT: return "draft";
    case ATT_MATURITY_PILOTED: return "piloted";
    case ATT_MATURITY_STRUCTURE_TESTED: return "structure tested";
    case ATT_MATURITY_VALIDATED: return "validated";
    case ATT_MATURITY_RETIRED: return "retired";
    }
    return "";
}

const char *att_model_name(att_model model)
{
    switch (model) {
    case ATT_MODEL_REFLECTIVE: return "reflective";
    case ATT_MODEL_FORMATIVE: return "formative";
    case ATT_MODEL_SINGLE: return "single";
    case ATT_MODEL_CHECKLIST: return "checklist";
    }
    return "";
}

const char *att_referent_name(att_referent referent)
{
    switch (referent) {
    case ATT_REFERENT_SELF: return "self";
    case ATT_REFERENT_OTHER: return "other";
    case ATT_REFERENT_DYAD: return "dyad";
    case ATT_REFERENT_TEAM: return "team";
    case ATT_REFERENT_SITE: return "site";
    case ATT_REFERENT_NETWORK: return "network";
    }
    return "";
}

const char *att_metric_name(att_metric metric)
{
    switch (metric) {
    case ATT_METRIC_T: return "t";
    case ATT_METRIC_PERCENTILE: return "percentile";
    }
    return "";
}

const char *att_attribute_type(att_answer_kind kind)
{
    return kind == ATT_ANSWER_NUMBER ? "number"
           : kind == ATT_ANSWER_DAY  ? "date"
                                     : "text";
}

att_answer att_attribute_read(att_arena *arena, att_answer_kind kind, const char *text)
{
    att_day day = 0;
    double number = 0;

    if (kind == ATT_ANSWER_TEXT && text[0] != '\0') {
        return att_answer_of_text(att_text_compose(arena, text));
    }
    if (kind == ATT_ANSWER_NUMBER && att_number_read(text, strlen(text), &number)) {
        return att_answer_of_number(number);
    }
    if (kind == ATT_ANSWER_DAY && att_day_read(text, strlen(text), &day)) {
        return att_answer_of_day(day);
    }
    return (att_answer){ 0 };
}

void att_scale_bounds(const att_scale *scale, double *low, double *high)
{
    double n = scale->scoring == ATT_SCORING_SUM ? (double)scale->n_items : 1;

    *low = n * scale->low;
    *high = n * scale->high;
    if (scale->scoring == ATT_SCORING_WEIGHTED) {
        *low = *high = 0;
        for (size_t k = 0; k < scale->n_items; k++) {
            double w = scale->weights[k];

            *low += w * (w < 0 ? scale->high : scale->low);
            *high += w * (w < 0 ? scale->low : scale->high);
        }
    }
}

size_t att_instrument_item(const att_instrument *instrument, const char *id)
{
    size_t low = 0;
    size_t high = instrument->n_items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t item = instrument->by_id[middle];
        int order = strcmp(id, instrument->items[item].id);
        if (order == 0) {
            return item;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return ATT_NONE;
}

size_t att_instrument_scale(const att_instrument *instrument, const char *id)
{
    for (size_t i = 0; i < instrument->n_scales; i++) {
        if (strcmp(instrument->scales[i].id, id) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_instrument_derived(const att_instrument *instrument, const char *id)
{
    for (size_t i = 0; i < instrument->n_derived; i++) {
        if (strcmp(instrument->derived[i].id, id) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_instrument_language(const att_instrument *instrument, const char *tag)
{
    for (size_t i = 0; i < instrument->n_languages; i++) {
        if (strcmp(instrument->languages[i].tag, tag) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

bool att_choices_can_end(const att_choices *set)
{
    return set != NULL && set->any != NULL && !set->has_free;
}

bool att_item_is_question(const att_item *item)
{
    return item->kind->shape != ATT_SHAPE_NOTE &&
           item->kind->shape != ATT_SHAPE_CONTAINER &&
           item->kind->shape != ATT_SHAPE_CALC;
}

bool att_item_is_counted(const att_item *item)
{
    return att_item_is_question(item) && item->slot <= 1;
}

const char *att_wording_in(const att_instrument *instrument, const att_wording *wording,
                           size_t language)
{
    const char *text = NULL;

    if (wording->in == NULL) {
        return "";
    }
    /* a chain of fallbacks has no circle: the reader has looked */
    for (size_t i = language + 1; i > 0 && i <= instrument->n_languages && text == NULL;
         i = instrument->languages[i - 1].fallback) {
        text = wording->in[i - 1];
    }
    if (text == NULL) {
        text = wording->in[instrument->language];
    }
    return text == NULL ? "" : text;
}

const char *att_item_label(const att_instrument *instrument, size_t item)
{
    return att_wording_in(instrument, &instrument->items[item].text,
                          instrument->language);
}
