/* Orders: worked out from a seed, fair, and the same for ever. */
#include <string.h>

#include "att_small.h"
#include "att_test.h"
#include "src/instrument/shuffle.h"

static void the_generator_is_splitmix64(void **state)
{
    /* of state 0 and 1234567: the first numbers of Vigna's splitmix64.c */
    static const struct {
        unsigned long long state, first[3];
    } cases[] = {
        { 0, { 0xE220A8397B1DCDAFULL, 0x6E789E6AA1B965F4ULL, 0x06C45D188009454FULL } },
        { 1234567,
          { 6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL } },
    };

    for (size_t i = 0; i < 2; i++) {
        unsigned long long at = cases[i].state;

        for (size_t k = 0; k < 3; k++) {
            assert_true(att_shuffle_draw(&at) == cases[i].first[k]);
        }
    }
}

static void an_order_is_the_same_for_ever(void **state)
{
    /* worked out from docs/FORMAT.md, "Order", in another program: see
     * tests/reference/order/order.py */
    static const struct {
        att_order order;
        unsigned long long seed;
        const char *id, *wanted;
    } cases[] = {
        { ATT_ORDER_GIVEN, 7, "heard", "0123456" },
        { ATT_ORDER_RANDOM, 0, "heard", "6315240" },
        { ATT_ORDER_RANDOM, 7, "heard", "0345621" },
        { ATT_ORDER_RANDOM, 7, "role", "1532604" },
        { ATT_ORDER_RANDOM, 9007199254740991, "x", "4026513" },
        { ATT_ORDER_ROTATE, 0, "heard", "0123456" },
        { ATT_ORDER_ROTATE, 7, "heard", "1234560" },
        { ATT_ORDER_ROTATE, 7, "role", "4560123" },
        { ATT_ORDER_ROTATE, 9007199254740991, "x", "3456012" },
        { ATT_ORDER_BALANCED, 0, "heard", "0162534" },
        { ATT_ORDER_BALANCED, 7, "heard", "4352610" },
        { ATT_ORDER_BALANCED, 7, "role", "4352610" },
        { ATT_ORDER_BALANCED, 9007199254740991, "x", "3425160" },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t out[7];
        char got[8] = "";

        att_shuffle(&arena, cases[i].order, cases[i].seed, cases[i].id, NULL, 7, out);
        for (size_t k = 0; k < 7; k++) {
            got[k] = (char)('0' + out[k]);
        }
        assert_string_equal(got, cases[i].wanted);
    }
    att_arena_drop(&arena);
}

/* Whether out holds each of 0 to n - 1 once. */
static void assert_permutation(const size_t *out, size_t n)
{
    bool seen[64] = { false };

    for (size_t i = 0; i < n; i++) {
        assert_true(out[i] < n && !seen[out[i]]);
        seen[out[i]] = true;
    }
}

static void what_is_fixed_keeps_its_place(void **state)
{
    static const bool is_fixed[] = { true, false, false, true, false, false, true };
    static const att_order orders[] = { ATT_ORDER_RANDOM, ATT_ORDER_ROTATE,
                                        ATT_ORDER_BALANCED };
    att_arena arena = { 0 };
    size_t n_moved = 0;

    for (unsigned long long seed = 0; seed < 60; seed++) {
        size_t out[7];

        att_shuffle(&arena, orders[seed % 3], seed, "x", is_fixed, 7, out);
        assert_permutation(out, 7);
        assert_int_equal(out[0], 0);
        assert_int_equal(out[3], 3);
        assert_int_equal(out[6], 6);
        n_moved += out[1] != 1 ? 1 : 0;
    }
    assert_true(n_moved > 20);
    att_arena_drop(&arena);
}

/* 6,000 seeds: each of the 24 orders, each of the 4 turns, about as often. 3 standard
 * deviations of 6000 draws with p = 1/24 are 46, with 1/4 are 101. */
static void every_order_is_as_likely(void **state)
{
    att_arena arena = { 0 };
    size_t n[256] = { 0 };
    size_t turns[4] = { 0 };
    size_t n_orders = 0;

    for (unsigned long long seed = 0; seed < 6000; seed++) {
        size_t out[4];

        att_shuffle(&arena, ATT_ORDER_RANDOM, seed, "four", NULL, 4, out);
        n[out[0] * 64 + out[1] * 16 + out[2] * 4 + out[3]]++;
        att_shuffle(&arena, ATT_ORDER_ROTATE, seed, "four", NULL, 4, out);
        turns[out[0]]++;
        assert_int_equal(out[1], (out[0] + 1) % 4);
        assert_int_equal(out[3], (out[0] + 3) % 4);
    }
    for (size_t i = 0; i < 256; i++) {
        n_orders += n[i] > 0 ? 1 : 0;
        assert_true(n[i] == 0 || (n[i] > 204 && n[i] < 296));
    }
    assert_int_equal(n_orders, 24);
    for (size_t i = 0; i < 4; i++) {
        assert_true(turns[i] > 1399 && turns[i] < 1601);
    }
    att_arena_drop(&arena);
}

/* Over all rows: each at each place, and each directly before each other, as often. */
static void a_balanced_order_is_a_williams_design(void **state)
{
    att_arena arena = { 0 };

    for (size_t n = 2; n <= 9; n++) {
        size_t n_rows = n % 2 == 0 ? n : 2 * n;
        size_t at[9][9] = { { 0 } };
        size_t before[9][9] = { { 0 } };

        for (unsigned long long seed = 100; seed < 100 + n_rows; seed++) {
            size_t out[9];

            att_shuffle(&arena, ATT_ORDER_BALANCED, seed, "x", NULL, n, out);
            assert_permutation(out, n);
            for (size_t i = 0; i < n; i++) {
                at[out[i]][i]++;
                if (i > 0) {
                    before[out[i - 1]][out[i]]++;
                }
            }
        }
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < n; k++) {
                assert_int_equal(at[i][k], n_rows / n);
                assert_int_equal(before[i][k], i == k ? 0 : n_rows / n);
            }
        }
    }
    att_arena_drop(&arena);
}

static void nothing_and_one_have_one_order(void **state)
{
    att_arena arena = { 0 };
    size_t out[1] = { 9 };

    for (int order = ATT_ORDER_GIVEN; order <= ATT_ORDER_BALANCED; order++) {
        att_shuffle(&arena, (att_order)order, 5, "x", NULL, 0, NULL);
        att_shuffle(&arena, (att_order)order, 5, "x", NULL, 1, out);
        assert_int_equal(out[0], 0);
    }
    att_arena_drop(&arena);
}

static void blocks_are_moved_whole(void **state)
{
    att_small s;
    size_t box, inner;
    size_t n_moved = 0;

    att_small_start(&s, 9);
    (void)att_small_item(&s, "first", "text", ATT_NONE);
    box = att_small_item(&s, "box", "group", ATT_NONE);
    inner = att_small_item(&s, "inner", "page", box);
    (void)att_small_item(&s, "a", "text", inner);
    (void)att_small_item(&s, "b", "text", inner);
    (void)att_small_item(&s, "c", "one", box);
    s.items[att_small_item(&s, "c_other", "text", box)].is_other = true;
    (void)att_small_item(&s, "d", "text", box);
    (void)att_small_item(&s, "last", "text", ATT_NONE);
    s.items[box].shuffle = ATT_ORDER_RANDOM;
    att_small_done(&s);
    for (unsigned long long seed = 0; seed < 50; seed++) {
        size_t shown[9];
        size_t place[9];

        att_shuffle_items(&s.instrument, seed, shown);
        assert_permutation(shown, 9);
        for (size_t i = 0; i < 9; i++) {
            place[shown[i]] = i;
        }
        assert_int_equal(place[0], 0);
        assert_int_equal(place[1], 1);
        assert_int_equal(place[8], 8);
        assert_int_equal(place[3], place[2] + 1); /* inner, a, b */
        assert_int_equal(place[4], place[2] + 2);
        assert_int_equal(place[6], place[5] + 1); /* c, c_other */
        n_moved += place[7] < place[2] ? 1 : 0;
    }
    assert_true(n_moved > 10);
    att_small_drop(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(the_generator_is_splitmix64),
              cmocka_unit_test(an_order_is_the_same_for_ever),
              cmocka_unit_test(what_is_fixed_keeps_its_place),
              cmocka_unit_test(every_order_is_as_likely),
              cmocka_unit_test(a_balanced_order_is_a_williams_design),
              cmocka_unit_test(nothing_and_one_have_one_order),
              cmocka_unit_test(blocks_are_moved_whole))
