/* chart_dots.c - a dot and its interval a row, on a common axis
 */
#include "chart.h"

#include <math.h>

#include "svg.h"

#define LABELS 210.0 /* width of the label column, wide */
#define EDGE   14.0  /* half of a number under the axis, narrow */
#define VALUES 112.0 /* width of the value column */
#define PITCH  34.0
#define NARROW 44.0
#define HEAD   26.0 /* room for the reference's name */
#define SIZE   11.0
#define LINE   13.0
#define RADIUS 5.0

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

static const char *tick(const att_drawing *to, const att_chart *chart, double x,
                        double step)
{
    if (fabs(x) < step / 2.0) {
        return "0";
    }
    return is_bounded(chart)
               ? att_chart_number(to, ATT_SHOW_BOUNDED, 1, x)
               : att_chart_number(to, ATT_SHOW_PLAIN, step < 1.0 ? 1 : 0, x);
}

static void draw_axis(const att_drawing *to, const att_chart *chart, frame f,
                      double bottom)
{
    double step = step_of(chart->to - chart->from);
    int first = (int)ceil(chart->from / step - 1e-9);
    int last = (int)floor(chart->to / step + 1e-9);

    for (int k = first; k <= last; k++) {
        double x = place(chart, f, k * step);

        att_svg_line(to->out, x, HEAD - 4.0, x, bottom, "gr");
        att_svg_text(to->out, x, bottom + 15.0, "c s m",
                     tick(to, chart, k * step, step));
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

/* The label of a row: its words over one or two lines, else its id. */
static att_lines label_of(const att_drawing *to, const att_chart_row *row)
{
    double room = to->width >= ATT_SVG_WIDE ? LABELS - 14.0 : to->width - VALUES - 8.0;
    att_lines lines = att_svg_fit(to->arena, row->label, room, SIZE, 2);

    return lines.n > 0 || row->id == NULL
               ? lines
               : att_svg_fit(to->arena, row->id, room, SIZE, 1);
}

/* Two lines stand around the middle of the row; narrow, they stand above it. */
static double draw_label(const att_drawing *to, const att_chart_row *row, double y)
{
    bool is_wide = to->width >= ATT_SVG_WIDE;
    att_lines lines = label_of(to, row);
    double first = is_wide && lines.n > 1 ? y - LINE / 2.0 : y;

    for (size_t i = 0; i < lines.n; i++) {
        att_svg_text(to->out, 0.0, first + LINE * (double)i, "s", lines.line[i]);
    }
    return is_wide || lines.n == 0 ? y : first + LINE * (double)(lines.n - 1);
}

static double pitch_of(const att_drawing *to, const att_chart *chart)
{
    for (size_t i = 0; i < chart->n_rows && to->width < ATT_SVG_WIDE; i++) {
        if (label_of(to, &chart->rows[i]).n > 1) {
            return NARROW + LINE;
        }
    }
    return to->width >= ATT_SVG_WIDE ? PITCH : NARROW;
}

double att_chart_dots(const att_drawing *to, const att_chart *chart)
{
    bool is_wide = to->width >= ATT_SVG_WIDE;
    frame f = { is_wide ? LABELS : EDGE,
                is_wide ? to->width - VALUES - 12.0 : to->width - EDGE };
    double pitch = pitch_of(to, chart);
    double bottom = HEAD + pitch * (double)chart->n_rows + 4.0;

    draw_axis(to, chart, f, bottom);
    draw_reference(to, chart, f, bottom);
    for (size_t i = 0; i < chart->n_rows; i++) {
        const att_chart_row *row = &chart->rows[i];
        double top = HEAD + pitch * (double)i;
        double words = is_wide ? top + pitch / 2.0 + 4.0 : top + 14.0;
        double last = draw_label(to, row, words);
        double y = is_wide ? words - 4.0 : last + 15.0;

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
