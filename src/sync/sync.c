#include <attune/sync/sync.h>

#include "push.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 100, BATCH_MAX = 400, BATCH_BYTES = 512 << 10 };

/* ---- what is due ---- */

/* The outbox with an index by record, to find two rows of one place. */
typedef struct outbox {
    att_outbox_row *rows; /* [n] in order of finish */
    size_t n;
    const att_outbox_row **by_record; /* [n] then in order of finish */
} outbox;

static int compare_rows(const void *a, const void *b)
{
    const att_outbox_row *x = *(const att_outbox_row *const *)a;
    const att_outbox_row *y = *(const att_outbox_row *const *)b;
    int order = strcmp(x->record, y->record);

    return order != 0 ? order : (x > y) - (x < y);
}

static att_code read_outbox(att_push *push, outbox *out, att_err *err)
{
    ATT_TRY(att_outbox_list(push->arena, push->store, -1, &out->rows, &out->n, err));
    out->by_record = att_new_n(push->arena, const att_outbox_row *, out->n);
    for (size_t i = 0; i < out->n; i++) {
        out->by_record[i] = &out->rows[i];
    }
    if (out->n > 0) {
        qsort(out->by_record, out->n, sizeof *out->by_record, compare_rows);
    }
    return ATT_OK;
}

/* First place in by_record of a record. */
static size_t find_record(const outbox *all, const char *record)
{
    size_t low = 0;
    size_t high = all->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(all->by_record[middle]->record, record) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A classic project knows no waves: the rows of two waves go to one place there, and the
 * first has it. */
static const att_outbox_row *find_rival(const att_push *push, const outbox *all,
                                        const att_outbox_row *row)
{
    if (push->project.is_longitudinal) {
        return NULL;
    }
    for (size_t i = find_record(all, row->record);
         i < all->n && strcmp(all->by_record[i]->record, row->record) == 0; i++) {
        const att_outbox_row *other = all->by_record[i];

        if (other >= row) {
            return NULL;
        }
        if (other->state != ATT_OUTBOX_CONFLICT &&
            strcmp(other->form, row->form) == 0 &&
            (other->instance > 1 ? other->instance : 1) ==
                (row->instance > 1 ? row->instance : 1)) {
            return other;
        }
    }
    return NULL;
}

/* Held because the server holds something else: it may have changed there since. Those
 * that the study holds wait for a person, or for a form that repeats. */
static bool is_server_conflict(const att_outbox_row *row)
{
    static const char begin[] = "conflict: the server holds";

    return strncmp(row->note, begin, sizeof begin - 1) == 0;
}

static bool is_held(const att_outbox_row *row)
{
    return row->state == ATT_OUTBOX_CONFLICT && !is_server_conflict(row);
}

/* What was refused is tried again: nothing of it was stored, and the project or its
 * rights may have changed since. */
static bool is_due(const att_outbox_row *row)
{
    return row->state != ATT_OUTBOX_DONE && !is_held(row);
}

/* Whether the form of a row repeats in the project. */
static bool repeats_there(att_push *push, const att_outbox_row *row)
{
    att_err err = { 0 };
    att_outbox_row key = *row;
    att_redcap_row record;
    att_arena scratch = { 0 };
    bool is_repeating = false;

    key.instance = 2;
    is_repeating =
        att_gather_record(&push->gather, &scratch, &key, &record, &err) == ATT_OK &&
        record.instance == 2;
    att_arena_drop(&scratch);
    return is_repeating;
}

/* Rows that the study held because a person answered twice get the next instance where
 * the form repeats. */
static att_code number_held(att_push *push, outbox *all, att_err *err)
{
    bool is_changed = false;

    for (size_t i = 0; i < all->n && push->project.n_repeats > 0; i++) {
        if (is_held(&all->rows[i]) && repeats_there(push, &all->rows[i])) {
            att_msec at = push->opts.now == NULL ? att_stamp_now() : push->opts.now();

            ATT_TRY(att_outbox_number(push->store, all->rows[i].response, at, err));
            is_changed = true;
        }
    }
    return is_changed ? read_outbox(push, all, err) : ATT_OK;
}

/* ---- batches ---- */

static att_code refuse_here(att_push *push, const att_outbox_row *row,
                            const att_err *why, att_err *err)
{
    att_arena scratch = { 0 };
    att_planned one = { .key = row };
    att_planned *list[] = { &one };
    const char *note = att_arena_format(&scratch, "refused: %s", why->message);
    att_code code = att_push_move(push, list, 1, ATT_OUTBOX_REFUSED, note, err);

    if (code == ATT_OK) {
        push->out->n_refused++;
        att_push_note(push, row->record, "", "", note);
    }
    att_arena_drop(&scratch);
    return code;
}

static att_code hold_here(att_push *push, const att_outbox_row *row,
                          const att_outbox_row *rival, att_err *err)
{
    att_arena scratch = { 0 };
    att_planned one = { .key = row };
    att_planned *list[] = { &one };
    size_t n = strlen(rival->response);
    const char *note = att_arena_format(
        &scratch, "conflict: session %s of wave \"%s\" goes there already",
        rival->response + (n > ATT_ID_SHORT ? n - ATT_ID_SHORT : 0), rival->wave);
    att_code code = att_push_move(push, list, 1, ATT_OUTBOX_CONFLICT, note, err);

    if (code == ATT_OK) {
        push->out->n_conflict++;
        att_push_note(push, row->record, "", "", note);
    }
    att_arena_drop(&scratch);
    return code;
}

static size_t bytes_of(const att_redcap_row *row)
{
    size_t n = strlen(row->record) + 100;

    for (size_t i = 0; i < row->n_cells; i++) {
        n += strlen(row->cells[i].field) + strlen(row->cells[i].value) + 6;
    }
    return n;
}

/* Codes due rows from *at on as records, until the batch is full; what does not fit the
 * project is settled on the way. */
static att_code fill(att_push *push, att_arena *arena, const outbox *all, size_t *at,
                     size_t end, att_planned *list, size_t *n, att_err *err)
{
    size_t n_bytes = 0;

    *n = 0;
    for (; *at < end && *n < push->batch && n_bytes < BATCH_BYTES; (*at)++) {
        att_outbox_row *row = &all->rows[*at];
        const att_outbox_row *rival = NULL;
        att_err why = { 0 };
        att_code code = ATT_OK;

        if (!is_due(row)) {
            continue;
        }
        rival = find_rival(push, all, row);
        if (rival != NULL) {
            ATT_TRY(hold_here(push, row, rival, err));
            row->state = ATT_OUTBOX_CONFLICT;
            continue;
        }
        code = att_gather_record(&push->gather, arena, row, &list[*n].row, &why);
        if (code == ATT_EINPUT) {
            ATT_TRY(refuse_here(push, row, &why, err));
        } else if (code != ATT_OK) {
            *err = why;
            return code;
        } else {
            n_bytes += bytes_of(&list[*n].row);
            list[(*n)++].key = row;
        }
    }
    return ATT_OK;
}

static bool is_any_unknown(const att_planned *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].key->state == ATT_OUTBOX_UNKNOWN) {
            return true;
        }
    }
    return false;
}

/* One batch: code, look, settle, deliver. */
static att_code push_batch(att_push *push, const outbox *all, size_t *at, size_t end,
                           att_err *err)
{
    att_arena arena = { 0 };
    att_planned *list = att_new_n(&arena, att_planned, push->batch);
    att_planned **rest = att_new_n(&arena, att_planned *, push->batch);
    size_t n = 0;
    size_t n_rest = 0;
    att_code code = fill(push, &arena, all, at, end, list, &n, err);

    if (code == ATT_OK) {
        code = att_plan_look(&arena, &push->redcap, &push->project, list, n,
                             is_any_unknown(list, n), err);
    }
    if (code == ATT_OK) {
        code =
            att_push_settle(push, list, n, rest, &n_rest, &push->out->n_unchanged, err);
    }
    if (code == ATT_OK) {
        code = att_push_deliver(push, &arena, rest, n_rest, err);
    }
    att_arena_drop(&arena);
    return code;
}

/* Counts what is due and what is held; gives the end of what this push takes. */
static size_t count_due(att_push *push, const outbox *all)
{
    size_t end = all->n;

    for (size_t i = 0; i < all->n; i++) {
        if (is_held(&all->rows[i])) {
            push->out->n_conflict++;
            att_push_note(push, all->rows[i].record, "", "", all->rows[i].note);
        } else if (is_due(&all->rows[i])) {
            push->n_all++;
            if (push->opts.limit > 0 && push->n_all == push->opts.limit) {
                end = i + 1;
            }
        }
    }
    return end;
}

static att_code run(att_push *push, att_err *err)
{
    outbox all = { 0 };
    size_t end = 0;
    att_code code = ATT_OK;

    ATT_TRY(att_redcap_project_read(push->arena, &push->redcap, &push->project, err));
    ATT_TRY(
        att_gather_open(&push->gather, push->arena, push->store, &push->project, err));
    ATT_TRY(read_outbox(push, &all, err));
    ATT_TRY(number_held(push, &all, err));
    end = count_due(push, &all);
    for (size_t at = 0; at < end && code == ATT_OK;) {
        code = push_batch(push, &all, &at, end, err);
    }
    return code;
}

/* What a person has to look at decides the end of a push that nothing stopped. */
static att_code conclude(const att_push_result *out, att_err *err)
{
    size_t n = out->n_conflict + out->n_refused;

    if (n == 0) {
        return ATT_OK;
    }
    return att_fail(err, out->n_conflict > 0 ? ATT_ECONFLICT : ATT_EINPUT,
                    n == 1 ? "%zu record needs you" : "%zu records need you", n);
}

att_code att_sync_push(att_arena *arena, att_store *store, const att_redcap *redcap,
                       const att_push_opts *opts, att_push_result *out, att_err *err)
{
    static const att_push_opts defaults = { 0 };
    att_push push = { .arena = arena, .store = store, .redcap = *redcap, .out = out };
    att_outbox_lock *lock = NULL;
    att_err own = { 0 };
    att_code code = ATT_OK;

    err = err == NULL ? &own : err;
    *out = (att_push_result){ 0 };
    push.opts = opts == NULL ? defaults : *opts;
    push.batch = push.opts.batch == 0 ? BATCH : push.opts.batch;
    push.batch = push.batch > BATCH_MAX ? BATCH_MAX : push.batch;
    att_meter_open(&push.meter, redcap->http, push.opts.wait, push.opts.pause_ms);
    push.redcap.http = &push.meter.http;
    ATT_TRY(att_http_check_url(redcap->url, err));
    lock = att_outbox_lock_open(store, err);
    if (lock == NULL) {
        return err->code;
    }
    code = run(&push, err);
    att_outbox_lock_close(lock);
    out->issues = push.issues;
    out->n_issues = push.n_issues;
    out->n_requests = push.meter.n_requests;
    out->n_left = push.n_all - push.n_over;
    return code == ATT_OK ? conclude(out, err) : code;
}
