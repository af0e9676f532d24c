/* report.h - results to documents
 *
 * Names join numbers here, once. What comes out is an att_doc; doc/renderer.h shows it
 * on a terminal, as HTML, or as JSON.
 */
#ifndef ATTUNE_REPORT_REPORT_H
#define ATTUNE_REPORT_REPORT_H

#include <attune/data/frame.h>
#include <attune/doc/doc.h>
#include <attune/psych/alpha.h>

typedef enum att_audience {
    ATT_FOR_INTERNAL = 0, /* nothing hidden */
    ATT_FOR_SITE,         /* cells under 5 hidden */
    ATT_FOR_PUBLIC        /* cells 1 to 10 hidden, and what would give them away */
} att_audience;

/* One scale of numbers to analyse: from an instrument or from a CSV file. */
typedef struct att_reliability_input {
    const char *scale;  /* id of the scale; NULL when the items are no scale's */
    const char *title;  /* "Trust (recs)", "5 items, bfi.csv" */
    const char *source; /* where the rows come from: "bfi.csv" */
    const att_frame *frame;
    const size_t *columns;   /* [n] */
    const bool *is_reversed; /* [n] */
    size_t n;
    att_model model;  /* formative and checklist scales get a sentence instead */
    const bool *keep; /* [n_rows] or NULL */
} att_reliability_input;

/* `attune analyze reliability`: a section a scale; docs/SCREENS.md section 4. failed:
 * set when an estimate could not be made (exit 1), may be NULL. */
att_doc *att_report_reliability(att_arena *arena, const att_reliability_input *inputs,
                                size_t n_inputs, bool *failed);

/* The same results as JSON: {"format":"attune-analysis/1", ...}: a list of {analysis,
 * scale, options, values} where values is flat, by the dotted names of METHODS. */
void att_report_reliability_json(att_buf *out, const att_reliability_input *inputs,
                                 size_t n_inputs);

typedef struct att_report_input {
    const att_instrument *instrument; /* newest version */
    const att_instrument *const
        *versions; /* [n_versions] all that rows were made with */
    size_t n_versions;
    const att_frame *frame; /* items and scores; finished and open rows */
    att_audience audience;
    const char *command; /* what makes this report again */
    const char *program; /* "attune 0.1.0" */
    const char *head;    /* the journal's head, hex */
    const char *network; /* name of the network, or "" */
    bool is_simulated;   /* some rows were invented: said in a banner */
} att_report_input;

/* `attune report`: scale card, sample, items, reliability, warnings, methods; languages
 * apart; suppression last. */
att_doc *att_report_instrument(att_arena *arena, const att_report_input *input);

#endif
