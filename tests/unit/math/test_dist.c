/* Quantiles against published tables and R; Wilson's interval against Newcombe. */
#include <math.h>
#include <string.h>

#include <attune/math/dist.h>
#include <attune/math/matrix.h>
#include <attune/math/outcome.h>

#include "att_test.h"

/* R 4.2.2, printed to 13 digits; the t and F rows agree with the tables that textbooks
 * print (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2 and 1.3.6.7.3). */
static const struct {
    double p, df1, df2; /* df1 0: normal; df2 0: t with df1 */
    double quantile, tol;
} quantiles[] = {
    { 0.975, 0, 0, 1.959963984540, 1e-12 }, { 0.5, 0, 0, 0, 1e-15 },
    { 0.95, 10, 0, 1.812, 5e-4 },           { 0.975, 10, 0, 2.228, 5e-4 },
    { 0.975, 1, 0, 12.706, 5e-4 },          { 0.95, 5, 10, 3.326, 5e-4 },
    { 0.95, 1, 1, 161.448, 5e-4 },          { 0.95, 10, 20, 2.348, 5e-4 },
    { 0.99, 10, 20, 3.368, 5e-4 },
};

static void quantiles_are_those_of_the_tables(void **state)
{
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
        double q;

        if (quantiles[i].df1 == 0) {
            q = att_dist_normal_quantile(quantiles[i].p);
        } else if (quantiles[i].df2 == 0) {
            q = att_dist_t_quantile(quantiles[i].p, quantiles[i].df1);
        } else {
            q = att_dist_f_quantile(quantiles[i].p, quantiles[i].df1, quantiles[i].df2);
        }
        print_message("p %g df %g %g\n", quantiles[i].p, quantiles[i].df1,
                      quantiles[i].df2);
        assert_near(q, quantiles[i].quantile, quantiles[i].tol);
    }
}

/* mpmath 1.3.0, 40 digits: the density of ln F integrated by quadrature, its equation
 * solved by secants to 1e-25. */
static const struct {
    double p, df1, df2, quantile, tol;
} fs[] = {
    { 0.975, 299, 29, 1.8396746025695289, 1e-13 },
    { 0.025, 299, 29, 0.61500329874926871, 1e-13 },
    { 0.975, 2708, 10832, 1.0607987095208742, 1e-13 },
    { 0.025, 2708, 10832, 0.94166949453918536, 1e-13 },
    { 0.975, 999999, 999999, 1.0039276251466758, 1e-13 },
    { 0.025, 999999, 999999, 0.99608774074116952, 1e-13 },
    { 0.975, 999999, 28999971, 1.0028212875224983, 1e-13 },
    { 0.025, 999999, 28999971, 0.99718290030770178, 1e-13 },
    { 0.975, 2e6, 5.8e7, 1.0019945169515598, 1e-9 },
    { 0.025, 2e6, 5.8e7, 0.99800757696153456, 1e-9 },
};

static void quantiles_of_f_are_those_of_forty_digits(void **state)
{
    for (size_t i = 0; i < sizeof fs / sizeof *fs; i++) {
        assert_near(att_dist_f_quantile(fs[i].p, fs[i].df1, fs[i].df2), fs[i].quantile,
                    fs[i].tol);
    }
}

/* F(p; a, b) = 1 / F(1 - p; b, a), and F with 1 and v degrees is t squared. */
static void quantiles_of_f_keep_its_identities(void **state)
{
    static const double df[] = { 1, 3, 29, 299, 2708, 10832, 1e6, 2.9e7 };

    for (size_t i = 0; i < 8; i++) {
        double t = att_dist_t_quantile(0.975, df[i]);

        assert_near(att_dist_f_quantile(0.95, 1, df[i]) / (t * t), 1, 1e-9);
        for (size_t j = 0; j < 8; j++) {
            double q = att_dist_f_quantile(0.975, df[i], df[j]);
            assert_near(q * att_dist_f_quantile(0.025, df[j], df[i]), 1, 1e-9);
        }
    }
}

static void what_is_out_of_range_has_no_quantile(void **state)
{
    static const double bad[] = { 0, 1, -0.1, 1.1, NAN };

    for (size_t i = 0; i < 5; i++) {
        assert_near(att_dist_normal_quantile(bad[i]), NAN, 0);
        assert_near(att_dist_t_quantile(bad[i], 3), NAN, 0);
        assert_near(att_dist_f_quantile(bad[i], 3, 3), NAN, 0);
    }
    assert_near(att_dist_t_quantile(0.9, 0), NAN, 0);
    assert_near(att_dist_t_quantile(0.9, NAN), NAN, 0);
    assert_near(att_dist_f_quantile(0.9, -1, 3), NAN, 0);
    assert_near(att_dist_f_quantile(0.9, 3, NAN), NAN, 0);
    assert_near(att_dist_t_quantile(0.975, INFINITY), 1.959963984540, 1e-12);
}

/* Newcombe (1998), "Two-sided confidence intervals for the single proportion",
 * Statistics in Medicine 17, Table I, method 3 (score): four figures. */
static const struct {
    double k, n, low, high;
} wilsons[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
};

static void wilson_is_that_of_newcombes_table(void **state)
{
    for (size_t i = 0; i < sizeof wilsons / sizeof *wilsons; i++) {
        double low = NAN;
        double high = NAN;
        double mirror_low = NAN;
        double mirror_high = NAN;

        att_dist_wilson(wilsons[i].k, wilsons[i].n, 0.95, &low, &high);
        assert_near(low, wilsons[i].low, 5e-5);
        assert_near(high, wilsons[i].high, 5e-5);
        att_dist_wilson(wilsons[i].n - wilsons[i].k, wilsons[i].n, 0.95, &mirror_low,
                        &mirror_high);
        assert_near(mirror_low, 1 - high, 1e-15);
        assert_near(mirror_high, 1 - low, 1e-15);
    }
}

static void wilson_of_nothing_is_not_known(void **state)
{
    static const double bad[][2] = { { 0, 0 }, { 3, 2 }, { -1, 2 }, { NAN, 2 } };

    for (size_t i = 0; i < 4; i++) {
        double low = 0;
        double high = 0;

        att_dist_wilson(bad[i][0], bad[i][1], 0.95, &low, &high);
        assert_near(low, NAN, 0);
        assert_near(high, NAN, 0);
    }
}

static void the_library_says_its_version(void **state)
{
    assert_true(strchr(att_math_gsl_version(), '.') != NULL);
}

static void a_matrix_is_zero_and_row_by_row(void **state)
{
    att_arena arena = { 0 };
    att_matrix m = att_matrix_make(&arena, 3, 2);
    att_matrix none = att_matrix_make(&arena, 0, 5);

    assert_near(att_matrix_get(&m, 2, 1), 0, 0);
    att_matrix_set(&m, 1, 0, 7);
    assert_near(m.x[2], 7, 0);
    assert_int_equal(none.n_rows, 0);
    att_arena_drop(&arena);
}

static void every_outcome_has_its_own_words(void **state)
{
    for (int i = ATT_OUTCOME_OK; i <= ATT_OUTCOME_STOPPED; i++) {
        assert_string_not_equal(att_outcome_name((att_outcome)i), "");
        for (int j = ATT_OUTCOME_OK; j < i; j++) {
            assert_string_not_equal(att_outcome_name((att_outcome)i),
                                    att_outcome_name((att_outcome)j));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_the_tables),
        cmocka_unit_test(quantiles_of_f_are_those_of_forty_digits),
        cmocka_unit_test(quantiles_of_f_keep_its_identities),
        cmocka_unit_test(what_is_out_of_range_has_no_quantile),
        cmocka_unit_test(wilson_is_that_of_newcombes_table),
        cmocka_unit_test(wilson_of_nothing_is_not_known),
        cmocka_unit_test(the_library_says_its_version),
        cmocka_unit_test(a_matrix_is_zero_and_row_by_row),
        cmocka_unit_test(every_outcome_has_its_own_words),
    };

    att_test_start();
    att_math_start();
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
