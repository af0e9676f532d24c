/* calc: a number worked out from other answers; asks nothing */
#include "kinds.h"

static const char *const keys[] = { "value", NULL };

const att_kind att_kind_calc = {
    .name = "calc",
    .shape = ATT_SHAPE_CALC,
    .keys = keys,
};
