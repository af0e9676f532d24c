/* note: text to read; asks nothing */
#include "kinds.h"

static const char *const keys[] = { "title", NULL };

const att_kind att_kind_note = {
    .name = "note",
    .shape = ATT_SHAPE_NOTE,
    .keys = keys,
};
