/* doc.c - a document as data: making its nodes
 */
#include <attune/doc/doc.h>

#include <math.h>
#include <string.h>

att_doc *att_doc_make(att_arena *arena, const char *title)
{
    att_doc *doc = att_new(arena, att_doc);

    doc->arena = arena;
    doc->language = "en";
    doc->kicker = "";
    doc->title = title;
    doc->question = "";
    return doc;
}

static att_node *add(att_doc *doc, att_node_kind kind)
{
    att_node *node;

    if (doc->n_nodes == doc->room) {
        size_t room = doc->room == 0 ? 32 : 2 * doc->room;
        att_node *nodes = att_new_n(doc->arena, att_node, room);

        if (doc->n_nodes > 0) {
            memcpy(nodes, doc->nodes, doc->n_nodes * sizeof *nodes);
        }
        doc->nodes = nodes;
        doc->room = room;
    }
    node = &doc->nodes[doc->n_nodes++];
    *node = (att_node){ .kind = kind, .id = "", .text = "", .lead = "" };
    return node;
}

void att_doc_heading(att_doc *doc, int level, const char *id, const char *text)
{
    att_node *node = add(doc, ATT_NODE_HEADING);

    node->level = level;
    node->id = id;
    node->text = text;
}

void att_doc_spans(att_doc *doc, att_para_role role, const att_span *spans, size_t n)
{
    att_span *copy = att_new_n(doc->arena, att_span, n);
    att_node *node = add(doc, ATT_NODE_PARA);

    memcpy(copy, spans, n * sizeof *copy);
    node->role = role;
    node->spans = copy;
    node->n_spans = n;
}

void att_doc_para(att_doc *doc, att_para_role role, const char *text)
{
    att_span span = { ATT_SPAN_TEXT, text };

    att_doc_spans(doc, role, &span, 1);
}

void att_doc_banner(att_doc *doc, bool is_draft, const char *lead, const char *text)
{
    att_node *node = add(doc, ATT_NODE_BANNER);

    node->is_draft = is_draft;
    node->lead = lead;
    node->text = text;
}

void att_doc_facts(att_doc *doc, const att_fact *facts, size_t n)
{
    att_fact *copy = att_new_n(doc->arena, att_fact, n);
    att_node *node = add(doc, ATT_NODE_FACTS);

    memcpy(copy, facts, n * sizeof *copy);
    node->facts = copy;
    node->n_facts = n;
}

void att_doc_verdicts(att_doc *doc, const att_verdict *verdicts, size_t n)
{
    att_verdict *copy = att_new_n(doc->arena, att_verdict, n);
    att_node *node = add(doc, ATT_NODE_VERDICTS);

    memcpy(copy, verdicts, n * sizeof *copy);
    node->verdicts = copy;
    node->n_verdicts = n;
}

void att_doc_table(att_doc *doc, const att_table *table)
{
    add(doc, ATT_NODE_TABLE)->table = table;
}

void att_doc_chart(att_doc *doc, const att_chart *chart)
{
    add(doc, ATT_NODE_CHART)->chart = chart;
}

void att_doc_warning(att_doc *doc, const char *text)
{
    add(doc, ATT_NODE_WARNING)->text = text;
}

void att_doc_line(att_doc *doc, const char *lead, const char *text)
{
    att_node *node = add(doc, ATT_NODE_LINE);

    node->lead = lead;
    node->text = text;
}
