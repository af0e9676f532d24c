/* widget_marks.c - what is marked among many; see widget_in.h */
#include "widget_in.h"

#include <string.h>

att_marks att_widget_make_marks(att_arena *arena, size_t n)
{
    att_marks marks = { 0 };

    marks.on = att_new_n(arena, bool, n);
    marks.was = att_new_n(arena, bool, n);
    marks.cleared_by = ATT_NONE;
    marks.put_out = ATT_NONE;
    return marks;
}

void att_widget_copy_marks(att_marks *to, const att_marks *from, size_t n)
{
    if (n > 0) {
        memcpy(to->on, from->on, n * sizeof *to->on);
        memcpy(to->was, from->was, n * sizeof *to->was);
    }
    to->cleared_by = from->cleared_by;
    to->n_cleared = from->n_cleared;
    to->put_out = from->put_out;
}

static bool stands_alone(const att_option *option)
{
    return option->is_exclusive || option->reason != ATT_REASON_NONE;
}

static void mark_alone(att_widget *w, size_t option)
{
    att_marks *m = &w->many;
    size_t i;

    m->n_cleared = 0;
    m->put_out = ATT_NONE;
    for (i = 0; i < w->view.n_options; i++) {
        m->was[i] = m->on[i];
        m->n_cleared += m->on[i] ? 1 : 0;
        m->on[i] = false;
    }
    m->on[option] = true;
    m->cleared_by = option;
}

static void mark_beside(att_widget *w, size_t option)
{
    att_marks *m = &w->many;
    size_t i;

    m->put_out = ATT_NONE;
    m->cleared_by = ATT_NONE;
    m->n_cleared = 0;
    for (i = 0; i < w->view.n_options; i++) {
        if (m->on[i] && stands_alone(&w->view.options[i])) {
            m->on[i] = false;
            m->put_out = i;
        }
    }
    m->on[option] = true;
}

void att_widget_take_mark(att_widget *w, size_t option)
{
    att_marks *m = &w->many;

    m->on[option] = false;
    m->put_out = ATT_NONE;
    if (m->cleared_by == option && w->view.n_options > 0) {
        memcpy(m->on, m->was, w->view.n_options * sizeof *m->on);
        m->on[option] = false;
    }
    m->cleared_by = ATT_NONE;
    m->n_cleared = 0;
}

void att_widget_toggle(att_widget *w, size_t option)
{
    w->focus = option;
    if (w->many.on[option]) {
        att_widget_take_mark(w, option);
    } else if (stands_alone(&w->view.options[option])) {
        mark_alone(w, option);
    } else {
        mark_beside(w, option);
    }
}
