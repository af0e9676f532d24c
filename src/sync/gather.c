#include "gather.h"

#include <string.h>

#include <attune/store/instruments.h>

typedef struct att_gathered {
    const char *digest;
    const att_instrument *instrument;
    struct att_gathered *next;
} att_gathered;

att_code att_gather_open(att_gather *gather, att_arena *arena, att_store *store,
                         const att_redcap_project *project, att_err *err)
{
    att_setting *settings = NULL;

    *gather = (att_gather){ .arena = arena, .store = store, .project = project };
    ATT_TRY(att_settings_read(arena, store, &settings, &gather->n_settings, err));
    gather->settings = settings;
    return ATT_OK;
}

const att_instrument *att_gather_instrument(att_gather *gather, const char *digest,
                                            att_err *err)
{
    att_gathered *one = gather->instruments;

    while (one != NULL && strcmp(one->digest, digest) != 0) {
        one = one->next;
    }
    if (one == NULL) {
        const att_instrument *instrument =
            att_instruments_read(gather->arena, gather->store, digest, err);

        if (instrument == NULL) {
            return NULL;
        }
        one = att_new(gather->arena, att_gathered);
        one->digest = att_arena_text(gather->arena, digest);
        one->instrument = instrument;
        one->next = gather->instruments;
        gather->instruments = one;
    }
    return one->instrument;
}

att_code att_gather_record(att_gather *gather, att_arena *arena,
                           const att_outbox_row *key, att_redcap_row *out, att_err *err)
{
    const att_instrument *instrument = att_gather_instrument(gather, key->digest, err);
    att_response response;

    if (instrument == NULL) {
        return err != NULL && err->code != ATT_OK ? err->code : ATT_ENOTFOUND;
    }
    ATT_TRY(att_responses_read(arena, gather->store, key->response, &response, err));
    return att_sync_record(arena, instrument, &response, gather->settings,
                           gather->n_settings, key, gather->project, out, err);
}
