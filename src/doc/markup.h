/* markup.h - text that is safe inside HTML and SVG
 */
#ifndef ATTUNE_DOC_MARKUP_H
#define ATTUNE_DOC_MARKUP_H

#include <attune/base/buf.h>

/* Adds text with the five characters that mean something escaped, for content and for
 * attributes in double quotes. What HTML forbids or what could turn the reading order
 * (control characters, direction overrides, bytes that are not UTF-8) becomes U+FFFD;
 * line ends and tabs become blanks. NULL adds nothing. */
void att_markup_text(att_buf *out, const char *text);

/* Adds ` name="value"`, the value escaped. */
void att_markup_attribute(att_buf *out, const char *name, const char *value);

#endif
