/* testing_read.c - test files: JSON to trials
 */
#include "testing.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/text.h>

#define TODAY     "2026-01-05" /* of a test that does not say */
#define WANT_MAX  64
#define CODES_MAX 1000

typedef struct reader {
    att_arena *arena;
    att_json *json;
    att_err *err;
} reader;

/* ---- places and failures ---- */

static const char *below(const reader *r, const char *pointer, const char *key)
{
    att_buf text = { 0 };
    char *copy;

    att_buf_add(&text, pointer);
    att_buf_char(&text, '/');
    for (; *key != '\0'; key++) {
        if (*key == '~' || *key == '/') {
            att_buf_add(&text, *key == '~' ? "~0" : "~1");
        } else {
            att_buf_char(&text, *key);
        }
    }
    copy = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return copy;
}

static const char *below_index(const reader *r, const char *pointer, size_t i)
{
    return att_arena_format(r->arena, "%s/%zu", pointer, i);
}

static att_code at(const reader *r, const char *pointer, bool is_key)
{
    att_place place = { 0 };

    if (is_key) {
        att_json_place_key(r->json, pointer, &place);
    } else {
        att_json_place_value(r->json, pointer, &place);
    }
    return att_at(r->err, att_json_name(r->json), place.line, place.column, pointer);
}

static att_code wrong(const reader *r, const char *pointer, const char *wanted)
{
    att_fail(r->err, ATT_EINPUT, "the value here should be %s", wanted);
    return at(r, pointer, false);
}

/* Every key of an object must be one of a list, or begin with "x-". */
static att_code known_keys(const reader *r, json_t *object, const char *pointer,
                           const char *const *keys, size_t n)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        bool is_known = strncmp(key, "x-", 2) == 0;
        const char *near;

        for (size_t i = 0; i < n && !is_known; i++) {
            is_known = strcmp(key, keys[i]) == 0;
        }
        if (is_known) {
            continue;
        }
        att_fail(r->err, ATT_EINPUT, "\"%s\" is not a key of a test", key);
        near = att_text_nearest(key, keys, n);
        if (near != NULL) {
            att_hint(r->err, "did you mean \"%s\"?", near);
        }
        return at(r, below(r, pointer, key), true);
    }
    return ATT_OK;
}

/* ---- values ---- */

static att_code read_string(const reader *r, json_t *object, const char *pointer,
                            const char *key, const char **out)
{
    const json_t *value = json_object_get(object, key);

    *out = "";
    if (value == NULL) {
        return ATT_OK;
    }
    if (!json_is_string(value)) {
        return wrong(r, below(r, pointer, key), "a text");
    }
    *out = att_arena_text(r->arena, json_string_value(value));
    return ATT_OK;
}

static att_code read_codes(const reader *r, const json_t *list, const char *pointer,
                           att_answer *out)
{
    size_t n = json_array_size(list);
    int *codes = att_new_n(r->arena, int, n);
    att_answer answer;

    for (size_t i = 0; i < n; i++) {
        const json_t *code = json_array_get(list, i);
        json_int_t value = json_integer_value(code);

        if (n > CODES_MAX || !json_is_integer(code) || value < -1000000 ||
            value > 1000000000) {
            return wrong(r, pointer, "a list of codes");
        }
        codes[i] = (int)value;
    }
    answer = att_answer_of_ranks(codes, n); /* many sorts them: testing.c */
    *out = n == 0 ? att_answer_of_reason(ATT_REASON_SKIPPED)
                  : att_answer_copy(r->arena, &answer);
    return ATT_OK;
}

/* As in answer files: a number, a text, a list of codes, a reason, or null. */
static att_code read_answer(const reader *r, const json_t *value, const char *pointer,
                            att_answer *out)
{
    const char *name = json_string_value(json_object_get(value, "reason"));
    att_reason reason = ATT_REASON_NONE;

    if (json_is_number(value)) {
        *out = att_answer_of_number(json_number_value(value));
    } else if (json_is_string(value)) {
        *out = att_answer_of_text(att_text_compose(r->arena, json_string_value(value)));
    } else if (json_is_null(value)) {
        *out = att_answer_of_reason(ATT_REASON_SKIPPED);
    } else if (json_is_array(value)) {
        return read_codes(r, value, pointer, out);
    } else if (name != NULL && json_object_size(value) == 1 &&
               att_reason_read(name, &reason) && reason != ATT_REASON_NONE) {
        *out = att_answer_of_reason(reason);
    } else {
        return wrong(
            r, pointer,
            "a number, a text, a list of codes, or { \"reason\": \"refused\" }");
    }
    return ATT_OK;
}

/* Answers in an object: to items, or lists of such objects for a roster's entries. */
static size_t count_given(json_t *object)
{
    size_t n = 0;
    const char *id;
    json_t *value;

    json_object_foreach(object, id, value)
    {
        size_t inner = 0;

        for (size_t i = 0; i < json_array_size(value); i++) {
            inner += json_object_size(json_array_get(value, i));
        }
        n += 1 + inner;
    }
    return n;
}

static att_code read_roster(const reader *r, json_t *list, const char *place,
                            const char *roster, att_given *out, size_t *n)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *object = json_array_get(list, i);
        const char *at = below_index(r, place, i);
        const char *id;
        json_t *value;

        if (!json_is_object(object)) {
            return wrong(r, at, "an object: item to answer");
        }
        json_object_foreach(object, id, value)
        {
            out[*n] = (att_given){ .item = att_arena_text(r->arena, id),
                                   .roster = roster,
                                   .object = i };
            ATT_TRY(read_answer(r, value, below(r, at, id), &out[*n].answer));
            *n += 1;
        }
    }
    return ATT_OK;
}

static att_code read_given(const reader *r, json_t *test, const char *pointer,
                           const char *key, const att_given **out, size_t *n)
{
    json_t *object = json_object_get(test, key);
    const char *place = below(r, pointer, key);
    att_given *list;
    const char *id;
    json_t *value;

    *n = 0;
    if (object == NULL) {
        return ATT_OK;
    }
    if (!json_is_object(object)) {
        return wrong(r, place, "an object: item to answer");
    }
    list = att_new_n(r->arena, att_given, count_given(object));
    *out = list;
    json_object_foreach(object, id, value)
    {
        if (json_is_object(json_array_get(value, 0))) {
            ATT_TRY(read_roster(r, value, below(r, place, id),
                                att_arena_text(r->arena, id), list, n));
            continue;
        }
        list[*n].item = att_arena_text(r->arena, id);
        ATT_TRY(read_answer(r, value, below(r, place, id), &list[*n].answer));
        *n += 1;
    }
    return ATT_OK;
}

static att_code read_list(const reader *r, const json_t *list, const char *pointer,
                          att_setting *out)
{
    const char **labels = att_new_n(r->arena, const char *, json_array_size(list));

    out->list = labels;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *label = json_string_value(json_array_get(list, i));

        if (label == NULL) {
            return wrong(r, below_index(r, pointer, i), "a text");
        }
        labels[out->n_list++] = att_arena_text(r->arena, label);
    }
    return ATT_OK;
}

static att_code read_settings(const reader *r, json_t *test, const char *pointer,
                              att_trial *out)
{
    json_t *object = json_object_get(test, "settings");
    const char *place = below(r, pointer, "settings");
    att_setting *list;
    const char *name;
    json_t *value;

    if (object == NULL) {
        return ATT_OK;
    }
    if (!json_is_object(object)) {
        return wrong(r, place, "an object: setting to text or list of texts");
    }
    list = att_new_n(r->arena, att_setting, json_object_size(object));
    out->settings = list;
    json_object_foreach(object, name, value)
    {
        att_setting *one = &list[out->n_settings++];

        one->name = att_arena_text(r->arena, name);
        if (json_is_string(value)) {
            one->text = att_arena_text(r->arena, json_string_value(value));
        } else if (json_is_array(value)) {
            ATT_TRY(read_list(r, value, below(r, place, name), one));
        } else {
            return wrong(r, below(r, place, name), "a text or a list of texts");
        }
    }
    return ATT_OK;
}

/* ---- what is known beforehand ---- */

typedef struct knowns {
    att_known *list; /* [n] with room for all */
    size_t n;
} knowns;

static att_code read_known(const reader *r, json_t *object, const char *pointer,
                           const char *wave, knowns *out)
{
    const char *name;
    json_t *value;

    json_object_foreach(object, name, value)
    {
        att_known *one = &out->list[out->n++];

        one->wave = wave;
        one->name = att_arena_text(r->arena, name);
        ATT_TRY(read_answer(r, value, below(r, pointer, name), &one->answer));
    }
    return ATT_OK;
}

/* "person": a code, or { "age": 12 }; "waves": { "T0": { "health": 4 } } */
static att_code read_knowns(const reader *r, json_t *test, const char *pointer,
                            att_trial *out)
{
    json_t *person = json_object_get(test, "person");
    json_t *waves = json_object_get(test, "waves");
    const char *person_at = below(r, pointer, "person");
    const char *waves_at = below(r, pointer, "waves");
    size_t n = json_object_size(person);
    knowns all = { 0 };
    const char *wave;
    json_t *value;

    out->person = json_is_string(person)
                      ? att_arena_text(r->arena, json_string_value(person))
                      : "";
    if (person != NULL && !json_is_string(person) && !json_is_object(person)) {
        return wrong(r, person_at, "a code, or an object: attribute to value");
    }
    if (waves != NULL && !json_is_object(waves)) {
        return wrong(r, waves_at, "an object: wave to what was answered there");
    }
    json_object_foreach(waves, wave, value)
    {
        if (!json_is_object(value) || wave[0] == '\0') {
            return wrong(r, below(r, waves_at, wave), "an object: item to answer");
        }
        n += json_object_size(value);
    }
    all.list = att_new_n(r->arena, att_known, n);
    ATT_TRY(read_known(r, person, person_at, "", &all));
    json_object_foreach(waves, wave, value)
    {
        ATT_TRY(read_known(r, value, below(r, waves_at, wave),
                           att_arena_text(r->arena, wave), &all));
    }
    out->known = all.list;
    out->n_known = all.n;
    return ATT_OK;
}

/* ---- what is expected ---- */

typedef struct wanted {
    const char *key;
    att_expect_kind kind;
    enum { LIST, REASONS, NUMBERS, TEXTS, LISTS, TEXT, ORDER } form;
} wanted;

static const wanted wants[] = {
    { "shown", ATT_EXPECT_SHOWN, LIST },
    { "hidden", ATT_EXPECT_HIDDEN, LIST },
    { "asked", ATT_EXPECT_ASKED, ORDER },
    { "missing", ATT_EXPECT_MISSING, REASONS },
    { "score", ATT_EXPECT_SCORE, NUMBERS },
    { "text", ATT_EXPECT_TEXT, TEXTS },
    { "words", ATT_EXPECT_WORDS, TEXTS },
    { "offers", ATT_EXPECT_OFFERS, LISTS },
    { "refused", ATT_EXPECT_REFUSED, TEXTS },
    { "status", ATT_EXPECT_STATUS, TEXT },
};

#define N_WANTS (sizeof wants / sizeof *wants)

typedef struct expects {
    att_expect *list;
    size_t n;
} expects;

static att_expect *add(expects *all, att_expect_kind kind, const char *id)
{
    att_expect *one = &all->list[all->n++];

    one->kind = kind;
    one->id = id;
    one->text = "";
    return one;
}

/* A list of texts and codes as "1, 2, refused". */
static att_code read_joined(const reader *r, const json_t *list, const char *pointer,
                            const char **out)
{
    att_buf text = { 0 };
    bool is_right = json_is_array(list);

    for (size_t i = 0; is_right && i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);

        att_buf_add(&text, i == 0 ? "" : ", ");
        if (json_is_integer(value)) {
            att_number_write(&text, json_number_value(value));
        } else if (json_is_string(value)) {
            att_buf_add(&text, json_string_value(value));
        } else {
            is_right = false;
        }
    }
    *out = att_buf_copy(r->arena, &text);
    att_buf_drop(&text);
    return is_right ? ATT_OK : wrong(r, pointer, "a list of texts or codes");
}

static att_code read_ids(const reader *r, const json_t *list, const char *pointer,
                         att_expect_kind kind, expects *all)
{
    if (!json_is_array(list)) {
        return wrong(r, pointer, "a list of items");
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = json_string_value(json_array_get(list, i));

        if (id == NULL) {
            return wrong(r, below_index(r, pointer, i), "the id of an item");
        }
        add(all, kind, att_arena_text(r->arena, id));
    }
    return ATT_OK;
}

static att_code read_member(const reader *r, const wanted *want, const json_t *value,
                            const char *pointer, att_expect *out)
{
    att_reason reason;

    if (want->form == LISTS) {
        return read_joined(r, value, pointer, &out->text);
    }
    if (want->form == NUMBERS) {
        if (!json_is_number(value) && !json_is_null(value)) {
            return wrong(r, pointer, "a number, or null for no score");
        }
        out->number = json_is_null(value) ? NAN : json_number_value(value);
        return ATT_OK;
    }
    if (!json_is_string(value)) {
        return wrong(r, pointer, "a text");
    }
    out->text = att_text_compose(r->arena, json_string_value(value));
    if (want->form == REASONS &&
        (!att_reason_read(out->text, &reason) || reason == ATT_REASON_NONE)) {
        return wrong(r, pointer, "a reason, such as refused, skipped or not_asked");
    }
    return ATT_OK;
}

static att_code read_want(const reader *r, const wanted *want, json_t *value,
                          const char *pointer, expects *all)
{
    const char *id;
    json_t *member;

    switch (want->form) {
    case LIST: return read_ids(r, value, pointer, want->kind, all);
    case ORDER: return read_joined(r, value, pointer, &add(all, want->kind, "")->text);
    case TEXT: return read_member(r, want, value, pointer, add(all, want->kind, ""));
    case REASONS:
    case NUMBERS:
    case TEXTS:
    case LISTS: break;
    }
    if (!json_is_object(value)) {
        return wrong(r, pointer, "an object: item or score to what is expected");
    }
    json_object_foreach(value, id, member)
    {
        att_expect *one = add(all, want->kind, att_arena_text(r->arena, id));

        ATT_TRY(read_member(r, want, member, below(r, pointer, id), one));
    }
    return ATT_OK;
}

static att_code read_expects(const reader *r, json_t *test, const char *pointer,
                             att_trial *out)
{
    json_t *object = json_object_get(test, "expect");
    const char *place = below(r, pointer, "expect");
    const char *keys[N_WANTS];
    expects all = { 0 };
    size_t n = 0;

    if (!json_is_object(object) || json_object_size(object) == 0) {
        att_fail(r->err, ATT_EINPUT, "a test expects nothing");
        att_hint(r->err, "add \"expect\": { \"shown\": ..., \"score\": ... }");
        return at(r, object == NULL ? pointer : place, false);
    }
    for (size_t i = 0; i < N_WANTS; i++) {
        const json_t *value = json_object_get(object, wants[i].key);

        keys[i] = wants[i].key;
        n += 1 + json_array_size(value) + json_object_size(value);
    }
    ATT_TRY(known_keys(r, object, place, keys, N_WANTS));
    all.list = att_new_n(r->arena, att_expect, n);
    for (size_t i = 0; i < N_WANTS; i++) {
        json_t *value = json_object_get(object, wants[i].key);

        if (value != NULL) {
            ATT_TRY(
                read_want(r, &wants[i], value, below(r, place, wants[i].key), &all));
        }
    }
    out->expects = all.list;
    out->n_expects = all.n;
    return ATT_OK;
}

/* ---- a test ---- */

static att_code read_maturity(const reader *r, const char *name, const char *pointer,
                              att_trial *out)
{
    if (name[0] == '\0') {
        return ATT_OK;
    }
    out->has_maturity = true;
    for (int i = ATT_MATURITY_DRAFT; i <= ATT_MATURITY_RETIRED; i++) {
        if (strcmp(name, att_maturity_name((att_maturity)i)) == 0) {
            out->maturity = (att_maturity)i;
            return ATT_OK;
        }
    }
    return wrong(r, below(r, pointer, "maturity"),
                 "draft, piloted, structure tested, validated or retired");
}

static att_code read_scalars(const reader *r, json_t *test, const char *pointer,
                             att_trial *out)
{
    const json_t *seed = json_object_get(test, "seed");
    const json_t *agree = json_object_get(test, "agree");
    const char *today;
    const char *maturity;
    const char *mode;

    ATT_TRY(read_string(r, test, pointer, "name", &out->name));
    ATT_TRY(read_string(r, test, pointer, "language", &out->language));
    ATT_TRY(read_string(r, test, pointer, "role", &out->role));
    ATT_TRY(read_string(r, test, pointer, "site", &out->site));
    ATT_TRY(read_string(r, test, pointer, "wave", &out->wave));
    ATT_TRY(read_string(r, test, pointer, "mode", &mode));
    if (mode[0] != '\0' && !att_asking_read(mode, &out->mode)) {
        return wrong(r, below(r, pointer, "mode"), "self, interviewer or proxy");
    }
    ATT_TRY(read_string(r, test, pointer, "leave", &out->leave));
    ATT_TRY(read_string(r, test, pointer, "today", &today));
    ATT_TRY(read_string(r, test, pointer, "maturity", &maturity));
    ATT_TRY(read_maturity(r, maturity, pointer, out));
    today = today[0] == '\0' ? TODAY : today;
    if (!att_day_read(today, strlen(today), &out->today)) {
        return wrong(r, below(r, pointer, "today"), "a day, like 2026-09-14");
    }
    if (seed != NULL && (!json_is_integer(seed) || json_integer_value(seed) < 0)) {
        return wrong(r, below(r, pointer, "seed"), "a whole number from 0");
    }
    if (agree != NULL && !json_is_boolean(agree)) {
        return wrong(r, below(r, pointer, "agree"), "true or false");
    }
    out->seed = (unsigned long long)json_integer_value(seed);
    out->is_declined = json_is_false(agree);
    return ATT_OK;
}

static att_code read_trial(const reader *r, json_t *test, const char *pointer,
                           att_trial *out)
{
    static const char *const keys[] = {
        "name",     "language", "role",   "site",     "wave",    "person",
        "seed",     "today",    "agree",  "settings", "answers", "change",
        "maturity", "leave",    "expect", "waves",    "mode",
    };
    att_place place = { 0 };

    if (!json_is_object(test)) {
        return wrong(r, pointer, "an object: a test");
    }
    ATT_TRY(known_keys(r, test, pointer, keys, sizeof keys / sizeof *keys));
    att_json_place_value(r->json, pointer, &place);
    out->line = place.line;
    ATT_TRY(read_scalars(r, test, pointer, out));
    if (out->name[0] == '\0') {
        att_fail(r->err, ATT_EINPUT, "a test has no name");
        return at(r, pointer, false);
    }
    ATT_TRY(read_settings(r, test, pointer, out));
    ATT_TRY(read_knowns(r, test, pointer, out));
    ATT_TRY(read_given(r, test, pointer, "answers", &out->answers, &out->n_answers));
    ATT_TRY(read_given(r, test, pointer, "change", &out->changes, &out->n_changes));
    return read_expects(r, test, pointer, out);
}

static att_code read_file(const reader *r, att_trials *out)
{
    static const char *const keys[] = { "instrument", "tests" };
    json_t *root = att_json_root(r->json);
    const json_t *tests = json_object_get(root, "tests");
    att_trial *list;

    if (!json_is_object(root) || json_object_get(root, "format") != NULL) {
        att_fail(r->err, ATT_EINPUT, "\"%s\" is no file of tests", out->path);
        att_hint(r->err, "a file of tests is { \"instrument\": \"ID@^1\", \"tests\": "
                         "[ ... ] }");
        return at(r, "", false);
    }
    ATT_TRY(known_keys(r, root, "", keys, sizeof keys / sizeof *keys));
    ATT_TRY(read_string(r, root, "", "instrument", &out->instrument));
    if (out->instrument[0] == '\0' || strlen(out->instrument) > WANT_MAX) {
        att_fail(r->err, ATT_EINPUT, "the tests name no instrument");
        att_hint(r->err, "add \"instrument\": \"ID@^1\"");
        return at(r, "", false);
    }
    if (!json_is_array(tests) || json_array_size(tests) == 0) {
        return wrong(r, tests == NULL ? "" : "/tests", "a list of tests, \"tests\"");
    }
    if (json_array_size(tests) > ATT_TRIALS_MAX) {
        return att_fail(r->err, ATT_ELIMIT, "\"%s\" has more than %d tests", out->path,
                        ATT_TRIALS_MAX);
    }
    list = att_new_n(r->arena, att_trial, json_array_size(tests));
    out->list = list;
    for (; out->n < json_array_size(tests); out->n++) {
        ATT_TRY(read_trial(r, json_array_get(tests, out->n),
                           below_index(r, "/tests", out->n), &list[out->n]));
    }
    return ATT_OK;
}

att_trials *att_trials_read(att_arena *arena, att_json *json, att_err *err)
{
    reader r = { .arena = arena, .err = err, .json = json };
    att_trials *trials = att_new(arena, att_trials);

    trials->path = att_arena_text(arena, att_json_name(json));
    return read_file(&r, trials) == ATT_OK ? trials : NULL;
}

att_trials *att_trials_open(att_arena *arena, const char *path, att_err *err)
{
    att_json *json = att_json_open(path, err);
    att_trials *trials;

    if (json == NULL) {
        return NULL;
    }
    trials = att_trials_read(arena, json, err);
    att_json_close(json);
    return trials;
}
