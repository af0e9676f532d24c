/* cmd_help.c - attune help: what the program can do
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/base/text.h>

static void write_command(att_json_out *out, const att_command *command)
{
    att_json_object(out);
    att_json_put_string(out, "name", command->name);
    att_json_put_string(out, "about", command->about);
    att_json_put_string(out, "usage", command->usage);
    att_json_key(out, "options");
    att_json_list(out);
    for (const att_flag *o = command->options; o->name != NULL; o++) {
        att_json_object(out);
        att_json_put_string(out, "name", o->name);
        att_json_put_string(out, "value", o->value);
        att_json_put_string(out, "about", o->about);
        att_json_end_object(out);
    }
    att_json_end_list(out);
    att_json_end_object(out);
}

/* The commands as data: for completion, and for other programs. */
static void write_json(att_call *call)
{
    att_json_out out = att_json_begin(call->out, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-help/1");
    att_json_key(&out, "commands");
    att_json_list(&out);
    for (size_t i = 0; call->commands[i] != NULL; i++) {
        write_command(&out, call->commands[i]);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

static int run_help(att_call *call, att_err *err)
{
    att_style style = att_style_for(STDOUT_FILENO, call->color);
    const char *names[64];
    size_t n = 0;
    const char *nearest;

    if (call->is_json) {
        write_json(call);
        return 0;
    }
    if (call->n_args == 0) {
        att_usage_program(call->out, call->commands, style);
        return 0;
    }
    for (; call->commands[n] != NULL; n++) {
        names[n] = call->commands[n]->name;
        if (strcmp(names[n], call->args[0]) == 0) {
            att_usage_command(call->out, call->commands[n], style);
            return 0;
        }
    }
    nearest = att_text_nearest(call->args[0], names, n);
    att_fail(err, ATT_EUSAGE, "\"%s\" is not a command", call->args[0]);
    if (nearest != NULL) {
        att_hint(err, "did you mean \"attune help %s\"?", nearest);
    } else {
        att_hint(err, "see \"attune help\"");
    }
    return 2;
}

static const att_flag options[] = { { NULL, 0, NULL, NULL, NULL } };

const att_command att_cmd_help = {
    .name = "help",
    .group = ATT_GROUP_HELP,
    .about = "Says what attune can do, or more about one command.",
    .examples = "  attune help\n"
                "  attune help run\n",
    .usage = "[COMMAND]",
    .options = options,
    .max_args = 1,
    .is_json = true,
    .run = run_help,
};
