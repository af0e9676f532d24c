/* read_known.c - what is known from elsewhere: attributes of the person, earlier waves
 */
#include "reader.h"

#include <string.h>

#define ATTRIBUTES_MAX 100 /* that one instrument may ask to know */

/* ---- "person": { "age": "number" } ---- */

static void attribute_read(att_reader *r, json_t *value, const att_spot *at,
                           att_attribute *out)
{
    static const att_answer_kind kinds[] = { ATT_ANSWER_NUMBER, ATT_ANSWER_TEXT,
                                             ATT_ANSWER_DAY };
    const char *list[sizeof kinds / sizeof *kinds];
    const char *type;

    out->kind = ATT_ANSWER_TEXT;
    if (!att_want_check(r, value, at, out->id, ATT_WANT_TEXT)) {
        return;
    }
    type = json_string_value(value);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        list[i] = att_attribute_type(kinds[i]);
        if (strcmp(list[i], type) == 0) {
            out->kind = kinds[i];
            return;
        }
    }
    att_reader_find(r, "L011", at,
                    att_reader_suggest(r, type, list, sizeof kinds / sizeof *kinds,
                                       "use \"number\", \"text\" or \"date\""),
                    "\"%s\" is no type of an attribute", type);
}

void att_attributes_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *object = json_object_get(root, "person");
    att_spot spot = att_spot_key(at, "person");
    size_t n =
        att_list_size(r, json_object_size(object), ATTRIBUTES_MAX, &spot, "attributes");
    att_attribute *list = att_new_n(r->arena, att_attribute, n);
    const char *id = NULL;
    json_t *value = NULL;

    r->out->attributes = list;
    json_object_foreach(object, id, value)
    {
        att_spot one_at = att_spot_key(&spot, id);

        if (strncmp(id, "x-", 2) == 0 || r->out->n_attributes == n) {
            continue;
        }
        if (att_id_check(r, id, &one_at, '_', true)) {
            list[r->out->n_attributes].id = att_arena_text(r->arena, id);
            attribute_read(r, value, &one_at, &list[r->out->n_attributes]);
            r->out->n_attributes++;
        }
    }
}

bool att_attribute_find(const att_reader *r, const char *name, att_ref *out)
{
    if (strncmp(name, "person.", 7) != 0) {
        return false;
    }
    for (size_t i = 0; i < r->out->n_attributes; i++) {
        const att_attribute *one = &r->out->attributes[i];

        if (strcmp(one->id, name + 7) == 0) {
            out->kind = ATT_REF_PERSON;
            out->index = i;
            out->type = one->kind == ATT_ANSWER_NUMBER ? ATT_TYPE_NUMBER
                        : one->kind == ATT_ANSWER_DAY  ? ATT_TYPE_DAY
                                                       : ATT_TYPE_TEXT;
            return true;
        }
    }
    return false;
}

/* ---- wave('T0').item ---- */

static size_t earlier_note(att_reader *r, const char *wave, size_t item)
{
    att_instrument *out = r->out;

    for (size_t i = 0; i < out->n_earlier; i++) {
        if (r->earlier[i].item == item && strcmp(r->earlier[i].wave, wave) == 0) {
            return i;
        }
    }
    if (out->n_earlier == r->room_earlier) {
        size_t room = 2 * r->room_earlier + 8;
        att_earlier *list = att_new_n(r->arena, att_earlier, room);

        if (out->n_earlier > 0) {
            memcpy(list, r->earlier, out->n_earlier * sizeof *list);
        }
        r->earlier = list;
        r->room_earlier = room;
        out->earlier = list;
    }
    r->earlier[out->n_earlier].wave = att_arena_text(r->arena, wave);
    r->earlier[out->n_earlier].item = item;
    return out->n_earlier++;
}

bool att_earlier_find(att_reader *r, const char *wave, const char *item, att_ref *out)
{
    const att_name *found = att_name_find(r, item);

    if (found == NULL || found->sort != ATT_NAME_ITEM ||
        r->items[found->index].kind == NULL ||
        !att_item_asks(&r->items[found->index])) {
        return false;
    }
    out->kind = ATT_REF_EARLIER;
    out->index = earlier_note(r, wave, found->index);
    out->type = att_item_type(&r->items[found->index]);
    return true;
}

/* What an interview knows is kept in the open part of its record, where nothing stands
 * that tells who somebody is. */
void att_earlier_check(att_reader *r, const att_wait_expr *wait, const att_expr *expr)
{
    att_spot spot = att_spot_text(wait->pointer);
    size_t n = 0;
    const att_ref *refs = att_expr_refs(expr, &n);

    for (size_t i = 0; i < n; i++) {
        const att_item *item = refs[i].kind == ATT_REF_EARLIER
                                   ? &r->items[r->earlier[refs[i].index].item]
                                   : NULL;

        if (item != NULL && item->is_identifying) {
            att_reader_find(r, "L105", &spot,
                            "ask again, or use what does not identify",
                            "\"%s\" is identifying, so its answer at an earlier wave "
                            "cannot be used",
                            item->id);
        }
    }
}
