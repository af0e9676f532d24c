#include "dialect_lose.h"

#include <string.h>

#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>

#include "dialect_middle.h"

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

void att_lose_fixed(att_losses *losses, size_t row, const att_instrument *instrument,
                    const att_item *item)
{
    const att_choices *set =
        item->kind->has_choices ? att_set_behind(instrument, item) : NULL;

    if (item->is_fixed) {
        LOSE(DROPPED, "that it keeps its place (\"fixed\")");
    }
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].is_fixed) {
            LOSE(DROPPED, "choice %d keeps its place (\"fixed\")", set->list[i].code);
        }
        if (set->list[i].show != NULL && item->from == ATT_FROM_SET) {
            LOSE(DROPPED, "choice %d is offered only when %s", set->list[i].code,
                 att_expr_text(set->list[i].show));
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
    att_lose_fixed(losses, row, instrument, item);
    lose_wordings(losses, row, instrument, index);
}

/* ---- what concerns the whole ---- */

#undef LOSE
#define LOSE(kind, ...) \
    att_losses_add(losses, ATT_LOSS_##kind, 0, instrument->id, __VA_ARGS__)

static bool is_carried(const char *const *carried, const char *key)
{
    for (size_t i = 0; carried[i] != NULL; i++) {
        if (strcmp(carried[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static void lose_provenance(att_losses *losses, const att_instrument *instrument,
                            const char *const *carried)
{
    const att_provenance *from = &instrument->provenance;
    const struct {
        const char *key, *text;
    } texts[] = {
        { "contact", from->contact },
        { "citation", from->citation },
        { "doi", from->doi },
        { "origin", from->origin },
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text[0] != '\0' && !is_carried(carried, texts[i].key)) {
            LOSE(DROPPED, "the %s: %s", texts[i].key, texts[i].text);
        }
    }
    if (from->n_authors > 0 && !is_carried(carried, "authors")) {
        LOSE(DROPPED, "its authors");
    }
    if (strcmp(from->licence, "permission required") != 0 &&
        !is_carried(carried, "licence")) {
        LOSE(DROPPED, "the licence: %s", from->licence);
    }
    if (from->maturity != ATT_MATURITY_DRAFT && !is_carried(carried, "status")) {
        LOSE(DROPPED, "the status \"%s\"", att_maturity_name(from->maturity));
    }
    if (from->has_translation) {
        LOSE(DROPPED, "what it says of its translation");
    }
    if (from->n_evidence > 0) {
        LOSE(DROPPED, "its evidence");
    }
}

static void lose_words(att_losses *losses, const att_instrument *instrument,
                       const char *const *carried)
{
    const struct {
        const char *key, *what;
        const att_wording *wording;
    } wordings[] = {
        { "purpose", "the purpose", &instrument->purpose },
        { "audience", "for whom it is meant", &instrument->audience },
        { "recall", "the time it asks about (\"recall\")", &instrument->recall },
    };

    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        if (wordings[i].wording->in != NULL && !is_carried(carried, wordings[i].key)) {
            LOSE(DROPPED, "%s", wordings[i].what);
        }
    }
}

void att_lose_reasons(att_losses *losses, const att_instrument *instrument)
{
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (instrument->reason_text[i].in != NULL) {
            LOSE(DROPPED, "\"%s\" in its own words", att_reason_name((att_reason)i));
        }
    }
}

bool att_has_own_form(const att_instrument *instrument)
{
    const char *id = instrument->id;
    const char *form = instrument->redcap_form;

    while (*id != '\0' && *form == (*id == '-' ? '_' : *id)) {
        id++;
        form++;
    }
    return *id != *form;
}

static void lose_export(att_losses *losses, const att_instrument *instrument,
                        const char *const *carried)
{
    if ((instrument->redcap_prefix[0] != '\0' || att_has_own_form(instrument)) &&
        !is_carried(carried, "export")) {
        LOSE(DROPPED, "its names in REDCap (\"export\")");
    }
}

void att_lose_whole(att_losses *losses, const att_instrument *instrument,
                    const char *const *carried)
{
    lose_words(losses, instrument, carried);
    lose_provenance(losses, instrument, carried);
    lose_export(losses, instrument, carried);
    if (instrument->missing_low != -10 || instrument->missing_high != -4) {
        LOSE(DROPPED, "the range of the codes of missing answers, %d to %d",
             instrument->missing_low, instrument->missing_high);
    }
    if (instrument->minutes > 0) {
        LOSE(DROPPED, "that it takes %g minutes", instrument->minutes);
    }
    if (instrument->hides_progress) {
        LOSE(DROPPED, "that nobody is told how far it is (\"progress\")");
    }
    if (instrument->n_roles > 0) {
        LOSE(DROPPED, "the roles that it is meant for");
    }
    if (instrument->n_attributes > 0) {
        LOSE(DROPPED, "what it asks to know about people beforehand (\"person\")");
    }
    if (instrument->n_norms > 0) {
        LOSE(DROPPED, "its norms");
    }
    if (instrument->has_flags) {
        LOSE(DROPPED, "its flags");
    }
    if (instrument->has_own_keys) {
        LOSE(DROPPED, "keys of your own, which begin with \"x-\"");
    }
}

void att_lose_language(att_losses *losses, const att_instrument *instrument,
                       size_t index)
{
    const att_language *language = &instrument->languages[index];

    if (language->is_rtl != att_middle_is_rtl(language->tag)) {
        LOSE(DROPPED, "that \"%s\" runs from %s", language->tag,
             language->is_rtl ? "right to left" : "left to right");
    }
    if (language->reviewed[0] != '\0' || language->method[0] != '\0') {
        LOSE(DROPPED, "how and when \"%s\" was translated and reviewed", language->tag);
    }
    if (language->fallback > 0) {
        LOSE(DROPPED, "the fallback of \"%s\", \"%s\"", language->tag,
             instrument->languages[language->fallback - 1].tag);
    }
    if (language->n_stale > 0) {
        LOSE(DROPPED, "which texts in \"%s\" are of an older one (\"stale\")",
             language->tag);
    }
}

#undef LOSE
#define LOSE(kind, ...) \
    att_losses_add(losses, ATT_LOSS_##kind, row, item->id, __VA_ARGS__)

/* ---- orders, sets, tokens ---- */

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
