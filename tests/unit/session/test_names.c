/* test_names.c - every screen, event and refusal has a word of its own
 */
#include "att_test.h"

#include <string.h>

#include <attune/session/names.h>

static void every_screen_has_a_name(void **state)
{
    for (int i = ATT_SCREEN_START; i <= ATT_SCREEN_LEFT; i++) {
        assert_string_not_equal(att_screen_name((att_screen)i), "");
    }
    assert_string_equal(att_screen_name((att_screen)99), "");
}

static void events_are_read_back(void **state)
{
    att_event_kind kind;

    for (int i = ATT_EVENT_AGREE; i <= ATT_EVENT_LEAVE; i++) {
        assert_string_not_equal(att_event_name((att_event_kind)i), "");
        assert_true(att_event_read(att_event_name((att_event_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(att_event_read("stop", &kind));
    assert_false(att_event_read("", &kind));
}

static void refusals_are_read_back(void **state)
{
    att_refusal_code code;

    for (int i = ATT_REFUSAL_REQUIRED; i <= ATT_REFUSAL_NOTHING_BACK; i++) {
        assert_string_not_equal(att_refusal_name((att_refusal_code)i), "");
        assert_true(att_refusal_read(att_refusal_name((att_refusal_code)i), &code));
        assert_int_equal(code, i);
    }
    assert_true(att_refusal_read("", &code));
    assert_int_equal(code, ATT_REFUSAL_NONE);
    assert_false(att_refusal_read("nonsense", &code));
}

ATT_TEST_MAIN(cmocka_unit_test(every_screen_has_a_name),
              cmocka_unit_test(events_are_read_back),
              cmocka_unit_test(refusals_are_read_back))
