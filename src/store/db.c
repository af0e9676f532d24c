/* db.c - SQLite behind a wall; see the header
 */
#include "db.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>

#define BUSY_MS 5000

struct att_stmt {
    att_db *db;
    sqlite3_stmt *raw;
    int bound;       /* first code of a bind that failed, or SQLITE_OK */
    bool is_walking; /* got and not done */
};

struct att_db {
    sqlite3 *raw;
    char *path; /* as messages say it */
    bool is_readonly;
    att_stmt stmt[ATT_SQL_COUNT]; /* prepared when first got */
};

/* ---- failures ---- */

static bool is_disk_full(int code, int os_error)
{
    return (code & 0xff) == SQLITE_FULL ||
           ((code & 0xff) == SQLITE_IOERR &&
            (os_error == ENOSPC || os_error == EDQUOT || os_error == EFBIG));
}

static att_code fail_disk_full(const char *path, att_err *err)
{
    att_fail(err, ATT_EIO,
             "study \"%s\" cannot grow, the disk is full; nothing was lost up to the "
             "last confirmed answer",
             path);
    att_hint(err, "make room, then go on with: attune resume");
    return ATT_EIO;
}

static att_code fail_readonly(const char *path, int code, att_err *err)
{
    if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY) {
        att_fail(err, ATT_EIO, "study \"%s\" was left within a write and is read-only",
                 path);
        att_hint(err, "open it once where it may be written");
        return ATT_EIO;
    }
    att_fail(err, ATT_EIO, "study \"%s\" is read-only", path);
    att_hint(err, "copy it to a folder where you may write, or chmod u+w it");
    return ATT_EIO;
}

/* What SQLite's code means to a person. */
static att_code fail_code(const char *path, int code, int os_error, const char *says,
                          att_err *err)
{
    if (is_disk_full(code, os_error)) {
        return fail_disk_full(path, err);
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        att_fail(err, ATT_EBUSY, "study \"%s\" is in use by another program", path);
        att_hint(err, "close the other one, or try again in a moment");
        return ATT_EBUSY;
    case SQLITE_READONLY: return fail_readonly(path, code, err);
    case SQLITE_NOTADB:
        att_fail(err, ATT_EINPUT, "\"%s\" is not a study", path);
        att_hint(err, "make one: attune init NAME.attune");
        return ATT_EINPUT;
    case SQLITE_CORRUPT:
        att_fail(err, ATT_ESTORE, "study \"%s\" is damaged: %s", path, says);
        att_hint(err, "copy the file away, then look: attune verify --study %s", path);
        return ATT_ESTORE;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        att_fail(err, ATT_EIO, "study \"%s\" cannot be read or written: %s", path,
                 os_error != 0 ? strerror(os_error) : says);
        att_hint(err, "look at the disk and at who may write in its folder");
        return ATT_EIO;
    default:
        att_fail(err, ATT_ESTORE, "study \"%s\": %s", path, says);
        return ATT_ESTORE;
    }
}

static att_code fail_sqlite(const att_db *db, att_err *err)
{
    return fail_code(db->path, sqlite3_extended_errcode(db->raw),
                     sqlite3_system_errno(db->raw), sqlite3_errmsg(db->raw), err);
}

/* ---- open and close ---- */

/* SQLite takes a name with a colon in front for a database in memory. */
static int open_raw(const char *path, int flags, sqlite3 **out)
{
    att_buf name = { 0 };
    int code;

    att_buf_add(&name, path[0] == ':' ? "./" : "");
    att_buf_add(&name, path);
    code = sqlite3_open_v2(att_buf_text(&name), out, flags, NULL);
    att_buf_drop(&name);
    return code;
}

static char *copy_text(const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(att_memory_grow(NULL, n, 1), text, n);
}

static att_code check_file(const char *path, bool is_new, att_err *err)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            att_fail(err, ATT_ENOTFOUND, "there is no study \"%s\"", path);
            att_hint(err, "make it: attune init %s", path);
            return ATT_ENOTFOUND;
        }
        return att_fail(err, ATT_EIO, "study \"%s\" cannot be read: %s", path,
                        strerror(errno));
    }
    if (!S_ISREG(info.st_mode) || (info.st_size == 0 && !is_new)) {
        return fail_code(path, SQLITE_NOTADB, 0, "", err);
    }
    return ATT_OK;
}

static att_code prepare_connection(att_db *db, int busy_ms, att_err *err)
{
    static const att_sql always[] = {
        ATT_SQL_SET_TRUSTED_SCHEMA, ATT_SQL_SET_CELL_SIZE_CHECK,
        ATT_SQL_SET_FOREIGN_KEYS,   ATT_SQL_SET_SECURE_DELETE,
        ATT_SQL_SET_TEMP_STORE,     ATT_SQL_SET_SYNCHRONOUS,
    };

    sqlite3_extended_result_codes(db->raw, 1);
    sqlite3_busy_timeout(db->raw, busy_ms > 0 ? busy_ms : BUSY_MS);
    sqlite3_db_config(db->raw, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->raw, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->raw, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        ATT_TRY(att_db_run(db, always[i], err));
    }
    return ATT_OK;
}

att_db *att_db_open(const char *path, const att_db_opts *opts, att_err *err)
{
    int flags = opts->is_readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    att_db *db;

    if (check_file(path, opts->is_new, err) != ATT_OK) {
        return NULL;
    }
    db = att_memory_grow(NULL, 1, sizeof *db);
    memset(db, 0, sizeof *db);
    db->path = copy_text(opts->name != NULL ? opts->name : path);
    db->is_readonly = opts->is_readonly;
    if (open_raw(path, flags, &db->raw) != SQLITE_OK) {
        fail_sqlite(db, err);
        goto failed;
    }
    if (!opts->is_readonly && sqlite3_db_readonly(db->raw, "main") == 1) {
        fail_readonly(db->path, SQLITE_READONLY, err);
        goto failed;
    }
    if (prepare_connection(db, opts->busy_ms, err) == ATT_OK) {
        return db;
    }
failed:
    att_db_close(db);
    return NULL;
}

void att_db_close(att_db *db)
{
    if (db == NULL) {
        return;
    }
    for (size_t i = 0; i < ATT_SQL_COUNT; i++) {
        sqlite3_finalize(db->stmt[i].raw);
    }
    sqlite3_close_v2(db->raw);
    att_memory_free(db->path);
    att_memory_free(db);
}

const char *att_db_path(const att_db *db)
{
    return db->path;
}

bool att_db_is_readonly(const att_db *db)
{
    return db->is_readonly;
}

const char *att_db_version(void)
{
    return sqlite3_libversion();
}

long long att_db_changed(const att_db *db)
{
    return sqlite3_changes64(db->raw);
}

/* ---- transactions ---- */

att_code att_db_begin(att_db *db, att_err *err)
{
    if (db->is_readonly) {
        return fail_readonly(db->path, SQLITE_READONLY, err);
    }
    return att_db_run(db, ATT_SQL_BEGIN_WRITE, err);
}

att_code att_db_begin_read(att_db *db, att_err *err)
{
    return att_db_run(db, ATT_SQL_BEGIN_READ, err);
}

att_code att_db_end(att_db *db, att_code code, att_err *err)
{
    if (code == ATT_OK) {
        code = att_db_run(db, ATT_SQL_COMMIT, err);
    }
    /* Some failures end the transaction by themselves. */
    if (code != ATT_OK && sqlite3_get_autocommit(db->raw) == 0) {
        att_db_run(db, ATT_SQL_ROLLBACK, NULL);
    }
    return code;
}

att_code att_db_run_step(att_db *db, const att_schema_step *step, att_err *err)
{
    if (sqlite3_exec(db->raw, step->sql, NULL, NULL, NULL) != SQLITE_OK) {
        return fail_sqlite(db, err);
    }
    return ATT_OK;
}

att_code att_db_run(att_db *db, att_sql which, att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, which, &stmt, err));
    return att_stmt_run(stmt, err);
}

att_code att_db_ask(att_db *db, att_sql which, long long *out, att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    *out = 0;
    ATT_TRY(att_db_get(db, which, &stmt, err));
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (has_row) {
        *out = att_stmt_whole(stmt, 0);
    }
    att_stmt_done(stmt);
    return ATT_OK;
}

/* ---- backup ---- */

static att_code copy_pages(att_db *db, const char *path, sqlite3 *copy, att_err *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db->raw, "main");
    int code;

    if (backup != NULL) {
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            return fail_code(db->path, code, 0, "", err);
        }
    } else {
        code = sqlite3_errcode(copy);
    }
    if (code != SQLITE_OK) {
        return fail_code(path, sqlite3_extended_errcode(copy),
                         sqlite3_system_errno(copy), sqlite3_errmsg(copy), err);
    }
    return ATT_OK;
}

att_code att_db_backup(att_db *db, const char *path, att_err *err)
{
    sqlite3 *copy = NULL;
    int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    att_code code = ATT_OK;

    if (file < 0) {
        code = errno == EEXIST
                   ? att_fail(err, ATT_EUSAGE, "\"%s\" is there already", path)
                   : att_fail(err, ATT_EIO, "\"%s\" cannot be written: %s", path,
                              strerror(errno));
        return code;
    }
    close(file);
    if (open_raw(path, SQLITE_OPEN_READWRITE, &copy) != SQLITE_OK) {
        code = fail_code(path, sqlite3_extended_errcode(copy),
                         sqlite3_system_errno(copy), sqlite3_errmsg(copy), err);
    } else {
        sqlite3_extended_result_codes(copy, 1);
        code = copy_pages(db, path, copy, err);
    }
    sqlite3_close_v2(copy);
    if (code != ATT_OK) {
        unlink(path);
    }
    return code;
}

/* ---- statements ---- */

att_code att_db_get(att_db *db, att_sql which, att_stmt **out, att_err *err)
{
    att_stmt *stmt = &db->stmt[which];

    *out = stmt;
    att_stmt_done(stmt);
    stmt->db = db;
    if (stmt->raw == NULL &&
        sqlite3_prepare_v3(db->raw, att_sql_text[which], -1, SQLITE_PREPARE_PERSISTENT,
                           &stmt->raw, NULL) != SQLITE_OK) {
        return fail_sqlite(db, err);
    }
    stmt->bound = SQLITE_OK;
    stmt->is_walking = true;
    return ATT_OK;
}

static void note_bind(att_stmt *stmt, int code)
{
    if (stmt->bound == SQLITE_OK) {
        stmt->bound = code;
    }
}

void att_stmt_bind_whole(att_stmt *stmt, int i, long long value)
{
    note_bind(stmt, sqlite3_bind_int64(stmt->raw, i, value));
}

void att_stmt_bind_real(att_stmt *stmt, int i, double value)
{
    note_bind(stmt, isnan(value) ? sqlite3_bind_null(stmt->raw, i)
                                 : sqlite3_bind_double(stmt->raw, i, value));
}

void att_stmt_bind_text(att_stmt *stmt, int i, const char *text)
{
    note_bind(stmt, sqlite3_bind_text(stmt->raw, i, text, -1, SQLITE_STATIC));
}

void att_stmt_bind_known(att_stmt *stmt, int i, const char *text)
{
    att_stmt_bind_text(stmt, i, text == NULL || text[0] == '\0' ? NULL : text);
}

void att_stmt_bind_bytes(att_stmt *stmt, int i, const void *bytes, size_t n)
{
    note_bind(stmt, sqlite3_bind_blob64(stmt->raw, i, bytes, n, SQLITE_STATIC));
}

att_code att_stmt_next(att_stmt *stmt, bool *has_row, att_err *err)
{
    att_code failed = ATT_OK;
    int code, os_error;

    errno = 0;
    code = stmt->bound != SQLITE_OK ? stmt->bound : sqlite3_step(stmt->raw);
    os_error = errno;
    *has_row = code == SQLITE_ROW;
    if (code == SQLITE_ROW) {
        return ATT_OK;
    }
    if (code != SQLITE_DONE) {
        /* SQLite does not note what the system said when it is a commit that fails. */
        if (sqlite3_system_errno(stmt->db->raw) != 0) {
            os_error = sqlite3_system_errno(stmt->db->raw);
        }
        failed = fail_code(stmt->db->path, code, os_error,
                           sqlite3_errmsg(stmt->db->raw), err);
    }
    att_stmt_done(stmt);
    return failed;
}

att_code att_stmt_run(att_stmt *stmt, att_err *err)
{
    bool has_row = true;

    while (has_row) {
        ATT_TRY(att_stmt_next(stmt, &has_row, err));
    }
    return ATT_OK;
}

void att_stmt_done(att_stmt *stmt)
{
    if (stmt == NULL || !stmt->is_walking) {
        return;
    }
    stmt->is_walking = false;
    sqlite3_reset(stmt->raw);
    sqlite3_clear_bindings(stmt->raw);
}

bool att_stmt_is_null(att_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->raw, column) == SQLITE_NULL;
}

long long att_stmt_whole(att_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->raw, column);
}

double att_stmt_real(att_stmt *stmt, int column)
{
    return att_stmt_is_null(stmt, column) ? NAN
                                          : sqlite3_column_double(stmt->raw, column);
}

const char *att_stmt_text(att_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt->raw, column);

    if (text == NULL) {
        return "";
    }
    /* We never write a NUL: what another program hid behind one is not ours. */
    return strlen(text) == (size_t)sqlite3_column_bytes(stmt->raw, column) ? text
                                                                           : "ï¿½";
}

const void *att_stmt_bytes(att_stmt *stmt, int column, size_t *n)
{
    const void *bytes = sqlite3_column_blob(stmt->raw, column);

    *n = (size_t)sqlite3_column_bytes(stmt->raw, column);
    return bytes;
}
