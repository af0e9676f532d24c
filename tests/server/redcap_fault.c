#include "redcap_fault.h"

#include <string.h>

const rc_fault rc_faults[] = {
    { "cut", RC_HARM_CUT, 0, false },
    { "cut-before-reply", RC_HARM_CUT, 0, true },
    { "cut-in-reply", RC_HARM_CUT_IN, 200, true },
    { "truncated", RC_HARM_TRUNCATED, 200, true },
    { "html", RC_HARM_PAGE, 200, false },
    { "html-after", RC_HARM_PAGE, 200, true },
    { "403", RC_HARM_STATUS, 403, false },
    { "404", RC_HARM_STATUS, 404, false },
    { "408", RC_HARM_STATUS, 408, false },
    { "408-after", RC_HARM_STATUS, 408, true },
    { "413", RC_HARM_STATUS, 413, false },
    { "429", RC_HARM_STATUS, 429, false },
    { "500", RC_HARM_STATUS, 500, false },
    { "500-after", RC_HARM_STATUS, 500, true },
    { "502", RC_HARM_STATUS, 502, false },
    { "502-after", RC_HARM_STATUS, 502, true },
    { "503", RC_HARM_STATUS, 503, false },
    { "503-after", RC_HARM_STATUS, 503, true },
    { "504", RC_HARM_STATUS, 504, false },
    { "504-after", RC_HARM_STATUS, 504, true },
    { "redirect", RC_HARM_STATUS, 302, false },
};
const size_t rc_n_faults = sizeof rc_faults / sizeof rc_faults[0];

const char rc_fault_page[] =
    "<!DOCTYPE html>\n<html><head><title>Down for maintenance</title>\n"
    "<style>p { color: red }</style></head>\n"
    "<body><p>Back in an hour &amp; thank you.</p></body></html>\n";

const rc_fault *rc_fault_find(const char *name)
{
    for (size_t i = 0; i < rc_n_faults; i++) {
        if (strcmp(rc_faults[i].name, name) == 0) {
            return &rc_faults[i];
        }
    }
    return NULL;
}
