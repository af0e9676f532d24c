/* pretty_texts.h - every text of a document that stands in languages, by its key
 *
 * A key names a text by the ids around it ("items/heard/text", "choices/agree/3/text"),
 * so that it stays the same when things are moved. What holds texts is known from the
 * tables of pretty.c, so that a new kind of text is met without a word here.
 */
#ifndef ATTUNE_INSTRUMENT_PRETTY_TEXTS_H
#define ATTUNE_INSTRUMENT_PRETTY_TEXTS_H

#include <jansson.h>

#include <attune/base/arena.h>

typedef struct att_text_at {
    const char *key; /* valid during the visit */
    json_t *owner;   /* the object whose member it is */
    const char *member;
    json_t *item; /* the nearest object around it that has an id, or NULL */
} att_text_at;

typedef void (*att_text_visit)(void *data, const att_text_at *at);

/* In the order in which the document is laid out. */
void att_pretty_each_text(json_t *root, att_text_visit visit, void *data);

#endif
