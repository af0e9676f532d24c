/* slips.c - a scan over the tokens of an expression
 */
#include "slips.h"

#include <string.h>

#include <attune/base/number.h>

#define NEST_MAX 64

typedef enum token { END = 0, WORD, NUMBER, QUOTED, COMPARE, OPEN, CLOSE, OTHER } token;

typedef struct scan {
    att_arena *arena;
    const char *text;
    size_t at, span; /* the token */
    token now, before;
    const char *before_text; /* the token before, where it began */
    size_t before_span;
    size_t begin;          /* where the comparison that the token is in began */
    size_t nest[NEST_MAX]; /* begin of what holds a parenthesis */
    size_t depth;
    bool is_fresh;     /* the next token begins a comparison */
    bool is_min_valid; /* the number that follows is a min_valid */
    bool is_in_date;   /* the text that follows is a day */
} scan;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t quoted_span(const char *text)
{
    size_t i = 1;

    while (text[i] != '\0') {
        if (text[i] == '\'' && text[i + 1] != '\'') {
            return i + 1;
        }
        i += text[i] == '\'' ? 2 : 1;
    }
    return i;
}

static token classify(const char *text, size_t *span)
{
    *span = 1;
    if (*text == '\0') {
        *span = 0;
        return END;
    }
    if (is_letter(*text)) {
        while (is_letter(text[*span]) || is_digit(text[*span])) {
            *span += 1;
        }
        return WORD;
    }
    if (is_digit(*text)) {
        while (is_digit(text[*span]) || text[*span] == '.') {
            *span += 1;
        }
        return NUMBER;
    }
    if (*text == '\'') {
        *span = quoted_span(text);
        return QUOTED;
    }
    if (strchr("!<>=", *text) != NULL) {
        *span = text[1] == '=' ? 2 : 1;
        return COMPARE;
    }
    return *text == '(' ? OPEN : *text == ')' ? CLOSE : OTHER;
}

static bool is_word(const scan *s, const char *word)
{
    return s->now == WORD && s->span == strlen(word) &&
           strncmp(s->text + s->at, word, s->span) == 0;
}

static bool was_word(const scan *s, const char *word)
{
    return s->before == WORD && s->before_span == strlen(word) &&
           strncmp(s->before_text, word, s->before_span) == 0;
}

/* Keeps where the comparison began that the token stands in. */
static void follow(scan *s)
{
    if (s->is_fresh) {
        s->begin = s->at;
        s->is_fresh = false;
    }
    if (s->now == OPEN && s->depth < NEST_MAX) {
        s->is_in_date = was_word(s, "date");
        s->nest[s->depth++] = s->begin;
        s->is_fresh = true;
    } else if (s->now == CLOSE && s->depth > 0) {
        s->begin = s->nest[--s->depth];
        s->is_in_date = false;
    } else if (is_word(s, "and") || is_word(s, "or") || is_word(s, "not") ||
               (s->now == OTHER && s->text[s->at] == ',')) {
        s->is_fresh = true;
    }
    if (s->now == OTHER && s->text[s->at] == ':') {
        s->is_min_valid = was_word(s, "min_valid");
    }
}

static bool next(scan *s)
{
    s->before = s->now;
    s->before_text = s->text + s->at;
    s->before_span = s->span;
    s->at += s->span;
    s->at += strspn(s->text + s->at, " \t\n");
    s->now = classify(s->text + s->at, &s->span);
    return s->now != END;
}

static const char *opposite(const char *text, size_t span)
{
    static const char *const pairs[][2] = {
        { "=", "!=" }, { "!=", "=" }, { "<", ">=" },
        { "<=", ">" }, { ">", "<=" }, { ">=", "<" }
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strlen(pairs[i][0]) == span && strncmp(pairs[i][0], text, span) == 0) {
            return pairs[i][1];
        }
    }
    return "=";
}

static bool is_compared(const scan *s)
{
    token after;
    size_t span;
    const char *rest = s->text + s->at + s->span;

    after = classify(rest + strspn(rest, " \t\n"), &span);
    return s->before == COMPARE || after == COMPARE;
}

static const char *shifted(const scan *s, bool is_down)
{
    att_buf text = { 0 };
    double x = 0;
    char *copy;

    att_number_read(s->text + s->at, s->span, &x);
    att_number_write(&text, is_down ? x - 1 : x + 1);
    copy = att_buf_copy(s->arena, &text);
    att_buf_drop(&text);
    return copy;
}

/* The slip that the token allows, if any. */
static bool slip_of(scan *s, bool is_down, att_slip *out)
{
    *out = (att_slip){ .at = s->at, .span = s->span };
    if (s->now == COMPARE) {
        out->fault = ATT_FAULT_NEGATE;
        out->with = opposite(s->text + s->at, s->span);
    } else if (is_word(s, "in")) {
        out->fault = ATT_FAULT_NEGATE;
        out->at = s->begin;
        out->span = 0;
        out->with = "not ";
    } else if (is_word(s, "and") || is_word(s, "or")) {
        out->fault = ATT_FAULT_AND_OR;
        out->with = is_word(s, "and") ? "or" : "and";
    } else if (s->now == NUMBER) {
        out->fault = s->is_min_valid ? ATT_FAULT_MIN_VALID : ATT_FAULT_CONSTANT;
        out->with = shifted(s, is_down);
        s->is_min_valid = false;
    } else if (s->now == QUOTED && !s->is_in_date && is_compared(s)) {
        out->fault = ATT_FAULT_CONSTANT;
        out->at = s->at + s->span - 1;
        out->span = 0;
        out->with = "x";
    } else {
        return false;
    }
    return true;
}

bool att_slip_find(att_arena *arena, const char *text, size_t k, bool is_down,
                   att_slip *out)
{
    scan s = { .arena = arena, .text = text, .is_fresh = true };
    size_t n = 0;

    while (next(&s)) {
        follow(&s);
        if (slip_of(&s, is_down, out) && n++ == k) {
            return true;
        }
    }
    return false;
}

char *att_slip_make(att_arena *arena, const char *text, const att_slip *slip)
{
    return att_arena_format(arena, "%.*s%s%s", (int)slip->at, text, slip->with,
                            text + slip->at + slip->span);
}
