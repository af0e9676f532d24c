/* json_scan.h - where things stand in JSON text
 *
 * What:  one walk over the text that either finds the first mistake in it, or maps
 *        each JSON pointer to offsets. Only json.c uses it.
 * Input: valid UTF-8 without NUL bytes, nested no deeper than ATT_JSON_DEPTH_MAX, at
 *        most ATT_JSON_BYTES_MAX long.
 */
#ifndef ATTUNE_BASE_JSON_SCAN_H
#define ATTUNE_BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <attune/base/buf.h>

#define ATT_NO_NODE UINT32_MAX

/* A value and, in an object, its key. Offsets are of first bytes and of the byte after
 * the last. */
typedef struct att_node {
    uint32_t parent;           /* ATT_NO_NODE for the root */
    uint32_t key_from, key_to; /* quotes included; both 0 in a list */
    uint32_t from, to;
    uint32_t index; /* place in the list; 0 in an object */
    uint32_t hash;  /* of the parent and the key or index */
} att_node;

typedef struct att_scan {
    const char *text;
    size_t n;
    att_node *node; /* the root is first */
    size_t n_nodes, room;
    uint32_t *slot; /* [n_slots] open addressing by hash; ATT_NO_NODE is free */
    size_t n_slots;
    size_t at;         /* where the walk stands */
    const char *wrong; /* what the first mistake is, or NULL; it stands at `at` */
    bool is_double;    /* the mistake is a second key of the same name */
} att_scan;

/* Walks over all of the text. False at the first mistake. */
bool att_scan_run(att_scan *scan, const char *text, size_t n);
void att_scan_drop(att_scan *scan);

/* The node a JSON pointer leads to, or NULL. */
const att_node *att_scan_find(const att_scan *scan, const char *pointer);

/* Adds the pointer of a node, escaped as RFC 6901 wants. */
void att_scan_pointer(att_buf *out, const att_scan *scan, uint32_t node);

/* Reads what stands for one character of a string's contents: sets its bytes (1 to 4),
 * returns the offset after it. `at` must be inside a string the walk found good. */
size_t att_scan_character(const char *text, size_t at, char bytes[4], size_t *n);

#endif
