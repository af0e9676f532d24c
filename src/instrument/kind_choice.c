/* one, many: choices of a set; consent: yes or no */
#include <math.h>
#include <string.h>

#include <attune/base/number.h>

#include "kinds.h"

static const char *const no_keys[] = { NULL };
static const char *const consent_keys[] = { "version", "yes", "no", NULL };

size_t att_offer_code(const att_offer *offer, double code)
{
    for (size_t i = 0; i < offer->n_choices; i++) {
        if ((double)offer->choices[i].code == code) {
            return i;
        }
    }
    return ATT_NONE;
}

att_refusal att_refusal_code_of(att_arena *arena, double code)
{
    att_refusal refusal = att_refusal_make(ATT_REFUSAL_NO_CHOICE, "");
    att_buf text = { 0 };

    if (isfinite(code)) {
        att_number_write(&text, code);
        refusal.text = att_buf_copy(arena, &text);
        refusal.number = code;
    }
    att_buf_drop(&text);
    return refusal;
}

static att_refusal judge_one(att_arena *arena, const att_item *item,
                             const att_offer *offer, const att_answer *answer)
{
    (void)item;
    if (answer->kind != ATT_ANSWER_NUMBER) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    if (att_offer_code(offer, answer->number) == ATT_NONE) {
        return att_refusal_code_of(arena, answer->number);
    }
    return att_refusal_none();
}

size_t att_offer_typed(const att_offer *offer, const char *typed, size_t n)
{
    long long number = 0;

    if (!att_number_read_whole(typed, n, &number) || number < -1000000000 ||
        number > 1000000000) {
        return ATT_NONE;
    }
    return att_offer_find(offer, (int)number);
}

static att_refusal parse_one(att_arena *arena, const att_item *item,
                             const att_offer *offer, const char *typed, att_answer *out)
{
    const char *text = att_typed_trim(arena, typed);
    size_t choice = att_offer_typed(offer, text, strlen(text));

    (void)item;
    if (text[0] == '\0') {
        return att_refusal_make(ATT_REFUSAL_REQUIRED, "");
    }
    if (choice == ATT_NONE) {
        return att_refusal_make(ATT_REFUSAL_NO_CHOICE, text);
    }
    *out = att_answer_of_number(offer->choices[choice].code);
    return att_refusal_none();
}

static att_refusal judge_many(att_arena *arena, const att_item *item,
                              const att_offer *offer, const att_answer *answer)
{
    (void)item;
    if (answer->kind != ATT_ANSWER_CODES) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    for (size_t i = 0; i < answer->n_codes; i++) {
        size_t choice = att_offer_code(offer, answer->codes[i]);
        if (choice == ATT_NONE) {
            return att_refusal_code_of(arena, answer->codes[i]);
        }
        if (offer->choices[choice].is_exclusive && answer->n_codes > 1) {
            att_refusal refusal = att_refusal_make(ATT_REFUSAL_EXCLUSIVE, "");
            refusal.number = att_offer_number(offer, choice);
            return refusal;
        }
    }
    return att_refusal_none();
}

static att_refusal parse_many(att_arena *arena, const att_item *item,
                              const att_offer *offer, const char *typed,
                              att_answer *out)
{
    static const char between[] = " \t\r\n,;";
    const char *p = typed + strspn(typed, between);
    int *codes = att_new_n(arena, int, strlen(typed) / 2 + 1);
    size_t n = 0;
    att_answer marked;

    if (*p == '\0') {
        return att_refusal_make(ATT_REFUSAL_REQUIRED, "");
    }
    while (*p != '\0') {
        size_t length = strcspn(p, between);
        size_t choice = att_offer_typed(offer, p, length);
        if (choice == ATT_NONE) {
            return att_refusal_make(ATT_REFUSAL_NO_CHOICE,
                                    att_arena_text_n(arena, p, length));
        }
        codes[n++] = offer->choices[choice].code;
        p += length;
        p += strspn(p, between);
    }
    marked = att_answer_of_codes(codes, n);
    marked = att_answer_copy(arena, &marked); /* ascending, each once */
    *out = marked;
    return judge_many(arena, item, offer, &marked);
}

const att_kind att_kind_one = {
    .name = "one",
    .shape = ATT_SHAPE_PICK_ONE,
    .has_choices = true,
    .keys = no_keys,
    .judge = judge_one,
    .parse = parse_one,
};

const att_kind att_kind_many = {
    .name = "many",
    .shape = ATT_SHAPE_PICK_MANY,
    .has_choices = true,
    .keys = no_keys,
    .judge = judge_many,
    .parse = parse_many,
};

const att_kind att_kind_consent = {
    .name = "consent",
    .shape = ATT_SHAPE_CONSENT,
    .keys = consent_keys,
    .judge = judge_one,
    .parse = parse_one,
};
