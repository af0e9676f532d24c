/* widget_rank.c - choices that are put in order; see widget_in.h
 *
 * The list stays as it is: the choice under the cursor gets a number. A number that
 * another choice had goes over, and that one takes the number given up, if there was
 * one; so no place is ever taken twice. A reason takes all places away.
 */
#include "widget_in.h"

#include <string.h>

static size_t at_place(const att_widget *w, size_t place)
{
    for (size_t i = 0; i < w->view.n_choices; i++) {
        if (w->place[i] == place) {
            return i;
        }
    }
    return ATT_NONE;
}

size_t att_widget_n_placed(const att_widget *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->view.n_choices; i++) {
        n += w->place[i] > 0 ? 1 : 0;
    }
    return n;
}

size_t att_widget_free_place(const att_widget *w)
{
    for (size_t place = 1; place <= w->view.n_ranks; place++) {
        if (at_place(w, place) == ATT_NONE) {
            return place;
        }
    }
    return 0;
}

void att_widget_show_places(att_widget *w, const att_answer *answer)
{
    for (size_t i = 0; i < w->view.n_options; i++) {
        const att_option *option = &w->view.options[i];

        if (option->reason == ATT_REASON_NONE) {
            w->place[i] = att_answer_place(answer, option->code);
            w->focus = w->place[i] == 1 ? i : w->focus;
        } else if (answer->kind == ATT_ANSWER_REASON &&
                   option->reason == answer->reason) {
            w->mark = w->focus = i;
        }
    }
}

static void put_place(att_widget *w, size_t option, size_t place)
{
    size_t other = at_place(w, place);

    if (other != ATT_NONE) {
        w->place[other] = w->place[option];
    }
    w->place[option] = place;
    w->mark = ATT_NONE;
    w->refusal = (att_refusal){ 0 };
}

att_turn att_widget_press_place(att_widget *w, int digit)
{
    size_t bytes = w->view.n_options * sizeof *w->place;
    size_t place = (size_t)w->typed * 10 + (size_t)digit;

    if (w->focus >= w->view.n_choices) {
        return ATT_TURN_NONE;
    }
    if (w->typed == 0 || place > w->view.n_ranks) {
        place = (size_t)digit;
        memcpy(w->place_before, w->place, bytes);
    } else {
        memcpy(w->place, w->place_before, bytes);
    }
    w->typed = 0;
    if (place == 0 || place > w->view.n_ranks) {
        return ATT_TURN_NONE;
    }
    w->typed = place * 10 <= w->view.n_ranks ? (int)place : 0;
    w->seen.is_reading = false;
    put_place(w, w->focus, place);
    return ATT_TURN_DRAW;
}

bool att_widget_take_out(att_widget *w, size_t option)
{
    if (option >= w->view.n_options) {
        return false;
    }
    if (option == w->mark) {
        w->mark = ATT_NONE;
        return true;
    }
    if (w->place[option] == 0) {
        return false;
    }
    w->place[option] = 0;
    return true;
}

void att_widget_place_next(att_widget *w, size_t option)
{
    size_t place = att_widget_free_place(w);

    if (att_widget_take_out(w, option)) {
        return;
    }
    if (w->view.options[option].reason != ATT_REASON_NONE) {
        memset(w->place, 0, w->view.n_options * sizeof *w->place);
        w->mark = option;
    } else if (place > 0) {
        put_place(w, option, place);
    }
}

att_answer att_widget_places(const att_widget *w)
{
    int *codes = att_new_n(w->arena, int, w->view.n_choices);
    size_t n = 0;

    for (size_t place = 1; place <= w->view.n_ranks; place++) {
        size_t option = at_place(w, place);

        if (option != ATT_NONE) {
            codes[n++] = w->view.options[option].code;
        }
    }
    return n > 0 ? att_answer_of_ranks(codes, n) : (att_answer){ 0 };
}
