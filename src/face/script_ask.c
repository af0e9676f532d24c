/* script_ask.c - a view as one line of JSON; see the header */
#include "script_ask.h"

#include <math.h>

#include <attune/base/json.h>
#include <attune/session/names.h>

static const char *shape_name(att_shape shape)
{
    static const char *const names[] = {
        [ATT_SHAPE_PICK_ONE] = "one",  [ATT_SHAPE_PICK_MANY] = "many",
        [ATT_SHAPE_RANK] = "rank",     [ATT_SHAPE_NUMBER] = "number",
        [ATT_SHAPE_TEXT] = "text",     [ATT_SHAPE_DATE] = "date",
        [ATT_SHAPE_TIME] = "time",     [ATT_SHAPE_DATETIME] = "datetime",
        [ATT_SHAPE_SLIDER] = "slider",
    };
    size_t n = sizeof names / sizeof *names;

    return (size_t)shape < n && names[shape] != NULL ? names[shape] : "note";
}

static void put_text(att_json_out *out, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        att_json_put_string(out, key, text);
    }
}

static void put_answer(att_json_out *out, const att_answer *answer)
{
    if (answer->kind != ATT_ANSWER_NONE) {
        att_json_key(out, "answer");
        att_answer_write(out->buf, answer);
        out->after_key = false;
    }
}

static void put_options(att_json_out *out, const att_view *view)
{
    att_json_key(out, "choices");
    att_json_list(out);
    for (size_t i = 0; i < view->n_choices; i++) {
        att_json_object(out);
        att_json_put_whole(out, "code", view->options[i].code);
        att_json_put_string(out, "text", view->options[i].text);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_reasons(att_json_out *out, const att_view *view)
{
    att_json_key(out, "reasons");
    att_json_list(out);
    for (size_t i = view->n_choices; i < view->n_options; i++) {
        att_json_string(out, att_reason_name(view->options[i].reason));
    }
    att_json_end_list(out);
}

static void put_question(att_json_out *out, const att_session *session,
                         const att_view *view)
{
    static const char *const required[] = {
        [ATT_REQUIRED_NO] = "no",
        [ATT_REQUIRED_SOFT] = "soft",
        [ATT_REQUIRED_HARD] = "hard",
    };
    bool is_row = view->screen == ATT_SCREEN_GRID;
    const att_row *row = is_row ? &view->rows[view->row] : NULL;
    size_t item = is_row ? row->item : view->item;

    att_json_put_string(out, "item",
                        att_session_sheet(session)->instrument->items[item].id);
    att_json_put_string(out, "kind", shape_name(view->shape));
    put_text(out, "stem", view->stem);
    att_json_put_string(out, "text", is_row ? row->text : view->text);
    put_text(out, "note", is_row && row->note[0] != '\0' ? row->note : view->note);
    put_text(out, "probe", is_row && row->probe[0] != '\0' ? row->probe : view->probe);
    att_json_put_string(out, "required", required[view->required]);
    if (view->n_choices > 0) {
        put_options(out, view);
    }
    put_reasons(out, view);
    if (!isnan(view->low)) {
        att_json_put_number(out, "low", view->low);
    }
    if (!isnan(view->high)) {
        att_json_put_number(out, "high", view->high);
    }
    if (view->shape == ATT_SHAPE_TEXT) {
        att_json_put_whole(out, "max_length", (long long)view->max_length);
    }
    put_answer(out, is_row ? &row->answer : &view->answer);
    if (!view->hides_progress) {
        att_json_put_whole(out, "at",
                           (long long)view->at + (is_row ? (long long)view->row : 0));
        att_json_put_whole(out, "of_low", (long long)view->of_low);
        att_json_put_whole(out, "of_high", (long long)view->of_high);
    }
}

static void put_review(att_json_out *out, const att_session *session,
                       const att_view *view)
{
    const att_instrument *instrument = att_session_sheet(session)->instrument;

    att_json_key(out, "rows");
    att_json_list(out);
    for (size_t i = 0; i < view->n_review; i++) {
        att_json_object(out);
        att_json_put_string(out, "item", instrument->items[view->review[i].item].id);
        att_json_put_string(out, "text", view->review[i].question);
        put_answer(out, &view->review[i].value);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

void att_script_ask(att_buf *line, const att_session *session, const att_view *view)
{
    att_json_out out = att_json_begin(line, false);

    att_json_object(&out);
    att_json_key(&out, "ask");
    att_json_object(&out);
    att_json_put_string(&out, "screen", att_screen_name(view->screen));
    switch (view->screen) {
    case ATT_SCREEN_START:
    case ATT_SCREEN_WELCOME:
        att_json_put_string(&out, "title", view->title);
        put_text(&out, "purpose", view->purpose);
        att_json_put_string(&out, "version", view->version);
        att_json_put_string(&out, "language", view->language);
        break;
    case ATT_SCREEN_NOTE: att_json_put_string(&out, "text", view->text); break;
    case ATT_SCREEN_QUESTION:
    case ATT_SCREEN_GRID: put_question(&out, session, view); break;
    case ATT_SCREEN_REVIEW: put_review(&out, session, view); break;
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
    att_json_end_object(&out);
    att_json_end_object(&out);
}

void att_script_refused(att_buf *line, const att_words *words, const att_view *view,
                        const att_refusal *refusal)
{
    att_json_out out = att_json_begin(line, false);
    att_arena scratch = { 0 };

    att_json_object(&out);
    att_json_key(&out, "refused");
    att_json_object(&out);
    att_json_put_string(&out, "code", att_refusal_name(refusal->code));
    att_json_put_string(&out, "message",
                        att_say_refusal(&scratch, words, view, refusal));
    att_json_put_bool(&out, "again",
                      refusal->code == ATT_REFUSAL_WARN ||
                          refusal->code == ATT_REFUSAL_ASK_SKIP);
    att_json_end_object(&out);
    att_json_end_object(&out);
    att_arena_drop(&scratch);
}
