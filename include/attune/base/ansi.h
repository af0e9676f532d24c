/* ansi.h - style for command output on a terminal, or none
 *
 * Decides once (a terminal? NO_COLOR? TERM=dumb? --color), then gives the bytes for
 * each role of the palette in docs/SCREENS.md. Without style each is "".
 */
#ifndef ATTUNE_BASE_ANSI_H
#define ATTUNE_BASE_ANSI_H

#include <stdbool.h>

typedef enum att_color {
    ATT_COLOR_AUTO = 0,
    ATT_COLOR_ALWAYS,
    ATT_COLOR_NEVER
} att_color;

typedef enum att_role {
    ATT_ROLE_TEXT = 0,
    ATT_ROLE_HEAD,
    ATT_ROLE_QUIET,
    ATT_ROLE_GOOD,
    ATT_ROLE_ALERT
} att_role;

typedef struct att_style {
    bool is_styled;  /* bold, dim, reverse may be used */
    bool is_colored; /* colour chips too */
} att_style;

/* fd: where output goes. With NO_COLOR set (and not empty) bold stays, colour goes;
 * on a dumb terminal or a pipe both go. */
att_style att_style_for(int fd, att_color color);

const char *att_style_on(att_style style, att_role role);
const char *att_style_off(att_style style, att_role role);

#endif
