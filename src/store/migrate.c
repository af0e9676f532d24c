/* migrate.c - forward only; see the header
 */
#include "migrate.h"

#include <unistd.h>

#include <attune/base/buf.h>
#include <attune/store/study.h>

#define BACKUPS_MAX 100 /* copies of one format beside a file */

/* The program that wrote the file last, or "" where nobody noted it. */
static void read_writer(att_db *db, att_buf *out)
{
    att_stmt *stmt;
    bool has_row;

    if (att_db_get(db, ATT_SQL_GET_FACT, &stmt, NULL) != ATT_OK) {
        return;
    }
    att_stmt_bind_text(stmt, 1, "written_by");
    if (att_stmt_next(stmt, &has_row, NULL) == ATT_OK && has_row) {
        att_buf_add(out, att_stmt_text(stmt, 0));
    }
    att_stmt_done(stmt);
}

static att_code fail_newer(att_db *db, long long format, size_t n, att_err *err)
{
    att_buf writer = { 0 };

    read_writer(db, &writer);
    if (writer.n == 0) {
        att_buf_add(&writer, "newer than " ATT_VERSION);
    }
    att_fail(err, ATT_EINPUT,
             "study \"%s\" was written by attune %s in format %lld; this is attune %s, "
             "which knows formats up to %zu",
             att_db_path(db), att_buf_text(&writer), format, ATT_VERSION, n);
    att_hint(err, "use attune %s", att_buf_text(&writer));
    att_buf_drop(&writer);
    return ATT_EINPUT;
}

att_code att_migrate_needed(att_db *db, size_t n, bool *out, att_err *err)
{
    long long application, format;

    *out = false;
    ATT_TRY(att_db_ask(db, ATT_SQL_GET_APPLICATION_ID, &application, err));
    if (application != ATT_STUDY_APPLICATION_ID) {
        att_fail(err, ATT_EINPUT, "\"%s\" is not a study", att_db_path(db));
        att_hint(err, "make one: attune init NAME.attune");
        return ATT_EINPUT;
    }
    ATT_TRY(att_db_ask(db, ATT_SQL_GET_USER_VERSION, &format, err));
    if (format > (long long)n) {
        return fail_newer(db, format, n, err);
    }
    *out = format < (long long)n;
    return ATT_OK;
}

/* A copy beside the file, under the first free name. */
static att_code back_up(att_db *db, long long format, att_err *err)
{
    att_buf path = { 0 };
    att_code code;

    for (int i = 1; i <= BACKUPS_MAX; i++) {
        att_buf_cut(&path, 0);
        att_buf_format(&path, "%s.format-%lld", att_db_path(db), format);
        if (i > 1) {
            att_buf_format(&path, ".%d", i);
        }
        if (access(att_buf_text(&path), F_OK) != 0) {
            break;
        }
    }
    code = att_db_backup(db, att_buf_text(&path), err);
    att_buf_drop(&path);
    return code;
}

/* One step, unless another program has taken it meanwhile. */
static att_code take_step(att_db *db, const att_schema_step *step, att_err *err)
{
    long long format = 0;
    att_code code;

    ATT_TRY(att_db_begin(db, err));
    code = att_db_ask(db, ATT_SQL_GET_USER_VERSION, &format, err);
    if (code == ATT_OK && format < step->number) {
        code = att_db_run_step(db, step, err);
    }
    return att_db_end(db, code, err);
}

att_code att_migrate_run(att_db *db, const att_schema_step *steps, size_t n,
                         att_err *err)
{
    long long format;

    ATT_TRY(att_db_ask(db, ATT_SQL_GET_USER_VERSION, &format, err));
    if (format > 0 && format < (long long)n) {
        ATT_TRY(back_up(db, format, err));
    }
    for (size_t i = (size_t)format; i < n; i++) {
        ATT_TRY(take_step(db, &steps[i], err));
    }
    return ATT_OK;
}
