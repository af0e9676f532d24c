/* json.h - JSON read with places, and JSON written
 *
 * Read:   bytes are checked (size, UTF-8, BOM, NUL, depth), then parsed by jansson
 *         with duplicate keys refused. Places are found only when asked for: the text
 *         is scanned once more and maps each JSON pointer to line and column.
 * Write:  a streaming writer into an att_buf; numbers in shortest form, so the same
 *         value gives the same bytes on every machine.
 */
#ifndef ATTUNE_BASE_JSON_H
#define ATTUNE_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>

struct json_t; /* jansson's; only .c files of the rooms that read JSON look inside */

#define ATT_JSON_BYTES_MAX ((size_t)16 << 20)
#define ATT_JSON_DEPTH_MAX 64

typedef struct att_json att_json;

typedef struct att_place {
    unsigned line, column; /* from 1; column in characters */
    size_t offset;         /* of the first byte */
    size_t span;           /* characters from there to the end of key or value, or of
                              the line, whichever comes first */
} att_place;

/* Parses n bytes; `name` is used in messages. The bytes are copied. Fails with EINPUT
 * (with line and column) or ELIMIT. */
att_json *att_json_open_bytes(const char *name, const char *bytes, size_t n,
                              att_err *err);

/* The same of a file within ATT_JSON_BYTES_MAX; "-" is standard input. */
att_json *att_json_open(const char *path, att_err *err);

void att_json_close(att_json *json);

/* The parsed tree; borrowed, read only. The name and text given. */
struct json_t *att_json_root(const att_json *json);
const char *att_json_name(const att_json *json);
const char *att_json_text(const att_json *json, size_t *n);

/* Where the value at a pointer stands ("" is the root); where its key stands (the
 * opening quote). False when the pointer leads nowhere. The first call scans. */
bool att_json_place_value(att_json *json, const char *pointer, att_place *out);
bool att_json_place_key(att_json *json, const char *pointer, att_place *out);

/* The place of the k-th byte of a string value's contents, escapes counted: for errors
 * inside an expression. */
bool att_json_place_inside(att_json *json, const char *pointer, size_t k,
                           att_place *out);

/* The source line that holds a place, without its end, in arena. "" when it is longer
 * than 16 KiB, as in a minified file: no reader would be helped. */
char *att_json_line(att_arena *arena, const att_json *json, const att_place *place);

/* ---- writing ---- */

#define ATT_JSON_NEST 64

typedef struct att_json_out {
    att_buf *buf;
    bool pretty; /* two-space indent and newlines, else none */
    int depth;
    bool is_filled[ATT_JSON_NEST]; /* something stands at this level already */
    bool after_key;
} att_json_out;

att_json_out att_json_begin(att_buf *buf, bool pretty);
void att_json_object(att_json_out *out);     /* { */
void att_json_end_object(att_json_out *out); /* } */
void att_json_list(att_json_out *out);       /* [ */
void att_json_end_list(att_json_out *out);   /* ] */
void att_json_key(att_json_out *out, const char *key);
void att_json_string(att_json_out *out, const char *text); /* NULL writes null */
void att_json_number(att_json_out *out, double x);         /* NaN, inf write null */
void att_json_whole(att_json_out *out, long long n);
void att_json_bool(att_json_out *out, bool b);
void att_json_null(att_json_out *out);

/* key and value in one call */
void att_json_put_string(att_json_out *out, const char *key, const char *text);
void att_json_put_number(att_json_out *out, const char *key, double x);
void att_json_put_whole(att_json_out *out, const char *key, long long n);
void att_json_put_bool(att_json_out *out, const char *key, bool b);

/* A string with JSON's escapes, quotes included. */
void att_json_quote(att_buf *out, const char *text);

/* Version of the jansson library in use: "2.14". */
const char *att_json_library_version(void);

#endif
