#!/bin/bash
# linkage.sh - shows that the program's matrix work goes to OpenBLAS
#
# GSL comes with a slow BLAS of its own. If the program itself asked for it, it would
# take every cblas_ call; libgsl asking for it behind OpenBLAS is harmless.
set -u

program=${1:-}
if [ -z "$program" ]; then
    echo "linkage: there is no program yet"
    exit 1
fi
needed=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
if grep -q gslcblas <<<"$needed"; then
    echo "linkage: $program links libgslcblas itself"
    exit 1
fi
# Without a cblas_ call of its own the program needs no BLAS at all.
if ! nm -u "$program" | grep -q ' cblas_'; then
    echo "linkage: $program makes no cblas_ call"
    exit 0
fi
wrong=$(LD_BIND_NOW=1 LD_DEBUG=bindings "$program" --version 2>&1 >/dev/null |
    grep "binding file $program .*\`cblas_" | grep -v openblas)
if [ -n "$wrong" ] || ! grep -q openblas <<<"$needed"; then
    echo "linkage: cblas_ calls that do not reach OpenBLAS:"
    echo "$wrong"
    exit 1
fi
echo "linkage: cblas_ calls reach OpenBLAS"
