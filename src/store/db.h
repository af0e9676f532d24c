/* db.h - the database below the store: statements, transactions, and what fails
 *
 * What:  the only wall round SQLite. A statement is got by its name in queries.sql,
 *        bound, run or walked, and done; it is prepared once a connection.
 * Use:   att_db_begin, then statements, then `return att_db_end(db, code, err)`, which
 *        commits when code is ATT_OK and else rolls back.
 * Words: every failure of SQLite becomes one att_err here, with the study's path.
 */
#ifndef ATTUNE_SRC_STORE_DB_H
#define ATTUNE_SRC_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/error.h>

#include "store_sql.h"

typedef struct att_db att_db;
typedef struct att_stmt att_stmt;

typedef struct att_db_opts {
    bool is_readonly;
    int busy_ms;      /* how long to wait for another program; 0: 5000 */
    bool is_new;      /* the file is empty, and is to become a study */
    const char *name; /* what messages call it; NULL: its path */
} att_db_opts;

/* Opens an existing file. ENOTFOUND, EINPUT (a folder, no database), EBUSY, EIO. */
att_db *att_db_open(const char *path, const att_db_opts *opts, att_err *err);
void att_db_close(att_db *db);

const char *att_db_path(const att_db *db); /* what messages call it */
bool att_db_is_readonly(const att_db *db);
const char *att_db_version(void); /* of SQLite */

/* Rows that the last statement changed. */
long long att_db_changed(const att_db *db);

/* A write, alone until its end; a read, of one state until its end. */
att_code att_db_begin(att_db *db, att_err *err);
att_code att_db_begin_read(att_db *db, att_err *err);

/* Commits when code is ATT_OK, else rolls back. Returns code, or that of the commit. */
att_code att_db_end(att_db *db, att_code code, att_err *err);

/* Runs a step of the schema: several statements. */
att_code att_db_run_step(att_db *db, const att_schema_step *step, att_err *err);

/* Runs a statement without parameters; its rows are passed over. */
att_code att_db_run(att_db *db, att_sql which, att_err *err);

/* The first column of the first row of a statement without parameters; 0 without one. */
att_code att_db_ask(att_db *db, att_sql which, long long *out, att_err *err);

/* A consistent copy of the whole file; path must not exist (EUSAGE). Mode 0600, on disk
 * on return, removed if it fails. */
att_code att_db_backup(att_db *db, const char *path, att_err *err);

/* ---- statements ---- */

/* Ready to be bound. There is one of each: getting it again ends the walk before, so
 * nothing calls back while a statement is walked. */
att_code att_db_get(att_db *db, att_sql which, att_stmt **out, att_err *err);

/* Parameters from 1. Texts and bytes must live until the statement is done. */
void att_stmt_bind_whole(att_stmt *stmt, int i, long long value);
void att_stmt_bind_real(att_stmt *stmt, int i, double value);      /* NaN binds NULL */
void att_stmt_bind_text(att_stmt *stmt, int i, const char *text);  /* NULL binds NULL */
void att_stmt_bind_known(att_stmt *stmt, int i, const char *text); /* "" binds NULL */
void att_stmt_bind_bytes(att_stmt *stmt, int i, const void *bytes, size_t n);

/* The next row, or none. After none, or an error, the statement is done. */
att_code att_stmt_next(att_stmt *stmt, bool *has_row, att_err *err);

/* Runs to the end and is done. */
att_code att_stmt_run(att_stmt *stmt, att_err *err);

/* Gives the statement back. NULL and what is done already are fine. */
void att_stmt_done(att_stmt *stmt);

/* Columns from 0, of the row at hand. Pointers hold until the next row. */
bool att_stmt_is_null(att_stmt *stmt, int column);
long long att_stmt_whole(att_stmt *stmt, int column);
double att_stmt_real(att_stmt *stmt, int column); /* NULL is NaN */
const char *att_stmt_text(att_stmt *stmt,
                          int column); /* NULL is ""; with a NUL: U+FFFD */
const void *att_stmt_bytes(att_stmt *stmt, int column, size_t *n);

#endif
