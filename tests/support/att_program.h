/* att_program.h - the built program, run as people run it: as a process
 *
 * What:   a folder of one's own for each test (att_place), the program ($ATTUNE) run in
 *         it with words, input and environment, and what came of it; a program that is
 *         talked to; the REDCap test server ($ATTUNE_SERVER).
 * Words:  a command line as one text, split at blanks; '...' keeps blanks. No shell.
 * Env:    only PATH, LC_ALL, TZ, HOME=/nonexistent, TMPDIR and what is given.
 * Use:    static void a_sentence(void **state)
 *         {
 *             att_place *place = *state;
 *             att_run run = att_program_run(place, "init s.attune");
 *
 *             assert_status(run, 0);
 *         }
 *         ATT_TEST_MAIN(att_program_test(a_sentence))
 */
#ifndef ATTUNE_TESTS_ATT_PROGRAM_H
#define ATTUNE_TESTS_ATT_PROGRAM_H

#include "att_test.h"

#include <stdbool.h>
#include <sys/types.h>

#include <jansson.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>

/* A test's folder, and the memory of what was run there. */
typedef struct att_place {
    char *folder;
    att_arena arena;
    json_t *kept; /* values of att_run_json; NULL at first */
} att_place;

#define att_program_test(f) \
    cmocka_unit_test_setup_teardown(f, att_place_open, att_place_close)

int att_place_open(void **state);
int att_place_close(void **state);

/* A file in the folder, written or read whole. Both fail the test if they cannot. */
void att_place_write(att_place *place, const char *name, const char *text);
const char *att_place_read(att_place *place, const char *name);
const char *att_place_path(att_place *place, const char *name);
bool att_place_has(att_place *place, const char *name);

/* Makes the study "s.attune" there with instruments, bundled ones or files ("recs pulse"). */
void att_place_study(att_place *place, const char *instruments);

/* What a process left behind. */
typedef struct att_run {
    int status;          /* its exit status; 128 + signal when a signal ended it */
    const char *out;     /* standard output, NUL after it */
    const char *err;     /* standard error */
    size_t n_out, n_err; /* bytes */
    const char *words;   /* the command, for messages */
} att_run;

typedef struct att_run_opts {
    const char *program;    /* NULL: $ATTUNE */
    const char *const *env; /* "NAME=value", NULL-ended; or NULL */
    const char *input;      /* standard input; NULL: empty */
    size_t n_input;         /* its bytes; 0: strlen */
    long file_limit;        /* RLIMIT_FSIZE in bytes; 0: none */
    unsigned user;          /* run as this user; 0: as we are */
} att_run_opts;

/* Runs the program to its end. The test fails if that takes over two minutes. */
att_run att_program_run(att_place *place, const char *words);
att_run att_program_run_with(att_place *place, const att_run_opts *opts,
                             const char *words);

/* "a command" formatted. */
att_run att_program_runf(att_place *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Fails unless the status is `wanted`; prints command, output and messages. */
#define assert_status(run, wanted) att_run_status((run), (wanted), __FILE__, __LINE__)

/* Standard output as JSON; the test fails when it is none. Dropped with the place. */
json_t *att_run_json(att_place *place, const att_run *run);

/* A cell of a CSV text by row (0: the first after the header) and column; the test
 * fails when there is no such row or column. Quotes are taken off. */
const char *att_csv_cell(att_place *place, const char *csv, size_t row,
                         const char *column);
size_t att_csv_rows(const char *csv);

/* ---- a program that is talked to ---- */

typedef struct att_child {
    pid_t pid;
    int in, out;  /* its standard input (-1 when closed) and output */
    att_buf rest; /* read and not yet handed out */
} att_child;

/* Standard error goes to the file "stderr" in the folder. */
att_child att_child_start(att_place *place, const att_run_opts *opts,
                          const char *words);
/* False when the program does not read any more. */
bool att_child_say(att_child *child, const char *text);
/* The next line of its output without its end; false at the end. In place's arena. */
bool att_child_line(att_place *place, att_child *child, const char **line);
/* The same, but false as well when no whole line has come yet. */
bool att_child_line_now(att_place *place, att_child *child, const char **line);
void att_child_hang_up(att_child *child); /* closes its input */
/* Waits for its end; the status as in att_run. */
int att_child_end(att_child *child);

/* ---- the REDCap test server ---- */

typedef struct att_server {
    att_child child;
    const char *url;
} att_server;

#define ATT_SERVER_TOKEN "C0FFEE00C0FFEE00C0FFEE00C0FFEE42"

/* Starts it over tests/server/demo-project.json; options are words ("--fault 2:503").
 * Writes "token" (mode 0600) into the folder; log in "server.log". */
att_server att_server_start(att_place *place, const char *options);
void att_server_stop(att_server *server);

/* Behind the macro. */
void att_run_status(att_run run, int wanted, const char *file, int line);

/* The words of a command, NULL-ended; program is the first. */
char **att_words_of(att_arena *arena, const char *program, const char *words);
/* The environment of a child: the fixed part and what is given, NULL-ended. */
char **att_env_of(att_arena *arena, const char *const *more);

/* Milliseconds that only go forward; the most a wait may take. */
long long att_wait_now(void);
#define ATT_WAIT_MOST 120000

/* Waits for a process; kills it and fails the test after ATT_WAIT_MOST. */
int att_wait_for(pid_t pid);

#endif
