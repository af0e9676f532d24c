/* att_failures.h - small instruments for the tests of old failures
 */
#ifndef ATTUNE_TESTS_ATT_FAILURES_H
#define ATTUNE_TESTS_ATT_FAILURES_H

#include "att_program.h"

/* Writes "f.json", the instrument "f" of these items (JSON, with commas between) and
 * further keys (JSON, with a comma before each), and adds it to "s.attune". */
void att_place_instrument(att_place *place, const char *version, const char *items,
                          const char *more);

/* Writes "f.json" with these languages (a JSON list); its texts are in en and es. */
void att_place_languages(att_place *place, const char *languages);

/* Runs "f" with answers (JSON); the test fails unless that finishes. */
void att_place_answer(att_place *place, const char *options, const char *answers);

#endif
