# sql.awk - turns the SQL files of the store into one enum and arrays of texts
#
#   awk -v out=build/gen/store/store_sql -f tools/sql.awk schema/NNN-WHY.sql ... FILE.sql ...
#
# A file whose name begins with digits and a hyphen is one step of the schema, whole.
# Any other holds statements, each below a line `-- name: append_entry`, which becomes
# ATT_SQL_APPEND_ENTRY. Comments and blank lines stay in the .sql and are left out of the
# text. Writes out.h and out.c; the same input gives the same bytes.

function fatal(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
    failed = 1
    exit 1
}

# The line without its comment; quote and comment state carries over lines.
function code_of(line,    i, c, two, kept) {
    kept = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        two = substr(line, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
            continue
        }
        if (quote != "") {
            if (c == quote) { quote = "" }
        } else if (c == "'" || c == "\"" || c == "`") {
            quote = c
        } else if (two == "--") {
            break
        } else if (two == "/*") {
            in_comment = 1
            i++
            continue
        }
        kept = kept c
    }
    if (quote == "") { sub(/[ \t\r]+$/, "", kept) }
    return kept
}

# A line of SQL as one line of a C string.
function c_line(text) {
    gsub(/[\\"?]/, "\\\\&", text) # ? as well: two of them could begin a trigraph
    return "        \"" text "\\n\"\n"
}

FNR == 1 {
    if (quote != "" || in_comment) { fatal("the file before this one ends within a text or comment") }
    base = FILENAME
    sub(/^.*\//, "", base)
    is_step = base ~ /^[0-9]+-/
    current = ""
    if (is_step) {
        n_steps++
        number = base
        sub(/-.*/, "", number)
        step_name[n_steps] = base
        sub(/\.sql$/, "", step_name[n_steps])
        step_number[n_steps] = number + 0
        if (step_number[n_steps] != n_steps) { fatal("step " number " should be number " n_steps) }
    }
}

!is_step && quote == "" && /^--[ \t]*name:/ {
    current = $0
    sub(/^--[ \t]*name:[ \t]*/, "", current)
    sub(/[ \t\r]+$/, "", current)
    if (current !~ /^[a-z][a-z0-9_]*$/) { fatal("\"" current "\" is no name: lower case, digits, _") }
    if (current in seen) { fatal("\"" current "\" is already at " seen[current]) }
    seen[current] = FILENAME ":" FNR
    n++
    name[n] = current
    next
}

{
    line = code_of($0)
    if (line == "" && quote == "") { next }
    if (is_step) {
        step_text[n_steps] = step_text[n_steps] c_line(line)
    } else if (current == "") {
        fatal("a statement without `-- name:` above it")
    } else {
        text[n] = text[n] c_line(line)
    }
}

END {
    if (failed) { exit 1 }
    if (quote != "" || in_comment) { fatal("ends within a text or comment") }
    for (i = 1; i <= n; i++) {
        if (text[i] == "") {
            printf "%s: \"%s\" has no statement\n", seen[name[i]], name[i] > "/dev/stderr"
            exit 1
        }
    }
    h = out ".h"
    print "/* store_sql.h - made by tools/sql.awk from src/store; edit the .sql files */" > h
    print "#ifndef ATTUNE_GEN_STORE_SQL_H\n#define ATTUNE_GEN_STORE_SQL_H\n" > h
    print "#include <stddef.h>\n" > h
    print "/* One statement each, in the order of the files. */" > h
    print "typedef enum att_sql {" > h
    for (i = 1; i <= n; i++) { printf "    ATT_SQL_%s,\n", toupper(name[i]) > h }
    print "    ATT_SQL_COUNT\n} att_sql;\n" > h
    print "extern const char *const att_sql_text[]; /* [ATT_SQL_COUNT] */" > h
    print "extern const char *const att_sql_name[]; /* [ATT_SQL_COUNT] append_entry */\n" > h
    print "/* One step of the schema; step i brings user_version to i + 1. */" > h
    print "typedef struct att_schema_step {" > h
    print "    int number;       /* from 1, without gaps */" > h
    print "    const char *name; /* 001-first */" > h
    print "    const char *sql;  /* several statements */" > h
    print "} att_schema_step;\n" > h
    print "extern const att_schema_step att_schema[];" > h
    print "extern const size_t att_schema_n;\n" > h
    print "#endif" > h

    c = out ".c"
    print "/* store_sql.c - made by tools/sql.awk from src/store; edit the .sql files */" > c
    print "#include \"store_sql.h\"\n" > c
    print "/* A step is longer than the 4095 bytes that C promises; gcc and clang take it. */" > c
    print "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n" > c
    print "const char *const att_sql_text[] = {" > c
    for (i = 1; i <= n; i++) {
        printf "    /* %s */\n%s        ,\n", name[i], text[i] > c
    }
    if (n == 0) { print "    NULL" > c }
    print "};\n\nconst char *const att_sql_name[] = {" > c
    for (i = 1; i <= n; i++) { printf "    \"%s\",\n", name[i] > c }
    if (n == 0) { print "    NULL" > c }
    print "};\n\nconst att_schema_step att_schema[] = {" > c
    for (i = 1; i <= n_steps; i++) {
        printf "    { %d, \"%s\",\n%s    },\n", step_number[i], step_name[i], step_text[i] > c
    }
    if (n_steps == 0) { print "    { 0, NULL, NULL }" > c }
    printf "};\n\nconst size_t att_schema_n = %d;\n", n_steps + 0 > c
}
