/* kiosk.c - one person after the other at one screen; see the header */
#include "kiosk.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/secret.h>

#include "interview.h"

#define PIN_LEAST    4
#define PIN_MOST     64
#define IDLE_DEFAULT 5.0 /* minutes */
#define IDLE_LEAST   0.01
#define IDLE_MOST    240.0

/* ---- options ---- */

static att_code read_idle(const att_call *call, double *minutes, att_err *err)
{
    const char *idle = att_option_get(call, "idle");

    *minutes = IDLE_DEFAULT;
    if (idle == NULL) {
        return ATT_OK;
    }
    if (!att_number_read(idle, strlen(idle), minutes) || !(*minutes >= IDLE_LEAST) ||
        !(*minutes <= IDLE_MOST)) {
        att_fail(err, ATT_EUSAGE, "\"--idle %s\" is no number of minutes", idle);
        return att_hint(err, "use a number up to %g", IDLE_MOST);
    }
    return ATT_OK;
}

static att_code check_alone(const att_call *call, att_err *err)
{
    static const char *const own[] = { "pin-file", "idle" };

    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (att_option_get(call, own[i]) != NULL) {
            att_fail(err, ATT_EUSAGE, "\"--%s\" goes with --kiosk", own[i]);
            return att_hint(err, "add --kiosk, or leave it out");
        }
    }
    return ATT_OK;
}

att_code att_kiosk_check(const att_call *call, att_err *err)
{
    bool is_spoken = att_option_get(call, "screen-reader") != NULL;
    const char *ui = att_option_get(call, "ui");
    double minutes;

    if (is_spoken && ui != NULL && strcmp(ui, "line") != 0) {
        att_fail(err, ATT_EUSAGE, "\"--screen-reader\" is the line face, not \"%s\"",
                 ui);
        return att_hint(err, "leave out --ui");
    }
    if (att_option_get(call, "kiosk") == NULL) {
        return check_alone(call, err);
    }
    if (att_option_get(call, "person") != NULL) {
        att_fail(err, ATT_EUSAGE, "\"--person\" is one person, a kiosk is for many");
        return att_hint(err, "leave out --person");
    }
    if (att_option_get(call, "interviewer") != NULL ||
        att_option_get(call, "proxy-for") != NULL) {
        att_fail(err, ATT_EUSAGE, "at a kiosk people answer alone and for themselves");
        return att_hint(err, "leave out --kiosk");
    }
    if (att_option_get(call, "answers") != NULL ||
        (ui != NULL && strcmp(ui, "script") == 0)) {
        att_fail(err, ATT_EUSAGE,
                 "a kiosk asks people, it takes no answers from files");
        return att_hint(err, "leave out --kiosk");
    }
    if (ui != NULL && strcmp(ui, "line") == 0 && !is_spoken) {
        att_fail(err, ATT_EUSAGE,
                 "the line face leaves each person's answers on the screen");
        return att_hint(err,
                        "leave out --ui, or add --screen-reader where one is used");
    }
    return read_idle(call, &minutes, err);
}

/* ---- the PIN ---- */

static att_code check_pin(const att_secret *pin, att_err *err)
{
    bool is_typable = true;

    for (size_t i = 0; i < pin->n; i++) {
        is_typable = is_typable && pin->text[i] > ' ' && pin->text[i] < 0x7F;
    }
    if (pin->n < PIN_LEAST || pin->n > PIN_MOST || !is_typable) {
        att_fail(err, ATT_EAUTH, "the PIN cannot be used");
        return att_hint(err,
                        "use %d to %d digits or letters, without accents or blanks",
                        PIN_LEAST, PIN_MOST);
    }
    return ATT_OK;
}

/* Typed once more, so that a slip does not lock out those who made it. */
static att_code type_pin(att_secret *out, const char *prompt, att_err *err)
{
    struct termios before, hidden;
    att_code code;

    if (tcgetattr(STDIN_FILENO, &before) != 0) {
        att_fail(err, ATT_EUSAGE, "a kiosk needs a PIN, and none can be typed here");
        return att_hint(err, "name a file that holds it: --pin-file FILE");
    }
    hidden = before;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG); /* Ctrl-C is a character: no PIN */
    tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    fputs(prompt, stderr);
    code = att_secret_read_fd(out, STDIN_FILENO, err);
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    fputs("\n", stderr);
    return code;
}

static bool is_same(const att_secret *a, const att_secret *b)
{
    return a->n == b->n && a->text != NULL && b->text != NULL &&
           memcmp(a->text, b->text, a->n) == 0;
}

static att_code ask_pin(att_secret *out, att_err *err)
{
    att_secret again = { 0 };
    att_code code = type_pin(out, "PIN for this kiosk: ", err);

    if (code == ATT_OK) {
        code = check_pin(out, err);
    }
    if (code == ATT_OK) {
        code = type_pin(&again, "The same once more: ", err);
    }
    if (code == ATT_OK && !is_same(&again, out)) {
        code = att_fail(err, ATT_EAUTH, "the two PINs are not the same");
    }
    att_secret_drop(&again);
    return code;
}

static att_code take_pin(const att_call *call, char sealed[ATT_PIN_SEALED],
                         att_err *err)
{
    const char *path = att_option_get(call, "pin-file");
    att_secret pin = { 0 };
    att_code code =
        path != NULL ? att_secret_read_file(&pin, path, err) : ask_pin(&pin, err);

    if (code == ATT_OK) {
        code = check_pin(&pin, err);
    }
    if (code == ATT_OK) {
        code = att_pin_seal(sealed, pin.text, err);
    }
    att_secret_drop(&pin);
    return code;
}

static bool opens(void *data, const char *pin)
{
    return att_pin_opens(data, pin);
}

/* ---- one person after the other ---- */

typedef struct kiosk {
    const att_call *call;
    const att_kiosk_plan *plan;
    const char *face;
    att_setting *settings;
    size_t n_settings;
    att_arena arena; /* of the interview that runs */
    att_keeper keeper;
    size_t n_finished, n_declined, n_open;
} kiosk;

static att_session *next(void *data, att_sink *sink, att_err *err)
{
    kiosk *k = data;
    att_session *session;

    (void)err;
    att_arena_drop(&k->arena);
    k->keeper = (att_keeper){ .store = k->plan->store };
    k->keeper.header = k->plan->make_header(&k->arena, k->call, k->plan->instrument);
    att_keeper_begin(&k->arena, &k->keeper, k->keeper.header->language, k->settings,
                     k->n_settings);
    k->keeper.log.sitting.face = k->face;
    *sink = att_keeper_sink(&k->keeper);
    session = att_session_make(&k->arena, k->plan->instrument, k->keeper.header,
                               k->settings, k->n_settings);
    att_session_prove(session);
    if (att_option_get(k->call, "no-progress") != NULL) {
        att_session_hide_progress(session);
    }
    return session;
}

static void ended(void *data, att_status status)
{
    kiosk *k = data;

    k->n_finished += status == ATT_STATUS_COMPLETE;
    k->n_declined += status == ATT_STATUS_DECLINED;
    att_keeper_end(&k->keeper);
    k->n_open += status == ATT_STATUS_OPEN && k->keeper.is_kept;
}

static void write_result(const kiosk *k, att_buf *buf)
{
    att_json_out out = att_json_begin(buf, false);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-kiosk/1");
    att_json_put_string(&out, "instrument", k->plan->instrument->id);
    att_json_put_string(&out, "version", k->plan->instrument->version);
    att_json_put_whole(&out, "finished", (long long)k->n_finished);
    att_json_put_whole(&out, "declined", (long long)k->n_declined);
    att_json_put_whole(&out, "open", (long long)k->n_open);
    att_json_end_object(&out);
    att_buf_char(buf, '\n');
}

static const att_face *find_face(const att_call *call, att_err *err)
{
    const att_face *face = att_interview_face(call, err);

    if (face != NULL && strcmp(face->name, "line") == 0 &&
        att_option_get(call, "screen-reader") == NULL) {
        att_fail(err, ATT_EUSAGE,
                 "a kiosk needs a whole screen, and there is none here");
        att_hint(err, "use a terminal of 40 by 10 or more, or add --screen-reader");
        return NULL;
    }
    return face;
}

int att_kiosk_run(att_call *call, const att_kiosk_plan *plan, att_err *err)
{
    char sealed[ATT_PIN_SEALED] = "";
    kiosk k = { .call = call, .plan = plan };
    att_queue queue = { .data = &k, .next = next, .ended = ended };
    att_kiosk guard = { .opens = opens, .data = sealed };
    att_drafts drafts = att_keeper_drafts(&k.keeper);
    att_face_opts opts = {
        .in = stdin, .out = stdout, .drafts = &drafts, .kiosk = &guard
    };
    const att_face *face = find_face(call, err);
    att_face_end end = { 0 };
    double minutes = 0;
    att_code code;

    if (face == NULL || read_idle(call, &minutes, err) != ATT_OK ||
        take_pin(call, sealed, err) != ATT_OK ||
        att_settings_read(call->arena, plan->store, &k.settings, &k.n_settings, err) !=
            ATT_OK ||
        att_interview_bidi(call, k.settings, k.n_settings, &opts.bidi, err) != ATT_OK) {
        return att_code_exit_status(err->code);
    }
    k.face = face->name;
    guard.idle = (att_msec)(minutes * 60000);
    opts.is_colored = att_interview_is_colored(call);
    signal(SIGQUIT, SIG_IGN); /* keys that would end or stop the program */
    signal(SIGTSTP, SIG_IGN);
    code = att_face_run_queue(face, &opts, &queue, &end, err);
    att_arena_drop(&k.arena);
    att_wipe(sealed, sizeof sealed);
    if (code != ATT_OK) {
        return att_code_exit_status(code);
    }
    if (call->is_json) {
        write_result(&k, call->out);
    } else {
        att_tell(call, "%zu finished, %zu declined, %zu left open\n", k.n_finished,
                 k.n_declined, k.n_open);
    }
    return end.signal != 0 ? 128 + end.signal : 0;
}
