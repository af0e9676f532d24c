/* dialect.h - instruments in the file formats of other programs
 *
 * What:   a dialect reads a file into instruments and writes instruments into a file.
 *         What one side cannot say is never left out in silence: every conversion fills
 *         a list of losses, which names the row, the field and the reason.
 * Middle: instruments travel as the text of format 1 (docs/FORMAT.md), so that each
 *         dialect knows its own format and ours, and no other.
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_H
#define ATTUNE_INSTRUMENT_DIALECT_H

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>
#include <attune/base/file.h>
#include <attune/instrument/instrument.h>

typedef enum att_loss_kind {
    ATT_LOSS_MAPPED = 0,   /* means the same on the other side */
    ATT_LOSS_APPROXIMATED, /* is there, but does not mean quite the same */
    ATT_LOSS_DROPPED       /* is not there any more */
} att_loss_kind;

#define ATT_N_LOSS_KINDS 3

const char *att_loss_name(att_loss_kind kind); /* "approximated" */

typedef struct att_loss {
    att_loss_kind kind;
    const char *file;  /* as the user gave it */
    size_t row;        /* of a table, its header is row 1; 0: of the whole */
    const char *field; /* the item or field it is about, or "" */
    const char *why;   /* one line */
    size_t order;      /* in which it was found */
} att_loss;

typedef struct att_losses {
    att_arena *arena; /* the caller's; entries live there */
    const char *file; /* put into each new entry */
    att_loss *list;
    size_t n, room;
    size_t count[ATT_N_LOSS_KINDS];
} att_losses;

/* Adds an entry. field may be NULL. Control bytes and line ends in the texts become
 * "?", since they may come from a stranger's file. */
void att_losses_add(att_losses *losses, att_loss_kind kind, size_t row,
                    const char *field, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Puts the entries from the from-th on in the order of their rows. */
void att_losses_sort(att_losses *losses, size_t from);

/* Whether anything was approximated or dropped. */
bool att_losses_any(const att_losses *losses);

/* The entries as text: a line for each that is no mere mapping, then their counts. */
void att_losses_write(att_buf *out, const att_losses *losses);

/* One instrument on its way: the bytes of format 1. */
typedef struct att_script {
    const char *id; /* of the instrument */
    const char *text;
    size_t n; /* bytes */
} att_script;

typedef struct att_scripts {
    att_script *list; /* [n] */
    size_t n, room;
} att_scripts;

void att_scripts_add(att_arena *arena, att_scripts *scripts, const att_script *script);

/* Adds instruments to out as one file; n is 1 unless the dialect holds_many. Cannot
 * fail: what does not fit is a loss. */
typedef void (*att_dialect_write)(att_buf *out,
                                  const att_instrument *const *instruments, size_t n,
                                  att_losses *losses);

typedef struct att_dialect {
    const char *name;   /* "redcap" */
    const char *about;  /* for help */
    const char *suffix; /* of its files, "csv" */
    bool holds_many;    /* a file may hold several instruments */
    /* Adds what the file holds to out. EINPUT or ELIMIT for what is no such file at
     * all; whatever else is odd about it is a loss. */
    att_code (*read)(att_arena *arena, const char *path, const att_bytes *bytes,
                     att_losses *losses, att_scripts *out, att_err *err);
    att_dialect_write write; /* NULL: our own, which needs none */
    struct {
        const char *suffix; /* "md": a name that ends so asks for this form of it */
        att_dialect_write write;
    } second; /* write NULL: there is none */
} att_dialect;

/* The list, NULL-ended; by name, or NULL. */
extern const att_dialect *const att_dialects[];
const att_dialect *att_dialect_find(const char *name);

#define ATT_DIALECT_BYTES_MAX ((size_t)16 << 20)

#endif
