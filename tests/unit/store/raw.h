/* raw.h - a study file as another program sees it: SQLite without the store
 */
#ifndef ATTUNE_TESTS_STORE_RAW_H
#define ATTUNE_TESTS_STORE_RAW_H

#include <sqlite3.h>

#include <att_test.h>

static inline sqlite3 *raw_open(const char *path)
{
    sqlite3 *raw = NULL;

    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    return raw;
}

/* Runs SQL and fails the test if that fails. */
static inline void raw_run(sqlite3 *raw, const char *sql)
{
    char *says = NULL;

    if (sqlite3_exec(raw, sql, NULL, NULL, &says) != SQLITE_OK) {
        fail_msg("%s\n  in: %s", says, sql);
    }
}

/* Opens, runs, closes. */
static inline void raw_do(const char *path, const char *sql)
{
    sqlite3 *raw = raw_open(path);

    raw_run(raw, sql);
    sqlite3_close(raw);
}

/* As one who means harm: no triggers, no checks, no references. */
static inline void raw_force(const char *path, const char *sql)
{
    sqlite3 *raw = raw_open(path);

    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    raw_run(raw, "PRAGMA ignore_check_constraints = ON");
    raw_run(raw, "PRAGMA foreign_keys = OFF");
    raw_run(raw, sql);
    sqlite3_close(raw);
}

/* The first value of the first row as a whole number. */
static inline long long raw_ask(const char *path, const char *sql)
{
    sqlite3 *raw = raw_open(path);
    sqlite3_stmt *stmt = NULL;
    long long value = -1;

    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL), SQLITE_OK);
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        value = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(raw);
    return value;
}

#endif
