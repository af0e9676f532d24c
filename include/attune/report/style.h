/* style.h - the style sheet of HTML reports: reports/style.css, carried inside
 */
#ifndef ATTUNE_REPORT_STYLE_H
#define ATTUNE_REPORT_STYLE_H

extern const char att_report_css[];

#endif
