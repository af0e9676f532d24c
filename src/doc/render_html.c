/* render_html.c - a document as one HTML file that stands alone
 *
 * No script, no font, no network. Style comes whole from opts->css; every text is escaped
 * by markup.h. docs/REPORT-DESIGN.md, sections 2, 5, 6, 8 and 9.
 */
#include "renderers.h"

#include "html.h"
#include "markup.h"

static void add_tagged(att_buf *out, const char *open, const char *text,
                       const char *close)
{
    att_buf_add(out, open);
    att_markup_text(out, text);
    att_buf_add(out, close);
}

static void add_spans(att_buf *out, const att_node *node)
{
    static const char *const open[] = { "", "<b>", "<i>", "<code>" };
    static const char *const close[] = { "", "</b>", "</i>", "</code>" };

    for (size_t i = 0; i < node->n_spans; i++) {
        add_tagged(out, open[node->spans[i].kind], node->spans[i].text,
                   close[node->spans[i].kind]);
    }
}

static void add_para(att_buf *out, const att_node *node)
{
    static const char *const open[] = { "<p>", "<p class=\"lede\">",
                                        "<p class=\"fnote\">",
                                        "<div class=\"paste\"><p>" };
    static const char *const close[] = { "</p>\n", "</p>\n", "</p>\n", "</p></div>\n" };

    att_buf_add(out, open[node->role]);
    add_spans(out, node);
    att_buf_add(out, close[node->role]);
}

static void add_banner(att_buf *out, const att_node *node)
{
    att_buf_format(out, "<div class=\"banner%s\" role=\"note\"><b>",
                   node->is_draft ? " draft" : "");
    att_markup_text(out, node->lead);
    att_buf_add(out, node->lead[0] != '\0' ? "</b> " : "</b>");
    add_tagged(out, "", node->text, "</div>\n");
}

static void add_fact_list(att_buf *out, const att_fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        add_tagged(out, "<div><dt>", facts[i].label, "</dt>");
        add_tagged(out, "<dd>", facts[i].value, "</dd></div>\n");
    }
}

/* The sign of a verdict: a disc with +, a diamond with -, a dashed ring with ?. */
static const char *sign_of(att_sign sign)
{
    switch (sign) {
    case ATT_SIGN_PLUS:
        return "<circle cx=\"13\" cy=\"13\" r=\"12\" class=\"f1\"/>"
               "<path class=\"ko\" d=\"M13 7v12M7 13h12\"/>";
    case ATT_SIGN_MINUS:
        return "<path class=\"f2\" d=\"M13 0l13 13-13 13L0 13z\"/>"
               "<path class=\"ko\" d=\"M7 13h12\"/>";
    case ATT_SIGN_UNKNOWN: break;
    }
    return "<circle cx=\"13\" cy=\"13\" r=\"11\" class=\"k0 k5\" "
           "stroke-dasharray=\"4 2.9\"/><path class=\"k0 k5 w2\" "
           "d=\"M10 10.6c0-4.2 6-4.2 6-.4 0 2.6-3 2.6-3 5.2\"/>"
           "<circle cx=\"13\" cy=\"18.6\" r=\"1.4\" class=\"f5\"/>";
}

static void add_verdicts(att_buf *out, const att_node *node)
{
    att_buf_add(out, "<ul class=\"strip wide\">\n");
    for (size_t i = 0; i < node->n_verdicts; i++) {
        const att_verdict *verdict = &node->verdicts[i];

        att_buf_format(out,
                       "<li><svg class=\"sy\" viewBox=\"0 0 26 26\" width=\"26\" "
                       "height=\"26\" aria-hidden=\"true\">%s</svg>",
                       sign_of(verdict->sign));
        add_tagged(out, "<b>", verdict->property, "</b>");
        add_tagged(out, "<span class=\"vd\">", verdict->verdict, "</span>");
        add_tagged(out, "", verdict->reason, "</li>\n");
    }
    att_buf_add(out, "</ul>\n");
}

static void add_warning(att_buf *out, const att_node *node, bool is_first, bool is_last)
{
    att_buf_add(out, is_first ? "<ul class=\"warns\">\n" : "");
    att_buf_add(out, "<li><svg viewBox=\"0 0 20 20\" width=\"18\" height=\"18\" "
                     "aria-hidden=\"true\"><path class=\"f2\" d=\"M10 1l9 17H1z\"/>"
                     "<path class=\"ko\" d=\"M10 7v5M10 14v2\"/></svg>");
    add_tagged(out, "", node->text, "</li>\n");
    att_buf_add(out, is_last ? "</ul>\n" : "");
}

static void add_heading(att_html *html, const att_node *node)
{
    int level = node->level < 3 ? 2 : 3;

    att_buf_format(html->out, "<h%d", level);
    if (node->id[0] != '\0') {
        att_markup_attribute(html->out, "id", node->id);
    }
    att_buf_char(html->out, '>');
    if (level == 2) {
        att_buf_format(html->out, "<span class=\"no\">%zu</span>", ++html->n_sections);
    }
    att_markup_text(html->out, node->text);
    att_buf_format(html->out, "</h%d>\n", level);
}

static bool is_warning(const att_doc *doc, size_t i)
{
    return i < doc->n_nodes && doc->nodes[i].kind == ATT_NODE_WARNING;
}

static void add_node(att_html *html, const att_doc *doc, size_t i)
{
    const att_node *node = &doc->nodes[i];

    switch (node->kind) {
    case ATT_NODE_HEADING: add_heading(html, node); break;
    case ATT_NODE_PARA: add_para(html->out, node); break;
    case ATT_NODE_BANNER: add_banner(html->out, node); break;
    case ATT_NODE_FACTS:
        att_buf_add(html->out, "<dl class=\"card\">\n");
        add_fact_list(html->out, node->facts, node->n_facts);
        att_buf_add(html->out, "</dl>\n");
        break;
    case ATT_NODE_VERDICTS: add_verdicts(html->out, node); break;
    case ATT_NODE_TABLE: att_html_table(html, node->table); break;
    case ATT_NODE_CHART: att_html_chart(html, node->chart); break;
    case ATT_NODE_WARNING:
        add_warning(html->out, node, i == 0 || !is_warning(doc, i - 1),
                    !is_warning(doc, i + 1));
        break;
    case ATT_NODE_LINE:
        add_tagged(html->out, "<p><b>", node->lead, "</b> ");
        add_tagged(html->out, "", node->text, "</p>\n");
        break;
    }
}

static void add_contents(att_buf *out, const att_doc *doc)
{
    att_buf_add(out, "<nav class=\"toc\" aria-label=\"Contents\"><ol>\n");
    for (size_t i = 0; i < doc->n_nodes; i++) {
        const att_node *node = &doc->nodes[i];

        if (node->kind == ATT_NODE_HEADING && node->level == 2) {
            att_buf_add(out, "<li><a href=\"#");
            add_tagged(out, "", node->id, "\">");
            add_tagged(out, "", node->text, "</a></li>\n");
        }
    }
    att_buf_add(out, "</ol></nav>\n");
}

static void add_head(att_buf *out, const att_doc *doc, const att_render_opts *opts)
{
    att_buf_add(out, "<!DOCTYPE html>\n<html");
    att_markup_attribute(out, "lang", doc->language);
    att_buf_format(out, " dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                   doc->is_rtl ? "rtl" : "ltr");
    att_buf_add(out, "<meta name=\"viewport\" "
                     "content=\"width=device-width,initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n");
    add_tagged(out, "<title>", doc->title, "</title>\n<style>\n");
    att_buf_add(out, opts->css != NULL ? opts->css : "");
    att_buf_add(out, "</style>\n</head>\n<body>\n");
}

/* Index of the first section; all before it stands in the header. */
static size_t first_section(const att_doc *doc)
{
    for (size_t i = 0; i < doc->n_nodes; i++) {
        if (doc->nodes[i].kind == ATT_NODE_HEADING) {
            return i;
        }
    }
    return doc->n_nodes;
}

static void add_page_header(att_html *html, const att_doc *doc, size_t n)
{
    att_buf *out = html->out;

    att_buf_add(out, "<header>\n");
    if (doc->kicker[0] != '\0') {
        add_tagged(out, "<p class=\"kicker\">", doc->kicker, "</p>\n");
    }
    add_tagged(out, "<h1>", doc->title, "</h1>\n");
    if (doc->question[0] != '\0') {
        add_tagged(out, "<p class=\"lede ask\">", doc->question, "</p>\n");
    }
    for (size_t i = 0; i < n; i++) {
        add_node(html, doc, i);
    }
    att_buf_add(out, "</header>\n");
}

static void render(att_buf *out, const att_doc *doc, const att_render_opts *opts)
{
    att_arena scratch = { 0 };
    att_html html = { .out = out, .arena = &scratch };
    size_t n_first = first_section(doc);

    add_head(out, doc, opts);
    att_buf_add(out, "<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n"
                     "<div class=\"page\">\n");
    add_page_header(&html, doc, n_first);
    if (doc->has_contents) {
        add_contents(out, doc);
    }
    att_buf_add(out, "<main id=\"main\" class=\"body\">\n");
    for (size_t i = n_first; i < doc->n_nodes; i++) {
        add_node(&html, doc, i);
    }
    att_buf_add(out, "</main>\n");
    if (doc->n_footer > 0) {
        att_buf_add(out, "<footer>\n<dl>\n");
        add_fact_list(out, doc->footer, doc->n_footer);
        att_buf_add(out, "</dl>\n</footer>\n");
    }
    att_buf_add(out, "</div>\n</body>\n</html>\n");
    att_arena_drop(&scratch);
}

const att_renderer att_render_html = { .name = "html", .render = render };
