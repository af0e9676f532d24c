/* translate.c - the texts of an instrument to a catalogue, and back; see the header */
#include <attune/instrument/translate.h>

#include <string.h>

#include "reader.h"
#include "texts.h"

/* ---- names in braces ---- */

/* The next name of a text; NULL when there is none. *at moves behind it. */
static const char *next_name(att_arena *arena, const char **at)
{
    const char *p = *at;

    while (*p != '\0') {
        size_t n;
        char *name;

        if (p[0] == '{' && p[1] == '{') {
            p += 2;
            continue;
        }
        if (*p++ != '{') {
            continue;
        }
        n = strcspn(p, ":{}");
        *at = p + n;
        name = att_arena_text_n(arena, p, n);
        if (name[0] >= 'A' && name[0] <= 'Z') {
            name[0] = (char)(name[0] - 'A' + 'a'); /* {Ref} is {ref} */
        }
        return name;
    }
    return NULL;
}

static bool has_name(att_arena *arena, const char *text, const char *name)
{
    const char *found;

    while ((found = next_name(arena, &text)) != NULL) {
        if (strcmp(found, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *att_translate_name(att_arena *arena, const char *text, const char *other)
{
    const char *name;

    while ((name = next_name(arena, &text)) != NULL) {
        if (!has_name(arena, other, name)) {
            return name;
        }
    }
    return NULL;
}

size_t att_translate_missing(att_arena *arena, const att_json *json, const char *tag,
                             size_t *n)
{
    att_texts texts = att_texts_of(arena, att_json_root(json), tag);
    size_t missing = 0;

    for (size_t i = 0; i < texts.n; i++) {
        missing += texts.list[i].target == NULL;
    }
    *n = texts.n;
    return missing;
}

/* ---- out ---- */

/* What a translator should know: what it is, and which names must stay. */
static const char *comment_of(att_arena *arena, const att_text *text)
{
    const char *kind = json_string_value(json_object_get(text->item, "kind"));
    json_t *choices = json_object_get(text->item, "choices");
    att_buf out = { 0 };
    const char *rest = text->source;
    const char *name;
    const char *copy;
    size_t n_names = 0;

    if (strncmp(text->key, "choices/", 8) == 0) {
        att_buf_add(&out, "a choice");
    } else if (kind != NULL) {
        att_buf_add(&out, kind);
    }
    if (kind != NULL && json_is_string(choices)) {
        att_buf_format(&out, ", choices \"%s\"", json_string_value(choices));
    }
    while ((name = next_name(arena, &rest)) != NULL) {
        att_buf_format(&out, "%s{%s}",
                       n_names++ > 0 ? " "
                       : out.n > 0   ? "\nkeep: "
                                     : "keep: ",
                       name);
    }
    copy = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return copy;
}

/* gettext writes "pt_BR" where we write "pt-BR". */
static char *with_joint(att_arena *arena, const char *tag, char from, char to)
{
    char *copy = att_arena_text(arena, tag);

    for (char *p = copy; *p != '\0'; p++) {
        *p = *p == from ? to : *p;
    }
    return copy;
}

static const char *head_of(att_arena *arena, const att_instrument *in, const char *tag)
{
    size_t index = att_instrument_language(in, tag);
    bool is_declared = index != ATT_NONE;
    const char *reviewed = is_declared ? in->languages[index].reviewed : "";
    bool is_rtl = is_declared && in->languages[index].is_rtl;

    return att_arena_format(
        arena,
        "Project-Id-Version: %s %s\nPO-Revision-Date: %s\nLast-Translator: \n"
        "Language-Team: \nLanguage: %s\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        "X-Direction: %s\nX-Source-Language: %s\nX-Instrument: %s\nX-Version: %s\n"
        "X-Digest: %s\n",
        in->id, in->version, reviewed, with_joint(arena, tag, '-', '_'),
        is_rtl ? "rtl" : "ltr", in->languages[in->language].tag, in->id, in->version,
        in->digest);
}

static att_code check_tag(const att_instrument *in, const char *tag, att_err *err)
{
    if (!att_tag_is_well_formed(tag)) {
        att_fail(err, ATT_EINPUT, "\"%s\" is not a language tag", tag);
        return att_hint(err, "write it as \"es\" or \"pt-BR\"");
    }
    if (strcmp(in->languages[in->language].tag, tag) == 0) {
        att_fail(err, ATT_EINPUT, "\"%s\" is the language to translate from", tag);
        return att_hint(err, "name another language");
    }
    return ATT_OK;
}

att_code att_translate_export(att_arena *arena, const att_json *json,
                              const att_instrument *instrument, const char *tag,
                              att_po *out, att_err *err)
{
    json_t *root = att_json_root(json);
    json_t *language = att_texts_language(root, tag);
    att_texts texts;

    ATT_TRY(check_tag(instrument, tag, err));
    texts = att_texts_of(arena, root, tag);
    *out = (att_po){ .name = tag, .head = head_of(arena, instrument, tag) };
    out->list = att_new_n(arena, att_po_entry, texts.n);
    out->n = texts.n;
    for (size_t i = 0; i < texts.n; i++) {
        const att_text *text = &texts.list[i];

        out->list[i] = (att_po_entry){
            .context = text->key,
            .source = att_arena_text(arena, text->source),
            .text = text->target != NULL ? att_arena_text(arena, text->target) : "",
            .comment = comment_of(arena, text),
            .is_fuzzy = text->target != NULL && att_texts_is_stale(language, text->key),
        };
    }
    return ATT_OK;
}

/* ---- in ---- */

typedef struct taking {
    att_arena *arena;
    json_t *root;
    const char *base, *tag;
    const att_po *po;
    att_texts texts;
    const char **taken; /* [texts.n] the translation to write, or NULL */
    bool *is_stale;     /* [texts.n] */
    bool *is_met;       /* [texts.n] by an entry */
    att_translated *out;
    att_issues *issues;
} taking;

/* Something to look at, with its place in the catalogue. */
static void note(const taking *t, const char *rule, const att_po_entry *entry,
                 const char *message, const char *hint)
{
    att_issue issue = {
        .severity = ATT_SEVERITY_WARNING, .rule = rule, .span = 1, .line = ""
    };

    att_fail(&issue.what, ATT_EINPUT, "%s", message);
    att_at(&issue.what, t->po->name, entry->line, entry->column, NULL);
    att_hint(&issue.what, "%s", hint);
    att_issues_add(t->issues, &issue);
}

static void check_names(const taking *t, const att_po_entry *entry, const char *source)
{
    const char *lost = att_translate_name(t->arena, source, entry->text);
    const char *other = att_translate_name(t->arena, entry->text, source);

    if (lost != NULL) {
        note(t, "L082", entry,
             att_arena_format(t->arena, "{%s} is missing in the translation", lost),
             "put it where the name belongs");
    } else if (other != NULL) {
        note(t, "L082", entry,
             att_arena_format(t->arena, "{%s} is not in the text that is translated",
                              other),
             "names in braces stay as they are");
    }
}

static void take_entry(taking *t, const att_po_entry *entry)
{
    size_t i =
        entry->context != NULL ? att_texts_find(&t->texts, entry->context) : ATT_NONE;
    const att_text *text;

    if (i == ATT_NONE) {
        t->out->n_gone++;
        note(t, "L080", entry, "the instrument has no text of this key",
             "leave the entry out, or export the catalogue anew");
        return;
    }
    text = &t->texts.list[i];
    t->is_met[i] = true;
    if (entry->text[strspn(entry->text, " \t\r\n")] == '\0') {
        t->is_met[i] = false; /* not translated: what is there stays */
        return;
    }
    check_names(t, entry, text->source);
    t->taken[i] = entry->text;
    t->is_stale[i] = entry->is_fuzzy || strcmp(entry->source, text->source) != 0;
    if (t->is_stale[i]) {
        note(t, "L083", entry,
             entry->is_fuzzy ? "this translation is marked as fuzzy"
                             : "the text has changed since it was translated",
             "look at both, take the mark away, and import it again");
    }
}

static att_code check_twins(const taking *t, att_err *err)
{
    const unsigned **first = att_new_n(t->arena, const unsigned *, t->texts.n);

    for (size_t i = 0; i < t->po->n; i++) {
        const att_po_entry *entry = &t->po->list[i];
        size_t k = entry->context != NULL ? att_texts_find(&t->texts, entry->context)
                                          : ATT_NONE;

        if (k == ATT_NONE) {
            continue;
        }
        if (first[k] != NULL) {
            att_fail(err, ATT_EINPUT, "\"%s\" stands here twice, first in line %u",
                     entry->context, *first[k]);
            return att_at(err, t->po->name, entry->line, entry->column, NULL);
        }
        first[k] = &entry->line;
    }
    return ATT_OK;
}

/* Puts a text in a language where it belongs. */
static void put_text(const taking *t, size_t i)
{
    const att_text *text = &t->texts.list[i];
    json_t *value = json_object_get(text->owner, text->member);

    if (!json_is_object(value)) { /* so far in the default language alone */
        json_t *object = json_object();

        json_object_set(object, t->base, value);
        json_object_set_new(text->owner, text->member, object);
        value = object;
    }
    if (text->part == ATT_NONE) {
        json_object_set_new(value, t->tag, json_string(t->taken[i]));
    } else if (text->part == 0) { /* both are there: the other stands behind it */
        json_object_set_new(value, t->tag,
                            json_pack("[s, s]", t->taken[i], t->taken[i + 1]));
    }
}

/* Of two anchors both must be there, by this catalogue or before. */
static void pair_anchors(taking *t)
{
    for (size_t i = 0; i + 1 < t->texts.n; i++) {
        const att_text *low = &t->texts.list[i];
        const att_text *high = &t->texts.list[i + 1];

        if (low->part != 0 || high->part != 1 ||
            (t->taken[i] == NULL && t->taken[i + 1] == NULL)) {
            continue;
        }
        t->taken[i] = t->taken[i] != NULL ? t->taken[i] : low->target;
        t->taken[i + 1] = t->taken[i + 1] != NULL ? t->taken[i + 1] : high->target;
        if (t->taken[i] == NULL || t->taken[i + 1] == NULL) {
            t->taken[i] = t->taken[i + 1] = NULL;
        }
    }
}

static void put_texts(taking *t)
{
    pair_anchors(t);
    for (size_t i = 0; i < t->texts.n; i++) {
        const char *before = t->texts.list[i].target;

        t->out->n_missing += t->taken[i] == NULL && before == NULL;
        if (t->taken[i] == NULL ||
            (before != NULL && strcmp(before, t->taken[i]) == 0)) {
            continue;
        }
        t->out->n_changed++;
    }
    for (size_t i = 0; i < t->texts.n; i++) {
        const char *before = t->texts.list[i].target;
        bool is_pair = t->texts.list[i].part == 0 && t->taken[i] != NULL;

        if (t->taken[i] != NULL &&
            (is_pair || before == NULL || strcmp(before, t->taken[i]) != 0)) {
            put_text(t, i);
        }
    }
}

static json_t *language_of(taking *t, const char *direction)
{
    json_t *language = att_texts_language(t->root, t->tag);
    json_t *list = json_object_get(json_object_get(t->root, "languages"), "list");

    if (language == NULL) {
        language = json_pack("{s:s, s:s}", "tag", t->tag, "dir", direction);
        json_array_append_new(list, language);
    }
    return language;
}

/* Which translations are of an older text, by their keys. */
static void put_stale(taking *t, json_t *language)
{
    json_t *stale = json_array();

    for (size_t i = 0; i < t->texts.n; i++) {
        const att_text *text = &t->texts.list[i];
        bool was = text->target != NULL && att_texts_is_stale(language, text->key);

        if (t->is_met[i] && t->taken[i] != NULL ? t->is_stale[i] : was) {
            json_array_append_new(stale, json_string(text->key));
        }
    }
    t->out->n_stale = json_array_size(stale);
    if (t->out->n_stale > 0) {
        json_object_set(language, "stale", stale);
    } else {
        json_object_del(language, "stale");
    }
    json_decref(stale);
}

static att_code check_head(const att_po *po, const att_instrument *in, att_arena *arena,
                           const char **direction, att_err *err)
{
    const char *id = att_po_field(arena, po, "X-Instrument");
    const char *base = att_po_field(arena, po, "X-Source-Language");
    const char *dir = att_po_field(arena, po, "X-Direction");

    *direction = strcmp(dir, "rtl") == 0 ? "rtl" : "ltr";
    if (id[0] != '\0' && strcmp(id, in->id) != 0) {
        att_fail(err, ATT_EINPUT, "this catalogue is of \"%s\", not of \"%s\"", id,
                 in->id);
        return att_at(err, po->name, 0, 0, NULL);
    }
    if (base[0] != '\0' && strcmp(base, in->languages[in->language].tag) != 0) {
        att_fail(err, ATT_EINPUT,
                 "this catalogue is translated from \"%s\", not \"%s\"", base,
                 in->languages[in->language].tag);
        return att_at(err, po->name, 0, 0, NULL);
    }
    if (dir[0] != '\0' && strcmp(dir, "ltr") != 0 && strcmp(dir, "rtl") != 0) {
        att_fail(err, ATT_EINPUT, "\"X-Direction\" should be ltr or rtl, not \"%s\"",
                 dir);
        return att_at(err, po->name, 0, 0, NULL);
    }
    return ATT_OK;
}

att_code att_translate_import(att_arena *arena, att_json *json,
                              const att_instrument *instrument, const att_po *po,
                              const char *tag, att_translated *out, att_issues *issues,
                              att_err *err)
{
    taking t = { .arena = arena, .po = po, .out = out, .issues = issues };
    const char *direction = "ltr";

    *out = (att_translated){ 0 };
    t.root = att_json_root(json);
    t.base = instrument->languages[instrument->language].tag;
    t.tag = tag != NULL
                ? tag
                : with_joint(arena, att_po_field(arena, po, "Language"), '_', '-');
    if (t.tag[0] == '\0') {
        att_fail(err, ATT_EINPUT, "this catalogue does not say its language");
        att_at(err, po->name, 0, 0, NULL);
        return att_hint(err, "name it: --lang TAG");
    }
    ATT_TRY(check_tag(instrument, t.tag, err));
    ATT_TRY(check_head(po, instrument, arena, &direction, err));
    t.texts = att_texts_of(arena, t.root, t.tag);
    t.taken = att_new_n(arena, const char *, t.texts.n);
    t.is_stale = att_new_n(arena, bool, t.texts.n);
    t.is_met = att_new_n(arena, bool, t.texts.n);
    out->n = t.texts.n;
    ATT_TRY(check_twins(&t, err));
    for (size_t i = 0; i < po->n; i++) {
        take_entry(&t, &po->list[i]);
    }
    for (size_t i = 0; i < t.texts.n; i++) { /* texts go when the tree changes */
        t.texts.list[i].target = t.texts.list[i].target != NULL
                                     ? att_arena_text(arena, t.texts.list[i].target)
                                     : NULL;
    }
    put_texts(&t);
    put_stale(&t, language_of(&t, direction));
    return ATT_OK;
}
