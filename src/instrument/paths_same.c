/* paths_same.c - whether two conditions come to the same: every kind of answer is tried
 *
 * Answers are cut at the constants of both. Beside what can be answered, every reason
 * for no answer is tried, since an interview that is not over has questions without one.
 */
#include <attune/instrument/paths.h>

#include <string.h>

#include "pathing.h"

typedef struct pair {
    att_arena *arena;
    const att_instrument *in;
    const att_expr *of[2];
    att_path_var *vars; /* [ATT_PATH_PLACES] */
    size_t *used;       /* [n_used] places of those that either looks at */
    size_t n_used;
    size_t *now; /* [ATT_PATH_PLACES] the value each has */
} pair;

static att_value value_now(const void *data, const att_ref *ref)
{
    const pair *p = data;
    size_t v = att_path_place(p->in->n_items, ref);

    return p->vars[v].values[p->now[v]];
}

static int truth_of(pair *p, const att_expr *expr)
{
    att_scope scope = { p, value_now };
    att_arena scratch = { 0 };
    att_value value;
    int truth;

    if (expr == NULL) {
        return 1;
    }
    value = att_expr_eval(&scratch, expr, &scope, NULL);
    truth = att_value_truth(&value);
    att_arena_drop(&scratch);
    return truth;
}

/* Notes what a condition looks at; false where that cannot be cut. */
static bool take(pair *p, const att_expr *expr)
{
    size_t n = 0;
    const att_ref *refs = expr == NULL ? NULL : att_expr_refs(expr, &n);

    if (expr == NULL) {
        return true;
    }
    if (att_path_has_clock(expr)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        size_t at = att_path_place(p->in->n_items, &refs[i]);
        bool is_there = false;

        if (!att_path_is_var(&refs[i])) {
            return false;
        }
        for (size_t k = 0; k < p->n_used; k++) {
            is_there = is_there || p->used[k] == at;
        }
        if (!is_there) {
            p->vars[at].ref = refs[i];
            p->used[p->n_used++] = at;
        }
    }
    att_path_scan(p->arena, p->vars, p->in->n_items, expr);
    return true;
}

/* One value of each kind, and every reason why there is none. */
static bool fill(pair *p, att_path_var *var)
{
    att_value *values;

    att_path_values(p->arena, p->in, var);
    if (var->why != NULL) {
        return false;
    }
    values = att_new_n(p->arena, att_value, var->n_values + ATT_N_REASONS);
    memcpy(values, var->values, var->n_values * sizeof *values);
    for (int i = 0; i < ATT_N_REASONS; i++) {
        values[var->n_values++] = (att_value){ .reason = (att_reason)i };
    }
    var->values = values;
    return true;
}

/* The next combination; false behind the last. */
static bool turn(pair *p)
{
    for (size_t i = 0; i < p->n_used; i++) {
        size_t v = p->used[i];

        if (++p->now[v] < p->vars[v].n_values) {
            return true;
        }
        p->now[v] = 0;
    }
    return false;
}

static bool prove(pair *p)
{
    size_t ways = 1;

    if (!take(p, p->of[0]) || !take(p, p->of[1])) {
        return false;
    }
    for (size_t i = 0; i < p->n_used; i++) {
        if (!fill(p, &p->vars[p->used[i]])) {
            return false;
        }
        ways *= p->vars[p->used[i]].n_values;
        if (ways > ATT_SAME_MOST) {
            return false;
        }
    }
    do {
        if (truth_of(p, p->of[0]) != truth_of(p, p->of[1])) {
            return false;
        }
    } while (turn(p));
    return true;
}

bool att_paths_same(const att_instrument *instrument, const att_expr *one,
                    const att_expr *other)
{
    att_arena arena = { 0 };
    size_t n = ATT_PATH_PLACES(instrument);
    pair p = { .arena = &arena, .in = instrument, .of = { one, other } };
    bool is_same;

    p.vars = att_new_n(&arena, att_path_var, n);
    p.now = att_new_n(&arena, size_t, n);
    p.used = att_new_n(&arena, size_t, n);
    is_same = prove(&p);
    att_arena_drop(&arena);
    return is_same;
}
