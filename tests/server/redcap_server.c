/* redcap_server.c - a REDCap API for tests, on loopback
 *
 *   redcap-test-server --project FILE --token-file FILE [--port N] [--state FILE]
 *                      [--fault N:KIND]... [--log FILE] [--until-eof] [--tls FILE]
 *
 * Prints "listening on http://127.0.0.1:PORT/api/" and serves until a signal comes or,
 * with --until-eof, until standard input ends. --tls serves https with the key and
 * certificate of a PEM file. --fault 3:503 strikes the third request,
 * 3+:503 it and all after. --log writes a line a request; never a token.
 */
#include "redcap_fault.h"
#include "redcap_project.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include <attune/base/file.h>
#include <attune/base/number.h>
#include <attune/base/seal.h>
#include <attune/base/secret.h>

enum { FAULTS_MAX = 1000, BODY_MAX = 64 << 20, TLS_MAX = 1 << 16 };

typedef struct rc_strike {
    long from, to; /* request numbers */
    const rc_fault *fault;
} rc_strike;

typedef struct rc_server {
    rc_project *project;
    rc_strike strikes[FAULTS_MAX];
    size_t n_strikes;
    long n_requests;
    FILE *log;
} rc_server;

typedef struct rc_options {
    const char *project, *token, *state, *log, *tls;
    long port;
    bool is_until_eof;
} rc_options;

/* A request as it comes in. */
typedef struct rc_call {
    att_arena arena;
    att_buf body;
    bool is_form;
    rc_reply reply;
} rc_call;

static volatile sig_atomic_t is_over;

static void end(int number)
{
    (void)number;
    is_over = 1;
}

static const rc_fault *fault_now(const rc_server *server)
{
    for (size_t i = 0; i < server->n_strikes; i++) {
        if (server->n_requests >= server->strikes[i].from &&
            server->n_requests <= server->strikes[i].to) {
            return server->strikes[i].fault;
        }
    }
    return NULL;
}

static void write_log(const rc_server *server, const rc_vars *vars,
                      const rc_reply *reply, const rc_fault *fault)
{
    const char *content = rc_var_get(vars, "content");
    const char *what = rc_var_get(vars, "data") != NULL ? "import" : "export";

    if (server->log == NULL) {
        return;
    }
    fprintf(server->log, "%ld %s %s %d %s\n", server->n_requests,
            content == NULL ? "-" : content, what, reply->status,
            fault == NULL ? "-" : fault->name);
    fflush(server->log);
}

/* Half of the reply, then the connection ends. */
static ssize_t read_half(void *data, uint64_t at, char *out, size_t room)
{
    const rc_reply *reply = data;
    size_t half = reply->n / 2;
    size_t n = 0;

    if (at >= half) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    n = half - (size_t)at < room ? half - (size_t)at : room;
    memcpy(out, reply->body + at, n);
    return (ssize_t)n;
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, rc_call *call,
                                  const rc_fault *fault)
{
    rc_reply *reply = &call->reply;
    struct MHD_Response *response = NULL;
    enum MHD_Result result = MHD_NO;

    if (fault != NULL && fault->harm == RC_HARM_CUT_IN) {
        response =
            MHD_create_response_from_callback(reply->n, 1024, read_half, reply, NULL);
    } else {
        union {
            const char *from;
            void *to;
        } body = { .from = reply->body };

        response =
            MHD_create_response_from_buffer(reply->n, body.to, MHD_RESPMEM_MUST_COPY);
    }
    MHD_add_response_header(response, "Content-Type", reply->type);
    if (reply->status == 429) {
        MHD_add_response_header(response, "Retry-After", "7");
    }
    if (reply->status == 302) {
        MHD_add_response_header(response, "Location",
                                "https://redcap.example.org/api/");
    }
    result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static void show_page(rc_call *call, int status)
{
    call->reply.status = status;
    call->reply.type = "text/html; charset=utf-8";
    call->reply.body = rc_fault_page;
    call->reply.n = strlen(rc_fault_page);
}

/* Carries the request out, unless a fault keeps it from that. */
static enum MHD_Result serve(rc_server *server, struct MHD_Connection *connection,
                             rc_call *call, const char *method)
{
    rc_vars vars = rc_form_read(&call->arena, att_buf_text(&call->body), call->body.n);
    const rc_fault *fault = NULL;

    server->n_requests++;
    fault = fault_now(server);
    if (strcmp(method, "POST") != 0) {
        show_page(call, 501);
    } else if (fault == NULL || fault->is_after) {
        if (call->is_form) {
            rc_answer(server->project, &call->arena, &vars, &call->reply);
        } else {
            rc_refuse(&call->arena, &vars, 400, "form variables are wanted",
                      &call->reply);
        }
    }
    write_log(server, &vars, &call->reply, fault);
    if (fault == NULL) {
        return send_reply(connection, call, NULL);
    }
    if (fault->harm == RC_HARM_CUT) {
        return MHD_NO;
    }
    if (fault->harm == RC_HARM_TRUNCATED) {
        call->reply.n /= 2;
    } else if (fault->harm != RC_HARM_CUT_IN) {
        show_page(call, fault->status);
    }
    return send_reply(connection, call, fault);
}

static enum MHD_Result handle(void *data, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *upload, size_t *n_upload, void **state)
{
    rc_call *request = *state;
    const char *type = NULL;

    (void)url;
    (void)version;
    if (request == NULL) {
        request = att_memory_grow(NULL, 1, sizeof *request);
        *request = (rc_call){ 0 };
        type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Type");
        request->is_form =
            type != NULL && strncmp(type, "application/x-www-form-urlencoded", 33) == 0;
        *state = request;
        return MHD_YES;
    }
    if (*n_upload > 0) {
        if (request->body.n + *n_upload > BODY_MAX) {
            return MHD_NO;
        }
        att_buf_add_n(&request->body, upload, *n_upload);
        *n_upload = 0;
        return MHD_YES;
    }
    return serve(data, connection, request, method);
}

static void finish(void *data, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
    rc_call *request = *state;

    (void)data;
    (void)connection;
    (void)code;
    if (request != NULL) {
        att_buf_drop(&request->body);
        att_arena_drop(&request->arena);
        att_memory_free(request);
        *state = NULL;
    }
}

/* "3:503", "3+:503" */
static bool read_fault(rc_server *server, const char *text)
{
    const char *colon = strchr(text, ':');
    size_t n = colon == NULL ? 0 : (size_t)(colon - text);
    bool goes_on = n > 0 && text[n - 1] == '+';
    rc_strike *strike = &server->strikes[server->n_strikes];
    long long from = 0;

    if (colon == NULL || server->n_strikes == FAULTS_MAX ||
        !att_number_read_whole(text, goes_on ? n - 1 : n, &from)) {
        return false;
    }
    strike->from = (long)from;
    strike->to = goes_on ? 1L << 30 : (long)from;
    strike->fault = rc_fault_find(colon + 1);
    server->n_strikes++;
    return strike->fault != NULL;
}

static bool read_options(int argc, char **argv, rc_server *server, rc_options *out)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        long long port = 0;

        if (strcmp(argv[i], "--until-eof") == 0) {
            out->is_until_eof = true;
            continue;
        }
        if (value == NULL) {
            return false;
        }
        i++;
        if (strcmp(argv[i - 1], "--project") == 0) {
            out->project = value;
        } else if (strcmp(argv[i - 1], "--token-file") == 0) {
            out->token = value;
        } else if (strcmp(argv[i - 1], "--state") == 0) {
            out->state = value;
        } else if (strcmp(argv[i - 1], "--log") == 0) {
            out->log = value;
        } else if (strcmp(argv[i - 1], "--tls") == 0) {
            out->tls = value;
        } else if (strcmp(argv[i - 1], "--port") == 0 &&
                   att_number_read_whole(value, strlen(value), &port) && port >= 0 &&
                   port < 65536) {
            out->port = (long)port;
        } else if (strcmp(argv[i - 1], "--fault") != 0 || !read_fault(server, value)) {
            return false;
        }
    }
    return out->project != NULL && out->token != NULL;
}

static bool input_ended(void)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    char bytes[256];

    return poll(&input, 1, 0) > 0 && read(STDIN_FILENO, bytes, sizeof bytes) <= 0;
}

/* The daemon, over TLS where a file with key and certificate was named. */
static struct MHD_Daemon *start(rc_server *server, const struct sockaddr_in *address,
                                const char *pem)
{
    if (pem == NULL) {
        return MHD_start_daemon(
            MHD_NO_FLAG, 0, NULL, NULL, handle, server, MHD_OPTION_SOCK_ADDR, address,
            MHD_OPTION_NOTIFY_COMPLETED, finish, NULL, MHD_OPTION_END);
    }
    return MHD_start_daemon(MHD_USE_TLS, 0, NULL, NULL, handle, server,
                            MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_HTTPS_MEM_KEY,
                            pem, MHD_OPTION_HTTPS_MEM_CERT, pem,
                            MHD_OPTION_NOTIFY_COMPLETED, finish, NULL, MHD_OPTION_END);
}

static int run(rc_server *server, const rc_options *options)
{
    att_arena arena = { 0 };
    att_bytes pem = { 0 };
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)options->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct MHD_Daemon *daemon = NULL;
    const union MHD_DaemonInfo *info = NULL;

    if (options->tls == NULL ||
        att_file_read(&arena, options->tls, TLS_MAX, &pem, NULL) == ATT_OK) {
        daemon = start(server, &address, pem.bytes);
    }
    if (daemon == NULL) {
        att_arena_drop(&arena);
        fprintf(stderr, "redcap-test-server: cannot listen on port %ld\n",
                options->port);
        return 8;
    }
    info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    printf("listening on %s://127.0.0.1:%u/api/\n",
           pem.bytes == NULL ? "http" : "https", (unsigned)info->port);
    fflush(stdout);
    while (!is_over && !(options->is_until_eof && input_ended())) {
        MHD_run_wait(daemon, 200);
    }
    MHD_stop_daemon(daemon);
    att_arena_drop(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    static rc_server server;
    struct sigaction action = { .sa_handler = end };
    rc_options options = { 0 };
    att_secret token = { 0 };
    att_err err = { 0 };
    int status = 3;

    if (!read_options(argc, argv, &server, &options)) {
        fprintf(stderr, "usage: redcap-test-server --project FILE --token-file FILE "
                        "[--port N] [--state FILE] [--fault N:KIND]... [--log FILE] "
                        "[--until-eof] [--tls FILE]\n");
        return 2;
    }
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    if (att_seal_start(&err) == ATT_OK &&
        att_secret_read_file(&token, options.token, &err) == ATT_OK) {
        server.project =
            rc_project_open(options.project, token.text, options.state, &err);
    }
    if (server.project == NULL) {
        fprintf(stderr, "redcap-test-server: %s\n", err.message);
        goto out;
    }
    server.log = options.log == NULL ? NULL : fopen(options.log, "a");
    status = run(&server, &options);
out:
    if (server.log != NULL) {
        fclose(server.log);
    }
    rc_project_close(server.project);
    att_secret_drop(&token);
    return status;
}
