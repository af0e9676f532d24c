/* http.h - a request and a reply, no library
 *
 * The real transport is http_curl; tests have one that replays and one that fails at
 * the n-th request. A body is form fields; secrets are marked, so that a request can be
 * printed with stars.
 */
#ifndef ATTUNE_SYNC_HTTP_H
#define ATTUNE_SYNC_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include <attune/base/arena.h>
#include <attune/base/buf.h>
#include <attune/base/error.h>

typedef struct att_field {
    const char *name, *value;
    size_t n; /* bytes of value */
    bool is_secret;
} att_field;

typedef struct att_request {
    const char *url;
    const att_field *fields; /* [n_fields] sent as application/x-www-form-urlencoded */
    size_t n_fields;
    bool is_write; /* changes something there: must not be repeated by a library */
} att_request;

typedef enum att_net {
    ATT_NET_OK = 0,
    ATT_NET_AUTH,    /* 401, 403 */
    ATT_NET_REFUSED, /* 400, 406: nothing stored */
    ATT_NET_TOO_BIG, /* 413 */
    ATT_NET_BUSY,    /* 429: retry_after */
    ATT_NET_UNKNOWN, /* timeout, cut, 5xx, 408, not the expected shape: a write may have
                         happened */
    ATT_NET_UNSENT,  /* no connection was made, name not found, TLS refused: nothing
                         was sent */
    ATT_NET_WRONG    /* 3xx, 404, 405, 501: wrong address or method */
} att_net;

typedef struct att_reply {
    att_net outcome;
    long status;      /* HTTP, 0 when there is none */
    const char *body; /* [n] and a NUL; in the arena */
    size_t n;
    const char *content_type; /* or "" */
    const char *location;     /* of a redirect, or "" */
    long retry_after;         /* seconds; 0 when not said */
    const char *says;         /* outcome in words for people; never holds a secret */
    const char *advice;       /* what to do about it; NULL: try again later */
} att_reply;

typedef struct att_http {
    void *data;
    /* Sends and waits. Fails (code) only when this machine fails; all else is an
     * outcome. */
    att_code (*send)(void *data, att_arena *arena, const att_request *request,
                     att_reply *out, att_err *err);
    void (*close)(void *data);
} att_http;

typedef struct att_http_opts {
    long connect_seconds;   /* 0: 15 */
    long total_seconds;     /* 0: 300 */
    long low_speed_seconds; /* 0: 60 under 1 byte a second */
    size_t reply_max;       /* 0: 64 MiB */
    const char *ca_file;    /* NULL: the system's */
} att_http_opts;

/* EUSAGE when the URL is not https (or http to a loopback address), or holds a user,
 * a query or a fragment. */
att_code att_http_check_url(const char *url, att_err *err);

/* Whether a URL is plain http to this machine itself. */
bool att_http_is_loopback(const char *url);

/* "redcap.example.org" or "127.0.0.1:8080", out of a URL. */
char *att_http_host(att_arena *arena, const char *url);

/* What an HTTP status means; 200 is OK, whatever the body. */
att_net att_http_outcome(long status);

/* Whether a body is a page for people, not data. */
bool att_http_is_page(const char *body, size_t n);

/* The title of a page, or the first words of a text: one line, at most 80 characters,
 * without tags. */
char *att_http_words(att_arena *arena, const char *body, size_t n);

/* Seconds of a Retry-After header ("120"; a date counts as 60); 0 when empty. */
long att_http_retry_after(const char *value);

/* Status and page in words: "redcap.example.org answers with status 503, \"Down for
 * maintenance\"". */
char *att_http_says(att_arena *arena, const char *host, const att_reply *reply);

/* The request for people to read, each secret as stars. */
void att_http_write(att_buf *out, const att_request *request);

/* A transport by libcurl: TLS verified, no redirects, no proxy but the environment's,
 * an empty Expect header. NULL with *err. close with http.close(http.data). */
att_code att_http_curl_open(const att_http_opts *opts, att_http *out, att_err *err);

/* Version of the curl library in use: "7.88.1". */
const char *att_http_version(void);

#endif
