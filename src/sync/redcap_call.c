#include "redcap_call.h"

#include <assert.h>
#include <string.h>

#include <attune/base/number.h>
#include <attune/base/text.h>

void att_params_add(att_params *params, const char *name, const char *value)
{
    assert(params->n < ATT_PARAMS_MAX);
    params->list[params->n++] =
        (att_field){ .name = name, .value = value, .n = strlen(value) };
}

void att_params_add_list(att_arena *arena, att_params *params, const char *name,
                         const char *const *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        att_params_add(params, att_arena_format(arena, "%s[%zu]", name, i), values[i]);
    }
}

/* A copy in which the token is stars, should a server have said it. */
static char *hide_token(att_arena *arena, const att_redcap *redcap, const char *text)
{
    char *copy = att_arena_text(arena, text);
    size_t n = redcap->token->n;
    char *at = n == 0 ? NULL : strstr(copy, redcap->token->text);

    while (at != NULL) {
        memset(at, '*', n);
        at = strstr(at + n, redcap->token->text);
    }
    return copy;
}

att_code att_redcap_call(att_arena *arena, const att_redcap *redcap,
                         const att_params *params, bool is_write, att_reply *reply,
                         att_err *err)
{
    size_t n = params->n + 3;
    att_field *fields = att_new_n(arena, att_field, n);
    att_request request = { redcap->url, fields, n, is_write };

    fields[0] = (att_field){ "token", redcap->token->text, redcap->token->n, true };
    fields[1] = (att_field){ "format", "json", 4, false };
    fields[2] = (att_field){ "returnFormat", "json", 4, false };
    memcpy(fields + 3, params->list, params->n * sizeof *fields);
    ATT_TRY(redcap->http->send(redcap->http->data, arena, &request, reply, err));
    reply->says = hide_token(arena, redcap, reply->says == NULL ? "" : reply->says);
    return ATT_OK;
}

json_t *att_redcap_json(const att_reply *reply, json_type type)
{
    const char *body = reply->body;
    size_t n = reply->n;
    json_t *json = NULL;

    if (n >= 3 && memcmp(body, "\xEF\xBB\xBF", 3) == 0) {
        body += 3;
        n -= 3;
    }
    json = json_loadb(body, n, JSON_DECODE_ANY, NULL);
    if (json != NULL && json_typeof(json) != type) {
        json_decref(json);
        json = NULL;
    }
    return json;
}

const char *att_redcap_value(att_arena *arena, const json_t *value)
{
    att_buf text = { 0 };
    const char *copy = NULL;

    switch (value == NULL ? JSON_NULL : json_typeof(value)) {
    case JSON_STRING: return att_arena_text(arena, json_string_value(value));
    case JSON_NULL: return "";
    case JSON_TRUE: return "1";
    case JSON_FALSE: return "0";
    case JSON_INTEGER:
        return att_arena_format(arena, "%lld", (long long)json_integer_value(value));
    case JSON_REAL:
        att_number_write(&text, json_real_value(value));
        copy = att_buf_copy(arena, &text);
        att_buf_drop(&text);
        return copy;
    case JSON_OBJECT:
    case JSON_ARRAY: break;
    }
    return NULL;
}

const char *att_redcap_member(att_arena *arena, const json_t *object, const char *key)
{
    const char *text = att_redcap_value(arena, json_object_get(object, key));

    return text == NULL ? "" : text;
}

char *att_redcap_error_text(att_arena *arena, const att_redcap *redcap,
                            const att_reply *reply)
{
    json_t *json = att_redcap_json(reply, JSON_OBJECT);
    const char *error = json_string_value(json_object_get(json, "error"));
    char *text = NULL;

    if (error != NULL) {
        text = hide_token(arena, redcap, error);
    } else {
        text = hide_token(arena, redcap, att_http_words(arena, reply->body, reply->n));
    }
    json_decref(json);
    return text;
}

/* A reply of status 200 that is not what was asked for. */
static att_code fail_shape(att_arena *arena, const char *host, const char *text,
                           const att_reply *reply, att_err *err)
{
    if (att_http_is_page(reply->body, reply->n)) {
        att_fail(err, ATT_EINPUT, "%s answers with a page, \"%s\", not with data", host,
                 text);
        return att_hint(err, "check the address; that of the API ends in /api/");
    }
    if (reply->n == 0) {
        return att_fail(err, ATT_ENET, "%s answers with nothing", host);
    }
    return att_fail(err, ATT_ENET, "%s answers \"%s\", which is not what was asked for",
                    host, att_text_cut(arena, text, 80));
}

att_code att_redcap_fail(att_arena *arena, const att_redcap *redcap,
                         const att_reply *reply, att_err *err)
{
    const char *host = att_http_host(arena, redcap->url);
    const char *text = att_redcap_error_text(arena, redcap, reply);

    switch (reply->outcome) {
    case ATT_NET_OK: return fail_shape(arena, host, text, reply, err);
    case ATT_NET_AUTH:
        att_fail(err, ATT_EAUTH, "the token was refused by %s", host);
        return att_hint(err, "ask for a new one");
    case ATT_NET_REFUSED:
        return att_fail(err, ATT_EINPUT, "%s refused the request: %s", host, text);
    case ATT_NET_TOO_BIG:
        return att_fail(err, ATT_EINPUT, "%s finds the request too large", host);
    case ATT_NET_BUSY:
        att_fail(err, ATT_EBUSY, "%s has had too many requests and takes no more now",
                 host);
        return att_hint(err, "try again in %ld seconds",
                        reply->retry_after > 0 ? reply->retry_after : 60);
    case ATT_NET_WRONG:
        att_fail(err, ATT_EINPUT, "%s", reply->says);
        return att_hint(err, reply->location[0] != '\0'
                                 ? "if you trust the new address, use that one"
                                 : "check the address; that of the API ends in /api/");
    case ATT_NET_UNKNOWN:
    case ATT_NET_UNSENT: break;
    }
    att_fail(err, ATT_ENET, "%s", reply->says);
    return att_hint(err, "%s",
                    reply->advice != NULL ? reply->advice
                                          : "try again later; nothing is lost");
}
