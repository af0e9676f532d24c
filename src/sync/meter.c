#include "meter.h"

#include <time.h>

#include <attune/base/seal.h>

enum { PAUSE_MS = 500 };

static void sleep_ms(long ms)
{
    struct timespec left = { ms / 1000, ms % 1000 * 1000000L };

    while (nanosleep(&left, &left) != 0) {
    }
}

double att_meter_random(void)
{
    return (double)att_random_seed() / 9007199254740992.0; /* 2^53 */
}

static att_code send_metered(void *data, att_arena *arena, const att_request *request,
                             att_reply *out, att_err *err)
{
    att_meter *meter = data;

    for (int n_failures = 1;; n_failures++) {
        long wait = 0;

        if (meter->has_written && meter->pause_ms > 0) {
            meter->wait(meter->pause_ms);
        }
        meter->has_written = request->is_write;
        meter->n_requests++;
        ATT_TRY(meter->inner->send(meter->inner->data, arena, request, out, err));
        wait = request->is_write ? -1
                                 : att_retry_wait(out->outcome, n_failures,
                                                  out->retry_after, att_meter_random());
        if (wait < 0) {
            return ATT_OK;
        }
        meter->wait(wait);
    }
}

void att_meter_open(att_meter *meter, const att_http *inner, void (*wait)(long ms),
                    long pause_ms)
{
    *meter = (att_meter){ .inner = inner,
                          .wait = wait == NULL ? sleep_ms : wait,
                          .pause_ms = pause_ms == 0 ? PAUSE_MS : pause_ms };
    meter->http = (att_http){ .data = meter, .send = send_metered };
}
