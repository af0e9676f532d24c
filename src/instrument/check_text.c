/* check_text.c - warnings about texts: translations, widths, characters */
#include "checker.h"

#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/translate.h>

enum {
    CHOICE_WIDTH_MAX = 93,    /* three lines beside a mark at 40 columns */
    QUESTION_WIDTH_MAX = 216, /* six lines of 36 */
    COPY_LENGTH_MIN = 12      /* shorter texts may well be equal in two languages */
};

typedef enum use { USE_TEXT = 0, USE_QUESTION, USE_CHOICE } use;

/* Where the text in a language stands: a member, or the value itself. */
static void find_in(att_checker *c, const char *rule, const att_spot *at,
                    size_t language, const char *hint, const char *message)
{
    att_spot member = att_spot_key(at, c->in->languages[language].tag);
    att_place place = { 0 };
    char *pointer = att_spot_pointer(c->r->scratch, &member);

    att_reader_find(c->r, rule,
                    att_json_place_value(c->r->json, pointer, &place) ? &member : at,
                    hint, "%s", message);
}

/* The code point at *text, which moves behind it; text is UTF-8. */
static unsigned long character(const unsigned char **text)
{
    const unsigned char *t = *text;
    size_t n = t[0] < 0x80 ? 1 : t[0] < 0xE0 ? 2 : t[0] < 0xF0 ? 3 : 4;
    unsigned long x = n == 1 ? t[0] : t[0] & (0x7FU >> n);

    for (size_t i = 1; i < n; i++) {
        x = (x << 6) | (t[i] & 0x3F);
    }
    *text += n;
    return x;
}

/* Joiners, variation selectors, skin tones and flags: each terminal has its own idea
 * of their width. Zero width joiners are letters' business in many scripts, so they
 * count only after an emoji. */
static bool is_unsure(const char *text)
{
    const unsigned char *t = (const unsigned char *)text;
    unsigned long before = 0;

    while (*t != '\0') {
        unsigned long x = character(&t);

        if (x == 0xFE0F || (x >= 0x1F3FB && x <= 0x1F3FF) ||
            (x >= 0x1F1E6 && x <= 0x1F1FF) || (x == 0x200D && before >= 0x2190)) {
            return true;
        }
        before = x;
    }
    return false;
}

static void text_check(att_checker *c, const char *text, const att_spot *at,
                       size_t language, use used)
{
    size_t n = strlen(text);

    if (!att_text_is_tame(text)) {
        find_in(c, "L059", at, language, "take them out",
                "this text holds control characters, which are shown as \"?\"");
    }
    if (is_unsure(text)) {
        find_in(c, "L058", at, language, "use words",
                "terminals disagree about the width of this text");
    }
    if (used == USE_CHOICE && n > CHOICE_WIDTH_MAX &&
        att_text_width(text) > CHOICE_WIDTH_MAX) {
        find_in(c, "L060", at, language, "say it in fewer words",
                "this choice takes more than 3 lines on a screen of 40 columns");
    }
    if (used == USE_QUESTION && n > QUESTION_WIDTH_MAX &&
        att_text_width(text) > QUESTION_WIDTH_MAX) {
        find_in(c, "L075", at, language, "put what explains into a note before it",
                "this question takes more than 6 lines on a screen of 40 columns");
    }
}

/* A text that is one name in braces says the same in each language. */
static bool is_name_alone(const char *text)
{
    return text[0] == '{' && strcspn(text + 1, "{}") == strlen(text) - 2 &&
           text[strlen(text) - 1] == '}';
}

static void missing_find(att_checker *c, const att_spot *at, size_t i)
{
    const att_language *language = &c->in->languages[i];

    att_reader_find(c->r, "L050", at,
                    language->fallback == 0
                        ? "translate it; until then the default is shown"
                        : att_arena_format(
                              c->r->scratch, "translate it; until then \"%s\" is shown",
                              c->in->languages[language->fallback - 1].tag),
                    "there is no text in \"%s\"", language->tag);
}

/* A translation has the names in braces that the text has. */
static void names_check(att_checker *c, const char *base, const char *text,
                        const att_spot *at, size_t i)
{
    const char *lost;
    const char *other;

    if (base == NULL || i == c->in->language) {
        return;
    }
    lost = att_translate_name(c->r->scratch, base, text);
    other = att_translate_name(c->r->scratch, text, base);
    if (lost != NULL) {
        find_in(c, "L082", at, i, "put it where the name belongs",
                att_arena_format(c->r->scratch, "{%s} is missing in the translation",
                                 lost));
    } else if (other != NULL) {
        find_in(c, "L082", at, i, "names in braces stay as they are",
                att_arena_format(c->r->scratch,
                                 "{%s} is not in the text that is translated", other));
    }
}

static void wording_check(att_checker *c, const att_wording *wording,
                          const att_spot *at, use used)
{
    const att_instrument *in = c->in;
    const char *base = wording->in == NULL ? NULL : wording->in[in->language];

    if (wording->in == NULL) {
        return;
    }
    for (size_t i = 0; i < in->n_languages; i++) {
        const char *text = wording->in[i];

        if (text == NULL) {
            if (c->n_missing[i] <= ATT_LISTED_MAX) {
                missing_find(c, at, i);
            }
            continue;
        }
        text_check(c, text, at, i, used);
        names_check(c, base, text, at, i);
        if (i != in->language && base != NULL && strcmp(base, text) == 0 &&
            att_text_length(text) >= COPY_LENGTH_MIN && !is_name_alone(text)) {
            find_in(c, "L073", at, i, "translate it, or leave it out until it is",
                    "this text is the same in the default language");
        }
    }
}

static void member_check(att_checker *c, const att_wording *wording,
                         const att_spot *owner, const char *key, use used)
{
    att_spot at = att_spot_key(owner, key);

    wording_check(c, wording, &at, used);
}

/* ---- choices ---- */

typedef struct label {
    const char *text;
    size_t index;
} label;

static int compare_labels(const void *a, const void *b)
{
    const label *x = a;
    const label *y = b;
    int order = strcmp(x->text, y->text);

    return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

static void twins_check(att_checker *c, const att_choices *set, const att_spot *at)
{
    label *labels = att_new_n(c->r->scratch, label, set->n);

    for (size_t i = 0; i < set->n; i++) {
        labels[i].text = att_wording_in(c->in, &set->list[i].text, c->in->language);
        labels[i].index = i;
    }
    if (set->n > 1) {
        qsort(labels, set->n, sizeof labels[0], compare_labels);
    }
    for (size_t i = 1; i < set->n; i++) {
        if (strcmp(labels[i].text, labels[i - 1].text) == 0) {
            att_spot element = att_spot_element(at, labels[i].index);
            att_spot text_at = att_spot_key(&element, "text");

            att_reader_find(c->r, "L064", &text_at, "let each say what it means",
                            "another choice of this set reads the same");
        }
    }
}

static void set_check(att_checker *c, const att_choices *set, const att_spot *at)
{
    for (size_t i = 0; i < set->n; i++) {
        att_spot element = att_spot_element(at, i);

        member_check(c, &set->list[i].text, &element, "text", USE_CHOICE);
        member_check(c, &set->list[i].other, &element, "other", USE_QUESTION);
    }
    twins_check(c, set, at);
}

/* ---- all places where texts stand ---- */

static void item_check(att_checker *c, size_t index)
{
    const att_item *item = &c->in->items[index];
    att_spot at = att_spot_text(item->pointer);
    att_spot choices_at = att_spot_key(&at, "choices");

    if (item->is_other) {
        return; /* said where its choice stands */
    }
    member_check(c, &item->title, &at, "title", USE_TEXT);
    member_check(c, &item->text, &at, "text",
                 att_item_asks(item) ? USE_QUESTION : USE_TEXT);
    member_check(c, &item->brief, &at, "brief", USE_TEXT);
    member_check(c, &item->help, &at, "help", USE_TEXT);
    member_check(c, &item->probe, &at, "probe", USE_TEXT);
    member_check(c, &item->note, &at, "note_interviewer", USE_TEXT);
    member_check(c, &item->check_text, &at, "check_text", USE_TEXT);
    member_check(c, &item->warn_text, &at, "warn_text", USE_TEXT);
    member_check(c, &item->anchors[0], &at, "anchors", USE_TEXT);
    if (item->kind->shape == ATT_SHAPE_CONSENT) {
        member_check(c, &item->choices->list[0].text, &at, "yes", USE_CHOICE);
        member_check(c, &item->choices->list[1].text, &at, "no", USE_CHOICE);
    }
    if (att_check_owns_set(c, index)) {
        set_check(c, item->choices, &choices_at);
    }
}

static void reasons_check(att_checker *c, const att_spot *top)
{
    json_t *codes = json_object_get(json_object_get(c->root, "missing"), "codes");
    att_spot missing_at = att_spot_key(top, "missing");
    att_spot codes_at = att_spot_key(&missing_at, "codes");

    for (size_t i = 0; i < json_array_size(codes); i++) {
        json_t *name = json_object_get(json_array_get(codes, i), "reason");
        att_spot element = att_spot_element(&codes_at, i);
        att_reason reason = ATT_REASON_NONE;

        if (json_is_string(name) && att_reason_read(json_string_value(name), &reason)) {
            member_check(c, &c->in->reason_text[reason], &element, "text", USE_CHOICE);
        }
    }
}

static void tokens_check(att_checker *c, const att_spot *top)
{
    att_spot tokens_at = att_spot_key(top, "tokens");

    for (size_t i = 0; i < c->in->n_tokens; i++) {
        const att_token *token = &c->in->tokens[i];
        att_spot at = att_spot_key(&tokens_at, token->id);
        att_spot else_at = att_spot_key(&at, "else");

        for (size_t k = 0; k < token->n_otherwise; k++) {
            att_spot element = att_spot_element(&else_at, k);

            member_check(c, &token->otherwise[k].text, &element, "text", USE_TEXT);
        }
    }
}

static void variants_check(att_checker *c, const att_spot *top)
{
    att_spot variants_at = att_spot_key(top, "variants");

    for (size_t i = 0; i < c->in->n_variants; i++) {
        const att_variant *variant = &c->in->variants[i];
        att_spot element = att_spot_element(&variants_at, i);
        att_spot text_at = att_spot_key(&element, "text");

        for (size_t k = 0; k < variant->n_items; k++) {
            const att_item *item = &c->in->items[variant->items[k]];

            if (!item->is_copy) {
                member_check(c, &variant->texts[k], &text_at,
                             item->base == NULL ? item->id : item->base, USE_QUESTION);
            }
        }
    }
}

static void bands_check(att_checker *c, const att_scale *scale, const att_spot *at)
{
    att_spot bands_at = att_spot_key(at, "bands");

    for (size_t i = 0; i < scale->n_bands; i++) {
        att_spot element = att_spot_element(&bands_at, i);

        member_check(c, &scale->bands[i].text, &element, "text", USE_TEXT);
    }
}

void att_check_texts(att_checker *c)
{
    att_spot top = att_spot_text("");
    att_spot sets_at = att_spot_key(&top, "choices");

    member_check(c, &c->in->title, &top, "title", USE_TEXT);
    member_check(c, &c->in->purpose, &top, "purpose", USE_TEXT);
    member_check(c, &c->in->audience, &top, "audience", USE_TEXT);
    member_check(c, &c->in->recall, &top, "recall", USE_TEXT);
    reasons_check(c, &top);
    for (size_t i = 0; i < c->in->n_choices; i++) {
        att_spot at = att_spot_key(&sets_at, c->in->choices[i].id);

        set_check(c, &c->in->choices[i], &at);
    }
    for (size_t i = 0; i < c->in->n_items; i++) {
        if (!c->in->items[i].is_copy) {
            item_check(c, i);
        }
    }
    tokens_check(c, &top);
    variants_check(c, &top);
    for (size_t i = 0; i < c->in->n_scales; i++) {
        att_spot at = att_spot_text(c->in->scales[i].pointer);

        member_check(c, &c->in->scales[i].title, &at, "title", USE_TEXT);
        bands_check(c, &c->in->scales[i], &at);
    }
    for (size_t i = 0; i < c->in->n_derived; i++) {
        att_spot at = att_spot_text(c->in->derived[i].pointer);

        member_check(c, &c->in->derived[i].title, &at, "title", USE_TEXT);
    }
}
