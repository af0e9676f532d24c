/* test_disk.c - the disk fails, the process dies, two write at once: nothing is lost
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faulty_vfs.h"
#include "small.h"

/* ---- a disk that fails ---- */

/* Begins, answers three times, finishes; stops at the first failure. Counts what was
 * confirmed. */
static int interview(const char *path, const char *digest, att_err *err)
{
    small s = { .digest = digest };
    int n = 0;

    s.store = att_store_open(path, ATT_OPEN_WRITE, err);
    if (s.store != NULL) {
        if (small_try_begin(&s, ID_B, "N-2") == ATT_OK) {
            n++;
        }
        for (int i = 0; n == i + 1 && i < 3; i++) {
            n += small_try_append(&s, ID_B, small_answer("t1", 10 + i)) == ATT_OK;
        }
        if (n == 4) {
            n += small_try_append(&s, ID_B, small_act(ATT_ACT_FINISH)) == ATT_OK;
        }
        *err = s.err;
    }
    att_store_close(s.store);
    return n;
}

/* After the disk was healed: the study holds, and all that was confirmed is there. */
static void look_after(const char *path, int confirmed)
{
    small s = { 0 };
    att_response r = { 0 };

    s.store = att_store_open(path, ATT_OPEN_WRITE, &s.err);
    assert_ok(s.err.code, &s.err);
    small_holds(&s);
    if (confirmed > 0) {
        assert_ok(att_responses_read(&s.arena, s.store, ID_B, &r, &s.err), &s.err);
    }
    assert_true(r.n_entries >= (size_t)confirmed);
    for (size_t i = 1; i < r.n_entries && i < 4; i++) {
        assert_near(r.entries[i].answer.number, 9 + (double)i, 0);
    }
    att_store_close(s.store);
    att_arena_drop(&s.arena);
}

static void run_faults(int stays, int is_full)
{
    small s;
    char *copy;
    size_t n_bytes;
    char *bytes;
    int n_failed = 1;

    faulty_install();
    faulty_set(0, 0, 0);
    small_start(&s);
    small_whole(&s, ID_A, "N-1", 3);
    bytes = att_test_read(s.path, &n_bytes);
    copy = att_test_join(s.folder, "copy.attune");
    for (int at = 1; n_failed > 0; at++) {
        att_err err = { 0 };
        int confirmed;

        att_test_write(copy, bytes, n_bytes);
        faulty_set(at, stays, is_full);
        confirmed = interview(copy, s.digest, &err);
        n_failed = faulty.n_failed;
        faulty_set(0, 0, 0);
        if (n_failed > 0 && confirmed < 5) {
            assert_int_equal(err.code, ATT_EIO);
        }
        look_after(copy, confirmed);
        assert_true(at < 1000);
    }
    test_free(bytes);
    test_free(copy);
    small_end(&s);
}

static void a_disk_that_is_full_for_a_moment_loses_nothing_confirmed(void **state)
{
    run_faults(0, 1);
}

static void a_disk_that_stays_full_loses_nothing_confirmed(void **state)
{
    run_faults(1, 1);
}

static void a_disk_that_fails_once_loses_nothing_confirmed(void **state)
{
    run_faults(0, 0);
}

static void a_disk_that_breaks_loses_nothing_confirmed(void **state)
{
    run_faults(1, 0);
}

static void a_full_disk_says_what_is_safe(void **state)
{
    small s;
    struct rlimit limit;
    struct rlimit before;
    att_entry entry = small_act(ATT_ACT_ANSWER);
    char text[20001];

    small_start(&s);
    small_begin(&s, ID_A, "");
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    entry.item = "t2";
    entry.answer = att_answer_of_text(text);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = 4096 * 45; /* room for the study, not for a long answer */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    while (small_try_append(&s, ID_A, entry) == ATT_OK) {
    }
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(s.err.code, ATT_EIO);
    assert_contains(s.err.message, "the disk is full; nothing was lost up to the last "
                                   "confirmed answer");
    s.err = (att_err){ 0 };
    small_append(&s, ID_A, small_answer("t1", 2));
    small_holds(&s);
    small_end(&s);
}

/* ---- a process that dies ---- */

/* The child: appends until it is killed, telling of each that was confirmed. */
static void append_until_killed(const char *path, int out)
{
    small s = { 0 };
    char told = 1;

    s.store = att_store_open(path, ATT_OPEN_WRITE, &s.err);
    for (int i = 0; s.store != NULL; i++) {
        if (small_try_append(&s, ID_A, small_answer("t1", i)) != ATT_OK ||
            write(out, &told, 1) != 1) {
            break;
        }
    }
    _exit(1);
}

/* Kills a child some moments after its `wanted`-th word; how many words it spoke. */
static long kill_after(const char *path, int wanted, unsigned moments)
{
    int ends[2];
    pid_t child;
    char word;
    long n = 0;
    volatile unsigned spin = moments;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        close(ends[0]);
        append_until_killed(path, ends[1]);
    }
    assert_true(child > 0);
    close(ends[1]);
    while (n < wanted && read(ends[0], &word, 1) == 1) {
        n++;
    }
    while (spin > 0) {
        spin--;
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (read(ends[0], &word, 1) == 1) {
        n++;
    }
    close(ends[0]);
    return n;
}

static void forty_killed_writers_lose_nothing_confirmed(void **state)
{
    unsigned seed = 4711;
    long long confirmed = 1;
    small s;

    small_start(&s);
    small_begin(&s, ID_A, "");
    for (int round = 0; round < 40; round++) {
        att_verify v;

        att_store_close(s.store);
        seed = seed * 1664525u + 1013904223u;
        confirmed += kill_after(s.path, 1 + round % 5, (seed >> 8) % 2000000);
        s.store = att_store_open(s.path, ATT_OPEN_WRITE, &s.err);
        assert_ok(s.err.code, &s.err);
        v = small_verify(&s);
        assert_true(v.chain_holds && v.database_holds);
        assert_true(v.n_entries >= confirmed);
        confirmed = v.n_entries; /* an entry may be on disk and not yet confirmed */
    }
    small_end(&s);
}

/* ---- two at once ---- */

static void append_many(const char *path, const char *id, int n)
{
    small s = { 0 };
    int done = 0;

    s.store = att_store_open(path, ATT_OPEN_WRITE, &s.err);
    while (s.store != NULL && done < n &&
           small_try_append(&s, id, small_answer("t1", done)) == ATT_OK) {
        done++;
    }
    att_store_close(s.store);
    _exit(done == n ? 0 : 1);
}

static void two_processes_at_once_keep_one_chain(void **state)
{
    static const char *const ids[2] = { ID_A, ID_B };
    small s;
    pid_t child[2];

    small_start(&s);
    small_begin(&s, ID_A, "");
    small_begin(&s, ID_B, "");
    att_store_close(s.store);
    for (int i = 0; i < 2; i++) {
        child[i] = fork();
        if (child[i] == 0) {
            append_many(s.path, ids[i], 60);
        }
    }
    for (int i = 0; i < 2; i++) {
        int status = -1;

        assert_true(waitpid(child[i], &status, 0) == child[i]);
        assert_int_equal(status, 0);
    }
    s.store = att_store_open(s.path, ATT_OPEN_WRITE, &s.err);
    assert_int_equal(small_verify(&s).n_entries, 2 + 120);
    small_holds(&s);
    small_end(&s);
}

ATT_TEST_MAIN(
    cmocka_unit_test(a_disk_that_is_full_for_a_moment_loses_nothing_confirmed),
    cmocka_unit_test(a_disk_that_stays_full_loses_nothing_confirmed),
    cmocka_unit_test(a_disk_that_fails_once_loses_nothing_confirmed),
    cmocka_unit_test(a_disk_that_breaks_loses_nothing_confirmed),
    cmocka_unit_test(a_full_disk_says_what_is_safe),
    cmocka_unit_test(forty_killed_writers_lose_nothing_confirmed),
    cmocka_unit_test(two_processes_at_once_keep_one_chain))
