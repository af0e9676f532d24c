/* The worked scoring examples of the bundled instruments' definition ("Worked scoring
 * examples", numbers 1 to 4, 7 and 10), over models made by hand. */
#include <math.h>
#include <string.h>

#include <attune/instrument/score.h>

#include "att_small.h"
#include "att_test.h"

static const att_context nobody = { .language = "en" };

static double derived(const att_sheet *sheet, const char *id)
{
    return att_score_derived(sheet, att_instrument_derived(sheet->instrument, id))
        .value;
}

static att_score scale(const att_sheet *sheet, const char *id)
{
    return att_score_scale(sheet, att_instrument_scale(sheet->instrument, id));
}

/* One scale of items a, b, c ... filled with numbers: what comes out. */
typedef struct score_case {
    const char *label;
    const char *ids, *keys;
    double low, high;
    size_t min_valid;
    double answers[10];
    size_t n_valid;
    double value, value_100;
} score_case;

static const score_case score_cases[] = {
    { "1: recs trust, T5 reversed, T4 skipped",
      "a b c d e",
      "a b c d -e",
      1,
      5,
      3,
      { 4, 5, 4, -9, 2 },
      4,
      4.25,
      81.25 },
    { "2: recs trust, two valid of five",
      "a b c d e",
      "a b c d -e",
      1,
      5,
      3,
      { 4, -9, -9, -7, 2 },
      2,
      NAN,
      NAN },
    { "5a: ten items, five reversed, all 3",
      "a b c d e f g h i j",
      "a b c d e -f -g -h -i -j",
      1,
      5,
      5,
      { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 },
      10,
      3,
      50 },
    { "5b: positives 5, reversed 1",
      "a b c d e f g h i j",
      "a b c d e -f -g -h -i -j",
      1,
      5,
      5,
      { 5, 5, 5, 5, 5, 1, 1, 1, 1, 1 },
      10,
      5,
      100 },
    { "7a: pulse connection, two valid",
      "a b c",
      "a b c",
      1,
      5,
      2,
      { 4, -9, 5 },
      2,
      4.5,
      87.5 },
    { "7b: pulse connection, one valid",
      "a b c",
      "a b c",
      1,
      5,
      2,
      { 4, -9, -9 },
      1,
      NAN,
      NAN },
    { "10a: fss ways, three valid",
      "a b c d",
      "a b c d",
      1,
      5,
      3,
      { 4, -7, 5, 3 },
      3,
      4,
      75 },
    { "10b: fss ways, two valid",
      "a b c d",
      "a b c d",
      1,
      5,
      3,
      { 4, -7, -9, 3 },
      2,
      NAN,
      NAN },
};

static void a_scale_scores_as_the_worked_examples(void **state)
{
    for (size_t i = 0; i < sizeof score_cases / sizeof *score_cases; i++) {
        const score_case *one = &score_cases[i];
        att_small s;
        att_sheet *sheet;
        att_score score;
        print_message("%s\n", one->label);
        att_small_start(&s, 10);
        (void)att_small_items(&s, one->ids, "one");
        (void)att_small_scale(&s, "x", one->keys, one->low, one->high, one->min_valid);
        att_small_done(&s);
        sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
        att_small_fill(sheet, one->ids, one->answers);
        score = scale(sheet, "x");
        assert_int_equal(score.n_valid, one->n_valid);
        assert_near(score.value, one->value, 1e-12);
        assert_near(score.value_100, one->value_100, 1e-12);
        att_small_drop(&s);
    }
}

#define CES_IDS                                                                      \
    "ces01 ces02 ces03 ces04 ces05 ces06 ces07 ces08 ces09 ces10 ces11 ces12 ces13 " \
    "ces14 ces15 ces16 ces17 ces18"
#define CES_QUIET   "ces04 ces05 ces06 ces10 ces11 ces12 ces16 ces17 ces18"
#define CES_VISIBLE "ces01 ces02 ces03 ces07 ces08 ces09 ces13 ces14 ces15"

/* "f(a REST, b REST)" of the eighteen items */
static const char *over_all(att_small *s, const char *function, const char *before,
                            const char *behind)
{
    att_buf text = { 0 };
    char *copy;

    att_buf_format(&text, "%s(", function);
    for (int i = 1; i <= 18; i++) {
        att_buf_format(&text, "%s%sces%02d%s", i == 1 ? "" : ", ", before, i, behind);
    }
    att_buf_add(&text, ")");
    copy = att_buf_copy(&s->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static void start_ces(att_small *s)
{
    att_small_start(s, 18);
    (void)att_small_items(s, CES_IDS, "one");
    (void)att_small_scale(s, "create", "ces01 ces02 ces03 ces04 ces05 ces06", 0, 4, 3);
    (void)att_small_scale(s, "visible", CES_VISIBLE, 0, 4, 5);
    (void)att_small_scale(s, "quiet", CES_QUIET, 0, 4, 5);
    (void)att_small_scale(s, "engagement", CES_IDS, 0, 4, 12);
    (void)att_small_derive(s, "breadth", over_all(s, "count", "", " >= 1"));
    (void)att_small_derive(
        s, "quiet_share",
        "sum(ces04, ces05, ces06, ces10, ces11, ces12, ces16, ces17, ces18) / "
        "(sum(ces04, ces05, ces06, ces10, ces11, ces12, ces16, ces17, ces18) + "
        "sum(ces01, ces02, ces03, ces07, ces08, ces09, ces13, ces14, ces15))");
    (void)att_small_derive(s, "opportunity_gap",
                           over_all(s, "share", "reason(", ") = 'not_applicable'"));
    att_small_done(s);
}

static void quiet_work_alone_scores_as_example_3(void **state)
{
    static const double quiet[] = { 4, 3, 2, 4, 2, 1, 0, 1, 1 };
    static const double visible[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    att_small s;
    att_sheet *sheet;

    start_ces(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    att_small_fill(sheet, CES_QUIET, quiet);
    att_small_fill(sheet, CES_VISIBLE, visible);
    assert_near(scale(sheet, "visible").value, 0, 1e-12);
    assert_near(scale(sheet, "quiet").value, 2, 1e-12);
    assert_near(scale(sheet, "quiet").value_100, 50, 1e-12);
    assert_near(scale(sheet, "create").value, 1.5, 1e-12);
    assert_near(derived(sheet, "quiet_share"), 1, 1e-12);
    assert_near(derived(sheet, "breadth"), 8, 1e-12);
    att_small_drop(&s);
}

static void a_share_of_nothing_is_missing(void **state)
{
    static const double none[18] = { 0 };
    att_small s;
    att_sheet *sheet;

    start_ces(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    att_small_fill(sheet, CES_IDS, none);
    assert_near(derived(sheet, "quiet_share"), NAN, 0);
    assert_near(derived(sheet, "breadth"), 0, 0);
    att_small_drop(&s);
}

static void no_chance_is_not_valid_but_counted_as_example_4(void **state)
{
    double answers[18];
    att_small s;
    att_sheet *sheet;

    for (size_t i = 0; i < 18; i++) { /* six -7; twelve that sum to 18 */
        answers[i] = i < 6 ? -7 : i % 2 == 0 ? 1 : 2;
    }
    start_ces(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    att_small_fill(sheet, CES_IDS, answers);
    assert_near(scale(sheet, "engagement").value, 1.5, 1e-12);
    assert_near(derived(sheet, "opportunity_gap"), 6.0 / 18.0, 1e-12);
    att_small_number(sheet, "ces07", -7);
    assert_int_equal(scale(sheet, "engagement").n_valid, 11);
    assert_near(scale(sheet, "engagement").value, NAN, 0);
    att_small_drop(&s);
}

static void favourable_counts_4_and_5_of_the_valid_as_example_7(void **state)
{
    static const double answers[] = { 4, -9, 5, 3, -7 };
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 5);
    (void)att_small_items(&s, "a b c d e", "one");
    (void)att_small_derive(&s, "favourable",
                           "share(a >= 4, b >= 4, c >= 4, d >= 4, e >= 4)");
    att_small_done(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    assert_near(derived(sheet, "favourable"), NAN, 0);
    att_small_fill(sheet, "a b c d e", answers);
    assert_near(derived(sheet, "favourable"), 2.0 / 3.0, 1e-12);
    att_small_drop(&s);
}

static void a_sum_is_prorated_only_where_the_scale_says_so(void **state)
{
    static const double answers[] = { 4, -9, 2 };
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b c", "one");
    att_small_scale(&s, "plain", "a b c", 0, 4, 2)->scoring = ATT_SCORING_SUM;
    att_small_scale(&s, "whole", "a b c", 0, 4, 2)->scoring = ATT_SCORING_SUM;
    s.scales[1].is_prorated = true;
    att_small_done(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    att_small_fill(sheet, "a b c", answers);
    assert_near(scale(sheet, "plain").value, 6, 1e-12); /* 4 + 2 */
    assert_near(scale(sheet, "whole").value, 9, 1e-12); /* 3 x mean 3 */
    assert_near(scale(sheet, "whole").value_100, 75, 1e-12);
    att_small_drop(&s);
}

/* Items from 0 to 4; c reversed. Answers 4, missing, 1 (3 when turned): */
static att_scale *start_weighted(att_small *s, att_sheet **sheet, double w_a,
                                 double w_b, double w_c)
{
    static const double answers[] = { 4, -9, 1 };
    double *weights;
    att_scale *scale;

    att_small_start(s, 3);
    weights = att_new_n(&s->arena, double, 3);
    weights[0] = w_a;
    weights[1] = w_b;
    weights[2] = w_c;
    (void)att_small_items(s, "a b c", "one");
    scale = att_small_scale(s, "x", "a b -c", 0, 4, 2);
    scale->scoring = ATT_SCORING_WEIGHTED;
    scale->weights = weights;
    att_small_done(s);
    *sheet = att_sheet_make(&s->arena, &s->instrument, &nobody);
    att_small_fill(*sheet, "a b c", answers);
    return scale;
}

typedef struct weighted_case {
    const char *label;
    double weights[3];
    bool is_prorated;
    double value, value_100;
} weighted_case;

static void a_weighted_score_adds_weight_times_answer(void **state)
{
    static const weighted_case cases[] = {
        { "2 x 4 + 0.5 x 3; 9.5 of at most 2 x 4 + 0.5 x 4 = 10",
          { 2, 1, 0.5 },
          false,
          9.5,
          95 },
        { "9.5 x (2 + 1 + 0.5) / (2 + 0.5)", { 2, 1, 0.5 }, true, 13.3, 95 },
        { "a weight under 0: 4 - 3 = 1, of -4 to 4", { 1, 1, -1 }, false, 1, 62.5 },
        { "only what weighs nothing is answered", { 0, 1, 0 }, true, NAN, NAN },
        { "equal weights are a sum", { 1, 1, 1 }, false, 7, 87.5 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const weighted_case *one = &cases[i];
        att_small s;
        att_sheet *sheet;
        att_score score;

        print_message("%s\n", one->label);
        start_weighted(&s, &sheet, one->weights[0], one->weights[1], one->weights[2])
            ->is_prorated = one->is_prorated;
        score = scale(sheet, "x");
        assert_int_equal(score.n_valid, 2);
        assert_near(score.value, one->value, 1e-12);
        assert_near(score.value_100, one->value_100, 1e-12);
        att_small_drop(&s);
    }
}

static void a_weighted_score_needs_its_valid_answers(void **state)
{
    att_small s;
    att_sheet *sheet;

    start_weighted(&s, &sheet, 2, 1, 0.5)->min_valid = 3;
    assert_near(scale(sheet, "x").value, NAN, 0);
    att_small_number(sheet, "b", 1);
    assert_near(scale(sheet, "x").value, 10.5, 1e-12); /* 9.5 + 1 */
    att_small_drop(&s);
}

/* a x b of two answers from 1 to 5 goes from 1 to 25. */
static void an_expression_is_worked_out_over_the_answers(void **state)
{
    static const double answers[] = { 3, -9 };
    att_small s;
    att_sheet *sheet;
    att_scale *product;

    att_small_start(&s, 2);
    (void)att_small_items(&s, "a b", "one");
    product = att_small_scale(&s, "x", "a b", 1, 25, 1);
    product->scoring = ATT_SCORING_EXPRESSION;
    product->value = att_small_expr(&s, "a * coalesce(b, 2)");
    (void)att_small_derive(&s, "half", "x / 2");
    att_small_done(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    assert_near(scale(sheet, "x").value, NAN, 0);
    att_small_fill(sheet, "a b", answers);
    assert_near(scale(sheet, "x").value, 6, 0);
    assert_near(derived(sheet, "half"), 3, 0);
    att_small_number(sheet, "b", 5);
    assert_near(scale(sheet, "x").value, 15, 0);
    assert_near(scale(sheet, "x").value_100, 100 * 14.0 / 24.0, 1e-12);
    product->min_valid = 2;
    att_small_number(sheet, "b", -7);
    assert_near(scale(sheet, "x").value, NAN, 0);
    att_small_drop(&s);
}

static void the_bounds_of_a_score_follow_its_rule(void **state)
{
    double low = 0, high = 0;
    att_small s;
    att_sheet *sheet;
    att_scale *x = start_weighted(&s, &sheet, 2, 1, -0.5);

    att_scale_bounds(x, &low, &high);
    assert_near(low, -2, 1e-12); /* 2 x 0 + 1 x 0 - 0.5 x 4 */
    assert_near(high, 12, 1e-12);
    x->scoring = ATT_SCORING_SUM;
    att_scale_bounds(x, &low, &high);
    assert_near(high, 12, 1e-12); /* 3 x 4 */
    x->scoring = ATT_SCORING_EXPRESSION;
    att_scale_bounds(x, &low, &high);
    assert_near(high, 4, 0);
    att_small_drop(&s);
}

static void a_score_that_needs_more_evidence_is_not_given(void **state)
{
    static const double answers[] = { 4, 2 };
    att_small s;
    att_sheet *sheet;
    att_score *all;

    att_small_start(&s, 2);
    (void)att_small_items(&s, "a b", "one");
    (void)att_small_scale(&s, "x", "a", 1, 5, 1);
    att_small_scale(&s, "y", "a b", 1, 5, 2)->needs = ATT_MATURITY_STRUCTURE_TESTED;
    (void)att_small_derive(&s, "z", "x_100 / 2");
    att_small_derive(&s, "w", "z + 1")->needs = ATT_MATURITY_PILOTED;
    att_small_done(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    att_small_fill(sheet, "a b", answers);
    all = att_score_all(&s.arena, sheet);
    assert_string_equal(all[1].id, "y");
    assert_near(all[0].value, 4, 0);
    assert_near(all[1].value, NAN, 0);
    assert_near(all[2].value, 37.5, 1e-12); /* 100 x 3/4 / 2 */
    assert_near(all[3].value, NAN, 0);
    s.instrument.provenance.maturity = ATT_MATURITY_STRUCTURE_TESTED;
    all = att_score_all(&s.arena, sheet);
    assert_near(all[1].value, 3, 0);
    assert_near(all[3].value, 38.5, 1e-12);
    att_small_drop(&s);
}

static void a_hidden_item_is_not_scored(void **state)
{
    static const double answers[] = { 2, 5, 3 };
    att_small s;
    att_sheet *sheet;

    att_small_start(&s, 3);
    (void)att_small_items(&s, "a b c", "one");
    s.items[1].show = att_small_expr(&s, "a = 1");
    (void)att_small_scale(&s, "x", "b c", 1, 5, 1);
    att_small_done(&s);
    sheet = att_sheet_make(&s.arena, &s.instrument, &nobody);
    att_small_fill(sheet, "a b c", answers);
    assert_near(scale(sheet, "x").value, 3, 0);
    att_small_number(sheet, "a", 1);
    assert_near(scale(sheet, "x").value, 4, 0);
    att_small_drop(&s);
}

static void the_digest_of_a_rule_changes_with_the_rule(void **state)
{
    static const double weights[] = { 1, 2 };
    char one[ATT_DIGEST_HEX];
    char two[ATT_DIGEST_HEX];
    att_small s;

    att_small_start(&s, 2);
    (void)att_small_items(&s, "a b", "one");
    (void)att_small_scale(&s, "x", "a b", 1, 5, 1);
    (void)att_small_scale(&s, "y", "a b", 1, 5, 1);
    att_small_done(&s);
    att_score_rule_digest(&s.instrument, "x", one);
    att_score_rule_digest(&s.instrument, "y", two);
    assert_string_equal(one, two);
    s.scales[1].min_valid = 2;
    att_score_rule_digest(&s.instrument, "y", two);
    assert_string_not_equal(one, two);
    s.scales[1].min_valid = 1;
    s.scales[1].weights = weights;
    att_score_rule_digest(&s.instrument, "y", two);
    assert_string_not_equal(one, two);
    att_small_drop(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(a_scale_scores_as_the_worked_examples),
              cmocka_unit_test(quiet_work_alone_scores_as_example_3),
              cmocka_unit_test(a_share_of_nothing_is_missing),
              cmocka_unit_test(no_chance_is_not_valid_but_counted_as_example_4),
              cmocka_unit_test(favourable_counts_4_and_5_of_the_valid_as_example_7),
              cmocka_unit_test(a_sum_is_prorated_only_where_the_scale_says_so),
              cmocka_unit_test(a_weighted_score_adds_weight_times_answer),
              cmocka_unit_test(a_weighted_score_needs_its_valid_answers),
              cmocka_unit_test(an_expression_is_worked_out_over_the_answers),
              cmocka_unit_test(the_bounds_of_a_score_follow_its_rule),
              cmocka_unit_test(a_score_that_needs_more_evidence_is_not_given),
              cmocka_unit_test(a_hidden_item_is_not_scored),
              cmocka_unit_test(the_digest_of_a_rule_changes_with_the_rule))
