/* test_sittings.c - how interviews went: kept with the entries, never without them
 */
#include <attune/store/sittings.h>

#include "faulty_vfs.h"
#include "raw.h"
#include "small.h"

static att_sitting_log new_log(size_t n_before)
{
    return (att_sitting_log){ .sitting = { .face = "full",
                                           .language = "en",
                                           .terminal = "xterm",
                                           .newer = "",
                                           .settings = "00",
                                           .began = NOON,
                                           .n_before = n_before } };
}

static att_step step(const char *item, const char *event, att_msec shown)
{
    return (att_step){ .screen = "question",
                       .item = item,
                       .event = event,
                       .target = item,
                       .refusal = "",
                       .shown = shown,
                       .came = shown + 1500,
                       .n_entries = 1,
                       .columns = 80,
                       .rows = 24 };
}

static void append_with(small *s, att_entry entry, att_sitting_log *log,
                        const att_step *list, size_t n)
{
    att_steps steps = { log, list, n };

    assert_ok(att_responses_append_with(s->store, ID_A, &entry, &steps, &s->err),
              &s->err);
}

static void steps_come_back_as_they_were_in_their_sittings(void **state)
{
    att_step first[] = { step("t1", "answer", 0), step("t1", "back", 2000) };
    att_step second = step("t2", "stop", 10);
    att_sitting_log one = new_log(0);
    att_sitting_log two = new_log(2);
    att_sitting *list = NULL;
    size_t n = 0;
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    two.sitting.newer = "1.1.0";
    two.sitting.has_draft = true;
    append_with(&s, small_answer("t1", 4), &one, first, 1);
    append_with(&s, small_answer("t1", 5), &one, first + 1, 1);
    second.refusal = "too_high";
    assert_ok(att_sittings_add(s.store, ID_A, &(att_steps){ &two, &second, 1 }, &s.err),
              &s.err);
    small_reopen(&s);
    assert_ok(att_sittings_read(&s.arena, s.store, ID_A, &list, &n, &s.err), &s.err);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].n_steps, 2);
    assert_int_equal(list[1].n_steps, 1);
    assert_string_equal(list[0].steps[1].event, "back");
    assert_int_equal(list[0].steps[1].shown, 2000);
    assert_int_equal(list[0].steps[1].came, 3500);
    assert_int_equal(list[0].steps[0].columns, 80);
    assert_int_equal(list[0].steps[0].rows, 24);
    assert_int_equal(list[0].began, NOON);
    assert_string_equal(list[0].face, "full");
    assert_string_equal(list[1].steps[0].refusal, "too_high");
    assert_string_equal(list[1].newer, "1.1.0");
    assert_true(list[1].has_draft && !list[0].has_draft);
    assert_int_equal(list[1].n_before, 2);
    small_holds(&s);
    small_end(&s);
}

static void a_session_without_sittings_has_none(void **state)
{
    att_sitting_log log = new_log(0);
    att_sitting *list = NULL;
    size_t n = 9;
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    assert_ok(att_sittings_add(s.store, ID_A, &(att_steps){ &log, NULL, 0 }, &s.err),
              &s.err);
    assert_ok(att_sittings_read(&s.arena, s.store, ID_A, &list, &n, &s.err), &s.err);
    assert_int_equal(n, 0);
    small_end(&s);
}

static void steps_of_no_session_are_refused(void **state)
{
    att_step one = step("t1", "answer", 0);
    att_sitting_log log = new_log(0);
    small s;

    small_start(&s);
    assert_fails(att_sittings_add(s.store, ID_A, &(att_steps){ &log, &one, 1 }, &s.err),
                 ATT_ESTORE, &s.err, "FOREIGN KEY");
    assert_int_equal(log.number, 0);
    small_end(&s);
}

/* Three answers with a step each, under a disk that fails; what was confirmed. */
static int interview(const char *path, att_err *err)
{
    att_sitting_log log = new_log(0);
    small s = { 0 };
    int n = 0;

    s.store = att_store_open(path, ATT_OPEN_WRITE, err);
    for (int i = 0; s.store != NULL && n == i && i < 3; i++) {
        att_step one = step("t1", "answer", 100 * i);
        att_steps steps = { &log, &one, 1 };
        att_entry entry = small_answer("t1", i);

        n += att_responses_append_with(s.store, ID_A, &entry, &steps, &s.err) == ATT_OK;
        *err = s.err;
    }
    att_store_close(s.store);
    return n;
}

static void a_disk_that_fails_keeps_steps_and_entries_together(void **state)
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
            small after = { 0 };
            int confirmed;

            att_test_write(copy, bytes, n_bytes);
            faulty_set(at, how & 1, how >> 1);
            confirmed = interview(copy, &err);
            n_failed = faulty.n_failed;
            faulty_set(0, 0, 0);
            after.store = att_store_open(copy, ATT_OPEN_WRITE, &after.err);
            assert_ok(after.err.code, &after.err);
            small_holds(&after);
            assert_true(raw_ask(copy, "SELECT COUNT(*) FROM steps") >= confirmed);
            assert_int_equal(
                raw_ask(copy, "SELECT COUNT(*) FROM steps"),
                raw_ask(copy, "SELECT COUNT(*) FROM entries WHERE act = 'answer'"));
            assert_true(raw_ask(copy, "SELECT COUNT(*) FROM sittings") <= 1);
            att_store_close(after.store);
            assert_true(at < 1000);
        }
        test_free(bytes);
        test_free(copy);
        small_end(&s);
    }
}

ATT_TEST_MAIN(cmocka_unit_test(steps_come_back_as_they_were_in_their_sittings),
              cmocka_unit_test(a_session_without_sittings_has_none),
              cmocka_unit_test(steps_of_no_session_are_refused),
              cmocka_unit_test(a_disk_that_fails_keeps_steps_and_entries_together))
