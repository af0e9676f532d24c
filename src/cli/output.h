/* output.h - where a command's result goes: a file, or standard output
 */
#ifndef ATTUNE_CLI_OUTPUT_H
#define ATTUNE_CLI_OUTPUT_H

#include "command.h"

/* Writes bytes to the file of --output (whole or not at all, readable by its owner
 * only), or adds them to standard output when there is none or it is "-". *path is the
 * file's, or NULL. */
att_code att_output_write(att_call *call, const att_buf *bytes, const char **path,
                          att_err *err);

#endif
