#include "att_small.h"

#include <string.h>

#include "att_test.h"

#define SMALL_ROOM 32

void att_small_start(att_small *s, size_t most_items)
{
    att_language *languages;

    *s = (att_small){ 0 };
    languages = att_new_n(&s->arena, att_language, 2);
    languages[0].tag = "en";
    languages[1].tag = "es";
    s->items = att_new_n(&s->arena, att_item, most_items);
    s->scales = att_new_n(&s->arena, att_scale, SMALL_ROOM);
    s->derived = att_new_n(&s->arena, att_derived, SMALL_ROOM);
    s->tokens = att_new_n(&s->arena, att_token, SMALL_ROOM);
    s->variants = att_new_n(&s->arena, att_variant, SMALL_ROOM);
    s->instrument = (att_instrument){
        .id = "small",
        .version = "1.0.0",
        .languages = languages,
        .n_languages = 2,
        .missing_low = -10,
        .missing_high = -4,
        .items = s->items,
        .scales = s->scales,
        .derived = s->derived,
        .tokens = s->tokens,
        .variants = s->variants,
    };
}

void att_small_drop(att_small *s)
{
    att_arena_drop(&s->arena);
}

att_wording att_small_words(att_small *s, const char *one, const char *two)
{
    const char **in = att_new_n(&s->arena, const char *, 2);

    in[0] = one;
    in[1] = two;
    return (att_wording){ in };
}

size_t att_small_item(att_small *s, const char *id, const char *kind, size_t parent)
{
    size_t at = s->instrument.n_items++;
    att_item *item = &s->items[at];

    item->id = att_arena_text(&s->arena, id);
    item->kind = att_kind_find(kind);
    assert_non_null(item->kind);
    item->pointer = "";
    item->parent = parent;
    item->end = at + 1;
    for (size_t up = parent; up != ATT_NONE; up = s->items[up].parent) {
        s->items[up].end = at + 1;
    }
    item->text = att_small_words(s, att_arena_format(&s->arena, "%s?", id), NULL);
    item->decimals = -1;
    item->vis = item->fn = item->code = "";
    return at;
}

size_t att_small_items(att_small *s, const char *ids, const char *kind)
{
    size_t first = s->instrument.n_items;

    while (*ids != '\0') {
        size_t n = strcspn(ids, " ");
        (void)att_small_item(s, att_arena_text_n(&s->arena, ids, n), kind, ATT_NONE);
        ids += n + strspn(ids + n, " ");
    }
    return first;
}

const att_choices *att_small_set(att_small *s, int low, int high, const char *reasons)
{
    static const struct {
        char letter;
        att_reason reason;
        const char *text;
    } own[] = { { 'n', ATT_REASON_NOT_APPLICABLE, "own n" },
                { 'r', ATT_REASON_REFUSED, "own r" },
                { 'k', ATT_REASON_DONT_KNOW, "own k" } };
    size_t n = (size_t)(high - low + 1);
    att_choice *list = att_new_n(&s->arena, att_choice, n + 3);
    att_choices *set = att_new(&s->arena, att_choices);

    for (size_t i = 0; i < n; i++) {
        list[i].code = low + (int)i;
        list[i].text =
            att_small_words(s, att_arena_format(&s->arena, "c%d", list[i].code), NULL);
    }
    for (; *reasons != '\0'; reasons++) {
        for (size_t i = 0; i < 3; i++) {
            if (own[i].letter == *reasons) {
                list[n].reason = own[i].reason;
                list[n].code = att_reason_code(own[i].reason);
                list[n++].text = att_small_words(s, own[i].text, NULL);
            }
        }
    }
    set->id = "";
    set->list = list;
    set->n = n;
    return set;
}

static att_type item_type(const att_item *item)
{
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

static bool find_name(const void *data, const char *name, att_ref *out)
{
    static const char *const words[] = { "role",     "site",   "wave",
                                         "language", "person", "today" };
    const att_small *s = data;
    const att_instrument *instrument = &s->instrument;

    for (size_t i = 0; i < instrument->n_items; i++) {
        if (strcmp(instrument->items[i].id, name) == 0) {
            *out = (att_ref){ ATT_REF_ITEM, i, item_type(&instrument->items[i]) };
            return true;
        }
    }
    for (size_t i = 0; i < instrument->n_scales; i++) {
        size_t n = strlen(instrument->scales[i].id);
        if (strncmp(instrument->scales[i].id, name, n) == 0 &&
            (name[n] == '\0' || strcmp(name + n, "_100") == 0)) {
            *out = (att_ref){ name[n] == '\0' ? ATT_REF_SCALE : ATT_REF_SCALE_100, i,
                              ATT_TYPE_NUMBER };
            return true;
        }
    }
    for (size_t i = 0; i < instrument->n_derived; i++) {
        if (strcmp(instrument->derived[i].id, name) == 0) {
            *out = (att_ref){ ATT_REF_DERIVED, i,
                              att_expr_type(instrument->derived[i].value) };
            return true;
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], name) == 0) {
            *out = (att_ref){ ATT_REF_WORD, i, i == 5 ? ATT_TYPE_DAY : ATT_TYPE_TEXT };
            return true;
        }
    }
    return false;
}

const att_expr *att_small_expr(att_small *s, const char *text)
{
    att_names names = {
        .data = s, .find = find_name, .own = s->own, .has_own = s->own != ATT_TYPE_ANY
    };
    att_expr_fault fault = { 0 };
    att_expr *expr = att_expr_read(&s->arena, text, &names, &fault);

    if (expr == NULL) {
        fail_msg("%s: at %zu: %s (%s)", text, fault.at, fault.message, fault.hint);
    }
    return expr;
}

static size_t item_named(const att_small *s, const char *id)
{
    for (size_t i = 0; i < s->instrument.n_items; i++) {
        if (strcmp(s->items[i].id, id) == 0) {
            return i;
        }
    }
    fail_msg("no item %s", id);
    return ATT_NONE;
}

att_scale *att_small_scale(att_small *s, const char *id, const char *items, double low,
                           double high, size_t min_valid)
{
    att_scale *scale = &s->scales[s->instrument.n_scales++];
    size_t *list = att_new_n(&s->arena, size_t, strlen(items));
    bool *is_reversed = att_new_n(&s->arena, bool, strlen(items));

    while (*items != '\0') {
        size_t n;
        is_reversed[scale->n_items] = *items == '-';
        items += *items == '-' ? 1 : 0;
        n = strcspn(items, " ");
        list[scale->n_items++] = item_named(s, att_arena_text_n(&s->arena, items, n));
        items += n + strspn(items + n, " ");
    }
    scale->id = id;
    scale->items = list;
    scale->is_reversed = is_reversed;
    scale->low = low;
    scale->high = high;
    scale->min_valid = min_valid;
    return scale;
}

att_derived *att_small_derive(att_small *s, const char *id, const char *text)
{
    const att_expr *value = att_small_expr(s, text);
    att_derived *derived = &s->derived[s->instrument.n_derived++];

    derived->id = id;
    derived->value = value;
    return derived;
}

static void sort_by_id(att_small *s, size_t *by_id)
{
    for (size_t i = 0; i < s->instrument.n_items; i++) {
        size_t at = i;
        while (at > 0 && strcmp(s->items[by_id[at - 1]].id, s->items[i].id) > 0) {
            by_id[at] = by_id[at - 1];
            at--;
        }
        by_id[at] = i;
    }
}

/* Items whose needs all stand in the order already, round by round. */
static bool is_ready(const att_small *s, const bool *is_placed, size_t item)
{
    const att_item *one = &s->items[item];
    size_t n = 0;
    const att_ref *refs = one->show == NULL ? NULL : att_expr_refs(one->show, &n);

    if (one->parent != ATT_NONE && !is_placed[one->parent]) {
        return false;
    }
    if (one->from == ATT_FROM_ITEM && !is_placed[one->from_item]) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (refs[i].kind == ATT_REF_ITEM && !is_placed[refs[i].index]) {
            return false;
        }
    }
    return true;
}

void att_small_done(att_small *s)
{
    size_t n = s->instrument.n_items;
    size_t *by_id = att_new_n(&s->arena, size_t, n);
    size_t *order = att_new_n(&s->arena, size_t, n);
    bool *is_placed = att_new_n(&s->arena, bool, n);
    size_t placed = 0;

    sort_by_id(s, by_id);
    while (placed < n) {
        size_t before = placed;
        for (size_t i = 0; i < n; i++) {
            if (!is_placed[i] && is_ready(s, is_placed, i)) {
                is_placed[i] = true;
                order[placed++] = i;
            }
        }
        if (placed == before) {
            fail_msg("a circle in the conditions of a small instrument");
        }
    }
    s->instrument.by_id = by_id;
    s->instrument.order = order;
}

static size_t sheet_item(const att_sheet *sheet, const char *id)
{
    size_t item = att_instrument_item(sheet->instrument, id);

    assert_true(item != ATT_NONE);
    return item;
}

void att_small_number(att_sheet *sheet, const char *id, double number)
{
    att_answer answer = att_answer_of_number(number);
    att_reason reason;

    if (number >= -10 && number <= -4 && att_reason_of_code((int)number, &reason)) {
        answer = att_answer_of_reason(reason);
    }
    att_sheet_put(sheet, sheet_item(sheet, id), &answer);
}

void att_small_fill(att_sheet *sheet, const char *ids, const double *numbers)
{
    char id[64];

    while (*ids != '\0') {
        size_t n = strcspn(ids, " ");
        assert_true(n < sizeof id);
        memcpy(id, ids, n);
        id[n] = '\0';
        att_small_number(sheet, id, *numbers++);
        ids += n + strspn(ids + n, " ");
    }
}

void att_small_reason(att_sheet *sheet, const char *id, att_reason reason)
{
    att_answer answer = att_answer_of_reason(reason);

    att_sheet_put(sheet, sheet_item(sheet, id), &answer);
}

void att_small_text(att_sheet *sheet, const char *id, const char *text)
{
    att_answer answer = att_answer_of_text(text);

    att_sheet_put(sheet, sheet_item(sheet, id), &answer);
}

void att_small_codes(att_sheet *sheet, const char *id, size_t n, const int *codes)
{
    att_answer answer = att_answer_of_codes(codes, n);

    att_sheet_put(sheet, sheet_item(sheet, id), &answer);
}
