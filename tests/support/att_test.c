/* att_test.c - helpers of the tests; see the header */
#define _XOPEN_SOURCE 700

#include "att_test.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <attune/base/seal.h>

/* Fails the test that stands at file:line, after what print_error has said. */
static void fail_at(const char *file, int line)
{
    _fail(file, line);
}

static const char *tests_folder(void)
{
    const char *folder = getenv("ATTUNE_TESTS");

    return folder == NULL ? "tests" : folder;
}

void att_test_start(void)
{
    att_err err = { 0 };

    if (att_seal_start(&err) != ATT_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(99);
    }
}

void att_test_near(double actual, double expected, double tol, const char *what,
                   const char *file, int line)
{
    int same;

    if (isnan(actual) || isnan(expected)) {
        same = isnan(actual) && isnan(expected);
    } else if (isinf(actual) || isinf(expected)) {
        same = isinf(actual) && isinf(expected) && (actual > 0.0) == (expected > 0.0);
    } else {
        same = fabs(actual - expected) <= tol;
    }
    if (!same) {
        print_error("%s is %.17g, expected %.17g within %.3g (off by %.3g)\n", what,
                    actual, expected, tol, fabs(actual - expected));
        fail_at(file, line);
    }
}

void att_test_contains(const char *text, const char *part, int wanted, const char *file,
                       int line)
{
    int found = text != NULL && strstr(text, part) != NULL;

    if (found != wanted) {
        print_error("expected %s\"%s\" in:\n%s\n", wanted ? "" : "no ", part,
                    text == NULL ? "(NULL)" : text);
        fail_at(file, line);
    }
}

static void print_failure(const att_err *err)
{
    if (err == NULL || err->code == ATT_OK) {
        return;
    }
    print_error("  %s\n", err->message);
    if (err->where.file[0] != '\0' || err->where.line > 0) {
        print_error("  at %s:%u:%u (%s)\n", err->where.file, err->where.line,
                    err->where.column, err->where.pointer);
    }
    if (err->hint[0] != '\0') {
        print_error("  hint: %s\n", err->hint);
    }
}

void att_test_ok(att_code code, const att_err *err, const char *what, const char *file,
                 int line)
{
    if (code != ATT_OK) {
        print_error("%s is code %d, expected ATT_OK\n", what, (int)code);
        print_failure(err);
        fail_at(file, line);
    }
}

void att_test_fails(att_code code, att_code wanted, const att_err *err,
                    const char *part, const char *what, const char *file, int line)
{
    if (code != wanted) {
        print_error("%s is code %d, expected %d\n", what, (int)code, (int)wanted);
        print_failure(err);
        fail_at(file, line);
    }
    if (err != NULL) {
        att_test_contains(err->message, part, 1, file, line);
    }
}

const char *att_test_path(const char *relative)
{
    static char paths[8][PATH_MAX];
    static unsigned turn;
    char *path = paths[turn++ % 8];

    if (relative[0] == '/') {
        snprintf(path, PATH_MAX, "%s", relative);
    } else {
        snprintf(path, PATH_MAX, "%s/%s", tests_folder(), relative);
    }
    return path;
}

char *att_test_read(const char *relative, size_t *n)
{
    const char *path = att_test_path(relative);
    FILE *file = fopen(path, "rb");
    char *bytes;
    struct stat info;
    size_t n_read;

    if (file == NULL || fstat(fileno(file), &info) != 0) {
        if (file != NULL) {
            fclose(file);
        }
        fail_msg("cannot read %s: %s", path, strerror(errno));
    }
    bytes = test_malloc((size_t)info.st_size + 1);
    n_read = fread(bytes, 1, (size_t)info.st_size, file);
    fclose(file);
    bytes[n_read] = '\0';
    if (n != NULL) {
        *n = n_read;
    }
    return bytes;
}

void att_test_write(const char *path, const void *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    int ok;

    if (file == NULL) {
        fail_msg("cannot write %s: %s", path, strerror(errno));
    }
    ok = fwrite(bytes, 1, n, file) == n;
    if (fclose(file) != 0 || !ok) {
        fail_msg("cannot write %s: %s", path, strerror(errno));
    }
}

char *att_test_join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + 1 + strlen(name) + 1;
    char *path = test_malloc(size);

    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

char *att_test_folder(void)
{
    const char *above = getenv("TMPDIR");
    char *folder = att_test_join(above == NULL || above[0] == '\0' ? "/tmp" : above,
                                 "attune-test-XXXXXX");

    if (mkdtemp(folder) == NULL) {
        fail_msg("cannot make a folder like %s: %s", folder, strerror(errno));
    }
    return folder;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void att_test_folder_drop(char *folder)
{
    if (folder == NULL) {
        return;
    }
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    test_free(folder);
}

/* Prints the first line in which the two texts differ, of both. */
static void print_first_difference(const char *actual, const char *expected)
{
    unsigned line = 1;
    size_t start = 0;
    size_t i = 0;

    while (actual[i] != '\0' && actual[i] == expected[i]) {
        if (actual[i] == '\n') {
            line++;
            start = i + 1;
        }
        i++;
    }
    print_error("line %u is    \"%.*s\"\n", line, (int)strcspn(actual + start, "\n"),
                actual + start);
    print_error("line %u wanted \"%.*s\"\n", line, (int)strcspn(expected + start, "\n"),
                expected + start);
}

void att_test_golden(const char *text, size_t n, const char *name, const char *file,
                     int line)
{
    char path[PATH_MAX];
    char *expected;
    size_t n_expected;

    snprintf(path, sizeof path, "%s/golden/%s", tests_folder(), name);
    if (getenv("ATTUNE_GOLDEN") != NULL) {
        att_test_write(path, text, n);
        return;
    }
    if (access(path, R_OK) != 0) {
        print_error("%s is not there; `make golden` writes it\n", path);
        fail_at(file, line);
    }
    expected = att_test_read(path, &n_expected);
    if (n != n_expected || memcmp(text, expected, n) != 0) {
        print_error("differs from %s\n", path);
        print_first_difference(text, expected);
        fail_at(file, line);
    }
    test_free(expected);
}
