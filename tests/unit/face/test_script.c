/* the script face: answers from a file or a stream; and the same record by all faces */
#include "att_test.h"

#include <stdio.h>
#include <string.h>

#include "att_faced.h"
#include "faces.h"

static const char parent[] =
    "{\n"
    "  \"kids\": 1,\n"
    "  \"n_kids\": 12,\n"
    "  \"kid_name\": \"Jose\xcc\x81\",\n"
    "  \"v1\": 4, \"v2\": {\"reason\": \"not_applicable\"}, \"v3\": 2,\n"
    "  \"colours\": [3, 1],\n"
    "  \"day\": \"2026-09-13\",\n"
    "  \"height\": 1.75,\n"
    "  \"trust\": {\"reason\": \"refused\"},\n"
    "  \"story\": null\n"
    "}\n";

static att_faced run_file(att_talk *talk, const char *text)
{
    char *folder = att_test_folder();
    char *path = att_test_join(folder, "answers.json");
    att_faced run;

    att_test_write(path, text, strlen(text));
    run = att_faced_run(&att_face_script, talk, "", path);
    test_free(path);
    att_test_folder_drop(folder);
    return run;
}

static void a_file_answers_all_that_is_asked(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run = run_file(talk, parent);

    assert_ok(run.code, &run.err);
    assert_string_equal(
        run.out, "{\"saved\":\"kids\",\"answer\":1}\n"
                 "{\"saved\":\"n_kids\",\"answer\":12}\n"
                 "{\"saved\":\"kid_name\",\"answer\":\"Jos\xc3\xa9\"}\n"
                 "{\"saved\":\"v1\",\"answer\":4}\n"
                 "{\"saved\":\"v2\",\"answer\":{\"reason\":\"not_applicable\"}}\n"
                 "{\"saved\":\"v3\",\"answer\":2}\n"
                 "{\"saved\":\"colours\",\"answer\":[1,3]}\n"
                 "{\"saved\":\"day\",\"answer\":\"2026-09-13\"}\n"
                 "{\"saved\":\"height\",\"answer\":1.75}\n"
                 "{\"saved\":\"trust\",\"answer\":{\"reason\":\"refused\"}}\n"
                 "{\"saved\":\"story\",\"answer\":{\"reason\":\"skipped\"}}\n"
                 "{\"status\":\"complete\",\"session\":\"k7q2mh\",\"answered\":10,"
                 "\"not_asked\":[]}\n");
    assert_int_equal(run.end.status, ATT_STATUS_COMPLETE);
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void what_is_hidden_is_named_and_what_is_not_named_is_skipped(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run =
        run_file(talk, "{\"kids\": 0, \"n_kids\": 3, \"v2\": 1, \"v1\": 5}");

    assert_ok(run.code, &run.err);
    assert_contains(run.out,
                    "{\"saved\":\"v3\",\"answer\":{\"reason\":\"skipped\"}}\n");
    assert_lacks(run.out, "{\"saved\":\"n_kids\"");
    assert_contains(run.out, "\"answered\":2,\"not_asked\":[\"n_kids\",\"v2\"]}\n");
    att_faced_drop(&run);
    att_talk_close(talk);
}

/* What is wrong in a file is said with its place; what stood before it is kept. */
static void a_roster_is_a_list_of_objects(void **state)
{
    att_talk *talk = att_talk_open("instruments/roster.json", "en");
    att_faced run = run_file(
        talk,
        "{ \"meetings\": 1, \"partners\": [{ \"partner\": \"Ana\", \"trust\": 70 }],"
        " \"ties\": [{ \"g1\": \"MJ\", \"freq\": 3, \"gives\": 1 },"
        " { \"g2\": \"Lu\", \"freq\": { \"reason\": \"refused\" } }],"
        " \"know_1_4\": 0, \"last\": 1 }");

    assert_ok(run.code, &run.err);
    assert_contains(run.out,
                    "{\"saved\":\"trust_1\",\"answer\":70}\n"
                    "{\"saved\":\"g1_1\",\"answer\":\"MJ\"}\n"
                    "{\"saved\":\"g1_2\",\"answer\":{\"reason\":\"skipped\"}}\n"
                    "{\"saved\":\"g2_4\",\"answer\":\"Lu\"}\n");
    assert_contains(run.out, "{\"saved\":\"freq_4\",\"answer\":"
                             "{\"reason\":\"refused\"}}\n"
                             "{\"saved\":\"know_1_4\",\"answer\":0}\n");
    assert_int_equal(run.end.status, ATT_STATUS_COMPLETE);
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void a_roster_that_does_not_fit_is_refused(void **state)
{
    static const struct {
        const char *text, *message;
        unsigned column;
    } cases[] = {
        { "{ \"ties\": { \"g1\": \"MJ\" } }",
          "the answer to roster \"ties\" should be a list of objects", 11 },
        { "{ \"ties\": [1] }", "an entry of \"ties\" is no object", 11 },
        { "{ \"ties\": [{ \"g3\": \"MJ\" }] }", "\"g3\" is no item of roster \"ties\"",
          11 },
        { "{ \"partners\": [{}, {}, {}, {}] }",
          "there are more than 3 entries for \"partners\"", 15 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_talk *talk = att_talk_open("instruments/roster.json", "en");
        att_faced run = run_file(talk, cases[i].text);

        assert_fails(run.code, ATT_EINPUT, &run.err, cases[i].message);
        assert_int_equal(run.err.where.column, cases[i].column);
        att_faced_drop(&run);
        att_talk_close(talk);
    }
}

static void a_wrong_file_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *about, *text, *message, *hint;
        unsigned line, column;
        const char *saved; /* the last item saved, or NULL: nothing was asked */
    } cases[] = {
        { "unknown item", "{ \"kids\": 1,\n  \"n_kidz\": 2 }",
          "\"n_kidz\" is no item of instrument \"everything\"",
          "did you mean \"n_kids\"?", 2, 3, NULL },
        { "a container", "{ \"views\": 1 }",
          "\"views\" is of kind \"grid\", which takes no answer", "", 1, 3, NULL },
        { "no form", "{ \"kids\": true }", "the answer to \"kids\" is of no known form",
          "use a number", 1, 11, NULL },
        { "no reason", "{ \"kids\": {\"reason\": \"lazy\"} }",
          "the answer to \"kids\" has the unknown reason \"lazy\"", "use refused", 1,
          11, NULL },
        { "no date", "{ \"kids\": 0, \"day\": \"2026-02-30\" }",
          "the answer to \"day\" is \"2026-02-30\", which is no date",
          "write it as year-month-day", 1, 21, NULL },
        { "hard, not named", "{ \"v1\": 1 }", "item \"kids\" must have an answer", "",
          0, 0, NULL },
        { "too high",
          "{ \"kids\": 1, \"n_kids\": 2, \"kid_name\": \"A\",\n \"v1\": 1, "
          "\"height\":\n  75 }",
          "item \"height\": Not saved: 75 is more than 2.5. Type a number from 0.5 to "
          "2.5",
          "all answers before it are saved", 3, 3, "day" },
        { "another sort", "{ \"kids\": \"yes\" }",
          "item \"kids\": Not saved: this question takes another sort of answer",
          "all answers", 1, 11, NULL },
        { "check", "{ \"kids\": 1, \"height\": 0.55 }",
          "item \"height\": Not saved: A parent is taller than 0.55. Change your answer",
          "all answers", 1, 24, "day" },
        { "a list", "[1]", "holds no object of answers", "", 1, 1, NULL },
        { "not JSON", "{ \"kids\": 1,\n  oops }", "", "", 2, 0, NULL },
        { "twice", "{ \"kids\": 1, \"kids\": 0 }", "kids", "", 1, 0, NULL },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_talk *talk = att_talk_open("instruments/everything.json", "en");
        att_faced run = run_file(talk, cases[i].text);
        assert_fails(run.code, ATT_EINPUT, &run.err, cases[i].message);
        assert_contains(run.err.hint, cases[i].hint);
        assert_int_equal(run.err.where.line, cases[i].line);
        if (cases[i].column > 0) {
            assert_int_equal(run.err.where.column, cases[i].column);
        }
        assert_int_equal(att_session_status(talk->session), ATT_STATUS_OPEN);
        if (cases[i].saved == NULL) {
            assert_lacks(run.out, "saved");
        } else {
            assert_string_equal(talk->entries[talk->n_entries - 1].item,
                                cases[i].saved);
            assert_contains(run.out, "{\"status\":\"open\"");
        }
        att_faced_drop(&run);
        att_talk_close(talk);
    }
}

static void a_file_that_is_not_there_is_named(void **state)
{
    att_talk *talk = att_talk_open("instruments/single.json", "en");
    att_faced run = att_faced_run(&att_face_script, talk, "", "/nonexistent/a.json");

    assert_fails(run.code, ATT_ENOTFOUND, &run.err,
                 "cannot open answers \"/nonexistent/a.json\"");
    att_faced_drop(&run);
    att_talk_close(talk);
}

/* ---- a stream of lines ---- */

static void a_stream_is_taken_line_by_line(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run = att_faced_run(&att_face_script, talk,
                                  "{\"item\": \"kids\", \"answer\": 1}\n"
                                  "\n"
                                  "{\"item\": \"n_kids\", \"answer\": 2}\n"
                                  "{\"back\": true}\n"
                                  "{\"item\": \"n_kids\", \"answer\": 3}\n"
                                  "{\"item\": \"kid_name\", \"answer\": null}\n",
                                  "-");

    assert_ok(run.code, &run.err);
    assert_string_equal(run.out,
                        "{\"saved\":\"kids\",\"answer\":1}\n"
                        "{\"saved\":\"n_kids\",\"answer\":2}\n"
                        "{\"saved\":\"n_kids\",\"answer\":3}\n"
                        "{\"saved\":\"kid_name\",\"answer\":{\"reason\":\"skipped\"}}\n"
                        "{\"status\":\"open\",\"session\":\"k7q2mh\",\"answered\":2,"
                        "\"not_asked\":[]}\n");
    assert_true(run.end.at_end_of_input);
    att_faced_drop(&run);

    att_faced_resume(talk);
    run = att_faced_run(&att_face_script, talk,
                        "{\"item\": \"v1\", \"answer\": 2}\n{\"leave\": true}\n", NULL);
    assert_ok(run.code, &run.err);
    assert_contains(run.out, "{\"saved\":\"v1\",\"answer\":2}\n{\"status\":\"open\"");
    assert_false(run.end.at_end_of_input);
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void a_stream_that_answers_all_is_complete(void **state)
{
    att_talk *talk = att_talk_open("instruments/single.json", "en");
    att_faced run =
        att_faced_run(&att_face_script, talk, "{\"item\":\"q\",\"answer\":0}", NULL);

    assert_ok(run.code, &run.err);
    assert_contains(run.out, "{\"status\":\"complete\"");
    att_faced_drop(&run);
    att_talk_close(talk);
}

static void a_wrong_line_is_named_by_its_number(void **state)
{
    static const struct {
        const char *line, *message;
    } cases[] = {
        { "{\"item\":\"oops\",\"answer\":1}", "\"oops\" is no item" },
        { "{\"item\":\"kids\"}", "this line is no event" },
        { "{\"item\":\"kids\",\"answer\":1,\"more\":2}", "this line is no event" },
        { "[]", "this line is no event" },
        { "{\"item\":", "" },
        { "{\"item\":\"n_kids\",\"answer\":1}", "this question is not asked now" },
        { "{\"item\":\"v1\",\"answer\":77}", "there is no 77 here" },
        { "{\"item\":\"v1\",\"answer\":[1.5]}", "is of no known form" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_talk *talk = att_talk_open("instruments/everything.json", "en");
        char typed[256];
        att_faced run;
        snprintf(typed, sizeof typed, "{\"item\":\"kids\",\"answer\":0}\n%s\n",
                 cases[i].line);
        run = att_faced_run(&att_face_script, talk, typed, NULL);
        assert_fails(run.code, ATT_EINPUT, &run.err, cases[i].message);
        assert_string_equal(run.err.where.file, "standard input");
        assert_int_equal(run.err.where.line, 2);
        assert_contains(run.out,
                        "{\"saved\":\"kids\",\"answer\":0}\n{\"status\":\"open\"");
        att_faced_drop(&run);
        att_talk_close(talk);
    }
}

static void a_resumed_file_goes_on_where_it_stopped(void **state)
{
    att_talk *talk = att_talk_open("instruments/everything.json", "en");
    att_faced run = run_file(talk, "{\"kids\": 1, \"n_kids\": 99}");

    assert_int_equal(run.code, ATT_EINPUT);
    att_faced_drop(&run);
    att_faced_resume(talk);
    run = run_file(talk, "{\"n_kids\": 9, \"kid_name\": \"Ana\"}");
    assert_ok(run.code, &run.err);
    assert_lacks(run.out, "{\"saved\":\"kids\"");
    assert_contains(run.out, "{\"saved\":\"n_kids\",\"answer\":9}\n");
    assert_contains(run.out, "\"status\":\"complete\"");
    att_faced_drop(&run);
    att_talk_close(talk);
}

ATT_TEST_MAIN(
    cmocka_unit_test(a_file_answers_all_that_is_asked),
    cmocka_unit_test(what_is_hidden_is_named_and_what_is_not_named_is_skipped),
    cmocka_unit_test(a_roster_is_a_list_of_objects),
    cmocka_unit_test(a_roster_that_does_not_fit_is_refused),
    cmocka_unit_test(a_wrong_file_is_refused_with_its_place),
    cmocka_unit_test(a_file_that_is_not_there_is_named),
    cmocka_unit_test(a_stream_is_taken_line_by_line),
    cmocka_unit_test(a_stream_that_answers_all_is_complete),
    cmocka_unit_test(a_wrong_line_is_named_by_its_number),
    cmocka_unit_test(a_resumed_file_goes_on_where_it_stopped))
