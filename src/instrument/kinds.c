#include <attune/instrument/kind.h>

#include <math.h>
#include <string.h>

#include "kinds.h"

const att_kind *const att_kinds[] = {
    &att_kind_note,    &att_kind_one,     &att_kind_many,     &att_kind_rank,
    &att_kind_grid,    &att_kind_integer, &att_kind_decimal,  &att_kind_text,
    &att_kind_date,    &att_kind_time,    &att_kind_datetime, &att_kind_vas,
    &att_kind_consent, &att_kind_calc,    &att_kind_page,     &att_kind_group,
    &att_kind_roster,
};
const size_t att_n_kinds = sizeof att_kinds / sizeof *att_kinds;

const att_kind *att_kind_find(const char *name)
{
    for (size_t i = 0; i < att_n_kinds; i++) {
        if (strcmp(att_kinds[i]->name, name) == 0) {
            return att_kinds[i];
        }
    }
    return NULL;
}

/* All codes 0 or more and rising: then the number shown is the code. */
static bool shows_codes(const att_offer *offer)
{
    for (size_t i = 0; i < offer->n_choices; i++) {
        if (offer->choices[i].code < 0) {
            return false;
        }
        if (i > 0 && offer->choices[i].code <= offer->choices[i - 1].code) {
            return false;
        }
    }
    return true;
}

int att_offer_number(const att_offer *offer, size_t choice)
{
    return shows_codes(offer) ? offer->choices[choice].code : (int)choice + 1;
}

size_t att_offer_find(const att_offer *offer, int number)
{
    if (!shows_codes(offer)) {
        return number >= 1 && (size_t)number <= offer->n_choices ? (size_t)number - 1
                                                                 : ATT_NONE;
    }
    for (size_t i = 0; i < offer->n_choices; i++) {
        if (offer->choices[i].code == number) {
            return i;
        }
    }
    return ATT_NONE;
}

att_refusal att_refusal_make(att_refusal_code code, const char *text)
{
    return (att_refusal){
        .code = code, .number = NAN, .low = NAN, .high = NAN, .text = text
    };
}

att_refusal att_refusal_none(void)
{
    return att_refusal_make(ATT_REFUSAL_NONE, "");
}

char *att_typed_trim(att_arena *arena, const char *typed)
{
    static const char blanks[] = " \t\r\n";
    const char *from = typed + strspn(typed, blanks);
    size_t n = strlen(from);

    while (n > 0 && strchr(blanks, from[n - 1]) != NULL) {
        n--;
    }
    return att_arena_text_n(arena, from, n);
}
