/* cmd_simulate.c - attune simulate: respondents that nobody is, into a study
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/stamp.h>
#include <attune/base/text.h>
#include <attune/store/instruments.h>
#include <attune/store/responses.h>

#include "bundled.h"
#include "load.h"
#include "simulate.h"

#define PEOPLE_USUAL 100
#define PEOPLE_MOST  100000

typedef struct simulating {
    att_call *call;
    att_store *store;
    const att_instrument *instrument;
    att_respondents model;
    att_simulation simulation;
    long long n_people, seed;
    bool *is_asked; /* [n_items] by anybody */
    size_t n_by[3]; /* by att_status */
} simulating;

/* ---- what is wanted ---- */

static att_code read_whole(const att_call *call, const char *name, long long low,
                           long long high, long long *out, att_err *err)
{
    const char *text = att_option_get(call, name);
    long long n = 0;

    if (text == NULL) {
        return ATT_OK;
    }
    if (!att_number_read_whole(text, strlen(text), &n) || n < low || n > high) {
        return att_fail(err, ATT_EUSAGE,
                        "\"--%s\" takes a whole number from %lld to %lld, not \"%s\"",
                        name, low, high, text);
    }
    *out = n;
    return ATT_OK;
}

static att_code find_instrument(simulating *s, att_err *err)
{
    const char *name = s->call->args[0];
    bool is_new = false;

    if (access(name, F_OK) == 0 || att_bundled_is(name)) {
        s->instrument = att_bundled_add(s->call, s->store, name, &is_new, err);
    } else {
        s->instrument = att_instruments_read(s->call->arena, s->store, name, err);
    }
    return s->instrument == NULL ? err->code : ATT_OK;
}

/* The seed of what is drawn: another for each instrument and wave, so that the same
 * people answer each in their own way (FNV-1a of all three). */
static unsigned long long mixed_seed(const simulating *s, const char *wave)
{
    const char *text = att_arena_format(s->call->arena, "%lld/%s/%s", s->seed,
                                        s->instrument->id, wave);
    unsigned long long hash = 14695981039346656037ULL;

    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211ULL;
    }
    return hash >> 16;
}

static att_code prepare(simulating *s, att_err *err)
{
    const char *file = att_option_get(s->call, "model");
    const char *given = att_option_get(s->call, "wave");
    const char *wave = given == NULL ? "" : att_text_compose(s->call->arena, given);
    att_setting *settings = NULL;
    size_t n_settings = 0;

    ATT_TRY(find_instrument(s, err));
    s->model = att_respondents_usual(s->call->arena, s->instrument);
    if (file != NULL) {
        ATT_TRY(
            att_respondents_read(s->call->arena, file, s->instrument, &s->model, err));
    }
    ATT_TRY(att_settings_read(s->call->arena, s->store, &settings, &n_settings, err));
    s->is_asked = att_new_n(s->call->arena, bool, s->instrument->n_items + 1);
    s->simulation = (att_simulation){
        .instrument = s->instrument,
        .settings = settings,
        .n_settings = n_settings,
        .model = &s->model,
        .is_walk = att_option_get(s->call, "walk") != NULL,
        .people = att_arena_format(s->call->arena, "sim%lld-", s->seed),
        .wave = wave,
        .seed = mixed_seed(s, wave),
        .start = att_day_of(2026, 9, 1) * 86400000LL + 8 * 3600000LL,
    };
    return ATT_OK;
}

/* The same seed gives the same people: once is enough. */
static att_code check_new(simulating *s, const att_response *first, att_err *err)
{
    att_response_filter filter = { .instrument = s->instrument->id,
                                   .person = first->person,
                                   .status = -1 };
    att_response *list = NULL;
    size_t n = 0;

    ATT_TRY(att_responses_list(s->call->arena, s->store, &filter, &list, &n, err));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].id, first->id) == 0) {
            att_fail(err, ATT_EINPUT,
                     "\"%s\" has people of seed %lld already, in \"%s\"",
                     s->instrument->id, s->seed, att_store_path(s->store));
            return att_hint(err, "take another seed: --seed %lld", s->seed + 1);
        }
    }
    return ATT_OK;
}

/* ---- doing it ---- */

static void count(simulating *s, const att_response *response)
{
    s->n_by[response->status]++;
    for (size_t i = 0; i < response->n_entries; i++) {
        const att_entry *entry = &response->entries[i];
        size_t item = entry->act == ATT_ACT_ANSWER
                          ? att_instrument_item(s->instrument, entry->item)
                          : ATT_NONE;

        if (item != ATT_NONE) {
            s->is_asked[item] = true;
        }
    }
}

static att_code add_all(simulating *s, att_err *err)
{
    att_arena scratch = { 0 };
    att_code code = ATT_OK;

    for (size_t i = 0; i < (size_t)s->n_people && code == ATT_OK; i++) {
        const att_response *response =
            att_simulate_response(&scratch, &s->simulation, i);

        if (i == 0) {
            code = check_new(s, response, err);
        }
        if (code == ATT_OK) {
            code = att_responses_add(s->store, response, err);
            count(s, response);
        }
        att_arena_drop(&scratch);
    }
    return code;
}

/* ---- saying it ---- */

static size_t count_never(const simulating *s, size_t *n_questions)
{
    size_t n = 0;

    *n_questions = 0;
    for (size_t i = 0; i < s->instrument->n_items; i++) {
        if (att_item_is_question(&s->instrument->items[i])) {
            ++*n_questions;
            n += !s->is_asked[i];
        }
    }
    return n;
}

static void write_json(const simulating *s)
{
    att_json_out out = att_json_begin(s->call->out, true);
    size_t n_questions = 0;
    size_t n_never = count_never(s, &n_questions);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-simulate/1");
    att_json_put_string(&out, "study", att_store_path(s->store));
    att_json_put_string(&out, "instrument", s->instrument->id);
    att_json_put_string(&out, "version", s->instrument->version);
    att_json_put_bool(&out, "walk", s->simulation.is_walk);
    att_json_put_whole(&out, "seed", s->seed);
    att_json_put_whole(&out, "people", s->n_people);
    for (int i = 0; i < 3; i++) {
        att_json_put_whole(&out, att_status_name((att_status)i), (long long)s->n_by[i]);
    }
    att_json_put_whole(&out, "questions", (long long)n_questions);
    att_json_put_whole(&out, "asked", (long long)(n_questions - n_never));
    att_json_key(&out, "never_asked");
    att_json_list(&out);
    for (size_t i = 0; i < s->instrument->n_items; i++) {
        if (att_item_is_question(&s->instrument->items[i]) && !s->is_asked[i]) {
            att_json_string(&out, s->instrument->items[i].id);
        }
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(s->call->out, '\n');
}

static void tell(const simulating *s)
{
    size_t n_questions = 0;
    size_t n_never = count_never(s, &n_questions);
    att_buf *out = s->call->out;

    att_buf_format(out, "%lld people for \"%s\", %s, seed %lld: %zu finished",
                   s->n_people, s->instrument->id,
                   s->simulation.is_walk ? "walking at random" : "drawn from a model",
                   s->seed, s->n_by[ATT_STATUS_COMPLETE]);
    if (s->n_by[ATT_STATUS_DECLINED] > 0) {
        att_buf_format(out, ", %zu declined", s->n_by[ATT_STATUS_DECLINED]);
    }
    if (s->n_by[ATT_STATUS_OPEN] > 0) {
        att_buf_format(out, ", %zu stuck", s->n_by[ATT_STATUS_OPEN]);
    }
    att_buf_format(out, ".\n%zu of %zu questions were asked", n_questions - n_never,
                   n_questions);
    for (size_t i = 0, n = 0; i < s->instrument->n_items; i++) {
        if (att_item_is_question(&s->instrument->items[i]) && !s->is_asked[i]) {
            att_buf_format(out, "%s%s", n++ == 0 ? "; never: " : ", ",
                           s->instrument->items[i].id);
        }
    }
    att_buf_add(out, ".\n");
}

static int run_simulate(att_call *call, att_err *err)
{
    simulating s = { .call = call, .n_people = PEOPLE_USUAL, .seed = 1 };
    att_code code = ATT_OK;

    if (att_option_get(call, "model") != NULL && att_option_get(call, "walk") != NULL) {
        att_fail(err, ATT_EUSAGE, "--model and --walk exclude each other");
        return 2;
    }
    code = read_whole(call, "n", 1, PEOPLE_MOST, &s.n_people, err);
    if (code == ATT_OK) {
        code = read_whole(call, "seed", 0, 999999999, &s.seed, err);
    }
    if (code != ATT_OK) {
        return att_code_exit_status(code);
    }
    s.store = att_load_store(call, ATT_OPEN_WRITE, err);
    if (s.store == NULL) {
        return att_code_exit_status(err->code);
    }
    code = prepare(&s, err);
    if (code == ATT_OK) {
        code = add_all(&s, err);
    }
    if (code == ATT_OK && call->is_json) {
        write_json(&s);
    } else if (code == ATT_OK) {
        tell(&s);
    }
    att_store_close(s.store);
    return att_code_exit_status(code);
}

static const att_flag options[] = {
    { "study", 0, "FILE", "where answers go (default: $ATTUNE_STUDY, or the one here)",
      NULL },
    { "n", 'n', "N", "how many people (default: 100)", NULL },
    { "seed", 0, "N", "of all that is drawn (default: 1)", NULL },
    { "model", 0, "FILE", "the model they are drawn from (default: the usual one)",
      NULL },
    { "walk", 0, NULL, "no model: each answer at random", NULL },
    { "wave", 0, "CODE", "of all of them", NULL },
    { NULL, 0, NULL, NULL, NULL },
};

const att_command att_cmd_simulate = {
    .name = "simulate",
    .group = ATT_GROUP_ASK,
    .about = "Answers an instrument as people might, who are not there: for trying it "
             "out.",
    .examples = "  attune simulate recs --study try.attune -n 300 --seed 7\n"
                "  attune simulate my.json --study try.attune --walk\n",
    .usage = "INSTRUMENT [options]",
    .options = options,
    .min_args = 1,
    .max_args = 1,
    .is_json = true,
    .run = run_simulate,
};
