#!/bin/bash
# embed.sh - turns files into C arrays, so that the program carries them inside
#
#   tools/embed.sh files OUT FILE...      OUT.{h,c} with att_bundle[] and att_bundle_n
#   tools/embed.sh text OUT NAME FILE     OUT.{h,c} with `const char NAME[]`
#
# Character constants, one a byte: no limit of length, and right whether char is signed
# or not. A NUL that is not counted ends each. The same input gives the same bytes.
set -eu

kind=$1 out=$2
shift 2

# The bytes of file $1 as lines of character constants.
bytes_of() {
    od -An -v -t o1 "$1" | awk '
        { for (i = 1; i <= NF; i++) { line = line "'"'\\\\"'" $i "'"'"'," }
          print "    " line; line = "" }
        END { print "    '"'\\\\0'"'" }'
}

guard=ATTUNE_GEN_BUNDLE_H
case $kind in
files)
    cat >"$out.h" <<END
/* bundle.h - made by tools/embed.sh: the files that the program carries inside */
#ifndef $guard
#define $guard

#include <stddef.h>

typedef struct att_bundled {
    const char *name; /* the file's name, without folder: ces.json */
    const char *text; /* n bytes and a NUL after them */
    size_t n;
} att_bundled;

extern const att_bundled att_bundle[]; /* [att_bundle_n], sorted by name */
extern const size_t att_bundle_n;

#endif
END
    {
        printf '/* bundle.c - made by tools/embed.sh */\n#include "bundle.h"\n\n'
        i=0
        for file in "$@"; do
            printf 'static const char file_%d[] = {\n' $i
            bytes_of "$file"
            printf '};\n\n'
            i=$((i + 1))
        done
        printf 'const att_bundled att_bundle[] = {\n'
        i=0
        for file in "$@"; do
            printf '    { "%s", file_%d, sizeof file_%d - 1 },\n' "${file##*/}" $i $i
            i=$((i + 1))
        done
        if [ $# = 0 ]; then
            printf '    { NULL, NULL, 0 },\n'
        fi
        printf '};\n\nconst size_t att_bundle_n = %d;\n' $#
    } >"$out.c"
    ;;
text)
    cat >"$out.h" <<END
/* bundle.h - made by tools/embed.sh: $2 */
#ifndef $guard
#define $guard

extern const char $1[]; /* the text and a NUL after it */

#endif
END
    {
        printf '/* bundle.c - made by tools/embed.sh from %s */\n' "$2"
        printf '#include "bundle.h"\n\nconst char %s[] = {\n' "$1"
        bytes_of "$2"
        printf '};\n'
    } >"$out.c"
    ;;
*)
    echo "embed.sh: files or text, not \"$kind\"" >&2
    exit 2
    ;;
esac
