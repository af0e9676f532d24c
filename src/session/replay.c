/* replay.c - an interview once more; see the header */
#include <attune/session/replay.h>

#include <string.h>

#include <attune/session/names.h>

#include "state.h"

struct att_replay {
    att_arena *arena;
    att_replay_of of;
    att_response header; /* the response's, as it was when it began */
    att_session *session;
    size_t sitting, step; /* which comes next */
    size_t entry;         /* of the response, which comes next */
    bool is_begun;        /* the sitting at hand */
    bool is_over;         /* its last screen is still to be shown */
    bool is_done;
    att_refusal_code told;
    size_t n_erased, n_unseen;
    const char *difference;
};

/* ---- differences ---- */

static bool differ(att_replay *r, const char *what)
{
    if (r->difference[0] == '\0') {
        r->difference = r->is_begun
                            ? att_arena_format(r->arena, "sitting %zu, step %zu: %s",
                                               r->sitting + 1, r->step + 1, what)
                            : what;
    }
    r->is_done = true;
    return false;
}

static bool differ_in(att_replay *r, const char *what, const char *noted,
                      const char *now)
{
    return differ(r, att_arena_format(r->arena, "%s \"%s\" was noted, it is \"%s\" now",
                                      what, noted, now));
}

static bool is_same_entry(const att_entry *a, const att_entry *b)
{
    att_buf one = { 0 };
    att_buf two = { 0 };
    bool is_same;

    att_entry_write(&one, a);
    att_entry_write(&two, b);
    is_same = a->act == b->act && a->at == b->at && a->mono == b->mono &&
              a->is_identifying == b->is_identifying &&
              strcmp(a->actor, b->actor) == 0 &&
              strcmp(att_buf_text(&one), att_buf_text(&two)) == 0;
    att_buf_drop(&one);
    att_buf_drop(&two);
    return is_same;
}

/* Entries up to here belong to the sitting at hand or to a gap. */
static size_t entries_until(const att_replay *r)
{
    size_t next = r->is_begun ? r->sitting + 1 : r->sitting;

    return next < r->of.n_sittings ? r->of.sittings[next].n_before
                                   : r->of.response->n_entries;
}

static bool compare_entries(att_replay *r, const att_step *step,
                            const att_effects *effects)
{
    size_t end = entries_until(r);
    bool is_last = r->step + 1 == r->of.sittings[r->sitting].n_steps;

    if (effects->n_entries != step->n_entries) {
        return differ(r, att_arena_format(r->arena, "%zu entries were noted, now %zu",
                                          step->n_entries, effects->n_entries));
    }
    for (size_t i = 0; i < effects->n_entries; i++) {
        if (r->entry >= end) {
            /* the program died between two entries of one step */
            r->is_over = false;
            return is_last || differ(r, "an entry is not in the journal");
        }
        if (!is_same_entry(&effects->entries[i], &r->of.response->entries[r->entry])) {
            return differ(r, att_arena_format(r->arena,
                                              "entry %zu of the session is another",
                                              r->entry + 1));
        }
        r->entry++;
    }
    return true;
}

/* ---- sessions ---- */

/* A new session that has gone as far as the first n entries, as when it is resumed. */
static bool open_at(att_replay *r, size_t n, const char *newer)
{
    att_err err = { 0 };

    r->session = att_session_make(r->arena, r->of.instrument, &r->header,
                                  r->of.settings, r->of.n_settings);
    att_session_prove(r->session);
    r->told = ATT_REFUSAL_NONE;
    r->entry = n;
    att_session_newer(r->session, newer);
    if (n > 0 &&
        att_session_replay(r->session, r->of.response->entries, n, &err) != ATT_OK) {
        return differ(r, att_arena_text(r->arena, err.message));
    }
    return true;
}

att_replay *att_replay_make(att_arena *arena, const att_replay_of *of)
{
    att_replay *r = att_new(arena, att_replay);

    r->arena = arena;
    r->of = *of;
    r->header = *of->response;
    r->header.status = ATT_STATUS_OPEN;
    r->header.finished = 0;
    r->difference = "";
    open_at(r, 0, "");
    return r;
}

static size_t item_of(const att_replay *r, const char *id)
{
    return id[0] == '\0' ? ATT_NONE : att_instrument_item(r->of.instrument, id);
}

/* ---- steps that were noted ---- */

/* The entry that this step made first, or NULL. */
static const att_entry *first_entry(const att_replay *r, const att_step *step)
{
    return step->n_entries > 0 && r->entry < r->of.response->n_entries
               ? &r->of.response->entries[r->entry]
               : NULL;
}

/* What an entry says in answer to an item; else what is kept of it. */
static att_answer answer_to(const att_replay *r, const att_entry *entry, size_t item)
{
    if (entry != NULL && entry->act == ATT_ACT_ANSWER &&
        strcmp(entry->item, r->of.instrument->items[item].id) == 0) {
        return entry->answer;
    }
    return r->session->sheet->raw[item];
}

static bool is_erased(const att_entry *entry)
{
    return entry->act == ATT_ACT_ANSWER && entry->answer.kind == ATT_ANSWER_REASON &&
           entry->answer.reason == ATT_REASON_UNREADABLE;
}

/* An answer that is not there any more: the journal's moves without it. */
static bool pass_erased(att_replay *r, const att_step *step)
{
    r->n_erased++;
    for (size_t i = 0; i < step->n_entries && r->entry < entries_until(r); i++) {
        const att_entry *entry = &r->of.response->entries[r->entry++];

        att_session_fold(r->session, entry, item_of(r, entry->item));
    }
    return true;
}

static att_event event_of(const att_replay *r, const att_sitting *sitting,
                          const att_step *step, att_event_kind kind)
{
    const att_entry *entry = first_entry(r, step);
    att_event event = { .kind = kind,
                        .item = item_of(r, step->target),
                        .at = entry != NULL ? entry->at : sitting->began + step->came,
                        .mono = step->came };

    if (kind == ATT_EVENT_ANSWER && event.item != ATT_NONE) {
        event.answer = answer_to(r, entry, event.item);
    }
    return event;
}

/* What was typed and not taken is not known; that it was not, ends a question asked
 * twice as it did then. */
static bool pass_refused(att_replay *r)
{
    att_event event = { .kind = ATT_EVENT_ANSWER, .item = ATT_NONE };

    att_session_step(r->session, &event);
    return true;
}

static bool take_event(att_replay *r, const att_sitting *sitting, const att_step *step,
                       att_event_kind kind)
{
    att_event event = event_of(r, sitting, step, kind);
    att_effects effects = att_session_step(r->session, &event);

    if (kind == ATT_EVENT_ANSWER && effects.refusal.code == ATT_REFUSAL_WARN) {
        effects = att_session_step(r->session, &event);
    }
    if (strcmp(att_refusal_name(effects.refusal.code), step->refusal) != 0) {
        return differ_in(r, "the refusal", step->refusal,
                         att_refusal_name(effects.refusal.code));
    }
    r->is_over = effects.is_over;
    return compare_entries(r, step, &effects);
}

static bool take_step(att_replay *r, const att_sitting *sitting, const att_step *step)
{
    const att_entry *entry = first_entry(r, step);
    bool is_taken = step->refusal[0] == '\0';
    att_event_kind kind;

    if (!att_refusal_read(step->refusal, &r->told)) {
        return differ(r, "its refusal is not known here");
    }
    if (strcmp(step->event, "stop") == 0) {
        return true;
    }
    if (!att_event_read(step->event, &kind)) {
        return differ(r, "its event is not known here");
    }
    if (is_taken && entry != NULL && is_erased(entry)) {
        return pass_erased(r, step);
    }
    if (!is_taken && kind == ATT_EVENT_ANSWER) {
        return pass_refused(r);
    }
    return take_event(r, sitting, step, kind);
}

static const char *asked_in(const att_replay *r, const att_view *view)
{
    size_t item =
        view->screen == ATT_SCREEN_GRID ? view->rows[view->row].item : view->item;

    return item == ATT_NONE ? "" : r->of.instrument->items[item].id;
}

static bool compare_screen(att_replay *r, const att_view *view, const att_step *step)
{
    if (strcmp(att_screen_name(view->screen), step->screen) != 0) {
        return differ_in(r, "the screen", step->screen, att_screen_name(view->screen));
    }
    if (strcmp(asked_in(r, view), step->item) != 0) {
        return differ_in(r, "the question", step->item, asked_in(r, view));
    }
    return true;
}

/* What is answered on this screen, if the event is an answer that was taken. */
static void add_given(const att_replay *r, const att_step *step, att_shown *out)
{
    const att_entry *entry = first_entry(r, step);
    size_t item = item_of(r, step->target);

    if (strcmp(step->event, "answer") == 0 && step->refusal[0] == '\0' &&
        item != ATT_NONE) {
        out->given_item = item;
        out->given = answer_to(r, entry, item);
    }
}

static bool show_step(att_replay *r, att_arena *arena, att_shown *out)
{
    const att_sitting *sitting = &r->of.sittings[r->sitting];
    const att_step *step = &sitting->steps[r->step];
    size_t from = r->entry;

    out->view = att_session_view(arena, r->session);
    out->view.has_draft = out->view.screen == ATT_SCREEN_WELCOME && sitting->has_draft;
    out->sitting = sitting;
    out->step = step;
    out->told = r->told;
    out->target = item_of(r, step->target);
    add_given(r, step, out);
    if (!compare_screen(r, &out->view, step) || !take_step(r, sitting, step)) {
        return false;
    }
    out->entries = &r->of.response->entries[from];
    out->n_entries = r->entry - from;
    r->step++;
    return true;
}

/* ---- gaps ---- */

/* Steps on over what is answered already until the item stands there, as the person must
 * have done; what cannot be found is shown where it is. */
static void approach(att_replay *r, size_t item)
{
    att_event next = { .kind = ATT_EVENT_NEXT, .item = ATT_NONE };

    for (size_t i = 0; i < r->of.instrument->n_items; i++) {
        const att_session *s = r->session;
        size_t here = s->spot.row != ATT_NONE ? s->spot.row : s->spot.here;
        bool is_note;

        if (here == item || here == ATT_NONE || s->screen != ATT_SCREEN_QUESTION) {
            return;
        }
        is_note = r->of.instrument->items[here].kind->shape == ATT_SHAPE_NOTE;
        if (is_note ? !s->is_read[here]
                    : att_sheet_get(s->sheet, here, false).kind == ATT_ANSWER_NONE) {
            return;
        }
        att_session_step(r->session, &next);
    }
}

/* Before an entry without a step: where it was given. */
static bool stand_for(att_replay *r, const att_entry *entry, size_t item)
{
    att_event agree = { .kind = ATT_EVENT_AGREE, .item = ATT_NONE };

    if (entry->act == ATT_ACT_RESUME) {
        return open_at(r, r->entry, "");
    }
    if (r->session->screen == ATT_SCREEN_WELCOME) {
        att_session_step(r->session, &agree);
    }
    if (entry->act == ATT_ACT_ANSWER || entry->act == ATT_ACT_READ) {
        approach(r, item);
    }
    return true;
}

static void take_entry(att_replay *r, const att_entry *entry, size_t item)
{
    att_event event = { .kind = ATT_EVENT_AGREE, .item = ATT_NONE };

    att_session_fold(r->session, entry, item);
    if (entry->act == ATT_ACT_RESUME) {
        att_session_step(r->session, &event);
    } else if (entry->act == ATT_ACT_LEAVE) {
        event.kind = ATT_EVENT_LEAVE;
        att_session_step(r->session, &event);
    }
    r->is_over = entry->act == ATT_ACT_LEAVE || entry->act == ATT_ACT_FINISH ||
                 entry->act == ATT_ACT_DECLINE;
}

static bool show_entry(att_replay *r, att_arena *arena, att_shown *out)
{
    const att_entry *entry = &r->of.response->entries[r->entry];
    size_t item = item_of(r, entry->item);

    if (item == ATT_NONE && entry->item[0] != '\0') {
        return differ(r, att_arena_format(r->arena, "the instrument has no item \"%s\"",
                                          entry->item));
    }
    if (!stand_for(r, entry, item)) {
        return false;
    }
    out->view = att_session_view(arena, r->session);
    out->entries = entry;
    out->n_entries = 1;
    out->target = item;
    if (entry->act == ATT_ACT_ANSWER) {
        out->given_item = item;
        out->given = entry->answer;
        r->n_erased += is_erased(entry);
    }
    take_entry(r, entry, item);
    r->entry++;
    r->n_unseen++;
    r->told = ATT_REFUSAL_NONE;
    return true;
}

/* ---- one after the other ---- */

/* A finished, declined or left screen: nothing came of it. */
static bool show_last(att_replay *r, att_arena *arena, att_shown *out)
{
    r->is_over = false;
    out->view = att_session_view(arena, r->session);
    out->sitting = r->is_begun ? &r->of.sittings[r->sitting] : NULL;
    return true;
}

static bool compare_end(att_replay *r)
{
    const att_response *then = r->of.response;
    const att_response *now = att_session_header(r->session);

    r->is_done = true;
    if (then->status != now->status) {
        return differ_in(r, "the status", att_status_name(then->status),
                         att_status_name(now->status));
    }
    if (then->finished != now->finished) {
        return differ(r, "it was finished at another time");
    }
    return false;
}

/* Goes on to the sitting that begins here, or ends the one whose steps are through. */
static bool turn_sitting(att_replay *r)
{
    const att_sitting *next;

    if (r->is_begun && r->step == r->of.sittings[r->sitting].n_steps) {
        r->is_begun = false;
        r->sitting++;
    }
    if (r->is_begun || r->sitting == r->of.n_sittings) {
        return true;
    }
    next = &r->of.sittings[r->sitting];
    if (r->entry < next->n_before) {
        return true; /* a gap comes first */
    }
    if (r->entry > next->n_before && next->n_before > 0) {
        return differ(r, "a sitting began before the one before it ended");
    }
    r->is_begun = true;
    r->step = 0;
    return open_at(r, next->n_before, next->newer);
}

bool att_replay_next(att_replay *r, att_arena *arena, att_shown *out)
{
    const att_response *response = r->of.response;

    *out = (att_shown){ .given_item = ATT_NONE, .target = ATT_NONE };
    if (r->is_done) {
        return false;
    }
    if (r->is_over) {
        return show_last(r, arena, out);
    }
    if (!turn_sitting(r)) {
        return false;
    }
    if (r->entry < response->n_entries &&
        response->entries[r->entry].act == ATT_ACT_START) {
        r->entry++; /* the header is its payload */
    }
    if (r->is_begun && r->step < r->of.sittings[r->sitting].n_steps) {
        return show_step(r, arena, out);
    }
    if (r->entry < entries_until(r)) {
        return show_entry(r, arena, out);
    }
    return r->sitting < r->of.n_sittings ? att_replay_next(r, arena, out)
                                         : compare_end(r);
}

bool att_replay_is_said(att_refusal_code told)
{
    return told == ATT_REFUSAL_REQUIRED || told == ATT_REFUSAL_ASK_SKIP ||
           told == ATT_REFUSAL_NOTHING_BACK;
}

const char *att_replay_difference(const att_replay *replay)
{
    return replay->difference;
}

const att_session *att_replay_session(const att_replay *replay)
{
    return replay->session;
}

size_t att_replay_n_erased(const att_replay *replay)
{
    return replay->n_erased;
}

size_t att_replay_n_unseen(const att_replay *replay)
{
    return replay->n_unseen;
}
