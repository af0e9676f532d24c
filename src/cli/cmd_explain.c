/* cmd_explain.c - attune explain: what a rule of check means
 */
#include "commands.h"

#include <string.h>

#include <attune/base/json.h>
#include <attune/base/text.h>
#include <attune/instrument/check.h>

#define WIDTH    76
#define MD_WIDTH 96

static const char *severity_name(const att_rule *rule)
{
    return rule->severity == ATT_SEVERITY_ERROR ? "error" : "warning";
}

static void write_rule(att_call *call, const att_rule *rule)
{
    att_lines why = att_text_wrap(call->arena, rule->why, WIDTH);

    att_buf_format(call->out, "%s  %s: %s\n\n", rule->code, severity_name(rule),
                   rule->title);
    for (size_t i = 0; i < why.n; i++) {
        att_buf_format(call->out, "%s\n", why.line[i]);
    }
    att_buf_format(call->out, "\n  before   %s\n  after    %s\n", rule->before,
                   rule->after);
}

static void write_json(att_json_out *out, const char *format, const att_rule *rule)
{
    att_json_object(out);
    if (format != NULL) {
        att_json_put_string(out, "format", format);
    }
    att_json_put_string(out, "code", rule->code);
    att_json_put_string(out, "severity", severity_name(rule));
    att_json_put_string(out, "title", rule->title);
    att_json_put_string(out, "why", rule->why);
    att_json_put_string(out, "before", rule->before);
    att_json_put_string(out, "after", rule->after);
    att_json_end_object(out);
}

/* ---- as Markdown: docs/RULES.md ---- */

static void write_escaped(att_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("\\`*_<>[]|", *text) != NULL) {
            att_buf_char(out, '\\');
        }
        att_buf_char(out, *text);
    }
}

static void write_md_rule(att_call *call, const att_rule *rule)
{
    att_buf *out = call->out;
    att_lines why = att_text_wrap(call->arena, rule->why, MD_WIDTH);

    att_buf_format(out, "### %s\n\n**%c%s: ", rule->code,
                   rule->severity == ATT_SEVERITY_ERROR ? 'E' : 'W',
                   severity_name(rule) + 1);
    write_escaped(out, rule->title);
    att_buf_add(out, ".**\n\n");
    for (size_t i = 0; i < why.n; i++) {
        write_escaped(out, why.line[i]);
        att_buf_char(out, '\n');
    }
    att_buf_format(out,
                   "\nBefore:\n\n```json\n%s\n```\n\nAfter:\n\n```json\n%s\n```\n\n",
                   rule->before, rule->after);
}

static void write_md(att_call *call)
{
    att_buf_add(
        call->out,
        "# Rules\n\nWhat `attune check` finds. An error makes a file unusable; with a "
        "warning it can be used,\nbut somebody will be hurt. This page is the table of "
        "the program: `attune explain --format md`\nwrites it, `attune explain L003` "
        "shows one rule.\n\n| rule | | what it is about |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < att_n_rules; i++) {
        att_buf_format(call->out, "| [%s](#l%s) | %s | ", att_rules[i].code,
                       att_rules[i].code + 1, severity_name(&att_rules[i]));
        write_escaped(call->out, att_rules[i].title);
        att_buf_add(call->out, " |\n");
    }
    att_buf_char(call->out, '\n');
    for (size_t i = 0; i < att_n_rules; i++) {
        write_md_rule(call, &att_rules[i]);
    }
    att_buf_cut(call->out, call->out->n - 1); /* no blank line at the end */
}

/* ---- the command ---- */

static int list_rules(att_call *call)
{
    att_json_out out = att_json_begin(call->out, true);

    if (!call->is_json) {
        for (size_t i = 0; i < att_n_rules; i++) {
            att_buf_format(call->out, "%s  %-7s  %s\n", att_rules[i].code,
                           severity_name(&att_rules[i]), att_rules[i].title);
        }
        return 0;
    }
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-rules/1");
    att_json_key(&out, "rules");
    att_json_list(&out);
    for (size_t i = 0; i < att_n_rules; i++) {
        write_json(&out, NULL, &att_rules[i]);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
    return 0;
}

static int run_explain(att_call *call, att_err *err)
{
    const char *format = att_option_get(call, "format");
    bool is_md = format != NULL && strcmp(format, "md") == 0;
    const att_rule *rule;
    att_json_out out;

    if (call->n_args == 0 && is_md) {
        write_md(call);
        return 0;
    }
    if (call->n_args == 0) {
        return list_rules(call);
    }
    rule = att_rule_find(call->args[0]);
    if (rule == NULL) {
        att_fail(err, ATT_ENOTFOUND, "\"%s\" is not a rule", call->args[0]);
        att_hint(err, "attune explain lists them all");
        return 3;
    }
    if (is_md) {
        write_md_rule(call, rule);
        return 0;
    }
    if (call->is_json) {
        out = att_json_begin(call->out, true);
        write_json(&out, "attune-rule/1", rule);
        att_buf_char(call->out, '\n');
        return 0;
    }
    write_rule(call, rule);
    return 0;
}

static const att_flag options[] = {
    { "format", 0, "FORMAT", "text or md (Markdown)", "text md" },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_explain = {
    .name = "explain",
    .group = ATT_GROUP_WRITE,
    .about = "Says what a rule of \"attune check\" means, with an example.",
    .examples = "  attune explain L034\n"
                "  attune explain                  all rules, a line each\n"
                "  attune explain --format md      all of it, as a page\n",
    .usage = "[RULE] [options]",
    .options = options,
    .max_args = 1,
    .is_json = true,
    .run = run_explain,
};
