/* renderer.h - what a renderer is
 */
#ifndef ATTUNE_DOC_RENDERER_H
#define ATTUNE_DOC_RENDERER_H

#include <attune/base/ansi.h>
#include <attune/base/buf.h>
#include <attune/doc/doc.h>

typedef struct att_render_opts {
    size_t width;    /* terminal: columns; 0: 80 */
    att_style style; /* terminal */
    const char *css; /* html: the style sheet, whole */
} att_render_opts;

typedef struct att_renderer {
    const char *name; /* "term", "html", "md", "json" */
    void (*render)(att_buf *out, const att_doc *doc, const att_render_opts *opts);
} att_renderer;

extern const att_renderer *const att_renderers[];
extern const size_t att_n_renderers;
const att_renderer *att_renderer_find(const char *name);

#endif
