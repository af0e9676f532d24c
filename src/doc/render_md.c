/* render_md.c - a document as Markdown (CommonMark, and the tables of GitHub's)
 *
 * docs/REPORT-DESIGN.md, section 7. Text that came from people is tamed and escaped:
 * nothing in it is markup. Charts are their tables.
 */
#include "renderers.h"

#include <string.h>

#include <attune/base/text.h>

typedef struct md {
    att_buf *out;
    att_arena *arena; /* scratch */
} md;

/* What would begin a list, a heading or a rule at the start of a line. */
static size_t start_mark(const char *text)
{
    size_t n = strspn(text, "0123456789");

    if (n > 0 && (text[n] == '.' || text[n] == ')')) {
        return n;
    }
    return n == 0 && text[0] != '\0' && strchr("-+=", text[0]) != NULL ? 0
                                                                       : strlen(text);
}

/* Whether a block begins here: at the start of a line, of a list's item, of a quote. */
static bool is_start(const att_buf *out)
{
    size_t n = out->n;

    if (n == 0 || out->bytes[n - 1] == '\n') {
        return true;
    }
    return n > 1 && out->bytes[n - 1] == ' ' &&
           (out->bytes[n - 2] == '-' || out->bytes[n - 2] == '>');
}

static void add_text(md *m, const char *text)
{
    att_buf tame = { 0 };
    size_t mark;

    if (text == NULL) {
        return;
    }
    att_text_tame(&tame, text);
    text = att_buf_text(&tame);
    mark = is_start(m->out) ? start_mark(text) : strlen(text);
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i == mark || strchr("\\`*_[]<>|#~&$", text[i]) != NULL) {
            att_buf_char(m->out, '\\');
        }
        att_buf_char(m->out, text[i] == '\n' ? ' ' : text[i]);
    }
    att_buf_drop(&tame);
}

static void add_wrapped(md *m, const char *before, const char *text, const char *after)
{
    if (text != NULL && text[0] != '\0') {
        att_buf_add(m->out, before);
        add_text(m, text);
        att_buf_add(m->out, after);
    }
}

static void add_para(md *m, const att_node *node)
{
    static const char *const marks[] = { "", "**", "*", "" };

    for (size_t i = 0; i < node->n_spans; i++) {
        const char *mark = marks[node->spans[i].kind];

        att_buf_add(m->out, mark);
        add_text(m, node->spans[i].text);
        att_buf_add(m->out, mark);
    }
    att_buf_char(m->out, '\n');
}

static void add_facts(md *m, const att_fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        att_buf_add(m->out, "- ");
        add_wrapped(m, "**", facts[i].label, "**: ");
        add_text(m, facts[i].value);
        att_buf_char(m->out, '\n');
    }
}

static void add_cell(md *m, const char *text)
{
    att_buf_add(m->out, " ");
    add_text(m, text);
    att_buf_add(m->out, " |");
}

static void add_verdicts(md *m, const att_verdict *verdicts, size_t n)
{
    static const char *const signs[] = { "?", "+", "-" };

    att_buf_add(m->out,
                "| Property | | Verdict | Reason |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < n; i++) {
        att_buf_char(m->out, '|');
        add_cell(m, verdicts[i].property);
        att_buf_format(m->out, " %s |", signs[verdicts[i].sign]);
        add_cell(m, verdicts[i].verdict);
        add_cell(m, verdicts[i].reason);
        att_buf_char(m->out, '\n');
    }
}

static void add_value(md *m, const att_val *val)
{
    att_buf_char(m->out, ' ');
    if (val->kind == ATT_VAL_TEXT && val->lead != NULL) {
        add_wrapped(m, "**", val->lead, "** ");
        add_text(m, val->text);
    } else {
        add_text(m, att_val_write(m->arena, val));
    }
    if (val->mark != NULL) {
        add_wrapped(m, " ", val->mark, "");
    }
    att_buf_add(m->out, " |");
}

static void add_table(md *m, const att_table *table)
{
    add_wrapped(m, "**", table->finding, "**\n\n");
    att_buf_char(m->out, '|');
    for (size_t j = 0; j < table->n_columns; j++) {
        add_cell(m, table->columns[j].title);
    }
    att_buf_add(m->out, "\n|");
    for (size_t j = 0; j < table->n_columns; j++) {
        att_buf_add(m->out, table->columns[j].is_number ? " ---: |" : " --- |");
    }
    att_buf_char(m->out, '\n');
    for (size_t i = 0; i < table->n_rows; i++) {
        if (table->groups != NULL && table->groups[i] != NULL) {
            add_wrapped(m, "| *", table->groups[i], "* |");
            att_buf_repeat(m->out, '|', table->n_columns - 1);
            att_buf_char(m->out, '\n');
        }
        att_buf_char(m->out, '|');
        for (size_t j = 0; j < table->n_columns; j++) {
            add_value(m, &table->cells[i * table->n_columns + j]);
        }
        att_buf_char(m->out, '\n');
    }
    add_wrapped(m, "\n", table->how, "\n");
    add_wrapped(m, "\n", table->note, "\n");
}

static void add_node(md *m, const att_node *node)
{
    switch (node->kind) {
    case ATT_NODE_HEADING:
        add_wrapped(m, node->level < 3 ? "## " : "### ", node->text, "\n");
        break;
    case ATT_NODE_PARA: add_para(m, node); break;
    case ATT_NODE_BANNER:
        att_buf_add(m->out, "> ");
        add_wrapped(m, "**", node->lead, "** ");
        add_text(m, node->text);
        att_buf_char(m->out, '\n');
        break;
    case ATT_NODE_FACTS: add_facts(m, node->facts, node->n_facts); break;
    case ATT_NODE_VERDICTS: add_verdicts(m, node->verdicts, node->n_verdicts); break;
    case ATT_NODE_TABLE: add_table(m, node->table); break;
    case ATT_NODE_CHART: add_table(m, &node->chart->table); break;
    case ATT_NODE_WARNING:
        att_buf_add(m->out, "- ");
        add_text(m, node->text);
        att_buf_char(m->out, '\n');
        break;
    case ATT_NODE_LINE:
        add_wrapped(m, "**", node->lead, "** ");
        add_text(m, node->text);
        att_buf_char(m->out, '\n');
        break;
    }
}

static void render(att_buf *out, const att_doc *doc, const att_render_opts *opts)
{
    att_arena scratch = { 0 };
    md m = { .out = out, .arena = &scratch };

    (void)opts;
    add_wrapped(&m, "# ", doc->title, "\n");
    add_wrapped(&m, "\n", doc->question, "\n");
    for (size_t i = 0; i < doc->n_nodes; i++) {
        bool is_list = i > 0 && doc->nodes[i].kind == ATT_NODE_WARNING &&
                       doc->nodes[i - 1].kind == ATT_NODE_WARNING;

        att_buf_add(out, is_list || out->n == 0 ? "" : "\n");
        add_node(&m, &doc->nodes[i]);
    }
    if (doc->n_footer > 0) {
        att_buf_add(out, "\n---\n\n");
        add_facts(&m, doc->footer, doc->n_footer);
    }
    att_arena_drop(&scratch);
}

const att_renderer att_render_md = { .name = "md", .render = render };
