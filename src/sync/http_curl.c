#include <attune/sync/http.h>

#include <string.h>

#include <curl/curl.h>

#include <attune/base/text.h>

enum {
    CONNECT_SECONDS = 15,
    TOTAL_SECONDS = 300,
    LOW_SPEED_SECONDS = 60,
    REPLY_MIB = 64,
    HEADER_MAX = 2000
};

typedef struct transport {
    CURL *curl;
    struct curl_slist *headers;
    size_t reply_max;
    long total_seconds;
} transport;

/* What comes in while a request runs. */
typedef struct arrival {
    att_buf body;
    size_t max;
    bool is_too_long;
    char location[HEADER_MAX], retry_after[64];
} arrival;

static size_t take_body(char *bytes, size_t size, size_t n, void *data)
{
    arrival *in = data;

    n *= size;
    if (in->body.n + n > in->max) {
        in->is_too_long = true;
        return 0;
    }
    att_buf_add_n(&in->body, bytes, n);
    return n;
}

static void keep_header(char *out, size_t room, const char *bytes, size_t n)
{
    while (n > 0 && (*bytes == ' ' || *bytes == '\t')) {
        bytes++;
        n--;
    }
    while (n > 0 && (unsigned char)bytes[n - 1] <= ' ') {
        n--;
    }
    n = n < room ? n : room - 1;
    memcpy(out, bytes, n);
    out[n] = '\0';
}

static bool is_header(const char *bytes, size_t n, const char *name)
{
    size_t length = strlen(name);

    if (n <= length || bytes[length] != ':') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i] >= 'A' && bytes[i] <= 'Z' ? (char)(bytes[i] + 32) : bytes[i];

        if (c != name[i]) {
            return false;
        }
    }
    return true;
}

static size_t take_header(char *bytes, size_t size, size_t n, void *data)
{
    arrival *in = data;

    n *= size;
    if (is_header(bytes, n, "location")) {
        keep_header(in->location, sizeof in->location, bytes + 9, n - 9);
    } else if (is_header(bytes, n, "retry-after")) {
        keep_header(in->retry_after, sizeof in->retry_after, bytes + 12, n - 12);
    }
    return n;
}

/* Bytes that hold the token are overwritten before they are given back; volatile, so
 * that no compiler finds it needless. */
static void wipe(char *bytes, size_t n)
{
    volatile char *p = bytes;

    for (size_t i = 0; i < n; i++) {
        p[i] = 0;
    }
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_' || c == '.' || c == '~';
}

static size_t put_encoded(char *out, size_t at, const char *bytes, size_t n)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < n; i++) {
        if (is_plain(bytes[i])) {
            out[at++] = bytes[i];
        } else {
            out[at++] = '%';
            out[at++] = hex[(unsigned char)bytes[i] >> 4];
            out[at++] = hex[(unsigned char)bytes[i] & 15];
        }
    }
    return at;
}

/* The fields as one body in a block of its own, made in one piece: a block that grew
 * would leave copies of the token behind. */
static char *encode(const att_request *request, size_t *n, size_t *room)
{
    char *body = NULL;
    size_t at = 0;

    *room = 1;
    for (size_t i = 0; i < request->n_fields; i++) {
        *room += 3 * (strlen(request->fields[i].name) + request->fields[i].n) + 2;
    }
    body = att_memory_grow(NULL, *room, 1);
    for (size_t i = 0; i < request->n_fields; i++) {
        const att_field *field = &request->fields[i];

        if (i > 0) {
            body[at++] = '&';
        }
        at = put_encoded(body, at, field->name, strlen(field->name));
        body[at++] = '=';
        at = put_encoded(body, at, field->value, field->n);
    }
    *n = at;
    return body;
}

/* Whether anything can have reached the server: the request began to leave. */
static bool has_left(CURL *curl, CURLcode result)
{
    curl_off_t micros = 0;

    switch (result) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return false;
    default: break;
    }
    return curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &micros) != CURLE_OK ||
           micros > 0;
}

/* A failure of the way there or back, in words. */
static const char *say(const transport *way, att_arena *arena, const char *host,
                       CURLcode result, const arrival *in)
{
    if (in->is_too_long) {
        return att_arena_format(arena, "%s answers with more than %zu MiB", host,
                                in->max >> 20);
    }
    switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return att_arena_format(arena, "the name %s is not known", host);
    case CURLE_COULDNT_RESOLVE_PROXY: return "the name of the proxy is not known";
    case CURLE_COULDNT_CONNECT:
        return att_arena_format(arena, "%s does not take a connection", host);
    case CURLE_PEER_FAILED_VERIFICATION:
        return att_arena_format(arena, "the certificate of %s is not trusted", host);
    case CURLE_SSL_CONNECT_ERROR:
        return att_arena_format(arena, "no safe connection to %s can be made", host);
    case CURLE_SSL_CACERT_BADFILE: return "the file of certificates cannot be read";
    case CURLE_OPERATION_TIMEDOUT:
        return att_arena_format(arena, "%s did not answer in time", host);
    case CURLE_PARTIAL_FILE:
        return att_arena_format(arena, "the answer of %s was cut short", host);
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        return att_arena_format(arena, "%s ended the connection without an answer",
                                host);
    default: break;
    }
    return att_arena_format(arena,
                            "the exchange with %s failed after %ld s at most: %s", host,
                            way->total_seconds, curl_easy_strerror(result));
}

/* What to do where trying again would not help; else NULL. */
static const char *advise(CURLcode result)
{
    switch (result) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return "ask the server's keeper for its certificate, then add --ca-file FILE";
    case CURLE_SSL_CACERT_BADFILE: return "check what --ca-file names";
    default: return NULL;
    }
}

static void fill(transport *way, att_arena *arena, const char *url, CURLcode result,
                 arrival *in, att_reply *out)
{
    const char *host = att_http_host(arena, url);
    const char *type = NULL;

    *out = (att_reply){ 0 };
    curl_easy_getinfo(way->curl, CURLINFO_RESPONSE_CODE, &out->status);
    curl_easy_getinfo(way->curl, CURLINFO_CONTENT_TYPE, &type);
    out->n = in->body.n;
    out->body = att_buf_copy(arena, &in->body);
    out->content_type = att_arena_text(arena, type == NULL ? "" : type);
    out->location = att_arena_text(arena, in->location);
    out->retry_after = att_http_retry_after(in->retry_after);
    if (result == CURLE_OK) {
        out->outcome = att_http_outcome(out->status);
        out->says = att_http_says(arena, host, out);
    } else {
        out->outcome = has_left(way->curl, result) ? ATT_NET_UNKNOWN : ATT_NET_UNSENT;
        out->says = say(way, arena, host, result, in);
        out->advice = advise(result);
    }
}

static att_code send_request(void *data, att_arena *arena, const att_request *request,
                             att_reply *out, att_err *err)
{
    transport *way = data;
    CURL *curl = way->curl;
    arrival in = { .max = way->reply_max };
    size_t n = 0;
    size_t room = 0;
    char *body = NULL;
    CURLcode result = CURLE_OK;

    ATT_TRY(att_http_check_url(request->url, err));
    body = encode(request, &n, &room);
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)n);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &in);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &in);
    /* curl silently sends again what failed on a connection that it had kept; a write
     * must leave once, so it gets a new one. */
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, request->is_write ? 1L : 0L);
    /* Plain http stays on this machine: no proxy. */
    curl_easy_setopt(curl, CURLOPT_PROXY,
                     att_http_is_loopback(request->url) ? "" : NULL);
    result = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, NULL);
    wipe(body, room);
    att_memory_free(body);
    if (result == CURLE_OUT_OF_MEMORY || result == CURLE_FAILED_INIT ||
        result == CURLE_UNSUPPORTED_PROTOCOL) {
        att_buf_drop(&in.body);
        return att_fail(err, ATT_EIO, "libcurl failed: %s", curl_easy_strerror(result));
    }
    fill(way, arena, request->url, result, &in, out);
    att_buf_drop(&in.body);
    return ATT_OK;
}

static void close_transport(void *data)
{
    transport *way = data;

    if (way != NULL) {
        curl_slist_free_all(way->headers);
        curl_easy_cleanup(way->curl);
        att_memory_free(way);
    }
}

static void set_up(transport *way, const att_http_opts *opts)
{
    CURL *curl = way->curl;

    way->headers = curl_slist_append(NULL, "Expect:");
    way->headers = curl_slist_append(way->headers, "Accept: application/json");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, way->headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "attune/" ATT_VERSION);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
                     opts->connect_seconds > 0 ? opts->connect_seconds
                                               : (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, way->total_seconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
                     opts->low_speed_seconds > 0 ? opts->low_speed_seconds
                                                 : (long)LOW_SPEED_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    if (opts->ca_file != NULL) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, opts->ca_file);
    }
}

att_code att_http_curl_open(const att_http_opts *opts, att_http *out, att_err *err)
{
    static const att_http_opts defaults = { 0 };
    transport *way = NULL;
    CURL *curl = NULL;

    opts = opts == NULL ? &defaults : opts;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
        (curl = curl_easy_init()) == NULL) {
        return att_fail(err, ATT_EIO, "libcurl cannot be started");
    }
    way = att_memory_grow(NULL, 1, sizeof *way);
    *way = (transport){ .curl = curl };
    way->reply_max = opts->reply_max > 0 ? opts->reply_max : (size_t)REPLY_MIB << 20;
    way->total_seconds = opts->total_seconds > 0 ? opts->total_seconds : TOTAL_SECONDS;
    set_up(way, opts);
    *out = (att_http){ .data = way, .send = send_request, .close = close_transport };
    return ATT_OK;
}

const char *att_http_version(void)
{
    return curl_version_info(CURLVERSION_NOW)->version;
}
