/* chart_likert.c - answers to items: bars that leave a middle line
 *
 * A row an item; pieces from the lowest category (left) to the highest (right). With an
 * odd number of categories the middle one stands half and half. Both sums outside.
 */
#include "chart.h"

#include <math.h>

#include "svg.h"

#define LABELS  226.0 /* width of the label column, wide */
#define OUTSIDE 38.0  /* room for a sum on each side */
#define BAR     28.0
#define PITCH   44.0
#define GAP     0.8  /* between pieces */
#define INSIDE  19.0 /* a piece at least this wide carries its percent */
#define SMALL   11.0
#define TINY    10.0
#define STEP    13.0
#define MOST    7 /* categories that have colours */

/* Fill and text of each piece by number of categories: from orange over the middle to
 * blue. */
static const char *const fills[MOST + 1][MOST] = {
    { 0 },
    { "p3" },
    { "n3", "p3" },
    { "n3", "fg", "p3" },
    { "n3", "n1", "p1", "p3" },
    { "n3", "n1", "fg", "p1", "p3" },
    { "n3", "n2", "n1", "p1", "p2", "p3" },
    { "n3", "n2", "n1", "fg", "p1", "p2", "p3" },
};

static const char *text_class(att_arena *arena, const char *fill)
{
    return fill[0] == 'f' ? "c s" : att_arena_format(arena, "c s t%s", fill);
}

/* Where the middle stands and how long one percent is. */
typedef struct scale {
    double middle, unit;
} scale;

static double low_sum(const att_chart *chart, const att_chart_row *row)
{
    double sum = 0.0;

    for (size_t k = 0; k < chart->n_series / 2; k++) {
        sum += row->share[k];
    }
    return sum;
}

static double high_sum(const att_chart *chart, const att_chart_row *row)
{
    double sum = 0.0;

    for (size_t k = (chart->n_series + 1) / 2; k < chart->n_series; k++) {
        sum += row->share[k];
    }
    return sum;
}

static double middle_share(const att_chart *chart, const att_chart_row *row)
{
    return chart->n_series % 2 == 1 ? row->share[chart->n_series / 2] : 0.0;
}

static scale find_scale(const att_chart *chart, double from, double to)
{
    double left = 0.0;
    double right = 0.0;
    double unit;

    for (size_t i = 0; i < chart->n_rows; i++) {
        const att_chart_row *row = &chart->rows[i];

        if (!row->is_hidden) {
            left = fmax(left, low_sum(chart, row) + middle_share(chart, row) / 2.0);
            right = fmax(right, high_sum(chart, row) + middle_share(chart, row) / 2.0);
        }
    }
    unit = left + right > 0.0 ? (to - from - 2.0 * OUTSIDE) / (left + right) : 0.0;
    return (scale){ .middle = from + OUTSIDE + left * unit, .unit = unit };
}

/* The strip of categories; returns its height. */
static double draw_legend(const att_drawing *to, const att_chart *chart, double from)
{
    double size = to->width >= ATT_SVG_WIDE ? SMALL : TINY;
    double slot = (to->width - from) / (double)chart->n_series;
    size_t most = 0;

    for (size_t k = 0; k < chart->n_series; k++) {
        double x = from + slot * (double)k;
        att_lines lines = att_svg_fit(to->arena, chart->series[k], slot - 4.0, size, 4);

        if (lines.n == 0) {
            lines = att_svg_fit(to->arena, att_arena_format(to->arena, "%zu", k + 1),
                                slot, size, 1);
        }
        att_svg_rect(to->out, x, 0.0, slot - 1.0, 9.0, fills[chart->n_series][k]);
        for (size_t i = 0; i < lines.n; i++) {
            att_svg_text(to->out, x + slot / 2.0, 22.0 + 12.0 * (double)i,
                         size < SMALL ? "c x" : "c s", lines.line[i]);
        }
        most = lines.n > most ? lines.n : most;
    }
    return 22.0 + 12.0 * (double)most + 4.0;
}

static void draw_bar(const att_drawing *to, const att_chart *chart,
                     const att_chart_row *row, scale at, double y)
{
    double left = low_sum(chart, row);
    double right = high_sum(chart, row);
    double x = at.middle - (left + middle_share(chart, row) / 2.0) * at.unit;
    double start = x;

    for (size_t k = 0; k < chart->n_series; k++) {
        double w = row->share[k] * at.unit;
        const char *fill = fills[chart->n_series][k];

        att_svg_rect(to->out, x, y, w - GAP, BAR, fill);
        if (w >= INSIDE) {
            att_svg_text(
                to->out, x + (w - GAP) / 2.0, y + 18.0, text_class(to->arena, fill),
                att_chart_number(to, ATT_SHOW_PLAIN, 0, 100.0 * row->share[k]));
        }
        x += w;
    }
    att_svg_text(to->out, start - 6.0, y + 18.0, "e b",
                 att_chart_number(to, ATT_SHOW_PERCENT, 0, left));
    att_svg_text(to->out, x + 5.0, y + 18.0, "b",
                 att_chart_number(to, ATT_SHOW_PERCENT, 0, right));
}

/* The row's id in bold and its words; returns where the label ends. */
static double draw_label(const att_drawing *to, const att_chart_row *row, double y)
{
    double room = to->width >= ATT_SVG_WIDE ? LABELS - 8.0 : to->width;
    const char *id = row->id != NULL ? row->id : "";
    att_lines lines = att_svg_fit(to->arena, row->label, room, SMALL, 3);
    double at = y + SMALL;

    if (att_svg_width(id, SMALL) <= room) {
        att_svg_text(to->out, 0.0, at, "b s", id);
        at += STEP;
    }
    for (size_t i = 0; i < lines.n; i++) {
        att_svg_text(to->out, 0.0, at, "s m", lines.line[i]);
        at += STEP;
    }
    return at - 6.0;
}

/* Through the bar; above and below it only where a middle answer stands there. */
static void draw_middle(const att_drawing *to, const att_chart *chart, double x,
                        double bar)
{
    if (chart->n_series % 2 == 0) {
        att_svg_line(to->out, x, bar - 4.0, x, bar + BAR + 4.0, "rs");
    } else {
        att_svg_line(to->out, x, bar - 5.0, x, bar, "rs");
        att_svg_line(to->out, x, bar + BAR, x, bar + BAR + 5.0, "rs");
    }
}

double att_chart_likert(const att_drawing *to, const att_chart *chart)
{
    bool is_wide = to->width >= ATT_SVG_WIDE;
    double from = is_wide ? LABELS : 0.0;
    scale at = find_scale(chart, from, to->width);
    double y;

    if (chart->n_series == 0 || chart->n_series > MOST) {
        return 0.0;
    }
    y = draw_legend(to, chart, from) + 12.0;
    for (size_t i = 0; i < chart->n_rows; i++) {
        const att_chart_row *row = &chart->rows[i];
        double end = draw_label(to, row, y);
        double bar = is_wide ? y : end;

        if (row->is_hidden) {
            att_svg_text(to->out, from + OUTSIDE, bar + 18.0, "s m",
                         "hidden: too few in an answer");
        } else {
            draw_bar(to, chart, row, at, bar);
            draw_middle(to, chart, at.middle, bar);
        }
        y = is_wide ? fmax(y + PITCH, end + 9.0) : bar + BAR + 12.0;
    }
    if (chart->axis != NULL) {
        att_svg_text(to->out, (from + to->width) / 2.0, y + 12.0, "c s m", chart->axis);
    }
    return y + 20.0;
}
