#include "thresholds.h"

static const att_threshold thresholds[ATT_N_LIMITS] = {
    [ATT_LIMIT_ALPHA_GROUP] = { "alpha, comparing groups", 0.70, "COSMIN" },
    [ATT_LIMIT_ALPHA_PERSON] = { "alpha, deciding about one person", 0.90,
                                 "common practice" },
    [ATT_LIMIT_ALPHA_REDUNDANT] = { "alpha, items repeat each other above", 0.95,
                                    "common practice" },
    [ATT_LIMIT_ITEM_REST] = { "item-rest correlation", 0.30, "common practice" },
    [ATT_LIMIT_ITEM_PAIR] = { "correlation of two items, above", 0.80,
                              "attune's choice" },
    [ATT_LIMIT_MISSING] = { "missing answers, above", 0.05, "attune's choice" },
    [ATT_LIMIT_EXTREME] = { "floor or ceiling of an item, above", 0.70,
                            "attune's choice" },
    [ATT_LIMIT_UNUSED] = { "an answer is unused, under", 0.02, "attune's choice" },
    [ATT_LIMIT_FLAG_ROWS] = { "answers from which an item is flagged", 20,
                              "attune's choice" },
    [ATT_LIMIT_LEVEL] = { "level of intervals", 0.95, "attune's choice" },
};

const att_threshold *att_threshold_of(att_limit limit)
{
    return &thresholds[limit];
}

double att_limit_value(att_limit limit)
{
    return thresholds[limit].value;
}
