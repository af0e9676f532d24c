/* XLSForm: XPath both ways, odd files, and what comes back. */
#include <stdio.h>
#include <string.h>

#include <attune/base/file.h>
#include <attune/instrument/dialect.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>
#include <attune/instrument/roster.h>

#include "att_test.h"
#include "att_travel.h"
#include "src/instrument/dialect_logic_tree.h"
#include "src/instrument/dialect_xlsform.h"

/* ---- logic coming in ---- */

static const att_logic_code codes[] = { { "no", 1, ATT_REASON_NONE },
                                        { "yes", 2, ATT_REASON_NONE },
                                        { "-7", -7, ATT_REASON_NOT_APPLICABLE } };

static const att_logic_field fields[] = {
    { "born", "born", ATT_LOGIC_DAY, NULL, 0 },
    { "c", "c", ATT_LOGIC_CODE, codes, 3 },
    { "d", "d", ATT_LOGIC_CODE, codes, 3 },
    { "m", "m", ATT_LOGIC_MARKS, codes, 2 },
    { "n", "n", ATT_LOGIC_NUMBER, NULL, 0 },
    { "place", "place", ATT_LOGIC_NONE, NULL, 0 },
    { "t", "t", ATT_LOGIC_TEXT, NULL, 0 },
};

static const att_logic_fields all_fields = { .tongue = &att_tongue_xpath,
                                             .list = fields,
                                             .n = sizeof fields / sizeof *fields };

typedef struct logic_case {
    const char *there, *here; /* here: ours, or "! " and why not */
} logic_case;

static void assert_logic(const logic_case *cases, size_t n,
                         const att_logic_fields *known, att_logic_purpose purpose)
{
    for (size_t i = 0; i < n; i++) {
        att_arena arena = { 0 };
        const char *why = "";
        const att_term *root =
            att_term_make(&arena, &att_tongue_xpath, cases[i].there, &why);
        att_logic logic = { .text = NULL, .why = why };
        const char *said;

        if (root != NULL) {
            logic = att_logic_of(&arena, known, root, purpose);
        }
        said = logic.text != NULL ? logic.text
                                  : att_arena_format(&arena, "! %s", logic.why);
        assert_string_equal(said, cases[i].here);
        att_arena_drop(&arena);
    }
}

static void conditions_of_forms_become_ours(void **state)
{
    static const logic_case cases[] = {
        { "${c} = 'yes'", "c = 2" },
        { "'yes'=${ c }", "c = 2" },
        { "${c} != 'yes'", "missing(c) or c != 2" },
        { "${c} != '' and ${c} != 'yes'", "c != 2" },
        { "${c} = '-7'", "reason(c) = 'not_applicable'" },
        { "${c} = 'maybe'", "! ${c} has no choice \"maybe\"" },
        { "selected(${c}, 'yes')", "c = 2" },
        { "selected(${m}, 'yes')", "selected(m, 2)" },
        { "not(selected(${m}, 'yes'))", "missing(m) or not selected(m, 2)" },
        { "selected(${m}, 'maybe')", "! ${m} has no choice \"maybe\" here" },
        { "selected(${n}, 'yes')", "! selected() wants a question with choices" },
        { "count-selected(${m}) >= 2", "coalesce(length(m), 0) >= 2" },
        { "${m} = ''", "missing(m)" },
        { "${m} = 'yes'", "! ${m} has many values" },
        { "not(${c} = 'yes')", "missing(c) or c != 2" },
        { "not(${n} > 3)", "not (answered(n) and n > 3)" },
        { "not(${n} > 3 and ${c} = 'no')",
          "not (answered(n) and n > 3) or missing(c) or c != 1" },
        { "not(not(${n} > 3))", "n > 3" },
        { "${n} div 2 > 3 or ${n} mod 2 = 1",
          "(n / 2) > 3 or (n - 2 * floor(n / 2)) = 1" },
        { "-${n} * 2 < 0", "((-n) * 2) < 0" },
        { "string-length(${t}) > 3", "coalesce(length(t), 0) > 3" },
        { "regex(${t}, '^[a-z]+$')", "matches(t, '[a-z]+')" },
        { "contains(${t}, 'a.b')", "matches(t, '.*a\\.b.*')" },
        { "starts-with(${t}, 'It''s')", "! \")\" is missing after starts-with(" },
        { "starts-with(${t}, \"It's\")", "matches(t, 'It''s.*')" },
        { "${born} < today()", "born < today" },
        { "${born} <= date('2000-02-30')", "! \"2000-02-30\" is no day" },
        { "${born} >= date('1900-01-01')", "born >= date('1900-01-01')" },
        { "today() - ${born} > 6570", "(today - born) > 6570" },
        { "(decimal-date-time(today()) - decimal-date-time(${born})) div 365.25 >= 18",
          "((today - born) / 365.25) >= 18" },
        { "int(${n} div 10) = 2", "floor((n / 10)) = 2" },
        { "round(${n}, 1) = 2 and abs(${n}) > 1", "round(n, 1) = 2 and abs(n) > 1" },
        { "coalesce(${n}, 0) > 1", "coalesce(n, 0) > 1" },
        { "if(${c} = 'yes', ${n}, 0) > 1", "if(answered(c) and c = 2, n, 0) > 1" },
        { "pow(${n}, 2) > 4", "(n * n) > 4" },
        { "max(${n}, 3) > 4", "max(n, 3) > 4" },
        { "true()", "1 = 1" },
        { "${n} > 1 and false()", "n > 1 and 1 = 0" },
        { "position(..) > 1", "! a path has no meaning here" },
        { "/data/n > 1", "! a path has no meaning here" },
        { "indexed-repeat(${n}, ${t}, 1) = 1",
          "! indexed-repeat() cannot be said here" },
        { "pulldata('a','b','c',${n}) = 1", "! pulldata() cannot be said here" },
        { "jr:choice-name(${c}, '${c}') = 'Yes'",
          "! jr:choice-name() cannot be said here" },
        { "${gone} = 1", "! ${gone} is no question of this form" },
        { "${place} = ''", "! ${place} is no item here" },
        { ". > 1", "! \".\" has no meaning here" },
        { "${n", "! a bracket is not closed" },
        { "${n} > ", "! it ends where a value is wanted" },
        { "selected(${m})", "! selected() wants 2 arguments" },
        { "yes", "! \"yes\" is no function or field" },
        { "", "! it ends where a value is wanted" },
    };

    assert_logic(cases, sizeof cases / sizeof *cases, &all_fields,
                 ATT_LOGIC_FOR_CONDITION);
}

static void a_constraint_is_never_unknown(void **state)
{
    static const att_logic_field own = { "n", ".", ATT_LOGIC_NUMBER, NULL, 0 };
    static const logic_case cases[] = {
        { ". > 3", ". > 3" },
        { "${n} != 3", ". != 3" },
        { ". > 3 or ${c} = 'yes'", "(. > 3) or (answered(c) and c = 2)" },
        { ". = ''", "1 = 0" },
        { ". mod 2 = 0", "(. - 2 * floor(. / 2)) = 0" },
    };
    att_logic_fields with_own = all_fields;

    with_own.own = &own;
    assert_logic(cases, sizeof cases / sizeof *cases, &with_own, ATT_LOGIC_FOR_CHECK);
}

/* ---- words ---- */

static void markup_is_taken_out_and_put_in(void **state)
{
    static const struct {
        const char *marked, *plain;
        bool had_markup;
    } cases[] = {
        { "**Bold** and *it* and __so__ and _this_", "Bold and it and so and this",
          true },
        { "2 * 3 * 4", "2 * 3 * 4", false },
        { "snake_case_name", "snake_case_name", false },
        { "${a_b} and ${c_d}", "${a_b} and ${c_d}", false },
        { "# Title\nText", "Title\nText", true },
        { "#1 is first", "#1 is first", false },
        { "[here](http://x.org) it is", "here (http://x.org) it is", true },
        { "\\*not\\* \\_this\\_", "*not* _this_", false },
        { "***both***", "both", true },
        { "**open", "**open", false },
        { "a <b>b</b> &amp; c", "a b & c", true },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_arena arena = { 0 };
        bool had_markup = false;
        const char *plain = att_xls_plain(&arena, cases[i].marked, &had_markup);
        const char *again = att_xls_marked(&arena, plain);

        assert_string_equal(plain, cases[i].plain);
        assert_int_equal(had_markup, cases[i].had_markup);
        assert_string_equal(att_xls_plain(&arena, again, &had_markup), plain);
        att_arena_drop(&arena);
    }
}

/* ---- files ---- */

static void read_form(att_travel *c, const char *text)
{
    att_travel_read_as(c, "xlsform", "f.md", text);
}

#define CHOICES                                                         \
    "| choices |\n| | list_name | name | label |\n| | yn | y | Yes |\n" \
    "| | yn | n | No |\n"

static void what_is_odd_in_a_row_is_named_with_it(void **state)
{
    static const struct {
        const char *titles, *row, *report;
    } cases[] = {
        { "type | name | label", "hologram | a | A",
          "f.md: row 3: approximated: \"a\": the type \"hologram\" is not known" },
        { "type | name | label", "geopoint | a | A",
          "row 3: dropped: \"a\": a question of type \"geopoint\"" },
        { "type | name | label", "start | a | ", "every session keeps when it began" },
        { "type | name | label", "select_one gone | a | A",
          "the list \"gone\" is not there; it becomes a text" },
        { "type | name | label", "text | b__c | A", "its name becomes \"b_c\"" },
        { "type | name | label", "text | q | B", "a question of this name is there" },
        { "type | name | label", "| a | A", "a row without a type" },
        { "type | name | label", "text | | A", "a row without a name" },
        { "type | name | label", "integer | a | A", "numbers under -3 are codes of" },
        { "type | name | label", "text | a |",
          "it has no label; its name stands there" },
        { "type | name | label", "text | a | **A**",
          "markup was taken out of its words" },
        { "type | name | label", "end group | a | A", "an end without a beginning" },
        { "type | name | label", "acknowledge | a | A", "a question with one choice" },
        { "type | name | label", "select_one yn or_other | a | A",
          "the words of the choice \"other\", with the code 3, are made up" },
        { "type | name | label | relevant", "text | a | A | ${gone} = 1",
          "dropped: \"a\": the condition \"${gone} = 1\": ${gone} is no question" },
        { "type | name | label | relevant", "text | a | A | once(${q}) = 1",
          "once() cannot be said here" },
        { "type | name | label | constraint", "text | a | A | . = instance('x')/root",
          "dropped: \"a\": the constraint" },
        { "type | name | label | constraint_message", "text | a | A | No!",
          "the message \"No!\": limits have words of their own here" },
        { "type | name | label | calculation", "calculate | a | A | concat(${q}, 'x')",
          "dropped: \"a\": the calculation \"concat(${q}, 'x')\": it gives no number" },
        { "type | name | label | required", "text | a | A | ${q} = 'x'",
          "dropped: \"a\": that it is required when ${q} = 'x'" },
        { "type | name | label | default", "text | a | A | x", "the default, \"x\"" },
        { "type | name | label | trigger", "text | a | A | ${q}",
          "the trigger, \"${q}\"" },
        { "type | name | label | media::image", "text | a | A | x.png",
          "the media, \"x.png\"" },
        { "type | name | label | readonly", "text | a | A | yes",
          "that it is read only" },
        { "type | name | label | appearance", "select_one yn | a | A | minimal",
          "the appearance \"minimal\"" },
        { "type | name | label | parameters",
          "select_one yn | a | A | randomize=true seed=3",
          "of its parameters all but \"randomize\": \"randomize=true seed=3\"" },
        { "type | name | label | parameters", "text | a | A | rows=3",
          "the parameters \"rows=3\"" },
        { "type | name | label | choice_filter", "select_one yn | a | A | x = ${q}",
          "the filter of choices \"x = ${q}\"" },
        { "type | name | label | guidance_hint", "text | a | A | B",
          "what guides who asks becomes the help" },
        { "type | name | label | oddity", "text | a | A | B",
          "row 2: dropped: \"oddity\": a column of \"survey\" without use here" },
        { "type | name | label | label::Klingon", "text | a | A | B",
          "the language is named \"und-x1\"" },
        { "type | name | label", "text | a | A | more", "stands under no heading" },
        { "type | name | label", "select_one yn | a | A",
          "row 7: approximated: \"yn\": the choice \"n\" has the code 2" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;
        att_arena scratch = { 0 };

        read_form(&c, att_arena_format(&scratch,
                                       "| survey |\n| | %s |\n| | %s |\n%s"
                                       "| survey |\n",
                                       cases[i].titles, cases[i].row, CHOICES));
        if (c.code != ATT_OK) { /* the row alone is no form */
            att_travel_drop(&c);
            read_form(&c, att_arena_format(&scratch,
                                           "| survey |\n| | %s |\n| | %s |\n"
                                           "| | text | q | Q |\n%s",
                                           cases[i].titles, cases[i].row, CHOICES));
        }
        assert_ok(c.code, &c.err);
        if (strstr(att_travel_report(&c), cases[i].report) == NULL) {
            att_travel_drop(&c);
            read_form(&c, att_arena_format(&scratch,
                                           "| survey |\n| | %s |\n| | text | q | Q |\n"
                                           "| | %s |\n%s",
                                           cases[i].titles, cases[i].row, CHOICES));
            assert_ok(c.code, &c.err);
        }
        assert_contains(att_travel_report(&c), cases[i].report);
        assert_non_null(att_travel_instrument(&c, 0));
        att_travel_drop(&c);
        att_arena_drop(&scratch);
    }
}

static const att_item *item_of(const att_instrument *in, const char *id)
{
    size_t index = att_instrument_item(in, id);

    assert_int_not_equal(index, ATT_NONE);
    return &in->items[index];
}

static void a_form_becomes_the_items_that_it_means(void **state)
{
    att_travel c;
    const att_instrument *in;
    const att_item *item;

    read_form(
        &c,
        "\xef\xbb\xbf| survey |\r\n"
        "| | type | name | label::English (en) | label::Spanish (es) | hint::English (en) "
        "| required | relevant | constraint | constraint_message::English (en) | "
        "calculation | appearance | parameters | choice_filter |\r\n"
        "|---|---|---|---|\r\n"
        "| | begin_group | p | Part | Parte | | | | | | | field-list | | |\r\n"
        "| | select_one yn | a | Do you? | | A hint | yes | | | | | | | |\r\n"
        "| | text | a_other | Why? | | | | ${a} = 'n' | | | | | | |\r\n"
        "| | end_group | | | | | | | | | | | | |\r\n"
        "| | begin_group | g | | | | | ${a} = 'y' | | | | | | |\r\n"
        "| | select_one yn | g_head | How much? | | | | | | | | label | | |\r\n"
        "| | select_one yn | g1 | One | | | | | | | | list-nolabel | | |\r\n"
        "| | select_one yn | g2 | Two | | | | | | | | list-nolabel | | |\r\n"
        "| | end_group | | | | | | | | | | | | |\r\n"
        "| | select_multiple yn | m | M ${a_label} | | | | | not(selected(., 'n') and "
        "count-selected(.) > 1) | | | | | |\r\n"
        "| | select_one yn | f | F | | | | | | | | | | selected(${m}, name) |\r\n"
        "| | integer | n | N | | | | | . > 0 and . <= 9 and . != 5 | not 5 | | | | |\r\n"
        "| | text | t | T | | | | | string-length(.) <= 9 | | | multiline | | |\r\n"
        "| | date | d | D | | | | | . <= today() | | | | | |\r\n"
        "| | range | r | R | | | | | | | | | start=0 end=10 step=2 tick_labelset=ends | "
        "|\r\n"
        "| | rank yn | k | K | | | | | | | | | randomize=true | |\r\n"
        "| | calculate | w | | | | | | | | ${n} * 2 | | | |\r\n"
        "| | calculate | a_label | | | | | | | | jr:choice-name(${a}, '${a}') | | | |\r\n"
        "| choices |\r\n"
        "| | list_name | name | label::English (en) | label::Spanish (es) |\r\n"
        "| | yn | y | Yes \\| sure | S\xc3\xad |\r\n"
        "| | yn | n | No | |\r\n"
        "| | yn | -7 | None | |\r\n"
        "| | ends | 0 | low | |\r\n"
        "| | ends | 10 | high | |\r\n"
        "| settings |\r\n"
        "| | form_title | form_id | version | default_language |\r\n"
        "| | My form | my-form | 1.2.3 | English (en) |\r\n");
    assert_ok(c.code, &c.err);
    in = att_travel_instrument(&c, 0);
    assert_string_equal(in->id, "my-form");
    assert_string_equal(in->version, "1.2.3");
    assert_string_equal(in->title.in[0], "My form");
    assert_int_equal(in->n_languages, 2);
    assert_string_equal(in->languages[1].tag, "es");
    item = item_of(in, "p");
    assert_string_equal(item->kind->name, "page");
    assert_string_equal(item->title.in[1], "Parte");
    item = item_of(in, "a");
    assert_int_equal(item->required, ATT_REQUIRED_HARD);
    assert_string_equal(item->help.in[0], "A hint");
    assert_null(item->text.in[1]);
    assert_string_equal(item->choices->list[0].text.in[0], "Yes | sure");
    assert_string_equal(item->choices->list[0].text.in[1], "S\xc3\xad");
    assert_string_equal(item->choices->list[1].other.in[0], "Why?");
    assert_int_equal(item->choices->list[2].reason, ATT_REASON_NOT_APPLICABLE);
    assert_true(item_of(in, "a_other")->is_other);
    item = item_of(in, "g");
    assert_string_equal(item->kind->name, "grid");
    assert_string_equal(item->text.in[0], "How much?");
    assert_string_equal(att_expr_text(item->show), "a = 1");
    assert_int_equal(att_instrument_item(in, "g_head"), ATT_NONE);
    assert_string_equal(item_of(in, "g2")->text.in[0], "Two");
    assert_int_equal(item_of(in, "k")->shuffle, ATT_ORDER_RANDOM);
    item = item_of(in, "m");
    assert_true(item->choices->list[1].is_exclusive);
    assert_string_equal(item->text.in[0], "M {a:label}");
    assert_int_equal(item_of(in, "f")->from, ATT_FROM_ITEM);
    item = item_of(in, "n");
    assert_near(item->min, 1, 0);
    assert_near(item->max, 9, 0);
    assert_string_equal(att_expr_text(item->check), ". != 5");
    assert_string_equal(item->check_text.in[0], "not 5");
    item = item_of(in, "t");
    assert_true(item->is_long);
    assert_int_equal(item->max_length, 9);
    assert_string_equal(att_expr_text(item_of(in, "d")->max_day), "today");
    item = item_of(in, "r");
    assert_near(item->max, 10, 0);
    assert_near(item->step, 2, 0);
    assert_string_equal(item->anchors[1].in[0], "high");
    assert_string_equal(item_of(in, "k")->kind->name, "rank");
    assert_string_equal(att_expr_text(item_of(in, "w")->value), "(n * 2)");
    att_travel_drop(&c);
}

static void groups_stand_in_each_other(void **state)
{
    att_travel c;
    const att_instrument *in;

    read_form(&c, "| survey |\n| | type | name | label | relevant |\n"
                  "| | begin group | o | Outer | |\n| | text | a | A | |\n"
                  "| | begin_group | i | Inner | ${a} = 'x' |\n| | text | b | B | |\n"
                  "| | end group | | | |\n| | begin group | e | Empty | |\n"
                  "| | end_group | | | |\n| | text | c | C | |\n");
    assert_ok(c.code, &c.err);
    assert_contains(att_travel_report(&c),
                    "row 3: approximated: \"o\": nothing ends this group");
    in = att_travel_instrument(&c, 0);
    assert_int_equal(item_of(in, "b")->parent, att_instrument_item(in, "i"));
    assert_int_equal(item_of(in, "c")->parent, att_instrument_item(in, "o"));
    assert_string_equal(att_expr_text(item_of(in, "i")->show), "a = 'x'");
    assert_int_equal(att_instrument_item(in, "e"), ATT_NONE);
    att_travel_drop(&c);
}

/* ---- what repeats ---- */

#define ASK_KIDS                                                        \
    "| survey |\n| | type | name | label | repeat_count | relevant |\n" \
    "| | integer | kids | How many? | | |\n"
#define KID "| | text | kid | Name | | |\n| | integer | age | Age of ${kid} | | |\n"

static void what_repeats_becomes_a_roster(void **state)
{
    static const struct {
        const char *rows; /* after the question "kids" */
        size_t n;         /* entries */
        const char *show; /* of the second, or NULL */
        const char *told;
    } cases[] = {
        { "| | begin_repeat | r | Kids | 3 | |\n" KID "| | end_repeat | | | | |\n", 3,
          NULL, "mapped" },
        { "| | begin repeat | r | Kids | min(${kids}, 4) | |\n" KID
          "| | end repeat | | | | |\n",
          4, "(min(kids, 4)) >= 2", "mapped" },
        { "| | begin_repeat | r | Kids | ${kids} | |\n" KID
          "| | end_repeat | | | | |\n",
          20, "(kids) >= 2", "approximated: \"r\": it repeats 20 times at most" },
        { "| | begin_repeat | r | Kids | | |\n" KID "| | end_repeat | | | | |\n", 20,
          "(r_count) >= 2",
          "approximated: \"r\": how often it repeats is asked before it, by "
          "\"r_count\"" },
        { "| | begin_repeat | r | Kids | once(3) | |\n" KID
          "| | end_repeat | | | | |\n",
          20, "(r_count) >= 2",
          "dropped: \"r\": the number of repeats \"once(3)\": once() cannot be said "
          "here" },
        { "| | begin_repeat | r | Kids | 2 | |\n" KID
          "| | begin_repeat | in | In | 2 | |\n| | text | toy | Toy | | |\n"
          "| | end_repeat | | | | |\n| | end_repeat | | | | |\n",
          2, NULL,
          "dropped: \"in\": that it repeats within what repeats: it is asked once "
          "there" },
        { "| | begin_repeat | r | Kids | 2 | |\n| | note | hi | Hello | | |\n" KID
          "| | end_repeat | | | | |\n| | note | all | About ${kid} | | |\n",
          2, NULL,
          "approximated: \"all\": names in braces stay as they are: text names "
          "\"kid\"" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;
        char text[900];
        const att_instrument *in;
        const att_roster *roster;

        snprintf(text, sizeof text, ASK_KIDS "%s", cases[i].rows);
        read_form(&c, text);
        assert_ok(c.code, &c.err);
        assert_contains(att_travel_report(&c), cases[i].told);
        in = att_travel_instrument(&c, 0);
        roster = att_roster_find(in, "r");
        assert_non_null(roster);
        assert_int_equal(roster->n, cases[i].n);
        assert_string_equal(in->items[roster->names[1]].id, "kid_2");
        assert_string_equal(item_of(in, "age_2")->text.in[0], "Age of {kid}");
        if (cases[i].show != NULL) {
            assert_string_equal(att_expr_text(in->items[roster->entries[1]].show),
                                cases[i].show);
        }
        att_travel_drop(&c);
    }
}

/* A form of so many rows that no roster of 20 fits: 300 rows 20 times are 6000 items. */
static void what_would_be_too_much_is_asked_once(void **state)
{
    att_buf text = { 0 };
    att_travel c;

    att_buf_add(&text, "| survey |\n| | type | name | label | repeat_count |\n"
                       "| | begin_repeat | r | R | 20 |\n");
    for (int i = 0; i < 300; i++) {
        att_buf_format(&text, "| | text | t%d | T | |\n", i);
    }
    att_buf_add(&text, "| | end_repeat | | | |\n");
    read_form(&c, att_buf_text(&text));
    assert_ok(c.code, &c.err);
    assert_contains(att_travel_report(&c), "dropped: \"r\": that it repeats: ");
    assert_string_equal(item_of(att_travel_instrument(&c, 0), "r")->kind->name,
                        "group");
    att_travel_drop(&c);
    att_buf_drop(&text);
}

/* Our roster as a repeat: names without numbers, other entries by their number. */
static void a_roster_becomes_what_repeats(void **state)
{
    static const char *const wanted[] = {
        ",begin_repeat,partners,",
        ",\"min(coalesce(${meetings}, 999999999999), 3)\"",
        ",text,partner,",
        "${partner}",
        ",end_repeat,",
    };
    att_travel t;

    att_travel_both(&t, "xlsform", att_test_path("instruments/roster.json"));
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_contains(t.there, wanted[i]);
    }
    assert_null(strstr(t.there, "partner_1"));
    assert_int_equal(att_roster_find(t.back, "partners")->n, 3);
    att_travel_drop(&t);
}

/* All that a repeat can hold comes back as it was, and is shown to the same people. */
static void what_is_said_within_an_entry_comes_back(void **state)
{
    static const char text[] =
        "{\"format\":\"instrument/1\",\"id\":\"mine\",\"version\":\"1.0.0\","
        "\"title\":\"Mine\",\"languages\":{\"default\":\"en\","
        "\"list\":[{\"tag\":\"en\"}]},\"items\":["
        "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"text\":\"N?\"},"
        "{\"id\":\"ties\",\"kind\":\"roster\",\"count\":\"n\",\"max\":3,"
        "\"title\":\"Ties\",\"show\":\"n != 1\",\"items\":["
        "{\"id\":\"who\",\"kind\":\"text\",\"text\":\"Who?\"},"
        "{\"id\":\"near\",\"kind\":\"one\",\"text\":\"Is {who} near?\","
        "\"choices\":[{\"code\":1,\"text\":\"Yes\"},{\"code\":0,\"text\":\"No\"}]},"
        "{\"id\":\"g\",\"kind\":\"group\",\"show\":\"near != 1\",\"items\":["
        "{\"id\":\"far\",\"kind\":\"integer\",\"min\":0,"
        "\"text\":\"How far, if {near:label}?\",\"check\":\". < 40 or n > 2\"}]}]},"
        "{\"id\":\"z\",\"kind\":\"note\",\"text\":\"Z\","
        "\"show\":\"far_2 > 3 or count(ties.near = 1) >= 2\"}]}";
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "mine.json");
    att_travel t;

    (void)state;
    att_test_write(path, text, sizeof text - 1);
    att_travel_both(&t, "xlsform", path);
    assert_false(att_travel_is_named(&t, "ties"));
    att_travel_same_items(&t);
    for (unsigned seed = 1; seed <= 400; seed++) {
        att_travel_same_paths(&t, seed);
    }
    att_travel_drop(&t);
    test_free(path);
    att_test_folder_drop(folder);
}

static void csv_is_taken_in_each_of_its_forms(void **state)
{
    static const char *const texts[] = {
        "\"survey\",\r\n,\"type\",\"name\",\"label\"\r\n,\"text\",\"a\",\"A, or\nB\"\r\n",
        "survey,type,name,label\n,text,a,\"A, or\nB\"\n",
        "type,name,label\ntext,a,\"A, or\nB\"\n",
        ",,\n\nsettings\n,form_id\n,x\nsurvey\n,type,name,label\n\n,text,a,\"A, or\nB\"",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        att_travel c;

        att_travel_read_as(&c, "xlsform", "f.csv", texts[i]);
        assert_ok(c.code, &c.err);
        assert_string_equal(item_of(att_travel_instrument(&c, 0), "a")->text.in[0],
                            "A, or\nB");
        att_travel_drop(&c);
    }
}

static void a_sheet_brings_those_beside_it(void **state)
{
    static const char survey[] = "type,name,label\nselect_one yn,a,A\n";
    static const char choices[] = "list_name,name,label\nyn,1,Yes\nyn,x,No\n";
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "survey.csv");
    char *beside = att_test_join(folder, "choices.csv");
    att_travel c;

    att_test_write(path, survey, strlen(survey));
    att_test_write(beside, choices, strlen(choices));
    att_travel_read_as(&c, "xlsform", path, survey);
    assert_ok(c.code, &c.err);
    assert_string_equal(item_of(att_travel_instrument(&c, 0), "a")->kind->name, "one");
    assert_contains(
        att_travel_report(&c),
        "choices.csv: row 3: approximated: \"yn\": the choice \"x\" has the "
        "code 2");
    att_travel_drop(&c);
    test_free(beside);
    test_free(path);
    att_test_folder_drop(folder);
}

static void what_is_no_form_is_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "", "it has no sheet \"survey\"" },
        { "a,b\n1,2\n", "it has no sheet \"survey\"" },
        { "| choices |\n| | list_name |\n", "it has no sheet \"survey\"" },
        { "| survey |\n| | type | name |\n", "has no question" },
        { "| survey |\n| | a | b |\n| | 1 | 2 |\n", "has no question" },
        { "\xff\xfe", "is not UTF-8" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;

        read_form(&c, cases[i].text);
        assert_fails(c.code, ATT_EINPUT, &c.err, cases[i].message);
        att_travel_drop(&c);
    }
}

static void a_language_may_be_named_or_not(void **state)
{
    static const struct {
        const char *titles, *cells, *chosen;
        const char *tag, *text; /* of the default language */
        size_t n_languages;
    } cases[] = {
        { "label", "A", "", "en", "A", 1 },
        { "label", "A", "Spanish (es)", "es", "A", 1 },
        { "label | label::Spanish (es)", "A | B", "", "en", "A", 2 },
        { "label | label::Spanish (es)", "A | B", "es", "es", "B", 1 },
        { "label::fr | label::English (en)", "A | B", "English (en)", "en", "B", 2 },
        { "label::French | label::en", " | B", "", "fr", "B", 2 },
        { "label | label::English (en)", "A | B", "", "und", "A", 2 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_travel c;
        att_arena scratch = { 0 };
        const att_instrument *in;

        read_form(&c,
                  att_arena_format(&scratch,
                                   "| survey |\n| | type | name | %s |\n"
                                   "| | text | a | %s |\n| settings |\n"
                                   "| | default_language |\n| | %s |\n",
                                   cases[i].titles, cases[i].cells, cases[i].chosen));
        assert_ok(c.code, &c.err);
        in = att_travel_instrument(&c, 0);
        assert_int_equal(in->n_languages, cases[i].n_languages);
        assert_string_equal(in->languages[in->language].tag, cases[i].tag);
        assert_string_equal(item_of(in, "a")->text.in[in->language], cases[i].text);
        att_travel_drop(&c);
        att_arena_drop(&scratch);
    }
}

/* ---- there and back ---- */

static void what_goes_out_comes_back_but_for_what_is_named(void **state)
{
    static const char *const paths[] = {
        "../instruments/bcl.json",     "../instruments/bsc.json",
        "../instruments/ces.json",     "../instruments/cogint.json",
        "../instruments/cosf.json",    "../instruments/fss.json",
        "../instruments/anchor.json",  "../instruments/bcl-diary.json",
        "../instruments/profile.json", "../instruments/pulse.json",
        "../instruments/recs.json",    "instruments/everything.json",
        "instruments/grid.json",       "instruments/kinds.json",
        "instruments/likert.json",     "instruments/number.json",
        "instruments/long-list.json",  "instruments/forms.json",
        "instruments/roster.json",
    };

    for (size_t i = 0; i < 2 * sizeof paths / sizeof *paths; i++) {
        const char *path = att_test_path(paths[i / 2]);
        att_travel t;

        if (i % 2 == 0) {
            att_travel_both(&t, "xlsform", path);
        } else {
            att_travel_second(&t, "xlsform", path);
        }
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

/* What our expressions say, in the words of forms and again in ours. */
static void conditions_come_back_with_the_same_meaning(void **state)
{
    static const char *const shows[] = {
        "a != 1",
        "not (a = 1 or b = 2)",
        "missing(a) or a != 1",
        "a in (1, 3) and not (b in (2, 3))",
        "answered(a) and missing(b)",
        "reason(a) != 'not_applicable' and b < 3",
        "sum(a, b) >= 4",
        "sum(a, b, min_valid: 2) >= 4",
        "mean(a, b, n) < 2.5",
        "max(a, b) = 3 and min(a, b) = 1",
        "count(a = 1, b = 2, c = 3) >= 2",
        "share(a = 1, b = 2) > 0.4",
        "if(a = 1, b = 2, c = 3)",
        "if(a = 1, n, b) > 2",
        "coalesce(a, b) = 2",
        "a != b",
        "not (a < b)",
        "n * 2 - 1 > 7 and -n < -3",
        "round(n / 7, 1) >= 1.5 or floor(n / 7) = 2",
        "abs(n - 30) > 10",
        "n in (1, 2, 30)",
        "day < date('2025-06-01')",
        "day + 10 > today",
        "days(day, today) / 7 > 20",
        "t != 'a' or lower(t) = 'a'",
        "length(t) = 1",
        "matches(t, '[a-b]') and not matches(t, 'a+')",
        "selected(m, 2)",
        "not selected(m, 2)",
        "not (2 in m) or n > 20",
        "length(m) >= 1",
    };

    for (size_t i = 0; i < sizeof shows / sizeof *shows; i++) {
        char *folder = att_test_folder();
        char *path = att_test_join(folder, "i.json");
        att_arena scratch = { 0 };
        char *json = att_travel_asking(&scratch, shows[i]);
        att_travel t;

        att_test_write(path, json, strlen(json));
        att_travel_both(&t, "xlsform", path);
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

ATT_TEST_MAIN(cmocka_unit_test(conditions_of_forms_become_ours),
              cmocka_unit_test(a_constraint_is_never_unknown),
              cmocka_unit_test(markup_is_taken_out_and_put_in),
              cmocka_unit_test(what_is_odd_in_a_row_is_named_with_it),
              cmocka_unit_test(a_form_becomes_the_items_that_it_means),
              cmocka_unit_test(groups_stand_in_each_other),
              cmocka_unit_test(what_repeats_becomes_a_roster),
              cmocka_unit_test(what_would_be_too_much_is_asked_once),
              cmocka_unit_test(a_roster_becomes_what_repeats),
              cmocka_unit_test(what_is_said_within_an_entry_comes_back),
              cmocka_unit_test(csv_is_taken_in_each_of_its_forms),
              cmocka_unit_test(a_sheet_brings_those_beside_it),
              cmocka_unit_test(what_is_no_form_is_refused),
              cmocka_unit_test(a_language_may_be_named_or_not),
              cmocka_unit_test(what_goes_out_comes_back_but_for_what_is_named),
              cmocka_unit_test(conditions_come_back_with_the_same_meaning))
