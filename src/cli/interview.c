/* interview.c - a session tied to a store
 */
#include "interview.h"

#include <stdlib.h>
#include <string.h>

#include <attune/base/json.h>
#include <attune/base/seal.h>
#include <attune/store/drafts.h>

#include "knowing.h"
#include "load.h"

bool att_interview_has_steps(const att_setting *settings, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(settings[i].name, "paradata") == 0) {
            return settings[i].text == NULL || strcmp(settings[i].text, "off") != 0;
        }
    }
    return true;
}

const char *att_interview_settings(att_arena *arena, const att_setting *settings,
                                   size_t n)
{
    char *hex = att_arena_alloc(arena, ATT_DIGEST_HEX);
    att_buf text = { 0 };
    att_digest digest;

    for (size_t i = 0; i < n; i++) {
        size_t n_texts = settings[i].text != NULL ? 1 : settings[i].n_list;

        if (strcmp(settings[i].name, "paradata") == 0) {
            continue; /* no instrument's words depend on it */
        }
        att_buf_format(&text, "%s %zu\n", settings[i].name, n_texts);
        for (size_t k = 0; k < n_texts; k++) {
            att_buf_add(&text, settings[i].text != NULL ? settings[i].text
                                                        : settings[i].list[k]);
            att_buf_char(&text, '\n');
        }
    }
    digest = att_digest_bytes(att_buf_text(&text), text.n);
    att_digest_write(hex, &digest);
    att_buf_drop(&text);
    return hex;
}

bool att_interview_is_colored(const att_call *call)
{
    const char *no_color = getenv("NO_COLOR");

    return call->color != ATT_COLOR_NEVER && (no_color == NULL || no_color[0] == '\0');
}

const att_face *att_interview_face(const att_call *call, att_err *err)
{
    const char *ui = att_option_get(call, "ui");
    const char *answers = att_option_get(call, "answers");

    if (att_option_get(call, "screen-reader") != NULL) {
        ui = "line";
    }
    if (ui == NULL && answers != NULL) {
        return att_face_find("script");
    }
    if (ui != NULL && answers != NULL && strcmp(ui, "script") != 0) {
        att_fail(err, ATT_EUSAGE,
                 "\"--answers\" goes with --ui script, not with --ui %s", ui);
        return NULL;
    }
    return ui != NULL ? att_face_find(ui) : att_face_choose();
}

static void write_result(att_call *call, const att_response *header,
                         const att_face_end *end)
{
    att_json_out out = att_json_begin(call->out, false);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-run/1");
    att_json_put_string(&out, "session", header->id);
    att_json_put_string(&out, "instrument", header->instrument);
    att_json_put_string(&out, "version", header->version);
    att_json_put_string(&out, "status", att_status_name(end->status));
    att_json_end_object(&out);
    att_buf_char(call->out, '\n');
}

static int end_status(const att_face_end *end)
{
    if (end->was_quit) {
        return 130;
    }
    return end->signal != 0 ? 128 + end->signal : 0;
}

/* The command that goes on with a session, as it can be typed here. */
static const char *resume_command(const att_call *call, const att_interview *interview)
{
    const char *id = interview->header->id;
    const char *named = att_option_get(call, "study");

    id += strlen(id) - ATT_ID_SHORT;
    if (named == NULL) {
        return att_arena_format(call->arena, "attune resume %s", id);
    }
    return att_arena_format(call->arena, "attune resume %s --study %s", id, named);
}

/* Runs the face. One that was not asked for and cannot open its terminal gives way to
 * the line face. */
static att_code run_face(const att_call *call, const att_face *face,
                         const att_face_opts *opts, att_session *session,
                         const att_sink *sink, att_face_end *end, att_err *err)
{
    att_keeper *k = sink->data;
    att_err failure = { 0 };
    bool is_chosen = att_option_get(call, "ui") != NULL;
    att_code code;

    k->log.sitting.face = face->name;
    code = att_face_run(face, opts, session, sink, end, &failure);
    if (code != ATT_OK && !is_chosen && !k->is_kept &&
        strcmp(face->name, "full") == 0) {
        k->log.sitting.face = "line";
        return att_face_run(att_face_find("line"), opts, session, sink, end, err);
    }
    if (code != ATT_OK) {
        *err = failure;
    }
    return code;
}

att_code att_interview_bidi(const att_call *call, const att_setting *settings, size_t n,
                            att_bidi_mode *mode, att_err *err)
{
    const char *name = att_option_get(call, "bidi");
    size_t i;

    for (i = 0; name == NULL && i < n; i++) {
        if (strcmp(settings[i].name, "bidi") == 0) {
            name = settings[i].text != NULL ? settings[i].text : "";
        }
    }
    for (i = 0; name != NULL && att_bidi_modes[i] != NULL; i++) {
        if (strcmp(att_bidi_modes[i], name) == 0) {
            *mode = (att_bidi_mode)i;
            return ATT_OK;
        }
    }
    if (name == NULL) {
        return ATT_OK;
    }
    att_fail(err, ATT_EINPUT,
             "the setting \"bidi\" is \"%s\", not app, terminal or off", name);
    return att_hint(err, "attune set bidi app");
}

/* A session that is in the store goes on where it stopped. */
static att_code go_on(att_call *call, const att_interview *interview,
                      att_session *session, att_sitting *sitting, att_err *err)
{
    const att_response *header = interview->header;
    att_draft *drafts = NULL;
    size_t n = 0;

    att_session_newer(session, interview->newer);
    ATT_TRY(att_session_replay(session, header->entries, header->n_entries, err));
    ATT_TRY(
        att_drafts_read(call->arena, interview->store, header->id, &drafts, &n, err));
    for (size_t i = 0; i < n; i++) {
        att_session_draft(session, drafts[i].item, drafts[i].text);
    }
    sitting->newer = interview->newer;
    sitting->n_before = header->n_entries;
    sitting->has_draft = n > 0;
    return ATT_OK;
}

/* The session, and what is said of this sitting. */
static att_session *open_session(att_call *call, const att_interview *interview,
                                 att_keeper *k, att_bidi_mode *bidi, att_err *err)
{
    att_setting *settings = NULL;
    size_t n_settings = 0;
    att_session *session;

    if (att_settings_read(call->arena, interview->store, &settings, &n_settings, err) !=
            ATT_OK ||
        att_interview_bidi(call, settings, n_settings, bidi, err) != ATT_OK) {
        return NULL;
    }
    session = att_session_make(call->arena, interview->instrument, interview->header,
                               settings, n_settings);
    att_session_prove(session);
    if (att_option_get(call, "no-progress") != NULL) {
        att_session_hide_progress(session);
    }
    att_keeper_begin(call->arena, k, interview->header->language, settings, n_settings);
    if (interview->is_kept &&
        go_on(call, interview, session, &k->log.sitting, err) != ATT_OK) {
        return NULL;
    }
    return session;
}

static int ask(att_call *call, const att_interview *interview, att_err *err)
{
    const att_response *header = interview->header;
    att_keeper k = { .store = interview->store,
                     .header = header,
                     .is_kept = interview->is_kept };
    att_sink sink = att_keeper_sink(&k);
    att_drafts drafts = att_keeper_drafts(&k);
    att_face_opts opts = { .in = stdin, .out = stdout, .drafts = &drafts };
    att_face_end end = { 0 };
    const att_face *face = att_interview_face(call, err);
    att_session *session =
        face != NULL ? open_session(call, interview, &k, &opts.bidi, err) : NULL;

    if (session == NULL) {
        return att_code_exit_status(err->code);
    }
    opts.answers = att_option_get(call, "answers");
    opts.is_live = opts.answers == NULL; /* for --ui script alone */
    opts.is_colored = att_interview_is_colored(call);
    opts.resume_with = resume_command(call, interview);
    run_face(call, face, &opts, session, &sink, &end, err);
    att_keeper_end(&k);
    if (err->code != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    if (call->is_json) {
        write_result(call, header, &end);
    } else if (strcmp(face->name, "full") == 0 && end.status == ATT_STATUS_OPEN &&
               k.is_kept) {
        att_tell(call, "Your answers are saved. To go on later: %s\n",
                 opts.resume_with);
    }
    return end_status(&end);
}

int att_interview_run(att_call *call, const att_interview *interview, att_err *err)
{
    att_response header = *interview->header;
    att_interview informed = *interview;

    informed.header = &header;
    if (!interview->is_kept &&
        att_knowing_gather(call, interview->store, interview->instrument, &header,
                           err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    return ask(call, &informed, err);
}
