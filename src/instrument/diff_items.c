/* diff_items.c - what changed in items, and in what they offer */
#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/text.h>
#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/roster.h>

#include "differ.h"

/* ---- keys whose change has one class, whatever the value ---- */

typedef struct key_class {
    const char *name, *words; /* as messages say it */
    att_change_class added, removed, changed;
} key_class;

static const key_class key_classes[] = {
    { "order", "the order of what is shown", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE,
      ATT_CHANGE_ADDITIVE },
    { "fixed", "\"fixed\"", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE,
      ATT_CHANGE_ADDITIVE },
    { "vis", "\"vis\"", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE },
    { "fn", "\"fn\"", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE },
    { "tier", "\"tier\"", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE,
      ATT_CHANGE_ADDITIVE },
    { "code", "\"code\"", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE,
      ATT_CHANGE_ADDITIVE },
    { "long", "the room for lines", ATT_CHANGE_TEXT, ATT_CHANGE_TEXT, ATT_CHANGE_TEXT },
};

static const char *const word_keys[] = { "title",     "text",    "brief",
                                         "help",      "anchors", "check_text",
                                         "warn_text", "probe",   "note_interviewer" };

/* Keys that are compared by their meaning, further down. */
static const char *const own_keys[] = {
    "id",       "kind",       "items",       "choices",  "min",
    "max",      "step",       "show",        "warn",     "check",
    "decimals", "max_length", "identifying", "required", "ranks",
};

static bool is_one_of(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], name) == 0) {
            return true;
        }
    }
    return false;
}

#define IS_ONE_OF(list, name) \
    is_one_of((list), sizeof(list) / sizeof((list)[0]), (name))

static void compare_key(att_differ *d, const att_item *to, const char *key, json_t *a,
                        json_t *b)
{
    const char *pointer = att_arena_format(d->arena, "%s/%s", to->pointer, key);
    const char *how = a == NULL ? "is new" : b == NULL ? "is gone" : "is another";
    att_change_class class_ =
        strncmp(key, "x-", 2) == 0 ? ATT_CHANGE_TEXT : ATT_CHANGE_BREAKING;
    const char *words = att_arena_format(d->arena, "\"%s\"", key);

    if (att_differ_same(a, b)) {
        return;
    }
    for (size_t i = 0; i < sizeof key_classes / sizeof key_classes[0]; i++) {
        const key_class *k = &key_classes[i];

        if (strcmp(k->name, key) == 0) {
            words = k->words;
            class_ = a == NULL ? k->added : b == NULL ? k->removed : k->changed;
        }
    }
    att_differ_add(d, class_, pointer, "item \"%s\": %s %s", att_item_name(to), words,
                   how);
}

static void compare_keys(att_differ *d, const att_item *to, json_t *a, json_t *b)
{
    const char *where = att_arena_format(d->arena, "item \"%s\"", att_item_name(to));
    const char *key = NULL;
    json_t *value = NULL;

    for (size_t i = 0; i < sizeof word_keys / sizeof word_keys[0]; i++) {
        att_differ_words(
            d, where, att_arena_format(d->arena, "%s/%s", to->pointer, word_keys[i]),
            json_object_get(a, word_keys[i]), json_object_get(b, word_keys[i]));
    }
    json_object_foreach(a, key, value)
    {
        if (!IS_ONE_OF(word_keys, key) && !IS_ONE_OF(own_keys, key)) {
            compare_key(d, to, key, value, json_object_get(b, key));
        }
    }
    json_object_foreach(b, key, value)
    {
        if (json_object_get(a, key) == NULL && !IS_ONE_OF(word_keys, key) &&
            !IS_ONE_OF(own_keys, key)) {
            compare_key(d, to, key, NULL, value);
        }
    }
}

/* ---- conditions ---- */

static const char *text_of(const att_expr *expr)
{
    return expr != NULL ? att_expr_text(expr) : NULL;
}

typedef struct condition {
    const char *key, *words;
    const att_expr *a, *b;
    att_change_class added, removed, changed;
} condition;

static void compare_condition(att_differ *d, const att_item *to, const condition *c)
{
    const char *pointer = att_arena_format(d->arena, "%s/%s", to->pointer, c->key);

    if (att_differ_same_text(text_of(c->a), text_of(c->b))) {
        return;
    }
    if (c->a == NULL) {
        att_differ_add(d, c->added, pointer, "item \"%s\": %s is new",
                       att_item_name(to), c->words);
    } else if (c->b == NULL) {
        att_differ_add(d, c->removed, to->pointer, "item \"%s\": %s is gone",
                       att_item_name(to), c->words);
    } else {
        att_differ_add(d, c->changed, pointer, "item \"%s\": %s is another",
                       att_item_name(to), c->words);
    }
}

static void compare_conditions(att_differ *d, const att_item *from, const att_item *to)
{
    const condition list[] = {
        { "show", "the condition", from->show, to->show, ATT_CHANGE_BREAKING,
          ATT_CHANGE_ADDITIVE, ATT_CHANGE_BREAKING },
        { "check", "what must hold", from->check, to->check, ATT_CHANGE_BREAKING,
          ATT_CHANGE_ADDITIVE, ATT_CHANGE_BREAKING },
        { "warn", "what should hold", from->warn, to->warn, ATT_CHANGE_ADDITIVE,
          ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE },
        { "min", "the first day", from->min_day, to->min_day, ATT_CHANGE_BREAKING,
          ATT_CHANGE_ADDITIVE, ATT_CHANGE_BREAKING },
        { "max", "the last day", from->max_day, to->max_day, ATT_CHANGE_BREAKING,
          ATT_CHANGE_ADDITIVE, ATT_CHANGE_BREAKING },
    };

    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        compare_condition(d, to, &list[i]);
    }
}

/* ---- numbers, lengths, force ---- */

/* A limit that was x and is y, each infinite where there is none. Wider is additive. */
static void compare_limit(att_differ *d, const att_item *to, const char *key,
                          double wider, bool is_same)
{
    if (!is_same) {
        att_differ_add(d, wider > 0 ? ATT_CHANGE_ADDITIVE : ATT_CHANGE_BREAKING,
                       att_arena_format(d->arena, "%s/%s", to->pointer, key),
                       "item \"%s\": \"%s\" allows %s", att_item_name(to), key,
                       wider > 0 ? "more" : "less");
    }
}

static bool is_multiple(double x, double step)
{
    return step == 0 || (x != 0 && fmod(x, step) == 0);
}

static void compare_limits(att_differ *d, const att_item *from, const att_item *to)
{
    double low_a = from->has_min ? from->min : -INFINITY;
    double low_b = to->has_min ? to->min : -INFINITY;
    double high_a = from->has_max ? from->max : INFINITY;
    double high_b = to->has_max ? to->max : INFINITY;
    int digits_a = from->decimals < 0 ? 16 : from->decimals;
    int digits_b = to->decimals < 0 ? 16 : to->decimals;

    compare_limit(d, to, "min", low_b < low_a ? 1 : -1, low_a == low_b);
    compare_limit(d, to, "max", high_b > high_a ? 1 : -1, high_a == high_b);
    compare_limit(d, to, "step", is_multiple(from->step, to->step) ? 1 : -1,
                  from->step == to->step);
    compare_limit(d, to, "decimals", digits_b - digits_a, digits_a == digits_b);
    compare_limit(d, to, "ranks",
                  from->ranks != 0 && (to->ranks == 0 || to->ranks > from->ranks) ? 1
                                                                                  : -1,
                  from->ranks == to->ranks);
    if (to->kind->shape == ATT_SHAPE_TEXT) {
        double n_a = from->max_length == 0 ? 500 : (double)from->max_length;
        double n_b = to->max_length == 0 ? 500 : (double)to->max_length;

        compare_limit(d, to, "max_length", n_b - n_a, n_a == n_b);
    }
}

static void compare_force(att_differ *d, const att_item *from, const att_item *to)
{
    static const char *const words[] = { "no", "soft", "hard" };

    if (from->required != to->required) {
        att_differ_add(d,
                       to->required == ATT_REQUIRED_HARD ? ATT_CHANGE_BREAKING
                                                         : ATT_CHANGE_ADDITIVE,
                       att_arena_format(d->arena, "%s/required", to->pointer),
                       "item \"%s\": \"required\" was \"%s\" and is \"%s\"",
                       att_item_name(to), words[from->required], words[to->required]);
    }
    if (from->is_identifying != to->is_identifying) {
        att_differ_add(d, ATT_CHANGE_BREAKING,
                       att_arena_format(d->arena, "%s/identifying", to->pointer),
                       "item \"%s\": it %s in exports now", att_item_name(to),
                       to->is_identifying ? "is not" : "is");
    }
}

/* ---- choices ---- */

static const att_choice *choice_of(const att_choices *set, const att_choice *like)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].code == like->code && set->list[i].reason == like->reason) {
            return &set->list[i];
        }
    }
    return NULL;
}

static const char *choice_name(att_differ *d, const att_choice *choice)
{
    return choice->reason != ATT_REASON_NONE
               ? att_arena_format(d->arena, "\"%s\"", att_reason_name(choice->reason))
               : att_arena_format(d->arena, "code %d", choice->code);
}

/* The words of a choice in the other version's default language, or "". */
static const char *words_of(const att_diff_side *side, const att_choice *choice)
{
    return att_wording_in(side->in, &choice->text, side->in->language);
}

/* Whether the new words of a choice were those of another code. */
static bool has_moved(att_differ *d, const att_choices *a, const att_choice *from,
                      const att_choice *to)
{
    const char *words = words_of(&d->b, to);

    if (strcmp(words_of(&d->a, from), words) == 0) {
        return false;
    }
    for (size_t i = 0; i < a->n; i++) {
        if (&a->list[i] != from && strcmp(words_of(&d->a, &a->list[i]), words) == 0) {
            return true;
        }
    }
    return false;
}

/* Where a set stands: named, or inside an item. */
static const char *set_pointer(att_differ *d, const att_choices *set,
                               const att_item *item)
{
    return set->id[0] != '\0' ? att_arena_format(d->arena, "/choices/%s", set->id)
                              : att_arena_format(d->arena, "%s/choices", item->pointer);
}

static json_t *set_json(const att_diff_side *side, const att_choices *set, size_t item)
{
    json_t *value = json_object_get(side->items[item], "choices");

    if (set->id[0] != '\0') {
        return json_object_get(json_object_get(side->root, "choices"), set->id);
    }
    while (value == NULL && side->in->items[item].parent != ATT_NONE) {
        item = side->in->items[item].parent;
        value = json_object_get(side->items[item], "choices");
    }
    return value;
}

typedef struct set_pair {
    const att_choices *a, *b;
    json_t *json_a, *json_b;
    const char *pointer, *name; /* of the new one */
} set_pair;

/* What choice i of the new set says under a key, and what it said. */
static void compare_words(att_differ *d, const set_pair *p, const att_choice *from,
                          size_t i, const char *key)
{
    const char *name = choice_name(d, from);
    json_t *before = json_array_get(p->json_a, (size_t)(from - p->a->list));

    att_differ_words(d, att_arena_format(d->arena, "%s: %s", p->name, name),
                     att_arena_format(d->arena, "%s/%zu/%s", p->pointer, i, key),
                     json_object_get(before, key),
                     json_object_get(json_array_get(p->json_b, i), key));
}

static void compare_choice(att_differ *d, const set_pair *p, size_t i)
{
    const att_choice *to = &p->b->list[i];
    const att_choice *from = choice_of(p->a, to);
    const char *pointer = att_arena_format(d->arena, "%s/%zu", p->pointer, i);
    const char *name = choice_name(d, to);

    if (from == NULL) {
        att_differ_add(d, ATT_CHANGE_ADDITIVE, pointer, "%s: %s is new", p->name, name);
        return;
    }
    if (has_moved(d, p->a, from, to)) {
        att_differ_add(d, ATT_CHANGE_BREAKING, pointer,
                       "%s: %s has the words of another code", p->name, name);
    }
    if (from->is_exclusive != to->is_exclusive) {
        att_differ_add(d, to->is_exclusive ? ATT_CHANGE_BREAKING : ATT_CHANGE_ADDITIVE,
                       pointer, "%s: %s %s stand beside others", p->name, name,
                       to->is_exclusive ? "cannot" : "can");
    }
    if (!att_differ_same_text(text_of(from->show), text_of(to->show))) {
        att_differ_add(d, to->show == NULL ? ATT_CHANGE_ADDITIVE : ATT_CHANGE_BREAKING,
                       pointer, "%s: %s %s", p->name, name,
                       to->show == NULL     ? "is always offered now"
                       : from->show == NULL ? "is offered on a condition now"
                                            : "has another condition");
    }
    compare_words(d, p, from, i, "text");
    if (from->other.in != NULL && to->other.in != NULL) {
        compare_words(d, p, from, i, "other");
    }
}

static void compare_sets(att_differ *d, const set_pair *p)
{
    const att_choice *before = NULL;

    for (size_t i = 0; i < p->a->n; i++) {
        if (choice_of(p->b, &p->a->list[i]) == NULL) {
            att_differ_add(d, ATT_CHANGE_BREAKING, p->pointer, "%s: %s is gone",
                           p->name, choice_name(d, &p->a->list[i]));
        }
    }
    for (size_t i = 0; i < p->b->n; i++) {
        const att_choice *from = choice_of(p->a, &p->b->list[i]);

        compare_choice(d, p, i);
        if (from != NULL && before != NULL && from < before) {
            att_differ_add(d, ATT_CHANGE_ADDITIVE,
                           att_arena_format(d->arena, "%s/%zu", p->pointer, i),
                           "%s: %s stands elsewhere", p->name,
                           choice_name(d, &p->b->list[i]));
        } else if (from != NULL) {
            before = from;
        }
    }
}

/* Whether an item before this one has the same two sets, so that all is said. */
static bool is_said(const att_differ *d, size_t item, const att_item *from)
{
    const att_item *to = &d->b.in->items[item];

    for (size_t i = 0; i < item; i++) {
        size_t k = d->b.in->items[i].choices == to->choices
                       ? att_instrument_item(d->a.in, d->b.in->items[i].id)
                       : ATT_NONE;

        if (k != ATT_NONE && d->a.in->items[k].choices == from->choices) {
            return true;
        }
    }
    return false;
}

static void compare_choices(att_differ *d, size_t i, size_t k)
{
    const att_item *from = &d->a.in->items[i];
    const att_item *to = &d->b.in->items[k];
    set_pair p = { .a = from->choices, .b = to->choices };

    if (from->from != to->from ||
        (to->from == ATT_FROM_ITEM && strcmp(d->a.in->items[from->from_item].id,
                                             d->b.in->items[to->from_item].id) != 0) ||
        (to->from == ATT_FROM_STUDY &&
         !att_text_same(from->from_setting, to->from_setting))) {
        att_differ_add(d, ATT_CHANGE_BREAKING,
                       att_arena_format(d->arena, "%s/choices", to->pointer),
                       "item \"%s\": its choices come from elsewhere",
                       att_item_name(to));
        return;
    }
    if (p.a == NULL || p.b == NULL || is_said(d, k, from)) {
        return;
    }
    p.json_a = set_json(&d->a, p.a, i);
    p.json_b = set_json(&d->b, p.b, k);
    p.pointer = set_pointer(d, p.b, to);
    p.name = p.b->id[0] != '\0'
                 ? att_arena_format(d->arena, "choice set \"%s\"", p.b->id)
                 : att_arena_format(d->arena, "item \"%s\"", att_item_name(to));
    compare_sets(d, &p);
}

/* ---- columns of REDCap ---- */

static bool is_sent(const att_item *item)
{
    return att_item_is_question(item) && !item->is_identifying;
}

static const char *column_of(att_differ *d, const att_instrument *in,
                             const att_item *item, const att_choice *choice)
{
    if (choice == NULL) {
        return att_arena_format(d->arena, "%s%s", in->redcap_prefix, item->id);
    }
    if (item->kind->shape == ATT_SHAPE_RANK) {
        return att_arena_format(d->arena, "%s%s", in->redcap_prefix,
                                att_rank_field(d->arena, item->id, choice->code));
    }
    return choice->code < 0
               ? att_arena_format(d->arena, "%s%s____%d", in->redcap_prefix, item->id,
                                  -choice->code)
               : att_arena_format(d->arena, "%s%s___%d", in->redcap_prefix, item->id,
                                  choice->code);
}

/* Whether it has a column for each choice. */
static bool has_columns(const att_item *item)
{
    return item->choices != NULL && (item->kind->shape == ATT_SHAPE_PICK_MANY ||
                                     item->kind->shape == ATT_SHAPE_RANK);
}

/* Columns of an item that is on one side only, or whose other side has them not. */
static void item_columns(att_differ *d, const att_instrument *in, const att_item *item,
                         const att_item *other, char how)
{
    bool is_many = has_columns(item);
    bool has_other = other != NULL && is_sent(other) && other->kind == item->kind &&
                     strcmp(d->a.in->redcap_prefix, d->b.in->redcap_prefix) == 0;

    if (!is_sent(item)) {
        return;
    }
    if (!is_many && !has_other) {
        att_differ_column(d, column_of(d, in, item, NULL), how);
    }
    for (size_t i = 0; is_many && i < item->choices->n; i++) {
        const att_choice *choice = &item->choices->list[i];

        if (!has_other || other->choices == NULL ||
            choice_of(other->choices, choice) == NULL) {
            att_differ_column(d, column_of(d, in, item, choice), how);
        }
    }
}

/* ---- items that stand in both ---- */

/* Whether a code of one set is not in the other, or means something else there. */
static bool codes_differ(att_differ *d, const att_choices *a, const att_choices *b)
{
    if (a == NULL || b == NULL || a->n != b->n) {
        return a != b;
    }
    for (size_t i = 0; i < b->n; i++) {
        const att_choice *from = choice_of(a, &b->list[i]);

        if (from == NULL || has_moved(d, a, from, &b->list[i])) {
            return true;
        }
    }
    return false;
}

/* Columns that stay and hold something else. */
static void other_columns(att_differ *d, const att_item *from, const att_item *to,
                          bool is_touched)
{
    bool is_many = has_columns(to);

    if (!is_sent(from) || !is_sent(to) || from->kind != to->kind ||
        strcmp(d->a.in->redcap_prefix, d->b.in->redcap_prefix) != 0) {
        return;
    }
    if (!is_many && (is_touched || codes_differ(d, from->choices, to->choices))) {
        att_differ_column(d, column_of(d, d->b.in, to, NULL), '~');
    }
    for (size_t i = 0; is_many && from->choices != NULL && i < to->choices->n; i++) {
        const att_choice *choice = &to->choices->list[i];
        const att_choice *was = choice_of(from->choices, choice);

        if (was != NULL && (is_touched || has_moved(d, from->choices, was, choice))) {
            att_differ_column(d, column_of(d, d->b.in, to, choice), '~');
        }
    }
}

static void compare_items(att_differ *d, size_t i, size_t k)
{
    const att_item *from = &d->a.in->items[i];
    const att_item *to = &d->b.in->items[k];
    size_t n_before;
    bool is_touched = false;

    if (from->kind == to->kind) {
        compare_choices(d, i, k);
    }
    n_before = d->n_changes;
    if (from->kind == to->kind) {
        compare_limits(d, from, to);
    } else {
        att_differ_add(d, ATT_CHANGE_BREAKING,
                       att_arena_format(d->arena, "%s/kind", to->pointer),
                       "item \"%s\": it was \"%s\" and is \"%s\"", att_item_name(to),
                       from->kind->name, to->kind->name);
    }
    compare_conditions(d, from, to);
    compare_force(d, from, to);
    compare_keys(d, to, d->a.items[i], d->b.items[k]);
    item_columns(d, d->a.in, from, to, '-');
    item_columns(d, d->b.in, to, from, '+');
    for (size_t n = n_before; n < d->n_changes; n++) {
        is_touched = is_touched || d->changes[n].class_ == ATT_CHANGE_BREAKING;
    }
    other_columns(d, from, to, is_touched);
}

/* ---- order: what is not in the longest run that kept it has moved ---- */

static size_t id_of_parent(const att_instrument *in, size_t item,
                           const att_instrument *other)
{
    size_t parent = in->items[item].parent;

    return parent == ATT_NONE ? ATT_NONE
                              : att_instrument_item(other, in->items[parent].id);
}

/* was[k]: where item k of the new version stood, or ATT_NONE. Marks those that stand
 * in a longest rising run (patience sorting). */
static bool *kept_of(att_arena *arena, const size_t *was, size_t n)
{
    size_t *tops = att_new_n(arena, size_t, n + 1); /* index of the end of a run */
    size_t *before = att_new_n(arena, size_t, n + 1);
    bool *kept = att_new_n(arena, bool, n + 1);
    size_t length = 0;

    for (size_t k = 0; k < n; k++) {
        size_t low = 0, high = length;

        if (was[k] == ATT_NONE) {
            continue;
        }
        while (low < high) {
            size_t middle = (low + high) / 2;

            if (was[tops[middle]] < was[k]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        before[k] = low > 0 ? tops[low - 1] : ATT_NONE;
        tops[low] = k;
        length = low == length ? length + 1 : length;
    }
    for (size_t k = length > 0 ? tops[length - 1] : ATT_NONE; k != ATT_NONE;
         k = before[k]) {
        kept[k] = true;
    }
    return kept;
}

/* What a roster repeats, or makes itself: the first entry's items, the lists and the
 * roster say all about it. */
static bool is_repeated(const att_item *item)
{
    return item->is_copy || att_roster_made(item);
}

static void compare_rosters(att_differ *d, const att_item *from, const att_item *to)
{
    const att_roster *a = from->roster;
    const att_roster *b = to->roster;

    if (a == NULL || b == NULL || from->entry > 0 || from != &d->a.in->items[a->item]) {
        return;
    }
    if (a->n != b->n) {
        att_differ_add(
            d, b->n < a->n ? ATT_CHANGE_BREAKING : ATT_CHANGE_ADDITIVE, to->pointer,
            "item \"%s\": it has at most %zu entries, and had %zu", to->id, b->n, a->n);
    }
    if (strcmp(a->count == NULL ? "" : a->count, b->count == NULL ? "" : b->count) !=
        0) {
        att_differ_add(d, ATT_CHANGE_BREAKING, to->pointer,
                       "item \"%s\": what says how many entries there are is another",
                       to->id);
    }
    if (a->n_pairs != b->n_pairs || a->among != b->among) {
        att_differ_add(d, ATT_CHANGE_BREAKING, to->pointer,
                       "item \"%s\": other entries are paired", to->id);
    }
}

static void compare_places(att_differ *d, const size_t *was)
{
    const att_instrument *a = d->a.in;
    const att_instrument *b = d->b.in;
    bool *kept = kept_of(d->arena, was, b->n_items);

    for (size_t k = 0; k < b->n_items; k++) {
        const att_item *item = &b->items[k];

        if (was[k] == ATT_NONE || is_repeated(item)) {
            continue;
        }
        if (!kept[k]) {
            att_differ_add(d, ATT_CHANGE_ADDITIVE, item->pointer,
                           "item \"%s\" stands elsewhere", att_item_name(item));
        } else if (id_of_parent(a, was[k], a) != id_of_parent(b, k, a)) {
            att_differ_add(d,
                           item->parent != ATT_NONE &&
                                   b->items[item->parent].show != NULL
                               ? ATT_CHANGE_BREAKING
                               : ATT_CHANGE_ADDITIVE,
                           item->pointer, "item \"%s\" is held by another container",
                           att_item_name(item));
        }
    }
}

/* An item that is in one version only. What asks nothing is words, but a condition of
 * a container hides or frees what it holds. */
static att_change_class class_of_one(const att_item *item, att_change_class question,
                                     bool is_new)
{
    if (att_item_is_question(item)) {
        return question;
    }
    if (item->kind->shape == ATT_SHAPE_CONTAINER && item->show != NULL) {
        return is_new ? ATT_CHANGE_BREAKING : ATT_CHANGE_ADDITIVE;
    }
    return ATT_CHANGE_TEXT;
}

void att_differ_items(att_differ *d)
{
    const att_instrument *a = d->a.in;
    const att_instrument *b = d->b.in;
    size_t *was = att_new_n(d->arena, size_t, b->n_items);

    for (size_t i = 0; i < a->n_items; i++) {
        d->is_muted = is_repeated(&a->items[i]);
        if (att_instrument_item(b, a->items[i].id) == ATT_NONE) {
            att_differ_add(d, class_of_one(&a->items[i], ATT_CHANGE_BREAKING, false),
                           a->items[i].pointer, "item \"%s\" is gone",
                           att_item_name(&a->items[i]));
            item_columns(d, a, &a->items[i], NULL, '-');
        }
    }
    for (size_t k = 0; k < b->n_items; k++) {
        was[k] = att_instrument_item(a, b->items[k].id);
        d->is_muted = is_repeated(&b->items[k]);
        if (was[k] != ATT_NONE) {
            compare_items(d, was[k], k);
            compare_rosters(d, &a->items[was[k]], &b->items[k]);
            continue;
        }
        att_differ_add(d, class_of_one(&b->items[k], ATT_CHANGE_ADDITIVE, true),
                       b->items[k].pointer, "item \"%s\" is new",
                       att_item_name(&b->items[k]));
        item_columns(d, b, &b->items[k], NULL, '+');
    }
    d->is_muted = false;
    compare_places(d, was);
}
