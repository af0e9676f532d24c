/* Instruments that the program writes: a starter, and forms that rate another. */
#include "att_program.h"

static void a_starter_can_be_asked_as_it_is(void **state)
{
    att_place *place = *state;
    att_run run = att_program_run(place, "new -o my.json");

    assert_status(run, 0);
    assert_contains(run.out, "Wrote my.json\n");
    run = att_program_run(place, "check my.json");
    assert_status(run, 0);
    assert_contains(run.out, "0 errors, 0 warnings in 1 file.");
    assert_status(att_program_run(place, "fmt --check my.json"), 0);
    assert_status(att_program_run(place, "init my.attune"), 0);
    att_place_write(place, "answers.json", "{\"mine_1\":3,\"mine_2\":1,\"mine_3\":1}");
    run = att_program_run(
        place, "run my.json --study my.attune --ui script --answers answers.json");
    assert_status(run, 0);
    run = att_program_run(place, "score --json --study my.attune");
    assert_status(run, 0);
    assert_contains(run.out, "\"value\":2.3333333333333335"); /* (3 + 1 + 3) / 3 */
}

static void a_form_that_rates_an_instrument_is_one_itself(void **state)
{
    att_place *place = *state;
    att_run run = att_program_run(place, "new --cvr recs -o rate.json --json");

    assert_status(run, 0);
    assert_contains(run.out, "\"attune-new/1\"");
    assert_contains(run.out, "\"rate.json\"");
    run = att_program_run(place, "check rate.json");
    assert_status(run, 0);
    assert_contains(run.out, "0 errors, 0 warnings in 1 file.");
    assert_status(att_program_run(place, "fmt --check rate.json"), 0);
    run = att_program_run(place, "new --cvr rate.json --lay");
    assert_status(run, 0);
    assert_contains(run.out, "\"id\": \"cvr-lay-cvr-recs\"");
}

static void what_cannot_be_written_is_said(void **state)
{
    att_place *place = *state;
    att_run run = att_program_run(place, "new --lay");

    assert_status(run, 2);
    assert_contains(run.err, "--lay stands here without --cvr");
    run = att_program_run(place, "new --cvr recz");
    assert_status(run, 3);
    assert_contains(run.err, "hint: did you mean \"recs\"?");
    att_place_write(place, "bad.json", "{}");
    run = att_program_run(place, "new --cvr bad.json");
    assert_status(run, 3);
    assert_contains(run.err, "attune check bad.json");
    run = att_program_run(place, "new -o bad.json");
    assert_status(run, 2);
    assert_contains(run.err, "\"bad.json\" is there already");
    run = att_program_run(place, "new -o none/my.json");
    assert_status(run, 3);
}

ATT_TEST_MAIN(att_program_test(a_starter_can_be_asked_as_it_is),
              att_program_test(a_form_that_rates_an_instrument_is_one_itself),
              att_program_test(what_cannot_be_written_is_said))
