/* trying.c - each fault once: check, then the tests until one fails
 */
#include "trying.h"

#include <math.h>
#include <string.h>

#include <attune/face/words.h>
#include <attune/instrument/check.h>
#include <attune/instrument/paths.h>

#define NAME_WIDTH 34

/* An instrument as bytes, checked: its findings, and the model if there is one. */
static att_instrument *check(att_arena *arena, const char *name, const char *text,
                             size_t n, att_issues *issues)
{
    att_check_opts opts = { 0 };
    att_bytes bytes = { .bytes = att_arena_text_n(arena, text, n), .n = n };

    *issues = (att_issues){ .arena = arena };
    opts.spoken = att_words_spoken(&opts.n_spoken);
    return att_instrument_check_bytes(arena, name, &bytes, &opts, issues);
}

static size_t count_rule(const att_issues *issues, const char *rule)
{
    size_t n = 0;

    for (size_t i = 0; i < issues->n; i++) {
        n += strcmp(issues->list[i].rule, rule) == 0 ? 1 : 0;
    }
    return n;
}

static bool has_more(const att_issues *now, const att_issues *before)
{
    for (size_t i = 0; i < now->n; i++) {
        const char *rule = now->list[i].rule;

        if (count_rule(now, rule) > count_rule(before, rule)) {
            return true;
        }
    }
    return now->n_errors > 0;
}

static bool fails_one(const att_instrument *instrument, const att_trials *const *trials,
                      size_t n_trials)
{
    bool is_failed = false;

    for (size_t f = 0; f < n_trials; f++) {
        for (size_t i = 0; i < trials[f]->n && !is_failed; i++) {
            att_arena scratch = { 0 };
            size_t n = 0;

            att_trial_run(&scratch, instrument, &trials[f]->list[i], &n);
            is_failed = n > 0;
            att_arena_drop(&scratch);
        }
    }
    return is_failed;
}

static bool is_same_text(const att_expr *a, const att_expr *b)
{
    return a == b ||
           (a != NULL && b != NULL && strcmp(att_expr_text(a), att_expr_text(b)) == 0);
}

/* The conditions of a choice that differ, in an item's set; false where none does. */
static bool differing(const att_item *was, const att_item *is, const att_expr **a,
                      const att_expr **b)
{
    size_t n = was->choices == NULL || is->choices == NULL ? 0 : was->choices->n;

    for (size_t i = 0; i < n && i < is->choices->n; i++) {
        *a = was->choices->list[i].show;
        *b = is->choices->list[i].show;
        if (!is_same_text(*a, *b)) {
            return true;
        }
    }
    return false;
}

/* Whether the fault is in the condition of an item, a choice or a variant, and that condition
 * comes to the same as before. A mutant has one fault, so the rest is what it was. */
static bool is_equal(const att_instrument *was, const att_instrument *is,
                     att_fault fault)
{
    const att_expr *a, *b;

    if (fault != ATT_FAULT_NEGATE && fault != ATT_FAULT_CONSTANT &&
        fault != ATT_FAULT_AND_OR && fault != ATT_FAULT_DROP_SHOW) {
        return false;
    }
    for (size_t i = 0; i < was->n_items; i++) {
        if (!is_same_text(was->items[i].show, is->items[i].show)) {
            return att_paths_same(was, was->items[i].show, is->items[i].show);
        }
        if (differing(&was->items[i], &is->items[i], &a, &b)) {
            return att_paths_same(was, a, b);
        }
    }
    for (size_t i = 0; i < was->n_variants; i++) {
        if (!is_same_text(was->variants[i].when, is->variants[i].when)) {
            return att_paths_same(was, was->variants[i].when, is->variants[i].when);
        }
    }
    return false;
}

static void keep(att_tried *tried, const char *path, const att_mutant *mutant)
{
    if (tried->n == tried->room) {
        size_t room = tried->room == 0 ? 16 : 2 * tried->room;
        att_unnoticed *more = att_new_n(tried->arena, att_unnoticed, room);

        if (tried->n > 0) {
            memcpy(more, tried->list, tried->n * sizeof *more);
        }
        tried->list = more;
        tried->room = room;
    }
    tried->list[tried->n++] = (att_unnoticed){
        .instrument = path,
        .fault = mutant->fault,
        .what = att_arena_text(tried->arena, mutant->what),
    };
}

att_code att_tried_add(att_tried *tried, const char *path,
                       const att_trials *const *trials, size_t n_trials, att_err *err)
{
    att_json *json = att_json_open(path, err);
    att_arena scratch = { 0 };
    att_arena whole = { 0 };
    const att_instrument *was;
    att_issues before;
    att_mutant mutant;
    const char *text;
    size_t n;

    if (json == NULL) {
        return err->code;
    }
    text = att_json_text(json, &n);
    was = check(&whole, path, text, n, &before);
    for (size_t k = 0; att_mutant_make(&scratch, json, tried->seed, k, &mutant); k++) {
        att_tally *tally = &tried->by_fault[mutant.fault];
        att_issues now;
        att_instrument *instrument =
            check(&scratch, path, mutant.bytes, mutant.n, &now);

        tally->n_made += 1;
        if (instrument == NULL || has_more(&now, &before)) {
            tally->n_checked += 1;
        } else if (fails_one(instrument, trials, n_trials)) {
            tally->n_tested += 1;
        } else if (was != NULL && is_equal(was, instrument, mutant.fault)) {
            tally->n_equal += 1;
        } else {
            keep(tried, path, &mutant);
        }
        att_arena_drop(&scratch);
    }
    att_arena_drop(&scratch);
    att_arena_drop(&whole);
    att_json_close(json);
    return ATT_OK;
}

static att_tally total(const att_tried *tried)
{
    att_tally all = { 0 };

    for (size_t i = 0; i < ATT_N_FAULTS; i++) {
        all.n_made += tried->by_fault[i].n_made;
        all.n_checked += tried->by_fault[i].n_checked;
        all.n_tested += tried->by_fault[i].n_tested;
        all.n_equal += tried->by_fault[i].n_equal;
    }
    return all;
}

double att_tried_share(const att_tried *tried)
{
    att_tally all = total(tried);

    return all.n_made == all.n_equal ? NAN
                                     : (double)(all.n_checked + all.n_tested) /
                                           (double)(all.n_made - all.n_equal);
}

static void write_row(att_buf *out, const char *name, const att_tally *tally)
{
    att_buf_add(out, name);
    att_buf_repeat(out, ' ', NAME_WIDTH - strlen(name));
    att_buf_format(out, "%5zu %7zu %7zu %7zu %9zu\n", tally->n_made, tally->n_checked,
                   tally->n_tested, tally->n_equal,
                   tally->n_made - tally->n_checked - tally->n_tested - tally->n_equal);
}

void att_tried_write(att_buf *out, const att_tried *tried)
{
    att_tally all = total(tried);

    att_buf_add(out, "Fault");
    att_buf_repeat(out, ' ', NAME_WIDTH - strlen("Fault"));
    att_buf_add(out, " Made   Check   Tests   Equal Unnoticed\n");
    for (size_t i = 0; i < ATT_N_FAULTS; i++) {
        write_row(out, att_fault_name((att_fault)i), &tried->by_fault[i]);
    }
    write_row(out, "all", &all);
    for (size_t i = 0; i < tried->n; i++) {
        att_buf_format(out, "%s  %s: %s: %s\n", i == 0 ? "\nUnnoticed" : "         ",
                       tried->list[i].instrument, att_fault_name(tried->list[i].fault),
                       tried->list[i].what);
    }
    if (all.n_made > all.n_equal) {
        att_buf_format(out, "\n%.1f %% of %zu faults are noticed (seed %llu).\n",
                       100 * att_tried_share(tried), all.n_made - all.n_equal,
                       tried->seed);
    }
}

void att_tried_json(att_json_out *out, const att_tried *tried)
{
    att_json_object(out);
    att_json_put_whole(out, "seed", (long long)tried->seed);
    att_json_put_number(out, "share", att_tried_share(tried));
    att_json_key(out, "kinds");
    att_json_list(out);
    for (size_t i = 0; i < ATT_N_FAULTS; i++) {
        const att_tally *tally = &tried->by_fault[i];

        att_json_object(out);
        att_json_put_string(out, "fault", att_fault_name((att_fault)i));
        att_json_put_whole(out, "made", (long long)tally->n_made);
        att_json_put_whole(out, "by_check", (long long)tally->n_checked);
        att_json_put_whole(out, "by_tests", (long long)tally->n_tested);
        att_json_put_whole(out, "equal", (long long)tally->n_equal);
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_key(out, "unnoticed");
    att_json_list(out);
    for (size_t i = 0; i < tried->n; i++) {
        att_json_object(out);
        att_json_put_string(out, "instrument", tried->list[i].instrument);
        att_json_put_string(out, "fault", att_fault_name(tried->list[i].fault));
        att_json_put_string(out, "what", tried->list[i].what);
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_end_object(out);
}
