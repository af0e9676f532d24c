/* assemble.h - responses to frame
 *
 * Two steps: first every version of the instrument, which makes the columns (all
 * versions' columns, in order of first appearance); then each response with its own
 * version. Values are effective values: what was hidden is not_asked.
 */
#ifndef ATTUNE_DATA_ASSEMBLE_H
#define ATTUNE_DATA_ASSEMBLE_H

#include <attune/data/frame.h>
#include <attune/instrument/sheet.h>

typedef struct att_assembly att_assembly;

typedef struct att_assemble_opts {
    bool with_scores;      /* a column a scale and derived value, after the items */
    bool with_identifying; /* never in exports or reports; for a person's own copy */
} att_assemble_opts;

att_assembly *att_assemble_begin(att_arena *arena, const att_assemble_opts *opts);

/* A version; later ones add what is new. Choices that come from a setting of the study
 * take their labels from settings. The frame borrows words from instrument, which must
 * outlive it; settings must live until the end. All versions come before the first
 * response. An item that changed its kind gets a second column, "age__text". */
void att_assemble_instrument(att_assembly *assembly, const att_instrument *instrument,
                             const att_setting *settings, size_t n_settings);

/* One response; its instrument must have been given. Copies what it keeps. What its
 * version has no item for is not_asked; what an open interview has not come to is
 * not_reached; an answer of another sort than the column's is unreadable. */
void att_assemble_response(att_assembly *assembly, const att_instrument *instrument,
                           const att_response *response);

/* The frame; in the arena given to begin. */
att_frame *att_assemble_end(att_assembly *assembly);

#endif
