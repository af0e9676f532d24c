#include <attune/base/ansi.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_terminal(int fd)
{
    const char *term = getenv("TERM");

    return isatty(fd) == 1 && term != NULL && term[0] != '\0' &&
           strcmp(term, "dumb") != 0;
}

att_style att_style_for(int fd, att_color color)
{
    const char *no_color = getenv("NO_COLOR");
    bool is_refused = no_color != NULL && no_color[0] != '\0';
    att_style style = { 0 };

    if (color == ATT_COLOR_ALWAYS) {
        return (att_style){ .is_styled = true, .is_colored = true };
    }
    style.is_styled = is_terminal(fd);
    style.is_colored = style.is_styled && color == ATT_COLOR_AUTO && !is_refused;
    return style;
}

const char *att_style_on(att_style style, att_role role)
{
    if (!style.is_styled) {
        return "";
    }
    switch (role) {
    case ATT_ROLE_TEXT: break;
    case ATT_ROLE_HEAD: return "\033[1m";
    case ATT_ROLE_QUIET: return style.is_colored ? "\033[2m" : "";
    case ATT_ROLE_GOOD: return style.is_colored ? "\033[1;37;44m" : "\033[1m";
    case ATT_ROLE_ALERT: return style.is_colored ? "\033[30;43m" : "\033[7m";
    }
    return "";
}

const char *att_style_off(att_style style, att_role role)
{
    return att_style_on(style, role)[0] != '\0' ? "\033[0m" : "";
}
