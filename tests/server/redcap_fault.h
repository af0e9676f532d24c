/* redcap_fault.h - what the test server can do wrong, by request number
 *
 * A fault either keeps a request from being carried out, or (names with "-after", and
 * those that damage a reply) strikes after it was.
 */
#ifndef ATTUNE_TESTS_REDCAP_FAULT_H
#define ATTUNE_TESTS_REDCAP_FAULT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum rc_harm {
    RC_HARM_STATUS = 0, /* another status, with a page */
    RC_HARM_CUT,        /* the connection ends without a reply */
    RC_HARM_CUT_IN,     /* ... in the middle of the reply */
    RC_HARM_TRUNCATED,  /* status 200, half of the JSON */
    RC_HARM_PAGE        /* status 200, a page */
} rc_harm;

typedef struct rc_fault {
    const char *name;
    rc_harm harm;
    int status;
    bool is_after; /* the request was carried out */
} rc_fault;

/* The list; and by name, or NULL. */
extern const rc_fault rc_faults[];
extern const size_t rc_n_faults;
const rc_fault *rc_fault_find(const char *name);

/* The page that a fault shows. */
extern const char rc_fault_page[];

#endif
