#include <attune/sync/sync.h>

#include "gather.h"
#include "plan.h"

#include <string.h>

enum { BATCH = 100 };

typedef struct comparing {
    att_arena *arena;
    const att_redcap *redcap;
    att_redcap_project project;
    att_gather gather;
    att_push_issue *issues;
    size_t n_issues, room;
    att_compare_result *out;
} comparing;

static void note(comparing *c, const char *record, const char *field, const char *value,
                 const char *why)
{
    if (c->n_issues == c->room) {
        att_push_issue *old = c->issues;

        c->room = c->room == 0 ? 16 : 2 * c->room;
        c->issues = att_new_n(c->arena, att_push_issue, c->room);
        if (old != NULL) {
            memcpy(c->issues, old, c->n_issues * sizeof *old);
        }
    }
    c->issues[c->n_issues++] = (att_push_issue){ att_arena_text(c->arena, record),
                                                 att_arena_text(c->arena, field),
                                                 att_arena_text(c->arena, value),
                                                 att_arena_text(c->arena, why) };
}

static void count(comparing *c, const att_planned *one)
{
    const char *record = one->key->record;

    if (!one->is_there) {
        c->out->n_missing++;
        note(c, record, "", "", "the server does not hold this record");
        return;
    }
    switch (one->verdict) {
    case ATT_VERDICT_SAME: c->out->n_equal++; break;
    case ATT_VERDICT_SEND:
        c->out->n_differ++;
        note(c, record, one->rest.n_cells > 0 ? one->rest.cells[0].field : "",
             one->rest.n_cells > 0 ? one->rest.cells[0].value : one->rest.group,
             "the server holds nothing there");
        break;
    case ATT_VERDICT_CONFLICT:
        c->out->n_differ++;
        note(c, record, one->field, one->here,
             att_arena_format(c->arena, "the server holds %s", one->there));
        break;
    }
}

static att_code compare_batch(comparing *c, const att_outbox_row *rows, size_t n,
                              att_err *err)
{
    att_arena arena = { 0 };
    att_planned *list = att_new_n(&arena, att_planned, n);
    size_t n_coded = 0;
    att_code code = ATT_OK;

    for (size_t i = 0; i < n && code == ATT_OK; i++) {
        att_err why = { 0 };

        code =
            att_gather_record(&c->gather, &arena, &rows[i], &list[n_coded].row, &why);
        list[n_coded].key = &rows[i];
        if (code == ATT_OK) {
            n_coded++;
        } else if (code == ATT_EINPUT) {
            c->out->n_differ++;
            note(c, rows[i].record, "", "", why.message);
            code = ATT_OK;
        } else if (err != NULL && err->code == ATT_OK) {
            *err = why;
        }
    }
    if (code == ATT_OK) {
        code = att_plan_look(&arena, c->redcap, &c->project, list, n_coded, true, err);
    }
    for (size_t i = 0; i < n_coded && code == ATT_OK; i++) {
        count(c, &list[i]);
    }
    att_arena_drop(&arena);
    return code;
}

att_code att_sync_compare(att_arena *arena, att_store *store, const att_redcap *redcap,
                          att_compare_result *out, att_err *err)
{
    comparing c = { .arena = arena, .redcap = redcap, .out = out };
    att_outbox_row *rows = NULL;
    size_t n = 0;
    att_code code = ATT_OK;

    *out = (att_compare_result){ 0 };
    ATT_TRY(att_redcap_project_read(arena, redcap, &c.project, err));
    ATT_TRY(att_gather_open(&c.gather, arena, store, &c.project, err));
    ATT_TRY(att_outbox_list(arena, store, ATT_OUTBOX_DONE, &rows, &n, err));
    for (size_t i = 0; i < n && code == ATT_OK; i += BATCH) {
        code = compare_batch(&c, rows + i, n - i < BATCH ? n - i : BATCH, err);
    }
    out->issues = c.issues;
    out->n_issues = c.n_issues;
    return code;
}
