#include <attune/math/outcome.h>

const char *att_outcome_name(att_outcome outcome)
{
    switch (outcome) {
    case ATT_OUTCOME_OK: return "ok";
    case ATT_OUTCOME_TOO_FEW: return "too few rows or columns";
    case ATT_OUTCOME_CONSTANT: return "no variation";
    case ATT_OUTCOME_SINGULAR: return "singular matrix";
    case ATT_OUTCOME_BOUNDARY: return "at a boundary";
    case ATT_OUTCOME_STOPPED: return "out of iterations";
    }
    return "";
}
