/* verify.c - does the study hold together? See the header; docs/STORE.md, "The chain"
 */
#include <attune/store/verify.h>

#include <stdio.h>
#include <string.h>

#include <attune/base/json.h>
#include <attune/instrument/read.h>
#include <attune/instrument/write.h>

#include "journal.h"
#include "store.h"

/* The first broken place found so far, and where the chain stands. */
typedef struct walk {
    att_arena *scratch;
    att_db *db;
    att_verify *out;
    att_head head; /* of the entries walked */
    att_head end;  /* as the journal says where it ends; n -1: it does not */
} walk;

/* Columns of walk_entries. */
enum {
    COL_SEQ,
    COL_RESPONSE,
    COL_ACT,
    COL_ITEM,
    COL_ACTOR,
    COL_AT,
    COL_MONO,
    COL_KEPT,
    COL_PREVIOUS,
    COL_PAYLOAD,
    COL_DIGEST,
    COL_OPEN,                   /* seq, salt, text, erased of payloads */
    COL_IDENTITY = COL_OPEN + 4 /* and of identities_payloads */
};

/* One entry as it stands. */
typedef struct found {
    att_link link;
    att_digest digest;
    bool is_whole; /* all three digests have their length */
} found;

static void copy_text(char *out, size_t room, const char *text)
{
    snprintf(out, room, "%.*s", (int)room - 1, text);
}

static void say(walk *w, long long at, const char *how)
{
    w->out->chain_holds = false;
    w->out->broken_at = at;
    copy_text(w->out->broken_how, sizeof w->out->broken_how, how);
}

static void say_entry(walk *w, const found *entry, long long at, const char *how)
{
    say(w, at, how);
    copy_text(w->out->session, sizeof w->out->session, entry->link.response);
    copy_text(w->out->item, sizeof w->out->item, entry->link.item);
    copy_text(w->out->at, sizeof w->out->at, entry->link.at);
}

/* ---- one entry ---- */

static bool take_digest(att_stmt *stmt, int column, att_digest *out)
{
    size_t n;
    const void *bytes = att_stmt_bytes(stmt, column, &n);

    *out = (att_digest){ { 0 } };
    if (n != ATT_DIGEST_BYTES) {
        return false;
    }
    memcpy(out->bytes, bytes, n);
    return true;
}

static found take_entry(att_arena *scratch, att_stmt *stmt)
{
    found entry = { .is_whole = true };
    att_link *link = &entry.link;

    link->seq = att_stmt_whole(stmt, COL_SEQ);
    link->response = att_arena_text(scratch, att_stmt_text(stmt, COL_RESPONSE));
    link->act = att_arena_text(scratch, att_stmt_text(stmt, COL_ACT));
    link->item = att_arena_text(scratch, att_stmt_text(stmt, COL_ITEM));
    link->actor = att_arena_text(scratch, att_stmt_text(stmt, COL_ACTOR));
    link->at = att_arena_text(scratch, att_stmt_text(stmt, COL_AT));
    link->mono = att_stmt_whole(stmt, COL_MONO);
    link->kept = att_arena_text(scratch, att_stmt_text(stmt, COL_KEPT));
    entry.is_whole = take_digest(stmt, COL_PREVIOUS, &link->previous);
    entry.is_whole &= take_digest(stmt, COL_PAYLOAD, &link->payload);
    entry.is_whole &= take_digest(stmt, COL_DIGEST, &entry.digest);
    return entry;
}

/* Whether the entry holds as number seq. */
static bool holds_as(const found *entry, long long seq)
{
    att_link link = entry->link;
    att_digest digest;

    link.seq = seq;
    digest = att_link_seal(&link);
    return entry->is_whole && att_digest_same(&digest, &entry->digest);
}

/* The number under which an entry was written; 0 when under none up to n. */
static long long written_as(const found *entry, long long n)
{
    for (long long seq = 1; seq <= n; seq++) {
        if (holds_as(entry, seq)) {
            return seq;
        }
    }
    return 0;
}

/* Whether some entry was written to follow a digest. */
static bool has_follower(walk *w, const att_digest *digest)
{
    att_stmt *stmt;
    bool has_row = false;

    if (att_db_get(w->db, ATT_SQL_FIND_FOLLOWER, &stmt, NULL) != ATT_OK) {
        return false;
    }
    att_stmt_bind_bytes(stmt, 1, digest->bytes, ATT_DIGEST_BYTES);
    if (att_stmt_next(stmt, &has_row, NULL) != ATT_OK) {
        return false;
    }
    att_stmt_done(stmt);
    return has_row;
}

/* An entry that stands where another should. */
static void say_misplaced(walk *w, const found *entry, long long expected)
{
    long long last =
        entry->link.seq > w->out->n_entries ? entry->link.seq : w->out->n_entries;
    long long was = written_as(entry, last + 1);
    char how[96];

    if (w->end.n == w->head.n && att_digest_same(&w->end.digest, &w->head.digest)) {
        say_entry(w, entry, expected, "was added by another program");
    } else if (was == 0 && entry->link.seq == expected) {
        /* The one that should stand here still follows, one further on or more. */
        say_entry(w, entry, expected,
                  has_follower(w, &w->head.digest) &&
                          !att_digest_same(&entry->link.previous, &w->head.digest)
                      ? "was added by another program"
                      : "was changed after it was written");
    } else if (was != 0 && was != entry->link.seq && has_follower(w, &w->head.digest)) {
        snprintf(how, sizeof how, "stands in the wrong place: it was written as %lld",
                 was);
        say_entry(w, entry, expected, how);
    } else {
        say(w, expected, "is missing");
    }
}

/* Number and chain; true when both hold. */
static bool check_link(walk *w, const found *entry)
{
    long long expected = w->head.n + 1;

    if (entry->link.seq != expected || !holds_as(entry, expected)) {
        say_misplaced(w, entry, expected);
        return false;
    }
    if (att_digest_same(&entry->link.previous, &w->head.digest)) {
        return true;
    }
    /* It holds, but follows another than the one before it. */
    say_entry(w, entry, expected > 1 ? expected - 1 : expected,
              expected > 1 ? "was replaced by another that was sealed anew"
                           : "was added by another program");
    return false;
}

/* ---- payloads ---- */

/* What is wrong with a payload, or NULL. */
static const char *judge_payload(walk *w, att_stmt *stmt, const found *entry)
{
    bool is_open = strcmp(entry->link.kept, "open") == 0;
    int own = is_open ? COL_OPEN : COL_IDENTITY;
    int other = is_open ? COL_IDENTITY : COL_OPEN;
    size_t n_salt, n_text;
    const void *salt;
    const char *text;
    att_digest digest;

    if (!att_stmt_is_null(stmt, other)) {
        return "has its answer in the wrong table";
    }
    if (att_stmt_is_null(stmt, own)) {
        return "has lost its answer";
    }
    if (!att_stmt_is_null(stmt, own + 3)) {
        w->out->n_erased++;
        return att_stmt_is_null(stmt, own + 1) && att_stmt_is_null(stmt, own + 2)
                   ? NULL
                   : "says that its answer was erased, but holds one";
    }
    salt = att_stmt_bytes(stmt, own + 1, &n_salt);
    text = att_stmt_text(stmt, own + 2);
    att_stmt_bytes(stmt, own + 2, &n_text);
    digest = att_payload_seal(salt == NULL ? "" : salt, n_salt, text, n_text);
    return att_digest_same(&digest, &entry->link.payload)
               ? NULL
               : "was changed after it was written";
}

/* The header as the response's row has it now, against what was sealed at its start. */
static att_code check_header(walk *w, const found *entry, const char *sealed,
                             bool is_erased, bool *holds, att_err *err)
{
    att_response header;
    att_buf now = { 0 };
    bool is_there = false;
    att_code code = att_responses_header(w->scratch, w->db, entry->link.response,
                                         &header, &is_there, NULL);

    if (code != ATT_OK && code != ATT_ESTORE) {
        return att_fail(err, code, "the sessions of the study cannot be read");
    }
    *holds = code == ATT_OK && is_there;
    if (*holds && is_erased) {
        *holds = header.person[0] == '\0';
    } else if (*holds && att_known_read(w->scratch, sealed, &header.known,
                                        &header.n_known, NULL) == ATT_OK) {
        att_header_write(&now, &header);
        *holds = strcmp(att_buf_text(&now), sealed) == 0;
    } else {
        *holds = false;
    }
    if (!*holds) {
        say_entry(w, entry, entry->link.seq,
                  is_there ? "does not match its session: the header was changed"
                           : "has lost its session");
    }
    att_buf_drop(&now);
    return ATT_OK;
}

/* ---- all entries ---- */

static att_code check_entry(walk *w, att_stmt *stmt, bool *holds, att_err *err)
{
    found entry = take_entry(w->scratch, stmt);
    const char *wrong;

    *holds = check_link(w, &entry);
    if (!*holds) {
        return ATT_OK;
    }
    wrong = judge_payload(w, stmt, &entry);
    if (wrong != NULL) {
        say_entry(w, &entry, entry.link.seq, wrong);
        *holds = false;
        return ATT_OK;
    }
    if (strcmp(entry.link.act, "start") == 0) {
        ATT_TRY(check_header(w, &entry, att_stmt_text(stmt, COL_OPEN + 2),
                             att_stmt_is_null(stmt, COL_OPEN + 2), holds, err));
    }
    w->head.n = entry.link.seq;
    w->head.digest = entry.digest;
    return ATT_OK;
}

static att_code check_entries(walk *w, att_err *err)
{
    bool has_row = true, holds = true;
    att_stmt *stmt;
    att_code code;

    ATT_TRY(att_db_get(w->db, ATT_SQL_WALK_ENTRIES, &stmt, err));
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        att_arena_mark mark = att_arena_mark_now(w->scratch);

        code = check_entry(w, stmt, &holds, err);
        att_arena_rewind(w->scratch, mark);
        if (code != ATT_OK || !holds) {
            break;
        }
    }
    att_stmt_done(stmt);
    att_digest_write(w->out->head, &w->head.digest);
    return code;
}

/* Whether the journal ends where its head says. */
static void check_head(walk *w)
{
    bool is_same = att_digest_same(&w->end.digest, &w->head.digest);

    if (w->end.n < 0) {
        say(w, w->head.n, "is the last, but the head of the journal is gone");
    } else if (w->end.n == w->head.n && is_same) {
        return;
    } else if (w->end.n == w->head.n || is_same) {
        say(w, w->head.n, "is the last, but the head of the journal was changed");
    } else if (w->end.n > w->head.n) {
        say(w, w->head.n + 1, "is missing");
    } else {
        say(w, w->end.n + 1, "was added by another program");
    }
}

/* ---- sessions ---- */

/* Columns of walk_responses. */
enum { R_ID, R_STATUS, R_FINISHED, R_FIRST, R_LAST, R_ACT, R_ITEM, R_AT };

static att_status status_after(const char *act)
{
    if (strcmp(act, att_act_name(ATT_ACT_FINISH)) == 0) {
        return ATT_STATUS_COMPLETE;
    }
    return strcmp(act, att_act_name(ATT_ACT_DECLINE)) == 0 ? ATT_STATUS_DECLINED
                                                           : ATT_STATUS_OPEN;
}

/* What is wrong with a session, or NULL. */
static const char *judge_session(att_stmt *stmt)
{
    att_status status = status_after(att_stmt_text(stmt, R_ACT));
    const char *at = status == ATT_STATUS_OPEN ? "" : att_stmt_text(stmt, R_AT);

    if (att_stmt_is_null(stmt, R_LAST)) {
        return "was added by another program: it has no entry";
    }
    if (strcmp(att_stmt_text(stmt, R_FIRST), att_act_name(ATT_ACT_START)) != 0) {
        return "does not match its session: that has no start";
    }
    if (strcmp(att_stmt_text(stmt, R_STATUS), att_status_name(status)) != 0) {
        return "does not match its session: the status was changed";
    }
    if (strcmp(att_stmt_text(stmt, R_FINISHED), at) != 0) {
        return "does not match its session: the time of its finish was changed";
    }
    return NULL;
}

static att_code check_sessions(walk *w, att_err *err)
{
    bool has_row;
    att_stmt *stmt;
    att_code code;

    ATT_TRY(att_db_get(w->db, ATT_SQL_WALK_RESPONSES, &stmt, err));
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        const char *wrong = judge_session(stmt);
        long long at = att_stmt_whole(stmt, R_LAST);

        if (wrong == NULL ||
            (!w->out->chain_holds && (at == 0 || at >= w->out->broken_at))) {
            continue;
        }
        say(w, at, wrong);
        copy_text(w->out->session, sizeof w->out->session, att_stmt_text(stmt, R_ID));
        copy_text(w->out->item, sizeof w->out->item, att_stmt_text(stmt, R_ITEM));
        copy_text(w->out->at, sizeof w->out->at, att_stmt_text(stmt, R_AT));
    }
    return code;
}

/* ---- instruments ---- */

/* The columns of read_instruments against what their bytes say. */
static bool instrument_holds(att_stmt *stmt)
{
    att_arena scratch = { 0 };
    char hex[ATT_DIGEST_HEX];
    size_t n;
    const char *bytes = att_stmt_bytes(stmt, 4, &n);
    att_digest digest = att_digest_bytes(bytes == NULL ? "" : bytes, n);
    att_instrument *instrument = att_instrument_open_bytes(
        &scratch, "stored", bytes == NULL ? "" : bytes, n, NULL);
    bool holds = instrument != NULL;

    att_digest_write(hex, &digest);
    if (holds) {
        const char *title =
            att_wording_in(instrument, &instrument->title, instrument->language);

        holds = strcmp(hex, att_stmt_text(stmt, 5)) == 0 &&
                strcmp(instrument->digest, att_stmt_text(stmt, 0)) == 0 &&
                strcmp(instrument->id, att_stmt_text(stmt, 1)) == 0 &&
                strcmp(instrument->version, att_stmt_text(stmt, 2)) == 0 &&
                strcmp(title, att_stmt_text(stmt, 3)) == 0;
    }
    att_arena_drop(&scratch);
    return holds;
}

static att_code check_instruments(walk *w, att_err *err)
{
    bool has_row;
    att_stmt *stmt;
    att_code code;

    ATT_TRY(att_db_get(w->db, ATT_SQL_READ_INSTRUMENTS, &stmt, err));
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (!instrument_holds(stmt)) {
            w->out->n_instruments_off++;
        }
    }
    return code;
}

/* ---- the database below ---- */

static void say_database(walk *w, const char *text)
{
    w->out->database_holds = false;
    if (w->out->database_says[0] == '\0') {
        copy_text(w->out->database_says, sizeof w->out->database_says, text);
    }
}

static att_code check_integrity(walk *w, att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(w->db, ATT_SQL_CHECK_INTEGRITY, &stmt, err));
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (has_row && strcmp(att_stmt_text(stmt, 0), "ok") != 0) {
        say_database(w, att_stmt_text(stmt, 0));
    }
    att_stmt_done(stmt);
    return ATT_OK;
}

static att_code check_references(walk *w, att_err *err)
{
    att_stmt *stmt;
    bool has_row;
    char text[160];

    ATT_TRY(att_db_get(w->db, ATT_SQL_CHECK_FOREIGN_KEYS, &stmt, err));
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (has_row) {
        snprintf(
            text, sizeof text, "row %lld of \"%s\" names what is not there in \"%s\"",
            att_stmt_whole(stmt, 1), att_stmt_text(stmt, 0), att_stmt_text(stmt, 2));
        say_database(w, text);
    }
    att_stmt_done(stmt);
    return ATT_OK;
}

static att_code count_entries(walk *w, att_err *err)
{
    return att_db_ask(w->db, ATT_SQL_COUNT_ENTRIES, &w->out->n_entries, err);
}

/* A part of the check that a damaged file may make impossible: that is a finding. */
static att_code run_part(walk *w, att_code (*part)(walk *w, att_err *err),
                         bool is_chain, att_err *err)
{
    att_err own = { 0 };
    att_code code = part(w, &own);

    if (code == ATT_ESTORE) {
        say_database(w, own.message);
        if (is_chain && w->out->chain_holds) {
            say(w, w->head.n + 1, "cannot be read: the database is damaged");
        }
        return ATT_OK;
    }
    if (code != ATT_OK) {
        att_fail(err, code, "%s", own.message);
        if (own.hint[0] != '\0') {
            att_hint(err, "%s", own.hint);
        }
    }
    return code;
}

static att_code check_all(walk *w, att_err *err)
{
    ATT_TRY(run_part(w, check_integrity, false, err));
    ATT_TRY(run_part(w, check_references, false, err));
    ATT_TRY(run_part(w, count_entries, true, err));
    if (att_head_get(w->db, &w->end, NULL) != ATT_OK) {
        w->end.n = -1;
    }
    ATT_TRY(run_part(w, check_entries, true, err));
    if (w->out->chain_holds) {
        check_head(w);
    }
    ATT_TRY(run_part(w, check_sessions, true, err));
    return run_part(w, check_instruments, false, err);
}

att_code att_verify_run(att_store *store, att_verify *out, att_err *err)
{
    att_arena scratch = { 0 };
    walk w = { .scratch = &scratch, .db = store->db, .out = out };
    att_code code;

    *out = (att_verify){ .database_holds = true, .chain_holds = true };
    code = att_db_begin_read(store->db, err);
    if (code == ATT_OK) {
        code = att_db_end(store->db, check_all(&w, err), err);
    }
    att_arena_drop(&scratch);
    return code;
}
