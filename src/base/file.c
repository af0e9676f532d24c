#include <attune/base/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <attune/base/buf.h>
#include <attune/base/number.h>

enum { READ_FIRST = 65536 };

static att_code fail_limit(const char *path, size_t limit, att_err *err)
{
    att_buf number = { 0 };

    att_number_grouped(&number, (long long)limit);
    (void)att_fail(err, ATT_ELIMIT, "\"%s\" is too large: at most %s bytes are read",
                   path, att_buf_text(&number));
    att_buf_drop(&number);
    return ATT_ELIMIT;
}

static att_code fail_open(const char *path, int why, att_err *err)
{
    if (why == ENOENT || why == ENOTDIR) {
        return att_fail(err, ATT_ENOTFOUND, "there is no file \"%s\"", path);
    }
    return att_fail(err, ATT_EIO, "\"%s\" cannot be opened: %s", path, strerror(why));
}

/* Reads to the end, or to one byte over the limit. */
static att_code read_all(int fd, const char *path, size_t limit, att_buf *out,
                         att_err *err)
{
    size_t room = READ_FIRST;

    for (;;) {
        ssize_t got = 0;

        if (out->room - out->n < 2) {
            room = out->room > 0 ? out->room * 2 : room;
            out->bytes = att_memory_grow(out->bytes, room, 1);
            out->room = room;
        }
        got = read(fd, out->bytes + out->n, out->room - out->n - 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return att_fail(err, ATT_EIO, "\"%s\" cannot be read: %s", path,
                            strerror(errno));
        }
        out->n += (size_t)got;
        out->bytes[out->n] = '\0';
        if (out->n > limit) {
            return fail_limit(path, limit, err);
        }
        if (got == 0) {
            return ATT_OK;
        }
    }
}

static att_code read_open(att_arena *arena, int fd, const char *path, size_t limit,
                          att_bytes *out, att_err *err)
{
    struct stat about;
    att_buf bytes = { 0 };
    att_code code = ATT_OK;

    if (fstat(fd, &about) != 0) {
        return fail_open(path, errno, err);
    }
    if (S_ISDIR(about.st_mode)) {
        return att_fail(err, ATT_EINPUT, "\"%s\" is a folder, not a file", path);
    }
    if (S_ISREG(about.st_mode) && about.st_size > 0) {
        if ((unsigned long long)about.st_size > limit) {
            return fail_limit(path, limit, err);
        }
        bytes.room = (size_t)about.st_size + 2; /* the end is seen without growing */
        bytes.bytes = att_memory_grow(NULL, bytes.room, 1);
    }
    code = read_all(fd, path, limit, &bytes, err);
    if (code != ATT_OK) {
        att_buf_drop(&bytes);
        return code;
    }
    att_arena_adopt(arena, bytes.bytes);
    *out = (att_bytes){ .bytes = bytes.bytes, .n = bytes.n };
    return ATT_OK;
}

att_code att_file_read(att_arena *arena, const char *path, size_t limit, att_bytes *out,
                       att_err *err)
{
    att_code code = ATT_OK;
    int fd = -1;

    if (strcmp(path, "-") == 0) {
        return read_open(arena, STDIN_FILENO, "standard input", limit, out, err);
    }
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0) {
        return fail_open(path, errno, err);
    }
    code = read_open(arena, fd, path, limit, out, err);
    (void)close(fd);
    return code;
}

static att_code fail_write(const char *path, int why, att_err *err)
{
    if (why == ENOENT || why == ENOTDIR) {
        return att_fail(err, ATT_ENOTFOUND, "the folder of \"%s\" does not exist",
                        path);
    }
    return att_fail(err, ATT_EIO, "\"%s\" cannot be written: %s", path, strerror(why));
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t put = write(fd, bytes, n);

        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return false;
        }
        bytes += put;
        n -= (size_t)put;
    }
    return true;
}

/* A device or pipe has no halves to guard against, and must not be replaced. */
static att_code write_in_place(const char *path, const void *bytes, size_t n,
                               att_err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    att_code code = ATT_OK;

    if (fd < 0) {
        return fail_write(path, errno, err);
    }
    if (!write_all(fd, bytes, n)) {
        code = fail_write(path, errno, err);
    }
    if (close(fd) != 0 && code == ATT_OK) {
        code = fail_write(path, errno, err);
    }
    return code;
}

/* Makes the new name last: the folder is synced too. Some file systems cannot, and say
 * EINVAL. */
static bool sync_folder(att_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder = ".";
    int fd = -1;
    bool is_synced = false;

    if (slash != NULL) {
        size_t n = (size_t)(slash - path);

        folder = n > 0 ? att_arena_text_n(arena, path, n) : "/";
    }
    fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno == EACCES; /* a folder we may write but not read */
    }
    is_synced = fsync(fd) == 0 || errno == EINVAL;
    (void)close(fd);
    return is_synced;
}

static bool fill(int fd, const void *bytes, size_t n, unsigned mode)
{
    return fchmod(fd, (mode_t)mode) == 0 && write_all(fd, bytes, n) && fsync(fd) == 0;
}

/* `path` leads to the file itself, `name` is what messages call it. */
static att_code replace(att_arena *arena, const char *path, const char *name,
                        const att_bytes *bytes, unsigned mode, att_err *err)
{
    char *temporary = att_arena_format(arena, "%s.XXXXXX", path);
    int fd = mkstemp(temporary);
    bool is_done = false;
    int why = 0;

    if (fd < 0) {
        return fail_write(name, errno, err);
    }
    is_done = fill(fd, bytes->bytes, bytes->n, mode);
    why = errno;
    if (close(fd) != 0 && is_done) {
        is_done = false;
        why = errno;
    }
    if (is_done && rename(temporary, path) != 0) {
        is_done = false;
        why = errno;
    }
    if (!is_done) {
        (void)unlink(temporary);
        return fail_write(name, why, err);
    }
    if (!sync_folder(arena, path)) {
        return fail_write(name, errno, err);
    }
    return ATT_OK;
}

att_code att_file_write(const char *path, const void *bytes, size_t n, unsigned mode,
                        att_err *err)
{
    att_arena scratch = { 0 };
    struct stat about;
    const char *target = path;
    char *resolved = NULL;
    att_bytes copy = { 0 };
    att_code code = ATT_OK;

    if (path[0] == '\0') {
        return att_fail(err, ATT_EINPUT, "the file to be written has no name");
    }
    if (stat(path, &about) == 0) {
        if (S_ISDIR(about.st_mode)) {
            return att_fail(err, ATT_EINPUT, "\"%s\" is a folder, not a file", path);
        }
        if (!S_ISREG(about.st_mode)) {
            return write_in_place(path, bytes, n, err);
        }
        resolved = realpath(path, NULL); /* a link stays a link */
        target = resolved != NULL ? resolved : path;
    }
    copy.bytes = att_arena_text_n(&scratch, bytes, n);
    copy.n = n;
    code = replace(&scratch, target, path, &copy, mode, err);
    free(resolved);
    att_arena_drop(&scratch);
    return code;
}
