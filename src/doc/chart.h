/* chart.h - one kind of chart a file: chart_KIND.c
 */
#ifndef ATTUNE_DOC_CHART_H
#define ATTUNE_DOC_CHART_H

#include <attune/base/buf.h>
#include <attune/doc/doc.h>

/* Where marks go. */
typedef struct att_drawing {
    att_buf *out;     /* SVG elements without the <svg> around them */
    att_arena *arena; /* scratch */
    double width;     /* ATT_SVG_WIDE or ATT_SVG_NARROW */
} att_drawing;

/* Each draws all of a chart and returns the height that it took. */
double att_chart_likert(const att_drawing *to, const att_chart *chart);
double att_chart_dots(const att_drawing *to, const att_chart *chart);
double att_chart_flow(const att_drawing *to, const att_chart *chart);
double att_chart_missing(const att_drawing *to, const att_chart *chart);

/* The drawing of a chart's kind. */
double att_chart_draw(const att_drawing *to, const att_chart *chart);

/* A number as text, in the drawing's arena. */
const char *att_chart_number(const att_drawing *to, att_format_of format, int digits,
                             double x);

/* The label of a row over at most `most` lines at (x, y), each `step` below the other;
 * its id where the label does not fit. Returns how many lines it took. */
size_t att_chart_label(const att_drawing *to, const att_chart_row *row, double x,
                       double y, double width, size_t most);

#endif
