/* Our expressions in the words of REDCap and XLSForm.
 *
 * Ours are three-valued, theirs are not: a blank field equals ''. So a condition is
 * written twice over: say_true gives what holds there exactly where ours is true,
 * say_false where ours is surely false, and say_known where a value is there at all.
 * What they do when a blank is ordered is not relied upon. */
#include "dialect_logic.h"

#include <string.h>

#include <attune/instrument/kind.h>

#include "dialect_logic_tell.h"
#include "dialect_lose.h"

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

static const char *op_name(const att_teller *s, char op)
{
    switch (op) {
    case '=': return att_tell_equals(s);
    case '!': return att_tell_differs(s);
    case '<': return s->tongue->is_xpath ? " < " : "<";
    case 'l': return s->tongue->is_xpath ? " <= " : "<=";
    case '>': return s->tongue->is_xpath ? " > " : ">";
    default: return s->tongue->is_xpath ? " >= " : ">=";
    }
}

static const char *say_reason(att_teller *s, const att_node *call, const char *name,
                              bool is_equal)
{
    const att_item *item = att_tell_item_of(s, call->kids[0]);
    const char *field_name = item == NULL ? NULL : att_tell_ref_name(s, call->kids[0]);
    const att_choices *set = item == NULL ? NULL : att_set_behind(s->instrument, item);
    att_reason reason = ATT_REASON_NONE;
    bool is_own = false;

    if (field_name == NULL || (name[0] != '\0' && !att_reason_read(name, &reason))) {
        return att_tell_cannot(s, "this reason has no code there");
    }
    if (reason == ATT_REASON_NONE) {
        const char *known = att_tell_item_known(s, item);

        return is_equal ? known : att_tell_cannot(s, "a blank there has no reason");
    }
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        is_own = is_own || set->list[i].reason == reason;
    }
    if (!is_own) {
        att_tell_near(s, "the reason is known there only if it is a missing data code");
    }
    if (!is_own && s->tongue->is_xpath) {
        return att_tell_cannot(s, "why there is no answer is not known there");
    }
    return att_arena_format(s->arena, "%s%s'%d'", field_name,
                            is_equal ? att_tell_equals(s) : att_tell_differs(s),
                            att_reason_code(reason));
}

/* A choice's code stands in quotes, as REDCap writes it. */
static const char *operand(att_teller *s, const att_node *node, const att_node *other)
{
    const att_item *item = att_tell_item_of(s, other);
    bool is_code = item != NULL && (item->kind->shape == ATT_SHAPE_PICK_ONE ||
                                    item->kind->shape == ATT_SHAPE_CONSENT);
    const char *text = node->kind == ATT_NODE_REF ? att_tell_ref_name(s, node)
                                                  : att_tell_value(s, node);

    return text != NULL && is_code &&
                   (node->kind == ATT_NODE_VALUE || node->kind == ATT_NODE_NEGATE) &&
                   node->type == ATT_TYPE_NUMBER
               ? att_arena_format(s->arena, "'%s'", text)
               : text;
}

static const char *compared(att_teller *s, const att_node *a, const att_node *b,
                            char op)
{
    const char *x = operand(s, a, b);
    const char *y = x == NULL ? NULL : operand(s, b, a);

    if (y == NULL) {
        return NULL;
    }
    if (s->tongue->is_xpath && a->type == ATT_TYPE_TEXT && op != '=' && op != '!') {
        return att_tell_cannot(s, "texts have no order there");
    }
    if ((att_node_is_today(a) || att_node_is_today(b)) && !s->tongue->is_xpath) {
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

static const char *say_compare(att_teller *s, const att_node *a, const att_node *b,
                               char op)
{
    const char *text, *known;

    if (a->kind == ATT_NODE_CALL && a->function->id == ATT_FN_REASON) {
        return b->kind == ATT_NODE_VALUE && (op == '=' || op == '!')
                   ? say_reason(s, a, b->value.text, op == '=')
                   : att_tell_cannot(
                         s, "a reason can be compared only with its name there");
    }
    if (op == '!' && is_fixed(b) && b->type == ATT_TYPE_TEXT &&
        b->value.text[0] == '\0') {
        return att_tell_known(s, a); /* it holds for every text that is given */
    }
    if ((is_fixed(a) && a->type == ATT_TYPE_TEXT && a->value.text[0] == '\0') ||
        (is_fixed(b) && b->type == ATT_TYPE_TEXT && b->value.text[0] == '\0')) {
        return att_tell_cannot(s, "an empty text is a blank there");
    }
    text = compared(s, a, b, op);
    if (text == NULL || (op == '=' && (is_fixed(a) || is_fixed(b)) &&
                         !att_node_is_today(a) && !att_node_is_today(b))) {
        return text; /* a blank equals no value */
    }
    known = att_tell_known(s, a);
    known =
        known == NULL ? NULL : att_tell_joined(s, known, att_tell_known(s, b), true);
    return known == NULL ? NULL : att_tell_joined(s, known, text, true);
}

/* A mark, or that an answer is there without it. */
static const char *known_mark(att_teller *s, const att_item *item, int code,
                              bool is_marked)
{
    const char *text = att_tell_mark(s, item, code, is_marked);

    if (item == s->own) {
        return text;
    }
    if (item->kind->shape != ATT_SHAPE_RANK || !is_marked) {
        att_tell_near_marks(s, item);
    }
    return is_marked || !s->tongue->is_xpath
               ? text
               : att_arena_format(s->arena, "%s and %s", att_tell_item_known(s, item),
                                  text);
}

/* a in (b, c); all of them differ, when is_true is false */
static const char *say_in(att_teller *s, const att_node *node, bool is_true)
{
    const att_item *item = att_tell_item_of(s, node->kids[1]);
    const char *text = NULL;
    const char *known;

    if (node->kids[1]->type == ATT_TYPE_CODES) {
        if (item == NULL || node->kids[0]->kind != ATT_NODE_VALUE) {
            return att_tell_cannot(s, "a mark must be named by its code there");
        }
        return known_mark(s, item, (int)node->kids[0]->value.number, is_true);
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        const char *one;

        if (!is_fixed(node->kids[i])) {
            return att_tell_cannot(s, "a list there has fixed values only");
        }
        one = compared(s, node->kids[0], node->kids[i], is_true ? '=' : '!');
        text = i == 1 ? one : att_tell_joined(s, text, one, !is_true);
        if (text == NULL) {
            return NULL;
        }
    }
    if (is_true) {
        return text;
    }
    known = att_tell_known(s, node->kids[0]);
    return att_tell_joined(s, known, text, true);
}

static const char *say_selected(att_teller *s, const att_node *node, bool is_true)
{
    const att_item *item = att_tell_item_of(s, node->kids[0]);
    const char *text = NULL;

    if (item == NULL) {
        return att_tell_cannot(s, "marks are those of a field there");
    }
    if (node->kids[0]->type == ATT_TYPE_NUMBER) {
        return say_in(s, node, is_true);
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        const char *one;

        if (node->kids[i]->kind != ATT_NODE_VALUE) {
            return att_tell_cannot(s, "a mark must be named by its code there");
        }
        one = known_mark(s, item, (int)node->kids[i]->value.number, is_true);
        text = text == NULL ? one : att_tell_joined(s, text, one, !is_true);
    }
    return text;
}

/* That a field is blank, or holds a reason of its own choices. */
static const char *say_blank(att_teller *s, const att_node *node)
{
    const att_item *item = att_tell_item_of(s, node);
    const att_choices *set = item == NULL ? NULL : att_set_behind(s->instrument, item);
    const char *name = node->kind == ATT_NODE_REF ? att_tell_ref_name(s, node) : NULL;
    const char *text;

    if (name == NULL || att_node_is_today(node)) {
        return att_tell_cannot(s, "only a field can be blank there");
    }
    text = att_arena_format(s->arena, "%s%s''", name, att_tell_equals(s));
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            text = att_arena_format(s->arena, "%s or %s%s'%d'", text, name,
                                    att_tell_equals(s), set->list[i].code);
        }
    }
    return text;
}

static const char *say_junction(att_teller *s, const att_node *node, bool is_and,
                                const char *(*say)(att_teller *s, const att_node *kid))
{
    const char *text = NULL;

    for (size_t i = 0; i < node->n_kids; i++) {
        const char *one = att_tell_wrapped(s, say(s, node->kids[i]));

        text = i == 0 ? one : att_tell_joined(s, text, one, is_and);
        if (text == NULL) {
            return NULL;
        }
    }
    return text;
}

static const char *say_truth_call(att_teller *s, const att_node *node, bool is_true)
{
    const char *is, *is_not;

    switch (node->function->id) {
    case ATT_FN_ANSWERED:
        return is_true ? att_tell_known(s, node->kids[0]) : say_blank(s, node->kids[0]);
    case ATT_FN_MISSING:
        return is_true ? say_blank(s, node->kids[0]) : att_tell_known(s, node->kids[0]);
    case ATT_FN_SELECTED: return say_selected(s, node, is_true);
    case ATT_FN_MATCHES:
        is = att_tell_matches(s, node);
        is_not = is == NULL || is_true ? is : att_arena_format(s->arena, "not(%s)", is);
        return is_not == NULL ? NULL
                              : att_tell_joined(s, att_tell_known_over(s, node, true),
                                                is_not, true);
    case ATT_FN_IF:
        is = att_tell_joined(
            s, att_tell_wrapped(s, att_tell_true(s, node->kids[0])),
            att_tell_wrapped(s, is_true ? att_tell_true(s, node->kids[1])
                                        : att_tell_false(s, node->kids[1])),
            true);
        is_not = att_tell_joined(
            s, att_tell_wrapped(s, att_tell_false(s, node->kids[0])),
            att_tell_wrapped(s, is_true ? att_tell_true(s, node->kids[2])
                                        : att_tell_false(s, node->kids[2])),
            true);
        return att_tell_joined(s, att_tell_wrapped(s, is), att_tell_wrapped(s, is_not),
                               false);
    default: break;
    }
    return att_tell_cannot(s, att_arena_format(s->arena, "%s() cannot be said there",
                                               node->function->name));
}

static const char *say_truth(att_teller *s, const att_node *node, bool is_true)
{
    const char *name;

    if (!att_tell_step(s)) {
        return NULL;
    }
    switch (node->kind) {
    case ATT_NODE_AND:
        return say_junction(s, node, is_true, is_true ? att_tell_true : att_tell_false);
    case ATT_NODE_OR:
        return say_junction(s, node, !is_true,
                            is_true ? att_tell_true : att_tell_false);
    case ATT_NODE_NOT:
        return is_true ? att_tell_false(s, node->kids[0])
                       : att_tell_true(s, node->kids[0]);
    case ATT_NODE_COMPARE:
        return say_compare(s, node->kids[0], node->kids[1],
                           is_true ? node->op : opposite(node->op));
    case ATT_NODE_IN: return say_in(s, node, is_true);
    case ATT_NODE_CALL: return say_truth_call(s, node, is_true);
    case ATT_NODE_REF:
        name = att_tell_ref_name(s, node);
        return name == NULL ? NULL
                            : att_arena_format(s->arena, "%s%s'%d'", name,
                                               att_tell_equals(s), is_true);
    default: break;
    }
    return att_tell_cannot(s, "a value is no condition there");
}

const char *att_tell_true(att_teller *s, const att_node *node)
{
    return say_truth(s, node, true);
}

const char *att_tell_false(att_teller *s, const att_node *node)
{
    return say_truth(s, node, false);
}

/* 1, 0 or blank, of a condition that is counted with. */
static const char *say_as_number(att_teller *s, const att_node *node)
{
    const char *is = att_tell_true(s, node);
    const char *is_not = is == NULL ? NULL : att_tell_false(s, node);

    return is_not == NULL || is[0] == '\0' || is_not[0] == '\0'
               ? att_tell_cannot(s, "it always holds")
           : s->tongue->is_xpath
               ? att_arena_format(s->arena, "if(%s, 1, if(%s, 0, ''))", is, is_not)
               : att_arena_format(s->arena, "if(%s,1,if(%s,0,''))", is, is_not);
}

static att_logic finish(att_teller *s, const char *text)
{
    if (text != NULL && text[0] == '\0') {
        text = att_tell_cannot(s, "it always holds");
    } else if (text != NULL && strlen(text) > ATT_TELL_BYTES_MAX) {
        text = att_tell_cannot(s, "it would be too long there");
    }
    return (att_logic){
        .text = text,
        .why = text != NULL     ? ""
               : s->why != NULL ? s->why
                                : "it cannot be said there",
        .near = s->near != NULL ? s->near : "",
    };
}

static att_teller speaker_for(att_arena *arena, const att_logic_place *place)
{
    return (att_teller){ .arena = arena,
                         .instrument = place->instrument,
                         .has_derived = place->has_derived,
                         .tongue = place->tongue,
                         .own = place->own,
                         .within = place->within,
                         .repeats = place->repeats };
}

att_logic att_logic_write(att_arena *arena, const att_logic_place *place,
                          const att_expr *expr, bool is_value)
{
    att_teller s = speaker_for(arena, place);
    bool is_truth = expr->root->type == ATT_TYPE_TRUTH;
    const char *text = !is_truth  ? att_tell_value(&s, expr->root)
                       : is_value ? say_as_number(&s, expr->root)
                                  : att_tell_true(&s, expr->root);

    return finish(&s, text);
}

att_logic att_logic_write_check(att_arena *arena, const att_logic_place *place,
                                const att_expr *expr)
{
    att_teller s = speaker_for(arena, place);
    const char *text = expr->n_refs == 0 ? att_tell_true(&s, expr->root)
                                         : att_tell_false(&s, expr->root);

    if (text != NULL && expr->n_refs > 0) {
        text = att_arena_format(s.arena, "not(%s)", text);
    }
    return finish(&s, text);
}
