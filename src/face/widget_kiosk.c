/* widget_kiosk.c - the locked screen of a kiosk, and its PIN; see widget.h */
#include <attune/base/seal.h>

#include "widget_in.h"

static void forget_pin(att_widget *w)
{
    att_wipe(w->locking.pin, sizeof w->locking.pin);
    w->locking.n_pin = 0;
    w->locking.wait = 0;
}

/* Whether someone's answers are there to hide. */
static bool is_begun(const att_widget *w)
{
    return w->view.screen != ATT_SCREEN_START && !att_widget_is_ended(w);
}

static void lock(att_widget *w, bool is_idle)
{
    forget_pin(w);
    w->mode = ATT_MODE_LOCKED;
    w->locking.is_locked = true;
    w->locking.is_idle = is_idle;
    w->leave_focus = 0;
    w->seen.top = 0;
    w->seen.is_reading = true;
}

att_turn att_widget_ask_pin(att_widget *w, bool ends_all)
{
    forget_pin(w);
    w->mode = ATT_MODE_PIN;
    w->locking.ends_all = ends_all;
    w->seen.top = 0;
    w->seen.is_reading = true;
    return ATT_TURN_DRAW;
}

static att_turn leave_pin(att_widget *w)
{
    forget_pin(w);
    w->mode = w->locking.is_locked ? ATT_MODE_LOCKED : ATT_MODE_ANSWER;
    return ATT_TURN_DRAW;
}

bool att_widget_pin(att_widget *w, bool opens, unsigned wait, bool is_early)
{
    forget_pin(w);
    w->locking.wait = opens ? 0 : wait;
    w->locking.is_early = is_early;
    if (opens) {
        w->mode = ATT_MODE_ANSWER;
        w->locking.is_locked = false;
    }
    return opens && w->locking.ends_all;
}

att_turn att_widget_idle(att_widget *w, att_event *event)
{
    if (is_begun(w)) {
        lock(w, true);
        return ATT_TURN_DRAW;
    }
    forget_pin(w);
    w->mode = ATT_MODE_ANSWER;
    if (att_widget_is_ended(w)) {
        *event = (att_event){ .kind = ATT_EVENT_NEXT, .item = ATT_NONE };
        return ATT_TURN_EVENT;
    }
    w->mark = ATT_NONE;
    w->focus = 0;
    w->refusal = (att_refusal){ 0 };
    return ATT_TURN_DRAW;
}

static att_turn take_choice(att_widget *w, att_event *event)
{
    if (w->leave_focus == 1) {
        return att_widget_ask_pin(w, false);
    }
    *event = (att_event){ .kind = ATT_EVENT_LEAVE, .item = ATT_NONE };
    return ATT_TURN_EVENT;
}

att_turn att_widget_key_locked(att_widget *w, int key, att_event *event)
{
    switch (att_keymap_find(key, ATT_SCENE_ASK)) {
    case ATT_PRESS_LEAVE: return att_widget_ask_pin(w, true);
    case ATT_PRESS_REDRAW: return ATT_TURN_REDRAW;
    case ATT_PRESS_NEXT: return take_choice(w, event);
    case ATT_PRESS_UP: w->leave_focus = 0; return ATT_TURN_DRAW;
    case ATT_PRESS_DOWN: w->leave_focus = 1; return ATT_TURN_DRAW;
    case ATT_PRESS_MARK:
        if (key != '1' && key != '2') {
            return ATT_TURN_NONE;
        }
        w->leave_focus = key == '1' ? 0 : 1;
        return ATT_TURN_DRAW;
    default: return ATT_TURN_NONE;
    }
}

/* Only ASCII: a PIN must be typed on any keyboard. */
static att_turn type_pin(att_widget *w, int key)
{
    if (key < 0x21 || key > 0x7E || w->locking.n_pin == ATT_PIN_MOST) {
        return ATT_TURN_NONE;
    }
    w->locking.pin[w->locking.n_pin++] = (char)key;
    w->locking.pin[w->locking.n_pin] = '\0';
    w->locking.wait = 0;
    return ATT_TURN_DRAW;
}

att_turn att_widget_key_pin(att_widget *w, int key)
{
    switch (att_keymap_find(key, ATT_SCENE_PIN)) {
    case ATT_PRESS_LEAVE:
        if (is_begun(w)) {
            lock(w, w->locking.is_locked && w->locking.is_idle);
            return ATT_TURN_DRAW;
        }
        return leave_pin(w);
    case ATT_PRESS_CLOSE: return leave_pin(w);
    case ATT_PRESS_REDRAW: return ATT_TURN_REDRAW;
    case ATT_PRESS_NEXT: return w->locking.n_pin > 0 ? ATT_TURN_PIN : ATT_TURN_NONE;
    case ATT_PRESS_CLEAR:
        if (w->locking.n_pin == 0) {
            return ATT_TURN_NONE;
        }
        w->locking.pin[--w->locking.n_pin] = '\0';
        return ATT_TURN_DRAW;
    default: return type_pin(w, key);
    }
}
