/* study.c - the study file: make, open, settings, copy; see the header
 */
#include <attune/store/study.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <attune/base/buf.h>
#include <attune/base/json.h>

#include "migrate.h"
#include "store.h"

/* ---- make ---- */

static att_code put_fact(att_db *db, const char *name, const char *value, att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_PUT_FACT, &stmt, err));
    att_stmt_bind_text(stmt, 1, name);
    att_stmt_bind_text(stmt, 2, value);
    return att_stmt_run(stmt, err);
}

static att_code put_facts(att_db *db, att_msec now, att_err *err)
{
    char at[ATT_STAMP_SIZE];
    att_code code;

    att_stamp_write(at, now);
    ATT_TRY(att_db_begin(db, err));
    code = put_fact(db, "made_by", ATT_VERSION, err);
    if (code == ATT_OK) {
        code = put_fact(db, "made_at", at, err);
    }
    if (code == ATT_OK) {
        code = put_fact(db, "written_by", ATT_VERSION, err);
    }
    return att_db_end(db, code, err);
}

/* Fills an empty file. */
static att_code fill(const char *path, const char *name, att_msec now, att_err *err)
{
    att_db_opts opts = { .is_new = true, .name = name };
    att_db *db = att_db_open(path, &opts, err);
    att_code code;

    if (db == NULL) {
        return err != NULL ? err->code : ATT_EIO;
    }
    code = att_db_run(db, ATT_SQL_SET_JOURNAL_MODE, err);
    if (code == ATT_OK) {
        code = att_migrate_run(db, att_schema, att_schema_n, err);
    }
    if (code == ATT_OK) {
        code = put_facts(db, now, err);
    }
    att_db_close(db);
    return code;
}

static att_code fail_exists(const char *path, att_err *err)
{
    att_fail(err, ATT_EUSAGE, "\"%s\" is there already", path);
    att_hint(err, "choose another name");
    return ATT_EUSAGE;
}

/* Puts the folder's own entry for path on disk. */
static void sync_folder(const char *path)
{
    att_buf folder = { 0 };
    const char *slash = strrchr(path, '/');
    int file;

    att_buf_add_n(&folder, slash == NULL ? "." : path,
                  slash == NULL ? 1 : (size_t)(slash - path) + 1);
    file = open(att_buf_text(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        fsync(file);
        close(file);
    }
    att_buf_drop(&folder);
}

/* Gives the finished file its name, unless that is taken. */
static att_code settle(const char *from, const char *path, att_err *err)
{
    if (link(from, path) == 0) {
        unlink(from);
    } else if (errno == EEXIST) {
        return fail_exists(path, err);
    } else if (rename(from, path) != 0) { /* a file system without links */
        return att_fail(err, ATT_EIO, "study \"%s\" cannot be written: %s", path,
                        strerror(errno));
    }
    sync_folder(path);
    return ATT_OK;
}

att_store *att_store_make(const char *path, att_msec now, att_err *err)
{
    struct stat info;
    att_buf from = { 0 };
    att_code code;
    int file;

    if (lstat(path, &info) == 0) {
        fail_exists(path, err);
        return NULL;
    }
    att_buf_format(&from, "%s.new-XXXXXX", path);
    file = mkstemp(from.bytes);
    if (file < 0) {
        att_fail(err, ATT_EIO, "study \"%s\" cannot be written: %s", path,
                 strerror(errno));
        att_hint(err, "look at the folder, and at who may write in it");
        att_buf_drop(&from);
        return NULL;
    }
    close(file);
    code = fill(from.bytes, path, now, err);
    if (code == ATT_OK) {
        code = settle(from.bytes, path, err);
    }
    if (code != ATT_OK) {
        unlink(from.bytes);
    }
    att_buf_drop(&from);
    return code == ATT_OK ? att_store_open(path, ATT_OPEN_WRITE, err) : NULL;
}

/* ---- open and close ---- */

/* Notes this program as the last that wrote, when another was. */
static att_code note_writer(att_db *db, att_err *err)
{
    att_stmt *stmt;
    bool has_row, is_noted;
    att_code code;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_FACT, &stmt, err));
    att_stmt_bind_text(stmt, 1, "written_by");
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    is_noted = has_row && strcmp(att_stmt_text(stmt, 0), ATT_VERSION) == 0;
    att_stmt_done(stmt);
    if (is_noted) {
        return ATT_OK;
    }
    ATT_TRY(att_db_begin(db, err));
    code = put_fact(db, "written_by", ATT_VERSION, err);
    return att_db_end(db, code, err);
}

/* Brings an older file up to date; it is opened for that alone. */
static att_code bring_up(const char *path, const att_db_opts *opts, att_err *err)
{
    att_db_opts writing = *opts;
    att_db *db;
    att_code code;

    writing.is_readonly = false;
    db = att_db_open(path, &writing, err);
    if (db == NULL) {
        return err != NULL ? err->code : ATT_EIO;
    }
    code = att_migrate_run(db, att_schema, att_schema_n, err);
    if (code == ATT_OK) {
        code = note_writer(db, err);
    }
    att_db_close(db);
    return code;
}

static att_code make_ready(att_db *db, const char *path, const att_db_opts *opts,
                           att_err *err)
{
    bool is_older;

    ATT_TRY(att_migrate_needed(db, att_schema_n, &is_older, err));
    if (is_older) {
        ATT_TRY(bring_up(path, opts, err));
    }
    if (!opts->is_readonly) {
        ATT_TRY(att_db_run(db, ATT_SQL_SET_JOURNAL_MODE, err));
        ATT_TRY(note_writer(db, err));
    }
    return ATT_OK;
}

att_store *att_store_open_with(const char *path, const att_db_opts *opts, att_err *err)
{
    att_db *db = att_db_open(path, opts, err);
    att_store *store;

    if (db == NULL) {
        return NULL;
    }
    if (make_ready(db, path, opts, err) != ATT_OK) {
        att_db_close(db);
        return NULL;
    }
    store = att_memory_grow(NULL, 1, sizeof *store);
    store->db = db;
    store->path = att_memory_grow(NULL, strlen(path) + 1, 1);
    memcpy(store->path, path, strlen(path) + 1);
    store->sending = -1;
    return store;
}

att_store *att_store_open(const char *path, att_open_mode mode, att_err *err)
{
    att_db_opts opts = { .is_readonly = mode == ATT_OPEN_READ };

    return att_store_open_with(path, &opts, err);
}

void att_store_close(att_store *store)
{
    if (store == NULL) {
        return;
    }
    att_db_close(store->db);
    /* Only now: closing any descriptor of the file lets go of SQLite's own locks. */
    if (store->sending >= 0) {
        close(store->sending);
    }
    att_memory_free(store->path);
    att_memory_free(store);
}

const char *att_store_path(const att_store *store)
{
    return store->path;
}

/* ---- facts ---- */

/* Copies the first column of a statement's first row. */
static att_code copy_column(att_stmt *stmt, char *out, size_t room, att_err *err)
{
    bool has_row;

    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    snprintf(out, room, "%s", has_row ? att_stmt_text(stmt, 0) : "");
    att_stmt_done(stmt);
    return ATT_OK;
}

static att_code read_fact(att_db *db, const char *name, char *out, size_t room,
                          att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_FACT, &stmt, err));
    att_stmt_bind_text(stmt, 1, name);
    return copy_column(stmt, out, room, err);
}

static att_code count_study(att_db *db, att_store_facts *out, att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_COUNT_STUDY, &stmt, err));
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (has_row) {
        out->n_entries = att_stmt_whole(stmt, 0);
        out->n_responses = att_stmt_whole(stmt, 1);
        out->n_finished = att_stmt_whole(stmt, 2);
        out->n_open = att_stmt_whole(stmt, 3);
        out->n_instruments = att_stmt_whole(stmt, 4);
        out->n_people = att_stmt_whole(stmt, 5);
    }
    att_stmt_done(stmt);
    return ATT_OK;
}

att_code att_store_facts_of(att_store *store, att_store_facts *out, att_err *err)
{
    static const char *const sync_words[] = { "off", "normal", "full", "extra" };
    att_stmt *stmt;
    long long number;

    *out = (att_store_facts){ 0 };
    snprintf(out->sqlite, sizeof out->sqlite, "%s", att_db_version());
    ATT_TRY(att_db_get(store->db, ATT_SQL_GET_JOURNAL_MODE, &stmt, err));
    ATT_TRY(copy_column(stmt, out->journal, sizeof out->journal, err));
    ATT_TRY(att_db_ask(store->db, ATT_SQL_GET_SYNCHRONOUS, &number, err));
    snprintf(out->synchronous, sizeof out->synchronous, "%s",
             number >= 0 && number < 4 ? sync_words[number] : "?");
    ATT_TRY(att_db_ask(store->db, ATT_SQL_GET_USER_VERSION, &number, err));
    out->user_version = (int)number;
    ATT_TRY(read_fact(store->db, "made_by", out->made_by, sizeof out->made_by, err));
    ATT_TRY(read_fact(store->db, "written_by", out->written_by, sizeof out->written_by,
                      err));
    return count_study(store->db, out, err);
}

/* ---- settings ---- */

att_code att_settings_set(att_store *store, const char *name, const char *json,
                          att_err *err)
{
    att_stmt *stmt;
    att_code code;

    if (json != NULL) {
        att_json *value = att_json_open_bytes(name, json, strlen(json), err);

        if (value == NULL) {
            return err != NULL ? err->code : ATT_EINPUT;
        }
        att_json_close(value);
    }
    ATT_TRY(att_db_begin(store->db, err));
    code =
        att_db_get(store->db, json == NULL ? ATT_SQL_DROP_SETTING : ATT_SQL_PUT_SETTING,
                   &stmt, err);
    if (code == ATT_OK) {
        att_stmt_bind_text(stmt, 1, name);
        if (json != NULL) {
            att_stmt_bind_text(stmt, 2, json);
        }
        code = att_stmt_run(stmt, err);
    }
    return att_db_end(store->db, code, err);
}

const char *att_settings_get(att_arena *arena, att_store *store, const char *name,
                             att_err *err)
{
    const char *json = NULL;
    att_stmt *stmt;
    bool has_row;

    if (att_db_get(store->db, ATT_SQL_GET_SETTING, &stmt, err) != ATT_OK) {
        return NULL;
    }
    att_stmt_bind_text(stmt, 1, name);
    if (att_stmt_next(stmt, &has_row, err) == ATT_OK && has_row) {
        json = att_arena_text(arena, att_stmt_text(stmt, 0));
    }
    att_stmt_done(stmt);
    return json;
}

/* Settings while they are read, value by value. */
typedef struct reading {
    att_setting *list; /* [n] */
    size_t n, room;
    const char **texts; /* [n_texts] of the list at hand */
    size_t n_texts, room_texts;
    bool is_odd; /* the one at hand holds what is no text */
} reading;

static void finish_setting(att_arena *arena, reading *r)
{
    att_setting *last = r->n > 0 ? &r->list[r->n - 1] : NULL;

    if (last == NULL) {
        return;
    }
    if (r->is_odd) {
        r->n--;
    } else if (last->text == NULL) {
        const char **list = att_new_n(arena, const char *, r->n_texts);

        for (size_t i = 0; i < r->n_texts; i++) {
            list[i] = r->texts[i];
        }
        last->list = list;
        last->n_list = r->n_texts;
    }
    r->n_texts = 0;
    r->is_odd = false;
}

static void begin_setting(att_arena *arena, reading *r, const char *name)
{
    if (r->n == r->room) {
        r->room = r->room * 2 + 8;
        r->list = att_memory_grow(r->list, r->room, sizeof *r->list);
    }
    r->list[r->n++] = (att_setting){ .name = att_arena_text(arena, name) };
}

static void take_value(att_arena *arena, reading *r, att_stmt *stmt)
{
    long long sort = att_stmt_whole(stmt, 1); /* as list_settings says */
    const char *text;

    if (sort == 1 && att_stmt_is_null(stmt, 2)) {
        return; /* an empty list */
    }
    if (sort < 0 || att_stmt_whole(stmt, 2) != 1) {
        r->is_odd = true;
        return;
    }
    text = att_arena_text(arena, att_stmt_text(stmt, 3));
    if (sort == 0) {
        r->list[r->n - 1].text = text;
        return;
    }
    if (r->n_texts == r->room_texts) {
        r->room_texts = r->room_texts * 2 + 8;
        r->texts = att_memory_grow(r->texts, r->room_texts, sizeof *r->texts);
    }
    r->texts[r->n_texts++] = text;
}

att_code att_settings_read(att_arena *arena, att_store *store, att_setting **out,
                           size_t *n, att_err *err)
{
    reading r = { 0 };
    const char *name = NULL;
    att_stmt *stmt = NULL;
    bool has_row = true;
    att_code code = att_db_get(store->db, ATT_SQL_LIST_SETTINGS, &stmt, err);

    *out = NULL;
    *n = 0;
    while (code == ATT_OK) {
        code = att_stmt_next(stmt, &has_row, err);
        if (code != ATT_OK || !has_row) {
            break;
        }
        if (name == NULL || strcmp(name, att_stmt_text(stmt, 0)) != 0) {
            finish_setting(arena, &r);
            begin_setting(arena, &r, att_stmt_text(stmt, 0));
            name = r.list[r.n - 1].name;
        }
        take_value(arena, &r, stmt);
    }
    if (code == ATT_OK) {
        finish_setting(arena, &r);
        *out = att_new_n(arena, att_setting, r.n);
        if (r.n > 0) {
            memcpy(*out, r.list, r.n * sizeof **out);
        }
        *n = r.n;
    }
    att_memory_free(r.list);
    att_memory_free(r.texts);
    return code;
}

/* ---- copy ---- */

att_code att_store_backup(att_store *store, const char *path, att_err *err)
{
    return att_db_backup(store->db, path, err);
}

const char *att_store_sqlite_version(void)
{
    return att_db_version();
}
