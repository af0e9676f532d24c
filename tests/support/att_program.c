/* att_program.c - the built program as a process; see the header */
#define _XOPEN_SOURCE 700

#include "att_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- the place ---- */

int att_place_open(void **state)
{
    att_place *place = test_calloc(1, sizeof *place);

    signal(SIGPIPE, SIG_IGN);
    place->folder = att_test_folder();
    *state = place;
    return 0;
}

int att_place_close(void **state)
{
    att_place *place = *state;

    json_decref(place->kept);
    att_test_folder_drop(place->folder);
    att_arena_drop(&place->arena);
    test_free(place);
    return 0;
}

const char *att_place_path(att_place *place, const char *name)
{
    return att_arena_format(&place->arena, "%s/%s", place->folder, name);
}

void att_place_write(att_place *place, const char *name, const char *text)
{
    att_test_write(att_place_path(place, name), text, strlen(text));
}

const char *att_place_read(att_place *place, const char *name)
{
    size_t n = 0;
    char *bytes = att_test_read(att_place_path(place, name), &n);
    const char *copy = att_arena_text_n(&place->arena, bytes, n);

    test_free(bytes);
    return copy;
}

bool att_place_has(att_place *place, const char *name)
{
    return access(att_place_path(place, name), F_OK) == 0;
}

void att_place_study(att_place *place, const char *instruments)
{
    att_run made = att_program_run(place, "init s.attune");
    att_run added;

    assert_status(made, 0);
    if (instruments[0] != '\0') {
        added = att_program_runf(place, "add %s", instruments);
        assert_status(added, 0);
    }
}

/* ---- words and environment ---- */

char **att_words_of(att_arena *arena, const char *program, const char *words)
{
    char **list = att_new_n(arena, char *, strlen(words) + 2);
    size_t n = 0;

    list[n++] = att_arena_text(arena, program);
    for (const char *p = words; *p != '\0';) {
        const char *from = p;
        size_t length;

        if (*p == ' ') {
            p++;
            continue;
        }
        if (*p == '\'') {
            from = p + 1;
            length = strcspn(from, "'");
            p = from + length + (from[length] == '\'');
        } else {
            length = strcspn(from, " ");
            p = from + length;
        }
        list[n++] = att_arena_text_n(arena, from, length);
    }
    list[n] = NULL;
    return list;
}

char **att_env_of(att_arena *arena, const char *const *more)
{
    static const char *const kept[] = { "PATH",         "TMPDIR",
                                        "ASAN_OPTIONS", "UBSAN_OPTIONS",
                                        "LSAN_OPTIONS", "LLVM_PROFILE_FILE" };
    static const char *const fixed[] = { "LC_ALL=C.UTF-8", "TZ=UTC",
                                         "HOME=/nonexistent" };
    size_t n = 0;
    size_t n_more = 0;
    char **list;

    while (more != NULL && more[n_more] != NULL) {
        n_more++;
    }
    list = att_new_n(arena, char *, n_more + 16);
    /* what is given stands first, so that it is what getenv finds */
    for (size_t i = 0; i < n_more; i++) {
        list[n++] = att_arena_text(arena, more[i]);
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = getenv(kept[i]);

        if (value != NULL) {
            list[n++] = att_arena_format(arena, "%s=%s", kept[i], value);
        }
    }
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        list[n++] = att_arena_text(arena, fixed[i]);
    }
    list[n] = NULL;
    return list;
}

/* ---- processes ---- */

long long att_wait_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int status_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int att_wait_for(pid_t pid)
{
    long long end = att_wait_now() + ATT_WAIT_MOST;
    int status = 0;

    for (;;) {
        pid_t got = waitpid(pid, &status, WNOHANG);

        if (got == pid) {
            return status_of(status);
        }
        if (got < 0 || att_wait_now() > end) {
            kill(pid, SIGKILL);
            waitpid(pid, &status, 0);
            fail_msg("a program did not end within %d s", ATT_WAIT_MOST / 1000);
        }
        poll(NULL, 0, 1);
    }
}

static const char *program_of(const att_run_opts *opts)
{
    const char *program =
        opts != NULL && opts->program != NULL ? opts->program : getenv("ATTUNE");

    if (program == NULL) {
        fail_msg("$ATTUNE does not name the program; use make check");
    }
    return program;
}

/* In the child: never returns. fd: what becomes 0, 1 and 2. */
static void become(att_place *place, const att_run_opts *opts, char **argv, char **env,
                   const int fd[3])
{
    int program;

    for (int i = 0; i < 3; i++) {
        dup2(fd[i], i);
    }
    for (int i = 3; i < 256; i++) {
        close(i);
    }
    program = open(argv[0], O_RDONLY | O_CLOEXEC);
    signal(SIGPIPE, SIG_DFL);
    if (opts != NULL && opts->file_limit > 0) {
        struct rlimit limit = { .rlim_cur = (rlim_t)opts->file_limit,
                                .rlim_max = (rlim_t)opts->file_limit };

        setrlimit(RLIMIT_FSIZE, &limit);
        signal(SIGXFSZ, SIG_IGN);
    }
    if (program < 0 || chdir(place->folder) != 0 ||
        (opts != NULL && opts->user != 0 && setuid((uid_t)opts->user) != 0)) {
        _exit(126);
    }
    if (opts != NULL && opts->user != 0) {
        /* another user may not reach the folder that the program is in */
        fexecve(program, argv, env);
    }
    execve(argv[0], argv, env);
    _exit(127);
}

static pid_t start(att_place *place, const att_run_opts *opts, const char *words,
                   const int fd[3])
{
    char **argv = att_words_of(&place->arena, program_of(opts), words);
    char **env = att_env_of(&place->arena, opts != NULL ? opts->env : NULL);
    pid_t pid = fork();

    if (pid == 0) {
        become(place, opts, argv, env, fd);
    }
    if (pid < 0) {
        fail_msg("cannot fork: %s", strerror(errno));
    }
    return pid;
}

static void make_pipe(int fd[2])
{
    if (pipe(fd) != 0) {
        fail_msg("cannot make a pipe: %s", strerror(errno));
    }
    fcntl(fd[0], F_SETFD, FD_CLOEXEC);
    fcntl(fd[1], F_SETFD, FD_CLOEXEC);
}

/* Reads what is there; false at the end. */
static bool take(int fd, att_buf *to)
{
    char bytes[65536];
    ssize_t n = read(fd, bytes, sizeof bytes);

    if (n > 0) {
        att_buf_add_n(to, bytes, (size_t)n);
    }
    return n > 0 || (n < 0 && errno == EINTR);
}

/* What goes in and what comes out, until both outputs have ended. */
static void exchange(pid_t pid, int in, const int out[2], const char *input, size_t n,
                     att_buf bytes[2])
{
    struct pollfd fds[3] = { { .fd = out[0], .events = POLLIN },
                             { .fd = out[1], .events = POLLIN },
                             { .fd = in, .events = POLLOUT } };
    long long end = att_wait_now() + ATT_WAIT_MOST;

    fcntl(in, F_SETFL, O_NONBLOCK);
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (n == 0 && fds[2].fd >= 0) {
            close(in);
            fds[2].fd = -1;
        }
        poll(fds, 3, 1000);
        if (att_wait_now() > end) {
            kill(pid, SIGKILL);
        }
        for (int i = 0; i < 2; i++) {
            if (fds[i].fd >= 0 && fds[i].revents != 0 && !take(fds[i].fd, &bytes[i])) {
                fds[i].fd = -1;
            }
        }
        if (fds[2].fd >= 0 && fds[2].revents != 0) {
            ssize_t sent = write(in, input, n);

            input += sent > 0 ? sent : 0;
            n = sent > 0 ? n - (size_t)sent : errno == EAGAIN ? n : 0;
        }
    }
    if (fds[2].fd >= 0) {
        close(in);
    }
}

att_run att_program_run_with(att_place *place, const att_run_opts *opts,
                             const char *words)
{
    const char *input = opts != NULL && opts->input != NULL ? opts->input : "";
    size_t n_input = opts != NULL && opts->n_input > 0 ? opts->n_input : strlen(input);
    att_run run = { .words = att_arena_text(&place->arena, words) };
    att_buf bytes[2] = { { 0 }, { 0 } };
    int in[2], out[2], err[2];
    pid_t pid;

    make_pipe(in);
    make_pipe(out);
    make_pipe(err);
    pid = start(place, opts, words, (int[]){ in[0], out[1], err[1] });
    close(in[0]);
    close(out[1]);
    close(err[1]);
    exchange(pid, in[1], (int[]){ out[0], err[0] }, input, n_input, bytes);
    close(out[0]);
    close(err[0]);
    run.status = att_wait_for(pid);
    run.n_out = bytes[0].n;
    run.n_err = bytes[1].n;
    run.out = att_arena_text_n(&place->arena, att_buf_text(&bytes[0]), bytes[0].n);
    run.err = att_arena_text_n(&place->arena, att_buf_text(&bytes[1]), bytes[1].n);
    att_buf_drop(&bytes[0]);
    att_buf_drop(&bytes[1]);
    return run;
}

att_run att_program_run(att_place *place, const char *words)
{
    return att_program_run_with(place, NULL, words);
}

att_run att_program_runf(att_place *place, const char *format, ...)
{
    char words[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    return att_program_run(place, words);
}

void att_run_status(att_run run, int wanted, const char *file, int line)
{
    if (run.status != wanted) {
        print_error("attune %s\nended with %d, expected %d\n%s%s", run.words,
                    run.status, wanted, run.out, run.err);
        _fail(file, line);
    }
}

json_t *att_run_json(att_place *place, const att_run *run)
{
    json_error_t error;
    json_t *json = json_loadb(run->out, run->n_out, JSON_REJECT_DUPLICATES, &error);

    if (json == NULL) {
        fail_msg("attune %s: its output is no JSON: %s\n%s", run->words, error.text,
                 run->out);
    }
    if (place->kept == NULL) {
        place->kept = json_array();
    }
    json_array_append_new(place->kept, json);
    return json;
}

/* One cell from *at on; moves behind it. is_last: a line ended with it. */
static const char *next_cell(att_place *place, const char **at, bool *is_last)
{
    att_buf cell = { 0 };
    const char *p = *at;
    const char *copy;
    bool is_quoted = *p == '"';

    for (p += is_quoted; *p != '\0'; p++) {
        if (is_quoted && p[0] == '"' && p[1] == '"') {
            p++;
        } else if (is_quoted ? *p == '"' : *p == ',' || *p == '\n' || *p == '\r') {
            break;
        }
        att_buf_char(&cell, *p);
    }
    p += is_quoted && *p == '"';
    *is_last = *p != ',';
    p += *p == '\r';
    *at = *p == '\0' ? p : p + 1;
    copy = att_buf_copy(&place->arena, &cell);
    att_buf_drop(&cell);
    return copy;
}

const char *att_csv_cell(att_place *place, const char *csv, size_t row,
                         const char *column)
{
    const char *at = csv;
    bool is_last = false;
    size_t index = 0;
    size_t found = (size_t)-1;
    const char *cell = NULL;

    for (; !is_last; index++) {
        if (strcmp(next_cell(place, &at, &is_last), column) == 0) {
            found = index;
        }
    }
    if (found == (size_t)-1) {
        fail_msg("no column \"%s\" in:\n%s", column, csv);
    }
    for (size_t i = 0; i <= row && *at != '\0'; i++) {
        is_last = false;
        for (index = 0; !is_last; index++) {
            const char *text = next_cell(place, &at, &is_last);

            cell = i == row && index == found ? text : cell;
        }
    }
    if (cell == NULL) {
        fail_msg("no row %zu with column \"%s\" in:\n%s", row, column, csv);
    }
    return cell;
}

size_t att_csv_rows(const char *csv)
{
    size_t n = 0;
    bool is_quoted = false;

    for (const char *p = csv; *p != '\0'; p++) {
        is_quoted = *p == '"' ? !is_quoted : is_quoted;
        n += *p == '\n' && !is_quoted;
    }
    return n > 0 ? n - 1 : 0;
}

/* ---- a program that is talked to ---- */

static att_child start_child(att_place *place, const att_run_opts *opts,
                             const char *words, const char *messages)
{
    att_child child = { 0 };
    int in[2], out[2];
    int err = open(att_place_path(place, messages), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    make_pipe(in);
    make_pipe(out);
    fcntl(err, F_SETFD, FD_CLOEXEC);
    child.pid = start(place, opts, words, (int[]){ in[0], out[1], err });
    close(in[0]);
    close(out[1]);
    close(err);
    child.in = in[1];
    child.out = out[0];
    return child;
}

att_child att_child_start(att_place *place, const att_run_opts *opts, const char *words)
{
    return start_child(place, opts, words, "stderr");
}

bool att_child_say(att_child *child, const char *text)
{
    size_t n = strlen(text);

    while (n > 0) {
        ssize_t sent = write(child->in, text, n);

        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        text += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* A whole line out of what was read. */
static bool cut_line(att_place *place, att_child *child, const char **line)
{
    const char *bytes = att_buf_text(&child->rest);
    const char *end = memchr(bytes, '\n', child->rest.n);
    att_buf rest = { 0 };

    if (end == NULL) {
        return false;
    }
    *line = att_arena_text_n(&place->arena, bytes, (size_t)(end - bytes));
    att_buf_add_n(&rest, end + 1, child->rest.n - (size_t)(end + 1 - bytes));
    att_buf_drop(&child->rest);
    child->rest = rest;
    return true;
}

bool att_child_line(att_place *place, att_child *child, const char **line)
{
    long long end = att_wait_now() + ATT_WAIT_MOST;

    while (!cut_line(place, child, line)) {
        struct pollfd fd = { .fd = child->out, .events = POLLIN };

        if (poll(&fd, 1, 1000) > 0 && !take(child->out, &child->rest)) {
            return false;
        }
        if (att_wait_now() > end) {
            kill(child->pid, SIGKILL);
            fail_msg("a program said nothing for %d s", ATT_WAIT_MOST / 1000);
        }
    }
    return true;
}

bool att_child_line_now(att_place *place, att_child *child, const char **line)
{
    struct pollfd fd = { .fd = child->out, .events = POLLIN };

    if (cut_line(place, child, line)) {
        return true;
    }
    return poll(&fd, 1, 0) > 0 && take(child->out, &child->rest) &&
           cut_line(place, child, line);
}

void att_child_hang_up(att_child *child)
{
    if (child->in >= 0) {
        close(child->in);
        child->in = -1;
    }
}

int att_child_end(att_child *child)
{
    int status;

    att_child_hang_up(child);
    while (take(child->out, &child->rest)) {
        continue;
    }
    close(child->out);
    status = att_wait_for(child->pid);
    att_buf_drop(&child->rest);
    return status;
}

/* ---- the server ---- */

att_server att_server_start(att_place *place, const char *options)
{
    static const char said[] = "listening on ";
    att_server server = { .url = NULL };
    const char *path = getenv("ATTUNE_SERVER");
    const char *line = "";
    const char *words;

    if (path == NULL) {
        fail_msg("$ATTUNE_SERVER does not name the test server; use make check");
    }
    att_place_write(place, "token", ATT_SERVER_TOKEN "\n");
    chmod(att_place_path(place, "token"), 0600);
    words = att_arena_format(&place->arena,
                             "--project %s --token-file token --log server.log "
                             "--until-eof %s",
                             att_test_path("server/demo-project.json"), options);
    server.child =
        start_child(place, &(att_run_opts){ .program = path }, words, "server.err");
    if (!att_child_line(place, &server.child, &line) ||
        strncmp(line, said, sizeof said - 1) != 0) {
        fail_msg("the test server did not start: %s",
                 att_place_read(place, "server.err"));
    }
    server.url = line + sizeof said - 1;
    return server;
}

void att_server_stop(att_server *server)
{
    att_child_end(&server->child);
}
