/* att_faced.h - a whole interview through a face, with typed text in and text out
 *
 * Use:  att_faced run = att_faced_run(&att_face_line, talk, "1\n4\n", NULL);
 *       assert_contains(run.out, "Saved: 4"); att_faced_drop(&run);
 */
#ifndef ATTUNE_TESTS_ATT_FACED_H
#define ATTUNE_TESTS_ATT_FACED_H

#include <attune/face/face.h>

#include "att_talk.h"

typedef struct att_faced {
    char *out;       /* what the face wrote, trailing blanks of lines taken off */
    size_t n_out;    /* bytes as written, before that */
    bool has_escape; /* an ESC, a CR or another control byte but the line's end */
    att_code code;
    att_err err;
    att_face_end end;
} att_faced;

/* Runs talk's session (gone on with where it stands); what is kept joins talk's
 * entries. n bytes are typed; answers as in att_face_opts. */
att_faced att_faced_run_bytes(const att_face *face, att_talk *talk, const char *typed,
                              size_t n, const char *answers);
att_faced att_faced_run(const att_face *face, att_talk *talk, const char *typed,
                        const char *answers);
void att_faced_drop(att_faced *run);

/* A new session in the place of talk's, replayed from its entries: at the welcome. */
void att_faced_resume(att_talk *talk);

#endif
