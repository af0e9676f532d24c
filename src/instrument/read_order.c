/* read_order.c - an order in which each thing follows what it needs
 *
 * Nodes: the items, then the scales, then the derived values. An item needs its
 * container, what its condition, its value and the conditions of its choices name, and
 * the item that its choices come from; a scale its items; a derived value what it names. One walk in depth, without recursion.
 */
#include "reader.h"

#include <string.h>

typedef enum state { STATE_NEW = 0, STATE_OPEN, STATE_DONE } state;

typedef struct step {
    size_t node;
    size_t next; /* edge to look at */
} step;

typedef struct walk {
    att_reader *r;
    size_t n_items, n_scales, n_derived;
    unsigned char *states; /* [nodes] */
    step *path;            /* [nodes] nodes that are open */
    size_t n_path;
    size_t *order; /* nodes as they are done */
    size_t n_order;
    bool is_derived_only;
    bool has_cycle;
} walk;

static size_t ref_node(const walk *w, const att_ref *ref)
{
    switch (ref->kind) {
    case ATT_REF_ITEM: return w->is_derived_only ? ATT_NONE : ref->index;
    case ATT_REF_SCALE:
    case ATT_REF_SCALE_100:
        return w->is_derived_only ? ATT_NONE : w->n_items + ref->index;
    case ATT_REF_DERIVED: return w->n_items + w->n_scales + ref->index;
    case ATT_REF_PERSON:
    case ATT_REF_EARLIER:
    case ATT_REF_WORD: break;
    }
    return ATT_NONE;
}

static bool expr_edge(const walk *w, const att_expr *expr, size_t k, size_t *out)
{
    size_t n = 0;
    const att_ref *refs = expr == NULL ? NULL : att_expr_refs(expr, &n);

    if (k >= n) {
        return false;
    }
    *out = ref_node(w, &refs[k]);
    return true;
}

static const att_expr *any_of(const att_item *item)
{
    return item->choices == NULL ? NULL : item->choices->any;
}

static size_t refs_of(const att_expr *expr)
{
    size_t n = 0;

    if (expr != NULL) {
        (void)att_expr_refs(expr, &n);
    }
    return n;
}

/* The k-th node that a node needs (ATT_NONE: none at this k); false after the last. */
static bool edge(const walk *w, size_t node, size_t k, size_t *out)
{
    const att_reader *r = w->r;

    *out = ATT_NONE;
    if (node < w->n_items) {
        const att_item *item = &r->items[node];

        if (k == 0) {
            *out = item->parent;
            return true;
        }
        if (k == 1) {
            *out = item->from == ATT_FROM_ITEM ? item->from_item : ATT_NONE;
            return true;
        }
        if (expr_edge(w, item->show, k - 2, out)) {
            return true;
        }
        k -= 2 + refs_of(item->show);
        if (expr_edge(w, item->value, k, out)) {
            return true;
        }
        return expr_edge(w, any_of(item), k - refs_of(item->value), out);
    }
    node -= w->n_items;
    if (node < w->n_scales) {
        if (k >= r->scales[node].n_items) {
            return false;
        }
        *out = r->scales[node].items[k];
        return true;
    }
    return expr_edge(w, r->derived[node - w->n_scales].value, k, out);
}

static const char *node_name(const walk *w, size_t node)
{
    if (node < w->n_items) {
        return w->r->items[node].id;
    }
    node -= w->n_items;
    return node < w->n_scales ? w->r->scales[node].id
                              : w->r->derived[node - w->n_scales].id;
}

static const char *circle_key(const att_item *item)
{
    return item->show != NULL ? "show" : any_of(item) != NULL ? "choices" : "value";
}

/* The open nodes from `from` on need each other in a ring. */
static void cycle_find(walk *w, size_t from)
{
    enum { SHOWN = 8 };
    att_buf words = { 0 };
    att_spot at = { 0 };
    att_spot spot = { 0 };
    size_t first = from;

    for (size_t i = from; i < w->n_path; i++) {
        size_t node = w->path[i].node;

        if (node < w->n_items &&
            (w->r->items[node].show != NULL || any_of(&w->r->items[node]) != NULL)) {
            first = i; /* the place to mend */
            break;
        }
    }
    for (size_t i = 0; i <= w->n_path - from; i++) {
        size_t k = from + (first - from + i) % (w->n_path - from);

        if (i == SHOWN) {
            att_buf_add(&words, ", ...");
            break;
        }
        att_buf_format(&words,
                       i == 0   ? "\"%s\""
                       : i == 1 ? " needs \"%s\""
                                : ", which needs \"%s\"",
                       node_name(w, w->path[k].node));
    }
    w->has_cycle = true;
    if (w->path[first].node < w->n_items) {
        at = att_spot_text(w->r->items[w->path[first].node].pointer);
        spot = att_spot_key(&at, circle_key(&w->r->items[w->path[first].node]));
        att_reader_find(w->r, "L024", &spot, "let conditions look back only",
                        "conditions go in a circle: %s", att_buf_text(&words));
    } else {
        size_t k = w->path[first].node - w->n_items;

        at = k < w->n_scales ? att_spot_text(w->r->scales[k].pointer)
                             : att_spot_text(w->r->derived[k - w->n_scales].pointer);
        spot = att_spot_key(&at, k < w->n_scales ? "items" : "value");
        att_reader_find(w->r, "L025", &spot, "let each use only what does not use it",
                        "derived values go in a circle: %s", att_buf_text(&words));
    }
    att_buf_drop(&words);
}

static void visit(walk *w, size_t node)
{
    if (w->states[node] == STATE_DONE) {
        return;
    }
    if (w->states[node] == STATE_OPEN) {
        size_t from = w->n_path;

        while (w->path[from - 1].node != node) {
            from--;
        }
        if (!w->has_cycle) { /* one at a time: a knot has many */
            cycle_find(w, from - 1);
        }
        return;
    }
    w->states[node] = STATE_OPEN;
    w->path[w->n_path].node = node;
    w->path[w->n_path].next = 0;
    w->n_path++;
}

static void walk_from(walk *w, size_t node)
{
    visit(w, node);
    while (w->n_path > 0) {
        step *top = &w->path[w->n_path - 1];
        size_t needed = ATT_NONE;

        if (edge(w, top->node, top->next++, &needed)) {
            if (needed != ATT_NONE) {
                visit(w, needed);
            }
            continue;
        }
        w->states[top->node] = STATE_DONE;
        w->order[w->n_order++] = top->node;
        w->n_path--;
    }
}

static walk walk_make(att_reader *r)
{
    walk w = { 0 };
    size_t n = r->n_items + r->out->n_scales + r->out->n_derived;

    w.r = r;
    w.n_items = r->n_items;
    w.n_scales = r->out->n_scales;
    w.n_derived = r->out->n_derived;
    w.states = att_new_n(r->scratch, unsigned char, n);
    w.path = att_new_n(r->scratch, step, n);
    w.order = att_new_n(r->scratch, size_t, n);
    return w;
}

bool att_derived_order(att_reader *r, size_t *order)
{
    walk w = walk_make(r);
    size_t first = w.n_items + w.n_scales;

    w.is_derived_only = true;
    for (size_t i = 0; i < w.n_derived; i++) {
        walk_from(&w, first + i);
    }
    for (size_t i = 0; i < w.n_order; i++) {
        order[i] = w.order[i] - first;
    }
    return !w.has_cycle;
}

void att_order_make(att_reader *r)
{
    walk w = walk_make(r);
    size_t *order = att_new_n(r->arena, size_t, r->n_items);
    size_t n = 0;

    for (size_t i = 0; i < w.n_items; i++) {
        walk_from(&w, i);
    }
    for (size_t i = 0; i < w.n_order; i++) {
        if (w.order[i] < w.n_items) {
            order[n++] = w.order[i];
        }
    }
    r->out->order = order;
}
