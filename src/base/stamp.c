#include <attune/base/stamp.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <attune/base/seal.h>

#define MSEC_A_DAY     86400000LL
#define MSEC_A_MINUTE  60000LL
#define DAY_FIRST      (-719162L) /* 0001-01-01 */
#define DAY_LAST       2932896L   /* 9999-12-31 */
#define DAYS_400_YEARS 146097L
#define DAYS_TO_1970   719468L /* from 0000-03-01 to 1970-01-01 */

static att_msec read_clock(clockid_t clock)
{
    struct timespec t = { 0 };

    (void)clock_gettime(clock, &t);
    return (att_msec)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

att_msec att_stamp_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

att_msec att_stamp_mono(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static long long floor_divide(long long a, long long b)
{
    long long q = a / b;

    return a % b < 0 ? q - 1 : q;
}

/* The nearest instant in the years 1 to 9999. */
static att_msec within_years(att_msec at)
{
    att_msec first = DAY_FIRST * MSEC_A_DAY;
    att_msec last = (DAY_LAST + 1) * MSEC_A_DAY - 1;

    return at < first ? first : at > last ? last : at;
}

static void write_digits(char *out, int width, long long n)
{
    while (width > 0) {
        out[--width] = (char)('0' + (int)(n % 10));
        n /= 10;
    }
}

static bool read_digits(const char *text, int width, int *out)
{
    int n = 0;

    for (int i = 0; i < width; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        n = n * 10 + (text[i] - '0');
    }
    *out = n;
    return true;
}

void att_stamp_write(char out[ATT_STAMP_SIZE], att_msec at)
{
    att_msec inside = within_years(at);
    long long day = floor_divide(inside, MSEC_A_DAY);
    long long rest = inside - day * MSEC_A_DAY;

    att_day_write(out, (att_day)day);
    memcpy(out + 10, "T00:00:00.000Z", sizeof "T00:00:00.000Z");
    write_digits(out + 11, 2, rest / 3600000);
    write_digits(out + 14, 2, rest / MSEC_A_MINUTE % 60);
    write_digits(out + 17, 2, rest / 1000 % 60);
    write_digits(out + 20, 3, rest % 1000);
}

bool att_stamp_read(const char *text, att_msec *out)
{
    att_day day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int msec = 0;

    if (strlen(text) != ATT_STAMP_SIZE - 1 || !att_day_read(text, 10, &day) ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' ||
        text[23] != 'Z') {
        return false;
    }
    if (!read_digits(text + 11, 2, &hour) || !read_digits(text + 14, 2, &minute) ||
        !read_digits(text + 17, 2, &second) || !read_digits(text + 20, 3, &msec)) {
        return false;
    }
    if (hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *out = day * MSEC_A_DAY + ((hour * 60LL + minute) * 60 + second) * 1000 + msec;
    return true;
}

int att_stamp_offset(att_msec at)
{
    att_msec inside = within_years(at);
    time_t seconds = (time_t)floor_divide(inside, 1000);
    struct tm local = { 0 };
    long long minutes = 0;

    tzset();
    if (localtime_r(&seconds, &local) == NULL) {
        return 0;
    }
    minutes =
        att_day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday) * 1440LL;
    minutes += local.tm_hour * 60 + local.tm_min;
    return (int)(minutes - floor_divide(seconds, 60));
}

att_day att_day_at(att_msec at, int offset)
{
    return (att_day)floor_divide(within_years(at) + offset * MSEC_A_MINUTE, MSEC_A_DAY);
}

static int month_length(int year, int month)
{
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : length[month - 1];
}

bool att_day_read(const char *text, size_t n, att_day *out)
{
    int year = 0;
    int month = 0;
    int dom = 0;

    if (n != ATT_DAY_SIZE - 1 || text[4] != '-' || text[7] != '-' ||
        !read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
        !read_digits(text + 8, 2, &dom)) {
        return false;
    }
    if (year < 1 || month < 1 || month > 12 || dom < 1 ||
        dom > month_length(year, month)) {
        return false;
    }
    *out = att_day_of(year, month, dom);
    return true;
}

void att_day_write(char out[ATT_DAY_SIZE], att_day day)
{
    int year = 0;
    int month = 0;
    int dom = 0;

    att_day_split(day < DAY_FIRST  ? DAY_FIRST
                  : day > DAY_LAST ? DAY_LAST
                                   : day,
                  &year, &month, &dom);
    memcpy(out, "0000-00-00", sizeof "0000-00-00");
    write_digits(out, 4, year);
    write_digits(out + 5, 2, month);
    write_digits(out + 8, 2, dom);
}

/* Years are counted from March, so that the leap day ends a year; 153 days are five
 * months from there. Periods of 400 years have all the same length. */
void att_day_split(att_day day, int *year, int *month, int *dom)
{
    long long since = (long long)day + DAYS_TO_1970;
    long long era = floor_divide(since, DAYS_400_YEARS);
    long long d = since - era * DAYS_400_YEARS; /* 0 to 146096 */
    long long y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    long long of_year = d - (365 * y + y / 4 - y / 100);
    long long m = (5 * of_year + 2) / 153; /* 0 = March */

    *dom = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2 ? 1 : 0));
}

att_day att_day_of(int year, int month, int dom)
{
    long long y = year - (month <= 2 ? 1LL : 0LL);
    long long era = floor_divide(y, 400);
    long long m = month > 2 ? month - 3 : month + 9;
    long long of_year = (153 * m + 2) / 5 + dom - 1;
    long long of_era = y - era * 400;

    of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (att_day)(era * DAYS_400_YEARS + of_era - DAYS_TO_1970);
}

int att_day_week(att_day day)
{
    return (int)((day % 7 + 11) % 7); /* day 0 was a Thursday */
}

/* Writes the lowest 5 * width bits of n. */
static void write_base32(char *out, int width, unsigned long long n)
{
    static const char digit[] = "0123456789abcdefghjkmnpqrstvwxyz";

    while (width > 0) {
        out[--width] = digit[n & 31];
        n >>= 5;
    }
}

void att_id_make(char out[ATT_ID_SIZE], att_msec at)
{
    unsigned char random[16];
    unsigned long long high = 0;
    unsigned long long low = 0;

    att_random_bytes(random, sizeof random);
    for (int i = 0; i < 8; i++) {
        high = high << 8 | random[i];
        low = low << 8 | random[8 + i];
    }
    /* 128 bits as 26 digits: 64 = 13 digits less one bit, twice */
    write_base32(out, 10, at > 0 ? (unsigned long long)at : 0);
    write_base32(out + 10, 13, high);
    write_base32(out + 23, 13, low);
    out[ATT_ID_SIZE - 1] = '\0';
}
