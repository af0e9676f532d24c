/* test_render.c - one document by every renderer
 */
#include <math.h>

#include <jansson.h>

#include <attune/doc/renderer.h>

#include "att_test.h"

typedef struct page {
    att_arena arena;
    att_doc *doc;
    att_val cells[8];
    att_table_column columns[4];
    att_table table;
    const char *groups[2];
} page;

static void start(page *p)
{
    *p = (page){ .arena = { 0 } };
    p->doc = att_doc_make(&p->arena, "A title");
    p->columns[0] = (att_table_column){ "Item", false };
    p->columns[1] = (att_table_column){ "M", true };
    p->columns[2] = (att_table_column){ "95% CI", false };
    p->columns[3] = (att_table_column){ "n", true };
    p->cells[0] = att_val_text("Love children");
    p->cells[0].lead = "A4";
    p->cells[1] = att_val_number(ATT_SHOW_PLAIN, 2, -4.6821705426);
    p->cells[2] = att_val_interval(ATT_SHOW_BOUNDED, 2, 0.1, 0.25);
    p->cells[3] = att_val_count(2709);
    p->cells[4] = att_val_text("A5");
    p->cells[5] = att_val_none();
    p->cells[6] = (att_val){ 0 };
    p->cells[7] = att_val_hidden("< 5");
    p->cells[1].mark = "a";
    p->table = (att_table){ .id = "t1",
                            .finding = "A finding.",
                            .how = "How to read it.",
                            .note = "a A note.",
                            .columns = p->columns,
                            .n_columns = 4,
                            .cells = p->cells,
                            .groups = p->groups,
                            .n_rows = 2 };
    p->groups[0] = "Agreeableness";
}

static const char *shown(page *p, const char *name, size_t width)
{
    att_render_opts opts = { .width = width, .css = "p{}" };
    att_buf out = { 0 };
    const char *text;

    att_renderer_find(name)->render(&out, p->doc, &opts);
    text = att_buf_copy(&p->arena, &out);
    att_buf_drop(&out);
    return text;
}

static void a_terminal_shows_aligned_columns(void **state)
{
    page p;

    start(&p);
    att_doc_table(p.doc, &p.table);
    assert_string_equal(shown(&p, "term", 80),
                        "A title\n"
                        "\n"
                        "A finding.\n"
                        "Item                     M   95% CI           n\n"
                        "Agreeableness\n"
                        "A4 Love children   \xe2\x88\x92"
                        "4.68 a   [.10, .25]   2,709\n"
                        "A5                       \xe2\x80\x93                  < 5\n"
                        "a A note.\n");
    att_arena_drop(&p.arena);
}

static void what_is_too_wide_has_its_heads_on_lines_of_their_own(void **state)
{
    page p;

    start(&p);
    att_doc_table(p.doc, &p.table);
    assert_contains(shown(&p, "term", 40), "\nA4 Love children\n");
    assert_contains(shown(&p, "term", 40), "4.68 a  [.10, .25]  2,709\n");
    att_arena_drop(&p.arena);
}

static void nothing_from_people_steers_a_terminal(void **state)
{
    att_fact fact = { "\x1b[1mlabel", "\x1b]0;title\x07value" };
    att_verdict verdict = { "\x1b", "\x9b", "\xe2\x80\xae", ATT_SIGN_PLUS };
    const char *text;
    page p;

    start(&p);
    p.cells[0] = att_val_text("\x1b[31mred");
    p.cells[0].lead = "\x1b[2J";
    p.columns[1].title = "\x1b[0m";
    p.groups[0] = "\x1b[5m";
    p.doc->question = "\x1b[7m";
    att_doc_heading(p.doc, 2, "x", "\x1b[3m");
    att_doc_para(p.doc, ATT_PARA_BODY, "\x1b[4m");
    att_doc_banner(p.doc, true, "\x1b", "\x1b");
    att_doc_facts(p.doc, &fact, 1);
    att_doc_verdicts(p.doc, &verdict, 1);
    att_doc_warning(p.doc, "\x1b[8m");
    att_doc_line(p.doc, "\x1b[9m", "\x1b[9m");
    att_doc_table(p.doc, &p.table);
    text = shown(&p, "term", 80);
    assert_lacks(text, "\x1b");
    assert_lacks(text, "\x07");
    att_arena_drop(&p.arena);
}

static void json_keeps_all_digits(void **state)
{
    json_error_t error;
    json_t *root;
    json_t *rows;
    page p;

    start(&p);
    att_doc_heading(p.doc, 2, "one", "One");
    att_doc_table(p.doc, &p.table);
    root = json_loads(shown(&p, "json", 80), JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "format")),
                        "attune-doc/1");
    rows = json_object_get(json_array_get(json_object_get(root, "nodes"), 1), "rows");
    assert_int_equal(json_array_size(rows), 2);
    assert_near(json_real_value(json_object_get(
                    json_array_get(json_array_get(rows, 0), 1), "value")),
                -4.6821705426, 0);
    assert_true(json_is_null(json_array_get(json_array_get(rows, 1), 1)));
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_array_get(rows, 1), 3), "hidden")),
                        "< 5");
    json_decref(root);
    att_arena_drop(&p.arena);
}

static void html_has_one_h1_and_heads_of_rows_and_columns(void **state)
{
    const char *text;
    page p;

    start(&p);
    p.doc->has_contents = true;
    att_doc_heading(p.doc, 2, "one", "One & <two>");
    att_doc_table(p.doc, &p.table);
    text = shown(&p, "html", 0);
    assert_contains(text, "<style>\np{}</style>");
    assert_contains(text, "<h1>A title</h1>");
    assert_contains(text, "<main id=\"main\"");
    assert_contains(text, "<a class=\"skip\" href=\"#main\">");
    assert_contains(text, "<a href=\"#one\">One &amp; &lt;two&gt;</a>");
    assert_contains(text, "<th scope=\"col\" class=\"r\">M</th>");
    assert_contains(text, "<tr class=\"sub\"><th scope=\"rowgroup\" colspan=\"4\">");
    assert_contains(text, "<th scope=\"row\" class=\"l\"><b>A4</b> Love children</th>");
    assert_contains(text, "<td class=\"r hid\">&lt; 5</td>");
    assert_contains(text, "<span class=\"fl\">a</span>");
    att_arena_drop(&p.arena);
}

static void markdown_has_tables_lists_and_no_markup_of_others(void **state)
{
    static const att_fact fact = { "1. *Name*", "<b>|x|" };
    static const att_verdict verdict = { "Alpha", "Good", "[.8]", ATT_SIGN_MINUS };
    page p;

    start(&p);
    p.doc->question = "- Why?";
    att_doc_heading(p.doc, 2, "one", "# One");
    att_doc_para(p.doc, ATT_PARA_BODY, "1. not a list, _not_ `code`");
    att_doc_banner(p.doc, true, "Draft.", "Not + yet.");
    att_doc_facts(p.doc, &fact, 1);
    att_doc_verdicts(p.doc, &verdict, 1);
    att_doc_warning(p.doc, "2) small");
    att_doc_warning(p.doc, "large");
    att_doc_line(p.doc, "Verdict", "Fair.");
    att_doc_table(p.doc, &p.table);
    assert_string_equal(shown(&p, "md", 0), "# A title\n"
                                            "\n"
                                            "\\- Why?\n"
                                            "\n"
                                            "## \\# One\n"
                                            "\n"
                                            "1\\. not a list, \\_not\\_ \\`code\\`\n"
                                            "\n"
                                            "> **Draft.** Not + yet.\n"
                                            "\n"
                                            "- **1. \\*Name\\***: \\<b\\>\\|x\\|\n"
                                            "\n"
                                            "| Property | | Verdict | Reason |\n"
                                            "| --- | --- | --- | --- |\n"
                                            "| Alpha | - | Good | \\[.8\\] |\n"
                                            "\n"
                                            "- 2\\) small\n"
                                            "- large\n"
                                            "\n"
                                            "**Verdict** Fair.\n"
                                            "\n"
                                            "**A finding.**\n"
                                            "\n"
                                            "| Item | M | 95% CI | n |\n"
                                            "| --- | ---: | --- | ---: |\n"
                                            "| *Agreeableness* ||||\n"
                                            "| **A4** Love children | \xe2\x88\x92"
                                            "4.68 a | \\[.10, .25\\] | 2,709 |\n"
                                            "| A5 | \xe2\x80\x93 |  | \\< 5 |\n"
                                            "\n"
                                            "How to read it.\n"
                                            "\n"
                                            "a A note.\n");
    att_arena_drop(&p.arena);
}

static void a_renderer_is_found_by_name(void **state)
{
    assert_non_null(att_renderer_find("term"));
    assert_non_null(att_renderer_find("html"));
    assert_non_null(att_renderer_find("json"));
    assert_non_null(att_renderer_find("md"));
    assert_null(att_renderer_find("pdf"));
}

ATT_TEST_MAIN(cmocka_unit_test(a_terminal_shows_aligned_columns),
              cmocka_unit_test(what_is_too_wide_has_its_heads_on_lines_of_their_own),
              cmocka_unit_test(nothing_from_people_steers_a_terminal),
              cmocka_unit_test(markdown_has_tables_lists_and_no_markup_of_others),
              cmocka_unit_test(json_keeps_all_digits),
              cmocka_unit_test(html_has_one_h1_and_heads_of_rows_and_columns),
              cmocka_unit_test(a_renderer_is_found_by_name))
