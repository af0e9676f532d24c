#include "dialect_lose.h"

#include <string.h>

#include <attune/instrument/expr.h>

#define LOSE(kind, ...) \
    att_losses_add(losses, ATT_LOSS_##kind, row, item->id, __VA_ARGS__)

static bool has_words(const att_instrument *instrument, const att_wording *wording)
{
    return att_wording_in(instrument, wording, instrument->language)[0] != '\0';
}

static void lose_wordings(att_losses *losses, size_t row,
                          const att_instrument *instrument, size_t index)
{
    const att_item *item = &instrument->items[index];

    if (has_words(instrument, &item->brief)) {
        LOSE(DROPPED, "the short stem (\"brief\")");
    }
    if (has_words(instrument, &item->probe) || has_words(instrument, &item->note)) {
        LOSE(DROPPED, "what is written for interviewers");
    }
    for (size_t i = 0; i < instrument->n_variants; i++) {
        const att_variant *variant = &instrument->variants[i];

        for (size_t k = 0; k < variant->n_items; k++) {
            if (variant->items[k] == index) {
                LOSE(DROPPED, "other words when %s", att_expr_text(variant->when));
            }
        }
    }
}

void att_lose_keys(att_losses *losses, size_t row, const att_instrument *instrument,
                   size_t index)
{
    const att_item *item = &instrument->items[index];
    const struct {
        const char *key, *text;
    } words_of[] = { { "vis", item->vis }, { "fn", item->fn }, { "code", item->code } };

    if (item->warn != NULL) {
        LOSE(DROPPED, "the warning unless %s", att_expr_text(item->warn));
    }
    if (item->tier > 0) {
        LOSE(DROPPED, "\"tier\": %d", item->tier);
    }
    if (item->required == ATT_REQUIRED_SOFT) {
        LOSE(APPROXIMATED,
             "\"required\": \"soft\" asks once more here; there it is not required");
    }
    for (size_t i = 0; i < 3; i++) {
        if (words_of[i].text != NULL && words_of[i].text[0] != '\0') {
            LOSE(DROPPED, "\"%s\": \"%s\"", words_of[i].key, words_of[i].text);
        }
    }
    lose_wordings(losses, row, instrument, index);
}

void att_lose_order(att_losses *losses, size_t row, const att_item *item)
{
    static const char *const orders[] = { "given", "random", "rotate", "balanced" };

    if (item->shuffle != ATT_ORDER_GIVEN) {
        LOSE(DROPPED, "the order \"%s\"", orders[item->shuffle]);
    }
}

const att_choices *att_set_behind(const att_instrument *instrument,
                                  const att_item *item)
{
    size_t n = instrument->n_items;

    while (item->from == ATT_FROM_ITEM && n-- > 0) {
        item = &instrument->items[item->from_item];
    }
    return item->from == ATT_FROM_SET ? item->choices : NULL;
}

const char *att_token_fallback(const att_instrument *instrument, const char *name,
                               size_t language)
{
    for (size_t i = 0; i < instrument->n_tokens; i++) {
        const att_token *token = &instrument->tokens[i];

        if (strcmp(token->id, name) == 0) {
            return token->n_otherwise == 0
                       ? ""
                       : att_wording_in(instrument,
                                        &token->otherwise[token->n_otherwise - 1].text,
                                        language);
        }
    }
    return NULL;
}
