#!/bin/bash
# check-docs.sh - runs the examples of the documents, so that they stay true
#
#   ATTUNE=build/release/attune tools/check-docs.sh README.md man/attune.1 ...
#
# Markdown: every block fenced as ```sh is run. mdoc: in the section EXAMPLES, every
# line that begins "$ ", in a .Dl or a literal display, and the lines that a final \
# joins to it. An example that cannot be run here says why in the line above it:
# <!-- not run: WHY --> or .\" not run: WHY. One folder a document, in which its
# examples run in order; `attune` is the program just built, and instruments/ is there.
set -u

here=$(cd "$(dirname "$0")/.." && pwd)
: "${ATTUNE:?}"
bad=0
n=0

# Each example of the document $1 as one file $2/NNN; its place is the first line.
examples_of() {
    case $1 in
    *.md)
        awk -v out="$2" '
            /^```sh *$/ && !inside { inside = 1; run = !skip; skip = 0
                if (run) { file = sprintf("%s/%03d", out, ++n); print "# " FILENAME ":" FNR > file }
                next }
            /^```/ { inside = !inside && $0 != "```"; run = 0; skip = 0; next }
            inside { if (run) { print > file } next }
            /^<!-- not run: .+ -->$/ { skip = 1; next }
            NF { skip = 0 }' "$1"
        ;;
    *)
        awk -v out="$2" '
            /^\.Sh / { inside = /EXAMPLES/; next }
            !inside { next }
            /^\.\\" not run: / { skip = 1; next }
            { line = $0; sub(/^\.Dl /, "", line); gsub(/\\e/, "\\", line); gsub(/\\&/, "", line)
              gsub(/\\-/, "-", line); gsub(/\\\(dq/, "\"", line) }
            joined { print line > file; joined = line ~ /\\$/; next }
            line ~ /^\$ / {
                if (skip) { skip = 0; next }
                file = sprintf("%s/%03d", out, ++n)
                print "# " FILENAME ":" FNR > file
                print substr(line, 3) > file
                joined = line ~ /\\$/ }' "$1"
        ;;
    esac
}

for document in "$@"; do
    if [ ! -f "$document" ]; then
        echo "check-docs: $document is not there" >&2
        bad=1
        continue
    fi
    folder=$(mktemp -d)
    mkdir "$folder/examples" "$folder/home"
    examples_of "$document" "$folder/examples"
    mkdir "$folder/bin"
    ln -s "$ATTUNE" "$folder/bin/attune"
    ln -s "$here/instruments" "$folder/home/instruments"
    for example in "$folder"/examples/*; do
        [ -f "$example" ] || continue
        n=$((n + 1))
        if ! (cd "$folder/home" && HOME=$folder/home PATH=$folder/bin:$PATH LC_ALL=C.UTF-8 \
            timeout 60 bash -eu "$example") </dev/null >"$folder/out" 2>&1; then
            echo "check-docs: failed: $(sed -n '1s/^# //p' "$example")"
            sed -n '2,$p' "$example"
            echo "--- it said"
            cat "$folder/out"
            bad=1
        fi
    done
    rm -rf "$folder"
done
echo "check-docs: $n examples"
[ $n -gt 0 ] || bad=1
exit $bad
