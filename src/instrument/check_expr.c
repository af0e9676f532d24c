/* check_expr.c - warnings about conditions, and about what they choose */
#include <attune/instrument/roster.h>

#include "checker.h"

#include <stdlib.h>
#include <string.h>

#include "expr_tree.h"

static att_value get_nothing(const void *data, const att_ref *ref)
{
    att_value value = { ATT_TYPE_ANY, ATT_REASON_NONE, 0, NULL, NULL, 0 };

    (void)data;
    (void)ref;
    return value;
}

int att_check_truth(const att_checker *c, const att_expr *expr)
{
    att_scope scope = { NULL, get_nothing };
    att_arena_mark mark = att_arena_mark_now(c->r->scratch);
    att_value value = att_expr_eval(c->r->scratch, expr, &scope, NULL);
    int truth = att_value_truth(&value);

    att_arena_rewind(c->r->scratch, mark);
    return truth;
}

/* ---- one condition ---- */

static const char *item_in(const att_checker *c, const att_node *node)
{
    const char *id = NULL;

    if (node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_ITEM) {
        return c->in->items[node->ref.index].id;
    }
    for (size_t i = 0; i < node->n_kids && id == NULL; i++) {
        id = item_in(c, node->kids[i]);
    }
    return id;
}

/* The item that a "!=" or a "not" stands over, or NULL. */
static const char *turned_round(const att_checker *c, const att_node *node)
{
    const char *id = NULL;

    if (node->kind == ATT_NODE_NOT ||
        (node->kind == ATT_NODE_COMPARE && node->op == '!')) {
        id = item_in(c, node);
    }
    for (size_t i = 0; i < node->n_kids && id == NULL; i++) {
        id = turned_round(c, node->kids[i]);
    }
    return id;
}

static void constant_check(att_checker *c, const att_expr *expr, const att_spot *at)
{
    size_t n = 0;
    int truth = -1;

    att_expr_refs(expr, &n);
    if (n > 0) {
        return;
    }
    truth = att_check_truth(c, expr);
    if (truth >= 0) {
        att_reader_find(c->r, "L067", at, "let it name an item, or take it out",
                        truth == 1 ? "this condition always holds"
                                   : "this condition never holds");
    }
}

static void show_check(att_checker *c, size_t index)
{
    const att_item *item = &c->in->items[index];
    att_spot owner = att_spot_text(item->pointer);
    att_spot at = att_spot_key(&owner, "show");
    const char *turned = NULL;
    size_t n = 0;
    const att_ref *refs = NULL;

    if (item->show == NULL) {
        return;
    }
    refs = att_expr_refs(item->show, &n);
    constant_check(c, item->show, &at);
    for (size_t i = 0; i < n; i++) {
        if (refs[i].kind == ATT_REF_ITEM && refs[i].index > index) {
            att_reader_find(
                c->r, "L055", &at, "move it behind what it needs",
                "the condition of \"%s\" names \"%s\", which is asked later", item->id,
                c->in->items[refs[i].index].id);
            return;
        }
    }
    turned = turned_round(c, item->show->root);
    if (turned != NULL && att_check_truth(c, item->show) < 0) {
        att_reader_find(
            c->r, "L056", &at,
            att_arena_format(c->r->scratch,
                             "write \"missing(%s) or ...\" if it should be asked "
                             "then",
                             turned),
            "without an answer to \"%s\" the item \"%s\" is not asked", turned,
            item->id);
    }
}

/* ---- choices ---- */

static void choices_check(att_checker *c, const att_choices *set, const att_spot *at)
{
    for (size_t i = 0; i < set->n; i++) {
        att_spot element = att_spot_element(at, i);
        att_spot spot = att_spot_key(&element, "show");

        if (set->list[i].show != NULL) {
            constant_check(c, set->list[i].show, &spot);
        }
    }
}

/* What an item, or a grid for its rows, chooses from. */
static void offers_check(att_checker *c, size_t index)
{
    const att_item *item = &c->in->items[index];
    const att_choices *set = item->choices;
    att_spot owner = att_spot_text(item->pointer);
    att_spot at = att_spot_key(&owner, "choices");
    size_t n = 0;
    const att_ref *refs = NULL;

    if (set == NULL || set->any == NULL ||
        (item->parent != ATT_NONE && c->in->items[item->parent].choices == set)) {
        return;
    }
    if (set->id[0] == '\0') {
        choices_check(c, set, &at);
    }
    refs = att_expr_refs(set->any, &n);
    for (size_t i = 0; i < n; i++) {
        if (refs[i].kind == ATT_REF_ITEM && refs[i].index > index) {
            att_reader_find(c->r, "L055", &at, "move it behind what it needs",
                            "a choice of \"%s\" has a condition that names \"%s\", "
                            "which is asked later",
                            item->id, c->in->items[refs[i].index].id);
            return;
        }
    }
}

/* ---- variants ---- */

/* One item named by one variant. */
typedef struct change {
    size_t item, variant;
    size_t group; /* the first variant with the same condition */
} change;

static int compare_changes(const void *a, const void *b)
{
    const change *x = a;
    const change *y = b;

    if (x->item != y->item) {
        return x->item < y->item ? -1 : 1;
    }
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    return x->variant < y->variant ? -1 : x->variant > y->variant;
}

typedef struct condition {
    const char *text;
    size_t variant;
} condition;

static int compare_conditions(const void *a, const void *b)
{
    const condition *x = a;
    const condition *y = b;
    int order = strcmp(x->text, y->text);

    return order != 0 ? order
                      : (x->variant < y->variant ? -1 : x->variant > y->variant);
}

/* The first variant with the same condition, for each. */
static size_t *groups_make(att_checker *c)
{
    size_t n = c->in->n_variants;
    condition *list = att_new_n(c->r->scratch, condition, n);
    size_t *groups = att_new_n(c->r->scratch, size_t, n);

    for (size_t i = 0; i < n; i++) {
        list[i].text = att_expr_text(c->in->variants[i].when);
        list[i].variant = i;
    }
    if (n > 1) {
        qsort(list, n, sizeof list[0], compare_conditions);
    }
    for (size_t i = 0, first = 0; i < n; i++) {
        if (strcmp(list[i].text, list[first].text) != 0) {
            first = i;
        }
        groups[list[i].variant] = list[first].variant;
    }
    return groups;
}

static void shadow_find(att_checker *c, const change *later, size_t earlier)
{
    att_spot top = att_spot_text("/variants");
    att_spot element = att_spot_element(&top, later->variant);
    att_spot text_at = att_spot_key(&element, "text");
    att_spot at = att_spot_key(&text_at, c->in->items[later->item].id);

    att_reader_find_key(c->r, "L068", &at, "take it out, or put it first",
                        "variant %zu holds whenever this one does, and words \"%s\" "
                        "already",
                        earlier + 1, c->in->items[later->item].id);
}

static void shadows_check(att_checker *c)
{
    size_t n_changes = 0, n = 0;
    size_t *groups = groups_make(c);
    size_t *always = att_new_n(c->r->scratch, size_t, c->in->n_items); /* variant + 1 */
    change *changes = NULL;

    for (size_t i = 0; i < c->in->n_variants; i++) {
        n_changes += c->in->variants[i].n_items;
    }
    changes = att_new_n(c->r->scratch, change, n_changes);
    for (size_t i = 0; i < c->in->n_variants; i++) {
        const att_variant *variant = &c->in->variants[i];
        bool is_always = att_check_truth(c, variant->when) == 1;

        for (size_t k = 0; k < variant->n_items; k++) {
            size_t item = variant->items[k];

            changes[n++] = (change){ item, i, groups[i] };
            if (is_always && always[item] == 0) {
                always[item] = i + 1;
            }
        }
    }
    if (n > 1) {
        qsort(changes, n, sizeof changes[0], compare_changes);
    }
    for (size_t i = 0; i < n; i++) {
        size_t item = changes[i].item;
        bool is_twin = i > 0 && changes[i - 1].item == item &&
                       changes[i - 1].group == changes[i].group;

        if (is_twin) {
            shadow_find(c, &changes[i], changes[i].group);
        } else if (always[item] > 0 && changes[i].variant + 1 > always[item]) {
            shadow_find(c, &changes[i], always[item] - 1);
        }
    }
}

/* ---- tokens ---- */

static void token_check(att_checker *c, const att_token *token,
                        const att_spot *tokens_at)
{
    att_spot at = att_spot_key(tokens_at, token->id);
    att_spot else_at = att_spot_key(&at, "else");
    const att_name *name = att_name_find(c->r, token->id);
    bool is_sure = false;

    if (name != NULL && !name->is_used) {
        att_reader_find_key(c->r, "L054", &at,
                            "take it out, or begin its name with \"x-\"",
                            "no text uses the token \"%s\"", token->id);
    }
    for (size_t i = 0; i < token->n_otherwise; i++) {
        att_spot element = att_spot_element(&else_at, i);
        att_spot when_at = att_spot_key(&element, "when");

        is_sure = is_sure || token->otherwise[i].when == NULL;
        if (token->otherwise[i].when != NULL) {
            constant_check(c, token->otherwise[i].when, &when_at);
        }
    }
    if (!is_sure) {
        att_reader_find(c->r, "L072", &else_at, "end with a text without \"when\"",
                        "token \"%s\" stays empty where no condition holds", token->id);
    }
}

void att_check_exprs(att_checker *c)
{
    att_spot tokens_at = att_spot_text("/tokens");
    att_spot variants_at = att_spot_text("/variants");
    att_spot sets_at = att_spot_text("/choices");

    for (size_t i = 0; i < c->in->n_items; i++) {
        const att_item *item = &c->in->items[i];

        if (!item->is_copy && !att_roster_made(item)) {
            show_check(c, i);
            offers_check(c, i);
        }
    }
    for (size_t i = 0; i < c->in->n_choices; i++) {
        att_spot set_at = att_spot_key(&sets_at, c->in->choices[i].id);

        choices_check(c, &c->in->choices[i], &set_at);
    }
    for (size_t i = 0; i < c->in->n_tokens; i++) {
        token_check(c, &c->in->tokens[i], &tokens_at);
    }
    for (size_t i = 0; i < c->in->n_variants; i++) {
        att_spot element = att_spot_element(&variants_at, i);
        att_spot at = att_spot_key(&element, "when");

        constant_check(c, c->in->variants[i].when, &at);
    }
    shadows_check(c);
}
