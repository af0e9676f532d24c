/* The filled form: what counts, what is asked and offered, and its words. */
#include <math.h>
#include <string.h>

#include <attune/instrument/read.h>
#include <attune/instrument/sheet.h>

#include "att_small.h"
#include "att_test.h"

static const char *const sites[] = { "North", "South" };
static const att_setting settings[] = {
    { .name = "network", .text = "Our Net" },
    { .name = "sites", .list = sites, .n_list = 2 },
    { .name = "none", .list = sites, .n_list = 0 },
};
static const att_context somebody = { .role = "CL",
                                      .site = "North",
                                      .person = "P1",
                                      .language = "en",
                                      .today = 20710,
                                      .settings = settings,
                                      .n_settings = 3 };

static att_sheet *sheet_of(att_small *s)
{
    return att_sheet_make(&s->arena, &s->instrument, &somebody);
}

/* The state of an item: 'a' asked, 'o' open, '-' neither. */
static char state_of(const att_sheet *sheet, const char *id)
{
    size_t item = att_instrument_item(sheet->instrument, id);

    assert_false(sheet->is_asked[item] && sheet->is_open[item]);
    return sheet->is_asked[item] ? 'a' : sheet->is_open[item] ? 'o' : '-';
}

static att_answer get(const att_sheet *sheet, const char *id, bool is_over)
{
    return att_sheet_get(sheet, att_instrument_item(sheet->instrument, id), is_over);
}

static void a_hidden_answer_counts_as_not_asked_and_returns(void **state)
{
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b c", "integer");
    s.items[1].show = att_small_expr(&s, "a = 1");
    s.items[2].show = att_small_expr(&s, "b > 3");
    att_small_done(&s);
    sheet = sheet_of(&s);
    att_small_number(sheet, "a", 1);
    att_small_number(sheet, "b", 5);
    att_small_number(sheet, "c", 7);
    assert_near(get(sheet, "c", false).number, 7, 0);
    att_small_number(sheet, "a", 2);
    assert_int_equal(get(sheet, "b", false).reason, ATT_REASON_NOT_ASKED);
    assert_int_equal(get(sheet, "c", true).reason, ATT_REASON_NOT_ASKED);
    att_small_number(sheet, "a", 1);
    assert_near(get(sheet, "b", false).number, 5, 0);
    assert_near(get(sheet, "c", false).number, 7, 0);
    att_small_drop(&s);
}

static void nothing_given_is_not_reached_once_it_is_over(void **state)
{
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 1);
    (void)att_small_items(&s, "a", "integer");
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(get(sheet, "a", false).kind, ATT_ANSWER_NONE);
    assert_int_equal(get(sheet, "a", true).reason, ATT_REASON_NOT_REACHED);
    att_small_drop(&s);
}

static void a_container_hides_all_that_it_holds(void **state)
{
    size_t page;
    size_t grid;
    size_t low;
    size_t high;
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 6);
    (void)att_small_item(&s, "a", "integer", ATT_NONE);
    page = att_small_item(&s, "p", "page", ATT_NONE);
    grid = att_small_item(&s, "g", "grid", page);
    (void)att_small_item(&s, "g1", "one", grid);
    (void)att_small_item(&s, "g2", "one", grid);
    s.items[page].show = att_small_expr(&s, "a > 1");
    s.items[4].show = att_small_expr(&s, "g1 = 2");
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(state_of(sheet, "g1"), 'o');
    assert_int_equal(state_of(sheet, "g2"), 'o');
    att_sheet_count(sheet, &low, &high);
    assert_int_equal(low, 1);
    assert_int_equal(high, 3);
    att_small_number(sheet, "a", 2);
    assert_int_equal(state_of(sheet, "g1"), 'a');
    assert_int_equal(state_of(sheet, "g2"), 'o');
    att_small_number(sheet, "g1", 2);
    assert_int_equal(state_of(sheet, "g2"), 'a');
    att_small_number(sheet, "a", 1);
    assert_int_equal(state_of(sheet, "p"), '-');
    assert_int_equal(state_of(sheet, "g"), '-');
    assert_int_equal(state_of(sheet, "g1"), '-');
    assert_int_equal(state_of(sheet, "g2"), '-');
    att_sheet_count(sheet, &low, &high);
    assert_int_equal(low, 1);
    assert_int_equal(high, 1);
    att_small_drop(&s);
}

static void an_unknown_condition_is_open_only_for_want_of_an_answer(void **state)
{
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 4);
    (void)att_small_items(&s, "a b c d", "integer");
    s.items[1].show = att_small_expr(&s, "a = 1");
    s.items[2].show = att_small_expr(&s, "b = 1");
    s.items[3].show = att_small_expr(&s, "wave = '2'");
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(state_of(sheet, "b"), 'o');
    assert_int_equal(state_of(sheet, "c"), 'o');
    assert_int_equal(state_of(sheet, "d"), '-'); /* nobody can answer the wave */
    att_small_reason(sheet, "a", ATT_REASON_REFUSED);
    assert_int_equal(state_of(sheet, "b"), '-');
    assert_int_equal(state_of(sheet, "c"), '-');
    att_small_drop(&s);
}

static void a_condition_may_look_at_scores(void **state)
{
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b c", "one");
    (void)att_small_scale(&s, "x", "a b", 1, 5, 2);
    (void)att_small_derive(&s, "d", "x_100 + 1");
    s.items[2].show = att_small_expr(&s, "d > 50");
    att_small_done(&s);
    sheet = sheet_of(&s);
    att_small_number(sheet, "a", 5);
    assert_int_equal(state_of(sheet, "c"), 'o');
    att_small_number(sheet, "b", 5);
    assert_int_equal(state_of(sheet, "c"), 'a');
    att_small_number(sheet, "b", 1);
    assert_int_equal(state_of(sheet, "c"), 'a'); /* mean 3: 51 */
    att_small_number(sheet, "a", 1);
    assert_int_equal(state_of(sheet, "c"), '-');
    att_small_drop(&s);
}

static void a_value_is_worked_out_as_its_answers_come(void **state)
{
    att_small s;
    att_sheet *sheet;
    att_answer answer;

    att_small_start(&s, 6);
    (void)att_small_items(&s, "a b", "integer");
    (void)att_small_items(&s, "x y", "calc");
    (void)att_small_items(&s, "c d", "integer");
    s.items[2].value = att_small_expr(&s, "a + b");
    s.items[3].value = att_small_expr(&s, "x > 5");
    s.items[3].show = att_small_expr(&s, "a != 9");
    s.items[4].show = att_small_expr(&s, "y = 1");
    s.items[5].check = att_small_expr(&s, "x < 100");
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(get(sheet, "x", false).kind, ATT_ANSWER_NONE);
    assert_int_equal(state_of(sheet, "c"), 'o');
    att_small_number(sheet, "a", 2);
    assert_int_equal(state_of(sheet, "c"), 'o');
    att_small_number(sheet, "b", 2.5);
    assert_near(get(sheet, "x", false).number, 4.5, 0);
    assert_near(get(sheet, "y", false).number, 0, 0);
    assert_int_equal(state_of(sheet, "c"), '-');
    att_small_number(sheet, "b", 4);
    assert_near(get(sheet, "y", false).number, 1, 0);
    assert_int_equal(state_of(sheet, "c"), 'a');
    att_small_number(sheet, "a", 9);
    assert_near(get(sheet, "x", false).number, 13, 0);
    assert_int_equal(get(sheet, "y", false).reason, ATT_REASON_NOT_ASKED);
    assert_int_equal(state_of(sheet, "c"), '-');
    att_small_reason(sheet, "a", ATT_REASON_REFUSED);
    assert_int_equal(get(sheet, "x", true).kind, ATT_ANSWER_NONE);
    assert_int_equal(state_of(sheet, "c"), '-'); /* nothing more can come */
    answer = att_answer_of_number(1);
    assert_int_equal(att_sheet_judge(&s.arena, sheet, 2, &answer).code,
                     ATT_REFUSAL_WRONG_SORT);
    att_small_drop(&s);
}

static void a_check_may_look_at_a_value_of_its_own_answer(void **state)
{
    att_small s;
    att_sheet *sheet;
    att_answer answer = att_answer_of_number(60);

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b", "integer");
    (void)att_small_items(&s, "x", "calc");
    s.items[2].value = att_small_expr(&s, "a + b");
    s.items[1].check = att_small_expr(&s, "x < 100");
    att_small_done(&s);
    sheet = sheet_of(&s);
    att_small_number(sheet, "a", 50);
    assert_int_equal(att_sheet_judge(&s.arena, sheet, 1, &answer).code,
                     ATT_REFUSAL_CHECK);
    assert_int_equal(get(sheet, "x", false).kind, ATT_ANSWER_NONE);
    answer = att_answer_of_number(40);
    assert_int_equal(att_sheet_judge(&s.arena, sheet, 1, &answer).code,
                     ATT_REFUSAL_NONE);
    att_small_drop(&s);
}

static void choices_of_another_item_are_those_marked_there(void **state)
{
    static const int both[] = { 2, 5 };
    att_small s;
    att_sheet *sheet;
    att_offer offer;

    att_small_start(&s, 3);
    (void)att_small_item(&s, "from", "many", ATT_NONE);
    (void)att_small_item(&s, "to", "one", ATT_NONE);
    (void)att_small_item(&s, "on", "text", ATT_NONE);
    s.items[0].choices = att_small_set(&s, 1, 6, "");
    s.items[1].from = ATT_FROM_ITEM;
    s.items[1].from_item = 0;
    s.items[2].show = att_small_expr(&s, "to = 2");
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(state_of(sheet, "to"), 'o');
    att_small_codes(sheet, "from", 0, both); /* nothing marked */
    assert_int_equal(state_of(sheet, "to"), '-');
    att_small_codes(sheet, "from", 2, both);
    assert_int_equal(state_of(sheet, "to"), 'a');
    offer = att_sheet_offer(&s.arena, sheet, 1);
    assert_int_equal(offer.n_choices, 2);
    assert_int_equal(offer.choices[1].code, 5);
    att_small_number(sheet, "to", 2);
    assert_int_equal(state_of(sheet, "on"), 'a');
    assert_string_equal(att_sheet_say(&s.arena, sheet, 1, &sheet->raw[1]), "c2");
    att_small_codes(sheet, "from", 1, both + 1); /* 2 is gone: not given */
    assert_int_equal(get(sheet, "to", false).kind, ATT_ANSWER_NONE);
    assert_int_equal(state_of(sheet, "on"), 'o');
    att_small_codes(sheet, "from", 2, both);
    assert_near(get(sheet, "to", false).number, 2, 0);
    assert_int_equal(state_of(sheet, "on"), 'a');
    att_small_reason(sheet, "from", ATT_REASON_REFUSED);
    assert_int_equal(state_of(sheet, "to"), '-');
    att_small_drop(&s);
}

/* a: 1 to 3; b: 1 when a > 1, 2 when a > 2; c: of what b is; d: asked when b = 2; e: a
 * choice of 1 always, and of 2 when b = 2 */
static att_sheet *sheet_with_conditions(att_arena *arena)
{
    static const char text[] =
        "{\"format\":\"instrument/1\",\"id\":\"t\",\"version\":\"1.0.0\",\"title\":\"T\","
        "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},\"items\":["
        "{\"id\":\"a\",\"kind\":\"integer\",\"min\":1,\"max\":3,\"text\":\"A\"},"
        "{\"id\":\"b\",\"kind\":\"one\",\"text\":\"B\",\"choices\":["
        "{\"code\":1,\"text\":\"1\",\"show\":\"a > 1\"},"
        "{\"code\":2,\"text\":\"2\",\"show\":\"a > 2\"}]},"
        "{\"id\":\"c\",\"kind\":\"one\",\"text\":\"C\",\"choices\":{\"from\":\"b\"}},"
        "{\"id\":\"d\",\"kind\":\"text\",\"text\":\"D\",\"show\":\"b = 2\"},"
        "{\"id\":\"e\",\"kind\":\"many\",\"text\":\"E\",\"choices\":["
        "{\"code\":1,\"text\":\"1\"},{\"code\":2,\"text\":\"2\",\"show\":\"b = 2\"}]}]}";
    att_err err = { 0 };
    att_instrument *in =
        att_instrument_open_bytes(arena, "t", text, sizeof text - 1, &err);

    assert_ok(err.code, &err);
    return att_sheet_make(arena, in, &somebody);
}

static void a_choice_is_offered_when_its_condition_holds(void **state)
{
    att_arena arena = { 0 };
    att_sheet *sheet = sheet_with_conditions(&arena);
    att_answer two = att_answer_of_number(2);
    att_offer offer;

    assert_int_equal(state_of(sheet, "b"), 'o');
    assert_int_equal(att_sheet_offer(&arena, sheet, 1).n_choices, 0);
    assert_int_equal(state_of(sheet, "e"), 'a'); /* one choice is free */
    att_small_number(sheet, "a", 2);
    assert_int_equal(state_of(sheet, "b"), 'a');
    offer = att_sheet_offer(&arena, sheet, 1);
    assert_int_equal(offer.n_choices, 1);
    assert_int_equal(offer.choices[0].code, 1);
    assert_int_equal(att_sheet_judge(&arena, sheet, 1, &two).code,
                     ATT_REFUSAL_NO_CHOICE);
    att_small_number(sheet, "a", 3);
    assert_int_equal(att_sheet_offer(&arena, sheet, 1).n_choices, 2);
    assert_int_equal(att_sheet_judge(&arena, sheet, 1, &two).code, ATT_REFUSAL_NONE);
    att_small_number(sheet, "a", 1); /* nothing is offered */
    assert_int_equal(state_of(sheet, "b"), '-');
    assert_int_equal(get(sheet, "b", true).reason, ATT_REASON_NOT_ASKED);
    att_small_reason(sheet, "a", ATT_REASON_REFUSED); /* unknown, and stays so */
    assert_int_equal(state_of(sheet, "b"), '-');
    att_arena_drop(&arena);
}

static void an_answer_whose_choice_is_not_offered_any_more_is_not_given(void **state)
{
    static const int both[] = { 1, 2 };
    att_arena arena = { 0 };
    att_sheet *sheet = sheet_with_conditions(&arena);

    att_small_number(sheet, "a", 3);
    att_small_number(sheet, "b", 2);
    att_small_number(sheet, "c", 2);
    att_small_codes(sheet, "e", 2, both);
    assert_int_equal(state_of(sheet, "d"), 'a');
    assert_int_equal(get(sheet, "e", false).n_codes, 2);
    att_small_number(sheet, "a", 2); /* b's 2 is gone, and what hangs on it */
    assert_int_equal(state_of(sheet, "b"), 'a');
    assert_int_equal(get(sheet, "b", false).kind, ATT_ANSWER_NONE);
    assert_int_equal(state_of(sheet, "c"), 'o');
    assert_int_equal(state_of(sheet, "d"), 'o');
    assert_int_equal(get(sheet, "e", false).kind, ATT_ANSWER_NONE);
    att_small_number(sheet, "b", 1);
    assert_near(get(sheet, "b", false).number, 1, 0);
    assert_int_equal(state_of(sheet, "d"), '-');
    att_small_number(sheet, "b", 2); /* past the judge */
    assert_int_equal(get(sheet, "b", false).kind, ATT_ANSWER_NONE);
    att_small_number(sheet, "a", 3);
    assert_near(get(sheet, "b", false).number, 2, 0);
    assert_near(get(sheet, "c", false).number, 2, 0);
    assert_int_equal(get(sheet, "e", false).n_codes, 2);
    assert_int_equal(state_of(sheet, "d"), 'a');
    att_arena_drop(&arena);
}

static void choices_of_a_setting_are_numbered_from_1(void **state)
{
    att_small s;
    att_sheet *sheet;
    att_offer offer;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b c", "one");
    for (size_t i = 0; i < 3; i++) {
        s.items[i].from = ATT_FROM_STUDY;
    }
    s.items[0].from_setting = "sites";
    s.items[1].from_setting = "none";
    s.items[2].from_setting = "unset";
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(state_of(sheet, "a"), 'a');
    assert_int_equal(state_of(sheet, "b"), '-');
    assert_int_equal(state_of(sheet, "c"), '-');
    offer = att_sheet_offer(&s.arena, sheet, 0);
    assert_int_equal(offer.n_choices, 2);
    assert_int_equal(offer.choices[1].code, 2);
    assert_string_equal(att_wording_in(&s.instrument, &offer.choices[1].text, 1),
                        "South");
    att_small_drop(&s);
}

static void reasons_come_in_the_sets_words_in_the_order_n_r_k(void **state)
{
    att_small s;
    att_sheet *sheet;
    att_offer offer;

    att_small_start(&s, 2);
    (void)att_small_items(&s, "a b", "one");
    s.items[0].choices = att_small_set(&s, 1, 2, "kn");
    s.items[1].choices = att_small_set(&s, 1, 2, "");
    s.instrument.is_offered[ATT_REASON_REFUSED] = true;
    s.instrument.is_offered[ATT_REASON_DONT_KNOW] = true;
    s.instrument.reason_text[ATT_REASON_DONT_KNOW] =
        att_small_words(&s, "Don't know", NULL);
    att_small_done(&s);
    sheet = sheet_of(&s);
    offer = att_sheet_offer(&s.arena, sheet, 0);
    assert_int_equal(offer.n_choices, 2);
    assert_int_equal(offer.n_reasons, 3);
    assert_int_equal(offer.reasons[0].code, -7);
    assert_int_equal(offer.reasons[1].code, -8);
    assert_null(offer.reasons[1].text.in); /* the face's own word */
    assert_int_equal(offer.reasons[2].code, -6);
    assert_string_equal(offer.reasons[2].text.in[0], "own k");
    offer = att_sheet_offer(&s.arena, sheet, 1);
    assert_int_equal(offer.n_reasons, 2);
    assert_int_equal(offer.reasons[0].reason, ATT_REASON_REFUSED);
    assert_string_equal(offer.reasons[1].text.in[0], "Don't know");
    att_small_drop(&s);
}

static att_refusal judge(att_small *s, const att_sheet *sheet, const char *id,
                         att_answer answer)
{
    return att_sheet_judge(&s->arena, sheet, att_instrument_item(&s->instrument, id),
                           &answer);
}

static void answers_are_judged_as_the_session_does(void **state)
{
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 5);
    (void)att_small_items(&s, "a b c", "integer");
    (void)att_small_items(&s, "d", "note");
    s.items[0].has_max = true;
    s.items[0].max = 60;
    s.own = ATT_TYPE_NUMBER;
    s.items[0].check = att_small_expr(&s, ". != 13");
    s.items[0].warn = att_small_expr(&s, "a <= 31");
    s.items[0].warn_text =
        att_small_words(&s, "{.} is more than a month ({{a: {a})", NULL);
    s.items[1].check = att_small_expr(&s, ". > a");
    s.items[2].show = att_small_expr(&s, "a = 99");
    att_small_done(&s);
    sheet = sheet_of(&s);
    assert_int_equal(judge(&s, sheet, "a", att_answer_of_number(5)).code,
                     ATT_REFUSAL_NONE);
    assert_int_equal(judge(&s, sheet, "a", att_answer_of_number(61)).code,
                     ATT_REFUSAL_TOO_HIGH);
    assert_int_equal(judge(&s, sheet, "a", att_answer_of_number(13)).code,
                     ATT_REFUSAL_CHECK);
    assert_string_equal(judge(&s, sheet, "a", att_answer_of_number(13)).text, "");
    assert_int_equal(judge(&s, sheet, "a", att_answer_of_number(40)).code,
                     ATT_REFUSAL_WARN);
    assert_string_equal(judge(&s, sheet, "a", att_answer_of_number(40)).text,
                        "40 is more than a month ({a: 40)");
    assert_int_equal(sheet->raw[0].kind, ATT_ANSWER_NONE); /* nothing was kept */
    /* unknown passes, as long as a has no answer */
    assert_int_equal(judge(&s, sheet, "b", att_answer_of_number(0)).code,
                     ATT_REFUSAL_NONE);
    att_small_number(sheet, "a", 3);
    assert_int_equal(judge(&s, sheet, "b", att_answer_of_number(0)).code,
                     ATT_REFUSAL_CHECK);
    assert_int_equal(judge(&s, sheet, "c", att_answer_of_number(0)).code,
                     ATT_REFUSAL_NOT_SHOWN);
    assert_int_equal(judge(&s, sheet, "d", att_answer_of_number(0)).code,
                     ATT_REFUSAL_WRONG_SORT);
    assert_int_equal(judge(&s, sheet, "a", att_answer_of_text("x")).code,
                     ATT_REFUSAL_WRONG_SORT);
    assert_int_equal(judge(&s, sheet, "a", (att_answer){ 0 }).code,
                     ATT_REFUSAL_REQUIRED);
    assert_int_equal(
        judge(&s, sheet, "a", att_answer_of_reason(ATT_REASON_SKIPPED)).code,
        ATT_REFUSAL_NONE);
    assert_int_equal(
        judge(&s, sheet, "a", att_answer_of_reason(ATT_REASON_REFUSED)).code,
        ATT_REFUSAL_NO_REASON);
    s.instrument.is_offered[ATT_REASON_REFUSED] = true;
    assert_int_equal(
        judge(&s, sheet, "a", att_answer_of_reason(ATT_REASON_REFUSED)).code,
        ATT_REFUSAL_NONE);
    assert_int_equal(
        judge(&s, sheet, "a", att_answer_of_reason(ATT_REASON_NOT_ASKED)).code,
        ATT_REFUSAL_NO_REASON);
    att_small_drop(&s);
}

static void ranges_may_be_days_that_move(void **state)
{
    att_small s;
    att_sheet *sheet;
    att_offer offer;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b", "date");
    (void)att_small_items(&s, "c", "vas");
    s.items[1].min_day = att_small_expr(&s, "a + 7");
    s.items[1].max_day = att_small_expr(&s, "today");
    att_small_done(&s);
    sheet = sheet_of(&s);
    offer = att_sheet_offer(&s.arena, sheet, 1);
    assert_near(offer.low, NAN, 0);
    assert_near(offer.high, 20710, 0);
    sheet->raw[0] = att_answer_of_day(20000);
    offer = att_sheet_offer(&s.arena, sheet, 1);
    assert_near(offer.low, 20007, 0);
    offer = att_sheet_offer(&s.arena, sheet, 2);
    assert_near(offer.low, 0, 0); /* a slider's own range */
    assert_near(offer.high, 100, 0);
    att_small_drop(&s);
}

/* {ref}: the nickname, or words after who it is, as in an instrument of ties. */
static void start_piping(att_small *s)
{
    att_token_else *otherwise;
    att_wording *texts;
    size_t *items;

    att_small_start(s, 4);
    (void)att_small_item(s, "who", "one", ATT_NONE);
    (void)att_small_item(s, "nick", "text", ATT_NONE);
    (void)att_small_item(s, "t4", "one", ATT_NONE);
    (void)att_small_item(s, "many", "many", ATT_NONE);
    s->items[0].choices = att_small_set(s, 1, 3, "r");
    s->items[3].choices = s->items[0].choices;
    otherwise = att_new_n(&s->arena, att_token_else, 2);
    otherwise[0].when = att_small_expr(s, "who = 1");
    otherwise[0].text = att_small_words(s, "my nurse", "mi enfermera");
    otherwise[1].text = att_small_words(s, "this person", "esta persona");
    s->tokens[0] = (att_token){
        .id = "ref", .item = 1, .setting = "", .otherwise = otherwise, .n_otherwise = 2
    };
    otherwise = att_new_n(&s->arena, att_token_else, 1);
    otherwise[0].text = att_small_words(s, "this network", "esta red");
    s->tokens[1] = (att_token){ .id = "network",
                                .item = ATT_NONE,
                                .setting = "network",
                                .otherwise = otherwise,
                                .n_otherwise = 1 };
    otherwise = att_new_n(&s->arena, att_token_else, 1);
    otherwise[0].text = att_small_words(s, "{loop}{loop}{loop}", NULL);
    s->tokens[2] = (att_token){ .id = "loop",
                                .item = ATT_NONE,
                                .setting = "",
                                .otherwise = otherwise,
                                .n_otherwise = 1 };
    s->instrument.n_tokens = 3;
    items = att_new_n(&s->arena, size_t, 1);
    texts = att_new_n(&s->arena, att_wording, 1);
    items[0] = 2;
    texts[0] = att_small_words(s, "{Ref} knows a lot.", NULL);
    s->variants[0] =
        (att_variant){ .when = att_small_expr(s, "role = 'CL' and who = 3"),
                       .items = items,
                       .texts = texts,
                       .n_items = 1 };
    s->instrument.n_variants = 1;
    s->items[2].text =
        att_small_words(s, "{Ref} has the skills.", "{Ref} tiene la habilidad.");
    att_small_done(s);
}

static const char *pipe_text(att_small *s, const att_sheet *sheet, const char *text)
{
    att_wording wording = att_small_words(s, text, NULL);

    return att_sheet_pipe(&s->arena, sheet, &wording, NULL);
}

static void tokens_fall_back_in_their_order(void **state)
{
    att_small s;
    att_sheet *sheet;

    start_piping(&s);
    sheet = sheet_of(&s);
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2),
                        "This person has the skills.");
    att_small_number(sheet, "who", 1);
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2), "My nurse has the skills.");
    att_small_text(sheet, "nick", "\xc3\xa9lo {x}");
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2),
                        "\xc3\x89lo {x} has the skills.");
    att_small_text(sheet, "nick", "");
    assert_string_equal(pipe_text(&s, sheet, "{network}, {ref}"), "Our Net, my nurse");
    sheet->context.n_settings = 0;
    assert_string_equal(pipe_text(&s, sheet, "{Network}"), "This network");
    sheet->language = 1;
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2),
                        "Mi enfermera tiene la habilidad.");
    att_small_drop(&s);
}

static void the_first_variant_that_holds_gives_the_words(void **state)
{
    att_small s;
    att_sheet *sheet;

    start_piping(&s);
    sheet = sheet_of(&s);
    att_small_number(sheet, "who", 3);
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2), "This person knows a lot.");
    sheet->context.role = "PT";
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2),
                        "This person has the skills.");
    att_small_drop(&s);
}

static void names_in_braces_are_piped_and_others_stay(void **state)
{
    static const int codes[] = { 1, 3 };
    static const struct {
        const char *text, *piped;
    } cases[] = {
        { "plain", "plain" },
        { "", "" },
        { "{who}", "2" },
        { "{who:label}", "c2" },
        { "{Who:label}!", "C2!" },
        { "{many}", "1, 3" },
        { "{many:label}", "c1, c3" },
        { "{role} at {site}, {today}", "CL at North, 2026-09-14" },
        { "{wave}", "" },
        { "{{who}", "{who}" },
        { "{{{who}}", "{2}" },
        { "a } b", "a } b" },
        { "{nobody} {who:x} {}", "{nobody} {who:x} {}" },
        { "{.}", "{.}" },
        { "{who", "{who" },
        { "{", "{" },
        { "{who{who}", "{who2" },
    };
    att_small s;
    att_sheet *sheet;

    start_piping(&s);
    sheet = sheet_of(&s);
    att_small_number(sheet, "who", 2);
    att_small_codes(sheet, "many", 2, codes);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(pipe_text(&s, sheet, cases[i].text), cases[i].piped);
    }
    att_small_drop(&s);
}

static void tokens_that_name_themselves_come_to_an_end(void **state)
{
    att_small s;
    att_sheet *sheet;

    start_piping(&s);
    sheet = sheet_of(&s);
    assert_true(strlen(pipe_text(&s, sheet, "{loop}")) < 20000);
    att_small_drop(&s);
}

static void an_answer_is_said_in_words(void **state)
{
    static const int codes[] = { 1, 2 };
    att_answer answers[] = {
        att_answer_of_number(2),
        att_answer_of_codes(codes, 2),
        att_answer_of_reason(ATT_REASON_REFUSED),
        att_answer_of_reason(ATT_REASON_SKIPPED),
        att_answer_of_text("x"),
        att_answer_of_day(20710),
        { 0 },
    };
    static const char *const said[] = { "c2", "c1, c2",     "own r", "",
                                        "x",  "2026-09-14", "" };
    att_small s;
    att_sheet *sheet;

    start_piping(&s);
    sheet = sheet_of(&s);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        assert_string_equal(att_sheet_say(&s.arena, sheet, 0, &answers[i]), said[i]);
    }
    att_small_drop(&s);
}

static void a_language_that_is_not_there_becomes_the_default(void **state)
{
    att_context context = somebody;
    att_small s;

    start_piping(&s);
    context.language = "es";
    assert_int_equal(att_sheet_make(&s.arena, &s.instrument, &context)->language, 1);
    context.language = "fr";
    assert_int_equal(att_sheet_make(&s.arena, &s.instrument, &context)->language, 0);
    context.language = NULL;
    assert_int_equal(att_sheet_make(&s.arena, &s.instrument, &context)->language, 0);
    att_small_drop(&s);
}

static void a_response_makes_the_sheet_that_its_entries_made(void **state)
{
    att_small s;
    att_sheet *sheet;
    att_entry entries[] = {
        { .act = ATT_ACT_START, .item = "" },
        { .act = ATT_ACT_ANSWER, .item = "who", .answer = att_answer_of_number(3) },
        { .act = ATT_ACT_ANSWER, .item = "gone", .answer = att_answer_of_number(3) },
        { .act = ATT_ACT_BACK, .item = "who" },
        { .act = ATT_ACT_ANSWER, .item = "who", .answer = att_answer_of_number(1) },
    };
    att_response response = {
        .role = "CL", .language = "es", .entries = entries, .n_entries = 5
    };

    start_piping(&s);
    sheet = att_sheet_of_response(&s.arena, &s.instrument, &response, NULL, 0);
    assert_near(get(sheet, "who", true).number, 1, 0);
    assert_int_equal(get(sheet, "nick", true).reason, ATT_REASON_NOT_REACHED);
    assert_string_equal(att_sheet_text(&s.arena, sheet, 2),
                        "Mi enfermera tiene la habilidad.");
    att_small_drop(&s);
}

/* Items as the reader makes them of a text; the expressions know attributes and waves. */
static const char knowing[] =
    "{\"format\":\"instrument/1\",\"id\":\"x\",\"version\":\"1.0.0\",\"title\":\"X\","
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
    "\"person\":{\"age\":\"number\",\"helper\":\"text\",\"since\":\"date\"},\"items\":["
    "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":\"{person.helper}, {person.age} "
    "({person.since})?\"},"
    "{\"id\":\"b\",\"kind\":\"text\",\"show\":\"person.age < 13\",\"text\":\"B?\"},"
    "{\"id\":\"c\",\"kind\":\"text\",\"show\":\"missing(person.age) or person.age >= 13\","
    "\"text\":\"C?\"},"
    "{\"id\":\"d\",\"kind\":\"calc\",\"value\":\"a - wave('T0').a\",\"text\":\"D\"},"
    "{\"id\":\"e\",\"kind\":\"text\",\"show\":\"years(person.since) >= 1\",\"text\":\"E?\"}"
    "]}";

static void what_is_known_beforehand_decides_what_is_asked(void **state)
{
    static const att_known young[] = {
        { "", "age", { .kind = ATT_ANSWER_NUMBER, .number = 12 } },
        { "", "helper", { .kind = ATT_ANSWER_TEXT, .text = "Dr K" } },
        { "", "since", { .kind = ATT_ANSWER_DAY, .day = 20345 } }, /* a year before */
        { "T0", "a", { .kind = ATT_ANSWER_NUMBER, .number = 4 } },
    };
    static const att_known odd[] = {
        /* of other sorts than the instrument says */
        { "", "age", { .kind = ATT_ANSWER_TEXT, .text = "12" } },
        { "T0", "a", { .kind = ATT_ANSWER_TEXT, .text = "4" } },
    };
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_instrument *in =
        att_instrument_open_bytes(&arena, "x", knowing, strlen(knowing), &err);
    att_context context = somebody;
    att_sheet *sheet;

    if (in == NULL) {
        fail_msg("%s (%s)", err.message, err.where.pointer);
    }
    context.known = young;
    context.n_known = 4;
    sheet = att_sheet_make(&arena, in, &context);
    assert_int_equal(state_of(sheet, "b"), 'a');
    assert_int_equal(state_of(sheet, "c"), '-');
    assert_int_equal(state_of(sheet, "e"), 'a');
    assert_string_equal(att_sheet_text(&arena, sheet, 0), "Dr K, 12 (2025-09-14)?");
    att_small_number(sheet, "a", 9);
    assert_near(get(sheet, "d", true).number, 5, 0);
    for (int i = 0; i < 2; i++) { /* not known; known as something else */
        context.known = i == 0 ? NULL : odd;
        context.n_known = i == 0 ? 0 : 2;
        sheet = att_sheet_make(&arena, in, &context);
        att_small_number(sheet, "a", 9);
        assert_int_equal(state_of(sheet, "b"), '-');
        assert_int_equal(state_of(sheet, "c"), 'a');
        assert_int_equal(state_of(sheet, "e"), '-');
        assert_int_equal(get(sheet, "d", true).kind, ATT_ANSWER_NONE);
    }
    att_arena_drop(&arena);
}

static unsigned turn(unsigned *seed)
{
    *seed = *seed * 1103515245U + 12345U;
    return *seed >> 16;
}

#define N_MIXED 24

/* Items of which each looks at one or two before it, some within pages, some with
 * choices from another. */
static void start_mixed(att_small *s, unsigned *seed)
{
    size_t page = ATT_NONE;
    const att_choices *set;

    att_small_start(s, N_MIXED);
    set = att_small_set(s, 1, 3, "r");
    for (size_t i = 0; i < N_MIXED; i++) {
        const char *id = att_arena_format(&s->arena, "i%zu", i);
        unsigned sort = turn(seed) % 6;
        size_t item = att_small_item(s, id, i > 0 && sort == 0 ? "page" : "one", page);
        s->items[item].choices = set;
        if (i > 0 && turn(seed) % 3 != 0) {
            size_t a = turn(seed) % (unsigned)i;
            size_t b = turn(seed) % (unsigned)i;
            s->items[item].show = att_small_expr(
                s, att_arena_format(&s->arena, "%s i%zu = %u or missing(i%zu)",
                                    turn(seed) % 4 == 0 ? "not" : "", a,
                                    turn(seed) % 3 + 1, b));
        }
        if (i > 2 && sort == 1 && att_item_is_question(&s->items[i - 1])) {
            s->items[item].from = ATT_FROM_ITEM;
            s->items[item].from_item = i - 1;
        }
        if (i > 0 && sort == 0) {
            page = item;
        } else if (turn(seed) % 4 == 0) {
            page = ATT_NONE;
        }
    }
    att_small_done(s);
}

static void assert_same_sheets(const att_sheet *a, const att_sheet *b)
{
    for (size_t i = 0; i < N_MIXED; i++) {
        att_answer one = att_sheet_get(a, i, true);
        att_answer other = att_sheet_get(b, i, true);
        assert_int_equal(a->is_asked[i], b->is_asked[i]);
        assert_int_equal(a->is_open[i], b->is_open[i]);
        assert_true(att_answer_same(&one, &other));
    }
}

static void the_order_of_answers_does_not_matter(void **state)
{
    for (unsigned round = 1; round <= 60; round++) {
        unsigned seed = round;
        size_t shuffled[N_MIXED];
        att_answer answers[N_MIXED];
        att_entry entries[N_MIXED];
        att_response response = { .role = "CL",
                                  .site = "North",
                                  .person = "P1",
                                  .language = "en",
                                  .today = 20710,
                                  .entries = entries,
                                  .n_entries = N_MIXED };
        att_small s;
        att_sheet *forward;
        att_sheet *mixed;
        start_mixed(&s, &seed);
        forward = sheet_of(&s);
        mixed = sheet_of(&s);
        for (size_t i = 0; i < N_MIXED; i++) {
            size_t j = turn(&seed) % (unsigned)(i + 1);
            shuffled[i] = i;
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
            answers[i] = turn(&seed) % 5 == 0
                             ? att_answer_of_reason(ATT_REASON_REFUSED)
                             : att_answer_of_number(turn(&seed) % 3 + 1);
            entries[i] = (att_entry){ .act = ATT_ACT_ANSWER,
                                      .item = s.items[i].id,
                                      .answer = answers[i] };
        }
        for (size_t i = 0; i < N_MIXED; i++) {
            att_answer before = att_answer_of_number(turn(&seed) % 3 + 1);
            att_sheet_put(forward, i, &answers[i]);
            att_sheet_put(mixed, shuffled[i], &before); /* a first thought */
            att_sheet_put(mixed, shuffled[i], &answers[shuffled[i]]);
        }
        assert_same_sheets(forward, mixed);
        /* and what is put one by one is what is worked out at once */
        assert_same_sheets(forward, att_sheet_of_response(&s.arena, &s.instrument,
                                                          &response, settings, 3));
        att_small_drop(&s);
    }
}

ATT_TEST_MAIN(
    cmocka_unit_test(what_is_known_beforehand_decides_what_is_asked),
    cmocka_unit_test(a_hidden_answer_counts_as_not_asked_and_returns),
    cmocka_unit_test(nothing_given_is_not_reached_once_it_is_over),
    cmocka_unit_test(a_container_hides_all_that_it_holds),
    cmocka_unit_test(an_unknown_condition_is_open_only_for_want_of_an_answer),
    cmocka_unit_test(a_condition_may_look_at_scores),
    cmocka_unit_test(a_value_is_worked_out_as_its_answers_come),
    cmocka_unit_test(a_check_may_look_at_a_value_of_its_own_answer),
    cmocka_unit_test(choices_of_another_item_are_those_marked_there),
    cmocka_unit_test(a_choice_is_offered_when_its_condition_holds),
    cmocka_unit_test(an_answer_whose_choice_is_not_offered_any_more_is_not_given),
    cmocka_unit_test(choices_of_a_setting_are_numbered_from_1),
    cmocka_unit_test(reasons_come_in_the_sets_words_in_the_order_n_r_k),
    cmocka_unit_test(answers_are_judged_as_the_session_does),
    cmocka_unit_test(ranges_may_be_days_that_move),
    cmocka_unit_test(tokens_fall_back_in_their_order),
    cmocka_unit_test(the_first_variant_that_holds_gives_the_words),
    cmocka_unit_test(names_in_braces_are_piped_and_others_stay),
    cmocka_unit_test(tokens_that_name_themselves_come_to_an_end),
    cmocka_unit_test(an_answer_is_said_in_words),
    cmocka_unit_test(a_language_that_is_not_there_becomes_the_default),
    cmocka_unit_test(a_response_makes_the_sheet_that_its_entries_made),
    cmocka_unit_test(the_order_of_answers_does_not_matter))
