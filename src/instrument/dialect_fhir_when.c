/* enableWhen as our conditions.
 *
 * There `!=` holds also where nothing was answered, and a reason that is offered as an
 * option is an answer. Here both are missing, so a condition says more. */
#include <stdlib.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "dialect_fhir_draft.h"

#define WHENS_MAX 200 /* conditions of one item */

/* One comparison, read. */
typedef struct when {
    att_fhir_item *item;
    const char *op;    /* "=", "!=", "<", ..., "exists" */
    const char *text;  /* the answer as we write it; of exists "1" or "0" */
    att_reason reason; /* the answer is this reason */
    bool is_done;
} when;

typedef struct reader {
    att_fhir_draft *d;
    when list[WHENS_MAX];
    size_t n;
    bool is_any;
    const char *why; /* it cannot be said; NULL while it can */
} reader;

static bool stop(reader *r, const char *why)
{
    if (r->why == NULL) {
        r->why = why;
    }
    return false;
}

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

/* ---- finding ---- */

static att_fhir_item *find_link(const att_fhir_draft *d, const char *link)
{
    size_t low = 0, high = d->n_items;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(d->items[d->by_link[middle]].link, link);

        if (order == 0) {
            return &d->items[d->by_link[middle]];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The choice that a Coding names: by code, and by system where both say one. */
static const att_fhir_choice *find_choice(const att_fhir_item *item, const char *code,
                                          const char *system)
{
    const att_fhir_choice *found = NULL;

    for (size_t i = 0; item->options != NULL && i < item->options->n; i++) {
        const att_fhir_choice *choice = &item->options->list[i];

        if (!is(choice->code, code) || choice->other != NULL) {
            continue;
        }
        if (system == NULL || is(choice->system, system)) {
            return choice;
        }
        found = choice->system[0] == '\0' ? choice : found;
    }
    return found;
}

static bool has_reasons(const att_fhir_item *item)
{
    for (size_t i = 0; item->options != NULL && i < item->options->n; i++) {
        if (item->options->list[i].reason != ATT_REASON_NONE) {
            return true;
        }
    }
    return false;
}

/* ---- answers ---- */

static bool take_choice(reader *r, when *w, const char *code, const char *system)
{
    const att_fhir_choice *choice = find_choice(w->item, code, system);

    if (w->item->sort != ATT_FHIR_CODE && w->item->sort != ATT_FHIR_MARKS) {
        return stop(r, "a code is compared with what has none");
    }
    if (choice == NULL) {
        return stop(r, att_arena_format(r->d->arena, "\"%s\" has no choice \"%.40s\"",
                                        w->item->link, code));
    }
    if (!is(w->op, "=") && !is(w->op, "!=")) {
        return stop(r, "codes have no order there");
    }
    w->reason = choice->reason;
    w->text = att_arena_format(r->d->arena, "%d", choice->number);
    return true;
}

static bool take_number(reader *r, when *w, json_t *value)
{
    att_buf buf = { 0 };

    if (w->item->sort == ATT_FHIR_CODE && json_is_integer(value)) {
        return take_choice(
            r, w,
            att_arena_format(r->d->arena, "%lld", (long long)json_integer_value(value)),
            NULL);
    }
    if (!json_is_number(value) || w->item->sort != ATT_FHIR_NUMBER) {
        return stop(r, "a number is compared with what is none");
    }
    att_number_write(&buf, json_number_value(value));
    w->text = att_buf_copy(r->d->arena, &buf);
    att_buf_drop(&buf);
    return strpbrk(w->text, "eE") == NULL || stop(r, "a number is too large or small");
}

static const char *quoted(att_arena *arena, const char *text)
{
    att_buf buf = { 0 };
    char *copy;

    att_buf_char(&buf, '\'');
    for (; *text != '\0'; text++) {
        att_buf_add_n(&buf, "''", *text == '\'' ? 2 : 0);
        if (*text != '\'') {
            att_buf_char(&buf, *text);
        }
    }
    att_buf_char(&buf, '\'');
    copy = att_buf_copy(arena, &buf);
    att_buf_drop(&buf);
    return copy;
}

static bool take_string(reader *r, when *w, const char *text)
{
    att_day day = 0;

    switch (w->item->sort) {
    case ATT_FHIR_TEXT: w->text = quoted(r->d->arena, text); return true;
    case ATT_FHIR_CODE:
    case ATT_FHIR_MARKS: return take_choice(r, w, text, NULL);
    case ATT_FHIR_DAY:
        if (strlen(text) == 10 && att_day_read(text, 10, &day)) {
            w->text = att_arena_format(r->d->arena, "date('%s')", text);
            return true;
        }
        return stop(r, "a day is compared with what is none");
    case ATT_FHIR_TIME:
        w->text = att_arena_format(r->d->arena, "%.5s", text);
        if (att_clock_read(w->text, NULL) < 0 || strlen(w->text) != 5 ||
            !(text[5] == '\0' || is(text + 5, ":00"))) {
            return stop(r, "a time is compared with what is no minute");
        }
        w->text = quoted(r->d->arena, w->text);
        return true;
    case ATT_FHIR_MOMENT: return stop(r, "a dateTime has another form here");
    case ATT_FHIR_NONE:
    case ATT_FHIR_NUMBER: break;
    }
    return stop(r, "a text is compared with what is none");
}

static bool take_answer(reader *r, when *w, const char *key, json_t *value)
{
    if (is(key, "answerCoding")) {
        const char *code = json_string_value(json_object_get(value, "code"));
        const char *text = json_string_value(json_object_get(value, "display"));

        return take_choice(r, w,
                           code != NULL   ? code
                           : text != NULL ? text
                                          : "",
                           json_string_value(json_object_get(value, "system")));
    }
    if (is(key, "answerBoolean")) {
        return take_choice(r, w, json_is_true(value) ? "true" : "false", NULL);
    }
    if (is(key, "answerQuantity")) {
        return take_number(r, w, json_object_get(value, "value"));
    }
    if (json_is_string(value)) {
        return take_string(r, w, json_string_value(value));
    }
    return take_number(r, w, value);
}

/* ---- one comparison ---- */

static const char *answer_key(json_t *from, json_t **value)
{
    const char *key;

    json_object_foreach(from, key, *value)
    {
        if (strncmp(key, "answer", 6) == 0) {
            return key;
        }
    }
    return NULL;
}

static bool take_when(reader *r, json_t *from)
{
    static const char *const ops[] = { "=", "!=", "<", "<=", ">", ">=", "exists" };
    const char *link = json_string_value(json_object_get(from, "question"));
    const char *op = json_string_value(json_object_get(from, "operator"));
    json_t *old = json_object_get(from, "hasAnswer");
    json_t *value = NULL;
    const char *key = answer_key(from, &value);
    when *w = &r->list[r->n];

    *w = (when){ .item = link == NULL ? NULL : find_link(r->d, link),
                 .op = op != NULL    ? op
                       : old != NULL ? "exists"
                                     : "=" };
    if (w->item == NULL || w->item->sort == ATT_FHIR_NONE) {
        return stop(r, att_arena_format(r->d->arena, "\"%.60s\" is no question here",
                                        link == NULL ? "" : link));
    }
    for (size_t i = 0;; i++) {
        if (i == sizeof ops / sizeof *ops) {
            return stop(r,
                        att_arena_format(r->d->arena,
                                         "the operator \"%.20s\" is not known", w->op));
        }
        if (is(ops[i], w->op)) {
            break;
        }
    }
    r->n++;
    if (is(w->op, "exists")) {
        w->text = json_is_false(key == NULL ? old : value) ? "0" : "1";
        return true;
    }
    return key != NULL ? take_answer(r, w, key, value)
                       : stop(r, "a comparison has no answer");
}

/* ---- saying ---- */

static const char *say_one(const reader *r, const when *w)
{
    att_arena *arena = r->d->arena;
    const char *id = w->item->id;
    bool is_equal = is(w->op, "=");
    bool has = has_reasons(w->item);

    if (is(w->op, "exists")) {
        bool is_there = is(w->text, "1");

        if (!has) {
            return att_arena_format(arena, is_there ? "answered(%s)" : "missing(%s)",
                                    id);
        }
        return att_arena_format(
            arena,
            is_there ? "(answered(%s) or reason(%s) in ('refused', 'not_applicable', "
                       "'dont_know'))"
                     : "missing(%s) and not (reason(%s) in ('refused', "
                       "'not_applicable', 'dont_know'))",
            id, id);
    }
    if (w->reason != ATT_REASON_NONE) {
        return att_arena_format(arena, "reason(%s) %s '%s'", id, w->op,
                                att_reason_name(w->reason));
    }
    if (w->item->sort == ATT_FHIR_MARKS) {
        return is_equal
                   ? att_arena_format(arena, "selected(%s, %s)", id, w->text)
                   : att_arena_format(arena, "(missing(%s) or not selected(%s, %s))",
                                      id, id, w->text);
    }
    if (is(w->op, "!=")) {
        return att_arena_format(arena, "(missing(%s) or %s != %s)", id, id, w->text);
    }
    return att_arena_format(arena, "%s %s %s", id, w->op, w->text);
}

/* Whether all reasons that an item offers are among the != of a list. */
static bool excludes_reasons(const reader *r, const att_fhir_item *item)
{
    for (size_t i = 0; item->options != NULL && i < item->options->n; i++) {
        att_reason reason = item->options->list[i].reason;
        bool is_out = reason == ATT_REASON_NONE;

        for (size_t k = 0; k < r->n && !is_out; k++) {
            is_out = r->list[k].item == item && is(r->list[k].op, "!=") &&
                     r->list[k].reason == reason;
        }
        if (!is_out) {
            return false;
        }
    }
    return true;
}

static const char *listed(const reader *r, const att_fhir_item *item, const char *op,
                          size_t *n)
{
    att_buf buf = { 0 };
    char *text;

    *n = 0;
    for (size_t i = 0; i < r->n; i++) {
        const when *w = &r->list[i];

        if (w->item == item && is(w->op, op) && w->reason == ATT_REASON_NONE) {
            att_buf_format(&buf, "%s%s", *n == 0 ? "" : ", ", w->text);
            ++*n;
        }
    }
    text = att_buf_copy(r->d->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

static void mark_done(reader *r, const att_fhir_item *item, const char *op,
                      bool with_reasons)
{
    for (size_t i = 0; i < r->n; i++) {
        when *w = &r->list[i];

        if (w->item == item && is(w->op, op) &&
            (with_reasons || w->reason == ATT_REASON_NONE)) {
            w->is_done = true;
        }
    }
}

/* exists, and != for some codes and all reasons: a is answered, and not one of them. */
static const char *say_but(reader *r, const when *w)
{
    const att_fhir_item *item = w->item;
    size_t n = 0;
    const char *list = listed(r, item, "!=", &n);
    const char *text;

    if (item->sort == ATT_FHIR_MARKS || !excludes_reasons(r, item)) {
        return NULL;
    }
    text = n == 0   ? att_arena_format(r->d->arena, "answered(%s)", item->id)
           : n == 1 ? att_arena_format(r->d->arena, "%s != %s", item->id, list)
                    : att_arena_format(r->d->arena, "not (%s in (%s))", item->id, list);
    mark_done(r, item, "!=", true);
    mark_done(r, item, "exists", true);
    return text;
}

/* One of several codes of one question. */
static const char *say_among(reader *r, const when *w)
{
    size_t n = 0;
    const char *list = listed(r, w->item, "=", &n);

    if (n < 2) {
        return NULL;
    }
    mark_done(r, w->item, "=", false);
    return att_arena_format(r->d->arena,
                            w->item->sort == ATT_FHIR_MARKS ? "selected(%s, %s)"
                                                            : "%s in (%s)",
                            w->item->id, list);
}

/* An answer that is compared is there: saying so too is too much. */
static bool is_said(const reader *r, const when *w)
{
    for (size_t i = 0; i < r->n; i++) {
        const when *other = &r->list[i];

        if (other->item == w->item && !is(other->op, "!=") &&
            !is(other->op, "exists")) {
            return true;
        }
    }
    return false;
}

static const char *say_next(reader *r, const when *w)
{
    const char *text = NULL;

    if (!r->is_any && is(w->op, "exists") && is(w->text, "1")) {
        text = is_said(r, w) ? "" : say_but(r, w);
    } else if (r->is_any && is(w->op, "=") && w->reason == ATT_REASON_NONE) {
        text = say_among(r, w);
    }
    return text != NULL ? text : say_one(r, w);
}

static const char *say_all(reader *r)
{
    att_buf buf = { 0 };
    const char *text = NULL;
    size_t n = 0;

    /* exists comes first: it takes the others of its question with it */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < r->n; i++) {
            when *w = &r->list[i];
            const char *one;

            if (w->is_done || (pass == 0) != is(w->op, "exists")) {
                continue;
            }
            w->is_done = true;
            one = say_next(r, w);
            if (one[0] != '\0') {
                att_buf_format(&buf, "%s%s",
                               n++ == 0    ? ""
                               : r->is_any ? " or "
                                           : " and ",
                               one);
            }
        }
    }
    text = att_buf_copy(r->d->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

/* ---- an item ---- */

static const char *read_whens(att_fhir_draft *d, att_fhir_item *item, json_t *list)
{
    const char *behavior = att_fhir_string(d, item->json, "enableBehavior");
    reader r = { .d = d, .is_any = behavior == NULL || is(behavior, "any") };

    if (json_array_size(list) > WHENS_MAX) {
        stop(&r, "it is too long");
    }
    if (behavior == NULL && json_array_size(list) > 1) {
        att_fhir_lose(d, item, ATT_LOSS_APPROXIMATED,
                      "it does not say whether all or any of its conditions must hold; "
                      "taken for any");
    }
    for (size_t i = 0; i < json_array_size(list) && r.why == NULL; i++) {
        (void)take_when(&r, json_array_get(list, i));
    }
    if (r.why != NULL) {
        att_fhir_lose(d, item, ATT_LOSS_DROPPED, "its condition (enableWhen): %s",
                      r.why);
        return NULL;
    }
    return say_all(&r);
}

/* A condition of FHIRPath stands before enableWhen, if we know what it says. */
static void settle_expression(att_fhir_draft *d, att_fhir_item *item, bool has_asker)
{
    if (item->show == NULL) {
        return;
    }
    if (item->show[0] == '\0' || has_asker) {
        att_fhir_lose(d, item, ATT_LOSS_DROPPED,
                      "its condition \"%.80s\": FHIRPath of others is not read",
                      item->show_path);
        item->show = item->show_path = NULL;
    }
}

void att_fhir_conditions(att_fhir_draft *d, att_fhir_item *item)
{
    json_t *list = json_object_get(item->json, "enableWhen");
    const att_fhir_item *asker =
        item->asker == ATT_NONE ? NULL : &d->items[item->asker];
    const char *around = asker == NULL ? NULL : asker->show;

    if (around != NULL && asker->show_path != NULL) {
        att_fhir_lose(d, item, ATT_LOSS_DROPPED, "the condition of \"%s\" around it",
                      asker->link);
        around = NULL;
    }
    settle_expression(d, item, around != NULL);
    if (item->show == NULL && json_array_size(list) > 0) {
        item->show = read_whens(d, item, list);
    }
    if (item->show != NULL && item->show[0] == '\0') {
        item->show = NULL;
    }
    if (around != NULL) {
        item->show = item->show == NULL ? around
                                        : att_arena_format(d->arena, "(%s) and (%s)",
                                                           around, item->show);
    }
}
