/* test_drafts.c - what is being typed: kept, overwritten, gone with the answer
 */
#include <attune/store/drafts.h>

#include "faulty_vfs.h"
#include "raw.h"
#include "small.h"

static att_code put(small *s, const char *item, const char *text)
{
    return att_drafts_put(s->store, ID_A, item, text, NOON + 500, &s->err);
}

/* The draft of an item, or NULL. */
static const char *draft_of(small *s, const char *item)
{
    att_draft *list = NULL;
    const char *text = NULL;
    size_t n = 0;

    assert_ok(att_drafts_read(&s->arena, s->store, ID_A, &list, &n, &s->err), &s->err);
    for (size_t i = 0; i < n; i++) {
        text = strcmp(list[i].item, item) == 0 ? list[i].text : text;
    }
    return text;
}

static att_entry answer_text(const char *item, const char *text)
{
    att_entry entry = small_act(ATT_ACT_ANSWER);

    entry.item = item;
    entry.answer = att_answer_of_text(text);
    return entry;
}

static void a_draft_is_overwritten_and_outlives_the_program(void **state)
{
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_null(draft_of(&s, "t2"));
    assert_ok(put(&s, "t2", "The wor"), &s.err);
    assert_ok(put(&s, "name", "Jo"), &s.err);
    assert_ok(put(&s, "t2", "The work\nis quiet"), &s.err);
    small_reopen(&s);
    assert_string_equal(draft_of(&s, "t2"), "The work\nis quiet");
    assert_string_equal(draft_of(&s, "name"), "Jo");
    assert_int_equal(raw_ask(s.path, "SELECT COUNT(*) FROM entries"), 1);
    small_holds(&s);
    small_end(&s);
}

static void an_empty_text_takes_the_draft_away(void **state)
{
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_ok(put(&s, "t2", "half"), &s.err);
    assert_ok(put(&s, "t2", ""), &s.err);
    assert_null(draft_of(&s, "t2"));
    small_end(&s);
}

static void an_answer_takes_its_own_draft_away(void **state)
{
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_ok(put(&s, "t2", "half"), &s.err);
    assert_ok(put(&s, "name", "Jo"), &s.err);
    small_append(&s, ID_A, answer_text("t2", "half a word"));
    assert_null(draft_of(&s, "t2"));
    assert_string_equal(draft_of(&s, "name"), "Jo");
    small_end(&s);
}

static void the_end_takes_all_drafts_away(void **state)
{
    static const att_act ends[] = { ATT_ACT_FINISH, ATT_ACT_DECLINE };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        small s;

        small_start(&s);
        small_begin(&s, ID_A, "");
        assert_ok(put(&s, "t2", "half"), &s.err);
        assert_ok(put(&s, "name", "Jo"), &s.err);
        small_append(&s, ID_A, small_act(ends[i]));
        assert_int_equal(raw_ask(s.path, "SELECT COUNT(*) FROM drafts"), 0);
        assert_fails(put(&s, "t2", "more"), ATT_EUSAGE, &s.err, "nothing can be added");
        small_end(&s);
    }
}

static void nobody_types_in_a_session_that_is_not_there(void **state)
{
    small s;

    small_start(&s);
    assert_fails(put(&s, "t2", "half"), ATT_ENOTFOUND, &s.err, "has no session");
    small_end(&s);
}

/* Whether the file holds the bytes anywhere, in pages in use or free. */
static bool file_holds(const char *path, const char *word)
{
    size_t n_bytes = 0;
    size_t n = strlen(word);
    char *bytes = att_test_read(path, &n_bytes);
    bool found = false;

    for (size_t i = 0; i + n <= n_bytes && !found; i++) {
        found = memcmp(bytes + i, word, n) == 0;
    }
    test_free(bytes);
    return found;
}

/* Drafts that grow over a page and shrink again, as text does while it is typed. */
static void a_deleted_word_leaves_no_trace_in_the_file(void **state)
{
    static const size_t lengths[] = { 10, 90, 700, 3900, 9000, 60, 5 };
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char text[10000];

        memset(text, 'x', lengths[i]);
        memcpy(text + lengths[i], "SECRETWORD", 11);
        assert_ok(put(&s, "t2", text), &s.err);
        assert_ok(put(&s, "name", text), &s.err);
        assert_true(file_holds(s.path, "SECRETWORD"));
        text[lengths[i]] = '\0';
        assert_ok(put(&s, "t2", text), &s.err);
        assert_ok(put(&s, "name", text), &s.err);
        assert_false(file_holds(s.path, "SECRETWORD"));
        assert_ok(put(&s, "name", "SECRETWORD"), &s.err);
        small_append(&s, ID_A, answer_text("name", "Jo"));
        assert_false(file_holds(s.path, "SECRETWORD"));
    }
    small_holds(&s);
    small_end(&s);
}

/* Two drafts, then the answer: what was confirmed is there, and never a draft beside the
 * answer that it became. */
static int type_and_answer(const char *path, att_err *err)
{
    small s = { 0 };
    int n = 0;

    s.store = att_store_open(path, ATT_OPEN_WRITE, err);
    if (s.store != NULL) {
        n += put(&s, "t2", "half") == ATT_OK;
        n += n == 1 && put(&s, "t2", "half a word") == ATT_OK;
        n += n == 2 && small_try_append(&s, ID_A, answer_text("t2", "whole")) == ATT_OK;
        *err = s.err;
    }
    att_store_close(s.store);
    return n;
}

static void look_after(const char *path, int confirmed)
{
    static const char *const drafts[] = { NULL, "half", "half a word", NULL };
    small s = { 0 };
    const char *draft;
    bool is_answered;

    s.store = att_store_open(path, ATT_OPEN_WRITE, &s.err);
    assert_ok(s.err.code, &s.err);
    small_holds(&s);
    is_answered =
        raw_ask(path, "SELECT COUNT(*) FROM entries WHERE act = 'answer'") > 0;
    draft = draft_of(&s, "t2");
    assert_true(is_answered || confirmed < 3);
    assert_true(is_answered == (confirmed == 3) || confirmed == 2);
    if (is_answered) {
        assert_null(draft);
    } else if (confirmed > 0) {
        bool is_this = strcmp(draft, drafts[confirmed]) == 0;

        /* the next one may have been written and not confirmed */
        assert_true(is_this || (confirmed == 1 && strcmp(draft, drafts[2]) == 0));
    }
    att_store_close(s.store);
    att_arena_drop(&s.arena);
}

static void a_disk_that_fails_keeps_drafts_and_answers_apart(void **state)
{
    small s;
    char *copy, *bytes;
    size_t n_bytes;

    faulty_install();
    for (int how = 0; how < 4; how++) {
        int n_failed = 1;

        faulty_set(0, 0, 0);
        small_start(&s);
        small_begin(&s, ID_A, "");
        bytes = att_test_read(s.path, &n_bytes);
        copy = att_test_join(s.folder, "copy.attune");
        for (int at = 1; n_failed > 0; at++) {
            att_err err = { 0 };
            int confirmed;

            att_test_write(copy, bytes, n_bytes);
            faulty_set(at, how & 1, how >> 1);
            confirmed = type_and_answer(copy, &err);
            n_failed = faulty.n_failed;
            faulty_set(0, 0, 0);
            look_after(copy, confirmed);
            assert_true(at < 1000);
        }
        test_free(bytes);
        test_free(copy);
        small_end(&s);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(a_draft_is_overwritten_and_outlives_the_program),
              cmocka_unit_test(an_empty_text_takes_the_draft_away),
              cmocka_unit_test(an_answer_takes_its_own_draft_away),
              cmocka_unit_test(the_end_takes_all_drafts_away),
              cmocka_unit_test(nobody_types_in_a_session_that_is_not_there),
              cmocka_unit_test(a_deleted_word_leaves_no_trace_in_the_file),
              cmocka_unit_test(a_disk_that_fails_keeps_drafts_and_answers_apart))
