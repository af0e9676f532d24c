/* attune simulate, as people run it. */
#include "att_program.h"

#include <string.h>

#include <jansson.h>

static void the_same_seed_gives_the_same_answers(void **state)
{
    att_place *place = *state;
    const char *seeds[] = { "7", "7", "8" };
    const char *exports[3];

    for (size_t i = 0; i < 3; i++) {
        assert_status(att_program_runf(place, "init s%zu.attune", i), 0);
        assert_status(att_program_runf(place,
                                       "simulate recs --study s%zu.attune -n 12 "
                                       "--seed %s",
                                       i, seeds[i]),
                      0);
        assert_status(att_program_runf(place,
                                       "export --study s%zu.attune --instrument recs "
                                       "-o e%zu.csv",
                                       i, i),
                      0);
    }
    exports[0] = att_place_read(place, "e0.csv");
    exports[1] = att_place_read(place, "e1.csv");
    exports[2] = att_place_read(place, "e2.csv");
    assert_string_equal(exports[0], exports[1]);
    assert_string_not_equal(exports[0], exports[2]);
    assert_contains(exports[0], "sim7-012");
    assert_status(att_program_run(place, "verify --study s0.attune"), 0);
}

static void walkers_reach_every_branch(void **state)
{
    static const char *const files[] = { "instruments/everything.json",
                                         "instruments/kinds.json",
                                         "../instruments/bcl.json",
                                         "../instruments/anchor.json" };
    att_place *place = *state;

    assert_status(att_program_run(place, "init s.attune"), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        att_run run =
            att_program_runf(place, "simulate %s --study s.attune -n 80 --walk --json",
                             att_test_path(files[i]));
        json_t *out = json_loads(run.out, 0, NULL);

        assert_status(run, 0);
        assert_int_equal(json_array_size(json_object_get(out, "never_asked")), 0);
        assert_int_equal(json_integer_value(json_object_get(out, "open")), 0);
        assert_int_equal(json_integer_value(json_object_get(out, "people")), 80);
        json_decref(out);
    }
    assert_status(att_program_run(place, "verify --study s.attune"), 0);
}

static void what_is_simulated_is_said_to_be(void **state)
{
    att_place *place = *state;
    att_run run;

    assert_status(att_program_run(place, "init s.attune"), 0);
    run = att_program_run(place, "simulate recs --study s.attune -n 30");
    assert_status(run, 0);
    assert_string_equal(
        run.out, "30 people for \"recs\", drawn from a model, seed 1: 30 finished.\n"
                 "20 of 20 questions were asked.\n");
    run = att_program_run(place, "report --study s.attune --instrument recs");
    assert_contains(run.out, "simulated");
    run = att_program_run(place, "simulate recs --study s.attune -n 30");
    assert_status(run, 3);
    assert_contains(run.err, "\"recs\" has people of seed 1 already");
    assert_contains(run.err, "hint: take another seed: --seed 2");
    assert_status(
        att_program_run(place, "simulate recs --study s.attune -n 5 --wave T1"), 0);
}

/* Mean of a numeric column of an export, over rows that hold a text. */
static double mean_of(const char *csv, const char *column, const char *with)
{
    size_t at = 0, n = 0;
    double sum = 0;
    const char *end = strchr(csv, '\n');
    const char *found = strstr(csv, column);

    assert_true(found != NULL && found < end);
    for (const char *p = csv; p < found; p++) {
        at += *p == ',';
    }
    for (const char *row = end + 1; *row != '\0'; row = end + 1) {
        const char *cell = row;

        end = strchr(row, '\n');
        for (size_t i = 0; i < at; i++) {
            cell = strchr(cell, ',') + 1;
        }
        found = strstr(row, with);
        if (found != NULL && found < end && *cell >= '1' && *cell <= '5') {
            sum += *cell - '0';
            n++;
        }
    }
    assert_true(n > 0);
    return sum / (double)n;
}

static void a_model_moves_roles_and_takes_answers_away(void **state)
{
    att_place *place = *state;
    const char *csv;
    att_run run;

    att_place_write(
        place, "m.json",
        "{ \"format\": \"attune-model/1\", \"mean\": 0, \"roles\": { \"PT\": "
        "-3, \"RE\": 3 }, \"sites\": { \"North\": 0 }, \"missing\": { "
        "\"refused\": 0, \"not_applicable\": 0, \"skipped\": 0 } }\n");
    assert_status(att_program_run(place, "init s.attune"), 0);
    run =
        att_program_run(place, "simulate pulse --study s.attune -n 60 --model m.json");
    assert_status(run, 0);
    assert_status(
        att_program_run(place, "export --study s.attune --instrument pulse -o p.csv"),
        0);
    csv = att_place_read(place, "p.csv");
    assert_contains(csv, "North");
    assert_true(mean_of(csv, "pul2", "PT") + 1.5 < mean_of(csv, "pul2", "RE"));
    att_place_write(place, "m.json",
                    "{ \"format\": \"attune-model/1\", \"missing\": { \"refused\": 1, "
                    "\"not_applicable\": 0, \"skipped\": 0 } }\n");
    assert_status(att_program_run(place, "init r.attune"), 0);
    assert_status(
        att_program_run(place, "simulate pulse --study r.attune -n 3 --model m.json"),
        0);
    assert_status(
        att_program_run(place, "export --study r.attune --instrument pulse -o r.csv"),
        0);
    assert_contains(att_place_read(place, "r.csv"), "-8,-8,-8");
}

static void what_is_no_model_is_told_with_its_place(void **state)
{
    static const struct {
        const char *model, *message;
    } cases[] = {
        { "{}", "this is no model: its \"format\" is \"\"" },
        { "[]", "the value here should be an object" },
        { "{\"format\":\"attune-model/1\",\"comon\":1}", "did you mean \"common\"?" },
        { "{\"format\":\"attune-model/1\",\"common\":2}",
          "the value here should be a number from 0 to 1" },
        { "{\"format\":\"attune-model/1\",\n\"mean\":\"x\"}", "m.json:2:8" },
        { "{\"format\":\"attune-model/1\",\"roles\":{\"XX\":1}}",
          "\"XX\" is no role of \"recs\"" },
        { "{\"format\":\"attune-model/1\",\"roles\":{}}",
          "should be an object of 1 to 1000 numbers" },
        { "{\"format\":\"attune-model/1\",\"scales\":{\"none\":1}}",
          "\"none\" is no scale of \"recs\"" },
        { "{\"format\":\"attune-model/1\",\"loadings\":{\"items\":{\"x\":0}}}",
          "\"x\" is no item of \"recs\"" },
        { "{\"format\":\"attune-model/1\",\"loadings\":{\"low\":1}}",
          "a number from 0 to 0.999" },
        { "{\"format\":\"attune-model/1\",\"missing\":{\"refused\":0.6,\"skipped\":0.6}}",
          "the shares here add up to more than 1" },
        { "{", "m.json:1" },
    };
    att_place *place = *state;

    assert_status(att_program_run(place, "init s.attune"), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_run run;

        att_place_write(place, "m.json", cases[i].model);
        run = att_program_run(place, "simulate recs --study s.attune --model m.json");
        assert_status(run, 3);
        assert_contains(run.err, cases[i].message);
    }
}

static void what_cannot_be_simulated_is_told(void **state)
{
    static const struct {
        const char *line, *message;
        int status;
    } cases[] = {
        { "simulate", "simulate", 2 },
        { "simulate recs --study none.attune", "none.attune", 3 },
        { "simulate none --study s.attune", "none", 3 },
        { "simulate recs --study s.attune -n 0", "\"--n\" takes a whole number from 1",
          2 },
        { "simulate recs --study s.attune --seed x", "\"--seed\" takes a whole number",
          2 },
        { "simulate recs --study s.attune --walk --model m.json",
          "--model and --walk exclude each other", 2 },
        { "simulate recs --study s.attune --model none.json", "none.json", 3 },
    };
    att_place *place = *state;

    assert_status(att_program_run(place, "init s.attune"), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_run run = att_program_run(place, cases[i].line);

        assert_status(run, cases[i].status);
        assert_contains(run.err, cases[i].message);
    }
}

ATT_TEST_MAIN(att_program_test(the_same_seed_gives_the_same_answers),
              att_program_test(walkers_reach_every_branch),
              att_program_test(what_is_simulated_is_said_to_be),
              att_program_test(a_model_moves_roles_and_takes_answers_away),
              att_program_test(what_is_no_model_is_told_with_its_place),
              att_program_test(what_cannot_be_simulated_is_told))
