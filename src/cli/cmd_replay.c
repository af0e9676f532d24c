/* cmd_replay.c - attune replay: a session once more, screen by screen
 *
 * Nothing is written. At the end scores and record are compared with those that are kept.
 */
#include "commands.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/face/replay.h>
#include <attune/session/names.h>
#include <attune/store/instruments.h>
#include <attune/store/sittings.h>

#include "interview.h"
#include "load.h"

/* What is gathered while it goes. */
typedef struct again {
    att_call *call;
    att_replay_of of;
    att_response response;
    att_sitting *sittings;
    att_setting *settings;
    att_entry *entries; /* [n_entries] that scores are made of */
    size_t n_entries;
    size_t n_screens;
    size_t n_scores, n_stored; /* made; of them kept in the study before */
    att_json_out *json;        /* NULL: not wanted */
    const char *difference;    /* "" */
} again;

static const char *short_id(const char *id)
{
    return id + strlen(id) - ATT_ID_SHORT;
}

/* ---- JSON ---- */

static void put_answer(att_json_out *out, const char *key, const att_answer *answer)
{
    att_json_key(out, key);
    att_answer_put(out, answer);
}

static void put_options(att_json_out *out, const att_view *view)
{
    att_json_key(out, "choices");
    att_json_list(out);
    for (size_t i = 0; i < view->n_options; i++) {
        const att_option *option = &view->options[i];

        att_json_object(out);
        att_json_put_whole(out, "code", option->code);
        if (option->letter != '\0') {
            char letter[2] = { option->letter, '\0' };

            att_json_put_string(out, "letter", letter);
        } else {
            att_json_put_whole(out, "number", option->number);
        }
        att_json_put_string(out, "text", option->text);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_rows(att_json_out *out, const again *a, const att_view *view)
{
    att_json_key(out, "rows");
    att_json_list(out);
    for (size_t i = 0; i < view->n_rows; i++) {
        att_json_object(out);
        att_json_put_string(out, "item",
                            a->of.instrument->items[view->rows[i].item].id);
        att_json_put_string(out, "text", view->rows[i].text);
        put_answer(out, "answer", &view->rows[i].answer);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_review(att_json_out *out, const again *a, const att_view *view)
{
    att_json_key(out, "review");
    att_json_list(out);
    for (size_t i = 0; i < view->n_review; i++) {
        const att_review_row *row = &view->review[i];

        att_json_object(out);
        att_json_put_string(out, "item", a->of.instrument->items[row->item].id);
        att_json_put_string(out, "text", row->question);
        put_answer(out, "answer", &row->value);
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static void put_view(att_json_out *out, const again *a, const att_view *view)
{
    att_json_put_string(out, "screen", att_screen_name(view->screen));
    att_json_put_string(out, "item", view->id);
    att_json_put_whole(out, "question", (long long)view->at);
    att_json_put_whole(out, "of_low", (long long)view->of_low);
    att_json_put_whole(out, "of_high", (long long)view->of_high);
    att_json_put_string(out, "section", view->section);
    att_json_put_string(out, "stem", view->stem);
    att_json_put_string(out, "text", view->text);
    if (view->n_options > 0) {
        put_options(out, view);
    }
    if (view->n_rows > 0) {
        put_rows(out, a, view);
    }
    if (view->n_review > 0) {
        put_review(out, a, view);
    }
    put_answer(out, "answer", &view->answer);
}

static void put_screen(att_json_out *out, const again *a, const att_shown *shown)
{
    const att_step *step = shown->step;

    att_json_object(out);
    if (shown->sitting != NULL) {
        att_json_put_whole(out, "sitting", shown->sitting - a->sittings + 1);
    }
    put_view(out, a, &shown->view);
    att_json_put_string(out, "told", att_refusal_name(shown->told));
    if (step != NULL) {
        att_json_put_whole(out, "shown_ms", step->shown);
        att_json_put_whole(out, "came_ms", step->came);
        att_json_put_string(out, "event", step->event);
        att_json_put_string(out, "refusal", step->refusal);
    }
    if (shown->given.kind != ATT_ANSWER_NONE) {
        put_answer(out, "given", &shown->given);
    }
    att_json_key(out, "entries");
    att_json_list(out);
    for (size_t i = 0; i < shown->n_entries; i++) {
        att_json_string(out, att_act_name(shown->entries[i].act));
    }
    att_json_end_list(out);
    att_json_end_object(out);
}

/* ---- while it goes ---- */

static void seen(void *data, const att_shown *shown)
{
    again *a = data;

    for (size_t i = 0; i < shown->n_entries; i++) {
        if (!shown->entries[i].is_identifying) {
            a->entries[a->n_entries++] = shown->entries[i];
        }
    }
    a->n_screens++;
    if (a->json != NULL) {
        put_screen(a->json, a, shown);
    }
}

/* ---- scores ---- */

static bool is_same_number(double a, double b)
{
    uint64_t bits[2];

    memcpy(&bits[0], &a, sizeof a);
    memcpy(&bits[1], &b, sizeof b);
    return (isnan(a) && isnan(b)) || bits[0] == bits[1];
}

/* Scores of what was replayed, against those that the study holds: to the bit. */
static void compare_scores(again *a, att_store *store)
{
    const att_instrument *instrument = a->of.instrument;
    att_response response = a->response;
    att_score *scores;

    response.entries = a->entries;
    response.n_entries = a->n_entries;
    if (response.status != ATT_STATUS_COMPLETE) {
        return; /* only those are scored */
    }
    a->n_scores = instrument->n_scales + instrument->n_derived;
    scores = att_score_all(a->call->arena,
                           att_sheet_of_response(a->call->arena, instrument, &response,
                                                 a->of.settings, a->of.n_settings));
    for (size_t i = 0; i < a->n_scores; i++) {
        att_score kept;

        if (!att_scores_get(store, response.id, scores[i].id, &kept)) {
            continue;
        }
        a->n_stored++;
        if (a->difference[0] == '\0' &&
            (!is_same_number(kept.value, scores[i].value) ||
             !is_same_number(kept.value_100, scores[i].value_100) ||
             kept.n_valid != scores[i].n_valid)) {
            a->difference = att_arena_format(a->call->arena,
                                             "score \"%s\" was %.17g, it is %.17g now",
                                             scores[i].id, kept.value, scores[i].value);
        }
    }
}

/* ---- what came of it ---- */

static void tell_limits(const again *a, const att_replay *replay)
{
    if (att_replay_n_unseen(replay) > 0) {
        att_tell(a->call,
                 "%zu entries have no record of their screens: each is shown at its "
                 "question, moves that kept nothing are not known.\n",
                 att_replay_n_unseen(replay));
    }
    if (att_replay_n_erased(replay) > 0) {
        att_tell(a->call, "%zu answers were erased: what they led to is passed over.\n",
                 att_replay_n_erased(replay));
    }
    for (size_t i = 0; i < a->of.n_sittings; i++) {
        if (strcmp(a->sittings[i].settings,
                   att_interview_settings(a->call->arena, a->settings,
                                          a->of.n_settings)) != 0) {
            att_tell(a->call, "The settings of the study were others then: texts that "
                              "show them may differ.\n");
            break;
        }
    }
}

static const char *in_sittings(const again *a)
{
    if (a->of.n_sittings < 2) {
        return a->of.n_sittings == 1 ? " in 1 sitting" : "";
    }
    return att_arena_format(a->call->arena, " in %zu sittings", a->of.n_sittings);
}

static void tell_end(const again *a)
{
    if (a->difference[0] != '\0') {
        att_tell(a->call, "The replay differs: %s.\n", a->difference);
        return;
    }
    att_tell(a->call, "%zu screens%s, %zu entries: the same again.\n", a->n_screens,
             in_sittings(a), a->response.n_entries);
    if (a->n_stored > 0) {
        att_tell(a->call, "%zu scores: the same to the bit.\n", a->n_stored);
    } else if (a->n_scores > 0) {
        att_tell(a->call, "It has not been scored; to compare scores too: attune "
                          "score\n");
    }
}

static int end_status(again *a, const att_replay *replay)
{
    if (!a->call->is_json) {
        tell_limits(a, replay);
        tell_end(a);
    }
    return a->difference[0] == '\0' ? 0 : 1;
}

/* ---- ways to show it ---- */

static int write_json(again *a, att_store *store, att_replay *replay)
{
    att_json_out out = att_json_begin(a->call->out, true);
    att_arena scratch = { 0 };
    att_shown shown;

    a->json = &out;
    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-replay/1");
    att_json_put_string(&out, "session", a->response.id);
    att_json_put_string(&out, "instrument", a->response.instrument);
    att_json_put_string(&out, "version", a->response.version);
    att_json_key(&out, "screens");
    att_json_list(&out);
    while (att_replay_next(replay, &scratch, &shown)) {
        seen(a, &shown);
    }
    att_json_end_list(&out);
    att_arena_drop(&scratch);
    a->difference = att_replay_difference(replay);
    if (a->difference[0] == '\0') {
        compare_scores(a, store);
    }
    att_json_put_bool(&out, "same", a->difference[0] == '\0');
    att_json_put_string(&out, "difference", a->difference);
    att_json_put_whole(&out, "scores_compared", (long long)a->n_stored);
    att_json_put_whole(&out, "entries_without_screens",
                       (long long)att_replay_n_unseen(replay));
    att_json_put_whole(&out, "answers_erased", (long long)att_replay_n_erased(replay));
    att_json_end_object(&out);
    att_buf_char(a->call->out, '\n');
    a->json = NULL;
    return end_status(a, replay);
}

static const att_face *which_face(const att_call *call)
{
    const char *ui = att_option_get(call, "ui");

    if (ui != NULL) {
        return att_face_find(ui);
    }
    return isatty(STDOUT_FILENO) ? att_face_choose() : att_face_find("line");
}

static att_code read_pace(const att_call *call, att_pace *pace, att_err *err)
{
    const char *speed = att_option_get(call, "speed");

    pace->is_step = att_option_get(call, "step") != NULL;
    pace->speed = isatty(STDOUT_FILENO) ? 1 : 0;
    if (speed != NULL && pace->is_step) {
        return att_fail(err, ATT_EUSAGE, "\"--speed\" does not go with --step");
    }
    if (speed != NULL && (!att_number_read(speed, strlen(speed), &pace->speed) ||
                          !(pace->speed > 0 && pace->speed <= 1000))) {
        att_fail(err, ATT_EUSAGE, "\"%s\" is not a speed", speed);
        return att_hint(err, "use a number over 0, up to 1000");
    }
    return ATT_OK;
}

static int show(again *a, att_store *store, att_replay *replay, att_err *err)
{
    const char *no_color = getenv("NO_COLOR");
    att_face_opts opts = { .in = stdin,
                           .out = stdout,
                           .is_colored = a->call->color != ATT_COLOR_NEVER &&
                                         (no_color == NULL || no_color[0] == '\0') };
    att_pace pace = { .data = a, .seen = seen };
    char head[ATT_DIGEST_HEX];
    bool was_stopped = false;

    opts.resume_with =
        att_arena_format(a->call->arena, "attune resume %s", short_id(a->response.id));
    pace.receipt =
        att_responses_head(store, a->response.id, head, err) == ATT_OK ? head : "";
    if (err->code != ATT_OK || read_pace(a->call, &pace, err) != ATT_OK ||
        att_face_replay(which_face(a->call), &opts, replay, &pace, &was_stopped, err) !=
            ATT_OK) {
        return att_code_exit_status(err->code);
    }
    if (was_stopped) {
        return att_signal_caught() != 0 ? 128 + att_signal_caught() : 0;
    }
    a->difference = att_replay_difference(replay);
    if (a->difference[0] == '\0') {
        compare_scores(a, store);
    }
    return end_status(a, replay);
}

/* ---- the command ---- */

/* The session that was named, or the only one there is. */
static const char *which_session(att_call *call, att_store *store, att_err *err)
{
    att_response *list = NULL;
    size_t n = 0;

    if (call->n_args > 0) {
        return call->args[0];
    }
    if (att_responses_list(call->arena, store, NULL, &list, &n, err) != ATT_OK) {
        return NULL;
    }
    if (n == 1) {
        return list[0].id;
    }
    if (n == 0) {
        att_fail(err, ATT_ENOTFOUND, "\"%s\" has no session", att_store_path(store));
        att_hint(err, "hold one: attune run INSTRUMENT");
        return NULL;
    }
    att_fail(err, ATT_EUSAGE, "the study has %zu sessions", n);
    att_hint(err, "name one; the newest is %s", short_id(list[n - 1].id));
    return NULL;
}

static int replay_in(att_call *call, att_store *store, att_err *err)
{
    again a = { .call = call, .difference = "" };
    const char *id = which_session(call, store, err);
    att_replay *replay;

    if (id == NULL ||
        att_responses_read(call->arena, store, id, &a.response, err) != ATT_OK ||
        att_sittings_read(call->arena, store, a.response.id, &a.sittings,
                          &a.of.n_sittings, err) != ATT_OK ||
        att_settings_read(call->arena, store, &a.settings, &a.of.n_settings, err) !=
            ATT_OK) {
        return att_code_exit_status(err->code);
    }
    a.of.instrument = att_instruments_read(call->arena, store, a.response.digest, err);
    if (a.of.instrument == NULL) {
        return att_code_exit_status(err->code);
    }
    a.of.response = &a.response;
    a.of.settings = a.settings;
    a.of.sittings = a.sittings;
    a.entries = att_new_n(call->arena, att_entry, a.response.n_entries);
    replay = att_replay_make(call->arena, &a.of);
    return call->is_json ? write_json(&a, store, replay) : show(&a, store, replay, err);
}

static int run_replay(att_call *call, att_err *err)
{
    att_store *store = att_load_store(call, ATT_OPEN_READ, err);
    int status;

    if (store == NULL) {
        return att_code_exit_status(err->code);
    }
    status = replay_in(call, store, err);
    att_store_close(store);
    return status;
}

static const att_flag options[] = {
    { "study", 0, "FILE", "the study (default: $ATTUNE_STUDY, or the one here)", NULL },
    { "ui", 0, "FACE", "full or line (default: full on a terminal, else line)",
      "full line" },
    { "speed", 0, "N", "times as fast as it was (default 1; no waiting in a pipe)",
      NULL },
    { "step", 0, NULL, "Enter shows what comes next; q stops", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_replay = {
    .name = "replay",
    .group = ATT_GROUP_KEEP,
    .about =
        "Shows a session again, screen by screen, and says whether scores and record "
        "are the same.",
    .examples = "  attune replay k7q2mh --speed 4\n"
                "  attune replay k7q2mh --step --ui line\n"
                "  attune replay k7q2mh > transcript.txt\n",
    .usage = "[SESSION] [options]",
    .options = options,
    .max_args = 1,
    .is_json = true,
    .run = run_replay,
};
