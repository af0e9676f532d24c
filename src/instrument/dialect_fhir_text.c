/* Texts of a Questionnaire, their languages, and what is seen but not taken. */
#include <stdarg.h>
#include <string.h>

#include <attune/base/text.h>

#include "dialect_fhir_draft.h"

#define SEEN_MAX 200

/* ---- what is lost ---- */

void att_fhir_lose(att_fhir_draft *d, att_fhir_item *item, att_loss_kind kind,
                   const char *format, ...)
{
    att_buf why = { 0 };
    va_list args;

    va_start(args, format);
    att_buf_vformat(&why, format, args);
    va_end(args);
    att_losses_add(d->losses, kind, item->row, item->link, "%s", att_buf_text(&why));
    item->is_lossy = item->is_lossy || kind != ATT_LOSS_MAPPED;
    att_buf_drop(&why);
}

void att_fhir_see(att_fhir_draft *d, const att_fhir_item *item, const char *what,
                  const char *name)
{
    for (size_t i = 0; i < d->n_seen; i++) {
        if (strcmp(d->seen[i].what, what) == 0 && strcmp(d->seen[i].name, name) == 0) {
            d->seen[i].n++;
            return;
        }
    }
    if (d->n_seen == SEEN_MAX) {
        d->seen[SEEN_MAX - 1].n++;
        return;
    }
    if (d->seen == NULL) {
        d->seen = att_new_n(d->arena, att_fhir_seen, SEEN_MAX);
    }
    if (d->n_seen == SEEN_MAX - 1) {
        name = "and others";
    }
    d->n_seen++;
    d->seen[d->n_seen - 1] = (att_fhir_seen){
        .what = what,
        .name = name,
        .field = item == NULL ? d->id : item->link,
        .row = item == NULL ? 0 : item->row,
        .n = 1,
    };
}

void att_fhir_tell_seen(att_fhir_draft *d)
{
    for (size_t i = 0; i < d->n_seen; i++) {
        const att_fhir_seen *seen = &d->seen[i];

        if (seen->n == 1) {
            att_losses_add(d->losses, ATT_LOSS_DROPPED, seen->row, seen->field,
                           "the %s \"%s\"", seen->what, seen->name);
        } else {
            att_losses_add(d->losses, ATT_LOSS_DROPPED, seen->row, seen->field,
                           "the %s \"%s\", here and %zu times more", seen->what,
                           seen->name, seen->n - 1);
        }
    }
}

static bool is_known_extension(const char *url)
{
    static const char *const known[] = {
        ATT_FHIR_MIN,        ATT_FHIR_MAX,      ATT_FHIR_MIN_LENGTH,
        ATT_FHIR_REGEX,      ATT_FHIR_DECIMALS, ATT_FHIR_CONTROL,
        ATT_FHIR_HIDDEN,     ATT_FHIR_UNIT,     ATT_FHIR_STEP,
        ATT_FHIR_LEAST,      ATT_FHIR_MOST,     ATT_FHIR_EXCLUSIVE,
        ATT_FHIR_ORDINAL,    ATT_FHIR_WEIGHT,   ATT_FHIR_TRANSLATED,
        ATT_FHIR_WORKED_OUT, ATT_FHIR_SHORT,    ATT_FHIR_CALCULATED,
        ATT_FHIR_ENABLE,
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i], url) == 0) {
            return true;
        }
    }
    return false;
}

static void see_extensions(att_fhir_draft *d, const att_fhir_item *item, json_t *list,
                           const char *what)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *url =
            json_string_value(json_object_get(json_array_get(list, i), "url"));

        if (url == NULL || !is_known_extension(url)) {
            att_fhir_see(d, item, what, url == NULL ? "without a url" : url);
        }
    }
}

static bool is_listed(const char *const *list, const char *word)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, word) == 0) {
            return true;
        }
    }
    return false;
}

/* Of an element beside a primitive, "_text", only extensions can be of use. */
static void see_member(att_fhir_draft *d, const att_fhir_item *item, const char *key,
                       json_t *value, const char *const *known)
{
    if (strcmp(key, "extension") == 0) {
        see_extensions(d, item, value, "extension");
    } else if (strcmp(key, "modifierExtension") == 0) {
        see_extensions(d, item, value, "extension, which changes the meaning,");
    } else if (key[0] == '_') {
        see_extensions(d, item, json_object_get(value, "extension"), "extension");
    } else if (strcmp(key, "id") != 0 && !is_listed(known, key)) {
        att_fhir_see(d, item, "element", key);
    }
}

void att_fhir_see_rest(att_fhir_draft *d, const att_fhir_item *item, json_t *from,
                       const char *const *known)
{
    const char *key;
    json_t *value;

    json_object_foreach(from, key, value)
    {
        see_member(d, item, key, value, known);
    }
}

/* ---- values ---- */

/* Control bytes tamed, blanks at the ends taken off; NULL when nothing is left. */
static const char *clean(att_arena *arena, const char *text)
{
    att_buf buf = { 0 };
    const char *from;
    char *copy;
    size_t n;

    att_text_tame(&buf, text);
    from = att_buf_text(&buf);
    from += strspn(from, " \t\r\n");
    n = strlen(from);
    while (n > 0 && strchr(" \t\r\n", from[n - 1]) != NULL) {
        n--;
    }
    copy = n == 0 ? NULL : att_arena_text_n(arena, from, n);
    att_buf_drop(&buf);
    return copy;
}

const char *att_fhir_string(const att_fhir_draft *d, json_t *from, const char *key)
{
    const char *text = json_string_value(json_object_get(from, key));

    return text == NULL ? NULL : clean(d->arena, text);
}

json_t *att_fhir_extension(json_t *from, const char *url)
{
    json_t *list = json_object_get(from, "extension");

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        const char *own = json_string_value(json_object_get(one, "url"));

        if (own != NULL && strcmp(own, url) == 0) {
            return one;
        }
    }
    return NULL;
}

json_t *att_fhir_value(json_t *from, const char *url)
{
    json_t *one = att_fhir_extension(from, url);
    const char *key;
    json_t *value;

    json_object_foreach(one, key, value)
    {
        if (strncmp(key, "value", 5) == 0) {
            return value;
        }
    }
    return NULL;
}

const char *att_fhir_first(att_fhir_text text)
{
    return text == NULL || text[0] == NULL ? "" : text[0];
}

size_t att_fhir_row(const att_fhir_draft *d, const char *pointer)
{
    att_place place = { 0 };

    return att_json_place_value(d->json, pointer, &place) ? place.line : 0;
}

/* ---- languages ---- */

/* A tag as our reader takes it: "en", "pt-BR". */
static bool is_tag(const char *tag)
{
    size_t n = strspn(tag, "abcdefghijklmnopqrstuvwxyz");

    if (n < 2 || n > 3) {
        return false;
    }
    for (tag += n; *tag == '-'; tag += n + 1) {
        n = strspn(tag + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789");
        if (n < 2 || n > 8) {
            return false;
        }
    }
    return *tag == '\0';
}

static size_t tag_index(const att_fhir_draft *d, const char *tag)
{
    for (size_t i = 0; i < d->n_tags; i++) {
        if (strcmp(d->tags[i], tag) == 0) {
            return i;
        }
    }
    return ATT_NONE;
}

static void add_tag(att_fhir_draft *d, const char *tag)
{
    if (tag == NULL || tag_index(d, tag) != ATT_NONE) {
        return;
    }
    if (!is_tag(tag) || d->n_tags == ATT_LANGUAGES_MAX) {
        att_fhir_see(d, NULL, "language", tag);
        return;
    }
    d->tags[d->n_tags++] = att_arena_text(d->arena, tag);
}

/* The language and the text of a translation; NULL when it is none. */
static const char *translation(json_t *one, const char **tag)
{
    const char *url = json_string_value(json_object_get(one, "url"));

    if (url == NULL || strcmp(url, ATT_FHIR_TRANSLATED) != 0) {
        return NULL;
    }
    *tag = json_string_value(att_fhir_value(one, "lang"));
    return *tag == NULL ? NULL : json_string_value(att_fhir_value(one, "content"));
}

/* All languages that any text below has. */
static void gather_tags(att_fhir_draft *d, json_t *from)
{
    const char *tag = NULL;
    const char *key;
    json_t *value;

    if (json_is_array(from)) {
        for (size_t i = 0; i < json_array_size(from); i++) {
            gather_tags(d, json_array_get(from, i));
        }
        return;
    }
    if (translation(from, &tag) != NULL) {
        add_tag(d, tag);
        return;
    }
    json_object_foreach(from, key, value)
    {
        if (strcmp(key, "designation") == 0) {
            for (size_t i = 0; i < json_array_size(value); i++) {
                add_tag(d, json_string_value(
                               json_object_get(json_array_get(value, i), "language")));
            }
        } else if (json_is_object(value) || json_is_array(value)) {
            gather_tags(d, value);
        }
    }
}

void att_fhir_languages(att_fhir_draft *d)
{
    const char *own = json_string_value(json_object_get(d->root, "language"));

    d->tags = att_new_n(d->arena, const char *, ATT_LANGUAGES_MAX);
    if (own != NULL && is_tag(own)) {
        add_tag(d, own);
    } else {
        add_tag(d, "en");
        att_losses_add(d->losses, ATT_LOSS_APPROXIMATED, 0, d->id,
                       "it does not say its language; it is taken to be \"en\"");
    }
    gather_tags(d, d->root);
}

/* The translations that stand beside a text, and as designations of a concept. */
static void add_translations(const att_fhir_draft *d, json_t *from, const char *key,
                             const char **in)
{
    json_t *beside = json_object_get(
        json_object_get(from, att_arena_format(d->arena, "_%s", key)), "extension");
    json_t *designations =
        strcmp(key, "display") == 0 ? json_object_get(from, "designation") : NULL;
    const char *tag = NULL;

    for (size_t i = 0; i < json_array_size(beside); i++) {
        const char *text = translation(json_array_get(beside, i), &tag);
        size_t k = text == NULL ? ATT_NONE : tag_index(d, tag);

        if (k != ATT_NONE && k > 0) {
            in[k] = clean(d->arena, text);
        }
    }
    for (size_t i = 0; i < json_array_size(designations); i++) {
        json_t *one = json_array_get(designations, i);
        const char *text = json_string_value(json_object_get(one, "value"));
        size_t k;

        tag = json_string_value(json_object_get(one, "language"));
        k = text == NULL || tag == NULL ? ATT_NONE : tag_index(d, tag);
        if (k != ATT_NONE && k > 0 && in[k] == NULL) {
            in[k] = clean(d->arena, text);
        }
    }
}

att_fhir_text att_fhir_member_text(const att_fhir_draft *d, json_t *from,
                                   const char *key)
{
    const char *text = att_fhir_string(d, from, key);
    const char **in;

    if (text == NULL) {
        return NULL;
    }
    in = att_new_n(d->arena, const char *, d->n_tags);
    in[0] = text;
    add_translations(d, from, key, in);
    return in;
}

att_fhir_text att_fhir_made_text(const att_fhir_draft *d, const char *en,
                                 const char *es)
{
    const char **in = att_new_n(d->arena, const char *, d->n_tags);

    for (size_t i = 0; i < d->n_tags; i++) {
        bool is_spanish = strncmp(d->tags[i], "es", 2) == 0 &&
                          (d->tags[i][2] == '\0' || d->tags[i][2] == '-');
        bool is_english = strncmp(d->tags[i], "en", 2) == 0;

        in[i] = is_spanish ? es : is_english || i == 0 ? en : NULL;
    }
    return in;
}
