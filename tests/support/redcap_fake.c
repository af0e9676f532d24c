#include "redcap_fake.h"

#include <string.h>

#include "att_test.h"

/* The server's own code, all but its socket. */
#include "tests/server/redcap_api.c"
#include "tests/server/redcap_export.c"
#include "tests/server/redcap_fault.c"
#include "tests/server/redcap_form.c"
#include "tests/server/redcap_import.c"
#include "tests/server/redcap_project.c"

static size_t entries_of(const att_request *request, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < request->n_fields; i++) {
        const char *other = request->fields[i].name;

        n += strncmp(other, name, strlen(name)) == 0 && other[strlen(name)] == '[';
    }
    return n;
}

static void watch(redcap_fake *fake, const att_request *request, const rc_vars *vars)
{
    size_t n_records = entries_of(request, "records");
    size_t n_fields = entries_of(request, "fields");
    const char *overwrite = rc_var_get(vars, "overwriteBehavior");
    const char *format = rc_var_get(vars, "format");
    const char *errors = rc_var_get(vars, "returnFormat");

    fake->most_entries =
        n_records > fake->most_entries ? n_records : fake->most_entries;
    fake->most_entries = n_fields > fake->most_entries ? n_fields : fake->most_entries;
    fake->most_vars = vars->n > fake->most_vars ? vars->n : fake->most_vars;
    fake->was_overwrite |= overwrite != NULL && strcmp(overwrite, "overwrite") == 0;
    fake->was_bad |= format == NULL || strcmp(format, "json") != 0 || errors == NULL ||
                     strcmp(errors, "json") != 0;
}

/* Counts the records of an import that was carried out. */
static void count_stored(redcap_fake *fake, const rc_vars *vars)
{
    json_t *data = json_loads(rc_var_get(vars, "data"), 0, NULL);

    for (size_t i = 0; i < json_array_size(data); i++) {
        const char *record =
            rc_text(json_array_get(data, i), rc_project_record_id(fake->project));
        json_int_t n = json_integer_value(json_object_get(fake->n_stored, record));

        json_object_set_new(fake->n_stored, record, json_integer(n + 1));
    }
    if (json_array_size(data) > fake->most_records) {
        fake->most_records = json_array_size(data);
    }
    fake->n_imports++;
    json_decref(data);
}

static void carry_out(redcap_fake *fake, att_arena *arena, const rc_vars *vars,
                      rc_reply *reply)
{
    rc_answer(fake->project, arena, vars, reply);
    if (reply->status == 200 && rc_var_get(vars, "data") != NULL) {
        count_stored(fake, vars);
    }
}

static void set_reply(att_arena *arena, const rc_reply *reply, att_reply *out)
{
    out->status = reply->status;
    out->outcome = att_http_outcome(reply->status);
    out->n = reply->n;
    out->body = att_arena_text_n(arena, reply->body, reply->n);
    out->content_type = reply->type;
    out->location = reply->status == 302 ? "https://redcap.example.org/api/" : "";
    out->retry_after = reply->status == 429 ? 7 : 0;
}

static void damage(att_arena *arena, const rc_fault *fault, rc_reply *reply,
                   att_reply *out)
{
    switch (fault->harm) {
    case RC_HARM_TRUNCATED: reply->n /= 2; break;
    case RC_HARM_STATUS:
    case RC_HARM_PAGE:
        *reply = (rc_reply){ fault->status, "text/html", rc_fault_page,
                             strlen(rc_fault_page) };
        break;
    case RC_HARM_CUT:
    case RC_HARM_CUT_IN:
        *out = (att_reply){ .outcome = ATT_NET_UNKNOWN,
                            .body = "",
                            .content_type = "",
                            .location = "",
                            .says = "the answer was cut short" };
        return;
    }
    set_reply(arena, reply, out);
}

static att_code send_fake(void *data, att_arena *arena, const att_request *request,
                          att_reply *out, att_err *err)
{
    redcap_fake *fake = data;
    rc_var *list = att_new_n(arena, rc_var, request->n_fields);
    rc_vars vars = { list, 0 };
    rc_reply reply = { 0, "", "", 0 };
    bool strikes = false;

    fake->n_requests++;
    strikes =
        fake->fail_at > 0 && (fake->n_requests == fake->fail_at ||
                              (fake->fails_on && fake->n_requests > fake->fail_at));
    for (size_t i = 0; i < request->n_fields && i < RC_VARS_MAX; i++) {
        list[i].name = request->fields[i].name;
        list[i].value =
            att_arena_text_n(arena, request->fields[i].value, request->fields[i].n);
        vars.n++;
    }
    watch(fake, request, &vars);
    *out = (att_reply){ .body = "", .content_type = "", .location = "" };
    if (strikes && fake->mishap == REDCAP_MISHAP_DEATH) {
        return att_fail(err, ATT_EIO, "killed before request %zu", fake->n_requests);
    }
    if (strikes && fake->mishap == REDCAP_MISHAP_UNSENT) {
        out->outcome = ATT_NET_UNSENT;
        out->says = "redcap.example.org does not take a connection";
        return ATT_OK;
    }
    if (!strikes || fake->mishap == REDCAP_MISHAP_DEATH_AFTER ||
        (fake->fault != NULL && fake->fault->is_after)) {
        carry_out(fake, arena, &vars, &reply);
    }
    if (strikes && fake->mishap == REDCAP_MISHAP_DEATH_AFTER) {
        return att_fail(err, ATT_EIO, "killed after request %zu", fake->n_requests);
    }
    if (strikes && fake->fault != NULL) {
        damage(arena, fake->fault, &reply, out);
    } else {
        set_reply(arena, &reply, out);
    }
    if (out->says == NULL) {
        out->says = att_http_says(arena, att_http_host(arena, request->url), out);
    }
    return ATT_OK;
}

void redcap_fake_open(redcap_fake *fake, const char *path)
{
    att_err err = { 0 };

    *fake = (redcap_fake){ .http = { .data = fake, .send = send_fake } };
    fake->project = rc_project_open(att_test_path(path), REDCAP_FAKE_TOKEN, NULL, &err);
    assert_ok(err.code, &err);
    fake->n_stored = json_object();
}

void redcap_fake_close(redcap_fake *fake)
{
    rc_project_close(fake->project);
    json_decref(fake->n_stored);
}

const char *redcap_fake_cell(const redcap_fake *fake, const char *record,
                             const char *key, const char *column)
{
    const json_t *rows = json_object_get(fake->project->records, record);

    return rc_text(json_object_get(rows, key), column);
}

void redcap_fake_put(redcap_fake *fake, const char *record, const char *key,
                     const char *column, const char *value)
{
    json_t *rows = child(fake->project->records, record);

    json_object_set_new(child(rows, key), column, json_string(value));
}

size_t redcap_fake_n_records(const redcap_fake *fake)
{
    return json_object_size(fake->project->records);
}
