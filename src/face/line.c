/* line.c - prompt by prompt, append-only, no escape bytes */
#include "line.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/face/keymap.h>

#include "faces.h"
#include "phrase.h"
#include "signals.h"

#define LINE_BYTES_MAX ((size_t)64 << 10)

static void *open_line(const att_face_opts *opts, const att_session *session,
                       att_err *err)
{
    line_face *face = att_memory_grow(NULL, 1, sizeof *face);

    (void)err;
    *face = (line_face){ .session = session,
                         .resume_with = opts->resume_with,
                         .input = { .file = opts->in, .limit = LINE_BYTES_MAX },
                         .out = opts->out,
                         .kiosk = opts->kiosk,
                         .mono = opts->mono != NULL ? opts->mono : att_stamp_mono };
    face->input.idle = face->kiosk != NULL ? face->kiosk->idle : 0;
    face->words =
        att_words_for(session == NULL ? "" : att_session_header(session)->language);
    face->echoes = fileno(opts->in) < 0 || !isatty(fileno(opts->in));
    return face;
}

static void close_line(void *data)
{
    line_face *face = data;

    if (face != NULL) {
        att_buf_drop(&face->input.line);
        att_arena_drop(&face->own);
        att_memory_free(face);
    }
}

/* ---- reading ---- */

static att_read give(att_event *event, att_event_kind kind, size_t item)
{
    *event = (att_event){ .kind = kind, .item = item };
    return ATT_READ_EVENT;
}

/* READ_EVENT when all that was said is out. */
static att_read write_out(line_face *face, att_err *err)
{
    if (fflush(face->out) == 0 && !ferror(face->out)) {
        return ATT_READ_EVENT;
    }
    if (att_signal_hung_up(fileno(face->out), EIO)) {
        return ATT_READ_SIGNAL;
    }
    att_fail(err, ATT_EIO, "cannot write to standard output");
    return ATT_READ_FAILED;
}

static void say_saved(line_face *face, const att_view *view, att_word word)
{
    att_arena scratch = { 0 };
    const char *saved = att_phrase_saved(&scratch, face->words, view->n_answered);

    line_put_line(
        face,
        word == ATT_SAY_END_OF_INPUT
            ? att_arena_format(&scratch, "%s %s %s", face->words->word[word], saved,
                               face->words->word[ATT_SAY_NOT_FINISHED])
            : att_arena_format(&scratch, "%s %s", saved, face->words->word[word]));
    if (view->screen != ATT_SCREEN_START) { /* before that nothing is there to resume */
        line_put_line(face, att_phrase_later(&scratch, face->words, face->resume_with));
    }
    att_arena_drop(&scratch);
}

static void say_limit(line_face *face, att_line state)
{
    att_arena scratch = { 0 };
    const char *limit = att_arena_format(&scratch, "%zu", face->input.limit);
    att_word word = ATT_SAY_LINE_NUL;

    if (state != ATT_LINE_NUL) {
        word =
            state == ATT_LINE_TOO_LONG ? ATT_SAY_LINE_TOO_LONG : ATT_SAY_LINE_NOT_UTF8;
    }
    line_put_line(face, att_say_text(&scratch, face->words, word, &limit, 1));
    att_arena_drop(&scratch);
}

/* One typed line that can be used, repeated where no terminal shows it. READ_EVENT: it
 * stands in face->input.line. ask says the prompt again. */
static att_read read_typed(line_face *face, const char *prompt, const att_view *view,
                           att_err *err)
{
    for (;;) {
        att_line state;
        att_read got;

        if (prompt != NULL) {
            line_put(face, prompt);
            line_put(face, " ");
        } else {
            line_prompt(face, view);
        }
        got = write_out(face, err);
        if (got != ATT_READ_EVENT) {
            return got;
        }
        state = att_input_line(&face->input);
        if (face->echoes && state == ATT_LINE_READ) {
            line_put(face, att_buf_text(&face->input.line));
        }
        if (face->echoes || state == ATT_LINE_END || state == ATT_LINE_IDLE ||
            state == ATT_LINE_SIGNAL) {
            line_put(face, "\n");
        }
        switch (state) {
        case ATT_LINE_READ: return ATT_READ_EVENT;
        case ATT_LINE_END: return ATT_READ_END;
        case ATT_LINE_IDLE: face->is_idle = true; return ATT_READ_SIGNAL;
        case ATT_LINE_SIGNAL: return ATT_READ_SIGNAL;
        case ATT_LINE_FAILED:
            att_fail(err, ATT_EIO, "cannot read from standard input");
            return ATT_READ_FAILED;
        case ATT_LINE_TOO_LONG:
        case ATT_LINE_NUL:
        case ATT_LINE_NOT_UTF8: say_limit(face, state); break;
        }
    }
}

/* Ctrl-C: asks; a second one leaves at once. EVENT: event says to leave; END never. */
static att_read ask_leave(line_face *face, const att_view *view, att_event *event,
                          bool *stays, att_err *err)
{
    const char *typed;
    att_read got;

    *stays = false;
    if (att_signal_caught() != SIGINT) {
        return ATT_READ_SIGNAL;
    }
    att_signal_forget();
    line_put_line(face, face->words->word[ATT_SAY_LEAVE_ASK]);
    say_saved(face, view, ATT_SAY_NOTHING_SENT);
    for (;;) {
        got = read_typed(face, face->words->word[ATT_SAY_LINE_LEAVE], view, err);
        if (got == ATT_READ_SIGNAL) {
            return att_signal_caught() == SIGINT ? ATT_READ_QUIT : got;
        }
        if (got != ATT_READ_EVENT) {
            return got;
        }
        typed = att_buf_text(&face->input.line);
        if (strcmp(typed, "y") == 0) {
            return give(event, ATT_EVENT_LEAVE, ATT_NONE);
        }
        if (strcmp(typed, "n") == 0 || typed[0] == '\0') {
            *stays = true;
            return ATT_READ_EVENT;
        }
    }
}

/* ---- what was typed, as an event ---- */

static void say_refusal(line_face *face, const att_view *view,
                        const att_refusal *refusal)
{
    att_arena scratch = { 0 };
    att_option options[2];
    att_view own = line_with_choices(view, options);

    line_put_line(face, att_say_refusal_typed(&scratch, face->words, &own, refusal));
    att_arena_drop(&scratch);
}

static void say_no(line_face *face, const att_view *view, att_refusal_code code,
                   const char *typed)
{
    att_refusal refusal = { .code = code, .text = typed };

    say_refusal(face, view, &refusal);
}

static const att_option *reason_of(const att_view *view, const char *typed)
{
    size_t i;

    for (i = view->n_choices; typed[0] != '\0' && i < view->n_options; i++) {
        if (view->options[i].letter == typed[0] && typed[1] == '\0') {
            return &view->options[i];
        }
    }
    return NULL;
}

/* Sends an answer; one that is kept already is said to be so. */
static att_read give_answer(line_face *face, const att_view *view,
                            const att_answer *answer, att_event *event)
{
    if (att_answer_same(answer, line_answer(view))) {
        line_saved(face, view, answer, true);
    }
    att_arena_drop(&face->own);
    give(event, ATT_EVENT_ANSWER, line_item(view));
    event->answer = att_answer_copy(&face->own, answer);
    face->pending = *event;
    return ATT_READ_EVENT;
}

/* Enter alone: after a check it keeps what was typed; else the kept answer, or skips. */
static att_read give_empty(line_face *face, const att_view *view, att_event *event)
{
    if (face->is_pending) {
        *event = face->pending;
        return ATT_READ_EVENT;
    }
    if (line_answer(view)->kind == ATT_ANSWER_NONE) {
        return give(event, ATT_EVENT_SKIP, line_item(view));
    }
    line_saved(face, view, line_answer(view), true);
    return give(event, ATT_EVENT_NEXT, line_item(view));
}

/* Choices of a long list whose text holds what was typed. */
static bool say_matches(line_face *face, const att_view *view, const char *typed)
{
    att_arena scratch = { 0 };
    const char *part = att_text_fold(&scratch, typed);
    const char *args[2];
    att_buf list = { 0 };
    size_t n = 0;
    size_t i;

    for (i = 0; i < view->n_choices; i++) {
        const att_option *option = &view->options[i];

        if (strstr(att_text_fold(&scratch, option->text), part) == NULL) {
            continue;
        }
        if (++n <= LONG_LIST) {
            att_buf_format(&list, "%d %s\n", option->number, option->text);
        }
    }
    args[0] = n == 0 ? typed : att_arena_format(&scratch, "%zu", n);
    args[1] = att_arena_format(&scratch, "%zu", view->n_choices);
    line_put(face, att_buf_text(&list));
    line_put_line(face,
                  att_say_text(&scratch, face->words,
                               n == 0 ? ATT_SAY_LINE_NO_MATCH : ATT_SAY_LINE_MATCHES,
                               args, 2));
    att_buf_drop(&list);
    att_arena_drop(&scratch);
    return n > 0;
}

static bool is_part_of_name(const att_view *view, const char *typed)
{
    double x;

    return view->shape == ATT_SHAPE_PICK_ONE && view->n_choices > LONG_LIST &&
           !att_number_read(typed, strlen(typed), &x);
}

/* True when *event is filled; else something was said, and we ask again. */
static bool read_answer(line_face *face, const att_view *view, const char *typed,
                        att_event *event)
{
    att_arena scratch = { 0 };
    const att_item *item =
        &att_session_sheet(face->session)->instrument->items[line_item(view)];
    const att_option *reason = line_is_text(view) ? NULL : reason_of(view, typed);
    att_offer offer;
    att_refusal refusal;
    att_answer answer = { .kind = ATT_ANSWER_NONE };
    bool is_given = false;

    if (reason != NULL) {
        answer = att_answer_of_reason(reason->reason);
        give_answer(face, view, &answer, event);
        return true;
    }
    if (is_part_of_name(view, typed)) {
        say_matches(face, view, typed);
        return false;
    }
    offer =
        att_sheet_offer(&scratch, att_session_sheet(face->session), line_item(view));
    refusal = item->kind->parse(&scratch, item, &offer, typed, &answer);
    if (refusal.code == ATT_REFUSAL_NONE) {
        give_answer(face, view, &answer, event);
        is_given = true;
    } else if (refusal.code == ATT_REFUSAL_REQUIRED) {
        give_empty(face, view, event); /* only blanks: like Enter alone */
        is_given = true;
    } else {
        say_refusal(face, view, &refusal);
    }
    att_arena_drop(&scratch);
    return is_given;
}

/* ":reason r"; ":reason" alone where only one is offered. */
static bool read_reason(line_face *face, const att_view *view, const char *rest,
                        att_event *event)
{
    const att_option *reason;
    att_answer answer;

    rest += strspn(rest, " ");
    reason = reason_of(view, rest);
    if (rest[0] == '\0' && view->n_options == view->n_choices + 1) {
        reason = &view->options[view->n_choices];
    }
    if (reason == NULL) {
        if (rest[0] != '\0') {
            say_no(face, view, ATT_REFUSAL_NO_REASON, rest);
        }
        line_list(face, view);
        return false;
    }
    answer = att_answer_of_reason(reason->reason);
    give_answer(face, view, &answer, event);
    return true;
}

static bool is_asking(const att_view *view)
{
    return view->screen == ATT_SCREEN_QUESTION || view->screen == ATT_SCREEN_GRID;
}

/* A command: true when *event is filled, *is_known whether it was one at all. */
static bool read_command(line_face *face, const att_view *view, const char *typed,
                         att_event *event, bool *is_known)
{
    static const char word[] = ":reason";
    size_t n = sizeof word - 1;

    *is_known = true;
    if (is_asking(view) && strncmp(typed, word, n) == 0 &&
        (typed[n] == '\0' || typed[n] == ' ')) {
        return read_reason(face, view, typed + n, event);
    }
    switch (att_keymap_typed(typed, line_is_text(view))) {
    case ATT_PRESS_BACK: give(event, ATT_EVENT_BACK, ATT_NONE); return true;
    case ATT_PRESS_SAVE: give(event, ATT_EVENT_LEAVE, ATT_NONE); return true;
    case ATT_PRESS_HELP: line_help(face, view); return false;
    case ATT_PRESS_LIST: line_list(face, view); return false;
    case ATT_PRESS_FINISH:
        if (view->screen == ATT_SCREEN_REVIEW) {
            give(event, ATT_EVENT_FINISH, ATT_NONE);
            return true;
        }
        break;
    default: break;
    }
    *is_known = typed[0] == ':' && typed[1] != ':';
    if (*is_known) {
        att_arena scratch = { 0 };

        line_put_line(face, att_say_text(&scratch, face->words, ATT_SAY_LINE_NO_COMMAND,
                                         &typed, 1));
        att_arena_drop(&scratch);
    }
    return false;
}

/* On the start: 1 agrees, 2 does not. */
static bool read_start(line_face *face, const att_view *view, const char *typed,
                       att_event *event)
{
    if (strcmp(typed, "1") == 0 || strcmp(typed, "2") == 0) {
        give(event, typed[0] == '1' ? ATT_EVENT_AGREE : ATT_EVENT_DECLINE, ATT_NONE);
        return true;
    }
    say_no(face, view, typed[0] == '\0' ? ATT_REFUSAL_REQUIRED : ATT_REFUSAL_NO_CHOICE,
           typed);
    return false;
}

static bool has_open(const att_view *view)
{
    size_t i;

    for (i = 0; i < view->n_review; i++) {
        if (view->review[i].value.kind == ATT_ANSWER_NONE) {
            return true;
        }
    }
    return false;
}

/* In the review: a number opens that answer; Enter alone goes to what is open. */
static bool read_review(line_face *face, const att_view *view, const char *typed,
                        att_event *event)
{
    att_view rows = *view;
    att_option ends[2] = { { .number = 1 }, { .number = (int)view->n_review } };
    long long number = 0;

    if (typed[0] == '\0') {
        give(event, ATT_EVENT_NEXT, ATT_NONE);
        return has_open(view);
    }
    if (att_number_read_whole(typed, strlen(typed), &number) && number >= 1 &&
        number <= (long long)view->n_review) {
        give(event, ATT_EVENT_GOTO, view->review[number - 1].item);
        return true;
    }
    rows.shape = ATT_SHAPE_PICK_ONE;
    rows.options = ends;
    rows.n_options = view->n_review > 1 ? 2 : view->n_review;
    rows.n_choices = rows.n_options;
    say_no(face, &rows, ATT_REFUSAL_NO_CHOICE, typed);
    return false;
}

/* The lines of a long text up to an empty one, the first of which is in input.line. */
static att_read read_long(line_face *face, const att_view *view, att_buf *text,
                          att_err *err)
{
    while (face->input.line.n > 0) {
        const char *line = att_buf_text(&face->input.line);
        att_read got;

        att_buf_add(text, text->n > 0 ? "\n" : "");
        att_buf_add(text, line + (line[0] == ':' && line[1] == ':' ? 1 : 0));
        got = read_typed(face, face->words->word[ATT_SAY_LINE_MORE_TEXT], view, err);
        if (got != ATT_READ_EVENT) {
            return got;
        }
    }
    return ATT_READ_EVENT;
}

static att_read read_text(line_face *face, const att_view *view, att_event *event,
                          bool *is_given, att_err *err)
{
    const char *typed = att_buf_text(&face->input.line);
    att_buf text = { 0 };
    att_read got = ATT_READ_EVENT;

    if (view->is_long) {
        got = read_long(face, view, &text, err);
    } else {
        att_buf_add(&text, typed + (typed[0] == ':' && typed[1] == ':' ? 1 : 0));
    }
    if (got == ATT_READ_EVENT) {
        *is_given = read_answer(face, view, att_buf_text(&text), event);
    }
    att_buf_drop(&text);
    return got;
}

/* One typed line, as an event or as something said. */
static att_read take_line(line_face *face, const att_view *view, att_event *event,
                          bool *is_given, att_err *err)
{
    const char *typed = att_buf_text(&face->input.line);
    bool is_known;

    *is_given = read_command(face, view, typed, event, &is_known);
    if (is_known) {
        return ATT_READ_EVENT;
    }
    switch (view->screen) {
    case ATT_SCREEN_START: *is_given = read_start(face, view, typed, event); break;
    case ATT_SCREEN_REVIEW: *is_given = read_review(face, view, typed, event); break;
    case ATT_SCREEN_QUESTION:
    case ATT_SCREEN_GRID:
        if (typed[0] == '\0') {
            give_empty(face, view, event);
            *is_given = true;
        } else if (line_is_text(view)) {
            return read_text(face, view, event, is_given, err);
        } else {
            *is_given = read_answer(face, view, typed, event);
        }
        break;
    case ATT_SCREEN_NOTE:
    case ATT_SCREEN_WELCOME:
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT:
        give(event, ATT_EVENT_NEXT, ATT_NONE);
        *is_given = true;
        break;
    }
    return ATT_READ_EVENT;
}

bool line_is_held(const line_face *face)
{
    int fd = fileno(face->input.file);

    return face->kiosk != NULL && fd >= 0 && isatty(fd);
}

static att_read ask_line(void *data, const att_view *view, const att_refusal *refusal,
                         att_event *event, att_err *err)
{
    line_face *face = data;
    bool is_given = false;
    att_read got;

    face->words = att_words_for(view->language);
    line_show(face, view);
    if (view->screen == ATT_SCREEN_WELCOME) {
        return give(event, ATT_EVENT_AGREE, ATT_NONE);
    }
    face->is_pending = refusal->code == ATT_REFUSAL_WARN;
    if (refusal->code != ATT_REFUSAL_NONE) {
        say_refusal(face, view, refusal);
    }
    while (!is_given) {
        got = read_typed(face, NULL, view, err);
        if (got == ATT_READ_EVENT) {
            got = take_line(face, view, event, &is_given, err);
        }
        if (got == ATT_READ_SIGNAL) {
            bool stays;

            got = face->kiosk != NULL ? line_kiosk(face, view, event, &stays, err)
                                      : ask_leave(face, view, event, &stays, err);
            is_given = !stays;
        }
        if (got == ATT_READ_END && line_is_held(face)) {
            continue;
        }
        if (got == ATT_READ_END) {
            say_saved(face, view, ATT_SAY_END_OF_INPUT);
            got = write_out(face, err);
            return got == ATT_READ_EVENT ? ATT_READ_END : got;
        }
        if (got != ATT_READ_EVENT) {
            return got;
        }
    }
    return ATT_READ_EVENT;
}

static void kept_line(void *data, const att_view *view, const att_entry *entry)
{
    line_face *face = data;

    if (entry->act == ATT_ACT_ANSWER) {
        line_saved(face, view, &entry->answer, false);
    }
}

static void end_line(void *data, const att_view *view, const char *receipt)
{
    line_face *face = data;
    att_arena scratch = { 0 };

    if (view->screen == ATT_SCREEN_LEFT) {
        say_saved(face, view, ATT_SAY_NOT_FINISHED);
    } else if (view->screen == ATT_SCREEN_DECLINED) {
        line_put_line(face, face->words->word[att_phrase_declined(view)]);
    } else {
        att_finish_text text = att_phrase_finish(&scratch, face->words, view, receipt);

        line_put(face, "\n");
        line_put_line(face, face->words->word[ATT_SAY_THANKS]);
        line_put_line(face, text.counts);
        line_put_line(face, text.when);
        if (text.receipt[0] != '\0') {
            line_put_line(face, text.session);
            line_put_line(face, text.receipt);
            line_put_line(face, face->words->word[ATT_SAY_RECEIPT_KEEP]);
        }
    }
    fflush(face->out);
    att_arena_drop(&scratch);
}

static void turn_to_line(void *data, const att_session *session)
{
    line_face *face = data;

    att_arena_drop(&face->own);
    face->session = session;
    face->words = att_words_for(att_session_header(session)->language);
    face->said_left = 0;
    face->is_welcomed = face->is_shown = face->is_pending = false;
    line_put(face, "\n");
}

const att_face att_face_line = {
    .name = "line",
    .about = "prompt by prompt, for screen readers, pipes and plain terminals",
    .open = open_line,
    .ask = ask_line,
    .kept = kept_line,
    .end = end_line,
    .turn_to = turn_to_line,
    .close = close_line,
    .show = line_show_again,
    .pause = line_pause,
};
