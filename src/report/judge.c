#include "judge.h"

#include <math.h>
#include <string.h>

#include "thresholds.h"

void att_saying_add(att_saying *saying, const char *text)
{
    if (saying->n == saying->room) {
        size_t room = saying->room == 0 ? 8 : 2 * saying->room;
        const char **list = att_new_n(saying->arena, const char *, room);

        if (saying->n > 0) {
            memcpy(list, saying->list, saying->n * sizeof *list);
        }
        saying->list = list;
        saying->room = room;
    }
    saying->list[saying->n++] = text;
}

const char *att_say_bounded(att_arena *arena, double x)
{
    att_val val = att_val_number(ATT_SHOW_BOUNDED, 2, x);

    return att_val_write(arena, &val);
}

const char *att_say_count(att_arena *arena, size_t n)
{
    att_val val = att_val_count(n);

    return att_val_write(arena, &val);
}

const char *att_say_items(att_arena *arena, size_t n)
{
    return att_arena_format(arena, "%zu item%s", n, n == 1 ? "" : "s");
}

const char *att_say_sessions(att_arena *arena, size_t n)
{
    return att_arena_format(arena, "%s session%s", att_say_count(arena, n),
                            n == 1 ? "" : "s");
}

static bool prints_same(att_arena *arena, double a, double b)
{
    return strcmp(att_say_bounded(arena, a), att_say_bounded(arena, b)) == 0;
}

/* "alpha is .62", or "alpha is just under .70" where rounding would hide the side. */
static const char *alpha_is(att_arena *arena, double alpha, double limit)
{
    if (alpha < limit && prints_same(arena, alpha, limit)) {
        return att_arena_format(arena, "alpha is just under %s",
                                att_say_bounded(arena, limit));
    }
    return att_arena_format(arena, "alpha is %s", att_say_bounded(arena, alpha));
}

static const char *for_groups(att_arena *arena, const att_alpha *alpha, att_sign *sign)
{
    double limit = att_limit_value(ATT_LIMIT_ALPHA_GROUP);
    const char *source = att_threshold_of(ATT_LIMIT_ALPHA_GROUP)->source;
    const char *is = alpha_is(arena, alpha->raw, limit);
    const char *line = att_say_bounded(arena, limit);

    if (alpha->raw < limit) {
        *sign = ATT_SIGN_MINUS;
        return att_arena_format(
            arena, "Insufficient for comparing groups: %s%s%s (%s)%s.", is,
            prints_same(arena, alpha->raw, limit) ? "" : ", below ",
            prints_same(arena, alpha->raw, limit) ? "" : line, source,
            alpha->raw_high >= limit ? "; its interval reaches higher" : "");
    }
    if (alpha->raw_low < limit) {
        *sign = ATT_SIGN_UNKNOWN;
        return att_arena_format(arena,
                                "Borderline for comparing groups: %s, but its interval "
                                "goes below %s (%s).",
                                is, line, source);
    }
    *sign = ATT_SIGN_PLUS;
    return att_arena_format(arena,
                            "Sufficient for comparing groups: %s, and its interval "
                            "stays at or above %s (%s).",
                            is, line, source);
}

const char *att_judge_alpha(att_arena *arena, const att_alpha *alpha, att_sign *sign)
{
    double limit = att_limit_value(ATT_LIMIT_ALPHA_PERSON);
    const char *groups = for_groups(arena, alpha, sign);
    const char *person = alpha->raw < limit ? "Too low to decide about one person"
                         : alpha->raw_low < limit
                             ? "Borderline to decide about one person"
                             : "High enough to decide about one person";

    return att_arena_format(arena, "%s %s (%s).", groups, person,
                            att_say_bounded(arena, limit));
}

/* Why there is no estimate. */
static void warn_of_none(att_saying *to, const att_alpha *alpha, bool is_shared)
{
    att_arena *arena = to->arena;

    if (alpha->k < 2) {
        att_saying_add(
            to, "No estimate: one item cannot agree with itself. Name at least two "
                "items.");
    } else if (alpha->n < 2) {
        att_saying_add(
            to, is_shared
                    ? "No estimate: too few rows have all answers."
                    : att_arena_format(
                          arena,
                          "No estimate: %s of %s rows %s all %zu answers, and alpha "
                          "needs 2. Look for the item that is missing most.",
                          att_say_count(arena, alpha->n),
                          att_say_count(arena, alpha->n_all),
                          alpha->n == 1 ? "has" : "have", alpha->k));
    } else {
        att_saying_add(to,
                       "No estimate: the sum of the items does not vary, so there is "
                       "nothing to agree about. Check how the answers were recorded.");
    }
}

static void warn_of_constants(att_saying *to, const att_alpha *alpha,
                              const char *const *names)
{
    for (size_t j = 0; j < alpha->k && alpha->n >= 2; j++) {
        if (alpha->item_sd[j] == 0.0) {
            att_saying_add(
                to, att_arena_format(
                        to->arena,
                        "%s does not vary: everyone gave the same answer. Check how "
                        "it was recorded, or leave it out.",
                        names[j]));
        }
    }
}

static void warn_of_keys(att_saying *to, const att_alpha *alpha,
                         const char *const *names, const bool *is_reversed)
{
    for (size_t j = 0; j < alpha->k; j++) {
        if (alpha->item_rest[j] < 0.0) {
            att_saying_add(
                to, att_arena_format(
                        to->arena,
                        "%s runs against the other items: its item-rest r is %s. "
                        "See whether it should %sbe reversed.",
                        names[j], att_say_bounded(to->arena, alpha->item_rest[j]),
                        is_reversed != NULL && is_reversed[j] ? "not " : ""));
        }
    }
}

static void warn_of_items(att_saying *to, const att_alpha *alpha,
                          const char *const *names)
{
    double least = att_limit_value(ATT_LIMIT_ITEM_REST);
    att_arena *arena = to->arena;

    for (size_t j = 0; j < alpha->k; j++) {
        double without = alpha->raw_if_dropped[j];

        if (alpha->item_rest[j] < 0.0) {
            continue;
        }
        if (without > alpha->raw && !prints_same(arena, without, alpha->raw)) {
            att_saying_add(to, att_arena_format(
                                   arena,
                                   "Without %s alpha would be %s. Read the item before "
                                   "you drop it: that changes what the scale covers.",
                                   names[j], att_say_bounded(arena, without)));
        } else if (alpha->item_rest[j] < least) {
            att_saying_add(
                to, att_arena_format(
                        arena,
                        "%s goes only weakly with the other items: its item-rest r "
                        "is %s, %s. Read whether it asks something else.",
                        names[j], att_say_bounded(arena, alpha->item_rest[j]),
                        prints_same(arena, alpha->item_rest[j], least)
                            ? "just under the limit"
                            : att_arena_format(arena, "under %s",
                                               att_say_bounded(arena, least))));
        }
    }
}

static void warn_of_whole(att_saying *to, const att_alpha *alpha)
{
    double most = att_limit_value(ATT_LIMIT_ALPHA_REDUNDANT);
    att_arena *arena = to->arena;

    if (alpha->raw < 0.0) {
        att_saying_add(
            to, "Alpha is negative: items pull in opposite directions. Look for an "
                "item that should be reversed, or reversed twice.");
    }
    if (alpha->raw > most) {
        att_saying_add(to,
                       att_arena_format(
                           arena,
                           "Alpha is above %s: items may ask the same thing twice. See "
                           "whether fewer items would do.",
                           att_say_bounded(arena, most)));
    }
    if (alpha->k == 2 && isfinite(alpha->std)) {
        att_saying_add(
            to,
            att_arena_format(arena,
                             "Two items: the Spearman-Brown coefficient is %s. Read it "
                             "rather than alpha, which is a lower bound here.",
                             att_say_bounded(arena, alpha->std)));
    }
}

void att_judge_warn(att_saying *saying, const att_alpha *alpha,
                    const char *const *names, const bool *is_reversed, bool is_shared)
{
    if (!isfinite(alpha->raw)) {
        warn_of_none(saying, alpha, is_shared);
        warn_of_constants(saying, alpha, names);
        return;
    }
    warn_of_whole(saying, alpha);
    warn_of_constants(saying, alpha, names);
    warn_of_keys(saying, alpha, names, is_reversed);
    warn_of_items(saying, alpha, names);
}
