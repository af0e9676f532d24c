/* sheet.h - a filled form: the answers so far and what they make of the rest
 *
 * What:   raw answers to every item, who answers and where, and, kept up to date, which
 *         items are asked. Effective values (docs/FORMAT.md): an answer that a later
 *         change hid counts as not_asked and comes back when it is visible again;
 *         nothing is erased. An answer whose choice is no longer offered, because the
 *         item that its choices come from was changed, or the choice's own condition
 *         holds no more, counts as not given. Session,
 *         scoring, export and sync all read answers here.
 */
#ifndef ATTUNE_INSTRUMENT_SHEET_H
#define ATTUNE_INSTRUMENT_SHEET_H

#include <attune/instrument/expr.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/kind.h>

/* A setting of the study that instruments may use: a text ("network") or a list
 * ("sites"). */
typedef struct att_setting {
    const char *name;
    const char *text;        /* NULL when it is a list */
    const char *const *list; /* [n_list] labels; codes are 1, 2, 3 ... */
    size_t n_list;
} att_setting;

typedef struct att_context {
    const char *role, *site, *wave, *person; /* "" when not known */
    const char *language;                    /* tag */
    att_asking mode;
    att_day today;
    att_msec now;            /* the session's start */
    unsigned long long seed; /* of what is shown in an order of its own */
    const att_setting *settings;
    size_t n_settings;
    const att_known *known; /* attributes, and answers of earlier waves */
    size_t n_known;
} att_context;

typedef struct att_sheet {
    const att_instrument *instrument;
    att_context context;
    att_answer *raw;     /* [n_items] NONE where nothing was given; a calc's value */
    const size_t *shown; /* [n_items] items in the order in which they are shown */
    const size_t *place; /* [n_items] where each stands there */
    bool *is_asked;      /* [n_items] it and all that hold it are shown */
    bool *is_open;       /* [n_items] asked only if a question that is not answered yet
                        turns out so: its show is unknown for want of an answer; a
                        calc also while its value is */
    size_t language;     /* index in the instrument */
    att_arena *arena;
    struct att_links *links; /* what depends on what */
} att_sheet;

/* An empty sheet; context is copied shallowly and must outlive it. A language that the
 * instrument has not becomes its default. */
att_sheet *att_sheet_make(att_arena *arena, const att_instrument *instrument,
                          const att_context *context);

/* The sheet that a response's entries make, in order. Items that the instrument has
 * not are passed over. */
att_sheet *att_sheet_of_response(att_arena *arena, const att_instrument *instrument,
                                 const att_response *response,
                                 const att_setting *settings, size_t n_settings);

/* Gives an item an answer (copied), and works out again what is asked. */
void att_sheet_put(att_sheet *sheet, size_t item, const att_answer *answer);

/* What counts: the raw answer; not_asked when hidden; not_reached when nothing was
 * given (ATT_ANSWER_NONE while the interview is open and is_over is false). Of a calc:
 * a number, or NONE where it cannot be worked out. */
att_answer att_sheet_get(const att_sheet *sheet, size_t item, bool is_over);

/* Values for expressions over this sheet: items, words, and scores. */
att_scope att_sheet_scope(const att_sheet *sheet);

/* What an item offers now. Arrays live in arena. */
att_offer att_sheet_offer(att_arena *arena, const att_sheet *sheet, size_t item);

/* The text of an item as it must be shown now: variant chosen, tokens and {item} piped
 * in, in the sheet's language. {id} is a token, else an item's value, else a word (role
 * site wave language person today); {id:label} is the answer in words; {Id} raises the
 * first letter; {{ is a brace. A name that is none of these stays as it is written. */
char *att_sheet_text(att_arena *arena, const att_sheet *sheet, size_t item);

/* Any wording piped the same way; own is the value of {.}, or NULL. */
char *att_sheet_pipe(att_arena *arena, const att_sheet *sheet,
                     const att_wording *wording, const att_answer *own);

/* The same for words that belong to an item: within an entry of a roster a name means
 * that entry's item, and {alter} its name; in a pair {alter_i} and {alter_j}. item may
 * be ATT_NONE. */
char *att_sheet_pipe_for(att_arena *arena, const att_sheet *sheet, size_t item,
                         const att_wording *wording, const att_answer *own);

/* What an entry of a roster is called, from 1: its name, or its number while it has
 * none. */
char *att_sheet_entry(att_arena *arena, const att_sheet *sheet,
                      const att_roster *roster, size_t entry);

/* An answer in words, in the sheet's language: the choice's text, "a, b", the number,
 * the text, the reason's text ("" when the instrument has none). */
char *att_sheet_say(att_arena *arena, const att_sheet *sheet, size_t item,
                    const att_answer *answer);

/* Judges an answer as the session does: sort, range, choices, reasons offered, check,
 * warn (a refusal with code WARN can be overruled). */
att_refusal att_sheet_judge(att_arena *arena, const att_sheet *sheet, size_t item,
                            const att_answer *answer);

/* Questions asked as things stand (low), and if every open condition held (high). */
void att_sheet_count(const att_sheet *sheet, size_t *low, size_t *high);

#endif
