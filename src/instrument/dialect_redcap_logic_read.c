/* REDCap's conditions and calculations in our words.
 *
 * There a blank is a value like others: it equals '', and differs from everything else.
 * Here it makes a comparison unknown. So a condition has three forms: `full` is true
 * exactly where REDCap's is; `plain`, the shorter, where moreover all it names are
 * answered; `firm` is never unknown, for the places where REDCap goes on with "else". */
#include "dialect_redcap.h"

#include <stdlib.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "dialect_redcap_logic.h"

#define KNOWN_MAX 6
#define SAID_MAX  ATT_LOGIC_BYTES_MAX

typedef enum sort {
    SORT_NOTHING = 0, /* cannot be said */
    SORT_BLANK,       /* '' */
    SORT_NUMBER,
    SORT_TEXT,
    SORT_DAY,
    SORT_MARK, /* one option of a checkbox */
    SORT_TRUTH
} sort;

typedef enum form {
    SHAPE_PLAIN = 0,
    SHAPE_OR,       /* wants parentheses inside `and` */
    SHAPE_ANSWERED, /* answered(id) */
    SHAPE_NO_REASON,
    SHAPE_IS_REASON
} form;

/* A part, said in our words. */
typedef struct said {
    sort sort;
    form shape;
    const char *full, *plain, *firm; /* of values only full */
    const char *id;                  /* of ANSWERED and the like */
    bool is_literal;
    const att_logic_field *field; /* where it is no more than a field */
    const char
        *known[KNOWN_MAX]; /* [n_known] ids without whose answers it is unknown */
    size_t n_known;
    bool is_loose;            /* ... and not by these alone */
    bool is_sure;             /* never unknown */
    const char *left, *right; /* of a comparison */
    char op;
} said;

typedef struct speaker {
    att_arena *arena;
    const att_logic_fields *fields;
    const char *why, *near;
} speaker;

static said say(speaker *s, const att_rc_node *node);
static said say_value(speaker *s, const att_rc_node *node);
static said say_truth(speaker *s, const att_rc_node *node);

static said cannot(speaker *s, const char *why)
{
    if (s->why == NULL) {
        s->why = why;
    }
    return (said){ .sort = SORT_NOTHING };
}

static void near(speaker *s, const char *what)
{
    if (s->near == NULL) {
        s->near = what;
    }
}

static bool is_nothing(const said *x)
{
    return x->sort == SORT_NOTHING;
}

/* What may have grown too long is given up. */
static said whole(speaker *s, said x)
{
    if (x.full == NULL || strlen(x.full) > SAID_MAX ||
        (x.plain != NULL && strlen(x.plain) > SAID_MAX) ||
        (x.firm != NULL && strlen(x.firm) > SAID_MAX)) {
        return cannot(s, "it would be too long here");
    }
    return x;
}

static said value_of(speaker *s, sort kind, const char *text)
{
    return whole(s, (said){ .sort = kind, .full = text });
}

static said truth_of(speaker *s, const char *full, const char *plain, const char *firm)
{
    return whole(
        s, (said){ .sort = SORT_TRUTH, .full = full, .plain = plain, .firm = firm });
}

static void add_known(said *x, const said *from)
{
    x->is_loose = x->is_loose || from->is_loose;
    for (size_t i = 0; i < from->n_known; i++) {
        if (x->n_known == KNOWN_MAX) {
            x->is_loose = true;
            return;
        }
        x->known[x->n_known++] = from->known[i];
    }
}

/* ---- fields ---- */

static int compare_names(const void *a, const void *b)
{
    const char *name = a;
    const att_logic_field *field = b;

    return strcmp(name, field->name);
}

const att_logic_field *att_logic_find(const att_logic_fields *fields, const char *name)
{
    return fields->n == 0 ? NULL
                          : bsearch(name, fields->list, fields->n, sizeof *fields->list,
                                    compare_names);
}

static const char *trimmed(speaker *s, const char *text)
{
    size_t n;

    text += strspn(text, " \t\r\n");
    n = strlen(text);
    while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL) {
        n--;
    }
    return att_arena_text_n(s->arena, text, n);
}

static const char *quoted(speaker *s, const char *before, const char *name,
                          const char *after)
{
    return att_arena_format(s->arena, "%s[%s]%s", before, name, after);
}

/* The one bracket that names a field; those around it only where they change nothing. */
static const char *own_group(speaker *s, const att_rc_node *node)
{
    size_t n = node->n_groups;
    size_t first = 0;
    const char *last = trimmed(s, node->groups[n - 1]);

    if (n > 1 && strcmp(last, "current-instance") == 0) {
        n--;
    } else if (n > 1 && (strspn(last, "0123456789") == strlen(last) ||
                         strstr(last, "-instance") != NULL)) {
        cannot(s, quoted(s, "", last, " is another instance"));
        return NULL;
    }
    if (n > 1 && strcmp(trimmed(s, node->groups[0]), "event-name") == 0) {
        first++;
    } else if (n > 1) {
        cannot(s, quoted(s, "", node->groups[0], " is another event"));
        return NULL;
    }
    return trimmed(s, node->groups[first]);
}

/* "code(3)", "code:value" to the field and "3". */
static const att_logic_field *resolve(speaker *s, const att_rc_node *node,
                                      const char **option)
{
    const char *group = own_group(s, node);
    const att_logic_field *field;
    char *name;
    size_t n;

    *option = NULL;
    if (group == NULL) {
        return NULL;
    }
    n = strcspn(group, "(:");
    name = att_arena_text_n(s->arena, group, n);
    for (char *c = name; *c != '\0'; c++) {
        if (*c >= 'A' && *c <= 'Z') {
            *c = (char)(*c - 'A' + 'a');
        }
    }
    if (group[n] == '(') {
        *option = trimmed(
            s, att_arena_text_n(s->arena, group + n + 1, strcspn(group + n + 1, ")")));
    } else if (group[n] == ':' && strcmp(group + n, ":value") != 0) {
        cannot(s, quoted(s, "", group, " is no plain value"));
        return NULL;
    }
    field = att_logic_find(s->fields, trimmed(s, name));
    if (field == NULL || field->sort == ATT_LOGIC_NONE) {
        cannot(s, strchr(group, '-') != NULL && *option == NULL
                      ? quoted(s, "", group, " is a smart variable")
                  : field == NULL ? quoted(s, "", group, " is no field of this form")
                                  : quoted(s, "", group, " is no item here"));
        return NULL;
    }
    return field;
}

static const att_logic_code *code_of(const att_logic_field *field, const char *text)
{
    for (size_t i = 0; i < field->n_codes; i++) {
        if (strcmp(field->codes[i].text, text) == 0) {
            return &field->codes[i];
        }
    }
    return NULL;
}

static said say_mark(speaker *s, const att_logic_field *field, const char *option)
{
    const att_logic_code *code = code_of(field, option);
    said x = { .sort = SORT_MARK, .field = field };

    if (code == NULL || code->reason != ATT_REASON_NONE) {
        return cannot(s, att_arena_format(s->arena, "[%s] has no choice \"%s\" here",
                                          field->name, option));
    }
    near(s, "a checkbox without a mark and one without an answer are the same there");
    x.full = att_arena_format(s->arena, "selected(%s, %d)", field->id, code->code);
    x.id = field->id;
    return x;
}

static said say_field(speaker *s, const att_rc_node *node)
{
    const char *option = NULL;
    const att_logic_field *field = resolve(s, node, &option);
    said x = { .sort = SORT_NUMBER, .field = field };

    if (field == NULL) {
        return (said){ .sort = SORT_NOTHING };
    }
    if (field->sort == ATT_LOGIC_MARKS) {
        return option == NULL
                   ? cannot(s, quoted(s, "", field->name, " has many values"))
                   : say_mark(s, field, option);
    }
    if (option != NULL) {
        return cannot(s, quoted(s, "", field->name, " is no checkbox"));
    }
    x.sort = field->sort == ATT_LOGIC_TEXT  ? SORT_TEXT
             : field->sort == ATT_LOGIC_DAY ? SORT_DAY
                                            : SORT_NUMBER;
    x.full = field->id;
    x.known[0] = field->id;
    x.n_known = 1;
    return x;
}

/* ---- literals ---- */

static const char *number_text(speaker *s, const char *text)
{
    att_buf buf = { 0 };
    double x = 0;
    char *copy;

    if (!att_number_read(text, strlen(text), &x)) {
        return NULL;
    }
    att_number_write(&buf, x);
    copy = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return strpbrk(copy, "eE") == NULL ? copy : NULL;
}

static const char *text_text(speaker *s, const char *text)
{
    att_buf buf = { 0 };
    char *copy;

    att_buf_char(&buf, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'') {
            att_buf_char(&buf, '\'');
        }
        att_buf_char(&buf, *p);
    }
    att_buf_char(&buf, '\'');
    copy = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static said say_literal(speaker *s, const att_rc_node *node)
{
    said x = {
        .sort = SORT_TEXT, .full = node->text, .is_literal = true, .is_sure = true
    };

    if (node->kind == ATT_RC_NUMBER) {
        x.sort = SORT_NUMBER;
        x.full = number_text(s, node->text);
        return x.full == NULL ? cannot(s, "a number is too large or small") : x;
    }
    if (node->text[0] == '\0') {
        x.sort = SORT_BLANK;
        x.full = "''";
    }
    return x; /* a text as it is: what it means is said by what it is compared with */
}

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

static said with_id(said x, form shape, const char *id)
{
    x.shape = shape;
    x.id = id;
    return x;
}

/* That something is blank, or is not. */
static said say_blankness(speaker *s, const said *x, bool is_blank)
{
    const char *text = att_arena_format(s->arena, "%s(%s)",
                                        is_blank ? "missing" : "answered", x->full);
    said out = truth_of(s, text, text, text);

    if (x->sort == SORT_MARK || x->is_literal) {
        return cannot(s, "an option of a checkbox is never blank");
    }
    if (!is_nothing(&out) && x->field != NULL && !is_blank) {
        return with_id(out, SHAPE_ANSWERED, x->field->id);
    }
    return out;
}

static said say_marked(speaker *s, const said *x, const said *y, char op)
{
    bool is_one = strcmp(y->full, "1") == 0;
    const char *not_marked;

    if ((op != '=' && op != '!') || !y->is_literal ||
        (!is_one && strcmp(y->full, "0") != 0)) {
        return cannot(s, "an option of a checkbox is 0 or 1");
    }
    if ((op == '=') == is_one) {
        const char *firm =
            att_arena_format(s->arena, "(answered(%s) and %s)", x->id, x->full);

        return truth_of(s, x->full, x->full, firm);
    }
    not_marked = att_arena_format(s->arena, "missing(%s) or not %s", x->id, x->full);
    return with_id(truth_of(s, not_marked, not_marked, not_marked), SHAPE_OR, NULL);
}

/* Two values that are alike by now. */
static said say_alike(speaker *s, const said *x, const said *y, char op)
{
    const char *a = x->full;
    const char *b = y->full;
    const char *plain = att_arena_format(s->arena, "%s %s %s", a, op_name(op), b);
    bool is_one = x->is_sure || y->is_sure; /* only one side can be blank */
    const char *it = x->is_sure ? b : a;
    said out;

    if (x->is_sure && y->is_sure) {
        out = truth_of(s, plain, plain, plain);
    } else if (is_one && op == '!') {
        const char *full = att_arena_format(s->arena, "missing(%s) or %s", it, plain);
        out = with_id(truth_of(s, full, plain, full), SHAPE_OR, NULL);
    } else if (is_one) {
        out = truth_of(s, plain, plain,
                       att_arena_format(s->arena, "answered(%s) and %s", it, plain));
    } else if (op == '=') {
        const char *blank =
            att_arena_format(s->arena, "missing(%s) and missing(%s)", a, b);
        out = truth_of(s, att_arena_format(s->arena, "%s or %s", plain, blank), plain,
                       att_arena_format(s->arena,
                                        "answered(%s) and answered(%s) and %s or %s", a,
                                        b, plain, blank));
        out.shape = SHAPE_OR;
    } else if (op == '!') {
        const char *full = att_arena_format(
            s->arena,
            "%s or answered(%s) and missing(%s) or missing(%s) and answered(%s)", plain,
            a, b, a, b);
        out = with_id(truth_of(s, full, plain, full), SHAPE_OR, NULL);
    } else {
        out =
            truth_of(s, plain, plain,
                     att_arena_format(s->arena, "answered(%s) and answered(%s) and %s",
                                      a, b, plain));
    }
    add_known(&out, x);
    add_known(&out, y);
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
static said say_coded(speaker *s, const said *x, const char *text, char op)
{
    const att_logic_code *code = code_of(x->field, text);
    said y = { .sort = SORT_NUMBER, .is_literal = true, .is_sure = true };
    const char *is;
    att_logic_code known = { text, 0, ATT_REASON_NONE };

    if (code == NULL && reason_code(text, &known.reason)) {
        code = &known; /* a missing data code of the project */
    }
    if (code == NULL) {
        return cannot(s, att_arena_format(s->arena, "[%s] has no choice \"%s\"",
                                          x->field->name, text));
    }
    if (code->reason != ATT_REASON_NONE && (op == '=' || op == '!')) {
        is = att_arena_format(s->arena, "reason(%s) %s '%s'", x->full, op_name(op),
                              att_reason_name(code->reason));
        return with_id(truth_of(s, is, is, is),
                       op == '=' ? SHAPE_IS_REASON : SHAPE_NO_REASON, x->field->id);
    }
    y.full = att_arena_format(s->arena, "%d", code->code);
    if (op != '=' && op != '!' && strcmp(y.full, text) != 0) {
        return cannot(s, att_arena_format(
                             s->arena, "the order of the code \"%s\" is lost", text));
    }
    return say_alike(s, x, &y, op);
}

static said today_of(speaker *s)
{
    said day = value_of(s, SORT_DAY, "today");

    day.is_sure = true;
    return day;
}

static said day_of(speaker *s, const char *text)
{
    att_day day = 0;
    said out;

    if (strcmp(text, "today") == 0) {
        return today_of(s);
    }
    if (!att_day_read(text, strlen(text), &day)) {
        return cannot(s, att_arena_format(s->arena, "\"%s\" is no day", text));
    }
    out = value_of(s, SORT_DAY, att_arena_format(s->arena, "date('%s')", text));
    out.is_literal = true;
    out.is_sure = true;
    return out;
}

/* The text that stands beside x, as what it means there. */
static said literal_for(speaker *s, const said *x, const said *literal)
{
    said out = *literal;

    if (x->sort == SORT_DAY) {
        return day_of(s, literal->full);
    }
    if (x->sort == SORT_TEXT) {
        out.sort = SORT_TEXT;
        out.full = text_text(s, literal->full);
        return out;
    }
    out.sort = SORT_NUMBER;
    out.full = number_text(s, literal->full);
    return out.full == NULL
               ? cannot(s, att_arena_format(s->arena, "\"%s\" is no number",
                                            literal->full))
               : out;
}

static said say_with_literal(speaker *s, const said *x, const said *y, char op)
{
    said literal;
    att_reason reason = ATT_REASON_NONE;

    if (y->sort == SORT_BLANK) {
        return op == '=' || op == '!' ? say_blankness(s, x, op == '=')
                                      : cannot(s, "a blank has no place in an order");
    }
    if (x->sort == SORT_MARK) {
        return say_marked(s, x, y, op);
    }
    if (x->field != NULL && (op == '=' || op == '!') && reason_code(y->full, &reason)) {
        return say_coded(s, x, y->full, op);
    }
    if (x->field != NULL && x->field->sort == ATT_LOGIC_CODE) {
        const att_logic_code *code = code_of(x->field, y->full);

        /* [x]>=2.5 and the like need no such choice */
        if (code != NULL || op == '=' || op == '!') {
            return say_coded(s, x, y->full, op);
        }
    }
    if (x->sort == SORT_TEXT && y->sort == SORT_NUMBER && op != '=' && op != '!') {
        return cannot(s, "a text has no place among numbers here");
    }
    literal = literal_for(s, x, y);
    return is_nothing(&literal) ? literal : say_alike(s, x, &literal, op);
}

static said number_of_mark(speaker *s, const said *x)
{
    said out =
        value_of(s, SORT_NUMBER, att_arena_format(s->arena, "count(%s)", x->full));

    out.is_sure = true;
    return out;
}

static said say_compare(speaker *s, const att_rc_node *node)
{
    said x = say_value(s, node->kids[0]);
    said y = is_nothing(&x) ? x : say_value(s, node->kids[1]);
    char op = node->op;

    if (is_nothing(&y)) {
        return y;
    }
    if (x.is_literal && y.is_literal) {
        return cannot(s, "it compares two fixed values");
    }
    if (x.is_literal) {
        said swap = x;

        x = y;
        y = swap;
        op = turned(op);
    }
    if (y.is_literal) {
        return say_with_literal(s, &x, &y, op);
    }
    x = x.sort == SORT_MARK ? number_of_mark(s, &x) : x;
    y = y.sort == SORT_MARK ? number_of_mark(s, &y) : y;
    if (x.sort != y.sort) {
        return cannot(s, "it compares things that are not alike here");
    }
    return say_alike(s, &x, &y, op);
}

/* ---- and, or ---- */

#define PARTS_MAX 512

typedef struct parts {
    said list[PARTS_MAX];
    size_t n;
} parts;

/* Conjuncts, those of conjunctions inside too. */
static bool gather(speaker *s, const att_rc_node *node, parts *out)
{
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kids[i]->kind == ATT_RC_AND) {
            if (!gather(s, node->kids[i], out)) {
                return false;
            }
            continue;
        }
        if (out->n == PARTS_MAX) {
            cannot(s, "it has too many parts");
            return false;
        }
        out->list[out->n] = say_truth(s, node->kids[i]);
        if (is_nothing(&out->list[out->n++])) {
            return false;
        }
    }
    return true;
}

static bool has_answered(const parts *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->list[i].shape == SHAPE_ANSWERED && strcmp(all->list[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Where all it names are answered anyway, the plain form will do. */
static void make_plain(parts *all)
{
    for (size_t i = 0; i < all->n; i++) {
        said *x = &all->list[i];
        bool may = x->op != '\0' && !x->is_loose && x->n_known > 0;

        for (size_t k = 0; k < x->n_known && may; k++) {
            may = has_answered(all, x->known[k]);
        }
        if (may) {
            x->full = x->plain;
            x->shape = SHAPE_PLAIN;
        }
    }
}

/* Whether another part is unknown anyway where this id has no answer. */
static bool is_implied(const parts *all, const said *part)
{
    if (part->shape != SHAPE_ANSWERED && part->shape != SHAPE_NO_REASON) {
        return false;
    }
    for (size_t i = 0; i < all->n; i++) {
        const said *x = &all->list[i];

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

static const char *buf_text(speaker *s, att_buf *buf)
{
    char *text = att_buf_copy(s->arena, buf);

    att_buf_drop(buf);
    return text;
}

static said join_parts(speaker *s, parts *all)
{
    att_buf full = { 0 };
    att_buf firm = { 0 };
    const said *last = NULL;
    size_t n = 0;
    said out;

    for (size_t i = 0; i < all->n; i++) {
        add_part(&firm, all->list[i].firm, "and", true);
    }
    make_plain(all);
    for (size_t i = 0; i < all->n; i++) {
        const said *x = &all->list[i];

        if (!is_implied(all, x)) {
            add_part(&full, x->full, "and", x->shape == SHAPE_OR);
            last = x;
            n++;
        }
    }
    if (n == 1) {
        out = *last;
        att_buf_drop(&full);
        out.firm = buf_text(s, &firm);
        return whole(s, out);
    }
    out = truth_of(s, buf_text(s, &full), NULL, buf_text(s, &firm));
    out.plain = out.full;
    return out;
}

static said say_and(speaker *s, const att_rc_node *node)
{
    parts *all = att_memory_grow(NULL, 1, sizeof *all);
    said out;

    all->n = 0;
    out = gather(s, node, all) ? join_parts(s, all) : (said){ .sort = SORT_NOTHING };
    att_memory_free(all);
    return out;
}

static said say_or(speaker *s, const att_rc_node *node)
{
    att_buf full = { 0 };
    att_buf firm = { 0 };
    const char *reason_of = NULL; /* all parts say that this item has a reason */
    said out;

    for (size_t i = 0; i < node->n_kids; i++) {
        said x = say_truth(s, node->kids[i]);

        if (is_nothing(&x)) {
            att_buf_drop(&full);
            att_buf_drop(&firm);
            return x;
        }
        if (x.shape != SHAPE_IS_REASON ||
            (i > 0 && (reason_of == NULL || strcmp(reason_of, x.id) != 0))) {
            reason_of = NULL;
        } else {
            reason_of = x.id;
        }
        add_part(&full, x.full, "or", false);
        add_part(&firm, x.firm, "or", true);
    }
    out = truth_of(s, buf_text(s, &full), NULL, buf_text(s, &firm));
    out.plain = out.full;
    out.shape = SHAPE_OR;
    return reason_of != NULL ? with_id(out, SHAPE_IS_REASON, reason_of) : out;
}

/* ---- arithmetic ---- */

static said number_from(speaker *s, const att_rc_node *node)
{
    said x = say_value(s, node);

    if (x.sort == SORT_MARK) {
        return number_of_mark(s, &x);
    }
    if (x.sort == SORT_TEXT && x.is_literal) {
        said number = { .sort = SORT_NUMBER };

        return literal_for(s, &number, &x);
    }
    return is_nothing(&x) || x.sort == SORT_NUMBER
               ? x
               : cannot(s, "it calculates with what is no number here");
}

static said say_chain(speaker *s, const att_rc_node *node)
{
    att_buf buf = { 0 };
    said out = { .sort = SORT_NUMBER, .is_sure = true };

    att_buf_char(&buf, '(');
    for (size_t i = 0; i < node->n_kids; i++) {
        said x = number_from(s, node->kids[i]);

        if (is_nothing(&x) || buf.n > SAID_MAX) {
            att_buf_drop(&buf);
            return cannot(s, "it would be too long here");
        }
        if (i > 0) {
            att_buf_format(&buf, " %c ", node->ops[i]);
        }
        att_buf_add(&buf, x.full);
        out.is_sure = out.is_sure && x.is_sure && node->ops[i] != '/';
        add_known(&out, &x);
    }
    att_buf_char(&buf, ')');
    out.full = buf_text(s, &buf);
    return whole(s, out);
}

static said say_negative(speaker *s, const att_rc_node *node)
{
    said x = number_from(s, node->kids[0]);

    if (!is_nothing(&x)) {
        x.full = att_arena_format(s->arena, x.is_literal ? "-%s" : "(-%s)", x.full);
        x.field = NULL;
    }
    return is_nothing(&x) ? x : whole(s, x);
}

/* x ^ 2, x ^ 3: by multiplication */
static said say_power(speaker *s, const att_rc_node *node)
{
    said x = number_from(s, node->kids[0]);
    const att_rc_node *power = node->kids[1];
    bool is_square = power->kind == ATT_RC_NUMBER && strcmp(power->text, "2") == 0;
    bool is_cube = power->kind == ATT_RC_NUMBER && strcmp(power->text, "3") == 0;

    if (is_nothing(&x)) {
        return x;
    }
    if (!is_square && !is_cube) {
        return cannot(s, "of powers only squares and cubes can be said here");
    }
    x.full = is_square
                 ? att_arena_format(s->arena, "(%s * %s)", x.full, x.full)
                 : att_arena_format(s->arena, "(%s * %s * %s)", x.full, x.full, x.full);
    x.field = NULL;
    x.is_literal = false;
    return whole(s, x);
}

/* ---- functions ---- */

static said say_list(speaker *s, const att_rc_node *node, const char *name)
{
    att_buf buf = { 0 };
    said out = { .sort = SORT_NUMBER, .is_loose = true };

    att_buf_format(&buf, "%s(", name);
    for (size_t i = 0; i < node->n_kids; i++) {
        said x = number_from(s, node->kids[i]);

        if (is_nothing(&x) || buf.n > SAID_MAX) {
            att_buf_drop(&buf);
            return cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "" : ", ", x.full);
        out.is_sure = out.is_sure || x.is_sure;
    }
    att_buf_char(&buf, ')');
    out.full = buf_text(s, &buf);
    return node->n_kids == 0 ? cannot(s, "a function lacks its arguments")
                             : whole(s, out);
}

static bool is_number(const att_rc_node *node, const char *text)
{
    return node->kind == ATT_RC_NUMBER && strcmp(node->text, text) == 0;
}

/* if(condition,1,0), a checkbox's option: what counts one */
static bool counts_one(const att_rc_node *node)
{
    return node->kind == ATT_RC_CALL && strcmp(node->text, "if") == 0 &&
           node->n_kids == 3 && is_number(node->kids[1], "1") &&
           is_number(node->kids[2], "0");
}

static said say_sum(speaker *s, const att_rc_node *node)
{
    att_buf buf = { 0 };
    bool is_count = node->n_kids > 0;
    said out = { .sort = SORT_NUMBER, .is_sure = true };

    for (size_t i = 0; i < node->n_kids; i++) {
        is_count = is_count && counts_one(node->kids[i]);
    }
    if (!is_count) {
        return say_list(s, node, "sum");
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        said x = say_truth(s, node->kids[i]->kids[0]);

        if (is_nothing(&x) || buf.n > SAID_MAX) {
            att_buf_drop(&buf);
            return cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "count(" : ", ", x.full);
    }
    att_buf_char(&buf, ')');
    out.full = buf_text(s, &buf);
    return whole(s, out);
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

static bool is_complement(const said *x, const said *y)
{
    return x->op != '\0' && y->op == opposite(x->op) && strcmp(x->left, y->left) == 0 &&
           strcmp(x->right, y->right) == 0;
}

/* A value for a blank: what is not there. */
static said filled(speaker *s, const said *x, const said *other)
{
    if (x->sort == SORT_BLANK && other->sort == SORT_NUMBER) {
        return value_of(s, SORT_NUMBER, "0 / 0");
    }
    if (x->sort == SORT_BLANK) {
        return cannot(s, "a blank can stand only beside a number here");
    }
    if (x->sort == SORT_MARK) {
        return number_of_mark(s, x);
    }
    if (x->sort == SORT_TEXT && x->is_literal) {
        return literal_for(s, other->is_literal ? x : other, x);
    }
    return *x;
}

static said say_branches(speaker *s, const char *condition, const said *a,
                         const said *b)
{
    said x = filled(s, a, b);
    said y = filled(s, b, a);
    said out;

    if (is_nothing(&x) || is_nothing(&y)) {
        return cannot(s, "both ways are blank");
    }
    if (x.sort != y.sort) {
        return cannot(s, "the two ways give things that are not alike");
    }
    out = value_of(
        s, x.sort,
        att_arena_format(s->arena, "if(%s, %s, %s)", condition, x.full, y.full));
    out.is_loose = true;
    out.is_sure = x.is_sure && y.is_sure;
    return out;
}

/* if(a, x, if(not a, y, '')): one question, and blank where it is open */
static bool say_open(speaker *s, const att_rc_node *node, const said *condition,
                     said *out)
{
    const att_rc_node *inner = node->kids[2];
    said again, a, b;

    if (inner->kind != ATT_RC_CALL || strcmp(inner->text, "if") != 0 ||
        inner->n_kids != 3 || inner->kids[2]->kind != ATT_RC_TEXT ||
        inner->kids[2]->text[0] != '\0') {
        return false;
    }
    again = say_truth(s, inner->kids[0]);
    if (is_nothing(&again) || !is_complement(condition, &again) ||
        condition->full != condition->plain) {
        return false;
    }
    a = say_value(s, node->kids[1]);
    b = is_nothing(&a) ? a : say_value(s, inner->kids[1]);
    *out = is_nothing(&b) ? b : say_branches(s, condition->plain, &a, &b);
    return true;
}

static said say_if(speaker *s, const att_rc_node *node)
{
    said condition, a, b, out;

    if (node->n_kids != 3) {
        return cannot(s, "if() wants three arguments");
    }
    condition = say_truth(s, node->kids[0]);
    if (is_nothing(&condition) || say_open(s, node, &condition, &out)) {
        return is_nothing(&condition) ? condition : out;
    }
    a = say_value(s, node->kids[1]);
    b = is_nothing(&a) ? a : say_value(s, node->kids[2]);
    if (is_nothing(&b)) {
        return b;
    }
    if (condition.shape == SHAPE_IS_REASON && a.sort == SORT_BLANK && b.field != NULL &&
        strcmp(b.field->id, condition.id) == 0) {
        return b; /* a reason is no value here anyway */
    }
    return say_branches(s, condition.firm, &a, &b);
}

static said day_from(speaker *s, const att_rc_node *node)
{
    said x = say_value(s, node);

    if (x.sort == SORT_TEXT && x.is_literal) {
        return day_of(s, x.full);
    }
    return is_nothing(&x) || x.sort == SORT_DAY
               ? x
               : cannot(s, "datediff of what is no day");
}

typedef struct stretch {
    said from, to;
    const char *unit;
    bool is_signed;
} stretch;

static bool is_word(const att_rc_node *node, const char *word)
{
    return node->kind == ATT_RC_TEXT && strcmp(node->text, word) == 0;
}

/* datediff(a, b, "d", "ymd", true): the format may be left out, and the last */
static bool read_span(speaker *s, const att_rc_node *node, stretch *out)
{
    if (node->n_kids < 3 || node->kids[2]->kind != ATT_RC_TEXT) {
        cannot(s, "datediff() wants two days and a unit");
        return false;
    }
    out->from = day_from(s, node->kids[0]);
    out->to = day_from(s, node->kids[1]);
    out->unit = node->kids[2]->text;
    out->is_signed = is_word(node->kids[node->n_kids - 1], "true");
    return !is_nothing(&out->from) && !is_nothing(&out->to);
}

static said say_span(speaker *s, const stretch *between, const char *function,
                     const char *divided)
{
    const char *text = att_arena_format(s->arena, "%s(%s, %s)", function,
                                        between->from.full, between->to.full);
    said out;

    if (!between->is_signed) {
        text = att_arena_format(s->arena, "abs(%s)", text);
    }
    if (divided[0] != '\0') {
        text = att_arena_format(s->arena, "(%s %s)", text, divided);
    }
    out = value_of(s, SORT_NUMBER, text);
    add_known(&out, &between->from);
    add_known(&out, &between->to);
    return out;
}

static said say_datediff(speaker *s, const att_rc_node *node)
{
    static const struct {
        const char *unit, *divided;
    } units[] = {
        { "d", "" },     { "y", "/ 365.2425" }, { "M", "/ 30.44" },
        { "h", "* 24" }, { "m", "* 1440" },     { "s", "* 86400" },
    };
    stretch between = { 0 };

    if (!read_span(s, node, &between)) {
        return (said){ .sort = SORT_NOTHING };
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(between.unit, units[i].unit) == 0) {
            return say_span(s, &between, "days", units[i].divided);
        }
    }
    return cannot(s, att_arena_format(s->arena, "\"%s\" is no unit", between.unit));
}

/* rounddown(datediff(a, b, "y"), 0): whole years */
static bool say_whole(speaker *s, const att_rc_node *inner, said *out)
{
    stretch between = { 0 };
    const char *function;

    if (inner->kind != ATT_RC_CALL || strcmp(inner->text, "datediff") != 0 ||
        inner->n_kids < 3) {
        return false;
    }
    function = is_word(inner->kids[2], "y")   ? "years"
               : is_word(inner->kids[2], "M") ? "months"
                                              : NULL;
    if (function == NULL || !read_span(s, inner, &between)) {
        return false;
    }
    near(s, "whole years and months are those of the calendar here");
    *out = say_span(s, &between, function, "");
    return true;
}

static said say_rounded(speaker *s, const att_rc_node *node)
{
    bool is_up = strcmp(node->text, "roundup") == 0;
    said x = { .sort = SORT_NOTHING };

    if (node->n_kids < 1 || node->n_kids > 2 ||
        (node->n_kids == 2 && !is_number(node->kids[1], "0"))) {
        return cannot(s,
                      "rounddown() and roundup() can be said for whole numbers only");
    }
    if (!is_up && say_whole(s, node->kids[0], &x)) {
        return x;
    }
    x = number_from(s, node->kids[0]);
    if (is_nothing(&x)) {
        return x;
    }
    near(s, "a number under 0 may be rounded the other way");
    x.full = att_arena_format(s->arena, is_up ? "(-floor(-%s))" : "floor(%s)", x.full);
    x.field = NULL;
    x.is_literal = false;
    return whole(s, x);
}

static said say_round(speaker *s, const att_rc_node *node)
{
    said x = { .sort = SORT_NOTHING };

    if (node->n_kids < 1 || node->n_kids > 2 ||
        (node->n_kids == 2 && node->kids[1]->kind != ATT_RC_NUMBER)) {
        return cannot(s, "round() wants a number and fixed digits");
    }
    x = number_from(s, node->kids[0]);
    if (is_nothing(&x)) {
        return x;
    }
    x.full =
        node->n_kids == 1 || is_number(node->kids[1], "0")
            ? att_arena_format(s->arena, "round(%s)", x.full)
            : att_arena_format(s->arena, "round(%s, %s)", x.full, node->kids[1]->text);
    x.field = NULL;
    x.is_literal = false;
    return whole(s, x);
}

static said text_from(speaker *s, const att_rc_node *node)
{
    said x = say_value(s, node);

    if (x.sort == SORT_TEXT && x.is_literal) {
        x.full = text_text(s, x.full);
    }
    return is_nothing(&x) || x.sort == SORT_TEXT ? x
                                                 : cannot(s, "it wants a text here");
}

/* Functions of texts: contains() and the like by a pattern. */
static said say_search(speaker *s, const att_rc_node *node)
{
    bool is_not = strcmp(node->text, "not_contain") == 0;
    bool is_start = strcmp(node->text, "starts_with") == 0;
    bool is_end = strcmp(node->text, "ends_with") == 0;
    att_buf buf = { 0 };
    const char *text;
    said x;

    if (node->n_kids != 2 || node->kids[1]->kind != ATT_RC_TEXT) {
        return cannot(
            s, att_arena_format(s->arena, "%s() wants a fixed text", node->text));
    }
    x = text_from(s, node->kids[0]);
    if (is_nothing(&x)) {
        return x;
    }
    for (const char *p = node->kids[1]->text; *p != '\0'; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ')) {
            att_buf_drop(&buf);
            return cannot(s, "it searches for more than letters and digits");
        }
        att_buf_char(&buf, c);
    }
    text =
        att_arena_format(s->arena, "matches(lower(%s), '%s%s%s')", x.full,
                         is_start ? "" : ".*", att_buf_text(&buf), is_end ? "" : ".*");
    att_buf_drop(&buf);
    if (is_not) {
        text = att_arena_format(s->arena, "missing(%s) or not %s", x.full, text);
        return with_id(truth_of(s, text, text, text), SHAPE_OR, NULL);
    }
    return truth_of(s, text, text,
                    att_arena_format(s->arena, "answered(%s) and %s", x.full, text));
}

static said say_text_call(speaker *s, const att_rc_node *node)
{
    att_buf buf = { 0 };
    said out = { .sort = SORT_TEXT, .is_loose = true };

    if (strcmp(node->text, "length") == 0) {
        out.sort = SORT_NUMBER;
    }
    att_buf_format(&buf, "%s(", node->text);
    for (size_t i = 0; i < node->n_kids; i++) {
        said x = text_from(s, node->kids[i]);

        if (is_nothing(&x) || buf.n > SAID_MAX) {
            att_buf_drop(&buf);
            return cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "" : ", ", x.full);
    }
    att_buf_char(&buf, ')');
    out.full = buf_text(s, &buf);
    return node->n_kids == 0 ? cannot(s, "a function lacks its arguments")
                             : whole(s, out);
}

static said say_abs(speaker *s, const att_rc_node *node)
{
    said x = node->n_kids == 1 ? number_from(s, node->kids[0])
                               : cannot(s, "abs() wants one number");

    if (is_nothing(&x)) {
        return x;
    }
    x.full = att_arena_format(s->arena, "abs(%s)", x.full);
    x.field = NULL;
    x.is_literal = false;
    return whole(s, x);
}

static said say_blank_call(speaker *s, const att_rc_node *node)
{
    bool is_blank = strcmp(node->text, "isblankormissingcode") == 0;
    said x = node->n_kids == 1 ? say_value(s, node->kids[0])
                               : cannot(s, "it wants one field");

    if (is_nothing(&x)) {
        return x;
    }
    if (strcmp(node->text, "isnumber") == 0 && x.sort != SORT_NUMBER) {
        return cannot(s, "isnumber() of what is no number here");
    }
    return say_blankness(s, &x, is_blank);
}

static said say_age(speaker *s, const att_rc_node *node)
{
    stretch between = { .is_signed = true };

    if (node->n_kids != 2) {
        return cannot(s, "age_at_date() wants two days");
    }
    between.from = day_from(s, node->kids[0]);
    between.to = is_nothing(&between.from) ? between.from : day_from(s, node->kids[1]);
    return is_nothing(&between.to) ? between.to : say_span(s, &between, "years", "");
}

static said say_over(speaker *s, const att_rc_node *node)
{
    return say_list(s, node, node->text);
}

static said say_call(speaker *s, const att_rc_node *node)
{
    static const struct {
        const char *name;
        said (*say)(speaker *s, const att_rc_node *node);
    } calls[] = {
        { "if", say_if },
        { "sum", say_sum },
        { "mean", say_over },
        { "min", say_over },
        { "max", say_over },
        { "round", say_round },
        { "rounddown", say_rounded },
        { "roundup", say_rounded },
        { "abs", say_abs },
        { "datediff", say_datediff },
        { "age_at_date", say_age },
        { "isnumber", say_blank_call },
        { "isblankormissingcode", say_blank_call },
        { "contains", say_search },
        { "not_contain", say_search },
        { "starts_with", say_search },
        { "ends_with", say_search },
        { "lower", say_text_call },
        { "concat", say_text_call },
        { "length", say_text_call },
    };

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, node->text) == 0) {
            return calls[i].say(s, node);
        }
    }
    return cannot(s,
                  att_arena_format(s->arena, "%s() cannot be said here", node->text));
}

/* ---- all of them ---- */

static said say(speaker *s, const att_rc_node *node)
{
    switch (node->kind) {
    case ATT_RC_NUMBER:
    case ATT_RC_TEXT: return say_literal(s, node);
    case ATT_RC_FIELD: return say_field(s, node);
    case ATT_RC_CALL: return say_call(s, node);
    case ATT_RC_NEGATE: return say_negative(s, node);
    case ATT_RC_POWER: return say_power(s, node);
    case ATT_RC_PRODUCT:
    case ATT_RC_SUM: return say_chain(s, node);
    case ATT_RC_COMPARE: return say_compare(s, node);
    case ATT_RC_AND: return say_and(s, node);
    case ATT_RC_OR: return say_or(s, node);
    }
    return cannot(s, "it cannot be read");
}

/* A condition that is counted with is 1 or 0. */
static said say_value(speaker *s, const att_rc_node *node)
{
    said x = say(s, node);

    if (x.sort == SORT_TRUTH) {
        x = value_of(s, SORT_NUMBER, att_arena_format(s->arena, "count(%s)", x.full));
        x.is_sure = true;
    }
    return x;
}

static said say_truth(speaker *s, const att_rc_node *node)
{
    said x = say(s, node);

    if (x.sort == SORT_MARK) {
        said one = { .sort = SORT_NUMBER, .full = "1", .is_literal = true };

        return say_marked(s, &x, &one, '=');
    }
    return is_nothing(&x) || x.sort == SORT_TRUTH
               ? x
               : cannot(s, "a value stands where a condition is wanted");
}

static said say_root(speaker *s, const att_rc_node *root, bool is_value)
{
    said x = is_value ? say_value(s, root) : say_truth(s, root);

    if (is_value && x.sort == SORT_MARK) {
        return number_of_mark(s, &x);
    }
    if (is_value && !is_nothing(&x) && x.sort != SORT_NUMBER) {
        return cannot(s, "it gives no number");
    }
    return x;
}

att_logic att_logic_read(att_arena *arena, const att_logic_fields *fields,
                         const char *text, bool is_value)
{
    att_arena scratch = { 0 };
    speaker s = { .arena = &scratch, .fields = fields };
    const char *why = "";
    const att_rc_node *root = att_rc_read(&scratch, text, &why);
    att_logic out = { .text = NULL, .why = "", .near = "" };
    said x = { .sort = SORT_NOTHING };

    if (root != NULL) {
        x = say_root(&s, root, is_value);
        why = s.why != NULL ? s.why : "it cannot be said here";
    }
    if (is_nothing(&x)) {
        out.why = att_arena_text(arena, why);
    } else {
        out.text = att_arena_text(arena, x.full);
        out.near = s.near == NULL ? "" : att_arena_text(arena, s.near);
    }
    att_arena_drop(&scratch);
    return out;
}
