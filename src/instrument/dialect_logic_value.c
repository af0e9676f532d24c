/* Values of ours in the words of other programs, and whether there is one. */
#include <string.h>

#include <attune/instrument/kind.h>

#include "dialect_logic_tell.h"
#include "dialect_lose.h"

static const char *known_over_list(att_teller *s, const att_node *node);

/* ---- values ---- */

const char *att_tell_comma(const att_teller *s)
{
    return s->tongue->is_xpath ? ", " : ",";
}

static const char *list_of(att_teller *s, const att_node *call,
                           const char *(*say)(att_teller *s, const att_node *kid))
{
    const char *text = NULL;

    for (size_t i = 0; i < call->n_kids; i++) {
        const char *one = say(s, call->kids[i]);

        if (one == NULL) {
            return NULL;
        }
        text = text == NULL
                   ? one
                   : att_arena_format(s->arena, "%s%s%s", text, att_tell_comma(s), one);
        if (strlen(text) > ATT_TELL_BYTES_MAX) {
            return att_tell_cannot(s, "it would be too long there");
        }
    }
    return text;
}

/* 1 where a condition holds, else 0; where it is surely false; where a value is known */
static const char *one_if(att_teller *s, const char *condition)
{
    if (condition == NULL) {
        return NULL;
    }
    return condition[0] == '\0'
               ? "1"
               : att_arena_format(s->arena, "if(%s%s1%s0)", condition,
                                  att_tell_comma(s), att_tell_comma(s));
}

static const char *one_if_true(att_teller *s, const att_node *node)
{
    return one_if(s, att_tell_true(s, node));
}

static const char *one_if_false(att_teller *s, const att_node *node)
{
    return one_if(s, att_tell_false(s, node));
}

static const char *one_if_known(att_teller *s, const att_node *node)
{
    return one_if(s, att_tell_known(s, node));
}

/* The sum of all kids as `say` says them: XPath's sum() is of repeats only. */
static const char *sum_of(att_teller *s, const att_node *call,
                          const char *(*say)(att_teller *s, const att_node *kid))
{
    const char *text = NULL;

    if (!s->tongue->is_xpath) {
        text = list_of(s, call, say);
        return text == NULL ? NULL : att_arena_format(s->arena, "sum(%s)", text);
    }
    for (size_t i = 0; i < call->n_kids; i++) {
        const char *one = say(s, call->kids[i]);

        if (one == NULL || (text != NULL && strlen(text) > ATT_TELL_BYTES_MAX)) {
            return att_tell_cannot(s, "it would be too long there");
        }
        text = text == NULL ? one : att_arena_format(s->arena, "%s + %s", text, one);
    }
    return text == NULL ? NULL : att_arena_format(s->arena, "(%s)", text);
}

static const char *say_share(att_teller *s, const att_node *node)
{
    const char *is = sum_of(s, node, one_if_true);
    const char *is_not = is == NULL ? NULL : sum_of(s, node, one_if_false);

    if (is_not == NULL) {
        return NULL;
    }
    if (s->tongue->is_xpath) {
        return att_arena_format(s->arena, "(%s div (%s + %s))", is, is, is_not);
    }
    return att_arena_format(s->arena, "%s/sum(%s,%s)", is,
                            list_of(s, node, one_if_true),
                            list_of(s, node, one_if_false));
}

/* A value, or what stands for it where there is none. */
static const char *value_or(att_teller *s, const att_node *node, const char *otherwise)
{
    const char *value = att_tell_value(s, node);

    if (value == NULL || node->kind == ATT_NODE_VALUE || node->kind == ATT_NODE_OWN) {
        return value;
    }
    return att_arena_format(s->arena, "coalesce(%s, %s)", value, otherwise);
}

static const char *or_zero(att_teller *s, const att_node *node)
{
    return value_or(s, node, "0");
}

#define FAR "999999999999" /* beyond what is answered */

static const char *or_far(att_teller *s, const att_node *node)
{
    return value_or(s, node, FAR);
}

static const char *or_far_below(att_teller *s, const att_node *node)
{
    return value_or(s, node, "-" FAR);
}

/* sum, mean, min, max in XPath, where a blank makes all blank; known that one is there */
static const char *over_xpath(att_teller *s, const att_node *node)
{
    const char *list, *n;

    switch (node->function->id) {
    case ATT_FN_SUM: return sum_of(s, node, or_zero);
    case ATT_FN_MEAN:
        list = sum_of(s, node, or_zero);
        n = list == NULL ? NULL : sum_of(s, node, one_if_known);
        return n == NULL ? NULL : att_arena_format(s->arena, "(%s div %s)", list, n);
    case ATT_FN_MIN:
        list = list_of(s, node, or_far);
        return list == NULL ? NULL : att_arena_format(s->arena, "min(%s)", list);
    default:
        list = list_of(s, node, or_far_below);
        return list == NULL ? NULL : att_arena_format(s->arena, "max(%s)", list);
    }
}

/* sum, mean, min, max: over what is not blank, there as here */
static const char *say_over(att_teller *s, const att_node *node)
{
    const char *list = s->tongue->is_xpath ? "" : list_of(s, node, att_tell_value);
    const char *call =
        list == NULL ? NULL
        : s->tongue->is_xpath
            ? over_xpath(s, node)
            : att_arena_format(s->arena, "%s(%s)", node->function->name, list);
    const char *known;

    if (call == NULL || (node->min_valid <= 1 && !s->tongue->is_xpath)) {
        return call;
    }
    if (s->tongue->is_xpath) {
        known = known_over_list(s, node);
        return known == NULL ? NULL
               : known[0] == '\0'
                   ? call
                   : att_arena_format(s->arena, "if(%s, %s, '')", known, call);
    }
    known = sum_of(s, node, one_if_known);
    return known == NULL ? NULL
                         : att_arena_format(s->arena, "if(%s>=%zu,%s,'')", known,
                                            node->min_valid, call);
}

static const char *say_between(att_teller *s, const att_node *from, const att_node *to,
                               const char *unit)
{
    const char *a = att_tell_value(s, from);
    const char *b = to == NULL  ? att_tell_today(s)
                    : a == NULL ? NULL
                                : att_tell_value(s, to);

    if (a == NULL || b == NULL) {
        return NULL;
    }
    return s->tongue->is_xpath
               ? att_arena_format(s->arena,
                                  "(decimal-date-time(%s) - "
                                  "decimal-date-time(%s))",
                                  b, a)
               : att_arena_format(s->arena, "datediff(%s,%s,'%s',true)", a, b, unit);
}

/* Whole years or months: theirs are of one length. */
static const char *say_whole(att_teller *s, const att_node *node, const char *unit)
{
    const char *text =
        say_between(s, node->kids[0], node->n_kids > 1 ? node->kids[1] : NULL, unit);

    att_tell_near(
        s, s->tongue->is_xpath
               ? "years and months have one length there (365.25 and 30.4375 days)"
               : "years and months have one length there (365.2425 and 30.44 days)");
    if (text != NULL && s->tongue->is_xpath) {
        return att_arena_format(s->arena, "int(%s div %s)", text,
                                unit[0] == 'y' ? "365.25" : "30.4375");
    }
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

static const char *say_if(att_teller *s, const att_node *node)
{
    const char *is = att_tell_true(s, node->kids[0]);
    const char *is_not =
        is == NULL || is_settled(node->kids[0]) ? "" : att_tell_false(s, node->kids[0]);
    const char *a =
        is == NULL || is_not == NULL ? NULL : att_tell_value(s, node->kids[1]);
    const char *b = a == NULL ? NULL : att_tell_value(s, node->kids[2]);

    if (b == NULL ||
        strlen(is) + strlen(is_not) + strlen(a) + strlen(b) > ATT_TELL_BYTES_MAX) {
        return att_tell_cannot(s, "it would be too long there");
    }
    if (s->tongue->is_xpath) {
        return is_not[0] == '\0'
                   ? att_arena_format(s->arena, "if(%s, %s, %s)", is, a, b)
                   : att_arena_format(s->arena, "if(%s, %s, if(%s, %s, ''))", is, a,
                                      is_not, b);
    }
    if (is_not[0] == '\0') {
        return att_arena_format(s->arena, "if(%s,%s,%s)", is, a, b);
    }
    return att_arena_format(s->arena, "if(%s,%s,if(%s,%s,''))", is, a, is_not, b);
}

static const char *say_coalesce(att_teller *s, const att_node *node)
{
    const char *text = att_tell_value(s, node->kids[node->n_kids - 1]);

    for (size_t i = node->n_kids - 1; i-- > 0 && text != NULL;) {
        const char *known = att_tell_known(s, node->kids[i]);
        const char *value = known == NULL ? NULL : att_tell_value(s, node->kids[i]);

        if (value == NULL || strlen(text) + strlen(value) > ATT_TELL_BYTES_MAX) {
            return att_tell_cannot(s, "it would be too long there");
        }
        text = known[0] == '\0' ? value
                                : att_arena_format(s->arena, "if(%s%s%s%s%s)", known,
                                                   att_tell_comma(s), value,
                                                   att_tell_comma(s), text);
    }
    return text;
}

static const char *say_marks(att_teller *s, const att_item *item)
{
    const att_choices *set = item == NULL ? NULL : att_set_behind(s->instrument, item);
    const char *text = NULL;

    att_tell_near_marks(s, item);
    if (s->tongue->is_xpath && item != NULL) {
        return att_arena_format(s->arena, "count-selected(%s)", att_tell_item(s, item));
    }
    if (item != NULL && item->kind->shape == ATT_SHAPE_RANK) {
        return att_tell_cannot(s, "how many choices have a place is not counted there");
    }
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        const char *one =
            att_arena_format(s->arena, "[%s%s(%d)]", s->instrument->redcap_prefix,
                             item->id, set->list[i].code);

        text = text == NULL ? one : att_arena_format(s->arena, "%s,%s", text, one);
    }
    return text == NULL ? att_tell_cannot(s, "its choices are not known beforehand")
                        : att_arena_format(s->arena, "sum(%s)", text);
}

static const char *say_plain_call(att_teller *s, const att_node *node, const char *name,
                                  const char *more)
{
    const char *list = list_of(s, node, att_tell_value);

    return list == NULL ? NULL
                        : att_arena_format(s->arena, "%s(%s%s)", name, list, more);
}

static const char *say_rounded(att_teller *s, const att_node *node)
{
    if (node->function->id == ATT_FN_ROUND) {
        return say_plain_call(s, node, "round",
                              node->n_kids == 1 && !s->tongue->is_xpath ? ",0" : "");
    }
    att_tell_near(s, "a number under 0 may be rounded the other way there");
    return s->tongue->is_xpath ? say_plain_call(s, node, "int", "")
                               : say_plain_call(s, node, "rounddown", ",0");
}

const char *att_tell_matches(att_teller *s, const att_node *node)
{
    if (!s->tongue->is_xpath) {
        return att_tell_cannot(s, "matches() cannot be said there");
    }
    return say_plain_call(s, node, "regex", "");
}

static const char *say_text_call(att_teller *s, const att_node *node)
{
    bool is_xpath = s->tongue->is_xpath;

    switch (node->function->id) {
    case ATT_FN_LOWER:
        return say_plain_call(s, node, is_xpath ? "lower-case" : "lower", "");
    case ATT_FN_CONCAT: return say_plain_call(s, node, "concat", "");
    default:
        return node->kids[0]->type == ATT_TYPE_CODES
                   ? say_marks(s, att_tell_item_of(s, node->kids[0]))
                   : say_plain_call(s, node, is_xpath ? "string-length" : "length", "");
    }
}

static const char *say_call(att_teller *s, const att_node *node)
{
    switch (node->function->id) {
    case ATT_FN_IF: return say_if(s, node);
    case ATT_FN_COALESCE: return say_coalesce(s, node);
    case ATT_FN_COUNT: return sum_of(s, node, one_if_true);
    case ATT_FN_SHARE: return say_share(s, node);
    case ATT_FN_SUM:
    case ATT_FN_MEAN:
    case ATT_FN_MIN:
    case ATT_FN_MAX: return say_over(s, node);
    case ATT_FN_ROUND:
    case ATT_FN_FLOOR: return say_rounded(s, node);
    case ATT_FN_ABS: return say_plain_call(s, node, "abs", "");
    case ATT_FN_AGE:
    case ATT_FN_YEARS: return say_whole(s, node, "y");
    case ATT_FN_MONTHS: return say_whole(s, node, "M");
    case ATT_FN_DAYS:
        return say_between(s, node->kids[0], node->n_kids > 1 ? node->kids[1] : NULL,
                           "d");
    case ATT_FN_LOWER:
    case ATT_FN_CONCAT:
    case ATT_FN_LENGTH: return say_text_call(s, node);
    case ATT_FN_TODAY: return att_tell_today(s);
    default: break;
    }
    return att_tell_cannot(s, att_arena_format(s->arena, "%s() cannot be said there",
                                               node->function->name));
}

/* day + number, where days are numbers */
static const char *say_days(att_teller *s, const att_node *node)
{
    const char *a = att_tell_value(s, node->kids[0]);
    const char *b =
        a == NULL || node->n_kids != 2 ? NULL : att_tell_value(s, node->kids[1]);

    return b == NULL ? att_tell_cannot(s, "a day cannot be counted forward there")
                     : att_arena_format(s->arena, "(%s %c %s)", a, node->ops[1], b);
}

/* "a + b" of a number, tight in REDCap */
static const char *op_word(const att_teller *s, char op)
{
    switch (op) {
    case '+': return s->tongue->is_xpath ? " + " : "+";
    case '-': return s->tongue->is_xpath ? " - " : "-";
    case '*': return s->tongue->is_xpath ? " * " : "*";
    default: return s->tongue->is_xpath ? " div " : "/";
    }
}

static const char *say_chain(att_teller *s, const att_node *node)
{
    const char *text;

    if (node->kids[0]->type == ATT_TYPE_DAY && node->n_kids == 2 &&
        node->kids[1]->type == ATT_TYPE_DAY) {
        return say_between(s, node->kids[1], node->kids[0], "d");
    }
    if (s->tongue->is_xpath && node->type == ATT_TYPE_DAY) {
        return say_days(s, node);
    }
    if (node->type != ATT_TYPE_NUMBER || node->kids[0]->type == ATT_TYPE_DAY) {
        return att_tell_cannot(s, "a day cannot be counted forward there");
    }
    text = att_tell_value(s, node->kids[0]);
    for (size_t i = 1; i < node->n_kids && text != NULL; i++) {
        const char *kid = att_tell_value(s, node->kids[i]);

        if (kid == NULL || strlen(text) + strlen(kid) > ATT_TELL_BYTES_MAX) {
            return att_tell_cannot(s, "it would be too long there");
        }
        text =
            att_arena_format(s->arena, "%s%s%s", text, op_word(s, node->ops[i]), kid);
    }
    return text == NULL ? NULL : att_arena_format(s->arena, "(%s)", text);
}

const char *att_tell_value(att_teller *s, const att_node *node)
{
    const char *text;

    if (!att_tell_step(s)) {
        return NULL;
    }
    switch (node->kind) {
    case ATT_NODE_VALUE: return att_tell_literal(s, node);
    case ATT_NODE_REF: return att_tell_ref_number(s, node);
    case ATT_NODE_CHAIN: return say_chain(s, node);
    case ATT_NODE_CALL:
        if (node->type != ATT_TYPE_TRUTH) {
            return say_call(s, node);
        }
        break;
    case ATT_NODE_NEGATE:
        text = att_tell_value(s, node->kids[0]);
        return text == NULL ? NULL
               : node->kids[0]->kind == ATT_NODE_VALUE
                   ? att_arena_format(s->arena, "-%s", text)
                   : att_arena_format(
                         s->arena, s->tongue->is_xpath ? "(0 - %s)" : "(0-%s)", text);
    case ATT_NODE_OWN:
        return s->own != NULL ? "." : att_tell_cannot(s, "it judges the answer itself");
    default: break;
    }
    return att_tell_cannot(s, "a condition has no value there");
}

/* ---- whether there is a value ---- */

const char *att_tell_known_over(att_teller *s, const att_node *node, bool is_and)
{
    const char *text = NULL;

    for (size_t i = 0; i < node->n_kids; i++) {
        const char *one = att_tell_known(s, node->kids[i]);

        text = text == NULL && i == 0 ? one : att_tell_joined(s, text, one, is_and);
        if (text == NULL) {
            return NULL;
        }
    }
    return text;
}

/* That enough of a list are known. */
static const char *known_over_list(att_teller *s, const att_node *node)
{
    const char *n;

    if (node->min_valid <= 1) {
        return att_tell_wrapped(s, att_tell_known_over(s, node, false));
    }
    n = sum_of(s, node, one_if_known);
    return n == NULL ? NULL
                     : att_arena_format(s->arena,
                                        s->tongue->is_xpath ? "%s >= %zu" : "%s>=%zu",
                                        n, node->min_valid);
}

static const char *known_call(att_teller *s, const att_node *node)
{
    const char *list;

    switch (node->function->id) {
    case ATT_FN_COUNT: return "";
    case ATT_FN_COALESCE:
        return att_tell_wrapped(s, att_tell_known_over(s, node, false));
    case ATT_FN_SUM:
    case ATT_FN_MEAN:
    case ATT_FN_MIN:
    case ATT_FN_MAX: return known_over_list(s, node);
    case ATT_FN_IF:
    case ATT_FN_SHARE:
        list = att_tell_value(s, node);
        return list == NULL
                   ? NULL
                   : att_arena_format(s->arena, "%s%s''", list, att_tell_differs(s));
    case ATT_FN_LENGTH:
        if (node->kids[0]->type == ATT_TYPE_CODES) {
            return "";
        }
        break;
    default: break;
    }
    return att_tell_known_over(s, node, true);
}

const char *att_tell_known(att_teller *s, const att_node *node)
{
    const char *name;

    if (!att_tell_step(s)) {
        return NULL;
    }
    switch (node->kind) {
    case ATT_NODE_VALUE:
    case ATT_NODE_OWN: return "";
    case ATT_NODE_REF:
        if (att_tell_item_of(s, node) != NULL) {
            return att_tell_item_known(s, att_tell_item_of(s, node));
        }
        name = att_tell_ref_name(s, node);
        return name == NULL ? NULL
               : att_node_is_today(node)
                   ? ""
                   : att_arena_format(s->arena, "%s%s''", name, att_tell_differs(s));
    case ATT_NODE_CALL: return known_call(s, node);
    case ATT_NODE_CHAIN:
    case ATT_NODE_NEGATE: return att_tell_known_over(s, node, true);
    default: break;
    }
    return att_tell_cannot(s, "a condition has no value there");
}
