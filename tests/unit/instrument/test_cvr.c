/* Forms on which the lines of an instrument are rated. What they ask is written in the
 * definition of the instruments ("Expert Content-Validity Rating form"). */
#include <stdio.h>
#include <string.h>

#include <attune/instrument/check.h>
#include <attune/instrument/cvr.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/read.h>

#include "att_test.h"

typedef struct rated {
    att_arena arena;
    att_instrument *of, *form;
    att_buf text;
} rated;

static void rate(rated *r, const char *name, const char *text, bool is_lay)
{
    att_err err = { 0 };

    r->of = att_instrument_open_bytes(&r->arena, name, text, strlen(text), &err);
    if (r->of == NULL) {
        fail_msg("%s: %s", name, err.message);
    }
    if (att_cvr_write(&r->text, r->of, is_lay, &err) != ATT_OK) {
        fail_msg("%s: %s", name, err.message);
    }
    r->form = att_instrument_open_bytes(&r->arena, "form", att_buf_text(&r->text),
                                        r->text.n, &err);
    if (r->form == NULL) {
        fail_msg("%s: %s at %s", name, err.message, err.where.pointer);
    }
}

static rated rate_bundled(const char *name, bool is_lay)
{
    rated r = { 0 };
    char path[64];
    char *text;

    snprintf(path, sizeof path, "../instruments/%s.json", name);
    text = att_test_read(path, NULL);
    rate(&r, name, text, is_lay);
    test_free(text);
    return r;
}

static void drop(rated *r)
{
    att_buf_drop(&r->text);
    att_arena_drop(&r->arena);
}

static const att_item *item(const rated *r, const char *id)
{
    size_t i = att_instrument_item(r->form, id);

    if (i == ATT_NONE) {
        fail_msg("the form has no item \"%s\"", id);
    }
    return &r->form->items[i];
}

static const char *text_of(const rated *r, const char *id)
{
    return item(r, id)->text.in[0];
}

/* recs asks 20 questions; t1 is the fourth, t4 the seventh. Nobody is known: {ref} falls
 * back on its last text. */
static void a_line_stands_as_somebody_unknown_sees_it(void **state)
{
    rated r = rate_bundled("recs", false);

    assert_string_equal(
        text_of(&r, "cvr_4"),
        "Now think about this person or team. How much do you agree?\nI can count on "
        "this person or team to do what was promised.\n(Strongly disagree; Disagree; "
        "Not sure; Agree; Strongly agree; Does not apply)");
    assert_contains(
        text_of(&r, "cvr_7"),
        "\nWhen role = 'CL' and coalesce(recs_r1, person.ref_kind) in (3, 4): This person or team knows "
        "a lot about living with the condition.");
    assert_string_equal(r.form->id, "cvr-recs");
    assert_string_equal(r.form->version, r.of->version);
    assert_string_equal(r.form->redcap_form, "cvr_recs");
    assert_string_equal(r.form->redcap_prefix, "recs_");
    assert_string_equal(r.form->provenance.licence, "CC0-1.0");
    (void)item(&r, "cvr_20_t");
    assert_int_equal(att_instrument_item(r.form, "cvr_21"), ATT_NONE);
    drop(&r);
}

typedef struct asked {
    const char *id, *kind, *text;
    size_t n; /* choices */
} asked;

static void each_line_is_rated_in_five_ways(void **state)
{
    static const asked wanted[] = {
        { "cvr_1_r", "one", "How relevant is this line to the construct?", 4 },
        { "cvr_1_c", "one", "How clear is this line?", 4 },
        { "cvr_1_e", "one", "Is this line needed?", 3 },
        { "cvr_1_s", "one", "Which part does it fit best?", 7 }, /* 6 scales, none */
        { "cvr_1_t", "text", "Comment or better wording", 0 },
        { "cvr_x1", "many", "Which kind of expert are you? (mark all)", 8 },
        { "cvr_x2", "integer", "Years of experience with this topic", 0 },
        { "cvr_z1", "text", "Is something important missing?", 0 },
        { "cvr_z2", "one", "Do all lines together cover the construct?", 6 },
        { "cvr_z3", "one", "Are the answer choices and time frame right?", 3 },
        { "cvr_z4", "one", "Could any line hurt, shame, or leave out a group?", 2 },
    };
    rated r = rate_bundled("recs", false);

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const att_item *one = item(&r, wanted[i].id);

        assert_string_equal(one->kind->name, wanted[i].kind);
        assert_string_equal(one->text.in[0], wanted[i].text);
        assert_int_equal(one->choices == NULL ? 0 : one->choices->n, wanted[i].n);
    }
    drop(&r);
}

static void people_who_are_no_experts_are_asked_three_things(void **state)
{
    rated r = rate_bundled("fss", true);

    assert_string_equal(r.form->id, "cvr-lay-fss");
    assert_string_equal(text_of(&r, "cvr_1_m"),
                        "Is this line about something that matters to you?");
    assert_string_equal(text_of(&r, "cvr_1_u"), "Is it easy to understand?");
    assert_string_equal(text_of(&r, "cvr_1_o"), "In your own words, what does it ask?");
    assert_int_equal(att_instrument_item(r.form, "cvr_1_r"), ATT_NONE);
    assert_int_equal(att_instrument_item(r.form, "cvr_x1"), ATT_NONE);
    drop(&r);
}

static void no_form_has_anything_to_find(void **state)
{
    static const char *const names[] = {
        "anchor", "bcl", "bcl-diary", "bsc",   "ces",  "cogint",
        "cosf",   "fss", "profile",   "pulse", "recs", "rng",
    };

    for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
        rated r = rate_bundled(names[i / 2], i % 2 == 1);
        att_issues issues = { .arena = &r.arena };
        att_bytes bytes = { att_arena_text(&r.arena, att_buf_text(&r.text)), r.text.n };

        assert_non_null(
            att_instrument_check_bytes(&r.arena, "form", &bytes, NULL, &issues));
        if (issues.n > 0) {
            fail_msg("%s: %s", names[i / 2], issues.list[0].what.message);
        }
        drop(&r);
    }
}

#define HEAD                                                                          \
    "\"format\":\"instrument/1\",\"version\":\"2.1.0\",\"title\":\"T\",\"languages\"" \
    ":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]}"

static void braces_long_ids_and_bare_instruments_are_taken(void **state)
{
    rated r = { 0 };

    rate(&r, "bare",
         "{" HEAD ",\"id\":\"abcdefghijklmnopqrstu-wxyz\",\"items\":["
         "{\"id\":\"a\",\"kind\":\"text\",\"text\":\"A {{name}?\"}]}",
         false);
    assert_string_equal(r.form->id, "cvr-abcdefghijklmnopqrstu"); /* 26, no - last */
    assert_string_equal(text_of(&r, "cvr_1"), "A {{name}?");
    assert_string_equal(r.form->redcap_prefix, "abcdefghijklmn_");
    assert_int_equal(att_instrument_item(r.form, "cvr_1_s"), ATT_NONE);
    assert_string_equal(r.form->provenance.licence, "");
    drop(&r);
}

/* 7 items a line, 12 around them, 5000 at most: 712 lines fit. */
static void more_lines_than_a_form_can_hold_are_a_limit(void **state)
{
    att_arena arena = { 0 };
    att_buf text = { 0 };
    att_buf form = { 0 };
    att_err err = { 0 };
    att_instrument *of;

    att_buf_add(&text, "{" HEAD ",\"id\":\"many\",\"items\":[");
    for (int i = 0; i < 713; i++) {
        att_buf_format(&text, "%s{\"id\":\"a%d\",\"kind\":\"text\",\"text\":\"A?\"}",
                       i == 0 ? "" : ",", i);
    }
    att_buf_add(&text, "]}");
    of = att_instrument_open_bytes(&arena, "many", att_buf_text(&text), text.n, &err);
    assert_non_null(of);
    assert_int_equal(att_cvr_write(&form, of, false, &err), ATT_ELIMIT);
    assert_int_equal(form.n, 0);
    att_buf_drop(&form);
    att_buf_drop(&text);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(a_line_stands_as_somebody_unknown_sees_it),
              cmocka_unit_test(each_line_is_rated_in_five_ways),
              cmocka_unit_test(people_who_are_no_experts_are_asked_three_things),
              cmocka_unit_test(no_form_has_anything_to_find),
              cmocka_unit_test(braces_long_ids_and_bare_instruments_are_taken),
              cmocka_unit_test(more_lines_than_a_form_can_hold_are_a_limit))
