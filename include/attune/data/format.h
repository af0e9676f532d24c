/* format.h - what a file format is, for export
 */
#ifndef ATTUNE_DATA_FORMAT_H
#define ATTUNE_DATA_FORMAT_H

#include <attune/base/buf.h>
#include <attune/data/frame.h>

typedef struct att_export {
    const att_frame *frame;
    const att_instrument *const *versions; /* [n_versions] oldest first */
    size_t n_versions;
    const char *program; /* "attune 0.1.0" */
} att_export;

typedef struct att_format {
    const char *name;  /* "csv" */
    const char *about; /* for help */
    /* The file's bytes; and of its sidecar (NULL function: none). Same input, same
     * bytes. */
    void (*write)(att_buf *out, const att_export *export);
    void (*sidecar)(att_buf *out, const att_export *export);
} att_format;

extern const att_format *const att_formats[];
extern const size_t att_n_formats;
const att_format *att_format_find(const char *name);

#endif
