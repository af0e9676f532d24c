/* att_terminal.c - the program on a terminal of its own; see the header */
#define _DEFAULT_SOURCE

#include "att_terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <vterm.h>

/* What the terminal answers to the program's questions. */
static void answer(const char *bytes, size_t n, void *data)
{
    const att_terminal *terminal = data;
    ssize_t sent = terminal->fd >= 0 ? write(terminal->fd, bytes, n) : 0;

    (void)sent;
}

static void make_screen(att_terminal *terminal, int rows, int columns)
{
    terminal->rows = rows;
    terminal->columns = columns;
    terminal->vt = vterm_new(rows, columns);
    vterm_set_utf8(terminal->vt, 1);
    vterm_output_set_callback(terminal->vt, answer, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vt);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
}

att_terminal *att_terminal_open(att_place *place, int rows, int columns,
                                const char *const *env, const char *words)
{
    att_terminal *terminal = test_calloc(1, sizeof *terminal);
    struct winsize size = { .ws_row = (unsigned short)rows,
                            .ws_col = (unsigned short)columns };
    const char *program = getenv("ATTUNE");
    const char *with[32] = { NULL };
    char **argv, **environment;
    size_t n = 0;

    if (program == NULL) {
        fail_msg("$ATTUNE does not name the program; use make check");
    }
    for (; env != NULL && env[n] != NULL && n < 30; n++) {
        with[n] = env[n];
    }
    with[n] = "TERM=xterm-256color";
    argv = att_words_of(&place->arena, program, words);
    environment = att_env_of(&place->arena, with);
    terminal->place = place;
    make_screen(terminal, rows, columns);
    terminal->pid = forkpty(&terminal->fd, NULL, NULL, &size);
    if (terminal->pid == 0) {
        signal(SIGPIPE, SIG_DFL);
        if (chdir(place->folder) == 0) {
            execve(argv[0], argv, environment);
        }
        _exit(127);
    }
    if (terminal->pid < 0) {
        fail_msg("cannot open a terminal: %s", strerror(errno));
    }
    return terminal;
}

/* Hands what was written to the screen; false when nothing more will come. */
static bool take(att_terminal *terminal, int wait)
{
    struct pollfd fd = { .fd = terminal->fd, .events = POLLIN };
    char bytes[16384];
    ssize_t n;

    if (terminal->fd < 0 || terminal->is_over) {
        return false;
    }
    if (poll(&fd, 1, wait) <= 0) {
        return true;
    }
    n = read(terminal->fd, bytes, sizeof bytes);
    if (n <= 0) {
        terminal->is_over = n == 0 || errno == EIO;
        return !terminal->is_over;
    }
    att_buf_add_n(&terminal->raw, bytes, (size_t)n);
    vterm_input_write(terminal->vt, bytes, (size_t)n);
    vterm_screen_flush_damage(terminal->screen);
    return true;
}

void att_terminal_type(att_terminal *terminal, const char *keys)
{
    size_t n = strlen(keys);

    while (n > 0) {
        ssize_t sent = write(terminal->fd, keys, n);

        if (sent <= 0) {
            return; /* the program has gone; what waits for it will say so */
        }
        keys += sent;
        n -= (size_t)sent;
    }
}

const char *att_terminal_row(att_terminal *terminal, int row)
{
    size_t room = (size_t)terminal->columns * 4 * VTERM_MAX_CHARS_PER_CELL + 1;
    char *text = att_arena_alloc(&terminal->place->arena, room);
    VTermRect rect = { .start_row = row - 1,
                       .end_row = row,
                       .start_col = 0,
                       .end_col = terminal->columns };
    size_t n = vterm_screen_get_text(terminal->screen, text, room - 1, rect);

    while (n > 0 &&
           (text[n - 1] == ' ' || text[n - 1] == '\n' || text[n - 1] == '\0')) {
        n--;
    }
    text[n] = '\0';
    return text;
}

const char *att_terminal_text(att_terminal *terminal)
{
    att_buf text = { 0 };
    const char *copy;

    for (int row = 1; row <= terminal->rows; row++) {
        att_buf_add(&text, att_terminal_row(terminal, row));
        att_buf_char(&text, '\n');
    }
    copy = att_buf_copy(&terminal->place->arena, &text);
    att_buf_drop(&text);
    return copy;
}

bool att_terminal_sees(att_terminal *terminal, const char *text)
{
    long long end = att_wait_now() + ATT_SCREEN_MOST;

    while (strstr(att_terminal_text(terminal), text) == NULL) {
        if (!take(terminal, 1000) || att_wait_now() > end) {
            return strstr(att_terminal_text(terminal), text) != NULL;
        }
    }
    return true;
}

void att_terminal_wait(att_terminal *terminal, const char *text)
{
    if (!att_terminal_sees(terminal, text)) {
        kill(terminal->pid, SIGKILL);
        fail_msg("\"%s\" did not come on screen:\n%s", text,
                 att_terminal_text(terminal));
    }
}

bool att_terminal_becomes(att_terminal *terminal, const char *screen, int row,
                          int column)
{
    long long end = att_wait_now() + ATT_SCREEN_MOST;
    int at[2];

    do {
        size_t n = terminal->raw.n;

        att_terminal_cursor(terminal, &at[0], &at[1]);
        if (at[0] == row && at[1] == column &&
            strcmp(att_terminal_text(terminal), screen) == 0) {
            return true;
        }
        if (!take(terminal, 1000) || terminal->raw.n == n) {
            return false;
        }
    } while (att_wait_now() < end);
    return false;
}

void att_terminal_cursor(const att_terminal *terminal, int *row, int *column)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vt), &at);
    *row = at.row + 1;
    *column = at.col + 1;
}

void att_terminal_wait_cursor(att_terminal *terminal, const char *text, int column)
{
    long long end = att_wait_now() + ATT_SCREEN_MOST;
    int row = 0, at = 0;

    att_terminal_cursor(terminal, &row, &at);
    while (at != column || strstr(att_terminal_row(terminal, row), text) == NULL) {
        if (!take(terminal, 1000) || att_wait_now() > end) {
            kill(terminal->pid, SIGKILL);
            fail_msg("the cursor is at %d,%d, not at column %d beside \"%s\":\n%s", row,
                     at, column, text, att_terminal_text(terminal));
        }
        att_terminal_cursor(terminal, &row, &at);
    }
}

void att_terminal_resize(att_terminal *terminal, int rows, int columns)
{
    struct winsize size = { .ws_row = (unsigned short)rows,
                            .ws_col = (unsigned short)columns };

    /* a new one: libvterm 0.1 falls over its own cursor when it shrinks */
    vterm_free(terminal->vt);
    make_screen(terminal, rows, columns);
    ioctl(terminal->fd, TIOCSWINSZ, &size);
}

void att_terminal_hang_up(att_terminal *terminal)
{
    close(terminal->fd);
    terminal->fd = -1;
}

int att_terminal_end(att_terminal *terminal, const char **raw, size_t *n_raw)
{
    long long end = att_wait_now() + ATT_SCREEN_MOST;
    int status;

    while (take(terminal, 1000) && att_wait_now() < end) {
        continue;
    }
    status = att_wait_for(terminal->pid);
    if (raw != NULL) {
        *raw = att_arena_text_n(&terminal->place->arena, att_buf_text(&terminal->raw),
                                terminal->raw.n);
        *n_raw = terminal->raw.n;
    }
    if (terminal->fd >= 0) {
        close(terminal->fd);
    }
    vterm_free(terminal->vt);
    att_buf_drop(&terminal->raw);
    test_free(terminal);
    return status;
}
