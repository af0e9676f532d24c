/* usage.c - help, from the same tables as parsing
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

#define ABOUT_COLUMN 19 /* where an option's explanation begins */

static const char *const group_names[ATT_N_GROUPS] = { "Write", "Ask", "Keep",
                                                       "Understand", "Help" };

void att_usage_program(att_buf *out, const att_command *const *commands,
                       att_style style)
{
    att_buf_add(out,
                "attune asks people questions, keeps their answers, and says how "
                "good the\nquestions are.\n\n"
                "  attune demo                            make a whole study, all "
                "invented\n"
                "  attune check my.json                   see what is wrong with an "
                "instrument\n"
                "  attune run my.json --study my.attune   ask\n\n");
    for (int group = 0; group < ATT_N_GROUPS; group++) {
        const char *between = "";

        att_buf_add(out, att_style_on(style, ATT_ROLE_HEAD));
        att_buf_add(out, group_names[group]);
        att_buf_add(out, att_style_off(style, ATT_ROLE_HEAD));
        att_buf_repeat(out, ' ', 12 - strlen(group_names[group]));
        for (size_t i = 0; commands[i] != NULL; i++) {
            if (commands[i]->group == (att_command_group)group) {
                att_buf_format(out, "%s%s", between, commands[i]->name);
                between = "  ";
            }
        }
        att_buf_char(out, '\n');
    }
    att_buf_add(out, "\n\"attune help COMMAND\" says more, with examples.\n");
}

static void write_option(att_buf *out, const att_flag *option)
{
    att_buf left = { 0 };

    if (option->letter != 0) {
        att_buf_format(&left, "  -%c, --%s", option->letter, option->name);
    } else {
        att_buf_format(&left, "  --%s", option->name);
    }
    if (option->value != NULL) {
        att_buf_format(&left, " %s", option->value);
    }
    att_buf_add(out, att_buf_text(&left));
    if (left.n + 1 < ABOUT_COLUMN) {
        att_buf_repeat(out, ' ', ABOUT_COLUMN - left.n);
    } else {
        att_buf_char(out, '\n');
        att_buf_repeat(out, ' ', ABOUT_COLUMN);
    }
    att_buf_format(out, "%s\n", option->about);
    att_buf_drop(&left);
}

/* The options of every command, in one line. */
static void write_common(att_buf *out, bool is_json)
{
    const char *between = "  also";

    for (const att_flag *o = att_common_options; o->name != NULL; o++) {
        if (is_json || strcmp(o->name, "json") != 0) {
            att_buf_format(out, "%s --%s", between, o->name);
            att_buf_format(out, "%s%s", o->value != NULL ? " " : "",
                           o->value != NULL ? o->value : "");
            between = ",";
        }
    }
    att_buf_char(out, '\n');
}

void att_usage_command(att_buf *out, const att_command *command, att_style style)
{
    att_buf_format(out, "%s\n\n%s\n%sattune %s %s%s\n", command->about,
                   command->examples, att_style_on(style, ATT_ROLE_HEAD), command->name,
                   command->usage, att_style_off(style, ATT_ROLE_HEAD));
    for (const att_flag *o = command->options; o->name != NULL; o++) {
        if (o->about != NULL) {
            write_option(out, o);
        }
    }
    write_common(out, command->is_json);
    if (command->list != NULL) {
        command->list(out);
    }
}
