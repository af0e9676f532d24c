/* command.h - what a command is
 *
 * A command is a record: its words for help, its options as a table, and one function.
 * Parsing, help, completion and the manual come from the table; a command never sees
 * argv. Data goes to call->out (standard output, written whole at the end), messages
 * to standard error.
 */
#ifndef ATTUNE_CLI_COMMAND_H
#define ATTUNE_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/ansi.h>
#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>

/* One option. Every command also has those of att_common_options. */
typedef struct att_flag {
    const char *name;  /* "study", without dashes */
    char letter;       /* 's' for -s, or 0 */
    const char *value; /* "FILE" in help; NULL: a flag */
    const char *about; /* for help, one line; NULL: another option's line tells */
    const char *words; /* the closed list it takes, "full line script", or NULL */
} att_flag;

#define ATT_OPTIONS_MAX 24

struct att_command;

/* One call of the program, parsed. */
typedef struct att_call {
    const struct att_command *command;
    const struct att_command *const *commands; /* the list, for help; NULL-ended */
    const char *value[ATT_OPTIONS_MAX];        /* by the index of command->options */
    bool is_json, is_quiet;
    att_color color;
    const char *const *args; /* [n_args] what is no option */
    size_t n_args;
    const char *words; /* the whole command line as it can be typed again */
    att_arena *arena;
    att_buf *out; /* standard output, not yet written */
} att_call;

typedef enum att_command_group {
    ATT_GROUP_WRITE = 0,
    ATT_GROUP_ASK,
    ATT_GROUP_KEEP,
    ATT_GROUP_UNDERSTAND,
    ATT_GROUP_HELP,
    ATT_N_GROUPS
} att_command_group;

typedef struct att_command {
    const char *name;
    att_command_group group;
    const char *about;       /* one sentence, with its full stop */
    const char *examples;    /* lines, each two blanks in */
    const char *usage;       /* "INSTRUMENT [options]" */
    const att_flag *options; /* ends with a NULL name */
    size_t min_args, max_args;
    bool is_json; /* takes --json */
    /* Adds what its options may name to its help; NULL: nothing. */
    void (*list)(att_buf *out);
    /* The exit status; a failure is told by err, and main turns it into a status. */
    int (*run)(att_call *call, att_err *err);
} att_command;

/* The list, NULL-ended, in the order of help. */
extern const att_command *const att_commands[];

/* ---- option.c ---- */

extern const att_flag att_common_options[]; /* json, quiet, color, help */

/* Parses argv (without the program and the command's name). wants_help: --help stood
 * somewhere. */
att_code att_option_parse(att_call *call, int argc, char **argv, bool *wants_help,
                          att_err *err);

/* Value of an option by name; NULL when it was not given. A flag's value is "". */
const char *att_option_get(const att_call *call, const char *name);

/* A seed: a whole number from 0, below 2^53 so that JSON carries it. *out stays where the
 * option was not given. EUSAGE for what is none. */
att_code att_option_seed(const att_call *call, unsigned long long *out, att_err *err);

/* ---- usage.c ---- */

void att_usage_program(att_buf *out, const att_command *const *commands,
                       att_style style);
void att_usage_command(att_buf *out, const att_command *command, att_style style);

/* ---- tell.c ---- */

/* A message on standard error at once, "attune: ..." left to the caller; silent with
 * --quiet. */
void att_tell(const att_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A failure as text: attune: message / at place / hint. */
void att_failure_write(att_buf *out, const att_err *err);

/* Writes what call->out holds to standard output now (a long command, a dialogue). */
att_code att_flush(att_call *call, att_err *err);

#endif
