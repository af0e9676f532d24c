#include "att_test.h"

#include <dirent.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <attune/base/file.h>

typedef struct place {
    char *folder, *path;
} place;

static int make_place(void **state)
{
    place *p = test_malloc(sizeof *p);

    p->folder = att_test_folder();
    p->path = att_test_join(p->folder, "file");
    *state = p;
    return 0;
}

static int drop_place(void **state)
{
    place *p = *state;

    test_free(p->path);
    att_test_folder_drop(p->folder);
    test_free(p);
    return 0;
}

static size_t count_files(const char *folder)
{
    DIR *dir = opendir(folder);
    size_t n = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL) {
        n++;
    }
    (void)closedir(dir);
    return n - 2; /* . and .. */
}

static void what_is_written_is_read_back(void **state)
{
    const place *p = *state;
    att_arena a = { 0 };
    struct stat about;

    for (size_t n = 0; n < 300000; n = n * 3 + 1) {
        att_err err = { 0 };
        att_bytes got = { 0 };
        char *bytes = att_arena_alloc(&a, n);

        for (size_t i = 0; i < n; i++) {
            bytes[i] = (char)(i * 7);
        }
        assert_ok(att_file_write(p->path, bytes, n, 0600, &err), &err);
        assert_ok(att_file_read(&a, p->path, n, &got, &err), &err);
        assert_int_equal(got.n, n);
        assert_memory_equal(got.bytes, bytes, n);
        assert_int_equal(got.bytes[n], 0);
        assert_int_equal(count_files(p->folder), 1);
        assert_int_equal(stat(p->path, &about), 0);
        assert_int_equal(about.st_mode & 07777, 0600);
    }
    att_arena_drop(&a);
}

static void the_limit_is_the_last_size_that_is_read(void **state)
{
    const place *p = *state;
    att_arena a = { 0 };
    att_err err = { 0 };
    att_bytes got = { 0 };

    att_test_write(p->path, "12345", 5);
    assert_ok(att_file_read(&a, p->path, 5, &got, &err), &err);
    assert_fails(att_file_read(&a, p->path, 4, &got, &err), ATT_ELIMIT, &err,
                 "at most 4 bytes");
    att_arena_drop(&a);
}

static void what_has_no_size_is_stopped_at_the_limit(void **state)
{
    att_arena a = { 0 };
    att_err err = { 0 };
    att_bytes got = { 0 };

    assert_fails(att_file_read(&a, "/dev/zero", 100000, &got, &err), ATT_ELIMIT, &err,
                 "at most 100,000 bytes");
    assert_ok(att_file_read(&a, "/dev/null", 0, &got, NULL), NULL);
    assert_int_equal(got.n, 0);
    assert_string_equal(got.bytes, "");
    att_arena_drop(&a);
}

static void what_cannot_be_read_is_named(void **state)
{
    const place *p = *state;
    att_arena a = { 0 };
    att_err missing = { 0 };
    att_err folder = { 0 };
    att_err under = { 0 };
    att_bytes got = { 0 };
    char *below = NULL;

    assert_fails(att_file_read(&a, p->path, 10, &got, &missing), ATT_ENOTFOUND,
                 &missing, "there is no file \"");
    assert_fails(att_file_read(&a, p->folder, 10, &got, &folder), ATT_EINPUT, &folder,
                 "is a folder, not a file");
    att_test_write(p->path, "x", 1);
    below = att_test_join(p->path, "below");
    assert_fails(att_file_read(&a, below, 10, &got, &under), ATT_ENOTFOUND, &under,
                 "there is no file \"");
    test_free(below);
    att_arena_drop(&a);
}

static void a_dash_is_standard_input(void **state)
{
    att_arena a = { 0 };
    att_bytes got = { 0 };
    att_err err = { 0 };
    int kept = dup(STDIN_FILENO);
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "piped", 5), 5);
    assert_int_equal(close(ends[1]), 0);
    assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
    assert_ok(att_file_read(&a, "-", 100, &got, &err), &err);
    assert_string_equal(got.bytes, "piped");
    if (kept >= 0) {
        assert_true(dup2(kept, STDIN_FILENO) >= 0);
        (void)close(kept);
    }
    (void)close(ends[0]);
    att_arena_drop(&a);
}

static void a_write_that_fails_leaves_the_old_file(void **state)
{
    const place *p = *state;
    att_err err = { 0 };
    att_err none = { 0 };
    char *lost = att_test_join(p->folder, "no/such/file");
    char *long_name = NULL;
    char name[300];
    att_arena a = { 0 };
    att_bytes got = { 0 };

    att_test_write(p->path, "old", 3);
    /* the temporary's name is longer than a name can be, the file's own is not */
    memset(name, 'n', 252);
    name[252] = '\0';
    long_name = att_test_join(p->folder, name);
    att_test_write(long_name, "old", 3);
    assert_fails(att_file_write(long_name, "new", 3, 0600, &err), ATT_EIO, &err,
                 "cannot be written");
    assert_ok(att_file_read(&a, long_name, 3, &got, NULL), NULL);
    assert_string_equal(got.bytes, "old");
    assert_fails(att_file_write(lost, "new", 3, 0600, &none), ATT_ENOTFOUND, &none,
                 "the folder of \"");
    assert_int_equal(count_files(p->folder), 2);
    test_free(lost);
    test_free(long_name);
    att_arena_drop(&a);
}

static void a_disk_that_fills_leaves_the_old_file_and_no_other(void **state)
{
    /* a limit on the size of files stands for the full disk */
    const place *p = *state;
    static const char bytes[5000] = "new";
    struct rlimit before;
    struct rlimit small;
    att_err err = { 0 };
    att_code code = ATT_OK;
    char *text = NULL;
    size_t n = 0;

    att_test_write(p->path, "old", 3);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1000;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    code = att_file_write(p->path, bytes, sizeof bytes, 0600, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_fails(code, ATT_EIO, &err, "cannot be written: ");
    assert_int_equal(count_files(p->folder), 1);
    text = att_test_read(p->path, &n);
    assert_string_equal(text, "old");
    test_free(text);
}

static void folders_and_devices_are_not_replaced(void **state)
{
    const place *p = *state;
    struct stat about;
    att_err err = { 0 };

    assert_fails(att_file_write(p->folder, "x", 1, 0600, &err), ATT_EINPUT, &err,
                 "is a folder");
    assert_ok(att_file_write("/dev/null", "x", 1, 0600, NULL), NULL);
    assert_int_equal(stat("/dev/null", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
}

static void a_link_stays_a_link(void **state)
{
    const place *p = *state;
    char *link_path = att_test_join(p->folder, "link");
    struct stat about;
    size_t n = 0;
    char *text = NULL;

    att_test_write(p->path, "old", 3);
    assert_int_equal(symlink("file", link_path), 0);
    assert_ok(att_file_write(link_path, "new", 3, 0644, NULL), NULL);
    assert_int_equal(lstat(link_path, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    text = att_test_read(p->path, &n);
    assert_string_equal(text, "new");
    test_free(text);
    test_free(link_path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_place, drop_place)

ATT_TEST_MAIN(IN_FOLDER(what_is_written_is_read_back),
              IN_FOLDER(the_limit_is_the_last_size_that_is_read),
              cmocka_unit_test(what_has_no_size_is_stopped_at_the_limit),
              IN_FOLDER(what_cannot_be_read_is_named),
              cmocka_unit_test(a_dash_is_standard_input),
              IN_FOLDER(a_write_that_fails_leaves_the_old_file),
              IN_FOLDER(a_disk_that_fills_leaves_the_old_file_and_no_other),
              IN_FOLDER(folders_and_devices_are_not_replaced),
              IN_FOLDER(a_link_stays_a_link))
