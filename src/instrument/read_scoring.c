/* read_scoring.c - how a scale is scored beyond a mean or a sum, and what scores mean */
#include "reader.h"

#include <math.h>
#include <string.h>

#define WEIGHT_MAX 1e9

/* ---- weights ---- */

/* Whether a weight stands for something that the scale has not. */
static void foreign_find(att_reader *r, json_t *object, const att_spot *at,
                         const att_scale *scale)
{
    bool *is_in = att_new_n(r->scratch, bool, r->n_items);
    const char *id = NULL;
    json_t *one = NULL;

    for (size_t k = 0; k < scale->n_items; k++) {
        is_in[scale->items[k]] = true;
    }
    json_object_foreach(object, id, one)
    {
        const att_name *name = att_name_find(r, id);
        att_spot spot = att_spot_key(at, id);

        if (strncmp(id, "x-", 2) != 0 &&
            (name == NULL || name->sort != ATT_NAME_ITEM || !is_in[name->index])) {
            att_reader_find_key(
                r, "L101", &spot, "add it to \"items\", or take it out here",
                "\"%s\" has a weight but is not in scale \"%s\"", id, scale->id);
        }
    }
}

static bool weight_read(att_reader *r, json_t *object, const att_spot *at,
                        const char *id, double *out)
{
    json_t *one = json_object_get(object, id);
    att_spot spot = att_spot_key(at, id);

    if (one == NULL) {
        att_reader_find(r, "L101", at, "give each item its weight",
                        "\"%s\" is in the scale but has no weight", id);
        return false;
    }
    if (!att_want_check(r, one, &spot, id, ATT_WANT_NUMBER)) {
        return false;
    }
    *out = json_number_value(one);
    if (fabs(*out) > WEIGHT_MAX) {
        att_reader_find(r, "L042", &spot, NULL,
                        "a weight should be -1000000000 to 1000000000");
        return false;
    }
    return true;
}

static void weights_check(att_reader *r, const att_spot *at, const att_scale *scale)
{
    bool has_any = false;
    bool has_negative = false;

    for (size_t k = 0; k < scale->n_items; k++) {
        has_any = has_any || scale->weights[k] < 0 || scale->weights[k] > 0;
        has_negative = has_negative || scale->weights[k] < 0;
    }
    if (!has_any) {
        att_reader_find(r, "L101", at, NULL, "all weights of scale \"%s\" are 0",
                        scale->id);
    }
    if (has_negative && scale->is_prorated) {
        att_reader_find(r, "L101", at, "reverse the item, or take \"prorate\" out",
                        "scale \"%s\" is prorated but has a weight under 0", scale->id);
    }
}

static void weights_read(att_reader *r, json_t *value, const att_spot *at,
                         att_scale *scale)
{
    json_t *object = json_object_get(value, "weights");
    att_spot spot = att_spot_key(at, "weights");
    att_spot score_at = att_spot_key(at, "score");
    double *weights;
    bool is_whole = true;

    if (scale->scoring != ATT_SCORING_WEIGHTED) {
        if (object != NULL) {
            att_reader_find_key(
                r, "L101", &spot, "write \"score\": \"weighted\", or take them out",
                "scale \"%s\" has weights but is not weighted", scale->id);
        }
        return;
    }
    weights = att_new_n(r->arena, double, scale->n_items);
    scale->weights = weights;
    if (!json_is_object(object)) {
        if (object == NULL) {
            att_reader_find(r, "L101", &score_at, "add \"weights\": { \"a\": 2 }",
                            "scale \"%s\" is weighted but has no weights", scale->id);
        }
        return;
    }
    for (size_t k = 0; k < scale->n_items; k++) {
        is_whole =
            weight_read(r, object, &spot, r->items[scale->items[k]].id, &weights[k]) &&
            is_whole;
    }
    foreign_find(r, object, &spot, scale);
    if (is_whole && scale->n_items > 0) {
        weights_check(r, &spot, scale);
    }
}

/* ---- expressions ---- */

static void value_check(att_reader *r, json_t *value, const att_spot *at,
                        const att_scale *scale)
{
    att_spot value_at = att_spot_key(at, "value");
    att_spot score_at = att_spot_key(at, "score");
    att_spot reverse_at = att_spot_key(at, "reverse");
    att_spot prorate_at = att_spot_key(at, "prorate");
    att_spot model_at = att_spot_key(at, "model");
    bool has_value = json_object_get(value, "value") != NULL;

    if (scale->scoring != ATT_SCORING_EXPRESSION) {
        if (has_value) {
            att_reader_find_key(
                r, "L102", &value_at, "write \"score\": \"expression\", or take it out",
                "scale \"%s\" has an expression that is not used", scale->id);
        }
        return;
    }
    if (!has_value) {
        att_reader_find(r, "L102", &score_at, "add \"value\": \"a + 2 * b\"",
                        "scale \"%s\" has no expression", scale->id);
    }
    if (json_object_get(value, "range") == NULL) {
        att_reader_find(r, "L102", &score_at, "add \"range\": [0, 10]",
                        "scale \"%s\" does not say from what to what its score goes",
                        scale->id);
    }
    if (json_array_size(json_object_get(value, "reverse")) > 0) {
        att_reader_find_key(r, "L102", &reverse_at,
                            "take it out, and turn the item round in the expression",
                            "an expression sees answers as they were given");
    }
    if (scale->is_prorated) {
        att_reader_find_key(r, "L102", &prorate_at, "take it out",
                            "an expression cannot be prorated");
    }
    if (scale->model == ATT_MODEL_REFLECTIVE) {
        att_reader_find(r, "L102", &model_at, "write \"formative\" or \"checklist\"",
                        "scale \"%s\" is reflective, but an expression is not a sum of "
                        "like items",
                        scale->id);
    }
}

/* A scale is missing where too few of its items are valid, so its items must be all
 * that the expression looks at. */
static void refs_check(att_reader *r, const att_spot *at, const att_scale *scale,
                       const att_expr *expr)
{
    size_t n = 0;
    const att_ref *refs = att_expr_refs(expr, &n);

    for (size_t i = 0; i < n; i++) {
        bool is_in = refs[i].kind == ATT_REF_WORD || refs[i].kind == ATT_REF_PERSON;

        for (size_t k = 0; refs[i].kind == ATT_REF_ITEM && k < scale->n_items; k++) {
            is_in = is_in || scale->items[k] == refs[i].index;
        }
        if (!is_in) {
            att_reader_find(r, "L102", at,
                            "add it to \"items\", or use a derived value",
                            "the expression of scale \"%s\" looks at what is not one "
                            "of its items",
                            scale->id);
            return;
        }
    }
}

void att_scoring_resolve(att_reader *r, json_t *root)
{
    json_t *list = json_object_get(root, "scales");

    for (size_t i = 0; i < r->out->n_scales; i++) {
        att_scale *scale = &r->scales[i];
        const char *text = att_member_text(r, json_array_get(list, i), "value", NULL);
        att_spot at = att_spot_text(scale->pointer);
        att_spot value_at = att_spot_key(&at, "value");
        att_wait_expr wait = { .text = text, .key = "value", .item = ATT_NONE };
        att_expr *expr;

        if (scale->scoring != ATT_SCORING_EXPRESSION || text == NULL) {
            continue;
        }
        wait.pointer = att_spot_pointer(r->scratch, &value_at);
        expr = att_reader_expr(r, &wait, false);
        if (expr == NULL) {
            continue;
        }
        if (att_expr_type(expr) != ATT_TYPE_NUMBER &&
            att_expr_type(expr) != ATT_TYPE_TRUTH) {
            att_reader_find(r, "L022", &value_at, NULL,
                            "the expression of scale \"%s\" should give a number",
                            scale->id);
        }
        refs_check(r, &value_at, scale, expr);
        scale->value = expr;
    }
}

/* ---- bands ---- */

static void bands_read(att_reader *r, json_t *value, const att_spot *at,
                       att_scale *scale)
{
    static const att_key keys[] = { { "from", ATT_WANT_NUMBER, true },
                                    { "text", ATT_WANT_WORDING, true } };
    json_t *list = json_object_get(value, "bands");
    att_spot spot = att_spot_key(at, "bands");
    size_t n = att_list_size(r, json_array_size(list), ATT_CHOICES_MAX, &spot, "bands");
    att_band *bands = att_new_n(r->arena, att_band, n);
    double low = 0, high = 0;

    scale->bands = bands;
    if (n > 0) {
        att_scale_bounds(scale, &low, &high);
    }
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&spot, i);
        att_spot from_at = att_spot_key(&element, "from");
        json_t *one = json_array_get(list, i);
        json_t *from = json_object_get(one, "from");

        if (!att_keys_check(r, one, &element, "a band", keys, 2) ||
            !json_is_number(from)) {
            continue;
        }
        bands[i].from = json_number_value(from);
        bands[i].text = att_wording_member(r, one, &element, "text");
        if (i > 0 && !(bands[i].from > bands[i - 1].from)) {
            att_reader_find(r, "L103", &from_at, "begin each above the one before",
                            "the bands of scale \"%s\" do not rise", scale->id);
        } else if (high > low && bands[i].from > high) {
            att_reader_find(r, "L103", &from_at, NULL,
                            "no score of scale \"%s\" is over %s", scale->id,
                            att_reader_number(r, high));
        }
        scale->n_bands = i + 1;
    }
}

void att_scoring_read(att_reader *r, json_t *value, const att_spot *at,
                      att_scale *scale)
{
    weights_read(r, value, at, scale);
    value_check(r, value, at, scale);
    bands_read(r, value, at, scale);
}
