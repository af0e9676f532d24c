/* kind.h - what a kind of item is
 *
 * Kinds are many, shapes are few: a face draws shapes, an export maps shapes. A kind
 * says its shape, which keys an item of it has, and whether an answer fits.
 */
#ifndef ATTUNE_INSTRUMENT_KIND_H
#define ATTUNE_INSTRUMENT_KIND_H

#include <attune/instrument/instrument.h>

typedef enum att_shape {
    ATT_SHAPE_NOTE = 0,  /* text to read */
    ATT_SHAPE_CONTAINER, /* page, group, grid: holds items */
    ATT_SHAPE_CALC,      /* a number worked out from other answers; never asked */
    ATT_SHAPE_PICK_ONE,
    ATT_SHAPE_CONSENT, /* pick one of yes, code 1, and no, code 0 */
    ATT_SHAPE_PICK_MANY,
    ATT_SHAPE_NUMBER,
    ATT_SHAPE_TEXT,
    ATT_SHAPE_DATE,
    ATT_SHAPE_TIME,     /* a time of day, kept as the text "14:30" */
    ATT_SHAPE_DATETIME, /* a day and a time, kept as the text "2026-09-14 14:30" */
    ATT_SHAPE_SLIDER,
    ATT_SHAPE_RANK /* choices put in order, all or the first of them */
} att_shape;

/* Why an answer is not taken. Faces put words to it from their table. */
typedef enum att_refusal_code {
    ATT_REFUSAL_NONE = 0,
    ATT_REFUSAL_REQUIRED,    /* hard: no answer yet */
    ATT_REFUSAL_ASK_SKIP,    /* soft: the same again skips */
    ATT_REFUSAL_NO_CHOICE,   /* no such choice: text */
    ATT_REFUSAL_NO_REASON,   /* this reason is not offered here */
    ATT_REFUSAL_NOT_NUMBER,  /* text is no number */
    ATT_REFUSAL_NOT_WHOLE,   /* a whole number is wanted */
    ATT_REFUSAL_TOO_LOW,     /* number under low */
    ATT_REFUSAL_TOO_HIGH,    /* number over high */
    ATT_REFUSAL_STEP,        /* number off the step, or too many decimals (high) */
    ATT_REFUSAL_TOO_LONG,    /* number characters, at most high */
    ATT_REFUSAL_NOT_DATE,    /* text is no day that exists */
    ATT_REFUSAL_DATE_EARLY,  /* before the day `low` */
    ATT_REFUSAL_DATE_LATE,   /* after the day `high` */
    ATT_REFUSAL_NOT_TIME,    /* text is no time, or no day and time, that exists */
    ATT_REFUSAL_TIME_EARLY,  /* before the minute `low` of a day */
    ATT_REFUSAL_TIME_LATE,   /* after the minute `high` of a day */
    ATT_REFUSAL_EXCLUSIVE,   /* choice `number` cannot stand beside others */
    ATT_REFUSAL_TWICE,       /* choice `number` has two places */
    ATT_REFUSAL_TOO_FEW,     /* number choices placed, low must be */
    ATT_REFUSAL_TOO_MANY,    /* number choices placed, at most high can be */
    ATT_REFUSAL_GAP,         /* place `number` is free, and a later one is taken */
    ATT_REFUSAL_WRONG_SORT,  /* a text for a number and the like (scripts only) */
    ATT_REFUSAL_CHECK,       /* the instrument's check does not hold: text, or "" */
    ATT_REFUSAL_WARN,        /* the instrument's warn; the same again is kept */
    ATT_REFUSAL_NOT_SHOWN,   /* this item is not asked now (scripts only) */
    ATT_REFUSAL_NOTHING_BACK /* this is the first question */
} att_refusal_code;

typedef struct att_refusal {
    att_refusal_code code;
    double number, low, high; /* as the code says; NaN where there is none */
    const char *text;         /* what was typed, or the instrument's words */
} att_refusal;

/* What an item offers now, resolved: its set, what was marked elsewhere, or a setting;
 * then the reasons. Reasons come last, in the order n, r, k. */
typedef struct att_offer {
    const att_choice *choices; /* [n_choices] real choices */
    size_t n_choices;
    const att_choice *reasons; /* [n_reasons] */
    size_t n_reasons;
    double low, high; /* numbers: range; dates, datetimes: days; times: minutes since
                         midnight; NaN where open */
} att_offer;

typedef struct att_kind {
    const char *name; /* as in "kind": "one" */
    att_shape shape;
    bool has_choices;        /* takes "choices" */
    bool has_range;          /* takes "min", "max" */
    bool has_items;          /* takes "items" */
    const char *const *keys; /* NULL-ended: keys beyond those of every item */
    /* Whether a value (never a reason) fits; NULL for what asks nothing. The text of
     * the refusal lives in arena or is static. */
    att_refusal (*judge)(att_arena *arena, const att_item *item, const att_offer *offer,
                         const att_answer *answer);
    /* What was typed, as an answer: "4", "1 3", "12.5", "2026-09-14", free text. */
    att_refusal (*parse)(att_arena *arena, const att_item *item, const att_offer *offer,
                         const char *typed, att_answer *out);
} att_kind;

/* The list, in the order of the manual; and by name, or NULL. */
extern const att_kind *const att_kinds[];
extern const size_t att_n_kinds;
const att_kind *att_kind_find(const char *name);

/* What was typed as a time of day, or with a day before it, in the form that is kept
 * ("7:30" as "07:30"), in arena; NULL when it is neither. */
char *att_clock_compose(att_arena *arena, const char *typed, bool has_day);

/* Minutes since midnight of a time in that form, or of the one at a datetime's end; -1
 * when text is neither. *day gets the datetime's day; it may be NULL. */
int att_clock_read(const char *text, att_day *day);

/* Minutes since midnight as "07:30", in arena. */
char *att_clock_text(att_arena *arena, int minutes);

/* The key that is shown for a choice and typed for it: the code itself when all codes
 * are 0 or more and rise, else 1, 2, 3 ... */
int att_offer_number(const att_offer *offer, size_t choice);

/* How many choices of an offer a rank asks to place. */
size_t att_offer_ranks(const att_offer *offer, const att_item *item);

/* The name of the field in REDCap that holds the place of a choice: "helped_3", and
 * "helped_m3" of the code -3. */
char *att_rank_field(att_arena *arena, const char *item, int code);

/* The choice that such a number names; ATT_NONE when there is none. */
size_t att_offer_find(const att_offer *offer, int number);

#endif
