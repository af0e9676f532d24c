/* test_migrate.c - forward, one step at a time, a copy first
 */
#include <unistd.h>

#include "migrate.h"
#include "raw.h"
#include "small.h"

/* Steps that come after those there are: [n] with what is taken already in front, which
 * is never run again. */
static const att_schema_step *steps_and(small *s, const char *first, const char *second)
{
    att_schema_step *steps = att_new_n(&s->arena, att_schema_step, att_schema_n + 2);
    const char *sql[2] = { first, second };

    for (size_t i = 0; i < att_schema_n + 2; i++) {
        steps[i] = (att_schema_step){ .number = (int)i + 1,
                                      .name = "taken",
                                      .sql = "SELECT RAISE;" };
    }
    for (size_t i = 0; i < 2; i++) {
        steps[att_schema_n + i].sql = att_arena_format(
            &s->arena, "%s PRAGMA user_version = %zu;", sql[i], att_schema_n + i + 1);
    }
    return steps;
}

#define MORE "CREATE TABLE more (x INTEGER NOT NULL) STRICT;"
#define MOST "INSERT INTO more VALUES (3);"
#define BAD  "CREATE TABLE more (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"

/* Of the study as it was before the steps. */
static const char *copy_path(small *s, const char *end)
{
    return att_arena_format(&s->arena, "%s.format-%zu%s", s->path, att_schema_n, end);
}

static void an_older_study_goes_forward_after_a_copy(void **state)
{
    small s;
    const att_schema_step *later;
    const char *copy;
    bool is_older = false;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    later = steps_and(&s, MORE, MOST);
    copy = copy_path(&s, "");
    assert_ok(att_migrate_needed(s.store->db, att_schema_n + 2, &is_older, &s.err),
              &s.err);
    assert_true(is_older);
    assert_ok(att_migrate_run(s.store->db, later, att_schema_n + 2, &s.err), &s.err);
    assert_int_equal(raw_ask(s.path, "PRAGMA user_version"), att_schema_n + 2);
    assert_int_equal(raw_ask(s.path, "SELECT x FROM more"), 3);
    assert_int_equal(raw_ask(copy, "PRAGMA user_version"), att_schema_n);
    assert_int_equal(raw_ask(copy, "SELECT COUNT(*) FROM entries"), 4);
    small_holds(&s);
    assert_ok(att_migrate_run(s.store->db, later, att_schema_n + 2, &s.err),
              &s.err); /* nothing to do */
    assert_int_equal(raw_ask(s.path, "SELECT COUNT(*) FROM more"), 1);
    small_end(&s);
}

static void a_step_that_fails_changes_nothing(void **state)
{
    small s;

    small_start(&s);
    assert_fails(att_migrate_run(s.store->db, steps_and(&s, BAD, MOST),
                                 att_schema_n + 1, &s.err),
                 ATT_ESTORE, &s.err, "nowhere");
    assert_int_equal(raw_ask(s.path, "PRAGMA user_version"), att_schema_n);
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
    const char *first, *second;

    small_start(&s);
    first = copy_path(&s, "");
    second = copy_path(&s, ".2");
    att_test_write(first, "mine", 4);
    assert_ok(att_migrate_run(s.store->db, steps_and(&s, MORE, MOST), att_schema_n + 1,
                              &s.err),
              &s.err);
    assert_int_equal(raw_ask(second, "PRAGMA user_version"), att_schema_n);
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
