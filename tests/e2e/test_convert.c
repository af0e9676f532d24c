/* attune convert, as people run it. */
#include "att_program.h"

#include <string.h>

#define DICTIONARY                                                  \
    "field_name,form_name,field_type,field_label,branching_logic\n" \
    "record_id,one,text,ID,\n"                                      \
    "a,one,yesno,<b>Did</b> you?,\n"                                \
    "b,one,text,Why?,[visit_1][a]='1'\n"                            \
    "c,two,notes,More?,\n"

static void a_dictionary_goes_out_and_says_what_is_lost(void **state)
{
    att_place *place = *state;
    att_run run =
        att_program_runf(place, "convert --from instrument --to redcap %s -o p.csv",
                         att_test_path("../instruments/pulse.json"));

    assert_status(run, 0);
    assert_string_equal(run.out, "");
    assert_contains(run.err, ": dropped: \"pulse\": the language \"es\"\n");
    assert_contains(run.err, " approximated, ");
    assert_contains(run.err, "Wrote p.csv.\n");
    assert_contains(att_place_read(place, "p.csv"),
                    "Variable / Field Name,Form Name,Section Header,Field Type");
    assert_contains(att_place_read(place, "p.csv"), "\r\npul1,pulse,,radio,");
    run =
        att_program_run(place, "convert --from redcap --to instrument p.csv -o p.json");
    assert_status(run, 0);
    assert_status(att_program_run(place, "check p.json"), 0);
}

static void a_questionnaire_goes_out_and_comes_back(void **state)
{
    att_place *place = *state;
    att_run run = att_program_runf(place, "convert --from instrument --to fhir %s -o .",
                                   att_test_path("../instruments/pulse.json"));

    assert_status(run, 0);
    assert_contains(run.err, ": dropped: \"pulse\": that it takes ");
    assert_contains(run.err, "Wrote ./pulse.fhir.json.\n");
    assert_contains(att_place_read(place, "pulse.fhir.json"),
                    "{\n  \"resourceType\": \"Questionnaire\",\n");
    run = att_program_run(
        place, "convert --from fhir --to instrument pulse.fhir.json -o p.json");
    assert_status(run, 0);
    assert_contains(run.err, ", 0 approximated, 0 dropped.\n");
    assert_status(att_program_run(place, "check p.json"), 0);
    run = att_program_runf(place,
                           "convert --from instrument --to fhir %s -o x.json --strict",
                           att_test_path("../instruments/pulse.json"));
    assert_status(run, 3);
    assert_contains(run.err, "nothing was written: ");
    run = att_program_run(place, "convert --from fhir --to instrument p.json");
    assert_status(run, 3);
    assert_contains(run.err, "is no Questionnaire: its resourceType is \"\"");
}

static void each_form_becomes_a_file_in_a_folder(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "d.csv", DICTIONARY);
    run = att_program_run(place, "convert --from redcap --to instrument d.csv");
    assert_status(run, 2);
    assert_contains(run.err, "2 instruments are there: one, two");
    run = att_program_run(place, "convert --from redcap --to instrument d.csv -o .");
    assert_status(run, 0);
    assert_contains(run.err, "d.csv: row 3: approximated: \"a\": HTML was taken out");
    assert_contains(run.err, "d.csv: row 4: dropped: \"b\": the branching logic "
                             "\"[visit_1][a]='1'\": [visit_1] is another event\n");
    assert_contains(run.err, "Wrote ./one.json.\nWrote ./two.json.\n");
    assert_contains(att_place_read(place, "one.json"), "\"text\": \"Did you?\"");
    run = att_program_run(place,
                          "convert --from redcap --to instrument d.csv --only two");
    assert_status(run, 0);
    assert_contains(run.out, "\"id\": \"two\"");
    run = att_program_run(place,
                          "convert --from redcap --to instrument d.csv --only six");
    assert_status(run, 3);
}

static void strict_writes_nothing_when_something_is_lost(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "d.csv", DICTIONARY);
    run = att_program_run(
        place,
        "convert --from redcap --to instrument d.csv --only one -o n.json --strict");
    assert_status(run, 3);
    assert_contains(run.err, "attune: nothing was written: ");
    assert_contains(run.err, "row 4: dropped: \"b\"");
    assert_false(att_place_has(place, "n.json"));
}

static void the_report_is_json_when_asked(void **state)
{
    att_place *place = *state;
    att_run run;
    json_t *root, *entry;
    size_t i;
    bool is_there = false;

    att_place_write(place, "d.csv", DICTIONARY);
    run = att_program_run(
        place,
        "convert --from redcap --to instrument d.csv --only one -o n.json --json");
    assert_status(run, 0);
    root = att_run_json(place, &run);
    assert_string_equal(json_string_value(json_object_get(root, "format")),
                        "attune-convert/1");
    assert_int_equal(json_integer_value(json_object_get(root, "dropped")), 1);
    json_array_foreach(json_object_get(root, "report"), i, entry)
    {
        is_there =
            is_there ||
            (json_integer_value(json_object_get(entry, "row")) == 4 &&
             strcmp(json_string_value(json_object_get(entry, "what")), "dropped") ==
                 0 &&
             strcmp(json_string_value(json_object_get(entry, "field")), "b") == 0);
    }
    assert_true(is_there);
    run = att_program_run(place, "convert --from redcap --to instrument d.csv --json");
    assert_status(run, 2);
}

static void a_form_is_written_as_its_name_asks(void **state)
{
    att_place *place = *state;
    const char *pulse = att_test_path("../instruments/pulse.json");
    att_run run = att_program_runf(
        place, "convert --from instrument --to xlsform %s -o p.md", pulse);

    assert_status(run, 0);
    assert_contains(run.err, ": row 6: approximated: \"pul_weeks\": the stem becomes");
    assert_contains(att_place_read(place, "p.md"), "| | select_one done | pul1 | ");
    run = att_program_runf(place, "convert --from instrument --to xlsform %s -o p.csv",
                           pulse);
    assert_status(run, 0);
    assert_contains(att_place_read(place, "p.csv"), "\r\n,select_one done,pul1,");
    run =
        att_program_run(place, "convert --from xlsform --to instrument p.md -o b.json");
    assert_status(run, 0);
    assert_status(att_program_run(place, "check b.json"), 0);
    run = att_program_run(
        place, "convert --from xlsform --to instrument p.csv -o c.json --strict");
    assert_status(run, 0);
    assert_string_equal(att_place_read(place, "b.json"),
                        att_place_read(place, "c.json"));
}

static void a_folder_of_sheets_is_one_form(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "survey.csv",
                    "type,name,label\nselect_one yn,a,A\nimage,b,B\n");
    att_place_write(place, "choices.csv", "list_name,name,label\nyn,1,Yes\nyn,x,No\n");
    att_place_write(place, "settings.csv", "form_id,version\nmy-form,2.0.0\n");
    run = att_program_run(
        place, "convert --from xlsform --to instrument survey.csv -o f.json");
    assert_status(run, 0);
    assert_contains(run.err,
                    "choices.csv: row 3: approximated: \"yn\": the choice \"x\"");
    assert_contains(run.err, "survey.csv: row 3: dropped: \"b\": a question of type");
    assert_contains(att_place_read(place, "f.json"), "\"id\": \"my-form\"");
    run = att_program_run(
        place, "convert --from xlsform --to instrument survey.csv -o g.json --strict");
    assert_status(run, 3);
    assert_contains(run.err, "nothing was written: ");
}

static void what_cannot_be_converted_is_told(void **state)
{
    static const struct {
        const char *words, *message;
        int status;
    } cases[] = {
        { "convert d.csv", "\"attune convert\" wants --from", 2 },
        { "convert --from redcap d.csv", "\"attune convert\" wants --to", 2 },
        { "convert --from excel --to redcap d.csv", "\"--from\" takes one of", 2 },
        { "convert --from redcap --to redcap d.csv", "is no conversion", 2 },
        { "convert --from redcap --to instrument none.csv", "no file \"none.csv\"", 3 },
        { "convert --from instrument --to redcap d.csv", "d.csv", 3 },
        { "convert --from redcap --to instrument x.csv", "is no data dictionary", 3 },
        { "convert --from xlsform --to instrument x.csv", "is no XLSForm", 3 },
    };
    att_place *place = *state;

    att_place_write(place, "d.csv", DICTIONARY);
    att_place_write(place, "x.csv", "a,b\n1,2\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_run run = att_program_run(place, cases[i].words);

        assert_status(run, cases[i].status);
        assert_contains(run.err, cases[i].message);
        assert_string_equal(run.out, "");
    }
}

ATT_TEST_MAIN(att_program_test(a_dictionary_goes_out_and_says_what_is_lost),
              att_program_test(a_questionnaire_goes_out_and_comes_back),
              att_program_test(each_form_becomes_a_file_in_a_folder),
              att_program_test(strict_writes_nothing_when_something_is_lost),
              att_program_test(the_report_is_json_when_asked),
              att_program_test(a_form_is_written_as_its_name_asks),
              att_program_test(a_folder_of_sheets_is_one_form),
              att_program_test(what_cannot_be_converted_is_told))
