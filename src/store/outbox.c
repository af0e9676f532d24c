/* outbox.c - finished responses that are to be sent, once each; see the header
 */
#include <attune/store/outbox.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store.h"

#define N_STATES 5

static const char *const state_names[N_STATES] = {
    [ATT_OUTBOX_PENDING] = "pending",   [ATT_OUTBOX_UNKNOWN] = "unknown",
    [ATT_OUTBOX_DONE] = "done",         [ATT_OUTBOX_REFUSED] = "refused",
    [ATT_OUTBOX_CONFLICT] = "conflict",
};

const char *att_outbox_state_name(att_outbox_state state)
{
    return state_names[state];
}

static bool read_state(const char *name, att_outbox_state *out)
{
    for (size_t i = 0; i < N_STATES; i++) {
        if (strcmp(name, state_names[i]) == 0) {
            *out = (att_outbox_state)i;
            return true;
        }
    }
    return false;
}

/* ---- finish ---- */

/* The response that goes to this place on the server already, or "". */
static att_code find_first(att_db *db, const char *record, const att_response *header,
                           char out[ATT_ID_SIZE], att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    out[0] = '\0';
    ATT_TRY(att_db_get(db, ATT_SQL_FIND_OUTBOX_KEY, &stmt, err));
    att_stmt_bind_text(stmt, 1, record);
    att_stmt_bind_text(stmt, 2, header->instrument);
    att_stmt_bind_text(stmt, 3, header->wave);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (has_row && strlen(att_stmt_text(stmt, 0)) < ATT_ID_SIZE) {
        memcpy(out, att_stmt_text(stmt, 0), strlen(att_stmt_text(stmt, 0)) + 1);
    }
    att_stmt_done(stmt);
    return ATT_OK;
}

static att_code add_row(att_arena *scratch, att_db *db, const att_response *header,
                        att_msec at, att_err *err)
{
    const char *record = header->person[0] != '\0' ? header->person : header->id;
    const char *note = "";
    char first[ATT_ID_SIZE], changed[ATT_STAMP_SIZE];
    att_stmt *stmt;

    ATT_TRY(find_first(db, record, header, first, err));
    if (first[0] != '\0') {
        note = att_arena_format(scratch,
                                "conflict: session %s of \"%s\" goes there already",
                                first + strlen(first) - ATT_ID_SHORT, record);
    }
    att_stamp_write(changed, at);
    ATT_TRY(att_db_get(db, ATT_SQL_ADD_OUTBOX, &stmt, err));
    att_stmt_bind_text(stmt, 1, header->id);
    att_stmt_bind_text(stmt, 2, record);
    att_stmt_bind_text(stmt, 3, header->instrument);
    att_stmt_bind_text(stmt, 4, header->wave);
    att_stmt_bind_text(
        stmt, 5,
        state_names[first[0] != '\0' ? ATT_OUTBOX_CONFLICT : ATT_OUTBOX_PENDING]);
    att_stmt_bind_text(stmt, 6, note);
    att_stmt_bind_text(stmt, 7, changed);
    return att_stmt_run(stmt, err);
}

att_code att_outbox_add(att_db *db, const char *response, att_msec at, att_err *err)
{
    att_arena scratch = { 0 };
    att_response header;
    bool found = false;
    att_code code = att_responses_header(&scratch, db, response, &header, &found, err);

    if (code == ATT_OK) {
        code = found ? add_row(&scratch, db, &header, at, err)
                     : att_fail(err, ATT_ENOTFOUND, "the study has no session \"%s\"",
                                response);
    }
    att_arena_drop(&scratch);
    return code;
}

/* ---- list ---- */

static att_code take_row(att_arena *arena, att_stmt *stmt, att_outbox_row *out,
                         att_err *err)
{
    *out = (att_outbox_row){
        .response = att_arena_text(arena, att_stmt_text(stmt, 0)),
        .form = att_arena_text(arena, att_stmt_text(stmt, 1)),
        .digest = att_arena_text(arena, att_stmt_text(stmt, 2)),
        .record = att_arena_text(arena, att_stmt_text(stmt, 3)),
        .wave = att_arena_text(arena, att_stmt_text(stmt, 4)),
        .site = att_arena_text(arena, att_stmt_text(stmt, 5)),
        .instance = (int)att_stmt_whole(stmt, 6),
        .n_tries = (int)att_stmt_whole(stmt, 8),
        .note = att_arena_text(arena, att_stmt_text(stmt, 9)),
    };
    out->instrument = out->form;
    if (!read_state(att_stmt_text(stmt, 7), &out->state)) {
        return att_fail(err, ATT_ESTORE, "the outbox has no state \"%s\"",
                        att_stmt_text(stmt, 7));
    }
    return ATT_OK;
}

att_code att_outbox_list(att_arena *arena, att_store *store, int state,
                         att_outbox_row **out, size_t *n, att_err *err)
{
    att_outbox_row *list = NULL;
    size_t room = 0;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    *out = NULL;
    *n = 0;
    ATT_TRY(att_db_get(store->db,
                       state < 0 ? ATT_SQL_LIST_OUTBOX : ATT_SQL_LIST_OUTBOX_STATE,
                       &stmt, err));
    if (state >= 0) {
        att_stmt_bind_text(stmt, 1, state_names[state]);
    }
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (*n == room) {
            room = room * 2 + 16;
            list = att_memory_grow(list, room, sizeof *list);
        }
        code = take_row(arena, stmt, &list[*n], err);
        if (code != ATT_OK) {
            att_stmt_done(stmt);
            break;
        }
        (*n)++;
    }
    if (code == ATT_OK) {
        *out = att_new_n(arena, att_outbox_row, *n);
        if (*n > 0) {
            memcpy(*out, list, *n * sizeof *list);
        }
    } else {
        *n = 0;
    }
    att_memory_free(list);
    return code;
}

/* ---- move ---- */

static att_code fail_unknown(const char *response, att_err *err)
{
    return att_fail(err, ATT_ENOTFOUND, "session \"%s\" is not in the outbox",
                    response);
}

/* ECONFLICT when another row goes where this one would. */
static att_code check_free(att_db *db, const char *response, att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_FIND_OUTBOX_RIVAL, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (has_row) {
        att_fail(err, ATT_ECONFLICT,
                 "session \"%s\" would go where \"%s\" goes already", response,
                 att_stmt_text(stmt, 0));
        att_hint(err, "hold the other one first, or give this one its own instance");
    }
    att_stmt_done(stmt);
    return has_row ? ATT_ECONFLICT : ATT_OK;
}

static att_code move_one(att_db *db, const att_outbox_move *move, const char *changed,
                         att_err *err)
{
    att_stmt *stmt;

    if (move->state != ATT_OUTBOX_CONFLICT) {
        ATT_TRY(check_free(db, move->response, err));
    }
    ATT_TRY(att_db_get(db, ATT_SQL_MOVE_OUTBOX, &stmt, err));
    att_stmt_bind_text(stmt, 1, move->response);
    att_stmt_bind_text(stmt, 2, state_names[move->state]);
    att_stmt_bind_text(stmt, 3, move->note != NULL ? move->note : "");
    att_stmt_bind_whole(stmt, 4, move->state == ATT_OUTBOX_UNKNOWN ? 1 : 0);
    att_stmt_bind_text(stmt, 5, changed);
    ATT_TRY(att_stmt_run(stmt, err));
    return att_db_changed(db) == 1 ? ATT_OK : fail_unknown(move->response, err);
}

att_code att_outbox_move_all(att_store *store, const att_outbox_move *moves, size_t n,
                             att_msec now, att_err *err)
{
    char changed[ATT_STAMP_SIZE];
    att_code code = ATT_OK;

    att_stamp_write(changed, now);
    ATT_TRY(att_db_begin(store->db, err));
    for (size_t i = 0; i < n && code == ATT_OK; i++) {
        code = move_one(store->db, &moves[i], changed, err);
    }
    return att_db_end(store->db, code, err);
}

/* The instance after the last one of a held row's place. The first row of a place, which
 * has none, is instance 1 where the form repeats. */
static att_code next_instance(att_arena *scratch, att_db *db, const char *response,
                              long long *out, att_err *err)
{
    const char *record, *form, *wave;
    bool has_row, is_held;
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_OUTBOX, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (!has_row) {
        return fail_unknown(response, err);
    }
    record = att_arena_text(scratch, att_stmt_text(stmt, 0));
    form = att_arena_text(scratch, att_stmt_text(stmt, 1));
    wave = att_arena_text(scratch, att_stmt_text(stmt, 2));
    is_held = strcmp(att_stmt_text(stmt, 4), state_names[ATT_OUTBOX_CONFLICT]) == 0;
    att_stmt_done(stmt);
    if (!is_held) {
        return att_fail(err, ATT_EUSAGE, "session \"%s\" is not held as a conflict",
                        response);
    }
    ATT_TRY(att_db_get(db, ATT_SQL_LAST_OUTBOX_INSTANCE, &stmt, err));
    att_stmt_bind_text(stmt, 1, record);
    att_stmt_bind_text(stmt, 2, form);
    att_stmt_bind_text(stmt, 3, wave);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    *out = has_row ? att_stmt_whole(stmt, 0) : 0;
    *out = (*out < 1 ? 1 : *out) + 1;
    att_stmt_done(stmt);
    return ATT_OK;
}

att_code att_outbox_number(att_store *store, const char *response, att_msec now,
                           att_err *err)
{
    att_arena scratch = { 0 };
    char changed[ATT_STAMP_SIZE];
    long long instance = 0;
    att_stmt *stmt;
    att_code code;

    att_stamp_write(changed, now);
    ATT_TRY(att_db_begin(store->db, err));
    code = next_instance(&scratch, store->db, response, &instance, err);
    if (code == ATT_OK) {
        code = att_db_get(store->db, ATT_SQL_NUMBER_OUTBOX, &stmt, err);
    }
    if (code == ATT_OK) {
        att_stmt_bind_text(stmt, 1, response);
        att_stmt_bind_whole(stmt, 2, instance);
        att_stmt_bind_text(stmt, 3, changed);
        code = att_stmt_run(stmt, err);
    }
    att_arena_drop(&scratch);
    return att_db_end(store->db, code, err);
}

att_code att_outbox_count_all(att_store *store, att_outbox_count *out, att_err *err)
{
    att_outbox_state state;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    *out = (att_outbox_count){ { 0 } };
    ATT_TRY(att_db_get(store->db, ATT_SQL_COUNT_OUTBOX, &stmt, err));
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (read_state(att_stmt_text(stmt, 0), &state)) {
            out->n[state] = (size_t)att_stmt_whole(stmt, 1);
        }
    }
    return code;
}

/* ---- lock ---- */

/* A lock of flock's sort on the study file itself: it is none of those that SQLite
 * takes (fcntl), and it is gone when the process is. Its descriptor is kept until the
 * study is closed, since closing it sooner would let go of SQLite's locks. */
struct att_outbox_lock {
    int file;
};

att_outbox_lock *att_outbox_lock_open(att_store *store, att_err *err)
{
    att_outbox_lock *lock;

    if (store->sending < 0) {
        store->sending = open(store->path, O_RDONLY | O_CLOEXEC);
    }
    if (store->sending < 0) {
        att_fail(err, ATT_EIO, "study \"%s\" cannot be read: %s", store->path,
                 strerror(errno));
        return NULL;
    }
    if (flock(store->sending, LOCK_EX | LOCK_NB) != 0) {
        att_fail(err, ATT_EBUSY, "study \"%s\" is being sent by another program",
                 store->path);
        att_hint(err, "wait until that is done, then try again");
        return NULL;
    }
    lock = att_memory_grow(NULL, 1, sizeof *lock);
    lock->file = store->sending;
    return lock;
}

void att_outbox_lock_close(att_outbox_lock *lock)
{
    if (lock == NULL) {
        return;
    }
    flock(lock->file, LOCK_UN);
    att_memory_free(lock);
}
