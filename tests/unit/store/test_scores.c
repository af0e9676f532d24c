/* test_scores.c - scores beside their responses
 */
#include <math.h>

#include "small.h"

static void scores_are_put_replaced_and_missing_stays_missing(void **state)
{
    static const char *const rules[] = { "r1", "r2" };
    att_score scores[] = {
        { .id = "trust", .n_valid = 3, .n_items = 4, .value = 0.1, .value_100 = 52.5 },
        { .id = "gap", .is_derived = true, .value = NAN, .value_100 = NAN },
    };
    att_scored scored = { ID_A, "1.0.0", scores, rules, 2 };
    att_score out = { 0 };
    small s;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 3);
    assert_ok(att_scores_put(s.store, &scored, 1, NOON, &s.err), &s.err);
    assert_true(att_scores_get(s.store, ID_A, "trust", &out));
    assert_near(out.value, 0.1, 0);
    assert_near(out.value_100, 52.5, 0);
    assert_int_equal(out.n_valid, 3);
    assert_int_equal(out.n_items, 4);
    assert_string_equal(out.id, "trust");
    assert_true(att_scores_get(s.store, ID_A, "gap", &out));
    assert_true(out.is_derived);
    assert_near(out.value, NAN, 0);
    assert_near(out.value_100, NAN, 0);
    scored.n = 1;
    scores[0].value = 4;
    assert_ok(att_scores_put(s.store, &scored, 1, NOON, &s.err), &s.err);
    assert_true(att_scores_get(s.store, ID_A, "trust", &out));
    assert_near(out.value, 4, 0);
    assert_false(att_scores_get(s.store, ID_A, "gap", &out));
    small_end(&s);
}

static void one_bad_response_puts_no_scores_at_all(void **state)
{
    static const char *const rules[] = { "r1" };
    att_score score = { .id = "trust", .value = 1, .value_100 = 1 };
    att_scored scored[] = { { ID_A, "1.0.0", &score, rules, 1 },
                            { ID_B, "1.0.0", &score, rules, 1 } };
    att_score out;
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_fails(att_scores_put(s.store, scored, 2, NOON, &s.err), ATT_ESTORE, &s.err,
                 "FOREIGN KEY");
    assert_false(att_scores_get(s.store, ID_A, "trust", &out));
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(scores_are_put_replaced_and_missing_stays_missing),
              cmocka_unit_test(one_bad_response_puts_no_scores_at_all))
