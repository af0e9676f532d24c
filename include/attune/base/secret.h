/* secret.h - a token, held apart and wiped after
 *
 * What:   reads a secret from a file that nobody else may read, from a command (run
 *         without a shell), or from an open file. Never from arguments or the
 *         environment. The bytes lie in locked, guarded memory and are wiped by drop.
 */
#ifndef ATTUNE_BASE_SECRET_H
#define ATTUNE_BASE_SECRET_H

#include <attune/base/error.h>

typedef struct att_secret {
    char *text; /* NUL-terminated; NULL when there is none */
    size_t n;
} att_secret;

/* First line of the file, blanks at its ends taken off. EAUTH when the file may be
 * read or written by group or others, is not a regular file, is another user's,
 * is empty, or is longer than 4096 bytes, or holds control characters, or is not
 * there. A message never holds the secret. */
att_code att_secret_read_file(att_secret *out, const char *path, att_err *err);

/* First line that the command prints; words are split at blanks, quotes as in a shell,
 * no expansion. EAUTH when it fails or prints nothing, EUSAGE when there is no command
 * or a quote stays open. */
att_code att_secret_run(att_secret *out, const char *command, att_err *err);

/* First line of an open file descriptor (standard input). */
att_code att_secret_read_fd(att_secret *out, int fd, att_err *err);

void att_secret_drop(att_secret *secret);

#endif
