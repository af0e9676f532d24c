/* made.h - a frame of answers to the bundled recs, made by a rule, for tests of report
 *
 * Answers follow one factor a scale (loading .75) cut into five, from a fixed seed, so
 * that the same numbers come out on every machine.
 */
#ifndef ATTUNE_TESTS_REPORT_MADE_H
#define ATTUNE_TESTS_REPORT_MADE_H

#include <math.h>
#include <string.h>

#include <attune/data/assemble.h>
#include <attune/instrument/read.h>
#include <attune/math/dist.h>
#include <attune/math/rng.h>
#include <attune/report/report.h>

#include "att_test.h"

typedef struct made {
    att_arena arena;
    att_instrument *instrument;
    att_frame *frame;
    att_row_head *heads;
    att_report_input input;
} made;

static inline double made_answer(const att_column *column, double z)
{
    double share = 0.5 * erfc(-z / sqrt(2.0));
    size_t k = (size_t)(share * (double)column->n_codes);

    return column->codes[k < column->n_codes ? k : column->n_codes - 1];
}

/* The scale an item belongs to, or one past the last. */
static inline size_t made_scale(const att_instrument *instrument, const char *item,
                                bool *is_reversed)
{
    size_t at = att_instrument_item(instrument, item);

    for (size_t s = 0; s < instrument->n_scales; s++) {
        for (size_t k = 0; k < instrument->scales[s].n_items; k++) {
            if (instrument->scales[s].items[k] == at) {
                *is_reversed = instrument->scales[s].is_reversed[k];
                return s;
            }
        }
    }
    return instrument->n_scales;
}

static inline void made_row(made *m, size_t i, att_rng *rng)
{
    double trait[33];

    for (size_t s = 0; s < 33; s++) {
        trait[s] = att_rng_normal(rng);
    }
    for (size_t j = 0; j < m->frame->n_columns; j++) {
        const att_column *column = &m->frame->columns[j];
        size_t at = i * m->frame->n_columns + j;
        bool is_reversed = false;
        size_t s = made_scale(m->instrument, column->item, &is_reversed);
        double z = 0.75 * trait[s] + 0.66 * att_rng_normal(rng) + 0.4;
        double lost = att_rng_uniform(rng);

        m->frame->x[at] = NAN;
        if (column->kind != ATT_COLUMN_CODE) {
            continue;
        }
        if (lost < 0.02) {
            m->frame->reasons[at] = ATT_REASON_SKIPPED;
        } else if (lost < 0.03) {
            m->frame->reasons[at] = ATT_REASON_REFUSED;
        } else if (lost < 0.05) {
            m->frame->reasons[at] = ATT_REASON_NOT_APPLICABLE;
        } else {
            m->frame->x[at] = made_answer(column, is_reversed ? -z : z);
        }
    }
}

/* Means of the answered items, where there is one: enough for a report. */
static inline void made_scores(made *m)
{
    for (size_t s = 0; s < m->instrument->n_scales; s++) {
        const att_scale *scale = &m->instrument->scales[s];
        size_t to = att_frame_column(m->frame, scale->id);

        for (size_t i = 0; i < m->frame->n_rows; i++) {
            double sum = 0.0;
            size_t n = 0;

            for (size_t k = 0; k < scale->n_items; k++) {
                size_t j = att_frame_column(m->frame,
                                            m->instrument->items[scale->items[k]].id);
                double x = m->frame->x[i * m->frame->n_columns + j];

                if (!isnan(x)) {
                    sum += scale->is_reversed[k] ? scale->low + scale->high - x : x;
                    n++;
                }
            }
            m->frame->x[i * m->frame->n_columns + to] =
                n >= scale->min_valid && n > 0 ? sum / (double)n : NAN;
        }
    }
}

/* n rows; every `spanish`-th (0: none) in Spanish, every tenth still open. */
static inline void made_start(made *m, size_t n, size_t spanish)
{
    static const char *const roles[] = { "PT", "PT", "PT", "PA", "PA", "CL", "CL" };
    att_assemble_opts opts = { .with_scores = true };
    att_rng rng = att_rng_make(20260901, 0);
    att_err err = { 0 };
    att_assembly *assembly;

    *m = (made){ .heads = NULL };
    att_math_start();
    m->instrument =
        att_instrument_open(&m->arena, att_test_path("../instruments/recs.json"), &err);
    assert_ok(err.code, &err);
    assembly = att_assemble_begin(&m->arena, &opts);
    att_assemble_instrument(assembly, m->instrument, NULL, 0);
    m->frame = att_assemble_end(assembly);
    m->frame->n_rows = n;
    m->frame->x = att_new_n(&m->arena, double, n * m->frame->n_columns);
    m->frame->reasons = att_new_n(&m->arena, unsigned char, n * m->frame->n_columns);
    m->frame->texts = NULL;
    m->heads = att_new_n(&m->arena, att_row_head, n);
    for (size_t i = 0; i < n; i++) {
        m->heads[i] = (att_row_head){
            .response = "",
            .person = "",
            .role = i % 50 == 49 ? "RE" : roles[i % 7],
            .site = i % 3 == 0 ? "North" : "South",
            .wave = "",
            .language = spanish > 0 && i % spanish == 0 ? "es" : "en",
            .instrument = "recs",
            .version = "1.0.0",
            .status = i % 10 == 3 ? ATT_STATUS_OPEN : ATT_STATUS_COMPLETE,
            .started = 1788253200000 + (att_msec)i * 3600000,
            .finished = i % 10 == 3 ? 0 : 1788253500000 + (att_msec)i * 3600000,
        };
        made_row(m, i, &rng);
    }
    m->frame->heads = m->heads;
    made_scores(m);
    m->input = (att_report_input){
        .instrument = m->instrument,
        .frame = m->frame,
        .command = "attune report -i recs -o recs.html",
        .program = "attune 0.1.0",
        .head = "c0ffee",
        .network = "Example Network",
        .is_simulated = true,
    };
    m->input.versions = (const att_instrument *const *)&m->instrument;
    m->input.n_versions = 1;
}

static inline void made_drop(made *m)
{
    att_arena_drop(&m->arena);
}

#endif
