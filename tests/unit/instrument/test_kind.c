/* Kinds: what was typed becomes an answer or a refusal, and answers are judged. */
#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/instrument/kind.h>

#include "att_small.h"
#include "att_test.h"

static void the_list_has_every_kind_once(void **state)
{
    static const struct {
        const char *name;
        att_shape shape;
    } cases[] = {
        { "note", ATT_SHAPE_NOTE },         { "one", ATT_SHAPE_PICK_ONE },
        { "many", ATT_SHAPE_PICK_MANY },    { "rank", ATT_SHAPE_RANK },
        { "grid", ATT_SHAPE_CONTAINER },    { "integer", ATT_SHAPE_NUMBER },
        { "decimal", ATT_SHAPE_NUMBER },    { "text", ATT_SHAPE_TEXT },
        { "date", ATT_SHAPE_DATE },         { "time", ATT_SHAPE_TIME },
        { "datetime", ATT_SHAPE_DATETIME }, { "vas", ATT_SHAPE_SLIDER },
        { "consent", ATT_SHAPE_CONSENT },   { "calc", ATT_SHAPE_CALC },
        { "page", ATT_SHAPE_CONTAINER },    { "group", ATT_SHAPE_CONTAINER },
        { "roster", ATT_SHAPE_CONTAINER },
    };

    assert_int_equal(att_n_kinds, sizeof cases / sizeof *cases);
    for (size_t i = 0; i < att_n_kinds; i++) {
        const att_kind *kind = att_kind_find(cases[i].name);
        bool asks = kind->shape != ATT_SHAPE_NOTE &&
                    kind->shape != ATT_SHAPE_CONTAINER && kind->shape != ATT_SHAPE_CALC;
        assert_ptr_equal(att_kinds[i], kind);
        assert_int_equal(kind->shape, cases[i].shape);
        assert_int_equal(kind->judge != NULL, asks);
        assert_int_equal(kind->parse != NULL, asks);
        assert_non_null(kind->keys);
        assert_int_equal(kind->has_items, kind->shape == ATT_SHAPE_CONTAINER);
    }
    assert_null(att_kind_find("likert"));
}

/* An item of each sort that the tables use. */
typedef struct bench {
    att_small s;
    att_offer five;   /* 0 to 4 */
    att_offer change; /* -3 to 3 */
    att_offer mixed;  /* 3, 1, 2 */
    att_offer alone;  /* 1 to 4, of which 4 exclusive */
    att_offer range;  /* 0 to 60 */
    att_offer open;   /* no bounds */
    att_offer days;   /* 2026-01-01 to 2026-12-31 */
    att_offer clock;  /* 08:00 to 20:00 */
} bench;

static att_offer offer_of(const att_choices *set)
{
    return (att_offer){
        .choices = set->list, .n_choices = set->n, .low = NAN, .high = NAN
    };
}

static void start(bench *b)
{
    att_choice *list;

    att_small_start(&b->s, 1);
    b->five = offer_of(att_small_set(&b->s, 0, 4, ""));
    b->change = offer_of(att_small_set(&b->s, -3, 3, ""));
    b->mixed = offer_of(att_small_set(&b->s, 1, 3, ""));
    list = att_new_n(&b->s.arena, att_choice, 3);
    list[0].code = 3;
    list[1].code = 1;
    list[2].code = 2;
    b->mixed.choices = list;
    b->alone = offer_of(att_small_set(&b->s, 1, 4, ""));
    list = att_new_n(&b->s.arena, att_choice, 4);
    memcpy(list, b->alone.choices, 4 * sizeof *list);
    list[3].is_exclusive = true;
    b->alone.choices = list;
    b->range = (att_offer){ .low = 0, .high = 60 };
    b->open = (att_offer){ .low = NAN, .high = NAN };
    b->days = (att_offer){ .low = (double)att_day_of(2026, 1, 1),
                           .high = (double)att_day_of(2026, 12, 31) };
    b->clock = (att_offer){ .low = 8 * 60, .high = 20 * 60 };
}

static void the_number_shown_is_the_code_where_codes_rise_from_0(void **state)
{
    bench b;

    start(&b);
    assert_int_equal(att_offer_number(&b.five, 0), 0);
    assert_int_equal(att_offer_number(&b.five, 4), 4);
    assert_int_equal(att_offer_find(&b.five, 4), 4);
    assert_true(att_offer_find(&b.five, 5) == ATT_NONE);
    assert_int_equal(att_offer_number(&b.change, 0), 1); /* -3 */
    assert_int_equal(att_offer_find(&b.change, 7), 6);
    assert_true(att_offer_find(&b.change, 0) == ATT_NONE);
    assert_true(att_offer_find(&b.change, 8) == ATT_NONE);
    assert_int_equal(att_offer_number(&b.mixed, 0), 1); /* code 3 */
    assert_int_equal(att_offer_find(&b.mixed, 3), 2);
    att_small_drop(&b.s);
}

/* Which offer of the bench. */
typedef enum which { FIVE, CHANGE, MIXED, ALONE, RANGE, OPEN, DAYS, CLOCK } which;

static const att_offer *pick(const bench *b, which offer)
{
    const att_offer *all[] = { &b->five,  &b->change, &b->mixed, &b->alone,
                               &b->range, &b->open,   &b->days,  &b->clock };

    return all[offer];
}

typedef struct parse_case {
    const char *kind;
    which offer;
    double step;
    int decimals; /* -1: any */
    const char *typed;
    const char *answer; /* as JSON, or NULL: refused */
    att_refusal_code refusal;
    double number;
} parse_case;

static const parse_case parse_cases[] = {
    { "one", FIVE, 0, -1, "4", "4", ATT_REFUSAL_NONE, NAN },
    { "one", FIVE, 0, -1, "  0 ", "0", ATT_REFUSAL_NONE, NAN },
    { "one", FIVE, 0, -1, "5", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "one", FIVE, 0, -1, "four", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "one", FIVE, 0, -1, "1 2", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "one", FIVE, 0, -1, "1.0", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "one", FIVE, 0, -1, "99999999999", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "one", FIVE, 0, -1, "", NULL, ATT_REFUSAL_REQUIRED, NAN },
    { "one", CHANGE, 0, -1, "1", "-3", ATT_REFUSAL_NONE, NAN },
    { "one", MIXED, 0, -1, "1", "3", ATT_REFUSAL_NONE, NAN },
    { "many", FIVE, 0, -1, "1 3", "[1,3]", ATT_REFUSAL_NONE, NAN },
    { "many", FIVE, 0, -1, "3, 1;3", "[1,3]", ATT_REFUSAL_NONE, NAN },
    { "many", FIVE, 0, -1, "1 7", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "many", FIVE, 0, -1, " ", NULL, ATT_REFUSAL_REQUIRED, NAN },
    { "many", ALONE, 0, -1, "4", "[4]", ATT_REFUSAL_NONE, NAN },
    { "many", ALONE, 0, -1, "2 4", NULL, ATT_REFUSAL_EXCLUSIVE, 4 },
    { "rank", FIVE, 0, -1, "3 1 2", "[3,1,2]", ATT_REFUSAL_NONE, NAN },
    { "rank", FIVE, 0, -1, "4,3;2 1,0", "[4,3,2,1,0]", ATT_REFUSAL_NONE, NAN },
    { "rank", FIVE, 0, -1, "2", "[2]", ATT_REFUSAL_NONE, NAN },
    { "rank", FIVE, 0, -1, "1 7", NULL, ATT_REFUSAL_NO_CHOICE, NAN },
    { "rank", FIVE, 0, -1, "3 1 3", NULL, ATT_REFUSAL_TWICE, 3 },
    { "rank", FIVE, 0, -1, " ", NULL, ATT_REFUSAL_REQUIRED, NAN },
    { "rank", MIXED, 0, -1, "2 1", "[1,3]", ATT_REFUSAL_NONE, NAN },
    { "integer", RANGE, 0, -1, "12", "12", ATT_REFUSAL_NONE, NAN },
    { "integer", RANGE, 0, -1, "0", "0", ATT_REFUSAL_NONE, NAN },
    { "integer", RANGE, 0, -1, "61", NULL, ATT_REFUSAL_TOO_HIGH, 61 },
    { "integer", RANGE, 0, -1, "-1", NULL, ATT_REFUSAL_TOO_LOW, -1 },
    { "integer", RANGE, 0, -1, "1.5", NULL, ATT_REFUSAL_NOT_WHOLE, 1.5 },
    { "integer", RANGE, 0, -1, "1,5", NULL, ATT_REFUSAL_NOT_NUMBER, NAN },
    { "integer", RANGE, 0, -1, "nan", NULL, ATT_REFUSAL_NOT_NUMBER, NAN },
    { "integer", RANGE, 5, -1, "15", "15", ATT_REFUSAL_NONE, NAN },
    { "integer", RANGE, 5, -1, "14", NULL, ATT_REFUSAL_STEP, 14 },
    { "integer", OPEN, 0, -1, "-1000000", "-1000000", ATT_REFUSAL_NONE, NAN },
    { "decimal", OPEN, 0, -1, "12.345", "12.345", ATT_REFUSAL_NONE, NAN },
    { "decimal", OPEN, 0, 2, "12.34", "12.34", ATT_REFUSAL_NONE, NAN },
    { "decimal", OPEN, 0, 2, "12.345", NULL, ATT_REFUSAL_STEP, 12.345 },
    { "decimal", RANGE, 0.1, 1, "0.3", "0.3", ATT_REFUSAL_NONE, NAN },
    { "decimal", RANGE, 0.25, -1, "0.3", NULL, ATT_REFUSAL_STEP, 0.3 },
    { "decimal", OPEN, 0, -1, "1e400", NULL, ATT_REFUSAL_NOT_NUMBER, NAN },
    { "vas", RANGE, 0, -1, "30", "30", ATT_REFUSAL_NONE, NAN },
    { "vas", RANGE, 0, -1, "30.5", NULL, ATT_REFUSAL_NOT_WHOLE, 30.5 },
    { "vas", RANGE, 0.5, -1, "30.5", "30.5", ATT_REFUSAL_NONE, NAN },
    { "vas", RANGE, 0, -1, "70", NULL, ATT_REFUSAL_TOO_HIGH, 70 },
    { "text", OPEN, 0, -1, "  two words ", "\"two words\"", ATT_REFUSAL_NONE, NAN },
    { "text", OPEN, 0, -1, "e\xcc\x81", "\"\xc3\xa9\"", ATT_REFUSAL_NONE, NAN },
    { "text", OPEN, 0, -1, "twelve chars", NULL, ATT_REFUSAL_TOO_LONG, 12 },
    { "text", OPEN, 0, -1, "a\xff", NULL, ATT_REFUSAL_WRONG_SORT, NAN },
    { "text", OPEN, 0, -1, "\t", NULL, ATT_REFUSAL_REQUIRED, NAN },
    { "date", DAYS, 0, -1, "2026-09-14", "\"2026-09-14\"", ATT_REFUSAL_NONE, NAN },
    { "date", DAYS, 0, -1, "2026-02-29", NULL, ATT_REFUSAL_NOT_DATE, NAN },
    { "date", DAYS, 0, -1, "14.9.2026", NULL, ATT_REFUSAL_NOT_DATE, NAN },
    { "date", DAYS, 0, -1, "2025-12-31", NULL, ATT_REFUSAL_DATE_EARLY, 20453 },
    { "date", DAYS, 0, -1, "2027-01-01", NULL, ATT_REFUSAL_DATE_LATE, 20819 },
    { "date", OPEN, 0, -1, "0001-01-01", "\"0001-01-01\"", ATT_REFUSAL_NONE, NAN },
    { "time", OPEN, 0, -1, "14:30", "\"14:30\"", ATT_REFUSAL_NONE, NAN },
    { "time", OPEN, 0, -1, " 7:05 ", "\"07:05\"", ATT_REFUSAL_NONE, NAN },
    { "time", OPEN, 0, -1, "23:59", "\"23:59\"", ATT_REFUSAL_NONE, NAN },
    { "time", OPEN, 0, -1, "24:00", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "time", OPEN, 0, -1, "12:60", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "time", OPEN, 0, -1, "12:5", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "time", OPEN, 0, -1, "1230", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "time", OPEN, 0, -1, "half past two", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "time", OPEN, 0, -1, "2026-09-14 12:30", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "time", OPEN, 0, -1, "", NULL, ATT_REFUSAL_REQUIRED, NAN },
    { "time", CLOCK, 0, -1, "8:00", "\"08:00\"", ATT_REFUSAL_NONE, NAN },
    { "time", CLOCK, 0, -1, "07:59", NULL, ATT_REFUSAL_TIME_EARLY, 479 },
    { "time", CLOCK, 0, -1, "20:01", NULL, ATT_REFUSAL_TIME_LATE, 1201 },
    { "datetime", OPEN, 0, -1, "2026-09-14 14:30", "\"2026-09-14 14:30\"",
      ATT_REFUSAL_NONE, NAN },
    { "datetime", OPEN, 0, -1, "2026-09-14T7:30", "\"2026-09-14 07:30\"",
      ATT_REFUSAL_NONE, NAN },
    { "datetime", OPEN, 0, -1, "2026-02-29 12:00", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "datetime", OPEN, 0, -1, "2026-09-14", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "datetime", OPEN, 0, -1, "2026-09-14 ", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "datetime", OPEN, 0, -1, "14:30", NULL, ATT_REFUSAL_NOT_TIME, NAN },
    { "datetime", DAYS, 0, -1, "2026-12-31 23:59", "\"2026-12-31 23:59\"",
      ATT_REFUSAL_NONE, NAN },
    { "datetime", DAYS, 0, -1, "2025-12-31 23:59", NULL, ATT_REFUSAL_DATE_EARLY,
      20453 },
    { "datetime", DAYS, 0, -1, "2027-01-01 00:00", NULL, ATT_REFUSAL_DATE_LATE, 20819 },
};

static void what_was_typed_becomes_an_answer_or_a_refusal(void **state)
{
    bench b;

    start(&b);
    for (size_t i = 0; i < sizeof parse_cases / sizeof *parse_cases; i++) {
        const parse_case *one = &parse_cases[i];
        att_item item = { .kind = att_kind_find(one->kind),
                          .step = one->step,
                          .decimals = one->decimals,
                          .max_length = 11 };
        att_answer answer = { 0 };
        att_buf json = { 0 };
        att_refusal refusal = item.kind->parse(&b.s.arena, &item, pick(&b, one->offer),
                                               one->typed, &answer);
        att_answer_write(&json, &answer);
        if (refusal.code != one->refusal ||
            (one->answer != NULL && strcmp(att_buf_text(&json), one->answer) != 0)) {
            fail_msg("%s \"%s\": refusal %d, %s", one->kind, one->typed, refusal.code,
                     att_buf_text(&json));
        }
        assert_near(refusal.number, one->number, 0);
        assert_non_null(refusal.text);
        att_buf_drop(&json);
    }
    att_small_drop(&b.s);
}

static void an_answer_of_the_wrong_sort_is_refused(void **state)
{
    static const int one_code[] = { 1 };
    static const att_answer answers[] = {
        { .kind = ATT_ANSWER_NUMBER, .number = 1 },
        { .kind = ATT_ANSWER_NUMBER, .number = NAN },
        { .kind = ATT_ANSWER_CODES },
        { .kind = ATT_ANSWER_TEXT, .text = "x" },
        { .kind = ATT_ANSWER_DAY, .day = 20710 },
        { .kind = ATT_ANSWER_TEXT, .text = "14:30" },
        { .kind = ATT_ANSWER_TEXT, .text = "2026-09-14 14:30" },
        { .kind = ATT_ANSWER_RANKS, .codes = one_code, .n_codes = 1 },
    };
    /* by shape: which of the answers fits */
    static const struct {
        const char *kind;
        which offer;
        size_t fits;
    } cases[] = {
        { "one", FIVE, 0 },     { "consent", FIVE, 0 }, { "many", FIVE, 2 },
        { "integer", OPEN, 0 }, { "decimal", OPEN, 0 }, { "vas", OPEN, 0 },
        { "date", OPEN, 4 },    { "time", OPEN, 5 },    { "datetime", OPEN, 6 },
        { "rank", FIVE, 7 },
    };
    bench b;

    start(&b);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_item item = { .kind = att_kind_find(cases[i].kind), .decimals = -1 };
        for (size_t j = 0; j < sizeof answers / sizeof *answers; j++) {
            att_refusal refusal = item.kind->judge(
                &b.s.arena, &item, pick(&b, cases[i].offer), &answers[j]);
            assert_int_equal(refusal.code == ATT_REFUSAL_NONE, j == cases[i].fits);
        }
    }
    att_small_drop(&b.s);
}

static void as_many_are_placed_as_the_rank_asks_for(void **state)
{
    static const int codes[] = { 4, 0, 2, 1, 3, 4 };
    static const struct {
        size_t ranks, n;
        att_required required;
        att_refusal_code refusal;
    } cases[] = {
        { 0, 5, ATT_REQUIRED_NO, ATT_REFUSAL_NONE },
        { 0, 2, ATT_REQUIRED_NO, ATT_REFUSAL_NONE },
        { 0, 4, ATT_REQUIRED_HARD, ATT_REFUSAL_TOO_FEW },
        { 0, 5, ATT_REQUIRED_HARD, ATT_REFUSAL_NONE },
        { 0, 6, ATT_REQUIRED_NO, ATT_REFUSAL_TWICE },
        { 0, 0, ATT_REQUIRED_NO, ATT_REFUSAL_TOO_FEW },
        { 3, 3, ATT_REQUIRED_HARD, ATT_REFUSAL_NONE },
        { 3, 2, ATT_REQUIRED_HARD, ATT_REFUSAL_TOO_FEW },
        { 3, 2, ATT_REQUIRED_SOFT, ATT_REFUSAL_NONE },
        { 3, 4, ATT_REQUIRED_NO, ATT_REFUSAL_TOO_MANY },
        { 9, 5, ATT_REQUIRED_HARD, ATT_REFUSAL_NONE }, /* of a shorter list: all */
    };
    bench b;

    start(&b);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_item item = { .kind = att_kind_find("rank"),
                          .ranks = cases[i].ranks,
                          .required = cases[i].required };
        att_answer answer = att_answer_of_ranks(codes, cases[i].n);

        assert_int_equal(
            item.kind->judge(&b.s.arena, &item, pick(&b, FIVE), &answer).code,
            cases[i].refusal);
    }
    att_small_drop(&b.s);
}

static void a_place_has_a_field_of_its_own(void **state)
{
    att_arena arena = { 0 };

    assert_string_equal(att_rank_field(&arena, "helped", 3), "helped_3");
    assert_string_equal(att_rank_field(&arena, "helped", -3), "helped_m3");
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(as_many_are_placed_as_the_rank_asks_for),
              cmocka_unit_test(a_place_has_a_field_of_its_own),
              cmocka_unit_test(the_list_has_every_kind_once),
              cmocka_unit_test(the_number_shown_is_the_code_where_codes_rise_from_0),
              cmocka_unit_test(what_was_typed_becomes_an_answer_or_a_refusal),
              cmocka_unit_test(an_answer_of_the_wrong_sort_is_refused))
