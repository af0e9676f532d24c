/* Our expressions in FHIRPath.
 *
 * An empty collection there does what a missing value does here: comparisons with it
 * are empty, and `and`, `or`, `not()` follow Kleene. So an expression keeps its form. */
#include "dialect_fhir.h"

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
    const att_fhir_scores *scores;
    const char *why, *near;
    size_t n_steps;
} speaker;

static const char *say(speaker *s, const att_node *node);

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

/* Up to four texts put into a pattern, each where a "%" stands; NULL stays NULL. */
static const char *form(speaker *s, const char *pattern, const char *const *parts)
{
    att_buf buf = { 0 };
    const char *text = NULL;

    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p != '%') {
            att_buf_char(&buf, *p);
        } else if (*parts == NULL) {
            goto out;
        } else {
            att_buf_add(&buf, *parts++);
        }
    }
    text = buf.n > BYTES_MAX ? cannot(s, "it would be too long there")
                             : att_buf_copy(s->arena, &buf);
out:
    att_buf_drop(&buf);
    return text;
}

#define FORM(s, pattern, ...) form((s), (pattern), (const char *const[]){ __VA_ARGS__ })

/* ---- answers ---- */

static const att_item *item_of(const speaker *s, const att_node *node)
{
    return node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_ITEM
               ? &s->instrument->items[node->ref.index]
               : NULL;
}

static const char *answer(speaker *s, const char *link)
{
    return att_arena_format(
        s->arena, "%%resource.descendants().where(linkId='%s').answer.value", link);
}

/* Of what repeats there are several answers, and no name for the one at hand. */
static const char *answer_to(speaker *s, const att_item *item)
{
    return att_fhir_repeats(s->scores, item)
               ? cannot(s, "it uses an answer about an entry of a roster")
               : answer(s, item->id);
}

static bool is_coded(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_PICK_ONE ||
           item->kind->shape == ATT_SHAPE_CONSENT;
}

static const char *say_item(speaker *s, const att_item *item)
{
    att_shape shape = item->kind->shape;

    if (shape == ATT_SHAPE_PICK_MANY || shape == ATT_SHAPE_RANK) {
        return cannot(s, "several marks have no one value there");
    }
    if (is_coded(item) && att_set_behind(s->instrument, item) == NULL) {
        return cannot(s, "its choices are a setting of the study");
    }
    if (shape == ATT_SHAPE_DATETIME) {
        return cannot(s, "a dateTime has another form there");
    }
    return is_coded(item) ? FORM(s, "%.code.toInteger()", answer_to(s, item))
                          : answer_to(s, item);
}

/* Its score from 0 to 100, where that is the same straight line for all answers. */
static const char *say_100(speaker *s, const att_scale *scale)
{
    att_buf low = { 0 };
    att_buf span = { 0 };
    const char *text = NULL;

    if (scale->scoring != ATT_SCORING_MEAN || !(scale->high > scale->low)) {
        return cannot(s, "a score from 0 to 100 of another than a mean");
    }
    att_number_write(&low, scale->low);
    att_number_write(&span, scale->high - scale->low);
    text = FORM(s, "(100 * (% - %) / %)", answer(s, scale->id), att_buf_text(&low),
                att_buf_text(&span));
    att_buf_drop(&low);
    att_buf_drop(&span);
    return text;
}

static const char *say_ref(speaker *s, const att_node *node)
{
    size_t i = node->ref.index;

    switch (node->ref.kind) {
    case ATT_REF_ITEM: return say_item(s, &s->instrument->items[i]);
    case ATT_REF_DERIVED:
        return s->scores->has_derived != NULL && s->scores->has_derived[i]
                   ? answer(s, s->instrument->derived[i].id)
                   : cannot(s, "it uses a derived value that is not there");
    case ATT_REF_SCALE:
    case ATT_REF_SCALE_100:
        if (s->scores->has_scale == NULL || !s->scores->has_scale[i]) {
            return cannot(s, "it uses a score that is not there");
        }
        return node->ref.kind == ATT_REF_SCALE ? answer(s, s->instrument->scales[i].id)
                                               : say_100(s, &s->instrument->scales[i]);
    case ATT_REF_PERSON:
    case ATT_REF_EARLIER:
        return cannot(s, "it uses what is known of the person before");
    case ATT_REF_WORD: break;
    }
    return i == ATT_WORD_TODAY
               ? "today()"
               : cannot(s, "it uses what only the session knows (role, site, ...)");
}

/* The codes marked or chosen, as texts. */
static const char *codes_of(speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);

    if (item == NULL || att_set_behind(s->instrument, item) == NULL) {
        return cannot(s, "marks are those of a question there");
    }
    return FORM(s, "%.code", answer_to(s, item));
}

/* Something that is there exactly where a value is known. */
static const char *presence(speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);

    if (item != NULL && (item->kind->shape == ATT_SHAPE_PICK_MANY ||
                         item->kind->shape == ATT_SHAPE_RANK)) {
        near(s, "no mark and no answer are the same there");
        return answer_to(s, item);
    }
    return item != NULL && item->kind->shape == ATT_SHAPE_DATETIME ? answer_to(s, item)
                                                                   : say(s, node);
}

/* ---- literals ---- */

static const char *say_text(speaker *s, const char *text)
{
    att_buf buf = { 0 };
    const char *copy;

    att_buf_char(&buf, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'' || *p == '\\') {
            att_buf_char(&buf, '\\');
        }
        att_buf_add_n(&buf, *p == '\n' ? "\\n" : p, *p == '\n' ? 2 : 1);
    }
    att_buf_char(&buf, '\'');
    copy = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static const char *say_number(speaker *s, double x)
{
    att_buf buf = { 0 };
    const char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return strpbrk(text, "eE") == NULL ? text
                                       : cannot(s, "a number is too large or small");
}

static const char *say_literal(speaker *s, const att_node *node)
{
    char day[ATT_DAY_SIZE];

    switch (node->type) {
    case ATT_TYPE_NUMBER: return say_number(s, node->value.number);
    case ATT_TYPE_TEXT: return say_text(s, node->value.text);
    case ATT_TYPE_DAY:
        att_day_write(day, (att_day)node->value.number);
        return att_arena_format(s->arena, "@%s", day);
    case ATT_TYPE_ANY:
    case ATT_TYPE_TRUTH:
    case ATT_TYPE_CODES: break;
    }
    return cannot(s, "a value of this sort is not known there");
}

/* ---- lists ---- */

/* Each kid said, put into a pattern, and joined. */
static const char *joined(speaker *s, const att_node *node, size_t first,
                          const char *pattern, const char *joint)
{
    att_buf buf = { 0 };
    const char *text = NULL;

    for (size_t i = first; i < node->n_kids; i++) {
        const char *kid = FORM(s, pattern, say(s, node->kids[i]));

        if (kid == NULL) {
            goto out;
        }
        att_buf_add(&buf, i == first ? "" : joint);
        att_buf_add(&buf, kid);
        if (buf.n > BYTES_MAX) {
            cannot(s, "it would be too long there");
            goto out;
        }
    }
    text = att_buf_copy(s->arena, &buf);
out:
    att_buf_drop(&buf);
    return text;
}

/* All kids as one collection, twins kept: a.combine(b).combine(c). */
static const char *combined(speaker *s, const att_node *node)
{
    const char *text = say(s, node->kids[0]);

    for (size_t i = 1; i < node->n_kids && text != NULL; i++) {
        text = FORM(s, "%.combine(%)", text, say(s, node->kids[i]));
    }
    return text;
}

/* sum, mean, min, max: over what is there, when enough is. */
static const char *say_over(speaker *s, const att_node *node)
{
    const char *all = combined(s, node);
    const char *value = NULL;
    const char *enough =
        all == NULL ? NULL
                    : say_number(s, node->min_valid < 1 ? 1 : (double)node->min_valid);

    if (enough == NULL) {
        return NULL;
    }
    switch (node->function->id) {
    case ATT_FN_SUM: value = FORM(s, "%.aggregate($this + $total, 0)", all); break;
    case ATT_FN_MEAN:
        value = FORM(s, "%.aggregate($this + $total, 0) / %.count()", all, all);
        break;
    case ATT_FN_MIN:
        value =
            FORM(s, "%.aggregate(iif($total.empty() or $this < $total, $this, $total))",
                 all);
        break;
    default:
        value =
            FORM(s, "%.aggregate(iif($total.empty() or $this > $total, $this, $total))",
                 all);
        break;
    }
    return FORM(s, "iif(%.count() >= %, %)", all, enough, value);
}

/* ---- functions ---- */

static const char *say_if(speaker *s, const att_node *node)
{
    const char *is = say(s, node->kids[0]);
    const char *a = is == NULL ? NULL : say(s, node->kids[1]);
    const char *b = a == NULL ? NULL : say(s, node->kids[2]);

    return FORM(s, "iif(%, %, iif(%.not(), %))", is, a, is, b);
}

static const char *say_coalesce(speaker *s, const att_node *node)
{
    const char *text = say(s, node->kids[node->n_kids - 1]);

    for (size_t i = node->n_kids - 1; i-- > 0 && text != NULL;) {
        const char *kid = say(s, node->kids[i]);

        text = FORM(s, "iif(%.exists(), %, %)", kid, kid, text);
    }
    return text;
}

static const char *say_code(speaker *s, const att_node *node)
{
    if (node->kind != ATT_NODE_VALUE) {
        return cannot(s, "a mark must be named by its code there");
    }
    return att_arena_format(s->arena, "'%d'", (int)node->value.number);
}

/* Whether any of the codes from the second kid on is marked. */
static const char *say_marked(speaker *s, const att_node *marks,
                              att_node *const *wanted, size_t n)
{
    const char *codes = codes_of(s, marks);
    const char *text = NULL;

    if (codes == NULL) {
        return NULL;
    }
    near(s, "no mark and no answer are the same there");
    for (size_t i = 0; i < n; i++) {
        const char *one = FORM(s, "(% in %)", say_code(s, wanted[i]), codes);

        text = i == 0 ? one : FORM(s, "% or %", text, one);
    }
    return FORM(s, "iif(%.exists(), %)", codes, text);
}

static const char *say_concat(speaker *s, const att_node *node)
{
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kids[i]->type != ATT_TYPE_TEXT) {
            return cannot(s, "a number has another form as text there");
        }
    }
    return FORM(s, "(%)", joined(s, node, 0, "%", " + "));
}

static const char *say_round(speaker *s, const att_node *node)
{
    const char *x = say(s, node->kids[0]);

    near(s, "halves under 0 may be rounded the other way there");
    return node->n_kids == 1 ? FORM(s, "%.round(0)", x)
                             : FORM(s, "%.round(%)", x, say(s, node->kids[1]));
}

static const char *say_matches(speaker *s, const att_node *node)
{
    const char *pattern =
        node->kids[1]->kind == ATT_NODE_VALUE
            ? att_arena_format(s->arena, "^(%s)$", node->kids[1]->value.text)
            : cannot(s, "a pattern must stand in quotes there");

    return pattern == NULL
               ? NULL
               : FORM(s, "%.matches(%)", say(s, node->kids[0]), say_text(s, pattern));
}

static const char *say_length(speaker *s, const att_node *node)
{
    if (node->kids[0]->type != ATT_TYPE_CODES) {
        return FORM(s, "%.length()", say(s, node->kids[0]));
    }
    near(s, "no mark and no answer are the same there");
    return FORM(s, "%.count()", codes_of(s, node->kids[0]));
}

static const char *say_call(speaker *s, const att_node *node)
{
    const char *is;

    switch (node->function->id) {
    case ATT_FN_IF: return say_if(s, node);
    case ATT_FN_COALESCE: return say_coalesce(s, node);
    case ATT_FN_ANSWERED: return FORM(s, "%.exists()", presence(s, node->kids[0]));
    case ATT_FN_MISSING: return FORM(s, "%.empty()", presence(s, node->kids[0]));
    case ATT_FN_SELECTED:
        return node->kids[0]->type == ATT_TYPE_CODES
                   ? say_marked(s, node->kids[0], node->kids + 1, node->n_kids - 1)
                   : cannot(s, "selected() of one choice");
    case ATT_FN_COUNT: return FORM(s, "(%)", joined(s, node, 0, "iif(%, 1, 0)", " + "));
    case ATT_FN_SHARE:
        is = joined(s, node, 0, "iif(%, 1, 0)", " + ");
        return FORM(s, "((%) / (%))", is,
                    joined(s, node, 0, "iif((%).exists(), 1, 0)", " + "));
    case ATT_FN_SUM:
    case ATT_FN_MEAN:
    case ATT_FN_MIN:
    case ATT_FN_MAX: return say_over(s, node);
    case ATT_FN_ROUND: return say_round(s, node);
    case ATT_FN_FLOOR: return FORM(s, "%.floor()", say(s, node->kids[0]));
    case ATT_FN_ABS: return FORM(s, "%.abs()", say(s, node->kids[0]));
    case ATT_FN_TODAY: return "today()";
    case ATT_FN_LOWER: return FORM(s, "%.lower()", say(s, node->kids[0]));
    case ATT_FN_CONCAT: return say_concat(s, node);
    case ATT_FN_LENGTH: return say_length(s, node);
    case ATT_FN_MATCHES: return say_matches(s, node);
    default: break;
    }
    return cannot(s, att_arena_format(s->arena, "%s() cannot be said there",
                                      node->function->name));
}

/* ---- comparisons ---- */

static const char *op_name(char op)
{
    switch (op) {
    case '=': return "=";
    case '!': return "!=";
    case '<': return "<";
    case 'l': return "<=";
    case '>': return ">";
    default: return ">=";
    }
}

/* reason(a) = 'refused': the option that stands for it was chosen. */
static const char *say_reason(speaker *s, const att_node *call, const att_node *other,
                              char op)
{
    const att_item *item = item_of(s, call->kids[0]);
    att_reason reason = ATT_REASON_NONE;
    const char *name = other->kind == ATT_NODE_VALUE ? other->value.text : NULL;

    if (item == NULL || name == NULL || !att_reason_read(name, &reason) ||
        att_fhir_absent(reason) == NULL ||
        att_set_behind(s->instrument, item) == NULL) {
        return cannot(s, "this reason is no answer there");
    }
    return att_arena_format(s->arena, op == '=' ? "('%s' in %s)" : "('%s' in %s).not()",
                            att_fhir_absent(reason), codes_of(s, call->kids[0]));
}

static bool is_time(const speaker *s, const att_node *node)
{
    const att_item *item = item_of(s, node);

    return item != NULL && item->kind->shape == ATT_SHAPE_TIME;
}

/* A time is no text there: '08:00' beside one is @T08:00:00. */
static const char *say_operand(speaker *s, const att_node *node, const att_node *other)
{
    if (is_time(s, other) && !is_time(s, node)) {
        return node->kind == ATT_NODE_VALUE &&
                       att_clock_read(node->value.text, NULL) >= 0 &&
                       strlen(node->value.text) == 5
                   ? att_arena_format(s->arena, "@T%s:00", node->value.text)
                   : cannot(s, "a time is compared with no text there");
    }
    if (is_time(s, node) && !is_time(s, other) && other->kind != ATT_NODE_VALUE) {
        return cannot(s, "a time is compared with no text there");
    }
    return say(s, node);
}

static const char *say_pair(speaker *s, const att_node *a, const att_node *b, char op)
{
    const char *x, *y;

    if (a->kind == ATT_NODE_CALL && a->function->id == ATT_FN_REASON &&
        (op == '=' || op == '!')) {
        return say_reason(s, a, b, op);
    }
    x = say_operand(s, a, b);
    y = x == NULL ? NULL : say_operand(s, b, a);
    return FORM(s, "(% % %)", x, op_name(op), y);
}

static const char *say_in(speaker *s, const att_node *node)
{
    const char *text = NULL;

    if (node->kids[1]->type == ATT_TYPE_CODES) {
        return say_marked(s, node->kids[1], node->kids, 1);
    }
    for (size_t i = 1; i < node->n_kids; i++) {
        const char *one = say_pair(s, node->kids[0], node->kids[i], '=');

        text = i == 1 ? one : FORM(s, "% or %", text, one);
    }
    return FORM(s, "(%)", text);
}

/* Sums and products; to a day only whole days that are fixed can be added. */
static const char *say_chain(speaker *s, const att_node *node)
{
    const char *text = say(s, node->kids[0]);

    for (size_t i = 1; i < node->n_kids && text != NULL; i++) {
        const att_node *kid = node->kids[i];
        char op[4] = { ' ', node->ops[i], ' ', '\0' };

        if (kid->type == ATT_TYPE_DAY) {
            return cannot(s, "days between two days are not counted there");
        }
        if (node->kids[0]->type == ATT_TYPE_DAY && kid->kind != ATT_NODE_VALUE) {
            return cannot(s, "to a day only fixed days can be added there");
        }
        text = FORM(s, node->kids[0]->type == ATT_TYPE_DAY ? "%%% days" : "%%%", text,
                    op, say(s, kid));
    }
    return FORM(s, "(%)", text);
}

static const char *say(speaker *s, const att_node *node)
{
    if (++s->n_steps > STEPS_MAX) {
        return cannot(s, "it would be too long there");
    }
    switch (node->kind) {
    case ATT_NODE_VALUE: return say_literal(s, node);
    case ATT_NODE_REF: return say_ref(s, node);
    case ATT_NODE_AND: return FORM(s, "(%)", joined(s, node, 0, "%", " and "));
    case ATT_NODE_OR: return FORM(s, "(%)", joined(s, node, 0, "%", " or "));
    case ATT_NODE_NOT: return FORM(s, "%.not()", say(s, node->kids[0]));
    case ATT_NODE_COMPARE: return say_pair(s, node->kids[0], node->kids[1], node->op);
    case ATT_NODE_IN: return say_in(s, node);
    case ATT_NODE_CHAIN: return say_chain(s, node);
    case ATT_NODE_NEGATE:
        return FORM(s, node->kids[0]->kind == ATT_NODE_VALUE ? "-%" : "(0 - %)",
                    say(s, node->kids[0]));
    case ATT_NODE_CALL: return say_call(s, node);
    case ATT_NODE_OWN: break;
    }
    return cannot(s, "it judges the answer itself");
}

att_logic att_fhir_path(att_arena *arena, const att_instrument *instrument,
                        const att_fhir_scores *scores, const att_expr *expr,
                        bool is_value)
{
    speaker s = { .arena = arena, .instrument = instrument, .scores = scores };
    const char *text = say(&s, expr->root);

    if (is_value && expr->root->type == ATT_TYPE_TRUTH) {
        text = FORM(&s, "iif(%, 1, iif(%.not(), 0))", text, text);
    } else if (!is_value && expr->root->type != ATT_TYPE_TRUTH) {
        text = cannot(&s, "a value is no condition there");
    }
    return (att_logic){
        .text = text,
        .why = text != NULL    ? ""
               : s.why != NULL ? s.why
                               : "it cannot be said there",
        .near = s.near != NULL ? s.near : "",
    };
}
