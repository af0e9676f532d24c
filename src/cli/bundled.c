/* bundled.c - a file, or the name of an instrument we ship
 */
#include "bundled.h"

#include <string.h>

#include <attune/base/stamp.h>
#include <attune/base/text.h>
#include <attune/instrument/read.h>

#include "bundle.h"

#define NAMES_MAX 64

/* Files are bundled as "recs.json"; people say "recs". */
static const att_bundled *find(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < att_bundle_n; i++) {
        if (strncmp(att_bundle[i].name, name, n) == 0 &&
            strcmp(att_bundle[i].name + n, ".json") == 0) {
            return &att_bundle[i];
        }
    }
    return NULL;
}

bool att_bundled_is(const char *name)
{
    return find(name) != NULL;
}

static void hint_names(const char *name, att_err *err)
{
    att_arena scratch = { 0 };
    const char *names[NAMES_MAX];
    att_buf list = { 0 };
    size_t n = 0;
    const char *nearest;

    for (; n < att_bundle_n && n < NAMES_MAX; n++) {
        names[n] = att_arena_text_n(&scratch, att_bundle[n].name,
                                    strcspn(att_bundle[n].name, "."));
        att_buf_format(&list, "%s%s", n > 0 ? ", " : "", names[n]);
    }
    nearest = att_text_nearest(name, names, n);
    if (nearest != NULL) {
        att_hint(err, "did you mean \"%s\"?", nearest);
    } else {
        att_hint(err, "name a file, or one of: %s", att_buf_text(&list));
    }
    att_buf_drop(&list);
    att_arena_drop(&scratch);
}

att_code att_bundled_bytes(att_arena *arena, const char *name, att_bytes *out,
                           att_err *err)
{
    const att_bundled *bundled = find(name);
    att_err failure = { 0 };
    att_code code = att_file_read(arena, name, ATT_JSON_BYTES_MAX, out, &failure);

    if (code == ATT_OK) {
        return ATT_OK;
    }
    if (code == ATT_ENOTFOUND && bundled != NULL) {
        out->bytes = att_arena_text_n(arena, bundled->text, bundled->n);
        out->n = bundled->n;
        return ATT_OK;
    }
    if (code == ATT_ENOTFOUND) {
        hint_names(name, &failure);
    }
    *err = failure;
    return code;
}

att_instrument *att_bundled_add(att_call *call, att_store *store, const char *name,
                                bool *is_new, att_err *err)
{
    att_bytes bytes = { 0 };
    att_instrument *instrument;

    if (att_bundled_bytes(call->arena, name, &bytes, err) != ATT_OK) {
        return NULL;
    }
    instrument =
        att_instrument_open_bytes(call->arena, name, bytes.bytes, bytes.n, err);
    if (instrument == NULL) {
        att_hint(err, "see all that is wrong: attune check %s", name);
        return NULL;
    }
    if (att_instruments_add(store, instrument, bytes.bytes, bytes.n, att_stamp_now(),
                            is_new, err) != ATT_OK) {
        return NULL;
    }
    return instrument;
}
