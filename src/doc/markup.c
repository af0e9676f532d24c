#include "markup.h"

#include <stdbool.h>
#include <string.h>

#include <attune/base/text.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* U+202A-202E and U+2066-2069 in UTF-8: they turn the reading order. */
static bool is_override(const unsigned char *p)
{
    return (p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae) ||
           (p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9);
}

static bool is_noncharacter(const unsigned char *p)
{
    return p[0] == 0xef && p[1] == 0xbf && (p[2] == 0xbe || p[2] == 0xbf);
}

/* Adds the character at p and says how many bytes it took. */
static size_t add_character(att_buf *out, const char *p, size_t n)
{
    const unsigned char *u = (const unsigned char *)p;
    size_t size = u[0] < 0x80 ? 1 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;

    if (att_text_check(p, size < n ? size : n) < size) {
        att_buf_add(out, REPLACEMENT);
        return 1;
    }
    if (size == 1 && (u[0] == '\n' || u[0] == '\t' || u[0] == '\r')) {
        att_buf_char(out, ' ');
    } else if ((size == 1 && (u[0] < 0x20 || u[0] == 0x7f)) ||
               (size == 2 && u[0] == 0xc2 && u[1] < 0xa0) ||
               (size == 3 && (is_override(u) || is_noncharacter(u)))) {
        att_buf_add(out, REPLACEMENT);
    } else {
        att_buf_add_n(out, p, size);
    }
    return size;
}

void att_markup_text(att_buf *out, const char *text)
{
    size_t n = text != NULL ? strlen(text) : 0;

    for (size_t i = 0; i < n;) {
        switch (text[i]) {
        case '&': att_buf_add(out, "&amp;"); break;
        case '<': att_buf_add(out, "&lt;"); break;
        case '>': att_buf_add(out, "&gt;"); break;
        case '"': att_buf_add(out, "&quot;"); break;
        case '\'': att_buf_add(out, "&#39;"); break;
        default: i += add_character(out, text + i, n - i); continue;
        }
        i++;
    }
}

void att_markup_attribute(att_buf *out, const char *name, const char *value)
{
    att_buf_format(out, " %s=\"", name);
    att_markup_text(out, value);
    att_buf_char(out, '"');
}
