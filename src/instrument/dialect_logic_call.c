/* REDCap's functions of days and texts in our words, and the table of all. */
#include <string.h>

#include "dialect_logic_said.h"

static att_said day_from(att_speaker *s, const att_term *node)
{
    att_said x = att_say_value(s, node);

    if (x.sort == ATT_SAID_TEXT && x.is_literal) {
        return att_said_day(s, x.full);
    }
    return att_said_is_nothing(&x) || x.sort == ATT_SAID_DAY
               ? x
               : att_said_cannot(s, "datediff of what is no day");
}

typedef struct stretch {
    att_said from, to;
    const char *unit;
    bool is_signed;
} stretch;

static bool is_word(const att_term *node, const char *word)
{
    return node->kind == ATT_TERM_TEXT && strcmp(node->text, word) == 0;
}

/* datediff(a, b, "d", "ymd", true): the format may be left out, and the last */
static bool read_span(att_speaker *s, const att_term *node, stretch *out)
{
    if (node->n_kids < 3 || node->kids[2]->kind != ATT_TERM_TEXT) {
        att_said_cannot(s, "datediff() wants two days and a unit");
        return false;
    }
    out->from = day_from(s, node->kids[0]);
    out->to = day_from(s, node->kids[1]);
    out->unit = node->kids[2]->text;
    out->is_signed = is_word(node->kids[node->n_kids - 1], "true");
    return !att_said_is_nothing(&out->from) && !att_said_is_nothing(&out->to);
}

static att_said say_span(att_speaker *s, const stretch *between, const char *function,
                         const char *divided)
{
    const char *text = att_arena_format(s->arena, "%s(%s, %s)", function,
                                        between->from.full, between->to.full);
    att_said out;

    if (!between->is_signed) {
        text = att_arena_format(s->arena, "abs(%s)", text);
    }
    if (divided[0] != '\0') {
        text = att_arena_format(s->arena, "(%s %s)", text, divided);
    }
    out = att_said_value(s, ATT_SAID_NUMBER, text);
    att_said_add_known(&out, &between->from);
    att_said_add_known(&out, &between->to);
    return out;
}

static att_said say_datediff(att_speaker *s, const att_term *node)
{
    static const struct {
        const char *unit, *divided;
    } units[] = {
        { "d", "" },     { "y", "/ 365.2425" }, { "M", "/ 30.44" },
        { "h", "* 24" }, { "m", "* 1440" },     { "s", "* 86400" },
    };
    stretch between = { 0 };

    if (!read_span(s, node, &between)) {
        return (att_said){ .sort = ATT_SAID_NOTHING };
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(between.unit, units[i].unit) == 0) {
            return say_span(s, &between, "days", units[i].divided);
        }
    }
    return att_said_cannot(
        s, att_arena_format(s->arena, "\"%s\" is no unit", between.unit));
}

/* rounddown(datediff(a, b, "y"), 0): whole years */
static bool say_whole(att_speaker *s, const att_term *inner, att_said *out)
{
    stretch between = { 0 };
    const char *function;

    if (inner->kind != ATT_TERM_CALL || strcmp(inner->text, "datediff") != 0 ||
        inner->n_kids < 3) {
        return false;
    }
    function = is_word(inner->kids[2], "y")   ? "years"
               : is_word(inner->kids[2], "M") ? "months"
                                              : NULL;
    if (function == NULL || !read_span(s, inner, &between)) {
        return false;
    }
    att_said_near(s, "whole years and months are those of the calendar here");
    *out = say_span(s, &between, function, "");
    return true;
}

static att_said say_rounded(att_speaker *s, const att_term *node)
{
    bool is_up = strcmp(node->text, "roundup") == 0;
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (node->n_kids < 1 || node->n_kids > 2 ||
        (node->n_kids == 2 && !att_term_is_number(node->kids[1], "0"))) {
        return att_said_cannot(
            s, "rounddown() and roundup() can be said for whole numbers only");
    }
    if (!is_up && say_whole(s, node->kids[0], &x)) {
        return x;
    }
    x = att_say_number(s, node->kids[0]);
    if (att_said_is_nothing(&x)) {
        return x;
    }
    att_said_near(s, "a number under 0 may be rounded the other way");
    x.full = att_arena_format(s->arena, is_up ? "(-floor(-%s))" : "floor(%s)", x.full);
    x.field = NULL;
    x.is_literal = false;
    return att_said_whole(s, x);
}

static att_said say_round(att_speaker *s, const att_term *node)
{
    att_said x = { .sort = ATT_SAID_NOTHING };

    if (node->n_kids < 1 || node->n_kids > 2 ||
        (node->n_kids == 2 && node->kids[1]->kind != ATT_TERM_NUMBER)) {
        return att_said_cannot(s, "round() wants a number and fixed digits");
    }
    x = att_say_number(s, node->kids[0]);
    if (att_said_is_nothing(&x)) {
        return x;
    }
    x.full =
        node->n_kids == 1 || att_term_is_number(node->kids[1], "0")
            ? att_arena_format(s->arena, "round(%s)", x.full)
            : att_arena_format(s->arena, "round(%s, %s)", x.full, node->kids[1]->text);
    x.field = NULL;
    x.is_literal = false;
    return att_said_whole(s, x);
}

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

/* Functions of texts: contains() and the like by a pattern. */
static att_said say_search(att_speaker *s, const att_term *node)
{
    bool is_not = strcmp(node->text, "not_contain") == 0;
    bool is_start = strcmp(node->text, "starts_with") == 0;
    bool is_end = strcmp(node->text, "ends_with") == 0;
    att_buf buf = { 0 };
    const char *text;
    att_said x;

    if (node->n_kids != 2 || node->kids[1]->kind != ATT_TERM_TEXT) {
        return att_said_cannot(
            s, att_arena_format(s->arena, "%s() wants a fixed text", node->text));
    }
    x = text_from(s, node->kids[0]);
    if (att_said_is_nothing(&x)) {
        return x;
    }
    for (const char *p = node->kids[1]->text; *p != '\0'; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ')) {
            att_buf_drop(&buf);
            return att_said_cannot(s, "it searches for more than letters and digits");
        }
        att_buf_char(&buf, c);
    }
    text =
        att_arena_format(s->arena, "matches(lower(%s), '%s%s%s')", x.full,
                         is_start ? "" : ".*", att_buf_text(&buf), is_end ? "" : ".*");
    att_buf_drop(&buf);
    if (is_not) {
        text = att_arena_format(s->arena, "missing(%s) or not %s", x.full, text);
        return att_said_with_id(att_said_truth(s, text, text, text), ATT_SAID_AS_OR,
                                NULL);
    }
    return att_said_truth(
        s, text, text, att_arena_format(s->arena, "answered(%s) and %s", x.full, text));
}

static att_said say_text_call(att_speaker *s, const att_term *node)
{
    att_buf buf = { 0 };
    att_said out = { .sort = ATT_SAID_TEXT, .is_loose = true };

    if (strcmp(node->text, "length") == 0) {
        out.sort = ATT_SAID_NUMBER;
    }
    att_buf_format(&buf, "%s(", node->text);
    for (size_t i = 0; i < node->n_kids; i++) {
        att_said x = text_from(s, node->kids[i]);

        if (att_said_is_nothing(&x) || buf.n > ATT_LOGIC_BYTES_MAX) {
            att_buf_drop(&buf);
            return att_said_cannot(s, "it would be too long here");
        }
        att_buf_format(&buf, "%s%s", i == 0 ? "" : ", ", x.full);
    }
    att_buf_char(&buf, ')');
    out.full = att_said_buf(s, &buf);
    return node->n_kids == 0 ? att_said_cannot(s, "a function lacks its arguments")
                             : att_said_whole(s, out);
}

static att_said say_abs(att_speaker *s, const att_term *node)
{
    att_said x = node->n_kids == 1 ? att_say_number(s, node->kids[0])
                                   : att_said_cannot(s, "abs() wants one number");

    if (att_said_is_nothing(&x)) {
        return x;
    }
    x.full = att_arena_format(s->arena, "abs(%s)", x.full);
    x.field = NULL;
    x.is_literal = false;
    return att_said_whole(s, x);
}

static att_said say_blank_call(att_speaker *s, const att_term *node)
{
    bool is_blank = strcmp(node->text, "isblankormissingcode") == 0;
    att_said x = node->n_kids == 1 ? att_say_value(s, node->kids[0])
                                   : att_said_cannot(s, "it wants one field");

    if (att_said_is_nothing(&x)) {
        return x;
    }
    if (strcmp(node->text, "isnumber") == 0 && x.sort != ATT_SAID_NUMBER) {
        return att_said_cannot(s, "isnumber() of what is no number here");
    }
    return att_said_blankness(s, &x, is_blank);
}

static att_said say_age(att_speaker *s, const att_term *node)
{
    stretch between = { .is_signed = true };

    if (node->n_kids != 2) {
        return att_said_cannot(s, "age_at_date() wants two days");
    }
    between.from = day_from(s, node->kids[0]);
    between.to =
        att_said_is_nothing(&between.from) ? between.from : day_from(s, node->kids[1]);
    return att_said_is_nothing(&between.to) ? between.to
                                            : say_span(s, &between, "years", "");
}

att_said att_say_call(att_speaker *s, const att_term *node)
{
    static const struct {
        const char *name;
        att_said (*say)(att_speaker *s, const att_term *node);
    } calls[] = {
        { "if", att_say_if },
        { "sum", att_say_sum },
        { "mean", att_say_over },
        { "min", att_say_over },
        { "max", att_say_over },
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

    if (s->fields->tongue->is_xpath) {
        return att_say_xpath_call(s, node);
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, node->text) == 0) {
            return calls[i].say(s, node);
        }
    }
    return att_said_cannot(
        s, att_arena_format(s->arena, "%s() cannot be said here", node->text));
}
