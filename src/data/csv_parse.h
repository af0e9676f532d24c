/* csv_parse.h - CSV bytes and what their codebook says, to a frame
 */
#ifndef ATTUNE_DATA_CSV_PARSE_H
#define ATTUNE_DATA_CSV_PARSE_H

#include <attune/base/csv.h>
#include <attune/data/csv.h>

#include "codebook.h"

/* As att_csv_read_bytes, with a codebook or NULL. Columns, names and labels of the
 * frame may be the codebook's. */
att_frame *att_csv_parse(att_arena *arena, const char *name, const char *bytes,
                         size_t n, const att_codebook *codebook,
                         const att_csv_opts *opts, att_err *err);

#endif
