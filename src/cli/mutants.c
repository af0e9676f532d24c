/* mutants.c - one fault in a copy of an instrument's JSON
 *
 * One walk finds every place where a fault can be made and counts them; at the wanted
 * one it makes the fault and stops looking.
 */
#include "mutants.h"

#include <stdarg.h>
#include <string.h>

#include <jansson.h>

#include <attune/math/rng.h>

#include "slips.h"

#define SHOWN 20 /* bytes of an expression before a slip that are told */

typedef struct walker {
    att_arena *arena;
    json_t *root;
    size_t left; /* places to pass by */
    bool is_done;
    att_rng rng;
    att_fault fault;
    const char *what;
} walker;

static const char *const names[ATT_N_FAULTS] = {
    [ATT_FAULT_DROP_REVERSE] = "drop a reverse key",
    [ATT_FAULT_ADD_REVERSE] = "add a reverse key",
    [ATT_FAULT_DROP_ITEM] = "drop an item from a scale",
    [ATT_FAULT_MIN_VALID] = "min_valid one more or less",
    [ATT_FAULT_NEGATE] = "negate a comparison",
    [ATT_FAULT_CONSTANT] = "shift a constant",
    [ATT_FAULT_AND_OR] = "swap and, or",
    [ATT_FAULT_CHOICE_SET] = "swap a choice set",
    [ATT_FAULT_CODE] = "change a code",
    [ATT_FAULT_DROP_SHOW] = "delete show",
    [ATT_FAULT_MOVE] = "move an item past its condition",
    [ATT_FAULT_DROP_VARIANT] = "remove a variant",
    [ATT_FAULT_DROP_TOKEN] = "remove a token",
};

const char *att_fault_name(att_fault fault)
{
    return names[fault];
}

/* Whether this is the place; then it is told in words. */
static bool __attribute__((format(printf, 3, 4)))
take(walker *w, att_fault fault, const char *format, ...)
{
    va_list args;
    att_buf text = { 0 };

    if (w->is_done || w->left > 0) {
        w->left -= w->is_done ? 0 : 1;
        return false;
    }
    va_start(args, format);
    att_buf_vformat(&text, format, args);
    va_end(args);
    w->is_done = true;
    w->fault = fault;
    w->what = att_buf_copy(w->arena, &text);
    att_buf_drop(&text);
    return true;
}

static const char *id_of(const json_t *object)
{
    const char *id = json_string_value(json_object_get(object, "id"));

    return id == NULL ? "" : id;
}

/* Index of a text in a list; the list's length when it is not there. */
static size_t find_text(const json_t *list, const char *text)
{
    size_t n = json_array_size(list);

    for (size_t i = 0; i < n; i++) {
        const char *one = json_string_value(json_array_get(list, i));

        if (one != NULL && strcmp(one, text) == 0) {
            return i;
        }
    }
    return n;
}

/* ---- scales ---- */

static void drop_from(json_t *scale, const char *key, const char *id)
{
    json_t *list = json_object_get(scale, key);
    size_t i = find_text(list, id);

    if (i == json_array_size(list)) {
        return;
    }
    json_array_remove(list, i);
    if (json_array_size(list) == 0) {
        json_object_del(scale, key);
    }
}

static void reverse(json_t *scale, const char *id)
{
    if (json_object_get(scale, "reverse") == NULL) {
        json_object_set_new(scale, "reverse", json_array());
    }
    json_array_append_new(json_object_get(scale, "reverse"), json_string(id));
}

static void walk_keys(walker *w, json_t *scale)
{
    const json_t *items = json_object_get(scale, "items");

    for (size_t i = 0; i < json_array_size(items) && !w->is_done; i++) {
        const char *id = json_string_value(json_array_get(items, i));
        const json_t *keys = json_object_get(scale, "reverse");

        if (id == NULL) {
            continue;
        }
        if (find_text(keys, id) < json_array_size(keys)) {
            if (take(w, ATT_FAULT_DROP_REVERSE, "scale %s: %s is not reversed",
                     id_of(scale), id)) {
                drop_from(scale, "reverse", id);
            }
        } else if (take(w, ATT_FAULT_ADD_REVERSE, "scale %s: %s is reversed",
                        id_of(scale), id)) {
            reverse(scale, id);
        }
        if (json_array_size(items) > 1 &&
            take(w, ATT_FAULT_DROP_ITEM, "scale %s: without %s", id_of(scale), id)) {
            id = att_arena_text(w->arena, id);
            drop_from(scale, "reverse", id);
            drop_from(scale, "items", id);
        }
    }
}

/* docs/FORMAT.md, "Scoring": all of 1 or 2, 2 of 3, from 4 on half, rounded up */
static json_int_t usual_min_valid(size_t n)
{
    return (json_int_t)(n <= 2 ? n : n == 3 ? 2 : (n + 1) / 2);
}

static void walk_min_valid(walker *w, json_t *scale)
{
    const json_t *given = json_object_get(scale, "min_valid");
    json_int_t usual =
        usual_min_valid(json_array_size(json_object_get(scale, "items")));
    json_int_t now = given == NULL ? usual : json_integer_value(given);

    for (json_int_t step = -1; step <= 1; step += 2) {
        if (take(w, ATT_FAULT_MIN_VALID, "scale %s: min_valid %lld, was %lld",
                 id_of(scale), (long long)(now + step), (long long)now)) {
            json_object_set_new(scale, "min_valid", json_integer(now + step));
        }
    }
}

/* ---- expressions ---- */

static bool is_expression(const char *key)
{
    static const char *const keys[] = { "show",  "check", "warn",  "when",
                                        "value", "count", "until", "quota" };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(key, keys[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The text around a slip, whole words of it, "..." for the rest. */
static const char *around(walker *w, const char *text, size_t at)
{
    size_t n = strlen(text);
    size_t from = at > SHOWN ? at - SHOWN : 0;
    size_t to = n - at > 2 * SHOWN ? at + 2 * SHOWN : n;

    while (from > 0 && text[from - 1] != ' ') {
        from--;
    }
    while (to < n && text[to] != ' ') {
        to++;
    }
    return att_arena_format(w->arena, "%s%.*s%s", from > 0 ? "... " : "",
                            (int)(to - from), text + from, to < n ? " ..." : "");
}

/* What an expression belongs to: an item's id, or a choice. */
static const char *owner_of(walker *w, const json_t *object)
{
    const json_t *code = json_object_get(object, "code");

    return id_of(object)[0] == '\0' && json_is_integer(code)
               ? att_arena_format(w->arena, "choice %lld",
                                  (long long)json_integer_value(code))
               : id_of(object);
}

static void walk_expression(walker *w, json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    const char *owner = owner_of(w, object);
    bool is_down = att_rng_below(&w->rng, 2) == 1;
    att_slip slip;

    for (size_t k = 0; !w->is_done && att_slip_find(w->arena, text, k, is_down, &slip);
         k++) {
        char *with = att_slip_make(w->arena, text, &slip);

        if (take(w, slip.fault, "%s%s%s: %s", owner, owner[0] == '\0' ? "" : ", ", key,
                 around(w, with, slip.at))) {
            json_object_set_new(object, key, json_string(with));
        }
    }
}

/* Expressions wherever they stand, and the conditions that can be left out. */
static void walk_expressions(walker *w, json_t *value)
{
    const char *key;
    json_t *member;
    void *next;

    for (size_t i = 0; i < json_array_size(value) && !w->is_done; i++) {
        walk_expressions(w, json_array_get(value, i));
    }
    json_object_foreach_safe(value, next, key, member)
    {
        if (w->is_done || strncmp(key, "x-", 2) == 0) {
            break;
        }
        if (!json_is_string(member)) {
            walk_expressions(w, member);
            continue;
        }
        if (strcmp(key, "show") == 0 &&
            take(w, ATT_FAULT_DROP_SHOW, "%s: no show", owner_of(w, value))) {
            json_object_del(value, "show");
            break;
        }
        if (is_expression(key)) {
            walk_expression(w, value, key);
        }
    }
}

/* ---- choices ---- */

static void swap_set(walker *w, json_t *item)
{
    json_t *sets = json_object_get(w->root, "choices");
    const char *now = json_string_value(json_object_get(item, "choices"));
    size_t n = json_object_size(sets);
    size_t pick;
    const char *name;
    json_t *set;

    if (now == NULL || n < 2 || json_object_get(sets, now) == NULL) {
        return;
    }
    pick = att_rng_below(&w->rng, n - 1);
    json_object_foreach(sets, name, set)
    {
        (void)set;
        if (strcmp(name, now) == 0 || pick-- != 0) {
            continue;
        }
        if (take(w, ATT_FAULT_CHOICE_SET, "%s: choices \"%s\", were \"%s\"",
                 id_of(item), name, now)) {
            json_object_set_new(item, "choices", json_string(name));
        }
        return;
    }
}

/* A code becomes one that the set has not, or changes places with the one after it. */
static void walk_codes(walker *w, const char *name, json_t *set)
{
    json_int_t most = 0;

    for (size_t i = 0; i < json_array_size(set); i++) {
        json_int_t code =
            json_integer_value(json_object_get(json_array_get(set, i), "code"));

        most = code > most ? code : most;
    }
    for (size_t i = 0; i < json_array_size(set) && !w->is_done; i++) {
        json_t *choice = json_array_get(set, i);
        json_t *other = json_array_get(set, i + 1);
        json_int_t code = json_integer_value(json_object_get(choice, "code"));
        bool is_swap =
            att_rng_below(&w->rng, 2) == 1 && json_object_get(other, "code") != NULL;
        json_int_t with =
            is_swap ? json_integer_value(json_object_get(other, "code")) : most + 1;

        if (json_object_get(choice, "code") != NULL &&
            take(w, ATT_FAULT_CODE, "choices %s: code %lld %s %lld", name,
                 (long long)code, is_swap ? "changes places with" : "is",
                 (long long)with)) {
            json_object_set_new(choice, "code", json_integer(with));
            if (is_swap) {
                json_object_set_new(other, "code", json_integer(code));
            }
        }
    }
}

/* ---- items ---- */

/* Whether an expression names an id. */
static bool names_id(const char *text, const char *id)
{
    size_t n = strlen(id);
    const char *inside = "abcdefghijklmnopqrstuvwxyz0123456789_";

    for (const char *p = strstr(text, id); p != NULL; p = strstr(p + 1, id)) {
        bool is_start = p == text || strchr(inside, p[-1]) == NULL;

        if (is_start && (p[n] == '\0' || strchr(inside, p[n]) == NULL)) {
            return true;
        }
    }
    return false;
}

/* Whether an item, or one that it holds, is named. */
static bool is_named(const json_t *item, const char *text)
{
    const json_t *items = json_object_get(item, "items");

    if (id_of(item)[0] != '\0' && names_id(text, id_of(item))) {
        return true;
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        if (is_named(json_array_get(items, i), text)) {
            return true;
        }
    }
    return false;
}

static void walk_items(walker *w, json_t *items)
{
    for (size_t i = 0; i < json_array_size(items) && !w->is_done; i++) {
        json_t *item = json_array_get(items, i);
        const char *show = json_string_value(json_object_get(item, "show"));

        swap_set(w, item);
        if (json_is_array(json_object_get(item, "choices"))) {
            walk_codes(w, id_of(item), json_object_get(item, "choices"));
        }
        for (size_t k = 0; show != NULL && k < i; k++) {
            if (!is_named(json_array_get(items, k), show)) {
                continue;
            }
            if (take(w, ATT_FAULT_MOVE, "%s stands before %s", id_of(item),
                     id_of(json_array_get(items, k)))) {
                json_incref(item);
                json_array_remove(items, i);
                json_array_insert_new(items, k, item);
                return;
            }
            break;
        }
        walk_items(w, json_object_get(item, "items"));
    }
}

/* ---- variants and tokens ---- */

static void walk_variants(walker *w)
{
    json_t *variants = json_object_get(w->root, "variants");

    for (size_t i = 0; i < json_array_size(variants) && !w->is_done; i++) {
        json_t *texts = json_object_get(json_array_get(variants, i), "text");
        const char *id;
        json_t *text;
        void *next;

        json_object_foreach_safe(texts, next, id, text)
        {
            if (!take(w, ATT_FAULT_DROP_VARIANT, "variant %zu has no text for %s",
                      i + 1, id)) {
                continue;
            }
            json_object_del(texts, id);
            if (json_object_size(texts) == 0) {
                json_array_remove(variants, i);
            }
            break;
        }
    }
    if (json_array_size(variants) == 0) {
        json_object_del(w->root, "variants");
    }
}

static void walk_tokens(walker *w)
{
    json_t *tokens = json_object_get(w->root, "tokens");
    const char *id;
    json_t *token;
    void *next;

    json_object_foreach_safe(tokens, next, id, token)
    {
        json_t *otherwise = json_object_get(token, "else");

        for (size_t i = 0; i < json_array_size(otherwise) && !w->is_done; i++) {
            if (take(w, ATT_FAULT_DROP_TOKEN, "token %s: without text %zu", id,
                     i + 1)) {
                json_array_remove(otherwise, i);
            }
        }
        if (w->is_done) {
            return;
        }
        if (take(w, ATT_FAULT_DROP_TOKEN, "no token %s", id)) {
            json_object_del(tokens, id);
            return;
        }
    }
}

static void walk(walker *w)
{
    json_t *scales = json_object_get(w->root, "scales");
    const char *name;
    json_t *set;

    for (size_t i = 0; i < json_array_size(scales); i++) {
        walk_keys(w, json_array_get(scales, i));
        walk_min_valid(w, json_array_get(scales, i));
    }
    walk_expressions(w, w->root);
    json_object_foreach(json_object_get(w->root, "choices"), name, set)
    {
        walk_codes(w, name, set);
    }
    walk_items(w, json_object_get(w->root, "items"));
    walk_variants(w);
    walk_tokens(w);
}

static int add_bytes(const char *bytes, size_t n, void *data)
{
    att_buf_add_n(data, bytes, n);
    return 0;
}

bool att_mutant_make(att_arena *arena, const att_json *json, unsigned long long seed,
                     size_t k, att_mutant *out)
{
    walker w = { .arena = arena, .left = k, .rng = att_rng_make(seed, k) };
    att_buf bytes = { 0 };

    w.root = json_deep_copy(att_json_root(json));
    walk(&w);
    if (w.is_done) {
        json_dump_callback(w.root, add_bytes, &bytes, JSON_COMPACT);
        *out = (att_mutant){ .fault = w.fault,
                             .what = w.what,
                             .bytes = att_buf_copy(arena, &bytes),
                             .n = bytes.n };
    }
    att_buf_drop(&bytes);
    json_decref(w.root);
    return w.is_done;
}
