/* dialect_instrument.c - our own format, as one dialect among others
 */
#include "dialects.h"

#include <attune/base/json.h>
#include <attune/instrument/read.h>

/* The bytes as they are, once they are known to be an instrument. */
static att_code read_instrument(att_arena *arena, const char *path,
                                const att_bytes *bytes, att_losses *losses,
                                att_scripts *out, att_err *err)
{
    att_instrument *instrument =
        att_instrument_open_bytes(arena, path, bytes->bytes, bytes->n, err);

    (void)losses;
    if (instrument == NULL) {
        return err->code;
    }
    att_scripts_add(arena, out,
                    &(att_script){ instrument->id, bytes->bytes, bytes->n });
    return ATT_OK;
}

const att_dialect att_dialect_instrument = {
    .name = "instrument",
    .about = "attune's own JSON, format 1",
    .suffix = "json",
    .read = read_instrument,
};
