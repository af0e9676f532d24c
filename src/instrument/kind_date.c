/* date: a day, typed as YYYY-MM-DD */
#include <string.h>

#include <attune/base/stamp.h>

#include "kinds.h"

static const char *const no_keys[] = { NULL };

static att_refusal judge_date(att_arena *arena, const att_item *item,
                              const att_offer *offer, const att_answer *answer)
{
    att_refusal refusal = att_refusal_none();
    double day = (double)answer->day;

    (void)arena;
    (void)item;
    if (answer->kind != ATT_ANSWER_DAY) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    if (day < offer->low) {
        refusal.code = ATT_REFUSAL_DATE_EARLY;
    } else if (day > offer->high) {
        refusal.code = ATT_REFUSAL_DATE_LATE;
    } else {
        return refusal;
    }
    refusal.number = day;
    refusal.low = offer->low;
    refusal.high = offer->high;
    return refusal;
}

static att_refusal parse_date(att_arena *arena, const att_item *item,
                              const att_offer *offer, const char *typed,
                              att_answer *out)
{
    const char *text = att_typed_trim(arena, typed);
    att_refusal refusal;
    att_day day = 0;

    if (text[0] == '\0') {
        return att_refusal_make(ATT_REFUSAL_REQUIRED, "");
    }
    if (!att_day_read(text, strlen(text), &day)) {
        return att_refusal_make(ATT_REFUSAL_NOT_DATE, text);
    }
    *out = att_answer_of_day(day);
    refusal = judge_date(arena, item, offer, out);
    refusal.text = text;
    return refusal;
}

const att_kind att_kind_date = {
    .name = "date",
    .shape = ATT_SHAPE_DATE,
    .has_range = true,
    .keys = no_keys,
    .judge = judge_date,
    .parse = parse_date,
};
