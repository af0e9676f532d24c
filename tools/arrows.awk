# arrows.awk - the rooms and what each may use, as words for the Makefile
#
# Reads .ci/floors (-F'|'); writes "room:NAME" for every room and "NAME:NEEDED" for all
# that it may use, both from the highest floor down: a linker's order.

function strip(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }

/^[ \t]*(#|$)/ { next }
{
    name = strip($1)
    if (name == "system") { next }
    n++
    room[n] = name
    floor[name] = strip($2) + 0
    needs[name] = " " strip($3) " "
    if (floor[name] > top) { top = floor[name] }
}
END {
    for (f = top; f >= 0; f--) {
        for (i = 1; i <= n; i++) {
            if (floor[room[i]] == f) { order[++m] = room[i] }
        }
    }
    for (i = 1; i <= m; i++) { print "room:" order[i] }
    for (i = 1; i <= m; i++) {
        for (j = 1; j <= m; j++) {
            if (index(needs[order[i]], " " order[j] " ")) { print order[i] ":" order[j] }
        }
    }
}
