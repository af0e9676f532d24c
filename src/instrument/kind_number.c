/* integer, decimal, vas: numbers within a range */
#include <math.h>
#include <string.h>

#include <attune/base/number.h>

#include "kinds.h"

static const char *const integer_keys[] = { "step", NULL };
static const char *const decimal_keys[] = { "step", "decimals", NULL };
static const char *const vas_keys[] = { "step", "anchors", NULL };

static att_refusal refuse_number(att_refusal_code code, double number, double low,
                                 double high)
{
    att_refusal refusal = att_refusal_make(code, "");

    refusal.number = number;
    refusal.low = low;
    refusal.high = high;
    return refusal;
}

/* A whole number within what rounding of x at its size allows. */
static bool is_near_whole(double x)
{
    return fabs(x - round(x)) <= 1e-9 * fmax(1.0, fabs(x));
}

static att_refusal judge_range(const att_item *item, const att_offer *offer, double x)
{
    double start = isnan(offer->low) ? 0 : offer->low;

    if (x < offer->low) {
        return refuse_number(ATT_REFUSAL_TOO_LOW, x, offer->low, offer->high);
    }
    if (x > offer->high) {
        return refuse_number(ATT_REFUSAL_TOO_HIGH, x, offer->low, offer->high);
    }
    if (item->step > 0 && !is_near_whole((x - start) / item->step)) {
        return refuse_number(ATT_REFUSAL_STEP, x, item->step, NAN);
    }
    return att_refusal_none();
}

static att_refusal judge_decimal(att_arena *arena, const att_item *item,
                                 const att_offer *offer, const att_answer *answer)
{
    double x = answer->number;

    (void)arena;
    if (answer->kind != ATT_ANSWER_NUMBER || !isfinite(x)) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    if (item->decimals >= 0 && item->decimals < 16 &&
        !is_near_whole(x * pow(10, item->decimals))) {
        return refuse_number(ATT_REFUSAL_STEP, x, NAN, item->decimals);
    }
    return judge_range(item, offer, x);
}

static att_refusal judge_integer(att_arena *arena, const att_item *item,
                                 const att_offer *offer, const att_answer *answer)
{
    double x = answer->number;

    (void)arena;
    if (answer->kind != ATT_ANSWER_NUMBER || !isfinite(x)) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    if (x != floor(x)) {
        return refuse_number(ATT_REFUSAL_NOT_WHOLE, x, NAN, NAN);
    }
    return judge_range(item, offer, x);
}

/* A slider stops at whole numbers unless it has a step of its own. */
static att_refusal judge_vas(att_arena *arena, const att_item *item,
                             const att_offer *offer, const att_answer *answer)
{
    double x = answer->number;

    (void)arena;
    if (answer->kind != ATT_ANSWER_NUMBER || !isfinite(x)) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    if (!(item->step > 0) && x != floor(x)) {
        return refuse_number(ATT_REFUSAL_NOT_WHOLE, x, NAN, NAN);
    }
    return judge_range(item, offer, x);
}

static att_refusal parse_number(att_arena *arena, const att_item *item,
                                const att_offer *offer, const char *typed,
                                att_answer *out)
{
    const char *text = att_typed_trim(arena, typed);
    att_refusal refusal;
    double x = 0;

    if (text[0] == '\0') {
        return att_refusal_make(ATT_REFUSAL_REQUIRED, "");
    }
    if (!att_number_read(text, strlen(text), &x)) {
        return att_refusal_make(ATT_REFUSAL_NOT_NUMBER, text);
    }
    *out = att_answer_of_number(x);
    refusal = item->kind->judge(arena, item, offer, out);
    refusal.text = text;
    return refusal;
}

const att_kind att_kind_integer = {
    .name = "integer",
    .shape = ATT_SHAPE_NUMBER,
    .has_range = true,
    .keys = integer_keys,
    .judge = judge_integer,
    .parse = parse_number,
};

const att_kind att_kind_decimal = {
    .name = "decimal",
    .shape = ATT_SHAPE_NUMBER,
    .has_range = true,
    .keys = decimal_keys,
    .judge = judge_decimal,
    .parse = parse_number,
};

const att_kind att_kind_vas = {
    .name = "vas",
    .shape = ATT_SHAPE_SLIDER,
    .has_range = true,
    .keys = vas_keys,
    .judge = judge_vas,
    .parse = parse_number,
};
