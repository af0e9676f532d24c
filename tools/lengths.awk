# lengths.awk - the ten longest files and the twenty longest functions
#
# A function begins at a `{` in the first column and ends at a `}` there.

FNR == 1 {
    if (file != "") { lines[file] = last }
    file = FILENAME
}
{ last = FNR }
/^[A-Za-z].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/^.*[ *]/, "", name) }
/^\{/ { start = FNR; inside = name }
/^\}/ && inside != "" {
    size[FILENAME ":" start " " inside] = FNR - start - 1
    inside = ""
}
END {
    lines[file] = last
    print "files"
    for (f in lines) { printf "%6d  %s\n", lines[f], f | "sort -rn | head -n 10" }
    close("sort -rn | head -n 10")
    print "functions"
    for (f in size) { printf "%6d  %s\n", size[f], f | "sort -rn | head -n 20" }
}
