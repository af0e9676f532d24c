/* instrument.h - the model of an instrument: what is asked, and how it is scored
 *
 * Data only, immutable after reading, all in one arena. Items stand in a flat array in
 * the order of the document; a container's descendants follow it without a gap. The
 * format is docs/FORMAT.md.
 */
#ifndef ATTUNE_INSTRUMENT_INSTRUMENT_H
#define ATTUNE_INSTRUMENT_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/seal.h>
#include <attune/instrument/answer.h>

#define ATT_NONE ((size_t)-1) /* no index */

#define ATT_ITEMS_MAX     5000 /* items an instrument may have, containers included */
#define ATT_CHOICES_MAX   1000 /* choices in one set */
#define ATT_LANGUAGES_MAX 32
#define ATT_ITEM_ID_MAX   26

struct att_kind;
typedef struct att_expr att_expr; /* expr.h */

/* A text in each language of the instrument; in[i] is NULL where it is not written.
 * in itself is NULL when there is no such text. */
typedef struct att_wording {
    const char *const *in; /* [n_languages] */
} att_wording;

typedef struct att_language {
    const char *tag; /* "en", "es" */
    bool is_rtl;
    const char *method;   /* of translation, or "" */
    const char *reviewed; /* date, or "" when nobody has: then shown as unreviewed */
    size_t fallback;      /* 1 + the language whose text stands in; 0: the default */
    const char *const *stale; /* [n_stale] keys of translations of an older text */
    size_t n_stale;
} att_language;

typedef enum att_maturity { /* provenance.status */
                            ATT_MATURITY_DRAFT = 0,
                            ATT_MATURITY_PILOTED,
                            ATT_MATURITY_STRUCTURE_TESTED,
                            ATT_MATURITY_VALIDATED,
                            ATT_MATURITY_RETIRED
} att_maturity;

const char *att_maturity_name(att_maturity maturity); /* "structure tested" */

/* Something that was found out about the measure. Texts are "" and numbers NaN, n 0,
 * where they are not said. */
typedef struct att_evidence {
    const char *what;        /* "internal consistency" */
    const char *sample;      /* who was asked */
    size_t n;                /* how many */
    const char *scale;       /* of which scale */
    const char *coefficient; /* "alpha" */
    double value, low, high; /* of it, and its interval */
    const char *date;        /* "2026-09-14" */
    const char *report;      /* digest of the report that shows it */
    const char *source;      /* where it was published */
} att_evidence;

typedef struct att_provenance {
    const char *const *authors; /* [n_authors] */
    size_t n_authors;
    const char *licence;                 /* SPDX id, or "permission required" */
    const char *contact;                 /* whom to ask for permission, or "" */
    const char *citation, *doi, *origin; /* or "" */
    att_maturity maturity;
    const att_evidence *evidence; /* [n_evidence] */
    size_t n_evidence;
    bool has_translation; /* it says something of it, which is kept in the file only */
} att_provenance;

/* One choice of a set: a code, or a reason in this set's own words. */
typedef struct att_choice {
    int code;          /* also the reason's code when reason is not NONE */
    att_reason reason; /* NONE for a real choice */
    att_wording text;
    bool is_exclusive;    /* in `many`: clears the others */
    bool is_fixed;        /* keeps its place when choices are shuffled */
    att_wording other;    /* the question that it opens, or in NULL */
    const att_expr *show; /* offered only when this holds; NULL: always */
} att_choice;

typedef struct att_choices {
    const char *id; /* "" when written inside an item */
    const att_choice *list;
    size_t n;
    const att_expr *any; /* whether one of the conditions of its choices holds; NULL:
                            none of them has one */
    bool has_free;       /* a choice, not a reason, has none: something is offered */
} att_choices;

/* Whether it can be that nothing of a set (it may be NULL) is offered: then what asks
 * with it is not asked. */
bool att_choices_can_end(const att_choices *set);

typedef enum att_choices_from {
    ATT_FROM_SET = 0, /* choices */
    ATT_FROM_ITEM,    /* what was marked in another item */
    ATT_FROM_STUDY    /* a setting of the study: "study.sites" */
} att_choices_from;

typedef enum att_required {
    ATT_REQUIRED_NO = 0, /* Enter passes */
    ATT_REQUIRED_SOFT,   /* asks once, then passes */
    ATT_REQUIRED_HARD    /* a choice or an offered reason must be given */
} att_required;

/* In which order choices, or what a container holds, are shown to each person. */
typedef enum att_order {
    ATT_ORDER_GIVEN = 0, /* as in the file */
    ATT_ORDER_RANDOM,
    ATT_ORDER_ROTATE,  /* begins anywhere and goes round */
    ATT_ORDER_BALANCED /* a row of a Latin square */
} att_order;

struct att_roster;

typedef struct att_item {
    const char *id; /* of an entry's item with its number: "trust_3", "know_1_2" */
    const struct att_kind *kind;
    const char *pointer; /* JSON pointer to it, for messages */
    size_t parent;       /* index of its container, or ATT_NONE */
    size_t end;          /* one past its last descendant */
    att_wording title;   /* of a page: the section's name */
    att_wording text;    /* the question; of a container: the stem above each of its
                            questions */
    att_wording brief;   /* the stem in few words, for narrow screens */
    att_wording probe;   /* for an interviewer: what to ask on with */
    att_wording note;    /* for an interviewer: what to know about it */
    att_wording help;    /* "About this question: ..." */
    att_wording anchors[2];
    att_choices_from from;
    const att_choices *choices; /* NULL unless from is SET and the kind has choices;
                                   of a consent: yes and no */
    size_t from_item;           /* from ITEM */
    size_t ranks;               /* of a rank: how many are placed; 0: all */
    const char *from_setting;   /* from STUDY: "sites" */
    att_order shuffle;          /* of its choices; of a container: of what it holds */
    bool is_fixed;              /* keeps its place where what holds it is shuffled */
    att_required required;
    const att_expr *show;              /* NULL: always */
    const att_expr *check, *warn;      /* what should hold; NULL: nothing */
    att_wording check_text, warn_text; /* said when it does not; may use {.} */
    bool has_min, has_max;
    double min, max, step;             /* numbers and vas; step 0: any (decimal) or 1;
                                          of a time: minutes since midnight */
    int decimals;                      /* of a decimal; -1: any */
    const char *version;               /* of a consent's text; else NULL */
    const att_expr *value;             /* of a calc: a number, or a condition */
    const att_expr *min_day, *max_day; /* dates, datetimes; NULL: none */
    size_t max_length;                 /* of a text, in characters; 0: 500 */
    bool is_long;                      /* a text of many lines */
    bool is_identifying;
    bool is_other;    /* a text that a choice of the item before it opens: "ID_other" */
    const char *vis;  /* "visible", "quiet" or "" */
    const char *fn;   /* "create", "use", "share" or "" */
    int tier;         /* of commitment, 1 to 9; 0: not said */
    const char *code; /* of the act in a vocabulary, "P01", or "" */
    const struct att_roster *roster; /* that it is part of, or NULL */
    const char *base;                /* there: its id without the number; else NULL */
    size_t entry;   /* which entry of the roster it is about, from 1; 0: none */
    size_t partner; /* of a pair: the second entry; else 0 */
    size_t slot;    /* a name of a list: its place in the list, from 1; else 0 */
    bool is_copy;   /* another entry's item, the same as this, stands before it */
} att_item;

/* A roster: the same items for each of several entries. In the flat array it is a
 * container that holds, in this order, its lists of names (containers of one text a
 * name), a container for each entry, and a container for each pair. Whether an entry is
 * there is an ordinary condition of its container. */
typedef struct att_roster {
    size_t item;           /* its container */
    size_t n;              /* entries at most */
    const char *count;     /* the expression that says how many; NULL: it is fixed, or
                              names say it */
    const size_t *entries; /* [n] the container of each */
    const size_t *names;   /* [n] the text that names each; NULL: nothing does */
    bool has_lists;        /* names are asked before all else, until an empty one */
    const size_t *pairs;   /* [n_pairs] their containers */
    size_t n_pairs;
    size_t among; /* of the entries that are there, so many are paired */
    size_t end;   /* one past the roster's last item */
} att_roster;

/* A named text for piping: {network}, {ref}. */
typedef struct att_token_else {
    const att_expr *when; /* NULL: always */
    att_wording text;
} att_token_else;

typedef struct att_token {
    const char *id;
    size_t item;                     /* takes this item's answer, or ATT_NONE */
    const char *setting;             /* takes this setting of the study, or "" */
    const att_token_else *otherwise; /* [n_otherwise] the first that holds */
    size_t n_otherwise;
} att_token;

/* Other words for items when a condition holds; the first variant that holds and
 * names the item wins. */
typedef struct att_variant {
    const att_expr *when;
    const size_t *items;      /* [n_items] */
    const att_wording *texts; /* [n_items] */
    size_t n_items;
} att_variant;

typedef enum att_model {
    ATT_MODEL_REFLECTIVE = 0,
    ATT_MODEL_FORMATIVE,
    ATT_MODEL_SINGLE,
    ATT_MODEL_CHECKLIST
} att_model;

typedef enum att_referent {
    ATT_REFERENT_SELF = 0,
    ATT_REFERENT_OTHER,
    ATT_REFERENT_DYAD,
    ATT_REFERENT_TEAM,
    ATT_REFERENT_SITE,
    ATT_REFERENT_NETWORK
} att_referent;

const char *att_model_name(att_model model);
const char *att_referent_name(att_referent referent);

typedef enum att_scoring {
    ATT_SCORING_MEAN = 0,
    ATT_SCORING_SUM,
    ATT_SCORING_WEIGHTED,  /* sum of weight x answer */
    ATT_SCORING_EXPRESSION /* a formula over its items */
} att_scoring;

/* What a score means in words: from here up to the next band, or to the top. */
typedef struct att_band {
    double from;
    att_wording text;
} att_band;

typedef struct att_scale {
    const char *id;
    const char *pointer;
    att_wording title;
    att_model model;
    att_referent referent;
    const size_t *items;     /* [n_items] */
    const bool *is_reversed; /* [n_items] scored (low + high) - x */
    size_t n_items;
    att_scoring scoring;
    const double *weights; /* [n_items] of a weighted score, else NULL */
    const att_expr *value; /* of an expression, over its items; else NULL */
    size_t min_valid;      /* valid answers needed; docs/FORMAT.md gives the default */
    bool is_prorated;      /* a sum stands for all items when some are missing */
    double low,
        high; /* least and greatest answer of its items; of an expression: of the
                         score */
    att_maturity needs;    /* scored only when the instrument is at least this mature */
    const att_band *bands; /* [n_bands] rising */
    size_t n_bands;
} att_scale;

/* Least and greatest score when all items are answered. */
void att_scale_bounds(const att_scale *scale, double *low, double *high);

typedef enum att_metric {
    ATT_METRIC_T = 0, /* mean 50, SD 10 in the population */
    ATT_METRIC_PERCENTILE
} att_metric;

#define ATT_N_METRICS 2

const char *att_metric_name(att_metric metric); /* "t", "percentile" */

typedef struct att_norm_row {
    double raw, normed;
} att_norm_row;

/* How the scores of a population lie, so that one score can be set among them. */
typedef struct att_norm {
    size_t scale;
    att_metric metric;
    const att_expr *when; /* for whom; NULL: everybody */
    const char *group;    /* the same in words, or "" */
    const char *population, *source;
    size_t n;                 /* people asked */
    double mean, sd;          /* of their scores */
    const att_norm_row *rows; /* [n_rows] rising; none: T from mean and SD */
    size_t n_rows;
} att_norm;

typedef struct att_derived {
    const char *id;
    const char *pointer;
    att_wording title;
    const att_expr *value;
    att_maturity needs;
} att_derived;

/* Something that it asks to know about a person: "person.age". */
typedef struct att_attribute {
    const char *id;
    att_answer_kind kind; /* NUMBER, TEXT or DAY */
} att_attribute;

/* "number", "text", "date" */
const char *att_attribute_type(att_answer_kind kind);

/* What is written, read as such an attribute; NONE where it is none. */
att_answer att_attribute_read(att_arena *arena, att_answer_kind kind, const char *text);

/* An answer of an earlier wave that its expressions use: wave('T0').health */
typedef struct att_earlier {
    const char *wave;
    size_t item;
} att_earlier;

typedef struct att_instrument {
    const char *id, *version;
    const char *path;            /* as read, for messages */
    char digest[ATT_DIGEST_HEX]; /* of the canonical form: write.h */
    att_wording title, purpose, audience, recall;
    double minutes;           /* 0: not said */
    bool hides_progress;      /* nobody is told how far it is */
    bool has_flags;           /* a list, which is kept in the file only */
    bool has_own_keys;        /* some that begin with "x-": likewise */
    const char *const *roles; /* [n_roles] codes it is meant for; 0: all */
    size_t n_roles;
    const att_attribute *attributes; /* [n_attributes] */
    size_t n_attributes;
    const att_earlier *earlier; /* [n_earlier] */
    size_t n_earlier;
    const att_language *languages; /* [n_languages] */
    size_t n_languages;
    size_t language; /* index of the default */
    att_provenance provenance;
    int missing_low, missing_high;  /* reserved range, -10 to -4 */
    bool is_offered[ATT_N_REASONS]; /* on every item whose set does not name it */
    att_wording reason_text[ATT_N_REASONS]; /* in NULL: the face's own word */
    const att_choices *choices;             /* [n_choices] named sets */
    size_t n_choices;
    const att_item *items; /* [n_items] */
    size_t n_items;
    const size_t *order; /* [n_items] items so that each follows what its show needs */
    const size_t *by_id; /* [n_items] items sorted by id */
    const att_token *tokens;
    size_t n_tokens;
    const att_variant *variants;
    size_t n_variants;
    const att_scale *scales;
    size_t n_scales;
    const att_derived *derived; /* in an order in which each needs only earlier ones */
    size_t n_derived;
    const att_norm *norms; /* the first that holds for a scale and metric */
    size_t n_norms;
    const char *redcap_form;   /* export.redcap.form, or the id with _ for - */
    const char *redcap_prefix; /* export.redcap.prefix, or "" */
} att_instrument;

/* Index by id; ATT_NONE when there is none. Items: O(log n). */
size_t att_instrument_item(const att_instrument *instrument, const char *id);
size_t att_instrument_scale(const att_instrument *instrument, const char *id);
size_t att_instrument_derived(const att_instrument *instrument, const char *id);
size_t att_instrument_language(const att_instrument *instrument, const char *tag);

/* Whether an item asks something (not a container, a note or a calc). */
bool att_item_is_question(const att_item *item);

/* Whether it counts as a question of its own: the names of a list count as one. */
bool att_item_is_counted(const att_item *item);

/* The text in a language, or where it is not written in its fallback, or in the default
 * language, or "" where there is none. */
const char *att_wording_in(const att_instrument *instrument, const att_wording *wording,
                           size_t language);

/* The short label of an item for tables: its text, in the default language. */
const char *att_item_label(const att_instrument *instrument, size_t item);

#endif
