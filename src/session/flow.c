/* flow.c - which item comes next */
#include "state.h"

#include <attune/instrument/kind.h>

static const att_spot nowhere = { ATT_NONE, ATT_NONE };

bool att_flow_is_grid(const att_item *item)
{
    return item->kind->shape == ATT_SHAPE_CONTAINER && item->kind->has_choices;
}

size_t att_flow_grid_of(const att_instrument *instrument, size_t item)
{
    size_t parent = instrument->items[item].parent;

    return parent != ATT_NONE && att_flow_is_grid(&instrument->items[parent])
               ? parent
               : ATT_NONE;
}

att_spot att_flow_spot(const att_instrument *instrument, size_t item)
{
    size_t grid = att_flow_grid_of(instrument, item);
    att_spot spot = { item, ATT_NONE };

    if (grid != ATT_NONE) {
        spot.here = grid;
        spot.row = item;
    }
    return spot;
}

/* Whether a screen may begin with this item; rows are reached through their grid. */
static bool is_stop(const att_sheet *sheet, size_t item)
{
    const att_item *what = &sheet->instrument->items[item];

    if (!sheet->is_asked[item]) {
        return false;
    }
    return what->kind->shape == ATT_SHAPE_NOTE || att_item_is_question(what);
}

static bool is_answered(const att_sheet *sheet, size_t item)
{
    return att_sheet_get(sheet, item, false).kind != ATT_ANSWER_NONE;
}

/* One past the last place of a container; what it holds stands behind it. */
static size_t end_of(const att_sheet *sheet, size_t container)
{
    return sheet->place[container] + sheet->instrument->items[container].end -
           container;
}

/* The stop at a place, or ATT_NONE. */
static size_t stop_at(const att_sheet *sheet, size_t place)
{
    size_t item = sheet->shown[place];

    return is_stop(sheet, item) ? item : ATT_NONE;
}

/* First row of a grid without an answer, from a place on; else ATT_NONE. */
static size_t open_row(const att_sheet *sheet, size_t grid, size_t from)
{
    size_t i;

    for (i = from; i < end_of(sheet, grid); i++) {
        size_t row = stop_at(sheet, i);

        if (row != ATT_NONE && !is_answered(sheet, row)) {
            return row;
        }
    }
    return ATT_NONE;
}

/* The first spot at or after a place; a grid is entered at its first open row. */
static att_spot first_from(const att_sheet *sheet, size_t place)
{
    att_spot spot;
    size_t row;
    size_t i;

    for (i = place; i < sheet->instrument->n_items; i++) {
        if (stop_at(sheet, i) == ATT_NONE) {
            continue;
        }
        spot = att_flow_spot(sheet->instrument, sheet->shown[i]);
        if (spot.row != ATT_NONE) {
            row = open_row(sheet, spot.here, i);
            spot.row = row == ATT_NONE ? spot.row : row;
        }
        return spot;
    }
    return nowhere;
}

att_spot att_flow_first(const att_sheet *sheet)
{
    return first_from(sheet, 0);
}

att_spot att_flow_after(const att_sheet *sheet, size_t item)
{
    size_t grid = att_flow_grid_of(sheet->instrument, item);
    size_t row;
    size_t i;

    if (grid == ATT_NONE) {
        return first_from(sheet, sheet->place[item] + 1);
    }
    for (i = sheet->place[item] + 1; i < end_of(sheet, grid); i++) {
        if (stop_at(sheet, i) != ATT_NONE) {
            return (att_spot){ grid, sheet->shown[i] };
        }
    }
    row = open_row(sheet, grid, sheet->place[grid] + 1);
    if (row != ATT_NONE) {
        return (att_spot){ grid, row };
    }
    return first_from(sheet, end_of(sheet, grid));
}

/* The last spot before a place; a grid is entered at its last row. */
static att_spot last_before(const att_sheet *sheet, size_t place)
{
    size_t i;

    for (i = place; i-- > 0;) {
        if (stop_at(sheet, i) != ATT_NONE) {
            return att_flow_spot(sheet->instrument, sheet->shown[i]);
        }
    }
    return nowhere;
}

att_spot att_flow_before(const att_sheet *sheet, att_spot spot, bool is_whole)
{
    return last_before(
        sheet, sheet->place[spot.row == ATT_NONE || is_whole ? spot.here : spot.row]);
}

att_spot att_flow_last(const att_sheet *sheet)
{
    return last_before(sheet, sheet->instrument->n_items);
}

size_t att_flow_open(const att_sheet *sheet, const bool *is_read)
{
    size_t i;

    for (i = 0; i < sheet->instrument->n_items; i++) {
        size_t item = stop_at(sheet, i);
        bool is_note = item != ATT_NONE &&
                       sheet->instrument->items[item].kind->shape == ATT_SHAPE_NOTE;

        if (item != ATT_NONE && !(is_note ? is_read[item] : is_answered(sheet, item))) {
            return item;
        }
    }
    return ATT_NONE;
}

size_t att_flow_hard(const att_sheet *sheet)
{
    size_t i;

    for (i = 0; i < sheet->instrument->n_items; i++) {
        size_t at = sheet->shown[i];
        const att_item *item = &sheet->instrument->items[at];
        bool is_open =
            !is_answered(sheet, at) || sheet->raw[at].reason == ATT_REASON_SKIPPED;

        if (sheet->is_asked[at] && att_item_is_question(item) && is_open &&
            item->required == ATT_REQUIRED_HARD) {
            return at;
        }
    }
    return ATT_NONE;
}

size_t att_flow_count_before(const att_sheet *sheet, size_t item)
{
    size_t n = 0;
    size_t i;

    if (sheet->instrument->items[item].slot > 1) { /* the list is one question */
        item = sheet->instrument->items[item].parent;
    }
    for (i = 0; i < sheet->place[item]; i++) {
        size_t at = sheet->shown[i];

        if (sheet->is_asked[at] && att_item_is_counted(&sheet->instrument->items[at])) {
            n++;
        }
    }
    return n;
}
