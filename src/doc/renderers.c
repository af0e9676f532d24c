/* renderers.c - the list of renderers
 */
#include "renderers.h"

#include <string.h>

const att_renderer *const att_renderers[] = {
    &att_render_term,
    &att_render_html,
    &att_render_md,
    &att_render_json,
};

const size_t att_n_renderers = sizeof att_renderers / sizeof *att_renderers;

const att_renderer *att_renderer_find(const char *name)
{
    for (size_t i = 0; i < att_n_renderers; i++) {
        if (strcmp(att_renderers[i]->name, name) == 0) {
            return att_renderers[i];
        }
    }
    return NULL;
}
