/* view.c - what a face should show now, as plain data */
#include "state.h"

#include <math.h>
#include <string.h>

#include <attune/base/text.h>

#define TEXT_MAX_DEFAULT 500 /* characters: docs/FORMAT.md, "text" */
#define DEPTH_MAX        64  /* of containers in containers: as deep as JSON may be */

static char *pipe_text(att_arena *arena, const att_session *session, size_t item,
                       const att_wording *wording)
{
    return att_sheet_pipe_for(arena, session->sheet, item, wording, NULL);
}

static bool is_question_asked(const att_sheet *sheet, size_t item)
{
    return sheet->is_asked[item] &&
           att_item_is_question(&sheet->instrument->items[item]);
}

/* ---- what stands above the question ---- */

/* Texts of the containers that hold an item, outermost first, then its own if it is
 * one. */
static char *stem_of(att_arena *arena, const att_session *session, size_t item)
{
    const att_item *items = session->instrument->items;
    size_t above[DEPTH_MAX];
    size_t of = item;
    att_buf buf = { 0 };
    size_t n = 0;
    char *text;

    for (; item != ATT_NONE && n < DEPTH_MAX; item = items[item].parent) {
        if (items[item].kind->shape == ATT_SHAPE_CONTAINER &&
            !att_view_is_past(session, &items[item], of)) {
            above[n++] = item;
        }
    }
    while (n-- > 0) {
        text = att_sheet_text(arena, session->sheet, above[n]);
        if (text[0] != '\0') {
            att_buf_add(&buf, buf.n > 0 ? " " : "");
            att_buf_add(&buf, text);
        }
    }
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

/* The nearest title and the nearest brief of the containers around an item. */
static void add_section(att_view *view, att_arena *arena, const att_session *session,
                        size_t item)
{
    const att_item *items = session->instrument->items;

    for (; item != ATT_NONE; item = items[item].parent) {
        if (items[item].kind->shape != ATT_SHAPE_CONTAINER) {
            continue;
        }
        if (view->section[0] == '\0') {
            view->section = pipe_text(arena, session, item, &items[item].title);
        }
        if (view->brief[0] == '\0') {
            view->brief = pipe_text(arena, session, item, &items[item].brief);
        }
    }
}

/* ---- what can be answered ---- */

static void add_options(att_view *view, att_arena *arena, const att_session *session,
                        size_t index, const att_offer *offer)
{
    att_option *options =
        att_new_n(arena, att_option, offer->n_choices + offer->n_reasons);
    size_t n = 0;
    size_t i;

    for (i = 0; i < offer->n_choices; i++) {
        options[n++] = (att_option){
            .number = att_offer_number(offer, i),
            .code = offer->choices[i].code,
            .text = pipe_text(arena, session, index, &offer->choices[i].text),
            .is_exclusive = offer->choices[i].is_exclusive,
        };
    }
    for (i = 0; i < offer->n_reasons; i++) {
        options[n++] = (att_option){
            .letter = att_reason_letter(offer->reasons[i].reason),
            .code = att_reason_code(offer->reasons[i].reason),
            .reason = offer->reasons[i].reason,
            .text = pipe_text(arena, session, index, &offer->reasons[i].text),
        };
    }
    view->options = options;
    view->n_options = n;
    view->n_choices = offer->n_choices;
}

static void add_days(att_view *view, const att_offer *offer)
{
    view->has_first_day = !isnan(offer->low);
    view->has_last_day = !isnan(offer->high);
    view->first_day = view->has_first_day ? (att_day)offer->low : 0;
    view->last_day = view->has_last_day ? (att_day)offer->high : 0;
}

static void add_answering(att_view *view, att_arena *arena, const att_session *session,
                          size_t index)
{
    const att_item *item = &session->instrument->items[index];
    att_offer offer = att_sheet_offer(arena, session->sheet, index);

    view->is_consent = item->kind->shape == ATT_SHAPE_CONSENT;
    view->shape = view->is_consent ? ATT_SHAPE_PICK_ONE : item->kind->shape;
    view->required = item->required;
    view->answer = att_sheet_get(session->sheet, index, false);
    view->answer.beside = NULL;
    view->draft = session->draft[index];
    add_options(view, arena, session, index, &offer);
    if (view->shape == ATT_SHAPE_RANK) {
        view->n_ranks = att_offer_ranks(&offer, item);
    }
    if (view->shape == ATT_SHAPE_DATE || view->shape == ATT_SHAPE_DATETIME) {
        add_days(view, &offer);
    }
    if (view->shape == ATT_SHAPE_TIME) {
        view->low = offer.low;
        view->high = offer.high;
    }
    if (view->shape == ATT_SHAPE_NUMBER || view->shape == ATT_SHAPE_SLIDER) {
        bool is_unit = item->step > 0 ? item->step == floor(item->step) : true;

        view->low = offer.low;
        view->high = offer.high;
        view->is_whole = strcmp(item->kind->name, "integer") == 0 ||
                         (view->shape == ATT_SHAPE_SLIDER && is_unit);
        view->step = item->step > 0 || !view->is_whole ? item->step : 1;
    }
    view->anchors[0] = pipe_text(arena, session, index, &item->anchors[0]);
    view->anchors[1] = pipe_text(arena, session, index, &item->anchors[1]);
    view->max_length = item->max_length > 0 ? item->max_length : TEXT_MAX_DEFAULT;
    view->is_long = item->is_long;
}

static bool has_interviewer(const att_session *session)
{
    const char *who = session->header.interviewer;

    return who != NULL && who[0] != '\0';
}

static void add_rows(att_view *view, att_arena *arena, const att_session *session)
{
    size_t grid = session->spot.here;
    size_t end = session->instrument->items[grid].end;
    const att_item *items = session->instrument->items;
    att_row *rows = att_new_n(arena, att_row, end - grid);
    size_t i;

    for (i = 1; i < end - grid; i++) {
        size_t item = session->sheet->shown[session->sheet->place[grid] + i];

        if (!is_question_asked(session->sheet, item)) {
            continue;
        }
        if (item == session->spot.row) {
            view->row = view->n_rows;
        }
        rows[view->n_rows++] = (att_row){
            .item = item,
            .text = att_sheet_text(arena, session->sheet, item),
            .answer = att_sheet_get(session->sheet, item, false),
            .probe = "",
            .note = "",
        };
        if (has_interviewer(session)) {
            att_row *row = &rows[view->n_rows - 1];

            row->probe = pipe_text(arena, session, item, &items[item].probe);
            row->note = pipe_text(arena, session, item, &items[item].note);
        }
    }
    view->rows = rows;
}

static void add_grid(att_view *view, att_arena *arena, const att_session *session)
{
    view->screen = ATT_SCREEN_GRID;
    add_rows(view, arena, session);
    add_answering(view, arena, session, session->spot.row);
    view->at = att_flow_count_before(session->sheet, view->rows[0].item) + 1;
    view->at_last = view->at + view->n_rows - 1;
}

/* The item's own help, else that of the nearest container that has some. */
static const att_wording *help_of(const att_instrument *instrument, size_t index)
{
    while (instrument->items[index].help.in == NULL &&
           instrument->items[index].parent != ATT_NONE) {
        index = instrument->items[index].parent;
    }
    return &instrument->items[index].help;
}

/* The same for what an interviewer should know. */
static const att_wording *note_of(const att_instrument *instrument, size_t index)
{
    while (instrument->items[index].note.in == NULL &&
           instrument->items[index].parent != ATT_NONE) {
        index = instrument->items[index].parent;
    }
    return &instrument->items[index].note;
}

/* What only an interviewer sees. */
static void add_interviewing(att_view *view, att_arena *arena,
                             const att_session *session, size_t index)
{
    const att_instrument *instrument = session->instrument;

    if (has_interviewer(session)) {
        view->note = pipe_text(arena, session, index, note_of(instrument, index));
        view->probe = pipe_text(arena, session, index, &instrument->items[index].probe);
    }
}

static void add_question(att_view *view, att_arena *arena, const att_session *session)
{
    size_t index = session->spot.here;
    const att_item *item = &session->instrument->items[index];
    bool is_note = item->kind->shape == ATT_SHAPE_NOTE;

    view->item = index;
    view->id = item->id;
    view->help = pipe_text(arena, session, index, help_of(session->instrument, index));
    add_section(view, arena, session, index);
    add_interviewing(view, arena, session, index);
    att_view_roster(view, arena, session, index);
    if (session->spot.row != ATT_NONE) {
        view->stem = stem_of(arena, session, index);
        add_grid(view, arena, session);
        return;
    }
    view->text = att_sheet_text(arena, session->sheet, index);
    view->at = att_flow_count_before(session->sheet, index) + 1;
    view->at_last = view->at;
    if (is_note) {
        view->screen = ATT_SCREEN_NOTE;
        view->shape = ATT_SHAPE_NOTE;
    } else {
        view->stem = stem_of(arena, session, index);
        add_answering(view, arena, session, index);
    }
}

/* ---- counts and the review ---- */

/* Counts of the moment, within what was proved of every way. */
static void keep_within(att_view *view, const att_session *session)
{
    view->hides_progress =
        session->hides_progress || session->instrument->hides_progress;
    if (session->most == 0) {
        return;
    }
    if (view->of_low < session->least) {
        view->of_low = session->least;
    }
    if (view->of_high > session->most) {
        view->of_high = session->most;
    }
    if (view->of_high < view->of_low) { /* the form is off its ways: as things stand */
        att_sheet_count(session->sheet, &view->of_low, &view->of_high);
    }
}

/* The stated minutes by the share of questions that is left. */
static void add_minutes_left(att_view *view, const att_session *session)
{
    double of = (double)(view->of_low + view->of_high) / 2;
    double done = view->at > 0 ? (double)(view->at - 1) : 0;

    if (view->at > 0 && of > 0 && session->instrument->minutes > 0 &&
        !view->hides_progress) {
        view->minutes_left =
            session->instrument->minutes * (of > done ? of - done : 1) / of;
    }
}

static void add_counts(att_view *view, const att_session *session)
{
    const att_sheet *sheet = session->sheet;
    size_t i;

    att_sheet_count(sheet, &view->of_low, &view->of_high);
    keep_within(view, session);
    for (i = 0; i < session->instrument->n_items; i++) {
        att_answer answer = att_sheet_get(sheet, i, false);

        if (!is_question_asked(sheet, i) || answer.kind == ATT_ANSWER_NONE ||
            !att_item_is_counted(&session->instrument->items[i])) {
            continue;
        }
        if (answer.kind != ATT_ANSWER_REASON) {
            view->n_values++;
        } else if (answer.reason == ATT_REASON_SKIPPED) {
            view->n_skipped++;
        } else if (answer.reason == ATT_REASON_REFUSED) {
            view->n_refused++;
        } else {
            view->n_other++;
        }
    }
    view->n_answered = view->n_values + view->n_refused + view->n_other;
}

static const char *was_of(att_arena *arena, const att_session *session, size_t item)
{
    const att_answer *before = &session->before[item];

    if (before->kind == ATT_ANSWER_NONE ||
        att_answer_same(before, &session->sheet->raw[item])) {
        return NULL;
    }
    return att_sheet_say(arena, session->sheet, item, before);
}

static void add_review(att_view *view, att_arena *arena, const att_session *session)
{
    const att_sheet *sheet = session->sheet;
    att_review_row *rows =
        att_new_n(arena, att_review_row, session->instrument->n_items);
    size_t k;

    for (k = 0; k < session->instrument->n_items; k++) {
        size_t i = sheet->shown[k];
        att_answer answer = att_sheet_get(sheet, i, false);

        if (is_question_asked(sheet, i)) {
            rows[view->n_review++] = (att_review_row){
                .item = i,
                .question = att_view_question(arena, session, i),
                .answer = answer.kind == ATT_ANSWER_NONE
                              ? ""
                              : att_sheet_say(arena, sheet, i, &answer),
                .value = answer,
                .was = was_of(arena, session, i),
                .is_end = att_view_is_end(session, i),
            };
        }
    }
    view->review = rows;
}

/* ---- the instrument and the session ---- */

static char *join_authors(att_arena *arena, const att_provenance *provenance)
{
    att_buf buf = { 0 };
    char *text;
    size_t i;

    for (i = 0; i < provenance->n_authors; i++) {
        att_buf_add(&buf, i == 0 ? "" : ", ");
        att_buf_add(&buf, provenance->authors[i]);
    }
    text = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static bool is_about_others(const att_instrument *instrument)
{
    size_t i;

    for (i = 0; i < instrument->n_scales; i++) {
        if (instrument->scales[i].referent == ATT_REFERENT_OTHER ||
            instrument->scales[i].referent == ATT_REFERENT_DYAD) {
            return true;
        }
    }
    return false;
}

static const char *short_id(const char *id)
{
    size_t n = strlen(id);

    return n > ATT_ID_SHORT ? id + n - ATT_ID_SHORT : id;
}

static void add_instrument(att_view *view, att_arena *arena, const att_session *session)
{
    const att_instrument *instrument = session->instrument;
    const att_language *language = &instrument->languages[session->sheet->language];
    const att_provenance *provenance = &instrument->provenance;

    view->title = pipe_text(arena, session, ATT_NONE, &instrument->title);
    view->purpose = pipe_text(arena, session, ATT_NONE, &instrument->purpose);
    view->version = instrument->version;
    view->licence = provenance->licence == NULL ? "" : provenance->licence;
    view->authors = join_authors(arena, provenance);
    view->maturity = provenance->maturity;
    view->minutes = instrument->minutes;
    view->is_about_others = is_about_others(instrument);
    view->language = language->tag;
    view->is_rtl = language->is_rtl;
    view->is_unreviewed = session->sheet->language != instrument->language &&
                          (language->reviewed == NULL ||
                           language->reviewed[0] == '\0' || language->n_stale > 0);
}

static void add_session(att_view *view, const att_session *session)
{
    const att_response *header = &session->header;

    view->began_version = header->version;
    view->newer = session->newer;
    view->session = short_id(header->id);
    view->left_at = session->last_at;
    view->started = header->started;
    view->finished = header->finished;
    view->offset = header->offset;
    view->today = header->today;
}

/* After a welcome: the number of the question that is gone on with, and whether
 * something was being typed. */
static void add_place(att_view *view, const att_session *session)
{
    size_t item =
        session->spot.row != ATT_NONE ? session->spot.row : session->spot.here;

    if (item != ATT_NONE) {
        view->at = att_flow_count_before(session->sheet, item) + 1;
        view->at_last = view->at;
    }
    for (size_t i = 0; i < session->instrument->n_items; i++) {
        view->has_draft = view->has_draft || session->draft[i] != NULL;
    }
}

att_view att_session_view(att_arena *arena, const att_session *session)
{
    att_view view = { .screen = session->screen,
                      .section = "",
                      .stem = "",
                      .brief = "",
                      .text = "",
                      .help = "",
                      .probe = "",
                      .note = "",
                      .item = ATT_NONE,
                      .id = "",
                      .anchors = { "", "" },
                      .alter = "",
                      .person_before = "",
                      .person_after = "",
                      .low = NAN,
                      .high = NAN };

    add_instrument(&view, arena, session);
    add_session(&view, session);
    add_counts(&view, session);
    switch (session->screen) {
    case ATT_SCREEN_NOTE:
    case ATT_SCREEN_GRID:
    case ATT_SCREEN_QUESTION: add_question(&view, arena, session); break;
    case ATT_SCREEN_WELCOME: add_place(&view, session); break;
    case ATT_SCREEN_REVIEW: add_review(&view, arena, session); break;
    case ATT_SCREEN_START:
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
    if (view.screen == ATT_SCREEN_QUESTION || view.screen == ATT_SCREEN_GRID) {
        add_minutes_left(&view, session);
    }
    return view;
}
