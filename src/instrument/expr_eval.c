#include <math.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>

#include "expr_tree.h"

typedef struct run {
    att_arena *scratch;
    const att_scope *scope;
    const att_value *own;
} run;

static att_value eval(const run *r, const att_node *node);

static att_value missing(void)
{
    return (att_value){ 0 };
}

/* 1 true, 0 false, -1 unknown */
static att_value of_truth(int truth)
{
    if (truth < 0) {
        return missing();
    }
    return (att_value){ .type = ATT_TYPE_TRUTH, .number = truth };
}

static att_value of_number(double x)
{
    if (!isfinite(x)) {
        return missing();
    }
    return (att_value){ .type = ATT_TYPE_NUMBER, .number = x };
}

static att_value of_text(const char *text)
{
    return (att_value){ .type = ATT_TYPE_TEXT, .text = text };
}

/* A day within the calendar that days are written in, else missing. */
static att_value of_day(double day)
{
    double first = (double)att_day_of(1, 1, 1);
    double last = (double)att_day_of(9999, 12, 31);

    if (!(day >= first && day <= last)) {
        return missing();
    }
    return (att_value){ .type = ATT_TYPE_DAY, .number = floor(day) };
}

int att_value_truth(const att_value *value)
{
    return value->type == ATT_TYPE_TRUTH ? value->number != 0 : -1;
}

att_value att_value_of_answer(const att_answer *answer)
{
    att_value value = { 0 };

    switch (answer->kind) {
    case ATT_ANSWER_NONE: break;
    case ATT_ANSWER_REASON: value.reason = answer->reason; break;
    case ATT_ANSWER_NUMBER: value = of_number(answer->number); break;
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS:
        value.type = ATT_TYPE_CODES;
        value.codes = answer->codes;
        value.n_codes = answer->n_codes;
        break;
    case ATT_ANSWER_TEXT: value = of_text(answer->text); break;
    case ATT_ANSWER_DAY: value = of_day((double)answer->day); break;
    }
    return value;
}

static int eval_truth(const run *r, const att_node *node)
{
    att_value value = eval(r, node);

    return att_value_truth(&value);
}

/* Kleene: one that settles it settles it; else unknown if any is. */
static att_value eval_logic(const run *r, const att_node *node, int settles)
{
    int result = !settles;

    for (size_t i = 0; i < node->n_kids; i++) {
        int truth = eval_truth(r, node->kids[i]);
        if (truth == settles) {
            return of_truth(settles);
        }
        if (truth < 0) {
            result = -1;
        }
    }
    return of_truth(result);
}

static att_value eval_not(const run *r, const att_node *node)
{
    int truth = eval_truth(r, node->kids[0]);

    return of_truth(truth < 0 ? -1 : !truth);
}

/* -1, 0, 1; 2 when they cannot be compared. */
static int order(const att_value *a, const att_value *b)
{
    if (a->type != b->type || a->type == ATT_TYPE_ANY || a->type == ATT_TYPE_CODES) {
        return 2;
    }
    if (a->type == ATT_TYPE_TEXT) {
        int difference = strcmp(a->text, b->text);
        return (difference > 0) - (difference < 0);
    }
    return (a->number > b->number) - (a->number < b->number);
}

static att_value eval_compare(const run *r, const att_node *node)
{
    att_value left = eval(r, node->kids[0]);
    att_value right = eval(r, node->kids[1]);
    int difference = order(&left, &right);

    if (difference == 2) {
        return missing();
    }
    switch (node->op) {
    case '=': return of_truth(difference == 0);
    case '!': return of_truth(difference != 0);
    case '<': return of_truth(difference < 0);
    case 'l': return of_truth(difference <= 0);
    case '>': return of_truth(difference > 0);
    default: return of_truth(difference >= 0);
    }
}

static bool holds_code(const att_value *codes, double code)
{
    for (size_t i = 0; i < codes->n_codes; i++) {
        if ((double)codes->codes[i] == code) {
            return true;
        }
    }
    return false;
}

static att_value eval_in(const run *r, const att_node *node)
{
    att_value wanted = eval(r, node->kids[0]);
    int result = 0;

    if (wanted.type == ATT_TYPE_ANY) {
        return missing();
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        att_value one = eval(r, node->kids[i]);
        int difference;
        if (one.type == ATT_TYPE_CODES && wanted.type == ATT_TYPE_NUMBER) {
            difference = !holds_code(&one, wanted.number);
        } else {
            difference = order(&wanted, &one);
        }
        if (difference == 0) {
            return of_truth(1);
        }
        if (difference == 2) {
            result = -1;
        }
    }
    return of_truth(result);
}

static att_value join(const att_value *a, char op, const att_value *b)
{
    bool has_day = a->type == ATT_TYPE_DAY || b->type == ATT_TYPE_DAY;
    bool is_counted = (a->type == ATT_TYPE_DAY || a->type == ATT_TYPE_NUMBER) &&
                      (b->type == ATT_TYPE_DAY || b->type == ATT_TYPE_NUMBER);

    if (!is_counted) {
        return missing();
    }
    if (has_day && op == '-') {
        if (a->type != ATT_TYPE_DAY) {
            return missing();
        }
        return b->type == ATT_TYPE_DAY ? of_number(a->number - b->number)
                                       : of_day(a->number - b->number);
    }
    if (has_day) {
        return op == '+' && a->type != b->type ? of_day(a->number + b->number)
                                               : missing();
    }
    switch (op) {
    case '+': return of_number(a->number + b->number);
    case '-': return of_number(a->number - b->number);
    case '*': return of_number(a->number * b->number);
    default: return b->number == 0 ? missing() : of_number(a->number / b->number);
    }
}

static att_value eval_chain(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);

    for (size_t i = 1; i < node->n_kids && value.type != ATT_TYPE_ANY; i++) {
        att_value with = eval(r, node->kids[i]);
        value = join(&value, node->ops[i], &with);
    }
    return value.type == ATT_TYPE_ANY ? missing() : value;
}

static att_value eval_negate(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);

    return value.type == ATT_TYPE_NUMBER ? of_number(-value.number) : missing();
}

/* ---- functions ---- */

static att_value fn_if(const run *r, const att_node *node)
{
    int truth = eval_truth(r, node->kids[0]);

    return truth < 0 ? missing() : eval(r, node->kids[truth ? 1 : 2]);
}

static att_value fn_coalesce(const run *r, const att_node *node)
{
    att_value value = missing();

    for (size_t i = 0; i < node->n_kids && value.type == ATT_TYPE_ANY; i++) {
        value = eval(r, node->kids[i]);
    }
    return value;
}

static att_value fn_selected(const run *r, const att_node *node)
{
    att_value marked = eval(r, node->kids[0]);
    int result = 0;

    if (marked.type != ATT_TYPE_CODES && marked.type != ATT_TYPE_NUMBER) {
        return missing();
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        att_value code = eval(r, node->kids[i]);
        if (code.type != ATT_TYPE_NUMBER) {
            result = -1;
        } else if (marked.type == ATT_TYPE_NUMBER ? marked.number == code.number
                                                  : holds_code(&marked, code.number)) {
            return of_truth(1);
        }
    }
    return of_truth(result);
}

/* count: how many are true; share: of those that are known */
static att_value fn_count(const run *r, const att_node *node)
{
    size_t n_true = 0;
    size_t n_known = 0;

    for (size_t i = 0; i < node->n_kids; i++) {
        int truth = eval_truth(r, node->kids[i]);
        n_true += truth == 1 ? 1 : 0;
        n_known += truth >= 0 ? 1 : 0;
    }
    if (n_known == 0) {
        return missing();
    }
    return of_number(node->function->id == ATT_FN_COUNT
                         ? (double)n_true
                         : (double)n_true / (double)n_known);
}

static att_value fn_sum(const run *r, const att_node *node)
{
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < node->n_kids; i++) {
        att_value value = eval(r, node->kids[i]);
        if (value.type == ATT_TYPE_NUMBER) {
            sum += value.number;
            n++;
        }
    }
    if (n == 0 || n < node->min_valid) {
        return missing();
    }
    return of_number(node->function->id == ATT_FN_SUM ? sum : sum / (double)n);
}

static att_value fn_extreme(const run *r, const att_node *node)
{
    int wanted = node->function->id == ATT_FN_MIN ? -1 : 1;
    att_value best = missing();
    size_t n = 0;

    for (size_t i = 0; i < node->n_kids; i++) {
        att_value value = eval(r, node->kids[i]);
        if (value.type != ATT_TYPE_NUMBER && value.type != ATT_TYPE_DAY) {
            continue;
        }
        if (n == 0 || order(&value, &best) == wanted) {
            best = value;
        }
        n++;
    }
    return n < node->min_valid ? missing() : best;
}

/* 10 to the power of n, without error up to 22. */
static double power_of_10(int n)
{
    double power = 1;

    for (int i = 0; i < n; i++) {
        power *= 10;
    }
    return power;
}

/* x, of 0 or more, in units of 10 to the power of -digits. Ties are told by the numbers
 * that people write: (whole + 0.5) / 10^digits is the double nearest to the tie, so 2.675
 * is one, though the double that stands for it lies below. */
static double rounded(double x, int digits)
{
    double unit = power_of_10(digits < 0 ? -digits : digits);
    double whole = floor(digits < 0 ? x / unit : x * unit);
    double tie;

    if (!(whole < 4503599627370496.0)) { /* 2^52: no digits are left to round */
        return x;
    }
    if ((digits < 0 ? (whole + 1) * unit : (whole + 1) / unit) <= x) {
        whole++;
    } else if ((digits < 0 ? whole * unit : whole / unit) > x) {
        whole--;
    }
    tie = digits < 0 ? (whole + 0.5) * unit : (whole + 0.5) / unit;
    whole = x >= tie ? whole + 1 : whole;
    return digits < 0 ? whole * unit : whole / unit;
}

/* Halves away from zero, to so many digits after the point. */
static att_value fn_round(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);
    int digits = 0;

    if (node->n_kids == 2) {
        att_value given = eval(r, node->kids[1]);
        if (given.type != ATT_TYPE_NUMBER || fabs(given.number) > 15) {
            return missing();
        }
        digits = (int)floor(given.number);
    }
    if (value.type != ATT_TYPE_NUMBER) {
        return missing();
    }
    return of_number(value.number < 0 ? 0 - rounded(-value.number, digits)
                                      : rounded(value.number, digits));
}

/* Whole months from one day to another; a day that the last month has not counts as
 * reached with the month's end only when the next one begins. */
static double months_between(att_day from, att_day to)
{
    int y1, m1, d1, y2, m2, d2;
    double months;

    att_day_split(from, &y1, &m1, &d1);
    att_day_split(to, &y2, &m2, &d2);
    months = (y2 - y1) * 12.0 + (m2 - m1);
    if (months > 0 && d2 < d1) {
        months--;
    } else if (months < 0 && d2 > d1) {
        months++;
    }
    return months;
}

/* from the first day to the second, or to today */
static att_value fn_between(const run *r, const att_node *node)
{
    static const att_ref today = { ATT_REF_WORD, ATT_WORD_TODAY, ATT_TYPE_DAY };
    att_value from = eval(r, node->kids[0]);
    att_value to = node->n_kids == 2 ? eval(r, node->kids[1])
                                     : r->scope->get(r->scope->data, &today);
    double months;

    if (from.type != ATT_TYPE_DAY || to.type != ATT_TYPE_DAY) {
        return missing();
    }
    if (node->function->id == ATT_FN_DAYS) {
        return of_number(to.number - from.number);
    }
    months = months_between((att_day)from.number, (att_day)to.number);
    return of_number(node->function->id == ATT_FN_MONTHS ? months : trunc(months / 12));
}

static att_value fn_length(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);

    if (value.type == ATT_TYPE_CODES) {
        return of_number((double)value.n_codes);
    }
    return value.type == ATT_TYPE_TEXT ? of_number((double)att_text_length(value.text))
                                       : missing();
}

static void add_value(att_buf *out, const att_value *value)
{
    char day[ATT_DAY_SIZE];

    if (value->type == ATT_TYPE_TEXT) {
        att_buf_add(out, value->text);
    } else if (value->type == ATT_TYPE_DAY) {
        att_day_write(day, (att_day)value->number);
        att_buf_add(out, day);
    } else {
        att_number_write(out, value->number);
    }
}

static att_value fn_concat(const run *r, const att_node *node)
{
    att_buf text = { 0 };
    att_value result = missing();
    bool is_whole = true;

    for (size_t i = 0; i < node->n_kids && is_whole; i++) {
        att_value value = eval(r, node->kids[i]);
        is_whole = value.type == ATT_TYPE_TEXT || value.type == ATT_TYPE_NUMBER ||
                   value.type == ATT_TYPE_DAY;
        if (is_whole) {
            add_value(&text, &value);
        }
    }
    if (is_whole) {
        result = of_text(att_buf_copy(r->scratch, &text));
    }
    att_buf_drop(&text);
    return result;
}

static att_value fn_text(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);

    if (value.type != ATT_TYPE_TEXT) {
        return missing();
    }
    if (node->function->id == ATT_FN_LOWER) {
        return of_text(att_text_lower(r->scratch, value.text));
    }
    return of_truth(att_pattern_matches(r->scratch, node->pattern, value.text));
}

static att_value fn_state(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);
    bool is_missing = value.type == ATT_TYPE_ANY;

    if (node->function->id == ATT_FN_REASON) {
        return of_text(is_missing ? att_reason_name(value.reason) : "");
    }
    return of_truth((node->function->id == ATT_FN_MISSING) == is_missing);
}

static att_value fn_number(const run *r, const att_node *node)
{
    att_value value = eval(r, node->kids[0]);

    if (value.type != ATT_TYPE_NUMBER) {
        return missing();
    }
    return of_number(node->function->id == ATT_FN_ABS ? fabs(value.number)
                                                      : floor(value.number));
}

static att_value eval_call(const run *r, const att_node *node)
{
    switch (node->function->id) {
    case ATT_FN_IF: return fn_if(r, node);
    case ATT_FN_COALESCE: return fn_coalesce(r, node);
    case ATT_FN_ANSWERED:
    case ATT_FN_MISSING:
    case ATT_FN_REASON: return fn_state(r, node);
    case ATT_FN_SELECTED: return fn_selected(r, node);
    case ATT_FN_COUNT:
    case ATT_FN_SHARE: return fn_count(r, node);
    case ATT_FN_SUM:
    case ATT_FN_MEAN: return fn_sum(r, node);
    case ATT_FN_MIN:
    case ATT_FN_MAX: return fn_extreme(r, node);
    case ATT_FN_ROUND: return fn_round(r, node);
    case ATT_FN_FLOOR:
    case ATT_FN_ABS: return fn_number(r, node);
    case ATT_FN_AGE:
    case ATT_FN_DAYS:
    case ATT_FN_MONTHS:
    case ATT_FN_YEARS: return fn_between(r, node);
    case ATT_FN_LOWER:
    case ATT_FN_MATCHES: return fn_text(r, node);
    case ATT_FN_LENGTH: return fn_length(r, node);
    case ATT_FN_CONCAT: return fn_concat(r, node);
    case ATT_FN_TODAY:
    case ATT_FN_NOW: break; /* read as references */
    }
    return missing();
}

static att_value eval(const run *r, const att_node *node)
{
    switch (node->kind) {
    case ATT_NODE_VALUE: return node->value;
    case ATT_NODE_REF: return r->scope->get(r->scope->data, &node->ref);
    case ATT_NODE_OWN: return r->own == NULL ? missing() : *r->own;
    case ATT_NODE_AND: return eval_logic(r, node, 0);
    case ATT_NODE_OR: return eval_logic(r, node, 1);
    case ATT_NODE_NOT: return eval_not(r, node);
    case ATT_NODE_COMPARE: return eval_compare(r, node);
    case ATT_NODE_IN: return eval_in(r, node);
    case ATT_NODE_CHAIN: return eval_chain(r, node);
    case ATT_NODE_NEGATE: return eval_negate(r, node);
    case ATT_NODE_CALL: return eval_call(r, node);
    }
    return missing();
}

att_value att_expr_eval(att_arena *scratch, const att_expr *expr,
                        const att_scope *scope, const att_value *own)
{
    run r = { scratch, scope, own };

    return eval(&r, expr->root);
}
