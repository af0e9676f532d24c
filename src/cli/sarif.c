/* sarif.c - findings of check as SARIF 2.1.0
 */
#include "sarif.h"

#include <string.h>

#include <attune/base/json.h>
#include <attune/instrument/check.h>

static const char *level_of(att_severity severity)
{
    return severity == ATT_SEVERITY_ERROR ? "error" : "warning";
}

/* A path as a URI reference: what it may not hold is escaped (RFC 3986). */
static void add_uri(att_json_out *out, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~/";
    att_buf uri = { 0 };

    for (const char *p = path; *p != '\0'; p++) {
        if (strchr(plain, *p) != NULL) {
            att_buf_char(&uri, *p);
        } else {
            att_buf_format(&uri, "%%%02X", (unsigned)(unsigned char)*p);
        }
    }
    att_json_put_string(out, "uri", att_buf_text(&uri));
    att_buf_drop(&uri);
}

static void put_text(att_json_out *out, const char *key, const char *text)
{
    att_json_key(out, key);
    att_json_object(out);
    att_json_put_string(out, "text", text);
    att_json_end_object(out);
}

static void put_rule(att_json_out *out, const att_rule *rule)
{
    att_json_object(out);
    att_json_put_string(out, "id", rule->code);
    put_text(out, "shortDescription", rule->title);
    put_text(out, "fullDescription", rule->why);
    att_json_key(out, "defaultConfiguration");
    att_json_object(out);
    att_json_put_string(out, "level", level_of(rule->severity));
    att_json_end_object(out);
    att_json_end_object(out);
}

static void put_region(att_json_out *out, const att_issue *issue)
{
    const att_where *where = &issue->what.where;

    if (where->line == 0) {
        return;
    }
    att_json_key(out, "region");
    att_json_object(out);
    att_json_put_whole(out, "startLine", (long long)where->line);
    if (where->column > 0) {
        att_json_put_whole(out, "startColumn", (long long)where->column);
        att_json_put_whole(out, "endColumn",
                           (long long)where->column + (long long)issue->span);
    }
    att_json_end_object(out);
}

static void put_location(att_json_out *out, const att_issue *issue)
{
    att_json_key(out, "locations");
    att_json_list(out);
    att_json_object(out);
    att_json_key(out, "physicalLocation");
    att_json_object(out);
    att_json_key(out, "artifactLocation");
    att_json_object(out);
    add_uri(out, issue->what.where.file);
    att_json_end_object(out);
    put_region(out, issue);
    att_json_end_object(out);
    att_json_key(out, "logicalLocations");
    att_json_list(out);
    att_json_object(out);
    att_json_put_string(out, "fullyQualifiedName", issue->what.where.pointer);
    att_json_end_object(out);
    att_json_end_list(out);
    att_json_end_object(out);
    att_json_end_list(out);
}

static void put_result(att_json_out *out, const att_issue *issue)
{
    att_buf text = { 0 };

    att_buf_add(&text, issue->what.message);
    if (issue->what.hint[0] != '\0') {
        att_buf_format(&text, " (%s)", issue->what.hint);
    }
    att_json_object(out);
    att_json_put_string(out, "ruleId", issue->rule);
    att_json_put_string(out, "level", level_of(issue->severity));
    put_text(out, "message", att_buf_text(&text));
    put_location(out, issue);
    att_json_end_object(out);
    att_buf_drop(&text);
}

static bool is_broken(const att_rule *rule, const att_issues *const *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i]->n; k++) {
            if (strcmp(files[i]->list[k].rule, rule->code) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void put_tool(att_json_out *out, const char *version,
                     const att_issues *const *files, size_t n)
{
    att_json_key(out, "tool");
    att_json_object(out);
    att_json_key(out, "driver");
    att_json_object(out);
    att_json_put_string(out, "name", "attune");
    att_json_put_string(out, "semanticVersion", version);
    att_json_key(out, "rules");
    att_json_list(out);
    for (size_t i = 0; i < att_n_rules; i++) {
        if (is_broken(&att_rules[i], files, n)) {
            put_rule(out, &att_rules[i]);
        }
    }
    att_json_end_list(out);
    att_json_end_object(out);
    att_json_end_object(out);
}

void att_sarif_write(att_buf *buf, const char *version, const att_issues *const *files,
                     size_t n)
{
    att_json_out out = att_json_begin(buf, true);

    att_json_object(&out);
    att_json_put_string(&out, "$schema",
                        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                        "schemas/sarif-schema-2.1.0.json");
    att_json_put_string(&out, "version", "2.1.0");
    att_json_key(&out, "runs");
    att_json_list(&out);
    att_json_object(&out);
    put_tool(&out, version, files, n);
    att_json_put_string(&out, "columnKind", "unicodeCodePoints");
    att_json_key(&out, "results");
    att_json_list(&out);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i]->n; k++) {
            put_result(&out, &files[i]->list[k]);
        }
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}
