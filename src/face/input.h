/* input.h - lines that are typed or come through a pipe, within limits
 */
#ifndef ATTUNE_FACE_INPUT_H
#define ATTUNE_FACE_INPUT_H

#include <stdbool.h>
#include <stdio.h>

#include <attune/base/buf.h>
#include <attune/base/stamp.h>

typedef enum att_line {
    ATT_LINE_READ = 0,
    ATT_LINE_END,      /* end of input, and no line */
    ATT_LINE_TOO_LONG, /* more than limit bytes; the whole line was passed over */
    ATT_LINE_NUL,      /* holds a byte 0 */
    ATT_LINE_NOT_UTF8,
    ATT_LINE_IDLE,   /* nothing came for `idle` ms */
    ATT_LINE_SIGNAL, /* att_signal_caught says which */
    ATT_LINE_FAILED
} att_line;

typedef struct att_input {
    FILE *file; /* its descriptor is read where it has one, without its buffer */
    size_t limit;
    att_msec idle; /* ms to wait for more; 0: for ever */
    char block[4096];
    size_t at, n;
    bool is_ended;
    att_buf line; /* without its end */
} att_input;

/* The next line, in input->line. Begin with { .file = f, .limit = n }. */
att_line att_input_line(att_input *input);

#endif
