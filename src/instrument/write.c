#include <attune/instrument/write.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/number.h>

typedef struct member {
    const char *key;
    json_t *value;
} member;

static int compare_members(const void *a, const void *b)
{
    const member *x = a;
    const member *y = b;

    return strcmp(x->key, y->key);
}

static void write_value(att_buf *out, json_t *value);

/* Most texts need no escape, and are added whole. */
static void write_text(att_buf *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c < 0x20 || c == 0x7F || c == '"' || c == '\\') {
            att_json_quote(out, text);
            return;
        }
    }
    att_buf_char(out, '"');
    att_buf_add_n(out, text, n);
    att_buf_char(out, '"');
}

static void write_object(att_buf *out, json_t *object)
{
    enum { FEW = 16 };
    member few[FEW];
    size_t n = json_object_size(object);
    member *members = n <= FEW ? few : att_memory_grow(NULL, n, sizeof few[0]);
    const char *key = NULL;
    json_t *value = NULL;
    size_t k = 0;

    json_object_foreach(object, key, value)
    {
        members[k].key = key;
        members[k++].value = value;
    }
    if (k > 1) {
        qsort(members, k, sizeof members[0], compare_members);
    }
    att_buf_char(out, '{');
    for (size_t i = 0; i < k; i++) {
        if (i > 0) {
            att_buf_char(out, ',');
        }
        write_text(out, members[i].key, strlen(members[i].key));
        att_buf_char(out, ':');
        write_value(out, members[i].value);
    }
    att_buf_char(out, '}');
    if (members != few) {
        att_memory_free(members);
    }
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
    case JSON_STRING:
        write_text(out, json_string_value(value), json_string_length(value));
        break;
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
