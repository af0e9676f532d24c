#include "redcap_project.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Takes off the encoding; "%" that starts no code stands for itself. */
static char *decode(att_arena *arena, const char *bytes, size_t n)
{
    char *text = att_arena_alloc(arena, n + 1);
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '%' && i + 2 < n && hex_digit(bytes[i + 1]) >= 0 &&
            hex_digit(bytes[i + 2]) >= 0) {
            text[at++] = (char)(hex_digit(bytes[i + 1]) * 16 + hex_digit(bytes[i + 2]));
            i += 2;
        } else {
            text[at++] = bytes[i] == '+' ? ' ' : bytes[i];
        }
    }
    return text;
}

rc_vars rc_form_read(att_arena *arena, const char *bytes, size_t n)
{
    rc_var *list = att_arena_array(arena, RC_VARS_MAX, sizeof *list);
    rc_vars vars = { list, 0 };
    size_t at = 0;

    while (at < n && vars.n < RC_VARS_MAX) {
        const char *part = bytes + at;
        const char *end = memchr(part, '&', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - part);
        const char *equals = memchr(part, '=', length);
        size_t name = equals == NULL ? length : (size_t)(equals - part);

        list[vars.n].name = decode(arena, part, name);
        list[vars.n].value =
            equals == NULL ? "" : decode(arena, equals + 1, length - name - 1);
        vars.n++;
        at += length + 1;
    }
    return vars;
}

const char *rc_var_get(const rc_vars *vars, const char *name)
{
    for (size_t i = 0; i < vars->n; i++) {
        if (strcmp(vars->list[i].name, name) == 0) {
            return vars->list[i].value;
        }
    }
    return NULL;
}

bool rc_var_is_true(const rc_vars *vars, const char *name)
{
    const char *value = rc_var_get(vars, name);

    return value != NULL && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

const char **rc_var_list(att_arena *arena, const rc_vars *vars, const char *name,
                         size_t *n)
{
    const char *joined = rc_var_get(vars, name);
    size_t length = strlen(name);
    size_t room = vars->n + 1;
    const char **list = NULL;

    for (const char *p = joined; p != NULL && *p != '\0'; p++) {
        room += *p == ',' ? 1 : 0;
    }
    list = att_arena_array(arena, room, sizeof *list);
    *n = 0;
    while (joined != NULL && *joined != '\0') {
        size_t part = strcspn(joined, ",");

        list[(*n)++] = att_arena_text_n(arena, joined, part);
        joined += part;
        joined += *joined == ',' ? 1 : 0;
    }
    for (size_t i = 0; i < vars->n; i++) {
        const char *other = vars->list[i].name;

        if (strncmp(other, name, length) == 0 && other[length] == '[') {
            list[(*n)++] = vars->list[i].value;
        }
    }
    return list;
}
