/* Instruments as code: laid out in one form. */
#include "att_program.h"

#include <string.h>
#include <sys/stat.h>

static const char untidy[] =
    "{\"id\":\"a\",\"format\":\"instrument/1\", \"version\" : \"1.0.0\"}";
static const char tidy[] =
    "{\n  \"format\": \"instrument/1\",\n  \"id\": \"a\",\n  \"version\": \"1.0.0\"\n}\n";

/* ---- fmt ---- */

static void fmt_rewrites_what_must_change_and_keeps_its_mode(void **state)
{
    att_place *place = *state;
    struct stat facts;
    att_run run;

    att_place_write(place, "a.json", untidy);
    att_place_write(place, "b.json", tidy);
    assert_int_equal(chmod(att_place_path(place, "a.json"), 0640), 0);
    run = att_program_run(place, "fmt a.json b.json");
    assert_status(run, 0);
    assert_string_equal(run.out, "a.json\n");
    assert_string_equal(att_place_read(place, "a.json"), tidy);
    assert_string_equal(att_place_read(place, "b.json"), tidy);
    assert_int_equal(stat(att_place_path(place, "a.json"), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0640);
    run = att_program_run(place, "fmt a.json");
    assert_status(run, 0);
    assert_string_equal(run.out, "");
}

static void fmt_check_names_files_and_writes_nothing(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "a.json", untidy);
    att_place_write(place, "b.json", tidy);
    run = att_program_run(place, "fmt --check b.json a.json");
    assert_status(run, 1);
    assert_string_equal(run.out, "a.json\n");
    assert_string_equal(att_place_read(place, "a.json"), untidy);
    assert_status(att_program_run(place, "fmt --check b.json"), 0);
}

static void fmt_reads_standard_input(void **state)
{
    att_place *place = *state;
    att_run_opts opts = { .input = untidy };
    att_run run = att_program_run_with(place, &opts, "fmt -");

    assert_status(run, 0);
    assert_string_equal(run.out, tidy);
    assert_status(att_program_run_with(place, &opts, "fmt --check -"), 1);
    assert_status(att_program_run_with(place, &opts, "fmt - a.json"), 2);
}

static void fmt_refuses_what_is_no_json_and_writes_none(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "{ \"id\": \"a\", }", "b.json:1:14" },
        { "", "b.json" },
        { "[1]", "\"b.json\" holds no object" },
        { "{\"id\": 1, \"id\": 2}", "b.json:1" },
    };
    att_place *place = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_run run;

        att_place_write(place, "a.json", untidy);
        att_place_write(place, "b.json", cases[i].text);
        run = att_program_run(place, "fmt a.json b.json");
        assert_status(run, 3);
        assert_contains(run.err, cases[i].message);
        assert_string_equal(att_place_read(place, "a.json"), untidy);
        assert_string_equal(att_place_read(place, "b.json"), cases[i].text);
    }
    assert_status(att_program_run(place, "fmt none.json"), 3);
}

ATT_TEST_MAIN(att_program_test(fmt_rewrites_what_must_change_and_keeps_its_mode),
              att_program_test(fmt_check_names_files_and_writes_nothing),
              att_program_test(fmt_reads_standard_input),
              att_program_test(fmt_refuses_what_is_no_json_and_writes_none))
