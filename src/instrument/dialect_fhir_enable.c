/* Our conditions as enableWhen: a list of comparisons, of which all or any hold.
 *
 * A condition on one coded question is tried with every answer to it, and becomes the
 * list of answers that it allows; others are taken as they stand. */
#include "dialect_fhir.h"

#include <math.h>
#include <string.h>

#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "expr_tree.h"

#define WHENS_MAX 60 /* longer lists are better said by an expression */
#define ANY_MAX   12 /* up to which "no answer, or one of these" is said so */

typedef struct speaker {
    att_arena *arena;
    const att_instrument *instrument;
    const att_fhir_scores *scores;
} speaker;

static void add(speaker *s, att_fhir_whens *to, const att_fhir_when *when)
{
    if (to->n == to->room) {
        size_t room = to->room == 0 ? 8 : 2 * to->room;
        att_fhir_when *list = att_new_n(s->arena, att_fhir_when, room);

        if (to->n > 0) {
            memcpy(list, to->list, to->n * sizeof *list);
        }
        to->list = list;
        to->room = room;
    }
    to->list[to->n++] = *when;
}

static void add_exists(speaker *s, att_fhir_whens *to, const char *question, bool is)
{
    add(s, to,
        &(att_fhir_when){ .question = question,
                          .op = "exists",
                          .answer = "answerBoolean",
                          .number = is });
}

/* ---- one coded question ---- */

/* The only item that a condition names, one with codes; NULL when there is another, or
 * more than it. */
static const att_item *only_item(const speaker *s, const att_node *node,
                                 const att_item *found, bool *is_good)
{
    if (node->kind == ATT_NODE_REF) {
        const att_item *item = node->ref.kind == ATT_REF_ITEM
                                   ? &s->instrument->items[node->ref.index]
                                   : NULL;
        bool is_coded = item != NULL && (item->kind->shape == ATT_SHAPE_PICK_ONE ||
                                         item->kind->shape == ATT_SHAPE_CONSENT);

        *is_good = *is_good && is_coded && (found == NULL || found == item) &&
                   att_set_behind(s->instrument, item) != NULL;
        return item;
    }
    if (node->kind == ATT_NODE_CALL && node->n_kids == 0) {
        *is_good = false; /* today() */
    }
    for (size_t i = 0; i < node->n_kids && *is_good; i++) {
        const att_item *item = only_item(s, node->kids[i], found, is_good);

        found = item != NULL ? item : found;
    }
    return found;
}

static att_value own_value(const void *data, const att_ref *ref)
{
    (void)ref;
    return att_value_of_answer(data);
}

/* Truth with one answer to the one question. */
static int truth_with(speaker *s, const att_node *node, att_answer answer)
{
    att_scope scope = { .data = &answer, .get = own_value };
    struct att_expr part = { .text = "", .root = node };
    att_value value = att_expr_eval(s->arena, &part, &scope, NULL);

    return att_value_truth(&value) == 1;
}

typedef struct outcomes {
    const char **code; /* [n] as text */
    const char **system;
    bool *is_true;
    size_t n, n_true;
    bool none; /* true without an answer */
} outcomes;

static void add_outcome(speaker *s, outcomes *to, const att_node *node,
                        const att_item *item, att_answer answer)
{
    bool is_reason = answer.kind == ATT_ANSWER_REASON;

    to->code[to->n] = is_reason ? att_fhir_absent(answer.reason)
                                : att_arena_format(s->arena, "%d", (int)answer.number);
    to->system[to->n] =
        is_reason ? ATT_FHIR_ABSENT : att_fhir_system(s->arena, s->instrument, item);
    to->is_true[to->n] = truth_with(s, node, answer) == 1;
    to->n_true += to->is_true[to->n];
    to->n++;
}

/* What a condition makes of each answer; false when reasons that are no answers there
 * make a difference. */
static bool try_all(speaker *s, const att_node *node, const att_item *item,
                    outcomes *out)
{
    static const att_reason silent[] = { ATT_REASON_SKIPPED, ATT_REASON_NOT_REACHED,
                                         ATT_REASON_NOT_ASKED, ATT_REASON_UNREADABLE };
    const att_choices *set = att_set_behind(s->instrument, item);
    bool is_own[ATT_N_REASONS] = { false };
    size_t room = set->n + ATT_N_REASONS;

    out->code = att_new_n(s->arena, const char *, room);
    out->system = att_new_n(s->arena, const char *, room);
    out->is_true = att_new_n(s->arena, bool, room);
    for (size_t i = 0; i < set->n; i++) {
        const att_choice *choice = &set->list[i];

        is_own[choice->reason] = true;
        add_outcome(s, out, node, item,
                    choice->reason != ATT_REASON_NONE
                        ? att_answer_of_reason(choice->reason)
                        : att_answer_of_number(choice->code));
    }
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (!is_own[i] && s->instrument->is_offered[i] &&
            item->kind->shape != ATT_SHAPE_CONSENT) {
            add_outcome(s, out, node, item, att_answer_of_reason((att_reason)i));
        }
    }
    out->none = truth_with(s, node, att_answer_of_reason(silent[0])) == 1;
    for (size_t i = 1; i < sizeof silent / sizeof *silent; i++) {
        if ((truth_with(s, node, att_answer_of_reason(silent[i])) == 1) != out->none) {
            return false;
        }
    }
    return true;
}

static void add_codes(speaker *s, att_fhir_whens *to, const att_item *item,
                      const outcomes *o, const char *op, bool which)
{
    for (size_t i = 0; i < o->n; i++) {
        if (o->is_true[i] == which) {
            add(s, to,
                &(att_fhir_when){ .question = att_fhir_link(s->scores, item),
                                  .op = op,
                                  .answer = "answerCoding",
                                  .text = o->code[i],
                                  .system = o->system[i] });
        }
    }
}

/* Either way of saying it; of both the shorter where the list is all there is. */
static bool add_coded(speaker *s, att_fhir_whens *to, const att_node *node,
                      const att_item *item, bool is_alone)
{
    outcomes o = { 0 };
    size_t n_any, n_all; /* entries of either way */

    if (!try_all(s, node, item, &o) || (o.n_true == 0 && !o.none)) {
        return false;
    }
    n_any = o.n_true + o.none;
    n_all = n_any == 1 ? 1 : o.n - o.n_true + !o.none;
    if (is_alone) {
        to->is_any =
            n_any > 1 && (n_all == 0 || (o.none ? n_any <= ANY_MAX : n_any < n_all));
    }
    if (to->is_any) {
        if (o.none) {
            add_exists(s, to, att_fhir_link(s->scores, item), false);
        }
        add_codes(s, to, item, &o, "=", true);
        return true;
    }
    if (n_any == 1 && o.none) {
        add_exists(s, to, att_fhir_link(s->scores, item), false);
    } else if (n_any == 1) {
        add_codes(s, to, item, &o, "=", true);
    } else {
        if (!o.none) {
            add_exists(s, to, att_fhir_link(s->scores, item), true);
        }
        add_codes(s, to, item, &o, "!=", false);
    }
    return n_all > 0;
}

/* ---- other questions ---- */

/* The name and sort of what stands there; NULL where enableWhen cannot ask for it. */
static const char *question_of(const speaker *s, const att_node *node, att_shape *shape)
{
    size_t i = node->ref.index;

    *shape = ATT_SHAPE_CALC;
    if (node->kind != ATT_NODE_REF) {
        return NULL;
    }
    switch (node->ref.kind) {
    case ATT_REF_ITEM:
        *shape = s->instrument->items[i].kind->shape;
        return *shape == ATT_SHAPE_PICK_ONE || *shape == ATT_SHAPE_PICK_MANY ||
                       *shape == ATT_SHAPE_RANK || *shape == ATT_SHAPE_CONSENT
                   ? NULL
                   : att_fhir_link(s->scores, &s->instrument->items[i]);
    case ATT_REF_SCALE:
        return s->scores->has_scale[i] ? s->instrument->scales[i].id : NULL;
    case ATT_REF_DERIVED:
        return s->scores->has_derived[i] ? s->instrument->derived[i].id : NULL;
    case ATT_REF_SCALE_100:
    case ATT_REF_PERSON:
    case ATT_REF_EARLIER:
    case ATT_REF_WORD: break;
    }
    return NULL;
}

/* Whether numbers of an item are whole there, so that it is asked for as Integer. */
static bool is_whole(const speaker *s, const att_node *node)
{
    const att_item *item =
        node->ref.kind == ATT_REF_ITEM ? &s->instrument->items[node->ref.index] : NULL;

    return item != NULL &&
           (strcmp(item->kind->name, "integer") == 0 ||
            (item->kind->shape == ATT_SHAPE_SLIDER && item->step == floor(item->step)));
}

static bool fill_answer(speaker *s, const att_node *ref, att_shape shape,
                        const att_node *value, att_fhir_when *when)
{
    bool is_negative = value->kind == ATT_NODE_NEGATE;
    const att_node *literal = is_negative ? value->kids[0] : value;
    char day[ATT_DAY_SIZE];

    if (literal->kind != ATT_NODE_VALUE) {
        return false;
    }
    switch (shape) {
    case ATT_SHAPE_NUMBER:
    case ATT_SHAPE_SLIDER:
    case ATT_SHAPE_CALC:
        when->number = is_negative ? -literal->value.number : literal->value.number;
        when->answer = is_whole(s, ref) ? "answerInteger" : "answerDecimal";
        return !is_whole(s, ref) || (when->number == floor(when->number) &&
                                     fabs(when->number) < 2147483648.0);
    case ATT_SHAPE_DATE:
        att_day_write(day, (att_day)literal->value.number);
        when->answer = "answerDate";
        when->text = att_arena_text(s->arena, day);
        return literal->type == ATT_TYPE_DAY;
    case ATT_SHAPE_TIME:
        when->answer = "answerTime";
        when->text = att_arena_format(s->arena, "%s:00", literal->value.text);
        return att_clock_read(literal->value.text, NULL) >= 0 &&
               strlen(literal->value.text) == 5;
    case ATT_SHAPE_TEXT:
        when->answer = "answerString";
        when->text = literal->value.text;
        return literal->value.text[0] != '\0' &&
               (when->op[0] == '=' || when->op[0] == '!');
    default: break;
    }
    return false;
}

static const char *op_name(char op, bool is_turned)
{
    switch (op) {
    case '=': return "=";
    case '!': return "!=";
    case '<': return is_turned ? ">" : "<";
    case 'l': return is_turned ? ">=" : "<=";
    case '>': return is_turned ? "<" : ">";
    default: return is_turned ? "<=" : ">=";
    }
}

static bool add_compare(speaker *s, att_fhir_whens *to, const att_node *node)
{
    att_shape shape = ATT_SHAPE_NOTE;
    bool is_turned = node->kids[0]->kind != ATT_NODE_REF;
    const att_node *ref = node->kids[is_turned];
    att_fhir_when when = { .question = question_of(s, ref, &shape),
                           .op = op_name(node->op, is_turned) };

    if (when.question == NULL ||
        !fill_answer(s, ref, shape, node->kids[!is_turned], &when)) {
        return false;
    }
    if (node->op == '!') {
        add_exists(s, to, when.question, true);
    }
    add(s, to, &when);
    return node->op != '!' || !to->is_any;
}

/* selected(m, 2): one of the marks is equal. */
static bool add_marks(speaker *s, att_fhir_whens *to, const att_node *node,
                      bool is_alone)
{
    const att_item *item =
        node->kids[0]->kind == ATT_NODE_REF && node->kids[0]->ref.kind == ATT_REF_ITEM
            ? &s->instrument->items[node->kids[0]->ref.index]
            : NULL;

    if (item == NULL ||
        (item->kind->shape != ATT_SHAPE_PICK_MANY &&
         item->kind->shape != ATT_SHAPE_RANK) ||
        att_set_behind(s->instrument, item) == NULL) {
        return false;
    }
    to->is_any = to->is_any || (is_alone && node->n_kids > 2);
    for (size_t i = 1; i < node->n_kids; i++) {
        if (node->kids[i]->kind != ATT_NODE_VALUE) {
            return false;
        }
        add(s, to,
            &(att_fhir_when){
                .question = att_fhir_link(s->scores, item),
                .op = "=",
                .answer = "answerCoding",
                .text =
                    att_arena_format(s->arena, "%d", (int)node->kids[i]->value.number),
                .system = att_fhir_system(s->arena, s->instrument, item) });
    }
    return node->n_kids == 2 || to->is_any;
}

static bool add_call(speaker *s, att_fhir_whens *to, const att_node *node,
                     bool is_alone)
{
    att_shape shape = ATT_SHAPE_NOTE;
    const char *question;

    if (node->function->id == ATT_FN_SELECTED) {
        return add_marks(s, to, node, is_alone);
    }
    if (node->function->id != ATT_FN_ANSWERED && node->function->id != ATT_FN_MISSING) {
        return false;
    }
    question = question_of(s, node->kids[0], &shape);
    if (question == NULL) {
        return false;
    }
    add_exists(s, to, question, node->function->id == ATT_FN_ANSWERED);
    return true;
}

/* ---- the whole ---- */

static bool add_part(speaker *s, att_fhir_whens *to, const att_node *node,
                     bool is_alone)
{
    bool is_good = true;
    const att_item *item = only_item(s, node, NULL, &is_good);

    if (is_good && item != NULL) {
        return add_coded(s, to, node, item, is_alone);
    }
    switch (node->kind) {
    case ATT_NODE_COMPARE: return add_compare(s, to, node);
    case ATT_NODE_CALL: return add_call(s, to, node, is_alone);
    case ATT_NODE_AND:
    case ATT_NODE_OR:
        if (!is_alone && (node->kind == ATT_NODE_OR) != to->is_any) {
            return false;
        }
        to->is_any = node->kind == ATT_NODE_OR;
        for (size_t i = 0; i < node->n_kids; i++) {
            if (!add_part(s, to, node->kids[i], false)) {
                return false;
            }
        }
        return true;
    default: break;
    }
    return false;
}

bool att_fhir_enable(att_arena *arena, const att_instrument *instrument,
                     const att_fhir_scores *scores, const att_expr *expr,
                     att_fhir_whens *out)
{
    speaker s = { .arena = arena, .instrument = instrument, .scores = scores };

    *out = (att_fhir_whens){ 0 };
    return expr->root->type == ATT_TYPE_TRUTH && add_part(&s, out, expr->root, true) &&
           out->n > 0 && out->n <= WHENS_MAX;
}
