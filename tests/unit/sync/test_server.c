/* test_server.c - the real transport against the test server, over loopback
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "people.h"

typedef struct running {
    people p;
    att_http http;
    pid_t pid;
    int input, output; /* of the server */
    char *log, *state;
    char url[160];
} running;

static void write_token(const running *r)
{
    char *path = att_test_join(r->p.folder, "token");

    att_test_write(path, REDCAP_FAKE_TOKEN "\n", sizeof REDCAP_FAKE_TOKEN);
    assert_int_equal(chmod(path, 0600), 0);
    test_free(path);
}

/* In the child: the server, its input and output on pipes. */
static void become_server(const running *r, int input, int output, const char *fault)
{
    const char *program = getenv("ATTUNE_SERVER");
    char *token = att_test_join(r->p.folder, "token");

    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    execl(program, program, "--project", att_test_path(DEMO), "--token-file", token,
          "--state", r->state, "--log", r->log, "--until-eof", "--fault",
          fault == NULL ? "1000000:500" : fault, (char *)NULL);
    _exit(127);
}

static void start(running *r, const char *fault)
{
    int input[2], output[2];
    char line[160] = "";
    size_t n = 0;
    att_err err = { 0 };
    att_http_opts opts = { .total_seconds = 20 };

    memset(r, 0, sizeof *r);
    if (getenv("ATTUNE_SERVER") == NULL || access(getenv("ATTUNE_SERVER"), X_OK) != 0) {
        print_message("the test server is not built: make all tests\n");
        skip();
    }
    people_start(&r->p, DEMO);
    r->log = att_test_join(r->p.folder, "log");
    r->state = att_test_join(r->p.folder, "state");
    write_token(r);
    assert_int_equal(pipe(input), 0);
    assert_int_equal(pipe(output), 0);
    fcntl(input[1], F_SETFD, FD_CLOEXEC);
    fcntl(output[0], F_SETFD, FD_CLOEXEC);
    r->pid = fork();
    assert_true(r->pid >= 0);
    if (r->pid == 0) {
        become_server(r, input[0], output[1], fault);
    }
    close(input[0]);
    close(output[1]);
    r->input = input[1];
    r->output = output[0];
    while (n < sizeof line - 1 && read(r->output, line + n, 1) == 1 &&
           line[n] != '\n') {
        n++;
    }
    line[n] = '\0';
    assert_contains(line, "listening on http://127.0.0.1:");
    snprintf(r->url, sizeof r->url, "%s", line + strlen("listening on "));
    assert_ok(att_http_curl_open(&opts, &r->http, &err), &err);
    r->p.redcap.http = &r->http;
    r->p.redcap.url = r->url;
}

static void stop(running *r)
{
    int status = 0;

    close(r->input); /* its end ends the server */
    assert_int_equal(waitpid(r->pid, &status, 0), r->pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(r->output);
    r->http.close(r->http.data);
    test_free(r->log);
    test_free(r->state);
    people_end(&r->p);
}

static void compare(running *r, size_t n)
{
    people *p = &r->p;
    att_compare_result compared;

    p->err = (att_err){ 0 };
    assert_ok(att_sync_compare(&p->arena, p->store, &p->redcap, &compared, &p->err),
              &p->err);
    assert_int_equal(compared.n_equal, n);
    assert_int_equal(compared.n_differ + compared.n_missing, 0);
    assert_int_equal(people_count(p, ATT_OUTBOX_DONE), n);
}

/* Lines of the server's log that hold a text. */
static size_t count_log(const running *r, const char *part)
{
    size_t n = 0;
    char *log = att_test_read(r->log, NULL);

    for (const char *at = strstr(log, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    test_free(log);
    return n;
}

static void a_push_over_a_socket_arrives_whole(void **state)
{
    running r;
    att_redcap_project project;

    start(&r, NULL);
    people_come(&r.p);
    assert_ok(att_redcap_project_read(&r.p.arena, &r.p.redcap, &project, &r.p.err),
              &r.p.err);
    assert_string_equal(project.title, "Network survey");
    assert_string_equal(project.version, "14.5.5");
    assert_false(project.is_longitudinal);
    assert_int_equal(project.n_groups, 3);
    assert_ok(people_push(&r.p), &r.p.err);
    assert_int_equal(r.p.result.n_sent, PEOPLE_RECORDS);
    compare(&r, PEOPLE_RECORDS);
    stop(&r);
}

/* The seventh request is the import: version, project, metadata, names, groups and the
 * look come before. */
static void an_import_of_unknown_outcome_leaves_once(void **state)
{
    static const struct {
        const char *fault;
        size_t n_imports;
    } cases[] = {
        { "7:cut-before-reply", 1 },
        { "7:cut-in-reply", 1 },
        { "7:truncated", 1 },
        { "7:html-after", 1 },
        { "7:504-after", 1 },
        { "7:cut", 2 },
        { "7:html", 2 },
        { "7:503", 2 },
        { "7:408", 2 },
        { "7:429", 2 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        running r;

        start(&r, cases[i].fault);
        people_come(&r.p);
        assert_ok(people_push(&r.p), &r.p.err);
        assert_int_equal(count_log(&r, " import "), cases[i].n_imports);
        assert_int_equal(count_log(&r, " import 200"), 1);
        compare(&r, PEOPLE_RECORDS);
        stop(&r);
    }
}

static void replies_that_are_no_answer_are_told_in_words(void **state)
{
    static const struct {
        const char *fault;
        att_code code;
        const char *message, *hint;
    } cases[] = {
        { "1:403", ATT_EAUTH, "the token was refused by 127.0.0.1",
          "ask for a new one" },
        { "1:html", ATT_EINPUT, "answers with a page, \"Down for maintenance\"",
          "ends in /api/" },
        { "2:truncated", ATT_ENET, "which is not what was asked for", "" },
        { "1:redirect", ATT_EINPUT, "has moved to \"https://redcap.example.org/api/\"",
          "use that one" },
        { "1:404", ATT_EINPUT, "status 404", "ends in /api/" },
        { "1:503", ATT_ENET, "status 503", "later" },
        { "1:429", ATT_EBUSY, "too many requests", "7 seconds" },
        { "1:cut", ATT_ENET, "without an answer", "later" },
        { "2:cut-in-reply", ATT_ENET, "cut short", "later" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        running r;
        att_redcap_project project;
        att_code code = ATT_OK;

        start(&r, cases[i].fault);
        code = att_redcap_project_read(&r.p.arena, &r.p.redcap, &project, &r.p.err);
        assert_fails(code, cases[i].code, &r.p.err, cases[i].message);
        assert_contains(r.p.err.hint, cases[i].hint);
        assert_lacks(r.p.err.message, REDCAP_FAKE_TOKEN);
        stop(&r);
    }
}

static void no_server_means_nothing_was_sent(void **state)
{
    running r;
    att_reply reply;
    att_request request = { r.url, NULL, 0, true };

    start(&r, NULL);
    snprintf(r.url, sizeof r.url, "http://127.0.0.1:1/api/");
    assert_ok(r.http.send(r.http.data, &r.p.arena, &request, &reply, &r.p.err),
              &r.p.err);
    assert_int_equal(reply.outcome, ATT_NET_UNSENT);
    assert_contains(reply.says, "does not take a connection");
    request.url = "http://redcap.example.org/api/";
    assert_fails(r.http.send(r.http.data, &r.p.arena, &request, &reply, &r.p.err),
                 ATT_EUSAGE, &r.p.err, "plain http");
    stop(&r);
}

static void a_reply_over_the_limit_is_not_kept(void **state)
{
    running r;
    att_http small;
    att_http_opts opts = { .reply_max = 100 };
    const att_field fields[] = { { "token", REDCAP_FAKE_TOKEN,
                                   sizeof REDCAP_FAKE_TOKEN - 1, true },
                                 { "content", "project", 7, false },
                                 { "format", "json", 4, false } };
    att_request request = { r.url, fields, 3, false };
    att_reply reply;

    start(&r, NULL);
    assert_ok(att_http_curl_open(&opts, &small, &r.p.err), &r.p.err);
    assert_ok(small.send(small.data, &r.p.arena, &request, &reply, &r.p.err), &r.p.err);
    assert_int_equal(reply.outcome, ATT_NET_UNKNOWN);
    assert_contains(reply.says, "answers with more than");
    assert_true(reply.n <= 100);
    small.close(small.data);
    stop(&r);
}

/* ---- SIGKILL ---- */

enum { MANY = 60 };

/* In the child: pushes one record a request. */
static void push_and_exit(running *r)
{
    att_http http;
    att_http_opts opts = { 0 };
    people *p = &r->p;
    att_store *store = NULL;

    p->err = (att_err){ 0 };
    store = att_store_open(p->path, ATT_OPEN_WRITE, &p->err);
    if (store == NULL || att_http_curl_open(&opts, &http, &p->err) != ATT_OK) {
        _exit(9);
    }
    p->redcap.http = &http;
    p->opts.batch = 1;
    _exit(att_sync_push(&p->arena, store, &p->redcap, &p->opts, &p->result, &p->err) ==
                  ATT_OK
              ? 0
              : 1);
}

static void wait_us(long us)
{
    struct timespec left = { 0, us * 1000 };

    while (nanosleep(&left, &left) != 0) {
    }
}

static void a_push_killed_anywhere_goes_on_where_it_was(void **state)
{
    running r;
    size_t n_killed = 0;
    bool is_done = false;

    start(&r, NULL);
    for (size_t k = 0; k < MANY; k++) {
        people_respond(&r.p, k, att_arena_format(&r.p.arena, "N-%04zu", k), "w1");
    }
    att_store_close(r.p.store);
    r.p.store = NULL;
    for (long turn = 0; !is_done && turn < 200; turn++) {
        int status = 0;
        pid_t pid = fork();

        assert_true(pid >= 0);
        if (pid == 0) {
            push_and_exit(&r);
        }
        wait_us(2000 + turn * 1700 % 23000 + turn * 400);
        kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        n_killed += WIFSIGNALED(status) ? 1 : 0;
        is_done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    people_reopen(&r.p);
    assert_ok(people_push(&r.p), &r.p.err);
    compare(&r, MANY);
    print_message("killed %zu times, %zu imports\n", n_killed,
                  count_log(&r, " import 200"));
    assert_true(n_killed > 0);
    stop(&r);
}

/* ---- the canary ---- */

static void assert_file_lacks(const char *path, const char *text)
{
    size_t n = 0;
    char *bytes = att_test_read(path, &n);
    size_t length = strlen(text);

    for (size_t i = 0; i + length <= n; i++) {
        if (memcmp(bytes + i, text, length) == 0) {
            fail_msg("%s holds \"%s\"", path, text);
        }
    }
    test_free(bytes);
}

static void token_and_names_stay_where_they_are(void **state)
{
    running r;

    start(&r, NULL);
    people_come(&r.p);
    assert_ok(people_push(&r.p), &r.p.err);
    att_store_close(r.p.store);
    r.p.store = NULL;
    assert_file_lacks(r.p.path, REDCAP_FAKE_TOKEN);
    assert_file_lacks(r.log, REDCAP_FAKE_TOKEN);
    assert_file_lacks(r.state, "Doctor Canary"); /* identifying: never sent */
    people_reopen(&r.p);
    stop(&r);
}

ATT_TEST_MAIN(cmocka_unit_test(a_push_over_a_socket_arrives_whole),
              cmocka_unit_test(an_import_of_unknown_outcome_leaves_once),
              cmocka_unit_test(replies_that_are_no_answer_are_told_in_words),
              cmocka_unit_test(no_server_means_nothing_was_sent),
              cmocka_unit_test(a_reply_over_the_limit_is_not_kept),
              cmocka_unit_test(a_push_killed_anywhere_goes_on_where_it_was),
              cmocka_unit_test(token_and_names_stay_where_they_are))
