/* test_rules.c - each rule's example breaks that rule alone, and mended breaks none
 *
 * The examples are put into a small instrument that has nothing to find.
 */
#include "att_test.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/buf.h>
#include <attune/instrument/check.h>

/* "here" is where the examples of most rules go: into items, sets, scales. */
static const char base[] =
    "{\"format\": \"instrument/1\", \"id\": \"base\", \"version\": \"1.0.0\","
    " \"title\": {\"en\": \"Base\"},"
    " \"languages\": {\"default\": \"en\", \"list\": [{\"tag\": \"en\"}]},"
    " \"provenance\": {\"licence\": \"CC0-1.0\"},"
    " \"missing\": {\"codes\": []},"
    " \"choices\": {\"agree\": [{\"code\": 1, \"text\": {\"en\": \"No\"}},"
    "   {\"code\": 5, \"text\": {\"en\": \"Yes\"}}],"
    "   \"change\": [{\"code\": 0, \"text\": {\"en\": \"The same\"}}]},"
    " \"tokens\": {},"
    " \"items\": ["
    "  {\"id\": \"a\", \"kind\": \"one\", \"choices\": \"agree\", \"text\": {\"en\": \"A?\"}},"
    "  {\"id\": \"b\", \"kind\": \"one\", \"choices\": \"agree\", \"text\": {\"en\": \"B?\"}},"
    "  {\"id\": \"c\", \"kind\": \"one\", \"choices\": \"agree\", \"text\": {\"en\": \"C?\"}},"
    "  {\"id\": \"m\", \"kind\": \"many\", \"choices\": \"agree\", \"text\": {\"en\": \"M?\"}},"
    "  {\"id\": \"n\", \"kind\": \"integer\", \"min\": 0, \"max\": 60,"
    "   \"text\": {\"en\": \"N?\"}},"
    "  {\"id\": \"e\", \"kind\": \"text\", \"text\": {\"en\": \"E?\"}},"
    "  {\"id\": \"e2\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": \"n > 0\","
    "   \"text\": {\"en\": \"E2?\"}},"
    "  {\"id\": \"f\", \"kind\": \"one\", \"choices\": \"change\","
    "   \"text\": {\"en\": \"F?\"}}],"
    " \"variants\": [], \"scales\": [], \"derived\": []}";

/* Where an example goes: "" is merged into the instrument, else a list or an object
 * that it is added to. ".es": the base also has Spanish, reviewed. */
static const struct {
    const char *rule, *place;
} places[] = {
    { "L002", "" },          { "L007", "" },         { "L012", "" },
    { "L013", "" },          { "L021", "items" },    { "L025", "derived" },
    { "L026", "scales" },    { "L027", "scales" },   { "L028", "scales" },
    { "L029", "scales" },    { "L030", "scales" },   { "L033", "codes" },
    { "L034", "change" },    { "L035", "variants" }, { "L043", "" },
    { "L044", "token" },     { "L045", "" },         { "L046", "scales" },
    { "L047", "languages" }, { "L048", "variants" }, { "L050", "items.es" },
    { "L051", "languages" }, { "L052", "scales" },   { "L053", "sets" },
    { "L054", "tokens" },    { "L062", "" },         { "L063", "" },
    { "L065", "" },          { "L068", "" },         { "L069", "languages" },
    { "L070", "scales" },    { "L071", "scales" },   { "L072", "token" },
    { "L073", "items.es" },  { "L076", "" },         { "L077", "" },
    { "L078", "" },          { "L079", "" },         { "L080", "languages" },
    { "L082", "items.es" },  { "L101", "scales" },   { "L102", "scales" },
    { "L103", "" },          { "L104", "" },         { "L203", "" },
    { "L204", "" },          { "L205", "" },
};

static const char *place_of(const char *rule)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i].rule, rule) == 0) {
            return places[i].place;
        }
    }
    return "items";
}

static void spanish_add(json_t *root)
{
    json_array_append_new(
        json_object_get(json_object_get(root, "languages"), "list"),
        json_pack("{s:s,s:s}", "tag", "es", "reviewed", "2026-05-01"));
}

/* The instrument with an example in its place. */
static json_t *with_example(const char *rule, const char *example)
{
    json_t *root = json_loads(base, 0, NULL);
    json_t *value = json_loads(example, 0, NULL);
    const char *place = place_of(rule);

    assert_non_null(root);
    assert_non_null(value);
    if (strcmp(place, "") == 0) {
        json_object_update(root, value);
    } else if (strcmp(place, "items.es") == 0 || strcmp(place, "items") == 0) {
        json_array_append(json_object_get(root, "items"), value);
        if (strcmp(place, "items.es") == 0) {
            spanish_add(root);
        }
    } else if (strcmp(place, "languages") == 0) {
        json_array_append(json_object_get(json_object_get(root, "languages"), "list"),
                          value);
    } else if (strcmp(place, "codes") == 0) {
        json_array_append(json_object_get(json_object_get(root, "missing"), "codes"),
                          value);
    } else if (strcmp(place, "change") == 0) {
        json_array_append(json_object_get(json_object_get(root, "choices"), "change"),
                          value);
    } else if (strcmp(place, "sets") == 0) {
        json_object_update(json_object_get(root, "choices"), value);
    } else if (strcmp(place, "tokens") == 0) {
        json_object_update(json_object_get(root, "tokens"), value);
    } else if (strcmp(place, "token") == 0) {
        json_object_update(json_object_get(root, "tokens"), value);
        json_array_append_new(
            json_object_get(root, "items"),
            json_pack("{s:s,s:s,s:s}", "id", "u", "kind", "note", "text", "{network}"));
    } else {
        json_array_append(json_object_get(root, place), value);
    }
    json_decref(value);
    return root;
}

/* How many findings there are, and how many of them are of the rule. Translations of
 * the base are not what is asked here, so L050 counts only for its own example. */
static void count(const char *rule, json_t *root, size_t *n, size_t *n_rule)
{
    static const char *const spoken[] = { "en", "es" };
    att_paths paths;
    att_grades grades;
    att_check_opts opts = { spoken, 2, strncmp(rule, "L2", 2) == 0 ? &paths : NULL,
                            strncmp(rule, "L3", 2) == 0 ? &grades : NULL };
    att_arena arena = { 0 };
    att_issues issues = { .arena = &arena };
    char *text = json_dumps(root, JSON_INDENT(1));
    att_bytes bytes = { text, strlen(text) };
    const char *place = place_of(rule);

    *n = *n_rule = 0;
    att_instrument_check_bytes(&arena, "input.json", &bytes, &opts, &issues);
    for (size_t i = 0; i < issues.n; i++) {
        const char *pointer = issues.list[i].what.where.pointer;
        int is_base =
            strcmp(issues.list[i].rule, "L050") == 0 &&
            (strcmp(place, "languages") == 0 ||
             (strcmp(place, "items.es") == 0 && strstr(pointer, "/8/") == NULL));

        *n += !is_base;
        *n_rule += !is_base && strcmp(issues.list[i].rule, rule) == 0;
    }
    if (*n != *n_rule) {
        att_buf out = { 0 };

        for (size_t i = 0; i < issues.n; i++) {
            att_issue_write(&out, &issues.list[i]);
        }
        print_error("%s", att_buf_text(&out));
        att_buf_drop(&out);
    }
    att_arena_drop(&arena);
    free(text);
}

/* L001 is about what is not JSON, L049 about a file that no line can hold, L081 and
 * L083 about several texts: they are tried in test_check.c. */
static int is_apart(const char *rule)
{
    return strcmp(rule, "L001") == 0 || strcmp(rule, "L049") == 0 ||
           strcmp(rule, "L081") == 0 || strcmp(rule, "L083") == 0;
}

static void the_base_has_nothing_to_find(void **state)
{
    json_t *root = json_loads(base, 0, NULL);
    size_t n = 0, n_rule = 0;

    count("", root, &n, &n_rule);
    assert_int_equal(n, 0);
    json_decref(root);
}

static void each_example_breaks_its_rule_alone(void **state)
{
    size_t n_wrong = 0;

    for (size_t i = 0; i < att_n_rules; i++) {
        const att_rule *rule = &att_rules[i];
        json_t *root = NULL;
        size_t n = 0, n_rule = 0;

        if (is_apart(rule->code)) {
            continue;
        }
        root = with_example(rule->code, rule->before);
        count(rule->code, root, &n, &n_rule);
        if (n_rule == 0 || n != n_rule) {
            print_error("%s: %zu findings, %zu of the rule\n", rule->code, n, n_rule);
            n_wrong++;
        }
        json_decref(root);
    }
    assert_int_equal(n_wrong, 0);
}

static void each_mended_example_breaks_none(void **state)
{
    size_t n_wrong = 0;

    for (size_t i = 0; i < att_n_rules; i++) {
        const att_rule *rule = &att_rules[i];
        json_t *root = NULL;
        size_t n = 0, n_rule = 0;

        if (is_apart(rule->code)) {
            continue;
        }
        root = with_example(rule->code, rule->after);
        count(rule->code, root, &n, &n_rule);
        if (n != 0) {
            print_error("%s: %zu findings when mended\n", rule->code, n);
            n_wrong++;
        }
        json_decref(root);
    }
    assert_int_equal(n_wrong, 0);
}

static void rules_stand_in_order_and_say_why(void **state)
{
    assert_true(att_n_rules >= 40);
    for (size_t i = 0; i < att_n_rules; i++) {
        const att_rule *rule = &att_rules[i];

        assert_int_equal(strlen(rule->code), 4);
        assert_true(i == 0 || strcmp(att_rules[i - 1].code, rule->code) < 0);
        assert_int_equal(rule->severity, strcmp(rule->code, "L050") < 0 ||
                                                 (strcmp(rule->code, "L100") > 0 &&
                                                  strcmp(rule->code, "L200") < 0)
                                             ? ATT_SEVERITY_ERROR
                                             : ATT_SEVERITY_WARNING);
        assert_true(strlen(rule->title) > 0 && strlen(rule->title) <= 72);
        assert_true(strlen(rule->why) > 40);
        assert_null(strchr(rule->before, '\n'));
        assert_null(strchr(rule->after, '\n'));
        assert_ptr_equal(att_rule_find(rule->code), rule);
    }
    assert_null(att_rule_find("L999"));
}

ATT_TEST_MAIN(cmocka_unit_test(the_base_has_nothing_to_find),
              cmocka_unit_test(each_example_breaks_its_rule_alone),
              cmocka_unit_test(each_mended_example_breaks_none),
              cmocka_unit_test(rules_stand_in_order_and_say_why))
