/* sittings.c - how interviews went; see the header
 */
#include <attune/store/sittings.h>

#include <limits.h>

#include "store.h"

/* ---- writing ---- */

static att_code next_number(att_db *db, const char *response, long long *out,
                            att_err *err)
{
    att_stmt *stmt;
    bool has_row;

    ATT_TRY(att_db_get(db, ATT_SQL_LAST_SITTING, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    ATT_TRY(att_stmt_next(stmt, &has_row, err));
    *out = has_row ? att_stmt_whole(stmt, 0) + 1 : 1;
    att_stmt_done(stmt);
    return ATT_OK;
}

static att_code add_sitting(att_db *db, const char *response, long long number,
                            const att_sitting *sitting, att_err *err)
{
    char began[ATT_STAMP_SIZE];
    att_stmt *stmt;

    att_stamp_write(began, sitting->began);
    ATT_TRY(att_db_get(db, ATT_SQL_ADD_SITTING, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    att_stmt_bind_whole(stmt, 2, number);
    att_stmt_bind_text(stmt, 3, began);
    att_stmt_bind_whole(stmt, 4, (long long)sitting->n_before);
    att_stmt_bind_text(stmt, 5, sitting->face);
    att_stmt_bind_text(stmt, 6, sitting->language);
    att_stmt_bind_text(stmt, 7, sitting->terminal);
    att_stmt_bind_text(stmt, 8, sitting->newer);
    att_stmt_bind_whole(stmt, 9, sitting->has_draft ? 1 : 0);
    att_stmt_bind_text(stmt, 10, sitting->settings);
    return att_stmt_run(stmt, err);
}

static att_code add_step(att_db *db, const char *response, const long long number[2],
                         const att_step *step, att_err *err)
{
    att_stmt *stmt;

    ATT_TRY(att_db_get(db, ATT_SQL_ADD_STEP, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    att_stmt_bind_whole(stmt, 2, number[0]);
    att_stmt_bind_whole(stmt, 3, number[1]);
    att_stmt_bind_text(stmt, 4, step->screen);
    att_stmt_bind_text(stmt, 5, step->item);
    att_stmt_bind_text(stmt, 6, step->event);
    att_stmt_bind_text(stmt, 7, step->target);
    att_stmt_bind_text(stmt, 8, step->refusal);
    att_stmt_bind_whole(stmt, 9, step->shown);
    att_stmt_bind_whole(stmt, 10, step->came);
    att_stmt_bind_whole(stmt, 11, (long long)step->n_entries);
    att_stmt_bind_whole(stmt, 12, step->columns);
    att_stmt_bind_whole(stmt, 13, step->rows);
    return att_stmt_run(stmt, err);
}

att_code att_steps_add(att_db *db, const char *response, const att_steps *steps,
                       long long *number, att_err *err)
{
    *number = steps->log->number;
    if (*number == 0) {
        ATT_TRY(next_number(db, response, number, err));
        ATT_TRY(add_sitting(db, response, *number, &steps->log->sitting, err));
    }
    for (size_t i = 0; i < steps->n; i++) {
        long long place[2] = { *number, (long long)(steps->log->n_kept + i + 1) };

        ATT_TRY(add_step(db, response, place, &steps->list[i], err));
    }
    return ATT_OK;
}

void att_steps_kept(const att_steps *steps, long long number)
{
    steps->log->number = number;
    steps->log->n_kept += steps->n;
}

att_code att_sittings_add(att_store *store, const char *response,
                          const att_steps *steps, att_err *err)
{
    long long number = 0;
    att_code code;

    if (steps->n == 0) {
        return ATT_OK;
    }
    ATT_TRY(att_db_begin(store->db, err));
    code = att_steps_add(store->db, response, steps, &number, err);
    code = att_db_end(store->db, code, err);
    if (code == ATT_OK) {
        att_steps_kept(steps, number);
    }
    return code;
}

/* ---- reading ---- */

static const char *copy_column(att_arena *arena, att_stmt *stmt, int column)
{
    return att_arena_text(arena, att_stmt_text(stmt, column));
}

static int small_column(att_stmt *stmt, int column)
{
    long long value = att_stmt_whole(stmt, column);

    return value < 0 || value > INT_MAX ? 0 : (int)value;
}

static att_code take_sitting(att_arena *arena, att_stmt *stmt, att_sitting *out,
                             att_err *err)
{
    *out = (att_sitting){
        .n_before = (size_t)small_column(stmt, 1),
        .face = copy_column(arena, stmt, 2),
        .language = copy_column(arena, stmt, 3),
        .terminal = copy_column(arena, stmt, 4),
        .newer = copy_column(arena, stmt, 5),
        .has_draft = att_stmt_whole(stmt, 6) == 1,
        .settings = copy_column(arena, stmt, 7),
    };
    if (!att_stamp_read(att_stmt_text(stmt, 0), &out->began)) {
        return att_fail(err, ATT_ESTORE, "a sitting of the study cannot be read");
    }
    return ATT_OK;
}

static att_step take_step(att_arena *arena, att_stmt *stmt)
{
    return (att_step){
        .screen = copy_column(arena, stmt, 1),
        .item = copy_column(arena, stmt, 2),
        .event = copy_column(arena, stmt, 3),
        .target = copy_column(arena, stmt, 4),
        .refusal = copy_column(arena, stmt, 5),
        .shown = att_stmt_whole(stmt, 6),
        .came = att_stmt_whole(stmt, 7),
        .n_entries = (size_t)small_column(stmt, 8),
        .columns = small_column(stmt, 9),
        .rows = small_column(stmt, 10),
    };
}

/* Steps as they are read, each with the number of its sitting. */
typedef struct step_list {
    att_step *list; /* [n] in the arena's care */
    int *sitting;   /* [n] */
    size_t n, room;
} step_list;

static att_code read_steps(att_arena *arena, att_db *db, const char *response,
                           step_list *out, att_err *err)
{
    att_stmt *stmt;
    bool has_row;
    att_code code;

    ATT_TRY(att_db_get(db, ATT_SQL_LIST_STEPS, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (out->n == out->room) {
            out->room = out->room * 2 + 64;
            out->list = att_memory_grow(out->list, out->room, sizeof *out->list);
            out->sitting =
                att_memory_grow(out->sitting, out->room, sizeof *out->sitting);
        }
        out->list[out->n] = take_step(arena, stmt);
        out->sitting[out->n++] = small_column(stmt, 0);
    }
    return code;
}

static att_code read_sittings(att_arena *arena, att_db *db, const char *response,
                              att_sitting **out, size_t *n, att_err *err)
{
    size_t room = 0;
    att_stmt *stmt;
    bool has_row;
    att_code code;

    ATT_TRY(att_db_get(db, ATT_SQL_LIST_SITTINGS, &stmt, err));
    att_stmt_bind_text(stmt, 1, response);
    while ((code = att_stmt_next(stmt, &has_row, err)) == ATT_OK && has_row) {
        if (*n == room) {
            room = room * 2 + 4;
            *out = att_memory_grow(*out, room, sizeof **out);
        }
        code = take_sitting(arena, stmt, &(*out)[*n], err);
        if (code != ATT_OK) {
            att_stmt_done(stmt);
            return code;
        }
        *n += 1;
    }
    return code;
}

/* Sittings are numbered from 1 without gaps, and steps come in their order. */
static void hand_out(att_sitting *sittings, size_t n, const step_list *steps)
{
    for (size_t i = 0; i < steps->n; i++) {
        size_t k = (size_t)steps->sitting[i] - 1;

        if (k < n) {
            sittings[k].steps =
                sittings[k].n_steps == 0 ? &steps->list[i] : sittings[k].steps;
            sittings[k].n_steps++;
        }
    }
}

att_code att_sittings_read(att_arena *arena, att_store *store, const char *response,
                           att_sitting **out, size_t *n, att_err *err)
{
    step_list steps = { 0 };
    att_code code;

    *out = NULL;
    *n = 0;
    code = read_sittings(arena, store->db, response, out, n, err);
    if (code == ATT_OK) {
        code = read_steps(arena, store->db, response, &steps, err);
    }
    if (*out != NULL) {
        att_arena_adopt(arena, *out);
    }
    if (steps.list != NULL) {
        att_arena_adopt(arena, steps.list);
    }
    if (code == ATT_OK) {
        hand_out(*out, *n, &steps);
    }
    att_memory_free(steps.sitting);
    return code;
}
