#include <attune/data/assemble.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include <attune/instrument/score.h>

#include "assemble_columns.h"

#define CELLS_A_CHUNK 16384 /* so many cells, or one row, are made at a time */

/* One version: where its items and scores stand. */
typedef struct version {
    struct version *next;
    const att_instrument *instrument;
    const att_setting *settings; /* [n_settings] the caller's */
    size_t n_settings;
    att_item_columns *items; /* [n_items] */
    size_t *scores;          /* [n_scales + n_derived] ATT_NONE: not wanted */
    size_t *scores_100;      /* the same; ATT_NONE of derived values */
} version;

/* Rows in the making; a frame is copied together from these at the end, so that each
 * row is moved once. */
typedef struct chunk {
    struct chunk *next;
    att_row_head *heads;
    double *x;
    unsigned char *reasons;
    const char **texts;
    size_t n, room; /* rows */
} chunk;

struct att_assembly {
    att_arena *arena;
    att_assemble_opts opts;
    att_columns columns;
    version *versions;
    chunk *first, *last;
    size_t n_rows;
};

/* The row that is being filled. */
typedef struct row {
    double *x;
    unsigned char *reasons;
    const char **texts;
} row;

att_assembly *att_assemble_begin(att_arena *arena, const att_assemble_opts *opts)
{
    att_assembly *assembly = att_new(arena, att_assembly);

    assembly->arena = arena;
    assembly->columns.arena = arena;
    if (opts != NULL) {
        assembly->opts = *opts;
    }
    return assembly;
}

/* ---- columns ---- */

static void put_scores(att_assembly *assembly, version *v)
{
    const att_instrument *instrument = v->instrument;
    size_t n = instrument->n_scales + instrument->n_derived;

    v->scores = att_new_n(assembly->arena, size_t, n);
    v->scores_100 = att_new_n(assembly->arena, size_t, n);
    for (size_t i = 0; i < instrument->n_scales; i++) {
        const att_scale *scale = &instrument->scales[i];
        const char *title =
            att_wording_in(instrument, &scale->title, instrument->language);
        double low = 0, high = 0;

        att_scale_bounds(scale, &low, &high);
        v->scores[i] =
            att_columns_of_score(&assembly->columns, scale->id, title, low, high);
        v->scores_100[i] = att_columns_of_score(
            &assembly->columns, att_arena_format(assembly->arena, "%s_100", scale->id),
            att_arena_format(assembly->arena, "%s (0 to 100)", title), 0, 100);
    }
    for (size_t i = 0; i < instrument->n_derived; i++) {
        const att_derived *derived = &instrument->derived[i];

        v->scores[instrument->n_scales + i] = att_columns_of_score(
            &assembly->columns, derived->id,
            att_wording_in(instrument, &derived->title, instrument->language), NAN,
            NAN);
        v->scores_100[instrument->n_scales + i] = ATT_NONE;
    }
}

void att_assemble_instrument(att_assembly *assembly, const att_instrument *instrument,
                             const att_setting *settings, size_t n_settings)
{
    version *v = att_new(assembly->arena, version);

    assert(assembly->n_rows == 0); /* first the columns, then the rows */
    v->instrument = instrument;
    v->settings = settings;
    v->n_settings = n_settings;
    v->items = att_new_n(assembly->arena, att_item_columns, instrument->n_items);
    for (size_t i = 0; i < instrument->n_items; i++) {
        if (!instrument->items[i].is_identifying || assembly->opts.with_identifying) {
            v->items[i] = att_columns_of_item(&assembly->columns, instrument, i,
                                              settings, n_settings);
        }
    }
    v->next = assembly->versions;
    assembly->versions = v;
}

/* Scores stand after the items of all versions, so they are made when these are
 * known. */
static void put_all_scores(att_assembly *assembly)
{
    version *reversed = NULL;

    while (assembly->versions != NULL) { /* oldest first again */
        version *v = assembly->versions;

        assembly->versions = v->next;
        v->next = reversed;
        reversed = v;
    }
    assembly->versions = reversed;
    for (version *v = reversed; v != NULL && assembly->opts.with_scores; v = v->next) {
        put_scores(assembly, v);
    }
}

/* ---- rows ---- */

static bool has_text(const att_assembly *assembly)
{
    for (size_t j = 0; j < assembly->columns.n; j++) {
        if (assembly->columns.list[j].kind == ATT_COLUMN_TEXT) {
            return true;
        }
    }
    return false;
}

static chunk *add_chunk(att_assembly *assembly)
{
    size_t n_columns = assembly->columns.n;
    chunk *c = att_new(assembly->arena, chunk);

    c->room = n_columns == 0 ? CELLS_A_CHUNK : CELLS_A_CHUNK / n_columns + 1;
    c->heads = att_new_n(assembly->arena, att_row_head, c->room);
    c->x = att_new_n(assembly->arena, double, c->room *n_columns);
    c->reasons = att_new_n(assembly->arena, unsigned char, c->room *n_columns);
    if (has_text(assembly)) {
        c->texts = att_new_n(assembly->arena, const char *, c->room *n_columns);
    }
    if (assembly->last == NULL) {
        assembly->first = c;
    } else {
        assembly->last->next = c;
    }
    assembly->last = c;
    return c;
}

/* What the version did not ask at all was not asked; scores are empty. */
static void clear_row(const att_assembly *assembly, const row *r)
{
    for (size_t j = 0; j < assembly->columns.n; j++) {
        r->x[j] = NAN;
        r->reasons[j] = assembly->columns.list[j].item[0] != '\0'
                            ? (unsigned char)ATT_REASON_NOT_ASKED
                            : (unsigned char)ATT_REASON_NONE;
    }
}

static const char *keep_text(att_assembly *assembly, const char *text)
{
    return text == NULL ? "" : att_arena_text(assembly->arena, text);
}

static void fill_head(att_assembly *assembly, const att_instrument *instrument,
                      const att_response *response, att_row_head *head)
{
    *head = (att_row_head){
        .response = keep_text(assembly, response->id),
        .person = keep_text(assembly, response->person),
        .role = keep_text(assembly, response->role),
        .site = keep_text(assembly, response->site),
        .wave = keep_text(assembly, response->wave),
        .language = keep_text(assembly, response->language),
        .instrument = instrument->id,
        .version = instrument->version,
        .status = response->status,
        .started = response->started,
        .finished = response->finished,
        .mode = response->mode,
        .interviewer = keep_text(assembly, response->interviewer),
        .proxy_for = keep_text(assembly, response->proxy_for),
        .relation = keep_text(assembly, response->relation),
    };
}

static bool is_marked(const att_answer *answer, int code)
{
    for (size_t i = 0; i < answer->n_codes; i++) {
        if (answer->codes[i] == code) {
            return true;
        }
    }
    return false;
}

/* Whether a choice was marked; its place, if it has one. */
static double cell_of(const att_answer *answer, int code)
{
    size_t place = att_answer_place(answer, code);

    if (answer->kind == ATT_ANSWER_RANKS) {
        return place > 0 ? (double)place : NAN;
    }
    return is_marked(answer, code) ? 1 : 0;
}

/* The value of one cell; the reason is NONE then. */
static void fill_value(att_assembly *assembly, const row *r, size_t j,
                       const att_answer *answer)
{
    switch (answer->kind) {
    case ATT_ANSWER_NUMBER: r->x[j] = answer->number; break;
    case ATT_ANSWER_DAY: r->x[j] = (double)answer->day; break;
    case ATT_ANSWER_TEXT:
        r->texts[j] = att_arena_text(assembly->arena, answer->text);
        break;
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS:
    case ATT_ANSWER_REASON:
    case ATT_ANSWER_NONE: break;
    }
}

/* Whether an answer is of the sort that a column holds: a journal may hold what an
 * import or an older program wrote. */
static bool fits(const att_column *column, bool is_place, const att_answer *answer)
{
    switch (column->kind) {
    case ATT_COLUMN_NUMBER:
    case ATT_COLUMN_CODE:
        return answer->kind == (is_place ? ATT_ANSWER_RANKS : ATT_ANSWER_NUMBER);
    case ATT_COLUMN_MARK: return answer->kind == ATT_ANSWER_CODES;
    case ATT_COLUMN_TEXT: return answer->kind == ATT_ANSWER_TEXT;
    case ATT_COLUMN_DAY: return answer->kind == ATT_ANSWER_DAY;
    }
    return false;
}

/* What is kept beside the answer; the answer's own reason where there is none. */
static void fill_beside(att_assembly *assembly, const row *r, size_t j,
                        const att_answer *answer)
{
    r->x[j] = NAN;
    r->reasons[j] =
        (unsigned char)(answer->kind == ATT_ANSWER_REASON ? answer->reason
                                                          : ATT_REASON_NONE);
    if (answer->beside != NULL) {
        r->texts[j] = att_arena_text(assembly->arena, answer->beside);
    }
}

static void fill_item(att_assembly *assembly, const row *r, const att_item_columns *to,
                      const att_answer *answer)
{
    if (to->beside != NULL) {
        fill_beside(assembly, r, *to->beside, answer);
    }
    for (size_t k = 0; k < to->n; k++) {
        size_t j = to->columns[k];

        if (answer->kind == ATT_ANSWER_NONE) { /* a calc without a value */
            r->reasons[j] = (unsigned char)ATT_REASON_NONE;
            r->x[j] = NAN;
        } else if (answer->kind == ATT_ANSWER_REASON) {
            r->reasons[j] = (unsigned char)answer->reason;
        } else if (!fits(&assembly->columns.list[j], to->codes != NULL, answer)) {
            r->reasons[j] = (unsigned char)ATT_REASON_UNREADABLE;
        } else {
            r->reasons[j] = (unsigned char)ATT_REASON_NONE;
            fill_value(assembly, r, j, answer);
            if (to->codes != NULL) {
                r->x[j] = cell_of(answer, to->codes[k]);
            }
        }
    }
}

/* Effective, as in att_sheet_get; what an open interview might yet ask was not
 * reached. */
static att_answer answer_of(const att_sheet *sheet, size_t item, att_status status)
{
    if (status == ATT_STATUS_OPEN && sheet->is_open[item]) {
        return att_answer_of_reason(ATT_REASON_NOT_REACHED);
    }
    return att_sheet_get(sheet, item, true);
}

static void fill_scores(const version *v, const row *r, att_arena *scratch,
                        const att_sheet *sheet)
{
    const att_score *scores = att_score_all(scratch, sheet);
    size_t n = v->instrument->n_scales + v->instrument->n_derived;

    for (size_t i = 0; i < n; i++) {
        r->x[v->scores[i]] = scores[i].value;
        if (v->scores_100[i] != ATT_NONE) {
            r->x[v->scores_100[i]] = scores[i].value_100;
        }
    }
}

static const version *find_version(const att_assembly *assembly,
                                   const att_instrument *instrument)
{
    const version *same = NULL;

    for (const version *v = assembly->versions; v != NULL; v = v->next) {
        if (v->instrument == instrument) {
            return v;
        }
        if (instrument->digest[0] != '\0' &&
            strcmp(v->instrument->digest, instrument->digest) == 0) {
            same = v;
        }
    }
    return same;
}

void att_assemble_response(att_assembly *assembly, const att_instrument *instrument,
                           const att_response *response)
{
    const version *v = NULL;
    att_arena scratch = { 0 };
    att_sheet *sheet;
    chunk *c = assembly->last;
    row r = { 0 };

    if (assembly->n_rows == 0) {
        put_all_scores(assembly);
    }
    v = find_version(assembly, instrument);
    assert(v != NULL);
    if (c == NULL || c->n == c->room) {
        c = add_chunk(assembly);
    }
    r.x = c->x + c->n * assembly->columns.n;
    r.reasons = c->reasons + c->n * assembly->columns.n;
    r.texts = c->texts == NULL ? NULL : c->texts + c->n * assembly->columns.n;
    clear_row(assembly, &r);
    fill_head(assembly, v->instrument, response, &c->heads[c->n]);
    sheet = att_sheet_of_response(&scratch, v->instrument, response, v->settings,
                                  v->n_settings);
    for (size_t i = 0; i < v->instrument->n_items; i++) {
        if (v->items[i].n > 0) {
            att_answer answer = answer_of(sheet, i, response->status);
            fill_item(assembly, &r, &v->items[i], &answer);
        }
    }
    if (assembly->opts.with_scores) {
        fill_scores(v, &r, &scratch, sheet);
    }
    att_arena_drop(&scratch);
    c->n++;
    assembly->n_rows++;
}

/* ---- the frame ---- */

static void append_chunk(att_frame *frame, att_row_head *heads, size_t at,
                         const chunk *c)
{
    size_t from = at * frame->n_columns;
    size_t n = c->n * frame->n_columns;

    memcpy(heads + at, c->heads, c->n * sizeof *heads);
    if (n == 0) {
        return;
    }
    memcpy(frame->x + from, c->x, n * sizeof *frame->x);
    memcpy(frame->reasons + from, c->reasons, n);
    if (c->texts != NULL && frame->texts != NULL) {
        memcpy(frame->texts + from, c->texts, n * sizeof *frame->texts);
    }
}

att_frame *att_assemble_end(att_assembly *assembly)
{
    att_arena *arena = assembly->arena;
    att_frame *frame = att_new(arena, att_frame);
    att_row_head *heads = att_new_n(arena, att_row_head, assembly->n_rows);
    size_t n_cells;
    size_t at = 0;

    if (assembly->n_rows == 0) {
        put_all_scores(assembly);
    }
    frame->n_rows = assembly->n_rows;
    frame->n_columns = assembly->columns.n;
    frame->columns = assembly->columns.list;
    frame->heads = heads;
    n_cells = frame->n_rows * frame->n_columns;
    frame->x = att_new_n(arena, double, n_cells);
    frame->reasons = att_new_n(arena, unsigned char, n_cells);
    frame->texts = has_text(assembly) ? att_new_n(arena, const char *, n_cells) : NULL;
    for (const chunk *c = assembly->first; c != NULL; c = c->next) {
        append_chunk(frame, heads, at, c);
        at += c->n;
    }
    return frame;
}
