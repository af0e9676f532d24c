/* scores.c - scale scores beside the responses they come from
 */
#include <attune/store/responses.h>

#include "store.h"

static att_code drop_scores(att_db *db, const char *response, att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_DROP_SCORES, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    return att_stmt_run(stmt, err);
}

static att_code put_score(att_db *db, const att_scored *scored, size_t i,
                          const char *made, att_err *err)
{
    const att_score *score = &scored->scores[i];
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_PUT_SCORE, &stmt, err));
    att_stmt_bind_text(stmt, 1, scored->response);
    att_stmt_bind_text(stmt, 2, score->id);
    att_stmt_bind_whole(stmt, 3, score->is_derived ? 1 : 0);
    att_stmt_bind_text(stmt, 4, scored->version);
    att_stmt_bind_text(stmt, 5, scored->rules[i]);
    att_stmt_bind_whole(stmt, 6, (long long)score->n_valid);
    att_stmt_bind_whole(stmt, 7, (long long)score->n_items);
    att_stmt_bind_real(stmt, 8, score->value);
    att_stmt_bind_real(stmt, 9, score->value_100);
    att_stmt_bind_text(stmt, 10, made);
    return att_stmt_run(stmt, err);
}

static att_code put_all(att_db *db, const att_scored *scored, const char *made,
                        att_err *err)
{
    ATT_TRY(drop_scores(db, scored->response, err));
    for (size_t i = 0; i < scored->n; i++) {
        ATT_TRY(put_score(db, scored, i, made, err));
    }
    return ATT_OK;
}

att_code att_scores_put(att_store *store, const att_scored *scored, size_t n_scored,
                        att_msec now, att_err *err)
{
    char made[ATT_STAMP_SIZE];
    att_code code = ATT_OK;

    att_stamp_write(made, now);
    ATT_TRY(att_db_begin(store->db, err));
    for (size_t i = 0; i < n_scored && code == ATT_OK; i++) {
        code = put_all(store->db, &scored[i], made, err);
    }
    return att_db_end(store->db, code, err);
}

bool att_scores_get(att_store *store, const char *response, const char *scale,
                    att_score *out)
{
    att_stmt *stmt;
    bool has_row;

    if (att_db_get(store->db, ATT_SQL_GET_SCORE, &stmt, NULL) != ATT_OK) {
        return false;
    }
    att_stmt_bind_text(stmt, 1, response);
    att_stmt_bind_text(stmt, 2, scale);
    if (att_stmt_next(stmt, &has_row, NULL) != ATT_OK || !has_row) {
        return false;
    }
    *out = (att_score){
        .id = scale,
        .is_derived = att_stmt_whole(stmt, 0) == 1,
        .n_valid = (size_t)att_stmt_whole(stmt, 1),
        .n_items = (size_t)att_stmt_whole(stmt, 2),
        .value = att_stmt_real(stmt, 3),
        .value_100 = att_stmt_real(stmt, 4),
    };
    att_stmt_done(stmt);
    return true;
}
