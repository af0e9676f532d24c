/* line_kiosk.c - the line face in a kiosk: the lock and the PIN; see line.h */
#include <signal.h>
#include <string.h>
#include <termios.h>

#include <attune/base/number.h>
#include <attune/base/seal.h>

#include "line.h"

#define PIN_MOST   64
#define MINUTE     60000.0
#define TRANSCRIPT "(...)" /* stands for a PIN where what is typed is written */

/* One line, with or without what is typed being seen. READ_EVENT: it is in input.line. */
static att_read read_plain(line_face *face, const char *prompt, bool is_hidden)
{
    int fd = fileno(face->input.file);
    struct termios before, hidden;
    bool is_changed = is_hidden && fd >= 0 && tcgetattr(fd, &before) == 0;
    att_msec idle = face->input.idle;
    att_line state;

    if (is_changed) {
        hidden = before;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(fd, TCSANOW, &hidden);
    }
    line_put(face, prompt);
    line_put(face, " ");
    fflush(face->out);
    face->input.idle = 0;
    state = att_input_line(&face->input);
    face->input.idle = idle;
    if (is_changed) {
        tcsetattr(fd, TCSANOW, &before);
    }
    if (face->echoes && state == ATT_LINE_READ) {
        line_put(face, is_hidden ? TRANSCRIPT : att_buf_text(&face->input.line));
    }
    if (face->echoes || is_hidden || state != ATT_LINE_READ) {
        line_put(face, "\n");
    }
    switch (state) {
    case ATT_LINE_SIGNAL: return ATT_READ_SIGNAL;
    case ATT_LINE_END:
    case ATT_LINE_FAILED: return ATT_READ_END;
    default: return ATT_READ_EVENT;
    }
}

static void say_wait(line_face *face, bool is_early, unsigned wait)
{
    att_arena scratch = { 0 };
    const char *seconds = att_arena_format(&scratch, "%u", wait);

    line_put_line(face, att_say_text(&scratch, face->words,
                                     is_early ? ATT_SAY_PIN_WAIT : ATT_SAY_PIN_WRONG,
                                     &seconds, 1));
    att_arena_drop(&scratch);
}

/* Asks for the PIN once. EVENT: *opens says whether it is. */
static att_read ask_pin(line_face *face, bool ends_all, bool *opens)
{
    const char *const *word = face->words->word;
    char pin[PIN_MOST + 1] = "";
    att_msec now;
    unsigned wait = 0;
    bool is_early;
    att_read got;

    *opens = false;
    line_put(face, word[ATT_SAY_PIN_TITLE]);
    line_put(face, ". ");
    line_put_line(face, word[ends_all ? ATT_SAY_PIN_LEAVE : ATT_SAY_PIN_GO_ON]);
    got = read_plain(face, word[ATT_SAY_PIN_LABEL], true);
    if (got == ATT_READ_EVENT && face->input.line.n <= PIN_MOST) {
        memcpy(pin, att_buf_text(&face->input.line), face->input.line.n + 1);
    }
    att_wipe(face->input.line.bytes, face->input.line.n);
    att_wipe(face->input.block, face->input.at);
    if (got == ATT_READ_EVENT && pin[0] != '\0') {
        now = face->mono();
        is_early = now < face->kiosk->shut_until;
        *opens = att_kiosk_try(face->kiosk, pin, now, &wait);
        if (!*opens) {
            say_wait(face, is_early, wait);
        }
    }
    att_wipe(pin, sizeof pin);
    return got;
}

static void say_locked(line_face *face)
{
    const char *const *word = face->words->word;
    double minutes = (double)face->kiosk->idle / MINUTE;
    att_arena scratch = { 0 };
    att_buf number = { 0 };
    const char *args[1];

    att_number_write(&number, minutes);
    args[0] = att_buf_text(&number);
    line_put_line(face,
                  att_arena_format(&scratch, "%s. %s %s", word[ATT_SAY_LOCKED],
                                   minutes > 0.999 && minutes < 1.001
                                       ? word[ATT_SAY_LOCKED_MINUTE]
                                       : att_say_text(&scratch, face->words,
                                                      ATT_SAY_LOCKED_MINUTES, args, 1),
                                   word[ATT_SAY_LOCKED_HIDDEN]));
    line_put_line(face, att_arena_format(&scratch, "1 %s", word[ATT_SAY_LOCKED_NEW]));
    line_put_line(face, att_arena_format(&scratch, "2 %s", word[ATT_SAY_LOCKED_GO_ON]));
    att_buf_drop(&number);
    att_arena_drop(&scratch);
}

/* A signal while we ask: Ctrl-C asks for the PIN that ends it all. */
static att_read take_signal(line_face *face, bool *stays)
{
    bool opens = false;
    att_read got;

    *stays = true;
    if (att_signal_caught() != SIGINT) {
        *stays = false;
        return ATT_READ_SIGNAL;
    }
    att_signal_forget();
    got = ask_pin(face, true, &opens);
    if (got == ATT_READ_SIGNAL && att_signal_caught() == SIGINT) {
        att_signal_forget();
        return ATT_READ_EVENT; /* Ctrl-C again goes back */
    }
    if (got != ATT_READ_EVENT || opens) {
        *stays = false;
        return opens ? ATT_READ_STAFF : got;
    }
    return got;
}

static att_read locked(line_face *face, att_event *event, bool *stays)
{
    say_locked(face);
    for (;;) {
        att_read got = read_plain(face, face->words->word[ATT_SAY_LINE_LOCKED], false);
        const char *typed = att_buf_text(&face->input.line);
        bool opens = false;

        if (got == ATT_READ_EVENT && strcmp(typed, "1") == 0) {
            *event = (att_event){ .kind = ATT_EVENT_LEAVE, .item = ATT_NONE };
            *stays = false;
            return got;
        }
        if (got == ATT_READ_EVENT && strcmp(typed, "2") == 0) {
            got = ask_pin(face, false, &opens);
        }
        if (opens) {
            *stays = true;
            face->is_shown = false; /* the question is said again */
            return ATT_READ_EVENT;
        }
        if (got == ATT_READ_SIGNAL) {
            got = take_signal(face, stays);
        }
        if (got == ATT_READ_STAFF || got == ATT_READ_SIGNAL ||
            (got == ATT_READ_END && !line_is_held(face))) {
            *stays = false;
            return got;
        }
    }
}

att_read line_kiosk(line_face *face, const att_view *view, att_event *event,
                    bool *stays, att_err *err)
{
    (void)err;
    *stays = true;
    if (!face->is_idle) {
        return take_signal(face, stays);
    }
    face->is_idle = false;
    if (view->screen == ATT_SCREEN_START) {
        return ATT_READ_EVENT; /* nobody has begun */
    }
    return locked(face, event, stays);
}
