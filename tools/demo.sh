#!/bin/bash
# demo.sh - the main job, without questions and without network
#
# ATTUNE: the program. ATTUNE_SERVER: the REDCap test server. $1: the folder to fill,
# attune-demo by default; one that an earlier demo made is made anew.
set -eu

folder=${1:-attune-demo}
work=$(mktemp -d)
server=

finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# Only what a demo made is removed.
if [ -e "$folder/demo.attune" ]; then
    rm -f "$folder"/demo.attune "$folder"/pulse-answers.json "$folder"/recs.html \
        "$folder"/recs.csv "$folder"/recs.csv.json
fi

umask 077
od -An -N16 -tx1 /dev/urandom | tr -d ' \n' | tr a-f A-F >"$work/token"
"${ATTUNE_SERVER:?}" --project "$(dirname "$0")/../tests/server/demo-project.json" \
    --port 0 --token-file "$work/token" >"$work/said" 2>"$work/log" &
server=$!
url=
for _ in $(seq 100); do
    url=$(sed -n 's/^listening on //p' "$work/said")
    [ -z "$url" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
done
if [ -z "$url" ]; then
    echo "demo: the REDCap test server did not start:" >&2
    cat "$work/log" >&2
    exit 1
fi

"${ATTUNE:?}" demo "$folder" --url "$url" --token-file "$work/token"
