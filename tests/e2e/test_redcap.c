/* Sending to REDCap through the real test server: once each, nothing twice, no word of
 * the token anywhere, and each way in which a server fails gets its own end. */
#include "att_program.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void finish_recs(att_place *place, const char *options, int t1)
{
    att_run run;

    att_place_write(
        place, "a.json",
        att_arena_format(&place->arena,
                         "{\"recs_r1\":1,\"recs_r2\":\"Zebulon\",\"recs_t1\":%d,"
                         "\"recs_t2\":{\"reason\":\"refused\"}}",
                         t1));
    run = att_program_runf(place, "run recs --answers a.json %s", options);
    assert_status(run, 0);
}

static att_run redcap(att_place *place, const att_server *server, const char *what)
{
    return att_program_runf(place, "redcap %s --url %s --token-file token", what,
                            server->url);
}

static size_t requests(att_place *place)
{
    const char *log = att_place_read(place, "server.log");
    size_t n = 0;

    for (; *log != '\0'; log++) {
        n += *log == '\n';
    }
    return n;
}

static size_t imports(att_place *place)
{
    const char *log = att_place_read(place, "server.log");
    size_t n = 0;

    while ((log = strstr(log, "record import")) != NULL) {
        log++;
        n++;
    }
    return n;
}

static void ping_tells_which_project_answers(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "");
    att_run run = redcap(place, &server, "ping");

    assert_status(run, 0);
    assert_contains(run.out, "127.0.0.1");
    assert_contains(run.out, "REDCap 14.5.5, \"Network survey\"");
    run = redcap(place, &server, "ping --json");
    assert_string_equal(
        json_string_value(json_object_get(att_run_json(place, &run), "format")),
        "attune-redcap-ping/1");
    att_server_stop(&server);
}

static void a_session_is_sent_once_and_is_there_as_sent(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "--state there.json");
    att_run run;
    size_t n;

    att_place_study(place, "recs pulse");
    finish_recs(place, "--person P1 --role PT", 4);
    finish_recs(place, "--person P2 --role PA", 2);
    run = redcap(place, &server, "push");
    assert_status(run, 0);
    assert_contains(run.out, "sent          2 records");
    n = imports(place);
    assert_true(n >= 1);
    assert_contains(att_place_read(place, "there.json"), "\"P1\"");
    assert_lacks(att_place_read(place, "there.json"), "Zebulon");
    run = redcap(place, &server, "compare");
    assert_status(run, 0);
    assert_contains(run.out, "equal         2 records");
    run = redcap(place, &server, "push");
    assert_status(run, 0);
    assert_contains(run.out, "sent          0 records");
    assert_int_equal(imports(place), n);
    run = redcap(place, &server, "push --json");
    assert_status(run, 0);
    assert_int_equal(
        json_integer_value(json_object_get(att_run_json(place, &run), "sent")), 0);
    att_server_stop(&server);
}

static void a_demo_is_sent_read_back_and_equal(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "");
    att_run run =
        att_program_runf(place, "demo d --url %s --token-file token", server.url);
    size_t n;

    assert_status(run, 0);
    assert_contains(run.out, "sessions sent, ");
    assert_contains(run.out, "all equal.");
    n = imports(place);
    run = redcap(place, &server, "push --study d/demo.attune");
    assert_status(run, 0);
    assert_contains(run.out, "sent          0 records");
    assert_int_equal(imports(place), n);
    run = redcap(place, &server, "compare --study d/demo.attune");
    assert_status(run, 0);
    assert_contains(run.out, "differ        0 records");
    att_server_stop(&server);
}

static void a_second_finished_session_of_a_person_waits_for_someone(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "");
    att_run run;

    att_place_study(place, "recs");
    finish_recs(place, "--person P1", 4);
    finish_recs(place, "--person P1", 5);
    run = redcap(place, &server, "push");
    assert_status(run, 5);
    assert_contains(run.out, "sent          1 record\n");
    assert_contains(run.out, "conflict      1 record\n");
    assert_contains(run.out, "P1");
    run = redcap(place, &server, "compare");
    assert_contains(run.out, "equal         1 record\n");
    att_server_stop(&server);
}

/* ---- the token ---- */

static void look_for_token(att_place *place, const char *name, const char *text,
                           size_t n)
{
    size_t length = strlen(ATT_SERVER_TOKEN);

    (void)place;
    for (size_t i = 0; i + length <= n; i++) {
        if (memcmp(text + i, ATT_SERVER_TOKEN, length) == 0) {
            fail_msg("the token stands in %s", name);
        }
    }
}

static void look_in_file(att_place *place, const char *path)
{
    FILE *file = fopen(path, "rb");
    char bytes[65536];
    size_t n;

    if (file == NULL) {
        return; /* the program has ended */
    }
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0) {
        look_for_token(place, path, bytes, n);
    }
    fclose(file);
}

static void the_token_is_nowhere_but_in_its_file(void **state)
{
    static const char *const files[] = { "s.attune", "server.log", "server.err",
                                         "stderr" };
    att_place *place = *state;
    /* the first requests fail and are tried again, so that the program is seen running */
    att_server server = att_server_start(place, "--fault 1:503 --fault 4:500");
    att_child child;
    const char *line = "";
    att_run run;

    att_place_study(place, "recs");
    finish_recs(place, "--person P1", 4);
    child = att_child_start(place, NULL,
                            att_arena_format(&place->arena,
                                             "redcap push --url %s --token-file token",
                                             server.url));
    for (int i = 0; i < 50; i++) {
        look_in_file(
            place, att_arena_format(&place->arena, "/proc/%d/cmdline", (int)child.pid));
        look_in_file(
            place, att_arena_format(&place->arena, "/proc/%d/environ", (int)child.pid));
    }
    while (att_child_line(place, &child, &line)) {
        look_for_token(place, "standard output", line, strlen(line));
    }
    att_child_end(&child);
    run = redcap(place, &server, "push --json");
    look_for_token(place, "standard output", run.out, run.n_out);
    look_for_token(place, "standard error", run.err, run.n_err);
    run =
        att_program_runf(place, "redcap ping --url %sx --token-file token", server.url);
    look_for_token(place, "standard error", run.err, run.n_err);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        look_in_file(place, att_place_path(place, files[i]));
    }
    att_server_stop(&server);
}

static void a_token_comes_by_file_command_or_standard_input(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "");
    att_run run;
    const char *words = att_arena_format(&place->arena,
                                         "redcap ping --url %s --token-command 'cat "
                                         "token'",
                                         server.url);

    run = att_program_run(place, words);
    assert_status(run, 0);
    run = att_program_run_with(place, &(att_run_opts){ .input = ATT_SERVER_TOKEN "\n" },
                               att_arena_format(&place->arena,
                                                "redcap ping --url %s --token-stdin",
                                                server.url));
    assert_status(run, 0);
    run = att_program_runf(place, "redcap ping --url %s", server.url);
    assert_status(run, 2);
    assert_contains(run.err, "one way to the token is wanted");
    run = att_program_runf(
        place, "redcap ping --url %s --token-file token --token-stdin", server.url);
    assert_status(run, 2);
    att_server_stop(&server);
}

static void a_token_file_that_others_can_read_is_refused(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "");
    att_run run;

    chmod(att_place_path(place, "token"), 0644);
    run = redcap(place, &server, "ping");
    assert_status(run, 4);
    assert_contains(run.err, "others can read \"token\" (0644)");
    assert_contains(run.err, "hint: chmod 600 token");
    run = att_program_run(place, "doctor --token-file token");
    assert_status(run, 1);
    assert_contains(run.out, "FAIL  token file");
    unlink(att_place_path(place, "token"));
    run = redcap(place, &server, "ping");
    assert_status(run, 4);
    assert_int_equal(requests(place), 0);
    att_server_stop(&server);
}

static void plain_http_is_for_this_machine_only(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(place, "token", ATT_SERVER_TOKEN "\n");
    chmod(att_place_path(place, "token"), 0600);
    run = att_program_run(place, "redcap ping --url http://redcap.example.org/api/ "
                                 "--token-file token");
    assert_status(run, 2);
    assert_contains(run.err, "is plain http, which others can read");
    run = att_program_run(place, "redcap ping --url http://127.0.0.1.example.org/api/ "
                                 "--token-file token");
    assert_status(run, 2);
    run = att_program_run(place, "redcap ping --url ftp://127.0.0.1/api/ "
                                 "--token-file token");
    assert_status(run, 2);
}

/* ---- servers that fail ---- */

typedef struct fault_case {
    const char *faults;
    int status;
    const char *message, *hint;
} fault_case;

static const fault_case fault_cases[] = {
    { "--fault 1+:403", 4, "the token was refused by 127.0.0.1", "ask for a new one" },
    { "--fault 1+:html", 3, "answers with a page, \"Down for maintenance\"",
      "check the address; that of the API ends in /api/" },
    { "--fault 1+:redirect", 3, "", "if you trust the new address, use that one" },
    { "--fault 1+:truncated", 7, "which is not what was asked for", "" },
};

/* The certificate is the test server's own: nobody vouches for it, unless --ca-file
 * says that it is to be trusted. */
static void a_server_must_prove_who_it_is(void **state)
{
    att_place *place = *state;
    const char *pem =
        att_arena_text(&place->arena, att_test_path("server/test-certificate.pem"));
    att_server server =
        att_server_start(place, att_arena_format(&place->arena, "--tls %s", pem));
    att_run run;

    assert_contains(server.url, "https://");
    run = redcap(place, &server, "ping");
    assert_status(run, 7);
    assert_contains(run.err, "is not trusted");
    assert_contains(run.err, "hint: ask the server's keeper");
    assert_int_equal(requests(place), 0);
    run = redcap(place, &server,
                 att_arena_format(&place->arena, "ping --ca-file %s", pem));
    assert_status(run, 0);
    assert_contains(run.out, "Network survey");
    att_server_stop(&server);
}

static void a_server_that_fails_is_told_and_nothing_is_lost(void **state)
{
    att_place *place = *state;

    att_place_study(place, "recs");
    finish_recs(place, "--person P1", 4);
    for (size_t i = 0; i < sizeof fault_cases / sizeof *fault_cases; i++) {
        const fault_case *c = &fault_cases[i];
        att_server server = att_server_start(place, c->faults);
        att_run run = redcap(place, &server, "push");

        print_message("%s\n", c->faults);
        assert_status(run, c->status);
        assert_contains(run.err, c->message);
        assert_contains(run.err, c->hint);
        assert_lacks(run.err, "<");
        att_server_stop(&server);
    }
}

static void nobody_listening_is_a_matter_for_later(void **state)
{
    att_place *place = *state;
    att_server server = att_server_start(place, "");
    att_run run;

    att_server_stop(&server);
    run = redcap(place, &server, "ping");
    assert_status(run, 7);
    assert_contains(run.err, "hint: try again later; nothing is lost");
}

/* Faults on the way: whatever strikes, in the end the server holds each session once,
 * as it was sent. */
static void after_faults_each_session_is_there_once(void **state)
{
    static const char *const faults[] = {
        "503",          "500-after", "cut-before-reply",
        "cut-in-reply", "truncated", "html-after"
    };
    att_place *place = *state;

    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        att_place own = { .folder = att_test_folder() };
        /* the sixth request of a push is its first import; the fourth and fifth read */
        att_server server = att_server_start(
            &own, att_arena_format(&own.arena,
                                   "--state there.json --fault 5:%s --fault "
                                   "6:%s",
                                   faults[i], faults[i]));
        att_run run;

        att_place_study(&own, "recs");
        finish_recs(&own, "--person P1", 4);
        finish_recs(&own, "--person P2", 3);
        run = redcap(&own, &server, "push");
        print_message("%s: %d\n", faults[i], run.status);
        for (int again = 0; again < 3 && run.status != 0; again++) {
            run = redcap(&own, &server, "push");
        }
        assert_status(run, 0);
        run = redcap(&own, &server, "compare");
        assert_status(run, 0);
        assert_contains(run.out, "equal         2 records");
        run = att_program_run(&own, "verify");
        assert_status(run, 0);
        att_server_stop(&server);
        att_test_folder_drop(own.folder);
        att_arena_drop(&own.arena);
    }
    (void)place;
}

ATT_TEST_MAIN(att_program_test(ping_tells_which_project_answers),
              att_program_test(a_session_is_sent_once_and_is_there_as_sent),
              att_program_test(a_demo_is_sent_read_back_and_equal),
              att_program_test(a_second_finished_session_of_a_person_waits_for_someone),
              att_program_test(the_token_is_nowhere_but_in_its_file),
              att_program_test(a_token_comes_by_file_command_or_standard_input),
              att_program_test(a_token_file_that_others_can_read_is_refused),
              att_program_test(plain_http_is_for_this_machine_only),
              att_program_test(a_server_must_prove_who_it_is),
              att_program_test(a_server_that_fails_is_told_and_nothing_is_lost),
              att_program_test(nobody_listening_is_a_matter_for_later),
              att_program_test(after_faults_each_session_is_there_once))
