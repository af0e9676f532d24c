/* test_translate.c - attune translate, as translators and their tools use it
 */
#include "att_program.h"

#include <string.h>
#include <unistd.h>

/* Instruments that we ship, and one in Arabic: out and in again, nothing moves. */
static void out_and_in_again_is_the_same_to_the_byte(void **state)
{
    static const struct trip {
        const char *file, *language;
    } trips[] = {
        { "../instruments/recs.json", "es" },
        { "../instruments/pulse.json", "es" },
        { "instruments/arabic.json", "en" },
        { "instruments/everything.json", "es" },
    };
    att_place *place = *state;

    for (size_t i = 0; i < sizeof trips / sizeof trips[0]; i++) {
        const char *file = att_test_path(trips[i].file);
        char *text = att_test_read(trips[i].file, NULL);

        att_place_write(place, "before.json", text);
        assert_status(att_program_run(place, "fmt before.json"), 0);
        assert_status(att_program_runf(place, "translate export %s --lang %s -o t.po",
                                       file, trips[i].language),
                      0);
        assert_status(
            att_program_runf(place, "translate import t.po before.json -o after.json"),
            0);
        assert_string_equal(att_place_read(place, "after.json"),
                            att_place_read(place, "before.json"));
        assert_status(att_program_runf(place,
                                       "translate export after.json --lang %s -o "
                                       "again.po",
                                       trips[i].language),
                      0);
        assert_string_equal(att_place_read(place, "again.po"),
                            att_place_read(place, "t.po"));
        test_free(text);
    }
}

/* gettext's own reader finds nothing to say, where it is installed. */
static void gettext_takes_what_is_written(void **state)
{
    static const char *const names[] = { "recs", "pulse", "profile" };
    att_place *place = *state;
    att_run_opts gettext = { .program = "/usr/bin/msgfmt" };

    if (access(gettext.program, X_OK) != 0) {
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        att_run run;

        assert_status(
            att_program_runf(place, "translate export %s --lang es -o t.po", names[i]),
            0);
        run = att_program_run_with(place, &gettext, "-c -o t.mo t.po");
        assert_status(run, 0);
        assert_string_equal(run.err, "");
    }
}

static const char my[] =
    "{\n  \"format\": \"instrument/1\",\n  \"id\": \"my\",\n  \"version\": \"1.0.0\",\n"
    "  \"title\": \"My survey\",\n  \"languages\": { \"default\": \"en\", \"list\": "
    "[{ \"tag\": \"en\" }] },\n  \"provenance\": { \"licence\": \"CC0-1.0\" },\n"
    "  \"items\": [{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why, {role}?\" }]\n"
    "}\n";

static void a_translation_comes_in_and_its_text_changes_later(void **state)
{
    att_place *place = *state;
    const char *po = "msgid \"\"\nmsgstr \"Language: es\\n\"\n\n"
                     "msgctxt \"items/why/text\"\nmsgid \"Why, {role}?\"\n"
                     "msgstr \"\302\277Por qu\303\251?\"\n\n"
                     "msgctxt \"items/gone/text\"\nmsgid \"x\"\nmsgstr \"y\"\n";
    att_run run;

    att_place_write(place, "my.json", my);
    att_place_write(place, "my.po", po);
    run = att_program_run(place, "translate import my.po my.json -o my.json");
    assert_status(run, 0);
    assert_contains(run.err, "my.po:4:1: warning[L082]: {role} is missing");
    assert_contains(run.err, "my.po:8:1: warning[L080]: ");
    assert_contains(run.err, "Wrote my.json: 2 texts: 1 changed, 0 of an older text, "
                             "1 not translated, 1 entries without a text.\n");
    assert_contains(att_place_read(place, "my.json"),
                    "\"text\": { \"en\": \"Why, {role}?\", \"es\": "
                    "\"\302\277Por qu\303\251?\" }");
    assert_status(att_program_run(place, "fmt --check my.json"), 0);

    att_place_write(place, "my.po",
                    "msgid \"\"\nmsgstr \"Language: es\\n\"\n\n"
                    "msgctxt \"items/why/text\"\nmsgid \"Why?\"\n"
                    "msgstr \"\302\277Por qu\303\251, {role}?\"\n");
    run = att_program_run(place, "translate import my.po my.json -o my.json --json");
    assert_status(run, 0);
    assert_contains(run.out, "\"stale\": 1");
    run = att_program_run(place, "check my.json");
    assert_status(run, 0);
    assert_contains(run.out, "warning[L083]: the translation of \"items/why/text\"");
    run = att_program_run(place, "translate export my.json --lang es");
    assert_contains(run.out, "#, fuzzy\nmsgctxt \"items/why/text\"\n");
    run = att_program_run(place, "show my.json");
    assert_contains(run.out, "es (not reviewed, 1 text of an older wording)");
}

static void what_cannot_be_taken_is_refused_and_writes_nothing(void **state)
{
    static const struct refusal {
        const char *words;
        int status;
        const char *message;
    } refusals[] = {
        { "translate export my.json", 2, "wants --lang" },
        { "translate export my.json --lang en", 3, "the language to translate from" },
        { "translate export nobody.json --lang es", 3, "nobody.json" },
        { "translate export my.json more.json --lang es", 2, "wants one instrument" },
        { "translate import bad.po", 2, "translate" },
        { "translate import bad.po my.json -o out.json", 3, "no end on its line" },
        { "translate import braces.po my.json -o out.json", 3, "rol" },
        { "translate import none.po my.json -o out.json", 3, "none.po" },
        { "translate carry my.po my.json", 2, "neither export nor import" },
        { "translate export my.json --lang es --json", 2, "name one with -o" },
    };
    att_place *place = *state;

    att_place_write(place, "my.json", my);
    att_place_write(place, "bad.po", "msgid \"\nmsgstr \"\"\n");
    att_place_write(place, "braces.po",
                    "msgid \"\"\nmsgstr \"Language: es\\n\"\n\nmsgctxt \"title\"\n"
                    "msgid \"My survey\"\nmsgstr \"{rol}\"\n");
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        att_run run = att_program_run(place, refusals[i].words);

        assert_status(run, refusals[i].status);
        assert_contains(run.err, refusals[i].message);
        assert_false(att_place_has(place, "out.json"));
    }
    assert_string_equal(att_place_read(place, "my.json"), my);
}

/* A translation of an older text is as one that nobody has reviewed. */
static void the_start_says_that_a_translation_is_old(void **state)
{
    att_place *place = *state;
    att_run_opts opts = { .input = "1\n" };
    att_run run;

    att_place_write(
        place, "old.json",
        "{\"format\":\"instrument/1\",\"id\":\"old\",\"version\":\"1.0.0\","
        "\"title\":{\"en\":\"Old\",\"es\":\"Viejo\"},\"languages\":{\"default\":\"en\","
        "\"list\":[{\"tag\":\"en\"},{\"tag\":\"es\",\"reviewed\":\"2026-05-01\","
        "\"stale\":[\"title\"]}]},\"provenance\":{\"licence\":\"CC0-1.0\"},"
        "\"items\":[{\"id\":\"a\",\"kind\":\"text\",\"text\":\"A?\"}]}");
    assert_status(att_program_run(place, "init s.attune"), 0);
    run = att_program_run_with(place, &opts,
                               "run old.json --lang es --study s.attune --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "traducci\303\263n");
}

ATT_TEST_MAIN(att_program_test(out_and_in_again_is_the_same_to_the_byte),
              att_program_test(gettext_takes_what_is_written),
              att_program_test(a_translation_comes_in_and_its_text_changes_later),
              att_program_test(what_cannot_be_taken_is_refused_and_writes_nothing),
              att_program_test(the_start_says_that_a_translation_is_old))
