/* A thousand random interviews over all bundled instruments, each by script, line by line
 * and on the whole screen: all three leave the same record.
 *
 * ATTUNE_WALKS sets how many, ATTUNE_WALK_SEED the first seed. */
#include "att_test.h"

#include <stdlib.h>
#include <string.h>

#include <attune/base/number.h>

#include "att_walk.h"

static unsigned long long number_in_env(const char *name, unsigned long long otherwise)
{
    const char *text = getenv(name);
    long long number = 0;

    if (text == NULL || !att_number_read_whole(text, strlen(text), &number)) {
        return otherwise;
    }
    return (unsigned long long)number;
}

static void a_thousand_walks_are_the_same_by_every_face(void **state)
{
    static const char *const roles[] = { "PT", "PA", "CL", "RE", "CP", "CO", "" };
    unsigned long long n_walks = number_in_env("ATTUNE_WALKS", 1000);
    unsigned long long first = number_in_env("ATTUNE_WALK_SEED", 1);
    att_arena arena = { 0 };
    const char *const *paths = att_walk_bundled(&arena);
    size_t n_answers = 0, n_paths = 0;

    (void)state;
    while (paths[n_paths] != NULL) {
        n_paths++;
    }
    for (unsigned long long i = 0; i < n_walks; i++) {
        unsigned long long seed = first + i;

        n_answers += att_walk_compare(paths[i % n_paths], i % 5 == 0 ? "es" : "en",
                                      roles[seed % 7], seed);
    }
    print_message("%llu walks over %zu instruments, %zu answers each by three faces\n",
                  n_walks, n_paths, n_answers);
    assert_true(n_answers > n_walks);
    att_arena_drop(&arena);
}

ATT_TEST_MAIN(cmocka_unit_test(a_thousand_walks_are_the_same_by_every_face))
