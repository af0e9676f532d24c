#include <attune/sync/redcap.h>

#include "redcap_call.h"

#include <string.h>

#include <attune/base/text.h>

enum { LIST_MAX = 100000 };

/* Calls with one content and gives the body as JSON of a type. What a project may
 * rightly not have, or a token not see, is refused: then *out is NULL where that is
 * optional. A page or a cut answer is no such refusal. */
static att_code fetch_some(att_arena *arena, const att_redcap *redcap,
                           const char *content, json_type type, bool is_optional,
                           json_t **out, att_err *err)
{
    att_params *params = att_new(arena, att_params);
    att_reply reply = { 0 };

    *out = NULL;
    att_params_add(params, "content", content);
    ATT_TRY(att_redcap_call(arena, redcap, params, false, &reply, err));
    if (is_optional &&
        (reply.outcome == ATT_NET_REFUSED ||
         (reply.outcome == ATT_NET_AUTH && !att_http_is_page(reply.body, reply.n)))) {
        return ATT_OK;
    }
    if (reply.outcome != ATT_NET_OK) {
        return att_redcap_fail(arena, redcap, &reply, err);
    }
    *out = att_redcap_json(&reply, type);
    if (*out == NULL || json_array_size(*out) > LIST_MAX) {
        json_decref(*out);
        *out = NULL;
        return att_redcap_fail(arena, redcap, &reply, err);
    }
    return ATT_OK;
}

static att_code fetch(att_arena *arena, const att_redcap *redcap, const char *content,
                      json_type type, json_t **out, att_err *err)
{
    return fetch_some(arena, redcap, content, type, false, out, err);
}

static att_code fetch_optional(att_arena *arena, const att_redcap *redcap,
                               const char *content, json_t **out, att_err *err)
{
    return fetch_some(arena, redcap, content, JSON_ARRAY, true, out, err);
}

/* "14.5.5", with quotes round it or without. */
static att_code read_version(att_arena *arena, const att_redcap *redcap,
                             const char **out, att_err *err)
{
    att_params *params = att_new(arena, att_params);
    att_reply reply = { 0 };
    const char *from = NULL;
    size_t n = 0;

    att_params_add(params, "content", "version");
    ATT_TRY(att_redcap_call(arena, redcap, params, false, &reply, err));
    if (reply.outcome != ATT_NET_OK) {
        return att_redcap_fail(arena, redcap, &reply, err);
    }
    from = reply.body + strspn(reply.body, "\"\xEF\xBB\xBF \r\n");
    n = strspn(from, "0123456789.");
    if (n == 0 || n > 20 || from[strspn(from + n, "\" \r\n") + n] != '\0') {
        return att_redcap_fail(arena, redcap, &reply, err);
    }
    *out = att_arena_text_n(arena, from, n);
    return ATT_OK;
}

static bool is_yes(att_arena *arena, const json_t *info, const char *key)
{
    return strcmp(att_redcap_member(arena, info, key), "1") == 0;
}

static att_code read_info(att_arena *arena, const att_redcap *redcap,
                          att_redcap_project *out, att_err *err)
{
    json_t *info = NULL;

    ATT_TRY(fetch(arena, redcap, "project", JSON_OBJECT, &info, err));
    if (json_object_get(info, "project_title") == NULL) {
        json_decref(info);
        return att_fail(err, ATT_ENET, "%s answers without the project's title",
                        att_http_host(arena, redcap->url));
    }
    out->title = att_redcap_member(arena, info, "project_title");
    out->is_longitudinal = is_yes(arena, info, "is_longitudinal");
    out->has_repeats = is_yes(arena, info, "has_repeating_instruments_or_events");
    out->is_autonumbered = is_yes(arena, info, "record_autonumbering_enabled");
    out->missing_codes = att_redcap_member(arena, info, "missing_data_codes");
    json_decref(info);
    return ATT_OK;
}

static att_code read_fields(att_arena *arena, const att_redcap *redcap,
                            att_redcap_project *out, att_err *err)
{
    json_t *list = NULL;
    att_redcap_field *fields = NULL;

    ATT_TRY(fetch(arena, redcap, "metadata", JSON_ARRAY, &list, err));
    out->n_fields = json_array_size(list);
    fields = att_new_n(arena, att_redcap_field, out->n_fields);
    for (size_t i = 0; i < out->n_fields; i++) {
        const json_t *row = json_array_get(list, i);

        fields[i].name = att_redcap_member(arena, row, "field_name");
        fields[i].form = att_redcap_member(arena, row, "form_name");
        fields[i].type = att_redcap_member(arena, row, "field_type");
        fields[i].choices =
            att_redcap_member(arena, row, "select_choices_or_calculations");
        fields[i].validation =
            att_redcap_member(arena, row, "text_validation_type_or_show_slider_number");
    }
    out->fields = fields;
    json_decref(list);
    if (out->n_fields == 0 || fields[0].name[0] == '\0') {
        return att_fail(err, ATT_EINPUT, "project \"%s\" has no data dictionary yet",
                        out->title);
    }
    return ATT_OK;
}

static att_code read_names(att_arena *arena, const att_redcap *redcap,
                           att_redcap_project *out, att_err *err)
{
    json_t *list = NULL;
    att_redcap_name *names = NULL;

    ATT_TRY(fetch(arena, redcap, "exportFieldNames", JSON_ARRAY, &list, err));
    out->n_names = json_array_size(list);
    names = att_new_n(arena, att_redcap_name, out->n_names);
    for (size_t i = 0; i < out->n_names; i++) {
        const json_t *row = json_array_get(list, i);

        names[i].field = att_redcap_member(arena, row, "original_field_name");
        names[i].code = att_redcap_member(arena, row, "choice_value");
        names[i].column = att_redcap_member(arena, row, "export_field_name");
    }
    out->names = names;
    json_decref(list);
    return ATT_OK;
}

static const char **read_texts(att_arena *arena, const json_t *list, const char *key,
                               size_t *n)
{
    const char **texts = NULL;

    *n = json_array_size(list);
    texts = att_new_n(arena, const char *, *n);
    for (size_t i = 0; i < *n; i++) {
        texts[i] = att_redcap_member(arena, json_array_get(list, i), key);
    }
    return texts;
}

static att_redcap_pair *read_pairs(att_arena *arena, const json_t *list,
                                   const char *event, const char *form, size_t *n)
{
    att_redcap_pair *pairs = NULL;

    *n = json_array_size(list);
    pairs = att_new_n(arena, att_redcap_pair, *n);
    for (size_t i = 0; i < *n; i++) {
        pairs[i].event = att_redcap_member(arena, json_array_get(list, i), event);
        pairs[i].form = att_redcap_member(arena, json_array_get(list, i), form);
    }
    return pairs;
}

/* Events and their forms: a classic project has none, and is not asked. */
static att_code read_events(att_arena *arena, const att_redcap *redcap,
                            att_redcap_project *out, att_err *err)
{
    json_t *list = NULL;

    if (!out->is_longitudinal) {
        return ATT_OK;
    }
    ATT_TRY(fetch(arena, redcap, "event", JSON_ARRAY, &list, err));
    out->events = read_texts(arena, list, "unique_event_name", &out->n_events);
    json_decref(list);
    ATT_TRY(fetch(arena, redcap, "formEventMapping", JSON_ARRAY, &list, err));
    out->map = read_pairs(arena, list, "unique_event_name", "form", &out->n_map);
    json_decref(list);
    return ATT_OK;
}

static att_code read_repeats(att_arena *arena, const att_redcap *redcap,
                             att_redcap_project *out, att_err *err)
{
    json_t *list = NULL;

    if (!out->has_repeats) {
        return ATT_OK;
    }
    ATT_TRY(fetch_optional(arena, redcap, "repeatingFormsEvents", &list, err));
    out->repeats = read_pairs(arena, list, "event_name", "form_name", &out->n_repeats);
    json_decref(list);
    return ATT_OK;
}

/* A token may lack the right to see groups: then no group is sent. */
static att_code read_groups(att_arena *arena, const att_redcap *redcap,
                            att_redcap_project *out, att_err *err)
{
    json_t *list = NULL;

    ATT_TRY(fetch_optional(arena, redcap, "dag", &list, err));
    out->groups = read_texts(arena, list, "unique_group_name", &out->n_groups);
    json_decref(list);
    return ATT_OK;
}

att_code att_redcap_project_read(att_arena *arena, const att_redcap *redcap,
                                 att_redcap_project *out, att_err *err)
{
    *out = (att_redcap_project){ .version = "", .title = "", .missing_codes = "" };
    ATT_TRY(att_http_check_url(redcap->url, err));
    ATT_TRY(read_version(arena, redcap, &out->version, err));
    ATT_TRY(read_info(arena, redcap, out, err));
    ATT_TRY(read_fields(arena, redcap, out, err));
    ATT_TRY(read_names(arena, redcap, out, err));
    ATT_TRY(read_events(arena, redcap, out, err));
    ATT_TRY(read_repeats(arena, redcap, out, err));
    return read_groups(arena, redcap, out, err);
}
