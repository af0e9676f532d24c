#include "att_test.h"

#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include <attune/base/number.h>

static void assert_reads(const char *text, double expected)
{
    double x = -77;

    assert_true(att_number_read(text, strlen(text), &x));
    assert_true(x == expected);
}

static void numbers_are_read_as_the_nearest_double(void **state)
{
    /* each literal is read by the compiler, which is the second opinion */
    assert_reads("0", 0);
    assert_reads("-3", -3);
    assert_reads("+4.50", 4.5);
    assert_reads("0.1", 0.1);
    assert_reads("007", 7);
    assert_reads("123456789012345", 123456789012345.0);
    assert_reads("0.000000000000123", 0.000000000000123);
    assert_reads("3.141592653589793238462643", 3.141592653589793238462643);
    assert_reads("1e3", 1000);
    assert_reads("2.5E-3", 0.0025);
    assert_reads("1.7976931348623157e308", DBL_MAX);
    assert_reads("5e-324", 5e-324);
    assert_reads("1e-400", 0);
    assert_reads("9007199254740993", 9007199254740992.0);
    assert_reads(
        "0.00000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000000000000000000000000000000000000000001e142",
        1);
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const cases[] = {
        "",   " 1",    "1 ",    "1,5",    "0x10", "nan",   "inf",   "-",
        "+",  ".5",    "5.",    "1e",     "1e+",  "e5",    "1.2.3", "--1",
        "1-", "1e5.0", "1e309", "-1e999", "\t1",  "1_000", "١",
    };
    double x = 42;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_false(att_number_read(cases[i], strlen(cases[i]), &x));
    }
    assert_false(att_number_read("1\0002", 3, &x));
    assert_true(x == 42);
    assert_true(att_number_read("12345", 2, &x));
    assert_true(x == 12);
}

static void whole_numbers_stay_within_their_type(void **state)
{
    static const struct {
        const char *text;
        bool is_read;
        long long n;
    } cases[] = {
        { "0", true, 0 },
        { "-0", true, 0 },
        { "+17", true, 17 },
        { "9223372036854775807", true, LLONG_MAX },
        { "-9223372036854775808", true, LLONG_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "1.0", false, 0 },
        { "1e3", false, 0 },
        { " 1", false, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long long n = 5;

        assert_int_equal(
            att_number_read_whole(cases[i].text, strlen(cases[i].text), &n),
            cases[i].is_read);
        assert_true(n == (cases[i].is_read ? cases[i].n : 5));
    }
}

static void assert_writes(double x, const char *expected)
{
    att_buf b = { 0 };

    att_number_write(&b, x);
    assert_string_equal(att_buf_text(&b), expected);
    att_buf_drop(&b);
}

static void numbers_are_written_in_shortest_form(void **state)
{
    assert_writes(0, "0");
    assert_writes(-0.0, "0");
    assert_writes(-3, "-3");
    assert_writes(0.1, "0.1");
    assert_writes(0.1 + 0.2, "0.30000000000000004");
    assert_writes(100000, "100000");
    assert_writes(999999999999999.0, "999999999999999");
    assert_writes(1e300, "1e+300");
    assert_writes(5e-324, "5e-324");
    assert_writes(DBL_MAX, "1.7976931348623157e+308");
    assert_writes(1.0 / 3, "0.3333333333333333");
    /* powers of two whose nearest 16 digits read back as another number */
    assert_writes(ldexp(1, -1017), "7.120236347223045e-307");
    assert_writes(ldexp(1, -44), "5.684341886080802e-14");
}

static double double_of(uint64_t bits)
{
    double x = 0;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static void what_is_written_reads_back_the_same(void **state)
{
    uint64_t bits = 0x9E3779B97F4A7C15U;

    for (int i = 0; i < 100000; i++) {
        att_buf b = { 0 };
        double x = 0;
        double y = 0;

        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        x = double_of(bits);
        if (i % 3 == 0) {
            x = (double)(bits % 2000001) / 1000 - 1000; /* what people type */
        } else if (i % 997 == 1) {
            x = ldexp(i % 2 == 0 ? 1 : -1, i % 2098 - 1074);
        }
        if (!isfinite(x)) {
            continue;
        }
        att_number_write(&b, x);
        assert_true(att_number_read(b.bytes, b.n, &y));
        assert_true(x == y);
        assert_true(b.n <= 24);
        att_buf_drop(&b);
    }
}

static void fixed_rounds_the_double_as_it_is(void **state)
{
    static const struct {
        double x;
        int digits;
        const char *text;
    } cases[] = {
        { 0.125, 2, "0.12" },    { 0.375, 2, "0.38" },
        { 2.5, 0, "2" },         { -0.001, 2, "0.00" },
        { -0.0, 0, "0" },        { 1.005, 2, "1.00" },
        { -1.5, 1, "-1.5" },     { 1e21, 1, "1000000000000000000000.0" },
        { -0.5, 0, "0" },        { 0.7, 3, "0.700" },
        { -0.005, 3, "-0.005" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_buf b = { 0 };

        att_buf_add(&b, "x=");
        att_number_fixed(&b, cases[i].x, cases[i].digits);
        assert_string_equal(att_buf_text(&b) + 2, cases[i].text);
        assert_int_equal(strlen(att_buf_text(&b)), b.n);
        att_buf_drop(&b);
    }
}

static void thousands_are_parted_by_commas(void **state)
{
    static const struct {
        long long n;
        const char *text;
    } cases[] = {
        { 0, "0" },
        { 999, "999" },
        { 1000, "1,000" },
        { 2709, "2,709" },
        { -1234567, "-1,234,567" },
        { -100, "-100" },
        { LLONG_MAX, "9,223,372,036,854,775,807" },
        { LLONG_MIN, "-9,223,372,036,854,775,808" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_buf b = { 0 };

        att_number_grouped(&b, cases[i].n);
        assert_string_equal(att_buf_text(&b), cases[i].text);
        att_buf_drop(&b);
    }
}

static void a_locale_with_commas_changes_nothing(void **state)
{
    /* where no such locale is installed, the calls are still made twice */
    static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        att_buf b = { 0 };

        (void)setlocale(LC_ALL, names[i]);
        assert_writes(0.1, "0.1");
        assert_reads("2.5e-1", 0.25);
        assert_reads("3.141592653589793238462643", 3.141592653589793238462643);
        att_number_fixed(&b, 1234.5, 2);
        assert_string_equal(att_buf_text(&b), "1234.50");
        att_buf_drop(&b);
    }
    (void)setlocale(LC_ALL, "C");
}

ATT_TEST_MAIN(cmocka_unit_test(numbers_are_read_as_the_nearest_double),
              cmocka_unit_test(what_is_no_number_is_refused),
              cmocka_unit_test(whole_numbers_stay_within_their_type),
              cmocka_unit_test(numbers_are_written_in_shortest_form),
              cmocka_unit_test(what_is_written_reads_back_the_same),
              cmocka_unit_test(fixed_rounds_the_double_as_it_is),
              cmocka_unit_test(thousands_are_parted_by_commas),
              cmocka_unit_test(a_locale_with_commas_changes_nothing))
