/* fuzz_xlsform.c - any bytes as an XLSForm; what comes of it is read and goes out again
 * rooms: base instrument
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <attune/instrument/dialect.h>
#include <attune/instrument/read.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes as a form; false when they are none. */
static bool read_form(att_arena *arena, const att_bytes *bytes, att_losses *losses,
                      att_scripts *scripts)
{
    att_err err = { 0 };
    att_code code =
        att_dialect_find("xlsform")->read(arena, "fuzz", bytes, losses, scripts, &err);

    if (code != ATT_OK && err.code == ATT_OK) {
        abort();
    }
    return code == ATT_OK;
}

/* What was made must be an instrument, and go out in a form that can be read. */
static void check(att_arena *arena, att_dialect_write write, const att_script *script,
                  att_losses *losses)
{
    att_err err = { 0 };
    const att_instrument *instrument =
        att_instrument_open_bytes(arena, script->id, script->text, script->n, &err);
    att_buf out = { 0 };
    att_bytes bytes = { 0 };
    att_scripts back = { 0 };

    if (instrument == NULL) {
        abort();
    }
    write(&out, &instrument, 1, losses);
    bytes.bytes = att_buf_copy(arena, &out);
    bytes.n = out.n;
    att_buf_drop(&out);
    if (!read_form(arena, &bytes, losses, &back) || back.n != 1) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const att_dialect *xlsform = att_dialect_find("xlsform");
    att_arena arena = { 0 };
    att_losses losses = { .arena = &arena, .file = "fuzz" };
    att_scripts scripts = { 0 };
    att_bytes bytes = { .n = size };

    bytes.bytes = att_arena_alloc(&arena, size + 1);
    if (size > 0) {
        memcpy(bytes.bytes, data, size);
    }
    if (read_form(&arena, &bytes, &losses, &scripts)) {
        check(&arena, xlsform->write, &scripts.list[0], &losses);
        check(&arena, xlsform->second.write, &scripts.list[0], &losses);
    }
    att_arena_drop(&arena);
    return 0;
}
