/* dialect_logic_said.h - parts of a foreign condition, said in our words
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_LOGIC_SAID_H
#define ATTUNE_INSTRUMENT_DIALECT_LOGIC_SAID_H

#include <attune/base/buf.h>

#include "dialect_logic_tree.h"

#define ATT_SAID_KNOWN_MAX 6

typedef enum att_said_sort {
    ATT_SAID_NOTHING = 0, /* cannot be said */
    ATT_SAID_BLANK,       /* '' */
    ATT_SAID_NUMBER,
    ATT_SAID_TEXT,
    ATT_SAID_DAY,
    ATT_SAID_MARK,  /* one option of a checkbox */
    ATT_SAID_MARKS, /* all of them */
    ATT_SAID_TRUTH
} att_said_sort;

typedef enum att_said_shape {
    ATT_SAID_AS_PLAIN = 0,
    ATT_SAID_AS_OR,       /* wants parentheses inside `and` */
    ATT_SAID_AS_ANSWERED, /* answered(id) */
    ATT_SAID_AS_NO_REASON,
    ATT_SAID_AS_IS_REASON
} att_said_shape;

/* A part, said in our words. */
typedef struct att_said {
    att_said_sort sort;
    att_said_shape shape;
    const char *full, *plain, *firm; /* of values only full */
    const char *id;                  /* of ANSWERED and the like */
    bool is_literal;
    const att_logic_field *field; /* where it is no more than a field */
    const char *known
        [ATT_SAID_KNOWN_MAX]; /* [n_known] ids without whose answers it is unknown */
    size_t n_known;
    bool is_loose;            /* ... and not by these alone */
    bool is_sure;             /* never unknown */
    const char *left, *right; /* of a comparison */
    char op;
} att_said;

typedef struct att_speaker {
    att_arena *arena;
    const att_logic_fields *fields;
    const char *why, *near;
} att_speaker;

/* That it cannot be said, and why; only the first reason is kept. */
att_said att_said_cannot(att_speaker *s, const char *why);
bool att_said_is_nothing(const att_said *x);

/* That it does not mean quite the same. */
void att_said_near(att_speaker *s, const char *what);

/* ---- makers ---- */

att_said att_said_whole(att_speaker *s, att_said x); /* nothing when it is too long */
att_said att_said_value(att_speaker *s, att_said_sort kind, const char *text);
att_said att_said_truth(att_speaker *s, const char *full, const char *plain,
                        const char *firm);
att_said att_said_with_id(att_said x, att_said_shape shape, const char *id);
void att_said_add_known(att_said *x, const att_said *from);

/* before, a field's name as it is written there, after */
const char *att_said_name(att_speaker *s, const char *before, const char *name,
                          const char *after);

/* Takes the buffer's bytes over. */
const char *att_said_buf(att_speaker *s, att_buf *buf);

/* ---- fields and literals ---- */

/* The field, and of "code(3)" the option; NULL where there is none, and why. */
const att_logic_field *att_said_resolve(att_speaker *s, const att_term *node,
                                        const char **option);
const att_logic_code *att_said_code(const att_logic_field *field, const char *text);
const char *att_said_number(att_speaker *s, const char *text); /* or NULL */
const char *att_said_text(att_speaker *s, const char *text);   /* in quotes */
att_said att_said_today(att_speaker *s);
att_said att_said_day(att_speaker *s, const char *text);

/* The text that stands beside x, as what it means there. */
att_said att_said_literal(att_speaker *s, const att_said *x, const att_said *literal);

/* ---- marks ---- */

/* One option of a question with many. */
att_said att_said_mark(att_speaker *s, const att_logic_field *field,
                       const char *option);
/* Whether it is marked: y is 1 or 0. */
att_said att_said_marked(att_speaker *s, const att_said *x, const att_said *y, char op);
/* That it is, or is not. */
att_said att_said_is_marked(att_speaker *s, const att_said *x, bool is_marked);
/* The mark as 1 or 0. */
att_said att_said_count_mark(att_speaker *s, const att_said *x);

/* ---- all else ---- */

att_said att_say_value(att_speaker *s, const att_term *node);
att_said att_say_truth(att_speaker *s, const att_term *node);
att_said att_say_number(att_speaker *s, const att_term *node);
att_said att_said_blankness(att_speaker *s, const att_said *x, bool is_blank);
att_said att_say_compare(att_speaker *s, const att_term *node);
att_said att_say_and(att_speaker *s, const att_term *node);
att_said att_say_or(att_speaker *s, const att_term *node);
att_said att_say_not(att_speaker *s, const att_term *node);
/* selected(field, 'code'), or that it is not */
att_said att_say_selected(att_speaker *s, const att_term *node, bool is_marked);
att_said att_say_chain(att_speaker *s, const att_term *node);
att_said att_say_negative(att_speaker *s, const att_term *node);
att_said att_say_power(att_speaker *s, const att_term *node);
att_said att_say_sum(att_speaker *s, const att_term *node);
att_said att_say_over(att_speaker *s, const att_term *node);
att_said att_say_if(att_speaker *s, const att_term *node);
att_said att_say_call(att_speaker *s, const att_term *node);
att_said att_say_entry(att_speaker *s, const att_term *node);
att_said att_say_xpath_call(att_speaker *s, const att_term *node);
bool att_term_is_number(const att_term *node, const char *text);

#endif
