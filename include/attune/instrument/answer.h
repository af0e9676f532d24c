/* answer.h - what a person said, or why there is nothing; and how it is kept
 *
 * att_answer is a value or a reason. att_entry is one line of the journal. att_response
 * is one interview: its header and, in order, its entries.
 */
#ifndef ATTUNE_INSTRUMENT_ANSWER_H
#define ATTUNE_INSTRUMENT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>
#include <attune/base/stamp.h>

/* Why a cell is empty. The list is closed; the codes are those of exports. */
typedef enum att_reason {
    ATT_REASON_NONE = 0,       /* there is a value */
    ATT_REASON_NOT_REACHED,    /* -10 not_reached: the person stopped before it */
    ATT_REASON_SKIPPED,        /* -9 skipped: passed without an answer */
    ATT_REASON_REFUSED,        /* -8 refused: prefers not to say */
    ATT_REASON_NOT_APPLICABLE, /* -7 not_applicable: does not apply, no chance */
    ATT_REASON_DONT_KNOW,      /* -6 dont_know */
    ATT_REASON_NOT_ASKED,      /* -5 not_asked: branching hid it */
    ATT_REASON_UNREADABLE      /* -4 unreadable: lost or unreadable */
} att_reason;

#define ATT_N_REASONS 8 /* with NONE */

const char *att_reason_name(att_reason reason); /* "refused"; NONE is "" */
bool att_reason_read(const char *name, att_reason *out);
int att_reason_code(att_reason reason); /* -10 .. -4; NONE is 0 */
bool att_reason_of_code(int code, att_reason *out);

/* The key that gives this reason in every face and language: 'n' not_applicable,
 * 'r' refused, 'k' dont_know; 0 for those that nobody can choose. */
char att_reason_letter(att_reason reason);

typedef enum att_answer_kind {
    ATT_ANSWER_NONE = 0, /* nothing yet */
    ATT_ANSWER_REASON,
    ATT_ANSWER_NUMBER, /* a code, a whole or decimal number, a place on a slider */
    ATT_ANSWER_CODES,  /* several codes, ascending; none of them is a valid answer */
    ATT_ANSWER_TEXT,
    ATT_ANSWER_DAY,
    ATT_ANSWER_RANKS /* several codes, first place first, each once */
} att_answer_kind;

typedef struct att_answer {
    att_answer_kind kind;
    att_reason reason;
    double number;
    const int *codes; /* [n_codes] */
    size_t n_codes;
    const char *text; /* NFC, never NULL when kind is TEXT */
    att_day day;
    const char *beside; /* kept beside a number: of a consent, the version of its text
                           and the SHA-256 of what was shown; else NULL */
} att_answer;

att_answer att_answer_of_reason(att_reason reason);
att_answer att_answer_of_number(double number);
att_answer att_answer_of_text(const char *text);
att_answer att_answer_of_day(att_day day);
att_answer att_answer_of_codes(const int *codes, size_t n_codes);
att_answer att_answer_of_ranks(const int *codes, size_t n_codes);

/* The place of a code in an order, from 1; 0 when it has none. */
size_t att_answer_place(const att_answer *answer, int code);
bool att_answer_same(const att_answer *a, const att_answer *b);
att_answer att_answer_copy(att_arena *arena, const att_answer *answer);

/* JSON as in answer files: 4, [1,3], "text", "2026-09-14", {"reason":"refused"}, null.
 * A day and a text look alike: which it is comes from the item. */
void att_answer_write(att_buf *out, const att_answer *answer);

/* The same as a value of something larger; NONE is null. */
struct att_json_out; /* base/json.h */
void att_answer_put(struct att_json_out *out, const att_answer *answer);

/* What happened. */
typedef enum att_act {
    ATT_ACT_START = 0, /* the session was made */
    ATT_ACT_AGREE,     /* yes to "Do you agree to take part?" */
    ATT_ACT_DECLINE,   /* no; the session is over */
    ATT_ACT_ANSWER,    /* item and answer (a skip is an answer with a reason) */
    ATT_ACT_READ,      /* a note was read */
    ATT_ACT_BACK,
    ATT_ACT_GOTO,  /* item: from the review */
    ATT_ACT_LEAVE, /* item: what was asked then */
    ATT_ACT_RESUME,
    ATT_ACT_FINISH
} att_act;

#define ATT_N_ACTS 10

const char *att_act_name(att_act act);
bool att_act_read(const char *name, att_act *out);

typedef struct att_entry {
    att_act act;
    const char *item;  /* id, or "" */
    att_answer answer; /* NONE unless act is ANSWER */
    bool is_identifying;
    const char *actor; /* "respondent", "simulation", "import", ... */
    att_msec at;       /* UTC */
    att_msec mono;     /* ms since the session was opened */
} att_entry;

/* The payload that the chain seals and the store keeps: canonical JSON of item and
 * answer, with the answer's kind: {"answer":4,"item":"t1","kind":"number"}; and
 * "beside" where there is something beside it. */
void att_entry_write(att_buf *out, const att_entry *entry);

/* Reads a payload back into item and answer (act and times come from columns). */
att_code att_entry_read(att_arena *arena, const char *payload, att_entry *out,
                        att_err *err);

/* What was known about a person before an interview began, besides the codes in its
 * header: an attribute that the study keeps, or an answer of an earlier wave. It is
 * sealed with the START entry, so that going on later and scoring see the same. */
typedef struct att_known {
    const char *wave; /* of the answer; "" for an attribute */
    const char *name; /* of the attribute, or the id of the item */
    att_answer answer;
} att_known;

/* NULL where nothing is known. */
const att_answer *att_known_find(const att_known *known, size_t n, const char *wave,
                                 const char *name);

/* A member "known" of an open object, none where n is 0: a list of
 * {"answer":12,"kind":"number","name":"age"}, with "wave" behind where there is one. */
void att_known_write(struct att_json_out *out, const att_known *known, size_t n);

/* The same from the payload of a START entry. EINPUT when it is none. */
att_code att_known_read(att_arena *arena, const char *payload, const att_known **out,
                        size_t *n, att_err *err);

typedef enum att_status {
    ATT_STATUS_OPEN = 0,
    ATT_STATUS_COMPLETE,
    ATT_STATUS_DECLINED
} att_status;

const char *att_status_name(att_status status); /* "open", "complete", "declined" */
bool att_status_read(const char *name, att_status *out);

/* Who answers, and how it is asked. */
typedef enum att_asking {
    ATT_ASKING_SELF = 0,    /* the person, alone */
    ATT_ASKING_INTERVIEWER, /* the person, asked by an interviewer */
    ATT_ASKING_PROXY        /* someone for the person */
} att_asking;

#define ATT_N_ASKINGS 3

const char *att_asking_name(att_asking mode); /* "self", "interviewer", "proxy" */
bool att_asking_read(const char *name, att_asking *out);

typedef struct att_response {
    const char *id;         /* 36 characters: base/stamp.h */
    const char *instrument; /* id */
    const char *version;
    const char *digest; /* of the instrument, 64 hex digits */
    const char *person; /* code, or "" when anonymous */
    const char *role, *site, *wave;
    att_asking mode;
    const char *interviewer; /* code of who asks, or "" */
    const char *proxy_for;   /* code of the person who is answered for, or "" */
    const char *relation;    /* what the one who answers is to that person, or "" */
    const char *language;    /* tag */
    unsigned long long seed;
    att_day today;     /* local date at the start; resume keeps it */
    int offset;        /* minutes ahead of UTC at the start */
    att_msec started;  /* UTC */
    att_msec finished; /* 0 while open */
    att_status status;
    bool is_simulated;
    const att_known *known; /* [n_known] comes with the entries, not with headers */
    size_t n_known;
    const att_entry *entries; /* [n_entries] in order; may be absent in a header */
    size_t n_entries;
} att_response;

#endif
