/* test_kiosk.c - PINs that are tried, and what their widget does with keys */
#include "att_test.h"

#include <string.h>

#include <attune/face/face.h>

#include "widget.h"

static bool opens(void *data, const char *pin)
{
    return strcmp(data, pin) == 0;
}

static void wrong_pins_are_slowed_up_to_a_minute(void **state)
{
    static const unsigned waits[] = { 1, 2, 4, 8, 16, 32, 60, 60 };
    char pin[] = "4711";
    att_kiosk kiosk = { .opens = opens, .data = pin };
    att_msec now = 5000;
    unsigned wait = 0;

    (void)state;
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        assert_false(att_kiosk_try(&kiosk, "4712", now, &wait));
        assert_int_equal(wait, waits[i]);
        assert_false(att_kiosk_try(&kiosk, "4711", now + 1, &wait)); /* not looked at */
        assert_int_equal(wait, waits[i]);
        now += 1000 * (att_msec)waits[i];
    }
    assert_true(att_kiosk_try(&kiosk, "4711", now, &wait));
    assert_int_equal(wait, 0);
    assert_false(att_kiosk_try(&kiosk, "0", now, &wait));
    assert_int_equal(wait, 1); /* and from the start again */
}

static att_widget *open_screen(att_arena *arena, att_screen screen)
{
    static const att_option options[] = { { .number = 1, .code = 1, .text = "Yes" } };
    att_view view = { .screen = screen,
                      .shape = ATT_SHAPE_PICK_ONE,
                      .options = options,
                      .n_options = 1,
                      .n_choices = 1 };
    att_widget *w = att_widget_open(arena, &att_words_en, &view);

    w->locking.is_kiosk = true;
    return w;
}

static void ctrl_c_asks_for_the_pin_and_twice_locks(void **state)
{
    att_arena arena = { 0 };
    att_event event = { 0 };
    att_widget *w = open_screen(&arena, ATT_SCREEN_QUESTION);

    (void)state;
    att_widget_key(w, ATT_CTRL('C'), &event);
    assert_int_equal(w->mode, ATT_MODE_PIN);
    assert_true(w->locking.ends_all);
    att_widget_key(w, ATT_KEY_ESC, &event);
    assert_int_equal(w->mode, ATT_MODE_ANSWER);
    att_widget_key(w, ATT_CTRL('C'), &event);
    att_widget_key(w, ATT_CTRL('C'), &event);
    assert_int_equal(w->mode, ATT_MODE_LOCKED);
    assert_int_equal(att_widget_key(w, '1', &event), ATT_TURN_DRAW);
    assert_int_equal(att_widget_key(w, ATT_KEY_ENTER, &event), ATT_TURN_EVENT);
    assert_int_equal(event.kind, ATT_EVENT_LEAVE);
    att_arena_drop(&arena);
}

static void no_key_but_the_pin_ends_a_kiosk(void **state)
{
    static const att_screen screens[] = { ATT_SCREEN_START, ATT_SCREEN_QUESTION,
                                          ATT_SCREEN_FINISHED, ATT_SCREEN_DECLINED };
    static const int more[] = { ATT_KEY_UP,   ATT_KEY_DOWN, ATT_KEY_HOME,   ATT_KEY_END,
                                ATT_KEY_LEFT, ATT_KEY_F1,   ATT_KEY_PAGE_UP };
    att_arena arena = { 0 };
    unsigned long long at = 7; /* of a small generator: any order will do */

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        att_widget *w = open_screen(&arena, screens[i]);

        for (size_t k = 0; k < 20000; k++) {
            att_event event = { 0 };
            att_turn turn;
            size_t which;

            at = at * 6364136223846793005ULL + 1442695040888963407ULL;
            which = (size_t)(at >> 33) % 135;
            turn = which < 128 ? att_widget_key(w, (int)which, &event)
                               : att_widget_key(w, more[which - 128], &event);
            assert_true(turn != ATT_TURN_QUIT);
            assert_true(turn != ATT_TURN_EVENT || event.kind != ATT_EVENT_LEAVE ||
                        w->mode == ATT_MODE_LOCKED);
        }
    }
    att_arena_drop(&arena);
}

static void a_start_and_an_end_make_way_without_a_lock(void **state)
{
    att_arena arena = { 0 };
    att_event event = { 0 };
    att_widget *w = open_screen(&arena, ATT_SCREEN_START);

    (void)state;
    att_widget_key(w, '2', &event);
    assert_int_equal(w->mark, 1);
    assert_int_equal(att_widget_idle(w, &event), ATT_TURN_DRAW);
    assert_int_equal(w->mode, ATT_MODE_ANSWER);
    assert_true(w->mark == ATT_NONE);
    w = open_screen(&arena, ATT_SCREEN_FINISHED);
    assert_int_equal(att_widget_idle(w, &event), ATT_TURN_EVENT);
    assert_int_equal(event.kind, ATT_EVENT_NEXT);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(wrong_pins_are_slowed_up_to_a_minute),
              cmocka_unit_test(ctrl_c_asks_for_the_pin_and_twice_locks),
              cmocka_unit_test(no_key_but_the_pin_ends_a_kiosk),
              cmocka_unit_test(a_start_and_an_end_make_way_without_a_lock))
