/* stamp.h - times, days and ids as text
 *
 * Instants are UTC milliseconds since 1970-01-01; days are counted from the same
 * date in the proleptic Gregorian calendar. Only cli and the tests ask for "now";
 * everyone else is told.
 */
#ifndef ATTUNE_BASE_STAMP_H
#define ATTUNE_BASE_STAMP_H

#include <stdbool.h>
#include <stddef.h>

#define ATT_STAMP_SIZE 25 /* "2026-09-02T09:14:07.221Z" and NUL */
#define ATT_DAY_SIZE   11 /* "2026-09-02" and NUL */
#define ATT_ID_SIZE    37 /* 36 characters and NUL */
#define ATT_ID_SHORT   6  /* sessions are named by their id's last characters */

typedef long long att_msec;
typedef long att_day;

att_msec att_stamp_now(void);  /* wall clock */
att_msec att_stamp_mono(void); /* a clock that only goes forward */

/* Exactly the form above, both ways. What is outside the years 1 to 9999 is written as
 * their first or last instant. */
void att_stamp_write(char out[ATT_STAMP_SIZE], att_msec at);
bool att_stamp_read(const char *text, att_msec *out);

/* Minutes by which local time (TZ) is ahead of UTC at that instant. */
int att_stamp_offset(att_msec at);

/* The local date at an instant, given the offset in minutes. */
att_day att_day_at(att_msec at, int offset);

/* YYYY-MM-DD, a day that exists; years 1 to 9999. */
bool att_day_read(const char *text, size_t n, att_day *out);
void att_day_write(char out[ATT_DAY_SIZE], att_day day);
void att_day_split(att_day day, int *year, int *month, int *dom);
att_day att_day_of(int year, int month, int dom); /* month 1..12, dom 1..31 */
int att_day_week(att_day day);                    /* 0 = Sunday .. 6 = Saturday */

/* A new id: the time in 10 characters and 128 random bits in 26, in lower-case
 * Crockford base 32. Ids made later sort later. */
void att_id_make(char out[ATT_ID_SIZE], att_msec at);

#endif
