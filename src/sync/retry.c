#include <attune/sync/sync.h>

/* Few outcomes, one place that decides. */
enum {
    FAILURES_MAX = 6,
    FIRST_MS = 1000,
    LONGEST_MS = 60000,
    RETRY_AFTER_MAX = 600 /* s: a server that asks for more is tried another day */
};

long att_retry_wait(att_net outcome, int n_failures, long retry_after, double random)
{
    long wait = FIRST_MS;

    switch (outcome) {
    case ATT_NET_BUSY:
    case ATT_NET_UNKNOWN:
    case ATT_NET_UNSENT: break;
    case ATT_NET_OK:
    case ATT_NET_AUTH:
    case ATT_NET_REFUSED:
    case ATT_NET_TOO_BIG:
    case ATT_NET_WRONG: return -1;
    }
    if (n_failures > FAILURES_MAX || retry_after > RETRY_AFTER_MAX) {
        return -1;
    }
    for (int i = 1; i < n_failures && wait < LONGEST_MS; i++) {
        wait *= 2;
    }
    wait = wait < LONGEST_MS ? wait : LONGEST_MS;
    wait = (long)((double)wait * (0.5 + 0.5 * random));
    return wait > retry_after * 1000 ? wait : retry_after * 1000;
}
