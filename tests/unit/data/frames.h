/* frames.h - instruments, responses and frames for the tests of data
 */
#ifndef ATTUNE_TESTS_DATA_FRAMES_H
#define ATTUNE_TESTS_DATA_FRAMES_H

#include <math.h>
#include <string.h>

#include <attune/data/assemble.h>
#include <attune/data/csv.h>
#include <attune/data/format.h>

#include "att_small.h"
#include "att_test.h"

/* An answer entry. */
static inline att_entry frames_entry(const char *item, att_answer answer)
{
    return (att_entry){
        .act = ATT_ACT_ANSWER, .item = item, .answer = answer, .actor = "respondent"
    };
}

static inline att_response frames_response(const att_instrument *instrument,
                                           att_status status, const att_entry *entries,
                                           size_t n)
{
    return (att_response){
        .id = "01k4s3c5zvexample000000000000000000a",
        .instrument = instrument->id,
        .version = instrument->version,
        .digest = instrument->digest,
        .person = "P001",
        .role = "CL",
        .site = "North",
        .wave = "1",
        .language = "en",
        .started = 1788340447221,
        .finished = status == ATT_STATUS_OPEN ? 0 : 1788340547000,
        .status = status,
        .entries = entries,
        .n_entries = n,
    };
}

/* name of a cell: NaN and the reason, or the value. */
static inline double frames_x(const att_frame *frame, size_t row, const char *name)
{
    size_t j = att_frame_column(frame, name);

    assert_int_not_equal(j, ATT_NONE);
    return frame->x[row * frame->n_columns + j];
}

static inline const char *frames_reason(const att_frame *frame, size_t row,
                                        const char *name)
{
    size_t j = att_frame_column(frame, name);

    assert_int_not_equal(j, ATT_NONE);
    return att_reason_name((att_reason)frame->reasons[row * frame->n_columns + j]);
}

static inline const char *frames_text(const att_frame *frame, size_t row,
                                      const char *name)
{
    size_t j = att_frame_column(frame, name);

    assert_int_not_equal(j, ATT_NONE);
    return frame->texts[row * frame->n_columns + j];
}

#endif
