/* fuzz_trials.c - files of tests: any bytes are read or refused, and what is read runs */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include <attune/base/seal.h>
#include <attune/instrument/read.h>

#include "src/cli/testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char instrument_text[] =
    "{\"format\":\"instrument/1\",\"id\":\"f\",\"version\":\"1.0.0\",\"title\":\"F\","
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},\"items\":["
    "{\"id\":\"a\",\"kind\":\"many\",\"text\":\"A\",\"choices\":[{\"code\":1,\"text\":"
    "\"x\"},{\"code\":2,\"text\":\"y\"}]},"
    "{\"id\":\"b\",\"kind\":\"integer\",\"min\":0,\"max\":9,\"show\":\"2 in a\","
    "\"required\":\"soft\",\"warn\":\". < 5\",\"text\":\"B {a:label}\"},"
    "{\"id\":\"c\",\"kind\":\"date\",\"text\":\"C\",\"required\":\"hard\"},"
    "{\"id\":\"d\",\"kind\":\"text\",\"text\":\"D\"}],"
    "\"derived\":[{\"id\":\"e\",\"value\":\"b + 1\"}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_arena arena = { 0 };
    att_err err = { 0 };
    att_json *json = att_json_open_bytes("tests.json", (const char *)data, size, &err);
    att_instrument *instrument = att_instrument_open_bytes(
        &arena, "f.json", instrument_text, sizeof instrument_text - 1, NULL);
    att_trials *trials = NULL;

    assert(instrument != NULL);
    if (json != NULL) {
        trials = att_trials_read(&arena, json, &err);
        att_json_close(json);
    }
    assert(trials != NULL || err.code != ATT_OK);
    for (size_t i = 0; trials != NULL && i < trials->n && i < 20; i++) {
        size_t n = 0;

        att_trial_run(&arena, instrument, &trials->list[i], &n);
    }
    att_arena_drop(&arena);
    return 0;
}
