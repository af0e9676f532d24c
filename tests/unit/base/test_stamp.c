#include "att_test.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <attune/base/stamp.h>

static int length_of(int year, int month)
{
    if (month == 2) {
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void every_day_of_years_1_to_9999_follows_the_one_before(void **state)
{
    att_day day = att_day_of(1, 1, 1);
    int week = att_day_week(day);

    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int dom = 1; dom <= length_of(year, month); dom++) {
                int y = 0;
                int m = 0;
                int d = 0;

                att_day_split(day, &y, &m, &d);
                if (att_day_of(year, month, dom) != day || y != year || m != month ||
                    d != dom || att_day_week(day) != week) {
                    fail_msg("%d-%d-%d is not day %ld", year, month, dom, day);
                }
                day++;
                week = (week + 1) % 7;
            }
        }
    }
}

static void known_days_have_their_number(void **state)
{
    /* date -u +%s -d 2000-03-01 (GNU coreutils 9.1); 1970-01-01 was a Thursday */
    assert_int_equal(att_day_of(1970, 1, 1), 0);
    assert_int_equal(att_day_week(0), 4);
    assert_int_equal(att_day_of(2000, 3, 1), 951868800 / 86400);
    assert_int_equal(att_day_of(1969, 12, 31), -1);
    assert_int_equal(att_day_week(-1), 3);
}

static void only_days_that_exist_are_read(void **state)
{
    static const char *const bad[] = {
        "",           "2026-02-29", "1900-02-29",  "2026-13-01",
        "2026-00-01", "2026-04-31", "2026-01-00",  "0000-01-01",
        "2026-1-01",  "2026/01/01", "2026-01-01 ", "+026-01-01",
    };
    char text[ATT_DAY_SIZE];
    att_day day = 9;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(att_day_read(bad[i], strlen(bad[i]), &day));
    }
    assert_int_equal(day, 9);
    assert_true(att_day_read("2024-02-29Txx", 10, &day));
    att_day_write(text, day);
    assert_string_equal(text, "2024-02-29");
    att_day_write(text, LONG_MAX);
    assert_string_equal(text, "9999-12-31");
    att_day_write(text, LONG_MIN);
    assert_string_equal(text, "0001-01-01");
}

static void stamps_are_written_and_read_back(void **state)
{
    static const struct {
        att_msec at;
        const char *text;
    } cases[] = {
        { 0, "1970-01-01T00:00:00.000Z" },
        { -1, "1969-12-31T23:59:59.999Z" },
        { 951868800123, "2000-03-01T00:00:00.123Z" },
        { 253402300799999, "9999-12-31T23:59:59.999Z" },
        { -62135596800000, "0001-01-01T00:00:00.000Z" },
    };
    char text[ATT_STAMP_SIZE];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_msec at = 0;

        att_stamp_write(text, cases[i].at);
        assert_string_equal(text, cases[i].text);
        assert_true(att_stamp_read(text, &at));
        assert_true(at == cases[i].at);
    }
    att_stamp_write(text, LLONG_MAX);
    assert_string_equal(text, "9999-12-31T23:59:59.999Z");
    att_stamp_write(text, LLONG_MIN);
    assert_string_equal(text, "0001-01-01T00:00:00.000Z");
}

static void other_forms_of_stamps_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "2026-09-02",
        "2026-09-02T09:14:07Z",
        "2026-09-02 09:14:07.221Z",
        "2026-09-02T09:14:07.221",
        "2026-09-02T24:14:07.221Z",
        "2026-09-02T09:60:07.221Z",
        "2026-09-02T09:14:60.221Z",
        "2026-09-31T09:14:07.221Z",
        "2026-09-02T09:14:07.22xZ",
        "2026-09-02T09:14:07.221Z ",
    };
    att_msec at = 3;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(att_stamp_read(bad[i], &at));
    }
    assert_true(at == 3);
}

static void local_days_follow_the_offset(void **state)
{
    att_msec noon = 43200000;
    att_msec late = 86400000 - 1;

    assert_int_equal(att_day_at(noon, 0), 0);
    assert_int_equal(att_day_at(late, 60), 1);
    assert_int_equal(att_day_at(0, -1), -1);
    assert_int_equal(att_day_at(LLONG_MAX, 840), att_day_of(9999, 12, 31) + 1);

    assert_int_equal(setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1), 0);
    assert_int_equal(att_stamp_offset(1768478400000), -300); /* January 2026 */
    assert_int_equal(att_stamp_offset(1784116800000), -240); /* July 2026 */
    assert_int_equal(setenv("TZ", "NPT-5:45", 1), 0);
    assert_int_equal(att_stamp_offset(0), 345);
    assert_int_equal(setenv("TZ", "UTC0", 1), 0);
    assert_int_equal(att_stamp_offset(-12345678), 0);
    tzset();
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ids_are_unique_and_sort_by_time(void **state)
{
    enum { N = 2000 };
    static char id[N][ATT_ID_SIZE];

    for (int i = 0; i < N; i++) {
        att_id_make(id[i], 1700000000000 + i * 7);
        assert_int_equal(strlen(id[i]), 36);
        assert_int_equal(strspn(id[i], "0123456789abcdefghjkmnpqrstvwxyz"), 36);
        if (i > 0) {
            assert_true(strcmp(id[i - 1], id[i]) < 0);
        }
    }
    for (int i = 0; i < N; i++) {
        att_id_make(id[i], 1700000000000);
        assert_memory_equal(id[i], id[0], 10);
    }
    qsort(id, N, sizeof id[0], compare_ids);
    for (int i = 1; i < N; i++) {
        assert_string_not_equal(id[i - 1] + 10, id[i] + 10);
    }
}

static void clocks_go_forward(void **state)
{
    att_msec mono = att_stamp_mono();

    assert_true(att_stamp_mono() >= mono);
    assert_true(att_stamp_now() > 1577836800000); /* 2020-01-01 */
}

ATT_TEST_MAIN(cmocka_unit_test(every_day_of_years_1_to_9999_follows_the_one_before),
              cmocka_unit_test(known_days_have_their_number),
              cmocka_unit_test(only_days_that_exist_are_read),
              cmocka_unit_test(stamps_are_written_and_read_back),
              cmocka_unit_test(other_forms_of_stamps_are_refused),
              cmocka_unit_test(local_days_follow_the_offset),
              cmocka_unit_test(ids_are_unique_and_sort_by_time),
              cmocka_unit_test(clocks_go_forward))
