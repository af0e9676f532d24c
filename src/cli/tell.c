/* tell.c - what a command says: messages, failures, its output at once
 */
#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <attune/base/text.h>

void att_tell(const att_call *call, const char *format, ...)
{
    va_list args;

    if (call->is_quiet) {
        return;
    }
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}

void att_failure_write(att_buf *out, const att_err *err)
{
    const att_where *where = &err->where;

    att_buf_add(out, "attune: ");
    att_text_tame(out, err->message);
    att_buf_char(out, '\n');
    if (where->file[0] != '\0') {
        att_buf_add(out, "  at ");
        att_text_tame(out, where->file);
        if (where->line > 0) {
            att_buf_format(out, ":%u:%u", where->line, where->column);
        }
        if (where->pointer[0] != '\0') {
            att_buf_add(out, " (");
            att_text_tame(out, where->pointer);
            att_buf_char(out, ')');
        }
        att_buf_char(out, '\n');
    }
    if (err->hint[0] != '\0') {
        att_buf_add(out, "  hint: ");
        att_text_tame(out, err->hint);
        att_buf_char(out, '\n');
    }
}

att_code att_flush(att_call *call, att_err *err)
{
    size_t n = call->out->n;
    bool is_written = n == 0 || fwrite(call->out->bytes, 1, n, stdout) == n;

    att_buf_cut(call->out, 0);
    if (!is_written || fflush(stdout) != 0) {
        return att_fail(err, ATT_EIO, "standard output could not be written: %s",
                        strerror(errno));
    }
    return ATT_OK;
}
