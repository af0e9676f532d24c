#!/bin/bash
# bench.sh - runs the measurements: programs and scripts of bench/
#
# ATTUNE: the program. REPEAT: bench/repeat, which times a command as a new process.
set -u

if [ $# = 0 ]; then
    echo "bench: there is no bench/bench_NOUN.c and no bench/bench_NOUN.sh" >&2
    exit 1
fi
echo "# $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
bad=0
for measurement in "$@"; do
    case $measurement in
    *.sh) bash "$measurement" || bad=1 ;;
    *) "$measurement" || bad=1 ;;
    esac
done
exit $bad
