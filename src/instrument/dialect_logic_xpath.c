/* XLSForm's functions in our words. A blank is '' there: its length is 0, and it holds
 * no mark. */
#include <string.h>

#include "dialect_logic_said.h"

static bool wants(att_speaker *s, const att_term *node, size_t n)
{
    if (node->n_kids == n) {
        return true;
    }
    att_said_cannot(s, att_arena_format(s->arena, "%s() wants %zu argument%s",
                                        node->text, n, n == 1 ? "" : "s"));
    return false;
}

/* A value made of another, which is missing where that is. */
static att_said made_of(att_speaker *s, const att_said *x, att_said_sort sort,
                        const char *text)
{
    att_said out = att_said_value(s, sort, text);

    out.is_sure = x->is_sure;
    att_said_add_known(&out, x);
    return out;
}

/* ---- marks ---- */

/* The option's name: 'a', or 1. */
static const char *option_of(att_speaker *s, const att_term *node)
{
    if (node->kind == ATT_TERM_TEXT || node->kind == ATT_TERM_NUMBER) {
        return node->text;
    }
    att_said_cannot(s, "selected() wants a fixed choice");
    return NULL;
}

/* A mark; or, where the choice is a reason here, that this is why there is none. */
static att_said say_marked(att_speaker *s, const att_logic_field *field,
                           const char *option, bool is_marked)
{
    const att_logic_code *code = att_said_code(field, option);
    att_said x;

    if (code != NULL && code->reason != ATT_REASON_NONE) {
        const char *text =
            att_arena_format(s->arena, "reason(%s) %s '%s'", field->id,
                             is_marked ? "=" : "!=", att_reason_name(code->reason));

        return att_said_truth(s, text, text, text);
    }
    x = att_said_mark(s, field, option);
    return att_said_is_nothing(&x) ? x : att_said_is_marked(s, &x, is_marked);
}

att_said att_say_selected(att_speaker *s, const att_term *node, bool is_marked)
{
    const char *option = wants(s, node, 2) ? option_of(s, node->kids[1]) : NULL;
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (option == NULL) {
        return x;
    }
    x = att_say_value(s, node->kids[0]);
    if (x.field != NULL && x.field->sort == ATT_LOGIC_CODE) {
        att_term text = { .kind = ATT_TERM_TEXT, .text = option };
        att_term *kids[2] = { node->kids[0], &text };
        att_term compare = { .kind = ATT_TERM_COMPARE,
                             .op = is_marked ? '=' : '!',
                             .kids = kids,
                             .n_kids = 2 };

        return att_say_compare(s, &compare);
    }
    if (x.sort != ATT_SAID_MARKS || x.field == NULL) {
        return att_said_is_nothing(&x)
                   ? x
                   : att_said_cannot(s, "selected() wants a question with choices");
    }
    return say_marked(s, x.field, option, is_marked);
}

static att_said say_selected(att_speaker *s, const att_term *node)
{
    return att_say_selected(s, node, true);
}

/* A count of something, which is 0 there for a blank. */
static att_said count_of(att_speaker *s, const att_said *x)
{
    const char *text = att_arena_format(s->arena, "length(%s)", x->full);
    att_said out;

    if (!x->is_sure && (x->field == NULL || x->field != s->fields->own)) {
        text = att_arena_format(s->arena, "coalesce(%s, 0)", text);
    }
    out = att_said_value(s, ATT_SAID_NUMBER, text);
    out.is_sure = true;
    return out;
}

static att_said say_count_selected(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (!wants(s, node, 1)) {
        return x;
    }
    x = att_say_value(s, node->kids[0]);
    return att_said_is_nothing(&x) ? x
           : x.sort == ATT_SAID_MARKS
               ? count_of(s, &x)
               : att_said_cannot(s, "count-selected() wants a "
                                    "question with many choices");
}

/* ---- texts ---- */

static att_said text_from(att_speaker *s, const att_term *node)
{
    att_said x = att_say_value(s, node);

    if (x.sort == ATT_SAID_TEXT && x.is_literal) {
        x.full = att_said_text(s, x.full);
    }
    return att_said_is_nothing(&x) || x.sort == ATT_SAID_TEXT
               ? x
               : att_said_cannot(s, "it wants a text here");
}

static att_said say_string_length(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (!wants(s, node, 1)) {
        return x;
    }
    x = text_from(s, node->kids[0]);
    return att_said_is_nothing(&x) ? x : count_of(s, &x);
}

/* That a text fits a pattern. */
static att_said fits(att_speaker *s, const att_said *x, const char *pattern)
{
    const char *text = att_arena_format(s->arena, "matches(%s, %s)", x->full,
                                        att_said_text(s, pattern));

    return att_said_truth(
        s, text, text,
        x->is_sure
            ? text
            : att_arena_format(s->arena, "(answered(%s) and %s)", x->full, text));
}

static att_said say_regex(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };
    const char *pattern;
    size_t n;

    if (!wants(s, node, 2)) {
        return x;
    }
    if (node->kids[1]->kind != ATT_TERM_TEXT) {
        return att_said_cannot(s, "regex() wants a fixed pattern");
    }
    x = text_from(s, node->kids[0]);
    if (att_said_is_nothing(&x)) {
        return x;
    }
    pattern = node->kids[1]->text;
    pattern += pattern[0] == '^';
    n = strlen(pattern);
    if (n > 0 && pattern[n - 1] == '$' && (n < 2 || pattern[n - 2] != '\\')) {
        n--;
    }
    return fits(s, &x, att_arena_text_n(s->arena, pattern, n));
}

/* contains(), starts-with(), ends-with() */
static att_said say_search(att_speaker *s, const att_term *node)
{
    bool is_start = strcmp(node->text, "starts-with") == 0;
    bool is_end = strcmp(node->text, "ends-with") == 0;
    att_said x = { .sort = ATT_SAID_NOTHING };
    att_buf buf = { 0 };

    if (!wants(s, node, 2)) {
        return x;
    }
    if (node->kids[1]->kind != ATT_TERM_TEXT) {
        return att_said_cannot(
            s, att_arena_format(s->arena, "%s() wants a fixed text", node->text));
    }
    x = text_from(s, node->kids[0]);
    if (att_said_is_nothing(&x)) {
        return x;
    }
    att_buf_add(&buf, is_start ? "" : ".*");
    for (const char *p = node->kids[1]->text; *p != '\0'; p++) {
        if (strchr(".[]()|*+?{}\\^$-", *p) != NULL) {
            att_buf_char(&buf, '\\');
        }
        att_buf_char(&buf, *p);
    }
    att_buf_add(&buf, is_end ? "" : ".*");
    return fits(s, &x, att_said_buf(s, &buf));
}

static att_said say_concat(att_speaker *s, const att_term *node)
{
    att_buf buf = { 0 };
    att_said out = { .sort = ATT_SAID_TEXT, .is_loose = true };

    for (size_t i = 0; i < node->n_kids; i++) {
        att_said x = text_from(s, node->kids[i]);

        if (att_said_is_nothing(&x) || buf.n > ATT_LOGIC_BYTES_MAX) {
            att_buf_drop(&buf);
            return att_said_cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "concat(" : ", ", x.full);
    }
    att_buf_char(&buf, ')');
    out.full = att_said_buf(s, &buf);
    return node->n_kids == 0 ? att_said_cannot(s, "concat() wants texts")
                             : att_said_whole(s, out);
}

static att_said say_lower(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (!wants(s, node, 1)) {
        return x;
    }
    x = text_from(s, node->kids[0]);
    return att_said_is_nothing(&x)
               ? x
               : made_of(s, &x, ATT_SAID_TEXT,
                         att_arena_format(s->arena, "lower(%s)", x.full));
}

/* ---- numbers ---- */

static att_said say_of_number(att_speaker *s, const att_term *node, const char *format)
{
    att_said x = { .sort = ATT_SAID_NOTHING };
    const char *mark = strchr(format, '%');

    if (!wants(s, node, 1)) {
        return x;
    }
    x = att_say_number(s, node->kids[0]);
    return att_said_is_nothing(&x)
               ? x
               : made_of(s, &x, ATT_SAID_NUMBER,
                         att_arena_format(s->arena, "%.*s%s%s", (int)(mark - format),
                                          format, x.full, mark + 1));
}

static att_said say_int(att_speaker *s, const att_term *node)
{
    att_said_near(s, "a number under 0 is rounded the other way");
    return say_of_number(s, node, "floor(%)");
}

static att_said say_floor(att_speaker *s, const att_term *node)
{
    return say_of_number(s, node, "floor(%)");
}

static att_said say_ceiling(att_speaker *s, const att_term *node)
{
    return say_of_number(s, node, "(-floor(-%))");
}

static att_said say_abs(att_speaker *s, const att_term *node)
{
    return say_of_number(s, node, "abs(%)");
}

static att_said say_round(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (node->n_kids == 1) {
        return say_of_number(s, node, "round(%)");
    }
    if (!wants(s, node, 2)) {
        return x;
    }
    if (node->kids[1]->kind != ATT_TERM_NUMBER) {
        return att_said_cannot(s, "round() wants fixed digits");
    }
    x = att_say_number(s, node->kids[0]);
    return att_said_is_nothing(&x)
               ? x
               : made_of(s, &x, ATT_SAID_NUMBER,
                         att_arena_format(s->arena, "round(%s, %s)", x.full,
                                          node->kids[1]->text));
}

static att_said say_pow(att_speaker *s, const att_term *node)
{
    return wants(s, node, 2) ? att_say_power(s, node)
                             : (att_said){ .sort = ATT_SAID_NOTHING };
}

/* A number, or coalesce(..., 0). */
static bool is_never_blank(const att_term *node)
{
    return node->kind == ATT_TERM_NUMBER ||
           (node->kind == ATT_TERM_CALL && strcmp(node->text, "coalesce") == 0 &&
            node->n_kids == 2 && node->kids[1]->kind == ATT_TERM_NUMBER);
}

static att_said say_least(att_speaker *s, const att_term *node)
{
    for (size_t i = 0; i < node->n_kids; i++) {
        if (!is_never_blank(node->kids[i])) {
            att_said_near(s, "a blank among them is passed over here");
        }
    }
    return att_say_over(s, node);
}

/* What changes the sort of a value there only. */
static att_said say_same(att_speaker *s, const att_term *node)
{
    return wants(s, node, 1) ? att_say_value(s, node->kids[0])
                             : (att_said){ .sort = ATT_SAID_NOTHING };
}

static att_said say_as_number(att_speaker *s, const att_term *node)
{
    return wants(s, node, 1) ? att_say_number(s, node->kids[0])
                             : (att_said){ .sort = ATT_SAID_NOTHING };
}

/* ---- days ---- */

static att_said say_today(att_speaker *s, const att_term *node)
{
    if (strcmp(node->text, "now") == 0) {
        att_said_near(s, "the hour of now() is passed over here");
    }
    return att_said_today(s);
}

static att_said say_date(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (!wants(s, node, 1)) {
        return x;
    }
    x = att_say_value(s, node->kids[0]);
    if (x.sort == ATT_SAID_TEXT && x.is_literal) {
        return att_said_day(s, x.full);
    }
    return att_said_is_nothing(&x) || x.sort == ATT_SAID_DAY
               ? x
               : att_said_cannot(s, "date() of what is no day here");
}

/* ---- the first that is there; what always holds ---- */

static att_said say_coalesce(att_speaker *s, const att_term *node)
{
    att_said a = { .sort = ATT_SAID_NOTHING };
    att_said b, out;

    if (!wants(s, node, 2)) {
        return a;
    }
    a = att_say_value(s, node->kids[0]);
    b = att_said_is_nothing(&a) ? a : att_say_value(s, node->kids[1]);
    if (b.sort == ATT_SAID_BLANK) {
        return a;
    }
    if (b.sort == ATT_SAID_TEXT && b.is_literal) {
        b = att_said_literal(s, &a, &b);
    }
    if (att_said_is_nothing(&a) || att_said_is_nothing(&b)) {
        return (att_said){ .sort = ATT_SAID_NOTHING };
    }
    if (a.sort != b.sort || a.is_literal || a.sort == ATT_SAID_MARKS) {
        return att_said_cannot(s, "coalesce() of things that are not alike here");
    }
    out = att_said_value(
        s, a.sort, att_arena_format(s->arena, "coalesce(%s, %s)", a.full, b.full));
    out.is_loose = true;
    out.is_sure = a.is_sure || b.is_sure;
    return out;
}

static att_said say_always(att_speaker *s, const att_term *node)
{
    const char *text = strcmp(node->text, "true") == 0 ? "1 = 1" : "1 = 0";

    return wants(s, node, 0) ? att_said_truth(s, text, text, text)
                             : (att_said){ .sort = ATT_SAID_NOTHING };
}

att_said att_say_xpath_call(att_speaker *s, const att_term *node)
{
    static const struct {
        const char *name;
        att_said (*say)(att_speaker *s, const att_term *node);
    } calls[] = {
        { "selected", say_selected },
        { "indexed-repeat", att_say_entry },
        { "count-selected", say_count_selected },
        { "not", att_say_not },
        { "if", att_say_if },
        { "coalesce", say_coalesce },
        { "true", say_always },
        { "false", say_always },
        { "string-length", say_string_length },
        { "regex", say_regex },
        { "contains", say_search },
        { "starts-with", say_search },
        { "ends-with", say_search },
        { "concat", say_concat },
        { "lower-case", say_lower },
        { "string", say_same },
        { "number", say_as_number },
        { "int", say_int },
        { "floor", say_floor },
        { "ceiling", say_ceiling },
        { "round", say_round },
        { "abs", say_abs },
        { "pow", say_pow },
        { "min", say_least },
        { "max", say_least },
        { "today", say_today },
        { "now", say_today },
        { "date", say_date },
        { "decimal-date-time", say_date },
    };

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, node->text) == 0) {
            return calls[i].say(s, node);
        }
    }
    return att_said_cannot(
        s, att_arena_format(s->arena, "%s() cannot be said here", node->text));
}
