/* test_translate.c - texts out to a catalogue and back into the instrument
 */
#include "att_test.h"

#include <string.h>

#include <attune/base/arena.h>
#include <attune/base/text.h>
#include <attune/instrument/pretty.h>
#include <attune/instrument/read.h>
#include <attune/instrument/translate.h>

static const char small[] =
    "{\"format\":\"instrument/1\",\"id\":\"small\",\"version\":\"1.0.0\","
    "\"title\":{\"en\":\"Small\",\"es\":\"Peque\xC3\xB1o\"},"
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"},"
    "{\"tag\":\"es\",\"reviewed\":\"2026-05-01\",\"stale\":[\"items/a/text\"]}]},"
    "\"tokens\":{\"ref\":{\"item\":\"who\",\"else\":[{\"when\":\"a = 1\","
    "\"text\":\"them\"},{\"text\":\"someone\"}]}},"
    "\"choices\":{\"yn\":[{\"code\":0,\"text\":{\"en\":\"No\"}},"
    "{\"code\":1,\"text\":{\"en\":\"Yes\",\"es\":\"S\xC3\xAD\"},\"other\":\"Which?\"}]},"
    "\"items\":[{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who?\"},"
    "{\"id\":\"p\",\"kind\":\"page\",\"items\":[{\"id\":\"a\",\"kind\":\"one\","
    "\"choices\":\"yn\",\"text\":{\"en\":\"Is {ref} fair?\","
    "\"es\":\"\xC2\xBF{Ref:label} es justo?\"},\"help\":\"Now.\"}]},"
    "{\"id\":\"v\",\"kind\":\"vas\",\"text\":\"How?\",\"anchors\":[\"Not\",\"Very\"]}],"
    "\"variants\":[{\"when\":\"a = 1\",\"text\":{\"v\":\"How much?\"}}]}";

typedef struct fixture {
    att_arena arena;
    att_json *json;
    const att_instrument *instrument;
    att_issues issues;
    att_translated result;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    att_err err = { 0 };

    memset(&f, 0, sizeof f);
    f.issues.arena = &f.arena;
    f.instrument =
        att_instrument_open_bytes(&f.arena, "small.json", small, strlen(small), &err);
    f.json = att_json_open_bytes("small.json", small, strlen(small), &err);
    if (f.instrument == NULL || f.json == NULL) {
        print_error("%s\n", err.message);
        return 1;
    }
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;

    att_json_close(f->json);
    att_arena_drop(&f->arena);
    return 0;
}

static att_po out_of(fixture *f, const char *tag)
{
    att_err err = { 0 };
    att_po po = { 0 };

    assert_int_equal(
        att_translate_export(&f->arena, f->json, f->instrument, tag, &po, &err),
        ATT_OK);
    return po;
}

static const char *formed(fixture *f)
{
    att_buf out = { 0 };
    const char *copy;

    att_pretty_write(&out, f->json);
    copy = att_buf_copy(&f->arena, &out);
    att_buf_drop(&out);
    return copy;
}

static att_po_entry *entry_of(const att_po *po, const char *key)
{
    for (size_t i = 0; i < po->n; i++) {
        if (strcmp(po->list[i].context, key) == 0) {
            return &po->list[i];
        }
    }
    fail_msg("no entry \"%s\"", key);
    return NULL;
}

static void take(fixture *f, const att_po *po)
{
    att_err err = { 0 };

    assert_int_equal(att_translate_import(&f->arena, f->json, f->instrument, po, NULL,
                                          &f->result, &f->issues, &err),
                     ATT_OK);
}

static void every_text_has_a_key_of_its_ids(void **state)
{
    static const char *const keys[] = {
        "title",
        "tokens/ref/else/a = 1/text",
        "tokens/ref/else/else/text",
        "choices/yn/0/text",
        "choices/yn/1/text",
        "choices/yn/1/other",
        "items/who/text",
        "items/a/text",
        "items/a/help",
        "items/v/text",
        "items/v/anchors/low",
        "items/v/anchors/high",
        "variants/a = 1/text/v",
    };
    fixture *f = *state;
    att_po po = out_of(f, "es");
    size_t i;

    assert_int_equal(po.n, sizeof keys / sizeof keys[0]);
    for (i = 0; i < po.n; i++) {
        assert_string_equal(po.list[i].context, keys[i]);
    }
    assert_string_equal(entry_of(&po, "items/a/text")->comment,
                        "one, choices \"yn\"\nkeep: {ref}");
    assert_string_equal(entry_of(&po, "choices/yn/0/text")->comment, "a choice");
    assert_true(entry_of(&po, "items/a/text")->is_fuzzy);
    assert_false(entry_of(&po, "title")->is_fuzzy);
    assert_string_equal(entry_of(&po, "items/who/text")->text, "");
    assert_string_equal(att_po_field(&f->arena, &po, "X-Digest"),
                        f->instrument->digest);
}

static void a_catalogue_taken_back_unchanged_changes_nothing(void **state)
{
    fixture *f = *state;
    const char *before = formed(f);
    att_po po = out_of(f, "es");

    take(f, &po);
    assert_string_equal(formed(f), before);
    assert_int_equal(f->result.n_changed, 0);
    assert_int_equal(f->result.n_stale, 1);
    assert_int_equal(f->result.n_missing, 10);
}

static void new_texts_stand_beside_the_old_ones(void **state)
{
    fixture *f = *state;
    att_po po = out_of(f, "es");
    const char *text;

    entry_of(&po, "items/who/text")->text = "\xC2\xBFQui\xC3\xA9n?";
    entry_of(&po, "items/v/anchors/low")->text =
        "Nada"; /* its other end is not there */
    entry_of(&po, "title")->text = "Peque\xC3\xB1"
                                   "a";
    take(f, &po);
    text = formed(f);
    assert_non_null(
        strstr(text, "\"text\": { \"en\": \"Who?\", \"es\": \"\xC2\xBFQui"));
    assert_non_null(strstr(text, "\"title\": { \"en\": \"Small\", \"es\": "
                                 "\"Peque\xC3\xB1"
                                 "a\" }"));
    assert_non_null(strstr(text, "\"anchors\": [\"Not\", \"Very\"]"));
    assert_int_equal(f->result.n_changed, 2);
    entry_of(&po, "items/v/anchors/high")->text = "Mucho";
    take(f, &po);
    assert_non_null(strstr(formed(f), "\"es\": [\"Nada\", \"Mucho\"]"));
}

static void a_translation_of_an_older_text_is_taken_and_marked(void **state)
{
    fixture *f = *state;
    att_po po = out_of(f, "es");

    entry_of(&po, "choices/yn/1/text")->source = "Yes, please";
    entry_of(&po, "choices/yn/1/text")->text = "S\xC3\xAD, claro";
    entry_of(&po, "items/who/text")->text = "\xC2\xBFQuien?";
    entry_of(&po, "items/who/text")->is_fuzzy = true;
    take(f, &po);
    assert_int_equal(f->result.n_stale, 3);
    assert_int_equal(f->issues.n, 3);
    assert_string_equal(f->issues.list[0].rule, "L083");
    assert_non_null(strstr(formed(f), "S\xC3\xAD, claro"));
    assert_non_null(strstr(formed(f), "\"stale\": [\"choices/yn/1/text\", "
                                      "\"items/who/text\", \"items/a/text\"]"));
    po = out_of(f, "es"); /* with the texts of now */
    assert_true(entry_of(&po, "choices/yn/1/text")->is_fuzzy);
    entry_of(&po, "choices/yn/1/text")->is_fuzzy = false;
    entry_of(&po, "items/who/text")->is_fuzzy = false;
    entry_of(&po, "items/a/text")->is_fuzzy = false;
    take(f, &po);
    assert_int_equal(f->result.n_stale, 0);
    assert_null(strstr(formed(f), "stale"));
}

static void what_is_not_translated_keeps_what_was_there(void **state)
{
    fixture *f = *state;
    const char *before = formed(f);
    att_po po = out_of(f, "es");
    size_t i;

    for (i = 0; i < po.n; i++) {
        po.list[i].text = " ";
    }
    take(f, &po);
    assert_string_equal(formed(f), before);
}

static void a_text_that_went_and_names_that_differ_are_said(void **state)
{
    fixture *f = *state;
    att_po po = out_of(f, "es");

    entry_of(&po, "items/who/text")->context = "items/nobody/text";
    po.list[6].line = 7;
    entry_of(&po, "items/a/text")->is_fuzzy = false;
    entry_of(&po, "items/a/text")->text = "\302\277Es justo?";
    entry_of(&po, "title")->text = "{role}";
    take(f, &po);
    assert_int_equal(f->result.n_gone, 1);
    assert_int_equal(f->issues.n, 3);
    assert_string_equal(f->issues.list[0].what.message,
                        "{role} is not in the text that is translated");
    assert_string_equal(f->issues.list[1].rule, "L080");
    assert_int_equal(f->issues.list[1].what.where.line, 7);
    assert_string_equal(f->issues.list[2].what.message,
                        "{ref} is missing in the translation");
}

static void a_language_that_is_not_declared_is_added_with_its_direction(void **state)
{
    fixture *f = *state;
    att_po po = out_of(f, "ar");

    assert_string_equal(att_po_field(&f->arena, &po, "X-Direction"), "ltr");
    po.head = "Language: ar_EG\nX-Direction: rtl\n";
    entry_of(&po, "title")->text = "\xD8\xB9";
    take(f, &po);
    assert_non_null(strstr(formed(f), "{ \"tag\": \"ar-EG\", \"dir\": \"rtl\" }"));
}

static void the_wrong_catalogue_is_refused(void **state)
{
    static const struct wrong {
        const char *head, *message;
    } heads[] = {
        { "Language: es\nX-Instrument: recs\n", "of \"recs\", not of \"small\"" },
        { "Language: es\nX-Source-Language: de\n", "from \"de\", not \"en\"" },
        { "Language: es\nX-Direction: up\n", "should be ltr or rtl" },
        { "Language: en\n", "the language to translate from" },
        { "Language: E S\n", "is not a language tag" },
        { "", "does not say its language" },
    };
    fixture *f = *state;
    att_po po = out_of(f, "es");
    att_err twice = { 0 };
    size_t i;

    for (i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        att_err err = { 0 };

        po.head = heads[i].head;
        assert_int_equal(att_translate_import(&f->arena, f->json, f->instrument, &po,
                                              NULL, &f->result, &f->issues, &err),
                         ATT_EINPUT);
        if (strstr(err.message, heads[i].message) == NULL) {
            fail_msg("%s: %s", heads[i].head, err.message);
        }
    }
    po = out_of(f, "es");
    po.list[1].context = po.list[0].context;
    assert_int_equal(att_translate_import(&f->arena, f->json, f->instrument, &po, NULL,
                                          &f->result, &f->issues, &twice),
                     ATT_EINPUT);
    assert_non_null(strstr(twice.message, "stands here twice"));
}

static void a_fallback_stands_in_before_the_default(void **state)
{
    static const char text[] =
        "{\"format\":\"instrument/1\",\"id\":\"small\",\"version\":\"1.0.0\","
        "\"title\":{\"en\":\"Title\",\"es\":\"T\xC3\xADtulo\"},\"purpose\":\"Why\","
        "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"},{\"tag\":\"es\"},"
        "{\"tag\":\"es-MX\",\"fallback\":\"es\"},{\"tag\":\"nah\","
        "\"fallback\":\"es-MX\"}]},"
        "\"items\":[{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who?\"}]}";
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_instrument *in =
        att_instrument_open_bytes(&arena, "small.json", text, strlen(text), &err);

    assert_non_null(in);
    assert_string_equal(att_wording_in(in, &in->title, 0), "Title");
    assert_string_equal(att_wording_in(in, &in->title, 2), "T\xC3\xADtulo");
    assert_string_equal(att_wording_in(in, &in->title, 3), "T\xC3\xADtulo");
    assert_string_equal(att_wording_in(in, &in->purpose, 3), "Why");
    att_arena_drop(&arena);
}

static void names_in_braces_are_compared(void **state)
{
    static const struct pair {
        const char *text, *other, *name;
    } pairs[] = {
        { "{ref} is", "es {Ref:label}", NULL },
        { "{ref}", "none", "ref" },
        { "{{ref}", "none", NULL },
        { "{a} {b}", "{a}", "b" },
        { "{.}", "{.}", NULL },
        { "", "{x}", NULL },
        { "{person.age}", "{age}", "person.age" },
    };
    att_arena arena = { 0 };
    size_t i;

    for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const char *name = att_translate_name(&arena, pairs[i].text, pairs[i].other);

        assert_true(att_text_same(name, pairs[i].name));
    }
    att_arena_drop(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

ATT_TEST_MAIN(TEST(every_text_has_a_key_of_its_ids),
              TEST(a_catalogue_taken_back_unchanged_changes_nothing),
              TEST(new_texts_stand_beside_the_old_ones),
              TEST(a_translation_of_an_older_text_is_taken_and_marked),
              TEST(what_is_not_translated_keeps_what_was_there),
              TEST(a_text_that_went_and_names_that_differ_are_said),
              TEST(a_language_that_is_not_declared_is_added_with_its_direction),
              TEST(the_wrong_catalogue_is_refused),
              cmocka_unit_test(a_fallback_stands_in_before_the_default),
              cmocka_unit_test(names_in_braces_are_compared))
