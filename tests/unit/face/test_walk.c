/* test_walk.c - the same random interview leaves the same record by every face
 *
 * Two walks through each bundled instrument and through those with every kind of item;
 * tests/long/test_walks.c has a thousand.
 */
#include "att_test.h"

#include "att_walk.h"

static void bundled_instruments_leave_the_same_record_by_every_face(void **state)
{
    static const char *const roles[] = { "PT", "PA", "CL", "RE", "CP", "CO" };
    att_arena arena = { 0 };
    const char *const *paths = att_walk_bundled(&arena);
    size_t n_answers = 0;

    (void)state;
    for (size_t i = 0; paths[i] != NULL; i++) {
        for (unsigned long long seed = 1; seed <= 2; seed++) {
            print_message("%s %llu\n", paths[i], seed);
            n_answers += att_walk_compare(paths[i], seed == 1 ? "en" : "es",
                                          roles[(i + seed) % 6], seed);
        }
    }
    assert_true(n_answers > 100);
    att_arena_drop(&arena);
}

static void every_kind_leaves_the_same_record_by_every_face(void **state)
{
    static const char *const paths[] = { "instruments/everything.json",
                                         "instruments/kinds.json",
                                         "instruments/orders.json",
                                         "instruments/roster.json" };

    (void)state;
    for (unsigned long long seed = 1; seed <= 30; seed++) {
        att_walk_compare(paths[seed % 4], "en", "", seed);
    }
}

/* Rosters, ranks, orders by seed, blocks, pages, piping and languages, all in one. */
static void what_meets_in_one_instrument_leaves_the_same_record(void **state)
{
    static const char *const languages[] = { "en", "es", "ar" };
    size_t n_answers = 0;

    (void)state;
    for (unsigned long long seed = 1; seed <= 30; seed++) {
        n_answers +=
            att_walk_compare("instruments/network.json", languages[seed % 3], "", seed);
    }
    assert_true(n_answers > 600);
}

ATT_TEST_MAIN(cmocka_unit_test(bundled_instruments_leave_the_same_record_by_every_face),
              cmocka_unit_test(every_kind_leaves_the_same_record_by_every_face),
              cmocka_unit_test(what_meets_in_one_instrument_leaves_the_same_record))
