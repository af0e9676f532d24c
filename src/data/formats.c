#include <attune/data/format.h>

#include <string.h>

#include "formats.h"

const att_format *const att_formats[] = { &att_format_csv };
const size_t att_n_formats = sizeof att_formats / sizeof *att_formats;

const att_format *att_format_find(const char *name)
{
    for (size_t i = 0; i < att_n_formats; i++) {
        if (strcmp(att_formats[i]->name, name) == 0) {
            return att_formats[i];
        }
    }
    return NULL;
}
