/* att_small.h - small instruments made by hand, for tests of what works on the model
 *
 * Use:    att_small s; att_small_start(&s, 10); items, scales ...; att_small_done(&s).
 *         Items must be made in the order of the document, a container before what it
 *         holds. Expressions may name what was made before them. A wrong one fails the
 *         test.
 */
#ifndef ATTUNE_TESTS_ATT_SMALL_H
#define ATTUNE_TESTS_ATT_SMALL_H

#include <attune/instrument/expr.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/kind.h>
#include <attune/instrument/sheet.h>

typedef struct att_small {
    att_arena arena;
    att_instrument instrument;
    att_item *items;       /* as in instrument, to be changed */
    att_scale *scales;     /* room for 32 */
    att_derived *derived;  /* room for 32 */
    att_token *tokens;     /* room for 32 */
    att_variant *variants; /* room for 32 */
    att_type own;          /* of "." in expressions; ANY: none */
} att_small;

void att_small_start(att_small *s, size_t most_items);
void att_small_done(att_small *s);
void att_small_drop(att_small *s);

/* A new item; its text is "id?". parent is an index or ATT_NONE. */
size_t att_small_item(att_small *s, const char *id, const char *kind, size_t parent);

/* "a b c" as items of one kind without container; returns the first's index. */
size_t att_small_items(att_small *s, const char *ids, const char *kind);

/* A set: real choices low..high with texts "c1" ..., then the reasons given, with the
 * texts "own n", "own r", "own k"; reasons "nrk" in any choice. */
const att_choices *att_small_set(att_small *s, int low, int high, const char *reasons);

/* An expression over what was made so far. */
const att_expr *att_small_expr(att_small *s, const char *text);

/* A scale over "a b -c" ("-": reversed); a derived value. */
att_scale *att_small_scale(att_small *s, const char *id, const char *items, double low,
                           double high, size_t min_valid);
att_derived *att_small_derive(att_small *s, const char *id, const char *text);

/* A text in the first language, and (or NULL) in the second. */
att_wording att_small_words(att_small *s, const char *one, const char *two);

/* Gives items the numbers of a list; codes of missing answers become reasons. */
void att_small_fill(att_sheet *sheet, const char *ids, const double *numbers);

/* Puts a number, a reason's name, or a text. */
void att_small_number(att_sheet *sheet, const char *id, double number);
void att_small_reason(att_sheet *sheet, const char *id, att_reason reason);
void att_small_text(att_sheet *sheet, const char *id, const char *text);
void att_small_codes(att_sheet *sheet, const char *id, size_t n, const int *codes);

#endif
