/* A study from its first command to its last: every bundled instrument is asked by
 * script, kept, resumed, scored, exported, reported and verified. */
#include "att_program.h"

#include <math.h>
#include <string.h>

/* Runs an instrument with answers; the test fails unless it finishes. */
static void answer(att_place *place, const char *instrument, const char *options,
                   const char *answers)
{
    att_run run;

    att_place_write(place, "answers.json", answers);
    run = att_program_runf(place, "run %s --ui script --answers answers.json %s",
                           instrument, options);
    assert_status(run, 0);
    assert_contains(run.out, "\"status\":\"complete\"");
}

/* ---- whole sessions ---- */

typedef struct session_case {
    const char *instrument, *options, *answers;
    const char *cells; /* what the export holds: "column=value ..." */
} session_case;

static const session_case session_cases[] = {
    { "profile", "--person P1 --role PT",
      "{\"pro1\":[1,9],\"pro1_other\":\"neighbour\",\"pro2\":9,\"pro3\":2,\"pro4\":3,"
      "\"pro5\":1,\"pro6\":{\"reason\":\"refused\"},\"pro7\":9,\"pro7_other\":\"me\","
      "\"pro8\":[1],\"pro9\":2,\"pro10\":3,\"pro11\":1}",
      "pro1___1=1 pro1___2=0 pro1___9=1 pro1_other=neighbour pro2=9 pro3=2 pro4=3 "
      "pro5=1 pro5_other=-5 pro6=-8 pro7=9 pro7_other=me pro9=2 pro10=3 pro11=1 "
      "pro12=-9 role=PT person=P1 language=en status=complete" },
    { "ces", "--role PA",
      "{\"ces01\":0,\"ces02\":1,\"ces03\":{\"reason\":\"not_applicable\"},\"ces11\":4,"
      "\"ces19\":5,\"ces21\":{\"reason\":\"refused\"},\"ces22\":3,\"ces23\":\"calls\"}",
      "ces01=0 ces02=1 ces03=-7 ces04=-9 ces11=4 ces19=5 ces21=-8 ces22=3 ces23=calls" },
    { "ces", "--role CO", "{\"ces11\":4,\"ces12\":2}", "ces11=-5 ces12=2" },
    { "ces", "--role CO --site North", "{\"ces11\":4,\"ces12\":2}", "ces11=4 ces12=2" },
    { "fss", "--role CP",
      "{\"fss_w1\":4,\"fss_v4\":1,\"fss_o2\":5,\"fss_x1\":{\"reason\":\"refused\"},"
      "\"fss_x2\":\"shorter\"}",
      "fss_w1=4 fss_w2=-9 fss_v4=1 fss_o2=5 fss_x1=-8 fss_x2=shorter role=CP" },
    { "pulse", "--wave w1 --site South",
      "{\"pul1\":3,\"pul2\":1,\"pul3\":{\"reason\":\"not_applicable\"},\"pul7\":\"ok\"}",
      "pul1=3 pul2=1 pul3=-7 pul4=-9 pul7=ok wave=w1 site=South language=en" },
    { "pulse", "--lang es", "{\"pul1\":0,\"pul6\":5}",
      "pul1=0 pul6=5 pul2=-9 language=es" },
    { "bcl", "--role PT",
      "{\"bcl_any\":1,\"bcl01\":3,\"bcl04\":{\"reason\":\"not_applicable\"},\"bcl17\":2,"
      "\"bcl36\":1,\"bcl41\":\"calls\"}",
      "bcl_any=1 bcl01=3 bcl02=-9 bcl04=-7 bcl17=-5 bcl36=1 bcl41=calls role=PT" },
    { "bcl", "--role CO", "{\"bcl_any\":0,\"bcl01\":1,\"bcl17\":2}",
      "bcl_any=0 bcl01=1 bcl09=-5 bcl10=-9 bcl17=-5 bcl41=-5" },
    { "bcl-diary", "--role PA",
      "{\"diary_date\":\"2026-01-05\",\"diary_code\":18,\"diary_minutes\":20,"
      "\"diary_channel\":3,\"diary_with\":2,\"diary_seen\":0,\"diary_note\":\"ok\"}",
      "diary_date=2026-01-05 diary_code=18 diary_minutes=20 diary_channel=3 "
      "diary_with=2 diary_seen=0 diary_note=ok" },
    { "cosf", "--role PA",
      "{\"cosf_a2\":-3,\"cosf_a5\":0,\"cosf_a6\":4,\"cosf_b6\":10}",
      "cosf_a1=-9 cosf_a2=-3 cosf_a5=0 cosf_a6=4 cosf_b1=-5 cosf_b6=10 cosf_b7=-5" },
    { "cosf", "--role CL",
      "{\"cosf_a2\":-3,\"cosf_b5\":2,\"cosf_b7\":{\"reason\":\"dont_know\"}}",
      "cosf_a2=-5 cosf_b5=2 cosf_b6=-9 cosf_b7=-6" },
    { "bsc", "--role PT",
      "{\"bsc_b1\":2,\"bsc_b20\":{\"reason\":\"not_applicable\"},\"bsc_s1\":0,"
      "\"bsc_p1\":1,\"bsc_p2\":16}",
      "bsc_b1=2 bsc_b11=-5 bsc_b20=-7 bsc_s1=0 bsc_s10=-5 bsc_p1=1 bsc_p2=16" },
    { "bsc", "--role RE", "{\"bsc_b1\":1,\"bsc_b11\":0,\"bsc_p1\":1}",
      "bsc_b11=0 bsc_s10=-9 bsc_p1=-5" },
    { "anchor", "--wave w2", "{\"anc1\":-3,\"anc2\":0,\"anc3\":1,\"anc4\":0}",
      "anc1=-3 anc2=0 anc3=1 anc4=0 anc4_text=-5 wave=w2" },
    { "anchor", "", "{\"anc1\":0,\"anc2\":0,\"anc4\":1,\"anc4_text\":\"moved\"}",
      "anc1=0 anc3=-5 anc4=1 anc4_text=moved" },
    { "rng", "--role PT",
      "{\"rng_people\":[{\"rng_g1\":\"MJ\",\"rng_a1\":3,\"rng_a4\":5},{\"rng_g2\":\"Lu\","
      "\"rng_a1\":1,\"rng_a4\":2}],\"rng_t1_1_8\":1,\"rng_z1\":0}",
      "rng_a1_1=3 rng_a1_2=-5 rng_a1_8=1 rng_a4_8=2 rng_t1_1_8=1 rng_z1=0" },
    { "cogint", "--person P1",
      "{\"cog_item\":\"recs_t1\",\"cog_round\":1,\"cog_problem\":[1,8],"
      "\"cog_severity\":2,\"cog_decision\":3}",
      "cog_item=recs_t1 cog_round=1 cog_problem___1=1 cog_problem___2=0 "
      "cog_problem___8=1 cog_severity=2 cog_decision=3 cog_new_text=-5" },
};

static void every_bundled_instrument_is_asked_kept_and_exported(void **state)
{
    att_place *place = *state;

    for (size_t i = 0; i < sizeof session_cases / sizeof *session_cases; i++) {
        const session_case *c = &session_cases[i];
        char **cells = att_words_of(&place->arena, "", c->cells);
        att_place own = { .folder = att_test_folder() };
        att_run set, csv;

        att_place_study(&own, c->instrument);
        set = att_program_run(&own, "set sites North South");
        assert_status(set, 0);
        answer(&own, c->instrument, c->options, c->answers);
        csv = att_program_runf(&own, "export --instrument %s", c->instrument);
        assert_status(csv, 0);
        assert_int_equal(att_csv_rows(csv.out), 1);
        for (size_t k = 1; cells[k] != NULL; k++) {
            size_t n = strcspn(cells[k], "=");
            const char *name = att_arena_text_n(&own.arena, cells[k], n);

            if (strcmp(att_csv_cell(&own, csv.out, 0, name), cells[k] + n + 1) != 0) {
                fail_msg("%s %s: %s is %s, wanted %s", c->instrument, c->options, name,
                         att_csv_cell(&own, csv.out, 0, name), cells[k] + n + 1);
            }
        }
        att_test_folder_drop(own.folder);
        att_arena_drop(&own.arena);
    }
}

#define RECS_ALL                                                               \
    "{\"recs_r1\":%d,\"recs_r3\":2,\"recs_t1\":1,\"recs_t2\":2,\"recs_t3\":3," \
    "\"recs_t4\":4,\"recs_t5\":5,\"recs_e1\":1,\"recs_e2\":2,\"recs_e3\":3,"   \
    "\"recs_e4\":4,\"recs_e5\":5,\"recs_g1\":1,\"recs_g2\":2,\"recs_g3\":3,"   \
    "\"recs_g4\":4,\"recs_g5\":5,\"recs_c1\":7,\"recs_c2\":1}"

static void recs_is_asked_in_every_role_and_both_languages(void **state)
{
    static const char *const roles[] = { "PT", "PA", "CL", "RE", "CP", "CO" };
    static const char *const tags[] = { "en", "es" };
    att_place *place = *state;
    att_run csv;
    size_t row = 0;

    att_place_study(place, "recs");
    for (size_t i = 0; i < 12; i++) {
        const char *options =
            att_arena_format(&place->arena, "--role %s --lang %s --person P%zu",
                             roles[i / 2], tags[i % 2], i);

        answer(place, "recs", options,
               att_arena_format(&place->arena, RECS_ALL, (int)(i % 9) + 1));
    }
    csv = att_program_run(place, "export --instrument recs");
    assert_status(csv, 0);
    assert_int_equal(att_csv_rows(csv.out), 12);
    for (row = 0; row < 12; row++) {
        assert_string_equal(att_csv_cell(place, csv.out, row, "role"), roles[row / 2]);
        assert_string_equal(att_csv_cell(place, csv.out, row, "language"),
                            tags[row % 2]);
        assert_string_equal(att_csv_cell(place, csv.out, row, "recs_t5"), "5");
        assert_string_equal(att_csv_cell(place, csv.out, row, "recs_c1"), "7");
    }
}

/* What the line face asks, by role and language. Answers: agree, who, a name, then
 * Enter and Enter (a soft question asks twice) to the end. */
typedef struct wording_case {
    const char *options, *who, *name;
    const char *says[3];
} wording_case;

static const wording_case wording_cases[] = {
    { "--role PT",
      "1",
      "",
      { "My doctor or nurse and I want the same things from my care.",
        "My doctor or nurse and I decide together what to do next.",
        "My doctor or nurse has the skills to do a good job." } },
    { "--role PA",
      "2",
      "",
      { "My care team and I want the same things from my child's care.",
        "My care team and I decide together what to do next.", "" } },
    { "--role CL",
      "3",
      "",
      { "This person knows a lot about living with the condition.",
        "This person and I want the same things from our work together.", "" } },
    { "--role CL", "5", "Bo", { "Bo has the skills to do a good job.", "", "" } },
    { "--role CP",
      "8",
      "",
      { "Our team and I want the same things for our community.", "", "" } },
    { "--role RE",
      "9",
      "",
      { "How long have you known this person or team?",
        "This person or team and I decide together what to work on.", "" } },
    { "--role PT --lang es",
      "1",
      "",
      { "Mi doctor o enfermera y yo queremos lo mismo de mi atención.",
        "Mi doctor o enfermera y yo decidimos en conjunto qué hacer después.", "" } },
    { "--role PA --lang es",
      "1",
      "",
      { "queremos lo mismo de la atención de mi hijo o hija.", "", "" } },
    { "--role CL --lang es",
      "4",
      "",
      { "Esta persona sabe mucho sobre vivir con la enfermedad.", "", "" } },
    { "--role CP --lang es",
      "8",
      "",
      { "Nuestro equipo y yo queremos lo mismo para nuestra comunidad.", "", "" } },
};

static void the_words_follow_role_reference_and_language(void **state)
{
    att_place *place = *state;

    att_place_study(place, "recs");
    for (size_t i = 0; i < sizeof wording_cases / sizeof *wording_cases; i++) {
        const wording_case *c = &wording_cases[i];
        const char *input =
            att_arena_format(&place->arena,
                             "1\n%s\n%s\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                             "\n\n\n\nf\n",
                             c->who, c->name);
        const char *words =
            att_arena_format(&place->arena, "run recs --ui line %s", c->options);
        att_run run =
            att_program_run_with(place, &(att_run_opts){ .input = input }, words);

        assert_status(run, 0);
        for (size_t k = 0; k < 3; k++) {
            assert_contains(run.out, c->says[k]);
        }
    }
}

/* ---- scores ---- */

/* The worked scoring examples of the instruments' definition, numbers 1, 2, 3, 4, 7 and
 * 10, over the instruments that come with the program. NAN: missing. */
typedef struct score_case {
    const char *label, *instrument, *answers, *score;
    double value, value_100;
    int n_valid; /* -1: not looked at */
} score_case;

#define NA "{\"reason\":\"not_applicable\"}"
#define SK "{\"reason\":\"skipped\"}"

#define EXAMPLE_1 \
    "{\"recs_t1\":4,\"recs_t2\":5,\"recs_t3\":4,\"recs_t4\":" SK ",\"recs_t5\":2}"
#define EXAMPLE_2                                                          \
    "{\"recs_t1\":4,\"recs_t2\":" SK ",\"recs_t3\":" SK ",\"recs_t4\":" NA \
    ",\"recs_t5\":2}"
#define EXAMPLE_3                                                   \
    "{\"ces01\":0,\"ces02\":0,\"ces03\":0,\"ces07\":0,\"ces08\":0," \
    "\"ces09\":0,\"ces13\":0,\"ces14\":0,\"ces15\":0,\"ces04\":4,"  \
    "\"ces05\":3,\"ces06\":2,\"ces10\":4,\"ces11\":2,\"ces12\":1,"  \
    "\"ces16\":0,\"ces17\":1,\"ces18\":1}"
/* twelve answers that sum to 18, six without a chance */
#define EXAMPLE_4(last)                                                 \
    "{\"ces01\":" NA ",\"ces02\":" NA ",\"ces03\":" NA ",\"ces04\":" NA \
    ",\"ces05\":" NA ",\"ces06\":" NA ",\"ces07\":4,\"ces08\":3,"       \
    "\"ces09\":2,\"ces10\":1,\"ces11\":0,\"ces12\":2,\"ces13\":1,"      \
    "\"ces14\":1,\"ces15\":1,\"ces16\":1,\"ces17\":1,\"ces18\":" last "}"

/* Number 6: three acts, the others never. */
#define EXAMPLE_6 \
    "{\"bcl01\":3,\"bcl02\":0,\"bcl07\":0,\"bcl18\":1,\"bcl34\":0,\"bcl36\":1}"

static const score_case score_cases[] = {
    { "1", "recs", EXAMPLE_1, "trust", 4.25, 81.25, 4 },
    { "2", "recs", EXAMPLE_2, "trust", NAN, NAN, 2 },
    { "3 visible", "ces", EXAMPLE_3, "visible", 0, 0, 9 },
    { "3 quiet", "ces", EXAMPLE_3, "quiet", 2, 50, 9 },
    { "3 quiet share", "ces", EXAMPLE_3, "quiet_share", 1, NAN, -1 },
    { "3 breadth", "ces", EXAMPLE_3, "breadth", 8, NAN, -1 },
    { "3 create", "ces", EXAMPLE_3, "create", 1.5, 37.5, 6 },
    { "4 twelve valid", "ces", EXAMPLE_4("1"), "engagement", 1.5, 37.5, 12 },
    { "4 gap", "ces", EXAMPLE_4("1"), "opportunity_gap", 6.0 / 18.0, NAN, -1 },
    { "4 eleven valid", "ces", EXAMPLE_4(NA), "engagement", NAN, NAN, 11 },
    { "7 two valid", "pulse", "{\"pul2\":4,\"pul4\":5}", "connection", 4.5, 87.5, 2 },
    { "7 one valid", "pulse", "{\"pul2\":4}", "connection", NAN, NAN, 1 },
    { "7 favourable", "pulse", "{\"pul2\":4,\"pul4\":5,\"pul5\":3,\"pul6\":" NA "}",
      "favourable", 2.0 / 3.0, NAN, -1 },
    { "10 three valid", "fss",
      "{\"fss_w1\":4,\"fss_w2\":" NA ",\"fss_w3\":5,\"fss_w4\":3}", "ways", 4, 75, 3 },
    { "10 two valid", "fss",
      "{\"fss_w1\":4,\"fss_w2\":" NA ",\"fss_w3\":" SK ",\"fss_w4\":3}", "ways", NAN,
      NAN, 2 },
    { "6 tier", "bcl", EXAMPLE_6, "tier_self", 4, NAN, -1 },
    { "6 acts", "bcl", EXAMPLE_6, "n_acts", 7, NAN, -1 },
    { "6 breadth", "bcl", EXAMPLE_6, "breadth", 3, NAN, -1 },
    { "6 quiet share", "bcl", EXAMPLE_6, "quiet_share", 1, NAN, -1 },
    { "9 three valid", "cosf",
      "{\"cosf_a6\":4,\"cosf_a7\":4,\"cosf_a8\":" NA ",\"cosf_a9\":5}",
      "care_experience", 13.0 / 3.0, 250.0 / 3.0, 3 },
    { "9 reversed", "cosf", "{\"cosf_a3\":2}", "limits", 4, 75, 1 },
};

static double number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (value == NULL) {
        fail_msg("a score has no \"%s\"", key);
    }
    return json_is_null(value) ? NAN : json_number_value(value);
}

static const json_t *score_in(const json_t *root, const char *id)
{
    const json_t *sessions = json_object_get(root, "sessions");
    const json_t *scores = json_object_get(
        json_array_get(sessions, json_array_size(sessions) - 1), "scores");

    for (size_t i = 0; i < json_array_size(scores); i++) {
        const json_t *score = json_array_get(scores, i);

        if (strcmp(json_string_value(json_object_get(score, "id")), id) == 0) {
            return score;
        }
    }
    fail_msg("there is no score \"%s\"", id);
    return NULL;
}

static void the_worked_scoring_examples_come_out(void **state)
{
    att_place *place = *state;

    att_place_study(place, "recs ces pulse fss bcl cosf");
    for (size_t i = 0; i < sizeof score_cases / sizeof *score_cases; i++) {
        const score_case *c = &score_cases[i];
        att_run run;
        const json_t *score;

        answer(place, c->instrument, "--role PT", c->answers);
        run = att_program_runf(place, "score --json --instrument %s", c->instrument);
        assert_status(run, 0);
        score = score_in(att_run_json(place, &run), c->score);
        print_message("example %s\n", c->label);
        assert_near(number_of(score, "value"), c->value, 1e-12);
        if (c->n_valid >= 0) {
            assert_near(number_of(score, "value_100"), c->value_100, 1e-12);
            assert_int_equal((int)number_of(score, "n_valid"), c->n_valid);
        }
    }
}

/* ---- norms and bands ---- */

/* x = 2 a: 8 of 10 at most. T = 50 + 10 (8 - 6) / 4 = 55. */
#define NORMED                                                                          \
    "{\"format\":\"instrument/1\",\"id\":\"n\",\"version\":\"1.0.0\",\"title\":\"N\","  \
    "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"                   \
    "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"%s\",\"evidence\":[{}]},"     \
    "\"choices\":{\"c\":[{\"code\":1,\"text\":\"No\"},{\"code\":5,\"text\":\"Yes\"},"   \
    "{\"code\":4,\"text\":\"So so\"}]},\"items\":["                                     \
    "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"c\",\"text\":\"A?\"}],"               \
    "\"scales\":[{\"id\":\"x\",\"title\":\"X\",\"model\":\"single\",\"items\":[\"a\"]," \
    "\"score\":\"weighted\",\"weights\":{\"a\":2},"                                     \
    "\"bands\":[{\"from\":2,\"text\":\"Low\"},{\"from\":8,\"text\":\"High\"}]}],"       \
    "\"norms\":[{\"scale\":\"x\",\"to\":\"t\",\"group\":\"G\",\"population\":\"P\","    \
    "\"n\":90,\"mean\":6,\"sd\":4,\"source\":\"S\"}]}"

static const json_t *normed_score(att_place *place, const char *status)
{
    att_run run;

    att_place_write(place, "n.json", att_arena_format(&place->arena, NORMED, status));
    run = att_program_runf(place, "init %s.attune", status);
    assert_status(run, 0);
    run = att_program_runf(place, "add n.json --study %s.attune", status);
    assert_status(run, 0);
    att_place_write(place, "answers.json", "{\"a\":4}");
    run = att_program_runf(
        place, "run n --study %s.attune --ui script --answers answers.json", status);
    assert_status(run, 0);
    run = att_program_runf(place, "score --json --study %s.attune", status);
    assert_status(run, 0);
    return score_in(att_run_json(place, &run), "x");
}

static void where_a_score_stands_is_said_once_the_measure_is_validated(void **state)
{
    att_place *place = *state;
    const json_t *score = normed_score(place, "validated");
    const json_t *norm = json_array_get(json_object_get(score, "norms"), 0);

    assert_near(number_of(score, "value"), 8, 0);
    assert_near(number_of(score, "value_100"), 75, 1e-12);
    assert_string_equal(json_string_value(json_object_get(score, "band")), "High");
    assert_string_equal(json_string_value(json_object_get(norm, "to")), "t");
    assert_near(number_of(norm, "value"), 55, 1e-12);
    assert_near(number_of(norm, "n"), 90, 0);
    assert_near(number_of(norm, "mean"), 6, 0);
    assert_near(number_of(norm, "sd"), 4, 0);
    assert_string_equal(json_string_value(json_object_get(norm, "group")), "G");
    assert_string_equal(json_string_value(json_object_get(norm, "population")), "P");
    assert_string_equal(json_string_value(json_object_get(norm, "source")), "S");
    assert_null(json_object_get(score, "withheld"));

    score = normed_score(place, "piloted");
    assert_near(number_of(score, "value"), 8, 0);
    assert_null(json_object_get(score, "norms"));
    assert_null(json_object_get(score, "band"));
    assert_string_equal(json_string_value(json_object_get(score, "withheld")),
                        "norms and bands need the status \"validated\", and this "
                        "instrument is \"piloted\"");
}

/* ---- stopping and going on ---- */

static void a_session_goes_on_where_it_stopped(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    run = att_program_run_with(
        place,
        &(att_run_opts){
            .input = "{\"item\":\"pul1\",\"answer\":2}\n"
                     "{\"item\":\"pul2\",\"answer\":4}\n"
                     "{\"item\":\"pul3\",\"answer\":{\"reason\":\"refused\"}}\n" },
        "run pulse --answers -");
    assert_status(run, 0);
    assert_contains(run.out,
                    "{\"saved\":\"pul3\",\"answer\":{\"reason\":\"refused\"}}\n");
    assert_contains(run.out, "\"status\":\"open\"");
    run = att_program_run_with(
        place, &(att_run_opts){ .input = "4\n3\n5\nThat is all\n\nf\n" },
        "resume --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Welcome back");
    assert_contains(run.out, "Your 3 answers are saved.");
    assert_contains(run.out, "Question 4 of 7.");
    assert_lacks(run.out, "Question 3 of 7.");
    run = att_program_run(place, "export --instrument pulse");
    assert_status(run, 0);
    assert_int_equal(att_csv_rows(run.out), 1);
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul1"), "2");
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul3"), "-8");
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul6"), "5");
    assert_string_equal(att_csv_cell(place, run.out, 0, "pul7"), "That is all");
    assert_string_equal(att_csv_cell(place, run.out, 0, "status"), "complete");
    run = att_program_run(place, "resume");
    assert_status(run, 3);
    assert_contains(run.err, "no session is open in \"s.attune\"");
}

static void a_finished_session_does_not_go_on(void **state)
{
    att_place *place = *state;
    att_run run;
    const char *csv;

    att_place_study(place, "pulse");
    answer(place, "pulse", "", "{\"pul1\":1}");
    csv = att_program_run(place, "export --instrument pulse").out;
    run = att_program_runf(place, "resume %s", att_csv_cell(place, csv, 0, "response"));
    assert_status(run, 2);
    assert_contains(run.err, "is finished already");
}

static void two_open_sessions_have_to_be_named(void **state)
{
    static const char line[] = "{\"item\":\"pul1\",\"answer\":2}\n";
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    for (int i = 0; i < 2; i++) {
        run = att_program_run_with(place, &(att_run_opts){ .input = line },
                                   "run pulse --answers - --person P7");
        assert_status(run, 0);
    }
    run = att_program_run(place, "resume");
    assert_status(run, 2);
    assert_contains(run.err, "2 sessions are open");
    assert_contains(run.err, "(pulse, P7)");
}

/* The bundled pulse as another version, with other words. */
static void write_newer_pulse(att_place *place)
{
    char *old = att_test_read("../instruments/pulse.json", NULL);
    char *at = strstr(old, "\"version\": \"1.0.0\"");

    assert_non_null(at);
    memcpy(at, "\"version\": \"1.1.0\"", strlen("\"version\": \"1.1.0\""));
    at = strstr(old, "We wanted the same things.");
    assert_non_null(at);
    memcpy(at, "WE", 2);
    att_place_write(place, "newer.json", old);
    test_free(old);
}

static void a_session_keeps_the_version_it_began_with(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    run = att_program_run_with(
        place, &(att_run_opts){ .input = "{\"item\":\"pul1\",\"answer\":2}\n" },
        "run pulse --answers -");
    assert_status(run, 0);
    write_newer_pulse(place);
    run = att_program_run(place, "add newer.json");
    assert_status(run, 0);
    run = att_program_run_with(place,
                               &(att_run_opts){ .input = "4\n3\n5\n4\n1\n\n\nf\n" },
                               "resume --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "You go on with version 1.0.0, the one you began with "
                             "(1.1.0 is newer).");
    assert_contains(run.out, "We wanted the same things.");
    assert_lacks(run.out, "WE wanted the same things.");
    run = att_program_run_with(place, &(att_run_opts){ .input = "" },
                               "run pulse --ui line");
    assert_contains(run.out, "Version 1.1.0");
}

static void the_same_version_with_other_words_is_a_conflict(void **state)
{
    att_place *place = *state;
    att_run run;
    char *text = att_test_read("../instruments/pulse.json", NULL);

    att_place_study(place, "pulse");
    memcpy(strstr(text, "We wanted the same things."), "WE", 2);
    att_place_write(place, "other.json", text);
    test_free(text);
    run = att_program_run(place, "add other.json");
    assert_status(run, 5);
    assert_contains(run.err, "hint: ");
    run = att_program_run(place, "add pulse");
    assert_status(run, 0);
    assert_contains(run.out, "Already there: pulse 1.0.0");
}

/* ---- what comes out ---- */

static void sites_keep_their_codes(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "profile");
    run = att_program_run(place, "set sites 'North clinic' 'South clinic'");
    assert_status(run, 0);
    run = att_program_run(place, "set sites 'South clinic' 'North clinic'");
    assert_status(run, 5);
    assert_contains(run.err, "\"sites\" has \"North clinic\" in place 1");
    run = att_program_run(place, "set sites 'North clinic' 'South clinic' East");
    assert_status(run, 0);
    run = att_program_run(place, "set");
    assert_status(run, 0);
    assert_contains(run.out, "1 North clinic, 2 South clinic, 3 East");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n1\n1\n" },
                               "run profile --ui line");
    assert_contains(run.out, "2 South clinic\n3 East\n");
}

static void what_identifies_stays_in_the_study(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "recs");
    answer(place, "recs", "", "{\"recs_r1\":1,\"recs_r2\":\"Zebulon\",\"recs_t1\":4}");
    run = att_program_run(place, "export --instrument recs -o recs.csv");
    assert_status(run, 0);
    assert_lacks(att_place_read(place, "recs.csv"), "Zebulon");
    assert_lacks(att_place_read(place, "recs.csv"), "recs_r2");
    assert_lacks(att_place_read(place, "recs.csv.json"), "Zebulon");
    run = att_program_run(place, "report --instrument recs -o recs.html");
    assert_status(run, 0);
    assert_lacks(att_place_read(place, "recs.html"), "Zebulon");
}

static void an_export_has_a_sidecar_that_tells_types_and_reasons(void **state)
{
    att_place *place = *state;
    att_run run;
    const char *sidecar;
    json_error_t error;
    json_t *json;

    att_place_study(place, "pulse");
    answer(place, "pulse", "", "{\"pul1\":1}");
    run = att_program_run(place, "export --instrument pulse --scores -o p.csv");
    assert_status(run, 0);
    assert_string_equal(run.out, "");
    assert_contains(run.err, "p.csv");
    sidecar = att_place_read(place, "p.csv.json");
    json = json_loads(sidecar, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(json);
    assert_non_null(json_object_get(json, "format"));
    json_decref(json);
    assert_contains(sidecar, "refused");
    assert_contains(sidecar, "2 or 3 times");
    assert_string_equal(
        att_csv_cell(place, att_place_read(place, "p.csv"), 0, "any_act"), "1");
}

static void the_study_verifies_and_says_so(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    answer(place, "pulse", "", "{\"pul1\":1}");
    run = att_program_run(place, "verify");
    assert_status(run, 0);
    assert_contains(run.out, "ok    database  integrity and foreign keys\n");
    assert_contains(run.out, "entries hold");
    assert_contains(run.out, "2 ok\n");
}

static void reliability_and_report_come_from_the_study(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "fss");
    for (int i = 0; i < 6; i++) {
        answer(place, "fss", "",
               att_arena_format(&place->arena,
                                "{\"fss_w1\":%d,\"fss_w2\":%d,\"fss_w3\":%d,"
                                "\"fss_w4\":%d}",
                                i % 5 + 1, (i + i / 3) % 5 + 1, i % 4 + 1, i % 5 + 1));
    }
    run = att_program_run(place, "analyze reliability --instrument fss --scale ways");
    assert_status(run, 0);
    assert_contains(run.out, "n = 6");
    assert_contains(run.out, "fss_w3");
    run = att_program_run(place, "report --instrument fss");
    assert_status(run, 0);
    assert_contains(run.out, "Facilitating Systems");
    assert_contains(run.out, "raft");
}

static void how_it_went_is_exported_unless_it_is_turned_off(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_study(place, "pulse");
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n\n2\n4\nb\n5\n" },
                               "run pulse --ui line");
    assert_status(run, 0);
    run = att_program_run(place, "export --instrument pulse --paradata");
    assert_status(run, 0);
    assert_int_equal(att_csv_rows(run.out), 4); /* the note, and three questions */
    assert_string_equal(att_csv_cell(place, run.out, 2, "item"), "pul2");
    assert_string_equal(att_csv_cell(place, run.out, 2, "changes"), "1");
    assert_string_equal(att_csv_cell(place, run.out, 2, "visits"), "2");
    assert_string_equal(att_csv_cell(place, run.out, 3, "item"), "pul3");
    assert_string_equal(att_csv_cell(place, run.out, 3, "back_steps"), "1");
    assert_string_equal(att_csv_cell(place, run.out, 3, "answered"), "");
    assert_string_equal(att_csv_cell(place, run.out, 3, "face"), "line");
    run = att_program_run(place, "export --instrument pulse --paradata --scores");
    assert_status(run, 2);
    assert_status(att_program_run(place, "set paradata perhaps"), 2);
    assert_status(att_program_run(place, "set paradata off"), 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n\n2\n4\nb\n" },
                               "run pulse --ui line");
    assert_status(run, 0);
    run = att_program_run(place, "export --instrument pulse --paradata");
    assert_int_equal(att_csv_rows(run.out), 4 + 3);
    assert_string_equal(att_csv_cell(place, run.out, 6, "item"), "pul2");
    assert_string_equal(att_csv_cell(place, run.out, 6, "visits"), "");
    assert_status(att_program_run(place, "verify"), 0);
}

ATT_TEST_MAIN(
    att_program_test(every_bundled_instrument_is_asked_kept_and_exported),
    att_program_test(recs_is_asked_in_every_role_and_both_languages),
    att_program_test(the_words_follow_role_reference_and_language),
    att_program_test(the_worked_scoring_examples_come_out),
    att_program_test(where_a_score_stands_is_said_once_the_measure_is_validated),
    att_program_test(a_session_goes_on_where_it_stopped),
    att_program_test(a_finished_session_does_not_go_on),
    att_program_test(two_open_sessions_have_to_be_named),
    att_program_test(a_session_keeps_the_version_it_began_with),
    att_program_test(the_same_version_with_other_words_is_a_conflict),
    att_program_test(sites_keep_their_codes),
    att_program_test(what_identifies_stays_in_the_study),
    att_program_test(an_export_has_a_sidecar_that_tells_types_and_reasons),
    att_program_test(the_study_verifies_and_says_so),
    att_program_test(how_it_went_is_exported_unless_it_is_turned_off),
    att_program_test(reliability_and_report_come_from_the_study))
