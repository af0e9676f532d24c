/* test_replay.c - interviews that were held are shown again: the same screens, entries
 * and scores
 *
 * A face that answers at random talks to the real loop; what it saw is written down and
 * compared with what a replay of journal and sittings shows. The seeds are 1, 2, 3 ...
 */
#include "att_test.h"

#include <stdlib.h>
#include <string.h>

#include <attune/face/face.h>
#include <attune/instrument/score.h>
#include <attune/session/replay.h>

#include "att_talk.h"

#define SITTINGS_MAX 8
#define STEPS_MAX    400
#define SCREENS_MAX  1000
#define BEGAN        1789372920000LL /* 2026-09-14T08:02:00Z */

/* ---- an interview by chance ---- */

typedef struct held {
    att_talk *talk; /* instrument, header, entries */
    unsigned long long seed;
    att_msec clock;
    size_t n_asked;            /* screens of the sitting */
    char *screen[SCREENS_MAX]; /* [n_screens] as they were seen, with what was told */
    size_t n_screens;
    att_sitting sittings[SITTINGS_MAX];
    size_t n_sittings;
    att_step *steps; /* of the sitting at hand */
    size_t n_steps;
    att_session *session;
} held;

static held *one; /* the clock has no argument */

static unsigned long long chance(unsigned long long n)
{
    one->seed = one->seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (one->seed >> 33) % n;
}

static att_msec now(void)
{
    one->clock += 7;
    return BEGAN + one->clock;
}

static att_msec mono(void)
{
    one->clock += 13;
    return one->clock;
}

static char *dump(att_arena *arena, const att_view *view, int told)
{
    return att_arena_format(arena, "told %d draft %d\n%s", told, view->has_draft,
                            att_view_dump(arena, view));
}

static void see(held *h, const att_view *view, int told)
{
    assert_true(h->n_screens < SCREENS_MAX);
    h->screen[h->n_screens++] = dump(&h->talk->arena, view, told);
}

static att_answer answer_by_chance(const att_view *view)
{
    static const int sets[][2] = { { 1, 2 }, { 3, 9 }, { 2, 3 } };

    if (chance(8) == 0) {
        return att_answer_of_number(77777); /* never taken */
    }
    if (view->n_options > view->n_choices && chance(6) == 0) {
        return att_answer_of_reason(view->options[view->n_choices].reason);
    }
    switch (view->shape) {
    case ATT_SHAPE_PICK_ONE:
        return att_answer_of_number(view->options[chance(view->n_choices)].code);
    case ATT_SHAPE_PICK_MANY: return att_answer_of_codes(sets[chance(3)], 2);
    case ATT_SHAPE_TIME: return att_answer_of_text("14:30");
    case ATT_SHAPE_DATETIME: return att_answer_of_text("2026-09-14 14:30");
    case ATT_SHAPE_DATE:
        return att_answer_of_day(att_day_of(2026, 9, 1) + (long)chance(20));
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return att_answer_of_number((double)chance(110));
    default: return att_answer_of_text(chance(2) == 0 ? "some text" : "other text");
    }
}

static att_event_kind kind_by_chance(const att_view *view)
{
    static const att_event_kind often[] = { ATT_EVENT_BACK,   ATT_EVENT_SKIP,
                                            ATT_EVENT_NEXT,   ATT_EVENT_REVIEW,
                                            ATT_EVENT_FINISH, ATT_EVENT_GOTO };

    switch (view->screen) {
    case ATT_SCREEN_START: return chance(30) == 0 ? ATT_EVENT_DECLINE : ATT_EVENT_AGREE;
    case ATT_SCREEN_WELCOME: return chance(3) == 0 ? ATT_EVENT_REVIEW : ATT_EVENT_AGREE;
    case ATT_SCREEN_NOTE: return chance(4) == 0 ? ATT_EVENT_BACK : ATT_EVENT_NEXT;
    case ATT_SCREEN_REVIEW:
        return chance(3) == 0 ? often[chance(6)]
                              : (chance(2) == 0 ? ATT_EVENT_GOTO : ATT_EVENT_NEXT);
    default:
        return chance(4) == 0 ? often[chance(chance(8) == 0 ? 5 : 4)]
                              : ATT_EVENT_ANSWER;
    }
}

static void *open_chance(const att_face_opts *opts, const att_session *session,
                         att_err *err)
{
    (void)opts;
    (void)session;
    (void)err;
    return one;
}

/* Skips, and answers that are not taken, one after the other on one question. */
static void mix_refusals(const att_refusal *refusal, att_event *event)
{
    bool is_asked = refusal->code == ATT_REFUSAL_ASK_SKIP;

    if (refusal->code != ATT_REFUSAL_NONE && event->kind == ATT_EVENT_ANSWER &&
        chance(2) == 0) {
        event->kind = is_asked ? ATT_EVENT_ANSWER : ATT_EVENT_SKIP;
        event->answer = att_answer_of_number(77777);
    }
}

static att_read ask_chance(void *face, const att_view *view, const att_refusal *refusal,
                           att_event *event, att_err *err)
{
    held *h = face;
    const att_instrument *instrument = h->talk->instrument;

    (void)err;
    see(h, view, (int)refusal->code);
    if (++h->n_asked > 60 || chance(40) == 0) {
        return ATT_READ_END;
    }
    if (chance(40) == 0) {
        event->kind = ATT_EVENT_LEAVE;
        return ATT_READ_EVENT;
    }
    event->kind = kind_by_chance(view);
    event->item =
        view->screen == ATT_SCREEN_GRID ? view->rows[view->row].item : view->item;
    if (event->kind == ATT_EVENT_GOTO && view->n_review > 0) {
        event->item = view->review[chance(view->n_review)].item;
    } else if (event->kind == ATT_EVENT_BACK && view->screen == ATT_SCREEN_GRID &&
               chance(2) == 0) {
        event->item = view->item;
    } else if (chance(25) == 0) {
        event->item = (size_t)chance(instrument->n_items); /* perhaps not asked now */
    }
    if (event->kind == ATT_EVENT_ANSWER) {
        event->answer = answer_by_chance(view);
    }
    mix_refusals(refusal, event);
    return ATT_READ_EVENT;
}

static void kept_chance(void *face, const att_view *view, const att_entry *entry)
{
    (void)face;
    (void)view;
    (void)entry;
}

static void end_chance(void *face, const att_view *view, const char *receipt)
{
    (void)receipt;
    see(face, view, 0);
}

static void close_chance(void *face)
{
    (void)face;
}

static const att_face by_chance = { .name = "chance",
                                    .about = "answers at random",
                                    .open = open_chance,
                                    .ask = ask_chance,
                                    .kept = kept_chance,
                                    .end = end_chance,
                                    .close = close_chance };

static att_code keep(void *data, const att_entry *entry, att_err *err)
{
    held *h = data;
    att_talk *talk = h->talk;

    (void)err;
    if (talk->n_entries == 0) { /* as the store does with the header */
        talk->entries[talk->n_entries++] =
            (att_entry){ .act = ATT_ACT_START, .item = "", .at = BEGAN };
    }
    assert_true(talk->n_entries < ATT_TALK_ENTRIES);
    talk->entries[talk->n_entries] = *entry;
    talk->entries[talk->n_entries++].answer =
        att_answer_copy(&talk->arena, &entry->answer);
    return ATT_OK;
}

static void note(void *data, const att_step *step)
{
    held *h = data;

    assert_true(h->n_steps < STEPS_MAX);
    h->steps[h->n_steps++] = *step;
}

/* One run of the program: from the start, or as it is resumed. */
static void sit(held *h)
{
    att_sink sink = { .data = h, .keep = keep, .step = note };
    att_face_opts opts = { .now = now, .mono = mono };
    att_sitting *sitting = &h->sittings[h->n_sittings++];
    att_talk *talk = h->talk;
    att_face_end end;
    att_err err = { 0 };

    h->steps = att_new_n(&talk->arena, att_step, STEPS_MAX);
    h->n_steps = 0;
    h->n_asked = 0;
    h->session =
        att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    *sitting = (att_sitting){ .face = "chance",
                              .language = talk->header.language,
                              .terminal = "",
                              .newer = chance(2) == 0 ? "" : "9.0.0",
                              .settings = "",
                              .began = BEGAN + h->clock,
                              .n_before = talk->n_entries,
                              .steps = h->steps };
    if (talk->n_entries > 0) {
        att_session_newer(h->session, sitting->newer);
        assert_ok(att_session_replay(h->session, talk->entries, talk->n_entries, &err),
                  &err);
    } else {
        sitting->newer = "";
    }
    assert_ok(att_face_run(&by_chance, &opts, h->session, &sink, &end, &err), &err);
    sitting->n_steps = h->n_steps;
}

static held *hold(const char *path, unsigned long long seed)
{
    held *h = test_calloc(1, sizeof *h);

    one = h;
    h->talk = att_talk_open(path, "en");
    h->talk->header.seed = seed; /* of orders */
    h->seed = seed;
    do {
        sit(h);
        if (h->talk->n_entries == 0) { /* nothing was kept: there is no session */
            h->n_sittings = 0;
            h->n_screens = 0;
        }
    } while (att_session_status(h->session) == ATT_STATUS_OPEN &&
             h->n_sittings < SITTINGS_MAX && chance(4) != 0);
    return h;
}

static void let_go(held *h)
{
    att_talk_close(h->talk);
    test_free(h);
    one = NULL;
}

/* ---- and again ---- */

static att_replay *replay_of(held *h)
{
    att_response *response = att_new(&h->talk->arena, att_response);
    att_replay_of of = { .instrument = h->talk->instrument,
                         .response = response,
                         .sittings = h->sittings,
                         .n_sittings = h->n_sittings };

    *response = *att_session_header(h->session);
    response->entries = h->talk->entries;
    response->n_entries = h->talk->n_entries;
    return att_replay_make(&h->talk->arena, &of);
}

static void assert_same_scores(held *h, const att_replay *replay)
{
    const att_instrument *instrument = h->talk->instrument;
    size_t n = instrument->n_scales + instrument->n_derived;
    att_score *then = att_score_all(&h->talk->arena, att_session_sheet(h->session));
    att_score *again =
        att_score_all(&h->talk->arena, att_session_sheet(att_replay_session(replay)));

    for (size_t i = 0; i < n; i++) {
        assert_memory_equal(&then[i].value, &again[i].value, sizeof then[i].value);
        assert_memory_equal(&then[i].value_100, &again[i].value_100,
                            sizeof then[i].value_100);
        assert_int_equal(then[i].n_valid, again[i].n_valid);
    }
}

static void assert_same_again(held *h)
{
    att_replay *replay = replay_of(h);
    att_shown shown;
    size_t n = 0;

    while (att_replay_next(replay, &h->talk->arena, &shown)) {
        assert_true(n < h->n_screens);
        assert_string_equal(dump(&h->talk->arena, &shown.view, (int)shown.told),
                            h->screen[n]);
        n++;
    }
    assert_string_equal(att_replay_difference(replay), "");
    assert_int_equal(n, h->n_screens);
    assert_int_equal(att_replay_n_unseen(replay), 0);
    assert_same_scores(h, replay);
}

static void a_thousand_interviews_by_chance_are_the_same_again(void **state)
{
    static const char *const paths[] = {
        "instruments/everything.json", "instruments/kinds.json",
        "../instruments/recs.json",    "../instruments/ces.json",
        "instruments/orders.json",     "instruments/roster.json",
        "instruments/network.json"
    };
    size_t n_held = 0;
    size_t n_screens = 0;
    size_t n_sittings = 0;
    size_t n_over = 0;

    for (unsigned long long seed = 1; n_held < 1000; seed++) {
        held *h = hold(paths[seed % 7], seed);

        if (h->talk->n_entries > 0) {
            assert_same_again(h);
            n_held++;
            n_screens += h->n_screens;
            n_sittings += h->n_sittings;
            n_over += att_session_status(h->session) != ATT_STATUS_OPEN;
        }
        let_go(h);
    }
    print_message("%zu screens in %zu sittings; %zu of %zu came to an end\n", n_screens,
                  n_sittings, n_over, n_held);
    assert_true(n_screens > 15000 && n_sittings > 1200 && n_over > 100);
}

/* An interview with more than a few entries, the same each time. */
static held *hold_long(void)
{
    for (unsigned long long seed = 1;; seed++) {
        held *h = hold("../instruments/recs.json", seed);

        if (h->talk->n_entries > 20 && h->n_sittings > 1) {
            return h;
        }
        let_go(h);
    }
}

/* How a replay ends: with the difference. */
static const char *difference_of(held *h)
{
    att_replay *replay = replay_of(h);
    att_shown shown;

    while (att_replay_next(replay, &h->talk->arena, &shown)) {
    }
    return att_replay_difference(replay);
}

static void any_other_answer_time_or_move_is_a_difference(void **state)
{
    held *h = hold_long();
    att_talk *talk = h->talk;
    att_step *steps = NULL;

    assert_string_equal(difference_of(h), "");
    for (size_t i = 1; i < talk->n_entries; i++) {
        talk->entries[i].mono++;
        assert_string_not_equal(difference_of(h), "");
        talk->entries[i].mono--;
    }
    steps = att_new_n(&talk->arena, att_step, h->sittings[0].n_steps);
    memcpy(steps, h->sittings[0].steps, h->sittings[0].n_steps * sizeof *steps);
    h->sittings[0].steps = steps;
    for (size_t i = 0; i < h->sittings[0].n_steps; i++) {
        att_step step = steps[i];

        steps[i].screen = "nowhere";
        assert_contains(difference_of(h), "the screen \"nowhere\" was noted");
        steps[i] = step;
        steps[i].event = "dance";
        assert_contains(difference_of(h), "its event is not known here");
        steps[i] = step;
    }
    assert_string_equal(difference_of(h), "");
    let_go(h);
}

static void without_sittings_every_answer_is_shown_at_its_question(void **state)
{
    held *h = hold_long();
    att_replay *replay;
    att_shown shown;
    size_t n_answers = 0;
    size_t n_at_home = 0;

    h->n_sittings = 0;
    replay = replay_of(h);
    while (att_replay_next(replay, &h->talk->arena, &shown)) {
        if (shown.given_item != ATT_NONE) {
            size_t item = shown.view.screen == ATT_SCREEN_GRID
                              ? shown.view.rows[shown.view.row].item
                              : shown.view.item;

            n_answers++;
            n_at_home += item == shown.given_item;
        }
    }
    assert_string_equal(att_replay_difference(replay), "");
    assert_int_equal(att_replay_n_unseen(replay), h->talk->n_entries - 1);
    assert_true(n_answers > 10);
    assert_true(n_at_home * 10 >= n_answers * 9);
    assert_same_scores(h, replay);
    let_go(h);
}

/* What a reader of the store gets for an answer that was erased. */
static void an_erased_answer_is_passed_over(void **state)
{
    held *h = hold_long();
    att_replay *replay;
    att_shown shown;
    size_t n = 0;

    for (size_t i = 0; i < h->talk->n_entries && n == 0; i++) {
        if (h->talk->entries[i].act == ATT_ACT_ANSWER &&
            strcmp(h->talk->entries[i].item, "recs_t1") == 0) {
            h->talk->entries[i].answer = att_answer_of_reason(ATT_REASON_UNREADABLE);
            n++;
        }
    }
    replay = replay_of(h);
    while (att_replay_next(replay, &h->talk->arena, &shown)) {
    }
    assert_int_equal(n, 1);
    assert_string_equal(att_replay_difference(replay), "");
    assert_int_equal(att_replay_n_erased(replay), 1);
    let_go(h);
}

ATT_TEST_MAIN(cmocka_unit_test(a_thousand_interviews_by_chance_are_the_same_again),
              cmocka_unit_test(any_other_answer_time_or_move_is_a_difference),
              cmocka_unit_test(without_sittings_every_answer_is_shown_at_its_question),
              cmocka_unit_test(an_erased_answer_is_passed_over))
