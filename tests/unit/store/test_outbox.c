/* test_outbox.c - what is to be sent, once each
 */
#include "small.h"

static att_outbox_row *all_rows(small *s, size_t *n)
{
    att_outbox_row *rows = NULL;

    assert_ok(att_outbox_list(&s->arena, s->store, -1, &rows, n, &s->err), &s->err);
    return rows;
}

static att_code move(small *s, const char *id, att_outbox_state state, const char *note)
{
    att_outbox_move one = { id, state, note };

    return att_outbox_move_all(s->store, &one, 1, NOON, &s->err);
}

static void a_finish_makes_a_row_and_a_decline_none(void **state)
{
    small s;
    att_outbox_row *rows;
    size_t n;

    small_start(&s);
    small_begin(&s, ID_A, "N-1");
    all_rows(&s, &n);
    assert_int_equal(n, 0);
    small_append(&s, ID_A, small_act(ATT_ACT_FINISH));
    small_begin(&s, ID_B, "N-2");
    small_append(&s, ID_B, small_act(ATT_ACT_DECLINE));
    small_begin(&s, ID_C, "");
    small_append(&s, ID_C, small_act(ATT_ACT_FINISH));
    rows = all_rows(&s, &n);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].response, ID_A);
    assert_string_equal(rows[0].record, "N-1");
    assert_string_equal(rows[0].form, "small");
    assert_string_equal(rows[0].instrument, "small");
    assert_string_equal(rows[0].digest, s.digest);
    assert_string_equal(rows[0].wave, "t1");
    assert_string_equal(rows[0].site, "north");
    assert_int_equal(rows[0].instance, 0);
    assert_int_equal(rows[0].state, ATT_OUTBOX_PENDING);
    assert_int_equal(rows[0].n_tries, 0);
    assert_string_equal(rows[0].note, "");
    assert_string_equal(rows[1].record, ID_C); /* anonymous */
    small_end(&s);
}

static void a_second_one_of_a_person_is_held_until_numbered(void **state)
{
    small s;
    att_outbox_row *rows;
    size_t n;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    small_whole(&s, ID_B, "N-1", 2);
    small_whole(&s, ID_C, "N-1", 3);
    rows = all_rows(&s, &n);
    assert_int_equal(rows[0].state, ATT_OUTBOX_PENDING);
    assert_int_equal(rows[1].state, ATT_OUTBOX_CONFLICT);
    assert_contains(rows[1].note, "conflict: session aaaaaa of \"N-1\"");
    assert_int_equal(rows[2].state, ATT_OUTBOX_CONFLICT);
    assert_fails(move(&s, ID_B, ATT_OUTBOX_PENDING, NULL), ATT_ECONFLICT, &s.err,
                 "goes already");
    s.err = (att_err){ 0 };
    assert_ok(att_outbox_number(s.store, ID_B, NOON, &s.err), &s.err);
    assert_ok(att_outbox_number(s.store, ID_C, NOON, &s.err), &s.err);
    rows = all_rows(&s, &n);
    assert_int_equal(rows[1].instance, 2);
    assert_int_equal(rows[1].state, ATT_OUTBOX_PENDING);
    assert_string_equal(rows[1].note, "");
    assert_int_equal(rows[2].instance, 3);
    assert_fails(att_outbox_number(s.store, ID_A, NOON, &s.err), ATT_EUSAGE, &s.err,
                 "is not held");
    small_end(&s);
}

static void a_held_row_takes_the_place_when_the_first_is_held(void **state)
{
    small s;
    att_outbox_move moves[] = { { ID_A, ATT_OUTBOX_CONFLICT, "the other one counts" },
                                { ID_B, ATT_OUTBOX_PENDING, NULL } };

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    small_whole(&s, ID_B, "N-1", 2);
    assert_ok(att_outbox_move_all(s.store, moves, 2, NOON, &s.err), &s.err);
    small_end(&s);
}

static void rows_move_and_tries_are_counted(void **state)
{
    small s;
    att_outbox_row *rows;
    att_outbox_count count;
    size_t n;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    small_whole(&s, ID_B, "N-2", 2);
    assert_ok(move(&s, ID_A, ATT_OUTBOX_UNKNOWN, NULL), &s.err);
    assert_ok(move(&s, ID_A, ATT_OUTBOX_UNKNOWN, NULL), &s.err);
    assert_ok(move(&s, ID_A, ATT_OUTBOX_REFUSED, "the form is locked there"), &s.err);
    rows = all_rows(&s, &n);
    assert_int_equal(rows[0].n_tries, 2);
    assert_int_equal(rows[0].state, ATT_OUTBOX_REFUSED);
    assert_string_equal(rows[0].note, "the form is locked there");
    assert_ok(att_outbox_count_all(s.store, &count, &s.err), &s.err);
    assert_int_equal(count.n[ATT_OUTBOX_PENDING], 1);
    assert_int_equal(count.n[ATT_OUTBOX_REFUSED], 1);
    assert_int_equal(count.n[ATT_OUTBOX_DONE], 0);
    assert_ok(att_outbox_list(&s.arena, s.store, ATT_OUTBOX_PENDING, &rows, &n, &s.err),
              &s.err);
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].response, ID_B);
    assert_string_equal(att_outbox_state_name(ATT_OUTBOX_UNKNOWN), "unknown");
    small_end(&s);
}

static void moves_are_all_made_or_none(void **state)
{
    small s;
    att_outbox_count count;
    att_outbox_move moves[] = { { ID_A, ATT_OUTBOX_DONE, NULL },
                                { ID_C, ATT_OUTBOX_DONE, NULL } };

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    assert_fails(att_outbox_move_all(s.store, moves, 2, NOON, &s.err), ATT_ENOTFOUND,
                 &s.err, "is not in the outbox");
    assert_ok(att_outbox_count_all(s.store, &count, NULL), NULL);
    assert_int_equal(count.n[ATT_OUTBOX_DONE], 0);
    small_end(&s);
}

static void one_sends_at_a_time(void **state)
{
    small s;
    att_store *other;
    att_outbox_lock *lock;

    small_start(&s);
    other = att_store_open(s.path, ATT_OPEN_WRITE, &s.err);
    lock = att_outbox_lock_open(s.store, &s.err);
    assert_non_null(lock);
    assert_null(att_outbox_lock_open(other, &s.err));
    assert_int_equal(s.err.code, ATT_EBUSY);
    s.err = (att_err){ 0 };
    small_begin(&s, ID_A, ""); /* answers go on meanwhile */
    att_outbox_lock_close(lock);
    lock = att_outbox_lock_open(other, &s.err);
    assert_non_null(lock);
    att_outbox_lock_close(lock);
    att_outbox_lock_close(NULL);
    att_store_close(other);
    small_append(&s, ID_A, small_answer("t1", 1));
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(a_finish_makes_a_row_and_a_decline_none),
              cmocka_unit_test(a_second_one_of_a_person_is_held_until_numbered),
              cmocka_unit_test(a_held_row_takes_the_place_when_the_first_is_held),
              cmocka_unit_test(rows_move_and_tries_are_counted),
              cmocka_unit_test(moves_are_all_made_or_none),
              cmocka_unit_test(one_sends_at_a_time))
