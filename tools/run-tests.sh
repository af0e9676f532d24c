#!/bin/bash
# run-tests.sh - runs cmocka programs (and make targets) and counts what they say
#
#   run-tests.sh [-v] [-j JOBS] [-t SECONDS] [-l LOGDIR] [-w WRAPPER] [-m TARGET]... PROGRAM...
#
# Each program's output goes to LOGDIR; that of a failing one is printed whole (-v: of
# all). WRAPPER (valgrind ...) stands before each program. A crash, a time-out or a
# program that prints no result counts as failed. A `-m TARGET` is run by make and counts
# as one test. The last line is the sum: "N passed, N failed".
set -u

jobs=2 limit=300 logs=build/log verbose=0 wrapper=() targets=()
while getopts vj:t:l:m:w: option; do
    case $option in
    v) verbose=1 ;;
    j) jobs=$OPTARG ;;
    t) limit=$OPTARG ;;
    l) logs=$OPTARG ;;
    w) read -ra wrapper <<<"$OPTARG" ;;
    m) targets+=("$OPTARG") ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
mkdir -p "$logs" || exit 2
export HOME=/nonexistent LC_ALL=C.UTF-8 TZ=UTC

# build/release/tests/unit/base/test_buf -> base/test_buf
name_of() {
    local name=${1##*/tests/}
    printf '%s' "${name#unit/}"
}

# run_one PROGRAM: output to NAME.log, exit status and seconds to NAME.end
run_one() {
    local name log start status
    name=$(name_of "$1")
    log=$logs/${name//\//-}
    start=$EPOCHREALTIME
    {
        timeout -k 5 "$limit" ${wrapper[@]+"${wrapper[@]}"} "$1" </dev/null >"$log.log" 2>&1
    } 2>/dev/null # bash's own word on a signal
    status=$?
    printf '%s %s %s\n' "$status" "${start/./}" "${EPOCHREALTIME/./}" >"$log.end"
}

# run_target TARGET: the same for a target of the Makefile
run_target() {
    local log=$logs/make-$1 start=$EPOCHREALTIME status
    ${MAKE:-make} --no-print-directory "$1" </dev/null >"$log.log" 2>&1
    status=$?
    printf '%s %s %s\n' "$status" "${start/./}" "${EPOCHREALTIME/./}" >"$log.end"
}

# count LOG STATUS: prints "passed failed skipped" of one program
count() {
    awk -v status="$2" '
        /^\[==========\] Running [0-9]+ test/ { total += $3 }
        /^\[==========\] .*: Running [0-9]+ test/ { total += $(NF - 1) }
        /^\[       OK \]/ { passed++ }
        /^\[  SKIPPED \] [0-9]+ test/ { skipped += $4 }
        END {
            failed = total - passed - skipped
            if (failed < 0) { failed = 0 }
            if (failed == 0 && (status != 0 || total == 0)) { failed = 1 }
            print passed + 0, failed, skipped + 0
        }' "$1"
}

passed=0 failed=0 skipped=0 bad=()

# tell NAME LOG KIND: adds one log to the sums, prints its line
tell() {
    local status start end p f s word=ok
    read -r status start end <"$2.end" || { status=99 start=0 end=0; }
    if [ "$3" = target ]; then
        if [ "$status" = 0 ]; then p=1 f=0 s=0; else p=0 f=1 s=0; fi
    else
        read -r p f s < <(count "$2.log" "$status")
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$f" -gt 0 ]; then
        word=FAILED
        bad+=("$1")
        if [ "$status" = 124 ] || [ "$status" = 137 ]; then
            word="FAILED (over $limit s or killed)"
        elif [ "$status" -gt 128 ]; then
            word="FAILED (signal $((status - 128)))"
        fi
    fi
    if [ "$verbose" = 1 ] || [ "$f" -gt 0 ]; then
        cat "$2.log"
    fi
    printf '%-42s %4d passed %3d failed%s %6d ms  %s\n' "$1" "$p" "$f" \
        "$([ "$s" -gt 0 ] && printf ' %d skipped' "$s")" $(((end - start) / 1000)) "$word"
}

for program in "$@"; do
    name=$(name_of "$program")
    rm -f "$logs/${name//\//-}.end"
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
        wait -n
    done
    run_one "$program" &
done
wait
for program in "$@"; do
    name=$(name_of "$program")
    tell "$name" "$logs/${name//\//-}" program
done
for target in "${targets[@]+"${targets[@]}"}"; do
    run_target "$target"
    tell "make $target" "$logs/make-$target" target
done

if [ $((passed + failed)) = 0 ]; then
    echo "no tests"
    exit 1
fi
if [ "$failed" -gt 0 ]; then
    echo "failed: ${bad[*]}"
fi
if [ "$skipped" -gt 0 ]; then
    echo "skipped: $skipped (the logs in $logs say why)"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
