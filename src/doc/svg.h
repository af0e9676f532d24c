/* svg.h - drawing by rule: the same input gives the same bytes
 *
 * Coordinates are rounded to .1 and written in their shortest form; colours are classes
 * of the style sheet, never literal; text is escaped. docs/REPORT-DESIGN.md, section 8.
 */
#ifndef ATTUNE_DOC_SVG_H
#define ATTUNE_DOC_SVG_H

#include <attune/base/buf.h>
#include <attune/base/text.h>

#define ATT_SVG_WIDE   680.0
#define ATT_SVG_NARROW 342.0
#define ATT_SVG_LETTER 0.58 /* widest letter of the fonts, of the size */

void att_svg_number(att_buf *out, double x);
void att_svg_rect(att_buf *out, double x, double y, double w, double h,
                  const char *classes);
void att_svg_circle(att_buf *out, double x, double y, double r, const char *classes);
void att_svg_text(att_buf *out, double x, double y, const char *classes,
                  const char *text);

/* A line from one point to the other. */
void att_svg_line(att_buf *out, double x1, double y1, double x2, double y2,
                  const char *classes);

/* A diamond of half width r. */
void att_svg_diamond(att_buf *out, double x, double y, double r, const char *classes);

/* How wide a text is at most, at a size in units. */
double att_svg_width(const char *text, double size);

/* Text over at most `most` lines of a width; n is 0 when it does not fit whole. */
att_lines att_svg_fit(att_arena *arena, const char *text, double width, double size,
                      size_t most);

#endif
