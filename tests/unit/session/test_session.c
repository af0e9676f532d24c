/* the interview as a state machine: where it stands, what it keeps, what it refuses */
#include "att_test.h"

#include <string.h>

#include "att_talk.h"

static att_answer number(double x)
{
    return att_answer_of_number(x);
}

static att_answer reason(att_reason why)
{
    return att_answer_of_reason(why);
}

static att_talk *begin(const char *path)
{
    att_talk *talk = att_talk_open(path, "en");

    assert_int_equal(att_talk_do(talk, ATT_EVENT_AGREE), ATT_REFUSAL_NONE);
    return talk;
}

static att_talk *begin_seeded(const char *path, unsigned long long seed)
{
    att_talk *talk = att_talk_open_seeded(path, "en", "", seed);

    assert_int_equal(att_talk_do(talk, ATT_EVENT_AGREE), ATT_REFUSAL_NONE);
    return talk;
}

/* "everything", agreed to, its first note read */
static att_talk *begin_everything(void)
{
    att_talk *talk = begin("instruments/everything.json");

    att_talk_do(talk, ATT_EVENT_NEXT);
    return talk;
}

#define assert_at(talk, wanted) assert_string_equal(att_talk_view(talk).id, (wanted))

static void assert_row(att_talk *talk, const char *id)
{
    att_view view = att_talk_view(talk);

    assert_int_equal(view.screen, ATT_SCREEN_GRID);
    assert_string_equal(talk->instrument->items[view.rows[view.row].item].id, id);
}

/* All questions of "everything" as a person without children answers them. */
static void answer_all(att_talk *talk)
{
    static const int colours[] = { 1, 3 };

    att_talk_answer(talk, "kids", number(0));
    att_talk_answer(talk, "v1", number(4));
    att_talk_answer(talk, "v3", number(2));
    att_talk_answer(talk, "colours", att_answer_of_codes(colours, 2));
    att_talk_answer(talk, "day", att_answer_of_day(att_day_of(2026, 9, 13)));
    att_talk_answer(talk, "height", number(1.75));
    att_talk_answer(talk, "trust", reason(ATT_REASON_REFUSED));
    att_talk_do(talk, ATT_EVENT_NEXT); /* the story: skipped */
    att_talk_do(talk, ATT_EVENT_NEXT); /* the last note */
}

/* The ids of all that is shown, first to last, by going on through it: "a b c". */
static char *walk(att_arena *arena, att_talk *talk)
{
    att_buf out = { 0 };
    char *text;

    for (int i = 0; i < 100; i++) {
        att_view view = att_talk_view(talk);
        att_answer one = att_answer_of_number(1);
        const char *id = view.id;

        if (view.screen == ATT_SCREEN_REVIEW) {
            break;
        }
        if (view.screen == ATT_SCREEN_GRID) {
            id = talk->instrument->items[view.rows[view.row].item].id;
        }
        att_buf_format(&out, "%s%s", out.n > 0 ? " " : "", id);
        if (strcmp(id, "tired") == 0) {
            att_talk_answer(talk, id, one);
        } else {
            att_talk_do(talk, ATT_EVENT_NEXT);
        }
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return text;
}

/* The orders were worked out by tests/reference/order/order.py. */
static void blocks_items_and_rows_have_the_order_of_the_seed(void **state)
{
    static const struct {
        unsigned long long seed;
        const char *shown;
    } cases[] = {
        { 0,
          "role_here hello heard_1 heard_3 heard_4 heard_2 helped walks naps books tired why" },
        { 1,
          "role_here hello tired why naps books walks heard_2 heard_4 heard_3 heard_1 helped" },
        { 2026,
          "role_here hello tired why walks books naps heard_4 heard_1 heard_2 heard_3 helped" },
        { 9007199254740991,
          "role_here hello helped naps books walks heard_3 heard_2 heard_4 heard_1 tired why" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_talk *talk = begin_seeded("instruments/orders.json", cases[i].seed);

        assert_string_equal(walk(&talk->arena, talk), cases[i].shown);
        att_talk_close(talk);
    }
}

static void numbers_progress_and_review_follow_what_is_shown(void **state)
{
    att_talk *talk = begin_seeded("instruments/orders.json", 3);
    att_arena *arena = &talk->arena;
    const char *shown = walk(arena, talk);
    att_view review = att_talk_view(talk);
    att_buf order = { 0 };

    att_buf_add(&order, "role_here hello");
    for (size_t i = 1; i < review.n_review; i++) {
        att_buf_format(&order, " %s",
                       talk->instrument->items[review.review[i].item].id);
    }
    assert_string_equal(att_buf_text(&order), shown);
    for (size_t i = 0; i < review.n_review; i++) {
        att_view view;

        att_talk_event(talk, ATT_EVENT_GOTO,
                       talk->instrument->items[review.review[i].item].id,
                       (att_answer){ 0 });
        view = att_talk_view(talk);
        assert_int_equal(view.at + (view.screen == ATT_SCREEN_GRID ? view.row : 0),
                         i + 1);
        att_talk_do(talk, ATT_EVENT_BACK);
    }
    att_buf_drop(&order);
    att_talk_close(talk);
}

/* Back from the last goes the same way as there. */
static void back_goes_the_way_that_was_come(void **state)
{
    att_talk *talk = begin_seeded("instruments/orders.json", 5);
    const char *shown = walk(&talk->arena, talk);
    att_buf back = { 0 };

    while (att_talk_do(talk, ATT_EVENT_BACK) == ATT_REFUSAL_NONE) {
        att_view view = att_talk_view(talk);
        const char *id = view.screen == ATT_SCREEN_GRID
                             ? talk->instrument->items[view.rows[view.row].item].id
                             : view.id;
        const char *rest = att_arena_text(&talk->arena, att_buf_text(&back));

        att_buf_drop(&back);
        att_buf_format(&back, "%s%s%s", id, rest[0] != '\0' ? " " : "", rest);
    }
    assert_string_equal(att_buf_text(&back), shown);
    att_buf_drop(&back);
    att_talk_close(talk);
}

static void choices_have_the_order_of_the_seed(void **state)
{
    static const int last = 9;
    size_t n_moved = 0;

    for (unsigned long long seed = 0; seed < 20; seed++) {
        att_talk *talk = begin_seeded("instruments/orders.json", seed);
        att_view view = att_talk_view(talk);
        att_session *again = att_talk_replay(talk, talk->n_entries);
        att_view replayed = att_session_view(&talk->arena, again);

        assert_int_equal(view.options[4].code, last); /* fixed */
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(view.options[i].code,
                             (view.options[0].code - 1 + (int)i) % 4 + 1);
            assert_int_equal(replayed.options[i].code, view.options[i].code);
        }
        n_moved += view.options[0].code != 1 ? 1 : 0;
        att_talk_close(talk);
    }
    assert_true(n_moved > 8);
}

static void nothing_is_asked_before_somebody_agrees(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_view view = att_talk_view(talk);

    assert_int_equal(view.screen, ATT_SCREEN_START);
    assert_string_equal(view.purpose, "Asks one thing of each kind.");
    assert_string_equal(view.authors, "Example Network Measurement Group");
    assert_string_equal(view.session, "k7q2mh");
    assert_int_equal(att_talk_answer(talk, "kids", number(1)), ATT_REFUSAL_NOT_SHOWN);
    assert_int_equal(att_talk_do(talk, ATT_EVENT_NEXT), ATT_REFUSAL_NOT_SHOWN);
    assert_int_equal(talk->n_entries, 0);
    att_talk_close(talk);
}

static void declining_ends_it(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");

    att_talk_do(talk, ATT_EVENT_DECLINE);
    assert_true(talk->last.is_over);
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_DECLINED);
    assert_int_equal(att_session_status(talk->session), ATT_STATUS_DECLINED);
    assert_int_equal(talk->entries[0].act, ATT_ACT_DECLINE);
    assert_int_equal(att_talk_do(talk, ATT_EVENT_AGREE), ATT_REFUSAL_NONE);
    assert_int_equal(talk->n_entries, 1);
    att_talk_close(talk);
}

static void notes_are_screens_of_their_own(void **state)
{
    att_talk *talk = begin("instruments/everything.json");

    assert_at(talk, "hello");
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_NOTE);
    att_talk_do(talk, ATT_EVENT_NEXT);
    assert_int_equal(talk->last.n_entries, 1);
    assert_int_equal(talk->last.entries[0].act, ATT_ACT_READ);
    assert_at(talk, "kids");
    assert_int_equal(att_talk_view(talk).at, 1);
    att_talk_close(talk);
}

static void branching_asks_only_what_applies(void **state)
{
    static const struct {
        double kids;
        const char *next;
        size_t low, high;
    } cases[] = { { 1, "n_kids", 11, 11 }, { 0, "views", 8, 8 } };

    for (size_t i = 0; i < 2; i++) {
        att_talk *talk = begin_everything();
        att_view view = att_talk_view(talk);
        assert_int_equal(view.of_low, 8);
        assert_int_equal(view.of_high, 11);
        att_talk_answer(talk, "kids", number(cases[i].kids));
        view = att_talk_view(talk);
        assert_string_equal(view.id, cases[i].next);
        assert_int_equal(view.at, 2);
        assert_int_equal(view.of_low, cases[i].low);
        assert_int_equal(view.of_high, cases[i].high);
        att_talk_close(talk);
    }
}

static void hidden_rows_are_left_out(void **state)
{
    att_talk *talk = begin_everything();
    att_view view;

    att_talk_answer(talk, "kids", number(0));
    view = att_talk_view(talk);
    assert_int_equal(view.screen, ATT_SCREEN_GRID);
    assert_int_equal(view.n_rows, 2);
    assert_int_equal(view.at, 2);
    assert_int_equal(view.at_last, 3);
    assert_string_equal(view.stem, "How much do you agree?");
    assert_string_equal(view.brief, "Agree?");
    assert_int_equal(view.n_choices, 5);
    assert_int_equal(view.options[5].letter, 'n');
    assert_int_equal(view.options[6].letter, 'r');
    att_talk_close(talk);
}

static void a_grid_goes_row_by_row_then_to_rows_without_an_answer(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(1));
    att_talk_answer(talk, "n_kids", number(2));
    att_talk_answer(talk, "kid_name", att_answer_of_text("Ana"));
    assert_row(talk, "v1");
    att_talk_answer(talk, "v3", number(3)); /* with the mouse of a face: the last row */
    assert_row(talk, "v1");
    att_talk_answer(talk, "v1", number(3));
    assert_row(talk, "v2");
    att_talk_answer(talk, "v2", number(3));
    assert_row(talk, "v3");
    att_talk_do(talk, ATT_EVENT_NEXT); /* answered: goes on */
    assert_at(talk, "colours");
    att_talk_close(talk);
}

static void back_in_a_grid_is_a_row_or_the_whole(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(0));
    att_talk_answer(talk, "v1", number(3));
    assert_row(talk, "v3");
    att_talk_do(talk, ATT_EVENT_BACK);
    assert_row(talk, "v1");
    att_talk_answer(talk, "v1", number(4));
    assert_row(talk, "v3");
    att_talk_event(talk, ATT_EVENT_BACK, "views", number(0));
    assert_at(talk, "kids");
    att_talk_close(talk);
}

static void back_loses_nothing_and_stops_at_the_first(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(1));
    att_talk_do(talk, ATT_EVENT_BACK);
    assert_at(talk, "kids");
    assert_near(att_talk_view(talk).answer.number, 1, 0);
    att_talk_do(talk, ATT_EVENT_BACK);
    assert_at(talk, "hello");
    assert_int_equal(att_talk_do(talk, ATT_EVENT_BACK), ATT_REFUSAL_NOTHING_BACK);
    assert_int_equal(talk->last.n_entries, 0);
    att_talk_close(talk);
}

static void an_equal_answer_makes_no_entry_but_goes_on(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(1));
    att_talk_do(talk, ATT_EVENT_BACK);
    att_talk_answer(talk, "kids", number(1));
    assert_int_equal(talk->last.n_entries, 0);
    assert_at(talk, "n_kids");
    att_talk_close(talk);
}

static void a_hidden_answer_returns_with_its_question(void **state)
{
    att_talk *talk = begin_everything();
    att_arena arena = { 0 };

    att_talk_answer(talk, "kids", number(1));
    att_talk_answer(talk, "n_kids", number(3));
    att_talk_do(talk, ATT_EVENT_BACK);
    att_talk_do(talk, ATT_EVENT_BACK);
    att_talk_answer(talk, "kids", number(0));
    assert_contains(att_talk_record(&arena, talk->session),
                    "n_kids={\"reason\":\"not_asked\"}");
    att_talk_do(talk, ATT_EVENT_BACK);
    att_talk_answer(talk, "kids", number(1));
    assert_at(talk, "n_kids");
    assert_near(att_talk_view(talk).answer.number, 3, 0);
    assert_contains(att_talk_record(&arena, talk->session), "n_kids=3");
    att_arena_drop(&arena);
    att_talk_close(talk);
}

static void what_is_required_is_asked_for(void **state)
{
    att_talk *talk = begin_everything();

    /* hard: never passes, but an offered reason is an answer */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(att_talk_event(talk, ATT_EVENT_SKIP, "kids", number(0)),
                         ATT_REFUSAL_REQUIRED);
    }
    assert_int_equal(att_talk_answer(talk, "kids", number(1)), ATT_REFUSAL_NONE);
    /* none: passes at once */
    assert_int_equal(att_talk_event(talk, ATT_EVENT_SKIP, "n_kids", number(0)),
                     ATT_REFUSAL_NONE);
    assert_int_equal(talk->last.entries[0].answer.reason, ATT_REASON_SKIPPED);
    /* soft: asks once */
    assert_at(talk, "kid_name");
    assert_int_equal(att_talk_event(talk, ATT_EVENT_SKIP, "kid_name", number(0)),
                     ATT_REFUSAL_ASK_SKIP);
    assert_at(talk, "kid_name");
    assert_int_equal(att_talk_event(talk, ATT_EVENT_SKIP, "kid_name", number(0)),
                     ATT_REFUSAL_NONE);
    assert_row(talk, "v1");
    att_talk_close(talk);
}

static void something_else_in_between_asks_anew(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(1));
    assert_int_equal(att_talk_answer(talk, "n_kids", number(15)), ATT_REFUSAL_WARN);
    assert_int_equal(att_talk_answer(talk, "n_kids", number(16)), ATT_REFUSAL_WARN);
    assert_int_equal(att_talk_answer(talk, "n_kids", number(15)), ATT_REFUSAL_WARN);
    assert_int_equal(att_talk_answer(talk, "n_kids", number(99)), ATT_REFUSAL_TOO_HIGH);
    assert_int_equal(att_talk_answer(talk, "n_kids", number(15)), ATT_REFUSAL_WARN);
    assert_string_equal(talk->last.refusal.text, "15 is a large family.");
    assert_near(talk->last.refusal.number, 15, 0);
    assert_int_equal(talk->last.n_entries, 0);
    assert_int_equal(att_talk_answer(talk, "n_kids", number(15)), ATT_REFUSAL_NONE);
    assert_int_equal(talk->last.n_entries, 1);
    assert_at(talk, "kid_name");
    att_talk_close(talk);
}

static void answers_that_do_not_fit_change_nothing(void **state)
{
    static const struct {
        const char *item;
        att_answer answer;
        att_refusal_code code;
    } cases[] = {
        { "kids", { .kind = ATT_ANSWER_NUMBER, .number = 7 }, ATT_REFUSAL_NO_CHOICE },
        { "kids", { .kind = ATT_ANSWER_TEXT, .text = "yes" }, ATT_REFUSAL_WRONG_SORT },
        { "kids",
          { .kind = ATT_ANSWER_REASON, .reason = ATT_REASON_DONT_KNOW },
          ATT_REFUSAL_NO_REASON },
        { "n_kids", { .kind = ATT_ANSWER_NUMBER, .number = 2 }, ATT_REFUSAL_NOT_SHOWN },
        { "views", { .kind = ATT_ANSWER_NUMBER, .number = 2 }, ATT_REFUSAL_NOT_SHOWN },
        { "hello", { .kind = ATT_ANSWER_NUMBER, .number = 2 }, ATT_REFUSAL_NOT_SHOWN },
        { "height", { .kind = ATT_ANSWER_NUMBER, .number = 9 }, ATT_REFUSAL_TOO_HIGH },
    };
    att_talk *talk = begin_everything();
    size_t n = talk->n_entries;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(att_talk_answer(talk, cases[i].item, cases[i].answer),
                         cases[i].code);
        assert_int_equal(talk->n_entries, n);
        assert_at(talk, "kids");
    }
    att_talk_close(talk);
}

static void a_check_blocks_until_the_answer_fits(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(1));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(att_talk_answer(talk, "height", number(0.55)),
                         ATT_REFUSAL_CHECK);
        assert_string_equal(talk->last.refusal.text, "A parent is taller than 0.55.");
    }
    assert_int_equal(att_talk_answer(talk, "height", number(1.6)), ATT_REFUSAL_NONE);
    att_talk_close(talk);
}

static void the_review_comes_last_and_shows_changes(void **state)
{
    att_talk *talk = begin_everything();
    att_view view;

    answer_all(talk);
    view = att_talk_view(talk);
    assert_int_equal(view.screen, ATT_SCREEN_REVIEW);
    assert_int_equal(view.n_review, 8);
    assert_int_equal(view.n_answered, 7);
    assert_string_equal(view.review[1].answer, "Agree");
    assert_null(view.review[1].was);
    assert_int_equal(view.review[7].value.reason, ATT_REASON_SKIPPED);
    att_talk_event(talk, ATT_EVENT_GOTO, "v1", number(0));
    assert_row(talk, "v1");
    att_talk_answer(talk, "v1", number(5));
    view = att_talk_view(talk);
    assert_int_equal(view.screen, ATT_SCREEN_REVIEW);
    assert_string_equal(view.review[1].answer, "Strongly agree");
    assert_string_equal(view.review[1].was, "Agree");
    att_talk_event(talk, ATT_EVENT_GOTO, "v1", number(0));
    att_talk_do(talk, ATT_EVENT_BACK);
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_REVIEW);
    att_talk_do(talk, ATT_EVENT_FINISH);
    assert_true(talk->last.is_over);
    view = att_talk_view(talk);
    assert_int_equal(view.screen, ATT_SCREEN_FINISHED);
    assert_int_equal(view.n_values, 6);
    assert_int_equal(view.n_skipped, 1);
    assert_int_equal(view.n_refused, 1);
    assert_int_equal(att_session_header(talk->session)->finished, talk->clock);
    att_talk_close(talk);
}

static void a_branch_changed_in_the_review_asks_what_it_opened(void **state)
{
    att_talk *talk = begin_everything();

    answer_all(talk);
    att_talk_event(talk, ATT_EVENT_GOTO, "kids", number(0));
    att_talk_answer(talk, "kids", number(1));
    assert_at(talk, "n_kids");
    att_talk_answer(talk, "n_kids", number(1));
    assert_at(talk, "kid_name");
    att_talk_answer(talk, "kid_name", att_answer_of_text("Lu"));
    assert_row(talk, "v2");
    att_talk_answer(talk, "v2", number(1));
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_REVIEW);
    assert_int_equal(att_talk_view(talk).n_review, 11);
    att_talk_close(talk);
}

static void finishing_is_refused_only_by_what_must_be_answered(void **state)
{
    att_talk *talk = begin_everything();

    assert_int_equal(att_talk_do(talk, ATT_EVENT_FINISH), ATT_REFUSAL_REQUIRED);
    assert_false(talk->last.is_over);
    assert_at(talk, "kids");
    att_talk_answer(talk, "kids", number(0));
    assert_int_equal(att_talk_do(talk, ATT_EVENT_FINISH), ATT_REFUSAL_NONE);
    assert_true(talk->last.is_over);
    att_talk_close(talk);
}

static void one_question_needs_no_review(void **state)
{
    att_talk *talk = begin("instruments/single.json");

    att_talk_answer(talk, "q", number(1));
    assert_true(talk->last.is_over);
    assert_int_equal(talk->last.n_entries, 2);
    assert_int_equal(talk->last.entries[1].act, ATT_ACT_FINISH);
    assert_int_equal(att_session_status(talk->session), ATT_STATUS_COMPLETE);
    att_talk_close(talk);
}

/* Going on over an answer that stays the same is no entry; leaving says where one is. */
static void going_on_stands_where_one_left_after_going_back(void **state)
{
    static const struct back {
        size_t back, on;
    } cases[] = { { 1, 0 }, { 1, 1 }, { 2, 1 }, { 2, 2 } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_talk *talk = begin_everything();
        att_session *again;
        att_view view;

        att_talk_answer(talk, "kids", number(0));
        att_talk_answer(talk, "v1", number(4));
        for (size_t k = 0; k < cases[i].back; k++) {
            att_talk_do(talk, ATT_EVENT_BACK);
        }
        for (size_t k = 0; k < cases[i].on; k++) {
            att_talk_do(talk, ATT_EVENT_NEXT);
        }
        view = att_talk_view(talk);
        att_talk_do(talk, ATT_EVENT_LEAVE);
        again = att_talk_replay(talk, talk->n_entries);
        assert_string_equal(att_session_view(&talk->arena, again).id, view.id);
        att_talk_close(talk);
    }
}

static void leaving_keeps_the_session_open(void **state)
{
    att_talk *talk = begin_everything();
    att_session *again;
    att_view view;
    att_err err = { 0 };

    att_talk_answer(talk, "kids", number(1));
    att_talk_do(talk, ATT_EVENT_LEAVE);
    assert_true(talk->last.is_over);
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_LEFT);
    assert_int_equal(att_session_status(talk->session), ATT_STATUS_OPEN);

    again = att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    att_session_newer(again, "1.1.0");
    assert_ok(att_session_replay(again, talk->entries, talk->n_entries, &err), &err);
    view = att_session_view(&talk->arena, again);
    assert_int_equal(view.screen, ATT_SCREEN_WELCOME);
    assert_int_equal(view.at, 2);
    assert_int_equal(view.n_answered, 1);
    assert_int_equal(view.left_at, talk->clock);
    assert_string_equal(view.began_version, "1.0.0");
    assert_string_equal(view.newer, "1.1.0");
    att_talk_close(talk);
}

static void the_welcome_leads_on_or_to_the_review(void **state)
{
    att_talk *talk = begin_everything();
    att_event event = { .kind = ATT_EVENT_REVIEW, .item = ATT_NONE };
    att_session *again;
    att_effects effects;
    att_err err = { 0 };

    att_talk_answer(talk, "kids", number(1));
    again = att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    assert_ok(att_session_replay(again, talk->entries, talk->n_entries, &err), &err);
    effects = att_session_step(again, &event);
    assert_int_equal(effects.n_entries, 1);
    assert_int_equal(effects.entries[0].act, ATT_ACT_RESUME);
    assert_int_equal(att_session_view(&talk->arena, again).screen, ATT_SCREEN_REVIEW);
    event.kind = ATT_EVENT_NEXT;
    att_session_step(again, &event);
    assert_string_equal(att_session_view(&talk->arena, again).id, "n_kids");
    att_talk_close(talk);
}

static void an_unknown_item_in_the_journal_is_named(void **state)
{
    att_talk *talk = att_talk_open("instruments/single.json", "en");
    att_entry entry = { .act = ATT_ACT_ANSWER, .item = "gone" };
    att_err err = { 0 };

    entry.answer = number(1);
    assert_fails(att_session_replay(talk->session, &entry, 1, &err), ATT_ENOTFOUND,
                 &err, "names item \"gone\"");
    att_talk_close(talk);
}

/* Of "We keep what you say for en readers.", as sha256sum prints it. */
#define SEEN "2026-05 4b7f7454260a0d651368879ea25a8b442f9a630c9fb17b9c3a30c9095ae602e4"

static void a_consent_keeps_what_was_agreed_to(void **state)
{
    att_talk *talk = begin("instruments/kinds.json");
    att_answer forged = number(1);

    forged.beside = "forged";
    assert_true(att_talk_view(talk).is_consent);
    assert_int_equal(att_talk_answer(talk, "agree", reason(ATT_REASON_REFUSED)),
                     ATT_REFUSAL_NO_REASON);
    assert_int_equal(att_talk_do(talk, ATT_EVENT_NEXT), ATT_REFUSAL_REQUIRED);
    assert_int_equal(att_talk_answer(talk, "agree", forged), ATT_REFUSAL_NONE);
    assert_string_equal(talk->entries[talk->n_entries - 1].answer.beside, SEEN);
    assert_at(talk, "wake");
    forged = att_answer_of_text("07:30");
    forged.beside = "forged"; /* nothing stands beside other answers */
    assert_int_equal(att_talk_answer(talk, "wake", forged), ATT_REFUSAL_NONE);
    assert_null(talk->entries[talk->n_entries - 1].answer.beside);
    att_talk_do(talk, ATT_EVENT_BACK);
    att_talk_do(talk, ATT_EVENT_BACK);
    assert_null(att_talk_view(talk).answer.beside);
    assert_int_equal(att_talk_answer(talk, "agree", number(0)), ATT_REFUSAL_NONE);
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_DECLINED);
    assert_int_equal(talk->entries[talk->n_entries - 2].act, ATT_ACT_ANSWER);
    assert_string_equal(talk->entries[talk->n_entries - 2].answer.beside, SEEN);
    assert_int_equal(talk->entries[talk->n_entries - 1].act, ATT_ACT_DECLINE);
    assert_int_equal(att_session_status(talk->session), ATT_STATUS_DECLINED);
    att_talk_close(talk);
}

static void identifying_answers_are_marked(void **state)
{
    att_talk *talk = begin_everything();

    att_talk_answer(talk, "kids", number(1));
    assert_false(talk->last.entries[0].is_identifying);
    att_talk_answer(talk, "kid_name", att_answer_of_text("Ana"));
    assert_true(talk->last.entries[0].is_identifying);
    assert_string_equal(talk->last.entries[0].actor, "respondent");
    att_talk_close(talk);
}

/* ---- drafts ---- */

static void a_draft_is_shown_until_its_item_is_answered(void **state)
{
    att_talk *talk = begin("instruments/everything.json");
    att_answer none = { .kind = ATT_ANSWER_NONE };

    att_talk_do(talk, ATT_EVENT_LEAVE);
    talk->session =
        att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    assert_ok(att_session_replay(talk->session, talk->entries, talk->n_entries, NULL),
              &(att_err){ 0 });
    att_session_draft(talk->session, "no_such_item", "lost");
    assert_false(att_talk_view(talk).has_draft);
    att_session_draft(talk->session, "kids", "1x");
    assert_true(att_talk_view(talk).has_draft);
    att_talk_do(talk, ATT_EVENT_AGREE);
    att_talk_event(talk, ATT_EVENT_GOTO, "kids", none);
    assert_string_equal(att_talk_view(talk).draft, "1x");
    att_talk_answer(talk, "kids", att_answer_of_number(1));
    att_talk_event(talk, ATT_EVENT_GOTO, "kids", none);
    assert_null(att_talk_view(talk).draft);
    att_talk_close(talk);
}

/* ---- properties: random events ---- */

static unsigned long long next_random(unsigned long long *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

static att_answer random_answer(const att_view *view, unsigned long long *seed)
{
    static const int sets[][2] = { { 1, 2 }, { 3, 9 }, { 2, 3 } };

    if (view->n_options > view->n_choices && next_random(seed) % 6 == 0) {
        return reason(view->options[view->n_choices].reason);
    }
    switch (view->shape) {
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_CONSENT:
        return number(view->options[next_random(seed) % view->n_choices].code);
    case ATT_SHAPE_PICK_MANY:
        return att_answer_of_codes(sets[next_random(seed) % 3], 2);
    case ATT_SHAPE_RANK: return att_answer_of_ranks(sets[next_random(seed) % 3], 2);
    case ATT_SHAPE_TEXT: return att_answer_of_text("some text");
    case ATT_SHAPE_TIME: return att_answer_of_text("14:30");
    case ATT_SHAPE_DATETIME: return att_answer_of_text("2026-09-14 14:30");
    case ATT_SHAPE_DATE:
        return att_answer_of_day(att_day_of(2026, 9, 1) +
                                 (long)(next_random(seed) % 20));
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return number((double)(next_random(seed) % 30));
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_CONTAINER: break;
    }
    return reason(ATT_REASON_SKIPPED);
}

static void random_event(att_talk *talk, unsigned long long *seed)
{
    att_view view = att_talk_view(talk);
    att_event_kind kind = ATT_EVENT_ANSWER;
    size_t item = view.screen == ATT_SCREEN_GRID ? view.rows[view.row].item : view.item;
    att_answer answer = { .kind = ATT_ANSWER_NONE };

    switch (next_random(seed) % 12) {
    case 0: kind = ATT_EVENT_BACK; break;
    case 1: kind = ATT_EVENT_SKIP; break;
    case 2: kind = ATT_EVENT_NEXT; break;
    case 3: kind = ATT_EVENT_REVIEW; break;
    default: break;
    }
    if (view.screen == ATT_SCREEN_REVIEW) {
        kind = ATT_EVENT_GOTO;
        item = view.review[next_random(seed) % view.n_review].item;
    } else if (view.screen == ATT_SCREEN_NOTE) {
        kind = ATT_EVENT_NEXT;
    } else if (kind == ATT_EVENT_ANSWER) {
        answer = random_answer(&view, seed);
    }
    att_talk_event(talk, kind,
                   item == ATT_NONE ? NULL : talk->instrument->items[item].id, answer);
}

static void the_fold_of_the_journal_is_the_session(void **state)
{
    static const char *const paths[] = { "instruments/everything.json",
                                         "instruments/orders.json",
                                         "instruments/network.json" };

    for (unsigned long long run = 1; run <= 90; run++) {
        att_talk *talk = begin_seeded(paths[run % 3], run);
        unsigned long long seed = run;

        for (int i = 0; i < 60 && !talk->last.is_over; i++) {
            att_session *again;
            att_view live, replayed;
            random_event(talk, &seed);
            if (talk->last.n_entries == 0) {
                continue; /* a move that keeps nothing is not in the journal */
            }
            again = att_talk_replay(talk, talk->n_entries);
            live = att_talk_view(talk);
            replayed = att_session_view(&talk->arena, again);
            assert_string_equal(att_view_dump(&talk->arena, &replayed),
                                att_view_dump(&talk->arena, &live));
            assert_string_equal(att_talk_record(&talk->arena, again),
                                att_talk_record(&talk->arena, talk->session));
        }
        att_talk_close(talk);
    }
}

static void the_same_events_make_the_same_entries(void **state)
{
    att_talk *one = begin("instruments/everything.json");
    att_talk *two = begin("instruments/everything.json");
    unsigned long long seed_one = 7;
    unsigned long long seed_two = 7;

    for (int i = 0; i < 200 && !one->last.is_over; i++) {
        random_event(one, &seed_one);
        random_event(two, &seed_two);
    }
    assert_int_equal(one->n_entries, two->n_entries);
    for (size_t i = 0; i < one->n_entries; i++) {
        att_buf first = { 0 };
        att_buf second = { 0 };
        att_entry_write(&first, &one->entries[i]);
        att_entry_write(&second, &two->entries[i]);
        assert_string_equal(att_buf_text(&first), att_buf_text(&second));
        assert_int_equal(one->entries[i].act, two->entries[i].act);
        assert_int_equal(one->entries[i].at, two->entries[i].at);
        att_buf_drop(&first);
        att_buf_drop(&second);
    }
    att_talk_close(one);
    att_talk_close(two);
}

/* Two branches of which one is asked: as things stand both are open. */
static void counts_keep_to_what_was_proved(void **state)
{
    static const char *const path = "instruments/branches.json";
    att_talk *talk = att_talk_open(path, "en");
    att_view view = att_talk_view(talk);

    (void)state;
    assert_int_equal(view.of_low, 1);
    assert_int_equal(view.of_high, 6);
    att_session_prove(talk->session);
    view = att_talk_view(talk);
    assert_int_equal(view.of_low, 3);
    assert_int_equal(view.of_high, 4);
    att_talk_do(talk, ATT_EVENT_AGREE);
    view = att_talk_view(talk);
    assert_near(view.minutes_left, 7, 1e-9);
    att_talk_answer(talk, "way", number(1));
    view = att_talk_view(talk);
    assert_int_equal(view.of_low, 3);
    assert_int_equal(view.of_high, 3);
    assert_near(view.minutes_left, 7.0 * 2 / 3, 1e-9); /* two of three are left */
    att_session_hide_progress(talk->session);
    view = att_talk_view(talk);
    assert_true(view.hides_progress);
    assert_near(view.minutes_left, 0, 0);
    att_talk_close(talk);
}

/* A choice that is offered no more is asked for anew, and shown as not answered. */
static void an_answer_that_is_offered_no_more_is_asked_again(void **state)
{
    att_talk *talk = begin("instruments/offers.json");
    att_arena arena = { 0 };
    att_view view;

    (void)state;
    att_talk_answer(talk, "time", number(3));
    att_talk_answer(talk, "cost", number(2));
    assert_at(talk, "first");
    assert_int_equal(att_talk_view(talk).n_options, 2);
    att_talk_answer(talk, "first", number(2));
    att_talk_answer(talk, "why", att_answer_of_text("It is dear."));
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_REVIEW);
    att_talk_answer(talk, "cost", number(1));
    assert_at(talk, "first");
    view = att_talk_view(talk);
    assert_int_equal(view.n_options, 1);
    assert_int_equal(view.answer.kind, ATT_ANSWER_NONE);
    assert_int_equal(att_talk_answer(talk, "first", number(2)), ATT_REFUSAL_NO_CHOICE);
    att_talk_do(talk, ATT_EVENT_BACK);
    assert_at(talk, "cost");
    att_talk_answer(talk, "cost", number(0));
    assert_at(talk, "first");
    assert_int_equal(att_talk_do(talk, ATT_EVENT_NEXT), ATT_REFUSAL_NONE);
    assert_int_equal(att_talk_view(talk).n_skipped, 1); /* it was asked, and passed */
    att_talk_answer(talk, "cost", number(2));
    att_talk_answer(talk, "first", number(2));
    att_talk_answer(talk, "cost", number(1));
    att_talk_answer(talk, "time", number(2));
    assert_string_equal(
        att_talk_record(&arena, talk->session),
        att_talk_record(&arena, att_talk_replay(talk, talk->n_entries)));
    att_talk_answer(talk, "first", number(1));
    att_talk_do(talk, ATT_EVENT_NEXT); /* past "why" */
    assert_int_equal(att_talk_view(talk).screen, ATT_SCREEN_REVIEW);
    att_arena_drop(&arena);
    att_talk_close(talk);
}

ATT_TEST_MAIN(cmocka_unit_test(an_answer_that_is_offered_no_more_is_asked_again),
              cmocka_unit_test(counts_keep_to_what_was_proved),
              cmocka_unit_test(blocks_items_and_rows_have_the_order_of_the_seed),
              cmocka_unit_test(numbers_progress_and_review_follow_what_is_shown),
              cmocka_unit_test(back_goes_the_way_that_was_come),
              cmocka_unit_test(choices_have_the_order_of_the_seed),
              cmocka_unit_test(nothing_is_asked_before_somebody_agrees),
              cmocka_unit_test(declining_ends_it),
              cmocka_unit_test(notes_are_screens_of_their_own),
              cmocka_unit_test(branching_asks_only_what_applies),
              cmocka_unit_test(hidden_rows_are_left_out),
              cmocka_unit_test(a_grid_goes_row_by_row_then_to_rows_without_an_answer),
              cmocka_unit_test(back_in_a_grid_is_a_row_or_the_whole),
              cmocka_unit_test(back_loses_nothing_and_stops_at_the_first),
              cmocka_unit_test(an_equal_answer_makes_no_entry_but_goes_on),
              cmocka_unit_test(a_hidden_answer_returns_with_its_question),
              cmocka_unit_test(what_is_required_is_asked_for),
              cmocka_unit_test(something_else_in_between_asks_anew),
              cmocka_unit_test(answers_that_do_not_fit_change_nothing),
              cmocka_unit_test(a_check_blocks_until_the_answer_fits),
              cmocka_unit_test(the_review_comes_last_and_shows_changes),
              cmocka_unit_test(a_branch_changed_in_the_review_asks_what_it_opened),
              cmocka_unit_test(finishing_is_refused_only_by_what_must_be_answered),
              cmocka_unit_test(one_question_needs_no_review),
              cmocka_unit_test(going_on_stands_where_one_left_after_going_back),
              cmocka_unit_test(leaving_keeps_the_session_open),
              cmocka_unit_test(the_welcome_leads_on_or_to_the_review),
              cmocka_unit_test(an_unknown_item_in_the_journal_is_named),
              cmocka_unit_test(a_consent_keeps_what_was_agreed_to),
              cmocka_unit_test(identifying_answers_are_marked),
              cmocka_unit_test(the_fold_of_the_journal_is_the_session),
              cmocka_unit_test(a_draft_is_shown_until_its_item_is_answered),
              cmocka_unit_test(the_same_events_make_the_same_entries))
