/* file.h - whole files, within limits and without halves
 */
#ifndef ATTUNE_BASE_FILE_H
#define ATTUNE_BASE_FILE_H

#include <attune/base/arena.h>
#include <attune/base/error.h>

typedef struct att_bytes {
    char *bytes; /* n bytes and a NUL after them; in the arena */
    size_t n;
} att_bytes;

/* All bytes of a regular file or pipe; "-" is standard input. ENOTFOUND when it is
 * not there, ELIMIT over `limit` bytes, EINPUT when it is a folder, else EIO. */
att_code att_file_read(att_arena *arena, const char *path, size_t limit, att_bytes *out,
                       att_err *err);

/* Writes a file whole or not at all: a temporary beside it, synced, then renamed.
 * mode as in chmod, 0600 for what holds answers. A link stays a link; a device or pipe
 * is written into. ENOTFOUND without the folder, EINPUT when path is a folder, else
 * EIO. */
att_code att_file_write(const char *path, const void *bytes, size_t n, unsigned mode,
                        att_err *err);

#endif
