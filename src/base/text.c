#include <attune/base/text.h>

#include <locale.h>
#include <stdint.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

/* Letters longer than this are cut; words longer than this are not compared. */
enum { LETTER_BYTES_MAX = 256, WORD_LENGTH_MAX = 64 };

static const uint8_t *as_u8(const char *text)
{
    return (const uint8_t *)text;
}

static bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Reads the character at text, of n > 0 bytes; what is no UTF-8 counts as one character
 * a byte, U+FFFD. */
static size_t read_character(ucs4_t *out, const char *text, size_t n)
{
    int size = 0;

    if ((unsigned char)*text < 0x80) {
        *out = (unsigned char)*text;
        return 1;
    }
    size = u8_mbtoucr(out, as_u8(text), n);
    if (size <= 0) {
        *out = 0xFFFD;
        return 1;
    }
    return (size_t)size;
}

size_t att_text_check(const char *bytes, size_t n)
{
    size_t i = 0;

    while (i < n) {
        int size = 1;

        if ((unsigned char)bytes[i] >= 0x80) {
            size = u8_mblen(as_u8(bytes + i), n - i);
        }
        if (size < 1) {
            return i;
        }
        i += (size_t)size;
    }
    return n;
}

static size_t character_width(ucs4_t c)
{
    int width = 0;

    if (c >= 0x20 && c < 0x7F) {
        return 1;
    }
    if (c == 0) {
        return 1;
    }
    width = uc_width(c, "UTF-8");
    return width >= 0 ? (size_t)width : 1;
}

size_t att_text_width_n(const char *text, size_t n)
{
    size_t width = 0;
    size_t i = 0;

    while (i < n) {
        ucs4_t c = 0;

        i += read_character(&c, text + i, n - i);
        width += character_width(c);
    }
    return width;
}

size_t att_text_width(const char *text)
{
    return att_text_width_n(text, strlen(text));
}

size_t att_text_length(const char *text)
{
    size_t n = strlen(text);
    size_t length = 0;
    size_t i = 0;

    while (i < n) {
        ucs4_t c = 0;

        i += read_character(&c, text + i, n - i);
        length++;
    }
    return length;
}

size_t att_text_bytes(const char *text, size_t n_characters)
{
    size_t i = 0;

    while (n_characters > 0 && text[i] != '\0') {
        ucs4_t c = 0;

        i += read_character(&c, text + i, strnlen(text + i, 4));
        n_characters--;
    }
    return i;
}

/* Marks where letters begin in at most LETTER_BYTES_MAX bytes. u8_grapheme_next looks
 * at pairs only, and so would part flags and joined emoji. */
static void mark_letters(const char *text, size_t n, char begins[LETTER_BYTES_MAX])
{
    memset(begins, 0, LETTER_BYTES_MAX);
    if (u8_check(as_u8(text), n) == NULL) {
        u8_grapheme_breaks(as_u8(text), n, begins);
        return;
    }
    memset(begins, 1, n);
}

size_t att_text_next(const char *text, size_t at)
{
    char begins[LETTER_BYTES_MAX];
    size_t n = strnlen(text + at, LETTER_BYTES_MAX);

    if (n == 0) {
        return at;
    }
    if ((unsigned char)text[at] < 0x80 &&
        (n == 1 || (unsigned char)text[at + 1] < 0x80) && text[at] != '\r') {
        return at + 1;
    }
    if (n == LETTER_BYTES_MAX) {
        while (n > 1 && is_tail(text[at + n])) {
            n--;
        }
    }
    mark_letters(text + at, n, begins);
    for (size_t i = 1; i < n; i++) {
        if (begins[i]) {
            return at + i;
        }
    }
    return at + n;
}

size_t att_text_before(const char *text, size_t at)
{
    char begins[LETTER_BYTES_MAX];
    size_t from = at > LETTER_BYTES_MAX ? at - LETTER_BYTES_MAX : 0;
    size_t n = 0;

    if (at == 0) {
        return 0;
    }
    while (from < at - 1 && is_tail(text[from])) {
        from++;
    }
    n = at - from;
    mark_letters(text + from, n, begins);
    for (size_t i = n - 1; i > 0; i--) {
        if (begins[i]) {
            return from + i;
        }
    }
    return from;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void add_line(att_arena *arena, att_lines *lines, const char *text, size_t n)
{
    while (n > 0 && is_blank(text[n - 1])) {
        n--;
    }
    /* room doubles when n is a power of two */
    if ((lines->n & (lines->n - 1)) == 0) {
        char **more = att_new_n(arena, char *, lines->n > 0 ? lines->n * 2 : 1);

        if (lines->n > 0) {
            memcpy(more, lines->line, lines->n * sizeof *more);
        }
        lines->line = more;
    }
    lines->line[lines->n++] = att_arena_text_n(arena, text, n);
}

/* True if a line should end before the character at i: after blanks, and beside wide
 * characters, whose scripts write no blanks. UAX 14 would also break at hyphens and
 * slashes; we do so only in a word that is wider than a line. */
static bool should_break(const char *text, size_t n, size_t i, const char *breaks)
{
    ucs4_t after = 0;
    ucs4_t before = 0;
    size_t from = i;

    if (breaks[i] != UC_BREAK_POSSIBLE) {
        return false;
    }
    if (is_blank(text[i - 1])) {
        return true;
    }
    while (from > 0 && is_tail(text[--from])) {
    }
    (void)read_character(&before, text + from, n - from);
    (void)read_character(&after, text + i, n - i);
    return before == 0x200B || character_width(before) == 2 ||
           character_width(after) == 2;
}

/* Breaks n > 0 bytes without '\n'. Goes on letter by letter and remembers the last
 * place where the line may end; without one the line ends where it is full. */
static void wrap_paragraph(att_arena *arena, att_lines *lines, const char *text,
                           size_t width)
{
    size_t n = strlen(text);
    char *breaks = att_memory_grow(NULL, n + 1, 1);
    size_t from = 0;
    size_t last = 0;
    size_t part = 0; /* the last place where a long word may be parted */
    size_t used = 0;

    memset(breaks, UC_BREAK_PROHIBITED, n + 1);
    if (u8_check(as_u8(text), n) == NULL) {
        u8_possible_linebreaks(as_u8(text), n, "UTF-8", breaks);
    }
    for (size_t i = 0; i < n;) {
        size_t next = att_text_next(text, i);
        size_t wide = att_text_width_n(text + i, next - i);

        if (i > from && should_break(text, n, i, breaks)) {
            last = i;
        }
        if (breaks[i] == UC_BREAK_POSSIBLE) {
            part = i;
        }
        if (used + wide > width && i > from && !is_blank(text[i])) {
            size_t end = last > from ? last : part > from ? part : i;

            add_line(arena, lines, text + from, end - from);
            from = end;
            used = att_text_width_n(text + from, i - from);
        }
        used += wide;
        i = next;
    }
    add_line(arena, lines, text + from, n - from);
    att_memory_free(breaks);
}

att_lines att_text_wrap(att_arena *arena, const char *text, size_t width)
{
    att_lines lines = { 0 };

    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        char *paragraph = att_memory_grow(NULL, n + 1, 1);

        memcpy(paragraph, text, n);
        paragraph[n] = '\0';
        wrap_paragraph(arena, &lines, paragraph, width > 0 ? width : 1);
        att_memory_free(paragraph);
        text += text[n] == '\n' ? n + 1 : n;
    }
    return lines;
}

char *att_text_cut(att_arena *arena, const char *text, size_t width)
{
    static const char dots[] = "...";
    size_t n_dots = width < 3 ? width : 3;
    size_t used = 0;
    size_t i = 0;
    size_t kept = 0;

    while (text[i] != '\0') {
        size_t next = att_text_next(text, i);

        used += att_text_width_n(text + i, next - i);
        if (used > width) {
            return att_arena_format(arena, "%.*s%.*s", (int)kept, text, (int)n_dots,
                                    dots);
        }
        i = next;
        if (used + n_dots <= width) {
            kept = i;
        }
    }
    return att_arena_text(arena, text);
}

/* Copies a result of libunistring into the arena; NULL (no UTF-8, so not
 * made) copies text. */
static char *take_u8(att_arena *arena, const char *text, uint8_t *made, size_t n)
{
    char *copy = NULL;

    if (made == NULL) {
        return att_arena_text(arena, text);
    }
    copy = att_arena_text_n(arena, (const char *)made, n);
    att_memory_free(made);
    return copy;
}

char *att_text_compose(att_arena *arena, const char *text)
{
    size_t n = strlen(text);
    uint8_t *made = NULL;

    if (u8_check(as_u8(text), n) == NULL) {
        made = u8_normalize(UNINORM_NFC, as_u8(text), n, NULL, &n);
    }
    return take_u8(arena, text, made, n);
}

char *att_text_raise(att_arena *arena, const char *text)
{
    size_t n = strlen(text);
    size_t i = 0;
    ucs4_t c = 0;
    size_t size = 0;
    size_t n_raised = 0;
    uint8_t *raised = NULL;
    char *copy = NULL;

    while (i < n) {
        size = read_character(&c, text + i, n - i);
        if (!uc_is_punct(c) && !uc_is_space(c)) {
            break;
        }
        i += size;
    }
    if (i == n || !uc_is_lower(c)) {
        return att_arena_text(arena, text);
    }
    raised = u8_totitle(as_u8(text + i), size, NULL, NULL, NULL, &n_raised);
    if (raised == NULL) {
        return att_arena_text(arena, text);
    }
    copy = att_arena_format(arena, "%.*s%.*s%s", (int)i, text, (int)n_raised,
                            (const char *)raised, text + i + size);
    att_memory_free(raised);
    return copy;
}

char *att_text_fold(att_arena *arena, const char *text)
{
    size_t n = strlen(text);
    uint8_t *made = NULL;

    if (u8_check(as_u8(text), n) == NULL) {
        made = u8_casefold(as_u8(text), n, NULL, UNINORM_NFC, NULL, &n);
    }
    return take_u8(arena, text, made, n);
}

char *att_text_lower(att_arena *arena, const char *text)
{
    size_t n = strlen(text);
    uint8_t *made = NULL;

    if (u8_check(as_u8(text), n) == NULL) {
        made = u8_tolower(as_u8(text), n, NULL, UNINORM_NFC, NULL, &n);
    }
    return take_u8(arena, text, made, n);
}

/* Controls, and the characters that turn the direction of what follows. */
static bool is_wild(ucs4_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Length of the part of text that is safe as it is. */
static size_t tame_part(const char *text, size_t n)
{
    size_t i = 0;

    while (i < n) {
        ucs4_t c = 0;
        size_t size;

        if (text[i] >= ' ' && text[i] <= '~') { /* most text, in most languages */
            i++;
            continue;
        }
        size = read_character(&c, text + i, n - i);
        if (is_wild(c) || (size == 1 && c == 0xFFFD)) {
            break;
        }
        i += size;
    }
    return i;
}

void att_text_tame(att_buf *out, const char *text)
{
    size_t n = strlen(text);
    size_t i = tame_part(text, n);

    att_buf_add_n(out, text, i);
    while (i < n) {
        ucs4_t c = 0;
        size_t safe = 0;

        i += read_character(&c, text + i, n - i);
        att_buf_char(out, '?');
        safe = tame_part(text + i, n - i);
        att_buf_add_n(out, text + i, safe);
        i += safe;
    }
}

bool att_text_is_tame(const char *text)
{
    size_t n = strlen(text);

    return tame_part(text, n) == n;
}

/* Lower-case characters of a word; 0 if it has more than WORD_LENGTH_MAX. */
static size_t read_word(ucs4_t out[WORD_LENGTH_MAX], const char *word)
{
    size_t n = strlen(word);
    size_t length = 0;

    for (size_t i = 0; i < n;) {
        ucs4_t c = 0;

        i += read_character(&c, word + i, n - i);
        if (length == WORD_LENGTH_MAX) {
            return 0;
        }
        out[length++] = uc_tolower(c);
    }
    return length;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Damerau-Levenshtein distance in which no part is changed twice: insert, remove,
 * replace, swap of neighbours, each 1. Three rows of the table are kept. */
static size_t distance(const ucs4_t *a, size_t n_a, const ucs4_t *b, size_t n_b)
{
    size_t row[3][WORD_LENGTH_MAX + 1];
    size_t *before = row[0];
    size_t *last = row[1];
    size_t *now = row[2];

    for (size_t j = 0; j <= n_b; j++) {
        before[j] = last[j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t *spare = before;

        now[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t differs = a[i - 1] == b[j - 1] ? 0 : 1;

            now[j] = smaller(smaller(last[j], now[j - 1]) + 1, last[j - 1] + differs);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = smaller(now[j], before[j - 2] + 1);
            }
        }
        before = last;
        last = now;
        now = spare;
    }
    return last[n_b];
}

const char *att_text_nearest(const char *text, const char *const *list, size_t n)
{
    ucs4_t meant[WORD_LENGTH_MAX];
    ucs4_t word[WORD_LENGTH_MAX];
    size_t length = read_word(meant, text);
    size_t most = length > 3 ? length / 3 : 1; /* a letter in words of two or three */
    size_t best = (length > 1 ? most : 0) + 1;
    const char *nearest = NULL;

    if (length == 0) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        size_t n_word = list[i] != NULL ? read_word(word, list[i]) : 0;
        size_t apart = 0;

        if (n_word == 0 || n_word > length + most || length > n_word + most) {
            continue;
        }
        apart = distance(meant, length, word, n_word);
        if (apart < best) {
            best = apart;
            nearest = list[i];
        }
    }
    return nearest;
}

bool att_text_same(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return strcmp(a, b) == 0;
}

void att_text_start(void)
{
    setlocale(LC_CTYPE, "");
}
