#include <attune/base/number.h>

#include <assert.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_ROOM = 128 };

/* The C library writes and reads numbers by the thread's locale. We go to "C" for the
 * call and back, which touches no other thread. */
typedef struct c_locale {
    locale_t plain, before;
} c_locale;

static c_locale enter_c_locale(void)
{
    c_locale l = { .plain = newlocale(LC_ALL_MASK, "C", (locale_t)0) };

    assert(l.plain != (locale_t)0);
    l.before = uselocale(l.plain);
    return l;
}

static void leave_c_locale(c_locale l)
{
    (void)uselocale(l.before);
    freelocale(l.plain);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(const char *text, size_t n, size_t i)
{
    while (i < n && is_digit(text[i])) {
        i++;
    }
    return i;
}

/* True if all n bytes are [-+]digits[.digits][e[-+]digits]. */
static bool is_number(const char *text, size_t n)
{
    size_t i = 0;
    size_t from = 0;

    if (i < n && (text[i] == '-' || text[i] == '+')) {
        i++;
    }
    from = i;
    i = skip_digits(text, n, i);
    if (i == from) {
        return false;
    }
    if (i < n && text[i] == '.') {
        from = ++i;
        i = skip_digits(text, n, i);
        if (i == from) {
            return false;
        }
    }
    if (i < n && (text[i] == 'e' || text[i] == 'E')) {
        i++;
        if (i < n && (text[i] == '-' || text[i] == '+')) {
            i++;
        }
        from = i;
        i = skip_digits(text, n, i);
        if (i == from) {
            return false;
        }
    }
    return i == n;
}

/* Plain decimals of at most 15 digits need no library: digits and power of ten are
 * both exact doubles, so one division rounds once. */
static bool read_short(const char *text, size_t n, double *out)
{
    static const double ten_to[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    double x = 0;
    size_t n_digits = 0;
    size_t n_after = 0;
    bool after = false;

    if (FLT_EVAL_METHOD != 0) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '.') {
            after = true;
        } else if (is_digit(text[i])) {
            x = x * 10 + (text[i] - '0');
            n_digits++;
            n_after += after ? 1 : 0;
        } else if (i > 0) {
            return false;
        }
    }
    if (n_digits > 15) {
        return false;
    }
    x /= ten_to[n_after];
    *out = text[0] == '-' ? -x : x;
    return true;
}

static double read_c(const char *text)
{
    c_locale l = enter_c_locale();
    double x = strtod(text, NULL);

    leave_c_locale(l);
    return x;
}

bool att_number_read(const char *text, size_t n, double *out)
{
    char small[TEXT_ROOM];
    char *copy = small;
    double x = 0;

    if (!is_number(text, n)) {
        return false;
    }
    if (read_short(text, n, out)) {
        return true;
    }
    if (n >= sizeof small) {
        copy = att_memory_grow(NULL, n + 1, 1);
    }
    memcpy(copy, text, n);
    copy[n] = '\0';
    x = read_c(copy);
    if (copy != small) {
        att_memory_free(copy);
    }
    if (!isfinite(x)) {
        return false;
    }
    *out = x;
    return true;
}

bool att_number_read_whole(const char *text, size_t n, long long *out)
{
    bool is_negative = n > 0 && text[0] == '-';
    size_t i = n > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    long long x = 0; /* built below zero, where there is one number more */

    if (i == n) {
        return false;
    }
    for (; i < n; i++) {
        int digit = text[i] - '0';

        if (!is_digit(text[i]) || x < (LLONG_MIN + digit) / 10) {
            return false;
        }
        x = x * 10 - digit;
    }
    if (!is_negative && x == LLONG_MIN) {
        return false;
    }
    *out = is_negative ? x : -x;
    return true;
}

/* Adds one to the last digit of "d.ddde-dd", with carry; a carry out of the first
 * digit is given up (false). */
static bool raise_last_digit(char *text)
{
    size_t i = strcspn(text, "e");

    while (i > 0) {
        char *c = &text[--i];

        if (*c >= '0' && *c <= '8') {
            (*c)++;
            return true;
        }
        if (*c == '9') {
            *c = '0';
        }
    }
    return false;
}

/* Writes x with `digits` significant digits; true if that reads back as x. At a power
 * of two the doubles above lie twice as far apart as those below, so that the decimal
 * above may do where the nearest, below, does not. */
static bool write_digits(char text[TEXT_ROOM], double x, int digits)
{
    int exponent = 0;

    (void)snprintf(text, TEXT_ROOM, "%.*g", digits, x);
    if (strtod(text, NULL) == x) {
        return true;
    }
    if (fabs(frexp(x, &exponent)) > 0.5 || !raise_last_digit(text)) {
        return false;
    }
    return strtod(text, NULL) == x;
}

/* Writes x with the fewest significant digits that read back as x. 15 always suffice
 * for what had 15; below DBL_MIN fewer may do. */
static void write_shortest(char text[TEXT_ROOM], double x)
{
    c_locale l = enter_c_locale();
    int digits = fabs(x) < DBL_MIN ? 1 : DBL_DIG;

    while (digits < DBL_DECIMAL_DIG && !write_digits(text, x, digits)) {
        digits++;
    }
    if (digits == DBL_DECIMAL_DIG) {
        (void)write_digits(text, x, digits);
    }
    leave_c_locale(l);
}

void att_number_write(att_buf *out, double x)
{
    char text[TEXT_ROOM];

    assert(isfinite(x));
    if (fabs(x) < 1e15 && x == trunc(x)) {
        att_buf_format(out, "%lld", (long long)x);
        return;
    }
    write_shortest(text, x);
    att_buf_add(out, text);
}

void att_number_fixed(att_buf *out, double x, int digits)
{
    size_t from = out->n;
    c_locale l;

    assert(isfinite(x) && digits >= 0);
    l = enter_c_locale();
    att_buf_format(out, "%.*f", digits, x);
    leave_c_locale(l);
    if (out->bytes[from] == '-' && strspn(out->bytes + from, "-0.") == out->n - from) {
        memmove(out->bytes + from, out->bytes + from + 1, out->n - from);
        out->n--;
    }
}

void att_number_grouped(att_buf *out, long long n)
{
    unsigned long long rest =
        n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n;
    char text[32];
    size_t at = sizeof text;
    int n_digits = 0;

    do {
        if (n_digits > 0 && n_digits % 3 == 0) {
            text[--at] = ',';
        }
        text[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
        n_digits++;
    } while (rest > 0);
    if (n < 0) {
        text[--at] = '-';
    }
    att_buf_add_n(out, text + at, sizeof text - at);
}
