/* scores.c - scale scores: how high, how spread, by role
 */
#include "parts.h"

#include <math.h>
#include <string.h>

#include <attune/math/dist.h>

#include "thresholds.h"

#define PERCENT_OF 100.0

/* Scores of some rows. */
typedef struct moments {
    size_t n;
    double mean, sd, least, most;
} moments;

/* Welford's way, in the order of the rows. */
static moments moments_of(const att_frame *frame, size_t column, const bool *keep)
{
    moments m = { 0, 0.0, NAN, NAN, NAN };
    double squares = 0.0;

    for (size_t i = 0; i < frame->n_rows; i++) {
        double x = frame->x[i * frame->n_columns + column];
        double step;

        if (!keep[i] || isnan(x)) {
            continue;
        }
        m.n++;
        step = x - m.mean;
        m.mean += step / (double)m.n;
        squares += step * (x - m.mean);
        m.least = fmin(m.least, x);
        m.most = fmax(m.most, x);
    }
    m.sd = m.n > 1 ? sqrt(squares / (double)(m.n - 1)) : NAN;
    m.mean = m.n > 0 ? m.mean : NAN;
    return m;
}

/* Interval of the mean by t; NaN where there is none. */
static void interval_of(const moments *m, double *low, double *high)
{
    double p = 1.0 - (1.0 - att_limit_value(ATT_LIMIT_LEVEL)) / 2.0;
    double half = m->n > 1 ? att_dist_t_quantile(p, (double)m->n - 1.0) * m->sd /
                                 sqrt((double)m->n)
                           : NAN;

    *low = m->mean - half;
    *high = m->mean + half;
}

static double to_percent(const att_scale *scale, double x)
{
    double low;
    double high;

    att_scale_bounds(scale, &low, &high);
    return high > low ? PERCENT_OF * (x - low) / (high - low) : NAN;
}

static size_t column_of(const att_parts *parts, size_t scale)
{
    return att_frame_column(parts->frame, parts->instrument->scales[scale].id);
}

/* ---- all of a language ---- */

static const att_table_column score_columns[] = {
    { "Scale", false },
    { "n", true },
    { "M", true },
    { "SD", true },
    { "Range", false },
    { "0\xe2\x80\x93"
      "100",
      true },
    { "95% CI", false },
};

#define N_SCORE_COLUMNS (sizeof score_columns / sizeof *score_columns)

static const char *range_text(att_arena *arena, const att_scale *scale)
{
    att_val low;
    att_val high;
    double from;
    double to;

    att_scale_bounds(scale, &from, &to);
    low = att_val_number(ATT_SHOW_PLAIN, 0, from);
    high = att_val_number(ATT_SHOW_PLAIN, 0, to);
    return att_arena_format(arena, "%s to %s", att_val_write(arena, &low),
                            att_val_write(arena, &high));
}

static void put_score(att_parts *parts, const att_group *group, size_t scale,
                      att_val *cells, att_chart_row *row)
{
    const att_scale *one = &parts->instrument->scales[scale];
    moments m = moments_of(parts->frame, column_of(parts, scale), group->keep);
    bool is_hidden = att_hide_count(&parts->hide, m.n);
    int digits = parts->hide.limit > 0 ? 1 : 2;
    double low;
    double high;

    interval_of(&m, &low, &high);
    cells[0] = att_val_text(att_scale_words(parts, scale));
    cells[1] = att_hide_as_part(parts->arena, &parts->hide, m.n, group->n);
    cells[2] = is_hidden ? att_val_hidden(parts->hide.how)
                         : att_val_number(ATT_SHOW_PLAIN, digits, m.mean);
    cells[3] = is_hidden ? att_val_hidden(parts->hide.how)
                         : att_val_number(ATT_SHOW_PLAIN, digits, m.sd);
    cells[4] = att_val_text(range_text(parts->arena, one));
    cells[5] = is_hidden ? att_val_hidden(parts->hide.how)
                         : att_val_number(ATT_SHOW_PLAIN, 0, to_percent(one, m.mean));
    cells[6] = is_hidden ? att_val_hidden(parts->hide.how)
                         : att_val_interval(ATT_SHOW_PLAIN, 0, to_percent(one, low),
                                            to_percent(one, high));
    *row = (att_chart_row){
        .label = cells[0].text,
        .id = one->id,
        .x = is_hidden ? NAN : to_percent(one, m.mean),
        .low = is_hidden ? NAN : fmax(0.0, to_percent(one, low)),
        .high = is_hidden ? NAN : fmin(PERCENT_OF, to_percent(one, high)),
        .n = m.n,
        .is_hidden = is_hidden,
    };
}

static const char *score_finding(att_arena *arena, const att_chart_row *rows, size_t n)
{
    size_t least = n;
    size_t most = n;

    for (size_t i = 0; i < n; i++) {
        if (isfinite(rows[i].x)) {
            least = least == n || rows[i].x < rows[least].x ? i : least;
            most = most == n || rows[i].x > rows[most].x ? i : most;
        }
    }
    if (least == most) {
        return "";
    }
    if (!(rows[least].high < rows[most].low)) {
        return "No clear difference: the intervals of the lowest and the highest scale "
               "overlap.";
    }
    return att_arena_format(
        arena, "On 0 to 100, means lie between %.0f (%s) and %.0f (%s).", rows[least].x,
        rows[least].label, rows[most].x, rows[most].label);
}

static void add_scores(att_parts *parts, const att_group *group)
{
    const att_instrument *instrument = parts->instrument;
    size_t n = 0;
    att_chart *chart = att_new(parts->arena, att_chart);
    att_chart_row *rows = att_new_n(parts->arena, att_chart_row, instrument->n_scales);
    att_val *cells =
        att_new_n(parts->arena, att_val, instrument->n_scales * N_SCORE_COLUMNS);

    for (size_t s = 0; s < instrument->n_scales; s++) {
        if (column_of(parts, s) != ATT_NONE) {
            put_score(parts, group, s, cells + n * N_SCORE_COLUMNS, &rows[n]);
            n++;
        }
    }
    if (n == 0) {
        return;
    }
    chart->kind = ATT_CHART_DOTS;
    chart->title = "Means of the scales on 0 to 100";
    chart->axis = "mean score, 0 to 100";
    chart->rows = rows;
    chart->n_rows = n;
    chart->from = 0.0;
    chart->to = PERCENT_OF;
    chart->reference = NAN;
    chart->table = (att_table){
        .id = "scores",
        .finding = score_finding(parts->arena, rows, n),
        .how = "Dot and line: mean with its 95% interval, each scale brought to 0 "
               "(least) to 100 (most). In the form's order.",
        .columns = score_columns,
        .n_columns = N_SCORE_COLUMNS,
        .cells = cells,
        .n_rows = n,
    };
    att_doc_chart(parts->doc, chart);
}

/* ---- by role ---- */

static const att_table_column role_columns[] = {
    { "Role", false },
    { "n", true },
    { "M, 0\xe2\x80\x93"
      "100",
      true },
    { "95% CI", false },
};

#define N_ROLE_COLUMNS (sizeof role_columns / sizeof *role_columns)
#define MOST_ROLES     32

typedef struct roles {
    const char *code[MOST_ROLES];
    bool *keep[MOST_ROLES];
    size_t n;
} roles;

static const char *role_of(const att_frame *frame, size_t row)
{
    return frame->heads[row].role != NULL ? frame->heads[row].role : "";
}

static roles roles_of(const att_parts *parts, const att_group *group)
{
    const att_frame *frame = parts->frame;
    roles all = { .n = 0 };

    for (size_t i = 0; i < frame->n_rows; i++) {
        size_t r = 0;

        if (!group->keep[i]) {
            continue;
        }
        while (r < all.n && strcmp(all.code[r], role_of(frame, i)) != 0) {
            r++;
        }
        if (r == MOST_ROLES) {
            continue;
        }
        if (r == all.n) {
            all.code[r] = role_of(frame, i);
            all.keep[r] = att_new_n(parts->arena, bool, frame->n_rows);
            all.n++;
        }
        all.keep[r][i] = true;
    }
    return all;
}

/* Whether a role's n beside its number of finished sessions would tell how few have no
 * score. */
static bool does_rest_tell(const att_parts *parts, const roles *all,
                           const size_t *count)
{
    for (size_t r = 0; r < all->n; r++) {
        size_t whole = 0;

        for (size_t i = 0; i < parts->frame->n_rows; i++) {
            whole += all->keep[r][i];
        }
        if (att_hide_count(&parts->hide, whole - count[r])) {
            return true;
        }
    }
    return false;
}

/* One scale by role; false when so much must be hidden that nothing is left. */
static bool put_roles(att_parts *parts, const roles *all, size_t scale, att_val *cells)
{
    const att_scale *one = &parts->instrument->scales[scale];
    moments m[MOST_ROLES];
    size_t count[MOST_ROLES];
    bool hidden[MOST_ROLES];
    bool is_told;

    for (size_t r = 0; r < all->n; r++) {
        m[r] = moments_of(parts->frame, column_of(parts, scale), all->keep[r]);
        count[r] = m[r].n;
    }
    if (!att_hide_list(&parts->hide, count, all->n, hidden)) {
        return false;
    }
    is_told = does_rest_tell(parts, all, count);
    for (size_t r = 0; r < all->n; r++) {
        att_val *row = cells + r * N_ROLE_COLUMNS;
        double low;
        double high;

        interval_of(&m[r], &low, &high);
        row[0] = att_val_text(att_role_name(all->code[r]));
        row[1] = att_hide_as_count(&parts->hide, count[r], hidden[r]);
        if (hidden[r]) {
            row[2] = row[1];
            row[3] = row[1];
            continue;
        }
        row[1] = is_told ? att_val_none() : row[1];
        row[2] = att_val_number(ATT_SHOW_PLAIN, 0, to_percent(one, m[r].mean));
        row[3] = att_val_interval(ATT_SHOW_PLAIN, 0, fmax(0.0, to_percent(one, low)),
                                  fmin(PERCENT_OF, to_percent(one, high)));
    }
    return true;
}

static void add_roles(att_parts *parts, const att_group *group)
{
    size_t n_scales = parts->instrument->n_scales;
    roles all = roles_of(parts, group);
    att_table *table = att_new(parts->arena, att_table);
    att_val *cells =
        att_new_n(parts->arena, att_val, n_scales * all.n * N_ROLE_COLUMNS);
    const char **titles = att_new_n(parts->arena, const char *, n_scales *all.n);
    size_t n = 0;

    if (all.n < 2) {
        return;
    }
    for (size_t s = 0; s < n_scales; s++) {
        if (column_of(parts, s) != ATT_NONE &&
            put_roles(parts, &all, s, cells + n * N_ROLE_COLUMNS)) {
            titles[n] = att_scale_words(parts, s);
            n += all.n;
        }
    }
    if (n == 0) {
        att_doc_para(parts->doc, ATT_PARA_NOTE,
                     "Roles are not shown apart: the groups are too small.");
        return;
    }
    *table = (att_table){
        .id = "roles",
        .how = "Described, not compared: whether the scales mean the same to each role "
               "has not been tested.",
        .note = parts->hide.limit > 0
                    ? "A dash for n: the number would tell how few have no score."
                    : NULL,
        .columns = role_columns,
        .n_columns = N_ROLE_COLUMNS,
        .cells = cells,
        .groups = titles,
        .n_rows = n,
    };
    att_doc_table(parts->doc, table);
}

void att_part_scores(att_parts *parts)
{
    if (parts->instrument->n_scales == 0) {
        return;
    }
    att_doc_heading(parts->doc, 2, "scores", "Scores");
    for (size_t g = 0; g < parts->n_groups; g++) {
        att_part_language(parts, "scores", &parts->groups[g]);
        add_scores(parts, &parts->groups[g]);
        if (parts->hide.limit == 0 || parts->n_groups == 1) {
            add_roles(parts, &parts->groups[g]);
        }
    }
}
