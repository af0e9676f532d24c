/* doc.h - a document as data: headings, text, tables, charts
 *
 * Nothing in a node is HTML or an escape sequence; every renderer shows the same
 * content. A number is a value with a format, so that JSON keeps all digits and the
 * others agree on rounding. What suppression hides is a value of its own.
 */
#ifndef ATTUNE_DOC_DOC_H
#define ATTUNE_DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>

typedef enum att_format_of { /* how a number prints: docs/REPORT-DESIGN.md section 4 */
                             ATT_SHOW_COUNT = 0, /* 2,709 */
                             ATT_SHOW_BOUNDED,   /* cannot pass 1: .70, two digits */
                             ATT_SHOW_PLAIN,     /* 4.59, `digits` digits */
                             ATT_SHOW_PERCENT,   /* of a share 0..1: 29% */
                             ATT_SHOW_P          /* .032, < .001 */
} att_format_of;

typedef enum att_value_kind {
    ATT_VAL_EMPTY = 0, /* the other half of a symmetric matrix */
    ATT_VAL_NONE,      /* does not apply, or is not known: a dash */
    ATT_VAL_TEXT,
    ATT_VAL_NUMBER,
    ATT_VAL_INTERVAL, /* [low, high] */
    ATT_VAL_HIDDEN    /* too small a cell: text says how ("< 5", "1-10") */
} att_value_kind;

typedef struct att_val {
    att_value_kind kind;
    att_format_of format;
    int digits; /* PLAIN, PERCENT */
    double x, low, high;
    const char *text;
    const char *lead; /* TEXT: bold words before it, "A1 (R)"; or NULL */
    const char *mark; /* hangs outside the number: "a"; or NULL */
    bool is_strong, is_mute;
} att_val;

att_val att_val_text(const char *text);
att_val att_val_count(size_t n);
att_val att_val_number(att_format_of format, int digits, double x); /* NaN: NONE */
att_val att_val_interval(att_format_of format, int digits, double low, double high);
att_val att_val_hidden(const char *how);
att_val att_val_none(void);

/* A value as text, with a true minus and no locale; never "nan" or "-0". */
char *att_val_write(att_arena *arena, const att_val *val);

typedef enum att_span_kind {
    ATT_SPAN_TEXT = 0,
    ATT_SPAN_STRONG,
    ATT_SPAN_EM,
    ATT_SPAN_CODE
} att_span_kind;

typedef struct att_span {
    att_span_kind kind;
    const char *text;
} att_span;

typedef enum att_para_role {
    ATT_PARA_BODY = 0,
    ATT_PARA_LEDE,
    ATT_PARA_NOTE,
    ATT_PARA_PASTE
} att_para_role;

typedef struct att_fact {
    const char *label;
    const char *value;
} att_fact;

typedef enum att_sign { ATT_SIGN_UNKNOWN = 0, ATT_SIGN_PLUS, ATT_SIGN_MINUS } att_sign;

typedef struct att_verdict {
    const char *property, *verdict, *reason;
    att_sign sign;
} att_verdict;

typedef struct att_table_column {
    const char *title;
    bool is_number; /* right-aligned */
} att_table_column;

typedef struct att_table {
    const char *id;      /* "t1"; in document order */
    const char *finding; /* the sentence with its number, or "" */
    const char *how;     /* how to read it, or "" */
    const char *note;
    const att_table_column *columns; /* [n_columns] */
    size_t n_columns;
    const att_val *cells;      /* [n_rows x n_columns] the first column heads its row */
    const char *const *groups; /* [n_rows] a group's title before that row, or NULL */
    size_t n_rows;
} att_table;

typedef enum att_chart_kind {
    ATT_CHART_LIKERT = 0, /* shares of each category, a row an item */
    ATT_CHART_DOTS,       /* dot and interval */
    ATT_CHART_FLOW,       /* bars on one scale, count and percent */
    ATT_CHART_MISSING     /* bars of reasons, a row an item */
} att_chart_kind;

typedef struct att_chart_row {
    const char *label;   /* item's short text */
    const char *id;      /* used when the label does not fit */
    const double *share; /* [n_series] of 1; NaN: hidden */
    double x, low, high; /* DOTS */
    size_t n;            /* answers behind it */
    bool is_reversed, is_hidden;
} att_chart_row;

typedef struct att_chart {
    att_chart_kind kind;
    const char *axis;          /* title under the axis, in words */
    const char *const *series; /* [n_series] names of categories or reasons */
    size_t n_series;
    const att_chart_row *rows; /* [n_rows] */
    size_t n_rows;
    double from, to;  /* DOTS */
    double reference; /* dashed line with its name; NaN: none */
    const char *reference_name;
    const char *title; /* what is drawn, for who cannot see it: "Answers to 5 items" */
    att_table table;   /* its data: a chart without one cannot be built */
} att_chart;

typedef enum att_node_kind {
    ATT_NODE_HEADING = 0,
    ATT_NODE_PARA,
    ATT_NODE_BANNER,
    ATT_NODE_FACTS,
    ATT_NODE_VERDICTS,
    ATT_NODE_TABLE,
    ATT_NODE_CHART,
    ATT_NODE_WARNING,
    ATT_NODE_LINE /* a word and a sentence: "Verdict", "Warning" (terminal form) */
} att_node_kind;

typedef struct att_node {
    att_node_kind kind;
    int level;             /* HEADING 2, 3 */
    const char *id;        /* HEADING */
    const char *text;      /* HEADING, BANNER, WARNING, LINE */
    const char *lead;      /* BANNER, LINE: its first words */
    bool is_draft;         /* BANNER: orange */
    att_para_role role;    /* PARA */
    const att_span *spans; /* PARA */
    size_t n_spans;
    const att_fact *facts; /* FACTS */
    size_t n_facts;
    const att_verdict *verdicts; /* VERDICTS */
    size_t n_verdicts;
    const att_table *table; /* TABLE */
    const att_chart *chart; /* CHART */
} att_node;

typedef struct att_doc {
    att_arena *arena;
    const char *language; /* tag */
    bool is_rtl;
    const char *kicker, *title,
        *question;   /* question: one line under the title, or "" */
    att_node *nodes; /* [n_nodes] in order */
    size_t n_nodes, room;
    const att_fact *footer; /* [n_footer] */
    size_t n_footer;
    bool has_contents; /* html: a table of contents of the level 2 headings */
} att_doc;

/* An empty document; every text given to it must live as long as the arena. */
att_doc *att_doc_make(att_arena *arena, const char *title);
void att_doc_heading(att_doc *doc, int level, const char *id, const char *text);
void att_doc_para(att_doc *doc, att_para_role role, const char *text);
void att_doc_spans(att_doc *doc, att_para_role role, const att_span *spans, size_t n);
void att_doc_banner(att_doc *doc, bool is_draft, const char *lead, const char *text);
void att_doc_facts(att_doc *doc, const att_fact *facts, size_t n);
void att_doc_verdicts(att_doc *doc, const att_verdict *verdicts, size_t n);
void att_doc_table(att_doc *doc, const att_table *table);
void att_doc_chart(att_doc *doc, const att_chart *chart);
void att_doc_warning(att_doc *doc, const char *text);
void att_doc_line(att_doc *doc, const char *lead, const char *text);

#endif
