/* responses.c - interviews: headers and their entries; see the header
 */
#include <attune/store/responses.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "journal.h"
#include "store.h"

#define PAGE 64 /* headers fetched at a time while visiting */

/* ---- rows to headers ---- */

static const char *copy_column(att_arena *arena, att_stmt *stmt, int column)
{
    return att_arena_text(arena, att_stmt_text(stmt, column));
}

/* The columns of get_response and page_responses. */
static att_code take_header(att_arena *arena, att_stmt *stmt, att_response *out,
                            att_err *err)
{
    *out = (att_response){
        .id = copy_column(arena, stmt, 0),
        .instrument = copy_column(arena, stmt, 1),
        .version = copy_column(arena, stmt, 2),
        .digest = copy_column(arena, stmt, 3),
        .person = copy_column(arena, stmt, 4),
        .role = copy_column(arena, stmt, 5),
        .site = copy_column(arena, stmt, 6),
        .wave = copy_column(arena, stmt, 7),
        .language = copy_column(arena, stmt, 8),
        .seed = (unsigned long long)att_stmt_whole(stmt, 9),
        .interviewer = copy_column(arena, stmt, 17),
        .proxy_for = copy_column(arena, stmt, 18),
        .relation = copy_column(arena, stmt, 19),
    };
    const char *today = att_stmt_text(stmt, 10);
    long long offset = att_stmt_whole(stmt, 11);
    long long simulated = att_stmt_whole(stmt, 12);

    if (offset < INT_MIN || offset > INT_MAX || simulated < 0 || simulated > 1 ||
        !att_day_read(today, strlen(today), &out->today) ||
        !att_stamp_read(att_stmt_text(stmt, 13), &out->started) ||
        !att_status_read(att_stmt_text(stmt, 15), &out->status) ||
        !att_asking_read(att_stmt_text(stmt, 16), &out->mode) ||
        (!att_stmt_is_null(stmt, 14) &&
         !att_stamp_read(att_stmt_text(stmt, 14), &out->finished))) {
        return att_fail(err, ATT_ESTORE, "the header of session \"%s\" cannot be read",
                        out->id);
    }
    out->offset = (int)offset;
    out->is_simulated = simulated == 1;
    return ATT_OK;
}

att_code att_responses_header(att_arena *arena, att_db *db, const char *id,
                              att_response *out, bool *found, att_err *err)
{
    att_stmt *stmt;
    att_code code;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_RESPONSE, &stmt, err));
    att_stmt_bind_text(stmt, 1, id);
    ATT_TRY(att_stmt_next(stmt, found, err));
    code = *found ? take_header(arena, stmt, out, err) : ATT_OK;
    att_stmt_done(stmt);
    return code;
}

static const char *short_id(const char *id)
{
    size_t n = strlen(id);

    return n > ATT_ID_SHORT ? id + n - ATT_ID_SHORT : id;
}

static att_code fail_unknown(const char *id, att_err *err)
{
    att_fail(err, ATT_ENOTFOUND, "the study has no session \"%s\"", id);
    att_hint(err, "list those that are open: attune resume");
    return ATT_ENOTFOUND;
}

/* ---- begin ---- */

static att_code note(att_db *db, att_sql which, const char *code, const char *at,
                     att_err *err)
{
    att_stmt *stmt;

    if (code == NULL || code[0] == '\0') {
        return ATT_OK;
    }
    ATT_TRY(att_db_get(db, which, &stmt, err));
    att_stmt_bind_text(stmt, 1, code);
    att_stmt_bind_text(stmt, 2, at);
    return att_stmt_run(stmt, err);
}

/* Whether the instrument is there under its id and version. */
static att_code check_instrument(att_db *db, const att_response *header, att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_INSTRUMENT, &stmt, err));
    att_stmt_bind_text(stmt, 1, header->digest);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    has_row = has_row && strcmp(att_stmt_text(stmt, 0), header->instrument) == 0 &&
              strcmp(att_stmt_text(stmt, 1), header->version) == 0;
    att_stmt_done(stmt);
    if (!has_row) {
        att_fail(err, ATT_ENOTFOUND,
                 "instrument \"%s\" %s of this session is not in the study",
                 header->instrument, header->version);
        att_hint(err, "add it first: attune add FILE");
        return ATT_ENOTFOUND;
    }
    return ATT_OK;
}

static att_code insert_header(att_db *db, const att_response *header, att_err *err)
{
    char today[ATT_DAY_SIZE], started[ATT_STAMP_SIZE];
    att_stmt *stmt;

    att_day_write(today, header->today);
    att_stamp_write(started, header->started);
    ATT_TRY(note(db, ATT_SQL_NOTE_PERSON, header->person, started, err));
    ATT_TRY(note(db, ATT_SQL_NOTE_ROLE, header->role, started, err));
    ATT_TRY(note(db, ATT_SQL_NOTE_SITE, header->site, started, err));
    ATT_TRY(note(db, ATT_SQL_NOTE_WAVE, header->wave, started, err));
    ATT_TRY(att_db_get(db, ATT_SQL_ADD_RESPONSE, &stmt, err));
    att_stmt_bind_text(stmt, 1, header->id);
    att_stmt_bind_text(stmt, 2, header->digest);
    att_stmt_bind_known(stmt, 3, header->person);
    att_stmt_bind_known(stmt, 4, header->role);
    att_stmt_bind_known(stmt, 5, header->site);
    att_stmt_bind_known(stmt, 6, header->wave);
    att_stmt_bind_text(stmt, 7, header->language);
    att_stmt_bind_whole(stmt, 8, (long long)header->seed);
    att_stmt_bind_text(stmt, 9, today);
    att_stmt_bind_whole(stmt, 10, header->offset);
    att_stmt_bind_whole(stmt, 11, header->is_simulated ? 1 : 0);
    att_stmt_bind_text(stmt, 12, started);
    att_stmt_bind_text(stmt, 13, att_asking_name(header->mode));
    att_stmt_bind_text(stmt, 14, header->interviewer);
    att_stmt_bind_text(stmt, 15, header->proxy_for);
    att_stmt_bind_text(stmt, 16, header->relation);
    return att_stmt_run(stmt, err);
}

/* Header texts may be NULL where the caller knows nothing; the chain knows only "". */
static att_response without_null(const att_response *header)
{
    att_response whole = *header;

    whole.person = header->person != NULL ? header->person : "";
    whole.role = header->role != NULL ? header->role : "";
    whole.site = header->site != NULL ? header->site : "";
    whole.wave = header->wave != NULL ? header->wave : "";
    whole.interviewer = header->interviewer != NULL ? header->interviewer : "";
    whole.proxy_for = header->proxy_for != NULL ? header->proxy_for : "";
    whole.relation = header->relation != NULL ? header->relation : "";
    return whole;
}

/* The header and its START entry; inside a transaction. */
static att_code put_start(att_db *db, att_head *head, const att_response *header,
                          const att_entry *start, att_err *err)
{
    att_response whole = without_null(header);
    att_entry plain = { .act = start->act,
                        .item = "",
                        .actor = start->actor,
                        .at = start->at,
                        .mono = start->mono };
    att_buf payload = { 0 };
    att_code code;

    if (start->act != ATT_ACT_START) {
        return att_fail(err, ATT_EBUG, "session \"%s\" does not begin with its start",
                        header->id);
    }
    ATT_TRY(check_instrument(db, &whole, err));
    ATT_TRY(insert_header(db, &whole, err));
    att_header_write(&payload, &whole);
    code = att_journal_add(db, head, whole.id, &plain, att_buf_text(&payload), err);
    att_buf_drop(&payload);
    return code;
}

att_code att_responses_begin(att_store *store, const att_response *header,
                             const att_entry *start, att_err *err)
{
    att_head head;
    att_code code;

    ATT_TRY(att_db_begin(store->db, err));
    code = att_head_get(store->db, &head, err);
    if (code == ATT_OK) {
        code = put_start(store->db, &head, header, start, err);
    }
    if (code == ATT_OK) {
        code = att_head_put(store->db, &head, err);
    }
    return att_db_end(store->db, code, err);
}

/* ---- append ---- */

static att_code close_response(att_db *db, const char *id, const att_entry *entry,
                               att_err *err)
{
    bool is_finish = entry->act == ATT_ACT_FINISH;
    char at[ATT_STAMP_SIZE];
    att_stmt *stmt;

    att_stamp_write(at, entry->at);
    ATT_TRY(att_db_get(db, ATT_SQL_CLOSE_RESPONSE, &stmt, err));
    att_stmt_bind_text(stmt, 1, id);
    att_stmt_bind_text(
        stmt, 2,
        att_status_name(is_finish ? ATT_STATUS_COMPLETE : ATT_STATUS_DECLINED));
    att_stmt_bind_text(stmt, 3, at);
    ATT_TRY(att_stmt_run(stmt, err));
    ATT_TRY(att_drafts_drop(db, id, NULL, err));
    return is_finish ? att_outbox_add(db, id, entry->at, err) : ATT_OK;
}

/* An entry after the START; inside a transaction. */
static att_code put_entry(att_db *db, att_head *head, const char *id,
                          const att_entry *entry, att_err *err)
{
    att_buf payload = { 0 };
    att_code code;

    if (entry->act == ATT_ACT_START) {
        return att_fail(err, ATT_EBUG, "session \"%s\" is started twice", id);
    }
    att_entry_write(&payload, entry);
    code = att_journal_add(db, head, id, entry, att_buf_text(&payload), err);
    att_buf_drop(&payload);
    if (code == ATT_OK && entry->act == ATT_ACT_ANSWER) {
        code = att_drafts_drop(db, id, entry->item, err); /* what was typed for it */
    }
    if (code == ATT_OK &&
        (entry->act == ATT_ACT_FINISH || entry->act == ATT_ACT_DECLINE)) {
        code = close_response(db, id, entry, err);
    }
    return code;
}

att_code att_responses_check_open(att_db *db, const char *id, att_err *err)
{
    att_status status = ATT_STATUS_OPEN;
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_GET_RESPONSE, &stmt, err));
    att_stmt_bind_text(stmt, 1, id);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    has_row = has_row && att_status_read(att_stmt_text(stmt, 15), &status);
    att_stmt_done(stmt);
    if (!has_row) {
        return fail_unknown(id, err);
    }
    if (status != ATT_STATUS_OPEN) {
        return att_fail(err, ATT_EUSAGE, "session \"%s\" is %s; nothing can be added",
                        short_id(id), att_status_name(status));
    }
    return ATT_OK;
}

att_code att_responses_append_with(att_store *store, const char *id,
                                   const att_entry *entry, const att_steps *steps,
                                   att_err *err)
{
    long long sitting = 0;
    att_head head;
    att_code code;

    ATT_TRY(att_db_begin(store->db, err));
    code = att_responses_check_open(store->db, id, err);
    if (code == ATT_OK) {
        code = att_head_get(store->db, &head, err);
    }
    if (code == ATT_OK) {
        code = put_entry(store->db, &head, id, entry, err);
    }
    if (code == ATT_OK) {
        code = att_head_put(store->db, &head, err);
    }
    if (code == ATT_OK && steps != NULL && steps->n > 0) {
        code = att_steps_add(store->db, id, steps, &sitting, err);
    }
    code = att_db_end(store->db, code, err);
    if (code == ATT_OK && sitting > 0) {
        att_steps_kept(steps, sitting);
    }
    return code;
}

att_code att_responses_append(att_store *store, const char *id, const att_entry *entry,
                              att_err *err)
{
    return att_responses_append_with(store, id, entry, NULL, err);
}

static att_code put_all(att_db *db, att_head *head, const att_response *response,
                        att_err *err)
{
    if (response->n_entries == 0) {
        return att_fail(err, ATT_EBUG, "session \"%s\" has no entries", response->id);
    }
    ATT_TRY(put_start(db, head, response, &response->entries[0], err));
    for (size_t i = 1; i < response->n_entries; i++) {
        att_act before = response->entries[i - 1].act;

        if (before == ATT_ACT_FINISH || before == ATT_ACT_DECLINE) {
            return att_fail(err, ATT_EBUG, "session \"%s\" goes on after its end",
                            response->id);
        }
        ATT_TRY(put_entry(db, head, response->id, &response->entries[i], err));
    }
    return ATT_OK;
}

att_code att_responses_add(att_store *store, const att_response *response, att_err *err)
{
    att_head head;
    att_code code;

    ATT_TRY(att_db_begin(store->db, err));
    code = att_head_get(store->db, &head, err);
    if (code == ATT_OK) {
        code = put_all(store->db, &head, response, err);
    }
    if (code == ATT_OK) {
        code = att_head_put(store->db, &head, err);
    }
    return att_db_end(store->db, code, err);
}

att_code att_responses_head(att_store *store, const char *id, char out[ATT_DIGEST_HEX],
                            att_err *err)
{
    att_digest digest;
    att_stmt *stmt;
    const void *bytes;
    size_t n = 0;
    bool has_row;

    out[0] = '\0';
    ATT_TRY(att_db_get(store->db, ATT_SQL_GET_RESPONSE_HEAD, &stmt, err));
    att_stmt_bind_text(stmt, 1, id);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    bytes = has_row ? att_stmt_bytes(stmt, 0, &n) : NULL;
    if (n == ATT_DIGEST_BYTES) {
        memcpy(digest.bytes, bytes, n);
        att_digest_write(out, &digest);
    }
    att_stmt_done(stmt);
    return has_row ? ATT_OK : fail_unknown(id, err);
}

/* ---- list ---- */

/* From where a page goes on. */
typedef struct place {
    char started[ATT_STAMP_SIZE];
    char id[ATT_ID_SIZE];
} place;

typedef struct header_list {
    att_response *list; /* [n] */
    size_t n, room;
} header_list;

/* The next at most `most` headers behind `from`, which moves on. */
static att_code read_page(att_arena *arena, att_db *db,
                          const att_response_filter *filter, long long most,
                          place *from, header_list *out, att_err *err)
{
    static const att_response_filter none = { NULL, NULL, -1, NULL };
    const att_response_filter *f = filter != NULL ? filter : &none;
    place after = *from;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    ATT_TRY(att_db_get(db, ATT_SQL_PAGE_RESPONSES, &stmt, err));
    att_stmt_bind_text(stmt, 1, after.started);
    att_stmt_bind_text(stmt, 2, after.id);
    att_stmt_bind_text(stmt, 3, f->instrument);
    att_stmt_bind_text(stmt, 4, f->person);
    att_stmt_bind_text(stmt, 5,
                       f->status < 0 ? NULL : att_status_name((att_status)f->status));
    att_stmt_bind_text(stmt, 6, f->wave);
    att_stmt_bind_whole(stmt, 7, most);
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (out->n == out->room) {
            out->room = out->room * 2 + 8;
            out->list = att_memory_grow(out->list, out->room, sizeof *out->list);
        }
        code = take_header(arena, stmt, &out->list[out->n], err);
        if (code != ATT_OK) {
            att_stmt_done(stmt);
            return code;
        }
        out->n++;
        snprintf(from->started, sizeof from->started, "%s", att_stmt_text(stmt, 13));
        snprintf(from->id, sizeof from->id, "%s", att_stmt_text(stmt, 0));
    }
    return code;
}

att_code att_responses_list(att_arena *arena, att_store *store,
                            const att_response_filter *filter, att_response **out,
                            size_t *n, att_err *err)
{
    header_list all = { 0 };
    place from = { "", "" };
    att_code code = read_page(arena, store->db, filter, LLONG_MAX, &from, &all, err);

    *out = NULL;
    *n = 0;
    if (code == ATT_OK) {
        *out = att_new_n(arena, att_response, all.n);
        *n = all.n;
        if (all.n > 0) {
            memcpy(*out, all.list, all.n * sizeof *all.list);
        }
    }
    att_memory_free(all.list);
    return code;
}

/* ---- read ---- */

/* What was erased reads as unreadable. */
static void mark_erased(att_entry *entry)
{
    if (entry->act == ATT_ACT_ANSWER) {
        entry->answer = att_answer_of_reason(ATT_REASON_UNREADABLE);
    }
}

/* The columns of list_entries. */
static att_code take_entry(att_arena *arena, att_stmt *stmt, att_entry *out,
                           att_err *err)
{
    att_entry entry = { .act = ATT_ACT_START };

    if (!att_act_read(att_stmt_text(stmt, 0), &entry.act) ||
        !att_stamp_read(att_stmt_text(stmt, 3), &entry.at)) {
        return att_fail(err, ATT_ESTORE, "an entry of the journal cannot be read");
    }
    if (att_stmt_is_null(stmt, 6)) {
        mark_erased(&entry);
    } else if (entry.act != ATT_ACT_START) {
        att_entry said = { .act = entry.act };

        if (att_entry_read(arena, att_stmt_text(stmt, 6), &said, NULL) != ATT_OK) {
            return att_fail(err, ATT_ESTORE, "an entry of the journal cannot be read");
        }
        entry.answer = said.answer;
    }
    entry.item = copy_column(arena, stmt, 1);
    entry.actor = copy_column(arena, stmt, 2);
    entry.mono = att_stmt_whole(stmt, 4);
    entry.is_identifying = strcmp(att_stmt_text(stmt, 5), "identity") == 0;
    *out = entry;
    return ATT_OK;
}

/* What was known when the session began; nothing when that was erased. */
static att_code take_known(att_arena *arena, att_stmt *stmt, att_response *out,
                           att_err *err)
{
    if (att_stmt_is_null(stmt, 6)) {
        return ATT_OK;
    }
    if (att_known_read(arena, att_stmt_text(stmt, 6), &out->known, &out->n_known,
                       NULL) != ATT_OK) {
        return att_fail(err, ATT_ESTORE, "the start of session \"%s\" cannot be read",
                        out->id);
    }
    return ATT_OK;
}

static att_code read_entries(att_arena *arena, att_db *db, att_sql which,
                             att_response *out, att_err *err)
{
    att_entry *list = NULL;
    size_t n = 0;
    size_t room = 0;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    ATT_TRY(att_db_get(db, which, &stmt, err));
    att_stmt_bind_text(stmt, 1, out->id);
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (n == room) {
            room = room * 2 + 32;
            list = att_memory_grow(list, room, sizeof *list);
        }
        code = take_entry(arena, stmt, &list[n], err);
        if (code == ATT_OK && list[n++].act == ATT_ACT_START) {
            code = take_known(arena, stmt, out, err);
        }
        if (code != ATT_OK) {
            att_stmt_done(stmt);
            att_memory_free(list);
            return code;
        }
    }
    if (code == ATT_OK) {
        att_entry *entries = att_new_n(arena, att_entry, n);

        if (n > 0) {
            memcpy(entries, list, n * sizeof *list);
        }
        out->entries = entries;
        out->n_entries = n;
    }
    att_memory_free(list);
    return code;
}

/* The whole id of the one session that ends so. */
static att_code find_end(att_db *db, const char *end, char out[ATT_ID_SIZE],
                         att_err *err)
{
    att_stmt *stmt;
    bool has_row, has_other = false;

    if (strlen(end) < 4) {
        return fail_unknown(end, err);
    }
    ATT_TRY(att_db_get(db, ATT_SQL_FIND_RESPONSE_END, &stmt, err));
    att_stmt_bind_text(stmt, 1, end);
    att_stmt_bind_whole(stmt, 2, (long long)strlen(end));
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    if (!has_row) {
        return fail_unknown(end, err);
    }
    snprintf(out, ATT_ID_SIZE, "%s", att_stmt_text(stmt, 0));
    ATT_TRY(att_stmt_next(stmt, &has_other, err));
    att_stmt_done(stmt);
    if (has_other) {
        att_fail(err, ATT_ECONFLICT, "several sessions end in \"%s\"", end);
        att_hint(err, "give more of its characters");
        return ATT_ECONFLICT;
    }
    return ATT_OK;
}

att_code att_responses_read(att_arena *arena, att_store *store, const char *id,
                            att_response *out, att_err *err)
{
    char whole[ATT_ID_SIZE];
    bool found;

    *out = (att_response){ 0 };
    ATT_TRY(att_responses_header(arena, store->db, id, out, &found, err));
    if (!found) {
        ATT_TRY(find_end(store->db, id, whole, err));
        ATT_TRY(att_responses_header(arena, store->db, whole, out, &found, err));
    }
    return read_entries(arena, store->db, ATT_SQL_LIST_ENTRIES, out, err);
}

/* ---- each ---- */

/* Of identifying answers it stays known that a text was given, or why none was, since
 * conditions may ask for that (a roster's entries are there when they have a name). */
static void mask(att_arena *arena, att_response *response)
{
    att_entry *entries = att_new_n(arena, att_entry, response->n_entries);
    size_t n = 0;

    for (size_t i = 0; i < response->n_entries; i++) {
        entries[n] = response->entries[i];
        if (!entries[n].is_identifying) {
            n++;
        } else if (entries[n].answer.kind == ATT_ANSWER_TEXT &&
                   entries[n].answer.text[0] != '\0') {
            entries[n].answer = att_answer_of_text("...");
            n++;
        } else if (entries[n].answer.kind == ATT_ANSWER_REASON) {
            n++;
        }
    }
    response->entries = entries;
    response->n_entries = n;
}

static att_code visit_page(att_db *db, const header_list *page,
                           att_response_visit visit, void *data, att_err *err)
{
    att_arena arena = { 0 };
    att_code code = ATT_OK;

    for (size_t i = 0; i < page->n && code == ATT_OK; i++) {
        att_arena_mark mark = att_arena_mark_now(&arena);
        att_response response = page->list[i];

        code = read_entries(&arena, db, ATT_SQL_LIST_ENTRIES, &response, err);
        mask(&arena, &response);
        if (code == ATT_OK) {
            code = visit(data, &arena, &response, err);
        }
        att_arena_rewind(&arena, mark);
    }
    att_arena_drop(&arena);
    return code;
}

/* Page by page, and no statement is left open while somebody looks: others can write. */
att_code att_responses_each(att_store *store, const att_response_filter *filter,
                            att_response_visit visit, void *data, att_err *err)
{
    header_list page = { 0 };
    place from = { "", "" };
    att_code code = ATT_OK;

    do {
        att_arena arena = { 0 };

        page.n = 0;
        code = read_page(&arena, store->db, filter, PAGE, &from, &page, err);
        if (code == ATT_OK) {
            code = visit_page(store->db, &page, visit, data, err);
        }
        att_arena_drop(&arena);
    } while (code == ATT_OK && page.n == PAGE);
    att_memory_free(page.list);
    return code;
}
