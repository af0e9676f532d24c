#include "json_scan.h"

#include <string.h>

#include <attune/base/arena.h>

static bool fail(att_scan *s, size_t at, const char *wrong)
{
    s->at = at;
    s->wrong = wrong;
    return false;
}

/* The byte at the walk's place; NUL at the end. */
static char here(const att_scan *s)
{
    return s->at < s->n ? s->text[s->at] : '\0';
}

static void skip_blanks(att_scan *s)
{
    while (s->at < s->n && strchr(" \t\n\r", s->text[s->at]) != NULL) {
        s->at++;
    }
}

/* ---- strings ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits; -1 if they are not. */
static long read_hex4(const char *text)
{
    long x = 0;

    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(text[i]);

        if (digit < 0) {
            return -1;
        }
        x = x * 16 + digit;
    }
    return x;
}

static size_t write_utf8(char bytes[4], unsigned long c)
{
    static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    for (size_t i = n - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    bytes[0] = (char)(lead[n] | c);
    return n;
}

size_t att_scan_character(const char *text, size_t at, char bytes[4], size_t *n)
{
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    unsigned long c = 0;
    const char *letter = NULL;

    if (text[at] != '\\') {
        bytes[0] = text[at];
        *n = 1;
        return at + 1;
    }
    if (text[at + 1] != 'u') {
        letter = strchr(from, text[at + 1]);
        bytes[0] = letter != NULL ? to[letter - from] : text[at + 1];
        *n = 1;
        return at + 2;
    }
    c = (unsigned long)read_hex4(text + at + 2);
    at += 6;
    if (c >= 0xD800 && c < 0xDC00) {
        c = 0x10000 + ((c - 0xD800) << 10) +
            ((unsigned long)read_hex4(text + at + 2) - 0xDC00);
        at += 6;
    }
    *n = write_utf8(bytes, c);
    return at;
}

static bool scan_unicode(att_scan *s, size_t escape)
{
    static const char pair[] =
        "\"\\u\" begins half a character; its other half is missing";
    long c = s->n - escape >= 6 ? read_hex4(s->text + escape + 2) : -1;
    long low = -1;

    if (c < 0) {
        return fail(s, escape, "\"\\u\" must be followed by four hex digits");
    }
    if (c == 0) {
        return fail(s, escape, "\"\\u0000\" cannot be part of a text");
    }
    s->at = escape + 6;
    if (c < 0xD800 || c > 0xDFFF) {
        return true;
    }
    if (c < 0xDC00 && s->n - s->at >= 6 && s->text[s->at] == '\\' &&
        s->text[s->at + 1] == 'u') {
        low = read_hex4(s->text + s->at + 2);
    }
    if (low < 0xDC00 || low > 0xDFFF) {
        return fail(s, escape, pair);
    }
    s->at += 6;
    return true;
}

static bool scan_string(att_scan *s)
{
    size_t from = s->at++;

    while (s->at < s->n) {
        unsigned char c = (unsigned char)s->text[s->at];

        if (c == '"') {
            s->at++;
            return true;
        }
        if (c < 0x20) {
            return c == '\n' || c == '\r'
                       ? fail(s, from, "text must end with a double quote on its line")
                       : fail(s, s->at,
                              "a control character in a text must be escaped");
        }
        if (c != '\\') {
            s->at++;
        } else if (s->at + 1 < s->n && s->text[s->at + 1] == 'u') {
            if (!scan_unicode(s, s->at)) {
                return false;
            }
        } else if (s->at + 1 < s->n &&
                   strchr("\"\\/bfnrt", s->text[s->at + 1]) != NULL) {
            s->at += 2;
        } else {
            return fail(s, s->at, "no such escape; a backslash is written \"\\\\\"");
        }
    }
    return fail(s, from, "text must end with a double quote on its line");
}

/* ---- numbers and words ---- */

static bool scan_digits(att_scan *s)
{
    size_t from = s->at;

    while (here(s) >= '0' && here(s) <= '9') {
        s->at++;
    }
    return s->at > from;
}

static bool scan_number(att_scan *s)
{
    size_t from = s->at;

    if (here(s) == '-') {
        s->at++;
    }
    if (here(s) == '0') {
        s->at++;
        if (here(s) >= '0' && here(s) <= '9') {
            return fail(s, from, "a number must not begin with a needless zero");
        }
    } else if (!scan_digits(s)) {
        return fail(s, from, "a number must have digits after its sign");
    }
    if (here(s) == '.') {
        s->at++;
        if (!scan_digits(s)) {
            return fail(s, from, "a number must have digits after its point");
        }
    }
    if (here(s) == 'e' || here(s) == 'E') {
        s->at++;
        if (here(s) == '-' || here(s) == '+') {
            s->at++;
        }
        if (!scan_digits(s)) {
            return fail(s, from, "a number must have digits after its \"e\"");
        }
    }
    return true;
}

static bool scan_word(att_scan *s)
{
    static const char *const words[] = { "true", "false", "null" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = strlen(words[i]);

        if (s->n - s->at >= n && memcmp(s->text + s->at, words[i], n) == 0) {
            s->at += n;
            return true;
        }
    }
    if (here(s) == '\'') {
        return fail(s, s->at, "text must stand in double quotes, not single ones");
    }
    if (here(s) == '/' || here(s) == '#') {
        return fail(s, s->at, "JSON has no comments; a value should stand here");
    }
    return fail(s, s->at, "a value should stand here");
}

/* ---- the map ---- */

/* FNV-1a, begun with the parent, so that equal keys of two objects differ. */
static uint32_t hash_start(uint32_t parent)
{
    return (2166136261U ^ (parent * 2654435761U)) * 16777619U;
}

static uint32_t hash_add(uint32_t hash, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619U;
    }
    return hash;
}

static uint32_t hash_key(const att_scan *s, uint32_t parent, size_t from, size_t to)
{
    uint32_t hash = hash_start(parent);

    for (size_t at = from + 1; at + 1 < to;) {
        char bytes[4];
        size_t n = 0;

        at = att_scan_character(s->text, at, bytes, &n);
        hash = hash_add(hash, bytes, n);
    }
    return hash;
}

static uint32_t hash_index(uint32_t parent, uint32_t index)
{
    return (hash_start(parent) ^ index) * 2654435761U;
}

/* True if the key of a node, escapes undone, is these bytes. */
static bool is_key(const att_scan *s, const att_node *node, const char *key,
                   size_t n_key)
{
    size_t at = node->key_from + 1;
    size_t i = 0;

    while (at + 1 < node->key_to) {
        char bytes[4];
        size_t n = 0;

        at = att_scan_character(s->text, at, bytes, &n);
        if (n > n_key - i || memcmp(bytes, key + i, n) != 0) {
            return false;
        }
        i += n;
    }
    return i == n_key;
}

/* True if two keys are the same text, escapes undone. */
static bool is_same_key(const att_scan *s, const att_node *a, const att_node *b)
{
    size_t at = a->key_from + 1;
    size_t bt = b->key_from + 1;

    char a_bytes[4];
    char b_bytes[4];
    size_t n_a = 0;
    size_t n_b = 0;
    size_t i = 0;
    size_t j = 0;

    for (;;) {
        if (i == n_a) {
            if (at + 1 >= a->key_to) {
                break;
            }
            at = att_scan_character(s->text, at, a_bytes, &n_a);
            i = 0;
        }
        if (j == n_b) {
            if (bt + 1 >= b->key_to) {
                return false;
            }
            bt = att_scan_character(s->text, bt, b_bytes, &n_b);
            j = 0;
        }
        if (a_bytes[i++] != b_bytes[j++]) {
            return false;
        }
    }
    return j == n_b && bt + 1 >= b->key_to;
}

static size_t slot_of(const att_scan *s, uint32_t hash)
{
    return (hash ^ hash >> 15) & (s->n_slots - 1);
}

static void grow_slots(att_scan *s)
{
    s->n_slots = s->n_slots > 0 ? s->n_slots * 2 : 256;
    s->slot = att_memory_grow(s->slot, s->n_slots, sizeof *s->slot);
    memset(s->slot, 0xFF, s->n_slots * sizeof *s->slot);
    for (size_t i = 0; i < s->n_nodes; i++) {
        size_t k = slot_of(s, s->node[i].hash);

        while (s->slot[k] != ATT_NO_NODE) {
            k = (k + 1) & (s->n_slots - 1);
        }
        s->slot[k] = (uint32_t)i;
    }
}

/* Adds a node and returns its number; ATT_NO_NODE when an object has its key already. */
static uint32_t add_node(att_scan *s, const att_node *node)
{
    size_t k = 0;

    if (s->n_slots < 2 * (s->n_nodes + 1)) {
        grow_slots(s);
    }
    if (s->n_nodes == s->room) {
        s->room = s->room > 0 ? s->room * 2 : 128;
        s->node = att_memory_grow(s->node, s->room, sizeof *s->node);
    }
    k = slot_of(s, node->hash);
    while (s->slot[k] != ATT_NO_NODE) {
        const att_node *other = &s->node[s->slot[k]];

        if (node->key_to > 0 && other->hash == node->hash &&
            other->parent == node->parent && is_same_key(s, other, node)) {
            return ATT_NO_NODE;
        }
        k = (k + 1) & (s->n_slots - 1);
    }
    s->slot[k] = (uint32_t)s->n_nodes;
    s->node[s->n_nodes] = *node;
    return (uint32_t)s->n_nodes++;
}

/* ---- the walk ---- */

static bool scan_value(att_scan *s, att_node node);

static bool scan_key(att_scan *s, att_node *member)
{
    size_t from = s->at;

    if (here(s) != '"') {
        return fail(s, from,
                    here(s) == '}' ? "a comma must not stand before \"}\""
                                   : "a key in double quotes should stand here");
    }
    if (!scan_string(s)) {
        return false;
    }
    member->key_from = (uint32_t)from;
    member->key_to = (uint32_t)s->at;
    member->hash = hash_key(s, member->parent, from, s->at);
    skip_blanks(s);
    if (here(s) != ':') {
        return fail(s, s->at, "a colon should stand between key and value");
    }
    s->at++;
    return true;
}

/* After a member: true to go on with the next, false at the end or a mistake. */
static bool scan_comma(att_scan *s, char end)
{
    skip_blanks(s);
    if (here(s) == ',') {
        s->at++;
        skip_blanks(s);
        return true;
    }
    if (here(s) == end) {
        s->at++;
        return false;
    }
    return fail(s, s->at,
                end == '}' ? "a comma or \"}\" should stand here"
                           : "a comma or \"]\" should stand here");
}

static bool scan_object(att_scan *s, uint32_t self)
{
    s->at++;
    skip_blanks(s);
    if (here(s) == '}') {
        s->at++;
        return true;
    }
    do {
        att_node member = { .parent = self };

        if (!scan_key(s, &member) || !scan_value(s, member)) {
            return false;
        }
    } while (scan_comma(s, '}'));
    return s->wrong == NULL;
}

static bool scan_list(att_scan *s, uint32_t self)
{
    uint32_t index = 0;

    s->at++;
    skip_blanks(s);
    if (here(s) == ']') {
        s->at++;
        return true;
    }
    do {
        att_node member = { .parent = self, .index = index };

        if (here(s) == ']') {
            return fail(s, s->at, "a comma must not stand before \"]\"");
        }
        member.hash = hash_index(self, index++);
        if (!scan_value(s, member)) {
            return false;
        }
    } while (scan_comma(s, ']'));
    return s->wrong == NULL;
}

static bool scan_value(att_scan *s, att_node node)
{
    uint32_t self = 0;
    bool is_good = false;

    skip_blanks(s);
    node.from = (uint32_t)s->at;
    self = add_node(s, &node);
    if (self == ATT_NO_NODE) {
        s->is_double = true;
        return fail(s, node.key_from, "a key stands twice in one object");
    }
    switch (here(s)) {
    case '{': is_good = scan_object(s, self); break;
    case '[': is_good = scan_list(s, self); break;
    case '"': is_good = scan_string(s); break;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': is_good = scan_number(s); break;
    case '\0': is_good = fail(s, s->at, "the text ends in the middle"); break;
    default: is_good = scan_word(s); break;
    }
    s->node[self].to = (uint32_t)s->at;
    return is_good;
}

bool att_scan_run(att_scan *scan, const char *text, size_t n)
{
    att_node root = { .parent = ATT_NO_NODE, .hash = hash_start(ATT_NO_NODE) };

    *scan = (att_scan){ .text = text, .n = n };
    if (scan_value(scan, root)) {
        skip_blanks(scan);
        if (scan->at == n) {
            return true;
        }
        return fail(scan, scan->at, "nothing should follow the end of the JSON value");
    }
    if (scan->at == n) {
        scan->wrong = "the text ends in the middle";
    }
    return false;
}

void att_scan_drop(att_scan *scan)
{
    att_memory_free(scan->node);
    att_memory_free(scan->slot);
    *scan = (att_scan){ 0 };
}

/* ---- finding ---- */

/* Undoes ~1 and ~0 in a pointer's token; false if ~ is followed by something else. */
static bool read_token(att_buf *out, const char *token, size_t n)
{
    att_buf_cut(out, 0);
    for (size_t i = 0; i < n; i++) {
        char c = token[i];

        if (c == '~') {
            i++;
            if (i == n || (token[i] != '0' && token[i] != '1')) {
                return false;
            }
            c = token[i] == '0' ? '~' : '/';
        }
        att_buf_char(out, c);
    }
    return true;
}

/* A list index: digits without a needless zero. ATT_NO_NODE if it is none. */
static uint32_t read_index(const char *token, size_t n)
{
    uint32_t x = 0;

    if (n == 0 || n > 9 || (n > 1 && token[0] == '0')) {
        return ATT_NO_NODE;
    }
    for (size_t i = 0; i < n; i++) {
        if (token[i] < '0' || token[i] > '9') {
            return ATT_NO_NODE;
        }
        x = x * 10 + (uint32_t)(token[i] - '0');
    }
    return x;
}

static uint32_t find_member(const att_scan *s, uint32_t parent, const att_buf *token)
{
    bool is_list = s->text[s->node[parent].from] == '[';
    const char *key = att_buf_text(token);
    uint32_t index = read_index(key, token->n);
    uint32_t hash = is_list ? hash_index(parent, index)
                            : hash_add(hash_start(parent), key, token->n);

    for (size_t k = slot_of(s, hash); s->slot[k] != ATT_NO_NODE;
         k = (k + 1) & (s->n_slots - 1)) {
        const att_node *node = &s->node[s->slot[k]];

        if (node->hash != hash || node->parent != parent) {
            continue;
        }
        if (is_list ? node->index == index : is_key(s, node, key, token->n)) {
            return s->slot[k];
        }
    }
    return ATT_NO_NODE;
}

const att_node *att_scan_find(const att_scan *scan, const char *pointer)
{
    att_buf token = { 0 };
    uint32_t node = scan->n_nodes > 0 ? 0 : ATT_NO_NODE;

    while (*pointer == '/' && node != ATT_NO_NODE) {
        size_t n = strcspn(pointer + 1, "/");

        node = read_token(&token, pointer + 1, n) ? find_member(scan, node, &token)
                                                  : ATT_NO_NODE;
        pointer += n + 1;
    }
    att_buf_drop(&token);
    return *pointer == '\0' && node != ATT_NO_NODE ? &scan->node[node] : NULL;
}

static void add_token(att_buf *out, const att_scan *scan, const att_node *node)
{
    att_buf_char(out, '/');
    if (node->key_to == 0) {
        att_buf_format(out, "%lu", (unsigned long)node->index);
        return;
    }
    for (size_t at = node->key_from + 1; at + 1 < node->key_to;) {
        char bytes[4];
        size_t n = 0;

        at = att_scan_character(scan->text, at, bytes, &n);
        if (n == 1 && (bytes[0] == '~' || bytes[0] == '/')) {
            att_buf_add(out, bytes[0] == '~' ? "~0" : "~1");
        } else {
            att_buf_add_n(out, bytes, n);
        }
    }
}

void att_scan_pointer(att_buf *out, const att_scan *scan, uint32_t node)
{
    const att_node *n = NULL;

    if (node == ATT_NO_NODE) {
        return;
    }
    n = &scan->node[node];
    if (n->parent == ATT_NO_NODE) {
        return;
    }
    att_scan_pointer(out, scan, n->parent);
    add_token(out, scan, n);
}
