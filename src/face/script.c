/* script.c - answers from a JSON file or from JSON lines; what is kept, as JSON lines
 *
 * One object {item: answer, ...}: items that are asked and not named are skipped. Lines
 * {"item": id, "answer": ...}, {"back": true}, {"leave": true}: read one by one, and the
 * end of the stream leaves the session open.
 */
#include <errno.h>
#include <math.h>
#include <string.h>

#include <jansson.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/face/words.h>
#include <attune/instrument/roster.h>

#include "faces.h"
#include "input.h"
#include "script_ask.h"

#define SCRIPT_LINE_MAX ATT_JSON_BYTES_MAX

typedef struct named {
    bool is_named;
    att_answer answer;
} named;

typedef struct script_face {
    att_arena arena;
    const att_session *session;
    const att_words *words;
    att_input input;
    FILE *opened; /* closed by us; NULL for standard input */
    FILE *out;
    const char *name; /* of the file, for messages */
    unsigned line;    /* of the line read last */
    bool is_stream;
    bool is_live;    /* each screen is asked, each line is heard: attune-run(1) */
    bool has_line;   /* the first line of a stream was read already */
    att_json *whole; /* of one object; NULL for a stream */
    named *given;    /* [n_items] */
    att_event last;  /* given again after a check */
    bool is_told;    /* the last line was written */
} script_face;

/* ---- values ---- */

static att_code fail_sort(const char *id, att_err *err)
{
    att_fail(err, ATT_EINPUT, "the answer to \"%s\" is of no known form", id);
    return att_hint(err, "use a number, a text, a list of codes, or "
                         "{ \"reason\": \"refused\" }");
}

static att_code read_codes(att_arena *arena, const json_t *list, const att_item *item,
                           att_answer *out, att_err *err)
{
    size_t n = json_array_size(list);
    int *codes = att_new_n(arena, int, n);
    att_answer answer;
    size_t i;

    for (i = 0; i < n; i++) {
        const json_t *code = json_array_get(list, i);
        json_int_t value = json_integer_value(code);

        if (!json_is_integer(code) || value < -1000000 || value > 1000000000) {
            return fail_sort(item->id, err);
        }
        codes[i] = (int)value;
    }
    if (n == 0) {
        *out = att_answer_of_reason(ATT_REASON_SKIPPED);
        return ATT_OK;
    }
    answer = item->kind->shape == ATT_SHAPE_RANK ? att_answer_of_ranks(codes, n)
                                                 : att_answer_of_codes(codes, n);
    *out = att_answer_copy(arena, &answer);
    return ATT_OK;
}

static att_code read_reason(const json_t *object, const char *id, att_answer *out,
                            att_err *err)
{
    const char *name = json_string_value(json_object_get(object, "reason"));
    att_reason reason;

    if (json_object_size(object) != 1 || name == NULL) {
        return fail_sort(id, err);
    }
    if (!att_reason_read(name, &reason) || reason == ATT_REASON_NONE) {
        att_fail(err, ATT_EINPUT, "the answer to \"%s\" has the unknown reason \"%s\"",
                 id, name);
        return att_hint(err, "use refused, not_applicable, dont_know or skipped");
    }
    *out = att_answer_of_reason(reason);
    return ATT_OK;
}

static att_code read_text(att_arena *arena, const att_item *item, const char *text,
                          att_answer *out, att_err *err)
{
    const char *kept = NULL;
    att_day day;

    if (item->kind->shape == ATT_SHAPE_TIME ||
        item->kind->shape == ATT_SHAPE_DATETIME) {
        kept = att_clock_compose(arena, text, item->kind->shape == ATT_SHAPE_DATETIME);
        *out = att_answer_of_text(kept == NULL ? att_arena_text(arena, text) : kept);
        return ATT_OK; /* what is no time is refused in the interview's words */
    }
    if (item->kind->shape != ATT_SHAPE_DATE) {
        *out = att_answer_of_text(att_text_compose(arena, text));
        return ATT_OK;
    }
    if (!att_day_read(text, strlen(text), &day)) {
        att_fail(err, ATT_EINPUT, "the answer to \"%s\" is \"%s\", which is no date",
                 item->id, text);
        return att_hint(err, "write it as year-month-day, like 2026-09-14");
    }
    *out = att_answer_of_day(day);
    return ATT_OK;
}

static att_code read_value(att_arena *arena, const att_item *item, const json_t *value,
                           att_answer *out, att_err *err)
{
    switch (json_typeof(value)) {
    case JSON_INTEGER:
    case JSON_REAL:
        *out = att_answer_of_number(json_number_value(value));
        return ATT_OK;
    case JSON_STRING: return read_text(arena, item, json_string_value(value), out, err);
    case JSON_ARRAY: return read_codes(arena, value, item, out, err);
    case JSON_OBJECT: return read_reason(value, item->id, out, err);
    case JSON_NULL: *out = att_answer_of_reason(ATT_REASON_SKIPPED); return ATT_OK;
    case JSON_TRUE:
    case JSON_FALSE:
        if (item->kind->shape != ATT_SHAPE_CONSENT) {
            break;
        }
        *out = att_answer_of_number(json_is_true(value) ? 1 : 0);
        return ATT_OK;
    }
    return fail_sort(item->id, err);
}

/* ---- names ---- */

static att_code fail_name(const script_face *script, const char *id, att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    att_arena scratch = { 0 };
    const char **names = att_new_n(&scratch, const char *, instrument->n_items);
    const char *near;
    size_t i;

    for (i = 0; i < instrument->n_items; i++) {
        names[i] = instrument->items[i].id;
    }
    near = att_text_nearest(id, names, instrument->n_items);
    att_fail(err, ATT_EINPUT, "\"%s\" is no item of instrument \"%s\"", id,
             instrument->id);
    if (near != NULL) {
        att_hint(err, "did you mean \"%s\"?", near);
    }
    att_arena_drop(&scratch);
    return ATT_EINPUT;
}

static att_code find_item(const script_face *script, const char *id, size_t *out,
                          att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    const att_item *item;

    *out = att_instrument_item(instrument, id);
    if (*out == ATT_NONE) {
        return fail_name(script, id, err);
    }
    item = &instrument->items[*out];
    if (!att_item_is_question(item)) {
        return att_fail(err, ATT_EINPUT,
                        "\"%s\" is of kind \"%s\", which takes no answer", id,
                        item->kind->name);
    }
    return ATT_OK;
}

/* Adds where an item's answer stands in the file. */
static att_code at_item(const script_face *script, const char *id, bool is_key,
                        att_err *err)
{
    char pointer[ATT_POINTER_MAX];
    att_buf text = { 0 };
    att_place place = { 0 };

    if (script->whole == NULL) {
        return att_at(err, script->name, script->line, 0, NULL);
    }
    att_buf_char(&text, '/');
    for (; *id != '\0'; id++) {
        if (*id == '~' || *id == '/') {
            att_buf_add(&text, *id == '~' ? "~0" : "~1");
        } else {
            att_buf_char(&text, *id);
        }
    }
    if (text.n < sizeof pointer) {
        memcpy(pointer, text.bytes, text.n + 1);
        if (is_key) {
            att_json_place_key(script->whole, pointer, &place);
        } else {
            att_json_place_value(script->whole, pointer, &place);
        }
        att_at(err, script->name, place.line, place.column, pointer);
    }
    att_buf_drop(&text);
    return err->code;
}

/* ---- opening ---- */

/* Whether an object is a line of a stream rather than a whole set of answers. */
static bool is_line(const json_t *root)
{
    if (json_object_size(root) == 1) {
        return json_is_true(json_object_get(root, "back")) ||
               json_is_true(json_object_get(root, "leave"));
    }
    return json_object_size(root) == 2 &&
           json_is_string(json_object_get(root, "item")) &&
           json_object_get(root, "answer") != NULL;
}

static att_code fail_input(const script_face *script, att_line state, att_err *err)
{
    switch (state) {
    case ATT_LINE_TOO_LONG:
        return att_fail(err, ATT_ELIMIT, "\"%s\" is larger than %zu MiB", script->name,
                        ATT_JSON_BYTES_MAX >> 20);
    case ATT_LINE_NUL:
        att_fail(err, ATT_EINPUT, "\"%s\" holds a byte 0", script->name);
        break;
    case ATT_LINE_NOT_UTF8:
        att_fail(err, ATT_EINPUT, "\"%s\" is not UTF-8", script->name);
        break;
    default:
        return att_fail(err, ATT_EIO, "cannot read \"%s\": %s", script->name,
                        strerror(errno));
    }
    return att_at(err, script->name, script->line, 0, NULL);
}

/* The next line that is not blank. */
static att_line next_line(script_face *script)
{
    att_line state;

    if (script->has_line) {
        script->has_line = false;
        return ATT_LINE_READ;
    }
    do {
        state = att_input_line(&script->input);
        script->line++;
    } while (state == ATT_LINE_READ &&
             strspn(att_buf_text(&script->input.line), " \t") == script->input.line.n);
    return state;
}

/* All that follows the first line, added to it. */
static att_code read_rest(script_face *script, att_buf *text, att_err *err)
{
    att_line state;

    att_buf_repeat(text, '\n', script->line - 1);
    att_buf_add(text, att_buf_text(&script->input.line));
    while ((state = att_input_line(&script->input)) == ATT_LINE_READ) {
        script->line++;
        att_buf_char(text, '\n');
        att_buf_add_n(text, att_buf_text(&script->input.line), script->input.line.n);
        if (text->n > ATT_JSON_BYTES_MAX) {
            return fail_input(script, ATT_LINE_TOO_LONG, err);
        }
    }
    return state == ATT_LINE_END ? ATT_OK : fail_input(script, state, err);
}

/* One answer by the id of its item; key: the member of the file that it stands under. */
static att_code take_one(script_face *script, const char *id, const char *key,
                         json_t *value, att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    size_t item;

    if (find_item(script, id, &item, err) != ATT_OK) {
        return at_item(script, key, true, err);
    }
    script->given[item].is_named = true;
    if (read_value(&script->arena, &instrument->items[item], value,
                   &script->given[item].answer, err) != ATT_OK) {
        return at_item(script, key, false, err);
    }
    return ATT_OK;
}

/* One object of a roster's list. */
static att_code take_entry(script_face *script, const att_roster *roster,
                           const char *key, json_t *object, bool *is_taken,
                           att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    const char **keys =
        att_new_n(&script->arena, const char *, json_object_size(object));
    size_t n = 0;
    size_t entry;
    const char *id;
    json_t *value;

    json_object_foreach(object, id, value)
    {
        keys[n++] = id;
    }
    if (!json_is_object(object)) {
        att_fail(err, ATT_EINPUT, "an entry of \"%s\" is no object", key);
        return at_item(script, key, false, err);
    }
    entry = att_roster_claim(instrument, roster, keys, n, is_taken);
    if (entry == 0) {
        att_fail(err, ATT_EINPUT, "there are more than %zu entries for \"%s\"",
                 roster->n, key);
        return at_item(script, key, false, err);
    }
    json_object_foreach(object, id, value)
    {
        size_t item = att_roster_item(instrument, roster, entry, id);

        if (item == ATT_NONE) {
            att_fail(err, ATT_EINPUT, "\"%s\" is no item of roster \"%s\"", id, key);
            return at_item(script, key, false, err);
        }
        ATT_TRY(take_one(script, instrument->items[item].id, key, value, err));
    }
    return ATT_OK;
}

static att_code take_roster(script_face *script, const att_roster *roster,
                            const char *key, json_t *list, att_err *err)
{
    bool *is_taken = att_new_n(&script->arena, bool, roster->n);
    size_t i;

    if (!json_is_array(list)) {
        att_fail(err, ATT_EINPUT,
                 "the answer to roster \"%s\" should be a list of objects", key);
        return at_item(script, key, false, err);
    }
    for (i = 0; i < json_array_size(list); i++) {
        ATT_TRY(
            take_entry(script, roster, key, json_array_get(list, i), is_taken, err));
    }
    return ATT_OK;
}

static att_code take_given(script_face *script, att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    json_t *root = att_json_root(script->whole);
    const char *id;
    json_t *value;

    if (!json_is_object(root)) {
        att_fail(err, ATT_EINPUT, "\"%s\" holds no object of answers", script->name);
        return att_at(err, script->name, 1, 1, "");
    }
    script->given = att_new_n(&script->arena, named, instrument->n_items);
    json_object_foreach(root, id, value)
    {
        const att_roster *roster = att_roster_find(instrument, id);

        if (roster != NULL) {
            ATT_TRY(take_roster(script, roster, id, value, err));
        } else {
            ATT_TRY(take_one(script, id, id, value, err));
        }
    }
    return ATT_OK;
}

/* Looks at the first line: a stream, or the beginning of one object. */
static att_code look(script_face *script, att_err *err)
{
    att_err ignored = { 0 };
    att_buf text = { 0 };
    att_line state = next_line(script);
    att_json *first;
    att_code code;

    if (state == ATT_LINE_END) {
        script->is_stream = true;
        return ATT_OK;
    }
    if (state != ATT_LINE_READ) {
        return fail_input(script, state, err);
    }
    first = att_json_open_bytes(script->name, att_buf_text(&script->input.line),
                                script->input.line.n, &ignored);
    script->is_stream = first != NULL && is_line(att_json_root(first));
    script->has_line = script->is_stream;
    att_json_close(first);
    if (script->is_stream) {
        return ATT_OK;
    }
    code = read_rest(script, &text, err);
    if (code == ATT_OK) {
        script->whole =
            att_json_open_bytes(script->name, att_buf_text(&text), text.n, err);
        code = script->whole == NULL ? err->code : take_given(script, err);
    }
    att_buf_drop(&text);
    return code;
}

static void close_script(void *data)
{
    script_face *script = data;

    if (script == NULL) {
        return;
    }
    att_json_close(script->whole);
    att_buf_drop(&script->input.line);
    if (script->opened != NULL) {
        fclose(script->opened);
    }
    att_arena_drop(&script->arena);
    att_memory_free(script);
}

static att_code open_file(script_face *script, const att_face_opts *opts, att_err *err)
{
    script->name = opts->answers;
    if (opts->answers == NULL || strcmp(opts->answers, "-") == 0) {
        script->name = "standard input";
        script->input.file = opts->in;
        return ATT_OK;
    }
    script->opened = fopen(opts->answers, "rb");
    script->input.file = script->opened;
    if (script->opened == NULL) {
        return att_fail(err, errno == ENOENT ? ATT_ENOTFOUND : ATT_EIO,
                        "cannot open answers \"%s\": %s", opts->answers,
                        strerror(errno));
    }
    return ATT_OK;
}

static void *open_script(const att_face_opts *opts, const att_session *session,
                         att_err *err)
{
    script_face *own = att_memory_grow(NULL, 1, sizeof *own);

    *own = (script_face){ .session = session,
                          .words = att_words_for(att_session_header(session)->language),
                          .input = { .limit = SCRIPT_LINE_MAX },
                          .out = opts->out,
                          .is_live = opts->is_live,
                          .is_stream = opts->is_live };
    if (open_file(own, opts, err) != ATT_OK ||
        (!own->is_live && look(own, err) != ATT_OK)) {
        close_script(own);
        return NULL;
    }
    return own;
}

/* ---- what is written ---- */

static void write_line(script_face *script, att_buf *line)
{
    att_buf_char(line, '\n');
    fwrite(att_buf_text(line), 1, line->n, script->out);
    fflush(script->out);
    att_buf_drop(line);
}

static void kept_script(void *data, const att_view *view, const att_entry *entry)
{
    script_face *script = data;
    att_buf line = { 0 };

    (void)view;
    if (entry->act == ATT_ACT_ANSWER) {
        att_buf_add(&line, "{\"saved\":");
        att_json_quote(&line, entry->item);
        att_buf_add(&line, ",\"answer\":");
        att_answer_write(&line, &entry->answer);
        att_buf_char(&line, '}');
        write_line(script, &line);
    }
}

/* The last line: how it stands, and which named items were never asked. */
static void tell(script_face *script, const att_view *view)
{
    const att_sheet *sheet = att_session_sheet(script->session);
    att_buf line = { 0 };
    att_json_out out = att_json_begin(&line, false);
    size_t i;

    if (script->is_told) {
        return;
    }
    script->is_told = true;
    att_json_object(&out);
    att_json_put_string(&out, "status",
                        att_status_name(att_session_status(script->session)));
    att_json_put_string(&out, "session", view->session);
    att_json_put_whole(&out, "answered", (long long)view->n_answered);
    att_json_key(&out, "not_asked");
    att_json_list(&out);
    for (i = 0; script->given != NULL && i < sheet->instrument->n_items; i++) {
        if (script->given[i].is_named && !sheet->is_asked[i]) {
            att_json_string(&out, sheet->instrument->items[i].id);
        }
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    write_line(script, &line);
}

static void end_script(void *data, const att_view *view, const char *receipt)
{
    (void)receipt;
    tell(data, view);
}

/* ---- asking ---- */

static att_read give(att_event *event, att_event_kind kind, size_t item)
{
    *event = (att_event){ .kind = kind, .item = item };
    return ATT_READ_EVENT;
}

static att_read give_answer(att_event *event, size_t item, const att_answer *answer)
{
    give(event, ATT_EVENT_ANSWER, item);
    event->answer = *answer;
    return ATT_READ_EVENT;
}

static const char *id_of(const script_face *script, size_t item)
{
    return att_session_sheet(script->session)->instrument->items[item].id;
}

/* The answer to item was not taken: why, in the interview's words, and where. */
static att_read fail_refused(script_face *script, const att_view *view, size_t item,
                             const att_refusal *refusal, att_err *err)
{
    att_arena scratch = { 0 };
    const char *id = item == ATT_NONE ? view->id : id_of(script, item);
    char *why = att_say_refusal(&scratch, script->words, view, refusal);
    size_t n = strlen(why);

    if (n > 0 && why[n - 1] == '.') {
        why[n - 1] = '\0';
    }
    att_fail(err, ATT_EINPUT, "item \"%s\": %s", id, why);
    att_hint(err, "all answers before it are saved; mend it and resume the session");
    at_item(script, id, false, err);
    att_arena_drop(&scratch);
    tell(script, view);
    return ATT_READ_FAILED;
}

static size_t item_now(const att_view *view)
{
    return view->screen == ATT_SCREEN_GRID ? view->rows[view->row].item : view->item;
}

static const att_answer *answer_now(const att_view *view)
{
    return view->screen == ATT_SCREEN_GRID ? &view->rows[view->row].answer
                                           : &view->answer;
}

static att_read ask_object(script_face *script, const att_view *view, att_event *event,
                           att_err *err)
{
    size_t item = item_now(view);
    const named *given = &script->given[item];

    if (given->is_named) {
        return give_answer(event, item, &given->answer);
    }
    if (answer_now(view)->kind != ATT_ANSWER_NONE) {
        return give(event, ATT_EVENT_NEXT, item); /* answered before the resume */
    }
    if (view->required == ATT_REQUIRED_HARD) {
        att_fail(err, ATT_EINPUT,
                 "item \"%s\" must have an answer, and \"%s\" has none",
                 id_of(script, item), script->name);
        att_at(err, script->name, 0, 0, NULL);
        tell(script, view);
        return ATT_READ_FAILED;
    }
    return give(event, ATT_EVENT_SKIP, item);
}

static att_read fail_line(script_face *script, const att_view *view, att_err *err)
{
    att_at(err, script->name, script->line, err->where.column, NULL);
    err->where.line = script->line;
    tell(script, view);
    return ATT_READ_FAILED;
}

static att_code read_event(script_face *script, const json_t *root, att_event *event,
                           att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    att_answer answer;
    size_t item;

    if (!json_is_object(root) || !is_line(root)) {
        att_fail(err, ATT_EINPUT, "this line is no event");
        return att_hint(err,
                        "use {\"item\": \"t1\", \"answer\": 4}, {\"back\": true} or "
                        "{\"leave\": true}");
    }
    if (json_object_size(root) == 1) {
        give(event,
             json_object_get(root, "back") != NULL ? ATT_EVENT_BACK : ATT_EVENT_LEAVE,
             ATT_NONE);
        return ATT_OK;
    }
    ATT_TRY(find_item(script, json_string_value(json_object_get(root, "item")), &item,
                      err));
    ATT_TRY(read_value(&script->arena, &instrument->items[item],
                       json_object_get(root, "answer"), &answer, err));
    give_answer(event, item, &answer);
    return ATT_OK;
}

static att_read ask_stream(script_face *script, const att_view *view, att_event *event,
                           att_err *err)
{
    att_line state = next_line(script);
    att_json *json;
    att_code code;

    switch (state) {
    case ATT_LINE_READ: break;
    case ATT_LINE_END: tell(script, view); return ATT_READ_END;
    case ATT_LINE_SIGNAL: tell(script, view); return ATT_READ_SIGNAL;
    default:
        fail_input(script, state, err);
        tell(script, view);
        return ATT_READ_FAILED;
    }
    json = att_json_open_bytes(script->name, att_buf_text(&script->input.line),
                               script->input.line.n, err);
    code =
        json == NULL ? err->code : read_event(script, att_json_root(json), event, err);
    att_json_close(json);
    return code == ATT_OK ? ATT_READ_EVENT : fail_line(script, view, err);
}

static att_read next_event(script_face *script, const att_view *view, att_event *event,
                           att_err *err)
{
    switch (view->screen) {
    case ATT_SCREEN_START:
    case ATT_SCREEN_WELCOME: return give(event, ATT_EVENT_AGREE, ATT_NONE);
    case ATT_SCREEN_NOTE: return give(event, ATT_EVENT_NEXT, ATT_NONE);
    case ATT_SCREEN_REVIEW: return give(event, ATT_EVENT_FINISH, ATT_NONE);
    case ATT_SCREEN_QUESTION:
    case ATT_SCREEN_GRID:
        return script->is_stream ? ask_stream(script, view, event, err)
                                 : ask_object(script, view, event, err);
    case ATT_SCREEN_FINISHED:
    case ATT_SCREEN_DECLINED:
    case ATT_SCREEN_LEFT: break;
    }
    return ATT_READ_END;
}

/* ---- live ---- */

/* Lines of one word: what they ask for, and whether the word has a value. */
static const struct command {
    const char *name;
    att_event_kind kind;
} commands[] = {
    { "next", ATT_EVENT_NEXT },     { "skip", ATT_EVENT_SKIP },
    { "back", ATT_EVENT_BACK },     { "review", ATT_EVENT_REVIEW },
    { "finish", ATT_EVENT_FINISH }, { "leave", ATT_EVENT_LEAVE },
};

/* A line that is none of the protocol's, or not now. */
static void refuse_line(script_face *script, const char *message)
{
    att_buf line = { 0 };

    att_buf_add(&line, "{\"refused\":{\"code\":\"line\",\"message\":");
    att_json_quote(&line, message);
    att_buf_add(&line, ",\"again\":false}}");
    write_line(script, &line);
}

static void say_help(script_face *script, const att_view *view)
{
    att_buf line = { 0 };

    att_buf_add(&line, "{\"help\":");
    att_json_quote(&line, view->help);
    att_buf_char(&line, '}');
    write_line(script, &line);
}

static bool is_asking(const att_view *view)
{
    return view->screen == ATT_SCREEN_QUESTION || view->screen == ATT_SCREEN_GRID;
}

/* A line that gives an answer or a reason: for the item that is asked, or the one named. */
static att_code read_given(script_face *script, const att_view *view, json_t *root,
                           att_event *event, att_err *err)
{
    const att_instrument *instrument = att_session_sheet(script->session)->instrument;
    json_t *id = json_object_get(root, "item");
    json_t *value = json_object_get(root, "answer");
    size_t item = is_asking(view) ? item_now(view) : ATT_NONE;
    att_answer answer;

    if (json_is_string(id)) {
        ATT_TRY(find_item(script, json_string_value(id), &item, err));
    }
    if (item == ATT_NONE) {
        return att_fail(err, ATT_EINPUT, "no question is asked now");
    }
    if (value != NULL) {
        ATT_TRY(
            read_value(&script->arena, &instrument->items[item], value, &answer, err));
    } else {
        json_t *reason = json_pack("{sO}", "reason", json_object_get(root, "reason"));
        att_code code =
            reason == NULL
                ? att_fail(err, ATT_EINPUT, "the reason is no text")
                : read_reason(reason, instrument->items[item].id, &answer, err);

        json_decref(reason);
        ATT_TRY(code);
    }
    give_answer(event, item, &answer);
    return ATT_OK;
}

/* A line of the protocol as an event; *is_said: it was answered at once. */
static att_code read_live(script_face *script, const att_view *view, json_t *root,
                          att_event *event, bool *is_said, att_err *err)
{
    size_t item = is_asking(view) ? item_now(view) : view->item;

    if (json_object_get(root, "answer") != NULL ||
        json_object_get(root, "reason") != NULL) {
        return read_given(script, view, root, event, err);
    }
    if (json_object_size(root) == 1 &&
        json_is_boolean(json_object_get(root, "agree"))) {
        give(event,
             json_is_true(json_object_get(root, "agree")) ? ATT_EVENT_AGREE
                                                          : ATT_EVENT_DECLINE,
             ATT_NONE);
        return ATT_OK;
    }
    if (json_object_size(root) == 1 && json_is_true(json_object_get(root, "help"))) {
        say_help(script, view);
        *is_said = true;
        return ATT_OK;
    }
    if (json_object_size(root) == 1 && json_is_string(json_object_get(root, "goto"))) {
        ATT_TRY(find_item(script, json_string_value(json_object_get(root, "goto")),
                          &item, err));
        give(event, ATT_EVENT_GOTO, item);
        return ATT_OK;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (json_object_size(root) == 1 &&
            json_is_true(json_object_get(root, commands[i].name))) {
            give(event, commands[i].kind,
                 commands[i].kind == ATT_EVENT_BACK ? ATT_NONE : item);
            return ATT_OK;
        }
    }
    return att_fail(err, ATT_EINPUT, "this line is none of the protocol");
}

/* Lines until one is an event. */
static att_read hear(script_face *script, const att_view *view, att_event *event,
                     att_err *err)
{
    for (;;) {
        att_line state = next_line(script);
        att_err wrong = { 0 };
        bool is_said = false;
        att_json *json;

        if (state == ATT_LINE_END || state == ATT_LINE_SIGNAL) {
            tell(script, view);
            return state == ATT_LINE_END ? ATT_READ_END : ATT_READ_SIGNAL;
        }
        if (state != ATT_LINE_READ) {
            fail_input(script, state, err);
            tell(script, view);
            return ATT_READ_FAILED;
        }
        json = att_json_open_bytes(script->name, att_buf_text(&script->input.line),
                                   script->input.line.n, &wrong);
        if (json != NULL && json_is_object(att_json_root(json))) {
            read_live(script, view, att_json_root(json), event, &is_said, &wrong);
        } else {
            att_fail(&wrong, ATT_EINPUT, "this line is no object");
        }
        att_json_close(json);
        if (wrong.code == ATT_OK && !is_said) {
            return ATT_READ_EVENT;
        }
        if (wrong.code != ATT_OK) {
            refuse_line(script, wrong.message);
        }
    }
}

static att_read ask_live(script_face *script, const att_view *view,
                         const att_refusal *refusal, att_event *event, att_err *err)
{
    att_buf line = { 0 };

    if (refusal->code != ATT_REFUSAL_NONE) {
        att_script_refused(&line, script->words, view, refusal);
    } else {
        att_script_ask(&line, script->session, view);
    }
    write_line(script, &line);
    return hear(script, view, event, err);
}

/* What the last event was told: NONE when it may go on; else the event is given once
 * more (a check, a soft question), or this is where it ends. */
static att_read again(script_face *script, const att_view *view,
                      const att_refusal *refusal, att_event *event, att_err *err)
{
    if (refusal->code == ATT_REFUSAL_WARN || refusal->code == ATT_REFUSAL_ASK_SKIP) {
        *event = script->last;
        return ATT_READ_EVENT;
    }
    if (refusal->code == ATT_REFUSAL_NOTHING_BACK) {
        return next_event(script, view, event, err); /* already at the first question */
    }
    return fail_refused(script, view, script->last.item, refusal, err);
}

static att_read ask_script(void *data, const att_view *view, const att_refusal *refusal,
                           att_event *event, att_err *err)
{
    script_face *script = data;
    att_read got = ATT_READ_EVENT;

    if (att_signal_caught() != 0) {
        tell(script, view);
        return ATT_READ_SIGNAL;
    }
    if (script->is_live) {
        return ask_live(script, view, refusal, event, err);
    }
    if (refusal->code != ATT_REFUSAL_NONE) {
        got = again(script, view, refusal, event, err);
    } else {
        got = next_event(script, view, event, err);
    }
    if (got == ATT_READ_EVENT) {
        script->last = *event;
    }
    return got;
}

const att_face att_face_script = {
    .name = "script",
    .about = "answers from a JSON file or JSON lines; JSON lines out",
    .open = open_script,
    .ask = ask_script,
    .kept = kept_script,
    .end = end_script,
    .close = close_script,
};
