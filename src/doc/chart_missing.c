/* chart_missing.c - what share of answers is missing, a column an item, by reason
 *
 * Reasons differ in fill and in outline; the line from which an item is flagged is
 * dashed and named.
 */
#include "chart.h"

#include <math.h>

#include "svg.h"

#define LEFT   34.0
#define PLOT   140.0
#define LEGEND 18.0
#define SIZE   11.0
#define STEP   13.0
#define MOST   5 /* series with a look of their own */

static const char *const looks[MOST] = { "f1", "fp k2 w15", "f3", "fp k4 w15", "f5" };

static double total(const att_chart *chart, const att_chart_row *row)
{
    double sum = 0.0;

    for (size_t k = 0; k < chart->n_series; k++) {
        sum += isfinite(row->share[k]) ? row->share[k] : 0.0;
    }
    return sum;
}

/* The axis ends at a whole number of steps above the largest column. */
typedef struct axis {
    double step, top; /* shares */
    double base;      /* y of 0 */
} axis;

static axis find_axis(const att_chart *chart, double base)
{
    static const double steps[] = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.25 };
    double most = isfinite(chart->reference) ? chart->reference : 0.0;
    size_t k = 0;

    for (size_t i = 0; i < chart->n_rows; i++) {
        most = fmax(most, total(chart, &chart->rows[i]));
    }
    while (k + 1 < sizeof steps / sizeof *steps && most / steps[k] > 5.5) {
        k++;
    }
    return (axis){ steps[k], steps[k] * ceil(most / steps[k] + 0.2), base };
}

static double place(axis a, double share)
{
    return a.base - PLOT * share / a.top;
}

static void draw_grid(const att_drawing *to, const att_chart *chart, axis a)
{
    int last = (int)floor(a.top / a.step + 1e-9);

    for (int k = 0; k <= last; k++) {
        double y = place(a, k * a.step);
        const char *text = att_chart_number(to, ATT_SHOW_PLAIN, 0, 100.0 * k * a.step);

        if (k > 0) {
            att_svg_line(to->out, LEFT, y, to->width, y, "gr");
        }
        att_svg_text(to->out, LEFT - 6.0, y + 4.0, "e m s",
                     k == last ? att_arena_format(to->arena, "%s%%", text) : text);
    }
    if (isfinite(chart->reference)) {
        double y = place(a, chart->reference);

        att_svg_line(to->out, LEFT, y, to->width, y, "rf");
        att_svg_text(to->out, to->width, y - 5.0, "e s m hl",
                     chart->reference_name != NULL ? chart->reference_name : "");
    }
}

/* Whether any row has a share of this series. */
static bool is_seen(const att_chart *chart, size_t k)
{
    for (size_t i = 0; i < chart->n_rows; i++) {
        if (chart->rows[i].share[k] > 0.0) {
            return true;
        }
    }
    return false;
}

static double draw_legend(const att_drawing *to, const att_chart *chart)
{
    double x = 0.0;
    double y = 0.0;

    for (size_t k = 0; k < chart->n_series && k < MOST; k++) {
        if (!is_seen(chart, k)) {
            continue;
        }
        double room = 16.0 + att_svg_width(chart->series[k], SIZE) + 14.0;

        if (x > 0.0 && x + room > to->width) {
            x = 0.0;
            y += LEGEND;
        }
        att_svg_rect(to->out, x + 1.0, y + 2.0, 9.0, 9.0, looks[k]);
        att_svg_text(to->out, x + 16.0, y + 11.0, "s", chart->series[k]);
        x += room;
    }
    return y + LEGEND;
}

static void draw_column(const att_drawing *to, const att_chart *chart,
                        const att_chart_row *row, axis a, double x, double w)
{
    double sum = 0.0;

    for (size_t k = 0; k < chart->n_series && k < MOST; k++) {
        double share = isfinite(row->share[k]) ? row->share[k] : 0.0;
        bool is_outline = looks[k][1] == 'p';
        double inset = is_outline ? 0.7 : 0.0;
        double top = place(a, sum + share);
        double h = place(a, sum) - top;

        if (share > 0.0) {
            att_svg_rect(to->out, x + inset, top + inset, w - 2.0 * inset,
                         fmax(h - 2.0 * inset, 0.5), looks[k]);
        }
        sum += share;
    }
}

/* Whether every id fits under its column. */
static bool do_ids_fit(const att_chart *chart, double slot)
{
    for (size_t i = 0; i < chart->n_rows; i++) {
        if (att_svg_width(chart->rows[i].id, SIZE) > slot) {
            return false;
        }
    }
    return true;
}

/* First and last id, where not all fit. */
static void draw_ends(const att_drawing *to, const att_chart *chart, double y)
{
    const char *first = chart->rows[0].id;
    const char *last = chart->rows[chart->n_rows - 1].id;

    if (att_svg_width(first, SIZE) + att_svg_width(last, SIZE) + 20.0 >
        to->width - LEFT) {
        return;
    }
    att_svg_text(to->out, LEFT, y, "s m", first);
    if (chart->n_rows > 1) {
        att_svg_text(to->out, to->width, y, "e s m", last);
    }
}

/* Where the middle of a text stands so that none of it leaves the drawing. */
static double within(const att_drawing *to, const char *text, double x)
{
    double half = att_svg_width(text, SIZE) / 2.0;

    return x + half > to->width ? to->width - half : x < half ? half : x;
}

/* The largest column over the line is named. */
static void name_largest(const att_drawing *to, const att_chart *chart, axis a,
                         double slot)
{
    size_t at = 0;
    const char *name;
    double share;
    double x;

    for (size_t i = 1; i < chart->n_rows; i++) {
        at = total(chart, &chart->rows[i]) > total(chart, &chart->rows[at]) ? i : at;
    }
    share = total(chart, &chart->rows[at]);
    if (!(share > 0.0)) {
        return;
    }
    name = att_arena_format(to->arena, "%s %s", chart->rows[at].id,
                            att_chart_number(to, ATT_SHOW_PERCENT, 1, share));
    x = LEFT + slot * ((double)at + 0.5);
    att_svg_text(to->out, within(to, name, x), place(a, share) - 6.0, "c s hl", name);
}

double att_chart_missing(const att_drawing *to, const att_chart *chart)
{
    double top = chart->n_series > 1 ? draw_legend(to, chart) + 8.0 : 0.0;
    axis a = find_axis(chart, top + 22.0 + PLOT);
    double slot;
    size_t n_lines;

    if (chart->n_rows == 0) {
        return 0.0;
    }
    slot = (to->width - LEFT) / (double)chart->n_rows;
    n_lines = do_ids_fit(chart, slot) ? 1 : do_ids_fit(chart, 2.0 * slot) ? 2 : 0;
    draw_grid(to, chart, a);
    att_svg_line(to->out, LEFT, a.base, to->width, a.base, "ax");
    for (size_t i = 0; i < chart->n_rows; i++) {
        double w = fmin(slot * 0.66, 34.0);
        double middle = LEFT + slot * ((double)i + 0.5);

        draw_column(to, chart, &chart->rows[i], a, middle - w / 2.0, w);
        if (n_lines > 0) {
            att_svg_text(to->out, within(to, chart->rows[i].id, middle),
                         a.base + 16.0 + STEP * (double)(i % n_lines), "c s m",
                         chart->rows[i].id);
        }
    }
    if (n_lines == 0) {
        draw_ends(to, chart, a.base + 16.0);
    }
    name_largest(to, chart, a, slot);
    if (chart->axis != NULL) {
        att_svg_text(to->out, LEFT, a.base + 34.0 + (n_lines == 2 ? STEP : 0.0), "m s",
                     chart->axis);
    }
    return a.base + 40.0 + (n_lines == 2 ? STEP : 0.0);
}
