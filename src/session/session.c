/* session.c - one interview: state and event to state and effects */
#include "state.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <attune/instrument/kind.h>
#include <attune/instrument/paths.h>

att_session *att_session_make(att_arena *arena, const att_instrument *instrument,
                              const att_response *header, const att_setting *settings,
                              size_t n_settings)
{
    att_session *session = att_new(arena, att_session);

    session->arena = arena;
    session->instrument = instrument;
    session->header = *header;
    session->context = (att_context){
        .role = header->role,
        .site = header->site,
        .wave = header->wave,
        .mode = header->mode,
        .person = header->person,
        .language = header->language,
        .today = header->today,
        .now = header->started,
        .seed = header->seed,
        .settings = settings,
        .n_settings = n_settings,
        .known = header->known,
        .n_known = header->n_known,
    };
    session->sheet = att_sheet_make(arena, instrument, &session->context);
    session->newer = "";
    session->screen = ATT_SCREEN_START;
    session->spot = (att_spot){ ATT_NONE, ATT_NONE };
    session->is_read = att_new_n(arena, bool, instrument->n_items);
    session->before = att_new_n(arena, att_answer, instrument->n_items);
    session->draft = att_new_n(arena, const char *, instrument->n_items);
    session->last_at = header->started;
    return session;
}

void att_session_newer(att_session *session, const char *version)
{
    session->newer = version;
}

void att_session_draft(att_session *session, const char *item, const char *text)
{
    size_t index = att_instrument_item(session->instrument, item);

    if (index != ATT_NONE) {
        session->draft[index] = att_arena_text(session->arena, text);
    }
}

void att_session_prove(att_session *session)
{
    att_arena scratch = { 0 };
    att_paths paths = att_paths_within(&scratch, session->instrument, ATT_PATHS_QUICK);

    session->least = paths.least;
    session->most = paths.most;
    att_arena_drop(&scratch);
}

void att_session_hide_progress(att_session *session)
{
    session->hides_progress = true;
}

const att_sheet *att_session_sheet(const att_session *session)
{
    return session->sheet;
}

const att_response *att_session_header(const att_session *session)
{
    return &session->header;
}

att_status att_session_status(const att_session *session)
{
    return session->header.status;
}

/* ---- moves: what an entry or an event does to the state, without keeping it ---- */

static void stand(att_session *session, att_spot spot)
{
    session->spot = spot;
    session->screen = spot.here == ATT_NONE ? ATT_SCREEN_REVIEW : ATT_SCREEN_QUESTION;
    session->from_review = false;
    if (spot.here == ATT_NONE) {
        session->is_filling = false;
    }
}

static void stand_at(att_session *session, size_t item)
{
    stand(session, att_flow_spot(session->instrument, item));
}

/* An item that the review opened. */
static void open_item(att_session *session, size_t item)
{
    stand_at(session, item);
    session->from_review = true;
    session->is_filling = true;
}

/* Back to a spot, from where everything is shown again. */
static void stand_back(att_session *session, att_spot spot)
{
    stand(session, spot);
    session->is_filling = false;
}

/* On from an item: the next one; after the review, or at the end, what is still open;
 * then the review. */
static void go_on(att_session *session, size_t item)
{
    att_spot spot = { ATT_NONE, ATT_NONE };
    size_t open;

    if (!session->is_filling) {
        spot = att_flow_after(session->sheet, item);
    }
    if (spot.here == ATT_NONE) {
        open = att_flow_open(session->sheet, session->is_read);
        if (open != ATT_NONE) {
            spot = att_flow_spot(session->instrument, open);
        }
    }
    stand(session, spot);
}

static void put(att_session *session, size_t item, const att_answer *answer)
{
    const att_answer *old = &session->sheet->raw[item];

    if (session->is_filling && old->kind != ATT_ANSWER_NONE &&
        session->before[item].kind == ATT_ANSWER_NONE) {
        session->before[item] = *old;
    }
    session->draft[item] = NULL;
    att_sheet_put(session->sheet, item, answer);
}

static void begin(att_session *session)
{
    session->is_agreed = true;
    stand_back(session, att_flow_first(session->sheet));
}

static void finish(att_session *session, att_status status, att_msec at)
{
    session->header.status = status;
    session->header.finished = at;
    session->screen =
        status == ATT_STATUS_DECLINED ? ATT_SCREEN_DECLINED : ATT_SCREEN_FINISHED;
}

/* ---- replay ---- */

/* The item that is asked now; ATT_NONE on screens without one. */
static size_t item_now(const att_session *session)
{
    if (session->screen != ATT_SCREEN_QUESTION) {
        return ATT_NONE;
    }
    return session->spot.row == ATT_NONE ? session->spot.here : session->spot.row;
}

static att_code find_item(const att_session *session, const att_entry *entry,
                          size_t *out, att_err *err)
{
    *out = ATT_NONE;
    if (entry->item == NULL || entry->item[0] == '\0') {
        return ATT_OK;
    }
    *out = att_instrument_item(session->instrument, entry->item);
    if (*out == ATT_NONE) {
        att_fail(err, ATT_ENOTFOUND,
                 "the session names item \"%s\", which instrument \"%s\" %s has not",
                 entry->item, session->instrument->id, session->instrument->version);
        return att_hint(err, "run: attune verify");
    }
    return ATT_OK;
}

void att_session_fold(att_session *session, const att_entry *entry, size_t item)
{
    switch (entry->act) {
    case ATT_ACT_START:
    case ATT_ACT_RESUME: break;
    case ATT_ACT_AGREE: begin(session); break;
    case ATT_ACT_DECLINE: finish(session, ATT_STATUS_DECLINED, entry->at); break;
    case ATT_ACT_ANSWER:
        if (item != ATT_NONE) {
            session->is_agreed = true;
            put(session, item, &entry->answer);
            go_on(session, item);
        }
        break;
    case ATT_ACT_READ:
        if (item != ATT_NONE) {
            session->is_read[item] = true;
            go_on(session, item);
        }
        break;
    case ATT_ACT_BACK:
        if (item == ATT_NONE) {
            stand_back(session, (att_spot){ ATT_NONE, ATT_NONE });
        } else {
            stand_back(session, att_flow_spot(session->instrument, item));
        }
        break;
    case ATT_ACT_GOTO:
        if (item != ATT_NONE) {
            open_item(session, item);
        }
        break;
    case ATT_ACT_LEAVE:
        if (item != ATT_NONE && item != item_now(session)) { /* past what was kept */
            stand(session, att_flow_spot(session->instrument, item));
        }
        break;
    case ATT_ACT_FINISH: finish(session, ATT_STATUS_COMPLETE, entry->at); break;
    }
    session->last_at = entry->at;
}

att_code att_session_replay(att_session *session, const att_entry *entries,
                            size_t n_entries, att_err *err)
{
    size_t i;

    for (i = 0; i < n_entries; i++) {
        size_t item;

        ATT_TRY(find_item(session, &entries[i], &item, err));
        att_session_fold(session, &entries[i], item);
    }
    if (session->header.status == ATT_STATUS_OPEN && session->is_agreed) {
        session->screen = ATT_SCREEN_WELCOME;
    }
    return ATT_OK;
}

/* ---- one step ---- */

static void keep(att_session *session, const att_event *event, att_act act, size_t item,
                 const att_answer *answer)
{
    att_entry entry = { .act = act, .item = "", .at = event->at, .mono = event->mono };

    assert(session->n_entries < ENTRIES_A_STEP);
    if (item != ATT_NONE) {
        entry.item = session->instrument->items[item].id;
        entry.is_identifying = session->instrument->items[item].is_identifying;
    }
    if (answer != NULL) {
        entry.answer = *answer;
    }
    entry.actor = session->header.is_simulated ? "simulation" : "respondent";
    session->entries[session->n_entries++] = entry;
    session->last_at = event->at;
}

static att_refusal refuse(att_refusal_code code)
{
    return (att_refusal){
        .code = code, .number = NAN, .low = NAN, .high = NAN, .text = ""
    };
}

/* Takes a refusal that may be overruled the second time. */
static att_refusal ask_again(att_session *session, att_refusal refusal, size_t item,
                             const att_answer *answer)
{
    session->asked_twice = refusal.code;
    session->asked_item = item;
    session->asked_answer = att_answer_copy(session->arena, answer);
    return refusal;
}

static bool was_asked(const att_session *session, att_refusal_code code, size_t item,
                      const att_answer *answer)
{
    return session->asked_twice == code && session->asked_item == item &&
           att_answer_same(&session->asked_answer, answer);
}

static att_refusal judge_skip(att_session *session, size_t item, const att_answer *skip)
{
    switch (session->instrument->items[item].required) {
    case ATT_REQUIRED_HARD: return refuse(ATT_REFUSAL_REQUIRED);
    case ATT_REQUIRED_SOFT:
        if (!was_asked(session, ATT_REFUSAL_ASK_SKIP, item, skip)) {
            return ask_again(session, refuse(ATT_REFUSAL_ASK_SKIP), item, skip);
        }
        break;
    case ATT_REQUIRED_NO: break;
    }
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal judge(att_session *session, size_t item, const att_answer *answer)
{
    att_refusal refusal = att_sheet_judge(session->arena, session->sheet, item, answer);

    if (refusal.code != ATT_REFUSAL_WARN) {
        return refusal;
    }
    if (was_asked(session, ATT_REFUSAL_WARN, item, answer)) {
        return refuse(ATT_REFUSAL_NONE);
    }
    refusal.number = answer->kind == ATT_ANSWER_NUMBER ? answer->number : NAN;
    return ask_again(session, refusal, item, answer);
}

static bool is_asking(const att_session *session)
{
    return session->screen == ATT_SCREEN_QUESTION ||
           session->screen == ATT_SCREEN_REVIEW;
}

static void finish_now(att_session *session, const att_event *event)
{
    keep(session, event, ATT_ACT_FINISH, ATT_NONE, NULL);
    finish(session, ATT_STATUS_COMPLETE, event->at);
}

/* On from an item; a survey of at most one question has nothing to look over. */
static void go_on_live(att_session *session, const att_event *event, size_t item)
{
    size_t low, high;

    go_on(session, item);
    att_sheet_count(session->sheet, &low, &high);
    if (session->screen == ATT_SCREEN_REVIEW && low <= 1 &&
        att_flow_hard(session->sheet) == ATT_NONE) {
        finish_now(session, event);
    }
}

/* A consent is kept with the version of its text and the digest of what was shown. */
static att_answer stamped(att_session *session, size_t item, const att_answer *given)
{
    const att_item *one = &session->instrument->items[item];
    char hex[ATT_DIGEST_HEX];
    att_answer answer = *given;
    att_digest digest;
    const char *text;

    answer.beside = NULL;
    if (one->kind->shape == ATT_SHAPE_CONSENT && given->kind == ATT_ANSWER_NUMBER) {
        text = att_sheet_text(session->arena, session->sheet, item);
        digest = att_digest_bytes(text, strlen(text));
        att_digest_write(hex, &digest);
        answer.beside = att_arena_format(session->arena, "%s %s", one->version, hex);
    }
    return answer;
}

/* Whether this answer is a no to what one must agree to. */
static bool ends_here(const att_item *item, const att_answer *answer)
{
    return item->kind->shape == ATT_SHAPE_CONSENT &&
           item->required != ATT_REQUIRED_NO && answer->kind == ATT_ANSWER_NUMBER &&
           answer->number == 0;
}

static att_refusal take_answer(att_session *session, const att_event *event,
                               size_t item, const att_answer *given)
{
    bool is_skip =
        given->kind == ATT_ANSWER_REASON && given->reason == ATT_REASON_SKIPPED;
    att_refusal refusal;
    att_answer answer, was;

    if (!is_asking(session) || item >= session->instrument->n_items ||
        !session->sheet->is_asked[item] ||
        !att_item_is_question(&session->instrument->items[item])) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    answer = stamped(session, item, given);
    was = att_sheet_get(session->sheet, item, false);
    if (!att_answer_same(&answer, &was)) {
        refusal =
            is_skip ? judge_skip(session, item, given) : judge(session, item, given);
        if (refusal.code != ATT_REFUSAL_NONE) {
            return refusal;
        }
        answer = att_answer_copy(session->arena, &answer);
        put(session, item, &answer);
        keep(session, event, ATT_ACT_ANSWER, item, &answer);
    }
    if (ends_here(&session->instrument->items[item], &answer)) {
        keep(session, event, ATT_ACT_DECLINE, ATT_NONE, NULL);
        finish(session, ATT_STATUS_DECLINED, event->at);
        return refuse(ATT_REFUSAL_NONE);
    }
    go_on_live(session, event, item);
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_next(att_session *session, const att_event *event)
{
    size_t item = item_now(session);
    att_answer skip = att_answer_of_reason(ATT_REASON_SKIPPED);

    if (session->screen == ATT_SCREEN_REVIEW) {
        size_t open = att_flow_open(session->sheet, session->is_read);

        if (open != ATT_NONE) {
            stand_at(session, open);
        }
        return refuse(ATT_REFUSAL_NONE);
    }
    if (item == ATT_NONE) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    if (session->instrument->items[item].kind->shape == ATT_SHAPE_NOTE) {
        if (!session->is_read[item]) {
            session->is_read[item] = true;
            keep(session, event, ATT_ACT_READ, item, NULL);
        }
        go_on_live(session, event, item);
        return refuse(ATT_REFUSAL_NONE);
    }
    if (att_sheet_get(session->sheet, item, false).kind == ATT_ANSWER_NONE) {
        return take_answer(session, event, item, &skip);
    }
    go_on_live(session, event, item);
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_back(att_session *session, const att_event *event)
{
    att_spot spot;
    bool is_whole;

    if (!is_asking(session)) {
        return refuse(ATT_REFUSAL_NOTHING_BACK);
    }
    if (session->screen == ATT_SCREEN_REVIEW) {
        spot = session->spot.here != ATT_NONE ? session->spot
                                              : att_flow_last(session->sheet);
    } else if (session->from_review) {
        keep(session, event, ATT_ACT_BACK, ATT_NONE, NULL);
        stand_back(session, (att_spot){ ATT_NONE, ATT_NONE });
        return refuse(ATT_REFUSAL_NONE);
    } else {
        is_whole = session->spot.row != ATT_NONE && event->item == session->spot.here;
        spot = att_flow_before(session->sheet, session->spot, is_whole);
    }
    if (spot.here == ATT_NONE) {
        return refuse(ATT_REFUSAL_NOTHING_BACK);
    }
    stand_back(session, spot);
    keep(session, event, ATT_ACT_BACK, item_now(session), NULL);
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_goto(att_session *session, const att_event *event)
{
    size_t item = event->item;

    if (!is_asking(session) || item >= session->instrument->n_items ||
        !session->sheet->is_asked[item] ||
        !att_item_is_question(&session->instrument->items[item])) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    open_item(session, item);
    keep(session, event, ATT_ACT_GOTO, item, NULL);
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_finish(att_session *session, const att_event *event)
{
    size_t open;

    if (!is_asking(session)) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    open = att_flow_hard(session->sheet);
    if (open != ATT_NONE) {
        open_item(session, open);
        return refuse(ATT_REFUSAL_REQUIRED);
    }
    finish_now(session, event);
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_agree(att_session *session, const att_event *event)
{
    if (session->screen == ATT_SCREEN_WELCOME) {
        keep(session, event, ATT_ACT_RESUME, ATT_NONE, NULL);
        session->screen =
            session->spot.here == ATT_NONE ? ATT_SCREEN_REVIEW : ATT_SCREEN_QUESTION;
        return refuse(ATT_REFUSAL_NONE);
    }
    if (session->screen != ATT_SCREEN_START) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    keep(session, event, ATT_ACT_AGREE, ATT_NONE, NULL);
    begin(session);
    if (session->screen == ATT_SCREEN_REVIEW) {
        finish_now(session, event); /* nothing is asked of this person */
    }
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_review(att_session *session, const att_event *event)
{
    if (session->screen == ATT_SCREEN_WELCOME) {
        keep(session, event, ATT_ACT_RESUME, ATT_NONE, NULL);
    } else if (!is_asking(session)) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    session->from_review = false;
    session->is_filling = false;
    session->screen = ATT_SCREEN_REVIEW;
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal step_decline(att_session *session, const att_event *event)
{
    if (session->screen != ATT_SCREEN_START) {
        return refuse(ATT_REFUSAL_NOT_SHOWN);
    }
    keep(session, event, ATT_ACT_DECLINE, ATT_NONE, NULL);
    finish(session, ATT_STATUS_DECLINED, event->at);
    return refuse(ATT_REFUSAL_NONE);
}

static att_refusal take(att_session *session, const att_event *event)
{
    att_answer skip = att_answer_of_reason(ATT_REASON_SKIPPED);

    switch (event->kind) {
    case ATT_EVENT_AGREE: return step_agree(session, event);
    case ATT_EVENT_DECLINE: return step_decline(session, event);
    case ATT_EVENT_ANSWER:
        return take_answer(session, event, event->item, &event->answer);
    case ATT_EVENT_SKIP: return take_answer(session, event, event->item, &skip);
    case ATT_EVENT_NEXT: return step_next(session, event);
    case ATT_EVENT_BACK: return step_back(session, event);
    case ATT_EVENT_GOTO: return step_goto(session, event);
    case ATT_EVENT_REVIEW: return step_review(session, event);
    case ATT_EVENT_FINISH: return step_finish(session, event);
    case ATT_EVENT_LEAVE:
        keep(session, event, ATT_ACT_LEAVE, item_now(session), NULL);
        session->screen = ATT_SCREEN_LEFT;
        break;
    }
    return refuse(ATT_REFUSAL_NONE);
}

static bool is_over(const att_session *session)
{
    return session->screen == ATT_SCREEN_FINISHED ||
           session->screen == ATT_SCREEN_DECLINED || session->screen == ATT_SCREEN_LEFT;
}

att_effects att_session_step(att_session *session, const att_event *event)
{
    att_effects effects = { .refusal = refuse(ATT_REFUSAL_NONE) };

    session->n_entries = 0;
    if (!is_over(session)) {
        effects.refusal = take(session, event);
    }
    if (effects.refusal.code != ATT_REFUSAL_WARN &&
        effects.refusal.code != ATT_REFUSAL_ASK_SKIP) {
        session->asked_twice = ATT_REFUSAL_NONE;
    }
    effects.entries = session->entries;
    effects.n_entries = session->n_entries;
    effects.is_over = is_over(session);
    return effects;
}
