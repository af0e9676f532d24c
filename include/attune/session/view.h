/* view.h - what a face should show, as plain data
 *
 * A view says everything and draws nothing, so faces cannot differ in what they ask.
 * Texts are piped, in the session's language, and not yet tamed for a terminal.
 */
#ifndef ATTUNE_SESSION_VIEW_H
#define ATTUNE_SESSION_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/instrument/answer.h>
#include <attune/instrument/kind.h>

typedef enum att_screen {
    ATT_SCREEN_START = 0, /* title, status, purpose, "Do you agree to take part?" */
    ATT_SCREEN_WELCOME,   /* back again: go on, or look over the answers */
    ATT_SCREEN_NOTE,
    ATT_SCREEN_QUESTION,
    ATT_SCREEN_GRID, /* rows that share choices; a face may ask them one by one */
    ATT_SCREEN_REVIEW,
    ATT_SCREEN_FINISHED,
    ATT_SCREEN_DECLINED,
    ATT_SCREEN_LEFT
} att_screen;

typedef struct att_option {
    int number;        /* shown and typed; for a reason 0 */
    char letter;       /* 'n' 'r' 'k' for a reason, else 0 */
    int code;          /* stored */
    att_reason reason; /* NONE for a choice */
    const char *text;  /* "" when the face has the word (reasons) */
    bool is_exclusive;
} att_option;

typedef struct att_row {
    size_t item;
    const char *text;
    att_answer answer;        /* NONE when not yet given */
    const char *probe, *note; /* its own, for an interviewer; or "" */
} att_row;

typedef struct att_review_row {
    size_t item;
    const char *question;
    const char *answer; /* in words; "" when a word of the face stands for it */
    att_answer value;   /* for those words: skipped, refused ... */
    const char *was;    /* what it was before a change in the review, or NULL */
    bool is_end;        /* the empty line that ended a list of names */
} att_review_row;

/* A name of a list that is given already. */
typedef struct att_view_name {
    size_t at; /* its place in the list, from 1 */
    const char *text;
} att_view_name;

struct att_view {
    att_screen screen;
    const char *title;   /* of the instrument */
    const char *section; /* title of the page it stands on, or "" */
    const char *stem;    /* text of the containers above, or "" */
    const char *brief;   /* the stem in few words, or "" */
    const char *text;    /* the question or note; of a grid its stem is in `stem` */
    const char *help;    /* or "" */
    const char *probe;   /* for an interviewer: to ask on with; or "" */
    const char *note;    /* for an interviewer: to know; or "" */
    size_t item;         /* ATT_NONE on screens without one; a grid's own item */
    const char *id;      /* its id, or "" */
    att_shape shape;     /* of a consent: PICK_ONE */
    bool is_consent;     /* text is what one agrees to */
    att_required required;
    bool is_rtl;
    const char *language; /* tag */

    const att_option *options; /* [n_options] choices, then reasons */
    size_t n_options, n_choices;
    att_answer answer; /* what is kept now; NONE when nothing */

    const char *draft; /* typed before the session stopped, not confirmed; or NULL */

    const att_row *rows; /* GRID: [n_rows] rows that are asked */
    size_t n_rows;
    size_t row; /* the row to ask now */

    size_t n_ranks; /* rank: how many are placed */

    /* a name of a roster's list; name_of 0: it is none */
    size_t name_at, name_of;    /* its place in the list, and how many there can be */
    const att_view_name *names; /* [n_names] the others that are given, in order */
    size_t n_names;
    size_t n_named; /* all that are given, this one included */

    /* a question about an entry of a roster */
    const char *alter; /* what the entry is called, or "" while it has no name */
    size_t alter_at, alter_of;   /* which question about it; of a grid: its first row */
    size_t person_at, person_of; /* which entry of those there are; 0: not about one */
    bool is_person_known;        /* the names of all were given before */
    const char *person_before, *person_after; /* their names, or "" */

    double low, high, step; /* number, slider; time: minutes since midnight (low,
                               high); NaN where open */
    bool is_whole;
    const char *anchors[2]; /* slider; or "" */
    size_t max_length;      /* text */
    bool is_long;
    att_day first_day, last_day; /* date, datetime; has_... */
    bool has_first_day, has_last_day;
    att_day today;

    size_t at;      /* this question's number, from 1 (of a grid: its first row) */
    size_t at_last; /* of a grid: its last row's number; else at */
    size_t of_low, of_high; /* questions there will be: "of 20", "of about 6 to 12" */
    bool hides_progress; /* neither the question's number nor the time left is shown */
    double
        minutes_left;  /* of what the instrument states, by what is left; 0: not said */
    size_t n_answered; /* with a value or a chosen reason */
    size_t n_values, n_skipped, n_refused, n_other; /* FINISHED: the receipt's counts */

    /* START, WELCOME, FINISHED */
    const char *purpose;
    const char *version, *began_version; /* same, unless a newer one exists */
    const char *newer;                   /* version in the study, or "" */
    const char *licence, *authors;       /* "Example Network Measurement Group" */
    att_maturity maturity;
    double minutes;       /* 0: not said */
    bool is_about_others; /* a scale's referent is a person or dyad */
    bool is_unreviewed;   /* this language's translation was never reviewed */
    const char *session;  /* short id: what "attune resume" takes */
    att_msec left_at;     /* WELCOME */
    bool has_draft;       /* WELCOME: what was being typed is kept too */
    att_msec started, finished;
    int offset; /* minutes ahead of UTC */

    const att_review_row *review; /* REVIEW: [n_review] */
    size_t n_review;
};
typedef struct att_view att_view;

#endif
