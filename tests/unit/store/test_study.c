/* test_study.c - the study file: made, opened, refused, set, copied
 */
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "raw.h"
#include "small.h"

static void a_new_study_is_private_empty_and_as_it_should_be(void **state)
{
    small s;
    struct stat info;
    att_store_facts facts;

    small_start(&s);
    assert_int_equal(stat(s.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_ok(att_store_facts_of(s.store, &facts, &s.err), &s.err);
    assert_string_equal(facts.journal, "delete");
    assert_string_equal(facts.synchronous, "extra");
    assert_int_equal(facts.user_version, (int)att_schema_n);
    assert_string_equal(facts.made_by, ATT_VERSION);
    assert_string_equal(facts.written_by, ATT_VERSION);
    assert_int_equal(facts.n_entries, 0);
    assert_int_equal(facts.n_instruments, 1);
    small_whole(&s, ID_A, "N-1", 1);
    small_begin(&s, ID_B, "N-2");
    assert_ok(att_store_facts_of(s.store, &facts, &s.err), &s.err);
    assert_int_equal(facts.n_entries, 5);
    assert_int_equal(facts.n_responses, 2);
    assert_int_equal(facts.n_finished, 1);
    assert_int_equal(facts.n_open, 1);
    assert_int_equal(facts.n_people, 2);
    assert_string_equal(att_store_path(s.store), s.path);
    small_end(&s);
}

static void nothing_is_left_beside_a_study(void **state)
{
    small s;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    att_store_close(s.store);
    s.store = NULL;
    assert_int_equal(unlink(s.path), 0);
    assert_int_equal(rmdir(s.folder), 0); /* so it was the only file */
    test_free(s.path);
    test_free(s.folder);
    att_arena_drop(&s.arena);
}

static void what_is_there_is_never_overwritten(void **state)
{
    small s;
    char *text;

    small_start(&s);
    assert_null(att_store_make(s.path, NOON, &s.err));
    assert_int_equal(s.err.code, ATT_EUSAGE);
    assert_contains(s.err.message, "is there already");
    s.err = (att_err){ 0 };
    small_holds(&s);
    text = att_test_join(s.folder, "missing/x.attune");
    assert_null(att_store_make(text, NOON, &s.err));
    assert_int_equal(s.err.code, ATT_EIO);
    test_free(text);
    small_end(&s);
}

static void what_is_no_study_is_refused(void **state)
{
    static const char noise[] = "This is a text and no study at all. "
                                "This is a text and no study at all. "
                                "This is a text and no study at all.";
    struct {
        const char *name;
        att_code code;
        const char *says, *hint;
    } cases[] = {
        { "missing.attune", ATT_ENOTFOUND, "there is no study", "attune init" },
        { "text.attune", ATT_EINPUT, "is not a study", "attune init" },
        { "empty.attune", ATT_EINPUT, "is not a study", "attune init" },
        { "folder.attune", ATT_EINPUT, "is not a study", "attune init" },
        { "other.attune", ATT_EINPUT, "is not a study", "attune init" },
    };
    small s;

    small_start(&s);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = att_test_join(s.folder, cases[i].name);

        if (i == 1) {
            att_test_write(path, noise, sizeof noise - 1);
        } else if (i == 2) {
            att_test_write(path, "", 0);
        } else if (i == 3) {
            assert_int_equal(mkdir(path, 0700), 0);
        } else if (i == 4) {
            raw_do(path, "CREATE TABLE t (x)");
        }
        for (int mode = ATT_OPEN_WRITE; mode <= ATT_OPEN_READ; mode++) {
            s.err = (att_err){ 0 };
            assert_null(att_store_open(path, (att_open_mode)mode, &s.err));
            assert_int_equal(s.err.code, cases[i].code);
            assert_contains(s.err.message, cases[i].says);
            assert_contains(s.err.message, cases[i].name);
            assert_contains(s.err.hint, cases[i].hint);
        }
        test_free(path);
    }
    small_end(&s);
}

static void a_newer_study_names_the_program_that_wrote_it(void **state)
{
    small s;

    small_start(&s);
    raw_do(s.path, "PRAGMA user_version = 99;"
                   "UPDATE facts SET value = '9.8.7' WHERE name = 'written_by'");
    att_store_close(s.store);
    s.store = att_store_open(s.path, ATT_OPEN_WRITE, &s.err);
    assert_null(s.store);
    assert_int_equal(s.err.code, ATT_EINPUT);
    assert_contains(s.err.message, "was written by attune 9.8.7 in format 99");
    assert_contains(s.err.message, "this is attune " ATT_VERSION);
    assert_string_equal(s.err.hint, "use attune 9.8.7");
    small_end(&s);
}

static void a_study_that_another_program_holds_is_busy(void **state)
{
    small s;
    sqlite3 *raw;
    att_db_opts opts = { .busy_ms = 1 };
    char says[400];

    small_start(&s);
    att_store_close(s.store);
    s.store = att_store_open_with(s.path, &opts, &s.err);
    assert_ok(s.err.code, &s.err);
    raw = raw_open(s.path);
    raw_run(raw, "BEGIN IMMEDIATE");
    assert_fails(small_try_begin(&s, ID_A, ""), ATT_EBUSY, &s.err, "");
    snprintf(says, sizeof says, "study \"%s\" is in use by another program", s.path);
    assert_string_equal(s.err.message, says);
    assert_string_equal(s.err.hint, "close the other one, or try again in a moment");
    raw_run(raw, "COMMIT; BEGIN EXCLUSIVE");
    s.err = (att_err){ 0 };
    assert_null(att_store_open_with(s.path, &opts, &s.err));
    assert_int_equal(s.err.code, ATT_EBUSY);
    raw_run(raw, "COMMIT; BEGIN; SELECT * FROM facts"); /* one who only reads */
    s.err = (att_err){ 0 };
    assert_fails(small_try_begin(&s, ID_A, ""), ATT_EBUSY, &s.err, "in use");
    raw_run(raw, "COMMIT");
    sqlite3_close(raw);
    s.err = (att_err){ 0 };
    small_begin(&s, ID_A, "");
    small_holds(&s);
    small_end(&s);
}

/* In a child, as nobody: the tests may run as root, whom nothing is denied. */
static int open_as_nobody(const char *path, att_open_mode mode)
{
    att_err err = { 0 };
    att_store *store;

    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        return 90;
    }
    store = att_store_open(path, mode, &err);
    if (store == NULL) {
        return err.code == ATT_EIO && strstr(err.message, "is read-only") != NULL ? 1
                                                                                  : 91;
    }
    att_store_close(store);
    return 0;
}

static void a_read_only_study_can_be_read_and_says_so_when_written(void **state)
{
    small s;

    small_start(&s);
    chmod(s.folder, 0755);
    chmod(s.path, 0444);
    for (int mode = ATT_OPEN_WRITE; mode <= ATT_OPEN_READ; mode++) {
        int status = -1;
        pid_t child = fork();

        if (child == 0) {
            _exit(open_as_nobody(s.path, (att_open_mode)mode));
        }
        assert_true(waitpid(child, &status, 0) == child);
        assert_int_equal(WEXITSTATUS(status), mode == ATT_OPEN_WRITE ? 1 : 0);
    }
    small_end(&s);
}

static void a_reader_does_not_write(void **state)
{
    small s;

    small_start(&s);
    att_store_close(s.store);
    s.store = att_store_open(s.path, ATT_OPEN_READ, &s.err);
    assert_fails(small_try_begin(&s, ID_A, ""), ATT_EIO, &s.err, "is read-only");
    s.err = (att_err){ 0 };
    small_holds(&s);
    small_end(&s);
}

static void who_wrote_last_is_noted(void **state)
{
    small s;
    att_store_facts facts;

    small_start(&s);
    raw_do(s.path, "UPDATE facts SET value = '0.0.1' WHERE name = 'written_by'");
    small_reopen(&s);
    assert_ok(att_store_facts_of(s.store, &facts, &s.err), &s.err);
    assert_string_equal(facts.written_by, ATT_VERSION);
    small_end(&s);
}

static void settings_are_set_read_and_taken_away(void **state)
{
    small s;
    att_setting *list;
    size_t n;

    small_start(&s);
    assert_ok(att_settings_set(s.store, "network", "\"the \\\"net\\\"\"", &s.err),
              &s.err);
    assert_ok(att_settings_set(s.store, "sites", "[\"North\", \"South\"]", &s.err),
              &s.err);
    assert_ok(att_settings_set(s.store, "none", "[]", &s.err), &s.err);
    assert_ok(att_settings_set(s.store, "map", "{\"a\":\"b\"}", &s.err), &s.err);
    assert_ok(att_settings_set(s.store, "mixed", "[\"a\", 1]", &s.err), &s.err);
    assert_ok(att_settings_set(s.store, "zero", "null", &s.err), &s.err);
    assert_string_equal(att_settings_get(&s.arena, s.store, "map", &s.err),
                        "{\"a\":\"b\"}");
    assert_ok(att_settings_read(&s.arena, s.store, &list, &n, &s.err), &s.err);
    assert_int_equal(n, 3);
    assert_string_equal(list[0].name, "network");
    assert_string_equal(list[0].text, "the \"net\"");
    assert_string_equal(list[1].name, "none");
    assert_null(list[1].text);
    assert_int_equal(list[1].n_list, 0);
    assert_int_equal(list[2].n_list, 2);
    assert_string_equal(list[2].list[0], "North");
    assert_string_equal(list[2].list[1], "South");
    assert_ok(att_settings_set(s.store, "map", NULL, &s.err), &s.err);
    assert_null(att_settings_get(&s.arena, s.store, "map", &s.err));
    assert_int_equal(s.err.code, ATT_OK);
    assert_fails(att_settings_set(s.store, "bad", "[1,", &s.err), ATT_EINPUT, &s.err,
                 "");
    small_end(&s);
}

static void a_copy_is_private_whole_and_never_over_another(void **state)
{
    small s;
    char *path;
    struct stat info;

    small_start(&s);
    small_whole(&s, ID_A, "N-1", 1);
    path = att_test_join(s.folder, "copy.attune");
    assert_ok(att_store_backup(s.store, path, &s.err), &s.err);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_fails(att_store_backup(s.store, path, &s.err), ATT_EUSAGE, &s.err,
                 "is there already");
    att_store_close(s.store);
    s.err = (att_err){ 0 };
    s.store = att_store_open(path, ATT_OPEN_WRITE, &s.err);
    assert_int_equal(small_verify(&s).n_entries, 4);
    small_holds(&s);
    test_free(path);
    small_end(&s);
}

static void the_view_shows_the_answers_as_they_stand(void **state)
{
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "N-1");
    small_append(&s, ID_A, small_answer("t1", 4));
    small_append(&s, ID_A, small_answer("t1", 7));
    small_whole(&s, ID_B, "N-2", 5);
    assert_int_equal(raw_ask(s.path, "SELECT COUNT(*) FROM answers"), 2);
    assert_int_equal(raw_ask(s.path, "SELECT json_extract(payload, '$.answer') FROM "
                                     "answers WHERE person = 'N-1' AND item = 't1'"),
                     7);
    assert_int_equal(
        raw_ask(s.path, "SELECT COUNT(*) FROM answers WHERE item = 'name'"), 0);
    small_end(&s);
}

ATT_TEST_MAIN(cmocka_unit_test(a_new_study_is_private_empty_and_as_it_should_be),
              cmocka_unit_test(nothing_is_left_beside_a_study),
              cmocka_unit_test(what_is_there_is_never_overwritten),
              cmocka_unit_test(what_is_no_study_is_refused),
              cmocka_unit_test(a_newer_study_names_the_program_that_wrote_it),
              cmocka_unit_test(a_study_that_another_program_holds_is_busy),
              cmocka_unit_test(a_read_only_study_can_be_read_and_says_so_when_written),
              cmocka_unit_test(a_reader_does_not_write),
              cmocka_unit_test(who_wrote_last_is_noted),
              cmocka_unit_test(settings_are_set_read_and_taken_away),
              cmocka_unit_test(a_copy_is_private_whole_and_never_over_another),
              cmocka_unit_test(the_view_shows_the_answers_as_they_stand))
