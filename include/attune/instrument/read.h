/* read.h - JSON to instrument
 */
#ifndef ATTUNE_INSTRUMENT_READ_H
#define ATTUNE_INSTRUMENT_READ_H

#include <attune/base/issue.h>
#include <attune/base/json.h>
#include <attune/instrument/instrument.h>

/* Builds the model and reports all that keeps it from being one (rules L001 to L049).
 * NULL when any error was found. json may be closed afterwards. */
att_instrument *att_instrument_read(att_arena *arena, att_json *json,
                                    att_issues *issues);

/* The same for callers that want one error: the first one found, with its place. */
att_instrument *att_instrument_open_bytes(att_arena *arena, const char *name,
                                          const char *bytes, size_t n, att_err *err);
att_instrument *att_instrument_open(att_arena *arena, const char *path, att_err *err);

#endif
