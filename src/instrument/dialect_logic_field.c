/* Fields and literals of ours in the words of other programs. */
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "dialect_logic_tell.h"
#include "dialect_lose.h"

const char *att_tell_cannot(att_teller *s, const char *why)
{
    if (s->why == NULL) {
        s->why = why;
    }
    return NULL;
}

void att_tell_near(att_teller *s, const char *what)
{
    if (s->near == NULL) {
        s->near = what;
    }
}

bool att_tell_step(att_teller *s)
{
    return ++s->n_steps <= ATT_TELL_STEPS_MAX ||
           att_tell_cannot(s, "it would be too long there") != NULL;
}

/* "(a and b)"; "" is what always holds. NULL stays NULL. */
static const char *both(att_teller *s, const char *a, const char *b, const char *word)
{
    if (a == NULL || b == NULL) {
        return NULL;
    }
    if (strlen(a) + strlen(b) > ATT_TELL_BYTES_MAX) {
        return att_tell_cannot(s, "it would be too long there");
    }
    return att_arena_format(s->arena, "%s %s %s", a, word, b);
}

static bool is_joined(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

const char *att_tell_wrapped(att_teller *s, const char *text)
{
    bool is_plain =
        text != NULL && !is_joined(text, " and ") && !is_joined(text, " or ");

    if (text == NULL || is_plain) {
        return text;
    }
    return att_arena_format(s->arena, "(%s)", text);
}

/* Conditions joined; those that always hold ("") fall away from `and` and make `or`
 * hold always. */
const char *att_tell_joined(att_teller *s, const char *a, const char *b, bool is_and)
{
    if (a == NULL || b == NULL) {
        return NULL;
    }
    if (a[0] == '\0' || b[0] == '\0') {
        return is_and ? (a[0] == '\0' ? b : a) : "";
    }
    return both(s, a, b, is_and ? "and" : "or");
}

/* ---- fields ---- */

const att_item *att_tell_item_of(const att_teller *s, const att_node *node)
{
    return node->kind == ATT_NODE_OWN ? s->own
           : node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_ITEM
               ? &s->instrument->items[node->ref.index]
               : NULL;
}

const char *att_tell_field(att_teller *s, const char *id)
{
    return s->own != NULL && strcmp(s->own->id, id) == 0 ? "."
           : s->tongue->is_xpath
               ? att_arena_format(s->arena, "${%s}", id)
               : att_arena_format(s->arena, "[%s%s]", s->instrument->redcap_prefix, id);
}

/* Of what repeats, the same entry's answer by its name alone, another's by its number. */
const char *att_tell_item(att_teller *s, const att_item *item)
{
    const att_roster *roster = item->roster;

    if (item == s->own || roster == NULL || s->repeats == NULL ||
        !s->repeats[roster->item]) {
        return att_tell_field(s, item->id);
    }
    return s->within != NULL && s->within->roster == roster &&
                   s->within->entry == item->entry
               ? att_tell_field(s, item->base)
               : att_arena_format(s->arena, "indexed-repeat(${%s}, ${%s}, %zu)",
                                  item->base, s->instrument->items[roster->item].id,
                                  item->entry);
}

const char *att_tell_differs(const att_teller *s)
{
    return s->tongue->is_xpath ? " != " : "<>";
}

/* "[x]=" and a value; "${x} = " */
const char *att_tell_equals(const att_teller *s)
{
    return s->tongue->is_xpath ? " = " : "=";
}

/* Whether the answer is several codes: a box, or a field, for each choice. */
bool att_tell_has_marks(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_PICK_MANY ||
           item->kind->shape == ATT_SHAPE_RANK;
}

/* Of a rank: that the choice has a place. A blank is not 1 or more. */
const char *att_tell_mark(att_teller *s, const att_item *item, int code, bool is_marked)
{
    if (s->tongue->is_xpath) {
        return att_arena_format(
            s->arena, is_marked ? "selected(%s, '%d')" : "not(selected(%s, '%d'))",
            att_tell_item(s, item), code);
    }
    if (item->kind->shape == ATT_SHAPE_RANK) {
        return att_arena_format(
            s->arena, "%s%s",
            att_tell_field(s, att_rank_field(s->arena, item->id, code)),
            is_marked ? ">=1" : "=''");
    }
    return att_arena_format(s->arena, "[%s%s(%d)]%s'1'", s->instrument->redcap_prefix,
                            item->id, code, is_marked ? "=" : "<>");
}

void att_tell_near_marks(att_teller *s, const att_item *item)
{
    att_tell_near(
        s,
        item != NULL && item->kind->shape == ATT_SHAPE_RANK
            ? "a choice without a place and an order that was not given are the same "
              "there"
        : s->tongue->is_xpath
            ? "a question without a mark and one without an answer are the same there"
            : "a checkbox without a mark and one without an answer are the same "
              "there");
}

/* That an item's own choices hold no reason, " and [x]<>'-7'". */
static const char *no_reason(att_teller *s, const att_item *item, const char *name)
{
    const att_choices *set = att_set_behind(s->instrument, item);
    const char *text = "";

    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            text =
                att_tell_has_marks(item)
                    ? att_arena_format(s->arena, "%s and %s", text,
                                       att_tell_mark(s, item, set->list[i].code, false))
                    : att_arena_format(s->arena, "%s and %s%s'%d'", text, name,
                                       att_tell_differs(s), set->list[i].code);
        }
    }
    return text;
}

static const char *any_mark(att_teller *s, const att_item *item)
{
    const att_choices *set = att_set_behind(s->instrument, item);
    const char *text = NULL;

    if (item->kind->shape != ATT_SHAPE_RANK) {
        att_tell_near_marks(s, item);
    }
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        const char *one = att_tell_mark(s, item, set->list[i].code, true);

        if (set->list[i].reason != ATT_REASON_NONE &&
            item->kind->shape == ATT_SHAPE_RANK) {
            continue; /* has no place */
        }
        text = text == NULL ? one : att_tell_joined(s, text, one, false);
    }
    return text == NULL ? att_tell_cannot(s, "its choices are not known beforehand")
                        : text;
}

const char *att_tell_item_known(att_teller *s, const att_item *item)
{
    const char *name = att_tell_item(s, item);

    if (item == s->own) {
        return ""; /* what is judged is there */
    }
    if (att_tell_has_marks(item) && !s->tongue->is_xpath) {
        return att_tell_wrapped(s, any_mark(s, item));
    }
    if (att_tell_has_marks(item)) {
        att_tell_near_marks(s, item);
    }
    return att_arena_format(s->arena, "%s%s''%s", name, att_tell_differs(s),
                            no_reason(s, item, name));
}

bool att_node_is_today(const att_node *node)
{
    return node->kind == ATT_NODE_REF && node->ref.kind == ATT_REF_WORD &&
           node->ref.index == ATT_WORD_TODAY;
}

const char *att_tell_today(const att_teller *s)
{
    return s->tongue->is_xpath ? "today()" : "'today'";
}

const char *att_tell_ref_name(att_teller *s, const att_node *node)
{
    const att_item *item = att_tell_item_of(s, node);

    if (item != NULL && att_tell_has_marks(item)) {
        return att_tell_cannot(s, "several marks have no one value there");
    }
    if (item != NULL) {
        return att_tell_item(s, item);
    }
    if (node->ref.kind == ATT_REF_DERIVED && s->has_derived[node->ref.index]) {
        return att_tell_field(s, s->instrument->derived[node->ref.index].id);
    }
    if (node->ref.kind == ATT_REF_WORD && node->ref.index == ATT_WORD_TODAY) {
        return att_tell_today(s);
    }
    if (node->ref.kind == ATT_REF_EARLIER) {
        return att_tell_cannot(s, "it uses an answer of an earlier wave");
    }
    return att_tell_cannot(
        s, node->ref.kind == ATT_REF_WORD || node->ref.kind == ATT_REF_PERSON
               ? "it uses what only the session knows (role, site, wave, ...)"
               : "it uses a score, which is no field there");
}

/* The field with its own reasons taken for blanks: if([x]='-7','',[x]). */
const char *att_tell_ref_number(att_teller *s, const att_node *node)
{
    const att_item *item = att_tell_item_of(s, node);
    const char *name = att_tell_ref_name(s, node);
    const att_choices *set = item == NULL ? NULL : att_set_behind(s->instrument, item);
    const char *is = "";

    for (size_t i = 0; name != NULL && set != NULL && i < set->n; i++) {
        if (set->list[i].reason != ATT_REASON_NONE) {
            is = att_arena_format(s->arena, "%s%s%s%s'%d'", is,
                                  is[0] == '\0' ? "" : " or ", name, att_tell_equals(s),
                                  set->list[i].code);
        }
    }
    return name == NULL || is[0] == '\0' || item == s->own ? name
           : s->tongue->is_xpath
               ? att_arena_format(s->arena, "if(%s, '', %s)", is, name)
               : att_arena_format(s->arena, "if(%s,'',%s)", is, name);
}

/* ---- literals ---- */

static const char *say_number(att_teller *s, double x)
{
    att_buf buf = { 0 };
    char *text;

    att_number_write(&buf, x);
    text = att_buf_copy(s->arena, &buf);
    att_buf_drop(&buf);
    return strpbrk(text, "eE") == NULL
               ? text
               : att_tell_cannot(s, "a number is too large or small");
}

static const char *say_text(att_teller *s, const char *text)
{
    char quote = strchr(text, '\'') == NULL ? '\'' : '"';

    if (strchr(text, quote) != NULL) {
        return att_tell_cannot(
            s, "a text with both sorts of quotes cannot be written there");
    }
    if (strpbrk(text, s->tongue->is_xpath ? "\r\n" : "\r\n[]") != NULL) {
        return att_tell_cannot(
            s, "a text with line ends or brackets cannot be written there");
    }
    return att_arena_format(s->arena, "%c%s%c", quote, text, quote);
}

const char *att_tell_literal(att_teller *s, const att_node *node)
{
    char day[ATT_DAY_SIZE];

    switch (node->type) {
    case ATT_TYPE_NUMBER: return say_number(s, node->value.number);
    case ATT_TYPE_TEXT: return say_text(s, node->value.text);
    case ATT_TYPE_DAY:
        att_day_write(day, (att_day)node->value.number);
        return att_arena_format(s->arena, s->tongue->is_xpath ? "date('%s')" : "'%s'",
                                day);
    case ATT_TYPE_ANY:
    case ATT_TYPE_TRUTH:
    case ATT_TYPE_CODES: break;
    }
    return att_tell_cannot(s, "a value of this sort is not known there");
}
