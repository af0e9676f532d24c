#!/bin/bash
# test.sh - the tools that judge the code are themselves judged
#
# Each case shows that a tool passes what is right or refuses what is wrong. A checker
# that has never failed is a wish.
set -u

here=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
n=0
bad=0

# expect NAME WANTED-STATUS TEXT COMMAND...: status and a part of what it says
expect() {
    local name=$1 wanted=$2 part=$3 said status
    shift 3
    said=$("$@" 2>&1)
    status=$?
    n=$((n + 1))
    if [ $status != "$wanted" ] || [[ $said != *"$part"* ]]; then
        echo "$name: status $status, wanted $wanted with \"$part\"; it said:"
        echo "$said"
        bad=$((bad + 1))
    fi
}

# program NAME LINE...: a shell script in the place of a test program
program() {
    local name=$1
    shift
    printf '#!/bin/bash\n' >"$name"
    printf '%s\n' "$@" >>"$name"
    chmod +x "$name"
}

# ---- run-tests.sh

program good 'echo "[==========] Running 2 test(s)."' 'echo "[       OK ] a"' \
    'echo "[       OK ] b"'
program half 'echo "[==========] Running 3 test(s)."' 'echo "[       OK ] a"' \
    'echo "[  FAILED  ] b"' 'echo "[  SKIPPED ] 1 test(s), listed below:"' 'exit 1'
program crash 'echo "[==========] Running 3 test(s)."' 'echo "[       OK ] a"' 'kill -SEGV $$'
program silent 'exit 0'
program liar 'echo "[==========] Running 1 test(s)."' 'echo "[       OK ] a"' 'exit 3'
program slow 'echo "[==========] Running 1 test(s)."' 'exec tail -f /dev/null'
run=("$here/tools/run-tests.sh" -l logs)
expect 'all pass' 0 '2 passed, 0 failed' "${run[@]}" ./good
expect 'one fails' 1 '3 passed, 1 failed' "${run[@]}" ./good ./half
expect 'a crash' 1 '1 passed, 2 failed' "${run[@]}" ./crash
expect 'no result' 1 '0 passed, 1 failed' "${run[@]}" ./silent
expect 'a status without a failure' 1 '1 passed, 1 failed' "${run[@]}" ./liar
expect 'a program that is not there' 1 '0 passed, 1 failed' "${run[@]}" ./nowhere
expect 'one that hangs' 1 '0 passed, 1 failed' "${run[@]}" -t 1 ./slow
expect 'nothing to run' 1 'no tests' "${run[@]}"

# ---- fuzz-replay.sh

mkdir -p fuzz/corpus/a fuzz/corpus/b
echo x >fuzz/corpus/a/1
program fuzz_a 'echo "replayed $#"'
program fuzz_b 'echo "replayed $#"'
replay=$here/tools/fuzz-replay.sh
expect 'a corpus' 0 'a: replayed 1' "$replay" ./fuzz_a
expect 'an empty corpus' 1 'is empty' "$replay" ./fuzz_a ./fuzz_b
expect 'no fuzzer' 1 'there is no' "$replay"
program fuzz_a 'exit 127'
expect 'a fuzzer that cannot start' 1 'a failed' "$replay" ./fuzz_a
program fuzz_a 'echo "replayed 0"'
expect 'a fuzzer that reads nothing' 1 'a failed' "$replay" ./fuzz_a
rm ./fuzz_a
expect 'a fuzzer that is not there' 1 'a failed' "$replay" ./fuzz_a

# ---- floors.awk

# floors 0|1 FILE LINE
floors() {
    rm -rf src include
    mkdir -p "${2%/*}"
    printf '%s\n' "$3" >"$2"
    expect "floors: $2 with $3" "$1" '' awk -f "$here/tools/floors.awk" "$here/.ci/floors" "$2"
}
floors 0 src/face/line.c '#include <attune/session/view.h>'
floors 0 src/face/line.c '#include "keymap.h"'
floors 0 src/math/linalg.c '#include <cblas.h>'
floors 0 src/math/dist.c '#include <gsl/gsl_cdf.h>'
floors 0 src/face/full.c '# include <curses.h>'
floors 0 src/sync/http_curl.c '#include <curl/curl.h>'
floors 0 src/store/db.c '#include <sqlite3.h>'
floors 0 src/data/format_json.c '#include <jansson.h>'
floors 0 include/attune/base/buf.h '#include <stddef.h>'
floors 1 src/session/flow.c '#include <attune/store/store.h>'
floors 1 src/base/buf.c '#include <attune/math/matrix.h>'
floors 1 src/session/flow.c '#include <attune/face/face.h>'
floors 1 src/math/rng.c '#include <cblas.h>'
floors 1 src/math/rng.c '#include <lapacke.h>'
floors 1 src/psych/alpha.c '#include <gsl/gsl_cdf.h>'
floors 1 src/face/line.c '#include <curses.h>'
floors 1 src/face/line.c '#include <jansson.h>'
floors 1 src/sync/redcap.c '#include <curl/curl.h>'
floors 1 src/store/study.c '#include <sqlite3.h>'
floors 1 src/store/study.c '#include <jansson.h>'
floors 1 src/session/flow.c '#include <pthread.h>'
floors 1 src/cli/main.c '#include "../store/db.h"'
floors 1 src/garden/rose.c '#include <stdio.h>'
floors 1 src/base/deep/buf.c '#include <stdio.h>'
floors 1 include/attune/base/json.h '#include <jansson.h>'
floors 1 include/attune/face/full.h '#include <curses.h>'
floors 1 include/attune/base/buf.h '#include "buf.h"'
floors 1 include/attune/base/buf.h '#include <attune/session/view.h>'
printf 'b | 1 | |\na | 1 | b |\nsystem | - | | x.h\n' >table
echo '#include <x.h>' >a.c
expect 'floors: a table with a neighbour' 1 'may not include' awk -f "$here/tools/floors.awk" table a.c

# ---- banned.sh

# banned 0|1 FILE LINE
banned() {
    rm -rf src include tools
    mkdir -p tools include "${2%/*}"
    cp "$here/tools/banned.sh" tools/
    printf '%s\n' "$3" >"$2"
    expect "banned: $2 with $3" "$1" '' tools/banned.sh
}
banned 0 src/store/db.c 'sqlite3_free(text);'
banned 0 src/base/arena.c 'p = malloc(n);'
banned 0 src/cli/usage.c 'printf("%s", text);'
banned 0 src/store/db.c '/* malloc(n) is banned */ x = "free(p)";'
banned 0 src/store/db.c 'snprintf(text, sizeof text, "%d", n);'
banned 1 src/store/db.c 'free(text);'
banned 1 src/store/db.c '    free (text);'
banned 1 src/store/db.c 'x = atof(text) + strtod(text, NULL);'
banned 1 src/psych/alpha.c 'printf("%g", alpha);'
banned 1 src/psych/alpha.c 'fputs(text, stdout);'
banned 1 src/cli/main.c 'system(command);'
banned 1 src/cli/main.c 'x = 1; // so'
banned 1 include/attune/doc/doc.h 'void f(void) { strcpy(a, b); }'

# ---- sql.awk and embed.sh

sql=(awk -v out=store_sql -f "$here/tools/sql.awk")
printf -- '-- name: a_b\nSELECT %s; -- c\n/* d */\n' "'--\"\\''?'" >q.sql
printf 'CREATE TABLE t (x TEXT); -- why\n' >001-first.sql
printf 'SELECT 1;\n' >nameless.sql
printf -- '-- name: empty\n-- name: a\nSELECT 1;\n' >empty.sql
expect 'sql: statements and a step' 0 '' "${sql[@]}" 001-first.sql q.sql
expect 'sql: a comment is left out, a text is kept' 0 "\"SELECT '--\\\"\\\\''\\?';\\n\"" cat store_sql.c
expect 'sql: it compiles' 0 '' gcc -std=c17 -Wall -Wextra -Wpedantic -Werror -c store_sql.c
expect 'sql: no name' 1 'without `-- name:`' "${sql[@]}" nameless.sql
expect 'sql: a name twice' 1 'already at' "${sql[@]}" q.sql q.sql
expect 'sql: a name without a statement' 1 'has no statement' "${sql[@]}" empty.sql
mv 001-first.sql 002-first.sql
expect 'sql: a gap between steps' 1 'should be number 1' "${sql[@]}" 002-first.sql
printf 'caf\303\251 "\\\n\000' >bundled.json
cat >main.c <<'END'
#include <stdio.h>
#include "bundle.h"
int main(void)
{
    return fwrite(att_bundle[0].text, 1, att_bundle[0].n, stdout) != att_bundle[0].n;
}
END
expect 'embed: it writes' 0 '' "$here/tools/embed.sh" files bundle bundled.json
expect 'embed: it compiles' 0 '' gcc -std=c17 -Wall -Wextra -Wconversion -Wpedantic -Werror \
    -o embedded main.c bundle.c
./embedded >back
expect 'embed: the same bytes come back' 0 '' cmp bundled.json back

echo "tools: $n cases, $bad failed"
[ $bad = 0 ]
