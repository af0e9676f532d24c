#include <att_test.h>

#include <string.h>

#include <attune/sync/http.h>

static void only_https_and_loopback_addresses_are_taken(void **state)
{
    static const struct {
        const char *url;
        const char *says; /* "" when it is taken */
    } cases[] = {
        { "https://redcap.example.org/api/", "" },
        { "https://redcap.example.org:8443/x/api/", "" },
        { "http://127.0.0.1:8080/api/", "" },
        { "http://127.1.2.3/api/", "" },
        { "http://localhost/api/", "" },
        { "http://[::1]:81/api/", "" },
        { "http://redcap.example.org/api/", "plain http" },
        { "http://127.0.0.1.example.org/api/", "plain http" },
        { "http://127.example.org/api/", "plain http" },
        { "http://localhost.example.org/", "plain http" },
        { "http://[::1].example.org/", "plain http" },
        { "http://128.0.0.1/", "plain http" },
        { "http://127.0.0.1@example.org/", "plain http" },
        { "ftp://redcap.example.org/api/", "does not begin with https://" },
        { "redcap.example.org/api/", "does not begin with https://" },
        { "https://", "does not begin with https://" },
        { "", "does not begin with https://" },
        { "https://me:word@redcap.example.org/api/", "more than host and path" },
        { "https://redcap.example.org/api/?token=1", "more than host and path" },
        { "https://redcap.example.org/api/#x", "more than host and path" },
        { "https://redcap.example.org/a pi/", "blank" },
        { "https://redcap.example.org\\@evil.example/", "blank" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        att_err err = { 0 };
        att_code code = att_http_check_url(cases[i].url, &err);

        if (cases[i].says[0] == '\0') {
            assert_ok(code, &err);
        } else {
            assert_fails(code, ATT_EUSAGE, &err, cases[i].says);
            assert_lacks(err.message, "token=1");
            assert_lacks(err.message, "me:word");
        }
    }
}

static void each_status_has_one_meaning(void **state)
{
    static const struct {
        long status;
        att_net outcome;
    } cases[] = {
        { 200, ATT_NET_OK },      { 201, ATT_NET_UNKNOWN }, { 301, ATT_NET_WRONG },
        { 302, ATT_NET_WRONG },   { 308, ATT_NET_WRONG },   { 400, ATT_NET_REFUSED },
        { 401, ATT_NET_AUTH },    { 403, ATT_NET_AUTH },    { 404, ATT_NET_WRONG },
        { 405, ATT_NET_WRONG },   { 406, ATT_NET_REFUSED }, { 408, ATT_NET_UNKNOWN },
        { 413, ATT_NET_TOO_BIG }, { 429, ATT_NET_BUSY },    { 500, ATT_NET_UNKNOWN },
        { 501, ATT_NET_WRONG },   { 502, ATT_NET_UNKNOWN }, { 503, ATT_NET_UNKNOWN },
        { 504, ATT_NET_UNKNOWN }, { 0, ATT_NET_UNKNOWN },   { 418, ATT_NET_UNKNOWN },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(att_http_outcome(cases[i].status), cases[i].outcome);
    }
}

static void a_page_is_told_by_its_title_or_first_words(void **state)
{
    static const struct {
        const char *body, *words;
        bool is_page;
    } cases[] = {
        { "<html><head><title>\n Down &amp; out </title>", "Down & out", true },
        { "<!DOCTYPE html><HTML><TITLE>REDCap</TITLE>", "REDCap", true },
        { "<html><style>p{}</style><body><p>Too  many\nrequests", "Too many requests",
          true },
        { "<html><script>var a = '<b>';</script>Hello", "Hello", true },
        { "<html><!-- no --><p>You are &lt;blocked&gt;", "You are <blocked>", true },
        { "<html><title></title>Empty", "Empty", true },
        { "\xEF\xBB\xBF\n<div>Banned", "Banned", true },
        { "{\"error\":\"x\"}", "{\"error\":\"x\"}", false },
        { "[]", "[]", false },
        { "", "", false },
        { "<html>\x1b[31mred", "[31mred", true },
        { "<html>bad \xff bytes", "bad", true },
        { "<html", "", true },
        { "<html><title", "", true },
    };
    att_arena arena = { 0 };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t n = strlen(cases[i].body);

        assert_string_equal(att_http_words(&arena, cases[i].body, n), cases[i].words);
        assert_int_equal(att_http_is_page(cases[i].body, n), cases[i].is_page);
    }
    att_arena_drop(&arena);
}

static void a_wait_is_read_in_seconds(void **state)
{
    assert_int_equal(att_http_retry_after(""), 0);
    assert_int_equal(att_http_retry_after("7"), 7);
    assert_int_equal(att_http_retry_after("-7"), 0);
    assert_int_equal(att_http_retry_after("99999999999"), 86400);
    assert_int_equal(att_http_retry_after("Wed, 21 Oct 2026 07:28:00 GMT"), 60);
}

static void a_request_prints_its_secrets_as_stars(void **state)
{
    const att_field fields[] = { { "token", "CANARY0123", 10, true },
                                 { "content", "version", 7, false } };
    att_request request = { "https://redcap.example.org/api/", fields, 2, false };
    att_buf out = { 0 };

    att_http_write(&out, &request);
    assert_string_equal(att_buf_text(&out),
                        "POST https://redcap.example.org/api/\n  token=****\n"
                        "  content=version\n");
    att_buf_drop(&out);
}

ATT_TEST_MAIN(cmocka_unit_test(only_https_and_loopback_addresses_are_taken),
              cmocka_unit_test(each_status_has_one_meaning),
              cmocka_unit_test(a_page_is_told_by_its_title_or_first_words),
              cmocka_unit_test(a_wait_is_read_in_seconds),
              cmocka_unit_test(a_request_prints_its_secrets_as_stars))
