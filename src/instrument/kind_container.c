/* page, group, grid: hold items; a grid also hands its choices to its rows */
#include "kinds.h"

static const char *const keys[] = { "title", "brief", NULL };

const att_kind att_kind_page = {
    .name = "page",
    .shape = ATT_SHAPE_CONTAINER,
    .has_items = true,
    .keys = keys,
};

const att_kind att_kind_group = {
    .name = "group",
    .shape = ATT_SHAPE_CONTAINER,
    .has_items = true,
    .keys = keys,
};

const att_kind att_kind_grid = {
    .name = "grid",
    .shape = ATT_SHAPE_CONTAINER,
    .has_choices = true,
    .has_items = true,
    .keys = keys,
};
