#include <attune/instrument/diff.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/expr.h>
#include <attune/instrument/score.h>

#include "differ.h"

const char *att_change_name(att_change_class class_)
{
    static const char *const names[] = { "none", "text-only", "additive", "breaking" };

    return names[class_];
}

const char *att_change_bump(att_change_class class_)
{
    static const char *const names[] = { "no", "patch", "minor", "major" };

    return names[class_];
}

/* ---- lists that grow ---- */

static void *room_for_one(void *list, size_t n, size_t *room, size_t size)
{
    if (n < *room) {
        return list;
    }
    *room = *room == 0 ? 16 : 2 * *room;
    return att_memory_grow(list, *room, size);
}

void att_differ_add(att_differ *d, att_change_class class_, const char *pointer,
                    const char *format, ...)
{
    att_buf text = { 0 };
    va_list args;

    if (class_ == ATT_CHANGE_NONE || d->is_muted) {
        return;
    }
    va_start(args, format);
    att_buf_vformat(&text, format, args);
    va_end(args);
    d->changes =
        room_for_one(d->changes, d->n_changes, &d->room_changes, sizeof *d->changes);
    d->changes[d->n_changes++] =
        (att_change){ class_, att_arena_text(d->arena, pointer),
                      att_buf_copy(d->arena, &text) };
    att_buf_drop(&text);
}

void att_differ_column(att_differ *d, const char *column, char how)
{
    d->columns =
        room_for_one(d->columns, d->n_columns, &d->room_columns, sizeof *d->columns);
    d->columns[d->n_columns++] = (att_column_change){ column, how };
}

static void add_stale(att_differ *d, const char *pointer, const char *language)
{
    if (d->is_muted) {
        return;
    }
    d->stale = room_for_one(d->stale, d->n_stale, &d->room_stale, sizeof *d->stale);
    d->stale[d->n_stale++] = (att_stale){ pointer, language };
}

/* ---- values ---- */

static bool same_objects(json_t *a, json_t *b)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(a, key, value)
    {
        if (!att_differ_same(value, json_object_get(b, key))) {
            return false;
        }
    }
    return json_object_size(a) == json_object_size(b);
}

bool att_differ_same(json_t *a, json_t *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    if (json_is_number(a) && json_is_number(b)) {
        return json_number_value(a) == json_number_value(b);
    }
    if (json_is_object(a) && json_is_object(b)) {
        return same_objects(a, b);
    }
    if (!json_is_array(a) || !json_is_array(b)) {
        return json_equal(a, b);
    }
    for (size_t i = 0; i < json_array_size(a); i++) {
        if (!att_differ_same(json_array_get(a, i), json_array_get(b, i))) {
            return false;
        }
    }
    return json_array_size(a) == json_array_size(b);
}

static void add_without_blanks(att_buf *out, const char *text)
{
    bool is_quoted = false;

    for (const char *c = text; *c != '\0'; c++) {
        is_quoted = *c == '\'' ? !is_quoted : is_quoted;
        if (is_quoted || strchr(" \t\r\n", *c) == NULL) {
            att_buf_char(out, *c);
        } else if (out->n > 0 && out->bytes[out->n - 1] != ' ') {
            att_buf_char(out, ' ');
        }
    }
    while (out->n > 0 && out->bytes[out->n - 1] == ' ') {
        att_buf_cut(out, out->n - 1);
    }
}

bool att_differ_same_text(const char *a, const char *b)
{
    att_buf x = { 0 };
    att_buf y = { 0 };
    bool is_same;

    if (a == NULL || b == NULL) {
        return a == b;
    }
    add_without_blanks(&x, a);
    add_without_blanks(&y, b);
    is_same = strcmp(att_buf_text(&x), att_buf_text(&y)) == 0;
    att_buf_drop(&x);
    att_buf_drop(&y);
    return is_same;
}

/* ---- words ---- */

/* A wording in one language: a string, or (anchors) a list. */
static json_t *words_in(const att_instrument *in, json_t *value, size_t language)
{
    if (json_is_object(value)) {
        return json_object_get(value, in->languages[language].tag);
    }
    return language == in->language ? value : NULL;
}

void att_differ_words(att_differ *d, const char *where, const char *pointer, json_t *a,
                      json_t *b)
{
    const att_instrument *from = d->a.in;
    const att_instrument *to = d->b.in;
    const char *key = strrchr(pointer, '/') + 1;
    json_t *default_a = words_in(from, a, from->language);
    json_t *default_b = words_in(to, b, to->language);
    bool is_default_same = att_differ_same(default_a, default_b);

    if (!is_default_same) {
        att_differ_add(d, ATT_CHANGE_TEXT, pointer, "%s: \"%s\" %s", where, key,
                       default_a == NULL   ? "is new"
                       : default_b == NULL ? "is gone"
                                           : "has other words");
    }
    for (size_t i = 0; i < to->n_languages; i++) {
        const char *tag = to->languages[i].tag;
        size_t k = att_instrument_language(from, tag);
        json_t *text_a = k != ATT_NONE ? words_in(from, a, k) : NULL;
        json_t *text_b = words_in(to, b, i);

        if (i == to->language) {
            continue;
        }
        if (!att_differ_same(text_a, text_b)) {
            att_differ_add(d, ATT_CHANGE_TEXT, pointer, "%s: \"%s\" in \"%s\" %s",
                           where, key, tag,
                           text_a == NULL   ? "is new"
                           : text_b == NULL ? "is gone"
                                            : "has other words");
        } else if (!is_default_same && default_a != NULL && text_b != NULL) {
            add_stale(d, att_arena_text(d->arena, pointer), tag);
        }
    }
}

/* ---- the head of the file ---- */

typedef struct top_class {
    const char *name;
    att_change_class added, removed, changed;
} top_class;

static const top_class top_classes[] = {
    { "minutes", ATT_CHANGE_TEXT, ATT_CHANGE_TEXT, ATT_CHANGE_TEXT },
    { "progress", ATT_CHANGE_TEXT, ATT_CHANGE_TEXT, ATT_CHANGE_TEXT },
    { "provenance", ATT_CHANGE_TEXT, ATT_CHANGE_TEXT, ATT_CHANGE_TEXT },
    { "flags", ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE, ATT_CHANGE_ADDITIVE },
    { "norms", ATT_CHANGE_ADDITIVE, ATT_CHANGE_BREAKING, ATT_CHANGE_BREAKING },
};

static const char *const top_words[] = { "title", "purpose", "audience", "recall" };
static const char *const top_own[] = { "format",  "id",     "version",  "roles",
                                       "missing", "items",  "choices",  "languages",
                                       "tokens",  "scales", "variants", "derived",
                                       "export",  "person" };

static bool is_one_of(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void compare_top_key(att_differ *d, const char *key, json_t *a, json_t *b)
{
    att_change_class class_ =
        strncmp(key, "x-", 2) == 0 ? ATT_CHANGE_TEXT : ATT_CHANGE_BREAKING;

    if (is_one_of(top_own, sizeof top_own / sizeof top_own[0], key) ||
        is_one_of(top_words, sizeof top_words / sizeof top_words[0], key) ||
        att_differ_same(a, b)) {
        return;
    }
    for (size_t i = 0; i < sizeof top_classes / sizeof top_classes[0]; i++) {
        const top_class *c = &top_classes[i];

        if (strcmp(c->name, key) == 0) {
            class_ = a == NULL ? c->added : b == NULL ? c->removed : c->changed;
        }
    }
    att_differ_add(d, class_, att_arena_format(d->arena, "/%s", key), "\"%s\" %s", key,
                   a == NULL   ? "is new"
                   : b == NULL ? "is gone"
                               : "is another");
}

static void compare_top(att_differ *d)
{
    const char *key = NULL;
    json_t *value = NULL;

    if (strcmp(d->a.in->id, d->b.in->id) != 0) {
        att_differ_add(d, ATT_CHANGE_BREAKING, "/id",
                       "it was \"%s\" and is \"%s\": another instrument", d->a.in->id,
                       d->b.in->id);
    }
    for (size_t i = 0; i < sizeof top_words / sizeof top_words[0]; i++) {
        att_differ_words(d, "the instrument",
                         att_arena_format(d->arena, "/%s", top_words[i]),
                         json_object_get(d->a.root, top_words[i]),
                         json_object_get(d->b.root, top_words[i]));
    }
    json_object_foreach(d->a.root, key, value)
    {
        compare_top_key(d, key, value, json_object_get(d->b.root, key));
    }
    json_object_foreach(d->b.root, key, value)
    {
        if (json_object_get(d->a.root, key) == NULL) {
            compare_top_key(d, key, NULL, value);
        }
    }
    if (d->a.in->provenance.maturity != d->b.in->provenance.maturity) {
        att_differ_add(d, ATT_CHANGE_ADDITIVE, "/provenance/status",
                       "its status was \"%s\" and is \"%s\"",
                       att_maturity_name(d->a.in->provenance.maturity),
                       att_maturity_name(d->b.in->provenance.maturity));
    }
}

static const att_attribute *attribute_of(const att_instrument *in, const char *id)
{
    for (size_t i = 0; i < in->n_attributes; i++) {
        if (strcmp(in->attributes[i].id, id) == 0) {
            return &in->attributes[i];
        }
    }
    return NULL;
}

/* What is known about a person changes what is asked only through conditions, and those
 * are compared where they stand; of another type it is another thing. */
static void compare_attributes(att_differ *d)
{
    const att_instrument *a = d->a.in;
    const att_instrument *b = d->b.in;

    for (size_t i = 0; i < a->n_attributes; i++) {
        const att_attribute *one = &a->attributes[i];
        const att_attribute *now = attribute_of(b, one->id);

        if (now == NULL || now->kind != one->kind) {
            att_differ_add(d, now == NULL ? ATT_CHANGE_ADDITIVE : ATT_CHANGE_BREAKING,
                           att_arena_format(d->arena, "/person/%s", one->id),
                           now == NULL ? "attribute \"%s\" is gone"
                                       : "attribute \"%s\" has another type",
                           one->id);
        }
    }
    for (size_t i = 0; i < b->n_attributes; i++) {
        if (attribute_of(a, b->attributes[i].id) == NULL) {
            att_differ_add(
                d, ATT_CHANGE_ADDITIVE,
                att_arena_format(d->arena, "/person/%s", b->attributes[i].id),
                "attribute \"%s\" is new", b->attributes[i].id);
        }
    }
}

static void compare_roles(att_differ *d)
{
    const att_instrument *a = d->a.in;
    const att_instrument *b = d->b.in;

    for (size_t i = 0; b->n_roles > 0 && i < a->n_roles; i++) {
        if (!is_one_of(b->roles, b->n_roles, a->roles[i])) {
            att_differ_add(d, ATT_CHANGE_BREAKING, "/roles", "role \"%s\" is gone",
                           a->roles[i]);
        }
    }
    for (size_t i = 0; a->n_roles > 0 && i < b->n_roles; i++) {
        if (!is_one_of(a->roles, a->n_roles, b->roles[i])) {
            att_differ_add(d, ATT_CHANGE_ADDITIVE, "/roles", "role \"%s\" is new",
                           b->roles[i]);
        }
    }
    if ((a->n_roles == 0) != (b->n_roles == 0)) {
        att_differ_add(d, a->n_roles == 0 ? ATT_CHANGE_BREAKING : ATT_CHANGE_ADDITIVE,
                       "/roles", "it is for %s",
                       a->n_roles == 0 ? "some roles only" : "all roles");
    }
}

static bool has_same_fallback(const att_instrument *a, size_t k,
                              const att_instrument *b, size_t i)
{
    size_t x = a->languages[k].fallback;
    size_t y = b->languages[i].fallback;

    return x == 0 || y == 0
               ? x == y
               : strcmp(a->languages[x - 1].tag, b->languages[y - 1].tag) == 0;
}

static bool has_same_stale(const att_language *a, const att_language *b)
{
    bool is_same = a->n_stale == b->n_stale;

    for (size_t i = 0; is_same && i < a->n_stale; i++) {
        is_same = strcmp(a->stale[i], b->stale[i]) == 0;
    }
    return is_same;
}

static void compare_languages(att_differ *d)
{
    const att_instrument *a = d->a.in;
    const att_instrument *b = d->b.in;

    if (strcmp(a->languages[a->language].tag, b->languages[b->language].tag) != 0) {
        att_differ_add(d, ATT_CHANGE_BREAKING, "/languages/default",
                       "the default language was \"%s\" and is \"%s\"",
                       a->languages[a->language].tag, b->languages[b->language].tag);
    }
    for (size_t i = 0; i < a->n_languages; i++) {
        if (att_instrument_language(b, a->languages[i].tag) == ATT_NONE) {
            att_differ_add(d, ATT_CHANGE_BREAKING, "/languages/list",
                           "language \"%s\" is gone", a->languages[i].tag);
        }
    }
    for (size_t i = 0; i < b->n_languages; i++) {
        const char *pointer = att_arena_format(d->arena, "/languages/list/%zu", i);
        size_t k = att_instrument_language(a, b->languages[i].tag);

        if (k == ATT_NONE) {
            att_differ_add(d, ATT_CHANGE_ADDITIVE, pointer, "language \"%s\" is new",
                           b->languages[i].tag);
        } else if (a->languages[k].is_rtl != b->languages[i].is_rtl ||
                   strcmp(a->languages[k].method, b->languages[i].method) != 0 ||
                   strcmp(a->languages[k].reviewed, b->languages[i].reviewed) != 0 ||
                   !has_same_fallback(a, k, b, i) ||
                   !has_same_stale(&a->languages[k], &b->languages[i])) {
            att_differ_add(d, ATT_CHANGE_TEXT, pointer,
                           "what is said about language \"%s\" is another",
                           b->languages[i].tag);
        }
    }
}

/* ---- reasons for no answer ---- */

static json_t *reason_of(const att_diff_side *side, const char *name)
{
    json_t *list = json_object_get(json_object_get(side->root, "missing"), "codes");

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        const char *found = json_string_value(json_object_get(one, "reason"));

        if (found != NULL && strcmp(found, name) == 0) {
            return one;
        }
    }
    return NULL;
}

static void compare_missing(att_differ *d)
{
    const att_instrument *a = d->a.in;
    const att_instrument *b = d->b.in;

    if (a->missing_low != b->missing_low || a->missing_high != b->missing_high) {
        att_differ_add(d, ATT_CHANGE_BREAKING, "/missing/range",
                       "the missing range was %d to %d and is %d to %d", a->missing_low,
                       a->missing_high, b->missing_low, b->missing_high);
    }
    for (int i = 1; i < ATT_N_REASONS; i++) {
        const char *name = att_reason_name((att_reason)i);
        const char *where = att_arena_format(d->arena, "reason \"%s\"", name);

        if (a->is_offered[i] != b->is_offered[i]) {
            att_differ_add(d,
                           b->is_offered[i] ? ATT_CHANGE_ADDITIVE : ATT_CHANGE_BREAKING,
                           "/missing/codes", "%s is %s", where,
                           b->is_offered[i] ? "offered now" : "not offered any more");
        }
        att_differ_words(d, where, "/missing/codes/text",
                         json_object_get(reason_of(&d->a, name), "text"),
                         json_object_get(reason_of(&d->b, name), "text"));
    }
}

/* ---- tokens, variants: they change words only ---- */

static json_t *token_of(const att_diff_side *side, const char *id)
{
    return json_object_get(json_object_get(side->root, "tokens"), id);
}

static void compare_token(att_differ *d, const char *id, json_t *a, json_t *b)
{
    const char *pointer = att_arena_format(d->arena, "/tokens/%s", id);
    const char *where = att_arena_format(d->arena, "token \"%s\"", id);
    json_t *else_a = json_object_get(a, "else");
    json_t *else_b = json_object_get(b, "else");
    size_t n_before = d->n_changes;

    if (att_differ_same(a, b)) {
        return;
    }
    for (size_t i = 0; i < json_array_size(else_b); i++) {
        att_differ_words(d, where,
                         att_arena_format(d->arena, "%s/else/%zu/text", pointer, i),
                         json_object_get(json_array_get(else_a, i), "text"),
                         json_object_get(json_array_get(else_b, i), "text"));
    }
    if (d->n_changes == n_before) {
        att_differ_add(d, ATT_CHANGE_TEXT, pointer, "%s %s", where,
                       a == NULL   ? "is new"
                       : b == NULL ? "is gone"
                                   : "is another");
    }
}

static void compare_tokens(att_differ *d)
{
    for (size_t i = 0; i < d->a.in->n_tokens; i++) {
        const char *id = d->a.in->tokens[i].id;

        compare_token(d, id, token_of(&d->a, id), token_of(&d->b, id));
    }
    for (size_t i = 0; i < d->b.in->n_tokens; i++) {
        const char *id = d->b.in->tokens[i].id;

        if (token_of(&d->a, id) == NULL) {
            compare_token(d, id, NULL, token_of(&d->b, id));
        }
    }
}

static json_t *variant_of(const att_diff_side *side, size_t i)
{
    return json_array_get(json_object_get(side->root, "variants"), i);
}

/* The variant of the other version with the same condition, or NULL. */
static json_t *variant_like(const att_diff_side *side, const char *when)
{
    for (size_t i = 0; i < side->in->n_variants; i++) {
        if (att_differ_same_text(att_expr_text(side->in->variants[i].when), when)) {
            return variant_of(side, i);
        }
    }
    return NULL;
}

static void compare_variants(att_differ *d)
{
    const char *key = NULL;
    json_t *text = NULL;

    for (size_t i = 0; i < d->b.in->n_variants; i++) {
        const char *when = att_expr_text(d->b.in->variants[i].when);
        json_t *texts_a = json_object_get(variant_like(&d->a, when), "text");

        json_object_foreach(json_object_get(variant_of(&d->b, i), "text"), key, text)
        {
            att_differ_words(
                d, "variant",
                att_arena_format(d->arena, "/variants/%zu/text/%s", i, key),
                json_object_get(texts_a, key), text);
        }
    }
    for (size_t i = 0; i < d->a.in->n_variants; i++) {
        const char *when = att_expr_text(d->a.in->variants[i].when);
        json_t *texts_b = json_object_get(variant_like(&d->b, when), "text");

        json_object_foreach(json_object_get(variant_of(&d->a, i), "text"), key, text)
        {
            if (json_object_get(texts_b, key) == NULL) {
                att_differ_add(d, ATT_CHANGE_TEXT, "/variants",
                               "variant: \"%s\" is gone", key);
            }
        }
    }
}

/* ---- scores ---- */

typedef struct score_pair {
    const char *id, *noun, *pointer;
    json_t *title_a, *title_b;
    bool is_in_a, is_in_b, is_meant_alike;
} score_pair;

static void compare_score(att_differ *d, const score_pair *p)
{
    char rule_a[ATT_DIGEST_HEX] = "", rule_b[ATT_DIGEST_HEX] = "";
    const char *where = att_arena_format(d->arena, "%s \"%s\"", p->noun, p->id);
    const att_instrument *in = p->is_in_b ? d->b.in : d->a.in;
    const char *column = att_arena_format(d->arena, "%s%s", in->redcap_prefix, p->id);

    if (!p->is_in_a || !p->is_in_b) {
        att_differ_add(d, p->is_in_b ? ATT_CHANGE_ADDITIVE : ATT_CHANGE_BREAKING,
                       p->pointer, "%s is %s", where, p->is_in_b ? "new" : "gone");
        att_differ_column(d, column, p->is_in_b ? '+' : '-');
        return;
    }
    att_score_rule_digest(d->a.in, p->id, rule_a);
    att_score_rule_digest(d->b.in, p->id, rule_b);
    if (strcmp(rule_a, rule_b) != 0) {
        att_differ_add(d, ATT_CHANGE_BREAKING, p->pointer, "%s: its rule is another",
                       where);
        att_differ_column(d, column, '~');
    } else if (!p->is_meant_alike) {
        att_differ_add(d, ATT_CHANGE_BREAKING, p->pointer,
                       "%s: its model or referent is another", where);
    }
    att_differ_words(d, where, att_arena_format(d->arena, "%s/title", p->pointer),
                     p->title_a, p->title_b);
}

/* The title of a scale or derived value by its id. */
static json_t *title_of(const att_diff_side *side, const char *list, const char *id)
{
    json_t *all = json_object_get(side->root, list);

    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *one = json_array_get(all, i);
        const char *found = json_string_value(json_object_get(one, "id"));

        if (found != NULL && strcmp(found, id) == 0) {
            return json_object_get(one, "title");
        }
    }
    return NULL;
}

static void compare_scale(att_differ *d, const char *id)
{
    size_t i = att_instrument_scale(d->a.in, id);
    size_t k = att_instrument_scale(d->b.in, id);
    const att_scale *a = i != ATT_NONE ? &d->a.in->scales[i] : NULL;
    const att_scale *b = k != ATT_NONE ? &d->b.in->scales[k] : NULL;
    score_pair p = { .id = id, .noun = "scale", .is_in_a = a, .is_in_b = b };

    p.pointer = b != NULL ? b->pointer : a != NULL ? a->pointer : "";
    p.title_a = title_of(&d->a, "scales", id);
    p.title_b = title_of(&d->b, "scales", id);
    p.is_meant_alike =
        a != NULL && b != NULL && a->model == b->model && a->referent == b->referent;
    compare_score(d, &p);
}

static void compare_derived(att_differ *d, const char *id)
{
    size_t i = att_instrument_derived(d->a.in, id);
    size_t k = att_instrument_derived(d->b.in, id);
    score_pair p = { .id = id, .noun = "derived value", .is_meant_alike = true };

    p.is_in_a = i != ATT_NONE;
    p.is_in_b = k != ATT_NONE;
    p.pointer = p.is_in_b   ? d->b.in->derived[k].pointer
                : p.is_in_a ? d->a.in->derived[i].pointer
                            : "";
    p.title_a = title_of(&d->a, "derived", id);
    p.title_b = title_of(&d->b, "derived", id);
    compare_score(d, &p);
}

static void compare_scores(att_differ *d)
{
    for (size_t i = 0; i < d->a.in->n_scales; i++) {
        compare_scale(d, d->a.in->scales[i].id);
    }
    for (size_t i = 0; i < d->b.in->n_scales; i++) {
        if (att_instrument_scale(d->a.in, d->b.in->scales[i].id) == ATT_NONE) {
            compare_scale(d, d->b.in->scales[i].id);
        }
    }
    for (size_t i = 0; i < d->a.in->n_derived; i++) {
        compare_derived(d, d->a.in->derived[i].id);
    }
    for (size_t i = 0; i < d->b.in->n_derived; i++) {
        if (att_instrument_derived(d->a.in, d->b.in->derived[i].id) == ATT_NONE) {
            compare_derived(d, d->b.in->derived[i].id);
        }
    }
}

static void compare_export(att_differ *d)
{
    if (strcmp(d->a.in->redcap_form, d->b.in->redcap_form) != 0) {
        att_differ_add(d, ATT_CHANGE_BREAKING, "/export/redcap/form",
                       "the form in REDCap was \"%s\" and is \"%s\"",
                       d->a.in->redcap_form, d->b.in->redcap_form);
    }
    if (strcmp(d->a.in->redcap_prefix, d->b.in->redcap_prefix) != 0) {
        att_differ_add(d, ATT_CHANGE_BREAKING, "/export/redcap/prefix",
                       "the prefix in REDCap was \"%s\" and is \"%s\"",
                       d->a.in->redcap_prefix, d->b.in->redcap_prefix);
    }
}

/* ---- versions ---- */

static void version_read(const char *text, long long out[3])
{
    for (int i = 0; i < 3; i++) {
        size_t n = strcspn(text, ".-+");

        if (!att_number_read_whole(text, n, &out[i])) {
            out[i] = 0;
        }
        text += text[n] == '.' ? n + 1 : n;
    }
}

static void judge_version(att_differ *d, att_diff *out)
{
    static const att_change_class parts[] = { ATT_CHANGE_BREAKING, ATT_CHANGE_ADDITIVE,
                                              ATT_CHANGE_TEXT };
    long long a[3] = { 0 }, b[3] = { 0 };
    long long least[3];

    version_read(d->a.in->version, a);
    version_read(d->b.in->version, b);
    for (int i = 0; i < 3 && out->made == ATT_CHANGE_NONE && !out->is_lower; i++) {
        out->made = b[i] > a[i] ? parts[i] : ATT_CHANGE_NONE;
        out->is_lower = b[i] < a[i];
    }
    for (int i = 0; i < 3; i++) {
        bool rises = out->needed == parts[i];
        bool falls = i > 0 && out->needed > parts[i];

        least[i] = falls ? 0 : a[i] + rises;
    }
    out->least =
        att_arena_format(d->arena, "%lld.%lld.%lld", least[0], least[1], least[2]);
    out->is_enough = !out->is_lower && out->made >= out->needed;
}

/* ---- the whole ---- */

/* Each item as it stands in the file; a text that a choice opens stands in none. */
static void items_find(const att_instrument *in, json_t *list, json_t **out)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        const char *id = json_string_value(json_object_get(one, "id"));
        size_t k = id != NULL ? att_instrument_item(in, id) : ATT_NONE;

        if (k != ATT_NONE) {
            out[k] = one;
        }
        items_find(in, json_object_get(one, "items"), out);
    }
}

static att_diff_side side_of(att_arena *arena, const att_version *version)
{
    att_diff_side side = { version->instrument, att_json_root(version->json), NULL };

    side.items = att_new_n(arena, json_t *, side.in->n_items);
    items_find(side.in, json_object_get(side.root, "items"), side.items);
    return side;
}

/* What is not looked at by name still makes another file: choice sets that no item
 * uses, keys of one's own. */
static void compare_rest(att_differ *d)
{
    json_t *a = NULL;
    json_t *b = NULL;

    if (d->n_changes > 0) {
        return;
    }
    a = json_copy(d->a.root);
    b = json_copy(d->b.root);
    json_object_del(a, "version");
    json_object_del(b, "version");
    if (!att_differ_same(a, b)) {
        att_differ_add(d, ATT_CHANGE_TEXT, "",
                       "something that changes no answer and no score");
    }
    json_decref(a);
    json_decref(b);
}

/* A stable order: the gravest first. */
static const att_change *changes_sorted(att_differ *d)
{
    att_change *sorted = att_new_n(d->arena, att_change, d->n_changes);
    size_t n = 0;

    for (int class_ = ATT_CHANGE_BREAKING; class_ > ATT_CHANGE_NONE; class_--) {
        for (size_t i = 0; i < d->n_changes; i++) {
            if (d->changes[i].class_ == (att_change_class)class_) {
                sorted[n++] = d->changes[i];
            }
        }
    }
    return sorted;
}

static void *kept_in(att_arena *arena, void *list)
{
    if (list != NULL) {
        att_arena_adopt(arena, list);
    }
    return list;
}

att_diff att_instrument_diff(att_arena *arena, const att_version *before,
                             const att_version *after)
{
    att_differ d = { .arena = arena };
    att_diff out = { 0 };

    d.a = side_of(arena, before);
    d.b = side_of(arena, after);
    compare_top(&d);
    compare_roles(&d);
    compare_attributes(&d);
    compare_languages(&d);
    compare_missing(&d);
    compare_tokens(&d);
    compare_variants(&d);
    att_differ_items(&d);
    compare_scores(&d);
    compare_export(&d);
    compare_rest(&d);
    out.changes = changes_sorted(&d);
    out.n_changes = d.n_changes;
    out.stale = kept_in(arena, d.stale);
    out.n_stale = d.n_stale;
    out.columns = kept_in(arena, d.columns);
    out.n_columns = d.n_columns;
    att_memory_free(d.changes);
    out.needed = out.n_changes > 0 ? out.changes[0].class_ : ATT_CHANGE_NONE;
    judge_version(&d, &out);
    return out;
}
