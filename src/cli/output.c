/* output.c - where a command's result goes
 */
#include "output.h"

#include <string.h>

#include <attune/base/file.h>

att_code att_output_write(att_call *call, const att_buf *bytes, const char **path,
                          att_err *err)
{
    const char *output = att_option_get(call, "output");

    *path = NULL;
    if (output == NULL || strcmp(output, "-") == 0) {
        att_buf_add_n(call->out, att_buf_text(bytes), bytes->n);
        return ATT_OK;
    }
    *path = output;
    return att_file_write(output, att_buf_text(bytes), bytes->n, 0600, err);
}
