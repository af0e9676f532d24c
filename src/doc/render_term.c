/* render_term.c - a document as text for a terminal or a pipe
 *
 * Columns are aligned by display width; numbers right, words left, three blanks between.
 * All text is tamed: nothing that came from people can steer a terminal.
 */
#include "renderers.h"

#include <math.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

#define WIDTH      80
#define GAP        3
#define GAP_TIGHT  2
#define FIRST_MIN  16 /* the first column is never squeezed below this */
#define LEAD       9  /* "Verdict  " */
#define FACT_MAX   22
#define CHART_FROM 60 /* columns from which a chart is drawn */
#define CHART_BAR  30

/* What is being written, and how. */
typedef struct term {
    att_buf *out;
    att_arena *arena;
    att_style style;
    size_t width;
} term;

static const char *tame(term *t, const char *text)
{
    att_buf tamed = { 0 };
    char *copy;

    att_text_tame(&tamed, text);
    copy = att_buf_copy(t->arena, &tamed);
    att_buf_drop(&tamed);
    return copy;
}

static void add_padded(term *t, const char *text, size_t width, bool is_right)
{
    size_t n = att_text_width(text);
    size_t pad = width > n ? width - n : 0;

    att_buf_repeat(t->out, ' ', is_right ? pad : 0);
    att_buf_add(t->out, text);
    att_buf_repeat(t->out, ' ', is_right ? 0 : pad);
}

/* Takes off the blanks that padding left at the end of a line, and ends it. */
static void end_line(term *t)
{
    while (t->out->n > 0 && t->out->bytes[t->out->n - 1] == ' ') {
        att_buf_cut(t->out, t->out->n - 1);
    }
    att_buf_char(t->out, '\n');
}

/* Wrapped text; lines after the first are indented. */
static void add_wrapped(term *t, const char *text, size_t indent)
{
    size_t room = t->width > indent + 10 ? t->width - indent : 10;
    att_lines lines = att_text_wrap(t->arena, tame(t, text), room);

    for (size_t i = 0; i < lines.n; i++) {
        if (i > 0) {
            att_buf_repeat(t->out, ' ', indent);
        }
        att_buf_format(t->out, "%s\n", lines.line[i]);
    }
}

static void add_lead(term *t, const char *lead, const char *text)
{
    size_t indent;

    lead = tame(t, lead);
    indent = att_text_width(lead) + 2;
    indent = indent < LEAD ? LEAD : indent;
    att_buf_add(t->out, att_style_on(t->style, ATT_ROLE_HEAD));
    att_buf_add(t->out, lead);
    att_buf_add(t->out, att_style_off(t->style, ATT_ROLE_HEAD));
    att_buf_repeat(t->out, ' ', indent - att_text_width(lead));
    add_wrapped(t, text, indent);
}

static void add_alert(term *t, const char *lead, const char *text)
{
    att_buf_format(t->out, "%s!%s ", att_style_on(t->style, ATT_ROLE_ALERT),
                   att_style_off(t->style, ATT_ROLE_ALERT));
    add_wrapped(
        t, lead[0] != '\0' ? att_arena_format(t->arena, "%s %s", lead, text) : text, 2);
}

static void add_heading(term *t, const char *text)
{
    att_buf_add(t->out, att_style_on(t->style, ATT_ROLE_HEAD));
    att_text_tame(t->out, text);
    att_buf_add(t->out, att_style_off(t->style, ATT_ROLE_HEAD));
    att_buf_char(t->out, '\n');
}

static void add_para(term *t, const att_node *node)
{
    att_buf text = { 0 };

    for (size_t i = 0; i < node->n_spans; i++) {
        att_buf_add(&text, node->spans[i].text);
    }
    add_wrapped(t, att_buf_text(&text), 0);
    att_buf_drop(&text);
}

static void add_facts(term *t, const att_fact *facts, size_t n)
{
    size_t width = 0;

    for (size_t i = 0; i < n; i++) {
        size_t label = att_text_width(facts[i].label);

        width = label > width && label <= FACT_MAX ? label : width;
    }
    for (size_t i = 0; i < n; i++) {
        add_padded(t, tame(t, facts[i].label), width, false);
        att_buf_add(t->out, "  ");
        add_wrapped(t, facts[i].value, width + 2);
    }
}

static void add_verdicts(term *t, const att_verdict *verdicts, size_t n)
{
    static const char *const signs[] = { "[?]", "[+]", "[-]" };

    for (size_t i = 0; i < n; i++) {
        att_buf_format(t->out, "%s ", signs[verdicts[i].sign]);
        add_wrapped(t,
                    att_arena_format(t->arena, "%s: %s. %s", verdicts[i].property,
                                     verdicts[i].verdict, verdicts[i].reason),
                    4);
    }
}

/* Texts and widths of a table. What is too wide is drawn tighter, its titles over several
 * lines; what is still too wide has the head of each row on a line of its own. */
typedef struct layout {
    const char **cell; /* [n_rows x n_columns] tamed */
    size_t *width;     /* [n_columns] */
    size_t gap;
    bool is_stacked;
} layout;

static size_t longest_word(const char *text)
{
    size_t most = 0;

    while (*text != '\0') {
        size_t n = strcspn(text, " ");
        size_t width = att_text_width_n(text, n);

        most = width > most ? width : most;
        text += n + strspn(text + n, " ");
    }
    return most;
}

static void measure(const att_table *table, layout *l, bool is_tight)
{
    l->gap = is_tight ? GAP_TIGHT : GAP;
    for (size_t j = 0; j < table->n_columns; j++) {
        const char *title = table->columns[j].title;

        l->width[j] = is_tight && j > 0 ? longest_word(title) : att_text_width(title);
    }
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++) {
        size_t *width = &l->width[i % table->n_columns];
        size_t n = att_text_width(l->cell[i]);

        *width = n > *width ? n : *width;
    }
}

/* Width of all columns but the first, with their gaps. */
static size_t rest_of(const att_table *table, const layout *l)
{
    size_t total = 0;

    for (size_t j = 1; j < table->n_columns; j++) {
        total += l->width[j] + l->gap;
    }
    return total;
}

static const char *cell_text(term *t, const att_val *val)
{
    const char *text = tame(t, att_val_write(t->arena, val));

    return val->mark != NULL ? att_arena_format(t->arena, "%s %s", text, val->mark)
                             : text;
}

static layout lay_out(term *t, const att_table *table)
{
    size_t n = table->n_rows * table->n_columns;
    layout l = { .cell = att_new_n(t->arena, const char *, n),
                 .width = att_new_n(t->arena, size_t, table->n_columns) };
    size_t rest;

    for (size_t i = 0; i < n; i++) {
        l.cell[i] = cell_text(t, &table->cells[i]);
    }
    measure(table, &l, false);
    if (table->n_columns == 0 || l.width[0] + rest_of(table, &l) <= t->width) {
        return l;
    }
    measure(table, &l, true);
    rest = rest_of(table, &l);
    if (l.width[0] + rest <= t->width) {
        return l;
    }
    l.is_stacked = t->width < rest + FIRST_MIN;
    l.width[0] =
        l.is_stacked ? att_text_width(table->columns[0].title) : t->width - rest;
    return l;
}

static void add_row(term *t, const att_table *table, const layout *l, size_t i)
{
    const char **cell = l->cell + i * table->n_columns;
    size_t width = l->is_stacked ? t->width : l->width[0];
    att_lines first = att_text_wrap(t->arena, cell[0], width);

    for (size_t k = 0; k < first.n && l->is_stacked; k++) {
        att_buf_format(t->out, "%s\n", first.line[k]);
    }
    for (size_t k = 0; k < first.n || k == 0; k++) {
        bool is_beside = k < first.n && !l->is_stacked;

        add_padded(t, is_beside ? first.line[k] : "", l->width[0], false);
        for (size_t j = 1; j < table->n_columns && k == 0; j++) {
            att_buf_repeat(t->out, ' ', l->gap);
            add_padded(t, cell[j], l->width[j], table->columns[j].is_number);
        }
        end_line(t);
        if (l->is_stacked) {
            break;
        }
    }
}

/* Titles stand on the last line; longer ones begin above it. */
static void add_titles(term *t, const att_table *table, const layout *l)
{
    att_lines *titles = att_new_n(t->arena, att_lines, table->n_columns);
    size_t most = 1;

    for (size_t j = 0; j < table->n_columns; j++) {
        titles[j] = att_text_wrap(t->arena, tame(t, table->columns[j].title),
                                  l->width[j] > 0 ? l->width[j] : 1);
        most = titles[j].n > most ? titles[j].n : most;
    }
    att_buf_add(t->out, att_style_on(t->style, ATT_ROLE_HEAD));
    for (size_t k = 0; k < most; k++) {
        for (size_t j = 0; j < table->n_columns; j++) {
            size_t at = k + titles[j].n;

            att_buf_repeat(t->out, ' ', j > 0 ? l->gap : 0);
            add_padded(t, at >= most ? titles[j].line[at - most] : "", l->width[j],
                       table->columns[j].is_number);
        }
        end_line(t);
    }
    att_buf_cut(t->out, t->out->n - 1);
    att_buf_add(t->out, att_style_off(t->style, ATT_ROLE_HEAD));
    att_buf_char(t->out, '\n');
}

static void add_table(term *t, const att_table *table)
{
    layout l = lay_out(t, table);

    if (table->finding != NULL && table->finding[0] != '\0') {
        add_wrapped(t, table->finding, 0);
    }
    add_titles(t, table, &l);
    for (size_t i = 0; i < table->n_rows; i++) {
        if (table->groups != NULL && table->groups[i] != NULL) {
            add_wrapped(t, table->groups[i], 0);
        }
        add_row(t, table, &l, i);
    }
    if (table->note != NULL && table->note[0] != '\0') {
        add_wrapped(t, table->note, 0);
    }
}

/* How far along the bar a value stands. */
static size_t place_of(double x, double from, double to)
{
    double share = to > from ? (x - from) / (to - from) : 0.0;

    share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    return (size_t)lround(share * (CHART_BAR - 1));
}

/* Dot and interval, drawn in CHART_BAR columns: "   |---o--|    ". */
static void draw_dots(term *t, const att_chart *chart, const att_chart_row *row)
{
    char bar[CHART_BAR + 1];

    memset(bar, ' ', CHART_BAR);
    bar[CHART_BAR] = '\0';
    if (!row->is_hidden && isfinite(row->x)) {
        if (isfinite(row->low) && isfinite(row->high)) {
            size_t low = place_of(row->low, chart->from, chart->to);
            size_t high = place_of(row->high, chart->from, chart->to);

            memset(bar + low, '-', high - low + 1);
        }
        bar[place_of(row->x, chart->from, chart->to)] = 'o';
    }
    att_buf_add(t->out, bar);
}

static void draw_flow(term *t, const att_chart_row *row)
{
    size_t n =
        row->is_hidden || !isfinite(row->x) ? 0 : (size_t)lround(row->x * CHART_BAR);

    att_buf_repeat(t->out, '#', n);
    att_buf_repeat(t->out, ' ', CHART_BAR - n);
}

static void add_chart(term *t, const att_chart *chart)
{
    bool is_drawn = chart->kind == ATT_CHART_DOTS || chart->kind == ATT_CHART_FLOW;
    size_t width = 0;

    if (!is_drawn || t->width < CHART_FROM) {
        add_table(t, &chart->table);
        return;
    }
    for (size_t i = 0; i < chart->n_rows; i++) {
        size_t n = att_text_width(chart->rows[i].label);

        width = n > width ? n : width;
    }
    width = width > t->width - CHART_BAR - 2 ? t->width - CHART_BAR - 2 : width;
    for (size_t i = 0; i < chart->n_rows; i++) {
        const char *label = tame(t, chart->rows[i].label);

        add_padded(t, att_text_cut(t->arena, label, width), width, false);
        att_buf_add(t->out, "  ");
        if (chart->kind == ATT_CHART_DOTS) {
            draw_dots(t, chart, &chart->rows[i]);
        } else {
            draw_flow(t, &chart->rows[i]);
        }
        end_line(t);
    }
    att_buf_char(t->out, '\n');
    add_table(t, &chart->table);
}

static void add_node(term *t, const att_node *node)
{
    switch (node->kind) {
    case ATT_NODE_HEADING: add_heading(t, node->text); break;
    case ATT_NODE_PARA: add_para(t, node); break;
    case ATT_NODE_BANNER: add_alert(t, node->lead, node->text); break;
    case ATT_NODE_FACTS: add_facts(t, node->facts, node->n_facts); break;
    case ATT_NODE_VERDICTS: add_verdicts(t, node->verdicts, node->n_verdicts); break;
    case ATT_NODE_TABLE: add_table(t, node->table); break;
    case ATT_NODE_CHART: add_chart(t, node->chart); break;
    case ATT_NODE_WARNING: add_alert(t, "", node->text); break;
    case ATT_NODE_LINE: add_lead(t, node->lead, node->text); break;
    }
}

/* Whether a blank row stands between two nodes: not below a heading, not between lines
 * of one sort. */
static bool is_apart(const att_node *before, const att_node *node)
{
    if (before->kind == ATT_NODE_HEADING && node->kind != ATT_NODE_HEADING) {
        return before->level < 3 && node->kind == ATT_NODE_FACTS;
    }
    return !(before->kind == node->kind &&
             (node->kind == ATT_NODE_LINE || node->kind == ATT_NODE_WARNING));
}

static void render(att_buf *out, const att_doc *doc, const att_render_opts *opts)
{
    att_arena scratch = { 0 };
    term t = { .out = out, .arena = &scratch, .style = opts->style };

    t.width = opts->width > 0 ? opts->width : WIDTH;
    if (doc->title[0] != '\0') {
        add_heading(&t, doc->title);
    }
    if (doc->question[0] != '\0') {
        add_wrapped(&t, doc->question, 0);
    }
    for (size_t i = 0; i < doc->n_nodes; i++) {
        bool is_first = i == 0 && doc->title[0] == '\0';

        if (!is_first && (i == 0 || is_apart(&doc->nodes[i - 1], &doc->nodes[i]))) {
            att_buf_char(out, '\n');
        }
        add_node(&t, &doc->nodes[i]);
    }
    if (doc->n_footer > 0) {
        att_buf_char(out, '\n');
        add_facts(&t, doc->footer, doc->n_footer);
    }
    att_arena_drop(&scratch);
}

const att_renderer att_render_term = { .name = "term", .render = render };
