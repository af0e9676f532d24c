/* graph.c - one walk over the items, two languages to write it in
 */
#include "graph.h"

#include <string.h>

#include <attune/instrument/expr.h>
#include <attune/instrument/kind.h>

typedef struct graph graph;

/* A language: how each thing is written. from and to are names of nodes. */
typedef struct pen {
    void (*open_box)(graph *g, const char *id);
    void (*close_box)(graph *g);
    void (*node)(graph *g, const att_item *item);
    void (*source)(graph *g, const char *name); /* no item: role, a score */
    void (*next)(graph *g, const char *from, const char *to);
    void (*condition)(graph *g, const char *from, const char *to, const char *text);
} pen;

struct graph {
    att_buf *out;
    const att_instrument *instrument;
    const pen *pen;
    size_t depth;
    size_t last; /* the item before, or ATT_NONE */
};

static void indent(graph *g)
{
    att_buf_repeat(g->out, ' ', 2 * (g->depth + 1));
}

/* ---- DOT ---- */

static void add_quoted(graph *g, const char *text)
{
    att_buf_char(g->out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            att_buf_char(g->out, '\\');
        }
        att_buf_char(g->out, *text == '\n' ? ' ' : *text);
    }
    att_buf_char(g->out, '"');
}

static void dot_open(graph *g, const char *id)
{
    indent(g);
    att_buf_format(g->out, "subgraph \"cluster_%s\" {\n", id);
    g->depth++;
    indent(g);
    att_buf_add(g->out, "label=");
    add_quoted(g, id);
    att_buf_add(g->out, ";\n");
}

static void dot_close(graph *g)
{
    g->depth--;
    indent(g);
    att_buf_add(g->out, "}\n");
}

static void dot_node(graph *g, const att_item *item)
{
    indent(g);
    add_quoted(g, item->id);
    att_buf_format(g->out, " [label=\"%s\\n%s\"%s];\n", item->id,
                   item->kind != NULL ? item->kind->name : "",
                   item->show != NULL ? ", style=dashed" : "");
}

static void dot_source(graph *g, const char *name)
{
    indent(g);
    add_quoted(g, name);
    att_buf_add(g->out, " [shape=ellipse];\n");
}

static void dot_next(graph *g, const char *from, const char *to)
{
    indent(g);
    add_quoted(g, from);
    att_buf_add(g->out, " -> ");
    add_quoted(g, to);
    att_buf_add(g->out, ";\n");
}

static void dot_condition(graph *g, const char *from, const char *to, const char *text)
{
    indent(g);
    add_quoted(g, from);
    att_buf_add(g->out, " -> ");
    add_quoted(g, to);
    att_buf_add(g->out, " [style=dotted, constraint=false, label=");
    add_quoted(g, text);
    att_buf_add(g->out, "];\n");
}

static const pen dot_pen = { dot_open,   dot_close, dot_node,
                             dot_source, dot_next,  dot_condition };

/* ---- Mermaid ---- */

/* Text in quotes: what means something there is written as an entity. Names of nodes
 * begin with "i_", since words like "end" are the language's own. */
static void add_entities(graph *g, const char *text)
{
    att_buf_char(g->out, '"');
    for (; *text != '\0'; text++) {
        if (strchr("\"#<>&;`\\|", *text) != NULL) {
            att_buf_format(g->out, "#%d;", *text);
        } else {
            att_buf_char(g->out, *text == '\n' ? ' ' : *text);
        }
    }
    att_buf_char(g->out, '"');
}

static void mermaid_open(graph *g, const char *id)
{
    indent(g);
    att_buf_format(g->out, "subgraph c_%s[", id);
    add_entities(g, id);
    att_buf_add(g->out, "]\n");
    g->depth++;
}

static void mermaid_close(graph *g)
{
    g->depth--;
    indent(g);
    att_buf_add(g->out, "end\n");
}

static void mermaid_node(graph *g, const att_item *item)
{
    indent(g);
    att_buf_format(g->out, "i_%s[\"%s<br>%s\"]\n", item->id, item->id,
                   item->kind->name);
}

static void mermaid_source(graph *g, const char *name)
{
    indent(g);
    att_buf_format(g->out, "i_%s([", name);
    add_entities(g, name);
    att_buf_add(g->out, "])\n");
}

static void mermaid_next(graph *g, const char *from, const char *to)
{
    indent(g);
    att_buf_format(g->out, "i_%s --> i_%s\n", from, to);
}

static void mermaid_condition(graph *g, const char *from, const char *to,
                              const char *text)
{
    indent(g);
    att_buf_format(g->out, "i_%s -.->|", from);
    add_entities(g, text);
    att_buf_format(g->out, "| i_%s\n", to);
}

static const pen mermaid_pen = { mermaid_open,   mermaid_close, mermaid_node,
                                 mermaid_source, mermaid_next,  mermaid_condition };

/* ---- the walk ---- */

static bool is_box(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_CONTAINER;
}

/* Boxes and nodes from an item up to the end of its container. */
static void write_items(graph *g, size_t from, size_t end)
{
    for (size_t i = from; i < end; i = g->instrument->items[i].end) {
        const att_item *item = &g->instrument->items[i];

        if (item->is_copy) {
            continue; /* the first entry of a roster stands for all */
        }
        if (is_box(item)) {
            g->pen->open_box(g, item->id);
            write_items(g, i + 1, item->end);
            g->pen->close_box(g);
        } else {
            g->pen->node(g, item);
        }
    }
}

static void write_order(graph *g)
{
    const att_item *items = g->instrument->items;

    for (size_t i = 0; i < g->instrument->n_items; i++) {
        if (is_box(&items[i]) || items[i].is_copy) {
            continue;
        }
        if (g->last != ATT_NONE) {
            g->pen->next(g, items[g->last].id, items[i].id);
        }
        g->last = i;
    }
}

static const char *name_of(const graph *g, const att_ref *ref)
{
    static const char *const words[] = { "role",   "site",  "wave", "language",
                                         "person", "today", "now",  "mode" };

    switch (ref->kind) {
    case ATT_REF_ITEM: return g->instrument->items[ref->index].id;
    case ATT_REF_SCALE:
    case ATT_REF_SCALE_100: return g->instrument->scales[ref->index].id;
    case ATT_REF_DERIVED: return g->instrument->derived[ref->index].id;
    case ATT_REF_PERSON: return "person";
    case ATT_REF_EARLIER: return "wave";
    case ATT_REF_WORD: break;
    }
    return words[ref->index];
}

/* The node that stands for an item: itself, or the first that its box holds. */
static const char *target_of(const graph *g, size_t item)
{
    while (is_box(&g->instrument->items[item]) &&
           item + 1 < g->instrument->items[item].end) {
        item++;
    }
    return g->instrument->items[item].id;
}

/* What decides which choices an item offers: by their conditions. */
static void write_offers(graph *g, size_t i, bool is_source)
{
    const att_item *item = &g->instrument->items[i];
    bool is_row = item->parent != ATT_NONE && item->choices != NULL &&
                  g->instrument->items[item->parent].choices == item->choices;
    const att_expr *any = item->choices == NULL ? NULL : item->choices->any;
    size_t n = 0;
    const att_ref *refs = is_source || is_row || item->is_copy || any == NULL
                              ? NULL
                              : att_expr_refs(any, &n);

    for (size_t k = 0; k < n; k++) {
        if (refs[k].kind == ATT_REF_ITEM &&
            !g->instrument->items[refs[k].index].is_copy) {
            g->pen->condition(g, name_of(g, &refs[k]), target_of(g, i), "choices");
        }
    }
}

/* Each condition, from all it asks about; first what is no item, once. is_source: write
 * those instead of the arrows. */
static void write_conditions(graph *g, bool is_source)
{
    att_buf told = { 0 };

    for (size_t i = 0; i < g->instrument->n_items; i++) {
        const att_item *item = &g->instrument->items[i];
        size_t n = 0;
        const att_ref *refs =
            item->show == NULL || item->is_copy ? NULL : att_expr_refs(item->show, &n);

        for (size_t k = 0; k < n; k++) {
            if (refs[k].kind == ATT_REF_ITEM &&
                g->instrument->items[refs[k].index].is_copy) {
                continue;
            }
            const char *name = name_of(g, &refs[k]);
            att_buf mark = { 0 };

            att_buf_format(&mark, " %s ", name);
            if (!is_source) {
                g->pen->condition(g, name, target_of(g, i), att_expr_text(item->show));
            } else if (refs[k].kind != ATT_REF_ITEM &&
                       strstr(att_buf_text(&told), att_buf_text(&mark)) == NULL) {
                att_buf_add(&told, att_buf_text(&mark));
                g->pen->source(g, name);
            }
            att_buf_drop(&mark);
        }
        write_offers(g, i, is_source);
        if (!is_source && item->from == ATT_FROM_ITEM && !item->is_copy) {
            g->pen->condition(g, g->instrument->items[item->from_item].id,
                              target_of(g, i), "choices");
        }
    }
    att_buf_drop(&told);
}

static void write_all(graph *g)
{
    g->last = ATT_NONE;
    write_items(g, 0, g->instrument->n_items);
    write_conditions(g, true);
    write_order(g);
    write_conditions(g, false);
}

void att_graph_dot(att_buf *out, const att_instrument *instrument)
{
    graph g = { .out = out, .instrument = instrument, .pen = &dot_pen };

    att_buf_add(out, "digraph ");
    add_quoted(&g, instrument->id);
    att_buf_add(out, " {\n  node [shape=box];\n");
    write_all(&g);
    att_buf_add(out, "}\n");
}

void att_graph_mermaid(att_buf *out, const att_instrument *instrument)
{
    graph g = { .out = out, .instrument = instrument, .pen = &mermaid_pen };

    att_buf_add(out, "flowchart TD\n");
    write_all(&g);
}
