#include "push.h"

#include <string.h>

#include <attune/base/text.h>

enum { WHY_MAX = 200 };

static att_msec now(const att_push *push)
{
    return push->opts.now == NULL ? att_stamp_now() : push->opts.now();
}

void att_push_note(att_push *push, const char *record, const char *field,
                   const char *value, const char *why)
{
    if (push->n_issues == push->room) {
        att_push_issue *old = push->issues;

        push->room = push->room == 0 ? 16 : 2 * push->room;
        push->issues = att_new_n(push->arena, att_push_issue, push->room);
        if (old != NULL) {
            memcpy(push->issues, old, push->n_issues * sizeof *old);
        }
    }
    push->issues[push->n_issues++] = (att_push_issue){
        att_arena_text(push->arena, record), att_arena_text(push->arena, field),
        att_arena_text(push->arena, value), att_arena_text(push->arena, why)
    };
}

static void tell(const att_push *push)
{
    if (push->opts.progress != NULL) {
        push->opts.progress(push->opts.data, push->n_over, push->n_all);
    }
}

att_code att_push_move(att_push *push, att_planned *const *list, size_t n,
                       att_outbox_state state, const char *note, att_err *err)
{
    att_arena scratch = { 0 };
    att_outbox_move *moves = att_new_n(&scratch, att_outbox_move, n);
    att_code code = ATT_OK;

    for (size_t i = 0; i < n; i++) {
        moves[i] = (att_outbox_move){ list[i]->key->response, state, note };
    }
    if (n > 0) {
        code = att_outbox_move_all(push->store, moves, n, now(push), err);
    }
    att_arena_drop(&scratch);
    if (code == ATT_OK && state != ATT_OUTBOX_UNKNOWN && state != ATT_OUTBOX_PENDING) {
        push->n_over += n;
        tell(push);
    }
    return code;
}

/* One line for people and for the note on disk, of what a server or a person wrote. */
static char *tidy(att_arena *arena, const char *text)
{
    att_buf tame = { 0 };
    char *copy = NULL;

    att_text_tame(&tame, text);
    copy = att_buf_copy(arena, &tame);
    att_buf_drop(&tame);
    for (char *p = copy; *p != '\0'; p++) {
        if (*p == '\n') {
            *p = ' ';
        }
    }
    return att_text_cut(arena, copy, WHY_MAX);
}

static att_code hold(att_push *push, att_planned *one, att_err *err)
{
    att_arena scratch = { 0 };
    const char *there = tidy(&scratch, one->there);
    const char *here = tidy(&scratch, one->here);
    const char *why = att_arena_format(
        &scratch, "conflict: the server holds %s, and keeps it", there);
    const char *note =
        att_arena_format(&scratch, "%s (%s, here %s)", why, one->field, here);
    att_code code = att_push_move(push, &one, 1, ATT_OUTBOX_CONFLICT, note, err);

    if (code == ATT_OK) {
        push->out->n_conflict++;
        att_push_note(push, one->key->record, one->field, here, why);
    }
    att_arena_drop(&scratch);
    return code;
}

static att_code refuse(att_push *push, att_planned *one, const att_refused_cell *cell,
                       att_err *err)
{
    att_arena scratch = { 0 };
    const char *value = tidy(&scratch, cell->value);
    const char *why =
        att_arena_format(&scratch, "refused: %s", tidy(&scratch, cell->message));
    const char *note = cell->field[0] == '\0'
                           ? why
                           : att_arena_format(&scratch, "%s (%s, %s)", why,
                                              tidy(&scratch, cell->field), value);
    att_code code = att_push_move(push, &one, 1, ATT_OUTBOX_REFUSED, note, err);

    if (code == ATT_OK) {
        push->out->n_refused++;
        att_push_note(push, one->key->record, tidy(&scratch, cell->field), value, why);
    }
    att_arena_drop(&scratch);
    return code;
}

att_code att_push_settle(att_push *push, att_planned *list, size_t n,
                         att_planned **rest, size_t *n_rest, size_t *n_arrived,
                         att_err *err)
{
    att_arena scratch = { 0 };
    att_planned **same = att_new_n(&scratch, att_planned *, n);
    size_t n_same = 0;
    att_code code = ATT_OK;

    *n_rest = 0;
    for (size_t i = 0; i < n && code == ATT_OK; i++) {
        switch (list[i].verdict) {
        case ATT_VERDICT_SAME: same[n_same++] = &list[i]; break;
        case ATT_VERDICT_SEND: rest[(*n_rest)++] = &list[i]; break;
        case ATT_VERDICT_CONFLICT: code = hold(push, &list[i], err); break;
        }
    }
    if (code == ATT_OK) {
        code = att_push_move(push, same, n_same, ATT_OUTBOX_DONE, NULL, err);
    }
    if (code == ATT_OK) {
        *n_arrived += n_same;
    }
    att_arena_drop(&scratch);
    return code;
}

/* ---- after an import ---- */

/* The push cannot go on: err says why. */
static att_code stop(const att_push *push, const att_import_result *result,
                     att_err *err)
{
    att_arena scratch = { 0 };
    const char *host = att_http_host(&scratch, push->redcap.url);

    switch (result->outcome) {
    case ATT_NET_AUTH:
        att_fail(err, ATT_EAUTH, "the token was refused by %s", host);
        att_hint(err, "ask for a new one");
        break;
    case ATT_NET_WRONG:
        att_fail(err, ATT_EINPUT, "%s", result->says);
        att_hint(err, "check the address; that of the API ends in /api/");
        break;
    case ATT_NET_BUSY:
        att_fail(err, ATT_EBUSY, "%s has had too many requests and takes no more now",
                 host);
        att_hint(err, "try again in %ld seconds",
                 result->retry_after > 0 ? result->retry_after : 60);
        break;
    case ATT_NET_OK:
    case ATT_NET_REFUSED:
    case ATT_NET_TOO_BIG:
    case ATT_NET_UNKNOWN:
    case ATT_NET_UNSENT:
        att_fail(err, ATT_ENET, "%s", result->says);
        att_hint(err, "push again later; what arrived is looked for first");
        break;
    }
    att_arena_drop(&scratch);
    switch (result->outcome) {
    case ATT_NET_AUTH: return ATT_EAUTH;
    case ATT_NET_WRONG: return ATT_EINPUT;
    case ATT_NET_BUSY: return ATT_EBUSY;
    default: return ATT_ENET;
    }
}

static bool has_column(const att_redcap_row *row, const char *column)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        if (strcmp(row->cells[i].field, column) == 0) {
            return true;
        }
    }
    return false;
}

/* The refused cell that is this row's: by record and field; by record alone where no
 * row of that record has the field. */
static const att_refused_cell *find_refusal(const att_import_result *result,
                                            att_planned *const *list, size_t n,
                                            const att_planned *one)
{
    for (size_t i = 0; i < result->n_refused; i++) {
        const att_refused_cell *cell = &result->refused[i];
        bool is_elsewhere = false;

        if (strcmp(cell->record, one->row.record) != 0) {
            continue;
        }
        for (size_t k = 0; k < n && !is_elsewhere; k++) {
            is_elsewhere = list[k] != one &&
                           strcmp(list[k]->row.record, cell->record) == 0 &&
                           has_column(&list[k]->rest, cell->field);
        }
        if (has_column(&one->rest, cell->field) || !is_elsewhere) {
            return cell;
        }
    }
    return NULL;
}

/* Takes the named records out; the others stay in list. */
static att_code take_out(att_push *push, att_planned **list, size_t *n,
                         const att_import_result *result, size_t *n_out, att_err *err)
{
    att_arena scratch = { 0 };
    const att_refused_cell **why = att_new_n(&scratch, const att_refused_cell *, *n);
    size_t n_kept = 0;
    att_code code = ATT_OK;

    *n_out = 0;
    for (size_t i = 0; i < *n; i++) {
        why[i] = find_refusal(result, list, *n, list[i]);
    }
    for (size_t i = 0; i < *n && code == ATT_OK; i++) {
        if (why[i] == NULL) {
            list[n_kept++] = list[i];
        } else {
            (*n_out)++;
            code = refuse(push, list[i], why[i], err);
        }
    }
    att_arena_drop(&scratch);
    if (code == ATT_OK) {
        *n = n_kept;
    }
    return code;
}

static att_code halve(att_push *push, att_arena *arena, att_planned **list, size_t n,
                      att_err *err)
{
    att_planned **second = att_new_n(arena, att_planned *, n - n / 2);

    memcpy(second, list + n / 2, (n - n / 2) * sizeof *second);
    ATT_TRY(att_push_deliver(push, arena, list, n / 2, err));
    return att_push_deliver(push, arena, second, n - n / 2, err);
}

/* Nothing was stored, and the server says why: without those that it names, or in
 * halves until it is clear which one it is. */
static att_code after_refusal(att_push *push, att_arena *arena, att_planned **list,
                              size_t n, const att_import_result *result, att_err *err)
{
    att_refused_cell whole = { "", "", "", result->says };
    size_t n_out = 0;

    if (n > 1) {
        ATT_TRY(att_push_move(push, list, n, ATT_OUTBOX_PENDING, NULL, err));
    }
    ATT_TRY(take_out(push, list, &n, result, &n_out, err));
    if (n_out > 0) {
        return att_push_deliver(push, arena, list, n, err);
    }
    if (n == 1) {
        return refuse(push, list[0], &whole, err);
    }
    return halve(push, arena, list, n, err);
}

static att_code after_too_big(att_push *push, att_arena *arena, att_planned **list,
                              size_t n, att_err *err)
{
    att_refused_cell whole = { "", "", "", "the server finds this record too large" };

    ATT_TRY(att_push_move(push, list, n, ATT_OUTBOX_PENDING, NULL, err));
    if (n == 1) {
        return refuse(push, list[0], &whole, err);
    }
    push->batch = push->batch > n / 2 ? n / 2 : push->batch;
    return halve(push, arena, list, n, err);
}

/* Looks at what arrived of a request that nobody knows the outcome of; list and n are
 * left with what did not. */
static att_code look_again(att_push *push, att_arena *arena, att_planned **list,
                           size_t *n, att_err *err)
{
    att_planned *looked = att_new_n(arena, att_planned, *n);

    for (size_t i = 0; i < *n; i++) {
        looked[i] = *list[i];
    }
    ATT_TRY(att_plan_look(arena, &push->redcap, &push->project, looked, *n, true, err));
    return att_push_settle(push, looked, *n, list, n, &push->out->n_sent, err);
}

static att_code send_rows(att_push *push, att_arena *arena, att_planned *const *list,
                          size_t n, att_import_result *result, att_err *err)
{
    att_redcap_row *rows = att_new_n(arena, att_redcap_row, n);

    for (size_t i = 0; i < n; i++) {
        rows[i] = list[i]->rest;
    }
    ATT_TRY(att_push_move(push, list, n, ATT_OUTBOX_UNKNOWN, NULL, err));
    return att_redcap_import(arena, &push->redcap, &push->project, rows, n, result,
                             err);
}

att_code att_push_deliver(att_push *push, att_arena *arena, att_planned **list,
                          size_t n, att_err *err)
{
    for (int n_failures = 1; n > 0; n_failures++) {
        att_import_result result = { 0 };
        long wait = 0;

        ATT_TRY(send_rows(push, arena, list, n, &result, err));
        switch (result.outcome) {
        case ATT_NET_OK:
            push->out->n_sent += n;
            return att_push_move(push, list, n, ATT_OUTBOX_DONE, NULL, err);
        case ATT_NET_REFUSED: return after_refusal(push, arena, list, n, &result, err);
        case ATT_NET_TOO_BIG: return after_too_big(push, arena, list, n, err);
        case ATT_NET_AUTH:
        case ATT_NET_WRONG:
        case ATT_NET_BUSY:
        case ATT_NET_UNSENT:
            /* Nothing was stored: that is known. */
            ATT_TRY(att_push_move(push, list, n, ATT_OUTBOX_PENDING, NULL, err));
            break;
        case ATT_NET_UNKNOWN: break;
        }
        wait = att_retry_wait(result.outcome, n_failures, result.retry_after,
                              att_meter_random());
        if (wait < 0) {
            return stop(push, &result, err);
        }
        push->meter.wait(wait);
        if (result.outcome == ATT_NET_UNKNOWN) {
            ATT_TRY(look_again(push, arena, list, &n, err));
        }
        if (result.status == 504 && n > 1) {
            push->batch = push->batch > n / 2 ? n / 2 : push->batch;
            return halve(push, arena, list, n, err);
        }
    }
    return ATT_OK;
}
