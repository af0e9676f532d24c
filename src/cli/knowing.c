/* knowing.c - attributes of a person and answers of earlier waves, for one interview
 */
#include "knowing.h"

#include <string.h>

#include <attune/instrument/sheet.h>
#include <attune/store/instruments.h>
#include <attune/store/people.h>
#include <attune/store/responses.h>

typedef struct knowing {
    const att_call *call;
    att_store *store;
    const att_instrument *instrument;
    const att_response *header;
    att_known *list; /* [n] with room for all */
    size_t n;
} knowing;

static void add(knowing *k, const char *wave, const char *name, att_answer answer)
{
    k->list[k->n++] = (att_known){ .wave = wave, .name = name, .answer = answer };
}

/* ---- attributes ---- */

static const char *value_of(const att_person_attribute *kept, size_t n,
                            const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(kept[i].name, name) == 0) {
            return kept[i].value;
        }
    }
    return NULL;
}

static att_code gather_attributes(knowing *k, att_err *err)
{
    att_person_attribute *kept = NULL;
    size_t n = 0;

    if (k->instrument->n_attributes == 0) {
        return ATT_OK;
    }
    ATT_TRY(
        att_people_list(k->call->arena, k->store, k->header->person, &kept, &n, err));
    for (size_t i = 0; i < k->instrument->n_attributes; i++) {
        const att_attribute *one = &k->instrument->attributes[i];
        const char *value = value_of(kept, n, one->id);
        att_answer answer = { 0 };

        if (value == NULL) {
            continue;
        }
        answer = att_attribute_read(k->call->arena, one->kind, value);
        if (answer.kind == ATT_ANSWER_NONE) {
            att_tell(k->call,
                     "\"%s\" of %s is \"%s\", which is no %s; it counts as not known\n",
                     one->id, k->header->person, value, att_attribute_type(one->kind));
        } else {
            add(k, "", one->id, answer);
        }
    }
    return ATT_OK;
}

/* ---- earlier waves ---- */

/* The response of a wave that was finished last; NULL when there is none. What was
 * simulated is known to what is simulated alone. */
static att_code find_finished(const knowing *k, const char *wave,
                              const att_response **out, att_err *err)
{
    att_response_filter filter = { .instrument = k->instrument->id,
                                   .person = k->header->person,
                                   .status = ATT_STATUS_COMPLETE,
                                   .wave = wave };
    att_response *list = NULL;
    size_t n = 0;

    *out = NULL;
    ATT_TRY(att_responses_list(k->call->arena, k->store, &filter, &list, &n, err));
    for (size_t i = 0; i < n; i++) {
        if (list[i].is_simulated == k->header->is_simulated &&
            (*out == NULL || list[i].finished >= (*out)->finished)) {
            *out = &list[i];
        }
    }
    return ATT_OK;
}

/* The form as it was finished then, read with the version that was asked then. */
static att_code open_sheet(const knowing *k, const char *wave, const att_sheet **out,
                           att_err *err)
{
    att_arena *arena = k->call->arena;
    const att_response *found = NULL;
    const att_instrument *instrument;
    att_response whole;
    att_setting *settings = NULL;
    size_t n_settings = 0;

    *out = NULL;
    ATT_TRY(find_finished(k, wave, &found, err));
    if (found == NULL) {
        return ATT_OK;
    }
    ATT_TRY(att_responses_read(arena, k->store, found->id, &whole, err));
    ATT_TRY(att_settings_read(arena, k->store, &settings, &n_settings, err));
    instrument = att_instruments_read(arena, k->store, found->digest, err);
    if (instrument == NULL) {
        return err->code;
    }
    *out = att_sheet_of_response(arena, instrument, &whole, settings, n_settings);
    return ATT_OK;
}

static void add_earlier(knowing *k, const att_sheet *sheet, const att_earlier *earlier)
{
    const char *id = k->instrument->items[earlier->item].id;
    size_t item = att_instrument_item(sheet->instrument, id);
    att_answer answer = { 0 };

    if (item != ATT_NONE && !sheet->instrument->items[item].is_identifying) {
        answer = att_sheet_get(sheet, item, true);
    }
    if (answer.kind != ATT_ANSWER_NONE) {
        answer.beside = NULL;
        add(k, earlier->wave, id, answer);
    }
}

static bool is_first_of_wave(const att_instrument *instrument, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (strcmp(instrument->earlier[j].wave, instrument->earlier[i].wave) == 0) {
            return false;
        }
    }
    return true;
}

static att_code gather_earlier(knowing *k, att_err *err)
{
    const att_instrument *in = k->instrument;

    for (size_t i = 0; i < in->n_earlier; i++) {
        const att_sheet *sheet = NULL;

        if (!is_first_of_wave(in, i)) {
            continue;
        }
        ATT_TRY(open_sheet(k, in->earlier[i].wave, &sheet, err));
        for (size_t j = i; sheet != NULL && j < in->n_earlier; j++) {
            if (strcmp(in->earlier[j].wave, in->earlier[i].wave) == 0) {
                add_earlier(k, sheet, &in->earlier[j]);
            }
        }
    }
    return ATT_OK;
}

att_code att_knowing_gather(const att_call *call, att_store *store,
                            const att_instrument *instrument, att_response *header,
                            att_err *err)
{
    knowing k = {
        .call = call, .store = store, .instrument = instrument, .header = header
    };

    if (header->person[0] == '\0') {
        return ATT_OK;
    }
    k.list = att_new_n(call->arena, att_known,
                       instrument->n_attributes + instrument->n_earlier);
    ATT_TRY(gather_attributes(&k, err));
    ATT_TRY(gather_earlier(&k, err));
    header->known = k.list;
    header->n_known = k.n;
    return ATT_OK;
}
