/* test_paths.c - what the path proof says is what all answers, tried one by one, show
 *
 * The oracle is the sheet: random instruments are filled in in every way there is.
 */
#include "att_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/instrument/paths.h>
#include <attune/instrument/read.h>
#include <attune/instrument/sheet.h>

static att_instrument *instrument_of(att_arena *arena, const char *items,
                                     const char *rest)
{
    att_err err = { 0 };
    const char *text = att_arena_format(
        arena,
        "{\"format\":\"instrument/1\",\"id\":\"t\",\"version\":\"1.0.0\",\"title\":\"T\","
        "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
        "\"roles\":[\"PT\",\"CL\"],\"person\":{\"age\":\"number\",\"helper\":\"text\"},"
        "\"choices\":{\"c\":[{\"code\":1,\"text\":\"1\"},{\"code\":2,\"text\":\"2\"},"
        "{\"code\":3,\"text\":\"3\"}],\"x\":[{\"code\":1,\"text\":\"1\"},"
        "{\"code\":2,\"text\":\"2\"},{\"code\":9,\"text\":\"9\",\"exclusive\":true}]},"
        "\"items\":[%s]%s}",
        items, rest);
    att_instrument *in =
        att_instrument_open_bytes(arena, "t", text, strlen(text), &err);

    assert_ok(err.code, &err);
    return in;
}

/* ---- one condition over known items ---- */

static const char known[] =
    "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"A\"},"
    "{\"id\":\"h\",\"kind\":\"one\",\"choices\":\"c\",\"show\":\"a = 1\","
    "\"text\":\"H\"},"
    "{\"id\":\"m\",\"kind\":\"many\",\"choices\":\"x\",\"text\":\"M\"},"
    "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"max\":60,\"text\":\"N\"},"
    "{\"id\":\"v\",\"kind\":\"vas\",\"text\":\"V\"},"
    "{\"id\":\"d\",\"kind\":\"date\",\"text\":\"D\"},"
    "{\"id\":\"t\",\"kind\":\"text\",\"text\":\"T\"},"
    "{\"id\":\"z\",\"kind\":\"text\",\"show\":\"%s\",\"text\":\"Z\"}";

typedef struct proof {
    const char *show;
    int can_hold, can_fail; /* -1: not proved */
} proof;

static const proof proofs[] = {
    { "a = 1", 1, 1 },
    { "a = 7", 0, 1 },
    { "a = 1 and a = 2", 0, 1 },
    { "a = 1 or a != 1 or missing(a)", 1, 0 },
    { "a = 1 or a != 1", 1, 1 }, /* unknown without an answer */
    { "a > 3", 0, 1 },
    { "a >= 3", 1, 1 },
    { "a > 1 and a < 3", 1, 1 },
    { "a in (1, 2) and not (a < 3)", 0, 1 },
    { "h = 2 and a != 1", 0, 1 }, /* h is asked when a is 1 */
    { "h = 2 and a = 1", 1, 1 },
    { "reason(h) = 'not_asked' and a = 1", 0, 1 },
    { "reason(h) = 'not_asked' and a = 2", 1, 1 },
    { "reason(a) = 'skipped'", 1, 1 },
    { "reason(a) = 'refused'", 0, 1 }, /* not offered */
    { "selected(m, 1) and selected(m, 2)", 1, 1 },
    { "selected(m, 1) and selected(m, 9)", 0, 1 }, /* 9 stands alone */
    { "2 in m and not selected(m, 2)", 0, 1 },
    { "length(m) = 3", 0, 1 },
    { "length(m) = 2", 1, 1 },
    { "n > 60", 0, 1 },
    { "n >= 60", 1, 1 },
    { "n > 4 and n < 6", 1, 1 },
    { "n > 4 and n < 5", 0, 1 }, /* whole numbers */
    { "n + a = 63", 1, 1 },
    { "n + a = 64", 0, 1 },
    { "v > 4 and v < 5", 1, 1 },
    { "v > 100", 0, 1 },
    { "v * 2 > 3", -1, -1 }, /* too many places on the line */
    { "d > date('2026-01-01') and d < date('2026-01-02')", 0, 1 },
    { "d > date('2026-01-01') and d < date('2026-01-03')", 1, 1 },
    { "d < today", -1, -1 },
    { "age(d) > 17", -1, -1 },
    { "t = 'x' and t = 'y'", 0, 1 },
    { "t != 'x' and t != 'y'", 1, 1 },
    { "matches(t, 'a+')", -1, -1 },
    { "length(t) > 3", -1, -1 },
    { "role = 'PT'", 1, 1 },
    { "role = 'XX'", 0, 1 },
    { "role = 'PT' and role = 'CL'", 0, 1 },
    { "coalesce(role, '') = ''", 1, 1 },
    { "coalesce(a, 0) = 0 and answered(a)", 0, 1 },
    { "language = 'en'", 1, 0 },
    { "site = 'A' and site != 'A'", 0, 1 },
    { "if(a = 1, n, 0) > 3", 1, 1 },
    { "count(a = 1, n > 3) = 2", 1, 1 },
    { "count(a = 1, a = 2) = 2", 0, 1 },
    { "max(a, 2) < 2", 0, 1 },
    { "person.age > 12 and person.age < 13", 1, 1 }, /* any number */
    { "person.age > 12 and person.age < 12", 0, 1 },
    { "missing(person.age) or person.age < 13 or person.age >= 13", 1, 0 },
    { "person.helper = 'x' and person.helper = 'y'", 0, 1 },
    { "person.age + 1 > 3", -1, -1 }, /* a number counts as it is */
    { "a > wave('T0').a", -1, -1 },
};

static void conditions_are_proved_or_named(void **state)
{
    for (size_t i = 0; i < sizeof proofs / sizeof proofs[0]; i++) {
        att_arena arena = { 0 };
        att_buf items = { 0 };
        const char *cut = strstr(known, "%s");
        att_paths paths;
        const att_condition *c;

        att_buf_add_n(&items, known, (size_t)(cut - known));
        att_buf_add(&items, proofs[i].show);
        att_buf_add(&items, cut + 2);
        paths = att_paths_of(&arena, instrument_of(&arena, att_buf_text(&items), ""));
        c = &paths.conditions[1];
        if (c->is_proved != (proofs[i].can_hold >= 0) ||
            (c->is_proved && (c->can_hold != (proofs[i].can_hold == 1) ||
                              c->can_fail != (proofs[i].can_fail == 1))) ||
            (!c->is_proved && (c->why[0] == '\0' || paths.is_exact))) {
            fail_msg("%s: proved %d, holds %d, fails %d (%s)", proofs[i].show,
                     c->is_proved, c->can_hold, c->can_fail, c->why);
        }
        assert_string_equal(c->pointer, "/items/7/show");
        att_buf_drop(&items);
        att_arena_drop(&arena);
    }
}

/* ---- random instruments, filled in in every way ---- */

enum { N_ITEMS = 6, N_KINDS = 4, N_WAYS = 4096 /* N_KINDS to the power of N_ITEMS */ };

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1103515245U + 12345U; /* any stream does */
    return *seed >> 16 & 0x7FFFU;
}

static void random_condition(att_buf *out, unsigned *seed, size_t before)
{
    static const char *const forms[] = {
        "q%zu = %u",
        "q%zu != %u",
        "q%zu < %u",
        "q%zu in (%u, 3)",
        "missing(q%zu) or %u = 2",
        "not (q%zu = %u)",
        "coalesce(q%zu, 2) > %u",
    };
    size_t n = 1 + next(seed) % 3;

    for (size_t i = 0; i < n; i++) {
        const char *form = forms[next(seed) % (sizeof forms / sizeof forms[0])];
        char text[64];
        const char *first = strstr(form, "%zu");
        const char *second = strstr(form, "%u");
        int length =
            snprintf(text, sizeof text, "%.*s%zu%.*s%u%s", (int)(first - form), form,
                     (size_t)next(seed) % before, (int)(second - first - 3), first + 3,
                     1 + next(seed) % 3, second + 2);

        assert_true(length > 0 && (size_t)length < sizeof text);
        att_buf_format(out, "%s(%s)",
                       i == 0           ? ""
                       : next(seed) % 2 ? " and "
                                        : " or ",
                       text);
    }
}

static void random_items(att_buf *out, unsigned *seed)
{
    bool is_held = false;

    for (size_t i = 0; i < N_ITEMS; i++) {
        att_buf_add(out, i > 0 ? "," : "");
        if (i == 3 && next(seed) % 2 == 0) { /* the last three in a container */
            att_buf_add(out, "{\"id\":\"g\",\"kind\":\"group\",\"show\":\"");
            random_condition(out, seed, i);
            att_buf_add(out, "\",\"items\":[");
            is_held = true;
        }
        att_buf_format(out, "{\"id\":\"q%zu\",\"kind\":\"one\",\"choices\":\"c\"", i);
        if (i > 0 && next(seed) % 3 > 0) {
            att_buf_add(out, ",\"show\":\"");
            random_condition(out, seed, i);
            att_buf_add(out, "\"");
        }
        att_buf_add(out, ",\"text\":\"Q\"}");
    }
    att_buf_add(out, is_held ? "]}" : "");
}

typedef struct facts {
    size_t least, most, scale_least, scale_most;
    bool can_ask[N_ITEMS + 1];
} facts;

static facts try_all(const att_instrument *in)
{
    facts f = { .least = N_ITEMS, .scale_least = N_ITEMS };

    for (size_t way = 0; way < N_WAYS; way++) {
        att_arena arena = { 0 };
        att_context context = {
            .role = "", .site = "", .wave = "", .person = "", .language = "en"
        };
        att_sheet *sheet = att_sheet_make(&arena, in, &context);
        size_t rest = way, n = 0, of_scale = 0;

        for (size_t i = 0; i < in->n_items; i++) {
            att_answer answer = rest % N_KINDS == 0
                                    ? att_answer_of_reason(ATT_REASON_SKIPPED)
                                    : att_answer_of_number((double)(rest % N_KINDS));

            if (att_item_is_question(&in->items[i])) {
                att_sheet_put(sheet, i, &answer);
                rest /= N_KINDS;
            }
        }
        for (size_t i = 0; i < in->n_items; i++) {
            f.can_ask[i] = f.can_ask[i] || sheet->is_asked[i];
            n += sheet->is_asked[i] && att_item_is_question(&in->items[i]);
        }
        for (size_t k = 0; k < in->scales[0].n_items; k++) {
            of_scale += sheet->is_asked[in->scales[0].items[k]];
        }
        f.least = n < f.least ? n : f.least;
        f.most = n > f.most ? n : f.most;
        f.scale_least = of_scale < f.scale_least ? of_scale : f.scale_least;
        f.scale_most = of_scale > f.scale_most ? of_scale : f.scale_most;
        att_arena_drop(&arena);
    }
    return f;
}

static void the_proof_agrees_with_trying_every_answer(void **state)
{
    for (unsigned seed = 1; seed <= 40; seed++) {
        att_arena arena = { 0 };
        att_buf items = { 0 };
        unsigned stream = seed * 7919;
        const att_instrument *in;
        att_paths paths;
        facts f;

        random_items(&items, &stream);
        in = instrument_of(&arena, att_buf_text(&items),
                           ",\"scales\":[{\"id\":\"s\",\"model\":\"formative\","
                           "\"items\":[\"q1\",\"q3\",\"q5\"],\"min_valid\":2}]");
        paths = att_paths_of(&arena, in);
        f = try_all(in);
        assert_true(paths.is_exact);
        assert_int_equal(paths.n_unproved, 0);
        assert_int_equal(paths.least, f.least);
        assert_int_equal(paths.most, f.most);
        /* groups share no items, so sums of their bounds are met */
        assert_int_equal(paths.scores[0].least, f.scale_least);
        assert_int_equal(paths.scores[0].most, f.scale_most);
        for (size_t i = 0; i < in->n_items; i++) {
            assert_int_equal(paths.can_ask[i], f.can_ask[i]);
        }
        assert_true((double)f.least <= paths.typical + 1e-9);
        assert_true(paths.typical <= (double)f.most + 1e-9);
        att_buf_drop(&items);
        att_arena_drop(&arena);
    }
}

/* ---- scores, counts ---- */

static void scores_have_the_range_that_answers_allow(void **state)
{
    /* a, b from 1 to 3, w only when a is 3, b turned round; by hand */
    static const char items[] =
        "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"A\"},"
        "{\"id\":\"b\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"B\"},"
        "{\"id\":\"w\",\"kind\":\"one\",\"choices\":\"c\",\"show\":\"a = 3\","
        "\"text\":\"W\"},"
        "{\"id\":\"u\",\"kind\":\"one\",\"choices\":\"c\",\"show\":\"a > 3\","
        "\"text\":\"U\"}";
    static const struct {
        const char *scale;
        size_t least, most;
        double low, high; /* NaN: none */
    } cases[] = {
        { "\"items\":[\"a\",\"b\"],\"reverse\":[\"b\"]", 2, 2, 1, 3 },
        { "\"items\":[\"a\",\"b\",\"w\"],\"min_valid\":2", 2, 3, 1, 3 },
        { "\"items\":[\"a\",\"b\",\"w\"],\"score\":\"sum\",\"min_valid\":2", 2, 3, 2,
          9 },
        { "\"items\":[\"a\",\"b\",\"w\"],\"score\":\"sum\",\"prorate\":true,"
          "\"min_valid\":2",
          2, 3, 3, 9 },
        { "\"items\":[\"a\",\"u\"],\"min_valid\":2", 1, 1, NAN, NAN },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_arena arena = { 0 };
        const char *rest = att_arena_format(
            &arena, ",\"scales\":[{\"id\":\"s\",\"model\":\"formative\",%s}]",
            cases[i].scale);
        att_paths paths = att_paths_of(&arena, instrument_of(&arena, items, rest));

        assert_int_equal(paths.scores[0].least, cases[i].least);
        assert_int_equal(paths.scores[0].most, cases[i].most);
        assert_int_equal(paths.scores[0].has_range, !isnan(cases[i].low));
        if (paths.scores[0].has_range) {
            assert_near(paths.scores[0].low, cases[i].low, 1e-12);
            assert_near(paths.scores[0].high, cases[i].high, 1e-12);
        }
        assert_int_equal(paths.least, 2);
        assert_int_equal(paths.most, 3);
        /* a is 3 in one kind of answer of three: "1 or 2", "3" are two kinds, so w is
         * asked in half of the ways */
        assert_near(paths.typical, 2.5, 1e-12);
        att_arena_drop(&arena);
    }
}

static void too_much_is_not_proved_and_named(void **state)
{
    /* 30 items of 4 kinds of answers in one condition are 4^30 combinations */
    att_arena arena = { 0 };
    att_buf items = { 0 };
    att_paths paths;

    for (int i = 0; i < 30; i++) {
        att_buf_format(&items,
                       "{\"id\":\"q%d\",\"kind\":\"one\",\"choices\":\"c\",\"text\":"
                       "\"Q\"},",
                       i);
    }
    att_buf_add(&items, "{\"id\":\"w\",\"kind\":\"text\",\"show\":\"q1 = 7\",\"text\":"
                        "\"W\"},{\"id\":\"z\",\"kind\":\"text\",\"text\":\"Z\","
                        "\"show\":\"sum(q0");
    for (int i = 1; i < 30; i++) {
        att_buf_format(&items, ", q%d", i);
    }
    att_buf_add(&items, ") > 3 or role = 'PT'\"}");
    paths = att_paths_of(
        &arena, instrument_of(&arena, att_buf_text(&items),
                              ",\"variants\":[{\"when\":\"role = 'XX'\",\"text\":"
                              "{\"q1\":\"R\"}}]"));
    assert_int_equal(paths.n_unproved, 1);
    assert_true(paths.conditions[2].is_proved && !paths.conditions[2].can_hold);
    assert_true(paths.conditions[0].is_proved && !paths.conditions[0].can_hold);
    assert_false(paths.conditions[1].is_proved);
    assert_contains(paths.conditions[1].why, "more than 1000000 combinations");
    assert_false(paths.is_exact);
    assert_int_equal(paths.least, 30);
    assert_int_equal(paths.most, 31);
    att_buf_drop(&items);
    att_arena_drop(&arena);
}

/* ---- the same ---- */

static const att_instrument *show_instrument(att_arena *arena, const char *show)
{
    static const char items[] =
        "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"A\"},"
        "{\"id\":\"m\",\"kind\":\"many\",\"choices\":\"x\",\"text\":\"M\"},"
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"max\":60,\"text\":\"N\"},"
        "{\"id\":\"h\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"required\":\"hard\","
        "\"text\":\"H\"},"
        "{\"id\":\"t\",\"kind\":\"text\",\"text\":\"T\"},"
        "{\"id\":\"d\",\"kind\":\"date\",\"text\":\"D\"},"
        "{\"id\":\"q\",\"kind\":\"text\",\"show\":\"%s\",\"text\":\"Q\"}";

    return instrument_of(arena, att_arena_format(arena, items, show), "");
}

static void conditions_that_come_to_the_same_are_proved_so(void **state)
{
    static const struct {
        const char *one, *other; /* other "": always */
        bool is_same;
    } cases[] = {
        { "n > 5", "n > 5", true },
        { "n > 5", "n >= 6", true }, /* whole numbers */
        { "n > 5", "n > 6", false },
        { "n > 5 or n > 3", "n > 4 or n > 3", true },
        { "n > 5 or n > 3", "n > 5 or n > 2", false },
        { "missing(n) or n >= 0", "", true },
        { "n >= 0", "", false }, /* unknown without an answer */
        { "h >= 0", "", false }, /* also while it is not answered yet */
        { "answered(h)", "", false },
        { "a in (1, 2)", "a != 3", true },
        { "a in (1, 2)", "a <= 3", false },
        { "a = 4", "a = 5", true }, /* neither is a choice */
        { "a = 1 and a = 2", "a = 1 and a = 3", true },
        { "not (a = 1 or n > 3)", "a != 1 and n <= 3", true },
        { "not (a = 1 or n > 3)", "a != 1 or n <= 3", false },
        { "missing(a) or a = 1", "a = 1", false },
        { "reason(a) = 'skipped'", "reason(a) = 'refused'", false },
        { "reason(a) = 'not_reached'", "reason(a) = 'xyz'", false },
        { "reason(a) = 'abc'", "reason(a) = 'xyz'", true },
        { "selected(m, 1, 2)", "1 in m or 2 in m", true },
        { "selected(m, 9) and selected(m, 1)", "a = 1 and selected(m, 9, 1)", false },
        { "t = 'x'", "t = 'y'", false },
        { "t = 'x' or t != 'x'", "answered(t) or t = 'x'", true },
        { "role = 'PT' or role = 'CL'", "role in ('PT', 'CL')", true },
        { "person.age >= 13 or a = 1", "a = 1 or not person.age < 13", true },
        { "person.age >= 13", "person.age > 12", false }, /* 12.5 */
        { "missing(person.age) or person.age >= 13", "person.age >= 13", false },
        { "person.helper in ('x', 'y')", "person.helper = 'y' or person.helper = 'x'",
          true },
        { "missing(person.helper)", "not answered(person.helper)", true },
        { "person.age + 1 > 13", "person.age > 12", false }, /* not looked at */
        { "mode = 'alone' or a = 1", "a = 1 or mode = 'alone'", true },
        { "mode = 'alone'", "a = 1", false },
        { "d > date('2026-01-01')", "d >= date('2026-01-02')", true },
        { "d < today", "d < today", false }, /* not looked at: the day */
        { "length(t) > 3", "length(t) > 3", false },
        { "n + h > 3", "h + n > 3", true },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        const att_instrument *in = show_instrument(&arena, cases[i].one);
        const att_expr *one = in->items[6].show;
        const att_expr *other =
            cases[i].other[0] == '\0'
                ? NULL
                : show_instrument(&arena, cases[i].other)->items[6].show;

        if (att_paths_same(in, one, other) != cases[i].is_same ||
            att_paths_same(in, other, one) != cases[i].is_same) {
            fail_msg("%s, %s: should be %s", cases[i].one, cases[i].other,
                     cases[i].is_same ? "the same" : "not the same");
        }
        att_arena_drop(&arena);
    }
}

/* b has only choices with conditions: it is asked exactly when one of them holds; what
 * is answered to it is not proved, and named. */
static void choices_with_conditions_are_proved_or_named(void **state)
{
    att_arena arena = { 0 };
    const att_instrument *in = instrument_of(
        &arena,
        "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"A\"},"
        "{\"id\":\"b\",\"kind\":\"one\",\"text\":\"B\",\"choices\":["
        "{\"code\":1,\"text\":\"1\",\"show\":\"a > 2\"},"
        "{\"code\":2,\"text\":\"2\",\"show\":\"a = 2\"}]},"
        "{\"id\":\"d\",\"kind\":\"text\",\"show\":\"b = 1\",\"text\":\"D\"},"
        "{\"id\":\"e\",\"kind\":\"one\",\"text\":\"E\",\"choices\":["
        "{\"code\":1,\"text\":\"1\",\"show\":\"a > 3\"}]}",
        "");
    att_paths paths = att_paths_of(&arena, in);

    (void)state;
    assert_int_equal(paths.n_conditions, 3);
    assert_string_equal(paths.conditions[0].pointer, "/items/1/choices");
    assert_true(paths.conditions[0].is_proved && paths.conditions[0].can_hold &&
                paths.conditions[0].can_fail);
    assert_false(paths.conditions[1].is_proved);
    assert_string_equal(paths.conditions[1].why, "its choices have conditions");
    assert_true(paths.conditions[2].is_proved && !paths.conditions[2].can_hold);
    assert_true(paths.can_ask[1] && paths.can_ask[2]);
    assert_false(paths.can_ask[3]);
    assert_false(paths.is_exact);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(choices_with_conditions_are_proved_or_named),
              cmocka_unit_test(conditions_that_come_to_the_same_are_proved_so),
              cmocka_unit_test(conditions_are_proved_or_named),
              cmocka_unit_test(the_proof_agrees_with_trying_every_answer),
              cmocka_unit_test(scores_have_the_range_that_answers_allow),
              cmocka_unit_test(too_much_is_not_proved_and_named))
