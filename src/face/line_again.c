/* line_again.c - an interview that was held, as the line face says it */
#include "line.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <attune/session/names.h>

#include "faces.h"
#include "phrase.h"

/* A long text line by line, with the prompt that asks for the next one; an empty line
 * ends it. */
static const char *typed_long(att_arena *arena, const att_words *words,
                              const char *text)
{
    att_buf typed = { 0 };
    const char *copy;

    for (const char *p = text; *p != '\0'; p++) {
        att_buf_char(&typed, *p);
        if (*p == '\n') {
            att_buf_format(&typed, "%s ", words->word[ATT_SAY_LINE_MORE_TEXT]);
        }
    }
    att_buf_format(&typed, "\n%s ", words->word[ATT_SAY_LINE_MORE_TEXT]);
    copy = att_buf_copy(arena, &typed);
    att_buf_drop(&typed);
    return copy;
}

/* What was typed for an answer that was taken. */
static const char *typed_answer(att_arena *arena, const att_words *words,
                                const att_shown *shown)
{
    const att_answer *answer = &shown->given;
    const char *typed = line_typed(arena, &shown->view, answer);

    if (typed[0] != '\0') {
        return typed;
    }
    if (answer->kind == ATT_ANSWER_NUMBER) {
        return att_phrase_number(arena, answer->number);
    }
    if (answer->kind == ATT_ANSWER_TEXT) {
        return shown->view.is_long ? typed_long(arena, words, answer->text)
                                   : answer->text;
    }
    return "";
}

static const char *typed_event(att_arena *arena, const att_words *words,
                               const att_shown *shown, att_event_kind kind)
{
    bool is_text = line_is_text(&shown->view);

    switch (kind) {
    case ATT_EVENT_AGREE: return "1";
    case ATT_EVENT_DECLINE: return "2";
    case ATT_EVENT_BACK: return is_text ? ":back" : "b";
    case ATT_EVENT_LEAVE: return is_text ? ":save" : "s";
    case ATT_EVENT_FINISH: return "f";
    case ATT_EVENT_GOTO:
        for (size_t i = 0; shown->step != NULL && i < shown->view.n_review; i++) {
            if (shown->view.review[i].item == shown->target) {
                return att_arena_format(arena, "%zu", i + 1);
            }
        }
        return "";
    case ATT_EVENT_ANSWER:
        if (shown->given.kind == ATT_ANSWER_NONE && shown->step != NULL) {
            return att_arena_format(arena, "(%s)", shown->step->refusal);
        }
        return typed_answer(arena, words, shown);
    case ATT_EVENT_SKIP:
    case ATT_EVENT_NEXT:
    case ATT_EVENT_REVIEW: break;
    }
    return "";
}

/* The event of a screen; in a gap what its entry tells. */
static bool event_of(const att_shown *shown, att_event_kind *out)
{
    static const struct pair {
        att_act act;
        att_event_kind kind;
    } pairs[] = {
        { ATT_ACT_AGREE, ATT_EVENT_AGREE },   { ATT_ACT_DECLINE, ATT_EVENT_DECLINE },
        { ATT_ACT_ANSWER, ATT_EVENT_ANSWER }, { ATT_ACT_READ, ATT_EVENT_NEXT },
        { ATT_ACT_BACK, ATT_EVENT_BACK },     { ATT_ACT_GOTO, ATT_EVENT_GOTO },
        { ATT_ACT_LEAVE, ATT_EVENT_LEAVE },   { ATT_ACT_FINISH, ATT_EVENT_FINISH },
    };

    if (shown->step != NULL) {
        return att_event_read(shown->step->event, out);
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (shown->n_entries > 0 && pairs[i].act == shown->entries[0].act) {
            *out = pairs[i].kind;
            return true;
        }
    }
    return false;
}

static void say_told(line_face *face, const att_shown *shown)
{
    att_arena scratch = { 0 };
    att_refusal refusal = { .code = shown->told };
    att_option options[2];
    att_view own = line_with_choices(&shown->view, options);

    if (att_replay_is_said(shown->told)) {
        line_put_line(face,
                      att_say_refusal_typed(&scratch, face->words, &own, &refusal));
    }
    att_arena_drop(&scratch);
}

/* "Saved: 4, Agree." of a new answer, "Kept: 4, Agree." of one that stayed. */
static void say_answer(line_face *face, const att_shown *shown, att_event_kind kind)
{
    const att_view *view = &shown->view;
    bool is_asking =
        view->screen == ATT_SCREEN_QUESTION || view->screen == ATT_SCREEN_GRID;

    if (shown->n_entries > 0 && shown->entries[0].act == ATT_ACT_ANSWER) {
        line_saved(face, view, &shown->entries[0].answer, false);
    } else if (shown->given.kind != ATT_ANSWER_NONE) {
        line_saved(face, view, &shown->given, true);
    } else if (is_asking && kind == ATT_EVENT_NEXT &&
               line_answer(view)->kind != ATT_ANSWER_NONE) {
        line_saved(face, view, line_answer(view), true);
    }
}

/* What came of a screen: what was typed, and "Saved: 4, Agree." */
static void say_event(line_face *face, const att_shown *shown)
{
    att_arena scratch = { 0 };
    att_event_kind kind = ATT_EVENT_AGREE;
    bool has_event;

    if (shown->view.screen == ATT_SCREEN_WELCOME) {
        return; /* it has no prompt */
    }
    has_event = event_of(shown, &kind);
    if (has_event) {
        line_put(face, typed_event(&scratch, face->words, shown, kind));
    }
    line_put(face, "\n");
    if (has_event) {
        say_answer(face, shown, kind);
    }
    att_arena_drop(&scratch);
}

void line_show_again(void *data, const att_shown *shown, bool is_answered,
                     const char *receipt)
{
    line_face *face = data;

    if (is_answered) {
        say_event(face, shown);
    } else if (shown->step == NULL && shown->n_entries == 0) {
        att_face_line.end(face, &shown->view, receipt);
    } else {
        face->words = att_words_for(shown->view.language);
        line_show(face, &shown->view);
        say_told(face, shown);
        if (shown->view.screen != ATT_SCREEN_WELCOME) {
            line_prompt(face, &shown->view);
        }
    }
    fflush(face->out);
}

/* Enter alone goes on; the end of input, a signal, or "q" stops. */
bool line_pause(void *data, int ms)
{
    line_face *face = data;

    if (ms >= 0) {
        poll(NULL, 0, ms);
        return att_signal_caught() == 0;
    }
    return att_input_line(&face->input) == ATT_LINE_READ &&
           strcmp(att_buf_text(&face->input.line), "q") != 0;
}
