/* read_find.c - findings with their places, and the keys of objects */
#include "reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/check.h>

att_spot att_spot_key(const att_spot *up, const char *key)
{
    att_spot spot = { up, key, 0 };

    return spot;
}

att_spot att_spot_element(const att_spot *up, size_t index)
{
    att_spot spot = { up, NULL, index };

    return spot;
}

att_spot att_spot_text(const char *pointer)
{
    att_spot spot = { NULL, pointer, 0 };

    return spot;
}

static void write_pointer(att_buf *out, const att_spot *at)
{
    if (at == NULL) {
        return;
    }
    if (at->up == NULL) {
        att_buf_add(out, at->key == NULL ? "" : at->key);
        return;
    }
    write_pointer(out, at->up);
    if (at->key == NULL) {
        att_buf_format(out, "/%zu", at->index);
        return;
    }
    att_buf_char(out, '/');
    for (const char *c = at->key; *c != '\0'; c++) {
        if (*c == '~') {
            att_buf_add(out, "~0");
        } else if (*c == '/') {
            att_buf_add(out, "~1");
        } else {
            att_buf_char(out, *c);
        }
    }
}

char *att_spot_pointer(att_arena *arena, const att_spot *at)
{
    att_buf buf = { 0 };
    char *pointer = NULL;

    write_pointer(&buf, at);
    pointer = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return pointer;
}

/* Whether one more finding may be listed; the first one too many becomes L049. */
static bool has_room(att_reader *r)
{
    att_issue issue = { 0 };

    if (r->is_full || r->is_muted) {
        return false;
    }
    if (r->issues->n - r->n_first < ATT_FINDINGS_MAX) {
        return true;
    }
    r->is_full = true;
    issue.severity =
        r->issues->n_errors > 0 ? ATT_SEVERITY_ERROR : ATT_SEVERITY_WARNING;
    issue.rule = "L049";
    issue.span = 1;
    issue.line = "";
    att_fail(&issue.what, ATT_EINPUT, "more than %d findings; the rest are not listed",
             ATT_FINDINGS_MAX);
    att_hint(&issue.what, "mend these first, then check again");
    att_at(&issue.what, att_json_name(r->json), 0, 0, NULL);
    att_issues_add(r->issues, &issue);
    return false;
}

static void add(att_reader *r, att_issue *issue, const char *rule, const char *pointer,
                const att_place *place)
{
    const att_rule *known = att_rule_find(rule);

    issue->rule = known == NULL ? rule : known->code;
    issue->severity = known == NULL ? ATT_SEVERITY_ERROR : known->severity;
    issue->line = "";
    issue->span = 1;
    if (place != NULL) {
        issue->span = place->span == 0 ? 1 : place->span;
        if (r->n_line_bytes < ATT_LINE_BYTES_MAX) {
            issue->line = att_json_line(r->issues->arena, r->json, place);
            r->n_line_bytes += strlen(issue->line);
        }
    }
    att_at(&issue->what, att_json_name(r->json), place == NULL ? 0 : place->line,
           place == NULL ? 0 : place->column, pointer);
    att_issues_add(r->issues, issue);
}

static void find_at(att_reader *r, const char *rule, const att_spot *at, bool at_key,
                    att_issue *issue)
{
    att_place place = { 0 };
    char *pointer = att_spot_pointer(r->scratch, at);
    bool is_found = at_key ? att_json_place_key(r->json, pointer, &place)
                           : att_json_place_value(r->json, pointer, &place);

    add(r, issue, rule, pointer, is_found ? &place : NULL);
}

__attribute__((format(printf, 3, 0))) static void
fill(att_issue *issue, const char *hint, const char *format, va_list args)
{
    char message[ATT_MESSAGE_MAX * 2];

    vsnprintf(message, sizeof message, format, args);
    att_fail(&issue->what, ATT_EINPUT, "%s", message);
    if (hint != NULL && hint[0] != '\0') {
        att_hint(&issue->what, "%s", hint);
    }
}

void att_reader_find(att_reader *r, const char *rule, const att_spot *at,
                     const char *hint, const char *format, ...)
{
    att_issue issue = { 0 };
    va_list args;

    if (!has_room(r)) {
        return;
    }
    va_start(args, format);
    fill(&issue, hint, format, args);
    va_end(args);
    find_at(r, rule, at, false, &issue);
}

void att_reader_find_key(att_reader *r, const char *rule, const att_spot *at,
                         const char *hint, const char *format, ...)
{
    att_issue issue = { 0 };
    va_list args;

    if (!has_room(r)) {
        return;
    }
    va_start(args, format);
    fill(&issue, hint, format, args);
    va_end(args);
    find_at(r, rule, at, true, &issue);
}

void att_reader_find_inside(att_reader *r, const char *pointer,
                            const att_expr_fault *fault)
{
    att_issue issue = { 0 };
    att_place place = { 0 };

    if (!has_room(r)) {
        return;
    }
    att_fail(&issue.what, ATT_EINPUT, "%s", fault->message);
    if (fault->hint[0] != '\0') {
        att_hint(&issue.what, "%s", fault->hint);
    }
    if (!att_json_place_inside(r->json, pointer, fault->at, &place)) {
        add(r, &issue, fault->rule, pointer, NULL);
        return;
    }
    place.span = fault->span == 0 ? 1 : fault->span;
    add(r, &issue, fault->rule, pointer, &place);
}

const char *att_reader_number(att_reader *r, double x)
{
    att_buf buf = { 0 };
    char *text = NULL;

    att_number_write(&buf, x);
    text = att_buf_copy(r->scratch, &buf);
    att_buf_drop(&buf);
    return text;
}

const char *att_reader_suggest(att_reader *r, const char *word, const char *const *list,
                               size_t n, const char *otherwise)
{
    const char *nearest = NULL;

    if (r->n_suggested >= ATT_SUGGESTIONS_MAX) {
        return otherwise;
    }
    r->n_suggested++;
    nearest = att_text_nearest(word, list, n);
    if (nearest == NULL) {
        return otherwise;
    }
    return att_arena_format(r->scratch, "did you mean \"%s\"?", nearest);
}

static const char *want_name(att_want want)
{
    switch (want) {
    case ATT_WANT_ANY: return "anything";
    case ATT_WANT_TEXT: return "a text";
    case ATT_WANT_WORDING: return "a text, or a text for each language";
    case ATT_WANT_OBJECT: return "an object, { }";
    case ATT_WANT_LIST: return "a list, [ ]";
    case ATT_WANT_NUMBER: return "a number";
    case ATT_WANT_WHOLE: return "a whole number";
    case ATT_WANT_TRUTH: return "true or false";
    }
    return "";
}

static const char *json_name(json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "a list";
    case JSON_STRING: return "a text";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    case JSON_NULL: return "null";
    }
    return "";
}

static bool is_wanted(json_t *value, att_want want)
{
    switch (want) {
    case ATT_WANT_ANY: return !json_is_null(value);
    case ATT_WANT_TEXT: return json_is_string(value);
    case ATT_WANT_WORDING: return json_is_string(value) || json_is_object(value);
    case ATT_WANT_OBJECT: return json_is_object(value);
    case ATT_WANT_LIST: return json_is_array(value);
    case ATT_WANT_NUMBER: return json_is_number(value);
    case ATT_WANT_WHOLE: return json_is_integer(value);
    case ATT_WANT_TRUTH: return json_is_boolean(value);
    }
    return false;
}

bool att_want_check(att_reader *r, json_t *value, const att_spot *at, const char *name,
                    att_want want)
{
    if (!is_wanted(value, want)) {
        att_reader_find(r, "L004", at, NULL, "\"%s\" is %s, but should be %s", name,
                        json_name(value), want_name(want));
        return false;
    }
    if (want == ATT_WANT_TEXT && json_string_length(value) == 0) {
        att_reader_find(r, "L016", at, "write the text, or leave the key out",
                        "\"%s\" is empty", name);
        return false;
    }
    return true;
}

static const att_key *key_named(const att_key *keys, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (keys[i].name[0] == name[0] && strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static void unknown_key(att_reader *r, const char *name, const att_spot *at,
                        const char *noun, const att_key *keys, size_t n)
{
    att_spot member = att_spot_key(at, name);
    const char **list = att_new_n(r->scratch, const char *, n + 1);
    const char *hint = NULL;

    for (size_t i = 0; i < n; i++) {
        list[i] = keys[i].name;
    }
    hint = att_reader_suggest(
        r, name, list, n,
        "take it out, or begin its name with \"x-\" to keep it as a note");
    att_reader_find_key(r, "L003", &member, hint, "\"%s\" is not a key of %s", name,
                        noun);
}

bool att_keys_check(att_reader *r, json_t *value, const att_spot *at, const char *noun,
                    const att_key *keys, size_t n)
{
    const char *name = NULL;
    json_t *member = NULL;

    if (!json_is_object(value)) {
        att_reader_find(r, "L004", at, NULL,
                        "here stands %s, but %s should be an object, { }",
                        json_name(value), noun);
        return false;
    }
    json_object_foreach(value, name, member)
    {
        const att_key *key = key_named(keys, n, name);
        att_spot spot = att_spot_key(at, name);

        if (key != NULL) {
            att_want_check(r, member, &spot, name, key->want);
        } else if (strncmp(name, "x-", 2) != 0) {
            unknown_key(r, name, at, noun, keys, n);
        } else {
            r->out->has_own_keys = true;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (keys[i].is_required && json_object_get(value, keys[i].name) == NULL) {
            att_reader_find(r, "L005", at, NULL, "%s has no \"%s\"", noun,
                            keys[i].name);
        }
    }
    return true;
}

const char *att_member_text(att_reader *r, json_t *object, const char *key,
                            const char *otherwise)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text == NULL ? otherwise : att_arena_text(r->arena, text);
}

bool att_member_truth(json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

size_t att_member_word(att_reader *r, json_t *object, const att_spot *at,
                       const char *key, const char *const *list, size_t n,
                       size_t otherwise)
{
    const char *word = json_string_value(json_object_get(object, key));
    att_spot spot = att_spot_key(at, key);
    att_buf all = { 0 };
    const char *hint = NULL;

    if (word == NULL || word[0] == '\0') {
        return otherwise;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], word) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < n; i++) {
        att_buf_format(&all, "%s%s", i == 0 ? "use one of: " : ", ", list[i]);
    }
    hint = att_reader_suggest(r, word, list, n, att_buf_text(&all));
    att_reader_find(r, "L011", &spot, hint, "\"%s\" cannot be \"%s\"", key, word);
    att_buf_drop(&all);
    return otherwise;
}

size_t att_list_size(att_reader *r, size_t n, size_t limit, const att_spot *at,
                     const char *nouns)
{
    if (n <= limit) {
        return n;
    }
    att_reader_find(r, "L002", at, "split the instrument",
                    "%zu %s, but at most %zu can be read", n, nouns, limit);
    return limit;
}
