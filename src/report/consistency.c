/* consistency.c - the section on reliability: alpha, scale by scale
 */
#include "parts.h"

#include <math.h>

#include "reliability.h"
#include "thresholds.h"

static const att_table_column columns[] = {
    { "Scale", false },  { "Items", true },
    { "n", true },       { "Alpha", true },
    { "95% CI", false }, { "Standardised", true },
    { "Mean r", true },  { "For comparing groups", false },
};

#define N_COLUMNS (sizeof columns / sizeof *columns)

/* Alphas of the reflective scales of a language. */
typedef struct found {
    const att_alpha *alpha; /* [n] */
    const size_t *scale;    /* [n] */
    size_t n;
} found;

/* False where an item of the scale is not in the data. */
static bool alpha_of_scale(att_parts *parts, const att_group *group, size_t scale,
                           att_alpha *out)
{
    const att_scale *one = &parts->instrument->scales[scale];
    size_t *at = att_new_n(parts->arena, size_t, one->n_items);
    att_reliability_input input = { .frame = parts->frame,
                                    .columns = at,
                                    .is_reversed = one->is_reversed,
                                    .n = one->n_items,
                                    .model = one->model,
                                    .keep = group->keep };

    for (size_t k = 0; k < one->n_items; k++) {
        at[k] =
            att_frame_column(parts->frame, parts->instrument->items[one->items[k]].id);
        if (at[k] == ATT_NONE) {
            return false;
        }
    }
    *out = att_reliability_of(parts->arena, &input);
    return true;
}

static found find_alphas(att_parts *parts, const att_group *group)
{
    size_t n = parts->instrument->n_scales;
    att_alpha *alpha = att_new_n(parts->arena, att_alpha, n);
    size_t *scale = att_new_n(parts->arena, size_t, n);
    found all = { alpha, scale, 0 };

    for (size_t s = 0; s < n; s++) {
        if (parts->instrument->scales[s].model == ATT_MODEL_REFLECTIVE &&
            alpha_of_scale(parts, group, s, &alpha[all.n])) {
            scale[all.n++] = s;
        }
    }
    return all;
}

static const char *verdict_word(att_parts *parts, const att_alpha *alpha)
{
    att_sign sign;

    if (!isfinite(alpha->raw)) {
        parts->n_none++;
        return "No estimate";
    }
    parts->least_alpha = fmin(parts->least_alpha, alpha->raw);
    parts->most_alpha = fmax(parts->most_alpha, alpha->raw);
    att_judge_alpha(parts->arena, alpha, &sign);
    switch (sign) {
    case ATT_SIGN_PLUS: parts->n_sufficient++; return "Sufficient";
    case ATT_SIGN_MINUS: parts->n_insufficient++; return "Insufficient";
    case ATT_SIGN_UNKNOWN: break;
    }
    parts->n_borderline++;
    return "Borderline";
}

static void put_alpha(att_parts *parts, const att_group *group, size_t scale,
                      const att_alpha *alpha, att_val *cells)
{
    cells[0] = att_val_text(att_scale_words(parts, scale));
    cells[1] = att_val_count(alpha->k);
    cells[2] = att_hide_as_part(parts->arena, &parts->hide, alpha->n, group->n);
    cells[3] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->raw);
    cells[4] = att_val_interval(ATT_SHOW_BOUNDED, 2, alpha->raw_low, alpha->raw_high);
    cells[5] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->std);
    cells[5].mark = alpha->k == 2 && isfinite(alpha->std) ? "a" : NULL;
    cells[6] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->average_r);
    cells[7] = att_val_text(verdict_word(parts, alpha));
}

static const char *finding_of(att_parts *parts, const found *all)
{
    double limit = att_limit_value(ATT_LIMIT_ALPHA_GROUP);
    size_t n_clear = 0;
    size_t n_below = 0;
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++) {
        if (isfinite(all->alpha[i].raw)) {
            n++;
            n_clear += all->alpha[i].raw_low >= limit;
            n_below += all->alpha[i].raw_high < limit;
        }
    }
    if (n == 0) {
        return "No scale has an estimate.";
    }
    if (n == 1) {
        return n_clear == 1   ? "The interval stays above .70."
               : n_below == 1 ? "The interval stays below .70."
                              : "The interval reaches over .70: neither enough nor too "
                                "little is shown.";
    }
    if (n_clear == n || n_below == n) {
        return att_arena_format(parts->arena,
                                "All %zu scales lie %s .70 with their whole interval.",
                                n, n_clear == n ? "above" : "below");
    }
    return att_arena_format(
        parts->arena,
        "Of %zu scales, %zu lie%s above .70 with the whole interval, %zu below it.", n,
        n_clear, n_clear == 1 ? "s" : "", n_below);
}

/* The axis begins at 0, or lower where an alpha lies there, in steps of .2. */
static double axis_from(const found *all)
{
    double least = 0.0;

    for (size_t i = 0; i < all->n; i++) {
        least = isfinite(all->alpha[i].raw) ? fmin(least, all->alpha[i].raw) : least;
    }
    return fmax(-1.0, floor(least * 5.0) / 5.0);
}

static void add_chart(att_parts *parts, const att_group *group, const found *all)
{
    att_chart *chart = att_new(parts->arena, att_chart);
    att_chart_row *rows = att_new_n(parts->arena, att_chart_row, all->n);
    att_val *cells = att_new_n(parts->arena, att_val, all->n * N_COLUMNS);
    bool has_pair = false;

    for (size_t i = 0; i < all->n; i++) {
        const att_alpha *alpha = &all->alpha[i];

        put_alpha(parts, group, all->scale[i], alpha, cells + i * N_COLUMNS);
        has_pair = has_pair || (alpha->k == 2 && isfinite(alpha->std));
        rows[i] = (att_chart_row){ .label = cells[i * N_COLUMNS].text,
                                   .id = parts->instrument->scales[all->scale[i]].id,
                                   .x = alpha->raw,
                                   .low = alpha->raw_low,
                                   .high = alpha->raw_high,
                                   .n = alpha->n };
    }
    chart->kind = ATT_CHART_DOTS;
    chart->title = "Alpha of the scales";
    chart->axis = "Cronbach\xe2\x80\x99s alpha";
    chart->rows = rows;
    chart->n_rows = all->n;
    chart->from = axis_from(all);
    chart->to = 1.0;
    chart->reference = att_limit_value(ATT_LIMIT_ALPHA_GROUP);
    chart->reference_name = "least for comparing groups, .70";
    chart->table = (att_table){
        .id = "alpha",
        .finding = finding_of(parts, all),
        .how = "Dot and line: alpha with its 95% interval (Feldt). Hollow dot: fewer "
               "than 100 people. In the form's order.",
        .note =
            has_pair ? "a Two items: this is the Spearman-Brown coefficient." : NULL,
        .columns = columns,
        .n_columns = N_COLUMNS,
        .cells = cells,
        .n_rows = all->n,
    };
    att_doc_chart(parts->doc, chart);
}

static const char *const *names_of(att_parts *parts, const att_scale *scale)
{
    const char **names = att_new_n(parts->arena, const char *, scale->n_items);

    for (size_t k = 0; k < scale->n_items; k++) {
        names[k] = parts->instrument->items[scale->items[k]].id;
    }
    return names;
}

/* The items of all scales in one table, a group a scale. */
static void add_items(att_parts *parts, const found *all)
{
    att_table *table = att_new(parts->arena, att_table);
    size_t n = 0;
    att_val *cells;
    const char **groups;

    for (size_t i = 0; i < all->n; i++) {
        n += isfinite(all->alpha[i].raw) ? all->alpha[i].k : 0;
    }
    if (n == 0) {
        return;
    }
    cells = att_new_n(parts->arena, att_val, n * 3);
    groups = att_new_n(parts->arena, const char *, n);
    n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const att_scale *scale = &parts->instrument->scales[all->scale[i]];
        const char *const *names = names_of(parts, scale);
        const att_alpha *alpha = &all->alpha[i];

        for (size_t k = 0; k < alpha->k && isfinite(alpha->raw); k++) {
            att_val *row = cells + 3 * n;

            groups[n] =
                k > 0 ? NULL
                      : att_arena_format(parts->arena, "%s, alpha %s",
                                         att_scale_words(parts, all->scale[i]),
                                         att_say_bounded(parts->arena, alpha->raw));
            row[0] =
                att_val_text(scale->is_reversed[k]
                                 ? att_arena_format(parts->arena, "%s (R)", names[k])
                                 : names[k]);
            row[1] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->item_rest[k]);
            row[1].is_strong =
                alpha->item_rest[k] < att_limit_value(ATT_LIMIT_ITEM_REST);
            row[2] = att_val_number(ATT_SHOW_BOUNDED, 2, alpha->raw_if_dropped[k]);
            row[2].is_strong = alpha->raw_if_dropped[k] > alpha->raw;
            n++;
        }
    }
    {
        static const att_table_column item_columns[] = { { "Item", false },
                                                         { "Item-rest r", true },
                                                         { "Alpha if dropped", true } };

        *table = (att_table){
            .id = "rest",
            .how =
                "Each item against the sum of the others, and what alpha would be "
                "without it. Bold: item-rest r under .30, or an alpha that would rise.",
            .columns = item_columns,
            .n_columns = 3,
            .cells = cells,
            .groups = groups,
            .n_rows = n,
        };
    }
    att_doc_table(parts->doc, table);
}

static void add_warnings(att_parts *parts, const att_group *group, const found *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const att_scale *scale = &parts->instrument->scales[all->scale[i]];
        att_saying said = { .arena = parts->arena };

        att_judge_warn(&said, &all->alpha[i], names_of(parts, scale),
                       scale->is_reversed, parts->hide.limit > 0);
        for (size_t k = 0; k < said.n; k++) {
            att_saying_add(
                &parts->warnings,
                att_arena_format(parts->arena, "%s%s: %s", att_part_lead(parts, group),
                                 att_scale_words(parts, all->scale[i]), said.list[k]));
        }
    }
}

/* What is said of the scales that have no alpha: a sentence a model, with their names. */
static void add_refusals(att_parts *parts)
{
    static const att_model models[] = { ATT_MODEL_FORMATIVE, ATT_MODEL_SINGLE,
                                        ATT_MODEL_CHECKLIST };

    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        const char *names = "";

        for (size_t s = 0; s < parts->instrument->n_scales; s++) {
            if (parts->instrument->scales[s].model == models[m]) {
                names = names[0] == '\0'
                            ? att_scale_words(parts, s)
                            : att_arena_format(parts->arena, "%s; %s", names,
                                               att_scale_words(parts, s));
            }
        }
        if (names[0] != '\0') {
            att_doc_para(parts->doc, ATT_PARA_BODY,
                         att_arena_format(parts->arena, "%s (%s)",
                                          att_reliability_refusal(models[m]), names));
        }
    }
}

void att_part_reliability(att_parts *parts)
{
    if (parts->instrument->n_scales == 0) {
        return;
    }
    att_doc_heading(parts->doc, 2, "reliability", "Reliability");
    for (size_t g = 0; g < parts->n_groups; g++) {
        const att_group *group = &parts->groups[g];
        found all = find_alphas(parts, group);

        if (all.n == 0) {
            break;
        }
        att_part_language(parts, "reliability", group);
        add_chart(parts, group, &all);
        add_items(parts, &all);
        add_warnings(parts, group, &all);
    }
    add_refusals(parts);
}
