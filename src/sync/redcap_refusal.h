/* redcap_refusal.h - which cells a server refused, out of the text of its error
 *
 * Format: a line for each cell, a CSV row "record","field","value","message". The words
 *         go by the language of the site, so only the first three are relied on.
 */
#ifndef ATTUNE_SRC_SYNC_REDCAP_REFUSAL_H
#define ATTUNE_SRC_SYNC_REDCAP_REFUSAL_H

#include <attune/sync/redcap.h>

/* Rows of four cells or more; other lines are passed over. At most 10,000. */
att_refused_cell *att_redcap_refusals(att_arena *arena, const char *text, size_t *n);

#endif
