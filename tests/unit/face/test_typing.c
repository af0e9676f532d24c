/* test_typing.c - when what is being typed is handed to the drafts
 */
#include "att_test.h"

#include <string.h>

#include "typing.h"

typedef struct store {
    char text[64];
    int n_kept;
    bool is_broken;
} store;

static att_code keep(void *data, const char *item, const char *text, att_err *err)
{
    store *s = data;

    assert_string_equal(item, "more");
    s->n_kept++;
    if (s->is_broken) {
        return att_fail(err, ATT_EIO, "the disk is full");
    }
    strncpy(s->text, text, sizeof s->text - 1);
    return ATT_OK;
}

static void forty_keys_keep_the_text_once(void **state)
{
    store s = { .n_kept = 0 };
    att_drafts drafts = { &s, keep };
    att_typing typing = { .drafts = &drafts };

    att_typing_begin(&typing, "more", "");
    for (int i = 0; i < 39; i++) {
        att_typing_keys(&typing, 1, "abc");
    }
    assert_int_equal(s.n_kept, 0);
    att_typing_keys(&typing, 1, "abcd");
    assert_int_equal(s.n_kept, 1);
    assert_string_equal(s.text, "abcd");
    att_typing_keys(&typing, 1, "abcd"); /* a key that changed nothing */
    assert_false(att_typing_is_due(&typing, "abcd"));
    att_typing_drop(&typing);
}

static void a_text_that_was_taken_back_is_not_due(void **state)
{
    store s = { .n_kept = 0 };
    att_drafts drafts = { &s, keep };
    att_typing typing = { .drafts = &drafts };

    att_typing_begin(&typing, "more", "old");
    assert_true(att_typing_is_due(&typing, "older"));
    assert_false(att_typing_is_due(&typing, "old"));
    att_typing_keep(&typing, "old");
    assert_int_equal(s.n_kept, 0);
    att_typing_keep(&typing, "");
    assert_int_equal(s.n_kept, 1);
    assert_string_equal(s.text, "");
    att_typing_drop(&typing);
}

static void what_could_not_be_kept_is_tried_again(void **state)
{
    store s = { .is_broken = true };
    att_drafts drafts = { &s, keep };
    att_typing typing = { .drafts = &drafts };

    att_typing_begin(&typing, "more", "");
    att_typing_keep(&typing, "a");
    s.is_broken = false;
    att_typing_keep(&typing, "a");
    assert_int_equal(s.n_kept, 2);
    assert_string_equal(s.text, "a");
    att_typing_drop(&typing);
}

static void nothing_is_kept_without_drafts_or_without_a_box(void **state)
{
    store s = { .n_kept = 0 };
    att_drafts drafts = { &s, keep };
    att_typing none = { .drafts = NULL };
    att_typing choices = { .drafts = &drafts };

    att_typing_begin(&none, "more", "");
    att_typing_keys(&none, 100, "abc");
    att_typing_begin(&choices, NULL, "");
    att_typing_keys(&choices, 100, "abc");
    assert_int_equal(s.n_kept, 0);
    att_typing_drop(&none);
    att_typing_drop(&choices);
}

ATT_TEST_MAIN(cmocka_unit_test(forty_keys_keep_the_text_once),
              cmocka_unit_test(a_text_that_was_taken_back_is_not_due),
              cmocka_unit_test(what_could_not_be_kept_is_tried_again),
              cmocka_unit_test(nothing_is_kept_without_drafts_or_without_a_box))
