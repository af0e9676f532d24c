/* formats.h - the formats that the list names
 */
#ifndef ATTUNE_DATA_FORMATS_H
#define ATTUNE_DATA_FORMATS_H

#include <attune/data/format.h>

extern const att_format att_format_csv;

#endif
