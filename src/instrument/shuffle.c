#include "shuffle.h"

#include <string.h>

#include <attune/instrument/kind.h>

unsigned long long att_shuffle_draw(unsigned long long *state)
{
    unsigned long long z = *state += 0x9E3779B97F4A7C15ULL;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

static unsigned long long begin(unsigned long long seed, const char *id)
{
    unsigned long long hash = 0xCBF29CE484222325ULL;

    for (; *id != '\0'; id++) {
        hash = (hash ^ (unsigned char)*id) * 0x100000001B3ULL;
    }
    return seed + hash;
}

/* 0 to n - 1, each as likely. */
static size_t below(unsigned long long *state, size_t n)
{
    unsigned long long uneven = (0ULL - n) % n; /* 2^64 modulo n */
    unsigned long long draw;

    do {
        draw = att_shuffle_draw(state);
    } while (draw < uneven);
    return (size_t)(draw % n);
}

static void shuffle(unsigned long long state, size_t n, size_t *out)
{
    for (size_t i = n; i > 1; i--) {
        size_t at = below(&state, i);
        size_t last = out[i - 1];

        out[i - 1] = out[at];
        out[at] = last;
    }
}

/* Row 0 is 0, 1, n - 1, 2, n - 2 ...; the next add 1 to each; of n odd the rows from n on
 * are the same backwards. */
static void williams(size_t row, size_t n, size_t *out)
{
    bool is_backwards = row >= n;
    size_t plus = row % n;

    for (size_t i = 0; i < n; i++) {
        size_t code = i % 2 == 1 ? (i + 1) / 2 : (n - i / 2) % n;

        out[is_backwards ? n - 1 - i : i] = (code + plus) % n;
    }
}

/* An order of n that may all move. */
static void order_all(att_order order, unsigned long long seed, const char *id,
                      size_t n, size_t *out)
{
    unsigned long long state = begin(seed, id);
    size_t first = 0;

    for (size_t i = 0; i < n; i++) {
        out[i] = i;
    }
    if (n < 2) {
        return;
    }
    switch (order) {
    case ATT_ORDER_GIVEN: break;
    case ATT_ORDER_RANDOM: shuffle(state, n, out); break;
    case ATT_ORDER_ROTATE:
        first = below(&state, n);
        for (size_t i = 0; i < n; i++) {
            out[i] = (first + i) % n;
        }
        break;
    case ATT_ORDER_BALANCED:
        williams((size_t)(seed % (n % 2 == 0 ? n : 2 * n)), n, out);
        break;
    }
}

void att_shuffle(att_arena *scratch, att_order order, unsigned long long seed,
                 const char *id, const bool *is_fixed, size_t n, size_t *out)
{
    size_t *moving = att_new_n(scratch, size_t, n);
    size_t *moved = att_new_n(scratch, size_t, n);
    size_t n_moving = 0;

    for (size_t i = 0; i < n; i++) {
        out[i] = i;
        if (is_fixed == NULL || !is_fixed[i]) {
            moving[n_moving++] = i;
        }
    }
    order_all(order, seed, id, n_moving, moved);
    for (size_t i = 0; i < n_moving; i++) {
        out[moving[i]] = moving[moved[i]];
    }
}

size_t att_block_end(const att_item *items, size_t n_items, size_t item)
{
    size_t end = items[item].end;

    while (end < n_items && items[end].is_other &&
           items[end].parent == items[item].parent) {
        end = items[end].end;
    }
    return end;
}

typedef struct walk {
    const att_instrument *instrument;
    unsigned long long seed;
    size_t *shown;
    size_t n;
} walk;

static void put_blocks(walk *w, const char *id, att_order order, size_t from,
                       size_t to);

/* A block: its item, what it holds, and the texts that it opens. */
static void put_block(walk *w, size_t item)
{
    const att_item *items = w->instrument->items;
    size_t end = att_block_end(items, w->instrument->n_items, item);

    w->shown[w->n++] = item;
    put_blocks(w, items[item].id, items[item].shuffle, item + 1, items[item].end);
    for (size_t i = items[item].end; i < end; i++) {
        w->shown[w->n++] = i;
    }
}

/* Containers stand in each other a few deep: the recursion ends. */
static void put_blocks(walk *w, const char *id, att_order order, size_t from, size_t to)
{
    const att_item *items = w->instrument->items;
    size_t n_items = w->instrument->n_items;
    att_arena scratch = { 0 };
    size_t n = 0;
    size_t *heads;
    bool *is_fixed;
    size_t *at;

    if (order == ATT_ORDER_GIVEN) {
        for (size_t i = from; i < to; i = att_block_end(items, n_items, i)) {
            put_block(w, i);
        }
        return;
    }
    heads = att_new_n(&scratch, size_t, to - from);
    is_fixed = att_new_n(&scratch, bool, to - from);
    at = att_new_n(&scratch, size_t, to - from);
    for (size_t i = from; i < to; i = att_block_end(items, n_items, i)) {
        is_fixed[n] = items[i].is_fixed;
        heads[n++] = i;
    }
    att_shuffle(&scratch, order, w->seed, id, is_fixed, n, at);
    for (size_t i = 0; i < n; i++) {
        put_block(w, heads[at[i]]);
    }
    att_arena_drop(&scratch);
}

void att_shuffle_items(const att_instrument *instrument, unsigned long long seed,
                       size_t *shown)
{
    walk w = { .instrument = instrument, .seed = seed, .shown = shown };
    bool is_moved = false;

    for (size_t i = 0; i < instrument->n_items; i++) {
        shown[i] = i;
        is_moved =
            is_moved || (instrument->items[i].kind->shape == ATT_SHAPE_CONTAINER &&
                         instrument->items[i].shuffle != ATT_ORDER_GIVEN);
    }
    if (is_moved) {
        put_blocks(&w, "", ATT_ORDER_GIVEN, 0, instrument->n_items);
    }
}
