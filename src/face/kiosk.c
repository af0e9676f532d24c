/* kiosk.c - PINs that are tried */
#include <attune/face/face.h>

#define WAIT_MOST 60 /* s */

bool att_kiosk_try(att_kiosk *kiosk, const char *pin, att_msec mono, unsigned *wait)
{
    unsigned seconds = 1;
    unsigned i;

    *wait = 0;
    if (mono < kiosk->shut_until) {
        *wait = (unsigned)((kiosk->shut_until - mono + 999) / 1000);
        return false;
    }
    if (kiosk->opens(kiosk->data, pin)) {
        kiosk->n_wrong = 0;
        return true;
    }
    for (i = 0; i < kiosk->n_wrong && seconds < WAIT_MOST; i++) {
        seconds = 2 * seconds < WAIT_MOST ? 2 * seconds : WAIT_MOST;
    }
    kiosk->n_wrong++;
    kiosk->shut_until = mono + (att_msec)seconds * 1000;
    *wait = seconds;
    return false;
}
