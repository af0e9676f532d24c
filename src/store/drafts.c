/* drafts.c - what is being typed; see the header
 */
#include <attune/store/drafts.h>

#include "store.h"

att_code att_drafts_drop(att_db *db, const char *response, const char *item,
                         att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, item != NULL ? ATT_SQL_DROP_DRAFT : ATT_SQL_DROP_DRAFTS,
                       &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    if (item != NULL) {
        att_stmt_bind_text(stmt, 2, item);
    }
    return att_stmt_run(stmt, err);
}

static att_code put_draft(att_db *db, const char *response, const att_draft *draft,
                          att_msec now, att_err *err)
{
    char at[ATT_STAMP_SIZE];
    att_stmt *stmt;

    att_stamp_write(at, now);
    ATT_TRY(att_db_get(db, ATT_SQL_PUT_DRAFT, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    att_stmt_bind_text(stmt, 2, draft->item);
    att_stmt_bind_text(stmt, 3, draft->text);
    att_stmt_bind_text(stmt, 4, at);
    return att_stmt_run(stmt, err);
}

att_code att_drafts_put(att_store *store, const char *response, const char *item,
                        const char *text, att_msec now, att_err *err)
{
    att_draft draft = { item, text };
    att_code code;

    ATT_TRY(att_db_begin(store->db, err));
    code = att_responses_check_open(store->db, response, err);
    if (code == ATT_OK) {
        code = text[0] == '\0' ? att_drafts_drop(store->db, response, item, err)
                               : put_draft(store->db, response, &draft, now, err);
    }
    return att_db_end(store->db, code, err);
}

att_code att_drafts_read(att_arena *arena, att_store *store, const char *response,
                         att_draft **out, size_t *n, att_err *err)
{
    att_draft *list = NULL;
    size_t room = 0;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    *out = NULL;
    *n = 0;
    ATT_TRY(att_db_get(store->db, ATT_SQL_LIST_DRAFTS, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (*n == room) {
            room = room * 2 + 4;
            list = att_memory_grow(list, room, sizeof *list);
        }
        list[*n].item = att_arena_text(arena, att_stmt_text(stmt, 0));
        list[*n].text = att_arena_text(arena, att_stmt_text(stmt, 1));
        *n += 1;
    }
    if (list != NULL) {
        att_arena_adopt(arena, list);
    }
    *out = list;
    return code;
}
