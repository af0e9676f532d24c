/* reference.h - data and expected values under tests/reference, for tests of psych
 */
#ifndef ATTUNE_TESTS_PSYCH_REFERENCE_H
#define ATTUNE_TESTS_PSYCH_REFERENCE_H

#include <math.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/math/matrix.h>

#include "att_test.h"

#define REFERENCE_ROWS_MAX 4000

/* A CSV file of plain numbers, blank = missing. */
typedef struct reference_data {
    char *header; /* comma-separated names */
    att_matrix x;
} reference_data;

static inline size_t reference_column(const reference_data *data, const char *name,
                                      size_t n)
{
    size_t column = 0;

    for (const char *p = data->header; *p != '\0'; column++) {
        size_t length = strcspn(p, ",");

        if (length == n && memcmp(p, name, n) == 0) {
            return column;
        }
        p += length + (p[length] == ',');
    }
    fail_msg("no column %.*s", (int)n, name);
    return 0;
}

static inline reference_data reference_read(att_arena *arena, const char *path)
{
    size_t n = 0;
    char *text = att_test_read(path, &n);
    size_t length = strcspn(text, "\r\n");
    reference_data data = { .header = att_arena_text_n(arena, text, length) };
    size_t n_columns = 1;
    size_t i = 0;

    for (size_t k = 0; k < length; k++) {
        n_columns += text[k] == ',' ? 1U : 0U;
    }
    data.x = att_matrix_make(arena, REFERENCE_ROWS_MAX, n_columns);
    for (char *p = text + length + 1; *p != '\0'; i++) {
        for (size_t j = 0; j < n_columns; j++) {
            size_t width = strcspn(p, ",\n");
            double value = NAN;

            (void)att_number_read(p, width, &value);
            att_matrix_set(&data.x, i, j, value);
            p += width + 1;
        }
    }
    data.x.n_rows = i;
    test_free(text);
    return data;
}

static inline json_t *reference_cases(const char *path, att_json **json)
{
    *json = att_json_open(att_test_path(path), NULL);
    assert_non_null(*json);
    return json_object_get(att_json_root(*json), "cases");
}

#endif
