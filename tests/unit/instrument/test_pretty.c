/* test_pretty.c - one form for every instrument, and never another meaning
 *
 * The corpus: what is bundled, tests/instruments, and what fuzzers kept that is JSON.
 */
#include "att_test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/file.h>
#include <attune/instrument/pretty.h>
#include <attune/instrument/write.h>

static char *pretty(const char *text, size_t n, char digest[ATT_DIGEST_HEX])
{
    att_buf out = { 0 };
    att_json *json = att_json_open_bytes("t", text, n, NULL);
    char *copy = NULL;

    if (json != NULL) {
        att_pretty_write(&out, json);
        att_canonical_digest(digest, json);
        copy = test_malloc(out.n + 1);
        memcpy(copy, att_buf_text(&out), out.n + 1);
    }
    att_buf_drop(&out);
    att_json_close(json);
    return copy;
}

static void the_form_of_small_documents(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "{}", "{}\n" },
        { "[]", "[]\n" },
        { "{\"x\":{},\"y\":[]}", "{\n  \"x\": {},\n  \"y\": []\n}\n" },
        { "{\"version\":\"1.0.0\",\"x-b\":1.0,\"id\":\"a\",\"format\":\"f\",\"x-a\":1e2}",
          "{\n  \"format\": \"f\",\n  \"id\": \"a\",\n  \"version\": \"1.0.0\",\n"
          "  \"x-b\": 1,\n  \"x-a\": 100\n}\n" },
        { "{\"items\":[{\"text\":\"\\u00bf?\",\"kind\":\"one\",\"id\":\"b\"}]}",
          "{\n  \"items\": [{ \"id\": \"b\", \"kind\": \"one\", \"text\": "
          "\"\xc2\xbf?\" }]\n}\n" },
        { "{\"choices\":{\"z\":[{\"text\":\"Z\",\"code\":1}],\"a\":[]}}",
          "{\n  \"choices\": { \"z\": [{ \"code\": 1, \"text\": \"Z\" }], \"a\": [] }\n"
          "}\n" },
        { "{\"title\":{\"fr\":\"F\",\"es\":\"E\",\"en\":\"A\"},\"languages\":{\"list\":"
          "[{\"tag\":\"en\"},{\"tag\":\"es\"}],\"default\":\"en\"}}",
          "{\n  \"title\": { \"en\": \"A\", \"es\": \"E\", \"fr\": \"F\" },\n"
          "  \"languages\": { \"default\": \"en\", \"list\": [{ \"tag\": \"en\" }, "
          "{ \"tag\": \"es\" }] }\n}\n" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char digest[ATT_DIGEST_HEX];
        char *found = pretty(cases[i].text, strlen(cases[i].text), digest);

        assert_string_equal(found, cases[i].wanted);
        test_free(found);
    }
}

/* {"k":"aa...a"} n characters long on its line, with as many letters as it takes. */
static size_t lines_of(const char *head, const char *letter, size_t n_letters,
                       const char *tail)
{
    att_buf text = { 0 };
    char digest[ATT_DIGEST_HEX];
    size_t n = 0;
    char *found;

    att_buf_add(&text, head);
    for (size_t i = 0; i < n_letters; i++) {
        att_buf_add(&text, letter);
    }
    att_buf_add(&text, tail);
    found = pretty(text.bytes, text.n, digest);
    for (const char *c = found; *c != '\0'; c++) {
        n += *c == '\n';
    }
    test_free(found);
    att_buf_drop(&text);
    return n;
}

static void a_line_has_120_characters_and_an_element_110(void **state)
{
    static const char *const letters[] = { "a",
                                           "\xc3\xa9" }; /* two bytes, one letter */

    for (size_t i = 0; i < 2; i++) {
        /* two blanks, "k": { "k": "..." } take 18 columns: 102 letters are left */
        assert_int_equal(lines_of("{\"k\":{\"k\":\"", letters[i], 102, "\"}}"), 3);
        assert_int_equal(lines_of("{\"k\":{\"k\":\"", letters[i], 103, "\"}}"), 5);
        /* and a comma takes one more */
        assert_int_equal(lines_of("{\"k\":{\"k\":\"", letters[i], 101, "\"},\"l\":1}"),
                         4);
        assert_int_equal(lines_of("{\"k\":{\"k\":\"", letters[i], 102, "\"},\"l\":1}"),
                         6);
        /* four blanks and { "k": "..." }, are 16 columns of an element's 110; the list
         * has a second element to be longer than one line */
        assert_int_equal(
            lines_of("{\"k\":[{\"k\":\"", letters[i], 94, "\"},{\"k\":\"bbbbbb\"}]}"),
            6);
        assert_int_equal(
            lines_of("{\"k\":[{\"k\":\"", letters[i], 95, "\"},{\"k\":\"bbbbbb\"}]}"),
            8);
    }
}

/* ---- properties over the corpus ---- */

typedef void (*visit)(const char *path, const char *text, size_t n);

static size_t each_file(const char *folder, const char *end, visit f)
{
    char path[1024];
    DIR *d = opendir(att_test_path(folder));
    size_t count = 0;

    assert_non_null(d);
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        size_t n = strlen(e->d_name);
        char *text;

        if (e->d_name[0] == '.' || n < strlen(end) ||
            strcmp(e->d_name + n - strlen(end), end) != 0) {
            continue;
        }
        assert_true((size_t)snprintf(path, sizeof path, "%s/%s", folder, e->d_name) <
                    sizeof path);
        text = att_test_read(path, &n);
        f(path, text, n);
        test_free(text);
        count++;
    }
    closedir(d);
    return count;
}

static void keeps_its_meaning(const char *path, const char *text, size_t n)
{
    char before[ATT_DIGEST_HEX], after[ATT_DIGEST_HEX];
    char *once = pretty(text, n, before);
    char *twice = once != NULL ? pretty(once, strlen(once), after) : NULL;

    if (once == NULL) {
        return; /* no JSON */
    }
    if (twice == NULL || strcmp(before, after) != 0 || strcmp(once, twice) != 0) {
        fail_msg("%s is not the same after it was laid out", path);
    }
    test_free(once);
    test_free(twice);
}

static void is_in_form(const char *path, const char *text, size_t n)
{
    char digest[ATT_DIGEST_HEX];
    char *found = pretty(text, n, digest);

    assert_non_null(found);
    if (strcmp(found, text) != 0) {
        fail_msg("%s is not in form: attune fmt %s", path, path);
    }
    test_free(found);
}

static void the_digest_stays_and_twice_is_once(void **state)
{
    assert_true(each_file("../instruments", ".json", keeps_its_meaning) >= 5);
    assert_true(each_file("instruments", ".json", keeps_its_meaning) >= 6);
    assert_true(each_file("../fuzz/corpus/instrument", "", keeps_its_meaning) >= 20);
    assert_true(each_file("../fuzz/corpus/json", "", keeps_its_meaning) >= 5);
}

static void what_is_bundled_is_in_form(void **state)
{
    each_file("../instruments", ".json", is_in_form);
}

ATT_TEST_MAIN(cmocka_unit_test(the_form_of_small_documents),
              cmocka_unit_test(a_line_has_120_characters_and_an_element_110),
              cmocka_unit_test(the_digest_stays_and_twice_is_once),
              cmocka_unit_test(what_is_bundled_is_in_form))
