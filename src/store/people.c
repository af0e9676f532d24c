/* people.c - attributes of people; see the header
 */
#include <attune/store/people.h>

#include <string.h>

#include "store.h"

static att_code put_one(att_db *db, const att_person_attribute *one, const char *at,
                        att_err *err)
{
    bool is_gone = one->value[0] == '\0';
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_NOTE_PERSON, &stmt, err));
    att_stmt_bind_text(stmt, 1, one->person);
    att_stmt_bind_text(stmt, 2, at);
    ATT_TRY(att_stmt_run(stmt, err));
    ATT_TRY(att_db_get(db, is_gone ? ATT_SQL_DROP_ATTRIBUTE : ATT_SQL_PUT_ATTRIBUTE,
                       &stmt, err));
    att_stmt_bind_text(stmt, 1, one->person);
    att_stmt_bind_text(stmt, 2, one->name);
    if (!is_gone) {
        att_stmt_bind_text(stmt, 3, one->value);
        att_stmt_bind_text(stmt, 4, at);
    }
    return att_stmt_run(stmt, err);
}

att_code att_people_put(att_store *store, const att_person_attribute *list, size_t n,
                        att_msec now, att_err *err)
{
    char at[ATT_STAMP_SIZE];
    att_code code = ATT_OK;

    att_stamp_write(at, now);
    ATT_TRY(att_db_begin(store->db, err));
    for (size_t i = 0; i < n && code == ATT_OK; i++) {
        code = put_one(store->db, &list[i], at, err);
    }
    return att_db_end(store->db, code, err);
}

static att_code take_row(att_arena *arena, att_stmt *stmt, att_person_attribute *out,
                         att_err *err)
{
    *out = (att_person_attribute){
        .person = att_arena_text(arena, att_stmt_text(stmt, 0)),
        .name = att_arena_text(arena, att_stmt_text(stmt, 1)),
        .value = att_arena_text(arena, att_stmt_text(stmt, 2)),
    };
    if (out->name[0] != '\0' && !att_stamp_read(att_stmt_text(stmt, 3), &out->since)) {
        return att_fail(err, ATT_ESTORE, "what is known about \"%s\" cannot be read",
                        out->person);
    }
    return ATT_OK;
}

att_code att_people_list(att_arena *arena, att_store *store, const char *person,
                         att_person_attribute **out, size_t *n, att_err *err)
{
    att_person_attribute *list = NULL;
    size_t room = 0;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    *out = NULL;
    *n = 0;
    ATT_TRY(att_db_get(store->db,
                       person == NULL ? ATT_SQL_LIST_PEOPLE : ATT_SQL_LIST_ATTRIBUTES,
                       &stmt, err));
    if (person != NULL) {
        att_stmt_bind_text(stmt, 1, person);
    }
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (*n == room) {
            room = room * 2 + 32;
            list = att_memory_grow(list, room, sizeof *list);
        }
        code = take_row(arena, stmt, &list[*n], err);
        if (code != ATT_OK) {
            att_stmt_done(stmt);
            break;
        }
        *n += 1;
    }
    *out = list;
    if (list != NULL) {
        att_arena_adopt(arena, list);
    }
    return code;
}
