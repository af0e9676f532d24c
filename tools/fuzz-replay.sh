#!/bin/bash
# fuzz-replay.sh - runs fuzzers over their corpus
#
#   tools/fuzz-replay.sh build/release/fuzz/fuzz_json ...
#
# Fails if there is no fuzzer, if a corpus is empty, if a fuzzer cannot start, crashes,
# hangs, or has not replayed as many files as the corpus holds.
set -u

if [ $# = 0 ]; then
    echo "fuzz-replay: there is no fuzz/fuzz_NOUN.c" >&2
    exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
bad=0
for fuzzer in "$@"; do
    noun=${fuzzer##*/fuzz_}
    mapfile -t files < <(find "fuzz/corpus/$noun" -type f 2>/dev/null | LC_ALL=C sort)
    if [ ${#files[@]} = 0 ]; then
        echo "fuzz-replay: fuzz/corpus/$noun is empty or not there" >&2
        bad=1
        continue
    fi
    if ! said=$(timeout -k 5 120 "$fuzzer" "${files[@]}" </dev/null 2>"$log" | tail -n 1) ||
        [ "$said" != "replayed ${#files[@]}" ]; then
        echo "fuzz-replay: $noun failed; its last words:" >&2
        tail -n 20 "$log" >&2
        bad=1
        continue
    fi
    echo "$noun: $said"
done
exit $bad
