#include "redcap_refusal.h"

#include <string.h>

enum { REFUSALS_MAX = 10000, CELLS = 4 };

/* One cell; *at stands behind it (on a comma, a line's end, or NUL). A quote within
 * quotes is doubled. */
static const char *read_cell(att_arena *arena, const char **at)
{
    att_buf cell = { 0 };
    const char *p = *at;
    const char *copy = NULL;

    if (*p == '"') {
        p++;
        while (*p != '\0' && (*p != '"' || p[1] == '"')) {
            p += *p == '"' ? 1 : 0;
            att_buf_char(&cell, *p++);
        }
        p += *p == '"' ? 1 : 0;
    }
    while (*p != '\0' && *p != ',' && *p != '\n') {
        if (*p != '\r') {
            att_buf_char(&cell, *p);
        }
        p++;
    }
    *at = p;
    copy = att_buf_copy(arena, &cell);
    att_buf_drop(&cell);
    return copy;
}

/* The cells of a line, the first four of them; *at stands behind the line. */
static size_t read_line(att_arena *arena, const char **at, const char *cells[CELLS])
{
    size_t n = 0;

    for (;;) {
        const char *cell = read_cell(arena, at);

        if (n < CELLS) {
            cells[n] = cell;
        }
        n++;
        if (**at != ',') {
            break;
        }
        (*at)++;
    }
    if (**at == '\n') {
        (*at)++;
    }
    return n;
}

att_refused_cell *att_redcap_refusals(att_arena *arena, const char *text, size_t *n)
{
    att_refused_cell *list = NULL;
    size_t room = 0;

    *n = 0;
    while (*text != '\0' && *n < REFUSALS_MAX) {
        const char *cells[CELLS] = { "", "", "", "" };

        if (read_line(arena, &text, cells) < CELLS || cells[0][0] == '\0') {
            continue;
        }
        if (*n == room) {
            room = room == 0 ? 16 : 2 * room;
            list = att_memory_grow(list, room, sizeof *list);
        }
        list[(*n)++] = (att_refused_cell){ cells[0], cells[1], cells[2], cells[3] };
    }
    if (list == NULL) {
        return att_new(arena, att_refused_cell);
    }
    att_arena_adopt(arena, list);
    return list;
}
