/* error.h - what went wrong, where, and what to do about it
 *
 * What:   one failure, small enough for the stack; nothing to free.
 * Rule:   the first error wins: att_fail on an att_err that already holds one
 *         changes nothing, so a cleanup that also fails hides no cause.
 * Words:  a message is one line that names the thing in double quotes, says what
 *         is and then what should be: small initial, no full stop. A hint is an
 *         imperative.
 */
#ifndef ATTUNE_BASE_ERROR_H
#define ATTUNE_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#define ATT_FILE_MAX    256
#define ATT_POINTER_MAX 192
#define ATT_MESSAGE_MAX 320
#define ATT_HINT_MAX    240

typedef enum att_code {
    ATT_OK = 0,
    ATT_EINPUT,    /* the user's file or answer cannot be used */
    ATT_EUSAGE,    /* the command line asks for what does not exist */
    ATT_ENOTFOUND, /* a named thing is not there */
    ATT_ELIMIT,    /* larger or deeper than we read */
    ATT_EIO,       /* this machine failed: disk, pipe, terminal */
    ATT_ESTORE,    /* the database failed or does not hold together */
    ATT_ENET,      /* the network or the far side failed; later may work */
    ATT_EAUTH,     /* a credential is missing, too open, or refused */
    ATT_ECONFLICT, /* two truths; a person must choose */
    ATT_EBUSY,     /* somebody else holds it; in a moment it may be free */
    ATT_EBUG       /* we are wrong */
} att_code;

typedef struct att_where {
    char file[ATT_FILE_MAX];       /* path as the user gave it, or "" */
    char pointer[ATT_POINTER_MAX]; /* JSON pointer (RFC 6901), or "" */
    unsigned line;                 /* from 1; 0 = unknown */
    unsigned column;               /* from 1, in characters; 0 = unknown */
} att_where;

typedef struct att_err {
    att_code code; /* ATT_OK, or the class of the failure */
    char message[ATT_MESSAGE_MAX];
    char hint[ATT_HINT_MAX]; /* what to do about it, or "" */
    att_where where;         /* empty when unknown */
} att_err;

/* Records a failure, unless err holds one already or is NULL. Returns code, so
 * that a caller can write: return att_fail(err, ATT_EINPUT, "...", ...). Text
 * that does not fit is cut at a character's end; control bytes, line ends and what is
 * not UTF-8 become "?", so that a message is one line and safe to print. */
att_code att_fail(att_err *err, att_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a hint to the failure in err, unless it has one. Returns err's code; with
 * err NULL, where it is not known, ATT_EBUG, so that a failure stays one. */
att_code att_hint(att_err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a place to the failure in err, unless it has one. file and pointer may be
 * NULL. Returns err's code, as att_hint does. */
att_code att_at(att_err *err, const char *file, unsigned line, unsigned column,
                const char *pointer);

/* Passes a code up from code that must not be followed by cleanup. */
#define ATT_TRY(expr)                   \
    do {                                \
        att_code att_try_code = (expr); \
        if (att_try_code != ATT_OK) {   \
            return att_try_code;        \
        }                               \
    } while (0)

/* The program's exit status for a code: STYLE, "Errors" (0 to 8). */
int att_code_exit_status(att_code code);

#endif
