#include "assemble_columns.h"

#include <math.h>
#include <string.h>

/* The real choices of an item, wherever they come from, with their labels. */
typedef struct choice_list {
    const int *codes;          /* [n] */
    const char *const *labels; /* [n] */
    size_t n;
} choice_list;

static choice_list choices_of_setting(att_arena *arena, const char *name,
                                      const att_setting *settings, size_t n_settings)
{
    choice_list list = { 0 };

    for (size_t i = 0; i < n_settings; i++) {
        if (strcmp(settings[i].name, name) == 0 && settings[i].n_list > 0) {
            int *codes = att_new_n(arena, int, settings[i].n_list);
            const char **labels = att_new_n(arena, const char *, settings[i].n_list);

            for (size_t k = 0; k < settings[i].n_list; k++) {
                codes[k] = (int)k + 1;
                labels[k] = att_arena_text(arena, settings[i].list[k]);
            }
            list = (choice_list){ codes, labels, settings[i].n_list };
        }
    }
    return list;
}

static choice_list choices_of_set(att_arena *arena, const att_instrument *instrument,
                                  const att_choices *set)
{
    int *codes = att_new_n(arena, int, set->n);
    const char **labels = att_new_n(arena, const char *, set->n);
    size_t n = 0;

    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].reason == ATT_REASON_NONE) {
            codes[n] = set->list[i].code;
            labels[n] =
                att_wording_in(instrument, &set->list[i].text, instrument->language);
            n++;
        }
    }
    return (choice_list){ codes, labels, n };
}

/* Choices that come from another item are at most all of that item's. */
static choice_list choices_of_item(att_arena *arena, const att_instrument *instrument,
                                   size_t item, const att_setting *settings,
                                   size_t n_settings)
{
    const att_item *one = &instrument->items[item];

    for (size_t i = 0; one->from == ATT_FROM_ITEM && i < instrument->n_items; i++) {
        one = &instrument->items[one->from_item];
    }
    if (one->from == ATT_FROM_STUDY) {
        return choices_of_setting(arena, one->from_setting, settings, n_settings);
    }
    if (one->from != ATT_FROM_SET || one->choices == NULL) { /* consents have some */
        return (choice_list){ 0 };
    }
    return choices_of_set(arena, instrument, one->choices);
}

static size_t find_column(const att_columns *columns, const char *name)
{
    for (size_t j = 0; j < columns->n; j++) {
        if (strcmp(columns->list[j].name, name) == 0) {
            return j;
        }
    }
    return ATT_NONE;
}

static size_t add_column(att_columns *columns, const att_column *column)
{
    if (columns->n == columns->room) {
        size_t room = columns->room == 0 ? 64 : 2 * columns->room;
        att_column *list = att_new_n(columns->arena, att_column, room);

        if (columns->n > 0) {
            memcpy(list, columns->list, columns->n * sizeof *list);
        }
        columns->list = list;
        columns->room = room;
    }
    columns->list[columns->n] = *column;
    return columns->n++;
}

static bool has_code(const att_column *column, int code)
{
    for (size_t i = 0; i < column->n_codes; i++) {
        if (column->codes[i] == code) {
            return true;
        }
    }
    return false;
}

/* Codes that a later version added come after those of the earlier ones. */
static void merge_codes(att_arena *arena, att_column *into, const att_column *more)
{
    int *codes = att_new_n(arena, int, into->n_codes + more->n_codes);
    const char **labels = att_new_n(arena, const char *, into->n_codes + more->n_codes);
    size_t n = into->n_codes;

    for (size_t i = 0; i < n; i++) {
        codes[i] = into->codes[i];
        labels[i] = into->code_labels[i];
    }
    for (size_t i = 0; i < more->n_codes; i++) {
        if (!has_code(into, more->codes[i])) {
            codes[n] = more->codes[i];
            labels[n++] = more->code_labels[i];
        }
    }
    into->codes = codes;
    into->code_labels = labels;
    into->n_codes = n;
}

/* The range that holds both; open where either is open. */
static void merge(att_arena *arena, att_column *into, const att_column *more)
{
    if (isnan(more->low) || more->low < into->low) {
        into->low = more->low;
    }
    if (isnan(more->high) || more->high > into->high) {
        into->high = more->high;
    }
    if (into->kind == ATT_COLUMN_CODE) {
        merge_codes(arena, into, more);
    }
}

static const char *kind_word(att_column_kind kind)
{
    switch (kind) {
    case ATT_COLUMN_NUMBER: return "number";
    case ATT_COLUMN_CODE: return "code";
    case ATT_COLUMN_MARK: return "mark";
    case ATT_COLUMN_TEXT: return "text";
    case ATT_COLUMN_DAY: return "day";
    }
    return "";
}

/* An item that changed its kind from one version to another gets a second column,
 * "age__text": "__" stands in no item's id. */
static size_t put_column(att_columns *columns, att_column *column)
{
    size_t at = find_column(columns, column->name);

    if (at != ATT_NONE && columns->list[at].kind != column->kind) {
        column->name = att_arena_format(columns->arena, "%s__%s", column->name,
                                        kind_word(column->kind));
        at = find_column(columns, column->name);
    }
    if (at == ATT_NONE) {
        return add_column(columns, column);
    }
    merge(columns->arena, &columns->list[at], column);
    return at;
}

/* "item___3"; a minus becomes "_" as in REDCap: "item____1". */
static const char *mark_name(att_arena *arena, const char *item, int code)
{
    return code < 0 ? att_arena_format(arena, "%s____%lld", item, -(long long)code)
                    : att_arena_format(arena, "%s___%d", item, code);
}

static att_item_columns put_marks(att_columns *columns, const att_column *whole,
                                  const choice_list *choices)
{
    static const int mark_codes[] = { 0, 1 };
    static const char *const mark_labels[] = { "not marked", "marked" };
    size_t *places = att_new_n(columns->arena, size_t, choices->n);

    for (size_t i = 0; i < choices->n; i++) {
        att_column mark = *whole;

        mark.name = mark_name(columns->arena, whole->item, choices->codes[i]);
        mark.label = att_arena_format(columns->arena, "%s (%s)", whole->label,
                                      choices->labels[i]);
        mark.kind = ATT_COLUMN_MARK;
        mark.codes = mark_codes;
        mark.code_labels = mark_labels;
        mark.n_codes = 2;
        mark.low = 0;
        mark.high = 1;
        places[i] = put_column(columns, &mark);
    }
    return (att_item_columns){ places, choices->codes, choices->n, NULL };
}

/* A column for each choice, with its place from 1; without a value where it has none. */
static att_item_columns put_places(att_columns *columns, const att_item *item,
                                   const att_column *whole, const choice_list *choices)
{
    size_t *places = att_new_n(columns->arena, size_t, choices->n);

    for (size_t i = 0; i < choices->n; i++) {
        att_column place = *whole;

        place.name = mark_name(columns->arena, whole->item, choices->codes[i]);
        place.label = att_arena_format(columns->arena, "%s (place of: %s)",
                                       whole->label, choices->labels[i]);
        place.low = 1;
        place.high = (double)(item->ranks > 0 ? item->ranks : choices->n);
        places[i] = put_column(columns, &place);
    }
    return (att_item_columns){ places, choices->codes, choices->n, NULL };
}

static void set_codes(att_column *column, const choice_list *choices)
{
    column->kind = ATT_COLUMN_CODE;
    column->codes = choices->codes;
    column->code_labels = choices->labels;
    column->n_codes = choices->n;
    for (size_t i = 0; i < choices->n; i++) {
        column->low = fmin(column->low, choices->codes[i]); /* fmin passes over NaN */
        column->high = fmax(column->high, choices->codes[i]);
    }
}

/* Beside the answer, "item__seen": the version and the digest of what was agreed to. */
static att_item_columns put_consent(att_columns *columns, att_column *column,
                                    const choice_list *choices)
{
    size_t *place = att_new(columns->arena, size_t);
    size_t *beside = att_new(columns->arena, size_t);
    att_column seen = *column;

    seen.name = att_arena_format(columns->arena, "%s__seen", column->item);
    seen.label = att_arena_format(
        columns->arena, "%s (version and SHA-256 of the text)", column->label);
    seen.kind = ATT_COLUMN_TEXT;
    set_codes(column, choices);
    *place = put_column(columns, column);
    *beside = put_column(columns, &seen);
    return (att_item_columns){ .columns = place, .n = 1, .beside = beside };
}

att_item_columns att_columns_of_item(att_columns *columns,
                                     const att_instrument *instrument, size_t item,
                                     const att_setting *settings, size_t n_settings)
{
    const att_item *one = &instrument->items[item];
    choice_list choices =
        choices_of_item(columns->arena, instrument, item, settings, n_settings);
    size_t *place = att_new(columns->arena, size_t);
    att_column column = {
        .name = one->id,
        .label = att_item_label(instrument, item),
        .item = one->id,
        .low = one->has_min ? one->min : NAN,
        .high = one->has_max ? one->max : NAN,
    };

    switch (one->kind->shape) {
    case ATT_SHAPE_NOTE:
    case ATT_SHAPE_CONTAINER: return (att_item_columns){ 0 };
    case ATT_SHAPE_PICK_MANY: return put_marks(columns, &column, &choices);
    case ATT_SHAPE_RANK: return put_places(columns, one, &column, &choices);
    case ATT_SHAPE_PICK_ONE: set_codes(&column, &choices); break;
    case ATT_SHAPE_CONSENT: return put_consent(columns, &column, &choices);
    case ATT_SHAPE_CALC:
    case ATT_SHAPE_NUMBER: break;
    case ATT_SHAPE_SLIDER: /* 0 to 100 unless said otherwise */
        column.low = one->has_min ? one->min : 0;
        column.high = one->has_max ? one->max : 100;
        break;
    case ATT_SHAPE_TEXT:
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME:
        column.kind = ATT_COLUMN_TEXT;
        column.low = column.high = NAN; /* of minutes, not of texts */
        break;
    case ATT_SHAPE_DATE: column.kind = ATT_COLUMN_DAY; break;
    }
    *place = put_column(columns, &column);
    return (att_item_columns){ place, NULL, 1, NULL };
}

size_t att_columns_of_score(att_columns *columns, const char *name, const char *label,
                            double low, double high)
{
    att_column column = {
        .name = name, .label = label, .item = "", .low = low, .high = high
    };

    return put_column(columns, &column);
}
