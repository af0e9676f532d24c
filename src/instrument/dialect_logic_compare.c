/* Comparisons, and what joins them, in our words. */
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>

#include "dialect_logic_said.h"

/* ---- comparisons ---- */

static char turned(char op)
{
    switch (op) {
    case '<': return '>';
    case '>': return '<';
    case 'l': return 'g';
    case 'g': return 'l';
    default: return op;
    }
}

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

att_said att_said_with_id(att_said x, att_said_shape shape, const char *id)
{
    x.shape = shape;
    x.id = id;
    return x;
}

/* What holds always, or never. */
static att_said always(att_speaker *s, bool is_true)
{
    const char *text = is_true ? "1 = 1" : "1 = 0";

    return att_said_truth(s, text, text, text);
}

/* That something is blank, or is not. */
att_said att_said_blankness(att_speaker *s, const att_said *x, bool is_blank)
{
    const char *text = att_arena_format(s->arena, "%s(%s)",
                                        is_blank ? "missing" : "answered", x->full);
    att_said out = att_said_truth(s, text, text, text);

    if (x->field != NULL && x->field == s->fields->own) {
        return always(s, !is_blank);
    }
    if (x->sort == ATT_SAID_MARK || x->is_literal) {
        return att_said_cannot(s, "an option of a checkbox is never blank");
    }
    if (!att_said_is_nothing(&out) && x->field != NULL && !is_blank) {
        return att_said_with_id(out, ATT_SAID_AS_ANSWERED, x->field->id);
    }
    return out;
}

att_said att_said_is_marked(att_speaker *s, const att_said *x, bool is_marked)
{
    const char *not_marked;

    if (x->field == s->fields->own) {
        const char *text =
            att_arena_format(s->arena, "%s%s", is_marked ? "" : "not ", x->full);

        return att_said_truth(s, text, text, text);
    }
    if (is_marked) {
        const char *firm =
            att_arena_format(s->arena, "(answered(%s) and %s)", x->id, x->full);

        return att_said_truth(s, x->full, x->full, firm);
    }
    not_marked = att_arena_format(s->arena, "missing(%s) or not %s", x->id, x->full);
    return att_said_with_id(att_said_truth(s, not_marked, not_marked, not_marked),
                            ATT_SAID_AS_OR, NULL);
}

att_said att_said_marked(att_speaker *s, const att_said *x, const att_said *y, char op)
{
    bool is_one = strcmp(y->full, "1") == 0;

    if ((op != '=' && op != '!') || !y->is_literal ||
        (!is_one && strcmp(y->full, "0") != 0)) {
        return att_said_cannot(s, "an option of a checkbox is 0 or 1");
    }
    return att_said_is_marked(s, x, (op == '=') == is_one);
}

/* Two values that are alike by now. */
static att_said say_alike(att_speaker *s, const att_said *x, const att_said *y, char op)
{
    const char *a = x->full;
    const char *b = y->full;
    const char *plain = att_arena_format(s->arena, "%s %s %s", a, op_name(op), b);
    bool is_one = x->is_sure || y->is_sure; /* only one side can be blank */
    const char *it = x->is_sure ? b : a;
    att_said out;

    if (x->is_sure && y->is_sure) {
        out = att_said_truth(s, plain, plain, plain);
    } else if (is_one && op == '!') {
        const char *full = att_arena_format(s->arena, "missing(%s) or %s", it, plain);
        out = att_said_with_id(att_said_truth(s, full, plain, full), ATT_SAID_AS_OR,
                               NULL);
    } else if (is_one) {
        out = att_said_truth(
            s, plain, plain,
            att_arena_format(s->arena, "answered(%s) and %s", it, plain));
    } else if (op == '=') {
        const char *blank =
            att_arena_format(s->arena, "missing(%s) and missing(%s)", a, b);
        out = att_said_truth(
            s, att_arena_format(s->arena, "%s or %s", plain, blank), plain,
            att_arena_format(s->arena, "answered(%s) and answered(%s) and %s or %s", a,
                             b, plain, blank));
        out.shape = ATT_SAID_AS_OR;
    } else if (op == '!') {
        const char *full = att_arena_format(
            s->arena,
            "%s or answered(%s) and missing(%s) or missing(%s) and answered(%s)", plain,
            a, b, a, b);
        out = att_said_with_id(att_said_truth(s, full, plain, full), ATT_SAID_AS_OR,
                               NULL);
    } else {
        out = att_said_truth(s, plain, plain,
                             att_arena_format(s->arena,
                                              "answered(%s) and answered(%s) and %s", a,
                                              b, plain));
    }
    att_said_add_known(&out, x);
    att_said_add_known(&out, y);
    out.left = a;
    out.right = b;
    out.op = op;
    return out;
}

/* "-8": no number that is an answer here, but why there is none. */
static bool reason_code(const char *text, att_reason *out)
{
    long long whole = 0;

    return att_number_read_whole(text, strlen(text), &whole) && whole >= -10 &&
           whole <= -4 && att_reason_of_code((int)whole, out);
}

/* A choice's code, or the reason that it became. */
static att_said say_coded(att_speaker *s, const att_said *x, const char *text, char op)
{
    const att_logic_code *code = att_said_code(x->field, text);
    att_said y = { .sort = ATT_SAID_NUMBER, .is_literal = true, .is_sure = true };
    const char *is;
    att_logic_code known = { text, 0, ATT_REASON_NONE };

    if (code == NULL && reason_code(text, &known.reason)) {
        code = &known; /* a missing data code of the project */
    }
    if (code == NULL) {
        return att_said_cannot(
            s,
            att_said_name(s, "", x->field->name,
                          att_arena_format(s->arena, " has no choice \"%s\"", text)));
    }
    if (code->reason != ATT_REASON_NONE && (op == '=' || op == '!')) {
        is = att_arena_format(s->arena, "reason(%s) %s '%s'", x->full, op_name(op),
                              att_reason_name(code->reason));
        return att_said_with_id(
            att_said_truth(s, is, is, is),
            op == '=' ? ATT_SAID_AS_IS_REASON : ATT_SAID_AS_NO_REASON, x->field->id);
    }
    y.full = att_arena_format(s->arena, "%d", code->code);
    if (op != '=' && op != '!' && strcmp(y.full, text) != 0) {
        return att_said_cannot(
            s,
            att_arena_format(s->arena, "the order of the code \"%s\" is lost", text));
    }
    return say_alike(s, x, &y, op);
}

att_said att_said_today(att_speaker *s)
{
    att_said day = att_said_value(s, ATT_SAID_DAY, "today");

    day.is_sure = true;
    return day;
}

att_said att_said_day(att_speaker *s, const char *text)
{
    att_day day = 0;
    att_said out;

    if (strcmp(text, "today") == 0) {
        return att_said_today(s);
    }
    if (!att_day_read(text, strlen(text), &day)) {
        return att_said_cannot(s, att_arena_format(s->arena, "\"%s\" is no day", text));
    }
    out =
        att_said_value(s, ATT_SAID_DAY, att_arena_format(s->arena, "date('%s')", text));
    out.is_literal = true;
    out.is_sure = true;
    return out;
}

/* The text that stands beside x, as what it means there. */
att_said att_said_literal(att_speaker *s, const att_said *x, const att_said *literal)
{
    att_said out = *literal;

    if (literal->sort == ATT_SAID_DAY) {
        return x->sort == ATT_SAID_DAY
                   ? out
                   : att_said_cannot(s, "it compares things that are not alike here");
    }
    if (x->sort == ATT_SAID_DAY) {
        return att_said_day(s, literal->full);
    }
    if (x->sort == ATT_SAID_TEXT) {
        out.sort = ATT_SAID_TEXT;
        out.full = att_said_text(s, literal->full);
        return out;
    }
    out.sort = ATT_SAID_NUMBER;
    out.full = att_said_number(s, literal->full);
    return out.full == NULL
               ? att_said_cannot(s, att_arena_format(s->arena, "\"%s\" is no number",
                                                     literal->full))
               : out;
}

static att_said say_with_literal(att_speaker *s, const att_said *x, const att_said *y,
                                 char op)
{
    att_said literal;
    att_reason reason = ATT_REASON_NONE;

    if (y->sort == ATT_SAID_BLANK) {
        return op == '=' || op == '!'
                   ? att_said_blankness(s, x, op == '=')
                   : att_said_cannot(s, "a blank has no place in an order");
    }
    if (x->sort == ATT_SAID_MARK) {
        return att_said_marked(s, x, y, op);
    }
    if (x->sort == ATT_SAID_MARKS) {
        return att_said_cannot(
            s, att_said_name(s, "", x->field->name, " has many values"));
    }
    if (x->field != NULL && (op == '=' || op == '!') && reason_code(y->full, &reason)) {
        return say_coded(s, x, y->full, op);
    }
    if (x->field != NULL && x->field->sort == ATT_LOGIC_CODE) {
        const att_logic_code *code = att_said_code(x->field, y->full);

        /* [x]>=2.5 and the like need no such choice */
        if (code != NULL || op == '=' || op == '!') {
            return say_coded(s, x, y->full, op);
        }
    }
    if (x->sort == ATT_SAID_TEXT && y->sort == ATT_SAID_NUMBER && op != '=' &&
        op != '!') {
        return att_said_cannot(s, "a text has no place among numbers here");
    }
    literal = att_said_literal(s, x, y);
    return att_said_is_nothing(&literal) ? literal : say_alike(s, x, &literal, op);
}

att_said att_said_count_mark(att_speaker *s, const att_said *x)
{
    att_said out = att_said_value(s, ATT_SAID_NUMBER,
                                  att_arena_format(s->arena, "count(%s)", x->full));

    out.is_sure = true;
    return out;
}

att_said att_say_compare(att_speaker *s, const att_term *node)
{
    att_said x = att_say_value(s, node->kids[0]);
    att_said y = att_said_is_nothing(&x) ? x : att_say_value(s, node->kids[1]);
    char op = node->op;

    if (att_said_is_nothing(&y)) {
        return y;
    }
    if (x.is_literal && y.is_literal) {
        return att_said_cannot(s, "it compares two fixed values");
    }
    if (x.is_literal) {
        att_said swap = x;

        x = y;
        y = swap;
        op = turned(op);
    }
    if (y.is_literal) {
        return say_with_literal(s, &x, &y, op);
    }
    x = x.sort == ATT_SAID_MARK ? att_said_count_mark(s, &x) : x;
    y = y.sort == ATT_SAID_MARK ? att_said_count_mark(s, &y) : y;
    if (x.sort != y.sort || x.sort == ATT_SAID_MARKS) {
        return att_said_cannot(s, "it compares things that are not alike here");
    }
    return say_alike(s, &x, &y, op);
}

/* ---- and, or ---- */

#define PARTS_MAX 512

typedef struct parts {
    att_said list[PARTS_MAX];
    size_t n;
} parts;

/* Conjuncts, those of conjunctions inside too. */
static bool gather(att_speaker *s, const att_term *node, parts *out)
{
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kids[i]->kind == ATT_TERM_AND) {
            if (!gather(s, node->kids[i], out)) {
                return false;
            }
            continue;
        }
        if (out->n == PARTS_MAX) {
            att_said_cannot(s, "it has too many parts");
            return false;
        }
        out->list[out->n] = att_say_truth(s, node->kids[i]);
        if (att_said_is_nothing(&out->list[out->n++])) {
            return false;
        }
    }
    return true;
}

static bool has_answered(const parts *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->list[i].shape == ATT_SAID_AS_ANSWERED &&
            strcmp(all->list[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Where all it names are answered anyway, the plain form will do. */
static void make_plain(parts *all)
{
    for (size_t i = 0; i < all->n; i++) {
        att_said *x = &all->list[i];
        bool may = x->op != '\0' && !x->is_loose && x->n_known > 0;

        for (size_t k = 0; k < x->n_known && may; k++) {
            may = has_answered(all, x->known[k]);
        }
        if (may) {
            x->full = x->plain;
            x->shape = ATT_SAID_AS_PLAIN;
        }
    }
}

/* Whether another part is unknown anyway where this id has no answer. */
static bool is_implied(const parts *all, const att_said *part)
{
    if (part->shape != ATT_SAID_AS_ANSWERED && part->shape != ATT_SAID_AS_NO_REASON) {
        return false;
    }
    for (size_t i = 0; i < all->n; i++) {
        const att_said *x = &all->list[i];

        for (size_t k = 0; k < x->n_known && x->op != '\0' && !x->is_loose; k++) {
            if (x->full == x->plain && strcmp(x->known[k], part->id) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void add_part(att_buf *out, const char *text, const char *word, bool is_or)
{
    if (out->n > 0) {
        att_buf_format(out, " %s ", word);
    }
    att_buf_format(out, is_or ? "(%s)" : "%s", text);
}

const char *att_said_buf(att_speaker *s, att_buf *buf)
{
    char *text = att_buf_copy(s->arena, buf);

    att_buf_drop(buf);
    return text;
}

static att_said join_parts(att_speaker *s, parts *all)
{
    att_buf full = { 0 };
    att_buf firm = { 0 };
    const att_said *last = NULL;
    size_t n = 0;
    att_said out;

    for (size_t i = 0; i < all->n; i++) {
        add_part(&firm, all->list[i].firm, "and", true);
    }
    make_plain(all);
    for (size_t i = 0; i < all->n; i++) {
        const att_said *x = &all->list[i];

        if (!is_implied(all, x)) {
            add_part(&full, x->full, "and", x->shape == ATT_SAID_AS_OR);
            last = x;
            n++;
        }
    }
    if (n == 1) {
        out = *last;
        att_buf_drop(&full);
        out.firm = att_said_buf(s, &firm);
        return att_said_whole(s, out);
    }
    out = att_said_truth(s, att_said_buf(s, &full), NULL, att_said_buf(s, &firm));
    out.plain = out.full;
    return out;
}

att_said att_say_and(att_speaker *s, const att_term *node)
{
    parts *all = att_memory_grow(NULL, 1, sizeof *all);
    att_said out;

    all->n = 0;
    out = gather(s, node, all) ? join_parts(s, all)
                               : (att_said){ .sort = ATT_SAID_NOTHING };
    att_memory_free(all);
    return out;
}

att_said att_say_or(att_speaker *s, const att_term *node)
{
    att_buf full = { 0 };
    att_buf firm = { 0 };
    const char *reason_of = NULL; /* all parts say that this item has a reason */
    att_said out;

    for (size_t i = 0; i < node->n_kids; i++) {
        att_said x = att_say_truth(s, node->kids[i]);

        if (att_said_is_nothing(&x)) {
            att_buf_drop(&full);
            att_buf_drop(&firm);
            return x;
        }
        if (x.shape != ATT_SAID_AS_IS_REASON ||
            (i > 0 && (reason_of == NULL || strcmp(reason_of, x.id) != 0))) {
            reason_of = NULL;
        } else {
            reason_of = x.id;
        }
        add_part(&full, x.full, "or", false);
        add_part(&firm, x.firm, "or", true);
    }
    out = att_said_truth(s, att_said_buf(s, &full), NULL, att_said_buf(s, &firm));
    out.plain = out.full;
    out.shape = ATT_SAID_AS_OR;
    return reason_of != NULL ? att_said_with_id(out, ATT_SAID_AS_IS_REASON, reason_of)
                             : out;
}

/* ---- not ---- */

static att_said say_not_kid(att_speaker *s, const att_term *kid)
{
    att_said x = att_say_truth(s, kid);
    const char *text;

    if (att_said_is_nothing(&x)) {
        return x;
    }
    text = att_arena_format(s->arena, "not (%s)", x.firm);
    return att_said_truth(s, text, text, text);
}

/* The same with each part turned round: not(a and b) is not(a) or not(b). */
static att_said say_not_parts(att_speaker *s, const att_term *kid)
{
    att_term *turned_round = att_new(s->arena, att_term);
    att_term *each = att_new_n(s->arena, att_term, kid->n_kids);
    att_term **list = att_new_n(s->arena, att_term *, kid->n_kids);

    for (size_t i = 0; i < kid->n_kids; i++) {
        each[i] = (att_term){
            .kind = ATT_TERM_CALL, .text = "not", .kids = &kid->kids[i], .n_kids = 1
        };
        list[i] = &each[i];
    }
    *turned_round = *kid;
    turned_round->kind = kid->kind == ATT_TERM_AND ? ATT_TERM_OR : ATT_TERM_AND;
    turned_round->kids = list;
    return att_say_truth(s, turned_round);
}

att_said att_say_not(att_speaker *s, const att_term *node)
{
    const att_term *kid = node->n_kids == 1 ? node->kids[0] : NULL;

    if (kid == NULL) {
        return att_said_cannot(s, "not() wants one condition");
    }
    if (kid->kind == ATT_TERM_COMPARE && (kid->op == '=' || kid->op == '!')) {
        att_term turned_round = *kid;

        turned_round.op = kid->op == '=' ? '!' : '=';
        return att_say_compare(s, &turned_round);
    }
    if (kid->kind == ATT_TERM_AND || kid->kind == ATT_TERM_OR) {
        return say_not_parts(s, kid);
    }
    if (kid->kind == ATT_TERM_CALL && strcmp(kid->text, "not") == 0 &&
        kid->n_kids == 1) {
        return att_say_truth(s, kid->kids[0]);
    }
    if (kid->kind == ATT_TERM_CALL && strcmp(kid->text, "selected") == 0) {
        return att_say_selected(s, kid, false);
    }
    return say_not_kid(s, kid);
}
