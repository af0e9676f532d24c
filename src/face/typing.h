/* typing.h - when what is being typed is handed to the drafts
 *
 * What:  after a pause, after 40 keys, and when the question is left without an answer.
 *        Pure: the face says which keys came and when there was a pause.
 */
#ifndef ATTUNE_FACE_TYPING_H
#define ATTUNE_FACE_TYPING_H

#include <attune/face/face.h>

#define ATT_TYPING_KEYS  40
#define ATT_TYPING_PAUSE 2000 /* ms */

typedef struct att_typing {
    const att_drafts *drafts; /* NULL: nothing is kept */
    const char *item;         /* id; NULL: nothing is typed here */
    att_buf kept;             /* what the drafts hold for it */
    size_t n_keys;            /* since it was kept */
} att_typing;

/* A question that may be typed into, with what the drafts hold for it. id must live
 * until the next begin. */
void att_typing_begin(att_typing *typing, const char *id, const char *kept);

/* Whether the text is to be kept after a pause. */
bool att_typing_is_due(const att_typing *typing, const char *text);

/* Another n keys came, and this is the text now: keeps it if they are enough. */
void att_typing_keys(att_typing *typing, size_t n, const char *text);

/* Keeps the text now if it is another. What cannot be kept is tried again with the next
 * key or pause; the next answer says why it could not. */
void att_typing_keep(att_typing *typing, const char *text);

void att_typing_drop(att_typing *typing);

#endif
