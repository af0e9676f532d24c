/* Random numbers: the generators' published outputs, moments, and streams. */
#include <math.h>
#include <string.h>

#include <attune/math/rng.h>

#include "att_test.h"

/* State 1, 2, 3, 4: outputs of the authors' xoshiro256starstar.c, as printed in the
 * test "reference" of the Rust crate rand_xoshiro. */
static void the_generator_is_xoshiro256_starstar(void **state)
{
    static const uint64_t expected[] = {
        UINT64_C(11520),
        UINT64_C(0),
        UINT64_C(1509978240),
        UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360),
        UINT64_C(607988272756665600),
        UINT64_C(16172922978634559625),
        UINT64_C(8476171486693032832),
        UINT64_C(10595114339597558777),
        UINT64_C(2904607092377533576),
    };
    att_rng rng = { { 1, 2, 3, 4 } };

    for (size_t i = 0; i < 10; i++) {
        assert_true(att_rng_next(&rng) == expected[i]);
    }
}

/* Seed 1234567: Rosetta Code, "Pseudo-random numbers/Splitmix64", and the authors'
 * splitmix64.c. */
static void stream_nought_is_seeded_by_splitmix64(void **state)
{
    static const uint64_t expected[] = {
        UINT64_C(6457827717110365317),
        UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423),
        UINT64_C(4593380528125082431),
    };
    att_rng rng = att_rng_make(1234567, 0);

    for (size_t i = 0; i < 4; i++) {
        assert_true(rng.s[i] == expected[i]);
    }
}

#define DRAWS 200000

/* Tolerances: five standard errors of the moment at 200,000 draws. */
static void uniform_numbers_have_their_moments(void **state)
{
    att_rng rng = att_rng_make(20, 0);
    double sum = 0;
    double squares = 0;

    for (size_t i = 0; i < DRAWS; i++) {
        double u = att_rng_uniform(&rng);

        assert_true(u >= 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    assert_near(sum / DRAWS, 0.5, 5 * sqrt(1.0 / 12 / DRAWS));
    assert_near(squares / DRAWS, 1.0 / 3, 5 * sqrt(4.0 / 45 / DRAWS));
}

static void normal_numbers_have_their_moments(void **state)
{
    att_rng rng = att_rng_make(21, 3);
    double power[5] = { 0 };

    for (size_t i = 0; i < DRAWS; i++) {
        double z = att_rng_normal(&rng);

        for (int k = 1; k <= 4; k++) {
            power[k] += pow(z, k) / DRAWS;
        }
    }
    assert_near(power[1], 0, 5 * sqrt(1.0 / DRAWS));
    assert_near(power[2], 1, 5 * sqrt(2.0 / DRAWS));
    assert_near(power[3], 0, 5 * sqrt(15.0 / DRAWS));
    assert_near(power[4], 3, 5 * sqrt(96.0 / DRAWS));
}

static void whole_numbers_below_n_are_even(void **state)
{
    att_rng rng = att_rng_make(22, 0);
    size_t count[6] = { 0 };

    for (size_t i = 0; i < DRAWS; i++) {
        count[att_rng_below(&rng, 6)]++;
    }
    for (size_t i = 0; i < 6; i++) {
        assert_near((double)count[i] / DRAWS, 1.0 / 6, 5 * sqrt(5.0 / 36 / DRAWS));
    }
    assert_true(att_rng_below(&rng, 1) == 0);
    assert_true(att_rng_below(&rng, UINT64_MAX) < UINT64_MAX);
}

/* No two of a thousand near seeds and streams share a word of their states, nor an
 * output; and two streams do not go together. */
static void streams_differ(void **state)
{
    uint64_t words[4000];
    att_rng a = att_rng_make(1, 1);
    att_rng b = att_rng_make(1, 2);
    double together = 0;

    for (size_t i = 0; i < 1000; i++) {
        att_rng rng = att_rng_make(i / 100, i % 100);
        memcpy(words + 4 * i, rng.s, sizeof rng.s);
    }
    for (size_t i = 0; i < 4000; i++) {
        for (size_t j = 0; j < i; j++) {
            /* near seeds of splitmix64 differ, though not by its own step */
            assert_true(words[i] != words[j]);
        }
    }
    for (size_t i = 0; i < DRAWS; i++) {
        together += att_rng_normal(&a) * att_rng_normal(&b) / DRAWS;
    }
    assert_near(together, 0, 5 * sqrt(1.0 / DRAWS));
}

static void the_same_seed_gives_the_same_numbers(void **state)
{
    att_rng a = att_rng_make(5, 9);
    att_rng b = att_rng_make(5, 9);

    for (size_t i = 0; i < 1000; i++) {
        assert_true(att_rng_next(&a) == att_rng_next(&b));
    }
}

ATT_TEST_MAIN(cmocka_unit_test(the_generator_is_xoshiro256_starstar),
              cmocka_unit_test(stream_nought_is_seeded_by_splitmix64),
              cmocka_unit_test(uniform_numbers_have_their_moments),
              cmocka_unit_test(normal_numbers_have_their_moments),
              cmocka_unit_test(whole_numbers_below_n_are_even),
              cmocka_unit_test(streams_differ),
              cmocka_unit_test(the_same_seed_gives_the_same_numbers))
