/* read_tokens.c - named texts for piping, and other words for items */
#include "reader.h"

#include <string.h>

static const att_key token_keys[] = {
    { "item", ATT_WANT_TEXT, false },
    { "study", ATT_WANT_TEXT, false },
    { "else", ATT_WANT_LIST, true },
};

static const att_key else_keys[] = {
    { "when", ATT_WANT_TEXT, false },
    { "text", ATT_WANT_WORDING, true },
};

static const att_key variant_keys[] = {
    { "when", ATT_WANT_TEXT, true },
    { "text", ATT_WANT_OBJECT, true },
};

static void when_read(att_reader *r, json_t *object, const att_spot *at,
                      const att_expr **out)
{
    const char *text = json_string_value(json_object_get(object, "when"));
    att_spot spot = att_spot_key(at, "when");
    att_wait_expr wait = { 0 };

    if (text == NULL || text[0] == '\0') {
        return;
    }
    wait.text = att_arena_text(r->arena, text);
    wait.pointer = att_spot_pointer(r->scratch, &spot);
    wait.key = "when";
    wait.out = out;
    wait.want = ATT_TYPE_TRUTH;
    wait.item = ATT_NONE;
    att_wait_for_expr(r, &wait);
}

static void otherwise_read(att_reader *r, json_t *list, const att_spot *at,
                           att_token *token)
{
    size_t n = att_list_size(r, json_array_size(list), ATT_PARTS_MAX, at, "texts");
    att_token_else *otherwise = att_new_n(r->arena, att_token_else, n);

    token->otherwise = otherwise;
    token->n_otherwise = n;
    if (json_is_array(list) && n == 0) {
        att_reader_find(r, "L044", at, "write { \"text\": ... }",
                        "token \"%s\" has no text to fall back on", token->id);
    }
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(at, i);
        json_t *value = json_array_get(list, i);

        if (att_keys_check(r, value, &element, "a token's text", else_keys, 2)) {
            when_read(r, value, &element, &otherwise[i].when);
            otherwise[i].text = att_wording_member(r, value, &element, "text");
        }
    }
}

static void token_read(att_reader *r, json_t *value, const att_spot *at,
                       att_token *token)
{
    att_spot item_at = att_spot_key(at, "item");
    att_spot else_at = att_spot_key(at, "else");
    const char *item = NULL;

    token->item = ATT_NONE;
    token->setting = "";
    if (!att_keys_check(r, value, at, "a token", token_keys,
                        sizeof token_keys / sizeof token_keys[0])) {
        return;
    }
    item = json_string_value(json_object_get(value, "item"));
    token->setting = att_member_text(r, value, "study", "");
    if (item != NULL && token->setting[0] != '\0') {
        att_reader_find(r, "L044", at, "keep one of them",
                        "token \"%s\" has both \"item\" and \"study\"", token->id);
    }
    if (item != NULL && item[0] != '\0') {
        token->item =
            att_item_named(r, item, "L035", &item_at,
                           att_arena_format(r->scratch, "token \"%s\"", token->id));
    }
    if (token->item != ATT_NONE && r->items[token->item].kind != NULL &&
        !att_item_asks(&r->items[token->item])) {
        att_reader_find(r, "L035", &item_at, "name an item that asks something",
                        "token \"%s\" names \"%s\", which has no answer", token->id,
                        item);
    }
    otherwise_read(r, json_object_get(value, "else"), &else_at, token);
}

void att_tokens_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *object = json_object_get(root, "tokens");
    att_spot spot = att_spot_key(at, "tokens");
    size_t n =
        att_list_size(r, json_object_size(object), ATT_PARTS_MAX, &spot, "tokens");
    att_token *tokens = att_new_n(r->arena, att_token, n);
    const char *id = NULL;
    json_t *value = NULL;

    r->out->tokens = tokens;
    json_object_foreach(object, id, value)
    {
        att_spot token_at = att_spot_key(&spot, id);
        att_token *token = &tokens[r->out->n_tokens];

        if (strncmp(id, "x-", 2) == 0 || r->out->n_tokens == n) {
            continue;
        }
        r->out->n_tokens++;
        token->id = att_arena_text(r->arena, id);
        att_id_check(r, id, &token_at, '_', true);
        token_read(r, value, &token_at, token);
    }
}

static void texts_read(att_reader *r, json_t *object, const att_spot *at,
                       att_variant *variant)
{
    size_t n = json_object_size(object);
    size_t *items = att_new_n(r->arena, size_t, n);
    att_wording *texts = att_new_n(r->arena, att_wording, n);
    const char *id = NULL;
    json_t *value = NULL;

    variant->items = items;
    variant->texts = texts;
    if (json_is_object(object) && n == 0) {
        att_reader_find(r, "L048", at, "write { \"item\": \"other words\" }",
                        "this variant changes no item");
    }
    json_object_foreach(object, id, value)
    {
        att_spot spot = att_spot_key(at, id);
        size_t item = ATT_NONE;

        if (strncmp(id, "x-", 2) == 0) {
            continue;
        }
        item = att_item_named(r, id, "L035", &spot, "variant");
        if (item == ATT_NONE ||
            !att_want_check(r, value, &spot, id, ATT_WANT_WORDING)) {
            continue;
        }
        items[variant->n_items] = item;
        texts[variant->n_items] = att_wording_read(r, value, &spot);
        variant->n_items++;
    }
}

void att_variants_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *list = json_object_get(root, "variants");
    att_spot spot = att_spot_key(at, "variants");
    size_t n =
        att_list_size(r, json_array_size(list), ATT_PARTS_MAX, &spot, "variants");
    att_variant *variants = att_new_n(r->arena, att_variant, n);

    r->out->variants = variants;
    r->out->n_variants = n;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&spot, i);
        att_spot text_at = att_spot_key(&element, "text");
        json_t *value = json_array_get(list, i);

        if (att_keys_check(r, value, &element, "a variant", variant_keys, 2)) {
            when_read(r, value, &element, &variants[i].when);
            texts_read(r, json_object_get(value, "text"), &text_at, &variants[i]);
        }
    }
}
