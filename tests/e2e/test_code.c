/* Instruments as code: laid out in one form, compared, proved. */
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

/* ---- diff ---- */

/* Writes tests/diff/base.json as a.json, and as b.json with `from` made `to`. */
static void write_pair(att_place *place, const char *from, const char *to,
                       const char *version)
{
    char *text = att_test_read("diff/base.json", NULL);
    const char *at = strstr(text, "1.2.3");
    const char *spot = strstr(text, from);

    assert_non_null(spot);
    assert_true(at != NULL && at < spot);
    att_place_write(place, "a.json", text);
    att_place_write(place, "b.json",
                    att_arena_format(&place->arena, "%.*s%s%.*s%s%s", (int)(at - text),
                                     text, version, (int)(spot - at - 5), at + 5, to,
                                     spot + strlen(from)));
    test_free(text);
}

static void diff_says_what_changed_and_judges_the_version(void **state)
{
    att_place *place = *state;
    att_run run;

    write_pair(place, "\"A?\"", "\"Is it A?\"", "1.2.4");
    run = att_program_run(place, "diff a.json b.json");
    assert_status(run, 0);
    assert_string_equal(
        run.out, "text-only  item \"a\": \"text\" has other words  /items/1/text\n"
                 "\n"
                 "Translations that did not follow:\n"
                 "  es  /items/1/text\n"
                 "\n"
                 "Open sessions finish on the version that they began with.\n"
                 "From 1.2.3 to 1.2.4 is a patch step; the changes ask for a patch "
                 "one.\n");
    write_pair(place, "\"max\": 60", "\"max\": 31", "1.3.0");
    run = att_program_run(place, "diff a.json b.json");
    assert_status(run, 1);
    assert_string_equal(
        run.out,
        "breaking   item \"n\": \"max\" allows less  /items/4/max\n"
        "\n"
        "Columns in REDCap (+ new, - gone, ~ another meaning):\n"
        "  ~ bs_n\n"
        "\n"
        "Open sessions finish on the version that they began with.\n"
        "From 1.2.3 to 1.3.0 is a minor step; the changes ask for a major one, "
        "2.0.0 or higher.\n");
    run = att_program_run(place, "diff b.json a.json");
    assert_status(run, 1);
    assert_contains(run.out, "The version goes back from 1.3.0 to 1.2.3; the changes "
                             "ask for a minor one, 1.4.0 or higher.\n");
    run = att_program_run(place, "diff a.json a.json");
    assert_status(run, 0);
    assert_contains(run.out, "Both are 1.2.3, and the same.\n");
}

static void diff_finds_versions_in_the_study_and_counts_open_sessions(void **state)
{
    att_place *place = *state;
    att_run run;

    write_pair(place, "\"max\": 60", "\"max\": 90", "1.3.0");
    assert_status(att_program_run(place, "init s.attune"), 0);
    assert_status(att_program_run(place, "add a.json"), 0);
    run = att_program_run_with(
        place, &(att_run_opts){ .input = "{\"item\":\"a\",\"answer\":2}\n" },
        "run base --role PT --answers -");
    assert_status(run, 0);
    run = att_program_run(place, "diff base b.json");
    assert_status(run, 0);
    assert_contains(run.out, "began with; 1 is open on 1.2.3.\n");
    assert_status(att_program_run(place, "add b.json"), 0);
    run = att_program_run(place, "diff base@1.2.3 base --json");
    assert_status(run, 0);
    assert_contains(run.out, "\"open_sessions\": 1");
    assert_contains(run.out, "\"bump_needed\": \"minor\"");
    run = att_program_run(place, "diff bse b.json");
    assert_status(run, 3);
    assert_contains(run.err, "\"base\"");
}

/* ---- check --paths ---- */

static void check_paths_says_what_is_never_asked_and_how_many(void **state)
{
    static const char text[] =
        "{\n"
        "  \"format\": \"instrument/1\", \"id\": \"a\", \"version\": \"1.0.0\",\n"
        "  \"title\": \"A\", \"minutes\": 3, \"provenance\": { \"licence\": \"CC0-1.0\" },\n"
        "  \"languages\": { \"default\": \"en\", \"list\": [{ \"tag\": \"en\" }] },\n"
        "  \"items\": [\n"
        "    { \"id\": \"n\", \"kind\": \"integer\", \"min\": 0, \"max\": 9, \"text\": \"N?\" },\n"
        "    { \"id\": \"x\", \"kind\": \"text\", \"show\": \"n > 5\", \"text\": \"X?\" },\n"
        "    { \"id\": \"y\", \"kind\": \"text\", \"show\": \"n > 5 and n < 6\", \"text\": \"Y?\" },\n"
        "    { \"id\": \"d\", \"kind\": \"date\", \"text\": \"D?\" },\n"
        "    { \"id\": \"z\", \"kind\": \"text\", \"show\": \"d < today\", \"text\": \"Z?\" }\n"
        "  ]\n"
        "}\n";
    att_place *place = *state;
    att_run run;

    att_place_write(place, "a.json", text);
    assert_lacks(att_program_run(place, "check a.json").out, "L201");
    run = att_program_run(place, "check a.json --paths");
    assert_status(run, 0);
    assert_contains(run.out, "a.json:8:42: warning[L201]: \"y\" is never asked");
    /* n is under 6, 6 or above: of the kinds 4, 5, 6, 7 two make x asked, by hand; z is
     * asked or not */
    assert_contains(
        run.out,
        "a.json: questions on one way: 2 to 4, typically 3.0 (bounds)\n"
        "  minutes: 2.0 to 4.0, typically 3.0\n"
        "  conditions proved: 2 of 3; groups: 2; ways tried: 7\n"
        "  not proved: /items/4/show: a day is compared with what is not fixed\n");
    run = att_program_run(place, "check a.json --paths --json");
    assert_status(run, 0);
    assert_contains(run.out, "\"questions_most\": 4");
    assert_contains(run.out, "\"why\": \"a day is compared with what is not fixed\"");
    att_place_write(place, "b.json", "{}");
    assert_status(att_program_run(place, "check b.json --paths"), 1);
}

static void check_style_says_the_grade_and_what_joins_two_things(void **state)
{
    att_place *place = *state;
    const char *path = att_test_path("../instruments/recs.json");
    att_run run = att_program_runf(place, "check %s --style", path);
    json_t *file, *grades;

    assert_status(run, 0);
    assert_contains(run.out, "recs.json: questions read at grade ");
    assert_contains(run.out, " (en), ");
    assert_lacks(run.out, "L301");
    assert_contains(run.out, "warning[L302]: \"");
    run = att_program_runf(place, "check %s --style --json", path);
    file = json_array_get(json_object_get(att_run_json(place, &run), "files"), 0);
    grades = json_object_get(file, "reading_grades");
    assert_true(json_number_value(json_object_get(grades, "en")) < 6.0);
    run = att_program_runf(place, "check %s", path);
    assert_lacks(run.out, "L302");
}

ATT_TEST_MAIN(
    att_program_test(check_style_says_the_grade_and_what_joins_two_things),
    att_program_test(fmt_rewrites_what_must_change_and_keeps_its_mode),
    att_program_test(fmt_check_names_files_and_writes_nothing),
    att_program_test(fmt_reads_standard_input),
    att_program_test(fmt_refuses_what_is_no_json_and_writes_none),
    att_program_test(diff_says_what_changed_and_judges_the_version),
    att_program_test(diff_finds_versions_in_the_study_and_counts_open_sessions),
    att_program_test(check_paths_says_what_is_never_asked_and_how_many))
