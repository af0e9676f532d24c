/* simulate.c - respondents from a stated measurement model, or walking at random
 */
#include "simulate.h"

#include <math.h>
#include <string.h>

#include <attune/base/seal.h>
#include <attune/math/dist.h>
#include <attune/math/rng.h>
#include <attune/session/session.h>

#define TRIES_MAX     200 /* answers to one question before a person leaves */
#define WALK_SPAN     60  /* of a number without an end */
#define WALK_DAYS     730 /* of a day without an end, around today */
#define WALK_LETTERS  12
#define MS_A_QUESTION 6500
#define MS_A_PERSON   1260000
#define STEPS_MAX     20000

/* One respondent in the making. */
typedef struct person {
    const att_simulation *simulation;
    att_arena *arena;
    att_rng rng;
    double *latent; /* [n_scales] */
    att_msec clock; /* UTC */
    att_msec began;
    att_entry *entries;
    size_t n, room;
    size_t n_tries;  /* at the question that is open */
    att_event tried; /* the last of them */
} person;

static double term(const att_model_terms *terms, const char *name, double otherwise)
{
    for (size_t i = 0; i < terms->n; i++) {
        if (strcmp(terms->list[i].name, name) == 0) {
            return terms->list[i].value;
        }
    }
    return otherwise;
}

static void draw_latents(person *p, size_t role, size_t site)
{
    const att_instrument *instrument = p->simulation->instrument;
    const att_respondents *model = p->simulation->model;
    double shift = model->roles.list[role].value + model->sites.list[site].value;
    double common = att_rng_normal(&p->rng) + shift + model->centre;

    p->latent = att_new_n(p->arena, double, instrument->n_scales);
    for (size_t s = 0; s < instrument->n_scales; s++) {
        p->latent[s] = sqrt(model->common) * common +
                       sqrt(1.0 - model->common) * att_rng_normal(&p->rng) +
                       term(&model->scales, instrument->scales[s].id, 0);
    }
}

/* The first scale that an item belongs to, its place there; false when to none. */
static bool scale_of(const att_instrument *instrument, size_t item, size_t *scale,
                     size_t *place)
{
    for (size_t s = 0; s < instrument->n_scales; s++) {
        for (size_t k = 0; k < instrument->scales[s].n_items; k++) {
            if (instrument->scales[s].items[k] == item) {
                *scale = s;
                *place = k;
                return true;
            }
        }
    }
    return false;
}

/* Which of n ordered categories: cut at even quantiles of the response's distribution. */
static size_t cut(double response, size_t n)
{
    double share = 0.5 * erfc(-response / sqrt(2.0));
    size_t category = (size_t)(share * (double)n);

    return category < n ? category : n - 1;
}

static att_answer choose(person *p, size_t item, const att_offer *offer)
{
    const att_instrument *instrument = p->simulation->instrument;
    size_t scale = 0;
    size_t place = 0;
    size_t n = offer->n_choices;
    size_t category = 0;

    if (scale_of(instrument, item, &scale, &place)) {
        const att_scale *of = &instrument->scales[scale];
        double step = of->n_items > 1 ? (double)place / (double)(of->n_items - 1) : 0.5;
        const att_respondents *model = p->simulation->model;
        double usual =
            model->loading_low + (model->loading_high - model->loading_low) * step;
        double loading = term(&model->items, instrument->items[item].id, usual);
        double noise = sqrt(1.0 - loading * loading) * att_rng_normal(&p->rng);

        category = cut(loading * p->latent[scale] + noise, n);
        if (of->is_reversed[place]) {
            category = n - 1 - category;
        }
    } else {
        category = (size_t)att_rng_below(&p->rng, n);
    }
    return att_answer_of_number(offer->choices[category].code);
}

static bool offers(const att_offer *offer, att_reason reason)
{
    for (size_t i = 0; i < offer->n_reasons; i++) {
        if (offer->reasons[i].reason == reason) {
            return true;
        }
    }
    return false;
}

/* A reason now and then; NONE mostly. One draw a question, whatever comes of it. */
static att_reason draw_reason(person *p, const att_offer *offer)
{
    const att_respondents *model = p->simulation->model;
    double u = att_rng_uniform(&p->rng);
    double seldom = model->refused + model->not_applicable;

    if (u < model->refused && offers(offer, ATT_REASON_REFUSED)) {
        return ATT_REASON_REFUSED;
    }
    if (u >= model->refused && u < seldom && offers(offer, ATT_REASON_NOT_APPLICABLE)) {
        return ATT_REASON_NOT_APPLICABLE;
    }
    return u >= seldom && u < seldom + model->skipped ? ATT_REASON_SKIPPED
                                                      : ATT_REASON_NONE;
}

static att_answer draw_number(person *p, const att_offer *offer)
{
    double low = isnan(offer->low) ? 0.0 : offer->low;
    double high = isnan(offer->high) ? low + 10.0 : offer->high;

    return att_answer_of_number(
        low + (double)att_rng_below(&p->rng, (uint64_t)(high - low) + 1));
}

static const char *draw_time(person *p, const att_offer *offer)
{
    int low = isnan(offer->low) ? 0 : (int)offer->low;
    int high = isnan(offer->high) ? 24 * 60 - 1 : (int)offer->high;

    return att_clock_text(
        p->arena, low + (int)att_rng_below(&p->rng, (uint64_t)(high - low) + 1));
}

static const char *draw_datetime(person *p, att_day day)
{
    char text[ATT_DAY_SIZE];
    int minutes = (int)att_rng_below(&p->rng, 24 * 60);

    att_day_write(text, day);
    return att_arena_format(p->arena, "%s %s", text, att_clock_text(p->arena, minutes));
}

/* All orders are equally likely. */
static att_answer draw_order(person *p, const att_item *item, const att_offer *offer)
{
    int *codes = att_new_n(p->arena, int, offer->n_choices);

    for (size_t i = 0; i < offer->n_choices; i++) {
        size_t at = (size_t)att_rng_below(&p->rng, i + 1);
        codes[i] = codes[at];
        codes[at] = offer->choices[i].code;
    }
    return att_answer_of_ranks(codes, att_offer_ranks(offer, item));
}

static att_answer draw_answer(person *p, const att_sheet *sheet, size_t item)
{
    const att_item *asked = &sheet->instrument->items[item];
    att_offer offer = att_sheet_offer(p->arena, sheet, item);
    att_reason reason = draw_reason(p, &offer);
    int *code;

    if (reason != ATT_REASON_NONE) {
        return att_answer_of_reason(reason);
    }
    switch (asked->kind->shape) {
    case ATT_SHAPE_CONSENT: return att_answer_of_number(1);
    case ATT_SHAPE_PICK_ONE: return choose(p, item, &offer);
    case ATT_SHAPE_PICK_MANY:
        code = att_new(p->arena, int);
        *code = offer.choices[att_rng_below(&p->rng, offer.n_choices)].code;
        return att_answer_of_codes(code, 1);
    case ATT_SHAPE_RANK: return draw_order(p, asked, &offer);
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return draw_number(p, &offer);
    case ATT_SHAPE_DATE: return att_answer_of_day(sheet->context.today);
    case ATT_SHAPE_TIME: return att_answer_of_text(draw_time(p, &offer));
    case ATT_SHAPE_DATETIME:
        return att_answer_of_text(draw_datetime(p, sheet->context.today));
    case ATT_SHAPE_TEXT:
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_CONTAINER: break;
    }
    return att_answer_of_reason(ATT_REASON_SKIPPED); /* nobody invents free text */
}

/* ---- walking ---- */

/* Each mark by itself; one that stands alone only so. */
static att_answer walk_marks(person *p, const att_offer *offer)
{
    int *codes = att_new_n(p->arena, int, offer->n_choices + 1);
    size_t n = 0;
    size_t only = (size_t)att_rng_below(&p->rng, offer->n_choices);

    if (offer->choices[only].is_exclusive) {
        codes[n++] = offer->choices[only].code;
        return att_answer_of_codes(codes, n);
    }
    for (size_t i = 0; i < offer->n_choices; i++) {
        if (!offer->choices[i].is_exclusive && att_rng_below(&p->rng, 2) == 1) {
            codes[n++] = offer->choices[i].code;
        }
    }
    return att_answer_of_codes(codes, n);
}

/* A number on the steps from the least one. */
static att_answer walk_number(person *p, const att_item *item, const att_offer *offer)
{
    double step =
        item->step > 0 ? item->step
        : item->decimals > 0 && item->decimals < 4 /* finer ones add nothing */
            ? pow(10, -item->decimals)
            : 1;
    double low = isnan(offer->low)
                     ? fmin(0, isnan(offer->high) ? 0 : offer->high - WALK_SPAN * step)
                     : offer->low;
    double high = isnan(offer->high) ? low + WALK_SPAN * step : offer->high;
    double n = floor((high - low) / step + 1e-9);
    uint64_t at = att_rng_below(&p->rng, (uint64_t)fmin(n, 1e9) + 1);

    return att_answer_of_number(low + (double)at * step);
}

static att_day walk_day(person *p, const att_offer *offer, att_day today)
{
    att_day low = isnan(offer->low) ? today - WALK_DAYS : (att_day)offer->low;
    att_day high = isnan(offer->high) ? today + WALK_DAYS : (att_day)offer->high;

    if (low > high) {
        low = high = isnan(offer->low) ? high : low;
    }
    return low + (att_day)att_rng_below(&p->rng, (uint64_t)(high - low) + 1);
}

static att_answer walk_text(person *p, const att_item *item)
{
    size_t most = item->max_length > 0 && item->max_length < WALK_LETTERS
                      ? item->max_length
                      : WALK_LETTERS;
    size_t n = 1 + (size_t)att_rng_below(&p->rng, most);
    char *text = att_arena_alloc(p->arena, n + 1);

    for (size_t i = 0; i < n; i++) {
        text[i] = (char)('a' + (char)att_rng_below(&p->rng, 26));
    }
    return att_answer_of_text(text);
}

static att_answer walk_value(person *p, const att_sheet *sheet, const att_item *item,
                             const att_offer *offer)
{
    att_day today = sheet->context.today;

    switch (item->kind->shape) {
    case ATT_SHAPE_CONSENT:
    case ATT_SHAPE_PICK_ONE:
        return att_answer_of_number(
            offer->choices[att_rng_below(&p->rng, offer->n_choices)].code);
    case ATT_SHAPE_PICK_MANY: return walk_marks(p, offer);
    case ATT_SHAPE_RANK: return draw_order(p, item, offer);
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return walk_number(p, item, offer);
    case ATT_SHAPE_DATE: return att_answer_of_day(walk_day(p, offer, today));
    case ATT_SHAPE_TIME: return att_answer_of_text(draw_time(p, offer));
    case ATT_SHAPE_DATETIME:
        return att_answer_of_text(draw_datetime(p, walk_day(p, offer, today)));
    case ATT_SHAPE_TEXT: return walk_text(p, item);
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_CONTAINER: break;
    }
    return att_answer_of_reason(ATT_REASON_SKIPPED);
}

/* A reason is as likely as a choice, and so is passing the question. */
static att_answer walk_answer(person *p, const att_sheet *sheet, size_t item)
{
    att_offer offer = att_sheet_offer(p->arena, sheet, item);
    size_t n_values = offer.n_choices > 0 ? offer.n_choices : 4;
    size_t at = (size_t)att_rng_below(&p->rng, n_values + offer.n_reasons + 1);

    if (at < offer.n_reasons) {
        return att_answer_of_reason(offer.reasons[at].reason);
    }
    if (at == offer.n_reasons) {
        return att_answer_of_reason(ATT_REASON_SKIPPED);
    }
    return walk_value(p, sheet, &sheet->instrument->items[item], &offer);
}

/* ---- interviews ---- */

static void keep(person *p, const att_effects *effects)
{
    for (size_t i = 0; i < effects->n_entries; i++) {
        if (p->n == p->room) {
            size_t room = p->room == 0 ? 64 : 2 * p->room;
            att_entry *more = att_new_n(p->arena, att_entry, room);

            if (p->n > 0) {
                memcpy(more, p->entries, p->n * sizeof *more);
            }
            p->entries = more;
            p->room = room;
        }
        p->entries[p->n] = effects->entries[i];
        p->entries[p->n].item = att_arena_text(p->arena, effects->entries[i].item);
        p->entries[p->n].answer =
            att_answer_copy(p->arena, &effects->entries[i].answer);
        p->entries[p->n].actor = "simulation";
        p->n += 1;
    }
}

/* An answer. Who walks gives each twice: one that is only doubted is kept so. */
static void fill_answer(person *p, const att_session *session, att_event *event)
{
    const att_sheet *sheet = att_session_sheet(session);

    event->kind = ATT_EVENT_ANSWER;
    if (p->simulation->is_walk && p->n_tries % 2 == 1) {
        event->kind = p->tried.kind;
        event->answer = p->tried.answer;
        return;
    }
    event->answer = p->simulation->is_walk ? walk_answer(p, sheet, event->item)
                                           : draw_answer(p, sheet, event->item);
    if (event->answer.kind == ATT_ANSWER_REASON &&
        event->answer.reason == ATT_REASON_SKIPPED) {
        event->kind = ATT_EVENT_SKIP;
    }
    p->tried = *event;
    p->tried.answer = att_answer_copy(p->arena, &event->answer);
}

static att_event next_event(person *p, const att_session *session, const att_view *view)
{
    att_event event = { .item = view->item };

    switch (view->screen) {
    case ATT_SCREEN_START:
    case ATT_SCREEN_WELCOME: event.kind = ATT_EVENT_AGREE; break;
    case ATT_SCREEN_NOTE: event.kind = ATT_EVENT_NEXT; break;
    case ATT_SCREEN_GRID:
        event.item = view->rows[view->row].item;
        fill_answer(p, session, &event);
        break;
    case ATT_SCREEN_QUESTION: fill_answer(p, session, &event); break;
    case ATT_SCREEN_REVIEW:
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: event.kind = ATT_EVENT_FINISH; break;
    }
    if (p->n_tries >= TRIES_MAX) {
        event.kind = ATT_EVENT_LEAVE;
    }
    p->clock += (att_msec)(MS_A_QUESTION * (0.5 + att_rng_uniform(&p->rng)));
    event.at = p->clock;
    event.mono = p->clock - p->began;
    return event;
}

static void interview(person *p, const att_response *header)
{
    const att_simulation *sim = p->simulation;
    att_session *session = att_session_make(p->arena, sim->instrument, header,
                                            sim->settings, sim->n_settings);

    for (size_t step = 0; step < STEPS_MAX; step++) {
        att_view view = att_session_view(p->arena, session);
        att_event event = next_event(p, session, &view);
        att_effects effects = att_session_step(session, &event);

        p->n_tries = effects.refusal.code == ATT_REFUSAL_NONE ? 0 : p->n_tries + 1;
        keep(p, &effects);
        if (effects.is_over) {
            return;
        }
    }
}

/* How it ended: by its last entry. */
static att_status status_of(const person *p)
{
    switch (p->entries[p->n - 1].act) {
    case ATT_ACT_FINISH: return ATT_STATUS_COMPLETE;
    case ATT_ACT_DECLINE: return ATT_STATUS_DECLINED;
    default: return ATT_STATUS_OPEN;
    }
}

static att_entry start_entry(att_msec at)
{
    return (
        att_entry){ .act = ATT_ACT_START, .item = "", .actor = "simulation", .at = at };
}

/* An id from the seed, so that a simulated study is the same twice but for nothing. */
static const char *make_id(person *p)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    char *id = att_arena_alloc(p->arena, ATT_ID_SIZE);
    unsigned long long time = (unsigned long long)p->clock;

    for (size_t i = 10; i > 0; i--) {
        id[i - 1] = digits[time % 32];
        time /= 32;
    }
    for (size_t i = 10; i < ATT_ID_SIZE - 1; i++) {
        id[i] = digits[att_rng_below(&p->rng, 32)];
    }
    return id;
}

att_response *att_simulate_response(att_arena *arena, const att_simulation *simulation,
                                    size_t i)
{
    const att_instrument *instrument = simulation->instrument;
    att_response *response = att_new(arena, att_response);
    const att_respondents *model = simulation->model;
    size_t role = i % model->roles.n;
    size_t site = (i / model->roles.n) % model->sites.n;
    person p = { .simulation = simulation, .arena = arena };

    p.rng = att_rng_make(simulation->seed, i);
    p.clock = p.began = simulation->start + (att_msec)i * MS_A_PERSON;
    response->id = make_id(&p);
    response->instrument = instrument->id;
    response->version = instrument->version;
    response->digest = instrument->digest;
    response->person = att_arena_format(arena, "%s%03zu", simulation->people, i + 1);
    response->role = model->roles.list[role].name;
    response->site = model->sites.list[site].name;
    response->wave = simulation->wave;
    response->language = instrument->languages[instrument->language].tag;
    response->seed = simulation->seed + i;
    response->today = att_day_at(p.clock, 0);
    response->started = p.clock;
    response->is_simulated = true;
    draw_latents(&p, role, site);
    keep(&p, &(att_effects){ .entries = (att_entry[]){ start_entry(p.clock) },
                             .n_entries = 1 });
    interview(&p, response);
    response->status = status_of(&p);
    response->finished = response->status == ATT_STATUS_OPEN ? 0 : p.clock;
    response->entries = p.entries;
    response->n_entries = p.n;
    return response;
}
