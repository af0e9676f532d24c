/* Words of an instrument as they stand in a form: names piped, markup kept out, choices
 * as lists. */
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/roster.h>

#include "dialect_lose.h"
#include "dialect_xlsform_write.h"

const char *att_xls_words(const att_xls_writer *w, const att_wording *wording)
{
    return att_wording_in(w->instrument, wording, w->instrument->language);
}

const char *att_xls_number(att_xls_writer *w, double x)
{
    att_buf buf = { 0 };
    char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(&w->arena, &buf);
    att_buf_drop(&buf);
    return text;
}

/* ---- names in braces ---- */

static bool is_value(const att_item *item)
{
    return att_item_is_question(item) || item->kind->shape == ATT_SHAPE_CALC;
}

static bool is_one(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_PICK_ONE ||
           item->kind->shape == ATT_SHAPE_CONSENT;
}

/* "name:label" in parts; a first letter in upper case is one in lower case. */
typedef struct written {
    char *name;
    bool is_raised, wants_words;
} written;

static written part(att_xls_writer *w, const char *text, size_t n)
{
    size_t name_bytes = strcspn(text, ":}");
    written out = { .wants_words = name_bytes < n };

    out.name = att_arena_text_n(&w->arena, text, name_bytes < n ? name_bytes : n);
    out.is_raised = out.name[0] >= 'A' && out.name[0] <= 'Z';
    if (out.is_raised) {
        out.name[0] = (char)(out.name[0] - 'A' + 'a');
    }
    return out;
}

static void add_item(att_xls_writer *w, att_buf *out, const char *field, size_t index,
                     const written *name)
{
    const att_item *item = &w->instrument->items[index];

    if (att_xls_repeats(w, item) &&
        (w->owner == NULL || w->owner->roster != item->roster ||
         w->owner->entry != item->entry)) {
        ATT_XLS_LOSE(w, DROPPED, field,
                     "\"{%s}\" is an answer about one entry: a form pipes none",
                     name->name);
        att_buf_add(out, "...");
        return;
    }
    att_buf_format(out, "${%s}",
                   name->wants_words && w->words[index] != NULL
                       ? w->words[index]
                       : att_xls_name(w, item));
    if (name->is_raised || (name->wants_words && !is_one(item))) {
        ATT_XLS_LOSE(w, APPROXIMATED, field, "\"{%s%s}\" is piped as it was answered",
                     name->name, name->wants_words ? ":label" : "");
    }
}

static void add_name(att_xls_writer *w, att_buf *out, const char *field,
                     const char *text, size_t n, size_t language)
{
    written name = part(w, text, n);
    size_t item = w->owner == NULL
                      ? ATT_NONE
                      : att_roster_meant(w->instrument, w->owner, name.name);
    const char *fixed;

    if (item == ATT_NONE) {
        item = att_instrument_item(w->instrument, name.name);
    }
    if (item != ATT_NONE && is_value(&w->instrument->items[item])) {
        add_item(w, out, field, item, &name);
        return;
    }
    fixed = att_token_fallback(w->instrument, name.name, language);
    if (fixed == NULL) {
        ATT_XLS_LOSE(w, DROPPED, field,
                     "\"{%.*s}\" is known to a session of attune only", (int)n, text);
        att_buf_add(out, "...");
        return;
    }
    att_buf_add(out, name.is_raised ? att_text_raise(&w->arena, fixed) : fixed);
    ATT_XLS_LOSE(w, APPROXIMATED, field, "\"{%.*s}\" always says \"%s\"", (int)n, text,
                 fixed);
}

static const char *piped(att_xls_writer *w, const char *field, const char *text,
                         size_t language)
{
    att_buf out = { 0 };
    char *copy;

    if (strstr(text, "${") != NULL) {
        ATT_XLS_LOSE(w, APPROXIMATED, field, "\"${\" may be taken for piping there");
    }
    for (const char *p = text; *p != '\0'; p++) {
        const char *end = *p == '{' && p[1] != '{' ? strchr(p, '}') : NULL;

        if (*p == '{' && p[1] == '{') {
            att_buf_char(&out, '{');
            p++;
        } else if (end != NULL) {
            add_name(w, &out, field, p + 1, (size_t)(end - p - 1), language);
            p = end;
        } else {
            att_buf_char(&out, *p);
        }
    }
    copy = att_buf_copy(&w->arena, &out);
    att_buf_drop(&out);
    return copy;
}

void att_xls_say(att_xls_writer *w, const char **cells, size_t column,
                 const char *field, const att_wording *wording)
{
    if (wording->in == NULL) {
        return;
    }
    for (size_t i = 0; i < w->instrument->n_languages; i++) {
        const char *text = wording->in[w->languages[i]];
        const char *marked;
        bool had_markup = false;

        if (text == NULL) {
            continue;
        }
        text = piped(w, field, text, w->languages[i]);
        marked = att_xls_marked(&w->arena, text);
        if (strcmp(att_xls_plain(&w->arena, marked, &had_markup), text) != 0) {
            ATT_XLS_LOSE(w, APPROXIMATED, field,
                         "blanks and blank lines in its words may be lost");
        }
        cells[column + i] = marked;
    }
}

/* ---- whose choices' words are wanted ---- */

static void scan_text(att_xls_writer *w, const att_item *owner, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        const char *end = *p == '{' && p[1] != '{' ? strchr(p, '}') : NULL;
        written name;
        size_t item;

        if (*p == '{' && end == NULL) {
            p += p[1] == '{';
            continue;
        }
        if (end == NULL) {
            continue;
        }
        name = part(w, p + 1, (size_t)(end - p - 1));
        item = att_roster_meant(w->instrument, owner, name.name);
        if (item == ATT_NONE) {
            item = att_instrument_item(w->instrument, name.name);
        }
        if (item != ATT_NONE && name.wants_words && w->words[item] == NULL &&
            is_one(&w->instrument->items[item])) {
            const char *id = att_xls_name(w, &w->instrument->items[item]);
            const char *free_id = att_arena_format(&w->arena, "%s_label", id);

            for (size_t n = 2; att_instrument_item(w->instrument, free_id) != ATT_NONE;
                 n++) {
                free_id = att_arena_format(&w->arena, "%s_label%zu", id, n);
            }
            w->words[item] = free_id;
        }
        p = end;
    }
}

static void scan(att_xls_writer *w, const att_item *owner, const att_wording *wording)
{
    for (size_t i = 0; wording->in != NULL && i < w->instrument->n_languages; i++) {
        if (wording->in[i] != NULL) {
            scan_text(w, owner, wording->in[i]);
        }
    }
}

void att_xls_find_words(att_xls_writer *w)
{
    for (size_t i = 0; i < w->instrument->n_items; i++) {
        const att_item *item = &w->instrument->items[i];

        scan(w, item, &item->title);
        scan(w, item, &item->text);
        scan(w, item, &item->help);
        scan(w, item, &item->check_text);
        scan(w, item, &item->anchors[0]);
        scan(w, item, &item->anchors[1]);
        for (size_t k = 0; item->choices != NULL && k < item->choices->n; k++) {
            scan(w, item, &item->choices->list[k].text);
        }
    }
}

/* ---- lists of choices ---- */

static bool has_list(const att_xls_writer *w, const char *name)
{
    for (size_t i = 0; i < w->n_sets; i++) {
        if (strcmp(w->sets[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A name that no list has yet. */
static const char *new_list(att_xls_writer *w, const char *like,
                            const att_choices *choices)
{
    const char *name = like;

    for (size_t n = 2; has_list(w, name); n++) {
        name = att_arena_format(&w->arena, "%s_%zu", like, n);
    }
    w->sets[w->n_sets++] = (att_xls_set){ choices, name };
    return name;
}

static const char **choice_row(att_xls_writer *w, const char *list, const char *name)
{
    const char **cells = att_xls_table_row(&w->choices);

    cells[0] = list;
    cells[1] = name;
    return cells;
}

static void write_choice(att_xls_writer *w, const char *list, const att_choice *choice)
{
    const char **cells =
        choice_row(w, list, att_arena_format(&w->arena, "%d", choice->code));

    att_xls_say(w, cells, 2, list, &choice->text);
}

const char *att_xls_list_of(att_xls_writer *w, const att_item *item,
                            const att_choices *set)
{
    const char *name;

    for (size_t i = 0; i < w->n_sets; i++) {
        if (w->sets[i].choices == set) {
            return w->sets[i].name;
        }
    }
    name = new_list(w, set->id[0] != '\0' ? set->id : item->id, set);
    for (size_t i = 0; i < set->n; i++) {
        write_choice(w, name, &set->list[i]);
    }
    return name;
}

const char *att_xls_tick_list(att_xls_writer *w, const att_item *item)
{
    const char *name =
        new_list(w, att_arena_format(&w->arena, "%s_ends", item->id), NULL);
    const double ends[2] = { item->min, item->max };

    for (size_t i = 0; i < 2; i++) {
        const char **cells = choice_row(w, name, att_xls_number(w, ends[i]));

        att_xls_say(w, cells, 2, item->id, &item->anchors[i]);
    }
    return name;
}
