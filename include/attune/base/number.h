/* number.h - numbers to text and back, never by locale
 */
#ifndef ATTUNE_BASE_NUMBER_H
#define ATTUNE_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/buf.h>

/* Reads all n bytes as a decimal number: [-+]digits[.digits][e[-+]digits]; no blanks,
 * no hex, no "nan" or "inf", no overflow. False leaves *out as it was. */
bool att_number_read(const char *text, size_t n, double *out);

/* Reads all n bytes as a whole number, [-+]digits, within long long. */
bool att_number_read_whole(const char *text, size_t n, long long *out);

/* The shortest text that reads back as the same double ("0.1", "-3", "1e+300"). NaN
 * and infinities are the caller's to keep out (assert). -0 is written as 0. */
void att_number_write(att_buf *out, double x);

/* Exactly `digits` digits after the point, rounded half to even on the double as it
 * is; never "-0.00". NaN and infinities are the caller's to keep out (assert). */
void att_number_fixed(att_buf *out, double x, int digits);

/* A whole number with commas between thousands: 2,709. */
void att_number_grouped(att_buf *out, long long n);

#endif
