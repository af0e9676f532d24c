/* test_migrate.c - forward, one step at a time, a copy first
 */
#include <unistd.h>

#include "migrate.h"
#include "raw.h"
#include "small.h"

static const att_schema_step later[] = {
    { 1, "001-first", "SELECT RAISE;" }, /* taken already: never run again */
    { 2, "002-more",
      "CREATE TABLE more (x INTEGER NOT NULL) STRICT; PRAGMA user_version = 2;" },
    { 3, "003-most", "INSERT INTO more VALUES (3); PRAGMA user_version = 3;" },
};

static const att_schema_step broken[] = {
    { 1, "001-first", "SELECT RAISE;" },
    { 2, "002-bad",
      "CREATE TABLE more (x INTEGER) STRICT; INSERT INTO nowhere "
      "VALUES (1); PRAGMA user_version = 2;" },
};

static void an_older_study_goes_forward_after_a_copy(void **state)
{
    small s;
    char *copy;
    bool is_older = false;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    copy = att_test_join(s.folder, "demo.attune.format-1");
    assert_ok(att_migrate_needed(s.store->db, 3, &is_older, &s.err), &s.err);
    assert_true(is_older);
    assert_ok(att_migrate_run(s.store->db, later, 3, &s.err), &s.err);
    assert_int_equal(raw_ask(s.path, "PRAGMA user_version"), 3);
    assert_int_equal(raw_ask(s.path, "SELECT x FROM more"), 3);
    assert_int_equal(raw_ask(copy, "PRAGMA user_version"), 1);
    assert_int_equal(raw_ask(copy, "SELECT COUNT(*) FROM entries"), 4);
    small_holds(&s);
    assert_ok(att_migrate_run(s.store->db, later, 3, &s.err),
              &s.err); /* nothing to do */
    assert_int_equal(raw_ask(s.path, "SELECT COUNT(*) FROM more"), 1);
    test_free(copy);
    small_end(&s);
}

static void a_step_that_fails_changes_nothing(void **state)
{
    small s;

    small_start(&s);
    assert_fails(att_migrate_run(s.store->db, broken, 2, &s.err), ATT_ESTORE, &s.err,
                 "nowhere");
    assert_int_equal(raw_ask(s.path, "PRAGMA user_version"), 1);
    assert_int_equal(
        raw_ask(s.path, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'more'"), 0);
    s.err = (att_err){ 0 };
    small_whole(&s, ID_A, "N-1", 1);
    small_holds(&s);
    small_end(&s);
}

static void a_copy_never_overwrites_an_earlier_one(void **state)
{
    small s;
    char *first, *second;

    small_start(&s);
    first = att_test_join(s.folder, "demo.attune.format-1");
    second = att_test_join(s.folder, "demo.attune.format-1.2");
    att_test_write(first, "mine", 4);
    assert_ok(att_migrate_run(s.store->db, later, 2, &s.err), &s.err);
    assert_int_equal(raw_ask(second, "PRAGMA user_version"), 1);
    test_free(first);
    test_free(second);
    small_end(&s);
}

static void a_new_study_has_every_step_and_no_copy(void **state)
{
    small s;
    char *copy;

    small_start(&s);
    copy = att_test_join(s.folder, "demo.attune.format-0");
    assert_int_equal(access(copy, F_OK), -1);
    for (size_t i = 0; i < att_schema_n; i++) {
        assert_int_equal(att_schema[i].number, i + 1);
    }
    assert_int_equal(raw_ask(s.path, "PRAGMA user_version"), att_schema_n);
    assert_int_equal(raw_ask(s.path, "PRAGMA application_id"),
                     ATT_STUDY_APPLICATION_ID);
    test_free(copy);
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(an_older_study_goes_forward_after_a_copy),
              cmocka_unit_test(a_step_that_fails_changes_nothing),
              cmocka_unit_test(a_copy_never_overwrites_an_earlier_one),
              cmocka_unit_test(a_new_study_has_every_step_and_no_copy))
