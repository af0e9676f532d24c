/* fuzz_json.c - bytes that claim to be JSON
 *
 * Whatever is accepted must have a place for each pointer that its tree has, inside
 * the text; whatever is refused must say so with a line.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(const att_json *json, const att_place *place)
{
    att_arena arena = { 0 };
    size_t n = 0;

    (void)att_json_text(json, &n);
    assert(place->line > 0 && place->column > 0 && place->span > 0);
    assert(place->offset < n);
    (void)att_json_line(&arena, json, place);
    att_arena_drop(&arena);
}

static void check_value(att_json *json, att_buf *pointer, json_t *value);

static void add_token(att_buf *pointer, const char *key)
{
    att_buf_char(pointer, '/');
    for (; *key != '\0'; key++) {
        if (*key == '~' || *key == '/') {
            att_buf_add(pointer, *key == '~' ? "~0" : "~1");
        } else {
            att_buf_char(pointer, *key);
        }
    }
}

static void check_members(att_json *json, att_buf *pointer, json_t *value)
{
    const char *key = NULL;
    json_t *member = NULL;
    size_t i = 0;
    size_t kept = pointer->n;

    json_object_foreach(value, key, member)
    {
        att_place place = { 0 };

        add_token(pointer, key);
        assert(att_json_place_key(json, att_buf_text(pointer), &place));
        check_place(json, &place);
        check_value(json, pointer, member);
        att_buf_cut(pointer, kept);
    }
    json_array_foreach(value, i, member)
    {
        att_buf_format(pointer, "/%zu", i);
        check_value(json, pointer, member);
        att_buf_cut(pointer, kept);
    }
}

static void check_value(att_json *json, att_buf *pointer, json_t *value)
{
    att_place place = { 0 };

    assert(att_json_place_value(json, att_buf_text(pointer), &place));
    check_place(json, &place);
    if (json_is_string(value)) {
        for (size_t k = 0; k <= json_string_length(value); k++) {
            assert(att_json_place_inside(json, att_buf_text(pointer), k, &place));
            check_place(json, &place);
        }
    }
    check_members(json, pointer, value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_err err = { 0 };
    att_buf pointer = { 0 };
    att_json *json = att_json_open_bytes("fuzz", (const char *)data, size, &err);

    if (json == NULL) {
        assert(err.code == ATT_ELIMIT || err.code == ATT_EINPUT);
        assert(err.message[0] != '\0');
        assert(err.where.line > 0 || size > ATT_JSON_BYTES_MAX);
        return 0;
    }
    assert(err.code == ATT_OK);
    check_value(json, &pointer, att_json_root(json));
    att_buf_drop(&pointer);
    att_json_close(json);
    return 0;
}
