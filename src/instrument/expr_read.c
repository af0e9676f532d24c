#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>

#include "expr_tree.h"

#define NODES_MAX 50000 /* what rosters may make of one expression */

typedef struct parser {
    att_arena *arena;
    const char *text;
    const att_names *names;
    att_expr_fault *fault;
    att_expr_token now; /* the token to be read next */
    size_t at;          /* behind it */
    size_t last_end;    /* end of the token read last */
    int depth;
    bool failed;
    att_ref *refs; /* [n_refs] */
    size_t n_refs, refs_room;
    size_t n_nodes;
    size_t each; /* the entry of a roster that is read now, from 1; 0: none can be */
    size_t
        n_each; /* entries of the roster that this argument names; 0: it names none */
} parser;

static att_node *read_or(parser *p);

static void fail(parser *p, const char *rule, const att_expr_token *where,
                 const char *message, const char *hint)
{
    if (!p->failed) {
        p->failed = true;
        att_expr_fail(p->fault, rule, where, message, hint);
    }
}

static void next(parser *p)
{
    p->last_end = p->now.at + p->now.span;
    if (!p->failed && !att_expr_lex(p->arena, p->text, &p->at, &p->now, p->fault)) {
        p->failed = true;
    }
    if (p->failed) {
        p->now = (att_expr_token){ .kind = ATT_TOKEN_END, .at = p->now.at, .text = "" };
    }
}

static bool is_mark(const parser *p, const char *mark)
{
    return p->now.kind == ATT_TOKEN_MARK && strcmp(p->now.text, mark) == 0;
}

static bool is_word(const parser *p, const char *word)
{
    return p->now.kind == ATT_TOKEN_NAME && strcmp(p->now.text, word) == 0;
}

static bool enter(parser *p)
{
    if (++p->depth > ATT_EXPR_DEPTH_MAX) {
        fail(p, "L020", &p->now, "this is nested too deep",
             "split it into derived values");
        return false;
    }
    return true;
}

static att_node *make(parser *p, att_node_kind kind, const att_expr_token *where)
{
    att_node *node = att_new(p->arena, att_node);

    if (++p->n_nodes > NODES_MAX) {
        fail(p, "L020", where, "this is worked out for too many entries of rosters",
             "split it into derived values");
    }
    node->kind = kind;
    node->where = *where;
    return node;
}

/* Adds a kid; a doubling array, its room kept by the number's powers of two. */
static void add_kid(parser *p, att_node *node, att_node *kid, char op)
{
    size_t n = node->n_kids;

    if ((n & (n - 1)) == 0) {
        size_t room = n == 0 ? 1 : n * 2;
        att_node **kids = att_new_n(p->arena, att_node *, room);
        char *ops = att_new_n(p->arena, char, room);
        if (n > 0) {
            memcpy(kids, node->kids, n * sizeof(att_node *));
            memcpy(ops, node->ops, n);
        }
        node->kids = kids;
        node->ops = ops;
    }
    node->kids[n] = kid;
    node->ops[n] = op;
    node->n_kids++;
}

/* Types a node that is complete; its place reaches to the last token read. */
static att_node *finish(parser *p, att_node *node)
{
    if (p->failed) {
        return NULL;
    }
    node->where.span = p->last_end - node->where.at;
    if (!att_node_type(node, p->fault)) {
        p->failed = true;
        return NULL;
    }
    return node;
}

static void note_ref(parser *p, const att_ref *ref)
{
    for (size_t i = 0; i < p->n_refs; i++) {
        if (p->refs[i].kind == ref->kind && p->refs[i].index == ref->index) {
            return;
        }
    }
    if (p->n_refs == p->refs_room) {
        size_t room = p->refs_room == 0 ? 8 : p->refs_room * 2;
        att_ref *refs = att_new_n(p->arena, att_ref, room);
        if (p->n_refs > 0) {
            memcpy(refs, p->refs, p->n_refs * sizeof *refs);
        }
        p->refs = refs;
        p->refs_room = room;
    }
    p->refs[p->n_refs++] = *ref;
}

static att_node *read_literal(parser *p)
{
    att_node *node = make(p, ATT_NODE_VALUE, &p->now);

    if (p->now.kind == ATT_TOKEN_NUMBER) {
        node->value.type = ATT_TYPE_NUMBER;
        node->value.number = p->now.number;
    } else {
        node->value.type = ATT_TYPE_TEXT;
        node->value.text = p->now.text;
    }
    next(p);
    return finish(p, node);
}

static void fail_name(parser *p, const att_expr_token *name)
{
    const char *nearest = p->names->nearest == NULL
                              ? NULL
                              : p->names->nearest(p->names->data, name->text);
    const char *hint = "";

    if (att_function_find(name->text) != NULL) {
        hint = att_arena_format(p->arena, "write %s(...)", name->text);
    } else if (nearest != NULL) {
        hint = att_arena_format(p->arena, "did you mean \"%s\"?", nearest);
    }
    fail(p, "L021", name,
         att_arena_format(p->arena, "\"%s\" is nothing that can be used here",
                          name->text),
         hint);
}

/* How many entries a name such as "partners.trust" has a value in, and what it is in the
 * entry that is read now; 0 when it is no such name. */
static size_t find_each(const parser *p, att_ref *out)
{
    char *roster = att_arena_text(p->arena, p->now.text);
    char *dot = strchr(roster, '.');

    if (dot == NULL || p->names->each == NULL) {
        return 0;
    }
    *dot = '\0';
    return p->names->each(p->names->data, roster, dot + 1, p->each == 0 ? 1 : p->each,
                          out);
}

/* "partners.trust": in an argument of a function that takes many, what it is in the
 * entry that is read now. */
static att_node *read_each(parser *p, att_node *node, size_t n)
{
    if (p->each == 0) {
        fail(p, "L022", &p->now,
             att_arena_format(p->arena, "\"%s\" has a value for each entry",
                              p->now.text),
             att_arena_format(p->arena, "write count(answered(%s)), or mean of numbers",
                              p->now.text));
        return NULL;
    }
    if (p->n_each != 0 && p->n_each != n) {
        fail(p, "L022", &p->now,
             "two rosters, or entries and pairs, stand in one argument",
             "give each an argument of its own");
        return NULL;
    }
    p->n_each = n;
    note_ref(p, &node->ref);
    next(p);
    return finish(p, node);
}

static att_node *read_name(parser *p)
{
    att_node *node = make(p, ATT_NODE_REF, &p->now);
    size_t n_each = find_each(p, &node->ref);

    if (n_each > 0) {
        return read_each(p, node, n_each);
    }
    if (strcmp(p->now.text, "true") == 0 || strcmp(p->now.text, "false") == 0) {
        fail(p, "L021", &p->now, "there are no words for true and false",
             "write a condition: x = 1, or not (x = 1)");
        return NULL;
    }
    if (p->names->find == NULL ||
        !p->names->find(p->names->data, p->now.text, &node->ref)) {
        fail_name(p, &p->now);
        return NULL;
    }
    note_ref(p, &node->ref);
    next(p);
    return finish(p, node);
}

static bool expect(parser *p, const char *mark)
{
    if (p->failed) {
        return false;
    }
    if (!is_mark(p, mark)) {
        fail(p, "L020", &p->now, att_arena_format(p->arena, "\"%s\" is missing", mark),
             "");
        return false;
    }
    next(p);
    return !p->failed;
}

/* date('YYYY-MM-DD'), its name read already */
static att_node *read_date(parser *p, const att_expr_token *name)
{
    att_node *node = make(p, ATT_NODE_VALUE, name);
    att_day day = 0;

    if (!expect(p, "(")) {
        return NULL;
    }
    if (p->now.kind != ATT_TOKEN_TEXT) {
        fail(p, "L023", &p->now, "date takes a day written as a text",
             "write date('2026-09-14')");
        return NULL;
    }
    if (!att_day_read(p->now.text, strlen(p->now.text), &day)) {
        fail(p, "L020", &p->now,
             att_arena_format(p->arena, "\"%s\" is no day that exists", p->now.text),
             "write it as '2026-09-14'");
        return NULL;
    }
    node->value.type = ATT_TYPE_DAY;
    node->value.number = (double)day;
    next(p);
    return expect(p, ")") ? finish(p, node) : NULL;
}

/* min_valid: n, where the name is read already */
static void read_named(parser *p, att_node *call, const att_expr_token *name)
{
    next(p); /* : */
    if (strcmp(name->text, "min_valid") != 0 || !call->function->takes_min_valid) {
        fail(p, "L023", name,
             att_arena_format(p->arena, "%s takes no argument named \"%s\"",
                              call->function->name, name->text),
             "only sum, mean, min and max take min_valid");
        return;
    }
    if (p->now.kind != ATT_TOKEN_NUMBER || p->now.number < 1 || p->now.number > 5000 ||
        p->now.number != (double)(size_t)p->now.number) {
        fail(p, "L023", &p->now, "min_valid is a whole number from 1", "");
        return;
    }
    if (call->min_valid != 0) {
        fail(p, "L023", name, "min_valid is given twice", "");
        return;
    }
    call->min_valid = (size_t)p->now.number;
    next(p);
}

static bool stands_colon(const parser *p)
{
    const char *behind = p->text + p->at;

    return p->now.kind == ATT_TOKEN_NAME && behind[strspn(behind, " \t\r\n")] == ':';
}

/* Functions whose arguments may be the entries of a roster. */
static bool takes_entries(const att_function *function)
{
    switch (function->id) {
    case ATT_FN_COUNT:
    case ATT_FN_SHARE:
    case ATT_FN_SUM:
    case ATT_FN_MEAN:
    case ATT_FN_MIN:
    case ATT_FN_MAX: return true;
    default: return false;
    }
}

/* One argument; where it names a roster, once for each entry: the same words are read
 * again with the next entry in mind. */
static void read_argument(parser *p, att_node *call)
{
    parser outer = *p;

    if (!takes_entries(call->function)) {
        add_kid(p, call, read_or(p), ' ');
        return;
    }
    p->each = 1;
    p->n_each = 0;
    add_kid(p, call, read_or(p), ' ');
    for (size_t n = p->n_each; !p->failed && p->each < n;) {
        p->each++;
        p->n_each = n;
        p->now = outer.now;
        p->at = outer.at;
        p->last_end = outer.last_end;
        add_kid(p, call, read_or(p), ' ');
    }
    p->each = outer.each;
    p->n_each = outer.n_each;
}

static void read_arguments(parser *p, att_node *call)
{
    if (is_mark(p, ")")) {
        return;
    }
    while (!p->failed) {
        if (stands_colon(p)) {
            att_expr_token name = p->now;
            next(p);
            read_named(p, call, &name);
        } else {
            read_argument(p, call);
        }
        if (!is_mark(p, ",")) {
            return;
        }
        next(p);
    }
}

static void check_arguments(parser *p, att_node *call)
{
    const att_function *function = call->function;
    const char *more =
        function->most > 2 && function->least != function->most ? " or more" : "";

    if (call->n_kids < function->least || call->n_kids > function->most) {
        const char *wanted =
            function->most == 0 ? "none"
            : more[0] == '\0' && function->least != function->most
                ? att_arena_format(p->arena, "%zu or %zu", function->least,
                                   function->most)
                : att_arena_format(p->arena, "%zu%s", function->least, more);
        fail(p, "L023", &call->where,
             att_arena_format(p->arena, "%s has %zu argument%s and takes %s",
                              function->name, call->n_kids,
                              call->n_kids == 1 ? "" : "s", wanted),
             "");
    } else if (call->min_valid > call->n_kids) {
        fail(p, "L023", &call->where,
             att_arena_format(p->arena,
                              "min_valid is %zu, and there are only %zu arguments",
                              call->min_valid, call->n_kids),
             "");
    }
}

static void read_pattern(parser *p, att_node *call)
{
    const att_node *text = call->kids[1];
    att_pattern_fault fault = { 0 };

    if (text->kind != ATT_NODE_VALUE || text->type != ATT_TYPE_TEXT) {
        fail(p, "L023", &text->where, "the pattern of matches is a text written here",
             "write matches(x, '[0-9]+')");
        return;
    }
    call->pattern = att_pattern_read(p->arena, text->value.text, &fault);
    if (call->pattern == NULL) {
        att_expr_token where = text->where;
        if (fault.at + 2 < where.span) {
            where.at += fault.at + 1; /* behind the quote */
            where.span = 1;
        }
        fail(p, "L020", &where, fault.what, "");
    }
}

/* today() and now() are references to words of the session. */
static att_node *read_clock(parser *p, att_node *call)
{
    call->kind = ATT_NODE_REF;
    call->ref.kind = ATT_REF_WORD;
    call->ref.index =
        call->function->id == ATT_FN_TODAY ? ATT_WORD_TODAY : ATT_WORD_NOW;
    call->ref.type = call->function->result;
    note_ref(p, &call->ref);
    return finish(p, call);
}

/* wave('T0').item, its name read already: the answer to an item at an earlier wave */
static att_node *read_wave(parser *p, const att_expr_token *name)
{
    att_node *node = make(p, ATT_NODE_REF, name);
    const char *wave;

    if (!expect(p, "(")) {
        return NULL;
    }
    if (p->now.kind != ATT_TOKEN_TEXT || p->now.text[0] == '\0') {
        fail(p, "L023", &p->now, "wave takes the code of a wave written as a text",
             "write wave('T0').item");
        return NULL;
    }
    wave = p->now.text;
    next(p);
    if (!expect(p, ")")) {
        return NULL;
    }
    if (!is_mark(p, ".")) {
        fail(p, "L020", &p->now, "\".\" and the id of an item are missing",
             "write wave('T0').item");
        return NULL;
    }
    next(p);
    if (p->now.kind != ATT_TOKEN_NAME) {
        fail(p, "L020", &p->now, "the id of an item is missing",
             "write wave('T0').item");
        return NULL;
    }
    if (p->names->find_earlier == NULL ||
        !p->names->find_earlier(p->names->data, wave, p->now.text, &node->ref)) {
        fail_name(p, &p->now);
        return NULL;
    }
    note_ref(p, &node->ref);
    next(p);
    return finish(p, node);
}

static att_node *read_call(parser *p)
{
    att_expr_token name = p->now;
    att_node *call = make(p, ATT_NODE_CALL, &name);

    next(p);
    if (strcmp(name.text, "date") == 0) {
        return read_date(p, &name);
    }
    if (strcmp(name.text, "wave") == 0) {
        return read_wave(p, &name);
    }
    call->function = att_function_find(name.text);
    if (call->function == NULL) {
        const char *nearest = att_function_nearest(name.text);
        fail(p, "L023", &name,
             att_arena_format(p->arena, "\"%s\" is not a function", name.text),
             nearest == NULL
                 ? ""
                 : att_arena_format(p->arena, "did you mean \"%s\"?", nearest));
        return NULL;
    }
    if (!expect(p, "(") || !enter(p)) {
        return NULL;
    }
    read_arguments(p, call);
    p->depth--;
    if (!expect(p, ")")) {
        return NULL;
    }
    call->where.span = p->last_end - call->where.at;
    check_arguments(p, call);
    if (p->failed) {
        return NULL;
    }
    if (call->function->id == ATT_FN_TODAY || call->function->id == ATT_FN_NOW) {
        return read_clock(p, call);
    }
    if (call->function->id == ATT_FN_MATCHES) {
        read_pattern(p, call);
    }
    return finish(p, call);
}

static att_node *read_own(parser *p)
{
    att_node *node = make(p, ATT_NODE_OWN, &p->now);

    if (!p->names->has_own) {
        fail(p, "L021", &p->now,
             "\".\" has no meaning here: there is no answer to judge",
             "name the item instead");
        return NULL;
    }
    node->type = p->names->own;
    next(p);
    return finish(p, node);
}

static att_node *read_inner(parser *p)
{
    att_node *node;

    next(p); /* ( */
    if (!enter(p)) {
        return NULL;
    }
    node = read_or(p);
    p->depth--;
    if (!p->failed && is_mark(p, ",")) {
        fail(p, "L020", &p->now, "a list stands only after \"in\"",
             "write x in (1, 2)");
        return NULL;
    }
    return expect(p, ")") ? node : NULL;
}

static bool stands_paren(const parser *p)
{
    const char *behind = p->text + p->at;

    return behind[strspn(behind, " \t\r\n")] == '(';
}

static bool is_keyword(const parser *p)
{
    return is_word(p, "and") || is_word(p, "or") || is_word(p, "in") ||
           is_word(p, "not");
}

static att_node *read_atom(parser *p)
{
    if (p->failed) {
        return NULL;
    }
    if (p->now.kind == ATT_TOKEN_NUMBER || p->now.kind == ATT_TOKEN_TEXT) {
        return read_literal(p);
    }
    if (p->now.kind == ATT_TOKEN_NAME && !is_keyword(p)) {
        return stands_paren(p) ? read_call(p) : read_name(p);
    }
    if (is_mark(p, ".")) {
        return read_own(p);
    }
    if (is_mark(p, "(")) {
        return read_inner(p);
    }
    if (p->now.kind == ATT_TOKEN_END) {
        fail(p, "L020", &p->now, "the expression ends where a value is wanted", "");
    } else {
        fail(p, "L020", &p->now,
             att_arena_format(p->arena, "\"%s\" stands where a value is wanted",
                              p->now.text),
             "");
    }
    return NULL;
}

static att_node *read_unary(parser *p)
{
    att_node *node;

    if (!is_mark(p, "-")) {
        return read_atom(p);
    }
    node = make(p, ATT_NODE_NEGATE, &p->now);
    next(p);
    if (!enter(p)) {
        return NULL;
    }
    add_kid(p, node, read_unary(p), ' ');
    p->depth--;
    return finish(p, node);
}

/* kids of one level joined by one of two marks */
static att_node *read_chain(parser *p, const char *one, const char *other,
                            att_node *(*read_kid)(parser *p))
{
    att_expr_token start = p->now;
    att_node *first = read_kid(p);
    att_node *node = NULL;

    while (!p->failed && (is_mark(p, one) || is_mark(p, other))) {
        char op = p->now.text[0];
        if (node == NULL) {
            node = make(p, ATT_NODE_CHAIN, &start);
            add_kid(p, node, first, ' ');
        }
        next(p);
        add_kid(p, node, read_kid(p), op);
    }
    return node == NULL ? first : finish(p, node);
}

static att_node *read_product(parser *p)
{
    return read_chain(p, "*", "/", read_unary);
}

static att_node *read_sum(parser *p)
{
    return read_chain(p, "+", "-", read_product);
}

/* What stands after "in": (a, b, ...) or something that holds several codes. */
static att_node *read_in(parser *p, const att_expr_token *start, att_node *left)
{
    att_node *node = make(p, ATT_NODE_IN, start);

    add_kid(p, node, left, ' ');
    next(p);
    if (!is_mark(p, "(")) {
        att_node *set = read_atom(p);
        if (set != NULL && set->type != ATT_TYPE_CODES && set->type != ATT_TYPE_ANY) {
            fail(p, "L022", &set->where, "\"in\" takes a list", "write x in (1, 2)");
        }
        add_kid(p, node, set, ' ');
        return finish(p, node);
    }
    if (!enter(p)) {
        return NULL;
    }
    do {
        next(p);
        add_kid(p, node, read_or(p), ' ');
    } while (!p->failed && is_mark(p, ","));
    p->depth--;
    return expect(p, ")") ? finish(p, node) : NULL;
}

static char read_comparison(const parser *p)
{
    static const char *const marks[] = { "=", "!=", "<", "<=", ">", ">=" };
    static const char ops[] = "=!<l>g";

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (is_mark(p, marks[i])) {
            return ops[i];
        }
    }
    return '\0';
}

static att_node *read_compare(parser *p)
{
    att_expr_token start = p->now;
    att_node *node = read_sum(p);
    char op = read_comparison(p);

    if (p->failed) {
        return NULL;
    }
    if (op != '\0') {
        att_node *left = node;
        node = make(p, ATT_NODE_COMPARE, &start);
        node->op = op;
        next(p);
        add_kid(p, node, left, ' ');
        add_kid(p, node, read_sum(p), ' ');
        node = finish(p, node);
    } else if (is_word(p, "in")) {
        node = read_in(p, &start, node);
    } else {
        return node;
    }
    if (!p->failed && (read_comparison(p) != '\0' || is_word(p, "in"))) {
        fail(p, "L020", &p->now, "comparisons cannot follow one another",
             "join them: 1 <= x and x <= 5");
    }
    return node;
}

static att_node *read_not(parser *p)
{
    att_node *node;

    if (!is_word(p, "not")) {
        return read_compare(p);
    }
    node = make(p, ATT_NODE_NOT, &p->now);
    next(p);
    if (!enter(p)) {
        return NULL;
    }
    add_kid(p, node, read_not(p), ' ');
    p->depth--;
    return finish(p, node);
}

static att_node *read_logic(parser *p, const char *word, att_node_kind kind,
                            att_node *(*read_kid)(parser *p))
{
    att_expr_token start = p->now;
    att_node *first = read_kid(p);
    att_node *node = NULL;

    while (!p->failed && is_word(p, word)) {
        if (node == NULL) {
            node = make(p, kind, &start);
            add_kid(p, node, first, ' ');
        }
        next(p);
        add_kid(p, node, read_kid(p), ' ');
    }
    return node == NULL ? first : finish(p, node);
}

static att_node *read_and(parser *p)
{
    return read_logic(p, "and", ATT_NODE_AND, read_not);
}

static att_node *read_or(parser *p)
{
    return read_logic(p, "or", ATT_NODE_OR, read_and);
}

static bool check_bytes(parser *p)
{
    size_t n = strlen(p->text);
    att_expr_token where = { .span = 1 };

    where.at = att_text_check(p->text, n);
    if (n > ATT_EXPR_BYTES_MAX) {
        where.at = 0;
        fail(p, "L020", &where,
             att_arena_format(p->arena, "an expression of %zu bytes is too long", n),
             att_arena_format(p->arena, "keep it within %d bytes", ATT_EXPR_BYTES_MAX));
    } else if (where.at < n) {
        fail(p, "L020", &where, "the text is not UTF-8", "");
    }
    return !p->failed;
}

att_expr *att_expr_read(att_arena *arena, const char *text, const att_names *names,
                        att_expr_fault *fault)
{
    parser p = { .arena = arena, .text = text, .names = names, .fault = fault };
    att_node *root;
    att_expr *expr;

    if (!check_bytes(&p)) {
        return NULL;
    }
    next(&p);
    root = read_or(&p);
    if (!p.failed && p.now.kind != ATT_TOKEN_END) {
        fail(&p, "L020", &p.now,
             p.now.kind == ATT_TOKEN_MARK || p.now.kind == ATT_TOKEN_NAME
                 ? att_arena_format(arena, "\"%s\" is not expected here", p.now.text)
                 : "an operator is missing before this",
             "");
    }
    if (p.failed) {
        return NULL;
    }
    expr = att_new(arena, att_expr);
    expr->text = att_arena_text(arena, text);
    expr->root = root;
    expr->refs = p.refs;
    expr->n_refs = p.n_refs;
    return expr;
}

att_expr *att_expr_any(att_arena *arena, const att_expr *const *list, size_t n)
{
    parser p = { .arena = arena };
    att_node *root = att_new(arena, att_node);
    att_expr *expr = att_new(arena, att_expr);
    att_buf text = { 0 };

    root->kind = ATT_NODE_OR;
    root->type = ATT_TYPE_TRUTH;
    for (size_t i = 0; i < n; i++) {
        att_node *kid = att_new(arena, att_node);

        *kid = *list[i]->root;
        add_kid(&p, root, kid, ' ');
        att_buf_format(&text, "%s%s", i == 0 ? "" : " or ", list[i]->text);
        for (size_t k = 0; k < list[i]->n_refs; k++) {
            note_ref(&p, &list[i]->refs[k]);
        }
    }
    expr->text = att_buf_copy(arena, &text);
    expr->root = root;
    expr->refs = p.refs;
    expr->n_refs = p.n_refs;
    att_buf_drop(&text);
    return expr;
}

const char *att_expr_text(const att_expr *expr)
{
    return expr->text;
}

att_type att_expr_type(const att_expr *expr)
{
    return expr->root->type;
}

const att_ref *att_expr_refs(const att_expr *expr, size_t *n)
{
    *n = expr->n_refs;
    return expr->refs;
}
