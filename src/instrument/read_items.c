/* read_items.c - the tree of items, flat and in the order of the document */
#include "reader.h"

#include <math.h>
#include <string.h>

/* ---- keys: which an item may have depends on its kind ---- */

typedef enum item_group {
    GROUP_EVERY = 0, /* every item, rows of a grid too */
    GROUP_TEXT,      /* the same; what is no container must have it */
    GROUP_TOP,       /* rows may leave it out */
    GROUP_QUESTION,  /* what asks, and grids for their rows */
    GROUP_OWN,       /* what asks */
    GROUP_CHOICES,
    GROUP_RANGE,
    GROUP_ITEMS,
    GROUP_SHUFFLE,
    GROUP_NEEDED, /* the same as KIND, and there it must be */
    GROUP_KIND    /* where the kind's own list of keys names it */
} item_group;

typedef struct item_key {
    att_key key;
    item_group group;
} item_key;

static const item_key item_keys[] = {
    { { "id", ATT_WANT_TEXT, true }, GROUP_EVERY },
    { { "kind", ATT_WANT_TEXT, false }, GROUP_TOP },
    { { "text", ATT_WANT_WORDING, false }, GROUP_TEXT },
    { { "show", ATT_WANT_TEXT, false }, GROUP_EVERY },
    { { "help", ATT_WANT_WORDING, false }, GROUP_EVERY },
    { { "probe", ATT_WANT_WORDING, false }, GROUP_EVERY },
    { { "note_interviewer", ATT_WANT_WORDING, false }, GROUP_EVERY },
    { { "fixed", ATT_WANT_TRUTH, false }, GROUP_EVERY },
    { { "title", ATT_WANT_WORDING, false }, GROUP_KIND },
    { { "brief", ATT_WANT_WORDING, false }, GROUP_KIND },
    { { "required", ATT_WANT_TEXT, false }, GROUP_QUESTION },
    { { "check", ATT_WANT_TEXT, false }, GROUP_OWN },
    { { "check_text", ATT_WANT_WORDING, false }, GROUP_OWN },
    { { "warn", ATT_WANT_TEXT, false }, GROUP_OWN },
    { { "warn_text", ATT_WANT_WORDING, false }, GROUP_OWN },
    { { "identifying", ATT_WANT_TRUTH, false }, GROUP_OWN },
    { { "vis", ATT_WANT_TEXT, false }, GROUP_OWN },
    { { "fn", ATT_WANT_TEXT, false }, GROUP_OWN },
    { { "tier", ATT_WANT_WHOLE, false }, GROUP_OWN },
    { { "code", ATT_WANT_TEXT, false }, GROUP_OWN },
    { { "choices", ATT_WANT_ANY, false }, GROUP_CHOICES },
    { { "order", ATT_WANT_TEXT, false }, GROUP_SHUFFLE },
    { { "ranks", ATT_WANT_WHOLE, false }, GROUP_KIND },
    { { "min", ATT_WANT_ANY, false }, GROUP_RANGE },
    { { "max", ATT_WANT_ANY, false }, GROUP_RANGE },
    { { "step", ATT_WANT_NUMBER, false }, GROUP_KIND },
    { { "decimals", ATT_WANT_WHOLE, false }, GROUP_KIND },
    { { "anchors", ATT_WANT_ANY, false }, GROUP_KIND },
    { { "max_length", ATT_WANT_WHOLE, false }, GROUP_KIND },
    { { "long", ATT_WANT_TRUTH, false }, GROUP_KIND },
    { { "value", ATT_WANT_TEXT, false }, GROUP_NEEDED },
    { { "version", ATT_WANT_TEXT, false }, GROUP_NEEDED },
    { { "yes", ATT_WANT_WORDING, false }, GROUP_NEEDED },
    { { "no", ATT_WANT_WORDING, false }, GROUP_NEEDED },
    { { "items", ATT_WANT_LIST, false }, GROUP_ITEMS },
    { { "count", ATT_WANT_ANY, false }, GROUP_KIND },
    { { "name", ATT_WANT_TEXT, false }, GROUP_KIND },
    { { "names", ATT_WANT_LIST, false }, GROUP_KIND },
    { { "pairs", ATT_WANT_OBJECT, false }, GROUP_KIND },
};

#define N_ITEM_KEYS (sizeof item_keys / sizeof item_keys[0])

static bool is_shape_asking(att_shape shape)
{
    return shape != ATT_SHAPE_NOTE && shape != ATT_SHAPE_CONTAINER &&
           shape != ATT_SHAPE_CALC;
}

bool att_item_asks(const att_item *item)
{
    return item->kind != NULL &&
           (is_shape_asking(item->kind->shape) || item->kind->shape == ATT_SHAPE_CALC);
}

static bool is_grid(const att_kind *kind)
{
    return kind->shape == ATT_SHAPE_CONTAINER && kind->has_choices;
}

static bool is_roster(const att_kind *kind)
{
    return strcmp(kind->name, "roster") == 0;
}

static bool is_kind_key(const att_kind *kind, const char *name)
{
    for (size_t i = 0; kind->keys != NULL && kind->keys[i] != NULL; i++) {
        if (strcmp(kind->keys[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_item_key(const att_kind *kind, const item_key *key, bool is_row)
{
    bool asks = is_shape_asking(kind->shape);

    switch (key->group) {
    case GROUP_EVERY:
    case GROUP_TEXT:
    case GROUP_TOP: return true;
    case GROUP_QUESTION: return asks || is_grid(kind);
    case GROUP_OWN: return asks;
    case GROUP_CHOICES: return kind->has_choices && !is_row;
    case GROUP_RANGE: return kind->has_range || is_kind_key(kind, key->key.name);
    case GROUP_ITEMS: return kind->has_items;
    case GROUP_SHUFFLE:
        return (kind->has_choices || kind->has_items) && !is_row && !is_roster(kind);
    case GROUP_NEEDED:
    case GROUP_KIND: return is_kind_key(kind, key->key.name);
    }
    return false;
}

static const item_key *item_key_named(const char *name)
{
    for (size_t i = 0; i < N_ITEM_KEYS; i++) {
        const char *key = item_keys[i].key.name;

        if (key[0] == name[0] && strcmp(key, name) == 0) {
            return &item_keys[i];
        }
    }
    return NULL;
}

/* Whether an item of this kind must have the key. */
static bool is_needed(const att_kind *kind, const item_key *key, bool is_row)
{
    switch (key->group) {
    case GROUP_TEXT:
        return kind->shape != ATT_SHAPE_CONTAINER && kind->shape != ATT_SHAPE_CALC;
    case GROUP_NEEDED: return is_item_key(kind, key, is_row);
    case GROUP_TOP:
    case GROUP_CHOICES: return !is_row && is_item_key(kind, key, is_row);
    case GROUP_ITEMS: return kind->has_items;
    case GROUP_EVERY:
    case GROUP_QUESTION:
    case GROUP_OWN:
    case GROUP_RANGE:
    case GROUP_SHUFFLE:
    case GROUP_KIND: break;
    }
    return false;
}

/* Keys that items have, but not of this kind, are L006; others are L003. */
static void keys_check(att_reader *r, json_t *value, const att_spot *at,
                       const att_kind *kind, bool is_row)
{
    att_key keys[N_ITEM_KEYS];
    const char *name = NULL;
    json_t *member = NULL;

    for (size_t i = 0; i < N_ITEM_KEYS; i++) {
        keys[i] = item_keys[i].key;
        keys[i].is_required =
            keys[i].is_required || is_needed(kind, &item_keys[i], is_row);
    }
    att_keys_check(r, value, at, is_row ? "a row of a grid" : "an item", keys,
                   N_ITEM_KEYS);
    json_object_foreach(value, name, member)
    {
        const item_key *key = item_key_named(name);
        att_spot spot = att_spot_key(at, name);

        if (key != NULL && !is_item_key(kind, key, is_row)) {
            att_reader_find_key(r, "L006", &spot, "take it out, or use another kind",
                                is_row ? "\"%s\" has no meaning in a row of a grid"
                                       : "\"%s\" has no meaning in an item of kind "
                                         "\"%s\"",
                                name, kind->name);
        }
    }
}

/* ---- kinds ---- */

static const att_kind *kind_read(att_reader *r, json_t *value, const att_spot *at,
                                 bool is_row)
{
    json_t *member = json_object_get(value, "kind");
    const char *name = json_string_value(member);
    att_spot spot = att_spot_key(at, "kind");
    const char **names = NULL;
    const att_kind *kind = NULL;

    if (member == NULL) {
        return att_kind_find(is_row ? "one" : "note");
    }
    if (name == NULL) {
        att_want_check(r, member, &spot, "kind", ATT_WANT_TEXT);
        return NULL;
    }
    kind = att_kind_find(name);
    if (kind != NULL && is_row && strcmp(name, "one") != 0) {
        att_reader_find(r, "L040", &spot, "leave \"kind\" out",
                        "a row of a grid cannot be of kind \"%s\"", name);
        return NULL;
    }
    if (kind != NULL) {
        return kind;
    }
    names = att_new_n(r->scratch, const char *, att_n_kinds);
    for (size_t i = 0; i < att_n_kinds; i++) {
        names[i] = att_kinds[i]->name;
    }
    att_reader_find(r, "L011", &spot,
                    att_reader_suggest(r, name, names, att_n_kinds,
                                       "the kinds are in attune-instrument(5)"),
                    "\"%s\" is no kind of item", name);
    return NULL;
}

/* ---- members ---- */

static void expr_member(att_reader *r, json_t *value, const att_spot *at,
                        att_wait_expr wait)
{
    att_spot spot = att_spot_key(at, wait.key);
    const char *text = json_string_value(json_object_get(value, wait.key));

    if (text == NULL || text[0] == '\0') {
        return;
    }
    wait.text = att_arena_text(r->arena, text);
    wait.pointer = att_spot_pointer(r->scratch, &spot);
    att_wait_for_expr(r, &wait);
}

static void from_read(att_reader *r, json_t *value, const att_spot *at, size_t index)
{
    static const att_key keys[] = { { "from", ATT_WANT_TEXT, true } };
    att_item *item = &r->items[index];
    att_spot from_at = att_spot_key(at, "from");
    const char *from = NULL;
    att_wait_from wait = { 0 };

    att_keys_check(r, value, at, "\"choices\"", keys, 1);
    from = att_member_text(r, value, "from", "");
    if (from[0] == '\0') {
        return;
    }
    if (strncmp(from, "study.", 6) == 0) {
        item->from = ATT_FROM_STUDY;
        item->from_setting = from + 6;
        if (from[6] == '\0') {
            att_reader_find(r, "L038", &from_at, "write \"study.sites\"",
                            "\"%s\" names no setting of the study", from);
        }
        return;
    }
    item->from = ATT_FROM_ITEM;
    wait.item = index;
    wait.name = from;
    wait.pointer = att_spot_pointer(r->scratch, &from_at);
    att_wait_for_from(r, &wait);
}

static void choices_read(att_reader *r, json_t *object, const att_spot *at,
                         size_t index)
{
    att_item *item = &r->items[index];
    json_t *value = json_object_get(object, "choices");
    att_spot spot = att_spot_key(at, "choices");

    if (value == NULL || !item->kind->has_choices) {
        return;
    }
    if (json_is_string(value)) {
        const char *id = json_string_value(value);
        const char **ids = NULL;

        item->choices = att_set_find(r, id);
        if (item->choices != NULL) {
            return;
        }
        ids = att_new_n(r->scratch, const char *, r->out->n_choices);
        for (size_t i = 0; i < r->out->n_choices; i++) {
            ids[i] = r->sets[i].id;
        }
        att_reader_find(r, "L017", &spot,
                        att_reader_suggest(r, id, ids, r->out->n_choices,
                                           "write the set under \"choices\""),
                        "no choice set is named \"%s\"", id);
    } else if (json_is_array(value)) {
        att_choices *set = att_new(r->arena, att_choices);

        set->id = "";
        att_choices_read(r, value, &spot, set);
        item->choices = set;
    } else if (json_is_object(value)) {
        from_read(r, value, &spot, index);
    } else {
        att_reader_find(r, "L004", &spot, NULL,
                        "\"choices\" should be the name of a set, a list, or "
                        "{ \"from\": ... }");
    }
}

static bool number_member(att_reader *r, json_t *object, const att_spot *at,
                          const char *key, double *out)
{
    json_t *value = json_object_get(object, key);
    att_spot spot = att_spot_key(at, key);

    if (value == NULL || !att_want_check(r, value, &spot, key, ATT_WANT_NUMBER)) {
        return false;
    }
    *out = json_number_value(value);
    return true;
}

/* Numbers without a limit on that side would take the codes of missing answers. */
static void range_check(att_reader *r, const att_item *item, const att_spot *at)
{
    att_spot min_at = att_spot_key(at, "min");
    att_spot max_at = att_spot_key(at, "max");
    int low = r->out->missing_low, high = r->out->missing_high;

    if (item->has_min && item->has_max && item->min > item->max) {
        att_reader_find(
            r, "L031", &min_at, "exchange them", "\"min\" is %s, more than \"max\", %s",
            att_reader_number(r, item->min), att_reader_number(r, item->max));
    } else if ((!item->has_min || item->min <= high) &&
               (!item->has_max || item->max >= low)) {
        att_reader_find(
            r, "L034",
            item->has_min   ? &min_at
            : item->has_max ? &max_at
                            : at,
            att_arena_format(r->scratch,
                             item->has_min ? "let it begin at %d, or change "
                                             "\"missing.range\""
                                           : "add \"min\": %d, or more",
                             high + 1),
            "the numbers that \"%s\" takes touch the missing range, %d to %d", item->id,
            low, high);
    }
}

static void numbers_read(att_reader *r, json_t *value, const att_spot *at,
                         att_item *item)
{
    att_spot step_at = att_spot_key(at, "step");
    att_spot decimals_at = att_spot_key(at, "decimals");
    double decimals = -1;
    bool is_sound = false;

    item->has_min = number_member(r, value, at, "min", &item->min);
    item->has_max = number_member(r, value, at, "max", &item->max);
    is_sound = item->has_min == (json_object_get(value, "min") != NULL) &&
               item->has_max == (json_object_get(value, "max") != NULL);
    if (item->kind->shape == ATT_SHAPE_SLIDER) {
        item->min = item->has_min ? item->min : 0;
        item->max = item->has_max ? item->max : 100;
        item->has_min = item->has_max = true;
    }
    if (is_sound) {
        range_check(r, item, at); /* else a type is wrong, and that is said */
    }
    item->step = json_number_value(json_object_get(value, "step"));
    if (json_object_get(value, "step") != NULL && !(item->step > 0)) {
        att_reader_find(r, "L042", &step_at, "leave it out for any number",
                        "\"step\" should be more than 0");
        item->step = 0;
    }
    if (json_is_integer(json_object_get(value, "decimals"))) {
        decimals = json_number_value(json_object_get(value, "decimals"));
        if (decimals < 0 || decimals > 15) {
            att_reader_find(r, "L042", &decimals_at, NULL,
                            "\"decimals\" should be 0 to 15");
            decimals = -1;
        }
    }
    item->decimals = (int)decimals;
}

static void days_read(att_reader *r, json_t *value, const att_spot *at, size_t index)
{
    att_item *item = &r->items[index];
    const char *const keys[] = { "min", "max" };
    const att_expr **const outs[] = { &item->min_day, &item->max_day };

    for (size_t i = 0; i < 2; i++) {
        json_t *member = json_object_get(value, keys[i]);
        att_spot spot = att_spot_key(at, keys[i]);
        att_wait_expr wait = { 0 };

        if (member == NULL ||
            !att_want_check(r, member, &spot, keys[i], ATT_WANT_TEXT)) {
            continue;
        }
        wait.key = keys[i];
        wait.out = outs[i];
        wait.want = ATT_TYPE_DAY;
        wait.item = ATT_NONE;
        expr_member(r, value, at, wait);
    }
}

/* A consent has two choices of its own; it must be given or refused unless "required"
 * says otherwise. */
static void consent_read(att_reader *r, json_t *value, const att_spot *at,
                         att_item *item)
{
    att_choices *set = att_new(r->arena, att_choices);
    att_choice *list = att_new_n(r->arena, att_choice, 2);

    list[0].code = 1;
    list[0].text = att_wording_member(r, value, at, "yes");
    list[1].text = att_wording_member(r, value, at, "no");
    set->id = "";
    set->list = list;
    set->n = 2;
    item->choices = set;
    item->version = att_member_text(r, value, "version", "");
    if (json_object_get(value, "required") == NULL) {
        item->required = ATT_REQUIRED_HARD;
    }
}

static void value_read(att_reader *r, json_t *value, const att_spot *at, size_t index)
{
    att_wait_expr wait = { .key = "value",
                           .out = &r->items[index].value,
                           .want = ATT_TYPE_NUMBER,
                           .item = ATT_NONE };

    expr_member(r, value, at, wait);
}

/* "min" and "max" of a time, as minutes since midnight. */
static void times_read(att_reader *r, json_t *value, const att_spot *at, att_item *item)
{
    const char *const keys[] = { "min", "max" };
    double *const outs[] = { &item->min, &item->max };
    bool *const has[] = { &item->has_min, &item->has_max };

    for (size_t i = 0; i < 2; i++) {
        json_t *member = json_object_get(value, keys[i]);
        att_spot spot = att_spot_key(at, keys[i]);
        const char *text = json_string_value(member);
        int minutes = -1;

        if (member == NULL ||
            !att_want_check(r, member, &spot, keys[i], ATT_WANT_TEXT)) {
            continue;
        }
        minutes = strlen(text) == 5 ? att_clock_read(text, NULL) : -1;
        if (minutes < 0) {
            att_reader_find(r, "L042", &spot, "write it like \"08:00\"",
                            "\"%s\" should be a time of day, hour:minute", keys[i]);
            continue;
        }
        *outs[i] = minutes;
        *has[i] = true;
    }
    if (item->has_min && item->has_max && item->min > item->max) {
        att_spot min_at = att_spot_key(at, "min");

        att_reader_find(r, "L031", &min_at, "exchange them",
                        "\"min\" is %s, later than \"max\", %s",
                        att_clock_text(r->scratch, (int)item->min),
                        att_clock_text(r->scratch, (int)item->max));
    }
}

void att_item_text_read(att_reader *r, json_t *value, const att_spot *at,
                        att_item *item)
{
    json_t *length = json_object_get(value, "max_length");
    att_spot spot = att_spot_key(at, "max_length");

    item->is_long = att_member_truth(value, "long");
    if (!json_is_integer(length)) {
        return;
    }
    if (json_integer_value(length) < 1 ||
        json_integer_value(length) > ATT_TEXT_CHARACTERS_MAX) {
        att_reader_find(r, "L042", &spot, NULL, "\"max_length\" should be 1 to %d",
                        ATT_TEXT_CHARACTERS_MAX);
        return;
    }
    item->max_length = (size_t)json_integer_value(length);
}

static size_t n_real(const att_choices *set)
{
    size_t n = 0;

    for (size_t i = 0; i < set->n; i++) {
        n += set->list[i].reason == ATT_REASON_NONE ? 1 : 0;
    }
    return n;
}

/* How many of its choices a rank asks to place. */
static void ranks_read(att_reader *r, json_t *value, const att_spot *at, att_item *item)
{
    json_t *ranks = json_object_get(value, "ranks");
    att_spot spot = att_spot_key(at, "ranks");
    json_int_t n = json_integer_value(ranks);

    if (!json_is_integer(ranks)) {
        return;
    }
    if (n < 1 || n > ATT_CHOICES_MAX) {
        att_reader_find(r, "L042", &spot, "leave it out to have all of them placed",
                        "\"ranks\" should be 1 to %d", ATT_CHOICES_MAX);
    } else if (item->choices != NULL && (size_t)n > n_real(item->choices)) {
        att_reader_find(r, "L042", &spot, "leave it out to have all of them placed",
                        "\"ranks\" is %d, and there are %zu choices", (int)n,
                        n_real(item->choices));
    } else {
        item->ranks = (size_t)n;
    }
}

static void order_read(att_reader *r, json_t *value, const att_spot *at, att_item *item)
{
    static const char *const orders[] = { "given", "random", "rotate", "balanced" };

    item->is_fixed = att_member_truth(value, "fixed");
    item->shuffle = (att_order)att_member_word(r, value, at, "order", orders, 4, 0);
}

void att_item_show_read(att_reader *r, json_t *value, const att_spot *at, size_t index)
{
    att_wait_expr wait = { .key = "show",
                           .out = &r->items[index].show,
                           .want = ATT_TYPE_TRUTH,
                           .item = ATT_NONE };

    expr_member(r, value, at, wait);
}

static void rules_read(att_reader *r, json_t *value, const att_spot *at, size_t index)
{
    static const char *const required[] = { "no", "soft", "hard" };
    att_item *item = &r->items[index];
    const char *const keys[] = { "check", "warn" };
    const char *const texts[] = { "check_text", "warn_text" };
    const att_expr **const outs[] = { &item->check, &item->warn };

    item->required =
        (att_required)att_member_word(r, value, at, "required", required, 3, 0);
    att_item_show_read(r, value, at, index);
    for (size_t i = 0; i < 2; i++) {
        att_spot spot = att_spot_key(at, texts[i]);
        att_wait_expr wait = { 0 };

        wait.key = keys[i];
        wait.out = outs[i];
        wait.want = ATT_TYPE_TRUTH;
        wait.item = index;
        expr_member(r, value, at, wait);
        if (json_object_get(value, texts[i]) != NULL &&
            json_object_get(value, keys[i]) == NULL) {
            att_reader_find_key(r, "L041", &spot, NULL,
                                "\"%s\" stands here without \"%s\"", texts[i], keys[i]);
        }
    }
    item->check_text = att_wording_about(r, value, at, "check_text");
    item->warn_text = att_wording_about(r, value, at, "warn_text");
}

/* What the item stands for: whether it is seen, what it does with resources, and its
 * place in a vocabulary of acts. */
static void tags_read(att_reader *r, json_t *value, const att_spot *at, att_item *item)
{
    static const char *const seen[] = { "visible", "quiet" };
    static const char *const functions[] = { "create", "use", "share" };
    size_t k = att_member_word(r, value, at, "vis", seen, 2, ATT_NONE);

    item->vis = k == ATT_NONE ? "" : seen[k];
    k = att_member_word(r, value, at, "fn", functions, 3, ATT_NONE);
    item->fn = k == ATT_NONE ? "" : functions[k];
    item->code = att_member_text(r, value, "code", "");
    if (json_is_integer(json_object_get(value, "tier"))) {
        json_int_t tier = json_integer_value(json_object_get(value, "tier"));
        att_spot tier_at = att_spot_key(at, "tier");

        if (tier < 1 || tier > 9) {
            att_reader_find(r, "L042", &tier_at, NULL, "\"tier\" should be 1 to 9");
        } else {
            item->tier = (int)tier;
        }
    }
}

void att_item_labels_read(att_reader *r, json_t *value, const att_spot *at,
                          att_item *item)
{
    item->title = att_wording_member(r, value, at, "title");
    item->text = att_wording_member(r, value, at, "text");
    item->brief = att_wording_member(r, value, at, "brief");
    item->help = att_wording_member(r, value, at, "help");
    item->probe = att_wording_member(r, value, at, "probe");
    item->note = att_wording_member(r, value, at, "note_interviewer");
    item->is_identifying = att_member_truth(value, "identifying");
}

static void shape_read(att_reader *r, json_t *value, const att_spot *at, size_t index)
{
    att_item *item = &r->items[index];
    att_spot anchors_at = att_spot_key(at, "anchors");

    switch (item->kind->shape) {
    case ATT_SHAPE_NUMBER: numbers_read(r, value, at, item); break;
    case ATT_SHAPE_SLIDER:
        numbers_read(r, value, at, item);
        att_anchors_read(r, json_object_get(value, "anchors"), &anchors_at,
                         item->anchors);
        break;
    case ATT_SHAPE_DATE:
    case ATT_SHAPE_DATETIME: days_read(r, value, at, index); break;
    case ATT_SHAPE_TIME: times_read(r, value, at, item); break;
    case ATT_SHAPE_CALC: value_read(r, value, at, index); break;
    case ATT_SHAPE_CONSENT: consent_read(r, value, at, item); break;
    case ATT_SHAPE_TEXT: att_item_text_read(r, value, at, item); break;
    case ATT_SHAPE_RANK: ranks_read(r, value, at, item); break;
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CONTAINER:
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_PICK_MANY: break;
    }
}

/* ---- the tree ---- */

static void children_read(att_reader *r, json_t *value, const att_spot *at,
                          size_t index, const att_nest *in)
{
    att_item *item = &r->items[index];
    json_t *list = json_object_get(value, "items");
    att_spot spot = att_spot_key(at, "items");
    att_nest inner = { index, is_grid(item->kind), in->in_roster, in->depth + 1 };

    if (!json_is_array(list)) {
        return;
    }
    if (json_array_size(list) == 0) {
        att_reader_find(r, "L040", &spot, "put items in it, or take it out",
                        "\"%s\" holds no items", item->id);
    }
    if (inner.depth > ATT_NESTING_MAX) {
        att_reader_find(r, "L002", &spot, "put less into each other",
                        "items stand in each other more than %d deep", ATT_NESTING_MAX);
        return;
    }
    if (!is_roster(item->kind)) {
        att_item_list_read(r, list, &spot, &inner);
    } else if (in->in_roster) {
        att_reader_find(r, "L107", at, "take the inner roster out",
                        "roster \"%s\" stands in a roster", item->id);
    } else {
        att_roster_read(r, value, at, index, inner.depth);
    }
}

/* ---- the text that a choice opens ---- */

static const att_choice *other_of(const att_choices *set)
{
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].other.in != NULL && set->list[i].reason == ATT_REASON_NONE) {
            return &set->list[i];
        }
    }
    return NULL;
}

/* "role = 9 or role = 10", "selected(role, 9, 10)" */
static const char *other_show(att_reader *r, const att_item *item)
{
    bool is_many =
        item->kind->shape == ATT_SHAPE_PICK_MANY || item->kind->shape == ATT_SHAPE_RANK;
    att_buf text = { 0 };
    const char *show = NULL;
    size_t n = 0;

    att_buf_format(&text, "%s", is_many ? "selected(" : "");
    att_buf_add(&text, is_many ? item->id : "");
    for (size_t i = 0; i < item->choices->n; i++) {
        const att_choice *choice = &item->choices->list[i];

        if (choice->other.in == NULL || choice->reason != ATT_REASON_NONE) {
            continue;
        }
        if (is_many) {
            att_buf_format(&text, ", %d", choice->code);
        } else {
            att_buf_format(&text, "%s%s = %d", n > 0 ? " or " : "", item->id,
                           choice->code);
        }
        n++;
    }
    att_buf_add(&text, is_many ? ")" : "");
    show = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return show;
}

/* A text of its own after an item whose choices have "other". */
static void other_add(att_reader *r, size_t index, const att_spot *at)
{
    const att_item *item = &r->items[index];
    const att_choice *choice = other_of(item->choices);
    att_spot id_at = att_spot_key(at, "id");
    att_wait_expr wait = { .key = "show", .want = ATT_TYPE_TRUTH, .item = ATT_NONE };
    att_item *other = NULL;

    if (choice == NULL || item->id[0] == '\0' || r->n_items == r->room_items) {
        return;
    }
    other = &r->items[r->n_items++];
    other->id = att_arena_format(r->arena, "%s_other", item->id);
    if (strlen(other->id) > ATT_ITEM_ID_MAX) {
        att_reader_find(r, "L008", &id_at, "shorten it",
                        "the text that a choice opens, \"%s\", would have %zu "
                        "characters, more than %d",
                        other->id, strlen(other->id), ATT_ITEM_ID_MAX);
    }
    other->kind = att_kind_find("text");
    other->pointer = item->pointer;
    other->parent = item->parent;
    other->end = r->n_items;
    other->text = choice->other;
    other->vis = other->fn = "";
    other->from_item = ATT_NONE;
    other->decimals = -1;
    other->is_identifying = item->is_identifying;
    other->is_other = true;
    wait.text = other_show(r, item);
    wait.pointer = item->pointer;
    wait.out = &other->show;
    att_wait_for_expr(r, &wait);
}

/* What a row has from its grid. */
static void row_fill(att_reader *r, att_item *item, const att_nest *in)
{
    const att_item *grid = &r->items[in->parent];

    item->choices = grid->choices;
    item->from = grid->from;
    item->from_item = grid->from_item;
    item->from_setting = grid->from_setting;
    if (item->required == ATT_REQUIRED_NO) {
        item->required = grid->required;
    }
}

/* The rows of a grid open no texts. */
static void others_check(att_reader *r, const att_item *item, const att_spot *at)
{
    att_spot choices_at = att_spot_key(at, "choices");

    if (other_of(item->choices) != NULL) {
        att_reader_find_key(r, "L006", &choices_at, "use a set without \"other\"",
                            "\"other\" has no meaning in the choices of a grid");
    }
}

att_item *att_item_add(att_reader *r, size_t parent, const char *pointer)
{
    att_item *item = &r->items[r->n_items++];

    item->id = "";
    item->vis = item->fn = item->code = "";
    item->from_item = ATT_NONE;
    item->parent = parent;
    item->end = r->n_items;
    item->decimals = -1;
    item->pointer = pointer;
    return item;
}

static void item_read(att_reader *r, json_t *value, const att_spot *at,
                      const att_nest *in)
{
    size_t index = r->n_items;
    att_item *item = att_item_add(r, in->parent, att_spot_pointer(r->arena, at));
    att_spot id_at = att_spot_key(at, "id");

    if (!json_is_object(value)) {
        att_keys_check(r, value, at, "an item", NULL, 0);
        return;
    }
    item->id = att_member_text(r, value, "id", "");
    if (item->id[0] != '\0') {
        att_id_check(r, item->id, &id_at, '_', false);
    }
    item->kind = kind_read(r, value, at, in->is_grid);
    if (item->kind == NULL) {
        return;
    }
    keys_check(r, value, at, item->kind, in->is_grid);
    tags_read(r, value, at, item);
    att_item_labels_read(r, value, at, item);
    rules_read(r, value, at, index);
    order_read(r, value, at, item);
    if (in->is_grid) {
        row_fill(r, item, in);
    } else {
        choices_read(r, value, at, index);
    }
    shape_read(r, value, at, index);
    if (item->kind->has_items) {
        others_check(r, item, at);
        children_read(r, value, at, index, in);
        item->end = r->n_items;
    } else if (item->kind->has_choices && !in->is_grid) {
        other_add(r, index, at);
    }
}

void att_item_list_read(att_reader *r, json_t *list, const att_spot *at,
                        const att_nest *in)
{
    for (size_t i = 0; i < json_array_size(list) && r->n_items < r->room_items; i++) {
        att_spot element = att_spot_element(at, i);

        item_read(r, json_array_get(list, i), &element, in);
    }
}

/* Items in a list, with all they hold; of a roster, what it becomes. */
static size_t count(att_reader *r, json_t *list, int depth)
{
    enum { MANY = 1000000 };
    size_t n = json_array_size(list);

    for (size_t i = 0; depth <= ATT_NESTING_MAX && i < json_array_size(list); i++) {
        json_t *value = json_array_get(list, i);
        json_t *pairs = json_object_get(value, "pairs");
        const char *kind = json_string_value(json_object_get(value, "kind"));
        size_t n_inner = count(r, json_object_get(value, "items"), depth + 1);

        if (kind != NULL && strcmp(kind, "roster") == 0) {
            n_inner =
                att_roster_room(r, value, n_inner,
                                count(r, json_object_get(pairs, "items"), depth + 1));
        }
        n = n + n_inner < MANY ? n + n_inner : MANY;
    }
    return n;
}

void att_items_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *list = json_object_get(root, "items");
    att_spot spot = att_spot_key(at, "items");
    att_nest top = { ATT_NONE, false, false, 0 };

    if (!json_is_array(list)) {
        return;
    }
    if (json_array_size(list) == 0) {
        att_reader_find(r, "L040", &spot, "add an item", "the instrument asks nothing");
        return;
    }
    r->room_items =
        2 * att_list_size(r, count(r, list, 0), ATT_ITEMS_MAX, &spot, "items");
    r->items = att_new_n(r->arena, att_item, r->room_items);
    att_item_list_read(r, list, &spot, &top);
    r->n_items = att_list_size(r, r->n_items, ATT_ITEMS_MAX, &spot,
                               "items, texts that choices open included");
    r->out->items = r->items;
    r->out->n_items = r->n_items;
}

/* ---- what an item answers with ---- */

att_type att_item_type(const att_item *item)
{
    if (item->kind == NULL) {
        return ATT_TYPE_ANY;
    }
    switch (item->kind->shape) {
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_CONSENT:
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_SLIDER: return ATT_TYPE_NUMBER;
    case ATT_SHAPE_PICK_MANY:
    case ATT_SHAPE_RANK: return ATT_TYPE_CODES;
    case ATT_SHAPE_TEXT:
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME: return ATT_TYPE_TEXT;
    case ATT_SHAPE_DATE: return ATT_TYPE_DAY;
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CONTAINER: break;
    }
    return ATT_TYPE_ANY;
}

bool att_item_range(const att_item *item, double *low, double *high)
{
    if (item->kind == NULL) {
        return false;
    }
    switch (item->kind->shape) {
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_CONSENT:
        return item->choices != NULL && att_set_range(item->choices, low, high);
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER:
        *low = item->min;
        *high = item->max;
        return item->has_min && item->has_max;
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CONTAINER:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_PICK_MANY:
    case ATT_SHAPE_RANK:
    case ATT_SHAPE_TEXT:
    case ATT_SHAPE_DATE:
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME: break;
    }
    return false;
}
