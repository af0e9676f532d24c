#include "att_test.h"

#include <string.h>

#include <attune/base/buf.h>

static void an_empty_buffer_reads_as_empty_text(void **state)
{
    att_arena a = { 0 };
    att_buf b = { 0 };

    assert_string_equal(att_buf_text(&b), "");
    att_buf_cut(&b, 0);
    assert_string_equal(att_buf_copy(&a, &b), "");
    att_buf_drop(&b);
    att_arena_drop(&a);
}

static void pieces_follow_one_another(void **state)
{
    att_buf b = { 0 };

    att_buf_add(&b, "one");
    att_buf_char(&b, ',');
    att_buf_add_n(&b, " two and", 4);
    att_buf_repeat(&b, '.', 3);
    att_buf_repeat(&b, '!', 0);
    att_buf_format(&b, " %d%%", 30);
    assert_string_equal(att_buf_text(&b), "one, two... 30%");
    assert_int_equal(b.n, strlen(att_buf_text(&b)));
    att_buf_cut(&b, 3);
    assert_string_equal(att_buf_text(&b), "one");
    att_buf_drop(&b);
    assert_string_equal(att_buf_text(&b), "");
}

static void it_grows_as_far_as_needed(void **state)
{
    att_arena a = { 0 };
    att_buf b = { 0 };
    char *copy = NULL;

    for (int i = 0; i < 20000; i++) {
        att_buf_format(&b, "%05d", i);
    }
    assert_int_equal(b.n, 100000);
    assert_memory_equal(b.bytes + 99990, "1999819999", 11);
    copy = att_buf_copy(&a, &b);
    att_buf_cut(&b, 0);
    assert_int_equal(strlen(copy), 100000);
    att_buf_drop(&b);
    att_arena_drop(&a);
}

static void there_is_always_room_for_the_nul(void **state)
{
    /* sizes around powers of two; the address sanitizer is the judge */
    for (size_t n = 1; n < 600; n++) {
        att_buf b = { 0 };

        att_buf_repeat(&b, 'x', n);
        assert_true(b.room > b.n);
        assert_int_equal(strlen(att_buf_text(&b)), n);
        att_buf_drop(&b);
    }
}

static void bytes_may_hold_nul(void **state)
{
    att_buf b = { 0 };

    att_buf_add_n(&b, "a\0b", 3);
    assert_int_equal(b.n, 3);
    assert_memory_equal(b.bytes, "a\0b", 4);
    att_buf_drop(&b);
}

ATT_TEST_MAIN(cmocka_unit_test(an_empty_buffer_reads_as_empty_text),
              cmocka_unit_test(pieces_follow_one_another),
              cmocka_unit_test(it_grows_as_far_as_needed),
              cmocka_unit_test(there_is_always_room_for_the_nul),
              cmocka_unit_test(bytes_may_hold_nul))
