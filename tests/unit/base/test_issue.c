#include "att_test.h"

#include <string.h>

#include <attune/base/issue.h>
#include <attune/base/text.h>

typedef struct finding {
    const char *rule, *message, *hint, *pointer, *line;
    unsigned at_line, at_column;
    size_t span;
} finding;

static att_issue make_issue(const finding *f)
{
    att_issue issue = { .severity = ATT_SEVERITY_ERROR,
                        .rule = f->rule,
                        .span = f->span,
                        .line = f->line };

    (void)att_fail(&issue.what, ATT_EINPUT, "%s", f->message);
    (void)att_at(&issue.what, "pulse.json", f->at_line, f->at_column, f->pointer);
    if (f->hint != NULL) {
        (void)att_hint(&issue.what, "%s", f->hint);
    }
    return issue;
}

static void assert_written(const finding *f, const char *expected)
{
    att_buf out = { 0 };
    att_issue issue = make_issue(f);

    att_issue_write(&out, &issue);
    assert_string_equal(att_buf_text(&out), expected);
    att_buf_drop(&out);
}

static void findings_look_as_docs_screens_shows_them(void **state)
{
    /* docs/SCREENS.md, section 4, "attune check pulse.json" */
    static const finding first = { "L021",
                                   "condition names \"rol\", which is no item",
                                   "did you mean \"role\"?",
                                   "/items/1/show",
                                   "      \"max_length\": 80, \"show\": \"rol = 9\" },",
                                   52,
                                   34,
                                   3 };
    static const finding second = { "L034",
                                    "code -8 is in the missing range, -10 to -4",
                                    "use codes from -3 up, or change \"missing.range\"",
                                    "/choices/change/0/code",
                                    "      { \"code\": -8, \"text\": \"Much worse\" },",
                                    61,
                                    17,
                                    2 };

    assert_written(
        &first,
        "pulse.json:52:34: error[L021]: condition names \"rol\", which is no item\n"
        "   52 |       \"max_length\": 80, \"show\": \"rol = 9\" },\n"
        "      |                                  ^~~\n"
        "  at /items/1/show\n"
        "  hint: did you mean \"role\"?\n");
    assert_written(
        &second,
        "pulse.json:61:17: error[L034]: code -8 is in the missing range, -10 to -4\n"
        "   61 |       { \"code\": -8, \"text\": \"Much worse\" },\n"
        "      |                 ^~\n"
        "  at /choices/change/0/code\n"
        "  hint: use codes from -3 up, or change \"missing.range\"\n");
}

static void the_caret_counts_columns_not_bytes(void **state)
{
    static const finding wide = {
        "L001", "m", NULL, NULL, "\xE6\x97\xA5\xE6\x9C\xAC e\xCC\x81\t\"\xE6\x97\xA5\"",
        7,      7,   3
    };

    assert_written(&wide,
                   "pulse.json:7:7: error[L001]: m\n"
                   "    7 | \xE6\x97\xA5\xE6\x9C\xAC e\xCC\x81?\"\xE6\x97\xA5\"\n"
                   "      |        ^~~~\n");
}

static void what_is_unknown_is_left_out(void **state)
{
    static const finding bare = { NULL, "m", NULL, NULL, "", 0, 0, 0 };
    static const finding no_column = { "L1", "m", NULL, NULL, "text", 3, 0, 0 };
    static const finding past_end = { "L1", "m", NULL, NULL, "ab", 3, 9, 4 };

    assert_written(&bare, "pulse.json: error: m\n");
    assert_written(&no_column, "pulse.json:3: error[L1]: m\n    3 | text\n");
    assert_written(&past_end,
                   "pulse.json:3:9: error[L1]: m\n    3 | ab\n      |   ^\n");
}

static void a_very_long_line_is_shown_around_its_caret(void **state)
{
    att_buf line = { 0 };
    att_buf out = { 0 };
    finding f = { "L1", "m", NULL, NULL, NULL, 1, 1001, 4 };
    att_issue issue;
    const char *caret = NULL;
    const char *source = NULL;

    att_buf_repeat(&line, 'a', 1000);
    att_buf_add(&line, "HERE");
    att_buf_repeat(&line, 'b', 1000);
    f.line = att_buf_text(&line);
    issue = make_issue(&f);
    att_issue_write(&out, &issue);
    caret = strstr(att_buf_text(&out), "^~~~\n");
    source = strstr(att_buf_text(&out), "HERE");
    assert_non_null(caret);
    assert_non_null(source);
    assert_true(out.n < 400);
    source = strstr(att_buf_text(&out), "    1 | ");
    assert_memory_equal(source, "    1 | ...aaa", 14);
    /* the caret stands under the H */
    assert_int_equal(caret - strstr(att_buf_text(&out), "      | "),
                     strstr(source, "HERE") - source);
    att_buf_drop(&line);
    att_buf_drop(&out);
}

static void the_list_counts_copies_and_sorts(void **state)
{
    static const finding found[] = {
        { "L9", "c", NULL, NULL, "", 5, 2, 1 },
        { "L1", "d", NULL, NULL, "", 5, 10, 1 },
        { "L2", "b", NULL, NULL, "", 5, 2, 1 },
        { "L2", "b2", NULL, NULL, "", 5, 2, 1 },
        { "L7", "a", NULL, NULL, "", 0, 0, 1 },
        { "L3", "e", NULL, NULL, "", 40, 1, 1 },
        { "L3", "e2", NULL, NULL, "", 40, 1, 1 },
    };
    static const char *const order[] = { "a", "b", "b2", "c", "d", "e", "e2" };
    att_arena a = { 0 };
    att_issues list = { .arena = &a };
    char line[] = "source";

    att_issues_sort(&list);
    for (int i = 0; i < 7; i++) {
        att_issue issue = make_issue(&found[i]);

        issue.line = line;
        issue.severity = i < 2 ? ATT_SEVERITY_WARNING : ATT_SEVERITY_ERROR;
        att_issues_add(&list, &issue);
    }
    line[0] = 'X';
    att_issues_sort(&list);
    assert_int_equal(list.n, 7);
    assert_int_equal(list.n_warnings, 2);
    assert_int_equal(list.n_errors, 5);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(list.list[i].what.message, order[i]);
        assert_string_equal(list.list[i].line, "source");
    }
    for (int i = 0; i < 50; i++) {
        att_issue issue = make_issue(&found[0]);

        att_issues_add(&list, &issue);
    }
    assert_int_equal(list.n, 57);
    att_arena_drop(&a);
}

ATT_TEST_MAIN(cmocka_unit_test(findings_look_as_docs_screens_shows_them),
              cmocka_unit_test(the_caret_counts_columns_not_bytes),
              cmocka_unit_test(what_is_unknown_is_left_out),
              cmocka_unit_test(a_very_long_line_is_shown_around_its_caret),
              cmocka_unit_test(the_list_counts_copies_and_sorts))
