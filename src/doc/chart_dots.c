/* chart_dots.c - a dot and its interval a row, on a common axis
 */
#include "chart.h"

#include <math.h>

#include "svg.h"

#define LABELS  210.0 /* width of the label column, wide */
#define VALUES  112.0 /* width of the value column */
#define PITCH   34.0
#define NARROW  44.0
#define HEAD    26.0 /* room for the reference's name */
#define SIZE    11.0
#define RADIUS  5.0
#define IS_WIDE (ATT_SVG_WIDE - 2.0)

#define FEW_IN_MEAN  11  /* a hollow dot below */
#define FEW_IN_ALPHA 100 /* the same, where the axis ends at 1 */

typedef struct frame {
    double left, right;
} frame;

static double place(const att_chart *chart, frame f, double x)
{
    double share = (x - chart->from) / (chart->to - chart->from);

    share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    return f.left + share * (f.right - f.left);
}

static bool is_bounded(const att_chart *chart)
{
    return chart->to <= 1.0;
}

static int digits_of(const att_chart *chart)
{
    return chart->to - chart->from >= 50.0 ? 0 : 2;
}

static const char *number(const att_drawing *to, const att_chart *chart, double x)
{
    return att_chart_number(to, is_bounded(chart) ? ATT_SHOW_BOUNDED : ATT_SHOW_PLAIN,
                            digits_of(chart), x);
}

/* A step of 1, 2 or 5 that gives 3 to 6 ticks. */
static double step_of(double range)
{
    double step = pow(10.0, floor(log10(range / 2.0)));

    if (range / step > 12.0) {
        step *= 5.0;
    } else if (range / step > 5.0) {
        step *= 2.0;
    }
    return step;
}

static void draw_axis(const att_drawing *to, const att_chart *chart, frame f,
                      double bottom)
{
    double step = step_of(chart->to - chart->from);

    for (double k = ceil(chart->from / step - 1e-9); k * step <= chart->to + 1e-9;
         k += 1.0) {
        double x = place(chart, f, k * step);

        att_svg_line(to->out, x, HEAD - 4.0, x, bottom, "gr");
        att_svg_text(
            to->out, x, bottom + 15.0, "c s m",
            is_bounded(chart)
                ? att_chart_number(to, ATT_SHOW_BOUNDED, 1, k * step)
                : att_chart_number(to, ATT_SHOW_PLAIN, step < 1.0 ? 1 : 0, k * step));
    }
    att_svg_line(to->out, f.left, bottom, f.right, bottom, "ax");
    if (chart->axis != NULL) {
        att_svg_text(to->out, (f.left + f.right) / 2.0, bottom + 32.0, "c s m",
                     chart->axis);
    }
}

static void draw_reference(const att_drawing *to, const att_chart *chart, frame f,
                           double bottom)
{
    double x;

    if (!isfinite(chart->reference)) {
        return;
    }
    x = place(chart, f, chart->reference);
    att_svg_line(to->out, x, HEAD - 8.0, x, bottom, "rf");
    if (chart->reference_name != NULL) {
        double half = att_svg_width(chart->reference_name, SIZE) / 2.0;

        x = x + half > to->width ? to->width - half : x < half ? half : x;
        att_svg_text(to->out, x, 12.0, "c s m", chart->reference_name);
    }
}

static void draw_value(const att_drawing *to, const att_chart *chart,
                       const att_chart_row *row, double y)
{
    const char *text = number(to, chart, row->x);

    if (isfinite(row->low) && isfinite(row->high)) {
        text =
            att_arena_format(to->arena, "%s [%s, %s]", text,
                             number(to, chart, row->low), number(to, chart, row->high));
    }
    att_svg_text(to->out, to->width, y, "e", text);
}

static void draw_mark(const att_drawing *to, const att_chart *chart,
                      const att_chart_row *row, frame f, double y)
{
    size_t few = is_bounded(chart) ? FEW_IN_ALPHA : FEW_IN_MEAN;

    if (isfinite(row->low) && isfinite(row->high)) {
        att_svg_line(to->out, place(chart, f, row->low), y, place(chart, f, row->high),
                     y, "k1 w2");
    }
    att_svg_circle(to->out, place(chart, f, row->x), y, RADIUS,
                   row->n < few ? "fp k1 w2" : "f1");
}

double att_chart_dots(const att_drawing *to, const att_chart *chart)
{
    bool is_wide = to->width > IS_WIDE;
    frame f = { is_wide ? LABELS : 6.0,
                is_wide ? to->width - VALUES - 12.0 : to->width - 6.0 };
    double pitch = is_wide ? PITCH : NARROW;
    double bottom = HEAD + pitch * (double)chart->n_rows + 4.0;

    draw_axis(to, chart, f, bottom);
    draw_reference(to, chart, f, bottom);
    for (size_t i = 0; i < chart->n_rows; i++) {
        const att_chart_row *row = &chart->rows[i];
        double top = HEAD + pitch * (double)i;
        double y = is_wide ? top + pitch / 2.0 : top + 29.0;
        double words = is_wide ? y + 4.0 : top + 14.0;

        att_chart_label(to, row, 0.0, words,
                        (is_wide ? LABELS - 14.0 : to->width - VALUES - 8.0), 1);
        if (row->is_hidden || !isfinite(row->x)) {
            att_svg_text(to->out, to->width, words, "e s m",
                         row->is_hidden ? "hidden: too few" : "\xe2\x80\x93");
        } else {
            draw_mark(to, chart, row, f, y);
            draw_value(to, chart, row, words);
        }
    }
    return bottom + 38.0;
}
