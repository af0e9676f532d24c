/* dialect_fhir_writer.h - an instrument on its way to a Questionnaire
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_FHIR_WRITER_H
#define ATTUNE_INSTRUMENT_DIALECT_FHIR_WRITER_H

#include <attune/base/json.h>

#include "dialect_fhir.h"

typedef struct att_fhir_writer {
    att_arena *arena; /* of one instrument */
    att_json_out out;
    att_losses *losses;
    const att_instrument *instrument;
    att_fhir_scores scores;
    const att_expr **scales; /* [n_scales] their scores, or NULL */
    size_t row, row_at; /* the line being written, and the byte up to which lines are
                           counted */
    size_t n_before;    /* losses before this item */
} att_fhir_writer;

#define ATT_FHIR_LOSE(w, kind, field, ...) \
    att_losses_add((w)->losses, ATT_LOSS_##kind, (w)->row, (field), __VA_ARGS__)

/* Takes note of the line that was begun last: losses are named with it. */
void att_fhir_at_line(att_fhir_writer *w);

/* The text in the default language, with what cannot be piped there settled. */
const char *att_fhir_words(const att_fhir_writer *w, const att_wording *wording);

/* A text under a key, with its translations; nothing where there is none. Piped names
 * are reported for field. */
void att_fhir_put_words(att_fhir_writer *w, const char *key, const char *field,
                        const att_wording *wording);

/* An extension of one value: begin, then its value. */
void att_fhir_begin_extension(att_fhir_writer *w, const char *url);
void att_fhir_end_extension(att_fhir_writer *w);

/* Extensions of one value of a kind. */
void att_fhir_put_flag(att_fhir_writer *w, const char *url);
void att_fhir_put_control(att_fhir_writer *w, const char *code);
void att_fhir_put_expression(att_fhir_writer *w, const char *url, const char *path,
                             const char *ours);

/* "answerOption" or "answerValueSet" of an item that has choices. */
void att_fhir_put_options(att_fhir_writer *w, const att_item *item);

/* Whether the set is one of the contained ones there. */
bool att_fhir_is_contained(const att_item *item, const att_choices *set);

/* A named set as a contained ValueSet. */
void att_fhir_put_set(att_fhir_writer *w, const att_choices *set);

/* All items from first up to end, in the open list. */
void att_fhir_put_items(att_fhir_writer *w, size_t first, size_t end);

/* A number that is worked out, as a hidden item. */
void att_fhir_put_calculated(att_fhir_writer *w, const char *id,
                             const att_wording *title, const att_expr *value);

/* Which scores and derived values can be said; then these as calculated items. */
void att_fhir_find_scores(att_fhir_writer *w);
void att_fhir_put_scores(att_fhir_writer *w);

#endif
