#include <attune/base/secret.h>

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sodium.h>

#include <attune/base/arena.h>

extern char **environ;

enum { SECRET_MAX = 4096 };

void att_secret_drop(att_secret *secret)
{
    sodium_free(secret->text); /* wipes first; NULL is fine */
    *secret = (att_secret){ 0 };
}

/* Reads one byte. 1, or 0 at the end, or -1. */
static ssize_t read_byte(int fd, char *out)
{
    ssize_t got = 0;

    do {
        got = read(fd, out, 1);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* Takes off blanks at both ends; what was there is overwritten. */
static void trim(att_secret *secret)
{
    size_t from = 0;
    size_t n = secret->n;

    while (from < n && strchr(" \t\r", secret->text[from]) != NULL) {
        from++;
    }
    while (n > from && strchr(" \t\r", secret->text[n - 1]) != NULL) {
        n--;
    }
    memmove(secret->text, secret->text + from, n - from);
    sodium_memzero(secret->text + (n - from), SECRET_MAX + 1 - (n - from));
    secret->n = n - from;
}

static att_code check_line(const att_secret *secret, const char *name, att_err *err)
{
    if (secret->n == 0) {
        return att_fail(err, ATT_EAUTH, "%s gives no secret: its first line is empty",
                        name);
    }
    for (size_t i = 0; i < secret->n; i++) {
        unsigned char c = (unsigned char)secret->text[i];

        if (c < 0x20 || c == 0x7F) {
            return att_fail(err, ATT_EAUTH,
                            "%s gives a secret with control characters in it", name);
        }
    }
    return ATT_OK;
}

/* Reads up to the end of the first line and not a byte more, so that what follows on
 * standard input is left for others. */
static att_code read_line(att_secret *out, int fd, const char *name, att_err *err)
{
    att_secret secret = { .text = sodium_malloc(SECRET_MAX + 1) };
    att_code code = ATT_OK;
    char c = 0;
    ssize_t got = 0;

    *out = (att_secret){ 0 };
    if (secret.text == NULL) {
        return att_fail(err, ATT_EIO, "this machine has no guarded memory left");
    }
    sodium_memzero(secret.text, SECRET_MAX + 1);
    while ((got = read_byte(fd, &c)) == 1 && c != '\n') {
        if (secret.n == SECRET_MAX) {
            code = att_fail(err, ATT_EAUTH, "%s gives a first line of over %d bytes",
                            name, (int)SECRET_MAX);
            goto out;
        }
        secret.text[secret.n++] = c;
    }
    if (got < 0) {
        code = att_fail(err, ATT_EIO, "%s cannot be read: %s", name, strerror(errno));
        goto out;
    }
    trim(&secret);
    code = check_line(&secret, name, err);
out:
    sodium_memzero(&c, sizeof c);
    if (code != ATT_OK) {
        att_secret_drop(&secret);
    }
    *out = secret;
    return code;
}

/* Nobody but its owner, who is us, may have to do with the file. */
static att_code check_file(const struct stat *about, const char *path, att_err *err)
{
    unsigned mode = (unsigned)about->st_mode & 07777;

    if (!S_ISREG(about->st_mode)) {
        return att_fail(err, ATT_EAUTH, "\"%s\" is not a regular file", path);
    }
    if (about->st_uid != geteuid()) {
        return att_fail(err, ATT_EAUTH, "\"%s\" belongs to another user", path);
    }
    if ((mode & 077) != 0) {
        (void)att_fail(err, ATT_EAUTH, "others can %s \"%s\" (%04o)",
                       (mode & 044) != 0   ? "read"
                       : (mode & 022) != 0 ? "write"
                                           : "run",
                       path, mode);
        (void)att_hint(err, "chmod 600 %s", path);
        return ATT_EAUTH;
    }
    if (about->st_size == 0) {
        return att_fail(err, ATT_EAUTH, "\"%s\" is empty", path);
    }
    if (about->st_size > SECRET_MAX) {
        return att_fail(err, ATT_EAUTH, "\"%s\" is over %d bytes: it holds no token",
                        path, (int)SECRET_MAX);
    }
    return ATT_OK;
}

att_code att_secret_read_file(att_secret *out, const char *path, att_err *err)
{
    att_arena scratch = { 0 };
    struct stat about;
    att_code code = ATT_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    *out = (att_secret){ 0 };
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return att_fail(err, ATT_EAUTH, "there is no file \"%s\"", path);
    }
    if (fd < 0) {
        return att_fail(err, ATT_EAUTH, "\"%s\" cannot be opened: %s", path,
                        strerror(errno));
    }
    if (fstat(fd, &about) != 0) {
        code =
            att_fail(err, ATT_EIO, "\"%s\" cannot be read: %s", path, strerror(errno));
        goto out;
    }
    code = check_file(&about, path, err);
    if (code == ATT_OK) {
        code = read_line(out, fd, att_arena_format(&scratch, "\"%s\"", path), err);
    }
out:
    (void)close(fd);
    att_arena_drop(&scratch);
    return code;
}

att_code att_secret_read_fd(att_secret *out, int fd, att_err *err)
{
    return read_line(out, fd, fd == STDIN_FILENO ? "standard input" : "the open file",
                     err);
}

/* Adds the character at *from to a word, as a shell would inside the quote (or 0), and
 * opens or closes quotes. */
static char *read_quoted(char *to, const char **from, char *quote)
{
    char c = *(*from)++;

    if (c == *quote) {
        *quote = '\0';
    } else if (*quote == '\0' && (c == '\'' || c == '"')) {
        *quote = c;
    } else if (c == '\\' && *quote != '\'' && **from != '\0' &&
               (*quote == '\0' || strchr("\"\\$`", **from) != NULL)) {
        *to++ = *(*from)++;
    } else {
        *to++ = c;
    }
    return to;
}

/* Splits a command into words, NULL after the last. NULL when a quote stays open or
 * there is no word. */
static char **split_words(att_arena *arena, const char *command)
{
    size_t n = strlen(command);
    char **word = att_new_n(arena, char *, n / 2 + 2);
    char *to = att_arena_alloc(arena, n + 2);
    size_t n_words = 0;
    const char *from = command + strspn(command, " \t\n");

    while (*from != '\0') {
        char quote = '\0';

        word[n_words++] = to;
        while (*from != '\0' && (quote != '\0' || strchr(" \t\n", *from) == NULL)) {
            to = read_quoted(to, &from, &quote);
        }
        if (quote != '\0') {
            return NULL;
        }
        *to++ = '\0';
        from += strspn(from, " \t\n");
    }
    return n_words > 0 ? word : NULL;
}

/* Starts the command with its output going to a pipe; *fd is our end. */
static int start_command(char **word, pid_t *pid, int *fd)
{
    posix_spawn_file_actions_t actions;
    int ends[2] = { -1, -1 };
    int why = 0;

    if (pipe(ends) != 0) {
        return errno;
    }
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    why = posix_spawn_file_actions_init(&actions);
    if (why == 0) {
        why = posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        if (why == 0) {
            why = posix_spawnp(pid, word[0], &actions, NULL, word, environ);
        }
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    (void)close(ends[1]);
    if (why != 0) {
        (void)close(ends[0]);
        return why;
    }
    *fd = ends[0];
    return 0;
}

/* What follows the first line is read and forgotten, so that the command can end well.
 * True if it did. */
static bool end_command(pid_t pid, int fd)
{
    char rest[256];
    int status = 0;
    ssize_t got = 0;
    pid_t ended = 0;

    do {
        got = read(fd, rest, sizeof rest);
    } while (got > 0 || (got < 0 && errno == EINTR));
    sodium_memzero(rest, sizeof rest);
    (void)close(fd);
    do {
        ended = waitpid(pid, &status, 0);
    } while (ended < 0 && errno == EINTR);
    return ended == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

att_code att_secret_run(att_secret *out, const char *command, att_err *err)
{
    att_arena scratch = { 0 };
    char **word = split_words(&scratch, command);
    att_err found = { 0 };
    att_code code = ATT_OK;
    pid_t pid = -1;
    int fd = -1;
    int why = 0;

    *out = (att_secret){ 0 };
    if (word == NULL) {
        code = att_fail(err, ATT_EUSAGE,
                        "the command for the secret is empty or leaves a quote open");
        goto out;
    }
    why = start_command(word, &pid, &fd);
    if (why != 0) {
        code = att_fail(err, ATT_EAUTH, "command \"%s\" cannot be run: %s", word[0],
                        strerror(why));
        goto out;
    }
    code = read_line(out, fd, att_arena_format(&scratch, "command \"%s\"", word[0]),
                     &found);
    if (!end_command(pid, fd)) {
        att_secret_drop(out);
        code = att_fail(err, ATT_EAUTH, "command \"%s\" failed, so there is no secret",
                        word[0]);
    } else if (code != ATT_OK) {
        (void)att_fail(err, code, "%s", found.message);
    }
out:
    att_arena_drop(&scratch);
    return code;
}
