#include <attune/instrument/write.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/number.h>

static int compare_keys(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;

    return strcmp(*x, *y);
}

static void write_value(att_buf *out, json_t *value);

static void write_object(att_buf *out, json_t *object)
{
    size_t n = json_object_size(object);
    const char **keys = att_memory_grow(NULL, n + 1, sizeof(const char *));
    const char *key = NULL;
    json_t *value = NULL;
    size_t k = 0;

    json_object_foreach(object, key, value)
    {
        keys[k++] = key;
    }
    if (n > 1) {
        qsort(keys, n, sizeof(const char *), compare_keys);
    }
    att_buf_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            att_buf_char(out, ',');
        }
        att_json_quote(out, keys[i]);
        att_buf_char(out, ':');
        write_value(out, json_object_get(object, keys[i]));
    }
    att_buf_char(out, '}');
    att_memory_free(keys);
}

static void write_list(att_buf *out, json_t *list)
{
    att_buf_char(out, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i > 0) {
            att_buf_char(out, ',');
        }
        write_value(out, json_array_get(list, i));
    }
    att_buf_char(out, ']');
}

static void write_value(att_buf *out, json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: write_object(out, value); break;
    case JSON_ARRAY: write_list(out, value); break;
    case JSON_STRING: att_json_quote(out, json_string_value(value)); break;
    case JSON_INTEGER:
        att_buf_format(out, "%lld", (long long)json_integer_value(value));
        break;
    case JSON_REAL: att_number_write(out, json_real_value(value)); break;
    case JSON_TRUE: att_buf_add(out, "true"); break;
    case JSON_FALSE: att_buf_add(out, "false"); break;
    case JSON_NULL: att_buf_add(out, "null"); break;
    }
}

void att_canonical_write(att_buf *out, const att_json *json)
{
    write_value(out, att_json_root(json));
}

void att_canonical_digest(char out[ATT_DIGEST_HEX], const att_json *json)
{
    att_buf buf = { 0 };
    att_digest digest;

    att_canonical_write(&buf, json);
    digest = att_digest_bytes(att_buf_text(&buf), buf.n);
    att_digest_write(out, &digest);
    att_buf_drop(&buf);
}
