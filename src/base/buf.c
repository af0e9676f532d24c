#include <attune/base/buf.h>

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { ROOM_SMALLEST = 64 };

/* Makes room for n more bytes and a NUL. */
static void make_room(att_buf *buf, size_t n)
{
    size_t need = 0;
    size_t room = buf->room > 0 ? buf->room : ROOM_SMALLEST;

    assert(n < SIZE_MAX / 4 && buf->n < SIZE_MAX / 4);
    need = buf->n + n + 1;
    if (need <= buf->room) {
        return;
    }
    while (room < need) {
        room *= 2;
    }
    buf->bytes = att_memory_grow(buf->bytes, room, 1);
    buf->room = room;
}

void att_buf_add_n(att_buf *buf, const char *bytes, size_t n)
{
    make_room(buf, n);
    if (n > 0) {
        memcpy(buf->bytes + buf->n, bytes, n);
    }
    buf->n += n;
    buf->bytes[buf->n] = '\0';
}

void att_buf_add(att_buf *buf, const char *text)
{
    att_buf_add_n(buf, text, strlen(text));
}

void att_buf_char(att_buf *buf, char c)
{
    att_buf_add_n(buf, &c, 1);
}

void att_buf_repeat(att_buf *buf, char c, size_t n)
{
    make_room(buf, n);
    memset(buf->bytes + buf->n, c, n);
    buf->n += n;
    buf->bytes[buf->n] = '\0';
}

void att_buf_vformat(att_buf *buf, const char *format, va_list args)
{
    va_list again;
    int n = 0;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    make_room(buf, (size_t)n);
    (void)vsnprintf(buf->bytes + buf->n, (size_t)n + 1, format, again);
    va_end(again);
    buf->n += (size_t)n;
}

void att_buf_format(att_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    att_buf_vformat(buf, format, args);
    va_end(args);
}

const char *att_buf_text(const att_buf *buf)
{
    return buf->bytes != NULL ? buf->bytes : "";
}

void att_buf_cut(att_buf *buf, size_t n)
{
    assert(n <= buf->n);
    if (buf->bytes != NULL) {
        buf->n = n;
        buf->bytes[n] = '\0';
    }
}

char *att_buf_copy(att_arena *arena, const att_buf *buf)
{
    return att_arena_text_n(arena, att_buf_text(buf), buf->n);
}

void att_buf_drop(att_buf *buf)
{
    att_memory_free(buf->bytes);
    *buf = (att_buf){ 0 };
}
