/* dialect_fhir_draft.h - a Questionnaire on its way to an instrument
 */
#ifndef ATTUNE_INSTRUMENT_DIALECT_FHIR_DRAFT_H
#define ATTUNE_INSTRUMENT_DIALECT_FHIR_DRAFT_H

#include <jansson.h>

#include <attune/base/json.h>

#include "dialect_fhir.h"

/* A text in each language of the draft; NULL: there is none. */
typedef const char *const *att_fhir_text;

typedef struct att_fhir_choice {
    const char *system, *code; /* there; "" */
    int number;                /* here; of a reason its code */
    att_reason reason;
    att_fhir_text text;
    att_fhir_text other;           /* the question that it opens, or NULL */
    bool is_exclusive, is_waiting; /* for a number */
    json_t *ordinal;               /* a weight, or NULL */
} att_fhir_choice;

typedef struct att_fhir_options {
    const char *link; /* "#id" of a contained set, or NULL */
    const char *id;   /* of the named set it becomes, or NULL */
    att_fhir_choice *list;
    size_t n, room;
    size_t row;
    bool is_used;
} att_fhir_options;

typedef enum att_fhir_sort {
    ATT_FHIR_NONE = 0, /* cannot be asked about */
    ATT_FHIR_CODE,
    ATT_FHIR_MARKS,
    ATT_FHIR_NUMBER,
    ATT_FHIR_TEXT,
    ATT_FHIR_DAY,
    ATT_FHIR_TIME,
    ATT_FHIR_MOMENT /* a dateTime */
} att_fhir_sort;

typedef struct att_fhir_item {
    json_t *json;
    const char *pointer, *link, *type; /* there */
    size_t row;
    const char *id, *kind; /* here; kind "": it was dropped */
    size_t parent, end;    /* as in an instrument */
    size_t asker;          /* the question it stands under there, or ATT_NONE */
    att_fhir_text title, text, help, brief, anchors[2];
    att_fhir_options *options;
    const char *min, *max;                /* as JSON, or NULL */
    long long step, decimals, max_length; /* 0, -1, 0: none */
    bool is_long, is_hard, is_lossy;
    const char *show, *value, *check;   /* our expressions, or NULL */
    const char *show_path, *value_path; /* what they must be in FHIRPath, or NULL */
    const char *code;
    bool is_repeat;         /* a group that becomes a roster */
    size_t most;            /* of whose entries there are so many, or at most */
    const char *asks_count; /* the id of a question of ours that asks how many; NULL:
                               there are always as many */
    const char *placed;     /* where it was written, or NULL */
    att_fhir_sort sort;
} att_fhir_item;

/* What stood there and has no place here, by name: told once, with how often. */
typedef struct att_fhir_seen {
    const char *what, *name; /* "extension", its URL */
    const char *field;
    size_t row, n;
} att_fhir_seen;

typedef struct att_fhir_draft {
    att_arena *arena;
    att_losses *losses;
    att_json *json;
    json_t *root;   /* the Questionnaire */
    const char *at; /* pointer to it */
    const char *id;
    const char **tags; /* [n_tags] languages, the default first */
    size_t n_tags;
    att_fhir_item *items; /* [n_items] */
    size_t n_items, room;
    size_t n_options;       /* of all items and sets */
    att_fhir_options *sets; /* [n_sets] contained ones */
    size_t n_sets;
    size_t *by_link; /* [n_items] items sorted by linkId */
    att_fhir_seen *seen;
    size_t n_seen, seen_room;
} att_fhir_draft;

#define ATT_FHIR_ITEMS_MAX    (ATT_ITEMS_MAX / 2)
#define ATT_FHIR_REPEATS_MOST 20     /* entries, where nothing limits them */
#define ATT_FHIR_OPTIONS_MAX  100000 /* of all items */

/* ---- what is lost ---- */

void att_fhir_lose(att_fhir_draft *d, att_fhir_item *item, att_loss_kind kind,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Notes something by its name; told by att_fhir_tell_seen. */
void att_fhir_see(att_fhir_draft *d, const att_fhir_item *item, const char *what,
                  const char *name);

/* Notes the members of an object that the list has not, and extensions that we do not
 * know. */
void att_fhir_see_rest(att_fhir_draft *d, const att_fhir_item *item, json_t *from,
                       const char *const *known);
void att_fhir_tell_seen(att_fhir_draft *d);

/* ---- values (dialect_fhir_text.c) ---- */

/* A member that is a text with something in it, tamed and trimmed; NULL otherwise. */
const char *att_fhir_string(const att_fhir_draft *d, json_t *from, const char *key);

/* The extension of that URL, or NULL. */
json_t *att_fhir_extension(json_t *from, const char *url);

/* The value of such an extension, whatever its type; NULL when there is none. */
json_t *att_fhir_value(json_t *from, const char *url);

/* A member with its translations; NULL when there is no text. */
att_fhir_text att_fhir_member_text(const att_fhir_draft *d, json_t *from,
                                   const char *key);

/* One text for all languages: the words in English, or in Spanish. */
att_fhir_text att_fhir_made_text(const att_fhir_draft *d, const char *en,
                                 const char *es);

/* The text in the default language. */
const char *att_fhir_first(att_fhir_text text);

/* Fills tags. */
void att_fhir_languages(att_fhir_draft *d);

/* The line of a pointer within the file; 0 when it is not known. */
size_t att_fhir_row(const att_fhir_draft *d, const char *pointer);

/* ---- parts ---- */

/* Fills the contained sets; then those of an item. */
void att_fhir_sets(att_fhir_draft *d);
void att_fhir_choices(att_fhir_draft *d, att_fhir_item *item, bool is_many);

/* Kind, limits and all that an item says of itself. */
/* Whether an item is words beside the one that holds it. */
bool att_fhir_is_beside(json_t *json);

void att_fhir_fill(att_fhir_draft *d, att_fhir_item *item);

/* Its conditions, once all items are filled. */
void att_fhir_conditions(att_fhir_draft *d, att_fhir_item *item);

/* Whether a group is a grid here, and its rows. */
bool att_fhir_is_grid(const att_fhir_draft *d, size_t group);

/* Whether anything in a container is kept. */
bool att_fhir_holds(const att_fhir_draft *d, size_t group);

/* A text under a key, in all its languages; nothing where there is none. */
void att_fhir_put_text(const att_fhir_draft *d, att_json_out *out, const char *key,
                       att_fhir_text text);

/* What comes before the items; and what of that is not what it was. */
void att_fhir_put_head(att_fhir_draft *d, att_json_out *out);
void att_fhir_tell_head(att_fhir_draft *d);

/* The draft as an instrument that can be read. */
const char *att_fhir_settle(att_fhir_draft *d, size_t *n, att_err *err);

#endif
