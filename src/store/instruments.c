/* instruments.c - instruments stored whole by digest; see the header
 */
#include <attune/store/instruments.h>

#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>
#include <attune/instrument/read.h>

#include "store.h"
#include "version.h"

/* ---- add ---- */

/* Whether the digest is stored. */
static att_code is_stored(att_db *db, const char *digest, bool *out, att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_INSTRUMENT, &stmt, err));
    att_stmt_bind_text(stmt, 1, digest);
    ATT_TRY(att_stmt_next(stmt, out, err));
    att_stmt_done(stmt);
    return ATT_OK;
}

/* ECONFLICT when id and version are there. */
static att_code check_version(att_db *db, const att_instrument *instrument,
                              att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_FIND_INSTRUMENT, &stmt, err));
    att_stmt_bind_text(stmt, 1, instrument->id);
    att_stmt_bind_text(stmt, 2, instrument->version);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    att_stmt_done(stmt);
    if (has_row) {
        att_fail(err, ATT_ECONFLICT,
                 "instrument \"%s\" %s is in the study already, with other contents",
                 instrument->id, instrument->version);
        att_hint(err, "raise its \"version\", then add it again");
        return ATT_ECONFLICT;
    }
    return ATT_OK;
}

static att_code insert(att_db *db, const att_instrument *instrument, att_bytes bytes,
                       att_msec now, att_err *err)
{
    att_digest digest = att_digest_bytes(bytes.bytes, bytes.n);
    char hex[ATT_DIGEST_HEX], at[ATT_STAMP_SIZE];
    att_stmt *stmt;

    att_digest_write(hex, &digest);
    att_stamp_write(at, now);
    ATT_TRY(att_db_get(db, ATT_SQL_ADD_INSTRUMENT, &stmt, err));
    att_stmt_bind_text(stmt, 1, instrument->digest);
    att_stmt_bind_text(stmt, 2, instrument->id);
    att_stmt_bind_text(stmt, 3, instrument->version);
    att_stmt_bind_text(
        stmt, 4, att_wording_in(instrument, &instrument->title, instrument->language));
    att_stmt_bind_bytes(stmt, 5, bytes.bytes, bytes.n);
    att_stmt_bind_text(stmt, 6, hex);
    att_stmt_bind_text(stmt, 7, at);
    return att_stmt_run(stmt, err);
}

att_code att_instruments_add(att_store *store, const att_instrument *instrument,
                             const char *bytes, size_t n, att_msec now, bool *is_new,
                             att_err *err)
{
    att_arena scratch = { 0 };
    att_bytes copy = { att_arena_text_n(&scratch, bytes, n), n };
    bool is_there = false;
    att_code code;

    *is_new = false;
    code = is_stored(store->db, instrument->digest, &is_there, err);
    if (code != ATT_OK || is_there) {
        goto out;
    }
    code = att_db_begin(store->db, err);
    if (code != ATT_OK) {
        goto out;
    }
    code = is_stored(store->db, instrument->digest, &is_there, err);
    if (code == ATT_OK && !is_there) {
        code = check_version(store->db, instrument, err);
        if (code == ATT_OK) {
            code = insert(store->db, instrument, copy, now, err);
        }
    }
    code = att_db_end(store->db, code, err);
    *is_new = code == ATT_OK && !is_there;
out:
    att_arena_drop(&scratch);
    return code;
}

/* ---- find ---- */

static att_code fail_unknown(att_store *store, const char *name, att_err *err)
{
    att_arena scratch = { 0 };
    att_stored_instrument *list = NULL;
    const char **ids;
    const char *nearest;
    size_t n = 0;

    att_fail(err, ATT_ENOTFOUND, "the study has no instrument \"%s\"", name);
    if (att_instruments_list(&scratch, store, &list, &n, NULL) == ATT_OK) {
        ids = att_new_n(&scratch, const char *, n);
        for (size_t i = 0; i < n; i++) {
            ids[i] = list[i].id;
        }
        nearest = att_text_nearest(name, ids, n);
        if (nearest != NULL) {
            att_hint(err, "did you mean \"%s\"?", nearest);
        } else if (n == 0) {
            att_hint(err, "add one: attune add FILE --study %s", store->path);
        }
    }
    att_arena_drop(&scratch);
    return ATT_ENOTFOUND;
}

/* The digest of the newest version of an id, or "". */
static att_code find_newest(att_db *db, const char *id, char out[ATT_DIGEST_HEX],
                            att_err *err)
{
    att_arena scratch = { 0 };
    const char *best = NULL;
    att_stmt *stmt;
    bool has_row = true;
    att_code code = att_db_get(db, ATT_SQL_LIST_VERSIONS, &stmt, err);

    out[0] = '\0';
    if (code != ATT_OK) {
        return code;
    }
    att_stmt_bind_text(stmt, 1, id);
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        const char *version = att_stmt_text(stmt, 0);
        const char *digest = att_stmt_text(stmt, 1);

        if ((best == NULL || att_version_order(version, best) > 0) &&
            strlen(digest) == ATT_DIGEST_HEX - 1) {
            best = att_arena_text(&scratch, version);
            memcpy(out, digest, ATT_DIGEST_HEX);
        }
    }
    att_arena_drop(&scratch);
    return code;
}

static att_code find_version(att_db *db, const char *name, const char *at,
                             char out[ATT_DIGEST_HEX], att_err *err)
{
    att_arena scratch = { 0 };
    att_stmt *stmt;
    bool has_row = false;
    att_code code = att_db_get(db, ATT_SQL_FIND_INSTRUMENT, &stmt, err);

    out[0] = '\0';
    if (code == ATT_OK) {
        att_stmt_bind_text(stmt, 1,
                           att_arena_text_n(&scratch, name, (size_t)(at - name)));
        att_stmt_bind_text(stmt, 2, at + 1);
        code = att_stmt_next(stmt, &has_row, err);
    }
    if (code == ATT_OK && has_row &&
        strlen(att_stmt_text(stmt, 0)) == ATT_DIGEST_HEX - 1) {
        memcpy(out, att_stmt_text(stmt, 0), ATT_DIGEST_HEX);
    }
    att_stmt_done(stmt);
    att_arena_drop(&scratch);
    return code;
}

/* "recs", "recs@1.0.0" or a digest, as a digest. */
static att_code find(att_store *store, const char *name, char out[ATT_DIGEST_HEX],
                     att_err *err)
{
    const char *at = strchr(name, '@');
    att_digest digest;
    bool is_there = false;

    if (strlen(name) == ATT_DIGEST_HEX - 1 && att_digest_read(name, &digest)) {
        ATT_TRY(is_stored(store->db, name, &is_there, err));
        att_digest_write(out, &digest);
    } else if (at != NULL) {
        ATT_TRY(find_version(store->db, name, at, out, err));
        is_there = out[0] != '\0';
    } else {
        ATT_TRY(find_newest(store->db, name, out, err));
        is_there = out[0] != '\0';
    }
    return is_there ? ATT_OK : fail_unknown(store, name, err);
}

att_code att_instruments_bytes(att_arena *arena, att_store *store, const char *name,
                               att_bytes *out, att_err *err)
{
    char digest[ATT_DIGEST_HEX];
    att_stmt *stmt;
    bool has_row;

    *out = (att_bytes){ 0 };
    ATT_TRY(find(store, name, digest, err));
    ATT_TRY(att_db_get(store->db, ATT_SQL_GET_INSTRUMENT, &stmt, err));
    att_stmt_bind_text(stmt, 1, digest);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (!has_row) {
        return fail_unknown(store, name, err);
    }
    const char *bytes = att_stmt_bytes(stmt, 2, &out->n);
    out->bytes = att_arena_text_n(arena, bytes == NULL ? "" : bytes, out->n);
    att_stmt_done(stmt);
    return ATT_OK;
}

att_instrument *att_instruments_read(att_arena *arena, att_store *store,
                                     const char *name, att_err *err)
{
    att_arena scratch = { 0 };
    att_instrument *instrument = NULL;
    att_bytes bytes;

    if (att_instruments_bytes(&scratch, store, name, &bytes, err) == ATT_OK) {
        instrument = att_instrument_open_bytes(arena, name, bytes.bytes, bytes.n, err);
    }
    att_arena_drop(&scratch);
    return instrument;
}

/* ---- list ---- */

static int by_id_and_version(const void *a, const void *b)
{
    const att_stored_instrument *x = a;
    const att_stored_instrument *y = b;
    int order = strcmp(x->id, y->id);

    return order != 0 ? order : att_version_order(x->version, y->version);
}

static void take_row(att_arena *arena, att_stmt *stmt, att_stored_instrument *out)
{
    out->id = att_arena_text(arena, att_stmt_text(stmt, 0));
    out->version = att_arena_text(arena, att_stmt_text(stmt, 1));
    out->digest = att_arena_text(arena, att_stmt_text(stmt, 2));
    out->title = att_arena_text(arena, att_stmt_text(stmt, 3));
    out->added = 0;
    att_stamp_read(att_stmt_text(stmt, 4), &out->added);
    out->n_responses = att_stmt_whole(stmt, 5);
}

att_code att_instruments_list(att_arena *arena, att_store *store,
                              att_stored_instrument **out, size_t *n, att_err *err)
{
    att_stored_instrument *list = NULL;
    size_t room = 0;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    *out = NULL;
    *n = 0;
    ATT_TRY(att_db_get(store->db, ATT_SQL_LIST_INSTRUMENTS, &stmt, err));
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (*n == room) {
            room = room * 2 + 8;
            list = att_memory_grow(list, room, sizeof *list);
        }
        take_row(arena, stmt, &list[(*n)++]);
    }
    if (code == ATT_OK) {
        *out = att_new_n(arena, att_stored_instrument, *n);
        if (*n > 0) {
            memcpy(*out, list, *n * sizeof *list);
            qsort(*out, *n, sizeof **out, by_id_and_version);
        }
    }
    att_memory_free(list);
    return code;
}
