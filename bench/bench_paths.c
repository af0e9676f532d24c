/* bench_paths.c - attune check --paths of 300 items with 60 conditions, in this process
 *
 * The instrument is made here: 240 questions of five choices; 60 more, each with a
 * condition on three of the first 60. Those hang together in 5 groups of 12, with three
 * kinds of answers each, so that a group has 3^12 = 531,441 combinations: as many as
 * twelve can have within the limit of a million. Every seventh is a condition that no
 * answers make hold, and the proof has to find it.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/seal.h>
#include <attune/instrument/paths.h>
#include <attune/instrument/read.h>

#define N_TIMES  10
#define N_PLAIN  240
#define N_CONDS  60
#define OF_GROUP 12
#define N_WRONG  9 /* every seventh of 60, from the first on */

static void add_condition(att_buf *out, unsigned i)
{
    unsigned group = i / OF_GROUP * OF_GROUP;
    unsigned a = group + i % OF_GROUP;
    unsigned b = group + (i + 1) % OF_GROUP;
    unsigned c = group + (i + 5) % OF_GROUP;

    if (i % 7 == 0) {
        att_buf_format(out, "q%u = 3 and (q%u != 3 and q%u = 3) and q%u = 3", a, a, b,
                       c);
    } else if (i % 2 == 0) {
        att_buf_format(out, "q%u = 3 or q%u = 3 and missing(q%u)", a, b, c);
    } else {
        att_buf_format(out, "not (q%u = 3) and coalesce(q%u, q%u) = 3", a, b, c);
    }
}

static void make_maze(att_buf *out)
{
    att_buf_add(out,
                "{\"format\":\"instrument/1\",\"id\":\"maze\",\"version\":\"1.0.0\","
                "\"title\":\"Maze\",\"languages\":{\"default\":\"en\",\"list\":"
                "[{\"tag\":\"en\"}]},\"choices\":{\"five\":[");
    for (unsigned i = 1; i <= 5; i++) {
        att_buf_format(out, "%s{\"code\":%u,\"text\":\"Answer %u\"}", i > 1 ? "," : "",
                       i, i);
    }
    att_buf_add(out, "]},\"items\":[");
    for (unsigned i = 0; i < N_PLAIN; i++) {
        att_buf_format(out,
                       "{\"id\":\"q%u\",\"kind\":\"one\",\"choices\":\"five\","
                       "\"text\":\"Question %u?\"},",
                       i, i);
    }
    for (unsigned i = 0; i < N_CONDS; i++) {
        att_buf_format(out,
                       "%s{\"id\":\"c%u\",\"kind\":\"text\",\"text\":\"Why?\","
                       "\"show\":\"",
                       i > 0 ? "," : "", i);
        add_condition(out, i);
        att_buf_add(out, "\"}");
    }
    att_buf_add(out, "]}");
}

static size_t count_wrong(const att_paths *paths)
{
    size_t n = 0;

    for (size_t i = 0; i < paths->n_conditions; i++) {
        n += !paths->conditions[i].can_hold;
    }
    return n;
}

int main(void)
{
    att_arena arena = { 0 };
    att_buf text = { 0 };
    att_err err = { 0 };
    double ms[N_TIMES];
    char name[96];
    att_paths paths = { 0 };
    const att_instrument *maze;

    if (att_seal_start(&err) != ATT_OK) {
        return 1;
    }
    make_maze(&text);
    maze = att_instrument_open_bytes(&arena, "maze.json", text.bytes, text.n, &err);
    if (maze == NULL) {
        fprintf(stderr, "bench_paths: %s\n", err.message);
        return 1;
    }
    for (size_t i = 0; i < N_TIMES; i++) {
        att_arena run = { 0 };
        double began = bench_now();

        paths = att_paths_of(&run, maze);
        ms[i] = bench_now() - began;
        if (paths.n_unproved != 0 || paths.n_groups != 5 || !paths.is_exact ||
            count_wrong(&paths) != N_WRONG) {
            fprintf(stderr, "bench_paths: the proof is wrong\n");
            return 1;
        }
        att_arena_drop(&run);
    }
    snprintf(name, sizeof name, "path proof, 300 items, %zu ways", paths.n_ways);
    bench_report(name, ms, N_TIMES, 1000.0, 0);
    att_buf_drop(&text);
    att_arena_drop(&arena);
    return 0;
}
