/* sample.c - who answered, and how far people came
 */
#include "parts.h"

#include <math.h>
#include <string.h>

#define N_STAGES 3

/* Finished rows in which no item of a scale is missing, but for "does not apply". */
static size_t count_whole(const att_parts *parts)
{
    const att_frame *frame = parts->frame;
    size_t n = 0;

    for (size_t i = 0; i < frame->n_rows; i++) {
        bool is_whole = parts->is_used[i];

        for (size_t k = 0; k < parts->n_items && is_whole; k++) {
            size_t at = i * frame->n_columns + parts->items[k].column;
            unsigned char reason = frame->reasons[at];

            is_whole = parts->items[k].scale == ATT_NONE || !isnan(frame->x[at]) ||
                       reason == ATT_REASON_NOT_APPLICABLE ||
                       reason == ATT_REASON_NOT_ASKED;
        }
        n += is_whole;
    }
    return n;
}

static bool has_scale_items(const att_parts *parts)
{
    for (size_t k = 0; k < parts->n_items; k++) {
        if (parts->items[k].scale != ATT_NONE) {
            return true;
        }
    }
    return false;
}

static const char *flow_finding(att_arena *arena, size_t started, size_t finished)
{
    att_val share =
        att_val_number(ATT_SHOW_PERCENT, started < 100 || finished == started ? 0 : 1,
                       (double)finished / (double)started);

    return att_arena_format(arena, "Of %s begun, %s (%s) %s finished.",
                            att_say_sessions(arena, started),
                            att_say_count(arena, finished),
                            att_val_write(arena, &share), finished == 1 ? "is" : "are");
}

/* Steps whose number would tell of a small group are left out: the finished stay. */
static void add_flow(att_parts *parts)
{
    static const char *const labels[N_STAGES] = {
        "Sessions begun", "Finished", "Finished, all items of scales answered"
    };
    static const att_table_column columns[] = { { "Step", false },
                                                { "n", true },
                                                { "% of begun", true } };
    size_t count[N_STAGES] = { parts->n_started, parts->n_finished,
                               count_whole(parts) };
    bool is_shown[N_STAGES];
    att_chart *chart = att_new(parts->arena, att_chart);
    att_chart_row *rows = att_new_n(parts->arena, att_chart_row, N_STAGES);
    att_val *cells = att_new_n(parts->arena, att_val, N_STAGES * 3);
    size_t first;
    size_t n = 0;

    is_shown[0] = !att_hide_count(&parts->hide, count[0] - count[1]);
    is_shown[1] = true;
    is_shown[2] =
        has_scale_items(parts) && !att_hide_share(&parts->hide, count[2], count[1]);
    first = is_shown[0] ? 0 : 1;
    parts->n_hidden += !is_shown[0];
    parts->n_hidden += has_scale_items(parts) && !is_shown[2];
    for (size_t i = 0; i < N_STAGES; i++) {
        double share = (double)count[i] / (double)count[first];

        if (is_shown[i]) {
            rows[n] = (att_chart_row){ .label = labels[i], .x = share, .n = count[i] };
            cells[3 * n] = att_val_text(labels[i]);
            cells[3 * n + 1] = att_val_count(count[i]);
            cells[3 * n + 2] =
                att_val_number(ATT_SHOW_PERCENT, count[first] < 100 ? 0 : 1, share);
            n++;
        }
    }
    chart->kind = ATT_CHART_FLOW;
    chart->title = "Sample and flow";
    chart->rows = rows;
    chart->n_rows = n;
    chart->reference = NAN;
    chart->table = (att_table){
        .id = "flow",
        .finding = is_shown[0] ? flow_finding(parts->arena, count[0], count[1]) : "",
        .how = "Length of bar: number of sessions. Who was invited is not recorded "
               "here, so no response rate can be given.",
        .columns = columns,
        .n_columns = 3,
        .cells = cells,
        .n_rows = n,
    };
    att_doc_chart(parts->doc, chart);
}

/* ---- who: by role, site, language ---- */

typedef struct tally {
    const char *name; /* as printed */
    const char *code;
    size_t finished, open;
} tally;

typedef struct tallies {
    tally *list;
    size_t n, room;
} tallies;

static tally *find_tally(att_arena *arena, tallies *all, const char *code)
{
    for (size_t i = 0; i < all->n; i++) {
        if (strcmp(all->list[i].code, code) == 0) {
            return &all->list[i];
        }
    }
    if (all->n == all->room) {
        size_t room = all->room == 0 ? 16 : 2 * all->room;
        tally *list = att_new_n(arena, tally, room);

        if (all->n > 0) {
            memcpy(list, all->list, all->n * sizeof *list);
        }
        all->list = list;
        all->room = room;
    }
    all->list[all->n] = (tally){ .code = code };
    return &all->list[all->n++];
}

static const char *role_of(const att_row_head *head)
{
    return head->role != NULL ? head->role : "";
}

static const char *site_of(const att_row_head *head)
{
    return head->site != NULL ? head->site : "";
}

static const char *tag_of(const att_row_head *head)
{
    return head->language != NULL ? head->language : "";
}

static const char *site_name(const char *code)
{
    return code[0] != '\0' ? code : "Not given";
}

/* One way to part the sample. */
typedef struct facet {
    const char *title;
    const char *(*code)(const att_row_head *head);
    const char *(*name)(const char *code);
} facet;

static const facet facets[] = {
    { "Role", role_of, att_role_name },
    { "Site", site_of, site_name },
    { "Language", tag_of, att_language_name },
};

/* Most finished first; ties by code. */
static void sort_tallies(tallies *all)
{
    for (size_t i = 1; i < all->n; i++) {
        for (size_t k = i; k > 0; k--) {
            tally *a = &all->list[k - 1];
            tally *b = &all->list[k];

            if (b->finished < a->finished ||
                (b->finished == a->finished && strcmp(b->code, a->code) >= 0)) {
                break;
            }
            tally swap = *a;

            *a = *b;
            *b = swap;
        }
    }
}

static tallies count_by(att_parts *parts, const facet *by)
{
    tallies all = { 0 };

    for (size_t i = 0; i < parts->frame->n_rows; i++) {
        const att_row_head *head = &parts->frame->heads[i];
        bool is_open = head->status != ATT_STATUS_COMPLETE;
        tally *one;

        if (!is_open && !parts->is_used[i]) {
            continue;
        }
        one = find_tally(parts->arena, &all, by->code(head));
        one->name = by->name(one->code);
        one->finished += !is_open;
        one->open += is_open;
    }
    sort_tallies(&all);
    return all;
}

/* One column of counts, each part hidden where it must be; false when all of it must. */
static bool put_counts(att_parts *parts, const size_t *count, size_t n, att_val *cells,
                       size_t column)
{
    bool *hidden = att_new_n(parts->arena, bool, n);
    bool is_kept = att_hide_list(&parts->hide, count, n, hidden);

    for (size_t i = 0; i < n; i++) {
        cells[i * 4 + column] = att_hide_as_count(&parts->hide, count[i], hidden[i]);
    }
    return is_kept;
}

/* Percent of the finished, hidden where the count is. */
static att_val share_of(const att_parts *parts, const att_val *count, size_t n)
{
    size_t all = parts->n_finished;

    if (count->kind == ATT_VAL_HIDDEN) {
        return *count;
    }
    return att_val_number(ATT_SHOW_PERCENT, all < 100 ? 0 : 1, (double)n / (double)all);
}

static size_t add_facet(att_parts *parts, const facet *by, att_val *cells,
                        const char **groups)
{
    tallies all = count_by(parts, by);
    size_t *finished = att_new_n(parts->arena, size_t, all.n);
    size_t *open = att_new_n(parts->arena, size_t, all.n);
    bool is_kept;

    if (all.n < 2) {
        return 0; /* one group is the whole, which is told already */
    }
    for (size_t i = 0; i < all.n; i++) {
        cells[i * 4] = att_val_text(all.list[i].name);
        finished[i] = all.list[i].finished;
        open[i] = all.list[i].open;
    }
    is_kept = put_counts(parts, finished, all.n, cells, 1);
    put_counts(parts, open, all.n, cells, 3);
    for (size_t i = 0; i < all.n; i++) {
        cells[i * 4 + 2] = share_of(parts, &cells[i * 4 + 1], finished[i]);
    }
    groups[0] = by->title;
    if (!is_kept) {
        att_saying_add(
            &parts->warnings,
            att_arena_format(parts->arena,
                             "%s: numbers are hidden, because what is left would "
                             "tell them.",
                             by->title));
    }
    return all.n;
}

static size_t count_cells(att_parts *parts)
{
    size_t n = 0;

    for (size_t f = 0; f < sizeof facets / sizeof *facets; f++) {
        n += count_by(parts, &facets[f]).n;
    }
    return n;
}

static void add_who(att_parts *parts)
{
    static const att_table_column columns[] = {
        { "Group", false }, { "Finished", true }, { "%", true }, { "Open", true }
    };
    size_t room = count_cells(parts);
    att_table *table = att_new(parts->arena, att_table);
    att_val *cells = att_new_n(parts->arena, att_val, room * 4);
    const char **groups = att_new_n(parts->arena, const char *, room);
    size_t n = 0;

    for (size_t f = 0; f < sizeof facets / sizeof *facets; f++) {
        n += add_facet(parts, &facets[f], cells + n * 4, groups + n);
    }
    if (n == 0) {
        return;
    }
    *table = (att_table){
        .id = "who",
        .how = parts->hide.limit > 0
                   ? "Sessions, largest group first. Small groups are hidden, and the "
                     "next smallest where a sum would tell."
                   : "Sessions, largest group first; percent of the finished.",
        .columns = columns,
        .n_columns = 4,
        .cells = cells,
        .groups = groups,
        .n_rows = n,
    };
    att_doc_table(parts->doc, table);
}

void att_part_sample(att_parts *parts)
{
    att_doc_heading(parts->doc, 2, "sample", "Sample and flow");
    add_flow(parts);
    add_who(parts);
    if (parts->n_groups > 1) {
        att_doc_para(
            parts->doc, ATT_PARA_BODY,
            "Answers in different languages are not pooled: the sections below "
            "show each language by itself.");
    }
}
