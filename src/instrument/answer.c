#include <attune/instrument/answer.h>

#include <math.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/number.h>

/* In the order of att_reason. */
static const struct {
    const char *name;
    int code;
    char letter;
} reasons[ATT_N_REASONS] = {
    { "", 0, 0 },           { "not_reached", -10, 0 },     { "skipped", -9, 0 },
    { "refused", -8, 'r' }, { "not_applicable", -7, 'n' }, { "dont_know", -6, 'k' },
    { "not_asked", -5, 0 }, { "unreadable", -4, 0 },
};

const char *att_reason_name(att_reason reason)
{
    return (size_t)reason < ATT_N_REASONS ? reasons[reason].name : "";
}

bool att_reason_read(const char *name, att_reason *out)
{
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (strcmp(reasons[i].name, name) == 0) {
            *out = (att_reason)i;
            return true;
        }
    }
    return false;
}

int att_reason_code(att_reason reason)
{
    return (size_t)reason < ATT_N_REASONS ? reasons[reason].code : 0;
}

bool att_reason_of_code(int code, att_reason *out)
{
    for (size_t i = 1; i < ATT_N_REASONS; i++) {
        if (reasons[i].code == code) {
            *out = (att_reason)i;
            return true;
        }
    }
    return false;
}

char att_reason_letter(att_reason reason)
{
    return (char)((size_t)reason < ATT_N_REASONS ? reasons[reason].letter : 0);
}

att_answer att_answer_of_reason(att_reason reason)
{
    return (att_answer){ .kind = ATT_ANSWER_REASON, .reason = reason };
}

att_answer att_answer_of_number(double number)
{
    return (att_answer){ .kind = ATT_ANSWER_NUMBER, .number = number };
}

att_answer att_answer_of_text(const char *text)
{
    return (att_answer){ .kind = ATT_ANSWER_TEXT, .text = text == NULL ? "" : text };
}

att_answer att_answer_of_day(att_day day)
{
    return (att_answer){ .kind = ATT_ANSWER_DAY, .day = day };
}

att_answer att_answer_of_codes(const int *codes, size_t n_codes)
{
    return (att_answer){ .kind = ATT_ANSWER_CODES, .codes = codes, .n_codes = n_codes };
}

att_answer att_answer_of_ranks(const int *codes, size_t n_codes)
{
    return (att_answer){ .kind = ATT_ANSWER_RANKS, .codes = codes, .n_codes = n_codes };
}

size_t att_answer_place(const att_answer *answer, int code)
{
    for (size_t i = 0; answer->kind == ATT_ANSWER_RANKS && i < answer->n_codes; i++) {
        if (answer->codes[i] == code) {
            return i + 1;
        }
    }
    return 0;
}

static bool same_codes(const att_answer *a, const att_answer *b)
{
    if (a->n_codes != b->n_codes) {
        return false;
    }
    for (size_t i = 0; i < a->n_codes; i++) {
        if (a->codes[i] != b->codes[i]) {
            return false;
        }
    }
    return true;
}

static bool same_beside(const att_answer *a, const att_answer *b)
{
    return strcmp(a->beside == NULL ? "" : a->beside,
                  b->beside == NULL ? "" : b->beside) == 0;
}

bool att_answer_same(const att_answer *a, const att_answer *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case ATT_ANSWER_NONE: return true;
    case ATT_ANSWER_REASON: return a->reason == b->reason;
    case ATT_ANSWER_NUMBER: return a->number == b->number && same_beside(a, b);
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS: return same_codes(a, b);
    case ATT_ANSWER_TEXT: return strcmp(a->text, b->text) == 0;
    case ATT_ANSWER_DAY: return a->day == b->day;
    }
    return false;
}

/* Ascending, each once. Lists are short: insertion. */
static const int *copy_codes(att_arena *arena, const int *codes, size_t *n)
{
    int *copy = att_new_n(arena, int, *n);
    size_t n_copy = 0;

    for (size_t i = 0; i < *n; i++) {
        size_t at = n_copy;
        while (at > 0 && copy[at - 1] > codes[i]) {
            at--;
        }
        if (at > 0 && copy[at - 1] == codes[i]) {
            continue;
        }
        for (size_t j = n_copy; j > at; j--) {
            copy[j] = copy[j - 1];
        }
        copy[at] = codes[i];
        n_copy++;
    }
    *n = n_copy;
    return copy;
}

att_answer att_answer_copy(att_arena *arena, const att_answer *answer)
{
    att_answer copy = *answer;

    if (copy.beside != NULL) {
        copy.beside = att_arena_text(arena, answer->beside);
    }

    if (copy.kind == ATT_ANSWER_TEXT) {
        copy.text = att_arena_text(arena, answer->text);
    } else if (copy.kind == ATT_ANSWER_CODES) {
        copy.codes = copy_codes(arena, answer->codes, &copy.n_codes);
    } else if (copy.kind == ATT_ANSWER_RANKS) {
        int *codes = att_new_n(arena, int, answer->n_codes);
        for (size_t i = 0; i < answer->n_codes; i++) {
            codes[i] = answer->codes[i];
        }
        copy.codes = codes;
    }
    return copy;
}

void att_answer_put(att_json_out *out, const att_answer *answer)
{
    char day[ATT_DAY_SIZE];

    switch (answer->kind) {
    case ATT_ANSWER_NONE: att_json_null(out); break;
    case ATT_ANSWER_REASON:
        att_json_object(out);
        att_json_put_string(out, "reason", att_reason_name(answer->reason));
        att_json_end_object(out);
        break;
    case ATT_ANSWER_NUMBER: att_json_number(out, answer->number); break;
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS:
        att_json_list(out);
        for (size_t i = 0; i < answer->n_codes; i++) {
            att_json_whole(out, answer->codes[i]);
        }
        att_json_end_list(out);
        break;
    case ATT_ANSWER_TEXT: att_json_string(out, answer->text); break;
    case ATT_ANSWER_DAY:
        att_day_write(day, answer->day);
        att_json_string(out, day);
        break;
    }
}

void att_answer_write(att_buf *out, const att_answer *answer)
{
    att_json_out json = att_json_begin(out, false);

    att_answer_put(&json, answer);
}

/* In the order of att_act. */
static const char *const acts[ATT_N_ACTS] = {
    "start", "agree", "decline", "answer", "read",
    "back",  "goto",  "leave",   "resume", "finish",
};

const char *att_act_name(att_act act)
{
    return (size_t)act < ATT_N_ACTS ? acts[act] : "";
}

bool att_act_read(const char *name, att_act *out)
{
    for (size_t i = 0; i < ATT_N_ACTS; i++) {
        if (strcmp(acts[i], name) == 0) {
            *out = (att_act)i;
            return true;
        }
    }
    return false;
}

/* In the order of att_answer_kind. */
static const char *const answer_kinds[] = { "none", "reason", "number", "codes",
                                            "text", "day",    "ranks" };

void att_entry_write(att_buf *out, const att_entry *entry)
{
    att_json_out json = att_json_begin(out, false);

    att_json_object(&json);
    att_json_key(&json, "answer");
    att_answer_put(&json, &entry->answer);
    if (entry->answer.beside != NULL) {
        att_json_put_string(&json, "beside", entry->answer.beside);
    }
    att_json_put_string(&json, "item", entry->item == NULL ? "" : entry->item);
    att_json_put_string(&json, "kind", answer_kinds[entry->answer.kind]);
    att_json_end_object(&json);
}

static bool read_kind(const json_t *json, att_answer_kind *out)
{
    const char *name = json_string_value(json);

    for (size_t i = 0; name != NULL && i <= ATT_ANSWER_RANKS; i++) {
        if (strcmp(answer_kinds[i], name) == 0) {
            *out = (att_answer_kind)i;
            return true;
        }
    }
    return false;
}

static bool read_codes(att_arena *arena, const json_t *json, att_answer *out)
{
    size_t n = json_array_size(json);
    int *codes = att_new_n(arena, int, n);

    if (!json_is_array(json)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const json_t *code = json_array_get(json, i);
        double x = json_real_value(code);
        if (!json_is_real(code) || !(fabs(x) <= 1e9) || x != floor(x)) {
            return false;
        }
        codes[i] = (int)x;
        for (size_t j = 0; out->kind == ATT_ANSWER_RANKS && j < i; j++) {
            if (codes[j] == codes[i]) {
                return false;
            }
        }
        if (out->kind == ATT_ANSWER_CODES && i > 0 && codes[i] <= codes[i - 1]) {
            return false;
        }
    }
    out->codes = codes;
    out->n_codes = n;
    return true;
}

/* Whether json is an answer of the kind that out already names. */
static bool read_answer(att_arena *arena, const json_t *json, att_answer *out)
{
    const char *text = json_string_value(json);
    const char *reason = json_string_value(json_object_get(json, "reason"));

    switch (out->kind) {
    case ATT_ANSWER_NONE: return json_is_null(json);
    case ATT_ANSWER_REASON:
        return reason != NULL && json_object_size(json) == 1 &&
               att_reason_read(reason, &out->reason);
    case ATT_ANSWER_NUMBER:
        out->number = json_real_value(json);
        return json_is_real(json) && isfinite(out->number);
    case ATT_ANSWER_CODES:
    case ATT_ANSWER_RANKS: return read_codes(arena, json, out);
    case ATT_ANSWER_TEXT:
        out->text = text == NULL ? "" : att_arena_text(arena, text);
        return text != NULL;
    case ATT_ANSWER_DAY:
        return text != NULL && att_day_read(text, strlen(text), &out->day);
    }
    return false;
}

att_code att_entry_read(att_arena *arena, const char *payload, att_entry *out,
                        att_err *err)
{
    /* whole numbers as reals: those beyond 64 bits are read too */
    json_t *root =
        json_loads(payload, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, NULL);
    const char *item = json_string_value(json_object_get(root, "item"));
    const char *beside = json_string_value(json_object_get(root, "beside"));
    att_answer answer = { 0 };
    att_code code = ATT_OK;

    if (item == NULL || json_object_size(root) != (beside == NULL ? 3U : 4U) ||
        !read_kind(json_object_get(root, "kind"), &answer.kind) ||
        !read_answer(arena, json_object_get(root, "answer"), &answer)) {
        code = att_fail(err, ATT_EINPUT,
                        "an entry of the journal is not an answer as attune writes it");
        goto out;
    }
    out->item = att_arena_text(arena, item);
    if (beside != NULL) {
        answer.beside = att_arena_text(arena, beside);
    }
    out->answer = answer;
out:
    json_decref(root);
    return code;
}

/* ---- what was known ---- */

const att_answer *att_known_find(const att_known *known, size_t n, const char *wave,
                                 const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(known[i].name, name) == 0 && strcmp(known[i].wave, wave) == 0) {
            return &known[i].answer;
        }
    }
    return NULL;
}

void att_known_write(struct att_json_out *out, const att_known *known, size_t n)
{
    if (n == 0) {
        return;
    }
    att_json_key(out, "known");
    att_json_list(out);
    for (size_t i = 0; i < n; i++) {
        att_json_object(out);
        att_json_key(out, "answer");
        att_answer_put(out, &known[i].answer);
        att_json_put_string(out, "kind", answer_kinds[known[i].answer.kind]);
        att_json_put_string(out, "name", known[i].name);
        if (known[i].wave[0] != '\0') {
            att_json_put_string(out, "wave", known[i].wave);
        }
        att_json_end_object(out);
    }
    att_json_end_list(out);
}

static bool read_known(att_arena *arena, const json_t *json, att_known *out)
{
    const char *name = json_string_value(json_object_get(json, "name"));
    const json_t *wave = json_object_get(json, "wave");

    if (name == NULL || (wave != NULL && !json_is_string(wave)) ||
        json_object_size(json) != (wave == NULL ? 3U : 4U) ||
        !read_kind(json_object_get(json, "kind"), &out->answer.kind)) {
        return false;
    }
    out->name = att_arena_text(arena, name);
    out->wave = wave == NULL ? "" : att_arena_text(arena, json_string_value(wave));
    return read_answer(arena, json_object_get(json, "answer"), &out->answer);
}

att_code att_known_read(att_arena *arena, const char *payload, const att_known **out,
                        size_t *n, att_err *err)
{
    json_t *root =
        json_loads(payload, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, NULL);
    const json_t *list = json_object_get(root, "known");
    size_t size = json_array_size(list);
    att_known *known = att_new_n(arena, att_known, size);
    bool is_right = json_is_object(root) && (list == NULL || json_is_array(list));

    *out = known;
    *n = 0;
    for (size_t i = 0; is_right && i < size; i++) {
        is_right = read_known(arena, json_array_get(list, i), &known[i]);
    }
    json_decref(root);
    if (!is_right) {
        return att_fail(err, ATT_EINPUT,
                        "the start of a session is not as attune writes it");
    }
    *n = size;
    return ATT_OK;
}

/* In the order of att_status. */
static const char *const statuses[] = { "open", "complete", "declined" };

static const char *const asking_names[ATT_N_ASKINGS] = { "self", "interviewer",
                                                         "proxy" };

const char *att_asking_name(att_asking mode)
{
    return asking_names[mode];
}

bool att_asking_read(const char *name, att_asking *out)
{
    for (size_t i = 0; i < ATT_N_ASKINGS; i++) {
        if (strcmp(asking_names[i], name) == 0) {
            *out = (att_asking)i;
            return true;
        }
    }
    return false;
}

const char *att_status_name(att_status status)
{
    return (size_t)status <= ATT_STATUS_DECLINED ? statuses[status] : "";
}

bool att_status_read(const char *name, att_status *out)
{
    for (size_t i = 0; i <= ATT_STATUS_DECLINED; i++) {
        if (strcmp(statuses[i], name) == 0) {
            *out = (att_status)i;
            return true;
        }
    }
    return false;
}
