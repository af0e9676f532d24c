/* bench_sheet.c - one answer into a sheet of 2,000 questions, and what depends on it
 */
#include "bench.h"
#include "make_large.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <attune/instrument/read.h>
#include <attune/instrument/sheet.h>

#define N_ITEMS 2000

int main(void)
{
    static const att_context nobody = { .language = "en" };
    static double ms[N_ITEMS];
    char file[] = "/tmp/attune-bench-XXXXXX";
    int fd = mkstemp(file);
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_instrument *instrument;
    att_sheet *sheet;
    size_t n = 0;

    if (fd < 0) {
        return 1;
    }
    close(fd);
    make_large(file, N_ITEMS);
    instrument = att_instrument_open(&arena, file, &err);
    unlink(file);
    if (instrument == NULL) {
        fprintf(stderr, "bench_sheet: %s\n", err.message);
        return 1;
    }
    sheet = att_sheet_make(&arena, instrument, &nobody);
    for (size_t i = 0; i < instrument->n_items && n < N_ITEMS; i++) {
        att_answer answer = att_answer_of_number((double)(i % 5) + 1);

        if (att_item_is_question(&instrument->items[i])) {
            double began = bench_now();

            att_sheet_put(sheet, i, &answer);
            ms[n++] = bench_now() - began;
        }
    }
    bench_report("answer into a sheet of 2,000 items", ms, n, 0.0, 0);
    att_arena_drop(&arena);
    return 0;
}
