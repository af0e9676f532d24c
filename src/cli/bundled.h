/* bundled.h - an instrument by what a person typed: a file, or the name of one we ship
 */
#ifndef ATTUNE_CLI_BUNDLED_H
#define ATTUNE_CLI_BUNDLED_H

#include <attune/base/file.h>
#include <attune/base/json.h>
#include <attune/instrument/instrument.h>
#include <attune/store/instruments.h>

#include "command.h"

/* The bytes of the file `name`, or of the bundled instrument of that name where there is
 * no such file. ENOTFOUND says which are bundled. */
att_code att_bundled_bytes(att_arena *arena, const char *name, att_bytes *out,
                           att_err *err);

bool att_bundled_is(const char *name);

/* Reads it and stores it; *is_new as att_instruments_add. NULL with *err. */
att_instrument *att_bundled_add(att_call *call, att_store *store, const char *name,
                                bool *is_new, att_err *err);

#endif
