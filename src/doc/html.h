/* html.h - tables and charts of an HTML page
 */
#ifndef ATTUNE_DOC_HTML_H
#define ATTUNE_DOC_HTML_H

#include <attune/base/buf.h>
#include <attune/doc/doc.h>

/* A page being written: figures, tables and sections are numbered in order. */
typedef struct att_html {
    att_buf *out;
    att_arena *arena; /* scratch */
    size_t n_sections, n_tables, n_figures;
} att_html;

/* A numbered table with its caption. */
void att_html_table(att_html *html, const att_table *table);

/* A numbered figure: the chart drawn wide and narrow, and its data as a table. */
void att_html_chart(att_html *html, const att_chart *chart);

#endif
