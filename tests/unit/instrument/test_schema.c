/* test_schema.c - the published schema and the loader judge one corpus alike
 *
 * The judging is done by tests/schema/run.py with Debian's python3-jsonschema; without
 * it the test is skipped with a word.
 */
#include "att_test.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_INSTALLED = 77, NO_PYTHON = 127 };

static int run(const char *script)
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        execlp("python3", "python3", "-B", script, (char *)NULL);
        _exit(NO_PYTHON);
    }
    assert_true(waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void the_schema_and_the_loader_agree_on_the_corpus(void **state)
{
    int status = run(att_test_path("schema/run.py"));

    if (status == NOT_INSTALLED || status == NO_PYTHON) {
        print_message("left out: python3-jsonschema is not installed\n");
        skip();
    }
    assert_int_equal(status, 0);
}

ATT_TEST_MAIN(cmocka_unit_test(the_schema_and_the_loader_agree_on_the_corpus))
