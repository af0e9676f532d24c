#include "html.h"

#include "chart.h"
#include "markup.h"
#include "svg.h"

#define FIT_COLUMNS  3  /* a table of so many columns or fewer does not stretch */
#define FULL_COLUMNS 10 /* of so many or more takes the width of the page */
#define LONG_ROWS    12 /* a figure may break before a data table longer than this */

static bool has(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static void add_tagged(att_buf *out, const char *open, const char *text,
                       const char *close)
{
    att_buf_add(out, open);
    att_markup_text(out, text);
    att_buf_add(out, close);
}

static void add_cell(att_html *html, const att_table *table, size_t i, size_t j)
{
    const att_val *val = &table->cells[i * table->n_columns + j];
    const char *align = table->columns[j].is_number ? "r" : "l";
    const char *weight = val->is_strong ? " str" : val->is_mute ? " dim" : "";
    const char *tag = j == 0 ? "th" : "td";

    att_buf_format(html->out, "<%s%s class=\"%s%s%s\">", tag,
                   j == 0 ? " scope=\"row\"" : "", align, weight,
                   val->kind == ATT_VAL_HIDDEN ? " hid" : "");
    if (val->kind == ATT_VAL_TEXT && val->lead != NULL) {
        add_tagged(html->out, "<b>", val->lead, "</b> ");
        att_markup_text(html->out, val->text);
    } else {
        att_markup_text(html->out, att_val_write(html->arena, val));
    }
    if (has(val->mark)) {
        add_tagged(html->out, "<span class=\"fl\">", val->mark, "</span>");
    }
    att_buf_format(html->out, "</%s>", tag);
}

static void add_rows(att_html *html, const att_table *table)
{
    att_buf_add(html->out, "<tbody>\n");
    for (size_t i = 0; i < table->n_rows; i++) {
        if (table->groups != NULL && table->groups[i] != NULL) {
            att_buf_format(html->out,
                           "<tr class=\"sub\"><th scope=\"rowgroup\" colspan=\"%zu\">",
                           table->n_columns);
            add_tagged(html->out, "", table->groups[i], "</th></tr>\n");
        }
        att_buf_add(html->out, "<tr>");
        for (size_t j = 0; j < table->n_columns; j++) {
            add_cell(html, table, i, j);
        }
        att_buf_add(html->out, "</tr>\n");
    }
    att_buf_add(html->out, "</tbody>");
}

/* The table itself, named by `label` (its aria attribute and value). */
static void add_grid(att_html *html, const att_table *table, const char *attribute,
                     const char *label)
{
    att_buf_add(html->out, "<table");
    att_markup_attribute(html->out, attribute, label);
    att_buf_add(html->out, "><thead><tr>");
    for (size_t j = 0; j < table->n_columns; j++) {
        const char *align = table->columns[j].is_number ? "r" : "l";

        if (has(table->columns[j].title)) {
            att_buf_format(html->out, "<th scope=\"col\" class=\"%s\">", align);
            add_tagged(html->out, "", table->columns[j].title, "</th>");
        } else {
            att_buf_format(html->out, "<td class=\"%s\"></td>", align);
        }
    }
    att_buf_add(html->out, "</tr></thead>");
    add_rows(html, table);
    att_buf_add(html->out, "</table>");
}

static void add_caption(att_html *html, const char *what, const char *id, size_t number,
                        const att_table *table)
{
    att_buf_format(html->out,
                   "<figcaption id=\"%s%zuc\"><span class=\"no\">%s %zu</span>", id,
                   number, what, number);
    if (has(table->finding)) {
        add_tagged(html->out, "<span class=\"fi\">", table->finding, "</span>");
    }
    if (has(table->how)) {
        add_tagged(html->out,
                   has(table->finding) ? " <span class=\"how\">"
                                       : "<span class=\"how\">",
                   table->how, "</span>");
    }
    att_buf_add(html->out, "</figcaption>\n");
}

static void add_note(att_html *html, const att_table *table)
{
    if (has(table->note)) {
        add_tagged(html->out, "<p class=\"fnote\"><i>Note.</i> ", table->note,
                   "</p>\n");
    }
}

static const char *breadth(const att_table *table)
{
    return table->n_columns >= FULL_COLUMNS  ? " sticky"
           : table->n_columns <= FIT_COLUMNS ? " fit"
                                             : " sticky";
}

void att_html_table(att_html *html, const att_table *table)
{
    size_t number = ++html->n_tables;
    const char *caption = att_arena_format(html->arena, "t%zuc", number);

    att_buf_format(html->out, "<figure class=\"%s\">\n",
                   table->n_columns >= FULL_COLUMNS ? "full" : "table");
    add_caption(html, "Table", "t", number, table);
    att_buf_format(html->out,
                   "<div class=\"scroll%s\" role=\"region\" tabindex=\"0\" "
                   "aria-labelledby=\"%s\">",
                   breadth(table), caption);
    add_grid(html, table, "aria-labelledby", caption);
    att_buf_add(html->out, "</div>\n");
    add_note(html, table);
    att_buf_add(html->out, "</figure>\n");
}

/* One drawing; suffix "w" or "n". */
static void add_drawing(att_html *html, const att_chart *chart, size_t number,
                        bool is_wide)
{
    double width = is_wide ? ATT_SVG_WIDE : ATT_SVG_NARROW;
    const char *suffix = is_wide ? "w" : "n";
    att_buf marks = { 0 };
    att_drawing to = { .out = &marks, .arena = html->arena, .width = width };
    double height = att_chart_draw(&to, chart);
    att_buf *out = html->out;

    att_buf_format(out, "<svg class=\"sv %s\" viewBox=\"0 0 ", is_wide ? "wd" : "nw");
    att_svg_number(out, width);
    att_buf_char(out, ' ');
    att_svg_number(out, height);
    att_buf_add(out, "\" width=\"");
    att_svg_number(out, width);
    att_buf_add(out, "\" height=\"");
    att_svg_number(out, height);
    att_buf_format(out,
                   "\" role=\"img\" aria-labelledby=\"f%zu%st\" "
                   "aria-describedby=\"f%zu%sd\"><title id=\"f%zu%st\">",
                   number, suffix, number, suffix, number, suffix);
    att_markup_text(out, has(chart->title) ? chart->title : chart->table.how);
    att_buf_format(out, "</title><desc id=\"f%zu%sd\">", number, suffix);
    att_markup_text(out, has(chart->table.finding) ? chart->table.finding
                                                   : chart->table.how);
    att_buf_add(out, "</desc>");
    att_buf_add_n(out, att_buf_text(&marks), marks.n);
    att_buf_add(out, "</svg>\n");
    att_buf_drop(&marks);
}

void att_html_chart(att_html *html, const att_chart *chart)
{
    size_t number = ++html->n_figures;
    const char *label = att_arena_format(html->arena, "Data of Figure %zu", number);

    att_buf_format(html->out, "<figure%s>\n",
                   chart->table.n_rows > LONG_ROWS ? " class=\"long\"" : "");
    add_caption(html, "Figure", "f", number, &chart->table);
    add_drawing(html, chart, number, true);
    add_drawing(html, chart, number, false);
    add_note(html, &chart->table);
    att_buf_format(html->out,
                   "<details class=\"d\"><summary>Show the data of Figure %zu"
                   "</summary></details><div class=\"dt scroll\" role=\"region\" "
                   "tabindex=\"0\" aria-label=\"%s\">",
                   number, label);
    add_grid(html, &chart->table, "aria-label", label);
    att_buf_add(html->out, "</div>\n</figure>\n");
}
