/* codebook.h - the sidecar of an export: what its columns mean
 *
 * Format: docs/EXPORT.md, "The codebook".
 */
#ifndef ATTUNE_DATA_CODEBOOK_H
#define ATTUNE_DATA_CODEBOOK_H

#include <attune/data/format.h>

#define ATT_CODEBOOK_FORMAT "attune-codebook/1"

/* Columns of an export that stand before the answers: "response", "person" ... */
extern const char *const att_codebook_heads[];
extern const size_t att_codebook_n_heads;

/* The name of a column in the file: its own, or "status__item" where a head has it. */
void att_codebook_name(att_buf *out, const att_column *column);

/* Whether a missing cell of this column has a reason, written as its code. */
bool att_codebook_has_reasons(const att_column *column);

void att_codebook_write(att_buf *buf, const att_export *export);

/* What a codebook says of one column. */
typedef struct att_codebook_column {
    att_column column;
    bool is_head;
    bool has_reason[ATT_N_REASONS]; /* its code stands for a missing answer */
} att_codebook_column;

typedef struct att_codebook {
    const att_codebook_column *columns; /* [n] in the order of the file */
    size_t n;
} att_codebook;

/* Reads a codebook. NULL without an error when there is no such file, or when it is
 * JSON of another format; NULL with EINPUT when it cannot be understood. */
att_codebook *att_codebook_read(att_arena *arena, const char *path, att_err *err);
att_codebook *att_codebook_read_bytes(att_arena *arena, const char *name,
                                      const char *bytes, size_t n, att_err *err);

#endif
