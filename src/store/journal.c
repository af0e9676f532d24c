/* journal.c - the chain; see the header
 */
#include "journal.h"

#include <stdio.h>
#include <string.h>

#include <attune/base/json.h>

static att_piece piece_of(const char *text)
{
    return (att_piece){ text, strlen(text) };
}

att_digest att_link_seal(const att_link *link)
{
    char seq[24], mono[24];
    att_piece piece[11];

    snprintf(seq, sizeof seq, "%lld", link->seq);
    snprintf(mono, sizeof mono, "%lld", link->mono);
    piece[0] = piece_of("attune entry 1");
    piece[1] = (att_piece){ link->previous.bytes, ATT_DIGEST_BYTES };
    piece[2] = piece_of(seq);
    piece[3] = piece_of(link->response);
    piece[4] = piece_of(link->act);
    piece[5] = piece_of(link->item);
    piece[6] = piece_of(link->actor);
    piece[7] = piece_of(link->at);
    piece[8] = piece_of(mono);
    piece[9] = piece_of(link->kept);
    piece[10] = (att_piece){ link->payload.bytes, ATT_DIGEST_BYTES };
    return att_digest_pieces(piece, sizeof piece / sizeof piece[0]);
}

att_digest att_payload_seal(const void *salt, size_t n_salt, const char *text, size_t n)
{
    att_piece piece[2] = { { salt, n_salt }, { text, n } };

    return att_digest_pieces(piece, 2);
}

void att_header_write(att_buf *out, const att_response *header)
{
    att_json_out json = att_json_begin(out, false);
    char today[ATT_DAY_SIZE], started[ATT_STAMP_SIZE];
    bool is_asked = header->mode != ATT_ASKING_SELF || header->interviewer[0] != '\0' ||
                    header->proxy_for[0] != '\0' || header->relation[0] != '\0';

    att_day_write(today, header->today);
    att_stamp_write(started, header->started);
    att_json_object(&json);
    att_json_put_string(&json, "digest", header->digest);
    att_json_put_string(&json, "id", header->id);
    att_json_put_string(&json, "instrument", header->instrument);
    if (is_asked) {
        att_json_put_string(&json, "interviewer", header->interviewer);
    }
    att_known_write(&json, header->known, header->n_known);
    att_json_put_string(&json, "language", header->language);
    if (is_asked) {
        att_json_put_string(&json, "mode", att_asking_name(header->mode));
    }
    att_json_put_whole(&json, "offset", header->offset);
    att_json_put_string(&json, "person", header->person);
    if (is_asked) {
        att_json_put_string(&json, "proxy_for", header->proxy_for);
        att_json_put_string(&json, "relation", header->relation);
    }
    att_json_put_string(&json, "role", header->role);
    att_json_put_whole(&json, "seed", (long long)header->seed);
    att_json_put_bool(&json, "simulated", header->is_simulated);
    att_json_put_string(&json, "site", header->site);
    att_json_put_string(&json, "started", started);
    att_json_put_string(&json, "today", today);
    att_json_put_string(&json, "version", header->version);
    att_json_put_string(&json, "wave", header->wave);
    att_json_end_object(&json);
}

att_code att_head_get(att_db *db, att_head *out, att_err *err)
{
    att_stmt *stmt;
    const void *bytes;
    size_t n = 0;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_HEAD, &stmt, err));
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    bytes = has_row ? att_stmt_bytes(stmt, 1, &n) : NULL;
    if (n != ATT_DIGEST_BYTES) {
        att_stmt_done(stmt);
        return att_fail(err, ATT_ESTORE, "study \"%s\" has no head of its journal",
                        att_db_path(db));
    }
    out->n = att_stmt_whole(stmt, 0);
    memcpy(out->digest.bytes, bytes, n);
    att_stmt_done(stmt);
    return ATT_OK;
}

att_code att_head_put(att_db *db, const att_head *head, att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_PUT_HEAD, &stmt, err));
    att_stmt_bind_whole(stmt, 1, head->n);
    att_stmt_bind_bytes(stmt, 2, head->digest.bytes, ATT_DIGEST_BYTES);
    return att_stmt_run(stmt, err);
}

static att_code add_payload(att_db *db, const att_link *link, const void *salt,
                            const char *payload, att_err *err)
{
    bool is_open = strcmp(link->kept, "open") == 0;
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, is_open ? ATT_SQL_ADD_PAYLOAD : ATT_SQL_ADD_IDENTITY_PAYLOAD,
                       &stmt, err));
    att_stmt_bind_whole(stmt, 1, link->seq);
    att_stmt_bind_bytes(stmt, 2, salt, ATT_SALT_BYTES);
    att_stmt_bind_text(stmt, 3, payload);
    return att_stmt_run(stmt, err);
}

static att_code add_link(att_db *db, const att_link *link, const att_digest *digest,
                         att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_ADD_ENTRY, &stmt, err));
    att_stmt_bind_whole(stmt, 1, link->seq);
    att_stmt_bind_text(stmt, 2, link->response);
    att_stmt_bind_text(stmt, 3, link->act);
    att_stmt_bind_text(stmt, 4, link->item);
    att_stmt_bind_text(stmt, 5, link->actor);
    att_stmt_bind_text(stmt, 6, link->at);
    att_stmt_bind_whole(stmt, 7, link->mono);
    att_stmt_bind_text(stmt, 8, link->kept);
    att_stmt_bind_bytes(stmt, 9, link->previous.bytes, ATT_DIGEST_BYTES);
    att_stmt_bind_bytes(stmt, 10, link->payload.bytes, ATT_DIGEST_BYTES);
    att_stmt_bind_bytes(stmt, 11, digest->bytes, ATT_DIGEST_BYTES);
    return att_stmt_run(stmt, err);
}

att_code att_journal_add(att_db *db, att_head *head, const char *response,
                         const att_entry *entry, const char *payload, att_err *err)
{
    unsigned char salt[ATT_SALT_BYTES];
    char at[ATT_STAMP_SIZE];
    att_digest digest;
    att_link link = {
        .seq = head->n + 1,
        .response = response,
        .act = att_act_name(entry->act),
        .item = entry->item != NULL ? entry->item : "",
        .actor = entry->actor != NULL ? entry->actor : "",
        .at = at,
        .mono = entry->mono,
        .kept = entry->is_identifying ? "identity" : "open",
        .previous = head->digest,
    };

    att_random_bytes(salt, sizeof salt);
    att_stamp_write(at, entry->at);
    link.payload = att_payload_seal(salt, sizeof salt, payload, strlen(payload));
    digest = att_link_seal(&link);
    ATT_TRY(add_link(db, &link, &digest, err));
    ATT_TRY(add_payload(db, &link, salt, payload, err));
    head->n = link.seq;
    head->digest = digest;
    return ATT_OK;
}
