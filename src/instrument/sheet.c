#include <attune/instrument/sheet.h>

#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/instrument/score.h>

#include "sheet_links.h"
#include "shuffle.h"

static const att_setting *find_setting(const att_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->context.n_settings; i++) {
        if (strcmp(sheet->context.settings[i].name, name) == 0) {
            return &sheet->context.settings[i];
        }
    }
    return NULL;
}

/* ---- what counts ---- */

static bool is_calc(const att_sheet *sheet, size_t item)
{
    return sheet->instrument->items[item].kind->shape == ATT_SHAPE_CALC;
}

static att_answer effective(const att_sheet *sheet, size_t item);

static bool is_marked(const att_answer *answer, double code)
{
    if (answer->kind == ATT_ANSWER_NUMBER) {
        return answer->number == code;
    }
    for (size_t i = 0; i < answer->n_codes; i++) { /* of CODES, RANKS */
        if ((double)answer->codes[i] == code) {
            return true;
        }
    }
    return false;
}

/* Whether what was chosen is still offered: by the item that the choices come from, or by
 * the choices' own conditions. */
static bool is_still_offered(const att_sheet *sheet, const att_item *item,
                             const att_answer *raw)
{
    att_answer source;

    if (raw->kind == ATT_ANSWER_REASON) {
        return true;
    }
    if (item->from != ATT_FROM_ITEM) {
        return !sheet->links->is_gone[item - sheet->instrument->items];
    }
    source = effective(sheet, item->from_item);
    if (raw->kind == ATT_ANSWER_NUMBER) {
        return is_marked(&source, raw->number);
    }
    for (size_t i = 0; i < raw->n_codes; i++) {
        if (!is_marked(&source, raw->codes[i])) {
            return false;
        }
    }
    return true;
}

/* The raw answer, a reason, or NONE where nothing counts yet. */
static att_answer effective(const att_sheet *sheet, size_t item)
{
    const att_answer *raw = &sheet->raw[item];

    if (!sheet->is_asked[item]) {
        return att_answer_of_reason(ATT_REASON_NOT_ASKED);
    }
    if (raw->kind == ATT_ANSWER_NONE ||
        !is_still_offered(sheet, &sheet->instrument->items[item], raw)) {
        return (att_answer){ 0 };
    }
    return *raw;
}

att_answer att_sheet_get(const att_sheet *sheet, size_t item, bool is_over)
{
    att_answer answer = effective(sheet, item);

    if (answer.kind == ATT_ANSWER_NONE && is_over && !is_calc(sheet, item)) {
        return att_answer_of_reason(ATT_REASON_NOT_REACHED);
    }
    return answer;
}

/* ---- values for expressions ---- */

static att_value word_of(const att_context *context, size_t word)
{
    const char *text = NULL;
    att_value value = { 0 };

    switch ((att_ref_word)word) {
    case ATT_WORD_ROLE: text = context->role; break;
    case ATT_WORD_SITE: text = context->site; break;
    case ATT_WORD_WAVE: text = context->wave; break;
    case ATT_WORD_LANGUAGE: text = context->language; break;
    case ATT_WORD_PERSON: text = context->person; break;
    case ATT_WORD_MODE: text = att_asking_name(context->mode); break;
    case ATT_WORD_TODAY:
        value.type = ATT_TYPE_DAY;
        value.number = (double)context->today;
        return value;
    case ATT_WORD_NOW:
        value.type = ATT_TYPE_NUMBER;
        value.number = (double)context->now / 1000;
        return value;
    }
    if (text != NULL && text[0] != '\0') {
        value.type = ATT_TYPE_TEXT;
        value.text = text;
    }
    return value;
}

static att_value score_of(double x)
{
    att_value value = { 0 };

    if (isfinite(x)) {
        value.type = ATT_TYPE_NUMBER;
        value.number = x;
    }
    return value;
}

/* A derived value may be more than a number: its expression's value as it is. */
static att_value derived_of(const att_sheet *sheet, size_t derived)
{
    const att_instrument *instrument = sheet->instrument;
    const att_derived *one = &instrument->derived[derived];
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    att_value value = { 0 };

    if (instrument->provenance.maturity >= one->needs) {
        value = att_expr_eval(&scratch, one->value, &scope, NULL);
    }
    if (value.type == ATT_TYPE_TEXT) {
        value.text = att_arena_text(sheet->arena, value.text);
    }
    att_arena_drop(&scratch);
    return value;
}

/* What is known from elsewhere; missing where it is not of the sort that the instrument
 * says, as an item that was of another kind at an earlier wave. */
static att_value known_of(const att_sheet *sheet, const char *wave, const char *name,
                          att_type type)
{
    const att_answer *answer =
        att_known_find(sheet->context.known, sheet->context.n_known, wave, name);
    att_value value = { 0 };

    if (answer != NULL) {
        value = att_value_of_answer(answer);
    }
    return value.type == type || value.type == ATT_TYPE_ANY ? value : (att_value){ 0 };
}

static att_value get_value(const void *data, const att_ref *ref)
{
    const att_sheet *sheet = data;
    const att_instrument *instrument = sheet->instrument;
    const att_earlier *earlier;
    att_answer answer;

    switch (ref->kind) {
    case ATT_REF_ITEM:
        answer = effective(sheet, ref->index);
        return att_value_of_answer(&answer);
    case ATT_REF_SCALE: return score_of(att_score_scale(sheet, ref->index).value);
    case ATT_REF_SCALE_100:
        return score_of(att_score_scale(sheet, ref->index).value_100);
    case ATT_REF_DERIVED: return derived_of(sheet, ref->index);
    case ATT_REF_PERSON:
        return known_of(sheet, "", instrument->attributes[ref->index].id, ref->type);
    case ATT_REF_EARLIER:
        earlier = &instrument->earlier[ref->index];
        return known_of(sheet, earlier->wave, instrument->items[earlier->item].id,
                        ref->type);
    case ATT_REF_WORD: return word_of(&sheet->context, ref->index);
    }
    return (att_value){ 0 };
}

att_scope att_sheet_scope(const att_sheet *sheet)
{
    return (att_scope){ .data = sheet, .get = get_value };
}

/* 1 holds, 0 does not, -1 unknown; NULL holds. */
static int truth_of(const att_sheet *sheet, const att_expr *expr, const att_value *own)
{
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    att_value value;
    int truth;

    if (expr == NULL) {
        return 1;
    }
    value = att_expr_eval(&scratch, expr, &scope, own);
    truth = att_value_truth(&value);
    att_arena_drop(&scratch);
    return truth;
}

/* ---- what is asked ---- */

/* Whether something an item's show or value refers to can still be answered. */
static bool waits(const att_sheet *sheet, size_t item)
{
    size_t n = 0;
    const size_t *needs = att_links_needs(sheet->links, item, &n);

    for (size_t i = 0; i < n; i++) {
        size_t needed = needs[i];
        if (is_calc(sheet, needed) && sheet->is_open[needed]) {
            return true;
        }
        if (!att_item_is_question(&sheet->instrument->items[needed])) {
            continue;
        }
        if (sheet->is_open[needed] ||
            (sheet->is_asked[needed] &&
             effective(sheet, needed).kind == ATT_ANSWER_NONE)) {
            return true;
        }
    }
    return false;
}

/* Whether there is something to choose from: 1, 0, -1 not known yet. */
static int has_choices(const att_sheet *sheet, const att_item *item)
{
    const att_setting *setting;
    att_answer source;

    if (item->from == ATT_FROM_STUDY) {
        setting = find_setting(sheet, item->from_setting);
        return setting != NULL && setting->n_list > 0;
    }
    if (item->from != ATT_FROM_ITEM) {
        return att_choices_can_end(item->choices)
                   ? truth_of(sheet, item->choices->any, NULL)
                   : 1;
    }
    source = effective(sheet, item->from_item);
    if (source.kind == ATT_ANSWER_CODES || source.kind == ATT_ANSWER_RANKS) {
        return source.n_codes > 0;
    }
    if (source.kind == ATT_ANSWER_NUMBER) {
        return 1;
    }
    return source.kind == ATT_ANSWER_NONE ? -1 : 0;
}

/* A number, or NONE while it cannot be worked out. */
static att_answer value_of(const att_sheet *sheet, const att_expr *expr)
{
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    att_value value = { 0 };
    double x = NAN;

    if (expr != NULL) {
        value = att_expr_eval(&scratch, expr, &scope, NULL);
    }
    if (value.type == ATT_TYPE_NUMBER) {
        x = value.number;
    } else if (att_value_truth(&value) >= 0) {
        x = att_value_truth(&value);
    }
    att_arena_drop(&scratch);
    return isfinite(x) ? att_answer_of_number(x) : (att_answer){ 0 };
}

/* The value of a calc; it is open while an answer that is still to come could give it
 * one. True when the value changed. */
static bool settle_value(att_sheet *sheet, size_t item)
{
    att_answer was = sheet->raw[item];

    sheet->raw[item] = (att_answer){ 0 };
    if (sheet->is_asked[item]) {
        sheet->raw[item] = value_of(sheet, sheet->instrument->items[item].value);
        sheet->is_open[item] =
            sheet->raw[item].kind == ATT_ANSWER_NONE && waits(sheet, item);
    }
    return !att_answer_same(&was, &sheet->raw[item]);
}

/* Whether this place of a list of names, or one behind it, holds a name: then it stays,
 * though a name before it was taken back. */
static bool holds_name(const att_sheet *sheet, size_t item)
{
    const att_instrument *instrument = sheet->instrument;
    size_t end = instrument->items[instrument->items[item].parent].end;

    for (size_t i = item; i < end; i++) {
        if (sheet->raw[i].kind == ATT_ANSWER_TEXT && sheet->raw[i].text[0] != '\0') {
            return true;
        }
    }
    return false;
}

/* Whether an answer has a choice whose condition does not hold. */
static bool is_gone(const att_sheet *sheet, size_t item)
{
    const att_choices *set = sheet->instrument->items[item].choices;
    const att_answer *raw = &sheet->raw[item];

    for (size_t i = 0; set != NULL && set->any != NULL && i < set->n; i++) {
        const att_choice *choice = &set->list[i];

        if (choice->show != NULL && raw->kind != ATT_ANSWER_NONE &&
            raw->kind != ATT_ANSWER_REASON && is_marked(raw, choice->code) &&
            truth_of(sheet, choice->show, NULL) != 1) {
            return true;
        }
    }
    return false;
}

/* Works out one item. True when something about it changed. */
static bool settle_item(att_sheet *sheet, size_t item)
{
    const att_item *one = &sheet->instrument->items[item];
    bool was_asked = sheet->is_asked[item];
    bool was_open = sheet->is_open[item];
    bool was_gone = sheet->links->is_gone[item];
    bool changed;
    bool parent_asked = one->parent == ATT_NONE || sheet->is_asked[one->parent];
    bool parent_open = one->parent != ATT_NONE && sheet->is_open[one->parent];
    int truth = parent_asked || parent_open ? truth_of(sheet, one->show, NULL) : 0;

    if (truth <= 0 && (parent_asked || parent_open) && one->slot > 1 &&
        holds_name(sheet, item)) {
        truth = 1;
    }
    if (truth > 0) {
        int offered = has_choices(sheet, one);
        truth = offered < truth ? offered : truth;
    }
    sheet->is_asked[item] = parent_asked && truth > 0;
    sheet->is_open[item] = !sheet->is_asked[item] && (parent_asked || parent_open) &&
                           (truth > 0 || (truth < 0 && waits(sheet, item)));
    sheet->links->is_gone[item] = is_gone(sheet, item);
    changed = is_calc(sheet, item) && settle_value(sheet, item);
    return changed || was_gone != sheet->links->is_gone[item] ||
           was_asked != sheet->is_asked[item] || was_open != sheet->is_open[item];
}

static void settle_all(att_sheet *sheet)
{
    for (size_t i = 0; i < sheet->instrument->n_items; i++) {
        (void)settle_item(sheet, sheet->instrument->order[i]);
    }
}

/* What depends on an item must be worked out again. */
static void mark_dependants(att_sheet *sheet, size_t item)
{
    size_t n = 0;
    const size_t *places = att_links_places(sheet->links, item, &n);

    for (size_t i = 0; i < n; i++) {
        sheet->links->is_dirty[places[i]] = true;
    }
}

static void settle_dependants(att_sheet *sheet, size_t item)
{
    const att_instrument *instrument = sheet->instrument;
    att_links *links = sheet->links;
    const att_item *one = &instrument->items[item];

    mark_dependants(sheet, item);
    for (size_t i = one->parent;
         one->slot > 0 && i < instrument->items[one->parent].end; i++) {
        mark_dependants(sheet, i); /* a name counts for the places before it too */
    }
    for (size_t place = 0; place < instrument->n_items; place++) {
        size_t at = instrument->order[place];
        if (!links->is_dirty[place]) {
            continue;
        }
        links->is_dirty[place] = false;
        /* choices from another item: what counts may change while being asked does
           not */
        if (settle_item(sheet, at) || instrument->items[at].from == ATT_FROM_ITEM) {
            mark_dependants(sheet, at);
        }
    }
}

static void place_items(att_sheet *sheet)
{
    size_t n = sheet->instrument->n_items;
    size_t *shown = att_new_n(sheet->arena, size_t, n);
    size_t *place = att_new_n(sheet->arena, size_t, n);

    att_shuffle_items(sheet->instrument, sheet->context.seed, shown);
    for (size_t i = 0; i < n; i++) {
        place[shown[i]] = i;
    }
    sheet->shown = shown;
    sheet->place = place;
}

att_sheet *att_sheet_make(att_arena *arena, const att_instrument *instrument,
                          const att_context *context)
{
    att_sheet *sheet = att_new(arena, att_sheet);

    sheet->instrument = instrument;
    sheet->context = *context;
    sheet->arena = arena;
    sheet->raw = att_new_n(arena, att_answer, instrument->n_items);
    sheet->is_asked = att_new_n(arena, bool, instrument->n_items);
    sheet->is_open = att_new_n(arena, bool, instrument->n_items);
    sheet->language = context->language == NULL
                          ? ATT_NONE
                          : att_instrument_language(instrument, context->language);
    if (sheet->language == ATT_NONE) {
        sheet->language = instrument->language;
    }
    place_items(sheet);
    sheet->links = att_links_make(arena, instrument);
    settle_all(sheet);
    return sheet;
}

att_sheet *att_sheet_of_response(att_arena *arena, const att_instrument *instrument,
                                 const att_response *response,
                                 const att_setting *settings, size_t n_settings)
{
    att_context context = {
        .role = response->role,
        .mode = response->mode,
        .site = response->site,
        .wave = response->wave,
        .person = response->person,
        .language = response->language,
        .today = response->today,
        .now = response->started,
        .seed = response->seed,
        .settings = settings,
        .n_settings = n_settings,
        .known = response->known,
        .n_known = response->n_known,
    };
    att_sheet *sheet = att_sheet_make(arena, instrument, &context);

    for (size_t i = 0; i < response->n_entries; i++) {
        const att_entry *entry = &response->entries[i];
        size_t item = entry->act == ATT_ACT_ANSWER
                          ? att_instrument_item(instrument, entry->item)
                          : ATT_NONE;
        if (item != ATT_NONE && !is_calc(sheet, item)) {
            sheet->raw[item] = att_answer_copy(arena, &entry->answer);
        }
    }
    settle_all(sheet);
    return sheet;
}

void att_sheet_put(att_sheet *sheet, size_t item, const att_answer *answer)
{
    sheet->raw[item] = att_answer_copy(sheet->arena, answer);
    sheet->links->is_gone[item] = is_gone(sheet, item);
    settle_dependants(sheet, item);
}

/* Pairs of a roster that can still come to be asked, while its items are gone through. */
typedef struct pairing {
    size_t left;
    bool is_over; /* the pair gone through now cannot */
} pairing;

static void pair_begin(const att_sheet *sheet, size_t item, pairing *p)
{
    const att_item *one = &sheet->instrument->items[item];
    const att_roster *roster = one->roster;

    if (one->partner == 0 || one->parent != roster->item) {
        return; /* no pair, or within one */
    }
    if (item == roster->pairs[0]) {
        p->left = roster->among * (roster->among - 1) / 2;
    }
    p->is_over = p->left == 0;
    if (p->left > 0 && (sheet->is_asked[item] || sheet->is_open[item])) {
        p->left--;
    }
}

void att_sheet_count(const att_sheet *sheet, size_t *low, size_t *high)
{
    pairing p = { 0 };

    *low = 0;
    *high = 0;
    for (size_t i = 0; i < sheet->instrument->n_items; i++) {
        const att_item *item = &sheet->instrument->items[i];

        pair_begin(sheet, i, &p);
        if (!att_item_is_counted(item)) {
            continue;
        }
        *low += sheet->is_asked[i] ? 1 : 0;
        if (sheet->is_asked[i] ||
            (sheet->is_open[i] && !(item->partner > 0 && p.is_over))) {
            *high += 1;
        }
    }
}

/* ---- what is offered ---- */

static const att_choice *real_choices(att_arena *arena, const att_sheet *sheet,
                                      const att_choices *set, size_t *n)
{
    att_choice *list = att_new_n(arena, att_choice, set->n);

    *n = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].reason == ATT_REASON_NONE &&
            truth_of(sheet, set->list[i].show, NULL) == 1) {
            list[(*n)++] = set->list[i];
        }
    }
    return list;
}

/* The choices of the source that are marked there, in its order. */
static const att_choice *marked_choices(att_arena *arena, const att_sheet *sheet,
                                        size_t source, size_t *n)
{
    att_offer all = att_sheet_offer(arena, sheet, source);
    att_answer answer = effective(sheet, source);
    att_choice *list = att_new_n(arena, att_choice, all.n_choices);

    *n = 0;
    for (size_t i = 0; i < all.n_choices; i++) {
        if (is_marked(&answer, all.choices[i].code)) {
            list[*n] = all.choices[i];
            list[*n].is_exclusive = false; /* of the source, not of this question */
            (*n)++;
        }
    }
    return list;
}

static const att_choice *setting_choices(att_arena *arena, const att_sheet *sheet,
                                         const char *name, size_t *n)
{
    const att_setting *setting = find_setting(sheet, name);
    size_t n_languages = sheet->instrument->n_languages;
    att_choice *list;

    *n = setting == NULL ? 0 : setting->n_list;
    list = att_new_n(arena, att_choice, *n);
    for (size_t i = 0; i < *n; i++) {
        const char **in = att_new_n(arena, const char *, n_languages);
        for (size_t j = 0; j < n_languages; j++) {
            in[j] = setting->list[i];
        }
        list[i].code = (int)i + 1;
        list[i].text.in = in;
    }
    return list;
}

/* Choices in the order of this person. */
static const att_choice *in_order(att_arena *arena, const att_sheet *sheet,
                                  const att_item *item, const att_choice *given,
                                  size_t n)
{
    att_choice *list = NULL;
    bool *is_fixed = NULL;
    size_t *at = NULL;

    if (item->shuffle == ATT_ORDER_GIVEN) {
        return given;
    }
    list = att_new_n(arena, att_choice, n);
    is_fixed = att_new_n(arena, bool, n);
    at = att_new_n(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        is_fixed[i] = given[i].is_fixed;
    }
    att_shuffle(arena, item->shuffle, sheet->context.seed, item->id, is_fixed, n, at);
    for (size_t i = 0; i < n; i++) {
        list[i] = given[at[i]];
    }
    return list;
}

static const att_choice *named_reason(const att_item *item, att_reason reason)
{
    for (size_t i = 0; item->choices != NULL && i < item->choices->n; i++) {
        if (item->choices->list[i].reason == reason) {
            return &item->choices->list[i];
        }
    }
    return NULL;
}

/* Of the set, in its own words, else of the instrument; n, r, k. */
static void offer_reasons(att_arena *arena, const att_sheet *sheet,
                          const att_item *item, att_offer *offer)
{
    static const att_reason in_order[] = { ATT_REASON_NOT_APPLICABLE,
                                           ATT_REASON_REFUSED, ATT_REASON_DONT_KNOW };
    att_choice *list = att_new_n(arena, att_choice, 3);

    for (size_t i = 0; i < 3; i++) {
        const att_choice *named = named_reason(item, in_order[i]);
        if (named != NULL) {
            list[offer->n_reasons++] = *named;
        } else if (sheet->instrument->is_offered[in_order[i]]) {
            list[offer->n_reasons++] = (att_choice){
                .code = att_reason_code(in_order[i]),
                .reason = in_order[i],
                .text = sheet->instrument->reason_text[in_order[i]],
            };
        }
    }
    offer->reasons = list;
}

static double day_bound(const att_sheet *sheet, const att_expr *expr)
{
    att_arena scratch = { 0 };
    att_scope scope = att_sheet_scope(sheet);
    double day = NAN;

    if (expr != NULL) {
        att_value value = att_expr_eval(&scratch, expr, &scope, NULL);
        day = value.type == ATT_TYPE_DAY ? value.number : NAN;
    }
    att_arena_drop(&scratch);
    return day;
}

static void offer_range(const att_sheet *sheet, const att_item *item, att_offer *offer)
{
    offer->low = item->has_min ? item->min : NAN;
    offer->high = item->has_max ? item->max : NAN;
    if (item->kind->shape == ATT_SHAPE_DATE ||
        item->kind->shape == ATT_SHAPE_DATETIME) {
        offer->low = day_bound(sheet, item->min_day);
        offer->high = day_bound(sheet, item->max_day);
    } else if (item->kind->shape == ATT_SHAPE_SLIDER) {
        offer->low = item->has_min ? item->min : 0;
        offer->high = item->has_max ? item->max : 100;
    }
}

att_offer att_sheet_offer(att_arena *arena, const att_sheet *sheet, size_t item)
{
    const att_item *one = &sheet->instrument->items[item];
    att_offer offer = { .low = NAN, .high = NAN };

    if (!att_item_is_question(one)) {
        return offer;
    }
    if (one->from == ATT_FROM_ITEM) {
        offer.choices = marked_choices(arena, sheet, one->from_item, &offer.n_choices);
    } else if (one->from == ATT_FROM_STUDY) {
        offer.choices =
            setting_choices(arena, sheet, one->from_setting, &offer.n_choices);
    } else if (one->choices != NULL) {
        offer.choices = real_choices(arena, sheet, one->choices, &offer.n_choices);
    }
    offer.choices = in_order(arena, sheet, one, offer.choices, offer.n_choices);
    offer_range(sheet, one, &offer);
    if (one->kind->shape != ATT_SHAPE_CONSENT) { /* yes or no */
        offer_reasons(arena, sheet, one, &offer);
    }
    return offer;
}

/* ---- judging ---- */

static bool is_reason_offered(const att_offer *offer, att_reason reason)
{
    for (size_t i = 0; i < offer->n_reasons; i++) {
        if (offer->reasons[i].reason == reason) {
            return true;
        }
    }
    return reason == ATT_REASON_SKIPPED;
}

/* Values that are asked for now, worked out again. */
static void work_out(const att_sheet *sheet)
{
    for (size_t place = 0; place < sheet->instrument->n_items; place++) {
        size_t item = sheet->instrument->order[place];

        if (is_calc(sheet, item) && sheet->is_asked[item]) {
            sheet->raw[item] = value_of(sheet, sheet->instrument->items[item].value);
        }
    }
}

/* check and warn, with the item seen as having the answer. */
static att_refusal judge_rules(att_arena *arena, const att_sheet *sheet, size_t item,
                               const att_answer *answer)
{
    const att_item *one = &sheet->instrument->items[item];
    att_answer kept = sheet->raw[item];
    bool was_gone = sheet->links->is_gone[item];
    att_value own = att_value_of_answer(answer);
    att_refusal refusal = { .number = NAN, .low = NAN, .high = NAN, .text = "" };

    if (one->check == NULL && one->warn == NULL) {
        return refusal;
    }
    sheet->raw[item] = *answer;
    sheet->links->is_gone[item] = false; /* it fits what is offered */
    work_out(sheet);
    if (truth_of(sheet, one->check, &own) == 0) {
        refusal.code = ATT_REFUSAL_CHECK;
        refusal.text = att_sheet_pipe_for(arena, sheet, item, &one->check_text, answer);
    } else if (truth_of(sheet, one->warn, &own) == 0) {
        refusal.code = ATT_REFUSAL_WARN;
        refusal.text = att_sheet_pipe_for(arena, sheet, item, &one->warn_text, answer);
    }
    sheet->raw[item] = kept;
    sheet->links->is_gone[item] = was_gone;
    work_out(sheet);
    return refusal;
}

att_refusal att_sheet_judge(att_arena *arena, const att_sheet *sheet, size_t item,
                            const att_answer *answer)
{
    const att_item *one = &sheet->instrument->items[item];
    att_refusal refusal = { .number = NAN, .low = NAN, .high = NAN, .text = "" };
    att_offer offer;

    if (!att_item_is_question(one)) {
        refusal.code = ATT_REFUSAL_WRONG_SORT;
        return refusal;
    }
    if (!sheet->is_asked[item]) {
        refusal.code = ATT_REFUSAL_NOT_SHOWN;
        return refusal;
    }
    if (answer->kind == ATT_ANSWER_NONE) {
        refusal.code = ATT_REFUSAL_REQUIRED;
        return refusal;
    }
    offer = att_sheet_offer(arena, sheet, item);
    if (answer->kind == ATT_ANSWER_REASON) {
        refusal.code = is_reason_offered(&offer, answer->reason)
                           ? ATT_REFUSAL_NONE
                           : ATT_REFUSAL_NO_REASON;
        return refusal;
    }
    refusal = one->kind->judge(arena, one, &offer, answer);
    return refusal.code == ATT_REFUSAL_NONE ? judge_rules(arena, sheet, item, answer)
                                            : refusal;
}
