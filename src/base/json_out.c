#include <attune/base/json.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

static void quote_byte(att_buf *out, unsigned char c)
{
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    const char *special = strchr(from, c);

    if (special != NULL) {
        att_buf_char(out, '\\');
        att_buf_char(out, to[special - from]);
    } else if (c < 0x20) {
        att_buf_format(out, "\\u%04x", (unsigned)c);
    } else {
        att_buf_char(out, (char)c);
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\';
}

/* Adds n bytes of UTF-8. */
static void quote_bytes(att_buf *out, const char *text, size_t n)
{
    size_t i = 0;

    while (i < n) {
        size_t from = i;

        while (i < n && is_plain((unsigned char)text[i])) {
            i++;
        }
        att_buf_add_n(out, text + from, i - from);
        if (i < n) {
            quote_byte(out, (unsigned char)text[i++]);
        }
    }
}

void att_json_quote(att_buf *out, const char *text)
{
    size_t n = strlen(text);
    size_t i = 0;

    att_buf_char(out, '"');
    while (i < n) {
        size_t good = att_text_check(text + i, n - i);

        quote_bytes(out, text + i, good);
        i += good;
        if (i < n) {
            att_buf_add(out,
                        "\xEF\xBF\xBD"); /* no UTF-8: U+FFFD, so the file is valid */
            i++;
        }
    }
    att_buf_char(out, '"');
}

att_json_out att_json_begin(att_buf *buf, bool pretty)
{
    return (att_json_out){ .buf = buf, .pretty = pretty };
}

static void new_line(const att_json_out *out)
{
    if (out->pretty) {
        att_buf_char(out->buf, '\n');
        att_buf_repeat(out->buf, ' ', (size_t)out->depth * 2);
    }
}

/* Writes what stands before a key or a list's value. */
static void before(att_json_out *out)
{
    if (out->after_key) {
        out->after_key = false;
        return;
    }
    if (out->depth == 0) {
        return;
    }
    if (out->is_filled[out->depth - 1]) {
        att_buf_char(out->buf, ',');
    }
    out->is_filled[out->depth - 1] = true;
    new_line(out);
}

static void open_level(att_json_out *out, char bracket)
{
    assert(out->depth < ATT_JSON_NEST);
    before(out);
    att_buf_char(out->buf, bracket);
    out->is_filled[out->depth++] = false;
}

static void close_level(att_json_out *out, char bracket)
{
    bool is_filled = false;

    assert(out->depth > 0 && !out->after_key);
    is_filled = out->is_filled[--out->depth];
    if (is_filled) {
        new_line(out);
    }
    att_buf_char(out->buf, bracket);
}

void att_json_object(att_json_out *out)
{
    open_level(out, '{');
}

void att_json_end_object(att_json_out *out)
{
    close_level(out, '}');
}

void att_json_list(att_json_out *out)
{
    open_level(out, '[');
}

void att_json_end_list(att_json_out *out)
{
    close_level(out, ']');
}

void att_json_key(att_json_out *out, const char *key)
{
    assert(!out->after_key);
    before(out);
    att_json_quote(out->buf, key);
    att_buf_add(out->buf, out->pretty ? ": " : ":");
    out->after_key = true;
}

void att_json_string(att_json_out *out, const char *text)
{
    if (text == NULL) {
        att_json_null(out);
        return;
    }
    before(out);
    att_json_quote(out->buf, text);
}

void att_json_number(att_json_out *out, double x)
{
    if (!isfinite(x)) {
        att_json_null(out);
        return;
    }
    before(out);
    att_number_write(out->buf, x);
}

void att_json_whole(att_json_out *out, long long n)
{
    before(out);
    att_buf_format(out->buf, "%lld", n);
}

void att_json_bool(att_json_out *out, bool b)
{
    before(out);
    att_buf_add(out->buf, b ? "true" : "false");
}

void att_json_null(att_json_out *out)
{
    before(out);
    att_buf_add(out->buf, "null");
}

void att_json_put_string(att_json_out *out, const char *key, const char *text)
{
    att_json_key(out, key);
    att_json_string(out, text);
}

void att_json_put_number(att_json_out *out, const char *key, double x)
{
    att_json_key(out, key);
    att_json_number(out, x);
}

void att_json_put_whole(att_json_out *out, const char *key, long long n)
{
    att_json_key(out, key);
    att_json_whole(out, n);
}

void att_json_put_bool(att_json_out *out, const char *key, bool b)
{
    att_json_key(out, key);
    att_json_bool(out, b);
}
