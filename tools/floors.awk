# floors.awk - reads every #include against .ci/floors
#
#   awk -f tools/floors.awk .ci/floors $(find src include -name '*.[ch]')
#
# Prints FILE:LINE: and what is wrong, a line each, and ends with 1 if there was any.

function strip(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }

function wrong(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why
    n_wrong++
}

# Does `name` match one of the patterns (words, * for anything but blanks)?
function matches(name, patterns,    word, n, i, p) {
    n = split(patterns, word, /[ \t]+/)
    for (i = 1; i <= n; i++) {
        p = word[i]
        if (p == "") { continue }
        gsub(/[.+]/, "\\\\&", p)
        gsub(/\*/, ".*", p)
        if (name ~ ("^" p "$")) { return 1 }
    }
    return 0
}

# The table itself.
FILENAME == ARGV[1] {
    if ($0 ~ /^[ \t]*(#|$)/) { next }
    split($0, cell, "|")
    room = strip(cell[1])
    if (room in floor) { wrong("room \"" room "\" is there twice") }
    floor[room] = strip(cell[2])
    may[room] = strip(cell[3])
    foreign[room] = strip(cell[4])
    table_line[room] = FNR
    if (room != "system") {
        n = split(may[room], word, /[ \t]+/)
        for (i = 1; i <= n; i++) {
            if (!(word[i] in floor)) {
                wrong("\"" room "\" may include \"" word[i] "\", which no row above it is")
            } else if (floor[word[i]] >= floor[room]) {
                wrong("\"" room "\" is on floor " floor[room] " and may not include \"" \
                      word[i] "\" on floor " floor[word[i]])
            }
        }
    }
    next
}

FNR == 1 {
    n_files++
    split(FILENAME, part, "/")
    is_public = part[1] == "include"
    room = is_public ? part[3] : part[2]
    file = FILENAME
    sub(/^.*\//, "", file)
    is_header = file ~ /\.h$/
    if (!(room in floor) || room == "system") {
        wrong("\"" room "\" is no room of .ci/floors")
    }
    if (!is_public && FILENAME !~ /^src\/[a-z]+\/[^\/]+$/) {
        wrong("a source file stands in src/ROOM/")
    }
}

/^[ \t]*#[ \t]*include/ {
    rest = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", rest)
    n_includes++
    if (rest ~ /^"/) {
        name = substr(rest, 2)
        sub(/".*$/, "", name)
        if (is_public) {
            wrong("a public header includes \"" name "\"; want <attune/ROOM/NOUN.h>")
        } else if (name ~ /\//) {
            wrong("\"" name "\" leaves the room's folder; want <attune/ROOM/NOUN.h>")
        }
        next
    }
    if (rest !~ /^</) {
        wrong("cannot read this #include")
        next
    }
    name = substr(rest, 2)
    sub(/>.*$/, "", name)
    if (name ~ /^attune\//) {
        split(name, step, "/")
        if (step[2] != room && index(" " may[room] " ", " " step[2] " ") == 0) {
            wrong("room \"" room "\" (floor " floor[room] ") includes <" name ">; it may include: " \
                  (may[room] == "" ? "no room" : may[room]))
        }
        next
    }
    if (matches(name, foreign["system"])) { next }
    if (is_public) {
        wrong("a public header includes the foreign <" name ">; forward-declare")
    } else if (!matches(name, foreign[room]) && !matches(file ":" name, foreign[room])) {
        wrong("<" name "> is foreign to " room "/" file " (.ci/floors says who may see it)")
    }
}

END {
    if (n_wrong > 0) {
        printf "floors: %d wrong\n", n_wrong
        exit 1
    }
    if (n_files == 0) {
        print "floors: no source files"
        exit 1
    }
    printf "floors: %d includes in %d files run down\n", n_includes, n_files
}
