/* redcap_call.h - one request to a REDCap API and what its reply means
 *
 * Every call sends token, format=json and returnFormat=json. What a server says is
 * searched for the token before it goes into any message.
 */
#ifndef ATTUNE_SRC_SYNC_REDCAP_CALL_H
#define ATTUNE_SRC_SYNC_REDCAP_CALL_H

#include <jansson.h>

#include <attune/sync/redcap.h>

/* The form variables of a call, growing; at most ATT_PARAMS_MAX with those that every
 * call has (servers can silently drop variables past 1000). */
#define ATT_PARAMS_MAX 960

typedef struct att_params {
    att_field list[ATT_PARAMS_MAX];
    size_t n;
} att_params;

/* The texts must live until the call. add_list writes name[0], name[1], ... */
void att_params_add(att_params *params, const char *name, const char *value);
void att_params_add_list(att_arena *arena, att_params *params, const char *name,
                         const char *const *values, size_t n);

/* Sends; reply->says never holds the token. Fails only when this machine does. */
att_code att_redcap_call(att_arena *arena, const att_redcap *redcap,
                         const att_params *params, bool is_write, att_reply *reply,
                         att_err *err);

/* Puts what a reply means for the whole project into err; reply->outcome is not OK, or
 * its body is not what was asked for. */
att_code att_redcap_fail(att_arena *arena, const att_redcap *redcap,
                         const att_reply *reply, att_err *err);

/* The message of an error reply ({"error": "..."}, or the first words of the body),
 * without the token. */
char *att_redcap_error_text(att_arena *arena, const att_redcap *redcap,
                            const att_reply *reply);

/* The body as JSON of a type, or NULL. The caller drops it (json_decref). */
json_t *att_redcap_json(const att_reply *reply, json_type type);

/* A value as text: numbers in shortest form, true and false as 1 and 0, null as "";
 * NULL for lists and objects. */
const char *att_redcap_value(att_arena *arena, const json_t *value);

/* The same of a member of an object; "" when it is absent or no plain value. */
const char *att_redcap_member(att_arena *arena, const json_t *object, const char *key);

#endif
