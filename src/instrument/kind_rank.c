/* rank: choices put in order, all of them or the first few */
#include <string.h>

#include "kinds.h"

static const char *const rank_keys[] = { "ranks", NULL };

size_t att_offer_ranks(const att_offer *offer, const att_item *item)
{
    return item->ranks > 0 && item->ranks < offer->n_choices ? item->ranks
                                                             : offer->n_choices;
}

char *att_rank_field(att_arena *arena, const char *item, int code)
{
    return att_arena_format(arena, "%s_%s%lld", item, code < 0 ? "m" : "",
                            code < 0 ? -(long long)code : (long long)code);
}

static att_refusal twice(const att_offer *offer, size_t choice)
{
    att_refusal refusal = att_refusal_make(ATT_REFUSAL_TWICE, "");

    refusal.number = att_offer_number(offer, choice);
    return refusal;
}

/* Fewer may be placed, unless an answer must be given. */
static att_refusal judge_rank(att_arena *arena, const att_item *item,
                              const att_offer *offer, const att_answer *answer)
{
    size_t wanted = att_offer_ranks(offer, item);
    att_refusal refusal = att_refusal_none();

    if (answer->kind != ATT_ANSWER_RANKS) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    for (size_t i = 0; i < answer->n_codes; i++) {
        size_t choice = att_offer_code(offer, answer->codes[i]);
        if (choice == ATT_NONE) {
            return att_refusal_code_of(arena, answer->codes[i]);
        }
        if (att_answer_place(answer, answer->codes[i]) != i + 1) {
            return twice(offer, choice);
        }
    }
    if (answer->n_codes > wanted) {
        refusal = att_refusal_make(ATT_REFUSAL_TOO_MANY, "");
    } else if (answer->n_codes == 0 ||
               (answer->n_codes < wanted && item->required == ATT_REQUIRED_HARD)) {
        refusal = att_refusal_make(ATT_REFUSAL_TOO_FEW, "");
    }
    if (refusal.code != ATT_REFUSAL_NONE) {
        refusal.number = (double)answer->n_codes;
        refusal.low = refusal.high = (double)wanted;
    }
    return refusal;
}

static att_refusal parse_rank(att_arena *arena, const att_item *item,
                              const att_offer *offer, const char *typed,
                              att_answer *out)
{
    static const char between[] = " \t\r\n,;";
    const char *p = typed + strspn(typed, between);
    int *codes = att_new_n(arena, int, strlen(typed) / 2 + 1);
    size_t n = 0;

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
    *out = att_answer_of_ranks(codes, n);
    return judge_rank(arena, item, offer, out);
}

const att_kind att_kind_rank = {
    .name = "rank",
    .shape = ATT_SHAPE_RANK,
    .has_choices = true,
    .keys = rank_keys,
    .judge = judge_rank,
    .parse = parse_rank,
};
