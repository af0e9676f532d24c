#include "suppress.h"

#include "judge.h"

#define LIMIT_SITE   4
#define LIMIT_PUBLIC 10
#define AT_LEAST     "\xe2\x89\xa5" /* U+2265 */

att_hide att_hide_for(att_audience audience, size_t *n_hidden)
{
    switch (audience) {
    case ATT_FOR_SITE: return (att_hide){ LIMIT_SITE, "< 5", n_hidden };
    case ATT_FOR_PUBLIC:
        return (att_hide){ LIMIT_PUBLIC,
                           "1\xe2\x80\x93"
                           "10",
                           n_hidden };
    case ATT_FOR_INTERNAL: break;
    }
    return (att_hide){ 0, "", n_hidden };
}

bool att_hide_count(const att_hide *hide, size_t n)
{
    return n >= 1 && n <= hide->limit;
}

bool att_hide_share(const att_hide *hide, size_t k, size_t n)
{
    return att_hide_count(hide, k) || att_hide_count(hide, n - k);
}

/* Whether each hidden count can be at least two numbers for someone who knows their sum,
 * which of them are small (1 .. limit), and that the others are larger than that. */
static bool is_open(const att_hide *hide, const size_t *count, size_t n,
                    const bool *hidden)
{
    size_t n_small = 0;
    size_t n_large = 0;
    size_t sum = 0;
    size_t least;

    for (size_t i = 0; i < n; i++) {
        if (hidden[i]) {
            n_small += att_hide_count(hide, count[i]);
            n_large += !att_hide_count(hide, count[i]);
            sum += count[i];
        }
    }
    least = n_small + n_large * (hide->limit + 1);
    if (n_large > 0) {
        return n_small + n_large >= 2 && sum > least;
    }
    return n_small >= 2 && sum > least && sum < n_small * hide->limit;
}

/* The next smallest that is larger than the limit; n when there is none. */
static size_t next_smallest(const att_hide *hide, const size_t *count, size_t n,
                            const bool *hidden)
{
    size_t at = n;

    for (size_t i = 0; i < n; i++) {
        if (!hidden[i] && count[i] > hide->limit && (at == n || count[i] < count[at])) {
            at = i;
        }
    }
    return at;
}

bool att_hide_list(const att_hide *hide, const size_t *count, size_t n, bool *hidden)
{
    bool has_small = false;

    for (size_t i = 0; i < n; i++) {
        hidden[i] = att_hide_count(hide, count[i]);
        has_small = has_small || hidden[i];
    }
    while (has_small && !is_open(hide, count, n, hidden)) {
        size_t at = next_smallest(hide, count, n, hidden);

        if (at == n) {
            for (size_t i = 0; i < n; i++) {
                hidden[i] = true;
            }
            return false;
        }
        hidden[at] = true;
    }
    return true;
}

static void note(const att_hide *hide)
{
    if (hide->n_hidden != NULL) {
        *hide->n_hidden += 1;
    }
}

att_val att_hide_as_count(const att_hide *hide, size_t n, bool is_hidden)
{
    if (!is_hidden) {
        return att_val_count(n);
    }
    note(hide);
    return att_val_hidden(att_hide_count(hide, n) ? hide->how : "hidden");
}

att_val att_hide_as_part(att_arena *arena, const att_hide *hide, size_t n, size_t of)
{
    if (att_hide_count(hide, n)) {
        note(hide);
        return att_val_hidden(hide->how);
    }
    if (att_hide_count(hide, of - n)) {
        note(hide);
        return att_val_hidden(att_arena_format(arena, AT_LEAST " %s",
                                               att_say_count(arena, of - hide->limit)));
    }
    return att_val_count(n);
}

int att_hide_digits(size_t n_all)
{
    return n_all < 100 ? 0 : 1;
}

att_val att_hide_as_share(const att_hide *hide, size_t k, size_t n, int digits)
{
    if (n == 0) {
        return att_val_none();
    }
    if (att_hide_share(hide, k, n)) {
        note(hide);
        return att_val_hidden(hide->how);
    }
    return att_val_number(ATT_SHOW_PERCENT, digits, (double)k / (double)n);
}
