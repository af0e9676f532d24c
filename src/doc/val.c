/* val.c - a value of a document as text: APA's ways with numbers
 *
 * Source: docs/REPORT-DESIGN.md, section 4.
 */
#include <attune/doc/doc.h>

#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>

#define MINUS "\xe2\x88\x92" /* U+2212 */
#define DASH  "\xe2\x80\x93" /* U+2013 */

#define BOUNDED_DIGITS 2
#define P_DIGITS       3
#define P_LEAST        0.001

att_val att_val_text(const char *text)
{
    return (att_val){ .kind = ATT_VAL_TEXT, .text = text };
}

att_val att_val_none(void)
{
    return (att_val){ .kind = ATT_VAL_NONE };
}

att_val att_val_hidden(const char *how)
{
    return (att_val){ .kind = ATT_VAL_HIDDEN, .text = how };
}

att_val att_val_count(size_t n)
{
    return (
        att_val){ .kind = ATT_VAL_NUMBER, .format = ATT_SHOW_COUNT, .x = (double)n };
}

att_val att_val_number(att_format_of format, int digits, double x)
{
    if (!isfinite(x)) {
        return att_val_none();
    }
    return (
        att_val){ .kind = ATT_VAL_NUMBER, .format = format, .digits = digits, .x = x };
}

att_val att_val_interval(att_format_of format, int digits, double low, double high)
{
    if (!isfinite(low) || !isfinite(high)) {
        return att_val_none();
    }
    return (att_val){ .kind = ATT_VAL_INTERVAL,
                      .format = format,
                      .digits = digits,
                      .low = low,
                      .high = high };
}

/* |x| with `digits` digits; no leading zero where is_bounded. */
static void add_size(att_buf *out, double x, int digits, bool is_bounded)
{
    att_buf text = { 0 };
    const char *from;

    att_number_fixed(&text, fabs(x), digits);
    from = att_buf_text(&text);
    if (is_bounded && from[0] == '0' && from[1] == '.') {
        from++;
    }
    att_buf_add(out, from);
    att_buf_drop(&text);
}

/* Whether x still is below zero once it is rounded. */
static bool is_minus(double x, int digits)
{
    att_buf text = { 0 };
    bool has_digit;

    att_number_fixed(&text, fabs(x), digits);
    has_digit = strpbrk(att_buf_text(&text), "123456789") != NULL;
    att_buf_drop(&text);
    return x < 0.0 && has_digit;
}

static void add_number(att_buf *out, att_format_of format, int digits, double x)
{
    switch (format) {
    case ATT_SHOW_COUNT: att_number_grouped(out, (long long)x); return;
    case ATT_SHOW_P:
        if (x < P_LEAST) {
            att_buf_add(out, "< .001");
        } else {
            add_size(out, x, P_DIGITS, true);
        }
        return;
    case ATT_SHOW_PERCENT:
        att_buf_add(out, is_minus(100.0 * x, digits) ? MINUS : "");
        add_size(out, 100.0 * x, digits, false);
        att_buf_char(out, '%');
        return;
    case ATT_SHOW_BOUNDED: digits = digits > 0 ? digits : BOUNDED_DIGITS; break;
    case ATT_SHOW_PLAIN: break;
    }
    att_buf_add(out, is_minus(x, digits) ? MINUS : "");
    add_size(out, x, digits, format == ATT_SHOW_BOUNDED);
}

char *att_val_write(att_arena *arena, const att_val *val)
{
    att_buf out = { 0 };
    char *text;

    switch (val->kind) {
    case ATT_VAL_EMPTY: break;
    case ATT_VAL_NONE: att_buf_add(&out, DASH); break;
    case ATT_VAL_TEXT:
        att_buf_add(&out, val->lead != NULL ? val->lead : "");
        att_buf_add(&out, val->lead != NULL && val->text[0] != '\0' ? " " : "");
        att_buf_add(&out, val->text);
        break;
    case ATT_VAL_HIDDEN: att_buf_add(&out, val->text); break;
    case ATT_VAL_NUMBER: add_number(&out, val->format, val->digits, val->x); break;
    case ATT_VAL_INTERVAL:
        att_buf_char(&out, '[');
        add_number(&out, val->format, val->digits, val->low);
        att_buf_add(&out, ", ");
        add_number(&out, val->format, val->digits, val->high);
        att_buf_char(&out, ']');
        break;
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return text;
}
