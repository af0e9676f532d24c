/* items.c - each item by itself: how it was answered, and what to look at
 */
#include "items.h"

#include <math.h>
#include <string.h>

#include "reliability.h"
#include "thresholds.h"

/* ---- facts ---- */

static void count_cells(const att_parts *parts, const att_group *group,
                        att_item_facts *facts)
{
    const att_frame *frame = parts->frame;

    for (size_t i = 0; i < frame->n_rows; i++) {
        size_t at = i * frame->n_columns + facts->item->column;

        if (!group->keep[i]) {
            continue;
        }
        if (!isnan(frame->x[at])) {
            facts->n++;
        } else {
            facts->n_reason[frame->reasons[at]]++;
        }
    }
    facts->n_not_apply = facts->n_reason[ATT_REASON_NOT_APPLICABLE];
    for (size_t r = 0; r < ATT_N_REASONS; r++) {
        if (r != ATT_REASON_NOT_ASKED && r != ATT_REASON_NOT_APPLICABLE) {
            facts->n_missing += facts->n_reason[r];
        }
    }
    facts->n_asked = facts->n + facts->n_missing + facts->n_not_apply;
    facts->n_all = facts->n_asked + facts->n_reason[ATT_REASON_NOT_ASKED];
}

static att_val share_or_hidden(const att_hide *hide, size_t k,
                               const att_item_facts *facts, bool is_hidden)
{
    if (is_hidden) {
        return att_hide_as_count(hide, k, true);
    }
    return att_hide_as_share(hide, k, facts->n_asked, att_hide_digits(facts->n_all));
}

att_item_cells att_items_cells(att_parts *parts, const att_item_facts *facts)
{
    const size_t count[] = { facts->n, facts->n_missing, facts->n_not_apply,
                             facts->n_reason[ATT_REASON_NOT_ASKED] };
    const att_hide *hide = &parts->hide;
    bool hidden[4];
    att_item_cells cells;

    att_hide_list(hide, count, 4, hidden);
    cells.n = hidden[0] && !att_hide_count(hide, facts->n_all - facts->n)
                  ? att_hide_as_count(hide, facts->n, true)
                  : att_hide_as_part(parts->arena, hide, facts->n, facts->n_all);
    cells.missing = share_or_hidden(hide, facts->n_missing, facts, hidden[1]);
    cells.not_apply = share_or_hidden(hide, facts->n_not_apply, facts, hidden[2]);
    return cells;
}

/* Answers to each code, from the lowest to the highest keyed value. */
static void count_answers(att_parts *parts, const att_matrix *x, att_item_facts *facts)
{
    const att_column *column = &parts->frame->columns[facts->item->column];
    double *codes = att_new_n(parts->arena, double, column->n_codes);
    size_t *count = att_new_n(parts->arena, size_t, column->n_codes);

    if (column->kind != ATT_COLUMN_CODE) {
        return;
    }
    for (size_t k = 0; k < column->n_codes; k++) {
        size_t from = facts->item->is_reversed ? column->n_codes - 1 - k : k;

        codes[k] = facts->item->is_reversed
                       ? column->low + column->high - column->codes[from]
                       : column->codes[from];
    }
    att_describe_counts(x, 0, codes, column->n_codes, count);
    facts->count = count;
    facts->n_codes = column->n_codes;
}

/* The item's fit within its scale. */
static void put_fit(att_parts *parts, const att_group *group, size_t scale,
                    att_item_facts *facts)
{
    const att_scale *one = &parts->instrument->scales[scale];
    att_reliability_input input = { .frame = parts->frame,
                                    .is_reversed = one->is_reversed,
                                    .n = one->n_items,
                                    .keep = group->keep };
    size_t *columns = att_new_n(parts->arena, size_t, one->n_items);
    att_alpha alpha;

    for (size_t k = 0; k < one->n_items; k++) {
        columns[k] =
            att_frame_column(parts->frame, parts->instrument->items[one->items[k]].id);
        if (columns[k] == ATT_NONE) {
            return;
        }
    }
    input.columns = columns;
    alpha = att_reliability_of(parts->arena, &input);
    for (size_t k = 0; k < one->n_items; k++) {
        for (size_t i = 0; i < parts->n_items; i++) {
            if (facts[i].item->item == one->items[k] && facts[i].item->scale == scale) {
                facts[i].item_rest = alpha.item_rest[k];
                facts[i].max_r = alpha.max_r[k];
            }
        }
    }
}

att_item_facts *att_items_of(att_parts *parts, const att_group *group)
{
    att_item_facts *facts = att_new_n(parts->arena, att_item_facts, parts->n_items);

    for (size_t i = 0; i < parts->n_items; i++) {
        const att_part_item *item = &parts->items[i];
        const att_column *column = &parts->frame->columns[item->column];
        att_matrix x = att_frame_matrix(parts->arena, parts->frame, &item->column, 1,
                                        &item->is_reversed, group->keep);

        facts[i].item = item;
        facts[i].item_rest = NAN;
        facts[i].max_r = NAN;
        count_cells(parts, group, &facts[i]);
        facts[i].about = att_describe_column(&x, 0, column->low, column->high);
        count_answers(parts, &x, &facts[i]);
    }
    for (size_t s = 0; s < parts->instrument->n_scales; s++) {
        if (parts->instrument->scales[s].model == ATT_MODEL_REFLECTIVE) {
            put_fit(parts, group, s, facts);
        }
    }
    return facts;
}

/* ---- the table ---- */

static const att_table_column item_columns[] = {
    { "Item", false },          { "n", true },        { "Missing", true },
    { "Does not apply", true }, { "M", true },        { "SD", true },
    { "Skew", true },           { "Floor", true },    { "Ceiling", true },
    { "Item-rest r", true },    { "Look at", false },
};

#define N_COLUMNS (sizeof item_columns / sizeof *item_columns)

static void add_flag(att_parts *parts, const char **flags, const char *flag)
{
    *flags = (*flags)[0] == '\0'
                 ? flag
                 : att_arena_format(parts->arena, "%s; %s", *flags, flag);
}

/* What passes a limit, in words; "" when nothing does. Shares that would tell of a small
 * group raise no flag. */
static const char *flags_of(att_parts *parts, const att_item_facts *facts,
                            bool is_merged)
{
    const char *flags = "";
    double extreme = att_limit_value(ATT_LIMIT_EXTREME);
    size_t n_hidden = parts->n_hidden;
    bool is_told = att_items_cells(parts, facts).missing.kind != ATT_VAL_HIDDEN;

    parts->n_hidden = n_hidden;
    if (facts->n_asked < (size_t)att_limit_value(ATT_LIMIT_FLAG_ROWS)) {
        return flags;
    }

    if (is_told && facts->n_asked > 0 &&
        (double)facts->n_missing / (double)facts->n_asked >
            att_limit_value(ATT_LIMIT_MISSING)) {
        add_flag(parts, &flags, "often missing");
    }
    if (!is_merged && facts->about.floor > extreme) {
        add_flag(parts, &flags, "nearly all at the lowest answer");
    }
    if (!is_merged && facts->about.ceiling > extreme) {
        add_flag(parts, &flags, "nearly all at the highest answer");
    }
    if (facts->item_rest < att_limit_value(ATT_LIMIT_ITEM_REST)) {
        add_flag(parts, &flags, "goes weakly with its scale");
    }
    if (facts->max_r > att_limit_value(ATT_LIMIT_ITEM_PAIR)) {
        add_flag(parts, &flags, "repeats another item");
    }
    for (size_t k = 0; k < facts->n_codes &&
                       (double)facts->n * att_limit_value(ATT_LIMIT_UNUSED) >= 1.0 &&
                       parts->hide.limit == 0;
         k++) {
        if ((double)facts->count[k] / (double)facts->n <
            att_limit_value(ATT_LIMIT_UNUSED)) {
            add_flag(parts, &flags, "an answer hardly used");
            break;
        }
    }
    return flags;
}

static void put_row(att_parts *parts, const att_item_facts *facts, bool is_merged,
                    att_val *cells)
{
    const att_hide *hide = &parts->hide;
    bool is_small = att_hide_count(hide, facts->n);
    bool is_coarse = hide->limit > 0;
    att_val gone = att_val_hidden(is_small ? hide->how : "hidden");
    const char *flags = flags_of(parts, facts, is_merged);
    att_item_cells who = att_items_cells(parts, facts);

    cells[0] = att_val_text(facts->item->label);
    cells[0].lead = facts->item->id;
    cells[1] = who.n;
    cells[2] = who.missing;
    cells[3] = who.not_apply;
    cells[4] =
        is_small ? gone
                 : att_val_number(ATT_SHOW_PLAIN, is_coarse ? 1 : 2, facts->about.mean);
    cells[5] = is_small || is_merged
                   ? gone
                   : att_val_number(ATT_SHOW_PLAIN, is_coarse ? 1 : 2, facts->about.sd);
    cells[6] = is_small || is_merged ? gone
                                     : att_val_number(ATT_SHOW_PLAIN, is_coarse ? 1 : 2,
                                                      facts->about.skew);
    for (size_t k = 0; k < 2; k++) {
        size_t at = k == 0 || facts->n_codes == 0 ? 0 : facts->n_codes - 1;

        cells[7 + k] = facts->n_codes == 0 ? att_val_none()
                       : is_small || is_merged
                           ? gone
                           : att_hide_as_share(hide, facts->count[at], facts->n,
                                               att_hide_digits(facts->n_all));
    }
    cells[9] = att_val_number(ATT_SHOW_BOUNDED, 2, facts->item_rest);
    cells[9].is_strong = facts->item_rest < att_limit_value(ATT_LIMIT_ITEM_REST);
    cells[10] = att_val_text(flags);
}

static const char *table_finding(att_parts *parts, size_t n, size_t n_flagged)
{
    if (n_flagged == 0) {
        return "No item deserves a second look.";
    }
    return att_arena_format(parts->arena, "%zu of %s %s a second look.", n_flagged,
                            att_say_items(parts->arena, n),
                            n_flagged == 1 ? "deserves" : "deserve");
}

static const char *table_note(att_parts *parts, bool has_reversed)
{
    return att_arena_format(
        parts->arena,
        "%sMissing: share of those asked, without those to whom it does not apply. "
        "Floor, ceiling: share at the lowest and highest answer. Looked at: missing "
        "above %.0f%%, floor or ceiling above %.0f%%, item-rest r under %s, a pair "
        "above %s, an answer under %.0f%%.",
        has_reversed ? "(R): reversed before anything was computed. " : "",
        100.0 * att_limit_value(ATT_LIMIT_MISSING),
        100.0 * att_limit_value(ATT_LIMIT_EXTREME),
        att_say_bounded(parts->arena, att_limit_value(ATT_LIMIT_ITEM_REST)),
        att_say_bounded(parts->arena, att_limit_value(ATT_LIMIT_ITEM_PAIR)),
        100.0 * att_limit_value(ATT_LIMIT_UNUSED));
}

/* Takes the last column off; the cells move together. */
static void drop_flags(att_val *cells, size_t n_rows)
{
    for (size_t i = 1; i < n_rows; i++) {
        memmove(cells + i * (N_COLUMNS - 1), cells + i * N_COLUMNS,
                (N_COLUMNS - 1) * sizeof *cells);
    }
}

/* Items that belong to a scale come first, scale by scale; then the numbers of none. A
 * choice outside of all scales is shown by its answers instead. */
static void add_table(att_parts *parts, const att_group *group,
                      const att_item_facts *facts, const bool *is_merged)
{
    att_table *table = att_new(parts->arena, att_table);
    att_val *cells = att_new_n(parts->arena, att_val, parts->n_items * N_COLUMNS);
    const char **groups = att_new_n(parts->arena, const char *, parts->n_items);
    const char *named = "";
    bool has_reversed = false;
    size_t n_flagged = 0;
    size_t n = 0;

    for (size_t s = 0; s <= parts->instrument->n_scales; s++) {
        size_t scale = s < parts->instrument->n_scales ? s : ATT_NONE;
        bool is_first = true;

        for (size_t i = 0; i < parts->n_items; i++) {
            if (facts[i].item->scale != scale ||
                (scale == ATT_NONE && facts[i].n_codes > 0)) {
                continue;
            }
            put_row(parts, &facts[i], is_merged[i], cells + n * N_COLUMNS);
            if (cells[n * N_COLUMNS + 10].text[0] != '\0') {
                named = att_arena_format(parts->arena, "%s%s%s", named,
                                         n_flagged > 0 ? ", " : "", facts[i].item->id);
                n_flagged++;
            }
            has_reversed = has_reversed || facts[i].item->is_reversed;
            groups[n] = !is_first           ? NULL
                        : scale == ATT_NONE ? "In no scale"
                                            : att_scale_words(parts, scale);
            is_first = false;
            n++;
        }
    }
    if (n == 0) {
        return;
    }
    if (n_flagged == 0) {
        drop_flags(cells, n);
    } else {
        att_saying_add(&parts->warnings,
                       att_arena_format(parts->arena,
                                        "%sItems to look at: %s. The item table says "
                                        "why; read them before you use their scale.",
                                        att_part_lead(parts, group), named));
    }
    *table = (att_table){ .id = "items",
                          .finding = table_finding(parts, n, n_flagged),
                          .how = "By scale, in the form's order.",
                          .note = table_note(parts, has_reversed),
                          .columns = item_columns,
                          .n_columns = n_flagged == 0 ? N_COLUMNS - 1 : N_COLUMNS,
                          .cells = cells,
                          .groups = groups,
                          .n_rows = n };
    att_doc_table(parts->doc, table);
}

/* ---- choices outside of scales ---- */

static size_t count_choices(const att_parts *parts, const att_item_facts *facts)
{
    size_t n = 0;

    for (size_t i = 0; i < parts->n_items; i++) {
        n += facts[i].item->scale == ATT_NONE ? facts[i].n_codes : 0;
    }
    return n;
}

static void put_choices(att_parts *parts, const att_item_facts *facts, att_val *cells)
{
    const att_column *column = &parts->frame->columns[facts->item->column];
    size_t n = facts->n_codes + 1; /* with those who gave no answer */
    size_t *count = att_new_n(parts->arena, size_t, n);
    bool *hidden = att_new_n(parts->arena, bool, n);

    memcpy(count, facts->count, facts->n_codes * sizeof *count);
    count[n - 1] = facts->n_all - facts->n;
    att_hide_list(&parts->hide, count, n, hidden);
    for (size_t k = 0; k < facts->n_codes; k++) {
        att_val *row = cells + 3 * k;

        row[0] = att_val_text(column->code_labels[k]);
        row[1] = att_hide_as_count(&parts->hide, facts->count[k], hidden[k]);
        row[2] = hidden[k] ? row[1]
                 : facts->n == 0
                     ? att_val_none()
                     : att_val_number(ATT_SHOW_PERCENT, att_hide_digits(facts->n_all),
                                      (double)facts->count[k] / (double)facts->n);
    }
}

static void add_choices(att_parts *parts, const att_item_facts *facts)
{
    static const att_table_column columns[] = { { "Answer", false },
                                                { "n", true },
                                                { "%", true } };
    size_t room = count_choices(parts, facts);
    att_table *table = att_new(parts->arena, att_table);
    att_val *cells = att_new_n(parts->arena, att_val, room * 3);
    const char **groups = att_new_n(parts->arena, const char *, room);
    size_t n = 0;

    for (size_t i = 0; i < parts->n_items; i++) {
        if (facts[i].item->scale == ATT_NONE && facts[i].n_codes > 0) {
            put_choices(parts, &facts[i], cells + 3 * n);
            groups[n] = facts[i].item->label;
            n += facts[i].n_codes;
        }
    }
    if (n == 0) {
        return;
    }
    *table = (att_table){ .id = "choices",
                          .how = "Questions outside of scales: how many gave each "
                                 "answer, of those who gave one.",
                          .columns = columns,
                          .n_columns = 3,
                          .cells = cells,
                          .groups = groups,
                          .n_rows = n };
    att_doc_table(parts->doc, table);
}

static bool has_texts(const att_parts *parts)
{
    for (size_t j = 0; j < parts->frame->n_columns; j++) {
        if (parts->frame->columns[j].kind == ATT_COLUMN_TEXT) {
            return true;
        }
    }
    return false;
}

void att_part_items(att_parts *parts)
{
    att_doc_heading(parts->doc, 2, "items", "Items");
    att_items_missing(parts);
    for (size_t g = 0; g < parts->n_groups; g++) {
        att_item_facts *facts = att_items_of(parts, &parts->groups[g]);
        bool *is_merged = att_new_n(parts->arena, bool, parts->n_items);

        att_part_language(parts, "items", &parts->groups[g]);
        att_items_answers(parts, facts, is_merged);
        add_table(parts, &parts->groups[g], facts, is_merged);
        add_choices(parts, facts);
    }
    if (has_texts(parts)) {
        att_doc_para(parts->doc, ATT_PARA_NOTE,
                     "Answers in people's own words are never shown in a report.");
    }
}
