#include <attune/instrument/paths.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pathing.h"
#include "reader.h"

#define TABLE_MOST ((size_t)1 << 20) /* truths of one condition that are remembered */
#define UNKNOWN    2                 /* in a table: not worked out yet is 3 */
#define NOT_YET    3

/* A condition, and what it makes of each combination of its variables. */
typedef struct cond {
    const att_expr *expr; /* NULL: it holds or not, as it likes */
    size_t *vars;         /* [n_vars] */
    size_t n_vars;
    unsigned char *table; /* [size], or NULL when that would be too much */
    size_t group, level;
    unsigned char truth; /* now */
    bool can_hold, can_fail;
    const char *why; /* not proved */
} cond;

/* Items that are asked under the same conditions. */
typedef struct bundle {
    size_t *conds; /* [n_conds] */
    size_t n_conds, n_questions, level;
    size_t *of_scale; /* [n_scales] items of each scale in it; NULL: of none */
    bool can_be;
    double share;
} bundle;

typedef struct prover {
    att_arena *arena;
    const att_instrument *in;
    att_path_var *vars; /* [n_vars] items, words, then one for each free condition */
    size_t n_vars;
    size_t *now; /* [n_vars] the value each has */
    cond *conds;
    size_t n_conds;
    bundle *bundles;
    size_t n_bundles;
    size_t *bundle_of; /* [n_items] or ATT_NONE: always asked */
    att_arena scratch;
} prover;

/* ---- truth ---- */

static att_value value_now(const void *data, const att_ref *ref)
{
    const prover *p = data;
    size_t v = att_path_place(p->in->n_items, ref);

    return p->vars[v].values[p->now[v]];
}

static unsigned char work_out(prover *p, const cond *c)
{
    att_scope scope = { p, value_now };
    att_arena_mark mark = att_arena_mark_now(&p->scratch);
    att_value value = att_expr_eval(&p->scratch, c->expr, &scope, NULL);
    int truth = att_value_truth(&value);

    att_arena_rewind(&p->scratch, mark);
    return truth < 0 ? UNKNOWN : (unsigned char)truth;
}

static unsigned char truth_now(prover *p, const cond *c)
{
    size_t at = 0;

    if (c->expr == NULL) {
        return (unsigned char)p->now[c->vars[0]];
    }
    if (c->table == NULL) {
        return work_out(p, c);
    }
    for (size_t i = 0; i < c->n_vars; i++) {
        at = at * (p->vars[c->vars[i]].n_values + 1) + p->now[c->vars[i]];
    }
    if (c->table[at] == NOT_YET) {
        c->table[at] = work_out(p, c);
    }
    return c->table[at];
}

static bool holds_now(const prover *p, const bundle *b)
{
    for (size_t i = 0; i < b->n_conds; i++) {
        if (p->conds[b->conds[i]].truth != 1) {
            return false;
        }
    }
    return true;
}

/* ---- one run over all combinations of some variables ---- */

typedef struct list {
    size_t *at;
    size_t n;
} list;

typedef struct run {
    prover *p;
    list vars, conds, bundles;
    list *conds_at,
        *bundles_at; /* [vars.n] what is settled once a variable has a value */
    size_t questions, least, most;
    size_t *scale, *scale_least, *scale_most; /* [n_scales] items asked */
    size_t *scale_some;                       /* the least that is not 0; or 0 */
    size_t n_ways;
} run;

static void add(att_arena *arena, list *l, size_t x)
{
    if ((l->n & (l->n + 1)) == 0) { /* full at 0, 1, 3, 7 ... */
        size_t *at = att_new_n(arena, size_t, 2 * l->n + 1);

        if (l->n > 0) {
            memcpy(at, l->at, l->n * sizeof at[0]);
        }
        l->at = at;
    }
    l->at[l->n++] = x;
}

static void count_bundle(run *r, const bundle *b, bool is_back)
{
    size_t n_scales = r->p->in->n_scales;

    r->questions =
        is_back ? r->questions - b->n_questions : r->questions + b->n_questions;
    for (size_t s = 0; b->of_scale != NULL && s < n_scales; s++) {
        r->scale[s] =
            is_back ? r->scale[s] - b->of_scale[s] : r->scale[s] + b->of_scale[s];
    }
}

static void end_way(run *r)
{
    size_t n_scales = r->scale != NULL ? r->p->in->n_scales : 0;

    r->n_ways++;
    r->least = r->questions < r->least ? r->questions : r->least;
    r->most = r->questions > r->most ? r->questions : r->most;
    for (size_t s = 0; s < n_scales; s++) {
        size_t n = r->scale[s];

        r->scale_least[s] = n < r->scale_least[s] ? n : r->scale_least[s];
        r->scale_most[s] = n > r->scale_most[s] ? n : r->scale_most[s];
        if (n > 0 && (r->scale_some[s] == 0 || n < r->scale_some[s])) {
            r->scale_some[s] = n;
        }
    }
}

static void go(run *r, size_t level, double share);

/* The variable of this level has its value: what that settles, then the next. */
static void settle(run *r, size_t level, double share)
{
    prover *p = r->p;
    const list *conds = &r->conds_at[level];
    const list *bundles = &r->bundles_at[level];

    for (size_t i = 0; i < conds->n; i++) {
        cond *c = &p->conds[conds->at[i]];

        c->truth = truth_now(p, c);
        c->can_hold = c->can_hold || c->truth == 1;
        c->can_fail = c->can_fail || c->truth != 1;
    }
    for (size_t i = 0; i < bundles->n; i++) {
        bundle *b = &p->bundles[bundles->at[i]];

        if (holds_now(p, b)) {
            b->can_be = true;
            b->share += share;
            count_bundle(r, b, false);
        }
    }
    go(r, level + 1, share);
    for (size_t i = 0; i < bundles->n; i++) {
        const bundle *b = &p->bundles[bundles->at[i]];

        if (holds_now(p, b)) {
            count_bundle(r, b, true);
        }
    }
}

/* Each kind of answer is equally likely; none at all counts for nothing. */
static double share_of(const att_path_var *var, size_t value)
{
    size_t n = 0;
    bool is_free = var->values == NULL;

    for (size_t i = 0; !is_free && i < var->n_values; i++) {
        n += var->values[i].type != ATT_TYPE_ANY;
    }
    if (is_free || n == 0) {
        return 1 / (double)var->n_values;
    }
    return var->values[value].type != ATT_TYPE_ANY ? 1 / (double)n : 0;
}

static void go(run *r, size_t level, double share)
{
    prover *p = r->p;
    const att_path_var *var;
    size_t v, of;

    if (level == r->vars.n) {
        end_way(r);
        return;
    }
    v = r->vars.at[level];
    var = &p->vars[v];
    of = v < p->in->n_items ? p->bundle_of[v] : ATT_NONE;
    if (of != ATT_NONE && !holds_now(p, &p->bundles[of])) {
        p->now[v] = var->n_values; /* not asked */
        settle(r, level, share);
        return;
    }
    for (size_t i = 0; i < var->n_values; i++) {
        p->now[v] = i;
        settle(r, level, share * share_of(var, i));
    }
}

/* Where in the run a variable stands. */
static size_t level_of(const run *r, size_t var)
{
    size_t level = 0;

    while (level < r->vars.n && r->vars.at[level] != var) {
        level++;
    }
    return level;
}

static void levels_make(run *r)
{
    prover *p = r->p;

    r->conds_at = att_new_n(p->arena, list, r->vars.n);
    r->bundles_at = att_new_n(p->arena, list, r->vars.n);
    for (size_t i = 0; i < r->conds.n; i++) {
        cond *c = &p->conds[r->conds.at[i]];

        c->level = 0;
        for (size_t k = 0; k < c->n_vars; k++) {
            size_t level = level_of(r, c->vars[k]);

            c->level = level > c->level ? level : c->level;
        }
        add(p->arena, &r->conds_at[c->level], r->conds.at[i]);
    }
    for (size_t i = 0; i < r->bundles.n; i++) {
        bundle *b = &p->bundles[r->bundles.at[i]];

        b->level = 0;
        b->share = 0;
        for (size_t k = 0; k < b->n_conds; k++) {
            size_t level = p->conds[b->conds[k]].level;

            b->level = level > b->level ? level : b->level;
        }
        add(p->arena, &r->bundles_at[b->level], r->bundles.at[i]);
    }
}

static void run_all(run *r)
{
    size_t n_scales = r->p->in->n_scales;
    bool has_scales = false;

    for (size_t i = 0; i < r->bundles.n; i++) {
        has_scales = has_scales || r->p->bundles[r->bundles.at[i]].of_scale != NULL;
    }
    if (has_scales) {
        r->scale = att_new_n(r->p->arena, size_t, n_scales);
        r->scale_least = att_new_n(r->p->arena, size_t, n_scales);
        r->scale_most = att_new_n(r->p->arena, size_t, n_scales);
        r->scale_some = att_new_n(r->p->arena, size_t, n_scales);
        memset(r->scale_least, 0xFF, n_scales * sizeof r->scale_least[0]);
    }
    r->least = (size_t)-1;
    levels_make(r);
    go(r, 0, 1);
}

/* Combinations of some variables; more than ATT_PATHS_MOST is ATT_PATHS_MOST + 1. */
static size_t ways_of(const prover *p, const list *vars)
{
    size_t ways = 1;

    for (size_t i = 0; i < vars->n; i++) {
        ways *= p->vars[vars->at[i]].n_values;
        if (ways > ATT_PATHS_MOST) {
            return ATT_PATHS_MOST + 1;
        }
    }
    return ways;
}

/* ---- conditions ---- */

static const char *cannot_prove(const prover *p, const att_expr *expr)
{
    size_t n = 0;
    const att_ref *refs = att_expr_refs(expr, &n);

    if (att_path_has_clock(expr)) {
        return "it depends on the day";
    }
    for (size_t i = 0; i < n; i++) {
        const char *why = NULL;

        if (!att_path_is_var(&refs[i])) {
            return refs[i].kind == ATT_REF_EARLIER ? "it uses an earlier wave"
                                                   : "it uses a score";
        }
        why = p->vars[att_path_place(p->in->n_items, &refs[i])].why;
        if (why != NULL) {
            return why;
        }
    }
    return NULL;
}

/* The variables of a condition; of a free one, a variable of its own. */
static void cond_make(prover *p, cond *c)
{
    size_t n = 0;
    size_t size = 1;
    const att_ref *refs = c->expr != NULL ? att_expr_refs(c->expr, &n) : NULL;

    c->why = c->expr != NULL ? cannot_prove(p, c->expr) : NULL;
    if (c->why != NULL || c->expr == NULL) {
        c->expr = NULL;
        c->vars = att_new(p->arena, size_t);
        c->vars[0] = p->n_vars;
        c->n_vars = 1;
        p->vars[p->n_vars++].n_values = 2;
        return;
    }
    c->vars = att_new_n(p->arena, size_t, n);
    c->n_vars = n;
    for (size_t i = 0; i < n; i++) {
        c->vars[i] = att_path_place(p->in->n_items, &refs[i]);
        size = size <= TABLE_MOST ? size * (p->vars[c->vars[i]].n_values + 1) : size;
    }
    if (size <= TABLE_MOST) {
        c->table = att_new_n(p->arena, unsigned char, size);
        memset(c->table, NOT_YET, size);
    }
}

static bool is_from_elsewhere(const att_item *item)
{
    return item->from != ATT_FROM_SET;
}

/* Conditions in the order: of items and, where each of their choices has one, of these
 * together; of tokens; of variants; then, without a place, items whose choices come from
 * elsewhere, only asked when there is something to choose from. */
static att_condition *conds_find(prover *p, att_paths *out)
{
    const att_instrument *in = p->in;
    size_t most = 2 * in->n_items + in->n_variants;
    att_condition *found;

    for (size_t i = 0; i < in->n_tokens; i++) {
        most += in->tokens[i].n_otherwise;
    }
    found = att_new_n(p->arena, att_condition, most);
    p->conds = att_new_n(p->arena, cond, most);
    for (size_t i = 0; i < in->n_items; i++) {
        if (in->items[i].show != NULL) {
            found[p->n_conds].item = i;
            found[p->n_conds].pointer =
                att_arena_format(p->arena, "%s/show", in->items[i].pointer);
            p->conds[p->n_conds++].expr = in->items[i].show;
        }
        if (att_choices_can_end(in->items[i].choices)) {
            found[p->n_conds].item = i;
            found[p->n_conds].of_choices = true;
            found[p->n_conds].pointer =
                att_arena_format(p->arena, "%s/choices", in->items[i].pointer);
            p->conds[p->n_conds++].expr = in->items[i].choices->any;
        }
    }
    for (size_t i = 0; i < in->n_tokens; i++) {
        for (size_t k = 0; k < in->tokens[i].n_otherwise; k++) {
            if (in->tokens[i].otherwise[k].when != NULL) {
                found[p->n_conds].item = ATT_NONE;
                found[p->n_conds].pointer = att_arena_format(
                    p->arena, "/tokens/%s/else/%zu/when", in->tokens[i].id, k);
                p->conds[p->n_conds++].expr = in->tokens[i].otherwise[k].when;
            }
        }
    }
    for (size_t i = 0; i < in->n_variants; i++) {
        found[p->n_conds].item = ATT_NONE;
        found[p->n_conds].pointer = att_arena_format(p->arena, "/variants/%zu/when", i);
        p->conds[p->n_conds++].expr = in->variants[i].when;
    }
    out->conditions = found;
    out->n_conditions = p->n_conds;
    return found;
}

static void vars_make(prover *p)
{
    const att_instrument *in = p->in;
    size_t n = ATT_PATH_PLACES(in);
    size_t words = in->n_items, attributes = in->n_items + ATT_PATH_WORDS;

    p->vars = att_new_n(p->arena, att_path_var, n + p->n_conds + in->n_items + 1);
    p->now = att_new_n(p->arena, size_t, n + p->n_conds + in->n_items + 1);
    for (size_t i = 0; i < n; i++) {
        p->vars[i].ref.kind = i < words        ? ATT_REF_ITEM
                              : i < attributes ? ATT_REF_WORD
                                               : ATT_REF_PERSON;
        p->vars[i].ref.index = i - (i < words        ? 0
                                    : i < attributes ? words
                                                     : attributes);
    }
    for (size_t i = 0; i < p->n_conds; i++) {
        att_path_scan(p->arena, p->vars, in->n_items, p->conds[i].expr);
    }
    for (size_t i = 0; i < n; i++) {
        att_path_values(p->arena, in, &p->vars[i]);
    }
    p->n_vars = n;
}

/* ---- bundles ---- */

/* The conditions of each item by its index: its own, and that of its choices. */
static void own_conds(prover *p, const att_paths *out, list *own)
{
    for (size_t i = 0; i < out->n_conditions; i++) {
        if (out->conditions[i].item != ATT_NONE) {
            add(p->arena, &own[out->conditions[i].item], i);
        }
    }
    for (size_t i = 0; i < p->in->n_items; i++) {
        if (is_from_elsewhere(&p->in->items[i])) {
            add(p->arena, &own[i], p->n_conds++);
        }
    }
}

static size_t bundle_like(prover *p, const list *conds)
{
    for (size_t i = 0; i < p->n_bundles; i++) {
        const bundle *b = &p->bundles[i];

        if (b->n_conds == conds->n &&
            memcmp(b->conds, conds->at, conds->n * sizeof conds->at[0]) == 0) {
            return i;
        }
    }
    p->bundles[p->n_bundles].conds = conds->at;
    p->bundles[p->n_bundles].n_conds = conds->n;
    return p->n_bundles++;
}

static void bundles_make(prover *p, const list *own)
{
    const att_instrument *in = p->in;

    p->bundles = att_new_n(p->arena, bundle, in->n_items);
    p->bundle_of = att_new_n(p->arena, size_t, in->n_items);
    for (size_t i = 0; i < in->n_items; i++) {
        list conds = { NULL, 0 };

        for (size_t k = i; k != ATT_NONE; k = in->items[k].parent) {
            for (size_t c = 0; c < own[k].n; c++) {
                add(p->arena, &conds, own[k].at[c]);
            }
        }
        p->bundle_of[i] = conds.n > 0 ? bundle_like(p, &conds) : ATT_NONE;
        if (conds.n > 0 && att_item_is_question(&in->items[i])) {
            p->bundles[p->bundle_of[i]].n_questions++;
        }
    }
    for (size_t s = 0; s < in->n_scales; s++) {
        for (size_t k = 0; k < in->scales[s].n_items; k++) {
            size_t of = p->bundle_of[in->scales[s].items[k]];

            if (of != ATT_NONE && p->bundles[of].of_scale == NULL) {
                p->bundles[of].of_scale = att_new_n(p->arena, size_t, in->n_scales);
            }
            if (of != ATT_NONE) {
                p->bundles[of].of_scale[s]++;
            }
        }
    }
}

/* ---- groups ---- */

static size_t root_of(size_t *up, size_t i)
{
    while (up[i] != i) {
        up[i] = up[up[i]];
        i = up[i];
    }
    return i;
}

static void groups_make(prover *p)
{
    size_t *up = att_new_n(p->arena, size_t, p->n_conds);
    size_t *first = att_new_n(p->arena, size_t, p->n_vars); /* condition + 1 */

    for (size_t i = 0; i < p->n_conds; i++) {
        up[i] = i;
    }
    for (size_t i = 0; i < p->n_conds; i++) {
        for (size_t k = 0; k < p->conds[i].n_vars; k++) {
            size_t v = p->conds[i].vars[k];
            size_t of = v < p->in->n_items ? p->bundle_of[v] : ATT_NONE;

            if (first[v] == 0) {
                first[v] = i + 1;
            }
            up[root_of(up, i)] = root_of(up, first[v] - 1);
            if (of != ATT_NONE) {
                up[root_of(up, i)] = root_of(up, p->bundles[of].conds[0]);
            }
        }
    }
    for (size_t b = 0; b < p->n_bundles; b++) {
        for (size_t k = 1; k < p->bundles[b].n_conds; k++) {
            up[root_of(up, p->bundles[b].conds[k])] =
                root_of(up, p->bundles[b].conds[0]);
        }
    }
    for (size_t i = 0; i < p->n_conds; i++) {
        p->conds[i].group = root_of(up, i);
    }
}

/* Marks the variables that conditions need: their own, and those that say whether these
 * are asked. */
static void mark_cond(const prover *p, size_t c, bool *has_cond, bool *has_var)
{
    if (has_cond[c]) {
        return;
    }
    has_cond[c] = true;
    for (size_t k = 0; k < p->conds[c].n_vars; k++) {
        size_t v = p->conds[c].vars[k];
        size_t of = v < p->in->n_items ? p->bundle_of[v] : ATT_NONE;

        has_var[v] = true;
        for (size_t i = 0; of != ATT_NONE && i < p->bundles[of].n_conds; i++) {
            mark_cond(p, p->bundles[of].conds[i], has_cond, has_var);
        }
    }
}

/* Words and free conditions first, then items, each behind what it needs. */
static void order_vars(prover *p, const bool *has_var, list *out)
{
    for (size_t v = p->in->n_items; v < p->n_vars; v++) {
        if (has_var[v]) {
            add(p->arena, out, v);
        }
    }
    for (size_t i = 0; i < p->in->n_items; i++) {
        if (has_var[p->in->order[i]]) {
            add(p->arena, out, p->in->order[i]);
        }
    }
    if (out->n == 0) {
        p->vars[p->n_vars].n_values = 1; /* a variable of nothing: one way */
        add(p->arena, out, p->n_vars);
    }
}

/* A run over the conditions that are marked. */
static run run_of(prover *p, const bool *has_cond, const bool *has_var)
{
    run r = { .p = p };

    order_vars(p, has_var, &r.vars);
    for (size_t c = 0; c < p->n_conds; c++) {
        if (has_cond[c]) {
            add(p->arena, &r.conds, c);
        }
    }
    for (size_t b = 0; b < p->n_bundles; b++) {
        bool is_in = true;

        for (size_t k = 0; k < p->bundles[b].n_conds; k++) {
            is_in = is_in && has_cond[p->bundles[b].conds[k]];
        }
        if (is_in) {
            add(p->arena, &r.bundles, b);
        }
    }
    return r;
}

/* ---- what the groups come to ---- */

typedef struct sum {
    size_t total; /* combinations that may be tried */
    att_paths *out;
    att_score_reach *scores; /* [n_scales] */
} sum;

static void add_run(prover *p, sum *s, const run *r)
{
    s->out->least += r->least;
    s->out->most += r->most;
    for (size_t i = 0; r->scale != NULL && i < p->in->n_scales; i++) {
        s->scores[i].least += r->scale_least[i];
        s->scores[i].most += r->scale_most[i];
        if (s->scores[i].least_some == 0 ||
            (r->scale_some[i] > 0 && r->scale_some[i] < s->scores[i].least_some)) {
            s->scores[i].least_some = r->scale_some[i];
        }
    }
    for (size_t i = 0; i < r->bundles.n; i++) {
        const bundle *b = &p->bundles[r->bundles.at[i]];

        s->out->typical += b->share * (double)b->n_questions;
    }
}

static bool is_within(const prover *p, const sum *s, const list *vars)
{
    size_t ways = ways_of(p, vars);

    return ways <= ATT_PATHS_MOST && s->out->n_ways + ways <= s->total;
}

/* Some conditions of a group that is too large, with what they need. False where that
 * is too much as well. */
static bool prove_part(prover *p, sum *s, const size_t *conds, size_t n)
{
    bool *has_cond = att_new_n(p->arena, bool, p->n_conds);
    bool *has_var = att_new_n(p->arena, bool, p->n_vars + 1);
    run r;

    for (size_t i = 0; i < n; i++) {
        mark_cond(p, conds[i], has_cond, has_var);
    }
    r = run_of(p, has_cond, has_var);
    if (!is_within(p, s, &r.vars)) {
        return false;
    }
    run_all(&r);
    s->out->n_ways += r.n_ways;
    return true;
}

static void give_up(prover *p, cond *c)
{
    if (c->why == NULL) {
        c->why = att_arena_format(p->arena,
                                  "more than %d combinations of answers hang together",
                                  ATT_PATHS_MOST);
    }
}

static void prove_bundle(prover *p, sum *s, bundle *one)
{
    if (!prove_part(p, s, one->conds, one->n_conds)) {
        one->can_be = true;
        one->share = 0.5;
        for (size_t k = 0; k < one->n_conds; k++) {
            give_up(p, &p->conds[one->conds[k]]);
        }
    }
    s->out->typical += one->share * (double)one->n_questions;
    s->out->most += one->can_be ? one->n_questions : 0;
    for (size_t i = 0; one->of_scale != NULL && one->can_be && i < p->in->n_scales;
         i++) {
        s->scores[i].most += one->of_scale[i];
    }
}

static void prove_group(prover *p, sum *s, size_t group)
{
    bool *has_cond = att_new_n(p->arena, bool, p->n_conds);
    bool *has_var = att_new_n(p->arena, bool, p->n_vars + 1);
    size_t n = 0;
    run r;

    for (size_t c = 0; c < p->n_conds; c++) {
        if (p->conds[c].group == group) {
            mark_cond(p, c, has_cond, has_var);
            n++;
        }
    }
    if (n == 0) {
        return;
    }
    s->out->n_groups++;
    r = run_of(p, has_cond, has_var);
    if (is_within(p, s, &r.vars)) {
        run_all(&r);
        s->out->n_ways += r.n_ways;
        add_run(p, s, &r);
        return;
    }
    s->out->is_exact = false;
    for (size_t i = 0; i < r.bundles.n; i++) {
        prove_bundle(p, s, &p->bundles[r.bundles.at[i]]);
    }
    for (size_t i = 0; i < r.conds.n; i++) { /* of tokens and variants */
        cond *c = &p->conds[r.conds.at[i]];

        if (!c->can_hold && !c->can_fail && !prove_part(p, s, &r.conds.at[i], 1)) {
            give_up(p, c);
        }
    }
}

/* ---- scores ---- */

static void item_bounds(const att_scale *scale, const att_item *item, bool is_reversed,
                        double *low, double *high)
{
    double least = scale->low, most = scale->high;

    att_item_range(item, &least, &most);
    *low = is_reversed ? scale->low + scale->high - most : least;
    *high = is_reversed ? scale->low + scale->high - least : most;
}

static int compare_numbers(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

/* The least value of a mean or sum of at least min_valid of n answers, sorted. */
static double least_of(const att_scale *scale, const double *x, size_t n)
{
    double best = INFINITY, total = 0;

    for (size_t k = 1; k <= n; k++) {
        double value;

        total += x[k - 1];
        value = scale->scoring == ATT_SCORING_MEAN ? total / (double)k
                : scale->is_prorated ? total / (double)k * (double)scale->n_items
                                     : total;
        best = k >= scale->min_valid && value < best ? value : best;
    }
    return best;
}

static void reach_range(prover *p, att_score_reach *reach)
{
    const att_scale *scale = &p->in->scales[reach->scale];
    double *low = att_new_n(p->arena, double, scale->n_items);
    double *high = att_new_n(p->arena, double, scale->n_items);
    size_t n = 0;

    if (reach->most < scale->min_valid || reach->most == 0 ||
        (scale->scoring != ATT_SCORING_MEAN && scale->scoring != ATT_SCORING_SUM)) {
        return;
    }
    for (size_t k = 0; k < scale->n_items; k++) {
        size_t of = p->bundle_of[scale->items[k]];

        if (of == ATT_NONE || p->bundles[of].can_be) {
            item_bounds(scale, &p->in->items[scale->items[k]], scale->is_reversed[k],
                        &low[n], &high[n]);
            high[n] = -high[n];
            n++;
        }
    }
    qsort(low, n, sizeof low[0], compare_numbers);
    qsort(high, n, sizeof high[0], compare_numbers);
    reach->has_range = true;
    reach->low = least_of(scale, low, n);
    reach->high = -least_of(scale, high, n);
}

static void scores_make(prover *p, sum *s)
{
    s->scores = att_new_n(p->arena, att_score_reach, p->in->n_scales);
    for (size_t i = 0; i < p->in->n_scales; i++) {
        s->scores[i].scale = i;
        s->scores[i].id = p->in->scales[i].id;
        for (size_t k = 0; k < p->in->scales[i].n_items; k++) {
            bool is_always = p->bundle_of[p->in->scales[i].items[k]] == ATT_NONE;

            s->scores[i].least += is_always;
            s->scores[i].most += is_always;
        }
    }
}

/* ---- the whole ---- */

static void count_always(const prover *p, att_paths *out)
{
    for (size_t i = 0; i < p->in->n_items; i++) {
        if (p->bundle_of[i] == ATT_NONE && att_item_is_question(&p->in->items[i])) {
            out->least++;
            out->most++;
            out->typical += 1;
        }
    }
}

static void results_make(prover *p, att_paths *out, att_condition *conditions)
{
    bool *can_ask = att_new_n(p->arena, bool, p->in->n_items);

    for (size_t i = 0; i < out->n_conditions; i++) {
        const cond *c = &p->conds[i];

        conditions[i].is_proved = c->why == NULL;
        conditions[i].why = c->why != NULL ? c->why : "";
        conditions[i].can_hold = c->why != NULL || c->can_hold;
        conditions[i].can_fail = c->why != NULL || c->can_fail;
        out->n_unproved += c->why != NULL;
    }
    for (size_t i = 0; i < p->n_conds; i++) {
        out->is_exact = out->is_exact && p->conds[i].expr != NULL;
    }
    for (size_t i = 0; i < p->in->n_items; i++) {
        can_ask[i] = p->bundle_of[i] == ATT_NONE || p->bundles[p->bundle_of[i]].can_be;
    }
    out->can_ask = can_ask;
    out->n_items = p->in->n_items;
    if (p->in->minutes > 0 && out->typical > 0) {
        out->minutes[0] = p->in->minutes * (double)out->least / out->typical;
        out->minutes[1] = p->in->minutes;
        out->minutes[2] = p->in->minutes * (double)out->most / out->typical;
    }
}

att_paths att_paths_within(att_arena *arena, const att_instrument *instrument,
                           size_t total)
{
    prover p = { .arena = arena, .in = instrument };
    att_paths out = { .is_exact = true };
    sum s = { .out = &out, .total = total };
    list *own = att_new_n(arena, list, instrument->n_items);
    att_condition *conditions = conds_find(&p, &out);

    vars_make(&p);
    own_conds(&p, &out, own);
    bundles_make(&p, own);
    for (size_t i = 0; i < p.n_conds; i++) {
        cond_make(&p, &p.conds[i]);
    }
    groups_make(&p);
    scores_make(&p, &s);
    count_always(&p, &out);
    for (size_t i = 0; i < p.n_conds; i++) {
        if (p.conds[i].group == i) {
            prove_group(&p, &s, i);
        }
    }
    for (size_t i = 0; i < instrument->n_scales; i++) {
        if (s.scores[i].least > 0) {
            s.scores[i].least_some = s.scores[i].least;
        }
        reach_range(&p, &s.scores[i]);
    }
    out.scores = s.scores;
    out.n_scores = instrument->n_scales;
    results_make(&p, &out, conditions);
    att_arena_drop(&p.scratch);
    return out;
}

att_paths att_paths_of(att_arena *arena, const att_instrument *instrument)
{
    return att_paths_within(arena, instrument, ATT_PATHS_TOTAL);
}
