/* Instruments through other programs' files and back. */
#include "att_travel.h"

#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>
#include <attune/instrument/sheet.h>

#include "att_test.h"

/* ---- reading and writing ---- */

void att_travel_read_as(att_travel *t, const char *dialect, const char *name,
                        const char *text)
{
    att_bytes bytes = { .n = strlen(text) };

    *t = (att_travel){ 0 };
    bytes.bytes = att_arena_text(&t->arena, text);
    t->losses.arena = &t->arena;
    t->losses.file = name;
    t->code = att_dialect_find(dialect)->read(&t->arena, name, &bytes, &t->losses,
                                              &t->scripts, &t->err);
}

void att_travel_read(att_travel *t, const char *dialect, const char *text)
{
    att_travel_read_as(t, dialect, "there", text);
}

const att_instrument *att_travel_instrument(att_travel *t, size_t i)
{
    att_err err = { 0 };
    const att_script *script = &t->scripts.list[i];
    att_instrument *instrument;

    assert_true(i < t->scripts.n);
    instrument =
        att_instrument_open_bytes(&t->arena, "back", script->text, script->n, &err);
    assert_ok(err.code, &err);
    return instrument;
}

const char *att_travel_report(att_travel *t)
{
    att_buf buf = { 0 };
    char *text;

    att_losses_write(&buf, &t->losses);
    text = att_buf_copy(&t->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static void travel(att_travel *t, const att_dialect *by, att_dialect_write write,
                   const char *path)
{
    att_buf out = { 0 };
    att_bytes bytes = { 0 };

    *t = (att_travel){ 0 };
    t->losses.arena = &t->arena;
    t->from = att_instrument_open(&t->arena, path, &t->err);
    assert_ok(t->err.code, &t->err);
    write(&out, &t->from, 1, &t->losses);
    t->losses.file = "back";
    bytes.bytes = att_buf_copy(&t->arena, &out);
    bytes.n = out.n;
    t->there = bytes.bytes;
    att_buf_drop(&out);
    t->code = by->read(&t->arena, "back", &bytes, &t->losses, &t->scripts, &t->err);
    assert_ok(t->code, &t->err);
    assert_int_equal(t->scripts.n, 1);
    t->back = att_travel_instrument(t, 0);
}

void att_travel_both(att_travel *t, const char *dialect, const char *path)
{
    const att_dialect *by = att_dialect_find(dialect);

    travel(t, by, by->write, path);
}

void att_travel_second(att_travel *t, const char *dialect, const char *path)
{
    const att_dialect *by = att_dialect_find(dialect);

    travel(t, by, by->second.write, path);
}

void att_travel_drop(att_travel *t)
{
    att_arena_drop(&t->arena);
}

/* ---- the report ---- */

bool att_travel_is_named(const att_travel *t, const char *id)
{
    for (size_t i = 0; i < t->losses.n; i++) {
        const att_loss *loss = &t->losses.list[i];

        if (loss->kind != ATT_LOSS_MAPPED && strcmp(loss->field, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether something of a container is gone, which may be its condition. */
static bool is_dropped(const att_travel *t, size_t item)
{
    for (size_t k = item; k != ATT_NONE; k = t->from->items[k].parent) {
        for (size_t i = 0; i < t->losses.n; i++) {
            if (t->losses.list[i].kind == ATT_LOSS_DROPPED &&
                strcmp(t->losses.list[i].field, t->from->items[k].id) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* ---- items ---- */

static const char *written(const att_wording *wording, size_t language)
{
    return wording->in == NULL || language == ATT_NONE ? NULL : wording->in[language];
}

static void assert_same_text(const att_travel *t, const att_wording *a,
                             const att_wording *b)
{
    for (size_t i = 0; t->has_languages && i < t->from->n_languages; i++) {
        size_t k = att_instrument_language(t->back, t->from->languages[i].tag);

        assert_true(att_text_same(written(a, i), written(b, k)));
    }
    assert_string_equal(att_wording_in(t->from, a, t->from->language),
                        att_wording_in(t->back, b, t->back->language));
}

/* The same codes in the same order, and all reasons of the first in the second, which
 * may have those too that were offered everywhere. */
static void assert_same_set(const att_travel *t, const att_item *item,
                            const att_choices *b)
{
    const att_choices *a = item->choices;
    bool is_many = item->kind->shape == ATT_SHAPE_PICK_MANY;
    size_t k = 0;

    assert_int_equal(a == NULL, b == NULL);
    for (size_t i = 0; a != NULL && b != NULL && i < a->n; i++) {
        while (k < b->n && b->list[k].code != a->list[i].code) {
            assert_int_not_equal(b->list[k].reason, ATT_REASON_NONE);
            k++;
        }
        assert_true(k < b->n);
        assert_int_equal(a->list[i].reason, b->list[k].reason);
        if (is_many) { /* elsewhere nothing stands beside it anyway */
            assert_int_equal(a->list[i].is_exclusive, b->list[k].is_exclusive);
        }
        if (a->id == NULL || !att_travel_is_named(t, a->id)) {
            assert_same_text(t, &a->list[i].text, &b->list[k].text);
        }
        k++;
    }
}

static void assert_same_item(const att_travel *t, const att_item *a, const att_item *b)
{
    assert_string_equal(a->kind->name, b->kind->name);
    assert_same_text(t, &a->text, &b->text);
    assert_same_text(t, &a->help, &b->help);
    if (a->kind->shape != ATT_SHAPE_CONTAINER) {
        assert_same_set(t, a, b->choices);
    }
    assert_int_equal(a->required, b->required);
    assert_int_equal(a->shuffle, b->shuffle);
    assert_int_equal(a->is_identifying, b->is_identifying);
    assert_int_equal(a->has_min, b->has_min);
    assert_near(a->min, b->min, 0);
    assert_int_equal(a->has_max, b->has_max);
    assert_near(a->max, b->max, 0);
    assert_int_equal(a->max_length, b->max_length);
    assert_int_equal(a->is_long, b->is_long);
}

/* Whether something is said about the set of its choices. */
static bool is_set_named(const att_travel *t, const att_item *item)
{
    return item->choices != NULL && item->choices->id[0] != '\0' &&
           att_travel_is_named(t, item->choices->id);
}

/* What is said of an item in a roster is said once, of its first entry. */
static const att_item *first_of(const att_item *item)
{
    const att_item *first = item;

    for (const att_item *i = item; first->is_copy; i--) {
        first = strcmp(i->base, item->base) == 0 ? i : first;
    }
    return first;
}

/* Whether it is part of a roster that is named itself. */
static bool is_of_named(const att_travel *t, const att_item *item)
{
    return item->roster != NULL &&
           att_travel_is_named(t, t->from->items[item->roster->item].id);
}

void att_travel_same_items(const att_travel *t)
{
    for (size_t i = 0; i < t->from->n_items; i++) {
        const att_item *item = &t->from->items[i];
        size_t there = att_instrument_item(t->back, item->id);

        if (!att_travel_is_named(t, item->id) &&
            !att_travel_is_named(t, first_of(item)->id) && !is_of_named(t, item) &&
            !is_set_named(t, item)) {
            assert_int_not_equal(there, ATT_NONE);
            assert_same_item(t, item, &t->back->items[there]);
        }
    }
}

/* ---- ways ---- */

/* A random answer to an item, or none. */
static att_answer answer_for(const att_item *item, unsigned *seed)
{
    unsigned draw = (*seed = *seed * 1103515245U + 12345U) >> 16;
    const att_choices *set = item->choices;

    if (draw % 4 == 0) {
        return att_answer_of_reason(ATT_REASON_SKIPPED);
    }
    switch (item->kind->shape) {
    case ATT_SHAPE_PICK_ONE:
        if (set != NULL) {
            const att_choice *choice = &set->list[draw % set->n];

            return choice->reason != ATT_REASON_NONE
                       ? att_answer_of_reason(choice->reason)
                       : att_answer_of_number(choice->code);
        }
        return att_answer_of_number(1);
    case ATT_SHAPE_PICK_MANY:
        return set != NULL && set->list[draw % set->n].reason == ATT_REASON_NONE
                   ? att_answer_of_codes(&set->list[draw % set->n].code, 1)
                   : att_answer_of_reason(ATT_REASON_SKIPPED);
    case ATT_SHAPE_RANK:
        return set != NULL ? att_answer_of_ranks(&set->list[draw % set->n].code, 1)
                           : (att_answer){ 0 };
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return att_answer_of_number(draw % 60);
    case ATT_SHAPE_TEXT: return att_answer_of_text(draw % 8 == 1 ? "b" : "a");
    case ATT_SHAPE_DATE: return att_answer_of_day(20000 + (att_day)(draw % 900));
    case ATT_SHAPE_TIME: return att_answer_of_text("08:00");
    default: return (att_answer){ 0 };
    }
}

void att_travel_same_paths(att_travel *t, unsigned seed)
{
    att_context context = { .role = "",
                            .site = "",
                            .wave = "",
                            .person = "",
                            .language = "en",
                            .today = 20500 };
    att_sheet *a = att_sheet_make(&t->arena, t->from, &context);
    att_sheet *b = att_sheet_make(&t->arena, t->back, &context);

    for (size_t i = 0; i < t->from->n_items; i++) {
        const att_item *item = &t->from->items[i];
        size_t k = att_instrument_item(t->back, item->id);

        if (att_item_is_question(item) && k != ATT_NONE) {
            att_answer answer = answer_for(item, &seed);

            att_sheet_put(a, i, &answer);
            att_sheet_put(b, k, &answer);
        }
    }
    for (size_t i = 0; i < t->from->n_items; i++) {
        size_t k = att_instrument_item(t->back, t->from->items[i].id);

        if (k != ATT_NONE && att_item_is_question(&t->from->items[i]) &&
            !att_travel_is_named(t, t->from->items[i].id) && !is_dropped(t, i) &&
            !is_of_named(t, &t->from->items[i])) {
            assert_int_equal(a->is_asked[i], b->is_asked[k]);
        }
    }
}

char *att_travel_asking(att_arena *arena, const char *show)
{
    const char *set = "[{\"code\":1,\"text\":\"x\"},{\"code\":2,\"text\":\"y\"},"
                      "{\"code\":3,\"text\":\"z\"},"
                      "{\"missing\":\"not_applicable\",\"text\":\"no\"}]";

    return att_arena_format(
        arena,
        "{\"format\":\"instrument/1\",\"id\":\"i\",\"version\":\"1.0.0\","
        "\"title\":\"I\",\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
        "\"choices\":{\"s\":%s},\"items\":["
        "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"s\",\"text\":\"A\"},"
        "{\"id\":\"b\",\"kind\":\"one\",\"choices\":\"s\",\"text\":\"B\"},"
        "{\"id\":\"c\",\"kind\":\"one\",\"choices\":\"s\",\"text\":\"C\"},"
        "{\"id\":\"m\",\"kind\":\"many\",\"choices\":\"s\",\"text\":\"M\"},"
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"text\":\"N\"},"
        "{\"id\":\"t\",\"kind\":\"text\",\"text\":\"T\"},"
        "{\"id\":\"day\",\"kind\":\"date\",\"text\":\"D\"},"
        "{\"id\":\"it\",\"kind\":\"text\",\"show\":\"%s\",\"text\":\"It\"}]}",
        set, show);
}
