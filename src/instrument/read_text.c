/* read_text.c - languages, texts in them, ids, and the names that texts pipe in */
#include "reader.h"

#include <string.h>

#include <attune/base/stamp.h>

/* ---- languages ---- */

static const att_key languages_keys[] = {
    { "default", ATT_WANT_TEXT, true },
    { "list", ATT_WANT_LIST, true },
};

static const att_key language_keys[] = {
    { "tag", ATT_WANT_TEXT, true },       { "dir", ATT_WANT_TEXT, false },
    { "method", ATT_WANT_TEXT, false },   { "reviewed", ATT_WANT_TEXT, false },
    { "fallback", ATT_WANT_TEXT, false }, { "stale", ATT_WANT_LIST, false },
};

static const char *const directions[] = { "ltr", "rtl" };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool att_tag_is_well_formed(const char *tag)
{
    size_t n = 0;

    while (tag[n] >= 'a' && tag[n] <= 'z') {
        n++;
    }
    if (n < 2 || n > 3) {
        return false;
    }
    while (tag[n] == '-') {
        size_t part = 0;

        n++;
        while (is_letter(tag[n]) || is_digit(tag[n])) {
            n++;
            part++;
        }
        if (part < 2 || part > 8) {
            return false;
        }
    }
    return tag[n] == '\0';
}

static size_t tag_index(const att_reader *r, const char *tag)
{
    for (size_t i = 0; i < r->out->n_languages; i++) {
        if (r->tags[i] != NULL && strcmp(r->tags[i], tag) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

/* The keys of translations that are of an older text. */
static void stale_read(att_reader *r, json_t *value, const att_spot *at,
                       att_language *out)
{
    json_t *list = json_object_get(value, "stale");
    att_spot list_at = att_spot_key(at, "stale");
    size_t n = att_list_size(r, json_array_size(list), ATT_STALE_MAX, &list_at, "keys");
    const char **keys = att_new_n(r->arena, const char *, n);

    out->stale = keys;
    for (size_t i = 0; i < n; i++) {
        json_t *key = json_array_get(list, i);
        att_spot element = att_spot_element(&list_at, i);

        if (att_want_check(r, key, &element, "stale", ATT_WANT_TEXT)) {
            keys[out->n_stale++] = att_arena_text(r->arena, json_string_value(key));
        }
    }
}

static void language_read(att_reader *r, json_t *value, const att_spot *at,
                          att_language *out)
{
    att_spot tag_at = att_spot_key(at, "tag");
    att_spot reviewed_at = att_spot_key(at, "reviewed");
    att_day day = 0;

    out->tag = att_member_text(r, value, "tag", "");
    out->method = att_member_text(r, value, "method", "");
    out->reviewed = att_member_text(r, value, "reviewed", "");
    out->is_rtl = att_member_word(r, value, at, "dir", directions, 2, 0) == 1;
    stale_read(r, value, at, out);
    if (out->tag[0] != '\0' && !att_tag_is_well_formed(out->tag)) {
        att_reader_find(r, "L013", &tag_at, "write it as \"en\" or \"pt-BR\"",
                        "\"%s\" is not a language tag", out->tag);
    } else if (out->tag[0] != '\0' && tag_index(r, out->tag) != ATT_NONE) {
        att_reader_find(r, "L013", &tag_at, NULL, "language \"%s\" stands here twice",
                        out->tag);
    }
    if (out->reviewed[0] != '\0' &&
        !att_day_read(out->reviewed, strlen(out->reviewed), &day)) {
        att_reader_find(r, "L047", &reviewed_at, "write it as 2026-09-14",
                        "\"%s\" is no day that exists", out->reviewed);
    }
}

static void default_read(att_reader *r, json_t *object, const att_spot *at)
{
    const char *tag = att_member_text(r, object, "default", "");
    att_spot spot = att_spot_key(at, "default");
    size_t index = tag_index(r, tag);

    if (tag[0] == '\0') {
        return;
    }
    if (index == ATT_NONE) {
        att_reader_find(r, "L013", &spot,
                        "add it to the list, or name one that is there",
                        "default language \"%s\" is not in \"list\"", tag);
        return;
    }
    r->out->language = index;
}

/* Where a text is missing, that of another language may stand in, and so on; at the end
 * the default. Nobody may wait for himself. */
static void fallback_read(att_reader *r, json_t *value, const att_spot *at,
                          att_language *languages, size_t i)
{
    const char *tag = att_member_text(r, value, "fallback", "");
    att_spot spot = att_spot_key(at, "fallback");
    size_t index = tag_index(r, tag);
    size_t k;

    if (tag[0] == '\0') {
        return;
    }
    if (index == ATT_NONE) {
        att_reader_find(r, "L013", &spot,
                        "add it to the list, or name one that is there",
                        "\"%s\" is not in \"list\"", tag);
        return;
    }
    languages[i].fallback = index + 1;
    for (k = index + 1; k != 0; k = languages[k - 1].fallback) {
        if (k == i + 1) {
            att_reader_find(r, "L013", &spot, "let one of them have none",
                            "the fallback of \"%s\" leads back to it",
                            languages[i].tag);
            languages[i].fallback = 0;
            return;
        }
    }
}

bool att_languages_read(att_reader *r, json_t *root, const att_spot *at)
{
    json_t *object = json_object_get(root, "languages");
    json_t *list = json_object_get(object, "list");
    att_spot spot = att_spot_key(at, "languages");
    att_spot list_at = att_spot_key(&spot, "list");
    att_language *languages = NULL;
    size_t n = json_array_size(list);

    if (!json_is_object(object)) {
        return false; /* said already: L004 or L005 */
    }
    att_keys_check(r, object, &spot, "\"languages\"", languages_keys,
                   sizeof languages_keys / sizeof languages_keys[0]);
    if (!json_is_array(list)) {
        return false;
    }
    if (n == 0) {
        att_reader_find(r, "L013", &list_at, "name at least one",
                        "no language is listed");
        return false;
    }
    n = att_list_size(r, n, ATT_LANGUAGES_MAX, &list_at, "languages");
    languages = att_new_n(r->arena, att_language, n);
    r->tags = att_new_n(r->scratch, const char *, n);
    r->out->languages = languages;
    r->out->n_languages = n;
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&list_at, i);
        json_t *value = json_array_get(list, i);

        att_keys_check(r, value, &element, "a language", language_keys,
                       sizeof language_keys / sizeof language_keys[0]);
        language_read(r, value, &element, &languages[i]);
        r->tags[i] = languages[i].tag;
    }
    for (size_t i = 0; i < n; i++) {
        att_spot element = att_spot_element(&list_at, i);

        fallback_read(r, json_array_get(list, i), &element, languages, i);
    }
    default_read(r, object, &spot);
    return true;
}

/* ---- texts ---- */

static const char *text_read(att_reader *r, json_t *value, const att_spot *at,
                             bool has_own)
{
    const char *text = json_string_value(value);
    att_wait_pipe wait = { 0 };

    if (text == NULL) {
        att_reader_find(r, "L004", at, NULL, "here should stand a text");
        return NULL;
    }
    if (text[strspn(text, " \t\r\n")] == '\0') {
        att_reader_find(r, "L016", at, "write the text, or leave it out",
                        "this text is empty");
        return NULL;
    }
    text = att_arena_text(r->arena, text);
    if (strchr(text, '{') != NULL) {
        wait.text = text;
        wait.pointer = att_spot_pointer(r->scratch, at);
        wait.has_own = has_own;
        att_wait_for_pipe(r, &wait);
    }
    return text;
}

static size_t language_of_key(att_reader *r, const char *tag, const att_spot *at)
{
    size_t index = tag_index(r, tag);

    if (index == ATT_NONE) {
        att_reader_find_key(r, "L014", at,
                            att_reader_suggest(r, tag, r->tags, r->out->n_languages,
                                               "declare it in \"languages\""),
                            "language \"%s\" is not declared", tag);
    }
    return index;
}

static att_wording wording_read(att_reader *r, json_t *value, const att_spot *at,
                                bool has_own)
{
    att_wording wording = { NULL };
    const char **in = NULL;
    const char *tag = NULL;
    json_t *member = NULL;
    bool is_default_there = false;

    if (r->out->n_languages == 0 || !(json_is_string(value) || json_is_object(value))) {
        return wording;
    }
    in = att_new_n(r->arena, const char *, r->out->n_languages);
    if (json_is_string(value)) {
        in[r->out->language] = text_read(r, value, at, has_own);
        wording.in = in[r->out->language] == NULL ? NULL : in;
        return wording;
    }
    json_object_foreach(value, tag, member)
    {
        att_spot spot = att_spot_key(at, tag);
        size_t index = ATT_NONE;

        if (strncmp(tag, "x-", 2) == 0) {
            continue;
        }
        index = language_of_key(r, tag, &spot);
        if (index != ATT_NONE) {
            is_default_there = is_default_there || index == r->out->language;
            in[index] = text_read(r, member, &spot, has_own);
        }
    }
    if (!is_default_there) {
        att_reader_find(r, "L015", at, "write it first in the default language",
                        "there is no text in \"%s\", the default language",
                        r->tags[r->out->language]);
    }
    wording.in = in;
    return wording;
}

att_wording att_wording_read(att_reader *r, json_t *value, const att_spot *at)
{
    return wording_read(r, value, at, false);
}

att_wording att_wording_member(att_reader *r, json_t *object, const att_spot *at,
                               const char *key)
{
    att_spot spot = att_spot_key(at, key);

    return wording_read(r, json_object_get(object, key), &spot, false);
}

att_wording att_wording_about(att_reader *r, json_t *object, const att_spot *at,
                              const char *key)
{
    att_spot spot = att_spot_key(at, key);

    return wording_read(r, json_object_get(object, key), &spot, true);
}

/* ---- anchors: two words at the ends of a line ---- */

static void pair_read(att_reader *r, json_t *value, const att_spot *at, size_t language,
                      const char **ends[2])
{
    if (!json_is_array(value) || json_array_size(value) != 2) {
        att_reader_find(r, "L039", at, "write [\"Not at all\", \"Completely\"]",
                        "anchors are two texts, one for each end");
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        att_spot spot = att_spot_element(at, i);

        ends[i][language] = text_read(r, json_array_get(value, i), &spot, false);
    }
}

void att_anchors_read(att_reader *r, json_t *value, const att_spot *at,
                      att_wording out[2])
{
    const char **ends[2] = { NULL, NULL };
    const char *tag = NULL;
    json_t *member = NULL;

    if (value == NULL || r->out->n_languages == 0) {
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        ends[i] = att_new_n(r->arena, const char *, r->out->n_languages);
        out[i].in = ends[i];
    }
    if (!json_is_object(value)) {
        pair_read(r, value, at, r->out->language, ends);
        return;
    }
    json_object_foreach(value, tag, member)
    {
        att_spot spot = att_spot_key(at, tag);
        size_t index = ATT_NONE;

        if (strncmp(tag, "x-", 2) == 0) {
            continue;
        }
        index = language_of_key(r, tag, &spot);
        if (index != ATT_NONE) {
            pair_read(r, member, &spot, index, ends);
        }
    }
    if (json_object_get(value, r->tags[r->out->language]) == NULL) {
        att_reader_find(r, "L015", at, "write it first in the default language",
                        "there is no text in \"%s\", the default language",
                        r->tags[r->out->language]);
    }
}

/* ---- names between braces ---- */

static void pipe_fault(att_reader *r, const att_wait_pipe *wait, const char *rule,
                       size_t from, size_t span)
{
    att_expr_fault fault = { 0 };
    char name[ATT_ITEM_ID_MAX * 2 + 1] = "";
    const char *hint = NULL;
    att_err words = { 0 };

    if (span > 2) {
        size_t n = span - 2 < sizeof name - 1 ? span - 2 : sizeof name - 1;

        memcpy(name, wait->text + from + 1, n);
        name[n] = '\0';
    }
    fault.rule = rule;
    fault.at = from;
    fault.span = span;
    if (strcmp(rule, "L036") == 0) {
        name[strcspn(name, ":")] = '\0';
        hint = att_name_suggest(r, name);
        att_fail(&words, ATT_EINPUT,
                 "text names \"%s\", which is no item, token or word", name);
        att_hint(&words, "%s",
                 hint == NULL ? "write {{ for a brace that is only a brace" : hint);
    } else {
        att_fail(&words, ATT_EINPUT,
                 "\"{\" begins a name that does not end with \"}\"");
        att_hint(&words, "write {{ for a brace that is only a brace");
    }
    memcpy(fault.message, words.message, sizeof fault.message);
    memcpy(fault.hint, words.hint, sizeof fault.hint);
    att_reader_find_inside(r, wait->pointer, &fault);
}

static bool is_word(const char *name)
{
    static const char *const words[] = { "role",   "site",  "wave", "language",
                                         "person", "today", "mode" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the n bytes name something: an item, a token, a word, an attribute; {.}; with a
 * first letter in upper case too; ":label" may follow. */
static bool is_pipe(const att_reader *r, const char *text, size_t n,
                    const att_wait_pipe *wait)
{
    char name[ATT_ITEM_ID_MAX + sizeof "person."];
    att_ref attribute = { 0 };
    att_name *found = NULL;

    if (n > 6 && strncmp(text + n - 6, ":label", 6) == 0) {
        n -= 6;
    }
    if (n == 1 && text[0] == '.') {
        return wait->has_own;
    }
    if (n == 0 || n >= sizeof name) {
        return false;
    }
    memcpy(name, text, n);
    name[n] = '\0';
    if (name[0] >= 'A' && name[0] <= 'Z') {
        name[0] = (char)(name[0] - 'A' + 'a');
    }
    if (wait->within != NULL) {
        size_t item = att_roster_sibling(r, wait->within, name);

        if (item < r->n_items && att_item_asks(&r->items[item])) {
            return true;
        }
    }
    found = att_name_find(r, name);
    if (found == NULL) {
        return is_word(name) || att_attribute_find(r, name, &attribute);
    }
    found->is_used = true;
    if (found->sort == ATT_NAME_ITEM) {
        return r->items[found->index].kind == NULL ||
               att_item_asks(&r->items[found->index]);
    }
    return found->sort == ATT_NAME_TOKEN;
}

static void pipe_resolve(att_reader *r, const att_wait_pipe *wait)
{
    const char *text = wait->text;

    for (size_t i = 0; text[i] != '\0'; i++) {
        size_t end = 0;

        if (text[i] != '{') {
            continue;
        }
        if (text[i + 1] == '{') {
            i++;
            continue;
        }
        end = i + 1 + strcspn(text + i + 1, "{}");
        if (text[end] != '}') {
            pipe_fault(r, wait, "L037", i, 1);
            return;
        }
        if (!is_pipe(r, text + i + 1, end - i - 1, wait)) {
            pipe_fault(r, wait, "L036", i, end - i + 1);
        }
        i = end;
    }
}

void att_pipes_resolve(att_reader *r)
{
    for (size_t i = 0; i < r->n_pipes; i++) {
        pipe_resolve(r, &r->pipes[i]);
    }
}

/* ---- ids ---- */

static bool is_reserved(const char *id)
{
    static const char *const reserved[] = { "role",   "site",  "wave", "language",
                                            "person", "today", "now",  "and",
                                            "or",     "not",   "in",   "mode" };

    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (strcmp(reserved[i], id) == 0) {
            return true;
        }
    }
    return false;
}

bool att_id_is_well_formed(const char *id, char joint)
{
    bool was_joint = false;

    if (id[0] < 'a' || id[0] > 'z') {
        return false;
    }
    for (size_t i = 1; id[i] != '\0'; i++) {
        bool is_joint = id[i] == joint;

        if (!is_joint && !(id[i] >= 'a' && id[i] <= 'z') && !is_digit(id[i])) {
            return false;
        }
        if (is_joint && was_joint) {
            return false;
        }
        was_joint = is_joint;
    }
    return !was_joint;
}

bool att_id_check(att_reader *r, const char *id, const att_spot *at, char joint,
                  bool at_key)
{
    void (*find)(att_reader *, const char *, const att_spot *, const char *,
                 const char *, ...) = at_key ? att_reader_find_key : att_reader_find;

    if (!att_id_is_well_formed(id, joint)) {
        find(r, "L008", at,
             joint == '-' ? "use small letters and digits, with single hyphens between"
                          : "use small letters and digits, with single _ between",
             "\"%s\" cannot be an id", id);
        return false;
    }
    if (strlen(id) > ATT_ITEM_ID_MAX) {
        find(r, "L008", at, "find a shorter one",
             "id \"%s\" has %zu characters, but at most %d fit", id, strlen(id),
             ATT_ITEM_ID_MAX);
        return false;
    }
    if (joint == '_' && is_reserved(id)) {
        find(r, "L009", at, "choose another id", "\"%s\" has a meaning of its own", id);
        return false;
    }
    return true;
}
