/* read_tokens.c - named texts for piping, and other words for items */
#include "kinds.h"
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

/* The items that an id of a variant means: of a roster's item, each entry's; of a list of
 * names, each of them. */
typedef struct meant {
    size_t first, n, stride; /* first ATT_NONE: none */
    const att_item *within;
} meant;

static meant meant_by(const att_reader *r, const char *id)
{
    const att_name *name = att_name_find(r, id);
    const att_item *item = name == NULL ? NULL : &r->items[name->index];
    const size_t *boxes = NULL;
    meant m = { ATT_NONE, 1, 0, NULL };

    if (name != NULL && name->sort == ATT_NAME_ITEM && item->kind == &att_kind_names) {
        m = (meant){ name->index + 1, item->end - name->index - 1, 1, NULL };
    } else if (name != NULL && name->sort == ATT_NAME_EACH) {
        boxes = item->partner > 0 ? item->roster->pairs : item->roster->entries;
        m.n = item->partner > 0 ? item->roster->n_pairs : item->roster->n;
        m.first = boxes == NULL ? ATT_NONE : name->index;
        m.within = boxes == NULL ? NULL : &r->items[boxes[0]];
        m.stride = boxes == NULL ? 0 : r->items[boxes[0]].end - boxes[0];
    }
    return m;
}

static void texts_read(att_reader *r, json_t *object, const att_spot *at,
                       att_variant *variant)
{
    size_t n = json_object_size(object);
    size_t room = 0;
    size_t *items = NULL;
    att_wording *texts = NULL;
    const char *id = NULL;
    json_t *value = NULL;

    json_object_foreach(object, id, value)
    {
        room += meant_by(r, id).n;
    }
    items = att_new_n(r->arena, size_t, room);
    texts = att_new_n(r->arena, att_wording, room);
    variant->items = items;
    variant->texts = texts;
    if (json_is_object(object) && n == 0) {
        att_reader_find(r, "L048", at, "write { \"item\": \"other words\" }",
                        "this variant changes no item");
    }
    json_object_foreach(object, id, value)
    {
        att_spot spot = att_spot_key(at, id);
        meant m = meant_by(r, id);
        att_wording text = { 0 };
        size_t pipes = r->n_pipes;

        if (strncmp(id, "x-", 2) == 0) {
            continue;
        }
        if (m.first == ATT_NONE) {
            m.first = att_item_named(r, id, "L035", &spot, "variant");
        }
        if (m.first == ATT_NONE ||
            !att_want_check(r, value, &spot, id, ATT_WANT_WORDING)) {
            continue;
        }
        text = att_wording_read(r, value, &spot);
        for (; pipes < r->n_pipes; pipes++) {
            r->pipes[pipes].within = m.within;
        }
        for (size_t k = 0; k < m.n; k++) {
            items[variant->n_items] = m.first + k * m.stride;
            texts[variant->n_items++] = text;
        }
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
