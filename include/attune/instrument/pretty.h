/* pretty.h - the form of an instrument that people read and edit
 *
 * What:   the same document with its keys in the order of the manual, two blanks a
 *         level, what is short on one line, numbers in their shortest form. Written
 *         twice it is the same bytes; its canonical digest (write.h) does not change.
 * Format: docs/FORMAT.md, "How a file is laid out".
 */
#ifndef ATTUNE_INSTRUMENT_PRETTY_H
#define ATTUNE_INSTRUMENT_PRETTY_H

#include <attune/base/buf.h>
#include <attune/base/json.h>

/* Adds the document, ended by a newline. Keys that the manual has not, and names that
 * an author chose, stay in their order; known keys stand before them. */
void att_pretty_write(att_buf *out, const att_json *json);

#endif
