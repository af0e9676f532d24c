/* texts.h - the texts of a document with their keys, in one language beside the default
 */
#ifndef ATTUNE_INSTRUMENT_TEXTS_H
#define ATTUNE_INSTRUMENT_TEXTS_H

#include <jansson.h>

#include <attune/base/arena.h>
#include <attune/instrument/instrument.h>

typedef struct att_text {
    const char *key;
    json_t *owner; /* the object whose member it is */
    const char *member;
    size_t part;        /* 0 or 1 of two anchors, else ATT_NONE */
    const char *source; /* in the default language */
    const char *target; /* in the other, or NULL */
    json_t *item;       /* the nearest object around it that has an id, or NULL */
} att_text;

typedef struct att_texts {
    att_text *list; /* [n] in the order of the document's layout */
    size_t *by_key; /* [n] */
    size_t n;
} att_texts;

/* Those that are written in the default language. Strings belong to the tree. */
att_texts att_texts_of(att_arena *arena, json_t *root, const char *tag);

/* The text with a key; ATT_NONE. */
size_t att_texts_find(const att_texts *texts, const char *key);

/* The entry of "languages.list" with a tag; NULL. */
json_t *att_texts_language(json_t *root, const char *tag);

/* Whether a language says that its translation is of an older text. */
bool att_texts_is_stale(json_t *language, const char *key);

#endif
