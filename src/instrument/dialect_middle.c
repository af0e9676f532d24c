/* dialect_middle.c - ids, codes and settled texts for all dialects
 */
#include "dialect_middle.h"

#include <string.h>

#include <attune/base/json.h>
#include <attune/base/number.h>
#include <attune/base/text.h>
#include <attune/instrument/read.h>

#define ROUNDS_MAX 100

/* ---- ids ---- */

static bool is_reserved(const char *id)
{
    static const char *const words[] = { "role",   "site",  "wave", "language",
                                         "person", "today", "now",  "and",
                                         "or",     "not",   "in",   "mode" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static char *id_like(att_arena *arena, const char *name, char joint)
{
    char *id = att_arena_format(arena, "q%s", name);
    size_t n = 0;

    for (const char *p = name; *p != '\0' && n < ATT_ITEM_ID_MAX; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (n == 0 && !(c >= 'a' && c <= 'z')) {
            if (!is_plain) {
                continue;
            }
            id[n++] = 'q';
        }
        if (is_plain) {
            id[n++] = c;
        } else if (id[n - 1] != joint) {
            id[n++] = joint;
        }
    }
    if (n > ATT_ITEM_ID_MAX) {
        n = ATT_ITEM_ID_MAX;
    }
    while (n > 0 && id[n - 1] == joint) {
        n--;
    }
    id[n] = '\0';
    return n == 0 ? att_arena_text(arena, "q") : id;
}

static bool is_taken(const att_middle_ids *ids, const char *id)
{
    for (size_t i = 0; i < ids->n; i++) {
        if (strcmp(ids->list[i], id) == 0) {
            return true;
        }
    }
    return false;
}

const char *att_middle_id(att_arena *arena, att_middle_ids *ids, const char *name,
                          char joint)
{
    char *base = id_like(arena, name, joint);
    const char *id = base;

    for (size_t i = 2; is_taken(ids, id) || (joint == '_' && is_reserved(id)); i++) {
        char tail[24];
        att_buf buf = { 0 };
        size_t room;

        att_buf_format(&buf, "%c%zu", joint, i);
        memcpy(tail, att_buf_text(&buf), buf.n + 1);
        room = ATT_ITEM_ID_MAX - buf.n;
        att_buf_drop(&buf);
        while (strlen(base) > room || base[strlen(base) - 1] == joint) {
            base[strlen(base) - 1] = '\0';
        }
        id = att_arena_format(arena, "%s%s", base, tail);
    }
    ids->list[ids->n++] = id;
    return id;
}

const char *att_middle_title(att_arena *arena, const char *name)
{
    char *title = att_arena_text(arena, name);

    for (char *c = title; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return title[0] == '\0' ? "Instrument" : att_text_raise(arena, title);
}

/* ---- languages ---- */

bool att_middle_is_rtl(const char *tag)
{
    static const char *const tags[] = { "ar", "dv", "fa", "he", "ps",
                                        "sd", "ug", "ur", "yi" };
    size_t n = strcspn(tag, "-");

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strlen(tags[i]) == n && strncmp(tags[i], tag, n) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- codes ---- */

bool att_middle_code(const char *text, int *code)
{
    long long whole = 0;
    att_buf buf = { 0 };
    bool is_same;

    if (!att_number_read_whole(text, strlen(text), &whole) ||
        whole > ATT_MIDDLE_CODE_MOST || whole < -ATT_MIDDLE_CODE_MOST) {
        return false;
    }
    att_buf_format(&buf, "%lld", whole);
    is_same = strcmp(att_buf_text(&buf), text) == 0;
    att_buf_drop(&buf);
    *code = (int)whole;
    return is_same;
}

bool att_middle_is_offered(att_reason reason)
{
    return reason == ATT_REASON_REFUSED || reason == ATT_REASON_NOT_APPLICABLE ||
           reason == ATT_REASON_DONT_KNOW;
}

bool att_middle_keep(const char *text, int *code, att_reason *reason)
{
    att_reason own = ATT_REASON_NONE;
    int whole = 0;

    if (!att_middle_code(text, &whole) ||
        (att_reason_of_code(whole, &own) && !att_middle_is_offered(own))) {
        return false;
    }
    *code = whole;
    *reason = own;
    return true;
}

/* ---- settling ---- */

/* One round: true when the text can be read. */
static bool is_read(const att_settling *s, const att_buf *buf, bool *may_go_on,
                    att_err *err)
{
    att_arena scratch = { 0 };
    att_issues issues = { .arena = &scratch };
    att_json *json = att_json_open_bytes(s->name, att_buf_text(buf), buf->n, err);
    bool is_good = json != NULL && att_instrument_read(&scratch, json, &issues) != NULL;

    *may_go_on = false;
    for (size_t i = 0; i < issues.n && !is_good; i++) {
        if (issues.list[i].severity == ATT_SEVERITY_ERROR) {
            *may_go_on = s->yield(s->data, &issues.list[i]) || *may_go_on;
        }
    }
    if (!is_good && !*may_go_on) {
        att_fail(err, ATT_EINPUT, "%s cannot become an instrument: %s", s->name,
                 issues.n > 0 ? issues.list[0].what.message : "it is no JSON");
    }
    att_json_close(json);
    att_arena_drop(&scratch);
    return is_good;
}

const char *att_middle_settle(const att_settling *settling, size_t *n, att_err *err)
{
    att_buf buf = { 0 };
    const char *text = NULL;
    bool may_go_on = true;

    for (int round = 0; round < ROUNDS_MAX && may_go_on && text == NULL; round++) {
        att_buf_cut(&buf, 0);
        settling->put(settling->data, &buf);
        if (is_read(settling, &buf, &may_go_on, err)) {
            *n = buf.n;
            text = att_buf_copy(settling->arena, &buf);
        }
    }
    if (text == NULL) {
        att_fail(err, ATT_ELIMIT, "%s has too much that does not fit", settling->name);
    }
    att_buf_drop(&buf);
    return text;
}
