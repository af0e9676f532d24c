/* Every command as its user meets it: help, mistakes on the command line, exit statuses,
 * what goes to standard output and what to standard error. */
#include "att_program.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/cli/commands.h"

#include "att_terminal.h"

/* ---- help ---- */

static void help_of_a_command_is_the_same_both_ways(void **state)
{
    att_place *place = *state;

    for (size_t i = 0; att_commands[i] != NULL; i++) {
        const char *name = att_commands[i]->name;
        att_run by_option = att_program_runf(place, "%s --help", name);
        att_run by_command = att_program_runf(place, "help %s", name);

        assert_status(by_option, 0);
        assert_status(by_command, 0);
        assert_string_equal(by_option.out, by_command.out);
        assert_string_equal(by_option.err, "");
        assert_contains(by_option.out, att_commands[i]->about);
        assert_contains(by_option.out, att_commands[i]->examples);
        assert_lacks(by_option.out, "\033");
    }
}

static void help_tells_every_option(void **state)
{
    att_place *place = *state;

    for (size_t i = 0; att_commands[i] != NULL; i++) {
        att_run run = att_program_runf(place, "help %s", att_commands[i]->name);

        for (const att_flag *o = att_commands[i]->options; o->name != NULL; o++) {
            assert_contains(run.out, att_arena_format(&place->arena, "--%s", o->name));
        }
        assert_contains(run.out, "--quiet");
    }
}

static void help_of_the_program_names_every_command(void **state)
{
    att_place *place = *state;
    att_run help = att_program_run(place, "--help");
    att_run command = att_program_run(place, "help");

    assert_status(help, 0);
    assert_string_equal(help.out, command.out);
    for (size_t i = 0; att_commands[i] != NULL; i++) {
        assert_contains(help.out, att_commands[i]->name);
    }
    assert_status(att_program_run(place, "--version"), 0);
}

/* ---- mistakes ---- */

typedef struct mistake {
    const char *words;
    int status;
    const char *message, *hint;
} mistake;

static const mistake mistakes[] = {
    { "", 2, "attune: no command was given\n", "  hint: see \"attune --help\"\n" },
    { "rnu", 2, "attune: \"rnu\" is not a command\n", "did you mean \"attune run\"?" },
    { "xyzzyx", 2, "\"xyzzyx\" is not a command", "see \"attune --help\"" },
    { "help rnu", 2, "\"rnu\" is not a command", "did you mean \"attune help run\"?" },
    { "run recs --persn P1", 2, "\"--persn\" is not an option of \"attune run\"",
      "did you mean \"--person\"?" },
    { "run recs --ui ful", 2, "\"--ui\" takes one of: full line script; not \"ful\"",
      "see \"attune help run\"" },
    { "run recs --person", 2, "\"--person\" wants a value: --person CODE", "" },
    { "run", 2, "\"attune run\" wants more: attune run INSTRUMENT [options]",
      "see \"attune help run\"" },
    { "init a b", 2, "\"attune init\" does not take \"b\"",
      "see \"attune help init\"" },
    { "verify --json=1", 2, "\"--json\" takes no value", "" },
    { "verify", 2, "no study was named, and no *.attune file is here",
      "add --study FILE, or make one: attune init my.attune" },
    { "verify --study net.attune", 3, "there is no study \"net.attune\"",
      "make it: attune init net.attune" },
    { "check none.json", 3, "there is no file \"none.json\"", "" },
    { "explain L999", 3, "\"L999\" is not a rule", "attune explain lists them all" },
    { "analyze reliablity --csv a.csv", 2, "\"reliablity\" is not an analysis",
      "attune analyze reliability" },
    { "analyze reliability", 2, "\"attune analyze\" wants data", "--instrument ID" },
    { "export", 2, "\"attune export\" wants an instrument", "add --instrument ID" },
    { "report", 2, "\"attune report\" wants an instrument", "add --instrument ID" },
    { "redcap pull", 2, "\"attune redcap\" has no \"pull\"",
      "there are: ping, push, compare" },
    { "redcap ping", 2, "the project's address is wanted", "add --url" },
    { "run recs --answers a.json --ui line", 2, "", "" },
    { "run recs --seed -3", 2, "\"--seed\" takes a whole number from 0", "" },
};

static void a_mistake_gets_a_message_and_a_hint(void **state)
{
    att_place *place = *state;

    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const mistake *m = &mistakes[i];
        att_run run = att_program_run(place, m->words);

        print_message("attune %s\n", m->words);
        assert_status(run, m->status);
        assert_string_equal(run.out, "");
        assert_memory_equal(run.err, "attune: ", 8);
        assert_contains(run.err, m->message);
        assert_contains(run.err, m->hint);
    }
}

static void names_in_a_study_are_suggested(void **state)
{
    static const mistake in_study[] = {
        { "run recz --role PT", 3, "\"recz\"", "recs" },
        { "run recs --role PZ", 3, "\"PZ\" is not a role of \"recs\"", "hint: " },
        { "run recs --lang fr", 3, "\"recs\" is not written in \"fr\"",
          "it has: en, es" },
        { "run recs --person ''", 3, "\"--person\" is empty", "" },
        { "run fss", 3, "the study has no instrument \"fss\"",
          "it comes with attune: attune add fss --study s.attune" },
        { "analyze reliability --instrument recs --scale trst", 3,
          "\"trst\" is not a scale of \"recs\"", "did you mean \"trust\"?" },
        { "export --instrument rec", 3, "\"rec\"", "recs" },
        { "resume zzzzzz", 3, "the study has no session \"zzzzzz\"", "" },
    };
    att_place *place = *state;

    att_place_study(place, "recs");
    for (size_t i = 0; i < sizeof in_study / sizeof *in_study; i++) {
        const mistake *m = &in_study[i];
        att_run run = att_program_run(place, m->words);

        print_message("attune %s\n", m->words);
        assert_status(run, m->status);
        assert_contains(run.err, m->message);
        assert_contains(run.err, m->hint);
    }
    assert_status(att_program_run(place, "init other.attune"), 0);
    assert_contains(att_program_run(place, "verify").err, "2 *.attune files are here");
}

/* ---- output ---- */

typedef struct json_case {
    const char *words, *format;
    int status;
} json_case;

static const json_case json_cases[] = {
    { "init j.attune --json", "attune-init/1", 0 },
    { "add pulse recs --study j.attune --json", "attune-add/1", 0 },
    { "run pulse --study j.attune --answers a.json --json --quiet", "attune-run/1", 0 },
    { "check pulse.json --json", "attune-check/1", 1 },
    { "check pulse.json none.json --json", NULL, 3 },
    { "explain --json", "attune-rules/1", 0 },
    { "explain L034 --json", "attune-rule/1", 0 },
    { "test t.json --json", "attune-test/1", 1 },
    { "new -o starter.json --json", "attune-new/1", 0 },
    { "diff pulse pulse --json", "attune-diff/1", 0 },
    { "fmt --check pulse.json --json", "attune-fmt/1", -1 },
    { "translate export recs --lang es -o r.po --json", "attune-translate/1", 0 },
    { "convert --from instrument --to redcap recs -o r.csv --json", "attune-convert/1",
      0 },
    { "score --study j.attune --json", "attune-score/1", 0 },
    { "analyze reliability --study j.attune --instrument recs --json",
      "attune-analysis/1", -1 },
    { "report --study j.attune --instrument pulse --json", "attune-doc/1", 0 },
    { "export --study j.attune --instrument pulse -o j.csv --json", "attune-export/1",
      0 },
    { "replay --study j.attune --json", "attune-replay/1", 0 },
    { "verify --study j.attune --json", "attune-verify/1", 0 },
    { "doctor --study j.attune --json", "attune-findings/1", -1 },
    { "set network Lakeside --study j.attune --json", "attune-set/1", 0 },
    { "set --study j.attune --json", "attune-set/1", 0 },
    { "people set P1 age=12 --study j.attune --json", "attune-people/1", 0 },
    { "people --study j.attune --json", "attune-people/1", 0 },
    { "simulate pulse --study j.attune -n 2 --json", "attune-simulate/1", 0 },
    { "demo --json", "attune-demo/1", 0 },
    { "help --json", "attune-help/1", 0 },
};

/* The last line of a run's output as JSON: run and resume write lines. */
static att_run last_line(att_place *place, att_run run)
{
    size_t n = run.n_out;

    while (n > 1 && run.out[n - 2] != '\n') {
        n--;
    }
    run.out = att_arena_text(&place->arena, run.out + (n > 1 ? n - 1 : 0));
    run.n_out = strlen(run.out);
    return run;
}

static void json_of_every_command_parses_and_names_its_format(void **state)
{
    att_place *place = *state;
    char *wrong = att_test_read("e2e/pulse.json", NULL);

    att_place_write(place, "pulse.json", wrong);
    test_free(wrong);
    att_place_write(place, "a.json", "{\"pul1\":1,\"pul2\":4}");
    att_place_write(place, "t.json",
                    "{\"instrument\":\"i\",\"tests\":[{\"name\":\"n\",\"expect\":{"
                    "\"status\":\"open\"}}]}");
    att_place_write(place, "i.json",
                    "{\"format\":\"instrument/1\",\"id\":\"i\",\"version\":\"1.0.0\","
                    "\"title\":\"I\",\"languages\":{\"default\":\"en\",\"list\":[{"
                    "\"tag\":\"en\"}]},\"items\":[{\"id\":\"a\",\"kind\":\"note\","
                    "\"text\":\"A\"}]}");
    for (size_t i = 0; i < sizeof json_cases / sizeof *json_cases; i++) {
        const json_case *c = &json_cases[i];
        att_run run = att_program_run(place, c->words);
        json_t *json;

        print_message("attune %s\n", c->words);
        if (c->status >= 0) {
            assert_status(run, c->status);
        }
        if (c->format == NULL) {
            continue;
        }
        if (strncmp(c->words, "run", 3) == 0) {
            run = last_line(place, run);
        }
        json = att_run_json(place, &run);
        assert_string_equal(json_string_value(json_object_get(json, "format")),
                            c->format);
    }
}

static void the_page_of_rules_is_what_the_program_says(void **state)
{
    att_place *place = *state;
    att_run run = att_program_run(place, "explain --format md");

    assert_status(run, 0);
    assert_golden(run.out, run.n_out, "../../docs/RULES.md");
    run = att_program_run(place, "explain L009 --format md");
    assert_status(run, 0);
    assert_memory_equal(run.out, "### L009\n\n**Error: ", 19);
}

static void every_command_with_json_has_a_case(void **state)
{
    (void)state;
    for (size_t i = 0; att_commands[i] != NULL; i++) {
        const char *name = att_commands[i]->name;
        bool is_found = strcmp(name, "redcap") == 0 || strcmp(name, "resume") == 0;

        for (size_t k = 0; k < sizeof json_cases / sizeof *json_cases; k++) {
            size_t n = strlen(name);

            is_found = is_found || (strncmp(json_cases[k].words, name, n) == 0 &&
                                    json_cases[k].words[n] == ' ');
        }
        if (att_commands[i]->is_json != is_found) {
            fail_msg("\"%s\" takes --json: %d, is tested: %d", name,
                     att_commands[i]->is_json, is_found);
        }
    }
}

static void data_goes_out_and_messages_beside(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    att_place_write(place, "a.json", "{\"pul1\":1,\"pul2\":4}");
    run = att_program_run(place, "run pulse --answers a.json");
    assert_string_equal(run.err, "");
    run = att_program_run(place, "export --instrument pulse");
    assert_string_equal(run.err, "");
    assert_memory_equal(run.out, "response,", 9);
    run = att_program_run(place, "export --instrument pulse -o p.csv");
    assert_string_equal(run.out, "");
    assert_contains(run.err, "p.csv");
    run = att_program_run(place, "export --instrument pulse -o p.csv --quiet");
    assert_string_equal(run.err, "");
    run = att_program_run(place, "score");
    assert_string_equal(run.err, "");
    assert_lacks(run.out, "\033");
    run = att_program_run(place, "verify --color always");
    assert_contains(run.out, "\033[");
}

static void check_says_what_the_design_draws(void **state)
{
    /* docs/SCREENS.md, section 4, "attune check pulse.json"; the lines of the first and
     * the third finding are one and the third's another, since a file has its items in
     * one place */
    static const char wanted[] =
        "pulse.json:52:34: error[L021]: condition names \"rol\", which is no item\n"
        "   52 |       \"max_length\": 80, \"show\": \"rol = 9\" },\n"
        "      |                                  ^~~\n"
        "  at /items/1/show\n"
        "  hint: did you mean \"role\"?\n"
        "pulse.json:56:7: error[L003]: \"tetx\" is not a key of an item\n"
        "   56 |       \"tetx\": { \"en\": \"One thing to tell us:\" } }\n"
        "      |       ^~~~~~\n"
        "  at /items/3/tetx\n"
        "  hint: did you mean \"text\"?\n"
        "pulse.json:61:17: error[L034]: code -8 is in the missing range, -10 to -4\n"
        "   61 |       { \"code\": -8, \"text\": \"Much worse\" },\n"
        "      |                 ^~\n"
        "  at /choices/change/1/code\n"
        "  hint: use codes from -3 up, or change \"missing.range\"\n"
        "3 errors, 0 warnings in 1 file. \"attune explain L021\" says more about a "
        "rule.\n";
    att_place *place = *state;
    char *text = att_test_read("e2e/pulse.json", NULL);
    att_run run;

    att_place_write(place, "pulse.json", text);
    test_free(text);
    run = att_program_run(place, "check pulse.json");
    assert_status(run, 1);
    assert_string_equal(run.out, wanted);
    assert_string_equal(run.err, "");
}

static void the_bundled_instruments_are_clean(void **state)
{
    att_place *place = *state;
    static const char *const names[] = {
        "profile", "ces", "recs",  "fss",    "bcl",    "bcl-diary",
        "cosf",    "bsc", "pulse", "anchor", "cogint", "rng",
    };
    att_buf words = { 0 };
    att_run run;

    att_buf_add(&words, "check");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        att_buf_format(&words, " %s/%s.json", att_test_path("../instruments"),
                       names[i]);
    }
    run = att_program_run(place, att_buf_text(&words));
    att_buf_drop(&words);
    assert_status(run, 0);
    assert_contains(run.out, "0 errors, ");
    assert_contains(run.out, " in 12 files.");
}

/* ---- alone on a terminal ---- */

static void alone_on_a_terminal_it_says_what_to_do_next(void **state)
{
    att_place *place = *state;
    att_terminal *terminal;

    att_place_study(place, "pulse");
    assert_status(att_program_run_with(
                      place,
                      &(att_run_opts){ .input = "{\"item\":\"pul1\",\"answer\":2}\n" },
                      "run pulse --answers -"),
                  0);
    terminal = att_terminal_open(place, 24, 80, NULL, "");
    att_terminal_wait(terminal, "s.attune: 1 instrument, 0 finished sessions, 1 open");
    att_terminal_wait(terminal, "attune resume ");
    att_terminal_wait(terminal, "attune run pulse");
    assert_int_equal(att_terminal_end(terminal, NULL, NULL), 0);
}

/* ---- signals ---- */

static void a_signal_has_its_own_status(void **state)
{
    static const struct {
        int number, status;
    } signals[] = { { SIGHUP, 129 }, { SIGTERM, 143 } };
    att_place *place = *state;

    att_place_study(place, "pulse");
    for (size_t i = 0; i < 2; i++) {
        att_child child = att_child_start(place, NULL, "run pulse --answers -");
        const char *line = "";

        assert_true(att_child_say(&child, "{\"item\":\"pul1\",\"answer\":2}\n"));
        assert_true(att_child_line(place, &child, &line));
        assert_string_equal(line, "{\"saved\":\"pul1\",\"answer\":2}");
        kill(child.pid, signals[i].number);
        assert_true(att_child_line(place, &child, &line));
        assert_contains(line, "\"status\":\"open\"");
        assert_int_equal(att_child_end(&child), signals[i].status);
    }
    assert_contains(att_program_run(place, "resume").err, "2 sessions are open");
}

static void an_interrupt_of_a_script_ends_it_with_130(void **state)
{
    att_place *place = *state;
    att_child child;
    const char *line = "";

    att_place_study(place, "pulse");
    child = att_child_start(place, NULL, "run pulse --answers -");
    assert_true(att_child_say(&child, "{\"item\":\"pul1\",\"answer\":2}\n"));
    assert_true(att_child_line(place, &child, &line));
    kill(child.pid, SIGINT);
    assert_true(att_child_line(place, &child, &line));
    assert_contains(line, "\"status\":\"open\"");
    assert_int_equal(att_child_end(&child), 130);
}

ATT_TEST_MAIN(att_program_test(help_of_a_command_is_the_same_both_ways),
              att_program_test(help_tells_every_option),
              att_program_test(help_of_the_program_names_every_command),
              att_program_test(a_mistake_gets_a_message_and_a_hint),
              att_program_test(names_in_a_study_are_suggested),
              att_program_test(json_of_every_command_parses_and_names_its_format),
              att_program_test(the_page_of_rules_is_what_the_program_says),
              att_program_test(every_command_with_json_has_a_case),
              att_program_test(data_goes_out_and_messages_beside),
              att_program_test(check_says_what_the_design_draws),
              att_program_test(the_bundled_instruments_are_clean),
              att_program_test(alone_on_a_terminal_it_says_what_to_do_next),
              att_program_test(a_signal_has_its_own_status),
              att_program_test(an_interrupt_of_a_script_ends_it_with_130))
