/* test_db.c - the connection, its transactions, and the plan of every statement
 */
#include "raw.h"
#include "small.h"

/* Statements that read a whole table, and why that is right. */
static const char *const full_scans[] = {
    "count_study",       /* doctor: counts */
    "list_settings",     /* all of them */
    "list_instruments",  /* all of them */
    "read_instruments",  /* verify */
    "find_response_end", /* an id by its end: once a command */
    "list_outbox",       /* all of them */
    "count_outbox",      /* all of them, over an index */
    "walk_entries",      /* verify */
    "count_entries",     /* verify */
    "find_follower",     /* verify, once, of a broken chain */
    "walk_responses",    /* verify */
    "list_people",       /* all of them */
};

static int may_scan(const char *name)
{
    for (size_t i = 0; i < sizeof full_scans / sizeof full_scans[0]; i++) {
        if (strcmp(name, full_scans[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether a plan reads a whole table; what it says is added to plan. */
static int scans(sqlite3 *raw, const char *sql, att_buf *plan)
{
    sqlite3_stmt *stmt = NULL;
    att_buf text = { 0 };
    int found = 0;

    att_buf_format(&text, "EXPLAIN QUERY PLAN %s", sql);
    if (sqlite3_prepare_v2(raw, att_buf_text(&text), -1, &stmt, NULL) != SQLITE_OK) {
        fail_msg("%s in: %s", sqlite3_errmsg(raw), sql);
    }
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(stmt, 3);

        att_buf_format(plan, "\n  %s", line);
        found |= strncmp(line, "SCAN ", 5) == 0 && strstr(line, "CONSTANT ROW") == NULL;
    }
    sqlite3_finalize(stmt);
    att_buf_drop(&text);
    return found;
}

static void no_statement_reads_a_whole_table_unless_listed(void **state)
{
    small s;
    sqlite3 *raw;

    small_start(&s);
    raw = raw_open(s.path);
    for (size_t i = 0; i < ATT_SQL_COUNT; i++) {
        att_buf plan = { 0 };
        int found = scans(raw, att_sql_text[i], &plan);

        if (found != may_scan(att_sql_name[i])) {
            fail_msg("%s %s a whole table:%s", att_sql_name[i],
                     found ? "reads" : "is listed, but does not read",
                     att_buf_text(&plan));
        }
        att_buf_drop(&plan);
    }
    sqlite3_close(raw);
    small_end(&s);
}

static void the_connection_is_strict(void **state)
{
    small s;
    long long mode;

    small_start(&s);
    assert_ok(att_db_ask(s.store->db, ATT_SQL_GET_SYNCHRONOUS, &mode, &s.err), &s.err);
    assert_int_equal(mode, 3); /* EXTRA */
    assert_contains(att_db_version(), "3.");
    assert_false(att_db_is_readonly(s.store->db));
    small_end(&s);
}

static void a_transaction_that_fails_leaves_nothing(void **state)
{
    small s;
    att_db *db;
    att_stmt *stmt;

    small_start(&s);
    db = s.store->db;
    assert_ok(att_db_begin(db, &s.err), &s.err);
    assert_ok(att_db_get(db, ATT_SQL_PUT_SETTING, &stmt, &s.err), &s.err);
    att_stmt_bind_text(stmt, 1, "a");
    att_stmt_bind_text(stmt, 2, "1");
    assert_ok(att_stmt_run(stmt, &s.err), &s.err);
    assert_int_equal(att_db_changed(db), 1);
    assert_int_equal(att_db_end(db, ATT_EINPUT, &s.err), ATT_EINPUT);
    assert_int_equal(s.err.code, ATT_OK);
    assert_null(att_settings_get(&s.arena, s.store, "a", &s.err));
    assert_ok(att_db_begin(db, &s.err), &s.err); /* and the next one begins */
    assert_ok(att_db_end(db, ATT_OK, &s.err), &s.err);
    small_end(&s);
}

static void a_write_is_alone_from_its_begin(void **state)
{
    small s;
    sqlite3 *raw;

    small_start(&s);
    raw = raw_open(s.path);
    assert_ok(att_db_begin(s.store->db, &s.err), &s.err);
    assert_int_equal(sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_BUSY);
    assert_ok(att_db_end(s.store->db, ATT_OK, &s.err), &s.err);
    raw_run(raw, "BEGIN IMMEDIATE; COMMIT");
    sqlite3_close(raw);
    small_end(&s);
}

static void a_parameter_that_is_not_there_fails_the_statement(void **state)
{
    small s;
    att_stmt *stmt;

    small_start(&s);
    assert_ok(att_db_get(s.store->db, ATT_SQL_GET_SETTING, &stmt, &s.err), &s.err);
    att_stmt_bind_text(stmt, 2, "x");
    assert_fails(att_stmt_run(stmt, &s.err), ATT_ESTORE, &s.err, "");
    small_end(&s);
}

static void a_failure_without_an_err_still_has_its_code(void **state)
{
    att_db_opts opts = { 0 };
    att_err err = { 0 };

    assert_null(att_db_open("/nowhere/x.attune", &opts, NULL));
    assert_null(att_db_open("/nowhere/x.attune", &opts, &err));
    assert_int_equal(err.code, ATT_ENOTFOUND);
    att_db_close(NULL);
}

ATT_TEST_MAIN(cmocka_unit_test(no_statement_reads_a_whole_table_unless_listed),
              cmocka_unit_test(the_connection_is_strict),
              cmocka_unit_test(a_transaction_that_fails_leaves_nothing),
              cmocka_unit_test(a_write_is_alone_from_its_begin),
              cmocka_unit_test(a_parameter_that_is_not_there_fails_the_statement),
              cmocka_unit_test(a_failure_without_an_err_still_has_its_code))
