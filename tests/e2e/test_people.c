/* What a study knows about people decides what they are asked, and stays with what they
 * answered: attributes, and answers of earlier waves. */
#include "att_program.h"

#include <string.h>

static const char instrument[] =
    "{\"format\":\"instrument/1\",\"id\":\"growing\",\"version\":\"1.0.0\","
    "\"title\":\"Growing\",\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
    "\"provenance\":{\"authors\":[{\"name\":\"attune\"}],\"licence\":\"CC0-1.0\","
    "\"citation\":\"Invented.\"},"
    "\"person\":{\"age\":\"number\",\"since\":\"date\"},\"items\":["
    "{\"id\":\"health\",\"kind\":\"integer\",\"min\":0,\"max\":10,\"text\":\"Health?\"},"
    "{\"id\":\"skills\",\"kind\":\"text\",\"show\":\"missing(person.age) or person.age >= "
    "13\",\"text\":\"Skills at {person.age}?\"},"
    "{\"id\":\"worse\",\"kind\":\"text\",\"show\":\"health < wave('T0').health\","
    "\"text\":\"What became worse?\"},"
    "{\"id\":\"change\",\"kind\":\"calc\",\"value\":\"health - wave('T0').health\","
    "\"text\":\"Change\"}],"
    "\"scales\":[{\"id\":\"diff\",\"title\":\"D\",\"model\":\"formative\",\"items\":"
    "[\"health\"],\"range\":[0,10]}]}";

static void start(att_place *place)
{
    att_place_write(place, "growing.json", instrument);
    att_place_study(place, "growing.json");
}

static void answer(att_place *place, const char *options, const char *answers)
{
    att_run run;

    att_place_write(place, "a.json", answers);
    run = att_program_runf(place, "run growing --answers a.json %s", options);
    assert_status(run, 0);
}

static const char *cell(att_place *place, size_t row, const char *column)
{
    att_run run = att_program_run(place, "export --instrument growing --scores");

    assert_status(run, 0);
    return att_csv_cell(place, run.out, row, column);
}

static void an_attribute_decides_what_is_asked_and_is_kept(void **state)
{
    att_place *place = *state;

    start(place);
    assert_status(att_program_run(place, "people set P1 age=12 since=2026-01-05"), 0);
    answer(place, "--person P1", "{\"health\":4,\"skills\":\"x\"}");
    answer(place, "--person P2", "{\"health\":4,\"skills\":\"x\"}");
    assert_string_equal(cell(place, 0, "skills"), "-5");
    assert_string_equal(cell(place, 1, "skills"), "x"); /* nobody knows: asked */
    /* older now: the interview of then stays what it was */
    assert_status(att_program_run(place, "people set P1 age=13"), 0);
    assert_string_equal(cell(place, 0, "skills"), "-5");
    assert_status(att_program_run(place, "verify"), 0);
    answer(place, "--person P1", "{\"health\":4,\"skills\":\"y\"}");
    assert_string_equal(cell(place, 2, "skills"), "y");
}

static void a_session_goes_on_with_what_it_knew_at_its_start(void **state)
{
    att_place *place = *state;
    att_run run;

    start(place);
    assert_status(att_program_run(place, "people set P1 age=12"), 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = "1\n" },
                               "run growing --person P1 --ui line");
    assert_contains(run.out, "Health?");
    assert_status(att_program_run(place, "people set P1 age=13"), 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = "5\n" },
                               "resume --ui line");
    assert_status(run, 0);
    assert_contains(run.out, "Saved: 5.");
    assert_lacks(run.out, "Skills");
    assert_string_equal(cell(place, 0, "skills"), "-5");
}

static void an_earlier_wave_is_known_to_a_later_one(void **state)
{
    att_place *place = *state;

    start(place);
    answer(place, "--person P1 --wave T0", "{\"health\":3,\"skills\":\"x\"}");
    answer(place, "--person P1 --wave T0", "{\"health\":8,\"skills\":\"x\"}");
    answer(place, "--person P2 --wave T0", "{\"health\":1,\"skills\":\"x\"}");
    answer(place, "--person P1 --wave T1", "{\"health\":6,\"worse\":\"sleep\"}");
    answer(place, "--person P2 --wave T1", "{\"health\":6,\"worse\":\"sleep\"}");
    answer(place, "--person P3 --wave T1", "{\"health\":6,\"worse\":\"sleep\"}");
    assert_string_equal(cell(place, 3, "worse"), "sleep"); /* the last of two counts */
    assert_string_equal(cell(place, 3, "change"), "-2");
    assert_string_equal(cell(place, 4, "worse"), "-5");
    assert_string_equal(cell(place, 4, "change"), "5");
    assert_string_equal(cell(place, 5, "worse"), "-5"); /* nothing is known */
    assert_string_equal(cell(place, 5, "change"), "");
    assert_status(att_program_run(place, "verify"), 0);
    assert_status(att_program_run(place, "score"), 0);
}

static void people_are_listed_and_imported(void **state)
{
    att_place *place = *state;
    att_run run;

    start(place);
    assert_string_equal(att_program_run(place, "people").out, "Nobody yet.\n");
    att_place_write(place, "p.csv",
                    "person,age,since\nP2,14,\nP1,12,2026-01-05\n\nP3,,\n");
    run = att_program_run(place, "people import p.csv");
    assert_status(run, 0);
    assert_string_equal(run.out, "3 values set, of 3 people.\n");
    run = att_program_run(place, "people");
    assert_string_equal(run.out, "P1  age=12  since=2026-01-05\nP2  age=14\n");
    assert_status(att_program_run(place, "people set P1 age= since=2026-02-01"), 0);
    run = att_program_run(place, "people");
    assert_string_equal(run.out, "P1  since=2026-02-01\nP2  age=14\n");
}

typedef struct wrong_case {
    const char *words;
    int status;
    const char *message, *hint;
} wrong_case;

static void a_slip_is_found_before_an_interview(void **state)
{
    static const wrong_case cases[] = {
        { "people put P1 age=12", 2, "\"attune people\" has no \"put\"",
          "set, import" },
        { "people set P1", 2, "wants a person and values", "age=12" },
        { "people set P1 age", 2, "\"age\" is no NAME=VALUE", "" },
        { "people set P1 Age=12", 3, "\"Age\" cannot name an attribute", "" },
        { "people set P1 email=x", 3, "\"email\" tells who somebody is", "" },
        { "people set P1 age=twelve", 3, "\"twelve\" is no number", "12 or 3.5" },
        { "people set P1 since=1.2.2026", 3, "\"1.2.2026\" is no date", "2026-09-14" },
        { "people set '' age=12", 3, "the code of a person is empty", "" },
        { "people import", 2, "wants one file", "" },
        { "people import none.csv", 3, "none.csv", "" },
        { "people import 1.csv", 3, "the first column is \"code\"", "1:1" },
        { "people import 2.csv", 3, "\"old\" is no number", "2.csv:3:4" },
        { "people import 3.csv", 3, "more cells than the first line", "3.csv:2:7" },
        { "people import 4.csv", 3, "column \"age\" stands here twice", "" },
    };
    att_place *place = *state;
    att_run run;

    start(place);
    att_place_write(place, "1.csv", "code,age\nP1,12\n");
    att_place_write(place, "2.csv", "person,age\nP1,12\nP2,old\n");
    att_place_write(place, "3.csv", "person,age\nP1,12,13\n");
    att_place_write(place, "4.csv", "person,age,age\nP1,12,13\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run = att_program_run(place, cases[i].words);
        assert_status(run, cases[i].status);
        assert_contains(run.err, cases[i].message);
        assert_contains(run.err, cases[i].hint);
    }
    assert_string_equal(att_program_run(place, "people").out, "Nobody yet.\n");
    run = att_program_run(place, "people set P1 aeg=12");
    assert_status(run, 0);
    assert_contains(run.err,
                    "no instrument of this study asks for \"aeg\"; did you mean "
                    "\"age\"?");
}

static void what_does_not_fit_the_instrument_counts_as_not_known(void **state)
{
    att_place *place = *state;
    att_run run;

    assert_status(att_program_run(place, "init s.attune"), 0);
    assert_status(att_program_run(place, "people set P1 age=old"), 0);
    att_place_write(place, "growing.json", instrument);
    att_place_write(place, "a.json", "{\"health\":4,\"skills\":\"x\"}");
    run = att_program_run(place, "run growing.json --person P1 --answers a.json");
    assert_status(run, 0);
    assert_contains(run.err,
                    "\"age\" of P1 is \"old\", which is no number; it counts as "
                    "not known");
    assert_string_equal(cell(place, 0, "skills"), "x");
}

static void tests_beside_an_instrument_say_what_is_known(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "growing.json", instrument);
    att_place_write(
        place, "t.json",
        "{\"instrument\":\"growing@^1\",\"tests\":["
        "{\"name\":\"young\",\"person\":{\"age\":12},\"answers\":{\"health\":4},"
        "\"expect\":{\"hidden\":[\"skills\",\"worse\"]}},"
        "{\"name\":\"older and worse\",\"person\":{\"age\":13,\"since\":\"2026-01-05\"},"
        "\"waves\":{\"T0\":{\"health\":5}},\"answers\":{\"health\":4},"
        "\"expect\":{\"shown\":[\"skills\",\"worse\"],\"score\":{\"change\":-1},"
        "\"text\":{\"skills\":\"Skills at 13?\"}}},"
        "{\"name\":\"a code\",\"person\":\"P1\",\"answers\":{\"health\":4},"
        "\"waves\":{\"T0\":{\"health\":{\"reason\":\"refused\"}}},"
        "\"expect\":{\"shown\":[\"skills\"],\"hidden\":[\"worse\"],"
        "\"score\":{\"change\":null}}}]}");
    run = att_program_run(place, "test t.json");
    assert_status(run, 0);
    att_place_write(place, "t.json",
                    "{\"instrument\":\"growing@^1\",\"tests\":[{\"name\":\"slips\","
                    "\"person\":{\"aeg\":12},\"waves\":{\"T0\":{\"helth\":3}},"
                    "\"expect\":{\"status\":\"complete\"}}]}");
    run = att_program_run(place, "test t.json");
    assert_status(run, 1);
    assert_contains(run.out, "no such attribute");
    assert_contains(run.out, "no such item");
    att_place_write(place, "t.json",
                    "{\"instrument\":\"growing@^1\",\"tests\":[{\"name\":\"x\","
                    "\"waves\":{\"T0\":3},\"expect\":{\"status\":\"complete\"}}]}");
    run = att_program_run(place, "test t.json");
    assert_status(run, 3);
    assert_contains(run.err, "/tests/0/waves/T0");
}

ATT_TEST_MAIN(att_program_test(an_attribute_decides_what_is_asked_and_is_kept),
              att_program_test(a_session_goes_on_with_what_it_knew_at_its_start),
              att_program_test(an_earlier_wave_is_known_to_a_later_one),
              att_program_test(people_are_listed_and_imported),
              att_program_test(a_slip_is_found_before_an_interview),
              att_program_test(what_does_not_fit_the_instrument_counts_as_not_known),
              att_program_test(tests_beside_an_instrument_say_what_is_known))
