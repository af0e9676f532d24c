/* dialect_fhir.h - FHIR's Questionnaire: its names, and what its two halves share
 *
 * A Questionnaire is a JSON object with items in items; docs/FHIR.md. What R4 has no
 * element for is an extension, named by a URL.
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_FHIR_H
#define ATTUNE_INSTRUMENT_DIALECT_FHIR_H

#include <attune/instrument/dialect.h>
#include <attune/instrument/expr.h>

#include "dialect_logic.h"
#include "dialect_lose.h"
#include "dialect_middle.h"

#define ATT_FHIR_CORE "http://hl7.org/fhir/StructureDefinition/"
#define ATT_FHIR_SDC  "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"

#define ATT_FHIR_MIN        ATT_FHIR_CORE "minValue"
#define ATT_FHIR_MAX        ATT_FHIR_CORE "maxValue"
#define ATT_FHIR_MIN_LENGTH ATT_FHIR_CORE "minLength"
#define ATT_FHIR_REGEX      ATT_FHIR_CORE "regex"
#define ATT_FHIR_DECIMALS   ATT_FHIR_CORE "maxDecimalPlaces"
#define ATT_FHIR_CONTROL    ATT_FHIR_CORE "questionnaire-itemControl"
#define ATT_FHIR_HIDDEN     ATT_FHIR_CORE "questionnaire-hidden"
#define ATT_FHIR_UNIT       ATT_FHIR_CORE "questionnaire-unit"
#define ATT_FHIR_STEP       ATT_FHIR_CORE "questionnaire-sliderStepValue"
#define ATT_FHIR_LEAST      ATT_FHIR_CORE "questionnaire-minOccurs"
#define ATT_FHIR_MOST       ATT_FHIR_CORE "questionnaire-maxOccurs"
#define ATT_FHIR_EXCLUSIVE  ATT_FHIR_CORE "questionnaire-optionExclusive"
#define ATT_FHIR_ORDINAL    ATT_FHIR_CORE "ordinalValue"
#define ATT_FHIR_WEIGHT     ATT_FHIR_CORE "itemWeight"
#define ATT_FHIR_TRANSLATED ATT_FHIR_CORE "translation"
#define ATT_FHIR_WORKED_OUT ATT_FHIR_CORE "cqf-calculatedValue"
#define ATT_FHIR_SHORT      ATT_FHIR_SDC "shortText"
#define ATT_FHIR_CALCULATED ATT_FHIR_SDC "calculatedExpression"
#define ATT_FHIR_ENABLE     ATT_FHIR_SDC "enableWhenExpression"

#define ATT_FHIR_CONTROLS "http://hl7.org/fhir/questionnaire-item-control"
#define ATT_FHIR_ABSENT   "http://terminology.hl7.org/CodeSystem/data-absent-reason"
#define ATT_FHIR_OURS     "urn:attune:" /* systems and URLs that we make begin so */

/* A reason that people can choose, as data-absent-reason names it; NULL for others. */
const char *att_fhir_absent(att_reason reason);

/* The reason of such a name; NONE when it is none that people can choose. */
att_reason att_fhir_absent_read(const char *code);

void att_questionnaire_write(att_buf *buf, const att_instrument *const *instruments,
                             size_t n, att_losses *losses);

att_code att_questionnaire_read(att_arena *arena, const char *path,
                                const att_bytes *bytes, att_losses *losses,
                                att_scripts *out, att_err *err);

/* ---- expressions going out ---- */

/* What stands in the questionnaire beside the items. */
typedef struct att_fhir_scores {
    bool *has_scale;   /* [n_scales] */
    bool *has_derived; /* [n_derived] */
    bool *repeats;     /* [n_items] rosters that are groups that repeat; or NULL */
} att_fhir_scores;

/* Whether an item stands in a group that repeats, where its name has no number. */
bool att_fhir_repeats(const att_fhir_scores *scores, const att_item *item);
const char *att_fhir_link(const att_fhir_scores *scores, const att_item *item);

/* An expression in FHIRPath: a condition that is true, false or empty where ours is
 * true, false or unknown; with is_value a number, empty where ours is missing. */
att_logic att_fhir_path(att_arena *arena, const att_instrument *instrument,
                        const att_fhir_scores *scores, const att_expr *expr,
                        bool is_value);

/* One condition of enableWhen. */
typedef struct att_fhir_when {
    const char *question; /* linkId */
    const char *op;       /* "=", "exists" */
    const char *answer;   /* "answerCoding" */
    const char *text;     /* of Coding the code, of others the value */
    const char *system;   /* of Coding */
    double number;        /* of Integer, Decimal; of Boolean 0 or 1 */
} att_fhir_when;

typedef struct att_fhir_whens {
    att_fhir_when *list; /* [n] */
    size_t n, room;
    bool is_any; /* one of them is enough */
} att_fhir_whens;

/* A condition as enableWhen; false where only an expression can say it. */
bool att_fhir_enable(att_arena *arena, const att_instrument *instrument,
                     const att_fhir_scores *scores, const att_expr *expr,
                     att_fhir_whens *out);

/* The code system of a set's codes. */
const char *att_fhir_system(att_arena *arena, const att_instrument *instrument,
                            const att_item *item);

#endif
