/* time, datetime: a time of day, alone or on a day, kept as text that sorts in time */
#include <math.h>
#include <string.h>

#include <attune/base/stamp.h>

#include "kinds.h"

#define DAY_BYTES      10 /* "2026-09-14" */
#define TIME_BYTES     5  /* "14:30" */
#define MINUTES_A_HOUR 60

static const char *const no_keys[] = { NULL };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* H:MM or HH:MM to the end of the text; -1 when it is no time. */
static int read_minutes(const char *text)
{
    size_t width = strlen(text) == TIME_BYTES - 1 ? 1 : 2;
    int hour = 0;
    int minute = 0;

    if (strlen(text) != width + 3 || text[width] != ':' || !is_digit(text[width + 1]) ||
        !is_digit(text[width + 2])) {
        return -1;
    }
    for (size_t i = 0; i < width; i++) {
        if (!is_digit(text[i])) {
            return -1;
        }
        hour = hour * 10 + (text[i] - '0');
    }
    minute = (text[width + 1] - '0') * 10 + (text[width + 2] - '0');
    return hour < 24 && minute < MINUTES_A_HOUR ? hour * MINUTES_A_HOUR + minute : -1;
}

char *att_clock_text(att_arena *arena, int minutes)
{
    return att_arena_format(arena, "%02d:%02d", minutes / MINUTES_A_HOUR,
                            minutes % MINUTES_A_HOUR);
}

int att_clock_read(const char *text, att_day *day)
{
    size_t n = strlen(text);
    att_day found = 0;

    if (n == TIME_BYTES) {
        return read_minutes(text);
    }
    if (n != DAY_BYTES + 1 + TIME_BYTES || text[DAY_BYTES] != ' ' ||
        !att_day_read(text, DAY_BYTES, &found)) {
        return -1;
    }
    if (day != NULL) {
        *day = found;
    }
    return read_minutes(text + DAY_BYTES + 1);
}

char *att_clock_compose(att_arena *arena, const char *typed, bool has_day)
{
    const char *text = att_typed_trim(arena, typed);
    const char *clock = text;
    att_day day = 0;
    int minutes;

    if (has_day) {
        if (strlen(text) < DAY_BYTES || !att_day_read(text, DAY_BYTES, &day) ||
            strchr(" T", text[DAY_BYTES]) == NULL || text[DAY_BYTES] == '\0') {
            return NULL;
        }
        clock = text + DAY_BYTES + 1;
        clock += strspn(clock, " ");
    }
    minutes = read_minutes(clock);
    if (minutes < 0) {
        return NULL;
    }
    return has_day ? att_arena_format(arena, "%.*s %s", DAY_BYTES, text,
                                      att_clock_text(arena, minutes))
                   : att_clock_text(arena, minutes);
}

/* Refuses what lies outside the offer: minutes for a time, days for a datetime. */
static att_refusal judge_range(const att_offer *offer, double x, bool has_day)
{
    att_refusal refusal = att_refusal_none();

    if (x < offer->low) {
        refusal.code = has_day ? ATT_REFUSAL_DATE_EARLY : ATT_REFUSAL_TIME_EARLY;
    } else if (x > offer->high) {
        refusal.code = has_day ? ATT_REFUSAL_DATE_LATE : ATT_REFUSAL_TIME_LATE;
    } else {
        return refusal;
    }
    refusal.number = x;
    refusal.low = offer->low;
    refusal.high = offer->high;
    return refusal;
}

static att_refusal judge_clock(att_arena *arena, const att_item *item,
                               const att_offer *offer, const att_answer *answer)
{
    bool has_day = item->kind->shape == ATT_SHAPE_DATETIME;
    att_day day = 0;
    int minutes;

    (void)arena;
    if (answer->kind != ATT_ANSWER_TEXT) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    minutes = att_clock_read(answer->text, &day);
    if (minutes < 0 || (strlen(answer->text) > TIME_BYTES) != has_day) {
        return att_refusal_make(ATT_REFUSAL_NOT_TIME, answer->text);
    }
    return judge_range(offer, has_day ? (double)day : (double)minutes, has_day);
}

static att_refusal parse_clock(att_arena *arena, const att_item *item,
                               const att_offer *offer, const char *typed,
                               att_answer *out)
{
    const char *text = att_typed_trim(arena, typed);
    const char *kept =
        att_clock_compose(arena, text, item->kind->shape == ATT_SHAPE_DATETIME);
    att_refusal refusal;

    if (text[0] == '\0') {
        return att_refusal_make(ATT_REFUSAL_REQUIRED, "");
    }
    if (kept == NULL) {
        return att_refusal_make(ATT_REFUSAL_NOT_TIME, text);
    }
    *out = att_answer_of_text(kept);
    refusal = judge_clock(arena, item, offer, out);
    refusal.text = text;
    return refusal;
}

const att_kind att_kind_time = {
    .name = "time",
    .shape = ATT_SHAPE_TIME,
    .has_range = true,
    .keys = no_keys,
    .judge = judge_clock,
    .parse = parse_clock,
};

const att_kind att_kind_datetime = {
    .name = "datetime",
    .shape = ATT_SHAPE_DATETIME,
    .has_range = true,
    .keys = no_keys,
    .judge = judge_clock,
    .parse = parse_clock,
};
