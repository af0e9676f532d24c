/* sending.c - the way to a REDCap server, and what is said on it
 */
#include "sending.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>

#define BAR           20
#define BAR_AFTER_MS  500
#define LINE_EVERY_MS 10000
#define COUNT_WIDTH   9

static att_code read_token(att_call *call, att_secret *out, att_err *err)
{
    const char *file = att_option_get(call, "token-file");
    const char *command = att_option_get(call, "token-command");
    bool is_stdin = att_option_get(call, "token-stdin") != NULL;

    if ((file != NULL) + (command != NULL) + (int)is_stdin != 1) {
        att_fail(err, ATT_EUSAGE, "one way to the token is wanted");
        return att_hint(err, "add --token-file FILE, --token-command COMMAND or "
                             "--token-stdin");
    }
    if (file != NULL) {
        return att_secret_read_file(out, file, err);
    }
    if (command != NULL) {
        return att_secret_run(out, command, err);
    }
    return att_secret_read_fd(out, STDIN_FILENO, err);
}

static const char *host_of(att_arena *arena, const char *url)
{
    const char *from = strstr(url, "://");

    from = from != NULL ? from + 3 : url;
    return att_arena_text_n(arena, from, strcspn(from, "/"));
}

att_code att_sending_open(att_call *call, att_sending *out, att_err *err)
{
    const char *url = att_option_get(call, "url");
    att_http_opts opts = { .ca_file = att_option_get(call, "ca-file") };

    if (url == NULL) {
        att_fail(err, ATT_EUSAGE, "the project's address is wanted");
        return att_hint(err, "add --url https://.../api/");
    }
    ATT_TRY(att_http_check_url(url, err));
    ATT_TRY(read_token(call, &out->token, err));
    ATT_TRY(att_http_curl_open(&opts, &out->http, err));
    out->host = host_of(call->arena, url);
    out->redcap.http = &out->http;
    out->redcap.url = url;
    out->redcap.token = &out->token;
    return ATT_OK;
}

void att_sending_close(att_sending *sending)
{
    if (sending->http.close != NULL) {
        sending->http.close(sending->http.data);
    }
    att_secret_drop(&sending->token);
}

att_code att_sending_limit(const att_call *call, size_t *out, att_err *err)
{
    const char *text = att_option_get(call, "limit");
    long long n = 0;

    *out = 0;
    if (text == NULL) {
        return ATT_OK;
    }
    if (!att_number_read_whole(text, strlen(text), &n) || n < 1) {
        return att_fail(err, ATT_EUSAGE,
                        "\"--limit\" is a whole number from 1, not \"%s\"", text);
    }
    *out = (size_t)n;
    return ATT_OK;
}

/* What progress remembers. */
typedef struct progress {
    att_call *call;
    att_msec started, told;
    bool is_terminal, is_drawn;
} progress;

static void draw_bar(progress *p, size_t n_sent, size_t n_all, att_msec elapsed)
{
    double rate = elapsed > 0 ? (double)n_sent * 1000.0 / (double)elapsed : 0.0;
    size_t filled = n_all > 0 ? BAR * n_sent / n_all : BAR;
    att_buf bar = { 0 };

    att_buf_repeat(&bar, '#', filled);
    att_buf_repeat(&bar, '-', BAR - filled);
    att_tell(p->call, "\rSending  [%s]  %zu of %zu records  %.0f/s", att_buf_text(&bar),
             n_sent, n_all, rate);
    if (rate > 0.0) {
        att_tell(p->call, "  %.0f s left ", (double)(n_all - n_sent) / rate);
    }
    att_buf_drop(&bar);
    p->is_drawn = true;
}

static void tell_progress(void *data, size_t n_sent, size_t n_all)
{
    progress *p = data;
    att_msec now = att_stamp_mono();
    att_msec elapsed = now - p->started;

    if (p->is_terminal && elapsed >= BAR_AFTER_MS) {
        draw_bar(p, n_sent, n_all, elapsed);
    } else if (!p->is_terminal && now - p->told >= LINE_EVERY_MS) {
        p->told = now;
        att_tell(p->call, "attune: sent %zu of %zu records\n", n_sent, n_all);
    }
}

void att_sending_progress_start(att_call *call, att_push_opts *opts)
{
    progress *p = att_new(call->arena, progress);

    p->call = call;
    p->started = p->told = att_stamp_mono();
    p->is_terminal = isatty(STDERR_FILENO) != 0;
    opts->progress = tell_progress;
    opts->data = p;
}

void att_sending_progress_end(att_call *call, const att_push_opts *opts)
{
    const progress *p = opts->data;

    if (p->is_drawn) {
        att_tell(call, "\r%79s\r", "");
    }
}

void att_sending_count(att_call *call, const char *word, size_t n)
{
    att_buf number = { 0 };

    att_number_grouped(&number, (long long)n);
    att_buf_add(call->out, word);
    att_buf_repeat(call->out, ' ', COUNT_WIDTH + 1 - strlen(word));
    att_buf_repeat(call->out, ' ', number.n < 5 ? 5 - number.n : 1);
    att_buf_format(call->out, "%s record%s\n", att_buf_text(&number),
                   n == 1 ? "" : "s");
    att_buf_drop(&number);
}

static size_t wider(size_t width, const char *text)
{
    size_t n = att_text_width(text);

    return n > width ? n : width;
}

static void add_padded(att_buf *out, const char *text, size_t width)
{
    size_t n = att_text_width(text);

    att_text_tame(out, text);
    att_buf_repeat(out, ' ', width + 2 - n);
}

void att_sending_issues(att_call *call, const att_push_issue *issues, size_t n)
{
    size_t record = wider(0, "Record");
    size_t field = wider(0, "Field");
    size_t value = wider(0, "Value");

    for (size_t i = 0; i < n; i++) {
        record = wider(record, issues[i].record);
        field = wider(field, issues[i].field);
        value = wider(value, issues[i].value);
    }
    att_buf_char(call->out, '\n');
    add_padded(call->out, "Record", record);
    add_padded(call->out, "Field", field);
    add_padded(call->out, "Value", value);
    att_buf_add(call->out, "Why\n");
    for (size_t i = 0; i < n; i++) {
        add_padded(call->out, issues[i].record, record);
        add_padded(call->out, issues[i].field, field);
        add_padded(call->out, issues[i].value, value);
        att_text_tame(call->out, issues[i].why);
        att_buf_char(call->out, '\n');
    }
}
