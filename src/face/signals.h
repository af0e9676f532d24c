/* signals.h - what handlers share
 */
#ifndef ATTUNE_FACE_SIGNALS_H
#define ATTUNE_FACE_SIGNALS_H

#include <stdbool.h>

/* For handlers. While the interview's thread holds a signal back, between its look at a
 * flag and its wait, the kernel gives it to any other thread (a library's), and the wait
 * would not end: so the other thread passes it on. True when it did. */
bool att_signal_pass_on(int number);

/* The terminal has gone away: as if its SIGHUP, which may still be on its way, were here
 * already. */
void att_signal_hang_up(void);

/* Whether a read or a write that failed with `why` (0: a read at its end) was on a
 * terminal that has gone away; if so it is noted. While it goes, either that failure or
 * the question says so. */
bool att_signal_hung_up(int fd, int why);

#endif
