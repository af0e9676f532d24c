/* Words of other programs' files: HTML to words, blanks, upper and lower case. */
#include "dialect_words.h"

#include <string.h>

#include <attune/base/buf.h>

#define ENTITY_MAX 10   /* bytes between & and ; */
#define TAG_MAX    2000 /* bytes of a tag */

char att_words_low(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool att_words_same(const char *a, const char *b)
{
    while (*a != '\0' && att_words_low(*a) == att_words_low(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

const char *att_words_trimmed(att_arena *arena, const char *text, size_t n)
{
    while (n > 0 && strchr(" \t\r\n", text[0]) != NULL) {
        text++;
        n--;
    }
    while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL) {
        n--;
    }
    return att_arena_text_n(arena, text, n);
}

/* ---- HTML ---- */

static void add_character(att_buf *out, unsigned long c)
{
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ||
        (c < 0x20 && c != '\n')) {
        att_buf_char(out, '?');
    } else if (c < 0x80) {
        att_buf_char(out, (char)c);
    } else if (c < 0x800) {
        att_buf_char(out, (char)(0xC0 | c >> 6));
        att_buf_char(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        att_buf_char(out, (char)(0xE0 | c >> 12));
        att_buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        att_buf_char(out, (char)(0x80 | (c & 0x3F)));
    } else {
        att_buf_char(out, (char)(0xF0 | c >> 18));
        att_buf_char(out, (char)(0x80 | (c >> 12 & 0x3F)));
        att_buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        att_buf_char(out, (char)(0x80 | (c & 0x3F)));
    }
}

/* #233 or #xe9; 0 when it is none. */
static unsigned long numbered(const char *name, size_t n)
{
    unsigned base = n > 1 && (name[1] == 'x' || name[1] == 'X') ? 16 : 10;
    unsigned long c = 0;

    for (size_t i = base == 16 ? 2 : 1; i < n; i++) {
        static const char digits[] = "0123456789abcdef";
        char low =
            name[i] >= 'A' && name[i] <= 'F' ? (char)(name[i] - 'A' + 'a') : name[i];
        const char *digit = low == '\0' ? NULL : strchr(digits, low);

        if (digit == NULL || (unsigned)(digit - digits) >= base) {
            return 0;
        }
        c = c * base + (unsigned long)(digit - digits);
    }
    return c;
}

/* The entity at p, "&...;": adds its character and returns its bytes, or 0. */
static size_t add_entity(att_buf *out, const char *p)
{
    static const struct {
        const char *name;
        unsigned long c;
    } names[] = { { "amp", '&' },       { "lt", '<' },       { "gt", '>' },
                  { "quot", '"' },      { "apos", '\'' },    { "nbsp", ' ' },
                  { "ndash", 0x2013 },  { "mdash", 0x2014 }, { "lsquo", 0x2018 },
                  { "rsquo", 0x2019 },  { "ldquo", 0x201C }, { "rdquo", 0x201D },
                  { "hellip", 0x2026 }, { "ge", 0x2265 },    { "le", 0x2264 },
                  { "eacute", 0xE9 },   { "ntilde", 0xF1 },  { "deg", 0xB0 },
                  { "copy", 0xA9 },     { "reg", 0xAE } };
    const char *end = memchr(p, ';', strnlen(p, ENTITY_MAX + 2));
    size_t n = end == NULL ? 0 : (size_t)(end - p - 1);
    unsigned long c = 0;

    if (n == 0 || n > ENTITY_MAX) {
        return 0;
    }
    if (p[1] == '#') {
        c = numbered(p + 1, n);
        c = c == 160 ? ' ' : c;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names && p[1] != '#'; i++) {
        if (strlen(names[i].name) == n && strncmp(names[i].name, p + 1, n) == 0) {
            c = names[i].c;
        }
    }
    if (c == 0) {
        return 0;
    }
    add_character(out, c);
    return n + 2;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of the tag at p, 0 when it is none. */
static size_t tag_bytes(const char *p)
{
    const char *name = p[1] == '/' ? p + 2 : p + 1;
    const char *end;

    if (!is_letter(*name) && *name != '!') {
        return 0;
    }
    end = memchr(p, '>', strnlen(p, TAG_MAX));
    return end == NULL ? 0 : (size_t)(end - p) + 1;
}

static bool breaks_line(const char *p)
{
    static const char *const names[] = { "<br", "</p", "</div", "</li", "</tr", "</h" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);
        size_t k = 0;

        while (k < n &&
               (p[k] >= 'A' && p[k] <= 'Z' ? p[k] - 'A' + 'a' : p[k]) == names[i][k]) {
            k++;
        }
        if (k == n) {
            return true;
        }
    }
    return false;
}

/* Blanks at the ends of lines and of all, and lines without words, fall away. */
static const char *tidy(att_arena *arena, const char *text)
{
    att_buf buf = { 0 };
    char *copy;

    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\r') {
            continue;
        }
        if (*p == '\n') {
            while (buf.n > 0 &&
                   (buf.bytes[buf.n - 1] == ' ' || buf.bytes[buf.n - 1] == '\t')) {
                att_buf_cut(&buf, buf.n - 1);
            }
            if (buf.n == 0 || buf.bytes[buf.n - 1] == '\n') {
                continue;
            }
        }
        if ((*p == ' ' || *p == '\t') && buf.n == 0) {
            continue;
        }
        att_buf_char(&buf, (unsigned char)*p < 0x20 && *p != '\n' ? ' ' : *p);
    }
    while (buf.n > 0 && strchr(" \n\t", buf.bytes[buf.n - 1]) != NULL) {
        att_buf_cut(&buf, buf.n - 1);
    }
    copy = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

const char *att_words_plain(att_arena *arena, const char *text, bool *had_tags)
{
    att_buf buf = { 0 };
    const char *out;

    for (const char *p = text; *p != '\0';) {
        size_t n = *p == '<' ? tag_bytes(p) : 0;

        if (n > 0) {
            if (breaks_line(p)) {
                att_buf_char(&buf, '\n');
            }
            *had_tags = true;
        } else if (*p == '&') {
            n = add_entity(&buf, p);
            *had_tags = *had_tags || n > 0;
        }
        if (n == 0) {
            att_buf_char(&buf, *p);
            n = 1;
        }
        p += n;
    }
    out = tidy(arena, att_buf_text(&buf));
    att_buf_drop(&buf);
    return out;
}
