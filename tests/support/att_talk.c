/* att_talk.c - an interview without a face; see the header */
#include "att_talk.h"

#include <stdlib.h>
#include <string.h>

#include "att_test.h"

#include <attune/instrument/read.h>

#define STARTED 1789372920000LL /* 2026-09-14T08:02:00Z */

att_talk *att_talk_open(const char *path, const char *language)
{
    return att_talk_open_as(path, language, "");
}

att_talk *att_talk_open_as(const char *path, const char *language, const char *role)
{
    return att_talk_open_seeded(path, language, role, 0);
}

att_talk *att_talk_open_seeded(const char *path, const char *language, const char *role,
                               unsigned long long seed)
{
    att_talk *talk = test_calloc(1, sizeof *talk);
    att_err err = { 0 };

    talk->instrument = att_instrument_open(&talk->arena, att_test_path(path), &err);
    if (talk->instrument == NULL) {
        fail_msg("%s:%u: %s", err.where.file, err.where.line, err.message);
    }
    talk->header = (att_response){
        .id = "0000000000abcdefghijklmnopqrstk7q2mh",
        .instrument = talk->instrument->id,
        .version = talk->instrument->version,
        .digest = talk->instrument->digest,
        .person = "",
        .role = role,
        .site = "",
        .wave = "",
        .language = language,
        .today = att_day_of(2026, 9, 14),
        .started = STARTED,
        .seed = seed,
    };
    talk->clock = STARTED;
    talk->entries = att_new_n(&talk->arena, att_entry, ATT_TALK_ENTRIES);
    talk->session =
        att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    return talk;
}

void att_talk_close(att_talk *talk)
{
    att_arena_drop(&talk->arena);
    test_free(talk);
}

att_refusal_code att_talk_event(att_talk *talk, att_event_kind kind, const char *id,
                                att_answer answer)
{
    att_event event = { .kind = kind, .item = ATT_NONE, .answer = answer };

    talk->clock += 1000;
    event.at = talk->clock;
    event.mono = talk->clock - STARTED;
    if (id != NULL) {
        event.item = att_instrument_item(talk->instrument, id);
        assert_true(event.item != ATT_NONE);
    }
    talk->last = att_session_step(talk->session, &event);
    for (size_t i = 0; i < talk->last.n_entries; i++) {
        att_entry entry = talk->last.entries[i];
        assert_true(talk->n_entries < ATT_TALK_ENTRIES);
        entry.answer = att_answer_copy(&talk->arena, &entry.answer);
        talk->entries[talk->n_entries++] = entry;
    }
    return talk->last.refusal.code;
}

att_refusal_code att_talk_do(att_talk *talk, att_event_kind kind)
{
    return att_talk_event(talk, kind, NULL, (att_answer){ .kind = ATT_ANSWER_NONE });
}

att_refusal_code att_talk_answer(att_talk *talk, const char *id, att_answer answer)
{
    return att_talk_event(talk, ATT_EVENT_ANSWER, id, answer);
}

att_session *att_talk_replay(att_talk *talk, size_t n)
{
    att_session *again =
        att_session_make(&talk->arena, talk->instrument, &talk->header, NULL, 0);
    att_event agree = { .kind = ATT_EVENT_AGREE, .item = ATT_NONE, .at = talk->clock };
    att_err err = { 0 };

    assert_ok(att_session_replay(again, talk->entries, n, &err), &err);
    if (att_session_view(&talk->arena, again).screen == ATT_SCREEN_WELCOME) {
        att_session_step(again, &agree);
    }
    return again;
}

att_view att_talk_view(att_talk *talk)
{
    return att_session_view(&talk->arena, talk->session);
}

static void dump_answer(att_buf *out, const att_answer *answer)
{
    if (answer->kind == ATT_ANSWER_NONE) {
        att_buf_add(out, "none");
    } else {
        att_answer_write(out, answer);
    }
}

char *att_view_dump(att_arena *arena, const att_view *view)
{
    att_buf out = { 0 };
    char *text;

    att_buf_format(&out, "screen %d id %s shape %d at %zu-%zu of %zu-%zu\n",
                   (int)view->screen, view->id, (int)view->shape, view->at,
                   view->at_last, view->of_low, view->of_high);
    att_buf_format(&out, "section %s stem %s text %s help %s\n", view->section,
                   view->stem, view->text, view->help);
    for (size_t i = 0; i < view->n_names; i++) {
        att_buf_format(&out, "name %zu %s\n", view->names[i].at, view->names[i].text);
    }
    if (view->person_of > 0) {
        att_buf_format(&out, "person %zu of %zu: %s %s %s, %zu of %zu\n",
                       view->person_at, view->person_of, view->person_before,
                       view->alter, view->person_after, view->alter_at, view->alter_of);
    }
    att_buf_format(&out, "answered %zu values %zu skipped %zu refused %zu other %zu ",
                   view->n_answered, view->n_values, view->n_skipped, view->n_refused,
                   view->n_other);
    dump_answer(&out, &view->answer);
    for (size_t i = 0; i < view->n_options; i++) {
        att_buf_format(&out, "\noption %d %c %d %s", view->options[i].number,
                       view->options[i].letter == 0 ? '-' : view->options[i].letter,
                       view->options[i].code, view->options[i].text);
    }
    for (size_t i = 0; i < view->n_rows; i++) {
        att_buf_format(&out, "\nrow %s%s ", i == view->row ? "> " : "",
                       view->rows[i].text);
        dump_answer(&out, &view->rows[i].answer);
    }
    for (size_t i = 0; i < view->n_review; i++) {
        att_buf_format(&out, "\nreview %s: %s was %s ", view->review[i].question,
                       view->review[i].answer,
                       view->review[i].was == NULL ? "-" : view->review[i].was);
        dump_answer(&out, &view->review[i].value);
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return text;
}

char *att_talk_record(att_arena *arena, const att_session *session)
{
    const att_sheet *sheet = att_session_sheet(session);
    att_buf out = { 0 };
    char *text;

    for (size_t i = 0; i < sheet->instrument->n_items; i++) {
        if (att_item_is_question(&sheet->instrument->items[i])) {
            att_answer answer = att_sheet_get(sheet, i, true);
            att_buf_format(&out, "%s%s=", out.n > 0 ? " " : "",
                           sheet->instrument->items[i].id);
            dump_answer(&out, &answer);
        }
    }
    text = att_buf_copy(arena, &out);
    att_buf_drop(&out);
    return text;
}
