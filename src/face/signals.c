/* signals.c - signals set a flag, and nothing else */
#include "signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/select.h>
#include <termios.h>

#include <attune/face/face.h>

/* What a handler may touch; it cannot be handed an argument. */
static volatile sig_atomic_t caught;
static pthread_t waiting; /* the interview's thread; written before any handler is */

static const int watched[] = { SIGHUP, SIGTERM, SIGINT };

#define N_WATCHED (sizeof watched / sizeof watched[0])

bool att_signal_pass_on(int number)
{
    return pthread_equal(pthread_self(), waiting) == 0 &&
           pthread_kill(waiting, number) == 0;
}

static void note(int number)
{
    if (att_signal_pass_on(number)) {
        return;
    }
    /* an end that was asked for is not undone by a later Ctrl-C */
    if (caught == 0 || caught == SIGINT) {
        caught = number;
    }
}

void att_signals_start(void)
{
    struct sigaction action = { .sa_handler = note };
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    size_t i;

    caught = 0;
    waiting = pthread_self();
    sigemptyset(&action.sa_mask);
    sigemptyset(&ignore.sa_mask);
    for (i = 0; i < N_WATCHED; i++) {
        sigaction(watched[i], &action, NULL);
    }
    sigaction(SIGPIPE, &ignore, NULL);
}

void att_signal_hang_up(void)
{
    note(SIGHUP);
}

bool att_signal_hung_up(int fd, int why)
{
    struct termios modes;
    bool is_there = tcgetattr(fd, &modes) == 0;
    bool is_gone = (!is_there && errno == EIO) || (is_there && why == EIO);

    if (is_gone) {
        att_signal_hang_up();
    }
    return is_gone;
}

int att_signal_caught(void)
{
    return caught;
}

void att_signal_forget(void)
{
    if (caught == SIGINT) {
        caught = 0;
    }
}

int att_signal_wait_for(int fd, att_msec most)
{
    att_msec end = att_stamp_mono() + most;
    sigset_t block, before;
    fd_set ready;
    int n = 1;
    size_t i;

    if (fd < 0 || fd >= FD_SETSIZE) {
        return caught == 0;
    }
    sigemptyset(&block);
    for (i = 0; i < N_WATCHED; i++) {
        sigaddset(&block, watched[i]);
    }
    sigprocmask(SIG_BLOCK, &block, &before);
    while (caught == 0) {
        att_msec left = most > 0 ? end - att_stamp_mono() : 0;
        struct timespec time = { .tv_sec = (time_t)(left / 1000),
                                 .tv_nsec = (long)(left % 1000) * 1000000L };

        if (most > 0 && left <= 0) {
            n = 0;
            break;
        }
        FD_ZERO(&ready);
        FD_SET(fd, &ready);
        n = pselect(fd + 1, &ready, NULL, NULL, most > 0 ? &time : NULL, &before);
        if (n > 0 || (n < 0 && errno != EINTR)) {
            break;
        }
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return caught != 0 ? 0 : n == 0 ? -1 : 1;
}

bool att_signal_wait(int fd)
{
    return att_signal_wait_for(fd, 0) == 1;
}
