/* simulate_model.c - the model that respondents are drawn from: as usual, or of a file
 */
#include "simulate.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/text.h>

#define TERMS_MAX    1000
#define SHIFT_MOST   5.0 /* SD */
#define LOADING_MOST 0.999

/* ---- the usual ---- */

static att_model_terms nameless(att_arena *arena)
{
    att_model_term *list = att_new(arena, att_model_term);

    list->name = "";
    return (att_model_terms){ list, 1 };
}

att_respondents att_respondents_usual(att_arena *arena,
                                      const att_instrument *instrument)
{
    att_model_term *roles = att_new_n(arena, att_model_term, instrument->n_roles + 1);

    for (size_t i = 0; i < instrument->n_roles; i++) {
        roles[i].name = instrument->roles[i];
    }
    return (att_respondents){
        .common = 0.5,
        .centre = 0.35,
        .loading_low = 0.55,
        .loading_high = 0.85,
        .refused = 0.010,
        .not_applicable = 0.020,
        .skipped = 0.015,
        .roles = instrument->n_roles == 0
                     ? nameless(arena)
                     : (att_model_terms){ roles, instrument->n_roles },
        .sites = nameless(arena),
    };
}

/* ---- a file ---- */

typedef struct reader {
    att_arena *arena;
    att_json *json;
    const att_instrument *instrument;
    att_err *err;
} reader;

static att_code at(const reader *r, const char *pointer, bool is_key)
{
    att_place place = { 0 };

    if (is_key) {
        att_json_place_key(r->json, pointer, &place);
    } else {
        att_json_place_value(r->json, pointer, &place);
    }
    return att_at(r->err, att_json_name(r->json), place.line, place.column, pointer);
}

static const char *below(const reader *r, const char *pointer, const char *key)
{
    return att_arena_format(r->arena, "%s/%s", pointer, key);
}

static att_code known_keys(const reader *r, json_t *object, const char *pointer,
                           const char *const *keys, size_t n)
{
    const char *key;
    json_t *value;

    if (!json_is_object(object)) {
        att_fail(r->err, ATT_EINPUT, "the value here should be an object");
        return at(r, pointer, false);
    }
    json_object_foreach(object, key, value)
    {
        bool is_known = strncmp(key, "x-", 2) == 0;
        const char *near;

        for (size_t i = 0; i < n && !is_known; i++) {
            is_known = strcmp(key, keys[i]) == 0;
        }
        if (is_known) {
            continue;
        }
        att_fail(r->err, ATT_EINPUT, "\"%s\" is not a key of a model", key);
        near = att_text_nearest(key, keys, n);
        if (near != NULL) {
            att_hint(r->err, "did you mean \"%s\"?", near);
        }
        return at(r, below(r, pointer, key), true);
    }
    return ATT_OK;
}

static att_code read_number(const reader *r, const json_t *value, const char *pointer,
                            double low, double high, double *out)
{
    double x = json_number_value(value);

    if (!json_is_number(value) || !isfinite(x) || x < low || x > high) {
        att_fail(r->err, ATT_EINPUT, "the value here should be a number from %g to %g",
                 low, high);
        return at(r, pointer, false);
    }
    *out = x;
    return ATT_OK;
}

static att_code read_member(const reader *r, const json_t *object, const char *pointer,
                            const char *key, double high, double *out)
{
    const json_t *value = json_object_get(object, key);

    return value == NULL ? ATT_OK
                         : read_number(r, value, below(r, pointer, key), 0, high, out);
}

/* Names with numbers; is_known may be NULL. */
static att_code read_terms(const reader *r, json_t *object, const char *pointer,
                           double low, double high, const char *what,
                           bool (*is_known)(const att_instrument *in, const char *name),
                           att_model_terms *out)
{
    att_model_term *list = att_new_n(r->arena, att_model_term, TERMS_MAX);
    const char *key;
    json_t *value;
    size_t n = 0;

    if (object == NULL) {
        return ATT_OK;
    }
    if (!json_is_object(object) || json_object_size(object) == 0 ||
        json_object_size(object) > TERMS_MAX) {
        att_fail(r->err, ATT_EINPUT,
                 "the value here should be an object of 1 to %d numbers", TERMS_MAX);
        return at(r, pointer, false);
    }
    json_object_foreach(object, key, value)
    {
        const char *place = below(r, pointer, key);

        if (is_known != NULL && !is_known(r->instrument, key)) {
            att_fail(r->err, ATT_EINPUT, "\"%s\" is no %s of \"%s\"", key, what,
                     r->instrument->id);
            return at(r, place, true);
        }
        list[n].name = att_arena_text(r->arena, key);
        ATT_TRY(read_number(r, value, place, low, high, &list[n].value));
        n++;
    }
    *out = (att_model_terms){ list, n };
    return ATT_OK;
}

static bool is_role(const att_instrument *in, const char *name)
{
    bool is_there = in->n_roles == 0;

    for (size_t i = 0; i < in->n_roles; i++) {
        is_there = is_there || strcmp(in->roles[i], name) == 0;
    }
    return is_there;
}

static bool is_scale(const att_instrument *in, const char *name)
{
    return att_instrument_scale(in, name) != ATT_NONE;
}

static bool is_item(const att_instrument *in, const char *name)
{
    return att_instrument_item(in, name) != ATT_NONE;
}

static att_code read_loadings(const reader *r, json_t *object, att_respondents *out)
{
    static const char *const keys[] = { "low", "high", "items" };

    if (object == NULL) {
        return ATT_OK;
    }
    ATT_TRY(known_keys(r, object, "/loadings", keys, 3));
    ATT_TRY(
        read_member(r, object, "/loadings", "low", LOADING_MOST, &out->loading_low));
    ATT_TRY(
        read_member(r, object, "/loadings", "high", LOADING_MOST, &out->loading_high));
    return read_terms(r, json_object_get(object, "items"), "/loadings/items",
                      -LOADING_MOST, LOADING_MOST, "item", is_item, &out->items);
}

static att_code read_missing(const reader *r, json_t *object, att_respondents *out)
{
    static const char *const keys[] = { "refused", "not_applicable", "skipped" };

    if (object == NULL) {
        return ATT_OK;
    }
    ATT_TRY(known_keys(r, object, "/missing", keys, 3));
    ATT_TRY(read_member(r, object, "/missing", keys[0], 1, &out->refused));
    ATT_TRY(read_member(r, object, "/missing", keys[1], 1, &out->not_applicable));
    ATT_TRY(read_member(r, object, "/missing", keys[2], 1, &out->skipped));
    if (out->refused + out->not_applicable + out->skipped > 1) {
        att_fail(r->err, ATT_EINPUT, "the shares here add up to more than 1");
        return at(r, "/missing", false);
    }
    return ATT_OK;
}

static att_code read_model(const reader *r, json_t *root, att_respondents *out)
{
    static const char *const keys[] = { "format", "common", "mean",   "loadings",
                                        "roles",  "sites",  "scales", "missing" };
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *mean = json_object_get(root, "mean");

    ATT_TRY(known_keys(r, root, "", keys, sizeof keys / sizeof *keys));
    if (format == NULL || strcmp(format, "attune-model/1") != 0) {
        att_fail(r->err, ATT_EINPUT, "this is no model: its \"format\" is \"%s\"",
                 format == NULL ? "" : format);
        att_hint(r->err, "write \"format\": \"attune-model/1\"");
        return at(r, format == NULL ? "" : "/format", false);
    }
    ATT_TRY(read_member(r, root, "", "common", 1, &out->common));
    if (mean != NULL) {
        ATT_TRY(read_number(r, mean, "/mean", -SHIFT_MOST, SHIFT_MOST, &out->centre));
    }
    ATT_TRY(read_loadings(r, json_object_get(root, "loadings"), out));
    ATT_TRY(read_terms(r, json_object_get(root, "roles"), "/roles", -SHIFT_MOST,
                       SHIFT_MOST, "role", is_role, &out->roles));
    ATT_TRY(read_terms(r, json_object_get(root, "sites"), "/sites", -SHIFT_MOST,
                       SHIFT_MOST, "site", NULL, &out->sites));
    ATT_TRY(read_terms(r, json_object_get(root, "scales"), "/scales", -SHIFT_MOST,
                       SHIFT_MOST, "scale", is_scale, &out->scales));
    return read_missing(r, json_object_get(root, "missing"), out);
}

att_code att_respondents_read(att_arena *arena, const char *path,
                              const att_instrument *instrument, att_respondents *out,
                              att_err *err)
{
    reader r = { .arena = arena, .instrument = instrument, .err = err };
    att_code code;

    r.json = att_json_open(path, err);
    if (r.json == NULL) {
        return err->code;
    }
    code = read_model(&r, att_json_root(r.json), out);
    att_json_close(r.json);
    return code;
}
