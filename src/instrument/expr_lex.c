#include <stdint.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#include "expr_tree.h"

static void cut_into(char *out, size_t room, const char *text)
{
    size_t n = strlen(text);

    if (n >= room) {
        n = room - 1;
        while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80) {
            n--;
        }
    }
    memcpy(out, text, n);
    out[n] = '\0';
}

void att_expr_fail(att_expr_fault *fault, const char *rule, const att_expr_token *where,
                   const char *message, const char *hint)
{
    fault->rule = rule;
    fault->at = where->at;
    fault->span = where->span;
    cut_into(fault->message, sizeof fault->message, message);
    cut_into(fault->hint, sizeof fault->hint, hint);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool lex_number(const char *text, att_expr_token *out, att_expr_fault *fault)
{
    const char *p = text + out->at;
    size_t n = 0;

    while (is_digit(p[n])) {
        n++;
    }
    if (p[n] == '.' && is_digit(p[n + 1])) {
        n++;
        while (is_digit(p[n])) {
            n++;
        }
    }
    out->kind = ATT_TOKEN_NUMBER;
    out->span = n;
    if (is_letter(p[n])) {
        while (is_letter(p[n]) || is_digit(p[n])) {
            n++;
        }
        out->span = n;
        att_expr_fail(fault, "L020", out, "a number runs into a name",
                      "begin names with a letter, and put an operator between");
        return false;
    }
    if (!att_number_read(p, n, &out->number)) {
        att_expr_fail(fault, "L020", out, "a number is too large", "");
        return false;
    }
    return true;
}

/* a name, or a.b */
static void lex_name(att_arena *arena, const char *text, att_expr_token *out)
{
    const char *p = text + out->at;
    size_t n = 0;

    while (is_letter(p[n]) || is_digit(p[n]) || (p[n] == '.' && is_letter(p[n + 1]))) {
        n++;
    }
    out->kind = ATT_TOKEN_NAME;
    out->span = n;
    out->text = att_arena_text_n(arena, p, n);
}

static bool lex_text(att_arena *arena, const char *text, att_expr_token *out,
                     att_expr_fault *fault)
{
    const char *p = text + out->at + 1;
    char *copy = att_arena_text(arena, p);
    size_t n = 0;

    while (*p != '\0' && (*p != '\'' || p[1] == '\'')) {
        p += *p == '\'' ? 1 : 0;
        copy[n++] = *p++;
    }
    copy[n] = '\0';
    out->kind = ATT_TOKEN_TEXT;
    if (*p == '\0') {
        out->span = strlen(text) - out->at;
        att_expr_fail(fault, "L020", out, "a text has no end", "close it with '");
        return false;
    }
    out->span = (size_t)(p + 1 - text) - out->at;
    out->text = att_text_compose(arena, copy);
    return true;
}

/* What people write who know other languages. */
static const struct {
    const char *written, *hint;
} foreign[] = {
    { "==", "write =" },
    { "<>", "write !=" },
    { "=<", "write <=" },
    { "=>", "write >=" },
    { "&&", "write and" },
    { "&", "write and" },
    { "||", "write or" },
    { "|", "write or" },
    { "!", "write not, or !=" },
    { "\"", "write texts in single quotes: 'PT'" },
    { "\xe2\x80\x98", "write straight quotes: 'PT'" },
    { "\xe2\x80\x99", "write straight quotes: 'PT'" },
    { "\xe2\x80\x9c", "write straight quotes: 'PT'" },
    { "\xe2\x80\x9d", "write straight quotes: 'PT'" },
    { "\xe2\x89\xa4", "write <=" },
    { "\xe2\x89\xa5", "write >=" },
    { "\xe2\x89\xa0", "write !=" },
    { "$", "write the name alone" },
    { "{", "write the name alone" },
    { "[", "write lists in parentheses: x in (1, 2)" },
};

static bool refuse_mark(att_arena *arena, const char *text, att_expr_token *out,
                        att_expr_fault *fault)
{
    const char *p = text + out->at;
    const char *hint = "";
    size_t n = 1;

    while (((unsigned char)p[n] & 0xc0) == 0x80) {
        n++;
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (strncmp(p, foreign[i].written, strlen(foreign[i].written)) == 0) {
            hint = foreign[i].hint;
            n = strlen(foreign[i].written);
            break;
        }
    }
    out->span = n;
    att_expr_fail(fault, "L020", out,
                  att_arena_format(arena, "\"%.*s\" has no meaning here", (int)n, p),
                  hint);
    return false;
}

static bool lex_mark(att_arena *arena, const char *text, att_expr_token *out,
                     att_expr_fault *fault)
{
    static const char *const pairs[] = { "!=", "<=", ">=" };
    const char *p = text + out->at;

    out->kind = ATT_TOKEN_MARK;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strncmp(p, pairs[i], 2) == 0) {
            out->span = 2;
            out->text = pairs[i];
            return true;
        }
    }
    if (strncmp(p, "==", 2) == 0 || strncmp(p, "=<", 2) == 0 ||
        strncmp(p, "=>", 2) == 0 || strncmp(p, "<>", 2) == 0 ||
        strchr("=<>+-*/(),:.", *p) == NULL) {
        return refuse_mark(arena, text, out, fault);
    }
    out->span = 1;
    out->text = att_arena_text_n(arena, p, 1);
    return true;
}

bool att_expr_lex(att_arena *arena, const char *text, size_t *at, att_expr_token *out,
                  att_expr_fault *fault)
{
    bool is_good = true;

    *out = (att_expr_token){ .text = "" };
    out->at = *at + strspn(text + *at, " \t\r\n");
    if (text[out->at] == '\0') {
        out->span = 1;
    } else if (is_digit(text[out->at])) {
        is_good = lex_number(text, out, fault);
    } else if (is_letter(text[out->at])) {
        lex_name(arena, text, out);
    } else if (text[out->at] == '\'') {
        is_good = lex_text(arena, text, out, fault);
    } else if (text[out->at] == '.' && is_digit(text[out->at + 1])) {
        out->span = 2;
        att_expr_fail(fault, "L020", out, "a number begins with a digit", "write 0.5");
        is_good = false;
    } else {
        is_good = lex_mark(arena, text, out, fault);
    }
    *at = out->kind == ATT_TOKEN_END ? out->at : out->at + out->span;
    return is_good;
}
