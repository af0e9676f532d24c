/* test_instrument.c - the report of an instrument, whole
 */
#include <stdlib.h>

#include <attune/base/number.h>
#include <attune/doc/renderer.h>

#include "made.h"

#define BYTES_MAX ((size_t)200 << 10) /* docs/REPORT-DESIGN.md, section 8 */

static const char *rendered(made *m, const char *renderer)
{
    att_render_opts opts = { .width = 80, .css = "" };
    att_buf out = { 0 };
    const char *text;

    att_renderer_find(renderer)->render(
        &out, att_report_instrument(&m->arena, &m->input), &opts);
    text = att_buf_copy(&m->arena, &out);
    att_buf_drop(&out);
    return text;
}

static size_t times(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *p = strstr(text, part); p != NULL; p = strstr(p + 1, part)) {
        n++;
    }
    return n;
}

static void the_report_stays_as_it_was_reviewed(void **state)
{
    const char *text;
    made m;

    made_start(&m, 120, 0);
    text = rendered(&m, "html");
    assert_true(strlen(text) < BYTES_MAX);
    assert_golden(text, strlen(text), "report-internal.html");
    text = rendered(&m, "term");
    assert_golden(text, strlen(text), "report-internal.txt");
    m.input.audience = ATT_FOR_PUBLIC;
    text = rendered(&m, "html");
    assert_golden(text, strlen(text), "report-public.html");
    made_drop(&m);
}

static void the_same_answers_give_the_same_bytes(void **state)
{
    made a;
    made b;

    made_start(&a, 60, 4);
    made_start(&b, 60, 4);
    assert_string_equal(rendered(&a, "html"), rendered(&b, "html"));
    assert_string_equal(rendered(&a, "json"), rendered(&b, "json"));
    made_drop(&a);
    made_drop(&b);
}

static void the_sections_stand_in_the_order_of_the_design(void **state)
{
    static const char *const order[] = {
        "class=\"kicker\"",
        "<h1>",
        "class=\"banner draft\"",
        "Simulated data.",
        "class=\"card\"",
        "class=\"toc\"",
        "id=\"brief\"",
        "id=\"sample\"",
        "id=\"items\"",
        "id=\"scores\"",
        "id=\"reliability\"",
        "id=\"warnings\"",
        "id=\"methods\"",
        "id=\"again\"",
        "<footer>",
    };
    const char *at;
    made m;

    made_start(&m, 60, 0);
    at = rendered(&m, "html");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    made_drop(&m);
}

static void a_draft_says_so_in_the_fixed_sentence(void **state)
{
    const char *text;
    made m;

    made_start(&m, 60, 0);
    text = rendered(&m, "term");
    assert_contains(text,
                    "! Draft measure. Not validated. For learning, not for judging");
    assert_contains(text, "Simulated data.");
    m.input.is_simulated = false;
    assert_lacks(rendered(&m, "term"), "Simulated data.");
    made_drop(&m);
}

static void languages_are_never_pooled(void **state)
{
    const char *text;
    made m;

    made_start(&m, 120, 4);
    text = rendered(&m, "html");
    assert_contains(text, "id=\"items-en\"");
    assert_contains(text, "id=\"items-es\"");
    assert_contains(text, "id=\"scores-es\"");
    assert_contains(text, "id=\"reliability-es\"");
    assert_contains(text, "Answers in different languages are not pooled");
    made_drop(&m);
    made_start(&m, 120, 0);
    assert_lacks(rendered(&m, "html"), "id=\"items-en\"");
    made_drop(&m);
}

static void a_language_of_few_leaves_a_public_report_whole(void **state)
{
    const char *text;
    made m;

    made_start(&m, 120, 30); /* 4 of the 108 finished in Spanish */
    text = rendered(&m, "term");
    assert_contains(text, "Spanish");
    m.input.audience = ATT_FOR_PUBLIC;
    text = rendered(&m, "term");
    assert_lacks(text, "Spanish, ");
    assert_contains(text, "104 sessions are finished");
    assert_lacks(text, "108");
    assert_contains(text, "in a language that few used are left out");
    made_drop(&m);
}

/* What is pooled here and apart there would tell what one language hides. */
static void languages_apart_are_not_pooled_elsewhere_for_the_public(void **state)
{
    const char *text;
    made m;

    made_start(&m, 240, 3);
    text = rendered(&m, "html");
    assert_contains(text, "Missing answers by item and reason");
    assert_contains(text, "Described, not compared");
    m.input.audience = ATT_FOR_PUBLIC;
    text = rendered(&m, "html");
    assert_contains(text, "id=\"items-es\"");
    assert_lacks(text, "Missing answers by item and reason");
    assert_lacks(text, "Described, not compared");
    made_drop(&m);
}

static void small_groups_are_hidden_from_those_who_must_not_see(void **state)
{
    static const struct {
        att_audience audience;
        const char *how;
    } cases[] = { { ATT_FOR_SITE, "&lt; 5" },
                  { ATT_FOR_PUBLIC, "1\xe2\x80\x93"
                                    "10" } };
    made m;

    made_start(&m, 120, 0); /* 2 researchers, both finished */
    assert_contains(rendered(&m, "html"), ">Researchers</th><td class=\"r\">");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text;
        const char *row;

        m.input.audience = cases[i].audience;
        text = rendered(&m, "html");
        row = strstr(text, ">Researchers</th>");
        assert_non_null(row);
        row = strstr(row, "<td");
        assert_memory_equal(row, "<td class=\"r hid\">", 18);
        assert_contains(text, cases[i].how);
        assert_contains(text, "are hidden, and what would give them away");
    }
    made_drop(&m);
}

static void too_few_for_the_public_means_no_report(void **state)
{
    const char *text;
    made m;

    made_start(&m, 11, 0); /* 10 finished */
    m.input.audience = ATT_FOR_PUBLIC;
    text = rendered(&m, "term");
    assert_contains(text, "Too few sessions are finished for a report");
    assert_lacks(text, "10");
    assert_lacks(text, "Reliability");
    m.input.audience = ATT_FOR_INTERNAL;
    assert_contains(rendered(&m, "term"), "10 sessions are finished");
    made_drop(&m);
}

static void nobody_finished_is_said(void **state)
{
    made m;

    made_start(&m, 0, 0);
    assert_contains(rendered(&m, "term"), "No session is finished yet");
    assert_contains(rendered(&m, "html"), "No session is finished yet");
    made_drop(&m);
}

static void one_or_two_sessions_are_survived(void **state)
{
    for (size_t n = 1; n <= 3; n++) {
        const char *text;
        made m;

        made_start(&m, n, 0);
        text = rendered(&m, "html");
        assert_lacks(text, "nan");
        assert_lacks(text, "inf");
        assert_contains(rendered(&m, "term"), "In brief");
        made_drop(&m);
    }
}

static void hostile_words_stay_words(void **state)
{
    const char *text;
    made m;

    made_start(&m, 60, 0);
    m.input.network = "<script>alert(1)</script>\x1b[31m";
    m.input.command = "\"><img src=x onerror=alert(1)>";
    for (size_t i = 0; i < m.frame->n_rows; i++) {
        m.heads[i].site = i % 2 == 0 ? "</table><svg onload=alert(1)>" : "b&b";
    }
    text = rendered(&m, "html");
    assert_lacks(text, "<script");
    assert_lacks(text, "<img");
    assert_lacks(text, "<svg onload");
    assert_lacks(text, "\x1b");
    assert_contains(text, "b&amp;b");
    assert_int_equal(times(text, "<h1>"), 1);
    made_drop(&m);
}

static void the_page_stands_alone(void **state)
{
    static const char *const outside[] = { "http:", "https:", "src=",   "@import",
                                           "url(",  "<link",  "<script" };
    const char *text;
    made m;

    made_start(&m, 60, 0);
    text = rendered(&m, "html");
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        assert_lacks(text, outside[i]);
    }
    assert_contains(text, "<html lang=\"en\" dir=\"ltr\">");
    assert_int_equal(times(text, "svg class=\"sv wd\""),
                     times(text, "svg class=\"sv nw\""));
    made_drop(&m);
}

ATT_TEST_MAIN(cmocka_unit_test(the_report_stays_as_it_was_reviewed),
              cmocka_unit_test(the_same_answers_give_the_same_bytes),
              cmocka_unit_test(the_sections_stand_in_the_order_of_the_design),
              cmocka_unit_test(a_draft_says_so_in_the_fixed_sentence),
              cmocka_unit_test(languages_are_never_pooled),
              cmocka_unit_test(a_language_of_few_leaves_a_public_report_whole),
              cmocka_unit_test(languages_apart_are_not_pooled_elsewhere_for_the_public),
              cmocka_unit_test(small_groups_are_hidden_from_those_who_must_not_see),
              cmocka_unit_test(too_few_for_the_public_means_no_report),
              cmocka_unit_test(nobody_finished_is_said),
              cmocka_unit_test(one_or_two_sessions_are_survived),
              cmocka_unit_test(hostile_words_stay_words),
              cmocka_unit_test(the_page_stands_alone))
