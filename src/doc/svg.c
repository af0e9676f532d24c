#include "svg.h"

#include <math.h>

#include <attune/base/number.h>

#include "markup.h"

void att_svg_number(att_buf *out, double x)
{
    double rounded = round(x * 10.0) / 10.0;

    att_number_write(out, isfinite(rounded) ? rounded : 0.0);
}

static void add_number(att_buf *out, const char *name, double x)
{
    att_buf_format(out, " %s=\"", name);
    att_svg_number(out, x);
    att_buf_char(out, '"');
}

static void add_classes(att_buf *out, const char *classes)
{
    if (classes[0] != '\0') {
        att_markup_attribute(out, "class", classes);
    }
}

void att_svg_rect(att_buf *out, double x, double y, double w, double h,
                  const char *classes)
{
    if (!(w > 0.0) || !(h > 0.0)) {
        return;
    }
    att_buf_add(out, "<rect");
    add_number(out, "x", x);
    add_number(out, "y", y);
    add_number(out, "width", w);
    add_number(out, "height", h);
    add_classes(out, classes);
    att_buf_add(out, "/>");
}

void att_svg_circle(att_buf *out, double x, double y, double r, const char *classes)
{
    att_buf_add(out, "<circle");
    add_number(out, "cx", x);
    add_number(out, "cy", y);
    add_number(out, "r", r);
    add_classes(out, classes);
    att_buf_add(out, "/>");
}

void att_svg_text(att_buf *out, double x, double y, const char *classes,
                  const char *text)
{
    att_buf_add(out, "<text");
    add_number(out, "x", x);
    add_number(out, "y", y);
    add_classes(out, classes);
    att_buf_char(out, '>');
    att_markup_text(out, text);
    att_buf_add(out, "</text>");
}

void att_svg_line(att_buf *out, double x1, double y1, double x2, double y2,
                  const char *classes)
{
    att_buf_add(out, "<path");
    add_classes(out, classes);
    att_buf_add(out, " d=\"M");
    att_svg_number(out, x1);
    att_buf_char(out, ' ');
    att_svg_number(out, y1);
    if (y1 == y2) {
        att_buf_char(out, 'H');
        att_svg_number(out, x2);
    } else if (x1 == x2) {
        att_buf_char(out, 'V');
        att_svg_number(out, y2);
    } else {
        att_buf_char(out, 'L');
        att_svg_number(out, x2);
        att_buf_char(out, ' ');
        att_svg_number(out, y2);
    }
    att_buf_add(out, "\"/>");
}

void att_svg_diamond(att_buf *out, double x, double y, double r, const char *classes)
{
    att_buf_add(out, "<path");
    add_classes(out, classes);
    att_buf_add(out, " d=\"M");
    att_svg_number(out, x);
    att_buf_char(out, ' ');
    att_svg_number(out, y - r);
    att_buf_char(out, 'L');
    att_svg_number(out, x + r);
    att_buf_char(out, ' ');
    att_svg_number(out, y);
    att_buf_char(out, ' ');
    att_svg_number(out, x);
    att_buf_char(out, ' ');
    att_svg_number(out, y + r);
    att_buf_char(out, ' ');
    att_svg_number(out, x - r);
    att_buf_char(out, ' ');
    att_svg_number(out, y);
    att_buf_add(out, "z\"/>");
}

double att_svg_width(const char *text, double size)
{
    return (double)att_text_width(text) * size * ATT_SVG_LETTER;
}

att_lines att_svg_fit(att_arena *arena, const char *text, double width, double size,
                      size_t most)
{
    double room = floor(width / (size * ATT_SVG_LETTER));
    att_lines lines = { NULL, 0 };
    size_t longest = 0;

    /* A word longer than a line would be cut in two: then it does not fit. */
    for (size_t at = 0, from = 0;; at++) {
        if (text[at] == ' ' || text[at] == '\n' || text[at] == '\0') {
            size_t n = att_text_width_n(text + from, at - from);

            longest = n > longest ? n : longest;
            from = at + 1;
        }
        if (text[at] == '\0') {
            break;
        }
    }
    if (room < 1.0 || (double)longest > room) {
        return lines;
    }
    lines = att_text_wrap(arena, text, (size_t)room);
    return lines.n <= most ? lines : (att_lines){ NULL, 0 };
}
