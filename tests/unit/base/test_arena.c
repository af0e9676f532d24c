#include "att_test.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <attune/base/arena.h>

static void memory_is_zeroed_and_aligned_also_after_a_rewind(void **state)
{
    att_arena a = { 0 };

    for (size_t size = 0; size < 10000; size += 37) {
        att_arena_mark mark = att_arena_mark_now(&a);

        for (int round = 0; round < 2; round++) {
            unsigned char *p = att_arena_alloc(&a, size);

            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(p[i], 0);
            }
            memset(p, 0xA5, size);
            if (round == 0) {
                att_arena_rewind(&a, mark);
            }
        }
    }
    att_arena_drop(&a);
}

static void blocks_do_not_overlap_whatever_their_size(void **state)
{
    att_arena a = { 0 };
    unsigned char *p[40];
    size_t size[40];

    for (size_t i = 0; i < 40; i++) {
        size[i] = i % 5 == 0 ? (size_t)3 << 20 : i * 101 + 1;
        p[i] = att_arena_alloc(&a, size[i]);
        memset(p[i], (int)i, size[i]);
    }
    for (size_t i = 0; i < 40; i++) {
        assert_int_equal(p[i][0], i);
        assert_int_equal(p[i][size[i] - 1], i);
    }
    att_arena_drop(&a);
    assert_null(a.head);
}

static void a_rewind_keeps_what_was_there_before_the_mark(void **state)
{
    att_arena a = { 0 };
    att_arena_mark empty = att_arena_mark_now(&a);
    char *kept = att_arena_text(&a, "kept");
    att_arena_mark mark = att_arena_mark_now(&a);

    for (int i = 0; i < 1000; i++) {
        (void)att_arena_format(&a, "%d goes", i);
    }
    att_arena_rewind(&a, mark);
    assert_string_equal(kept, "kept");
    assert_ptr_equal(a.head, mark.head);
    att_arena_rewind(&a, empty);
    assert_null(a.head);
}

static void adopted_blocks_die_with_the_rewind_or_the_arena(void **state)
{
    /* the leak checker of the asan build is the judge */
    att_arena a = { 0 };
    char *first = att_memory_grow(NULL, 10, 1);
    att_arena_mark mark;

    strcpy(first, "first");
    att_arena_adopt(&a, first);
    mark = att_arena_mark_now(&a);
    for (int i = 0; i < 300; i++) {
        att_arena_adopt(&a, att_memory_grow(NULL, 100, 3));
    }
    att_arena_rewind(&a, mark);
    assert_string_equal(first, "first");
    att_arena_adopt(&a, NULL);
    att_arena_drop(&a);
    att_arena_drop(&a);
}

static void texts_are_copied(void **state)
{
    att_arena a = { 0 };
    char text[] = "twelve";
    char *whole = att_arena_text(&a, text);
    char *part = att_arena_text_n(&a, text, 3);
    char *none = att_arena_text_n(&a, NULL, 0);

    text[0] = 'X';
    assert_string_equal(whole, "twelve");
    assert_string_equal(part, "twe");
    assert_string_equal(none, "");
    assert_string_equal(att_arena_format(&a, "%s-%d", "n", 7), "n-7");
    att_arena_drop(&a);
}

static void grow_keeps_what_a_block_held(void **state)
{
    int *list = att_memory_grow(NULL, 0, sizeof *list);

    for (size_t n = 1; n <= 1000; n++) {
        list = att_memory_grow(list, n, sizeof *list);
        list[n - 1] = (int)n;
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(list[i], i + 1);
    }
    att_memory_free(list);
    att_memory_free(NULL);
}

static void a_product_that_overflows_ends_the_program_with_8(void **state)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        att_arena a = { 0 };

        (void)close(STDERR_FILENO);
        (void)att_arena_array(&a, SIZE_MAX / 2, 3);
        _exit(0);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 8);
}

ATT_TEST_MAIN(cmocka_unit_test(memory_is_zeroed_and_aligned_also_after_a_rewind),
              cmocka_unit_test(blocks_do_not_overlap_whatever_their_size),
              cmocka_unit_test(a_rewind_keeps_what_was_there_before_the_mark),
              cmocka_unit_test(adopted_blocks_die_with_the_rewind_or_the_arena),
              cmocka_unit_test(texts_are_copied),
              cmocka_unit_test(grow_keeps_what_a_block_held),
              cmocka_unit_test(a_product_that_overflows_ends_the_program_with_8))
