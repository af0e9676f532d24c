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
    return sheet->raw[item].kind != ATT_ANSWER_NONE;
}

/* First row of a grid without an answer, from an item on; else ATT_NONE. */
static size_t open_row(const att_sheet *sheet, size_t grid, size_t from)
{
    size_t i;

    for (i = from; i < sheet->instrument->items[grid].end; i++) {
        if (is_stop(sheet, i) && !is_answered(sheet, i)) {
            return i;
        }
    }
    return ATT_NONE;
}

/* The first spot at or after an item; a grid is entered at its first open row. */
static att_spot first_from(const att_sheet *sheet, size_t item)
{
    att_spot spot;
    size_t row;
    size_t i;

    for (i = item; i < sheet->instrument->n_items; i++) {
        if (!is_stop(sheet, i)) {
            continue;
        }
        spot = att_flow_spot(sheet->instrument, i);
        if (spot.row != ATT_NONE) {
            row = open_row(sheet, spot.here, i);
            spot.row = row == ATT_NONE ? i : row;
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
        return first_from(sheet, item + 1);
    }
    for (i = item + 1; i < sheet->instrument->items[grid].end; i++) {
        if (is_stop(sheet, i)) {
            return (att_spot){ grid, i };
        }
    }
    row = open_row(sheet, grid, grid + 1);
    if (row != ATT_NONE) {
        return (att_spot){ grid, row };
    }
    return first_from(sheet, sheet->instrument->items[grid].end);
}

/* The last spot before an item; a grid is entered at its last row. */
static att_spot last_before(const att_sheet *sheet, size_t item)
{
    size_t i;

    for (i = item; i-- > 0;) {
        if (is_stop(sheet, i)) {
            return att_flow_spot(sheet->instrument, i);
        }
    }
    return nowhere;
}

att_spot att_flow_before(const att_sheet *sheet, att_spot spot, bool is_whole)
{
    return last_before(sheet, spot.row == ATT_NONE || is_whole ? spot.here : spot.row);
}

att_spot att_flow_last(const att_sheet *sheet)
{
    return last_before(sheet, sheet->instrument->n_items);
}

size_t att_flow_open(const att_sheet *sheet, const bool *is_read)
{
    size_t i;

    for (i = 0; i < sheet->instrument->n_items; i++) {
        bool is_note = sheet->instrument->items[i].kind->shape == ATT_SHAPE_NOTE;

        if (is_stop(sheet, i) && !(is_note ? is_read[i] : is_answered(sheet, i))) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_flow_hard(const att_sheet *sheet)
{
    size_t i;

    for (i = 0; i < sheet->instrument->n_items; i++) {
        const att_item *item = &sheet->instrument->items[i];
        bool is_open =
            !is_answered(sheet, i) || sheet->raw[i].reason == ATT_REASON_SKIPPED;

        if (sheet->is_asked[i] && att_item_is_question(item) && is_open &&
            item->required == ATT_REQUIRED_HARD) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_flow_count_before(const att_sheet *sheet, size_t item)
{
    size_t n = 0;
    size_t i;

    for (i = 0; i < item; i++) {
        if (sheet->is_asked[i] && att_item_is_question(&sheet->instrument->items[i])) {
            n++;
        }
    }
    return n;
}
