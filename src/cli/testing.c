/* testing.c - a test run as an interview, and what came out otherwise
 *
 * The respondent of a trial gives each question that is put the answer of the test, and
 * passes those without one. What a session asks twice it gets twice; an answer that is
 * not taken is passed instead, and is a miss unless the test expects the refusal.
 */
#include "testing.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/roster.h>
#include <attune/instrument/score.h>
#include <attune/session/session.h>

#define MS_A_STEP  1000
#define NOON_MS    (12 * 3600 * 1000LL)
#define DAY_MS     (24 * 3600 * 1000LL)
#define SAME_SCORE 0.0005 /* scores are compared to three decimals */

/* What happened to one answer of the test. */
typedef struct fate {
    bool is_put;              /* its question came up */
    bool is_turned_down;      /* the session did not take it; it is passed instead */
    att_refusal_code refusal; /* the first one */
} fate;

typedef struct runner {
    att_arena *arena;
    const att_instrument *instrument;
    const att_trial *trial;
    att_session *session;
    fate *fates; /* [n_items] */
    att_buf asked;
    size_t n_changed;
    bool is_stuck; /* a question that must be answered has no answer */
    att_msec clock;
    att_miss *misses;
    size_t n, room;
} runner;

static const char *const refusal_names[] = {
    [ATT_REFUSAL_NONE] = "taken",
    [ATT_REFUSAL_REQUIRED] = "required",
    [ATT_REFUSAL_ASK_SKIP] = "ask_skip",
    [ATT_REFUSAL_NO_CHOICE] = "no_choice",
    [ATT_REFUSAL_NO_REASON] = "no_reason",
    [ATT_REFUSAL_NOT_NUMBER] = "not_number",
    [ATT_REFUSAL_NOT_WHOLE] = "not_whole",
    [ATT_REFUSAL_TOO_LOW] = "too_low",
    [ATT_REFUSAL_TOO_HIGH] = "too_high",
    [ATT_REFUSAL_STEP] = "step",
    [ATT_REFUSAL_TOO_LONG] = "too_long",
    [ATT_REFUSAL_NOT_DATE] = "not_date",
    [ATT_REFUSAL_DATE_EARLY] = "too_early",
    [ATT_REFUSAL_DATE_LATE] = "too_late",
    [ATT_REFUSAL_EXCLUSIVE] = "exclusive",
    [ATT_REFUSAL_TWICE] = "twice",
    [ATT_REFUSAL_TOO_FEW] = "too_few",
    [ATT_REFUSAL_TOO_MANY] = "too_many",
    [ATT_REFUSAL_WRONG_SORT] = "wrong_sort",
    [ATT_REFUSAL_CHECK] = "check",
    [ATT_REFUSAL_WARN] = "warn",
    [ATT_REFUSAL_NOT_SHOWN] = "not_shown",
};

static const char *refusal_name(att_refusal_code code)
{
    size_t i = (size_t)code;

    if (i >= sizeof refusal_names / sizeof *refusal_names || refusal_names[i] == NULL) {
        return "refused";
    }
    return refusal_names[i];
}

static void miss(runner *r, const char *what, const char *wanted, const char *got)
{
    if (r->n == r->room) {
        size_t room = r->room == 0 ? 8 : 2 * r->room;
        att_miss *more = att_new_n(r->arena, att_miss, room);

        if (r->n > 0) {
            memcpy(more, r->misses, r->n * sizeof *more);
        }
        r->misses = more;
        r->room = room;
    }
    r->misses[r->n++] = (att_miss){ what, wanted, got };
}

/* ---- the interview ---- */

static const att_given *find_given(const att_given *list, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].item, id) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

/* The keys of the object that a given answer stands in. */
static size_t keys_of(const att_given *list, size_t n, size_t first, const char **keys)
{
    size_t n_keys = 0;

    for (size_t i = first; i < n && list[i].roster == list[first].roster &&
                           list[i].object == list[first].object;
         i++) {
        keys[n_keys++] = list[i].item;
    }
    return n_keys;
}

/* The answers by the ids of the instrument: those to a roster's entries get their
 * numbers. What fits no entry keeps its name, and is then no item. */
static att_given *unfold(att_arena *arena, const att_instrument *instrument,
                         const att_given *list, size_t n)
{
    att_given *out = att_new_n(arena, att_given, n);
    const char **keys = att_new_n(arena, const char *, n);
    const att_roster *roster = NULL;
    bool *is_taken = NULL;
    size_t entry = 0;

    for (size_t i = 0; i < n; i++) {
        bool is_new = i == 0 || list[i].roster != list[i - 1].roster;
        size_t item = ATT_NONE;

        out[i] = list[i];
        if (list[i].roster == NULL) {
            continue;
        }
        if (is_new) {
            roster = att_roster_find(instrument, list[i].roster);
            is_taken = roster == NULL ? NULL : att_new_n(arena, bool, roster->n);
        }
        if (roster != NULL && (is_new || list[i].object != list[i - 1].object)) {
            entry = att_roster_claim(instrument, roster, keys,
                                     keys_of(list, n, i, keys), is_taken);
        }
        if (roster != NULL && entry > 0) {
            item = att_roster_item(instrument, roster, entry, list[i].item);
        }
        out[i].item = item == ATT_NONE
                          ? att_arena_format(arena, "%s/%zu/%s", list[i].roster,
                                             list[i].object, list[i].item)
                          : instrument->items[item].id;
    }
    return out;
}

/* An answer for an item: a text is a day or a time where the item asks for one. */
static att_answer answer_for(const runner *r, const att_item *item,
                             const att_answer *given)
{
    att_shape shape = item->kind->shape;
    const char *kept = NULL;
    att_day day;

    if (given->kind == ATT_ANSWER_RANKS && shape != ATT_SHAPE_RANK) {
        att_answer marks = att_answer_of_codes(given->codes, given->n_codes);
        return att_answer_copy(r->arena, &marks); /* ascending, each once */
    }
    if (given->kind != ATT_ANSWER_TEXT) {
        return *given;
    }
    if (shape == ATT_SHAPE_DATE &&
        att_day_read(given->text, strlen(given->text), &day)) {
        return att_answer_of_day(day);
    }
    if (shape == ATT_SHAPE_TIME || shape == ATT_SHAPE_DATETIME) {
        kept = att_clock_compose(r->arena, given->text, shape == ATT_SHAPE_DATETIME);
    }
    return kept == NULL ? *given : att_answer_of_text(kept);
}

static att_event answer_event(const runner *r, size_t item, const att_answer *given)
{
    att_event event = { .kind = ATT_EVENT_ANSWER, .item = item };

    event.answer = answer_for(r, &r->instrument->items[item], given);
    if (event.answer.kind == ATT_ANSWER_REASON &&
        event.answer.reason == ATT_REASON_SKIPPED) {
        event.kind = ATT_EVENT_SKIP;
    }
    return event;
}

static att_event question_event(runner *r, size_t item)
{
    const char *id = r->instrument->items[item].id;
    const att_given *given = find_given(r->trial->answers, r->trial->n_answers, id);

    if (strcmp(id, r->trial->leave) == 0 || r->is_stuck) {
        return (att_event){ .kind = ATT_EVENT_LEAVE, .item = item };
    }
    if (!r->fates[item].is_put) {
        att_buf_format(&r->asked, "%s%s", r->asked.n > 0 ? ", " : "", id);
        r->fates[item].is_put = true;
    }
    if (given == NULL || r->fates[item].is_turned_down) {
        return (att_event){ .kind = ATT_EVENT_SKIP, .item = item };
    }
    return answer_event(r, item, &given->answer);
}

/* In the review the changes are made, one after the other; then it is finished. */
static att_event review_event(runner *r)
{
    while (r->n_changed < r->trial->n_changes) {
        const att_given *change = &r->trial->changes[r->n_changed];
        size_t item = att_instrument_item(r->instrument, change->item);

        if (item != ATT_NONE && !r->fates[item].is_turned_down) {
            return answer_event(r, item, &change->answer);
        }
        r->n_changed += 1;
    }
    return (att_event){ .kind = r->is_stuck ? ATT_EVENT_LEAVE : ATT_EVENT_FINISH,
                        .item = ATT_NONE };
}

static att_event next_event(runner *r, const att_view *view)
{
    att_event event = { .kind = ATT_EVENT_FINISH, .item = view->item };

    switch (view->screen) {
    case ATT_SCREEN_START:
        event.kind = r->trial->is_declined ? ATT_EVENT_DECLINE : ATT_EVENT_AGREE;
        break;
    case ATT_SCREEN_WELCOME: event.kind = ATT_EVENT_AGREE; break;
    case ATT_SCREEN_NOTE:
        event.kind =
            strcmp(view->id, r->trial->leave) == 0 ? ATT_EVENT_LEAVE : ATT_EVENT_NEXT;
        break;
    case ATT_SCREEN_QUESTION: event = question_event(r, view->item); break;
    case ATT_SCREEN_GRID: event = question_event(r, view->rows[view->row].item); break;
    case ATT_SCREEN_REVIEW: event = review_event(r); break;
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
    r->clock += MS_A_STEP;
    event.at = r->clock;
    event.mono = r->clock;
    return event;
}

/* What follows from how an event was taken. */
static void note(runner *r, const att_view *view, const att_event *event,
                 att_refusal_code code)
{
    bool is_change = view->screen == ATT_SCREEN_REVIEW &&
                     event->kind != ATT_EVENT_FINISH && event->kind != ATT_EVENT_LEAVE;
    bool is_again = code == ATT_REFUSAL_WARN || code == ATT_REFUSAL_ASK_SKIP;
    fate *of = event->item < r->instrument->n_items ? &r->fates[event->item] : NULL;

    if (is_change && !is_again) {
        r->n_changed += 1;
    }
    if (code == ATT_REFUSAL_NONE) {
        return;
    }
    if (of != NULL && of->refusal == ATT_REFUSAL_NONE) {
        of->refusal = code;
    }
    if (event->kind == ATT_EVENT_FINISH ||
        (event->kind == ATT_EVENT_SKIP && code == ATT_REFUSAL_REQUIRED)) {
        r->is_stuck = true;
    } else if (of != NULL && !is_again && !is_change) {
        of->is_turned_down = true;
    }
}

static void interview(runner *r)
{
    size_t limit =
        8 * (r->instrument->n_items + r->trial->n_answers + r->trial->n_changes) + 64;
    att_arena scratch = { 0 };

    for (size_t step = 0; step < limit; step++) {
        att_view view = att_session_view(&scratch, r->session);
        att_event event = next_event(r, &view);
        att_effects effects = att_session_step(r->session, &event);

        note(r, &view, &event, effects.refusal.code);
        if (effects.is_over) {
            break;
        }
        att_arena_drop(&scratch);
    }
    att_arena_drop(&scratch);
}

/* ---- what came of it ---- */

static const char *say_answer(const runner *r, const att_answer *answer)
{
    att_buf text = { 0 };
    char *copy;

    if (answer->kind == ATT_ANSWER_REASON) {
        return att_reason_name(answer->reason);
    }
    att_answer_write(&text, answer);
    copy = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static const char *say_number(const runner *r, double x)
{
    att_buf text = { 0 };
    char *copy;

    if (isnan(x)) {
        return "no score";
    }
    att_number_write(&text, x);
    copy = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static const char *say_offer(const runner *r, size_t item)
{
    att_offer offer = att_sheet_offer(r->arena, att_session_sheet(r->session), item);
    att_buf text = { 0 };
    char *copy;

    for (size_t i = 0; i < offer.n_choices; i++) {
        att_buf_format(&text, "%s%d", i > 0 ? ", " : "", offer.choices[i].code);
    }
    for (size_t i = 0; i < offer.n_reasons; i++) {
        att_buf_format(&text, "%s%s", text.n > 0 ? ", " : "",
                       att_reason_name(offer.reasons[i].reason));
    }
    copy = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return copy;
}

/* The value of an item that is worked out; false when id is none. */
static bool find_calc(const runner *r, const char *id, double *out)
{
    size_t item = att_instrument_item(r->instrument, id);
    att_answer answer;

    if (item == ATT_NONE || r->instrument->items[item].value == NULL) {
        return false;
    }
    answer = att_sheet_get(att_session_sheet(r->session), item, true);
    *out = answer.kind == ATT_ANSWER_NUMBER ? answer.number : NAN;
    return true;
}

/* The score of an id, or of its form from 0 to 100; false when there is none. */
static bool find_score(const runner *r, const char *id, double *out)
{
    const att_sheet *sheet = att_session_sheet(r->session);
    size_t n = strlen(id);
    size_t scale = att_instrument_scale(r->instrument, id);
    size_t derived = att_instrument_derived(r->instrument, id);

    if (scale != ATT_NONE) {
        *out = att_score_scale(sheet, scale).value;
        return true;
    }
    if (derived != ATT_NONE) {
        *out = att_score_derived(sheet, derived).value;
        return true;
    }
    if (n > 4 && strcmp(id + n - 4, "_100") == 0) {
        scale =
            att_instrument_scale(r->instrument, att_arena_text_n(r->arena, id, n - 4));
    }
    if (scale == ATT_NONE) {
        return find_calc(r, id, out);
    }
    *out = att_score_scale(sheet, scale).value_100;
    return true;
}

static void compare_score(runner *r, const att_expect *expect)
{
    double got = NAN;
    const char *what = att_arena_format(r->arena, "score %s", expect->id);

    if (!find_score(r, expect->id, &got)) {
        miss(r, what, say_number(r, expect->number), "no such score");
    } else if (isnan(got) != isnan(expect->number) ||
               fabs(got - expect->number) > SAME_SCORE) {
        miss(r, what, say_number(r, expect->number), say_number(r, got));
    }
}

/* What an expectation about an item meets; NULL when there is nothing to compare. */
static const char *get_of_item(const runner *r, const att_expect *expect, size_t item)
{
    const att_sheet *sheet = att_session_sheet(r->session);
    att_answer answer = att_sheet_get(sheet, item, true);

    switch (expect->kind) {
    case ATT_EXPECT_SHOWN:
    case ATT_EXPECT_HIDDEN: return sheet->is_asked[item] ? "shown" : "hidden";
    case ATT_EXPECT_MISSING: return say_answer(r, &answer);
    case ATT_EXPECT_TEXT: return att_sheet_text(r->arena, sheet, item);
    case ATT_EXPECT_WORDS: return att_sheet_say(r->arena, sheet, item, &answer);
    case ATT_EXPECT_OFFERS: return say_offer(r, item);
    case ATT_EXPECT_REFUSED: return refusal_name(r->fates[item].refusal);
    case ATT_EXPECT_ASKED:
    case ATT_EXPECT_SCORE:
    case ATT_EXPECT_STATUS: break;
    }
    return NULL;
}

static const char *const expect_names[] = {
    [ATT_EXPECT_SHOWN] = "item",        [ATT_EXPECT_HIDDEN] = "item",
    [ATT_EXPECT_ASKED] = "asked",       [ATT_EXPECT_MISSING] = "missing",
    [ATT_EXPECT_SCORE] = "score",       [ATT_EXPECT_TEXT] = "text of",
    [ATT_EXPECT_WORDS] = "words of",    [ATT_EXPECT_OFFERS] = "offers of",
    [ATT_EXPECT_REFUSED] = "answer to", [ATT_EXPECT_STATUS] = "status",
};

static void compare_item(runner *r, const att_expect *expect)
{
    size_t item = att_instrument_item(r->instrument, expect->id);
    const char *what =
        att_arena_format(r->arena, "%s %s", expect_names[expect->kind], expect->id);
    const char *wanted = expect->kind == ATT_EXPECT_SHOWN    ? "shown"
                         : expect->kind == ATT_EXPECT_HIDDEN ? "hidden"
                                                             : expect->text;
    const char *got;

    if (item == ATT_NONE) {
        miss(r, what, wanted, "no such item");
        return;
    }
    got = get_of_item(r, expect, item);
    if (got != NULL && strcmp(got, wanted) != 0) {
        miss(r, what, wanted, got);
    }
}

static void compare(runner *r, const att_expect *expect)
{
    const char *got;

    if (expect->kind == ATT_EXPECT_SCORE) {
        compare_score(r, expect);
    } else if (expect->kind == ATT_EXPECT_ASKED || expect->kind == ATT_EXPECT_STATUS) {
        got = expect->kind == ATT_EXPECT_STATUS
                  ? att_status_name(att_session_status(r->session))
                  : att_buf_copy(r->arena, &r->asked);
        if (strcmp(got, expect->text) != 0) {
            miss(r, expect_names[expect->kind], expect->text, got);
        }
    } else {
        compare_item(r, expect);
    }
}

static const att_expect *find_expect(const att_trial *trial, att_expect_kind kind,
                                     const char *id)
{
    for (size_t i = 0; i < trial->n_expects; i++) {
        if (trial->expects[i].kind == kind && strcmp(trial->expects[i].id, id) == 0) {
            return &trial->expects[i];
        }
    }
    return NULL;
}

/* Answers that came to nothing, though the test does not say so. */
static void compare_given(runner *r, const att_given *list, size_t n, bool is_change)
{
    for (size_t i = 0; i < n; i++) {
        const char *id = list[i].item;
        size_t item = att_instrument_item(r->instrument, id);
        const char *what = att_arena_format(r->arena, "answer to %s", id);
        bool is_hidden = find_expect(r->trial, ATT_EXPECT_HIDDEN, id) != NULL ||
                         find_expect(r->trial, ATT_EXPECT_MISSING, id) != NULL;

        if (item == ATT_NONE) {
            miss(r, what, "taken", "no such item");
        } else if (!r->fates[item].is_put && !is_change && !is_hidden) {
            miss(r, what, "taken", "never asked");
        } else if (r->fates[item].refusal != ATT_REFUSAL_NONE &&
                   r->fates[item].refusal != ATT_REFUSAL_ASK_SKIP &&
                   find_expect(r->trial, ATT_EXPECT_REFUSED, id) == NULL) {
            miss(r, what, "taken", refusal_name(r->fates[item].refusal));
        }
    }
}

/* The answer of the sort that the attribute or item wants; a miss when the instrument
 * does not know the name. */
static att_answer known_answer(runner *r, const att_known *known)
{
    const att_instrument *in = r->instrument;
    size_t item = att_instrument_item(in, known->name);

    if (known->wave[0] != '\0' && item != ATT_NONE) {
        return answer_for(r, &in->items[item], &known->answer);
    }
    for (size_t i = 0; known->wave[0] == '\0' && i < in->n_attributes; i++) {
        const att_attribute *one = &in->attributes[i];

        if (strcmp(one->id, known->name) == 0) {
            return known->answer.kind == ATT_ANSWER_TEXT
                       ? att_attribute_read(r->arena, one->kind, known->answer.text)
                       : known->answer;
        }
    }
    miss(r, att_arena_format(r->arena, "%s known beforehand", known->name), "known",
         known->wave[0] == '\0' ? "no such attribute" : "no such item");
    return (att_answer){ 0 };
}

static void know(runner *r, att_response *header)
{
    att_known *list = att_new_n(r->arena, att_known, r->trial->n_known);

    for (size_t i = 0; i < r->trial->n_known; i++) {
        list[i] = r->trial->known[i];
        list[i].answer = known_answer(r, &r->trial->known[i]);
    }
    header->known = list;
    header->n_known = r->trial->n_known;
}

att_miss *att_trial_run(att_arena *arena, const att_instrument *instrument,
                        const att_trial *written, size_t *n)
{
    att_trial with = *written;
    const att_trial *trial = &with;
    att_instrument as = *instrument;
    att_response header = {
        .id = "00000000000000000000000000000000test",
        .instrument = instrument->id,
        .version = instrument->version,
        .digest = instrument->digest,
        .person = trial->person,
        .role = trial->role,
        .site = trial->site,
        .wave = trial->wave,
        .mode = trial->mode,
        .language = trial->language[0] != '\0'
                        ? trial->language
                        : instrument->languages[instrument->language].tag,
        .seed = trial->seed,
        .today = trial->today,
        .started = trial->today * DAY_MS + NOON_MS,
        .is_simulated = true,
    };
    runner r = { .arena = arena, .instrument = &as, .trial = trial };

    if (trial->has_maturity) {
        as.provenance.maturity = trial->maturity;
    }
    with.answers = unfold(arena, instrument, written->answers, written->n_answers);
    with.changes = unfold(arena, instrument, written->changes, written->n_changes);
    r.fates = att_new_n(arena, fate, as.n_items);
    r.clock = header.started;
    know(&r, &header);
    r.session =
        att_session_make(arena, &as, &header, trial->settings, trial->n_settings);
    interview(&r);
    compare_given(&r, trial->answers, trial->n_answers, false);
    compare_given(&r, trial->changes, trial->n_changes, true);
    for (size_t i = 0; i < trial->n_expects; i++) {
        compare(&r, &trial->expects[i]);
    }
    att_buf_drop(&r.asked);
    *n = r.n;
    return r.misses;
}
