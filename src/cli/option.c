/* option.c - options as tables: parsing
 */
#include "command.h"

#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

const att_flag att_common_options[] = {
    { "json", 0, NULL, "data as JSON, for programs", NULL },
    { "quiet", 'q', NULL, "no messages but errors", NULL },
    { "color", 0, "WHEN", "auto, always or never", "auto always never" },
    { "help", 'h', NULL, "this help", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

/* An option of a call: the command's own, or a common one. */
typedef struct found {
    const att_flag *option;
    size_t index; /* in the command's table; ATT_OPTIONS_MAX for a common one */
} found;

static bool find_in(const att_flag *table, const char *name, size_t n, char letter,
                    size_t *index)
{
    for (size_t i = 0; table[i].name != NULL; i++) {
        bool is_named = name != NULL && strlen(table[i].name) == n &&
                        strncmp(table[i].name, name, n) == 0;

        if (is_named || (letter != 0 && table[i].letter == letter)) {
            *index = i;
            return true;
        }
    }
    return false;
}

static bool find_option(const att_command *command, const char *name, size_t n,
                        char letter, found *out)
{
    size_t i = 0;

    if (find_in(command->options, name, n, letter, &i)) {
        *out = (found){ &command->options[i], i };
        return true;
    }
    if (find_in(att_common_options, name, n, letter, &i)) {
        if (strcmp(att_common_options[i].name, "json") == 0 && !command->is_json) {
            return false;
        }
        *out = (found){ &att_common_options[i], ATT_OPTIONS_MAX };
        return true;
    }
    return false;
}

static att_code unknown_option(const att_call *call, const char *name, size_t n,
                               att_err *err)
{
    const char *names[2 * ATT_OPTIONS_MAX];
    size_t n_names = 0;
    const char *wanted = att_arena_text_n(call->arena, name, n);
    const char *nearest;

    for (const att_flag *o = call->command->options; o->name != NULL; o++) {
        names[n_names++] = o->name;
    }
    for (const att_flag *o = att_common_options; o->name != NULL; o++) {
        names[n_names++] = o->name;
    }
    nearest = att_text_nearest(wanted, names, n_names);
    att_fail(err, ATT_EUSAGE, "\"%s%s\" is not an option of \"attune %s\"",
             strlen(wanted) == 1 ? "-" : "--", wanted, call->command->name);
    if (nearest != NULL) {
        return att_hint(err, "did you mean \"--%s\"?", nearest);
    }
    return att_hint(err, "see \"attune help %s\"", call->command->name);
}

/* Whether a word is one of those in a blank-separated list. */
static bool is_listed(const char *words, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = words; *p != '\0';) {
        size_t m = strcspn(p, " ");

        if (m == n && strncmp(p, word, n) == 0) {
            return true;
        }
        p += m;
        p += strspn(p, " ");
    }
    return false;
}

static att_code take_value(att_call *call, const found *f, const char *value,
                           bool *wants_help, att_err *err)
{
    const char *name = f->option->name;

    if (f->option->words != NULL && !is_listed(f->option->words, value)) {
        att_fail(err, ATT_EUSAGE, "\"--%s\" takes one of: %s; not \"%s\"", name,
                 f->option->words, value);
        return att_hint(err, "see \"attune help %s\"", call->command->name);
    }
    if (f->index < ATT_OPTIONS_MAX) {
        call->value[f->index] = value;
    } else if (strcmp(name, "json") == 0) {
        call->is_json = true;
    } else if (strcmp(name, "quiet") == 0) {
        call->is_quiet = true;
    } else if (strcmp(name, "help") == 0) {
        *wants_help = true;
    } else {
        call->color = strcmp(value, "always") == 0  ? ATT_COLOR_ALWAYS
                      : strcmp(value, "never") == 0 ? ATT_COLOR_NEVER
                                                    : ATT_COLOR_AUTO;
    }
    return ATT_OK;
}

/* One argument that begins with a dash; *i moves past a value that follows it. */
static att_code parse_option(att_call *call, int argc, char **argv, int *i,
                             bool *wants_help, att_err *err)
{
    const char *arg = argv[*i];
    bool is_long = arg[1] == '-';
    const char *name = arg + (is_long ? 2 : 1);
    const char *equals = is_long ? strchr(name, '=') : NULL;
    size_t n = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const char *value = equals != NULL ? equals + 1 : NULL;
    found f;

    if (!is_long && n > 1) { /* -oFILE */
        value = name + 1;
        n = 1;
    }
    if (!find_option(call->command, is_long ? name : NULL, n, is_long ? 0 : name[0],
                     &f)) {
        return unknown_option(call, name, n, err);
    }
    if (f.option->value == NULL) {
        if (value != NULL) {
            return att_fail(err, ATT_EUSAGE, "\"--%s\" takes no value", f.option->name);
        }
        return take_value(call, &f, "", wants_help, err);
    }
    if (value == NULL) {
        if (*i + 1 >= argc) {
            return att_fail(err, ATT_EUSAGE, "\"--%s\" wants a value: --%s %s",
                            f.option->name, f.option->name, f.option->value);
        }
        *i += 1;
        value = argv[*i];
    }
    return take_value(call, &f, value, wants_help, err);
}

static att_code check_count(const att_call *call, att_err *err)
{
    const att_command *command = call->command;

    if (call->n_args < command->min_args) {
        att_fail(err, ATT_EUSAGE, "\"attune %s\" wants more: attune %s %s",
                 command->name, command->name, command->usage);
        return att_hint(err, "see \"attune help %s\"", command->name);
    }
    if (call->n_args > command->max_args) {
        att_fail(err, ATT_EUSAGE, "\"attune %s\" does not take \"%s\"", command->name,
                 call->args[command->max_args]);
        return att_hint(err, "see \"attune help %s\"", command->name);
    }
    return ATT_OK;
}

att_code att_option_parse(att_call *call, int argc, char **argv, bool *wants_help,
                          att_err *err)
{
    const char **args = att_new_n(call->arena, const char *, (size_t)argc + 1);
    bool is_end = false;

    call->args = args;
    for (int i = 0; i < argc; i++) {
        if (!is_end && strcmp(argv[i], "--") == 0) {
            is_end = true;
        } else if (!is_end && argv[i][0] == '-' && argv[i][1] != '\0') {
            ATT_TRY(parse_option(call, argc, argv, &i, wants_help, err));
        } else {
            args[call->n_args++] = argv[i];
        }
    }
    return *wants_help ? ATT_OK : check_count(call, err);
}

const char *att_option_get(const att_call *call, const char *name)
{
    size_t i = 0;

    if (!find_in(call->command->options, name, strlen(name), 0, &i)) {
        return NULL;
    }
    return call->value[i];
}

att_code att_option_seed(const att_call *call, unsigned long long *out, att_err *err)
{
    const char *text = att_option_get(call, "seed");
    long long seed = 0;

    if (text == NULL) {
        return ATT_OK;
    }
    if (!att_number_read_whole(text, strlen(text), &seed) || seed < 0 ||
        seed >= 1LL << 53) {
        return att_fail(err, ATT_EUSAGE,
                        "\"--seed\" takes a whole number from 0, not \"%s\"", text);
    }
    *out = (unsigned long long)seed;
    return ATT_OK;
}
