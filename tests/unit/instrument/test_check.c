/* test_check.c - what is found in instruments, compared whole
 *
 * tests/invalid/CASE/input.json and the findings in CASE/error. `make golden` writes
 * the error files anew; their diff is reviewed like code.
 */
#include "att_test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/instrument/check.h>

static const char *const spoken[] = { "en", "es" };
static const att_check_opts opts = { .spoken = spoken, .n_spoken = 2 };

static int is_golden(void)
{
    const char *value = getenv("ATTUNE_GOLDEN");

    return value != NULL && value[0] != '\0';
}

static void findings_write(att_buf *out, const char *bytes, size_t n)
{
    att_arena arena = { 0 };
    att_issues issues = { .arena = &arena };
    char *copy = att_arena_text_n(&arena, bytes, n);
    att_bytes input = { copy, n };
    att_instrument *instrument = NULL;

    memcpy(copy, bytes, n);
    instrument =
        att_instrument_check_bytes(&arena, "input.json", &input, &opts, &issues);
    assert_int_equal(instrument == NULL, issues.n_errors > 0);
    assert_int_equal(issues.n, issues.n_errors + issues.n_warnings);
    for (size_t i = 0; i < issues.n; i++) {
        att_issue_write(out, &issues.list[i]);
    }
    att_arena_drop(&arena);
}

static int case_check(const char *name)
{
    char input_path[512], error_path[512];
    att_buf found = { 0 };
    size_t n = 0, n_wanted = 0;
    char *input = NULL;
    char *wanted = NULL;
    int is_same = 0;

    snprintf(input_path, sizeof input_path, "invalid/%s/input.json", name);
    snprintf(error_path, sizeof error_path, "invalid/%s/error", name);
    input = att_test_read(input_path, &n);
    findings_write(&found, input, n);
    if (is_golden()) {
        att_test_write(att_test_path(error_path), att_buf_text(&found), found.n);
    }
    wanted = att_test_read(error_path, &n_wanted);
    is_same = strcmp(wanted, att_buf_text(&found)) == 0;
    if (!is_same) {
        print_error("%s: found\n%s\nwanted\n%s\n", name, att_buf_text(&found), wanted);
    }
    test_free(input);
    test_free(wanted);
    att_buf_drop(&found);
    return is_same;
}

static void every_case_of_the_corpus_is_said_as_written(void **state)
{
    DIR *folder = opendir(att_test_path("invalid"));
    struct dirent *entry = NULL;
    size_t n = 0, n_wrong = 0;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        /* Cases of other readers stand beside these, under names of their own. */
        if (entry->d_name[0] == 'L') {
            n++;
            n_wrong += !case_check(entry->d_name);
        }
    }
    closedir(folder);
    assert_true(n >= 45);
    assert_int_equal(n_wrong, 0);
}

static void a_huge_file_is_refused_by_its_size(void **state)
{
    size_t n = ATT_JSON_BYTES_MAX + 1;
    char *bytes = test_malloc(n + 1);
    att_buf found = { 0 };

    memset(bytes, ' ', n);
    bytes[n] = '\0';
    findings_write(&found, bytes, n);
    assert_contains(att_buf_text(&found), "error[L002]");
    att_buf_drop(&found);
    test_free(bytes);
}

static void a_file_that_is_not_there_is_a_failure_and_no_finding(void **state)
{
    att_arena arena = { 0 };
    att_issues issues = { .arena = &arena };
    att_err err = { 0 };
    att_code code =
        att_instrument_check_file(&arena, "/nonexistent/a.json", &opts, &issues, &err);

    assert_fails(code, ATT_ENOTFOUND, &err, "a.json");
    assert_int_equal(issues.n, 0);
    att_arena_drop(&arena);
}

/* An instrument with n items of one kind, each with the given members. */
static void many_items(att_buf *out, size_t n, const char *members)
{
    att_buf_add(out,
                "{\"format\":\"instrument/1\",\"id\":\"many\",\"version\":\"1.0.0\","
                "\"title\":\"Many\",\"languages\":{\"default\":\"en\",\"list\":"
                "[{\"tag\":\"en\"}]},\"provenance\":{\"licence\":\"CC0-1.0\"},"
                "\"items\":[");
    for (size_t i = 0; i < n; i++) {
        att_buf_format(out, "%s{\"id\":\"a%zu\",%s}", i == 0 ? "" : ",\n", i, members);
    }
    att_buf_add(out, "]}");
}

static void more_items_than_fit_is_a_limit(void **state)
{
    att_buf input = { 0 };
    att_buf found = { 0 };

    many_items(&input, ATT_ITEMS_MAX + 1, "\"kind\":\"text\",\"text\":\"Why?\"");
    findings_write(&found, input.bytes, input.n);
    assert_contains(att_buf_text(&found),
                    "error[L002]: 5001 items, but at most 5000 can be read");
    att_buf_drop(&input);
    att_buf_drop(&found);
}

static void as_many_items_as_fit_are_read(void **state)
{
    att_buf input = { 0 };
    att_buf found = { 0 };

    many_items(&input, ATT_ITEMS_MAX, "\"kind\":\"text\",\"text\":\"Why?\"");
    findings_write(&found, input.bytes, input.n);
    assert_string_equal(att_buf_text(&found), "");
    att_buf_drop(&input);
    att_buf_drop(&found);
}

static void findings_end_at_500_and_say_so(void **state)
{
    att_buf input = { 0 };
    att_buf found = { 0 };
    size_t n = 0;

    many_items(&input, 600, "\"kind\":\"txt\",\"text\":\"Why?\"");
    findings_write(&found, input.bytes, input.n);
    assert_contains(att_buf_text(&found),
                    "error[L049]: more than 500 findings; the rest are not listed");
    for (const char *at = att_buf_text(&found); (at = strstr(at, "error[")) != NULL;
         at++) {
        n++;
    }
    assert_int_equal(n, 501);
    att_buf_drop(&input);
    att_buf_drop(&found);
}

static void too_many_warnings_are_no_error(void **state)
{
    att_buf input = { 0 };
    att_buf found = { 0 };

    many_items(&input, 600, "\"kind\":\"text\",\"show\":\"1 = 1\",\"text\":\"Why?\"");
    findings_write(&found, input.bytes, input.n);
    assert_contains(att_buf_text(&found), "warning[L049]");
    assert_lacks(att_buf_text(&found), "error[");
    att_buf_drop(&input);
    att_buf_drop(&found);
}

static void findings_of_several_files_stand_in_one_list(void **state)
{
    att_arena arena = { 0 };
    att_issues issues = { .arena = &arena };
    char broken[] = "{ \"id\": \"pulse\", }";
    att_bytes input = { broken, sizeof broken - 1 };

    att_instrument_check_bytes(&arena, "b.json", &input, &opts, &issues);
    att_instrument_check_bytes(&arena, "a.json", &input, &opts, &issues);
    assert_int_equal(issues.n_errors, 2);
    assert_string_equal(issues.list[0].what.where.file, "a.json");
    assert_string_equal(issues.list[1].what.where.file, "b.json");
    att_arena_drop(&arena);
}

static void the_first_example_of_the_manual_has_nothing_to_find(void **state)
{
    size_t n = 0;
    char *manual = att_test_read("../docs/FORMAT.md", &n);
    char *from = strstr(manual, "```json\n");
    char *to = from == NULL ? NULL : strstr(from, "\n```\n");
    att_buf found = { 0 };

    assert_non_null(to);
    findings_write(&found, from + 8, (size_t)(to - from) - 8);
    assert_string_equal(att_buf_text(&found), "");
    att_buf_drop(&found);
    test_free(manual);
}

static void the_instruments_that_come_with_the_program_have_no_errors(void **state)
{
    static const char *const names[] = {
        "anchor", "bcl", "bcl-diary", "bsc",   "ces",  "cogint",
        "cosf",   "fss", "profile",   "pulse", "recs", "rng",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[64];
        att_buf found = { 0 };
        size_t n = 0;
        char *text = NULL;

        snprintf(path, sizeof path, "../instruments/%s.json", names[i]);
        text = att_test_read(path, &n);
        findings_write(&found, text, n);
        assert_lacks(att_buf_text(&found), "error[");
        att_buf_drop(&found);
        test_free(text);
    }
}

ATT_TEST_MAIN(
    cmocka_unit_test(the_first_example_of_the_manual_has_nothing_to_find),
    cmocka_unit_test(the_instruments_that_come_with_the_program_have_no_errors),
    cmocka_unit_test(every_case_of_the_corpus_is_said_as_written),
    cmocka_unit_test(a_huge_file_is_refused_by_its_size),
    cmocka_unit_test(a_file_that_is_not_there_is_a_failure_and_no_finding),
    cmocka_unit_test(more_items_than_fit_is_a_limit),
    cmocka_unit_test(as_many_items_as_fit_are_read),
    cmocka_unit_test(findings_end_at_500_and_say_so),
    cmocka_unit_test(too_many_warnings_are_no_error),
    cmocka_unit_test(findings_of_several_files_stand_in_one_list))
