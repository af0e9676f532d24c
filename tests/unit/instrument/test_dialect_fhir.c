/* FHIR's Questionnaire: conditions both ways, odd files, and what comes back. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>
#include <attune/instrument/roster.h>

#include "att_test.h"
#include "att_travel.h"

#define HEAD                                                                    \
    "{\"resourceType\":\"Questionnaire\",\"id\":\"q\",\"language\":\"en\","     \
    "\"version\":\"1.0.0\",\"title\":\"Q\",\"status\":\"draft\",\"copyright\":" \
    "\"CC0-1.0\",\"item\":["
#define CORE "http://hl7.org/fhir/StructureDefinition/"

static void read_items(att_travel *t, const char *items)
{
    att_arena scratch = { 0 };

    att_travel_read(t, "fhir", att_arena_format(&scratch, "%s%s]}", HEAD, items));
    att_arena_drop(&scratch);
}

static const att_item *item_of(att_travel *t, const char *id)
{
    const att_instrument *in = att_travel_instrument(t, 0);
    size_t i = att_instrument_item(in, id);

    assert_int_not_equal(i, ATT_NONE);
    return &in->items[i];
}

/* ---- conditions going out ---- */

/* An instrument with that condition, as the Questionnaire's item "it". */
static json_t *item_asking(att_travel *t, const char *show, json_t **root)
{
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "i.json");
    att_arena scratch = { 0 };
    char *json = att_travel_asking(&scratch, show);
    json_t *items;

    att_test_write(path, json, strlen(json));
    att_travel_both(t, "fhir", path);
    *root = json_loads(t->there, 0, NULL);
    assert_non_null(*root);
    items = json_object_get(*root, "item");
    att_arena_drop(&scratch);
    test_free(path);
    att_test_folder_drop(folder);
    return json_array_get(items, json_array_size(items) - 1);
}

/* "a = 1, n > 5 (any)", or the FHIRPath, or "". */
static char *said(att_arena *arena, json_t *item)
{
    json_t *whens = json_object_get(item, "enableWhen");
    json_t *extension = json_array_get(json_object_get(item, "extension"), 0);
    const char *behavior = json_string_value(json_object_get(item, "enableBehavior"));
    char *text = att_arena_text(arena, "");

    for (size_t i = 0; i < json_array_size(whens); i++) {
        json_t *when = json_array_get(whens, i);
        const char *key;
        json_t *value;

        json_object_foreach(when, key, value)
        {
            if (strncmp(key, "answer", 6) == 0) {
                json_t *code = json_object_get(value, "code");
                char *answer = json_dumps(code != NULL ? code : value,
                                          JSON_ENCODE_ANY | JSON_COMPACT);

                text = att_arena_format(
                    arena, "%s%s%s %s %s", text, i == 0 ? "" : ", ",
                    json_string_value(json_object_get(when, "question")),
                    json_string_value(json_object_get(when, "operator")), answer);
                free(answer);
            }
        }
    }
    if (behavior != NULL) {
        return att_arena_format(arena, "%s (%s)", text, behavior);
    }
    if (json_array_size(whens) == 0 && extension != NULL) {
        return att_arena_text(
            arena, json_string_value(json_object_get(
                       json_object_get(extension, "valueExpression"), "expression")));
    }
    return text;
}

#define ANSWER(id) "%resource.descendants().where(linkId='" id "').answer.value"
#define NUMBER(id) ANSWER(id) ".code.toInteger()"

static void our_conditions_become_comparisons_or_fhirpath(void **state)
{
    static const struct {
        const char *here, *there;
    } cases[] = {
        { "a = 1", "a = \"1\"" },
        { "a in (1, 3)", "a = \"1\", a = \"3\" (any)" },
        { "a != 1", "a = \"2\", a = \"3\" (any)" },
        { "a >= 2", "a = \"2\", a = \"3\" (any)" },
        { "not (a in (1, 2))", "a = \"3\"" },
        { "missing(a) or a != 1",
          "a exists false, a = \"2\", a = \"3\", a = \"not-applicable\" (any)" },
        { "coalesce(a, 1) = 1",
          "a exists false, a = \"1\", a = \"not-applicable\" (any)" },
        { "reason(a) = 'not_applicable'", "a = \"not-applicable\"" },
        { "answered(a)", "a exists true, a != \"not-applicable\" (all)" },
        { "a = 1 and n > 5", "a = \"1\", n > 5 (all)" },
        { "5 < n", "n > 5" },
        { "n != 5", "n exists true, n != 5 (all)" },
        { "a != 1 and n > 5",
          "a exists true, a != \"1\", a != \"not-applicable\", n > 5 (all)" },
        { "a = 1 or b = 2 or n <= -1", "a = \"1\", b = \"2\", n <= -1 (any)" },
        { "answered(n) and t = 'b'", "n exists true, t = \"b\" (all)" },
        { "missing(t)", "t exists false" },
        { "day < date('2026-01-31')", "day < \"2026-01-31\"" },
        { "selected(m, 2)", "m = \"2\"" },
        { "selected(m, 1, 2)", "m = \"1\", m = \"2\" (any)" },
        { "n > 1.5", "(" ANSWER("n") " > 1.5)" },
        { "a = 1 and (n > 5 or b = 2)", "((" NUMBER("a") " = 1) and ((" ANSWER(
                                            "n") " > 5) or (" NUMBER("b") " = 2)))" },
        { "not selected(m, 2)",
          "iif(" ANSWER("m") ".code.exists(), ('2' in " ANSWER("m") ".code)).not()" },
        { "a = b", "(" NUMBER("a") " = " NUMBER("b") ")" },
        { "sum(a, n, min_valid: 2) > 4",
          "(iif(" NUMBER("a") ".combine(" ANSWER("n") ").count() >= 2, " NUMBER(
              "a") ".combine(" ANSWER("n") ").aggregate($this + $total, 0)) > 4)" },
        { "count(a = 1, n > 2) >= 1",
          "((iif((" NUMBER("a") " = 1), 1, 0) + iif((" ANSWER(
              "n") " > 2), 1, 0)) >= 1)" },
        { "day < today", "(" ANSWER("day") " < today())" },
        { "day + 3 > today", "((" ANSWER("day") " + 3 days) > today())" },
        { "matches(t, '[a-z]+')", ANSWER("t") ".matches('^([a-z]+)$')" },
        { "lower(t) = 'it''s'", "(" ANSWER("t") ".lower() = 'it\\'s')" },
        { "role = 'PT'", "" },
        { "age(day) > 18", "" },
        { "reason(n) = 'refused' and a = 1", "" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        att_travel t;
        json_t *root = NULL;
        json_t *item = item_asking(&t, cases[i].here, &root);

        assert_string_equal(said(&arena, item), cases[i].there);
        if (cases[i].there[0] == '\0') {
            assert_contains(att_travel_report(&t), "dropped: \"it\": the condition");
        }
        json_decref(root);
        att_arena_drop(&arena);
        att_travel_drop(&t);
    }
}

static void conditions_come_back_with_the_same_meaning(void **state)
{
    static const char *const shows[] = {
        "a = 1",
        "a != 1",
        "not (a = 1)",
        "missing(a) or a != 1",
        "a in (1, 3)",
        "not (a in (1, 3))",
        "a = 1 and b > 2 or c = 3",
        "not (a = 1 and b > 2)",
        "answered(a) and missing(b)",
        "answered(a) or missing(b)",
        "a != 1 and n > 2",
        "a != 1 and a != 2 and b = 1",
        "a = 1 or n != 3 and b = 2",
        "n > 2 and n < 40 and n != 17",
        "n = 3 or n = 7 or missing(n)",
        "reason(a) = 'not_applicable'",
        "reason(a) != 'not_applicable' and b < 3",
        "sum(a, b) >= 4",
        "sum(a, b, min_valid: 2) >= 4",
        "mean(a, b, n) < 2.5",
        "count(a = 1, b = 2, c = 3) >= 2",
        "share(a = 1, b = 2) > 0.4",
        "if(a = 1, b = 2, c = 3)",
        "if(a = 1, n, b) > 2",
        "coalesce(a, b) = 2",
        "coalesce(a, 1) = 1",
        "a = b",
        "not (a < b)",
        "n * 2 - 1 > 7",
        "-n < -3",
        "round(n / 7, 1) >= 1.5",
        "floor(n / 7) = 2",
        "abs(n - 30) > 10",
        "day < date('2025-06-01')",
        "day <= today",
        "t = 'a'",
        "t != 'a'",
        "length(t) = 1",
        "selected(m, 1, 3)",
        "selected(m, 1) and a = 2",
        "not selected(m, 1)",
        "max(a, b) = 3 and min(a, b) = 1",
    };

    for (size_t i = 0; i < sizeof shows / sizeof *shows; i++) {
        att_travel t;
        json_t *root = NULL;

        (void)item_asking(&t, shows[i], &root);
        assert_non_null(t.back->items[att_instrument_item(t.back, "it")].show);
        for (unsigned seed = 1; seed <= 300; seed++) {
            att_travel_same_paths(&t, seed);
        }
        json_decref(root);
        att_travel_drop(&t);
    }
}

/* ---- there and back ---- */

static const char *const bundled[] = {
    "../instruments/anchor.json",  "../instruments/bcl-diary.json",
    "../instruments/bcl.json",     "../instruments/bsc.json",
    "../instruments/ces.json",     "../instruments/cogint.json",
    "../instruments/cosf.json",    "../instruments/fss.json",
    "../instruments/profile.json", "../instruments/pulse.json",
    "../instruments/recs.json",    "instruments/everything.json",
    "instruments/grid.json",       "instruments/kinds.json",
    "instruments/likert.json",     "instruments/number.json",
    "instruments/long-list.json",  "instruments/single.json",
};

static void what_goes_out_comes_back_but_for_what_is_named(void **state)
{
    for (size_t i = 0; i < sizeof bundled / sizeof *bundled; i++) {
        att_travel t;

        att_travel_both(&t, "fhir", att_test_path(bundled[i]));
        t.has_languages = true;
        att_travel_same_items(&t);
        assert_string_equal(t.from->id, t.back->id);
        assert_string_equal(t.from->version, t.back->version);
        for (unsigned seed = 1; seed <= 20; seed++) {
            att_travel_same_paths(&t, seed);
        }
        att_travel_drop(&t);
    }
}

/* What went out, read and sent once more, is the same file. */
static void the_second_time_nothing_changes(void **state)
{
    for (size_t i = 0; i < sizeof bundled / sizeof *bundled; i++) {
        att_travel t, again;
        char *folder = att_test_folder();
        char *path = att_test_join(folder, "i.json");
        json_t *first, *second;

        att_travel_both(&t, "fhir", att_test_path(bundled[i]));
        att_test_write(path, t.scripts.list[0].text, t.scripts.list[0].n);
        att_travel_both(&again, "fhir", path);
        first = json_loads(t.there, 0, NULL);
        second = json_loads(again.there, 0, NULL);
        assert_true(json_equal(json_object_get(first, "item"),
                               json_object_get(second, "item")) ||
                    strstr(att_travel_report(&t), "{") != NULL);
        json_decref(first);
        json_decref(second);
        test_free(path);
        att_test_folder_drop(folder);
        att_travel_drop(&again);
        att_travel_drop(&t);
    }
}

static void translations_come_back(void **state)
{
    att_travel t;
    size_t es;
    const att_item *item;

    att_travel_both(&t, "fhir", att_test_path("../instruments/pulse.json"));
    es = att_instrument_language(t.back, "es");
    assert_int_equal(t.back->n_languages, t.from->n_languages);
    for (size_t i = 0; i < t.from->n_items; i++) {
        item = &t.back->items[att_instrument_item(t.back, t.from->items[i].id)];
        if (!att_travel_is_named(&t, item->id)) {
            assert_string_equal(att_wording_in(t.back, &item->text, es),
                                att_wording_in(t.from, &t.from->items[i].text, es));
        }
        if (item->choices != NULL && t.from->items[i].choices != NULL) {
            assert_string_equal(
                att_wording_in(t.back, &item->choices->list[0].text, es),
                att_wording_in(t.from, &t.from->items[i].choices->list[0].text, es));
        }
    }
    assert_string_equal(att_wording_in(t.back, &t.back->title, es),
                        att_wording_in(t.from, &t.from->title, es));
    att_travel_drop(&t);
}

/* ---- what is written is a Questionnaire ---- */

/* What R4 says of an element: its members, of which type, how often. A type that begins
 * in upper case is an element of its own; "*" is a list of one or more. */
typedef struct member {
    const char *of, *key, *type;
    int is_needed;
} member;

static const member members[] = {
    { "Questionnaire", "resourceType", "code", 1 },
    { "Questionnaire", "id", "id", 0 },
    { "Questionnaire", "language", "code", 0 },
    { "Questionnaire", "contained", "*ValueSet", 0 },
    { "Questionnaire", "url", "uri", 0 },
    { "Questionnaire", "identifier", "*Identifier", 0 },
    { "Questionnaire", "version", "string", 0 },
    { "Questionnaire", "name", "string", 0 },
    { "Questionnaire", "title", "string", 0 },
    { "Questionnaire", "status", "code", 1 },
    { "Questionnaire", "publisher", "string", 0 },
    { "Questionnaire", "contact", "*ContactDetail", 0 },
    { "Questionnaire", "description", "string", 0 },
    { "Questionnaire", "purpose", "string", 0 },
    { "Questionnaire", "copyright", "string", 0 },
    { "Questionnaire", "item", "*Item", 0 },
    { "Identifier", "system", "uri", 0 },
    { "Identifier", "value", "string", 0 },
    { "ContactDetail", "name", "string", 0 },
    { "ValueSet", "resourceType", "code", 1 },
    { "ValueSet", "id", "id", 0 },
    { "ValueSet", "status", "code", 1 },
    { "ValueSet", "compose", "Compose", 0 },
    { "Compose", "include", "*Include", 1 },
    { "Include", "system", "uri", 1 },
    { "Include", "concept", "*Concept", 0 },
    { "Concept", "extension", "*Extension", 0 },
    { "Concept", "code", "code", 1 },
    { "Concept", "display", "string", 0 },
    { "Concept", "designation", "*Designation", 0 },
    { "Designation", "language", "code", 0 },
    { "Designation", "value", "string", 1 },
    { "Item", "extension", "*Extension", 0 },
    { "Item", "linkId", "string", 1 },
    { "Item", "code", "*Coding", 0 },
    { "Item", "text", "string", 0 },
    { "Item", "type", "code", 1 },
    { "Item", "enableWhen", "*EnableWhen", 0 },
    { "Item", "enableBehavior", "code", 0 },
    { "Item", "required", "boolean", 0 },
    { "Item", "repeats", "boolean", 0 },
    { "Item", "readOnly", "boolean", 0 },
    { "Item", "maxLength", "integer", 0 },
    { "Item", "answerValueSet", "uri", 0 },
    { "Item", "answerOption", "*Option", 0 },
    { "Item", "item", "*Item", 0 },
    { "EnableWhen", "question", "string", 1 },
    { "EnableWhen", "operator", "code", 1 },
    { "EnableWhen", "answerBoolean", "boolean", 0 },
    { "EnableWhen", "answerDecimal", "decimal", 0 },
    { "EnableWhen", "answerInteger", "integer", 0 },
    { "EnableWhen", "answerDate", "string", 0 },
    { "EnableWhen", "answerTime", "string", 0 },
    { "EnableWhen", "answerString", "string", 0 },
    { "EnableWhen", "answerCoding", "Coding", 0 },
    { "Option", "extension", "*Extension", 0 },
    { "Option", "valueCoding", "Coding", 1 },
    { "Coding", "extension", "*Extension", 0 },
    { "Coding", "system", "uri", 0 },
    { "Coding", "code", "code", 0 },
    { "Coding", "display", "string", 0 },
    { "Extension", "extension", "*Extension", 0 },
    { "Extension", "url", "uri", 1 },
    { "Extension", "valueBoolean", "boolean", 0 },
    { "Extension", "valueCode", "code", 0 },
    { "Extension", "valueDate", "string", 0 },
    { "Extension", "valueDateTime", "string", 0 },
    { "Extension", "valueDecimal", "decimal", 0 },
    { "Extension", "valueInteger", "integer", 0 },
    { "Extension", "valueString", "string", 0 },
    { "Extension", "valueTime", "string", 0 },
    { "Extension", "valueCodeableConcept", "CodeableConcept", 0 },
    { "Extension", "valueExpression", "Expression", 0 },
    { "CodeableConcept", "coding", "*Coding", 0 },
    { "Expression", "description", "string", 0 },
    { "Expression", "language", "code", 1 },
    { "Expression", "expression", "string", 0 },
    { "Element", "extension", "*Extension", 0 },
};

static const member *find_member(const char *of, const char *key)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i].of, of) == 0 && strcmp(members[i].key, key) == 0) {
            return &members[i];
        }
    }
    return NULL;
}

static void check_element(json_t *element, const char *of);

static void check_primitive(json_t *value, const char *type)
{
    const char *text = json_string_value(value);

    if (strcmp(type, "boolean") == 0) {
        assert_true(json_is_boolean(value));
        return;
    }
    if (strcmp(type, "integer") == 0) {
        assert_true(json_is_integer(value));
        return;
    }
    if (strcmp(type, "decimal") == 0) {
        assert_true(json_is_number(value));
        return;
    }
    assert_non_null(text);
    assert_true(text[strspn(text, " \t\r\n")] != '\0');
    if (strcmp(type, "id") == 0) {
        assert_int_equal(strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-."),
                         strlen(text));
        assert_true(strlen(text) <= 64);
    } else if (strcmp(type, "uri") == 0 || strcmp(type, "code") == 0) {
        assert_null(strpbrk(text, " \t\r\n"));
    }
}

static void check_value(json_t *value, const char *type)
{
    if (type[0] == '*') {
        assert_true(json_array_size(value) > 0);
        for (size_t i = 0; i < json_array_size(value); i++) {
            check_element(json_array_get(value, i), type + 1);
        }
    } else if (type[0] >= 'A' && type[0] <= 'Z') {
        check_element(value, type);
    } else {
        check_primitive(value, type);
    }
}

static void check_element(json_t *element, const char *of)
{
    const char *key;
    json_t *value;
    size_t n_values = 0;

    assert_true(json_object_size(element) > 0);
    json_object_foreach(element, key, value)
    {
        const member *m = find_member(of, key[0] == '_' ? key + 1 : key);

        assert_non_null(m);
        n_values += strncmp(key, "value", 5) == 0 || strncmp(key, "answer", 6) == 0 ||
                    strncmp(key, "_valueDate", 10) == 0;
        check_value(value, key[0] == '_' ? "Element" : m->type);
    }
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i].of, of) == 0 && members[i].is_needed) {
            assert_non_null(json_object_get(element, members[i].key));
        }
    }
    if (strcmp(of, "EnableWhen") == 0 || strcmp(of, "Option") == 0) {
        assert_int_equal(n_values, 1);
    }
    if (strcmp(of, "Extension") == 0) { /* ext-1: extensions, or one value */
        assert_int_equal(n_values + (json_object_get(element, "extension") != NULL), 1);
    }
}

/* The linkIds so far, and the ids of the contained sets. */
typedef struct known {
    json_t *links, *sets;
} known;

static void gather_links(json_t *list, json_t *links)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        const char *link = json_string_value(json_object_get(item, "linkId"));

        assert_null(json_object_get(links, link)); /* que-2 */
        json_object_set_new(links, link, json_true());
        gather_links(json_object_get(item, "item"), links);
    }
}

/* The invariants que-1 to que-12 of R4, by what they say. */
static void check_item(json_t *item, const known *k)
{
    const char *type = json_string_value(json_object_get(item, "type"));
    const char *set = json_string_value(json_object_get(item, "answerValueSet"));
    json_t *whens = json_object_get(item, "enableWhen");
    json_t *items = json_object_get(item, "item");
    int is_display = strcmp(type, "display") == 0;
    int is_choice = strcmp(type, "choice") == 0;

    assert_true(strcmp(type, "group") != 0 || json_array_size(items) > 0);
    assert_true(!is_display || items == NULL);
    assert_true(!is_display || json_object_get(item, "code") == NULL);
    assert_true(set == NULL || json_object_get(item, "answerOption") == NULL);
    assert_true(is_choice ==
                (set != NULL || json_object_get(item, "answerOption") != NULL));
    assert_true(!is_display || json_object_get(item, "required") == NULL);
    assert_true(!is_display || json_object_get(item, "repeats") == NULL);
    assert_true(!is_display || json_object_get(item, "readOnly") == NULL);
    assert_true(json_object_get(item, "maxLength") == NULL ||
                strcmp(type, "string") == 0 || strcmp(type, "text") == 0);
    assert_int_equal(json_object_get(item, "enableBehavior") != NULL,
                     json_array_size(whens) > 1);
    if (set != NULL) {
        assert_int_equal(set[0], '#');
        assert_non_null(json_object_get(k->sets, set + 1));
    }
    for (size_t i = 0; i < json_array_size(whens); i++) {
        json_t *when = json_array_get(whens, i);
        const char *op = json_string_value(json_object_get(when, "operator"));
        const char *link = json_string_value(json_object_get(when, "question"));

        assert_non_null(json_object_get(k->links, link));
        assert_int_equal(strcmp(op, "exists") == 0,
                         json_object_get(when, "answerBoolean") != NULL);
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        check_item(json_array_get(items, i), k);
    }
}

static void check_questionnaire(const char *text)
{
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_t *contained = json_object_get(root, "contained");
    known k = { json_object(), json_object() };

    check_element(root, "Questionnaire");
    gather_links(json_object_get(root, "item"), k.links);
    for (size_t i = 0; i < json_array_size(contained); i++) {
        json_object_set_new(
            k.sets,
            json_string_value(json_object_get(json_array_get(contained, i), "id")),
            json_true());
    }
    for (size_t i = 0; i < json_array_size(json_object_get(root, "item")); i++) {
        check_item(json_array_get(json_object_get(root, "item"), i), &k);
    }
    json_decref(k.links);
    json_decref(k.sets);
    json_decref(root);
}

static void what_is_written_is_a_questionnaire_of_r4(void **state)
{
    for (size_t i = 0; i < sizeof bundled / sizeof *bundled; i++) {
        att_travel t;

        att_travel_both(&t, "fhir", att_test_path(bundled[i]));
        check_questionnaire(t.there);
        att_travel_drop(&t);
    }
}

/* ---- files of others ---- */

static void what_is_odd_about_an_item_is_named(void **state)
{
    static const struct {
        const char *items, *report;
    } cases[] = {
        { "{\"linkId\":\"/1.1\",\"type\":\"string\",\"text\":\"T\"}",
          "row 1: approximated: \"/1.1\": its linkId becomes \"q1_1\"" },
        { "{\"linkId\":\"role\",\"type\":\"string\",\"text\":\"T\"}",
          "its linkId becomes \"role_2\"" },
        { "{\"type\":\"string\",\"text\":\"T\"}",
          "approximated: \"/item/0\": it has no linkId" },
        { "{\"linkId\":\"a\",\"text\":\"T\"}", "it does not say its type" },
        { "{\"linkId\":\"a\",\"type\":\"hologram\",\"text\":\"T\"}",
          "the type \"hologram\" is not known; it becomes a text" },
        { "{\"linkId\":\"a\",\"type\":\"string\"}",
          "it has no text; its linkId stands there" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"prefix\":\"1.\"}",
          "the prefix \"1.\" stands in its text" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"initial\":[{"
          "\"valueString\":\"x\"}]}",
          "dropped: \"a\": the element \"initial\"" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"definition\":\"x\"},"
          "{\"linkId\":\"b\",\"type\":\"string\",\"text\":\"T\",\"definition\":\"x\"}",
          "the element \"definition\", here and 1 times more" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"code\":[{\"system\":"
          "\"http://loinc.org\",\"code\":\"1-8\"}]}",
          "the codes of items, of the system \"http://loinc.org\"" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"extension\":[{\"url\":"
          "\"http://x.org/y\",\"valueString\":\"z\"}]}",
          "the extension \"http://x.org/y\"" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"modifierExtension\":["
          "{\"url\":\"http://x.org/y\",\"valueString\":\"z\"}]}",
          "the extension, which changes the meaning, \"http://x.org/y\"" },
        { "{\"linkId\":\"a\",\"type\":\"attachment\",\"text\":\"T\"},{\"linkId\":\"b\","
          "\"type\":\"string\",\"text\":\"T\"}",
          "dropped: \"a\": an item of type \"attachment\" is not asked for here" },
        { "{\"linkId\":\"a\",\"type\":\"quantity\",\"text\":\"T\"}",
          "a quantity becomes a number without a unit" },
        { "{\"linkId\":\"a\",\"type\":\"decimal\",\"text\":\"T\",\"extension\":["
          "{\"url\":\"" CORE
          "questionnaire-unit\",\"valueCoding\":{\"code\":\"kg\"}}]}",
          "its unit, \"kg\", is said in its help" },
        { "{\"linkId\":\"a\",\"type\":\"integer\",\"text\":\"T\"}",
          "numbers under -3 are codes of missing answers here" },
        { "{\"linkId\":\"a\",\"type\":\"url\",\"text\":\"T\"}",
          "an address becomes a text" },
        { "{\"linkId\":\"a\",\"type\":\"choice\",\"text\":\"T\",\"answerValueSet\":"
          "\"http://x.org/vs\"}",
          "the choices of \"http://x.org/vs\", which are not in this file" },
        { "{\"linkId\":\"a\",\"type\":\"choice\",\"text\":\"T\",\"answerOption\":[{"
          "\"valueCoding\":{\"code\":\"LA1\",\"display\":\"No\"}},{\"valueCoding\":{"
          "\"code\":\"LA2\",\"display\":\"Yes\"}}]}",
          "codes become numbers: \"LA1 is 1, LA2 is 2\"" },
        { "{\"linkId\":\"a\",\"type\":\"choice\",\"text\":\"T\",\"answerOption\":[{"
          "\"valueCoding\":{\"code\":\"LA1\",\"display\":\"No\",\"extension\":[{\"url\":"
          "\"" CORE "ordinalValue\",\"valueDecimal\":0}]}},{\"valueCoding\":{\"code\":"
          "\"LA2\",\"display\":\"Yes\",\"extension\":[{\"url\":\"" CORE
          "ordinalValue\",\"valueDecimal\":3}]}}]}",
          "codes become their weights: \"LA1 is 0, LA2 is 3\"" },
        { "{\"linkId\":\"a\",\"type\":\"choice\",\"text\":\"T\",\"answerOption\":[{"
          "\"valueString\":\"x\"},{\"valueString\":\"x\"}]}",
          "the code stands twice: \"x\"" },
        { "{\"linkId\":\"a\",\"type\":\"open-choice\",\"text\":\"T\",\"answerOption\":[{"
          "\"valueInteger\":1},{\"valueInteger\":2}]}",
          "other words are taken by a choice of their own, 3" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"repeats\":true}",
          "it may be answered several times there, once here" },
        { "{\"linkId\":\"g\",\"type\":\"group\",\"repeats\":true,\"item\":[{\"linkId\":"
          "\"a\",\"type\":\"string\",\"text\":\"T\"}]}",
          "approximated: \"g\": how often it repeats is asked before it, by "
          "\"g_count\"" },
        { "{\"linkId\":\"a\",\"type\":\"coding\",\"text\":\"T\",\"answerOption\":[{"
          "\"valueCoding\":{\"code\":\"1\",\"display\":\"No\"}}]}",
          "approximated: \"a\": a \"coding\" of R5 is a choice of R4" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\","
          "\"disabledDisplay\":\"protected\"}",
          "dropped: \"a\": that it is shown while it is not asked" },
        { "{\"linkId\":\"a\",\"type\":\"date\",\"text\":\"T\","
          "\"answerConstraint\":\"optionsOnly\"}",
          "the \"answerConstraint\" of R5 is heeded where there are choices" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"readOnly\":true},{"
          "\"linkId\":\"b\",\"type\":\"string\",\"text\":\"T\"}",
          "dropped: \"a\": an item that is read only is not asked" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\"},{\"linkId\":\"a\","
          "\"type\":\"string\",\"text\":\"U\"}",
          "its linkId stands twice" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"item\":[{\"linkId\":"
          "\"b\",\"type\":\"string\",\"text\":\"U\"}]}",
          "it stands under \"a\" there, after it here" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"enableWhen\":[{"
          "\"question\":\"gone\",\"operator\":\"exists\",\"answerBoolean\":true}]}",
          "its condition (enableWhen): \"gone\" is no question here" },
        { "{\"linkId\":\"b\",\"type\":\"boolean\",\"text\":\"T\"},{\"linkId\":\"a\","
          "\"type\":\"string\",\"text\":\"T\",\"enableWhen\":[{\"question\":\"b\","
          "\"operator\":\">\",\"answerBoolean\":true}]}",
          "codes have no order there" },
        { "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"T\",\"extension\":[{\"url\":"
          "\"http://hl7.org/fhir/uv/sdc/StructureDefinition/"
          "sdc-questionnaire-enableWhenExpression\",\"valueExpression\":{\"language\":"
          "\"text/fhirpath\",\"expression\":\"%x.y\"}}]}",
          "its condition \"%x.y\": FHIRPath of others is not read" },
        { "{\"linkId\":\"n\",\"type\":\"integer\",\"text\":\"N\"},{\"linkId\":\"a\","
          "\"type\":\"string\",\"text\":\"T\",\"extension\":[{\"url\":"
          "\"http://hl7.org/fhir/uv/sdc/StructureDefinition/"
          "sdc-questionnaire-enableWhenExpression\",\"valueExpression\":{\"description\":"
          "\"n > 3\",\"language\":\"text/fhirpath\",\"expression\":\"%x.y\"}}]}",
          "its condition \"%x.y\": FHIRPath of others is not read" },
        { "{\"linkId\":\"a\",\"type\":\"display\",\"text\":\"T\"},7",
          "dropped: \"/item/1\": an item that is no object" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel t;

        read_items(&t, cases[i].items);
        assert_ok(t.code, &t.err);
        assert_contains(att_travel_report(&t), cases[i].report);
        assert_non_null(att_travel_instrument(&t, 0));
        att_travel_drop(&t);
    }
}

static void an_item_becomes_what_it_means(void **state)
{
    static const char items[] =
        "{\"linkId\":\"p\",\"type\":\"group\",\"text\":\"First page\",\"extension\":[{"
        "\"url\":\"" CORE "questionnaire-itemControl\",\"valueCodeableConcept\":{"
        "\"coding\":[{\"code\":\"page\"}]}}],\"item\":["
        "{\"linkId\":\"yes\",\"type\":\"boolean\",\"text\":\"Really {?\",\"required\":"
        "true},"
        "{\"linkId\":\"how\",\"type\":\"choice\",\"repeats\":true,\"text\":\"How?\","
        "\"answerOption\":[{\"valueCoding\":{\"code\":\"1\",\"display\":\"On foot\"}},"
        "{\"extension\":[{\"url\":\"" CORE "questionnaire-optionExclusive\","
        "\"valueBoolean\":true}],\"valueCoding\":{\"code\":\"9\",\"display\":\"Not\"}},"
        "{\"valueCoding\":{\"system\":"
        "\"http://terminology.hl7.org/CodeSystem/data-absent-reason\",\"code\":"
        "\"asked-declined\",\"display\":\"I'd rather not\"}}],"
        "\"enableWhen\":[{\"question\":\"yes\",\"operator\":\"=\",\"answerBoolean\":"
        "true}],\"item\":[{\"linkId\":\"how.h\",\"type\":\"display\",\"text\":\"One "
        "note\",\"extension\":[{\"url\":\"" CORE "questionnaire-itemControl\","
        "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"help\"}]}}]}]}]},"
        "{\"linkId\":\"feel\",\"type\":\"integer\",\"text\":\"Feel\",\"extension\":[{"
        "\"url\":\"" CORE "questionnaire-itemControl\",\"valueCodeableConcept\":{"
        "\"coding\":[{\"code\":\"slider\"}]}},{\"url\":\"" CORE "minValue\","
        "\"valueInteger\":0},{\"url\":\"" CORE "maxValue\",\"valueInteger\":10},{"
        "\"url\":\"" CORE "questionnaire-sliderStepValue\",\"valueInteger\":5}],"
        "\"item\":[{\"linkId\":\"l\",\"type\":\"display\",\"text\":\"bad\","
        "\"extension\":[{\"url\":\"" CORE "questionnaire-itemControl\","
        "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"lower\"}]}}]},{\"linkId\":"
        "\"u\",\"type\":\"display\",\"text\":\"good\",\"extension\":[{\"url\":\"" CORE
        "questionnaire-itemControl\",\"valueCodeableConcept\":{\"coding\":[{\"code\":"
        "\"upper\"}]}}]}]},"
        "{\"linkId\":\"kg\",\"type\":\"decimal\",\"text\":\"Weight\",\"extension\":[{"
        "\"url\":\"" CORE "minValue\",\"valueDecimal\":20},{\"url\":\"" CORE
        "maxValue\",\"valueDecimal\":300.5},{\"url\":\"" CORE "maxDecimalPlaces\","
        "\"valueInteger\":1}]},"
        "{\"linkId\":\"zip\",\"type\":\"string\",\"text\":\"Code\",\"maxLength\":8,"
        "\"extension\":[{\"url\":\"" CORE "regex\",\"valueString\":\"^[0-9]{4,8}$\"},"
        "{\"url\":\"" CORE "minLength\",\"valueInteger\":4}]},"
        "{\"linkId\":\"when\",\"type\":\"date\",\"text\":\"When\",\"extension\":[{"
        "\"url\":\"" CORE "minValue\",\"valueDate\":\"2020-01-31\"}]}";
    att_travel t;
    const att_instrument *in;
    const att_item *item;

    read_items(&t, items);
    assert_ok(t.code, &t.err);
    assert_string_equal(att_travel_report(&t),
                        "7 mapped, 0 approximated, 0 dropped.\n");
    in = att_travel_instrument(&t, 0);
    item = item_of(&t, "p");
    assert_string_equal(item->kind->name, "page");
    assert_string_equal(item->title.in[0], "First page");
    item = item_of(&t, "yes");
    assert_string_equal(item->kind->name, "one");
    assert_string_equal(item->text.in[0], "Really {{?");
    assert_int_equal(item->required, ATT_REQUIRED_HARD);
    assert_int_equal(item->choices->list[1].code, 0);
    item = item_of(&t, "how");
    assert_string_equal(item->kind->name, "many");
    assert_true(item->choices->list[1].is_exclusive);
    assert_int_equal(item->choices->list[2].reason, ATT_REASON_REFUSED);
    assert_string_equal(item->help.in[0], "One note");
    assert_string_equal(att_expr_text(item->show), "yes = 1");
    item = item_of(&t, "feel");
    assert_string_equal(item->kind->name, "vas");
    assert_near(item->max, 10, 0);
    assert_near(item->step, 5, 0);
    assert_string_equal(item->anchors[1].in[0], "good");
    item = item_of(&t, "kg");
    assert_int_equal(item->decimals, 1);
    assert_near(item->max, 300.5, 0);
    item = item_of(&t, "zip");
    assert_int_equal(item->max_length, 8);
    assert_string_equal(att_expr_text(item->check),
                        "length(.) >= 4 and matches(., '[0-9]{4,8}')");
    item = item_of(&t, "when");
    assert_string_equal(att_expr_text(item->min_day), "date('2020-01-31')");
    assert_int_equal(in->n_items, 7);
    att_travel_drop(&t);
}

/* A PHQ-like form as clinics have them: LOINC codes, weights, a table, a set beside. */
static void a_form_of_a_clinic_is_taken(void **state)
{
    static const char form[] =
        "{\"resourceType\":\"Questionnaire\",\"url\":\"http://x.org/q/two-items\","
        "\"status\":\"active\",\"version\":\"2.1\",\"language\":\"de\",\"contained\":[{"
        "\"resourceType\":\"ValueSet\",\"id\":\"how-often\",\"status\":\"active\","
        "\"compose\":{\"include\":[{\"system\":\"http://loinc.org\",\"concept\":["
        "{\"code\":\"LA6568-5\",\"display\":\"gar nicht\",\"designation\":[{"
        "\"language\":\"en\",\"value\":\"not at all\"}],\"extension\":[{\"url\":\"" CORE
        "ordinalValue\",\"valueDecimal\":0}]},{\"code\":\"LA6569-3\",\"display\":"
        "\"oft\",\"extension\":[{\"url\":\"" CORE
        "ordinalValue\",\"valueDecimal\":1}]}]}]}}],"
        "\"item\":[{\"linkId\":\"g\",\"type\":\"group\",\"text\":\"Wie oft?\","
        "\"extension\":[{\"url\":\"" CORE "questionnaire-itemControl\","
        "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"table\"}]}}],\"item\":["
        "{\"linkId\":\"/44250-9\",\"type\":\"choice\",\"text\":\"Wenig Freude\","
        "\"_text\":{\"extension\":[{\"url\":\"" CORE "translation\",\"extension\":[{"
        "\"url\":\"lang\",\"valueCode\":\"en\"},{\"url\":\"content\",\"valueString\":"
        "\"Little joy\"}]}]},\"answerValueSet\":\"#how-often\"},"
        "{\"linkId\":\"/44255-8\",\"type\":\"choice\",\"text\":\"Schwermut\","
        "\"answerValueSet\":\"#how-often\"}]},"
        "{\"linkId\":\"why\",\"type\":\"text\",\"text\":\"Warum?\",\"enableBehavior\":"
        "\"any\",\"enableWhen\":[{\"question\":\"/44250-9\",\"operator\":\"=\","
        "\"answerCoding\":{\"system\":\"http://loinc.org\",\"code\":\"LA6569-3\"}},{"
        "\"question\":\"/44255-8\",\"operator\":\"!=\",\"answerCoding\":{\"code\":"
        "\"LA6568-5\"}}]}]}";
    att_travel t;
    const att_instrument *in;
    const att_item *item;
    size_t en;

    att_travel_read(&t, "fhir", form);
    assert_ok(t.code, &t.err);
    in = att_travel_instrument(&t, 0);
    assert_string_equal(in->id, "two-items");
    assert_string_equal(in->version, "2.1.0");
    assert_int_equal(in->provenance.maturity, ATT_MATURITY_DRAFT);
    assert_string_equal(in->languages[in->language].tag, "de");
    en = att_instrument_language(in, "en");
    item = item_of(&t, "q44250_9");
    assert_string_equal(in->items[item->parent].kind->name, "grid");
    assert_string_equal(item->choices->id, "how_often");
    assert_int_equal(item->choices->list[0].code, 0);
    assert_int_equal(item->choices->list[1].code, 1);
    assert_string_equal(att_wording_in(in, &item->text, en), "Little joy");
    assert_string_equal(att_wording_in(in, &item->choices->list[0].text, en),
                        "not at all");
    item = item_of(&t, "why");
    assert_true(item->is_long);
    assert_string_equal(att_expr_text(item->show),
                        "q44250_9 = 1 or (missing(q44255_8) or q44255_8 != 0)");
    att_travel_drop(&t);
}

static void conditions_of_others_say_the_same_here(void **state)
{
    static const struct {
        const char *whens, *here; /* or "! " and why not */
    } cases[] = {
        { "all|b = true", "b = 1" },
        { "all|b != true", "(missing(b) or b != 1)" },
        { "all|c exists true", "(answered(c) or reason(c) in ('refused', "
                               "'not_applicable', 'dont_know'))" },
        { "all|n exists false", "missing(n)" },
        { "all|n exists true;n > 3", "n > 3" },
        { "all|n exists true;n != 3", "n != 3" },
        { "all|n exists true;n != 3;n != 4", "not (n in (3, 4))" },
        { "all|c exists true;c != x;c != asked-declined", "c != 1" },
        { "any|c = x;c = y;n <= 4", "c in (1, 2) or n <= 4" },
        { "any|c = asked-declined", "reason(c) = 'refused'" },
        { "any|m = x;m = y", "selected(m, 1, 2)" },
        { "all|m = x;m = y", "selected(m, 1) and selected(m, 2)" },
        { "all|m != x", "(missing(m) or not selected(m, 1))" },
        { "all|s = it's", "s = 'it''s'" },
        { "all|d >= 2020-01-31", "d >= date('2020-01-31')" },
        { "all|z < 08:30:00", "z < '08:30'" },
        { "all|c > x", "! codes have no order there" },
        { "all|c = none", "! \"c\" has no choice \"none\"" },
        { "all|n = x", "! a text is compared with what is none" },
        { "all|z < 08:30:59", "! a time is compared with what is no minute" },
        { "all|d = 2020", "! a day is compared with what is none" },
        { "all|n ~ 4", "! the operator \"~\" is not known" },
    };
    static const char fixed[] =
        "{\"linkId\":\"b\",\"type\":\"boolean\",\"text\":\"B\"},"
        "{\"linkId\":\"n\",\"type\":\"integer\",\"text\":\"N\"},"
        "{\"linkId\":\"s\",\"type\":\"string\",\"text\":\"S\"},"
        "{\"linkId\":\"d\",\"type\":\"date\",\"text\":\"D\"},"
        "{\"linkId\":\"z\",\"type\":\"time\",\"text\":\"Z\"},"
        "{\"linkId\":\"c\",\"type\":\"choice\",\"text\":\"C\",\"answerOption\":[{"
        "\"valueCoding\":{\"code\":\"x\"}},{\"valueCoding\":{\"code\":\"y\"}},{"
        "\"valueCoding\":{\"system\":"
        "\"http://terminology.hl7.org/CodeSystem/data-absent-reason\",\"code\":"
        "\"asked-declined\"}}]},"
        "{\"linkId\":\"m\",\"type\":\"choice\",\"repeats\":true,\"text\":\"M\","
        "\"answerOption\":[{\"valueString\":\"x\"},{\"valueString\":\"y\"}]},";

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        att_travel t;
        char *rest = att_arena_text(&arena, cases[i].whens);
        char *behavior = strtok_r(rest, "|", &rest);
        char *whens = att_arena_text(&arena, "");
        char *one;

        while ((one = strtok_r(rest, ";", &rest)) != NULL) {
            char *link = strtok_r(one, " ", &one);
            char *op = strtok_r(one, " ", &one);
            int is_bare = strspn(one, "0123456789") == strlen(one) ||
                          strcmp(one, "true") == 0 || strcmp(one, "false") == 0;
            int is_bool = is_bare && (one[0] == 't' || one[0] == 'f');
            int is_code = link[0] == 'c' || link[0] == 'm';

            whens = att_arena_format(
                &arena,
                is_bool ? "%s%s{\"question\":\"%s\",\"operator\":\"%s\","
                          "\"answerBoolean\":%s}"
                : is_bare && link[0] != 'd'
                    ? "%s%s{\"question\":\"%s\",\"operator\":\"%s\",\"answerInteger\":"
                      "%s}"
                : is_code ? "%s%s{\"question\":\"%s\",\"operator\":\"%s\","
                            "\"answerCoding\":{\"code\":\"%s\"}}"
                          : "%s%s{\"question\":\"%s\",\"operator\":\"%s\","
                            "\"answerString\":\"%s\"}",
                whens, whens[0] == '\0' ? "" : ",", link, op, one);
        }
        read_items(&t, att_arena_format(&arena,
                                        "%s{\"linkId\":\"it\",\"type\":\"string\","
                                        "\"text\":\"It\",\"enableBehavior\":\"%s\","
                                        "\"enableWhen\":[%s]}",
                                        fixed, behavior, whens));
        assert_ok(t.code, &t.err);
        if (cases[i].here[0] == '!') {
            assert_null(item_of(&t, "it")->show);
            assert_contains(att_travel_report(&t), cases[i].here + 2);
        } else {
            assert_non_null(item_of(&t, "it")->show);
            assert_string_equal(att_expr_text(item_of(&t, "it")->show), cases[i].here);
        }
        att_travel_drop(&t);
        att_arena_drop(&arena);
    }
}

static void each_questionnaire_of_a_bundle_is_an_instrument(void **state)
{
    static const char bundle[] =
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" HEAD
        "{\"linkId\":\"a\",\"type\":\"string\",\"text\":\"A\"}]}},{\"resource\":{"
        "\"resourceType\":\"Patient\"}},{\"resource\":" HEAD
        "{\"linkId\":\"b\",\"type\":\"coding\",\"text\":\"B\",\"answerOption\":[{"
        "\"valueInteger\":1}]}]}}]}";
    att_travel t;

    att_travel_read(&t, "fhir", bundle);
    assert_ok(t.code, &t.err);
    assert_int_equal(t.scripts.n, 2);
    assert_string_equal(t.scripts.list[0].id, "q");
    assert_string_equal(t.scripts.list[1].id, "q-2");
    assert_string_equal(att_travel_instrument(&t, 1)->items[0].kind->name, "one");
    assert_contains(att_travel_report(&t), "a resource of type Patient");
    att_travel_drop(&t);
}

static void what_is_no_questionnaire_is_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "", "empty" },
        { "[]", "is no Questionnaire: its resourceType is \"\"" },
        { "{\"resourceType\":\"Patient\"}", "its resourceType is \"Patient\"" },
        { "{\"resourceType\":\"Questionnaire\"", "" },
        { HEAD "]}", "has no item that asks anything" },
        { HEAD "{\"linkId\":\"a\",\"type\":\"group\"}]}",
          "has no item that asks anything" },
        { "{\"resourceType\":\"Bundle\"}", "has no item that asks anything" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel t;

        att_travel_read(&t, "fhir", cases[i].text);
        assert_fails(t.code, ATT_EINPUT, &t.err, cases[i].message);
        att_travel_drop(&t);
    }
}

/* ---- nothing breaks it ---- */

/* Puts a strange value in the place of the n-th value; false when there are fewer. */
static int put_strange(json_t *in, size_t *n, json_t *strange)
{
    const char *key;
    json_t *value;

    for (size_t i = 0; i < json_array_size(in); i++) {
        if ((*n)-- == 0) {
            return json_array_set(in, i, strange) == 0;
        }
        if (put_strange(json_array_get(in, i), n, strange)) {
            return 1;
        }
    }
    json_object_foreach(in, key, value)
    {
        if ((*n)-- == 0) {
            return json_object_set(in, key, strange) == 0;
        }
        if (put_strange(value, n, strange)) {
            return 1;
        }
    }
    return 0;
}

static void a_strange_value_anywhere_breaks_nothing(void **state)
{
    static const char *const strange[] = { "null", "7",    "-0.5",  "\"x\"",
                                           "[]",   "[[]]", "false", "{\"a\":{}}" };
    att_travel t;

    att_travel_both(&t, "fhir", att_test_path("instruments/kinds.json"));
    for (size_t k = 0; k < sizeof strange / sizeof *strange; k++) {
        for (size_t at = 0;; at++) {
            json_t *root = json_loads(t.there, 0, NULL);
            json_t *value = json_loads(strange[k], JSON_DECODE_ANY, NULL);
            size_t n = at;
            int is_put = put_strange(root, &n, value);
            char *text = json_dumps(root, 0);
            att_travel other;

            json_decref(value);
            json_decref(root);
            att_travel_read(&other, "fhir", text);
            if (other.code == ATT_OK) {
                assert_non_null(att_travel_instrument(&other, 0));
            } else {
                assert_true(other.err.message[0] != '\0');
            }
            att_travel_drop(&other);
            free(text);
            if (!is_put) {
                break;
            }
        }
    }
    att_travel_drop(&t);
}

static void groups_in_groups_without_end_are_brought_up(void **state)
{
    att_arena arena = { 0 };
    char *items = att_arena_text(
        &arena, "{\"linkId\":\"deep\",\"type\":\"string\",\"text\":\"T\"}");
    att_travel t;

    for (int i = 0; i < 14; i++) {
        items = att_arena_format(
            &arena,
            "{\"linkId\":\"g%d\",\"type\":\"group\",\"text\":\"G\",\"item\":[%s]}", i,
            items);
    }
    read_items(&t, items);
    assert_ok(t.code, &t.err);
    assert_contains(att_travel_report(&t), "it stands too deep");
    assert_non_null(item_of(&t, "deep"));
    att_travel_drop(&t);
    att_arena_drop(&arena);
}

/* ---- groups that repeat ---- */

#define GROUP(extensions)                                                        \
    "{\"resourceType\":\"Questionnaire\",\"id\":\"kids\",\"version\":\"1.0.0\"," \
    "\"status\":\"draft\",\"title\":\"Kids\",\"item\":[{\"linkId\":\"kid\","     \
    "\"type\":\"group\",\"text\":\"Each child\",\"repeats\":true,"               \
    "\"extension\":[" extensions "],\"item\":[{\"linkId\":\"name\","             \
    "\"type\":\"string\",\"text\":\"Name\"},{\"linkId\":\"why\","                \
    "\"type\":\"string\",\"text\":\"Why?\",\"enableWhen\":[{\"question\":"       \
    "\"name\",\"operator\":\"exists\",\"answerBoolean\":true}]}]}]}"
#define OCCURS(which, n) \
    "{\"url\":\"" CORE "questionnaire-" which "Occurs\",\"valueInteger\":" n "}"

static void a_group_that_repeats_becomes_a_roster(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        const char *count; /* the condition of the second entry, or NULL */
    } cases[] = {
        { GROUP(OCCURS("min", "2") "," OCCURS("max", "2")), 2, NULL },
        { GROUP(OCCURS("max", "6")), 6, "(kid_count) >= 2" },
        { GROUP(OCCURS("max", "0")), 20, "(kid_count) >= 2" },
        { GROUP(OCCURS("min", "1")), 20, "(kid_count) >= 2" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;
        const att_instrument *in;
        const att_roster *roster;
        const att_expr *show;

        att_travel_read(&c, "fhir", cases[i].text);
        assert_ok(c.code, &c.err);
        in = att_travel_instrument(&c, 0);
        roster = att_roster_find(in, "kid");
        assert_non_null(roster);
        assert_int_equal(roster->n, cases[i].n);
        assert_string_equal(
            att_expr_text(in->items[att_instrument_item(in, "why_2")].show),
            "answered(name)");
        show = in->items[roster->entries[1]].show;
        assert_int_equal(show == NULL, cases[i].count == NULL);
        if (show != NULL) {
            assert_string_equal(att_expr_text(show), cases[i].count);
        }
        att_travel_drop(&c);
    }
}

/* What always has as many entries goes out as such a group, and comes back whole; one
 * whose number is worked out goes out as groups, each under its condition. */
static void a_roster_becomes_a_group_that_repeats(void **state)
{
    static const char text[] =
        "{\"format\":\"instrument/1\",\"id\":\"mine\",\"version\":\"1.0.0\","
        "\"title\":\"Mine\",\"languages\":{\"default\":\"en\","
        "\"list\":[{\"tag\":\"en\"}]},\"items\":["
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":\"N?\"},"
        "{\"id\":\"ties\",\"kind\":\"roster\",\"count\":3,"
        "\"text\":\"Ties\",\"show\":\"n > 1\",\"items\":["
        "{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who?\"},"
        "{\"id\":\"far\",\"kind\":\"integer\",\"min\":0,\"text\":\"Far?\","
        "\"show\":\"answered(who)\"}]},"
        "{\"id\":\"some\",\"kind\":\"roster\",\"count\":\"n\",\"max\":2,"
        "\"text\":\"Some\",\"items\":[{\"id\":\"what\",\"kind\":\"text\","
        "\"text\":\"What?\"}]}]}";
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "mine.json");
    att_travel t;

    (void)state;
    att_test_write(path, text, sizeof text - 1);
    att_travel_both(&t, "fhir", path);
    assert_contains(t.there, "\"linkId\": \"who\"");
    assert_contains(t.there, "\"repeats\": true");
    assert_null(strstr(t.there, "who_1"));
    assert_contains(t.there, "\"linkId\": \"what_2\"");
    assert_false(att_travel_is_named(&t, "ties"));
    assert_true(att_travel_is_named(&t, "some"));
    assert_int_equal(att_roster_find(t.back, "ties")->n, 3);
    att_travel_same_items(&t);
    for (unsigned seed = 1; seed <= 100; seed++) {
        att_travel_same_paths(&t, seed);
    }
    att_travel_drop(&t);
    test_free(path);
    att_test_folder_drop(folder);
}

ATT_TEST_MAIN(cmocka_unit_test(our_conditions_become_comparisons_or_fhirpath),
              cmocka_unit_test(conditions_come_back_with_the_same_meaning),
              cmocka_unit_test(what_goes_out_comes_back_but_for_what_is_named),
              cmocka_unit_test(the_second_time_nothing_changes),
              cmocka_unit_test(translations_come_back),
              cmocka_unit_test(what_is_written_is_a_questionnaire_of_r4),
              cmocka_unit_test(what_is_odd_about_an_item_is_named),
              cmocka_unit_test(an_item_becomes_what_it_means),
              cmocka_unit_test(a_form_of_a_clinic_is_taken),
              cmocka_unit_test(conditions_of_others_say_the_same_here),
              cmocka_unit_test(each_questionnaire_of_a_bundle_is_an_instrument),
              cmocka_unit_test(what_is_no_questionnaire_is_refused),
              cmocka_unit_test(a_strange_value_anywhere_breaks_nothing),
              cmocka_unit_test(groups_in_groups_without_end_are_brought_up),
              cmocka_unit_test(a_group_that_repeats_becomes_a_roster),
              cmocka_unit_test(a_roster_becomes_a_group_that_repeats))
