/* main.c - parse, dispatch, exit status
 */
#include "command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/seal.h>
#include <attune/base/text.h>
#include <attune/math/dist.h>

#include "load.h"
#include "overview.h"

static int tell_failure(const att_err *err)
{
    att_buf text = { 0 };

    att_failure_write(&text, err);
    fputs(att_buf_text(&text), stderr);
    att_buf_drop(&text);
    return att_code_exit_status(err->code);
}

/* A word as a shell takes it: quoted where it must be. */
static void add_word(att_buf *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-_./=,:@+";

    if (word[0] != '\0' && strspn(word, plain) == strlen(word)) {
        att_buf_add(out, word);
        return;
    }
    att_buf_char(out, '\'');
    for (const char *p = word; *p != '\0'; p++) {
        if (*p == '\'') {
            att_buf_add(out, "'\\''");
        } else {
            att_buf_char(out, *p);
        }
    }
    att_buf_char(out, '\'');
}

static const char *command_line(att_arena *arena, int argc, char **argv)
{
    att_buf words = { 0 };
    char *line;

    att_buf_add(&words, "attune");
    for (int i = 1; i < argc; i++) {
        att_buf_char(&words, ' ');
        add_word(&words, argv[i]);
    }
    line = att_buf_copy(arena, &words);
    att_buf_drop(&words);
    return line;
}

static const att_command *find_command(const char *name, att_err *err)
{
    const char *names[64];
    size_t n = 0;
    const char *nearest;

    for (; att_commands[n] != NULL; n++) {
        names[n] = att_commands[n]->name;
        if (strcmp(names[n], name) == 0) {
            return att_commands[n];
        }
    }
    nearest = att_text_nearest(name, names, n);
    att_fail(err, ATT_EUSAGE, "\"%s\" is not a command", name);
    if (nearest != NULL) {
        att_hint(err, "did you mean \"attune %s\"?", nearest);
    } else {
        att_hint(err, "see \"attune --help\"");
    }
    return NULL;
}

static int run_command(att_call *call, int argc, char **argv, att_err *err)
{
    bool wants_help = false;
    int status;

    call->command = find_command(argv[1], err);
    if (call->command == NULL ||
        att_option_parse(call, argc - 2, argv + 2, &wants_help, err) != ATT_OK) {
        return 2;
    }
    if (wants_help) {
        att_usage_command(call->out, call->command,
                          att_style_for(STDOUT_FILENO, call->color));
        return 0;
    }
    status = call->command->run(call, err);
    return status;
}

static int dispatch(att_call *call, int argc, char **argv, att_err *err)
{
    const char *first = argc > 1 ? argv[1] : NULL;

    if (first == NULL && isatty(STDOUT_FILENO)) {
        return att_overview(call, err);
    }
    if (first == NULL) {
        att_fail(err, ATT_EUSAGE, "no command was given");
        att_hint(err, "see \"attune --help\"");
        return 2;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        att_usage_program(call->out, att_commands,
                          att_style_for(STDOUT_FILENO, ATT_COLOR_AUTO));
        return 0;
    }
    if (strcmp(first, "--version") == 0) {
        att_buf_format(call->out, "%s\n", att_program());
        return 0;
    }
    return run_command(call, argc, argv, err);
}

int main(int argc, char **argv)
{
    static const att_flag no_options[] = { { NULL, 0, NULL, NULL, NULL } };
    static const att_command no_command = { .name = "", .options = no_options };
    att_arena arena = { 0 };
    att_buf out = { 0 };
    att_err err = { 0 };
    att_call call = {
        .command = &no_command, .commands = att_commands, .arena = &arena, .out = &out
    };
    int status;

    att_text_start();
    att_math_start();
    if (att_seal_start(&err) != ATT_OK) {
        return tell_failure(&err);
    }
    call.words = command_line(&arena, argc, argv);
    status = dispatch(&call, argc, argv, &err);
    att_flush(&call, &err);
    if (err.code != ATT_OK) {
        status = tell_failure(&err);
    }
    att_buf_drop(&out);
    att_arena_drop(&arena);
    return status;
}
