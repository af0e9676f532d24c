/* check_paths.c - warnings about the ways through an instrument */
#include <attune/instrument/roster.h>

#include "checker.h"

static bool has_names(const att_expr *expr)
{
    size_t n = 0;

    att_expr_refs(expr, &n);
    return n > 0;
}

/* Each choice has a condition. That one is always offered is as it should be. */
static void choices_check(att_checker *c, const att_condition *condition,
                          const att_item *item)
{
    att_spot at = att_spot_text(condition->pointer);

    if (!condition->can_hold) {
        att_reader_find(c->r, "L201", &at, "mend the conditions of its choices",
                        "\"%s\" is never asked: no answers offer one of its choices",
                        item->id);
    }
}

static void condition_check(att_checker *c, const att_condition *condition,
                            const att_paths *paths)
{
    att_spot at = att_spot_text(condition->pointer);
    const att_item *item = NULL;

    if (!condition->is_proved) {
        return;
    }
    if (condition->item == ATT_NONE) {
        if (!condition->can_hold) {
            att_reader_find(c->r, "L203", &at, "mend the condition, or take it out",
                            "this condition never holds, so its words are never shown");
        }
        return;
    }
    item = &c->in->items[condition->item];
    if (item->is_other || item->is_copy || att_roster_made(item) ||
        !has_names(condition->of_choices ? item->choices->any : item->show)) {
        return; /* made by a choice or a roster; or L067 has said it */
    }
    if (condition->of_choices) {
        choices_check(c, condition, item);
    } else if (!condition->can_hold) {
        att_reader_find(c->r, "L201", &at, "mend the condition, or take the item out",
                        "\"%s\" is never asked: no answers make its condition hold",
                        item->id);
    } else if (!paths->can_ask[condition->item] &&
               (item->parent == ATT_NONE || paths->can_ask[item->parent])) {
        att_reader_find(c->r, "L201", &at, "mend one of the conditions",
                        "\"%s\" is never asked: its condition holds only where what "
                        "contains it is hidden",
                        item->id);
    } else if (!condition->can_fail) {
        att_reader_find(c->r, "L202", &at, "take the condition out, or mend it",
                        "the condition of \"%s\" always holds", item->id);
    }
}

static void reach_check(att_checker *c, const att_score_reach *reach, bool is_exact)
{
    const att_scale *scale = &c->in->scales[reach->scale];
    att_spot owner = att_spot_text(scale->pointer);
    att_spot at = att_spot_key(&owner, "items");

    if (reach->most < scale->min_valid) {
        att_reader_find(c->r, "L204", &at,
                        "lower \"min_valid\", or mend the conditions",
                        "scale \"%s\" never has a score: at most %zu of its items are "
                        "asked on one way, and it needs %zu",
                        scale->id, reach->most, scale->min_valid);
    } else if (is_exact && reach->least_some > 0 &&
               reach->least_some < scale->min_valid) {
        att_reader_find(c->r, "L205", &at, "lower \"min_valid\", if that is not meant",
                        "on some ways scale \"%s\" has no score: %zu of its items "
                        "asked, and it needs %zu",
                        scale->id, reach->least_some, scale->min_valid);
    }
}

void att_check_paths(att_checker *c)
{
    att_paths *paths = c->opts->paths;

    *paths = att_paths_of(c->r->arena, c->in);
    for (size_t i = 0; i < paths->n_conditions; i++) {
        condition_check(c, &paths->conditions[i], paths);
    }
    for (size_t i = 0; i < c->in->n_scales; i++) {
        reach_check(c, &paths->scores[i], paths->is_exact);
    }
}
