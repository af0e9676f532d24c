/* test_val.c - a value as text, by docs/REPORT-DESIGN.md section 4
 */
#include <math.h>

#include <attune/doc/doc.h>

#include "att_test.h"

#define MINUS "\xe2\x88\x92"
#define DASH  "\xe2\x80\x93"

static void numbers_print_as_apa_asks(void **state)
{
    static const struct {
        att_format_of format;
        int digits;
        double x;
        const char *text;
    } cases[] = {
        { ATT_SHOW_COUNT, 0, 2709, "2,709" },
        { ATT_SHOW_COUNT, 0, 0, "0" },
        { ATT_SHOW_BOUNDED, 2, 0.7038, ".70" },
        { ATT_SHOW_BOUNDED, 0, 0.7038, ".70" },
        { ATT_SHOW_BOUNDED, 2, -0.314, MINUS ".31" },
        { ATT_SHOW_BOUNDED, 2, 1.0, "1.00" },
        { ATT_SHOW_BOUNDED, 2, -1.0, MINUS "1.00" },
        { ATT_SHOW_BOUNDED, 3, 0.9999, "1.000" },
        { ATT_SHOW_BOUNDED, 2, -0.001, ".00" },
        { ATT_SHOW_BOUNDED, 2, -0.0, ".00" },
        { ATT_SHOW_PLAIN, 2, 0.454, "0.45" },
        { ATT_SHOW_PLAIN, 2, -0.454, MINUS "0.45" },
        { ATT_SHOW_PLAIN, 2, -0.004, "0.00" },
        { ATT_SHOW_PLAIN, 2, -0.0, "0.00" },
        { ATT_SHOW_PLAIN, 0, 56.6, "57" },
        { ATT_SHOW_PLAIN, 0, -0.4, "0" },
        { ATT_SHOW_PLAIN, 0, -0.5, "0" },
        { ATT_SHOW_PERCENT, 0, -0.001, "0%" },
        { ATT_SHOW_PERCENT, 0, 0.29, "29%" },
        { ATT_SHOW_PERCENT, 1, 0.9675, "96.8%" },
        { ATT_SHOW_P, 0, 0.0321, ".032" },
        { ATT_SHOW_P, 0, 0.001, ".001" },
        { ATT_SHOW_P, 0, 0.0009, "< .001" },
        { ATT_SHOW_P, 0, 0, "< .001" },
        { ATT_SHOW_PLAIN, 2, NAN, DASH },
        { ATT_SHOW_BOUNDED, 2, INFINITY, DASH },
        { ATT_SHOW_COUNT, 0, NAN, DASH },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_val val = att_val_number(cases[i].format, cases[i].digits, cases[i].x);

        assert_string_equal(att_val_write(&arena, &val), cases[i].text);
    }
    att_arena_drop(&arena);
}

static void intervals_stand_in_square_brackets(void **state)
{
    att_arena arena = { 0 };
    att_val alpha = att_val_interval(ATT_SHOW_BOUNDED, 2, 0.6857, 0.721);
    att_val below = att_val_interval(ATT_SHOW_PLAIN, 1, -1.25, 0.5);
    att_val none = att_val_interval(ATT_SHOW_PLAIN, 1, NAN, 0.5);

    assert_string_equal(att_val_write(&arena, &alpha), "[.69, .72]");
    assert_string_equal(att_val_write(&arena, &below), "[" MINUS "1.2, 0.5]");
    assert_string_equal(att_val_write(&arena, &none), DASH);
    att_arena_drop(&arena);
}

static void what_is_hidden_or_empty_is_never_a_number(void **state)
{
    att_arena arena = { 0 };
    att_val empty = { 0 };
    att_val none = att_val_none();
    att_val hidden = att_val_hidden("< 5");
    att_val led = att_val_text("Love children");

    led.lead = "A4";
    assert_string_equal(att_val_write(&arena, &empty), "");
    assert_string_equal(att_val_write(&arena, &none), DASH);
    assert_string_equal(att_val_write(&arena, &hidden), "< 5");
    assert_string_equal(att_val_write(&arena, &led), "A4 Love children");
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(numbers_print_as_apa_asks),
              cmocka_unit_test(intervals_stand_in_square_brackets),
              cmocka_unit_test(what_is_hidden_or_empty_is_never_a_number))
