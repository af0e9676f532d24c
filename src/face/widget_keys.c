/* widget_keys.c - what each key does to an answer; see widget.h */
#include "widget_in.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#define SLIDER_DIGITS 12 /* bytes that can be typed for a number or date */
#define FIELD_BYTES   32

/* ---- choosing ---- */

/* One choice: mark and focus are one thing. */
void att_widget_choose(att_widget *w, size_t option)
{
    w->focus = option;
    w->seen.is_reading = false;
    if (att_widget_is_many(w)) {
        att_widget_toggle(w, option);
    } else if (att_widget_is_rank(w)) {
        att_widget_place_next(w, option);
    } else if (att_widget_is_grid(w)) {
        w->row_mark[w->row] = option;
    } else {
        w->mark = option;
        w->is_in_list = true;
    }
    w->refusal = (att_refusal){ 0 };
}

void att_widget_move_to(att_widget *w, size_t option)
{
    if (att_widget_is_many(w) || att_widget_is_rank(w)) {
        w->focus = option;
    } else {
        att_widget_choose(w, option);
    }
}

static att_turn press_digit(att_widget *w, int digit)
{
    int joined = w->typed * 10 + digit;
    bool goes_on = w->typed > 0 && w->typed < 10000 &&
                   (att_widget_find_number(w, joined) != ATT_NONE ||
                    att_widget_begins_number(w, joined));
    size_t option;

    if (att_widget_is_rank(w)) {
        return att_widget_press_place(w, digit);
    }
    if (!goes_on) {
        joined = digit;
        att_widget_copy_marks(&w->before, &w->many, w->view.n_options);
    } else {
        att_widget_copy_marks(&w->many, &w->before, w->view.n_options);
    }
    option = att_widget_find_number(w, joined);
    w->typed = option != ATT_NONE || att_widget_begins_number(w, joined) ? joined : 0;
    if (option == ATT_NONE) {
        return goes_on ? ATT_TURN_DRAW : ATT_TURN_NONE;
    }
    att_widget_choose(w, option);
    return ATT_TURN_DRAW;
}

static att_turn press_letter(att_widget *w, int letter)
{
    size_t option = att_widget_find_letter(w, letter);

    if (option == ATT_NONE) {
        return ATT_TURN_NONE;
    }
    att_widget_choose(w, option);
    return ATT_TURN_DRAW;
}

/* ---- typing ---- */

static void leave_list(att_widget *w)
{
    w->is_in_list = false;
    w->mark = ATT_NONE;
    w->focus = 0;
    w->refusal = (att_refusal){ 0 };
}

/* Whether a field of numbers, dates or times takes this letter. */
static bool field_takes(const att_widget *w, int key)
{
    if (w->edit.n >= FIELD_BYTES ||
        (att_widget_is_slider(w) && w->edit.n >= SLIDER_DIGITS)) {
        return false;
    }
    if (key >= '0' && key <= '9') {
        return true;
    }
    switch (w->view.shape) {
    case ATT_SHAPE_DATE: return key == '-';
    case ATT_SHAPE_TIME: return key == ':';
    case ATT_SHAPE_DATETIME: return key == '-' || key == ':' || key == ' ';
    default: return key == '-' || key == '.';
    }
}

size_t att_widget_utf8(char out[4], int key)
{
    unsigned c = (unsigned)key;

    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool att_widget_is_letter(int key)
{
    return (key >= 0x20 && key < 0x7F) ||
           (key >= 0xA0 && key < 0x110000 && !(key >= 0xD800 && key < 0xE000));
}

static att_turn type_key(att_widget *w, int key)
{
    char bytes[5] = { 0 };
    size_t n;

    if (!att_widget_is_typed(w) || !att_widget_is_letter(key) ||
        (att_widget_is_box(w) && w->is_in_list)) {
        return ATT_TURN_NONE;
    }
    if (!att_widget_is_box(w) && att_widget_is_slider(w) && w->is_fresh &&
        field_takes(w, key)) {
        att_edit_set(w->arena, &w->edit, "");
    }
    if (!att_widget_is_box(w) && !field_takes(w, key)) {
        return ATT_TURN_NONE;
    }
    n = att_widget_utf8(bytes, key);
    if (!att_text_is_tame(bytes) || !att_edit_insert(w->arena, &w->edit, bytes, n)) {
        return ATT_TURN_NONE;
    }
    w->is_fresh = false;
    w->seen.is_reading = false;
    leave_list(w);
    return ATT_TURN_DRAW;
}

att_turn att_widget_paste(att_widget *w, const char *text)
{
    att_buf tame = { 0 };
    att_turn turn = ATT_TURN_NONE;
    size_t i;

    if (!att_widget_is_box(w) || w->is_in_list || w->mode != ATT_MODE_ANSWER ||
        w->seen.is_tiny) {
        return ATT_TURN_NONE;
    }
    for (i = 0; text[i] != '\0'; i++) {
        unsigned char c = (unsigned char)text[i];
        bool is_break = c == '\n' || c == '\r';

        if (c == '\r' && text[i + 1] == '\n') {
            continue;
        }
        if (is_break) {
            att_buf_char(&tame, w->view.is_long ? '\n' : ' ');
        } else if (c == '\t') {
            att_buf_char(&tame, ' ');
        } else if (c >= 0x20 && c != 0x7F) {
            att_buf_char(&tame, text[i]);
        }
    }
    if (tame.n > 0 && att_text_check(tame.bytes, tame.n) == tame.n) {
        att_buf safe = { 0 };

        att_text_tame(&safe, tame.bytes);
        if (att_edit_insert(w->arena, &w->edit, att_buf_text(&safe), safe.n)) {
            leave_list(w);
            turn = ATT_TURN_DRAW;
        }
        att_buf_drop(&safe);
    }
    att_buf_drop(&tame);
    return turn;
}

static double slider_step(const att_widget *w)
{
    return w->view.step > 0 ? w->view.step : 1;
}

static void slider_ends(const att_widget *w, double *low, double *high)
{
    *low = isfinite(w->view.low) ? w->view.low : 0;
    *high = isfinite(w->view.high) ? w->view.high : *low + 100 * slider_step(w);
    *high = *high < *low ? *low : *high;
}

/* Puts the slider's handle at a value, on a step and within the ends. */
static void slide_to(att_widget *w, double value)
{
    double step = slider_step(w);
    double low, high;
    att_buf text = { 0 };

    slider_ends(w, &low, &high);
    value = low + step * round((value - low) / step);
    value = value < low ? low : value > high ? high : value;
    att_number_write(&text, value);
    att_edit_set(w->arena, &w->edit, att_buf_text(&text));
    att_buf_drop(&text);
    w->is_fresh = true;
    leave_list(w);
}

/* Moves it by n steps; the first move puts it in the middle. */
static void slide(att_widget *w, double n)
{
    double value = 0;
    double low, high;

    slider_ends(w, &low, &high);
    if (!att_widget_value(w, &value)) {
        slide_to(w, (low + high) / 2);
    } else {
        slide_to(w, value + n * slider_step(w));
    }
}

static void slide_to_end(att_widget *w, bool is_last)
{
    double low, high;

    slider_ends(w, &low, &high);
    slide_to(w, is_last ? high : low);
}

static att_turn clear(att_widget *w)
{
    bool is_done = false;

    if (att_widget_is_grid(w)) {
        is_done = w->row_mark[w->row] != ATT_NONE;
        w->row_mark[w->row] = ATT_NONE;
    } else if (att_widget_is_many(w)) {
        is_done = w->focus < w->view.n_options && w->many.on[w->focus];
        if (is_done) {
            att_widget_take_mark(w, w->focus);
        }
    } else if (att_widget_is_rank(w)) {
        is_done = att_widget_take_out(w, w->focus);
    } else if (w->mark != ATT_NONE) {
        is_done = true;
        w->mark = ATT_NONE;
    } else if (att_widget_is_slider(w) && w->is_fresh) {
        is_done = w->edit.n > 0;
        att_edit_set(w->arena, &w->edit, "");
    } else if (att_widget_is_typed(w) && !w->is_in_list) {
        is_done = att_edit_erase(&w->edit);
    }
    if (is_done) {
        w->refusal = (att_refusal){ 0 };
    }
    return is_done ? ATT_TURN_DRAW : ATT_TURN_NONE;
}

/* ---- going on ---- */

static att_turn fill(att_widget *w, att_event *event, att_event_kind kind)
{
    *event = (att_event){ .kind = kind, .item = w->view.item };
    return ATT_TURN_EVENT;
}

static att_turn refuse_here(att_widget *w, att_refusal_code code, const char *text)
{
    att_refusal refusal = { code, NAN, NAN, NAN, text };

    att_widget_say(w, &refusal);
    return ATT_TURN_DRAW;
}

static void fill_row(const att_widget *w, size_t row, att_event *event)
{
    size_t mark = w->row_mark[row];

    event->kind = mark != ATT_NONE ? ATT_EVENT_ANSWER : ATT_EVENT_SKIP;
    event->item = w->view.rows[row].item;
    if (mark != ATT_NONE) {
        event->answer = att_widget_answer_of(&w->view.options[mark]);
    }
}

bool att_widget_flush(att_widget *w, att_event *event)
{
    size_t i;

    if (!w->is_flushing || !att_widget_is_grid(w) || w->view.n_rows == 0) {
        w->is_flushing = false;
        return false;
    }
    *event = (att_event){ 0 };
    for (i = 0; i < w->view.n_rows; i++) {
        if (i != w->row && att_widget_row_is_pending(w, i)) {
            fill_row(w, i, event);
            return true;
        }
    }
    w->is_flushing = false; /* the row in focus is the last */
    fill_row(w, w->row, event);
    return true;
}

static att_turn go_on_review(att_widget *w, att_event *event)
{
    if (w->focus >= w->view.n_review) {
        return fill(w, event, ATT_EVENT_FINISH);
    }
    fill(w, event, ATT_EVENT_GOTO);
    event->item = w->view.review[w->focus].item;
    return ATT_TURN_EVENT;
}

static att_turn go_on_two(att_widget *w, att_event *event)
{
    bool is_start = w->view.screen == ATT_SCREEN_START;

    if (w->mark == ATT_NONE) {
        return refuse_here(w, ATT_REFUSAL_REQUIRED, "");
    }
    if (w->mark == 0) {
        return fill(w, event, ATT_EVENT_AGREE);
    }
    return fill(w, event, is_start ? ATT_EVENT_DECLINE : ATT_EVENT_REVIEW);
}

/* Why a typed field holds no answer. */
static att_refusal_code not_of_shape(att_shape shape)
{
    switch (shape) {
    case ATT_SHAPE_DATE: return ATT_REFUSAL_NOT_DATE;
    case ATT_SHAPE_TIME:
    case ATT_SHAPE_DATETIME: return ATT_REFUSAL_NOT_TIME;
    default: return ATT_REFUSAL_NOT_NUMBER;
    }
}

static att_turn go_on(att_widget *w, att_event *event)
{
    att_answer answer;

    switch (w->view.screen) {
    case ATT_SCREEN_START:
    case ATT_SCREEN_WELCOME: return go_on_two(w, event);
    case ATT_SCREEN_REVIEW: return go_on_review(w, event);
    case ATT_SCREEN_GRID:
        w->is_flushing = true;
        return att_widget_flush(w, event) ? ATT_TURN_EVENT : ATT_TURN_NONE;
    case ATT_SCREEN_QUESTION: break;
    case ATT_SCREEN_NOTE:
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: return fill(w, event, ATT_EVENT_NEXT);
    }
    answer = att_widget_answer(w);
    if (answer.kind == ATT_ANSWER_NONE && att_widget_is_typed(w) &&
        w->mark == ATT_NONE && !att_widget_is_blank(w->edit.text)) {
        return refuse_here(w, not_of_shape(w->view.shape), w->edit.text);
    }
    if (answer.kind == ATT_ANSWER_RANKS && att_widget_free_place(w) > 0 &&
        att_widget_free_place(w) <= answer.n_codes) {
        refuse_here(w, ATT_REFUSAL_GAP, "");
        w->refusal.number = (double)att_widget_free_place(w);
        return ATT_TURN_DRAW;
    }
    fill(w, event, answer.kind == ATT_ANSWER_NONE ? ATT_EVENT_SKIP : ATT_EVENT_ANSWER);
    event->answer = answer;
    return ATT_TURN_EVENT;
}

/* ---- moving ---- */

static att_turn read_on(att_widget *w, long lines)
{
    if (lines < 0 && (size_t)-lines > w->seen.top) {
        w->seen.top = 0;
    } else {
        w->seen.top =
            lines < 0 ? w->seen.top - (size_t)-lines : w->seen.top + (size_t)lines;
    }
    w->seen.is_reading = true;
    return ATT_TURN_DRAW;
}

static att_turn move_in_options(att_widget *w, bool is_down)
{
    size_t n = w->view.n_options;

    if (is_down && w->focus + 1 < n) {
        att_widget_move_to(w, w->focus + 1);
    } else if (!is_down && w->focus > 0 && w->focus < n) {
        att_widget_move_to(w, w->focus - 1);
    } else if (!is_down && att_widget_is_typed(w)) {
        leave_list(w);
    } else if (!is_down && w->seen.is_scrolled) {
        return read_on(w, -1);
    } else {
        return ATT_TURN_NONE;
    }
    return ATT_TURN_DRAW;
}

static size_t box_columns(const att_widget *w)
{
    return w->seen.columns > 0 ? w->seen.columns : 76;
}

static att_turn move_in_text(att_widget *w, bool is_down)
{
    size_t columns = box_columns(w);
    bool is_done = is_down ? att_edit_line_down(&w->edit, columns)
                           : att_edit_line_up(&w->edit, columns);

    return is_done ? ATT_TURN_DRAW : ATT_TURN_NONE;
}

static att_turn move_row(att_widget *w, bool is_down)
{
    if (is_down ? w->row + 1 >= w->view.n_rows : w->row == 0) {
        return ATT_TURN_NONE;
    }
    att_widget_enter_row(w, is_down ? w->row + 1 : w->row - 1);
    return ATT_TURN_DRAW;
}

static att_turn move_in_review(att_widget *w, bool is_down)
{
    if (is_down ? w->focus >= w->view.n_review : w->focus == 0) {
        return ATT_TURN_NONE;
    }
    w->focus = is_down ? w->focus + 1 : w->focus - 1;
    return ATT_TURN_DRAW;
}

static att_turn move(att_widget *w, bool is_down)
{
    if (w->view.screen == ATT_SCREEN_REVIEW) {
        return move_in_review(w, is_down);
    }
    if (att_widget_is_grid(w) && !w->seen.is_listed) {
        return move_row(w, is_down);
    }
    if (w->is_in_list || !att_widget_is_typed(w)) {
        return move_in_options(w, is_down);
    }
    if (att_widget_is_slider(w)) {
        slide(w, is_down ? -10 : 10);
        return ATT_TURN_DRAW;
    }
    return att_widget_is_box(w) ? move_in_text(w, is_down) : ATT_TURN_NONE;
}

static att_turn move_side(att_widget *w, bool is_right)
{
    bool is_forward = is_right != w->seen.is_mirrored;

    if (att_widget_is_grid(w)) {
        return move_in_options(w, is_forward);
    }
    if (att_widget_is_slider(w)) {
        slide(w, is_forward ? 1 : -1);
        return ATT_TURN_DRAW;
    }
    if (att_widget_is_box(w) && w->seen.is_mirrored && !w->is_in_list) {
        return att_edit_side(&w->edit, box_columns(w), is_right) ? ATT_TURN_DRAW
                                                                 : ATT_TURN_NONE;
    }
    if (att_widget_is_typed(w) && !w->is_in_list) {
        bool is_done = is_right ? att_edit_right(&w->edit) : att_edit_left(&w->edit);

        return is_done ? ATT_TURN_DRAW : ATT_TURN_NONE;
    }
    return ATT_TURN_NONE;
}

static att_turn move_end(att_widget *w, bool is_last)
{
    if (w->view.screen == ATT_SCREEN_REVIEW) {
        w->focus = is_last ? w->view.n_review : 0;
    } else if (att_widget_is_slider(w) && !w->is_in_list) {
        slide_to_end(w, is_last);
    } else if (att_widget_is_typed(w) && !w->is_in_list) {
        w->edit.caret = is_last ? w->edit.n : 0;
    } else if (w->view.n_options > 0) {
        att_widget_move_to(w, is_last ? w->view.n_options - 1 : 0);
    } else {
        return ATT_TURN_NONE;
    }
    return ATT_TURN_DRAW;
}

static att_turn move_part(att_widget *w, bool is_back)
{
    if (att_widget_is_grid(w)) {
        return move_row(w, !is_back);
    }
    if (!att_widget_is_typed(w) || w->view.n_options == 0) {
        return ATT_TURN_NONE;
    }
    if (w->is_in_list) {
        leave_list(w);
    } else {
        w->is_in_list = true;
        w->focus = 0;
    }
    return ATT_TURN_DRAW;
}

/* Space: on one choice it marks what has the focus. */
static att_turn toggle_here(att_widget *w)
{
    if (w->focus >= w->view.n_options) {
        return ATT_TURN_NONE;
    }
    att_widget_choose(w, w->focus);
    return ATT_TURN_DRAW;
}

/* ---- keys ---- */

static att_turn key_in_leave(att_widget *w, int key, att_event *event)
{
    att_press press = att_keymap_find(key, ATT_SCENE_ASK);

    if (press == ATT_PRESS_YES || (press == ATT_PRESS_NEXT && w->leave_focus == 1)) {
        return fill(w, event, ATT_EVENT_LEAVE);
    }
    switch (press) {
    case ATT_PRESS_LEAVE: return ATT_TURN_QUIT;
    case ATT_PRESS_REDRAW: return ATT_TURN_REDRAW;
    case ATT_PRESS_SUSPEND: return ATT_TURN_SUSPEND;
    case ATT_PRESS_NO:
    case ATT_PRESS_NEXT:
    case ATT_PRESS_CLOSE: w->mode = ATT_MODE_ANSWER; return ATT_TURN_DRAW;
    case ATT_PRESS_UP: w->leave_focus = 0; return ATT_TURN_DRAW;
    case ATT_PRESS_DOWN: w->leave_focus = 1; return ATT_TURN_DRAW;
    default: return ATT_TURN_NONE;
    }
}

static att_turn ask_to_leave(att_widget *w)
{
    if (w->locking.is_kiosk) {
        return att_widget_ask_pin(w, true);
    }
    w->mode = ATT_MODE_LEAVE;
    w->leave_focus = 0;
    return ATT_TURN_DRAW;
}

static att_turn key_in_help(att_widget *w, int key)
{
    switch (att_keymap_find(key, ATT_SCENE_OVER)) {
    case ATT_PRESS_LEAVE: return ask_to_leave(w);
    case ATT_PRESS_REDRAW: return ATT_TURN_REDRAW;
    case ATT_PRESS_SUSPEND: return ATT_TURN_SUSPEND;
    case ATT_PRESS_CLOSE:
        w->mode = ATT_MODE_ANSWER;
        w->seen.top = 0;
        w->seen.is_reading = true;
        return ATT_TURN_DRAW;
    case ATT_PRESS_UP: return read_on(w, -1);
    case ATT_PRESS_DOWN: return read_on(w, 1);
    default: return ATT_TURN_NONE;
    }
}

/* Keys that turn pages while the focus lies below. */
static att_turn key_in_reading(att_widget *w, att_press press)
{
    switch (press) {
    case ATT_PRESS_UP: return read_on(w, -1);
    case ATT_PRESS_DOWN: return read_on(w, 1);
    case ATT_PRESS_TOGGLE:
    case ATT_PRESS_NEXT:
        return read_on(w, w->seen.page > 2 ? (long)w->seen.page - 1 : 1);
    default: return ATT_TURN_NONE;
    }
}

/* The last screen: Enter ends it, and so does Ctrl-C. */
static att_turn key_at_end(att_widget *w, att_press press, att_event *event)
{
    switch (press) {
    case ATT_PRESS_NEXT: return go_on(w, event);
    case ATT_PRESS_LEAVE: return w->locking.is_kiosk ? ask_to_leave(w) : ATT_TURN_QUIT;
    case ATT_PRESS_REDRAW: return ATT_TURN_REDRAW;
    case ATT_PRESS_SUSPEND: return ATT_TURN_SUSPEND;
    default: return ATT_TURN_NONE;
    }
}

bool att_widget_is_ended(const att_widget *w)
{
    return w->view.screen == ATT_SCREEN_FINISHED ||
           w->view.screen == ATT_SCREEN_DECLINED || w->view.screen == ATT_SCREEN_LEFT;
}

static att_turn key_in_answer(att_widget *w, att_press press, int key, att_event *event)
{
    switch (press) {
    case ATT_PRESS_MARK:
        return att_widget_is_typed(w) && !att_widget_is_box(w)
                   ? type_key(w, key)
                   : press_digit(w, key - '0');
    case ATT_PRESS_REASON: return press_letter(w, key);
    case ATT_PRESS_UP: return move(w, false);
    case ATT_PRESS_DOWN: return move(w, true);
    case ATT_PRESS_LEFT: return move_side(w, false);
    case ATT_PRESS_RIGHT: return move_side(w, true);
    case ATT_PRESS_FIRST: return move_end(w, false);
    case ATT_PRESS_LAST:
    case ATT_PRESS_FINISH: return move_end(w, true);
    case ATT_PRESS_PART: return move_part(w, false);
    case ATT_PRESS_PART_BACK: return move_part(w, true);
    case ATT_PRESS_TOGGLE: return toggle_here(w);
    case ATT_PRESS_CLEAR: return clear(w);
    case ATT_PRESS_NEXT: return go_on(w, event);
    case ATT_PRESS_NEW_LINE:
        leave_list(w);
        return att_edit_insert(w->arena, &w->edit, "\n", 1) ? ATT_TURN_DRAW
                                                            : ATT_TURN_NONE;
    case ATT_PRESS_BACK:
        /* a grid drawn whole is left whole; row by row it goes back row by row */
        return w->seen.is_listed && move_row(w, false) == ATT_TURN_DRAW
                   ? ATT_TURN_DRAW
                   : fill(w, event, ATT_EVENT_BACK);
    case ATT_PRESS_HELP:
        w->mode = ATT_MODE_HELP;
        w->seen.top = 0;
        return ATT_TURN_DRAW;
    case ATT_PRESS_SEARCH:
        return att_widget_begin_find(w) ? ATT_TURN_DRAW : ATT_TURN_NONE;
    case ATT_PRESS_REDRAW: return ATT_TURN_REDRAW;
    case ATT_PRESS_SUSPEND: return ATT_TURN_SUSPEND;
    case ATT_PRESS_LEAVE: return ask_to_leave(w);
    case ATT_PRESS_NONE: return type_key(w, key);
    default: return ATT_TURN_NONE;
    }
}

/* Keys that do the same while a list is searched. */
static bool is_while_finding(att_press press)
{
    return press == ATT_PRESS_BACK || press == ATT_PRESS_HELP ||
           press == ATT_PRESS_REDRAW || press == ATT_PRESS_SUSPEND ||
           press == ATT_PRESS_LEAVE;
}

att_turn att_widget_key(att_widget *w, int key, att_event *event)
{
    att_press press;
    att_turn turn;

    if (w->mode == ATT_MODE_LOCKED || w->mode == ATT_MODE_PIN) {
        return w->seen.is_tiny              ? ATT_TURN_NONE
               : w->mode == ATT_MODE_LOCKED ? att_widget_key_locked(w, key, event)
                                            : att_widget_key_pin(w, key);
    }
    if (w->mode == ATT_MODE_LEAVE) {
        if (w->seen.is_tiny && key != ATT_CTRL('C')) {
            return ATT_TURN_NONE;
        }
        return key_in_leave(w, key, event);
    }
    if (w->mode == ATT_MODE_HELP && !w->seen.is_tiny) {
        return key_in_help(w, key);
    }
    press = att_keymap_find(key, att_widget_scene(w));
    if (w->seen.is_tiny) {
        return press != ATT_PRESS_LEAVE                         ? ATT_TURN_NONE
               : att_widget_is_ended(w) && !w->locking.is_kiosk ? ATT_TURN_QUIT
                                                                : ask_to_leave(w);
    }
    if (w->is_finding) {
        turn = att_widget_find_key(w, press, key);
        if (turn != ATT_TURN_NONE || !is_while_finding(press)) {
            return turn;
        }
    }
    if (w->seen.is_reading && w->seen.page > 0 && !w->is_finding) {
        turn = key_in_reading(w, press);
        if (turn != ATT_TURN_NONE) {
            return turn;
        }
    }
    if (att_widget_is_ended(w)) {
        return key_at_end(w, press, event);
    }
    if (press != ATT_PRESS_MARK) {
        w->typed = 0;
    }
    return key_in_answer(w, press, key, event);
}
