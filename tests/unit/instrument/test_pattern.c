/* Regular expressions: what matches, what is no pattern, and that none explodes. */
#include <string.h>

#include "src/instrument/pattern.h"

#include "att_test.h"

static const struct {
    const char *pattern, *text;
    bool matches;
} match_cases[] = {
    { "", "", true },
    { "", "a", false },
    { "abc", "abc", true },
    { "abc", "abcd", false },
    { "a.c",
      "a\xc3\xa9"
      "c",
      true }, /* a character, not a byte */
    { "a*", "", true },
    { "a*", "aaaa", true },
    { "a*b", "aaab", true },
    { "a+", "", false },
    { "a+b?", "aa", true },
    { "(ab)+", "ababab", true },
    { "(ab)+", "aba", false },
    { "a|b|cd", "cd", true },
    { "a|b|cd", "ad", false },
    { "(a|b)*c", "ababc", true },
    { "x(a|)y", "xy", true },
    { "[0-9]{4}-[0-9]{2}", "2026-09", true },
    { "[0-9]{4}-[0-9]{2}", "2026-9", false },
    { "a{2,3}", "a", false },
    { "a{2,3}", "aa", true },
    { "a{2,3}", "aaa", true },
    { "a{2,3}", "aaaa", false },
    { "a{2,}", "aaaaa", true },
    { "a{0}b", "b", true },
    { "a{0,1}b", "aab", false },
    { "(a{2}b){2}", "aabaab", true },
    { "[^a-c]+", "xyz", true },
    { "[^a-c]+", "xbz", false },
    { "[]]", "]", false }, /* empty class: see faults */
    { "[a\\]]+", "a]", true },
    { "[-a]+", "a-", true },
    { "\\d+\\.\\d\\s\\w", "12.5 x", true },
    { "[\\d,]+", "1,2", true },
    { "\\(\\)", "()", true },
    { "(a*)*b", "aaab", true },
    { "\xc3\xa9+", "\xc3\xa9\xc3\xa9", true },
};

static void a_pattern_matches_the_whole_text(void **state)
{
    for (size_t i = 0; i < sizeof match_cases / sizeof *match_cases; i++) {
        att_arena arena = { 0 };
        att_pattern_fault fault = { 0 };
        att_pattern *pattern = att_pattern_read(&arena, match_cases[i].pattern, &fault);
        bool matches = pattern != NULL &&
                       att_pattern_matches(&arena, pattern, match_cases[i].text);
        if (matches != match_cases[i].matches) {
            fail_msg("\"%s\" on \"%s\"", match_cases[i].pattern, match_cases[i].text);
        }
        att_arena_drop(&arena);
    }
}

static const struct {
    const char *pattern;
    size_t at;
    const char *what;
} fault_cases[] = {
    { "(a", 0, "not closed" },
    { "a)", 1, "not opened" },
    { "[a", 0, "no end" },
    { "[]", 0, "empty" },
    { "[z-a]", 0, "backwards" },
    { "*a", 0, "nothing stands before" },
    { "a|+", 2, "nothing stands" },
    { "a{", 1, "{2}" },
    { "a{3,2}", 1, "{2}" },
    { "a{x}", 1, "{2}" },
    { "a{99999}", 1, "{2}" },
    { "^a", 0, "leave out" },
    { "\\q", 0, "backslash" },
    { "a\\", 1, "backslash" },
    { "a{1000}{1000}", 7, "before" },
    { "(a{500}){500}", 13, "too long" },
};

static void what_is_no_pattern_is_said_with_its_place(void **state)
{
    for (size_t i = 0; i < sizeof fault_cases / sizeof *fault_cases; i++) {
        att_arena arena = { 0 };
        att_pattern_fault fault = { 0 };
        if (att_pattern_read(&arena, fault_cases[i].pattern, &fault) != NULL) {
            fail_msg("\"%s\" was read", fault_cases[i].pattern);
        }
        if (fault.at != fault_cases[i].at) {
            fail_msg("\"%s\": at %zu: %s", fault_cases[i].pattern, fault.at,
                     fault.what);
        }
        assert_contains(fault.what, fault_cases[i].what);
        att_arena_drop(&arena);
    }
}

static void no_pattern_explodes(void **state)
{
    att_arena arena = { 0 };
    att_pattern_fault fault = { 0 };
    char *text = att_arena_alloc(&arena, 20001);
    /* doubles at each letter in an engine that goes back */
    att_pattern *pattern = att_pattern_read(&arena, "(a|a)*(a|aa)*(a*)*c", &fault);

    memset(text, 'a', 20000);
    assert_non_null(pattern);
    assert_false(att_pattern_matches(&arena, pattern, text));
    text[19999] = 'c';
    assert_true(att_pattern_matches(&arena, pattern, text));
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(a_pattern_matches_the_whole_text),
              cmocka_unit_test(what_is_no_pattern_is_said_with_its_place),
              cmocka_unit_test(no_pattern_explodes))
