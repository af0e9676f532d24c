/* meter.h - a transport that counts, pauses after a write, and tries reads again
 *
 * Writes pass through once: only the engine may send one again, after it has looked.
 */
#ifndef ATTUNE_SRC_SYNC_METER_H
#define ATTUNE_SRC_SYNC_METER_H

#include <attune/sync/sync.h>

typedef struct att_meter {
    const att_http *inner;
    void (*wait)(long ms);
    long pause_ms;
    size_t n_requests;
    bool has_written; /* the request before was a write: a pause is due */
    att_http http;    /* what to use instead of inner */
} att_meter;

/* wait NULL sleeps; pause_ms as in att_push_opts. The meter must not move after. */
void att_meter_open(att_meter *meter, const att_http *inner, void (*wait)(long ms),
                    long pause_ms);

/* A number in [0, 1) for jitter. */
double att_meter_random(void);

#endif
