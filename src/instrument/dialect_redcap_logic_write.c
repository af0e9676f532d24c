/* Our expressions in REDCap's words.
 *
 * Ours are three-valued, REDCap's are not: a blank field equals ''. So a condition is
 * written twice over: say_true gives what holds there exactly where ours is true,
 * say_false where ours is surely false, and say_known where a value is there at all.
 * What REDCap does when a blank is ordered is not relied upon. */
#include "dialect_redcap.h"

#include <stdio.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "expr_tree.h"

#define STEPS_MAX 4000  /* parts of one expression: an `if` is said more than once */
#define BYTES_MAX 30000 /* of one expression */

typedef struct speaker {
    att_arena *arena;
    const att_instrument *instrument;
    const bool *has_derived;
    const char *why, *near;
    size_t n_steps;
} speaker;

static const char *say_true(speaker *s, const att_node *node);
static const char *say_false(speaker *s, const att_node *node);
static const char *say_known(speaker *s, const att_node *node);
static const char *say_value(speaker *s, const att_node *node);

static const char *cannot(speaker *s, const char *why)
{
    if (s->why == NULL) {
        s->why = why;
    }
    return NULL;
}

static void near(speaker *s, const char *what)
{
    if (s->near == NULL) {
        s->near = what;
    }
}

static bool step(speaker *s)
{
    return ++s->n_steps <= STEPS_MAX || cannot(s, "it would be too long there") != NULL;
}

/* "(a and b)"; "" is what always holds. NULL stays NULL. */
static const char *both(speaker *s, const char *a, const char *b, const char *word)
{
    if (a == NULL || b == NULL) {
        return NULL;
    }
    if (strlen(a) + strlen(b) > BYTES_MAX) {
        return cannot(s, "it would be too long there");
    }
    return att_arena_format(s->arena, "%s %s %s", a, word, b);
}

static bool is_joined(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

static const char *wrapped(speaker *s, const char *text)
{
    bool is_plain =
        text != NULL && !is_joined(text, " and ") && !is_joined(text, " or ");

    if (text == NULL || is_plain) {
        return text;
    }
    return att_arena_format(s->arena, "(%s)", text);
}

/* Conditions joined; those that always hold ("") fall away from `and` and make `or`
 * hold always. */
static const char *joined(speaker *s, const char *a, const char *b, bool is_and)
{
    if (a == NULL || b == NULL) {
        return NULL;
    }
    if (a[0] == '\0' || b[0] == '\0') {
        return is_and ? (a[0] == '\0' ? b : a) : "";
    }
    return both(s, a, b, is_and ? "and" : "or");
}

/* ---- fields ---- */

static const att_item *item_of(const speaker *s, const att_node *node)
{
    return node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_ITEM
               ? &s->instrument->items[node->ref.index]
               : NULL;
}

static const char *field(speaker *s, const char *id)
{
    return att_arena_format(s->arena, "[%s%s]", s->instrument->redcap_prefix, id);
}

/* The set that an item's choices come from, or NULL. */
static const att_choices *set_of(const speaker *s, const att_item *item)
{
    size_t n = s->instrument->n_items;

    while (item->from == ATT_FROM_ITEM && n-- > 0) {
        item = &s->instrument->items[item->from_item];
    }
    return item->from == ATT_FROM_SET ? item->choices : NULL;
}

static const char *mark(speaker *s, const att_item *item, int code)
{
    return att_arena_format(s->arena, "[%s%s(%d)]='1'", s->instrument->redcap_prefix,
                            item->id, code);
}

/* That an item's own choices hold no reason, " and [x]<>'-7'". */
static const char *no_reason(speaker *s, const att_item *item, const char *name)
{
    const att_choices *set = set_of(s, item);
    const char *text = "";

    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            text = att_arena_format(s->arena, "%s and %s<>'%d'", text, name,
                                    set->list[i].code);
        }
    }
    return text;
}

static const char *any_mark(speaker *s, const att_item *item)
{
    const att_choices *set = set_of(s, item);
    const char *text = NULL;

    near(s, "a checkbox without a mark and one without an answer are the same there");
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        const char *one = mark(s, item, set->list[i].code);

        text = text == NULL ? one : joined(s, text, one, false);
    }
    return text == NULL ? cannot(s, "its choices are not known beforehand") : text;
}

static const char *item_known(speaker *s, const att_item *item)
{
    const char *name = field(s, item->id);

    if (item->kind->shape == ATT_SHAPE_PICK_MANY) {
        return wrapped(s, any_mark(s, item));
    }
    return att_arena_format(s->arena, "%s<>''%s", name, no_reason(s, item, name));
}

static const char *ref_name(speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);

    if (item != NULL && item->kind->shape == ATT_SHAPE_PICK_MANY) {
        return cannot(s, "several marks have no one value there");
    }
    if (item != NULL) {
        return field(s, item->id);
    }
    if (node->ref.kind == ATT_REF_DERIVED && s->has_derived[node->ref.index]) {
        return field(s, s->instrument->derived[node->ref.index].id);
    }
    if (node->ref.kind == ATT_REF_WORD && node->ref.index == ATT_WORD_TODAY) {
        return "'today'";
    }
    return cannot(s, node->ref.kind == ATT_REF_WORD
                         ? "it uses what only the session knows (role, site, wave, ...)"
                         : "it uses a score, which is no field there");
}

/* The field with its own reasons taken for blanks: if([x]='-7','',[x]). */
static const char *ref_number(speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);
    const char *name = ref_name(s, node);
    const att_choices *set = item == NULL ? NULL : set_of(s, item);
    const char *is = "";

    for (size_t i = 0; name != NULL && set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            is = att_arena_format(s->arena, "%s%s%s='%d'", is,
                                  is[0] == '\0' ? "" : " or ", name, set->list[i].code);
        }
    }
    return name == NULL || is[0] == '\0'
               ? name
               : att_arena_format(s->arena, "if(%s,'',%s)", is, name);
}

/* ---- literals ---- */

static const char *say_number(speaker *s, double x)
{
    att_buf buf = { 0 };
    char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return strpbrk(text, "eE") == NULL ? text
                                       : cannot(s, "a number is too large or small");
}

static const char *say_text(speaker *s, const char *text)
{
    char quote = strchr(text, '\'') == NULL ? '\'' : '"';

    if (strchr(text, quote) != NULL) {
        return cannot(s, "a text with both sorts of quotes cannot be written there");
    }
    if (strpbrk(text, "\r\n[]") != NULL) {
        return cannot(s, "a text with line ends or brackets cannot be written there");
    }
    return att_arena_format(s->arena, "%c%s%c", quote, text, quote);
}

static const char *say_literal(speaker *s, const att_node *node)
{
    char day[ATT_DAY_SIZE];

    switch (node->type) {
    case ATT_TYPE_NUMBER: return say_number(s, node->value.number);
    case ATT_TYPE_TEXT: return say_text(s, node->value.text);
    case ATT_TYPE_DAY:
        att_day_write(day, (att_day)node->value.number);
        return att_arena_format(s->arena, "'%s'", day);
    case ATT_TYPE_ANY:
    case ATT_TYPE_TRUTH:
    case ATT_TYPE_CODES: break;
    }
    return cannot(s, "a value of this sort is not known there");
}

/* ---- values ---- */

static const char *list_of(speaker *s, const att_node *call,
                           const char *(*say)(speaker *s, const att_node *kid))
{
    const char *text = NULL;

    for (size_t i = 0; i < call->n_kids; i++) {
        const char *one = say(s, call->kids[i]);

        if (one == NULL) {
            return NULL;
        }
        text = text == NULL ? one : att_arena_format(s->arena, "%s,%s", text, one);
        if (strlen(text) > BYTES_MAX) {
            return cannot(s, "it would be too long there");
        }
    }
    return text;
}

/* 1 where a condition holds, else 0; where it is surely false; where a value is known */
static const char *one_if(speaker *s, const char *condition)
{
    if (condition == NULL) {
        return NULL;
    }
    return condition[0] == '\0' ? "1"
                                : att_arena_format(s->arena, "if(%s,1,0)", condition);
}

static const char *one_if_true(speaker *s, const att_node *node)
{
    return one_if(s, say_true(s, node));
}

static const char *one_if_false(speaker *s, const att_node *node)
{
    return one_if(s, say_false(s, node));
}

static const char *one_if_known(speaker *s, const att_node *node)
{
    return one_if(s, say_known(s, node));
}

static const char *say_share(speaker *s, const att_node *node)
{
    const char *is = list_of(s, node, one_if_true);
    const char *is_not = is == NULL ? NULL : list_of(s, node, one_if_false);

    return is_not == NULL
               ? NULL
               : att_arena_format(s->arena, "sum(%s)/sum(%s,%s)", is, is, is_not);
}

/* sum, mean, min, max: over what is not blank, there as here */
static const char *say_over(speaker *s, const att_node *node)
{
    const char *list = list_of(s, node, say_value);
    const char *call =
        list == NULL ? NULL
                     : att_arena_format(s->arena, "%s(%s)", node->function->name, list);
    const char *known;

    if (call == NULL || node->min_valid <= 1) {
        return call;
    }
    known = list_of(s, node, one_if_known);
    return known == NULL ? NULL
                         : att_arena_format(s->arena, "if(sum(%s)>=%zu,%s,'')", known,
                                            node->min_valid, call);
}

static const char *say_between(speaker *s, const att_node *from, const att_node *to,
                               const char *unit)
{
    const char *a = say_value(s, from);
    const char *b = to == NULL ? "'today'" : a == NULL ? NULL : say_value(s, to);

    return b == NULL
               ? NULL
               : att_arena_format(s->arena, "datediff(%s,%s,'%s',true)", a, b, unit);
}

/* Whole years or months: REDCap's are of one length. */
static const char *say_whole(speaker *s, const att_node *node, const char *unit)
{
    const char *text =
        say_between(s, node->kids[0], node->n_kids > 1 ? node->kids[1] : NULL, unit);

    near(s, "years and months have one length there (365.2425 and 30.44 days)");
    return text == NULL ? NULL : att_arena_format(s->arena, "rounddown(%s,0)", text);
}

static bool is_settled(const att_node *node)
{
    if (node->kind == ATT_NODE_CALL) {
        return node->function->id == ATT_FN_ANSWERED ||
               node->function->id == ATT_FN_MISSING;
    }
    return node->kind == ATT_NODE_COMPARE && node->kids[0]->kind == ATT_NODE_CALL &&
           node->kids[0]->function->id == ATT_FN_REASON;
}

static const char *say_if(speaker *s, const att_node *node)
{
    const char *is = say_true(s, node->kids[0]);
    const char *is_not =
        is == NULL || is_settled(node->kids[0]) ? "" : say_false(s, node->kids[0]);
    const char *a = is == NULL || is_not == NULL ? NULL : say_value(s, node->kids[1]);
    const char *b = a == NULL ? NULL : say_value(s, node->kids[2]);

    if (b == NULL || strlen(is) + strlen(is_not) + strlen(a) + strlen(b) > BYTES_MAX) {
        return cannot(s, "it would be too long there");
    }
    if (is_not[0] == '\0') {
        return att_arena_format(s->arena, "if(%s,%s,%s)", is, a, b);
    }
    return att_arena_format(s->arena, "if(%s,%s,if(%s,%s,''))", is, a, is_not, b);
}

static const char *say_coalesce(speaker *s, const att_node *node)
{
    const char *text = say_value(s, node->kids[node->n_kids - 1]);

    for (size_t i = node->n_kids - 1; i-- > 0 && text != NULL;) {
        const char *known = say_known(s, node->kids[i]);
        const char *value = known == NULL ? NULL : say_value(s, node->kids[i]);

        if (value == NULL || strlen(text) + strlen(value) > BYTES_MAX) {
            return cannot(s, "it would be too long there");
        }
        text = known[0] == '\0'
                   ? value
                   : att_arena_format(s->arena, "if(%s,%s,%s)", known, value, text);
    }
    return text;
}

static const char *say_marks(speaker *s, const att_item *item)
{
    const att_choices *set = item == NULL ? NULL : set_of(s, item);
    const char *text = NULL;

    near(s, "a checkbox without a mark and one without an answer are the same there");
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        const char *one =
            att_arena_format(s->arena, "[%s%s(%d)]", s->instrument->redcap_prefix,
                             item->id, set->list[i].code);

        text = text == NULL ? one : att_arena_format(s->arena, "%s,%s", text, one);
    }
    return text == NULL ? cannot(s, "its choices are not known beforehand")
                        : att_arena_format(s->arena, "sum(%s)", text);
}

static const char *say_plain_call(speaker *s, const att_node *node, const char *name,
                                  const char *more)
{
    const char *list = list_of(s, node, say_value);

    return list == NULL ? NULL
                        : att_arena_format(s->arena, "%s(%s%s)", name, list, more);
}

static const char *say_call(speaker *s, const att_node *node)
{
    const char *list;

    switch (node->function->id) {
    case ATT_FN_IF: return say_if(s, node);
    case ATT_FN_COALESCE: return say_coalesce(s, node);
    case ATT_FN_COUNT:
        list = list_of(s, node, one_if_true);
        return list == NULL ? NULL : att_arena_format(s->arena, "sum(%s)", list);
    case ATT_FN_SHARE: return say_share(s, node);
    case ATT_FN_SUM:
    case ATT_FN_MEAN:
    case ATT_FN_MIN:
    case ATT_FN_MAX: return say_over(s, node);
    case ATT_FN_ROUND:
        return say_plain_call(s, node, "round", node->n_kids == 1 ? ",0" : "");
    case ATT_FN_FLOOR:
        near(s, "a number under 0 may be rounded the other way there");
        return say_plain_call(s, node, "rounddown", ",0");
    case ATT_FN_ABS: return say_plain_call(s, node, "abs", "");
    case ATT_FN_AGE:
    case ATT_FN_YEARS: return say_whole(s, node, "y");
    case ATT_FN_MONTHS: return say_whole(s, node, "M");
    case ATT_FN_DAYS:
        return say_between(s, node->kids[0], node->n_kids > 1 ? node->kids[1] : NULL,
                           "d");
    case ATT_FN_LOWER: return say_plain_call(s, node, "lower", "");
    case ATT_FN_CONCAT: return say_plain_call(s, node, "concat", "");
    case ATT_FN_LENGTH:
        return node->kids[0]->type == ATT_TYPE_CODES
                   ? say_marks(s, item_of(s, node->kids[0]))
                   : say_plain_call(s, node, "length", "");
    default: break;
    }
    return cannot(s, att_arena_format(s->arena, "%s() cannot be said there",
                                      node->function->name));
}

static const char *say_chain(speaker *s, const att_node *node)
{
    const char *text;

    if (node->kids[0]->type == ATT_TYPE_DAY && node->n_kids == 2 &&
        node->kids[1]->type == ATT_TYPE_DAY) {
        return say_between(s, node->kids[1], node->kids[0], "d");
    }
    if (node->type != ATT_TYPE_NUMBER || node->kids[0]->type == ATT_TYPE_DAY) {
        return cannot(s, "a day cannot be counted forward there");
    }
    text = say_value(s, node->kids[0]);
    for (size_t i = 1; i < node->n_kids && text != NULL; i++) {
        const char *kid = say_value(s, node->kids[i]);

        if (kid == NULL || strlen(text) + strlen(kid) > BYTES_MAX) {
            return cannot(s, "it would be too long there");
        }
        text = att_arena_format(s->arena, "%s%c%s", text, node->ops[i], kid);
    }
    return text == NULL ? NULL : att_arena_format(s->arena, "(%s)", text);
}

static const char *say_value(speaker *s, const att_node *node)
{
    const char *text;

    if (!step(s)) {
        return NULL;
    }
    switch (node->kind) {
    case ATT_NODE_VALUE: return say_literal(s, node);
    case ATT_NODE_REF: return ref_number(s, node);
    case ATT_NODE_CHAIN: return say_chain(s, node);
    case ATT_NODE_CALL:
        if (node->type != ATT_TYPE_TRUTH) {
            return say_call(s, node);
        }
        break;
    case ATT_NODE_NEGATE:
        text = say_value(s, node->kids[0]);
        return text == NULL ? NULL
               : node->kids[0]->kind == ATT_NODE_VALUE
                   ? att_arena_format(s->arena, "-%s", text)
                   : att_arena_format(s->arena, "(0-%s)", text);
    case ATT_NODE_OWN: return cannot(s, "it judges the answer itself");
    default: break;
    }
    return cannot(s, "a condition has no value there");
}

/* ---- whether there is a value ---- */

static const char *known_over(speaker *s, const att_node *node, bool is_and)
{
    const char *text = NULL;

    for (size_t i = 0; i < node->n_kids; i++) {
        const char *one = say_known(s, node->kids[i]);

        text = text == NULL && i == 0 ? one : joined(s, text, one, is_and);
        if (text == NULL) {
            return NULL;
        }
    }
    return text;
}

static const char *known_call(speaker *s, const att_node *node)
{
    const char *list;

    switch (node->function->id) {
    case ATT_FN_COUNT: return "";
    case ATT_FN_COALESCE: return wrapped(s, known_over(s, node, false));
    case ATT_FN_SUM:
    case ATT_FN_MEAN:
    case ATT_FN_MIN:
    case ATT_FN_MAX:
        if (node->min_valid <= 1) {
            return wrapped(s, known_over(s, node, false));
        }
        list = list_of(s, node, one_if_known);
        return list == NULL
                   ? NULL
                   : att_arena_format(s->arena, "sum(%s)>=%zu", list, node->min_valid);
    case ATT_FN_IF:
    case ATT_FN_SHARE:
        list = say_value(s, node);
        return list == NULL ? NULL : att_arena_format(s->arena, "%s<>''", list);
    case ATT_FN_LENGTH:
        if (node->kids[0]->type == ATT_TYPE_CODES) {
            return "";
        }
        break;
    default: break;
    }
    return known_over(s, node, true);
}

static const char *say_known(speaker *s, const att_node *node)
{
    const char *name;

    if (!step(s)) {
        return NULL;
    }
    switch (node->kind) {
    case ATT_NODE_VALUE: return "";
    case ATT_NODE_REF:
        if (item_of(s, node) != NULL) {
            return item_known(s, item_of(s, node));
        }
        name = ref_name(s, node);
        return name == NULL      ? NULL
               : name[0] == '\'' ? ""
                                 : att_arena_format(s->arena, "%s<>''", name);
    case ATT_NODE_CALL: return known_call(s, node);
    case ATT_NODE_CHAIN:
    case ATT_NODE_NEGATE: return known_over(s, node, true);
    default: break;
    }
    return cannot(s, "a condition has no value there");
}

/* ---- conditions ---- */

static char opposite(char op)
{
    switch (op) {
    case '=': return '!';
    case '!': return '=';
    case '<': return 'g';
    case 'g': return '<';
    case '>': return 'l';
    default: return '>';
    }
}

static const char *op_name(char op)
{
    switch (op) {
    case '=': return "=";
    case '!': return "<>";
    case '<': return "<";
    case 'l': return "<=";
    case '>': return ">";
    default: return ">=";
    }
}

static bool is_today(const att_node *node)
{
    return node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_WORD &&
           node->ref.index == ATT_WORD_TODAY;
}

static const char *say_reason(speaker *s, const att_node *call, const char *name,
                              bool is_equal)
{
    const att_item *item = item_of(s, call->kids[0]);
    const char *field_name = item == NULL ? NULL : ref_name(s, call->kids[0]);
    const att_choices *set = item == NULL ? NULL : set_of(s, item);
    att_reason reason = ATT_REASON_NONE;
    bool is_own = false;

    if (field_name == NULL || (name[0] != '\0' && !att_reason_read(name, &reason))) {
        return cannot(s, "this reason has no code there");
    }
    if (reason == ATT_REASON_NONE) {
        const char *known = item_known(s, item);

        return is_equal ? known : cannot(s, "a blank there has no reason");
    }
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        is_own = is_own || set->list[i].reason == reason;
    }
    if (!is_own) {
        near(s, "the reason is known there only if it is a missing data code");
    }
    return att_arena_format(s->arena, "%s%s'%d'", field_name, is_equal ? "=" : "<>",
                            att_reason_code(reason));
}

/* A choice's code stands in quotes, as REDCap writes it. */
static const char *operand(speaker *s, const att_node *node, const att_node *other)
{
    const att_item *item = item_of(s, other);
    bool is_code = item != NULL && (item->kind->shape == ATT_SHAPE_PICK_ONE ||
                                    item->kind->shape == ATT_SHAPE_CONSENT);
    const char *text =
        node->kind == ATT_NODE_REF ? ref_name(s, node) : say_value(s, node);

    return text != NULL && is_code &&
                   (node->kind == ATT_NODE_VALUE || node->kind == ATT_NODE_NEGATE) &&
                   node->type == ATT_TYPE_NUMBER
               ? att_arena_format(s->arena, "'%s'", text)
               : text;
}

static const char *compared(speaker *s, const att_node *a, const att_node *b, char op)
{
    const char *x = operand(s, a, b);
    const char *y = x == NULL ? NULL : operand(s, b, a);

    if (y == NULL) {
        return NULL;
    }
    if (is_today(a) || is_today(b)) {
        char turned = op == '<' ? '>' : op == '>' ? '<' : op == 'l' ? 'g' : 'l';

        return att_arena_format(s->arena, "datediff(%s,%s,'d',true)%s0", x, y,
                                op_name(op == '=' || op == '!' ? op : turned));
    }
    return att_arena_format(s->arena, "%s%s%s", x, op_name(op), y);
}

static bool is_fixed(const att_node *node)
{
    return node->kind == ATT_NODE_VALUE ||
           (node->kind == ATT_NODE_NEGATE && node->kids[0]->kind == ATT_NODE_VALUE);
}

static const char *say_compare(speaker *s, const att_node *a, const att_node *b,
                               char op)
{
    const char *text, *known;

    if (a->kind == ATT_NODE_CALL && a->function->id == ATT_FN_REASON) {
        return b->kind == ATT_NODE_VALUE && (op == '=' || op == '!')
                   ? say_reason(s, a, b->value.text, op == '=')
                   : cannot(s, "a reason can be compared only with its name there");
    }
    if ((is_fixed(a) && a->type == ATT_TYPE_TEXT && a->value.text[0] == '\0') ||
        (is_fixed(b) && b->type == ATT_TYPE_TEXT && b->value.text[0] == '\0')) {
        return cannot(s, "an empty text is a blank there");
    }
    text = compared(s, a, b, op);
    if (text == NULL ||
        (op == '=' && (is_fixed(a) || is_fixed(b)) && !is_today(a) && !is_today(b))) {
        return text; /* a blank equals no value */
    }
    known = say_known(s, a);
    known = known == NULL ? NULL : joined(s, known, say_known(s, b), true);
    return known == NULL ? NULL : joined(s, known, text, true);
}

/* a in (b, c); all of them differ, when is_true is false */
static const char *say_in(speaker *s, const att_node *node, bool is_true)
{
    const att_item *item = item_of(s, node->kids[1]);
    const char *text = NULL;
    const char *known;

    if (node->kids[1]->type == ATT_TYPE_CODES) {
        if (item == NULL || node->kids[0]->kind != ATT_NODE_VALUE) {
            return cannot(s, "a mark must be named by its code there");
        }
        near(s,
             "a checkbox without a mark and one without an answer are the same there");
        return att_arena_format(s->arena, "[%s%s(%d)]%s'1'",
                                s->instrument->redcap_prefix, item->id,
                                (int)node->kids[0]->value.number, is_true ? "=" : "<>");
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        const char *one;

        if (!is_fixed(node->kids[i])) {
            return cannot(s, "a list there has fixed values only");
        }
        one = compared(s, node->kids[0], node->kids[i], is_true ? '=' : '!');
        text = i == 1 ? one : joined(s, text, one, !is_true);
        if (text == NULL) {
            return NULL;
        }
    }
    if (is_true) {
        return text;
    }
    known = say_known(s, node->kids[0]);
    return joined(s, known, text, true);
}

static const char *say_selected(speaker *s, const att_node *node, bool is_true)
{
    const att_item *item = item_of(s, node->kids[0]);
    const char *text = NULL;

    if (item == NULL) {
        return cannot(s, "marks are those of a field there");
    }
    if (node->kids[0]->type == ATT_TYPE_NUMBER) {
        return say_in(s, node, is_true);
    }
    near(s, "a checkbox without a mark and one without an answer are the same there");
    for (size_t i = 1; i < node->n_kids; i++) {
        const char *one;

        if (node->kids[i]->kind != ATT_NODE_VALUE) {
            return cannot(s, "a mark must be named by its code there");
        }
        one = att_arena_format(s->arena, "[%s%s(%d)]%s'1'",
                               s->instrument->redcap_prefix, item->id,
                               (int)node->kids[i]->value.number, is_true ? "=" : "<>");
        text = text == NULL ? one : joined(s, text, one, !is_true);
    }
    return text;
}

/* That a field is blank, or holds a reason of its own choices. */
static const char *say_blank(speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);
    const att_choices *set = item == NULL ? NULL : set_of(s, item);
    const char *name = node->kind == ATT_NODE_REF ? ref_name(s, node) : NULL;
    const char *text;

    if (name == NULL || name[0] == '\'') {
        return cannot(s, "only a field can be blank there");
    }
    text = att_arena_format(s->arena, "%s=''", name);
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            text = att_arena_format(s->arena, "%s or %s='%d'", text, name,
                                    set->list[i].code);
        }
    }
    return text;
}

static const char *say_junction(speaker *s, const att_node *node, bool is_and,
                                const char *(*say)(speaker *s, const att_node *kid))
{
    const char *text = NULL;

    for (size_t i = 0; i < node->n_kids; i++) {
        const char *one = wrapped(s, say(s, node->kids[i]));

        text = i == 0 ? one : joined(s, text, one, is_and);
        if (text == NULL) {
            return NULL;
        }
    }
    return text;
}

static const char *say_truth_call(speaker *s, const att_node *node, bool is_true)
{
    const char *is, *is_not;

    switch (node->function->id) {
    case ATT_FN_ANSWERED:
        return is_true ? say_known(s, node->kids[0]) : say_blank(s, node->kids[0]);
    case ATT_FN_MISSING:
        return is_true ? say_blank(s, node->kids[0]) : say_known(s, node->kids[0]);
    case ATT_FN_SELECTED: return say_selected(s, node, is_true);
    case ATT_FN_IF:
        is = joined(s, wrapped(s, say_true(s, node->kids[0])),
                    wrapped(s, is_true ? say_true(s, node->kids[1])
                                       : say_false(s, node->kids[1])),
                    true);
        is_not = joined(s, wrapped(s, say_false(s, node->kids[0])),
                        wrapped(s, is_true ? say_true(s, node->kids[2])
                                           : say_false(s, node->kids[2])),
                        true);
        return joined(s, wrapped(s, is), wrapped(s, is_not), false);
    default: break;
    }
    return cannot(s, att_arena_format(s->arena, "%s() cannot be said there",
                                      node->function->name));
}

static const char *say_truth(speaker *s, const att_node *node, bool is_true)
{
    const char *name;

    if (!step(s)) {
        return NULL;
    }
    switch (node->kind) {
    case ATT_NODE_AND:
        return say_junction(s, node, is_true, is_true ? say_true : say_false);
    case ATT_NODE_OR:
        return say_junction(s, node, !is_true, is_true ? say_true : say_false);
    case ATT_NODE_NOT:
        return is_true ? say_false(s, node->kids[0]) : say_true(s, node->kids[0]);
    case ATT_NODE_COMPARE:
        return say_compare(s, node->kids[0], node->kids[1],
                           is_true ? node->op : opposite(node->op));
    case ATT_NODE_IN: return say_in(s, node, is_true);
    case ATT_NODE_CALL: return say_truth_call(s, node, is_true);
    case ATT_NODE_REF:
        name = ref_name(s, node);
        return name == NULL ? NULL
                            : att_arena_format(s->arena, "%s='%d'", name, is_true);
    default: break;
    }
    return cannot(s, "a value is no condition there");
}

static const char *say_true(speaker *s, const att_node *node)
{
    return say_truth(s, node, true);
}

static const char *say_false(speaker *s, const att_node *node)
{
    return say_truth(s, node, false);
}

/* 1, 0 or blank, of a condition that is counted with. */
static const char *say_as_number(speaker *s, const att_node *node)
{
    const char *is = say_true(s, node);
    const char *is_not = is == NULL ? NULL : say_false(s, node);

    return is_not == NULL || is[0] == '\0' || is_not[0] == '\0'
               ? cannot(s, "it always holds")
               : att_arena_format(s->arena, "if(%s,1,if(%s,0,''))", is, is_not);
}

att_logic att_logic_write(att_arena *arena, const att_instrument *instrument,
                          const bool *has_derived, const att_expr *expr, bool is_value)
{
    speaker s = { .arena = arena,
                  .instrument = instrument,
                  .has_derived = has_derived };
    bool is_truth = expr->root->type == ATT_TYPE_TRUTH;
    const char *text = !is_truth  ? say_value(&s, expr->root)
                       : is_value ? say_as_number(&s, expr->root)
                                  : say_true(&s, expr->root);

    if (text != NULL && text[0] == '\0') {
        text = cannot(&s, "it always holds");
    } else if (text != NULL && strlen(text) > BYTES_MAX) {
        text = cannot(&s, "it would be too long there");
    }
    return (att_logic){
        .text = text,
        .why = text != NULL    ? ""
               : s.why != NULL ? s.why
                               : "it cannot be said there",
        .near = s.near != NULL ? s.near : "",
    };
}
