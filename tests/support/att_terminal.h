/* att_terminal.h - the program on a terminal of its own
 *
 * What:   forkpty and libvterm: what is typed goes in as keys, what is drawn is read as
 *         cells, with the cursor. A wait looks at the screen again after each piece that
 *         the program writes; nothing sleeps for a fixed time.
 */
#ifndef ATTUNE_TESTS_ATT_TERMINAL_H
#define ATTUNE_TESTS_ATT_TERMINAL_H

#include "att_program.h"

#define ATT_SCREEN_MOST 30000 /* ms that a wait for a screen may take */

typedef struct att_terminal {
    att_place *place;
    pid_t pid;
    int fd; /* -1 after hang-up */
    int rows, columns;
    void *vt, *screen; /* VTerm, VTermScreen */
    att_buf raw;       /* every byte the program wrote */
    bool is_over;      /* it has written its last */
} att_terminal;

/* Starts the program there. TERM is "xterm-256color" unless env names another. */
att_terminal *att_terminal_open(att_place *place, int rows, int columns,
                                const char *const *env, const char *words);

/* Keys as bytes: "4\r", "\033[A", "\x03". */
void att_terminal_type(att_terminal *terminal, const char *keys);

/* Waits until `text` stands on the screen; the test fails after ATT_SCREEN_MOST, or when
 * the program ended before, and prints the screen. */
void att_terminal_wait(att_terminal *terminal, const char *text);

/* Waits until the program has ended or `text` stands there; whether it stands. */
bool att_terminal_sees(att_terminal *terminal, const char *text);

/* The screen as it stands: rows without trailing blanks. In the place's arena. */
const char *att_terminal_text(att_terminal *terminal);

/* One row, from 1. */
const char *att_terminal_row(att_terminal *terminal, int row);

/* Where the cursor stands, from 1. */
void att_terminal_cursor(const att_terminal *terminal, int *row, int *column);

/* Waits until it stands in that column of a row that holds `text`; as att_terminal_wait. */
void att_terminal_wait_cursor(att_terminal *terminal, const char *text, int column);

/* Waits until the screen is exactly this, and the cursor there; false when nothing was
 * written for a second and it is not. */
bool att_terminal_becomes(att_terminal *terminal, const char *screen, int row,
                          int column);

void att_terminal_resize(att_terminal *terminal, int rows, int columns);

/* The terminal goes away, as when a window is closed. */
void att_terminal_hang_up(att_terminal *terminal);

/* Reads to the end, waits; the status. Frees the terminal; raw bytes, if wanted, are
 * copied into the place's arena. */
int att_terminal_end(att_terminal *terminal, const char **raw, size_t *n_raw);

#endif
