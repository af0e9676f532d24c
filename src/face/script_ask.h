/* script_ask.h - a view as one line of JSON, for programs that answer
 */
#ifndef ATTUNE_FACE_SCRIPT_ASK_H
#define ATTUNE_FACE_SCRIPT_ASK_H

#include <attune/base/buf.h>
#include <attune/face/words.h>
#include <attune/session/session.h>

/* {"ask":{...}}: what is asked now. Shapes: attune-run(1). */
void att_script_ask(att_buf *line, const att_session *session, const att_view *view);

/* {"refused":{...}}: why the last line was not taken. */
void att_script_refused(att_buf *line, const att_words *words, const att_view *view,
                        const att_refusal *refusal);

#endif
