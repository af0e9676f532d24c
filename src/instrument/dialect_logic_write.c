/* Our expressions in the words of REDCap and XLSForm.
 *
 * Ours are three-valued, theirs are not: a blank field equals ''. So a condition is
 * written twice over: say_true gives what holds there exactly where ours is true,
 * say_false where ours is surely false, and say_known where a value is there at all.
 * What they do when a blank is ordered is not relied upon. */
#include "dialect_logic.h"

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
    const att_tongue *tongue;
    const att_item *own; /* what "." is, or NULL */
    const char *why, *near;
    size_t n_steps;
} speaker;

static const char *say_true(speaker *s, const att_node *node);
static const char *say_false(speaker *s, const att_node *node);
static const char *say_known(speaker *s, const att_node *node);
static const char *say_value(speaker *s, const att_node *node);
static const char *known_over_list(speaker *s, const att_node *node);

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
    return node->kind == ATT_NODE_OWN ? s->own
           : node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_ITEM
               ? &s->instrument->items[node->ref.index]
               : NULL;
}

static const char *field(speaker *s, const char *id)
{
    return s->own != NULL && strcmp(s->own->id, id) == 0 ? "."
           : s->tongue->is_xpath
               ? att_arena_format(s->arena, "${%s}", id)
               : att_arena_format(s->arena, "[%s%s]", s->instrument->redcap_prefix, id);
}

static const char *differs(const speaker *s)
{
    return s->tongue->is_xpath ? " != " : "<>";
}

/* "[x]=" and a value; "${x} = " */
static const char *equals(const speaker *s)
{
    return s->tongue->is_xpath ? " = " : "=";
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

/* Whether the answer is several codes: a box, or a field, for each choice. */
static bool has_marks(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_PICK_MANY ||
           item->kind->shape == ATT_SHAPE_RANK;
}

/* Of a rank: that the choice has a place. A blank is not 1 or more. */
static const char *mark(speaker *s, const att_item *item, int code, bool is_marked)
{
    if (s->tongue->is_xpath) {
        return att_arena_format(
            s->arena, is_marked ? "selected(%s, '%d')" : "not(selected(%s, '%d'))",
            field(s, item->id), code);
    }
    if (item->kind->shape == ATT_SHAPE_RANK) {
        return att_arena_format(s->arena, "%s%s",
                                field(s, att_rank_field(s->arena, item->id, code)),
                                is_marked ? ">=1" : "=''");
    }
    return att_arena_format(s->arena, "[%s%s(%d)]%s'1'", s->instrument->redcap_prefix,
                            item->id, code, is_marked ? "=" : "<>");
}

static void near_marks(speaker *s, const att_item *item)
{
    near(s,
         item != NULL && item->kind->shape == ATT_SHAPE_RANK
             ? "a choice without a place and an order that was not given are the same "
               "there"
         : s->tongue->is_xpath
             ? "a question without a mark and one without an answer are the same there"
             : "a checkbox without a mark and one without an answer are the same "
               "there");
}

/* That an item's own choices hold no reason, " and [x]<>'-7'". */
static const char *no_reason(speaker *s, const att_item *item, const char *name)
{
    const att_choices *set = set_of(s, item);
    const char *text = "";

    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            text = has_marks(item)
                       ? att_arena_format(s->arena, "%s and %s", text,
                                          mark(s, item, set->list[i].code, false))
                       : att_arena_format(s->arena, "%s and %s%s'%d'", text, name,
                                          differs(s), set->list[i].code);
        }
    }
    return text;
}

static const char *any_mark(speaker *s, const att_item *item)
{
    const att_choices *set = set_of(s, item);
    const char *text = NULL;

    if (item->kind->shape != ATT_SHAPE_RANK) {
        near_marks(s, item);
    }
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        const char *one = mark(s, item, set->list[i].code, true);

        if (set->list[i].reason != ATT_REASON_NONE &&
            item->kind->shape == ATT_SHAPE_RANK) {
            continue; /* has no place */
        }
        text = text == NULL ? one : joined(s, text, one, false);
    }
    return text == NULL ? cannot(s, "its choices are not known beforehand") : text;
}

static const char *item_known(speaker *s, const att_item *item)
{
    const char *name = field(s, item->id);

    if (item == s->own) {
        return ""; /* what is judged is there */
    }
    if (has_marks(item) && !s->tongue->is_xpath) {
        return wrapped(s, any_mark(s, item));
    }
    if (has_marks(item)) {
        near_marks(s, item);
    }
    return att_arena_format(s->arena, "%s%s''%s", name, differs(s),
                            no_reason(s, item, name));
}

static bool is_today(const att_node *node)
{
    return node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_WORD &&
           node->ref.index == ATT_WORD_TODAY;
}

static const char *today(const speaker *s)
{
    return s->tongue->is_xpath ? "today()" : "'today'";
}

static const char *ref_name(speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);

    if (item != NULL && has_marks(item)) {
        return cannot(s, "several marks have no one value there");
    }
    if (item != NULL) {
        return field(s, item->id);
    }
    if (node->ref.kind == ATT_REF_DERIVED && s->has_derived[node->ref.index]) {
        return field(s, s->instrument->derived[node->ref.index].id);
    }
    if (node->ref.kind == ATT_REF_WORD && node->ref.index == ATT_WORD_TODAY) {
        return today(s);
    }
    if (node->ref.kind == ATT_REF_EARLIER) {
        return cannot(s, "it uses an answer of an earlier wave");
    }
    return cannot(s, node->ref.kind == ATT_REF_WORD || node->ref.kind == ATT_REF_PERSON
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
            is = att_arena_format(s->arena, "%s%s%s%s'%d'", is,
                                  is[0] == '\0' ? "" : " or ", name, equals(s),
                                  set->list[i].code);
        }
    }
    return name == NULL || is[0] == '\0' || item == s->own ? name
           : s->tongue->is_xpath
               ? att_arena_format(s->arena, "if(%s, '', %s)", is, name)
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
    if (strpbrk(text, s->tongue->is_xpath ? "\r\n" : "\r\n[]") != NULL) {
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
        return att_arena_format(s->arena, s->tongue->is_xpath ? "date('%s')" : "'%s'",
                                day);
    case ATT_TYPE_ANY:
    case ATT_TYPE_TRUTH:
    case ATT_TYPE_CODES: break;
    }
    return cannot(s, "a value of this sort is not known there");
}

/* ---- values ---- */

static const char *comma(const speaker *s)
{
    return s->tongue->is_xpath ? ", " : ",";
}

static const char *list_of(speaker *s, const att_node *call,
                           const char *(*say)(speaker *s, const att_node *kid))
{
    const char *text = NULL;

    for (size_t i = 0; i < call->n_kids; i++) {
        const char *one = say(s, call->kids[i]);

        if (one == NULL) {
            return NULL;
        }
        text = text == NULL ? one
                            : att_arena_format(s->arena, "%s%s%s", text, comma(s), one);
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
                                : att_arena_format(s->arena, "if(%s%s1%s0)", condition,
                                                   comma(s), comma(s));
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

/* The sum of all kids as `say` says them: XPath's sum() is of repeats only. */
static const char *sum_of(speaker *s, const att_node *call,
                          const char *(*say)(speaker *s, const att_node *kid))
{
    const char *text = NULL;

    if (!s->tongue->is_xpath) {
        text = list_of(s, call, say);
        return text == NULL ? NULL : att_arena_format(s->arena, "sum(%s)", text);
    }
    for (size_t i = 0; i < call->n_kids; i++) {
        const char *one = say(s, call->kids[i]);

        if (one == NULL || (text != NULL && strlen(text) > BYTES_MAX)) {
            return cannot(s, "it would be too long there");
        }
        text = text == NULL ? one : att_arena_format(s->arena, "%s + %s", text, one);
    }
    return text == NULL ? NULL : att_arena_format(s->arena, "(%s)", text);
}

static const char *say_share(speaker *s, const att_node *node)
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
static const char *value_or(speaker *s, const att_node *node, const char *otherwise)
{
    const char *value = say_value(s, node);

    if (value == NULL || node->kind == ATT_NODE_VALUE || node->kind == ATT_NODE_OWN) {
        return value;
    }
    return att_arena_format(s->arena, "coalesce(%s, %s)", value, otherwise);
}

static const char *or_zero(speaker *s, const att_node *node)
{
    return value_or(s, node, "0");
}

#define FAR "999999999999" /* beyond what is answered */

static const char *or_far(speaker *s, const att_node *node)
{
    return value_or(s, node, FAR);
}

static const char *or_far_below(speaker *s, const att_node *node)
{
    return value_or(s, node, "-" FAR);
}

/* sum, mean, min, max in XPath, where a blank makes all blank; known that one is there */
static const char *over_xpath(speaker *s, const att_node *node)
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
static const char *say_over(speaker *s, const att_node *node)
{
    const char *list = s->tongue->is_xpath ? "" : list_of(s, node, say_value);
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

static const char *say_between(speaker *s, const att_node *from, const att_node *to,
                               const char *unit)
{
    const char *a = say_value(s, from);
    const char *b = to == NULL ? today(s) : a == NULL ? NULL : say_value(s, to);

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
static const char *say_whole(speaker *s, const att_node *node, const char *unit)
{
    const char *text =
        say_between(s, node->kids[0], node->n_kids > 1 ? node->kids[1] : NULL, unit);

    near(s, s->tongue->is_xpath
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

static const char *say_coalesce(speaker *s, const att_node *node)
{
    const char *text = say_value(s, node->kids[node->n_kids - 1]);

    for (size_t i = node->n_kids - 1; i-- > 0 && text != NULL;) {
        const char *known = say_known(s, node->kids[i]);
        const char *value = known == NULL ? NULL : say_value(s, node->kids[i]);

        if (value == NULL || strlen(text) + strlen(value) > BYTES_MAX) {
            return cannot(s, "it would be too long there");
        }
        text = known[0] == '\0' ? value
                                : att_arena_format(s->arena, "if(%s%s%s%s%s)", known,
                                                   comma(s), value, comma(s), text);
    }
    return text;
}

static const char *say_marks(speaker *s, const att_item *item)
{
    const att_choices *set = item == NULL ? NULL : set_of(s, item);
    const char *text = NULL;

    near_marks(s, item);
    if (s->tongue->is_xpath && item != NULL) {
        return att_arena_format(s->arena, "count-selected(%s)", field(s, item->id));
    }
    if (item != NULL && item->kind->shape == ATT_SHAPE_RANK) {
        return cannot(s, "how many choices have a place is not counted there");
    }
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

static const char *say_rounded(speaker *s, const att_node *node)
{
    if (node->function->id == ATT_FN_ROUND) {
        return say_plain_call(s, node, "round",
                              node->n_kids == 1 && !s->tongue->is_xpath ? ",0" : "");
    }
    near(s, "a number under 0 may be rounded the other way there");
    return s->tongue->is_xpath ? say_plain_call(s, node, "int", "")
                               : say_plain_call(s, node, "rounddown", ",0");
}

static const char *say_matches(speaker *s, const att_node *node)
{
    if (!s->tongue->is_xpath) {
        return cannot(s, "matches() cannot be said there");
    }
    return say_plain_call(s, node, "regex", "");
}

static const char *say_text_call(speaker *s, const att_node *node)
{
    bool is_xpath = s->tongue->is_xpath;

    switch (node->function->id) {
    case ATT_FN_LOWER:
        return say_plain_call(s, node, is_xpath ? "lower-case" : "lower", "");
    case ATT_FN_CONCAT: return say_plain_call(s, node, "concat", "");
    default:
        return node->kids[0]->type == ATT_TYPE_CODES
                   ? say_marks(s, item_of(s, node->kids[0]))
                   : say_plain_call(s, node, is_xpath ? "string-length" : "length", "");
    }
}

static const char *say_call(speaker *s, const att_node *node)
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
    case ATT_FN_TODAY: return today(s);
    default: break;
    }
    return cannot(s, att_arena_format(s->arena, "%s() cannot be said there",
                                      node->function->name));
}

/* day + number, where days are numbers */
static const char *say_days(speaker *s, const att_node *node)
{
    const char *a = say_value(s, node->kids[0]);
    const char *b = a == NULL || node->n_kids != 2 ? NULL : say_value(s, node->kids[1]);

    return b == NULL ? cannot(s, "a day cannot be counted forward there")
                     : att_arena_format(s->arena, "(%s %c %s)", a, node->ops[1], b);
}

/* "a + b" of a number, tight in REDCap */
static const char *op_word(const speaker *s, char op)
{
    switch (op) {
    case '+': return s->tongue->is_xpath ? " + " : "+";
    case '-': return s->tongue->is_xpath ? " - " : "-";
    case '*': return s->tongue->is_xpath ? " * " : "*";
    default: return s->tongue->is_xpath ? " div " : "/";
    }
}

static const char *say_chain(speaker *s, const att_node *node)
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
        return cannot(s, "a day cannot be counted forward there");
    }
    text = say_value(s, node->kids[0]);
    for (size_t i = 1; i < node->n_kids && text != NULL; i++) {
        const char *kid = say_value(s, node->kids[i]);

        if (kid == NULL || strlen(text) + strlen(kid) > BYTES_MAX) {
            return cannot(s, "it would be too long there");
        }
        text =
            att_arena_format(s->arena, "%s%s%s", text, op_word(s, node->ops[i]), kid);
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
                   : att_arena_format(
                         s->arena, s->tongue->is_xpath ? "(0 - %s)" : "(0-%s)", text);
    case ATT_NODE_OWN:
        return s->own != NULL ? "." : cannot(s, "it judges the answer itself");
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

/* That enough of a list are known. */
static const char *known_over_list(speaker *s, const att_node *node)
{
    const char *n;

    if (node->min_valid <= 1) {
        return wrapped(s, known_over(s, node, false));
    }
    n = sum_of(s, node, one_if_known);
    return n == NULL ? NULL
                     : att_arena_format(s->arena,
                                        s->tongue->is_xpath ? "%s >= %zu" : "%s>=%zu",
                                        n, node->min_valid);
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
    case ATT_FN_MAX: return known_over_list(s, node);
    case ATT_FN_IF:
    case ATT_FN_SHARE:
        list = say_value(s, node);
        return list == NULL ? NULL
                            : att_arena_format(s->arena, "%s%s''", list, differs(s));
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
    case ATT_NODE_VALUE:
    case ATT_NODE_OWN: return "";
    case ATT_NODE_REF:
        if (item_of(s, node) != NULL) {
            return item_known(s, item_of(s, node));
        }
        name = ref_name(s, node);
        return name == NULL ? NULL
               : is_today(node)
                   ? ""
                   : att_arena_format(s->arena, "%s%s''", name, differs(s));
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

static const char *op_name(const speaker *s, char op)
{
    switch (op) {
    case '=': return equals(s);
    case '!': return differs(s);
    case '<': return s->tongue->is_xpath ? " < " : "<";
    case 'l': return s->tongue->is_xpath ? " <= " : "<=";
    case '>': return s->tongue->is_xpath ? " > " : ">";
    default: return s->tongue->is_xpath ? " >= " : ">=";
    }
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
    if (!is_own && s->tongue->is_xpath) {
        return cannot(s, "why there is no answer is not known there");
    }
    return att_arena_format(s->arena, "%s%s'%d'", field_name,
                            is_equal ? equals(s) : differs(s), att_reason_code(reason));
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
    if (s->tongue->is_xpath && a->type == ATT_TYPE_TEXT && op != '=' && op != '!') {
        return cannot(s, "texts have no order there");
    }
    if ((is_today(a) || is_today(b)) && !s->tongue->is_xpath) {
        char turned = op == '<' ? '>' : op == '>' ? '<' : op == 'l' ? 'g' : 'l';

        return att_arena_format(s->arena, "datediff(%s,%s,'d',true)%s0", x, y,
                                op_name(s, op == '=' || op == '!' ? op : turned));
    }
    return att_arena_format(s->arena, "%s%s%s", x, op_name(s, op), y);
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

/* A mark, or that an answer is there without it. */
static const char *known_mark(speaker *s, const att_item *item, int code,
                              bool is_marked)
{
    const char *text = mark(s, item, code, is_marked);

    if (item == s->own) {
        return text;
    }
    if (item->kind->shape != ATT_SHAPE_RANK || !is_marked) {
        near_marks(s, item);
    }
    return is_marked || !s->tongue->is_xpath
               ? text
               : att_arena_format(s->arena, "%s and %s", item_known(s, item), text);
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
        return known_mark(s, item, (int)node->kids[0]->value.number, is_true);
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
    for (size_t i = 1; i < node->n_kids; i++) {
        const char *one;

        if (node->kids[i]->kind != ATT_NODE_VALUE) {
            return cannot(s, "a mark must be named by its code there");
        }
        one = known_mark(s, item, (int)node->kids[i]->value.number, is_true);
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

    if (name == NULL || is_today(node)) {
        return cannot(s, "only a field can be blank there");
    }
    text = att_arena_format(s->arena, "%s%s''", name, equals(s));
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            text = att_arena_format(s->arena, "%s or %s%s'%d'", text, name, equals(s),
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
    case ATT_FN_MATCHES:
        is = say_matches(s, node);
        is_not = is == NULL || is_true ? is : att_arena_format(s->arena, "not(%s)", is);
        return is_not == NULL ? NULL
                              : joined(s, known_over(s, node, true), is_not, true);
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
        return name == NULL
                   ? NULL
                   : att_arena_format(s->arena, "%s%s'%d'", name, equals(s), is_true);
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
           : s->tongue->is_xpath
               ? att_arena_format(s->arena, "if(%s, 1, if(%s, 0, ''))", is, is_not)
               : att_arena_format(s->arena, "if(%s,1,if(%s,0,''))", is, is_not);
}

static att_logic finish(speaker *s, const char *text)
{
    if (text != NULL && text[0] == '\0') {
        text = cannot(s, "it always holds");
    } else if (text != NULL && strlen(text) > BYTES_MAX) {
        text = cannot(s, "it would be too long there");
    }
    return (att_logic){
        .text = text,
        .why = text != NULL     ? ""
               : s->why != NULL ? s->why
                                : "it cannot be said there",
        .near = s->near != NULL ? s->near : "",
    };
}

static speaker speaker_for(att_arena *arena, const att_logic_place *place)
{
    return (speaker){ .arena = arena,
                      .instrument = place->instrument,
                      .has_derived = place->has_derived,
                      .tongue = place->tongue,
                      .own = place->own };
}

att_logic att_logic_write(att_arena *arena, const att_logic_place *place,
                          const att_expr *expr, bool is_value)
{
    speaker s = speaker_for(arena, place);
    bool is_truth = expr->root->type == ATT_TYPE_TRUTH;
    const char *text = !is_truth  ? say_value(&s, expr->root)
                       : is_value ? say_as_number(&s, expr->root)
                                  : say_true(&s, expr->root);

    return finish(&s, text);
}

att_logic att_logic_write_check(att_arena *arena, const att_logic_place *place,
                                const att_expr *expr)
{
    speaker s = speaker_for(arena, place);
    const char *text =
        expr->n_refs == 0 ? say_true(&s, expr->root) : say_false(&s, expr->root);

    if (text != NULL && expr->n_refs > 0) {
        text = att_arena_format(s.arena, "not(%s)", text);
    }
    return finish(&s, text);
}
