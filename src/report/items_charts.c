/* items_charts.c - what is missing, and how answers lie: charts of items
 */
#include "items.h"

#include <math.h>
#include <string.h>

#include <attune/math/dist.h>

#include "thresholds.h"

#define MOST_COLUMNS 60 /* items in the chart of missing answers */

/* ---- missing, by reason ---- */

typedef struct reason_group {
    const char *name;
    const char *column;
    att_reason reasons[3]; /* up to the first NONE */
} reason_group;

static const reason_group reason_groups[] = {
    { "skipped", "Skipped", { ATT_REASON_SKIPPED } },
    { "prefers not to say", "Prefers not to say", { ATT_REASON_REFUSED } },
    { "does not know", "Does not know", { ATT_REASON_DONT_KNOW } },
    { "not reached", "Not reached", { ATT_REASON_NOT_REACHED } },
    { "lost or unreadable", "Lost", { ATT_REASON_UNREADABLE } },
};

#define N_GROUPS (sizeof reason_groups / sizeof *reason_groups)

static size_t count_reasons(const att_item_facts *facts, const reason_group *group)
{
    return facts->n_reason[group->reasons[0]] +
           (group->reasons[0] == ATT_REASON_UNREADABLE
                ? facts->n_reason[ATT_REASON_NONE]
                : 0);
}

static double missing_share(const att_item_facts *facts)
{
    return facts->n_asked > 0 ? (double)facts->n_missing / (double)facts->n_asked : 0.0;
}

/* Whether a share may be shown: it would not tell of a small group. */
static bool is_shown(att_parts *parts, const att_item_facts *facts)
{
    size_t n_hidden = parts->n_hidden;
    bool may_show = att_items_cells(parts, facts).missing.kind != ATT_VAL_HIDDEN;

    parts->n_hidden = n_hidden;
    return may_show;
}

static const char *missing_finding(att_parts *parts, const att_item_facts *facts)
{
    double limit = att_limit_value(ATT_LIMIT_MISSING);
    const char *named = "";
    double most = 0.0;
    size_t n_over = 0;
    att_val val;

    for (size_t i = 0; i < parts->n_items; i++) {
        double share = is_shown(parts, &facts[i]) ? missing_share(&facts[i]) : 0.0;

        most = fmax(most, share);
        if (share > limit) {
            named = n_over == 0 ? facts[i].item->id
                                : att_arena_format(parts->arena, "%s, %s", named,
                                                   facts[i].item->id);
            n_over++;
        }
    }
    if (n_over > 5) {
        return att_arena_format(parts->arena, "%zu of %s miss more than %.0f%%.",
                                n_over, att_say_items(parts->arena, parts->n_items),
                                100.0 * limit);
    }
    if (n_over > 0) {
        return att_arena_format(parts->arena, "%zu of %s miss%s more than %.0f%%: %s.",
                                n_over, att_say_items(parts->arena, parts->n_items),
                                n_over == 1 ? "es" : "", 100.0 * limit, named);
    }
    if (parts->hide.limit > 0) {
        return ""; /* the largest share may be one of those that are hidden */
    }
    val = att_val_number(ATT_SHOW_PERCENT, att_hide_digits(parts->n_finished), most);
    return most > 0.0 ? att_arena_format(parts->arena,
                                         "No item misses more than %s of its answers.",
                                         att_val_write(parts->arena, &val))
                      : "No item misses an answer.";
}

/* The share from which an item is drawn, where not all are. */
static double least_drawn(att_parts *parts, const att_item_facts *facts)
{
    double low = 0.0;
    double high = 1.0;

    for (int step = 0; step < 40; step++) {
        double middle = (low + high) / 2.0;
        size_t n = 0;

        for (size_t i = 0; i < parts->n_items; i++) {
            n += missing_share(&facts[i]) >= middle;
        }
        *(n > MOST_COLUMNS ? &low : &high) = middle;
    }
    return parts->n_items > MOST_COLUMNS ? high : 0.0;
}

static void put_missing(att_parts *parts, const att_item_facts *facts, double *share,
                        size_t n_series, att_val *cells)
{
    size_t n_columns = n_series + 2;

    cells[0] = att_val_text(facts->item->id);
    if (parts->hide.limit > 0) {
        cells[1] = att_items_cells(parts, facts).missing;
        share[0] = cells[1].kind == ATT_VAL_HIDDEN ? NAN : missing_share(facts);
        return;
    }
    for (size_t k = 0; k < n_series; k++) {
        size_t n = count_reasons(facts, &reason_groups[k]);

        share[k] = facts->n_asked > 0 ? (double)n / (double)facts->n_asked : 0.0;
        cells[1 + k] = att_val_count(n);
    }
    cells[n_columns - 1] = att_val_number(
        ATT_SHOW_PERCENT, att_hide_digits(facts->n_all), missing_share(facts));
}

static att_table_column *missing_columns(att_parts *parts, size_t n_series,
                                         size_t *n_columns)
{
    att_table_column *columns = att_new_n(parts->arena, att_table_column, n_series + 2);
    size_t n = 0;

    columns[n++] = (att_table_column){ "Item", false };
    for (size_t k = 0; k < n_series && parts->hide.limit == 0; k++) {
        columns[n++] = (att_table_column){ reason_groups[k].column, true };
    }
    columns[n++] = (att_table_column){ "Missing", true };
    *n_columns = n;
    return columns;
}

static bool has_column(size_t n, const att_chart_row *rows)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].share[0] > 0.0) {
            return true;
        }
    }
    return false;
}

void att_items_missing(att_parts *parts)
{
    att_group all = {
        .tag = "", .name = "", .keep = parts->is_used, .n = parts->n_finished
    };
    const att_item_facts *facts = att_items_of(parts, &all);
    size_t n_series = parts->hide.limit > 0 ? 1 : N_GROUPS;
    att_chart *chart = att_new(parts->arena, att_chart);
    att_chart_row *rows = att_new_n(parts->arena, att_chart_row, parts->n_items);
    const char **series = att_new_n(parts->arena, const char *, n_series);
    double from = least_drawn(parts, facts);
    size_t n_columns;
    att_val *cells;

    if (parts->n_items == 0) {
        return;
    }
    if (parts->hide.limit > 0 && parts->n_groups > 1) {
        return; /* the sum of languages would tell what one of them hides */
    }
    chart->table.columns = missing_columns(parts, n_series, &n_columns);
    cells = att_new_n(parts->arena, att_val, parts->n_items * n_columns);
    for (size_t i = 0; i < parts->n_items; i++) {
        double *share = att_new_n(parts->arena, double, n_series);

        put_missing(parts, &facts[i], share, n_series, cells + i * n_columns);
        if (missing_share(&facts[i]) >= from && chart->n_rows < MOST_COLUMNS) {
            rows[chart->n_rows++] =
                (att_chart_row){ .id =
                                     parts->frame->columns[facts[i].item->column].name,
                                 .label = facts[i].item->label,
                                 .share = share,
                                 .n = facts[i].n_asked,
                                 .is_hidden = isnan(share[0]) };
        }
    }
    for (size_t k = 0; k < n_series; k++) {
        series[k] = parts->hide.limit > 0 ? "no answer" : reason_groups[k].name;
    }
    if (parts->hide.limit > 0 && !has_column(chart->n_rows, rows)) {
        att_doc_para(
            parts->doc, ATT_PARA_BODY,
            "Missing answers are not drawn: of every item there are none, or so "
            "few that their share would tell of them.");
        return;
    }
    chart->kind = ATT_CHART_MISSING;
    chart->title = "Missing answers by item and reason";
    chart->axis = "Items in the order of the form";
    chart->series = series;
    chart->n_series = n_series;
    chart->rows = rows;
    chart->reference = att_limit_value(ATT_LIMIT_MISSING);
    chart->reference_name = "flag above 5%";
    chart->table.id = "missing";
    chart->table.finding = missing_finding(parts, facts);
    chart->table.how = att_arena_format(
        parts->arena, "Height: share of those asked who gave no answer.%s%s",
        parts->n_items > MOST_COLUMNS ? " Only the items that miss most are drawn."
                                      : "",
        parts->hide.limit > 0
            ? " No column: none, or so few that the share would tell of them."
            : "");
    chart->table.note =
        "\xe2\x80\x9c"
        "Does not apply\xe2\x80\x9d is an answer of its own and stands in the item table.";
    chart->table.n_columns = n_columns;
    chart->table.cells = cells;
    chart->table.n_rows = parts->n_items;
    att_doc_chart(parts->doc, chart);
}

/* ---- answers ---- */

/* Items with the same choices make one chart. */
static bool is_same_set(const att_column *a, const att_column *b)
{
    if (a->n_codes != b->n_codes) {
        return false;
    }
    for (size_t k = 0; k < a->n_codes; k++) {
        if (a->codes[k] != b->codes[k] ||
            strcmp(a->code_labels[k], b->code_labels[k]) != 0) {
            return false;
        }
    }
    return true;
}

static bool is_charted(const att_parts *parts, const att_item_facts *facts)
{
    return facts->item->scale != ATT_NONE && facts->n_codes >= 2 &&
           facts->n_codes <= ATT_MOST_ANSWERS && facts->n > 0 &&
           parts->frame->columns[facts->item->column].kind == ATT_COLUMN_CODE;
}

static const att_column *column_of(const att_parts *parts, const att_item_facts *facts)
{
    return &parts->frame->columns[facts->item->column];
}

/* What is drawn of a set: its answers, or below, middle and above where some answer is
 * small. */
typedef struct plan {
    size_t n_series;
    const char *series[ATT_MOST_ANSWERS];
    size_t into[ATT_MOST_ANSWERS]; /* which piece an answer goes to */
    bool is_merged;
} plan;

static bool has_small(const att_parts *parts, const att_item_facts *facts)
{
    for (size_t k = 0; k < facts->n_codes; k++) {
        if (att_hide_share(&parts->hide, facts->count[k], facts->n)) {
            return true;
        }
    }
    return false;
}

/* "Disagree or Strongly disagree": merged groups carry all their names. */
static const char *joined(att_arena *arena, const att_column *column, size_t from,
                          size_t to)
{
    const char *text = column->code_labels[from];

    for (size_t k = from + 1; k < to; k++) {
        text = att_arena_format(arena, "%s or %s", text, column->code_labels[k]);
    }
    return text;
}

static plan plan_of(att_parts *parts, const att_column *column, bool is_merged)
{
    size_t n = column->n_codes;
    plan made = { .n_series = n, .is_merged = is_merged };

    if (!is_merged || n < 4) {
        for (size_t k = 0; k < n; k++) {
            made.series[k] = column->code_labels[k];
            made.into[k] = k;
        }
        return made;
    }
    made.n_series = n % 2 == 0 ? 2 : 3;
    for (size_t k = 0; k < n; k++) {
        made.into[k] = k < n / 2 ? 0 : k >= (n + 1) / 2 ? made.n_series - 1 : 1;
    }
    made.series[0] = joined(parts->arena, column, 0, n / 2);
    made.series[made.n_series - 1] = joined(parts->arena, column, (n + 1) / 2, n);
    if (n % 2 == 1) {
        made.series[1] = column->code_labels[n / 2];
    }
    return made;
}

/* A row of the chart and of its table. */
static void put_answers(att_parts *parts, const att_item_facts *facts, const plan *to,
                        att_chart_row *row, att_val *cells)
{
    size_t count[ATT_MOST_ANSWERS] = { 0 };
    double *share = att_new_n(parts->arena, double, to->n_series);
    bool is_hidden = false;

    for (size_t k = 0; k < facts->n_codes; k++) {
        count[to->into[k]] += facts->count[k];
    }
    for (size_t k = 0; k < to->n_series; k++) {
        is_hidden = is_hidden || att_hide_share(&parts->hide, count[k], facts->n);
        share[k] = (double)count[k] / (double)facts->n;
    }
    parts->n_hidden += is_hidden;
    *row = (att_chart_row){ .label = facts->item->label,
                            .id = facts->item->id,
                            .share = share,
                            .n = facts->n,
                            .is_reversed = facts->item->is_reversed,
                            .is_hidden = is_hidden };
    cells[0] = att_val_text(facts->item->id);
    cells[1] = att_items_cells(parts, facts).n;
    for (size_t k = 0; k < to->n_series; k++) {
        cells[2 + k] = is_hidden
                           ? att_val_hidden("hidden")
                           : att_val_number(ATT_SHOW_PERCENT,
                                            att_hide_digits(facts->n_all), share[k]);
    }
}

static double side_of(const att_chart *chart, const att_chart_row *row, bool is_high)
{
    size_t half = chart->n_series / 2;
    double sum = 0.0;

    for (size_t k = 0; k < half; k++) {
        sum += row->share[is_high ? chart->n_series - 1 - k : k];
    }
    return sum;
}

/* Said only where every interval carries it. */
static const char *answers_finding(att_parts *parts, const att_chart *chart)
{
    bool are_high = true;
    bool are_low = true;

    for (size_t i = 0; i < chart->n_rows; i++) {
        const att_chart_row *row = &chart->rows[i];
        double n = (double)row->n;
        double low;
        double high;

        if (row->is_hidden) {
            return "";
        }
        att_dist_wilson(n * side_of(chart, row, true), n,
                        att_limit_value(ATT_LIMIT_LEVEL), &low, &high);
        are_high = are_high && low > 0.5;
        att_dist_wilson(n * side_of(chart, row, false), n,
                        att_limit_value(ATT_LIMIT_LEVEL), &low, &high);
        are_low = are_low && low > 0.5;
    }
    if (!are_high && !are_low) {
        return "";
    }
    return att_arena_format(
        parts->arena, "On %s more than half of the answers lie on the %s side.",
        chart->n_rows == 1 ? "this item" : "every item", are_high ? "upper" : "lower");
}

static const char *answers_how(att_parts *parts, const plan *to, bool has_reversed,
                               bool has_hidden)
{
    return att_arena_format(
        parts->arena,
        "Bars leave the middle line: lower answers to the left, higher to "
        "the right.%s%s%s%s",
        to->n_series % 2 == 1 ? " The middle answer stands half and half and is in "
                                "neither sum."
                              : "",
        has_reversed ? " (R): reversed items are turned." : "",
        to->is_merged && to->n_series < 4 ? " Answers are merged, because some were "
                                            "given by few."
                                          : "",
        has_hidden ? " Items with too few in an answer are hidden." : "");
}

static void add_set(att_parts *parts, const att_item_facts *facts,
                    const size_t *members, size_t n, const plan *to)
{
    att_chart *chart = att_new(parts->arena, att_chart);
    att_chart_row *rows = att_new_n(parts->arena, att_chart_row, n);
    size_t n_columns = to->n_series + 2;
    att_table_column *columns = att_new_n(parts->arena, att_table_column, n_columns);
    att_val *cells = att_new_n(parts->arena, att_val, n * n_columns);
    const char **series = att_new_n(parts->arena, const char *, to->n_series);
    bool has_reversed = false;
    bool has_hidden = false;

    columns[0] = (att_table_column){ "Item", false };
    columns[1] = (att_table_column){ "n", true };
    for (size_t k = 0; k < to->n_series; k++) {
        series[k] = to->series[k];
        columns[2 + k] = (att_table_column){ series[k], true };
    }
    for (size_t i = 0; i < n; i++) {
        put_answers(parts, &facts[members[i]], to, &rows[i], cells + i * n_columns);
        has_reversed = has_reversed || rows[i].is_reversed;
        has_hidden = has_hidden || rows[i].is_hidden;
    }
    chart->kind = ATT_CHART_LIKERT;
    chart->title =
        att_arena_format(parts->arena, "Answers to %s", att_say_items(parts->arena, n));
    chart->axis = "percent of those who answered, from the middle";
    chart->series = series;
    chart->n_series = to->n_series;
    chart->rows = rows;
    chart->n_rows = n;
    chart->reference = NAN;
    chart->table = (att_table){ .id = "answers",
                                .how = answers_how(parts, to, has_reversed, has_hidden),
                                .columns = columns,
                                .n_columns = n_columns,
                                .cells = cells,
                                .n_rows = n };
    chart->table.finding = answers_finding(parts, chart);
    att_doc_chart(parts->doc, chart);
}

void att_items_answers(att_parts *parts, const att_item_facts *facts, bool *is_merged)
{
    bool *is_done = att_new_n(parts->arena, bool, parts->n_items);
    size_t *members = att_new_n(parts->arena, size_t, parts->n_items);

    for (size_t i = 0; i < parts->n_items; i++) {
        bool is_small = false;
        size_t n = 0;
        plan to;

        if (is_done[i] || !is_charted(parts, &facts[i])) {
            continue;
        }
        for (size_t k = i; k < parts->n_items; k++) {
            if (is_charted(parts, &facts[k]) &&
                is_same_set(column_of(parts, &facts[i]), column_of(parts, &facts[k]))) {
                members[n++] = k;
                is_done[k] = true;
                is_small = is_small || has_small(parts, &facts[k]);
            }
        }
        for (size_t k = 0; k < n; k++) {
            is_merged[members[k]] = is_small;
        }
        to = plan_of(parts, column_of(parts, &facts[i]), is_small);
        add_set(parts, facts, members, n, &to);
    }
}
