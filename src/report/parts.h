/* parts.h - the report of an instrument, section by section
 */
#ifndef ATTUNE_REPORT_PARTS_H
#define ATTUNE_REPORT_PARTS_H

#include "judge.h"
#include "suppress.h"

/* People who answered in one language: never pooled with those of another. */
typedef struct att_group {
    const char *tag;  /* "es" */
    const char *name; /* "Spanish" */
    bool *keep;       /* [n_rows] finished, and in this language */
    size_t n;
} att_group;

/* One number or choice of a scale, as the sections see it. */
typedef struct att_part_item {
    size_t item;   /* in the instrument */
    size_t column; /* in the frame */
    size_t scale;  /* the first that holds it, or ATT_NONE */
    bool is_reversed;
    const char *id;    /* "recs_t1 (R)" */
    const char *label; /* its words, tokens filled in */
} att_part_item;

typedef struct att_parts {
    att_arena *arena;
    att_doc *doc;
    const att_report_input *input;
    const att_instrument *instrument;
    const att_frame *frame;
    att_hide hide;
    size_t n_hidden;
    size_t n_started, n_finished; /* of rows that the report is about */
    size_t n_left_out;            /* finished rows of languages too small to show */
    bool *is_used;                /* [n_rows] finished and not left out */
    att_group *groups;            /* [n_groups] languages, most rows first */
    size_t n_groups;
    att_part_item *items; /* [n_items] numbers and single choices of the frame */
    size_t n_items;
    size_t n_sufficient, n_borderline, n_insufficient, n_none; /* scales by alpha */
    double least_alpha, most_alpha;                            /* NaN: none */
    att_saying warnings;
} att_parts;

/* Counts rows, finds languages and items. */
void att_parts_start(att_parts *parts, const att_report_input *input);

/* Each adds a section; heading id and text are its own. */
void att_part_sample(att_parts *parts);
void att_part_items(att_parts *parts);
void att_part_scores(att_parts *parts);
void att_part_reliability(att_parts *parts);

/* A level 3 heading for a language, where there is more than one. */
void att_part_language(att_parts *parts, const char *section, const att_group *group);

/* What a warning of one language begins with: "Spanish: ", or "". */
const char *att_part_lead(const att_parts *parts, const att_group *group);

/* "Patients", "Spanish": the code itself where it has no name. */
const char *att_role_name(const char *code);
const char *att_language_name(const char *tag);

/* An item's words with tokens filled in, for tables: "this person is honest with me". */
const char *att_item_words(att_arena *arena, const att_instrument *instrument,
                           size_t item);

/* A scale's title in the report's language, with its id where it has no title. */
const char *att_scale_words(const att_parts *parts, size_t scale);

#endif
