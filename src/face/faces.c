/* faces.c - the list of faces, and which one suits this terminal */
#include "faces.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const att_face *const att_faces[] = { &att_face_full, &att_face_line,
                                      &att_face_script };
const size_t att_n_faces = sizeof att_faces / sizeof att_faces[0];

const char *const att_bidi_modes[] = { "app", "terminal", "off", NULL };

#define LEAST_COLUMNS 40
#define LEAST_ROWS    10

const att_face *att_face_find(const char *name)
{
    size_t i;

    for (i = 0; i < att_n_faces; i++) {
        if (strcmp(att_faces[i]->name, name) == 0) {
            return att_faces[i];
        }
    }
    return NULL;
}

/* ACCESSIBLE asks for the line face unless it is empty, 0 or false. */
static bool wants_lines(void)
{
    const char *wish = getenv("ACCESSIBLE");

    return wish != NULL && wish[0] != '\0' && strcmp(wish, "0") != 0 &&
           strcmp(wish, "false") != 0;
}

static bool is_window_small(void)
{
    struct winsize size = { 0 };

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return false; /* a serial line does not say; terminfo does */
    }
    return size.ws_col < LEAST_COLUMNS || size.ws_row < LEAST_ROWS;
}

const att_face *att_face_choose(void)
{
    const char *term = getenv("TERM");

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || term == NULL ||
        term[0] == '\0' || strcmp(term, "dumb") == 0 || wants_lines() ||
        is_window_small()) {
        return &att_face_line;
    }
    return &att_face_full;
}
