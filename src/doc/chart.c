/* chart.c - what all kinds of chart share
 */
#include "chart.h"

#include "svg.h"

#define SIZE 11.0
#define STEP 13.0

double att_chart_draw(const att_drawing *to, const att_chart *chart)
{
    switch (chart->kind) {
    case ATT_CHART_LIKERT: return att_chart_likert(to, chart);
    case ATT_CHART_DOTS: return att_chart_dots(to, chart);
    case ATT_CHART_FLOW: return att_chart_flow(to, chart);
    case ATT_CHART_MISSING: return att_chart_missing(to, chart);
    }
    return 0.0;
}

const char *att_chart_number(const att_drawing *to, att_format_of format, int digits,
                             double x)
{
    att_val val = att_val_number(format, digits, x);

    return att_val_write(to->arena, &val);
}

size_t att_chart_label(const att_drawing *to, const att_chart_row *row, double x,
                       double y, double width, size_t most)
{
    const char *label = row->label != NULL ? row->label : "";
    att_lines lines = att_svg_fit(to->arena, label, width, SIZE, most);

    if (lines.n == 0 && row->id != NULL) {
        lines = att_svg_fit(to->arena, row->id, width, SIZE, 1);
    }
    for (size_t i = 0; i < lines.n; i++) {
        att_svg_text(to->out, x, y + STEP * (double)i, "s", lines.line[i]);
    }
    return lines.n;
}
