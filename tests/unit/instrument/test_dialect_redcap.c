/* REDCap's data dictionary: logic both ways, odd files, and what comes back. */
#include <stdio.h>
#include <string.h>

#include <attune/base/csv.h>
#include <attune/base/file.h>
#include <attune/instrument/dialect.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>
#include <attune/instrument/sheet.h>

#include "att_test.h"
#include "att_travel.h"
#include "src/instrument/dialect_redcap.h"

#define HEADING                                                                 \
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"    \
    "\"Choices, Calculations, OR Slider Labels\",Field Note,"                   \
    "Text Validation Type OR Show Slider Number,Text Validation Min,"           \
    "Text Validation Max,Identifier?,"                                          \
    "Branching Logic (Show field only if...),Required Field?,Custom Alignment," \
    "Question Number (surveys only),Matrix Group Name,Matrix Ranking?,"         \
    "Field Annotation\r\nrecord_id,f,,text,ID,,,,,,,,,,,,,\r\n"

/* ---- logic coming in ---- */

static const att_logic_code codes[] = { { "1", 1, ATT_REASON_NONE },
                                        { "2", 2, ATT_REASON_NONE },
                                        { "A", 3, ATT_REASON_NONE },
                                        { "-7", -7, ATT_REASON_NOT_APPLICABLE } };

static const att_logic_field fields[] = {
    { "born", "born", ATT_LOGIC_DAY, NULL, 0 },
    { "c", "c", ATT_LOGIC_CODE, codes, 4 },
    { "d", "d", ATT_LOGIC_CODE, codes, 4 },
    { "file", "file", ATT_LOGIC_NONE, NULL, 0 },
    { "m", "m", ATT_LOGIC_MARKS, codes, 3 },
    { "n", "n", ATT_LOGIC_NUMBER, NULL, 0 },
    { "t", "t", ATT_LOGIC_TEXT, NULL, 0 },
};
static const att_logic_fields all_fields = { .tongue = &att_tongue_redcap,
                                             .list = fields,
                                             .n = sizeof fields / sizeof *fields };

static void redcaps_conditions_become_ours(void **state)
{
    static const struct {
        const char *there, *here; /* here: ours, or "! " and why not */
    } cases[] = {
        { "[c]='1'", "c = 1" },
        { "[c] = \"1\"", "c = 1" },
        { "'1'=[c]", "c = 1" },
        { "[c]=1 OR [c]=2", "c = 1 or c = 2" },
        { "[c]<>'1'", "missing(c) or c != 1" },
        { "[c]<>'' and [c]<>'1'", "c != 1" },
        { "[c]<>'' and [c]<>'-7' and [c]>='1'", "c >= 1" },
        { "[c]='A'", "c = 3" },
        { "[c]>'A'", "! the order of the code \"A\" is lost" },
        { "[c]='9'", "! [c] has no choice \"9\"" },
        { "[c]='-7'", "reason(c) = 'not_applicable'" },
        { "[n]='-8'", "reason(n) = 'refused'" },
        { "[c]=''", "missing(c)" },
        { "[c]=[d]", "c = d or missing(c) and missing(d)" },
        { "[m(2)]='1'", "selected(m, 2)" },
        { "[m(A)] = 1", "selected(m, 3)" },
        { "[m(1)]='0'", "missing(m) or not selected(m, 1)" },
        { "[m]='1'", "! [m] has many values" },
        { "[c(1)]='1'", "! [c] is no checkbox" },
        { "[n]>2 and ([t]='a' or [t]='it''s')", "! \")\" is missing" },
        { "[n]>2 and ([t]='a' or [t]=\"it's\")", "n > 2 and (t = 'a' or t = 'it''s')" },
        { "[t]<5", "! a text has no place among numbers here" },
        { "2+3*[n]^2-1>10", "(2 + (3 * (n * n)) - 1) > 10" },
        { "-[n]*2<0", "((-n) * 2) < 0" },
        { "[born]<'2000-01-01'", "born < date('2000-01-01')" },
        { "datediff([born],'today','d',true)>30", "days(born, today) > 30" },
        { "datediff([born],\"today\",\"y\",\"ymd\")>=18",
          "(abs(days(born, today)) / 365.2425) >= 18" },
        { "rounddown(datediff([born],'today','y',true),0)>=18",
          "years(born, today) >= 18" },
        { "sum([n],[c])>3", "sum(n, c) > 3" },
        { "sum(if([c]='1',1,0),if([d]='2',1,0))>=2", "count(c = 1, d = 2) >= 2" },
        { "contains([t],'Ab')", "matches(lower(t), '.*ab.*')" },
        { "isblankormissingcode([n])", "missing(n)" },
        { "# a remark\n[c]='1'\n// another\nand [n]>1", "c = 1 and n > 1" },
        { "[event-name][c]='1'", "c = 1" },
        { "[c][current-instance]='1'", "c = 1" },
        { "[visit_1_arm_1][c]='1'", "! [visit_1_arm_1] is another event" },
        { "[c][3]='1'", "! [3] is another instance" },
        { "[user-name]='x'", "! [user-name] is a smart variable" },
        { "[gone]='x'", "! [gone] is no field of this form" },
        { "[file]=''", "! [file] is no item here" },
        { "median([n],[c])>1", "! median() cannot be said here" },
        { "[c]", "! a value stands where a condition is wanted" },
        { "([c]='1'", "! \")\" is missing" },
        { "[c='1'", "! a bracket is not closed" },
        { "[c]='1", "! a quote is not closed" },
        { "[c]='1' and", "! it ends where a value is wanted" },
        { "1<[n]<3", "! comparisons follow one another" },
        { "", "! it ends where a value is wanted" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        att_logic logic = att_logic_read(&arena, &all_fields, cases[i].there, false);
        const char *said = logic.text != NULL
                               ? logic.text
                               : att_arena_format(&arena, "! %s", logic.why);

        assert_string_equal(said, cases[i].here);
        att_arena_drop(&arena);
    }
}

static void calculations_give_a_number_or_nothing(void **state)
{
    static const struct {
        const char *there, *here;
    } cases[] = {
        { "[n]*2", "(n * 2)" },
        { "if([c]='1',10,20)", "if(answered(c) and c = 1, 10, 20)" },
        { "if([c]<>'' and [c]>='1',1,if([c]<>'' and [c]<'1',0,''))",
          "if(c >= 1, 1, 0)" },
        { "if([n]>1,[n],'')", "if(answered(n) and n > 1, n, 0 / 0)" },
        { "sum(if([c]='-7','',[c]),[n])", "sum(c, n)" },
        { "[c]='1'", "count(c = 1)" },
        { "[m(1)]+[m(2)]", "(count(selected(m, 1)) + count(selected(m, 2)))" },
        { "round(mean([n],[c]),1)", "round(mean(n, c), 1)" },
        { "concat([t],'x')", "! it gives no number" },
        { "log([n])", "! log() cannot be said here" },
        { "[n]^[c]", "! of powers only squares and cubes can be said here" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        att_logic logic = att_logic_read(&arena, &all_fields, cases[i].there, true);
        const char *said = logic.text != NULL
                               ? logic.text
                               : att_arena_format(&arena, "! %s", logic.why);

        assert_string_equal(said, cases[i].here);
        att_arena_drop(&arena);
    }
}

/* ---- files ---- */

static void read_text(att_travel *t, const char *text)
{
    att_travel_read(t, "redcap", text);
}

static void what_is_odd_in_a_row_is_named_with_it(void **state)
{
    static const struct {
        const char *rows, *report;
    } cases[] = {
        { "a,f,,hologram,Label,,,,,,,,,,,,,",
          "row 3: approximated: \"a\": the type \"hologram\" is not known" },
        { "a,f,,radio,L,\"1,One|2,Two|1,Uno\",,,,,,,,,,,,",
          "row 3: dropped: \"a\": the code \"1\" stands twice; the choice \"Uno\"" },
        { "a,f,,radio,L,\"x,One|y,Two\",,,,,,,,,,,,",
          "row 3: approximated: \"a\": the code \"x\" becomes 1" },
        { "a,f,,radio,L,\"-9,Skipped|1,Two\",,,,,,,,,,,,",
          "row 3: approximated: \"a\": the code \"-9\" becomes 2" },
        { "a,f,,text,<b>Bold</b> &amp; more,,,,,,,,,,,,,",
          "row 3: approximated: \"a\": HTML was taken out of its words" },
        { "a__b,f,,text,L,,,,,,,,,,,,,",
          "row 3: approximated: \"a__b\": its name becomes \"a_b\"" },
        { "this_is_a_name_of_more_than_26_letters,f,,text,L,,,,,,,,,,,,,",
          "its name becomes \"this_is_a_name_of_more_tha\"" },
        { "role,f,,text,L,,,,,,,,,,,,,", "its name becomes \"role_2\"" },
        { "A,f,,text,L,,,,,,,,,,,,,", "its name becomes \"a\"" },
        { "a,f,,text,L,,,,,,,,,,,,,\na,f,,text,M,,,,,,,,,,,,,",
          "row 4: dropped: \"a\": a field of this name is there already" },
        { "a,f,,text,L,,,email,,,,,,,,,,",
          "what is typed is not checked as \"email\"" },
        { "a,f,,text,L,,,integer,,,,,,,,,,", "numbers under -3 are codes of missing" },
        { "a,f,,text,L,,,date_mdy,,,,,,,,,,", "days are written as 2026-09-14 here" },
        { "a,f,,text,L,,,,,,,,,,,,,@HIDDEN @DEFAULT='3'",
          "dropped: \"a\": the action tag @HIDDEN\n" },
        { "a,f,,text,L,,,,,,,[b]='1',,,,,,",
          "dropped: \"a\": the branching logic \"[b]='1'\": [b] is no field of this form" },
        { "a,f,,text,L,,,,,,,[visit][a]='1',,,,,,", "[visit] is another event" },
        { "a,f,,text,L,,,,,,,[a]='1',,,,,,",
          "row 3: dropped: \"a\": the branching logic" },
        { "a,f,,text,L,,,,,,,,,RV,7,,,", "the question's number, \"7\"" },
        { "a,f,,text,L\nb,f,,file,M,,,,,,,,,,,,,", "a field of type \"file\"" },
        { "a,f,,text,,,,,,,,,,,,,,", "it has no label; its name stands there" },
        { "a,f,,text,L,,,,,,,,,,,,,,,,more",
          "the cell \"more\" stands under no heading" },
        { "a,f,,text,say \"so\",,,,,,,,,,,,,", "quoted against the rules of CSV" },
        { "a,f,,radio,L,,,,,,,,,,,,,", "it has no choices and becomes a text" },
        { ",f,,text,L,,,,,,,,,,,,,\nb,f,,text,L", "a field without a name" },
        { "a,f,,checkbox,L,\"1,x|2,y\",,,,,,,,,,g,,\nb,f,,checkbox,M,\"1,x|2,y\",,,,,,,,,,g,,",
          "a matrix of this sort becomes single questions" },
        { "a,My Form!,,text,L,,,,,,,,,,,,,", "the form's name becomes \"my-form\"" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;
        att_arena scratch = { 0 };

        read_text(&c, att_arena_format(&scratch, "%s%s\n", HEADING, cases[i].rows));
        assert_ok(c.code, &c.err);
        assert_contains(att_travel_report(&c), cases[i].report);
        assert_non_null(att_travel_instrument(&c, 0));
        att_arena_drop(&c.arena);
        att_arena_drop(&scratch);
    }
}

static void a_row_becomes_the_item_that_it_means(void **state)
{
    att_travel c;
    const att_instrument *in;
    const att_item *item;

    read_text(
        &c,
        "\xef\xbb\xbf" HEADING "yes,f,First part,yesno,Really?,,,,,,,,y,,,,,\r\n"
        "how,f,,checkbox,\"How,\nthen?\",\"1,By foot|2,By bus|9,Not\",One note,,,,,"
        "[yes]='1',,,,,,@NONEOFTHEABOVE='9'\r\n"
        "g1,f,Agree?,radio,One,\"1, No | 2, Yes | -7, Does not apply\",,,,,,,,,,grd,,\r\n"
        "g2,f,,radio,Two,\"1, No | 2, Yes | -7, Does not apply\",,,,,,,,,,grd,,\r\n"
        "feel,f,,slider,Feel [how],bad | | good,,number,,,,,,,,,,\r\n"
        "kg,f,,text,Weight,,,number_1dp,20,300.5,y,,,,,,,\r\n"
        "twice,f,,calc,Twice,[kg]*2,,,,,,,,,,,,\r\n");
    assert_ok(c.code, &c.err);
    assert_int_equal(c.scripts.n, 1);
    in = att_travel_instrument(&c, 0);
    assert_string_equal(in->id, "f");
    item = &in->items[att_instrument_item(in, "yes")];
    assert_string_equal(item->kind->name, "one");
    assert_int_equal(item->required, ATT_REQUIRED_HARD);
    assert_int_equal(item->choices->list[1].code, 0);
    assert_string_equal(in->items[item->parent].kind->name, "page");
    item = &in->items[att_instrument_item(in, "how")];
    assert_string_equal(item->kind->name, "many");
    assert_string_equal(att_item_label(in, att_instrument_item(in, "how")),
                        "How,\nthen?");
    assert_true(item->choices->list[2].is_exclusive);
    assert_string_equal(att_expr_text(item->show), "yes = 1");
    assert_string_equal(item->help.in[0], "One note");
    item = &in->items[att_instrument_item(in, "g2")];
    assert_string_equal(in->items[item->parent].kind->name, "grid");
    assert_string_equal(in->items[item->parent].text.in[0], "Agree?");
    assert_int_equal(item->choices->list[2].reason, ATT_REASON_NOT_APPLICABLE);
    item = &in->items[att_instrument_item(in, "feel")];
    assert_string_equal(item->anchors[1].in[0], "good");
    assert_string_equal(item->text.in[0], "Feel {how:label}");
    item = &in->items[att_instrument_item(in, "kg")];
    assert_int_equal(item->decimals, 1);
    assert_near(item->max, 300.5, 0);
    assert_true(item->is_identifying);
    item = &in->items[att_instrument_item(in, "twice")];
    assert_string_equal(att_expr_text(item->value), "(kg * 2)");
    att_arena_drop(&c.arena);
}

static void each_form_is_an_instrument_of_its_own(void **state)
{
    att_travel c;

    read_text(&c, HEADING "a,one,,text,L,,,,,,,,,,,,,\nb,two,,text,L,,,,,,,,,,,,,\n"
                          "c,one,,text,L,,,,,,,,,,,,,\n");
    assert_ok(c.code, &c.err);
    assert_int_equal(c.scripts.n, 2);
    assert_string_equal(c.scripts.list[0].id, "one");
    assert_int_equal(att_travel_instrument(&c, 0)->n_items, 2);
    assert_int_equal(att_travel_instrument(&c, 1)->n_items, 1);
    att_arena_drop(&c.arena);
}

static void what_is_no_dictionary_is_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "", "is empty" },
        { "a,b\n1,2\n", "it has no column \"Variable / Field Name\"" },
        { "field_name,b\n1,2\n", "it has no column \"Field Type\"" },
        { HEADING, "has no field that asks anything" },
        { "<!DOCTYPE html>\n<p>", "it has no column" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;

        read_text(&c, cases[i].text);
        assert_fails(c.code, ATT_EINPUT, &c.err, cases[i].message);
        att_arena_drop(&c.arena);
    }
}

/* ---- there and back ---- */

static void what_goes_out_comes_back_but_for_what_is_named(void **state)
{
    static const char *const paths[] = {
        "../instruments/ces.json",     "../instruments/fss.json",
        "../instruments/profile.json", "../instruments/pulse.json",
        "../instruments/recs.json",    "instruments/everything.json",
        "instruments/grid.json",       "instruments/kinds.json",
        "instruments/likert.json",     "instruments/number.json",
        "instruments/long-list.json",
    };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        att_travel t;

        att_travel_both(&t, "redcap", att_test_path(paths[i]));
        for (size_t k = 0; k < t.from->n_items; k++) {
            const att_item *item = &t.from->items[k];

            if (item->kind->shape == ATT_SHAPE_CONTAINER && !item->kind->has_choices) {
                assert_true(att_travel_is_named(&t, item->id));
            }
        }
        att_travel_same_items(&t);
        for (unsigned seed = 1; seed <= 20; seed++) {
            att_travel_same_paths(&t, seed);
        }
        att_travel_drop(&t);
    }
}

/* ---- conditions there and back ---- */

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
        "a = b",
        "a != b",
        "not (a < b)",
        "n * 2 - 1 > 7",
        "-n < -3",
        "round(n / 7, 1) >= 1.5",
        "floor(n / 7) = 2",
        "abs(n - 30) > 10",
        "day < date('2025-06-01')",
        "day <= today",
        "days(day, today) > 200",
        "t = 'a'",
        "t != 'a'",
        "length(t) = 1",
        "max(a, b) = 3 and min(a, b) = 1",
    };

    for (size_t i = 0; i < sizeof shows / sizeof *shows; i++) {
        char *folder = att_test_folder();
        char *path = att_test_join(folder, "i.json");
        att_arena scratch = { 0 };
        char *json = att_travel_asking(&scratch, shows[i]);
        att_travel t;

        att_test_write(path, json, strlen(json));
        att_travel_both(&t, "redcap", path);
        assert_non_null(t.back->items[att_instrument_item(t.back, "it")].show);
        for (unsigned seed = 1; seed <= 400; seed++) {
            att_travel_same_paths(&t, seed);
        }
        att_travel_drop(&t);
        att_arena_drop(&scratch);
        test_free(path);
        att_test_folder_drop(folder);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(redcaps_conditions_become_ours),
              cmocka_unit_test(calculations_give_a_number_or_nothing),
              cmocka_unit_test(what_is_odd_in_a_row_is_named_with_it),
              cmocka_unit_test(a_row_becomes_the_item_that_it_means),
              cmocka_unit_test(each_form_is_an_instrument_of_its_own),
              cmocka_unit_test(what_is_no_dictionary_is_refused),
              cmocka_unit_test(what_goes_out_comes_back_but_for_what_is_named),
              cmocka_unit_test(conditions_come_back_with_the_same_meaning))
