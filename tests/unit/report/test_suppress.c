/* test_suppress.c - nothing that is hidden can be worked out from what is shown
 */
#include <attune/math/rng.h>

#include "att_test.h"
#include "suppress.h"

#define MOST 6

/* What a reader knows: the sum, which cells are hidden as small, which as large. */
typedef struct riddle {
    const att_hide *hide;
    const size_t *count;
    const bool *hidden;
    size_t n;
    size_t least[MOST], most[MOST]; /* of each cell over all solutions */
    size_t value[MOST];
} riddle;

/* Tries every table that fits what is shown, from cell i on with `left` to give. */
static void solve(riddle *r, size_t i, size_t left)
{
    size_t from = 0;
    size_t to = left;

    if (i == r->n) {
        for (size_t k = 0; left == 0 && k < r->n; k++) {
            r->least[k] = r->value[k] < r->least[k] ? r->value[k] : r->least[k];
            r->most[k] = r->value[k] > r->most[k] ? r->value[k] : r->most[k];
        }
        return;
    }
    if (!r->hidden[i]) {
        from = r->count[i];
        to = r->count[i] <= left ? r->count[i] : 0;
    } else if (att_hide_count(r->hide, r->count[i])) {
        from = 1;
        to = r->hide->limit < left ? r->hide->limit : left;
    } else {
        from = r->hide->limit + 1;
    }
    for (size_t x = from; x <= to && x >= from; x++) {
        r->value[i] = x;
        solve(r, i + 1, left - x);
    }
}

static void check_secret(const att_hide *hide, const size_t *count, size_t n,
                         const bool *hidden)
{
    riddle r = { .hide = hide, .count = count, .hidden = hidden, .n = n };
    size_t sum = 0;

    for (size_t k = 0; k < n; k++) {
        sum += count[k];
        r.least[k] = (size_t)-1;
    }
    solve(&r, 0, sum);
    for (size_t k = 0; k < n; k++) {
        if (hidden[k] && r.least[k] >= r.most[k]) {
            fail_msg("cell %zu of %zu is told: %zu", k, n, count[k]);
        }
        if (!hidden[k] && att_hide_count(hide, count[k])) {
            fail_msg("cell %zu of %zu is small and shown: %zu", k, n, count[k]);
        }
    }
}

static void what_is_small_depends_on_the_reader(void **state)
{
    static const struct {
        att_audience audience;
        size_t n;
        bool is_hidden;
    } cases[] = {
        { ATT_FOR_INTERNAL, 1, false }, { ATT_FOR_SITE, 0, false },
        { ATT_FOR_SITE, 1, true },      { ATT_FOR_SITE, 4, true },
        { ATT_FOR_SITE, 5, false },     { ATT_FOR_PUBLIC, 0, false },
        { ATT_FOR_PUBLIC, 1, true },    { ATT_FOR_PUBLIC, 10, true },
        { ATT_FOR_PUBLIC, 11, false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_hide hide = att_hide_for(cases[i].audience, NULL);

        assert_int_equal(att_hide_count(&hide, cases[i].n), cases[i].is_hidden);
    }
}

static void a_share_is_hidden_when_its_rest_is_small(void **state)
{
    att_hide hide = att_hide_for(ATT_FOR_PUBLIC, NULL);

    assert_true(att_hide_share(&hide, 7, 100));
    assert_true(att_hide_share(&hide, 93, 100));
    assert_false(att_hide_share(&hide, 50, 100));
    assert_false(att_hide_share(&hide, 0, 100));
    assert_false(att_hide_share(&hide, 100, 100));
}

static void the_next_smallest_goes_too(void **state)
{
    att_hide hide = att_hide_for(ATT_FOR_PUBLIC, NULL);
    static const size_t count[] = { 90, 3, 40, 60 };
    bool hidden[4];

    assert_true(att_hide_list(&hide, count, 4, hidden));
    assert_false(hidden[0]);
    assert_true(hidden[1]);
    assert_true(hidden[2]);
    assert_false(hidden[3]);
}

static void a_sum_that_tells_hides_more(void **state)
{
    static const struct {
        size_t count[4];
        size_t n;
        bool can_be;
    } cases[] = {
        { { 1, 1, 50, 60 }, 4, true },   /* 1 + 1 = 2 could only be so */
        { { 10, 10, 50, 60 }, 4, true }, /* as could 10 + 10 */
        { { 1, 11, 50, 60 }, 4, true },  /* 12 = 1 + 11, the least of both */
        { { 1, 11 }, 2, false },         { { 5 }, 1, false },
        { { 3, 0, 0 }, 3, false },       { { 0, 0 }, 2, true },
        { { 20, 30 }, 2, true },
    };
    att_hide hide = att_hide_for(ATT_FOR_PUBLIC, NULL);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool hidden[4];
        bool can_be = att_hide_list(&hide, cases[i].count, cases[i].n, hidden);

        assert_int_equal(can_be, cases[i].can_be);
        if (can_be) {
            check_secret(&hide, cases[i].count, cases[i].n, hidden);
        }
    }
}

static void no_random_list_can_be_solved(void **state)
{
    att_rng rng = att_rng_make(20260901, 1);
    size_t n_hidden = 0;

    for (size_t i = 0; i < 4000; i++) {
        att_hide hide = att_hide_for(i % 2 == 0 ? ATT_FOR_PUBLIC : ATT_FOR_SITE, NULL);
        size_t n = 1 + att_rng_below(&rng, MOST);
        size_t count[MOST];
        bool hidden[MOST];

        for (size_t k = 0; k < n; k++) {
            count[k] = att_rng_below(&rng, 3) == 0 ? att_rng_below(&rng, 60)
                                                   : att_rng_below(&rng, 14);
        }
        if (att_hide_list(&hide, count, n, hidden)) {
            check_secret(&hide, count, n, hidden);
            for (size_t k = 0; k < n; k++) {
                n_hidden += hidden[k];
            }
        }
    }
    assert_true(n_hidden > 1000);
}

static void what_is_left_of_a_known_number_tells_nothing(void **state)
{
    att_arena arena = { 0 };
    size_t n_hidden = 0;
    att_hide hide = att_hide_for(ATT_FOR_PUBLIC, &n_hidden);
    att_val few = att_hide_as_part(&arena, &hide, 4, 300);
    att_val most = att_hide_as_part(&arena, &hide, 296, 300);
    att_val half = att_hide_as_part(&arena, &hide, 150, 300);

    assert_string_equal(att_val_write(&arena, &few), "1\xe2\x80\x93"
                                                     "10");
    assert_string_equal(att_val_write(&arena, &most), "\xe2\x89\xa5 290");
    assert_string_equal(att_val_write(&arena, &half), "150");
    assert_int_equal(n_hidden, 2);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(what_is_small_depends_on_the_reader),
              cmocka_unit_test(a_share_is_hidden_when_its_rest_is_small),
              cmocka_unit_test(the_next_smallest_goes_too),
              cmocka_unit_test(a_sum_that_tells_hides_more),
              cmocka_unit_test(no_random_list_can_be_solved),
              cmocka_unit_test(what_is_left_of_a_known_number_tells_nothing))
