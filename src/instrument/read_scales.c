/* read_scales.c - scales and derived values */
#include "reader.h"

#include <string.h>

static const att_key scale_keys[] = {
    { "id", ATT_WANT_TEXT, true },        { "title", ATT_WANT_WORDING, false },
    { "model", ATT_WANT_TEXT, true },     { "referent", ATT_WANT_TEXT, false },
    { "items", ATT_WANT_LIST, true },     { "reverse", ATT_WANT_LIST, false },
    { "score", ATT_WANT_TEXT, false },    { "min_valid", ATT_WANT_WHOLE, false },
    { "prorate", ATT_WANT_TRUTH, false }, { "range", ATT_WANT_LIST, false },
    { "needs", ATT_WANT_TEXT, false },    { "weights", ATT_WANT_OBJECT, false },
    { "value", ATT_WANT_TEXT, false },    { "bands", ATT_WANT_LIST, false },
};

static const att_key derived_keys[] = {
    { "id", ATT_WANT_TEXT, true },
    { "title", ATT_WANT_WORDING, false },
    { "value", ATT_WANT_TEXT, true },
    { "needs", ATT_WANT_TEXT, false },
};

enum {
    N_MATURITIES = ATT_MATURITY_RETIRED + 1,
    N_MODELS = ATT_MODEL_CHECKLIST + 1,
    N_REFERENTS = ATT_REFERENT_NETWORK + 1
};

att_maturity att_maturity_member(att_reader *r, json_t *object, const att_spot *at,
                                 const char *key)
{
    const char *names[N_MATURITIES];

    for (size_t i = 0; i < N_MATURITIES; i++) {
        names[i] = att_maturity_name((att_maturity)i);
    }
    return (att_maturity)att_member_word(r, object, at, key, names, N_MATURITIES, 0);
}

/* ---- first the ids ---- */

static const char *id_read(att_reader *r, json_t *value, const att_spot *at)
{
    att_spot id_at = att_spot_key(at, "id");
    const char *id = att_member_text(r, value, "id", "");

    if (id[0] != '\0') {
        att_id_check(r, id, &id_at, '_', false);
    }
    return id;
}

void att_scales_begin(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *scales = json_object_get(root, "scales");
    json_t *derived = json_object_get(root, "derived");
    att_spot scales_at = att_spot_key(at, "scales");
    att_spot derived_at = att_spot_key(at, "derived");

    r->out->n_scales =
        att_list_size(r, json_array_size(scales), ATT_PARTS_MAX, &scales_at, "scales");
    r->out->n_derived = att_list_size(r, json_array_size(derived), ATT_PARTS_MAX,
                                      &derived_at, "derived values");
    r->scales = att_new_n(r->arena, att_scale, r->out->n_scales);
    r->derived = att_new_n(r->arena, att_derived, r->out->n_derived);
    r->derived_text = att_new_n(r->scratch, const char *, r->out->n_derived);
    r->out->scales = r->scales;
    r->out->derived = r->derived;
    for (size_t i = 0; i < r->out->n_scales; i++) {
        att_spot element = att_spot_element(&scales_at, i);

        r->scales[i].pointer = att_spot_pointer(r->arena, &element);
        r->scales[i].id = id_read(r, json_array_get(scales, i), &element);
    }
    for (size_t i = 0; i < r->out->n_derived; i++) {
        att_spot element = att_spot_element(&derived_at, i);
        json_t *value = json_array_get(derived, i);

        r->derived[i].pointer = att_spot_pointer(r->arena, &element);
        att_keys_check(r, value, &element, "a derived value", derived_keys,
                       sizeof derived_keys / sizeof derived_keys[0]);
        r->derived[i].id = id_read(r, value, &element);
        r->derived[i].title = att_wording_member(r, value, &element, "title");
        r->derived[i].needs = att_maturity_member(r, value, &element, "needs");
        r->derived_text[i] = att_member_text(r, value, "value", NULL);
    }
}

/* ---- then the scales, whose items are known now ---- */

/* Which scale named an item last, and as which of its items: so that neither twins nor
 * reversed items are looked for in a list. */
typedef struct naming {
    size_t *by;    /* [n_items of the instrument] scale + 1 */
    size_t *place; /* [same] index in the scale */
} naming;

static void scored_check(att_reader *r, size_t index, const att_scale *scale,
                         const att_spot *at)
{
    const att_item *item = &r->items[index];
    att_type type = att_item_type(item);

    if (item->kind == NULL || type == ATT_TYPE_NUMBER) {
        return;
    }
    att_reader_find(r, "L026", at,
                    "a scale takes items of kind \"one\" or with numbers",
                    "scale \"%s\" names \"%s\", whose kind, \"%s\", cannot be scored",
                    scale->id, item->id, item->kind->name);
}

static void items_read(att_reader *r, json_t *value, const att_spot *at,
                       att_scale *scale, const naming *named)
{
    json_t *list = json_object_get(value, "items");
    att_spot spot = att_spot_key(at, "items");
    size_t stamp = (size_t)(scale - r->scales) + 1;
    size_t *items = att_new_n(r->arena, size_t, json_array_size(list));
    const char *what = att_arena_format(r->scratch, "scale \"%s\"", scale->id);

    scale->items = items;
    if (json_is_array(list) && json_array_size(list) == 0) {
        att_reader_find(r, "L026", &spot, "name the items that it is made of",
                        "scale \"%s\" has no items", scale->id);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        att_spot element = att_spot_element(&spot, i);
        json_t *name = json_array_get(list, i);
        size_t item = ATT_NONE;

        if (!att_want_check(r, name, &element, "items", ATT_WANT_TEXT)) {
            continue;
        }
        item = att_item_named(r, json_string_value(name), "L026", &element, what);
        if (item == ATT_NONE) {
            continue;
        }
        if (named->by[item] == stamp) {
            att_reader_find(r, "L027", &element, "name it once",
                            "scale \"%s\" names \"%s\" twice", scale->id,
                            r->items[item].id);
            continue;
        }
        named->by[item] = stamp;
        named->place[item] = scale->n_items;
        scored_check(r, item, scale, &element);
        items[scale->n_items++] = item;
    }
}

static void reverse_read(att_reader *r, json_t *value, const att_spot *at,
                         att_scale *scale, const naming *named)
{
    size_t stamp = (size_t)(scale - r->scales) + 1;
    json_t *list = json_object_get(value, "reverse");
    att_spot spot = att_spot_key(at, "reverse");
    bool *reversed = att_new_n(r->arena, bool, scale->n_items);

    scale->is_reversed = reversed;
    for (size_t i = 0; i < json_array_size(list); i++) {
        att_spot element = att_spot_element(&spot, i);
        json_t *name = json_array_get(list, i);
        const att_name *found = NULL;
        size_t k = ATT_NONE;

        if (!att_want_check(r, name, &element, "reverse", ATT_WANT_TEXT)) {
            continue;
        }
        found = att_name_find(r, json_string_value(name));
        if (found != NULL && found->sort == ATT_NAME_ITEM &&
            named->by[found->index] == stamp) {
            k = named->place[found->index];
        }
        if (k == ATT_NONE) {
            att_reader_find(r, "L028", &element,
                            "add it to \"items\", or take it out here",
                            "\"%s\" is reversed but not in scale \"%s\"",
                            json_string_value(name), scale->id);
        } else {
            reversed[k] = true;
        }
    }
}

static size_t usual_min_valid(size_t n)
{
    return n <= 2 ? n : n == 3 ? 2 : (n + 1) / 2;
}

static void valid_read(att_reader *r, json_t *value, const att_spot *at,
                       att_scale *scale)
{
    json_t *member = json_object_get(value, "min_valid");
    att_spot spot = att_spot_key(at, "min_valid");

    scale->min_valid = usual_min_valid(scale->n_items);
    if (!json_is_integer(member)) {
        return;
    }
    if (json_integer_value(member) < 1 ||
        json_integer_value(member) > (json_int_t)scale->n_items) {
        if (scale->n_items > 0) {
            att_reader_find(
                r, "L029", &spot,
                att_arena_format(r->scratch, "write 1 to %zu", scale->n_items),
                "scale \"%s\" has %zu items and cannot need %lld of them", scale->id,
                scale->n_items, (long long)json_integer_value(member));
        }
        return;
    }
    scale->min_valid = (size_t)json_integer_value(member);
}

static bool range_member(att_reader *r, json_t *value, const att_spot *at,
                         att_scale *scale)
{
    json_t *list = json_object_get(value, "range");
    att_spot spot = att_spot_key(at, "range");
    json_t *low = json_array_get(list, 0);
    json_t *high = json_array_get(list, 1);

    if (!json_is_array(list)) {
        return false;
    }
    if (json_array_size(list) != 2 || !json_is_number(low) || !json_is_number(high) ||
        !(json_number_value(low) < json_number_value(high))) {
        att_reader_find(r, "L030", &spot, "write [1, 5]",
                        "the range of scale \"%s\" should be two numbers, least first",
                        scale->id);
        return false;
    }
    scale->low = json_number_value(low);
    scale->high = json_number_value(high);
    return true;
}

/* first: the item that the range was taken from, or NULL when it is written. */
static void range_fault(att_reader *r, const att_scale *scale, const att_item *item,
                        const att_spot *at, const char *first)
{
    double low = 0, high = 0;

    att_item_range(item, &low, &high);
    att_reader_find(r, "L030", at,
                    first == NULL
                        ? "let the range be that of the items"
                        : "let its items have the same range, or make two scales",
                    "answers to \"%s\" go from %s to %s, but %s\"%s\" from %s to %s",
                    item->id, att_reader_number(r, low), att_reader_number(r, high),
                    first == NULL ? "the range of scale " : "those to ",
                    first == NULL ? scale->id : first, att_reader_number(r, scale->low),
                    att_reader_number(r, scale->high));
}

/* Every item must have the range of the scale, or a reversed answer and a mean would
 * mean nothing. */
static void range_read(att_reader *r, json_t *value, const att_spot *at,
                       att_scale *scale)
{
    bool is_given = range_member(r, value, at, scale);
    bool is_known = is_given;
    att_spot spot = att_spot_key(at, is_given ? "range" : "items");
    const char *first = NULL;

    if (scale->scoring == ATT_SCORING_EXPRESSION) {
        return; /* the range is that of the score, which read_scoring.c looks at */
    }
    for (size_t i = 0; i < scale->n_items; i++) {
        const att_item *item = &r->items[scale->items[i]];
        double low = 0, high = 0;

        if (!att_item_range(item, &low, &high)) {
            continue;
        }
        if (!is_known) {
            scale->low = low;
            scale->high = high;
            is_known = true;
            first = item->id;
        } else if (low != scale->low || high != scale->high) {
            range_fault(r, scale, item, &spot, first);
            return;
        }
    }
    if (!is_known && scale->n_items > 0 &&
        !json_is_array(json_object_get(value, "range"))) {
        att_reader_find(
            r, "L030", at, "add \"range\": [1, 5]",
            "the items of scale \"%s\" do not say from what to what they go",
            scale->id);
    }
}

static void words_read(att_reader *r, json_t *value, const att_spot *at,
                       att_scale *scale)
{
    static const char *const scores[] = { "mean", "sum", "weighted", "expression",
                                          "irt" };
    const char *models[N_MODELS];
    const char *referents[N_REFERENTS];
    att_spot score_at = att_spot_key(at, "score");
    size_t score = att_member_word(r, value, at, "score", scores, 5, 0);

    for (size_t i = 0; i < N_MODELS; i++) {
        models[i] = att_model_name((att_model)i);
    }
    for (size_t i = 0; i < N_REFERENTS; i++) {
        referents[i] = att_referent_name((att_referent)i);
    }
    if (score == 4) {
        att_reader_find(r, "L046", &score_at,
                        "use \"mean\", \"sum\", \"weighted\" or \"expression\"",
                        "score \"%s\" is not supported in this version", scores[score]);
        score = 0;
    }
    scale->scoring = (att_scoring)score; /* the words stand in the enum's order */
    scale->model =
        (att_model)att_member_word(r, value, at, "model", models, N_MODELS, 0);
    scale->referent = (att_referent)att_member_word(r, value, at, "referent", referents,
                                                    N_REFERENTS, 0);
    scale->needs = att_maturity_member(r, value, at, "needs");
    scale->is_prorated = att_member_truth(value, "prorate");
}

void att_scales_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *list = json_object_get(root, "scales");
    att_spot spot = att_spot_key(at, "scales");
    naming named = { att_new_n(r->scratch, size_t, r->n_items),
                     att_new_n(r->scratch, size_t, r->n_items) };

    for (size_t i = 0; i < r->out->n_scales; i++) {
        att_spot element = att_spot_element(&spot, i);
        json_t *value = json_array_get(list, i);
        att_scale *scale = &r->scales[i];

        if (!att_keys_check(r, value, &element, "a scale", scale_keys,
                            sizeof scale_keys / sizeof scale_keys[0])) {
            continue;
        }
        scale->title = att_wording_member(r, value, &element, "title");
        words_read(r, value, &element, scale);
        items_read(r, value, &element, scale, &named);
        reverse_read(r, value, &element, scale, &named);
        valid_read(r, value, &element, scale);
        range_read(r, value, &element, scale);
        att_scoring_read(r, value, &element, scale);
    }
}
