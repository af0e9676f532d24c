/* What an item of each sort becomes in a form: its type, its parameters, and the
 * constraint that holds its limits and its check. */
#include <string.h>

#include <attune/base/stamp.h>
#include <attune/instrument/kind.h>

#include "dialect_lose.h"
#include "dialect_xlsform_write.h"
#include "expr_tree.h"

#define LOSE ATT_XLS_LOSE

static void put(att_xls_writer *w, att_xls_out column, const char *text)
{
    w->cells[w->column[column]] = text;
}

/* Another part of the constraint. */
static void add_constraint(att_xls_writer *w, const char *text)
{
    const char *old = w->cells[w->column[ATT_XLS_OUT_CONSTRAINT]];

    put(w, ATT_XLS_OUT_CONSTRAINT,
        old[0] == '\0' ? text : att_arena_format(&w->arena, "%s and %s", old, text));
}

/* ---- choices ---- */

/* What cannot stand beside others. */
static void add_exclusive(att_xls_writer *w, const att_item *item,
                          const att_choices *set)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->list[i].is_exclusive && item->kind->shape == ATT_SHAPE_PICK_MANY) {
            add_constraint(
                w, att_arena_format(&w->arena,
                                    "not(selected(., '%d') and count-selected(.) > 1)",
                                    set->list[i].code));
        }
    }
}

static void fill_choice(att_xls_writer *w, const att_item *item)
{
    const att_choices *set = att_set_behind(w->instrument, item);
    const char *type = item->kind->shape == ATT_SHAPE_PICK_MANY ? "select_multiple"
                       : item->kind->shape == ATT_SHAPE_RANK    ? "rank"
                                                                : "select_one";

    if (set == NULL) {
        put(w, ATT_XLS_OUT_TYPE, "text");
        LOSE(w, APPROXIMATED, item->id,
             "its choices are a setting of the study (\"%s\"); it becomes a text",
             item->from_setting == NULL ? "" : item->from_setting);
        return;
    }
    put(w, ATT_XLS_OUT_TYPE,
        att_arena_format(&w->arena, "%s %s", type, att_xls_list_of(w, item, set)));
    if (item->from == ATT_FROM_ITEM) {
        const att_item *from = &w->instrument->items[item->from_item];

        put(w, ATT_XLS_OUT_FILTER,
            att_arena_format(&w->arena, "selected(${%s}, name)",
                             att_xls_name(w, from)));
        if (from->kind->shape != ATT_SHAPE_PICK_MANY || from->from == ATT_FROM_ITEM) {
            LOSE(w, APPROXIMATED, item->id,
                 "what it offers comes back as all choices of \"%s\"", from->id);
        }
    }
    if (item->shuffle == ATT_ORDER_RANDOM) {
        put(w, ATT_XLS_OUT_PARAMETERS, "randomize=true");
    } else {
        att_lose_order(w->losses, w->row, item);
    }
    add_exclusive(w, item, set);
    if (item->kind->shape == ATT_SHAPE_RANK && item->ranks > 0) {
        LOSE(w, APPROXIMATED, item->id, "all choices are put in order there, not %zu",
             item->ranks);
    }
}

static void fill_consent(att_xls_writer *w, const att_item *item)
{
    put(w, ATT_XLS_OUT_TYPE,
        att_arena_format(&w->arena, "select_one %s",
                         att_xls_list_of(w, item, item->choices)));
    LOSE(w, APPROXIMATED, item->id,
         "a consent is a question with two choices there; its version is %s",
         item->version);
}

/* ---- numbers ---- */

static void fill_number(att_xls_writer *w, const att_item *item)
{
    bool is_whole = strcmp(item->kind->name, "integer") == 0;

    put(w, ATT_XLS_OUT_TYPE, is_whole ? "integer" : "decimal");
    if (item->has_min) {
        add_constraint(
            w, att_arena_format(&w->arena, ". >= %s", att_xls_number(w, item->min)));
    }
    if (item->has_max) {
        add_constraint(
            w, att_arena_format(&w->arena, ". <= %s", att_xls_number(w, item->max)));
    }
    if (item->step != 0 && !(is_whole && item->step == 1)) {
        LOSE(w, DROPPED, item->id, "the step, %s", att_xls_number(w, item->step));
    }
    if (!is_whole && item->decimals >= 0) {
        LOSE(w, DROPPED, item->id, "how many decimals it has, %d", item->decimals);
    }
}

static void fill_slider(att_xls_writer *w, const att_item *item)
{
    const char *step = att_xls_number(w, item->step > 0 ? item->step : 1);
    const char *text = att_arena_format(&w->arena, "start=%s end=%s step=%s",
                                        att_xls_number(w, item->min),
                                        att_xls_number(w, item->max), step);

    put(w, ATT_XLS_OUT_TYPE, "range");
    if (item->anchors[0].in != NULL && item->anchors[1].in != NULL) {
        text = att_arena_format(&w->arena, "%s tick_labelset=%s", text,
                                att_xls_tick_list(w, item));
    }
    put(w, ATT_XLS_OUT_PARAMETERS, text);
}

/* What cannot be worked out there is dropped: nobody could answer it. */
static void fill_calc(att_xls_writer *w, const att_item *item)
{
    att_logic_place place = att_xls_place(w, NULL);
    att_logic logic = att_logic_write(&w->arena, &place, item->value, true);

    put(w, ATT_XLS_OUT_TYPE, "calculate");
    if (logic.text == NULL) {
        put(w, ATT_XLS_OUT_CALCULATION, "''");
        LOSE(w, DROPPED, item->id, "the calculation %s: %s", att_expr_text(item->value),
             logic.why);
        return;
    }
    put(w, ATT_XLS_OUT_CALCULATION, logic.text);
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the calculation %s: %s",
             att_expr_text(item->value), logic.near);
    }
}

/* ---- days and times ---- */

static void add_day(att_xls_writer *w, const att_item *item, const att_expr *day,
                    const char *op)
{
    att_logic_place place = att_xls_place(w, item);
    const char *own = item->kind->shape == ATT_SHAPE_DATETIME ? "date(.)" : ".";
    att_logic logic;

    if (day == NULL) {
        return;
    }
    logic = att_logic_write(&w->arena, &place, day, false);
    if (logic.text == NULL) {
        LOSE(w, DROPPED, item->id, "the limit %s: %s", att_expr_text(day), logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the limit %s: %s", att_expr_text(day),
             logic.near);
    }
    add_constraint(w, att_arena_format(&w->arena, "%s %s %s", own, op, logic.text));
}

static void fill_date(att_xls_writer *w, const att_item *item, const char *type)
{
    put(w, ATT_XLS_OUT_TYPE, type);
    add_day(w, item, item->min_day, ">=");
    add_day(w, item, item->max_day, "<=");
}

static void fill_time(att_xls_writer *w, const att_item *item)
{
    put(w, ATT_XLS_OUT_TYPE, "time");
    if (item->has_min || item->has_max) {
        LOSE(w, DROPPED, item->id, "the limits of a time of day");
    }
}

static void fill_text(att_xls_writer *w, const att_item *item)
{
    put(w, ATT_XLS_OUT_TYPE, "text");
    if (item->is_long) {
        put(w, ATT_XLS_OUT_APPEARANCE, "multiline");
    }
    if (item->max_length > 0) {
        add_constraint(w, att_arena_format(&w->arena, "string-length(.) <= %zu",
                                           item->max_length));
    }
}

/* ---- all of them ---- */

static void fill_type(att_xls_writer *w, const att_item *item)
{
    switch (item->kind->shape) {
    case ATT_SHAPE_NOTE: put(w, ATT_XLS_OUT_TYPE, "note"); return;
    case ATT_SHAPE_PICK_ONE:
    case ATT_SHAPE_PICK_MANY:
    case ATT_SHAPE_RANK: fill_choice(w, item); return;
    case ATT_SHAPE_CONSENT: fill_consent(w, item); return;
    case ATT_SHAPE_CALC: fill_calc(w, item); return;
    case ATT_SHAPE_NUMBER: fill_number(w, item); return;
    case ATT_SHAPE_SLIDER: fill_slider(w, item); return;
    case ATT_SHAPE_DATE: fill_date(w, item, "date"); return;
    case ATT_SHAPE_DATETIME: fill_date(w, item, "dateTime"); return;
    case ATT_SHAPE_TIME: fill_time(w, item); return;
    case ATT_SHAPE_TEXT: fill_text(w, item); return;
    default: break;
    }
    put(w, ATT_XLS_OUT_TYPE, "text");
    LOSE(w, APPROXIMATED, item->id, "a %s becomes a text", item->kind->name);
}

static void fill_check(att_xls_writer *w, const att_item *item)
{
    att_logic_place place = att_xls_place(w, item);
    att_logic logic;

    if (item->check == NULL) {
        return;
    }
    logic = att_logic_write_check(&w->arena, &place, item->check);
    if (logic.text == NULL) {
        LOSE(w, DROPPED, item->id, "the check %s: %s", att_expr_text(item->check),
             logic.why);
        return;
    }
    if (logic.near[0] != '\0') {
        LOSE(w, APPROXIMATED, item->id, "the check %s: %s", att_expr_text(item->check),
             logic.near);
    }
    add_constraint(w, att_arena_format(&w->arena, "(%s)", logic.text));
    att_xls_say(w, w->cells, w->column[ATT_XLS_OUT_MESSAGE], item->id,
                &item->check_text);
}

void att_xls_fill_cells(att_xls_writer *w, const att_item *item)
{
    fill_type(w, item);
    fill_check(w, item);
}
