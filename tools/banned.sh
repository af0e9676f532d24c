#!/bin/bash
# banned.sh - finds calls that docs/STYLE.md bans, in the rooms where it bans them
#
# Looks at code only: comments and texts are blanked first. sqlite3_free( and the like
# pass, since the name is matched whole.
set -u

cd "$(dirname "$0")/.." || exit 2
mapfile -t files < <(find src include -name '*.[ch]' | LC_ALL=C sort)

awk '
function wrong(call, why) {
    printf "%s:%d: %s is banned here: %s\n", FILENAME, FNR, call, why
    n++
}
# The line without comments, texts and characters; a comment may go on over lines.
function code_of(line,    i, c, two, kept) {
    kept = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        two = substr(line, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
        } else if (quote != "") {
            if (c == "\\") { i++ } else if (c == quote) { quote = "" }
        } else if (c == "\"" || c == "\047") {
            quote = c
            kept = kept c
        } else if (two == "/*") {
            in_comment = 1
            i++
        } else if (two == "//") {
            wrong("//", "comments are /* */")
            break
        } else {
            kept = kept c
        }
    }
    quote = ""
    return kept
}
function look(line, pattern, why,    at) {
    while (match(line, "(^|[^A-Za-z0-9_])(" pattern ")[ \t]*\\(")) {
        at = substr(line, RSTART, RLENGTH)
        sub(/^[^A-Za-z0-9_]/, "", at)
        wrong(at ")", why)
        line = substr(line, RSTART + RLENGTH)
    }
}
FNR == 1 {
    in_comment = 0
    split(FILENAME, part, "/")
    room = part[1] == "include" ? part[3] : part[2]
}
{
    code = code_of($0)
    if (room != "base") {
        look(code, "strcpy|strcat|sprintf|vsprintf|strncpy|strncat", "use att_buf")
        look(code, "strtok|strtok_r|gets", "use att_text or a loop")
        look(code, "atoi|atol|atoll|atof|strtod|strtof|strtold|strtol|strtoul|strtoll|strtoull|scanf|sscanf|fscanf", \
             "use att_number_read")
        look(code, "malloc|calloc|realloc|free|strdup|strndup", "use att_arena or att_memory_grow")
        look(code, "localtime|gmtime|ctime|asctime|localtime_r|gmtime_r|ctime_r", "use att_stamp")
        look(code, "rand|srand|random|srandom|drand48", "use att_rng")
        look(code, "system|popen", "no shell")
        look(code, "setlocale", "numbers and text do not go by locale")
    }
    if (room != "base" && room != "cli" && room != "face") {
        look(code, "printf|vprintf|puts|putchar", "only cli and face write to stdout")
        if (code ~ /(^|[^A-Za-z0-9_])stdout([^A-Za-z0-9_]|$)/) {
            wrong("stdout", "only cli and face write to it")
        }
    }
}
END {
    if (n > 0) { printf "banned: %d\n", n; exit 1 }
}' "${files[@]}"
