/* renderers.h - each renderer, one a file: render_NAME.c
 */
#ifndef ATTUNE_DOC_RENDERERS_H
#define ATTUNE_DOC_RENDERERS_H

#include <attune/doc/renderer.h>

extern const att_renderer att_render_term, att_render_html, att_render_md;
extern const att_renderer att_render_json;

#endif
