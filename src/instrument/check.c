#include <attune/instrument/check.h>

#include <string.h>

#include <attune/base/file.h>
#include <attune/base/text.h>

#include "checker.h"
#include "kinds.h"
#include "texts.h"

/* ---- the head of the file ---- */

static bool is_spoken(const att_check_opts *opts, const char *tag)
{
    size_t n = strcspn(tag, "-"); /* words for "es" serve "es-MX" */

    for (size_t i = 0; i < opts->n_spoken; i++) {
        if (strcmp(opts->spoken[i], tag) == 0 ||
            (strlen(opts->spoken[i]) == n && strncmp(opts->spoken[i], tag, n) == 0)) {
            return true;
        }
    }
    return false;
}

/* How much a language lacks, and which of its texts are of an older text. */
static size_t translation_check(att_checker *c, size_t index, const att_spot *at)
{
    const att_language *language = &c->in->languages[index];
    att_texts texts = att_texts_of(c->r->scratch, c->root, language->tag);
    att_spot tag_at = att_spot_key(at, "tag");
    att_spot stale_at = att_spot_key(at, "stale");
    size_t n = 0;

    for (size_t i = 0; i < texts.n; i++) {
        n += texts.list[i].target == NULL;
    }
    if (n > ATT_LISTED_MAX) {
        att_reader_find(c->r, "L081", &tag_at,
                        "attune translate export writes a catalogue for translators",
                        "%zu of %zu texts have no translation into \"%s\"", n, texts.n,
                        language->tag);
    }
    for (size_t i = 0; i < language->n_stale; i++) {
        const char *key = language->stale[i];
        size_t k = att_texts_find(&texts, key);
        att_spot element = att_spot_element(&stale_at, i);

        if (k == ATT_NONE || texts.list[k].target == NULL) {
            att_reader_find(c->r, "L080", &element, "take it out",
                            "no text \"%s\" is translated into \"%s\"", key,
                            language->tag);
        } else {
            att_reader_find(c->r, "L083", &element,
                            "look at both texts, and take the key out",
                            "the translation of \"%s\" into \"%s\" is of an older text",
                            key, language->tag);
        }
    }
    return n;
}

static void languages_check(att_checker *c)
{
    att_spot list_at = att_spot_text("/languages/list");
    size_t *n_missing = att_new_n(c->r->scratch, size_t, c->in->n_languages);

    c->n_missing = n_missing;
    for (size_t i = 0; i < c->in->n_languages; i++) {
        const att_language *language = &c->in->languages[i];
        att_spot element = att_spot_element(&list_at, i);
        att_spot tag_at = att_spot_key(&element, "tag");

        if (c->opts != NULL && c->opts->n_spoken > 0 &&
            !is_spoken(c->opts, language->tag)) {
            att_reader_find(c->r, "L051", &tag_at,
                            "help translate: a language is one table of words",
                            "the program has no words in \"%s\"; its keys and messages "
                            "will be in English",
                            language->tag);
        }
        if (i != c->in->language) {
            n_missing[i] = translation_check(c, i, &element);
        }
        if (i != c->in->language && language->reviewed[0] == '\0') {
            att_reader_find(
                c->r, "L069", &element, "add \"reviewed\" once somebody has",
                "the translation into \"%s\" has not been reviewed", language->tag);
        }
    }
}

static void provenance_check(att_checker *c)
{
    const att_provenance *from = &c->in->provenance;
    json_t *object = json_object_get(c->root, "provenance");
    att_spot top = att_spot_text("");
    att_spot at = att_spot_key(&top, "provenance");
    att_spot status_at = att_spot_key(&at, "status");

    if (from->licence[0] == '\0') {
        att_reader_find(c->r, "L062", object == NULL ? &top : &at,
                        "add \"licence\" to \"provenance\"", "there is no licence");
    }
    if (strcmp(from->licence, "permission required") == 0 && from->contact[0] == '\0') {
        att_reader_find(c->r, "L079", &at, "add \"contact\"",
                        "permission is required, and nobody is named to ask");
    }
    if ((from->maturity == ATT_MATURITY_STRUCTURE_TESTED ||
         from->maturity == ATT_MATURITY_VALIDATED) &&
        json_array_size(json_object_get(object, "evidence")) == 0) {
        att_reader_find(c->r, "L063", &status_at,
                        "add \"evidence\", or write \"draft\"",
                        "status \"%s\" stands here without evidence",
                        att_maturity_name(from->maturity));
    }
}

/* ---- names that other programs see ---- */

/* Reserved in Stata or SPSS, or a column of every export. */
static bool is_taken(const char *id)
{
    static const char *const taken[] = {
        "all",    "by", "byte",  "double",  "eq",       "finished",
        "float",  "ge", "gt",    "if",      "int",      "le",
        "long",   "lt", "ne",    "strl",    "response", "started",
        "status", "to", "using", "version", "with",     "instrument",
    };

    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        if (strcmp(taken[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static void taken_check(att_checker *c, const char *id, const char *pointer)
{
    att_spot owner = att_spot_text(pointer);
    att_spot at = att_spot_key(&owner, "id");

    if (is_taken(id)) {
        att_reader_find(c->r, "L066", &at, "choose another id",
                        "\"%s\" has a meaning in exports, Stata or SPSS", id);
    }
}

static void prefix_check(att_checker *c)
{
    att_spot at = att_spot_text("/export/redcap/prefix");
    size_t n = strlen(c->in->redcap_prefix);
    const att_item *longest = NULL;

    for (size_t i = 0; n > 0 && i < c->in->n_items; i++) {
        const att_item *item = &c->in->items[i];

        if (att_item_asks(item) &&
            (longest == NULL || strlen(item->id) > strlen(longest->id))) {
            longest = item;
        }
    }
    if (longest != NULL && n + strlen(longest->id) > ATT_ITEM_ID_MAX) {
        att_reader_find(c->r, "L065", &at, "shorten the prefix",
                        "the field \"%s%s\" has %zu characters, more than %d",
                        c->in->redcap_prefix, longest->id, n + strlen(longest->id),
                        ATT_ITEM_ID_MAX);
    }
}

/* ---- items ---- */

bool att_check_owns_set(const att_checker *c, size_t index)
{
    const att_item *item = &c->in->items[index];

    return item->kind->has_choices && item->choices != NULL &&
           item->choices->id[0] == '\0' &&
           (item->parent == ATT_NONE ||
            c->in->items[item->parent].choices != item->choices);
}

static bool has_way_out(const att_checker *c, const att_item *item)
{
    for (size_t i = 0; i < ATT_N_REASONS; i++) {
        if (c->in->is_offered[i]) {
            return true;
        }
    }
    for (size_t i = 0; item->choices != NULL && i < item->choices->n; i++) {
        if (item->choices->list[i].reason != ATT_REASON_NONE) {
            return true;
        }
    }
    return false;
}

static void item_check(att_checker *c, const att_item *item)
{
    att_spot at = att_spot_text(item->pointer);
    att_spot required_at = att_spot_key(&at, "required");
    att_spot identifying_at = att_spot_key(&at, "identifying");
    att_place place = { 0 };

    if (item->is_other || item->is_copy || item->kind == &att_kind_entry) {
        return;
    }
    taken_check(c, item->id, item->pointer);
    if (!att_item_asks(item)) {
        return;
    }
    if (item->required == ATT_REQUIRED_HARD && item->kind->shape != ATT_SHAPE_CONSENT &&
        !has_way_out(c, item)) {
        bool is_here = att_json_place_value(
            c->r->json, att_spot_pointer(c->r->scratch, &required_at), &place);

        att_reader_find(c->r, "L057", is_here ? &required_at : &at,
                        "offer \"refused\", or write \"soft\"",
                        "\"%s\" forces an answer and offers no reason for none",
                        item->id);
    }
    if (item->is_identifying && item->kind->shape == ATT_SHAPE_TEXT &&
        item->help.in == NULL) {
        att_reader_find(c->r, "L061", item->slot > 0 ? &at : &identifying_at,
                        "add \"help\"",
                        "\"%s\" does not say what becomes of the answer",
                        item->slot > 0 ? item->base : item->id);
    }
}

/* ---- choice sets ---- */

static void exclusive_check(att_checker *c, const att_choices *set, const att_spot *at)
{
    for (size_t i = 0; i < set->n; i++) {
        att_spot element = att_spot_element(at, i);
        att_spot spot = att_spot_key(&element, "exclusive");

        if (set->list[i].is_exclusive) {
            att_reader_find(
                c->r, "L074", &spot, "take it out",
                "\"exclusive\" has no meaning where only one can be marked");
            return;
        }
    }
}

static void sets_check(att_checker *c)
{
    att_spot sets_at = att_spot_text("/choices");
    bool *is_used = att_new_n(c->r->scratch, bool, c->in->n_choices);
    bool *has_many = att_new_n(c->r->scratch, bool, c->in->n_choices);

    for (size_t i = 0; i < c->in->n_items; i++) {
        const att_item *item = &c->in->items[i];
        bool is_many = item->kind->shape == ATT_SHAPE_PICK_MANY;
        att_spot at = att_spot_text(item->pointer);
        att_spot choices_at = att_spot_key(&at, "choices");

        if (item->choices != NULL && item->choices->id[0] != '\0') {
            size_t k = (size_t)(item->choices - c->in->choices);

            is_used[k] = true;
            has_many[k] = has_many[k] || is_many;
        } else if (att_check_owns_set(c, i) && !is_many && !item->is_copy) {
            exclusive_check(c, item->choices, &choices_at);
        }
    }
    for (size_t i = 0; i < c->in->n_choices; i++) {
        att_spot at = att_spot_key(&sets_at, c->in->choices[i].id);

        if (!is_used[i]) {
            att_reader_find_key(
                c->r, "L053", &at, "take it out, or begin its name with \"x-\"",
                "no item uses the choice set \"%s\"", c->in->choices[i].id);
        } else if (!has_many[i]) {
            exclusive_check(c, &c->in->choices[i], &at);
        }
    }
}

/* ---- scales ---- */

static void scale_check(att_checker *c, const att_scale *scale)
{
    att_spot at = att_spot_text(scale->pointer);
    att_spot model_at = att_spot_key(&at, "model");
    att_spot reverse_at = att_spot_key(&at, "reverse");
    att_spot items_at = att_spot_key(&at, "items");
    size_t n_reversed = 0;
    bool needs_all;

    taken_check(c, scale->id, scale->pointer);
    if (scale->model == ATT_MODEL_REFLECTIVE && scale->n_items == 1) {
        att_reader_find(c->r, "L052", &model_at, "write \"single\"",
                        "scale \"%s\" is reflective but has one item", scale->id);
    }
    if (scale->title.in == NULL) {
        att_reader_find(c->r, "L070", &at, "add \"title\"",
                        "scale \"%s\" has no title for tables and reports", scale->id);
    }
    for (size_t i = 0; i < scale->n_items; i++) {
        n_reversed += scale->is_reversed[i];
    }
    if (scale->n_items > 1 && n_reversed == scale->n_items) {
        att_reader_find(c->r, "L071", &reverse_at,
                        "take \"reverse\" out, or mend the list",
                        "all items of scale \"%s\" are reversed", scale->id);
    }
    needs_all = scale->n_items > 1 && scale->min_valid == scale->n_items;
    for (size_t i = 0; needs_all && i < scale->n_items; i++) {
        const att_item *item = &c->in->items[scale->items[i]];
        att_spot element = att_spot_element(&items_at, i);

        if (item->show != NULL || att_choices_can_end(item->choices)) {
            att_reader_find(c->r, "L076", &element, "lower \"min_valid\"",
                            "scale \"%s\" needs \"%s\", which is not always asked",
                            scale->id, item->id);
            return;
        }
    }
}

/* ---- norms ---- */

#define NORMS_MIN 50 /* people in a cell: docs/METHODS.md, "Norms" */

static void norms_check(att_checker *c)
{
    att_spot list_at = att_spot_text("/norms");
    bool has_any = c->in->n_norms > 0;
    att_spot scales_at = att_spot_text("/scales");

    for (size_t i = 0; i < c->in->n_norms; i++) {
        att_spot element = att_spot_element(&list_at, i);
        att_spot n_at = att_spot_key(&element, "n");

        if (c->in->norms[i].n < NORMS_MIN) {
            att_reader_find(c->r, "L077", &n_at, "ask more people, or leave them out",
                            "these norms come from %zu people, fewer than %d",
                            c->in->norms[i].n, NORMS_MIN);
        }
    }
    for (size_t i = 0; i < c->in->n_scales; i++) {
        has_any = has_any || c->in->scales[i].n_bands > 0;
    }
    if (has_any && c->in->provenance.maturity != ATT_MATURITY_VALIDATED) {
        att_reader_find(c->r, "L078", c->in->n_norms > 0 ? &list_at : &scales_at, NULL,
                        "norms and bands are not shown while the status is \"%s\"",
                        att_maturity_name(c->in->provenance.maturity));
    }
}

/* ---- the whole ---- */

static void all_check(att_checker *c)
{
    languages_check(c);
    provenance_check(c);
    prefix_check(c);
    sets_check(c);
    for (size_t i = 0; i < c->in->n_items; i++) {
        item_check(c, &c->in->items[i]);
    }
    for (size_t i = 0; i < c->in->n_scales; i++) {
        scale_check(c, &c->in->scales[i]);
    }
    for (size_t i = 0; i < c->in->n_derived; i++) {
        taken_check(c, c->in->derived[i].id, c->in->derived[i].pointer);
    }
    norms_check(c);
    att_check_texts(c);
    att_check_exprs(c);
    if (c->opts != NULL && c->opts->paths != NULL) {
        att_check_paths(c);
    }
    if (c->opts != NULL && c->opts->grades != NULL) {
        att_check_style(c);
    }
}

att_instrument *att_instrument_check(att_arena *arena, att_json *json,
                                     const att_check_opts *opts, att_issues *issues)
{
    att_reader r = { 0 };
    att_instrument *instrument = att_reader_read(&r, arena, json, issues);

    if (instrument != NULL) {
        att_checker c = { &r, instrument, opts, att_json_root(json), NULL };

        all_check(&c);
    }
    att_reader_close(&r);
    att_issues_sort(issues);
    return instrument;
}

/* ---- files that are not JSON ---- */

/* The line as text, or "" when it is not UTF-8. */
static const char *line_of(att_arena *arena, const char *bytes, size_t n, unsigned line)
{
    const char *from = bytes;
    const char *end = bytes + n;

    for (unsigned i = 1; i < line; i++) {
        const char *next = memchr(from, '\n', (size_t)(end - from));

        if (next == NULL) {
            return "";
        }
        from = next + 1;
    }
    if (memchr(from, '\n', (size_t)(end - from)) != NULL) {
        end = memchr(from, '\n', (size_t)(end - from));
    }
    if (end > from && end[-1] == '\r') {
        end--;
    }
    n = (size_t)(end - from);
    return att_text_check(from, n) < n || memchr(from, '\0', n) != NULL
               ? ""
               : att_arena_text_n(arena, from, n);
}

static void unreadable(att_issues *issues, const att_err *err, const char *bytes,
                       size_t n)
{
    att_issue issue = { 0 };

    issue.severity = ATT_SEVERITY_ERROR;
    issue.rule = err->code == ATT_ELIMIT ? "L002" : "L001";
    issue.what = *err;
    issue.span = 1;
    issue.line = "";
    if (n > 0 && n <= ATT_JSON_BYTES_MAX && err->where.line > 0) {
        issue.line = line_of(issues->arena, bytes, n, err->where.line);
    }
    att_issues_add(issues, &issue);
    att_issues_sort(issues);
}

att_instrument *att_instrument_check_bytes(att_arena *arena, const char *name,
                                           const att_bytes *bytes,
                                           const att_check_opts *opts,
                                           att_issues *issues)
{
    att_err err = { 0 };
    att_json *json = att_json_open_bytes(name, bytes->bytes, bytes->n, &err);
    att_instrument *instrument = NULL;

    if (json == NULL) {
        unreadable(issues, &err, bytes->bytes, bytes->n);
        return NULL;
    }
    instrument = att_instrument_check(arena, json, opts, issues);
    att_json_close(json);
    return instrument;
}

att_code att_instrument_check_file(att_arena *arena, const char *path,
                                   const att_check_opts *opts, att_issues *issues,
                                   att_err *err)
{
    att_arena scratch = { 0 };
    att_bytes bytes = { 0 };
    att_err failure = { 0 };
    att_code code = att_file_read(&scratch, path, ATT_JSON_BYTES_MAX, &bytes, &failure);

    if (code == ATT_ELIMIT) {
        unreadable(issues, &failure, "", 0);
        code = ATT_OK;
    } else if (code == ATT_OK) {
        att_instrument_check_bytes(arena, path, &bytes, opts, issues);
    } else if (err != NULL && err->code == ATT_OK) {
        *err = failure;
    }
    att_arena_drop(&scratch);
    return code;
}
