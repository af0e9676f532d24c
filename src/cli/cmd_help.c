/* cmd_help.c - attune help: what the program can do
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/text.h>

static int run_help(att_call *call, att_err *err)
{
    att_style style = att_style_for(STDOUT_FILENO, call->color);
    const char *names[64];
    size_t n = 0;
    const char *nearest;

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
    .run = run_help,
};
