/* REDCap's logic and XLSForm's to a tree: or < and < compare < + - < unary minus <
 * * / < ^. */
#include "dialect_logic_tree.h"

#include <string.h>

#include <attune/base/text.h>

#define DEPTH_MAX 60

typedef struct parser {
    att_arena *arena;
    const att_tongue *tongue;
    const char *at;
    int depth;
    const char *why; /* NULL while all is well */
} parser;

static att_term *read_or(parser *p);

static att_term *stop(parser *p, const char *why)
{
    if (p->why == NULL) {
        p->why = why;
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Blanks, and in REDCap lines that begin with # or //. */
static void skip(parser *p, bool at_start)
{
    bool begins_line = at_start && !p->tongue->is_xpath;

    for (;;) {
        while (is_blank(*p->at)) {
            begins_line = !p->tongue->is_xpath &&
                          (begins_line || *p->at == '\n' || *p->at == '\r');
            p->at++;
        }
        if (!begins_line || !(*p->at == '#' || (p->at[0] == '/' && p->at[1] == '/'))) {
            return;
        }
        p->at += strcspn(p->at, "\r\n");
    }
}

static void pass(parser *p, size_t n)
{
    p->at += n;
    skip(p, false);
}

static att_term *make(parser *p, att_term_kind kind)
{
    att_term *node = att_new(p->arena, att_term);

    node->kind = kind;
    node->text = "";
    return node;
}

static void add_kid(parser *p, att_term *node, att_term *kid, char op)
{
    if (node->n_kids == node->room) {
        size_t room = node->room == 0 ? 4 : 2 * node->room;
        att_term **kids = att_new_n(p->arena, att_term *, room);
        char *ops = att_new_n(p->arena, char, room);

        if (node->n_kids > 0) {
            memcpy(kids, node->kids, node->n_kids * sizeof(att_term *));
            memcpy(ops, node->ops, node->n_kids);
        }
        node->kids = kids;
        node->ops = ops;
        node->room = room;
    }
    node->ops[node->n_kids] = op;
    node->kids[node->n_kids++] = kid;
}

/* ---- atoms ---- */

static att_term *read_number(parser *p)
{
    att_term *node = make(p, ATT_TERM_NUMBER);
    size_t n = strspn(p->at, "0123456789");

    if (p->at[n] == '.') {
        n += 1 + strspn(p->at + n + 1, "0123456789");
    }
    node->text =
        att_arena_format(p->arena, "%s%.*s", *p->at == '.' ? "0" : "", (int)n, p->at);
    if (node->text[strlen(node->text) - 1] == '.') {
        node->text = att_arena_text_n(p->arena, node->text, strlen(node->text) - 1);
    }
    pass(p, n);
    return node;
}

static att_term *read_text(parser *p)
{
    att_term *node = make(p, ATT_TERM_TEXT);
    const char *end = strchr(p->at + 1, *p->at);

    if (end == NULL) {
        return stop(p, "a quote is not closed");
    }
    node->text = att_arena_text_n(p->arena, p->at + 1, (size_t)(end - p->at - 1));
    pass(p, (size_t)(end - p->at) + 1);
    return node;
}

/* [a][b(2)][3], without blanks between the brackets */
static att_term *read_field(parser *p)
{
    att_term *node = make(p, ATT_TERM_FIELD);

    while (*p->at == '[') {
        const char *end = strchr(p->at, ']');

        if (end == NULL) {
            return stop(p, "a bracket is not closed");
        }
        if (node->n_groups == ATT_TERM_GROUPS) {
            return stop(p, "too many brackets follow each other");
        }
        node->groups[node->n_groups++] =
            att_arena_text_n(p->arena, p->at + 1, (size_t)(end - p->at - 1));
        p->at = end + 1;
    }
    skip(p, false);
    return node;
}

/* ${a}, or "." for the answer itself */
static att_term *read_reference(parser *p)
{
    att_term *node = make(p, ATT_TERM_FIELD);
    const char *end = *p->at == '.' ? p->at + 1 : strchr(p->at, '}');
    const char *name = *p->at == '.' ? p->at : p->at + 2;

    if (end == NULL) {
        return stop(p, "a bracket is not closed");
    }
    if (*p->at == '.' && (p->at[1] == '.' || p->at[1] == '/')) {
        return stop(p, "a path has no meaning here");
    }
    node->groups[node->n_groups++] =
        att_arena_text_n(p->arena, name, (size_t)(end - name));
    p->at = *p->at == '.' ? end : end + 1;
    skip(p, false);
    return node;
}

static bool is_in_name(const parser *p, char c)
{
    return is_letter(c) || is_digit(c) ||
           (p->tongue->is_xpath && (c == '-' || c == ':' || c == '.'));
}

static att_term *read_call(parser *p)
{
    att_term *node = make(p, ATT_TERM_CALL);
    size_t n = 0;
    char *name;

    while (is_in_name(p, p->at[n])) {
        n++;
    }
    name = att_arena_text_n(p->arena, p->at, n);
    for (char *c = name; *c != '\0'; c++) {
        if (*c >= 'A' && *c <= 'Z') {
            *c = (char)(*c - 'A' + 'a');
        }
    }
    node->text = name;
    pass(p, n);
    if (*p->at != '(' && !p->tongue->is_xpath &&
        (strcmp(name, "true") == 0 || strcmp(name, "false") == 0)) {
        node->kind = ATT_TERM_TEXT;
        return node;
    }
    if (*p->at != '(') {
        return stop(p,
                    att_arena_format(p->arena, "\"%s\" is no function or field", name));
    }
    pass(p, 1);
    if (*p->at == ')') {
        pass(p, 1);
        return node;
    }
    for (;;) {
        att_term *kid = read_or(p);

        if (kid == NULL) {
            return NULL;
        }
        add_kid(p, node, kid, ' ');
        if (*p->at != ',') {
            break;
        }
        pass(p, 1);
    }
    if (*p->at != ')') {
        return stop(p, att_arena_format(p->arena, "\")\" is missing after %s(", name));
    }
    pass(p, 1);
    return node;
}

static att_term *read_atom(parser *p)
{
    att_term *node;

    if (is_digit(*p->at) || (*p->at == '.' && is_digit(p->at[1]))) {
        return read_number(p);
    }
    if (*p->at == '\'' || *p->at == '"') {
        return read_text(p);
    }
    if (*p->at == '[' && !p->tongue->is_xpath) {
        return read_field(p);
    }
    if (p->tongue->is_xpath &&
        ((p->at[0] == '$' && p->at[1] == '{') || *p->at == '.')) {
        return read_reference(p);
    }
    if (p->tongue->is_xpath && *p->at == '/') {
        return stop(p, "a path has no meaning here");
    }
    if (is_letter(*p->at)) {
        return read_call(p);
    }
    if (*p->at != '(') {
        return stop(p, *p->at == '\0'
                           ? "it ends where a value is wanted"
                           : att_arena_format(p->arena,
                                              "\"%s\" stands where a value is wanted",
                                              att_text_cut(p->arena, p->at, 16)));
    }
    pass(p, 1);
    node = read_or(p);
    if (node != NULL && *p->at != ')') {
        return stop(p, "\")\" is missing");
    }
    if (node != NULL) {
        pass(p, 1);
    }
    return node;
}

/* ---- operators, the tightest first ---- */

static att_term *read_power(parser *p)
{
    att_term *node = read_atom(p);

    if (node == NULL) {
        return NULL;
    }
    while (*p->at == '^' && !p->tongue->is_xpath) {
        att_term *power = make(p, ATT_TERM_POWER);
        att_term *kid;

        pass(p, 1);
        kid = read_atom(p);
        if (kid == NULL) {
            return NULL;
        }
        add_kid(p, power, node, ' ');
        add_kid(p, power, kid, '^');
        node = power;
    }
    return node;
}

static att_term *read_unary(parser *p)
{
    att_term *node, *kid;

    if (*p->at == '+') {
        pass(p, 1);
    }
    if (*p->at != '-') {
        return read_power(p);
    }
    if (++p->depth > DEPTH_MAX) {
        return stop(p, "it is nested too deep");
    }
    pass(p, 1);
    node = make(p, ATT_TERM_NEGATE);
    kid = read_unary(p);
    p->depth--;
    if (kid == NULL) {
        return NULL;
    }
    add_kid(p, node, kid, ' ');
    return node;
}

static bool stands_word(const parser *p, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i < n; i++) {
        char c = p->at[i];

        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != word[i]) {
            return false;
        }
    }
    return !is_letter(p->at[n]) && !is_digit(p->at[n]);
}

/* Which of the marks, or of the words div and mod, stands next; and its bytes. */
static char chain_op(const parser *p, const char *marks, size_t *n)
{
    bool is_product = marks[0] == '*';

    if (p->tongue->is_xpath && is_product) {
        *n = 3;
        if (stands_word(p, "div")) {
            return '/';
        }
        if (stands_word(p, "mod")) {
            return '%';
        }
    }
    *n = 1;
    return *p->at != '\0' && strchr(marks, *p->at) != NULL &&
                   !(p->tongue->is_xpath && *p->at == '/')
               ? *p->at
               : '\0';
}

static att_term *read_chain(parser *p, const char *marks, att_term_kind kind,
                            att_term *(*read_kid)(parser *p))
{
    att_term *first = read_kid(p);
    att_term *node = NULL;
    size_t n = 0;
    char op;

    while (first != NULL && (op = chain_op(p, marks, &n)) != '\0') {
        att_term *kid;

        if (node == NULL) {
            node = make(p, kind);
            add_kid(p, node, first, ' ');
        }
        pass(p, n);
        kid = read_kid(p);
        if (kid == NULL) {
            return NULL;
        }
        add_kid(p, node, kid, op);
    }
    return node == NULL ? first : node;
}

static att_term *read_product(parser *p)
{
    return read_chain(p, "*/", ATT_TERM_PRODUCT, read_unary);
}

static att_term *read_sum(parser *p)
{
    return read_chain(p, "+-", ATT_TERM_SUM, read_product);
}

/* How an operator is written, and which it is. */
static char comparison(const parser *p, size_t *n)
{
    static const struct {
        const char *mark;
        char op;
    } marks[] = { { "<>", '!' }, { "!=", '!' }, { "<=", 'l' }, { ">=", 'g' },
                  { "==", '=' }, { "=", '=' },  { "<", '<' },  { ">", '>' } };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        *n = strlen(marks[i].mark);
        if (strncmp(p->at, marks[i].mark, *n) == 0) {
            return marks[i].op;
        }
    }
    return '\0';
}

static att_term *read_compare(parser *p)
{
    att_term *left = read_sum(p);
    size_t n = 0;
    char op = left == NULL ? '\0' : comparison(p, &n);
    att_term *node, *right;

    if (op == '\0') {
        return left;
    }
    pass(p, n);
    right = read_sum(p);
    if (right == NULL) {
        return NULL;
    }
    if (comparison(p, &n) != '\0') {
        return stop(p, "comparisons follow one another");
    }
    node = make(p, ATT_TERM_COMPARE);
    node->op = op;
    add_kid(p, node, left, ' ');
    add_kid(p, node, right, ' ');
    return node;
}

static att_term *read_junction(parser *p, const char *word, att_term_kind kind,
                               att_term *(*read_kid)(parser *p))
{
    att_term *first = read_kid(p);
    att_term *node = NULL;

    while (first != NULL && stands_word(p, word)) {
        att_term *kid;

        if (node == NULL) {
            node = make(p, kind);
            add_kid(p, node, first, ' ');
        }
        pass(p, strlen(word));
        kid = read_kid(p);
        if (kid == NULL) {
            return NULL;
        }
        add_kid(p, node, kid, ' ');
    }
    return node == NULL ? first : node;
}

static att_term *read_and(parser *p)
{
    return read_junction(p, "and", ATT_TERM_AND, read_compare);
}

static att_term *read_or(parser *p)
{
    att_term *node;

    if (++p->depth > DEPTH_MAX) {
        return stop(p, "it is nested too deep");
    }
    node = read_junction(p, "or", ATT_TERM_OR, read_and);
    p->depth--;
    return node;
}

att_term *att_term_make(att_arena *arena, const att_tongue *tongue, const char *text,
                        const char **why)
{
    parser p = { .arena = arena, .tongue = tongue, .at = text };
    att_term *node;

    *why = "";
    if (strlen(text) > ATT_LOGIC_BYTES_MAX) {
        *why = "it is too long";
        return NULL;
    }
    skip(&p, true);
    node = read_or(&p);
    if (node != NULL && *p.at != '\0') {
        node = stop(&p, att_arena_format(arena, "\"%s\" is not expected",
                                         att_text_cut(arena, p.at, 16)));
    }
    if (node == NULL) {
        *why = p.why != NULL ? p.why : "it cannot be read";
    }
    return node;
}
