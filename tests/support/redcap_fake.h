/* redcap_fake.h - the test server's project behind an att_http, without a socket
 *
 * Use:    redcap_fake f; redcap_fake_open(&f, "server/demo-project.json");
 *         give f.http to what is tested; f.fail_at and f.fault strike one request.
 *         redcap_fake_close(&f).
 */
#ifndef ATTUNE_TESTS_REDCAP_FAKE_H
#define ATTUNE_TESTS_REDCAP_FAKE_H

#include <attune/sync/http.h>

#include "tests/server/redcap_fault.h"
#include "tests/server/redcap_project.h"

#define REDCAP_FAKE_TOKEN "9A8B7C6D5E4F30211203F4E5D6C7B8A9" /* invented */

/* What cannot happen on a server, but between it and us. */
typedef enum redcap_mishap {
    REDCAP_MISHAP_NONE = 0,   /* the fault, if any */
    REDCAP_MISHAP_UNSENT,     /* no connection */
    REDCAP_MISHAP_DEATH,      /* this program dies before the request leaves */
    REDCAP_MISHAP_DEATH_AFTER /* ... after it was carried out */
} redcap_mishap;

typedef struct redcap_fake {
    rc_project *project;
    json_t *n_stored; /* record: how often an import of it was carried out */
    att_http http;
    size_t n_requests, n_imports;
    size_t fail_at; /* from 1; 0: never */
    bool fails_on;  /* and all requests after */
    const rc_fault *fault;
    redcap_mishap mishap;
    size_t most_records; /* in one import */
    size_t most_entries; /* of one list in one request */
    size_t most_vars;
    bool was_overwrite;
    bool was_bad; /* a request without format=json&returnFormat=json */
} redcap_fake;

/* path under tests/; the test fails if it is no project. */
void redcap_fake_open(redcap_fake *fake, const char *path);
void redcap_fake_close(redcap_fake *fake);

/* What the project holds: "" when nothing; key is "event|form|instance". */
const char *redcap_fake_cell(const redcap_fake *fake, const char *record,
                             const char *key, const char *column);
void redcap_fake_put(redcap_fake *fake, const char *record, const char *key,
                     const char *column, const char *value);
size_t redcap_fake_n_records(const redcap_fake *fake);

#endif
