/* Alpha against psych and closed forms on bfi (tests/reference/alpha), its hard cases,
 * and what must not change it. */
#include <attune/math/dist.h>
#include <attune/math/rng.h>
#include <attune/psych/alpha.h>

#include "reference.h"

static att_matrix matrix_of(att_arena *arena, size_t n, size_t k, const double *x)
{
    att_matrix m = att_matrix_make(arena, n, k);

    for (size_t i = 0; i < n * k; i++) {
        m.x[i] = x[i];
    }
    return m;
}

/* ---- reference values ---- */

/* "-A1,A2" of the data, those with a minus as 7 - x; names of the columns. */
static att_matrix items_of(att_arena *arena, const reference_data *data,
                           const char *items, char names[][8])
{
    size_t columns[32];
    bool is_reversed[32];
    size_t k = 0;
    att_matrix m;

    for (const char *p = items; *p != '\0';) {
        size_t length = strcspn(p, ",");

        is_reversed[k] = *p == '-';
        p += is_reversed[k] ? 1 : 0;
        length -= is_reversed[k] ? 1U : 0U;
        columns[k] = reference_column(data, p, length);
        memcpy(names[k], p, length);
        names[k++][length] = '\0';
        p += length + (p[length] == ',' ? 1U : 0U);
    }
    m = att_matrix_make(arena, data->x.n_rows, k);
    for (size_t i = 0; i < m.n_rows; i++) {
        for (size_t j = 0; j < k; j++) {
            double x = att_matrix_get(&data->x, i, columns[j]);
            att_matrix_set(&m, i, j, is_reversed[j] ? 7 - x : x);
        }
    }
    return m;
}

static double item_value(const double *list, const att_alpha *a, char names[][8],
                         const char *item)
{
    for (size_t j = 0; j < a->k; j++) {
        if (strcmp(names[j], item) == 0) {
            return list[j];
        }
    }
    fail_msg("no item %s", item);
    return NAN;
}

/* The value of a flat name. */
static double value_of(const att_alpha *a, const char *name, char names[][8])
{
    const struct {
        const char *prefix;
        const double *list;
    } lists[] = {
        { "item.n.", a->item_n },
        { "item.mean.", a->item_mean },
        { "item.sd.", a->item_sd },
        { "item.r_drop.", a->item_rest },
        { "r_drop.", a->item_rest },
        { "drop.raw_alpha.", a->raw_if_dropped },
        { "alpha_if_dropped.", a->raw_if_dropped },
        { "drop.std_alpha.", a->std_if_dropped },
    };
    const struct {
        const char *name;
        double value;
    } single[] = {
        { "n", (double)a->n },
        { "raw_alpha", a->raw },
        { "std_alpha", a->std },
        { "feldt_lo", a->raw_low },
        { "feldt_hi", a->raw_high },
        { "average_r", a->average_r },
        { "median_r", a->median_r },
        { "mean", a->mean },
        { "sd", a->sd },
    };

    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        if (strcmp(single[i].name, name) == 0) {
            return single[i].value;
        }
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t length = strlen(lists[i].prefix);
        if (strncmp(name, lists[i].prefix, length) == 0) {
            return item_value(lists[i].list, a, names, name + length);
        }
    }
    fail_msg("no value %s", name);
    return NAN;
}

static size_t check_case(const reference_data *data, json_t *one, double *worst)
{
    att_arena arena = { 0 };
    char names[32][8];
    json_t *options = json_object_get(one, "options");
    const char *missing = json_string_value(json_object_get(options, "missing"));
    const char *items = json_string_value(json_object_get(options, "items"));
    double tol = json_number_value(json_object_get(one, "tol"));
    att_alpha_opts opts = { .is_pairwise = strcmp(missing, "pairwise") == 0 };
    att_matrix x = items_of(&arena, data, items, names);
    att_alpha a = att_alpha_of(&arena, &x, &opts);
    const char *name = NULL;
    json_t *value = NULL;
    size_t n = 0;

    json_object_foreach(json_object_get(one, "expected"), name, value)
    {
        double expected = json_number_value(value);
        double actual = value_of(&a, name, names);

        if (!(fabs(actual - expected) <= tol)) {
            print_message("%s of %s\n", name, items);
        }
        assert_near(actual, expected, tol);
        *worst = fmax(*worst, fabs(actual - expected));
        n++;
    }
    assert_int_equal(a.outcome, ATT_OUTCOME_OK);
    att_arena_drop(&arena);
    return n;
}

static void alpha_and_its_items_are_those_of_the_reference(void **state)
{
    att_arena arena = { 0 };
    att_json *json = NULL;
    reference_data data = reference_read(&arena, "reference/alpha/bfi.csv");
    json_t *cases = reference_cases("reference/alpha/expected.json", &json);
    size_t n = 0;
    size_t i = 0;
    json_t *one = NULL;

    assert_int_equal(data.x.n_rows, 2800);
    json_array_foreach(cases, i, one)
    {
        double worst = 0;

        n += check_case(&data, one, &worst);
        print_message("%s: worst %.1e\n", json_string_value(json_object_get(one, "id")),
                      worst);
    }
    assert_int_equal(i, 8);
    assert_int_equal(n, 4 * (8 + 6 * 5) + 4 * (5 + 2 * 5));
    att_json_close(json);
    att_arena_drop(&arena);
}

/* ---- hard cases ---- */

static void nothing_is_defined_without_two_rows(void **state)
{
    static const double x[] = { 1, 2, 3 };

    for (size_t n = 0; n < 2; n++) {
        att_arena arena = { 0 };
        att_matrix m = matrix_of(&arena, n, 3, x);
        att_alpha a = att_alpha_of(&arena, &m, NULL);
        att_alpha b =
            att_alpha_of(&arena, &m, &(att_alpha_opts){ .is_pairwise = true });

        assert_int_equal(a.outcome, ATT_OUTCOME_TOO_FEW);
        assert_int_equal(b.outcome, ATT_OUTCOME_TOO_FEW);
        assert_int_equal(a.n, n);
        assert_near(a.raw, NAN, 0);
        assert_near(a.std_low, NAN, 0);
        assert_near(a.raw_if_dropped[0], NAN, 0);
        assert_near(a.item_n[1], (double)n, 0);
        assert_near(a.item_mean[1], n == 0 ? NAN : 2, 0);
        assert_near(a.item_sd[1], NAN, 0);
        assert_near(b.item_mean[1], n == 0 ? NAN : 2, 0);
        assert_near(a.mean, n == 0 ? NAN : 2, 1e-15);
        att_arena_drop(&arena);
    }
}

static void one_item_has_a_mean_but_no_alpha(void **state)
{
    static const double x[] = { 1, 2, 6 };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 3, 1, x);
    att_alpha a = att_alpha_of(&arena, &m, NULL);
    att_matrix none = att_matrix_make(&arena, 3, 0);

    assert_int_equal(a.outcome, ATT_OUTCOME_TOO_FEW);
    assert_near(a.raw, NAN, 0);
    assert_near(a.item_mean[0], 3, 1e-15);
    assert_near(a.item_sd[0], sqrt(7), 1e-15);
    assert_int_equal(att_alpha_of(&arena, &none, NULL).outcome, ATT_OUTCOME_TOO_FEW);
    att_arena_drop(&arena);
}

/* By hand: variances 1 and 1, covariance .5: alpha = 2 (1 - 2 / 3) = 2/3, r = .5. */
static void two_items_have_alpha_but_none_when_one_is_dropped(void **state)
{
    static const double x[] = { 1, 1, 2, 3, 3, 2 };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 3, 2, x);
    att_alpha a = att_alpha_of(&arena, &m, NULL);

    assert_int_equal(a.outcome, ATT_OUTCOME_OK);
    assert_near(a.raw, 2.0 / 3, 1e-15);
    assert_near(a.std, 2.0 / 3, 1e-15);
    assert_near(a.item_rest[0], 0.5, 1e-15);
    assert_near(a.max_r[1], 0.5, 1e-15);
    assert_near(a.median_r, 0.5, 1e-15);
    assert_near(a.raw_if_dropped[0], NAN, 0);
    assert_near(a.std_if_dropped[1], NAN, 0);
    att_arena_drop(&arena);
}

static void an_item_that_does_not_vary_leaves_raw_alpha_alone(void **state)
{
    static const double x[] = { 1, 1, 0.1, 2, 3, 0.1, 3, 2, 0.1 };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 3, 3, x);

    for (int pairwise = 0; pairwise < 2; pairwise++) {
        att_alpha_opts opts = { .is_pairwise = pairwise == 1 };
        att_alpha a = att_alpha_of(&arena, &m, &opts);

        assert_int_equal(a.outcome, ATT_OUTCOME_OK);
        assert_int_equal(a.n_constant, 1);
        assert_near(a.item_sd[2], 0, 0);
        assert_near(a.raw, 1.5 * (1 - 2.0 / 3), 1e-15);
        assert_near(a.raw_if_dropped[2], 2.0 / 3, 1e-15);
        assert_near(a.std, NAN, 0);
        assert_near(a.average_r, NAN, 0);
        assert_near(a.item_rest[2], NAN, 0);
        assert_near(a.item_rest[0], 0.5, 1e-15);
        assert_near(a.max_r[0], 0.5, 1e-15);
        assert_near(a.max_r[2], NAN, 0);
    }
    att_arena_drop(&arena);
}

static void a_total_that_does_not_vary_has_no_alpha(void **state)
{
    static const double x[] = { 1, 4.9, 2, 3.9, 3, 2.9, 4, 1.9 };
    static const double all_same[] = { 3, 3, 3, 3, 3, 3 };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 4, 2, x);
    att_matrix same = matrix_of(&arena, 3, 2, all_same);
    att_alpha a = att_alpha_of(&arena, &m, NULL);
    att_alpha b = att_alpha_of(&arena, &same, NULL);

    assert_int_equal(a.outcome, ATT_OUTCOME_CONSTANT);
    assert_near(a.raw, NAN, 0);
    assert_near(a.raw_low, NAN, 0);
    assert_near(a.average_r, -1, 1e-15);
    assert_int_equal(b.outcome, ATT_OUTCOME_CONSTANT);
    assert_int_equal(b.n_constant, 2);
    att_arena_drop(&arena);
}

static void items_that_say_the_same_have_alpha_one(void **state)
{
    static const double x[] = { 1, 1, 1, 2, 2, 2, 5, 5, 5, 3, 3, 3 };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 4, 3, x);
    att_alpha a = att_alpha_of(&arena, &m, NULL);

    assert_int_equal(a.outcome, ATT_OUTCOME_OK);
    assert_near(a.raw, 1, 1e-15);
    assert_near(a.std, 1, 1e-15);
    assert_near(a.raw_low, 1, 1e-14);
    assert_near(a.raw_high, 1, 1e-14);
    assert_near(a.item_rest[1], 1, 1e-15);
    assert_near(a.raw_if_dropped[2], 1, 1e-15);
    att_arena_drop(&arena);
}

/* By hand: variances 5/3 each, covariance -1: alpha = 2 (1 - (10/3) / (4/3)) = -3. */
static void alpha_may_be_negative(void **state)
{
    static const double x[] = { 1, 3, 2, 4, 3, 1, 4, 2 };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 4, 2, x);
    att_alpha a = att_alpha_of(&arena, &m, NULL);

    assert_int_equal(a.outcome, ATT_OUTCOME_OK);
    assert_near(a.raw, -3, 1e-14);
    assert_true(a.raw_low < a.raw && a.raw < a.raw_high && a.raw_high < 1);
    att_arena_drop(&arena);
}

static void rows_with_a_hole_are_left_out_and_counted(void **state)
{
    static const double x[] = { 1, 1, NAN, 9, 2, 3, 3, 2, 9, NAN };
    att_arena arena = { 0 };
    att_matrix m = matrix_of(&arena, 5, 2, x);
    att_alpha a = att_alpha_of(&arena, &m, NULL);

    assert_int_equal(a.n_all, 5);
    assert_int_equal(a.n, 3);
    assert_near(a.item_n[0], 4, 0);
    assert_near(a.raw, 2.0 / 3, 1e-15);
    assert_near(a.item_mean[0], 2, 1e-15);
    att_arena_drop(&arena);
}

/* ---- properties ---- */

/* n rows of k items with one common part; every tenth cell missing if holes. */
static att_matrix draw(att_arena *arena, size_t n, size_t k, bool holes)
{
    att_matrix m = att_matrix_make(arena, n, k);
    att_rng rng = att_rng_make(7, 0);

    for (size_t i = 0; i < n; i++) {
        double common = att_rng_normal(&rng);

        for (size_t j = 0; j < k; j++) {
            double x = floor(8 * (common + att_rng_normal(&rng)));
            bool gone = holes && att_rng_below(&rng, 10) == 0;
            att_matrix_set(&m, i, j, gone ? NAN : x / 8);
        }
    }
    return m;
}

static void assert_same_alpha(const att_alpha *a, const att_alpha *b, const size_t *to,
                              double tol)
{
    assert_near(b->raw, a->raw, tol);
    assert_near(b->std, a->std, tol);
    assert_near(b->raw_low, a->raw_low, tol);
    assert_near(b->average_r, a->average_r, tol);
    assert_near(b->sd, a->sd, tol);
    for (size_t j = 0; j < a->k; j++) {
        assert_near(b->item_sd[to[j]], a->item_sd[j], tol);
        assert_near(b->item_rest[to[j]], a->item_rest[j], tol);
        assert_near(b->raw_if_dropped[to[j]], a->raw_if_dropped[j], tol);
        assert_near(b->std_if_dropped[to[j]], a->std_if_dropped[j], tol);
    }
}

/* Eighths plus 1e9 are exact, so the moments about the mean must be too. */
static void a_constant_added_changes_nothing_even_when_it_is_huge(void **state)
{
    static const size_t straight[] = { 0, 1, 2, 3, 4, 5 };
    static const double constants[] = { 3, -1000, 1e9 };

    for (size_t c = 0; c < 6; c++) {
        att_arena arena = { 0 };
        att_alpha_opts opts = { .is_pairwise = c >= 3 };
        att_matrix m = draw(&arena, 1000, 6, true);
        att_alpha a = att_alpha_of(&arena, &m, &opts);
        att_alpha b;

        for (size_t i = 0; i < 6000; i++) {
            /* an own one for each item, unless rows have means of what is there */
            m.x[i] += constants[c % 3] * (c < 3 ? 1 + (double)(i % 6) : 1);
        }
        b = att_alpha_of(&arena, &m, &opts);
        assert_same_alpha(&a, &b, straight, 1e-12);
        att_arena_drop(&arena);
    }
}

static void the_order_of_the_items_changes_nothing(void **state)
{
    static const size_t to[] = { 4, 0, 5, 2, 1, 3 };

    for (size_t pairwise = 0; pairwise < 2; pairwise++) {
        att_arena arena = { 0 };
        att_alpha_opts opts = { .is_pairwise = pairwise == 1 };
        att_matrix m = draw(&arena, 1000, 6, true);
        att_matrix moved = att_matrix_make(&arena, 1000, 6);
        att_alpha a = att_alpha_of(&arena, &m, &opts);
        att_alpha b;

        for (size_t i = 0; i < 6000; i++) {
            att_matrix_set(&moved, i / 6, to[i % 6], m.x[i]);
        }
        b = att_alpha_of(&arena, &moved, &opts);
        assert_same_alpha(&a, &b, to, 1e-12);
        att_arena_drop(&arena);
    }
}

static void without_holes_pairwise_is_listwise(void **state)
{
    static const size_t straight[] = { 0, 1, 2, 3, 4 };
    att_arena arena = { 0 };
    att_matrix m = draw(&arena, 700, 5, false);
    att_alpha a = att_alpha_of(&arena, &m, NULL);
    att_alpha b = att_alpha_of(&arena, &m, &(att_alpha_opts){ .is_pairwise = true });

    assert_same_alpha(&a, &b, straight, 1e-12);
    assert_near(b.mean, a.mean, 1e-12);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(alpha_and_its_items_are_those_of_the_reference),
              cmocka_unit_test(nothing_is_defined_without_two_rows),
              cmocka_unit_test(one_item_has_a_mean_but_no_alpha),
              cmocka_unit_test(two_items_have_alpha_but_none_when_one_is_dropped),
              cmocka_unit_test(an_item_that_does_not_vary_leaves_raw_alpha_alone),
              cmocka_unit_test(a_total_that_does_not_vary_has_no_alpha),
              cmocka_unit_test(items_that_say_the_same_have_alpha_one),
              cmocka_unit_test(alpha_may_be_negative),
              cmocka_unit_test(rows_with_a_hole_are_left_out_and_counted),
              cmocka_unit_test(a_constant_added_changes_nothing_even_when_it_is_huge),
              cmocka_unit_test(the_order_of_the_items_changes_nothing),
              cmocka_unit_test(without_holes_pairwise_is_listwise))
