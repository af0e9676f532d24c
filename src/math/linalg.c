#include "linalg.h"

#include <cblas.h>

void att_linalg_start(void)
{
    openblas_set_num_threads(1);
}
