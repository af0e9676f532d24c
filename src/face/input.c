/* input.c - lines within limits; see the header */
#include "input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/text.h>
#include <attune/face/face.h>

#include "signals.h"

/* Fills the block; READ when there is something in it. */
static att_line fill(att_input *input)
{
    int fd = fileno(input->file);
    ssize_t n;
    int ready, why;

    input->at = 0;
    input->n = 0;
    if (fd < 0) {
        input->n = fread(input->block, 1, sizeof input->block, input->file);
        return input->n > 0 ? ATT_LINE_READ : ATT_LINE_END;
    }
    for (;;) {
        ready = att_signal_wait_for(fd, input->idle);
        if (ready <= 0) {
            return ready < 0 ? ATT_LINE_IDLE : ATT_LINE_SIGNAL;
        }
        n = read(fd, input->block, sizeof input->block);
        if (n > 0) {
            input->n = (size_t)n;
            return ATT_LINE_READ;
        }
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue;
        }
        why = n < 0 ? errno : 0;
        if (att_signal_hung_up(fd, why)) {
            return ATT_LINE_SIGNAL;
        }
        errno = why;
        return n == 0 ? ATT_LINE_END : ATT_LINE_FAILED;
    }
}

static att_line judge(const att_input *input, size_t n_bytes)
{
    const char *text = att_buf_text(&input->line);

    if (n_bytes > input->limit) {
        return ATT_LINE_TOO_LONG;
    }
    if (strlen(text) != input->line.n) {
        return ATT_LINE_NUL;
    }
    if (att_text_check(text, input->line.n) != input->line.n) {
        return ATT_LINE_NOT_UTF8;
    }
    return ATT_LINE_READ;
}

att_line att_input_line(att_input *input)
{
    size_t n_bytes = 0;
    att_line state;

    att_buf_cut(&input->line, 0);
    while (!input->is_ended) {
        const char *from = input->block + input->at;
        size_t left = input->n - input->at;
        const char *end = left == 0 ? NULL : memchr(from, '\n', left);
        size_t n = end == NULL ? left : (size_t)(end - from);

        if (n_bytes <= input->limit && n_bytes + n <= input->limit) {
            att_buf_add_n(&input->line, from, n);
        }
        n_bytes += n;
        input->at += n;
        if (end != NULL) {
            input->at++;
            break;
        }
        state = fill(input);
        if (state == ATT_LINE_END && n_bytes > 0) {
            input->is_ended = true;
            break;
        }
        if (state != ATT_LINE_READ) {
            return state; /* what was typed before a signal is dropped, and asked again */
        }
    }
    if (input->is_ended && n_bytes == 0) {
        return ATT_LINE_END;
    }
    if (input->line.n > 0 && input->line.bytes[input->line.n - 1] == '\r') {
        att_buf_cut(&input->line, input->line.n - 1);
    }
    return judge(input, n_bytes);
}
