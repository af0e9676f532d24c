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

typedef struct converted {
    att_arena arena;
    att_losses losses;
    att_scripts scripts;
    att_err err;
    att_code code;
} converted;

static void read_text(converted *c, const char *text)
{
    att_bytes bytes = { .n = strlen(text) };

    *c = (converted){ 0 };
    bytes.bytes = att_arena_text(&c->arena, text);
    c->losses.arena = &c->arena;
    c->losses.file = "d.csv";
    c->code = att_dialect_find("redcap")->read(&c->arena, "d.csv", &bytes, &c->losses,
                                               &c->scripts, &c->err);
}

static const att_instrument *instrument_of(converted *c, size_t i)
{
    att_err err = { 0 };
    att_instrument *instrument = att_instrument_open_bytes(
        &c->arena, "back", c->scripts.list[i].text, c->scripts.list[i].n, &err);

    assert_ok(err.code, &err);
    return instrument;
}

static const char *report_of(converted *c)
{
    att_buf buf = { 0 };
    char *text;

    att_losses_write(&buf, &c->losses);
    text = att_buf_copy(&c->arena, &buf);
    att_buf_drop(&buf);
    return text;
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
        converted c;
        att_arena scratch = { 0 };

        read_text(&c, att_arena_format(&scratch, "%s%s\n", HEADING, cases[i].rows));
        assert_ok(c.code, &c.err);
        assert_contains(report_of(&c), cases[i].report);
        assert_non_null(instrument_of(&c, 0));
        att_arena_drop(&c.arena);
        att_arena_drop(&scratch);
    }
}

static void a_row_becomes_the_item_that_it_means(void **state)
{
    converted c;
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
    in = instrument_of(&c, 0);
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
    converted c;

    read_text(&c, HEADING "a,one,,text,L,,,,,,,,,,,,,\nb,two,,text,L,,,,,,,,,,,,,\n"
                          "c,one,,text,L,,,,,,,,,,,,,\n");
    assert_ok(c.code, &c.err);
    assert_int_equal(c.scripts.n, 2);
    assert_string_equal(c.scripts.list[0].id, "one");
    assert_int_equal(instrument_of(&c, 0)->n_items, 2);
    assert_int_equal(instrument_of(&c, 1)->n_items, 1);
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
        converted c;

        read_text(&c, cases[i].text);
        assert_fails(c.code, ATT_EINPUT, &c.err, cases[i].message);
        att_arena_drop(&c.arena);
    }
}

/* ---- there and back ---- */

typedef struct travelled {
    converted c; /* the way back; losses of both ways */
    const att_instrument *from, *back;
} travelled;

static void travel(travelled *t, const char *path)
{
    att_buf csv = { 0 };
    att_bytes bytes = { 0 };

    *t = (travelled){ 0 };
    t->c.losses.arena = &t->c.arena;
    t->from = att_instrument_open(&t->c.arena, path, &t->c.err);
    assert_ok(t->c.err.code, &t->c.err);
    att_dialect_find("redcap")->write(&csv, &t->from, 1, &t->c.losses);
    t->c.losses.file = "back";
    bytes.bytes = att_buf_copy(&t->c.arena, &csv);
    bytes.n = csv.n;
    att_buf_drop(&csv);
    t->c.code = att_dialect_find("redcap")->read(
        &t->c.arena, "back", &bytes, &t->c.losses, &t->c.scripts, &t->c.err);
    assert_ok(t->c.code, &t->c.err);
    assert_int_equal(t->c.scripts.n, 1);
    t->back = instrument_of(&t->c, 0);
}

/* Whether the report says anything about an item, or what holds it. */
static bool is_named(const travelled *t, const att_item *item)
{
    for (size_t i = 0; i < t->c.losses.n; i++) {
        const att_loss *loss = &t->c.losses.list[i];

        if (loss->kind != ATT_LOSS_MAPPED && strcmp(loss->field, item->id) == 0) {
            return true;
        }
    }
    return false;
}

static bool same_set(const travelled *t, const att_choices *a, const att_choices *b)
{
    if (a == NULL || b == NULL || a->n != b->n) {
        return a == b;
    }
    for (size_t i = 0; i < a->n; i++) {
        if (a->list[i].code != b->list[i].code ||
            a->list[i].reason != b->list[i].reason ||
            a->list[i].is_exclusive != b->list[i].is_exclusive ||
            strcmp(att_wording_in(t->from, &a->list[i].text, t->from->language),
                   att_wording_in(t->back, &b->list[i].text, 0)) != 0) {
            return false;
        }
    }
    return true;
}

static void assert_same_item(const travelled *t, const att_item *a, const att_item *b)
{
    if (is_named(t, a)) {
        return;
    }
    assert_string_equal(a->kind->name, b->kind->name);
    assert_string_equal(att_wording_in(t->from, &a->text, t->from->language),
                        att_wording_in(t->back, &b->text, 0));
    assert_string_equal(att_wording_in(t->from, &a->help, t->from->language),
                        att_wording_in(t->back, &b->help, 0));
    assert_true(same_set(t, a->choices, b->choices));
    assert_int_equal(a->required, b->required);
    assert_int_equal(a->is_identifying, b->is_identifying);
    assert_int_equal(a->has_min, b->has_min);
    assert_near(a->min, b->min, 0);
    assert_int_equal(a->has_max, b->has_max);
    assert_near(a->max, b->max, 0);
    assert_int_equal(a->max_length, b->max_length);
    assert_int_equal(a->is_long, b->is_long);
}

/* A random answer to an item, or none. */
static att_answer answer_for(const att_item *item, unsigned *seed)
{
    unsigned draw = (*seed = *seed * 1103515245U + 12345U) >> 16;
    const att_choices *set = item->choices;

    if (draw % 4 == 0) {
        return att_answer_of_reason(ATT_REASON_SKIPPED);
    }
    switch (item->kind->shape) {
    case ATT_SHAPE_PICK_ONE:
        if (set != NULL) {
            const att_choice *choice = &set->list[draw % set->n];
            return choice->reason != ATT_REASON_NONE
                       ? att_answer_of_reason(choice->reason)
                       : att_answer_of_number(choice->code);
        }
        return att_answer_of_number(1);
    case ATT_SHAPE_PICK_MANY:
        return set != NULL ? att_answer_of_codes(&set->list[draw % set->n].code, 1)
                           : att_answer_of_codes(NULL, 0);
    case ATT_SHAPE_RANK:
        return set != NULL ? att_answer_of_ranks(&set->list[draw % set->n].code, 1)
                           : (att_answer){ 0 };
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: return att_answer_of_number(draw % 60);
    case ATT_SHAPE_TEXT: return att_answer_of_text(draw % 8 == 1 ? "b" : "a");
    case ATT_SHAPE_DATE: return att_answer_of_day(20000 + (att_day)(draw % 900));
    case ATT_SHAPE_TIME: return att_answer_of_text("08:00");
    default: return (att_answer){ 0 };
    }
}

/* The same answers show the same items, on both sides. */
static void assert_same_paths(travelled *t, unsigned seed)
{
    att_context context = { .role = "",
                            .site = "",
                            .wave = "",
                            .person = "",
                            .language = "en",
                            .today = 20500 };
    att_sheet *a = att_sheet_make(&t->c.arena, t->from, &context);
    att_sheet *b = att_sheet_make(&t->c.arena, t->back, &context);

    for (size_t i = 0; i < t->from->n_items; i++) {
        const att_item *item = &t->from->items[i];
        size_t k = att_instrument_item(t->back, item->id);

        if (att_item_is_question(item) && k != ATT_NONE) {
            att_answer answer = answer_for(item, &seed);

            att_sheet_put(a, i, &answer);
            att_sheet_put(b, k, &answer);
        }
    }
    for (size_t i = 0; i < t->from->n_items; i++) {
        size_t k = att_instrument_item(t->back, t->from->items[i].id);

        if (k != ATT_NONE && att_item_is_question(&t->from->items[i]) &&
            !is_named(t, &t->from->items[i])) {
            assert_int_equal(a->is_asked[i], b->is_asked[k]);
        }
    }
}

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
        travelled t;

        travel(&t, att_test_path(paths[i]));
        for (size_t k = 0; k < t.from->n_items; k++) {
            const att_item *item = &t.from->items[k];
            size_t there = att_instrument_item(t.back, item->id);

            if (item->kind->shape == ATT_SHAPE_CONTAINER && !item->kind->has_choices) {
                assert_true(is_named(&t, item));
            } else if (there == ATT_NONE) {
                assert_true(is_named(&t, item));
            } else {
                assert_same_item(&t, item, &t.back->items[there]);
            }
        }
        for (unsigned seed = 1; seed <= 20; seed++) {
            assert_same_paths(&t, seed);
        }
        att_arena_drop(&t.c.arena);
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
        const char *set = "[{\"code\":1,\"text\":\"x\"},{\"code\":2,\"text\":\"y\"},"
                          "{\"code\":3,\"text\":\"z\"},"
                          "{\"missing\":\"not_applicable\",\"text\":\"no\"}]";
        char *json = att_arena_format(
            &scratch,
            "{\"format\":\"instrument/1\",\"id\":\"i\",\"version\":\"1.0.0\","
            "\"title\":\"I\",\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
            "\"choices\":{\"s\":%s},\"items\":["
            "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"s\",\"text\":\"A\"},"
            "{\"id\":\"b\",\"kind\":\"one\",\"choices\":\"s\",\"text\":\"B\"},"
            "{\"id\":\"c\",\"kind\":\"one\",\"choices\":\"s\",\"text\":\"C\"},"
            "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"text\":\"N\"},"
            "{\"id\":\"t\",\"kind\":\"text\",\"text\":\"T\"},"
            "{\"id\":\"day\",\"kind\":\"date\",\"text\":\"D\"},"
            "{\"id\":\"it\",\"kind\":\"text\",\"show\":\"%s\",\"text\":\"It\"}]}",
            set, shows[i]);
        travelled t;

        att_test_write(path, json, strlen(json));
        travel(&t, path);
        assert_non_null(t.back->items[att_instrument_item(t.back, "it")].show);
        for (unsigned seed = 1; seed <= 400; seed++) {
            assert_same_paths(&t, seed);
        }
        att_arena_drop(&t.c.arena);
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
