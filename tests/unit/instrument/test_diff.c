/* test_diff.c - pairs of versions, each with the class that a person gave it
 *
 * tests/diff/cases.json says what is done to tests/diff/base.json ("set", "remove",
 * "insert", by JSON pointer, in this order: remove, insert, set) and what must be found.
 */
#include "att_test.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/instrument/diff.h>
#include <attune/instrument/read.h>

/* The container of what a pointer names; *last is its key or index. */
static json_t *container_of(json_t *root, const char *pointer, const char **last)
{
    char step[64];

    for (;;) {
        const char *end = strchr(++pointer, '/');

        if (end == NULL) {
            *last = pointer;
            return root;
        }
        assert_true((size_t)(end - pointer) < sizeof step);
        memcpy(step, pointer, (size_t)(end - pointer));
        step[end - pointer] = '\0';
        root = json_is_array(root)
                   ? json_array_get(root, (size_t)strtoul(step, NULL, 10))
                   : json_object_get(root, step);
        assert_non_null(root);
        pointer = end;
    }
}

static void put(json_t *root, const char *pointer, json_t *value, int is_insert)
{
    const char *last = NULL;
    json_t *into = container_of(root, pointer, &last);
    size_t i = json_is_array(into) ? (size_t)strtoul(last, NULL, 10) : 0;
    int failed = !json_is_array(into) ? json_object_set(into, last, value)
                 : is_insert          ? json_array_insert(into, i, value)
                                      : json_array_set(into, i, value);

    assert_int_equal(failed, 0);
}

static void put_text(json_t *root, const char *pointer, const char *text)
{
    json_t *value = json_string(text);

    put(root, pointer, value, 0);
    json_decref(value);
}

static json_t *changed(json_t *base, json_t *one)
{
    json_t *root = json_deep_copy(base);
    json_t *value = NULL;
    const char *key = NULL;
    size_t i = 0;

    json_array_foreach(json_object_get(one, "remove"), i, value)
    {
        const char *last = NULL;
        json_t *from = container_of(root, json_string_value(value), &last);

        assert_int_equal(json_is_array(from)
                             ? json_array_remove(from, (size_t)strtoul(last, NULL, 10))
                             : json_object_del(from, last),
                         0);
    }
    json_object_foreach(json_object_get(one, "insert"), key, value)
    {
        put(root, key, value, 1);
    }
    json_object_foreach(json_object_get(one, "set"), key, value)
    {
        put(root, key, value, 0);
    }
    return root;
}

static att_version version_of(att_arena *arena, const json_t *root)
{
    char *text = json_dumps(root, 0);
    att_err err = { 0 };
    att_version version = { 0 };

    version.instrument =
        att_instrument_open_bytes(arena, "t", text, strlen(text), &err);
    assert_ok(err.code, &err);
    version.json = att_json_open_bytes("t", text, strlen(text), NULL);
    free(text);
    return version;
}

static void close_version(const att_version *version)
{
    union {
        const att_json *given;
        att_json *own;
    } json = { version->json };

    att_json_close(json.own);
}

/* Whether the list, if there is one, is what was found, in any order. */
static int is_list(json_t *wanted, char *const *found, size_t n)
{
    json_t *value = NULL;
    size_t i = 0;

    if (wanted == NULL) {
        return 1;
    }
    json_array_foreach(wanted, i, value)
    {
        size_t k = 0;

        while (k < n && strcmp(found[k], json_string_value(value)) != 0) {
            k++;
        }
        if (k == n) {
            return 0;
        }
    }
    return json_array_size(wanted) == n;
}

static int judge(att_arena *arena, const att_diff *diff, json_t *one)
{
    const char *says = json_string_value(json_object_get(one, "says"));
    char **columns = att_new_n(arena, char *, diff->n_columns);
    char **stale = att_new_n(arena, char *, diff->n_stale);
    json_t *n = json_object_get(one, "changes");
    int is_said = says == NULL;

    for (size_t i = 0; i < diff->n_columns; i++) {
        columns[i] = att_arena_format(arena, "%c%s", diff->columns[i].how,
                                      diff->columns[i].column);
    }
    for (size_t i = 0; i < diff->n_stale; i++) {
        stale[i] = att_arena_format(arena, "%s %s", diff->stale[i].language,
                                    diff->stale[i].pointer);
    }
    for (size_t i = 0; i < diff->n_changes; i++) {
        is_said = is_said || strstr(diff->changes[i].message, says) != NULL;
    }
    return is_said &&
           strcmp(att_change_name(diff->needed),
                  json_string_value(json_object_get(one, "class"))) == 0 &&
           (n == NULL || (size_t)json_integer_value(n) == diff->n_changes) &&
           is_list(json_object_get(one, "columns"), columns, diff->n_columns) &&
           is_list(json_object_get(one, "stale"), stale, diff->n_stale);
}

static void print_diff(const char *name, const att_diff *diff)
{
    print_error("%s: %s\n", name, att_change_name(diff->needed));
    for (size_t i = 0; i < diff->n_changes; i++) {
        print_error("  %s %s %s\n", att_change_name(diff->changes[i].class_),
                    diff->changes[i].pointer, diff->changes[i].message);
    }
    for (size_t i = 0; i < diff->n_columns; i++) {
        print_error("  %c%s\n", diff->columns[i].how, diff->columns[i].column);
    }
    for (size_t i = 0; i < diff->n_stale; i++) {
        print_error("  %s %s\n", diff->stale[i].language, diff->stale[i].pointer);
    }
}

static void every_pair_of_the_corpus_has_its_class(void **state)
{
    json_t *base = json_load_file(att_test_path("diff/base.json"), 0, NULL);
    json_t *cases = json_load_file(att_test_path("diff/cases.json"), 0, NULL);
    json_t *one = NULL;
    size_t i = 0, n_wrong = 0;

    assert_non_null(base);
    assert_true(json_array_size(cases) >= 75);
    json_array_foreach(cases, i, one)
    {
        att_arena arena = { 0 };
        json_t *root = changed(base, one);
        att_version a = version_of(&arena, base);
        att_version b = version_of(&arena, root);
        att_diff diff = att_instrument_diff(&arena, &a, &b);

        if (!judge(&arena, &diff, one)) {
            print_diff(json_string_value(json_object_get(one, "name")), &diff);
            n_wrong++;
        }
        close_version(&a);
        close_version(&b);
        json_decref(root);
        att_arena_drop(&arena);
    }
    json_decref(base);
    json_decref(cases);
    assert_int_equal(n_wrong, 0);
}

static void the_version_must_rise_as_the_gravest_change_asks(void **state)
{
    static const struct {
        const char *pointer, *value, *version;
        att_change_class made;
        int is_enough;
        const char *least;
    } cases[] = {
        { "/version", "1.2.3", "1.2.3", ATT_CHANGE_NONE, 1, "1.2.3" },
        { "/version", "1.2.3", "1.2.2", ATT_CHANGE_NONE, 0, "1.2.3" },
        { "/items/3/text", "x", "1.2.3", ATT_CHANGE_NONE, 0, "1.2.4" },
        { "/items/3/text", "x", "1.2.4", ATT_CHANGE_TEXT, 1, "1.2.4" },
        { "/items/3/text", "x", "2.0.0", ATT_CHANGE_BREAKING, 1, "1.2.4" },
        { "/items/2/vis", "visible", "1.2.4", ATT_CHANGE_TEXT, 0, "1.3.0" },
        { "/items/2/vis", "visible", "1.3.0", ATT_CHANGE_ADDITIVE, 1, "1.3.0" },
        { "/items/6/show", "n > 9", "1.3.0", ATT_CHANGE_ADDITIVE, 0, "2.0.0" },
        { "/items/6/show", "n > 9", "1.10.0", ATT_CHANGE_ADDITIVE, 0, "2.0.0" },
        { "/items/6/show", "n > 9", "2.0.0", ATT_CHANGE_BREAKING, 1, "2.0.0" },
        { "/items/6/show", "n > 9", "0.9.0", ATT_CHANGE_NONE, 0, "2.0.0" },
    };
    json_t *base = json_load_file(att_test_path("diff/base.json"), 0, NULL);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_arena arena = { 0 };
        json_t *root = json_deep_copy(base);
        att_version a = version_of(&arena, base), b;
        att_diff diff;

        put_text(root, cases[i].pointer, cases[i].value);
        put_text(root, "/version", cases[i].version);
        b = version_of(&arena, root);
        diff = att_instrument_diff(&arena, &a, &b);
        assert_int_equal(diff.made, cases[i].made);
        assert_int_equal(diff.is_enough, cases[i].is_enough);
        assert_string_equal(diff.least, cases[i].least);
        close_version(&a);
        close_version(&b);
        json_decref(root);
        att_arena_drop(&arena);
    }
    json_decref(base);
}

ATT_TEST_MAIN(cmocka_unit_test(every_pair_of_the_corpus_has_its_class),
              cmocka_unit_test(the_version_must_rise_as_the_gravest_change_asks))
