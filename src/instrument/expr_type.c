#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/text.h>

#include "expr_tree.h"

#define TRUTH  (1U << ATT_TYPE_TRUTH)
#define NUMBER (1U << ATT_TYPE_NUMBER)
#define TEXT   (1U << ATT_TYPE_TEXT)
#define DAY    (1U << ATT_TYPE_DAY)
#define CODES  (1U << ATT_TYPE_CODES)
#define EACH   (TRUTH | NUMBER | TEXT | DAY | CODES)
#define MANY   1000 /* arguments a function may have */

/* name, id, least, most, first, other, is_same, result, takes_min_valid */
static const att_function functions[] = {
    { "if", ATT_FN_IF, 3, 3, TRUTH, EACH, true, ATT_TYPE_ANY, false },
    { "coalesce", ATT_FN_COALESCE, 1, MANY, EACH, EACH, true, ATT_TYPE_ANY, false },
    { "answered", ATT_FN_ANSWERED, 1, 1, EACH, EACH, false, ATT_TYPE_TRUTH, false },
    { "missing", ATT_FN_MISSING, 1, 1, EACH, EACH, false, ATT_TYPE_TRUTH, false },
    { "reason", ATT_FN_REASON, 1, 1, EACH, EACH, false, ATT_TYPE_TEXT, false },
    { "selected", ATT_FN_SELECTED, 2, MANY, CODES | NUMBER, NUMBER, false,
      ATT_TYPE_TRUTH, false },
    { "count", ATT_FN_COUNT, 1, MANY, TRUTH, TRUTH, false, ATT_TYPE_NUMBER, false },
    { "share", ATT_FN_SHARE, 1, MANY, TRUTH, TRUTH, false, ATT_TYPE_NUMBER, false },
    { "sum", ATT_FN_SUM, 1, MANY, NUMBER, NUMBER, false, ATT_TYPE_NUMBER, true },
    { "mean", ATT_FN_MEAN, 1, MANY, NUMBER, NUMBER, false, ATT_TYPE_NUMBER, true },
    { "min", ATT_FN_MIN, 1, MANY, NUMBER | DAY, NUMBER | DAY, true, ATT_TYPE_ANY,
      true },
    { "max", ATT_FN_MAX, 1, MANY, NUMBER | DAY, NUMBER | DAY, true, ATT_TYPE_ANY,
      true },
    { "round", ATT_FN_ROUND, 1, 2, NUMBER, NUMBER, false, ATT_TYPE_NUMBER, false },
    { "floor", ATT_FN_FLOOR, 1, 1, NUMBER, NUMBER, false, ATT_TYPE_NUMBER, false },
    { "abs", ATT_FN_ABS, 1, 1, NUMBER, NUMBER, false, ATT_TYPE_NUMBER, false },
    { "age", ATT_FN_AGE, 1, 2, DAY, DAY, false, ATT_TYPE_NUMBER, false },
    { "days", ATT_FN_DAYS, 1, 2, DAY, DAY, false, ATT_TYPE_NUMBER, false },
    { "months", ATT_FN_MONTHS, 1, 2, DAY, DAY, false, ATT_TYPE_NUMBER, false },
    { "years", ATT_FN_YEARS, 1, 2, DAY, DAY, false, ATT_TYPE_NUMBER, false },
    { "today", ATT_FN_TODAY, 0, 0, 0, 0, false, ATT_TYPE_DAY, false },
    { "now", ATT_FN_NOW, 0, 0, 0, 0, false, ATT_TYPE_NUMBER, false },
    { "lower", ATT_FN_LOWER, 1, 1, TEXT, TEXT, false, ATT_TYPE_TEXT, false },
    { "length", ATT_FN_LENGTH, 1, 1, TEXT | CODES, 0, false, ATT_TYPE_NUMBER, false },
    { "concat", ATT_FN_CONCAT, 1, MANY, TEXT | NUMBER | DAY, TEXT | NUMBER | DAY, false,
      ATT_TYPE_TEXT, false },
    { "matches", ATT_FN_MATCHES, 2, 2, TEXT, TEXT, false, ATT_TYPE_TRUTH, false },
};

#define N_FUNCTIONS (sizeof functions / sizeof *functions)

const att_function *att_function_find(const char *name)
{
    for (size_t i = 0; i < N_FUNCTIONS; i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return &functions[i];
        }
    }
    return NULL;
}

const char *att_function_nearest(const char *name)
{
    const char *names[N_FUNCTIONS + 1];

    for (size_t i = 0; i < N_FUNCTIONS; i++) {
        names[i] = functions[i].name;
    }
    names[N_FUNCTIONS] = "date";
    return att_text_nearest(name, names, N_FUNCTIONS + 1);
}

const char *att_type_name(att_type type)
{
    switch (type) {
    case ATT_TYPE_ANY: return "a value";
    case ATT_TYPE_TRUTH: return "a condition";
    case ATT_TYPE_NUMBER: return "a number";
    case ATT_TYPE_TEXT: return "a text";
    case ATT_TYPE_DAY: return "a day";
    case ATT_TYPE_CODES: return "a list of marks";
    }
    return "a value";
}

/* "a number or a day" */
static void name_types(att_buf *out, unsigned wanted)
{
    const char *between = "";

    for (int type = ATT_TYPE_TRUTH; type <= ATT_TYPE_CODES; type++) {
        if ((wanted & 1U << type) != 0) {
            att_buf_add(out, between);
            att_buf_add(out, att_type_name((att_type)type));
            between = " or ";
        }
    }
}

static const char *hint_for(unsigned wanted, att_type found)
{
    if (wanted == TRUTH && found == ATT_TYPE_NUMBER) {
        return "compare it: x = 1, or answered(x)";
    }
    if (wanted == TRUTH && found == ATT_TYPE_CODES) {
        return "ask for a mark: selected(x, 1)";
    }
    if (wanted == TRUTH && found == ATT_TYPE_TEXT) {
        return "compare it: x = 'PT', or answered(x)";
    }
    if (wanted == NUMBER && found == ATT_TYPE_TRUTH) {
        return "count conditions with count(...)";
    }
    if (found == ATT_TYPE_CODES) {
        return "ask for a mark: selected(x, 1), or for their number: length(x)";
    }
    if (wanted == DAY && found == ATT_TYPE_TEXT) {
        return "write date('2026-09-14')";
    }
    return "";
}

static bool want(const att_node *node, unsigned wanted, att_expr_fault *fault)
{
    att_buf text = { 0 };
    bool is_fit = node->type == ATT_TYPE_ANY || (wanted & 1U << node->type) != 0;

    if (!is_fit) {
        att_buf_format(&text, "this is %s, and ", att_type_name(node->type));
        name_types(&text, wanted);
        att_buf_add(&text, " is wanted");
        att_expr_fail(fault, "L022", &node->where, att_buf_text(&text),
                      hint_for(wanted, node->type));
    }
    att_buf_drop(&text);
    return is_fit;
}

static bool want_all(const att_node *node, unsigned wanted, att_expr_fault *fault)
{
    for (size_t i = 0; i < node->n_kids; i++) {
        if (!want(node->kids[i], wanted, fault)) {
            return false;
        }
    }
    return true;
}

/* Whether kids from `first` on have one type; *type gets it. */
static bool agree(const att_node *node, size_t first, att_type *type,
                  att_expr_fault *fault)
{
    *type = ATT_TYPE_ANY;
    for (size_t i = first; i < node->n_kids; i++) {
        att_type found = node->kids[i]->type;
        if (found == ATT_TYPE_ANY || found == *type) {
            continue;
        }
        if (*type != ATT_TYPE_ANY) {
            att_buf text = { 0 };
            att_buf_format(&text, "%s stands where %s does before it",
                           att_type_name(found), att_type_name(*type));
            att_expr_fail(fault, "L022", &node->kids[i]->where, att_buf_text(&text),
                          hint_for(1U << *type, found));
            att_buf_drop(&text);
            return false;
        }
        *type = found;
    }
    return true;
}

static bool type_compare(att_node *node, att_expr_fault *fault)
{
    bool is_order = node->op != '=' && node->op != '!';
    att_type type;

    node->type = ATT_TYPE_TRUTH;
    return want_all(node, is_order ? NUMBER | DAY | TEXT : EACH & ~CODES, fault) &&
           agree(node, 0, &type, fault);
}

/* x in (1, 2); x in pro1, where pro1 holds several codes */
static bool type_in(att_node *node, att_expr_fault *fault)
{
    att_type type;

    node->type = ATT_TYPE_TRUTH;
    if (!want(node->kids[0], NUMBER | TEXT | DAY, fault)) {
        return false;
    }
    if (node->n_kids == 2 && node->kids[1]->type == ATT_TYPE_CODES) {
        return want(node->kids[0], NUMBER, fault);
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        if (!want(node->kids[i], NUMBER | TEXT | DAY, fault)) {
            return false;
        }
    }
    return agree(node, 0, &type, fault);
}

/* number +- number; day +- number = day; day - day = number */
static bool join(att_type *left, char op, const att_node *right, att_expr_fault *fault)
{
    att_type with = right->type;

    if (*left == ATT_TYPE_DAY && with == ATT_TYPE_DAY && op == '-') {
        *left = ATT_TYPE_NUMBER;
        return true;
    }
    if (*left == ATT_TYPE_DAY) {
        return want(right, NUMBER, fault);
    }
    if (with == ATT_TYPE_DAY && *left == ATT_TYPE_NUMBER) {
        if (op == '+') {
            *left = ATT_TYPE_DAY;
            return true;
        }
        return want(right, NUMBER, fault);
    }
    if (with == ATT_TYPE_ANY || with == ATT_TYPE_DAY) {
        *left = ATT_TYPE_ANY;
    }
    return true;
}

static bool type_chain(att_node *node, att_expr_fault *fault)
{
    bool is_sum = node->ops[1] == '+' || node->ops[1] == '-';

    if (!want_all(node, is_sum ? NUMBER | DAY : NUMBER, fault)) {
        return false;
    }
    if (!is_sum) {
        node->type = ATT_TYPE_NUMBER;
        return true;
    }
    node->type = node->kids[0]->type;
    for (size_t i = 1; i < node->n_kids; i++) {
        if (!join(&node->type, node->ops[i], node->kids[i], fault)) {
            return false;
        }
    }
    return true;
}

static bool type_call(att_node *node, att_expr_fault *fault)
{
    const att_function *function = node->function;
    att_type type = ATT_TYPE_ANY;

    node->type = function->result;
    for (size_t i = 0; i < node->n_kids; i++) {
        if (!want(node->kids[i], i == 0 ? function->first : function->other, fault)) {
            return false;
        }
    }
    if (function->is_same) {
        if (!agree(node, function->first == TRUTH ? 1 : 0, &type, fault)) {
            return false;
        }
        node->type = type;
    }
    return true;
}

bool att_node_type(att_node *node, att_expr_fault *fault)
{
    switch (node->kind) {
    case ATT_NODE_VALUE: node->type = node->value.type; return true;
    case ATT_NODE_REF: node->type = node->ref.type; return true;
    case ATT_NODE_OWN: return true; /* its reader knows */
    case ATT_NODE_AND:
    case ATT_NODE_OR:
    case ATT_NODE_NOT: node->type = ATT_TYPE_TRUTH; return want_all(node, TRUTH, fault);
    case ATT_NODE_COMPARE: return type_compare(node, fault);
    case ATT_NODE_IN: return type_in(node, fault);
    case ATT_NODE_CHAIN: return type_chain(node, fault);
    case ATT_NODE_NEGATE:
        node->type = ATT_TYPE_NUMBER;
        return want_all(node, NUMBER, fault);
    case ATT_NODE_CALL: return type_call(node, fault);
    }
    return false;
}
