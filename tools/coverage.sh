#!/bin/bash
# coverage.sh - what share of each room's lines the tests reached
#
#   tools/coverage.sh build/cover      after the tests ran with BUILD=cover
#
# A line a file below 90 %, then a line a room. The annotated sources are left in
# BUILD/gcov.
set -eu

out=$1
mkdir -p "$out/gcov"
mapfile -t objects < <(cd "$out" && find src -name '*.gcno' | LC_ALL=C sort)
if [ ${#objects[@]} = 0 ]; then
    echo "coverage: nothing is built in $out" >&2
    exit 1
fi
for object in "${objects[@]}"; do
    gcov -r -s "$PWD" -o "$out/${object%/*}" "$out/${object%.gcno}" 2>/dev/null
done | awk '
    /^File / { file = $2; gsub(/\047/, "", file) }
    /^Lines executed:/ && file ~ /^src\// {
        split($0, part, /[:%]/)
        n = $NF
        split(file, step, "/")
        if (file in seen) { file = ""; next }
        seen[file] = 1
        lines[step[2]] += n
        hit[step[2]] += n * part[2] / 100
        if (part[2] < 90) { printf "%6.1f %%  %s (%d lines)\n", part[2], file, n }
        file = ""
    }
    END {
        for (room in lines) {
            printf "%6.1f %%  %s: %.0f of %d lines\n", 100 * hit[room] / lines[room], room, \
                hit[room], lines[room] | "LC_ALL=C sort -k 3"
            all += lines[room]
            all_hit += hit[room]
        }
        close("LC_ALL=C sort -k 3")
        printf "%6.1f %%  all\n", 100 * all_hit / all
    }'
find . -maxdepth 1 -name '*.gcov' -exec mv -f {} "$out/gcov/" \;
