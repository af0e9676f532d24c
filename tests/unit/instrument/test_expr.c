/* The expression language: values, missing values, types, and every fault. */
#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/instrument/expr.h>

#include "att_test.h"

/* Names that the tables use. u is a number that is missing (refused); v one that
 * nobody was asked yet. */
static const struct {
    const char *name;
    att_type type;
    att_value value;
} known[] = {
    { "a", ATT_TYPE_NUMBER, { .type = ATT_TYPE_NUMBER, .number = 3 } },
    { "b", ATT_TYPE_NUMBER, { .type = ATT_TYPE_NUMBER, .number = 5 } },
    { "u", ATT_TYPE_NUMBER, { .reason = ATT_REASON_REFUSED } },
    { "v", ATT_TYPE_NUMBER, { 0 } },
    { "t", ATT_TYPE_TEXT, { .type = ATT_TYPE_TEXT, .text = "Caf\xc3\xa9 4" } },
    { "ut", ATT_TYPE_TEXT, { 0 } },
    { "born", ATT_TYPE_DAY, { .type = ATT_TYPE_DAY, .number = 11016 } },
    { "ud", ATT_TYPE_DAY, { 0 } },
    { "m",
      ATT_TYPE_CODES,
      { .type = ATT_TYPE_CODES, .codes = (const int[]){ 1, 4, 9 }, .n_codes = 3 } },
    { "none", ATT_TYPE_CODES, { .type = ATT_TYPE_CODES } },
    { "um", ATT_TYPE_CODES, { 0 } },
    { "any", ATT_TYPE_ANY, { .type = ATT_TYPE_NUMBER, .number = 2 } },
    { "person.age", ATT_TYPE_NUMBER, { .type = ATT_TYPE_NUMBER, .number = 12 } },
    { "person.helper", ATT_TYPE_TEXT, { 0 } },
    { "role", ATT_TYPE_TEXT, { .type = ATT_TYPE_TEXT, .text = "CL" } },
};

#define N_KNOWN (sizeof known / sizeof *known)

static bool find_name(const void *data, const char *name, att_ref *out)
{
    (void)data;
    for (size_t i = 0; i < N_KNOWN; i++) {
        if (strcmp(known[i].name, name) == 0) {
            *out = (att_ref){ ATT_REF_ITEM, i, known[i].type };
            return true;
        }
    }
    return false;
}

/* Any known name was answered at wave T0. */
static bool find_earlier(const void *data, const char *wave, const char *item,
                         att_ref *out)
{
    bool is_found = strcmp(wave, "T0") == 0 && find_name(data, item, out);

    if (is_found) {
        out->kind = ATT_REF_EARLIER;
    }
    return is_found;
}

static const char *nearest_name(const void *data, const char *name)
{
    (void)data;
    return strcmp(name, "rol") == 0 ? "role" : NULL;
}

/* 2026-09-14 is day 20710 */
static att_value get_value(const void *data, const att_ref *ref)
{
    (void)data;
    if (ref->kind == ATT_REF_WORD && ref->index == ATT_WORD_TODAY) {
        return (att_value){ .type = ATT_TYPE_DAY, .number = 20710 };
    }
    if (ref->kind == ATT_REF_WORD) {
        return (att_value){ .type = ATT_TYPE_NUMBER, .number = 1e9 };
    }
    return known[ref->index].value;
}

static const att_scope scope = { .get = get_value };

static const att_names names = {
    .find = find_name,
    .nearest = nearest_name,
    .own = ATT_TYPE_NUMBER,
    .has_own = true,
    .find_earlier = find_earlier,
};

/* A value as a text: "true", "?", "4.5", "'x'", "2026-09-14", "{1 4}". */
static const char *show(att_arena *arena, const att_value *value)
{
    att_buf out = { 0 };
    char day[ATT_DAY_SIZE];
    char *copy;

    switch (value->type) {
    case ATT_TYPE_ANY: att_buf_add(&out, "?"); break;
    case ATT_TYPE_TRUTH:
        att_buf_add(&out, value->number != 0 ? "true" : "false");
        break;
    case ATT_TYPE_NUMBER: att_number_write(&out, value->number); break;
    case ATT_TYPE_TEXT: att_buf_format(&out, "'%s'", value->text); break;
    case ATT_TYPE_DAY:
        att_day_write(day, (att_day)value->number);
        att_buf_add(&out, day);
        break;
    case ATT_TYPE_CODES:
        att_buf_char(&out, '{');
        for (size_t i = 0; i < value->n_codes; i++) {
            att_buf_format(&out, i == 0 ? "%d" : " %d", value->codes[i]);
        }
        att_buf_char(&out, '}');
        break;
    }
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

typedef struct value_case {
    const char *text, *value;
} value_case;

static void check_values(const value_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        att_arena arena = { 0 };
        att_expr_fault fault = { 0 };
        att_value own = { .type = ATT_TYPE_NUMBER, .number = 7 };
        att_value value;
        att_expr *expr = att_expr_read(&arena, cases[i].text, &names, &fault);
        if (expr == NULL) {
            fail_msg("%s: at %zu: %s", cases[i].text, fault.at, fault.message);
        }
        value = att_expr_eval(&arena, expr, &scope, &own);
        if (strcmp(show(&arena, &value), cases[i].value) != 0) {
            fail_msg("%s is %s, should be %s", cases[i].text, show(&arena, &value),
                     cases[i].value);
        }
        att_arena_drop(&arena);
    }
}

#define CHECK_VALUES(cases) check_values((cases), sizeof(cases) / sizeof *(cases))

static void numbers_and_operators_follow_the_grammar(void **state)
{
    static const value_case cases[] = {
        { "1", "1" },
        { "0.5 + 1", "1.5" },
        { "2 + 3 * 4", "14" },
        { "(2 + 3) * 4", "20" },
        { "2 - 3 - 4", "-5" },
        { "24 / 4 / 2", "3" },
        { "-a * 2", "-6" },
        { "--a", "3" },
        { "a + b", "8" },
        { "a+b*2-1", "12" },
        { "1 / 0", "?" },
        { ". + 1", "8" },
        { ". > 6", "true" },
        { "a = 3 or b = 3 and b = 4", "true" },
        { "not a = 3", "false" },
        { "not (a = 3 and b = 3)", "true" },
        { "not not a = 3", "true" },
        { "a != 3", "false" },
        { "a < 3", "false" },
        { "a <= 3", "true" },
        { "a > 2", "true" },
        { "a >= 4", "false" },
        { "'it''s' = 'it''s'", "true" },
        { "t = 'Caf\xc3\xa9 4'", "true" },
        { "'Cafe\xcc\x81 4' = t", "true" }, /* composed: the same text */
        { "role in ('PT', 'CL')", "true" },
        { "a in (1, 2)", "false" },
        { "a in (3)", "true" },
        { "4 in m", "true" },
        { "5 in m", "false" },
        { "4 in (m)", "true" },
        { "a in (m)", "false" },
        { "any + 1", "3" },
        { "any = 'x'", "?" },
        { "(a = 3) = (b = 5)", "true" },
    };

    CHECK_VALUES(cases);
}

static void truth_has_three_values_after_kleene(void **state)
{
    static const value_case cases[] = {
        { "a = 3 and a = 3", "true" },  { "a = 3 and a = 4", "false" },
        { "a = 4 and a = 3", "false" }, { "a = 4 and a = 4", "false" },
        { "a = 3 and u = 1", "?" },     { "u = 1 and a = 3", "?" },
        { "a = 4 and u = 1", "false" }, { "u = 1 and a = 4", "false" },
        { "u = 1 and u = 1", "?" },     { "a = 3 or a = 3", "true" },
        { "a = 3 or a = 4", "true" },   { "a = 4 or a = 3", "true" },
        { "a = 4 or a = 4", "false" },  { "a = 3 or u = 1", "true" },
        { "u = 1 or a = 3", "true" },   { "a = 4 or u = 1", "?" },
        { "u = 1 or a = 4", "?" },      { "u = 1 or u = 1", "?" },
        { "not a = 3", "false" },       { "not a = 4", "true" },
        { "not u = 1", "?" },
    };

    CHECK_VALUES(cases);
}

static void a_missing_value_makes_a_comparison_unknown(void **state)
{
    static const value_case cases[] = {
        { "u", "?" },
        { "u = u", "?" },
        { "u != 1", "?" },
        { "u + 1", "?" },
        { "1 + 2 + u", "?" },
        { "-u", "?" },
        { "u in (1, 2)", "?" },
        { "a in (1, u)", "?" },
        { "a in (3, u)", "true" },
        { "1 in um", "?" },
        { "ut = ''", "?" },
        { "answered(u)", "false" },
        { "answered(a)", "true" },
        { "answered(none)", "true" }, /* none of them is an answer */
        { "missing(u)", "true" },
        { "missing(a)", "false" },
        { "missing(u + a)", "true" },
        { "reason(u)", "'refused'" },
        { "reason(v)", "''" },
        { "reason(a)", "''" },
        { "reason(u) = 'refused'", "true" },
    };

    CHECK_VALUES(cases);
}

static void functions_skip_what_is_missing(void **state)
{
    static const value_case cases[] = {
        { "if(a = 3, 1, 2)", "1" },
        { "if(a = 4, 1, 2)", "2" },
        { "if(u = 4, 1, 2)", "?" },
        { "if(a = 3, 'x', ut)", "'x'" },
        { "coalesce(u, v, a, b)", "3" },
        { "coalesce(u, v)", "?" },
        { "selected(m, 4)", "true" },
        { "selected(m, 2)", "false" },
        { "selected(m, 2, 9)", "true" },
        { "selected(none, 2)", "false" },
        { "selected(um, 2)", "?" },
        { "selected(a, 3)", "true" },
        { "count(a = 3, b = 3, u = 1)", "1" },
        { "count(u = 1, v = 1)", "?" },
        { "count(a = 4)", "0" },
        { "share(a = 3, b = 3, u = 1)", "0.5" },
        { "share(u = 1)", "?" },
        { "sum(a, u, b)", "8" },
        { "sum(u, v)", "?" },
        { "sum(a, u, b, min_valid: 2)", "8" },
        { "sum(a, u, b, min_valid: 3)", "?" },
        { "mean(a, b)", "4" },
        { "mean(a, u)", "3" },
        { "mean(min_valid: 2, a, u)", "?" },
        { "min(a, b, u)", "3" },
        { "max(a, b, u)", "5" },
        { "min(u)", "?" },
        { "max(a, u, min_valid: 2)", "?" },
        { "max(born, today())", "2026-09-14" },
        { "round(2.5)", "3" }, /* halves away from zero */
        { "round(-2.5)", "-3" },
        { "round(2.346, 2)", "2.35" },
        { "round(1234, -2)", "1200" },
        { "round(u)", "?" },
        { "round(2.675, 2)", "2.68" }, /* ties are those of the numbers as written */
        { "round(1.005, 2)", "1.01" },
        { "round(-1.005, 2)", "-1.01" },
        { "round(0.285, 2)", "0.29" },
        { "round(0.49999999999999994)", "0" }, /* the double before a half */
        { "round(2.5 - 0.0000000000000005)", "2" },
        { "round(-0.4)", "0" },
        { "round(8.5, -1)", "10" },
        { "round(15, -1)", "20" },
        { "round(14.999, -1)", "10" },
        { "round(123456789012345678)", "1.2345678901234568e+17" },
        { "round(0.1 + 0.2, 15)", "0.3" },
        { "round(1, 16)", "?" },
        { "round(1, u)", "?" },
        { "floor(2.9)", "2" },
        { "floor(-2.1)", "-3" },
        { "abs(-4)", "4" },
        { "lower('ABC \xc3\x89')", "'abc \xc3\xa9'" },
        { "lower(ut)", "?" },
        { "lower('')", "''" },
        { "lower('STRASSE') = lower('Stra\xc3\x9f"
          "e')",
          "false" }, /* lower case, not folded */
        { "lower('Stra\xc3\x9f"
          "e')",
          "'stra\xc3\x9f"
          "e'" },
        { "length('')", "0" },
        { "length('e\xcc\x81')", "1" },
        { "matches('', '')", "true" },
        { "matches('', 'a*')", "true" },
        { "matches('', '.')", "false" },
        { "concat('')", "''" },
        { "concat('', a)", "'3'" },
        { "answered('')", "true" },
        { "abs(u)", "?" },
        { "floor(u)", "?" },
        { "floor(-0.5) + 0", "-1" },
        { "min(born, ud)", "2000-02-29" },
        { "min(-1, 1)", "-1" },
        { "max(-2, -1)", "-1" },
        { "mean(u, v)", "?" },
        { "sum(u, 0)", "0" },
        { "if(u = 1, 1, 1)", "?" },
        { "if(a = 3, u, 2)", "?" },
        { "coalesce(ut, '')", "''" },
        { "reason(coalesce(v, u))", "'refused'" },
        { "selected(a, u, 3)", "true" },
        { "selected(a, u, 4)", "?" },
        { "selected(m, u, 1)", "true" },
        { "count(a = 3, not u = 1)", "1" },
        { "share(a = 4, b = 4)", "0" },
        { "a in (u, 3)", "true" },
        { "a in (u, 4)", "?" },
        { "length(t)", "6" },
        { "length(m)", "3" },
        { "length(none)", "0" },
        { "length(ut)", "?" },
        { "concat(role, '-', a, ' ', born)", "'CL-3 2000-02-29'" },
        { "concat(role, ut)", "?" },
        { "matches(role, '[A-Z]{2}')", "true" },
        { "matches(role, '[A-Z]')", "false" },
        { "matches(ut, '.*')", "?" },
    };

    CHECK_VALUES(cases);
}

static void days_are_counted_in_the_calendar(void **state)
{
    static const value_case cases[] = {
        { "today()", "2026-09-14" },
        { "now()", "1000000000" },
        { "date('2026-09-14')", "2026-09-14" },
        { "date('2026-09-14') + 20", "2026-10-04" },
        { "1 + date('2026-12-31')", "2027-01-01" },
        { "date('2024-03-01') - 1", "2024-02-29" },
        { "date('2026-03-01') - date('2026-02-01')", "28" },
        { "date('2026-03-01') - date('2026-02-01') + 2", "30" },
        { "date('9999-12-31') + 1", "?" },
        { "born + 10", "2000-03-10" },
        { "ud + 1", "?" },
        { "born < today()", "true" },
        { "born = date('2000-02-29')", "true" },
        { "age(born)", "26" },
        { "age(born, date('2026-02-28'))", "25" }, /* born on the 29th */
        { "age(born, date('2026-03-01'))", "26" },
        { "age(ud)", "?" },
        { "days(date('2026-09-01'))", "13" },
        { "days(date('2026-09-01'), date('2026-08-31'))", "-1" },
        { "months(date('2026-01-31'), date('2026-02-28'))", "0" },
        { "months(date('2026-01-31'), date('2026-03-31'))", "2" },
        { "months(date('2026-03-31'), date('2026-01-31'))", "-2" },
        { "months(date('2026-03-15'), date('2026-01-20'))", "-1" },
        { "years(date('2024-09-15'))", "1" },
        { "years(date('2024-09-14'))", "2" },
        /* born on a leap day: a year older on the 1st of March, or on the 29th */
        { "age(born, date('2004-02-28'))", "3" },
        { "age(born, date('2004-02-29'))", "4" },
        { "age(born, date('2000-02-29'))", "0" },
        { "age(date('2026-09-15'))", "0" }, /* tomorrow */
        { "age(date('2027-09-15'))", "-1" },
        { "years(born, date('1999-03-01'))", "0" },
        { "years(born, date('1999-02-28'))", "-1" },
        { "months(born, date('2001-02-28'))", "11" },
        { "months(born, date('2001-03-01'))", "12" },
        { "months(date('2024-01-31'), date('2024-02-29'))", "0" },
        { "months(date('2024-01-29'), date('2024-02-29'))", "1" },
        { "months(date('2024-03-31'), date('2024-02-29'))", "-1" },
        { "months(ud, born)", "?" },
        { "days(born, ud)", "?" },
        { "days(date('2024-02-28'), date('2024-03-01'))", "2" },
        { "days(date('1900-02-28'), date('1900-03-01'))", "1" }, /* no leap year */
    };

    CHECK_VALUES(cases);
}

typedef struct fault_case {
    const char *text, *rule;
    size_t at, span;
    const char *message, *hint;
} fault_case;

static const fault_case fault_cases[] = {
    { "", "L020", 0, 1, "ends where a value is wanted", "" },
    { "a +", "L020", 3, 1, "ends where a value is wanted", "" },
    { "a = ", "L020", 4, 1, "ends where a value is wanted", "" },
    { "(a = 1", "L020", 6, 1, "\")\" is missing", "" },
    { "a = 1)", "L020", 5, 1, "not expected", "" },
    { "a b", "L020", 2, 1, "\"b\" is not expected", "" },
    { "a 1", "L020", 2, 1, "an operator is missing", "" },
    { "a == 1", "L020", 2, 2, "\"==\"", "write =" },
    { "a <> 1", "L020", 2, 2, "\"<>\"", "write !=" },
    { "a = 1 && b = 1", "L020", 6, 2, "\"&&\"", "write and" },
    { "a = 1 || b = 1", "L020", 6, 2, "\"||\"", "write or" },
    { "!(a = 1)", "L020", 0, 1, "\"!\"", "write not" },
    { "role = \"CL\"", "L020", 7, 1, "\"\"\"", "single quotes" },
    { "role = \xe2\x80\x98"
      "CL\xe2\x80\x99",
      "L020", 7, 3, "no meaning", "straight quotes" },
    { "role = 'CL", "L020", 7, 3, "a text has no end", "'" },
    { "a = .5", "L020", 4, 2, "begins with a digit", "0.5" },
    { "a = 5x", "L020", 4, 2, "a number runs into a name", "" },
    { "1 <= a <= 5", "L020", 7, 2, "cannot follow one another", "1 <= x and x <= 5" },
    { "a = (1, 2)", "L020", 6, 1, "only after \"in\"", "x in (1, 2)" },
    { "a and", "L020", 5, 1, "ends where", "" },
    { "and a = 1", "L020", 0, 3, "\"and\" stands where a value is wanted", "" },
    { "a in ()", "L020", 6, 1, "\")\" stands where a value", "" },
    { "a # 1", "L020", 2, 1, "\"#\"", "" },
    { "date('2026-02-30') = today()", "L020", 5, 12, "no day that exists", "" },
    { "matches(role, '[a-')", "L020", 15, 1, "a class has no end", "" },
    { "matches(role, 'a(b')", "L020", 16, 1, "not closed", "" },
    { "a = 1 and a\xff", "L020", 11, 1, "not UTF-8", "" },
    { "rol = 'CL'", "L021", 0, 3, "\"rol\"", "did you mean \"role\"?" },
    { "a = 1 and xyz = 2", "L021", 10, 3, "\"xyz\"", "" },
    { "today = born", "L021", 0, 5, "\"today\"", "today(...)" },
    { "wave('T0').xyz = 1", "L021", 11, 3, "\"xyz\"", "" },
    { "a = wave('T1').a", "L021", 15, 1, "\"a\"", "" },
    { "wave('').a", "L023", 5, 2, "the code of a wave", "wave('T0').item" },
    { "wave(T0).a", "L023", 5, 2, "the code of a wave", "" },
    { "wave('T0', 'T1').a", "L020", 9, 1, "\")\" is missing", "" },
    { "wave('T0') = 1", "L020", 11, 1, "the id of an item are missing", "" },
    { "wave('T0').", "L020", 11, 1, "the id of an item is missing", "" },
    { "wave('T0').role = 1", "L022", 18, 1, "a number stands where a text does", "" },
    { "partner.trust = 1", "L021", 0, 13, "\"partner.trust\"", "" },
    { "true", "L021", 0, 4, "no words for true and false", "" },
    { "a and b = 1", "L022", 0, 1, "this is a number, and a condition is wanted",
      "compare it" },
    { "m or a = 1", "L022", 0, 1, "a list of marks", "selected(x, 1)" },
    { "a = 1 and role", "L022", 10, 4, "this is a text", "answered(x)" },
    { "not a", "L022", 4, 1, "this is a number", "" },
    { "a = 'x'", "L022", 4, 3, "a text stands where a number does", "" },
    { "a = born", "L022", 4, 4, "a day stands where a number does", "" },
    { "born > '2026-01-01'", "L022", 7, 12, "a text stands where a day does",
      "date('2026-09-14')" },
    { "born = '2026-01-01'", "L022", 7, 12, "a text stands where a day does",
      "date('2026-09-14')" },
    { "m = 1", "L022", 0, 1, "a list of marks", "selected(x, 1)" },
    { "role < 1", "L022", 7, 1, "a number stands where a text does", "" },
    { "a + role", "L022", 4, 4, "this is a text", "" },
    { "born + born", "L022", 7, 4, "this is a day", "" },
    { "1 - born", "L022", 4, 4, "this is a day", "" },
    { "born * 2", "L022", 0, 4, "this is a day", "" },
    { "-role", "L022", 1, 4, "this is a text", "" },
    { "a in ('x')", "L022", 6, 3, "a text stands where a number does", "" },
    { "a in b", "L022", 5, 1, "takes a list", "x in (1, 2)" },
    { "role in m", "L022", 0, 4, "this is a text", "" },
    { "sum(a >= 1, b)", "L022", 4, 6, "this is a condition", "count(...)" },
    { "count(a)", "L022", 6, 1, "this is a number", "compare it" },
    { "if(a = 1, 1, 'x')", "L022", 13, 3, "a text stands where a number", "" },
    { "age(role)", "L022", 4, 4, "a day is wanted", "" },
    { "length(a)", "L022", 7, 1, "a text or a list of marks is wanted", "" },
    { "cuont(a = 1)", "L023", 0, 5, "\"cuont\" is not a function",
      "did you mean \"count\"?" },
    { "a(1)", "L023", 0, 1, "\"a\" is not a function", "" },
    { "if(a = 1, 2)", "L023", 0, 12, "if has 2 arguments and takes 3", "" },
    { "sum()", "L023", 0, 5, "sum has 0 arguments and takes 1 or more", "" },
    { "round(1, 2, 3)", "L023", 0, 14, "takes 1 or 2", "" },
    { "today(1)", "L023", 0, 8, "today has 1 argument and takes none", "" },
    { "sum(a, valid: 1)", "L023", 7, 5, "no argument named \"valid\"", "" },
    { "count(a = 1, min_valid: 1)", "L023", 13, 9, "no argument named", "" },
    { "sum(a, min_valid: a)", "L023", 18, 1, "a whole number", "" },
    { "sum(a, min_valid: 0)", "L023", 18, 1, "a whole number", "" },
    { "sum(a, min_valid: 2)", "L023", 0, 20, "there are only 1", "" },
    { "sum(a, b, min_valid: 1, min_valid: 1)", "L023", 24, 9, "twice", "" },
    { "date(a)", "L023", 5, 1, "a day written as a text", "date('2026-09-14')" },
    { "matches(role, t)", "L023", 14, 1, "a text written here", "" },
};

static void every_fault_has_a_rule_a_place_and_a_hint(void **state)
{
    for (size_t i = 0; i < sizeof fault_cases / sizeof *fault_cases; i++) {
        const fault_case *one = &fault_cases[i];
        att_arena arena = { 0 };
        att_expr_fault fault = { 0 };
        att_expr *expr = att_expr_read(&arena, one->text, &names, &fault);
        if (expr != NULL) {
            fail_msg("%s: was read", one->text);
        }
        if (strcmp(fault.rule, one->rule) != 0 || fault.at != one->at ||
            fault.span != one->span) {
            fail_msg("%s: %s at %zu+%zu (%s), should be %s at %zu+%zu", one->text,
                     fault.rule, fault.at, fault.span, fault.message, one->rule,
                     one->at, one->span);
        }
        assert_contains(fault.message, one->message);
        assert_contains(fault.hint, one->hint);
        att_arena_drop(&arena);
    }
}

static void the_own_value_is_a_fault_where_there_is_none(void **state)
{
    att_names without = names;
    att_arena arena = { 0 };
    att_expr_fault fault = { 0 };

    without.has_own = false;
    assert_null(att_expr_read(&arena, "a = 1 and . > 2", &without, &fault));
    assert_string_equal(fault.rule, "L021");
    assert_int_equal(fault.at, 10);
    att_arena_drop(&arena);
}

/* before, n times middle, after: whether it is read */
static bool reads(const char *before, const char *middle, size_t n, const char *after)
{
    att_arena arena = { 0 };
    att_buf text = { 0 };
    att_expr_fault fault = { 0 };
    att_expr *expr;
    bool is_read;

    att_buf_add(&text, before);
    for (size_t i = 0; i < n; i++) {
        att_buf_add(&text, middle);
    }
    att_buf_add(&text, after);
    expr = att_expr_read(&arena, att_buf_text(&text), &names, &fault);
    is_read = expr != NULL;
    if (is_read) {
        (void)att_expr_eval(&arena, expr, &scope, NULL);
    } else {
        assert_string_equal(fault.rule, "L020");
    }
    att_buf_drop(&text);
    att_arena_drop(&arena);
    return is_read;
}

static void depth_and_length_have_limits(void **state)
{
    assert_true(reads("", "-", 60, "1"));
    assert_false(reads("", "-", 70, "1"));
    assert_false(reads("", "(", 8000, "1"));
    assert_false(reads("", "not ", 4000, "a = 1"));
    assert_false(reads("", "abs(", 4000, "1"));
    assert_false(reads("", "a in (", 2000, "1"));
    assert_true(reads("1", "+1", 8000, "")); /* long, not deep */
    assert_true(reads("a=1", " or a=1", 2000, ""));
    assert_false(reads("1", "+1", 8200, ""));
}

/* ---- docs/EXPRESSIONS.md ---- */

static const char *const function_names[] = {
    "if",    "coalesce", "answered", "missing", "reason", "selected", "count",
    "share", "sum",      "mean",     "min",     "max",    "round",    "floor",
    "abs",   "age",      "days",     "months",  "years",  "today",    "now",
    "lower", "length",   "concat",   "matches",
};

#define N_FUNCTIONS (sizeof function_names / sizeof *function_names)

/* The words that the page uses besides the names above. */
static bool find_manual_name(const void *data, const char *name, att_ref *out)
{
    if (strcmp(name, "today") == 0) {
        *out = (att_ref){ ATT_REF_WORD, ATT_WORD_TODAY, ATT_TYPE_DAY };
        return true;
    }
    return find_name(data, name, out);
}

/* One line: an expression, " # ", and what it gives. */
static void check_line(char *line, bool is_shown[N_FUNCTIONS])
{
    char *mark = strstr(line, " # ");
    const char *wanted = mark == NULL ? "" : mark + 3;
    const char *got;
    att_arena arena = { 0 };
    att_expr_fault fault = { 0 };
    att_value own = { .type = ATT_TYPE_NUMBER, .number = 7 };
    att_names with_words = names;
    att_expr *expr;

    with_words.find = find_manual_name;
    if (mark == NULL) {
        fail_msg("no \" # \" in: %s", line);
    } else {
        *mark = '\0';
    }
    expr = att_expr_read(&arena, line, &with_words, &fault);
    if (expr == NULL) {
        got = att_arena_format(&arena, "fault: %s", fault.rule);
    } else {
        att_value value = att_expr_eval(&arena, expr, &scope, &own);
        got = value.type == ATT_TYPE_ANY ? "missing" : show(&arena, &value);
    }
    if (strcmp(got, wanted) != 0) {
        fail_msg("docs/EXPRESSIONS.md: %s is %s, not %s (%s)", line, got, wanted,
                 fault.message);
    }
    for (size_t i = 0; i < N_FUNCTIONS; i++) {
        const char *call = att_arena_format(&arena, "%s(", function_names[i]);
        is_shown[i] = is_shown[i] || (expr != NULL && strstr(line, call) != NULL);
    }
    att_arena_drop(&arena);
}

static void each_example_of_the_manual_gives_what_it_says(void **state)
{
    char *text = att_test_read("../docs/EXPRESSIONS.md", NULL);
    bool is_shown[N_FUNCTIONS] = { false };
    bool is_inside = false;
    size_t n = 0;

    for (char *line = text, *end; *line != '\0'; line = end) {
        end = line + strcspn(line, "\n");
        if (*end == '\n') {
            *end++ = '\0';
        }
        if (strncmp(line, "```", 3) == 0) {
            is_inside = strcmp(line, "```expr") == 0;
        } else if (is_inside) {
            check_line(line, is_shown);
            n++;
        }
    }
    assert_true(n > 100);
    for (size_t i = 0; i < N_FUNCTIONS; i++) {
        if (!is_shown[i]) {
            fail_msg("docs/EXPRESSIONS.md has no example of %s", function_names[i]);
        }
    }
    test_free(text);
}

static void an_answer_of_an_earlier_wave_has_the_type_of_its_item(void **state)
{
    static const value_case cases[] = {
        { "wave('T0').a + 1", "4" },
        { "wave( 'T0' ) . role = 'CL'", "true" },
        { "b - wave('T0').a", "2" },
        { "missing(wave('T0').u)", "true" },
        { "reason(wave('T0').u)", "'refused'" },
        { "wave('T0').u = 1 or a = 3", "true" },
        { "selected(wave('T0').m, 4)", "true" },
        { "age(wave('T0').born)", "26" },
    };
    att_names without = names;
    att_arena arena = { 0 };
    att_expr_fault fault = { 0 };
    size_t n = 0;
    const att_ref *refs;

    CHECK_VALUES(cases);
    refs = att_expr_refs(
        att_expr_read(&arena, "a = wave('T0').a or wave('T0').a > 2", &names, &fault),
        &n);
    assert_int_equal(n, 2);
    assert_int_equal(refs[0].kind, ATT_REF_ITEM);
    assert_int_equal(refs[1].kind, ATT_REF_EARLIER);
    without.find_earlier = NULL;
    assert_null(att_expr_read(&arena, "wave('T0').a = 1", &without, &fault));
    assert_string_equal(fault.rule, "L021");
    att_arena_drop(&arena);
}

static void references_are_listed_once_in_order(void **state)
{
    att_arena arena = { 0 };
    att_expr_fault fault = { 0 };
    size_t n = 0;
    att_expr *expr = att_expr_read(&arena, "b = 1 or a = 2 and b > . or born < today()",
                                   &names, &fault);
    const att_ref *refs = att_expr_refs(expr, &n);

    assert_int_equal(n, 4);
    assert_int_equal(refs[0].index, 1);
    assert_int_equal(refs[1].index, 0);
    assert_int_equal(refs[2].index, 6);
    assert_int_equal(refs[3].kind, ATT_REF_WORD);
    assert_int_equal(att_expr_type(expr), ATT_TYPE_TRUTH);
    assert_string_equal(att_expr_text(expr),
                        "b = 1 or a = 2 and b > . or born < today()");
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(numbers_and_operators_follow_the_grammar),
              cmocka_unit_test(truth_has_three_values_after_kleene),
              cmocka_unit_test(a_missing_value_makes_a_comparison_unknown),
              cmocka_unit_test(functions_skip_what_is_missing),
              cmocka_unit_test(days_are_counted_in_the_calendar),
              cmocka_unit_test(every_fault_has_a_rule_a_place_and_a_hint),
              cmocka_unit_test(the_own_value_is_a_fault_where_there_is_none),
              cmocka_unit_test(depth_and_length_have_limits),
              cmocka_unit_test(each_example_of_the_manual_gives_what_it_says),
              cmocka_unit_test(an_answer_of_an_earlier_wave_has_the_type_of_its_item),
              cmocka_unit_test(references_are_listed_once_in_order))
