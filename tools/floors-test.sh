#!/bin/bash
# floors-test.sh - shows that floors.awk sees what it should
#
# Each case is one line that must be refused in the named file, in a copy of nothing
# but that file. A checker that has never failed is a wish.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
bad=0

# try good|bad FILE LINE
try() {
    local status=good
    rm -rf src include
    mkdir -p "${2%/*}"
    printf '%s\n' "$3" >"$2"
    awk -f "$here/tools/floors.awk" "$here/.ci/floors" "$2" >out || status=bad
    if [ $status != "$1" ]; then
        echo "floors-test: $2 with $3 is $status, expected $1" >&2
        bad=1
    fi
}

try good src/face/line.c '#include <attune/session/view.h>'
try good src/face/line.c '#include "keymap.h"'
try good src/math/linalg.c '#include <cblas.h>'
try good src/math/dist.c '#include <gsl/gsl_cdf.h>'
try good src/face/full.c '# include <curses.h>'
try good src/sync/http_curl.c '#include <curl/curl.h>'
try good src/store/db.c '#include <sqlite3.h>'
try good src/data/format_json.c '#include <jansson.h>'
try good include/attune/base/buf.h '#include <stddef.h>'
try bad src/session/flow.c '#include <attune/store/store.h>'
try bad src/base/buf.c '#include <attune/math/matrix.h>'
try bad src/session/flow.c '#include <attune/face/face.h>'
try bad src/math/rng.c '#include <cblas.h>'
try bad src/math/rng.c '#include <lapacke.h>'
try bad src/psych/alpha.c '#include <gsl/gsl_cdf.h>'
try bad src/face/line.c '#include <curses.h>'
try bad src/sync/redcap.c '#include <curl/curl.h>'
try bad src/store/study.c '#include <sqlite3.h>'
try bad src/store/study.c '#include <jansson.h>'
try bad src/session/flow.c '#include <pthread.h>'
try bad src/cli/main.c '#include "../store/db.h"'
try bad src/garden/rose.c '#include <stdio.h>'
try bad src/base/deep/buf.c '#include <stdio.h>'
try bad include/attune/base/json.h '#include <jansson.h>'
try bad include/attune/face/full.h '#include <curses.h>'
try bad include/attune/base/buf.h '#include "buf.h"'
try bad include/attune/base/buf.h '#include <attune/session/view.h>'
exit $bad
