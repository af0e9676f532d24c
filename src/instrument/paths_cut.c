/* paths_cut.c - the kinds of answers that conditions tell apart */
#include "pathing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/kind.h>

#define WHOLE_MOST  1000 /* answers of a number that counts as it is */
#define MARKS_MOST  10   /* choices of a `many` whose every set of marks is tried */
#define OTHER_WORDS "\001"

size_t att_path_place(size_t n_items, const att_ref *ref)
{
    switch (ref->kind) {
    case ATT_REF_WORD: return n_items + ref->index;
    case ATT_REF_PERSON: return n_items + ATT_PATH_WORDS + ref->index;
    default: return ref->index;
    }
}

bool att_path_is_var(const att_ref *ref)
{
    return ref->kind == ATT_REF_ITEM || ref->kind == ATT_REF_WORD ||
           ref->kind == ATT_REF_PERSON;
}

/* ---- what an expression compares with what ---- */

typedef struct scan {
    att_arena *arena;
    att_path_var *vars;
    size_t n_items;
} scan;

static att_value get_nothing(const void *data, const att_ref *ref)
{
    (void)data;
    (void)ref;
    return (att_value){ 0 };
}

/* Whether the day or the moment of the session has a part in it. */
static bool has_clock(const att_node *node)
{
    bool found = false;

    if (node->kind == ATT_NODE_CALL) {
        att_function_id id = node->function->id;

        found = id == ATT_FN_TODAY || id == ATT_FN_NOW ||
                (node->n_kids == 1 && (id == ATT_FN_AGE || id == ATT_FN_DAYS ||
                                       id == ATT_FN_MONTHS || id == ATT_FN_YEARS));
    }
    for (size_t i = 0; !found && i < node->n_kids; i++) {
        found = has_clock(node->kids[i]);
    }
    return found;
}

bool att_path_has_clock(const att_expr *expr)
{
    return has_clock(expr->root);
}

static bool has_names(const att_node *node)
{
    bool found = node->kind == ATT_NODE_REF || node->kind == ATT_NODE_OWN;

    for (size_t i = 0; !found && i < node->n_kids; i++) {
        found = has_names(node->kids[i]);
    }
    return found;
}

static bool is_constant(const att_node *node)
{
    return !has_clock(node) && !has_names(node);
}

static att_value constant_of(att_arena *arena, const att_node *node)
{
    att_expr expr = { .root = node };
    att_scope scope = { NULL, get_nothing };

    return att_expr_eval(arena, &expr, &scope, NULL);
}

static bool is_call_of(const att_node *node, att_function_id id)
{
    return node->kind == ATT_NODE_CALL && node->function->id == id;
}

static att_path_var *var_of(const scan *s, const att_node *node)
{
    if (!att_path_is_var(&node->ref)) {
        return NULL;
    }
    return &s->vars[att_path_place(s->n_items, &node->ref)];
}

static void add_cut(const scan *s, att_path_var *var, const att_value *value)
{
    if (value->type == ATT_TYPE_ANY) {
        return;
    }
    if (var->n_cuts == var->room_cuts) {
        att_value *cuts = att_new_n(s->arena, att_value, 2 * var->room_cuts + 4);

        if (var->n_cuts > 0) {
            memcpy(cuts, var->cuts, var->n_cuts * sizeof cuts[0]);
        }
        var->cuts = cuts;
        var->room_cuts = 2 * var->room_cuts + 4;
    }
    var->cuts[var->n_cuts++] = *value;
}

static void scan_node(const scan *s, const att_node *node);

/* Every item in here counts as it is. */
static void scan_whole(const scan *s, const att_node *node)
{
    att_path_var *var = node->kind == ATT_NODE_REF ? var_of(s, node) : NULL;

    if (var != NULL) {
        var->is_whole = true;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        scan_whole(s, node->kids[i]);
    }
}

/* A number worked out inside a comparison: count() of conditions is exact, the rest
 * needs answers as they are. */
static void scan_inner(const scan *s, const att_node *node)
{
    if (is_call_of(node, ATT_FN_COUNT) || is_call_of(node, ATT_FN_SHARE)) {
        scan_node(s, node);
    } else {
        scan_whole(s, node);
    }
}

/* The sides of a comparison that are constants, and whether it is one of order. */
typedef struct sides {
    att_value *constants; /* [n] */
    size_t n;
    bool is_order;
} sides;

/* One side of a comparison whose other sides are constants. */
static void scan_side(const scan *s, const att_node *node, const sides *others)
{
    bool is_choice =
        node->kind == ATT_NODE_CALL &&
        (node->function->id == ATT_FN_COALESCE || node->function->id == ATT_FN_IF);

    if (is_constant(node)) {
        return;
    }
    if (node->kind == ATT_NODE_REF && var_of(s, node) != NULL) {
        for (size_t i = 0; i < others->n; i++) {
            add_cut(s, var_of(s, node), &others->constants[i]);
        }
        var_of(s, node)->has_order = var_of(s, node)->has_order || others->is_order;
        return;
    }
    if (!is_choice) {
        scan_inner(s, node);
        return;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        if (i == 0 && node->function->id == ATT_FN_IF) {
            scan_node(s, node->kids[i]);
        } else {
            scan_side(s, node->kids[i], others);
        }
    }
}

static bool is_order(const att_node *node)
{
    return node->kind == ATT_NODE_COMPARE && node->op != '=' && node->op != '!';
}

static bool is_text_order(const att_node *node)
{
    return is_order(node) && (node->kids[0]->type == ATT_TYPE_TEXT ||
                              node->kids[1]->type == ATT_TYPE_TEXT);
}

/* Kids are sides of one comparison: "=", "<", in, selected. */
static void scan_comparison(const scan *s, const att_node *node)
{
    sides others = { att_new_n(s->arena, att_value, node->n_kids), 0, is_order(node) };

    for (size_t i = 0; i < node->n_kids; i++) {
        if (is_constant(node->kids[i])) {
            others.constants[others.n++] = constant_of(s->arena, node->kids[i]);
        }
    }
    if (others.n + 1 < node->n_kids || is_text_order(node)) {
        scan_whole(s, node);
        return;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        scan_side(s, node->kids[i], &others);
    }
}

/* answered(x), missing(x), reason(x): whether, and why not. */
static void scan_presence(const scan *s, const att_node *node)
{
    att_path_var *var =
        node->kids[0]->kind == ATT_NODE_REF ? var_of(s, node->kids[0]) : NULL;

    if (var == NULL) {
        scan_whole(s, node);
    } else if (node->function->id == ATT_FN_REASON) {
        var->has_reasons = true;
    }
}

/* reason(x) = 'refused' */
static bool scan_reasons(const scan *s, const att_node *node)
{
    bool found = false;

    for (size_t i = 0; i < node->n_kids; i++) {
        found = found || is_call_of(node->kids[i], ATT_FN_REASON);
    }
    for (size_t i = 0; found && i < node->n_kids; i++) {
        if (is_call_of(node->kids[i], ATT_FN_REASON)) {
            scan_presence(s, node->kids[i]);
        } else {
            scan_whole(s, node->kids[i]);
        }
    }
    return found;
}

static void scan_node(const scan *s, const att_node *node)
{
    bool is_comparison = node->kind == ATT_NODE_COMPARE || node->kind == ATT_NODE_IN ||
                         is_call_of(node, ATT_FN_SELECTED);
    bool is_join = node->kind == ATT_NODE_AND || node->kind == ATT_NODE_OR ||
                   node->kind == ATT_NODE_NOT || is_call_of(node, ATT_FN_COUNT) ||
                   is_call_of(node, ATT_FN_SHARE);

    if (is_comparison) {
        if (!scan_reasons(s, node)) {
            scan_comparison(s, node);
        }
    } else if (is_call_of(node, ATT_FN_ANSWERED) || is_call_of(node, ATT_FN_MISSING)) {
        scan_presence(s, node);
    } else if (is_join) {
        for (size_t i = 0; i < node->n_kids; i++) {
            scan_node(s, node->kids[i]);
        }
    } else {
        scan_whole(s, node);
    }
}

void att_path_scan(att_arena *arena, att_path_var *vars, size_t n_items,
                   const att_expr *expr)
{
    scan s = { arena, vars, n_items };

    scan_node(&s, expr->root);
}

/* ---- one answer of each kind ---- */

static void add_value(att_path_var *var, att_value value)
{
    var->values[var->n_values++] = value;
}

static att_value number_of(double x, att_type type)
{
    return (att_value){ .type = type, .number = x };
}

static int compare_cuts(const void *a, const void *b)
{
    const att_value *x = a;
    const att_value *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

/* Room for values: each cut, what is between, the reasons, not asked. */
static void make_room(att_arena *arena, att_path_var *var, size_t n)
{
    var->values = att_new_n(arena, att_value, n + ATT_N_REASONS + 1);
}

/* Codes: those that are named, and one other; where order counts, one of each run
 * between them. */
static void cut_codes(att_arena *arena, const att_item *item, att_path_var *var)
{
    const att_choices *set = item->choices;
    bool *is_gap = att_new_n(arena, bool, var->n_cuts + 1);

    make_room(arena, var, set->n);
    for (size_t i = 0; i < set->n; i++) {
        double code = set->list[i].code;
        size_t k = 0;
        bool is_cut = var->is_whole;

        if (set->list[i].reason != ATT_REASON_NONE) {
            continue;
        }
        while (k < var->n_cuts && var->cuts[k].number < code) {
            k++;
        }
        is_cut = is_cut || (k < var->n_cuts && var->cuts[k].number == code);
        k = var->has_order ? k : 0;
        if (is_cut || !is_gap[k]) {
            add_value(var, number_of(code, ATT_TYPE_NUMBER));
            is_gap[k] = is_gap[k] || !is_cut;
        }
    }
}

/* Whole numbers and days: each cut, and one before and one behind it. */
static void cut_steps(att_arena *arena, att_path_var *var, att_type type, double low,
                      double high)
{
    double last = -INFINITY;

    make_room(arena, var, 2 * var->n_cuts + 2);
    for (size_t k = 0; k < var->n_cuts; k++) {
        double cut = var->cuts[k].number;
        double before = ceil(cut) - 1;

        if (before > last && before >= low && before <= high) {
            add_value(var, number_of(before, type));
        }
        if (cut > last && cut >= low && cut <= high && cut == floor(cut)) {
            add_value(var, number_of(cut, type));
        }
        last = floor(cut);
    }
    last = var->n_cuts > 0 ? last + 1 : isfinite(low) ? low : isfinite(high) ? high : 0;
    if (last >= low && last <= high) {
        add_value(var, number_of(last, type));
    }
}

/* Any number: each cut, and one between each two. */
static void cut_line(att_arena *arena, att_path_var *var, double low, double high)
{
    double last = -INFINITY;

    make_room(arena, var, 2 * var->n_cuts + 2);
    for (size_t k = 0; k < var->n_cuts; k++) {
        double cut = var->cuts[k].number;
        double from = fmax(last, low);
        double before = isfinite(from) ? (from + fmin(cut, high)) / 2 : cut - 1;

        if (before < cut && before <= high && before > last) {
            add_value(var, number_of(before, ATT_TYPE_NUMBER));
        }
        if (cut > last && cut >= low && cut <= high) {
            add_value(var, number_of(cut, ATT_TYPE_NUMBER));
        }
        last = cut;
    }
    if (last < high) {
        double from = fmax(last, low);

        add_value(var, number_of(!isfinite(from)  ? fmin(0, high)
                                 : isfinite(high) ? (from + high) / 2
                                                  : from + 1,
                                 ATT_TYPE_NUMBER));
    }
}

static void whole_numbers(att_arena *arena, att_path_var *var, double low, double high)
{
    if (!(high - low < WHOLE_MOST)) {
        var->why = "a number counts as it is, and has too many values";
        return;
    }
    make_room(arena, var, (size_t)(high - low) + 1);
    for (size_t i = 0; low + (double)i <= high; i++) {
        add_value(var, number_of(low + (double)i, ATT_TYPE_NUMBER));
    }
}

static void cut_number(att_arena *arena, const att_item *item, att_path_var *var)
{
    bool is_slider = item->kind->shape == ATT_SHAPE_SLIDER;
    bool is_whole = strcmp(item->kind->name, "integer") == 0;
    double low = item->has_min ? item->min : is_slider ? 0 : -INFINITY;
    double high = item->has_max ? item->max : is_slider ? 100 : INFINITY;

    if (var->is_whole && is_whole) {
        whole_numbers(arena, var, ceil(low), high);
    } else if (var->is_whole) {
        var->why = "a number counts as it is, and has too many values";
    } else if (is_whole) {
        cut_steps(arena, var, ATT_TYPE_NUMBER, low, high);
    } else {
        cut_line(arena, var, low, high);
    }
}

/* Marks: every set of those that are named, with and without another one. In which
 * order they were put, no condition sees. */
static void cut_marks(att_arena *arena, const att_item *item, att_path_var *var)
{
    const att_choice *named[MARKS_MOST + 1];
    bool is_rank = item->kind->shape == ATT_SHAPE_RANK;
    size_t n = 0;
    bool has_other = false;

    for (size_t i = 0; i < item->choices->n; i++) {
        const att_choice *choice = &item->choices->list[i];
        bool is_named = var->is_whole;

        for (size_t k = 0; k < var->n_cuts; k++) {
            is_named = is_named || var->cuts[k].number == choice->code;
        }
        if (choice->reason != ATT_REASON_NONE || (!is_named && has_other)) {
            continue;
        }
        if (n == MARKS_MOST) {
            var->why = "too many of its choices are named";
            return;
        }
        has_other = has_other || !is_named;
        named[n++] = choice;
    }
    make_room(arena, var, (size_t)1 << n);
    for (size_t set = 0; set < (size_t)1 << n; set++) {
        att_value value = { .type = ATT_TYPE_CODES };
        int *codes = att_new_n(arena, int, n);
        bool is_alone = false;

        for (size_t i = 0; i < n; i++) {
            if ((set >> i & 1) != 0) {
                codes[value.n_codes++] = named[i]->code;
                is_alone = is_alone || (named[i]->is_exclusive && !is_rank);
            }
        }
        if (is_rank &&
            (value.n_codes == 0 || (item->ranks > 0 && value.n_codes > item->ranks))) {
            continue;
        }
        if (!is_alone || value.n_codes == 1) {
            value.codes = codes;
            add_value(var, value);
        }
    }
}

/* Texts: those that are named, and another. */
static void cut_texts(att_arena *arena, att_path_var *var)
{
    att_value other = { .type = ATT_TYPE_TEXT, .text = OTHER_WORDS };

    if (var->is_whole) {
        var->why = "a text counts as it is";
        return;
    }
    make_room(arena, var, var->n_cuts + 1);
    for (size_t i = 0; i < var->n_cuts; i++) {
        bool is_twin = false;

        for (size_t k = 0; k < var->n_values; k++) {
            is_twin = is_twin || att_text_same(var->values[k].text, var->cuts[i].text);
        }
        if (!is_twin) {
            add_value(var, var->cuts[i]);
        }
    }
    add_value(var, other);
}

static void cut_days(att_arena *arena, att_path_var *var)
{
    if (var->is_whole) {
        var->why = "a day is compared with what is not fixed";
        return;
    }
    cut_steps(arena, var, ATT_TYPE_DAY, -INFINITY, INFINITY);
}

/* ---- no answer ---- */

static bool is_offered(const att_instrument *in, const att_item *item,
                       att_reason reason)
{
    bool found = in->is_offered[reason];

    for (size_t i = 0; item->choices != NULL && i < item->choices->n; i++) {
        found = found || item->choices->list[i].reason == reason;
    }
    return found;
}

static void add_reasons(const att_instrument *in, const att_item *item,
                        att_path_var *var)
{
    bool is_hard = item->required == ATT_REQUIRED_HARD;

    for (int i = ATT_REASON_SKIPPED; i <= ATT_REASON_DONT_KNOW; i++) {
        bool can_be =
            i == ATT_REASON_SKIPPED ? !is_hard : is_offered(in, item, (att_reason)i);

        if (can_be) {
            add_value(var, (att_value){ .reason = (att_reason)i });
            if (!var->has_reasons) {
                return;
            }
        }
    }
}

/* ---- one variable ---- */

static void item_values(att_arena *arena, const att_instrument *in,
                        const att_item *item, att_path_var *var)
{
    switch (item->kind->shape) {
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_PICK_MANY:
    case ATT_SHAPE_RANK:
        if (item->choices == NULL) {
            var->why = "its choices come from elsewhere";
        } else if (item->choices->any != NULL) {
            var->why = "its choices have conditions";
        } else if (item->kind->shape == ATT_SHAPE_PICK_ONE) {
            cut_codes(arena, item, var);
        } else {
            cut_marks(arena, item, var);
        }
        break;
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER: cut_number(arena, item, var); break;
    case ATT_SHAPE_TEXT:
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME: cut_texts(arena, var); break;
    case ATT_SHAPE_DATE: cut_days(arena, var); break;
    case ATT_SHAPE_CONSENT: var->why = "it asks for consent"; break;
    case ATT_SHAPE_CALC: var->why = "a value is worked out"; break;
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CONTAINER: var->why = "it asks nothing"; break;
    }
    if (var->why == NULL) {
        add_reasons(in, item, var);
        var->values[var->n_values] = (att_value){ .reason = ATT_REASON_NOT_ASKED };
    }
}

static void listed_words(att_arena *arena, att_path_var *var, const char *const *list,
                         size_t n)
{
    make_room(arena, var, n + 1);
    for (size_t i = 0; i < n; i++) {
        add_value(var, (att_value){ .type = ATT_TYPE_TEXT, .text = list[i] });
    }
}

static void word_values(att_arena *arena, const att_instrument *in, att_path_var *var)
{
    att_ref_word word = (att_ref_word)var->ref.index;

    if (word == ATT_WORD_TODAY || word == ATT_WORD_NOW) {
        var->why = "it depends on the day";
        return;
    }
    if (word == ATT_WORD_LANGUAGE) {
        const char **tags = att_new_n(arena, const char *, in->n_languages);

        for (size_t i = 0; i < in->n_languages; i++) {
            tags[i] = in->languages[i].tag;
        }
        listed_words(arena, var, tags, in->n_languages);
        return;
    }
    if (word == ATT_WORD_MODE) {
        const char *modes[ATT_N_ASKINGS];

        for (size_t i = 0; i < ATT_N_ASKINGS; i++) {
            modes[i] = att_asking_name((att_asking)i);
        }
        listed_words(arena, var, modes, ATT_N_ASKINGS);
        return;
    }
    if (word == ATT_WORD_ROLE && in->n_roles > 0) {
        listed_words(arena, var, in->roles, in->n_roles);
    } else {
        cut_texts(arena, var);
    }
    if (var->why == NULL) {
        add_value(var, (att_value){ 0 });
    }
}

/* What a study may keep about a person, and nothing. */
static void attribute_values(att_arena *arena, const att_attribute *attribute,
                             att_path_var *var)
{
    if (attribute->kind == ATT_ANSWER_TEXT) {
        cut_texts(arena, var);
    } else if (attribute->kind == ATT_ANSWER_DAY) {
        cut_days(arena, var);
    } else if (var->is_whole) {
        var->why = "a number counts as it is, and has too many values";
    } else {
        cut_line(arena, var, -INFINITY, INFINITY);
    }
    if (var->why == NULL) {
        add_value(var, (att_value){ 0 });
    }
}

void att_path_values(att_arena *arena, const att_instrument *in, att_path_var *var)
{
    if (var->n_cuts > 1 && var->cuts[0].type != ATT_TYPE_TEXT) {
        qsort(var->cuts, var->n_cuts, sizeof var->cuts[0], compare_cuts);
    }
    if (var->ref.kind == ATT_REF_WORD) {
        word_values(arena, in, var);
    } else if (var->ref.kind == ATT_REF_PERSON) {
        attribute_values(arena, &in->attributes[var->ref.index], var);
    } else {
        item_values(arena, in, &in->items[var->ref.index], var);
    }
    if (var->why == NULL && var->n_values == 0) {
        var->why = "it has no answer at all";
    }
}
