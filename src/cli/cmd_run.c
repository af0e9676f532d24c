/* cmd_run.c - attune run: asks the questions of an instrument and stores the answers
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/seal.h>
#include <attune/base/text.h>
#include <attune/store/instruments.h>

#include "bundled.h"
#include "interview.h"
#include "kiosk.h"
#include "load.h"
#include "suggesting.h"

#define CODE_LENGTH_MAX 100 /* characters in a person's code, as REDCap record ids */

/* A code on the command line: short, one line, no control characters. */
static att_code check_code(const att_call *call, const char *name, att_err *err)
{
    const char *value = att_option_get(call, name);

    if (value == NULL) {
        return ATT_OK;
    }
    if (att_text_check(value, strlen(value)) != strlen(value) ||
        !att_text_is_tame(value) || strchr(value, '\n') != NULL) {
        return att_fail(err, ATT_EINPUT, "\"--%s\" holds what is not plain text", name);
    }
    if (value[0] == '\0' || value[0] == ' ' || value[strlen(value) - 1] == ' ' ||
        att_text_length(value) > CODE_LENGTH_MAX) {
        att_fail(err, ATT_EINPUT,
                 "\"--%s\" is empty, too long, or has blanks at its ends", name);
        return att_hint(err, "use 1 to %d characters", CODE_LENGTH_MAX);
    }
    return ATT_OK;
}

static att_code check_role(const att_call *call, const att_instrument *instrument,
                           att_err *err)
{
    const char *role = att_option_get(call, "role");
    const char *nearest;

    if (role == NULL || instrument->n_roles == 0) {
        return ATT_OK;
    }
    for (size_t i = 0; i < instrument->n_roles; i++) {
        if (strcmp(instrument->roles[i], role) == 0) {
            return ATT_OK;
        }
    }
    nearest = att_text_nearest(role, instrument->roles, instrument->n_roles);
    att_fail(err, ATT_EINPUT, "\"%s\" is not a role of \"%s\"", role, instrument->id);
    if (nearest != NULL) {
        return att_hint(err, "did you mean \"%s\"?", nearest);
    }
    return att_hint(err, "its roles begin with \"%s\"; see \"roles\" in the instrument",
                    instrument->roles[0]);
}

static att_code check_language(const att_call *call, const att_instrument *instrument,
                               att_err *err)
{
    const char *tag = att_option_get(call, "lang");
    att_buf tags = { 0 };

    if (tag == NULL || att_instrument_language(instrument, tag) != ATT_NONE) {
        return ATT_OK;
    }
    for (size_t i = 0; i < instrument->n_languages; i++) {
        att_buf_format(&tags, "%s%s", i > 0 ? ", " : "", instrument->languages[i].tag);
    }
    att_fail(err, ATT_EINPUT, "\"%s\" is not written in \"%s\"", instrument->id, tag);
    att_hint(err, "it has: %s", att_buf_text(&tags));
    att_buf_drop(&tags);
    return err->code;
}

/* A file is added first; else a name in the study; else one that comes with attune. */
static const att_instrument *find_instrument(att_call *call, att_store *store,
                                             att_err *err)
{
    const char *name = call->args[0];
    att_err missing = { 0 };
    const att_instrument *instrument;
    bool is_new = false;

    if (access(name, F_OK) == 0) {
        return att_bundled_add(call, store, name, &is_new, err);
    }
    instrument = att_instruments_read(call->arena, store, name, &missing);
    if (instrument != NULL) {
        return instrument;
    }
    *err = missing;
    if (missing.code == ATT_ENOTFOUND && att_bundled_is(name)) {
        err->hint[0] = '\0';
        att_hint(err, "it comes with attune: attune add %s --study %s", name,
                 att_store_path(store));
    } else if (missing.code == ATT_ENOTFOUND) {
        att_hint(err, "name a file, or add one first: attune add FILE --study %s",
                 att_store_path(store));
    }
    return NULL;
}

static const char *given(att_arena *arena, const att_call *call, const char *name)
{
    const char *value = att_option_get(call, name);

    return value != NULL ? att_text_compose(arena, value) : "";
}

static att_response *make_header(att_arena *arena, const att_call *call,
                                 const att_instrument *instrument)
{
    att_response *header = att_new(arena, att_response);
    char *id = att_arena_alloc(arena, ATT_ID_SIZE);
    const char *tag = att_option_get(call, "lang");

    header->started = att_stamp_now();
    att_id_make(id, header->started);
    header->id = id;
    header->instrument = instrument->id;
    header->version = instrument->version;
    header->digest = instrument->digest;
    header->person = given(arena, call, "person");
    header->role = given(arena, call, "role");
    header->site = given(arena, call, "site");
    header->wave = given(arena, call, "wave");
    header->interviewer = given(arena, call, "interviewer");
    header->proxy_for = given(arena, call, "proxy-for");
    header->relation = given(arena, call, "relation");
    header->mode = header->proxy_for[0] != '\0'     ? ATT_ASKING_PROXY
                   : header->interviewer[0] != '\0' ? ATT_ASKING_INTERVIEWER
                                                    : ATT_ASKING_SELF;
    header->language =
        tag != NULL ? tag : instrument->languages[instrument->language].tag;
    header->seed = att_random_seed();
    (void)att_option_seed(call, &header->seed, NULL); /* was read before */
    header->offset = att_stamp_offset(header->started);
    header->today = att_day_at(header->started, header->offset);
    return header;
}

/* Who answers for whom. */
static att_code check_proxy(const att_call *call, att_err *err)
{
    const char *whom = att_option_get(call, "proxy-for");
    const char *person = att_option_get(call, "person");

    if (whom == NULL && att_option_get(call, "relation") != NULL) {
        att_fail(err, ATT_EUSAGE, "\"--relation\" is that of a proxy");
        return att_hint(err, "add --proxy-for CODE, the person who is answered for");
    }
    if (whom != NULL && person != NULL && strcmp(whom, person) == 0) {
        att_fail(err, ATT_EUSAGE, "\"%s\" cannot answer for \"%s\" as a proxy", person,
                 whom);
        return att_hint(err, "leave out --proxy-for when the person answers");
    }
    return ATT_OK;
}

static int run_in(att_call *call, att_interview *interview, att_err *err)
{
    att_kiosk_plan plan = { .store = interview->store,
                            .instrument = interview->instrument,
                            .make_header = make_header };
    att_response *header;

    if (att_option_get(call, "kiosk") != NULL) {
        return att_kiosk_run(call, &plan, err);
    }
    header = make_header(call->arena, call, interview->instrument);
    if (att_suggesting_ask(call, interview->store, interview->instrument, header,
                           err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    interview->header = header;
    return att_interview_run(call, interview, err);
}

static int run_run(att_call *call, att_err *err)
{
    static const char *const codes[] = { "person",      "role",      "site",    "wave",
                                         "interviewer", "proxy-for", "relation" };
    att_interview interview = { .newer = "" };
    unsigned long long seed = 0;
    int status;

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (check_code(call, codes[i], err) != ATT_OK) {
            return att_code_exit_status(err->code);
        }
    }
    if (check_proxy(call, err) != ATT_OK || att_kiosk_check(call, err) != ATT_OK ||
        att_option_seed(call, &seed, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    if (att_option_get(call, "kiosk") != NULL && att_option_get(call, "seed") != NULL) {
        att_fail(err, ATT_EUSAGE,
                 "\"--seed\" is of one session, and a kiosk holds many");
        return att_code_exit_status(err->code);
    }
    interview.store = att_load_store(call, ATT_OPEN_WRITE, err);
    if (interview.store == NULL) {
        return att_code_exit_status(err->code);
    }
    interview.instrument = find_instrument(call, interview.store, err);
    if (interview.instrument != NULL &&
        check_role(call, interview.instrument, err) == ATT_OK &&
        check_language(call, interview.instrument, err) == ATT_OK) {
        status = run_in(call, &interview, err);
    } else {
        status = att_code_exit_status(err->code);
    }
    att_store_close(interview.store);
    return status;
}

static const att_flag options[] = {
    { "study", 0, "FILE", "where answers go (default: $ATTUNE_STUDY, or the one here)",
      NULL },
    { "person", 0, "CODE", "who answers; also --role, --site, --wave", NULL },
    { "role", 0, "CODE", NULL, NULL },
    { "site", 0, "CODE", NULL, NULL },
    { "wave", 0, "CODE", NULL, NULL },
    { "lang", 0, "TAG", "language (default: the instrument's own)", NULL },
    { "ui", 0, "FACE", "full, line or script (default: full on a terminal, else line)",
      "full line script" },
    { "bidi", 0, "MODE",
      "who turns right-to-left words: app (the default), terminal or off",
      "app terminal off" },
    { "answers", 0, "FILE", "answers for --ui script; - reads standard input", NULL },
    { "no-input", 0, NULL, "do not ask for the person, role, site and wave", NULL },
    { "interviewer", 0, "CODE", "who asks: shows what is written for interviewers",
      NULL },
    { "proxy-for", 0, "CODE",
      "for whom it is answered; --relation: what one is to them", NULL },
    { "relation", 0, "WORD", NULL, NULL },
    { "kiosk", 0, NULL, "one person after the other, until the PIN is typed", NULL },
    { "pin-file", 0, "FILE", "its PIN, in a file of mode 0600 (default: asked)", NULL },
    { "idle", 0, "MIN", "lock its screen after so many minutes (default: 5)", NULL },
    { "screen-reader", 0, NULL, "the line face, in a kiosk too", NULL },
    { "no-progress", 0, NULL, "no number of the question, no time left", NULL },
    { "seed", 0, "N", "of what is shown in random order (default: drawn)", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_run = {
    .name = "run",
    .group = ATT_GROUP_ASK,
    .about = "Asks the questions of an instrument and stores the answers.",
    .examples = "  attune run recs --study net.attune --person P014 --lang es\n"
                "  attune run pulse --ui line             prompt by prompt, for screen "
                "readers\n",
    .usage = "INSTRUMENT [options]",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .is_json = true,
    .run = run_run,
};
