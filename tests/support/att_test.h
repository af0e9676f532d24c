/* att_test.h - what every test of attune includes, and nothing else of cmocka
 *
 * What:   cmocka in its order of headers, near and contains, a folder of one's own,
 *         files beside the tests, golden files, and main in one line.
 * Use:    static void a_sentence(void **state) { ... }
 *         ATT_TEST_MAIN(cmocka_unit_test(a_sentence), cmocka_unit_test(another))
 */
#ifndef ATTUNE_TESTS_ATT_TEST_H
#define ATTUNE_TESTS_ATT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <attune/base/error.h>

/* Fails unless |actual - expected| <= tol. NaN equals only NaN, an infinity only
 * itself. Prints all three numbers. */
#define assert_near(actual, expected, tol) \
    att_test_near((actual), (expected), (tol), #actual, __FILE__, __LINE__)

/* Fails unless `part` stands somewhere in `text`. */
#define assert_contains(text, part) \
    att_test_contains((text), (part), 1, __FILE__, __LINE__)
#define assert_lacks(text, part) \
    att_test_contains((text), (part), 0, __FILE__, __LINE__)

/* Fails unless code is ATT_OK; prints message, place and hint of err (or NULL). */
#define assert_ok(code, err) att_test_ok((code), (err), #code, __FILE__, __LINE__)

/* Fails unless code is `wanted` and err (unless NULL) says `part` ("" for anything). */
#define assert_fails(code, wanted, err, part) \
    att_test_fails((code), (wanted), (err), (part), #code, __FILE__, __LINE__)

/* Fails unless the n bytes are those of tests/golden/NAME. `make golden` writes the
 * file instead; its diff is reviewed like code. */
#define assert_golden(text, n, name) \
    att_test_golden((text), (n), (name), __FILE__, __LINE__)

/* The path of a file under tests/. One of eight buffers in turn: use it soon. */
const char *att_test_path(const char *relative);

/* All bytes of a file under tests/ (or of an absolute path), NUL after them. The test
 * fails if it cannot be read. test_free() gives it back. */
char *att_test_read(const char *relative, size_t *n);

/* Writes a file, replacing it; the test fails if that fails. */
void att_test_write(const char *path, const void *bytes, size_t n);

/* A new empty folder of mode 0700; the caller drops it, which removes all in it. */
char *att_test_folder(void);
void att_test_folder_drop(char *folder);

/* "folder/name", to be given back by test_free(). */
char *att_test_join(const char *folder, const char *name);

/* main for a file of tests. */
#define ATT_TEST_MAIN(...)                                               \
    int main(void)                                                       \
    {                                                                    \
        const struct CMUnitTest tests[] = { __VA_ARGS__ };               \
        att_test_start();                                                \
        return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL); \
    }

/* What ATT_TEST_MAIN does first: att_seal_start. Ends the program if it fails. */
void att_test_start(void);

/* Behind the macros. */
void att_test_near(double actual, double expected, double tol, const char *what,
                   const char *file, int line);
void att_test_contains(const char *text, const char *part, int wanted, const char *file,
                       int line);
void att_test_ok(att_code code, const att_err *err, const char *what, const char *file,
                 int line);
void att_test_fails(att_code code, att_code wanted, const att_err *err,
                    const char *part, const char *what, const char *file, int line);
void att_test_golden(const char *text, size_t n, const char *name, const char *file,
                     int line);

#endif
