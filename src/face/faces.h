/* faces.h - the members of the list of faces */
#ifndef ATTUNE_FACE_FACES_H
#define ATTUNE_FACE_FACES_H

#include <attune/face/face.h>

extern const att_face att_face_full, att_face_line, att_face_script;

#endif
