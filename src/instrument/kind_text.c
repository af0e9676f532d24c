/* text: free text, one line or many */
#include <string.h>

#include <attune/base/text.h>

#include "kinds.h"

#define LENGTH_DEFAULT 500

static const char *const keys[] = { "max_length", "long", NULL };

static att_refusal judge_text(att_arena *arena, const att_item *item,
                              const att_offer *offer, const att_answer *answer)
{
    size_t most = item->max_length == 0 ? LENGTH_DEFAULT : item->max_length;
    size_t length;

    (void)arena;
    (void)offer;
    if (answer->kind != ATT_ANSWER_TEXT ||
        att_text_check(answer->text, strlen(answer->text)) != strlen(answer->text)) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    length = att_text_length(answer->text);
    if (length > most) {
        att_refusal refusal = att_refusal_make(ATT_REFUSAL_TOO_LONG, "");
        refusal.number = (double)length;
        refusal.high = (double)most;
        return refusal;
    }
    return att_refusal_none();
}

static att_refusal parse_text(att_arena *arena, const att_item *item,
                              const att_offer *offer, const char *typed,
                              att_answer *out)
{
    const char *text = att_typed_trim(arena, typed);

    if (text[0] == '\0') {
        return att_refusal_make(ATT_REFUSAL_REQUIRED, "");
    }
    if (att_text_check(text, strlen(text)) != strlen(text)) {
        return att_refusal_make(ATT_REFUSAL_WRONG_SORT, "");
    }
    *out = att_answer_of_text(att_text_compose(arena, text));
    return judge_text(arena, item, offer, out);
}

const att_kind att_kind_text = {
    .name = "text",
    .shape = ATT_SHAPE_TEXT,
    .keys = keys,
    .judge = judge_text,
    .parse = parse_text,
};
