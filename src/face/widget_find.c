/* widget_find.c - searching a long list of choices; see widget.h */
#include "widget_in.h"

#include <stdio.h>
#include <string.h>

#include <attune/base/text.h>

#include "phrase.h"

#define QUERY_BYTES 64

bool att_widget_can_find(const att_widget *w)
{
    return att_widget_is_asking(w) && !att_widget_is_typed(w) &&
           w->view.n_choices > LONG_LIST;
}

/* Whether the digits that were typed begin the number of a choice. */
static bool begins(const att_option *option, const char *digits)
{
    char number[16];

    snprintf(number, sizeof number, "%d", option->number);
    return strncmp(number, digits, strlen(digits)) == 0;
}

bool att_widget_is_found(const att_widget *w, size_t option)
{
    att_arena scratch = { 0 };
    const char *part;
    bool is_found;

    if (option >= w->view.n_choices || w->folded == NULL) {
        return false;
    }
    if (w->find.n == 0) {
        return true;
    }
    part = att_text_fold(&scratch, w->find.text);
    is_found = strstr(w->folded[option], part) != NULL ||
               begins(&w->view.options[option], w->find.text);
    att_arena_drop(&scratch);
    return is_found;
}

size_t att_widget_n_found(const att_widget *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->view.n_choices; i++) {
        n += att_widget_is_found(w, i) ? 1 : 0;
    }
    return n;
}

bool att_widget_begin_find(att_widget *w)
{
    if (!att_widget_can_find(w)) {
        return false;
    }
    if (w->folded == NULL) {
        w->folded = att_new_n(w->arena, const char *, w->view.n_choices);
        for (size_t i = 0; i < w->view.n_choices; i++) {
            w->folded[i] = att_text_fold(w->arena, w->view.options[i].text);
        }
    }
    att_edit_set(w->arena, &w->find, "");
    w->is_finding = true;
    w->seen.is_reading = false;
    w->refusal = (att_refusal){ 0 };
    if (w->focus >= w->view.n_choices) {
        w->focus = 0; /* reasons are not searched */
    }
    return true;
}

/* The focus stays while it is found, else it goes to the first that is. */
static void focus_found(att_widget *w)
{
    if (att_widget_is_found(w, w->focus)) {
        return;
    }
    for (size_t i = 0; i < w->view.n_choices; i++) {
        if (att_widget_is_found(w, i)) {
            w->focus = i;
            return;
        }
    }
}

static att_turn move_found(att_widget *w, bool is_down)
{
    size_t i = w->focus;

    while (is_down ? i + 1 < w->view.n_choices : i > 0) {
        i = is_down ? i + 1 : i - 1;
        if (att_widget_is_found(w, i)) {
            att_widget_move_to(w, i);
            return ATT_TURN_DRAW;
        }
    }
    return ATT_TURN_NONE;
}

static att_turn type_query(att_widget *w, int key)
{
    char bytes[5] = { 0 };
    size_t n;

    if (!att_widget_is_letter(key) || w->find.n >= QUERY_BYTES) {
        return ATT_TURN_NONE;
    }
    n = att_widget_utf8(bytes, key);
    if (!att_text_is_tame(bytes) || !att_edit_insert(w->arena, &w->find, bytes, n)) {
        return ATT_TURN_NONE;
    }
    focus_found(w);
    return ATT_TURN_DRAW;
}

static att_turn take_found(att_widget *w)
{
    if (!att_widget_is_found(w, w->focus)) {
        return ATT_TURN_NONE;
    }
    att_widget_choose(w, w->focus);
    w->is_finding = false;
    return ATT_TURN_DRAW;
}

static att_turn redraw_if(bool is_done)
{
    return is_done ? ATT_TURN_DRAW : ATT_TURN_NONE;
}

att_turn att_widget_find_key(att_widget *w, att_press press, int key)
{
    switch (press) {
    case ATT_PRESS_UP: return move_found(w, false);
    case ATT_PRESS_DOWN: return move_found(w, true);
    case ATT_PRESS_LEFT: return redraw_if(att_edit_left(&w->find));
    case ATT_PRESS_RIGHT: return redraw_if(att_edit_right(&w->find));
    case ATT_PRESS_FIRST: w->find.caret = 0; return ATT_TURN_DRAW;
    case ATT_PRESS_LAST: w->find.caret = w->find.n; return ATT_TURN_DRAW;
    case ATT_PRESS_CLEAR:
        if (!att_edit_erase(&w->find)) {
            return ATT_TURN_NONE;
        }
        focus_found(w);
        return ATT_TURN_DRAW;
    case ATT_PRESS_NEXT: return take_found(w);
    case ATT_PRESS_CLOSE: w->is_finding = false; return ATT_TURN_DRAW;
    case ATT_PRESS_NONE: return type_query(w, key);
    default: return ATT_TURN_NONE;
    }
}
