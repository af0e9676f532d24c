#!/bin/bash
# headers.sh - compiles each public header alone, with gcc and with clang if it is there
set -u

bad=0
n=0
read -ra flags <<<"${CFLAGS:-}"
mapfile -t headers < <(find include -name '*.h' | LC_ALL=C sort)
for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    for header in "${headers[@]}"; do
        name=${header#include/}
        printf '#include <%s>\n#include <%s>\nextern int att_alone;\n' "$name" "$name" |
            $compiler "${flags[@]}" -fsyntax-only -x c - || { echo "headers: $compiler: $header"; bad=1; }
        n=$((n + 1))
    done
done
echo "headers: $n compilations, ${#headers[@]} headers"
[ $n -gt 0 ] && exit $bad
