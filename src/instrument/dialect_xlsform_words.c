/* Words of a form: Markdown and HTML in labels, names of languages. */
#include <string.h>

#include <attune/base/buf.h>

#include "dialect_words.h"
#include "dialect_xlsform.h"

/* ---- Markdown ---- */

#define ESCAPED    "\\*_#[]()`~"
#define STRESS_MAX 2000  /* bytes between marks that stress words */
#define DEPTH_MAX  8     /* of marks within marks */
#define LABEL_MAX  65536 /* bytes; what is longer is no label, and stays as it is */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\0';
}

/* Bytes of a ${name} at p, or 0. */
static size_t reference_bytes(const char *p)
{
    size_t n = p[0] == '$' && p[1] == '{' ? strcspn(p, "}\n") : 0;

    return n > 0 && p[n] == '}' ? n + 1 : 0;
}

/* The marks at p that stress words, as many as stand there: 1 to 3; 0 when they do not
 * open any. */
static size_t opens(const char *text, const char *p)
{
    size_t n = 1;

    if (*p != '*' && *p != '_') {
        return 0;
    }
    while (p[n] == *p) {
        n++;
    }
    if (n > 3 || is_space(p[n]) || (*p == '_' && p > text && is_word(p[-1]))) {
        return 0;
    }
    return n;
}

/* Where the same marks close, on the same line; NULL when they do not. */
static const char *closing(const char *p, size_t n)
{
    char mark = *p;

    for (const char *q = p + n; *q != '\0' && *q != '\n' && q - p < STRESS_MAX; q++) {
        size_t skip = reference_bytes(q);
        size_t k = 0;

        if (skip > 0) {
            q += skip - 1;
            continue;
        }
        if (*q == '\\' && q[1] != '\0') {
            q++;
            continue;
        }
        while (q[k] == mark) {
            k++;
        }
        if (k == n && q > p + n && !is_space(q[-1]) &&
            !(mark == '_' && is_word(q[n]))) {
            return q;
        }
        q += k > 0 ? k - 1 : 0;
    }
    return NULL;
}

/* [words](address) at p: *words are its words; its bytes, or 0. */
static size_t link_bytes(const char *p, size_t *words)
{
    size_t n = strcspn(p + 1, "]\n");
    size_t m;

    if (n > STRESS_MAX || p[n + 1] != ']' || p[n + 2] != '(' || n == 0) {
        return 0;
    }
    m = strcspn(p + n + 3, ")\n");
    if (p[n + 3 + m] != ')') {
        return 0;
    }
    *words = n;
    return n + m + 4;
}

typedef struct stripper {
    att_arena *arena;
    int depth;
    bool had_any;
} stripper;

static const char *strip(stripper *s, const char *text);

/* A piece of the text without its own markup, added. */
static void add_piece(stripper *s, att_buf *out, const char *from, size_t n)
{
    s->depth++;
    att_buf_add(out, strip(s, att_arena_text_n(s->arena, from, n)));
    s->depth--;
}

/* What stands at p, when it is markup: adds its words and returns its bytes. */
static size_t take_markup(stripper *s, att_buf *out, const char *text, const char *p)
{
    size_t n = s->depth < DEPTH_MAX ? opens(text, p) : 0;
    const char *end = n > 0 ? closing(p, n) : NULL;
    size_t words = 0;

    if (end != NULL) {
        add_piece(s, out, p + n, (size_t)(end - p) - n);
        return (size_t)(end - p) + n;
    }
    n = *p == '[' ? link_bytes(p, &words) : 0;
    if (n > 0) {
        add_piece(s, out, p + 1, words);
        att_buf_format(out, " (%.*s)", (int)(n - words - 4), p + words + 3);
        return n;
    }
    if (*p == '#' && (p == text || p[-1] == '\n')) {
        n = strspn(p, "#");
        return n <= 6 && p[n] == ' ' ? n + 1 : 0;
    }
    return 0;
}

static const char *strip(stripper *s, const char *text)
{
    att_buf out = { 0 };
    const char *copy;

    for (const char *p = text; *p != '\0';) {
        size_t n = reference_bytes(p);

        if (n > 0) {
            att_buf_add_n(&out, p, n);
        } else if (*p == '\\' && p[1] != '\0' && strchr(ESCAPED, p[1]) != NULL) {
            att_buf_char(&out, p[1]);
            n = 2;
        } else {
            n = take_markup(s, &out, text, p);
            s->had_any = s->had_any || n > 0;
        }
        if (n == 0) {
            att_buf_char(&out, *p);
            n = 1;
        }
        p += n;
    }
    copy = att_buf_copy(s->arena, &out);
    att_buf_drop(&out);
    return copy;
}

static const char *without_markdown(att_arena *arena, const char *text, bool *had_any)
{
    stripper s = { .arena = arena };
    const char *plain = strlen(text) > LABEL_MAX ? text : strip(&s, text);

    *had_any = *had_any || s.had_any;
    return plain;
}

const char *att_xls_plain(att_arena *arena, const char *text, bool *had_markup)
{
    return without_markdown(arena, att_words_plain(arena, text, had_markup),
                            had_markup);
}

const char *att_xls_marked(att_arena *arena, const char *text)
{
    bool had_any = false;
    att_buf out = { 0 };
    bool has_markdown = strcmp(without_markdown(arena, text, &had_any), text) != 0;
    bool has_html = strcmp(att_words_plain(arena, text, &had_any), text) != 0;
    const char *copy;

    for (const char *p = text; *p != '\0';) {
        size_t n = reference_bytes(p);

        if (n == 0) {
            if (has_markdown && strchr("\\*_#[", *p) != NULL) {
                att_buf_char(&out, '\\');
            }
            n = 1;
            if (has_html && (*p == '<' || *p == '&')) {
                att_buf_add(&out, *p == '<' ? "&lt;" : "&amp;");
                p++;
                continue;
            }
        }
        att_buf_add_n(&out, p, n);
        p += n;
    }
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

/* ---- languages ---- */

static const struct {
    const char *tag, *name, *own; /* own: as its speakers write it, where people do */
} languages[] = {
    { "en", "English", "English" },
    { "es", "Spanish", "Espa\xc3\xb1ol" },
    { "fr", "French",
      "Fran\xc3\xa7"
      "ais" },
    { "pt", "Portuguese", "Portugu\xc3\xaas" },
    { "de", "German", "Deutsch" },
    { "it", "Italian", "Italiano" },
    { "nl", "Dutch", "Nederlands" },
    { "pl", "Polish", "Polski" },
    { "ro", "Romanian", "" },
    { "sv", "Swedish", "Svenska" },
    { "da", "Danish", "Dansk" },
    { "no", "Norwegian", "Norsk" },
    { "fi", "Finnish", "Suomi" },
    { "el", "Greek", "" },
    { "tr", "Turkish", "" },
    { "ru", "Russian", "" },
    { "uk", "Ukrainian", "" },
    { "zh", "Chinese", "" },
    { "ja", "Japanese", "" },
    { "ko", "Korean", "" },
    { "vi", "Vietnamese", "" },
    { "th", "Thai", "" },
    { "tl", "Tagalog", "" },
    { "id", "Indonesian", "Bahasa Indonesia" },
    { "ms", "Malay", "Bahasa Melayu" },
    { "hi", "Hindi", "" },
    { "bn", "Bengali", "" },
    { "ne", "Nepali", "" },
    { "ta", "Tamil", "" },
    { "my", "Burmese", "" },
    { "km", "Khmer", "" },
    { "sw", "Swahili", "Kiswahili" },
    { "am", "Amharic", "" },
    { "so", "Somali", "" },
    { "ha", "Hausa", "" },
    { "yo", "Yoruba", "" },
    { "ig", "Igbo", "" },
    { "zu", "Zulu", "" },
    { "xh", "Xhosa", "" },
    { "rw", "Kinyarwanda", "" },
    { "ht", "Haitian Creole", "Krey\xc3\xb2l" },
    { "ar", "Arabic", "" },
    { "fa", "Persian", "" },
    { "ur", "Urdu", "" },
    { "he", "Hebrew", "" },
    { "ps", "Pashto", "" },
};

#define N_LANGUAGES (sizeof languages / sizeof *languages)

const char *att_xls_language_name(const char *tag)
{
    for (size_t i = 0; i < N_LANGUAGES; i++) {
        if (strcmp(languages[i].tag, tag) == 0) {
            return languages[i].name;
        }
    }
    return tag;
}

/* Two or three small letters, and parts of 2 to 8 letters or digits after hyphens. */
static bool is_tag(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz");

    if (n < 2 || n > 3) {
        return false;
    }
    while (text[n] == '-') {
        size_t part = strspn(text + n + 1, "abcdefghijklmnopqrstuvwxyz"
                                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

        if (part < 2 || part > 8) {
            return false;
        }
        n += part + 1;
    }
    return text[n] == '\0';
}

const char *att_xls_language_tag(att_arena *arena, const char *name)
{
    const char *open = strrchr(name, '(');
    size_t n = open == NULL ? 0 : strcspn(open + 1, ")");

    if (open != NULL) {
        const char *tag = att_words_trimmed(arena, open + 1, n);

        if (is_tag(tag)) {
            return tag;
        }
        name = att_words_trimmed(arena, name, (size_t)(open - name));
    }
    for (size_t i = 0; i < N_LANGUAGES; i++) {
        if (att_words_same(languages[i].name, name) ||
            (languages[i].own[0] != '\0' && att_words_same(languages[i].own, name))) {
            return languages[i].tag;
        }
    }
    return is_tag(name) ? name : NULL;
}
