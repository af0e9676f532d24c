/* fuzz_fhir.c - any bytes as a FHIR Questionnaire; what comes of it is read, goes out
 * again, and comes back
 * rooms: base instrument
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <attune/instrument/dialect.h>
#include <attune/instrument/read.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was made must be an instrument, and go out as what can be read. */
static void check(att_arena *arena, const att_dialect *fhir, const att_script *script,
                  att_losses *losses)
{
    att_err err = { 0 };
    att_scripts back = { 0 };
    const att_instrument *instrument =
        att_instrument_open_bytes(arena, script->id, script->text, script->n, &err);
    att_buf out = { 0 };
    att_bytes bytes = { 0 };

    if (instrument == NULL) {
        abort();
    }
    fhir->write(&out, &instrument, 1, losses);
    bytes = (att_bytes){ .bytes = out.bytes, .n = out.n };
    if (fhir->read(arena, "back", &bytes, losses, &back, &err) != ATT_OK &&
        err.code != ATT_ELIMIT) {
        abort();
    }
    att_buf_drop(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const att_dialect *fhir = att_dialect_find("fhir");
    att_arena arena = { 0 };
    att_losses losses = { .arena = &arena, .file = "fuzz" };
    att_scripts scripts = { 0 };
    att_bytes bytes = { .n = size };
    att_err err = { 0 };

    bytes.bytes = att_arena_alloc(&arena, size + 1);
    if (size > 0) {
        memcpy(bytes.bytes, data, size);
    }
    if (fhir->read(&arena, "fuzz", &bytes, &losses, &scripts, &err) != ATT_OK &&
        err.code == ATT_OK) {
        abort();
    }
    for (size_t i = 0; i < scripts.n; i++) {
        check(&arena, fhir, &scripts.list[i], &losses);
    }
    att_arena_drop(&arena);
    return 0;
}
