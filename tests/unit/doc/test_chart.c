/* test_chart.c - drawings keep the rules of docs/REPORT-DESIGN.md, section 8
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/doc/renderer.h>

#include "att_test.h"
#include "chart.h"
#include "svg.h"

#define WORDS "A question with rather many words in it, as people write them in forms"

typedef struct drawn {
    att_arena arena;
    att_buf out;
    double width, height;
} drawn;

static const double shares[][7] = {
    { 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0.05 },
    { 0.9, 0.02, 0.02, 0.02, 0.02, 0.01, 0.01 },
    { 0, 0, 0, 0, 0, 0, 1 },
    { 1, 0, 0, 0, 0, 0, 0 },
    { 0, 0, 0, 0, 0, 0, 0 },
};

static const char *const names[] = { "Strongly disagree",
                                     "Disagree",
                                     "Somewhat disagree",
                                     "Neither",
                                     "Somewhat agree",
                                     "Agree",
                                     "Unbelievablylongwordwithoutanybreaks" };

static att_chart_row rows[5];

static att_chart chart_of(att_chart_kind kind, size_t n_series)
{
    att_chart chart = { .kind = kind,
                        .axis = "percent of those who answered",
                        .series = names,
                        .n_series = n_series,
                        .rows = rows,
                        .n_rows = 5,
                        .from = kind == ATT_CHART_DOTS ? -0.2 : 0,
                        .to = 1,
                        .reference = 0.05,
                        .reference_name = "least for comparing groups",
                        .title = "A <title> & more" };

    for (size_t i = 0; i < 5; i++) {
        rows[i] = (att_chart_row){ .label = i == 0   ? "Short"
                                            : i == 1 ? WORDS " " WORDS " " WORDS
                                                     : WORDS,
                                   .id = i == 4 ? "an_id_that_is_26_letters_lo"
                                                : "recs_t1 (R)",
                                   .share = shares[i],
                                   .x = shares[i][0],
                                   .low = shares[i][0] - 0.3,
                                   .high = shares[i][0] + 0.1,
                                   .n = 12 + i,
                                   .is_hidden = i == 3 };
    }
    return chart;
}

static drawn draw(const att_chart *chart, double width)
{
    drawn d = { .width = width };
    att_drawing to = { .out = &d.out, .arena = &d.arena, .width = width };

    d.height = att_chart_draw(&to, chart);
    return d;
}

static void drop(drawn *d)
{
    att_buf_drop(&d->out);
    att_arena_drop(&d->arena);
}

static double number_at(const char *tag, const char *name)
{
    const char *end = strchr(tag, '>');
    const char *at = strstr(tag, name);
    double x = NAN;

    assert_true(at != NULL && at < end);
    at += strlen(name);
    assert_true(att_number_read(at, strcspn(at, "\""), &x));
    return x;
}

/* Letters between > and <, an entity counts as one. */
static size_t letters_of(const char *tag)
{
    const char *p = strchr(tag, '>') + 1;
    size_t n = 0;

    for (; *p != '<'; p++) {
        p = *p == '&' ? strchr(p, ';') : p;
        n += ((unsigned char)*p & 0xc0) != 0x80;
    }
    return n;
}

static bool has_class(const char *tag, const char *wanted)
{
    const char *at = strstr(tag, " class=\"");
    const char *end = strchr(tag, '>');
    size_t n = strlen(wanted);

    if (at == NULL || at > end) {
        return false;
    }
    for (at += 8; *at != '"';
         at += strcspn(at, " \"") + (at[strcspn(at, " \"")] == ' ')) {
        if (strcspn(at, " \"") == n && strncmp(at, wanted, n) == 0) {
            return true;
        }
    }
    return false;
}

/* No text leaves the drawing by the width rule: letters x size x .58. */
static void check_texts(const drawn *d)
{
    for (const char *tag = strstr(att_buf_text(&d->out), "<text"); tag != NULL;
         tag = strstr(tag + 1, "<text")) {
        double size = has_class(tag, "x") ? 10.0 : has_class(tag, "s") ? 11.0 : 12.0;
        double w = (double)letters_of(tag) * size * ATT_SVG_LETTER;
        double x = number_at(tag, " x=\"");
        double from = has_class(tag, "e") ? x - w : has_class(tag, "c") ? x - w / 2 : x;

        if (from < -0.06 || from + w > d->width + 0.06) {
            fail_msg("%.80s... runs from %g to %g of %g", tag, from, from + w,
                     d->width);
        }
        assert_true(number_at(tag, " y=\"") <= d->height);
    }
}

/* Colours are classes, coordinates have one digit, nothing but marks and text. */
static void check_bytes(const drawn *d)
{
    static const char *const banned[] = { "style=",  "fill=\"", "stroke=\"",
                                          "nan",     "inf",     "=\"#",
                                          "<script", "<use",    "onload" };
    const char *text = att_buf_text(&d->out);
    bool is_tag = false;

    for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
        assert_lacks(text, banned[i]);
    }
    for (const char *p = text; *p != '\0'; p++) {
        is_tag = *p == '<' || (is_tag && *p != '>');
        if (is_tag && *p == '.') {
            assert_false(isdigit((unsigned char)p[1]) && isdigit((unsigned char)p[2]));
        }
    }
}

static void no_text_runs_past_its_drawing(void **state)
{
    static const att_chart_kind kinds[] = { ATT_CHART_LIKERT, ATT_CHART_DOTS,
                                            ATT_CHART_FLOW, ATT_CHART_MISSING };
    static const double widths[] = { ATT_SVG_WIDE, ATT_SVG_NARROW };

    for (size_t k = 0; k < 4; k++) {
        for (size_t w = 0; w < 2; w++) {
            for (size_t n = 2; n <= (kinds[k] == ATT_CHART_MISSING ? 5 : 7); n++) {
                att_chart chart = chart_of(kinds[k], n);
                drawn d = draw(&chart, widths[w]);

                assert_true(d.height > 0);
                assert_true(d.out.n > 0);
                check_texts(&d);
                check_bytes(&d);
                drop(&d);
            }
        }
    }
}

static void the_same_chart_gives_the_same_bytes(void **state)
{
    att_chart chart = chart_of(ATT_CHART_LIKERT, 5);
    drawn a = draw(&chart, ATT_SVG_WIDE);
    drawn b = draw(&chart, ATT_SVG_WIDE);

    assert_string_equal(att_buf_text(&a.out), att_buf_text(&b.out));
    drop(&a);
    drop(&b);
}

static void a_hidden_row_has_no_mark(void **state)
{
    att_chart chart = chart_of(ATT_CHART_LIKERT, 5);
    drawn d;

    rows[0] = rows[3];
    chart.n_rows = 1;
    d = draw(&chart, ATT_SVG_WIDE);
    assert_contains(att_buf_text(&d.out), "hidden: too few in an answer");
    assert_lacks(att_buf_text(&d.out), "100");
    drop(&d);
}

static void coordinates_are_short(void **state)
{
    static const struct {
        double x;
        const char *text;
    } cases[] = { { 1.04, "1" },     { 1.05000001, "1.1" }, { -0.04, "0" },
                  { 1e-20, "0" },    { 610, "610" },        { 123.449, "123.4" },
                  { -7.25, "-7.3" }, { NAN, "0" },          { INFINITY, "0" } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_buf out = { 0 };

        att_svg_number(&out, cases[i].x);
        assert_string_equal(att_buf_text(&out), cases[i].text);
        att_buf_drop(&out);
    }
}

static void ids_of_a_page_are_unique(void **state)
{
    att_arena arena = { 0 };
    att_doc *doc = att_doc_make(&arena, "Title");
    att_chart chart = chart_of(ATT_CHART_LIKERT, 5);
    att_val cell = att_val_text("x");
    att_table_column column = { "Column", false };
    att_render_opts opts = { .css = "" };
    att_buf out = { 0 };

    chart.table = (att_table){ .columns = &column,
                               .n_columns = 1,
                               .cells = &cell,
                               .n_rows = 1,
                               .finding = "A finding <b>" };
    att_doc_heading(doc, 2, "one", "One");
    att_doc_chart(doc, &chart);
    att_doc_table(doc, &chart.table);
    att_doc_chart(doc, &chart);
    att_renderer_find("html")->render(&out, doc, &opts);
    for (const char *p = att_buf_text(&out); (p = strstr(p, " id=\"")) != NULL; p++) {
        char *id = att_arena_text_n(&arena, p, strcspn(p + 5, "\"") + 6);

        assert_null(strstr(p + 1, id));
    }
    assert_contains(att_buf_text(&out),
                    "<title id=\"f1wt\">A &lt;title&gt; &amp; more");
    assert_contains(att_buf_text(&out), "<desc id=\"f2nd\">A finding &lt;b&gt;");
    assert_contains(att_buf_text(&out), "aria-labelledby=\"t1c\"");
    assert_contains(att_buf_text(&out), "</details><div class=\"dt scroll\"");
    att_buf_drop(&out);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(no_text_runs_past_its_drawing),
              cmocka_unit_test(the_same_chart_gives_the_same_bytes),
              cmocka_unit_test(a_hidden_row_has_no_mark),
              cmocka_unit_test(coordinates_are_short),
              cmocka_unit_test(ids_of_a_page_are_unique))
