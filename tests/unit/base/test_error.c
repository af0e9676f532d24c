#include "att_test.h"

#include <string.h>

#include <attune/base/error.h>
#include <attune/base/text.h>

static void the_first_error_wins(void **state)
{
    att_err err = { 0 };

    assert_int_equal(att_fail(&err, ATT_EINPUT, "first %d", 1), ATT_EINPUT);
    assert_int_equal(att_fail(&err, ATT_EIO, "second"), ATT_EIO);
    assert_int_equal(err.code, ATT_EINPUT);
    assert_string_equal(err.message, "first 1");
    assert_int_equal(att_hint(&err, "do %s", "this"), ATT_EINPUT);
    (void)att_hint(&err, "do that");
    assert_string_equal(err.hint, "do this");
    (void)att_at(&err, "a.json", 3, 4, "/x");
    (void)att_at(&err, "b.json", 5, 6, "/y");
    assert_string_equal(err.where.file, "a.json");
    assert_string_equal(err.where.pointer, "/x");
    assert_int_equal(err.where.line, 3);
    assert_int_equal(err.where.column, 4);
}

static void without_an_error_hint_and_place_add_nothing(void **state)
{
    att_err err = { 0 };
    att_err none = { 0 };

    assert_int_equal(att_hint(&err, "do"), ATT_OK);
    assert_int_equal(att_at(&err, "f", 1, 1, NULL), ATT_OK);
    assert_memory_equal(&err, &none, sizeof err);
}

static void without_a_place_to_keep_it_a_failure_still_fails(void **state)
{
    assert_int_equal(att_fail(NULL, ATT_ENET, "x"), ATT_ENET);
    assert_int_not_equal(att_hint(NULL, "x"), ATT_OK);
    assert_int_not_equal(att_at(NULL, "f", 1, 1, NULL), ATT_OK);
}

static void a_long_message_is_cut_at_a_characters_end(void **state)
{
    for (size_t pad = 0; pad < 4; pad++) {
        att_err err = { 0 };
        char text[1000];

        memset(text, 'a', sizeof text);
        for (size_t i = pad; i + 3 < sizeof text; i += 3) {
            memcpy(text + i, "\xE2\x82\xAC", 3);
        }
        text[sizeof text - 1 - (sizeof text - 1 - pad) % 3] = '\0';
        (void)att_fail(&err, ATT_EINPUT, "%s", text);
        assert_true(strlen(err.message) >= ATT_MESSAGE_MAX - 4);
        assert_int_equal(att_text_check(err.message, strlen(err.message)),
                         strlen(err.message));
        assert_memory_equal(err.message, text, strlen(err.message));
    }
}

static void a_message_is_one_line_without_control_bytes(void **state)
{
    att_err err = { 0 };

    (void)att_fail(&err, ATT_EINPUT,
                   "a\nb\033[31mc\xC2\x9B"
                   "d\xFF");
    assert_string_equal(err.message, "a?b?[31mc?d?");
    (void)att_at(&err, "x\033]0;y", 1, 1, "/\r");
    assert_string_equal(err.where.file, "x?]0;y");
    assert_string_equal(err.where.pointer, "/?");
}

static void each_code_has_its_exit_status(void **state)
{
    /* docs/STYLE.md, "Errors": exit status */
    static const struct {
        att_code code;
        int status;
    } cases[] = {
        { ATT_OK, 0 },        { ATT_EUSAGE, 2 }, { ATT_EINPUT, 3 },
        { ATT_ENOTFOUND, 3 }, { ATT_ELIMIT, 3 }, { ATT_EAUTH, 4 },
        { ATT_ECONFLICT, 5 }, { ATT_EBUSY, 6 },  { ATT_ENET, 7 },
        { ATT_EIO, 8 },       { ATT_ESTORE, 8 }, { ATT_EBUG, 8 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(att_code_exit_status(cases[i].code), cases[i].status);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(the_first_error_wins),
              cmocka_unit_test(without_an_error_hint_and_place_add_nothing),
              cmocka_unit_test(without_a_place_to_keep_it_a_failure_still_fails),
              cmocka_unit_test(a_long_message_is_cut_at_a_characters_end),
              cmocka_unit_test(a_message_is_one_line_without_control_bytes),
              cmocka_unit_test(each_code_has_its_exit_status))
