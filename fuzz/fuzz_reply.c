/* fuzz_reply.c - any bytes as what a REDCap server answers
 * rooms: base instrument store sync
 *
 * The first byte chooses a status; the rest is the body of every reply.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/seal.h>
#include <attune/sync/redcap.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct replay {
    long status;
    const uint8_t *body;
    size_t n;
} replay;

static char token[] = "00112233445566778899AABBCCDDEEFF"; /* invented */

static att_code send_replay(void *data, att_arena *arena, const att_request *request,
                            att_reply *out, att_err *err)
{
    const replay *it = data;
    char *body = att_arena_alloc(arena, it->n + 1);

    (void)err;
    memcpy(body, it->body, it->n);
    *out = (att_reply){ .outcome = att_http_outcome(it->status),
                        .status = it->status,
                        .body = body,
                        .n = it->n,
                        .content_type = "",
                        .location = it->status == 302 ? body : "" };
    out->says = att_http_says(arena, att_http_host(arena, request->url), out);
    return ATT_OK;
}

static void need(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_import(att_arena *arena, const att_redcap *redcap,
                         const att_redcap_project *project)
{
    const att_cell cell = { "recs_t1", "4" };
    const att_redcap_row row = { "P1", "", "", 0, "", &cell, 1 };
    att_import_result result = { 0 };
    att_err err = { 0 };

    need(att_redcap_import(arena, redcap, project, &row, 1, &result, &err) == ATT_OK);
    need(result.outcome != ATT_NET_OK || result.n_imported == 1);
    need(result.says == NULL || strstr(result.says, token) == NULL);
    for (size_t i = 0; i < result.n_refused; i++) {
        need(result.refused[i].record[0] != '\0');
        need(strlen(result.refused[i].message) < SIZE_MAX);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const long statuses[] = { 200, 200, 200, 400, 400, 403, 429, 500, 302, 413 };
    replay it = { 200, data, 0 };
    att_http http = { .data = &it, .send = send_replay };
    att_secret secret = { token, sizeof token - 1 };
    att_redcap redcap = { &http, "https://redcap.example.org/api/", &secret };
    const att_redcap_field field = { "record_id", "recs", "text", "", "" };
    const char *const names[] = { "P1", "P2" };
    att_redcap_project project = { .version = "", .title = "", .missing_codes = "" };
    att_redcap_project read;
    att_redcap_row *rows = NULL;
    size_t n = 0;
    att_arena arena = { 0 };
    att_err err = { 0 };

    if (size == 0) {
        return 0;
    }
    it.status = statuses[data[0] % (sizeof statuses / sizeof statuses[0])];
    it.body = data + 1;
    it.n = size - 1;
    project.fields = &field;
    project.n_fields = 1;
    if (att_redcap_project_read(&arena, &redcap, &read, &err) != ATT_OK) {
        need(err.message[0] != '\0' && strstr(err.message, token) == NULL);
    }
    err = (att_err){ 0 };
    if (att_redcap_export(&arena, &redcap, &project, names, 2, names, 2, &rows, &n,
                          &err) == ATT_OK) {
        for (size_t i = 0; i < n; i++) {
            need(rows[i].record[0] != '\0' && rows[i].instance >= 0);
        }
    }
    check_import(&arena, &redcap, &project);
    att_arena_drop(&arena);
    return 0;
}
