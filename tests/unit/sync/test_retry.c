#include <att_test.h>

#include <attune/sync/sync.h>

static void only_what_may_pass_is_tried_again(void **state)
{
    static const struct {
        const char *label;
        att_net outcome;
        int n_failures;
        long retry_after;
        double random;
        long wait;
    } cases[] = {
        { "done", ATT_NET_OK, 1, 0, 0.5, -1 },
        { "token", ATT_NET_AUTH, 1, 0, 0.5, -1 },
        { "refused", ATT_NET_REFUSED, 1, 0, 0.5, -1 },
        { "too big", ATT_NET_TOO_BIG, 1, 0, 0.5, -1 },
        { "wrong address", ATT_NET_WRONG, 1, 0, 0.5, -1 },
        { "unsent, least jitter", ATT_NET_UNSENT, 1, 0, 0.0, 500 },
        { "unsent, most jitter", ATT_NET_UNSENT, 1, 0, 1.0, 1000 },
        { "second", ATT_NET_UNKNOWN, 2, 0, 1.0, 2000 },
        { "sixth", ATT_NET_UNKNOWN, 6, 0, 1.0, 32000 },
        { "seventh", ATT_NET_UNKNOWN, 7, 0, 1.0, -1 },
        { "many", ATT_NET_BUSY, 1000000, 0, 1.0, -1 },
        { "asked to wait", ATT_NET_BUSY, 1, 7, 0.0, 7000 },
        { "asked for less than our own wait", ATT_NET_BUSY, 5, 1, 1.0, 16000 },
        { "ten minutes", ATT_NET_BUSY, 1, 600, 0.0, 600000 },
        { "more than ten minutes", ATT_NET_BUSY, 1, 601, 0.0, -1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long wait = att_retry_wait(cases[i].outcome, cases[i].n_failures,
                                   cases[i].retry_after, cases[i].random);

        if (wait != cases[i].wait) {
            fail_msg("%s: %ld, expected %ld", cases[i].label, wait, cases[i].wait);
        }
    }
}

static void waits_grow_and_stay_under_a_minute(void **state)
{
    long before = 0;

    for (int n = 1; att_retry_wait(ATT_NET_UNKNOWN, n, 0, 0.999) >= 0; n++) {
        long wait = att_retry_wait(ATT_NET_UNKNOWN, n, 0, 0.999);

        assert_true(wait > before);
        assert_true(wait <= 60000);
        before = wait;
    }
    assert_true(before > 0);
}

ATT_TEST_MAIN(cmocka_unit_test(only_what_may_pass_is_tried_again),
              cmocka_unit_test(waits_grow_and_stay_under_a_minute))
