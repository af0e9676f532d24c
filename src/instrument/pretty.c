#include <attune/instrument/pretty.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/number.h>

#include "pretty_texts.h"

#define WIDTH         120 /* columns a line may have */
#define WIDTH_ELEMENT 110 /* of an object that is one of a list */
#define INDENT        2

/* ---- which keys stand in which order ---- */

typedef enum layout_sort {
    LAYOUT_FREE = 0, /* as written */
    LAYOUT_KEYS,     /* an object whose keys have an order */
    LAYOUT_NAMES,    /* an object whose keys are the author's; its values are alike */
    LAYOUT_LIST,     /* a list of values that are alike */
    LAYOUT_WORDING   /* a text by language */
} layout_sort;

typedef struct layout {
    layout_sort sort;
    const struct layout_key *keys; /* ends with a NULL name */
    const struct layout *each;
} layout;

typedef struct layout_key {
    const char *name;
    const layout *value; /* NULL: as written */
} layout_key;

static const layout wording = { LAYOUT_WORDING, NULL, NULL };
static const layout wordings = { LAYOUT_NAMES, NULL, &wording };

static const layout_key language_keys[] = { { "tag", NULL },      { "dir", NULL },
                                            { "method", NULL },   { "reviewed", NULL },
                                            { "fallback", NULL }, { "stale", NULL },
                                            { NULL, NULL } };
static const layout language = { LAYOUT_KEYS, language_keys, NULL };
static const layout language_list = { LAYOUT_LIST, NULL, &language };
static const layout_key languages_keys[] = { { "default", NULL },
                                             { "list", &language_list },
                                             { NULL, NULL } };
static const layout languages = { LAYOUT_KEYS, languages_keys, NULL };

static const layout_key evidence_keys[] = { { "what", NULL },        { "scale", NULL },
                                            { "coefficient", NULL }, { "value", NULL },
                                            { "interval", NULL },    { "sample", NULL },
                                            { "n", NULL },           { "date", NULL },
                                            { "report", NULL },      { "source", NULL },
                                            { NULL, NULL } };
static const layout one_evidence = { LAYOUT_KEYS, evidence_keys, NULL };
static const layout evidence = { LAYOUT_LIST, NULL, &one_evidence };

static const layout_key provenance_keys[] = {
    { "authors", NULL },       { "licence", NULL },     { "contact", NULL },
    { "citation", NULL },      { "doi", NULL },         { "origin", NULL },
    { "changes", NULL },       { "translation", NULL }, { "status", NULL },
    { "evidence", &evidence }, { NULL, NULL }
};
static const layout provenance = { LAYOUT_KEYS, provenance_keys, NULL };

static const layout_key reason_keys[] = { { "code", NULL },
                                          { "reason", NULL },
                                          { "offer", NULL },
                                          { "text", &wording },
                                          { NULL, NULL } };
static const layout reason = { LAYOUT_KEYS, reason_keys, NULL };
static const layout reasons = { LAYOUT_LIST, NULL, &reason };
static const layout_key missing_keys[] = { { "range", NULL },
                                           { "codes", &reasons },
                                           { NULL, NULL } };
static const layout missing = { LAYOUT_KEYS, missing_keys, NULL };

static const layout_key else_keys[] = { { "when", NULL },
                                        { "text", &wording },
                                        { NULL, NULL } };
static const layout otherwise = { LAYOUT_KEYS, else_keys, NULL };
static const layout otherwises = { LAYOUT_LIST, NULL, &otherwise };
static const layout_key token_keys[] = {
    { "item", NULL }, { "study", NULL }, { "else", &otherwises }, { NULL, NULL }
};
static const layout token = { LAYOUT_KEYS, token_keys, NULL };
static const layout tokens = { LAYOUT_NAMES, NULL, &token };

static const layout_key choice_keys[] = { { "code", NULL },      { "missing", NULL },
                                          { "text", &wording },  { "exclusive", NULL },
                                          { "other", &wording }, { "fixed", NULL },
                                          { "show", NULL },      { NULL, NULL } };
static const layout choice = { LAYOUT_KEYS, choice_keys, NULL };
static const layout choices = { LAYOUT_LIST, NULL, &choice };
static const layout sets = { LAYOUT_NAMES, NULL, &choices };

static const layout items;
static const layout pairs;
static const layout_key item_keys[] = {
    { "id", NULL },
    { "kind", NULL },
    { "choices", &choices },
    { "ranks", NULL },
    { "count", NULL },
    { "order", NULL },
    { "fixed", NULL },
    { "required", NULL },
    { "long", NULL },
    { "max_length", NULL },
    { "min", NULL },
    { "max", NULL },
    { "step", NULL },
    { "decimals", NULL },
    { "value", NULL },
    { "version", NULL },
    { "yes", &wording },
    { "no", &wording },
    { "identifying", NULL },
    { "show", NULL },
    { "text", &wording },
    { "brief", &wording },
    { "title", &wording },
    { "help", &wording },
    { "probe", &wording },
    { "note_interviewer", &wording },
    { "anchors", &wording },
    { "check", NULL },
    { "check_text", &wording },
    { "warn", NULL },
    { "warn_text", &wording },
    { "vis", NULL },
    { "fn", NULL },
    { "tier", NULL },
    { "code", NULL },
    { "name", NULL },
    { "names", &items },
    { "items", &items },
    { "pairs", &pairs },
    { NULL, NULL },
};
static const layout item = { LAYOUT_KEYS, item_keys, NULL };
static const layout items = { LAYOUT_LIST, NULL, &item };
static const layout_key pair_keys[] = { { "among", NULL },
                                        { "items", &items },
                                        { NULL, NULL } };
static const layout pairs = { LAYOUT_KEYS, pair_keys, NULL };

static const layout_key variant_keys[] = { { "when", NULL },
                                           { "text", &wordings },
                                           { NULL, NULL } };
static const layout variant = { LAYOUT_KEYS, variant_keys, NULL };
static const layout variants = { LAYOUT_LIST, NULL, &variant };

static const layout_key band_keys[] = { { "from", NULL },
                                        { "text", &wording },
                                        { NULL, NULL } };
static const layout band = { LAYOUT_KEYS, band_keys, NULL };
static const layout bands = { LAYOUT_LIST, NULL, &band };

static const layout_key scale_keys[] = {
    { "id", NULL },    { "title", &wording }, { "items", NULL },   { "reverse", NULL },
    { "model", NULL }, { "referent", NULL },  { "score", NULL },   { "weights", NULL },
    { "value", NULL }, { "min_valid", NULL }, { "prorate", NULL }, { "range", NULL },
    { "needs", NULL }, { "bands", &bands },   { NULL, NULL }
};
static const layout scale = { LAYOUT_KEYS, scale_keys, NULL };
static const layout scales = { LAYOUT_LIST, NULL, &scale };

static const layout_key derived_keys[] = { { "id", NULL },
                                           { "title", &wording },
                                           { "value", NULL },
                                           { "needs", NULL },
                                           { NULL, NULL } };
static const layout derived = { LAYOUT_KEYS, derived_keys, NULL };
static const layout deriveds = { LAYOUT_LIST, NULL, &derived };

static const layout_key norm_keys[] = {
    { "scale", NULL },      { "to", NULL },    { "when", NULL }, { "group", NULL },
    { "population", NULL }, { "n", NULL },     { "mean", NULL }, { "sd", NULL },
    { "source", NULL },     { "table", NULL }, { NULL, NULL },
};
static const layout norm = { LAYOUT_KEYS, norm_keys, NULL };
static const layout norms = { LAYOUT_LIST, NULL, &norm };

static const layout_key top_keys[] = {
    { "format", NULL },
    { "id", NULL },
    { "version", NULL },
    { "title", &wording },
    { "purpose", &wording },
    { "audience", &wording },
    { "recall", &wording },
    { "minutes", NULL },
    { "progress", NULL },
    { "roles", NULL },
    { "person", NULL },
    { "languages", &languages },
    { "provenance", &provenance },
    { "missing", &missing },
    { "tokens", &tokens },
    { "choices", &sets },
    { "items", &items },
    { "variants", &variants },
    { "scales", &scales },
    { "derived", &deriveds },
    { "norms", &norms },
    { "flags", NULL },
    { "export", NULL },
    { NULL, NULL },
};
static const layout top = { LAYOUT_KEYS, top_keys, NULL };

/* ---- members in their order ---- */

typedef struct member {
    const char *key;
    json_t *value;
    const layout *how; /* or NULL */
    size_t rank, place;
} member;

typedef struct writer {
    att_buf *out;
    att_arena scratch;
    json_t *languages; /* the list, or NULL */
} writer;

static size_t language_rank(const writer *w, const char *tag)
{
    size_t n = json_array_size(w->languages);

    for (size_t i = 0; i < n; i++) {
        json_t *one = json_object_get(json_array_get(w->languages, i), "tag");

        if (json_is_string(one) && strcmp(json_string_value(one), tag) == 0) {
            return i;
        }
    }
    return n;
}

static void rank_member(const writer *w, const layout *how, member *m)
{
    const layout_key *k = how != NULL ? how->keys : NULL;

    if (how == NULL) {
        return;
    }
    if (how->sort == LAYOUT_WORDING) {
        m->rank = language_rank(w, m->key);
    } else if (how->sort == LAYOUT_NAMES) {
        m->how = how->each;
    } else if (how->sort == LAYOUT_KEYS) {
        while (k->name != NULL && strcmp(k->name, m->key) != 0) {
            k++;
        }
        m->rank = (size_t)(k - how->keys);
        m->how = k->name != NULL ? k->value : NULL;
    }
}

static int compare_members(const void *a, const void *b)
{
    const member *x = a;
    const member *y = b;

    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

static member *members_of(writer *w, json_t *object, const layout *how)
{
    size_t n = json_object_size(object);
    member *list = att_new_n(&w->scratch, member, n);
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;

    json_object_foreach(object, key, value)
    {
        list[i] = (member){ key, value, NULL, 0, i };
        rank_member(w, how, &list[i++]);
    }
    if (n > 1) {
        qsort(list, n, sizeof list[0], compare_members);
    }
    return list;
}

static const layout *each_of(const layout *how)
{
    return how != NULL && how->sort == LAYOUT_LIST ? how->each : NULL;
}

/* ---- on one line ---- */

static size_t characters(const char *text, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

static void write_plain(att_buf *out, json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING: att_json_quote(out, json_string_value(value)); break;
    case JSON_INTEGER:
        att_buf_format(out, "%lld", (long long)json_integer_value(value));
        break;
    case JSON_REAL: att_number_write(out, json_real_value(value)); break;
    case JSON_TRUE: att_buf_add(out, "true"); break;
    case JSON_FALSE: att_buf_add(out, "false"); break;
    case JSON_NULL: att_buf_add(out, "null"); break;
    case JSON_OBJECT:
    case JSON_ARRAY: break;
    }
}

static bool write_flat(writer *w, json_t *value, const layout *how, size_t limit);

static bool flat_object(writer *w, json_t *object, const layout *how, size_t limit)
{
    att_arena_mark mark = att_arena_mark_now(&w->scratch);
    size_t n = json_object_size(object);
    bool fits = n <= WIDTH; /* a member takes more than one column */
    member *list = fits ? members_of(w, object, how) : NULL;

    att_buf_add(w->out, n > 0 ? "{ " : "{");
    for (size_t i = 0; fits && i < n; i++) {
        att_buf_add(w->out, i > 0 ? ", " : "");
        att_json_quote(w->out, list[i].key);
        att_buf_add(w->out, ": ");
        fits = write_flat(w, list[i].value, list[i].how, limit);
    }
    att_buf_add(w->out, n > 0 ? " }" : "}");
    att_arena_rewind(&w->scratch, mark);
    return fits;
}

static bool flat_list(writer *w, json_t *list, const layout *how, size_t limit)
{
    bool fits = true;

    att_buf_char(w->out, '[');
    for (size_t i = 0; fits && i < json_array_size(list); i++) {
        att_buf_add(w->out, i > 0 ? ", " : "");
        fits = write_flat(w, json_array_get(list, i), each_of(how), limit);
    }
    att_buf_char(w->out, ']');
    return fits;
}

/* Adds the value on one line; false as soon as out holds more than limit bytes, when
 * what was added is of no use. */
static bool write_flat(writer *w, json_t *value, const layout *how, size_t limit)
{
    if (json_is_object(value)) {
        return flat_object(w, value, how, limit) && w->out->n <= limit;
    }
    if (json_is_array(value)) {
        return flat_list(w, value, how, limit) && w->out->n <= limit;
    }
    if (json_string_length(value) > limit) {
        return false;
    }
    write_plain(w->out, value);
    return w->out->n <= limit;
}

/* ---- on as many lines as it takes ---- */

typedef struct spot {
    size_t indent, column; /* of the line; where the value begins */
    size_t width;          /* columns that a single line may have */
    bool has_comma;
} spot;

static void write_lines(writer *w, json_t *value, const layout *how, spot at);

/* Whether it was written on the line; else nothing is. */
static bool fits_line(writer *w, json_t *value, const layout *how, spot at)
{
    size_t before = w->out->n;
    size_t end = at.width - (at.has_comma ? 1 : 0);
    size_t room = end > at.column ? end - at.column : 0;

    /* a character has at most four bytes */
    if (write_flat(w, value, how, before + 4 * room) &&
        characters(w->out->bytes + before, w->out->n - before) <= room) {
        return true;
    }
    att_buf_cut(w->out, before);
    return false;
}

static void write_object(writer *w, json_t *object, const layout *how, size_t indent)
{
    att_arena_mark mark = att_arena_mark_now(&w->scratch);
    size_t n = json_object_size(object);
    member *list = members_of(w, object, how);

    att_buf_add(w->out, "{\n");
    for (size_t i = 0; i < n; i++) {
        spot at = { indent + INDENT, 0, WIDTH, i + 1 < n };
        size_t from = w->out->n;

        att_buf_repeat(w->out, ' ', at.indent);
        att_json_quote(w->out, list[i].key);
        att_buf_add(w->out, ": ");
        at.column = characters(w->out->bytes + from, w->out->n - from);
        write_lines(w, list[i].value, list[i].how, at);
        att_buf_add(w->out, at.has_comma ? ",\n" : "\n");
    }
    att_buf_repeat(w->out, ' ', indent);
    att_buf_char(w->out, '}');
    att_arena_rewind(&w->scratch, mark);
}

static void write_list(writer *w, json_t *list, const layout *how, size_t indent)
{
    size_t n = json_array_size(list);

    att_buf_add(w->out, "[\n");
    for (size_t i = 0; i < n; i++) {
        json_t *value = json_array_get(list, i);
        spot at = { indent + INDENT, indent + INDENT,
                    json_is_object(value) ? WIDTH_ELEMENT : WIDTH, i + 1 < n };

        att_buf_repeat(w->out, ' ', at.indent);
        write_lines(w, value, each_of(how), at);
        att_buf_add(w->out, at.has_comma ? ",\n" : "\n");
    }
    att_buf_repeat(w->out, ' ', indent);
    att_buf_char(w->out, ']');
}

static void write_lines(writer *w, json_t *value, const layout *how, spot at)
{
    bool is_empty = json_object_size(value) == 0 && json_array_size(value) == 0;

    if (is_empty) { /* {} and [] and what is no container */
        write_flat(w, value, how, (size_t)-1);
    } else if (fits_line(w, value, how, at)) {
        return;
    } else if (json_is_object(value)) {
        write_object(w, value, how, at.indent);
    } else {
        write_list(w, value, how, at.indent);
    }
}

void att_pretty_write(att_buf *out, const att_json *json)
{
    json_t *root = att_json_root(json);
    writer w = { out, { 0 }, NULL };

    w.languages = json_object_get(json_object_get(root, "languages"), "list");
    if (json_object_size(root) > 0) {
        write_object(&w, root, &top, 0);
    } else {
        write_lines(&w, root, NULL, (spot){ 0, 0, WIDTH, false });
    }
    att_buf_char(out, '\n');
    att_arena_drop(&w.scratch);
}

/* ---- texts by their keys ---- */

typedef struct walk {
    writer w;
    att_buf key;
    att_text_visit visit;
    void *data;
    json_t *item;
} walk;

static void walk_value(walk *k, json_t *owner, const member *m);

static void add_step(att_buf *key, const char *name)
{
    att_buf_add(key, key->n > 0 ? "/" : "");
    att_buf_add(key, name);
}

/* What an element of a list is called: its id, its code, or when it holds. */
static void add_element(att_buf *key, json_t *element)
{
    static const char *const names[] = { "id",      "reason", "code",
                                         "missing", "when",   "from" };
    att_buf text = { 0 };

    for (size_t i = 0; i < sizeof names / sizeof names[0] && text.n == 0; i++) {
        json_t *value = json_object_get(element, names[i]);

        if (json_is_string(value)) {
            att_buf_add(&text, json_string_value(value));
        } else if (json_is_number(value)) {
            write_plain(&text, value);
        }
    }
    add_step(key, text.n > 0 ? att_buf_text(&text) : "else");
    att_buf_drop(&text);
}

static void walk_object(walk *k, json_t *object, const layout *how)
{
    att_arena_mark mark = att_arena_mark_now(&k->w.scratch);
    member *list = members_of(&k->w, object, how);
    json_t *around = k->item;

    k->item = json_is_string(json_object_get(object, "id")) ? object : around;
    for (size_t i = 0; i < json_object_size(object); i++) {
        size_t before = k->key.n;

        if (list[i].how != NULL) {
            add_step(&k->key, list[i].key);
            walk_value(k, object, &list[i]);
            att_buf_cut(&k->key, before);
        }
    }
    k->item = around;
    att_arena_rewind(&k->w.scratch, mark);
}

static void walk_list(walk *k, json_t *list, const layout *how)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *element = json_array_get(list, i);
        size_t before = k->key.n;
        att_buf whole = { 0 };

        if (how->each == NULL || !json_is_object(element)) {
            continue;
        }
        if (how->each == &item) { /* where an item stands is no part of its name */
            att_buf_add(&whole, att_buf_text(&k->key));
            att_buf_cut(&k->key, 0);
            add_step(&k->key, "items");
        }
        add_element(&k->key, element);
        walk_object(k, element, how->each);
        if (how->each == &item) {
            att_buf_cut(&k->key, 0);
            att_buf_add(&k->key, att_buf_text(&whole));
            att_buf_drop(&whole);
        }
        att_buf_cut(&k->key, before);
    }
}

static void walk_value(walk *k, json_t *owner, const member *m)
{
    if (m->how->sort == LAYOUT_WORDING) {
        att_text_at at = { att_buf_text(&k->key), owner, m->key, k->item };

        k->visit(k->data, &at);
    } else if (m->how->sort == LAYOUT_LIST && json_is_array(m->value)) {
        walk_list(k, m->value, m->how);
    } else if (json_is_object(m->value)) {
        walk_object(k, m->value, m->how);
    }
}

void att_pretty_each_text(json_t *root, att_text_visit visit, void *data)
{
    walk k = { .visit = visit, .data = data };

    k.w.languages = json_object_get(json_object_get(root, "languages"), "list");
    if (json_is_object(root)) {
        walk_object(&k, root, &top);
    }
    att_buf_drop(&k.key);
    att_arena_drop(&k.w.scratch);
}
