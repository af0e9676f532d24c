/* dialect_fhir.c - FHIR's Questionnaire as a dialect
 */
#include "dialect_fhir.h"

#include <string.h>

#include "dialects.h"

static const struct {
    att_reason reason;
    const char *code;
} absent[] = {
    { ATT_REASON_REFUSED, "asked-declined" },
    { ATT_REASON_NOT_APPLICABLE, "not-applicable" },
    { ATT_REASON_DONT_KNOW, "asked-unknown" },
};

const char *att_fhir_absent(att_reason reason)
{
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        if (absent[i].reason == reason) {
            return absent[i].code;
        }
    }
    return NULL;
}

att_reason att_fhir_absent_read(const char *code)
{
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        if (strcmp(absent[i].code, code) == 0) {
            return absent[i].reason;
        }
    }
    return strcmp(code, "unknown") == 0 ? ATT_REASON_DONT_KNOW : ATT_REASON_NONE;
}

const char *att_fhir_system(att_arena *arena, const att_instrument *instrument,
                            const att_item *item)
{
    const att_choices *set = att_set_behind(instrument, item);
    size_t n = instrument->n_items;

    while (item->from == ATT_FROM_ITEM && n-- > 0) {
        item = &instrument->items[item->from_item];
    }
    return att_arena_format(
        arena, ATT_FHIR_OURS "%s:%s", instrument->id,
        set != NULL && set->id != NULL && set->id[0] != '\0' ? set->id : item->id);
}

const att_dialect att_dialect_fhir = {
    .name = "fhir",
    .about = "a FHIR R4 Questionnaire, JSON",
    .suffix = "fhir.json",
    .holds_many = true,
    .read = att_questionnaire_read,
    .write = att_questionnaire_write,
};

bool att_fhir_repeats(const att_fhir_scores *scores, const att_item *item)
{
    return scores->repeats != NULL && item->roster != NULL && item->base != NULL &&
           scores->repeats[item->roster->item];
}

const char *att_fhir_link(const att_fhir_scores *scores, const att_item *item)
{
    return att_fhir_repeats(scores, item) ? item->base : item->id;
}
