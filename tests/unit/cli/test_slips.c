/* slips in expressions, and the versions that tests want */
#include "att_test.h"

#include <string.h>

#include "src/cli/slips.h"
#include "src/cli/testing.h"

typedef struct slip_case {
    const char *text;
    const char *with[8]; /* what each slip makes of it, in order; NULL ends */
} slip_case;

static const slip_case slip_cases[] = {
    { "a = 1", { "a != 1", "a = 2" } },
    { "a != b", { "a = b" } },
    { "a<2", { "a>=2", "a<3" } },
    { "a <= 2", { "a > 2", "a <= 3" } },
    { "a > 2 and b >= 3",
      { "a <= 2 and b >= 3", "a > 3 and b >= 3", "a > 2 or b >= 3", "a > 2 and b < 3",
        "a > 2 and b >= 4" } },
    { "a = 1 or b in (3, 4)",
      { "a != 1 or b in (3, 4)", "a = 2 or b in (3, 4)", "a = 1 and b in (3, 4)",
        "a = 1 or not b in (3, 4)", "a = 1 or b in (4, 4)", "a = 1 or b in (3, 5)" } },
    { "count(a in (1), b)", { "count(not a in (1), b)", "count(a in (2), b)" } },
    { "(a + b) in (1)", { "not (a + b) in (1)", "(a + b) in (2)" } },
    { "role = 'CO'", { "role != 'CO'", "role = 'COx'" } },
    { "'a = 1 and 2'", { NULL } },
    { "t = 'it''s'", { "t != 'it''s'", "t = 'it''sx'" } },
    { "d > date('2026-01-01')", { "d <= date('2026-01-01')" } },
    { "mean(a, b, min_valid: 2)", { "mean(a, b, min_valid: 3)" } },
    { "answered(a)", { NULL } },
    { "", { NULL } },
};

static void each_slip_changes_one_thing(void **state)
{
    att_arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof slip_cases / sizeof *slip_cases; i++) {
        const slip_case *c = &slip_cases[i];
        att_slip slip;
        size_t n = 0;

        print_message("%s\n", c->text);
        for (; att_slip_find(&arena, c->text, n, false, &slip); n++) {
            assert_non_null(c->with[n]);
            assert_string_equal(att_slip_make(&arena, c->text, &slip), c->with[n]);
        }
        assert_null(c->with[n]);
    }
    att_arena_drop(&arena);
}

static void a_slip_has_its_fault(void **state)
{
    att_arena arena = { 0 };
    att_slip slip;

    (void)state;
    assert_true(att_slip_find(&arena, "sum(a, min_valid: 2)", 0, true, &slip));
    assert_int_equal(slip.fault, ATT_FAULT_MIN_VALID);
    assert_string_equal(slip.with, "1");
    assert_true(att_slip_find(&arena, "a and b", 0, false, &slip));
    assert_int_equal(slip.fault, ATT_FAULT_AND_OR);
    att_arena_drop(&arena);
}

typedef struct version_case {
    const char *wanted, *version;
    bool fits;
} version_case;

/* a caret keeps the first number that is not 0: semantic versioning as npm reads it */
static const version_case version_cases[] = {
    { "a", "1.2.3", true },           { "a@1.2.3", "1.2.3", true },
    { "a@1.2.3", "1.2.4", false },    { "a@1", "1.9.0", true },
    { "a@1", "2.0.0", false },        { "a@^1", "1.0.0", true },
    { "a@^1", "1.9.9", true },        { "a@^1", "2.0.0", false },
    { "a@^1.2", "1.2.0", true },      { "a@^1.2", "1.10.0", true },
    { "a@^1.2", "1.1.9", false },     { "a@^1.2.3", "1.3.0", true },
    { "a@^1.2.3", "1.2.2", false },   { "a@^0.2", "0.2.7", true },
    { "a@^0.2", "0.3.0", false },     { "a@^0.2.1", "0.2.0", false },
    { "a@^0.0.3", "0.0.4", false },   { "a@^x", "1.0.0", false },
    { "a@^1.2.3.4", "1.2.3", false }, { "a@", "1.0.0", false },
};

static void versions_fit_what_tests_want(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof version_cases / sizeof *version_cases; i++) {
        const version_case *c = &version_cases[i];

        print_message("%s %s\n", c->wanted, c->version);
        assert_int_equal(att_trials_fits(c->wanted, c->version), c->fits);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(each_slip_changes_one_thing),
              cmocka_unit_test(a_slip_has_its_fault),
              cmocka_unit_test(versions_fit_what_tests_want))
