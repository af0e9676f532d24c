#!/bin/bash
# lint.sh - format, banned calls, clang-tidy, cppcheck, shellcheck, mandoc
#
# Runs all, then fails if one failed. What is not installed is named and left out,
# unless CI is set: there everything has to be present. JOBS: how many at a time.
set -u

cd "$(dirname "$0")/.." || exit 2
jobs=${JOBS:-2}
bad=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mapfile -t sources < <(find src -name '*.c' | LC_ALL=C sort)
mapfile -t all_c < <(find src include tests fuzz bench -name '*.[ch]' | LC_ALL=C sort)
mapfile -t scripts < <(find tools .ci bench tests -type f -name '*.sh' | LC_ALL=C sort)
mapfile -t manual < <(find man -name '*.[1-9]' | LC_ALL=C sort)
[ -f .ci/run ] && scripts+=(.ci/run)

have() {
    command -v "$1" >/dev/null && return 0
    echo "lint: $1 is not installed; left out"
    if [ -n "${CI:-}" ]; then
        bad=1
    fi
    return 1
}

# step NAME COMMAND...: runs it, prints its output if it fails
step() {
    local name=$1 start=$EPOCHREALTIME word=ok
    shift
    if ! "$@" >"$folder/out" 2>&1; then
        word=FAILED
        bad=1
        cat "$folder/out"
    fi
    printf 'lint: %-12s %5d ms  %s\n' "$name" $(((${EPOCHREALTIME/./} - ${start/./}) / 1000)) "$word"
}

# tidy_one FILE: clang-tidy, unless this text of it has passed before. One file a process,
# since clang-tidy 14 carries what it knows of va_list from one file to the next. The
# analyzer gives up a function after max-nodes steps: a quarter of its default finds the
# same here in a quarter of the time.
tidy_one() {
    local room=${1#src/} flags seen
    room=${room%%/*}
    read -ra flags <<<"$FLAGS"
    flags+=("-Isrc/$room" "-Ibuild/gen/$room")
    seen=build/lint/$({ clang "${flags[@]}" -E "$1" 2>&1; cat .clang-tidy tools/lint.sh; } |
        sha256sum | cut -c 1-32)
    [ -e "$seen" ] && return 0
    clang-tidy --quiet --extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang \
        --extra-arg=max-nodes=60000 "$1" -- "${flags[@]}" && touch "$seen"
}

tidy() {
    local flags=(-std=c17 -D_XOPEN_SOURCE=700 '-DATT_VERSION="0"' '-DATT_SHARE_DIR="/"'
        -Iinclude)
    read -ra foreign < <(pkg-config --cflags-only-I openblas fribidi 2>/dev/null | sed 's/-I/-isystem/g')
    mkdir -p build/lint
    export -f tidy_one
    FLAGS="${flags[*]} ${foreign[*]}" \
        xargs -P "$jobs" -n 1 bash -c 'tidy_one "$1"' bash < <(printf '%s\n' "${sources[@]}")
}

# No blanks at a line's end, no tab but in the Makefile, no CR, a newline at the end.
plain_text() {
    local file wrong=0
    while IFS= read -r file; do
        case $file in
        *.c | *.h | *.sql | *.sh | *.awk | *.md | *.json | *.css | *.1 | *.5 | Makefile | .ci/*) ;;
        *) continue ;;
        esac
        case $file in tests/invalid/* | tests/reference/* | tests/golden/* | fuzz/corpus/*) continue ;; esac
        [ -f "$file" ] || continue
        if grep -nH -e '[[:blank:]]$' -e $'\r' "$file"; then
            wrong=1
        fi
        case $file in
        *.c | *.h | *.sql) if grep -nH -P '\t' "$file"; then wrong=1; fi ;;
        esac
        if [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ]; then
            echo "$file: no newline at the end"
            wrong=1
        fi
    done < <(git ls-files 2>/dev/null)
    return $wrong
}

if have clang-format; then step format clang-format --dry-run -Werror "${all_c[@]}"; fi
step banned tools/banned.sh
step text plain_text
if have shellcheck; then step shellcheck shellcheck -S warning "${scripts[@]}"; fi
if have mandoc && [ ${#manual[@]} -gt 0 ]; then step mandoc mandoc -T lint -W warning "${manual[@]}"; fi
if have cppcheck; then
    step cppcheck cppcheck -q -j "$jobs" --std=c11 --enable=warning,performance,portability \
        --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem -Iinclude \
        -DATT_VERSION='"0"' -DATT_SHARE_DIR='"/"' src
fi
if have clang-tidy; then step clang-tidy tidy; fi
exit $bad
