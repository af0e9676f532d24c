/* page, group, grid, roster: hold items; a grid also hands its choices to its rows, a
 * roster its items to each of its entries */
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

static const char *const roster_keys[] = { "title", "brief", "count", "max",
                                           "name",  "names", "pairs", NULL };

const att_kind att_kind_roster = {
    .name = "roster",
    .shape = ATT_SHAPE_CONTAINER,
    .has_items = true,
    .keys = roster_keys,
};

const att_kind att_kind_names = {
    .name = "names",
    .shape = ATT_SHAPE_CONTAINER,
    .has_items = true,
};

const att_kind att_kind_entry = {
    .name = "entry",
    .shape = ATT_SHAPE_CONTAINER,
    .has_items = true,
};
