/* What gives a number, in our words. */
#include <string.h>

#include "dialect_logic_said.h"

/* ---- arithmetic ---- */

att_said att_say_number(att_speaker *s, const att_term *node)
{
    att_said x = att_say_value(s, node);

    if (x.sort == ATT_SAID_MARK) {
        return att_said_count_mark(s, &x);
    }
    if (x.sort == ATT_SAID_TEXT && x.is_literal) {
        att_said number = { .sort = ATT_SAID_NUMBER };

        return att_said_literal(s, &number, &x);
    }
    return att_said_is_nothing(&x) || x.sort == ATT_SAID_NUMBER
               ? x
               : att_said_cannot(s, "it calculates with what is no number here");
}

/* a mod b: what is left over */
static const char *left_over(att_speaker *s, const char *a, const char *b)
{
    att_said_near(s, "the rest of a number under 0 has another sign");
    return att_arena_format(s->arena, "(%s - %s * floor(%s / %s))", a, b, a, b);
}

/* day - day, day + number: *out, or false when it is no such thing. */
static bool say_days(att_speaker *s, const att_term *node, att_said *out)
{
    att_said a, b;

    if (!s->fields->tongue->is_xpath || node->kind != ATT_TERM_SUM ||
        node->n_kids != 2) {
        return false;
    }
    a = att_say_value(s, node->kids[0]);
    if (a.sort != ATT_SAID_DAY) {
        return false;
    }
    b = att_say_value(s, node->kids[1]);
    if (att_said_is_nothing(&b)) {
        *out = b;
    } else if (b.sort == ATT_SAID_DAY && node->ops[1] == '-') {
        *out = att_said_value(s, ATT_SAID_NUMBER,
                              att_arena_format(s->arena, "(%s - %s)", a.full, b.full));
    } else if (b.sort == ATT_SAID_NUMBER) {
        *out = att_said_value(
            s, ATT_SAID_DAY,
            att_arena_format(s->arena, "(%s %c %s)", a.full, node->ops[1], b.full));
    } else {
        *out = att_said_cannot(s, "it calculates with what is no number here");
    }
    out->is_sure = a.is_sure && b.is_sure;
    att_said_add_known(out, &a);
    att_said_add_known(out, &b);
    return true;
}

/* Whether what stands at i cannot make a number missing: division by 0 does. */
static bool is_sure_op(const att_term *node, size_t i)
{
    return strchr("+-*", node->ops[i]) != NULL ||
           (node->ops[i] == '%' && node->kids[i]->kind == ATT_TERM_NUMBER &&
            strspn(node->kids[i]->text, "0.") < strlen(node->kids[i]->text));
}

att_said att_say_chain(att_speaker *s, const att_term *node)
{
    const char *text = "";
    att_said out = { .sort = ATT_SAID_NUMBER, .is_sure = true };
    att_said days;

    if (say_days(s, node, &days)) {
        return days;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        att_said x = att_say_number(s, node->kids[i]);

        if (att_said_is_nothing(&x) || strlen(text) > ATT_LOGIC_BYTES_MAX) {
            return att_said_cannot(s, "it would be too long here");
        }
        if (i == 0) {
            text = x.full;
        } else if (node->ops[i] == '%') {
            text = left_over(s, text, x.full);
        } else {
            text = att_arena_format(s->arena, "%s %c %s", text, node->ops[i], x.full);
        }
        out.is_sure = out.is_sure && x.is_sure && (i == 0 || is_sure_op(node, i));
        att_said_add_known(&out, &x);
    }
    out.full = node->ops[node->n_kids - 1] == '%'
                   ? text
                   : att_arena_format(s->arena, "(%s)", text);
    return att_said_whole(s, out);
}

att_said att_say_negative(att_speaker *s, const att_term *node)
{
    att_said x = att_say_number(s, node->kids[0]);

    if (!att_said_is_nothing(&x)) {
        x.full = att_arena_format(s->arena, x.is_literal ? "-%s" : "(-%s)", x.full);
        x.field = NULL;
    }
    return att_said_is_nothing(&x) ? x : att_said_whole(s, x);
}

/* x ^ 2, x ^ 3: by multiplication */
att_said att_say_power(att_speaker *s, const att_term *node)
{
    att_said x = att_say_number(s, node->kids[0]);
    const att_term *power = node->kids[1];
    bool is_square = power->kind == ATT_TERM_NUMBER && strcmp(power->text, "2") == 0;
    bool is_cube = power->kind == ATT_TERM_NUMBER && strcmp(power->text, "3") == 0;

    if (att_said_is_nothing(&x)) {
        return x;
    }
    if (!is_square && !is_cube) {
        return att_said_cannot(s, "of powers only squares and cubes can be said here");
    }
    x.full = is_square
                 ? att_arena_format(s->arena, "(%s * %s)", x.full, x.full)
                 : att_arena_format(s->arena, "(%s * %s * %s)", x.full, x.full, x.full);
    x.field = NULL;
    x.is_literal = false;
    return att_said_whole(s, x);
}

/* ---- functions ---- */

static att_said say_list(att_speaker *s, const att_term *node, const char *name)
{
    att_buf buf = { 0 };
    att_said out = { .sort = ATT_SAID_NUMBER, .is_loose = true };

    att_buf_format(&buf, "%s(", name);
    for (size_t i = 0; i < node->n_kids; i++) {
        att_said x = att_say_number(s, node->kids[i]);

        if (att_said_is_nothing(&x) || buf.n > ATT_LOGIC_BYTES_MAX) {
            att_buf_drop(&buf);
            return att_said_cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "" : ", ", x.full);
        out.is_sure = out.is_sure || x.is_sure;
    }
    att_buf_char(&buf, ')');
    out.full = att_said_buf(s, &buf);
    return node->n_kids == 0 ? att_said_cannot(s, "a function lacks its arguments")
                             : att_said_whole(s, out);
}

bool att_term_is_number(const att_term *node, const char *text)
{
    return node->kind == ATT_TERM_NUMBER && strcmp(node->text, text) == 0;
}

/* if(condition,1,0), a checkbox's option: what counts one */
static bool counts_one(const att_term *node)
{
    return node->kind == ATT_TERM_CALL && strcmp(node->text, "if") == 0 &&
           node->n_kids == 3 && att_term_is_number(node->kids[1], "1") &&
           att_term_is_number(node->kids[2], "0");
}

att_said att_say_sum(att_speaker *s, const att_term *node)
{
    att_buf buf = { 0 };
    bool is_count = node->n_kids > 0;
    att_said out = { .sort = ATT_SAID_NUMBER, .is_sure = true };

    for (size_t i = 0; i < node->n_kids; i++) {
        is_count = is_count && counts_one(node->kids[i]);
    }
    if (!is_count) {
        return say_list(s, node, "sum");
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        att_said x = att_say_truth(s, node->kids[i]->kids[0]);

        if (att_said_is_nothing(&x) || buf.n > ATT_LOGIC_BYTES_MAX) {
            att_buf_drop(&buf);
            return att_said_cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "count(" : ", ", x.full);
    }
    att_buf_char(&buf, ')');
    out.full = att_said_buf(s, &buf);
    return att_said_whole(s, out);
}

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

static bool is_complement(const att_said *x, const att_said *y)
{
    return x->op != '\0' && y->op == opposite(x->op) && strcmp(x->left, y->left) == 0 &&
           strcmp(x->right, y->right) == 0;
}

/* A value for a blank: what is not there. */
static att_said filled(att_speaker *s, const att_said *x, const att_said *other)
{
    if (x->sort == ATT_SAID_BLANK && other->sort == ATT_SAID_NUMBER) {
        return att_said_value(s, ATT_SAID_NUMBER, "0 / 0");
    }
    if (x->sort == ATT_SAID_BLANK) {
        return att_said_cannot(s, "a blank can stand only beside a number here");
    }
    if (x->sort == ATT_SAID_MARK) {
        return att_said_count_mark(s, x);
    }
    if (x->sort == ATT_SAID_TEXT && x->is_literal) {
        return att_said_literal(s, other->is_literal ? x : other, x);
    }
    return *x;
}

static att_said say_branches(att_speaker *s, const char *condition, const att_said *a,
                             const att_said *b)
{
    att_said x = filled(s, a, b);
    att_said y = filled(s, b, a);
    att_said out;

    if (att_said_is_nothing(&x) || att_said_is_nothing(&y)) {
        return att_said_cannot(s, "both ways are blank");
    }
    if (x.sort != y.sort) {
        return att_said_cannot(s, "the two ways give things that are not alike");
    }
    out = att_said_value(
        s, x.sort,
        att_arena_format(s->arena, "if(%s, %s, %s)", condition, x.full, y.full));
    out.is_loose = true;
    out.is_sure = x.is_sure && y.is_sure;
    return out;
}

/* if(a, x, if(not a, y, '')): one question, and blank where it is open */
static bool say_open(att_speaker *s, const att_term *node, const att_said *condition,
                     att_said *out)
{
    const att_term *inner = node->kids[2];
    att_said again, a, b;

    if (inner->kind != ATT_TERM_CALL || strcmp(inner->text, "if") != 0 ||
        inner->n_kids != 3 || inner->kids[2]->kind != ATT_TERM_TEXT ||
        inner->kids[2]->text[0] != '\0') {
        return false;
    }
    again = att_say_truth(s, inner->kids[0]);
    if (att_said_is_nothing(&again) || !is_complement(condition, &again) ||
        condition->full != condition->plain) {
        return false;
    }
    a = att_say_value(s, node->kids[1]);
    b = att_said_is_nothing(&a) ? a : att_say_value(s, inner->kids[1]);
    *out = att_said_is_nothing(&b) ? b : say_branches(s, condition->plain, &a, &b);
    return true;
}

att_said att_say_if(att_speaker *s, const att_term *node)
{
    att_said condition, a, b, out;

    if (node->n_kids != 3) {
        return att_said_cannot(s, "if() wants three arguments");
    }
    condition = att_say_truth(s, node->kids[0]);
    if (att_said_is_nothing(&condition) || say_open(s, node, &condition, &out)) {
        return att_said_is_nothing(&condition) ? condition : out;
    }
    a = att_say_value(s, node->kids[1]);
    b = att_said_is_nothing(&a) ? a : att_say_value(s, node->kids[2]);
    if (att_said_is_nothing(&b)) {
        return b;
    }
    if (condition.shape == ATT_SAID_AS_IS_REASON && a.sort == ATT_SAID_BLANK &&
        b.field != NULL && strcmp(b.field->id, condition.id) == 0) {
        return b; /* a reason is no value here anyway */
    }
    return say_branches(s, condition.firm, &a, &b);
}

att_said att_say_over(att_speaker *s, const att_term *node)
{
    return say_list(s, node, node->text);
}
