/* An interview with rosters: lists of names, whom a question is about, going back. */
#include "att_test.h"

#include <string.h>

#include "att_talk.h"

static att_answer number(double x)
{
    return att_answer_of_number(x);
}

static void name(att_talk *talk, const char *id, const char *text)
{
    assert_int_equal(att_talk_answer(talk, id, att_answer_of_text(text)),
                     ATT_REFUSAL_NONE);
}

/* Agreed to, no meetings: at the first name. */
static att_talk *begin(void)
{
    att_talk *talk = att_talk_open("instruments/roster.json", "en");

    att_talk_do(talk, ATT_EVENT_AGREE);
    att_talk_answer(talk, "meetings", number(0));
    return talk;
}

/* MJ and Sam, and Lu in the second list; at the first question about MJ. */
static att_talk *begin_named(void)
{
    att_talk *talk = begin();

    name(talk, "g1_1", "MJ");
    name(talk, "g1_2", "Sam");
    att_talk_do(talk, ATT_EVENT_NEXT);
    name(talk, "g2_4", "Lu");
    att_talk_do(talk, ATT_EVENT_NEXT);
    return talk;
}

#define assert_at(talk, wanted) assert_string_equal(att_talk_view(talk).id, (wanted))

static void a_name_comes_with_those_before_it(void **state)
{
    att_talk *talk = begin();
    att_view view = att_talk_view(talk);

    assert_string_equal(view.id, "g1_1");
    assert_string_equal(view.stem, "Use initials.");
    assert_int_equal(view.name_at, 1);
    assert_int_equal(view.name_of, 3);
    assert_int_equal(view.n_names, 0);
    assert_int_equal(view.at, 2);
    name(talk, "g1_1", "MJ");
    name(talk, "g1_2", "Sam");
    view = att_talk_view(talk);
    assert_string_equal(view.id, "g1_3");
    assert_int_equal(view.name_at, 3);
    assert_int_equal(view.n_names, 2);
    assert_int_equal(view.n_named, 2);
    assert_int_equal(view.names[1].at, 2);
    assert_string_equal(view.names[1].text, "Sam");
    assert_int_equal(view.at, 2); /* the list is one question */
    att_talk_close(talk);
}

static void an_empty_line_ends_a_list_and_a_full_one_ends_itself(void **state)
{
    att_talk *talk = begin();

    name(talk, "g1_1", "MJ");
    att_talk_do(talk, ATT_EVENT_NEXT);
    assert_at(talk, "g2_4");
    name(talk, "g2_4", "Lu");
    name(talk, "g2_5", "Kim");
    assert_at(talk, "freq_1");
    att_talk_close(talk);
}

static void nobody_named_nobody_asked_about(void **state)
{
    att_talk *talk = begin();

    att_talk_do(talk, ATT_EVENT_NEXT);
    assert_at(talk, "g2_4");
    att_talk_do(talk, ATT_EVENT_NEXT);
    assert_at(talk, "last");
    att_talk_close(talk);
}

static void a_question_says_whom_it_is_about(void **state)
{
    att_talk *talk = begin_named();
    att_view view = att_talk_view(talk);

    assert_string_equal(view.id, "freq_1");
    assert_string_equal(view.section, "Ties");
    assert_string_equal(view.stem, ""); /* said above the names */
    assert_string_equal(view.alter, "MJ");
    assert_int_equal(view.alter_at, 1);
    assert_int_equal(view.alter_of, 1);
    assert_int_equal(view.person_at, 1);
    assert_int_equal(view.person_of, 3);
    assert_string_equal(view.person_before, "");
    assert_string_equal(view.person_after, "Sam");
    att_talk_answer(talk, "freq_1", number(1));
    att_talk_answer(talk, "freq_2", number(3));
    view = att_talk_view(talk);
    assert_string_equal(view.id, "gives_2");
    assert_string_equal(view.alter, "Sam");
    assert_int_equal(view.alter_at, 2);
    assert_int_equal(view.alter_of, 2);
    assert_int_equal(view.person_at, 2);
    assert_true(view.is_person_known);
    assert_string_equal(view.person_before, "MJ");
    assert_string_equal(view.person_after, "Lu");
    att_talk_answer(talk, "gives_2", number(1));
    att_talk_answer(talk, "freq_4", number(1));
    view = att_talk_view(talk);
    assert_string_equal(view.id, "know_1_2");
    assert_string_equal(view.text, "Do MJ and Sam know each other?");
    assert_string_equal(view.alter, "");
    assert_int_equal(view.person_of, 0);
    att_talk_close(talk);
}

static void a_counted_roster_names_as_it_goes(void **state)
{
    att_talk *talk = att_talk_open("instruments/roster.json", "es");
    att_view view;

    att_talk_do(talk, ATT_EVENT_AGREE);
    att_talk_answer(talk, "meetings", number(2));
    view = att_talk_view(talk);
    assert_string_equal(view.id, "partner_1");
    assert_string_equal(view.stem, "Personas de allí");
    assert_string_equal(view.alter, "");
    assert_int_equal(view.person_at, 1);
    assert_int_equal(view.person_of, 2);
    assert_false(view.is_person_known);
    assert_int_equal(view.name_of, 0);
    name(talk, "partner_1", "Ana");
    view = att_talk_view(talk);
    assert_string_equal(view.text, "¿Cuánto confía en Ana?");
    assert_string_equal(view.stem, "");
    assert_string_equal(view.alter, "Ana");
    assert_int_equal(view.alter_at, 2);
    assert_int_equal(view.alter_of, 2);
    att_talk_close(talk);
}

static void a_name_can_be_changed_and_taken_back(void **state)
{
    att_talk *talk = begin_named();

    att_talk_do(talk, ATT_EVENT_BACK);
    assert_at(talk, "g2_5");
    for (size_t i = 0; i < 3; i++) {
        att_talk_do(talk, ATT_EVENT_BACK);
    }
    assert_at(talk, "g1_2");
    assert_string_equal(att_talk_view(talk).answer.text, "Sam");
    att_talk_event(talk, ATT_EVENT_SKIP, "g1_2", (att_answer){ 0 });
    assert_at(talk, "g2_4"); /* nobody stands behind the empty place */
    att_talk_do(talk, ATT_EVENT_NEXT);
    att_talk_do(talk, ATT_EVENT_NEXT);
    assert_at(talk, "freq_1");
    att_talk_answer(talk, "freq_1", number(1));
    assert_at(talk, "freq_4");
    att_talk_close(talk);
}

/* In the review an entry's name is given anew: what was said of it comes back. */
static void the_review_shows_the_names_and_where_they_end(void **state)
{
    att_talk *talk = begin_named();
    att_view view;

    att_talk_answer(talk, "freq_1", number(1));
    att_talk_answer(talk, "freq_2", number(1));
    att_talk_answer(talk, "freq_4", number(1));
    att_talk_answer(talk, "know_1_2", number(1));
    att_talk_answer(talk, "last", number(1));
    view = att_talk_view(talk);
    assert_int_equal(view.screen, ATT_SCREEN_REVIEW);
    assert_int_equal(view.n_review, 11);
    assert_string_equal(view.review[2].question, "2: Who helps you?");
    assert_string_equal(view.review[2].answer, "Sam");
    assert_false(view.review[2].is_end);
    assert_string_equal(view.review[3].question, "3: Who helps you?");
    assert_true(view.review[3].is_end);
    assert_true(view.review[5].is_end);
    assert_int_equal(view.of_low,
                     8); /* meetings, two lists, three people, pair, last */
    assert_int_equal(view.n_values, 8);
    assert_int_equal(view.n_skipped, 0);
    att_talk_event(talk, ATT_EVENT_GOTO, "g1_3", (att_answer){ 0 });
    name(talk, "g1_3", "Kim");
    assert_at(talk, "freq_3");
    att_talk_close(talk);
}

static void going_on_later_stands_where_it_stopped(void **state)
{
    att_talk *talk = begin_named();
    att_arena arena = { 0 };

    att_talk_answer(talk, "freq_1", number(2));
    att_talk_answer(talk, "gives_1", number(1));
    att_talk_do(talk, ATT_EVENT_BACK);
    for (size_t n = 2; n <= talk->n_entries; n++) {
        att_session *again = att_talk_replay(talk, n);
        att_view view = att_session_view(&arena, again);

        assert_int_equal(view.screen, ATT_SCREEN_QUESTION);
        if (n == talk->n_entries) {
            att_view now = att_talk_view(talk);

            assert_string_equal(att_view_dump(&arena, &view),
                                att_view_dump(&arena, &now));
            assert_string_equal(att_talk_record(&arena, again),
                                att_talk_record(&arena, talk->session));
        }
    }
    att_arena_drop(&arena);
    att_talk_close(talk);
}

static void names_are_kept_apart(void **state)
{
    att_talk *talk = begin_named();
    size_t n = 0;

    for (size_t i = 0; i < talk->n_entries; i++) {
        const att_entry *entry = &talk->entries[i];

        if (entry->act == ATT_ACT_ANSWER && entry->answer.kind == ATT_ANSWER_TEXT) {
            assert_true(entry->is_identifying);
            n++;
        }
    }
    assert_int_equal(n, 3);
    att_talk_close(talk);
}

ATT_TEST_MAIN(cmocka_unit_test(a_name_comes_with_those_before_it),
              cmocka_unit_test(an_empty_line_ends_a_list_and_a_full_one_ends_itself),
              cmocka_unit_test(nobody_named_nobody_asked_about),
              cmocka_unit_test(a_question_says_whom_it_is_about),
              cmocka_unit_test(a_counted_roster_names_as_it_goes),
              cmocka_unit_test(a_name_can_be_changed_and_taken_back),
              cmocka_unit_test(the_review_shows_the_names_and_where_they_end),
              cmocka_unit_test(going_on_later_stands_where_it_stopped),
              cmocka_unit_test(names_are_kept_apart))
