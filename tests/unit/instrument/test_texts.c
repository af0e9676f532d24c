/* test_texts.c - no text of an instrument is kept from its translators
 *
 * What the reader takes for a text, and what a catalogue holds, are told by two tables
 * (the keys of read_*.c, the layout of pretty.c). Here they are held against each other.
 */
#include "att_test.h"

#include <string.h>

#include <jansson.h>

#include <attune/instrument/pretty.h>
#include <attune/instrument/read.h>
#include <attune/instrument/translate.h>

#include "texts.h"

#define NOBODYS "qq" /* a language that is never declared */

static att_json *json_of(const char *bytes)
{
    att_err err = { 0 };
    att_json *json = att_json_open_bytes("n.json", bytes, strlen(bytes), &err);

    assert_ok(err.code, &err);
    return json;
}

static att_json *json_at(const char *path)
{
    char *bytes = att_test_read(path, NULL);
    att_json *json = json_of(bytes);

    test_free(bytes);
    return json;
}

/* As it stands now, written and read again: places follow what was changed. */
static att_json *json_again(const att_json *json)
{
    att_buf out = { 0 };
    att_json *again;

    att_pretty_write(&out, json);
    again = json_of(att_buf_text(&out));
    att_buf_drop(&out);
    return again;
}

static att_instrument *instrument_of(att_arena *arena, att_json *json)
{
    att_issues issues = { .arena = arena };
    att_instrument *instrument = att_instrument_read(arena, json, &issues);

    if (issues.n_errors > 0) {
        fail_msg("%s: %s", issues.list[0].what.where.pointer,
                 issues.list[0].what.message);
    }
    assert_non_null(instrument);
    return instrument;
}

/* ---- out and back ---- */

/* A catalogue through its bytes, taken into json. */
static att_translated travel(att_arena *arena, att_json *json, att_po *po)
{
    att_issues issues = { .arena = arena };
    att_translated result = { 0 };
    att_buf bytes = { 0 };
    att_po again = { 0 };
    att_err err = { 0 };
    const att_instrument *instrument = instrument_of(arena, json);

    att_po_write(&bytes, po);
    assert_ok(att_po_read(arena, "n.po", att_buf_text(&bytes), bytes.n, &again, &err),
              &err);
    assert_ok(att_translate_import(arena, json, instrument, &again, NULL, &result,
                                   &issues, &err),
              &err);
    assert_int_equal(issues.n, 0);
    att_buf_drop(&bytes);
    return result;
}

static att_po catalogue(att_arena *arena, att_json *json, const char *tag)
{
    att_po po = { 0 };
    att_err err = { 0 };

    assert_ok(
        att_translate_export(arena, json, instrument_of(arena, json), tag, &po, &err),
        &err);
    return po;
}

static void every_language_goes_out_and_comes_back_whole(void **state)
{
    static const char *const tags[] = { "es", "ar" };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        att_arena arena = { 0 };
        att_json *json = json_at("instruments/network.json");
        att_po po = catalogue(&arena, json, tags[i]);
        char *before = att_test_read("instruments/network.json", NULL);
        att_translated result = travel(&arena, json, &po);
        att_buf after = { 0 };

        assert_int_equal(result.n_missing, 0);
        assert_int_equal(result.n_changed, 0);
        assert_int_equal(result.n, po.n);
        att_pretty_write(&after, json);
        assert_string_equal(att_buf_text(&after), before);
        att_buf_drop(&after);
        test_free(before);
        att_json_close(json);
        att_arena_drop(&arena);
    }
}

static void a_new_language_has_every_text_after_one_catalogue(void **state)
{
    att_arena arena = { 0 };
    att_json *json = json_at("instruments/network.json");
    att_po po = catalogue(&arena, json, "fr");
    const att_instrument *instrument;
    att_translated result;
    size_t fr;

    (void)state;
    for (size_t i = 0; i < po.n; i++) {
        po.list[i].text = att_arena_format(&arena, "%s (fr)", po.list[i].source);
    }
    result = travel(&arena, json, &po);
    assert_int_equal(result.n_changed, po.n);
    assert_int_equal(result.n_missing, 0);
    instrument = instrument_of(&arena, json);
    fr = att_instrument_language(instrument, "fr");
    for (size_t i = 0; i < instrument->n_items; i++) {
        const att_item *item = &instrument->items[i];
        const att_wording *all[] = { &item->text,       &item->title,     &item->brief,
                                     &item->help,       &item->probe,     &item->note,
                                     &item->anchors[0], &item->anchors[1] };

        for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
            if (all[k]->in != NULL) {
                assert_contains(att_wording_in(instrument, all[k], fr), "(fr)");
            }
        }
    }
    att_json_close(json);
    att_arena_drop(&arena);
}

/* ---- what the reader takes for a text ---- */

/* The members that the published schema calls a wording, once each. */
static void gather_members(json_t *at, const char *name, const char **list, size_t *n)
{
    const char *ref = json_string_value(json_object_get(at, "$ref"));
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;

    if (ref != NULL && name != NULL && strcmp(ref, "#/$defs/wording") == 0) {
        while (i < *n && strcmp(list[i], name) != 0) {
            i++;
        }
        assert_true(i < 64);
        list[i] = name;
        *n += i == *n;
    }
    json_object_foreach(at, key, value)
    {
        gather_members(value, key, list, n);
    }
    json_array_foreach(at, i, value)
    {
        gather_members(value, NULL, list, n);
    }
}

/* Every object of ours gets a text of that name (NULL: none), unless it has one; every
 * text gets a translation into nobody's language. */
static void put_everywhere(json_t *at, const char *member)
{
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;

    if (json_is_object(at) && json_is_string(json_object_get(at, "en"))) {
        json_object_set_new(at, NOBODYS, json_string("?"));
        return;
    }
    if (json_is_object(json_object_get(at, "en")) ||
        json_is_array(json_object_get(at, "en"))) { /* anchors */
        json_object_set_new(at, NOBODYS, json_pack("[s, s]", "?", "?"));
        return;
    }
    json_object_foreach(at, key, value)
    {
        put_everywhere(value, member);
    }
    json_array_foreach(at, i, value)
    {
        put_everywhere(value, member);
    }
    if (member != NULL && json_is_object(at) && json_object_get(at, member) == NULL) {
        json_object_set_new(at, member,
                            json_pack("{s:s, s:s}", "en", "?", NOBODYS, "?"));
    }
}

/* How many texts the reader finds in nobody's language; the place of the last. */
static size_t count_nobodys(att_arena *arena, att_json *json, const char **where)
{
    att_issues issues = { .arena = arena };
    size_t n = 0;

    att_instrument_read(arena, json, &issues);
    assert_true(issues.n < 500); /* it has not given up */
    for (size_t i = 0; i < issues.n; i++) {
        if (strcmp(issues.list[i].rule, "L014") == 0) {
            *where = issues.list[i].what.where.pointer;
            n++;
        }
    }
    return n;
}

/* What a catalogue holds loses its translation. */
static void take_away(att_arena *arena, att_json *json)
{
    att_texts texts = att_texts_of(arena, att_json_root(json), NOBODYS);

    for (size_t i = 0; i < texts.n; i++) {
        json_object_del(json_object_get(texts.list[i].owner, texts.list[i].member),
                        NOBODYS);
    }
}

/* Puts a text everywhere and takes away what a catalogue holds; gives how many texts the
 * reader found before. The test fails when it finds one behind. */
static size_t hold_against(const char *member)
{
    att_arena arena = { 0 };
    att_json *first = json_at("instruments/network.json");
    att_json *all, *rest;
    const char *where = "";
    size_t n;

    put_everywhere(att_json_root(first), member);
    all = json_again(first);
    n = count_nobodys(&arena, all, &where);
    take_away(&arena, first);
    rest = json_again(first);
    if (count_nobodys(&arena, rest, &where) > 0) {
        fail_msg("the text at %s is in no catalogue", where);
    }
    att_json_close(first);
    att_json_close(all);
    att_json_close(rest);
    att_arena_drop(&arena);
    return n;
}

static void no_text_that_is_read_is_missing_in_the_catalogue(void **state)
{
    att_json *schema = json_at("../docs/instrument-1.schema.json");
    const char *members[64];
    size_t n = 0;

    (void)state;
    gather_members(att_json_root(schema), NULL, members, &n);
    assert_true(n >= 14);
    assert_true(hold_against(NULL) > 90);
    for (size_t i = 0; i < n; i++) {
        hold_against(members[i]);
    }
    att_json_close(schema);
}

ATT_TEST_MAIN(cmocka_unit_test(every_language_goes_out_and_comes_back_whole),
              cmocka_unit_test(a_new_language_has_every_text_after_one_catalogue),
              cmocka_unit_test(no_text_that_is_read_is_missing_in_the_catalogue))
