/* po.h - catalogues of translations as gettext writes them (PO files)
 *
 * Input:  bytes in UTF-8: comments, msgctxt, msgid, msgstr; strings of C, in parts. What
 *         is obsolete (#~) is passed over; plural forms are refused, since a text has one.
 * Safety: within limits, no byte is taken on trust; a fault has file, line and column.
 * Source: GNU gettext manual, "The Format of PO Files".
 */
#ifndef ATTUNE_INSTRUMENT_PO_H
#define ATTUNE_INSTRUMENT_PO_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>

#define ATT_PO_BYTES_MAX   ((size_t)16 << 20)
#define ATT_PO_ENTRIES_MAX 100000

typedef struct att_po_entry {
    const char *context; /* msgctxt, or NULL */
    const char *source;  /* msgid */
    const char *text;    /* msgstr; "": not translated */
    const char *comment; /* lines for the translator ("#. "), or "" */
    bool is_fuzzy;
    unsigned line, column; /* of its first keyword */
} att_po_entry;

typedef struct att_po {
    const char *name; /* of the file, for messages */
    const char *head; /* "Language: es\n..." */
    att_po_entry *list;
    size_t n; /* without the head */
} att_po;

/* Reads a catalogue; all in arena. Fails with EINPUT or ELIMIT, with the place. */
att_code att_po_read(att_arena *arena, const char *name, const char *bytes, size_t n,
                     att_po *out, att_err *err);

/* A field of the head ("Language"), without blanks around it; "" when it is not there. */
const char *att_po_field(att_arena *arena, const att_po *po, const char *name);

/* Adds the catalogue as text. Read again it is the same. */
void att_po_write(att_buf *out, const att_po *po);

#endif
