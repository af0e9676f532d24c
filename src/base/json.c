#include <attune/base/json.h>

#include <string.h>

#include <jansson.h>

#include <attune/base/file.h>
#include <attune/base/number.h>
#include <attune/base/text.h>

#include "json_scan.h"

/* A longer source line is no use to a reader; minified files are one line. */
enum { LINE_BYTES_MAX = 16384 };

/* Characters are counted from the nearest mark, not from the start. */
enum { MARK_BYTES = 256 };

struct att_json {
    att_arena arena;
    const char *name;
    const char *text;
    size_t n;
    json_t *root;
    bool is_scanned;
    att_scan scan;
    size_t *line; /* [n_lines] offset of each line's first byte; NULL until asked for */
    size_t n_lines;
    size_t *mark; /* characters before each MARK_BYTES-th byte */
};

/* ---- lines and columns ---- */

static size_t count_characters(const char *text, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

static void index_lines(att_json *json)
{
    size_t n_marks = json->n / MARK_BYTES + 1;
    size_t count = 0;
    size_t n_lines = 1;
    const char *end = json->text + json->n;
    const char *p = json->text;

    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        n_lines++;
        p++;
    }
    json->line = att_new_n(&json->arena, size_t, n_lines);
    json->n_lines = 1;
    p = json->text;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        p++;
        json->line[json->n_lines++] = (size_t)(p - json->text);
    }
    json->mark = att_new_n(&json->arena, size_t, n_marks);
    for (size_t i = 0; i + 1 < n_marks; i++) {
        count += count_characters(json->text + i * MARK_BYTES, MARK_BYTES);
        json->mark[i + 1] = count;
    }
}

static size_t characters_before(const att_json *json, size_t offset)
{
    size_t i = offset / MARK_BYTES;

    return json->mark[i] +
           count_characters(json->text + i * MARK_BYTES, offset - i * MARK_BYTES);
}

/* Number, from 0, of the line that holds an offset. */
static size_t line_of(const att_json *json, size_t offset)
{
    size_t low = 0;
    size_t high = json->n_lines;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (json->line[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Offset of the end of a line, without '\n' or "\r\n". */
static size_t line_end(const att_json *json, size_t line)
{
    size_t end = json->n;

    if (line + 1 < json->n_lines) {
        end = json->line[line + 1] - 1;
    }
    if (end > json->line[line] && json->text[end - 1] == '\r') {
        end--;
    }
    return end;
}

static att_place place_of(att_json *json, size_t from, size_t to)
{
    att_place place = { .offset = from };
    size_t line = 0;
    size_t end = 0;
    size_t before = 0;

    if (json->line == NULL) {
        index_lines(json);
    }
    line = line_of(json, from);
    end = line_end(json, line);
    before = characters_before(json, from);
    place.line = (unsigned)(line + 1);
    place.column = (unsigned)(before - characters_before(json, json->line[line]) + 1);
    if (end > to) {
        end = to;
    }
    place.span = end > from ? characters_before(json, end) - before : 0;
    if (place.span == 0) {
        place.span = 1;
    }
    return place;
}

/* ---- reading ---- */

/* Fails at an offset, with line and column. */
static att_code fail_at(att_json *json, att_code code, size_t offset,
                        const char *message, att_err *err)
{
    att_place place = place_of(json, offset, offset + 1);

    (void)att_fail(err, code, "%s", message);
    (void)att_at(err, json->name, place.line, place.column, NULL);
    return code;
}

static bool begins(const att_json *json, const char *bytes, size_t n)
{
    return json->n >= n && memcmp(json->text, bytes, n) == 0;
}

static att_code check_bytes(att_json *json, att_err *err)
{
    const char *nul = NULL;
    size_t bad = 0;

    if (json->n == 0) {
        return fail_at(json, ATT_EINPUT, 0, "the file is empty; it should hold JSON",
                       err);
    }
    if (begins(json, "\xEF\xBB\xBF", 3)) {
        (void)fail_at(
            json, ATT_EINPUT, 0,
            "the file begins with a byte order mark; it should begin with JSON", err);
        (void)att_hint(err, "save it as UTF-8 without BOM");
        return ATT_EINPUT;
    }
    if (begins(json, "\xFF\xFE", 2) || begins(json, "\xFE\xFF", 2)) {
        (void)fail_at(json, ATT_EINPUT, 0, "the file is UTF-16; it should be UTF-8",
                      err);
        (void)att_hint(err, "save it as UTF-8");
        return ATT_EINPUT;
    }
    nul = memchr(json->text, '\0', json->n);
    if (nul != NULL) {
        return fail_at(json, ATT_EINPUT, (size_t)(nul - json->text),
                       "a NUL byte stands in the file; it should be text", err);
    }
    bad = att_text_check(json->text, json->n);
    if (bad < json->n) {
        (void)fail_at(json, ATT_EINPUT, bad, "a byte here is not UTF-8", err);
        (void)att_hint(err, "save it as UTF-8");
        return ATT_EINPUT;
    }
    return ATT_OK;
}

/* Counts brackets outside strings. */
static att_code check_depth(att_json *json, att_err *err)
{
    size_t depth = 0;
    bool in_text = false;

    for (size_t i = 0; i < json->n; i++) {
        char c = json->text[i];

        if (in_text && c == '\\') {
            i++;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '{' || c == '[')) {
            depth++;
        } else if (!in_text && (c == '}' || c == ']') && depth > 0) {
            depth--;
        }
        if (depth > ATT_JSON_DEPTH_MAX) {
            att_place place = place_of(json, i, i + 1);

            (void)att_fail(err, ATT_ELIMIT,
                           "lists and objects are nested deeper than %d levels",
                           ATT_JSON_DEPTH_MAX);
            (void)att_at(err, json->name, place.line, place.column, NULL);
            return ATT_ELIMIT;
        }
    }
    return ATT_OK;
}

/* A second key: names it, and where it stands. */
static att_code fail_double(att_json *json, const att_scan *scan, att_err *err)
{
    att_buf key = { 0 };
    size_t at = scan->at + 1;
    att_place place = place_of(json, scan->at, scan->at + 1);

    while (json->text[at] != '"') {
        char bytes[4];
        size_t n = 0;

        at = att_scan_character(json->text, at, bytes, &n);
        att_buf_add_n(&key, bytes, n);
    }
    (void)att_fail(err, ATT_EINPUT,
                   "key \"%s\" stands twice in one object; it should stand once",
                   att_buf_text(&key));
    (void)att_at(err, json->name, place.line, place.column, NULL);
    att_buf_drop(&key);
    return ATT_EINPUT;
}

/* jansson refused the text: our own walk says where and why, in our words. */
static att_code explain(att_json *json, const json_error_t *refused, att_err *err)
{
    att_scan scan;
    att_code code = ATT_EINPUT;

    if (att_scan_run(&scan, json->text, json->n)) {
        size_t offset = refused->position > 0 ? (size_t)refused->position - 1 : 0;
        bool is_large = json_error_code(refused) == json_error_numeric_overflow;

        code = fail_at(
            json, ATT_EINPUT, offset < json->n ? offset : 0,
            is_large ? "a number that ends here is too large" : refused->text, err);
    } else if (scan.is_double) {
        code = fail_double(json, &scan, err);
    } else {
        code = fail_at(json, ATT_EINPUT, scan.at, scan.wrong, err);
    }
    att_scan_drop(&scan);
    return code;
}

static att_code parse(att_json *json, att_err *err)
{
    json_error_t refused;

    ATT_TRY(check_bytes(json, err));
    ATT_TRY(check_depth(json, err));
    json->root = json_loadb(json->text, json->n,
                            JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &refused);
    return json->root != NULL ? ATT_OK : explain(json, &refused, err);
}

static att_json *new_json(const char *name)
{
    att_json *json = att_memory_grow(NULL, 1, sizeof *json);

    *json = (att_json){ .name = NULL };
    json->name = att_arena_text(&json->arena, name);
    return json;
}

static att_json *finish(att_json *json, att_code code, att_err *err)
{
    if (code == ATT_OK) {
        code = parse(json, err);
    }
    if (code != ATT_OK) {
        att_json_close(json);
        return NULL;
    }
    return json;
}

att_json *att_json_open_bytes(const char *name, const char *bytes, size_t n,
                              att_err *err)
{
    att_json *json = new_json(name);
    att_code code = ATT_OK;

    if (n > ATT_JSON_BYTES_MAX) {
        att_buf limit = { 0 };

        att_number_grouped(&limit, (long long)ATT_JSON_BYTES_MAX);
        code =
            att_fail(err, ATT_ELIMIT, "\"%s\" is too large: at most %s bytes are read",
                     name, att_buf_text(&limit));
        att_buf_drop(&limit);
    } else {
        json->text = att_arena_text_n(&json->arena, bytes, n);
        json->n = n;
    }
    return finish(json, code, err);
}

att_json *att_json_open(const char *path, att_err *err)
{
    att_json *json = new_json(strcmp(path, "-") == 0 ? "standard input" : path);
    att_bytes bytes = { 0 };
    att_code code = att_file_read(&json->arena, path, ATT_JSON_BYTES_MAX, &bytes, err);

    json->text = bytes.bytes;
    json->n = bytes.n;
    return finish(json, code, err);
}

void att_json_close(att_json *json)
{
    if (json == NULL) {
        return;
    }
    json_decref(json->root);
    att_scan_drop(&json->scan);
    att_arena_drop(&json->arena);
    att_memory_free(json);
}

struct json_t *att_json_root(const att_json *json)
{
    return json->root;
}

const char *att_json_name(const att_json *json)
{
    return json->name;
}

const char *att_json_text(const att_json *json, size_t *n)
{
    if (n != NULL) {
        *n = json->n;
    }
    return json->text;
}

/* ---- places ---- */

static const att_node *find_node(att_json *json, const char *pointer)
{
    if (!json->is_scanned) {
        json->is_scanned = true;
        (void)att_scan_run(&json->scan, json->text, json->n);
    }
    return att_scan_find(&json->scan, pointer);
}

bool att_json_place_value(att_json *json, const char *pointer, att_place *out)
{
    const att_node *node = find_node(json, pointer);

    if (node == NULL) {
        return false;
    }
    *out = place_of(json, node->from, node->to);
    return true;
}

bool att_json_place_key(att_json *json, const char *pointer, att_place *out)
{
    const att_node *node = find_node(json, pointer);

    if (node == NULL || node->key_to == 0) {
        return false;
    }
    *out = place_of(json, node->key_from, node->key_to);
    return true;
}

bool att_json_place_inside(att_json *json, const char *pointer, size_t k,
                           att_place *out)
{
    const att_node *node = find_node(json, pointer);
    size_t at = 0;
    size_t passed = 0;

    if (node == NULL || json->text[node->from] != '"') {
        return false;
    }
    at = node->from + 1;
    while (at + 1 < node->to) {
        char bytes[4];
        size_t n = 0;
        size_t next = att_scan_character(json->text, at, bytes, &n);

        if (passed + n > k) {
            break;
        }
        passed += n;
        at = next;
    }
    while (at > node->from + 1 && ((unsigned char)json->text[at] & 0xC0) == 0x80) {
        at--; /* k is inside a character */
    }
    *out = place_of(json, at, node->to - 1);
    return true;
}

char *att_json_line(att_arena *arena, const att_json *json, const att_place *place)
{
    const char *from = json->text + place->offset;
    const char *end = memchr(from, '\n', json->n - place->offset);
    size_t n = 0;

    if (end == NULL) {
        end = json->text + json->n;
    }
    while (from > json->text && from[-1] != '\n') {
        from--;
    }
    if (end > from && end[-1] == '\r') {
        end--;
    }
    n = (size_t)(end - from);
    return att_arena_text_n(arena, from, n <= LINE_BYTES_MAX ? n : 0);
}

const char *att_json_library_version(void)
{
    return jansson_version_str();
}
