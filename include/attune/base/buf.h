/* buf.h - growing bytes
 *
 * What:   a text being written. Always NUL-terminated once anything was added.
 * Start:  att_buf b = { 0 }; end: att_buf_drop(&b).
 */
#ifndef ATTUNE_BASE_BUF_H
#define ATTUNE_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include <attune/base/arena.h>

typedef struct att_buf {
    char *bytes; /* NULL while empty; else n bytes and a NUL */
    size_t n, room;
} att_buf;

void att_buf_add(att_buf *buf, const char *text);
void att_buf_add_n(att_buf *buf, const char *bytes, size_t n);
void att_buf_char(att_buf *buf, char c);
void att_buf_repeat(att_buf *buf, char c, size_t n);
void att_buf_format(att_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void att_buf_vformat(att_buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* The bytes as text; "" while empty. Belongs to buf until the next change. */
const char *att_buf_text(const att_buf *buf);

/* Shortens to n bytes; n must not be more than there are. */
void att_buf_cut(att_buf *buf, size_t n);

/* A copy in arena; buf keeps its own. */
char *att_buf_copy(att_arena *arena, const att_buf *buf);

void att_buf_drop(att_buf *buf);

#endif
