/* chart_flow.c - how many are left after each step: bars on one scale
 */
#include "chart.h"

#include <math.h>

#include "svg.h"

#define NUMBERS 70.0 /* room for counts at the right */
#define PITCH   46.0
#define BAR     14.0

double att_chart_flow(const att_drawing *to, const att_chart *chart)
{
    double length = to->width - NUMBERS;

    for (size_t i = 0; i < chart->n_rows; i++) {
        const att_chart_row *row = &chart->rows[i];
        double y = PITCH * (double)i;

        att_chart_label(to, row, 0.0, y + 13.0, length, 1);
        att_svg_rect(to->out, 0.0, y + 19.0, length, BAR, "fg");
        if (row->is_hidden || !isfinite(row->x)) {
            att_svg_text(to->out, to->width, y + 31.0, "e s m", "hidden");
            continue;
        }
        att_svg_rect(to->out, 0.0, y + 19.0, length * row->x, BAR, "f1");
        att_svg_text(to->out, to->width, y + 31.0, "e b",
                     att_chart_number(to, ATT_SHOW_COUNT, 0, (double)row->n));
        att_svg_text(to->out, to->width, y + 13.0, "e m s",
                     att_chart_number(to, ATT_SHOW_PERCENT,
                                      chart->rows[0].n < 100 || row->x >= 1.0 ? 0 : 1,
                                      row->x));
    }
    return PITCH * (double)chart->n_rows;
}
