/* names.h - screens, events and refusals as words, for what is kept and read by people
 */
#ifndef ATTUNE_SESSION_NAMES_H
#define ATTUNE_SESSION_NAMES_H

#include <attune/session/session.h>

const char *att_screen_name(att_screen screen);  /* "start", "question" */
const char *att_event_name(att_event_kind kind); /* "agree", "answer" */
bool att_event_read(const char *name, att_event_kind *out);
const char *att_refusal_name(att_refusal_code code); /* "too_high"; NONE is "" */
bool att_refusal_read(const char *name, att_refusal_code *out);

#endif
