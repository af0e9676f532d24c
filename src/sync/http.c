#include <attune/sync/http.h>

#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

enum { WORDS_MAX = 80 };

/* The part of a URL between "//" and the next "/". */
static const char *authority(const char *url, size_t *n)
{
    const char *from = strstr(url, "://");

    from = from == NULL ? url : from + 3;
    *n = strcspn(from, "/?#");
    return from;
}

char *att_http_host(att_arena *arena, const char *url)
{
    size_t n = 0;
    const char *from = authority(url, &n);

    return att_arena_text_n(arena, from, n);
}

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* 127.x.y.z with one to three digits each: no name that only begins like that. */
static bool is_loopback_v4(const char *host, size_t n)
{
    size_t n_parts = 0;
    size_t at = 0;

    if (n < 4 || memcmp(host, "127.", 4) != 0) {
        return false;
    }
    while (at < n) {
        size_t digits = strspn(host + at, "0123456789");

        if (digits < 1 || digits > 3) {
            return false;
        }
        n_parts++;
        at += digits;
        if (at < n && (host[at] != '.' || at + 1 == n)) {
            return false;
        }
        at++;
    }
    return n_parts == 4;
}

bool att_http_is_loopback(const char *url)
{
    size_t n = 0;
    const char *host = authority(url, &n);

    if (!has_prefix(url, "http://")) {
        return false;
    }
    if (n >= 5 && memcmp(host, "[::1]", 5) == 0) {
        return n == 5 || host[5] == ':';
    }
    if (memchr(host, ':', n) != NULL) {
        n = (size_t)((const char *)memchr(host, ':', n) - host);
    }
    return (n == 9 && memcmp(host, "localhost", 9) == 0) || is_loopback_v4(host, n);
}

static bool has_odd_bytes(const char *url)
{
    for (const char *p = url; *p != '\0'; p++) {
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7F || *p == '\\') {
            return true;
        }
    }
    return false;
}

att_code att_http_check_url(const char *url, att_err *err)
{
    size_t n = 0;
    const char *host = authority(url, &n);

    if (has_odd_bytes(url)) {
        return att_fail(err, ATT_EUSAGE,
                        "address \"%s\" holds a blank or another character that no "
                        "address has",
                        url);
    }
    if (has_prefix(url, "http://") && n > 0 && !att_http_is_loopback(url)) {
        att_fail(err, ATT_EUSAGE,
                 "address \"%s\" is plain http, which others can read; it should be "
                 "https",
                 url);
        return att_hint(err, "write https:// in front, or ask the server's keeper");
    }
    if (n == 0 || !(has_prefix(url, "https://") || att_http_is_loopback(url))) {
        att_fail(err, ATT_EUSAGE, "address \"%s\" does not begin with https://", url);
        return att_hint(err, "write the whole address, as https://HOST/api/");
    }
    if (memchr(host, '@', n) != NULL || strpbrk(url, "?#") != NULL) {
        att_fail(err, ATT_EUSAGE,
                 "the address holds more than host and path; it should end in /api/");
        return att_hint(err, "write it as https://HOST/api/");
    }
    return ATT_OK;
}

att_net att_http_outcome(long status)
{
    switch (status) {
    case 200: return ATT_NET_OK;
    case 400:
    case 406: return ATT_NET_REFUSED;
    case 401:
    case 403: return ATT_NET_AUTH;
    case 404:
    case 405:
    case 501: return ATT_NET_WRONG;
    case 413: return ATT_NET_TOO_BIG;
    case 429: return ATT_NET_BUSY;
    default: break;
    }
    return status >= 300 && status < 400 ? ATT_NET_WRONG : ATT_NET_UNKNOWN;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the bytes at p begin with a word, whatever the case. */
static bool begins(const char *p, const char *end, const char *word)
{
    for (; *word != '\0'; p++, word++) {
        if (p == end || lower(*p) != *word) {
            return false;
        }
    }
    return true;
}

bool att_http_is_page(const char *body, size_t n)
{
    const char *end = body + n;
    const char *p = body;

    while (p < end && strchr(" \t\r\n\xEF\xBB\xBF", *p) != NULL && *p != '\0') {
        p++;
    }
    return begins(p, end, "<!doctype html") || begins(p, end, "<html") ||
           begins(p, end, "<head") || begins(p, end, "<body") ||
           begins(p, end, "<div") || begins(p, end, "<p") || begins(p, end, "<b") ||
           begins(p, end, "<h1") || begins(p, end, "<!--") || begins(p, end, "<script");
}

static const char *find(const char *p, const char *end, const char *word)
{
    for (; p < end; p++) {
        if (begins(p, end, word)) {
            return p;
        }
    }
    return NULL;
}

/* Past the end of an element whose contents nobody reads, or of a tag. */
static const char *skip_tag(const char *p, const char *end)
{
    const char *stop = NULL;

    if (begins(p, end, "<style")) {
        stop = find(p, end, "</style");
    } else if (begins(p, end, "<script")) {
        stop = find(p, end, "</script");
    } else if (begins(p, end, "<!--")) {
        stop = find(p, end, "-->");
    }
    p = stop == NULL ? p : stop;
    stop = memchr(p, '>', (size_t)(end - p));
    return stop == NULL ? end : stop + 1;
}

static size_t add_entity(att_buf *out, const char *p, const char *end)
{
    static const struct {
        const char *name, *text;
    } entities[] = { { "&amp;", "&" },   { "&lt;", "<" },   { "&gt;", ">" },
                     { "&quot;", "\"" }, { "&#039;", "'" }, { "&nbsp;", " " } };

    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (begins(p, end, entities[i].name)) {
            att_buf_add(out, entities[i].text);
            return strlen(entities[i].name);
        }
    }
    att_buf_char(out, '&');
    return 1;
}

/* What a reader sees: no tags, runs of blanks as one, at most WORDS_MAX characters. */
static void add_words(att_buf *out, const char *p, const char *end)
{
    while (p < end && out->n < (size_t)WORDS_MAX * 4) {
        if (*p == '<') {
            p = skip_tag(p, end);
            if (out->n > 0 && out->bytes[out->n - 1] != ' ') {
                att_buf_char(out, ' ');
            }
        } else if (*p == '&') {
            p += add_entity(out, p, end);
        } else if ((unsigned char)*p <= ' ') {
            if (out->n > 0 && out->bytes[out->n - 1] != ' ') {
                att_buf_char(out, ' ');
            }
            p++;
        } else {
            att_buf_char(out, *p++);
        }
    }
}

/* Cut at WORDS_MAX characters, without what is no UTF-8 and without controls. */
static char *tidy(att_arena *arena, att_buf *text)
{
    att_buf tame = { 0 };
    char *copy = NULL;
    size_t n = text->n == 0 ? 0 : att_text_check(text->bytes, text->n);

    if (text->n > 0) {
        att_buf_cut(text, n);
    }
    att_text_tame(&tame, att_buf_text(text));
    copy = att_buf_copy(arena, &tame);
    att_buf_drop(&tame);
    if (att_text_length(copy) > WORDS_MAX) {
        copy[att_text_bytes(copy, WORDS_MAX)] = '\0';
    }
    n = strlen(copy);
    while (n > 0 && copy[n - 1] == ' ') {
        copy[--n] = '\0';
    }
    return copy;
}

char *att_http_words(att_arena *arena, const char *body, size_t n)
{
    const char *end = body + n;
    const char *title = NULL;
    const char *stop = NULL;
    att_buf text = { 0 };
    char *words = NULL;

    body += n >= 3 && memcmp(body, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    title = find(body, end, "<title");
    if (title != NULL) {
        title = skip_tag(title, end);
        stop = find(title, end, "</title");
        add_words(&text, title, stop == NULL ? end : stop);
    }
    if (text.n == 0) {
        add_words(&text, body, end);
    }
    words = tidy(arena, &text);
    att_buf_drop(&text);
    return words;
}

long att_http_retry_after(const char *value)
{
    long long seconds = 0;

    if (value[0] == '\0') {
        return 0;
    }
    if (!att_number_read_whole(value, strlen(value), &seconds)) {
        return 60;
    }
    if (seconds < 0) {
        return 0;
    }
    return seconds > 86400 ? 86400 : (long)seconds;
}

char *att_http_says(att_arena *arena, const char *host, const att_reply *reply)
{
    const char *words = "";

    if (reply->status >= 300 && reply->status < 400 && reply->location[0] != '\0') {
        return att_arena_format(arena, "%s has moved to \"%s\" (status %ld)", host,
                                reply->location, reply->status);
    }
    if (att_http_is_page(reply->body, reply->n)) {
        words = att_http_words(arena, reply->body, reply->n);
    }
    if (words[0] != '\0') {
        return att_arena_format(arena, "%s answers with status %ld and a page, \"%s\"",
                                host, reply->status, words);
    }
    return att_arena_format(arena, "%s answers with status %ld", host, reply->status);
}

void att_http_write(att_buf *out, const att_request *request)
{
    att_buf_format(out, "POST %s\n", request->url);
    for (size_t i = 0; i < request->n_fields; i++) {
        const att_field *field = &request->fields[i];

        att_buf_format(out, "  %s=", field->name);
        if (field->is_secret) {
            att_buf_add(out, "****");
        } else {
            att_buf_add_n(out, field->value, field->n);
        }
        att_buf_char(out, '\n');
    }
}
