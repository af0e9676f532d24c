#include "att_test.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <attune/base/arena.h>
#include <attune/base/secret.h>

#define TOKEN "9A81268476645C4E5F03428B8AC3AA7B"

typedef struct place {
    char *folder, *path;
} place;

static int make_place(void **state)
{
    place *p = test_malloc(sizeof *p);

    p->folder = att_test_folder();
    p->path = att_test_join(p->folder, "token");
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

static void put(const place *p, const char *text, mode_t mode)
{
    att_test_write(p->path, text, strlen(text));
    assert_int_equal(chmod(p->path, mode), 0);
}

static void assert_refused(att_code code, const att_err *err, const char *part,
                           const att_secret *secret)
{
    assert_fails(code, ATT_EAUTH, err, part);
    assert_null(secret->text);
    assert_int_equal(secret->n, 0);
    assert_lacks(err->message, "9A81");
    assert_lacks(err->hint, "9A81");
}

static void the_first_line_of_a_private_file_is_the_secret(void **state)
{
    static const char *const texts[] = { TOKEN, TOKEN "\n", "  " TOKEN "\t\r\nsecond\n",
                                         TOKEN " \n\n" };
    const place *p = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        att_secret secret = { 0 };
        att_err err = { 0 };

        put(p, texts[i], i % 2 == 0 ? 0600 : 0400);
        assert_ok(att_secret_read_file(&secret, p->path, &err), &err);
        assert_string_equal(secret.text, TOKEN);
        assert_int_equal(secret.n, strlen(TOKEN));
        att_secret_drop(&secret);
        assert_null(secret.text);
        att_secret_drop(&secret);
        assert_int_equal(chmod(p->path, 0600), 0);
    }
}

static void a_file_that_others_may_touch_is_refused(void **state)
{
    static const struct {
        mode_t mode;
        const char *part;
    } cases[] = {
        { 0644, "others can read \"" },
        { 0640, "others can read \"" },
        { 0604, "(0604)" },
        { 0622, "others can write \"" },
        { 0602, "others can write \"" },
        { 0610, "others can run \"" },
    };
    const place *p = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_secret secret = { 0 };
        att_err err = { 0 };

        put(p, TOKEN, cases[i].mode);
        assert_refused(att_secret_read_file(&secret, p->path, &err), &err,
                       cases[i].part, &secret);
        assert_contains(err.hint, "chmod 600 ");
    }
}

static void a_file_that_holds_no_token_is_refused(void **state)
{
    const place *p = *state;
    char large[4200];
    att_secret secret = { 0 };

    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    {
        const struct {
            const char *text, *part;
        } cases[] = {
            { "", "is empty" },
            { "  \n" TOKEN, "first line is empty" },
            { large, "over 4096 bytes" },
            { "9A81\0339A81", "control characters" },
        };

        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            att_err err = { 0 };

            put(p, cases[i].text, 0600);
            assert_refused(att_secret_read_file(&secret, p->path, &err), &err,
                           cases[i].part, &secret);
        }
    }
    {
        att_err err = { 0 };
        att_err missing = { 0 };

        assert_refused(att_secret_read_file(&secret, p->folder, &err), &err,
                       "not a regular file", &secret);
        assert_int_equal(unlink(p->path), 0);
        assert_refused(att_secret_read_file(&secret, p->path, &missing), &missing,
                       "there is no file", &secret);
    }
}

static void a_pipe_in_place_of_a_file_does_not_hang(void **state)
{
    const place *p = *state;
    att_secret secret = { 0 };
    att_err err = { 0 };

    assert_int_equal(mkfifo(p->path, 0600), 0);
    assert_refused(att_secret_read_file(&secret, p->path, &err), &err,
                   "not a regular file", &secret);
}

static void a_command_prints_the_secret_without_a_shell(void **state)
{
    static const struct {
        const char *command, *secret;
    } cases[] = {
        { "printf " TOKEN, TOKEN },
        { "  printf   '%s\\n'  " TOKEN "  ", TOKEN },
        { "printf '%s\\nmore\\n' " TOKEN, TOKEN },
        { "printf %s 'two words'", "two words" },
        { "printf %s \"a\\\"b\\$HOME\\x\"", "a\"b$HOME\\x" },
        { "printf %s $HOME", "$HOME" },
        { "printf %s a;b|c", "a;b|c" },
        { "printf %s one\\ word", "one word" },
        { "printf %s a''b\"c\"", "abc" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_secret secret = { 0 };
        att_err err = { 0 };

        assert_ok(att_secret_run(&secret, cases[i].command, &err), &err);
        assert_string_equal(secret.text, cases[i].secret);
        att_secret_drop(&secret);
    }
}

static void a_command_that_fails_gives_none(void **state)
{
    static const struct {
        const char *command, *part;
        att_code code;
    } cases[] = {
        { "false", "failed", ATT_EAUTH },
        { "true", "first line is empty", ATT_EAUTH },
        { "attune-no-such-command x", "cannot be run", ATT_EAUTH },
        { "sh -c 'echo 9A81; exit 3'", "failed", ATT_EAUTH },
        { "sh -c 'kill -9 $$'", "failed", ATT_EAUTH },
        { "", "is empty", ATT_EUSAGE },
        { "printf 'open", "quote open", ATT_EUSAGE },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_secret secret = { 0 };
        att_err err = { 0 };

        assert_fails(att_secret_run(&secret, cases[i].command, &err), cases[i].code,
                     &err, cases[i].part);
        assert_null(secret.text);
        assert_lacks(err.message, "9A81");
    }
}

static void a_talkative_command_is_heard_to_its_end(void **state)
{
    att_secret secret = { 0 };
    att_err err = { 0 };

    assert_ok(att_secret_run(&secret,
                             "sh -c 'echo first; i=0; while [ $i -lt 9000 ]; do"
                             " echo 0123456789; i=$((i+1)); done'",
                             &err),
              &err);
    assert_string_equal(secret.text, "first");
    att_secret_drop(&secret);
}

static void an_open_file_is_read_to_the_end_of_its_line(void **state)
{
    att_secret secret = { 0 };
    att_err err = { 0 };
    char rest[8] = "";
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], TOKEN "\nnext", strlen(TOKEN) + 5),
                     (ssize_t)strlen(TOKEN) + 5);
    assert_int_equal(close(ends[1]), 0);
    assert_ok(att_secret_read_fd(&secret, ends[0], &err), &err);
    assert_string_equal(secret.text, TOKEN);
    assert_int_equal(read(ends[0], rest, sizeof rest), 4);
    assert_memory_equal(rest, "next", 4);
    att_secret_drop(&secret);
    assert_fails(att_secret_read_fd(&secret, ends[0], &err), ATT_EAUTH, &err, "empty");
    (void)close(ends[0]);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_place, drop_place)

ATT_TEST_MAIN(IN_FOLDER(the_first_line_of_a_private_file_is_the_secret),
              IN_FOLDER(a_file_that_others_may_touch_is_refused),
              IN_FOLDER(a_file_that_holds_no_token_is_refused),
              IN_FOLDER(a_pipe_in_place_of_a_file_does_not_hang),
              cmocka_unit_test(a_command_prints_the_secret_without_a_shell),
              cmocka_unit_test(a_command_that_fails_gives_none),
              cmocka_unit_test(a_talkative_command_is_heard_to_its_end),
              cmocka_unit_test(an_open_file_is_read_to_the_end_of_its_line))
