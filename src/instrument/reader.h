/* reader.h - what the files of the instrument's reader share
 *
 * What:   one reading of one file: where we are, what was found, which names exist and
 *         what waits until all names are known (expressions, references).
 * Places: a spot is a step from a value to its parent, on the stack. It becomes a JSON
 *         pointer, and the pointer a line and column, only when something is wrong.
 */
#ifndef ATTUNE_INSTRUMENT_READER_H
#define ATTUNE_INSTRUMENT_READER_H

#include <jansson.h>

#include <attune/base/issue.h>
#include <attune/base/json.h>
#include <attune/instrument/expr.h>
#include <attune/instrument/instrument.h>
#include <attune/instrument/kind.h>

#define ATT_FINDINGS_MAX        500 /* after that many the rest is not listed */
#define ATT_LINE_BYTES_MAX      ((size_t)4 << 20) /* of source lines that findings keep */
#define ATT_NESTING_MAX         8                 /* containers in containers */
#define ATT_SETS_MAX            5000              /* named choice sets */
#define ATT_PARTS_MAX           1000 /* scales, derived values, tokens, variants: each */
#define ATT_CHOICES_TOTAL       100000
#define ATT_STALE_MAX           100000 /* keys of one language */
#define ATT_TEXT_CHARACTERS_MAX 100000 /* that "max_length" may ask for */
#define ATT_SUGGESTIONS_MAX     50

/* ---- where ---- */

typedef struct att_spot {
    const struct att_spot *up;
    const char *key; /* of a member; without up: a pointer as text; NULL: an element */
    size_t index;    /* of an element */
} att_spot;

att_spot att_spot_key(const att_spot *up, const char *key);
att_spot att_spot_element(const att_spot *up, size_t index);
att_spot att_spot_text(const char *pointer); /* stands for a whole pointer */
char *att_spot_pointer(att_arena *arena, const att_spot *at);

/* ---- names ---- */

typedef enum att_name_sort {
    ATT_NAME_ITEM = 0,
    ATT_NAME_SCALE,
    ATT_NAME_SCALE_100,
    ATT_NAME_DERIVED,
    ATT_NAME_TOKEN,
    ATT_NAME_EACH /* an item of each entry of a roster; index: the first entry's */
} att_name_sort;

typedef struct att_name {
    const char *name;
    att_name_sort sort;
    size_t index;
    size_t order; /* of registration */
    bool is_used; /* tokens: a text pipes it in */
} att_name;

/* ---- what waits ---- */

/* An expression whose names are not known yet. */
typedef struct att_wait_expr {
    const char *text, *pointer;
    const char *key; /* "show", for messages */
    const att_expr **out;
    att_type want;          /* TRUTH, DAY, or NUMBER, for which a condition will do */
    size_t item;            /* whose answer "." is, or ATT_NONE */
    const att_item *within; /* the container of the entry or pair it is in, or NULL */
    bool is_copy;           /* another entry's says the same: no findings */
    const struct att_owned *of; /* a choice of this set, at this place; NULL: of none */
    size_t place;
} att_wait_expr;

/* "choices": { "from": "item" } */
typedef struct att_wait_from {
    size_t item;
    const char *name, *pointer;
    const att_item *within;
    bool is_copy;
} att_wait_from;

/* A set of choices of which some have conditions, while they wait. */
typedef struct att_owned {
    att_choices *set;
    att_choice *list; /* set->list, to be filled */
} att_owned;

/* A text with braces. */
typedef struct att_wait_pipe {
    const char *text, *pointer;
    bool has_own; /* {.} has a meaning */
    const att_item *within;
} att_wait_pipe;

typedef struct att_reader {
    att_arena *arena;   /* the model's */
    att_arena *scratch; /* this reading's; att_reader_close drops it */
    att_arena own;      /* which scratch points to */
    att_json *json;
    att_issues *issues;
    size_t n_first; /* findings that stood in the list before */
    size_t n_suggested, n_line_bytes;
    bool is_full;  /* ATT_FINDINGS_MAX was reached */
    bool is_muted; /* findings are not listed: they would say the same again */

    att_instrument *out;
    const char **tags;  /* [out->n_languages] */
    att_choices *sets;  /* out->choices, while being filled */
    size_t *sets_by_id; /* [n_choices] */
    size_t n_choices_read;
    att_item *items; /* out->items, while being filled */
    size_t room_items, n_items;
    att_scale *scales;
    att_derived *derived;
    const char **derived_text; /* [n_derived] */
    att_earlier *earlier;      /* out->earlier, while being filled */
    size_t room_earlier;

    att_name *names; /* sorted by name once all are there */
    size_t n_names;

    att_wait_expr *exprs;
    size_t n_exprs, room_exprs;
    att_wait_from *froms;
    size_t n_froms, room_froms;
    const att_owned **owned; /* sets with conditions, each once */
    size_t n_owned, room_owned;
    att_wait_pipe *pipes;
    size_t n_pipes, room_pipes;
} att_reader;

/* ---- the reading (read.c) ---- */

/* Reads; NULL when any error was found. The names stay until close. */
att_instrument *att_reader_read(att_reader *r, att_arena *arena, att_json *json,
                                att_issues *issues);
void att_reader_close(att_reader *r);

/* ---- findings (read_find.c) ---- */

/* A finding at a value, at a key, or inside a string. hint may be NULL; it is copied. */
void att_reader_find(att_reader *r, const char *rule, const att_spot *at,
                     const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void att_reader_find_key(att_reader *r, const char *rule, const att_spot *at,
                         const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void att_reader_find_inside(att_reader *r, const char *pointer,
                            const att_expr_fault *fault);

/* A number for a message, in scratch. */
const char *att_reader_number(att_reader *r, double x);

/* "did you mean "x"?" in scratch, or otherwise. */
const char *att_reader_suggest(att_reader *r, const char *word, const char *const *list,
                               size_t n, const char *otherwise);

/* ---- members of objects (read_find.c) ---- */

typedef enum att_want {
    ATT_WANT_ANY = 0,
    ATT_WANT_TEXT,    /* a string that is not empty */
    ATT_WANT_WORDING, /* a string, or an object of strings */
    ATT_WANT_OBJECT,
    ATT_WANT_LIST,
    ATT_WANT_NUMBER,
    ATT_WANT_WHOLE,
    ATT_WANT_TRUTH
} att_want;

typedef struct att_key {
    const char *name;
    att_want want;
    bool is_required;
} att_key;

/* Whether value is an object; its keys, their types, and those that it must have are
 * looked at, and findings made. noun: "an item". */
bool att_keys_check(att_reader *r, json_t *value, const att_spot *at, const char *noun,
                    const att_key *keys, size_t n);

/* The type alone. */
bool att_want_check(att_reader *r, json_t *value, const att_spot *at, const char *name,
                    att_want want);

/* A member's text in the arena, or otherwise when it is absent or no text. */
const char *att_member_text(att_reader *r, json_t *object, const char *key,
                            const char *otherwise);
bool att_member_truth(json_t *object, const char *key);

/* The place of a member's word in a list; otherwise when absent; a finding (L011)
 * and otherwise when it is none of them. */
size_t att_member_word(att_reader *r, json_t *object, const att_spot *at,
                       const char *key, const char *const *list, size_t n,
                       size_t otherwise);

/* An element count within a limit; else a finding (L002) and the limit. */
size_t att_list_size(att_reader *r, size_t n, size_t limit, const att_spot *at,
                     const char *nouns);

/* ---- provenance (read_provenance.c) ---- */

void att_provenance_read(att_reader *r, json_t *root, const att_spot *at);

/* ---- texts (read_text.c) ---- */

/* Two or three small letters, then parts of 2 to 8 letters or digits after hyphens. */
bool att_tag_is_well_formed(const char *tag);

bool att_languages_read(att_reader *r, json_t *root, const att_spot *at);

/* A wording; in is NULL when value is NULL or unusable. */
att_wording att_wording_read(att_reader *r, json_t *value, const att_spot *at);
att_wording att_wording_member(att_reader *r, json_t *object, const att_spot *at,
                               const char *key);
/* The same for what is said about an answer: {.} is allowed. */
att_wording att_wording_about(att_reader *r, json_t *object, const att_spot *at,
                              const char *key);
void att_anchors_read(att_reader *r, json_t *value, const att_spot *at,
                      att_wording out[2]);

/* Looks at the names between braces once all names are known. */
void att_pipes_resolve(att_reader *r);

/* Ids: [a-z](_?[a-z0-9])* with joint for _, at most ATT_ITEM_ID_MAX; reserved words
 * are findings, at the value or, for ids that are keys, at the key. */
bool att_id_check(att_reader *r, const char *id, const att_spot *at, char joint,
                  bool at_key);
bool att_id_is_well_formed(const char *id, char joint);

/* ---- choices (read_choices.c) ---- */

void att_missing_read(att_reader *r, json_t *root, const att_spot *at);
void att_sets_read(att_reader *r, json_t *root, const att_spot *at);
/* A list of choices; set->id is kept. */
void att_choices_read(att_reader *r, json_t *list, const att_spot *at,
                      att_choices *set);
/* Conditions of a set's choices together, once each is read. */
void att_choices_resolve(att_reader *r);
/* What a copy of the set has to be, for another entry of a roster. */
const att_owned *att_choices_copy(att_reader *r, const att_owned *of);
const att_choices *att_set_find(const att_reader *r, const char *id);
bool att_set_range(const att_choices *set, double *low, double *high);

/* ---- items (read_items.c) ---- */

/* A container that the reader is inside of. */
typedef struct att_nest {
    size_t parent; /* index, or ATT_NONE at the top */
    bool is_grid, in_roster;
    int depth;
} att_nest;

void att_items_read(att_reader *r, json_t *root, const att_spot *at);
/* The items of one container, where there is room for them. */
void att_item_list_read(att_reader *r, json_t *list, const att_spot *at,
                        const att_nest *in);
/* A new item with nothing in it but its place. */
att_item *att_item_add(att_reader *r, size_t parent, const char *pointer);
/* "text", "title", "brief", "help" and "identifying". */
void att_item_labels_read(att_reader *r, json_t *value, const att_spot *at,
                          att_item *item);
/* "max_length" and "long" of a text. */
void att_item_text_read(att_reader *r, json_t *value, const att_spot *at,
                        att_item *item);
void att_item_show_read(att_reader *r, json_t *value, const att_spot *at, size_t index);
/* Least and greatest answer of an item; false when it has none. */
bool att_item_range(const att_item *item, double *low, double *high);
att_type att_item_type(const att_item *item);
bool att_item_asks(const att_item *item); /* or is worked out: it has a value */

/* ---- rosters (read_roster.c) ---- */

/* Items that a roster becomes when it holds n_inner items, at most. */
size_t att_roster_room(att_reader *r, json_t *value, size_t n_inner, size_t n_paired);
/* All that the roster at index holds; the item itself is read. */
void att_roster_read(att_reader *r, json_t *value, const att_spot *at, size_t index,
                     int depth);
/* What a name means within an entry or a pair: the same entry's item, or the text that
 * names it ("alter"; of a pair "alter_i", "alter_j"). ATT_NONE: nothing there. */
size_t att_roster_sibling(const att_reader *r, const att_item *within,
                          const char *name);
/* What NAME.MEMBER stands for in the k-th entry or pair, from 1; *n gets how many there
 * are. ATT_NONE when it is nothing. */
size_t att_roster_member(const att_reader *r, const char *name, const char *member,
                         size_t k, size_t *n);

/* ---- scales, derived values, tokens, variants (read_scales.c, read_tokens.c) ---- */

void att_scales_begin(att_reader *r, json_t *root, const att_spot *at);
void att_scales_read(att_reader *r, json_t *root, const att_spot *at);
/* Weights, expression and bands of a scale that is read so far (read_scoring.c); then,
 * when all names are known, the expressions. */
void att_scoring_read(att_reader *r, json_t *value, const att_spot *at,
                      att_scale *scale);
void att_scoring_resolve(att_reader *r, json_t *root);
void att_norms_read(att_reader *r, json_t *root, const att_spot *at);
void att_tokens_read(att_reader *r, json_t *root, const att_spot *at);
void att_variants_read(att_reader *r, json_t *root, const att_spot *at);
/* The maturity that a member names. */
att_maturity att_maturity_member(att_reader *r, json_t *object, const att_spot *at,
                                 const char *key);

/* ---- what is known from elsewhere (read_known.c) ---- */

void att_attributes_read(att_reader *r, json_t *root, const att_spot *at);
/* "person.age"; false when "person" does not list it. */
bool att_attribute_find(const att_reader *r, const char *name, att_ref *out);
/* wave('T0').health; notes it in the instrument. */
bool att_earlier_find(att_reader *r, const char *wave, const char *item, att_ref *out);
/* Answers of earlier waves that an interview may not be told. */
void att_earlier_check(att_reader *r, const att_wait_expr *wait, const att_expr *expr);

/* ---- names and what waits for them (read_names.c, read_order.c) ---- */

void att_names_make(att_reader *r, json_t *root);
att_name *att_name_find(const att_reader *r, const char *name);
/* The index of an item that must exist; a finding of that rule, at a value or at a key,
 * and ATT_NONE when it does not. what: "scale \"trust\"". */
size_t att_item_named(att_reader *r, const char *name, const char *rule,
                      const att_spot *at, const char *what);
const char *att_name_suggest(att_reader *r, const char *name);

void att_wait_for_expr(att_reader *r, const att_wait_expr *wait);
void att_wait_for_from(att_reader *r, const att_wait_from *wait);
void att_wait_for_set(att_reader *r, const att_owned *owned);
void att_wait_for_pipe(att_reader *r, const att_wait_pipe *wait);
void att_exprs_resolve(att_reader *r);
bool att_derived_resolve(att_reader *r); /* false on a cycle */
void att_froms_resolve(att_reader *r);
att_expr *att_reader_expr(att_reader *r, const att_wait_expr *wait, bool is_silent);

/* Puts the items in an order in which each follows what it needs; cycles are
 * findings. */
void att_order_make(att_reader *r);
/* Finds what may be shown before that which it needs (read_shuffle.c). */
void att_shuffle_check(att_reader *r);
/* The same for derived values, whose expressions are read already. False on a cycle. */
bool att_derived_order(att_reader *r, size_t *order);

#endif
