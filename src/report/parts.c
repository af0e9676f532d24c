/* parts.c - what all sections of a report need to know of the rows
 */
#include "parts.h"

#include <math.h>
#include <string.h>

static bool is_finished(const att_frame *frame, size_t row)
{
    return frame->heads[row].status == ATT_STATUS_COMPLETE;
}

static const char *language_of(const att_frame *frame, size_t row)
{
    const char *tag = frame->heads[row].language;

    return tag != NULL ? tag : "";
}

static att_group *find_group(att_parts *parts, const char *tag)
{
    for (size_t g = 0; g < parts->n_groups; g++) {
        if (strcmp(parts->groups[g].tag, tag) == 0) {
            return &parts->groups[g];
        }
    }
    return NULL;
}

static att_group *add_group(att_parts *parts, const char *tag)
{
    att_group *group = &parts->groups[parts->n_groups++];

    group->tag = tag;
    group->name = att_language_name(tag);
    group->keep = att_new_n(parts->arena, bool, parts->frame->n_rows);
    return group;
}

/* Languages of finished rows, most rows first; ties by tag. */
static void find_groups(att_parts *parts)
{
    const att_frame *frame = parts->frame;

    parts->groups = att_new_n(parts->arena, att_group, ATT_LANGUAGES_MAX);
    for (size_t i = 0; i < frame->n_rows; i++) {
        att_group *group;

        if (!is_finished(frame, i)) {
            continue;
        }
        group = find_group(parts, language_of(frame, i));
        if (group == NULL && parts->n_groups < ATT_LANGUAGES_MAX) {
            group = add_group(parts, language_of(frame, i));
        }
        if (group != NULL) {
            group->keep[i] = true;
            group->n++;
        }
    }
    for (size_t g = 1; g < parts->n_groups; g++) {
        for (size_t k = g; k > 0; k--) {
            att_group *a = &parts->groups[k - 1];
            att_group *b = &parts->groups[k];
            bool is_before =
                b->n > a->n || (b->n == a->n && strcmp(b->tag, a->tag) < 0);

            if (is_before) {
                att_group swap = *a;

                *a = *b;
                *b = swap;
            }
        }
    }
}

/* Rows of a language that is too small to show leave the report whole, so that no
 * difference of totals can tell how many they were. */
static void leave_out_small(att_parts *parts)
{
    size_t n = 0;

    for (size_t g = 0; g < parts->n_groups; g++) {
        if (att_hide_count(&parts->hide, parts->groups[g].n)) {
            parts->n_left_out += parts->groups[g].n;
        } else {
            parts->groups[n++] = parts->groups[g];
        }
    }
    parts->n_groups = n;
}

static void count_rows(att_parts *parts)
{
    const att_frame *frame = parts->frame;

    parts->is_used = att_new_n(parts->arena, bool, frame->n_rows);
    for (size_t i = 0; i < frame->n_rows; i++) {
        const att_group *group = find_group(parts, language_of(frame, i));

        parts->is_used[i] = is_finished(frame, i) && group != NULL && group->keep[i];
        parts->n_finished += parts->is_used[i];
        parts->n_started += parts->is_used[i] || !is_finished(frame, i);
    }
}

/* The first scale that holds an item; ATT_NONE when none does. */
static size_t scale_of(const att_instrument *instrument, size_t item, bool *is_reversed)
{
    for (size_t s = 0; s < instrument->n_scales; s++) {
        const att_scale *scale = &instrument->scales[s];

        for (size_t k = 0; k < scale->n_items; k++) {
            if (scale->items[k] == item) {
                *is_reversed = scale->is_reversed[k];
                return s;
            }
        }
    }
    return ATT_NONE;
}

static void find_items(att_parts *parts)
{
    const att_frame *frame = parts->frame;

    parts->items = att_new_n(parts->arena, att_part_item, frame->n_columns);
    for (size_t j = 0; j < frame->n_columns; j++) {
        const att_column *column = &frame->columns[j];
        att_part_item *item = &parts->items[parts->n_items];

        if (column->item == NULL || column->item[0] == '\0' ||
            strcmp(column->item, column->name) != 0 ||
            (column->kind != ATT_COLUMN_CODE && column->kind != ATT_COLUMN_NUMBER)) {
            continue;
        }
        item->item = att_instrument_item(parts->instrument, column->item);
        if (item->item == ATT_NONE) {
            continue;
        }
        item->column = j;
        item->scale = scale_of(parts->instrument, item->item, &item->is_reversed);
        item->id = item->is_reversed
                       ? att_arena_format(parts->arena, "%s (R)", column->name)
                       : column->name;
        item->label = att_item_words(parts->arena, parts->instrument, item->item);
        parts->n_items++;
    }
}

void att_parts_start(att_parts *parts, const att_report_input *input)
{
    parts->input = input;
    parts->instrument = input->instrument;
    parts->frame = input->frame;
    parts->hide = att_hide_for(input->audience, &parts->n_hidden);
    parts->warnings.arena = parts->arena;
    parts->least_alpha = NAN;
    parts->most_alpha = NAN;
    find_groups(parts);
    leave_out_small(parts);
    count_rows(parts);
    find_items(parts);
}

void att_part_language(att_parts *parts, const char *section, const att_group *group)
{
    if (parts->n_groups > 1) {
        att_doc_heading(parts->doc, 3,
                        att_arena_format(parts->arena, "%s-%s", section, group->tag),
                        att_arena_format(parts->arena, "%s, %s", group->name,
                                         att_say_sessions(parts->arena, group->n)));
    }
}

const char *att_part_lead(const att_parts *parts, const att_group *group)
{
    return parts->n_groups > 1 ? att_arena_format(parts->arena, "%s: ", group->name)
                               : "";
}
