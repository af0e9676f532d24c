#include "att_test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <attune/base/ansi.h>

static void without_style_every_role_is_nothing(void **state)
{
    att_style none = { 0 };

    for (int role = ATT_ROLE_TEXT; role <= ATT_ROLE_ALERT; role++) {
        assert_string_equal(att_style_on(none, (att_role)role), "");
        assert_string_equal(att_style_off(none, (att_role)role), "");
    }
}

static void roles_look_as_the_palette_says(void **state)
{
    /* docs/SCREENS.md, section 1, the palette; ECMA-48, 8.3.117 (SGR) */
    static const struct {
        att_role role;
        const char *colored, *plain;
    } cases[] = {
        { ATT_ROLE_TEXT, "", "" },
        { ATT_ROLE_HEAD, "\033[1m", "\033[1m" },
        { ATT_ROLE_QUIET, "\033[2m", "" },
        { ATT_ROLE_GOOD, "\033[1;37;44m", "\033[1m" },
        { ATT_ROLE_ALERT, "\033[30;43m", "\033[7m" },
    };
    att_style colored = { .is_styled = true, .is_colored = true };
    att_style plain = { .is_styled = true };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *on = att_style_on(colored, cases[i].role);

        assert_string_equal(on, cases[i].colored);
        assert_string_equal(att_style_on(plain, cases[i].role), cases[i].plain);
        assert_string_equal(att_style_off(colored, cases[i].role),
                            on[0] != '\0' ? "\033[0m" : "");
    }
}

static void the_terminal_and_the_person_decide(void **state)
{
    static const struct {
        const char *term, *no_color;
        att_color color;
        bool on_terminal, is_styled, is_colored;
    } cases[] = {
        { "xterm", NULL, ATT_COLOR_AUTO, true, true, true },
        { "xterm", "", ATT_COLOR_AUTO, true, true, true },
        { "xterm", "1", ATT_COLOR_AUTO, true, true, false },
        { "xterm", NULL, ATT_COLOR_NEVER, true, true, false },
        { "dumb", NULL, ATT_COLOR_AUTO, true, false, false },
        { NULL, NULL, ATT_COLOR_AUTO, true, false, false },
        { "xterm", NULL, ATT_COLOR_AUTO, false, false, false },
        { "xterm", NULL, ATT_COLOR_ALWAYS, false, true, true },
    };
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    int pipe_ends[2];

    assert_true(terminal >= 0);
    assert_int_equal(pipe(pipe_ends), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_style style;

        (void)(cases[i].term != NULL ? setenv("TERM", cases[i].term, 1)
                                     : unsetenv("TERM"));
        (void)(cases[i].no_color != NULL ? setenv("NO_COLOR", cases[i].no_color, 1)
                                         : unsetenv("NO_COLOR"));
        style = att_style_for(cases[i].on_terminal ? terminal : pipe_ends[1],
                              cases[i].color);
        assert_int_equal(style.is_styled, cases[i].is_styled);
        assert_int_equal(style.is_colored, cases[i].is_colored);
    }
    (void)close(terminal);
    (void)close(pipe_ends[0]);
    (void)close(pipe_ends[1]);
}

ATT_TEST_MAIN(cmocka_unit_test(without_style_every_role_is_nothing),
              cmocka_unit_test(roles_look_as_the_palette_says),
              cmocka_unit_test(the_terminal_and_the_person_decide))
