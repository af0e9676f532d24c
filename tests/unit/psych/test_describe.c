/* Item descriptives against psych and R on bfi (tests/reference/describe). */
#include <attune/psych/describe.h>

#include "reference.h"

static double described(const att_describe *d, const char *name, size_t n)
{
    const struct {
        const char *name;
        double value;
    } values[] = {
        { "n", (double)d->n },
        { "mean", d->mean },
        { "sd", d->sd },
        { "skew", d->skew },
        { "min", d->min },
        { "max", d->max },
        { "kurtosis", d->kurtosis },
        { "median", d->median },
        { "floor", d->floor },
        { "ceiling", d->ceiling },
        { "missing", (double)d->n_missing },
    };

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (strlen(values[i].name) == n && memcmp(values[i].name, name, n) == 0) {
            return values[i].value;
        }
    }
    fail_msg("no value %s", name);
    return NAN;
}

/* "n3": how many hold the code 3. */
static double counted(const att_matrix *x, size_t j, const char *name)
{
    double code = (double)(name[1] - '0');
    size_t count = 0;

    (void)att_describe_counts(x, j, &code, 1, &count);
    return (double)count;
}

/* "mean.A1" or "A1.floor" */
static double value_of(const reference_data *data, const char *name)
{
    const char *point = strchr(name, '.');
    bool is_item_first = name[0] >= 'A' && name[0] <= 'Z';
    const char *item = is_item_first ? name : point + 1;
    size_t length = is_item_first ? (size_t)(point - name) : strlen(item);
    const char *what = is_item_first ? point + 1 : name;
    size_t n = is_item_first ? strlen(what) : (size_t)(point - name);
    size_t j = reference_column(data, item, length);
    att_describe d;

    if (is_item_first && what[0] == 'n' && n == 2) {
        return counted(&data->x, j, what);
    }
    d = att_describe_column(&data->x, j, is_item_first ? 1 : NAN,
                            is_item_first ? 6 : NAN);
    return described(&d, what, n);
}

static void columns_of_bfi_are_described_as_by_the_reference(void **state)
{
    att_arena arena = { 0 };
    att_json *json = NULL;
    reference_data data = reference_read(&arena, "reference/alpha/bfi.csv");
    json_t *cases = reference_cases("reference/describe/expected.json", &json);
    json_t *one = NULL;
    size_t n = 0;
    size_t i = 0;

    json_array_foreach(cases, i, one)
    {
        double tol = json_number_value(json_object_get(one, "tol"));
        double worst = 0;
        const char *name = NULL;
        json_t *value = NULL;

        json_object_foreach(json_object_get(one, "expected"), name, value)
        {
            double expected = json_number_value(value);
            double actual = value_of(&data, name);

            if (!(fabs(actual - expected) <= tol)) {
                print_message("%s\n", name);
            }
            assert_near(actual, expected, tol);
            worst = fmax(worst, fabs(actual - expected));
            n++;
        }
        print_message("%s: worst %.1e\n", json_string_value(json_object_get(one, "id")),
                      worst);
    }
    assert_int_equal(n, 208 + 175 + 50);
    att_json_close(json);
    att_arena_drop(&arena);
}

typedef struct hard_case {
    const char *label;
    size_t n;
    double x[6];
    att_describe is;
} hard_case;

/* By hand. */
static const hard_case hard_cases[] = {
    { "nothing", 0, { 0 }, { 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN } },
    { "all missing",
      2,
      { NAN, NAN },
      { 0, 2, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN } },
    { "one value", 2, { 4, NAN }, { 1, 1, 4, NAN, NAN, NAN, 4, 4, 4, 1, 1 } },
    { "a constant", 3, { .1, .1, .1 }, { 3, 0, .1, 0, NAN, NAN, .1, .1, .1, 1, 1 } },
    { "an even number",
      4,
      { 4, 1, 2, 3 },
      { 4, 0, 2.5, 1.2909944487358056, 0, -2.0775, 1, 4, 2.5, .25, .25 } },
    { "1e9 and a little",
      4,
      { 1e9 + 4, 1e9 + 1, 1e9 + 2, 1e9 + 3 },
      { 4, 0, 1e9 + 2.5, 1.2909944487358056, 0, -2.0775, 1e9 + 1, 1e9 + 4, 1e9 + 2.5,
        .25, .25 } },
};

static void hard_columns_give_what_is_defined(void **state)
{
    for (size_t i = 0; i < sizeof hard_cases / sizeof *hard_cases; i++) {
        const hard_case *one = &hard_cases[i];
        att_arena arena = { 0 };
        att_matrix m = att_matrix_make(&arena, one->n, 1);
        att_describe d;

        print_message("%s\n", one->label);
        for (size_t k = 0; k < one->n; k++) {
            m.x[k] = one->x[k];
        }
        d = att_describe_column(&m, 0, NAN, NAN);
        assert_int_equal(d.n, one->is.n);
        assert_int_equal(d.n_missing, one->is.n_missing);
        assert_near(d.mean, one->is.mean, 0);
        assert_near(d.sd, one->is.sd, 1e-15);
        assert_near(d.skew, one->is.skew, 1e-14);
        assert_near(d.kurtosis, one->is.kurtosis, 1e-14);
        assert_near(d.min, one->is.min, 0);
        assert_near(d.max, one->is.max, 0);
        assert_near(d.median, one->is.median, 0);
        assert_near(d.floor, one->is.floor, 0);
        assert_near(d.ceiling, one->is.ceiling, 0);
        att_arena_drop(&arena);
    }
}

static void codes_that_nobody_listed_are_counted_apart(void **state)
{
    static const double codes[] = { 1, 2, 9 };
    att_arena arena = { 0 };
    att_matrix m = att_matrix_make(&arena, 5, 2);
    size_t count[3] = { 7, 7, 7 };

    for (size_t i = 0; i < 5; i++) {
        att_matrix_set(&m, i, 1, i == 4 ? NAN : (double)i);
    }
    assert_int_equal(att_describe_counts(&m, 1, codes, 3, count), 2);
    assert_int_equal(count[0], 1);
    assert_int_equal(count[1], 1);
    assert_int_equal(count[2], 0);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(columns_of_bfi_are_described_as_by_the_reference),
              cmocka_unit_test(hard_columns_give_what_is_defined),
              cmocka_unit_test(codes_that_nobody_listed_are_counted_apart))
